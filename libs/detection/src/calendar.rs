//! When in the week mentions arrive: the share of a mean day that passes between two moments.
//!
//! One profile for the whole organisation, learnt from all its mentions and shrunk towards an ordinary day, because
//! a small bar has too few mentions to learn 168 hours from.

use crate::types::{DAY, HOUR, Seconds};
use serde::{Deserialize, Serialize};

/// An ordinary day, hour by hour, in no particular unit.
const ORDINARY: [f64; 24] = [
    0.25, 0.15, 0.1, 0.08, 0.08, 0.15, 0.35, 0.7, 1.0, 1.2, 1.3, 1.4, 1.5, 1.6, 1.5, 1.2, 1.1, 1.2, 1.4, 1.6,
    1.9, 2.1, 1.7, 0.8,
];
/// How many mentions the ordinary day weighs.
const ORDINARY_WEIGHT: f64 = 400.0;
/// Part of a day that is spread evenly over its hours: what goes round at night is rare, not impossible.
const EVEN: f64 = 0.1;
/// Hours of a week.
const WEEK: usize = 168;

/// The local day of a moment.
pub fn day_of(at: Seconds) -> i64 {
    at.div_euclid(DAY)
}

/// The local hour of the day, 0 to 23.
pub fn hour_of(at: Seconds) -> usize {
    at.rem_euclid(DAY).div_euclid(HOUR) as usize
}

/// Mentions of each hour of the week.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Calendar {
    counts: Vec<f64>,
}

impl Calendar {
    /// Knows the ordinary day only.
    pub fn new() -> Self {
        Self { counts: vec![0.0; WEEK] }
    }

    /// Whether a restored calendar has its hours.
    pub fn is_sound(&self) -> bool {
        self.counts.len() == WEEK && self.counts.iter().all(|count| (0.0..1e15).contains(count))
    }

    /// Counts a mention.
    pub fn add(&mut self, published: Seconds) {
        let hour = published.div_euclid(HOUR).rem_euclid(WEEK as i64) as usize;
        self.counts[hour] += 1.0;
    }

    /// The share of a mean day that has passed before each hour of the weekday of `day`; the last is the whole day.
    pub fn passed(&self, day: i64) -> [f64; 25] {
        let total: f64 = self.counts.iter().sum();
        let ordinary: f64 = ORDINARY.iter().sum::<f64>() * 7.0;
        let share = |hour: usize| {
            (self.counts[hour] + ORDINARY_WEIGHT * ORDINARY[hour % 24] / ordinary) / (total + ORDINARY_WEIGHT)
        };
        let first = (day.rem_euclid(7) * 24) as usize;
        let day: f64 = (first..first + 24).map(share).sum();
        let mut passed = [0.0; 25];
        for hour in 0..24 {
            passed[hour + 1] = passed[hour] + ((1.0 - EVEN) * share(first + hour) + EVEN * day / 24.0) * 7.0;
        }
        passed
    }
}

/// The share of a mean day that has passed at `at`, given its day's hours.
pub fn passed_at(passed: &[f64; 25], at: Seconds) -> f64 {
    let hour = hour_of(at);
    let within = at.rem_euclid(HOUR) as f64 / HOUR as f64;
    passed[hour] + (passed[hour + 1] - passed[hour]) * within
}
