//! **Respond**: everyone answered, in time, by a person.
//!
//! *What for*: two thirds of small businesses never answer. Here the owner sees who waits, worst first, and how she
//! keeps her word (*Palabra*: the share answered in time).
//! *How*: [`rules`] is the number with its interval; [`store`] reads `listen`'s day counts and who waits; [`pages`]
//! has the card, the tasks and the one action: "I have answered this".
//! *What it never does*: answer by itself.
//! *Start at* [`store::palabra`].

pub mod pages;
pub mod rules;
pub mod store;
