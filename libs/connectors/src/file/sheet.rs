//! Excel workbooks.
//!
//! `calamine` runs on a thread of its own and hands rows over a short queue. Two reasons: its cell reader borrows
//! the workbook, so an iterator cannot own both; and should a hostile workbook make it panic, the panic stays
//! there and becomes "damaged file". Its `Range` is not used: it allocates rows × columns, and one cell in the far
//! corner of a sheet asks for 17,000 million.

use std::fs::File;
use std::io::BufReader;
use std::path::Path;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use calamine::{DataRef, Reader as _, Xlsx};

use super::archive;
use super::error::FileError;
use super::limits::Limits;

/// Rows handed over at a time, by count and by size.
const BATCH_ROWS: usize = 64;
const BATCH_BYTES: usize = 256 << 10;

/// One row of a sheet.
#[derive(Debug, Default)]
pub(super) struct SheetRow {
    /// From 1, as the spreadsheet shows it.
    pub(super) number: u64,
    pub(super) cells: Vec<String>,
    pub(super) too_wide: bool,
    pub(super) too_long: bool,
}

enum Batch {
    Rows(Vec<SheetRow>),
    Failed(String),
    End,
}

/// The rows of a sheet, as they are read.
pub(super) struct SheetRows {
    receiver: Receiver<Batch>,
    batch: std::vec::IntoIter<SheetRow>,
    ended: bool,
}

/// Refuses a workbook that would grow too much, before `calamine` sees it.
pub(super) fn check(path: &Path, limits: &Limits) -> Result<(), FileError> {
    let entries = archive::entries(path, limits)?;
    archive::check_announced(entries.iter(), limits.sheet_bytes, limits)?;
    archive::check_inflated(path, &entries, limits.sheet_bytes, limits)
}

/// Sheets looked at in search of one with something in it: many may share one part, which is inflated for each.
const SHEETS_MAX: usize = 20;

/// The first sheet with something in it, and how many rows it says it has.
pub(super) fn first_sheet(path: &Path) -> Result<(String, u64), FileError> {
    let path = path.to_owned();
    let found = thread::spawn(move || {
        let mut book = open(&path)?;
        for name in book.sheet_names().into_iter().take(SHEETS_MAX) {
            let Ok(mut cells) = book.worksheet_cells_reader(&name) else { continue };
            while let Some(cell) = cells.next_cell().map_err(FileError::corrupt)? {
                if !matches!(cell.get_value(), DataRef::Empty) {
                    let rows = u64::from(cells.dimensions().end.0) + 1;
                    return Ok((name, rows));
                }
            }
        }
        Err(FileError::Empty)
    });
    found.join().unwrap_or_else(|_| Err(FileError::corrupt("the workbook cannot be read")))
}

fn open(path: &Path) -> Result<Xlsx<BufReader<File>>, FileError> {
    let file = File::open(path).map_err(FileError::Io)?;
    Xlsx::new(BufReader::new(file)).map_err(FileError::corrupt)
}

impl SheetRows {
    /// Starts reading. The thread ends by itself when this is dropped: its queue then has no other end.
    pub(super) fn new(path: &Path, sheet: &str, limits: &Limits) -> Self {
        let (sender, receiver) = sync_channel(4);
        let (path, sheet, limits) = (path.to_owned(), sheet.to_owned(), limits.clone());
        thread::spawn(move || {
            let last = match produce(&path, &sheet, &limits, &sender) {
                Ok(()) => Batch::End,
                Err(error) => Batch::Failed(error.to_string()),
            };
            // Nobody listening means nobody wants to know.
            let _ = sender.send(last);
        });
        Self { receiver, batch: Vec::new().into_iter(), ended: false }
    }

    /// The next non-empty row; an error is damage from here on.
    pub(super) fn advance(&mut self) -> Result<Option<SheetRow>, String> {
        loop {
            if let Some(row) = self.batch.next() {
                return Ok(Some(row));
            }
            if self.ended {
                return Ok(None);
            }
            match self.receiver.recv() {
                Ok(Batch::Rows(rows)) => self.batch = rows.into_iter(),
                Ok(Batch::End) => self.ended = true,
                Ok(Batch::Failed(what)) => {
                    self.ended = true;
                    return Err(what);
                }
                // The thread went without a word: it panicked.
                Err(_) => {
                    self.ended = true;
                    return Err("the workbook cannot be read".to_owned());
                }
            }
        }
    }
}

fn produce(path: &Path, sheet: &str, limits: &Limits, sender: &SyncSender<Batch>) -> Result<(), FileError> {
    let mut book = open(path)?;
    let mut cells = book.worksheet_cells_reader(sheet).map_err(FileError::corrupt)?;
    let mut batch = Vec::new();
    let mut bytes = 0;
    let mut row = SheetRow::default();
    loop {
        let cell = match cells.next_cell() {
            Ok(cell) => cell,
            Err(error) => {
                // The good rows first, then the error.
                batch.extend((row.number > 0).then_some(row));
                let _ = sender.send(Batch::Rows(batch));
                return Err(FileError::corrupt(error));
            }
        };
        let Some(cell) = cell else { break };
        let (at, column) = cell.get_position();
        let number = u64::from(at) + 1;
        if number != row.number {
            let done = std::mem::replace(&mut row, SheetRow { number, ..SheetRow::default() });
            if !done.cells.is_empty() || done.too_wide || done.too_long {
                batch.push(done);
            }
            if batch.len() >= BATCH_ROWS || bytes > BATCH_BYTES {
                bytes = 0;
                if sender.send(Batch::Rows(std::mem::take(&mut batch))).is_err() {
                    return Ok(());
                }
            }
        }
        bytes += put(&mut row, column as usize, cell.get_value(), limits);
    }
    if !row.cells.is_empty() || row.too_wide || row.too_long {
        batch.push(row);
    }
    let _ = sender.send(Batch::Rows(batch));
    Ok(())
}

/// Adds a cell to its row and returns its size.
fn put(row: &mut SheetRow, column: usize, value: &DataRef<'_>, limits: &Limits) -> usize {
    let borrowed = match value {
        DataRef::Empty | DataRef::Error(_) => return 0,
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            Some(text.as_str())
        }
        DataRef::SharedString(text) => Some(*text),
        _ => None,
    };
    let length = borrowed.map_or(1, str::len);
    row.too_wide |= column >= limits.columns && length > 0;
    row.too_long |= length > limits.cell_bytes;
    if length == 0 || column >= limits.columns || length > limits.cell_bytes {
        return 0;
    }
    let text = borrowed.map_or_else(|| plain(value), str::to_owned);
    if row.cells.len() <= column {
        row.cells.resize(column + 1, String::new());
    }
    row.cells[column] = text;
    length
}

/// A cell that is not a text, as text.
fn plain(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(yes) => yes.to_string(),
        DataRef::DateTime(moment) if moment.is_datetime() => {
            let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
            if (hour, minute, second) == (0, 0, 0) {
                format!("{year:04}-{month:02}-{day:02}")
            } else {
                format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}")
            }
        }
        DataRef::DateTime(span) => span.as_f64().to_string(),
        _ => String::new(),
    }
}
