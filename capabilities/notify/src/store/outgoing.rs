//! The outbox: one row per message and address. Every change of state names the state it comes from and must touch
//! exactly one row, so two who want to change the same message cannot both succeed. Messages to programs are rows of this
//! table too; `events` sends them, and nothing here that looks for work or for what a person should see takes them in. What asks
//! customers is handed over here as all letters are, and shown by the room that asks: a page of notices would drown in it.

use connectors::notify::Attachment;
use domain::{ChannelKind, NoticeKind, OrganizationId, OutgoingId, OutgoingState};
use foundation::Context;
use foundation::store::{Batch, Expect, Row, Scope, StoreError};
use foundation::values;
use jiff::Timestamp;

use std::collections::HashMap;

use crate::rules::Decision;

/// Organisations looked at in one run of the step.
const ORGANIZATIONS_AT_ONCE: u32 = 16;
/// Messages of one organisation in one run of the step.
const MESSAGES_AT_ONCE: u32 = 20;
/// Messages that a page shows, of those that wait for a person and of all.
pub const SHOWN_MAX: u32 = 50;
/// Messages asked for in one question.
const FATES_AT_ONCE: usize = 500;
/// Folded subjects that a digest lists.
const FOLDED_MAX: u32 = 200;

foundation::statements! {
    /// A message that this address has been told already is not told again: the key is unique.
    organization PUT = "INSERT INTO outgoing (organization_id, id, kind, channel_kind, address, dedupe_key, name, subject,
        body, link, state, attempts, next_at, answer_key, answer, created_at, changed_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 0, $12, '', '', $13, $13)
        ON CONFLICT (organization_id, channel_kind, address, dedupe_key) DO NOTHING";
    /// A letter's key is unique whatever its address; a second one touches no row, which undoes the caller's batch.
    organization PUT_LETTER = "INSERT INTO outgoing (organization_id, id, kind, channel_kind, address, dedupe_key, name, subject,
        body, link, state, attempts, next_at, answer_key, answer, created_at, changed_at, thread, attachment, attachment_name, html)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, '', 'queued', 0, $10, '', '', $11, $11, $12, $13, $14, $15)
        ON CONFLICT DO NOTHING";
    /// What has not left yet never will.
    organization TAKE_BACK = "UPDATE outgoing SET state = 'dropped', answer_key = 'taken-back', answer = '', changed_at = $3
        WHERE organization_id = $1 AND id = $2 AND kind IN ('invitation', 'reminder') AND state IN ('queued', 'retry', 'held')";
    /// What asks this person and has not left never does.
    organization STOP_ASKING = "UPDATE outgoing SET state = 'dropped', answer_key = 'taken-back', answer = '', changed_at = $3
        WHERE organization_id = $1 AND LOWER(address) = $2 AND kind IN ('invitation', 'reminder') AND state IN ('queued', 'retry', 'held')";
    /// Its hour is over: nobody is asked at night.
    organization POSTPONE = "UPDATE outgoing SET next_at = $3 WHERE organization_id = $1 AND id = $2 AND state IN ('queued', 'retry')";
    organization FATES = "SELECT id, state, answer_key, answer, changed_at, name FROM outgoing
        WHERE organization_id = $1 AND id IN ({list: 2})";
    organization FATE = "SELECT state, answer_key, answer, changed_at, name FROM outgoing WHERE organization_id = $1 AND id = $2";
    organization THREAD = "SELECT thread FROM outgoing WHERE organization_id = $1 AND name = $2
        AND kind IN ('reply', 'receipt') LIMIT 1";
    /// What the server took, or may have taken, came back.
    organization BOUNCED = "UPDATE outgoing SET state = 'failed', answer_key = 'bounced', answer = $3, changed_at = $4
        WHERE organization_id = $1 AND name = $2 AND state IN ('accepted', 'unknown')";
    /// Only when the digest was really put, and not an earlier one under its key.
    organization FOLD_INTO = "UPDATE outgoing SET folded_into = $2, changed_at = $6
        WHERE organization_id = $1 AND channel_kind = $3 AND address = $4 AND state = 'folded' AND folded_into IS NULL
        AND id <= $5 AND EXISTS (SELECT 1 FROM outgoing d WHERE d.organization_id = $1 AND d.id = $2)";
    organization FOLDED = "SELECT channel_kind, address, id, subject FROM outgoing
        WHERE organization_id = $1 AND state = 'folded' AND folded_into IS NULL ORDER BY id LIMIT $2";
    /// What rang since midnight, by address.
    organization INTERRUPTIONS = "SELECT channel_kind, address, COUNT(*) FROM outgoing
        WHERE organization_id = $1 AND created_at >= $2 AND kind IN ('alarm', 'warning') AND state NOT IN ('folded', 'dropped')
        GROUP BY channel_kind, address";
    organization TESTS_SINCE = "SELECT COUNT(*) FROM outgoing WHERE organization_id = $1 AND created_at >= $2 AND kind = 'test'";
    organization HAS_KEY = "SELECT 1 FROM outgoing WHERE organization_id = $1 AND dedupe_key = $2 AND created_at >= $3 LIMIT 1";
    organization DUE = "SELECT id, kind, channel_kind, address, name, subject, body, link, attempts, created_at,
        thread, attachment, attachment_name, html
        FROM outgoing WHERE organization_id = $1 AND channel_kind <> 'webhook' AND state IN ('queued', 'retry') AND next_at <= $2
        ORDER BY CASE WHEN kind IN ('alarm', 'test', 'reply', 'receipt') THEN 0 WHEN kind IN ('invitation', 'reminder') THEN 2
        ELSE 1 END, next_at, id LIMIT $3";
    /// On the disk before anything leaves.
    organization DISPATCH = "UPDATE outgoing SET state = 'dispatching', attempts = attempts + 1, answer_key = '', answer = '',
        changed_at = $3 WHERE organization_id = $1 AND id = $2 AND state IN ('queued', 'retry')";
    organization END_DISPATCH = "UPDATE outgoing SET state = $3, next_at = $4, answer_key = $5, answer = $6, changed_at = $7
        WHERE organization_id = $1 AND id = $2 AND state = 'dispatching'";
    /// Told before anything left: `dispatching` was never reached.
    organization END_BEFORE = "UPDATE outgoing SET state = $3, attempts = attempts + 1, next_at = $4, answer_key = $5, answer = $6,
        changed_at = $7 WHERE organization_id = $1 AND id = $2 AND state IN ('queued', 'retry')";
    /// What waits for the end of the quiet hours and was never tried.
    organization RELEASE = "UPDATE outgoing SET next_at = $3 WHERE organization_id = $1 AND kind = $2 AND state = 'queued'
        AND attempts = 0 AND next_at > $3";
    organization ANY_DISPATCHING = "SELECT id FROM outgoing WHERE organization_id = $1 AND channel_kind <> 'webhook' AND state = 'dispatching' AND next_at <= $2 LIMIT 1";
    /// Under the lease: whoever was handing these over is gone.
    organization INTERRUPTED = "UPDATE outgoing SET state = 'unknown', answer_key = 'interrupted', answer = '', changed_at = $2
        WHERE organization_id = $1 AND channel_kind <> 'webhook' AND state = 'dispatching'";
    organization DROP_PENDING = "UPDATE outgoing SET state = 'dropped', answer_key = 'channel-removed', answer = '', changed_at = $4
        WHERE organization_id = $1 AND channel_kind = $2 AND address = $3 AND kind NOT IN ('reply', 'receipt', 'invitation', 'reminder')
        AND (state IN ('queued', 'retry') OR (state = 'folded' AND folded_into IS NULL))";
    /// The gateway is gone.
    organization DROP_TEXTS = "UPDATE outgoing SET state = 'dropped', answer_key = 'channel-removed', answer = '', changed_at = $2
        WHERE organization_id = $1 AND channel_kind = 'sms' AND state IN ('queued', 'retry')";
    organization DECIDE = "UPDATE outgoing SET state = $3, next_at = $5, answer_key = $6, answer = '',
        attempts = CASE WHEN $3 = 'queued' THEN 0 ELSE attempts END, changed_at = $5 WHERE organization_id = $1 AND id = $2 AND state = $4";
    organization ONE = "SELECT id, kind, channel_kind, address, subject, state, attempts, next_at, answer_key, answer, created_at,
        changed_at, folded_into FROM outgoing WHERE organization_id = $1 AND id = $2";
    organization NEWEST = "SELECT id, kind, channel_kind, address, subject, state, attempts, next_at, answer_key, answer, created_at,
        changed_at, folded_into FROM outgoing WHERE organization_id = $1 AND channel_kind <> 'webhook'
        AND kind NOT IN ('invitation', 'reminder') ORDER BY id DESC LIMIT $2";
    organization OPEN = "SELECT id, kind, channel_kind, address, subject, state, attempts, next_at, answer_key, answer, created_at,
        changed_at, folded_into FROM outgoing WHERE organization_id = $1 AND state IN ('failed', 'unknown', 'held') AND channel_kind <> 'webhook'
        AND kind NOT IN ('invitation', 'reminder') ORDER BY id DESC LIMIT $2";
    organization COUNT_OPEN = "SELECT state, COUNT(*) FROM outgoing
        WHERE organization_id = $1 AND state IN ('failed', 'unknown', 'held') AND channel_kind <> 'webhook'
        AND kind NOT IN ('invitation', 'reminder') GROUP BY state";
    /// What was written to one person, without its words and where it went. What had not left stays here. Notices to the
    /// organisation's own channels are not hers, even where she is one of its people.
    organization FORGET_ADDRESS = "UPDATE outgoing SET address = '', subject = '', body = '', link = '', thread = '', answer = '',
        html = '', attachment = NULL, attachment_name = '', changed_at = $3,
        answer_key = CASE WHEN state IN ('queued', 'retry', 'held', 'failed', 'unknown') THEN 'forgotten' ELSE answer_key END,
        state = CASE WHEN state IN ('queued', 'retry', 'held', 'failed', 'unknown') THEN 'dropped' ELSE state END
        WHERE organization_id = $1 AND LOWER(address) = $2 AND kind IN ('reply', 'receipt', 'invitation', 'reminder')";
    /// Letters written to one person, the newest first.
    organization LETTERS_TO = "SELECT kind, subject, body, state, created_at, changed_at FROM outgoing
        WHERE organization_id = $1 AND LOWER(address) = $2 AND kind IN ('reply', 'receipt', 'invitation', 'reminder')
        ORDER BY id DESC LIMIT $3";
    /// The step looks for work of anybody.
    installation ORGANIZATIONS_DUE = "SELECT organization_id FROM outgoing
        WHERE state IN ('queued', 'retry', 'dispatching') AND next_at <= $1 AND channel_kind <> 'webhook'
        GROUP BY organization_id ORDER BY MIN(next_at) LIMIT $2";
    /// After a restore: programs ask for what is new themselves, and the copy has no secret to sign with.
    installation DROP_EVENTS = "UPDATE outgoing SET state = 'dropped', answer_key = 'restored', answer = '', changed_at = $1
        WHERE channel_kind = 'webhook' AND state IN ('queued', 'retry', 'dispatching')";
    /// After a restore: what was pending in the copy may have been sent since it was made.
    installation HOLD_PENDING = "UPDATE outgoing SET state = 'held', answer_key = 'restored', answer = '', changed_at = $1
        WHERE state IN ('queued', 'retry', 'dispatching') OR (state = 'folded' AND folded_into IS NULL)";
}

/// A message to be written into the outbox.
pub(crate) struct New<'a> {
    pub id: OutgoingId,
    pub kind: NoticeKind,
    pub channel_kind: ChannelKind,
    pub address: &'a str,
    pub dedupe_key: &'a str,
    pub name: String,
    pub subject: String,
    pub body: String,
    pub link: String,
    pub state: OutgoingState,
    pub next_at: Timestamp,
    pub now: Timestamp,
}

/// Adds a message to a batch.
pub(crate) fn put(batch: &mut Batch, new: New<'_>) {
    let values = values![
        new.id,
        new.kind,
        new.channel_kind,
        new.address,
        new.dedupe_key,
        new.name,
        new.subject,
        new.body,
        new.link,
        new.state,
        new.next_at,
        new.now
    ];
    batch.push(&PUT, vec![values], Expect::Any);
}

/// A letter to be written into the outbox.
pub(crate) struct NewLetter<'a> {
    pub id: OutgoingId,
    pub kind: NoticeKind,
    pub channel_kind: ChannelKind,
    pub address: &'a str,
    pub dedupe_key: &'a str,
    pub name: String,
    pub subject: String,
    pub body: String,
    pub thread: String,
    pub attachment: Option<&'a Attachment>,
    pub html: &'a str,
    pub next_at: Timestamp,
    pub now: Timestamp,
}

/// Adds a letter to a batch, which falls if there is one under its key.
pub(crate) fn put_letter(batch: &mut Batch, new: NewLetter<'_>) {
    let values = values![
        new.id,
        new.kind,
        new.channel_kind,
        new.address,
        new.dedupe_key,
        new.name,
        new.subject,
        new.body,
        new.next_at,
        new.now,
        new.thread,
        new.attachment.map(Attachment::content),
        new.attachment.map_or("", Attachment::name),
        new.html
    ];
    batch.push(&PUT_LETTER, vec![values], Expect::Exactly(1));
}

/// A letter that was written to one person.
#[derive(Debug, Clone)]
pub struct LetterTo {
    /// What it is.
    pub kind: NoticeKind,
    /// Its first line.
    pub subject: String,
    /// Its words.
    pub body: String,
    /// How far it has come.
    pub state: OutgoingState,
    /// When it was written.
    pub created_at: Timestamp,
    /// When its state changed.
    pub changed_at: Timestamp,
}

/// Letters written to one address (lower case), the newest first, at most `limit`.
pub(crate) async fn letters_to(
    scope: &Scope,
    address: &str,
    limit: u32,
) -> Result<Vec<LetterTo>, StoreError> {
    let rows = scope.all(&LETTERS_TO, values![address, limit]).await?;
    let letter = |row: &Row| {
        Ok(LetterTo {
            kind: row.get(0)?,
            subject: row.get(1)?,
            body: row.get(2)?,
            state: row.get(3)?,
            created_at: row.get(4)?,
            changed_at: row.get(5)?,
        })
    };
    rows.iter().map(letter).collect()
}

/// What became of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fate {
    /// How far it has come.
    pub state: OutgoingState,
    /// The end of the key of the sentence that explains the state (`notices-answer-…`); empty for none.
    pub answer_key: String,
    /// The other side's own words, untrusted.
    pub answer: String,
    /// When its state changed.
    pub changed_at: Timestamp,
    /// What it is known by in the world: its `Message-ID` is this and the sender's domain.
    pub name: String,
}

pub(crate) async fn fate(scope: &Scope, id: OutgoingId) -> Result<Option<Fate>, StoreError> {
    let Some(row) = scope.one(&FATE, values![id]).await? else { return Ok(None) };
    Ok(Some(Fate {
        state: row.get(0)?,
        answer_key: row.get(1)?,
        answer: row.get(2)?,
        changed_at: row.get(3)?,
        name: row.get(4)?,
    }))
}

/// What became of many; those that are not this organisation's are absent.
pub(crate) async fn fates(
    scope: &Scope,
    ids: &[OutgoingId],
) -> Result<HashMap<OutgoingId, Fate>, StoreError> {
    let mut fates = HashMap::with_capacity(ids.len());
    for some in ids.chunks(FATES_AT_ONCE) {
        let listed = some.iter().map(|id| foundation::store::Value::from(*id)).collect();
        for row in scope.all(&FATES, listed).await? {
            let fate = Fate {
                state: row.get(1)?,
                answer_key: row.get(2)?,
                answer: row.get(3)?,
                changed_at: row.get(4)?,
                name: row.get(5)?,
            };
            fates.insert(row.get(0)?, fate);
        }
    }
    Ok(fates)
}

/// The stored thread of a letter of this name, as JSON.
pub(crate) async fn thread(scope: &Scope, name: &str) -> Result<Option<String>, StoreError> {
    scope.one(&THREAD, values![name]).await?.map(|row| row.get(0)).transpose()
}

/// A message that may go out now.
pub(crate) struct Due {
    pub id: OutgoingId,
    pub kind: NoticeKind,
    pub channel_kind: ChannelKind,
    pub address: String,
    pub name: String,
    pub subject: String,
    pub body: String,
    pub link: String,
    pub attempts: u32,
    pub created_at: Timestamp,
    pub thread: String,
    pub attachment: Option<Vec<u8>>,
    pub attachment_name: String,
    pub html: String,
}

pub(crate) async fn due(scope: &Scope, now: Timestamp) -> Result<Vec<Due>, StoreError> {
    let rows = scope.all(&DUE, values![now, MESSAGES_AT_ONCE]).await?;
    rows.iter()
        .map(|row| {
            Ok(Due {
                id: row.get(0)?,
                kind: row.get(1)?,
                channel_kind: row.get(2)?,
                address: row.get(3)?,
                name: row.get(4)?,
                subject: row.get(5)?,
                body: row.get(6)?,
                link: row.get(7)?,
                attempts: row.get(8)?,
                created_at: row.get(9)?,
                thread: row.get(10)?,
                attachment: row.get(11)?,
                attachment_name: row.get(12)?,
                html: row.get(13)?,
            })
        })
        .collect()
}

pub(crate) async fn organizations_due(context: &Context) -> Result<Vec<OrganizationId>, StoreError> {
    let values = values![context.now(), ORGANIZATIONS_AT_ONCE];
    let rows = context.store.installation().all(&ORGANIZATIONS_DUE, values).await?;
    rows.iter().map(|row| row.get(0)).collect()
}

/// How an attempt ended, as it is stored.
pub(crate) struct End {
    pub state: OutgoingState,
    pub next_at: Timestamp,
    pub answer_key: &'static str,
    pub answer: String,
}

impl End {
    /// The change of a message that was being handed over, or of one that was told before.
    pub(crate) fn batch(self, id: OutgoingId, was_dispatching: bool, now: Timestamp) -> Batch {
        let statement = if was_dispatching { &END_DISPATCH } else { &END_BEFORE };
        let values = values![id, self.state, self.next_at, self.answer_key, self.answer, now];
        Batch::new().add_exactly(1, statement, values)
    }
}

/// A message with its fate, as pages show it.
#[derive(Debug, Clone)]
pub struct Outgoing {
    /// Its id.
    pub id: OutgoingId,
    /// What it tells.
    pub kind: NoticeKind,
    /// How it travels.
    pub channel_kind: ChannelKind,
    /// Where to.
    pub address: String,
    /// Its first line.
    pub subject: String,
    /// How far it has come.
    pub state: OutgoingState,
    /// How often it was tried.
    pub attempts: u32,
    /// When it is tried next, if it moves by itself.
    pub next_at: Timestamp,
    /// The end of the key of the sentence that explains the state; empty for none.
    pub answer_key: String,
    /// The other side's own words, untrusted.
    pub answer: String,
    /// When it was decided.
    pub created_at: Timestamp,
    /// When its state changed.
    pub changed_at: Timestamp,
    /// The digest that carries it.
    pub folded_into: Option<OutgoingId>,
}

pub(crate) fn outgoing(row: &Row) -> Result<Outgoing, StoreError> {
    Ok(Outgoing {
        id: row.get(0)?,
        kind: row.get(1)?,
        channel_kind: row.get(2)?,
        address: row.get(3)?,
        subject: row.get(4)?,
        state: row.get(5)?,
        attempts: row.get(6)?,
        next_at: row.get(7)?,
        answer_key: row.get(8)?,
        answer: row.get(9)?,
        created_at: row.get(10)?,
        changed_at: row.get(11)?,
        folded_into: row.get(12)?,
    })
}

/// One message.
pub async fn one(scope: &Scope, id: OutgoingId) -> Result<Option<Outgoing>, StoreError> {
    scope.one(&ONE, values![id]).await?.as_ref().map(outgoing).transpose()
}

/// The newest messages, at most `limit`.
pub async fn newest(scope: &Scope, limit: u32) -> Result<Vec<Outgoing>, StoreError> {
    scope.all(&NEWEST, values![limit]).await?.iter().map(outgoing).collect()
}

/// Messages that wait for a person, the newest first.
pub async fn open(scope: &Scope) -> Result<Vec<Outgoing>, StoreError> {
    scope.all(&OPEN, values![SHOWN_MAX]).await?.iter().map(outgoing).collect()
}

/// How many messages wait for a person, by state.
pub async fn count_open(scope: &Scope) -> Result<Vec<(OutgoingState, i64)>, StoreError> {
    let rows = scope.all(&COUNT_OPEN, vec![]).await?;
    rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
}

/// A person's word on a message; a conflict when it is not in the state it was shown in.
pub(crate) async fn decide(
    scope: &Scope,
    message: &Outgoing,
    decision: Decision,
    now: Timestamp,
) -> Result<(), StoreError> {
    scope.write(decide_batch(message, decision, now)).await.map(|_| ())
}

pub(crate) fn decide_batch(message: &Outgoing, decision: Decision, now: Timestamp) -> Batch {
    let (state, key) = match decision {
        Decision::Arrived => (OutgoingState::Accepted, "person-arrived"),
        Decision::Again => (OutgoingState::Queued, "person-again"),
        Decision::Drop => (OutgoingState::Dropped, "person-drop"),
    };
    let values = values![message.id, state, message.state, now, key];
    Batch::new().add_exactly(1, &DECIDE, values)
}

/// An address with the id and subject of something that was folded for it.
pub(crate) type Folded = (ChannelKind, String, OutgoingId, String);

pub(crate) async fn folded(scope: &Scope) -> Result<Vec<Folded>, StoreError> {
    let rows = scope.all(&FOLDED, values![FOLDED_MAX]).await?;
    rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))).collect()
}

pub(crate) async fn interruptions(
    scope: &Scope,
    since: Timestamp,
) -> Result<Vec<(ChannelKind, String, u32)>, StoreError> {
    let rows = scope.all(&INTERRUPTIONS, values![since]).await?;
    rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).collect()
}

pub(crate) async fn tests_since(scope: &Scope, since: Timestamp) -> Result<u32, StoreError> {
    scope.one(&TESTS_SINCE, values![since]).await?.map_or(Ok(0), |row| row.get(0))
}

/// Whether something was put under this key at or after `since`.
pub(crate) async fn has_key(scope: &Scope, key: &str, since: Timestamp) -> Result<bool, StoreError> {
    Ok(scope.one(&HAS_KEY, values![key, since]).await?.is_some())
}

pub(crate) async fn any_dispatching(scope: &Scope, now: Timestamp) -> Result<bool, StoreError> {
    Ok(scope.one(&ANY_DISPATCHING, values![now]).await?.is_some())
}
