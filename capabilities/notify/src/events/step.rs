//! Handing over to programs: one organisation at a time under its lease; its programs do not wait for each other, and no
//! person waits for any of them.

use std::collections::BTreeMap;

use connectors::notify::webhook::{Message, Outcome, Programs, SigningSecret};
use domain::{OrganizationId, OutgoingState};
use foundation::Context;
use foundation::steps::{Lease, Progress, Step, Work};
use foundation::store::{Batch, Scope};
use foundation::values;
use futures_util::future::join_all;

use super::store::{self, Due};
use super::{rules, secrets};
use crate::step;
use crate::store::outgoing::{self, End};

/// The step by itself, for the button that tests a program: whoever presses it wants to see what happens.
pub(crate) const SEND: Step = Step {
    name: "notify::send_events",
    every: std::time::Duration::from_secs(15),
    woken_by: None,
    run: foundation::step!(send_events),
};

/// Hands over every event whose time has come.
pub async fn send_events(context: &Context) -> anyhow::Result<Progress> {
    let organizations = store::organizations_due(context).await?;
    if organizations.is_empty() {
        return Ok(Progress::Idle);
    }
    let programs = Programs::new(context.config.allow_private.clone())?;
    let sending = organizations.iter().map(|organization| send_claimed(context, &programs, *organization));
    let mut work = Work::default();
    for outcome in join_all(sending).await {
        work.took(outcome);
    }
    work.outcome()
}

/// Forgets events that ended a month ago.
pub async fn forget_events(context: &Context) -> anyhow::Result<Progress> {
    Ok(if store::forget(context).await? { Progress::More } else { Progress::Idle })
}

async fn send_claimed(
    context: &Context,
    programs: &Programs,
    organization: OrganizationId,
) -> anyhow::Result<bool> {
    let Some(lease) = Lease::claim(context, format!("events:{organization}")).await? else {
        return Ok(false);
    };
    let sender = Sender { context, programs, lease: &lease, scope: context.scope(organization) };
    let outcome = sender.send_all().await;
    lease.release(context).await?;
    outcome
}

/// One organisation's events in the hands of one process.
struct Sender<'a> {
    context: &'a Context,
    programs: &'a Programs,
    lease: &'a Lease,
    scope: Scope,
}

impl Sender<'_> {
    async fn send_all(&self) -> anyhow::Result<bool> {
        let mut did_something = self.take_up_interrupted().await?;
        let mut by_address: BTreeMap<String, Vec<Due>> = BTreeMap::new();
        for message in store::due(&self.scope, self.context.now()).await? {
            by_address.entry(message.address.clone()).or_default().push(message);
        }
        let known = store::programs(&self.scope).await?;
        let mut sending = Vec::new();
        for (address, messages) in by_address {
            did_something = true;
            let program = known.iter().find(|program| program.address == address);
            let secrets = match program {
                Some(program) => secrets::signing(self.context, &self.scope, program.id).await?,
                None => Vec::new(),
            };
            sending.push(self.send_to(messages, secrets));
        }
        for outcome in join_all(sending).await {
            outcome?;
        }
        Ok(did_something)
    }

    /// Whoever was handing something over lost the lease or its life: it is told again, under the same name.
    async fn take_up_interrupted(&self) -> anyhow::Result<bool> {
        let now = self.context.now();
        if !store::any_dispatching(&self.scope, now).await? {
            return Ok(false);
        }
        let batch = Batch::new().add(&store::INTERRUPTED, values![now]);
        self.scope.write(self.lease.guard(now, batch)).await?;
        tracing::warn!(organization = self.scope.organization().0, "events were interrupted");
        Ok(true)
    }

    /// One program's events, one after the other. After one that it did not take the others wait for the next run.
    async fn send_to(&self, messages: Vec<Due>, secrets: Vec<SigningSecret>) -> anyhow::Result<()> {
        for message in messages {
            if !self.send(&message, &secrets).await? {
                break;
            }
        }
        Ok(())
    }

    async fn send(&self, message: &Due, secrets: &[SigningSecret]) -> anyhow::Result<bool> {
        let now = self.context.now();
        let dispatch = Batch::new().add_exactly(1, &outgoing::DISPATCH, values![message.id, now]);
        match self.scope.write(self.lease.guard(now, dispatch)).await {
            Ok(_) => {}
            // Its program was removed a moment ago, or the lease is over: nothing has left.
            Err(error) if error.is_conflict() => return Ok(false),
            Err(error) => return Err(error.into()),
        }
        let (url, id, body) = (message.address.as_str(), message.name.as_str(), message.body.as_str());
        let outcome = self.programs.tell(&Message { url, id, body, at: now, secrets }).await;
        let taken = matches!(outcome, Outcome::Accepted(_));
        let gone = matches!(outcome, Outcome::Gone(_));
        let [random] = self.context.random::<1>();
        let end = self.fate(message, outcome, random);
        metrics::counter!("timon_outgoing_total", "channel" => "webhook", "state" => end.state.as_str())
            .increment(1);
        tracing::info!(message = message.id.0, state = %end.state, answer = end.answer_key, "an event");
        let now = self.context.now();
        let until = end.next_at.min(now + rules::UNREACHABLE_WAIT);
        let nobody = end.state == OutgoingState::Retry && step::is_unreachable(end.answer_key);
        let mut batch = end.batch(message.id, true, now);
        if nobody {
            store::postpone(&mut batch, url, now, until);
        }
        if gone {
            store::gone(&mut batch, url, now);
        }
        self.scope.write(self.lease.guard(now, batch)).await?;
        Ok(taken)
    }

    fn fate(&self, message: &Due, outcome: Outcome, random: u8) -> End {
        let now = self.context.now();
        let (state, next_at, answer) = match outcome {
            Outcome::Accepted(answer) => (OutgoingState::Accepted, now, answer),
            Outcome::Gone(answer) | Outcome::Refused(answer) => (OutgoingState::Failed, now, answer),
            Outcome::Later(answer, wish) => {
                match rules::next_attempt(now, message.attempts + 1, wish, random) {
                    Some(next) => (OutgoingState::Retry, next, answer),
                    None => (OutgoingState::Failed, now, answer),
                }
            }
        };
        End { state, next_at, answer_key: answer.key, answer: answer.words }
    }
}
