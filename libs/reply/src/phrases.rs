//! The phrases of `phrases/*.txt`: what each section means, and what around a match takes its meaning away.

use std::sync::LazyLock;

use crate::finding::{Rule, Severity};
use crate::pattern::{Match, Patterns, is_denial};
use crate::words::Word;

/// What a phrase means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// Breaks a rule, so gravely.
    Breaks(Rule, Severity),
    /// Says that somebody came, bought, stayed: a secret in some professions, else only with details.
    Came,
    /// Says what only those who keep secrets must not say.
    Secret(Severity),
    /// A date, a room, an amount.
    Reveals,
    /// Somebody writes, changes or deletes a review.
    ReviewAct,
    /// Something is given.
    Benefit,
    /// One thing for another: "if", "in exchange", "delete it and".
    Exchange,
    /// Acknowledges what happened.
    Acknowledges,
    /// Says what comes next.
    NextStep,
    /// Takes leave; what follows is the signature.
    Farewell,
}

impl Meaning {
    fn of_section(section: &str) -> Option<Self> {
        let (name, severity) = section.split_once(' ').unwrap_or((section, ""));
        let severity = match severity {
            "block" => Some(Severity::Block),
            "warn" => Some(Severity::Warn),
            "hint" => Some(Severity::Hint),
            _ => None,
        };
        match name {
            "customer" => Some(Self::Came),
            "customer-sensitive" => Some(Self::Secret(Severity::Block)),
            "customer-soft" => Some(Self::Secret(Severity::Warn)),
            "reveals" => Some(Self::Reveals),
            "review-act" => Some(Self::ReviewAct),
            "benefit" => Some(Self::Benefit),
            "exchange" => Some(Self::Exchange),
            "acknowledges" => Some(Self::Acknowledges),
            "next-step" => Some(Self::NextStep),
            "farewell" => Some(Self::Farewell),
            _ => Some(Self::Breaks(Rule::from_key(name)?, severity?)),
        }
    }
}

static PHRASES: LazyLock<Patterns<Meaning>> = LazyLock::new(|| {
    let files = [
        include_str!("../phrases/es.txt"),
        include_str!("../phrases/en.txt"),
        include_str!("../phrases/others.txt"),
    ];
    Patterns::parse(&files, Meaning::of_section).expect("a test reads the same files")
});

/// Every phrase of a text that says what it says: denied ones are left out. `steps` counts the work.
pub(crate) fn find(words: &[Word], steps: &mut u64) -> Vec<Match<Meaning>> {
    let mut found = PHRASES.find(words, steps);
    found.retain(|found| found.denied_too || !is_denied(words, found.from));
    found
}

/// How far back a denial reaches, in words.
const DENIAL_REACH: usize = 6;

/// "no vamos a pedirle que…": a denial before, in the same clause. "si no…", "no solo…" and "no dudaremos en…" deny
/// nothing.
pub(crate) fn is_denied(words: &[Word], from: usize) -> bool {
    let Some(first) = words.get(from) else { return false };
    for back in 1..=DENIAL_REACH {
        let Some(at) = from.checked_sub(back) else { return false };
        let Some(word) = words.get(at).filter(|word| word.clause == first.clause) else { return false };
        if matches!(word.folded.as_str(), "pero" | "sino" | "aunque" | "but" | "or" | "porque" | "because") {
            return false;
        }
        let next = words.get(at + 1).map_or("", |next| next.folded.as_str());
        let before =
            at.checked_sub(1).and_then(|at| words.get(at)).map_or("", |before| before.folded.as_str());
        let none = matches!(before, "si" | "if")
            || matches!(next, "solo" | "solamente" | "only" | "just" | "hesitate" | "obstante")
            || next.starts_with("dud")
            || next.starts_with("vacil");
        if is_denial(&word.folded) && !none {
            return true;
        }
    }
    false
}

/// Words that make of what follows something general, possible or conditional.
const OPEN: [&str; 34] = [
    "si",
    "cualquier",
    "cualquiera",
    "cada",
    "puede",
    "pueden",
    "puedes",
    "podra",
    "podria",
    "quien",
    "quienes",
    "todos",
    "todas",
    "pedir",
    "solicitar",
    "reservar",
    "concertar",
    "haya",
    "if",
    "any",
    "anyone",
    "anybody",
    "everyone",
    "every",
    "each",
    "whether",
    "may",
    "can",
    "could",
    "whoever",
    "book",
    "make",
    "request",
    "cuando quiera",
];

/// Whether what a phrase says is said of anybody, or only in case.
pub(crate) fn is_open(words: &[Word], from: usize) -> bool {
    let Some(first) = words.get(from) else { return false };
    (1..=8)
        .map_while(|back| from.checked_sub(back).and_then(|at| words.get(at)))
        .take_while(|word| word.clause == first.clause)
        .any(|word| OPEN.contains(&word.folded.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_phrase_is_understood() {
        assert!(PHRASES.len() > 250, "the files were not read");
    }
}
