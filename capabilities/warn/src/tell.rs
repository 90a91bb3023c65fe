//! What the owner is told of a warning away from the page: what, where, how many, how it may go on, and the way to it.

use domain::{NoticeKind, WarningLevel};
use foundation::store::Batch;
use foundation::web::Texts;
use jiff::tz::TimeZone;
use notify::{Notice, Outbox};

use crate::store::Place;
use crate::store::warnings::Warning;
use crate::words;

/// Adds to a batch that the owner is told of a warning as it is now, once for each of its revisions; programs only the
/// first time.
pub fn tell(batch: &mut Batch, outbox: &mut Outbox, warning: &Warning, place: &Place) {
    let notice = notice(outbox.texts(), warning, &place.name, &place.zone);
    outbox.put(batch, &notice);
    outbox.event(batch, &notify::Event::WarningOpened { warning: warning.id, level: warning.level });
}

/// The message about a warning.
pub fn notice(t: &Texts, warning: &Warning, name: &str, zone: &TimeZone) -> Notice {
    let subject = t.with(
        "tell-subject",
        &[
            ("level", t.get(&format!("level-{}", warning.level)).into_owned().into()),
            ("headline", words::headline(t, warning).into()),
            ("name", name.into()),
        ],
    );
    let paragraphs = [
        format!("{}. {}", words::headline(t, warning), words::against_usual(t, zone, warning)),
        words::rarity(t, warning),
        words::growth(t, &warning.story),
        format!("{} {}", t.get(&format!("warn-advice-{}", warning.level)), t.get("tell-calm")),
    ];
    Notice {
        kind: if warning.level == WarningLevel::Alarm { NoticeKind::Alarm } else { NoticeKind::Warning },
        dedupe_key: format!("warning:{}:{}", warning.id, warning.revision),
        subject: subject.into_owned(),
        body: paragraphs.join("\n\n"),
        path: Some(format!("/warnings/{}", warning.id)),
    }
}
