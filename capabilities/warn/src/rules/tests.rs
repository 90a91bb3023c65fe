//! What must hold of weighing, of what a report changes, of the story.

use detection::{Coordination, Growth, Level, Outlook, Report, Segment, State};
use domain::{
    MentionId, Sentiment, SourceId, SourceKind, Standing, WarningChange, WarningLevel, WarningState,
};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

use super::change::{Stands, decide};
use super::story::{Voice, facts, quotes};
use super::weigh::{Scale, Weighable, instant, local, place_name};

fn at(text: &str) -> Timestamp {
    text.parse().expect("a moment")
}

fn madrid() -> TimeZone {
    TimeZone::get("Europe/Madrid").expect("a zone")
}

fn report(state: State, score: f64, alarm: bool, level: Level, observed: f64) -> Report {
    Report {
        warning: 1,
        state,
        at: 0,
        score,
        alarm,
        provisional: false,
        level,
        segment: Segment::default(),
        also: Vec::new(),
        locality: 0.5,
        since: 0,
        observed,
        expected: 1.0,
        members: Vec::new(),
        coordination: Coordination::default(),
        growth: Growth {
            p_grow: 0.5,
            reproduction: (0.1, 0.5, 1.0),
            next_week: None,
            outlook: Outlook::TooEarly,
        },
    }
}

fn stands(level: WarningLevel, state: WarningState) -> Stands {
    let told = Some((at("2026-11-20T10:00:00Z"), 6.0));
    Stands { level, state, told }
}

#[test]
fn a_new_alarm_is_told_and_a_mere_hint_is_kept_without_telling() {
    let now = at("2026-11-20T12:00:00Z");
    let opened = decide(None, &report(State::Opened, 5.0, true, Level::Notice, 7.0), 91, now);
    assert!(opened.is_some_and(|change| change.tell && change.what == Some(WarningChange::Opened)));
    let hint = decide(None, &report(State::Hint, 3.6, false, Level::Watch, 4.0), 91, now);
    assert!(hint.is_some_and(|change| !change.tell && change.level == WarningLevel::Watch));
    assert_eq!(decide(None, &report(State::Hint, 2.0, false, Level::Watch, 3.0), 91, now), None);
    assert_eq!(decide(None, &report(State::Ended, 5.0, true, Level::Notice, 7.0), 91, now), None);
}

#[test]
fn the_owner_is_told_again_only_of_a_higher_level_or_a_day_later_of_half_as_many_more() {
    let now = at("2026-11-20T12:00:00Z");
    let open = stands(WarningLevel::Notice, WarningState::Open);
    let more = report(State::Changed, 6.0, true, Level::Notice, 12.0);
    assert!(decide(Some(open), &more, 91, now).is_some_and(|change| !change.tell && change.what.is_none()));
    let later = at("2026-11-21T10:00:00Z");
    assert!(decide(Some(open), &more, 91, later).is_some_and(|change| change.tell));
    let few = report(State::Changed, 6.0, true, Level::Notice, 8.0);
    assert!(decide(Some(open), &few, 91, later).is_some_and(|change| !change.tell));
    let worse = report(State::Changed, 9.0, true, Level::Alarm, 8.0);
    let raised = decide(Some(open), &worse, 91, now).expect("a change");
    assert!(raised.tell && raised.level == WarningLevel::Alarm && raised.what == Some(WarningChange::Raised));
}

#[test]
fn a_level_never_sinks_while_a_warning_is_open() {
    let open = stands(WarningLevel::Alarm, WarningState::Open);
    let less = report(State::Changed, 5.0, true, Level::Notice, 9.0);
    let change = decide(Some(open), &less, 91, at("2026-11-20T12:00:00Z")).expect("a change");
    assert_eq!(change.level, WarningLevel::Alarm);
}

#[test]
fn what_was_judged_stays_judged_unless_it_becomes_worse() {
    let now = at("2026-11-22T12:00:00Z");
    let closed = stands(WarningLevel::Notice, WarningState::Closed);
    let same = decide(Some(closed), &report(State::Changed, 7.0, true, Level::Notice, 30.0), 91, now);
    assert!(same.is_some_and(|change| change.state == WarningState::Closed && !change.tell));
    let worse = decide(Some(closed), &report(State::Changed, 9.0, true, Level::Alarm, 30.0), 91, now);
    assert!(worse.is_some_and(|change| change.state == WarningState::Open && change.tell));
    let quiet = decide(Some(closed), &report(State::Ended, 1.0, false, Level::Notice, 30.0), 91, now);
    assert!(quiet.is_some_and(|change| change.state == WarningState::Closed && change.what.is_none()));
}

#[test]
fn what_ended_and_comes_back_is_reopened_and_told() {
    let ended = stands(WarningLevel::Notice, WarningState::Ended);
    let back = report(State::Opened, 5.0, true, Level::Notice, 9.0);
    let change = decide(Some(ended), &back, 91, at("2026-11-22T12:00:00Z")).expect("a change");
    assert!(change.tell && change.what == Some(WarningChange::Reopened));
}

fn mention(id: i64) -> Weighable {
    Weighable {
        id: MentionId(id),
        source: SourceId(4),
        posted_at: at("2026-11-20T10:00:00Z"),
        dated: 2,
        saved_at: at("2026-11-20T11:00:00Z"),
        stars: None,
        author: Some("Marta".into()),
        text: "mal".into(),
        establishment: None,
        sentiment: Sentiment::Negative,
        language: "es".into(),
        aspect: Some("service".into()),
        named_place: None,
    }
}

#[test]
fn stars_say_more_than_the_tone_and_old_or_undated_mentions_are_history() {
    assert!(mention(1).is_negative());
    assert!(!Weighable { stars: Some(4), ..mention(1) }.is_negative());
    assert!(Weighable { stars: Some(2), sentiment: Sentiment::Positive, ..mention(1) }.is_negative());
    assert!(!mention(1).is_history());
    assert!(Weighable { saved_at: at("2026-11-24T11:00:00Z"), ..mention(1) }.is_history());
    assert!(Weighable { dated: 0, ..mention(1) }.is_history());
}

#[test]
fn a_place_is_found_in_its_province_and_a_branch_nobody_knows_is_a_place_of_its_own() {
    let zone = madrid();
    let pseudonym = |source: SourceId, author: &str| source.0 as u64 + author.len() as u64;
    let mut scale = Scale::new(&zone, nlp::Home::default(), &pseudonym);
    let known = scale.weigh(Weighable { named_place: Some("Calatayud".into()), ..mention(1) });
    assert_eq!(known.event().place, Some("ES/Zaragoza/Calatayud"));
    let own = scale.weigh(Weighable { establishment: Some("Local 3/B".into()), ..mention(2) });
    let path = own.event().place.expect("a place").to_owned();
    assert_eq!(path.split('/').count(), 3, "{path}");
    assert_eq!(place_name(&path), "Local 3/B");
    assert_eq!(place_name("ES/València∕Valencia/Sagunt∕Sagunto"), "Sagunto");
}

#[test]
fn a_review_with_only_its_day_is_not_of_midnight() {
    let zone = madrid();
    let pseudonym = |_: SourceId, _: &str| 7;
    let mut scale = Scale::new(&zone, nlp::Home::default(), &pseudonym);
    let only_day = Weighable {
        dated: 1,
        posted_at: at("2026-11-17T23:00:00Z"),
        saved_at: at("2026-11-20T11:00:00Z"),
        ..mention(9)
    };
    let hour = scale.weigh(only_day).event().published.rem_euclid(86_400) / 3_600;
    assert!((10..22).contains(&hour), "{hour}");
}

proptest! {
    #[test]
    fn a_local_moment_leads_back_to_its_instant_except_in_the_hour_that_happens_twice(second in 1_500_000_000i64..2_000_000_000) {
        let zone = madrid();
        let moment = Timestamp::from_second(second).expect("in range");
        let back = instant(local(moment, &zone), &zone);
        let off = moment.duration_since(back).abs();
        prop_assert!(off == SignedDuration::ZERO || off == SignedDuration::from_hours(1));
    }
}

fn voice(id: i64, author: &str, text: &str) -> Voice {
    let reading = nlp::Model::embedded().read(text, nlp::Head::Review, None);
    Voice {
        id: MentionId(id),
        source: SourceId(1),
        kind: SourceKind::Google,
        source_name: "Google".into(),
        author: Some(author.into()),
        posted_at: at("2026-11-20T10:00:00Z"),
        exact: true,
        stars: Some(1),
        text: text.into(),
        url: None,
        aspect: Some("wait".into()),
        places: vec![],
        standing: Standing::Unsure,
        fingerprint: Some(reading.fingerprint),
        names_competitor: false,
    }
}

const COPIED: &str = "Una hora esperando de pie a que nos sirvieran las bebidas y nadie pidió perdón";

#[test]
fn near_copies_of_different_people_are_counted_and_quoted_once() {
    let voices = [
        voice(1, "Ana", COPIED),
        voice(2, "Luis", COPIED),
        voice(3, "Eva", COPIED),
        voice(4, "Juan", "La tortilla estaba fría por dentro y quemada por fuera, un desastre de cocina"),
    ];
    let facts = facts(&voices);
    assert_eq!((facts.voices, facts.people, facts.copies, facts.one_star), (4, 4, 3, 4));
    assert_eq!(quotes(&voices, &facts), [MentionId(1), MentionId(4)]);
}

#[test]
fn one_person_who_repeats_herself_is_no_copy_of_anybody() {
    let voices = [voice(1, "Ana", COPIED), voice(2, "Ana", COPIED)];
    assert_eq!(facts(&voices).copies, 0);
    assert_eq!(facts(&voices).people, 1);
}
