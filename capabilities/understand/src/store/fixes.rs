//! `fix`: what the owner changed in the business, to see whether it worked.

use domain::FixId;
use foundation::store::{Batch, Expect, Scope, StoreError};
use foundation::values;
use jiff::Timestamp;

foundation::statements! {
    organization INSERT = "INSERT INTO fix (organization_id, id, aspect, what, day, created_at)
        VALUES ($1, $2, $3, $4, $5, $6)";
    organization DELETE = "DELETE FROM fix WHERE organization_id = $1 AND id = $2";
    organization NEWEST = "SELECT id, aspect, what, day FROM fix WHERE organization_id = $1 ORDER BY day DESC, id DESC LIMIT $2";
}

/// Fixes shown: more than anybody follows at once.
pub const FIXES_MAX: u32 = 50;

/// Something the owner changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// Its id.
    pub id: FixId,
    /// The aspect it was meant to mend.
    pub aspect: String,
    /// What was changed, in the owner's words.
    pub what: String,
    /// The day it began, since 1970.
    pub day: i64,
}

/// Adds a fix to a batch.
pub fn insert(batch: &mut Batch, fix: &Fix, now: Timestamp) {
    let row = values![fix.id, fix.aspect.clone(), fix.what.clone(), fix.day, now];
    batch.push(&INSERT, vec![row], Expect::Exactly(1));
}

/// Adds to a batch that a fix is forgotten; a conflict if there is none.
pub fn delete(batch: &mut Batch, id: FixId) {
    batch.push(&DELETE, vec![values![id]], Expect::Exactly(1));
}

/// The latest fixes.
pub async fn newest(scope: &Scope) -> Result<Vec<Fix>, StoreError> {
    let rows = scope.all(&NEWEST, values![FIXES_MAX]).await?;
    rows.iter()
        .map(|row| Ok(Fix { id: row.get(0)?, aspect: row.get(1)?, what: row.get(2)?, day: row.get(3)? }))
        .collect()
}
