//! `api_answer`: an action that carries an `Idempotency-Key` is done once, and asked again it is answered the same for a
//! day. (draft-ietf-httpapi-idempotency-key-header)
//!
//! The name is taken before anything is done. A process that dies in between leaves a name without an answer; after
//! [`STALE`] somebody may do it again, since what the actions do is done once by itself (a draft has its own `client_id`,
//! an answer has one approval and one way out).

use domain::ApiKeyId;
use foundation::Context;
use foundation::store::{Batch, Scope, StoreError};
use foundation::values;
use jiff::{SignedDuration, Timestamp};

/// How long an answer is kept.
pub const KEPT: SignedDuration = SignedDuration::from_hours(24);
/// A name whose answer has not come after so long may be taken again.
const STALE: SignedDuration = SignedDuration::from_mins(2);

foundation::statements! {
    /// A name that is too old, or whose answer never came, is as good as new.
    organization TAKE = "INSERT INTO api_answer (organization_id, key_id, name, request_hash, status, body, asked_at)
        VALUES ($1, $2, $3, $4, NULL, '', $5)
        ON CONFLICT (organization_id, key_id, name) DO UPDATE SET request_hash = excluded.request_hash, status = NULL, body = '',
        asked_at = excluded.asked_at
        WHERE api_answer.asked_at < $6 OR (api_answer.status IS NULL AND api_answer.asked_at < $7)";
    organization ANSWER = "SELECT request_hash, status, body FROM api_answer WHERE organization_id = $1 AND key_id = $2 AND name = $3";
    organization KEEP = "UPDATE api_answer SET status = $4, body = $5 WHERE organization_id = $1 AND key_id = $2 AND name = $3";
    organization GIVE_BACK = "DELETE FROM api_answer WHERE organization_id = $1 AND key_id = $2 AND name = $3 AND status IS NULL";
    installation EXPIRE_ANSWERS = "DELETE FROM api_answer WHERE asked_at < $1";
}

/// What is known about a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    /// Nobody has asked under it: the action is the caller's to do.
    First,
    /// It is being answered right now.
    Running,
    /// It was asked for something else.
    Other,
    /// It was answered with this status and body.
    Answered(u16, String),
}

/// Takes a name, or says what is known about it.
pub async fn take(
    scope: &Scope,
    (key, name): (ApiKeyId, &str),
    request_hash: [u8; 32],
    now: Timestamp,
) -> Result<Asked, StoreError> {
    let values = values![key, name, &request_hash[..], now, now - KEPT, now - STALE];
    let outcomes = scope.write(Batch::new().add(&TAKE, values)).await?;
    if outcomes.first().is_some_and(|outcome| outcome.affected == 1) {
        return Ok(Asked::First);
    }
    let Some(row) = scope.one(&ANSWER, values![key, name]).await? else { return Ok(Asked::Running) };
    if row.get::<Vec<u8>>(0)? != request_hash {
        return Ok(Asked::Other);
    }
    let status: Option<u32> = row.get(1)?;
    let answered = status.and_then(|status| u16::try_from(status).ok());
    Ok(match answered {
        Some(status) => Asked::Answered(status, row.get(2)?),
        None => Asked::Running,
    })
}

/// Keeps the answer to a name.
pub async fn keep(
    scope: &Scope,
    (key, name): (ApiKeyId, &str),
    status: u16,
    body: &str,
) -> Result<(), StoreError> {
    let values = values![key, name, i64::from(status), body];
    scope.write(Batch::new().add(&KEEP, values)).await.map(|_| ())
}

/// Gives a name back whose action failed on our side: asking again is right.
pub async fn give_back(scope: &Scope, (key, name): (ApiKeyId, &str)) -> Result<(), StoreError> {
    scope.write(Batch::new().add(&GIVE_BACK, values![key, name])).await.map(|_| ())
}

/// Forgets answers that are too old; says how many.
pub(crate) async fn expire(context: &Context) -> Result<u64, StoreError> {
    let batch = Batch::new().add(&EXPIRE_ANSWERS, values![context.now() - KEPT]);
    let outcomes = context.store.installation().write(batch).await?;
    Ok(outcomes.iter().map(|outcome| outcome.affected).sum())
}
