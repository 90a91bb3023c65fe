//! The whole table, row by row: good rows as visits, bad ones as errors with their line and without what stood there.

use std::iter::FusedIterator;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::{CELL_BYTES_MAX, Columns, Field, ROWS_MAX};
use crate::file::clean;
use crate::file::dates::{self, Reading};
use crate::file::error::{FileError, RowError, RowErrorKind};
use crate::file::format::{Format, Shape};
use crate::file::limits::Limits;
use crate::file::read::skip_to_header;
use crate::file::rows::{Rows, Step};

/// One visit as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visit {
    /// The physical line where it starts, from 1 (the row number, in a spreadsheet).
    pub line: u64,
    /// First and second name, as they are; may be empty.
    pub name: String,
    /// May be empty.
    pub email: String,
    /// May be empty.
    pub phone: String,
    /// When.
    pub day: Date,
    /// May be empty.
    pub reference: String,
    /// May be empty.
    pub language: String,
    /// Whether a column says that she does not want to be written to.
    pub opts_out: bool,
}

/// Reads a table in the given format with the given columns; dates that name a moment are days in `zone`.
///
/// # Errors
/// On what concerns the whole file. [`FileError::NoUsableColumns`] when there is no day or nowhere to write to.
pub fn read(
    path: &Path,
    format: &Format,
    columns: &Columns,
    limits: &Limits,
    zone: &TimeZone,
) -> Result<Reader, FileError> {
    if std::fs::metadata(path).map_err(FileError::Io)?.len() > limits.file_bytes {
        return Err(FileError::TooLarge { limit: limits.file_bytes });
    }
    if !columns.is_enough() {
        return Err(FileError::NoUsableColumns);
    }
    let mut rows = Rows::open(path, format, limits, &Arc::new(AtomicU64::new(0)))?;
    match &format.shape {
        Shape::Delimited { header: Some(at), .. } | Shape::Sheet { header: Some(at), .. } => {
            skip_to_header(&mut rows, *at);
        }
        Shape::Delimited { .. } | Shape::Sheet { .. } => {}
        Shape::JsonLines | Shape::Json { .. } => {
            return Err(FileError::UnknownFormat { looks_like: "unknown" });
        }
    }
    let rows_max = limits.rows.min(ROWS_MAX);
    Ok(Reader { rows, columns: columns.clone(), zone: zone.clone(), seen: 0, rows_max, ended: false })
}

/// The rows of a table. Can be sent to another thread.
pub struct Reader {
    rows: Rows,
    columns: Columns,
    zone: TimeZone,
    seen: u64,
    rows_max: u64,
    ended: bool,
}

impl Reader {
    fn cell(&self, field: Field) -> &str {
        self.columns.get(field).and_then(|at| self.rows.field(at)).unwrap_or_default().trim()
    }

    fn current(&self, line: u64) -> Result<Visit, RowErrorKind> {
        if Field::ALL.into_iter().any(|field| self.cell(field).len() > CELL_BYTES_MAX) {
            return Err(RowErrorKind::CellTooLong);
        }
        let how = Reading { day_first: self.columns.day_first, zone: &self.zone, utc: false };
        let at = dates::parse(self.cell(Field::Day), how);
        let at = at.ok_or(RowErrorKind::BadDate { value: String::new() })?.at;
        let text = |field| clean::label(self.cell(field)).unwrap_or_default();
        let name = [text(Field::Name), text(Field::Surname)];
        let accepts = self.cell(Field::Accepts);
        Ok(Visit {
            line,
            name: name.join(" ").trim().to_owned(),
            email: text(Field::Email),
            phone: text(Field::Phone),
            day: self.zone.to_datetime(at).date(),
            reference: text(Field::Reference),
            language: text(Field::Language),
            opts_out: says_yes(self.cell(Field::OptOut)) || (!accepts.is_empty() && says_no(accepts)),
        })
    }
}

/// Whether a cell is ticked. A date counts: it is when she said it.
fn says_yes(cell: &str) -> bool {
    const YES: [&str; 14] = [
        "si",
        "sí",
        "s",
        "yes",
        "y",
        "x",
        "1",
        "true",
        "verdadero",
        "baja",
        "unsubscribed",
        "opt-out",
        "opt out",
        "✓",
    ];
    let lower = cell.to_lowercase();
    YES.contains(&lower.as_str()) || (cell.len() >= 8 && dates::written(cell, true).is_some())
}

fn says_no(cell: &str) -> bool {
    const NO: [&str; 9] =
        ["no", "n", "0", "false", "falso", "unsubscribed", "not_subscribed", "not subscribed", "rechaza"];
    NO.contains(&cell.to_lowercase().as_str())
}

impl Iterator for Reader {
    type Item = Result<Visit, RowError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let error = |line, reason| Some(Err(RowError { line, reason, excerpt: String::new() }));
        loop {
            return match self.rows.advance() {
                Step::End => {
                    self.ended = true;
                    None
                }
                Step::Stop { line, reason } => {
                    self.ended = true;
                    error(line, reason)
                }
                Step::Row { line } | Step::Bad { line, .. } if self.seen >= self.rows_max => {
                    self.ended = true;
                    error(line, RowErrorKind::TooManyRows)
                }
                Step::Bad { line, reason } => {
                    self.seen += 1;
                    error(line, reason)
                }
                Step::Row { line } => {
                    // Exports end in empty rows and sums.
                    let is_empty = [Field::Email, Field::Phone, Field::Day, Field::Name]
                        .into_iter()
                        .all(|field| self.cell(field).is_empty());
                    if is_empty {
                        continue;
                    }
                    self.seen += 1;
                    match self.current(line) {
                        Ok(visit) => Some(Ok(visit)),
                        Err(reason) => error(line, reason),
                    }
                }
            };
        }
    }
}

impl FusedIterator for Reader {}
