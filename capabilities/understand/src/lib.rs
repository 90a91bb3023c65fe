//! **Understand**: what each mention says, about what, why and where; what the owner corrects in that; and the pages where
//! mentions are read and causes are found.
//!
//! *What for*: the owner finds the cause of the week with three quotes, sees how sure a reading is and why, corrects it
//! with one tap, and sees whether what she changed worked.
//! *How*: [`step::read_pending`] takes mentions off `listen`'s queue, asks `nlp`, lets what the owner corrected win, and
//! saves readings and the counts of their days in one batch. `store` owns `reading` and its counts, corrections, fixes
//! and watched names; `pages` are all mentions (filters, search), one mention, causes, what was learnt, watched names.
//! *What it never does*: change what was said, guess where the model abstains ("unsure" is an answer), learn from one
//! organisation for another.
//! *Start at* [`step::read_pending`].

pub mod pages;
pub mod rules;
pub mod second;
pub mod step;
pub mod store;

/// Woken when an owner corrected a reading or took a correction back.
pub const CORRECTED: &str = "corrected";

/// Woken when mentions were read.
pub const READ: &str = "read";
