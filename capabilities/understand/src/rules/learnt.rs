//! What the owner's corrections change in readings: what she said of a mention holds for it and for its near-copies.

use std::collections::BTreeMap;

use domain::{Cause, CorrectedField, MentionId, ReadBy, Sentiment};
use nlp::{Fingerprint, Label, Layer, LayerSummary, Model};

use super::{Reading, head};

/// Corrections of one organisation that are in force at once: more than anybody makes, few enough to build from anew.
pub const CORRECTIONS_MAX: usize = 1_000;

/// A correction in force, with what it corrected.
#[derive(Debug, Clone, PartialEq)]
pub struct Correction {
    /// The mention.
    pub mention: MentionId,
    /// What was corrected.
    pub field: CorrectedField,
    /// What the owner said.
    pub said: String,
    /// The corrected text.
    pub whole: String,
    /// Its stars.
    pub stars: Option<u8>,
    /// How it is read.
    pub kind: domain::SourceKind,
    /// Its fingerprint, once read.
    pub fingerprint: Option<Fingerprint>,
}

/// Everything learnt from one organisation's corrections.
#[derive(Debug)]
pub struct Learnt {
    layer: Layer,
    said: BTreeMap<(MentionId, CorrectedField), String>,
    /// Corrected causes by fingerprint, oldest first.
    causes: Vec<(Fingerprint, String)>,
}

impl Learnt {
    /// Learns from the corrections in force.
    pub fn new(model: &Model, corrections: &[Correction]) -> Self {
        let of = |field: CorrectedField| corrections.iter().filter(move |c| c.field == field);
        let sentiments: Vec<nlp::Correction<'_>> = of(CorrectedField::Sentiment)
            .filter_map(|c| {
                let label = label(Sentiment::parse(&c.said)?);
                Some(nlp::Correction { text: &c.whole, head: head(c.kind), stars: c.stars, label })
            })
            .collect();
        Self {
            layer: Layer::learn(model, &sentiments),
            said: corrections.iter().map(|c| ((c.mention, c.field), c.said.clone())).collect(),
            causes: of(CorrectedField::Cause)
                .filter_map(|c| Some((c.fingerprint?, c.said.clone())))
                .collect(),
        }
    }

    /// What the layer says of itself.
    pub const fn summary(&self) -> &LayerSummary {
        self.layer.summary()
    }

    /// The layer to read with; `None` where nothing was corrected, which costs nothing.
    pub fn layer(&self) -> Option<&Layer> {
        (!self.said.is_empty()).then_some(&self.layer)
    }

    /// Puts what the owner said of this very mention, and of causes, in the place of what was read.
    pub fn apply(&self, mention: MentionId, reading: &mut Reading) {
        let said = |field| self.said.get(&(mention, field));
        if let Some(said) = said(CorrectedField::Sentiment).and_then(|said| Sentiment::parse(said)) {
            reading.sentiment = said;
            reading.read_by = ReadBy::Owner;
        }
        // what the owner does not hear as unhappy is no complaint, unless she says why it is one
        let is_content = reading.read_by != ReadBy::Model
            && matches!(reading.sentiment, Sentiment::Positive | Sentiment::Neutral);
        if is_content {
            reading.cause = None;
        }
        if let Some(said) = said(CorrectedField::Cause) {
            reading.cause = Cause::parse(said);
            reading.read_by = ReadBy::Owner;
        } else if let Some(said) = self.cause_of_copy(reading).filter(|_| !is_content) {
            reading.cause = Cause::parse(said);
            if reading.read_by != ReadBy::Owner {
                reading.read_by = ReadBy::Copy;
            }
        }
        if reading.read_by != ReadBy::Model && reading.cause.is_none() {
            reading.intents = reading.intents.without(nlp::Intent::Complaint);
        }
    }

    /// What was said of the cause of a near-copy; of several, the latest correction holds.
    fn cause_of_copy(&self, reading: &Reading) -> Option<&str> {
        let fingerprint = reading.fingerprint?;
        let copy = self.causes.iter().rev().find(|(of, _)| of.is_near(&fingerprint));
        copy.map(|(_, said)| said.as_str())
    }
}

const fn label(sentiment: Sentiment) -> Label {
    match sentiment {
        Sentiment::Negative => Label::Negative,
        Sentiment::Neutral => Label::Neutral,
        Sentiment::Positive => Label::Positive,
        Sentiment::Unsure => Label::Unsure,
    }
}
