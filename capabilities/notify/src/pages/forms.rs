//! What the page's forms do.

use std::time::Duration;

use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use connectors::egress::{Egress, EgressPolicy};
use domain::{AccountId, AlertLevel, ChannelId, ChannelKind, NoticeKind, OutgoingId};
use foundation::Context;
use foundation::steps::Step;
use foundation::store::{Batch, StoreError};
use foundation::web::{CheckedForm, Member, Problem, ProblemKind};
use http::StatusCode;
use jiff::SignedDuration;
use maud::Markup;
use serde::Deserialize;

use super::programs;
use super::view::{NoticesView, Refused, notices_page};
use crate::outbox::{Notice, Outbox, can_carry};
use crate::rules::{self, Decision, Preferences, Wishes};
use crate::step;
use crate::store::{self, Channel, outgoing};

/// How long a test's button waits for the answer; later it is in the list.
const TEST_WAIT: Duration = Duration::from_secs(12);

pub(super) const INVALID: Problem = Problem::new(ProblemKind::Invalid, "problem-invalid-form");

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Shown {
    done: String,
    test: Option<i64>,
}

/// The page of notices.
pub(super) async fn index(
    State(context): State<Context>,
    member: Member,
    Query(shown): Query<Shown>,
) -> Result<Markup, Problem> {
    let mut view = view(&context, &member).await?;
    view.done = ["saved", "added", "removed", "decided"].into_iter().find(|done| *done == shown.done);
    if let Some(id) = shown.test {
        view.tested = outgoing::one(&member.scope, OutgoingId(id)).await?;
    }
    Ok(notices_page(&member, &view))
}

pub(super) async fn view(context: &Context, member: &Member) -> Result<NoticesView, Problem> {
    let scope = &member.scope;
    Ok(NoticesView {
        mail: can_carry(context, ChannelKind::Email),
        mail_is_broken: step::relay(&context.config).is_err(),
        telegram: can_carry(context, ChannelKind::Telegram),
        channels: store::channels(scope).await?,
        programs: programs::load(context, member).await?,
        preferences: store::preferences(scope).await?,
        open: outgoing::open(scope).await?,
        open_count: crate::attention(scope).await?.all(),
        newest: outgoing::newest(scope, outgoing::SHOWN_MAX).await?,
        tested: None,
        done: None,
        refused: None,
    })
}

async fn refuse(context: &Context, member: &Member, refused: Refused) -> Result<Response, Problem> {
    let mut view = view(context, member).await?;
    view.refused = Some(refused);
    Ok((StatusCode::UNPROCESSABLE_ENTITY, notices_page(member, &view)).into_response())
}

pub(super) fn done(what: &str) -> Response {
    Redirect::to(&format!("/notices?done={what}")).into_response()
}

/// Somebody else's row and no row are the same.
pub(super) fn absent(error: StoreError) -> Problem {
    if error.is_conflict() { Problem::not_found() } else { error.into() }
}

/// When to be told.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PreferencesForm {
    quiet_from: u8,
    quiet_until: u8,
    alarms_break_quiet: Option<String>,
    digest_hour: u8,
    weekly_day: u8,
}

pub(super) async fn save_preferences(
    State(context): State<Context>,
    member: Member,
    CheckedForm(form): CheckedForm<PreferencesForm>,
) -> Result<Response, Problem> {
    let hours = [form.quiet_from, form.quiet_until, form.digest_hour];
    if hours.iter().any(|hour| *hour > 23) || !(1..=7).contains(&form.weekly_day) {
        return Err(INVALID);
    }
    let wanted = Preferences {
        quiet_from: form.quiet_from,
        quiet_until: form.quiet_until,
        alarms_break_quiet: form.alarms_break_quiet.is_some(),
        digest_hour: form.digest_hour,
        weekly_day: form.weekly_day,
        ..Preferences::default()
    };
    let here = (context.now(), &member.principal.time_zone);
    store::save_preferences(&member.scope, &wanted, here).await?;
    context.wakes.wake(crate::QUEUED);
    Ok(done("saved"))
}

/// A new channel.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AddForm {
    kind: String,
    address: String,
}

pub(super) async fn add_channel(
    State(context): State<Context>,
    member: Member,
    CheckedForm(form): CheckedForm<AddForm>,
) -> Result<Response, Problem> {
    let kind = ChannelKind::parse(&form.kind)
        .filter(|kind| {
            matches!(kind, ChannelKind::Ntfy | ChannelKind::Telegram) && can_carry(&context, *kind)
        })
        .ok_or(INVALID)?;
    let refused = |key| Refused { kind, address: form.address.clone(), key };
    let address = match check_address(&context, kind, &form.address) {
        Ok(address) => address,
        Err(key) => return refuse(&context, &member, refused(key)).await,
    };
    let others = store::channels(&member.scope).await?;
    if others.iter().filter(|channel| channel.account.is_none()).count() >= rules::CHANNELS_MAX {
        return refuse(&context, &member, refused("notices-too-many")).await;
    }
    match store::insert(&context, &member.scope, (kind, &address), Wishes::ALL).await {
        Ok(()) => Ok(done("added")),
        Err(error) if error.is_conflict() => {
            refuse(&context, &member, refused("notices-address-known")).await
        }
        Err(error) => Err(error.into()),
    }
}

/// The address as it is kept; one on a private network is refused here and again on every message.
fn check_address(context: &Context, kind: ChannelKind, text: &str) -> Result<String, &'static str> {
    let address = rules::check_address(kind, text)?;
    if kind == ChannelKind::Ntfy {
        let policy =
            EgressPolicy { allow_private: context.config.allow_private.clone(), ..EgressPolicy::default() };
        let checked = Egress::new(policy).and_then(|egress| egress.check(&address));
        return checked.map(|url| url.to_string()).map_err(|_| "notices-address-wrong");
    }
    Ok(address)
}

/// What a channel gets, or what is to be done with it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ChannelForm {
    alerts: String,
    digest: Option<String>,
    weekly: Option<String>,
    action: String,
}

impl ChannelForm {
    fn wishes(&self) -> Result<Wishes, Problem> {
        let alerts = AlertLevel::parse(&self.alerts).ok_or(INVALID)?;
        Ok(Wishes { alerts, digest: self.digest.is_some(), weekly: self.weekly.is_some() })
    }
}

pub(super) async fn change_channel(
    State(context): State<Context>,
    member: Member,
    Path(id): Path<i64>,
    CheckedForm(form): CheckedForm<ChannelForm>,
) -> Result<Response, Problem> {
    let id = ChannelId(id);
    let channels = store::channels(&member.scope).await?;
    let channel = channels.into_iter().find(|one| one.id == Some(id) && one.account.is_none());
    let channel = channel.ok_or_else(Problem::not_found)?;
    match form.action.as_str() {
        "save" => {
            store::save_channel(&member.scope, id, form.wishes()?).await.map_err(absent)?;
            Ok(done("saved"))
        }
        "test" => test(&context, &member, &channel).await,
        "remove" => {
            let removed = (id, channel.kind, channel.address.as_str());
            store::delete_channel(&member.scope, removed, context.now()).await.map_err(absent)?;
            Ok(done("removed"))
        }
        _ => Err(INVALID),
    }
}

pub(super) async fn change_mail(
    State(context): State<Context>,
    member: Member,
    Path(account): Path<i64>,
    CheckedForm(form): CheckedForm<ChannelForm>,
) -> Result<Response, Problem> {
    let account = AccountId(account);
    let channels = store::channels(&member.scope).await?;
    let channel = channels.into_iter().find(|one| one.account == Some(account));
    let channel = channel.ok_or_else(Problem::not_found)?;
    match form.action.as_str() {
        "save" => {
            store::save_mail(&context, &member.scope, account, form.wishes()?).await?;
            Ok(done("saved"))
        }
        "test" => test(&context, &member, &channel).await,
        _ => Err(INVALID),
    }
}

/// Sends one message now, through the outbox like any other, and shows what became of it.
async fn test(context: &Context, member: &Member, channel: &Channel) -> Result<Response, Problem> {
    let id = send_test(context, member, channel).await?;
    Ok(Redirect::to(&format!("/notices?test={id}")).into_response())
}

/// Sends a test and waits a while for what becomes of it.
pub(super) async fn send_test(
    context: &Context,
    member: &Member,
    channel: &Channel,
) -> Result<OutgoingId, Problem> {
    let hour_ago = context.now() - SignedDuration::from_hours(1);
    if outgoing::tests_since(&member.scope, hour_ago).await? >= rules::TESTS_PER_HOUR {
        return Err(Problem::new(ProblemKind::TooMany, "notices-too-often"));
    }
    let mut outbox = Outbox::load(context, member.principal.organization).await?;
    let t = outbox.texts();
    let notice = Notice {
        kind: NoticeKind::Test,
        dedupe_key: format!("test:{}", context.new_id()),
        subject: t.get("notices-test-subject").into_owned(),
        body: t
            .with("notices-test-body", &[("name", member.principal.organization_name.as_str().into())])
            .into_owned(),
        path: Some("/notices".to_owned()),
    };
    let mut batch = Batch::new();
    let id = outbox.put_to(&mut batch, &notice, channel);
    member.scope.write(batch).await?;
    context.wakes.wake(crate::QUEUED);
    wait_for(context, step::SEND).await;
    Ok(id)
}

/// Runs a step for whoever wants to see what happens, for a while.
pub(super) async fn wait_for(context: &Context, step: Step) {
    // In a task of its own, which goes on when the visitor goes away or the wait is over.
    let sending = foundation::steps::guarded(step, context.clone());
    if let Ok(Err(error)) = tokio::time::timeout(TEST_WAIT, sending).await {
        tracing::error!(error = format!("{error:#}"), "a test was not sent");
    }
}

/// What becomes of a message.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DecisionForm {
    decision: String,
}

pub(super) async fn decide(
    State(context): State<Context>,
    member: Member,
    Path(id): Path<i64>,
    CheckedForm(form): CheckedForm<DecisionForm>,
) -> Result<Response, Problem> {
    let decision = Decision::parse(&form.decision).ok_or(INVALID)?;
    let message = outgoing::one(&member.scope, OutgoingId(id)).await?.ok_or_else(Problem::not_found)?;
    if !rules::decisions(message.state).contains(&decision) {
        return Err(Problem::new(ProblemKind::Conflict, "problem-conflict"));
    }
    outgoing::decide(&member.scope, &message, decision, context.now()).await.map_err(|error| {
        if error.is_conflict() {
            Problem::new(ProblemKind::Conflict, "problem-conflict")
        } else {
            error.into()
        }
    })?;
    context.wakes.wake(crate::QUEUED);
    context.wakes.wake(crate::EVENTS);
    if message.kind.is_letter() {
        context.wakes.wake(crate::SENT);
    }
    Ok(done("decided"))
}
