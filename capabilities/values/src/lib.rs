//! **Values**: what the owner stands for in five lines, and what each serious mention is about.
//!
//! *What for*: in trouble nobody has time to think. Who wrote down in calm what she never does, who decides when it is
//! broken and what is done first, knows in one tap what she is looking at: an ordinary error, something against her
//! values, something legal, or something that looks coordinated.
//! *How*: `value` holds the charter, `triage` what a person decided. [`rules`] suggests a class with its reasons in plain
//! facts; the suggestion is never stored and never acts. [`pages::triage_card`] stands on the page of a mention,
//! `/values` is the charter, `/values/triage` the serious mentions of the last ninety days.
//! *What it never does*: decide by itself; say of anybody that she attacks. "Looks coordinated" is suggested only of a
//! mention that nearly repeats others in an open warning: calling for a boycott is lawful speech.
//! *Start at* [`rules::suggest`].

pub mod pages;
pub mod rules;
pub mod store;
