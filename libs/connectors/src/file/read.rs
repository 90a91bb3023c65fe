//! The whole file, row by row: good rows as items, bad ones as errors with their line.

use std::iter::FusedIterator;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use jiff::tz::TimeZone;

use super::build::{Cells, Plan, borrow};
use super::error::{FileError, RowError, RowErrorKind};
use super::format::{Format, Shape};
use super::limits::Limits;
use super::mapping::{Mapping, ROLES, Role};
use super::record::{self, Tree};
use super::rows::{Rows, Step, progress};
use crate::item::Item;

/// One good row.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The physical line where it starts, from 1 (the row number, in a spreadsheet).
    pub line: u64,
    /// What it says.
    pub item: Item,
}

/// Reads a file in the given format with the given mapping.
///
/// Fails at once on what concerns the whole file; what concerns one row comes with that row.
pub fn read(
    path: &Path,
    format: &Format,
    mapping: &Mapping,
    limits: &Limits,
    zone: &TimeZone,
) -> Result<Reader, FileError> {
    let total = std::fs::metadata(path).map_err(FileError::Io)?.len();
    if total > limits.file_bytes {
        return Err(FileError::TooLarge { limit: limits.file_bytes });
    }
    let bytes_read = Arc::new(AtomicU64::new(0));
    let mut rows = Rows::open(path, format, limits, &bytes_read)?;
    let header = match &format.shape {
        Shape::Delimited { header, .. } | Shape::Sheet { header, .. } => *header,
        Shape::JsonLines | Shape::Json { .. } => None,
    };
    let columns = header.map(|at| skip_to_header(&mut rows, at)).unwrap_or_default();
    if columns.len() > limits.columns {
        return Err(FileError::TooManyColumns { limit: limits.columns });
    }
    let open_ended = matches!(format.shape, Shape::JsonLines | Shape::Json { .. });
    let plan = Plan::new(mapping, &columns, open_ended, limits, zone)?;
    let tree = Tree::new(mapping, &columns);
    let counts_bytes = !matches!(format.shape, Shape::Sheet { .. });
    Ok(Reader {
        rows,
        plan,
        tree,
        bytes_read,
        counts_bytes,
        total,
        seen: 0,
        rows_max: limits.rows,
        ended: false,
    })
}

/// Skips what stands above the header and returns the names in it.
pub(super) fn skip_to_header(rows: &mut Rows, at: u64) -> Vec<String> {
    for _ in 0..at {
        if matches!(rows.advance(), Step::End | Step::Stop { .. }) {
            return Vec::new();
        }
    }
    match rows.advance() {
        Step::Row { .. } => rows.fields().iter().map(|name| name.trim().to_owned()).collect(),
        _ => Vec::new(),
    }
}

/// The rows of a file. Can be sent to another thread; ends after an error from which nothing can be read.
pub struct Reader {
    rows: Rows,
    plan: Plan,
    tree: Tree,
    bytes_read: Arc<AtomicU64>,
    counts_bytes: bool,
    total: u64,
    seen: u64,
    rows_max: u64,
    ended: bool,
}

impl std::fmt::Debug for Reader {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reader")
            .field("bytes_read", &self.bytes_read())
            .field("total", &self.total)
            .finish_non_exhaustive()
    }
}

impl Reader {
    /// Bytes of the file already consumed, for a progress bar. A spreadsheet has to be opened whole: its bar
    /// jumps to the end.
    pub fn bytes_read(&self) -> u64 {
        progress(&self.bytes_read, self.total)
    }

    /// Size of the file.
    pub fn bytes_total(&self) -> u64 {
        self.total
    }

    fn current(&self) -> Result<Item, RowErrorKind> {
        if let Some(json) = self.rows.json() {
            let slots = record::pick(json, &self.tree).map_err(|_| RowErrorKind::BadJson)?;
            let mut cells = borrow(&slots);
            if cells[Role::Place as usize].is_none() {
                cells[Role::Place as usize] = self.rows.location();
            }
            return self.plan.item(&cells);
        }
        let mut cells: Cells<'_> = [None; ROLES];
        for (cell, index) in cells.iter_mut().zip(&self.plan.index) {
            *cell = index.and_then(|index| self.rows.field(index));
        }
        self.plan.item(&cells)
    }

    fn error(&self, line: u64, reason: RowErrorKind) -> RowError {
        RowError { line, reason, excerpt: self.rows.raw() }
    }
}

impl Iterator for Reader {
    type Item = Result<Row, RowError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let step = self.rows.advance();
        if !self.counts_bytes {
            self.bytes_read.store(self.total, Ordering::Relaxed);
        }
        match step {
            Step::End => {
                self.ended = true;
                None
            }
            Step::Stop { line, reason } => {
                self.ended = true;
                Some(Err(self.error(line, reason)))
            }
            Step::Row { line } | Step::Bad { line, .. } if self.seen >= self.rows_max => {
                self.ended = true;
                Some(Err(self.error(line, RowErrorKind::TooManyRows)))
            }
            Step::Bad { line, reason } => {
                self.seen += 1;
                Some(Err(self.error(line, reason)))
            }
            Step::Row { line } => {
                self.seen += 1;
                Some(match self.current() {
                    Ok(item) => Ok(Row { line, item }),
                    Err(reason) => Err(self.error(line, reason)),
                })
            }
        }
    }
}

impl FusedIterator for Reader {}
