//! Figures of answers that are names: which cause, which intents.

/// What is true and what was said.
pub(crate) type Pair = (usize, Option<usize>);

/// Figures of one set of answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AnswerFigures {
    /// What was measured, and how.
    pub name: String,
    /// Texts judged.
    pub rows: usize,
    /// Mean F1 of the answers that occur.
    pub macro_f1: f64,
    /// Share of right answers, of all texts.
    pub accuracy: f64,
    /// For each answer that occurs: its name, how many texts are so, and its F1.
    pub answers: Vec<(&'static str, usize, f64)>,
    /// Share of texts answered at all; and share right of those.
    pub answered: (f64, f64),
}

impl AnswerFigures {
    /// The figures of pairs of what is true and what was said (`None`: nothing; counts as wrong).
    pub(crate) fn of(name: &str, names: &[&'static str], pairs: &[Pair]) -> Self {
        let count = |which: &dyn Fn(&Pair) -> bool| pairs.iter().filter(|pair| which(pair)).count();
        let mut answers = Vec::new();
        for (answer, name) in names.iter().enumerate() {
            let truth = count(&|pair| pair.0 == answer);
            if truth == 0 {
                continue;
            }
            let said = count(&|pair| pair.1 == Some(answer));
            let both = count(&|pair| *pair == (answer, Some(answer)));
            answers.push((*name, truth, 2.0 * both as f64 / (truth + said) as f64));
        }
        let right = count(&|pair| pair.1 == Some(pair.0));
        let said = count(&|pair| pair.1.is_some());
        let rows = pairs.len().max(1) as f64;
        Self {
            name: name.to_owned(),
            rows: pairs.len(),
            macro_f1: answers.iter().map(|(_, _, f1)| f1).sum::<f64>() / answers.len().max(1) as f64,
            accuracy: right as f64 / rows,
            answers,
            answered: (said as f64 / rows, right as f64 / said.max(1) as f64),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn silence_counts_as_wrong_but_not_among_the_answered() {
        let pairs = [(0, Some(0)), (0, None), (1, Some(1)), (1, Some(0))];
        let figures = AnswerFigures::of("test", &["yes", "no"], &pairs);
        assert_eq!((figures.rows, figures.accuracy), (4, 0.5));
        assert_eq!(figures.answers[0], ("yes", 2, 0.5));
        assert!((figures.answers[1].2 - 2.0 / 3.0).abs() < 1e-9);
        assert!((figures.answered.0 - 0.75).abs() < 1e-9 && (figures.answered.1 - 2.0 / 3.0).abs() < 1e-9);
        assert!(AnswerFigures::of("none", &["yes"], &[]).macro_f1.abs() < 1e-9);
    }
}
