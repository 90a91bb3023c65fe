//! **Notify**: telling people, never twice and never lost.
//!
//! *What for*: Timón notices things; this room makes sure that somebody hears of them, where and when she wants to.
//!
//! *How*: whoever has something to tell loads the [`Outbox`] of the organisation and [`put`](Outbox::put)s a [`Notice`]
//! into the batch that saves what it tells, so the two stand or fall together. That writes one row of `outgoing` for
//! each channel that wants this kind. `step` hands them over, one organisation at a time under a lease:
//!
//! ```text
//! queued ─→ dispatching ─→ accepted            the other side took it
//!   ↑  └──────────┬──────→ retry → …           it said "later", before or after
//!   │             ├──────→ failed              it said no, or "later" too often
//!   │             └──────→ unknown             nobody can know: a crash, or no answer after the last word
//!   └── a person: "send again" ── failed, unknown, held (came out of a backup)
//! folded                                        too many that day: the next digest lists it
//! ```
//!
//! A [`Letter`] goes to one person outside: [`put_letter`](Outbox::put_letter) writes one row to one address, which walks
//! the same way; [`fate`] tells what became of it, [`bounced`] what came back. What asks a customer is a letter too, or an
//! [`Sms`]: it waits for its moment, never leaves at night or without a way to refuse more, and can be [taken
//! back](take_back) until it leaves.
//!
//! Programs are told by [`events`], which repeats what may have arrived: they know it by its name.
//!
//! *What must stay true*: `dispatching` is on the disk before anything leaves, and is left only by who wrote it or, once
//! its lease is over, to `unknown`. What is `unknown` is never sent again by itself. A row's `name` is the same at every
//! attempt. Nothing goes out of a restored copy by itself. Notices go to the
//! organisation's own channels only, letters only to the one address they were written for.
//!
//! *What it never does*: write the texts of warnings and digests (their rooms do), decide what is worth telling, open a
//! socket other than through `connectors`.
//!
//! *Start at* [`Outbox`], then [`step::send_due`]. This room uses `accounts` (members, the zone).

pub mod events;
pub mod outbox;
pub mod pages;
pub mod rules;
pub mod sms;
pub mod step;
pub mod store;

use domain::{OrganizationId, OutgoingId, OutgoingState};
use foundation::Context;
use foundation::store::{Batch, Expect, Scope, StoreError};
use jiff::SignedDuration;
use jiff::civil::Date;

pub use connectors::notify::{Attachment, LetterHtml, Thread, Unsubscribe, letter_html, letter_text};
pub use events::{Event, Events};
pub use outbox::{Letter, Notice, Outbox, Sms};
pub use rules::{Decision, Preferences};
pub use sms::can_text;
pub use store::outgoing::{Fate, LetterTo};
pub use store::preferences;

/// Wakes [`step::send_due`]: call it after the batch with a notice is saved.
pub const QUEUED: &str = "notify-queued";

/// Wakes [`events::step::send_events`]: call it after the batch with an event is saved.
pub const EVENTS: &str = "notify-events";

/// Woken when the state of a letter has changed: ask for its [`fate`].
pub const SENT: &str = "notify-sent";

/// Which digest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    /// The day before its day.
    Day,
    /// The seven days before its day.
    Week,
}

/// A digest that somebody wants and nobody has made yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueDigest {
    /// Whose.
    pub organization: OrganizationId,
    /// Which.
    pub period: Period,
    /// The organisation's local day on which it is made.
    pub day: Date,
    /// The key to put it under: `digest:2026-11-26`, `weekly:2026-W48`.
    pub dedupe_key: String,
}

/// Digests whose hour has come, of every organisation, that some channel wants and that were not put yet. Whoever asks
/// composes each and puts it, also on a day without news: it may have to carry what was folded.
pub async fn due_digests(context: &Context) -> anyhow::Result<Vec<DueDigest>> {
    let mut due = Vec::new();
    let now = context.now();
    for organization in accounts::organizations(context, 1_000_000).await? {
        let (scope, zone) = (context.scope(organization.id), organization.zone());
        let preferences = preferences(&scope).await?;
        let day = rules::digest_day(now, &zone, &preferences);
        let Some(day) = day else { continue };
        let outbox = Outbox::load(context, organization.id).await?;
        let mut candidates = vec![(Period::Day, domain::NoticeKind::Digest, rules::digest_key(day))];
        if rules::weekly_day(now, &zone, &preferences).is_some() {
            candidates.push((Period::Week, domain::NoticeKind::Weekly, rules::weekly_key(day)));
        }
        // A key of this week's or this day's cannot be older than a week.
        let since = now - SignedDuration::from_hours(24 * 8);
        for (period, kind, dedupe_key) in candidates {
            if outbox.wants(kind) && !store::outgoing::has_key(&scope, &dedupe_key, since).await? {
                due.push(DueDigest { organization: organization.id, period, day, dedupe_key });
            }
        }
    }
    Ok(due)
}

/// Whether anybody would be told of a warning of this organisation.
pub async fn reaches_somebody(context: &Context, scope: &Scope) -> anyhow::Result<bool> {
    let outbox = Outbox::load(context, scope.organization()).await?;
    Ok(outbox.wants(domain::NoticeKind::Alarm))
}

/// What became of a message; `None` for one that is not this organisation's.
pub async fn fate(scope: &Scope, id: OutgoingId) -> Result<Option<Fate>, StoreError> {
    store::outgoing::fate(scope, id).await
}

/// What became of many messages; those that are not this organisation's are absent.
pub async fn fates(
    scope: &Scope,
    ids: &[OutgoingId],
) -> Result<std::collections::HashMap<OutgoingId, Fate>, StoreError> {
    store::outgoing::fates(scope, ids).await
}

/// Adds to a batch that an invitation or a reminder shall not leave any more. One that is being handed over, or has left,
/// stays as it is: its [`fate`] tells.
pub fn take_back(context: &Context, batch: &mut Batch, id: OutgoingId) {
    let values = vec![foundation::values![id, context.now()]];
    batch.push(&store::outgoing::TAKE_BACK, values, Expect::Any);
}

/// The batch of what a person decides about a letter that does not move by itself; wake [`QUEUED`] and [`SENT`] after it.
///
/// # Errors
/// A conflict when it does move, or there is none.
pub async fn decide_batch(
    context: &Context,
    scope: &Scope,
    id: OutgoingId,
    decision: Decision,
) -> Result<Batch, StoreError> {
    let message = store::outgoing::one(scope, id).await?.ok_or(StoreError::stale("notify::decide"))?;
    // Whoever writes the letter anew also lets one go of which nobody can know.
    if decision != Decision::Drop && !rules::decisions(message.state).contains(&decision) {
        return Err(StoreError::stale("notify::decide"));
    }
    if rules::decisions(message.state).is_empty() {
        return Err(StoreError::stale("notify::decide"));
    }
    Ok(store::outgoing::decide_batch(&message, decision, context.now()))
}

/// The thread a letter of ours was written in, by its name in the world.
pub async fn thread_of(scope: &Scope, name: &str) -> Result<Option<Thread>, StoreError> {
    let stored = store::outgoing::thread(scope, name).await?;
    Ok(stored.and_then(|json| serde_json::from_str(&json).ok()))
}

/// A message the mail server had taken came back: `words` is what the other side said, untrusted. Returns whether one
/// of this organisation's messages has this name and stood as accepted (or unknown); twice is once.
pub async fn bounced(context: &Context, scope: &Scope, name: &str, words: &str) -> Result<bool, StoreError> {
    let values = foundation::values![name, rules::clean_line(words, rules::ANSWER_MAX), context.now()];
    let outcomes = scope.write(Batch::new().add(&store::outgoing::BOUNCED, values)).await?;
    let did = outcomes.iter().any(|outcome| outcome.affected > 0);
    if did {
        context.wakes.wake(SENT);
    }
    Ok(did)
}

/// Adds to a batch that what asks a person and has not left yet never does (her address in lower case).
pub fn stop_asking(context: &Context, batch: &mut Batch, address: &str) {
    let values = foundation::values![address, context.now()];
    batch.push(&store::outgoing::STOP_ASKING, vec![values], Expect::Any);
}

/// The batch that empties every letter to one person outside (lower case; a telephone as it was written to): its words,
/// its files, its address. What had not left never does.
pub fn forget_address(context: &Context, address: &str) -> Batch {
    let mut batch = Batch::new();
    if !address.is_empty() {
        let values = foundation::values![address, context.now()];
        batch.push(&store::outgoing::FORGET_ADDRESS, vec![values], Expect::Any);
    }
    batch
}

/// Letters written to one person outside, the newest first, at most `limit`.
pub async fn letters_to(scope: &Scope, address: &str, limit: u32) -> Result<Vec<LetterTo>, StoreError> {
    store::outgoing::letters_to(scope, address, limit).await
}

/// Messages of an organisation that wait for a person.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Attention {
    /// They did not arrive.
    pub failed: i64,
    /// Nobody can know whether they arrived.
    pub unknown: i64,
    /// They came out of a backup.
    pub held: i64,
}

impl Attention {
    /// All of them.
    pub const fn all(self) -> i64 {
        self.failed + self.unknown + self.held
    }
}

/// How many messages wait for a person: for Hoy.
pub async fn attention(scope: &Scope) -> anyhow::Result<Attention> {
    let mut attention = Attention::default();
    for (state, count) in store::outgoing::count_open(scope).await? {
        match state {
            OutgoingState::Failed => attention.failed = count,
            OutgoingState::Unknown => attention.unknown = count,
            OutgoingState::Held => attention.held = count,
            _ => {}
        }
    }
    Ok(attention)
}

/// After a restore, before anything runs: what was pending in the copy is held for a person, and digests begin again
/// tomorrow. The copy does not know what has been sent since it was made.
pub async fn hold_restored(context: &Context) -> anyhow::Result<()> {
    let now = context.now();
    // The furthest "today" there is anywhere, so that no zone's digest of today comes again.
    let last = rules::days_since_1970(jiff::tz::offset(14).to_datetime(now).date());
    let mut batch = Batch::new()
        .add(&store::outgoing::DROP_EVENTS, foundation::values![now])
        .add(&store::outgoing::HOLD_PENDING, foundation::values![now]);
    batch.extend(store::no_digests_until(last));
    context.store.installation().write(batch).await?;
    Ok(())
}
