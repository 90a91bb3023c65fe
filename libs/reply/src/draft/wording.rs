//! What a draft's wording is made of, and how a variant is chosen.
//!
//! A sentence with `[le|te]` has a formal and a familiar side. `{what}` is filled in. Sentences state nothing but that
//! somebody wrote: no fault is admitted, no fact invented, nothing promised.

use nlp::Aspect;

/// The sentences of a language. Each list has at least one variant.
pub(crate) struct Wording {
    /// `{author}`.
    pub greetings: &'static [&'static str],
    pub greetings_unsigned: &'static [&'static str],
    /// To a complaint: thanks for writing.
    pub thanks_complaint: &'static [&'static str],
    pub thanks_praise: &'static [&'static str],
    pub thanks_mixed: &'static [&'static str],
    /// `{what}`: the matter of the complaint, with "of".
    pub sorry_for: &'static [&'static str],
    pub sorry: &'static [&'static str],
    /// `{quote}`.
    pub quote: &'static [&'static str],
    /// `{what}`: the praised matter, with "of".
    pub glad_of: &'static [&'static str],
    pub glad: &'static [&'static str],
    /// By cause: promise, product, service.
    pub causes: [&'static [&'static str]; 3],
    /// With the gap for the remedy.
    pub remedy: &'static [&'static str],
    pub next_step: &'static [&'static str],
    pub next_step_contact: &'static [&'static str],
    pub question: &'static [&'static str],
    pub claim: &'static [&'static str],
    pub opinion: &'static [&'static str],
    /// For professions that keep secrets.
    pub secret_intro: &'static [&'static str],
    pub secret_matter: &'static [&'static str],
    pub secret_matter_unknown: &'static [&'static str],
    pub secret_next: &'static [&'static str],
    pub secret_praise: &'static [&'static str],
    pub secret_praise_of: &'static [&'static str],
    pub farewells: &'static [&'static str],
    pub and: &'static str,
    /// What an aspect is called, with its article.
    pub aspect: fn(Aspect) -> Option<&'static str>,
    /// "of" before a noun with its article.
    pub of: fn(&str) -> String,
}

/// Chooses variants: the same seed chooses the same ones.
pub(crate) struct Choice {
    state: u64,
}

impl Choice {
    pub const fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    /// One of a list; nothing of an empty one.
    pub fn one(&mut self, list: &[&'static str]) -> &'static str {
        // splitmix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number generators", OOPSLA 2014)
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^= mixed >> 31;
        let size = list.len().max(1) as u64;
        list.get((mixed % size) as usize).copied().unwrap_or_default()
    }
}

/// The formal or the familiar side of every `[le|te]`.
pub(crate) fn address(text: &str, familiar: bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('[') {
        out.push_str(before);
        let Some((sides, after)) = after.split_once(']') else { break };
        let (formal, informal) = sides.split_once('|').unwrap_or((sides, sides));
        out.push_str(if familiar { informal } else { formal });
        rest = after;
    }
    out.push_str(rest);
    out
}
