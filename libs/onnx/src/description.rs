//! What a network wants to be given and what its outputs mean, in a few lines of JSON next to it.
//!
//! ```json
//! { "input": { "kind": "wordpiece", "vocabulary": "vocab.txt", "length": 128, "lowercase": true },
//!   "labels": ["negative", "neutral", "positive"], "output": "logits", "threshold": 0.6 }
//! ```

use nlp::Label;
use serde::Deserialize;

/// The description of a network.
#[derive(Clone, PartialEq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Description {
    /// What it is given.
    pub input: Input,
    /// What its outputs stand for, in their order: "negative", "neutral", "positive"; two or three of them.
    pub labels: Vec<String>,
    /// Whether its outputs still have to be turned into probabilities.
    #[serde(default)]
    pub output: Output,
    /// Divides logits: above 1 for a network that is too sure of itself.
    #[serde(default = "one")]
    pub temperature: f32,
    /// Below this probability of the best label the text stays unsure.
    #[serde(default)]
    pub threshold: f32,
    /// "review" or "post" if it was made for one of them only.
    #[serde(default)]
    pub head: Option<String>,
}

const fn one() -> f32 {
    1.0
}

/// What a network is given.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase", deny_unknown_fields)]
pub enum Input {
    /// One row of numbers: how often each hashed word and pair of words occurs, of length one. See `bag.rs`.
    Bag {
        /// How many numbers.
        size: usize,
    },
    /// Token numbers of a WordPiece vocabulary, with the mask and the types if the network asks for them.
    Wordpiece {
        /// File of the vocabulary, one piece a line, next to the description.
        vocabulary: String,
        /// How many tokens; longer texts are cut, shorter ones filled up.
        length: usize,
        /// Whether the vocabulary is of small letters without accents.
        #[serde(default)]
        lowercase: bool,
    },
}

/// What a network answers with.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Output {
    /// Any numbers: the softmax is still to be taken.
    #[default]
    Logits,
    /// Shares that add up to one.
    Probabilities,
}

/// Widest row of a bag.
pub(crate) const BAG_SIZE_MAX: usize = 1 << 20;
/// Most tokens a network is given: what transformers of this kind are trained with.
pub(crate) const LENGTH_MAX: usize = 512;

impl Description {
    /// For each output, its place among negative, neutral, positive; or what is wrong.
    pub(crate) fn places(&self) -> Result<Vec<usize>, String> {
        let mut places = Vec::new();
        for name in &self.labels {
            let place =
                [Label::Negative, Label::Neutral, Label::Positive].iter().position(|l| l.as_str() == name);
            match place {
                Some(place) if !places.contains(&place) => places.push(place),
                _ => return Err(format!("label {name:?} is unknown or there twice")),
            }
        }
        let size = match &self.input {
            Input::Bag { size } => (1..=BAG_SIZE_MAX).contains(size),
            Input::Wordpiece { length, .. } => (3..=LENGTH_MAX).contains(length),
        };
        let head = self.head.as_deref().is_none_or(|head| matches!(head, "review" | "post"));
        if !size {
            Err(format!("the input is empty or larger than {BAG_SIZE_MAX} numbers or {LENGTH_MAX} tokens"))
        } else if !(0.01..=100.0).contains(&self.temperature) || !(0.0..=1.0).contains(&self.threshold) {
            Err("temperature or threshold is out of range".to_owned())
        } else if !head {
            Err("the head is neither review nor post".to_owned())
        } else if places.len() < 2 || !places.contains(&0) || !places.contains(&2) {
            Err("negative and positive have to be among the labels".to_owned())
        } else {
            Ok(places)
        }
    }
}
