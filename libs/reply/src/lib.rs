//! **reply**: a reply in; what is unlawful or unwise in it out; and a first draft.
//!
//! *What for.* Replies are a small business's main legal risk: a name, a visit confirmed, "this review is fake". [`lint()`]
//! reads along while the owner writes, and once more before anything leaves.
//!
//! *How.* Phrases in Spanish and English (`phrases/*.txt`; the gravest also in Catalan, Galician, Basque, Portuguese and
//! French) over folded words, personal data by [`nlp`], and a few rules of their own. No model decides.
//!
//! *What it never does.* It never rewrites by itself, never sends, never says that a reply is lawful: it says what it
//! found. Only what is unlawful blocks; the rest warns or hints.
//!
//! *Where to start.* [`lint()`] with [`About`]; [`remedies()`] for what a reply offers;
//! [`draft()`] with [`Situation`]; [`placeholders`] and [`fill`] for saved replies.

mod draft;
mod finding;
mod lint;
mod names;
mod pattern;
mod personal;
mod phrases;
mod remedies;
mod saved;
mod words;

#[cfg(test)]
mod labelled_tests;
#[cfg(test)]
mod tests;

pub use draft::{Draft, DraftNote, PastReply, Situation, draft};
pub use finding::{About, Finding, Profession, Rule, Severity};
pub use lint::lint;
pub use remedies::{Due, Remedy, RemedyKind, remedies};
pub use saved::{Field, FillError, Placeholder, Values, fill, placeholders};
