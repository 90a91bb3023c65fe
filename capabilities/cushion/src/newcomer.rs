//! What a stranger reads first: the newest ratings, the share of what is negative lately, the first page of a list.
//!
//! A mean of two hundred reviews moves little in a bad week; what is *shown* first moves at once. These are the cushions
//! of what is shown. Pure: what they need is the newest ten and the counts of days.

use stats::{binomial_at_least, hypergeometric};

/// Newest ratings that a stranger sees without asking for more.
pub const SHOWN: usize = 10;
/// From this share of negative ones on, what is shown is bad.
pub const BAD_SHARE: f64 = 0.4;
/// Share of negative mentions from which on what is said lately is bad.
pub const MENTIONS_BAD_SHARE: f64 = 0.4;
/// Share of the attention on a first page that may go to negative results.
pub const ATTENTION_BAD_SHARE: f64 = 0.25;
/// A risk that is still borne: one in ten.
const RISK: f64 = 0.1;
/// More angry ratings than this in a week are not asked about.
const ANGRY_MAX: u64 = 512;

/// How much of the attention goes to the first, second, … result of a page: shares of clicks by position in a search
/// engine's results, as published by SEO surveys of about 2020 to 2023. A list of reviews is read alike: from the top.
pub const ATTENTION: [f64; 10] = [0.276, 0.158, 0.110, 0.084, 0.063, 0.049, 0.039, 0.033, 0.027, 0.024];

/// The newest ratings, and what ordinarily joins them.
#[derive(Debug, Clone, Copy)]
pub struct Newest<'a> {
    /// Whether each is negative, newest first.
    pub negative: &'a [bool],
    /// Numbers of ordinary ratings in a week, with their probabilities.
    pub arrivals: &'a [(u64, f64)],
    /// Probability that an ordinary one is negative.
    pub negative_share: f64,
}

impl Newest<'_> {
    /// Probability that at least `bad_share` of the newest `shown` are negative after a week with `angry` angry ratings
    /// among the ordinary ones, in any order.
    ///
    /// Of more arrivals than are shown, those shown are a random sample: the angry ones among them are hypergeometric, the
    /// others negative or not as ordinary ones are.
    pub fn risk(&self, angry: u64, shown: usize, bad_share: f64) -> f64 {
        let needed = (bad_share * shown as f64 - 1e-9).ceil() as i64;
        let sum: f64 = self
            .arrivals
            .iter()
            .filter(|(_, probability)| *probability > 0.0)
            .map(|(ordinary, probability)| probability * self.risk_with(*ordinary, angry, shown, needed))
            .sum();
        sum.min(1.0)
    }

    fn risk_with(&self, ordinary: u64, angry: u64, shown: usize, needed: i64) -> f64 {
        let (arrived, shown) = (ordinary + angry, shown as u64);
        if arrived <= shown {
            let old = self.negative.iter().take((shown - arrived) as usize).filter(|bad| **bad).count();
            return binomial_at_least(ordinary, self.negative_share, needed - old as i64 - angry as i64);
        }
        (0u64..)
            .zip(hypergeometric(arrived, angry, shown))
            .filter(|(_, p)| *p > 0.0)
            .map(|(hits, p)| p * binomial_at_least(shown - hits, self.negative_share, needed - hits as i64))
            .sum()
    }

    /// The fewest angry ratings in a week with which [`Self::risk`] exceeds `risk`; `None` if none do.
    pub fn until_risky(&self, shown: usize, bad_share: f64, risk: f64) -> Option<u64> {
        // It only rises with more of them: halving finds the first.
        let risky = |angry: u64| self.risk(angry, shown, bad_share) > risk;
        let (mut low, mut high) = (0, 1);
        if risky(0) {
            return Some(0);
        }
        while !risky(high) {
            (low, high) = (high, high * 2);
            if low >= ANGRY_MAX {
                return None;
            }
        }
        while high - low > 1 {
            let middle = u64::midpoint(low, high);
            if risky(middle) { high = middle } else { low = middle }
        }
        Some(high)
    }

    /// The same for ten, four bad ones of ten, and a risk of one in ten.
    pub fn cushion(&self) -> Option<u64> {
        self.until_risky(SHOWN, BAD_SHARE, RISK)
    }
}

/// How many bad ratings until most of the newest ten (six or more) are bad, when they arrive one after another.
/// `newest` says of the newest ratings, newest first, whether each is bad.
pub fn until_most_of_ten(newest: &[bool]) -> u64 {
    const MOST: usize = 6;
    (0..=SHOWN)
        .find(|k| k + newest.iter().take(SHOWN - k).filter(|bad| **bad).count() >= MOST)
        .unwrap_or(MOST) as u64
}

/// Bad ones among the newest ten after `angry` more, one after another.
pub fn bad_of_ten_after(newest: &[bool], angry: u64) -> u64 {
    let new = angry.min(SHOWN as u64);
    new + newest.iter().take(SHOWN - new as usize).filter(|bad| **bad).count() as u64
}

/// How many more negative ones until they are at least `share` of all.
pub fn until_share(negative: u64, all: u64, share: f64) -> u64 {
    let (negative, all) = (negative as f64, all as f64);
    if all > 0.0 && negative / all >= share - 1e-12 {
        return 0;
    }
    ((share * all - negative) / (1.0 - share) - 1e-9).ceil().max(1.0) as u64
}

/// How much of the attention a page's negative results have, and how many more results may turn negative before they
/// have at least `share` of it, the weakest places first; `None` if even all of them do not. Results beyond the tenth
/// are not looked at.
pub fn first_page(negative: &[bool], share: f64) -> (f64, Option<u64>) {
    let places = negative.len().min(ATTENTION.len());
    let all: f64 = ATTENTION[..places].iter().sum();
    let part = |at: usize| ATTENTION[at] / all;
    let now: f64 = (0..places).filter(|at| negative[*at]).map(part).sum();
    if now >= share {
        return (now, Some(0));
    }
    let mut reached = now;
    // Attention only falls from place to place: the weakest is the last.
    let lost = (0..places).rev().filter(|at| !negative[*at]).position(|at| {
        reached += part(at);
        reached >= share
    });
    (now, lost.map(|at| at as u64 + 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use stats::negative_binomial;

    #[test]
    fn most_of_the_last_ten() {
        assert_eq!(until_most_of_ten(&[false; 30]), 6);
        assert_eq!(until_most_of_ten(&[true; 10]), 0);
        assert_eq!(until_most_of_ten(&[]), 6);
        // Three bad ones in front: three more push them down but not out.
        let mut newest = vec![true; 3];
        newest.extend([false; 20]);
        assert_eq!(until_most_of_ten(&newest), 3);
        // Three bad ones at the far end of the ten are pushed out by new ones.
        let mut newest = vec![false; 7];
        newest.extend([true; 3]);
        assert_eq!(until_most_of_ten(&newest), 6);
    }

    #[test]
    fn bad_ones_push_old_ones_out() {
        let newest = [true, false, false, false, false, false, false, false, true, true];
        assert_eq!([0, 1, 2, 3, 10, 40].map(|angry| bad_of_ten_after(&newest, angry)), [3, 3, 3, 4, 10, 10]);
    }

    proptest! {
        /// P11: the smallest number with which the share is reached.
        #[test]
        fn p11_a_share_is_reached_and_not_before(all in 1u64..200, part in 0.0..1.0f64, at in 0usize..4) {
            let (negative, share) = ((part * all as f64) as u64, [0.2, 0.3, 0.4, 0.5][at]);
            let k = until_share(negative, all, share);
            let after = |k: u64| (negative + k) as f64 / (all + k) as f64;
            prop_assert!(k == 0 || (after(k) >= share - 1e-9 && after(k - 1) < share + 1e-9));
        }

        /// P12: one more angry rating never lowers the risk, which is a probability.
        #[test]
        fn p12_risk_rises(recent in proptest::collection::vec(proptest::bool::weighted(0.1), 30), mean in 0.0..6.0f64) {
            let arrivals: Vec<(u64, f64)> = (0..).zip(negative_binomial(mean, 0.3, 40)).collect();
            let newest = Newest { negative: &recent, arrivals: &arrivals, negative_share: 0.1 };
            let risks: Vec<f64> = (0..16).map(|k| newest.risk(k, 10, 0.4)).collect();
            prop_assert!(risks.windows(2).all(|w| w[1] >= w[0] - 1e-9), "{risks:?}");
            prop_assert!(risks.iter().all(|r| (0.0..=1.0 + 1e-9).contains(r)));
        }
    }

    /// P13: without chance the count is exact.
    #[test]
    fn p13_without_ordinary_ratings_four_are_four() {
        let newest = Newest { negative: &[false; 30], arrivals: &[(0, 1.0)], negative_share: 0.0 };
        assert_eq!(newest.risk(4, 10, 0.4).to_bits(), 1.0f64.to_bits());
        assert!(newest.risk(3, 10, 0.4) < 1e-12);
        assert_eq!(newest.cushion(), Some(4));
    }

    #[test]
    fn the_first_page_loses_its_weakest_places_first() {
        let (now, lost) =
            first_page(&[false, false, false, false, true, false, false, false, false, false], 0.25);
        assert!((now - 0.063 / 0.863).abs() < 1e-9);
        assert_eq!(lost, Some(5));
        assert_eq!(first_page(&[true], 0.25), (1.0, Some(0)));
        assert_eq!(first_page(&[], 0.25), (0.0, None));
    }
}
