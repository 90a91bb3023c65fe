//! One segment's numbers: what is usual there, the evidence so far, and the days that may still be corrected.
//!
//! What must stay true: all rows of a detector have as many waiting days and as many recent days as it has frames for
//! them; counts are whole quarters of a voice, so the order of arrival within a day cannot be seen in them; a late
//! mention recomputes the evidence from the morning of its day, with what was known on that morning.

use crate::calendar::{hour_of, passed_at};
use crate::segments::{Key, Kind};
use crate::statistic::{self, DayEvidence, DayView, Frailty, N};
use crate::types::Seconds;
use crate::voices::QUARTERS;
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;

/// Whole days a late mention may still correct (it may be three days late, plus the day that has begun).
pub const RECENT_DAYS: usize = 4;
/// Half-life of what is usual, in days.
const HALF_LIFE: f64 = 60.0;
/// Expected negatives are raised by this many standard deviations of their estimate: the robust null.
const DOUBT: f64 = 0.7;
/// Frailty of cowarningal copies.
const COPIES_FRAILTY: f64 = 1.0;
/// Of the negatives, copies by coincidence before anything is known.
const COPIES_SHARE: f64 = 0.03;
/// Evidence is kept below this.
const EVIDENCE_MAX: f64 = 1e100;
/// Days a new segment is not clipped, because nothing is known of it.
const NEW_DAYS: i64 = 14;

/// How much a day's counts weigh after another one.
pub fn decay() -> f64 {
    0.5_f64.powf(1.0 / HALF_LIFE)
}

/// Voices and others of each hour of a day, in quarters.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    negatives: [u16; 24],
    others: [u16; 24],
}

impl Counts {
    /// Counts a mention.
    pub fn add(&mut self, hour: usize, negative: bool, quarters: u8) {
        let cell = if negative { &mut self.negatives[hour] } else { &mut self.others[hour] };
        *cell = cell.saturating_add(u16::from(quarters));
    }

    /// (negatives, others) of the whole day.
    pub fn totals(&self) -> (f64, f64) {
        let sum = |hours: &[u16; 24]| hours.iter().map(|&count| u32::from(count)).sum::<u32>();
        (f64::from(sum(&self.negatives)) / QUARTERS, f64::from(sum(&self.others)) / QUARTERS)
    }

    fn hours(&self) -> ([f64; 24], [f64; 24]) {
        let voices = |hours: &[u16; 24]| hours.map(|count| f64::from(count) / QUARTERS);
        (voices(&self.negatives), voices(&self.others))
    }

    fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Decayed sums of ordinary days.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Baseline {
    /// Negative voices.
    pub negatives: f64,
    /// Others.
    pub others: f64,
    /// Days of exposure.
    pub days: f64,
}

impl Baseline {
    /// Whether its numbers can be computed with.
    pub fn is_sound(&self) -> bool {
        [self.negatives, self.others, self.days].iter().all(|value| (0.0..1e12).contains(value))
    }
}

/// What a mean day is expected to hold.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Rates {
    /// Negative voices.
    pub negatives: f64,
    /// Others.
    pub others: f64,
    /// How many negatives the estimate rests on.
    pub grounds: f64,
}

impl Rates {
    /// Expected negatives raised for doubt.
    pub fn cautious(&self) -> f64 {
        self.negatives * self.doubt()
    }

    fn doubt(&self) -> f64 {
        1.0 + DOUBT / self.grounds.sqrt()
    }

    /// Whether its numbers can be computed with.
    pub fn is_sound(&self) -> bool {
        (1e-9..1e9).contains(&self.negatives)
            && (1e-9..1e9).contains(&self.others)
            && (0.1..1e12).contains(&self.grounds)
    }
}

/// What is usual in a segment, given the whole organisation's numbers.
pub fn rates(kind: Kind, own: Baseline, root: Baseline) -> Rates {
    if kind == Kind::Root {
        return Rates {
            negatives: (own.negatives + 0.3) / (own.days + 3.0),
            others: (own.others + 1.5) / (own.days + 3.0),
            grounds: own.negatives + 0.5,
        };
    }
    let grounds = 1.0 + own.negatives;
    let prior = if kind == Kind::Copies {
        (COPIES_SHARE * (root.negatives + 0.3) / (root.days + 3.0)).max(0.01)
    } else {
        // the segment's volume times the organisation's share of negatives
        let share = (root.negatives + 1.0) / (root.negatives + root.others + 6.0);
        ((own.negatives + own.others + 0.3) / (own.days + 10.0) * share).max(0.004)
    };
    Rates {
        negatives: grounds / (1.0 / prior + own.days),
        others: (own.others + 0.2) / (own.days + 5.0),
        grounds,
    }
}

/// What all segments share on one day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Frame {
    /// The day.
    pub day: i64,
    /// Share of a mean day that has passed before each hour.
    pub passed: [f64; 25],
    /// Overdispersion.
    pub frailty: Frailty,
    /// Sources that were down, with the share of the day they were up.
    pub partly_up: Vec<(u32, f64)>,
    /// What the organisation as a whole could still hear.
    pub heard: f64,
}

impl Frame {
    /// What could be heard of a segment.
    pub fn heard(&self, key: Key) -> f64 {
        let own =
            (key.kind == Kind::Source).then(|| self.partly_up.iter().find(|(source, _)| *source == key.name));
        match own {
            Some(Some((_, share))) => *share,
            Some(None) => 1.0,
            None => self.heard,
        }
    }

    /// Whether its numbers can be computed with.
    pub fn is_sound(&self) -> bool {
        let share = |value: f64| (0.0..=1.0).contains(&value);
        self.passed.is_sorted()
            && self.passed.iter().all(|&value| (0.0..30.0).contains(&value))
            && (0.01..1e3).contains(&self.frailty.shared)
            && (0.01..1e3).contains(&self.frailty.negatives)
            && share(self.heard)
            && self.partly_up.iter().all(|(_, value)| share(*value))
            && self.day.abs() < 1_000_000
    }
}

/// A day that a late mention may still correct.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Recent {
    evidence: [f64; N],
    rates: Rates,
    counts: Option<Box<Counts>>,
}

/// A day that waits to become part of what is usual.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
struct Waiting {
    negatives: u32,
    others: u32,
    expected_negatives: f32,
    expected_others: f32,
    in_warning: bool,
}

impl Waiting {
    fn numbers(&self) -> (f64, f64, f64, f64) {
        let voices = |quarters: u32| f64::from(quarters) / QUARTERS;
        (
            voices(self.negatives),
            voices(self.others),
            f64::from(self.expected_negatives),
            f64::from(self.expected_others),
        )
    }
}

/// One segment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// Which one.
    pub key: Key,
    /// The day it was first seen.
    pub born: i64,
    /// The day its evidence crossed the threshold, while the warning lasts.
    pub warning_since: Option<i64>,
    /// The score it was last reported with.
    pub reported: f64,
    /// What is usual.
    pub baseline: Baseline,
    /// Evidence this morning, for each ratio.
    evidence: [f64; N],
    today: Counts,
    /// How many days back a late mention arrived since the evidence was last computed.
    late: u8,
    recent: VecDeque<Recent>,
    waiting: VecDeque<Waiting>,
}

/// The whole organisation's part in a row's computation.
#[derive(Debug, Clone, Copy)]
pub struct Ground {
    /// The whole organisation's baseline.
    pub root: Baseline,
    /// Whether evidence may gather yet.
    pub learned: bool,
}

fn day_of_counts(
    counts: &Counts,
    key: Key,
    rates: Rates,
    frame: &Frame,
    until: Option<Seconds>,
) -> DayEvidence {
    let (negatives, others) = counts.hours();
    let heard = frame.heard(key);
    let mut frailty = frame.frailty;
    if key.kind == Kind::Copies {
        frailty.negatives = COPIES_FRAILTY;
    }
    statistic::day_evidence(&DayView {
        negatives: &negatives,
        others: &others,
        rate_negatives: rates.cautious() * heard,
        rate_others: rates.others * heard,
        passed: &frame.passed,
        now: until.map_or(frame.passed[24], |at| passed_at(&frame.passed, at)),
        hours: until.map_or(24, |at| hour_of(at) + 1),
        frailty,
    })
}

fn carry(evidence: &[f64; N], day: &DayEvidence, learned: bool) -> [f64; N] {
    if !learned {
        return [0.0; N];
    }
    std::array::from_fn(|j| (evidence[j] * day.carried[j] + day.begun[j]).min(EVIDENCE_MAX))
}

impl Row {
    /// A segment seen for the first time: it was watched, and silent, on the days of `frames`.
    pub fn new(key: Key, day: i64, days: f64, frames: &VecDeque<Frame>, ground: Ground) -> Self {
        let mut row = Self {
            key,
            born: day,
            warning_since: None,
            reported: f64::NEG_INFINITY,
            baseline: Baseline { negatives: 0.0, others: 0.0, days },
            evidence: [0.0; N],
            today: Counts::default(),
            late: 0,
            recent: VecDeque::with_capacity(RECENT_DAYS),
            waiting: VecDeque::new(),
        };
        for frame in frames {
            row.end_day(frame, ground);
        }
        row
    }

    /// What is usual here.
    pub fn rates(&self, ground: Ground) -> Rates {
        rates(self.key.kind, self.baseline, ground.root)
    }

    /// Counts a mention of today or of `days_back` days ago.
    pub fn add(&mut self, days_back: usize, hour: usize, negative: bool, quarters: u8) {
        if days_back == 0 {
            self.today.add(hour, negative, quarters);
            return;
        }
        if let Some(position) = self.waiting.len().checked_sub(days_back) {
            let waiting = &mut self.waiting[position];
            let cell = if negative { &mut waiting.negatives } else { &mut waiting.others };
            *cell = cell.saturating_add(u32::from(quarters));
        } else {
            // its day is already part of what is usual
            let sum = if negative { &mut self.baseline.negatives } else { &mut self.baseline.others };
            *sum += f64::from(quarters) / QUARTERS;
        }
        if let Some(position) = self.recent.len().checked_sub(days_back) {
            self.recent[position].counts.get_or_insert_default().add(hour, negative, quarters);
            self.late = self.late.max(days_back as u8);
        }
    }

    /// Recomputes the days that late mentions have changed.
    pub fn settle(&mut self, frames: &VecDeque<Frame>, learned: bool) {
        let days_back = usize::from(std::mem::take(&mut self.late));
        let (Some(first), Some(frame)) =
            (self.recent.len().checked_sub(days_back), frames.len().checked_sub(days_back))
        else {
            return;
        };
        if days_back == 0 {
            return;
        }
        let mut evidence = self.recent[first].evidence;
        for (recent, frame) in self.recent.iter_mut().skip(first).zip(frames.iter().skip(frame)) {
            recent.evidence = evidence;
            let counts = recent.counts.as_deref().copied().unwrap_or_default();
            evidence =
                carry(&evidence, &day_of_counts(&counts, self.key, recent.rates, frame, None), learned);
        }
        // a warning that was closed stays closed
        if self.evidence.iter().sum::<f64>() > 0.0 {
            self.evidence = evidence;
        }
    }

    /// The mixed evidence at a moment of today, before its share of the budget.
    pub fn evidence(&self, frame: &Frame, ground: Ground, at: Seconds) -> f64 {
        let day = day_of_counts(&self.today, self.key, self.rates(ground), frame, Some(at));
        statistic::mix(&std::array::from_fn(|j| self.evidence[j] * day.carried[j] + day.begun[j]))
    }

    /// The mixed evidence of the morning.
    pub fn morning_evidence(&self) -> f64 {
        statistic::mix(&self.evidence)
    }

    /// Midnight: today becomes yesterday. Says whether the day spoke against the change the evidence believes in.
    pub fn end_day(&mut self, frame: &Frame, ground: Ground) -> bool {
        let rates = self.rates(ground);
        let day = day_of_counts(&self.today, self.key, rates, frame, None);
        let counts = (!self.today.is_empty()).then(|| Box::new(self.today));
        if self.recent.len() >= RECENT_DAYS {
            self.recent.pop_front();
        }
        self.recent.push_back(Recent { evidence: self.evidence, rates, counts });
        let (negatives, others) = self.today.totals();
        let exposure = frame.passed[24] * frame.heard(self.key);
        self.waiting.push_back(Waiting {
            negatives: (negatives * QUARTERS) as u32,
            others: (others * QUARTERS) as u32,
            expected_negatives: (rates.negatives * exposure) as f32,
            expected_others: (rates.others * exposure) as f32,
            in_warning: false,
        });
        self.evidence = carry(&self.evidence, &day, ground.learned);
        self.today = Counts::default();
        let weigh = |j: usize| statistic::PRIOR[j] * (self.evidence[j] + 1.0);
        let strongest = (0..N).fold(0, |best, j| if weigh(j) > weigh(best) { j } else { best });
        day.carried[strongest] < 1.0
    }

    /// Marks the day that has just ended as part of a warning: it will not become usual.
    pub fn exclude_day(&mut self) {
        if let Some(day) = self.waiting.back_mut() {
            day.in_warning = true;
        }
    }

    /// Forgets the evidence.
    pub fn reset(&mut self) {
        self.evidence = [0.0; N];
        self.warning_since = None;
    }

    /// The oldest waiting day becomes part of what is usual, clipped to what is plausible on an ordinary day.
    pub fn absorb(&mut self, frame: &Frame, learning: bool) {
        let decay = decay();
        self.baseline.negatives *= decay;
        self.baseline.others *= decay;
        self.baseline.days = self.baseline.days * decay + frame.passed[24] * frame.heard(self.key);
        let Some(day) = self.waiting.pop_front() else { return };
        if self.recent.len() > self.waiting.len() {
            self.recent.pop_front();
        }
        let (negatives, others) = (f64::from(day.negatives) / QUARTERS, f64::from(day.others) / QUARTERS);
        let (l1, l0) = (f64::from(day.expected_negatives), f64::from(day.expected_others));
        if learning || frame.day - self.born < NEW_DAYS {
            self.baseline.negatives += negatives;
            self.baseline.others += others;
            return;
        }
        let clip = |seen: f64, usual: f64, shape: f64, spare: f64| {
            seen.min(usual + 2.5 * (usual + usual * usual / shape).sqrt() + spare)
        };
        self.baseline.negatives += if day.in_warning { l1 } else { clip(negatives, l1, 10.0, 1.5) };
        self.baseline.others += clip(others, l0, 4.0, 2.5);
    }

    /// (negatives, others, expected negatives, expected others) of the day that has just ended.
    pub fn yesterday(&self) -> Option<(f64, f64, f64, f64)> {
        self.waiting.back().map(Waiting::numbers)
    }

    /// The same of the last seven days together, once there are so many.
    pub fn last_week(&self) -> Option<(f64, f64, f64, f64)> {
        let first = self.waiting.len().checked_sub(7)?;
        let days = self.waiting.iter().skip(first).map(Waiting::numbers);
        days.reduce(|a, b| (a.0 + b.0, a.1 + b.1, a.2 + b.2, a.3 + b.3))
    }

    /// Negatives and others since the evidence of today's morning.
    pub fn today(&self) -> (f64, f64) {
        self.today.totals()
    }

    /// Whether a restored row fits `frames` and can be computed with.
    pub fn is_sound(&self, frames: usize) -> bool {
        self.waiting.len() == frames
            && self.recent.len() == frames.min(RECENT_DAYS)
            && usize::from(self.late) <= self.recent.len()
            && self.baseline.is_sound()
            && self.evidence.iter().all(|value| (0.0..=EVIDENCE_MAX).contains(value))
            && !self.reported.is_nan()
            && self.born.abs() < 1_000_000
            && self.warning_since.is_none_or(|day| day.abs() < 1_000_000)
            && self.recent.iter().all(|recent| {
                recent.rates.is_sound()
                    && recent.evidence.iter().all(|value| (0.0..=EVIDENCE_MAX).contains(value))
            })
            && self.waiting.iter().all(|day| {
                (0.0..1e10).contains(&day.expected_negatives) && (0.0..1e10).contains(&day.expected_others)
            })
    }
}

#[cfg(test)]
mod tests;
