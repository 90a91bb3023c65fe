//! Answers and their fate (`reply`, `reply_event`).
//!
//! ```text
//! draft ─→ approved ─→ sending ─→ published          by e-mail: the outbox carries it
//!   ↑          │          ├─────→ failed ─→ approved  it can be sent again
//!   │          │          └─────→ unknown             nobody can know: a person says what became of it
//!   │          └─→ handed ─→ published                by hand: copied, published on the platform, "done"
//!   └───────────────┴─ "not published after all", or its text is changed once more
//! ```
//!
//! *What must stay true*: a mention has one reply row, so two windows cannot answer twice; every change names the revision
//! it was decided on and must touch exactly one row; the letter is written into the outbox in the batch that makes the reply
//! `sending`; a mention is answered in the batch that makes its reply `published`.

use domain::{AccountId, MentionId, OutgoingId, ReplyChange, ReplyId, ReplyStage, ReplyWay};
use foundation::Context;
use foundation::store::{Batch, Row, Scope, StoreError};
use foundation::values;
use jiff::Timestamp;

/// Longest answer, characters: what the platforms with the most room take (Google: 4,096 bytes).
pub const TEXT_MAX: usize = 4_000;

macro_rules! replies {
    ($rest:literal) => {
        concat!(
            "SELECT p.id, p.mention_id, p.client_key, p.text, p.stage, p.way, p.assisted, p.attempt, p.outgoing_id, p.written_by,
            p.approved_by, p.created_at, p.changed_at, p.published_at, p.revision FROM reply p WHERE p.organization_id = $1",
            $rest
        )
    };
}

/// The same, beside their letters.
macro_rules! replies_with_letters {
    () => {
        "SELECT p.id, p.mention_id, p.client_key, p.text, p.stage, p.way, p.assisted, p.attempt, p.outgoing_id, p.written_by,
        p.approved_by, p.created_at, p.changed_at, p.published_at, p.revision FROM reply p
        JOIN outgoing o ON o.organization_id = $1 AND o.id = p.outgoing_id WHERE p.organization_id = $1"
    };
}

/// The letter's state is no longer what the reply says: it arrived, failed, came back, or a person decided about it.
macro_rules! news {
    () => {
        "((p.stage = 'sending' AND o.state IN ('accepted', 'failed', 'unknown', 'held', 'dropped'))
        OR (p.stage = 'unknown' AND o.state NOT IN ('unknown', 'held')) OR (p.stage = 'failed' AND o.state <> 'failed')
        OR (p.stage = 'published' AND o.state = 'failed'))"
    };
}

foundation::statements! {
    organization ONE = replies!(" AND p.id = $2");
    organization OF_MENTION = replies!(" AND p.mention_id = $2");
    organization OF_KEY = replies!(" AND p.client_key = $2");
    /// By stage (NULL for all), the latest changed first, before a place in the list.
    organization LIST = replies!(" AND (CAST($2 AS TEXT) IS NULL OR p.stage = $2) AND p.id < $3 ORDER BY p.id DESC LIMIT $4");
    /// What a person has to finish: copied, failed, or nobody can know.
    organization HALFWAY = replies!(" AND p.stage IN ('handed', 'unknown', 'failed') ORDER BY p.id LIMIT $2");
    organization COUNT_HALFWAY = "SELECT COUNT(*) FROM reply WHERE organization_id = $1 AND stage IN ('handed', 'unknown', 'failed')";
    organization INSERT = "INSERT INTO reply (organization_id, id, mention_id, client_key, text, stage, way, assisted, attempt, written_by,
        created_at, changed_at, revision) VALUES ($1, $2, $3, $4, $5, 'draft', $6, $7, 0, $8, $9, $9, 1)";
    organization WRITE = "UPDATE reply SET text = $3, stage = 'draft', written_by = $4, approved_by = NULL, changed_at = $5,
        revision = revision + 1 WHERE organization_id = $1 AND id = $2 AND revision = $6 AND stage IN ('draft', 'approved')";
    organization APPROVE = "UPDATE reply SET stage = 'approved', approved_by = $3, changed_at = $4, revision = revision + 1
        WHERE organization_id = $1 AND id = $2 AND revision = $5 AND stage IN ('draft', 'approved')";
    organization SEND = "UPDATE reply SET stage = 'sending', way = 'email', outgoing_id = $3, attempt = attempt + 1, changed_at = $4,
        revision = revision + 1 WHERE organization_id = $1 AND id = $2 AND revision = $5 AND stage = 'approved'";
    organization HAND = "UPDATE reply SET stage = 'handed', way = 'hand', changed_at = $3, revision = revision + 1
        WHERE organization_id = $1 AND id = $2 AND revision = $4 AND stage = 'approved'";
    organization SETTLE = "UPDATE reply SET stage = $3, published_at = $4, changed_at = $5, revision = revision + 1
        WHERE organization_id = $1 AND id = $2 AND revision = $6";
    organization RECORD = "INSERT INTO reply_event (organization_id, id, reply_id, what, text, account_id, at) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    organization EVENTS = "SELECT e.what, e.text, a.email, e.at FROM reply_event e LEFT JOIN account a ON a.id = e.account_id
        WHERE e.organization_id = $1 AND e.reply_id = $2 ORDER BY e.id DESC LIMIT 100";
    /// What she answered before, to write as she writes: among the newest published ones, with what they answered. The walk is
    /// bounded before the stars are looked at.
    organization PAST = "SELECT m.stars, m.reply_text, COALESCE(r.aspects, '') FROM (SELECT id, stars, reply_text FROM mention
        WHERE organization_id = $1 AND id >= $2 AND replied_at IS NOT NULL ORDER BY id DESC LIMIT 500) m
        LEFT JOIN reading r ON r.organization_id = $1 AND r.mention_id = m.id
        WHERE m.reply_text IS NOT NULL AND (m.stars = $3 OR (CAST($3 AS BIGINT) IS NULL AND m.stars IS NULL)) ORDER BY m.id DESC LIMIT $4";
    /// Whose letters tell something new; the step looks for work of anybody.
    installation ORGANIZATIONS_NEWS = concat!("SELECT DISTINCT p.organization_id FROM reply p JOIN outgoing o
        ON o.organization_id = p.organization_id AND o.id = p.outgoing_id WHERE ", news!(), " LIMIT $1");
    organization NEWS = concat!(replies_with_letters!(), " AND ", news!(), " ORDER BY p.id LIMIT $2");
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// Its id.
    pub id: ReplyId,
    /// What it answers.
    pub mention: MentionId,
    /// The name the form gave it.
    pub client_key: String,
    /// Its words.
    pub text: String,
    /// How far it has come.
    pub stage: ReplyStage,
    /// How it gets there.
    pub way: ReplyWay,
    /// Whether it began as our draft.
    pub assisted: bool,
    /// How often it was handed to the outbox.
    pub attempt: i64,
    /// Its letter, if it goes by e-mail.
    pub outgoing: Option<OutgoingId>,
    /// Who wrote it last.
    pub written_by: Option<AccountId>,
    /// Who said: this text.
    pub approved_by: Option<AccountId>,
    /// When it was begun.
    pub created_at: Timestamp,
    /// When it changed last.
    pub changed_at: Timestamp,
    /// When it was there.
    pub published_at: Option<Timestamp>,
    /// Counts its changes.
    pub revision: i64,
}

fn reply(row: &Row) -> Result<Reply, StoreError> {
    Ok(Reply {
        id: row.get(0)?,
        mention: row.get(1)?,
        client_key: row.get(2)?,
        text: row.get(3)?,
        stage: row.get(4)?,
        way: row.get(5)?,
        assisted: row.get(6)?,
        attempt: row.get(7)?,
        outgoing: row.get(8)?,
        written_by: row.get(9)?,
        approved_by: row.get(10)?,
        created_at: row.get(11)?,
        changed_at: row.get(12)?,
        published_at: row.get(13)?,
        revision: row.get(14)?,
    })
}

/// One answer.
pub async fn one(scope: &Scope, id: ReplyId) -> Result<Option<Reply>, StoreError> {
    scope.one(&ONE, values![id]).await?.as_ref().map(reply).transpose()
}

/// The answer to a mention.
pub async fn of_mention(scope: &Scope, id: MentionId) -> Result<Option<Reply>, StoreError> {
    scope.one(&OF_MENTION, values![id]).await?.as_ref().map(reply).transpose()
}

/// Answers, the newest first; `before` continues a list.
pub async fn list(
    scope: &Scope,
    stage: Option<ReplyStage>,
    before: Option<ReplyId>,
    limit: u32,
) -> Result<Vec<Reply>, StoreError> {
    let before = before.unwrap_or(ReplyId(i64::MAX));
    scope.all(&LIST, values![stage, before, limit]).await?.iter().map(reply).collect()
}

/// What a person has to finish, the oldest first.
pub async fn halfway(scope: &Scope, limit: u32) -> Result<Vec<Reply>, StoreError> {
    scope.all(&HALFWAY, values![limit]).await?.iter().map(reply).collect()
}

/// How many answers a person has to finish.
pub async fn count_halfway(scope: &Scope) -> Result<i64, StoreError> {
    scope.one(&COUNT_HALFWAY, vec![]).await?.map_or(Ok(0), |row| row.get(0))
}

/// Something that happened to an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// What.
    pub what: ReplyChange,
    /// The text it had, where that changed.
    pub text: Option<String>,
    /// Who, by e-mail; nobody when it happened by itself.
    pub by: Option<String>,
    /// When.
    pub at: Timestamp,
}

/// What happened to an answer, the latest first.
pub async fn events(scope: &Scope, id: ReplyId) -> Result<Vec<Event>, StoreError> {
    let rows = scope.all(&EVENTS, values![id]).await?;
    rows.iter()
        .map(|row| Ok(Event { what: row.get(0)?, text: row.get(1)?, by: row.get(2)?, at: row.get(3)? }))
        .collect()
}

/// Who acts: a person, through a page or through a program she gave a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct By {
    /// Whose account.
    pub account: AccountId,
}

/// A text as somebody wrote it.
#[derive(Debug, Clone)]
pub struct Written<'a> {
    /// What it answers.
    pub mention: MentionId,
    /// The name the form gave it: the same form sent twice is one answer.
    pub client_key: &'a str,
    /// The words.
    pub text: &'a str,
    /// Whether it began as our draft.
    pub assisted: bool,
    /// How it will get there.
    pub way: ReplyWay,
    /// The revision the form was made of; `None` for the first words.
    pub revision: Option<i64>,
}

/// Keeps what was written as a draft. The same key and words again are the same draft.
///
/// # Errors
/// A conflict when the mention has another answer, or this one has changed or left meanwhile.
pub async fn draft(
    context: &Context,
    scope: &Scope,
    by: By,
    written: &Written<'_>,
) -> Result<Reply, StoreError> {
    let now = context.now();
    let known = of_mention(scope, written.mention).await?;
    let id = known.as_ref().map_or_else(|| ReplyId(context.new_id()), |known| known.id);
    let batch = match &known {
        // The same words again change nothing, also not a person's yes to them.
        Some(known)
            if known.text == written.text
                && matches!(known.stage, ReplyStage::Draft | ReplyStage::Approved) =>
        {
            return Ok(known.clone());
        }
        // A form that was sent twice: its first words are there.
        Some(known) if written.revision.is_none() && known.client_key != written.client_key => {
            return Err(StoreError::stale("respond::reply"));
        }
        Some(known) => {
            let revision = written.revision.unwrap_or(known.revision);
            Batch::new().add_exactly(1, &WRITE, values![id, written.text, by.account, now, revision])
        }
        None => {
            let values = values![
                id,
                written.mention,
                written.client_key,
                written.text,
                written.way,
                written.assisted,
                by.account,
                now
            ];
            Batch::new().add_exactly(1, &INSERT, values)
        }
    };
    let batch = record(context, batch, id, ReplyChange::Written, Some(written.text), Some(by.account));
    scope.write(batch).await?;
    one(scope, id).await?.ok_or(StoreError::stale("respond::reply"))
}

/// A person says: this text, as it stands.
///
/// # Errors
/// A conflict when it has changed or left meanwhile.
pub async fn approve(context: &Context, scope: &Scope, by: By, known: &Reply) -> Result<Reply, StoreError> {
    let values = values![known.id, by.account, context.now(), known.revision];
    let batch = Batch::new().add_exactly(1, &APPROVE, values);
    let batch =
        record(context, batch, known.id, ReplyChange::Approved, Some(known.text.as_str()), Some(by.account));
    scope.write(batch).await?;
    one(scope, known.id).await?.ok_or(StoreError::stale("respond::reply"))
}

/// Adds to a batch what happened to an answer.
pub(crate) fn record(
    context: &Context,
    batch: Batch,
    id: ReplyId,
    what: ReplyChange,
    text: Option<&str>,
    by: Option<AccountId>,
) -> Batch {
    batch.add(&RECORD, values![context.new_id(), id, what, text, by, context.now()])
}

/// The batch that takes an approved answer for publishing by hand.
pub(crate) fn hand_batch(context: &Context, by: By, known: &Reply) -> Batch {
    let batch = Batch::new().add_exactly(1, &HAND, values![known.id, context.now(), known.revision]);
    record(context, batch, known.id, ReplyChange::Handed, None, Some(by.account))
}

/// The batch that ends, one way or another, what was on its way.
pub(crate) fn settle_batch(
    context: &Context,
    known: &Reply,
    stage: ReplyStage,
    what: ReplyChange,
    published_at: Option<Timestamp>,
    by: Option<AccountId>,
) -> Batch {
    let values = values![known.id, stage, published_at, context.now(), known.revision];
    record(context, Batch::new().add_exactly(1, &SETTLE, values), known.id, what, None, by)
}

/// A published answer to something of as many stars, to write as she writes.
#[derive(Debug, Clone)]
pub struct Past {
    /// The stars it answered.
    pub stars: Option<u8>,
    /// Its words.
    pub text: String,
    /// The aspect it answered most.
    pub aspect: Option<String>,
}

/// Her newest answers to mentions with so many stars in the last `days`.
pub async fn past(
    scope: &Scope,
    stars: Option<u8>,
    since: Timestamp,
    limit: u32,
) -> Result<Vec<Past>, StoreError> {
    let rows = scope.all(&PAST, values![MentionId::first_of(since), stars, limit]).await?;
    rows.iter()
        .map(|row| {
            let aspects: String = row.get(2)?;
            let aspect = understand::store::first_aspect(&aspects).map(str::to_owned);
            Ok(Past { stars: row.get(0)?, text: row.get(1)?, aspect })
        })
        .collect()
}

/// Replies whose letters tell something new.
pub async fn with_news(scope: &Scope, limit: u32) -> Result<Vec<Reply>, StoreError> {
    scope.all(&NEWS, values![limit]).await?.iter().map(reply).collect()
}
