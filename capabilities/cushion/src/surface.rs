//! How a platform shows its ratings, and what that can take.
//!
//! *Slack* in star-points: S = Σ wᵢ (rᵢ − τ) + C (m − τ), with τ = θ − q/2 the mean below which the shown figure
//! (rounded half up to a step q) falls under the threshold θ. An angry review of r stars burns τ − r, so
//! **K = ⌊S / (τ − r)⌋ + 1**, and 0 where it is already bad. Each new five-star review adds to S, each one-star review
//! burns exactly one of K.
//!
//! Rounding, priors and half-lives are what each platform publishes or what can be measured from outside; Trustpilot's
//! half-life is not published (180 days is the middle of 90 to 365). "Perceived" is a stranger who discounts old
//! reviews by half every 90 days.

use domain::SourceKind;
use rand::SeedableRng as _;
use rand::distr::Distribution as _;
use rand_chacha::ChaCha8Rng;
use rand_distr::{Binomial, Gamma, Poisson};

const EPSILON: f64 = 1e-9;

/// Ratings of one age: how many of each grade.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rating {
    /// Days since it was given.
    pub age_days: f64,
    /// The grade.
    pub grade: f64,
    /// How many such ratings.
    pub count: u64,
}

/// How ratings are weighed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Weighing {
    /// All alike.
    Equal,
    /// Half as much every so many days.
    HalfLife(f64),
    /// By age tier: upper age in days and share of the whole (Booking).
    Tiers(&'static [(f64, f64)]),
}

/// A place where strangers see a rating.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Surface {
    /// Its name in the command line and in keys.
    pub name: &'static str,
    /// Mean and weight of the ratings everybody starts with.
    pub prior: (f64, f64),
    /// How ratings are weighed.
    pub weighing: Weighing,
    /// Step of the shown figure.
    pub step: f64,
    /// Below this shown figure a stranger goes elsewhere.
    pub threshold: f64,
}

const fn surface(
    name: &'static str,
    prior: (f64, f64),
    weighing: Weighing,
    step: f64,
    threshold: f64,
) -> Surface {
    Surface { name, prior, weighing, step, threshold }
}

/// The known surfaces.
pub const SURFACES: &[Surface] = &[
    surface("google", (0.0, 0.0), Weighing::Equal, 0.1, 4.0),
    surface("trustpilot", (3.5, 7.0), Weighing::HalfLife(180.0), 0.5, 4.0),
    surface("yelp", (0.0, 0.0), Weighing::Equal, 0.5, 3.5),
    surface(
        "booking",
        (0.0, 0.0),
        Weighing::Tiers(&[(365.0, 0.85), (730.0, 0.10), (1095.0, 0.05)]),
        0.1,
        8.0,
    ),
    surface("play", (0.0, 0.0), Weighing::HalfLife(120.0), 0.1, 4.0),
    surface("perceived", (0.0, 0.0), Weighing::HalfLife(90.0), 0.1, 4.0),
];

impl Surface {
    /// The surface with this name.
    pub fn named(name: &str) -> Option<Self> {
        SURFACES.iter().copied().find(|s| s.name == name)
    }

    /// How a source's ratings are shown. Mentions carry stars from 1 to 5, so Booking's tens are shown as a plain mean.
    pub fn of_source(kind: SourceKind) -> Self {
        let name = match kind {
            SourceKind::Trustpilot => "trustpilot",
            SourceKind::Yelp => "yelp",
            SourceKind::GooglePlay => "play",
            _ => "google",
        };
        Self::named(name).expect("the names are in the table")
    }

    /// The same surface judged by the next threshold below what it shows now: who already shows 3.6 does not want to
    /// hear that 4.0 is lost, but how far 3.5 is.
    #[must_use]
    pub fn at_next_threshold(self, ratings: &[Rating]) -> Self {
        let shown = self.mean(ratings).map_or(self.threshold, |mean| self.displayed(mean));
        let mut threshold = self.threshold;
        while threshold > 1.0 && shown < threshold - EPSILON {
            threshold -= 0.5;
        }
        Self { threshold, ..self }
    }

    /// The mean below which the shown figure is under the threshold.
    pub fn tau(&self) -> f64 {
        self.threshold - self.step / 2.0
    }

    /// A mean as it is shown: rounded half up to the step.
    pub fn displayed(&self, mean: f64) -> f64 {
        (mean / self.step + 0.5 + EPSILON).floor() * self.step
    }

    fn weight(&self, age_days: f64) -> f64 {
        match self.weighing {
            Weighing::HalfLife(days) => (-age_days.max(0.0) / days).exp2(),
            Weighing::Equal | Weighing::Tiers(_) => 1.0,
        }
    }

    /// The mean behind the shown figure; `None` while there is nothing to average.
    pub fn mean(&self, ratings: &[Rating]) -> Option<f64> {
        if let Weighing::Tiers(tiers) = self.weighing {
            return tier_mean(tiers, ratings, 0.0, 0.0);
        }
        let (m, c) = self.prior;
        let (mut weight, mut sum) = (c, c * m);
        for r in ratings {
            let w = self.weight(r.age_days) * r.count as f64;
            weight += w;
            sum += w * r.grade;
        }
        (weight > 0.0).then(|| sum / weight)
    }

    /// The cushion in star-points, `days` from now if nothing else arrives.
    pub fn slack(&self, ratings: &[Rating], days: f64) -> f64 {
        let tau = self.tau();
        let (m, c) = self.prior;
        c * (m - tau)
            + ratings
                .iter()
                .map(|r| self.weight(r.age_days + days) * r.count as f64 * (r.grade - tau))
                .sum::<f64>()
    }

    fn until_bad(&self, slack: f64, bad: f64) -> Option<u64> {
        let tau = self.tau();
        if slack < -EPSILON {
            return Some(0);
        }
        (bad < tau).then(|| (slack / (tau - bad) + EPSILON).floor() as u64 + 1)
    }

    /// How many angry ratings of grade `bad` until the shown figure is under the threshold; `None` if never.
    pub fn cushion(&self, ratings: &[Rating], bad: f64) -> Option<u64> {
        self.cushion_later(ratings, bad, 0.0)
    }

    fn cushion_later(&self, ratings: &[Rating], bad: f64, days: f64) -> Option<u64> {
        match self.weighing {
            Weighing::Tiers(tiers) => self.tier_cushion(tiers, ratings, bad, days),
            _ => self.until_bad(self.slack(ratings, days), bad),
        }
    }

    /// With tiers there is no slack: new ratings only move the first tier, so the answer is searched by halving.
    fn tier_cushion(&self, tiers: &[(f64, f64)], ratings: &[Rating], bad: f64, days: f64) -> Option<u64> {
        let aged: Vec<Rating> =
            ratings.iter().map(|r| Rating { age_days: r.age_days + days, ..*r }).collect();
        let is_bad =
            |k: u64| tier_mean(tiers, &aged, k as f64, bad).is_some_and(|mean| mean < self.tau() - EPSILON);
        if is_bad(0) {
            return Some(0);
        }
        let mut high = 1u64;
        while !is_bad(high) {
            high *= 2;
            if high >= 10_000_000 {
                return None;
            }
        }
        let mut low = high / 2;
        while high - low > 1 {
            let middle = low.midpoint(high);
            if is_bad(middle) { high = middle } else { low = middle }
        }
        Some(high)
    }

    /// Days until the cushion is half of today's if nothing arrives; 0 if there is none, `None` if never within two
    /// years.
    pub fn runway_days(&self, ratings: &[Rating]) -> Option<u32> {
        const HORIZON_DAYS: u32 = 730;
        let now = self.cushion(ratings, 1.0)?;
        if now == 0 {
            return Some(0);
        }
        if self.weighing == Weighing::Equal {
            return None;
        }
        (1..=HORIZON_DAYS).find(|day| {
            self.cushion_later(ratings, 1.0, f64::from(*day)).is_some_and(|k| k as f64 <= 0.5 * now as f64)
        })
    }

    /// The cushion a week from now when ordinary ratings go on arriving: negative-binomial arrivals, stars from a
    /// Dirichlet posterior. Returns quantiles of K. Deterministic from its seed.
    pub fn after_a_week(&self, ratings: &[Rating], habit: &Habit, draws: usize) -> Quantiles {
        let start = self.slack(ratings, 7.0);
        let tau = self.tau();
        let mut random = ChaCha8Rng::seed_from_u64(1);
        let gammas: Vec<Gamma<f64>> = habit.stars.iter().filter_map(|a| Gamma::new(*a, 1.0).ok()).collect();
        let mut out: Vec<f64> = (0..draws)
            .map(|_| {
                let arrivals = arrivals(&mut random, habit.weekly);
                let shares: Vec<f64> = gammas.iter().map(|g| g.sample(&mut random)).collect();
                let stars = split(&mut random, arrivals, &shares);
                let gained: f64 =
                    stars.iter().zip(1..).map(|(n, grade)| *n as f64 * (f64::from(grade) - tau)).sum();
                self.until_bad(start + gained, 1.0).map_or(f64::INFINITY, |k| k as f64)
            })
            .collect();
        out.sort_by(f64::total_cmp);
        Quantiles {
            low: quantile(&out, 0.05),
            k10: quantile(&out, 0.1),
            median: median(&out),
            high: quantile(&out, 0.95),
        }
    }
}

/// How many ratings arrive: negative binomial, drawn as a Poisson whose mean is gamma. Costs the same for five a week
/// and for five thousand.
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

/// Dispersion of ordinary arrivals: variance = mean + 0.3 · mean².
const DISPERSION: f64 = 0.3;

/// What arrives in an ordinary week.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Habit {
    /// Ratings in a week.
    pub weekly: f64,
    /// Dirichlet counts for 1 to 5 stars.
    pub stars: [f64; 5],
    /// Ratings of two stars or fewer in a week.
    pub weekly_negative: f64,
}

impl Habit {
    /// From the ratings of the last year (or of as long as there are any, at least four weeks).
    pub fn of(ratings: &[Rating]) -> Self {
        let oldest = ratings.iter().map(|r| r.age_days).fold(0.0, f64::max);
        let window = oldest.clamp(28.0, 365.0);
        let mut stars = [0.2; 5];
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
}

/// Three quantiles of a cushion.
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

fn quantile(sorted: &[f64], share: f64) -> f64 {
    let at = ((sorted.len().max(1) - 1) as f64 * share).floor() as usize;
    sorted.get(at).copied().unwrap_or(0.0)
}

fn median(sorted: &[f64]) -> f64 {
    match sorted.len() {
        0 => 0.0,
        n if n % 2 == 1 => sorted[n / 2],
        n => f64::midpoint(sorted[n / 2 - 1], sorted[n / 2]),
    }
}

/// Probabilities of 0..=n events: mean μ, variance μ + d μ².
fn negative_binomial(mean: f64, dispersion: f64, n: usize) -> Vec<f64> {
    if mean <= 0.0 {
        let mut none = vec![0.0; n + 1];
        none[0] = 1.0;
        return none;
    }
    let r = 1.0 / dispersion.max(1e-9);
    let (p_stop, p_go) = (r / (r + mean), mean / (r + mean));
    // By the recurrence of its terms: no gamma function needed, no overflow.
    let mut term = p_stop.powf(r);
    let mut out = Vec::with_capacity(n + 1);
    for x in 0..=n {
        out.push(term);
        term *= p_go * (x as f64 + r) / (x as f64 + 1.0);
    }
    let total: f64 = out.iter().sum();
    out.iter().map(|p| p / total).collect()
}

/// Mean of the tiers' means by their shares; empty tiers give their share to the others. `k` new ratings of `bad` fall
/// into the first tier.
fn tier_mean(tiers: &[(f64, f64)], ratings: &[Rating], k: f64, bad: f64) -> Option<f64> {
    let (mut low, mut sum, mut shares) = (0.0, 0.0, 0.0);
    for (at, (high, share)) in tiers.iter().enumerate() {
        let inside = ratings.iter().filter(|r| (low..*high).contains(&r.age_days));
        let (mut n, mut s) =
            inside.fold((0.0, 0.0), |(n, s), r| (n + r.count as f64, s + r.count as f64 * r.grade));
        if at == 0 {
            n += k;
            s += k * bad;
        }
        if n > 0.0 {
            sum += share * s / n;
            shares += share;
        }
        low = *high;
    }
    (shares > 0.0).then(|| sum / shares)
}

/// How a cushion compares with an ordinary bad week (its 99 % quantile of negative ratings).
pub fn fragility(k10: f64, weekly_negative: f64) -> &'static str {
    let pmf = negative_binomial(weekly_negative, 0.5, (weekly_negative * 10.0) as usize + 60);
    let mut sum = 0.0;
    let bad_week = pmf.iter().position(|p| {
        sum += p;
        sum >= 0.99
    });
    let ratio = k10 / bad_week.unwrap_or(pmf.len()).max(1) as f64;
    match ratio {
        _ if k10 <= 0.0 => "none",
        r if r < 1.0 => "thin",
        r if r < 3.0 => "fair",
        r if r < 10.0 => "good",
        _ => "thick",
    }
}

/// How many bad ratings until most of the newest ten (six or more) are bad, when they arrive one after another.
/// `newest` says of the newest ratings, newest first, whether each is bad.
pub fn until_most_of_ten(newest: &[bool]) -> u64 {
    const SHOWN: usize = 10;
    const MOST: usize = 6;
    (0..=SHOWN)
        .find(|k| k + newest.iter().take(SHOWN - k).filter(|bad| **bad).count() >= MOST)
        .unwrap_or(MOST) as u64
}

#[cfg(test)]
mod tests {
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
    fn most_of_the_last_ten() {
        assert_eq!(until_most_of_ten(&[false; 30]), 6);
        assert_eq!(until_most_of_ten(&[true; 10]), 0);
        assert_eq!(until_most_of_ten(&[]), 6);
        // Three bad ones in front: three more push them down but not out.
        let mut newest = vec![true; 3];
        newest.extend([false; 20]);
        assert_eq!(until_most_of_ten(&newest), 3);
        // Three bad ones at the far end of the ten are pushed out by new ones.
        let mut newest = vec![false; 7];
        newest.extend([true; 3]);
        assert_eq!(until_most_of_ten(&newest), 6);
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
    fn a_week_is_deterministic_and_ordered() {
        let ratings = [
            Rating { age_days: 30.0, grade: 5.0, count: 40 },
            Rating { age_days: 30.0, grade: 1.0, count: 6 },
        ];
        let google = Surface::named("google").expect("known");
        let habit = Habit::of(&ratings);
        let week = google.after_a_week(&ratings, &habit, 2_000);
        assert_eq!(week, google.after_a_week(&ratings, &habit, 2_000));
        assert!(week.low <= week.median && week.median <= week.high);
    }
}
