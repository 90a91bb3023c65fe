//! Background work of this room: reading what nobody has read, and spreading what the owner corrected.

use domain::{AccountId, CorrectedField, CorrectionId, MentionId, OrganizationId, WatchTermId};
use foundation::Context;
use foundation::steps::{Lease, Progress, Work};
use foundation::store::{Batch, Scope, StoreError};
use listen::store::mentions::{self, Unread};
use nlp::{BusinessKind, Home, Model, Reader, WatchTerms};
use notify::{Event, Events};

use crate::rules::count::{Changes, Counted};
use crate::rules::learnt::Learnt;
use crate::rules::{self, Reading, names};
use crate::second;
use crate::store::{self, corrections, counts, watch};
use crate::{CORRECTED, READ};

/// Mentions read into one commit.
const BATCH: usize = 2_048;
/// Bytes of text read into one commit: a lease must not run out over long ones.
const BATCH_BYTES: usize = 2 << 20;
/// The same where a slow classifier is asked: a lease lasts for seconds, not for minutes.
const BATCH_OF_SECOND: usize = 256;
/// Organisations looked at in one run.
const AT_ONCE: u32 = 20;
/// The newest mentions are read again with what was learnt; older ones only where they are near-copies.
pub(crate) const AGAIN: u32 = 5_000;
/// Fingerprints compared in one go.
const STRETCH: u32 = 20_000;
/// Corrections spread in one go.
const SPREAD: u32 = 20;

/// Reads every mention on the queue. One batch per organisation and turn, so that a large import of one does not keep
/// the others waiting.
pub async fn read_pending(context: &Context) -> anyhow::Result<Progress> {
    let mut work = Work::default();
    for organization in mentions::organizations_unread(context, AT_ONCE).await? {
        work.took(read_organization(context, organization).await);
    }
    work.outcome()
}

/// The lease under which readings of an organisation change: counts are differences, so one at a time.
fn lease_name(organization: OrganizationId) -> String {
    format!("understand:{organization}")
}

async fn read_organization(context: &Context, organization: OrganizationId) -> anyhow::Result<bool> {
    let Some(lease) = Lease::claim(context, lease_name(organization)).await? else {
        return Ok(false);
    };
    let outcome = read_batch(context, &context.scope(organization), &lease).await;
    lease.release(context).await?;
    match outcome {
        // A mention was revised meanwhile: it is still on the queue and read in the next turn.
        Err(error) if error.is_conflict() => Ok(true),
        other => Ok(other?),
    }
}

async fn read_batch(context: &Context, scope: &Scope, lease: &Lease) -> Result<bool, StoreError> {
    let most = if second::is_installed() { BATCH_OF_SECOND } else { BATCH };
    let generation = mentions::queue_generation(scope).await?;
    // One more than is read: whether others wait.
    let mut unread = mentions::unread(scope, most + 1).await?;
    let all = unread.len();
    unread.truncate(most);
    let mut bytes = 0;
    let fits = unread.iter().take_while(|m| {
        bytes += m.text.len();
        bytes <= BATCH_BYTES
    });
    // at least one, however long
    let fits = fits.count().max(1);
    unread.truncate(fits);
    if unread.is_empty() {
        return Ok(false);
    }
    let know = Know::of(scope).await?;
    let mut batch = Batch::new();
    let ids: Vec<MentionId> = unread.iter().map(|m| m.id).collect();
    mentions::mark_read(&mut batch, &ids, generation);
    let more = all > unread.len();
    let read = save(context, scope, &mut batch, unread, know, Some(more)).await?;
    scope.write(lease.guard(context.now(), batch)).await?;
    metrics::counter!("timon_readings_total").increment(read as u64);
    context.wakes.wake(READ);
    context.wakes.wake(notify::EVENTS);
    Ok(true)
}

/// Learns from an organisation's corrections, off the threads of the pages: a thousand of them take half a second.
pub(crate) async fn learn(scope: &Scope) -> Result<Learnt, StoreError> {
    let corrections = corrections::in_force(scope).await?;
    let learning = tokio::task::spawn_blocking(move || Learnt::new(Model::embedded(), &corrections));
    learning.await.map_err(|error| StoreError::Engine(format!("learning stopped: {error}")))
}

/// What an organisation has taught and asked for: it goes into every reading.
struct Know {
    learnt: Learnt,
    names: WatchTerms,
    home: Home,
    kind: Option<BusinessKind>,
}

impl Know {
    async fn of(scope: &Scope) -> Result<Self, StoreError> {
        let learnt = learn(scope).await?;
        let terms = watch::terms(scope).await?;
        let terms = terms.iter().map(|term| names::to_watch(scope.organization(), term));
        // The form lets in only what can be watched, and fewer than the matcher holds.
        let names = WatchTerms::build(terms).unwrap_or_default();
        let (kind, town) = store::business(scope).await?;
        Ok(Self { learnt, names, home: rules::home(Model::embedded(), &town), kind: rules::business(kind) })
    }
}

/// Readings, in the order of the key, and where watched names were found.
type AllRead = (Vec<(Unread, Reading)>, Vec<(WatchTermId, MentionId)>);

impl Know {
    /// Reads mentions. Milliseconds for a thousand of them, and far longer with a classifier of the operator's own.
    fn read(&self, unread: Vec<Unread>) -> AllRead {
        let model = Model::embedded();
        let mut reader = Reader::at_home(self.home.clone());
        reader.set_kind(self.kind);
        let (mut hits, mut found) = (Vec::new(), Vec::new());
        let mut read: Vec<(Unread, Reading)> = Vec::with_capacity(unread.len());
        for mention in unread {
            let whole = rules::whole_text(mention.title.as_deref(), &mention.text);
            let mut reading =
                rules::read(&mut reader, (model, &self.learnt), &whole, mention.kind, mention.stars);
            self.learnt.apply(mention.id, &mut reading);
            reader.watch(&self.names, &whole, &mut hits);
            found.extend(hits.iter().map(|hit| (WatchTermId(hit.id), mention.id)));
            read.push((mention, reading));
        }
        // Newest first on the queue; in the order of the key on their way into the table.
        read.sort_unstable_by_key(|(m, _)| m.id);
        (read, found)
    }
}

/// Reads mentions, off the threads of the pages, and adds readings and counts to a batch; says how many. With `more`
/// (whether others wait on the queue) programs are told of those that nobody had read before.
async fn save(
    context: &Context,
    scope: &Scope,
    batch: &mut Batch,
    unread: Vec<Unread>,
    know: Know,
    more: Option<bool>,
) -> Result<usize, StoreError> {
    let watches = !know.names.is_empty();
    let reading = tokio::task::spawn_blocking(move || know.read(unread)).await;
    let (read, found) = reading.map_err(|error| StoreError::Engine(format!("reading stopped: {error}")))?;
    let ids: Vec<MentionId> = read.iter().map(|(m, _)| m.id).collect();
    let earlier = store::earlier(scope, &ids).await?;
    let mut changes = Changes::default();
    for (mention, reading) in &read {
        if let Some(before) = earlier.get(&mention.id) {
            changes.count(mention.day, mention.source, before, -1);
        }
        let counted =
            Counted { sentiment: reading.sentiment, aspects: reading.aspects.clone(), cause: reading.cause };
        changes.count(mention.day, mention.source, &counted, 1);
    }
    if let Some(more) = more {
        let new = read.iter().map(|(m, _)| m).filter(|m| !earlier.contains_key(&m.id));
        announce(context, scope, batch, new, more).await?;
    }
    store::save_readings(batch, &read, second::model_version(), context.now());
    counts::add(batch, changes);
    if watches {
        watch::save_hits(batch, &ids, &found);
    }
    Ok(read.len())
}

/// Adds to a batch that programs are told of mentions: of the fresh ones, not of the history that somebody imports.
async fn announce(
    context: &Context,
    scope: &Scope,
    batch: &mut Batch,
    new: impl Iterator<Item = &Unread>,
    more: bool,
) -> Result<(), StoreError> {
    let mut events = Events::load(context, scope).await?;
    let since = MentionId::first_of(context.now() - notify::events::rules::FRESH);
    let fresh = new.filter(|mention| mention.id >= since);
    let created = |m: &Unread| Event::MentionCreated { mention: m.id, stars: m.stars, kind: m.kind };
    events.add_mentions(batch, &fresh.map(created).collect::<Vec<_>>(), more);
    Ok(())
}

/// What a correction or its undoing asks for.
pub enum Correct<'a> {
    /// The owner says what a reading should have said.
    Say {
        /// Who.
        account: AccountId,
        /// Of which mention.
        mention: MentionId,
        /// What is corrected.
        field: CorrectedField,
        /// What the reading said.
        was: &'a str,
        /// What she says.
        said: &'a str,
    },
    /// A correction is taken back.
    Undo {
        /// Which.
        id: CorrectionId,
        /// The mention it was about.
        mention: MentionId,
    },
}

/// Corrects one reading, now, and has its near-copies and the newest mentions read again by the steps.
///
/// A conflict means that somebody else was changing readings at this moment, or that the correction to undo is not in
/// force: nothing was done.
pub async fn correct(context: &Context, scope: &Scope, what: &Correct<'_>) -> Result<(), StoreError> {
    let (Correct::Say { mention, .. } | Correct::Undo { mention, .. }) = what;
    let now = context.now();
    let mut batch = Batch::new();
    match what {
        Correct::Say { account, mention, field, was, said } => {
            let id = CorrectionId(context.new_id());
            let new = corrections::New { id, mention: *mention, account: *account, field: *field, was, said };
            corrections::insert(&mut batch, &new, now);
        }
        Correct::Undo { id, .. } => corrections::undo(&mut batch, *id, now),
    }
    mentions::requeue_newest(&mut batch, AGAIN);
    mentions::requeue_these(&mut batch, &[*mention]);
    scope.write(batch).await?;
    read_now(context, scope, *mention).await?;
    context.wakes.wake(CORRECTED);
    context.wakes.wake(listen::MENTIONS_SAVED);
    Ok(())
}

/// Reads one mention without waiting for its turn, so that whoever corrected it sees it at once. Where the lease is held,
/// the step that holds it does so a moment later.
async fn read_now(context: &Context, scope: &Scope, id: MentionId) -> Result<(), StoreError> {
    let Some(lease) = Lease::claim(context, lease_name(scope.organization())).await? else { return Ok(()) };
    let outcome = async {
        let Some(mention) = mentions::again(scope, id).await? else { return Ok(()) };
        let know = Know::of(scope).await?;
        let mut batch = Batch::new();
        save(context, scope, &mut batch, vec![mention], know, None).await?;
        scope.write(lease.guard(context.now(), batch)).await.map(|_| ())
    };
    let outcome = outcome.await;
    lease.release(context).await?;
    match outcome {
        Err(error) if error.is_conflict() => Ok(()),
        other => other,
    }
}

/// Finds the near-copies of corrected mentions in the whole history and puts them on the reading queue.
pub async fn spread_corrections(context: &Context) -> anyhow::Result<Progress> {
    let mut work = Work::default();
    for organization in corrections::organizations_to_spread(context, AT_ONCE).await? {
        work.took(spread(context, &context.scope(organization)).await.map_err(Into::into));
    }
    work.outcome()
}

async fn spread(context: &Context, scope: &Scope) -> Result<bool, StoreError> {
    let pending = corrections::to_spread(scope, SPREAD).await?;
    let of: Vec<nlp::Fingerprint> = pending.iter().filter_map(|one| one.fingerprint).collect();
    let mut after = MentionId(0);
    loop {
        let (found, next) = store::near_copies(scope, after, &of, STRETCH).await?;
        let mut batch = Batch::new();
        mentions::requeue_these(&mut batch, &found);
        if next.is_none() {
            corrections::mark_spread(&mut batch, &pending, context.now());
        }
        if !batch.is_empty() {
            scope.write(batch).await?;
        }
        let Some(next) = next else { break };
        after = next;
    }
    context.wakes.wake(listen::MENTIONS_SAVED);
    Ok(!pending.is_empty())
}

/// Puts what an older model read back on the queue.
pub async fn requeue_old(context: &Context) -> anyhow::Result<Progress> {
    let version = i64::from(second::model_version());
    let queued = mentions::requeue(context, version).await?;
    if queued > 0 {
        tracing::info!(mentions = queued, version, "a newer model reads everything again");
        context.wakes.wake(listen::MENTIONS_SAVED);
    }
    Ok(Progress::Idle)
}
