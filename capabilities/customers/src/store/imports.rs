//! `customer_import` and `customer_import_rejection`: a file of visits, how far it has come, which rows were refused and why.

use domain::{CustomerImportId, LawfulBasis, OrganizationId};
use foundation::Context;
use foundation::store::{Batch, Expect, Row, Scope, StoreError};
use foundation::values;
use jiff::Timestamp;

/// Refused rows that are kept to be shown; the count goes on.
pub const REJECTIONS_KEPT_MAX: u64 = 1_000;

foundation::statements! {
    organization INSERT = "INSERT INTO customer_import (organization_id, id, state, file_name, plan, basis, basis_note, basis_day, lines_done,
        lines_total, added, same, opted_out, old, rejected, created_at) VALUES ($1, $2, 'draft', $3, $4, 'contract', '', 0, 0, $5, 0, 0, 0, 0, 0, $6)";
    organization ONE = "SELECT id, state, file_name, plan, basis, basis_note, basis_day, lines_done, lines_total, added, same, opted_out, old,
        rejected, error_key, created_at FROM customer_import WHERE organization_id = $1 AND id = $2";
    organization NEWEST = "SELECT id, state, file_name, plan, basis, basis_note, basis_day, lines_done, lines_total, added, same, opted_out, old,
        rejected, error_key, created_at FROM customer_import WHERE organization_id = $1 AND state <> 'discarded' ORDER BY id DESC LIMIT $2";
    organization SET_PLAN = "UPDATE customer_import SET plan = $3 WHERE organization_id = $1 AND id = $2 AND state = 'draft'";
    organization CONFIRM = "UPDATE customer_import SET state = 'running', basis = $3, basis_note = $4, basis_day = $5
        WHERE organization_id = $1 AND id = $2 AND state = 'draft'";
    organization DISCARD = "UPDATE customer_import SET state = 'discarded', plan = '', file_name = '', finished_at = $3
        WHERE organization_id = $1 AND id = $2 AND state = 'draft'";
    /// The position is part of the condition: a second runner that read the same lines undoes itself.
    organization ADVANCE = "UPDATE customer_import SET lines_done = $3, lines_total = $4, added = added + $5, same = same + $6,
        opted_out = opted_out + $7, old = old + $8, rejected = rejected + $9
        WHERE organization_id = $1 AND id = $2 AND state = 'running' AND lines_done = $10";
    organization REJECT = "INSERT INTO customer_import_rejection (organization_id, import_id, line, reason)
        VALUES {rows: $1, $2, $3, $4} ON CONFLICT DO NOTHING";
    organization REJECTIONS = "SELECT line, reason FROM customer_import_rejection WHERE organization_id = $1 AND import_id = $2 ORDER BY line LIMIT $3";
    organization FINISH = "UPDATE customer_import SET state = $3, error_key = $4, finished_at = $5, plan = ''
        WHERE organization_id = $1 AND id = $2 AND state = 'running'";
    installation RUNNING = "SELECT organization_id, id FROM customer_import WHERE state = 'running' ORDER BY id LIMIT $1";
    installation STALE_DRAFTS = "SELECT organization_id, id FROM customer_import WHERE state = 'draft' AND created_at < $1 ORDER BY id LIMIT 100";
    installation OPEN_PLANS = "SELECT plan FROM customer_import WHERE state = 'draft' OR state = 'running'";
}

/// One file of visits.
#[derive(Debug, Clone)]
pub struct Import {
    /// Its id.
    pub id: CustomerImportId,
    /// `draft`, `running`, `finished`, `failed`.
    pub state: String,
    /// The name the file had.
    pub file_name: String,
    /// [`crate::import::Plan`] as JSON; empty at the end.
    pub plan: String,
    /// Why all its people may be written to.
    pub basis: LawfulBasis,
    /// How they were told that they may say no.
    pub basis_note: String,
    /// Since which day that holds.
    pub basis_day: i64,
    /// Rows read.
    pub lines_done: u64,
    /// Rows there are, near enough.
    pub lines_total: u64,
    /// Visits nobody knew.
    pub added: u64,
    /// Visits that were known already.
    pub same: u64,
    /// Rows of people nobody writes to.
    pub opted_out: u64,
    /// Rows older than customers are kept.
    pub old: u64,
    /// Rows refused for another reason.
    pub rejected: u64,
    /// Why it failed.
    pub error_key: Option<String>,
    /// When it was handed over.
    pub created_at: Timestamp,
}

fn import_of(row: &Row) -> Result<Import, StoreError> {
    Ok(Import {
        id: row.get(0)?,
        state: row.get(1)?,
        file_name: row.get(2)?,
        plan: row.get(3)?,
        basis: row.get(4)?,
        basis_note: row.get(5)?,
        basis_day: row.get(6)?,
        lines_done: row.get(7)?,
        lines_total: row.get(8)?,
        added: row.get(9)?,
        same: row.get(10)?,
        opted_out: row.get(11)?,
        old: row.get(12)?,
        rejected: row.get(13)?,
        error_key: row.get(14)?,
        created_at: row.get(15)?,
    })
}

/// Records a file that was handed over.
pub(crate) async fn insert(
    context: &Context,
    scope: &Scope,
    file_name: &str,
    plan: &str,
    lines_total: u64,
) -> Result<CustomerImportId, StoreError> {
    let id = CustomerImportId(context.new_id());
    let values = values![id, file_name, plan, lines_total as i64, context.now()];
    scope.write(Batch::new().add(&INSERT, values)).await?;
    Ok(id)
}

/// One file.
pub async fn import(scope: &Scope, id: CustomerImportId) -> Result<Option<Import>, StoreError> {
    scope.one(&ONE, values![id]).await?.as_ref().map(import_of).transpose()
}

/// The latest files.
pub async fn newest(scope: &Scope, limit: u32) -> Result<Vec<Import>, StoreError> {
    scope.all(&NEWEST, values![limit]).await?.iter().map(import_of).collect()
}

/// Changes what a draft will do.
pub(crate) async fn set_plan(scope: &Scope, id: CustomerImportId, plan: &str) -> Result<(), StoreError> {
    scope.write(Batch::new().add_exactly(1, &SET_PLAN, values![id, plan])).await.map(|_| ())
}

/// Starts a draft with what was declared for all its rows.
pub(crate) async fn confirm(
    scope: &Scope,
    id: CustomerImportId,
    (basis, note, day): (LawfulBasis, &str, i64),
) -> Result<(), StoreError> {
    scope.write(Batch::new().add_exactly(1, &CONFIRM, values![id, basis, note, day])).await.map(|_| ())
}

/// Gives up a draft.
pub(crate) async fn discard(
    context: &Context,
    scope: &Scope,
    id: CustomerImportId,
) -> Result<(), StoreError> {
    scope.write(Batch::new().add_exactly(1, &DISCARD, values![id, context.now()])).await.map(|_| ())
}

/// The refused rows, in order: line and key of the reason.
pub async fn rejections(
    scope: &Scope,
    id: CustomerImportId,
    limit: u32,
) -> Result<Vec<(u64, String)>, StoreError> {
    let rows = scope.all(&REJECTIONS, values![id, limit]).await?;
    rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
}

/// What one batch of rows did.
#[derive(Debug, Default)]
pub(crate) struct Step {
    pub from: u64,
    pub to: u64,
    pub total: u64,
    pub added: u64,
    pub same: u64,
    pub opted_out: u64,
    pub old: u64,
    pub rejected_before: u64,
    pub rejected: Vec<(u64, &'static str)>,
}

/// The batch that moves a file on, to be written with the visits themselves.
pub(crate) fn advance(id: CustomerImportId, step: &Step) -> Batch {
    let counts = [step.added, step.same, step.opted_out, step.old, step.rejected.len() as u64];
    let mut values = values![id, step.to as i64, step.total.max(step.to) as i64];
    values.extend(counts.map(|n| (n as i64).into()));
    values.push((step.from as i64).into());
    let mut batch = Batch::new().add_exactly(1, &ADVANCE, values);
    let room = REJECTIONS_KEPT_MAX.saturating_sub(step.rejected_before) as usize;
    let rows = step.rejected.iter().take(room).map(|(line, reason)| values![id, *line as i64, *reason]);
    batch.push(&REJECT, rows.collect(), Expect::Any);
    batch
}

/// Ends a run.
pub(crate) async fn finish(
    context: &Context,
    scope: &Scope,
    id: CustomerImportId,
    error_key: Option<&str>,
) -> Result<(), StoreError> {
    let state = if error_key.is_some() { "failed" } else { "finished" };
    scope.write(Batch::new().add(&FINISH, values![id, state, error_key, context.now()])).await.map(|_| ())
}

async fn of_anybody(
    context: &Context,
    statement: &foundation::store::Statement,
    values: Vec<foundation::store::Value>,
) -> Result<Vec<(OrganizationId, CustomerImportId)>, StoreError> {
    let rows = context.store.installation().all(statement, values).await?;
    rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
}

/// Files that run, of all organisations.
pub async fn running(
    context: &Context,
    limit: u32,
) -> Result<Vec<(OrganizationId, CustomerImportId)>, StoreError> {
    of_anybody(context, &RUNNING, values![limit]).await
}

/// Drafts that nobody confirmed since `before`.
pub(crate) async fn stale_drafts(
    context: &Context,
    before: Timestamp,
) -> Result<Vec<(OrganizationId, CustomerImportId)>, StoreError> {
    of_anybody(context, &STALE_DRAFTS, values![before]).await
}

/// Plans of files that are still needed.
pub(crate) async fn open_plans(context: &Context) -> Result<Vec<String>, StoreError> {
    let rows = context.store.installation().all(&OPEN_PLANS, vec![]).await?;
    rows.iter().map(|row| row.get(0)).collect()
}
