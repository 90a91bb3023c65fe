//! The properties that hold for any stream.

use crate::world::*;
use detection::{DAY, Detector, HOUR, Report, RestoreError, Settings};
use proptest::prelude::*;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, Gamma, Poisson};

fn eventful(seed: u64) -> Vec<Said> {
    let stream = ordinary(seed, START, 60, 6.0, 5);
    let at = START + 40 * DAY + 12 * HOUR;
    merge(stream, campaign(at, 12, 20 * 60, PLACES[(seed % 4) as usize]))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    #[test]
    fn the_boundaries_of_batches_change_nothing(seed in 0_u64..50, batch in 1_usize..400) {
        let stream = eventful(seed);
        let mut whole = Detector::new(Settings::default());
        let mut parts = Detector::new(Settings::default());
        prop_assert_eq!(feed(&mut whole, &stream, stream.len()), feed(&mut parts, &stream, batch));
        prop_assert_eq!(whole.save(), parts.save());
    }

    #[test]
    fn the_order_within_a_tick_changes_no_report(seed in 0_u64..50) {
        let mut stream = eventful(seed);
        // put everything of an hour into one minute of arrival
        for said in &mut stream {
            said.seen = said.published.max(said.seen / HOUR * HOUR + HOUR);
            said.seen = said.seen / HOUR * HOUR;
            said.published = said.published.min(said.seen);
        }
        stream.sort_by_key(|said| (said.seen, said.id));
        let mut reversed = stream.clone();
        for tick in reversed.chunk_by_mut(|a, b| a.seen == b.seen) {
            tick.reverse();
        }
        let (mut left, mut right) = (Detector::new(Settings::default()), Detector::new(Settings::default()));
        prop_assert_eq!(feed(&mut left, &stream, 7), feed(&mut right, &reversed, 11));
    }

    #[test]
    fn restoring_in_the_middle_gives_the_same_reports_and_bytes(seed in 0_u64..50, share in 0.0_f64..1.0) {
        let stream = eventful(seed);
        let cut = (stream.len() as f64 * share) as usize;
        let mut whole = Detector::new(Settings::default());
        let mut before = Detector::new(Settings::default());
        feed(&mut whole, &stream[..cut], 16);
        feed(&mut before, &stream[..cut], 16);
        let mut after = Detector::restore(&before.save(), Settings::default()).expect("just saved");
        let said = |reports: Vec<Report>| serde_json::to_string(&reports).expect("plain data");
        prop_assert_eq!(said(feed(&mut whole, &stream[cut..], 16)), said(feed(&mut after, &stream[cut..], 16)));
        prop_assert_eq!(whole.save(), after.save());
    }

    #[test]
    fn what_arrives_later_changes_no_earlier_report(seed in 0_u64..50, share in 0.3_f64..1.0) {
        let stream = eventful(seed);
        let cut = (stream.len() as f64 * share) as usize;
        let (mut all, mut part) = (Detector::new(Settings::default()), Detector::new(Settings::default()));
        let everything = feed(&mut all, &stream, 1);
        let beginning = feed(&mut part, &stream[..cut], 1);
        prop_assert_eq!(&everything[..beginning.len()], &beginning[..]);
    }

    #[test]
    fn a_shift_by_whole_weeks_shifts_the_reports_and_nothing_else(seed in 0_u64..50, weeks in 1_i64..200) {
        let stream = eventful(seed);
        let mut later = stream.clone();
        for said in &mut later {
            said.published += weeks * 7 * DAY;
            said.seen += weeks * 7 * DAY;
        }
        let (mut left, mut right) = (Detector::new(Settings::default()), Detector::new(Settings::default()));
        let mut expected = feed(&mut left, &stream, 32);
        for report in &mut expected {
            report.at += weeks * 7 * DAY;
            report.since += weeks * 7 * DAY;
        }
        prop_assert_eq!(expected, feed(&mut right, &later, 32));
    }

    #[test]
    fn damaged_states_are_refused_or_harmless(seed in 0_u64..4, flips in prop::collection::vec((0.0_f64..1.0, any::<u8>()), 1..6)) {
        let mut detector = Detector::new(Settings::default());
        let stream = eventful(seed);
        feed(&mut detector, &stream, 64);
        let mut bytes = detector.save();
        let length = bytes.len();
        for (place, value) in flips {
            bytes[((length as f64 * place) as usize).min(length - 1)] = value;
        }
        if let Ok(mut damaged) = Detector::restore(&bytes, Settings::default()) {
            feed(&mut damaged, &campaign(START + 61 * DAY, 20, 60, PLACES[0]), 4);
            damaged.advance(START + 70 * DAY);
            damaged.save();
        }
    }

    #[test]
    fn any_bytes_are_refused_or_harmless(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        if let Ok(mut detector) = Detector::restore(&bytes, Settings::default()) {
            detector.advance(START);
        }
    }
}

#[test]
fn another_version_and_a_cut_state_say_what_they_are() {
    let bytes = grown(1, 30, 4.0, 5).0.save();
    let refused = |bytes: &[u8]| Detector::restore(bytes, Settings::default()).err();
    assert_eq!(refused(&[9, 1, 2]), Some(RestoreError::Version(9)));
    assert!(matches!(refused(&bytes[..bytes.len() / 2]), Some(RestoreError::Damaged(_))));
    assert!(matches!(refused(&[]), Some(RestoreError::Damaged(_))));
}

#[test]
fn extreme_moments_and_names_do_not_panic() {
    let mut detector = Detector::new(Settings::default());
    let long = "á/".repeat(5_000);
    for (published, seen) in
        [(i64::MIN, i64::MAX), (i64::MAX, i64::MIN), (0, 0), (i64::MAX, i64::MAX), (-1, 1)]
    {
        let mut event = campaign(START, 1, 1, "")[0].clone();
        (event.published, event.seen) = (published, seen);
        let mut event = event.event();
        event.place = Some(&long);
        detector.feed(&[event]);
    }
    detector.advance(i64::MAX);
    detector.outage("forum", i64::MIN, i64::MAX);
    detector.advance(i64::MIN);
    detector.set_budget(f64::NAN);
    detector.feed(&[campaign(i64::MAX / 2, 1, 1, "es")[0].event()]);
    detector.save();
}

#[test]
fn a_hundred_thousand_old_mentions_change_nothing_once_the_usual_is_known() {
    let (mut detector, morning) = grown(3, 40, 5.0, 5);
    let before = detector.save();
    let old: Vec<Said> = (0..100_000)
        .map(|number| Said {
            import: number % 2 == 0,
            published: START - number as i64 * 60,
            seen: morning,
            negative: true,
            id: number,
            ..campaign(morning, 1, 1, PLACES[0])[0].clone()
        })
        .collect();
    assert_eq!(feed(&mut detector, &old, 1_000), vec![]);
    assert_eq!(detector.save(), before);
}

#[test]
fn twenty_times_the_praise_is_no_alarm_and_twenty_times_the_anger_is() {
    let alarms = |negative: bool| {
        let (mut detector, _) = grown(5, 60, 10.0, 5);
        let days = ordinary(6, START + 60 * DAY, 2, 10.0, 5);
        let mut loud: Vec<Said> = days.iter().filter(|said| said.negative != negative).cloned().collect();
        for said in days.iter().filter(|said| said.negative == negative) {
            for copy in 0..20_u64 {
                let id = said.id * 100 + copy;
                loud.push(Said { id, author: id, ..said.clone() });
            }
        }
        loud.sort_by_key(|said| (said.seen, said.id));
        feed(&mut detector, &loud, 16).iter().filter(|report| report.alarm).count()
    };
    assert_eq!(alarms(false), 0);
    assert!(alarms(true) > 0);
}

/// Mean days to the first false alarm of organisations that do exactly what the model says (censored at `most`).
fn mean_days_to_alarm(replicas: u64, most: i64, negatives: f64, others: f64, seed: u64) -> f64 {
    let mut sum = 0.0;
    for replica in 0..replicas {
        let mut random = ChaCha8Rng::seed_from_u64(seed + replica);
        let mut detector = Detector::new(Settings::default());
        let (warm, mut id, mut first) = (100, 0, None);
        for day in 0..warm + most {
            let shared: f64 = Gamma::new(4.0, 0.25).expect("positive").sample(&mut random);
            let alone: f64 = Gamma::new(10.0, 0.1).expect("positive").sample(&mut random);
            let mut today = Vec::new();
            for (negative, mean) in [(true, negatives * shared * alone), (false, others * shared)] {
                let count = Poisson::new(mean)
                    .map_or(0.0, |poisson: Poisson<f64>| poisson.sample(&mut random))
                    as u64;
                for _ in 0..count {
                    id += 1;
                    let published = START + day * DAY + random.random_range(8 * HOUR..23 * HOUR);
                    let place = PLACES[random.random_range(0..PLACES.len())];
                    let said = campaign(START, 1, 1, place)[0].clone();
                    today.push(Said { id, author: id, negative, published, seen: published, ..said });
                }
            }
            today.sort_by_key(|said| (said.seen, said.id));
            let alarmed = feed(&mut detector, &today, 64).iter().any(|report| report.alarm);
            if day >= warm && alarmed {
                first = Some(day - warm);
                break;
            }
        }
        sum += first.unwrap_or(most) as f64;
    }
    sum / replicas as f64
}

#[test]
fn organisations_that_do_what_the_model_says_wait_longer_than_the_budget_for_a_false_alarm() {
    for (negatives, others) in [(0.1, 0.5), (0.5, 2.0), (5.0, 20.0)] {
        let days = mean_days_to_alarm(8, 250, negatives, others, 17);
        assert!(days >= 91.0, "{days} days at {negatives} negatives a day");
    }
}
