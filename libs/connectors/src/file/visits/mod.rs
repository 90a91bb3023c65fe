//! A table of customers' visits: receipts, bookings, check-outs of a hotel, orders of a shop. The same sniffing and the same
//! rows as for opinions, other columns.
//!
//! **How.** [`inspect`] looks at the beginning and guesses which column is what, by its name and by its cells; the owner
//! corrects the [`Columns`]; [`read`] streams the rows.
//!
//! **What must stay true.** No error carries what stood in the file: it is other people's addresses. Memory is bounded by
//! the [`Limits`]. A birthday is never a visit.

mod names;
mod read;
#[cfg(test)]
mod tests;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use serde::{Deserialize, Serialize};

use super::error::FileError;
use super::format::{Format, Shape};
use super::limits::Limits;
use super::rows::{Rows, Step};
use super::{dates, guess, sheet, sniff};

pub use read::{Reader, Visit, read};

/// Rows the guesses are made from.
const SAMPLE_ROWS: usize = 200;
/// The header is looked for in this many first rows: reports put a title above it.
const HEADER_ROWS: usize = 10;
/// Rows of one file.
pub const ROWS_MAX: u64 = 200_000;
/// Longest cell that is read, bytes. Addresses and names are short; what is longer is another column's.
pub(super) const CELL_BYTES_MAX: usize = 2_000;

/// What a column can say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Field {
    /// The whole name, or the first part.
    Name,
    /// The rest of the name.
    Surname,
    /// An e-mail.
    Email,
    /// A telephone.
    Phone,
    /// When she was here; in a hotel, when she left.
    Day,
    /// Number of the order, booking or invoice.
    Reference,
    /// A language or a country.
    Language,
    /// A mark of who does not want to be written to.
    OptOut,
    /// A mark of who said yes; a no is an opt-out.
    Accepts,
}

impl Field {
    /// Every field, in the order in which a person is asked.
    pub const ALL: [Self; 9] = [
        Self::Email,
        Self::Phone,
        Self::Day,
        Self::Name,
        Self::Surname,
        Self::Reference,
        Self::Language,
        Self::OptOut,
        Self::Accepts,
    ];

    /// A stable name, for forms and translations.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Surname => "surname",
            Self::Email => "email",
            Self::Phone => "phone",
            Self::Day => "day",
            Self::Reference => "reference",
            Self::Language => "language",
            Self::OptOut => "opt-out",
            Self::Accepts => "accepts",
        }
    }
}

/// Which column says what, by position from 0.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Columns {
    found: [Option<usize>; Field::ALL.len()],
    /// Where dates could be read either way: whether the day comes first.
    pub day_first: bool,
}

impl Columns {
    /// The column of a field.
    pub fn get(&self, field: Field) -> Option<usize> {
        self.found.get(field as usize).copied().flatten()
    }

    /// Changes it.
    pub fn set(&mut self, field: Field, column: Option<usize>) {
        if let Some(place) = self.found.get_mut(field as usize) {
            *place = column;
        }
    }

    /// Whether rows can be used: a day, and somewhere to write to.
    pub fn is_enough(&self) -> bool {
        let has = |field| self.get(field).is_some();
        has(Field::Day) && (has(Field::Email) || has(Field::Phone))
    }
}

/// What was found out about a file.
#[derive(Debug, Clone)]
pub struct Inspection {
    /// How to read it.
    pub format: Format,
    /// The names of its columns; empty where it has no header.
    pub names: Vec<String>,
    /// What each seems to say.
    pub columns: Columns,
    /// No date seen proves whether day or month comes first.
    pub day_order_unsure: bool,
    /// How many rows there are, near enough; more than [`ROWS_MAX`] are not counted.
    pub rows: u64,
}

/// Looks at a file: what it is, and which column seems to say what.
pub fn inspect(path: &Path, limits: &Limits) -> Result<Inspection, FileError> {
    let file_bytes = std::fs::metadata(path).map_err(FileError::Io)?.len();
    if file_bytes > limits.file_bytes {
        return Err(FileError::TooLarge { limit: limits.file_bytes });
    }
    let mut format = sniff::sniff(path, limits)?;
    if !matches!(format.shape, Shape::Delimited { .. } | Shape::Sheet { .. }) {
        return Err(FileError::UnknownFormat { looks_like: "unknown" });
    }
    let mut rows = Rows::open(path, &format, limits, &Arc::new(AtomicU64::new(0)))?;
    let mut sample: Vec<(u64, Vec<String>)> = Vec::new();
    let mut steps = 0;
    let ended = loop {
        match rows.advance() {
            Step::Row { .. } => sample.push((steps, rows.fields())),
            Step::Bad { .. } => {}
            Step::End | Step::Stop { .. } => break true,
        }
        steps += 1;
        if sample.len() >= SAMPLE_ROWS || steps >= 10 * SAMPLE_ROWS as u64 {
            break false;
        }
    };
    if sample.is_empty() {
        return Err(FileError::Empty);
    }
    let rows = if ended { steps } else { count(&mut rows, steps, &format, path) };
    let header = find_header(&sample);
    let mut names = Vec::new();
    let mut skipped = 0;
    if let Some(at) = header {
        let (step, row) = sample.get(at).cloned().unwrap_or_default();
        names = row.iter().map(|name| name.trim().chars().take(80).collect()).collect();
        sample.drain(..=at);
        skipped = step + 1;
        match &mut format.shape {
            Shape::Delimited { header, .. } | Shape::Sheet { header, .. } => *header = Some(step),
            Shape::JsonLines | Shape::Json { .. } => {}
        }
    }
    let widest = sample.iter().map(|(_, row)| row.len()).max().unwrap_or(0);
    names.resize(widest.max(names.len()), String::new());
    if names.len() > limits.columns {
        return Err(FileError::TooManyColumns { limit: limits.columns });
    }
    let sample: Vec<Vec<String>> = sample.into_iter().map(|(_, row)| row).collect();
    let (columns, day_order_unsure) = guess_columns(&names, &sample);
    Ok(Inspection { format, names, columns, day_order_unsure, rows: rows.saturating_sub(skipped) })
}

fn count(rows: &mut Rows, mut seen: u64, format: &Format, path: &Path) -> u64 {
    if matches!(format.shape, Shape::Sheet { .. }) {
        return sheet::first_sheet(path).map_or(seen, |(_, rows)| rows.max(seen));
    }
    while seen <= ROWS_MAX {
        match rows.advance() {
            Step::End | Step::Stop { .. } => break,
            Step::Row { .. } | Step::Bad { .. } => seen += 1,
        }
    }
    seen
}

/// Which of the first rows is the header: the one with most names we know, and no address in it.
fn find_header(sample: &[(u64, Vec<String>)]) -> Option<usize> {
    let known = |row: &[String]| names::by_name(row).iter().flatten().count();
    let is_label = |row: &[String]| !row.iter().any(|cell| cell.contains('@'));
    let first = sample.iter().enumerate().take(HEADER_ROWS);
    let named =
        first.filter(|(_, (_, row))| is_label(row)).map(|(at, (_, row))| (known(row), usize::MAX - at));
    let (best, place) = named.max()?;
    (best > 0).then_some(usize::MAX - place)
}

/// Whether a cell is one of a kind.
type Fits<'a> = &'a dyn Fn(&str) -> bool;

/// By name first, then what the cells say: a column of addresses is one, whatever it is called.
fn guess_columns(names: &[String], rows: &[Vec<String>]) -> (Columns, bool) {
    let cells = |column: usize| rows.iter().filter_map(move |row| row.get(column)).map(|cell| cell.trim());
    let share = |column: usize, is: Fits<'_>| {
        let filled = cells(column).filter(|cell| !cell.is_empty());
        let (all, fitting) = filled.fold((0, 0), |(all, fit), cell| (all + 1, fit + u32::from(is(cell))));
        if all == 0 { 0.0 } else { f64::from(fitting) / f64::from(all) }
    };
    let is_email = |cell: &str| cell.contains('@') && !cell.contains(' ');
    // Nine digits could also be seconds since 1970; here they are a telephone.
    let bare = |cell: &str| cell.len() == 9 && cell.bytes().all(|b| b.is_ascii_digit());
    let is_day = |cell: &str| !bare(cell) && dates::written(cell, true).is_some();
    let is_phone = |cell: &str| {
        let digits = cell.chars().filter(char::is_ascii_digit).count();
        let shape = cell.chars().all(|c| c.is_ascii_digit() || "+ -./()".contains(c));
        shape && (9..=15).contains(&digits) && !is_day(cell)
    };
    let mut columns = Columns { found: names::by_name(names), day_first: true };
    let checks: [(Field, Fits<'_>); 3] =
        [(Field::Email, &is_email), (Field::Phone, &is_phone), (Field::Day, &is_day)];
    for (field, is) in checks {
        // What the name promised and the cells deny.
        if let Some(at) = columns.get(field)
            && cells(at).any(|cell| !cell.is_empty())
            && share(at, is) < 0.3
        {
            columns.set(field, None);
        }
        if columns.get(field).is_none() {
            let free = |at: &usize| !columns.found.contains(&Some(*at)) && !names::is_never(names.get(*at));
            let by_cells = (0..names.len()).filter(free).find(|at| share(*at, is) > 0.8);
            columns.set(field, by_cells);
        }
    }
    let mut unsure = false;
    if let Some(at) = columns.get(Field::Day) {
        let (_, either_way, day_first) = guess::order(cells(at));
        (columns.day_first, unsure) = (day_first, either_way);
    }
    (columns, unsure)
}
