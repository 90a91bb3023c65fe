//! Background work of this room: reading what nobody has read.

use std::collections::BTreeMap;

use domain::{MentionId, OrganizationId};
use foundation::Context;
use foundation::steps::{Lease, Progress, Work};
use foundation::store::{Batch, Scope, StoreError};
use listen::store::mentions::{self, Unread};
use nlp::{Model, Reader};

use crate::rules::{self, Reading};
use crate::store;

/// Mentions read into one commit.
const BATCH: usize = 2_048;
/// Organisations looked at in one run.
const AT_ONCE: u32 = 20;

/// Reads every mention on the queue. One batch per organisation and turn, so that a large import of one does not keep
/// the others waiting.
pub async fn read_pending(context: &Context) -> anyhow::Result<Progress> {
    let mut work = Work::default();
    for organization in mentions::organizations_unread(context, AT_ONCE).await? {
        work.took(read_organization(context, organization).await);
    }
    work.outcome()
}

async fn read_organization(context: &Context, organization: OrganizationId) -> anyhow::Result<bool> {
    let Some(lease) = Lease::claim(context, format!("understand:{organization}")).await? else {
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
    let unread = mentions::unread(scope, BATCH).await?;
    if unread.is_empty() {
        return Ok(false);
    }
    let model = Model::embedded();
    let mut reader = Reader::default();
    let mut read: Vec<(Unread, Reading)> = unread
        .into_iter()
        .map(|m| {
            let reading = rules::read(&mut reader, model, (m.title.as_deref(), &m.text), m.kind, m.stars);
            (m, reading)
        })
        .collect();
    // Newest first on the queue; in the order of the key on their way into the table.
    read.sort_unstable_by_key(|(m, _)| m.id);
    let ids: Vec<MentionId> = read.iter().map(|(m, _)| m.id).collect();
    let earlier = store::earlier(scope, &ids).await?;
    let mut batch = Batch::new();
    mentions::mark_read(&mut batch, &ids);
    store::save_readings(&mut batch, &read, model.version(), context.now());
    store::add_days(&mut batch, day_counts(&read, &earlier));
    scope.write(lease.guard(context.now(), batch)).await?;
    metrics::counter!("timon_readings_total").increment(read.len() as u64);
    Ok(true)
}

/// What the readings change in each day's counts: the new one in, an earlier one of the same mention out.
fn day_counts(
    read: &[(Unread, Reading)],
    earlier: &BTreeMap<MentionId, domain::Sentiment>,
) -> BTreeMap<(i64, domain::SourceId), [i64; 4]> {
    let mut days: BTreeMap<_, [i64; 4]> = BTreeMap::new();
    for (mention, reading) in read {
        let day = days.entry((mention.day, mention.source)).or_default();
        day[rules::place(reading.sentiment)] += 1;
        if let Some(old) = earlier.get(&mention.id) {
            day[rules::place(*old)] -= 1;
        }
    }
    days
}

/// Puts what an older model read back on the queue.
pub async fn requeue_old(context: &Context) -> anyhow::Result<Progress> {
    let version = i64::from(Model::embedded().version());
    let queued = mentions::requeue(context, version).await?;
    if queued > 0 {
        tracing::info!(mentions = queued, version, "a newer model reads everything again");
        context.wakes.wake(listen::MENTIONS_SAVED);
    }
    Ok(Progress::Idle)
}
