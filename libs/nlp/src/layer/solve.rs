//! The mathematics of a layer: a regularised multinomial logistic regression in its dual form, on top of scores that
//! stay as they are.
//!
//! With few texts and many measures the dual is the small problem: one number per text and class. The curvature is
//! bounded (Böhning, *Multinomial logistic regression algorithm*, 1992: at most ½ in any direction), so one matrix,
//! inverted once, gives steps that always descend; the same matrix gives what each text would have been told had it
//! not been there (leave one out), which decides whether anything is believed at all.

/// Steps of the descent at most.
const STEPS_MAX: usize = 60;
/// A step smaller than this changes no reading.
const STEP_MIN: f32 = 1e-3;
/// Labels are alike where two of them drawn at random are the same more often than this.
const ALIKE: f64 = 0.6;

/// A symmetric matrix, row by row.
#[derive(Clone, Debug)]
pub(crate) struct Square {
    pub size: usize,
    pub values: Vec<f32>,
}

impl Square {
    pub fn zero(size: usize) -> Self {
        Self { size, values: vec![0.0; size * size] }
    }

    #[inline]
    pub fn row(&self, at: usize) -> &[f32] {
        self.values.get(at * self.size..(at + 1) * self.size).unwrap_or_default()
    }

    #[inline]
    pub fn add(&mut self, row: usize, column: usize, value: f32) {
        if let Some(slot) = self.values.get_mut(row * self.size + column) {
            *slot += value;
        }
    }

    /// The matrix times one column per class.
    fn times<const C: usize>(&self, columns: &[Vec<f32>; C]) -> [Vec<f32>; C] {
        std::array::from_fn(|class| (0..self.size).map(|at| dot(self.row(at), &columns[class])).collect())
    }
}

/// The inverse of `I + half * kernel`. The kernel is positive semi-definite, so every pivot is at least one.
fn inverse_of(kernel: &Square, half: f32) -> Square {
    let size = kernel.size;
    let mut lower = Square::zero(size);
    // Cholesky, row by row, with the rows of the inverse of the lower triangle found on the way
    for i in 0..size {
        for j in 0..=i {
            let (row_i, row_j) = (lower.row(i), lower.row(j));
            let known = dot(row_i.get(..j).unwrap_or_default(), row_j.get(..j).unwrap_or_default());
            let mut value = half * kernel.values[i * size + j] - known;
            if i == j {
                value = (value + 1.0).max(1e-3).sqrt();
            } else {
                value /= lower.values[j * size + j];
            }
            lower.values[i * size + j] = value;
        }
    }
    // inverse of the lower triangle, kept transposed so that all walks are along rows
    let mut turned = Square::zero(size);
    for column in 0..size {
        turned.values[column * size + column] = 1.0 / lower.values[column * size + column];
        for i in column + 1..size {
            let known = dot(
                lower.row(i).get(column..i).unwrap_or_default(),
                turned.row(column).get(column..i).unwrap_or_default(),
            );
            turned.values[column * size + i] = -known / lower.values[i * size + i];
        }
    }
    let mut inverse = Square::zero(size);
    for i in 0..size {
        for j in 0..=i {
            let value =
                dot(turned.row(i).get(i..).unwrap_or_default(), turned.row(j).get(i..).unwrap_or_default());
            inverse.values[i * size + j] = value;
            inverse.values[j * size + i] = value;
        }
    }
    inverse
}

/// Eight sums side by side, which the compiler turns into vector instructions.
#[inline]
fn dot(left: &[f32], right: &[f32]) -> f32 {
    let mut sums = [0.0_f32; 8];
    let (left, left_rest) = left.as_chunks::<8>();
    let (right, right_rest) = right.as_chunks::<8>();
    for (one, other) in left.iter().zip(right) {
        for lane in 0..8 {
            sums[lane] += one[lane] * other[lane];
        }
    }
    let rest: f32 = left_rest.iter().zip(right_rest).map(|(one, other)| one * other).sum();
    sums.iter().sum::<f32>() + rest
}

/// What was found.
pub(crate) struct Solution<const C: usize> {
    /// One pull per text and class: `shift(x) = Σ kernel(x, text) · pull(text)`.
    pub pulls: Vec<[f32; C]>,
    /// By how much the truth of a text is better explained by what the *other* texts teach than by the base:
    /// the sum over the texts, in natural logarithms.
    pub gain: f64,
    /// By how many standard deviations the labels are better explained, each text told what the others teach, than the
    /// same labels dealt to the texts at random (exact mean and variance over all deals: W. Hoeffding, *A combinatorial
    /// central limit theorem*, 1951). Infinite where (nearly) all labels are alike: then no deal differs.
    pub aligned: f64,
}

/// Finds the pulls for texts whose base scores and labels are given.
pub(crate) fn solve<const C: usize>(kernel: &Square, base: &[[f32; C]], labels: &[usize]) -> Solution<C> {
    let inverse = inverse_of(kernel, 0.5);
    let count = base.len();
    let mut pulls: [Vec<f32>; C] = std::array::from_fn(|_| vec![0.0; count]);
    let mut shifts = pulls.clone();
    let mut rests = pulls.clone();
    for _ in 0..STEPS_MAX {
        for at in 0..count {
            let told = softmax(add(base[at], column(&shifts, at)));
            for class in 0..C {
                let truth = f32::from(u8::from(class == labels[at]));
                rests[class][at] = truth - told[class] - pulls[class][at];
            }
        }
        let steps = inverse.times(&rests);
        let mut largest = 0.0_f32;
        for (pull, step) in pulls.iter_mut().flatten().zip(steps.iter().flatten()) {
            *pull += step;
            largest = largest.max(step.abs());
        }
        shifts = kernel.times(&pulls);
        if largest < STEP_MIN {
            break;
        }
    }
    let pulls: Vec<[f32; C]> = (0..count).map(|at| column(&pulls, at)).collect();
    let mut gain = 0.0;
    let mut foretold: Vec<[f64; C]> = Vec::with_capacity(count);
    for at in 0..count {
        // the variance that the text's own label took away: 2 (1 - m) over m, m on the diagonal of the inverse
        let own = inverse.values[at * inverse.size + at].max(1e-3);
        let back = 2.0 * (1.0 - own) / own;
        let without = add(column(&shifts, at), pulls[at].map(|pull| -back * pull));
        let label = labels[at];
        let told = softmax(add(base[at], without)).map(|one| f64::from(one.max(1e-9).ln()));
        foretold.push(told);
        gain += told[label] - f64::from(softmax(base[at])[label].max(1e-9).ln());
    }
    Solution { pulls, gain, aligned: aligned(&foretold, labels) }
}

/// See [`Solution::aligned`].
fn aligned<const C: usize>(foretold: &[[f64; C]], labels: &[usize]) -> f64 {
    let count = foretold.len().max(2) as f64;
    let mut shares = [0.0; C];
    for label in labels {
        shares[*label] += 1.0 / count;
    }
    if shares.iter().map(|share| share * share).sum::<f64>() > ALIKE {
        return f64::INFINITY;
    }
    let mut columns = [0.0; C];
    for told in foretold {
        for (sum, told) in columns.iter_mut().zip(told) {
            *sum += told / count;
        }
    }
    let whole: f64 = columns.iter().zip(shares).map(|(column, share)| column * share).sum();
    let (mut better, mut variance) = (0.0, 0.0);
    for (told, label) in foretold.iter().zip(labels) {
        let row: f64 = told.iter().zip(shares).map(|(told, share)| told * share).sum();
        better += told[*label] - row;
        for class in 0..C {
            let own = told[class] - row - columns[class] + whole;
            variance += own * own * shares[class] * count / (count - 1.0);
        }
    }
    better / variance.sqrt().max(1e-6)
}

/// The numbers of one text.
#[inline]
fn column<const C: usize>(columns: &[Vec<f32>; C], at: usize) -> [f32; C] {
    std::array::from_fn(|class| columns[class].get(at).copied().unwrap_or_default())
}

#[inline]
pub(crate) fn add<const C: usize>(mut left: [f32; C], right: [f32; C]) -> [f32; C] {
    for (value, more) in left.iter_mut().zip(right) {
        *value += more;
    }
    left
}

/// Probabilities of any number of scores.
#[inline]
pub(crate) fn softmax<const C: usize>(scores: [f32; C]) -> [f32; C] {
    let top = scores.into_iter().fold(f32::MIN, f32::max);
    let powers = scores.map(|score| (score - top).exp());
    let sum: f32 = powers.iter().sum();
    powers.map(|power| power / sum)
}

/// The class with the highest score, the first of equals.
#[inline]
pub(crate) fn best_of<const C: usize>(scores: &[f32; C]) -> usize {
    let mut best = 0;
    for class in 1..C {
        if scores[class] > scores[best] {
            best = class;
        }
    }
    best
}
