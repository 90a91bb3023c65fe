//! Which segments there are, how they are named, and how the false-alarm budget is shared among them.
//!
//! The shares of all segments sum to at most 1 after any sequence of new ones, and a share only ever shrinks: that
//! is all the guarantee needs (weighted e-Bonferroni, any dependence between segments allowed).

use crate::types::Segment;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// "Not said."
pub const NONE: u32 = u32::MAX;
/// Longer names are cut, in bytes.
const NAME_BYTES_MAX: usize = 200;

/// What kind of part a segment is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Kind {
    /// Everything.
    Root,
    /// Near-copies.
    Copies,
    /// A country.
    Country,
    /// A region.
    Region,
    /// A city.
    City,
    /// A source.
    Source,
    /// A topic.
    Topic,
    /// An audience.
    Audience,
    /// A topic in a city.
    CityTopic,
    /// An audience in a city.
    CityAudience,
}

/// Number of kinds.
pub const KINDS: usize = 10;

impl Kind {
    /// Its share of the budget.
    pub fn budget(self) -> f64 {
        match self {
            Self::Root => 0.20,
            Self::City => 0.18,
            Self::Region | Self::Source | Self::Topic | Self::Audience => 0.10,
            Self::Copies | Self::Country | Self::CityTopic => 0.06,
            Self::CityAudience => 0.04,
        }
    }
}

/// A segment, by the numbers of its names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Key {
    /// What kind it is.
    pub kind: Kind,
    /// The name that makes it; [`NONE`] for root and copies.
    pub name: u32,
    /// The second name of a pair.
    pub second: u32,
}

impl Key {
    /// A segment of one name or none.
    pub fn of(kind: Kind, name: u32) -> Self {
        Self { kind, name, second: NONE }
    }
}

/// Where a mention belongs, in numbers of names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Facets {
    /// Source.
    pub source: u32,
    /// Topic.
    pub topic: u32,
    /// Audience.
    pub audience: u32,
    /// Country, region, city.
    pub place: [u32; 3],
}

impl Facets {
    /// Whether a mention of these facets is counted in a segment (near-copies apart).
    pub fn within(&self, key: Key) -> bool {
        match key.kind {
            Kind::Root | Kind::Copies => true,
            Kind::Country => self.place[0] == key.name,
            Kind::Region => self.place[1] == key.name,
            Kind::City => self.place[2] == key.name,
            Kind::Source => self.source == key.name,
            Kind::Topic => self.topic == key.name,
            Kind::Audience => self.audience == key.name,
            Kind::CityTopic => self.place[2] == key.name && self.topic == key.second,
            Kind::CityAudience => self.place[2] == key.name && self.audience == key.second,
        }
    }

    /// Every segment it is counted in, the whole first (near-copies apart).
    pub fn keys(&self) -> impl Iterator<Item = Key> + use<> {
        let pair = |kind, second| Key { kind, name: self.place[2], second };
        [
            Some(Key::of(Kind::Root, NONE)),
            (self.source != NONE).then(|| Key::of(Kind::Source, self.source)),
            (self.topic != NONE).then(|| Key::of(Kind::Topic, self.topic)),
            (self.audience != NONE).then(|| Key::of(Kind::Audience, self.audience)),
            (self.place[0] != NONE).then(|| Key::of(Kind::Country, self.place[0])),
            (self.place[1] != NONE).then(|| Key::of(Kind::Region, self.place[1])),
            (self.place[2] != NONE).then(|| Key::of(Kind::City, self.place[2])),
            (self.place[2] != NONE && self.topic != NONE).then(|| pair(Kind::CityTopic, self.topic)),
            (self.place[2] != NONE && self.audience != NONE).then(|| pair(Kind::CityAudience, self.audience)),
        ]
        .into_iter()
        .flatten()
    }
}

/// Names and their numbers. Bounded: when it is full, a new name is "not said".
#[derive(Debug, Clone, Default)]
pub struct Names {
    list: Vec<String>,
    numbers: HashMap<String, u32>,
    places: HashMap<String, [u32; 3]>,
}

impl Names {
    /// Takes up names in the order of their numbers; `None` when two are the same.
    pub fn from_list(list: Vec<String>) -> Option<Self> {
        let numbers: HashMap<String, u32> =
            list.iter().enumerate().map(|(number, name)| (name.clone(), number as u32)).collect();
        (numbers.len() == list.len()).then_some(Self { list, numbers, places: HashMap::new() })
    }

    /// All names, in the order of their numbers.
    pub fn list(&self) -> &[String] {
        &self.list
    }

    /// The number of a name, new if need be.
    pub fn number(&mut self, name: Option<&str>, most: usize) -> u32 {
        let Some(name) = name.map(cut).filter(|name| !name.is_empty()) else { return NONE };
        if let Some(&number) = self.numbers.get(name) {
            return number;
        }
        if self.list.len() >= most {
            return NONE;
        }
        let number = self.list.len() as u32;
        self.list.push(name.to_owned());
        self.numbers.insert(name.to_owned(), number);
        number
    }

    /// The numbers of a place's country, region and city; what lies below a city is part of it.
    pub fn place(&mut self, place: Option<&str>, most: usize) -> [u32; 3] {
        let Some(place) = place.map(cut) else { return [NONE; 3] };
        if let Some(&known) = self.places.get(place) {
            return known;
        }
        let mut numbers = [NONE; 3];
        let mut prefix = String::new();
        for (number, part) in numbers.iter_mut().zip(place.split('/')) {
            if part.is_empty() {
                break;
            }
            if !prefix.is_empty() {
                prefix.push('/');
            }
            prefix.push_str(part);
            *number = self.number(Some(&prefix), most);
        }
        if self.places.len() < most {
            self.places.insert(place.to_owned(), numbers);
        }
        numbers
    }

    /// The number of a known name.
    pub fn known(&self, name: &str) -> Option<u32> {
        self.numbers.get(cut(name)).copied()
    }

    fn name(&self, number: u32) -> Option<String> {
        self.list.get(number as usize).cloned()
    }

    /// A segment in words.
    pub fn segment(&self, key: Key) -> Segment {
        let mut segment = Segment::default();
        match key.kind {
            Kind::Root => {}
            Kind::Copies => segment.copies = true,
            Kind::Country | Kind::Region | Kind::City => segment.place = self.name(key.name),
            Kind::Source => segment.source = self.name(key.name),
            Kind::Topic => segment.topic = self.name(key.name),
            Kind::Audience => segment.audience = self.name(key.name),
            Kind::CityTopic => {
                segment.place = self.name(key.name);
                segment.topic = self.name(key.second);
            }
            Kind::CityAudience => {
                segment.place = self.name(key.name);
                segment.audience = self.name(key.second);
            }
        }
        segment
    }

    /// The key of a segment in words, if all its names are known and it is of a kind that is watched.
    pub fn key(&self, segment: &Segment) -> Option<Key> {
        let number = |name: &Option<String>| name.as_deref().map_or(Some(NONE), |name| self.known(name));
        let (place, source) = (number(&segment.place)?, number(&segment.source)?);
        let (topic, audience) = (number(&segment.topic)?, number(&segment.audience)?);
        let depth = segment.place.as_deref().map_or(0, |place| place.split('/').count());
        let said = |number: u32| number != NONE;
        match (depth, said(source), said(topic), said(audience), segment.copies) {
            (0, false, false, false, false) => Some(Key::of(Kind::Root, NONE)),
            (0, false, false, false, true) => Some(Key::of(Kind::Copies, NONE)),
            (1, false, false, false, false) => Some(Key::of(Kind::Country, place)),
            (2, false, false, false, false) => Some(Key::of(Kind::Region, place)),
            (3, false, false, false, false) => Some(Key::of(Kind::City, place)),
            (0, true, false, false, false) => Some(Key::of(Kind::Source, source)),
            (0, false, true, false, false) => Some(Key::of(Kind::Topic, topic)),
            (0, false, false, true, false) => Some(Key::of(Kind::Audience, audience)),
            (3, false, true, false, false) => Some(Key { kind: Kind::CityTopic, name: place, second: topic }),
            (3, false, false, true, false) => {
                Some(Key { kind: Kind::CityAudience, name: place, second: audience })
            }
            _ => None,
        }
    }
}

/// Cuts a name to its allowed length, between characters.
fn cut(name: &str) -> &str {
    if name.len() <= NAME_BYTES_MAX {
        return name;
    }
    let mut end = NAME_BYTES_MAX;
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    name.get(..end).unwrap_or_default()
}

/// How many segments of each kind there are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shares {
    counts: [u32; KINDS],
}

impl Shares {
    /// One more segment of a kind.
    pub fn add(&mut self, kind: Kind) {
        self.counts[kind as usize] += 1;
    }

    /// The share of the budget of each segment of a kind.
    pub fn share(&self, kind: Kind) -> f64 {
        let least = if matches!(kind, Kind::Root | Kind::Copies) { 1 } else { 4 };
        kind.budget() / f64::from(self.counts[kind as usize].max(least))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ALL: [Kind; KINDS] = [
        Kind::Root,
        Kind::Copies,
        Kind::Country,
        Kind::Region,
        Kind::City,
        Kind::Source,
        Kind::Topic,
        Kind::Audience,
        Kind::CityTopic,
        Kind::CityAudience,
    ];

    proptest! {
        #[test]
        fn the_shares_never_sum_to_more_than_the_budget(new in prop::collection::vec(2_usize..KINDS, 0..200)) {
            let mut shares = Shares::default();
            shares.add(Kind::Root);
            shares.add(Kind::Copies);
            let mut counts = [0_u32; KINDS];
            (counts[0], counts[1]) = (1, 1);
            for kind in new {
                shares.add(ALL[kind]);
                counts[kind] += 1;
                let sum: f64 = ALL.iter().map(|kind| shares.share(*kind) * f64::from(counts[*kind as usize])).sum();
                prop_assert!(sum <= 1.0 + 1e-12);
            }
        }
    }

    #[test]
    fn a_segment_is_found_again_by_its_words() {
        let mut names = Names::default();
        let place = names.place(Some("es/ar/zaragoza/centro"), 100);
        let topic = names.number(Some("service"), 100);
        let key = Key { kind: Kind::CityTopic, name: place[2], second: topic };
        let segment = names.segment(key);
        assert_eq!(segment.place.as_deref(), Some("es/ar/zaragoza"));
        assert_eq!(names.key(&segment), Some(key));
        assert_eq!(names.number(Some(&"ñ".repeat(300)), 100), names.number(Some(&"ñ".repeat(100)), 100));
        assert_eq!(names.number(Some("one more"), 5), NONE);
    }
}
