//! **Accounts**: organisations, the people who steer them, and signing in.
//!
//! *What for*: the owner is created on the first run and can come back; nobody else gets in.
//! *How*: `rules` decides what a good name, e-mail and password are; `password` hashes (Argon2id, a few at a time);
//! `store` owns `organization`, `account`, `member` and `session`; `pages` are first run, sign-in and the account; `keys`
//! let programs in.
//! *What it never does*: tell whether an e-mail exists, keep a token in clear, lock a person out for good.
//! *Start at* [`pages::routes`] and [`authenticate`].

pub mod keys;
pub mod pages;
mod password;
pub mod rules;
pub mod step;
pub mod store;
mod throttle;

#[cfg(test)]
mod tests;

use foundation::Context;
use foundation::web::Principal;

pub use password::PasswordError;
pub use store::{NewOrganization, Organization, create_organization, organization, organizations};

/// Who holds the session with this token hash; `None` when it is unknown or over. A session that is used is kept alive
/// (idle 7 days, at most 30).
pub async fn authenticate(context: Context, token_hash: [u8; 32]) -> anyhow::Result<Option<Principal>> {
    let now = context.now();
    let Some(found) = store::session(&context, token_hash).await? else { return Ok(None) };
    if rules::session_is_over(now, found.seen_at, found.expires_at) {
        return Ok(None);
    }
    if now.duration_since(found.seen_at) > rules::SEEN_EVERY {
        store::touch_session(&context, found.principal.organization, token_hash, now).await?;
    }
    Ok(Some(found.principal))
}

/// Whether anybody has an account on this installation.
pub async fn has_account(context: Context) -> anyhow::Result<bool> {
    Ok(store::has_account(&context).await?)
}

/// Creates an organisation with its owner in one go, for the demonstration.
pub async fn create_demo_owner(
    context: &Context,
    new: &NewOrganization,
    (email, password): (&str, &str),
) -> anyhow::Result<domain::OrganizationId> {
    let hash = password::hash(context, password.to_owned()).await?;
    let (organization, _) = store::create_owner(context, None, new, (email, &hash)).await?;
    Ok(organization)
}
