//! Who an item is, whether it is new, what it adds to the day's counts, when a feed is asked again. Pure: no SQL, no
//! clock.

use connectors::item::{Item, Reply};
use domain::{MentionId, ReplyState, SourceId, SourceKind};
use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use sha2::{Digest as _, Sha256};

/// A review of three stars or fewer should be answered within two days, any other within a week.
pub const ANSWER_BAD_WITHIN: SignedDuration = SignedDuration::from_hours(48);
/// See [`ANSWER_BAD_WITHIN`].
pub const ANSWER_WITHIN: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Who has waited longer than this is history, not a task.
pub const WAITING_MAX: SignedDuration = SignedDuration::from_hours(90 * 24);

/// Longest texts that are kept; what is longer is cut at a character, never refused.
const TEXT_BYTES_MAX: usize = 40_000;
const LINE_BYTES_MAX: usize = 400;

/// How well the time of a mention is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dated {
    /// Not at all: the time is when we first heard it.
    No = 0,
    /// The day.
    Day = 1,
    /// The moment.
    Moment = 2,
}

/// An item as it will be stored.
#[derive(Debug, Clone, PartialEq)]
pub struct Heard {
    /// Whose item this is among all of the source's: 64 bits of a SHA-256.
    pub identity: i64,
    /// Its place in the table.
    pub id: MentionId,
    /// How often its place was taken by another.
    pub salt: u64,
    /// When it was said.
    pub posted_at: Timestamp,
    /// How well that is known.
    pub dated: Dated,
    /// The day in the organisation's zone, as days since 1970.
    pub day: i64,
    /// Stars, 1 to 5.
    pub stars: Option<u8>,
    /// Whether it was answered.
    pub reply_state: ReplyState,
    /// The rest, as it came (cleaned and cut).
    pub item: Item,
}

impl Heard {
    /// Gives it the next place.
    pub fn bump(&mut self) {
        self.salt += 1;
        self.id = MentionId::clustered(self.posted_at, self.identity as u64, self.salt);
    }

    /// The answer's words.
    pub fn reply_text(&self) -> Option<&str> {
        match &self.item.reply {
            Reply::Answered { text, .. } => text.as_deref(),
            _ => None,
        }
    }

    /// When it was answered.
    pub fn replied_at(&self) -> Option<Timestamp> {
        match self.item.reply {
            Reply::Answered { at, .. } => at,
            _ => None,
        }
    }

    /// What it adds to its day.
    pub fn counts(&self) -> DayCounts {
        DayCounts::of(self.stars, self.reply_state, self.posted_at, self.dated, self.replied_at())
    }
}

/// Makes an item ready to be compared and stored. `heard_at` stands for the time of what has none.
pub fn hear(mut item: Item, source: SourceId, zone: &TimeZone, heard_at: Timestamp) -> Heard {
    cut(&mut item.text, TEXT_BYTES_MAX);
    for line in [&mut item.title, &mut item.author, &mut item.place].into_iter().flatten() {
        cut(line, LINE_BYTES_MAX);
    }
    if let Reply::Answered { text: Some(text), .. } = &mut item.reply {
        cut(text, TEXT_BYTES_MAX);
    }
    let (posted_at, dated) = match item.posted_at {
        // Nobody reviewed before the web or will tomorrow: such a date is a mistake of the export.
        Some(posted)
            if posted.at.as_second() > 0 && posted.at < heard_at + SignedDuration::from_hours(48) =>
        {
            (posted.at, if posted.precise { Dated::Moment } else { Dated::Day })
        }
        _ => (heard_at, Dated::No),
    };
    let identity = identity(&item, source, posted_at, dated);
    Heard {
        identity,
        id: MentionId::clustered(posted_at, identity as u64, 0),
        salt: 0,
        posted_at,
        dated,
        day: day_of(posted_at, zone),
        stars: item.rating.and_then(connectors::item::Rating::stars),
        reply_state: match item.reply {
            Reply::Unknown => ReplyState::Unknown,
            Reply::None => ReplyState::Unanswered,
            Reply::Answered { .. } => ReplyState::Answered,
        },
        item,
    }
}

/// Days since 1970 in the zone.
pub fn day_of(at: Timestamp, zone: &TimeZone) -> i64 {
    let date = zone.to_datetime(at).date();
    let epoch = jiff::civil::date(1970, 1, 1);
    epoch.until(date).map_or(0, |span| i64::from(span.get_days()))
}

fn cut(text: &mut String, bytes_max: usize) {
    if text.len() > bytes_max {
        let end = text.floor_char_boundary(bytes_max);
        text.truncate(end);
    }
}

/// Words from which on a text tells its author's items apart without help from the date.
const TELLING_CHARS: usize = 20;

/// Who this item is. With the source's own id, that, whatever its date. Without one: author and moment if the moment is
/// exact (nobody posts twice in a second, so an edited text is still the same item), else the content: an edit then
/// looks like another item, which is the price of an export without ids. A date that is only a day counts only beside a
/// text too short to tell ("two weeks ago" read again next week is another day).
fn identity(item: &Item, source: SourceId, posted_at: Timestamp, dated: Dated) -> i64 {
    let mut hash = Sha256::new();
    let mut part = |bytes: &[u8]| {
        hash.update((bytes.len() as u64).to_le_bytes());
        hash.update(bytes);
    };
    part(&source.0.to_le_bytes());
    match (&item.external_id, &item.author) {
        (Some(id), _) => part(id.as_bytes()),
        (None, Some(author)) if dated == Dated::Moment => {
            part(b"author");
            part(author.as_bytes());
            part(&posted_at.as_second().to_le_bytes());
        }
        (None, author) => {
            part(b"content");
            part(author.as_deref().unwrap_or_default().as_bytes());
            let telling = item.text.chars().take(TELLING_CHARS).count() == TELLING_CHARS;
            let day =
                if dated == Dated::No || telling { 0 } else { posted_at.as_second().div_euclid(86_400) };
            part(&day.to_le_bytes());
            part(item.title.as_deref().unwrap_or_default().as_bytes());
            part(item.text.as_bytes());
            part(&[item.rating.and_then(connectors::item::Rating::stars).unwrap_or(0)]);
        }
    }
    let digest: [u8; 32] = hash.finalize().into();
    i64::from_le_bytes(digest[..8].try_into().expect("eight bytes"))
}

/// What is stored of a mention, as far as comparing needs it.
#[derive(Debug, Clone, PartialEq)]
pub struct Known {
    /// Its id.
    pub id: MentionId,
    /// Who it is.
    pub identity: i64,
    /// How often it changed, from 1.
    pub revision: i64,
    /// When it was said.
    pub posted_at: Timestamp,
    /// How well that is known.
    pub dated: Dated,
    /// The day it is counted under.
    pub day: i64,
    /// Stars.
    pub stars: Option<u8>,
    /// Title.
    pub title: Option<String>,
    /// Text.
    pub text: String,
    /// Whether it was answered.
    pub reply_state: ReplyState,
    /// The answer.
    pub reply_text: Option<String>,
    /// When.
    pub replied_at: Option<Timestamp>,
}

impl Known {
    /// What it added to its day.
    pub fn counts(&self) -> DayCounts {
        DayCounts::of(self.stars, self.reply_state, self.posted_at, self.dated, self.replied_at)
    }
}

/// What an item means for what is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// Nobody knew it.
    New,
    /// Nothing changed.
    Same,
    /// The author changed words or stars.
    Revised,
    /// Only the answer is new or changed.
    Answered,
}

/// Compares an item with what is stored under its identity. An export that does not say whether there is an answer
/// never takes one back.
pub fn compare(heard: &Heard, known: Option<&Known>) -> Change {
    let Some(known) = known else { return Change::New };
    let said_the_same =
        heard.item.text == known.text && heard.item.title == known.title && heard.stars == known.stars;
    if !said_the_same {
        return Change::Revised;
    }
    let silent = heard.reply_state == ReplyState::Unknown;
    let reply_same = heard.reply_state == known.reply_state
        && heard.reply_text() == known.reply_text.as_deref()
        && heard.replied_at() == known.replied_at;
    // A hand-marked answer survives an export that has not seen it yet.
    let takes_back = heard.reply_state == ReplyState::Unanswered && known.reply_state == ReplyState::Answered;
    if silent || reply_same || takes_back { Change::Same } else { Change::Answered }
}

/// What one mention adds to the counts of its day; also a difference of two such.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DayCounts {
    /// Mentions.
    pub mentions: i64,
    /// How many with 1, 2, 3, 4 and 5 stars.
    pub stars: [i64; 5],
    /// How many of which the source says whether they were answered.
    pub answerable: i64,
    /// How many were.
    pub answered: i64,
    /// How many in time.
    pub answered_in_time: i64,
}

impl DayCounts {
    fn of(
        stars: Option<u8>,
        reply: ReplyState,
        posted_at: Timestamp,
        dated: Dated,
        replied_at: Option<Timestamp>,
    ) -> Self {
        let mut counts = Self { mentions: 1, ..Self::default() };
        if let Some(place) =
            stars.and_then(|s| usize::from(s).checked_sub(1)).and_then(|at| counts.stars.get_mut(at))
        {
            *place = 1;
        }
        counts.answerable = i64::from(reply != ReplyState::Unknown);
        counts.answered = i64::from(reply == ReplyState::Answered);
        counts.answered_in_time =
            i64::from(reply == ReplyState::Answered && in_time(stars, posted_at, dated, replied_at));
        counts
    }

    /// Adds another's counts.
    pub fn add(&mut self, other: Self, sign: i64) {
        self.mentions += sign * other.mentions;
        for (mine, theirs) in self.stars.iter_mut().zip(other.stars) {
            *mine += sign * theirs;
        }
        self.answerable += sign * other.answerable;
        self.answered += sign * other.answered;
        self.answered_in_time += sign * other.answered_in_time;
    }
}

/// Whether an answer came in time. Where only the day is known the clock starts at its end; an answer without a date
/// gets the benefit of the doubt.
pub fn in_time(stars: Option<u8>, posted_at: Timestamp, dated: Dated, replied_at: Option<Timestamp>) -> bool {
    let Some(replied_at) = replied_at else { return true };
    let within = if stars.is_some_and(|s| s <= 3) { ANSWER_BAD_WITHIN } else { ANSWER_WITHIN };
    let grace = if dated == Dated::Moment { SignedDuration::ZERO } else { SignedDuration::from_hours(24) };
    replied_at.duration_since(posted_at) <= within + grace
}

/// How often a feed is asked when it says nothing about it.
pub const POLL_EVERY: SignedDuration = SignedDuration::from_mins(30);
const POLL_LEAST: SignedDuration = SignedDuration::from_mins(5);
const POLL_MOST: SignedDuration = SignedDuration::from_hours(24);

/// When to ask a feed again: what the server wishes within bounds; after failures twice as long each time, with jitter
/// (`random` in 0..=255) so that a thousand feeds of one host do not come back together.
pub fn next_poll(now: Timestamp, wish: Option<std::time::Duration>, failures: u32, random: u8) -> Timestamp {
    let wish = wish.and_then(|w| SignedDuration::try_from(w).ok()).unwrap_or(POLL_EVERY);
    let base = wish.max(if failures == 0 { POLL_LEAST } else { POLL_EVERY });
    let backed_off = base.saturating_mul(1 << failures.min(6)).min(POLL_MOST);
    let jitter = backed_off.as_secs() * i64::from(random) / 1_280; // up to a fifth
    now + backed_off + SignedDuration::from_secs(jitter)
}

/// The source an export belongs to, when its format tells.
pub fn source_of(preset: connectors::file::Preset) -> Option<SourceKind> {
    use connectors::file::Preset;
    match preset {
        Preset::GoogleTakeout => Some(SourceKind::Google),
        Preset::Trustpilot => Some(SourceKind::Trustpilot),
        Preset::GooglePlay => Some(SourceKind::GooglePlay),
        _ => None,
    }
}
