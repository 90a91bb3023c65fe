//! The formulas against their definitions.

use super::*;
use proptest::prelude::*;

fn one(age_days: f64, grade: f64) -> Rating {
    Rating { age_days, grade, count: 1 }
}

/// The definition, counted out.
fn counted(surface: &Surface, ratings: &[Rating]) -> u64 {
    let mut all = ratings.to_vec();
    for k in 0..100_000 {
        match surface.mean(&all) {
            Some(mean) if mean < surface.tau() - 1e-9 => return k,
            _ => all.push(one(0.0, 1.0)),
        }
    }
    u64::MAX
}

fn ratings() -> impl Strategy<Value = Vec<Rating>> {
    proptest::collection::vec(
        (0.0..900.0f64, 1u8..=5).prop_map(|(age, stars)| one(age, f64::from(stars))),
        0..80,
    )
}

proptest! {
    #[test]
    fn the_formula_equals_its_definition(ratings in ratings(), at in 0usize..SURFACES.len()) {
        let surface = SURFACES[at];
        if surface.name != "booking" {
            prop_assert_eq!(surface.cushion(&ratings, 1.0), Some(counted(&surface, &ratings)));
        }
    }

    #[test]
    fn good_never_hurts_and_each_angry_one_burns_exactly_one(ratings in ratings(), at in 0usize..SURFACES.len()) {
        let surface = SURFACES[at];
        let k = surface.cushion(&ratings, 1.0).expect("one star is below every threshold");
        let with = |grade| { let mut more = ratings.clone(); more.push(one(0.0, grade)); surface.cushion(&more, 1.0) };
        if surface.name == "booking" { return Ok(()); }
        prop_assert!(with(5.0) >= Some(k));
        prop_assert!(k == 0 || with(1.0) == Some(k - 1));
        prop_assert!(surface.cushion(&ratings, 2.0) >= Some(k));
    }

    #[test]
    fn order_does_not_matter_and_goodwill_decays(mut ratings in ratings()) {
        let surface = Surface::named("perceived").expect("known");
        let slack = surface.slack(&ratings, 0.0);
        prop_assert!((surface.slack(&ratings, 90.0) - slack / 2.0).abs() < 1e-6);
        ratings.reverse();
        prop_assert!((surface.slack(&ratings, 0.0) - slack).abs() < 1e-9);
    }

    #[test]
    fn shown_below_the_threshold_means_mean_below_tau(mean in 1.0..5.0f64) {
        for surface in SURFACES.iter().filter(|s| s.threshold <= 5.0) {
            if (mean - surface.tau()).abs() > 1e-6 {
                prop_assert_eq!(surface.displayed(mean) < surface.threshold - 1e-9, mean < surface.tau());
            }
        }
    }
}

#[test]
fn the_typical_local_business_takes_six() {
    // 39 reviews at 4.4 stars: the figure the product was made for.
    let ratings = [
        Rating { age_days: 200.0, grade: 5.0, count: 27 },
        Rating { age_days: 200.0, grade: 4.0, count: 6 },
        Rating { age_days: 200.0, grade: 3.0, count: 2 },
        Rating { age_days: 200.0, grade: 2.0, count: 1 },
        Rating { age_days: 200.0, grade: 1.0, count: 3 },
    ];
    let google = Surface::named("google").expect("known");
    let mean = google.mean(&ratings).expect("ratings");
    assert!((mean - 4.36).abs() < 0.01);
    assert_eq!(google.cushion(&ratings, 1.0), Some(6));
}

#[test]
fn already_low_asks_for_the_next_threshold() {
    let ratings =
        [Rating { age_days: 1.0, grade: 4.0, count: 6 }, Rating { age_days: 1.0, grade: 3.0, count: 4 }];
    let google = Surface::named("google").expect("known");
    assert_eq!(google.cushion(&ratings, 1.0), Some(0));
    let next = google.at_next_threshold(&ratings);
    assert!((next.threshold - 3.5).abs() < 1e-9);
    assert!(next.cushion(&ratings, 1.0) > Some(0));
}
