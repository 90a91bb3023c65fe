//! A small invented organisation for the tests of this crate: seeded, without clock or files.

use detection::{DAY, Detector, Event, HOUR, Report, Seconds, Settings};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// Its first day, a Monday far from 1970.
pub const START: Seconds = 20_000 / 7 * 7 * DAY;

/// One mention that owns its names.
#[derive(Debug, Clone, PartialEq)]
pub struct Said {
    pub id: u64,
    pub published: Seconds,
    pub seen: Seconds,
    pub source: &'static str,
    pub place: &'static str,
    pub topic: &'static str,
    pub negative: bool,
    pub author: u64,
    pub text: String,
    pub import: bool,
}

impl Said {
    pub fn event(&self) -> Event<'_> {
        Event {
            id: self.id,
            published: self.published,
            seen: self.seen,
            source: Some(self.source),
            topic: Some(self.topic),
            audience: None,
            place: Some(self.place),
            negative: self.negative,
            author: Some(self.author),
            thread: None,
            text: &self.text,
            import: self.import,
        }
    }
}

pub const PLACES: [&str; 5] = ["es/ar/zaragoza", "es/ar/huesca", "es/ar/teruel", "es/na/tudela", "es"];
pub const SOURCES: [&str; 2] = ["google", "forum"];
pub const TOPICS: [&str; 3] = ["service", "price", "product"];

/// Ordinary mentions: `per_day` on average for `days`, one of `one_in` negative.
pub fn ordinary(seed: u64, from: Seconds, days: i64, per_day: f64, one_in: u32) -> Vec<Said> {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let mut said = Vec::new();
    let total = (per_day * days as f64) as usize;
    for number in 0..total {
        let day = random.random_range(0..days);
        let published = from + day * DAY + random.random_range(8 * HOUR..23 * HOUR);
        let id = seed * 1_000_000 + number as u64;
        said.push(Said {
            id,
            published,
            seen: published + random.random_range(0..600),
            source: SOURCES[random.random_range(0..SOURCES.len())],
            place: PLACES[random.random_range(0..PLACES.len())],
            topic: TOPICS[random.random_range(0..TOPICS.len())],
            negative: random.random_range(0..one_in) == 0,
            author: id,
            text: String::new(),
            import: false,
        });
    }
    said.sort_by_key(|said| (said.seen, said.id));
    said
}

/// `voices` negative mentions of different people from `at` on, `gap` seconds apart, in one place.
pub fn campaign(at: Seconds, voices: u64, gap: Seconds, place: &'static str) -> Vec<Said> {
    (0..voices)
        .map(|number| Said {
            id: 900_000_000 + at as u64 % 1_000_000 * 100 + number,
            published: at + number as Seconds * gap,
            seen: at + number as Seconds * gap + 30,
            source: "forum",
            place,
            topic: "service",
            negative: true,
            author: 700_000_000 + at as u64 + number,
            text: String::new(),
            import: false,
        })
        .collect()
}

/// Feeds everything in the order of arrival, in batches of `batch`.
pub fn feed(detector: &mut Detector, said: &[Said], batch: usize) -> Vec<Report> {
    let mut reports = Vec::new();
    for part in said.chunks(batch.max(1)) {
        let events: Vec<Event<'_>> = part.iter().map(Said::event).collect();
        reports.extend(detector.feed(&events));
    }
    reports
}

/// A detector that has lived through `days` of [`ordinary`], and the next morning.
pub fn grown(seed: u64, days: i64, per_day: f64, one_in: u32) -> (Detector, Seconds) {
    let mut detector = Detector::new(Settings::default());
    feed(&mut detector, &ordinary(seed, START, days, per_day, one_in), 64);
    let morning = START + days * DAY + 9 * HOUR;
    detector.advance(morning);
    (detector, morning)
}

/// Both in the order of arrival.
pub fn merge(mut left: Vec<Said>, right: Vec<Said>) -> Vec<Said> {
    left.extend(right);
    left.sort_by_key(|said| (said.seen, said.id));
    left
}
