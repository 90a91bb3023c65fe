//! Undoing what a survey's own plan did to its answers.

/// Nobody's probability of being asked counts as less than this, so that one answer never outweighs fifty.
const PROBABILITY_MIN: f64 = 0.02;
/// Answers of the whole that each stratum borrows.
const BORROWED: f64 = 5.0;

/// A group of people of whom some answered.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stratum {
    /// People in it.
    pub people: f64,
    /// Answers that count.
    pub hits: f64,
    /// All answers.
    pub answers: f64,
}

/// The mean of answers whose authors were asked with different probabilities: each counts by the inverse of its own.
/// `None` without answers.
///
/// Source: J. Hájek, comment in "Foundations of statistical inference" (1971): the self-normalised Horvitz–Thompson mean.
pub fn hajek(answers: impl IntoIterator<Item = (f64, f64)>) -> Option<f64> {
    weighted(answers).map(|(mean, _)| mean)
}

/// The same, and how many equally weighted answers they are worth (Kish).
pub fn weighted(answers: impl IntoIterator<Item = (f64, f64)>) -> Option<(f64, f64)> {
    let (mut weights, mut squares, mut sum) = (0.0, 0.0, 0.0);
    for (value, probability) in answers {
        let weight = 1.0 / probability.max(PROBABILITY_MIN);
        weights += weight;
        squares += weight * weight;
        sum += weight * value;
    }
    (weights > 0.0).then(|| (sum / weights, weights * weights / squares))
}

/// The share of all people, from strata of which each may have answered more or less than its size: each counts by its
/// people, and borrows five answers from the whole. `None` without people.
pub fn stratified(strata: &[Stratum]) -> Option<f64> {
    let sum = |of: fn(&Stratum) -> f64| strata.iter().map(of).sum::<f64>();
    let (people, hits, answers) = (sum(|s| s.people), sum(|s| s.hits), sum(|s| s.answers));
    let pooled = (hits + 0.5) / (answers + 1.0);
    let share = |s: &Stratum| (s.hits + BORROWED * pooled) / (s.answers + BORROWED);
    (people > 0.0).then(|| strata.iter().map(|s| s.people * share(s)).sum::<f64>() / people)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_probabilities_change_nothing_and_unequal_ones_are_undone() {
        assert_eq!(hajek([]), None);
        let (mean, worth) = weighted([(1.0, 0.3), (0.0, 0.3), (1.0, 0.3)]).expect("answers");
        assert!((mean - 2.0 / 3.0).abs() < 1e-12 && (worth - 3.0).abs() < 1e-9);
        // Three of four are happy; the happy were asked three times as often.
        let mean = hajek([(1.0, 0.9); 9].into_iter().chain([(0.0, 0.3)])).expect("answers");
        assert!((mean - 0.75).abs() < 1e-12);
    }

    #[test]
    fn a_stratum_counts_by_its_people() {
        let big = Stratum { people: 900.0, hits: 45.0, answers: 50.0 };
        let small = Stratum { people: 100.0, hits: 10.0, answers: 50.0 };
        let share = stratified(&[big, small]).expect("people");
        assert!(share > 0.75 && share < 0.9, "{share}");
        assert_eq!(stratified(&[]), None);
    }
}
