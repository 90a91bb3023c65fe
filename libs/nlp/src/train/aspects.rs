//! Learning the aspects: the lanes that find categories, the thresholds above which they speak, the polarity.
//!
//! Thresholds come from cross-validation within the training part (folds by text, all translations together). The
//! last mixing with the sentiment table is fitted on the held-out part, a handful of numbers: the sentiment table
//! knows its own training texts too well to be mixed with anything there. Its figures are therefore taken twice,
//! each half judged by a mix fitted on the other.

use super::aspect_rows::{AspectRow, Gold};
use super::fit::Part;
use super::lanes::{self, LaneExample, LaneRecipe, Loss};
use super::measure::{Judged, confidence_at};
use crate::aspects::find::{
    AspectTables, BLEND, FOUND_BITS, KINDS, Known, LANES, MEASURES, POLARITY_BITS, Sentence, Surroundings,
    Views, blend, kind_measures, polarity_key,
};
use crate::aspects::terms;
use crate::features::Features;
use crate::fold::fold;
use crate::language::Language;
use crate::model::{Group, Model, group_of, lexicon_of, softmax};
use crate::reading::Head;
use crate::tokens::{Kind, Scratch, hash_bytes};

/// Folds of the cross-validation that finds the thresholds.
const FOLDS: u64 = 4;
/// Every second row is told its kind of business, the other learns to do without.
const TOLD_ONE_IN: u64 = 2;
/// About the F1 we expect: what a false mention costs against a missed one (see [`best_threshold`]).
const F1_EXPECTED: f32 = 0.75;
/// How many mentions a threshold has to earn per unit away from the common one: small gains are noise.
const EARN: f32 = 2.0;
/// What a rare lane's threshold is above the common one.
const RARE_EXTRA: f32 = 0.7;
/// A lane needs this many examples for a threshold of its own.
const EXAMPLES_MIN: usize = 25;

/// Rows ready to be learnt from.
pub(crate) struct Prepared {
    finding: Vec<(LaneExample, Place)>,
    polarity: Vec<(LaneExample, Place)>,
}

/// Where an example comes from.
#[derive(Clone, Copy)]
struct Place {
    key: u64,
    held_out: bool,
    may_train: bool,
}

/// A row read into tokens and senses.
#[derive(Default)]
pub(crate) struct RowReader {
    pub scratch: Scratch,
    pub features: Features,
    pub sentence: Sentence,
    pub around: Surroundings,
}

impl RowReader {
    /// Reads a row whose language is known; the whole of it as one sentence.
    pub fn read(&mut self, text: &str, language: Language) {
        self.scratch.read(text);
        self.features.take_words(&self.scratch, lexicon_of(group_of(language)));
        let last = self.scratch.tokens.len();
        self.sentence.between(&self.scratch, &self.features.senses, terms::of(language), 0, last);
        self.sentence.take_pieces(&self.scratch);
    }

    /// The tokens of a labelled mention: its words, else the term that would name its category, else its beginning.
    pub fn anchor(&self, gold: &Gold) -> (usize, usize) {
        self.term_tokens(&gold.term).unwrap_or_else(|| {
            let hit = gold.category.and_then(|category| self.sentence.hit_for(category));
            hit.map_or((self.sentence.first, 1), |hit| (hit.token, hit.count))
        })
    }

    pub fn term_tokens(&self, term: &str) -> Option<(usize, usize)> {
        let wanted: Vec<u64> = fold(term)
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(|word| hash_bytes(word.as_bytes()))
            .collect();
        let tokens = &self.scratch.tokens;
        let words: Vec<(usize, u64)> = tokens
            .iter()
            .enumerate()
            .filter(|(_, token)| token.kind == Kind::Word)
            .map(|(at, token)| (at, token.hash))
            .collect();
        let found = words.windows(wanted.len().max(1)).find(|window| {
            !wanted.is_empty() && window.iter().zip(&wanted).all(|((_, hash), wanted)| hash == wanted)
        })?;
        let (first, last) = (found.first()?.0, found.last()?.0);
        Some((first, last + 1 - first))
    }

    /// Takes what surrounds a labelled mention, within its own sentence.
    pub fn surround(&mut self, gold: &Gold, language: Language) {
        let anchor = self.anchor(gold);
        let terms = terms::of(language);
        let mut next = 0;
        while let Some(after) = self.sentence.take(&self.scratch, &self.features.senses, terms, next) {
            next = after;
            if anchor.0 < after {
                break;
            }
        }
        let key = polarity_key(gold.category);
        self.around.take(&self.scratch, &self.features.senses, &self.sentence, anchor, key);
        self.around.take_pieces(&self.scratch);
    }
}

/// Takes the features of every row that may train or calibrate.
pub(crate) fn prepare(rows: &[AspectRow]) -> Prepared {
    let mut reader = RowReader::default();
    let mut prepared = Prepared { finding: Vec::new(), polarity: Vec::new() };
    for row in rows {
        let place = Place { key: row.key, held_out: row.held_out, may_train: row.may_train };
        if !place.may_train {
            continue;
        }
        reader.read(&row.text, row.language);
        if row.known != 0 {
            let told = row.kind.filter(|_| (row.key >> 7).is_multiple_of(TOLD_ONE_IN));
            prepared.finding.push((
                LaneExample {
                    groups: reader.sentence.groups().map(Box::from).into(),
                    dense: Box::new(kind_measures(told)),
                    holds: row.holds(),
                    known: row.known,
                    weight: row.weight,
                },
                place,
            ));
        }
        for gold in &row.golds {
            let Some(polarity) = gold.polarity else { continue };
            reader.surround(gold, row.language);
            prepared.polarity.push((
                LaneExample {
                    groups: reader.around.groups().map(Box::from).into(),
                    dense: Box::new(reader.around.measures),
                    holds: 1 << polarity,
                    known: 0b111,
                    weight: 1.0,
                },
                place,
            ));
        }
    }
    prepared
}

/// The best of four compared on the held-out rows (log-loss of 6 rounds; of 12, averaged; of 2^17 buckets; this), by a
/// point and a half of micro-F1 over the Spanish domains: the figures in the card flatter by what that choice is worth.
const FINDING: LaneRecipe =
    LaneRecipe { rounds: 12, rate: 0.05, decay: 1e-5, balance: 0.0, ..LaneRecipe::new(Loss::Margin) };
const POLARITY: LaneRecipe = LaneRecipe { rounds: 6, rate: 0.08, balance: 0.0, ..LaneRecipe::new(Loss::One) };

/// Learns both tables, keeping thresholds and mix.
pub(crate) fn learn(tables: &mut AspectTables, prepared: &Prepared, part: Part, seed: u64) {
    let chosen = |all: &'_ [(LaneExample, Place)]| -> Vec<usize> {
        (0..all.len()).filter(|at| part == Part::Everything || !all[*at].1.held_out).collect()
    };
    let rows: Vec<&LaneExample> =
        chosen(&prepared.finding).into_iter().map(|at| &prepared.finding[at].0).collect();
    let polarity: Vec<&LaneExample> =
        chosen(&prepared.polarity).into_iter().map(|at| &prepared.polarity[at].0).collect();
    tables.found = lanes::learn(&rows, FOUND_BITS, KINDS, &FINDING, seed);
    tables.polarity = lanes::learn(&polarity, POLARITY_BITS, MEASURES, &POLARITY, seed);
}

/// Finds the thresholds by cross-validation within the training part.
pub(crate) fn find_thresholds(tables: &mut AspectTables, prepared: &Prepared, seed: u64) {
    let trained: Vec<&(LaneExample, Place)> =
        prepared.finding.iter().filter(|(_, place)| !place.held_out).collect();
    // sets that count little are labelled otherwise; they decide only where there is nothing else
    let heaviest = trained.iter().map(|one| one.0.weight).fold(0.0, f32::max);
    let mut scored: Vec<Vec<(f32, bool)>> = vec![Vec::new(); LANES];
    for fold in 0..FOLDS {
        let here = |place: &Place| (place.key >> 11) % FOLDS == fold;
        let others: Vec<&LaneExample> =
            trained.iter().filter(|one| !here(&one.1)).map(|one| &one.0).collect();
        let table = lanes::learn::<LANES>(&others, FOUND_BITS, KINDS, &FINDING, seed);
        for (example, _) in trained.iter().filter(|one| here(&one.1)) {
            let scores = LaneExample { dense: Box::new([0.0; KINDS]), ..example.clone() }.scores(&table);
            for (lane, score) in scores.iter().enumerate() {
                if example.known >> lane & 1 == 1 && example.weight > heaviest * 0.5 {
                    scored[lane].push((*score, example.holds >> lane & 1 == 1));
                }
            }
        }
    }
    let all: Vec<(f32, bool)> = scored.iter().flatten().copied().collect();
    let common = best_threshold(&all, 0.0, 0.0);
    for (threshold, scored) in tables.thresholds.iter_mut().zip(&scored) {
        let examples = scored.iter().filter(|(_, holds)| *holds).count();
        *threshold = match examples {
            0 => f32::MAX,
            1..EXAMPLES_MIN => common + RARE_EXTRA,
            _ => best_threshold(scored, common, EARN),
        };
    }
}

/// The threshold with the most right mentions, each false one costing as much as micro-F1 makes it cost
/// (2·right − F·said is at its greatest there); away from `around` it has to earn `earn` mentions per unit.
fn best_threshold(scored: &[(f32, bool)], around: f32, earn: f32) -> f32 {
    let mut sorted: Vec<(f32, bool)> = scored.to_vec();
    sorted.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut best = (f32::MIN, around);
    let mut gain = 0.0;
    let mut at = 0;
    for step in (-20..=20_i16).rev() {
        let threshold = f32::from(step) * 0.1;
        while let Some((_, holds)) = sorted.get(at).filter(|(score, _)| *score > threshold) {
            gain += if *holds { 2.0 - F1_EXPECTED } else { -F1_EXPECTED };
            at += 1;
        }
        let earned = gain - earn * (threshold - around).abs();
        if earned > best.0 {
            best = (earned, threshold);
        }
    }
    best.1
}

/// A held-out mention: what the views say and what it is.
#[derive(Clone, Copy)]
pub(crate) struct Viewed {
    pub views: Views,
    pub label: u8,
    pub group: usize,
}

/// Views of every labelled mention of some rows.
pub(crate) fn views<'a>(
    model: &Model,
    rows: impl Iterator<Item = &'a AspectRow>,
) -> Vec<(&'a AspectRow, Viewed)> {
    let mut reader = RowReader::default();
    let mut all = Vec::new();
    for row in rows {
        let group = group_of(row.language);
        reader.read(&row.text, row.language);
        for gold in &row.golds {
            let Some(label) = gold.polarity else { continue };
            reader.surround(gold, row.language);
            let views = see(model, &reader, &model.groups[group], group, row.language);
            all.push((row, Viewed { views, label, group }));
        }
    }
    all
}

fn see(model: &Model, reader: &RowReader, group: &Group, index: usize, language: Language) -> Views {
    let known = Known::new(&reader.scratch, &reader.features, (group, index), Head::Review, language);
    let felt = group.evidence(&reader.sentence.words, Head::Review);
    let own = model.aspects.polarity.scores(&reader.around.groups(), &reader.around.measures);
    reader.around.views(own, &known, felt)
}

/// Fits the mix of every group on held-out mentions.
pub(crate) fn fit_blend(viewed: &[Viewed]) -> [[f32; BLEND]; 3] {
    let mut result = AspectTables::silent().blend;
    for (group, weights) in result.iter_mut().enumerate() {
        let of_group: Vec<&Viewed> = viewed.iter().filter(|one| one.group == group).collect();
        if of_group.len() < 100 {
            continue;
        }
        let mut squares = [1e-3_f32; BLEND];
        for round in 0..60 {
            let rate = 0.1 / (1.0 + round as f32 * 0.2);
            let mut slopes = [0.0_f32; BLEND];
            for one in &of_group {
                let mut wrong = softmax(blend(&one.views, weights));
                wrong[usize::from(one.label)] -= 1.0;
                for (slope, view) in slopes.iter_mut().zip(&one.views) {
                    *slope += wrong[0] * view[0] + wrong[2] * view[1];
                }
                slopes[BLEND - 2] += wrong[0];
                slopes[BLEND - 1] += wrong[2];
            }
            for ((weight, square), slope) in weights.iter_mut().zip(&mut squares).zip(slopes) {
                let slope = slope / of_group.len() as f32;
                *square += slope * slope;
                *weight -= rate * slope / square.sqrt();
            }
        }
    }
    result
}

/// Share of held-out mentions that the reader leaves unsure, and the surest that may be left so.
const UNSURE_SHARE: f64 = 0.1;
const UNSURE_MAX: f32 = 0.55;

/// Mixes and the threshold of *unsure*, on held-out mentions of sets that may train.
pub(crate) fn calibrate(model: &mut Model, rows: &[AspectRow]) {
    let viewed = views(model, rows.iter().filter(|row| row.held_out && row.may_train));
    let viewed: Vec<Viewed> = viewed.into_iter().map(|(_, one)| one).collect();
    let weights = fit_blend(&viewed);
    let judged: Vec<Judged> = viewed.iter().map(|one| judged(one, &weights)).collect();
    model.aspects.blend = weights;
    model.aspects.unsure = confidence_at(&judged, UNSURE_SHARE).min(UNSURE_MAX);
}

/// A mention as the mix reads it.
pub(crate) fn judged(one: &Viewed, weights: &[[f32; BLEND]; 3]) -> Judged {
    Judged { label: one.label, probabilities: softmax(blend(&one.views, &weights[one.group])) }
}
