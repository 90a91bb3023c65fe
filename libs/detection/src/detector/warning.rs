//! The life of a warning: what is remembered of it, when it speaks again, how serious it is.

use crate::types::{Coordination, DAY, HOUR, Level, Seconds};
use serde::{Deserialize, Serialize};

/// An ended warning that comes back within these days is the same one.
pub(super) const REOPEN_DAYS: i64 = 7;
/// Most warnings remembered, open or ended.
pub(super) const WARNINGS_MAX: usize = 64;
/// An open warning speaks again when its score has risen by this much,
const RISE: f64 = 0.5;
/// when its place changed and this much time has passed,
const PLACE_PAUSE: Seconds = HOUR;
/// or when something new was said and a quarter of its age has passed, within these bounds: a storm that grows by the
/// minute is told as large as it is, and an old one does not chatter.
const PAUSE_MIN: Seconds = HOUR / 6;
const PAUSE_MAX: Seconds = 6 * HOUR;
/// Nats above the threshold that are near certainty.
const NEAR_CERTAIN: f64 = 4.0;

/// One warning.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Warning {
    pub id: u32,
    /// The row it is shown as.
    pub row: u32,
    /// Every row it was seen in, sorted: in a large one that are thousands.
    pub rows: Vec<u32>,
    pub since: Seconds,
    pub opened: Seconds,
    pub reported_at: Seconds,
    pub reported_score: f64,
    pub level: Level,
    pub members: Vec<u64>,
    /// The day it ended.
    pub ended: Option<i64>,
    /// Raised by the cold-start rule.
    pub provisional: bool,
}

impl Warning {
    /// Whether it still may take up voices on `day`.
    pub fn is_alive(&self, day: i64) -> bool {
        self.ended.is_none_or(|ended| day - ended <= REOPEN_DAYS)
    }

    /// Whether it was seen in a row.
    pub fn has_row(&self, row: usize) -> bool {
        self.rows.binary_search(&(row as u32)).is_ok()
    }

    /// It is seen in one more row.
    pub fn add_row(&mut self, row: usize) {
        if let Err(place) = self.rows.binary_search(&(row as u32)) {
            self.rows.insert(place, row as u32);
        }
    }

    /// Whether there is enough news to speak again.
    pub fn has_news(&self, now: Seconds, score: f64, row: usize) -> bool {
        let pause = now - self.reported_at;
        self.ended.is_some()
            || score >= self.reported_score + RISE
            || (row != self.row as usize && pause >= PLACE_PAUSE)
            || pause >= ((now - self.opened) / 4).clamp(PAUSE_MIN, PAUSE_MAX)
    }

    /// Whether most of the smaller set of members is common.
    pub fn shares(&self, members: &[u64]) -> bool {
        let common = members.iter().filter(|id| self.members.binary_search(id).is_ok()).count();
        let smaller = members.len().min(self.members.len());
        smaller > 0 && common * 10 >= smaller * 3
    }
}

/// How serious it is. An alarm needs volume and evidence of another kind, or overwhelming volume.
pub(super) fn level(above: f64, observed: f64, expected: f64, signs: &Coordination) -> Level {
    if above < 0.0 {
        return Level::Watch;
    }
    let volume = observed >= 8.0 && observed >= 2.0 * expected;
    let strangers = signs
        .new_authors
        .is_some_and(|(unknown, all)| all >= 8 && f64::from(unknown) >= 0.8 * f64::from(all));
    let evidence = signs.coordinated || (strangers && above >= 1.0);
    let overwhelming = observed >= 12.0 && observed >= 4.0 * expected && above >= NEAR_CERTAIN;
    if (volume && evidence) || overwhelming { Level::Alarm } else { Level::Notice }
}

/// The moment before which a provisional warning would have ended.
pub(super) fn provisional_end(opened: Seconds) -> i64 {
    opened.div_euclid(DAY) + 2
}
