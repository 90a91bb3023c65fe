//! How many customers to ask for a thicker cushion by a date, and when asking is no help.
//!
//! K of at least a target means a slack of at least (target − 1)(τ − 1) star-points. Asking `n` customers brings a
//! beta-binomial number of answers (the response rate is known only as a beta distribution) whose stars follow a
//! Dirichlet posterior; they come as a steady drip, so older ones weigh less where a surface forgets. The plan is the
//! smallest `n` with which the target is reached with the wanted certainty.
//!
//! *Nothing random is seen*: the same 4,096 mixes of stars for every `n`, with the posterior's own mean and variance, each
//! with its own quantile of the number of answers, and the rest integrated as a normal. What the plan never says is who will answer, or what.

use rand::SeedableRng as _;
use rand::distr::Distribution as _;
use rand_chacha::ChaCha8Rng;
use rand_distr::Gamma;
use statrs::function::erf::erfc;
use stats::{Beta, Counts};

use crate::surface::{EPSILON, Rating, Surface, Weighing};

/// Mixes of stars that stand for all.
const MIXES: usize = 4_096;
/// Whoever asks more customers than this is not helped by a plan.
const ASKED_MAX: u64 = 10_000_000;
/// Days from an invitation to its answer.
pub const LAG_DAYS: f64 = 7.0;
/// How sure the plan is to reach its target.
pub const CERTAINTY: f64 = 0.8;

/// What is asked of the plan.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ask {
    /// Angry customers it shall take at the end.
    pub target: u64,
    /// Days until then.
    pub days: f64,
    /// Invitations that may leave in a day.
    pub per_day: f64,
    /// Days from an invitation to its answer.
    pub lag_days: f64,
    /// How likely a customer who is asked answers.
    pub rate: Beta,
    /// Dirichlet counts of the answers' stars, 1 to 5.
    pub stars: [f64; 5],
    /// Reviews a day that come unasked.
    pub unasked_per_day: f64,
    /// Grade of an angry rating.
    pub bad: f64,
    /// How sure to be.
    pub certainty: f64,
}

/// How many to ask.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Verdict {
    /// The target is reached without asking anybody.
    Enough,
    /// The average answer is below the threshold: fix the product first, inviting would lower the average.
    FixFirst,
    /// No number of invitations does it.
    OutOfReach,
    /// So many.
    Invite(u64),
}

/// A plan.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Plan {
    /// How many to ask.
    pub verdict: Verdict,
    /// How many can be asked in time, at so many a day.
    pub most: u64,
    /// How probable the target is when as many as possible are asked; `None` where nobody need be.
    pub certainty_at_most: Option<f64>,
    /// Star-points above τ that an average answer brings.
    pub gain: f64,
    /// Answers expected.
    pub answers: Option<f64>,
}

impl Plan {
    /// Whether as many as it takes can be asked in time.
    pub fn fits(&self) -> bool {
        match self.verdict {
            Verdict::Enough => true,
            Verdict::Invite(n) => n <= self.most,
            Verdict::FixFirst | Verdict::OutOfReach => false,
        }
    }
}

/// One mix of stars: mean and variance of the points above τ of its answers.
#[derive(Debug, Clone, Copy)]
struct Mix {
    mean: f64,
    variance: f64,
}

struct Odds {
    /// By rising mean.
    mixes: Vec<Mix>,
    /// Answers that come unasked, one for each mix.
    unasked: Vec<f64>,
    /// Slack at the end without anybody's answer, less what is needed.
    missing: f64,
    /// Mean weight of an answer at the end, and mean of its square.
    weight: [f64; 2],
    rate: Beta,
}

impl Odds {
    fn of(ask: &Ask, surface: &Surface, ratings: &[Rating], active: f64) -> Self {
        let tau = surface.tau();
        let needed = (ask.target as f64 - 1.0) * (tau - ask.bad);
        let mixes = mixes(&ask.stars, tau);
        let unasked = Counts::poisson(ask.unasked_per_day * ask.days);
        let unasked = (0..mixes.len()).map(|at| unasked.quantile(radical_inverse(at, 3))).collect();
        let weight = match surface.weighing {
            // No day is left on which an answer could come.
            Weighing::HalfLife(_) if active <= 0.0 => [0.0, 0.0],
            Weighing::HalfLife(half) => {
                let length = std::f64::consts::LN_2 * active / half;
                [-(-length).exp_m1() / length, -(-2.0 * length).exp_m1() / (2.0 * length)]
            }
            Weighing::Equal | Weighing::Tiers(_) => [1.0, 1.0],
        };
        let missing = surface.slack(ratings, ask.days) - needed;
        Self { mixes, unasked, missing, weight, rate: ask.rate }
    }

    /// Probability that the target is reached when `asked` customers are.
    fn reached(&self, asked: u64) -> f64 {
        let answers = Counts::beta_binomial(asked, self.rate);
        let sum: f64 = self
            .mixes
            .iter()
            .zip(&self.unasked)
            .enumerate()
            .map(|(at, (mix, unasked))| {
                let answers = answers.quantile(radical_inverse(at, 2));
                let above = self.missing + (answers + unasked) * mix.mean * self.weight[0] + EPSILON;
                let deviation = (answers * mix.variance * self.weight[1]).max(0.0).sqrt();
                if deviation < EPSILON {
                    f64::from(u8::from(above >= 0.0))
                } else {
                    0.5 * erfc(-above / (deviation * std::f64::consts::SQRT_2))
                }
            })
            .sum();
        sum / self.mixes.len().max(1) as f64
    }
}

/// Draws of a Dirichlet posterior, by rising mean, so that neighbours are alike and each can be paired with another
/// quantile of the answers. From a fixed seed.
fn mixes(stars: &[f64; 5], tau: f64) -> Vec<Mix> {
    let mut random = ChaCha8Rng::seed_from_u64(1);
    let gammas = stars.map(|a| Gamma::new(a, 1.0).ok());
    let mut mixes: Vec<Mix> = (0..MIXES)
        .map(|_| {
            let shares = gammas.map(|g| g.map_or(0.0, |g| g.sample(&mut random)));
            let total: f64 = shares.iter().sum::<f64>().max(f64::MIN_POSITIVE);
            let (mut mean, mut square) = (0.0, 0.0);
            for (share, grade) in shares.iter().zip([1.0, 2.0, 3.0, 4.0, 5.0f64]) {
                mean += share / total * (grade - tau);
                square += share / total * (grade - tau) * (grade - tau);
            }
            Mix { mean, variance: square - mean * mean }
        })
        .collect();
    mixes.sort_unstable_by(|a, b| a.mean.total_cmp(&b.mean));
    matched(&mut mixes, stars, tau);
    mixes
}

/// Moves the mixes' means so that their own mean and variance are those of the posterior, which are known exactly: what
/// is left of chance is in their finer shape.
fn matched(mixes: &mut [Mix], stars: &[f64; 5], tau: f64) {
    let total: f64 = stars.iter().sum();
    let moment = |power: i32| {
        stars.iter().zip(1..).map(|(a, grade)| a / total * (f64::from(grade) - tau).powi(power)).sum::<f64>()
    };
    let (mean, deviation) = (moment(1), ((moment(2) - moment(1).powi(2)) / (total + 1.0)).max(0.0).sqrt());
    let n = mixes.len().max(1) as f64;
    let drawn = mixes.iter().map(|mix| mix.mean).sum::<f64>() / n;
    let spread = (mixes.iter().map(|mix| (mix.mean - drawn).powi(2)).sum::<f64>() / n).sqrt();
    if spread > EPSILON {
        for mix in mixes {
            mix.mean = mean + (mix.mean - drawn) * deviation / spread;
        }
    }
}

/// The digits of a number in this base, mirrored at the point: evenly spread over 0 to 1 however many are taken.
fn radical_inverse(number: usize, base: usize) -> f64 {
    let (mut left, mut out, mut place) = (number + 1, 0.0, 1.0);
    while left > 0 {
        place /= base as f64;
        out += place * (left % base) as f64;
        left /= base;
    }
    out
}

/// The plan.
pub fn plan(ask: &Ask, surface: &Surface, ratings: &[Rating]) -> Plan {
    let tau = surface.tau();
    let active = (ask.days - ask.lag_days).max(0.0);
    let most = (ask.per_day * active).floor().max(0.0) as u64;
    let total: f64 = ask.stars.iter().sum();
    let gain = ask.stars.iter().zip(1..).map(|(n, grade)| n * (f64::from(grade) - tau)).sum::<f64>() / total;
    let odds = Odds::of(ask, surface, ratings, active);
    let ended =
        |verdict, certainty_at_most, answers| Plan { verdict, most, certainty_at_most, gain, answers };
    if odds.missing >= 0.0 && odds.reached(0) >= ask.certainty {
        return ended(Verdict::Enough, None, Some(0.0));
    }
    if gain <= 0.0 {
        return ended(Verdict::FixFirst, Some(0.0), None);
    }
    let at_most = Some(odds.reached(most));
    let good = |asked| odds.reached(asked) >= ask.certainty;
    let mut high = 1u64;
    while !good(high) {
        high *= 2;
        if high >= ASKED_MAX {
            return ended(Verdict::OutOfReach, at_most, None);
        }
    }
    let mut low = high / 2;
    while high - low > 1 {
        let middle = low.midpoint(high);
        if good(middle) { high = middle } else { low = middle }
    }
    ended(Verdict::Invite(high), at_most, Some(high as f64 * ask.rate.mean()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand_distr::Binomial;

    fn bar() -> Vec<Rating> {
        let of = |grade, count| Rating { age_days: 30.0, grade, count };
        vec![of(5.0, 40), of(4.0, 10), of(1.0, 6)]
    }

    fn google() -> Surface {
        Surface::named("google").expect("known")
    }

    fn base() -> Ask {
        Ask {
            target: 20,
            days: 60.0,
            per_day: 20.0,
            lag_days: LAG_DAYS,
            rate: Beta::new(30.0, 270.0),
            stars: [2.0, 1.0, 2.0, 8.0, 30.0],
            unasked_per_day: 0.0,
            bad: 1.0,
            certainty: CERTAINTY,
        }
    }

    fn asked(ask: &Ask) -> u64 {
        match plan(ask, &google(), &bar()).verdict {
            Verdict::Invite(n) => n,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn p15_a_dearer_target_takes_more_invitations() {
        let all: Vec<u64> = [12, 15, 20, 30].map(|target| asked(&Ask { target, ..base() })).to_vec();
        assert!(all.windows(2).all(|w| w[0] < w[1]), "{all:?}");
    }

    #[test]
    fn p16_a_better_response_takes_fewer() {
        assert!(asked(&Ask { rate: Beta::new(60.0, 240.0), ..base() }) < asked(&base()));
    }

    #[test]
    fn p17_more_certainty_takes_more() {
        assert!(asked(&Ask { certainty: 0.95, ..base() }) > asked(&base()));
    }

    #[test]
    fn p18_a_vaguer_response_takes_more() {
        assert!(asked(&Ask { rate: Beta::new(3.0, 27.0), ..base() }) > asked(&base()));
    }

    #[test]
    fn p19_answers_below_the_threshold_are_no_help() {
        let plan = plan(&Ask { stars: [20.0, 5.0, 3.0, 4.0, 5.0], ..base() }, &google(), &bar());
        assert_eq!((plan.verdict, plan.fits()), (Verdict::FixFirst, false));
        assert!(plan.gain < 0.0);
    }

    #[test]
    fn p20_nothing_to_do_is_nothing() {
        let plan = plan(&Ask { target: 1, ..base() }, &google(), &bar());
        assert_eq!((plan.verdict, plan.fits()), (Verdict::Enough, true));
    }

    #[test]
    fn what_cannot_leave_in_time_does_not_fit() {
        let few = plan(&Ask { per_day: 1.0, ..base() }, &google(), &bar());
        assert_eq!(few.most, 53);
        assert!(!few.fits() && few.certainty_at_most.is_some_and(|p| p < 0.2), "{few:?}");
        let late = plan(&Ask { days: 3.0, ..base() }, &google(), &bar());
        assert_eq!(late.most, 0);
    }

    /// P24: simulated from the same model, star by star, the plan reaches its target as often as it says.
    #[test]
    fn p24_the_plan_keeps_its_word() {
        let (n, google) = (asked(&base()), google());
        let mut random = ChaCha8Rng::seed_from_u64(24);
        let gamma = |a: f64| Gamma::new(a, 1.0).expect("positive");
        let mut reached = 0;
        for _ in 0..4_000 {
            let (x, y) = (gamma(30.0).sample(&mut random), gamma(270.0).sample(&mut random));
            let mut left = Binomial::new(n, x / (x + y)).expect("a share").sample(&mut random);
            let shares = base().stars.map(|a| gamma(a).sample(&mut random));
            let mut mass: f64 = shares.iter().sum();
            let mut ratings = bar();
            for (share, grade) in shares.iter().zip([1.0, 2.0, 3.0, 4.0, 5.0]) {
                let p = (share / mass).clamp(0.0, 1.0);
                let count = Binomial::new(left, p).expect("a share").sample(&mut random);
                left -= count;
                mass -= share;
                ratings.push(Rating { age_days: 0.0, grade, count });
            }
            reached += u32::from(google.cushion(&ratings, 1.0) >= Some(20));
        }
        let share = f64::from(reached) / 4_000.0;
        assert!((share - 0.8).abs() < 0.03, "{share} with {n}");
    }
}
