//! What a reading is: plain data, no behaviour beyond names.

use crate::aspects::AspectMention;
use crate::complaint::{CauseReading, Intents};
use crate::fingerprint::Fingerprint;
use crate::language::Language;
use crate::personal::PersonalData;
use crate::places::PlaceMention;
use crate::standing::Standing;

/// Which kind of text is read: a review judges a thing, a post may judge nothing.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Head {
    /// Reviews, ratings, survey answers, complaints.
    Review,
    /// Social posts, comments, news titles.
    Post,
}

impl Head {
    pub(crate) const ALL: [Self; 2] = [Self::Review, Self::Post];

    pub(crate) const fn index(self) -> usize {
        match self {
            Self::Review => 0,
            Self::Post => 1,
        }
    }

    /// The name used in the model card.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Review => "review",
            Self::Post => "post",
        }
    }
}

/// The sentiment in one word.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Label {
    /// Complains, rejects, warns others.
    Negative,
    /// Neither, or both in equal parts.
    Neutral,
    /// Praises, thanks, recommends.
    Positive,
    /// Not enough to go by: a person should look.
    Unsure,
}

impl Label {
    /// The stable name, for storage and interfaces.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Negative => "negative",
            Self::Neutral => "neutral",
            Self::Positive => "positive",
            Self::Unsure => "unsure",
        }
    }

    pub(crate) const fn from_class(class: usize) -> Self {
        match class {
            0 => Self::Negative,
            1 => Self::Neutral,
            _ => Self::Positive,
        }
    }
}

/// A part of a text: `start..end` in bytes of the text as it was given, always at the borders of characters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Span {
    /// Where it begins.
    pub start: u32,
    /// Where it ends, exclusive.
    pub end: u32,
}

impl Span {
    /// The words themselves.
    #[must_use]
    pub fn of<'a>(&self, text: &'a str) -> &'a str {
        text.get(self.start as usize..self.end as usize).unwrap_or_default()
    }
}

/// A sentiment with its doubts.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Sentiment {
    /// The most probable class, or unsure where the model had better not say.
    pub label: Label,
    /// Calibrated probabilities: negative, neutral, positive. They add up to one.
    pub probabilities: [f32; 3],
    /// The stars say one thing and the text clearly another; the text won.
    pub against_stars: bool,
    /// What an owner's corrections had to do with the label.
    pub taught: Taught,
}

/// What an owner's corrections had to do with a label.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Taught {
    /// Nothing: it is the model's own.
    No,
    /// The text is one that was corrected, or a near-copy.
    Copy,
    /// What was learnt from all corrections together turned it.
    Turned,
}

/// What was understood of a text.
#[derive(Clone, PartialEq, Debug)]
pub struct Reading {
    /// The language it is written in.
    pub language: Language,
    /// What it feels about its subject.
    pub sentiment: Sentiment,
    /// What it speaks of, and how: one entry per aspect and sentence, in the order of the text.
    pub aspects: Vec<AspectMention>,
    /// Why it complains; `None` where it does not complain.
    pub cause: Option<CauseReading>,
    /// What the person wants. None is usual.
    pub intents: Intents,
    /// Places it names, in the order of the text.
    pub places: Vec<PlaceMention>,
    /// As who it is written.
    pub standing: Standing,
    /// For finding its near-copies.
    pub fingerprint: Fingerprint,
    /// What belongs to a person and not in public, in the order of the text.
    pub personal: Vec<PersonalData>,
}
