//! Will it grow? A self-exciting (renewal) estimate of how many voices one voice causes, and how likely as much again
//! is still to come.
//!
//! Every voice presses for more with an exponentially fading force; three fading times compete by marginal
//! likelihood, and the reproduction number has a Gamma(2, 2) prior (Cori et al. 2013; Hawkes processes). With a dozen
//! voices this says little, so the words are careful: "growing" only beyond .75, "fading" below .25.

use crate::types::{Growth, HOUR, Outlook, Seconds};

/// Fading times to choose from, in hours.
const FADING_HOURS: [f64; 3] = [1.0, 6.0, 24.0];
/// Shape and rate of the prior of the reproduction number.
const PRIOR: f64 = 2.0;
/// Fewer voices than these say nothing.
const VOICES_MIN: usize = 5;

/// Posterior Gamma(shape, rate) of the reproduction number, with the fading time that fits best.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reproduction {
    /// Shape.
    pub shape: f64,
    /// Rate.
    pub rate: f64,
    /// Fading time in hours.
    pub fading: f64,
}

/// `ln` of the gamma function for positive arguments (Lanczos, g = 7, n = 9; error below 1e-13).
pub fn ln_gamma(x: f64) -> f64 {
    const COEFFICIENTS: [f64; 8] = [
        676.520_368_121_885_1,
        -1_259.139_216_722_402_8,
        771.323_428_777_653_1,
        -176.615_029_162_140_6,
        12.507_343_278_686_905,
        -0.138_571_095_265_720_12,
        9.984_369_578_019_572e-6,
        1.505_632_735_149_311_6e-7,
    ];
    let x = x - 1.0;
    let mut sum = 0.999_999_999_999_809_9;
    for (index, coefficient) in COEFFICIENTS.iter().enumerate() {
        sum += coefficient / (x + index as f64 + 1.0);
    }
    let t = x + 7.5;
    0.5 * (2.0 * std::f64::consts::PI).ln() + (x + 0.5) * t.ln() - t + sum.ln()
}

/// The reproduction number of voices published at `times` (oldest first), at `now`.
pub fn reproduction(times: &[Seconds], now: Seconds) -> Reproduction {
    let caused = times.len().saturating_sub(1) as f64;
    let mut best = (f64::NEG_INFINITY, Reproduction { shape: PRIOR, rate: PRIOR, fading: FADING_HOURS[1] });
    for fading in FADING_HOURS {
        let since =
            |from: Seconds, to: Seconds| (to.saturating_sub(from).max(0)) as f64 / HOUR as f64 / fading;
        let press: f64 = times.iter().map(|&time| 1.0 - (-since(time, now)).exp()).sum();
        let mut likelihood = ln_gamma(PRIOR + caused) - (PRIOR + caused) * (PRIOR + press).ln()
            + PRIOR * PRIOR.ln()
            - ln_gamma(PRIOR);
        let mut force = 0.0;
        for pair in times.windows(2) {
            if let [before, this] = *pair {
                force = (force + 1.0) * (-since(before, this)).exp();
                likelihood += (force / fading).max(1e-9).ln();
            }
        }
        if likelihood > best.0 {
            best = (likelihood, Reproduction { shape: PRIOR + caused, rate: PRIOR + press, fading });
        }
    }
    best.1
}

/// The quantile of a gamma distribution at `z` standard normal deviations (Wilson & Hilferty 1931).
pub fn gamma_quantile(shape: f64, rate: f64, z: f64) -> f64 {
    let ninth = 1.0 / (9.0 * shape.max(0.05));
    shape / rate * (1.0 - ninth + z * ninth.sqrt()).max(0.0).powi(3)
}

/// The forecast for voices published at `times` (oldest first), `usual_per_day` of which are ordinary.
pub fn forecast(times: &[Seconds], now: Seconds, usual_per_day: f64) -> Growth {
    const DEVIATIONS_80: f64 = 1.281_551_565_545;
    let r = reproduction(times, now);
    let mean = r.shape / r.rate;
    let low = gamma_quantile(r.shape, r.rate, -DEVIATIONS_80);
    let high = gamma_quantile(r.shape, r.rate, DEVIATIONS_80);
    let p_grow = probability(times, now, mean);
    if times.len() < VOICES_MIN {
        return Growth {
            p_grow,
            reproduction: (low, mean, high),
            next_week: None,
            outlook: Outlook::TooEarly,
        };
    }
    let press: f64 = times.iter().map(|&time| (-(hours(time, now) / r.fading)).exp()).sum();
    let week = 168.0;
    let coming = |r0: f64| {
        // above 1 the formula explodes; a week of doubling is not forecast, only its beginning
        let r0 = r0.min(1.15);
        let left = 1.0 - r0;
        let caused =
            if left.abs() < 1e-6 { week / r.fading } else { (1.0 - (-left * week / r.fading).exp()) / left };
        (usual_per_day * 7.0 + press * r0 * caused).min(1e6)
    };
    let (few, many) = (coming(low), coming(high));
    let next_week = Some((
        (few - DEVIATIONS_80 * few.sqrt()).max(0.0) as u32,
        (many + DEVIATIONS_80 * many.sqrt()).ceil() as u32,
    ));
    let outlook = match p_grow {
        p if p >= 0.75 => Outlook::Growing,
        p if p <= 0.25 => Outlook::Fading,
        _ => Outlook::Unclear,
    };
    Growth { p_grow, reproduction: (low, mean, high), next_week, outlook }
}

fn hours(from: Seconds, to: Seconds) -> f64 {
    to.saturating_sub(from).max(0) as f64 / HOUR as f64
}

/// Probability that as many voices or more are still to come; a logistic fit on simulated campaigns.
fn probability(times: &[Seconds], now: Seconds, mean: f64) -> f64 {
    let age = times.first().map_or(0.25, |&first| hours(first, now).max(0.25));
    1.0 / (1.0 + (-(0.84 + 1.1 * mean.max(1e-3).ln() - 0.15 * age.ln())).exp())
}
