//! Any file of opinions a person can download or paste, turned into items.
//!
//! **How.** [`inspect`] looks at the beginning of the file and guesses format, preset and what each column means;
//! the owner corrects the [`Mapping`]; [`read`] streams the rows. [`pasted`] does it all at once for a few reviews
//! copied from a web page. [`csv_safe`] guards the files we write ourselves.
//!
//! **What must stay true.** Memory is bounded by the [`Limits`], not by the file. One bad row never stops the good
//! ones. Nothing is inflated before it is known how far it would grow. No input makes it panic.
//!
//! **To add a preset**: 1. a variant in [`Preset`]; 2. how to recognise it and its mapping, in `presets.rs`;
//! 3. a fixture with invented texts in `fixtures/` and a test in `tests/files/presets.rs`.

mod archive;
mod build;
mod clean;
mod dates;
mod elements;
mod error;
mod format;
mod guard;
mod guess;
mod header;
mod inspect;
mod limits;
mod mapping;
mod paste;
mod presets;
mod read;
mod record;
mod relative;
mod rows;
mod sheet;
mod sniff;
mod source;
mod stars;
mod table;
pub mod visits;

pub use error::{FileError, RowError, RowErrorKind};
pub use format::{Container, DateOrder, Format, Inspection, Preset, Shape};
pub use guard::csv_safe;
pub use inspect::inspect;
pub use limits::Limits;
pub use mapping::{Column, Mapping};
pub use paste::pasted;
pub use read::{Reader, Row, read};
