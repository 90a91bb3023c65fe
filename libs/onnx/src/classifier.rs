//! The network, opened and asked.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use nlp::{Head, Label, Sentiment};
use thiserror::Error;
use tract_onnx::prelude::*;

use crate::bag;
use crate::description::{Description, Input, Output};
use crate::wordpiece::Wordpiece;

/// Largest network, in bytes.
const MODEL_BYTES_MAX: u64 = 1 << 30;
/// Largest description.
const DESCRIPTION_BYTES_MAX: u64 = 64 << 10;
/// Largest vocabulary.
const VOCABULARY_BYTES_MAX: u64 = 16 << 20;
/// Longest part of a text that is read, in bytes: as much as the small model reads.
const TEXT_BYTES_MAX: usize = 16 * 1024;
/// Longest a text may take: slower networks are not opened.
const RUN_MAX: Duration = Duration::from_secs(2);

/// Why a network cannot be used.
#[derive(Debug, Error)]
pub enum OnnxError {
    /// A file cannot be read.
    #[error("cannot read {path}")]
    File {
        /// Which.
        path: String,
        /// Why.
        source: std::io::Error,
    },
    /// A file is larger than any it should be.
    #[error("{path} is larger than {bytes_max} bytes")]
    TooLarge {
        /// Which.
        path: String,
        /// How much is allowed.
        bytes_max: u64,
    },
    /// The description is not of the form it should have, or contradicts itself.
    #[error("the description does not fit: {reason}")]
    Description {
        /// What is wrong with it.
        reason: String,
    },
    /// The vocabulary lacks something.
    #[error("the vocabulary does not fit: {reason}")]
    Vocabulary {
        /// What is wrong with it.
        reason: String,
    },
    /// The network is damaged, or uses what the runtime does not know.
    #[error("the network cannot be run: {reason}")]
    Network {
        /// What the runtime says.
        reason: String,
    },
    /// The outputs are not what the description says.
    #[error("the network gave {found} numbers that are probabilities or logits, {expected} were expected")]
    Outputs {
        /// How many usable ones it gave.
        found: usize,
        /// How many labels there are.
        expected: usize,
    },
    /// A text takes too long.
    #[error("one text takes {seconds:.1} s, longer than is allowed")]
    TooSlow {
        /// How long.
        seconds: f32,
    },
}

/// A network that is ready to be asked. Can be shared between threads.
pub struct Classifier {
    plan: Arc<TypedRunnableModel>,
    description: Description,
    /// For each output, its place among negative, neutral, positive.
    places: Vec<usize>,
    wordpiece: Option<Wordpiece>,
    inputs: Vec<Role>,
    version: u32,
}

impl std::fmt::Debug for Classifier {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Classifier").field("description", &self.description).finish_non_exhaustive()
    }
}

/// What one input of the network is given.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Role {
    Bag,
    Numbers,
    Mask,
    Types,
}

impl Role {
    fn of(name: &str, input: &Input) -> Self {
        match input {
            Input::Bag { .. } => Self::Bag,
            Input::Wordpiece { .. } if name.contains("mask") => Self::Mask,
            Input::Wordpiece { .. } if name.contains("type") => Self::Types,
            Input::Wordpiece { .. } => Self::Numbers,
        }
    }
}

impl Classifier {
    /// Opens a network and its description. Takes a second or more for a large one.
    pub fn open(model: &Path, description: &Path) -> Result<Self, OnnxError> {
        let text = read(description, DESCRIPTION_BYTES_MAX)?;
        let known: Description = serde_json::from_slice(&text)
            .map_err(|error| OnnxError::Description { reason: error.to_string() })?;
        let vocabulary = match &known.input {
            Input::Bag { .. } => None,
            Input::Wordpiece { vocabulary, .. } => {
                // a name next to the description, nothing else on this machine
                let name = Path::new(vocabulary).file_name().unwrap_or_default();
                Some(read(&description.with_file_name(name), VOCABULARY_BYTES_MAX)?)
            }
        };
        let bytes = read(model, MODEL_BYTES_MAX)?;
        let mut classifier = Self::from_parts(&bytes, known, vocabulary.as_deref())?;
        let parts = [bytes, text, vocabulary.unwrap_or_default()];
        // positive in a database's signed integer
        classifier.version = parts
            .iter()
            .flatten()
            .fold(0x811C_9DC5_u32, |state, byte| (state ^ u32::from(*byte)).wrapping_mul(0x0100_0193))
            & 0x7FFF_FFFF;
        Ok(classifier)
    }

    fn from_parts(
        model: &[u8],
        description: Description,
        vocabulary: Option<&[u8]>,
    ) -> Result<Self, OnnxError> {
        let places = description.places().map_err(|reason| OnnxError::Description { reason })?;
        let (wordpiece, width) = match (&description.input, vocabulary) {
            (Input::Bag { size }, _) => (None, *size),
            (Input::Wordpiece { length, lowercase, .. }, bytes) => {
                let text = std::str::from_utf8(bytes.unwrap_or_default()).map_err(|error| error.to_string());
                let pieces = text.and_then(|text| Wordpiece::new(text, *lowercase));
                (Some(pieces.map_err(|reason| OnnxError::Vocabulary { reason })?), *length)
            }
        };
        let (plan, inputs) = guarded(|| load(model, &description.input, width))?;
        let classifier = Self { plan, description, places, wordpiece, inputs, version: 0 };
        classifier.try_out()?;
        Ok(classifier)
    }

    /// One run that is timed: shapes are fixed, so that no text takes longer than any other.
    #[expect(
        clippy::disallowed_methods,
        reason = "how long one run takes is measured once, when a file is opened"
    )]
    fn try_out(&self) -> Result<(), OnnxError> {
        let start = Instant::now();
        self.probabilities("Una prueba")?;
        let taken = start.elapsed();
        if taken > RUN_MAX { Err(OnnxError::TooSlow { seconds: taken.as_secs_f32() }) } else { Ok(()) }
    }

    /// Changes with any of the files: add it to the small model's version, so that texts are read again.
    #[must_use]
    pub fn version(&self) -> u32 {
        self.version
    }

    /// Whether it was made for texts of this kind.
    #[must_use]
    pub fn reads(&self, head: Head) -> bool {
        self.description.head.as_deref().is_none_or(|made_for| made_for == head.as_str())
    }

    /// What the network says of a text: negative, neutral, positive.
    pub fn probabilities(&self, text: &str) -> Result<[f32; 3], OnnxError> {
        let text = head_of(text);
        let found = guarded(|| self.run(text))?;
        let usable = found.iter().filter(|value| value.is_finite()).count();
        if found.len() != self.places.len() || usable != found.len() {
            return Err(OnnxError::Outputs { found: usable, expected: self.places.len() });
        }
        let shares = match self.description.output {
            Output::Logits => softmax(&found, self.description.temperature),
            Output::Probabilities => found,
        };
        let sum: f32 = shares.iter().sum();
        if shares.iter().any(|share| !(-1e-3..=1.001).contains(share)) || (sum - 1.0).abs() > 1e-2 {
            return Err(OnnxError::Outputs { found: 0, expected: self.places.len() });
        }
        let mut probabilities = [0.0; 3];
        for (place, share) in self.places.iter().zip(shares) {
            probabilities[*place] = (share / sum).clamp(0.0, 1.0);
        }
        Ok(probabilities)
    }

    /// The cascade: a sentiment the small model is sure of stays as it is, and the network is not even asked.
    pub fn second_opinion(&self, text: &str, head: Head, first: Sentiment) -> Result<Sentiment, OnnxError> {
        if first.label != Label::Unsure || !self.reads(head) || nlp::fold(head_of(text)).is_empty() {
            return Ok(first);
        }
        let probabilities = self.probabilities(text)?;
        let labels = [Label::Negative, Label::Neutral, Label::Positive];
        let best = labels.into_iter().zip(probabilities).max_by(|one, other| one.1.total_cmp(&other.1));
        match best {
            Some((label, share)) if share >= self.description.threshold => {
                Ok(Sentiment { label, probabilities, ..first })
            }
            _ => Ok(first),
        }
    }

    fn run(&self, text: &str) -> TractResult<Vec<f32>> {
        let outputs = self.plan.run(self.tensors(text)?)?;
        let Some(first) = outputs.first() else { return Ok(Vec::new()) };
        let numbers = first.cast_to::<f32>()?;
        Ok(numbers.to_plain_array_view::<f32>()?.iter().copied().take(16).collect())
    }

    fn tensors(&self, text: &str) -> TractResult<TVec<TValue>> {
        let mut tensors = TVec::new();
        match (&self.description.input, &self.wordpiece) {
            (Input::Wordpiece { length, .. }, Some(wordpiece)) => {
                let (numbers, used) = wordpiece.encode(text, *length);
                for role in &self.inputs {
                    let row: Vec<i64> = match role {
                        Role::Mask => (0..*length).map(|at| i64::from(at < used)).collect(),
                        Role::Types => vec![0; *length],
                        Role::Numbers | Role::Bag => numbers.clone(),
                    };
                    tensors.push(Tensor::from_shape(&[1, *length], &row)?.into());
                }
            }
            (Input::Bag { size } | Input::Wordpiece { length: size, .. }, _) => {
                let mut row = vec![0.0_f32; *size];
                bag::fill(text, &mut row);
                tensors.push(Tensor::from_shape(&[1, *size], &row)?.into());
            }
        }
        Ok(tensors)
    }
}

fn load(model: &[u8], input: &Input, width: usize) -> TractResult<(Arc<TypedRunnableModel>, Vec<Role>)> {
    let mut bytes = model;
    let mut network = onnx().model_for_read(&mut bytes)?;
    let outlets = network.input_outlets()?.to_vec();
    let mut roles = Vec::new();
    for (at, outlet) in outlets.iter().enumerate() {
        let role = Role::of(&network.node(outlet.node).name, input);
        let fact = match role {
            Role::Bag => f32::fact([1, width]),
            Role::Numbers | Role::Mask | Role::Types => i64::fact([1, width]),
        };
        network = network.with_input_fact(at, fact.into())?;
        roles.push(role);
    }
    Ok((network.into_optimized()?.into_runnable()?, roles))
}

/// The runtime is large and reads files of others: a panic in it is an error like any other.
fn guarded<T>(work: impl FnOnce() -> TractResult<T>) -> Result<T, OnnxError> {
    match catch_unwind(AssertUnwindSafe(work)) {
        Ok(Ok(done)) => Ok(done),
        Ok(Err(error)) => {
            Err(OnnxError::Network { reason: format!("{error:#}").chars().take(500).collect() })
        }
        Err(_) => Err(OnnxError::Network { reason: "the runtime gave up".to_owned() }),
    }
}

fn read(path: &Path, bytes_max: u64) -> Result<Vec<u8>, OnnxError> {
    let name = || path.display().to_string();
    let file = |source| OnnxError::File { path: name(), source };
    let mut bytes = Vec::new();
    let opened = std::fs::File::open(path).map_err(file)?;
    std::io::Read::read_to_end(&mut std::io::Read::take(opened, bytes_max + 1), &mut bytes).map_err(file)?;
    if bytes.len() as u64 > bytes_max {
        Err(OnnxError::TooLarge { path: name(), bytes_max })
    } else {
        Ok(bytes)
    }
}

fn softmax(logits: &[f32], temperature: f32) -> Vec<f32> {
    let top = logits.iter().copied().fold(f32::MIN, f32::max);
    let powers: Vec<f32> = logits.iter().map(|logit| ((logit - top) / temperature).exp()).collect();
    let sum: f32 = powers.iter().sum();
    powers.into_iter().map(|power| power / sum).collect()
}

/// The part of a text that is read, cut at a character.
fn head_of(text: &str) -> &str {
    let mut end = text.len().min(TEXT_BYTES_MAX);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default()
}

impl nlp::SecondOpinion for Classifier {
    fn version(&self) -> u32 {
        self.version()
    }

    fn ask(
        &self,
        text: &str,
        head: Head,
        first: Sentiment,
    ) -> Result<Sentiment, Box<dyn std::error::Error + Send + Sync>> {
        Ok(self.second_opinion(text, head, first)?)
    }
}
