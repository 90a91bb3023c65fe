//! The seam for a heavier classifier: asked only where the small model is unsure.

use std::error::Error;

use crate::reading::{Head, Sentiment};

/// A second opinion on a sentiment, slower and better, from whoever supplies one.
pub trait SecondOpinion: Send + Sync {
    /// Changes whenever its answers may: a reading it took part in is of the model *and* of this.
    fn version(&self) -> u32;

    /// What it thinks of a text whose first reading is given; `first` itself wherever it has nothing better to say.
    fn ask(
        &self,
        text: &str,
        head: Head,
        first: Sentiment,
    ) -> Result<Sentiment, Box<dyn Error + Send + Sync>>;
}
