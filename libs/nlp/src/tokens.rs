//! One pass over a text: folded words, emoji, marks and their 64-bit hashes, shared by everything that follows.
//!
//! The tokens of a text live in a [`Scratch`] that is reused from text to text, so that reading allocates nothing
//! once it is warm. `bytes` holds every token with a space before and after (" no me gusto "), which is what
//! character n-grams with word borders want.
//!
//! Handles become the word `user`, addresses the word `url`: who was spoken to says nothing about what was said.

use crate::fold::{ASCII, Folded, fold_char, push_letter, push_other};
use crate::reading::Span;

/// Longest part of a text that is read, in bytes: nobody writes a 16 KiB review, and a hostile 1 MB text must not
/// cost more than a long one.
pub(crate) const READ_BYTES_MAX: usize = 16 * 1024;

/// What a token is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    /// Letters or digits.
    Word,
    /// Who was spoken to or linked: `user`, `url`. A word without characters of interest.
    Name,
    /// A picture or an emoticon.
    Emoji,
    /// `!` or `?` (runs count once).
    Mark,
    /// End of a clause: comma, brackets, dashes.
    Pause,
    /// End of a sentence.
    Stop,
}

/// One token; `start..end` are positions in [`Scratch::bytes`] (a [`Kind::Pause`] or [`Kind::Stop`] has none there).
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token {
    pub hash: u64,
    pub start: u32,
    pub end: u32,
    /// Where it stands in the text as it was given.
    pub source: Span,
    pub kind: Kind,
    /// Written in capitals (two letters or more).
    pub upper: bool,
    /// Written with a letter repeated three times or more.
    pub long: bool,
    /// Comes right after an apostrophe ("don't", "l'hotel").
    pub joined: bool,
}

/// Working memory of one reader, reused between texts.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    pub bytes: Vec<u8>,
    pub tokens: Vec<Token>,
    /// Hashes of what folding loses: accented characters and accented words. Only the language needs them.
    pub accents: Vec<u64>,
    /// How many letters were read, of any script.
    pub letters: u32,
    /// The part of the text being read, in the text's own bytes: one character, or a run that is one token.
    here: Span,
}

const MULTIPLIER: u64 = 0x9E37_79B9_7F4A_7C15;

/// One step of the shared hash: a byte into a state.
#[inline]
pub(crate) const fn step(state: u64, byte: u8) -> u64 {
    (state ^ byte as u64).wrapping_mul(MULTIPLIER).rotate_left(27)
}

/// Spreads a state over all its bits; the top ones are used as a bucket.
#[inline]
pub(crate) const fn finish(state: u64) -> u64 {
    let mixed = (state ^ (state >> 31)).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    mixed ^ (mixed >> 32)
}

/// The hash of a run of bytes.
pub(crate) const fn hash_bytes(bytes: &[u8]) -> u64 {
    let mut state = 0;
    let mut at = 0;
    while at < bytes.len() {
        state = step(state, bytes[at]);
        at += 1;
    }
    finish(state)
}

/// The hashes of some words, which have to be folded already.
pub(crate) const fn hashes<const N: usize>(words: [&str; N]) -> [u64; N] {
    let mut all = [0; N];
    let mut at = 0;
    while at < N {
        all[at] = hash_bytes(words[at].as_bytes());
        at += 1;
    }
    all
}

/// The hash of two tokens in a row.
#[inline]
pub(crate) const fn pair(first: u64, second: u64) -> u64 {
    finish(first.rotate_left(21).wrapping_add(second).wrapping_mul(MULTIPLIER))
}

/// Stand-ins for handles and addresses: ours, and those of people who prepare data.
const NAMES: [u64; 4] =
    [hash_bytes(b"user"), hash_bytes(b"url"), hash_bytes(b"hashtag"), hash_bytes(b"http")];

/// The word being written.
struct Open {
    start: usize,
    run: u32,
    long: bool,
    capitals: u32,
    letters: u32,
    joined: bool,
    raw: u64,
    accented: bool,
    source: Span,
}

impl Scratch {
    /// Reads a text into tokens, forgetting the one before.
    pub fn read(&mut self, text: &str) {
        self.bytes.clear();
        self.tokens.clear();
        self.accents.clear();
        self.letters = 0;
        self.bytes.push(b' ');
        let text = head_of(text);
        let bytes = text.as_bytes();
        let mut word = Open::at(self.bytes.len());
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            self.here = Span { start: at as u32, end: at as u32 + 1 };
            if byte < 0x80 {
                let letter = ASCII[byte as usize];
                if letter != 0 {
                    if byte == b'h' && word.is_empty(self) && is_address(&bytes[at..]) {
                        at += address_length(&bytes[at..]);
                        self.here.end = at as u32;
                        self.whole_word(b"url", &mut word);
                        continue;
                    }
                    word.letter(self, letter, byte);
                    at += 1;
                    continue;
                }
                at += self.separator(&bytes[at..], &mut word);
                continue;
            }
            let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) else { break };
            at += c.len_utf8();
            self.here.end = at as u32;
            self.beyond_ascii(c, &mut word);
        }
        self.end_word(&mut word);
    }

    fn beyond_ascii(&mut self, c: char, word: &mut Open) {
        match fold_char(c) {
            Folded::Letter(letter) => {
                word.accent(self, c);
                word.letter(self, letter, b'a');
            }
            Folded::Pair(first, second) => {
                word.accent(self, c);
                word.letter(self, first, b'a');
                word.letter(self, second, b'a');
            }
            Folded::Other(c) => {
                word.reach(self);
                push_other(&mut self.bytes, &mut word.run, c);
                word.letters += 1;
                self.letters += 1;
            }
            Folded::Nothing => {}
            Folded::Emoji => {
                self.end_word(word);
                let mut utf8 = [0_u8; 4];
                let encoded = c.encode_utf8(&mut utf8).as_bytes();
                self.symbol(encoded, Kind::Emoji, word);
            }
            Folded::Separator => {
                let apostrophe = c == '\u{2019}' && !word.is_empty(self);
                self.end_word(word);
                word.joined = apostrophe;
                match c {
                    '¡' | '¿' | '…' => self.push(Kind::Stop, 0),
                    '\u{2013}' | '\u{2014}' | '«' | '»' => self.push(Kind::Pause, 0),
                    _ => {}
                }
            }
        }
    }

    /// An ASCII byte that is neither letter nor digit; says how many bytes it took.
    fn separator(&mut self, rest: &[u8], word: &mut Open) -> usize {
        let inside = !word.is_empty(self);
        self.end_word(word);
        let byte = rest[0];
        match byte {
            b'@' if !inside && rest.get(1).is_some_and(|next| is_handle(*next)) => {
                let length = 1 + rest[1..].iter().take_while(|next| is_handle(**next)).count();
                self.here.end = self.here.start + length as u32;
                self.whole_word(b"user", word);
                return length;
            }
            b'\'' => word.joined = inside,
            b'!' | b'?' => {
                let run = rest.iter().take_while(|next| matches!(next, b'!' | b'?')).count();
                let name: &[u8] = match (byte, run) {
                    (b'!', 1) => b"!",
                    (b'!', _) => b"!!",
                    (_, 1) => b"?",
                    _ => b"??",
                };
                self.here.end = self.here.start + run as u32;
                self.symbol(name, Kind::Mark, word);
                return run;
            }
            b':' | b';' | b'=' | b'<' => {
                if let Some((name, length)) = emoticon(rest) {
                    self.here.end = self.here.start + length as u32;
                    self.symbol(name, Kind::Emoji, word);
                    return length;
                }
                self.push(Kind::Pause, 0);
            }
            b'.' | b'\n' => self.push(Kind::Stop, 0),
            b',' | b'(' | b')' | b'"' => self.push(Kind::Pause, 0),
            _ => {}
        }
        1
    }

    fn whole_word(&mut self, name: &[u8], word: &mut Open) {
        self.bytes.extend_from_slice(name);
        word.letters = name.len() as u32;
        word.source = self.here;
        self.end_word(word);
    }

    fn symbol(&mut self, name: &[u8], kind: Kind, word: &mut Open) {
        let start = self.bytes.len();
        self.bytes.extend_from_slice(name);
        self.tokens.push(Token {
            hash: hash_bytes(name),
            start: start as u32,
            end: self.bytes.len() as u32,
            source: self.here,
            kind,
            upper: false,
            long: false,
            joined: false,
        });
        self.bytes.push(b' ');
        *word = Open::at(self.bytes.len());
    }

    fn push(&mut self, kind: Kind, hash: u64) {
        let here = self.bytes.len() as u32;
        self.tokens.push(Token {
            hash,
            start: here,
            end: here,
            source: self.here,
            kind,
            upper: false,
            long: false,
            joined: false,
        });
    }

    fn end_word(&mut self, word: &mut Open) {
        if word.is_empty(self) {
            word.joined = false;
            return;
        }
        let hash = hash_bytes(&self.bytes[word.start..]);
        self.tokens.push(Token {
            hash,
            start: word.start as u32,
            end: self.bytes.len() as u32,
            source: word.source,
            kind: if NAMES.contains(&hash) { Kind::Name } else { Kind::Word },
            upper: word.letters > 1 && word.capitals == word.letters,
            long: word.long,
            joined: word.joined,
        });
        if word.accented {
            self.accents.push(finish(word.raw));
        }
        self.bytes.push(b' ');
        *word = Open::at(self.bytes.len());
    }
}

impl Open {
    const fn at(start: usize) -> Self {
        Self {
            start,
            run: 0,
            long: false,
            capitals: 0,
            letters: 0,
            joined: false,
            raw: 0,
            accented: false,
            source: Span { start: 0, end: 0 },
        }
    }

    fn is_empty(&self, scratch: &Scratch) -> bool {
        scratch.bytes.len() == self.start
    }

    /// The character being read belongs to the word.
    #[inline]
    fn reach(&mut self, scratch: &Scratch) {
        if self.is_empty(scratch) {
            self.source.start = scratch.here.start;
        }
        self.source.end = scratch.here.end;
    }

    #[inline]
    fn letter(&mut self, scratch: &mut Scratch, letter: u8, original: u8) {
        self.reach(scratch);
        push_letter(&mut scratch.bytes, self.start, &mut self.run, letter);
        self.raw = step(self.raw, letter);
        self.long |= self.run >= 3;
        self.letters += 1;
        self.capitals += u32::from(original.is_ascii_uppercase());
        scratch.letters += u32::from(letter.is_ascii_lowercase());
    }

    fn accent(&mut self, scratch: &mut Scratch, c: char) {
        let lower = c.to_lowercase().next().unwrap_or(c);
        let mut utf8 = [0_u8; 4];
        for byte in lower.encode_utf8(&mut utf8).bytes() {
            self.raw = step(self.raw, byte);
        }
        self.accented = true;
        scratch.accents.push(finish(u64::from(u32::from(lower))));
    }
}

/// The part of a text that is read, cut at a character.
fn head_of(text: &str) -> &str {
    let mut end = text.len().min(READ_BYTES_MAX);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default()
}

const fn is_handle(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

fn is_address(rest: &[u8]) -> bool {
    rest.starts_with(b"http://") || rest.starts_with(b"https://")
}

fn address_length(rest: &[u8]) -> usize {
    rest.iter().take_while(|byte| !byte.is_ascii_whitespace()).count()
}

/// A face typed with punctuation: its canonical name and how many bytes it takes.
fn emoticon(rest: &[u8]) -> Option<(&'static [u8], usize)> {
    if rest.starts_with(b"<3") {
        return Some((b"<3", 2));
    }
    if rest[0] == b'<' {
        return None;
    }
    let nose = usize::from(matches!(rest.get(1), Some(b'-' | b'\'' | b'o')));
    let mouth = rest.get(1 + nose)?;
    let name: &'static [u8] = match (rest[0], mouth) {
        (b';', b')') => b";)",
        (_, b')' | b']') => b":)",
        (_, b'(' | b'[') => b":(",
        (_, b'D') => b":D",
        (_, b'*') => b":*",
        (_, b'P' | b'p') => b":P",
        (_, b'/' | b'\\' | b'|') if !(rest.starts_with(b"://")) => b":/",
        _ => return None,
    };
    let mut length = 2 + nose;
    length += rest[length..].iter().take_while(|byte| **byte == *mouth).count();
    Some((name, length))
}
