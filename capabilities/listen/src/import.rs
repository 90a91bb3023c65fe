//! An import from file to mentions: what was found out about the file (the plan), a look at its first rows, and the
//! run itself, which resumes after a crash at the row after the last committed one.

use std::path::{Path, PathBuf};

use connectors::file::{self, FileError, Format, Inspection, Limits, Mapping, Preset, Row, RowError};
use connectors::item::Item;
use domain::{ImportId, SourceId, SourceKind};
use foundation::Context;
use foundation::store::{Batch, Scope, StoreError};
use jiff::{Timestamp, tz::TimeZone};
use serde::{Deserialize, Serialize};

use crate::rules;
use crate::save::{self, Origin, Tally};
use crate::store::imports::{self, Import, Rejection};

/// Rows in one commit: large enough that the disk sync costs nothing per row, small enough that progress is seen.
pub const BATCH_ROWS: usize = 2_000;

/// How a file is read and where its mentions go. Stored with the import, so that it can be resumed.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Plan {
    /// The file under `uploads/`: a name of ours, never an outside text.
    pub upload: String,
    /// What it is.
    pub content: Content,
    /// The platform.
    pub source_kind: SourceKind,
    /// The source's name.
    pub source_name: String,
    /// Whether the number of rows is a count or an estimate.
    pub rows_exact: bool,
}

/// What was handed over.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Content {
    /// A file.
    File {
        /// How it is written.
        format: Format,
        /// What its columns mean.
        mapping: Box<Mapping>,
        /// Names of its columns.
        columns: Vec<String>,
        /// Which export it is.
        preset: String,
    },
    /// Text pasted from a page, when it was pasted.
    Pasted {
        /// The moment that "two weeks ago" counts from.
        at: Timestamp,
    },
}

/// Why an import cannot go on.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The file cannot be read.
    #[error(transparent)]
    File(#[from] FileError),
    /// The database cannot be written.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The stored plan is not one of ours.
    #[error("the plan of this import cannot be read: {0}")]
    Plan(#[from] serde_json::Error),
    /// The file was handed over, but is gone.
    #[error("the uploaded file is gone")]
    Gone,
}

impl ImportError {
    /// Key of the sentence.
    pub fn key(&self) -> String {
        match self {
            Self::File(error) => format!("file-{}", error.key()),
            Self::Gone => "file-gone".to_owned(),
            Self::Store(_) | Self::Plan(_) => "problem-internal".to_owned(),
        }
    }
}

/// The limits of this installation.
pub fn limits(context: &Context) -> Limits {
    Limits { file_bytes: context.config.upload_bytes_max, ..Limits::default() }
}

impl Plan {
    /// Plans a file by what was found out about it.
    pub fn of_file(
        upload: String,
        inspection: Inspection,
        chosen: Option<SourceKind>,
        fallback: &str,
    ) -> Self {
        let kind = rules::source_of(inspection.preset).or(chosen).unwrap_or(SourceKind::File);
        Self {
            upload,
            content: Content::File {
                format: inspection.format,
                mapping: Box::new(inspection.mapping),
                columns: inspection.columns,
                preset: preset_key(inspection.preset).to_owned(),
            },
            source_kind: kind,
            source_name: source_name(kind, fallback),
            rows_exact: inspection.rows_exact,
        }
    }

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
        context.uploads().join(if is_ours { self.upload.as_str() } else { "not-an-upload" })
    }

    fn rows(&self, context: &Context, zone: &TimeZone) -> Result<Rows, ImportError> {
        let path = self.path(context);
        if !path.exists() {
            return Err(ImportError::Gone);
        }
        match &self.content {
            Content::File { format, mapping, .. } => {
                Ok(Rows::File(Box::new(file::read(&path, format, mapping, &limits(context), zone)?)))
            }
            Content::Pasted { at } => {
                let text = std::fs::read_to_string(&path).map_err(FileError::Io)?;
                Ok(Rows::Pasted(file::pasted(&text, *at, zone).into_iter()))
            }
        }
    }
}

/// What a source is called when nobody named it: the platform, or `fallback` (a word of the interface) for the rest.
pub fn source_name(kind: SourceKind, fallback: &str) -> String {
    match kind {
        SourceKind::Google => "Google".to_owned(),
        SourceKind::TripAdvisor => "TripAdvisor".to_owned(),
        SourceKind::Trustpilot => "Trustpilot".to_owned(),
        SourceKind::Booking => "Booking".to_owned(),
        SourceKind::Yelp => "Yelp".to_owned(),
        SourceKind::GooglePlay => "Google Play".to_owned(),
        SourceKind::AppStore => "App Store".to_owned(),
        // Never the file's name: the same export downloaded twice as "reviews (1).csv" is still the same source.
        _ => fallback.to_owned(),
    }
}

/// Stable key of a preset.
pub fn preset_key(preset: Preset) -> &'static str {
    match preset {
        Preset::GoogleTakeout => "google-takeout",
        Preset::Trustpilot => "trustpilot",
        Preset::GooglePlay => "google-play",
        Preset::UnifiedLines => "unified-lines",
        Preset::Generic => "generic",
    }
}

enum Rows {
    File(Box<file::Reader>),
    Pasted(std::vec::IntoIter<Result<Row, RowError>>),
}

impl Iterator for Rows {
    type Item = Result<Row, RowError>;

    fn next(&mut self) -> Option<Self::Item> {
        match self {
            Self::File(reader) => reader.next(),
            Self::Pasted(rows) => rows.next(),
        }
    }
}

/// The first rows of an import, as they would be saved, with what is refused.
pub struct Preview {
    /// Good rows.
    pub items: Vec<Item>,
    /// Refused rows.
    pub rejections: Vec<Rejection>,
}

/// Looks at the first `limit` rows.
pub fn preview(
    context: &Context,
    plan: &Plan,
    zone: &TimeZone,
    limit: usize,
) -> Result<Preview, ImportError> {
    let mut preview = Preview { items: Vec::new(), rejections: Vec::new() };
    for row in plan.rows(context, zone)?.take(limit) {
        match row {
            Ok(row) => preview.items.push(row.item),
            Err(error) => preview.rejections.push(rejection(&error)),
        }
    }
    Ok(preview)
}

/// A refused row as it is stored.
pub fn rejection(error: &RowError) -> Rejection {
    let mut excerpt: String = error.excerpt.chars().filter(|c| !c.is_control()).take(160).collect();
    if excerpt.len() < error.excerpt.len() {
        excerpt.push('…');
    }
    Rejection { line: error.line, reason: error.reason.key().to_owned(), excerpt }
}

/// A running import.
pub struct Run<'a> {
    context: &'a Context,
    scope: &'a Scope,
    zone: TimeZone,
    id: ImportId,
    source: SourceId,
    rows: Rows,
    /// Rows read.
    pub done: u64,
    /// Rows there are, near enough.
    pub total: u64,
    /// What was saved since this run began.
    pub tally: Tally,
    /// Rows refused, since the import began.
    pub rejected: u64,
}

impl<'a> Run<'a> {
    /// Opens the file and skips what was committed before.
    pub fn open(
        context: &'a Context,
        scope: &'a Scope,
        zone: TimeZone,
        import: &Import,
    ) -> Result<Self, ImportError> {
        let mut rows = Plan::of_import(import)?.rows(context, &zone)?;
        for _ in 0..import.lines_done {
            rows.next();
        }
        Ok(Self {
            context,
            scope,
            zone,
            id: import.id,
            source: import.source.ok_or(ImportError::Gone)?,
            rows,
            done: import.lines_done,
            total: import.lines_total,
            tally: Tally::default(),
            rejected: import.rejected,
        })
    }

    /// Reads and commits the next rows; `guard` adds the lease. `false` when there are no more.
    pub async fn next_batch(&mut self, guard: impl Fn(Batch) -> Batch) -> Result<bool, ImportError> {
        let mut items = Vec::with_capacity(BATCH_ROWS);
        let mut rejections = Vec::new();
        let mut read = 0;
        while read < BATCH_ROWS {
            match self.rows.next() {
                Some(Ok(row)) => items.push(row.item),
                Some(Err(error)) => rejections.push(rejection(&error)),
                None => break,
            }
            read += 1;
        }
        if read == 0 {
            return Ok(false);
        }
        let step = imports::Advance {
            id: self.id,
            from: self.done,
            to: self.done + read as u64,
            total: self.total,
            rejected_before: self.rejected,
            rejections: &rejections,
        };
        let origin = Origin { source: self.source, import: Some(self.id), zone: &self.zone };
        let tally = save::save(self.context, self.scope, &origin, items, |decided| {
            guard(imports::advance(&step, decided.tally))
        })
        .await?;
        self.done = step.to;
        self.total = self.total.max(self.done);
        self.rejected += rejections.len() as u64;
        self.tally.added += tally.added;
        self.tally.revised += tally.revised;
        self.tally.answered += tally.answered;
        self.tally.same += tally.same;
        Ok(true)
    }
}

/// Inspects a file that lies under `uploads/` and records it as a draft.
pub async fn draft_file(
    context: &Context,
    scope: &Scope,
    zone: &TimeZone,
    (upload, file_name): (&Path, &str),
    (chosen, fallback): (Option<SourceKind>, &str),
) -> Result<ImportId, ImportError> {
    let inspection = file::inspect(upload, &limits(context), zone)?;
    let (rows, bytes) = (inspection.rows_estimated, inspection.file_bytes);
    let name = upload.file_name().map(|n| n.to_string_lossy().into_owned()).ok_or(ImportError::Gone)?;
    let plan = Plan::of_file(name, inspection, chosen, fallback);
    Ok(imports::insert(context, scope, (file_name, bytes), &plan.to_json(), rows).await?)
}

/// Keeps pasted text as an upload and records it as a draft; `None` when nothing in it looks like a review.
pub async fn draft_pasted(
    context: &Context,
    scope: &Scope,
    zone: &TimeZone,
    text: &str,
    chosen: Option<SourceKind>,
) -> Result<Option<ImportId>, ImportError> {
    let at = context.now();
    let rows = file::pasted(text, at, zone);
    if !rows.iter().any(Result::is_ok) {
        return Ok(None);
    }
    let folder = context.uploads();
    std::fs::create_dir_all(&folder).map_err(FileError::Io)?;
    let upload = hex::encode(context.random::<16>());
    write_synced(&folder.join(&upload), text.as_bytes()).map_err(FileError::Io)?;
    // A page that nobody named is not Google's until somebody says so.
    let kind = chosen.unwrap_or(SourceKind::File);
    let fallback = crate::step::unnamed_source(scope).await?;
    let plan = Plan {
        upload,
        content: Content::Pasted { at },
        source_kind: kind,
        source_name: source_name(kind, &fallback),
        rows_exact: true,
    };
    let id =
        imports::insert(context, scope, ("", text.len() as u64), &plan.to_json(), rows.len() as u64).await?;
    Ok(Some(id))
}

fn write_synced(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    use std::io::Write as _;
    let mut file = std::fs::File::create_new(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}
