//! One part of a layer: what the corrections of one language group and one kind of text teach, for any number of
//! classes.
//!
//! *What is learnt.* A shift of the base's scores, `g(x) · (W φ(x) + Σ words)`: a constant per class (how often a
//! class is right *here*), the base's own probabilities (where it is too sure), the lexicon's measures (what much
//! praise with some blame means here) and the words. The shift is bounded by [`SHIFT_MAX`] for any two classes.
//!
//! *Where it holds.* `g(x)` says how much a text looks like the corrected ones, judged by how much those look like
//! each other: one for half of them, zero for texts that share less with them than nearly all of them do. A reading
//! elsewhere stays what it was, to the last bit.
//!
//! *What must stay true.* Corrections are not a fair sample: people correct what is wrong. Taken at face value a
//! hundred mistakes say "the base is always wrong", and the layer would turn round what was right (measured: .55 falls
//! to .54 instead of rising to .69). So the share of corrections that agree with the base is compared with what a
//! base should reach, and the truth is sought *given* that it was chosen to be corrected: see [`chosen`].

use super::solve::{Square, add, best_of, softmax, solve};
use super::words::Words;
use crate::features::DENSE;

/// Fewer corrections than this teach nothing general.
pub(crate) const TEXTS_MIN: usize = 5;
/// By how much a layer may move the log-odds of any two classes.
pub(crate) const SHIFT_MAX: f32 = 4.0;
/// Buckets of one text that are learnt from: a very long text says no more than a long one.
const WORDS_OF_A_TEXT_MAX: usize = 512;
/// How often a base is assumed to be right where it has never been: measured .62 to .72 on unseen Spanish hotels.
const RIGHT_ELSEWHERE: f32 = 0.6;
/// What the texts must gain together, each told only what the others teach, before a layer is believed, in natural
/// logarithms.
const GAIN_MIN: f64 = 1.0;

// Prior variances of the weights: the better ones of two dozen tried; half or double changes little (± .01).
const OF_BIAS: f32 = 1.0;
const OF_PROBABILITIES: f32 = 1.0;
const OF_DENSE: f32 = 1.0;
const OF_WORDS: f32 = 2.0;
/// The same layer, more timid: taken where it explains the left-out texts better.
const TIMID: f32 = 0.25;

// Likeness: full at the median of the corrected texts, none this many deviations below it.
const FAR: f32 = 1.75;

/// A corrected text as the learner sees it.
#[derive(Clone, Debug)]
pub(crate) struct Seen<const C: usize> {
    /// What the base says, before probabilities.
    pub scores: [f32; C],
    pub dense: [f32; DENSE],
    /// Different buckets.
    pub words: Box<[u32]>,
    /// What it is.
    pub label: usize,
}

/// What one part has learnt.
#[derive(Clone, Debug)]
pub(crate) struct Part<const C: usize> {
    bias: [f32; C],
    probabilities: [[f32; C]; C],
    dense: [[f32; C]; DENSE],
    pub words: Words<C>,
    /// Likeness below the first is none, above the second full.
    border: [f32; 2],
}

impl<const C: usize> Part<C> {
    /// Learns from corrections in a fixed order; `None` where they are too few, or the others' teaching does not
    /// explain a left-out one better than the base does.
    pub fn learn(seen: &[Seen<C>], words_most: usize) -> Option<Self> {
        if seen.len() < TEXTS_MIN {
            return None;
        }
        let texts = Texts::of(seen);
        let border = border_of(&texts.likeness);
        let gates: Vec<f32> = texts.likeness.iter().map(|likeness| gate(*likeness, border)).collect();
        let kernel = texts.kernel(seen, &gates);
        let base = chosen(seen);
        let labels: Vec<usize> = seen.iter().map(|one| one.label).collect();
        let bold = solve(&kernel, &base, &labels);
        let mut timid_kernel = kernel;
        timid_kernel.values.iter_mut().for_each(|value| *value *= TIMID);
        let timid = solve(&timid_kernel, &base, &labels);
        let (best, scale) = if timid.gain > bold.gain { (timid, TIMID) } else { (bold, 1.0) };
        if best.gain < GAIN_MIN {
            return None;
        }
        let pulls: Vec<[f32; C]> = best
            .pulls
            .iter()
            .zip(&gates)
            .map(|(pull, gate)| pull.map(|value| value * gate * scale))
            .collect();
        Some(texts.primal(seen, &pulls, border, words_most))
    }

    /// What to add to the base's scores.
    pub fn shift(&self, scores: &[f32; C], words: &[u32], dense: &[f32; DENSE]) -> [f32; C] {
        let (mut likeness, mut by_words) = (0.0, [0.0; C]);
        for word in words.iter().filter_map(|bucket| self.words.get(*bucket)) {
            likeness += word.familiar;
            by_words = add(by_words, word.shift);
        }
        let size = size_of_text(words.len());
        let gate = gate(likeness * size, self.border);
        if gate <= 0.0 {
            return [0.0; C];
        }
        let mut shift = add(self.bias, by_words.map(|value| value * size));
        for (probability, weights) in softmax(*scores).into_iter().zip(&self.probabilities) {
            shift = add(shift, weights.map(|weight| weight * probability));
        }
        for (measure, weights) in dense.iter().zip(&self.dense) {
            shift = add(shift, weights.map(|weight| weight * measure));
        }
        bounded(shift).map(|value| value * gate)
    }
}

/// Length one for any text.
#[inline]
fn size_of_text(words: usize) -> f32 {
    1.0 / (words.max(1) as f32).sqrt()
}

/// The shift, centred, shortened where two classes would part by more than [`SHIFT_MAX`].
#[inline]
fn bounded<const C: usize>(shift: [f32; C]) -> [f32; C] {
    let low = shift.into_iter().fold(f32::MAX, f32::min);
    let high = shift.into_iter().fold(f32::MIN, f32::max);
    let (middle, range) = (f32::midpoint(low, high), high - low);
    if !range.is_finite() {
        return [0.0; C];
    }
    let scale = if range > SHIFT_MAX { SHIFT_MAX / range } else { 1.0 };
    shift.map(|value| (value - middle) * scale)
}

/// How much a layer holds for a text of this likeness, from 0 to 1, without a step.
#[inline]
fn gate(likeness: f32, [none, full]: [f32; 2]) -> f32 {
    let share = ((likeness - none) / (full - none)).clamp(0.0, 1.0);
    share * share * (3.0 - 2.0 * share)
}

/// Where likeness begins to count and where it counts fully: median and deviation of the corrected texts, robust
/// because an owner also corrects the odd ones out.
fn border_of(likeness: &[f32]) -> [f32; 2] {
    let middle = median(likeness.to_vec());
    let deviations = likeness.iter().map(|one| (one - middle).abs()).collect();
    let deviation = (1.4826 * median(deviations)).max(0.1 * middle);
    let none = (middle - FAR * deviation).max(0.1 * middle);
    [none, middle.max(none + 0.1 * middle).max(none + 1e-3)]
}

fn median(mut values: Vec<f32>) -> f32 {
    values.sort_by(f32::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}

/// The base's scores under which the labels are judged. Where fewer corrections agree with the base than a base is
/// right, the others were chosen *because* it was wrong: then "not what the base says" is no news, and the base's
/// class is made as rare as choosing made it.
fn chosen<const C: usize>(seen: &[Seen<C>]) -> Vec<[f32; C]> {
    let agree = seen.iter().filter(|one| best_of(&one.scores) == one.label).count() as f32;
    let differ = seen.len() as f32 - agree;
    let odds = (agree + 0.5) / (differ + 0.5);
    let rare = (odds * (1.0 - RIGHT_ELSEWHERE) / RIGHT_ELSEWHERE).min(1.0).ln();
    seen.iter()
        .map(|one| {
            let mut scores = one.scores;
            scores[best_of(&one.scores)] += rare;
            scores
        })
        .collect()
}

/// The corrected texts, word by word.
struct Texts {
    /// For each bucket the texts that have it, in order.
    by_word: Vec<(u32, Vec<u32>)>,
    sizes: Vec<f32>,
    /// How like the others each text is, itself left out.
    likeness: Vec<f32>,
}

impl Texts {
    fn of<const C: usize>(seen: &[Seen<C>]) -> Self {
        let mut pairs: Vec<(u32, u32)> = Vec::new();
        for (text, one) in seen.iter().enumerate() {
            pairs.extend(one.words.iter().take(WORDS_OF_A_TEXT_MAX).map(|word| (*word, text as u32)));
        }
        pairs.sort_unstable();
        pairs.dedup();
        let mut by_word: Vec<(u32, Vec<u32>)> = Vec::new();
        for (word, text) in pairs {
            match by_word.last_mut() {
                Some((last, texts)) if *last == word => texts.push(text),
                _ => by_word.push((word, vec![text])),
            }
        }
        let sizes: Vec<f32> = seen.iter().map(|one| size_of_text(one.words.len())).collect();
        let others = (seen.len().max(2) - 1) as f32;
        let mut likeness = vec![0.0; seen.len()];
        for (_, texts) in &by_word {
            let share = ((texts.len() - 1) as f32 / others).sqrt();
            for text in texts {
                likeness[*text as usize] += share;
            }
        }
        for (one, size) in likeness.iter_mut().zip(&sizes) {
            *one *= size;
        }
        Self { by_word, sizes, likeness }
    }

    /// How much what is learnt of one text says of another.
    fn kernel<const C: usize>(&self, seen: &[Seen<C>], gates: &[f32]) -> Square {
        let count = seen.len();
        let mut kernel = Square::zero(count);
        for (_, texts) in &self.by_word {
            for (at, one) in texts.iter().enumerate() {
                for other in texts.get(..=at).unwrap_or_default() {
                    kernel.add(*one as usize, *other as usize, 1.0);
                }
            }
        }
        let probabilities: Vec<[f32; C]> = seen.iter().map(|one| softmax(one.scores)).collect();
        for i in 0..count {
            for j in 0..=i {
                let shared = kernel.values[i * count + j] * self.sizes[i] * self.sizes[j];
                let dense: f32 = seen[i].dense.iter().zip(&seen[j].dense).map(|(a, b)| a * b).sum();
                let sure: f32 = probabilities[i].iter().zip(&probabilities[j]).map(|(a, b)| a * b).sum();
                let all = OF_BIAS + OF_WORDS * shared + OF_DENSE * dense + OF_PROBABILITIES * sure;
                let value = all * gates[i] * gates[j];
                kernel.values[i * count + j] = value;
                kernel.values[j * count + i] = value;
            }
        }
        kernel
    }

    /// From one pull per text to one weight per measure and word.
    fn primal<const C: usize>(
        &self,
        seen: &[Seen<C>],
        pulls: &[[f32; C]],
        border: [f32; 2],
        words_most: usize,
    ) -> Part<C> {
        let mut part = Part {
            bias: [0.0; C],
            probabilities: [[0.0; C]; C],
            dense: [[0.0; C]; DENSE],
            words: Words::new(Vec::new(), 0),
            border,
        };
        for (one, pull) in seen.iter().zip(pulls) {
            part.bias = add(part.bias, pull.map(|value| value * OF_BIAS));
            for (row, probability) in part.probabilities.iter_mut().zip(softmax(one.scores)) {
                *row = add(*row, pull.map(|value| value * OF_PROBABILITIES * probability));
            }
            for (row, measure) in part.dense.iter_mut().zip(one.dense) {
                *row = add(*row, pull.map(|value| value * OF_DENSE * measure));
            }
        }
        let count = seen.len() as f32;
        let entries = self.by_word.iter().map(|(word, texts)| {
            let mut shift = [0.0; C];
            for text in texts {
                let size = self.sizes[*text as usize] * OF_WORDS;
                shift = add(shift, pulls[*text as usize].map(|value| value * size));
            }
            (*word, (texts.len() as f32 / count).sqrt(), shift)
        });
        part.words = Words::new(entries.collect(), words_most);
        part
    }
}
