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

/// The same surface with another threshold.
fn stricter(surface: Surface, by: f64) -> Surface {
    Surface { threshold: surface.threshold + by, ..surface }
}

proptest! {
    /// P1: the formula equals its definition.
    #[test]
    fn p1_the_formula_equals_its_definition(ratings in ratings(), at in 0usize..SURFACES.len()) {
        let surface = SURFACES[at];
        if surface.name != "booking" {
            prop_assert_eq!(surface.cushion(&ratings, 1.0), Some(counted(&surface, &ratings)));
        }
    }

    /// P2 to P4: a new good one never hurts, a new bad one never helps, each angry one burns exactly one.
    #[test]
    fn p2_p3_p4_each_angry_one_burns_exactly_one(ratings in ratings(), at in 0usize..SURFACES.len()) {
        let surface = SURFACES[at];
        let k = surface.cushion(&ratings, 1.0).expect("one star is below every threshold");
        let with = |grade| { let mut more = ratings.clone(); more.push(one(0.0, grade)); surface.cushion(&more, 1.0) };
        if surface.name == "booking" { return Ok(()); }
        prop_assert!(with(5.0) >= Some(k));
        prop_assert!(with(1.0) <= Some(k));
        prop_assert!(k == 0 || with(1.0) == Some(k - 1));
    }

    /// P5: the order of ratings does not matter.
    #[test]
    fn p5_order_does_not_matter(mut ratings in ratings(), at in 0usize..SURFACES.len()) {
        let before = SURFACES[at].slack(&ratings, 0.0);
        ratings.reverse();
        prop_assert!((SURFACES[at].slack(&ratings, 0.0) - before).abs() < 1e-9);
    }

    /// P6 and P7: a stricter threshold makes the cushion thinner, milder anger thicker.
    #[test]
    fn p6_p7_thresholds_and_anger(ratings in ratings(), at in 0usize..SURFACES.len()) {
        let surface = SURFACES[at];
        let most = |k: Option<u64>| k.unwrap_or(u64::MAX);
        prop_assert!(most(stricter(surface, 0.5).cushion(&ratings, 1.0)) <= most(surface.cushion(&ratings, 1.0)));
        if surface.name != "booking" {
            prop_assert!(most(surface.cushion(&ratings, 2.0)) >= most(surface.cushion(&ratings, 1.0)));
        }
    }

    /// P8 and P9: goodwill fades, to a half in one half-life.
    #[test]
    fn p8_p9_goodwill_fades(ratings in ratings()) {
        for (name, half) in [("perceived", 90.0), ("play", 120.0)] {
            let surface = Surface::named(name).expect("known");
            let slack = surface.slack(&ratings, 0.0);
            prop_assert!((surface.slack(&ratings, half) - slack / 2.0).abs() < 1e-6);
            prop_assert!(slack <= 0.0 || surface.slack(&ratings, 30.0) <= slack + 1e-9);
        }
    }

    /// P10: shown below the threshold is a mean below τ.
    #[test]
    fn p10_shown_below_the_threshold_means_mean_below_tau(mean in 1.0..5.0f64) {
        for surface in SURFACES.iter().filter(|s| s.threshold <= 5.0) {
            if (mean - surface.tau()).abs() > 1e-6 {
                prop_assert_eq!(surface.displayed(mean) < surface.threshold - 1e-9, mean < surface.tau());
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    /// The runway is the first day on which half is left, counted day by day.
    #[test]
    fn the_runway_is_its_definition(mut ratings in ratings(), at in 0usize..SURFACES.len(), ahead in 0usize..3) {
        for rating in ratings.iter_mut().take(ahead) { rating.age_days = -20.0; }
        let surface = SURFACES[at];
        let now = surface.cushion(&ratings, 1.0).expect("one star is below every threshold");
        let on = |day: u32| surface.cushion_later(&ratings, 1.0, f64::from(day)).is_some_and(|k| k as f64 <= 0.5 * now as f64);
        let expected = if now == 0 { Some(0) } else { (1..=730).find(|day| on(*day)) };
        prop_assert_eq!(surface.runway_days(&ratings), expected);
    }

    /// P21: at least K10 is no more than the median; all four are in order.
    #[test]
    fn p21_quantiles_are_in_order(ratings in ratings(), at in 0usize..SURFACES.len()) {
        let habit = Habit::of(&ratings);
        for effort in [Effort::PAGE, Effort { exact_max: 0, draws: 200 }] {
            let week = SURFACES[at].after_a_week(&ratings, &habit, effort);
            prop_assert!(week.low <= week.k10 && week.k10 <= week.median && week.median <= week.high);
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

#[test]
fn the_week_is_computed_as_it_would_be_drawn() {
    let ratings =
        [Rating { age_days: 30.0, grade: 5.0, count: 40 }, Rating { age_days: 30.0, grade: 1.0, count: 6 }];
    let google = Surface::named("google").expect("known");
    for weekly in [0.4, 3.0, 11.0] {
        let habit = Habit { weekly, stars: [4.2, 2.2, 4.2, 9.2, 24.2], weekly_negative: 0.5 };
        let computed = google.after_a_week(&ratings, &habit, Effort::FULL);
        let drawn = google.after_a_week(&ratings, &habit, Effort { exact_max: 0, draws: 40_000 });
        for (a, b) in [(computed.k10, drawn.k10), (computed.median, drawn.median), (computed.low, drawn.low)]
        {
            assert!((a - b).abs() <= 1.0, "{weekly}: {computed:?} {drawn:?}");
        }
        assert_eq!(drawn, google.after_a_week(&ratings, &habit, Effort { exact_max: 0, draws: 40_000 }));
    }
}

#[test]
fn a_large_firm_has_a_week_too() {
    let ratings = [
        Rating { age_days: 100.0, grade: 5.0, count: 3_000_000 },
        Rating { age_days: 3.0, grade: 2.0, count: 90_000 },
    ];
    for surface in SURFACES {
        let habit = Habit::of(&ratings);
        let week = surface.after_a_week(&ratings, &habit, Effort::PAGE);
        assert!(
            week.low.is_finite()
                && week.high.is_finite()
                && !fragility(week.k10, habit.weekly_negative).is_empty()
        );
    }
}
