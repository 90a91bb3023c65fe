//! *Palabra*: of the mentions whose answer was due in the last year, the share answered in time. Pure.

use stats::Share;

/// Below so many due mentions nothing is said.
pub const DUE_MIN: u64 = 5;
/// Days looked back.
pub const WINDOW_DAYS: i64 = 365;
/// The longest deadline: younger mentions are not due yet, so they neither help nor hurt.
pub const DEADLINE_DAYS: i64 = 7;
/// The number with its interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Palabra {
    /// Mentions whose answer was due.
    pub due: u64,
    /// Answered, at any time.
    pub answered: u64,
    /// Answered in time.
    pub in_time: u64,
    /// Lower end of the share answered in time, 90 %.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl Palabra {
    /// From counts.
    pub fn new(due: u64, answered: u64, in_time: u64) -> Self {
        let (low, high) = Share::new(in_time, due).interval();
        Self { due, answered, in_time, low, high }
    }

    /// The share answered in time; `None` below the minimum.
    pub fn share(&self) -> Option<f64> {
        (self.due >= DUE_MIN).then(|| self.in_time as f64 / self.due as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn too_few_say_nothing() {
        assert_eq!(Palabra::new(4, 4, 4).share(), None);
        assert_eq!(Palabra::new(10, 8, 5).share(), Some(0.5));
    }
}
