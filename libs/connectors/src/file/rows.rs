//! One row after another, whatever the format.

use std::collections::VecDeque;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use encoding_rs::{Encoding, UTF_8};

use super::archive::{self, Entry};
use super::elements::{self, Elements};
use super::error::{FileError, RowErrorKind, Stop};
use super::format::{Container, Format, Shape};
use super::limits::Limits;
use super::sheet::{SheetRow, SheetRows};
use super::source::{self, Lines};
use super::table::{self, Records};

/// What came of asking for a row.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// There is one, starting on this line.
    Row { line: u64 },
    /// There is one that cannot be used; the next one may.
    Bad { line: u64, reason: RowErrorKind },
    /// The file cannot be read beyond this line.
    Stop { line: u64, reason: RowErrorKind },
    /// Nothing more.
    End,
}

/// The rows of a file.
pub(super) struct Rows {
    kind: Kind,
    last_line: u64,
    columns_max: usize,
}

enum Kind {
    Table(Box<Records>),
    Sheet { rows: SheetRows, row: SheetRow },
    Lines { lines: Lines, line: String },
    Elements { elements: Box<Elements>, element: Vec<u8>, text: String, parts: Parts },
}

/// The review files of a Takeout still to be read, and the location of the one being read.
struct Parts {
    path: PathBuf,
    left: VecDeque<Entry>,
    location: Option<String>,
    limits: Limits,
    bytes_left: u64,
    read: Arc<AtomicU64>,
    root: Vec<String>,
}

impl Rows {
    /// Opens a file whose format is known. The whole-file limits are checked here.
    pub(super) fn open(
        path: &Path,
        format: &Format,
        limits: &Limits,
        read: &Arc<AtomicU64>,
    ) -> Result<Self, FileError> {
        let encoding = Encoding::for_label(format.encoding.as_bytes()).unwrap_or(UTF_8);
        let file = || File::open(path).map_err(FileError::Io);
        let bytes = || Ok::<_, FileError>(source::open(file()?, format.container, encoding, limits, read));
        let kind = match &format.shape {
            Shape::Delimited { delimiter, .. } => {
                let delimiter = u8::try_from(*delimiter).unwrap_or(b',');
                let lines = Lines::new(bytes()?, limits.line_bytes);
                Kind::Table(Box::new(Records::new(lines, delimiter, limits.line_bytes)))
            }
            Shape::Sheet { name, .. } => {
                super::sheet::check(path, limits)?;
                Kind::Sheet { rows: SheetRows::new(path, name, limits), row: SheetRow::default() }
            }
            Shape::JsonLines => {
                Kind::Lines { lines: Lines::new(bytes()?, limits.line_bytes), line: String::new() }
            }
            Shape::Json { root } => {
                let mut parts = Parts::new(path, root, limits, read);
                let elements = if format.container == Container::TakeoutZip {
                    parts.list()?;
                    parts.next()?.ok_or(FileError::Empty)?
                } else {
                    Elements::new(bytes()?, root.clone(), limits.line_bytes, limits.json_depth)
                };
                Kind::Elements {
                    elements: Box::new(elements),
                    element: Vec::new(),
                    text: String::new(),
                    parts,
                }
            }
        };
        Ok(Self { kind, last_line: 0, columns_max: limits.columns })
    }

    /// Moves to the next row.
    pub(super) fn advance(&mut self) -> Step {
        let step = match self.kind.advance(self.columns_max) {
            Ok(step) => step,
            Err(error) => Step::Stop { line: self.last_line + 1, reason: stop_reason(&error) },
        };
        if let Step::Row { line } | Step::Bad { line, .. } = &step {
            self.last_line = *line;
        }
        step
    }

    /// A field of a table row.
    pub(super) fn field(&self, index: usize) -> Option<&str> {
        match &self.kind {
            Kind::Table(records) => records.field(index),
            Kind::Sheet { row, .. } => row.cells.get(index).map(String::as_str),
            Kind::Lines { .. } | Kind::Elements { .. } => None,
        }
    }

    /// The fields of a table row.
    pub(super) fn fields(&self) -> Vec<String> {
        match &self.kind {
            Kind::Table(records) => records.fields().map(str::to_owned).collect(),
            Kind::Sheet { row, .. } => row.cells.clone(),
            Kind::Lines { .. } | Kind::Elements { .. } => Vec::new(),
        }
    }

    /// The text of a JSON row; `None` for tables.
    pub(super) fn json(&self) -> Option<&str> {
        match &self.kind {
            Kind::Lines { line, .. } => Some(line),
            Kind::Elements { text, .. } => Some(text),
            Kind::Table(_) | Kind::Sheet { .. } => None,
        }
    }

    /// The location of the Takeout file being read.
    pub(super) fn location(&self) -> Option<&str> {
        match &self.kind {
            Kind::Elements { parts, .. } => parts.location.as_deref(),
            _ => None,
        }
    }

    /// The row as it stands, to quote its beginning.
    pub(super) fn raw(&self) -> String {
        match &self.kind {
            Kind::Table(records) => super::build::excerpt(records.raw()),
            Kind::Sheet { row, .. } => super::build::excerpt(&row.cells.join(" · ")),
            Kind::Lines { line, .. } => super::build::excerpt(line),
            Kind::Elements { element, .. } => super::build::excerpt(&String::from_utf8_lossy(
                element.get(..element.len().min(500)).unwrap_or_default(),
            )),
        }
    }
}

impl Kind {
    fn advance(&mut self, columns_max: usize) -> io::Result<Step> {
        match self {
            Self::Table(records) => Ok(match records.advance()? {
                table::Step::Record { line } if records.len() > columns_max => {
                    Step::Bad { line, reason: RowErrorKind::TooManyFields }
                }
                table::Step::Record { line } => Step::Row { line },
                table::Step::TooLong { line } => Step::Bad { line, reason: RowErrorKind::RowTooLong },
                table::Step::OpenQuote { line } => Step::Bad { line, reason: RowErrorKind::OpenQuote },
                table::Step::Truncated { line } => Step::Stop { line, reason: RowErrorKind::Truncated },
                table::Step::End => Step::End,
            }),
            Self::Sheet { rows, row } => match rows.advance().map_err(io::Error::other)? {
                None => Ok(Step::End),
                Some(next) => {
                    *row = next;
                    let line = row.number;
                    Ok(if row.too_wide {
                        Step::Bad { line, reason: RowErrorKind::TooManyFields }
                    } else if row.too_long {
                        Step::Bad { line, reason: RowErrorKind::CellTooLong }
                    } else {
                        Step::Row { line }
                    })
                }
            },
            Self::Lines { lines, line } => loop {
                let Some(info) = lines.next(line)? else { return Ok(Step::End) };
                if info.too_long {
                    return Ok(Step::Bad { line: info.number, reason: RowErrorKind::RowTooLong });
                }
                if line.trim().is_empty() {
                    continue;
                }
                // Only a whole last line may lack its break.
                if !info.terminated && !line.trim_end().ends_with('}') {
                    return Ok(Step::Stop { line: info.number, reason: RowErrorKind::Truncated });
                }
                return Ok(Step::Row { line: info.number });
            },
            Self::Elements { elements, element, text, parts } => loop {
                return Ok(match elements.advance(element)? {
                    elements::Step::Element { line } => {
                        text.clear();
                        source::push_text(element, text);
                        Step::Row { line }
                    }
                    elements::Step::TooLong { line } => Step::Bad { line, reason: RowErrorKind::RowTooLong },
                    elements::Step::Truncated { line } if parts.left.is_empty() => {
                        Step::Stop { line, reason: RowErrorKind::Truncated }
                    }
                    elements::Step::Broken { line } if parts.left.is_empty() => {
                        Step::Stop { line, reason: RowErrorKind::BadJson }
                    }
                    // In a Takeout one damaged file does not stop the next.
                    elements::Step::Truncated { line } => Step::Bad { line, reason: RowErrorKind::Truncated },
                    elements::Step::TooDeep { line } | elements::Step::Broken { line } => {
                        Step::Bad { line, reason: RowErrorKind::BadJson }
                    }
                    elements::Step::End => match parts.next().map_err(io::Error::other)? {
                        Some(next) => {
                            **elements = next;
                            continue;
                        }
                        None => Step::End,
                    },
                });
            },
        }
    }
}

impl Parts {
    fn new(path: &Path, root: &[String], limits: &Limits, read: &Arc<AtomicU64>) -> Self {
        Self {
            path: path.to_owned(),
            left: VecDeque::new(),
            location: None,
            limits: limits.clone(),
            bytes_left: limits.decompressed_bytes,
            read: Arc::clone(read),
            root: root.to_vec(),
        }
    }

    fn list(&mut self) -> Result<(), FileError> {
        let entries = archive::takeout_reviews(archive::entries(&self.path, &self.limits)?);
        archive::check_announced(entries.iter(), self.bytes_left, &self.limits)?;
        self.left = entries.into();
        Ok(())
    }

    fn next(&mut self) -> Result<Option<Elements>, FileError> {
        let Some(entry) = self.left.pop_front() else { return Ok(None) };
        self.location = archive::takeout_location(&entry.name).map(str::to_owned);
        let bytes = archive::open_entry(&self.path, &entry, self.bytes_left, &self.limits, &self.read)?;
        let bytes = source::decoded(bytes, UTF_8);
        Ok(Some(Elements::new(bytes, self.root.clone(), self.limits.line_bytes, self.limits.json_depth)))
    }
}

fn stop_reason(error: &io::Error) -> RowErrorKind {
    match error.get_ref().and_then(|inner| inner.downcast_ref::<Stop>()) {
        Some(_) => RowErrorKind::TooLarge,
        None => RowErrorKind::Truncated,
    }
}

/// Loads a progress counter.
pub(super) fn progress(read: &AtomicU64, total: u64) -> u64 {
    read.load(Ordering::Relaxed).min(total)
}
