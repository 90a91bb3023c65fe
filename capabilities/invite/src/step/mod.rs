//! Background work: decide whom to ask, draw lots, let invitations leave at their pace, remind once.
//!
//! One organisation at a time, under the lease `invite:<id>`. What must stay true: that an invitation left and the letter
//! it left in are one batch, so a crash leaves both or neither; a visit has one invitation, an invitation one letter and at
//! most one reminder. Run twice, it does nothing the second time.

mod draws;
pub mod leave;

use std::collections::HashSet;

use accounts::Organization;
use asking::eligible::may_ask;
use domain::{AskWhom, OrganizationId};
use foundation::Context;
use foundation::steps::{Lease, Progress, Work};
use foundation::store::{Batch, Scope, StoreError};
use jiff::tz::TimeZone;

use crate::store::settings::Settings;
use crate::store::{codes, invitations, settings};

/// Visits decided about in one batch.
const AT_ONCE: u32 = 500;

/// One organisation, now.
pub(crate) struct Round<'a> {
    pub context: &'a Context,
    pub scope: &'a Scope,
    pub lease: &'a Lease,
    pub home: &'a Organization,
    pub zone: &'a TimeZone,
    pub settings: &'a Settings,
    /// Its day, since 1970.
    pub today: i64,
}

impl Round<'_> {
    /// Saves under the lease.
    pub async fn write(&self, batch: Batch) -> anyhow::Result<()> {
        self.scope.write(self.lease.guard(self.context.now(), batch)).await?;
        Ok(())
    }
}

/// Asks, for every organisation that does.
pub async fn ask(context: &Context) -> anyhow::Result<Progress> {
    let mut work = Work::default();
    for organization in settings::asking(context).await? {
        work.took(ask_claimed(context, organization).await);
    }
    work.outcome()
}

async fn ask_claimed(context: &Context, organization: OrganizationId) -> anyhow::Result<bool> {
    let scope = context.scope(organization);
    let (Some(settings), Some(home)) =
        (settings::settings(&scope).await?, accounts::organization(&scope).await?)
    else {
        return Ok(false);
    };
    let zone = home.zone();
    let today = listen::rules::day_of(context.now(), &zone);
    if !has_work(&scope, &settings, today).await? {
        return Ok(false);
    }
    let Some(lease) = Lease::claim(context, format!("invite:{organization}")).await? else {
        return Ok(false);
    };
    let (home, zone) = (&home, &zone);
    let round = Round { context, scope: &scope, lease: &lease, home, zone, settings: &settings, today };
    let outcome = round_of(&round).await;
    lease.release(context).await?;
    outcome
}

/// Whether a round would find anything: an idle organisation costs a few reads a minute and no write.
async fn has_work(scope: &Scope, settings: &Settings, today: i64) -> anyhow::Result<bool> {
    if !crate::store::draws::unfinished(scope).await?.is_empty() {
        return Ok(true);
    }
    if !settings.active {
        return Ok(false);
    }
    if settings.whom == AskWhom::Draw {
        if !crate::store::draws::covers(scope, today).await? {
            return Ok(true);
        }
    } else if !fresh(scope, settings, today, 1).await?.is_empty() {
        return Ok(true);
    }
    let agenda = invitations::agenda(scope, today).await?;
    let sent = (today - asking::ANSWER_DAYS, today - settings.reminder_days.max(1));
    let reminds = settings.reminder_days > 0
        && !invitations::to_remind(scope, sent, today - asking::REMIND_DAYS, 1).await?.is_empty();
    Ok(agenda.late > 0 || agenda.due > 0 || reminds)
}

/// Visits that nobody has decided about, where everyone is asked.
async fn fresh(
    scope: &Scope,
    settings: &Settings,
    today: i64,
    limit: u32,
) -> Result<Vec<invitations::Undecided>, StoreError> {
    let days = (settings.since_day.max(today - asking::SEND_DAYS), today);
    invitations::undecided(scope, days, settings.since_day, None, today, limit).await
}

async fn round_of(round: &Round<'_>) -> anyhow::Result<bool> {
    let mut did = draws::advance(round).await?;
    if !round.settings.active {
        return Ok(did);
    }
    did |= decide(round).await?;
    did |= leave::invitations(round).await?;
    did |= leave::reminders(round).await?;
    Ok(did)
}

/// Decides about visits that nobody has decided about, where everyone is asked. Whoever cannot be asked gets a row that
/// says why.
async fn decide(round: &Round<'_>) -> anyhow::Result<bool> {
    if round.settings.whom != AskWhom::Everyone {
        return Ok(false);
    }
    let undecided = fresh(round.scope, round.settings, round.today, AT_ONCE).await?;
    if undecided.is_empty() {
        return Ok(false);
    }
    let mut seen = HashSet::new();
    let all: Vec<invitations::New> = undecided
        .iter()
        .map(|one| {
            let mut facts = one.facts;
            // Two visits of hers in one batch: the first is asked about.
            if seen.contains(&one.customer) {
                facts.asked_days_ago = Some(0);
            }
            let left_out = may_ask(&facts, round.today).err();
            if left_out.is_none() {
                seen.insert(one.customer);
            }
            invitations::New {
                visit: one.visit,
                customer: one.customer,
                way: one.way,
                draw: None,
                purpose: round.settings.purpose,
                visit_day: facts.visit_day,
                due_day: facts.visit_day + round.settings.delay_days,
                left_out,
            }
        })
        .collect();
    let mut batch = Batch::new();
    invitations::insert(round.context, &mut batch, &all);
    round.write(batch).await?;
    Ok(true)
}

/// Forgets codes that prove nothing any more.
pub async fn forget_codes(context: &Context) -> anyhow::Result<Progress> {
    for home in accounts::organizations(context, 1_000_000).await? {
        let today = listen::rules::day_of(context.now(), &home.zone());
        let mut batch = Batch::new();
        codes::forget(&mut batch, today - asking::ANSWER_DAYS);
        context.scope(home.id).write(batch).await?;
    }
    Ok(Progress::Idle)
}
