//! The tables of this room: `mailbox`, `mailbox_secret` and (in [`letters`]) `letter`.

pub mod letters;

use domain::{MailSecurity, MailboxId, MailboxState, OrganizationId, SourceId};
use foundation::Context;
use foundation::sealed;
use foundation::store::{Batch, Row, Scope, Statement, StoreError};
use foundation::values;
use jiff::Timestamp;
use listen::store::sources::{self, Hearing};

foundation::statements! {
    organization MAILBOXES = "SELECT id, source_id, address, host, port, security, user_name, folder, plus_address, state, since,
        uid_validity, last_uid, next_at, ok_at, failed_at, failures, error_key, ignored FROM mailbox
        WHERE organization_id = $1 AND state <> 'removed' ORDER BY id LIMIT 100";
    organization MAILBOX = "SELECT id, source_id, address, host, port, security, user_name, folder, plus_address, state, since,
        uid_validity, last_uid, next_at, ok_at, failed_at, failures, error_key, ignored FROM mailbox
        WHERE organization_id = $1 AND id = $2 AND state <> 'removed'";
    organization INSERT_MAILBOX = "INSERT INTO mailbox (organization_id, id, source_id, address, host, port, security, user_name,
        folder, plus_address, state, since, next_at, failures, ignored, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'active', $11, $12, 0, 0, $12)";
    organization SAVE_PASSWORD = "INSERT INTO mailbox_secret (organization_id, mailbox_id, password) VALUES ($1, $2, $3)
        ON CONFLICT (organization_id, mailbox_id) DO UPDATE SET password = excluded.password";
    organization DELETE_PASSWORD = "DELETE FROM mailbox_secret WHERE organization_id = $1 AND mailbox_id = $2";
    organization PASSWORD = "SELECT password FROM mailbox_secret WHERE organization_id = $1 AND mailbox_id = $2";
    organization SET_STATE = "UPDATE mailbox SET state = $3, next_at = $4, failures = 0, error_key = NULL
        WHERE organization_id = $1 AND id = $2 AND state <> 'removed'";
    organization ASK_NOW = "UPDATE mailbox SET next_at = $3 WHERE organization_id = $1 AND id = $2 AND state = 'active'";
    organization READ_WELL = "UPDATE mailbox SET uid_validity = $3, last_uid = $4, ok_at = $5, failures = 0, error_key = NULL,
        next_at = $6, ignored = ignored + $7 WHERE organization_id = $1 AND id = $2";
    organization READ_FAILED = "UPDATE mailbox SET failed_at = $3, failures = failures + 1, error_key = $4, next_at = $5
        WHERE organization_id = $1 AND id = $2";
    /// The step looks for work of anybody.
    installation DUE = "SELECT organization_id, id FROM mailbox WHERE state = 'active' AND next_at <= $1
        ORDER BY next_at LIMIT $2";
    /// The watch waits at mailboxes of anybody, those that are read well.
    installation WATCHABLE = "SELECT organization_id, id FROM mailbox
        WHERE state = 'active' AND failures = 0 AND uid_validity IS NOT NULL ORDER BY id LIMIT $1";
}

/// Every statement of the room.
pub fn statements() -> impl Iterator<Item = &'static Statement> {
    STATEMENTS.iter().chain(letters::STATEMENTS).copied()
}

/// A mailbox, without its password.
#[derive(Debug, Clone)]
pub struct Mailbox {
    /// Its id.
    pub id: MailboxId,
    /// The source its letters are mentions of.
    pub source: SourceId,
    /// The address people write to.
    pub address: String,
    /// The server.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How it is spoken to.
    pub security: MailSecurity,
    /// Who signs in.
    pub user: String,
    /// The folder that is read.
    pub folder: String,
    /// Whether the server delivers `name+anything@domain`.
    pub plus_address: bool,
    /// Whether it is read.
    pub state: MailboxState,
    /// From when on letters are read.
    pub since: Timestamp,
    /// How far it was read: the folder's life and the last letter.
    pub cursor: Option<(u32, u32)>,
    /// When it is asked next.
    pub next_at: Timestamp,
    /// When it last worked.
    pub ok_at: Option<Timestamp>,
    /// When it last failed.
    pub failed_at: Option<Timestamp>,
    /// How often in a row.
    pub failures: u32,
    /// Why: the end of a key.
    pub error_key: Option<String>,
    /// Letters that were nobody's: machines', and our own.
    pub ignored: i64,
}

impl Mailbox {
    fn from_row(row: &Row) -> Result<Self, StoreError> {
        let (life, last): (Option<u32>, Option<u32>) = (row.get(11)?, row.get(12)?);
        Ok(Self {
            id: row.get(0)?,
            source: row.get(1)?,
            address: row.get(2)?,
            host: row.get(3)?,
            port: u16::try_from(row.get::<u32>(4)?).unwrap_or(0),
            security: row.get(5)?,
            user: row.get(6)?,
            folder: row.get(7)?,
            plus_address: row.get(8)?,
            state: row.get(9)?,
            since: row.get(10)?,
            cursor: life.zip(last),
            next_at: row.get(13)?,
            ok_at: row.get(14)?,
            failed_at: row.get(15)?,
            failures: row.get(16)?,
            error_key: row.get(17)?,
            ignored: row.get(18)?,
        })
    }
}

/// The mailboxes of an organisation, oldest first.
pub async fn mailboxes(scope: &Scope) -> Result<Vec<Mailbox>, StoreError> {
    scope.all(&MAILBOXES, vec![]).await?.iter().map(Mailbox::from_row).collect()
}

/// One mailbox that was not removed.
pub async fn mailbox(scope: &Scope, id: MailboxId) -> Result<Option<Mailbox>, StoreError> {
    scope.one(&MAILBOX, values![id]).await?.as_ref().map(Mailbox::from_row).transpose()
}

/// What a password is sealed for: it opens for no other mailbox, whose server could be anybody's.
fn purpose(id: MailboxId) -> String {
    format!("mailbox:{id}")
}

fn save_password(context: &Context, scope: &Scope, id: MailboxId, password: &str) -> Batch {
    let sealed = sealed::seal(context, &purpose(id), scope.organization(), password.as_bytes());
    Batch::new().add(&SAVE_PASSWORD, values![id, sealed])
}

/// The password; `None` where there is none (a restored copy) or it was sealed elsewhere.
pub(crate) async fn password(
    context: &Context,
    scope: &Scope,
    id: MailboxId,
) -> Result<Option<String>, StoreError> {
    let Some(row) = scope.one(&PASSWORD, values![id]).await? else { return Ok(None) };
    let sealed: Vec<u8> = row.get(0)?;
    let plain = sealed::unseal(context, &purpose(id), scope.organization(), &sealed);
    Ok(plain.and_then(|bytes| String::from_utf8(bytes).ok()))
}

/// A mailbox as somebody types it in.
#[derive(Clone)]
pub struct NewMailbox {
    /// The address people write to.
    pub address: String,
    /// Whether the server delivers `name+anything@domain`.
    pub plus_address: bool,
    /// The server, who signs in, the password, the folder.
    pub account: connectors::mail::Account,
    /// How it is spoken to.
    pub security: MailSecurity,
}

/// Saves a mailbox of a source, due at once; a conflict when its address is there already.
pub(crate) async fn insert(
    context: &Context,
    scope: &Scope,
    source: SourceId,
    new: &NewMailbox,
) -> Result<MailboxId, StoreError> {
    let (id, now) = (MailboxId(context.new_id()), context.now());
    let account = &new.account;
    let mut batch = Batch::new().add_exactly(
        1,
        &INSERT_MAILBOX,
        values![
            id,
            source,
            new.address.as_str(),
            account.host.as_str(),
            u32::from(account.port),
            new.security,
            account.user.as_str(),
            account.folder.as_str(),
            new.plus_address,
            now - crate::rules::BACK,
            now
        ],
    );
    batch.extend(save_password(context, scope, id, &account.password));
    scope.write(batch).await?;
    Ok(id)
}

/// Keeps another password and asks at once.
pub(crate) async fn change_password(
    context: &Context,
    scope: &Scope,
    mailbox: &Mailbox,
    password: &str,
) -> Result<(), StoreError> {
    let mut batch = save_password(context, scope, mailbox.id, password);
    batch.extend(state_batch(mailbox, MailboxState::Active, context.now()));
    scope.write(batch).await.map(|_| ())
}

/// Starts, stops or removes a mailbox; a removed one forgets its password.
pub(crate) async fn set_state(
    scope: &Scope,
    mailbox: &Mailbox,
    state: MailboxState,
    now: Timestamp,
) -> Result<(), StoreError> {
    let mut batch = state_batch(mailbox, state, now);
    if state == MailboxState::Removed {
        batch = batch.add(&DELETE_PASSWORD, values![mailbox.id]);
    }
    scope.write(batch).await.map(|_| ())
}

/// The change of state, due at once, with what was wrong forgotten.
fn state_batch(mailbox: &Mailbox, state: MailboxState, now: Timestamp) -> Batch {
    let mut batch = Batch::new().add_exactly(1, &SET_STATE, values![mailbox.id, state, now]);
    sources::hearing(&mut batch, mailbox.source, now, Hearing::Forgotten);
    batch
}

fn pair(row: &Row) -> Result<(OrganizationId, MailboxId), StoreError> {
    Ok((row.get(0)?, row.get(1)?))
}

/// Mailboxes whose time has come, of all organisations.
pub(crate) async fn due(
    context: &Context,
    limit: u32,
) -> Result<Vec<(OrganizationId, MailboxId)>, StoreError> {
    let rows = context.store.installation().all(&DUE, values![context.now(), limit]).await?;
    rows.iter().map(pair).collect()
}

/// Mailboxes that can be waited at, of all organisations.
pub(crate) async fn watchable(
    context: &Context,
    limit: u32,
) -> Result<Vec<(OrganizationId, MailboxId)>, StoreError> {
    context.store.installation().all(&WATCHABLE, values![limit]).await?.iter().map(pair).collect()
}
