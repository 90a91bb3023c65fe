//! An answer on its way: what a person approved goes out once, by letter or by her own hand.
//!
//! *How*: [`send`] writes the letter into the outbox in the batch that makes the reply `sending`; [`settle_all`] hears what
//! became of it. [`hand`] gives her the text to copy; [`done`] is her word that it is on the platform. Whoever publishes by
//! hand in two windows meets the same row, and the second is told.
//! *What must stay true*: nothing leaves that was not approved in these very words; nothing is sent twice by itself.

use connectors::notify::Thread;
use domain::{
    AccountId, ComplaintState, NoticeKind, OrganizationId, OutgoingState, ReplyChange, ReplyStage, ReplyWay,
};
use foundation::Context;
use foundation::steps::{Lease, Progress, Work};
use foundation::store::{Batch, Scope, StoreError};
use foundation::values;
use jiff::Timestamp;
use listen::save::{Given, answer_batch};
use notify::{Decision, Event, Events, Letter, Outbox};

use crate::store::replies::{self, By, Reply};
use crate::store::{complaints, promises};

/// Organisations and replies settled in one run of the step.
const AT_ONCE: u32 = 64;

/// Whom a letter goes to, and in which conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Addressee {
    /// The e-mail address.
    pub address: String,
    /// The subject of what is answered.
    pub subject: String,
    /// What the letter answers, and where answers to it go.
    pub thread: Thread,
}

/// Something promised in an answer, with the day by which it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Promised {
    /// What.
    pub text: String,
    /// Days since 1970, in the organisation's zone.
    pub due_day: i64,
}

/// Sends an approved answer by letter.
///
/// # Errors
/// A conflict when it was sent, or changed, meanwhile.
pub async fn send(
    context: &Context,
    scope: &Scope,
    by: By,
    reply: &Reply,
    to: &Addressee,
    promised: Option<&Promised>,
) -> anyhow::Result<Reply> {
    let mut outbox = Outbox::load(context, scope.organization()).await?;
    let mut batch = Batch::new();
    let letter = Letter {
        kind: NoticeKind::Reply,
        dedupe_key: format!("reply:{}:{}", reply.id, reply.attempt + 1),
        to: to.address.clone(),
        subject: answering(&to.subject),
        body: reply.text.clone(),
        thread: to.thread.clone(),
        attachment: None,
        html: None,
        not_before: None,
    };
    let outgoing = outbox.put_letter(&mut batch, &letter);
    let values = values![reply.id, outgoing, context.now(), reply.revision];
    batch = batch.add_exactly(1, &replies::SEND, values);
    batch = replies::record(context, batch, reply.id, ReplyChange::Sent, None, Some(by.account));
    if let Some(promised) = promised {
        batch = promises::add(context, batch, reply.mention, &promised.text, promised.due_day);
    }
    scope.write(batch).await?;
    context.wakes.wake(notify::QUEUED);
    Ok(replies::one(scope, reply.id).await?.ok_or(StoreError::stale("respond::publish"))?)
}

/// `Re: …`, once.
fn answering(subject: &str) -> String {
    let has_it = subject.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("re:"));
    if has_it || subject.is_empty() { subject.to_owned() } else { format!("Re: {subject}") }
}

/// Gives an approved answer to her to publish by hand.
///
/// # Errors
/// A conflict when it left, or changed, meanwhile.
pub async fn hand(
    context: &Context,
    scope: &Scope,
    by: By,
    reply: &Reply,
    promised: Option<&Promised>,
) -> Result<Reply, StoreError> {
    let mut batch = replies::hand_batch(context, by, reply);
    if let Some(promised) = promised {
        batch = promises::add(context, batch, reply.mention, &promised.text, promised.due_day);
    }
    scope.write(batch).await?;
    replies::one(scope, reply.id).await?.ok_or(StoreError::stale("respond::publish"))
}

/// Her word about what she published by hand, or about what nobody else can know: it is there.
///
/// # Errors
/// A conflict when it is not waiting for this word (any more).
pub async fn done(context: &Context, scope: &Scope, by: By, reply: &Reply) -> Result<(), StoreError> {
    let batch = match (reply.stage, reply.outgoing) {
        (ReplyStage::Handed, _) => Batch::new(),
        (ReplyStage::Unknown, Some(letter)) => {
            notify::decide_batch(context, scope, letter, Decision::Arrived).await?
        }
        _ => return Err(StoreError::stale("respond::publish")),
    };
    published(context, scope, reply, context.now(), Some(by), batch).await
}

/// Her word that it is not there, or that it shall be changed: it is a draft again. What was published by letter stays.
///
/// # Errors
/// A conflict when it is on its way, or already a draft.
pub async fn not_done(context: &Context, scope: &Scope, by: By, reply: &Reply) -> Result<(), StoreError> {
    let account = Some(by.account);
    let (stage, what) = (ReplyStage::Draft, ReplyChange::Reopened);
    let mut batch = replies::settle_batch(context, reply, stage, what, None, account);
    match (reply.stage, reply.way, reply.outgoing) {
        (ReplyStage::Handed, ..) => {}
        (ReplyStage::Unknown | ReplyStage::Failed, _, Some(letter)) => {
            batch.extend(notify::decide_batch(context, scope, letter, Decision::Drop).await?);
        }
        (ReplyStage::Published, ReplyWay::Hand, _) => {
            batch.extend(waits_again(context, scope, reply, account).await?);
        }
        // A letter stays where it is; an open complaint may need another.
        (ReplyStage::Published, ReplyWay::Email, _) if has_open_complaint(scope, reply).await? => {
            batch.extend(waits_again(context, scope, reply, account).await?);
        }
        _ => return Err(StoreError::stale("respond::publish")),
    }
    scope.write(batch).await?;
    Ok(())
}

/// Hands the same letter to the outbox once more, on a person's word.
///
/// # Errors
/// A conflict when it is on its way.
pub async fn again(context: &Context, scope: &Scope, by: By, reply: &Reply) -> Result<(), StoreError> {
    let (ReplyStage::Unknown | ReplyStage::Failed, Some(letter)) = (reply.stage, reply.outgoing) else {
        return Err(StoreError::stale("respond::publish"));
    };
    let mut batch = notify::decide_batch(context, scope, letter, Decision::Again).await?;
    let (stage, what) = (ReplyStage::Sending, ReplyChange::Sent);
    batch.extend(replies::settle_batch(context, reply, stage, what, None, Some(by.account)));
    scope.write(batch).await?;
    context.wakes.wake(notify::QUEUED);
    Ok(())
}

async fn has_open_complaint(scope: &Scope, reply: &Reply) -> Result<bool, StoreError> {
    let complaint = complaints::of_mention(scope, reply.mention).await?;
    Ok(complaint.is_some_and(|complaint| complaint.state == ComplaintState::Open))
}

/// Its mention is not answered after all, and its complaint is open again.
async fn waits_again(
    context: &Context,
    scope: &Scope,
    reply: &Reply,
    by: Option<AccountId>,
) -> Result<Batch, StoreError> {
    let mut batch = answer_batch(scope, reply.mention, None).await?.unwrap_or_default();
    if let Some(complaint) = complaints::of_mention(scope, reply.mention).await?
        && complaint.state == ComplaintState::Answered
    {
        batch.extend(complaints::state_batch(context, &complaint, ComplaintState::Open, None, by));
    }
    Ok(batch)
}

/// It is there: the mention is answered, its complaint closed, programs are told.
async fn published(
    context: &Context,
    scope: &Scope,
    reply: &Reply,
    at: Timestamp,
    by: Option<By>,
    mut batch: Batch,
) -> Result<(), StoreError> {
    let account = by.map(|by| by.account);
    let (stage, what) = (ReplyStage::Published, ReplyChange::Published);
    batch.extend(replies::settle_batch(context, reply, stage, what, Some(at), account));
    let given = Given { text: Some(&reply.text), at: Some(at) };
    batch.extend(answer_batch(scope, reply.mention, Some(given)).await?.unwrap_or_default());
    if let Some(complaint) = complaints::of_mention(scope, reply.mention).await?
        && complaint.state == ComplaintState::Open
        // Only an answer that decided about it closes it: one that left before it was made says nothing of it.
        && complaint.outcome.is_some()
    {
        let state = ComplaintState::Answered;
        batch.extend(complaints::state_batch(context, &complaint, state, Some(at), account));
    }
    let told = Event::ReplyPublished { reply: reply.id, mention: reply.mention };
    Events::load(context, scope).await?.add(&mut batch, &told);
    scope.write(batch).await?;
    context.wakes.wake(notify::EVENTS);
    Ok(())
}

/// The step: hears what became of the letters on their way.
pub async fn settle_all(context: &Context) -> anyhow::Result<Progress> {
    let rows = context.store.installation().all(&replies::ORGANIZATIONS_NEWS, values![AT_ONCE]).await?;
    let mut work = Work::default();
    for row in rows {
        let organization: OrganizationId = row.get(0)?;
        work.took(settle_claimed(context, organization).await);
    }
    work.outcome()
}

async fn settle_claimed(context: &Context, organization: OrganizationId) -> anyhow::Result<bool> {
    let Some(lease) = Lease::claim(context, format!("replies:{organization}")).await? else {
        return Ok(false);
    };
    let outcome = settle(context, &context.scope(organization)).await;
    lease.release(context).await?;
    outcome
}

async fn settle(context: &Context, scope: &Scope) -> anyhow::Result<bool> {
    let mut did = false;
    for reply in replies::with_news(scope, AT_ONCE).await? {
        match settle_one(context, scope, &reply).await {
            Ok(changed) => did |= changed,
            // Somebody decided about it meanwhile.
            Err(error) if error.is_conflict() => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(did)
}

/// The reply follows its letter; `false` when there is nothing new. The outbox is the truth of what left.
pub async fn settle_one(context: &Context, scope: &Scope, reply: &Reply) -> Result<bool, StoreError> {
    let Some(outgoing) = reply.outgoing else { return Ok(false) };
    let Some(fate) = notify::fate(scope, outgoing).await? else { return Ok(false) };
    let (stage, what) = match fate.state {
        OutgoingState::Accepted => {
            published(context, scope, reply, fate.changed_at, None, Batch::new()).await?;
            return Ok(true);
        }
        OutgoingState::Failed => (ReplyStage::Failed, ReplyChange::Failed),
        OutgoingState::Unknown | OutgoingState::Held => (ReplyStage::Unknown, ReplyChange::Unknown),
        OutgoingState::Dropped => (ReplyStage::Draft, ReplyChange::Reopened),
        // A person said "send it again": it is on its way once more.
        OutgoingState::Queued | OutgoingState::Dispatching | OutgoingState::Retry | OutgoingState::Folded => {
            (ReplyStage::Sending, ReplyChange::Sent)
        }
    };
    if stage == reply.stage {
        return Ok(false);
    }
    let mut batch = replies::settle_batch(context, reply, stage, what, None, None);
    if reply.stage == ReplyStage::Published {
        // It came back: nobody read it.
        batch.extend(waits_again(context, scope, reply, None).await?);
    }
    scope.write(batch).await?;
    Ok(true)
}
