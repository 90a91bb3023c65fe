//! What people glue together: #BarPepe, @barpepe_oficial, https://barpepe.es/carta.
//!
//! A compound has borders: where a capital follows a small letter, where digits begin or end, where a dot, line or
//! slash stood. A term counts if it fills the space between two borders, or, from [`INFIX_LETTERS_MIN`] letters on,
//! wherever it stands: "#hoyenbarpepe" is about Bar Pepe, "#bananas" is not about Ana.

use crate::fold::{ASCII, Folded, fold_char, push_letter};
use crate::reading::Span;
use crate::tokens::{Kind, Token, finish, step};

/// Letters of a compound that are looked at.
const LETTERS_MAX: usize = 120;
/// Bytes of a compound that are looked at.
const BYTES_MAX: usize = 512;
/// Longest term looked for, in letters without spaces.
const TERM_LETTERS_MAX: usize = 48;
/// From how many letters on a term may stand in the middle of others.
const INFIX_LETTERS_MIN: usize = 7;

/// How all terms of [`INFIX_LETTERS_MIN`] letters or more begin: a set that may say yes to one in sixteen others.
#[derive(Debug, Default)]
pub(super) struct Beginnings {
    bits: Vec<u64>,
}

/// The hash of how a term begins, if it is long enough to stand in the middle of a word.
pub(super) fn beginning(letters: &[u8]) -> Option<u64> {
    letters
        .get(..INFIX_LETTERS_MIN)
        .map(|start| finish(start.iter().fold(0, |state, byte| step(state, *byte))))
}

impl Beginnings {
    pub fn of(hashes: &[u64]) -> Self {
        if hashes.is_empty() {
            return Self::default();
        }
        let mut bits = vec![0_u64; (hashes.len() * 16).next_power_of_two().div_ceil(64)];
        let size = bits.len();
        for hash in hashes {
            bits[(hash >> 6) as usize % size] |= 1 << (hash & 63);
        }
        Self { bits }
    }

    fn has(&self, hash: u64) -> bool {
        let size = self.bits.len().max(1);
        self.bits.get((hash >> 6) as usize % size).is_some_and(|word| word & (1 << (hash & 63)) != 0)
    }

    pub fn memory_bytes(&self) -> usize {
        self.bits.capacity() * size_of::<u64>()
    }
}

/// A compound taken apart; reused.
#[derive(Debug, Default)]
pub(super) struct Compound {
    letters: Vec<u8>,
    /// For each letter, where it stands in the text.
    spans: Vec<Span>,
    /// How often the last letter was repeated.
    run: u32,
    /// Letters a border precedes; one more than there are letters.
    borders: u128,
    capitals: u128,
}

/// The letters of a term as a compound shows them: without spaces, and what comes to be repeated written once.
pub(super) fn glue(letters: &[u8]) -> Vec<u8> {
    let (mut glued, mut run) = (Vec::with_capacity(letters.len()), 0);
    for letter in letters {
        push_letter(&mut glued, 0, &mut run, *letter);
    }
    glued
}

/// Where a compound stands, if a token is one or belongs to one; the token itself is read like any other, too.
pub(super) fn span_of(token: &Token, text: &[u8]) -> Option<Span> {
    let before = (token.source.start as usize).checked_sub(1).and_then(|at| text.get(at)).copied();
    let after = |by: usize| text.get(token.source.end as usize + by).copied();
    match token.kind {
        // a handle or an address; the bare word "user" or "url" is none
        Kind::Name => {
            matches!(text.get(token.source.start as usize), Some(b'@' | b'h')).then_some(token.source)
        }
        Kind::Word => {
            let joined = matches!(before, Some(b'#' | b'_' | b'@' | b'.' | b'/'))
                || (matches!(after(0), Some(b'.' | b'_'))
                    && after(1).is_some_and(|next| next.is_ascii_alphanumeric()));
            joined.then_some(token.source)
        }
        _ => None,
    }
}

impl Compound {
    /// Takes a part of a text apart.
    pub fn read(&mut self, text: &str, span: Span) {
        self.letters.clear();
        self.spans.clear();
        (self.borders, self.capitals, self.run) = (1, 0, 0);
        let start = span.start as usize;
        let Some(part) = text.get(start..span.end as usize) else { return };
        let mut before = Class::Border;
        for (at, c) in part.char_indices() {
            if at >= BYTES_MAX || self.letters.len() >= LETTERS_MAX {
                break;
            }
            let from = (start + at) as u32;
            let here = Span { start: from, end: from + c.len_utf8() as u32 };
            let class = Class::of(c, before);
            if class.begins_after(before) {
                self.borders |= 1 << self.letters.len();
            }
            self.push(c, here);
            before = class;
        }
        self.borders |= 1 << self.letters.len();
    }

    fn push(&mut self, c: char, here: Span) {
        let folded = if c.is_ascii() {
            match ASCII[c as usize] {
                0 => return,
                letter => [Some(letter), None],
            }
        } else {
            match fold_char(c) {
                Folded::Letter(letter) => [Some(letter), None],
                Folded::Pair(first, second) => [Some(first), Some(second)],
                // other scripts have no compounds of ours
                Folded::Other(_) | Folded::Nothing | Folded::Emoji | Folded::Separator => return,
            }
        };
        if c.is_uppercase() {
            self.capitals |= 1 << self.letters.len();
        }
        for letter in folded.into_iter().flatten() {
            push_letter(&mut self.letters, 0, &mut self.run, letter);
            // a letter held for long shrinks to one
            self.spans.truncate(self.letters.len());
            match self.spans.last_mut() {
                Some(last) if self.run > 2 => last.end = here.end,
                _ => self.spans.push(here),
            }
        }
    }

    fn has_border(&self, at: usize) -> bool {
        self.borders & (1 << at) != 0
    }

    /// Calls with the hash of the letters of every place a term may fill, where it stands, and whether it begins
    /// with a capital.
    pub fn each_place(&self, beginnings: &Beginnings, mut place: impl FnMut(u64, Span, bool)) {
        for start in 0..self.letters.len() {
            let border = self.has_border(start);
            let (mut state, mut infix) = (0, false);
            let letters = self.letters.iter().zip(&self.spans).skip(start).take(TERM_LETTERS_MAX);
            for (length, (letter, span)) in (1..).zip(letters) {
                state = step(state, *letter);
                let hash = finish(state);
                if length == INFIX_LETTERS_MIN {
                    infix = beginnings.has(hash);
                    if !infix && !border {
                        break;
                    }
                }
                if infix || (border && self.has_border(start + length)) {
                    let from = self.spans.get(start).copied().unwrap_or_default().start;
                    place(hash, Span { start: from, end: span.end }, self.capitals & (1 << start) != 0);
                }
            }
        }
    }
}

/// What a character is for the borders of a compound.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Border,
    Small,
    Capital,
    Digit,
}

impl Class {
    fn of(c: char, before: Self) -> Self {
        if c.is_uppercase() {
            Self::Capital
        } else if c.is_numeric() {
            Self::Digit
        } else if c.is_alphabetic() {
            Self::Small
        } else if !c.is_ascii() && fold_char(c) == Folded::Nothing {
            before
        } else {
            Self::Border
        }
    }

    fn begins_after(self, before: Self) -> bool {
        match (before, self) {
            (Self::Small, Self::Capital) => true,
            // the rest of a word that began with a capital
            (Self::Capital, Self::Small) => false,
            (before, here) => before != here,
        }
    }
}
