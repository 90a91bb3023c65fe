//! What the owner's corrections change in readings: what she said of a mention holds for it and for its near-copies.

use std::collections::BTreeMap;

use domain::{Cause, CorrectedField, MentionId, ReadBy, Sentiment};
use nlp::Fingerprint;

use super::Reading;

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
#[derive(Debug, Default)]
pub struct Learnt {
    said: BTreeMap<(MentionId, CorrectedField), String>,
    copies: Vec<(Fingerprint, CorrectedField, String)>,
}

impl Learnt {
    /// Learns from the corrections in force.
    pub fn new(corrections: &[Correction]) -> Self {
        let said = corrections.iter().map(|c| ((c.mention, c.field), c.said.clone())).collect();
        let copies =
            corrections.iter().filter_map(|c| Some((c.fingerprint?, c.field, c.said.clone()))).collect();
        Self { said, copies }
    }

    /// What the owner said of this mention, or of one that it is a near-copy of.
    fn says(
        &self,
        mention: MentionId,
        fingerprint: &Fingerprint,
        field: CorrectedField,
    ) -> Option<(&str, ReadBy)> {
        if let Some(said) = self.said.get(&(mention, field)) {
            return Some((said, ReadBy::Owner));
        }
        // of several copies, the latest correction holds
        let copies = self.copies.iter().rev().filter(|(_, of, _)| *of == field);
        copies
            .into_iter()
            .find(|(of, ..)| of.is_near(fingerprint))
            .map(|(_, _, said)| (said.as_str(), ReadBy::Copy))
    }

    /// Puts what the owner said in the place of what was read.
    pub fn apply(&self, mention: MentionId, reading: &mut Reading) {
        if let Some((said, by)) = self.says(mention, &reading.fingerprint, CorrectedField::Sentiment)
            && let Some(said) = Sentiment::parse(said)
        {
            reading.sentiment = said;
            reading.read_by = by;
            // who is not complaining has no cause to complain
            if said == Sentiment::Positive {
                reading.cause = None;
            }
        }
        if let Some((said, by)) = self.says(mention, &reading.fingerprint, CorrectedField::Cause) {
            reading.cause = Cause::parse(said);
            reading.read_by = by;
        }
    }
}
