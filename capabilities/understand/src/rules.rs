//! From a mention to its reading, and how many it adds to its day. Pure.

use domain::{Sentiment, SourceKind};
use nlp::{Head, Label, Model, Reader};

/// What we understood of a mention.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// Language code, or `unsure`.
    pub language: &'static str,
    /// What it sounds like.
    pub sentiment: Sentiment,
    /// Probabilities of negative, neutral and positive.
    pub probabilities: [f64; 3],
}

/// Reviews and posts are written differently; the model has a head for each.
pub const fn head(kind: SourceKind) -> Head {
    if kind.has_reviews() { Head::Review } else { Head::Post }
}

/// Reads one mention.
pub fn read(
    reader: &mut Reader,
    model: &Model,
    (title, text): (Option<&str>, &str),
    kind: SourceKind,
    stars: Option<u8>,
) -> Reading {
    let joined;
    let words = match title {
        Some(title) if !title.is_empty() => {
            joined = format!("{title}. {text}");
            &joined
        }
        _ => text,
    };
    let reading = reader.read(model, words, head(kind), stars);
    Reading {
        language: reading.language.code(),
        sentiment: match reading.sentiment.label {
            Label::Negative => Sentiment::Negative,
            Label::Neutral => Sentiment::Neutral,
            Label::Positive => Sentiment::Positive,
            Label::Unsure => Sentiment::Unsure,
        },
        probabilities: reading.sentiment.probabilities.map(f64::from),
    }
}

/// Position of a sentiment among the day's counts.
pub const fn place(sentiment: Sentiment) -> usize {
    match sentiment {
        Sentiment::Negative => 0,
        Sentiment::Neutral => 1,
        Sentiment::Positive => 2,
        Sentiment::Unsure => 3,
    }
}
