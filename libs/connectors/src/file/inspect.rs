//! The first look at a file: what it is, what its columns seem to mean, and a few rows as they would come out.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use jiff::tz::TimeZone;

use super::build::{Plan, borrow};
use super::error::{FileError, RowError, RowErrorKind};
use super::format::{Format, Inspection, Shape};
use super::guess::{Guess, guess};
use super::limits::Limits;
use super::mapping::{Mapping, ROLES};
use super::record::{self, Tree};
use super::rows::{Rows, Step, progress};
use super::{dates, header, presets, sheet, sniff, stars};
use crate::item::Item;

/// Rows the guesses are made from.
const SAMPLE_ROWS: usize = 500;
/// Rows shown to the owner.
const SHOWN_ROWS: usize = 5;
/// Rows counted one by one; beyond, the count is projected.
const COUNTED_ROWS: u64 = 300_000;
/// The header is looked for in this many first rows: reports put a title above it.
const HEADER_ROWS: usize = 10;

/// Looks at a file. Reads its beginning to understand it, then counts its rows; imports nothing.
pub fn inspect(path: &Path, limits: &Limits, zone: &TimeZone) -> Result<Inspection, FileError> {
    let file_bytes = std::fs::metadata(path).map_err(FileError::Io)?.len();
    if file_bytes > limits.file_bytes {
        return Err(FileError::TooLarge { limit: limits.file_bytes });
    }
    let mut format = sniff::sniff(path, limits)?;
    let read = Arc::new(AtomicU64::new(0));
    let mut rows = Rows::open(path, &format, limits, &read)?;
    let mut sample = Sample::take(&mut rows, limits)?;
    let (rows_estimated, rows_exact) = count(&mut rows, &sample, &format, path, &read, file_bytes);
    let header = sample.table.then(|| find_header(&sample.rows)).flatten();
    if let Some(at) = header {
        sample.columns = sample
            .rows
            .get(at)
            .map(|row| row.iter().map(|name| name.trim().to_owned()).collect())
            .unwrap_or_default();
        sample.rows.drain(..=at);
        sample.lines.drain(..=at);
    }
    match &mut format.shape {
        Shape::Delimited { header: slot, .. } | Shape::Sheet { header: slot, .. } => {
            *slot = header.map(|at| sample.header_step(at));
        }
        Shape::JsonLines | Shape::Json { .. } => {}
    }
    sample.widen();
    if sample.columns.len() > limits.columns {
        return Err(FileError::TooManyColumns { limit: limits.columns });
    }
    let named = header.is_some() || !sample.table;
    let Guess { mut mapping, date_order, date_order_unsure } = guess(&sample.columns, &sample.rows, named);
    let preset = presets::apply(&format, &sample.columns, &mut mapping);
    let sample_items = sample.items(&mapping, limits, zone);
    let skipped = header.map_or(0, |at| at as u64 + 1);
    sample.rows.truncate(SHOWN_ROWS);
    Ok(Inspection {
        format,
        preset,
        columns: sample.columns,
        mapping,
        date_order,
        date_order_unsure,
        sample: sample.rows,
        sample_items,
        rows_estimated: rows_estimated.saturating_sub(skipped),
        rows_exact,
        file_bytes,
    })
}

/// The first rows, as strings.
struct Sample {
    table: bool,
    columns: Vec<String>,
    rows: Vec<Vec<String>>,
    lines: Vec<u64>,
    /// Steps taken before each row, the bad ones included: what `read` must skip to get there.
    steps: Vec<u64>,
    json: Vec<String>,
    seen: u64,
    ended: bool,
}

impl Sample {
    fn take(rows: &mut Rows, limits: &Limits) -> Result<Self, FileError> {
        let mut sample = Self {
            table: true,
            columns: Vec::new(),
            rows: Vec::new(),
            lines: Vec::new(),
            steps: Vec::new(),
            json: Vec::new(),
            seen: 0,
            ended: false,
        };
        let mut first_error = None;
        while sample.lines.len() < SAMPLE_ROWS && sample.seen < 10 * SAMPLE_ROWS as u64 {
            match rows.advance() {
                Step::Row { line } => sample.add(rows, line, limits),
                Step::Bad { line, reason } => first_error = first_error.or(Some((line, reason))),
                Step::Stop { line, reason } => {
                    first_error = first_error.or(Some((line, reason)));
                    sample.ended = true;
                }
                Step::End => sample.ended = true,
            }
            if sample.ended {
                break;
            }
            sample.seen += 1;
        }
        if sample.lines.is_empty() {
            return Err(match first_error {
                None => FileError::Empty,
                Some((line, RowErrorKind::RowTooLong)) => FileError::LineTooLong { line },
                Some((_, RowErrorKind::TooManyFields)) => FileError::TooManyColumns { limit: limits.columns },
                Some((_, RowErrorKind::TooLarge)) => FileError::ZipBomb,
                Some((line, reason)) => FileError::Corrupt { what: format!("line {line}: {reason}") },
            });
        }
        Ok(sample)
    }

    fn add(&mut self, rows: &Rows, line: u64, limits: &Limits) {
        let row = if let Some(json) = rows.json() {
            self.table = false;
            let Some(values) = record::flatten(json, limits.columns) else { return };
            if self.json.len() < SHOWN_ROWS {
                self.json.push(json.to_owned());
            }
            let mut row = vec![String::new(); self.columns.len()];
            for (path, value) in values {
                match self.columns.iter().position(|column| *column == path) {
                    Some(at) => row[at] = value,
                    None if self.columns.len() < limits.columns => {
                        self.columns.push(path);
                        row.push(value);
                    }
                    None => {}
                }
            }
            row
        } else {
            rows.fields()
        };
        self.rows.push(row);
        self.lines.push(line);
        self.steps.push(self.seen);
    }

    fn header_step(&self, at: usize) -> u64 {
        self.steps.get(at).copied().unwrap_or(at as u64)
    }

    /// Gives every row the width of the widest, and unnamed columns an empty name.
    fn widen(&mut self) {
        let widest = self.rows.iter().map(Vec::len).max().unwrap_or(0).max(self.columns.len());
        self.columns.resize(widest, String::new());
        for row in &mut self.rows {
            row.resize(widest, String::new());
        }
    }

    fn items(&self, mapping: &Mapping, limits: &Limits, zone: &TimeZone) -> Vec<Result<Item, RowError>> {
        let Ok(plan) = Plan::new(mapping, &self.columns, !self.table, limits, zone) else {
            return Vec::new();
        };
        let tree = Tree::new(mapping, &self.columns);
        let shown = self.rows.iter().zip(&self.lines).take(SHOWN_ROWS).enumerate();
        let build = |(at, (row, line)): (usize, (&Vec<String>, &u64))| {
            let built = if self.table {
                let cells: [Option<&str>; ROLES] = std::array::from_fn(|role| {
                    plan.index[role].and_then(|index| row.get(index)).map(String::as_str)
                });
                plan.item(&cells)
            } else {
                let json = self.json.get(at).map_or("", String::as_str);
                record::pick(json, &tree)
                    .map_err(|_| RowErrorKind::BadJson)
                    .and_then(|slots| plan.item(&borrow(&slots)))
            };
            built.map_err(|reason| RowError {
                line: *line,
                reason,
                excerpt: super::build::excerpt(&row.join(" ")),
            })
        };
        shown.map(build).collect()
    }
}

/// Which of the first rows is the header.
fn find_header(rows: &[Vec<String>]) -> Option<usize> {
    let known = |row: &Vec<String>| header::by_name(row).iter().flatten().count();
    let label = |cell: &String| {
        let cell = cell.trim();
        let number = matches!(stars::parse(cell, 100.0), stars::Stars::Given(_));
        cell.len() <= 80 && !number && dates::written(cell, true).is_none() && !cell.contains("http")
    };
    let labels = |row: &Vec<String>| row.iter().all(label) && row.iter().any(|cell| !cell.trim().is_empty());
    let widest = rows.iter().take(50).map(Vec::len).max().unwrap_or(0);
    let candidates = rows.iter().enumerate().take(HEADER_ROWS);
    let by_names = candidates
        .clone()
        .filter(|(_, row)| labels(row))
        .max_by_key(|(at, row)| (known(row), usize::MAX - at));
    if let Some((at, row)) = by_names
        && (known(row) >= 2 || (known(row) == 1 && (widest == 1 || at == 0)))
    {
        return Some(at);
    }
    // No name we know: still a header when it is all short words above a row that has numbers, dates or long texts.
    let (first, second) = (rows.first()?, rows.get(1)?);
    let short = first.iter().all(|cell| cell.chars().count() <= 30 && !cell.trim().is_empty());
    (first.len() > 1 && labels(first) && short && !labels(second)).then_some(0)
}

/// Counts the rows left, or projects the count of a long file.
fn count(
    rows: &mut Rows,
    sample: &Sample,
    format: &Format,
    path: &Path,
    read: &AtomicU64,
    file_bytes: u64,
) -> (u64, bool) {
    let mut seen = sample.seen;
    if sample.ended {
        return (seen, true);
    }
    if matches!(format.shape, Shape::Sheet { .. }) {
        return (sheet::first_sheet(path).map_or(seen, |(_, rows)| rows.max(seen)), false);
    }
    while seen < COUNTED_ROWS {
        match rows.advance() {
            Step::End | Step::Stop { .. } => return (seen, true),
            Step::Row { .. } | Step::Bad { .. } => seen += 1,
        }
    }
    let share = progress(read, file_bytes).max(1) as f64 / file_bytes.max(1) as f64;
    ((seen as f64 / share) as u64, false)
}
