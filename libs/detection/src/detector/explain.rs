//! What a warning consists of: since when, where, which mentions, what speaks for coordination.

use super::Detector;
use crate::calendar::{Calendar, day_of, passed_at};
use crate::segments::Kind;
use crate::types::{Coordination, DAY, MEMBERS_MAX, Seconds};
use crate::voices::Voice;
use std::collections::HashMap;

/// A beginning is sought within this time.
const LOOK_BACK: Seconds = 28 * DAY;
/// A level this much above the usual is drift; a beginning is not sought in it.
const DRIFT: f64 = 1.2;
/// How likely a voice inside the segment must be of the warning to be a member, and one outside.
const MEMBER_INSIDE: f64 = 0.35;
const MEMBER_OUTSIDE: f64 = 0.8;
/// Fewer authors than these are not spoken of.
const AUTHORS_MIN: usize = 5;

/// What is said about one row at one moment.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Explanation {
    pub since: Seconds,
    pub observed: f64,
    pub expected: f64,
    /// Ids, sorted.
    pub members: Vec<u64>,
    /// When the members were published, sorted.
    pub times: Vec<Seconds>,
    pub coordination: Coordination,
}

/// Expected exposure between moments of the last weeks, with the hours of the week.
struct Exposure {
    weekdays: Vec<[f64; 25]>,
    /// Sum of the whole days from `first` on.
    whole: Vec<f64>,
    first: i64,
}

impl Exposure {
    fn new(calendar: &Calendar, first: i64, last: i64) -> Self {
        let weekdays: Vec<_> = (0..7).map(|day| calendar.passed(day)).collect();
        let mut whole = vec![0.0];
        for day in first..last {
            let sum = whole.last().copied().unwrap_or_default();
            whole.push(sum + weekdays[day.rem_euclid(7) as usize][24]);
        }
        Self { weekdays, whole, first }
    }

    fn until(&self, at: Seconds) -> f64 {
        let day = day_of(at);
        let index = (day - self.first).clamp(0, self.whole.len() as i64 - 1) as usize;
        self.whole[index] + passed_at(&self.weekdays[day.rem_euclid(7) as usize], at)
    }
}

impl Detector {
    /// Explains what is going on in a row now.
    pub(super) fn explain(&self, row: usize, now: Seconds) -> Explanation {
        let key = self.rows[row].key;
        let mut all: Vec<Voice> =
            self.memory.voices.recent().filter(|voice| voice.published >= now - LOOK_BACK).copied().collect();
        all.sort_by_key(|voice| (voice.published, voice.id));
        let mut voices: Vec<Voice> = all
            .iter()
            .filter(|voice| voice.facets.within(key) && (key.kind != Kind::Copies || voice.copy))
            .copied()
            .collect();
        let ground = self.ground();
        let rate = self.rows[row].rates(ground).negatives;
        let exposure = Exposure::new(&self.memory.calendar, day_of(now - LOOK_BACK), day_of(now));
        let (first, expected) = beginning(&voices, rate, &exposure, now);
        voices.drain(..first);
        let since = voices.first().map_or(now, |voice| voice.published);
        let observed: f64 =
            voices.iter().map(|voice| f64::from(voice.weight) / crate::voices::QUARTERS).sum();
        all.retain(|voice| voice.published >= since);
        if all.len() > MEMBERS_MAX {
            all.drain(..all.len() - MEMBERS_MAX);
        }
        let root = self.rows[super::ROOT].rates(ground).negatives;
        let ordinary = root * (exposure.until(now) - exposure.until(since));
        let excess = (voices.len() as f64 - expected).max(1.0);
        let memberships = self.memberships(&all, key, excess, ordinary);
        let mut memberships = memberships.into_iter();
        all.retain(|voice| {
            let inside = voice.facets.within(key) && (key.kind != Kind::Copies || voice.copy);
            let least = if inside { MEMBER_INSIDE } else { MEMBER_OUTSIDE };
            memberships.next().is_some_and(|membership| membership > least)
        });
        if all.is_empty() {
            all.clone_from(&voices);
        }
        let voices = all;
        let usual_groups = self.usual_groups(since);
        let coordination = self.coordination(&voices, usual_groups, now);
        let times = voices.iter().map(|voice| voice.published).collect();
        let mut members: Vec<u64> = voices.iter().map(|voice| voice.id).collect();
        members.sort_unstable();
        Explanation { since, observed, expected, members, times, coordination }
    }

    /// The share of ordinary voices (before `since`) whose text nearly repeats another's within the same weeks.
    fn usual_groups(&self, since: Seconds) -> f64 {
        let before: Vec<Voice> =
            self.memory.voices.recent().filter(|voice| voice.published < since).copied().collect();
        // a campaign before this one must not make copies look ordinary: nothing is known from a few
        (clusters(&before).0 as f64 / before.len().max(8) as f64).min(0.8)
    }

    /// Signs that the voices are not independent.
    fn coordination(&self, voices: &[Voice], usual_groups: f64, now: Seconds) -> Coordination {
        let (copies, in_largest) = clusters(voices);
        let mut authors: HashMap<u64, (u32, bool)> = HashMap::new();
        for voice in voices {
            if let Some(author) = voice.author {
                let entry = authors.entry(author).or_insert((0, false));
                entry.0 += 1;
                entry.1 |= voice.unknown_author;
            }
        }
        let all = authors.len() as u32;
        let enough = authors.len() >= AUTHORS_MIN;
        let count =
            |test: fn(&(u32, bool)) -> bool| authors.values().filter(|author| test(author)).count() as u32;
        let mut gaps: Vec<Seconds> =
            voices.windows(2).map(|pair| pair[1].published - pair[0].published).collect();
        gaps.sort_unstable();
        Coordination {
            copies: copies as u32,
            coordinated: in_largest >= 3
                && in_largest as f64 >= (0.3 + 0.7 * usual_groups) * voices.len() as f64,
            new_authors: (enough && self.memory.voices.knows_authors(now))
                .then(|| (count(|author| author.1), all)),
            one_off: enough.then(|| (count(|author| author.0 == 1), all)),
            lockstep_seconds: (voices.len() >= AUTHORS_MIN).then(|| gaps[gaps.len() / 2] as f64),
        }
    }
}

/// (voices whose text nearly repeats another member's, those of them in the two largest groups).
fn clusters(voices: &[Voice]) -> (usize, usize) {
    let mut groups: HashMap<u64, usize> = HashMap::new();
    for group in voices.iter().filter_map(|voice| voice.group) {
        *groups.entry(group).or_default() += 1;
    }
    let mut sizes: Vec<usize> = groups.into_values().filter(|size| *size > 1).collect();
    sizes.sort_unstable_by(|a, b| b.cmp(a));
    (sizes.iter().sum(), sizes.iter().take(2).sum())
}

/// The most likely beginning: the voice from which on the count exceeds the usual most (generalised likelihood ratio
/// of a Poisson rate), and what is usual from there to now.
fn beginning(voices: &[Voice], rate: f64, exposure: &Exposure, now: Seconds) -> (usize, f64) {
    let end = exposure.until(now);
    let mut best = (0.0, voices.len().saturating_sub(1), 1e-3);
    let mut seen = 0.0;
    for (index, voice) in voices.iter().enumerate().rev() {
        seen += f64::from(voice.weight) / crate::voices::QUARTERS;
        let usual = (rate * (end - exposure.until(voice.published))).max(1e-3);
        let drifted = usual * DRIFT;
        let gain = if seen > drifted { seen * (seen / drifted).ln() - (seen - drifted) } else { 0.0 };
        if gain > best.0 {
            best = (gain, index, usual);
        }
    }
    (best.1, best.2)
}
