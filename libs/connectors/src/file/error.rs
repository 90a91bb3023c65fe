//! What can be wrong with a file, and with one row of it.
//!
//! Every error has a stable `key()` so that the interface can say it in the owner's language.

use std::io;

/// Why a whole file cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// Nothing in it, or only a byte-order mark and blanks.
    #[error("the file is empty")]
    Empty,
    /// Larger than allowed, as it is or once decompressed.
    #[error("the file is larger than {limit} bytes")]
    TooLarge {
        /// The limit it passed, in bytes.
        limit: u64,
    },
    /// Not a format we read.
    #[error("this is not a format we can read (it looks like: {looks_like})")]
    UnknownFormat {
        /// A stable word: `pdf`, `image`, `old-excel`, `web-page`, `zip`, `binary`, `unknown`.
        looks_like: &'static str,
    },
    /// Its text cannot be decoded.
    #[error("the text of the file cannot be decoded")]
    Encoding,
    /// A line, or a JSON element, longer than allowed.
    #[error("line {line} is too long")]
    LineTooLong {
        /// Where it starts.
        line: u64,
    },
    /// An archive that would grow out of all proportion.
    #[error("the archive grows out of proportion when opened")]
    ZipBomb,
    /// Damaged or cut short.
    #[error("the file is damaged: {what}")]
    Corrupt {
        /// Which part, in English, for the log.
        what: String,
    },
    /// More columns than allowed.
    #[error("the file has more than {limit} columns")]
    TooManyColumns {
        /// The limit it passed.
        limit: usize,
    },
    /// Neither a text nor a stars column could be found or was chosen.
    #[error("no column with a text or stars")]
    NoUsableColumns,
    /// The disk failed.
    #[error("the file cannot be read")]
    Io(#[source] io::Error),
}

impl FileError {
    /// A stable name for translations.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooLarge { .. } => "too-large",
            Self::UnknownFormat { .. } => "unknown-format",
            Self::Encoding => "encoding",
            Self::LineTooLong { .. } => "line-too-long",
            Self::ZipBomb => "zip-bomb",
            Self::Corrupt { .. } => "corrupt",
            Self::TooManyColumns { .. } => "too-many-columns",
            Self::NoUsableColumns => "no-usable-columns",
            Self::Io(_) => "io",
        }
    }

    pub(super) fn corrupt(what: impl std::fmt::Display) -> Self {
        Self::Corrupt { what: what.to_string() }
    }
}

/// Our own stops travel through `std::io::Read` as the payload of an `io::Error`; this takes them out again.
impl From<io::Error> for FileError {
    fn from(error: io::Error) -> Self {
        match error.get_ref().and_then(|inner| inner.downcast_ref::<Stop>()) {
            Some(Stop::TooLarge { limit }) => return Self::TooLarge { limit: *limit },
            Some(Stop::Bomb) => return Self::ZipBomb,
            None => {}
        }
        match error.kind() {
            io::ErrorKind::UnexpectedEof | io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput => {
                Self::corrupt(error)
            }
            _ => Self::Io(error),
        }
    }
}

/// Why a stream was stopped on purpose.
#[derive(Debug, thiserror::Error)]
pub(super) enum Stop {
    #[error("more than {limit} bytes")]
    TooLarge { limit: u64 },
    #[error("grows out of proportion")]
    Bomb,
}

impl From<Stop> for io::Error {
    fn from(stop: Stop) -> Self {
        Self::other(stop)
    }
}

/// One row that could not become an item. The rows around it are not affected.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {reason}")]
pub struct RowError {
    /// The physical line of the file where the row starts, from 1 (for JSON arrays, where the element starts;
    /// for spreadsheets, the row number).
    pub line: u64,
    /// Why.
    pub reason: RowErrorKind,
    /// The beginning of the row, to recognise it by.
    pub excerpt: String,
}

/// Why a row could not become an item.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RowErrorKind {
    /// It has neither a text nor stars.
    #[error("no text and no stars")]
    NoTextAndNoStars,
    /// Its stars cannot be understood or fall outside the scale.
    #[error("stars not understood: {value}")]
    BadStars {
        /// The cell.
        value: String,
    },
    /// Its date cannot be understood.
    #[error("date not understood: {value}")]
    BadDate {
        /// The cell.
        value: String,
    },
    /// It is not valid JSON.
    #[error("not valid JSON")]
    BadJson,
    /// It has more fields than allowed.
    #[error("too many fields")]
    TooManyFields,
    /// One of its cells is longer than allowed.
    #[error("a cell is too long")]
    CellTooLong,
    /// The whole row is longer than allowed.
    #[error("the row is too long")]
    RowTooLong,
    /// A quotation mark opens and never closes.
    #[error("a quotation mark never closes")]
    OpenQuote,
    /// The file ends, or breaks, in the middle of it. Nothing follows.
    #[error("the file is cut short here")]
    Truncated,
    /// The file has more rows than allowed. Nothing follows.
    #[error("too many rows")]
    TooManyRows,
    /// The file grows beyond the limit once decompressed. Nothing follows.
    #[error("too much data")]
    TooLarge,
}

impl RowErrorKind {
    /// A stable name for translations.
    pub fn key(&self) -> &'static str {
        match self {
            Self::NoTextAndNoStars => "no-text-and-no-stars",
            Self::BadStars { .. } => "bad-stars",
            Self::BadDate { .. } => "bad-date",
            Self::BadJson => "bad-json",
            Self::TooManyFields => "too-many-fields",
            Self::CellTooLong => "cell-too-long",
            Self::RowTooLong => "row-too-long",
            Self::OpenQuote => "open-quote",
            Self::Truncated => "truncated",
            Self::TooManyRows => "too-many-rows",
            Self::TooLarge => "too-large",
        }
    }
}
