//! What this room decides: which mentions are serious, and what each seems to be about, with the reasons. Pure.

use domain::{Cause, MentionId, Sentiment, TriageClass, WarningId};
use nlp::{Intent, Intents};
use warn::evidence::Evidence;

/// Lines of a charter.
pub const PLACES: u8 = 5;

/// A line of the charter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Value {
    /// Which line, from 1.
    pub place: u8,
    /// What we always do or never do, in the owner's words. Empty: not written.
    pub text: String,
    /// Who decides when it is broken.
    pub decider: String,
    /// What is said or done first.
    pub first_step: String,
    /// Counts up with every change; 0 before it was ever written.
    pub revision: i64,
}

impl Value {
    /// A line nobody has written.
    pub const fn unwritten(place: u8) -> Self {
        Self { place, text: String::new(), decider: String::new(), first_step: String::new(), revision: 0 }
    }

    /// Whether it says something.
    pub fn is_written(&self) -> bool {
        !self.text.is_empty()
    }
}

/// What is known of a mention that may be serious.
#[derive(Debug, Clone, Copy)]
pub struct Heard<'a> {
    /// Its id.
    pub id: MentionId,
    /// Title and text.
    pub text: &'a str,
    /// Stars.
    pub stars: Option<u8>,
    /// What it sounds like, once read.
    pub sentiment: Option<Sentiment>,
    /// What its author wants.
    pub intents: Intents,
    /// Why it complains.
    pub cause: Option<Cause>,
}

/// Intents that make a negative mention serious.
pub const SERIOUS: [Intent; 3] = [Intent::Complaint, Intent::BoycottThreat, Intent::LegalThreat];

/// Stars at or below which a mention is serious, whatever it says.
pub const SERIOUS_STARS: u8 = 2;

/// Whether somebody should look at it: two stars or fewer, or negative with a complaint, a call not to buy or a legal
/// announcement.
pub fn is_serious(heard: &Heard<'_>) -> bool {
    let wants = SERIOUS.iter().any(|intent| heard.intents.has(*intent));
    heard.stars.is_some_and(|stars| stars <= SERIOUS_STARS)
        || (heard.sentiment == Some(Sentiment::Negative) && wants)
}

/// Why something is suggested, in facts that a person can check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// It announces a claim or a complaint to an authority.
    Legal,
    /// It nearly repeats others in an open warning: how many do, of how many voices.
    Copies {
        /// The warning.
        warning: WarningId,
        /// Near-copies.
        copies: usize,
        /// Voices.
        voices: usize,
    },
    /// It is part of such a warning, but says something of its own.
    OwnWords {
        /// The warning.
        warning: WarningId,
    },
    /// It speaks of what a line of the charter speaks of: these words of it.
    Line {
        /// Which line.
        place: u8,
        /// Its words that come back, as the line has them.
        words: Vec<String>,
    },
    /// It says that something promised was not kept.
    BrokenPromise,
    /// It calls on others not to buy, which is lawful.
    Boycott,
    /// It complains about the product.
    Product,
    /// It complains about how somebody was treated.
    Service,
    /// It gave few stars.
    FewStars,
    /// Nothing more particular.
    Complains,
}

/// What a mention seems to be about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// The class.
    pub class: TriageClass,
    /// Against which line of the charter, where one fits.
    pub place: Option<u8>,
    /// Why; never empty.
    pub reasons: Vec<Reason>,
}

/// What a mention seems to be about. Something legal goes first, because a deadline may run; then evidence of repetition;
/// then the charter. What is left went wrong as things do.
pub fn suggest(heard: &Heard<'_>, charter: &[Value], evidence: &[Evidence]) -> Suggestion {
    let line = line_of(heard.text, charter);
    let place = line.as_ref().map(|(place, _)| *place);
    let named = evidence.iter().find(|found| found.mentions.contains(&heard.id));
    let copy = named.filter(|found| found.copies.contains(&heard.id));
    let mut reasons = Vec::new();
    let legal = heard.intents.has(Intent::LegalThreat);
    if legal {
        reasons.push(Reason::Legal);
    }
    match (copy, named) {
        (Some(found), _) => {
            let (copies, voices) = (found.copies.len(), found.mentions.len());
            reasons.push(Reason::Copies { warning: found.warning, copies, voices });
        }
        (None, Some(found)) => reasons.push(Reason::OwnWords { warning: found.warning }),
        (None, None) => {}
    }
    reasons.extend(line.map(|(place, words)| Reason::Line { place, words }));
    let promise = heard.cause == Some(Cause::BrokenPromise);
    if promise {
        reasons.push(Reason::BrokenPromise);
    }
    let boycott = heard.intents.has(Intent::BoycottThreat);
    if boycott {
        reasons.push(Reason::Boycott);
    }
    let class = if legal {
        TriageClass::Legal
    } else if copy.is_some() {
        TriageClass::Attack
    } else if place.is_some() || promise || boycott {
        TriageClass::Values
    } else {
        TriageClass::Ordinary
    };
    if class == TriageClass::Ordinary {
        reasons.push(ordinary(heard));
    }
    Suggestion { class, place, reasons }
}

fn ordinary(heard: &Heard<'_>) -> Reason {
    match heard.cause {
        Some(Cause::BadProduct) => Reason::Product,
        Some(Cause::BadService) => Reason::Service,
        _ if heard.stars.is_some_and(|stars| stars <= SERIOUS_STARS) => Reason::FewStars,
        _ => Reason::Complains,
    }
}

/// Words that are in every charter and say nothing of what it is about. Folded, cut to [`STEM`].
const EMPTY: &[&str] = &[
    "nunc", "siem", "jama", "clie", "pers", "nues", "nadi", "todo", "toda", "quie", "cuan", "dond", "porq",
    "aunq", "ante", "desp", "hace", "vamo", "tene", "nego", "neve", "alwa", "cust", "peop", "ever", "anyo",
    "nobo", "some", "anyt", "befo", "afte", "woul", "shou", "thei", "ther", "abou", "whic", "wher", "sien",
    "esta", "esto", "much", "trat", "cosa", "algo", "bien", "gent",
];
/// A word counts by its beginning, so that "avisar" and "avisó" are one.
const STEM: usize = 4;
/// Shorter words are mostly grammar.
const WORD_MIN: usize = 5;
/// Words of a line that must come back before the line is suggested: one may be chance.
const SHARED_MIN: usize = 2;
/// Words of a text that are looked at.
const WORDS_MAX: usize = 600;

/// The telling words of a text: how each begins, and the word itself.
fn stems(text: &str) -> Vec<(String, String)> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let mut stems: Vec<(String, String)> = Vec::new();
    for word in words.take(WORDS_MAX) {
        let folded = nlp::fold(word);
        let stem: String = folded.chars().take(STEM).collect();
        let telling = folded.chars().count() >= WORD_MIN && !EMPTY.contains(&stem.as_str());
        if telling && stems.iter().all(|(known, _)| *known != stem) {
            stems.push((stem, word.to_lowercase()));
        }
    }
    stems
}

/// The line of the charter that shares most words with a text, and those words.
fn line_of(text: &str, charter: &[Value]) -> Option<(u8, Vec<String>)> {
    let said: std::collections::BTreeSet<String> = stems(text).into_iter().map(|(stem, _)| stem).collect();
    let shared = |value: &Value| -> Vec<String> {
        stems(&value.text).into_iter().filter(|(stem, _)| said.contains(stem)).map(|(_, word)| word).collect()
    };
    let mut best: Option<(u8, Vec<String>)> = None;
    for value in charter.iter().filter(|value| value.is_written()) {
        let words = shared(value);
        if words.len() >= SHARED_MIN && best.as_ref().is_none_or(|(_, most)| words.len() > most.len()) {
            best = Some((value.place, words));
        }
    }
    best
}

#[cfg(test)]
mod tests;
