//! From the detector's reports to warnings: which of them is meant, what changes, what is told, the story as it is now.

use detection::{Detector, Report, State};
use domain::{MentionId, WarningChange, WarningId, WarningLevel, WarningState};
use foundation::Context;
use foundation::store::{Batch, Scope, StoreError};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::rules::change::{self, Stands};
use crate::rules::past::level;
use crate::rules::story::{self, Day, Story};
use crate::rules::weigh::{instant, local};
use crate::store::Place;
use crate::store::warnings::{self, Event, VOICES_MAX, Warning};
use crate::tell::tell;

/// A warning of which nothing new was heard for this long is over, if the detector does not follow it.
const FORGOTTEN: SignedDuration = SignedDuration::from_hours(7 * 24);
/// Days of a warning's series: its own and what was usual before.
const SERIES_DAYS: i64 = 35;

/// A warning on its way.
struct Draft {
    warning: Warning,
    /// Not in the table yet.
    new: bool,
    /// The last report about it, if any came.
    report: Option<Report>,
    /// Lines for its diary.
    events: Vec<Event>,
    /// Whether the owner is told now.
    tell: bool,
    /// It ended because nothing was heard of it.
    forgotten: bool,
}

/// The warnings of an organisation that the detector may speak of.
pub(super) struct Known {
    drafts: Vec<Draft>,
    let_go: bool,
}

impl Known {
    pub(super) async fn load(scope: &Scope, now: Timestamp) -> Result<Self, StoreError> {
        let followed = warnings::followed(scope, now - FORGOTTEN).await?;
        let drafts = followed.into_iter().map(|warning| Draft {
            warning,
            new: false,
            report: None,
            events: Vec::new(),
            tell: false,
            forgotten: false,
        });
        Ok(Self { drafts: drafts.collect(), let_go: false })
    }

    /// The detector began anew: its numbers mean other stories.
    pub(super) fn let_go(&mut self) {
        self.let_go = true;
        for draft in &mut self.drafts {
            draft.warning.number = None;
        }
    }

    /// Which warning a report means: the one with its number; else one the detector gave no number that is about the
    /// same place and lies in the same time.
    fn find(&self, report: &Report, zone: &TimeZone) -> Option<usize> {
        let numbered = |draft: &Draft| report.warning != 0 && draft.warning.number == Some(report.warning);
        if let Some(at) = self.drafts.iter().position(numbered) {
            return Some(at);
        }
        let since = instant(report.since, zone);
        self.drafts.iter().position(|draft| {
            let warning = &draft.warning;
            let same_place =
                warning.story.segment == report.segment || warning.story.also.contains(&report.segment);
            let nested = warning.level == WarningLevel::Watch && overlaps(&warning.story, report);
            warning.number.is_none()
                && (same_place || nested)
                && warning.state == WarningState::Open
                && since <= warning.changed_at + FORGOTTEN
        })
    }

    /// Takes in a report of what is happening.
    pub(super) fn take(&mut self, context: &Context, report: &Report, days: u32, zone: &TimeZone) {
        let now = context.now();
        let found = self.find(report, zone);
        let stands = found.map(|at| stands(&self.drafts[at].warning));
        let Some(change) = change::decide(stands, report, days, now) else { return };
        let at = found.unwrap_or_else(|| self.open(context, report, zone, false));
        let draft = &mut self.drafts[at];
        renew(&mut draft.warning, report, zone, now);
        draft.warning.level = change.level;
        draft.warning.state = change.state;
        if change.state == WarningState::Ended {
            draft.warning.closed_at = draft.warning.closed_at.or(Some(now));
        } else if change.state == WarningState::Open {
            draft.warning.closed_at = None;
        }
        if change.tell {
            draft.tell = true;
            draft.warning.told = Some((now, report.observed));
        }
        if let Some(what) = change.what {
            draft.events.push(event(&draft.warning, what, now));
        }
        draft.report = Some(report.clone());
    }

    /// Takes in what weighing the history found to be going on still. Nobody is interrupted for it: whoever has just
    /// imported is looking at the screen.
    pub(super) fn found_late(&mut self, context: &Context, report: &Report, zone: &TimeZone) {
        let now = context.now();
        let known = self.find(report, zone).or_else(|| self.find_judged(report, zone));
        let at = known.unwrap_or_else(|| {
            let at = self.open(context, report, zone, true);
            let draft = &mut self.drafts[at];
            draft.events.push(event(&draft.warning, WarningChange::Opened, now));
            at
        });
        let draft = &mut self.drafts[at];
        renew(&mut draft.warning, report, zone, now);
        // What somebody judged stays as she left it, and is followed again.
        if draft.warning.state == WarningState::Open {
            draft.warning.level = draft.warning.level.max(level(report.level));
        }
        draft.report = Some(report.clone());
    }

    /// The warning of a story that was judged or had ended, when the history is weighed again.
    fn find_judged(&self, report: &Report, zone: &TimeZone) -> Option<usize> {
        let since = instant(report.since, zone);
        self.drafts.iter().position(|draft| {
            let warning = &draft.warning;
            let same_time = since <= warning.changed_at && warning.since_at <= instant(report.at, zone);
            warning.number.is_none() && same_time && overlaps(&warning.story, report)
        })
    }

    fn open(&mut self, context: &Context, report: &Report, zone: &TimeZone, found_late: bool) -> usize {
        let now = context.now();
        let warning = Warning {
            id: WarningId(context.new_id()),
            number: None,
            level: level(report.level),
            state: WarningState::Open,
            verdict: None,
            found_late,
            since_at: instant(report.since, zone),
            opened_at: now,
            changed_at: now,
            closed_at: None,
            observed: report.observed,
            expected: report.expected,
            score: report.score,
            story: story::tell(report, &[], Vec::new()),
            told: None,
            revision: 1,
        };
        let draft =
            Draft { warning, new: true, report: None, events: Vec::new(), tell: false, forgotten: false };
        self.drafts.push(draft);
        self.drafts.len() - 1
    }

    /// Ends what the detector does not follow and of which nothing was heard for a week.
    pub(super) fn end_forgotten(&mut self, now: Timestamp) {
        for draft in &mut self.drafts {
            let warning = &mut draft.warning;
            let old = now.duration_since(warning.changed_at) >= FORGOTTEN;
            if warning.state == WarningState::Open && warning.number.is_none() && old {
                draft.forgotten = true;
                draft.events.push(event(warning, WarningChange::Ended, now));
            }
        }
    }

    /// Whether anybody is told anything.
    pub(super) fn told(&self) -> bool {
        self.drafts.iter().any(|draft| draft.tell)
    }

    /// Adds everything that changed to a batch: warnings, their voices, diaries and what the owner is told.
    pub(super) async fn save(
        &mut self,
        context: &Context,
        scope: &Scope,
        batch: &mut Batch,
        (detector, place): (&Detector, &Place),
    ) -> Result<(), StoreError> {
        if self.let_go {
            warnings::let_go(batch);
        }
        let now = context.now();
        let mut outbox = if self.told() { Some(outbox(context, scope).await?) } else { None };
        for draft in &mut self.drafts {
            let id = draft.warning.id;
            if let Some(report) = &draft.report {
                let members = members(report);
                let voices = warnings::voices(scope, &members).await?;
                let days = series(detector, report, local(now, &place.zone));
                draft.warning.story = story::tell(report, &voices, days);
                if draft.new {
                    warnings::insert(batch, &draft.warning);
                    metrics::counter!("timon_warnings_total", "level" => draft.warning.level.as_str())
                        .increment(1);
                } else {
                    warnings::update(batch, &draft.warning);
                    // as it stands from now on: what is told is told once for each revision
                    draft.warning.revision += 1;
                }
                // Only what is still there: a voice may have been erased meanwhile.
                let present: Vec<MentionId> = voices.iter().map(|voice| voice.id).collect();
                warnings::set_mentions(batch, id, &present);
            } else if draft.forgotten {
                warnings::end(batch, id, now);
            }
            for event in &draft.events {
                warnings::note(batch, context.new_id(), id, event, None);
            }
            if let Some(outbox) = outbox.as_mut().filter(|_| draft.tell) {
                tell(batch, outbox, &draft.warning, place);
            }
        }
        Ok(())
    }
}

async fn outbox(context: &Context, scope: &Scope) -> Result<notify::Outbox, StoreError> {
    let loaded = notify::Outbox::load(context, scope.organization()).await;
    loaded.map_err(|error| StoreError::Engine(format!("the outbox cannot be read: {error:#}")))
}

/// Whether a story and a report may be the same: one lies within the other.
fn overlaps(story: &Story, report: &Report) -> bool {
    let within = |a: &Option<String>, b: &Option<String>| match (a, b) {
        (Some(a), Some(b)) => a.starts_with(b.as_str()) || b.starts_with(a.as_str()),
        _ => true,
    };
    let (a, b) = (&story.segment, &report.segment);
    within(&a.place, &b.place)
        && within(&a.source, &b.source)
        && within(&a.topic, &b.topic)
        && within(&a.audience, &b.audience)
}

fn stands(warning: &Warning) -> Stands {
    Stands { level: warning.level, state: warning.state, told: warning.told }
}

fn renew(warning: &mut Warning, report: &Report, zone: &TimeZone, now: Timestamp) {
    let ended = report.state == State::Ended;
    if report.warning != 0 && !ended {
        warning.number = Some(report.warning);
    }
    warning.changed_at = now;
    if !ended {
        warning.since_at = instant(report.since, zone);
        warning.observed = report.observed;
        warning.expected = report.expected;
        warning.score = warning.score.max(report.score);
    }
}

fn event(warning: &Warning, what: WarningChange, at: Timestamp) -> Event {
    Event { what, level: warning.level, observed: warning.observed, expected: warning.expected, at }
}

/// The newest voices of a report.
fn members(report: &Report) -> Vec<MentionId> {
    let newest = report.members.len().saturating_sub(VOICES_MAX);
    report.members[newest..].iter().map(|id| MentionId(*id as i64)).collect()
}

/// The days of a report's segment until now, with what was usual.
fn series(detector: &Detector, report: &Report, now: detection::Seconds) -> Vec<Day> {
    let today = now.div_euclid(86_400);
    let counted = detector.days(&report.segment, today - SERIES_DAYS + 1, today);
    counted
        .into_iter()
        .map(|count| {
            let band = detector.band(&report.segment, count.day);
            Day {
                day: count.day,
                observed: count.negatives,
                expected: band.expected,
                low: f64::from(band.low),
                high: f64::from(band.high),
            }
        })
        .collect()
}
