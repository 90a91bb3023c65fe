//! Background work of this room: running imports, polling feeds, forgetting files nobody confirmed.

use connectors::egress::{Egress, EgressPolicy};
use connectors::feed::{self, FeedPoll, FeedState};
use domain::{ImportId, OrganizationId, SourceId};
use foundation::Context;
use foundation::steps::{Lease, Progress, Work};
use foundation::store::{Batch, Scope, StoreError};
use foundation::values;
use foundation::web::{Locale, Texts};
use jiff::{SignedDuration, tz::TimeZone};

use crate::import::{Plan, Run};
use crate::rules;
use crate::save::{self, Origin};
use crate::store::{imports, sources};

/// Imports and feeds looked at in one run of a step.
const AT_ONCE: u32 = 20;
/// A draft nobody confirmed is forgotten, with its file.
const DRAFT_LIFE: SignedDuration = SignedDuration::from_hours(24);

/// Time zones come from `accounts`, which stands beside this room; the store is asked directly to keep the rooms apart.
async fn zone_of(scope: &Scope) -> anyhow::Result<TimeZone> {
    let row = scope.one(&HOME, vec![]).await?;
    let name: String = row.map_or(Ok(String::new()), |row| row.get(0))?;
    Ok(TimeZone::get(&name).unwrap_or(TimeZone::UTC))
}

/// What a source of no known platform is called: in the organisation's own language, not the reader's, so that the
/// same export lands in the same source whoever imports it.
pub async fn unnamed_source(scope: &Scope) -> Result<String, StoreError> {
    let row = scope.one(&HOME, vec![]).await?;
    let language: String = row.map_or(Ok(String::new()), |row| row.get(1))?;
    let locale = Locale::parse(&language).unwrap_or(Locale::Es);
    Ok(Texts::of(locale).get("source-name-file").into_owned())
}

foundation::statements! {
    organization HOME = "SELECT time_zone, locale FROM organization WHERE id = $1";
}

/// Runs every confirmed import to its end.
pub async fn run_imports(context: &Context) -> anyhow::Result<Progress> {
    let mut work = Work::default();
    for (organization, id) in imports::running(context, AT_ONCE).await? {
        work.took(run_claimed(context, organization, id).await);
    }
    work.outcome()
}

async fn run_claimed(context: &Context, organization: OrganizationId, id: ImportId) -> anyhow::Result<bool> {
    let Some(lease) = Lease::claim(context, format!("import:{id}")).await? else { return Ok(false) };
    let outcome = run_import(context, &context.scope(organization), id, &lease).await;
    lease.release(context).await?;
    outcome.map(|()| true)
}

async fn run_import(context: &Context, scope: &Scope, id: ImportId, lease: &Lease) -> anyhow::Result<()> {
    let Some(import) = imports::import(scope, id).await? else { return Ok(()) };
    let zone = zone_of(scope).await?;
    let result = async {
        let mut run = Run::open(context, scope, zone, &import)?;
        while run.next_batch(|batch| lease.guard(context.now(), batch)).await? {
            // Lets pages through between batches on a machine with one core.
            tokio::task::yield_now().await;
        }
        Ok::<_, crate::import::ImportError>(())
    }
    .await;
    match result {
        Ok(()) => imports::finish(context, scope, id, None).await?,
        Err(crate::import::ImportError::Store(error)) => return Err(error.into()), // tried again later
        Err(error) => {
            tracing::warn!(import = id.0, %error, "an import failed");
            imports::finish(context, scope, id, Some(&error.key())).await?;
        }
    }
    if let Ok(plan) = Plan::of_import(&import) {
        let _ = std::fs::remove_file(plan.path(context));
    }
    Ok(())
}

/// Asks every feed whose time has come.
pub async fn poll_feeds(context: &Context) -> anyhow::Result<Progress> {
    let due = sources::due(context, AT_ONCE).await?;
    if due.is_empty() {
        return Ok(Progress::Idle);
    }
    let policy =
        EgressPolicy { allow_private: context.config.allow_private.clone(), ..EgressPolicy::default() };
    let egress = Egress::new(policy)?;
    let mut work = Work::default();
    for (organization, id) in due {
        work.took(poll_claimed(context, &egress, organization, id).await);
    }
    work.outcome()
}

async fn poll_claimed(
    context: &Context,
    egress: &Egress,
    organization: OrganizationId,
    id: SourceId,
) -> anyhow::Result<bool> {
    let Some(lease) = Lease::claim(context, format!("source:{id}")).await? else { return Ok(false) };
    let outcome = poll_feed(context, egress, organization, id, &lease).await;
    lease.release(context).await?;
    outcome.map(|()| true)
}

async fn poll_feed(
    context: &Context,
    egress: &Egress,
    organization: OrganizationId,
    id: SourceId,
    lease: &Lease,
) -> anyhow::Result<()> {
    let scope = context.scope(organization);
    let Some(source) = sources::source(&scope, id).await? else { return Ok(()) };
    let Some(url) = source.url.clone() else { return Ok(()) };
    let asked = FeedState { url, etag: source.etag.clone(), last_modified: source.last_modified.clone() };
    let now = context.now();
    let [random] = context.random::<1>();
    let polled = |state: &FeedState, wish| {
        let next = rules::next_poll(now, wish, 0, random);
        let values =
            values![id, now, state.etag.clone(), state.last_modified.clone(), state.url.clone(), next];
        lease.guard(now, Batch::new().add(&sources::POLLED, values))
    };
    match feed::poll(egress, &asked, now).await {
        Ok(FeedPoll::NotModified { state, next_after }) => {
            scope.write(polled(&state, next_after)).await?;
        }
        Ok(FeedPoll::Items { items, state, next_after, .. }) => {
            let zone = zone_of(&scope).await?;
            let origin = Origin { source: id, import: None, zone: &zone };
            let tally = save::save(context, &scope, &origin, items, |_| polled(&state, next_after)).await?;
            tracing::info!(source = id.0, added = tally.added, revised = tally.revised, "feed read");
        }
        Ok(FeedPoll::Gone) => {
            let values = values![id, "gone", None::<i64>, "feed-gone"];
            scope.write(lease.guard(now, Batch::new().add(&sources::SET_STATE, values))).await?;
        }
        Err(error) => {
            metrics::counter!("timon_feed_failures_total", "reason" => error.key()).increment(1);
            let failures = source.failures.saturating_add(1);
            let next = rules::next_poll(now, error.retry_after(), failures, random);
            let values = values![id, now, error.key(), next];
            scope.write(lease.guard(now, Batch::new().add(&sources::POLL_FAILED, values))).await?;
        }
    }
    Ok(())
}

/// Forgets drafts that nobody confirmed, with their files, and files that no import speaks of.
pub async fn forget_drafts(context: &Context) -> anyhow::Result<Progress> {
    let before = context.now() - DRAFT_LIFE;
    for (organization, id) in imports::stale_drafts(context, before).await? {
        let scope = context.scope(organization);
        if let Some(import) = imports::import(&scope, id).await?
            && let Ok(plan) = Plan::of_import(&import)
        {
            imports::discard(context, &scope, id).await?;
            let _ = std::fs::remove_file(plan.path(context));
        }
    }
    let spoken_of: Vec<String> = imports::open_uploads(context).await?;
    let Ok(entries) = std::fs::read_dir(context.uploads()) else { return Ok(Progress::Idle) };
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let age =
            entry.metadata().and_then(|m| m.modified()).ok().and_then(|t| jiff::Timestamp::try_from(t).ok());
        if age.is_some_and(|at| at < before) && !spoken_of.contains(&name) {
            let _ = std::fs::remove_file(entry.path());
        }
    }
    Ok(Progress::Idle)
}
