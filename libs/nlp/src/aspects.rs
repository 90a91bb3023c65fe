//! What a text speaks of, and how.

use crate::reading::{Label, Span};

/// An aspect of the taxonomy.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Aspect(pub(crate) u8);

const NAMES: [&str; 24] = [
    "food",
    "drinks",
    "variety",
    "service",
    "staff",
    "wait",
    "price",
    "cleanliness",
    "room",
    "comfort",
    "facilities",
    "location",
    "ambience",
    "product",
    "design",
    "delivery",
    "packaging",
    "app",
    "refund",
    "booking",
    "payment",
    "warranty",
    "contact",
    "general",
];

impl Aspect {
    /// Every aspect.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..NAMES.len() as u8).map(Self)
    }

    /// The stable name, for storage and interfaces.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        NAMES.get(usize::from(self.0)).copied().unwrap_or_default()
    }

    /// The aspect of this name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::all().find(|aspect| aspect.as_str() == name)
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
