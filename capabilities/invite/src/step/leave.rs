//! Letting invitations leave: so many a day, within the day's window, none that has to wait, and one reminder.
//!
//! An open incident or an open complaint of hers puts an invitation off, at the most until its last day: then it leaves
//! all the same, with the same words, for not asking whoever complained would be choosing whom to ask.

use std::collections::HashSet;

use asking::Link;
use asking::eligible::LeftOut;
use asking::pace::{self, Baseline};
use connectors::notify::{letter_html, letter_text};
use domain::{AskWay, InvitationState, NoticeKind, OutgoingId};
use foundation::store::{Batch, Scope, StoreError};
use foundation::web::Locale;
use jiff::Timestamp;
use notify::{Letter, Outbox, Sms, Thread, Unsubscribe};

use super::Round;
use crate::letter::Asking;
use crate::store::draws;
use crate::store::funnel::{self, Funnel};
use crate::store::invitations::{self, Ready};
use crate::store::settings::{self, Settings};

/// Rows looked at in one go.
const LOOKED_AT: u32 = 500;
/// Letters of one batch.
const BATCH: usize = 20;
/// Days over which it is counted how much a business usually gets.
pub const USUAL_DAYS: i64 = 90;
/// Days over which it is counted how many answer, and how old an invitation must be to be judged.
const RATE_DAYS: i64 = 180;
const RATE_AGE: i64 = 7;

/// How many a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// What follows from what the business usually gets.
    pub usual: u32,
    /// What it takes to ask everybody who waits in time.
    pub needed: u32,
    /// The owner's own limit.
    pub limit: Option<u32>,
    /// What holds today.
    pub today: u32,
}

impl Pace {
    /// The owner's own pace where she set one; else the usual one, and more where somebody would not be asked in time.
    pub fn of(usual: u32, needed: u32, limit: Option<u32>) -> Self {
        Self { usual, needed, limit, today: limit.unwrap_or_else(|| usual.max(needed)) }
    }

    /// Whether somebody will not be asked in time.
    pub fn too_slow(&self) -> bool {
        self.limit.is_some_and(|limit| limit < self.needed)
    }
}

/// The pace of today.
pub async fn pace_of(scope: &Scope, settings: &Settings, today: i64) -> Result<Pace, StoreError> {
    let reviews = funnel::reviews_since(scope, today - USUAL_DAYS).await?;
    let past: Funnel = funnel::funnel(scope, today - RATE_DAYS, today - RATE_AGE).await?;
    let usual = pace::usual_pace(&Baseline {
        reviews_per_day: reviews as f64 / USUAL_DAYS as f64,
        asked: past.delivered,
        answered: past.delivered_answered,
    });
    let needed = pace::needed_pace(&invitations::waiting_days(scope, today).await?, today);
    let limit = settings.cap_per_day.map(|limit| u32::try_from(limit).unwrap_or(0));
    Ok(Pace::of(usual, needed, limit))
}

/// Why an invitation is put off.
async fn held(round: &Round<'_>) -> anyhow::Result<(bool, HashSet<String>)> {
    let incident = warn::incidents_open(round.scope).await? > 0;
    Ok((incident, respond::store::complaints::open_addresses(round.scope).await?))
}

fn minute_of_day(round: &Round<'_>) -> i64 {
    let local = round.zone.to_datetime(round.context.now());
    i64::from(local.hour()) * 60 + i64::from(local.minute())
}

/// Invitations whose turn it is.
pub(crate) async fn invitations(round: &Round<'_>) -> anyhow::Result<bool> {
    let agenda = invitations::agenda(round.scope, round.today).await?;
    let (incident, complaining) = held(round).await?;
    let mut batch = Batch::new();
    if agenda.late > 0 {
        invitations::expire(&mut batch, round.today);
    }
    if (incident && agenda.to_hold > 0) || (!incident && agenda.held > 0) {
        invitations::hold_all(&mut batch, incident, round.today);
    }
    if !batch.is_empty() {
        round.write(batch).await?;
    }
    if agenda.due == 0 || pace::allowed_by(1, minute_of_day(round)) == 0 {
        return Ok(false);
    }
    let pace = pace_of(round.scope, round.settings, round.today).await?;
    let sent = invitations::sent_today(round.scope, round.today).await?;
    let room = pace::allowed_by(pace.today, minute_of_day(round)).saturating_sub(sent);
    if room == 0 {
        return Ok(false);
    }
    // During an incident only those leave that must.
    let until = if incident { round.today } else { i64::MAX };
    let due = invitations::due(round.scope, round.today, until, LOOKED_AT).await?;
    let post = Post::open(round).await?;
    let mut leaving = Vec::new();
    let mut aside = Batch::new();
    for one in due {
        let complains = [&one.email, &one.phone].iter().any(|contact| complaining.contains(contact.as_str()));
        if one.opted_out {
            invitations::close(&mut aside, one.id, InvitationState::LeftOut, LeftOut::OptedOut.as_str());
        } else if one.gone {
            invitations::close(&mut aside, one.id, InvitationState::Cancelled, "");
        } else if post.way(&one).is_none() {
            // No relay or gateway is set up yet: it waits, and says so.
            note(&mut aside, &one, "no-way");
        } else if complains && one.last_day > round.today {
            note(&mut aside, &one, "complaint");
        } else if leaving.len() < room as usize {
            leaving.push(one);
        }
    }
    if !aside.is_empty() {
        round.write(aside).await?;
    }
    send(round, &post, &leaving, Turn::First).await
}

/// Writes down why one waits, where that is news.
fn note(batch: &mut Batch, one: &Ready, why: &str) {
    if one.held_for != why {
        invitations::hold(batch, one.id, why);
    }
}

/// Reminders whose turn it is: as many a day as invitations, and none while something is going on.
pub(crate) async fn reminders(round: &Round<'_>) -> anyhow::Result<bool> {
    let days = round.settings.reminder_days;
    if days <= 0 || pace::allowed_by(1, minute_of_day(round)) == 0 {
        return Ok(false);
    }
    let sent = (round.today - asking::ANSWER_DAYS, round.today - days);
    let oldest = round.today - asking::REMIND_DAYS;
    let mut due = invitations::to_remind(round.scope, sent, oldest, LOOKED_AT).await?;
    if due.is_empty() {
        return Ok(false);
    }
    let (incident, complaining) = held(round).await?;
    if incident {
        return Ok(false);
    }
    let midnight = notify::rules::day_start(round.context.now(), round.zone);
    let post = Post::open(round).await?;
    due.retain(|one| {
        let complains = [&one.email, &one.phone].iter().any(|contact| complaining.contains(contact.as_str()));
        !complains && post.way(one).is_some()
    });
    if due.is_empty() {
        return Ok(false);
    }
    let pace = pace_of(round.scope, round.settings, round.today).await?;
    let gone = invitations::reminded_since(round.scope, midnight).await?;
    // Whoever was asked in one day may be reminded in one day.
    let most = pace.today.max(u32::try_from(due.len()).unwrap_or(0).div_ceil(7));
    let room =
        pace::allowed_by(most.min(pace.limit.unwrap_or(most)), minute_of_day(round)).saturating_sub(gone);
    due.truncate(room as usize);
    send(round, &post, &due, Turn::Again).await
}

/// Whether it is the invitation or its reminder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Turn {
    First,
    Again,
}

/// Puts them into the outbox, a few in each batch. Where one of a batch said no a moment ago, the others go one by one.
async fn send(round: &Round<'_>, post: &Post<'_>, all: &[Ready], turn: Turn) -> anyhow::Result<bool> {
    for some in all.chunks(BATCH) {
        match send_batch(round, post, some, turn).await {
            Ok(()) => {}
            Err(error) if some.len() > 1 && is_conflict(&error) => {
                for one in some.chunks(1) {
                    match send_batch(round, post, one, turn).await {
                        Ok(()) => {}
                        Err(error) if is_conflict(&error) => {
                            tracing::debug!("an invitation was taken back a moment ago");
                        }
                        Err(error) => return Err(error),
                    }
                }
            }
            Err(error) if is_conflict(&error) => {}
            Err(error) => return Err(error),
        }
    }
    if !all.is_empty() {
        round.context.wakes.wake(notify::QUEUED);
    }
    Ok(!all.is_empty())
}

fn is_conflict(error: &anyhow::Error) -> bool {
    error.downcast_ref::<StoreError>().is_some_and(StoreError::is_conflict)
}

async fn send_batch(round: &Round<'_>, post: &Post<'_>, some: &[Ready], turn: Turn) -> anyhow::Result<()> {
    let mut outbox = Outbox::load(round.context, round.scope.organization()).await?;
    let mut batch = Batch::new();
    for one in some {
        let Some(way) = post.way(one) else { continue };
        let tag = draws::tag_of(round.scope, one.visit).await?;
        let id = post.put(&mut outbox, &mut batch, one, way, tag.as_ref(), turn);
        match turn {
            Turn::First => invitations::sent(&mut batch, one, id, way, round.context.now(), round.today),
            Turn::Again => invitations::reminded(&mut batch, one, id, round.context.now()),
        }
    }
    round.write(batch).await?;
    metrics::counter!("timon_invitations_total").increment(some.len() as u64);
    Ok(())
}

/// What every letter of a round has in common.
struct Post<'a> {
    round: &'a Round<'a>,
    links: Vec<Link>,
    mail: bool,
    text: bool,
}

impl<'a> Post<'a> {
    async fn open(round: &'a Round<'a>) -> Result<Self, StoreError> {
        // Without the address that people type, a letter would lead nowhere.
        let home = round.context.config.link("/").is_some();
        Ok(Self {
            round,
            links: settings::links(round.scope).await?,
            mail: home && round.context.config.mail.is_some(),
            text: home && notify::can_text(round.scope).await?,
        })
    }

    /// How she can be asked: by mail where she has an address, else by a short message.
    fn way(&self, one: &Ready) -> Option<AskWay> {
        if self.mail && !one.email.is_empty() {
            Some(AskWay::Email)
        } else if self.text && !one.phone.is_empty() {
            Some(AskWay::Sms)
        } else {
            None
        }
    }

    fn put(
        &self,
        outbox: &mut Outbox,
        batch: &mut Batch,
        one: &Ready,
        way: AskWay,
        tag: Option<&(String, String)>,
        turn: Turn,
    ) -> OutgoingId {
        let home = self.round.home;
        let asking = Asking {
            business: &home.name,
            postal: &self.round.settings.postal,
            locale: Locale::parse(&home.locale).unwrap_or(Locale::Es),
            purpose: one.purpose,
            name: &one.name,
            language: &one.language,
            visit_day: one.visit_day,
            basis: one.basis,
            home: &self.round.context.config.public_url,
            token: &one.token,
            draw: tag.filter(|_| one.draw.is_some()),
            links: &self.links,
            again: turn == Turn::Again,
        };
        let (kind, dedupe_key) = match turn {
            Turn::First => (NoticeKind::Invitation, format!("invitation:{}", one.id)),
            Turn::Again => (NoticeKind::Reminder, format!("reminder:{}", one.id)),
        };
        if way == AskWay::Sms {
            let (to, text, not_before) = (one.phone.clone(), asking.short(), None::<Timestamp>);
            return outbox.put_sms(batch, &Sms { kind, dedupe_key, to, text, not_before });
        }
        let letter = asking.letter();
        let sender = self.round.settings.sender.trim();
        outbox.put_letter(
            batch,
            &Letter {
                kind,
                dedupe_key,
                to: one.email.clone(),
                subject: asking.subject(),
                body: letter_text(&letter),
                html: Some(letter_html(&letter)),
                thread: Thread {
                    reply_to: Some(sender.to_owned()).filter(|sender| !sender.is_empty()),
                    from_name: Some(home.name.clone()),
                    unsubscribe: Some(Unsubscribe { url: asking.way_out(), mailto: None }),
                    ..Thread::default()
                },
                attachment: None,
                not_before: None,
            },
        )
    }
}
