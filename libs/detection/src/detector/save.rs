//! The state as bytes and back. Restoring and going on gives the same reports, to the byte.
//!
//! What comes in is not trusted: lengths are bounded by the bytes themselves (postcard reads elements, never
//! allocates by a claimed length), every number that is computed with is checked, and every index is checked against
//! what it points into.

use super::warning::{WARNINGS_MAX, Warning};
use super::{COPIES, Clock, Detector, Dispersion, LATEST, Memory, Mention, Outage, Quarantine, ROOT};
use crate::calendar::Calendar;
use crate::copies::Copies;
use crate::row::{Frame, Row};
use crate::segments::{Kind, Names, Shares};
use crate::types::{RestoreError, Seconds, Settings};
use crate::voices::Voices;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap, VecDeque};

/// Version of the layout; the first byte.
const VERSION: u8 = 2;

#[derive(Serialize)]
struct Saved<'a> {
    names: &'a [String],
    rows: &'a [Row],
    clock: &'a Option<Clock>,
    calendar: &'a Calendar,
    frames: &'a VecDeque<Frame>,
    dispersion: Dispersion,
    history_from: Option<i64>,
    sources: &'a BTreeMap<u32, Seconds>,
    quarantines: &'a [Quarantine],
    outages: &'a [Outage],
    voices: &'a Voices,
    copies: &'a Copies,
    warnings: &'a [Warning],
    next_warning: u32,
    reported_at: Seconds,
    pending: &'a [Mention],
}

#[derive(Deserialize)]
struct Restored {
    names: Vec<String>,
    rows: Vec<Row>,
    clock: Option<Clock>,
    calendar: Calendar,
    frames: VecDeque<Frame>,
    dispersion: Dispersion,
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

impl Detector {
    /// The whole state. The settings are not part of it.
    pub fn save(&self) -> Vec<u8> {
        let memory = &self.memory;
        let saved = Saved {
            names: self.names.list(),
            rows: &self.rows,
            clock: &memory.clock,
            calendar: &memory.calendar,
            frames: &memory.frames,
            dispersion: memory.dispersion,
            history_from: memory.history_from,
            sources: &memory.sources,
            quarantines: &memory.quarantines,
            outages: &memory.outages,
            voices: &memory.voices,
            copies: &memory.copies,
            warnings: &memory.warnings,
            next_warning: memory.next_warning,
            reported_at: memory.reported_at,
            pending: &memory.pending,
        };
        postcard::to_extend(&saved, vec![VERSION]).expect("memory can always be written to memory")
    }

    /// Takes a saved state up again.
    pub fn restore(bytes: &[u8], settings: Settings) -> Result<Self, RestoreError> {
        let (&version, body) = bytes.split_first().ok_or(RestoreError::Damaged("it is empty"))?;
        if version != VERSION {
            return Err(RestoreError::Version(version));
        }
        let (restored, rest): (Restored, &[u8]) =
            postcard::take_from_bytes(body).map_err(|_| RestoreError::Damaged("it cannot be read"))?;
        if !rest.is_empty() {
            return Err(RestoreError::Damaged("something follows it"));
        }
        restored.into_detector(settings)
    }
}

fn moment(at: Seconds) -> bool {
    (-LATEST..=LATEST).contains(&at)
}

impl Restored {
    fn into_detector(mut self, settings: Settings) -> Result<Detector, RestoreError> {
        self.check()?;
        if !self.copies.rebuild() {
            return Err(RestoreError::Damaged("its texts"));
        }
        let names = Names::from_list(self.names).ok_or(RestoreError::Damaged("a name appears twice"))?;
        let numbers: HashMap<_, _> =
            self.rows.iter().enumerate().map(|(number, row)| (row.key, number as u32)).collect();
        if numbers.len() != self.rows.len() {
            return Err(RestoreError::Damaged("a segment appears twice"));
        }
        let mut shares = Shares::default();
        self.rows.iter().for_each(|row| shares.add(row.key.kind));
        let memory = Memory {
            clock: self.clock,
            calendar: self.calendar,
            frames: self.frames,
            dispersion: self.dispersion,
            history_from: self.history_from,
            sources: self.sources,
            quarantines: self.quarantines,
            outages: self.outages,
            voices: self.voices,
            copies: self.copies,
            warnings: self.warnings,
            next_warning: self.next_warning,
            reported_at: self.reported_at,
            pending: self.pending,
        };
        Ok(Detector { settings, names, rows: self.rows, numbers, shares, memory })
    }

    /// Everything that later code relies on.
    fn check(&self) -> Result<(), RestoreError> {
        let sound = |is: bool, what: &'static str| if is { Ok(()) } else { Err(RestoreError::Damaged(what)) };
        let rows = self.rows.len();
        let kind = |row: usize| self.rows.get(row).map(|row| row.key.kind);
        sound(
            if self.clock.is_some() {
                kind(ROOT) == Some(Kind::Root) && kind(COPIES) == Some(Kind::Copies)
            } else {
                rows == 0 && self.frames.is_empty() && self.warnings.is_empty()
            },
            "its first segments",
        )?;
        sound(self.rows.iter().all(|row| row.is_sound(self.frames.len())), "a segment")?;
        sound(self.frames.len() <= 32 && self.frames.iter().all(Frame::is_sound), "a day")?;
        let clock = self.clock.as_ref();
        sound(
            clock.is_none_or(|clock| {
                clock.today.is_sound()
                    && moment(clock.now)
                    && clock.first_day.abs() < 1_000_000
                    && (0..1_000_000).contains(&clock.today.day)
            }),
            "its clock",
        )?;
        sound(self.calendar.is_sound(), "its calendar")?;
        let dispersion = [self.dispersion.shared, self.dispersion.negatives];
        sound(
            dispersion.iter().all(|pair| pair.0.is_finite() && pair.1.is_finite())
                && (0.0..=10.0).contains(&self.dispersion.weekly),
            "its dispersion",
        )?;
        sound(self.history_from.is_none_or(|day| day.abs() < 1_000_000), "its history")?;
        sound(self.sources.values().all(|at| moment(*at)), "a source")?;
        sound(
            self.quarantines.iter().all(|quarantine| {
                quarantine
                    .counts
                    .values()
                    .all(|pair| (0.0..1e12).contains(&pair.0) && (0.0..1e12).contains(&pair.1))
            }),
            "a new source",
        )?;
        sound(self.outages.iter().all(|outage| moment(outage.from) && moment(outage.to)), "an outage")?;
        sound(
            self.voices.is_sound() && self.voices.recent().all(|voice| moment(voice.published)),
            "its voices",
        )?;
        sound(
            self.warnings.len() <= WARNINGS_MAX
                && self.warnings.iter().all(|warning| {
                    (warning.row as usize) < rows
                        && warning.rows.iter().all(|row| (*row as usize) < rows)
                        && warning.rows.is_sorted_by(|a, b| a < b)
                        && warning.members.is_sorted()
                        && !warning.reported_score.is_nan()
                        && [warning.since, warning.opened].into_iter().all(moment)
                        && warning.reported_at <= LATEST
                        && warning.reported_at >= Seconds::MIN / 2
                        && warning.ended.is_none_or(|day| day.abs() < 1_000_000)
                }),
            "a warning",
        )?;
        sound(moment(self.reported_at), "its last report")?;
        let pending = |mention: &Mention| {
            (0..=LATEST).contains(&mention.seen)
                && (0..=mention.seen).contains(&mention.published)
                && mention.words.as_ref().is_none_or(crate::copies::Words::is_sound)
        };
        sound(self.pending.iter().all(pending), "a waiting mention")
    }
}
