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

mod week;

pub use week::{Effort, Habit, Quantiles, bad_week, fragility, severity};

/// Sums of star-points this near to a boundary lie on it.
pub(crate) const EPSILON: f64 = 1e-9;

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

/// Ratings added up.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fold {
    /// Sum of weights.
    pub weight: f64,
    /// Sum of weighted grades.
    pub sum: f64,
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

    /// What a stranger sees who counts a rating half every ninety days.
    pub fn perceived() -> Self {
        Self::named("perceived").expect("the names are in the table")
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

    /// How much a rating of this age counts; one that is not given yet counts whole.
    pub fn weight(&self, age_days: f64) -> f64 {
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
        let Fold { weight, sum } = self.folded(ratings);
        (weight > 0.0).then(|| sum / weight)
    }

    /// Weights and weighted grades of all ratings, the prior's included. Without age tiers.
    pub fn folded(&self, ratings: &[Rating]) -> Fold {
        let (m, c) = self.prior;
        ratings.iter().fold(Fold { weight: c, sum: c * m }, |fold, r| {
            let w = self.weight(r.age_days) * r.count as f64;
            Fold { weight: fold.weight + w, sum: fold.sum + w * r.grade }
        })
    }

    /// The mean after `angry` one-star ratings of today; of nothing it is one. Without age tiers.
    pub fn mean_after(&self, fold: &Fold, angry: u64) -> f64 {
        let weight = fold.weight + angry as f64;
        if weight > 0.0 { (fold.sum + angry as f64) / weight } else { 1.0 }
    }

    /// The cushion in star-points, `days` from now if nothing else arrives. With age tiers it is what it would be if all
    /// ratings counted alike; the cushion is not computed from it there.
    pub fn slack(&self, ratings: &[Rating], days: f64) -> f64 {
        let tau = self.tau();
        let (m, c) = self.prior;
        c * (m - tau)
            + ratings
                .iter()
                .map(|r| self.weight(r.age_days + days) * r.count as f64 * (r.grade - tau))
                .sum::<f64>()
    }

    pub(crate) fn until_bad(&self, slack: f64, bad: f64) -> Option<u64> {
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
        let half = |k: Option<u64>| k.is_some_and(|k| k as f64 <= 0.5 * now as f64);
        let mut days = 1..=HORIZON_DAYS;
        match self.weighing {
            Weighing::Equal => None,
            Weighing::Tiers(_) => days.find(|day| half(self.cushion_later(ratings, 1.0, f64::from(*day)))),
            // What is there already fades all together: one sum, made once. What is dated ahead of today does not, yet.
            Weighing::HalfLife(half_life) => {
                let (ahead, past): (Vec<Rating>, Vec<Rating>) =
                    ratings.iter().partition(|r| r.age_days < 0.0);
                let prior = self.slack(&[], 0.0);
                let fading = self.slack(&past, 0.0) - prior;
                days.find(|day| {
                    let day = f64::from(*day);
                    let slack = self.slack(&ahead, day) + fading * (-day / half_life).exp2();
                    half(self.until_bad(slack, 1.0))
                })
            }
        }
    }
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

#[cfg(test)]
mod tests;
