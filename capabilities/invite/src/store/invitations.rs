//! `invitation`: one customer asked once about one visit. Reads `customers`' tables, and `outgoing` for what became of a letter.

use asking::eligible::{Facts, LeftOut};
use domain::{
    AskPurpose, AskWay, CustomerId, DrawId, InvitationId, InvitationState, LawfulBasis, OrganizationId,
    OutgoingId, VisitId,
};
use foundation::Context;
use foundation::store::{Batch, Expect, Row, Scope, StoreError};
use foundation::values;
use jiff::Timestamp;

macro_rules! letter_columns {
    () => {
        "SELECT i.id, i.visit_id, i.customer_id, i.draw_id, i.token, i.purpose, i.visit_day, i.last_day, i.held_for, i.revision,
        c.name, c.email, c.phone, c.language, c.basis, c.opted_out_at, c.erased_at, v.cancelled_at
        FROM invitation i JOIN customer c ON c.organization_id = i.organization_id AND c.id = i.customer_id
        JOIN visit v ON v.organization_id = i.organization_id AND v.id = i.visit_id"
    };
}

foundation::statements! {
    /// Visits that nobody has decided about: no invitation, in no lot that is open, and none to come that takes them. `$4` is the lot that
    /// asks; where everyone is asked (0), whom a lot did not pick is asked like everybody.
    organization UNDECIDED = "SELECT v.id, v.customer_id, v.day, v.cancelled_at, c.email, c.phone, c.opted_out_at, c.erased_at,
        (SELECT MAX(COALESCE(i.sent_day, i.due_day)) FROM invitation i WHERE i.organization_id = $1 AND i.customer_id = v.customer_id
            AND i.state NOT IN ('left-out', 'cancelled', 'expired'))
        FROM visit v JOIN customer c ON c.organization_id = v.organization_id AND c.id = v.customer_id
        WHERE v.organization_id = $1 AND v.day BETWEEN $2 AND $3
        AND NOT EXISTS (SELECT 1 FROM invitation i WHERE i.organization_id = $1 AND i.visit_id = v.id)
        AND NOT EXISTS (SELECT 1 FROM draw_entry e JOIN draw l ON l.organization_id = $1 AND l.id = e.draw_id
            WHERE e.organization_id = $1 AND e.visit_id = v.id AND (CAST($4 AS BIGINT) > 0 OR e.picked = 1 OR l.state <> 'drawn'))
        AND NOT EXISTS (SELECT 1 FROM draw d WHERE d.organization_id = $1 AND d.state = 'promised' AND d.id <> $4
            AND v.day BETWEEN d.from_day AND d.until_day)
        ORDER BY v.day, v.id LIMIT $5";
    organization INSERT = "INSERT INTO invitation (organization_id, id, visit_id, customer_id, draw_id, purpose, way, state, token, visit_day,
        due_day, last_day, held_for, created_at, revision) VALUES {rows: $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 1}";
    /// Those whose day has come, who must leave first in front; of one day in the order of their tokens, which are random.
    organization DUE = concat!(letter_columns!(), " WHERE i.organization_id = $1 AND i.state = 'waiting' AND i.due_day <= $2
        AND i.last_day >= $5 AND i.last_day <= $3 ORDER BY i.last_day, i.token LIMIT $4");
    /// Those that were delivered and not answered, and may be asked once more.
    organization REMIND = concat!(letter_columns!(), " JOIN outgoing o ON o.organization_id = i.organization_id AND o.id = i.letter_id
        WHERE i.organization_id = $1 AND i.state = 'sent' AND i.reminder_id IS NULL AND i.sent_day BETWEEN $2 AND $3
        AND i.visit_day >= $4 AND o.state = 'accepted' AND c.opted_out_at IS NULL AND c.erased_at IS NULL AND v.cancelled_at IS NULL
        ORDER BY i.sent_day, i.token LIMIT $5");
    organization WAITING_DAYS = "SELECT last_day, COUNT(*) FROM invitation WHERE organization_id = $1 AND state = 'waiting' AND last_day >= $2
        GROUP BY last_day ORDER BY last_day";
    /// What a round may have to do about those that wait: past their day; put off by an incident; to be put off; due; all.
    organization AGENDA = "SELECT COUNT(CASE WHEN last_day < $3 THEN 1 END), COUNT(CASE WHEN due_day <= $2 AND held_for = 'incident' THEN 1 END),
        COUNT(CASE WHEN due_day <= $2 AND last_day > $2 AND held_for <> 'incident' THEN 1 END),
        COUNT(CASE WHEN due_day <= $2 AND last_day >= $3 THEN 1 END) FROM invitation WHERE organization_id = $1 AND state = 'waiting'";
    organization SENT_TODAY = "SELECT COUNT(*) FROM invitation WHERE organization_id = $1 AND sent_day = $2";
    organization REMINDED_SINCE = "SELECT COUNT(*) FROM invitation WHERE organization_id = $1 AND reminded_at >= $2";
    /// Not to somebody who said no, or was forgotten, a moment ago.
    organization SENT = "UPDATE invitation SET state = 'sent', letter_id = $3, way = $4, sent_at = $5, sent_day = $6, held_for = '',
        revision = revision + 1 WHERE organization_id = $1 AND id = $2 AND state = 'waiting' AND revision = $7
        AND EXISTS (SELECT 1 FROM customer c WHERE c.organization_id = $1 AND c.id = invitation.customer_id
            AND c.opted_out_at IS NULL AND c.erased_at IS NULL)";
    organization REMINDED = "UPDATE invitation SET reminder_id = $3, reminded_at = $4, revision = revision + 1
        WHERE organization_id = $1 AND id = $2 AND state = 'sent' AND reminder_id IS NULL AND revision = $5
        AND EXISTS (SELECT 1 FROM customer c WHERE c.organization_id = $1 AND c.id = invitation.customer_id
            AND c.opted_out_at IS NULL AND c.erased_at IS NULL)";
    organization CLOSE = "UPDATE invitation SET state = $3, held_for = $4, revision = revision + 1
        WHERE organization_id = $1 AND id = $2 AND state = 'waiting'";
    organization HOLD = "UPDATE invitation SET held_for = $3 WHERE organization_id = $1 AND id = $2 AND state = 'waiting'";
    organization HOLD_ALL = "UPDATE invitation SET held_for = 'incident' WHERE organization_id = $1 AND state = 'waiting' AND due_day <= $2
        AND last_day > $2 AND held_for <> 'incident'";
    organization RELEASE_ALL = "UPDATE invitation SET held_for = '' WHERE organization_id = $1 AND state = 'waiting' AND due_day <= $2
        AND held_for = 'incident'";
    organization EXPIRE = "UPDATE invitation SET state = 'expired', revision = revision + 1
        WHERE organization_id = $1 AND state = 'waiting' AND last_day < $2";
    organization ANSWER = "UPDATE invitation SET state = 'answered', answered_at = $3, revision = revision + 1
        WHERE organization_id = $1 AND id = $2 AND answered_at IS NULL AND state IN ('sent', 'opted-out')";
    organization OPEN = "UPDATE invitation SET opened_at = $3 WHERE organization_id = $1 AND id = $2 AND opened_at IS NULL
        AND EXISTS (SELECT 1 FROM invite_setting s WHERE s.organization_id = $1 AND s.count_opens = 1)";
    organization SAID_NO = "UPDATE invitation SET opted_out_at = $3 WHERE organization_id = $1 AND id = $2 AND opted_out_at IS NULL";
    organization STOP = "UPDATE invitation SET state = 'opted-out', revision = revision + 1
        WHERE organization_id = $1 AND customer_id = $2 AND state IN ('waiting', 'sent')";
    /// Nothing in the row leads to her or lets anybody answer in her place.
    organization FORGET = "UPDATE invitation SET token = 'forgotten-' || CAST(id AS TEXT), revision = revision + 1,
        state = CASE WHEN state IN ('waiting', 'sent') THEN 'cancelled' ELSE state END WHERE organization_id = $1 AND customer_id = $2";
    organization OF_CUSTOMER = "SELECT purpose, way, state, visit_day, held_for, sent_at, reminded_at, opened_at, answered_at, opted_out_at
        FROM invitation WHERE organization_id = $1 AND customer_id = $2 ORDER BY id DESC LIMIT 200";
    /// Whoever got a letter knows its token and nothing else.
    installation BY_TOKEN = "SELECT i.organization_id, i.id, i.customer_id, i.draw_id, i.purpose, i.state, i.visit_day, i.reminded_at,
        i.answered_at, c.language, c.email, c.phone, c.opted_out_at FROM invitation i
        JOIN customer c ON c.organization_id = i.organization_id AND c.id = i.customer_id WHERE i.token = $1";
}

/// A visit that nobody has decided about.
#[derive(Debug, Clone)]
pub struct Undecided {
    /// Which.
    pub visit: VisitId,
    /// Whose.
    pub customer: CustomerId,
    /// How she can be asked.
    pub way: AskWay,
    /// What decides whether she may be.
    pub facts: Facts,
}

/// Visits of these days that nobody has decided about, the oldest first. `since_day`: see [`Facts::since_day`].
pub async fn undecided(
    scope: &Scope,
    days: (i64, i64),
    since_day: i64,
    of_draw: Option<DrawId>,
    today: i64,
    limit: u32,
) -> Result<Vec<Undecided>, StoreError> {
    let values = values![days.0, days.1, of_draw.map_or(0, |draw| draw.0), limit];
    let rows = scope.all(&UNDECIDED, values).await?;
    rows.iter()
        .map(|row| {
            let (email, phone): (String, String) = (row.get(4)?, row.get(5)?);
            let erased = row.get::<Option<Timestamp>>(7)?.is_some();
            let asked_on: Option<i64> = row.get(8)?;
            Ok(Undecided {
                visit: row.get(0)?,
                customer: row.get(1)?,
                way: if email.is_empty() { AskWay::Sms } else { AskWay::Email },
                facts: Facts {
                    visit_day: row.get(2)?,
                    since_day,
                    cancelled: row.get::<Option<Timestamp>>(3)?.is_some(),
                    reachable: !erased && (!email.is_empty() || !phone.is_empty()),
                    opted_out: row.get::<Option<Timestamp>>(6)?.is_some(),
                    asked_days_ago: asked_on.map(|day| (today - day).max(0)),
                },
            })
        })
        .collect()
}

/// Symbols of a token: 125 bits of chance.
const TOKEN_LENGTH: usize = 26;

/// A new invitation.
#[derive(Debug, Clone, Copy)]
pub struct New {
    /// Which visit.
    pub visit: VisitId,
    /// Whose.
    pub customer: CustomerId,
    /// How.
    pub way: AskWay,
    /// The lot that chose her.
    pub draw: Option<DrawId>,
    /// What for.
    pub purpose: AskPurpose,
    /// The day of the visit.
    pub visit_day: i64,
    /// Not before this day.
    pub due_day: i64,
    /// Why she is not asked; her row says so.
    pub left_out: Option<LeftOut>,
}

/// Adds invitations to a batch. A visit that has one already makes it a conflict.
pub fn insert(context: &Context, batch: &mut Batch, all: &[New]) {
    let now = context.now();
    let first = context.new_id();
    let rows: Vec<_> = all
        .iter()
        .zip(0i64..)
        .map(|(new, at)| {
            let state =
                if new.left_out.is_some() { InvitationState::LeftOut } else { InvitationState::Waiting };
            values![
                first + at,
                new.visit,
                new.customer,
                new.draw,
                new.purpose,
                new.way,
                state,
                asking::code::make(&context.random::<TOKEN_LENGTH>(), TOKEN_LENGTH),
                new.visit_day,
                new.due_day,
                new.visit_day + asking::SEND_DAYS,
                new.left_out.map_or("", LeftOut::as_str),
                now
            ]
        })
        .collect();
    let n = rows.len() as u64;
    batch.push(&INSERT, rows, Expect::Exactly(n));
}

/// An invitation with what its letter needs.
#[derive(Debug, Clone)]
pub struct Ready {
    /// Which.
    pub id: InvitationId,
    /// Which visit.
    pub visit: VisitId,
    /// Whose.
    pub customer: CustomerId,
    /// The lot that chose her.
    pub draw: Option<DrawId>,
    /// What opens her form.
    pub token: String,
    /// What for.
    pub purpose: AskPurpose,
    /// When she was here.
    pub visit_day: i64,
    /// The last day on which it leaves.
    pub last_day: i64,
    /// Why it was put off; empty when it was not.
    pub held_for: String,
    revision: i64,
    /// Her name; may be empty.
    pub name: String,
    /// Her e-mail, lower case; may be empty.
    pub email: String,
    /// Her telephone; may be empty.
    pub phone: String,
    /// Her language; may be empty.
    pub language: String,
    /// Why she may be written to.
    pub basis: LawfulBasis,
    /// She said no meanwhile.
    pub opted_out: bool,
    /// She was forgotten, or the visit cancelled.
    pub gone: bool,
}

fn ready(row: &Row) -> Result<Ready, StoreError> {
    Ok(Ready {
        id: row.get(0)?,
        visit: row.get(1)?,
        customer: row.get(2)?,
        draw: row.get::<Option<i64>>(3)?.map(DrawId),
        token: row.get(4)?,
        purpose: row.get(5)?,
        visit_day: row.get(6)?,
        last_day: row.get(7)?,
        held_for: row.get(8)?,
        revision: row.get(9)?,
        name: row.get(10)?,
        email: row.get(11)?,
        phone: row.get(12)?,
        language: row.get(13)?,
        basis: row.get(14)?,
        opted_out: row.get::<Option<Timestamp>>(15)?.is_some(),
        gone: row.get::<Option<Timestamp>>(16)?.is_some() || row.get::<Option<Timestamp>>(17)?.is_some(),
    })
}

/// Invitations whose day has come; of those with a later last day than `until` none.
pub async fn due(scope: &Scope, today: i64, until: i64, limit: u32) -> Result<Vec<Ready>, StoreError> {
    scope
        .all(&DUE, values![today, until, limit, today - asking::LATE_DAYS])
        .await?
        .iter()
        .map(ready)
        .collect()
}

/// Invitations that may be repeated once: sent in these days, about visits not before `visit_from`.
pub async fn to_remind(
    scope: &Scope,
    sent: (i64, i64),
    visit_from: i64,
    limit: u32,
) -> Result<Vec<Ready>, StoreError> {
    scope.all(&REMIND, values![sent.0, sent.1, visit_from, limit]).await?.iter().map(ready).collect()
}

/// What a round may have to do about those that wait.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Agenda {
    /// Past their last day.
    pub late: u64,
    /// Put off by an incident.
    pub held: u64,
    /// Would be put off by one.
    pub to_hold: u64,
    /// Their day has come.
    pub due: u64,
}

/// What a round may have to do.
pub async fn agenda(scope: &Scope, today: i64) -> Result<Agenda, StoreError> {
    let Some(row) = scope.one(&AGENDA, values![today, today - asking::LATE_DAYS]).await? else {
        return Ok(Agenda::default());
    };
    Ok(Agenda { late: row.get(0)?, held: row.get(1)?, to_hold: row.get(2)?, due: row.get(3)? })
}

/// How many wait, by their last day.
pub async fn waiting_days(scope: &Scope, today: i64) -> Result<Vec<(i64, u32)>, StoreError> {
    scope
        .all(&WAITING_DAYS, values![today - asking::LATE_DAYS])
        .await?
        .iter()
        .map(|row| Ok((row.get(0)?, row.get(1)?)))
        .collect()
}

/// How many have left today.
pub async fn sent_today(scope: &Scope, today: i64) -> Result<u32, StoreError> {
    scope.one(&SENT_TODAY, values![today]).await?.map_or(Ok(0), |row| row.get(0))
}

/// How many reminders have left since a moment.
pub async fn reminded_since(scope: &Scope, since: Timestamp) -> Result<u32, StoreError> {
    scope.one(&REMINDED_SINCE, values![since]).await?.map_or(Ok(0), |row| row.get(0))
}

/// Adds to a batch that an invitation left in this letter. A conflict when she said no a moment ago.
pub fn sent(batch: &mut Batch, one: &Ready, letter: OutgoingId, way: AskWay, now: Timestamp, today: i64) {
    let values = values![one.id, letter, way, now, today, one.revision];
    batch.push(&SENT, vec![values], Expect::Exactly(1));
}

/// Adds to a batch that she was asked once more in this letter.
pub fn reminded(batch: &mut Batch, one: &Ready, letter: OutgoingId, now: Timestamp) {
    batch.push(&REMINDED, vec![values![one.id, letter, now, one.revision]], Expect::Exactly(1));
}

/// Adds to a batch that a waiting invitation will not leave, and why.
pub fn close(batch: &mut Batch, id: InvitationId, state: InvitationState, why: &str) {
    batch.push(&CLOSE, vec![values![id, state, why]], Expect::Any);
}

/// Adds to a batch why a waiting invitation is put off; empty for no more.
pub fn hold(batch: &mut Batch, id: InvitationId, why: &str) {
    batch.push(&HOLD, vec![values![id, why]], Expect::Any);
}

/// Adds to a batch that all whose day has come are put off by an incident, or no more.
pub fn hold_all(batch: &mut Batch, incident: bool, today: i64) {
    batch.push(if incident { &HOLD_ALL } else { &RELEASE_ALL }, vec![values![today]], Expect::Any);
}

/// Adds to a batch that whoever could not be asked in time is not asked.
pub fn expire(batch: &mut Batch, today: i64) {
    batch.push(&EXPIRE, vec![values![today - asking::LATE_DAYS]], Expect::Any);
}

/// Adds to a batch that she answered; a second time is a conflict.
pub fn answer(batch: &mut Batch, id: InvitationId, now: Timestamp) {
    batch.push(&ANSWER, vec![values![id, now]], Expect::Exactly(1));
}

/// Adds to a batch that she opened the form, where the owner said that it is counted.
pub fn open(batch: &mut Batch, id: InvitationId, now: Timestamp) {
    batch.push(&OPEN, vec![values![id, now]], Expect::Any);
}

/// Adds to a batch that she said no in this invitation: nothing more of hers leaves.
pub fn opt_out(batch: &mut Batch, id: InvitationId, customer: CustomerId, now: Timestamp) {
    batch.push(&SAID_NO, vec![values![id, now]], Expect::Any);
    batch.push(&STOP, vec![values![customer]], Expect::Any);
}

/// Adds to a batch that a customer's invitations lead to nobody.
pub fn forget(batch: &mut Batch, customer: CustomerId) {
    batch.push(&FORGET, vec![values![customer]], Expect::Any);
}

/// What is known of a customer's invitations, for whoever asks what is known of her.
pub async fn of_customer(scope: &Scope, customer: CustomerId) -> Result<Vec<serde_json::Value>, StoreError> {
    let time = |row: &Row, at: usize| -> Result<serde_json::Value, StoreError> {
        Ok(row.get::<Option<Timestamp>>(at)?.map_or(serde_json::Value::Null, |at| at.to_string().into()))
    };
    let rows = scope.all(&OF_CUSTOMER, values![customer]).await?;
    rows.iter()
        .map(|row| {
            Ok(serde_json::json!({
                "purpose": row.get::<AskPurpose>(0)?,
                "way": row.get::<AskWay>(1)?,
                "state": row.get::<InvitationState>(2)?,
                "visit_day": row.get::<i64>(3)?,
                "held_for": row.get::<String>(4)?,
                "sent_at": time(row, 5)?,
                "reminded_at": time(row, 6)?,
                "opened_at": time(row, 7)?,
                "answered_at": time(row, 8)?,
                "opted_out_at": time(row, 9)?,
            }))
        })
        .collect()
}

/// What is found under a token.
#[derive(Debug, Clone)]
pub struct Found {
    /// Whose.
    pub organization: OrganizationId,
    /// Which.
    pub id: InvitationId,
    /// The customer.
    pub customer: CustomerId,
    /// The lot that chose her.
    pub draw: Option<DrawId>,
    /// What for.
    pub purpose: AskPurpose,
    /// How far it has come.
    pub state: InvitationState,
    /// When she was here.
    pub visit_day: i64,
    /// Whether she was asked twice.
    pub reminded: bool,
    /// Whether she answered.
    pub answered: bool,
    /// Her language; may be empty.
    pub language: String,
    /// Her addresses; may be empty.
    pub contacts: [String; 2],
    /// Whether nobody writes to her any more.
    pub opted_out: bool,
}

/// The invitation with this token.
pub async fn by_token(context: &Context, token: &str) -> Result<Option<Found>, StoreError> {
    if token.len() != TOKEN_LENGTH || !token.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return Ok(None);
    }
    let row = context.store.installation().one(&BY_TOKEN, values![token]).await?;
    row.map(|row| {
        Ok(Found {
            organization: row.get(0)?,
            id: row.get(1)?,
            customer: row.get(2)?,
            draw: row.get::<Option<i64>>(3)?.map(DrawId),
            purpose: row.get(4)?,
            state: row.get(5)?,
            visit_day: row.get(6)?,
            reminded: row.get::<Option<Timestamp>>(7)?.is_some(),
            answered: row.get::<Option<Timestamp>>(8)?.is_some(),
            language: row.get(9)?,
            contacts: [row.get(10)?, row.get(11)?],
            opted_out: row.get::<Option<Timestamp>>(12)?.is_some(),
        })
    })
    .transpose()
}
