//! How much a mention weighs as a voice, and what is remembered of the voices.
//!
//! Ten answers in one quarrel are not ten unhappy customers, and neither is one who writes every day: an author who was
//! already negative within a week weighs 0; the second mention of a conversation weighs half and all later ones a quarter.

use crate::segments::Facets;
use crate::types::{DAY, HOUR, Seconds};
use serde::{Deserialize, Serialize, Serializer};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};

/// Weights are whole quarters, so that sums do not depend on their order.
pub const QUARTERS: f64 = 4.0;
/// How long an author's or a conversation's last mention is remembered.
const MEMORY: Seconds = 7 * DAY;
/// Most authors and conversations remembered.
const REMEMBERED_MAX: usize = 16_384;
/// Most known authors of one generation.
const KNOWN_MAX: usize = 8_192;
/// A memory of authors shorter than this cannot say "never seen".
const KNOWN_MIN: Seconds = 14 * DAY;
/// How long negative voices are kept to explain warnings.
pub const EXPLAINED: Seconds = 35 * DAY;
/// Most voices kept.
const VOICES_MAX: usize = 10_000;

/// A negative mention, kept to explain warnings.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Voice {
    /// The caller's number.
    pub id: u64,
    /// When it was published.
    pub published: Seconds,
    /// Where it belongs.
    pub facets: Facets,
    /// Who wrote it.
    pub author: Option<u64>,
    /// Its weight in quarters.
    pub weight: u8,
    /// Whether it nearly repeats another author's text.
    pub copy: bool,
    /// The group of near-copies its text belongs to, if it has enough words.
    pub group: Option<u64>,
    /// Whether the author had never been seen.
    pub unknown_author: bool,
}

/// Authors and conversations of the last days, authors known at all, and recent negative voices.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Voices {
    #[serde(serialize_with = "in_order")]
    authors: HashMap<u64, Seconds>,
    #[serde(serialize_with = "in_order")]
    threads: HashMap<u64, (u32, Seconds)>,
    #[serde(serialize_with = "sorted")]
    known: HashSet<u32>,
    #[serde(serialize_with = "sorted")]
    known_before: HashSet<u32>,
    known_since: Option<Seconds>,
    known_switch: Seconds,
    recent: VecDeque<Voice>,
}

/// The same state must have the same bytes, and hash tables have no order of their own.
fn in_order<V: Serialize, S: Serializer>(map: &HashMap<u64, V>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(map.iter().collect::<BTreeMap<_, _>>())
}

fn sorted<S: Serializer>(set: &HashSet<u32>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(set.iter().collect::<BTreeSet<_>>())
}

impl Voices {
    /// Whether what was restored keeps its bounds.
    pub fn is_sound(&self) -> bool {
        self.authors.len() <= REMEMBERED_MAX
            && self.threads.len() <= REMEMBERED_MAX
            && self.known.len() <= KNOWN_MAX
            && self.known_before.len() <= KNOWN_MAX
            && self.recent.len() <= VOICES_MAX
    }

    /// The weight of a mention in quarters.
    pub fn weigh(
        &mut self,
        negative: bool,
        author: Option<u64>,
        thread: Option<u64>,
        published: Seconds,
    ) -> u8 {
        let mut weight = QUARTERS as u8;
        if let Some(thread) = thread
            && (self.threads.len() < REMEMBERED_MAX || self.threads.contains_key(&thread))
        {
            let (count, last) = self.threads.entry(thread).or_insert((0, published));
            *count = count.saturating_add(1);
            *last = published.max(*last);
            weight = match *count {
                1 => weight,
                2 => weight / 2,
                _ => weight / 4,
            };
        }
        if let Some(author) = author.filter(|_| negative) {
            let before = self.authors.get(&author).copied();
            if before.is_some_and(|before| (published - before).abs() < MEMORY) {
                weight = 0;
            }
            if before.is_some() || self.authors.len() < REMEMBERED_MAX {
                self.authors.insert(author, published);
            }
        }
        weight
    }

    /// Remembers an author; whether she had never been seen.
    pub fn meet(&mut self, author: Option<u64>, seen: Seconds) -> bool {
        let Some(author) = author else { return false };
        let print = (author ^ (author >> 32)) as u32;
        if self.known_since.is_none() {
            self.known_since = Some(seen);
            self.known_switch = seen;
        }
        if self.known.contains(&print) {
            return false;
        }
        let before = self.known_before.contains(&print);
        if self.known.len() >= KNOWN_MAX {
            self.known_before = std::mem::take(&mut self.known);
            self.known_since = Some(self.known_switch);
            self.known_switch = seen;
        }
        self.known.insert(print);
        !before
    }

    /// Whether the memory of authors is long enough to call somebody new.
    pub fn knows_authors(&self, now: Seconds) -> bool {
        self.known_since.is_some_and(|since| now - since >= KNOWN_MIN)
    }

    /// Keeps a negative voice.
    pub fn keep(&mut self, voice: Voice) {
        if self.recent.len() >= VOICES_MAX {
            self.recent.pop_front();
        }
        self.recent.push_back(voice);
    }

    /// Whether older voices were let go for want of room.
    pub fn is_full(&self) -> bool {
        self.recent.len() >= VOICES_MAX
    }

    /// The negative voices kept, in order of arrival.
    pub fn recent(&self) -> impl Iterator<Item = &Voice> {
        self.recent.iter()
    }

    /// A day has passed: forgets what is old.
    pub fn forget(&mut self, now: Seconds) {
        let limit = now - MEMORY - HOUR;
        self.authors.retain(|_, last| *last >= limit);
        self.threads.retain(|_, (_, last)| *last >= limit);
        while self.recent.front().is_some_and(|voice| voice.published < now - EXPLAINED) {
            self.recent.pop_front();
        }
    }
}
