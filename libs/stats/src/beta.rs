//! What is known of a share after some answers: a beta distribution, exactly and not by drawing from it.

use statrs::function::beta::beta_reg;

/// Halvings of an interval: 2⁻⁵⁰ of its width is left.
const HALVINGS: u32 = 50;
/// Points that stand for a distribution where another is averaged over it.
const POINTS: u32 = 64;

/// A value with the ends of its two-sided 90 % interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// The 5 % quantile.
    pub low: f64,
    /// The median.
    pub middle: f64,
    /// The 95 % quantile.
    pub high: f64,
}

impl Interval {
    /// The same quantiles of what a function that never falls makes of the value.
    #[must_use]
    pub fn map(self, of: impl Fn(f64) -> f64) -> Self {
        Self { low: of(self.low), middle: of(self.middle), high: of(self.high) }
    }

    /// How far its ends lie apart.
    pub fn width(self) -> f64 {
        self.high - self.low
    }
}

/// A beta distribution.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Beta {
    a: f64,
    b: f64,
}

impl Beta {
    /// With these two counts; what is not a positive number counts as a thousandth.
    pub fn new(a: f64, b: f64) -> Self {
        let positive = |x: f64| if x.is_finite() { x.max(1e-3) } else { 1e-3 };
        Self { a: positive(a), b: positive(b) }
    }

    /// After so many hits and misses, with half of one each before there was any (Jeffreys).
    pub fn after(hits: f64, misses: f64) -> Self {
        Self::new(hits.max(0.0) + 0.5, misses.max(0.0) + 0.5)
    }

    /// Both counts.
    pub const fn counts(self) -> (f64, f64) {
        (self.a, self.b)
    }

    /// Its mean.
    pub fn mean(self) -> f64 {
        self.a / (self.a + self.b)
    }

    /// Probability of at most `share`.
    pub fn below(self, share: f64) -> f64 {
        if share <= 0.0 {
            0.0
        } else if share >= 1.0 {
            1.0
        } else {
            beta_reg(self.a, self.b, share)
        }
    }

    /// The share that is not exceeded with this probability.
    pub fn quantile(self, probability: f64) -> f64 {
        rising(probability, 0.0, 1.0, |share| self.below(share))
    }

    /// Its median and 90 % interval.
    pub fn interval(self) -> Interval {
        Interval { low: self.quantile(0.05), middle: self.quantile(0.5), high: self.quantile(0.95) }
    }

    /// Equally probable points that stand for it.
    fn points(self) -> Vec<f64> {
        (0..POINTS).map(|at| self.quantile((f64::from(at) + 0.5) / f64::from(POINTS))).collect()
    }

    /// What `own` of this share and the rest of another, independent one make together.
    pub fn mixed(self, own: f64, other: Self) -> Interval {
        if own >= 1.0 {
            return self.interval();
        }
        let points: Vec<f64> = self.points().iter().map(|share| own * share).collect();
        let below = |sum: f64| mean(&points, |part| other.below((sum - part) / (1.0 - own)));
        interval_of(0.0, 1.0, below)
    }

    /// How `hits` counted among a share of `whole` (at least `least[0]` of them) compare with `misses` counted among the
    /// rest (at least `least[1]`): the ratio of the second rate to the first, both counts known as Poisson counts are.
    pub fn rate_ratio(self, whole: f64, [hits, misses]: [f64; 2], least: [f64; 2]) -> Interval {
        let odds = Self::after(misses, hits);
        let scales: Vec<f64> = self
            .points()
            .iter()
            .map(|share| {
                ((whole * share).max(least[0]) / (whole * (1.0 - share)).max(least[1])).max(f64::MIN_POSITIVE)
            })
            .collect();
        // A ratio of two gammas is the odds of a beta; on the logarithm, because it may be very small or very large.
        let below = |log: f64| mean(&scales, |scale| odds.below(1.0 / (1.0 + scale * (-log).exp())));
        interval_of(-40.0, 40.0, below).map(f64::exp)
    }
}

fn mean(points: &[f64], of: impl Fn(f64) -> f64) -> f64 {
    points.iter().map(|point| of(*point)).sum::<f64>() / points.len().max(1) as f64
}

fn interval_of(low: f64, high: f64, below: impl Fn(f64) -> f64) -> Interval {
    let at = |probability| rising(probability, low, high, &below);
    Interval { low: at(0.05), middle: at(0.5), high: at(0.95) }
}

/// Where a function that never falls reaches a value, between two places.
fn rising(value: f64, low: f64, high: f64, function: impl Fn(f64) -> f64) -> f64 {
    let (mut low, mut high) = (low, high);
    for _ in 0..HALVINGS {
        let middle = low.midpoint(high);
        if function(middle) < value { low = middle } else { high = middle }
    }
    low.midpoint(high)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn known_values() {
        // Beta(2, 1) has the distribution function x².
        assert!((Beta::new(2.0, 1.0).quantile(0.49) - 0.7).abs() < 1e-9);
        // The uniform.
        assert!((Beta::new(1.0, 1.0).interval().low - 0.05).abs() < 1e-9);
        // The arcsine: F(x) = 2/π asin √x.
        assert!((Beta::after(0.0, 0.0).below(0.25) - 1.0 / 3.0).abs() < 1e-9);
        assert!((Beta::after(53.0, 7.0).mean() - 53.5 / 61.0).abs() < 1e-12);
    }

    #[test]
    fn mixing_with_itself_narrows_and_a_ratio_of_equals_is_one() {
        let share = Beta::after(40.0, 10.0);
        let mixed = share.mixed(0.5, share);
        assert!(mixed.width() < share.interval().width());
        assert!((mixed.middle - share.interval().middle).abs() < 0.01);
        assert_eq!(share.mixed(1.0, share), share.interval());
        let even = Beta::after(500.0, 500.0).rate_ratio(1_000.0, [80.0, 80.0], [1.0, 0.5]);
        assert!((even.middle - 1.0).abs() < 0.02 && even.low < 1.0 && even.high > 1.0, "{even:?}");
    }

    proptest! {
        #[test]
        fn a_quantile_undoes_the_distribution(a in 0.5..4000.0f64, b in 0.5..4000.0f64, p in 0.01..0.99f64) {
            let share = Beta::new(a, b);
            prop_assert!((share.below(share.quantile(p)) - p).abs() < 1e-6);
        }
    }
}
