//! Rules as tables and properties: who an item is, what changed, what a day counts, when a feed is asked again.

use connectors::item::{Item, PostedAt, Rating, Reply};
use domain::{MentionId, ReplyState, SourceId};
use jiff::{SignedDuration, Timestamp, tz::TimeZone};

use crate::rules::*;

const SOURCE: SourceId = SourceId(9);

fn at(text: &str) -> Timestamp {
    text.parse().expect("a moment")
}

fn item(id: Option<&str>, posted: Option<(&str, bool)>, stars: Option<u8>, text: &str) -> Item {
    Item {
        external_id: id.map(str::to_owned),
        author: Some("Ana".to_owned()),
        text: text.to_owned(),
        rating: stars.map(|n| Rating { value: f64::from(n), best: 5.0 }),
        posted_at: posted.map(|(moment, precise)| PostedAt { at: at(moment), precise }),
        ..Item::default()
    }
}

fn heard(item: Item) -> Heard {
    hear(item, SOURCE, &TimeZone::UTC, at("2026-09-21T10:00:00Z"))
}

fn known(h: &Heard) -> Known {
    Known {
        id: h.id,
        identity: h.identity,
        revision: 1,
        posted_at: h.posted_at,
        dated: h.dated,
        day: h.day,
        stars: h.stars,
        title: h.item.title.clone(),
        text: h.item.text.clone(),
        reply_state: h.reply_state,
        reply_text: h.reply_text().map(str::to_owned),
        replied_at: h.replied_at(),
    }
}

#[test]
fn an_item_with_an_id_is_itself_whatever_it_says() {
    let day = Some(("2026-09-01T00:00:00Z", false));
    let before = heard(item(Some("r1"), day, Some(5), "Muy bien"));
    let after = heard(item(Some("r1"), day, Some(1), "Me equivoqué"));
    assert_eq!((before.identity, before.id), (after.identity, after.id));
    assert_eq!(compare(&after, Some(&known(&before))), Change::Revised);
    assert_ne!(before.identity, heard(item(Some("r2"), day, Some(5), "Muy bien")).identity);
}

#[test]
fn without_an_id_the_exact_moment_or_else_the_words_decide() {
    let exact = Some(("2026-09-01T18:03:22Z", true));
    let edited = heard(item(None, exact, Some(4), "Otra cosa"));
    assert_eq!(heard(item(None, exact, Some(4), "Una cosa")).identity, edited.identity);
    let day = Some(("2026-09-01T00:00:00Z", false));
    assert_ne!(
        heard(item(None, day, Some(4), "Una cosa")).identity,
        heard(item(None, day, Some(4), "Otra cosa")).identity
    );
    // Without any date the moment of hearing must not matter: pasted twice is still once.
    let undated = |now| hear(item(None, None, Some(4), "Sin fecha"), SOURCE, &TimeZone::UTC, at(now));
    assert_eq!(undated("2026-09-21T10:00:00Z").identity, undated("2026-10-01T10:00:00Z").identity);
}

#[test]
fn impossible_dates_count_as_none() {
    for moment in ["1969-12-31T00:00:00Z", "2027-01-01T00:00:00Z"] {
        assert_eq!(heard(item(Some("x"), Some((moment, true)), None, "x")).dated, Dated::No, "{moment}");
    }
}

#[test]
fn an_export_never_takes_an_answer_back() {
    let day = Some(("2026-09-01T00:00:00Z", false));
    let with = |reply: Reply| {
        let mut item = item(Some("r1"), day, Some(2), "Frío");
        item.reply = reply;
        heard(item)
    };
    let answered = with(Reply::Answered { text: Some("Lo sentimos".to_owned()), at: None });
    let stored = known(&answered);
    assert_eq!(compare(&with(Reply::Unknown), Some(&stored)), Change::Same);
    assert_eq!(compare(&with(Reply::None), Some(&stored)), Change::Same);
    assert_eq!(compare(&answered, Some(&stored)), Change::Same);
    assert_eq!(compare(&answered, Some(&known(&with(Reply::None)))), Change::Answered);
    assert_eq!(compare(&answered, None), Change::New);
}

#[test]
fn deadlines_depend_on_the_stars() {
    let posted = at("2026-09-01T12:00:00Z");
    let after = |hours: i64| Some(posted + SignedDuration::from_hours(hours));
    for (stars, dated, replied, expected) in [
        (Some(1), Dated::Moment, after(48), true),
        (Some(3), Dated::Moment, after(49), false),
        (Some(3), Dated::Day, after(71), true),
        (Some(5), Dated::Moment, after(7 * 24), true),
        (None, Dated::Moment, after(7 * 24 + 1), false),
        (Some(1), Dated::Moment, None, true),
    ] {
        assert_eq!(in_time(stars, posted, dated, replied), expected, "{stars:?} {dated:?} {replied:?}");
    }
}

#[test]
fn a_day_is_the_organisations_day() {
    let madrid = TimeZone::get("Europe/Madrid").expect("known");
    let late = at("2026-07-01T22:30:00Z");
    assert_eq!(day_of(late, &madrid), day_of(late, &TimeZone::UTC) + 1);
    assert_eq!(day_of(at("1970-01-01T00:00:00Z"), &TimeZone::UTC), 0);
}

#[test]
fn counts_go_in_and_out_without_rest() {
    let h = heard(item(Some("r"), Some(("2026-09-01T00:00:00Z", false)), Some(4), "x"));
    let mut day = DayCounts::default();
    day.add(h.counts(), 1);
    assert_eq!((day.mentions, day.stars), (1, [0, 0, 0, 1, 0]));
    day.add(h.counts(), -1);
    assert_eq!(day, DayCounts::default());
}

#[test]
fn a_taken_place_gives_way_to_the_next() {
    let mut h = heard(item(Some("r"), Some(("2026-09-01T00:00:00Z", false)), None, "x"));
    let (identity, first) = (h.identity, h.id);
    h.bump();
    assert_ne!(h.id, first);
    assert_eq!((h.identity, h.salt), (identity, 1));
    assert_eq!(h.id, MentionId::clustered(h.posted_at, identity as u64, 1));
    // Its minute, and with it its place in every list, stays.
    assert!(h.id >= MentionId::first_of(h.posted_at));
}

#[test]
fn feeds_back_off_and_recover() {
    let now = at("2026-09-21T10:00:00Z");
    let wait = |failures, wish: Option<u64>| {
        let next = next_poll(now, wish.map(std::time::Duration::from_secs), failures, 0);
        next.duration_since(now).as_secs()
    };
    assert_eq!(wait(0, None), 1_800);
    assert_eq!(wait(0, Some(1)), 300);
    assert_eq!(wait(1, None), 3_600);
    assert_eq!(wait(30, None), 86_400);
    assert_eq!(wait(0, Some(10_000_000)), 86_400);
    let jittered = next_poll(now, None, 0, 255).duration_since(now).as_secs();
    assert!((1_800..=2_160).contains(&jittered));
}

#[test]
fn unknown_and_unanswered_are_different() {
    let h = heard(item(Some("r"), None, None, "x"));
    assert_eq!(h.reply_state, ReplyState::Unknown);
    assert_eq!(h.counts().answerable, 0);
}
