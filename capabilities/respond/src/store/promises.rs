//! What answers promised (`promise`), until it is kept or not.

use domain::{MentionId, PromiseId, PromiseState};
use foundation::Context;
use foundation::store::{Batch, Row, Scope, StoreError};
use foundation::values;
use jiff::Timestamp;

/// Promises a page shows.
pub const SHOWN_MAX: u32 = 100;
/// Longest text of a promise, characters.
pub const TEXT_MAX: usize = 300;

macro_rules! promises {
    ($rest:literal) => {
        concat!(
            "SELECT p.id, p.mention_id, m.author, p.text, p.due_day, p.state, p.made_at, p.settled_day FROM promise p
            JOIN mention m ON m.organization_id = $1 AND m.id = p.mention_id WHERE p.organization_id = $1",
            $rest
        )
    };
}

foundation::statements! {
    organization ADD = "INSERT INTO promise (organization_id, id, mention_id, text, due_day, state, made_at) VALUES ($1, $2, $3, $4, $5, 'open', $6)";
    organization OPEN = promises!(" AND p.state = 'open' ORDER BY p.due_day, p.id LIMIT $2");
    organization NEWEST = promises!(" AND p.state <> 'open' ORDER BY p.id DESC LIMIT $2");
    organization OF_MENTION = promises!(" AND p.mention_id = $2 ORDER BY p.id LIMIT 20");
    organization ONE = promises!(" AND p.id = $2");
    organization SETTLE = "UPDATE promise SET state = $3, settled_at = $4, settled_day = $5
        WHERE organization_id = $1 AND id = $2 AND state = $6";
    /// Made since a moment: settled as kept (in time or not), not kept, open and over, and all whose day has come.
    organization COUNTS = "SELECT CAST(COALESCE(SUM(CASE WHEN state = 'kept' AND settled_day <= due_day THEN 1 ELSE 0 END), 0) AS BIGINT),
        CAST(COALESCE(SUM(CASE WHEN state = 'kept' AND settled_day > due_day THEN 1 ELSE 0 END), 0) AS BIGINT),
        CAST(COALESCE(SUM(CASE WHEN state = 'broken' THEN 1 ELSE 0 END), 0) AS BIGINT),
        CAST(COALESCE(SUM(CASE WHEN state = 'open' AND due_day < $3 THEN 1 ELSE 0 END), 0) AS BIGINT)
        FROM promise WHERE organization_id = $1 AND made_at >= $2 AND state <> 'waived'";
}

/// Something promised in an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Promise {
    /// Its id.
    pub id: PromiseId,
    /// Whom it was promised to: the mention that was answered.
    pub mention: MentionId,
    /// Her name there.
    pub author: Option<String>,
    /// What.
    pub text: String,
    /// By which day (since 1970, in the organisation's zone).
    pub due_day: i64,
    /// What became of it.
    pub state: PromiseState,
    /// When it was made.
    pub made_at: Timestamp,
    /// On which day it was settled.
    pub settled_day: Option<i64>,
}

fn promise(row: &Row) -> Result<Promise, StoreError> {
    Ok(Promise {
        id: row.get(0)?,
        mention: row.get(1)?,
        author: row.get(2)?,
        text: row.get(3)?,
        due_day: row.get(4)?,
        state: row.get(5)?,
        made_at: row.get(6)?,
        settled_day: row.get(7)?,
    })
}

/// Adds a promise to a batch.
pub fn add(context: &Context, batch: Batch, mention: MentionId, text: &str, due_day: i64) -> Batch {
    let id = PromiseId(context.new_id());
    let text: String = text.chars().take(TEXT_MAX).collect();
    batch.add_exactly(1, &ADD, values![id, mention, text, due_day, context.now()])
}

/// Open promises, the soonest due first.
pub async fn open(scope: &Scope, limit: u32) -> Result<Vec<Promise>, StoreError> {
    scope.all(&OPEN, values![limit]).await?.iter().map(promise).collect()
}

/// Promises that were settled, the newest first.
pub async fn settled(scope: &Scope, limit: u32) -> Result<Vec<Promise>, StoreError> {
    scope.all(&NEWEST, values![limit]).await?.iter().map(promise).collect()
}

/// What was promised to one mention.
pub async fn of_mention(scope: &Scope, id: MentionId) -> Result<Vec<Promise>, StoreError> {
    scope.all(&OF_MENTION, values![id]).await?.iter().map(promise).collect()
}

/// One promise.
pub async fn one(scope: &Scope, id: PromiseId) -> Result<Option<Promise>, StoreError> {
    scope.one(&ONE, values![id]).await?.as_ref().map(promise).transpose()
}

/// Says what became of a promise, or takes that back (`PromiseState::Open`). A conflict when somebody was faster.
pub async fn settle(
    context: &Context,
    scope: &Scope,
    id: PromiseId,
    to: PromiseState,
    today: i64,
) -> Result<(), StoreError> {
    let known = one(scope, id).await?;
    let known = known.ok_or(StoreError::stale("respond::promise"))?;
    let now = context.now();
    let (at, day) = match to {
        PromiseState::Open => (None, None),
        _ => (Some(now), Some(today)),
    };
    scope.write(Batch::new().add_exactly(1, &SETTLE, values![id, to, at, day, known.state])).await?;
    Ok(())
}

/// Promises of a time by what became of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Kept by their day.
    pub kept: u64,
    /// Kept later.
    pub kept_late: u64,
    /// Not kept.
    pub broken: u64,
    /// Open although their day is over.
    pub overdue: u64,
}

impl Counts {
    /// All whose day has come.
    pub const fn due(self) -> u64 {
        self.kept + self.kept_late + self.broken + self.overdue
    }
}

/// What became of promises made since a moment.
pub async fn counts(scope: &Scope, since: Timestamp, today: i64) -> Result<Counts, StoreError> {
    let Some(row) = scope.one(&COUNTS, values![since, today]).await? else { return Ok(Counts::default()) };
    Ok(Counts { kept: row.get(0)?, kept_late: row.get(1)?, broken: row.get(2)?, overdue: row.get(3)? })
}
