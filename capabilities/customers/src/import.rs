//! A file of visits from its check to its last row. It resumes after a crash at the row after the last committed one, and
//! the same file twice gives the same visits.
//!
//! Not `listen`'s import with another ending: what that one counts, previews, quotes of refused rows and finishes with is
//! about mentions, and here no refused row may be quoted. What the two share, reading tables, lies in `connectors::file`.

use std::path::{Path, PathBuf};

use connectors::file::visits::{self, Columns, Inspection, Reader, Visit};
use connectors::file::{FileError, Format, Limits};
use domain::{CustomerImportId, VisitOrigin};
use foundation::Context;
use foundation::store::{Batch, Scope, StoreError};
use jiff::Timestamp;
use jiff::civil::Time;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use crate::rules::{self, Refusal};
use crate::save::{Fate, NewVisit, record_all};
use crate::store::imports::{self, Import, Step};

/// Rows in one commit.
pub const BATCH_ROWS: usize = 2_000;

/// How a file is read. Stored with the import, so that it can be resumed.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Plan {
    /// The file: a name of ours, never an outside text.
    pub upload: String,
    /// How it is written.
    pub format: Format,
    /// The names of its columns.
    pub names: Vec<String>,
    /// What they say.
    pub columns: Columns,
    /// No date in it proves whether day or month comes first.
    pub day_order_unsure: bool,
}

/// Why a file cannot be read on.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The file itself.
    #[error(transparent)]
    File(#[from] FileError),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The stored plan is not one of ours.
    #[error("the plan of this import cannot be read: {0}")]
    Plan(#[from] serde_json::Error),
    /// It was handed over, but is gone.
    #[error("the uploaded file is gone")]
    Gone,
    /// More rows than one file may have.
    #[error("the file has too many rows")]
    TooManyRows,
}

impl ImportError {
    /// Key of the sentence.
    pub fn key(&self) -> String {
        match self {
            Self::File(FileError::NoUsableColumns) => "customers-file-columns".to_owned(),
            Self::File(error) => format!("file-{}", error.key()),
            Self::Gone => "file-gone".to_owned(),
            Self::TooManyRows => "customers-file-rows".to_owned(),
            Self::Store(_) | Self::Plan(_) => "problem-internal".to_owned(),
        }
    }
}

fn limits(context: &Context) -> Limits {
    Limits { file_bytes: context.config.upload_bytes_max, ..Limits::default() }
}

/// Where files of visits wait: apart from those of opinions, whose room tidies up its own folder.
fn folder(context: &Context) -> PathBuf {
    context.uploads().join("customers")
}

impl Plan {
    /// The plan of a stored import.
    pub fn of_import(import: &Import) -> Result<Self, ImportError> {
        Ok(serde_json::from_str(&import.plan)?)
    }

    /// As it is stored.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).expect("a plan is plain data")
    }

    /// Where the file lies.
    pub fn path(&self, context: &Context) -> PathBuf {
        // Only a name that we made: a plan may come out of somebody's backup.
        let is_ours = self.upload.len() == 32 && self.upload.bytes().all(|b| b.is_ascii_hexdigit());
        folder(context).join(if is_ours { self.upload.as_str() } else { "not-an-upload" })
    }

    fn rows(&self, context: &Context, zone: &TimeZone) -> Result<Reader, ImportError> {
        let path = self.path(context);
        if !path.exists() {
            return Err(ImportError::Gone);
        }
        Ok(visits::read(&path, &self.format, &self.columns, &limits(context), zone)?)
    }
}

/// Looks at an uploaded file, takes it and records it as a draft.
pub async fn draft(
    context: &Context,
    scope: &Scope,
    upload: &Path,
    file_name: &str,
) -> Result<CustomerImportId, ImportError> {
    let Inspection { format, names, columns, day_order_unsure, rows } =
        visits::inspect(upload, &limits(context))?;
    if rows > visits::ROWS_MAX {
        return Err(ImportError::TooManyRows);
    }
    let name = upload.file_name().map(|n| n.to_string_lossy().into_owned()).ok_or(ImportError::Gone)?;
    std::fs::create_dir_all(folder(context)).map_err(FileError::Io)?;
    let plan = Plan { upload: name, format, names, columns, day_order_unsure };
    std::fs::rename(upload, plan.path(context)).map_err(FileError::Io)?;
    let file_name = rules::line(file_name, rules::NAME_MAX);
    Ok(imports::insert(context, scope, &file_name, &plan.to_json(), rows).await?)
}

/// A row as it would be read; of a refused one its line and the key of why.
pub type PreviewRow = Result<Visit, (u64, &'static str)>;

/// The first rows as they would be read.
pub fn preview(
    context: &Context,
    plan: &Plan,
    zone: &TimeZone,
    limit: usize,
) -> Result<Vec<PreviewRow>, ImportError> {
    let rows = plan.rows(context, zone)?.take(limit);
    Ok(rows.map(|row| row.map_err(|error| (error.line, error.reason.key()))).collect())
}

/// A file that runs.
pub struct Run<'a> {
    context: &'a Context,
    scope: &'a Scope,
    import: Import,
    basis_at: Timestamp,
    rows: Reader,
    done: u64,
    rejected: u64,
}

impl<'a> Run<'a> {
    /// Opens the file and skips what was committed before.
    pub fn open(
        context: &'a Context,
        scope: &'a Scope,
        zone: &TimeZone,
        import: Import,
    ) -> Result<Self, ImportError> {
        let mut rows = Plan::of_import(&import)?.rows(context, zone)?;
        for _ in 0..import.lines_done {
            rows.next();
        }
        let midnight = rules::day_of(import.basis_day).map(|day| day.to_datetime(Time::midnight()));
        let basis_at = midnight.and_then(|at| zone.to_timestamp(at).ok()).unwrap_or(import.created_at);
        let (done, rejected) = (import.lines_done, import.rejected);
        Ok(Self { context, scope, import, basis_at, rows, done, rejected })
    }

    /// Reads and commits the next rows; `guard` adds the lease. `false` when there are no more.
    pub async fn next_batch(&mut self, guard: impl Fn(Batch) -> Batch) -> Result<bool, ImportError> {
        let (mut visits, mut lines) = (Vec::with_capacity(BATCH_ROWS), Vec::with_capacity(BATCH_ROWS));
        let mut refused: Vec<(u64, &'static str)> = Vec::new();
        let mut read = 0;
        while read < BATCH_ROWS {
            match self.rows.next() {
                Some(Ok(visit)) => {
                    lines.push(visit.line);
                    visits.push(self.told(visit));
                }
                Some(Err(error)) => refused.push((error.line, error.reason.key())),
                None => break,
            }
            read += 1;
        }
        if read == 0 {
            return Ok(false);
        }
        let base = (self.done, self.done + read as u64, self.rejected);
        let step = |fates: &[Fate]| step_of(base, self.import.lines_total, &lines, &refused, fates);
        let id = self.import.id;
        let fates =
            record_all(self.context, self.scope, visits, |fates| guard(imports::advance(id, &step(fates))))
                .await?;
        self.rejected += step(&fates).rejected.len() as u64;
        self.done = base.1;
        Ok(true)
    }

    fn told(&self, visit: Visit) -> NewVisit {
        NewVisit {
            name: visit.name,
            email: visit.email,
            phone: visit.phone,
            language: visit.language,
            basis: self.import.basis,
            basis_note: self.import.basis_note.clone(),
            basis_at: self.basis_at,
            day: rules::day_number(visit.day),
            reference: visit.reference,
            origin: VisitOrigin::Import,
            shop: None,
            opts_out: visit.opts_out,
        }
    }
}

fn step_of(
    (from, to, rejected_before): (u64, u64, u64),
    total: u64,
    lines: &[u64],
    refused: &[(u64, &'static str)],
    fates: &[Fate],
) -> Step {
    let mut step = Step { from, to, total, rejected_before, rejected: refused.to_vec(), ..Step::default() };
    for (line, fate) in lines.iter().zip(fates) {
        match fate {
            Ok(recorded) => {
                step.added += u64::from(recorded.is_new);
                step.same += u64::from(!recorded.is_new);
                step.opted_out += u64::from(recorded.opted_out);
            }
            Err(Refusal::TooOld) => step.old += 1,
            Err(refusal) => step.rejected.push((*line, refusal.key())),
        }
    }
    step.rejected.sort_unstable();
    step
}
