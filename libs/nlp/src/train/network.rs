//! Learning the small network that corrects the linear scores.
//!
//! The linear part knows its own training texts too well for a network to learn from them, so a quarter of the texts
//! is kept back: a second linear part learns from the others, and the network learns what *that* one gets wrong on
//! the quarter it has not seen.

use super::linear::{self, Example, Recipe};
use super::random::Random;
use super::{fit, sets::SETS};
use crate::features::Features;
use crate::model::{Group, softmax};
use crate::network::{HIDDEN, INPUTS, Network};
use crate::reading::Head;

const KEPT_BACK_ONE_IN: usize = 4;
const ROUNDS: usize = 8;
const RATE: f32 = 0.01;
/// Pull of the weights towards zero.
const DECAY: f32 = 1e-3;
/// Fewer texts than this teach a network nothing.
const EXAMPLES_MIN: usize = 400;

/// Learns the network of one head of a group whose linear part is already learnt.
pub(crate) fn learn(group: &mut Group, head: Head, examples: &[&Example], recipe: &Recipe, seed: u64) {
    if examples.len() < EXAMPLES_MIN * KEPT_BACK_ONE_IN {
        return;
    }
    let mut random = Random::new(seed ^ 0x6e65_7477);
    let mut order: Vec<usize> = (0..examples.len()).collect();
    random.shuffle(&mut order);
    let (kept_back, others) = order.split_at(examples.len() / KEPT_BACK_ONE_IN);
    let others: Vec<&Example> = others.iter().map(|at| examples[*at]).collect();
    let mut trial = Group::silent();
    let linear = linear::learn(&others, SETS.len(), recipe, seed ^ 1);
    fit::quantise(&mut trial, head, &linear, recipe);
    let mut features = Features::default();
    let lessons: Vec<Lesson> = kept_back
        .iter()
        .map(|at| {
            let example = examples[*at];
            features.words.clear();
            features.words.extend_from_slice(&example.words);
            features.chars.clear();
            features.chars.extend_from_slice(&example.chars);
            features.dense = example.dense;
            features.sentences.clear();
            features.sentences.extend_from_slice(&example.sentences);
            let (mut scores, inputs) = trial.linear(&features, head);
            // how generous the set is, as in the linear part: not the network's business
            for (score, bias) in scores.iter_mut().zip(linear.set_bias[usize::from(example.set)]) {
                *score += bias;
            }
            Lesson { scores, inputs, label: usize::from(example.label), weight: example.weight }
        })
        .collect();
    let balance = linear::class_weights(kept_back.iter().map(|at| examples[*at]), recipe.balance);
    group.heads[head.index()].network = fit_network(&lessons, &balance, &mut random);
}

struct Lesson {
    scores: [f32; 3],
    inputs: [f32; INPUTS],
    label: usize,
    weight: f32,
}

/// The network and, beside it, the squared slopes so far of each of its numbers.
struct State {
    network: Network,
    squares: Network,
}

fn fit_network(lessons: &[Lesson], balance: &[f32; 3], random: &mut Random) -> Network {
    let mut state = State { network: Network::silent(), squares: Network::silent() };
    for row in &mut state.network.hidden {
        for weight in row.iter_mut() {
            *weight = (random.unit() - 0.5) * 0.4;
        }
    }
    for row in &mut state.network.output {
        for weight in row.iter_mut() {
            *weight = (random.unit() - 0.5) * 0.1;
        }
    }
    let mut order: Vec<usize> = (0..lessons.len()).collect();
    for round in 0..ROUNDS {
        random.shuffle(&mut order);
        let rate = RATE / (1.0 + round as f32 * 0.3);
        for at in &order {
            state.one_step(&lessons[*at], balance, rate);
        }
    }
    state.network
}

impl State {
    fn one_step(&mut self, lesson: &Lesson, balance: &[f32; 3], rate: f32) {
        let units = self.network.activate(&lesson.inputs);
        let correction = self.network.correct(&units);
        let mut scores = lesson.scores;
        for (score, value) in scores.iter_mut().zip(correction) {
            *score += value;
        }
        let mut slopes = softmax(scores);
        slopes[lesson.label] -= 1.0;
        let weight = lesson.weight * balance[lesson.label];
        let slopes = slopes.map(|slope| slope * weight);
        let mut back = [0.0_f32; HIDDEN];
        for (class, slope) in slopes.into_iter().enumerate() {
            step(&mut self.network.output_bias[class], &mut self.squares.output_bias[class], slope, rate);
            for unit in 0..HIDDEN {
                let weight = &mut self.network.output[class][unit];
                back[unit] += slope * *weight;
                step(weight, &mut self.squares.output[class][unit], slope * units[unit], rate);
            }
        }
        for (unit, slope) in back.into_iter().enumerate() {
            let slope = if units[unit] < 0.0 { slope * 0.1 } else { slope };
            step(&mut self.network.hidden_bias[unit], &mut self.squares.hidden_bias[unit], slope, rate);
            for (at, input) in lesson.inputs.iter().enumerate() {
                let weight = &mut self.network.hidden[unit][at];
                step(weight, &mut self.squares.hidden[unit][at], slope * input, rate);
            }
        }
    }
}

#[inline]
fn step(weight: &mut f32, square: &mut f32, slope: f32, rate: f32) {
    let slope = slope + DECAY * *weight;
    *square += slope * slope;
    *weight -= rate * slope / (*square + 1e-6).sqrt();
}
