//! **Listen**: everything somebody said, from wherever it can be heard, saved once.
//!
//! *What for*: a bar owner uploads an export, pastes her last twenty reviews or adds a feed, and has every mention in
//! one place; the same file twice adds nothing, an edited review becomes a revision.
//! *How*: `connectors` turns files and feeds into items; [`rules`] decides who an item is and whether it is new, the
//! same or changed; [`save`] writes mentions, search text, rollups and the importer's own progress in one batch;
//! [`step`] runs imports and polls feeds; [`pages`] are import and sources.
//! *What it never does*: lose a good row because of a bad one, believe a file about whose it is, follow an address
//! into a private network, judge what was said (that is `understand`).
//! *Start at* [`save::save`].

pub mod import;
pub mod pages;
pub mod rules;
pub mod save;
pub mod search;
pub mod step;
pub mod store;

#[cfg(test)]
mod tests;

/// Wakes whoever reads mentions: some were saved.
pub const MENTIONS_SAVED: &str = "mentions-saved";
/// Wakes the importer: a file was confirmed.
pub const IMPORT_CONFIRMED: &str = "import-confirmed";
/// Wakes the poller: a feed was added.
pub const SOURCE_ADDED: &str = "source-added";
