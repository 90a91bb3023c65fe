//! The tables of this room: `organization`, `account`, `member`, `session`. Accounts and sessions are looked up before
//! an organisation is known, so several statements here reach the installation; they are the only ones that may.

use domain::{AccountId, OrganizationId, OrganizationKind, Role};
use foundation::Context;
use foundation::store::{Batch, Row, Scope, Statement, StoreError};
use foundation::values;
use foundation::web::{Locale, Principal};
use jiff::Timestamp;

use crate::rules;

foundation::statements! {
    organization ORGANIZATION = "SELECT id, name, kind, town, time_zone, locale, created_at FROM organization WHERE id = $1";
    organization UPDATE_ORGANIZATION = "UPDATE organization SET name = $2, town = $3, kind = $4, time_zone = $5 WHERE id = $1";
    organization MEMBERS = "SELECT a.email, m.role, m.created_at FROM member m JOIN account a ON a.id = m.account_id
        WHERE m.organization_id = $1 ORDER BY m.created_at, a.email LIMIT 100";
    organization TOUCH_SESSION = "UPDATE session SET seen_at = $3 WHERE token_hash = $2 AND organization_id = $1";
    organization END_SESSION = "DELETE FROM session WHERE token_hash = $2 AND organization_id = $1";
    organization SET_ACCOUNT_LOCALE = "UPDATE account SET locale = $3 WHERE id = $2
        AND EXISTS (SELECT 1 FROM member WHERE account_id = $2 AND organization_id = $1)";
    organization ACCOUNT_OF_MEMBER = "SELECT a.email, a.password_hash FROM account a
        JOIN member m ON m.account_id = a.id WHERE m.organization_id = $1 AND a.id = $2";
    organization SET_PASSWORD = "UPDATE account SET password_hash = $3 WHERE id = $2
        AND EXISTS (SELECT 1 FROM member WHERE account_id = $2 AND organization_id = $1)";
    /// A changed password ends the sessions of that person everywhere, whatever the organisation they look at.
    organization END_SESSIONS_OF = "DELETE FROM session WHERE account_id = $2
        AND EXISTS (SELECT 1 FROM member WHERE account_id = $2 AND organization_id = $1)";

    installation ORGANIZATIONS = "SELECT id, name, kind, town, time_zone, locale, created_at FROM organization ORDER BY id LIMIT $1";
    installation INSERT_ORGANIZATION = "INSERT INTO organization (id, name, kind, town, time_zone, locale, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    installation ADOPT_ORGANIZATION = "UPDATE organization SET name = $2, town = $3, kind = $4, time_zone = $5, locale = $6 WHERE id = $1";
    installation INSERT_ACCOUNT = "INSERT INTO account (id, email, password_hash, locale, created_at) VALUES ($1, $2, $3, $4, $5)";
    installation INSERT_MEMBER = "INSERT INTO member (organization_id, account_id, role, created_at) VALUES ($1, $2, $3, $4)";
    installation INSERT_SESSION = "INSERT INTO session (token_hash, organization_id, account_id, created_at, seen_at, expires_at)
        VALUES ($1, $2, $3, $4, $4, $5)";
    installation ANY_ACCOUNT = "SELECT id FROM account LIMIT 1";
    /// By the unique e-mail; the organisation the person joined first.
    installation ACCOUNT_BY_EMAIL = "SELECT a.id, a.password_hash, m.organization_id FROM account a
        JOIN member m ON m.account_id = a.id WHERE a.email = $1 ORDER BY m.created_at, m.organization_id LIMIT 1";
    installation SESSION_BY_TOKEN = "SELECT s.account_id, s.organization_id, m.role, o.name, o.time_zone, a.locale, s.seen_at, s.expires_at
        FROM session s JOIN member m ON m.organization_id = s.organization_id AND m.account_id = s.account_id
        JOIN organization o ON o.id = s.organization_id JOIN account a ON a.id = s.account_id WHERE s.token_hash = $1";
    installation EXPIRE_SESSIONS = "DELETE FROM session WHERE expires_at < $1 OR seen_at < $2";
}

/// Every statement of this room.
pub fn statements() -> impl Iterator<Item = &'static Statement> {
    let all = [STATEMENTS, crate::keys::store::STATEMENTS, crate::keys::answers::STATEMENTS];
    all.into_iter().flatten().copied()
}

/// A business or a person.
#[derive(Debug, Clone)]
pub struct Organization {
    /// Its id.
    pub id: OrganizationId,
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: OrganizationKind,
    /// Where it is.
    pub town: String,
    /// Its time zone's name.
    pub time_zone: String,
    /// The language of what it sends.
    pub locale: String,
    /// Since when.
    pub created_at: Timestamp,
}

impl Organization {
    fn from_row(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.get(0)?,
            name: row.get(1)?,
            kind: row.get(2)?,
            town: row.get(3)?,
            time_zone: row.get(4)?,
            locale: row.get(5)?,
            created_at: row.get(6)?,
        })
    }

    /// Its time zone.
    pub fn zone(&self) -> jiff::tz::TimeZone {
        rules::zone(&self.time_zone)
    }
}

/// What a new organisation needs.
#[derive(Debug, Clone)]
pub struct NewOrganization {
    /// Its name.
    pub name: String,
    /// Where it is.
    pub town: String,
    /// What it is.
    pub kind: OrganizationKind,
    /// Its time zone's name.
    pub time_zone: String,
    /// The language of what it sends.
    pub locale: Locale,
}

fn insert_organization(id: OrganizationId, new: &NewOrganization, now: Timestamp) -> Batch {
    Batch::new().add(
        &INSERT_ORGANIZATION,
        values![
            id,
            new.name.clone(),
            new.kind,
            new.town.clone(),
            new.time_zone.clone(),
            new.locale.as_str(),
            now
        ],
    )
}

/// Creates an organisation without an owner yet (an import before the first run).
pub async fn create_organization(
    context: &Context,
    new: &NewOrganization,
) -> Result<OrganizationId, StoreError> {
    let id = OrganizationId(context.new_id());
    context.store.installation().write(insert_organization(id, new, context.now())).await?;
    Ok(id)
}

/// The organisations of this installation, oldest first, at most `limit`.
pub async fn organizations(context: &Context, limit: u32) -> Result<Vec<Organization>, StoreError> {
    let rows = context.store.installation().all(&ORGANIZATIONS, values![limit]).await?;
    rows.iter().map(Organization::from_row).collect()
}

/// One organisation.
pub async fn organization(scope: &Scope) -> Result<Option<Organization>, StoreError> {
    scope.one(&ORGANIZATION, vec![]).await?.as_ref().map(Organization::from_row).transpose()
}

/// Creates the owner, and the organisation unless `adopt` names one that was there before; all or nothing.
pub async fn create_owner(
    context: &Context,
    adopt: Option<OrganizationId>,
    new: &NewOrganization,
    (email, password_hash): (&str, &str),
) -> Result<(OrganizationId, AccountId), StoreError> {
    let now = context.now();
    let account = AccountId(context.new_id());
    let id = adopt.unwrap_or_else(|| OrganizationId(context.new_id()));
    let mut batch = if adopt.is_some() {
        let values = values![
            id,
            new.name.clone(),
            new.town.clone(),
            new.kind,
            new.time_zone.clone(),
            new.locale.as_str()
        ];
        Batch::new().add_exactly(1, &ADOPT_ORGANIZATION, values)
    } else {
        insert_organization(id, new, now)
    };
    batch = batch
        .add(&INSERT_ACCOUNT, values![account, email, password_hash, new.locale.as_str(), now])
        .add(&INSERT_MEMBER, values![id, account, Role::Owner, now]);
    context.store.installation().write(batch).await?;
    Ok((id, account))
}

pub(crate) async fn has_account(context: &Context) -> Result<bool, StoreError> {
    Ok(context.store.installation().one(&ANY_ACCOUNT, vec![]).await?.is_some())
}

/// An account as sign-in needs it.
pub(crate) struct SignInAccount {
    pub account: AccountId,
    pub password_hash: String,
    pub organization: OrganizationId,
}

pub(crate) async fn account_by_email(
    context: &Context,
    email: &str,
) -> Result<Option<SignInAccount>, StoreError> {
    let row = context.store.installation().one(&ACCOUNT_BY_EMAIL, values![email]).await?;
    row.map(|row| {
        Ok(SignInAccount { account: row.get(0)?, password_hash: row.get(1)?, organization: row.get(2)? })
    })
    .transpose()
}

/// Opens a session and returns its token, which exists nowhere else.
pub async fn open_session(
    context: &Context,
    organization: OrganizationId,
    account: AccountId,
) -> Result<String, StoreError> {
    let token = hex::encode(context.random::<32>());
    let now = context.now();
    let hash = foundation::web::hash_token(&token);
    let values = values![&hash[..], organization, account, now, now + rules::LIFE_MAX];
    context.store.installation().write(Batch::new().add(&INSERT_SESSION, values)).await?;
    Ok(token)
}

/// A session as the guard needs it.
pub(crate) struct FoundSession {
    pub principal: Principal,
    pub seen_at: Timestamp,
    pub expires_at: Timestamp,
}

pub(crate) async fn session(
    context: &Context,
    token_hash: [u8; 32],
) -> Result<Option<FoundSession>, StoreError> {
    let row = context.store.installation().one(&SESSION_BY_TOKEN, values![&token_hash[..]]).await?;
    row.map(|row| {
        let (zone, locale): (String, String) = (row.get(4)?, row.get(5)?);
        Ok(FoundSession {
            principal: Principal {
                account: row.get(0)?,
                organization: row.get(1)?,
                role: row.get(2)?,
                organization_name: row.get(3)?,
                time_zone: rules::zone(&zone),
                locale: Locale::parse(&locale).unwrap_or(Locale::Es),
            },
            seen_at: row.get(6)?,
            expires_at: row.get(7)?,
        })
    })
    .transpose()
}

pub(crate) async fn touch_session(
    context: &Context,
    organization: OrganizationId,
    token_hash: [u8; 32],
    now: Timestamp,
) -> Result<(), StoreError> {
    let batch = Batch::new().add(&TOUCH_SESSION, values![&token_hash[..], now]);
    context.scope(organization).write(batch).await.map(|_| ())
}

pub(crate) async fn end_session(scope: &Scope, token_hash: [u8; 32]) -> Result<(), StoreError> {
    scope.write(Batch::new().add(&END_SESSION, values![&token_hash[..]])).await.map(|_| ())
}

pub(crate) async fn set_locale(scope: &Scope, account: AccountId, locale: Locale) -> Result<(), StoreError> {
    scope.write(Batch::new().add(&SET_ACCOUNT_LOCALE, values![account, locale.as_str()])).await.map(|_| ())
}

/// E-mail and password hash of a member.
pub(crate) async fn own_account(
    scope: &Scope,
    account: AccountId,
) -> Result<Option<(String, String)>, StoreError> {
    let row = scope.one(&ACCOUNT_OF_MEMBER, values![account]).await?;
    row.map(|row| Ok((row.get(0)?, row.get(1)?))).transpose()
}

/// Replaces the password and ends every session of that person in one piece.
pub(crate) async fn change_password(scope: &Scope, account: AccountId, hash: &str) -> Result<(), StoreError> {
    let batch = Batch::new()
        .add_exactly(1, &SET_PASSWORD, values![account, hash])
        .add(&END_SESSIONS_OF, values![account]);
    scope.write(batch).await.map(|_| ())
}

pub(crate) async fn update_organization(scope: &Scope, new: &NewOrganization) -> Result<(), StoreError> {
    let values = values![new.name.clone(), new.town.clone(), new.kind, new.time_zone.clone()];
    scope.write(Batch::new().add_exactly(1, &UPDATE_ORGANIZATION, values)).await.map(|_| ())
}

pub(crate) async fn members(scope: &Scope) -> Result<Vec<(String, Role, Timestamp)>, StoreError> {
    let rows = scope.all(&MEMBERS, vec![]).await?;
    rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).collect()
}

pub(crate) async fn expire_sessions(context: &Context, now: Timestamp) -> Result<u64, StoreError> {
    let batch = Batch::new().add(&EXPIRE_SESSIONS, values![now, now - rules::IDLE_MAX]);
    let outcomes = context.store.installation().write(batch).await?;
    Ok(outcomes.iter().map(|o| o.affected).sum())
}
