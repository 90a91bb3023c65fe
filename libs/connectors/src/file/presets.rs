//! The exports we know by their shape. A preset only fixes what its format guarantees; the rest stays guessed.

use super::format::{Container, Format, Preset, Shape};
use super::header::normal;
use super::mapping::{Column, Mapping, Role};

/// Recognises an export and corrects the guessed mapping.
pub(super) fn apply(format: &Format, columns: &[String], mapping: &mut Mapping) -> Preset {
    let preset = recognise(format, columns);
    let known: &[(Role, &[&str])] = match preset {
        Preset::GoogleTakeout => &TAKEOUT,
        Preset::Trustpilot => &TRUSTPILOT,
        Preset::GooglePlay => &PLAY,
        Preset::UnifiedLines => &UNIFIED,
        Preset::Generic => return preset,
    };
    for role in Role::ALL {
        let names = known.iter().find(|(known, _)| *known == role).map_or(&[][..], |(_, names)| names);
        let present =
            names.iter().find_map(|name| columns.iter().find(|column| normal(column) == normal(name)));
        // In JSON a key may be absent from the sample and present later (a rating without a comment).
        let column = match (&format.shape, present) {
            (_, Some(column)) => Some(Column::Name(column.clone())),
            // Lines that never speak of an answer do not say that there is none.
            (_, None)
                if preset == Preset::UnifiedLines && matches!(role, Role::ReplyText | Role::ReplyDate) =>
            {
                None
            }
            (Shape::Json { .. } | Shape::JsonLines, None) => {
                names.first().map(|name| Column::Name((*name).to_owned()))
            }
            _ => None,
        };
        mapping.set(role, column);
    }
    mapping.stars_best = if preset == Preset::UnifiedLines { mapping.stars_best } else { 5.0 };
    mapping.times_are_utc = matches!(preset, Preset::Trustpilot | Preset::GooglePlay);
    preset
}

fn recognise(format: &Format, columns: &[String]) -> Preset {
    let has = |name: &str| columns.iter().any(|column| normal(column) == normal(name));
    let json = matches!(format.shape, Shape::Json { .. } | Shape::JsonLines);
    let google = has("starRating") && has("createTime") && (has("reviewer.displayName") || has("name"));
    if format.container == Container::TakeoutZip || (json && google) {
        Preset::GoogleTakeout
    } else if has("Review Created (UTC)") && has("Review Stars") {
        Preset::Trustpilot
    } else if has("Star Rating") && has("Review Submit Millis Since Epoch") {
        Preset::GooglePlay
    } else if json
        && columns.iter().any(|c| c == "id")
        && columns.iter().any(|c| c == "text")
        && ours(columns)
    {
        Preset::UnifiedLines
    } else {
        Preset::Generic
    }
}

/// `id` and `text` alone are anybody's; with another two of our keys they are ours.
fn ours(columns: &[String]) -> bool {
    let keys = ["stars", "time", "lang", "label", "source", "place", "business", "author"];
    keys.iter().filter(|key| columns.iter().any(|column| column == **key)).count() >= 2
}

type Known = (Role, &'static [&'static str]);

const TAKEOUT: [Known; 8] = [
    (Role::Id, &["reviewId", "name"]),
    (Role::Date, &["createTime"]),
    (Role::Stars, &["starRating"]),
    (Role::Text, &["comment"]),
    (Role::Author, &["reviewer.displayName"]),
    (Role::ReplyText, &["reviewReply.comment"]),
    (Role::ReplyDate, &["reviewReply.updateTime"]),
    (Role::Place, &["name"]),
];
const TRUSTPILOT: [Known; 9] = [
    (Role::Id, &["Review Id"]),
    (Role::Date, &["Review Created (UTC)"]),
    (Role::Stars, &["Review Stars"]),
    (Role::Title, &["Review Title"]),
    (Role::Text, &["Review Content"]),
    (Role::Author, &["Review Username"]),
    (Role::Language, &["Review Language"]),
    (Role::ReplyDate, &["Business Reply Date (UTC)"]),
    (Role::Place, &["Location Name"]),
];
/// The link is also the only id: it carries `reviewId=`. The first submission, not the last edit, is the date.
const PLAY: [Known; 9] = [
    (Role::Id, &["Review Link"]),
    (Role::Date, &["Review Submit Millis Since Epoch", "Review Submit Date and Time"]),
    (Role::Stars, &["Star Rating"]),
    (Role::Title, &["Review Title"]),
    (Role::Text, &["Review Text"]),
    (Role::Url, &["Review Link"]),
    (Role::Language, &["Reviewer Language"]),
    (Role::ReplyText, &["Developer Reply Text"]),
    (Role::ReplyDate, &["Developer Reply Millis Since Epoch"]),
];
/// `label` is a verdict, not something the customer said: it is left out.
const UNIFIED: [Known; 11] = [
    (Role::Id, &["id"]),
    (Role::Date, &["time", "posted_at"]),
    (Role::Stars, &["stars"]),
    (Role::Title, &["title"]),
    (Role::Url, &["url"]),
    (Role::ReplyText, &["reply_text"]),
    (Role::ReplyDate, &["reply_time", "replied_at", "reply_date"]),
    (Role::Text, &["text"]),
    (Role::Author, &["author"]),
    (Role::Language, &["lang"]),
    (Role::Place, &["place", "business"]),
];
