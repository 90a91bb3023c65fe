//! Background work of this room: weighing what was read, weighing the whole history where it changed.
//!
//! What must stay true: a mention is weighed once, in one batch with what it raised and with the detector's new memory;
//! so a restart goes on where it was, and nothing is told twice.

use std::collections::BTreeMap;

use detection::{Detector, Event, Report, State};
use domain::{MentionId, OrganizationId, SourceId};
use foundation::Context;
use foundation::steps::{Lease, Progress, Work};
use foundation::store::{Batch, Scope, StoreError};
use jiff::{SignedDuration, Timestamp, ToSpan as _};
use listen::store::mentions;

use crate::rules::past::{Past, PastWarning, level};
use crate::rules::weigh::{Scale, Weighable, Weighed, local};
use crate::store::{self, Kept, Place};

mod apply;

use apply::Known;

/// Mentions weighed into one commit.
const BATCH: u32 = 2_048;
/// Mentions of the history weighed in one go.
const STRETCH: u32 = 20_000;
/// Organisations looked at in one run.
const AT_ONCE: u32 = 200;
/// Late mentions from which the whole history is weighed again: fewer change little in what is usual…
const LATE: i64 = 20;
/// …unless they are more than this part of all.
const LATE_PART: i64 = 20;
/// The detector decides minute by minute: whatever was handed over is decided a minute later.
const TICK: SignedDuration = SignedDuration::from_secs(60);
/// History older than this teaches nothing: what is usual is forgotten by half every sixty days.
const YEARS: i32 = 3;
/// Runs of the simulation that says what could be seen.
const SIGHT_RUNS: u32 = 200;

/// Weighs every mention that was read, and weighs the history of organisations where it changed.
pub async fn weigh(context: &Context) -> anyhow::Result<Progress> {
    let mut work = Work::default();
    for organization in store::organizations_waiting(context, context.now(), AT_ONCE).await? {
        work.took(weigh_claimed(context, organization).await);
    }
    work.outcome()
}

async fn weigh_claimed(context: &Context, organization: OrganizationId) -> anyhow::Result<bool> {
    let Some(lease) = Lease::claim(context, format!("warn:{organization}")).await? else {
        return Ok(false);
    };
    let outcome = weigh_organization(context, &context.scope(organization), &lease).await;
    lease.release(context).await?;
    match outcome {
        // Somebody judged a warning meanwhile: what was weighed is still on the queue.
        Err(error) if error.is_conflict() => Ok(true),
        other => Ok(other?),
    }
}

async fn weigh_organization(context: &Context, scope: &Scope, lease: &Lease) -> Result<bool, StoreError> {
    let home = Home::of(scope).await?;
    let Some(kept) = store::detector(scope).await? else { return begin(context, scope, lease, &home).await };
    let restored = Detector::restore(&kept.state, home.settings()).ok();
    let now = home.now(context);
    let Some(mut detector) = restored.filter(|detector| is_of_this_time(detector, now)) else {
        // Kept by a program that weighed otherwise, damaged, or under a clock that went wrong: the history holds all that
        // is needed.
        tracing::warn!(organization = %scope.organization(), "the detector's memory is of no use; weighing everything again");
        let mut batch = Batch::new();
        store::begin_again(&mut batch);
        scope.write(lease.guard(context.now(), batch)).await?;
        return begin(context, scope, lease, &home).await;
    };
    introduce(&mut detector, scope, &home).await?;
    let waiting = store::unweighed(scope, BATCH).await?;
    if waiting.is_empty() && wants_all_again(&kept) {
        return begin(context, scope, lease, &home).await;
    }
    let more = waiting.len() as u32 == BATCH;
    let again = weigh_batch(context, scope, lease, &home, (kept, detector), waiting).await?;
    Ok(more || again)
}

/// A clock may go back by an hour, when summer ends. A detector that lives further ahead than that would take everything
/// for old until its time has come.
const AHEAD_MAX: detection::Seconds = 2 * 3_600;

fn is_of_this_time(detector: &Detector, now: detection::Seconds) -> bool {
    detector.now().is_none_or(|decided| decided <= now + AHEAD_MAX)
}

/// Whether so much came late that what is usual has to be learnt again.
const fn wants_all_again(kept: &Kept) -> bool {
    kept.late >= LATE || (kept.late > 0 && kept.late * LATE_PART >= kept.weighed)
}

/// What weighing needs to know of an organisation.
struct Home {
    place: Place,
    at: nlp::Home,
    false_alarm_days: u32,
}

impl Home {
    async fn of(scope: &Scope) -> Result<Self, StoreError> {
        let place = store::place(scope).await?;
        let at = understand::rules::home(nlp::Model::embedded(), &place.town);
        Ok(Self { at, place, false_alarm_days: store::setting(scope).await?.false_alarm_days })
    }

    fn settings(&self) -> detection::Settings {
        detection::Settings { false_alarm_days: f64::from(self.false_alarm_days), ..Default::default() }
    }

    /// The moment on this organisation's wall clocks.
    fn now(&self, context: &Context) -> detection::Seconds {
        local(context.now(), &self.place.zone)
    }

    /// When the detector is to be looked at again though nothing new was heard: shortly after the next midnight.
    fn next_day(&self, now: Timestamp) -> Timestamp {
        let zoned = now.to_zoned_datetime(self.place.zone.clone());
        let next = zoned.start_of_day().and_then(|day| day.checked_add(1.day().minutes(5)));
        next.map_or(now + SignedDuration::from_hours(24), |zoned| zoned.timestamp())
    }
}

/// Tells a detector since when each source is listened to. What comes by hand was never "connected"; a feed was when it
/// was added.
async fn introduce(detector: &mut Detector, scope: &Scope, home: &Home) -> Result<(), StoreError> {
    for (source, since) in store::listened(scope).await? {
        let since = since.map_or(0, |since| local(since, &home.place.zone));
        detector.introduce(&source.to_string(), since);
    }
    Ok(())
}

/// Mentions as events; off the threads of the pages, for a thousand of them take milliseconds.
async fn to_events(
    context: &Context,
    scope: &Scope,
    home: &Home,
    mentions: Vec<Weighable>,
) -> Result<Vec<Weighed>, StoreError> {
    let (secret, organization) = (context.secret.clone(), scope.organization());
    let (zone, at) = (home.place.zone.clone(), home.at.clone());
    let weighing = tokio::task::spawn_blocking(move || {
        let pseudonym = |source: SourceId, author: &str| {
            let parts: [&[u8]; 4] =
                [b"author", &organization.0.to_be_bytes(), &source.0.to_be_bytes(), author.as_bytes()];
            let signed = secret.sign(&parts);
            signed.first_chunk().map_or(0, |bytes| u64::from_be_bytes(*bytes))
        };
        let mut scale = Scale::new(&zone, at, &pseudonym);
        mentions.into_iter().map(|mention| scale.weigh(mention)).collect()
    });
    weighing.await.map_err(|error| StoreError::Engine(format!("weighing stopped: {error}")))
}

/// Hands events to a detector and lets time pass.
async fn hand_over(
    mut detector: Detector,
    events: Vec<Weighed>,
    until: Option<detection::Seconds>,
) -> Result<(Detector, Vec<Report>), StoreError> {
    let deciding = tokio::task::spawn_blocking(move || {
        let events: Vec<Event<'_>> = events.iter().map(Weighed::event).collect();
        let mut reports = detector.feed(&events);
        if let Some(now) = until {
            reports.extend(detector.advance(now));
        }
        (detector, reports)
    });
    deciding.await.map_err(|error| StoreError::Engine(format!("weighing stopped: {error}")))
}

/// Weighs one batch; says whether the whole history has to be weighed again.
async fn weigh_batch(
    context: &Context,
    scope: &Scope,
    lease: &Lease,
    home: &Home,
    (kept, detector): (Kept, Detector),
    waiting: Vec<Weighable>,
) -> Result<bool, StoreError> {
    let ids: Vec<MentionId> = waiting.iter().map(|mention| mention.id).collect();
    let (late, fresh): (Vec<Weighable>, Vec<Weighable>) =
        waiting.into_iter().partition(Weighable::is_history);
    let heard_now = !fresh.is_empty();
    let mut events = to_events(context, scope, home, fresh).await?;
    events.sort_by_key(Weighed::order);
    let (detector, reports) = hand_over(detector, events, Some(home.now(context))).await?;
    let now = context.now();
    let mut known = Known::load(scope, now).await?;
    for report in &reports {
        known.take(context, report, home.false_alarm_days, &home.place.zone);
    }
    known.end_forgotten(now);
    let mut batch = Batch::new();
    known.save(context, scope, &mut batch, (&detector, &home.place)).await?;
    mentions::mark_weighed(&mut batch, &ids);
    let mut kept = Kept {
        weighed: kept.weighed + ids.len() as i64,
        late: kept.late + late.len() as i64,
        state: detector.save(),
        due_at: Some(if heard_now { now + TICK } else { home.next_day(now) }),
    };
    let again = wants_all_again(&kept);
    if again {
        kept.due_at = Some(now);
    }
    store::keep(&mut batch, &kept, now);
    scope.write(lease.guard(now, batch)).await?;
    if known.told() {
        context.wakes.wake(notify::QUEUED);
        context.wakes.wake(notify::EVENTS);
    }
    Ok(again)
}

/// Weighs the whole history of an organisation, as if it were happening, and keeps what it would have raised. Waits
/// until everything is read: an import of a million mentions is weighed once, not two hundred times.
async fn begin(context: &Context, scope: &Scope, lease: &Lease, home: &Home) -> Result<bool, StoreError> {
    if mentions::count_unread(scope).await? > 0 {
        return Ok(false);
    }
    let mut detector = Detector::new(home.settings());
    introduce(&mut detector, scope, home).await?;
    let mut past = Past::default();
    let mut stories: BTreeMap<u32, Story> = BTreeMap::new();
    let oldest = context.now().to_zoned_datetime(home.place.zone.clone()).checked_sub(YEARS.years());
    let mut after = oldest.map_or(MentionId(0), |zoned| MentionId::first_of(zoned.timestamp()));
    let now = home.now(context);
    loop {
        let stretch = store::history(scope, after, STRETCH).await?;
        let last = stretch.last().map(|mention| mention.id);
        let end = (stretch.len() as u32) < STRETCH;
        // What nobody dated teaches nothing about days.
        let dated: Vec<Weighable> = stretch.into_iter().filter(|mention| mention.dated != 0).collect();
        for mention in &dated {
            past.count(local(mention.posted_at, &home.place.zone), mention.is_negative());
        }
        let events = to_events(context, scope, home, dated).await?;
        let events = events.into_iter().map(Weighed::as_past).collect();
        let (next, reports) = hand_over(detector, events, end.then_some(now)).await?;
        detector = next;
        for report in reports {
            past.take(&report);
            if report.warning != 0 {
                let story = stories.entry(report.warning).or_insert_with(|| Story::begin(&report));
                story.level = story.level.max(report.level);
                story.last = report;
            }
        }
        scope.write(lease.guard(context.now(), Batch::new())).await?;
        match last {
            Some(last) if !end => after = last,
            _ => break,
        }
    }
    finish(context, scope, lease, home, detector, past, stories).await
}

/// What is kept of the reports about one story of the past.
struct Story {
    /// When it would first have been said.
    said: detection::Seconds,
    /// The highest level it reached.
    level: detection::Level,
    last: Report,
}

impl Story {
    fn begin(report: &Report) -> Self {
        Self { said: report.at, level: report.level, last: report.clone() }
    }
}

async fn finish(
    context: &Context,
    scope: &Scope,
    lease: &Lease,
    home: &Home,
    detector: Detector,
    mut past: Past,
    stories: BTreeMap<u32, Story>,
) -> Result<bool, StoreError> {
    let now = context.now();
    let mut known = Known::load(scope, now).await?;
    known.let_go();
    for story in stories.values() {
        let last = &story.last;
        past.tell(PastWarning {
            since: last.since,
            at: story.said,
            level: level(story.level).as_str().to_owned(),
            observed: last.observed,
            expected: last.expected,
            segment: last.segment.clone(),
            open: last.state != State::Ended,
        });
        if last.state != State::Ended {
            known.found_late(context, last, &home.place.zone);
        }
    }
    let (detector, sight) = look(detector, scope.organization()).await?;
    past.sight = sight;
    let mut batch = Batch::new();
    known.save(context, scope, &mut batch, (&detector, &home.place)).await?;
    let kept = Kept {
        weighed: past.mentions as i64,
        late: 0,
        state: detector.save(),
        // What was said in this very minute is decided when it is over.
        due_at: Some(now + TICK),
    };
    store::keep_new(&mut batch, &kept, &past, now);
    scope.write(lease.guard(now, batch)).await?;
    tracing::info!(organization = %scope.organization(), mentions = past.mentions, "weighed the whole history");
    Ok(true)
}

/// Simulates what could be seen with this organisation's volume.
async fn look(
    detector: Detector,
    organization: OrganizationId,
) -> Result<(Detector, Option<detection::sight::Sight>), StoreError> {
    let looking = tokio::task::spawn_blocking(move || {
        let whole = detection::Segment::default();
        let sight = detection::sight::sight(&detector, &whole, organization.0 as u64, SIGHT_RUNS);
        (detector, sight)
    });
    looking.await.map_err(|error| StoreError::Engine(format!("looking stopped: {error}")))
}
