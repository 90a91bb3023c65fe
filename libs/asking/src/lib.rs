//! **Asking**: whom to ask, when, and with which words. Pure, and blind: nothing in this crate has ever seen an answer.
//!
//! *What for.* Every competitor of ours asks the happy ones. Here it cannot be done: who is asked, when, with which words
//! and with which links is decided by functions whose arguments hold no stars, no text and no mood, in a crate that
//! depends on nothing that does. What cannot be passed in cannot be used.
//!
//! *How.* [`eligible`] says who may be asked, from facts that are not opinions. [`draw`] is a lot that anybody can run
//! again. [`pace`] says how many leave today. [`code`] makes codes that are printed and typed. [`words`] draws the
//! [`Link`]s, all alike.
//!
//! *What it never does*: I/O, clock, randomness; and it has no type that could hold an answer.

pub mod code;
pub mod draw;
pub mod eligible;
pub mod pace;
pub mod words;

pub use words::Link;

/// Days after a visit in which a review of it may be written (Spain: TRLGDCU 20.4, since Ley 10/2025).
pub const ANSWER_DAYS: i64 = 30;
/// The last day after a visit on which an invitation leaves: there must be time left to answer.
pub const SEND_DAYS: i64 = 25;
/// Days after its last day on which an invitation still leaves when nothing could leave before: a machine was off.
pub const LATE_DAYS: i64 = 3;
/// The last day after a visit on which the one reminder leaves.
pub const REMIND_DAYS: i64 = 28;
