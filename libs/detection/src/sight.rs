//! "With your volume I can see a campaign of eight within a day": simulated, not promised.
//!
//! Copies of the detector live through an ordinary day (negative-binomial, with the organisation's own rates, hours and
//! facets) into which a campaign of k voices in 24 hours is put. The answer is the smallest k that raises an alarm in at
//! least eight runs of ten.

use crate::detector::Detector;
use crate::types::{DAY, Event, Seconds, Segment};
use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, Gamma, Poisson};
use serde::{Deserialize, Serialize};

/// Larger campaigns are not tried.
const VOICES_MAX: u32 = 200;
/// Most mentions simulated in one run; the rest of a busier day is left out, for the sake of time.
const MENTIONS_MAX: usize = 3_000;
/// Share of runs that must see it.
const ENOUGH: f64 = 0.8;

/// The smallest campaign that is seen.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub struct Sight {
    /// Voices of different people.
    pub voices: u32,
    /// Within how many hours they speak.
    pub hours: u32,
    /// In which share of the simulated days it was seen.
    pub probability: f64,
}

/// Names of a facet with their weights, for drawing.
pub(crate) type Choices = Vec<(Option<String>, f64)>;

/// What an ordinary day is drawn from.
#[derive(Debug, Clone, Default)]
pub(crate) struct Ordinary {
    pub negatives: f64,
    pub others: f64,
    pub shared: f64,
    pub alone: f64,
    pub passed: Vec<f64>,
    pub sources: Choices,
    pub topics: Choices,
    pub audiences: Choices,
    pub places: Choices,
}

/// The smallest campaign within 24 hours in `segment` that is seen in at least eight runs of ten; `None` when even two
/// hundred voices are not, or while the usual volume is not known yet.
pub fn sight(detector: &Detector, segment: &Segment, seed: u64, runs: u32) -> Option<Sight> {
    let runs = runs.clamp(1, 1_000);
    let start = detector.tomorrow()?;
    let mut base = detector.clone();
    base.advance(start);
    // what is going on now says nothing about what would be seen of the next one
    base.calm_down();
    let ordinary = base.ordinary(start)?;
    let seen = |voices: u32| {
        let caught =
            (0..runs).filter(|run| is_seen(&base, &ordinary, segment, start, voices, seed, *run)).count();
        caught as f64 / f64::from(runs)
    };
    let (mut low, mut high) = (2, 4);
    let mut probability = seen(high);
    while probability < ENOUGH {
        if high >= VOICES_MAX {
            return None;
        }
        low = high + 1;
        high = (high * 2).min(VOICES_MAX);
        probability = seen(high);
    }
    while low < high {
        let middle = low.midpoint(high);
        let share = seen(middle);
        if share >= ENOUGH {
            high = middle;
            probability = share;
        } else {
            low = middle + 1;
        }
    }
    Some(Sight { voices: high, hours: 24, probability })
}

fn is_seen(
    base: &Detector,
    ordinary: &Ordinary,
    segment: &Segment,
    start: Seconds,
    voices: u32,
    seed: u64,
    run: u32,
) -> bool {
    // the same run has the same ordinary day for every size of the campaign
    let mut random = ChaCha8Rng::seed_from_u64(seed ^ (u64::from(run) << 32));
    let mut mentions = ordinary.day(start, &mut random);
    for voice in 0..u64::from(voices) {
        let mut mention = ordinary.draw(start, true, u64::MAX / 2 + voice, &mut random);
        let put = |own: &mut Option<String>, named: &Option<String>| {
            if named.is_some() {
                own.clone_from(named);
            }
        };
        put(&mut mention.place, &segment.place);
        put(&mut mention.source, &segment.source);
        put(&mut mention.topic, &segment.topic);
        put(&mut mention.audience, &segment.audience);
        mentions.push(mention);
    }
    mentions.sort_by_key(|mention| (mention.at, mention.id));
    let events: Vec<Event<'_>> = mentions.iter().map(Drawn::event).collect();
    let mut detector = base.clone();
    let mut reports = detector.feed(&events);
    reports.extend(detector.advance(start + DAY - 1));
    reports.iter().any(|report| report.alarm)
}

/// A drawn mention.
struct Drawn {
    id: u64,
    at: Seconds,
    negative: bool,
    source: Option<String>,
    topic: Option<String>,
    audience: Option<String>,
    place: Option<String>,
}

impl Drawn {
    fn event(&self) -> Event<'_> {
        Event {
            id: self.id,
            published: self.at,
            seen: self.at,
            source: self.source.as_deref(),
            topic: self.topic.as_deref(),
            audience: self.audience.as_deref(),
            place: self.place.as_deref(),
            negative: self.negative,
            author: Some(self.id.wrapping_mul(0x9e37_79b9_7f4a_7c15)),
            thread: None,
            text: "",
            import: false,
        }
    }
}

impl Ordinary {
    fn day(&self, start: Seconds, random: &mut impl Rng) -> Vec<Drawn> {
        let gamma = |shape: f64, random: &mut _| {
            Gamma::new(shape, 1.0 / shape).map_or(1.0, |gamma: Gamma<f64>| gamma.sample(random))
        };
        let shared = gamma(self.shared, random);
        let alone = gamma(self.alone, random);
        let count = |mean: f64, random: &mut _| {
            Poisson::new(mean)
                .map_or(0, |poisson: Poisson<f64>| (poisson.sample(random) as usize).min(MENTIONS_MAX))
        };
        let negatives = count(self.negatives * shared * alone, random);
        let others = count(self.others * shared, random).min(MENTIONS_MAX - negatives);
        (0..negatives + others)
            .map(|number| self.draw(start, number < negatives, u64::MAX / 4 + number as u64, random))
            .collect()
    }

    fn draw(&self, start: Seconds, negative: bool, id: u64, random: &mut impl Rng) -> Drawn {
        let total = self.passed.last().copied().unwrap_or(1.0);
        let point = random.random_range(0.0..total.max(1e-9));
        let hour = self.passed.iter().rposition(|&before| before <= point).unwrap_or(0).min(23) as Seconds;
        let at = start + hour * 3_600 + random.random_range(0..3_600);
        let mut choose = |choices: &Choices| choose(choices, random);
        Drawn {
            id,
            at,
            negative,
            source: choose(&self.sources),
            topic: choose(&self.topics),
            audience: choose(&self.audiences),
            place: choose(&self.places),
        }
    }
}

fn choose(choices: &Choices, random: &mut impl Rng) -> Option<String> {
    let total: f64 = choices.iter().map(|(_, weight)| weight).sum();
    if total <= 0.0 {
        return None;
    }
    let mut point = random.random_range(0.0..total);
    for (name, weight) in choices {
        if point < *weight {
            return name.clone();
        }
        point -= weight;
    }
    None
}
