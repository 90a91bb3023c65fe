//! WordPiece: words cut into the longest pieces a vocabulary has, as the BERT family reads.

use std::collections::HashMap;

/// Longest word that is cut; longer ones are unknown (as in the original).
const WORD_CHARS_MAX: usize = 100;
/// Most lines of a vocabulary.
const PIECES_MAX: usize = 500_000;

/// A vocabulary.
#[derive(Debug)]
pub(crate) struct Wordpiece {
    pieces: HashMap<String, i64>,
    lowercase: bool,
    begin: i64,
    end: i64,
    unknown: i64,
    fill: i64,
}

impl Wordpiece {
    /// Reads a vocabulary, one piece a line; the special ones have to be there.
    pub fn new(vocabulary: &str, lowercase: bool) -> Result<Self, String> {
        let mut pieces = HashMap::new();
        for (number, line) in (0_i64..).zip(vocabulary.lines()) {
            if pieces.len() == PIECES_MAX {
                return Err(format!("more than {PIECES_MAX} pieces"));
            }
            pieces.entry(line.trim_end_matches('\r').to_owned()).or_insert(number);
        }
        let special =
            |name: &str| pieces.get(name).copied().ok_or_else(|| format!("the piece {name} is missing"));
        let (begin, end, unknown, fill) =
            (special("[CLS]")?, special("[SEP]")?, special("[UNK]")?, special("[PAD]")?);
        Ok(Self { pieces, lowercase, begin, end, unknown, fill })
    }

    /// The numbers of a text, exactly `length` of them, and how many belong to the text.
    pub fn encode(&self, text: &str, length: usize) -> (Vec<i64>, usize) {
        let mut numbers = vec![self.begin];
        let mut word = String::new();
        for c in text.chars() {
            if numbers.len() >= length {
                break;
            }
            if c.is_whitespace() || c.is_control() {
                self.cut(&mut word, &mut numbers);
            } else if is_mark(c) {
                self.cut(&mut word, &mut numbers);
                word.push(c);
                self.cut(&mut word, &mut numbers);
            } else if !self.lowercase {
                word.push(c);
            } else if !is_combining(c) {
                word.extend(without_accent(c).to_lowercase());
            }
        }
        self.cut(&mut word, &mut numbers);
        numbers.truncate(length.saturating_sub(1));
        numbers.push(self.end);
        let used = numbers.len();
        numbers.resize(length, self.fill);
        (numbers, used)
    }

    fn cut(&self, word: &mut String, numbers: &mut Vec<i64>) {
        if word.is_empty() {
            return;
        }
        let before = numbers.len();
        let borders: Vec<usize> = word.char_indices().map(|(at, _)| at).chain([word.len()]).collect();
        let mut from = 0;
        while from + 1 < borders.len() && borders.len() <= WORD_CHARS_MAX + 1 {
            let piece = (from + 1..borders.len()).rev().find_map(|to| {
                let part = word.get(borders[from]..borders[to])?;
                let found =
                    if from == 0 { self.pieces.get(part) } else { self.pieces.get(&format!("##{part}")) };
                found.map(|number| (*number, to))
            });
            let Some((number, to)) = piece else { break };
            numbers.push(number);
            from = to;
        }
        if from + 1 < borders.len() {
            numbers.truncate(before);
            numbers.push(self.unknown);
        }
        word.clear();
    }
}

/// Punctuation stands alone, as in the original: ASCII that is no letter or digit, and what else is no word.
fn is_mark(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_punctuation() } else { !c.is_alphanumeric() && !is_combining(c) }
}

const fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// The letters of Western Europe without their accents; others as they are.
fn without_accent(c: char) -> char {
    if c.is_ascii() {
        return c;
    }
    let mut folded = [0_u8; 4];
    let text = nlp::fold(c.encode_utf8(&mut folded));
    let mut letters = text.chars();
    match (letters.next(), letters.next()) {
        (Some(letter), None) => letter,
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const VOCABULARY: &str = "[PAD]\n[UNK]\n[CLS]\n[SEP]\nmuy\nbuen\n##isimo\n!\ncafe\ncafé\n";

    #[test]
    fn words_are_cut_into_the_longest_pieces() {
        let pieces = Wordpiece::new(VOCABULARY, true).expect("complete");
        let read = |text: &str| pieces.encode(text, 8).0;
        assert_eq!(read("Muy buenísimo!"), [2, 4, 5, 6, 7, 3, 0, 0]);
        assert_eq!(read("CAFÉ nada"), [2, 8, 1, 3, 0, 0, 0, 0]);
        assert_eq!(read(""), [2, 3, 0, 0, 0, 0, 0, 0]);
        assert_eq!(read("muy muy muy muy muy muy muy muy"), [2, 4, 4, 4, 4, 4, 4, 3]);
        assert_eq!(
            Wordpiece::new(VOCABULARY, false).expect("complete").encode("café Muy", 5).0,
            [2, 9, 1, 3, 0]
        );
        assert!(Wordpiece::new("[PAD]\nmuy", true).is_err());
    }

    proptest! {
        #[test]
        fn any_text_has_that_many_numbers(text in "\\PC{0,300}", length in 3_usize..40, lowercase in any::<bool>()) {
            let (numbers, used) = Wordpiece::new(VOCABULARY, lowercase).expect("complete").encode(&text, length);
            prop_assert_eq!(numbers.len(), length);
            prop_assert!((2..=length).contains(&used));
            prop_assert_eq!(numbers[used - 1], 3);
        }
    }
}
