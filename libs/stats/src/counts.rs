//! Distributions of counts, as tables, and what follows from drawing a few of many.

/// A table is never longer than this.
const ROWS: usize = 50_000;
/// What is less probable than this part of the most probable count is left out.
const NEGLIGIBLE: f64 = 1e-18;

/// Probabilities of 0..=`most` events whose number has this mean and the variance `mean + dispersion · mean²` (negative
/// binomial), as parts of what lies within.
pub fn negative_binomial(mean: f64, dispersion: f64, most: usize) -> Vec<f64> {
    if mean <= 0.0 {
        let mut none = vec![0.0; most + 1];
        none[0] = 1.0;
        return none;
    }
    let r = 1.0 / dispersion.max(1e-9);
    let (stop, go) = (r / (r + mean), mean / (r + mean));
    // By the recurrence of its terms: no gamma function needed, no overflow.
    let mut term = stop.powf(r);
    let mut out = Vec::with_capacity(most + 1);
    for x in 0..=most {
        out.push(term);
        term *= go * (x as f64 + r) / (x as f64 + 1.0);
    }
    let total: f64 = out.iter().sum();
    out.iter().map(|p| p / total).collect()
}

/// Probabilities that 0, 1, … of `taken` are marked, when they are taken at random from `all`, of which `marked` are.
pub fn hypergeometric(all: u64, marked: u64, taken: u64) -> Vec<f64> {
    let taken = taken.min(all);
    let (all, marked) = (all as f64, marked.min(all) as f64);
    (0..=taken)
        .map(|hits| {
            // C(taken, hits) orders, each the same product of one factor per draw: nothing overflows.
            let chosen = (0..hits).fold(1.0, |p, i| {
                p * (taken - i) as f64 / (i + 1) as f64 * (marked - i as f64).max(0.0) / (all - i as f64)
            });
            (0..taken - hits)
                .fold(chosen, |p, j| p * (all - marked - j as f64).max(0.0) / (all - (hits + j) as f64))
        })
        .collect()
}

/// Probability of at least so many hits in `n` independent tries of probability `p`.
pub fn binomial_at_least(n: u64, p: f64, hits: i64) -> f64 {
    let Ok(hits) = u64::try_from(hits) else { return 1.0 };
    if hits == 0 {
        return 1.0;
    }
    if hits > n || p <= 0.0 {
        return 0.0;
    }
    if p >= 1.0 {
        return 1.0;
    }
    // The sum runs over the shorter end, from the term at its edge.
    let odds = p / (1.0 - p);
    let log = |k: u64| ln_choose(n, k) + k as f64 * p.ln() + (n - k) as f64 * (-p).ln_1p();
    if hits as f64 > n as f64 * p {
        let (mut term, mut sum) = (log(hits).exp(), 0.0);
        for k in hits..=n {
            sum += term;
            term *= odds * (n - k) as f64 / (k + 1) as f64;
            if term < sum * NEGLIGIBLE {
                break;
            }
        }
        sum.min(1.0)
    } else {
        let (mut term, mut sum) = (log(hits - 1).exp(), 0.0);
        for k in (0..hits).rev() {
            sum += term;
            term *= k as f64 / ((n - k + 1) as f64 * odds);
            if term < sum * NEGLIGIBLE {
                break;
            }
        }
        (1.0 - sum).max(0.0)
    }
}

fn ln_choose(n: u64, k: u64) -> f64 {
    statrs::function::factorial::ln_binomial(n, k)
}

/// A distribution of counts, to be asked for quantiles.
#[derive(Debug, Clone, PartialEq)]
pub struct Counts {
    first: u64,
    /// One row stands for so many counts.
    step: f64,
    cumulative: Vec<f64>,
}

impl Counts {
    /// A Poisson count.
    pub fn poisson(mean: f64) -> Self {
        if mean <= 0.0 {
            return Self::none();
        }
        let mean = mean.min(1e12);
        // Beyond the table's length the count is, to the eye, its mean.
        if mean > 1e7 {
            return Self { first: mean as u64, step: 1.0, cumulative: vec![1.0] };
        }
        Self::around(mean as u64, u64::MAX, |x| mean / (x + 1) as f64)
    }

    /// Hits in `n` tries whose probability is itself known only as a beta distribution.
    pub fn beta_binomial(n: u64, share: crate::Beta) -> Self {
        // Of more tries than the table is long, each row stands for several: the share's own spread decides by then.
        const TRIES: u64 = 20_000;
        let (n, step) = if n > TRIES { (TRIES, n as f64 / TRIES as f64) } else { (n, 1.0) };
        let (a, b) = share.counts();
        let ratio =
            |x: u64| (n - x) as f64 / (x + 1) as f64 * (x as f64 + a) / ((n - x) as f64 - 1.0 + b).max(1e-12);
        Self { step, ..Self::around((share.mean() * n as f64) as u64, n, ratio) }
    }

    fn none() -> Self {
        Self { first: 0, step: 1.0, cumulative: vec![1.0] }
    }

    /// From the ratio of each probability to the one before, outwards from a count somewhere in the middle.
    fn around(middle: u64, most: u64, ratio: impl Fn(u64) -> f64) -> Self {
        let middle = middle.min(most);
        let mut down = Vec::new();
        let (mut p, mut top) = (1.0f64, 1.0f64);
        for x in (0..middle).rev() {
            p /= ratio(x);
            top = top.max(p);
            if p < NEGLIGIBLE * top || down.len() >= ROWS {
                break;
            }
            down.push(p);
        }
        let mut rows: Vec<f64> = down.into_iter().rev().collect();
        let first = middle - rows.len() as u64;
        rows.push(1.0);
        let (mut p, mut x) = (1.0f64, middle);
        while x < most && rows.len() < 2 * ROWS {
            p *= ratio(x);
            top = top.max(p);
            if p < NEGLIGIBLE * top {
                break;
            }
            rows.push(p);
            x += 1;
        }
        let total: f64 = rows.iter().sum();
        let mut sum = 0.0;
        let cumulative = rows
            .iter()
            .map(|row| {
                sum += row / total;
                sum
            })
            .collect();
        Self { first, step: 1.0, cumulative }
    }

    /// The smallest count that is not exceeded with this probability.
    pub fn quantile(&self, probability: f64) -> f64 {
        let row = self.cumulative.partition_point(|sum| *sum < probability).min(self.cumulative.len() - 1);
        (self.first + row as u64) as f64 * self.step
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Beta;
    use proptest::prelude::*;

    #[test]
    fn known_values() {
        let drawn = hypergeometric(20, 5, 10);
        // C(5, 2) C(15, 8) / C(20, 10) = 10 · 6435 / 184756.
        assert!((drawn[2] - 64_350.0 / 184_756.0).abs() < 1e-12);
        assert!((binomial_at_least(10, 0.1, 4) - 0.012_795_198_4).abs() < 1e-9);
        assert!((binomial_at_least(10, 0.9, 4) - 0.999_990_878_4).abs() < 1e-9);
        assert!((binomial_at_least(3, 0.5, -1) - 1.0).abs() < 1e-12 && binomial_at_least(3, 0.5, 4) < 1e-12);
        assert!((Counts::poisson(4.0).quantile(0.5) - 4.0).abs() < 1e-9);
        assert!(Counts::poisson(0.0).quantile(0.99).abs() < 1e-9);
        // Uniform share: every number of hits is as probable.
        let even = Counts::beta_binomial(9, Beta::new(1.0, 1.0));
        assert!((even.quantile(0.55) - 5.0).abs() < 1e-9);
        let many = Counts::beta_binomial(2_000_000, Beta::new(60.0, 940.0));
        assert!((many.quantile(0.5) / 2_000_000.0 - 0.0597).abs() < 0.0005);
    }

    proptest! {
        #[test]
        fn probabilities_sum_to_one(all in 1u64..900, marked in 0u64..900, taken in 0u64..12, mean in 0.0..50.0f64) {
            prop_assume!(marked <= all);
            prop_assert!((hypergeometric(all, marked, taken).iter().sum::<f64>() - 1.0).abs() < 1e-9);
            prop_assert!((negative_binomial(mean, 0.3, 400).iter().sum::<f64>() - 1.0).abs() < 1e-9);
        }

        #[test]
        fn both_ends_of_a_binomial_agree(n in 1u64..400, p in 0.01..0.99f64, hits in 1i64..400) {
            let misses = binomial_at_least(n, 1.0 - p, n as i64 - hits + 1);
            prop_assert!((binomial_at_least(n, p, hits) + misses - 1.0).abs() < 1e-9);
        }
    }
}
