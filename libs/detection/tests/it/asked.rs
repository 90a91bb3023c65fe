//! What a caller may ask and tell: the days of a segment, since when a source is listened to.

use crate::world::{START, campaign, feed, grown};
use detection::{DAY, Detector, HOUR, Report, Segment};

/// An ordinary quarter, then a dozen newspapers write badly within half a day, in a source nobody has heard before.
fn heard(introduced: bool) -> (Detector, Vec<Report>) {
    let (mut detector, morning) = grown(1, 90, 2.0, 6);
    if introduced {
        detector.introduce("press", START);
    }
    let mut press = campaign(morning, 12, HOUR, "es");
    for one in &mut press {
        one.source = "press";
    }
    let mut reports = feed(&mut detector, &press, 1);
    reports.extend(detector.advance(morning + DAY));
    (detector, reports)
}

#[test]
fn a_silent_source_that_is_known_speaks_at_once_and_a_new_connector_is_only_watched() {
    assert!(heard(true).1.iter().any(|report| report.alarm));
    assert!(!heard(false).1.iter().any(|report| report.alarm));
}

#[test]
fn the_days_of_a_segment_hold_its_voices_and_nothing_before_they_are_remembered() {
    let (detector, _) = heard(true);
    let day = START / DAY + 90;
    let source = |name: &str| Segment { source: Some(name.to_owned()), ..Segment::default() };
    let press = detector.days(&source("press"), day - 10, day + 1);
    let total: f64 = press.iter().map(|count| count.negatives).sum();
    assert_eq!((press.len(), total), (12, 12.0), "{press:?}");
    let whole = detector.days(&Segment::default(), 0, day + 400);
    assert!(
        (30..=40).contains(&whole.len()),
        "five weeks, not for ever and not into the future: {}",
        whole.len()
    );
    assert!(whole.iter().map(|count| count.negatives).sum::<f64>() > total);
    assert!(detector.days(&source("nowhere"), day - 10, day).is_empty());
}
