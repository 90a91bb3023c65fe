//! **nlp**: a text in; a reading and its doubts out. Pure, offline, Spanish first.
//!
//! *What for.* Every mention gets a language and a sentiment (negative, neutral, positive, or *unsure*), in
//! microseconds, on the owner's own machine. The same folding gives the databases their search text.
//!
//! *How.* One pass folds the text into tokens and 64-bit hashes ([`fold`], `tokens`). A linear table over hashed
//! words and character n-grams, plus measures from our own lexicon (`lexicon/*.tsv`: polarity, negation,
//! intensity, contrast, irony), plus a small network over both, give calibrated probabilities. One feature space,
//! two heads: a three-star *review* and a neutral *post* are different things.
//!
//! *What it never does.* It never opens a file or a socket while reading, never panics on a text, never guesses
//! where it has no signal: it says *unsure*. No text of the training sets is in the repository or in the model.
//!
//! *Where to start.* [`Model::embedded`] and [`Model::read`]; for training, [`train::train`] and the model card in
//! `models/README.md`.
//!
//! ```
//! use nlp::{Head, Label, Language, Model};
//! let reading = Model::embedded().read("Trato pésimo y comida fría, no volveremos", Head::Review, None);
//! assert_eq!(reading.language, Language::Es);
//! assert_eq!(reading.sentiment.label, Label::Negative);
//! ```

mod aspects;
mod complaint;
mod cues;
mod explain;
mod features;
mod fingerprint;
mod fold;
mod format;
mod lanes;
mod language;
mod layer;
mod lexicon;
mod model;
mod network;
mod personal;
mod places;
mod reading;
mod second;
mod standing;
mod tokens;
pub mod train;
mod watch;

#[cfg(test)]
mod seed_tests;
#[cfg(test)]
mod tests;

pub use aspects::{Aspect, AspectMention, BusinessKind, Category};
pub use complaint::{Cause, CauseReading, Intent, Intents};
pub use explain::{CauseCue, Explanation, IntentCue, StarsEffect, Turned, WordEffect};
pub use fingerprint::{BANDS, FINGERPRINT_BYTES, Fingerprint};
pub use fold::fold;
pub use language::Language;
pub use layer::{Correction, Layer, LayerState, LayerSummary, LearntWord, doubt};
pub use model::{Model, ModelError, Reader};
pub use personal::{PersonalData, PersonalKind, mask};
pub use places::{Home, PlaceKind, PlaceMention};
pub use reading::{Head, Label, Reading, Sentiment, Span, Taught};
pub use second::SecondOpinion;
pub use standing::Standing;
pub use watch::{Hit, Inflection, Refusal, WatchError, WatchTerm, WatchTerms};
