//! The words of a text, folded, with their places, sentences and clauses.
//!
//! What must stay true: places are byte offsets of the text as it was given, at the borders of characters.

/// One word of a text.
#[derive(Clone, Debug)]
pub(crate) struct Word {
    /// Lower-case, without accents ([`nlp::fold`]); never empty.
    pub folded: String,
    /// Where it begins, in bytes.
    pub start: usize,
    /// Where it ends, exclusive.
    pub end: usize,
    /// The number of its sentence.
    pub sentence: u32,
    /// The number of its clause: a comma, a colon or a bracket begins another.
    pub clause: u32,
}

impl Word {
    /// A number, or a word that begins with a digit ("204", "12b").
    pub fn is_number(&self) -> bool {
        self.folded.bytes().next().is_some_and(|byte| byte.is_ascii_digit())
    }

    /// Its value, when it is a whole number of at most nine digits.
    pub fn number(&self) -> Option<u32> {
        if self.folded.len() > 9 { None } else { self.folded.parse().ok() }
    }
}

/// Words after which a full stop ends nothing.
const SHORT: [&str; 30] = [
    "sr", "sra", "srta", "sres", "dr", "dra", "d", "dna", "mr", "mrs", "ms", "st", "n", "num", "no", "nr",
    "tel", "tfno", "c", "av", "avda", "ud", "uds", "vd", "art", "pag", "etc", "aprox", "ej", "ext",
];

/// Takes the words of a text.
pub(crate) fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::with_capacity(text.len() / 5);
    let mut state = State::default();
    let mut begun: Option<usize> = None;
    let mut characters = text.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        if is_letter(character) {
            begun.get_or_insert(at);
            continue;
        }
        if let Some(start) = begun.take() {
            state.push(&mut words, text, start, at);
        }
        let next = characters.peek().map(|(_, next)| *next);
        state.pass(&words, at, character, next);
    }
    if let Some(start) = begun {
        state.push(&mut words, text, start, text.len());
    }
    words
}

/// Letters, digits and what combines with them.
fn is_letter(character: char) -> bool {
    character.is_alphanumeric()
        || matches!(character, '\u{300}'..='\u{36F}' | '\u{200B}'..='\u{200D}' | '\u{AD}' | '\u{2060}' | '\u{FEFF}')
}

#[derive(Default)]
struct State {
    sentence: u32,
    clause: u32,
}

impl State {
    fn push(&self, words: &mut Vec<Word>, text: &str, start: usize, end: usize) {
        let folded = nlp::fold(text.get(start..end).unwrap_or_default());
        if folded.is_empty() {
            return;
        }
        words.push(Word { folded, start, end, sentence: self.sentence, clause: self.clause });
    }

    fn pass(&mut self, words: &[Word], at: usize, character: char, next: Option<char>) {
        let digit = next.is_some_and(|next| next.is_ascii_digit());
        let last = words.last().filter(|word| word.end == at);
        match character {
            // "14.50", "n.º 12", "Sra. Gil"
            '.' | ',' | ':' if digit && last.is_some_and(Word::is_number) => {}
            '.' if last.is_some_and(|word| SHORT.contains(&word.folded.as_str())) => {}
            '.' | '!' | '?' | '…' | '\n' | '。' => {
                self.sentence += 1;
                self.clause += 1;
            }
            ',' | ';' | ':' | '(' | ')' | '«' | '»' | '“' | '”' | '"' | '—' | '–' | '¿' | '¡' => {
                self.clause += 1;
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(text: &str) -> Vec<(String, u32)> {
        words(text).into_iter().map(|word| (word.folded, word.sentence)).collect()
    }

    #[test]
    fn a_full_stop_after_a_title_or_inside_a_number_ends_no_sentence() {
        assert!(shape("La Sra. Gil pagó 14.50 el día 3").iter().all(|(_, sentence)| *sentence == 0));
        assert_eq!(shape("Sí. No.").last(), Some(&("no".to_owned(), 1)));
    }

    #[test]
    fn words_are_folded_and_keep_their_places() {
        let text = "«Días», don't";
        let all = words(text);
        let folded: Vec<&str> = all.iter().map(|word| word.folded.as_str()).collect();
        assert_eq!(folded, ["dias", "don", "t"]);
        assert_eq!(text.get(all[0].start..all[0].end), Some("Días"));
        assert!(all[0].clause < all[1].clause);
    }
}
