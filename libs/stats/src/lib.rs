//! **stats**: counts in, shares and their intervals out.
//!
//! *What for.* Every number an owner sees comes with its count and its interval; the formulas stand here once.
//! *How.* Score intervals, which stay honest for small counts and for 0 and 100 %. Two-sided, 90 %: nine times out of
//! ten the truth is inside, and an owner of five reviews a month still sees something.
//! *What it never does.* Tests without their interval, or a number without its count. Nothing here draws random numbers.

mod beta;
mod counts;
mod survey;

pub use beta::{Beta, Interval};
pub use counts::{Counts, binomial_at_least, hypergeometric, negative_binomial};
pub use survey::{Stratum, hajek, stratified, weighted};

/// Normal quantile of a two-sided 90 % interval.
const Z90: f64 = 1.645;

/// How many of how many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Share {
    /// Those that are counted.
    pub hits: u64,
    /// All of them; at least `hits`.
    pub n: u64,
}

impl Share {
    /// `hits` of `n`; hits above `n` count as `n`.
    pub const fn new(hits: u64, n: u64) -> Self {
        Self { hits: if hits < n { hits } else { n }, n }
    }

    /// The share itself; 0 of 0 is 0.
    pub fn value(self) -> f64 {
        if self.n == 0 { 0.0 } else { self.hits as f64 / self.n as f64 }
    }

    /// Wilson's score interval, 90 %; of nothing it is everything (0 to 1).
    ///
    /// Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927).
    pub fn interval(self) -> (f64, f64) {
        if self.n == 0 {
            return (0.0, 1.0);
        }
        let (n, p) = (self.n as f64, self.value());
        let z2 = Z90 * Z90;
        let centre = p + z2 / (2.0 * n);
        let half = Z90 * (p * (1.0 - p) / n + z2 / (4.0 * n * n)).sqrt();
        let scale = 1.0 + z2 / n;
        (((centre - half) / scale).max(0.0), ((centre + half) / scale).min(1.0))
    }

    /// By how much this share differs from another, `self − other`, with its 90 % interval: low, difference, high.
    ///
    /// Source: R. G. Newcombe, "Interval estimation for the difference between independent proportions: comparison of
    /// eleven methods", Statistics in Medicine 17 (1998), method 10.
    pub fn minus(self, other: Self) -> (f64, f64, f64) {
        let (p, q) = (self.value(), other.value());
        let ((p_low, p_high), (q_low, q_high)) = (self.interval(), other.interval());
        let down = ((p - p_low).powi(2) + (q_high - q).powi(2)).sqrt();
        let up = ((p_high - p).powi(2) + (q - q_low).powi(2)).sqrt();
        let difference = p - q;
        ((difference - down).max(-1.0), difference, (difference + up).min(1.0))
    }
}

#[cfg(test)]
mod tests {
    use super::Share;

    #[test]
    fn the_interval_is_honest_for_small_counts() {
        let (low, high) = Share::new(5, 5).interval();
        assert!(low > 0.6 && low < 0.7 && (high - 1.0).abs() < 1e-9);
        let (low, high) = Share::new(0, 20).interval();
        assert!(low.abs() < 1e-9 && high > 0.1 && high < 0.15);
        assert_eq!(Share::new(0, 0).interval(), (0.0, 1.0));
    }

    #[test]
    fn the_difference_agrees_with_the_published_example() {
        // Newcombe 1998, table II: 56/70 against 48/80; the 95 % interval there is 0.0524 to 0.3339. At 90 % it is inside.
        let (low, difference, high) = Share::new(56, 70).minus(Share::new(48, 80));
        assert!((difference - 0.2).abs() < 1e-9);
        assert!(low > 0.0524 && low < 0.1 && high < 0.3339 && high > 0.29, "{low} {high}");
    }

    #[test]
    fn the_difference_turns_with_its_sides() {
        let (a, b) = (Share::new(3, 40), Share::new(9, 31));
        let ((low, _, high), (other_low, _, other_high)) = (a.minus(b), b.minus(a));
        assert!((low + other_high).abs() < 1e-12 && (high + other_low).abs() < 1e-12);
        assert_eq!(Share::new(0, 0).minus(Share::new(0, 0)), (-1.0, 0.0, 1.0));
    }
}
