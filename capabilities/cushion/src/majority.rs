//! The silent majority: how many are satisfied, from answers of people who were chosen without looking, beside what is
//! said in public. And when too little was answered to say anything.
//!
//! *How.* The satisfied share is a beta posterior (Jeffreys) of the answers. Who answers is not who was asked, so it comes
//! with a band: what it would be if a satisfied customer were three times as likely to answer as an unsatisfied one, or a
//! third; with its worst case; and with what it would be if all who said nothing were like those who answered only after
//! the reminder. Exact quantiles; nothing is drawn.

use stats::{Beta, Interval, Share};

/// From this grade on somebody is satisfied.
pub const SATISFIED_FROM: usize = 4;
/// How many times likelier a satisfied customer may be to answer, or less likely.
pub const KAPPA: f64 = 3.0;
/// Answers after a reminder, below which nothing is told from them.
const LATE_MIN: f64 = 5.0;
/// Fewer answers than these say nothing.
pub const ANSWERS_MIN: f64 = 20.0;
/// A smaller share of those who were asked says nothing.
pub const RESPONSE_MIN: f64 = 0.05;
/// A wider interval says nothing.
pub const WIDTH_MAX: f64 = 0.3;
/// Fewer public ratings than these are no voice of the public.
pub const PUBLIC_MIN: f64 = 10.0;

/// What is known.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Asked {
    /// Real customers in the period.
    pub customers: f64,
    /// Public ratings of the period that nobody asked for, 1 to 5 stars.
    pub public: [f64; 5],
    /// Customers who were asked.
    pub invited: f64,
    /// Their answers, 1 to 5.
    pub answers: [f64; 5],
    /// Those of the answers that came only after the reminder.
    pub late: Option<[f64; 5]>,
    /// How many times likelier a satisfied customer may be to answer.
    pub kappa: f64,
}

/// What follows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Majority {
    /// Satisfied share, if answering has nothing to do with being satisfied.
    pub satisfied: Interval,
    /// The same when it has: from the low end if the satisfied are κ times likelier to answer, to the high end if the
    /// others are.
    pub band: (f64, f64),
    /// If nobody who said nothing is satisfied, and if everybody is.
    pub worst_best: (f64, f64),
    /// Share of those who were asked that answered.
    pub response: (f64, f64),
    /// Satisfied share if all who said nothing are like those who answered after the reminder.
    pub last_wave: Option<Interval>,
    /// Satisfied share of what is public.
    pub visible: f64,
    /// Satisfied share less the visible one.
    pub gap: Interval,
    /// Satisfied customers who have said nothing in public.
    pub silent: Interval,
    /// How many times likelier an unsatisfied customer is to speak up in public.
    pub polarity: Interval,
    /// How many times likelier the satisfied would have to be to answer for the gap to be nothing but that.
    pub kappa_needed: f64,
}

/// Satisfied and unsatisfied of counts of 1 to 5.
pub fn parts(counts: &[f64; 5]) -> (f64, f64) {
    let (unsatisfied, satisfied) = counts.split_at(SATISFIED_FROM - 1);
    (satisfied.iter().sum(), unsatisfied.iter().sum())
}

/// The share of the satisfied when they were `kappa` times as likely to answer, from what the answers say.
fn adjusted(share: f64, kappa: f64) -> f64 {
    (share / kappa) / (share / kappa + (1.0 - share))
}

/// Computes it all.
pub fn majority(asked: &Asked) -> Majority {
    let (satisfied, unsatisfied) = parts(&asked.answers);
    let (public_satisfied, public_unsatisfied) = parts(&asked.public);
    let answers = satisfied + unsatisfied;
    let share = Beta::after(satisfied, unsatisfied);
    let interval = share.interval();
    let invited = asked.invited.max(1.0);
    let worst_best = if asked.invited > 0.0 {
        (satisfied / invited, (satisfied + invited - answers.floor()) / invited)
    } else {
        (0.0, 1.0)
    };
    let late = asked.late.map(|late| parts(&late)).filter(|(yes, no)| yes + no >= LATE_MIN);
    let last_wave =
        late.map(|(yes, no)| share.mixed((answers.floor() / invited).min(1.0), Beta::after(yes, no)));
    let visible = public_satisfied / (public_satisfied + public_unsatisfied).max(1e-9);
    let odds = |share: f64| share / (1.0 - share).max(1e-9);
    Majority {
        satisfied: interval,
        band: (adjusted(interval.low, asked.kappa), adjusted(interval.high, 1.0 / asked.kappa)),
        worst_best,
        response: Share::new(answers as u64, asked.invited as u64).interval(),
        last_wave,
        visible,
        gap: interval.map(|share| share - visible),
        silent: interval.map(|share| (asked.customers * share - public_satisfied).max(0.0)),
        polarity: share.rate_ratio(asked.customers, [public_satisfied, public_unsatisfied], [1.0, 0.5]),
        kappa_needed: odds(interval.middle) / odds(visible).max(1e-9),
    }
}

/// What may be said of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Finding {
    /// Too few answers.
    FewAnswers,
    /// Too few of those who were asked answered.
    LowResponse,
    /// The interval is too wide.
    TooWide,
    /// The share may be said; too little is public to compare it with.
    LittlePublic,
    /// The share may be said; what is public lies within what it may be.
    NoDifference,
    /// More are satisfied than it looks.
    MoreThanSeen,
    /// Fewer are satisfied than it looks.
    FewerThanSeen,
}

impl Finding {
    /// Its name in keys.
    pub const fn key(self) -> &'static str {
        match self {
            Self::FewAnswers => "few-answers",
            Self::LowResponse => "low-response",
            Self::TooWide => "too-wide",
            Self::LittlePublic => "little-public",
            Self::NoDifference => "no-difference",
            Self::MoreThanSeen => "more-than-seen",
            Self::FewerThanSeen => "fewer-than-seen",
        }
    }

    /// Whether the satisfied share may be told at all.
    pub const fn tells_share(self) -> bool {
        !matches!(self, Self::FewAnswers | Self::LowResponse | Self::TooWide)
    }
}

/// What may be said. Difference is said only when even the band leaves what is public outside.
pub fn find(asked: &Asked, majority: &Majority) -> Finding {
    let sum = |counts: &[f64; 5]| counts.iter().sum::<f64>();
    let answers = sum(&asked.answers);
    let (low, high) = majority.band;
    match majority.visible {
        _ if answers < ANSWERS_MIN => Finding::FewAnswers,
        _ if answers / asked.invited.max(1.0) < RESPONSE_MIN => Finding::LowResponse,
        _ if majority.satisfied.width() > WIDTH_MAX => Finding::TooWide,
        _ if sum(&asked.public) < PUBLIC_MIN => Finding::LittlePublic,
        seen if seen < low => Finding::MoreThanSeen,
        seen if seen > high => Finding::FewerThanSeen,
        _ => Finding::NoDifference,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rand::SeedableRng as _;
    use rand_chacha::ChaCha8Rng;

    fn asked(answers: [f64; 5], invited: f64, public: [f64; 5]) -> Asked {
        Asked { customers: 812.0, public, invited, answers, late: None, kappa: KAPPA }
    }

    fn said(asked: &Asked) -> Finding {
        find(asked, &majority(asked))
    }

    #[test]
    fn too_little_says_nothing() {
        let public = [3.0, 4.0, 6.0, 4.0, 4.0];
        assert_eq!(said(&asked([1.0, 0.0, 0.0, 3.0, 15.0], 40.0, public)), Finding::FewAnswers);
        assert_eq!(said(&asked([2.0, 1.0, 4.0, 13.0, 40.0], 2_000.0, public)), Finding::LowResponse);
        assert_eq!(said(&asked([5.0, 3.0, 2.0, 5.0, 6.0], 40.0, public)), Finding::TooWide);
        assert_eq!(
            said(&asked([2.0, 1.0, 4.0, 13.0, 40.0], 240.0, [0.0, 0.0, 0.0, 2.0, 3.0])),
            Finding::LittlePublic
        );
    }

    #[test]
    fn a_difference_is_said_only_beyond_the_band() {
        let answers = [2.0, 1.0, 4.0, 13.0, 40.0];
        // Ten satisfied of fifteen in public: three times as many answers of the satisfied would explain it.
        assert_eq!(said(&asked(answers, 240.0, [2.0, 2.0, 1.0, 4.0, 6.0])), Finding::NoDifference);
        assert_eq!(said(&asked(answers, 240.0, [8.0, 4.0, 4.0, 3.0, 2.0])), Finding::MoreThanSeen);
        let sour = [30.0, 12.0, 10.0, 4.0, 4.0];
        assert_eq!(said(&asked(sour, 240.0, [0.0, 0.0, 1.0, 10.0, 30.0])), Finding::FewerThanSeen);
    }

    #[test]
    fn the_worked_example() {
        let found = majority(&Asked {
            late: Some([1.0, 1.0, 2.0, 4.0, 9.0]),
            ..asked([2.0, 1.0, 4.0, 13.0, 40.0], 240.0, [3.0, 4.0, 6.0, 14.0, 34.0])
        });
        assert!((found.satisfied.middle - 0.8812).abs() < 1e-3, "{found:?}");
        assert!((found.visible - 48.0 / 61.0).abs() < 1e-9);
        assert!((found.band.0 - 0.5745).abs() < 1e-3 && (found.band.1 - 0.9784).abs() < 1e-3);
        let last = found.last_wave.expect("seventeen came late");
        assert!(last.middle < found.satisfied.middle);
        assert!(found.silent.low < 666.0 && found.silent.high > 666.0);
    }

    /// P22: in made-up towns the interval holds the truth about nine times of ten where answering is blind, and the band
    /// where the satisfied are up to three times as likely to answer, or a third.
    #[test]
    fn p22_the_interval_and_the_band_hold_the_truth() {
        const TOWNS: u32 = 150;
        let mut random = ChaCha8Rng::seed_from_u64(22);
        let (mut blind, mut banded) = (0, 0);
        for _ in 0..TOWNS {
            let (share, kappa): (f64, f64) =
                (random.random_range(0.6..0.97), random.random_range(-1.0..1.0f64));
            let kappa = 3.0f64.powf(kappa);
            let satisfied: Vec<bool> = (0..2_000).map(|_| random.random_bool(share)).collect();
            let truth = satisfied.iter().filter(|s| **s).count() as f64 / 2_000.0;
            let (mut even, mut bent) = ([0.0; 5], [0.0; 5]);
            // The customers are in no order: the first four hundred are a random sample.
            for happy in satisfied.iter().take(400) {
                let place = if *happy { 4 } else { 0 };
                even[place] += f64::from(u8::from(random.random_bool(0.12)));
                let likely = 0.12 * if *happy { kappa.sqrt() } else { 1.0 / kappa.sqrt() };
                bent[place] += f64::from(u8::from(random.random_bool(likely)));
            }
            let public = [3.0, 0.0, 0.0, 0.0, 0.0];
            let interval = majority(&asked(even, 400.0, public)).satisfied;
            let (low, high) = majority(&asked(bent, 400.0, public)).band;
            blind += u32::from((interval.low..=interval.high).contains(&truth));
            banded += u32::from((low..=high).contains(&truth));
        }
        let (blind, banded) = (f64::from(blind) / f64::from(TOWNS), f64::from(banded) / f64::from(TOWNS));
        assert!((0.84..=0.97).contains(&blind), "{blind}");
        assert!(banded >= 0.9, "{banded}");
    }

    /// P23: unequal probabilities of being asked are undone.
    #[test]
    fn p23_whom_was_asked_more_often_counts_less() {
        let mut random = ChaCha8Rng::seed_from_u64(23);
        let (mut picked, mut all) = (Vec::new(), 0.0);
        for _ in 0..40_000 {
            let happy = random.random_bool(0.8);
            let probability = if happy { 0.5 } else { 0.1 };
            all += f64::from(u8::from(happy));
            if random.random_bool(probability) {
                picked.push((f64::from(u8::from(happy)), probability));
            }
        }
        let truth = all / 40_000.0;
        let plain = picked.iter().map(|(happy, _)| happy).sum::<f64>() / picked.len() as f64;
        let undone = stats::hajek(picked).expect("answers");
        assert!((undone - truth).abs() < 0.02 && (plain - truth).abs() > 0.1, "{truth} {plain} {undone}");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(40))]
        /// P14: an interval of a share lies within 0 to 1, its ends in order, whatever the counts.
        #[test]
        fn p14_ends_are_in_order(answers in proptest::array::uniform5(0u32..200), more in 0u32..3_000, public in proptest::array::uniform5(0u32..90)) {
            let counts = |of: [u32; 5]| of.map(f64::from);
            let invited = f64::from(answers.iter().sum::<u32>() + more);
            let found = majority(&asked(counts(answers), invited, counts(public)));
            for (low, high) in [found.response, found.band, found.worst_best, (found.satisfied.low, found.satisfied.high)] {
                prop_assert!((0.0..=high).contains(&low) && high <= 1.0, "{found:?}");
            }
            prop_assert!(found.band.0 <= found.satisfied.low && found.satisfied.high <= found.band.1);
        }
    }
}
