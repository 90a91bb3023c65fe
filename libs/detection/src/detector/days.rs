//! Midnight: days close, what is usual is learnt, warnings end.

use super::{DAY, Detector, Dispersion, LATEST, ROOT};
use crate::calendar::day_of;
use crate::row::{Baseline, Frame, Row};
use crate::segments::{Key, Kind};
use crate::statistic::{self, Frailty};
use crate::types::{Report, Seconds};

/// Days kept out of what is usual, so that a slow campaign does not teach itself.
const GUARD_DAYS: usize = 7;
/// The same while the organisation is new.
const GUARD_DAYS_LEARNING: usize = 1;
/// After this many days a warning is the new normal.
const WARNING_DAYS_MAX: i64 = 14;
/// Evidence left behind in other segments beyond this is forgotten when the last warning ends.
const LEFTOVER_MAX: f64 = 0.3;
/// An imported history of this many days makes learning unnecessary.
const HISTORY_DAYS_MIN: i64 = 56;
/// After a silence of everything for this many days, it was not listening.
const SILENCE_DAYS_MAX: i64 = 60;
/// Forgetting of the overdispersion's moments, per day.
const DISPERSION_DECAY: f64 = 0.995;
/// Relative variance of whole weeks before anything is known.
pub(super) const WEEKLY_AT_FIRST: f64 = 0.05;
/// Up to this relative variance (a deviation of 25 %) weeks vary as the statistic assumes anyway.
const WEEKLY_ALLOWED: f64 = 0.06;
/// The least and the most that is believed.
const WEEKLY_RANGE: (f64, f64) = (0.01, 4.0);
/// The logarithm moves by this much a day: a fortnight's warning changes little, a season everything.
const WEEKLY_STEP: f64 = 0.04;
/// Weeks with fewer expected negatives tell nothing.
const WEEKLY_EXPECTED_MIN: f64 = 3.0;
/// Median of a squared standard normal variable.
const MEDIAN_CHI_SQUARED: f64 = 0.455;

impl Detector {
    /// Whether evidence may gather on `day`.
    pub(super) fn learned(&self, day: i64) -> bool {
        let Some(clock) = &self.memory.clock else { return false };
        let history = self.memory.history_from.map_or(0, |from| clock.first_day - from);
        history >= HISTORY_DAYS_MIN || day >= clock.first_day + i64::from(self.settings.learn_days)
    }

    /// Lets time pass to `now`, closing every day on the way.
    pub(super) fn pass_to(&mut self, now: Seconds, reports: &mut Vec<Report>) {
        let now = now.clamp(0, LATEST);
        let target = day_of(now);
        let mut closed = 0;
        while let Some(clock) = self.memory.clock.as_mut() {
            if clock.today.day >= target {
                clock.now = clock.now.max(now);
                return;
            }
            if closed >= SILENCE_DAYS_MAX {
                let today = self.frame(target);
                if let Some(clock) = self.memory.clock.as_mut() {
                    clock.today = today;
                }
                continue;
            }
            self.close_day(reports);
            closed += 1;
        }
    }

    /// What all rows share on a day, as known now.
    pub(super) fn frame(&self, day: i64) -> Frame {
        let passed = self.memory.calendar.passed(day);
        let (start, end) = (day * DAY, (day + 1) * DAY);
        let mut partly_up: Vec<(u32, f64)> = Vec::new();
        for outage in &self.memory.outages {
            let down = (outage.to.min(end) - outage.from.max(start)).max(0) as f64 / DAY as f64;
            if down > 0.0 {
                match partly_up.iter_mut().find(|(source, _)| *source == outage.source) {
                    Some((_, up)) => *up = (*up - down).max(0.0),
                    None => partly_up.push((outage.source, 1.0 - down)),
                }
            }
        }
        let volume = |baseline: Baseline| (baseline.negatives + baseline.others) / baseline.days.max(1.0);
        let all = self.rows.first().map_or(0.0, |row| volume(row.baseline));
        let mut heard = 1.0;
        for (source, up) in &partly_up {
            let number = self.numbers.get(&Key::of(Kind::Source, *source));
            let own =
                number.and_then(|&row| self.rows.get(row as usize)).map_or(0.0, |row| volume(row.baseline));
            heard -= (1.0 - up) * (own / all.max(1e-9)).min(1.0);
        }
        Frame { day, passed, frailty: self.cautious_frailty(), partly_up, heard: heard.clamp(0.02, 1.0) }
    }

    /// Computes today's frame again, because something about it became known.
    pub(super) fn renew_today(&mut self) {
        if let Some(day) = self.memory.clock.as_ref().map(|clock| clock.today.day) {
            let today = self.frame(day);
            if let Some(clock) = self.memory.clock.as_mut() {
                clock.today.partly_up = today.partly_up;
                clock.today.heard = today.heard;
            }
        }
    }

    /// The overdispersion: as assumed, or more if the organisation's own days say so; never less.
    pub(super) fn frailty(&self) -> Frailty {
        let learnt = |(expected, excess): (f64, f64), usual: f64| {
            (expected / excess.max(1e-9)).clamp(usual / 3.0, usual)
        };
        let dispersion = self.memory.dispersion;
        Frailty { shared: learnt(dispersion.shared, 4.0), negatives: learnt(dispersion.negatives, 10.0) }
    }

    /// The overdispersion with what moves whole weeks. Evidence multiplies day by day as if days were independent; where
    /// weeks vary together by more than assumed, a day is given the variance that makes seven of them vary as a week does.
    fn cautious_frailty(&self) -> Frailty {
        let Frailty { shared, negatives } = self.frailty();
        let beyond = 7.0 * (self.memory.dispersion.weekly - WEEKLY_ALLOWED).max(0.0);
        Frailty { shared, negatives: 1.0 / (1.0 / negatives + beyond) }
    }

    fn close_day(&mut self, reports: &mut Vec<Report>) {
        let Some(mut frame) = self.memory.clock.as_ref().map(|clock| clock.today.clone()) else { return };
        let (day, first_day) =
            self.memory.clock.as_ref().map_or((0, 0), |clock| (clock.today.day, clock.first_day));
        // the day is closed with the hours of the week as they are known now
        frame.passed = self.memory.calendar.passed(day);
        let learned = self.learned(day);
        let ground = self.ground_of(learned);
        let mut calm = vec![false; self.rows.len()];
        for (row, calm) in self.rows.iter_mut().zip(&mut calm) {
            row.settle(&self.memory.frames, learned);
            *calm = row.end_day(&frame, ground);
        }
        self.learn_dispersion();
        self.learn_weekly();
        self.end_calm_rows(day, &calm);
        for row in &mut self.rows {
            if row.warning_since.is_some_and(|since| day - since <= WARNING_DAYS_MAX) {
                row.exclude_day();
            }
        }
        self.memory.frames.push_back(frame);
        let learning = day < first_day + i64::from(self.settings.learn_days);
        let guard = if learning { GUARD_DAYS_LEARNING } else { GUARD_DAYS };
        if self.memory.frames.len() > guard
            && let Some(oldest) = self.memory.frames.pop_front()
        {
            let absorbing_new = oldest.day < first_day + i64::from(self.settings.learn_days);
            for row in &mut self.rows {
                row.absorb(&oldest, absorbing_new);
            }
        }
        let midnight = (day + 1) * DAY;
        self.memory.voices.forget(midnight);
        self.memory.outages.retain(|outage| outage.to > midnight - 10 * DAY);
        let today = self.frame(day + 1);
        if let Some(clock) = self.memory.clock.as_mut() {
            clock.today = today;
            clock.now = clock.now.max(midnight);
        }
        self.end_warnings(reports);
    }

    /// A row in a warning that has calmed down forgets its evidence, and so do its neighbours' leftovers.
    fn end_calm_rows(&mut self, day: i64, calm: &[bool]) {
        let mut ended = false;
        for (row, calm) in self.rows.iter_mut().zip(calm) {
            if *calm && row.warning_since.is_some_and(|since| day - since >= 2) {
                row.reset();
                ended = true;
            }
        }
        if ended && self.rows.iter().all(|row| row.warning_since.is_none()) {
            for row in &mut self.rows {
                if self.shares.share(row.key.kind) * row.morning_evidence() > LEFTOVER_MAX {
                    row.reset();
                }
            }
        }
    }

    /// Adds the day that has just ended to the moments of overdispersion, clipped so that warnings hardly count.
    fn learn_dispersion(&mut self) {
        let frailty = self.frailty();
        let Some(root) = self.rows.get(ROOT) else { return };
        let Some((negatives, others, l1, l0)) = root.yesterday() else { return };
        let (a, b) = (frailty.shared, frailty.negatives);
        let Dispersion { shared, negatives: alone, .. } = &mut self.memory.dispersion;
        let volume = statistic::volume(others, l0, a);
        if l0 > 0.02 {
            shared.0 = shared.0 * DISPERSION_DECAY + l0 * l0;
            let excess = (others - l0).powi(2) - others;
            shared.1 = shared.1 * DISPERSION_DECAY + excess.max(-0.5 * l0 * l0).min(l0 + l0 * l0 / a);
        }
        let mean = volume.multiplier * l1;
        if mean > 0.02 && root.warning_since.is_none() {
            let known = mean * mean / (a + others);
            alone.0 = alone.0 * DISPERSION_DECAY + mean * mean;
            let excess = (negatives - mean).powi(2) - negatives - known;
            let usual = mean + known + mean * mean / b;
            alone.1 = alone.1 * DISPERSION_DECAY + excess.max(-0.5 * mean * mean).min(usual);
        }
    }

    /// Follows the median of how far the last seven days were off, so that a single warning, however large, moves it by
    /// no more than its days.
    fn learn_weekly(&mut self) {
        let shared = self.frailty().shared;
        let Some((negatives, others, l1, l0)) = self.rows.get(ROOT).and_then(Row::last_week) else { return };
        let mean = statistic::volume(others, l0, shared).multiplier * l1;
        if mean < WEEKLY_EXPECTED_MIN {
            return;
        }
        let weekly = &mut self.memory.dispersion.weekly;
        let usual = MEDIAN_CHI_SQUARED * (mean + *weekly * mean * mean);
        let step = if (negatives - mean).powi(2) > usual { WEEKLY_STEP } else { -WEEKLY_STEP };
        *weekly = (*weekly * step.exp()).clamp(WEEKLY_RANGE.0, WEEKLY_RANGE.1);
    }
}
