//! What a caller may ask: how far time has come, the days of a segment.

use super::Detector;
use crate::calendar::day_of;
use crate::segments::Kind;
use crate::types::{DAY, DayCount, Seconds, Segment};
use crate::voices::{EXPLAINED, QUARTERS};

impl Detector {
    /// The moment up to which everything is decided; nothing before anything was heard.
    pub fn now(&self) -> Option<Seconds> {
        self.memory.clock.as_ref().map(|clock| clock.now)
    }

    /// The negative voices of each local day (days since 1970) of a segment, weighed as everywhere, oldest first.
    ///
    /// Voices are kept for five weeks, the newest ten thousand; days that are not wholly remembered, and days before
    /// anything was heard, are left out.
    pub fn days(&self, segment: &Segment, from: i64, to: i64) -> Vec<DayCount> {
        let (Some(key), Some(clock)) = (self.names.key(segment), self.memory.clock.as_ref()) else {
            return Vec::new();
        };
        let mut first = clock.first_day.max(day_of(clock.now - EXPLAINED) + 1);
        if self.memory.voices.is_full() {
            let oldest = self.memory.voices.recent().map(|voice| day_of(voice.published)).min();
            first = first.max(oldest.map_or(first, |day| day + 1));
        }
        let (from, to) = (from.max(first), to.min(clock.now / DAY));
        let mut counts: Vec<DayCount> = (from..=to).map(|day| DayCount { day, negatives: 0.0 }).collect();
        for voice in self.memory.voices.recent() {
            let within = voice.facets.within(key) && (key.kind != Kind::Copies || voice.copy);
            let index = usize::try_from(day_of(voice.published) - from).ok();
            if let Some(count) = index.filter(|_| within).and_then(|index| counts.get_mut(index)) {
                count.negatives += f64::from(voice.weight) / QUARTERS;
            }
        }
        counts
    }
}
