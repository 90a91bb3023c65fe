//! The likelihood ratios behind the evidence: pure arithmetic, no state.
//!
//! A window of time held `y` negative voices and `n0` other mentions, where `l1` and `l0` were expected. Negatives
//! are overdispersed: a gamma-distributed day multiplier of shape `a` moves all mentions together (weather, a
//! holiday, a post that went round) and another of shape `b` moves negatives only. Seeing `n0` tells something about
//! the first one, so the expected negatives are corrected by the volume of the others:
//!
//! ```text
//! m = (a' + n0) / (a' + l0)          1/A = 1/(a' + n0) + 1/b          B = A / m
//! LR(rho) = rho^y * ((B + l1) / (B + rho * l1))^(A + y)
//! ```
//!
//! LR is the likelihood of "negatives are `rho` times as frequent" against "as usual", both after integrating the
//! multipliers out; its mean is 1 when nothing happens, which is all the guarantee needs. With `l0 = 0` it is the
//! negative-binomial ratio of a count; when others are exceptionally many (`a'` falls to 0.3) it becomes the
//! odds ratio of the *share* of negatives. Sources: Shin, Ramdas & Rinaldo 2022 (e-detectors); Lindon & Kallus 2022
//! (gamma–Poisson mixtures for inhomogeneous counts).

/// How many times as frequent the negatives may have become.
pub const RATIOS: [f64; 7] = [1.5, 2.0, 3.0, 5.0, 10.0, 30.0, 100.0];
/// The prior weight of each ratio; sums to 1.
pub const PRIOR: [f64; 7] = [0.08, 0.12, 0.15, 0.20, 0.20, 0.13, 0.12];
/// Number of ratios.
pub const N: usize = RATIOS.len();

/// `ln` of [`RATIOS`], to the last bit of an `f64`.
const LN_RATIOS: [f64; N] = [
    0.405_465_108_108_164_4,
    std::f64::consts::LN_2,
    1.098_612_288_668_109_8,
    1.609_437_912_434_100_3,
    std::f64::consts::LN_10,
    3.401_197_381_662_155_4,
    4.605_170_185_988_092,
];

/// Below this share of shape only the share of negatives speaks.
const SURGE_SHAPE: f64 = 0.3;
/// How many standard deviations of others make a surge.
const SURGE_DEVIATIONS: f64 = 3.0;
/// Logarithms of ratios are kept below this, so that nothing overflows.
const LN_LIMIT: f64 = 60.0;
/// e to that.
const LIMIT: f64 = 1.142_007_389_815_684_2e26;
/// Ratios below e to this are nothing; less than what is true is always allowed.
const LN_NOTHING: f64 = -30.0;

/// Shapes of the two multipliers; larger is steadier.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Frailty {
    /// Of all mentions together.
    pub shared: f64,
    /// Of negatives only.
    pub negatives: f64,
}

/// What was counted in a window and what was expected there.
#[cfg(test)]
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Window {
    /// Negative voices.
    pub negatives: f64,
    /// Other mentions.
    pub others: f64,
    /// Expected negative voices.
    pub expected_negatives: f64,
    /// Expected other mentions.
    pub expected_others: f64,
}

/// The multiplier that the others' volume suggests, with the shape that remains.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Volume {
    /// Shape `a'` after asking whether the others surged.
    pub shape: f64,
    /// Posterior mean `m` of the shared multiplier.
    pub multiplier: f64,
}

/// What the others' volume says of the shared multiplier.
pub fn volume(others: f64, expected: f64, shape: f64) -> Volume {
    let surge = others > expected + SURGE_DEVIATIONS * (expected + expected * expected / shape).sqrt() + 2.0;
    let shape = if surge { shape.min(SURGE_SHAPE) } else { shape };
    Volume { shape, multiplier: (shape + others) / (shape + expected) }
}

/// The gamma distribution (shape `A`, rate `B`) of the multiplier of negatives.
pub fn gamma(volume: Volume, others: f64, frailty: Frailty) -> (f64, f64) {
    let shape = 1.0 / (1.0 / (volume.shape + others) + 1.0 / frailty.negatives);
    (shape, shape / volume.multiplier)
}

/// The likelihood ratio of each of [`RATIOS`] for `negatives` where `expected` times a gamma(`shape`, `rate`)
/// multiplier was usual.
pub fn ratios(negatives: f64, shape: f64, rate: f64, expected: f64) -> [f64; N] {
    let usual = (rate + expected).ln();
    let exponent = shape + negatives;
    std::array::from_fn(|j| {
        let ln = negatives * LN_RATIOS[j] + exponent * (usual - (rate + RATIOS[j] * expected).ln());
        if ln < LN_NOTHING {
            0.0
        } else if ln < LN_LIMIT {
            ln.exp()
        } else {
            LIMIT
        }
    })
}

/// The likelihood ratios of one window, as in the formula above.
#[cfg(test)]
pub fn window_ratios(window: Window, frailty: Frailty) -> [f64; N] {
    let volume = volume(window.others, window.expected_others, frailty.shared);
    let (shape, rate) = gamma(volume, window.others, frailty);
    ratios(window.negatives, shape, rate, window.expected_negatives)
}

/// Mixes per-ratio evidence with the prior.
pub fn mix(evidence: &[f64; N]) -> f64 {
    evidence.iter().zip(PRIOR).map(|(value, weight)| value * weight).sum()
}

/// The evidence of one local day, or of its beginning.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DayEvidence {
    /// Ratios for a change that began before the day.
    pub carried: [f64; N],
    /// Mean over 24 possible beginnings within the day (hours not begun count nothing).
    pub begun: [f64; N],
}

/// What the evidence of a day is computed from.
pub struct DayView<'a> {
    /// Negative voices of each hour.
    pub negatives: &'a [f64; 24],
    /// Others of each hour.
    pub others: &'a [f64; 24],
    /// Expected negatives of a mean day, raised for doubt.
    pub rate_negatives: f64,
    /// Expected others of a mean day.
    pub rate_others: f64,
    /// Share of a mean day that has passed before each hour; the last one is the whole day.
    pub passed: &'a [f64; 25],
    /// Share of a mean day that has passed now.
    pub now: f64,
    /// Hours that have begun (24 for a whole day).
    pub hours: usize,
    /// Overdispersion.
    pub frailty: Frailty,
}

/// The evidence of the day so far. One unit of "a change may begin now" is spread over the day's hours, so that
/// the whole stays a martingale with one unit of growth per day.
pub fn day_evidence(day: &DayView<'_>) -> DayEvidence {
    let total = |hours: &[f64; 24]| hours.iter().sum::<f64>();
    let (negatives, others) = (total(day.negatives), total(day.others));
    let whole = volume(others, day.rate_others * day.now, day.frailty.shared);
    let (shape, rate) = gamma(whole, others, day.frailty);
    let carried = ratios(negatives, shape, rate, day.rate_negatives * day.now);
    if negatives <= 0.0 {
        // every later beginning has seen less silence, so this is at most the mean over them: cheap and cautious
        return DayEvidence { carried, begun: carried.map(|ratio| ratio * day.hours.min(24) as f64 / 24.0) };
    }
    let mut begun = [0.0; N];
    let (mut negatives_left, mut others_left) = (negatives, others);
    for hour in 0..day.hours.min(24) {
        let passed = day.now - day.passed[hour];
        let mut part = volume(others_left, day.rate_others * passed, day.frailty.shared);
        // a quiet start of the day must not hide that the whole day is busy
        part.multiplier = part.multiplier.max(whole.multiplier);
        let (shape, rate) = gamma(part, others_left, day.frailty);
        let ratios = ratios(negatives_left, shape, rate, day.rate_negatives * passed);
        for (sum, ratio) in begun.iter_mut().zip(ratios) {
            *sum += ratio / 24.0;
        }
        negatives_left -= day.negatives[hour];
        others_left -= day.others[hour];
    }
    DayEvidence { carried, begun }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRAILTY: Frailty = Frailty { shared: 4.0, negatives: 10.0 };

    #[test]
    fn golden_values_of_the_likelihood_ratio() {
        for (y, n0, l1, l0, place, multiplier, golden) in [
            (4.0, 2.0, 0.1, 0.5, 3, 1.333_333, 230.532_883),
            (0.0, 3.0, 0.4, 2.0, 2, 1.166_667, 0.466_244),
            (12.0, 250.0, 3.0, 20.0, 2, 12.330_049, 0.000_633),
            (3.0, 0.0, 0.02, 0.1, 5, 0.975_610, 9_431.510_216),
            (40.0, 180.0, 20.0, 180.0, 1, 1.0, 8.191_335),
        ] {
            let window = Window { negatives: y, others: n0, expected_negatives: l1, expected_others: l0 };
            assert!((volume(n0, l0, 4.0).multiplier - multiplier).abs() < 1e-6);
            let value: f64 = window_ratios(window, FRAILTY)[place];
            assert!((value - golden).abs() <= 1e-6 * golden.max(1.0), "{value} instead of {golden}");
        }
    }

    #[test]
    fn the_mean_of_the_ratio_is_one_when_nothing_happens() {
        for (shape, rate, expected) in [(3.75_f64, 2.8_f64, 0.1_f64), (2.0, 2.0, 3.0), (9.0, 8.0, 12.0)] {
            let mut means = [0.0; N];
            let mut ln_probability: f64 = shape * (rate / (rate + expected)).ln();
            for y in 0..6_000_u32 {
                let count = f64::from(y);
                for (mean, ratio) in means.iter_mut().zip(ratios(count, shape, rate, expected)) {
                    *mean += (ln_probability + ratio.ln()).exp();
                }
                ln_probability +=
                    ((shape + count) / (count + 1.0)).ln() + (expected / (rate + expected)).ln();
            }
            for mean in &means[..3] {
                assert!((mean - 1.0).abs() < 1e-9, "{means:?}");
            }
            // the largest ratios need more terms than this table has
            assert!(means[3..].iter().all(|mean| *mean <= 1.0 + 1e-9), "{means:?}");
        }
    }

    #[test]
    fn the_largest_ratio_is_the_limit_of_its_logarithm() {
        assert_eq!(LIMIT.to_bits(), LN_LIMIT.exp().to_bits());
        assert!(ratios(500.0, 4.0, 4.0, 0.1).iter().all(|ratio| *ratio <= LIMIT));
    }

    #[test]
    fn more_negatives_raise_the_ratio_and_more_others_or_expectation_lower_it() {
        let at = |y: f64, n0: f64, l1: f64| {
            window_ratios(
                Window { negatives: y, others: n0, expected_negatives: l1, expected_others: 5.0 },
                FRAILTY,
            )
        };
        for y in 1..20 {
            let y = f64::from(y);
            for j in 0..N {
                assert!(at(y, 4.0, 1.0)[j] > at(y - 1.0, 4.0, 1.0)[j]);
                assert!(at(y, 4.0, 1.0)[j] > at(y, 5.0, 1.0)[j] || y < 2.0);
                assert!(at(y, 4.0, 1.0)[j] > at(y, 4.0, 1.5)[j]);
            }
        }
    }
}
