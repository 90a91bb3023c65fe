//! From a mention to counts: what counts as now, as late, as history, and what is only watched.

use super::{COPIES, DAY, Detector, LATEST, Mention, Quarantine, ROOT, TICK};
use crate::calendar::{day_of, hour_of};
use crate::copies::Words;
use crate::row::decay;
use crate::segments::{Facets, Key, Kind, NONE};
use crate::types::{Event, HOUR, Report, Seconds};
use crate::voices::{QUARTERS, Voice};

/// Later than this is history: it teaches nothing about now.
const LATE_MAX: Seconds = 72 * HOUR;
/// A source first heard this many days after the first one was connected later.
const LATER_SOURCE_DAYS: i64 = 14;
/// Most days of imported history that count.
const HISTORY_DAYS_MAX: i64 = 3_650;
/// Most mentions of one tick held at once.
const PENDING_MAX: usize = 100_000;

impl Detector {
    /// Takes a mention in; `None` when it can change nothing any more.
    pub(super) fn take_in(&mut self, event: &Event<'_>) -> Option<Mention> {
        let most = self.names_max();
        let now = self.memory.clock.as_ref().map_or(0, |clock| clock.now);
        // what arrives for a tick that is closed is decided with the one that is open
        let seen = event.seen.clamp(0, LATEST).max(now - now.rem_euclid(TICK));
        let published = event.published.clamp(0, seen);
        let history = event.import || event.seen.clamp(0, LATEST).saturating_sub(published) > LATE_MAX;
        if history
            && self.memory.clock.as_ref().is_some_and(|clock| !self.is_young(day_of(seen), clock.first_day))
        {
            return None;
        }
        let facets = Facets {
            source: self.names.number(event.source, most),
            topic: self.names.number(event.topic, most),
            audience: self.names.number(event.audience, most),
            place: self.names.place(event.place, most),
        };
        Some(Mention {
            published,
            id: event.id,
            seen,
            facets,
            negative: event.negative,
            import: history,
            author: event.author,
            thread: event.thread,
            words: if event.negative { Words::of(event.text) } else { None },
        })
    }

    /// Decides all pending ticks before `tick`.
    pub(super) fn close_ticks(&mut self, tick: Seconds) -> Vec<Report> {
        let pending = std::mem::take(&mut self.memory.pending);
        let flood = pending.len() > PENDING_MAX;
        let (mut closed, open): (Vec<_>, Vec<_>) = pending
            .into_iter()
            .partition(|mention| mention.seen.div_euclid(TICK) < tick || (flood && mention.import));
        self.memory.pending = open;
        closed.sort_by(|a, b| {
            let order = |mention: &Mention| {
                (mention.seen.div_euclid(TICK), mention.published, mention.id, mention.seen)
            };
            order(a)
                .cmp(&order(b))
                .then_with(|| a.negative.cmp(&b.negative))
                .then_with(|| a.author.cmp(&b.author))
        });
        let mut reports = Vec::new();
        for mentions in closed.chunk_by(|a, b| a.seen.div_euclid(TICK) == b.seen.div_euclid(TICK)) {
            self.decide_tick(mentions, &mut reports);
        }
        reports
    }

    fn decide_tick(&mut self, mentions: &[Mention], reports: &mut Vec<Report>) {
        let Some(now) = mentions.iter().map(|mention| mention.seen).max() else { return };
        if self.memory.clock.is_none() {
            self.start(now);
        }
        self.pass_to(now, reports);
        let mut touched = Vec::new();
        for mention in mentions {
            self.count(mention, &mut touched);
        }
        touched.sort_unstable();
        touched.dedup();
        self.judge(&touched, reports);
    }

    /// Counts one mention; the rows whose evidence it may have raised are added to `touched`.
    fn count(&mut self, mention: &Mention, touched: &mut Vec<usize>) {
        let Some((today, first_day)) =
            self.memory.clock.as_ref().map(|clock| (clock.today.day, clock.first_day))
        else {
            return;
        };
        if mention.import {
            if self.is_young(today, first_day) {
                self.count_history(mention, first_day, today);
            }
            return;
        }
        let first_seen = *self.memory.sources.entry(mention.facets.source).or_insert(mention.seen);
        self.memory.calendar.add(mention.published);
        let Mention { negative, author, published, .. } = *mention;
        let quarters = self.memory.voices.weigh(negative, author, mention.thread, published);
        let unknown_author = self.memory.voices.meet(author, mention.seen);
        if mention.facets.source != NONE && first_seen >= (first_day + LATER_SOURCE_DAYS) * DAY {
            let until = first_seen + Seconds::from(self.settings.quarantine_days) * DAY;
            if mention.seen < until {
                self.count_quarantined(mention, first_seen, quarters);
                return;
            }
            self.end_quarantine(mention.facets.source);
        }
        let likeness =
            mention.words.as_ref().map(|words| self.memory.copies.compare(words, author, mention.seen));
        let (copy, group) =
            (likeness.is_some_and(|likeness| likeness.copy), likeness.map(|likeness| likeness.group));
        let (days_back, hour) = ((today - day_of(published)).max(0) as usize, hour_of(published));
        let mut rows: Vec<usize> = Vec::with_capacity(10);
        for key in mention.facets.keys() {
            rows.extend(self.row(key));
        }
        for &row in &rows {
            self.rows[row].add(days_back, hour, negative, quarters);
        }
        self.rows[COPIES].add(days_back, hour, copy, quarters);
        if !negative {
            return;
        }
        let Mention { id, facets, .. } = *mention;
        self.memory.voices.keep(Voice {
            id,
            published,
            facets,
            author,
            weight: quarters,
            copy,
            group,
            unknown_author,
        });
        if quarters > 0 {
            touched.append(&mut rows);
            if copy {
                touched.push(COPIES);
            }
        }
    }

    /// Whether imported history still teaches what is usual.
    fn is_young(&self, today: i64, first_day: i64) -> bool {
        today < first_day + i64::from(self.settings.learn_days)
    }

    /// An old mention of a new organisation builds what is usual directly.
    fn count_history(&mut self, mention: &Mention, first_day: i64, today: i64) {
        let day = day_of(mention.published);
        if day >= first_day || day < first_day - HISTORY_DAYS_MAX {
            return;
        }
        self.memory.calendar.add(mention.published);
        self.memory.voices.meet(mention.author, mention.seen);
        let from = self.memory.history_from.unwrap_or(first_day);
        if day < from {
            let weight = |day: i64| decay().powi((today - day).clamp(0, 100_000) as i32);
            // the days of [day, from) have been watched now, by every row
            let days = (weight(from - 1) - weight(day - 1)) / (1.0 - decay());
            for row in &mut self.rows {
                row.baseline.days += days;
            }
            self.memory.history_from = Some(day);
        }
        let voices = decay().powi((today - day).clamp(0, 100_000) as i32);
        for key in mention.facets.keys() {
            if let Some(row) = self.row(key) {
                let baseline = &mut self.rows[row].baseline;
                *(if mention.negative { &mut baseline.negatives } else { &mut baseline.others }) += voices;
            }
        }
        if mention.facets.source != NONE {
            self.memory.sources.entry(mention.facets.source).or_insert(first_day * DAY);
        }
    }

    fn count_quarantined(&mut self, mention: &Mention, since: Seconds, quarters: u8) {
        let source = mention.facets.source;
        let rows: Vec<usize> = mention.facets.keys().filter_map(|key| self.row(key)).collect();
        let quarantines = &mut self.memory.quarantines;
        let position =
            quarantines.iter().position(|quarantine| quarantine.source == source).unwrap_or_else(|| {
                quarantines.push(Quarantine { source, since, counts: std::collections::BTreeMap::new() });
                quarantines.len() - 1
            });
        let voices = f64::from(quarters) / QUARTERS;
        for row in rows {
            let counts = quarantines[position].counts.entry(row as u32).or_default();
            *(if mention.negative { &mut counts.0 } else { &mut counts.1 }) += voices;
        }
    }

    /// The source has been watched long enough: its rates are added to what is usual everywhere it speaks.
    fn end_quarantine(&mut self, source: u32) {
        let quarantines = &mut self.memory.quarantines;
        let Some(position) = quarantines.iter().position(|quarantine| quarantine.source == source) else {
            return;
        };
        let quarantine = quarantines.swap_remove(position);
        let days = f64::from(self.settings.quarantine_days.max(1));
        let own = self.row(Key::of(Kind::Source, source));
        for (row, (negatives, others)) in quarantine.counts {
            let Some(row) = self.rows.get_mut(row as usize) else { continue };
            let exposure = row.baseline.days.max(1.0) / days;
            row.baseline.negatives += negatives * exposure;
            row.baseline.others += others * exposure;
            if own == Some(self.numbers.get(&row.key).map_or(ROOT, |&number| number as usize)) {
                row.baseline.days = days;
                row.baseline.negatives = negatives;
                row.baseline.others = others;
                row.reset();
            }
        }
    }
}
