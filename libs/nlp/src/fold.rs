//! Folding: one spelling for every way of writing a word.
//!
//! Lower-case, no accents (ñ folds to n), letters repeated three times or more written once ("buenísimoooo" and
//! "buenisimo" are the same word). The same rules serve the reader and the search text of the databases, so that a
//! person who searches without accents finds what was written with them.
//!
//! What must stay true: `fold` is **stable**. Search text is stored; a change here means every row must be folded
//! again, so a change needs a migration.

/// What an ASCII byte becomes: the lower-case letter or digit, or 0 for a separator.
pub(crate) const ASCII: [u8; 128] = ascii_table();

const fn ascii_table() -> [u8; 128] {
    let mut table = [0_u8; 128];
    let mut byte = 0_u8;
    while byte < 128 {
        if byte.is_ascii_alphanumeric() {
            table[byte as usize] = byte.to_ascii_lowercase();
        }
        byte += 1;
    }
    table
}

// Base letters of the Latin blocks, one per code point, `?` where there is none. Generated from Unicode's
// compatibility decompositions; two-letter ones (ß, æ, œ, ĳ…) are handled in `fold_char` or keep their first letter.
const LATIN_1: &[u8; 64] = b"aaaaaa?ceeeeiiii?nooooo?ouuuuy??aaaaaa?ceeeeiiii?nooooo?ouuuuy?y";
const LATIN_A: &[u8; 128] = b"aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkkllllllllllnnnnnnnnnoooooo??rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";
const LATIN_B: &[u8; 208] = b"????????????????????????????????oo?????????????uu???????????????????dddlllnnnaaiioouuuuuuuuuu?aaaa????ggkkoooo??jdddgg??nnaa????aaaaeeeeiiiioooorrrruuuusstt??hh??????aaeeooooooooyy????????????????????????????";
const LATIN_MORE: &[u8; 256] = b"aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmmmmmmnnnnnnnnoooooooopppprrrrrrrrssssssssssttttttttuuuuuuuuuuvvvvwwwwwwwwwwxxxxyyzzzzzzhtwyas????aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeeeeeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy??????";

/// What a character beyond ASCII means to the folder.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Folded {
    /// A Latin letter, folded to ASCII.
    Letter(u8),
    /// One character that is written as two letters (ß, æ, œ, þ).
    Pair(u8, u8),
    /// A letter of another script, already lower-case.
    Other(char),
    /// A combining mark, joiner or variation selector: as if it were not there.
    Nothing,
    /// A picture: its own token for the reader, a separator for the search.
    Emoji,
    /// Punctuation, spaces, controls.
    Separator,
}

/// Folds one character that is not ASCII.
pub(crate) fn fold_char(c: char) -> Folded {
    let code = c as usize;
    let base = match code {
        0xC0..=0xFF => LATIN_1[code - 0xC0],
        0x100..=0x17F => LATIN_A[code - 0x100],
        0x180..=0x24F => LATIN_B[code - 0x180],
        0x1E00..=0x1EFF => LATIN_MORE[code - 0x1E00],
        _ => b'?',
    };
    if base != b'?' {
        return Folded::Letter(base);
    }
    match code {
        0xC6 | 0xE6 => Folded::Pair(b'a', b'e'),
        0x152 | 0x153 => Folded::Pair(b'o', b'e'),
        0xDF | 0x1E9E => Folded::Pair(b's', b's'),
        0xDE | 0xFE => Folded::Pair(b't', b'h'),
        0xD0 | 0xF0 => Folded::Letter(b'd'),
        0xAA | 0x212B => Folded::Letter(b'a'),
        0xBA => Folded::Letter(b'o'),
        0x300..=0x36F | 0x200B..=0x200D | 0xAD | 0x2060 | 0xFE00..=0xFE0F | 0x1F3FB..=0x1F3FF | 0xFEFF => {
            Folded::Nothing
        }
        // full-width Latin, used to shout or to dodge filters
        0xFF21..=0xFF3A => Folded::Letter((code - 0xFF21) as u8 + b'a'),
        0xFF41..=0xFF5A => Folded::Letter((code - 0xFF41) as u8 + b'a'),
        0x2190..=0x21FF | 0x2300..=0x23FF | 0x2600..=0x27BF | 0x2B00..=0x2BFF | 0x1F000..=0x1FAFF => {
            Folded::Emoji
        }
        _ if c.is_alphanumeric() => Folded::Other(c.to_lowercase().next().unwrap_or(c)),
        _ => Folded::Separator,
    }
}

/// Appends a folded letter, writing a letter repeated three times or more only once.
///
/// `start` is where the word begins in `out`; `run` counts how often the last letter was repeated. Digits are left
/// alone: 1000 is not 10.
#[inline]
pub(crate) fn push_letter(out: &mut Vec<u8>, start: usize, run: &mut u32, letter: u8) {
    if out.len() > start && out.last() == Some(&letter) && letter.is_ascii_lowercase() {
        *run += 1;
        if *run == 2 {
            return out.push(letter);
        }
        if *run == 3 {
            out.pop();
        }
        return;
    }
    *run = 1;
    out.push(letter);
}

/// Appends a character of another script as it is.
pub(crate) fn push_other(out: &mut Vec<u8>, run: &mut u32, c: char) {
    *run = 0;
    let mut utf8 = [0_u8; 4];
    out.extend_from_slice(c.encode_utf8(&mut utf8).as_bytes());
}

/// The search text: folded words separated by one space, nothing else.
///
/// ```
/// assert_eq!(nlp::fold("¡El CAFÉ de la señora está BUENÍSIMOOOO!"), "el cafe de la senora esta buenisimo");
/// ```
#[must_use]
pub fn fold(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out: Vec<u8> = Vec::with_capacity(bytes.len() + 8);
    let mut at = 0;
    while at < bytes.len() {
        // a run of ASCII in one go: the compiler turns this into vector instructions
        let run = bytes[at..].iter().position(|byte| *byte >= 0x80).unwrap_or(bytes.len() - at);
        out.extend(bytes[at..at + run].iter().map(|byte| plain(*byte)));
        at += run;
        let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) else { break };
        at += c.len_utf8();
        match fold_char(c) {
            Folded::Letter(letter) => out.push(letter),
            Folded::Pair(first, second) => out.extend([first, second]),
            Folded::Other(c) => push_other(&mut out, &mut 0, c),
            Folded::Nothing => {}
            Folded::Emoji | Folded::Separator => out.push(b' '),
        }
    }
    squeeze(&mut out);
    // Only ASCII and whole characters were pushed, so this never falls back.
    String::from_utf8(out).unwrap_or_default()
}

/// An ASCII byte in lower case, or a space for what is neither letter nor digit. No table and no branch.
#[inline]
const fn plain(byte: u8) -> u8 {
    let lower = byte | 0x20;
    let is_letter = lower.wrapping_sub(b'a') < 26;
    let is_digit = byte.wrapping_sub(b'0') < 10;
    if is_letter {
        lower
    } else if is_digit {
        byte
    } else {
        b' '
    }
}

/// One space between words, none around them; a letter written three times or more is written once.
#[expect(
    clippy::needless_bitwise_bool,
    reason = "without lazy branches the search for repeats is vectorised"
)]
fn squeeze(out: &mut Vec<u8>) {
    // every byte is written, only the place of the next one depends on it: no branch to guess wrong
    let (mut to, mut before) = (0, b' ');
    for from in 0..out.len() {
        let byte = out[from];
        out[to] = byte;
        to += usize::from(byte != b' ' || before != b' ');
        before = byte;
    }
    if to > 0 && out[to - 1] == b' ' {
        to -= 1;
    }
    out.truncate(to);
    let seconds = out.get(1..).unwrap_or_default();
    let thirds = out.get(2..).unwrap_or_default();
    let long = out.iter().zip(seconds).zip(thirds).fold(false, |long, ((first, second), third)| {
        long | ((first == second) & (second == third) & first.is_ascii_lowercase())
    });
    if long {
        shorten(out);
    }
}

/// Writes letters repeated three times or more once; rare, so it may take its time.
fn shorten(out: &mut Vec<u8>) {
    let (mut to, mut from) = (0, 0);
    while let Some(&byte) = out.get(from) {
        let count = out[from..].iter().take_while(|next| **next == byte).count();
        let kept = if count >= 3 && byte.is_ascii_lowercase() { 1 } else { count };
        out.copy_within(from..from + kept, to);
        to += kept;
        from += count;
    }
    out.truncate(to);
}
