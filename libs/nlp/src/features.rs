//! From tokens to what the model weighs: hashed n-grams and a few dozen measures from the lexicon.
//!
//! N-grams count once per text (presence, not frequency: a long review must not win by repeating itself) and each
//! group (words, characters) has length one, so that only the model's weights and not the length of a text decide.
//! A bit set finds repeats without a map; nothing is allocated per n-gram.

use crate::lexicon::{Lexicon, PHRASE_WORDS_MAX, Role};
use crate::reading::Span;
use crate::tokens::{Kind, Scratch, Token, finish, pair, step};

/// Buckets of the sentiment tables: 2^18 loses nothing against 2^22 (measured on these sets).
pub(crate) const BITS: u32 = 18;
/// How many measures come from the lexicon and the shape of the text.
pub(crate) const DENSE: usize = 30;
/// Longest character n-gram.
const GRAM_MAX: usize = 5;
/// A word longer than this is noise (keys, hashes, laughter); its tail has no n-grams.
const WORD_BYTES_MAX: usize = 32;
/// How many words a negation reaches.
const SCOPE_WORDS: u8 = 4;

/// Marks a word that a negation reaches.
pub(crate) const NEGATED: u64 = 0x6e65_6761_7465_6421;

/// What one text offers to the model; reused between texts.
#[derive(Debug)]
pub(crate) struct Features {
    pub words: Vec<u32>,
    pub chars: Vec<u32>,
    pub dense: [f32; DENSE],
    /// Where sentences end in `words`.
    pub sentences: Vec<u32>,
    seen: Vec<u64>,
    /// What the lexicon says of every token, in their order.
    pub senses: Vec<Sense>,
}

/// What the lexicon says of one token.
#[derive(Clone, Copy, Default, Debug)]
pub(crate) struct Sense {
    /// Within reach of a negation.
    pub negated: bool,
    /// Turns the text: "but".
    pub contrast: bool,
    /// Polarity with intensity and negation applied; 0 for most tokens.
    pub value: f32,
}

impl Default for Features {
    fn default() -> Self {
        Self {
            words: Vec::new(),
            chars: Vec::new(),
            dense: [0.0; DENSE],
            sentences: Vec::new(),
            seen: vec![0; 1 << (BITS - 6)],
            senses: Vec::new(),
        }
    }
}

impl Features {
    /// Takes the words of the text that `scratch` holds, and what the lexicon says of them.
    pub fn take_words(&mut self, scratch: &Scratch, lexicon: &Lexicon) {
        self.words.clear();
        self.sentences.clear();
        self.senses.clear();
        self.dense = measure(scratch, lexicon, &mut self.senses);
        let mut before: Option<u64> = None;
        for (token, sense) in scratch.tokens.iter().zip(&self.senses) {
            if matches!(token.kind, Kind::Pause | Kind::Stop) {
                if token.kind == Kind::Stop {
                    end_sentence(&mut self.sentences, &self.words);
                }
                continue;
            }
            add(&mut self.words, &mut self.seen, token.hash);
            if sense.negated {
                add(&mut self.words, &mut self.seen, pair(NEGATED, token.hash));
            }
            if let Some(before) = before {
                add(&mut self.words, &mut self.seen, pair(before, token.hash));
            }
            before = Some(token.hash);
            if token.kind == Kind::Mark {
                end_sentence(&mut self.sentences, &self.words);
            }
        }
        end_sentence(&mut self.sentences, &self.words);
        forget(&mut self.seen, &self.words);
    }

    /// Takes the character n-grams: they do not depend on the language, so they come first and name it.
    pub fn take_chars(&mut self, scratch: &Scratch) {
        self.chars.clear();
        for token in scratch.tokens.iter().filter(|token| token.kind == Kind::Word) {
            // a space on either side belongs to the word: " bu", "no "
            let first = token.start as usize - 1;
            let last = (token.end as usize + 1).min(first + WORD_BYTES_MAX);
            let word = &scratch.bytes[first..last];
            for start in 0..word.len() - 1 {
                let mut state = step(0x63, word[start]);
                for byte in word[start + 1..].iter().take(GRAM_MAX - 1) {
                    state = step(state, *byte);
                    add(&mut self.chars, &mut self.seen, finish(state));
                }
            }
        }
        forget(&mut self.seen, &self.chars);
    }
}

fn end_sentence(sentences: &mut Vec<u32>, words: &[u32]) {
    let here = words.len() as u32;
    if here > sentences.last().copied().unwrap_or_default() {
        sentences.push(here);
    }
}

fn forget(seen: &mut [u64], buckets: &[u32]) {
    for bucket in buckets {
        seen[(bucket >> 6) as usize] = 0;
    }
}

/// The bucket of a hash.
#[inline]
pub(crate) const fn bucket_of(hash: u64) -> u32 {
    (hash >> (64 - BITS)) as u32
}

#[inline]
fn add(list: &mut Vec<u32>, seen: &mut [u64], hash: u64) {
    let bucket = bucket_of(hash);
    let (slot, bit) = ((bucket >> 6) as usize, 1_u64 << (bucket & 63));
    if seen[slot] & bit == 0 {
        seen[slot] |= bit;
        list.push(bucket);
    }
}

/// Running sums of one text while the lexicon walks over it.
#[derive(Default)]
struct Tally {
    positive: f32,
    negative: f32,
    after_contrast: f32,
    sentence: f32,
    first_sentence: Option<f32>,
    last_sentence: f32,
    strongest_positive: f32,
    strongest_negative: f32,
    picture_positive: f32,
    picture_negative: f32,
    turned: f32,
    hits: f32,
    negations: f32,
    intensifiers: f32,
    contrasts: f32,
    irony: f32,
    exclamations: f32,
    questions: f32,
    capitals: f32,
    long: f32,
    words: f32,
    sentences: f32,
}

impl Tally {
    fn polarity(&mut self, value: f32, picture: bool) {
        self.hits += 1.0;
        if value > 0.0 {
            self.positive += value;
            self.strongest_positive = self.strongest_positive.max(value);
        } else {
            self.negative -= value;
            self.strongest_negative = self.strongest_negative.max(-value);
        }
        if picture {
            if value > 0.0 { self.picture_positive += value } else { self.picture_negative -= value }
        }
        self.sentence += value;
        self.after_contrast += value;
    }

    fn end_sentence(&mut self, had_words: bool) {
        if had_words {
            self.first_sentence.get_or_insert(self.sentence);
            self.last_sentence = self.sentence;
            self.sentences += 1.0;
            self.sentence = 0.0;
        }
    }

    fn dense(&self) -> [f32; DENSE] {
        let size = (self.words + 1.0).sqrt();
        let balance = (self.positive - self.negative) / (self.positive + self.negative + 1.0);
        let flag = |yes: bool| f32::from(u8::from(yes));
        let squash = |value: f32| value / (value.abs() + 3.0);
        [
            balance,
            squash(self.positive),
            squash(self.negative),
            self.positive / (size * 2.0),
            self.negative / (size * 2.0),
            (self.positive - self.negative) / (self.words + 2.0),
            squash(self.first_sentence.unwrap_or_default()),
            squash(self.last_sentence),
            squash(self.after_contrast) * flag(self.contrasts > 0.0),
            self.strongest_positive / 3.0,
            self.strongest_negative / 3.0,
            squash(self.positive.min(self.negative)),
            squash(self.picture_positive),
            squash(self.picture_negative),
            squash(self.turned),
            flag(self.hits == 0.0),
            self.negations.min(4.0) / size,
            self.intensifiers.min(4.0) / size,
            self.contrasts.min(3.0) / size,
            self.irony.min(3.0),
            self.exclamations.min(3.0) / 3.0,
            self.questions.min(3.0) / 3.0,
            self.capitals / (self.words + 1.0),
            self.long.min(3.0) / 3.0,
            (self.words + 1.0).ln() / 6.0,
            flag(self.words < 4.0),
            flag(balance > 0.3 && self.exclamations > 0.0),
            flag(balance < -0.3 && self.exclamations > 0.0),
            balance * flag(self.words < 8.0),
            squash(self.positive) * squash(self.negative) * 4.0,
        ]
    }
}

/// Walks over the tokens with the lexicon: polarity, negation scope, intensity, contrast, irony, shape.
fn measure(scratch: &Scratch, lexicon: &Lexicon, senses: &mut Vec<Sense>) -> [f32; DENSE] {
    let mut tally = Tally::default();
    let (mut scope, mut force, mut skip, mut had_words) = (0_u8, 1.0_f32, 0_usize, false);
    for (at, token) in scratch.tokens.iter().enumerate() {
        senses.push(Sense { negated: scope > 0, ..Sense::default() });
        match token.kind {
            Kind::Pause | Kind::Stop => {
                (scope, force) = (0, 1.0);
                if token.kind == Kind::Stop {
                    tally.end_sentence(had_words);
                    had_words = false;
                }
                continue;
            }
            Kind::Mark => {
                shape_of_mark(&mut tally, scratch, token);
                scope = 0;
                tally.end_sentence(had_words);
                had_words = false;
                continue;
            }
            Kind::Word => {
                tally.words += 1.0;
                tally.capitals += f32::from(u8::from(token.upper));
                tally.long += f32::from(u8::from(token.long));
                had_words = true;
            }
            Kind::Emoji | Kind::Name => {}
        }
        if skip > 0 {
            skip -= 1;
            continue;
        }
        let Some((entry, length)) = look_up(scratch, lexicon, at) else {
            scope = scope.saturating_sub(1);
            continue;
        };
        skip = length - 1;
        match entry.role {
            Role::Negator => {
                scope = SCOPE_WORDS;
                tally.negations += 1.0;
                continue;
            }
            Role::Intensifier => {
                force *= 1.0 + entry.value;
                tally.intensifiers += entry.value.signum();
                continue;
            }
            Role::Contrast => {
                (tally.contrasts, senses[at].contrast) = (tally.contrasts + 1.0, true);
                tally.after_contrast = 0.0;
                scope = 0;
            }
            Role::Irony => tally.irony += 1.0,
            Role::Polarity => {
                let picture = token.kind == Kind::Emoji;
                let mut value = entry.value * force.clamp(0.3, 2.0);
                if scope > 0 && !picture {
                    // "no es bueno" is bad, "no está mal" only half good
                    value *= if value > 0.0 { -0.8 } else { -0.5 };
                    tally.turned += value;
                }
                senses[at].value = value;
                tally.polarity(value, picture);
            }
        }
        force = 1.0;
        scope = scope.saturating_sub(1);
    }
    tally.end_sentence(had_words);
    tally.dense()
}

fn shape_of_mark(tally: &mut Tally, scratch: &Scratch, token: &Token) {
    let size = (token.end - token.start) as f32;
    match scratch.bytes.get(token.start as usize) {
        Some(b'!') => tally.exclamations += size,
        _ => tally.questions += size,
    }
}

/// The longest entry that begins at a token, and how many tokens it takes.
#[inline]
fn look_up(scratch: &Scratch, lexicon: &Lexicon, at: usize) -> Option<(crate::lexicon::Entry, usize)> {
    let rest = scratch.tokens.get(at..)?;
    let words = rest
        .iter()
        .take(PHRASE_WORDS_MAX)
        .take_while(|token| token.kind == Kind::Word)
        .map(|token| token.hash);
    if let Some(found) = lexicon.phrase(words) {
        return Some(found);
    }
    let token = rest.first()?;
    // "don't", "isn't": the t after the apostrophe is what turns the meaning
    if token.joined && token.end - token.start == 1 && scratch.bytes.get(token.start as usize) == Some(&b't')
    {
        return Some((crate::lexicon::Entry { role: Role::Negator, value: 0.0 }, 1));
    }
    lexicon.word(token.hash).map(|entry| (entry, 1))
}

/// Words of the lexicon that a negation turns: the negation and the word, in the order of the text. The same walk as
/// `measure`, for explanations.
pub(crate) fn negated_polarity(scratch: &Scratch, lexicon: &Lexicon) -> Vec<(Span, Span)> {
    let mut turned = Vec::new();
    let (mut scope, mut negation, mut skip) = (0_u8, Span::default(), 0_usize);
    for (at, token) in scratch.tokens.iter().enumerate() {
        if matches!(token.kind, Kind::Pause | Kind::Stop | Kind::Mark) {
            (scope, skip) = (0, 0);
            continue;
        }
        if skip > 0 {
            skip -= 1;
            continue;
        }
        let Some((entry, length)) = look_up(scratch, lexicon, at) else {
            scope = scope.saturating_sub(1);
            continue;
        };
        skip = length - 1;
        match entry.role {
            Role::Negator => {
                (scope, negation) = (SCOPE_WORDS, token.source);
                continue;
            }
            Role::Intensifier => continue,
            Role::Contrast => scope = 0,
            Role::Irony => {}
            Role::Polarity => {
                if scope > 0 && token.kind != Kind::Emoji {
                    let end =
                        scratch.tokens.get(at + length - 1).map_or(token.source.end, |last| last.source.end);
                    turned.push((negation, Span { start: token.source.start, end }));
                }
            }
        }
        scope = scope.saturating_sub(1);
    }
    turned
}
