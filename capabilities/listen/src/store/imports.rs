//! `import` and `import_rejection`: what was handed over, how far it has come, which rows were refused and why.

use domain::{ImportId, OrganizationId, SourceId};
use foundation::Context;
use foundation::store::{Batch, Expect, Row, Scope, StoreError};
use foundation::values;
use jiff::Timestamp;

use crate::save::Tally;

/// Refused rows that are kept to be shown; the count goes on.
pub const REJECTIONS_KEPT_MAX: u64 = 1_000;

foundation::statements! {
    organization INSERT_IMPORT = "INSERT INTO import (organization_id, id, state, file_name, file_bytes, plan, lines_done, lines_total,
        added, revised, same, rejected, created_at) VALUES ($1, $2, 'draft', $3, $4, $5, 0, $6, 0, 0, 0, 0, $7)";
    organization IMPORT = "SELECT id, source_id, state, file_name, file_bytes, plan, lines_done, lines_total, added, revised, same,
        rejected, error_key, created_at, finished_at FROM import WHERE organization_id = $1 AND id = $2";
    organization IMPORTS = "SELECT id, source_id, state, file_name, file_bytes, plan, lines_done, lines_total, added, revised, same,
        rejected, error_key, created_at, finished_at FROM import WHERE organization_id = $1 AND state <> 'discarded'
        ORDER BY id DESC LIMIT $2";
    organization SET_PLAN = "UPDATE import SET plan = $3, lines_total = $4 WHERE organization_id = $1 AND id = $2 AND state = 'draft'";
    organization CONFIRM = "UPDATE import SET state = 'running', source_id = $3 WHERE organization_id = $1 AND id = $2 AND state = 'draft'";
    organization DISCARD = "UPDATE import SET state = 'discarded', finished_at = $3 WHERE organization_id = $1 AND id = $2 AND state = 'draft'";
    /// The position is part of the condition: a second runner that read the same lines undoes itself.
    organization ADVANCE = "UPDATE import SET lines_done = $3, lines_total = $4, added = added + $5, revised = revised + $6,
        same = same + $7, rejected = rejected + $8 WHERE organization_id = $1 AND id = $2 AND state = 'running' AND lines_done = $9";
    organization INSERT_REJECTIONS = "INSERT INTO import_rejection (organization_id, import_id, line, reason, excerpt)
        VALUES {rows: $1, $2, $3, $4, $5} ON CONFLICT DO NOTHING";
    organization REJECTIONS = "SELECT line, reason, excerpt FROM import_rejection WHERE organization_id = $1 AND import_id = $2
        ORDER BY line LIMIT $3";
    organization FINISH = "UPDATE import SET state = $3, error_key = $4, finished_at = $5
        WHERE organization_id = $1 AND id = $2 AND state = 'running'";
    installation RUNNING = "SELECT organization_id, id FROM import WHERE state = 'running' ORDER BY id LIMIT $1";
    installation OPEN_PLANS = "SELECT plan FROM import WHERE state = 'draft' OR state = 'running'";
    installation STALE_DRAFTS = "SELECT organization_id, id FROM import WHERE state = 'draft' AND created_at < $1 ORDER BY id LIMIT 100";
}

/// One import.
#[derive(Debug, Clone)]
pub struct Import {
    /// Its id.
    pub id: ImportId,
    /// The source it fills, once confirmed.
    pub source: Option<SourceId>,
    /// `draft`, `running`, `finished`, `failed`.
    pub state: String,
    /// The name the file had.
    pub file_name: String,
    /// Its size.
    pub file_bytes: u64,
    /// [`crate::import::Plan`] as JSON.
    pub plan: String,
    /// Rows read.
    pub lines_done: u64,
    /// Rows there are, near enough.
    pub lines_total: u64,
    /// New mentions.
    pub added: u64,
    /// Changed mentions.
    pub revised: u64,
    /// Mentions that were known already.
    pub same: u64,
    /// Refused rows.
    pub rejected: u64,
    /// Why it failed.
    pub error_key: Option<String>,
    /// When it was handed over.
    pub created_at: Timestamp,
    /// When it ended.
    pub finished_at: Option<Timestamp>,
}

fn import_of(row: &Row) -> Result<Import, StoreError> {
    Ok(Import {
        id: row.get(0)?,
        source: row.get(1)?,
        state: row.get(2)?,
        file_name: row.get(3)?,
        file_bytes: row.get(4)?,
        plan: row.get(5)?,
        lines_done: row.get(6)?,
        lines_total: row.get(7)?,
        added: row.get(8)?,
        revised: row.get(9)?,
        same: row.get(10)?,
        rejected: row.get(11)?,
        error_key: row.get(12)?,
        created_at: row.get(13)?,
        finished_at: row.get(14)?,
    })
}

/// Records a file that was handed over.
pub async fn insert(
    context: &Context,
    scope: &Scope,
    (file_name, file_bytes): (&str, u64),
    plan: &str,
    lines_total: u64,
) -> Result<ImportId, StoreError> {
    let id = ImportId(context.new_id());
    let values = values![id, file_name, file_bytes as i64, plan, lines_total as i64, context.now()];
    scope.write(Batch::new().add(&INSERT_IMPORT, values)).await?;
    Ok(id)
}

/// One import.
pub async fn import(scope: &Scope, id: ImportId) -> Result<Option<Import>, StoreError> {
    scope.one(&IMPORT, values![id]).await?.as_ref().map(import_of).transpose()
}

/// The latest imports.
pub async fn imports(scope: &Scope, limit: u32) -> Result<Vec<Import>, StoreError> {
    scope.all(&IMPORTS, values![limit]).await?.iter().map(import_of).collect()
}

/// Changes what a draft will do.
pub async fn set_plan(scope: &Scope, id: ImportId, plan: &str, lines_total: u64) -> Result<(), StoreError> {
    scope
        .write(Batch::new().add_exactly(1, &SET_PLAN, values![id, plan, lines_total as i64]))
        .await
        .map(|_| ())
}

/// Starts a draft.
pub async fn confirm(scope: &Scope, id: ImportId, source: SourceId) -> Result<(), StoreError> {
    scope.write(Batch::new().add_exactly(1, &CONFIRM, values![id, source])).await.map(|_| ())
}

/// Gives up a draft.
pub async fn discard(context: &Context, scope: &Scope, id: ImportId) -> Result<(), StoreError> {
    scope.write(Batch::new().add_exactly(1, &DISCARD, values![id, context.now()])).await.map(|_| ())
}

/// A refused row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejection {
    /// Line in the file.
    pub line: u64,
    /// Key of the reason.
    pub reason: String,
    /// What stood there.
    pub excerpt: String,
}

/// The refused rows, in order.
pub async fn rejections(scope: &Scope, id: ImportId, limit: u32) -> Result<Vec<Rejection>, StoreError> {
    let rows = scope.all(&REJECTIONS, values![id, limit]).await?;
    rows.iter()
        .map(|row| Ok(Rejection { line: row.get(0)?, reason: row.get(1)?, excerpt: row.get(2)? }))
        .collect()
}

/// How far a batch brings an import.
pub struct Advance<'a> {
    /// Which.
    pub id: ImportId,
    /// Rows read before.
    pub from: u64,
    /// Rows read with this batch.
    pub to: u64,
    /// Rows there are.
    pub total: u64,
    /// Refused so far, before this batch.
    pub rejected_before: u64,
    /// Refused in this batch.
    pub rejections: &'a [Rejection],
}

/// The batch that moves an import on, to be written with the mentions themselves.
pub fn advance(step: &Advance<'_>, tally: Tally) -> Batch {
    let rejected = step.rejections.len() as i64;
    let values = values![
        step.id,
        step.to as i64,
        step.total.max(step.to) as i64,
        tally.added as i64,
        (tally.revised + tally.answered) as i64,
        tally.same as i64,
        rejected,
        step.from as i64
    ];
    let mut batch = Batch::new().add_exactly(1, &ADVANCE, values);
    let room = REJECTIONS_KEPT_MAX.saturating_sub(step.rejected_before) as usize;
    let rows = step.rejections.iter().take(room);
    let rows = rows.map(|r| values![step.id, r.line as i64, r.reason.clone(), r.excerpt.clone()]).collect();
    batch.push(&INSERT_REJECTIONS, rows, Expect::Any);
    batch
}

/// Ends an import.
pub async fn finish(
    context: &Context,
    scope: &Scope,
    id: ImportId,
    error_key: Option<&str>,
) -> Result<(), StoreError> {
    let state = if error_key.is_some() { "failed" } else { "finished" };
    scope.write(Batch::new().add(&FINISH, values![id, state, error_key, context.now()])).await.map(|_| ())
}

/// Imports that run, of all organisations.
pub async fn running(context: &Context, limit: u32) -> Result<Vec<(OrganizationId, ImportId)>, StoreError> {
    let rows = context.store.installation().all(&RUNNING, values![limit]).await?;
    rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
}

/// Drafts that nobody confirmed since `before`.
pub async fn stale_drafts(
    context: &Context,
    before: Timestamp,
) -> Result<Vec<(OrganizationId, ImportId)>, StoreError> {
    let rows = context.store.installation().all(&STALE_DRAFTS, values![before]).await?;
    rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
}

/// Files under `uploads/` that an open import still needs, of all organisations.
pub async fn open_uploads(context: &Context) -> Result<Vec<String>, StoreError> {
    let rows = context.store.installation().all(&OPEN_PLANS, vec![]).await?;
    let upload = |row: &Row| {
        let plan: String = row.get(0)?;
        Ok(serde_json::from_str::<crate::import::Plan>(&plan).map(|p| p.upload).unwrap_or_default())
    };
    rows.iter().map(upload).collect()
}
