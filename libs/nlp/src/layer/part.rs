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
/// How much better than the same labels at random, in standard deviations: below, whoever labelled did not look.
const ALIGNED_MIN: f64 = 2.0;

// Prior variances of the weights: the better ones of two dozen tried; half or double changes little (± .01).
const OF_BIAS: f32 = 1.0;
const OF_PROBABILITIES: f32 = 1.0;
const OF_DENSE: f32 = 1.0;
const OF_WORDS: f32 = 2.0;
/// The same layer, more timid: taken where it explains the left-out texts better.
const TIMID: f32 = 0.25;

// Likeness: this many deviations below the median of the corrected texts it begins to fall, and is gone.
const NEAR: f32 = 0.0;
const FAR: f32 = 2.0;
/// What the words of the topic count beside all words: film reviews share "and", "when" and "good" with reviews of an
/// attraction. Chosen with Barcelona's attractions and Spanish firms corrected, films and restaurants elsewhere.
const OF_TOPICS: f32 = 2.0;
/// What an unusual length takes away.
const OF_LENGTH: f32 = 0.9;

/// A corrected text as the learner sees it.
#[derive(Clone, Debug)]
pub(crate) struct Seen<const C: usize> {
    /// What the base says, before probabilities.
    pub scores: [f32; C],
    pub dense: [f32; DENSE],
    /// Different buckets.
    pub words: Box<[u32]>,
    /// Buckets of the words that say what it is about, different ones.
    pub topics: Box<[u32]>,
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
    likeness: Likeness,
}

impl<const C: usize> Part<C> {
    /// Learns from corrections in a fixed order; `None` where they are too few, or the others' teaching does not
    /// explain a left-out one better than the base does.
    pub fn learn(seen: &[Seen<C>], words_most: usize) -> Option<Self> {
        if seen.len() < TEXTS_MIN {
            return None;
        }
        let texts = Texts::of(seen, words_most);
        let (likeness, gates) = texts.likeness(seen);
        let kernel = texts.kernel(seen, &gates);
        let base = chosen(seen);
        let labels: Vec<usize> = seen.iter().map(|one| one.label).collect();
        let bold = solve(&kernel, &base, &labels);
        let mut timid_kernel = kernel;
        timid_kernel.values.iter_mut().for_each(|value| *value *= TIMID);
        let timid = solve(&timid_kernel, &base, &labels);
        let (best, scale) = if timid.gain > bold.gain { (timid, TIMID) } else { (bold, 1.0) };
        if best.gain < GAIN_MIN || best.aligned < ALIGNED_MIN {
            return None;
        }
        let pulls: Vec<[f32; C]> = best
            .pulls
            .iter()
            .zip(&gates)
            .map(|(pull, gate)| pull.map(|value| value * gate * scale))
            .collect();
        Some(texts.primal(seen, &pulls, likeness))
    }

    /// What to add to the base's scores.
    pub fn shift(&self, scores: &[f32; C], words: &[u32], dense: &[f32; DENSE]) -> [f32; C] {
        let (mut familiar, mut by_words) = ([0.0; 2], [0.0; C]);
        for word in words.iter().filter_map(|bucket| self.words.get(*bucket)) {
            familiar = add(familiar, word.familiar);
            by_words = add(by_words, word.shift);
        }
        let gate = self.likeness.gate(familiar, words.len());
        if gate <= 0.0 {
            return [0.0; C];
        }
        let mut shift = add(self.bias, by_words.map(|value| value * size_of_text(words.len())));
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

/// How like the corrected texts a text is: how familiar its words are, and whether it is about as long. Measured in
/// deviations from the middle of the corrected texts, each judged by the others.
#[derive(Clone, Copy, Debug, Default)]
struct Likeness {
    /// Middle and deviation of the familiarity of all words.
    familiar: [f32; 2],
    /// The same of the words that say what a text is about.
    topics: [f32; 2],
    /// Middle and deviation of the logarithm of the length.
    length: [f32; 2],
    /// Likeness below the first is none, above the second full.
    border: [f32; 2],
}

impl Likeness {
    /// How much a layer holds, from 0 to 1, without a step, for a text whose words' familiarity adds up to `sum`.
    #[inline]
    fn gate(&self, sums: [f32; 2], words: usize) -> f32 {
        if sums[0] <= 0.0 {
            return 0.0;
        }
        let [none, full] = self.border;
        let share = ((self.of(sums, words) - none) / (full - none)).clamp(0.0, 1.0);
        share * share * (3.0 - 2.0 * share)
    }

    #[inline]
    fn of(&self, sums: [f32; 2], words: usize) -> f32 {
        let length = length_of(words);
        let ([familiar, by], [usual, by_length]) = (self.familiar, self.length);
        let odd = (length - usual) / by_length;
        let all = (familiarity(sums[0], length) - familiar) / by;
        let topics = (familiarity(sums[1], length) - self.topics[0]) / self.topics[1];
        all + OF_TOPICS * topics - OF_LENGTH * odd * odd
    }
}

#[inline]
fn length_of(words: usize) -> f32 {
    (words as f32 + 1.0).ln()
}

/// Long texts have more of everything: between the sum and the mean, where it tells best (see [`OF_LENGTH`]).
#[inline]
fn familiarity(sum: f32, length: f32) -> f32 {
    sum * (-0.65 * length).exp()
}

/// Median and deviation: robust, because an owner also corrects the odd ones out. The deviation is at least `floor`.
fn middle_of(values: &[f32], floor: impl Fn(f32) -> f32) -> [f32; 2] {
    let middle = median(values.to_vec());
    let deviations = values.iter().map(|one| (one - middle).abs()).collect();
    // 1.4826: so that it is the standard deviation where the values are normal
    [middle, (1.4826 * median(deviations)).max(floor(middle)).max(1e-3)]
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
    /// Buckets of the words that say what a text is about, sorted.
    topics: Vec<u32>,
    /// Words of fewer texts than this are not kept.
    least: usize,
}

impl Texts {
    fn of<const C: usize>(seen: &[Seen<C>], words_most: usize) -> Self {
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
        let mut counts: Vec<usize> = by_word.iter().map(|(_, texts)| texts.len()).collect();
        counts.sort_unstable_by(|a, b| b.cmp(a));
        let least = counts.get(words_most).map_or(1, |count| count + 1);
        let sizes = seen.iter().map(|one| size_of_text(one.words.len())).collect();
        let mut topics: Vec<u32> = seen.iter().flat_map(|one| one.topics.iter().copied()).collect();
        topics.sort_unstable();
        topics.dedup();
        Self { by_word, sizes, topics, least }
    }

    /// How like each other the texts are, and what that makes of each of them.
    fn likeness<const C: usize>(&self, seen: &[Seen<C>]) -> (Likeness, Vec<f32>) {
        let others = (seen.len().max(2) - 1) as f32;
        let mut sums = vec![[0.0; 2]; seen.len()];
        for (word, texts) in self.by_word.iter().filter(|(_, texts)| texts.len() > self.least) {
            let share = self.familiar(*word, (texts.len() - 1) as f32 / others);
            for text in texts {
                sums[*text as usize] = add(sums[*text as usize], share);
            }
        }
        let lengths: Vec<f32> = seen.iter().map(|one| length_of(one.words.len())).collect();
        let usual = |of: usize| {
            let known = sums.iter().zip(&lengths).map(|(sums, length)| familiarity(sums[of], *length));
            middle_of(&known.collect::<Vec<f32>>(), |middle| 0.1 * middle)
        };
        let mut likeness = Likeness {
            familiar: usual(0),
            topics: usual(1),
            length: middle_of(&lengths, |_| 0.3),
            border: [0.0; 2],
        };
        let all: Vec<f32> =
            sums.iter().zip(seen).map(|(sum, one)| likeness.of(*sum, one.words.len())).collect();
        let [middle, deviation] = middle_of(&all, |_| 0.5);
        likeness.border = [middle - FAR * deviation, middle - NEAR * deviation];
        let gates = sums.iter().zip(seen).map(|(sum, one)| likeness.gate(*sum, one.words.len())).collect();
        (likeness, gates)
    }

    /// How familiar a word is that this share of the texts has, among all words and among those of the topic.
    fn familiar(&self, word: u32, share: f32) -> [f32; 2] {
        let familiar = share.sqrt().sqrt();
        [familiar, if self.topics.binary_search(&word).is_ok() { familiar } else { 0.0 }]
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
    fn primal<const C: usize>(&self, seen: &[Seen<C>], pulls: &[[f32; C]], likeness: Likeness) -> Part<C> {
        let mut part = Part {
            bias: [0.0; C],
            probabilities: [[0.0; C]; C],
            dense: [[0.0; C]; DENSE],
            words: Words::new(Vec::new()),
            likeness,
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
        let entries =
            self.by_word.iter().filter(|(_, texts)| texts.len() >= self.least).map(|(word, texts)| {
                let mut shift = [0.0; C];
                for text in texts {
                    let size = self.sizes[*text as usize] * OF_WORDS;
                    shift = add(shift, pulls[*text as usize].map(|value| value * size));
                }
                (*word, self.familiar(*word, texts.len() as f32 / count), shift)
            });
        part.words = Words::new(entries.collect());
        part
    }
}
