//! What a text speaks of, and how.

use crate::reading::{Label, Span};

/// An aspect of the taxonomy.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Aspect(pub(crate) u8);

impl Aspect {
    /// The stable name, for storage and interfaces.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        ""
    }
}

/// An aspect a text speaks of.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct AspectMention {
    /// Which aspect.
    pub aspect: Aspect,
    /// How it is spoken of.
    pub label: Label,
    /// Probabilities of that: negative, neutral, positive.
    pub probabilities: [f32; 3],
    /// The words it comes from.
    pub span: Span,
}
