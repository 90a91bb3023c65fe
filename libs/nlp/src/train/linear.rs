//! The linear part: multinomial logistic regression over hashed features, by adaptive stochastic gradient.
//!
//! Each set has an intercept of its own that is thrown away afterwards: it soaks up how generous a site's stars are
//! (91 % of one set is five stars), so that the words are not blamed for it.

use super::random::Random;
use crate::features::{BITS, DENSE};
use crate::model::softmax;

/// One text, ready to be learnt from.
#[derive(Clone, Debug)]
pub(crate) struct Example {
    pub words: Box<[u32]>,
    pub chars: Box<[u32]>,
    pub dense: [f32; DENSE],
    pub sentences: Box<[u32]>,
    pub label: u8,
    pub weight: f32,
    pub set: u16,
}

/// How to learn.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Recipe {
    pub rounds: usize,
    pub rate: f32,
    /// Pull towards zero, per step and touched weight.
    pub decay: f32,
    /// Weight of the lexicon's measures against n-grams.
    pub dense: f32,
    /// How far classes are balanced: 0 as they come, 1 all the same.
    pub balance: f32,
    /// Where the sum of squared slopes starts: higher is calmer first steps.
    pub floor: f32,
}

/// What was learnt: three columns (negative, neutral, positive).
#[derive(Clone, Debug)]
pub(crate) struct Linear {
    pub table: Vec<[f32; 3]>,
    pub dense: Vec<[f32; 3]>,
    pub bias: [f32; 3],
    /// The intercepts of the sets, of use only while training.
    pub set_bias: Vec<[f32; 3]>,
}

struct State {
    weights: Vec<[f32; 3]>,
    squares: Vec<[f32; 3]>,
}

impl State {
    fn new(size: usize, floor: f32) -> Self {
        Self { weights: vec![[0.0; 3]; size], squares: vec![[floor; 3]; size] }
    }

    #[inline]
    fn learn(&mut self, at: usize, input: f32, gradient: &[f32; 3], recipe: &Recipe) {
        let (weights, squares) = (&mut self.weights[at], &mut self.squares[at]);
        for class in 0..3 {
            let slope = gradient[class] * input + recipe.decay * weights[class];
            squares[class] += slope * slope;
            weights[class] -= recipe.rate * slope / squares[class].sqrt();
        }
    }
}

/// Learns from the examples; `sets` is one more than the largest set number.
pub(crate) fn learn(examples: &[&Example], sets: usize, recipe: &Recipe, seed: u64) -> Linear {
    let mut table = State::new(1 << BITS, recipe.floor);
    let mut dense = State::new(DENSE, recipe.floor);
    let mut bias = State::new(sets + 1, recipe.floor);
    let balance = class_weights(examples.iter().copied(), recipe.balance);
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut random = Random::new(seed);
    for round in 0..recipe.rounds {
        random.shuffle(&mut order);
        // later rounds take smaller steps, so that the last texts seen do not count more
        let cooled = Recipe { rate: recipe.rate / (1.0 + round as f32 * 0.5), ..*recipe };
        for at in &order {
            one_step(examples[*at], &mut table, &mut dense, &mut bias, &balance, &cooled);
        }
    }
    Linear { table: table.weights, dense: dense.weights, bias: bias.weights[sets], set_bias: bias.weights }
}

fn one_step(
    example: &Example,
    table: &mut State,
    dense: &mut State,
    bias: &mut State,
    balance: &[f32; 3],
    recipe: &Recipe,
) {
    let of_words = 1.0 / (example.words.len().max(1) as f32).sqrt();
    let of_chars = 1.0 / (example.chars.len().max(1) as f32).sqrt();
    let shared = bias.weights.len() - 1;
    let mut scores = [0.0; 3];
    let mut add = |row: &[f32; 3], input: f32| {
        for class in 0..3 {
            scores[class] += row[class] * input;
        }
    };
    add(&bias.weights[shared], 1.0);
    add(&bias.weights[usize::from(example.set)], 1.0);
    example.words.iter().for_each(|bucket| add(&table.weights[*bucket as usize], of_words));
    example.chars.iter().for_each(|bucket| add(&table.weights[*bucket as usize], of_chars));
    for (row, measure) in dense.weights.iter().zip(&example.dense) {
        add(row, measure * recipe.dense);
    }
    let label = usize::from(example.label);
    let mut gradient = softmax(scores);
    gradient[label] -= 1.0;
    let weight = example.weight * balance[label];
    for value in &mut gradient {
        *value *= weight;
    }
    let free = Recipe { decay: 0.0, ..*recipe };
    bias.learn(shared, 1.0, &gradient, &free);
    bias.learn(usize::from(example.set), 1.0, &gradient, &free);
    example.words.iter().for_each(|bucket| table.learn(*bucket as usize, of_words, &gradient, recipe));
    example.chars.iter().for_each(|bucket| table.learn(*bucket as usize, of_chars, &gradient, recipe));
    for (at, measure) in example.dense.iter().enumerate() {
        dense.learn(at, measure * recipe.dense, &gradient, &free);
    }
}

/// How much a text of each class counts.
pub(crate) fn class_weights<'a>(examples: impl Iterator<Item = &'a Example>, balance: f32) -> [f32; 3] {
    let mut totals = [1.0_f32; 3];
    for example in examples {
        totals[usize::from(example.label)] += example.weight;
    }
    let all: f32 = totals.iter().sum();
    totals.map(|total| (all / (3.0 * total)).powf(balance).clamp(0.2, 5.0))
}
