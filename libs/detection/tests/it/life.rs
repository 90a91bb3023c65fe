//! What an owner lives through.

use crate::world::*;
use detection::sight::sight;
use detection::{DAY, Detector, HOUR, Level, Segment, Settings, State, stream};

fn place(name: &str) -> Segment {
    Segment { place: Some(name.to_owned()), ..Segment::default() }
}

#[test]
fn four_angry_voices_in_an_hour_raise_a_warning_in_a_small_bar_and_one_does_not() {
    let alarms = |voices: u64| {
        let (mut detector, morning) = grown(11, 90, 0.6, 5);
        let mut reports = feed(&mut detector, &campaign(morning, voices, 15 * 60, PLACES[0]), 1);
        reports.extend(detector.advance(morning + 2 * HOUR));
        reports.into_iter().filter(|report| report.alarm).count()
    };
    assert_eq!(alarms(1), 0);
    assert!(alarms(4) > 0);
}

#[test]
fn a_campaign_in_one_town_is_seen_in_a_quiet_total_and_named() {
    let (mut detector, morning) = grown(12, 90, 40.0, 6);
    let campaign = campaign(morning, 9, 30 * 60, "es/na/tudela");
    let mut reports = feed(&mut detector, &campaign, 1);
    reports.extend(detector.advance(morning + 6 * HOUR));
    let last = reports.iter().rfind(|report| report.alarm).expect("nine voices in one town");
    assert_eq!(last.segment.place.as_deref(), Some("es/na/tudela"));
    assert!(last.locality > 0.3, "{}", last.locality);
    assert!(last.observed > 3.0 * last.expected);
    let known = last.members.iter().filter(|id| campaign.iter().any(|said| said.id == **id)).count();
    assert!(known * 10 >= last.members.len() * 7, "{known} of {}", last.members.len());
}

#[test]
fn an_warning_keeps_its_number_until_it_ends_and_when_it_returns() {
    let (mut detector, morning) = grown(13, 60, 4.0, 5);
    let mut reports = feed(&mut detector, &campaign(morning, 14, 20 * 60, PLACES[0]), 1);
    reports.extend(detector.advance(morning + 4 * DAY));
    let spoken: Vec<_> = reports.iter().filter(|report| report.state != State::Hint).collect();
    let first = spoken.first().expect("it opens");
    assert_eq!(first.state, State::Opened);
    assert!(spoken.iter().all(|report| report.warning == first.warning));
    let end = spoken.last().expect("it ends");
    assert_eq!((end.state, end.alarm), (State::Ended, false));
    let again = feed(&mut detector, &campaign(morning + 4 * DAY + HOUR, 14, 20 * 60, PLACES[0]), 1);
    let back = again.iter().find(|report| report.alarm).expect("it is back");
    assert_eq!((back.warning, back.state), (first.warning, State::Opened));
}

#[test]
fn copies_by_strangers_are_reported_as_signs_and_raise_the_level() {
    let (mut detector, morning) = grown(14, 60, 4.0, 5);
    let mut posts = campaign(morning, 12, 5 * 60, PLACES[0]);
    for (number, post) in posts.iter_mut().enumerate() {
        post.text = format!(
            "no vayáis nunca a ese bar de la plaza, me cobraron el doble y encima se rieron {number}"
        );
    }
    let mut reports = feed(&mut detector, &posts, 1);
    reports.extend(detector.advance(morning + 3 * HOUR));
    let last = reports.iter().rfind(|report| report.alarm).expect("twelve copies");
    assert!(last.coordination.coordinated);
    assert!(last.coordination.copies >= 8);
    assert_eq!(last.coordination.new_authors, Some((12, 12)));
    assert_eq!(last.level, Level::Alarm);
}

#[test]
fn before_the_usual_is_known_only_the_striking_speaks_and_says_that_it_is_provisional() {
    let mut detector = Detector::new(Settings::default());
    feed(&mut detector, &ordinary(15, START, 5, 2.0, 6), 8);
    let at = START + 6 * DAY + 10 * HOUR;
    assert_eq!(feed(&mut detector, &campaign(at, 3, 600, PLACES[0]), 1), vec![]);
    let mut reports = feed(&mut detector, &campaign(at + HOUR, 5, 600, PLACES[0]), 1);
    reports.extend(detector.advance(at + 5 * HOUR));
    assert!(reports.iter().any(|report| report.provisional && report.alarm && report.state == State::Opened));
    let later = detector.advance(at + 5 * DAY);
    assert!(later.iter().any(|report| report.state == State::Ended && report.provisional));
}

#[test]
fn an_imported_history_makes_learning_unnecessary() {
    let mut detector = Detector::new(Settings::default());
    let mut history = ordinary(16, START - 120 * DAY, 120, 4.0, 5);
    for said in &mut history {
        said.seen = START + HOUR;
        said.import = true;
    }
    feed(&mut detector, &history, 500);
    detector.advance(START + 9 * HOUR);
    assert!(detector.has_learned());
    let usual = detector.usual(&Segment::default());
    assert!((0.4..1.4).contains(&usual.negatives_per_day), "{usual:?}");
    let reports = feed(&mut detector, &campaign(START + 10 * HOUR, 10, 600, PLACES[0]), 1);
    assert!(reports.iter().any(|report| report.alarm && !report.provisional));
}

#[test]
fn a_source_connected_later_is_learnt_before_it_counts() {
    let (mut detector, morning) = grown(17, 60, 4.0, 5);
    let mut fresh = ordinary(18, morning - 9 * HOUR, 40, 8.0, 2);
    fresh.retain(|said| said.seen > morning);
    for said in &mut fresh {
        said.source = "new";
    }
    let reports = feed(&mut detector, &fresh, 8);
    assert!(reports.iter().all(|report| !report.alarm), "{:?}", reports.iter().find(|report| report.alarm));
    assert!(
        detector.usual(&Segment { source: Some("new".to_owned()), ..Segment::default() }).negatives_per_day
            > 2.0
    );
}

#[test]
fn the_silence_of_a_source_that_is_down_is_not_learnt_as_quiet() {
    let quiet_after = |outage: bool| {
        let (mut detector, morning) = grown(19, 60, 6.0, 5);
        if outage {
            for source in SOURCES {
                detector.outage(source, morning - 9 * HOUR, morning + 30 * DAY);
            }
        }
        detector.advance(morning + 30 * DAY);
        detector.usual(&Segment::default()).negatives_per_day
            / grown(19, 60, 6.0, 5).0.usual(&Segment::default()).negatives_per_day
    };
    assert!(quiet_after(false) < 0.8);
    assert!(quiet_after(true) > 0.9);
}

#[test]
fn the_band_of_a_day_holds_what_is_usual() {
    let (detector, morning) = grown(20, 80, 20.0, 4);
    let band = detector.band(&Segment::default(), morning / DAY);
    assert!(band.low < 5 && 5 <= band.high && (3.0..8.0).contains(&band.expected), "{band:?}");
    assert_eq!(detector.band(&place("nowhere"), 20_000).high, 0);
}

#[test]
fn what_can_be_seen_is_a_handful_of_voices_in_a_small_bar() {
    let (detector, _) = grown(21, 90, 1.0, 5);
    let seen = sight(&detector, &place(PLACES[0]), 1, 10).expect("a small bar");
    assert!((2..=10).contains(&seen.voices), "{seen:?}");
    assert_eq!(sight(&detector, &place(PLACES[0]), 1, 10), Some(seen));
    assert_eq!(sight(&Detector::new(Settings::default()), &Segment::default(), 1, 10), None);
}

#[test]
fn lines_that_cannot_be_read_are_counted_and_the_others_are_watched() {
    let long = format!("{{\"type\":\"event\",\"text\":\"{}\"}}\n", "a".repeat(1 << 20));
    let input = [
        "{\"type\":\"meta\",\"stream\":\"bar\"}\n",
        "{\"type\":\"event\",\"t\":\"2025-01-06T10:00:00Z\",\"sent\":-1,\"what\":7}\n",
        "nonsense\n",
        "{\"type\":\"event\",\"id\":3}\n\n",
        &long,
        "{\"type\":\"event\",\"id\":4,\"t\":\"2025-01-06T10:00:00.5Z\",\"rating\":1}",
    ]
    .concat();
    let mut output = Vec::new();
    let summary = stream::watch(input.as_bytes(), &mut output, &Settings::default()).expect("memory");
    assert_eq!((summary.streams, summary.events, summary.bad_lines), (1, 2, 3));
    assert_eq!(summary.faults.iter().map(|fault| fault.0).collect::<Vec<_>>(), vec![3, 4, 6]);
    assert!(output.is_empty());
}
