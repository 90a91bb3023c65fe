//! From what the private question brought to what is known: each answer counts by how probable it was to be asked.

use stats::{Stratum, stratified, weighted};

use crate::majority::{Asked, Finding, KAPPA, Majority, find, majority};
use crate::store::{Answers, Census};

/// Days of the period.
pub const PERIOD_DAYS: i64 = 90;
/// Days of one part of it, by which answers are compared with visits.
const PART_DAYS: i64 = 30;
/// Probabilities closer than this are alike.
const ALIKE: f64 = 1e-6;

/// What is known of the period.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Known {
    /// What it was computed from; answers as they came.
    pub asked: Asked,
    /// What follows.
    pub majority: Majority,
    /// What may be said.
    pub finding: Finding,
    /// Some were more likely to be asked than others; it was undone.
    pub unequal: bool,
    /// The satisfied share when each month counts by its visits, where there are several.
    pub by_month: Option<f64>,
}

fn satisfied(answers: &Answers) -> bool {
    answers.grade >= crate::majority::SATISFIED_FROM as i64
}

/// What is known from a census of the period that began on `from_day`, public ratings, and how many customers there were.
pub fn known(census: &Census, public: [f64; 5], customers: f64, from_day: i64) -> Known {
    let mut asked = Asked {
        customers,
        public,
        invited: census.asked as f64,
        answers: [0.0; 5],
        late: None,
        kappa: KAPPA,
    };
    let mut late = [0.0; 5];
    for answers in &census.answers {
        let place = (answers.grade.clamp(1, 5) - 1) as usize;
        asked.answers[place] += answers.count as f64;
        late[place] += if answers.late { answers.count as f64 } else { 0.0 };
    }
    asked.late = Some(late);
    let plain = majority(&asked);
    let first = census.answers.first().map_or(1.0, |answers| answers.probability);
    let unequal = census.answers.iter().any(|answers| (answers.probability - first).abs() > ALIKE);
    let majority = if unequal { undone(&asked, &plain, &census.answers) } else { plain };
    let finding = find(&asked, &majority);
    Known { asked, majority, finding, unequal, by_month: by_month(census, from_day) }
}

/// The same with unequal probabilities undone: as many answers as they are worth, of the weighted share. Who answered of
/// those who were asked, and the worst case, stay as counted.
fn undone(asked: &Asked, plain: &Majority, answers: &[Answers]) -> Majority {
    let each = answers.iter().flat_map(|a| {
        let value = (f64::from(u8::from(satisfied(a))), a.probability);
        std::iter::repeat_n(value, usize::try_from(a.count.min(100_000)).unwrap_or(0))
    });
    let Some((share, worth)) = weighted(each) else { return *plain };
    let worth_counts = [(1.0 - share) * worth, 0.0, 0.0, 0.0, share * worth];
    let invited = asked.invited * worth / asked.answers.iter().sum::<f64>().max(1.0);
    let counted = majority(&Asked { answers: worth_counts, invited, ..*asked });
    Majority { worst_best: plain.worst_best, response: plain.response, ..counted }
}

/// Each part of the period by its visits.
fn by_month(census: &Census, from_day: i64) -> Option<f64> {
    let parts = (PERIOD_DAYS / PART_DAYS) as usize;
    let mut strata = vec![Stratum { people: 0.0, hits: 0.0, answers: 0.0 }; parts];
    let part = |day: i64| ((day - from_day).max(0) / PART_DAYS).min(parts as i64 - 1) as usize;
    for (day, visits) in &census.visits {
        strata[part(*day)].people += *visits as f64;
    }
    for answers in &census.answers {
        let stratum = &mut strata[part(answers.day)];
        stratum.answers += answers.count as f64;
        stratum.hits += if satisfied(answers) { answers.count as f64 } else { 0.0 };
    }
    let filled = strata.iter().filter(|s| s.people > 0.0 && s.answers > 0.0).count();
    if filled > 1 { stratified(&strata) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answers(day: i64, grade: i64, probability: f64, count: u64) -> Answers {
        Answers { day, grade, late: false, probability, count }
    }

    #[test]
    fn whom_the_lot_chose_more_often_counts_less() {
        // A month in which everybody was asked and all were content; one in which one of ten was, and half were not.
        let census = Census {
            customers: 550,
            visits: vec![(100, 50), (140, 500)],
            asked: 100,
            answers: vec![answers(100, 5, 1.0, 40), answers(140, 5, 0.1, 20), answers(140, 1, 0.1, 20)],
            unchosen: 0,
        };
        let known = known(&census, [2.0, 2.0, 2.0, 2.0, 4.0], 550.0, 100);
        assert!(known.unequal);
        let share = known.majority.satisfied.middle;
        assert!((0.5..0.6).contains(&share), "{share}");
        assert!(known.by_month.is_some_and(|share| share < 0.6));
        assert!((known.asked.answers[4] - 60.0).abs() < 1e-9);
    }

    #[test]
    fn equal_chances_change_nothing() {
        let census = Census {
            asked: 240,
            answers: vec![answers(1, 5, 0.4, 53), answers(2, 2, 0.4, 7)],
            ..Census::default()
        };
        let known = known(&census, [3.0, 4.0, 6.0, 14.0, 34.0], 812.0, 0);
        assert!(!known.unequal && known.by_month.is_none());
        assert_eq!(known.majority, majority(&known.asked));
    }
}
