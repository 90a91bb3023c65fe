//! *Palabra*: of the mentions whose answer was due in the last year, the share answered in time; how long answers take; of
//! what answers promised, the share kept. Pure.
//!
//! "In time" is the same for everybody (`listen::rules`: two days for three stars or fewer, a week for the rest), whatever
//! clock an organisation sets itself: else the number would grow by choosing a longer clock.

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

/// A share with its counts and its 90 % interval; `None` of `share` below the minimum.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Part {
    /// How many did.
    pub hits: u64,
    /// Of how many.
    pub all: u64,
}

impl Part {
    /// The share and its interval; `None` below the minimum.
    pub fn share(self) -> Option<(f64, f64, f64)> {
        let (low, high) = Share::new(self.hits, self.all).interval();
        (self.all >= DUE_MIN).then(|| (self.hits as f64 / self.all as f64, low, high))
    }
}

/// The median of how long answers took, with a 90 % interval by order statistics (David and Nagaraja, *Order Statistics*,
/// §7.1): the ranks between which the median lies with that chance, whatever the distribution. Hours; `None` below the minimum.
pub fn median_hours(hours: &mut [f64]) -> Option<(f64, f64, f64)> {
    if (hours.len() as u64) < DUE_MIN {
        return None;
    }
    hours.sort_by(f64::total_cmp);
    let n = hours.len() as f64;
    let middle = |at: usize| hours.get(at.min(hours.len() - 1)).copied().unwrap_or_default();
    let median = if hours.len() % 2 == 1 {
        middle(hours.len() / 2)
    } else {
        f64::midpoint(middle(hours.len() / 2 - 1), middle(hours.len() / 2))
    };
    // The number of values below the median is binomial(n, ½); 1.645 of its deviations, with continuity.
    let reach = 1.645 * n.sqrt() / 2.0 + 0.5;
    let low = ((n / 2.0 - reach).floor().max(0.0)) as usize;
    let high = ((n / 2.0 + reach).ceil() as usize).saturating_sub(1);
    Some((median, middle(low), middle(high)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn too_few_say_nothing() {
        assert_eq!(Palabra::new(4, 4, 4).share(), None);
        assert_eq!(Palabra::new(10, 8, 5).share(), Some(0.5));
        assert_eq!(Part { hits: 3, all: 4 }.share(), None);
        assert_eq!(median_hours(&mut [1.0; 4]), None);
    }

    #[test]
    fn the_median_of_few_has_all_of_them_as_its_range() {
        assert_eq!(median_hours(&mut [5.0, 1.0, 3.0, 2.0, 4.0]), Some((3.0, 1.0, 5.0)));
        let mut hundred: Vec<f64> = (1..=100).map(f64::from).collect();
        assert_eq!(median_hours(&mut hundred), Some((50.5, 42.0, 59.0)));
    }

    proptest! {
        #[test]
        fn the_median_lies_in_its_range(mut hours in proptest::collection::vec(0.0..1e6f64, 5..200)) {
            let (median, low, high) = median_hours(&mut hours).expect("enough");
            prop_assert!(low <= median && median <= high);
        }
    }
}
