//! Hashed words: simple enough to be computed the same way wherever the network was trained.
//!
//! The search text of [`nlp::fold`], split at spaces; each word and each pair of neighbours ("no gusto") is hashed
//! with FNV-1a (64 bits, of its UTF-8 bytes), the hash modulo the size is the place, every occurrence counts one, and
//! the row is divided by its Euclidean length.

/// Writes the row of a text.
pub(crate) fn fill(text: &str, row: &mut [f32]) {
    row.fill(0.0);
    let folded = nlp::fold(text);
    let mut before: Option<u64> = None;
    for word in folded.split(' ').filter(|word| !word.is_empty()) {
        count(row, hash(OFFSET, word));
        if let Some(before) = before {
            count(row, hash(hash(before, " "), word));
        }
        before = Some(hash(OFFSET, word));
    }
    let length = row.iter().map(|value| value * value).sum::<f32>().sqrt();
    if length > 0.0 {
        for value in row.iter_mut() {
            *value /= length;
        }
    }
}

fn count(row: &mut [f32], hash: u64) {
    let place = (hash % row.len().max(1) as u64) as usize;
    if let Some(value) = row.get_mut(place) {
        *value += 1.0;
    }
}

const OFFSET: u64 = 0xCBF2_9CE4_8422_2325;

/// FNV-1a, draft-eastlake-fnv: goes on from a state, so that a pair needs no string of its own.
fn hash(state: u64, text: &str) -> u64 {
    text.bytes().fold(state, |state, byte| (state ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_the_published_one() {
        // from the test vectors of the draft
        assert_eq!(hash(OFFSET, "a"), 0xAF63_DC4C_8601_EC8C);
        assert_eq!(hash(OFFSET, "foobar"), 0x8594_4171_F739_67E8);
        assert_eq!(hash(hash(OFFSET, "foo"), "bar"), hash(OFFSET, "foobar"));
    }

    #[test]
    fn a_row_has_length_one_or_is_empty() {
        let mut row = [9.0; 32];
        fill("No me gustó NADA, nada", &mut row);
        assert!((row.iter().map(|value| value * value).sum::<f32>() - 1.0).abs() < 1e-5);
        fill("¡!", &mut row);
        assert!(row.iter().all(|value| value.abs() < f32::EPSILON));
    }
}
