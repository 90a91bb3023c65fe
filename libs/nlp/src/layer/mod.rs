//! The layer: what an organisation's own corrections teach, on top of a model that stays as it is.
//!
//! *What for.* The owner taps "this is neutral". From a handful of such taps the next readings get better, that text
//! and its copies are right at once, and nothing is ever trained again: a layer is built from the stored corrections
//! in milliseconds, and undoing a correction is building it without that one.
//!
//! *How.* Exact and near copies of a corrected text get its label. Other texts get a bounded shift of their scores
//! (`part`), learnt apart for each language group and kind of text, and only where they look like the corrected ones.
//! It is believed only if each correction is better explained by the *other* corrections than by the model alone;
//! contradictory taps explain nothing and change nothing but their own texts.
//!
//! *What it never does.* It never changes the model, never depends on the order of the corrections, never moves the
//! log-odds of two classes by more than [`Layer::SHIFT_MAX`] (copies of corrected texts aside), and never touches a
//! reading in another language group or of another kind than those corrected.
//!
//! To let another classifier learn from corrections: give `part::Part` its scores, the measures and the words.

mod common;
mod part;
mod solve;
mod words;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use self::part::{Part, Seen, TEXTS_MIN};
use self::solve::{best_of, softmax};
use self::words::{WORDS_MAX, WORDS_MIN};
use crate::features::{Features, bucket_of};
use crate::fingerprint::{self, Fingerprint};
use crate::lexicon::Lexicon;
use crate::model::{Model, Reader, group_of, lexicon_of};
use crate::reading::{Head, Label, Sentiment, Taught};
use crate::tokens::{Kind, Scratch, pair};

/// What the owner says of one text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Correction<'a> {
    /// The whole text.
    pub text: &'a str,
    /// As what it was read.
    pub head: Head,
    /// Its stars, where it has some.
    pub stars: Option<u8>,
    /// What it is. [`Label::Unsure`] teaches nothing. Saying what the model says teaches too: it is a confirmation.
    pub label: Label,
}

/// How far a layer has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LayerState {
    /// Nothing was corrected.
    Empty,
    /// Too few corrections of one kind for more than the texts themselves and their copies.
    NotEnough,
    /// The corrections do not explain each other: only the texts themselves and their copies are read anew.
    NothingLearnt,
    /// Like texts are read with what was learnt.
    Active,
}

/// A word that gained weight.
#[derive(Clone, PartialEq, Debug)]
pub struct LearntWord {
    /// The word as it was written, in lower case.
    pub word: String,
    /// Towards what it pulls.
    pub towards: Label,
    /// How strongly, compared with the others.
    pub weight: f32,
}

/// What was learnt, in figures a page can say in words.
#[derive(Clone, PartialEq, Debug)]
pub struct LayerSummary {
    /// Corrections that count: different texts with a label.
    pub corrections: usize,
    /// Of these, how many the model had read otherwise.
    pub disagreed: usize,
    /// Texts that were given different labels: what was said most often counts, and on a tie nothing does.
    pub contradictory: usize,
    /// Whether like texts are read differently.
    pub state: LayerState,
    /// Mean probabilities (negative, neutral, positive) of the corrected texts without the layer…
    pub balance_before: [f32; 3],
    /// …and with it, their own labels aside.
    pub balance_after: [f32; 3],
    /// The words that gained most, the strongest first, at most eight. Only words of two texts or more.
    pub words: Vec<LearntWord>,
}

/// A corrected text, remembered.
#[derive(Clone, Copy, Debug)]
struct Known {
    fingerprint: Fingerprint,
    marks: u128,
    tokens: u32,
    label: Label,
}

/// What one organisation's corrections teach. Under one megabyte with a thousand of them.
#[derive(Clone, Debug)]
pub struct Layer {
    /// Corrected texts by the hash of their words, sorted.
    exact: Box<[(u64, Label)]>,
    near: Box<[Known]>,
    /// By group and head.
    parts: [[Option<Part<3>>; 2]; 3],
    version: u64,
    summary: LayerSummary,
}

/// A near-copy of fewer tokens than this is only chance.
const NEAR_TOKENS_MIN: u32 = 6;
/// Words shown in a summary.
const WORDS_SHOWN: usize = 8;

/// A word shorter than this says nothing to a person.
const WORD_LETTERS_MIN: usize = 3;

/// How a word is written and in how many texts it stands.
struct Name {
    word: String,
    texts: u32,
    last: Option<u64>,
}

/// Names of words by bucket.
type Names = BTreeMap<u32, Name>;

/// One correction, read.
struct Taken {
    key: u64,
    fingerprint: Fingerprint,
    tokens: u32,
    group: usize,
    head: Head,
    seen: Seen<3>,
    /// Nothing in it to weigh.
    silent: bool,
}

impl Layer {
    /// Corrections that are learnt from; of more, an arbitrary but fixed thousand. Give the newest.
    pub const CORRECTIONS_MAX: usize = 1_000;
    /// Corrections of one kind of text in one group of languages from which more is learnt than the texts themselves.
    pub const CORRECTIONS_MIN: usize = TEXTS_MIN;
    /// By how much a layer may move the log-odds of any two classes, in natural logarithms: it can turn a reading of
    /// less than 98 %, not one of more; and a class of 1 % can become 35 % at most.
    pub const SHIFT_MAX: f32 = part::SHIFT_MAX;

    /// Learns from corrections, in any order. Repeated ones count once.
    #[must_use]
    pub fn learn(model: &Model, corrections: &[Correction<'_>]) -> Self {
        let mut reader = Reader::default();
        let mut names = Names::new();
        let (taken, contradictory) = take_all(model, corrections, &mut reader, &mut names);
        let mut layer = Self {
            exact: taken.iter().map(|one| (one.key, Label::from_class(one.seen.label))).collect(),
            near: taken.iter().filter(|one| one.tokens >= NEAR_TOKENS_MIN).map(Known::of).collect(),
            parts: Default::default(),
            version: version_of(model, &taken),
            summary: summary_without_parts(&taken, contradictory),
        };
        for (group, by_head) in layer.parts.iter_mut().enumerate() {
            for (head, part) in by_head.iter_mut().enumerate() {
                let seen: Vec<Seen<3>> = taken
                    .iter()
                    .filter(|one| one.group == group && one.head.index() == head && !one.silent)
                    .map(|one| one.seen.clone())
                    .collect();
                // every part has its share of the memory
                let most = WORDS_MAX * seen.len() / taken.len().max(1);
                *part = Part::learn(&seen, most.max(WORDS_MIN));
            }
        }
        layer.finish_summary(&taken, &names);
        layer
    }

    /// What was learnt.
    #[must_use]
    pub const fn summary(&self) -> &LayerSummary {
        &self.summary
    }

    /// Changes whenever the corrections or the model change, whatever their order: store it with each reading, read
    /// again when it differs. 0 without corrections.
    #[must_use]
    pub const fn version(&self) -> u64 {
        self.version
    }

    /// Bytes of memory it holds, about.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let parts = self.parts.iter().flatten().flatten();
        size_of::<Self>()
            + size_of_val::<[(u64, Label)]>(&self.exact)
            + size_of_val::<[Known]>(&self.near)
            + parts.map(|part| part.words.bytes()).sum::<usize>()
    }

    /// The label of a text that was corrected itself, or of which a near-copy was.
    pub(crate) fn known(&self, scratch: &Scratch, fingerprint: &Fingerprint) -> Option<Label> {
        if self.exact.is_empty() {
            return None;
        }
        let (key, tokens) = key_of(scratch);
        if let Ok(at) = self.exact.binary_search_by_key(&key, |(key, _)| *key) {
            return self.exact.get(at).map(|(_, label)| *label);
        }
        if tokens < NEAR_TOKENS_MIN {
            return None;
        }
        let mut votes = [0_u32; 3];
        let marks = marks_of(fingerprint);
        for known in &self.near {
            // a copy is about as long
            let may_be = tokens.abs_diff(known.tokens) * 3 <= known.tokens && may_be_near(known.marks, marks);
            if may_be && known.fingerprint.is_near(fingerprint) {
                votes[class_of(known.label).unwrap_or_default()] += 1;
            }
        }
        winner(votes)
    }

    /// Adds what was learnt to the scores of a text.
    pub(crate) fn adjust(&self, scores: [f32; 3], features: &Features, group: usize, head: Head) -> [f32; 3] {
        match self.parts.get(group).and_then(|by_head| by_head[head.index()].as_ref()) {
            Some(part) => solve::add(scores, part.shift(&scores, &features.words, &features.dense)),
            None => scores,
        }
    }

    fn finish_summary(&mut self, taken: &[Taken], names: &Names) {
        let mut after = [0.0; 3];
        for one in taken {
            let part = self.parts[one.group][one.head.index()].as_ref();
            let shift =
                part.map_or([0.0; 3], |part| part.shift(&one.seen.scores, &one.seen.words, &one.seen.dense));
            after = solve::add(after, softmax(solve::add(one.seen.scores, shift)));
        }
        self.summary.balance_after = after.map(|sum| sum / taken.len().max(1) as f32);
        let mut words: Vec<LearntWord> = Vec::new();
        for part in self.parts.iter().flatten().flatten() {
            words.extend(names.iter().filter(|(_, name)| name.texts > 1).filter_map(|(bucket, name)| {
                let shift = part.words.get(*bucket)?.shift;
                let towards = best_of(&shift);
                Some(LearntWord {
                    word: name.word.clone(),
                    towards: Label::from_class(towards),
                    weight: shift[towards],
                })
            }));
        }
        words.sort_by(|a, b| b.weight.total_cmp(&a.weight).then_with(|| a.word.cmp(&b.word)));
        words.truncate(WORDS_SHOWN);
        self.summary.words = words;
        let enough = Head::ALL.iter().any(|head| {
            (0..3).any(|group| {
                let of_part = |one: &&Taken| one.group == group && one.head == *head && !one.silent;
                taken.iter().filter(of_part).count() >= TEXTS_MIN
            })
        });
        self.summary.state = if taken.is_empty() {
            LayerState::Empty
        } else if self.parts.iter().flatten().any(Option::is_some) {
            LayerState::Active
        } else if enough {
            LayerState::NothingLearnt
        } else {
            LayerState::NotEnough
        };
    }
}

/// How much a reading is in doubt, from 0 (certain) to 1 (two classes alike): the first to look at.
///
/// Not the first to learn from: correcting the most doubtful first teaches less than correcting mentions as they come
/// (macro-F1 on unseen hotels with 25 corrections .59 against .63), for they show only what doubt looks like.
#[must_use]
pub fn doubt(sentiment: &Sentiment) -> f32 {
    let mut sorted = sentiment.probabilities;
    sorted.sort_by(f32::total_cmp);
    let [_, second, first] = sorted;
    (1.0 - (first - second)).clamp(0.0, 1.0)
}

/// Certain: what the owner said of this very text.
pub(crate) fn certain(label: Label) -> Sentiment {
    let mut probabilities = [0.005; 3];
    probabilities[class_of(label).unwrap_or(1)] = 0.99;
    Sentiment { label, probabilities, against_stars: false, taught: Taught::Copy }
}

impl Known {
    fn of(taken: &Taken) -> Self {
        Self {
            fingerprint: taken.fingerprint,
            marks: marks_of(&taken.fingerprint),
            tokens: taken.tokens,
            label: Label::from_class(taken.seen.label),
        }
    }
}

/// One bit of 128 for each word of a fingerprint.
fn marks_of(fingerprint: &Fingerprint) -> u128 {
    let words = fingerprint.0.as_chunks::<2>().0;
    words.iter().skip(3).fold(0, |marks, word| marks | 1 << ((word[0] ^ word[1].rotate_left(3)) & 127))
}

/// Whether fingerprints with these marks can be near: near ones have more than a third of their words in common, and
/// a common word is a common bit. Spares nine comparisons in ten, each as dear as a dozen words.
const fn may_be_near(left: u128, right: u128) -> bool {
    let (ones, others) = (left.count_ones(), right.count_ones());
    (left & right).count_ones() * 4 >= if ones < others { ones } else { others }
}

const fn class_of(label: Label) -> Option<usize> {
    match label {
        Label::Negative => Some(0),
        Label::Neutral => Some(1),
        Label::Positive => Some(2),
        Label::Unsure => None,
    }
}

/// The class with more votes than any other.
fn winner(votes: [u32; 3]) -> Option<Label> {
    let best = best_of(&votes.map(|count| count as f32));
    let alone = votes.iter().filter(|count| **count == votes[best]).count() == 1;
    (alone && votes[best] > 0).then(|| Label::from_class(best))
}

/// The hash of a text's words, pictures and names in their order, and their number: the same for any case, accents
/// and punctuation.
fn key_of(scratch: &Scratch) -> (u64, u32) {
    let said =
        scratch.tokens.iter().filter(|token| !matches!(token.kind, Kind::Pause | Kind::Stop | Kind::Mark));
    said.fold((0, 0), |(key, count), token| (pair(key, token.hash), count + 1))
}

/// Reads every correction once, in an order of their own, without those that contradict each other.
fn take_all(
    model: &Model,
    corrections: &[Correction<'_>],
    reader: &mut Reader,
    names: &mut Names,
) -> (Vec<Taken>, usize) {
    let mut by_key: BTreeMap<(u64, usize, Option<u8>, &str), [u32; 3]> = BTreeMap::new();
    for correction in corrections {
        let Some(class) = class_of(correction.label) else { continue };
        reader.scratch.read(correction.text);
        let (key, tokens) = key_of(&reader.scratch);
        if tokens > 0 {
            let key = (key, correction.head.index(), correction.stars, correction.text);
            by_key.entry(key).or_default()[class] += 1;
        }
    }
    // spellings, stars and kinds of one text are one text: its label is what was said most often
    let mut labels: BTreeMap<u64, [u32; 3]> = BTreeMap::new();
    for ((key, ..), votes) in &by_key {
        let sum = labels.entry(*key).or_default();
        for (sum, vote) in sum.iter_mut().zip(votes) {
            *sum += vote;
        }
    }
    let contradictory =
        labels.values().filter(|votes| votes.iter().filter(|vote| **vote > 0).count() > 1).count();
    let mut taken: Vec<Taken> = Vec::new();
    for (key, head, stars, text) in by_key.into_keys() {
        let Some(label) = labels.get(&key).and_then(|votes| winner(*votes)) else { continue };
        if taken.last().is_some_and(|last| last.key == key) {
            continue;
        }
        if taken.len() == Layer::CORRECTIONS_MAX {
            break;
        }
        let head = Head::ALL[head];
        let one = take(model, reader, &Correction { text, head, stars, label }, key);
        name_words(&reader.scratch, text, &one, names);
        taken.push(one);
    }
    (taken, contradictory)
}

fn take(model: &Model, reader: &mut Reader, correction: &Correction<'_>, key: u64) -> Taken {
    let group = group_of(reader.take(model, correction.text));
    let scores = reader.scores(&model.groups[group], correction.head, correction.stars).unwrap_or_default();
    Taken {
        key,
        fingerprint: fingerprint::take(&reader.scratch),
        tokens: key_of(&reader.scratch).1,
        group,
        head: correction.head,
        silent: reader.features.words.is_empty(),
        seen: Seen {
            scores,
            dense: reader.features.dense,
            words: reader.features.words.as_slice().into(),
            topics: topics_of(&reader.scratch, lexicon_of(group)),
            label: class_of(correction.label).unwrap_or(1),
        },
    }
}

/// The buckets of the words that say what a text is about.
fn topics_of(scratch: &Scratch, lexicon: &Lexicon) -> Box<[u32]> {
    let words = scratch.tokens.iter().filter(|token| token.kind == Kind::Word);
    let mut topics: Vec<u32> = words
        .filter(|token| common::is_topic(token.hash, lexicon))
        .map(|token| bucket_of(token.hash))
        .collect();
    topics.sort_unstable();
    topics.dedup();
    topics.into_boxed_slice()
}

/// Remembers how the words of a text are written, and in how many texts they stand.
fn name_words(scratch: &Scratch, text: &str, taken: &Taken, names: &mut Names) {
    let (key, lexicon) = (taken.key, lexicon_of(taken.group));
    let words = scratch.tokens.iter().filter(|token| token.kind == Kind::Word);
    for token in words.filter(|token| common::is_telling(token.hash, lexicon)) {
        let word = token.source.of(text);
        if word.chars().count() < WORD_LETTERS_MIN || !word.chars().all(char::is_alphabetic) {
            continue;
        }
        let name = names.entry(bucket_of(token.hash)).or_insert_with(|| Name {
            word: word.to_lowercase(),
            texts: 0,
            last: None,
        });
        if name.last != Some(key) {
            name.last = Some(key);
            name.texts += 1;
        }
    }
}

/// Everything that decides what a layer does, in one number; 0 without corrections.
fn version_of(model: &Model, taken: &[Taken]) -> u64 {
    let said = |one: &Taken| pair(one.key, (one.seen.label * 2 + one.head.index()) as u64);
    match taken {
        [] => 0,
        _ => taken.iter().fold(u64::from(model.version()), |version, one| pair(version, said(one))).max(1),
    }
}

fn summary_without_parts(taken: &[Taken], contradictory: usize) -> LayerSummary {
    let mut before = [0.0; 3];
    for one in taken {
        before = solve::add(before, softmax(one.seen.scores));
    }
    LayerSummary {
        corrections: taken.len(),
        disagreed: taken.iter().filter(|one| best_of(&one.seen.scores) != one.seen.label).count(),
        contradictory,
        state: LayerState::Empty,
        balance_before: before.map(|sum| sum / taken.len().max(1) as f32),
        balance_after: [0.0; 3],
        words: Vec::new(),
    }
}
