//! *Palabra*: of the mentions whose answer was due in the last year, the share answered in time. Pure.

/// Below so many due mentions nothing is said.
pub const DUE_MIN: u64 = 5;
/// Days looked back.
pub const WINDOW_DAYS: i64 = 365;
/// The longest deadline: younger mentions are not due yet, so they neither help nor hurt.
pub const DEADLINE_DAYS: i64 = 7;
/// Normal quantile of a two-sided 90 % interval.
const Z90: f64 = 1.645;

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
        let (low, high) = wilson(in_time, due);
        Self { due, answered, in_time, low, high }
    }

    /// The share answered in time; `None` below the minimum.
    pub fn share(&self) -> Option<f64> {
        (self.due >= DUE_MIN).then(|| self.in_time as f64 / self.due as f64)
    }
}

/// Wilson's score interval for a share (Wilson 1927), 90 %: honest for small counts and for 0 and 100 %.
pub fn wilson(hits: u64, n: u64) -> (f64, f64) {
    if n == 0 {
        return (0.0, 1.0);
    }
    let (n, p) = (n as f64, hits as f64 / n as f64);
    let z2 = Z90 * Z90;
    let centre = p + z2 / (2.0 * n);
    let half = Z90 * (p * (1.0 - p) / n + z2 / (4.0 * n * n)).sqrt();
    let scale = 1.0 + z2 / n;
    (((centre - half) / scale).max(0.0), ((centre + half) / scale).min(1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interval_is_honest_for_small_counts() {
        let (low, high) = wilson(5, 5);
        assert!(low > 0.6 && low < 0.7 && (high - 1.0).abs() < 1e-9);
        let (low, high) = wilson(0, 20);
        assert!(low.abs() < 1e-9 && high > 0.1 && high < 0.15);
        assert_eq!(wilson(0, 0), (0.0, 1.0));
    }

    #[test]
    fn too_few_say_nothing() {
        assert_eq!(Palabra::new(4, 4, 4).share(), None);
        assert_eq!(Palabra::new(10, 8, 5).share(), Some(0.5));
    }
}
