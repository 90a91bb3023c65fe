//! Pieces of words, and the sums of their rows in the finding table, kept from text to text.
//!
//! A sum depends on the word and the table alone. A place holds the last word that fell on it, named by its whole
//! 64-bit hash; a table with another stamp forgets everything. What a text costs changes with what was read before, what is
//! said of it never does.

use super::find::LANES;
use crate::lanes::{LaneTable, bucket_of};
use crate::tokens::{Token, finish, step};

const PIECE: u64 = 0x7069_6563;
/// Letters of a piece.
const PIECE_MIN: usize = 3;
const PIECE_MAX: usize = 5;
/// A word longer than this is noise.
const WORD_BYTES_MAX: usize = 24;
/// Words remembered, as a power of two: 2^10 places of 144 bytes.
const PLACE_BITS: u32 = 10;

/// The sums of the pieces of the words met last.
#[derive(Default, Debug)]
pub(crate) struct WordSums {
    stamp: u64,
    places: Vec<WordSum>,
    pieces: Vec<u32>,
}

#[derive(Clone, Copy, Debug)]
struct WordSum {
    hash: u64,
    /// How many pieces; none where no word was met yet.
    count: u16,
    /// At most 72 pieces of at most 127.
    sums: [i16; LANES],
}

impl WordSums {
    /// Adds the pieces of a word to a sum; says how many they are.
    pub fn add(
        &mut self,
        table: &LaneTable<LANES>,
        bytes: &[u8],
        word: &Token,
        sums: &mut [i32; LANES],
    ) -> usize {
        if self.stamp != table.stamp {
            self.stamp = table.stamp;
            self.places.clear();
            self.places.resize(1 << PLACE_BITS, WordSum { hash: 0, count: 0, sums: [0; LANES] });
        }
        let Some(place) = self.places.get_mut((word.hash >> (64 - PLACE_BITS)) as usize) else { return 0 };
        if place.hash != word.hash || place.count == 0 {
            self.pieces.clear();
            push_pieces(bytes, word, &mut self.pieces);
            *place = WordSum {
                hash: word.hash,
                count: self.pieces.len() as u16,
                sums: table.sums(&self.pieces).map(|sum| sum as i16),
            };
        }
        for (sum, own) in sums.iter_mut().zip(place.sums) {
            *sum += i32::from(own);
        }
        usize::from(place.count)
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
