//! Lots, one stage at a time: promised → listed → drawn. Half a day lies between the closing of the list and the draw, so
//! that what is published beforehand can be read beforehand.

use std::collections::{BTreeMap, HashSet};

use asking::eligible::may_ask;
use domain::{AskWhom, DrawState, VisitId};
use foundation::store::Batch;
use jiff::SignedDuration;

use super::Round;
use crate::store::draws::{self, Draw, Plan};
use crate::store::invitations;

/// Between the closing of a list and its draw.
pub const PUBLISHED_FOR: SignedDuration = SignedDuration::from_hours(12);
/// Most who take part in one lot.
const LISTED_MAX: u32 = 20_000;
/// Days of a lot that is made every week.
const WEEK: i64 = 7;

/// Brings every unfinished lot a stage further whose time has come, and promises the next week's where lots decide.
pub async fn advance(round: &Round<'_>) -> anyhow::Result<bool> {
    let mut did = promise_week(round).await?;
    for draw in draws::unfinished(round.scope).await? {
        did |= match draw.state {
            DrawState::Promised if draw.until_day < round.today => close(round, &draw).await?,
            DrawState::Listed
                if draw.listed_at.is_some_and(|at| round.context.now() >= at + PUBLISHED_FOR) =>
            {
                pick(round, &draw).await?
            }
            _ => false,
        };
    }
    Ok(did)
}

/// The week's lot, from today on: its seed is promised before the first visit it decides about.
async fn promise_week(round: &Round<'_>) -> anyhow::Result<bool> {
    let settings = round.settings;
    let lots = settings.active && settings.whom == AskWhom::Draw;
    if !lots || draws::covers(round.scope, round.today).await? {
        return Ok(false);
    }
    let mut batch = Batch::new();
    let plan = Plan {
        purpose: settings.purpose,
        from_day: round.today,
        until_day: round.today + WEEK - 1,
        size: settings.draw_size,
    };
    draws::promise(round.context, &mut batch, &plan);
    round.write(batch).await?;
    Ok(true)
}

/// Closes the list: whoever may be asked takes part, once each; the others are counted by reason.
async fn close(round: &Round<'_>, draw: &Draw) -> anyhow::Result<bool> {
    let days = (draw.from_day, draw.until_day);
    let found =
        invitations::undecided(round.scope, days, draw.from_day, Some(draw.id), round.today, LISTED_MAX)
            .await?;
    let mut seen = HashSet::new();
    let mut visits: Vec<VisitId> = Vec::new();
    let mut left_out: BTreeMap<String, i64> = BTreeMap::new();
    for one in &found {
        let mut facts = one.facts;
        if seen.contains(&one.customer) {
            facts.asked_days_ago = Some(0);
        }
        match may_ask(&facts, round.today) {
            Ok(()) => {
                seen.insert(one.customer);
                visits.push(one.visit);
            }
            Err(why) => *left_out.entry(why.as_str().to_owned()).or_default() += 1,
        }
    }
    let mut batch = Batch::new();
    draws::list(round.context, &mut batch, draw.id, &visits, &left_out);
    round.write(batch).await?;
    Ok(true)
}

/// Draws, and makes the invitations of who was picked.
async fn pick(round: &Round<'_>, draw: &Draw) -> anyhow::Result<bool> {
    let entries = draws::entries(round.scope, draw.id).await?;
    let size = usize::try_from(draw.size).unwrap_or(0);
    let picked = asking::draw::draw(&draw.seed, entries.iter().map(|entry| entry.tag.as_str()), size);
    let set: HashSet<&str> = picked.iter().copied().collect();
    let all: Vec<invitations::New> = entries
        .iter()
        .filter(|entry| set.contains(entry.tag.as_str()))
        .map(|entry| invitations::New {
            visit: entry.visit,
            customer: entry.customer,
            way: if entry.by_email { domain::AskWay::Email } else { domain::AskWay::Sms },
            draw: Some(draw.id),
            purpose: draw.purpose,
            visit_day: entry.day,
            due_day: (entry.day + round.settings.delay_days).max(round.today),
            left_out: None,
        })
        .collect();
    let mut batch = Batch::new();
    draws::drawn(&mut batch, draw.id, &picked, round.context.now());
    invitations::insert(round.context, &mut batch, &all);
    round.write(batch).await?;
    Ok(true)
}
