//! The detector of one organisation: its state and its doors.
//!
//! `intake.rs` takes mentions in and counts them, `days.rs` closes days, `judge.rs` decides what to say,
//! `warning.rs` is a warning's life, `explain.rs` finds beginning, place and members, `save.rs` writes and reads the
//! state. Nothing here knows the time but by what it is given.

mod days;
mod explain;
mod intake;
mod judge;
mod members;
mod ordinary;
mod save;
mod series;
mod warning;

use crate::calendar::{Calendar, day_of};
use crate::copies::{Copies, Words};
use crate::growth::gamma_quantile;
use crate::row::{Baseline, Frame, Ground, Row};
use crate::segments::{Facets, Key, Kind, NONE, Names, Shares};
use crate::types::{Band, DAY, Event, Report, Seconds, Segment, Settings, Usual};
use crate::voices::Voices;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap, VecDeque};
use warning::Warning;

/// The row of the whole organisation.
const ROOT: usize = 0;
/// The row of near-copies.
const COPIES: usize = 1;
/// So many pending mentions are looked through for old imports among them.
const FLOOD: usize = 50_000;
/// Length of a tick of arrival.
const TICK: Seconds = 60;
/// Moments outside are brought to the nearest one inside: 1970 to 2200, so that no arithmetic can overflow.
const LATEST: Seconds = 7_258_118_400;

/// A mention that waits for its tick to close.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Mention {
    published: Seconds,
    id: u64,
    seen: Seconds,
    facets: Facets,
    negative: bool,
    import: bool,
    author: Option<u64>,
    thread: Option<u64>,
    words: Option<Words>,
}

/// A source that is only watched yet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Quarantine {
    source: u32,
    since: Seconds,
    /// Negatives and others of each row.
    counts: BTreeMap<u32, (f64, f64)>,
}

/// A time in which a source could not be heard.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
struct Outage {
    source: u32,
    from: Seconds,
    to: Seconds,
}

/// Robust moments of the whole organisation's days, from which the overdispersion is learnt.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
struct Dispersion {
    shared: (f64, f64),
    negatives: (f64, f64),
    /// Relative variance of whole weeks' negatives.
    weekly: f64,
}

/// The first day and today.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Clock {
    first_day: i64,
    /// Today, with what all rows share on it.
    today: Frame,
    /// The latest arrival or passing of time.
    now: Seconds,
}

/// What is remembered; everything here is saved.
#[derive(Debug, Clone)]
struct Memory {
    clock: Option<Clock>,
    calendar: Calendar,
    frames: VecDeque<Frame>,
    dispersion: Dispersion,
    /// First day of the imported history, when it lies before the first day.
    history_from: Option<i64>,
    sources: BTreeMap<u32, Seconds>,
    quarantines: Vec<Quarantine>,
    outages: Vec<Outage>,
    voices: Voices,
    copies: Copies,
    warnings: Vec<Warning>,
    next_warning: u32,
    reported_at: Seconds,
    pending: Vec<Mention>,
}

/// Watches one organisation's mentions.
#[derive(Debug, Clone)]
pub struct Detector {
    settings: Settings,
    names: Names,
    rows: Vec<Row>,
    numbers: HashMap<Key, u32>,
    shares: Shares,
    memory: Memory,
}

impl Detector {
    /// Knows nothing yet.
    pub fn new(settings: Settings) -> Self {
        let dispersion = Dispersion {
            shared: (30.0, 30.0 / 4.0),
            negatives: (30.0, 30.0 / 10.0),
            weekly: days::WEEKLY_AT_FIRST,
        };
        Self {
            settings,
            names: Names::default(),
            rows: Vec::new(),
            numbers: HashMap::new(),
            shares: Shares::default(),
            memory: Memory {
                clock: None,
                calendar: Calendar::new(),
                frames: VecDeque::new(),
                dispersion,
                history_from: None,
                sources: BTreeMap::new(),
                quarantines: Vec::new(),
                outages: Vec::new(),
                voices: Voices::default(),
                copies: Copies::default(),
                warnings: Vec::new(),
                next_warning: 1,
                reported_at: 0,
                pending: Vec::new(),
            },
        }
    }

    /// Hands over mentions, in any order. They are decided when their tick (a minute of arrival) closes, that is
    /// when something of a later minute arrives or [`Self::advance`] says that it is over. Neither the boundaries of
    /// batches nor the order within a tick changes anything.
    pub fn feed(&mut self, events: &[Event<'_>]) -> Vec<Report> {
        let mut mentions: Vec<Mention> = Vec::with_capacity(events.len());
        for event in events {
            mentions.extend(self.take_in(event));
        }
        let tick = |mention: &Mention| mention.seen.div_euclid(TICK);
        let open = self.memory.pending.first().map(tick);
        let (before, all) = (self.memory.pending.len(), self.memory.pending.len() + mentions.len());
        // A minute may hold a hundred thousand: they are not looked through for each that joins them.
        let joins =
            mentions.iter().all(|mention| Some(tick(mention)) == open) && before / FLOOD == all / FLOOD;
        self.memory.pending.append(&mut mentions);
        if joins {
            return Vec::new();
        }
        let newest = self.memory.pending.iter().map(tick).max();
        newest.map_or_else(Vec::new, |newest| self.close_ticks(newest))
    }

    /// Time passes: closes the ticks and days before `now`; warnings may end.
    pub fn advance(&mut self, now: Seconds) -> Vec<Report> {
        let now = now.clamp(0, LATEST);
        let mut reports = self.close_ticks(now.div_euclid(TICK));
        if self.memory.clock.as_ref().is_some_and(|clock| now > clock.now) {
            self.pass_to(now, &mut reports);
        }
        reports
    }

    /// A source has been listened to since then, though it may have been silent. Without this a source counts as
    /// connected when it is first heard, and one that is first heard late is only watched for a while
    /// ([`Settings::quarantine_days`]): the first newspaper that writes about a shop is no new connector.
    pub fn introduce(&mut self, source: &str, since: Seconds) {
        let most = self.names_max();
        let number = self.names.number(Some(source), most);
        let since = since.clamp(0, LATEST);
        self.memory.sources.entry(number).and_modify(|first| *first = since.min(*first)).or_insert(since);
    }

    /// A source could not be heard from `from` to `to`: its silence is not quiet.
    pub fn outage(&mut self, source: &str, from: Seconds, to: Seconds) {
        let (from, to) = (from.clamp(0, LATEST), to.clamp(0, LATEST));
        let source = self.names.number(Some(source), self.names_max());
        if source != NONE && from < to && self.memory.outages.len() < 256 {
            self.memory.outages.push(Outage { source, from, to });
            self.renew_today();
        }
    }

    /// What the owner has set.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Changes the budget, in days until the first false alarm; at least one day.
    pub fn set_budget(&mut self, false_alarm_days: f64) {
        self.settings.false_alarm_days = false_alarm_days;
    }

    /// What is usual in a segment; nothing at all in one that was never seen.
    pub fn usual(&self, segment: &Segment) -> Usual {
        self.row_of(segment).map_or(Usual { negatives_per_day: 0.0, others_per_day: 0.0, days: 0.0 }, |row| {
            let rates = row.rates(self.ground());
            Usual {
                negatives_per_day: rates.negatives,
                others_per_day: rates.others,
                days: row.baseline.days,
            }
        })
    }

    /// The negative voices to expect in a segment on a local day (days since 1970): eight days of ten lie within.
    pub fn band(&self, segment: &Segment, day: i64) -> Band {
        const DEVIATIONS_80: f64 = 1.281_551_565_545;
        let passed = self.memory.calendar.passed(day.clamp(0, LATEST / DAY));
        let expected = self.usual(segment).negatives_per_day * passed[24];
        let frailty = self.frailty();
        let shape = 1.0 / (1.0 / frailty.shared + 1.0 / frailty.negatives);
        // a count is a gamma variable rounded: match mean and variance of the negative binomial
        let variance = expected + expected * expected / shape;
        if expected <= 0.0 {
            return Band { expected, low: 0, high: 0 };
        }
        let (gamma_shape, gamma_rate) = (expected * expected / variance, expected / variance);
        let low = gamma_quantile(gamma_shape, gamma_rate, -DEVIATIONS_80).floor() as u32;
        let high = gamma_quantile(gamma_shape, gamma_rate, DEVIATIONS_80).ceil() as u32;
        Band { expected, low, high }
    }

    /// The number of segments watched.
    pub fn segments(&self) -> usize {
        self.rows.len()
    }

    /// Whether the usual volume is known, so that the full rule (and not the cold-start rule) speaks.
    pub fn has_learned(&self) -> bool {
        self.memory.clock.as_ref().is_some_and(|clock| self.learned(clock.today.day))
    }

    fn row_of(&self, segment: &Segment) -> Option<&Row> {
        let key = self.names.key(segment)?;
        self.rows.get(*self.numbers.get(&key)? as usize)
    }

    fn names_max(&self) -> usize {
        (self.settings.segments_max as usize).saturating_mul(2).clamp(64, 1_000_000)
    }

    fn ground(&self) -> Ground {
        let learned = self.memory.clock.as_ref().is_some_and(|clock| self.learned(clock.today.day));
        self.ground_of(learned)
    }

    fn ground_of(&self, learned: bool) -> Ground {
        Ground { root: self.rows.first().map_or_else(Baseline::default, |row| row.baseline), learned }
    }

    /// ln(A).
    fn threshold(&self) -> f64 {
        let days = self.settings.false_alarm_days;
        if days.is_nan() { 91.0_f64.ln() } else { days.clamp(1.0, 1e9).ln() }
    }

    /// The row of a key, new if need be; `None` when there are too many.
    fn row(&mut self, key: Key) -> Option<usize> {
        if let Some(&number) = self.numbers.get(&key) {
            return Some(number as usize);
        }
        if self.rows.len() >= self.settings.segments_max.clamp(2, 100_000) as usize {
            return None;
        }
        let day = self.memory.clock.as_ref().map_or(0, |clock| clock.today.day);
        let days = self.rows.first().map_or(0.0, |root| root.baseline.days);
        let row = Row::new(key, day, days, &self.memory.frames, self.ground());
        Some(self.enter_row(row))
    }

    fn enter_row(&mut self, row: Row) -> usize {
        let number = self.rows.len();
        self.numbers.insert(row.key, number as u32);
        self.shares.add(row.key.kind);
        self.rows.push(row);
        number
    }

    /// Starts the clock with the first arrival.
    fn start(&mut self, seen: Seconds) {
        let day = day_of(seen);
        let today = self.frame(day);
        self.memory.clock = Some(Clock { first_day: day, today, now: seen });
        self.row(Key::of(Kind::Root, NONE));
        self.row(Key::of(Kind::Copies, NONE));
    }
}
