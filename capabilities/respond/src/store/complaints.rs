//! Complaints with their key and clock (`complaint`, `complaint_event`). A complaint is always made in a mention: what came by
//! letter or review is one already, what was said or handed over on paper is written down as one. Its answer is that
//! mention's reply.

use domain::{
    AccountId, ComplaintChange, ComplaintChannel, ComplaintId, ComplaintOutcome, ComplaintState, MentionId,
    OutgoingId,
};
use foundation::Context;
use foundation::store::{Batch, Row, Scope, StoreError};
use foundation::values;
use jiff::{Timestamp, tz::TimeZone};

use super::replies::By;
use crate::rules::complaint;

/// Complaints on a page of the register.
pub const SHOWN_MAX: u32 = 200;
/// Complaints in the register's file.
pub const FILE_MAX: u32 = 100_000;
/// Longest name, address; longest wish or note, characters.
pub const LINE_MAX: usize = 200;
/// See [`LINE_MAX`].
pub const NOTE_MAX: usize = 2_000;

macro_rules! complaints {
    ($rest:literal) => {
        concat!(
            "SELECT c.id, c.complaint_key, c.mention_id, c.channel, c.language, c.claimant, c.address, c.wish, c.state, c.outcome,
            c.received_at, c.due_at, c.answered_at, c.receipt_id, c.receipt_given_at, c.opened_at, c.revision, m.title, m.text, m.reply_text
            FROM complaint c JOIN mention m ON m.organization_id = $1 AND m.id = c.mention_id WHERE c.organization_id = $1",
            $rest
        )
    };
}

foundation::statements! {
    organization ONE = complaints!(" AND c.id = $2");
    organization OF_MENTION = complaints!(" AND c.mention_id = $2");
    organization REGISTER = complaints!(" AND (CAST($2 AS TEXT) IS NULL OR c.state = $2) ORDER BY c.received_at DESC, c.id DESC LIMIT $3");
    organization COUNTS = "SELECT state, COUNT(*), CAST(COALESCE(SUM(CASE WHEN answered_at <= due_at THEN 1 ELSE 0 END), 0) AS BIGINT)
        FROM complaint WHERE organization_id = $1 AND received_at >= $2 GROUP BY state";
    organization INSERT = "INSERT INTO complaint (organization_id, id, complaint_key, mention_id, channel, language, claimant, address, wish,
        state, received_at, due_at, opened_by, opened_at, revision) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'open', $10, $11, $12, $13, 1)";
    organization RECEIPT = "UPDATE complaint SET receipt_id = $3, receipt_given_at = $4, revision = revision + 1
        WHERE organization_id = $1 AND id = $2 AND revision = $5";
    organization CHANGE = "UPDATE complaint SET claimant = $3, address = $4, wish = $5, revision = revision + 1
        WHERE organization_id = $1 AND id = $2 AND revision = $6";
    organization SET_OUTCOME = "UPDATE complaint SET outcome = $3, revision = revision + 1
        WHERE organization_id = $1 AND mention_id = $2 AND state = 'open'";
    organization SET_STATE = "UPDATE complaint SET state = $3, answered_at = $4, revision = revision + 1
        WHERE organization_id = $1 AND id = $2 AND state = $5 AND revision = $6";
    organization RECORD = "INSERT INTO complaint_event (organization_id, id, complaint_id, what, text, account_id, at) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    organization EVENTS = "SELECT e.what, e.text, a.email, e.at FROM complaint_event e LEFT JOIN account a ON a.id = e.account_id
        WHERE e.organization_id = $1 AND e.complaint_id = $2 ORDER BY e.id DESC LIMIT 200";
    /// Whoever waits for the answer to a complaint: the address it was given with, and the one it was written from.
    organization OPEN_ADDRESSES = "SELECT LOWER(c.address), LOWER(COALESCE(l.address, '')) FROM complaint c
        LEFT JOIN letter l ON l.organization_id = c.organization_id AND l.mention_id = c.mention_id
        WHERE c.organization_id = $1 AND c.state = 'open'";
    organization MENTION_LANGUAGE = "SELECT language FROM reading WHERE organization_id = $1 AND mention_id = $2";
}

/// A complaint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Complaint {
    /// Its id.
    pub id: ComplaintId,
    /// The key its claimant has (clave identificativa).
    pub key: String,
    /// Where it was made.
    pub mention: MentionId,
    /// How it was made.
    pub channel: ComplaintChannel,
    /// Its language, in which it is answered.
    pub language: String,
    /// Who complains, as she signs.
    pub claimant: String,
    /// Her e-mail, if we have it.
    pub address: String,
    /// What she asks for.
    pub wish: String,
    /// Where it stands.
    pub state: ComplaintState,
    /// How it was decided.
    pub outcome: Option<ComplaintOutcome>,
    /// When it came.
    pub received_at: Timestamp,
    /// The last moment for an answer.
    pub due_at: Timestamp,
    /// When it was answered.
    pub answered_at: Option<Timestamp>,
    /// The letter with its receipt.
    pub receipt: Option<OutgoingId>,
    /// When the receipt was sent or handed over.
    pub receipt_given_at: Option<Timestamp>,
    /// When it was entered in the register.
    pub opened_at: Timestamp,
    /// Counts its changes.
    pub revision: i64,
    /// What happened, in her words.
    pub facts: String,
    /// What was answered.
    pub answer: Option<String>,
}

fn complaint(row: &Row) -> Result<Complaint, StoreError> {
    let (title, text): (Option<String>, String) = (row.get(17)?, row.get(18)?);
    Ok(Complaint {
        id: row.get(0)?,
        key: row.get(1)?,
        mention: row.get(2)?,
        channel: row.get(3)?,
        language: row.get(4)?,
        claimant: row.get(5)?,
        address: row.get(6)?,
        wish: row.get(7)?,
        state: row.get(8)?,
        outcome: row.get(9)?,
        received_at: row.get(10)?,
        due_at: row.get(11)?,
        answered_at: row.get(12)?,
        receipt: row.get(13)?,
        receipt_given_at: row.get(14)?,
        opened_at: row.get(15)?,
        revision: row.get(16)?,
        facts: understand::rules::whole_text(title.as_deref(), &text),
        answer: row.get(19)?,
    })
}

/// One complaint.
pub async fn one(scope: &Scope, id: ComplaintId) -> Result<Option<Complaint>, StoreError> {
    scope.one(&ONE, values![id]).await?.as_ref().map(complaint).transpose()
}

/// The complaint made in a mention.
pub async fn of_mention(scope: &Scope, id: MentionId) -> Result<Option<Complaint>, StoreError> {
    scope.one(&OF_MENTION, values![id]).await?.as_ref().map(complaint).transpose()
}

/// The register, the newest first; `state` `None` for all.
pub async fn register(
    scope: &Scope,
    state: Option<ComplaintState>,
    limit: u32,
) -> Result<Vec<Complaint>, StoreError> {
    scope.all(&REGISTER, values![state, limit]).await?.iter().map(complaint).collect()
}

/// How many of each state came since a moment, and how many were answered in time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Wait for an answer.
    pub open: u64,
    /// Were answered.
    pub answered: u64,
    /// Were taken back.
    pub withdrawn: u64,
    /// Of the answered, in time.
    pub in_time: u64,
}

/// Counts of complaints that came since a moment.
pub async fn counts(scope: &Scope, since: Timestamp) -> Result<Counts, StoreError> {
    let mut counts = Counts::default();
    for row in scope.all(&COUNTS, values![since]).await? {
        let n: u64 = row.get(1)?;
        match row.get(0)? {
            ComplaintState::Open => counts.open = n,
            ComplaintState::Answered => (counts.answered, counts.in_time) = (n, row.get(2)?),
            ComplaintState::Withdrawn => counts.withdrawn = n,
        }
    }
    Ok(counts)
}

/// The addresses (lower case) of everybody who waits for the answer to a complaint.
pub async fn open_addresses(scope: &Scope) -> Result<std::collections::HashSet<String>, StoreError> {
    let mut all = std::collections::HashSet::new();
    for row in scope.all(&OPEN_ADDRESSES, vec![]).await? {
        all.extend(
            [row.get::<String>(0)?, row.get::<String>(1)?].into_iter().filter(|address| !address.is_empty()),
        );
    }
    Ok(all)
}

/// What is known of a complaint when it is entered.
#[derive(Debug, Clone)]
pub struct New<'a> {
    /// Where it was made.
    pub mention: MentionId,
    /// How.
    pub channel: ComplaintChannel,
    /// Who complains.
    pub claimant: &'a str,
    /// Her e-mail.
    pub address: &'a str,
    /// What she asks for.
    pub wish: &'a str,
    /// When it came.
    pub received_at: Timestamp,
    /// Days to answer.
    pub days: i64,
    /// The language when the reading does not tell.
    pub language: &'a str,
}

/// Enters a complaint in the register. The mention's complaint, if it has one already.
pub async fn enter(
    context: &Context,
    scope: &Scope,
    by: By,
    zone: &TimeZone,
    new: &New<'_>,
) -> Result<Complaint, StoreError> {
    if let Some(known) = of_mention(scope, new.mention).await? {
        return Ok(known);
    }
    let read: Option<String> = match scope.one(&MENTION_LANGUAGE, values![new.mention]).await? {
        Some(row) => row.get(0)?,
        None => None,
    };
    let language = read.filter(|language| language != "unsure").unwrap_or_else(|| new.language.to_owned());
    let (id, now) = (ComplaintId(context.new_id()), context.now());
    let key = complaint::key(zone.to_datetime(new.received_at).date().year(), context.random::<8>());
    let due_at = complaint::due_at(new.received_at, new.days, zone);
    let values = values![
        id,
        key,
        new.mention,
        new.channel,
        language,
        cut(new.claimant, LINE_MAX),
        cut(new.address, LINE_MAX),
        cut(new.wish, NOTE_MAX),
        new.received_at,
        due_at,
        by.account,
        now
    ];
    let batch = Batch::new().add_exactly(1, &INSERT, values);
    let batch = record(context, batch, id, ComplaintChange::Opened, "", Some(by.account));
    match scope.write(batch).await {
        // Somebody was faster: hers is the complaint. A meeting of two keys is decided by asking again.
        Err(error) if error.is_conflict() => of_mention(scope, new.mention).await?.ok_or(error),
        Err(error) => Err(error),
        Ok(_) => one(scope, id).await?.ok_or(StoreError::stale("respond::complaint")),
    }
}

fn cut(text: &str, max: usize) -> String {
    text.trim().chars().take(max).collect()
}

/// Adds to a batch what happened to a complaint.
pub(crate) fn record(
    context: &Context,
    batch: Batch,
    id: ComplaintId,
    what: ComplaintChange,
    text: &str,
    by: Option<AccountId>,
) -> Batch {
    batch.add(&RECORD, values![context.new_id(), id, what, cut(text, NOTE_MAX), by, context.now()])
}

/// Keeps what was learnt about the claimant.
pub async fn change(
    scope: &Scope,
    known: &Complaint,
    claimant: &str,
    address: &str,
    wish: &str,
) -> Result<(), StoreError> {
    let values = values![
        known.id,
        cut(claimant, LINE_MAX),
        cut(address, LINE_MAX),
        cut(wish, NOTE_MAX),
        known.revision
    ];
    scope.write(Batch::new().add_exactly(1, &CHANGE, values)).await?;
    Ok(())
}

/// Keeps how a complaint was decided, with its answer.
pub async fn set_outcome(
    scope: &Scope,
    mention: MentionId,
    outcome: ComplaintOutcome,
) -> Result<(), StoreError> {
    scope.write(Batch::new().add_exactly(1, &SET_OUTCOME, values![mention, outcome])).await?;
    Ok(())
}

/// Adds a note to a complaint.
pub async fn note(
    context: &Context,
    scope: &Scope,
    by: By,
    id: ComplaintId,
    text: &str,
) -> Result<(), StoreError> {
    let batch = record(context, Batch::new(), id, ComplaintChange::Note, text, Some(by.account));
    scope.write(batch).await?;
    Ok(())
}

/// The batch that says the receipt was given: by the letter `outgoing`, or into her hand.
pub(crate) fn receipt_batch(
    context: &Context,
    known: &Complaint,
    by: By,
    outgoing: Option<OutgoingId>,
) -> Batch {
    let values = values![known.id, outgoing, context.now(), known.revision];
    let batch = Batch::new().add_exactly(1, &RECEIPT, values);
    record(context, batch, known.id, ComplaintChange::Receipt, "", Some(by.account))
}

/// The batch that closes a complaint with its answer, that says it was withdrawn, or that opens it again.
pub(crate) fn state_batch(
    context: &Context,
    known: &Complaint,
    to: ComplaintState,
    at: Option<Timestamp>,
    by: Option<AccountId>,
) -> Batch {
    let what = match to {
        ComplaintState::Open => ComplaintChange::Reopened,
        ComplaintState::Answered => ComplaintChange::Answered,
        ComplaintState::Withdrawn => ComplaintChange::Withdrawn,
    };
    let batch =
        Batch::new().add_exactly(1, &SET_STATE, values![known.id, to, at, known.state, known.revision]);
    record(context, batch, known.id, what, "", by)
}

/// Withdraws a complaint on its claimant's word, or opens it again.
pub async fn set_state(
    context: &Context,
    scope: &Scope,
    by: By,
    known: &Complaint,
    to: ComplaintState,
) -> Result<(), StoreError> {
    let at = (to == ComplaintState::Answered).then(|| context.now());
    scope.write(state_batch(context, known, to, at, Some(by.account))).await?;
    Ok(())
}

/// Something that happened to a complaint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// What.
    pub what: ComplaintChange,
    /// In somebody's words.
    pub text: String,
    /// Who, by e-mail.
    pub by: Option<String>,
    /// When.
    pub at: Timestamp,
}

/// What happened to a complaint, the latest first.
pub async fn events(scope: &Scope, id: ComplaintId) -> Result<Vec<Event>, StoreError> {
    let rows = scope.all(&EVENTS, values![id]).await?;
    rows.iter()
        .map(|row| Ok(Event { what: row.get(0)?, text: row.get(1)?, by: row.get(2)?, at: row.get(3)? }))
        .collect()
}
