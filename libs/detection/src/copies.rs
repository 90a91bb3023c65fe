//! Near-copies: negative mentions that nearly repeat the text of another author within three days.
//!
//! A text becomes the set of its words' hashes; texts that share one of their four smallest hashes are compared, and
//! are near-copies when at least seven words of ten are common (Jaccard; Broder 1997). Real grass-roots campaigns
//! are *not* copy-paste, so copies are evidence of coordination and a small channel of their own, never a condition.

use crate::types::{HOUR, Seconds};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, VecDeque};

/// Fewer distinct words than these repeat by chance. (Comparing from five on doubled the false signs of coordination.)
const WORDS_MIN: usize = 7;
/// Words of a text beyond these are not looked at.
const WORDS_MAX: usize = 96;
/// Shorter words are not counted, in characters.
const WORD_CHARS_MIN: usize = 3;
/// Common share of words that makes a copy.
const COMMON_MIN: f64 = 0.7;
/// How long a text is remembered.
const MEMORY: Seconds = 72 * HOUR;
/// Smallest hashes of a text it can be found by.
const KEYS: usize = 4;
/// Texts compared for each key.
const COMPARED_MAX: usize = 12;
/// Most texts remembered.
const TEXTS_MAX: usize = 2_000;

/// The set of a text's words: sorted hashes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Words(Vec<u32>);

impl Words {
    /// The words of a text, if it has enough of them to be compared.
    pub fn of(text: &str) -> Option<Self> {
        let mut hashes: Vec<u32> = text
            .split(|character: char| !character.is_alphanumeric())
            .filter(|word| word.chars().nth(WORD_CHARS_MIN - 1).is_some())
            .take(WORDS_MAX)
            .map(hash)
            .collect();
        hashes.sort_unstable();
        hashes.dedup();
        (hashes.len() >= WORDS_MIN).then_some(Self(hashes))
    }

    /// Whether a restored set is one.
    pub fn is_sound(&self) -> bool {
        self.0.len() <= WORDS_MAX && self.0.is_sorted()
    }

    /// Whether enough words are common.
    fn nearly_repeats(&self, other: &Self) -> bool {
        let (mut left, mut right) = (self.0.iter().peekable(), other.0.iter().peekable());
        let mut common = 0_usize;
        while let (Some(a), Some(b)) = (left.peek(), right.peek()) {
            match a.cmp(b) {
                std::cmp::Ordering::Less => _ = left.next(),
                std::cmp::Ordering::Greater => _ = right.next(),
                std::cmp::Ordering::Equal => {
                    common += 1;
                    left.next();
                    right.next();
                }
            }
        }
        let all = self.0.len() + other.0.len() - common;
        common as f64 >= COMMON_MIN * all as f64
    }

    fn keys(&self) -> impl Iterator<Item = u32> + '_ {
        self.0.iter().take(KEYS).copied()
    }
}

/// FNV-1a over the lower-cased word, mixed so that the smallest hashes are not those of short words.
fn hash(word: &str) -> u32 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for character in word.chars().flat_map(char::to_lowercase) {
        hash = (hash ^ u64::from(u32::from(character))).wrapping_mul(0x0100_0000_01b3);
    }
    hash ^= hash >> 32;
    (hash.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as u32
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Text {
    seen: Seconds,
    author: Option<u64>,
    words: Words,
    /// The number of the first text of its group.
    group: u64,
}

/// What a text is to those before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Likeness {
    /// Whether it nearly repeats a text of another author.
    pub copy: bool,
    /// The group of near-copies it belongs to, perhaps alone.
    pub group: u64,
}

/// The negative texts of the last three days.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Copies {
    texts: VecDeque<Text>,
    /// Number of the oldest text still remembered.
    first: u64,
    #[serde(skip)]
    index: BTreeMap<u32, VecDeque<u64>>,
}

impl Copies {
    /// Rebuilds what is not saved; `false` when the saved part is not sound.
    pub fn rebuild(&mut self) -> bool {
        if self.texts.len() > TEXTS_MAX || self.first > u64::MAX / 2 {
            return false;
        }
        self.index.clear();
        for position in 0..self.texts.len() {
            let words = self.texts[position].words.clone();
            if !words.is_sound() {
                return false;
            }
            self.enter(&words, self.first + position as u64);
        }
        true
    }

    /// Remembers a negative text, and says what it is to those before it.
    pub fn compare(&mut self, words: &Words, author: Option<u64>, seen: Seconds) -> Likeness {
        while self.texts.front().is_some_and(|text| text.seen < seen - MEMORY)
            || self.texts.len() >= TEXTS_MAX
        {
            self.forget_oldest();
        }
        let found = words.keys().find_map(|key| {
            let numbers = self.index.get(&key)?;
            let texts =
                numbers.iter().filter_map(|number| self.texts.get(number.checked_sub(self.first)? as usize));
            texts
                .filter(|text| text.author.is_none() || text.author != author)
                .find(|text| text.words.nearly_repeats(words))
                .map(|text| text.group)
        });
        let number = self.first + self.texts.len() as u64;
        let group = found.unwrap_or(number);
        self.enter(words, number);
        self.texts.push_back(Text { seen, author, words: words.clone(), group });
        Likeness { copy: found.is_some(), group }
    }

    fn enter(&mut self, words: &Words, number: u64) {
        for key in words.keys() {
            let numbers = self.index.entry(key).or_default();
            if numbers.len() >= COMPARED_MAX {
                numbers.pop_front();
            }
            numbers.push_back(number);
        }
    }

    fn forget_oldest(&mut self) {
        let Some(oldest) = self.texts.pop_front() else { return };
        self.first += 1;
        for key in oldest.words.keys() {
            if let Some(numbers) = self.index.get_mut(&key) {
                while numbers.front().is_some_and(|&number| number < self.first) {
                    numbers.pop_front();
                }
                if numbers.is_empty() {
                    self.index.remove(&key);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_with_a_word_less_and_a_word_more_by_another_author_is_a_copy() {
        let mut copies = Copies::default();
        let first = Words::of("nunca más vuelvo a este bar, me cobraron el doble por la tortilla")
            .expect("long enough");
        let second = Words::of("Nunca vuelvo a este bar: me cobraron el doble por la tortilla ¡compartid!")
            .expect("long");
        assert!(!copies.compare(&first, Some(1), 0).copy);
        assert!(copies.compare(&second, Some(2), HOUR).copy);
    }

    #[test]
    fn an_author_does_not_copy_herself_and_three_days_forget() {
        let words = Words::of("nunca más vuelvo a este bar, me cobraron el doble por la tortilla")
            .expect("long enough");
        let mut copies = Copies::default();
        assert!(!copies.compare(&words, Some(1), 0).copy);
        assert!(!copies.compare(&words, Some(1), HOUR).copy);
        assert!(!copies.compare(&words, Some(2), 80 * HOUR).copy);
        assert!(copies.compare(&words, Some(3), 81 * HOUR).copy);
    }

    #[test]
    fn short_texts_are_not_compared() {
        assert_eq!(Words::of("muy mal todo"), None);
    }
}
