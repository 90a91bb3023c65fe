//! Which mentions belong to a warning: a mixture of the ordinary and the warning, told apart by where they come from.
//!
//! Since the beginning, ordinary negatives go on as always; their facets (place, topic, source, audience) are known from
//! what is usual. The warning has facets of its own, which are learnt from the voices themselves by a few rounds of
//! expectation and maximisation, starting from the segment the evidence points at. A voice is a member when it is more
//! likely of the warning than ordinary.

use super::Detector;
use crate::row::Ground;
use crate::segments::{Key, Kind, NONE};
use crate::voices::Voice;
use std::collections::HashMap;

/// Rounds of expectation and maximisation.
const ROUNDS: usize = 8;
/// How many voices the ordinary facets weigh in those of the warning.
const PRIOR_WEIGHT: f64 = 2.0;
/// How likely a voice outside the segment is at first a member, relative to one inside.
const OUTSIDE: f64 = 0.2;
/// A facet is never rarer than this among ordinary negatives.
const RAREST: f64 = 0.003;

/// The facets of a voice that are compared: a kind and a number each.
fn facets(voice: &Voice) -> [(Kind, u32); 4] {
    let [country, region, city] = voice.facets.place;
    let place = if city != NONE {
        (Kind::City, city)
    } else if region != NONE {
        (Kind::Region, region)
    } else {
        (Kind::Country, country)
    };
    [
        place,
        (Kind::Topic, voice.facets.topic),
        (Kind::Source, voice.facets.source),
        (Kind::Audience, voice.facets.audience),
    ]
}

impl Detector {
    /// How likely each of `voices` (everything negative since the beginning) belongs to what shows in the row of `key`;
    /// `expected` ordinary ones are among them.
    pub(super) fn memberships(&self, voices: &[Voice], key: Key, excess: f64, expected: f64) -> Vec<f64> {
        let inside = |voice: &Voice| voice.facets.within(key) && (key.kind != Kind::Copies || voice.copy);
        let ordinary = self.ordinary_facets(voices);
        let count_inside = voices.iter().filter(|voice| inside(voice)).count() as f64;
        let certain = (excess / count_inside.max(1.0)).clamp(0.05, 0.98);
        let mut memberships: Vec<f64> =
            voices.iter().map(|voice| if inside(voice) { certain } else { certain * OUTSIDE }).collect();
        // the facets by number, so that the rounds are plain sums
        let mut numbers: HashMap<(usize, Kind, u32), usize> = HashMap::new();
        let mut usual: Vec<f64> = Vec::new();
        let mut numbered: Vec<[usize; 4]> = Vec::with_capacity(voices.len());
        for voice in voices {
            let mut of_voice = [0; 4];
            for (place, (kind, name)) in facets(voice).into_iter().enumerate() {
                of_voice[place] = *numbers.entry((place, kind, name)).or_insert_with(|| {
                    usual.push(ordinary.get(&(kind, name)).copied().unwrap_or(RAREST));
                    usual.len() - 1
                });
            }
            numbered.push(of_voice);
        }
        let all = voices.len() as f64;
        for _ in 0..ROUNDS {
            let mut own = vec![0.0; usual.len()];
            for (facets, membership) in numbered.iter().zip(&memberships) {
                for &facet in facets {
                    own[facet] += membership;
                }
            }
            let total: f64 = memberships.iter().sum();
            let share = ((all - expected).max(total.min(excess)) / all).clamp(0.02, 0.98);
            let lift: Vec<f64> = own
                .iter()
                .zip(&usual)
                .map(|(seen, usual)| (seen + PRIOR_WEIGHT * usual) / (total + PRIOR_WEIGHT) / usual)
                .collect();
            for (facets, membership) in numbered.iter().zip(&mut memberships) {
                let odds = facets.iter().fold(share / (1.0 - share), |odds, &facet| odds * lift[facet]);
                *membership = odds / (1.0 + odds);
            }
        }
        memberships
    }

    /// The share of each facet among ordinary negatives.
    fn ordinary_facets(&self, voices: &[Voice]) -> HashMap<(Kind, u32), f64> {
        let ground: Ground = self.ground();
        let rate = |kind: Kind, name: u32| {
            let row = self.numbers.get(&Key::of(kind, name)).and_then(|&row| self.rows.get(row as usize));
            row.map_or(0.0, |row| row.rates(ground).negatives)
        };
        let all = rate(Kind::Root, NONE).max(1e-6);
        let part = |kind: Kind| -> f64 {
            self.rows.iter().filter(|row| row.key.kind == kind).map(|row| row.rates(ground).negatives).sum()
        };
        let (cities, topics, sources, audiences) =
            (part(Kind::City), part(Kind::Topic), part(Kind::Source), part(Kind::Audience));
        let mut shares = HashMap::new();
        for (kind, name) in voices.iter().flat_map(facets) {
            shares.entry((kind, name)).or_insert_with(|| {
                let rest = |named: f64| 1.0 - named / all;
                let share = match (kind, name) {
                    (Kind::Topic, NONE) => rest(topics),
                    (Kind::Source, NONE) => rest(sources),
                    (Kind::Audience, NONE) => rest(audiences),
                    (Kind::Country | Kind::Region, NONE) => rest(part(Kind::Country)),
                    // said to be in the country, but not in which city
                    (Kind::Country | Kind::Region, name) => (rate(kind, name) / all) * rest(cities).max(0.05),
                    (kind, name) => rate(kind, name) / all,
                };
                share.clamp(RAREST, 1.0)
            });
        }
        shares
    }
}
