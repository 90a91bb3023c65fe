//! Background work: running confirmed files, forgetting drafts nobody confirmed, asking shops, forgetting those that are gone.

use connectors::egress::{Egress, EgressError, EgressPolicy};
use connectors::shops::prestashop;
use domain::{CustomerImportId, OrganizationId, ShopId};
use foundation::Context;
use foundation::steps::{Lease, Progress, Work};
use foundation::store::{Batch, Scope};
use jiff::SignedDuration;
use jiff::tz::TimeZone;

use crate::import::{ImportError, Plan, Run};
use crate::rules;
use crate::shops::{Heard, take};
use crate::store::shops::Polled;
use crate::store::{imports, people, shops};

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

/// Shops asked in one run of the step, pages of one, and how many of its customers are forgotten at once.
const SHOPS_AT_ONCE: u32 = 16;
const PAGES_AT_ONCE: usize = 5;
const FORGOTTEN_AT_ONCE: u32 = 200;

/// Asks every shop whose time has come and that does not tell by itself.
pub async fn poll_shops(context: &Context) -> anyhow::Result<Progress> {
    let due = shops::due(context, SHOPS_AT_ONCE).await?;
    if due.is_empty() {
        return Ok(Progress::Idle);
    }
    let egress = egress(context)?;
    let mut work = Work::default();
    for (organization, id) in due {
        work.took(poll_claimed(context, &egress, organization, id).await);
    }
    work.outcome()
}

/// The way to shops.
pub(crate) fn egress(context: &Context) -> Result<Egress, EgressError> {
    let allow_private = context.config.allow_private.clone();
    Egress::new(EgressPolicy { allow_private, ..EgressPolicy::default() })
}

async fn poll_claimed(
    context: &Context,
    egress: &Egress,
    organization: OrganizationId,
    id: ShopId,
) -> anyhow::Result<bool> {
    let Some(lease) = Lease::claim(context, format!("shop:{id}")).await? else { return Ok(false) };
    let outcome = poll(context, egress, &context.scope(organization), id, &lease).await;
    lease.release(context).await?;
    outcome.map(|()| true)
}

async fn poll(
    context: &Context,
    egress: &Egress,
    scope: &Scope,
    id: ShopId,
    lease: &Lease,
) -> anyhow::Result<()> {
    let home = accounts::organization(scope).await?;
    let zone = home.as_ref().map_or(TimeZone::UTC, accounts::Organization::zone);
    for _ in 0..PAGES_AT_ONCE {
        let Some(shop) = shops::shop(scope, id).await? else { return Ok(()) };
        let Some(secret) = shops::secret(context, scope, id).await? else {
            let batch =
                shops::poll_failed(id, "shop-no-secret", rules::next_poll(context.now(), shop.failures, 0));
            scope.write(lease.guard(context.now(), batch)).await?;
            return Ok(());
        };
        let [random] = context.random::<1>();
        let answer = prestashop::poll(egress, &shop.address, &secret, &shop.cursor, &zone).await;
        let now = context.now();
        let page = match answer {
            Ok(page) => page,
            Err(error) => {
                tracing::info!(shop = id.0, key = error.key(), "a shop could not be asked");
                let next = rules::next_poll(now, shop.failures.saturating_add(1), random);
                scope.write(lease.guard(now, shops::poll_failed(id, error.key(), next))).await?;
                return Ok(());
            }
        };
        let next = if page.more { now } else { rules::next_poll(now, 0, random) };
        take(context, scope, &shop, page.told, |Heard { heard, skipped }| {
            let polled = Polled { shop: &shop, heard, skipped, cursor: &page.cursor, next, now };
            lease.guard(now, shops::polled(&polled))
        })
        .await?;
        if !page.more {
            break;
        }
    }
    Ok(())
}

/// Has the customers of shops that are gone forgotten, some at a time.
pub async fn forget_shops(context: &Context) -> anyhow::Result<Progress> {
    let mut work = Work::default();
    for (organization, id) in shops::forgetting(context, SHOPS_AT_ONCE).await? {
        work.took(forget_shop(context, &context.scope(organization), id).await);
    }
    work.outcome()
}

async fn forget_shop(context: &Context, scope: &Scope, id: ShopId) -> anyhow::Result<bool> {
    let people = people::shop_only(scope, id, FORGOTTEN_AT_ONCE).await?;
    let mut batch = Batch::new();
    for customer in &people {
        people::ask_erasure(&mut batch, *customer, context.now(), false);
    }
    if people.is_empty() {
        shops::removed(&mut batch, id);
    }
    scope.write(batch).await?;
    context.wakes.wake(crate::ERASURE_ASKED);
    Ok(true)
}
