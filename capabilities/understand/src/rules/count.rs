//! What readings add to the counts of their days, and what an earlier reading of the same mention takes away again.

use std::collections::BTreeMap;

use domain::{Cause, Sentiment, SourceId};

use super::SpokenOf;

/// What of a reading is counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// What it sounds like.
    pub sentiment: Sentiment,
    /// What it speaks of.
    pub aspects: Vec<SpokenOf>,
    /// Why it complains.
    pub cause: Option<Cause>,
}

impl Counted {
    /// Each aspect once: a mention that both praises and blames the food blames it.
    fn by_aspect(&self) -> BTreeMap<&'static str, Sentiment> {
        let mut all: BTreeMap<&'static str, Sentiment> = BTreeMap::new();
        for spoken in &self.aspects {
            let known = all.entry(spoken.aspect.as_str()).or_insert(spoken.sentiment);
            if weight(spoken.sentiment) > weight(*known) {
                *known = spoken.sentiment;
            }
        }
        all
    }

    /// The aspect a complaint is most about; empty for none.
    pub fn complained_about(&self) -> &'static str {
        let first = self.aspects.iter().find(|a| a.sentiment == Sentiment::Negative);
        first.map_or("", |a| a.aspect.as_str())
    }
}

const fn weight(sentiment: Sentiment) -> u8 {
    match sentiment {
        Sentiment::Negative => 3,
        Sentiment::Positive => 2,
        Sentiment::Neutral => 1,
        Sentiment::Unsure => 0,
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

/// What some readings change in the counts.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// By day and source: negative, neutral, positive, unsure.
    pub sentiments: BTreeMap<(i64, SourceId), [i64; 4]>,
    /// By day and aspect: negative, neither, positive.
    pub aspects: BTreeMap<(i64, &'static str), [i64; 3]>,
    /// By day, cause and aspect: complaints.
    pub causes: BTreeMap<(i64, Cause, &'static str), i64>,
}

impl Changes {
    /// A reading comes in (`by` 1) or goes out (`by` −1).
    pub fn count(&mut self, day: i64, source: SourceId, counted: &Counted, by: i64) {
        self.sentiments.entry((day, source)).or_default()[place(counted.sentiment)] += by;
        for (aspect, sentiment) in counted.by_aspect() {
            let column = match sentiment {
                Sentiment::Negative => 0,
                Sentiment::Positive => 2,
                Sentiment::Neutral | Sentiment::Unsure => 1,
            };
            self.aspects.entry((day, aspect)).or_default()[column] += by;
        }
        if let Some(cause) = counted.cause {
            *self.causes.entry((day, cause, counted.complained_about())).or_default() += by;
        }
    }
}
