//! A cushion after an ordinary week, and how it compares with an ordinary bad one.
//!
//! Arrivals are negative binomial (variance = mean + 0.3 · mean²), stars come from a Dirichlet posterior of the last
//! year. Where the week is small the distribution of the cushion is *computed*: the counts of grades given their number
//! are Dirichlet-multinomial, and the sum of their points is a convolution. Only beyond [`Effort::exact_max`] arrivals it
//! is drawn, from a fixed seed.

use rand::SeedableRng as _;
use rand::distr::Distribution as _;
use rand_chacha::ChaCha8Rng;
use rand_distr::{Binomial, Gamma, Poisson};
use stats::negative_binomial;

use super::{Rating, Surface};

/// Dispersion of ordinary arrivals: variance = mean + 0.3 · mean².
const DISPERSION: f64 = 0.3;
/// The same of negative ones, which come in clusters.
const DISPERSION_NEGATIVE: f64 = 0.5;
/// Ratings beyond this many grades' range have no ordinary week.
const GRADES: usize = 5;

/// What arrives in an ordinary week.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Habit {
    /// Ratings in a week.
    pub weekly: f64,
    /// Dirichlet counts for 1 to 5 stars.
    pub stars: [f64; GRADES],
    /// Ratings of two stars or fewer in a week.
    pub weekly_negative: f64,
}

impl Habit {
    /// From the ratings of the last year (or of as long as there are any, at least four weeks), with a fifth of a rating
    /// of each grade before there was any. Grades are rounded half away from zero and cut to 1 to 5.
    pub fn of(ratings: &[Rating]) -> Self {
        let oldest = ratings.iter().map(|r| r.age_days).fold(0.0, f64::max);
        let window = oldest.clamp(28.0, 365.0);
        let mut stars = [0.2; GRADES];
        let (mut all, mut negative) = (0.0, 0.0);
        for r in ratings.iter().filter(|r| r.age_days <= window) {
            let n = r.count as f64;
            let place = (r.grade.round().clamp(1.0, 5.0) as usize) - 1;
            stars[place] += n;
            all += n;
            negative += if r.grade <= 2.0 { n } else { 0.0 };
        }
        let weeks = window / 7.0;
        Self { weekly: all / weeks, stars, weekly_negative: negative / weeks }
    }

    /// Number of ordinary ratings in a week: probabilities of 0, 1, …
    pub fn arrivals(&self) -> Vec<f64> {
        negative_binomial(self.weekly, DISPERSION, arrivals_max(self.weekly))
    }

    /// The same as at most three hundred numbers with their probabilities: neighbours of a large firm are one.
    pub fn arrivals_few(&self) -> Vec<(u64, f64)> {
        let all = self.arrivals();
        let group = all.len().div_ceil(300);
        let middle = |at: usize, part: &[f64]| (at * group + part.len() / 2) as u64;
        all.chunks(group).enumerate().map(|(at, part)| (middle(at, part), part.iter().sum())).collect()
    }

    /// Share of ratings of two stars or fewer.
    pub fn negative_share(&self) -> f64 {
        if self.weekly > 0.0 { (self.weekly_negative / self.weekly).clamp(0.0, 1.0) } else { 0.0 }
    }

    /// What an ordinary rating adds to a slack, in star-points above `tau`.
    pub fn gain(&self, tau: f64) -> f64 {
        let total: f64 = self.stars.iter().sum();
        self.stars.iter().zip(1..).map(|(n, grade)| n * (f64::from(grade) - tau)).sum::<f64>() / total
    }
}

/// More arrivals than this in a week are as good as impossible.
fn arrivals_max(weekly: f64) -> usize {
    (weekly * 4.0) as usize + 30
}

/// How much a quantile may cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Effort {
    /// Up to so many arrivals it is computed; the cost grows with the third power.
    pub exact_max: usize,
    /// Beyond, so many weeks are drawn.
    pub draws: usize,
}

impl Effort {
    /// On a page: about a thousandth of a second. Exact up to 17 ratings a week.
    pub const PAGE: Self = Self { exact_max: 98, draws: 400 };
    /// On the command line: exact up to 50 ratings a week.
    pub const FULL: Self = Self { exact_max: 230, draws: 20_000 };
}

/// Four quantiles of a cushion.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Quantiles {
    /// Lower end of the 90 % interval.
    pub low: f64,
    /// At least this with 90 % confidence.
    pub k10: f64,
    /// The middle.
    pub median: f64,
    /// Upper end of the 90 % interval.
    pub high: f64,
}

impl Quantiles {
    /// From cushions and their probabilities.
    fn of(mut cushions: Vec<(f64, f64)>) -> Self {
        cushions.sort_unstable_by(|(a, _), (b, _)| a.total_cmp(b));
        let total: f64 = cushions.iter().map(|(_, p)| p).sum();
        let at = |share: f64| {
            let mut sum = 0.0;
            cushions
                .iter()
                .find(|(_, p)| {
                    sum += p;
                    sum >= share * total - 1e-12
                })
                .or(cushions.last())
                .map_or(0.0, |(k, _)| *k)
        };
        Self { low: at(0.05), k10: at(0.1), median: at(0.5), high: at(0.95) }
    }
}

impl Surface {
    /// The cushion a week from now when ordinary ratings go on arriving. The same input gives the same quantiles.
    pub fn after_a_week(&self, ratings: &[Rating], habit: &Habit, effort: Effort) -> Quantiles {
        let start = self.slack(ratings, 7.0);
        let most = arrivals_max(habit.weekly);
        if habit.weekly <= 0.0 {
            return Quantiles::of(vec![(self.cushion_of(start), 1.0)]);
        }
        let cushions = if most <= effort.exact_max {
            self.week_computed(start, &habit.arrivals(), &habit.stars)
        } else {
            self.week_drawn(start, habit, effort.draws)
        };
        Quantiles::of(cushions)
    }

    fn cushion_of(&self, slack: f64) -> f64 {
        self.until_bad(slack, 1.0).map_or(f64::INFINITY, |k| k as f64)
    }

    /// Every number of arrivals with every sum of their grades.
    fn week_computed(&self, start: f64, arrivals: &[f64], stars: &[f64; GRADES]) -> Vec<(f64, f64)> {
        let tau = self.tau();
        let mut out: Vec<(f64, f64)> = Vec::new();
        for ((n, probability), sums) in
            arrivals.iter().enumerate().zip(sums_of_grades(arrivals.len() - 1, stars))
        {
            let all: f64 = sums.iter().sum();
            let mut last = f64::NAN;
            for (above, mass) in sums.iter().enumerate() {
                let k = self.cushion_of(start + above as f64 + n as f64 * (1.0 - tau));
                let p = probability * mass / all;
                // It never falls along a row: what is equal lies side by side.
                match out.last_mut() {
                    Some((_, sum)) if k.total_cmp(&last).is_eq() => *sum += p,
                    _ => out.push((k, p)),
                }
                last = k;
            }
        }
        out
    }

    fn week_drawn(&self, start: f64, habit: &Habit, draws: usize) -> Vec<(f64, f64)> {
        let tau = self.tau();
        let mut random = ChaCha8Rng::seed_from_u64(1);
        let gammas: Vec<Gamma<f64>> = habit.stars.iter().filter_map(|a| Gamma::new(*a, 1.0).ok()).collect();
        (0..draws)
            .map(|_| {
                let arrivals = arrivals(&mut random, habit.weekly);
                let shares: Vec<f64> = gammas.iter().map(|g| g.sample(&mut random)).collect();
                let stars = split(&mut random, arrivals, &shares);
                let gained: f64 =
                    stars.iter().zip(1..).map(|(n, grade)| *n as f64 * (f64::from(grade) - tau)).sum();
                (self.cushion_of(start + gained), 1.0)
            })
            .collect()
    }
}

/// For each number of ratings up to `most`: how probable, up to a factor of the row's own, each sum of stars above one a
/// rating is, when grades follow a Dirichlet posterior.
///
/// Each grade's count weighs Γ(n + α) / (n! Γ(α)); the weights are tilted by the same pⁿ for every grade, which cancels
/// within a row and keeps them between 10⁻¹⁰⁰ and 1.
fn sums_of_grades(most: usize, stars: &[f64; GRADES]) -> Vec<Vec<f64>> {
    let total: f64 = stars.iter().sum();
    let tilt = most as f64 / (most as f64 + 2.0 * total).max(1e-9);
    let mut rows: Vec<Vec<f64>> = Vec::new();
    for (above, alpha) in stars.iter().enumerate() {
        let weights: Vec<f64> = (0..=most)
            .scan((1.0 - tilt).powf(*alpha), |term, n| {
                let now = *term;
                *term *= tilt * (n as f64 + alpha) / (n as f64 + 1.0);
                Some(now)
            })
            .collect();
        rows = if above == 0 {
            weights.iter().map(|w| vec![*w]).collect()
        } else {
            folded(&rows, &weights, above)
        };
    }
    rows
}

/// Adds a grade that lies `above` stars above one.
fn folded(rows: &[Vec<f64>], weights: &[f64], above: usize) -> Vec<Vec<f64>> {
    (0..rows.len())
        .map(|all| {
            let mut sums = vec![0.0; above * all + 1];
            for (n, weight) in weights.iter().enumerate().take(all + 1) {
                for (sum, mass) in sums.iter_mut().skip(above * n).zip(&rows[all - n]) {
                    *sum += weight * mass;
                }
            }
            sums
        })
        .collect()
}

/// How many ratings arrive: a Poisson count whose mean is gamma. Costs the same for fifty a week and for five thousand.
fn arrivals(random: &mut ChaCha8Rng, mean: f64) -> u64 {
    let shape = 1.0 / DISPERSION;
    let rate = Gamma::new(shape, mean / shape).map_or(0.0, |gamma| gamma.sample(random));
    Poisson::new(rate).map_or(0, |poisson| poisson.sample(random) as u64)
}

/// How many of `n` ratings have each grade, by shares: a multinomial drawn as a chain of binomials.
fn split(random: &mut ChaCha8Rng, n: u64, shares: &[f64]) -> Vec<u64> {
    let (mut left, mut mass) = (n, shares.iter().sum::<f64>());
    shares
        .iter()
        .map(|share| {
            let p = if mass > 0.0 { (share / mass).clamp(0.0, 1.0) } else { 0.0 };
            let taken = Binomial::new(left, p).map_or(0, |binomial| binomial.sample(random)).min(left);
            left -= taken;
            mass -= share;
            taken
        })
        .collect()
}

/// Negative ratings of an ordinary bad week: the 99 % quantile.
pub fn bad_week(weekly_negative: f64) -> u64 {
    let most = (weekly_negative * 10.0) as usize + 60;
    let pmf = negative_binomial(weekly_negative, DISPERSION_NEGATIVE, most);
    let mut sum = 0.0;
    let at = pmf.iter().position(|p| {
        sum += p;
        sum >= 0.99
    });
    at.unwrap_or(pmf.len()) as u64
}

/// How a cushion compares with an ordinary bad week.
pub fn fragility(k10: f64, weekly_negative: f64) -> &'static str {
    match k10 / bad_week(weekly_negative).max(1) as f64 {
        _ if k10 <= 0.0 => "none",
        r if r < 1.0 => "thin",
        r if r < 3.0 => "fair",
        r if r < 10.0 => "good",
        _ => "thick",
    }
}

/// What a campaign is expected to burn in seven days, as a part of the cushion, and its level 1 to 5.
///
/// `projected` is the upper end of the forecast of negative ratings.
pub fn severity(projected: f64, k10: f64) -> (f64, u8) {
    let pressure = projected / k10.max(1.0);
    let level = match pressure {
        x if x < 0.1 => 1,
        x if x < 0.25 => 2,
        x if x < 0.6 => 3,
        x if x < 1.0 => 4,
        _ => 5,
    };
    (pressure, level)
}
