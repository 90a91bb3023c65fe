//! The owner's own past: what would have been raised, at which budget, and what could be seen at all. All of it is
//! counted by weighing her history again as if it were happening, not asserted.

use detection::sight::Sight;
use detection::{Report, Segment};
use domain::WarningLevel;
use serde::{Deserialize, Serialize};

/// Days between two warnings about nothing that an owner may choose from, and how it is called in the texts.
pub const BUDGETS: [(u32, &str); 4] = [(30, "month"), (91, "quarter"), (182, "half"), (365, "year")];
/// What holds until she chooses.
pub const DEFAULT_DAYS: u32 = 91;

const DAY: i64 = 86_400;
/// Two warnings less than a week apart are one story, at most for two weeks: the way the benchmark counts.
const GAP_DAYS: i64 = 7;
const STORY_DAYS: i64 = 14;
/// Evidence below this is not kept: the most sensitive budget asks for ln 30 = 3.4.
const SCORE_MIN: f64 = 2.7;
/// Warnings of the past that are kept to be shown, the newest.
const SHOWN: usize = 20;

/// A warning that would have been raised.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PastWarning {
    /// When it began, in local seconds.
    pub since: i64,
    /// When it would have been said.
    pub at: i64,
    /// The highest level it reached.
    pub level: String,
    /// Voices.
    pub observed: f64,
    /// Usual in that time.
    pub expected: f64,
    /// Where.
    pub segment: Segment,
    /// Whether it is still going on.
    #[serde(default)]
    pub open: bool,
}

/// What weighing the history found.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Past {
    /// First day of the history, since 1970.
    pub from_day: i64,
    /// Last day.
    pub to_day: i64,
    /// Mentions weighed.
    pub mentions: u64,
    /// Negative ones among them.
    pub negative: u64,
    /// The strongest evidence of each day that had any, by day.
    pub scores: Vec<(i64, f64)>,
    /// What would have been raised with the budget of now, oldest first.
    pub warnings: Vec<PastWarning>,
    /// The smallest campaign that would be seen within a day.
    pub sight: Option<Sight>,
}

impl Past {
    /// Takes in a mention, in the order they were written.
    pub fn count(&mut self, said: detection::Seconds, negative: bool) {
        let day = said.div_euclid(DAY);
        if self.mentions == 0 {
            self.from_day = day;
        }
        self.to_day = self.to_day.max(day);
        self.mentions += 1;
        self.negative += u64::from(negative);
    }

    /// Takes in what the detector reported about the past.
    pub fn take(&mut self, report: &Report) {
        let day = report.at.div_euclid(DAY);
        if report.score >= SCORE_MIN {
            match self.scores.last_mut() {
                Some((last, score)) if *last == day => *score = score.max(report.score),
                _ => self.scores.push((day, report.score)),
            }
        }
    }

    /// Takes in a whole warning of the past.
    pub fn tell(&mut self, warning: PastWarning) {
        if self.warnings.len() == SHOWN {
            self.warnings.remove(0);
        }
        self.warnings.push(warning);
    }

    /// How many warnings a budget would have meant.
    pub fn warnings_at(&self, false_alarm_days: u32) -> usize {
        let threshold = f64::from(false_alarm_days).ln();
        let (mut count, mut began, mut last) = (0, i64::MIN / 2, i64::MIN / 2);
        for (day, _) in self.scores.iter().filter(|(_, score)| *score >= threshold) {
            if day - last > GAP_DAYS || day - began > STORY_DAYS {
                count += 1;
                began = *day;
            }
            last = *day;
        }
        count
    }

    /// Days of history.
    pub fn days(&self) -> i64 {
        if self.mentions == 0 { 0 } else { self.to_day - self.from_day + 1 }
    }
}

/// A level in the words of the domain.
pub const fn level(level: detection::Level) -> WarningLevel {
    match level {
        detection::Level::Watch => WarningLevel::Watch,
        detection::Level::Notice => WarningLevel::Notice,
        detection::Level::Alarm => WarningLevel::Alarm,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn past(scores: &[(i64, f64)]) -> Past {
        Past { scores: scores.to_vec(), ..Past::default() }
    }

    #[test]
    fn a_stricter_budget_counts_fewer_stories_and_days_of_one_story_count_once() {
        let past = past(&[(10, 5.0), (12, 6.0), (30, 4.0), (60, 5.3), (61, 3.5)]);
        assert_eq!(past.warnings_at(30), 3);
        assert_eq!(past.warnings_at(91), 2);
        assert_eq!(past.warnings_at(365), 1);
        assert_eq!(Past::default().warnings_at(30), 0);
    }

    #[test]
    fn a_story_that_never_ends_is_counted_again_after_two_weeks() {
        let days: Vec<(i64, f64)> = (0..40).map(|day| (day, 9.0)).collect();
        assert_eq!(past(&days).warnings_at(91), 3);
    }
}
