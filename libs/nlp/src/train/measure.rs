//! Figures: macro-F1, accuracy, calibration and what abstaining buys.

use crate::model::best_of;

/// One judged text: what it is and what the model thinks.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Judged {
    pub label: u8,
    pub probabilities: [f32; 3],
}

/// The figures of a set.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Figures {
    /// Texts judged.
    pub rows: usize,
    /// Mean F1 of the classes that occur.
    pub macro_f1: f64,
    /// The same over negative and positive texts only, without the neutral answer.
    pub binary_f1: f64,
    /// Share of right answers.
    pub accuracy: f64,
    /// Expected calibration error, fifteen bins.
    pub calibration_error: f64,
    /// By how much the error falls when the least sure tenth is left unsaid.
    pub abstaining_gain: f64,
    /// Error when 0, 5, 10, 20 and 30 % are left unsaid.
    pub error_curve: [f64; 5],
}

/// Shares left unsaid in [`Figures::error_curve`].
pub const ABSTAINED: [f64; 5] = [0.0, 0.05, 0.1, 0.2, 0.3];

/// The figures of judged texts.
pub(crate) fn figures(judged: &[Judged]) -> Figures {
    if judged.is_empty() {
        return Figures::default();
    }
    let answers: Vec<(u8, usize)> =
        judged.iter().map(|one| (one.label, best_of(&one.probabilities))).collect();
    let binary: Vec<(u8, usize)> = judged
        .iter()
        .filter(|one| one.label != 1)
        .map(|one| (one.label, if one.probabilities[0] > one.probabilities[2] { 0 } else { 2 }))
        .collect();
    let right = answers.iter().filter(|(label, answer)| usize::from(*label) == *answer).count();
    let error_curve = error_curve(judged);
    let abstaining_gain = if error_curve[0] > 0.0 { 1.0 - error_curve[2] / error_curve[0] } else { 0.0 };
    Figures {
        rows: judged.len(),
        macro_f1: macro_f1(&answers),
        binary_f1: macro_f1(&binary),
        accuracy: right as f64 / judged.len() as f64,
        calibration_error: calibration_error(judged),
        abstaining_gain,
        error_curve,
    }
}

fn macro_f1(answers: &[(u8, usize)]) -> f64 {
    let (mut sum, mut classes) = (0.0, 0);
    for class in 0..3 {
        let of = |label: &u8| usize::from(*label) == class;
        let truth = answers.iter().filter(|(label, _)| of(label)).count();
        if truth == 0 {
            continue;
        }
        let said = answers.iter().filter(|(_, answer)| *answer == class).count();
        let both = answers.iter().filter(|(label, answer)| of(label) && *answer == class).count();
        sum += 2.0 * both as f64 / (truth + said) as f64;
        classes += 1;
    }
    if classes == 0 { 0.0 } else { sum / f64::from(classes) }
}

/// How sure the best class is, and whether it is right.
fn confidences(judged: &[Judged]) -> Vec<(f32, bool)> {
    judged
        .iter()
        .map(|one| {
            let best = best_of(&one.probabilities);
            (one.probabilities[best], best == usize::from(one.label))
        })
        .collect()
}

/// Mean distance between how sure it says it is and how often it is right.
pub(crate) fn calibration_error(judged: &[Judged]) -> f64 {
    const BINS: usize = 15;
    let mut bins = [(0_usize, 0.0_f64, 0_usize); BINS];
    for (sure, right) in confidences(judged) {
        let bin = &mut bins[((sure * BINS as f32) as usize).min(BINS - 1)];
        bin.0 += 1;
        bin.1 += f64::from(sure);
        bin.2 += usize::from(right);
    }
    let gap: f64 = bins.iter().map(|(_, sure, right)| (sure - *right as f64).abs()).sum();
    gap / judged.len().max(1) as f64
}

fn error_curve(judged: &[Judged]) -> [f64; 5] {
    let mut sorted = confidences(judged);
    sorted.sort_by(|a, b| b.0.total_cmp(&a.0));
    ABSTAINED.map(|share| {
        let kept = (((1.0 - share) * sorted.len() as f64).round() as usize).clamp(1, sorted.len());
        sorted[..kept].iter().filter(|(_, right)| !right).count() as f64 / kept as f64
    })
}

/// The confidence below which a share of the texts lies.
pub(crate) fn confidence_at(judged: &[Judged], share: f64) -> f32 {
    let mut sure: Vec<f32> = confidences(judged).into_iter().map(|(sure, _)| sure).collect();
    sure.sort_by(f32::total_cmp);
    sure.get((share * sure.len() as f64) as usize).copied().unwrap_or(0.0)
}
