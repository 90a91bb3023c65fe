//! The operator's own classifier, asked where the model is unsure. There is one for the whole program or none, and it is
//! put in its place once, when the program starts.

use std::sync::OnceLock;

use nlp::{Head, Model, Reading, SecondOpinion};

static SECOND: OnceLock<Box<dyn SecondOpinion>> = OnceLock::new();

/// Puts the classifier in its place; the first stays.
pub fn install(second: Box<dyn SecondOpinion>) {
    if SECOND.set(second).is_err() {
        tracing::warn!("a second classifier was offered; the first stays");
    }
}

/// Whether there is one: a reading may then take milliseconds instead of microseconds.
pub fn is_installed() -> bool {
    SECOND.get().is_some()
}

/// The version of everything that reads.
pub fn model_version() -> u32 {
    let second = SECOND.get().map_or(0, |second| second.version());
    (Model::embedded().version() ^ second) & 0x7FFF_FFFF
}

/// Asks it about a reading. What it cannot answer stays as it was.
pub(crate) fn ask(text: &str, head: Head, reading: &mut Reading) {
    let Some(second) = SECOND.get() else { return };
    match second.ask(text, head, reading.sentiment) {
        Ok(sentiment) => reading.sentiment = sentiment,
        Err(error) => {
            metrics::counter!("timon_second_opinion_failures_total").increment(1);
            tracing::warn!(%error, "the classifier did not answer");
        }
    }
}
