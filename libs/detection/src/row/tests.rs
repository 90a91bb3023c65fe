//! What late arrivals and their order may change: nothing.

use super::*;
use proptest::prelude::*;

const DAYS: usize = 9;

fn frame(day: usize) -> Frame {
    let passed = std::array::from_fn(|hour| hour as f64 / 24.0 * (0.8 + 0.05 * day as f64));
    let frailty = Frailty { shared: 4.0 - 0.2 * day as f64, negatives: 10.0 - 0.5 * day as f64 };
    Frame { day: day as i64, passed, frailty, partly_up: Vec::new(), heard: 1.0 }
}

/// A mention: its day and hour, whether it is negative, its weight in quarters, and how many days it is late.
#[derive(Debug, Clone, Copy)]
struct Late {
    day: usize,
    hour: usize,
    negative: bool,
    quarters: u8,
    days: usize,
}

/// A row that has lived through all days, in which each mention arrives in the order given, on its day or later.
fn lived(mentions: &[Late]) -> Row {
    let root = Baseline { negatives: 30.0, others: 120.0, days: 60.0 };
    let ground = Ground { root, learned: true };
    let mut frames = VecDeque::new();
    let mut row = Row::new(Key::of(Kind::City, 1), 0, 60.0, &frames, ground);
    for today in 0..DAYS {
        for mention in mentions.iter().filter(|mention| (mention.day + mention.days).min(DAYS - 1) == today) {
            row.add(today - mention.day, mention.hour, mention.negative, mention.quarters);
        }
        row.settle(&frames, true);
        let frame = frame(today);
        row.end_day(&frame, ground);
        frames.push_back(frame);
    }
    row
}

prop_compose! {
    fn any_mention()(
        day in 0..DAYS, hour in 0_usize..24, negative in any::<bool>(), quarters in 1_u8..=4,
        days in 0..RECENT_DAYS,
    ) -> Late {
        Late { day, hour, negative, quarters, days }
    }
}

proptest! {
    #[test]
    fn what_comes_late_counts_as_if_it_had_come_in_time(mentions in prop::collection::vec(any_mention(), 0..60)) {
        let in_time: Vec<Late> = mentions.iter().map(|mention| Late { days: 0, ..*mention }).collect();
        let (late, afresh) = (lived(&mentions), lived(&in_time));
        for (late, afresh) in late.evidence.iter().zip(afresh.evidence) {
            prop_assert!((late - afresh).abs() <= 1e-9 * afresh, "{late} instead of {afresh}");
        }
        let counted = |row: &Row| row.waiting.iter().map(|day| (day.negatives, day.others)).collect::<Vec<_>>();
        prop_assert_eq!(counted(&late), counted(&afresh));
    }

    #[test]
    fn the_order_of_arrival_changes_nothing(
        (mentions, shuffled) in prop::collection::vec(any_mention(), 0..60)
            .prop_flat_map(|mentions| (Just(mentions.clone()), Just(mentions).prop_shuffle()))
    ) {
        prop_assert_eq!(lived(&mentions), lived(&shuffled));
    }
}
