//! The cushion as data, for the command line: ratings in, one JSON object out.

use serde::{Deserialize, Serialize};

use crate::surface::{Effort, Habit, Rating, Surface, Weighing, fragility};

/// One line of the input.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RatingLine {
    /// 1 to 5 (1 to 10 for Booking).
    pub stars: f64,
    /// Days since it was given; less than 0 where clocks differ.
    pub age_days: f64,
}

impl RatingLine {
    /// Checks the ranges.
    pub fn rating(self, best: f64) -> Option<Rating> {
        let good = (1.0..=best).contains(&self.stars) && (-100_000.0..100_000.0).contains(&self.age_days);
        good.then_some(Rating { age_days: self.age_days, grade: self.stars, count: 1 })
    }
}

/// What is printed. `mean` and `displayed` are absent while there are no ratings, `k` when no number of angry customers
/// does it, `runway_days` when it does not shrink by half within two years. On surfaces with age tiers `slack` is what it
/// would be without them, and the week ahead is not looked at: `k_median` and `k10` are `k`.
#[derive(Debug, Clone, Serialize)]
pub struct Report {
    /// The surface.
    pub surface: &'static str,
    /// Ratings.
    pub n: usize,
    /// The mean as the surface weighs it.
    pub mean: Option<f64>,
    /// The figure strangers see.
    pub displayed: Option<f64>,
    /// The mean below which it is bad.
    pub tau: f64,
    /// The cushion in star-points.
    pub slack: f64,
    /// Angry customers until it is bad.
    pub k: Option<u64>,
    /// The same after an ordinary week, middle.
    pub k_median: f64,
    /// The same, at least this with 90 % confidence.
    pub k10: f64,
    /// Days until the cushion is half if nothing arrives.
    pub runway_days: Option<u32>,
    /// `none`, `thin`, `fair`, `good` or `thick`.
    pub fragility: &'static str,
}

/// Computes the report.
pub fn report(surface: Surface, ratings: &[Rating]) -> Report {
    let habit = Habit::of(ratings);
    let k = surface.cushion(ratings, 1.0);
    let tiers = matches!(surface.weighing, Weighing::Tiers(_));
    let week = if tiers { None } else { Some(surface.after_a_week(ratings, &habit, Effort::FULL)) };
    let now = k.map_or(f64::INFINITY, |k| k as f64);
    let (k_median, k10) = week.map_or((now, now), |w| (w.median, w.k10));
    let mean = surface.mean(ratings);
    Report {
        surface: surface.name,
        n: ratings.len(),
        mean,
        displayed: mean.map(|m| surface.displayed(m)),
        tau: surface.tau(),
        slack: surface.slack(ratings, 0.0),
        k,
        k_median,
        k10,
        runway_days: surface.runway_days(ratings),
        fragility: fragility(k10, habit.weekly_negative),
    }
}
