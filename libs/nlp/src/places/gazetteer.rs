//! The gazetteer: every Spanish municipality, the towns of the Spanish-speaking countries, the world's large ones.
//!
//! `gazetteer/places.tsv.gz` (made by `examples/gazetteer.rs`) is unpacked once; names are looked up by the hashes of
//! their words, through two small bit tables that send nearly every word away after one look.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::io::Read;
use std::sync::LazyLock;

use flate2::read::GzDecoder;

use super::cues;
use crate::fold::fold;
use crate::lexicon::{Identity, LEXICONS};
use crate::tokens::{Kind, Scratch, Token, hash_bytes, pair};

/// Longest name that is looked for, in words ("Sant Josep de sa Talaia" has five).
const WORDS_MAX: usize = 6;

/// What a place is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum PlaceKind {
    /// A Spanish municipality.
    Municipality,
    /// A town elsewhere.
    City,
    /// A province, a state, an autonomous region.
    Region,
    /// An island, a comarca, a coast, a neighbourhood.
    Area,
    /// A country.
    Country,
}

impl PlaceKind {
    /// The stable name, for interfaces.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Municipality => "municipality",
            Self::City => "city",
            Self::Region => "region",
            Self::Area => "area",
            Self::Country => "country",
        }
    }
}

/// One place.
#[derive(Debug)]
pub(crate) struct Place {
    pub name: &'static str,
    pub country: &'static str,
    pub division: u16,
    pub population: u32,
    pub kind: PlaceKind,
    /// How likely it is meant, before any context: the binary logarithm of its people.
    pub weight: f32,
}

/// A first-level division.
#[derive(Debug, Default)]
pub(crate) struct Division {
    pub name: &'static str,
    pub community: &'static str,
    /// Hashes of its spellings and of its community's, to compare with what an owner typed.
    pub hashes: Vec<u64>,
}

/// An everyday word.
pub(crate) const WORD: u8 = 1;
/// A surname or a first name.
pub(crate) const PERSON: u8 = 2;
/// A brand, a dish, a model.
pub(crate) const PRODUCT: u8 = 4;

/// All places of one name.
#[derive(Clone, Default, Debug)]
pub(crate) struct Named {
    pub places: Vec<u32>,
    /// What else the name is: [`WORD`], [`PERSON`], [`PRODUCT`].
    pub flags: u8,
}

type Map<V> = HashMap<u64, V, BuildHasherDefault<Identity>>;

/// Bits by hash: "may begin", never "does".
#[derive(Debug)]
pub(crate) struct Sieve {
    bits: Box<[u64]>,
    shift: u32,
}

impl Sieve {
    /// A table of 2^`log` bits.
    pub fn new(log: u32) -> Self {
        Self { bits: vec![0; 1 << log.saturating_sub(6)].into_boxed_slice(), shift: 64 - log }
    }

    pub fn insert(&mut self, hash: u64) {
        let at = hash >> self.shift;
        if let Some(word) = self.bits.get_mut((at >> 6) as usize) {
            *word |= 1 << (at & 63);
        }
    }

    #[inline]
    pub fn may_hold(&self, hash: u64) -> bool {
        let at = hash >> self.shift;
        self.bits.get((at >> 6) as usize).is_some_and(|word| word >> (at & 63) & 1 == 1)
    }
}

/// The places and their names.
#[derive(Debug)]
pub(crate) struct Gazetteer {
    pub places: Vec<Place>,
    pub divisions: Vec<Division>,
    names: Map<Named>,
    firsts: Sieve,
    /// Names of one word.
    singles: Sieve,
    /// The first two words of longer ones.
    seconds: Sieve,
}

/// A number that changes when the places change.
pub(crate) fn fingerprint() -> u64 {
    pair(hash_bytes(PACKED), pair(hash_bytes(COMMON.as_bytes()), cues::fingerprint()))
}

const PACKED: &[u8] = include_bytes!("../../gazetteer/places.tsv.gz");
const COMMON: &str = include_str!("../../gazetteer/common.tsv");

static TABLE: LazyLock<String> = LazyLock::new(|| {
    let mut table = String::new();
    // A damaged table names no places; a test reads it whole.
    if GzDecoder::new(PACKED).read_to_string(&mut table).is_err() {
        table.clear();
    }
    table
});

/// The gazetteer of this build, unpacked at the first use.
pub(crate) static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(|| Gazetteer::unpack(&TABLE));

impl Gazetteer {
    fn unpack(table: &'static str) -> Self {
        let mut all = Self {
            places: Vec::new(),
            divisions: vec![Division::default()],
            names: Map::default(),
            firsts: Sieve::new(16),
            singles: Sieve::new(16),
            seconds: Sieve::new(16),
        };
        let mut scratch = Scratch::default();
        let mut articled = Vec::new();
        for line in table.lines() {
            let mut cells = line.split('\t');
            match cells.next() {
                Some("D") => all.divisions.push(division(cells.next(), cells.next())),
                Some(kind) => {
                    let cells = [cells.next(), cells.next(), cells.next(), cells.next()];
                    all.add(kind, cells.map(Option::unwrap_or_default), &mut scratch, &mut articled);
                }
                None => {}
            }
        }
        all.mark_common(&articled);
        all
    }

    /// Adds a place under all its spellings; `articled` gets the names of an article and a word ("La Mesa") with the word.
    fn add(
        &mut self,
        kind: &str,
        cells: [&'static str; 4],
        scratch: &mut Scratch,
        articled: &mut Vec<(u64, u64)>,
    ) {
        let [country, division, population, spellings] = cells;
        let kind = match kind {
            "M" => PlaceKind::Municipality,
            "R" => PlaceKind::Region,
            "N" => PlaceKind::Area,
            "C" => PlaceKind::Country,
            _ => PlaceKind::City,
        };
        let population: u32 = population.parse().unwrap_or(0);
        let number = self.places.len() as u32;
        // one name for a town and its province: the town is meant
        let weight = (population as f32 + 100.0).log2() - if kind == PlaceKind::Region { 3.0 } else { 0.0 };
        let name = spellings.split('|').next().unwrap_or_default();
        self.places.push(Place {
            name,
            country,
            division: division.parse().unwrap_or(0),
            population,
            kind,
            weight,
        });
        for spelling in spellings.split('|') {
            scratch.read(spelling);
            let mut words =
                scratch.tokens.iter().filter(|token| token.kind == Kind::Word).map(|token| token.hash);
            let Some(first) = words.next() else { continue };
            let (mut so_far, mut count, mut last) = (first, 1, first);
            for word in words {
                last = word;
                so_far = pair(so_far, word);
                if count == 1 {
                    self.seconds.insert(so_far);
                }
                count += 1;
            }
            if count > WORDS_MAX {
                continue;
            }
            self.firsts.insert(first);
            if count == 1 {
                self.singles.insert(first);
            }
            if count == 2 && is_article(first) {
                articled.push((so_far, last));
            }
            let named = self.names.entry(so_far).or_default();
            if !named.places.contains(&number) {
                named.places.push(number);
            }
        }
    }

    /// Remembers which names are oftener something else.
    fn mark_common(&mut self, articled: &[(u64, u64)]) {
        let mut common: Map<u8> = Map::default();
        for (kind, word) in cues::lines(COMMON) {
            let flag = match kind {
                "word" => WORD,
                "person" => PERSON,
                _ => PRODUCT,
            };
            *common.entry(hash_bytes(fold(word).as_bytes())).or_default() |= flag;
        }
        for (_, word) in cues::lines(crate::personal::NAMES) {
            *common.entry(hash_bytes(fold(word).as_bytes())).or_default() |= PERSON;
        }
        for (name, word) in articled {
            // a surname with an article is a place again ("La Guardia"), an everyday word still a word ("la mesa")
            let word = common.get(word).copied().unwrap_or(0) & WORD;
            *common.entry(*name).or_default() |= word;
        }
        for (hash, named) in &mut self.names {
            named.flags |= common.get(hash).copied().unwrap_or(0);
            if LEXICONS.spanish.word(*hash).is_some() || LEXICONS.english.word(*hash).is_some() {
                named.flags |= WORD;
            }
        }
    }

    /// May a name begin with this word?
    #[inline]
    pub fn opens(&self, hash: u64) -> bool {
        self.firsts.may_hold(hash)
    }

    /// The longest name at the beginning of these tokens, and how many it takes.
    pub fn longest(&self, tokens: &[Token]) -> Option<(&Named, usize)> {
        let mut words = tokens.iter().take(WORDS_MAX).take_while(|token| token.kind == Kind::Word);
        let mut so_far = words.next()?.hash;
        let mut found = None;
        if self.singles.may_hold(so_far) {
            found = self.names.get(&so_far).map(|named| (named, 1));
        }
        for (at, token) in words.enumerate() {
            so_far = pair(so_far, token.hash);
            if at == 0 && !self.seconds.may_hold(so_far) {
                break;
            }
            if let Some(named) = self.names.get(&so_far) {
                found = Some((named, at + 2));
            }
        }
        found
    }

    pub fn place(&self, number: u32) -> Option<&Place> {
        self.places.get(number as usize)
    }

    pub fn division(&self, place: &Place) -> Option<&Division> {
        self.divisions.get(usize::from(place.division))
    }
}

const ARTICLES: [u64; 5] =
    [hash_bytes(b"la"), hash_bytes(b"el"), hash_bytes(b"los"), hash_bytes(b"las"), hash_bytes(b"l")];

/// An article that is part of a name.
pub(crate) fn is_article(hash: u64) -> bool {
    ARTICLES.contains(&hash)
}

fn division(name: Option<&'static str>, community: Option<&'static str>) -> Division {
    let (name, community) = (name.unwrap_or_default(), community.unwrap_or_default());
    let hashes = name
        .split('/')
        .chain([name, community])
        .map(|spelling| hash_bytes(fold(spelling).as_bytes()))
        .collect();
    Division { name, community, hashes }
}
