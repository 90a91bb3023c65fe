//! Background work: running confirmed files, and forgetting drafts nobody confirmed.

use domain::{CustomerImportId, OrganizationId};
use foundation::Context;
use foundation::steps::{Lease, Progress, Work};
use foundation::store::Scope;
use jiff::SignedDuration;
use jiff::tz::TimeZone;

use crate::import::{ImportError, Plan, Run};
use crate::store::imports;

/// Files looked at in one run of the step.
const AT_ONCE: u32 = 4;
/// A draft that nobody confirms is other people's addresses lying about.
const DRAFT_LIFE: SignedDuration = SignedDuration::from_hours(24);

/// Runs confirmed files to their end, each under its lease.
pub async fn run_imports(context: &Context) -> anyhow::Result<Progress> {
    let mut work = Work::default();
    for (organization, id) in imports::running(context, AT_ONCE).await? {
        work.took(run_claimed(context, organization, id).await);
    }
    work.outcome()
}

async fn run_claimed(
    context: &Context,
    organization: OrganizationId,
    id: CustomerImportId,
) -> anyhow::Result<bool> {
    let Some(lease) = Lease::claim(context, format!("customer-import:{id}")).await? else { return Ok(false) };
    let outcome = run(context, &context.scope(organization), id, &lease).await;
    lease.release(context).await?;
    outcome.map(|()| true)
}

async fn run(context: &Context, scope: &Scope, id: CustomerImportId, lease: &Lease) -> anyhow::Result<()> {
    let Some(import) = imports::import(scope, id).await? else { return Ok(()) };
    let home = accounts::organization(scope).await?;
    let zone = home.as_ref().map_or(TimeZone::UTC, accounts::Organization::zone);
    let plan = Plan::of_import(&import);
    let result = async {
        let mut run = Run::open(context, scope, &zone, import)?;
        while run.next_batch(|batch| lease.guard(context.now(), batch)).await? {
            // Lets pages through between batches on a machine with one core.
            tokio::task::yield_now().await;
        }
        Ok::<_, ImportError>(())
    }
    .await;
    match result {
        Ok(()) => imports::finish(context, scope, id, None).await?,
        Err(ImportError::Store(error)) => return Err(error.into()), // tried again later
        Err(error) => {
            tracing::warn!(import = id.0, key = error.key(), "a file of visits failed");
            imports::finish(context, scope, id, Some(&error.key())).await?;
        }
    }
    if let Ok(plan) = plan {
        let _ = std::fs::remove_file(plan.path(context));
    }
    Ok(())
}

/// Forgets drafts that nobody confirmed, with their files, and files that no import speaks of.
pub async fn forget_drafts(context: &Context) -> anyhow::Result<Progress> {
    let before = context.now() - DRAFT_LIFE;
    for (organization, id) in imports::stale_drafts(context, before).await? {
        let scope = context.scope(organization);
        if let Some(import) = imports::import(&scope, id).await? {
            imports::discard(context, &scope, id).await?;
            if let Ok(plan) = Plan::of_import(&import) {
                let _ = std::fs::remove_file(plan.path(context));
            }
        }
    }
    let plans = imports::open_plans(context).await?;
    let needed: Vec<String> = plans
        .iter()
        .filter_map(|plan| serde_json::from_str::<Plan>(plan).ok())
        .map(|plan| plan.upload)
        .collect();
    let Ok(entries) = std::fs::read_dir(context.uploads().join("customers")) else {
        return Ok(Progress::Idle);
    };
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let at =
            entry.metadata().and_then(|m| m.modified()).ok().and_then(|t| jiff::Timestamp::try_from(t).ok());
        if at.is_some_and(|at| at < before) && !needed.contains(&name) {
            let _ = std::fs::remove_file(entry.path());
        }
    }
    Ok(Progress::Idle)
}
