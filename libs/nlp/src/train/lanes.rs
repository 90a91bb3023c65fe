//! Learning a [`LaneTable`] over hashed buckets and measures: [`learn`], logistic regression by adaptive stochastic
//! gradient, and [`learn_margins`], a support vector machine by dual coordinate descent.
//!
//! Sets know different things: one tells food from drinks, another only whether a text complains. Each example
//! therefore says which lanes it has an answer for (`known`); the others learn nothing from it. With
//! [`Loss::Each`] every lane is a question of its own, with [`Loss::One`] exactly one of the known lanes holds.
//! Learning is deterministic: the same examples in the same order and the same seed give the same table.

use super::random::Random;
use crate::lanes::{LaneTable, sigmoid};

/// A text (or clause) ready to be learnt from.
#[derive(Clone, Debug)]
pub(crate) struct LaneExample {
    /// Buckets, group by group (see [`LaneTable::scores`]).
    pub groups: Vec<Box<[u32]>>,
    pub dense: Box<[f32]>,
    /// One bit per lane that holds.
    pub holds: u64,
    /// One bit per lane this example has an answer for.
    pub known: u64,
    pub weight: f32,
}

impl LaneExample {
    /// What the table says of it.
    pub fn scores<const WIDTH: usize>(&self, table: &LaneTable<WIDTH>) -> [f32; WIDTH] {
        let groups: Vec<&[u32]> = self.groups.iter().map(|group| &group[..]).collect();
        table.scores(&groups, &self.dense)
    }
}

/// What the lanes are to each other.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Loss {
    /// Several may hold: one yes-or-no question per lane.
    Each,
    /// Exactly one of the known lanes holds.
    One,
    /// Several may hold; what is right by a margin teaches nothing (squared hinge). Scores are no log-odds.
    Margin,
}

/// How to learn.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LaneRecipe {
    pub loss: Loss,
    pub rounds: usize,
    pub rate: f32,
    /// Pull towards zero, per step and touched weight.
    pub decay: f32,
    /// Where the sum of squared slopes starts: higher is calmer first steps.
    pub floor: f32,
    /// How far rare lanes are lifted: 0 as they come, 1 as if all were equally frequent.
    pub balance: f32,
}

impl LaneRecipe {
    /// A place to start from.
    pub const fn new(loss: Loss) -> Self {
        Self { loss, rounds: 8, rate: 0.1, decay: 1e-5, floor: 1e-3, balance: 0.3 }
    }
}

/// A slope smaller than this teaches nothing.
const SLOPE_MIN: f32 = 0.004;

struct State<const WIDTH: usize> {
    weights: Vec<[f32; WIDTH]>,
    squares: Vec<[f32; WIDTH]>,
}

impl<const WIDTH: usize> State<WIDTH> {
    fn new(size: usize, floor: f32) -> Self {
        Self { weights: vec![[0.0; WIDTH]; size], squares: vec![[floor; WIDTH]; size] }
    }

    #[inline]
    fn learn(&mut self, at: usize, input: f32, slopes: &[(usize, f32)], rate: f32, decay: f32) {
        let (weights, squares) = (&mut self.weights[at], &mut self.squares[at]);
        for (lane, slope) in slopes {
            let slope = slope * input + decay * weights[*lane];
            squares[*lane] += slope * slope;
            weights[*lane] -= rate * slope / squares[*lane].sqrt();
        }
    }
}

/// Learns a table of 2^`bits` buckets; `dense` is how many measures the examples carry.
pub(crate) fn learn<const WIDTH: usize>(
    examples: &[&LaneExample],
    bits: u32,
    dense: usize,
    recipe: &LaneRecipe,
    seed: u64,
) -> LaneTable<WIDTH> {
    let table = LaneTable::<WIDTH>::empty(bits, dense);
    let mut buckets = State::<WIDTH>::new(table.rows.len(), recipe.floor);
    // the last row is the bias
    let mut measures = State::<WIDTH>::new(dense + 1, recipe.floor);
    let lifts = lifts::<WIDTH>(examples, recipe);
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut random = Random::new(seed ^ 0x6c61_6e65);
    let mut sums = (Vec::new(), Vec::new());
    for round in 0..recipe.rounds {
        random.shuffle(&mut order);
        // later rounds take smaller steps, so that the last texts seen do not count more
        let rate = recipe.rate / (1.0 + round as f32 * 0.5);
        for at in &order {
            let example = examples[*at];
            one_step(example, &mut buckets, &mut measures, table.dropped_bits(), &lifts, recipe, rate);
        }
        // the last steps of hinges jump: their second half is averaged
        if recipe.loss == Loss::Margin && round >= recipe.rounds / 2 {
            let share = 1.0 / (recipe.rounds - recipe.rounds / 2) as f32;
            add_up(&mut sums.0, &buckets.weights, share);
            add_up(&mut sums.1, &measures.weights, share);
        }
    }
    if recipe.loss == Loss::Margin && recipe.rounds > 0 {
        (buckets.weights, measures.weights) = sums;
    }
    quantise(table, &buckets, &measures)
}

/// How to learn with margins.
#[derive(Clone, Copy, Debug)]
pub(crate) struct MarginRecipe {
    pub rounds: usize,
    /// Price of a text on the wrong side of its margin, against small weights.
    pub cost: f32,
    /// Weight of the measures against words and characters.
    pub dense: f32,
    /// How far rare lanes are lifted: see [`LaneRecipe::balance`].
    pub balance: f32,
}

/// Learns a table whose lanes are yes-or-no questions ([`Loss::Each`]): squared hinge loss, small weights, solved text by
/// text in the dual (Hsieh et al., 2008, "A dual coordinate descent method for large-scale linear SVM", algorithm 1).
pub(crate) fn learn_margins<const WIDTH: usize>(
    examples: &[&LaneExample],
    bits: u32,
    dense: usize,
    recipe: &MarginRecipe,
    seed: u64,
) -> LaneTable<WIDTH> {
    let table = LaneTable::<WIDTH>::empty(bits, dense);
    let mut buckets = State::<WIDTH>::new(table.rows.len(), 0.0);
    let mut measures = State::<WIDTH>::new(dense + 1, 0.0);
    let balance = LaneRecipe { balance: recipe.balance, ..LaneRecipe::new(Loss::Each) };
    let lifts = lifts::<WIDTH>(examples, &balance);
    let mut random = Random::new(seed ^ 0x6d61_7267);
    for (lane, lift) in lifts.iter().enumerate().take(64) {
        let known = examples.iter().filter(|one| one.known >> lane & 1 == 1);
        // what each text has contributed so far
        let mut all: Vec<(&LaneExample, f32)> = known.map(|one| (*one, 0.0)).collect();
        if !all.iter().any(|(one, _)| one.holds >> lane & 1 == 1) {
            continue;
        }
        for _ in 0..recipe.rounds {
            random.shuffle(&mut all);
            for (example, share) in &mut all {
                let holds = example.holds >> lane & 1 == 1;
                let cost = recipe.cost * example.weight * lift[usize::from(holds)];
                let mut weights = Weights { buckets: &mut buckets, measures: &mut measures, lane };
                weights.step(example, holds, share, cost, recipe.dense, table.dropped_bits());
            }
        }
    }
    for weight in measures.weights.iter_mut().take(dense).flatten() {
        *weight *= recipe.dense;
    }
    quantise(table, &buckets, &measures)
}

/// The weights of one lane while it learns.
struct Weights<'a, const WIDTH: usize> {
    buckets: &'a mut State<WIDTH>,
    measures: &'a mut State<WIDTH>,
    lane: usize,
}

impl<const WIDTH: usize> Weights<'_, WIDTH> {
    /// Moves what one text contributes to where its own part of the dual is best, the others held still.
    fn step(
        &mut self,
        example: &LaneExample,
        holds: bool,
        share: &mut f32,
        cost: f32,
        dense: f32,
        dropped: u32,
    ) {
        if cost <= 0.0 {
            return;
        }
        let (side, slack, lane) = (if holds { 1.0 } else { -1.0 }, 0.5 / cost, self.lane);
        let last = self.measures.weights.len() - 1;
        let (mut score, mut size) = (self.measures.weights[last][lane], 1.0 + slack);
        for group in example.groups.iter().filter(|group| !group.is_empty()) {
            let sum: f32 =
                group.iter().map(|bucket| self.buckets.weights[(bucket >> dropped) as usize][lane]).sum();
            score += sum / (group.len() as f32).sqrt();
            size += 1.0;
        }
        for (weights, measure) in self.measures.weights.iter().take(last).zip(&example.dense) {
            score += weights[lane] * measure * dense;
            size += (measure * dense).powi(2);
        }
        let slope = side * score - 1.0 + *share * slack;
        let moved = (*share - slope / size).max(0.0);
        let by = (moved - *share) * side;
        *share = moved;
        for group in &example.groups {
            let input = by / (group.len().max(1) as f32).sqrt();
            for bucket in group {
                self.buckets.weights[(bucket >> dropped) as usize][lane] += input;
            }
        }
        for (weights, measure) in self.measures.weights.iter_mut().take(last).zip(&example.dense) {
            weights[lane] += by * measure * dense;
        }
        self.measures.weights[last][lane] += by;
    }
}

fn add_up<const WIDTH: usize>(sums: &mut Vec<[f32; WIDTH]>, rows: &[[f32; WIDTH]], share: f32) {
    sums.resize(rows.len(), [0.0; WIDTH]);
    for (sum, weight) in sums.iter_mut().flatten().zip(rows.iter().flatten()) {
        *sum += weight * share;
    }
}

fn one_step<const WIDTH: usize>(
    example: &LaneExample,
    buckets: &mut State<WIDTH>,
    measures: &mut State<WIDTH>,
    dropped: u32,
    lifts: &[[f32; 2]; WIDTH],
    recipe: &LaneRecipe,
    rate: f32,
) {
    let last = measures.weights.len() - 1;
    let mut scores = measures.weights[last];
    let mut add = |row: &[f32; WIDTH], input: f32| {
        for (score, weight) in scores.iter_mut().zip(row) {
            *score += weight * input;
        }
    };
    for group in &example.groups {
        let input = 1.0 / (group.len().max(1) as f32).sqrt();
        group.iter().for_each(|bucket| add(&buckets.weights[(bucket >> dropped) as usize], input));
    }
    for (row, measure) in measures.weights.iter().take(last).zip(&example.dense) {
        add(row, *measure);
    }
    // most lanes are rightly silent about most texts: nothing to learn, and most of the work saved
    let slopes: Vec<(usize, f32)> = slopes(example, &scores, lifts, recipe.loss)
        .into_iter()
        .enumerate()
        .filter(|(_, slope)| slope.abs() > SLOPE_MIN)
        .collect();
    for group in &example.groups {
        let input = 1.0 / (group.len().max(1) as f32).sqrt();
        for bucket in group {
            buckets.learn((bucket >> dropped) as usize, input, &slopes, rate, recipe.decay);
        }
    }
    for (at, measure) in example.dense.iter().enumerate().take(last) {
        measures.learn(at, *measure, &slopes, rate, 0.0);
    }
    measures.learn(last, 1.0, &slopes, rate, 0.0);
}

fn slopes<const WIDTH: usize>(
    example: &LaneExample,
    scores: &[f32; WIDTH],
    lifts: &[[f32; 2]; WIDTH],
    loss: Loss,
) -> [f32; WIDTH] {
    let has = |mask: u64, lane: usize| lane < 64 && mask >> lane & 1 == 1;
    let mut slopes = [0.0; WIDTH];
    let known = (0..WIDTH).filter(|lane| has(example.known, *lane));
    match loss {
        Loss::Each => {
            for lane in known {
                let holds = has(example.holds, lane);
                let slope = sigmoid(scores[lane]) - f32::from(u8::from(holds));
                slopes[lane] = slope * example.weight * lifts[lane][usize::from(holds)];
            }
        }
        Loss::Margin => {
            for lane in known {
                let holds = has(example.holds, lane);
                let sign = if holds { 1.0 } else { -1.0 };
                let slope = -sign * (1.0 - sign * scores[lane]).max(0.0);
                slopes[lane] = slope * example.weight * lifts[lane][usize::from(holds)];
            }
        }
        Loss::One => {
            let top = known.clone().map(|lane| scores[lane]).fold(f32::MIN, f32::max);
            let sum: f32 = known.clone().map(|lane| (scores[lane] - top).exp()).sum();
            let lift =
                known.clone().find(|lane| has(example.holds, *lane)).map_or(1.0, |lane| lifts[lane][1]);
            for lane in known {
                let slope = (scores[lane] - top).exp() / sum - f32::from(u8::from(has(example.holds, lane)));
                slopes[lane] = slope * example.weight * lift;
            }
        }
    }
    slopes
}

/// How much a no and a yes count in each lane.
fn lifts<const WIDTH: usize>(examples: &[&LaneExample], recipe: &LaneRecipe) -> [[f32; 2]; WIDTH] {
    let mut lifts = [[1.0; 2]; WIDTH];
    let lanes = match recipe.loss {
        Loss::Each | Loss::Margin => 2.0,
        Loss::One => (0..WIDTH.min(64))
            .filter(|lane| examples.iter().any(|one| one.holds >> lane & 1 == 1))
            .count() as f32,
    };
    for (lane, lift) in lifts.iter_mut().enumerate().take(64) {
        let (mut known, mut yes) = (1.0_f32, 1.0_f32);
        for example in examples {
            let weight = example.weight;
            known += weight * f32::from(u8::from(example.known >> lane & 1 == 1));
            yes += weight * f32::from(u8::from((example.known & example.holds) >> lane & 1 == 1));
        }
        lift[1] = (known / (lanes.max(1.0) * yes)).powf(recipe.balance).clamp(0.2, 5.0);
    }
    lifts
}

/// Writes what was learnt as small integers.
fn quantise<const WIDTH: usize>(
    mut table: LaneTable<WIDTH>,
    buckets: &State<WIDTH>,
    measures: &State<WIDTH>,
) -> LaneTable<WIDTH> {
    for lane in 0..WIDTH {
        let mut sizes: Vec<f32> =
            buckets.weights.iter().map(|row| row[lane].abs()).filter(|size| *size > 0.0).collect();
        if sizes.is_empty() {
            continue;
        }
        sizes.sort_by(f32::total_cmp);
        // a handful of extreme weights is clipped so that the others keep their differences
        let at = (sizes.len() as f32 * 0.9995) as usize;
        let scale = sizes[at.min(sizes.len() - 1)].max(1e-6) / 127.0;
        for (row, weights) in table.rows.iter_mut().zip(&buckets.weights) {
            row[lane] = (weights[lane] / scale).round().clamp(-127.0, 127.0) as i8;
        }
        table.scale[lane] = scale;
    }
    let last = measures.weights.len() - 1;
    table.bias = measures.weights[last];
    table.dense.copy_from_slice(&measures.weights[..last]);
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::{Rest, put_lanes, take_lanes};
    use crate::lanes::{bucket_of, softmax_of};
    use crate::tokens::hash_bytes;

    fn example(words: &str, holds: u64, known: u64) -> LaneExample {
        let buckets = words.split(' ').map(|word| bucket_of(hash_bytes(word.as_bytes()))).collect();
        LaneExample { groups: vec![buckets], dense: Box::new([1.0]), holds, known, weight: 1.0 }
    }

    fn lessons() -> Vec<LaneExample> {
        let mut all = Vec::new();
        for filler in ["hoy", "ayer", "siempre", "aqui", "alli", "luego"] {
            all.push(example(&format!("{filler} sopa fria"), 0b01, 0b11));
            all.push(example(&format!("{filler} camarero lento"), 0b10, 0b11));
            all.push(example(&format!("{filler} sopa y camarero"), 0b11, 0b11));
            all.push(example(&format!("{filler} nada de nada"), 0b00, 0b11));
            // only says that it is soup; of the waiter it knows nothing
            all.push(example(&format!("{filler} sopa caliente camarero"), 0b01, 0b01));
        }
        all
    }

    fn learnt(loss: Loss) -> LaneTable<8> {
        let lessons = lessons();
        let chosen: Vec<&LaneExample> =
            lessons.iter().filter(|one| loss == Loss::Each || one.holds.is_power_of_two()).collect();
        learn(&chosen, 12, 1, &LaneRecipe { rounds: 20, ..LaneRecipe::new(loss) }, 7)
    }

    #[test]
    fn several_lanes_hold_at_once_and_unknown_ones_are_left_alone() {
        let table = learnt(Loss::Each);
        let asked = |words: &str| example(words, 0, 0).scores(&table);
        let both = asked("manana sopa y camarero");
        assert!(both[0] > 0.0 && both[1] > 0.0, "{both:?}");
        let waiter = asked("manana camarero lento");
        assert!(waiter[0] < 0.0 && waiter[1] > 0.0, "{waiter:?}");
        assert!(asked("sopa caliente camarero")[1] > 0.0, "not blamed for what an example does not know");
        assert!(both[2..].iter().all(|score| score.abs() < 1e-6), "unused lanes stay zero");
    }

    #[test]
    fn margins_tell_the_same_apart_and_are_the_same_each_time() {
        let lessons = lessons();
        let chosen: Vec<&LaneExample> = lessons.iter().collect();
        let recipe = MarginRecipe { rounds: 30, cost: 1.0, dense: 0.3, balance: 0.5 };
        let table = learn_margins::<8>(&chosen, 12, 1, &recipe, 7);
        let asked = |words: &str| example(words, 0, 0).scores(&table);
        let both = asked("manana sopa y camarero");
        assert!(both[0] > 0.0 && both[1] > 0.0, "{both:?}");
        let waiter = asked("manana camarero lento");
        assert!(waiter[0] < 0.0 && waiter[1] > 0.0, "{waiter:?}");
        assert!(both[2..].iter().all(|score| score.abs() < 1e-6), "unused lanes stay zero");
        assert!(learn_margins::<8>(&chosen, 12, 1, &recipe, 7).rows == table.rows);
        let silent = MarginRecipe { cost: 0.0, ..recipe };
        assert!(learn_margins::<8>(&chosen, 12, 1, &silent, 7).rows.iter().flatten().all(|one| *one == 0));
    }

    #[test]
    fn exactly_one_lane_holds() {
        let table = learnt(Loss::One);
        let [soup, waiter] = softmax_of(&example("manana sopa fria", 0, 0).scores(&table));
        assert!(soup > 0.7 && (soup + waiter - 1.0).abs() < 1e-5, "{soup} {waiter}");
    }

    #[test]
    fn a_table_survives_the_file_and_the_same_seed_gives_the_same_bytes() {
        let table = learnt(Loss::Each);
        let (mut bytes, mut again) = (Vec::new(), Vec::new());
        put_lanes(&mut bytes, &table);
        put_lanes(&mut again, &learnt(Loss::Each));
        assert!(bytes == again);
        let empty = || LaneTable::<8>::empty(12, 1);
        let read = take_lanes(&mut Rest::of(&bytes), empty()).map_err(|error| error.to_string());
        assert_eq!(
            read.map(|read| (read.rows, read.scale, read.bias)),
            Ok((table.rows, table.scale, table.bias))
        );
        assert!(take_lanes(&mut Rest::of(&bytes[..bytes.len() - 1]), empty()).is_err());
    }

    #[test]
    fn long_lists_do_not_overflow_and_bending_a_lane_bends_its_score() {
        let mut table = LaneTable::<8>::empty(4, 0);
        table.rows.fill([127; 8]);
        table.scale = [1.0; 8];
        let buckets = vec![u32::MAX >> (32 - crate::features::BITS); 100_000];
        assert_eq!(table.sums(&buckets)[3], 127 * 100_000);
        let before = table.scores(&[&buckets[..4]], &[])[3];
        table.bend(3, 0.5, 2.0);
        let after = table.scores(&[&buckets[..4]], &[])[3];
        assert!((after - (before * 0.5 + 2.0)).abs() < 1e-3, "{before} {after}");
    }
}
