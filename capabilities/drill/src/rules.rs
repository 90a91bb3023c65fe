//! What this room decides: the five steps and their gentle targets, what was done in each, and the report. Pure.

use domain::{TriageClass, WarningId, WarningLevel};
use serde::{Deserialize, Serialize};

/// With fewer mentions there is nothing to weigh the invented ones against.
pub const MENTIONS_MIN: i64 = 20;
/// After how many days another drill is due.
pub const AGAIN_DAYS: i64 = 182;
/// A drill that nobody ends is over after so many hours.
pub const HOURS_MAX: i64 = 24;

/// A step of the walk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// See the warning and what speaks for it.
    See,
    /// Say what it is.
    Triage,
    /// Say who decides, and tell people.
    Tell,
    /// Write what the business says.
    Say,
    /// Answer the first three.
    Answer,
}

impl Step {
    /// In order.
    pub const ALL: [Self; 5] = [Self::See, Self::Triage, Self::Tell, Self::Say, Self::Answer];

    /// How it is spelled in the keys of the texts.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::See => "see",
            Self::Triage => "triage",
            Self::Tell => "tell",
            Self::Say => "say",
            Self::Answer => "answer",
        }
    }

    /// A gentle target, in seconds; all together a quarter of an hour.
    pub const fn target_seconds(self) -> i64 {
        match self {
            Self::See | Self::Triage => 120,
            Self::Tell => 180,
            Self::Say | Self::Answer => 240,
        }
    }
}

/// Voices to be answered in the last step.
pub const ANSWERS: usize = 3;

/// What the person did.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Walk {
    /// When the clock began, in seconds since 1970.
    pub began_at: Option<i64>,
    /// When each step ended.
    pub ended_at: Vec<i64>,
    /// What she said it is.
    pub class: Option<TriageClass>,
    /// Against which line of her charter.
    pub place: Option<u8>,
    /// What was suggested.
    pub suggested: Option<TriageClass>,
    /// Whether she has a charter.
    pub has_charter: bool,
    /// Who decides.
    pub decider: String,
    /// Who was told, and how.
    pub told: String,
    /// What the business says.
    pub statement: String,
    /// Answers to the first voices; empty where she wrote none.
    pub answers: Vec<String>,
}

impl Walk {
    /// The step she is at; `None` before the clock began and after the last.
    pub fn step(&self) -> Option<Step> {
        self.began_at?;
        Step::ALL.get(self.ended_at.len()).copied()
    }

    /// Whether all steps are behind her.
    pub fn is_over(&self) -> bool {
        self.ended_at.len() >= Step::ALL.len()
    }

    /// Ends the step she is at; a clock that went back makes no step shorter than nothing.
    pub fn end_step(&mut self, now: i64) {
        let before = self.ended_at.last().copied().or(self.began_at).unwrap_or(now);
        if self.step().is_some() {
            self.ended_at.push(now.max(before));
        }
    }

    /// Seconds a step took, once it ended.
    pub fn seconds(&self, step: Step) -> Option<i64> {
        let at = Step::ALL.iter().position(|one| *one == step)?;
        let before = if at == 0 { self.began_at? } else { *self.ended_at.get(at - 1)? };
        Some(self.ended_at.get(at)? - before)
    }

    /// Seconds in all so far, at the end of the last step that ended.
    pub fn total(&self) -> i64 {
        self.began_at.zip(self.ended_at.last()).map_or(0, |(from, to)| to - from)
    }
}

/// When the detector warned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// The warning, in the copy.
    pub warning: WarningId,
    /// Minutes after the first voice.
    pub minutes: i64,
    /// Voices by then.
    pub voices: u32,
    /// The level then.
    pub level: WarningLevel,
}

/// What came out of the copy.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// Her own mentions in the copy.
    pub history: u32,
    /// When the campaign began, in seconds since 1970.
    pub began_at: i64,
    /// Invented voices.
    pub voices: u32,
    /// When the detector warned; `None` where it did not.
    pub seen: Option<Seen>,
}

/// Something that went well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Good {
    /// The detector warned.
    Seen,
    /// She said what was suggested, too.
    SameClass,
    /// It is known who decides.
    Decider,
    /// Somebody was told.
    Told,
    /// There is something to say.
    Statement,
    /// All three were answered.
    Answered,
    /// All of it within a quarter of an hour.
    InTime,
}

impl Good {
    /// How it is spelled in the keys of the texts.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Seen => "seen",
            Self::SameClass => "same-class",
            Self::Decider => "decider",
            Self::Told => "told",
            Self::Statement => "statement",
            Self::Answered => "answered",
            Self::InTime => "in-time",
        }
    }
}

/// The one thing to do next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// The detector did not warn: choose when to be warned, bring in more of what is said.
    Settings,
    /// Write the first line of the charter.
    Charter,
    /// Write down who decides.
    Decider,
    /// Decide who is told, and keep their numbers at hand.
    Told,
    /// Keep a first sentence ready.
    Statement,
    /// Practise what was slowest.
    Slow(Step),
    /// Nothing but to do it again in half a year.
    Again,
}

/// How a drill went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// What went well.
    pub good: Vec<Good>,
    /// Each step with its seconds and whether it took longer than its target.
    pub steps: Vec<(Step, i64, bool)>,
    /// The one thing to do next.
    pub next: Next,
}

/// The report of a drill that was walked to its end.
pub fn report(walk: &Walk, found: &Found) -> Report {
    let steps: Vec<(Step, i64, bool)> = Step::ALL
        .iter()
        .filter_map(|step| Some((*step, walk.seconds(*step)?)))
        .map(|(step, seconds)| (step, seconds, seconds > step.target_seconds()))
        .collect();
    let answered = walk.answers.iter().filter(|answer| !answer.is_empty()).count();
    let quarter: i64 = Step::ALL.iter().map(|step| step.target_seconds()).sum();
    let all = [
        (Good::Seen, found.seen.is_some()),
        (Good::SameClass, walk.class.is_some() && walk.class == walk.suggested),
        (Good::Decider, !walk.decider.is_empty()),
        (Good::Told, !walk.told.is_empty()),
        (Good::Statement, !walk.statement.is_empty()),
        (Good::Answered, answered >= ANSWERS),
        (Good::InTime, walk.is_over() && walk.total() <= quarter),
    ];
    let slowest = steps
        .iter()
        .filter(|(.., slow)| *slow)
        .max_by_key(|(step, seconds, _)| seconds - step.target_seconds());
    let next = match slowest {
        _ if found.seen.is_none() => Next::Settings,
        _ if !walk.has_charter => Next::Charter,
        _ if walk.decider.is_empty() => Next::Decider,
        _ if walk.told.is_empty() => Next::Told,
        _ if walk.statement.is_empty() => Next::Statement,
        Some((step, ..)) => Next::Slow(*step),
        None => Next::Again,
    };
    Report { good: all.into_iter().filter(|(_, holds)| *holds).map(|(good, _)| good).collect(), steps, next }
}

/// Whether a drill is due: never done and listened to for a month, or done half a year ago. Days since 1970.
pub fn is_due(mentions: i64, began_day: i64, last_done: Option<i64>, today: i64) -> bool {
    const FIRST_DAYS: i64 = 30;
    let since = match last_done {
        Some(day) => day + AGAIN_DAYS,
        None => began_day + FIRST_DAYS,
    };
    mentions >= MENTIONS_MIN && today >= since
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn walked(seconds: [i64; 5]) -> Walk {
        let mut walk = Walk {
            began_at: Some(1_000),
            class: Some(TriageClass::Attack),
            suggested: Some(TriageClass::Attack),
            has_charter: true,
            decider: "Carmen".into(),
            told: "Al equipo".into(),
            statement: "Lo sentimos.".into(),
            answers: vec!["a".into(), "b".into(), "c".into()],
            ..Walk::default()
        };
        let mut now = 1_000;
        for took in seconds {
            now += took;
            walk.end_step(now);
        }
        walk
    }

    fn found() -> Found {
        let seen = Seen { warning: WarningId(1), minutes: 90, voices: 6, level: WarningLevel::Notice };
        Found { history: 120, began_at: 0, voices: 9, seen: Some(seen) }
    }

    #[test]
    fn a_calm_walk_has_nothing_slow_and_comes_back_in_half_a_year() {
        let report = report(&walked([100, 100, 100, 100, 100]), &found());
        assert_eq!(report.next, Next::Again);
        assert_eq!(report.good.len(), 7);
        assert!(report.steps.iter().all(|(_, seconds, slow)| *seconds == 100 && !slow));
    }

    #[test]
    fn the_next_step_is_the_first_thing_that_is_missing_then_what_was_slowest() {
        let slow = walked([130, 500, 100, 250, 100]);
        let (complete, nothing) = (found(), Found { seen: None, ..found() });
        let cases = [
            (slow.clone(), &nothing, Next::Settings),
            (Walk { has_charter: false, ..slow.clone() }, &complete, Next::Charter),
            (Walk { decider: String::new(), ..slow.clone() }, &complete, Next::Decider),
            (Walk { told: String::new(), ..slow.clone() }, &complete, Next::Told),
            (Walk { statement: String::new(), ..slow.clone() }, &complete, Next::Statement),
            (slow, &complete, Next::Slow(Step::Triage)),
        ];
        for (walk, found, next) in cases {
            assert_eq!(report(&walk, found).next, next, "{walk:?}");
        }
    }

    #[test]
    fn a_drill_is_due_after_a_month_and_then_every_half_year() {
        for (mentions, began, last, today, due) in [
            (19, 0, None, 500, false),
            (20, 480, None, 500, false),
            (20, 470, None, 500, true),
            (20, 0, Some(400), 500, false),
            (20, 0, Some(318), 500, true),
        ] {
            assert_eq!(is_due(mentions, began, last, today), due, "{began} {last:?}");
        }
    }

    proptest! {
        #[test]
        fn times_are_never_negative_and_add_up_whatever_the_clock_does(moments in proptest::collection::vec(0i64..100_000, 0..8)) {
            let mut walk = Walk { began_at: Some(50_000), ..Walk::default() };
            for now in moments {
                walk.end_step(now);
            }
            let each: Vec<i64> = Step::ALL.iter().filter_map(|step| walk.seconds(*step)).collect();
            prop_assert!(each.iter().all(|seconds| *seconds >= 0));
            prop_assert_eq!(each.iter().sum::<i64>(), walk.total());
            prop_assert!(walk.ended_at.len() <= 5);
        }
    }
}
