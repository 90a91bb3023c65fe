//! Handing over: one organisation at a time under its lease, one message after the other.

use connectors::notify::sms::Gateway;
use connectors::notify::{
    Answer, Attachment, Bot, Loudness, Note, Outcome, Recipient, Thread, Transports, smtp,
};
use domain::{ChannelKind, NoticeKind, OrganizationId, OutgoingState};
use foundation::Context;
use foundation::config::Config;
use foundation::steps::{Lease, Progress, Step, Work};
use foundation::store::{Batch, Scope};
use foundation::values;
use futures_util::future::join_all;
use jiff::tz::TimeZone;

use crate::rules::{self, Preferences};
use crate::store;
use crate::store::outgoing::{self, Due, End};

/// The step by itself, for the button that tests a channel: whoever presses it wants to see what happens.
pub(crate) const SEND: Step = Step {
    name: "notify::send_due",
    every: std::time::Duration::from_secs(30),
    woken_by: None,
    run: foundation::step!(send_due),
};

/// The operator's mail server, when one was set up.
///
/// # Errors
/// When its settings cannot be used; the text says what to write and holds no password.
pub fn relay(config: &Config) -> anyhow::Result<Option<smtp::Relay>> {
    let Some(mail) = &config.mail else { return Ok(None) };
    let relay = smtp::Relay::new(&mail.url, &mail.from)
        .map_err(|error| anyhow::anyhow!("smtp_url and mail_from: {error}"))?;
    let Some(dkim) = &config.dkim else { return Ok(Some(relay)) };
    let pem = std::fs::read_to_string(&dkim.key_file).map_err(|error| {
        anyhow::anyhow!("dkim_key_file: {} cannot be read: {error}", dkim.key_file.display())
    })?;
    let signing =
        relay.signing(&dkim.selector, &pem).map_err(|error| anyhow::anyhow!("dkim_key_file: {error}"))?;
    Ok(Some(signing))
}

/// The address that letters come from, when mail was set up and is usable.
pub fn sender(config: &Config) -> Option<String> {
    relay(config).ok().flatten().map(|relay| relay.sender())
}

/// What the operator has set up. Mail that is set up wrongly waits; it does not keep the other ways from working.
fn transports(config: &Config) -> anyhow::Result<Transports> {
    let relay = relay(config).unwrap_or_else(|error| {
        tracing::error!(error = format!("{error:#}"), "mail waits");
        None
    });
    let bot = config.telegram.as_ref().map(|bot| Bot { url: bot.url.clone(), token: bot.token.clone() });
    Ok(Transports::new(config.allow_private.clone(), relay, bot)?)
}

/// Hands over every message whose time has come. Organisations do not wait for each other.
pub async fn send_due(context: &Context) -> anyhow::Result<Progress> {
    let organizations = outgoing::organizations_due(context).await?;
    if organizations.is_empty() {
        return Ok(Progress::Idle);
    }
    let transports = transports(&context.config)?;
    let sending = organizations.iter().map(|organization| send_claimed(context, &transports, *organization));
    let mut work = Work::default();
    for outcome in join_all(sending).await {
        work.took(outcome);
    }
    work.outcome()
}

async fn send_claimed(
    context: &Context,
    transports: &Transports,
    organization: OrganizationId,
) -> anyhow::Result<bool> {
    let name = format!("outgoing:{organization}");
    let Some(lease) = Lease::claim(context, name).await? else { return Ok(false) };
    let sender = Sender::load(context, transports, &lease, organization).await;
    let outcome = match sender {
        Ok(sender) => sender.send_all().await,
        Err(error) => Err(error),
    };
    lease.release(context).await?;
    outcome
}

/// One organisation's messages in the hands of one process.
struct Sender<'a> {
    context: &'a Context,
    transports: &'a Transports,
    lease: &'a Lease,
    scope: Scope,
    zone: TimeZone,
    preferences: Preferences,
    gateway: Option<Gateway>,
}

impl<'a> Sender<'a> {
    async fn load(
        context: &'a Context,
        transports: &'a Transports,
        lease: &'a Lease,
        organization: OrganizationId,
    ) -> anyhow::Result<Self> {
        let scope = context.scope(organization);
        let home = accounts::organization(&scope).await?;
        let zone = home.as_ref().map_or(TimeZone::UTC, accounts::Organization::zone);
        let preferences = store::preferences(&scope).await?;
        let gateway = crate::sms::gateway(context, &scope).await?;
        Ok(Self { context, transports, lease, scope, zone, preferences, gateway })
    }

    async fn send_all(&self) -> anyhow::Result<bool> {
        let mut did_something = self.leave_interrupted().await?;
        // What could not be reached a moment ago is not asked again for the next message.
        let mut unreachable: Vec<ChannelKind> = Vec::new();
        for message in outgoing::due(&self.scope, self.context.now()).await? {
            if unreachable.contains(&message.channel_kind) {
                continue;
            }
            let kind = message.channel_kind;
            did_something = true;
            if self.send(message).await? == Reached::Nobody && kind != ChannelKind::Ntfy {
                unreachable.push(kind);
            }
        }
        Ok(did_something)
    }

    /// Whoever was handing something over lost the lease or its life: nobody can know whether it arrived.
    async fn leave_interrupted(&self) -> anyhow::Result<bool> {
        let now = self.context.now();
        if !outgoing::any_dispatching(&self.scope, now).await? {
            return Ok(false);
        }
        let batch = Batch::new().add(&outgoing::INTERRUPTED, values![now]);
        self.scope.write(self.lease.guard(now, batch)).await?;
        self.context.wakes.wake(crate::SENT);
        tracing::warn!(organization = self.scope.organization().0, "messages were interrupted");
        Ok(true)
    }

    async fn send(&self, message: Due) -> anyhow::Result<Reached> {
        if self.postpone(&message).await? {
            return Ok(Reached::Somebody);
        }
        let (to, note) =
            match recipient(&message, self.gateway.as_ref()).and_then(|to| Ok((to, note(&message)?))) {
                Ok(both) => both,
                Err(outcome) => return self.end(&message, outcome, false).await,
            };
        let ready = match self.transports.prepare(&to, &note).await {
            Ok(ready) => ready,
            Err(outcome) => return self.end(&message, outcome, false).await,
        };
        let now = self.context.now();
        let dispatch = Batch::new().add_exactly(1, &outgoing::DISPATCH, values![message.id, now]);
        match self.scope.write(self.lease.guard(now, dispatch)).await {
            Ok(_) => {}
            // Its channel was removed a moment ago, or the lease is over: nothing has left.
            Err(error) if error.is_conflict() => return Ok(Reached::Somebody),
            Err(error) => return Err(error.into()),
        }
        let outcome = ready.deliver().await;
        self.end(&message, outcome, true).await
    }

    /// What asks a customer had its moment in the day, and perhaps comes to its turn in the night.
    async fn postpone(&self, message: &Due) -> anyhow::Result<bool> {
        let now = self.context.now();
        let allowed = rules::release(now, &self.zone, &self.preferences, message.kind);
        if !message.kind.is_asking() || allowed <= now {
            return Ok(false);
        }
        let batch = Batch::new().add(&outgoing::POSTPONE, values![message.id, allowed]);
        self.scope.write(self.lease.guard(now, batch)).await?;
        Ok(true)
    }

    /// Writes down how it ended. If that fails the message stays `dispatching`, and becomes `unknown` later.
    async fn end(&self, message: &Due, outcome: Outcome, was_dispatching: bool) -> anyhow::Result<Reached> {
        let now = self.context.now();
        let reached = match &outcome {
            Outcome::Later(answer, _) if is_unreachable(answer.key) => Reached::Nobody,
            _ => Reached::Somebody,
        };
        let [random] = self.context.random::<1>();
        let end = self.fate(message, outcome, random);
        let (channel, state) = (message.channel_kind.as_str(), end.state.as_str());
        metrics::counter!("timon_outgoing_total", "channel" => channel, "state" => state).increment(1);
        tracing::info!(message = message.id.0, channel, state, answer = end.answer_key, "a message");
        let batch = end.batch(message.id, was_dispatching, now);
        match self.scope.write(self.lease.guard(now, batch)).await {
            Ok(_) => {
                if message.kind.is_letter() {
                    self.context.wakes.wake(crate::SENT);
                }
                Ok(reached)
            }
            Err(error) if error.is_conflict() && !was_dispatching => Ok(reached),
            Err(error) => Err(error.into()),
        }
    }

    fn fate(&self, message: &Due, outcome: Outcome, random: u8) -> End {
        let now = self.context.now();
        let ended =
            |state, answer: Answer| End { state, next_at: now, answer_key: answer.key, answer: answer.words };
        match outcome {
            Outcome::Accepted(answer) => ended(OutgoingState::Accepted, answer),
            Outcome::Refused(answer) => ended(OutgoingState::Failed, answer),
            Outcome::Unknown(answer) => ended(OutgoingState::Unknown, answer),
            Outcome::Later(answer, wish) => {
                match rules::next_attempt(now, message.attempts + 1, wish, random) {
                    None => ended(OutgoingState::Failed, answer),
                    Some(next) => End {
                        next_at: rules::release(next, &self.zone, &self.preferences, message.kind),
                        ..ended(OutgoingState::Retry, answer)
                    },
                }
            }
        }
    }
}

/// Whether there was anybody at the other end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reached {
    Somebody,
    Nobody,
}

/// Whether this answer says that there was nobody.
pub(crate) fn is_unreachable(answer_key: &str) -> bool {
    matches!(answer_key, "connect" | "timeout" | "tls" | "dns" | "sign-in" | "not-set-up" | "no-gateway")
}

fn recipient(message: &Due, gateway: Option<&Gateway>) -> Result<Recipient, Outcome> {
    let address = message.address.clone();
    Ok(match message.channel_kind {
        ChannelKind::Email => Recipient::Mail(address),
        ChannelKind::Ntfy => Recipient::Ntfy(address),
        ChannelKind::Telegram => Recipient::Telegram(address),
        // Programs have a step of their own, which signs: none of their messages comes here.
        ChannelKind::Webhook => {
            return Err(Outcome::Refused(Answer { key: "no-secret", words: String::new() }));
        }
        ChannelKind::Sms if message.body.chars().count() > rules::SMS_CHARS_MAX => {
            return Err(Outcome::Refused(Answer { key: "too-long", words: String::new() }));
        }
        // Somebody may be about to set it up, or to switch it on again.
        ChannelKind::Sms => match gateway {
            Some(gateway) => Recipient::Sms(Box::new(gateway.clone()), address),
            None => return Err(Outcome::Later(Answer { key: "no-gateway", words: String::new() }, None)),
        },
    })
}

/// The message as it travels; a letter that is stored in a way nobody can read does not leave.
fn note(message: &Due) -> Result<Note, Outcome> {
    let unreadable = |_| Outcome::Refused(Answer { key: "unreadable", words: String::new() });
    // A short message has no headers: its way out is in its words.
    let is_letter = message.kind.is_letter() && message.channel_kind == ChannelKind::Email;
    let thread = is_letter.then(|| serde_json::from_str(&message.thread)).transpose();
    let thread: Option<Thread> = thread.map_err(unreadable)?;
    let may_be_refused = thread.as_ref().is_some_and(|thread| thread.unsubscribe.is_some());
    if message.kind.is_asking() && is_letter && !may_be_refused {
        return Err(Outcome::Refused(Answer { key: "no-way-out", words: String::new() }));
    }
    Ok(Note {
        id: message.name.clone(),
        subject: message.subject.clone(),
        body: message.body.clone(),
        link: Some(message.link.clone()).filter(|link| !link.is_empty()),
        loudness: match message.kind {
            NoticeKind::Alarm => Loudness::Alarm,
            NoticeKind::Warning
            | NoticeKind::Test
            | NoticeKind::Reply
            | NoticeKind::Receipt
            | NoticeKind::Invitation
            | NoticeKind::Reminder => Loudness::Normal,
            NoticeKind::Digest | NoticeKind::Weekly | NoticeKind::Event => Loudness::Quiet,
        },
        at: message.created_at,
        thread,
        attachment: match &message.attachment {
            Some(content) => {
                let unfit = |_| Outcome::Refused(Answer { key: "unreadable", words: String::new() });
                Some(Attachment::new(&message.attachment_name, content.clone()).map_err(unfit)?)
            }
            None => None,
        },
        html: Some(message.html.clone()).filter(|html| !html.is_empty()),
    })
}
