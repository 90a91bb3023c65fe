//! The small network on top of the linear scores.
//!
//! A linear model cannot say "much praise *and* much blame: neutral", because its neutral score is linear too. The
//! network sees how much evidence there is on each side, with the lexicon's measures, and corrects the scores.

use crate::features::DENSE;

/// What the linear part tells the network: for words and characters, for negative and positive, sum and mass.
pub(crate) const EVIDENCE: usize = 8;
/// What it is told of single sentences: the best, the worst, the first, the last, and how many are good and bad.
pub(crate) const SENTENCES: usize = 6;
/// Inputs of the network.
pub(crate) const INPUTS: usize = EVIDENCE + SENTENCES + DENSE;
/// Its hidden units.
pub(crate) const HIDDEN: usize = 12;

/// One hidden layer with leaky units; its output is added to the linear scores.
#[derive(Clone, Debug)]
pub(crate) struct Network {
    pub hidden: [[f32; INPUTS]; HIDDEN],
    pub hidden_bias: [f32; HIDDEN],
    pub output: [[f32; HIDDEN]; 3],
    pub output_bias: [f32; 3],
}

impl Network {
    /// A network that changes nothing.
    pub fn silent() -> Self {
        Self {
            hidden: [[0.0; INPUTS]; HIDDEN],
            hidden_bias: [0.0; HIDDEN],
            output: [[0.0; HIDDEN]; 3],
            output_bias: [0.0; 3],
        }
    }

    /// The activations of the hidden units.
    pub fn activate(&self, inputs: &[f32; INPUTS]) -> [f32; HIDDEN] {
        let mut units = self.hidden_bias;
        for (unit, weights) in units.iter_mut().zip(&self.hidden) {
            let sum: f32 = weights.iter().zip(inputs).map(|(weight, input)| weight * input).sum();
            *unit += sum;
            if *unit < 0.0 {
                *unit *= 0.1;
            }
        }
        units
    }

    /// What to add to the scores.
    pub fn correct(&self, units: &[f32; HIDDEN]) -> [f32; 3] {
        let mut scores = self.output_bias;
        for (score, weights) in scores.iter_mut().zip(&self.output) {
            *score += weights.iter().zip(units).map(|(weight, unit)| weight * unit).sum::<f32>();
        }
        scores
    }
}
