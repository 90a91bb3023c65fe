//! `api_key` and `api_draft`. A key is looked up before an organisation is known, like a session.

use domain::{AccountId, ApiKeyId, KeyScope, MentionId};
use foundation::Context;
use foundation::store::{Batch, Scope, StoreError};
use foundation::values;
use foundation::web::{KeyHolder, Locale};
use jiff::Timestamp;

use super::KEYS_MAX;
use crate::rules;

foundation::statements! {
    organization INSERT_KEY = "INSERT INTO api_key (organization_id, id, account_id, name, scope, key_hash, created_at)
        SELECT organization_id, CAST($2 AS BIGINT), account_id, CAST($4 AS TEXT), CAST($5 AS TEXT), $6, CAST($7 AS BIGINT)
        FROM member WHERE organization_id = $1 AND account_id = $3 AND role = 'owner'
        AND (SELECT COUNT(*) FROM api_key k WHERE k.organization_id = $1 AND k.revoked_at IS NULL) < CAST($8 AS BIGINT)";
    organization KEYS = "SELECT k.id, k.name, k.scope, k.created_at, k.last_used_at, a.email,
        (SELECT COUNT(*) FROM member m WHERE m.organization_id = $1 AND m.account_id = k.account_id AND m.role = 'owner')
        FROM api_key k JOIN account a ON a.id = k.account_id
        WHERE k.organization_id = $1 AND k.revoked_at IS NULL ORDER BY k.id LIMIT 100";
    organization REVOKE = "UPDATE api_key SET revoked_at = $3 WHERE organization_id = $1 AND id = $2 AND revoked_at IS NULL";
    organization TOUCH_KEY = "UPDATE api_key SET last_used_at = $3 WHERE organization_id = $1 AND id = $2";
    organization NOTE_DRAFT = "INSERT INTO api_draft (organization_id, mention_id, key_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
    organization HAS_DRAFTED = "SELECT 1 FROM api_draft WHERE organization_id = $1 AND mention_id = $2 AND key_id = $3";

    /// By its hash, while it is in force and its maker is an owner.
    installation KEY_BY_HASH = "SELECT k.id, k.organization_id, k.account_id, k.scope, k.last_used_at, o.time_zone, a.locale
        FROM api_key k JOIN member m ON m.organization_id = k.organization_id AND m.account_id = k.account_id AND m.role = 'owner'
        JOIN organization o ON o.id = k.organization_id JOIN account a ON a.id = k.account_id
        WHERE k.key_hash = $1 AND k.revoked_at IS NULL";
}

/// A key to be stored.
pub(super) struct New<'a> {
    pub id: ApiKeyId,
    pub account: AccountId,
    pub name: &'a str,
    pub scope: KeyScope,
    pub hash: [u8; 32],
    pub now: Timestamp,
}

/// Stores a key; a conflict when there are too many or its maker is no owner.
pub(super) async fn insert(scope: &Scope, new: &New<'_>) -> Result<(), StoreError> {
    let values = values![new.id, new.account, new.name, new.scope, &new.hash[..], new.now, KEYS_MAX];
    scope.write(Batch::new().add_exactly(1, &INSERT_KEY, values)).await.map(|_| ())
}

/// A key as its page shows it.
#[derive(Debug, Clone)]
pub struct Key {
    /// Its id.
    pub id: ApiKeyId,
    /// What its maker calls it.
    pub name: String,
    /// What it may do.
    pub scope: KeyScope,
    /// Since when.
    pub created_at: Timestamp,
    /// When it was last used, to within ten minutes.
    pub last_used_at: Option<Timestamp>,
    /// Who made it.
    pub made_by: String,
    /// Whether it opens anything: not once its maker is no owner any more.
    pub works: bool,
}

/// The organisation's keys that were not revoked, the oldest first.
pub async fn keys(scope: &Scope) -> Result<Vec<Key>, StoreError> {
    let rows = scope.all(&KEYS, vec![]).await?;
    let key = |row: &foundation::store::Row| {
        Ok(Key {
            id: row.get(0)?,
            name: row.get(1)?,
            scope: row.get(2)?,
            created_at: row.get(3)?,
            last_used_at: row.get(4)?,
            made_by: row.get(5)?,
            works: row.get::<i64>(6)? > 0,
        })
    };
    rows.iter().map(key).collect()
}

/// Revokes a key; a conflict when there is none in force.
pub(super) async fn revoke(scope: &Scope, key: ApiKeyId, now: Timestamp) -> Result<(), StoreError> {
    scope.write(Batch::new().add_exactly(1, &REVOKE, values![key, now])).await.map(|_| ())
}

pub(super) async fn touch(scope: &Scope, key: ApiKeyId, now: Timestamp) -> Result<(), StoreError> {
    scope.write(Batch::new().add(&TOUCH_KEY, values![key, now])).await.map(|_| ())
}

/// Whose key this is, and when it was last used.
pub(super) async fn by_hash(
    context: &Context,
    hash: [u8; 32],
) -> Result<Option<(KeyHolder, Option<Timestamp>)>, StoreError> {
    let row = context.store.installation().one(&KEY_BY_HASH, values![&hash[..]]).await?;
    row.map(|row| {
        let (zone, locale): (String, String) = (row.get(5)?, row.get(6)?);
        let holder = KeyHolder {
            key: row.get(0)?,
            organization: row.get(1)?,
            account: row.get(2)?,
            may: row.get(3)?,
            time_zone: rules::zone(&zone),
            locale: Locale::parse(&locale).unwrap_or(Locale::Es),
        };
        Ok((holder, row.get(4)?))
    })
    .transpose()
}

pub(super) async fn note_draft(scope: &Scope, key: ApiKeyId, mention: MentionId) -> Result<(), StoreError> {
    scope.write(Batch::new().add(&NOTE_DRAFT, values![mention, key])).await.map(|_| ())
}

pub(super) async fn has_drafted(
    scope: &Scope,
    key: ApiKeyId,
    mention: MentionId,
) -> Result<bool, StoreError> {
    Ok(scope.one(&HAS_DRAFTED, values![mention, key]).await?.is_some())
}
