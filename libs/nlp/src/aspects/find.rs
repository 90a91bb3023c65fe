//! Finding the aspects of a text, sentence by sentence, and how each is spoken of.
//!
//! A lane per category says which are spoken of; what it hears are words, pairs of words, pieces of words (for
//! inflection), and concepts from `lexicon/aspects.tsv`. The *anchor* of a category is the term that names it, else the
//! word that weighs most for it. How it is spoken of is read from the clause around the anchor, up to a comma or a
//! contrast: "rich food, *but* slow service" praises one and blames the other.
//!
//! Most of the work would be pieces: three per letter, a row of the table each. Their sums depend on the word alone, and
//! the words of a language are few; `pieces` keeps them.
//!
//! A text has at most [`MENTIONS_MAX`] mentions: what is longer than that is not a review.

use std::sync::LazyLock;

use super::pieces::{WordSums, push_pieces};
use super::terms::{self, Term, Terms};
use super::{Aspect, AspectMention, BusinessKind, CATEGORIES, Category};
use crate::features::{Features, NEGATED, Sense};
use crate::lanes::{LaneTable, bucket_of, softmax_of};
use crate::language::Language;
use crate::model::Group;
use crate::reading::{Head, Label, Sentiment, Span};
use crate::tokens::{Kind, Scratch, Token, finish, pair};

/// Lanes of the table that finds categories: room for one more.
pub(crate) const LANES: usize = 64;
/// Buckets of that table.
pub(crate) const FOUND_BITS: u32 = 15;
/// Lanes of the polarity table: negative, neutral, positive, and five unused.
pub(crate) const SIDES: usize = 8;
/// Buckets of the polarity table.
pub(crate) const POLARITY_BITS: u32 = 16;
/// Measures that tell the finding lanes the kind of business.
pub(crate) const KINDS: usize = BusinessKind::ALL.len();
/// Measures that the polarity is told.
pub(crate) const MEASURES: usize = 14;
/// What is mixed into the last scores: the polarity table, the sentiment table's view of the clause, of a sentence that
/// is one clause and of a sentence that is several, and two constants.
pub(crate) const BLEND: usize = 6;
/// How many views are mixed, each of the negative and of the positive side.
const VIEWS: usize = 4;
/// See [`BLEND`].
pub(crate) type Views = [[f32; 2]; VIEWS];
/// More than any honest text needs.
const MENTIONS_MAX: usize = 64;
/// A sentence longer than this (nobody stops for breath) is read in pieces.
const SENTENCE_TOKENS_MAX: usize = 96;
/// Words to either side that count as near.
const NEAR_WORDS: usize = 4;

const CONCEPT: u64 = 0x636f_6e63;
const OF_CATEGORY: u64 = 0x6361_7465;
const LEFT: u64 = 0x6c65_6674;
const RIGHT: u64 = 0x7269_6768;
const REST: u64 = 0x7265_7374;
const PRAISED: u64 = 0x2b;
const BLAMED: u64 = 0x2d;

/// What the model knows of aspects.
#[derive(Debug)]
pub(crate) struct AspectTables {
    pub found: LaneTable<LANES>,
    /// A category is there when its score is above this.
    pub thresholds: [f32; LANES],
    pub polarity: LaneTable<SIDES>,
    /// How to mix, for Spanish, English and the rest.
    pub blend: [[f32; BLEND]; 3],
    /// Below this probability of the best class the label is unsure.
    pub unsure: f32,
}

impl AspectTables {
    pub fn silent() -> Self {
        Self {
            found: LaneTable::empty(FOUND_BITS, KINDS),
            thresholds: [f32::MAX; LANES],
            polarity: LaneTable::empty(POLARITY_BITS, MEASURES),
            blend: [[1.0, 0.0, 0.0, 0.0, 0.0, 0.0]; 3],
            unsure: 0.0,
        }
    }
}

/// A term of the lexicon in a text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hit {
    pub term: Term,
    /// Its first token and how many it takes.
    pub token: usize,
    pub count: usize,
}

/// What one sentence offers to the lanes; reused from sentence to sentence.
#[derive(Default, Debug)]
pub(crate) struct Sentence {
    /// Its tokens: from, to (exclusive).
    pub first: usize,
    pub last: usize,
    pub words: Vec<u32>,
    /// Only where it is learnt from (see [`Sentence::take_pieces`]).
    pub pieces: Vec<u32>,
    pub concepts: Vec<u32>,
    pub hits: Vec<Hit>,
}

/// What an anchor offers to the polarity.
#[derive(Default, Debug)]
pub(crate) struct Surroundings {
    /// The tokens of its clause.
    pub first: usize,
    pub last: usize,
    pub clause: Vec<u32>,
    pub near: Vec<u32>,
    pub tied: Vec<u32>,
    /// Words of the sentence outside the clause.
    pub rest: Vec<u32>,
    /// Of the words of the clause; only where it is learnt from (see [`Surroundings::take_pieces`]).
    pub pieces: Vec<u32>,
    pub measures: [f32; MEASURES],
    /// The clause as the sentiment table wants it.
    pub evidence: Vec<u32>,
}

/// Working memory, kept in the reader.
#[derive(Default, Debug)]
pub(crate) struct AspectMemory {
    sentence: Sentence,
    around: Surroundings,
    word_sums: WordSums,
    /// What the sentiment table says of the sentence, once that was asked.
    felt: Option<[f32; 4]>,
}

/// What has been read of the text before.
#[derive(Clone, Copy)]
pub(crate) struct Known<'a> {
    pub scratch: &'a Scratch,
    pub senses: &'a [Sense],
    pub group: &'a Group,
    pub group_index: usize,
    pub head: Head,
    pub language: Language,
}

impl Sentence {
    /// Takes the sentence that begins at a token; says where the next one begins. `None` at the end of the text.
    pub fn take(&mut self, scratch: &Scratch, senses: &[Sense], terms: &Terms, from: usize) -> Option<usize> {
        let rest = scratch.tokens.get(from..).filter(|rest| !rest.is_empty())?;
        let length = rest
            .iter()
            .take(SENTENCE_TOKENS_MAX)
            .position(|token| matches!(token.kind, Kind::Stop | Kind::Mark))
            .map_or(rest.len().min(SENTENCE_TOKENS_MAX), |stop| stop + 1);
        self.between(scratch, senses, terms, from, from + length);
        Some(from + length)
    }

    /// Takes the tokens of a range as one sentence.
    pub fn between(&mut self, scratch: &Scratch, senses: &[Sense], terms: &Terms, first: usize, last: usize) {
        (self.first, self.last) = (first, last);
        self.words.clear();
        self.pieces.clear();
        self.concepts.clear();
        self.hits.clear();
        let (mut before, mut skip, mut balance) = (None, 0_usize, 0.0);
        let Some(tokens) = scratch.tokens.get(first..last) else { return };
        for (at, token) in tokens.iter().enumerate() {
            if matches!(token.kind, Kind::Pause | Kind::Stop) {
                continue;
            }
            self.words.push(bucket_of(token.hash));
            if let Some(before) = before {
                self.words.push(bucket_of(pair(before, token.hash)));
            }
            before = Some(token.hash);
            balance += senses.get(first + at).map_or(0.0, |sense| sense.value);
            if skip > 0 {
                skip -= 1;
                continue;
            }
            if let Some((term, count)) = terms.at(&tokens[at..]) {
                skip = count - 1;
                self.hits.push(Hit { term, token: first + at, count });
            }
        }
        let lean = if balance > 0.0 { PRAISED } else { BLAMED };
        for at in 0..self.hits.len() {
            let term = self.hits[at].term;
            self.push_concept(pair(CONCEPT, term.concept));
            self.push_concept(pair(OF_CATEGORY, u64::from(term.category.0)));
            if balance != 0.0 {
                self.push_concept(pair(lean, term.concept));
            }
            if let Some(next) = self.hits.get(at + 1) {
                self.push_concept(pair(term.concept, next.term.concept));
            }
        }
        if self.hits.is_empty() {
            self.push_concept(if balance == 0.0 { CONCEPT } else { finish(lean) });
        }
    }

    fn push_concept(&mut self, hash: u64) {
        let bucket = bucket_of(finish(hash));
        if !self.concepts.contains(&bucket) {
            self.concepts.push(bucket);
        }
    }

    /// Takes the pieces of its words, for [`Self::groups`].
    pub fn take_pieces(&mut self, scratch: &Scratch) {
        self.pieces.clear();
        for word in words_of(scratch, self.first, self.last) {
            push_pieces(&scratch.bytes, word, &mut self.pieces);
        }
    }

    /// What the table says of it: the same as of [`Self::groups`] with its pieces taken, but faster.
    pub fn scores(
        &self,
        scratch: &Scratch,
        tables: &AspectTables,
        sums: &mut WordSums,
        measures: &[f32],
    ) -> [f32; LANES] {
        let table = &tables.found;
        let mut scores = table.bias;
        table.add(&mut scores, &table.sums(&self.words), self.words.len());
        table.add(&mut scores, &table.sums(&self.concepts), self.concepts.len());
        let (mut all, mut count) = ([0_i32; LANES], 0);
        for word in words_of(scratch, self.first, self.last) {
            let of_word = sums.of(tables, &scratch.bytes, word);
            count += usize::from(of_word.count);
            for (sum, own) in all.iter_mut().zip(of_word.found) {
                *sum += i32::from(own);
            }
        }
        table.add(&mut scores, &all, count);
        table.add_measures(&mut scores, measures);
        scores
    }

    /// The groups of buckets, as the finding table wants them.
    pub fn groups(&self) -> [&[u32]; 3] {
        [&self.words, &self.pieces, &self.concepts]
    }

    /// The term that names a category best.
    pub fn hit_for(&self, category: Category) -> Option<Hit> {
        let nearness = |hit: &Hit| nearness(hit.term.category, category);
        let best = self.hits.iter().map(nearness).max()?;
        self.hits.iter().find(|hit| nearness(hit) == best && best > 0).copied()
    }

    /// The word that weighs most for a lane.
    fn weightiest(&self, scratch: &Scratch, table: &LaneTable<LANES>, lane: usize) -> Option<usize> {
        let weight = |hash: u64| {
            let row = table.rows.get((bucket_of(hash) >> table.dropped_bits()) as usize);
            row.and_then(|row| row.get(lane)).copied().map_or(0, i32::from)
        };
        let tokens = scratch.tokens.get(self.first..self.last)?;
        let words = tokens.iter().enumerate().filter(|(_, token)| token.kind == Kind::Word);
        words.max_by_key(|(_, token)| weight(token.hash)).map(|(at, _)| self.first + at)
    }
}

/// The words among some tokens.
fn words_of(scratch: &Scratch, first: usize, last: usize) -> impl Iterator<Item = &Token> {
    let tokens = scratch.tokens.get(first..last).unwrap_or_default();
    tokens.iter().filter(|token| token.kind == Kind::Word)
}

/// How well a term of one category names another; 0 not at all.
fn nearness(of: Category, category: Category) -> u8 {
    static TABLE: LazyLock<[[u8; CATEGORIES.len()]; CATEGORIES.len()]> = LazyLock::new(|| {
        let mut table = [[0; CATEGORIES.len()]; CATEGORIES.len()];
        for (row, of) in table.iter_mut().zip(Category::all()) {
            for (cell, category) in row.iter_mut().zip(Category::all()) {
                *cell = compare(of, category);
            }
        }
        table
    });
    TABLE.get(of.lane()).and_then(|row| row.get(category.lane())).copied().unwrap_or_default()
}

fn compare(of: Category, category: Category) -> u8 {
    if of == category {
        4
    } else if of.entity() == category.entity() && category.facet() != "prices" {
        3
    } else if of.facet() == category.facet() && of.facet() != "general" && of.facet() != "quality" {
        2
    } else {
        u8::from(of.aspect() == category.aspect()) * 2
    }
}

impl Surroundings {
    /// Takes what stands around an anchor (`token`, `count` tokens long) within its sentence.
    pub fn take(
        &mut self,
        scratch: &Scratch,
        senses: &[Sense],
        sentence: &Sentence,
        anchor: (usize, usize),
        category: u64,
    ) {
        let tokens = &scratch.tokens;
        let (from, to) = (anchor.0, (anchor.0 + anchor.1).min(sentence.last));
        let ends = |at: usize| {
            tokens.get(at).is_none_or(|token| matches!(token.kind, Kind::Pause | Kind::Stop | Kind::Mark))
        };
        let turns = |at: usize| senses.get(at).is_some_and(|sense| sense.contrast);
        self.first = from;
        while self.first > sentence.first && !ends(self.first - 1) && !turns(self.first) {
            self.first -= 1;
        }
        self.last = to;
        while self.last < sentence.last && !ends(self.last) && !turns(self.last) {
            self.last += 1;
        }
        self.clause.clear();
        self.near.clear();
        self.tied.clear();
        self.rest.clear();
        self.evidence.clear();
        let of_category = pair(OF_CATEGORY, category);
        let mut before = None;
        for at in self.first..self.last {
            let Some(token) = tokens.get(at) else { break };
            self.clause.push(bucket_of(token.hash));
            self.tied.push(bucket_of(pair(of_category, token.hash)));
            let negated = senses.get(at).is_some_and(|sense| sense.negated);
            if negated {
                self.clause.push(bucket_of(pair(NEGATED, token.hash)));
            }
            if let Some(before) = before {
                self.clause.push(bucket_of(pair(before, token.hash)));
            }
            before = Some(token.hash);
        }
        self.evidence.extend_from_slice(&self.clause);
        for at in (sentence.first..self.first).chain(self.last..sentence.last) {
            let said = tokens.get(at).filter(|token| !matches!(token.kind, Kind::Pause | Kind::Stop));
            self.rest.extend(said.map(|token| bucket_of(pair(REST, token.hash))));
        }
        let words =
            |at: &usize| tokens.get(*at).is_some_and(|token| !matches!(token.kind, Kind::Pause | Kind::Stop));
        let left = (sentence.first..from).rev().filter(words).take(NEAR_WORDS);
        let right = (to..sentence.last).filter(words).take(NEAR_WORDS);
        let mut near = [0.0_f32; 2];
        for (side, at, distance) in left
            .enumerate()
            .map(|(far, at)| (LEFT, at, far))
            .chain(right.enumerate().map(|(far, at)| (RIGHT, at, far)))
        {
            let hash = tokens.get(at).map_or(0, |token| token.hash);
            self.near.push(bucket_of(pair(side, hash)));
            let value = senses.get(at).map_or(0.0, |sense| sense.value) / (1.0 + distance as f32 * 0.3);
            near[usize::from(value > 0.0)] += value.abs();
        }
        self.measure(senses, sentence, anchor, near);
    }

    fn measure(&mut self, senses: &[Sense], sentence: &Sentence, anchor: (usize, usize), near: [f32; 2]) {
        let sums = |first: usize, last: usize| {
            senses.get(first..last).unwrap_or_default().iter().fold([0.0_f32; 2], |mut sums, sense| {
                sums[usize::from(sense.value > 0.0)] += sense.value.abs();
                sums
            })
        };
        let squash = |value: f32| value / (value.abs() + 2.0);
        let flag = |yes: bool| f32::from(u8::from(yes));
        let [bad, good] = sums(self.first, self.last);
        let [worse, better] = sums(sentence.first, sentence.last);
        let own = senses.get(anchor.0).map_or(0.0, |sense| sense.value);
        let turned = |first: usize, last: usize| {
            senses.get(first..last).unwrap_or_default().iter().any(|sense| sense.contrast)
        };
        self.measures = [
            squash(bad),
            squash(good),
            (good - bad) / (good + bad + 1.0),
            squash(near[0]),
            squash(near[1]),
            (near[1] - near[0]) / (near[1] + near[0] + 1.0),
            squash(worse),
            squash(better),
            (better - worse) / (better + worse + 1.0),
            squash(own),
            flag(turned(sentence.first, self.first)),
            flag(turned(self.last, sentence.last)),
            flag(bad + good == 0.0),
            flag(worse + better == 0.0),
        ];
    }

    /// Takes the pieces of the words of the clause, for [`Self::groups`].
    pub fn take_pieces(&mut self, scratch: &Scratch) {
        self.pieces.clear();
        for word in words_of(scratch, self.first, self.last) {
            push_pieces(&scratch.bytes, word, &mut self.pieces);
        }
    }

    /// The groups of buckets, as the polarity table wants them.
    pub fn groups(&self) -> [&[u32]; 5] {
        [&self.clause, &self.near, &self.tied, &self.rest, &self.pieces]
    }

    /// What the polarity table says: the same as of [`Self::groups`] with its pieces taken, but faster.
    pub fn scores(&self, scratch: &Scratch, tables: &AspectTables, sums: &mut WordSums) -> [f32; SIDES] {
        let table = &tables.polarity;
        let mut scores = table.bias;
        for group in [&self.clause, &self.near, &self.tied, &self.rest] {
            table.add(&mut scores, &table.sums(group), group.len());
        }
        let (mut all, mut count) = ([0_i32; SIDES], 0);
        for word in words_of(scratch, self.first, self.last) {
            let of_word = sums.of(tables, &scratch.bytes, word);
            count += usize::from(of_word.count);
            for (sum, own) in all.iter_mut().zip(of_word.polarity) {
                *sum += i32::from(own);
            }
        }
        table.add(&mut scores, &all, count);
        table.add_measures(&mut scores, &self.measures);
        scores
    }

    /// What is mixed: the polarity table (its scores are given) against neutral, and what the sentiment table says of clause and sentence (the
    /// latter given: it is the same for all mentions of a sentence).
    pub fn views(&self, own: [f32; SIDES], known: &Known, sentence: [f32; 4]) -> Views {
        let [clause_bad, clause_good, ..] = known.group.evidence(&self.evidence, known.head);
        let [bad, good, ..] = sentence;
        let mut views = [[own[0] - own[1], own[2] - own[1]], [clause_bad, clause_good], [0.0; 2], [0.0; 2]];
        views[if self.rest.is_empty() { 2 } else { 3 }] = [bad, good];
        views
    }
}

/// The last scores (negative, neutral, positive) from the views.
pub(crate) fn blend(views: &Views, weights: &[f32; BLEND]) -> [f32; 3] {
    let side = |side: usize| {
        views.iter().zip(weights).map(|(view, weight)| view[side] * weight).sum::<f32>()
            + weights[VIEWS + side]
    };
    [side(0), 0.0, side(1)]
}

/// The kind of business as the finding lanes are told it.
pub(crate) fn kind_measures(kind: Option<BusinessKind>) -> [f32; KINDS] {
    let mut measures = [0.0; KINDS];
    if let Some(kind) = kind {
        measures[kind as usize] = 1.0;
    }
    measures
}

/// A number for a category in the polarity's hashes.
pub(crate) const fn polarity_key(category: Option<Category>) -> u64 {
    match category {
        Some(category) => category.0 as u64,
        None => u64::MAX,
    }
}

/// Whether a category is found by its words alone, because no labelled set knows it.
fn by_words(category: Category) -> bool {
    matches!(
        category.aspect(),
        Aspect::App
            | Aspect::Refund
            | Aspect::Booking
            | Aspect::Payment
            | Aspect::Safety
            | Aspect::Information
            | Aspect::Contact
            | Aspect::Warranty
            | Aspect::Wait
    )
}

impl AspectMemory {
    /// The aspects of a text, in its order.
    pub fn find(
        &mut self,
        tables: &AspectTables,
        known: &Known,
        sentiment: &Sentiment,
        kind: Option<BusinessKind>,
    ) -> Vec<AspectMention> {
        let mut mentions = Vec::new();
        let terms = terms::of(known.language);
        let measures = kind_measures(kind);
        let mut next = 0;
        while let Some(after) = self.sentence.take(known.scratch, known.senses, terms, next) {
            next = after;
            self.felt = None;
            let tokens = known.scratch.tokens.get(self.sentence.first..after).unwrap_or_default();
            // marks and pictures alone speak of nothing
            if !tokens.iter().any(|token| token.kind == Kind::Word) {
                continue;
            }
            let scores = self.sentence.scores(known.scratch, tables, &mut self.word_sums, &measures);
            let before = mentions.len();
            for (category, (score, threshold)) in Category::all().zip(scores.iter().zip(&tables.thresholds)) {
                if score > threshold {
                    mentions.push(self.mention(tables, known, sentiment, category));
                }
            }
            self.named(tables, known, sentiment, before, &mut mentions);
            if mentions.len() >= MENTIONS_MAX {
                break;
            }
        }
        mentions.truncate(MENTIONS_MAX);
        mentions.sort_by_key(|mention| (mention.span.start, mention.category));
        mentions
    }

    /// Adds the categories of this sentence that only words can name: those no labelled set knows, and those this model
    /// did not learn.
    fn named(
        &mut self,
        tables: &AspectTables,
        known: &Known,
        sentiment: &Sentiment,
        before: usize,
        mentions: &mut Vec<AspectMention>,
    ) {
        for at in 0..self.sentence.hits.len() {
            let category = self.sentence.hits[at].term.category;
            let here = mentions.get(before..).unwrap_or_default();
            let said = here.iter().any(|mention| mention.aspect == category.aspect());
            // "quick" and "late" are said of much else
            let alone = category.aspect() != Aspect::Wait || here.is_empty();
            let unlearnt =
                tables.thresholds[category.lane()] >= f32::MAX && category.aspect() != Aspect::General;
            if (by_words(category) || unlearnt) && !said && alone {
                mentions.push(self.mention(tables, known, sentiment, category));
            }
        }
    }

    fn mention(
        &mut self,
        tables: &AspectTables,
        known: &Known,
        sentiment: &Sentiment,
        category: Category,
    ) -> AspectMention {
        let sentence = &self.sentence;
        let hit = sentence.hit_for(category);
        let anchor = hit.map_or_else(
            || {
                (
                    sentence
                        .weightiest(known.scratch, &tables.found, category.lane())
                        .unwrap_or(sentence.first),
                    1,
                )
            },
            |hit| (hit.token, hit.count),
        );
        let around = &mut self.around;
        around.take(known.scratch, known.senses, sentence, anchor, polarity_key(Some(category)));
        let felt = self.felt.get_or_insert_with(|| known.group.evidence(&sentence.words, known.head));
        let own = around.scores(known.scratch, tables, &mut self.word_sums);
        let views = around.views(own, known, *felt);
        let mut probabilities: [f32; 3] = softmax_of(&blend(&views, &tables.blend[known.group_index]));
        let tokens = &known.scratch.tokens;
        if only_clause(tokens, around) && sentiment.label != Label::Unsure {
            // the text is this clause: what it feels as a whole is as good a witness
            let mut both = probabilities;
            for (own, whole) in both.iter_mut().zip(sentiment.probabilities) {
                *own = (own.max(1e-6) * whole.max(1e-6)).sqrt().ln();
            }
            probabilities = softmax_of(&both);
        }
        let best = crate::model::best_of(&probabilities);
        let label = if probabilities[best] < tables.unsure { Label::Unsure } else { Label::from_class(best) };
        let span = span_of(tokens, known.senses, around, hit.map(|hit| (hit.token, hit.count)));
        AspectMention { aspect: closer(category, hit), category, label, probabilities, span }
    }
}

/// The aspect of the category, or that of the words where they say it closer.
fn closer(category: Category, hit: Option<Hit>) -> Aspect {
    let own = category.aspect();
    let Some(named) = hit.map(|hit| hit.term.category.aspect()) else { return own };
    let broad = matches!(own, Aspect::Service | Aspect::Ambience | Aspect::General | Aspect::Facilities);
    let close = matches!(named, Aspect::Staff | Aspect::Wait | Aspect::Cleanliness | Aspect::Comfort);
    if broad && close { named } else { own }
}

/// Whether a clause is all that a text says.
fn only_clause(tokens: &[Token], around: &Surroundings) -> bool {
    let said = |token: &Token| matches!(token.kind, Kind::Word | Kind::Emoji);
    let (before, after) = (tokens.get(..around.first), tokens.get(around.last..));
    !before.unwrap_or_default().iter().any(said) && !after.unwrap_or_default().iter().any(said)
}

/// The term with the nearest word of opinion in its clause; the whole clause where there is no term.
fn span_of(tokens: &[Token], senses: &[Sense], around: &Surroundings, hit: Option<(usize, usize)>) -> Span {
    let (mut first, mut last) = (around.first, around.last.saturating_sub(1));
    if let Some((token, count)) = hit {
        (first, last) = (token, (token + count).saturating_sub(1));
        let opinion = (around.first..around.last)
            .filter(|at| senses.get(*at).is_some_and(|sense| sense.value != 0.0))
            .min_by_key(|at| at.abs_diff(token));
        if let Some(opinion) = opinion.filter(|at| at.abs_diff(token) <= NEAR_WORDS + 2) {
            first = first.min(opinion);
            last = last.max(opinion);
        }
    }
    let start = tokens.get(first).map_or(0, |token| token.source.start);
    let end = tokens.get(last.max(first)).map_or(start, |token| token.source.end);
    Span { start, end: end.max(start) }
}

/// How many categories there are must fit the lanes.
const _: () = assert!(CATEGORIES.len() <= LANES);

/// Features are what the sentence's senses come from.
impl<'a> Known<'a> {
    pub fn new(
        scratch: &'a Scratch,
        features: &'a Features,
        group: (&'a Group, usize),
        head: Head,
        language: Language,
    ) -> Self {
        Self { scratch, senses: &features.senses, group: group.0, group_index: group.1, head, language }
    }
}
