//! Words around a name that say whether it is a place, a person or a dish (`lexicon/cues.tsv`), as bits by hash.
//!
//! To add a cue: put the word on the line of its role; a word may stand on several lines.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::sync::LazyLock;

use crate::fold::fold;
use crate::lexicon::Identity;
use crate::tokens::hash_bytes;

/// What a word says about its neighbours: a set of the constants below.
pub(crate) type Roles = u32;

/// "en", "from": what follows is where.
pub(crate) const IN: Roles = 1;
/// "a", "hasta".
pub(crate) const TO: Roles = 1 << 1;
/// "de".
pub(crate) const OF: Roles = 1 << 2;
/// To live, to come, to travel, to send.
pub(crate) const LIVE: Roles = 1 << 3;
/// What stands somewhere: a shop, a beach, a province.
pub(crate) const AREA: Roles = 1 << 4;
/// "la" in "la de Toledo"; "todo" in "todo Madrid".
pub(crate) const THAT: Roles = 1 << 5;
/// What is named after a place and is none: ham, cheese, wine.
pub(crate) const PRODUCT: Roles = 1 << 6;
/// Streets and squares.
pub(crate) const STREET: Roles = 1 << 7;
/// What carries a name of its own right after it: hotels, cars, clubs.
pub(crate) const BRAND: Roles = 1 << 8;
/// San, Santa.
pub(crate) const SAINT: Roles = 1 << 9;
/// Señor, Dr.
pub(crate) const TITLE: Roles = 1 << 10;
/// Who a person is: waiter, friend, sister.
pub(crate) const JOB: Roles = 1 << 11;
/// What follows the name of a club.
pub(crate) const CLUB: Roles = 1 << 12;
/// "es", "está": what stands before is spoken of.
pub(crate) const VERB: Roles = 1 << 13;
/// Articles that a town does not take: "el Barcelona", "un Rioja".
pub(crate) const THING: Roles = 1 << 14;
/// "y".
pub(crate) const AND: Roles = 1 << 15;
/// "me atendió", "gracias": a person comes.
pub(crate) const SAY: Roles = 1 << 16;
/// Small words between such a verb and the person.
pub(crate) const GIVE: Roles = 1 << 17;

const TABLE: &str = include_str!("../../lexicon/cues.tsv");

/// A number that changes when the words around places and people change.
pub(crate) fn fingerprint() -> u64 {
    hash_bytes(TABLE.as_bytes())
}

const ROLES: [(&str, Roles); 18] = [
    ("in", IN),
    ("to", TO),
    ("of", OF),
    ("live", LIVE),
    ("area", AREA),
    ("that", THAT),
    ("product", PRODUCT),
    ("street", STREET),
    ("brand", BRAND),
    ("saint", SAINT),
    ("title", TITLE),
    ("job", JOB),
    ("club", CLUB),
    ("verb", VERB),
    ("thing", THING),
    ("and", AND),
    ("say", SAY),
    ("give", GIVE),
];

static CUES: LazyLock<HashMap<u64, Roles, BuildHasherDefault<Identity>>> = LazyLock::new(|| {
    let mut all: HashMap<u64, Roles, BuildHasherDefault<Identity>> = HashMap::default();
    for (word, role) in self::all() {
        *all.entry(hash_bytes(fold(word).as_bytes())).or_default() |= role;
    }
    all
});

/// All words with their roles, a word once for each of its lines.
pub(crate) fn all() -> impl Iterator<Item = (&'static str, Roles)> {
    lines(TABLE).map(|(kind, word)| (word, role_of(kind)))
}

fn role_of(kind: &str) -> Roles {
    ROLES.iter().find(|(name, _)| *name == kind).map_or(0, |(_, role)| *role)
}

/// The roles of a word.
pub(crate) fn roles(hash: u64) -> Roles {
    CUES.get(&hash).copied().unwrap_or(0)
}

/// Kind and word of a table "kind ⇥ word word…"; `#` begins a remark.
pub(crate) fn lines(table: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    table
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
        .flat_map(|(kind, words)| words.split_ascii_whitespace().map(move |word| (kind, word)))
}

#[cfg(test)]
pub(crate) fn unknown_kinds() -> Vec<&'static str> {
    lines(TABLE).map(|(kind, _)| kind).filter(|kind| !ROLES.iter().any(|(name, _)| name == kind)).collect()
}
