//! `code_batch` and `receipt_code`: codes that are printed once and used once. Of a code only its HMAC is kept.

use domain::{CodeBatchId, OrganizationId};
use foundation::Context;
use foundation::store::{Batch, Expect, Scope, StoreError};
use foundation::values;
use jiff::Timestamp;

foundation::statements! {
    organization BATCHES = "SELECT b.id, b.size, b.made_by, b.last_day, b.created_at, COUNT(c.used_at)
        FROM code_batch b LEFT JOIN receipt_code c ON c.organization_id = b.organization_id AND c.batch_id = b.id
        WHERE b.organization_id = $1 GROUP BY b.id, b.size, b.made_by, b.last_day, b.created_at ORDER BY b.id DESC LIMIT $2";
    organization MADE_SINCE = "SELECT CAST(COALESCE(SUM(size), 0) AS BIGINT) FROM code_batch WHERE organization_id = $1 AND created_at >= $2";
    organization ADD_BATCH = "INSERT INTO code_batch (organization_id, id, size, made_by, last_day, created_at) VALUES ($1, $2, $3, $4, $5, $6)";
    organization ADD_CODES = "INSERT INTO receipt_code (organization_id, code_hash, batch_id) VALUES {rows: $1, $2, $3}";
    organization CODE = "SELECT c.used_at, b.last_day FROM receipt_code c JOIN code_batch b ON b.organization_id = c.organization_id AND b.id = c.batch_id
        WHERE c.organization_id = $1 AND c.code_hash = $2";
    organization USE = "UPDATE receipt_code SET used_at = $3 WHERE organization_id = $1 AND code_hash = $2 AND used_at IS NULL";
    organization FORGET = "DELETE FROM receipt_code WHERE organization_id = $1 AND used_at IS NULL AND batch_id IN
        (SELECT id FROM code_batch WHERE organization_id = $1 AND last_day < $2)";
}

/// Most codes made at once…
pub const CODES_MAX: usize = 2_000;
/// …and in a day.
pub const CODES_PER_DAY_MAX: i64 = 20_000;

/// Codes made at one time.
#[derive(Debug, Clone)]
pub struct CodeBatch {
    /// Which.
    pub id: CodeBatchId,
    /// How many.
    pub size: i64,
    /// Who made them: a person's page, or a program's key.
    pub made_by: String,
    /// The last day on which they prove anything.
    pub last_day: i64,
    /// When.
    pub created_at: Timestamp,
    /// How many were used.
    pub used: i64,
}

/// The newest batches.
pub async fn batches(scope: &Scope, limit: u32) -> Result<Vec<CodeBatch>, StoreError> {
    let rows = scope.all(&BATCHES, values![limit]).await?;
    rows.iter()
        .map(|row| {
            Ok(CodeBatch {
                id: row.get(0)?,
                size: row.get(1)?,
                made_by: row.get(2)?,
                last_day: row.get(3)?,
                created_at: row.get(4)?,
                used: row.get(5)?,
            })
        })
        .collect()
}

/// What is kept of a code.
pub fn code_hash(context: &Context, organization: OrganizationId, code: &str) -> Vec<u8> {
    context.secret.sign(&[b"receipt-code", &organization.0.to_be_bytes(), code.as_bytes()]).to_vec()
}

/// Makes `size` codes that prove a visit until `last_day`. They are told once, here.
///
/// # Errors
/// A conflict when it would be more than [`CODES_PER_DAY_MAX`] in a day, or (never, at 35 bits) one exists already.
pub async fn make(
    context: &Context,
    scope: &Scope,
    size: usize,
    last_day: i64,
    made_by: &str,
) -> Result<Vec<String>, StoreError> {
    let now = context.now();
    let since = now - jiff::SignedDuration::from_hours(24);
    let made: i64 = scope.one(&MADE_SINCE, values![since]).await?.map_or(Ok(0), |row| row.get(0))?;
    if made + size as i64 > CODES_PER_DAY_MAX {
        return Err(StoreError::stale("invite::codes"));
    }
    let id = CodeBatchId(context.new_id());
    let length = asking::code::RECEIPT_LENGTH;
    let codes: Vec<String> =
        (0..size.min(CODES_MAX)).map(|_| asking::code::make(&context.random::<8>(), length)).collect();
    let mut batch =
        Batch::new().add_exactly(1, &ADD_BATCH, values![id, codes.len() as i64, made_by, last_day, now]);
    let rows: Vec<_> =
        codes.iter().map(|code| values![code_hash(context, scope.organization(), code), id]).collect();
    let n = rows.len() as u64;
    batch.push(&ADD_CODES, rows, Expect::Exactly(n));
    scope.write(batch).await?;
    Ok(codes)
}

/// Whether a receipt code was used, and its last day; `None` when nobody made it.
pub async fn find(scope: &Scope, hash: &[u8]) -> Result<Option<(bool, i64)>, StoreError> {
    let row = scope.one(&CODE, values![hash]).await?;
    row.map(|row| Ok((row.get::<Option<Timestamp>>(0)?.is_some(), row.get(1)?))).transpose()
}

/// Adds to a batch that a code is used; a second time is a conflict.
pub fn use_up(batch: &mut Batch, hash: &[u8], now: Timestamp) {
    batch.push(&USE, vec![values![hash, now]], Expect::Exactly(1));
}

/// Adds to a batch that codes which prove nothing any more are forgotten.
pub fn forget(batch: &mut Batch, before_day: i64) {
    batch.push(&FORGET, vec![values![before_day]], Expect::Any);
}
