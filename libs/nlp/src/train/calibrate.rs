//! Honest probabilities: one temperature per group and head, found on held-out texts; and the threshold of *unsure*.

use super::data::{Row, is_research_only};
use super::fit::{at_temperature, head_of, raw_scores};
use super::measure::{Judged, confidence_at};
use crate::model::{Model, Reader};
use crate::reading::Head;

/// Share of held-out texts that the reader leaves unsure.
const UNSURE_SHARE: f64 = 0.1;
/// Fewer texts than this calibrate nothing.
const ROWS_MIN: usize = 50;

/// Finds temperatures and thresholds on held-out rows of the sets that may train.
pub(crate) fn calibrate(model: &mut Model, rows: &[Row]) {
    let mut scored: [[Vec<(u8, [f32; 3])>; 2]; 3] = Default::default();
    let mut reader = Reader::default();
    for row in rows.iter().filter(|row| row.held_out && !is_research_only(row)) {
        let Some(label) = row.label else { continue };
        let head = head_of(row.set);
        let (group, scores) = raw_scores(model, &mut reader, row, head);
        scored[group][head.index()].push((label, scores));
    }
    for (group, by_head) in model.groups.iter_mut().zip(&scored) {
        for head in Head::ALL {
            let scored = &by_head[head.index()];
            if scored.len() < ROWS_MIN {
                continue;
            }
            let temperature = best_temperature(scored);
            let judged: Vec<Judged> = scored
                .iter()
                .map(|(label, scores)| Judged {
                    label: *label,
                    probabilities: at_temperature(*scores, temperature),
                })
                .collect();
            let weights = &mut group.heads[head.index()];
            weights.temperature = temperature;
            weights.threshold = confidence_at(&judged, UNSURE_SHARE).min(0.6);
        }
    }
}

/// The temperature with the least surprise (mean negative log-probability of the truth).
fn best_temperature(scored: &[(u8, [f32; 3])]) -> f32 {
    let surprise = |temperature: f32| -> f64 {
        scored
            .iter()
            .map(|(label, scores)| {
                -f64::from(at_temperature(*scores, temperature)[usize::from(*label)].max(1e-9)).ln()
            })
            .sum()
    };
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
