//! "What if?": so many angry customers this week, or the campaigns that happened to others, on one's own ratings.

use crate::newcomer::bad_of_ten_after;
use crate::surface::{EPSILON, Rating, Surface};

/// Angry customers up to which the question is answered.
pub const ANGRY_MAX: u64 = 40;

/// What is seen after some more one-star ratings.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct After {
    /// How many.
    pub angry: u64,
    /// The figure strangers see.
    pub shown: f64,
    /// Whether it is below the threshold.
    pub below: bool,
    /// Bad ones among the newest ten, when nobody else writes.
    pub bad_of_ten: u64,
}

/// What is seen after each number of angry ratings from none to [`ANGRY_MAX`]. `newest_bad` as in
/// [`bad_of_ten_after`].
pub fn stress(surface: &Surface, ratings: &[Rating], newest_bad: &[bool]) -> Vec<After> {
    let fold = surface.folded(ratings);
    (0..=ANGRY_MAX)
        .map(|angry| {
            let mean = surface.mean_after(&fold, angry);
            After {
                angry,
                shown: surface.displayed(mean),
                below: mean < surface.tau() - EPSILON,
                bad_of_ten: bad_of_ten_after(newest_bad, angry),
            }
        })
        .collect()
}

/// A campaign as bad ratings a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Case {
    /// Its name in keys.
    pub key: &'static str,
    /// Bad ratings of the first day, the second, …
    pub days: &'static [u64],
    /// Where it was told; empty for a made-up one.
    pub source: &'static str,
}

impl Case {
    /// Bad ratings in all.
    pub fn ratings(&self) -> u64 {
        self.days.iter().sum()
    }
}

/// Two campaigns against small Spanish firms that newspapers and a court told of, and the slow kind.
///
/// Told: the veterinary clinic of Santander got 33 bad reviews within about six days after one angry client, where five a
/// month were usual, and stood at 2.84 stars (judgment over 34,895 €). The bars of many villages of Arribes, Salamanca,
/// were hit within twelve hours in July 2025. Assumed, because nobody published it: that the six days were alike, and
/// eight reviews for each bar. The third, eight in twelve days by eight people, happened to no one in particular: it is
/// the kind that is too slow to be noticed by counting.
pub const CASES: [Case; 3] = [
    Case { key: "vet", days: &[6, 6, 6, 5, 5, 5], source: "todocirugiayestetica.com" },
    Case { key: "villages", days: &[8], source: "salamancartvaldia.es" },
    Case { key: "drip", days: &[1, 0, 1, 1, 0, 1, 1, 0, 1, 1, 0, 1], source: "" },
];

/// A case on one's own ratings.
#[derive(Debug, Clone, PartialEq)]
pub struct Replay {
    /// Which.
    pub case: Case,
    /// Bad ratings so far, and the figure strangers see, at the end of each day.
    pub days: Vec<(u64, f64)>,
    /// The first day at whose end the figure is below the threshold, from 1.
    pub below_on: Option<usize>,
}

/// Each case on these ratings, if it began today and nothing else came.
pub fn replays(surface: &Surface, ratings: &[Rating]) -> Vec<Replay> {
    CASES.iter().map(|case| replay(*case, surface, ratings)).collect()
}

fn replay(case: Case, surface: &Surface, ratings: &[Rating]) -> Replay {
    let mut angry = 0;
    let days: Vec<(u64, f64, bool)> =
        (0..case.days.len())
            .map(|today| {
                angry += case.days[today];
                let aged = ratings.iter().map(|r| Rating { age_days: r.age_days + today as f64, ..*r });
                let new =
                    case.days.iter().take(today + 1).enumerate().filter(|(_, count)| **count > 0).map(
                        |(day, count)| Rating { age_days: (today - day) as f64, grade: 1.0, count: *count },
                    );
                let mean = surface.mean(&aged.chain(new).collect::<Vec<_>>()).unwrap_or(1.0);
                (angry, surface.displayed(mean), mean < surface.tau() - EPSILON)
            })
            .collect();
    let below_on = days.iter().position(|(.., below)| *below).map(|at| at + 1);
    Replay { case, days: days.into_iter().map(|(angry, shown, _)| (angry, shown)).collect(), below_on }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::surface::SURFACES;
    use proptest::prelude::*;

    fn bar() -> Vec<Rating> {
        let of = |grade, count| Rating { age_days: 200.0, grade, count };
        vec![of(5.0, 27), of(4.0, 6), of(3.0, 2), of(2.0, 1), of(1.0, 3)]
    }

    #[test]
    fn the_typical_bar_falls_on_the_first_day_of_two_cases_and_late_in_the_third() {
        let google = Surface::named("google").expect("known");
        let replays = replays(&google, &bar());
        // It takes six: the clinic's first day brings them, the villages' only day too, the drip its sixth on day nine.
        assert_eq!(replays.iter().map(|r| r.below_on).collect::<Vec<_>>(), [Some(1), Some(1), Some(9)]);
        assert_eq!(CASES.map(|case| case.ratings()), [33, 8, 8]);
        assert!((replays[0].days[5].1 - 2.8).abs() < 0.05, "{:?}", replays[0]);
    }

    proptest! {
        /// The table turns bad at exactly the cushion, and never gets better.
        #[test]
        fn the_table_agrees_with_the_cushion(counts in proptest::array::uniform5(0u64..40), age in 0.0..900.0f64, at in 0usize..SURFACES.len()) {
            let surface = SURFACES[at].at_next_threshold(&[]);
            let ratings: Vec<Rating> = counts.iter().zip(1..).filter(|(n, _)| **n > 0)
                .map(|(count, grade)| Rating { age_days: age, grade: f64::from(grade), count: *count }).collect();
            prop_assume!(surface.name != "booking" && surface.mean(&ratings).is_some());
            let k = surface.cushion(&ratings, 1.0).expect("one star is below every threshold");
            let table = stress(&surface, &ratings, &[false; 10]);
            prop_assert!(table.iter().all(|after| after.below == (after.angry >= k)));
            prop_assert!(table.windows(2).all(|w| w[1].shown <= w[0].shown + 1e-9));
        }
    }
}
