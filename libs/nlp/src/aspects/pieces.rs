//! Pieces of words, and the sums of their rows in both tables, kept from text to text.
//!
//! A sum depends on the word and the tables alone. A place holds the last word that fell on it, named by its whole
//! 64-bit hash; tables with other stamps forget everything. What a text costs changes with what was read before, what is
//! said of it never does.

use super::find::{AspectTables, LANES, SIDES};
use crate::lanes::bucket_of;
use crate::tokens::{Token, finish, step};

const PIECE: u64 = 0x7069_6563;
/// Letters of a piece.
const PIECE_MIN: usize = 3;
const PIECE_MAX: usize = 5;
/// A word longer than this is noise.
const WORD_BYTES_MAX: usize = 24;
/// Words remembered, as a power of two: 2^10 places of 160 bytes.
const PLACE_BITS: u32 = 10;

/// The sums of the pieces of the words met last.
#[derive(Default, Debug)]
pub(crate) struct WordSums {
    stamps: [u64; 2],
    places: Vec<WordSum>,
    pieces: Vec<u32>,
}

/// What the tables say of the pieces of one word.
#[derive(Clone, Copy, Debug)]
pub(crate) struct WordSum {
    hash: u64,
    /// How many pieces; none where no word was met yet.
    pub count: u16,
    /// At most 72 pieces of at most 127.
    pub found: [i16; LANES],
    pub polarity: [i16; SIDES],
}

static NO_WORD: WordSum = WordSum { hash: 0, count: 0, found: [0; LANES], polarity: [0; SIDES] };

impl WordSums {
    /// The sums of a word.
    pub fn of(&mut self, tables: &AspectTables, bytes: &[u8], word: &Token) -> &WordSum {
        let stamps = [tables.found.stamp, tables.polarity.stamp];
        if self.stamps != stamps {
            self.stamps = stamps;
            self.places.clear();
            self.places.resize(1 << PLACE_BITS, NO_WORD);
        }
        let at = (word.hash >> (64 - PLACE_BITS)) as usize;
        let Some(place) = self.places.get_mut(at) else { return &NO_WORD };
        if place.hash != word.hash || place.count == 0 {
            self.pieces.clear();
            push_pieces(bytes, word, &mut self.pieces);
            *place = WordSum {
                hash: word.hash,
                count: self.pieces.len() as u16,
                found: tables.found.sums(&self.pieces).map(|sum| sum as i16),
                polarity: tables.polarity.sums(&self.pieces).map(|sum| sum as i16),
            };
        }
        place
    }
}

/// Pieces of three to five letters, a space on either side being one.
pub(crate) fn push_pieces(bytes: &[u8], word: &Token, pieces: &mut Vec<u32>) {
    let first = (word.start as usize).saturating_sub(1);
    let last = (word.end as usize + 1).min(first + WORD_BYTES_MAX);
    let word = bytes.get(first..last).unwrap_or_default();
    for start in 0..word.len() {
        let mut state = PIECE;
        for (count, byte) in word.iter().skip(start).take(PIECE_MAX).enumerate() {
            state = step(state, *byte);
            if count + 1 >= PIECE_MIN {
                pieces.push(bucket_of(finish(state)));
            }
        }
    }
}
