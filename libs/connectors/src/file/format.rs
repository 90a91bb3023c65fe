//! What a file turned out to be. Plain data, so that the caller can keep it between the preview and the import.

use serde::{Deserialize, Serialize};

use super::error::RowError;
use super::mapping::Mapping;
use crate::item::Item;

/// How the rows are laid out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Format {
    /// What wraps them.
    pub container: Container,
    /// The layout itself.
    pub shape: Shape,
    /// The name of the text encoding, as the WHATWG spells it.
    pub encoding: String,
}

/// What wraps the rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Container {
    /// Nothing.
    Plain,
    /// gzip.
    Gzip,
    /// A ZIP with the files of a Google Takeout.
    TakeoutZip,
    /// An Excel workbook.
    Workbook,
}

/// The layout of the rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Shape {
    /// Lines with a delimiter.
    Delimited {
        /// The delimiter.
        delimiter: char,
        /// Which record is the header, from 0. What stands before it is skipped. `None`: there is no header.
        header: Option<u64>,
    },
    /// A sheet of a workbook.
    Sheet {
        /// Its name.
        name: String,
        /// Which non-empty row is the header, from 0.
        header: Option<u64>,
    },
    /// One JSON object a line.
    JsonLines,
    /// JSON objects in lists.
    Json {
        /// The keys that lead to the list; none when the file itself is the list.
        root: Vec<String>,
    },
}

/// An export we know by its shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Preset {
    /// Google Takeout of a Business Profile.
    GoogleTakeout,
    /// Trustpilot's business export.
    Trustpilot,
    /// Google Play Console's monthly export.
    GooglePlay,
    /// Our own JSON lines: `id`, `text`, `stars`, `time`…
    UnifiedLines,
    /// None of them.
    Generic,
}

/// The order of day, month and year seen in the date column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DateOrder {
    /// 2024-03-12, a month alone, or a count of seconds: no doubt possible.
    Iso,
    /// 2024/03/12.
    Ymd,
    /// 12/03/2024.
    Dmy,
    /// 03/12/2024.
    Mdy,
    /// 12 de marzo de 2024.
    Words,
}

/// What [`super::inspect`] found out.
#[derive(Debug, Clone)]
pub struct Inspection {
    /// How to read it.
    pub format: Format,
    /// The export it is.
    pub preset: Preset,
    /// Its columns. Without a header the names are empty: the interface numbers them in the owner's language.
    pub columns: Vec<String>,
    /// What each column seems to mean.
    pub mapping: Mapping,
    /// The order of the dates, where there are any.
    pub date_order: Option<DateOrder>,
    /// No date seen proves whether day or month comes first: the owner should look.
    pub date_order_unsure: bool,
    /// The first rows as they stand, in the order of `columns`.
    pub sample: Vec<Vec<String>>,
    /// The same rows as items, or what is wrong with them.
    pub sample_items: Vec<Result<Item, RowError>>,
    /// How many rows there are, near enough.
    pub rows_estimated: u64,
    /// The estimate is a count.
    pub rows_exact: bool,
    /// The size of the file on disk.
    pub file_bytes: u64,
}
