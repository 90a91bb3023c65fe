//! Honest answers: how readily to say *neutral*, one temperature per group and head, and when to say *unsure*; all
//! found on held-out texts of the sets that may train.

use std::collections::BTreeMap;

use super::data::Row;
use super::fit::{at_temperature, head_of, raw_scores};
use super::measure::{Judged, confidence_at, figures};
use crate::model::{Model, Reader};
use crate::reading::Head;

/// Share of held-out texts that the reader leaves unsure.
const UNSURE_SHARE: f64 = 0.1;
/// Fewer texts than this calibrate nothing.
const ROWS_MIN: usize = 50;
/// A text whose best class is surer than this is never unsure.
const THRESHOLD_MAX: f32 = 0.6;

/// A held-out text's scores.
struct Scored {
    set: usize,
    label: u8,
    scores: [f32; 3],
}

/// Finds neutral shift, temperature and threshold of every group and head on held-out rows of the sets that may train;
/// those found before are forgotten.
pub(crate) fn calibrate<'a>(model: &mut Model, rows: impl Iterator<Item = &'a Row>) {
    for weights in model.groups.iter_mut().flat_map(|group| &mut group.heads) {
        (weights.neutral, weights.temperature, weights.threshold) = (0.0, 1.0, 0.0);
    }
    let mut scored: [[Vec<Scored>; 2]; 3] = Default::default();
    let mut reader = Reader::default();
    for row in rows.filter(|row| row.held_out && row.may_train) {
        let Some(label) = row.label else { continue };
        let head = head_of(row.set);
        let (group, scores) = raw_scores(model, &mut reader, row, head);
        scored[group][head.index()].push(Scored { set: row.set, label, scores });
    }
    for (group, by_head) in model.groups.iter_mut().zip(&mut scored) {
        for head in Head::ALL {
            let scored = &mut by_head[head.index()];
            if scored.len() < ROWS_MIN {
                continue;
            }
            keep_complete(scored);
            let weights = &mut group.heads[head.index()];
            let shift = best_shift(scored);
            weights.neutral += shift;
            for one in scored.iter_mut() {
                one.scores[1] += shift;
            }
            weights.temperature = best_temperature(scored);
            let judged = judged(scored.iter(), weights.temperature, 0.0);
            weights.threshold = confidence_at(&judged, UNSURE_SHARE).min(THRESHOLD_MAX);
        }
    }
}

/// Leaves out the sets without a neutral (or any other) class, if there are others: they would teach that neutral is
/// never right.
fn keep_complete(scored: &mut Vec<Scored>) {
    let mut classes: BTreeMap<usize, [bool; 3]> = BTreeMap::new();
    for one in scored.iter() {
        classes.entry(one.set).or_default()[usize::from(one.label)] = true;
    }
    let complete = |set: &usize| classes.get(set) == Some(&[true; 3]);
    if scored.iter().filter(|one| complete(&one.set)).count() >= ROWS_MIN {
        scored.retain(|one| complete(&one.set));
    }
}

fn judged<'a>(scored: impl Iterator<Item = &'a Scored>, temperature: f32, shift: f32) -> Vec<Judged> {
    scored
        .map(|one| {
            let [negative, neutral, positive] = one.scores;
            let probabilities = at_temperature([negative, neutral + shift, positive], temperature);
            Judged { label: one.label, probabilities }
        })
        .collect()
}

/// The shift of the neutral score with the best macro-F1, every set counting the same: how often three stars are
/// given differs from site to site, and the biggest set must not decide it for all.
fn best_shift(scored: &[Scored]) -> f32 {
    let mut by_set: BTreeMap<usize, Vec<&Scored>> = BTreeMap::new();
    for one in scored {
        by_set.entry(one.set).or_default().push(one);
    }
    by_set.retain(|_, of_set| {
        of_set.len() >= ROWS_MIN && (0..3).all(|label| of_set.iter().any(|one| one.label == label))
    });
    let mut best = (0.0, 0.0);
    for step in -5..=5_i16 {
        let shift = f32::from(step) * 0.15;
        let mean: f64 =
            by_set.values().map(|of_set| figures(&judged(of_set.iter().copied(), 1.0, shift)).macro_f1).sum();
        // a shift has to earn its place: small gains are noise
        let earned = mean - 0.002 * f64::from(step.abs()) * by_set.len() as f64 / 8.0;
        if earned > best.0 {
            best = (earned, shift);
        }
    }
    best.1
}

/// The temperature with the least surprise (mean negative log-probability of the truth).
fn best_temperature(scored: &[Scored]) -> f32 {
    least_surprising(|temperature| {
        scored
            .iter()
            .map(|one| {
                -f64::from(at_temperature(one.scores, temperature)[usize::from(one.label)].max(1e-9)).ln()
            })
            .sum()
    })
}

/// The temperature at which the truth surprises least, of sixty between .3 and 5.3.
pub(crate) fn least_surprising(surprise: impl Fn(f32) -> f64) -> f32 {
    let mut best = (f64::MAX, 1.0);
    for step in 0..60 {
        let temperature = 0.3 * 1.05_f32.powi(step);
        let now = surprise(temperature);
        if now < best.0 {
            best = (now, temperature);
        }
    }
    best.1
}
