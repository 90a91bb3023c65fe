//! Keys that let programs in: made by an owner, shown once, revoked with a button.
//!
//! A key is `timon_` and 256 random bits; the store keeps its SHA-256. It may do what its scope says while whoever made it
//! is an owner, and nothing afterwards. **No program alone can answer**: a key that has written a draft of an answer
//! cannot approve it ([`may_approve`]), and an approval names the SHA-256 of the text that was seen.

pub mod answers;
mod pages;
pub mod store;

use domain::{ApiKeyId, KeyScope, MentionId};
use foundation::Context;
use foundation::store::{Scope, StoreError};
use foundation::web::{KeyHolder, Member, hash_token};

pub(crate) use pages::{card, routes};

use crate::rules;

/// Keys of one organisation that are in force.
pub const KEYS_MAX: u32 = 20;
/// Longest name of a key, characters.
pub const NAME_MAX: usize = 60;
/// What every key begins with, so that tools that look for lost secrets know it.
const PREFIX: &str = "timon_";

/// Makes a key and returns it; it exists nowhere else. `None` when there are [`KEYS_MAX`] already.
pub async fn create(
    context: &Context,
    member: &Member,
    name: &str,
    scope: KeyScope,
) -> Result<Option<String>, StoreError> {
    let key = format!("{PREFIX}{}", hex::encode(context.random::<32>()));
    let new = store::New {
        id: ApiKeyId(context.new_id()),
        account: member.principal.account,
        name,
        scope,
        hash: hash_token(&key),
        now: context.now(),
    };
    match store::insert(&member.scope, &new).await {
        Ok(()) => Ok(Some(key)),
        Err(error) if error.is_conflict() => Ok(None),
        Err(error) => Err(error),
    }
}

/// Who holds the key with this hash; `None` when it is unknown, revoked, or its maker is no owner any more.
pub async fn holder(context: Context, hash: [u8; 32]) -> anyhow::Result<Option<KeyHolder>> {
    let now = context.now();
    let Some((holder, used_at)) = store::by_hash(&context, hash).await? else { return Ok(None) };
    if used_at.is_none_or(|at| now.duration_since(at) > rules::SEEN_EVERY) {
        store::touch(&context.scope(holder.organization), holder.key, now).await?;
    }
    Ok(Some(holder))
}

/// Remembers that a key is about to write a draft of the answer to a mention. Before it does, so that there is no moment
/// in which it could approve its own words. A conflict when there is no such mention.
pub async fn note_draft(scope: &Scope, key: ApiKeyId, mention: MentionId) -> Result<(), StoreError> {
    store::note_draft(scope, key, mention).await
}

/// Whether a key may approve the answer to a mention: only what it never wrote.
pub async fn may_approve(scope: &Scope, key: ApiKeyId, mention: MentionId) -> Result<bool, StoreError> {
    Ok(!store::has_drafted(scope, key, mention).await?)
}
