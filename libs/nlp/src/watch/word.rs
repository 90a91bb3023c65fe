//! Words without their number: a stem, and what was cut off to get it.
//!
//! "bar" and "bares", "coche" and "coches", "cruz" and "cruces" share a stem. So do "Nik" and "Nike": the ending that
//! was cut is kept and compared, so that a stem alone never decides.

use crate::tokens::{Kind, Scratch, Token, finish};

/// Bits of an ending.
pub(super) const ENDING_BITS: usize = 2;
pub(super) const ENDING_MASK: u8 = 3;

/// Nothing was cut.
const WHOLE: u8 = 0;
/// "s".
const S: u8 = 1;
/// "e" after a consonant.
const E: u8 = 2;
/// "es" after a consonant.
const ES: u8 = 3;

/// Letters a stem keeps at least.
const STEM_BYTES_MIN: usize = 3;
/// Longest word whose number is looked at.
const WORD_BYTES_MAX: usize = 32;

/// A word as terms are compared.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Word {
    pub stem: u64,
    pub ending: u8,
    /// The stem ends with a vowel.
    pub vowel: bool,
}

/// The folded bytes of a token.
#[inline]
pub(super) fn bytes_of<'a>(token: &Token, scratch: &'a Scratch) -> &'a [u8] {
    scratch.bytes.get(token.start as usize..token.end as usize).unwrap_or_default()
}

/// The s of "Pepe's".
#[inline]
pub(super) fn is_possessive(token: &Token, scratch: &Scratch) -> bool {
    token.joined && token.kind == Kind::Word && bytes_of(token, scratch) == b"s"
}

impl Word {
    #[inline]
    pub fn of(token: &Token, scratch: &Scratch) -> Self {
        Self::new(bytes_of(token, scratch))
    }

    #[inline]
    pub fn new(word: &[u8]) -> Self {
        let (length, ending) = cut(word);
        let stem = word.get(..length).unwrap_or(word);
        let last = stem.last().copied().unwrap_or_default();
        // "cruces" is "cruz"; then "dulce" and "dulces" have to meet there as well
        let turned = matches!(ending, E | ES) && last == b'c';
        let hash = if turned { hash_with_last(stem, b'z') } else { hash(stem) };
        Self { stem: hash, ending, vowel: is_vowel(last) }
    }

    /// Whether this word of a text may stand for a word of a term that lost `own` on the way to the same stem.
    pub fn may_replace(&self, own: u8, last: bool) -> bool {
        match (own, self.ending) {
            // one of them, many of them
            (WHOLE, S | ES) | (E, ES) => true,
            // many of them, one of them: never of a last word, which is a name ("Torres", "Reyes")
            (S, WHOLE) => !last && self.vowel,
            (ES, WHOLE | E) => !last,
            _ => false,
        }
    }
}

/// How many bytes the stem has, and what was cut off.
#[inline]
fn cut(word: &[u8]) -> (usize, u8) {
    let length = word.len();
    if length > WORD_BYTES_MAX {
        return (length, WHOLE);
    }
    let consonant = |back: usize| {
        length >= STEM_BYTES_MIN + back
            && word.get(length - 1 - back).is_some_and(|byte| byte.is_ascii_lowercase() && !is_vowel(*byte))
    };
    match word {
        [.., b'e', b's'] if consonant(2) => (length - 2, ES),
        [.., before, b's'] if length > STEM_BYTES_MIN && before.is_ascii_lowercase() => (length - 1, S),
        [.., b'e'] if consonant(1) => (length - 1, E),
        _ => (length, WHOLE),
    }
}

const fn is_vowel(byte: u8) -> bool {
    matches!(byte, b'a' | b'e' | b'i' | b'o' | b'u')
}

/// Eight bytes at a time: the token's own hash cannot be taken back by a letter.
#[inline]
fn hash(bytes: &[u8]) -> u64 {
    let mut state = bytes.len() as u64;
    let mut rest = bytes;
    while let Some((eight, more)) = rest.split_first_chunk::<8>() {
        state = mix(state, u64::from_le_bytes(*eight));
        rest = more;
    }
    let tail = rest.iter().rev().fold(0_u64, |tail, byte| (tail << 8) | u64::from(*byte));
    finish(mix(state, tail))
}

#[inline]
const fn mix(state: u64, eight: u64) -> u64 {
    (state ^ eight).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(29)
}

#[cold]
fn hash_with_last(stem: &[u8], last: u8) -> u64 {
    let mut turned = [0_u8; WORD_BYTES_MAX];
    let length = stem.len().min(WORD_BYTES_MAX);
    turned[..length].copy_from_slice(&stem[..length]);
    if let Some(place) = turned[..length].last_mut() {
        *place = last;
    }
    hash(&turned[..length])
}

/// Most words of a term whose gender is turned, each on its own.
const TURNED_WORDS_MAX: usize = 3;
/// Shortest word that has two genders.
const GENDER_BYTES_MIN: usize = 4;

/// The spellings of a term: itself, then those with words in the other gender.
pub(super) fn variants(words: &[&[u8]], gendered: bool) -> Vec<Vec<Word>> {
    let mut variants = vec![words.iter().map(|word| Word::new(word)).collect::<Vec<_>>()];
    if !gendered {
        return variants;
    }
    let turned = words.iter().enumerate().filter_map(|(at, word)| Some((at, other_gender(word)?)));
    for (at, other) in turned.take(TURNED_WORDS_MAX) {
        for known in 0..variants.len() {
            let mut variant = variants[known].clone();
            variant[at] = Word::new(&other);
            variants.push(variant);
        }
    }
    variants
}

fn other_gender(word: &[u8]) -> Option<Vec<u8>> {
    if word.len() < GENDER_BYTES_MIN {
        return None;
    }
    let plural = word.last() == Some(&b's');
    let singular = word.get(..word.len() - usize::from(plural))?;
    let mut other = match singular {
        [start @ .., b'o', b'r', b'a'] => [start, b"or"].concat(),
        [.., b'o', b'r'] => [singular, b"a"].concat(),
        [start @ .., b'o', b'r', b'e'] if plural => [start, b"ora"].concat(),
        [start @ .., b'o'] => [start, b"a"].concat(),
        [start @ .., b'a'] => [start, b"o"].concat(),
        _ => return None,
    };
    if plural {
        other.extend_from_slice(if other.last() == Some(&b'r') { b"es" } else { b"s" });
    }
    Some(other)
}
