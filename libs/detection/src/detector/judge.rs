//! What to say: from evidence to warnings and reports.

use super::explain::Explanation;
use super::warning::{self, WARNINGS_MAX, Warning};
use super::{COPIES, Detector, ROOT};
use crate::calendar::day_of;
use crate::growth;
use crate::types::{DAY, HOUR, Level, Report, Seconds, State};
use std::collections::BTreeSet;

/// Evidence below this (nats) is not worth a hint.
const FLOOR: f64 = std::f64::consts::LN_2;
/// A hint of the same row again only when its score has risen by this much,
const HINT_RISE: f64 = 0.25;
/// or when nothing was said for this long.
const HINT_PAUSE: Seconds = 12 * HOUR;
/// Other segments are named when their evidence is at least this part of the threshold (nats below).
const ALSO: f64 = std::f64::consts::LN_10;
/// Most other segments named.
const ALSO_MAX: usize = 8;
/// Most segments that are given to a warning in one tick; the weaker ones wait for the next.
const PLACED_MAX: usize = 8;
/// Cold start: distinct negative authors within a day, their share of all, and the factor over the days so far.
const COLD_AUTHORS: usize = 5;
const COLD_SHARE: f64 = 0.6;
const COLD_FACTOR: f64 = 3.0;
/// Cold start: near-copies by distinct authors within six hours.
const COLD_COPIES: usize = 3;

impl Detector {
    /// Looks at the rows that a tick may have raised.
    pub(super) fn judge(&mut self, touched: &[usize], reports: &mut Vec<Report>) {
        let Some(now) = self.memory.clock.as_ref().map(|clock| clock.now) else { return };
        if touched.is_empty() {
            return;
        }
        if !self.has_learned() {
            self.judge_cold(now, reports);
            return;
        }
        let scores = self.scores(touched, now);
        let Some(&(best, _)) = scores.first() else { return };
        let score = total(&scores);
        if score < FLOOR {
            return;
        }
        let threshold = self.threshold();
        if score >= threshold {
            self.judge_warnings(&scores, now, reports);
            return;
        }
        let quiet = now - self.memory.reported_at >= HINT_PAUSE;
        if score >= self.rows[best].reported + HINT_RISE || quiet {
            let explanation = self.explain(best, now);
            reports.push(self.report(0, State::Hint, best, score, &scores, explanation, now));
            self.note_report(best, score, now);
        }
    }

    /// (row, ln E) of each row, the strongest first.
    fn scores(&mut self, rows: &[usize], now: Seconds) -> Vec<(usize, f64)> {
        let ground = self.ground();
        let Some(clock) = &self.memory.clock else { return Vec::new() };
        let mut scores = Vec::with_capacity(rows.len());
        for &number in rows {
            let row = &mut self.rows[number];
            row.settle(&self.memory.frames, ground.learned);
            let evidence = self.shares.share(row.key.kind) * row.evidence(&clock.today, ground, now);
            scores.push((number, evidence.max(1e-12).ln()));
        }
        scores.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        scores
    }

    /// Finds the warning of every row over the threshold, opens what belongs to none, and lets them speak.
    fn judge_warnings(&mut self, scores: &[(usize, f64)], now: Seconds, reports: &mut Vec<Report>) {
        let threshold = self.threshold();
        let day = day_of(now);
        // segments may reach the threshold together; the strongest then speaks for them
        let over: Vec<(usize, f64)> = scores
            .iter()
            .enumerate()
            .filter(|(place, (_, score))| *place == 0 || *score >= threshold)
            .map(|(_, row)| *row)
            .collect();
        for &(row, _) in &over {
            self.rows[row].warning_since.get_or_insert(day);
        }
        let mut touched: BTreeSet<usize> = BTreeSet::new();
        let mut placed = 0;
        for &(row, score) in &over {
            let known = self
                .memory
                .warnings
                .iter()
                .position(|warning| warning.ended.is_none() && warning.has_row(row));
            if known.is_none() {
                placed += 1;
                if placed > PLACED_MAX {
                    continue;
                }
            }
            let position = known.unwrap_or_else(|| self.place_row(row, score, now));
            touched.insert(position);
        }
        for position in touched {
            self.let_speak(position, scores, now, reports);
        }
        self.memory.warnings.retain(|warning| warning.is_alive(day));
    }

    /// The warning a row belongs to by its voices, or a new one.
    fn place_row(&mut self, row: usize, score: f64, now: Seconds) -> usize {
        let day = day_of(now);
        let open = self.memory.warnings.iter().position(|warning| {
            warning.is_alive(day) && (warning.has_row(row) || self.is_part_of(row, warning, now))
        });
        if let Some(position) = open {
            return self.join(position, row);
        }
        let explanation = self.explain(row, now);
        let warnings = &mut self.memory.warnings;
        let same =
            warnings.iter().position(|warning| warning.is_alive(day) && warning.shares(&explanation.members));
        if let Some(position) = same {
            return self.join(position, row);
        }
        if warnings.len() >= WARNINGS_MAX {
            let oldest = warnings.iter().position(|warning| warning.ended.is_some()).unwrap_or(0);
            warnings.remove(oldest);
        }
        let id = self.memory.next_warning;
        self.memory.next_warning = id.wrapping_add(1).max(1);
        warnings.push(Warning {
            id,
            row: row as u32,
            rows: vec![row as u32],
            since: explanation.since,
            opened: now,
            reported_at: Seconds::MIN / 2,
            reported_score: score - 100.0,
            level: Level::Watch,
            members: explanation.members,
            ended: None,
            provisional: false,
        });
        warnings.len() - 1
    }

    /// Whether enough of a row's voices since a warning began are its members.
    fn is_part_of(&self, row: usize, warning: &Warning, now: Seconds) -> bool {
        let key = self.rows[row].key;
        let from = warning.since.max(now - 7 * DAY);
        let (mut all, mut common) = (0_usize, 0_usize);
        for voice in
            self.memory.voices.recent().filter(|voice| voice.published >= from && voice.facets.within(key))
        {
            all += 1;
            common += usize::from(warning.members.binary_search(&voice.id).is_ok());
        }
        common > 0 && common * 10 >= all * 3
    }

    fn join(&mut self, position: usize, row: usize) -> usize {
        self.memory.warnings[position].add_row(row);
        position
    }

    /// Reports a warning if there is news.
    fn let_speak(
        &mut self,
        position: usize,
        scores: &[(usize, f64)],
        now: Seconds,
        reports: &mut Vec<Report>,
    ) {
        let warning = &self.memory.warnings[position];
        let own: Vec<(usize, f64)> =
            scores.iter().copied().filter(|(row, _)| warning.has_row(*row)).collect();
        let Some(&(row, _)) = own.first() else { return };
        let leads = scores.first().is_some_and(|(strongest, _)| *strongest == row);
        let score = if leads { total(scores) } else { total(&own) };
        if !warning.has_news(now, score, row) {
            return;
        }
        let fresh = warning.ended.is_some() || warning.reported_at < 0;
        let (id, level_before) = (warning.id, warning.level);
        let state = if fresh { State::Opened } else { State::Changed };
        let explanation = self.explain(row, now);
        let mut report = self.report(id, state, row, score, &own, explanation, now);
        if !fresh {
            report.level = report.level.max(level_before);
        }
        let warning = &mut self.memory.warnings[position];
        warning.row = row as u32;
        warning.since = report.since;
        warning.level = report.level;
        warning.members.clone_from(&report.members);
        warning.members.sort_unstable();
        warning.reported_at = now;
        warning.reported_score = score;
        warning.ended = None;
        warning.provisional = false;
        reports.push(report);
        self.note_report(row, score, now);
    }

    fn note_report(&mut self, row: usize, score: f64, now: Seconds) {
        self.rows[row].reported = score;
        self.memory.reported_at = now;
    }

    #[expect(clippy::too_many_arguments, reason = "every one of them is a part of the report")]
    fn report(
        &self,
        warning: u32,
        state: State,
        row: usize,
        score: f64,
        scores: &[(usize, f64)],
        explanation: Explanation,
        now: Seconds,
    ) -> Report {
        let threshold = self.threshold();
        let key = self.rows[row].key;
        let near: Vec<(usize, f64)> =
            scores.iter().copied().filter(|(_, other)| *other >= threshold.min(score) - ALSO).collect();
        let own = scores.iter().find(|(other, _)| *other == row).map_or(score, |(_, own)| *own);
        let locality = (own - total(&near).max(own)).exp();
        let also = near
            .iter()
            .filter(|(other, _)| *other != row)
            .take(ALSO_MAX)
            .map(|(other, score)| (self.names.segment(self.rows[*other].key), *score))
            .collect();
        let growth = growth::forecast(&explanation.times, now);
        let level = warning::level(
            score - threshold,
            explanation.observed,
            explanation.expected,
            &explanation.coordination,
        );
        Report {
            warning,
            state,
            at: now,
            score,
            alarm: score >= threshold && state != State::Hint,
            provisional: false,
            level,
            segment: self.names.segment(key),
            also,
            locality,
            since: explanation.since,
            observed: explanation.observed,
            expected: explanation.expected,
            members: explanation.members,
            coordination: explanation.coordination,
            growth,
        }
    }

    /// Closes warnings all of whose rows are calm again.
    pub(super) fn end_warnings(&mut self, reports: &mut Vec<Report>) {
        let Some((day, now)) = self.memory.clock.as_ref().map(|clock| (clock.today.day, clock.now)) else {
            return;
        };
        let mut ended = Vec::new();
        for (position, warning) in self.memory.warnings.iter().enumerate() {
            let loud =
                |&row: &u32| self.rows.get(row as usize).is_some_and(|row| row.warning_since.is_some());
            let over = if warning.provisional {
                day > warning::provisional_end(warning.opened)
            } else {
                !warning.rows.iter().any(loud)
            };
            if warning.ended.is_none() && over {
                ended.push(position);
            }
        }
        for position in ended {
            self.memory.warnings[position].ended = Some(day);
            let warning = self.memory.warnings[position].clone();
            let row = (warning.row as usize).min(self.rows.len().saturating_sub(1));
            let mut explanation = self.explain(row, now);
            explanation.since = warning.since;
            explanation.members = warning.members;
            let score = self.scores(&[row], now).first().map_or(0.0, |(_, score)| *score);
            let mut report =
                self.report(warning.id, State::Ended, row, score, &[(row, score)], explanation, now);
            report.alarm = false;
            report.level = Level::Watch;
            report.provisional = warning.provisional;
            reports.push(report);
        }
        self.memory.warnings.retain(|warning| warning.is_alive(day));
    }

    /// The cold-start rule: before the usual volume is known, only what is striking by itself speaks.
    fn judge_cold(&mut self, now: Seconds, reports: &mut Vec<Report>) {
        let day_ago = now - DAY;
        let mut authors: BTreeSet<u64> = BTreeSet::new();
        let mut copiers: BTreeSet<u64> = BTreeSet::new();
        let (mut negatives, mut copies) = (0.0, 0);
        for voice in self.memory.voices.recent().filter(|voice| voice.published > day_ago) {
            // a mention without an author counts as one of its own
            let author = voice.author.unwrap_or(voice.id);
            authors.insert(author);
            negatives += 1.0;
            if voice.copy && voice.published > now - 6 * HOUR && copiers.insert(author) {
                copies += 1;
            }
        }
        let Some(root) = self.rows.get(ROOT) else { return };
        let all = negatives
            + root.today().1
            + root.yesterday().map_or(0.0, |day| day.1) * (1.0 - now.rem_euclid(DAY) as f64 / DAY as f64);
        let usual = root.baseline.negatives / root.baseline.days.max(1.0);
        let many = authors.len() >= COLD_AUTHORS
            && negatives >= COLD_SHARE * all
            && negatives >= COLD_FACTOR * usual;
        // the first of a set of copies is not one itself
        let copied = copies + 1 >= COLD_COPIES && copies >= 2;
        if !many && !copied {
            return;
        }
        let row = if many { ROOT } else { COPIES };
        let open = self
            .memory
            .warnings
            .iter()
            .position(|warning| warning.provisional && warning.is_alive(day_of(now)));
        let fresh = open.is_none();
        let position = open.unwrap_or_else(|| self.place_row(row, self.threshold(), now));
        let warning = &self.memory.warnings[position];
        if !fresh && now - warning.reported_at < 6 * HOUR {
            return;
        }
        let (id, state) = (warning.id, if fresh { State::Opened } else { State::Changed });
        let explanation = self.explain(row, now);
        let score = self.threshold();
        let mut report = self.report(id, state, row, score, &[(row, score)], explanation, now);
        report.provisional = true;
        report.level = Level::Notice;
        let warning = &mut self.memory.warnings[position];
        warning.provisional = true;
        warning.opened = now;
        warning.reported_at = now;
        warning.reported_score = score;
        warning.level = Level::Notice;
        warning.ended = None;
        reports.push(report);
    }
}

/// ln of the summed evidence. The whole organisation's evidence is the sum over all its segments (that is what the
/// guarantee speaks of), and those of the rows that were touched are a part of it.
fn total(scores: &[(usize, f64)]) -> f64 {
    let best = scores.iter().map(|(_, score)| *score).fold(f64::NEG_INFINITY, f64::max);
    if best == f64::NEG_INFINITY {
        return best;
    }
    best + scores.iter().map(|(_, score)| (score - best).exp()).sum::<f64>().ln()
}
