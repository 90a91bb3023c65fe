//! **Respond**: everyone answered, once, well, by a person.
//!
//! *What for*: two thirds of small businesses never answer, and a bad answer brings a fine. Here the owner sees who waits,
//! worst first and with the reason; writes with a draft and a checker at her side; publishes once; keeps what she promised;
//! and has a register of complaints she can show an inspector. *Palabra* says how she keeps her word.
//! *How*: [`rules`] decide (the order of the queue, keys and clocks of complaints, the number); [`store`] has the tables;
//! [`publish`] is an answer on its way; `pages` are the queue, one answer, complaints, promises, Palabra.
//! *What it never does*: answer by itself; answer twice; hide who waits; offer anything for a review.
//! *Start at* [`publish`], then [`store::waiting::queue`]. This room uses `listen`, `understand` and `notify`.

pub mod case;
pub mod pages;
pub mod publish;
pub mod receipt;
pub mod rules;
pub mod store;
