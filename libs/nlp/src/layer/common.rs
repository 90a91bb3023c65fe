//! The commonest words of Spanish and English: they say nothing of what a text is about.
//!
//! Two texts that share "and", "when" and "good" may be a hotel's and a film's. What a text is about stands in the
//! other words: neither common nor of the sentiment lexicon.

use std::collections::HashSet;
use std::hash::BuildHasherDefault;
use std::sync::LazyLock;

use crate::lexicon::{Identity, Lexicon, Role};
use crate::tokens::hash_bytes;

static COMMON: LazyLock<HashSet<u64, BuildHasherDefault<Identity>>> = LazyLock::new(|| {
    let lines = include_str!("../../lexicon/common.tsv").lines().filter(|line| !line.starts_with('#'));
    let words = lines.filter_map(|line| line.split_once('\t')).flat_map(|(_, words)| words.split(' '));
    words.map(|word| hash_bytes(word.as_bytes())).collect()
});

/// Whether a word may say what a text is about.
pub(crate) fn is_topic(hash: u64, lexicon: &Lexicon) -> bool {
    lexicon.word(hash).is_none() && !COMMON.contains(&hash)
}

/// Whether a word says something to a person who asks what was learnt: an opinion or a topic.
pub(crate) fn is_telling(hash: u64, lexicon: &Lexicon) -> bool {
    match lexicon.word(hash) {
        Some(entry) => entry.role == Role::Polarity && entry.value != 0.0,
        None => !COMMON.contains(&hash),
    }
}
