//! What a report of the detector changes: a new warning, a raised one, an ended one; and whether the owner is told.

use detection::{Report, State};
use domain::{WarningChange, WarningLevel, WarningState};
use jiff::{SignedDuration, Timestamp};

/// Below the interrupting threshold by less than this (a third of the evidence), a story is worth a look: *Mira*.
const WATCH_MARGIN: f64 = 1.1;
/// The owner is told again of one warning only after this time, unless it was raised to *Alarma*.
const TELL_AGAIN: SignedDuration = SignedDuration::from_hours(24);
/// …and only if it has at least so many times the voices she was told of.
const GROWN: f64 = 1.5;

/// A warning as far as the next step depends on it.
#[derive(Debug, Clone, Copy)]
pub struct Stands {
    /// Its level.
    pub level: WarningLevel,
    /// Where it stands.
    pub state: WarningState,
    /// When the owner was last told, and of how many voices.
    pub told: Option<(Timestamp, f64)>,
}

/// What to do with a report.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Change {
    /// What it is in the diary; `None` where only figures are renewed.
    pub what: Option<WarningChange>,
    /// The state after it.
    pub state: WarningState,
    /// The level after it: it never sinks while a warning is open.
    pub level: WarningLevel,
    /// Whether the owner is told now, rather than in the next summary.
    pub tell: bool,
}

/// Fewer voices than this are no story, whatever the evidence says.
const VOICES_MIN: f64 = 2.0;

/// Whether a report is worth being kept at all.
pub fn is_worth_a_look(report: &Report, false_alarm_days: u32) -> bool {
    let evidence = report.alarm || report.score >= f64::from(false_alarm_days).ln() - WATCH_MARGIN;
    evidence && report.observed >= VOICES_MIN
}

/// Decides what a report changes; `None` means that nothing is kept.
pub fn decide(
    stands: Option<Stands>,
    report: &Report,
    false_alarm_days: u32,
    now: Timestamp,
) -> Option<Change> {
    let level = super::past::level(report.level);
    let Some(stands) = stands else {
        let opens = report.state != State::Ended && is_worth_a_look(report, false_alarm_days);
        return opens.then_some(Change {
            what: Some(WarningChange::Opened),
            state: WarningState::Open,
            level,
            tell: report.alarm,
        });
    };
    if report.state == State::Ended {
        let was_open = stands.state == WarningState::Open;
        let state = if was_open { WarningState::Ended } else { stands.state };
        let what = was_open.then_some(WarningChange::Ended);
        return Some(Change { what, state, level: stands.level, tell: false });
    }
    let raised = level > stands.level;
    let level = level.max(stands.level);
    let again = stands
        .told
        .is_none_or(|(at, of)| now.duration_since(at) >= TELL_AGAIN && report.observed >= GROWN * of);
    match stands.state {
        WarningState::Open => {
            let tell = report.alarm && (raised || again);
            let what = match (raised, tell) {
                (true, _) => Some(WarningChange::Raised),
                (false, true) => Some(WarningChange::Grown),
                (false, false) => None,
            };
            Some(Change { what, state: WarningState::Open, level, tell })
        }
        WarningState::Ended if report.alarm => {
            Some(Change { what: Some(WarningChange::Reopened), state: WarningState::Open, level, tell: true })
        }
        // What somebody judged stays judged unless it becomes worse than what she saw.
        WarningState::Closed if raised && report.alarm => {
            Some(Change { what: Some(WarningChange::Reopened), state: WarningState::Open, level, tell: true })
        }
        WarningState::Ended | WarningState::Closed => {
            Some(Change { what: None, state: stands.state, level: stands.level, tell: false })
        }
    }
}
