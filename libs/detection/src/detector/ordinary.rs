//! What an ordinary day of this organisation is drawn from, for simulations.

use super::{Clock, DAY, Detector, ROOT};
use crate::calendar::day_of;
use crate::segments::{Kind, NONE};
use crate::sight::{Choices, Ordinary};
use crate::types::Seconds;

impl Detector {
    /// The next midnight, once the usual volume is known.
    pub(crate) fn tomorrow(&self) -> Option<Seconds> {
        let Clock { today, .. } = self.memory.clock.as_ref().filter(|_| self.has_learned())?;
        Some((today.day + 1) * DAY)
    }

    /// Forgets what is going on, and nothing of what is usual.
    pub(crate) fn calm_down(&mut self) {
        self.memory.warnings.clear();
        for row in &mut self.rows {
            row.reset();
        }
    }

    /// Rates, hours and facets of an ordinary day.
    pub(crate) fn ordinary(&self, at: Seconds) -> Option<Ordinary> {
        let root = self.rows.get(ROOT)?;
        let ground = self.ground();
        let rates = root.rates(ground);
        let frailty = self.frailty();
        let passed = self.memory.calendar.passed(day_of(at));
        let all = root.baseline.negatives + root.baseline.others;
        let choices = |kind: Kind| -> Choices {
            let mut choices: Choices = Vec::new();
            for row in self.rows.iter().filter(|row| row.key.kind == kind && row.key.name != NONE) {
                let segment = self.names.segment(row.key);
                let name = segment.place.or(segment.source).or(segment.topic).or(segment.audience);
                choices.push((name, row.baseline.negatives + row.baseline.others));
            }
            let named: f64 = choices.iter().map(|(_, weight)| weight).sum();
            choices.push((None, (all - named).max(0.0)));
            choices
        };
        Some(Ordinary {
            negatives: rates.negatives * passed[24],
            others: rates.others * passed[24],
            shared: frailty.shared,
            alone: frailty.negatives,
            passed: passed.to_vec(),
            sources: choices(Kind::Source),
            topics: choices(Kind::Topic),
            audiences: choices(Kind::Audience),
            places: choices(Kind::City),
        })
    }
}
