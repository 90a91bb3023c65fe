//! Judging a reply.
//!
//! *How.* Phrases ([`crate::phrases`]) over the folded words; personal data by [`nlp`]; gaps of saved replies; names of the
//! staff; capitals. Then what is said by a graver rule at the same place is not said twice.
//!
//! *What must stay true.* No text makes it panic; spans lie on the borders of characters; time grows with the length of
//! the text and no faster.

use std::ops::Range;

use crate::finding::{About, Finding, Rule, Severity};
use crate::names;
use crate::pattern::Match;
use crate::personal;
use crate::phrases::{self, Meaning};
use crate::saved;
use crate::words::{Word, words};

/// Of a review no more is looked at.
const REVIEW_BYTES_MAX: usize = 16 * 1024;

/// The beginning of a review.
fn head(text: &str) -> &str {
    let mut end = text.len().min(REVIEW_BYTES_MAX);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or(text)
}

/// Findings that are kept while they are gathered; of a text with more only what blocks is still looked for, as often again.
const GATHERED_MAX: usize = 2_000;
/// Findings that are told, the gravest first where there are more; a text with more is not read better.
const FINDINGS_MAX: usize = 100;

/// Judges a reply: what is unlawful (Block), what is unwise (Warn) and what reads badly (Hint), in the order of the text.
///
/// ```
/// use reply::{About, Rule, Severity, lint};
/// let found = lint("Si borra la reseña le invitamos a cenar.", &About::default());
/// assert_eq!((found[0].rule, found[0].severity), (Rule::Incentive, Severity::Block));
/// ```
pub fn lint(text: &str, about: &About<'_>) -> Vec<Finding> {
    lint_counted(text, about, &mut 0)
}

/// The same, counting the comparisons of phrases.
pub(crate) fn lint_counted(text: &str, about: &About<'_>, steps: &mut u64) -> Vec<Finding> {
    let words = words(text);
    let phrases = phrases::find(&words, steps);
    let signature = signature(text, &words, &phrases);
    let read = Read { text, words: &words, about, signature, review: nlp::fold(head(about.review_text)) };
    let mut found = Vec::new();
    said(&read, &phrases, &mut found);
    exchanges(&read, &phrases, &mut found);
    personal::find(&read, &mut found);
    names::find(&read, &mut found);
    gaps(text, &mut found);
    shouting(&read, &mut found);
    found = told_once(found);
    missing(&read, &phrases, &mut found);
    found.sort_by_key(|finding| finding.span.start);
    found
}

/// A text with its words, and what it is about.
pub(crate) struct Read<'a> {
    pub text: &'a str,
    pub words: &'a [Word],
    pub about: &'a About<'a>,
    /// The review, folded.
    pub review: String,
    /// Where the signature begins, in bytes.
    pub signature: usize,
}

impl Read<'_> {
    /// Whether the review says the same words.
    pub fn is_in_review(&self, said: &str) -> bool {
        let folded = nlp::fold(said);
        !folded.is_empty() && self.review.contains(&folded)
    }

    /// Where words lie in the text.
    pub fn span(&self, from: usize, to: usize) -> Range<usize> {
        match (self.words.get(from), to.checked_sub(1).and_then(|last| self.words.get(last))) {
            (Some(first), Some(last)) => first.start..last.end.max(first.start),
            _ => 0..0,
        }
    }
}

/// Words after a farewell that are still a signature.
const SIGNATURE_WORDS_MAX: usize = 12;

fn signature(text: &str, words: &[Word], phrases: &[Match<Meaning>]) -> usize {
    let farewell = phrases.iter().rev().find(|phrase| phrase.kind == Meaning::Farewell);
    if let Some(farewell) = farewell
        && words.len() - farewell.to.min(words.len()) <= SIGNATURE_WORDS_MAX
    {
        return words.get(farewell.from).map_or(text.len(), |word| word.start);
    }
    // a last line of a few words that says nothing: a name
    let last = text.trim_end().rfind('\n').map_or(text.len(), |at| at + 1);
    let line = words.iter().rev().take_while(|word| word.start >= last).count();
    if (1..=6).contains(&line) { last } else { text.len() }
}

/// What the phrases say against the rules.
fn said(read: &Read<'_>, phrases: &[Match<Meaning>], found: &mut Vec<Finding>) {
    let about = read.about;
    let sentence = |at: usize| read.words.get(at).map(|word| word.sentence);
    let revealing: Vec<u32> = phrases
        .iter()
        .filter(|phrase| phrase.kind == Meaning::Reveals)
        .filter_map(|phrase| sentence(phrase.from))
        .collect();
    for phrase in phrases {
        let (rule, severity) = match phrase.kind {
            Meaning::Breaks(Rule::Accusation, _) if about.has_dossier => (Rule::Accusation, Severity::Warn),
            Meaning::Breaks(Rule::Promotion | Rule::ReviewInvitation, _) if !about.in_complaint => continue,
            Meaning::Breaks(Rule::ReferenceNumber, severity) => {
                let known =
                    read.is_in_review(read.text.get(read.span(phrase.from, phrase.to)).unwrap_or_default());
                (Rule::ReferenceNumber, if known { Severity::Warn } else { severity })
            }
            Meaning::Breaks(rule, severity) => (rule, severity),
            Meaning::Came if phrases::is_open(read.words, phrase.from) => continue,
            Meaning::Came if about.profession.keeps_secrets() => (Rule::CustomerConfirmed, Severity::Block),
            // in order, since phrases are found word by word
            Meaning::Came if sentence(phrase.from).is_some_and(|at| revealing.binary_search(&at).is_ok()) => {
                (Rule::CustomerConfirmed, Severity::Warn)
            }
            Meaning::Secret(severity)
                if about.profession.keeps_secrets() && !phrases::is_open(read.words, phrase.from) =>
            {
                (Rule::CustomerConfirmed, severity)
            }
            _ => continue,
        };
        let span = read.span(phrase.from, phrase.to);
        let harmless = match rule {
            Rule::Insult => is_of_ourselves(read.words, phrase) || is_quoted(read, &span),
            Rule::Accusation => is_quoted(read, &span),
            _ => false,
        };
        let full = found.len() >= if severity == Severity::Block { 2 * GATHERED_MAX } else { GATHERED_MAX };
        if harmless || full {
            continue;
        }
        found.push(Finding { rule, span, severity, suggestion: None });
    }
}

/// A benefit for a review: an act upon a review, something given and what joins them in one sentence.
fn exchanges(read: &Read<'_>, phrases: &[Match<Meaning>], found: &mut Vec<Finding>) {
    let sentence = |phrase: &Match<Meaning>| read.words.get(phrase.from).map_or(0, |word| word.sentence);
    let thanked = |phrase: &Match<Meaning>| {
        let before = phrase.from.checked_sub(1).and_then(|at| read.words.get(at));
        before.is_some_and(|word| {
            word.folded == "gracias" || word.folded.starts_with("agradec") || word.folded.starts_with("thank")
        })
    };
    for phrases in phrases.chunk_by(|one, other| sentence(one) == sentence(other)) {
        let of = |meaning: Meaning| {
            phrases.iter().filter(move |phrase| phrase.kind == meaning && !thanked(phrase))
        };
        let (Some(act), Some(benefit), Some(_)) =
            (of(Meaning::ReviewAct).next(), of(Meaning::Benefit).next(), of(Meaning::Exchange).next())
        else {
            continue;
        };
        let span = read.span(act.from.min(benefit.from), act.to.max(benefit.to));
        found.push(Finding { rule: Rule::Incentive, span, severity: Severity::Block, suggestion: None });
    }
}

/// Whether an insult is said of the house itself: "qué ignorantes fuimos".
fn is_of_ourselves(words: &[Word], phrase: &Match<Meaning>) -> bool {
    let clause = words.get(phrase.from).map(|word| word.clause);
    let near =
        words.iter().skip(phrase.from.saturating_sub(2)).take(phrase.to - phrase.from.min(phrase.to) + 4);
    near.filter(|word| Some(word.clause) == clause).any(|word| {
        matches!(word.folded.as_str(), "fuimos" | "somos" | "hemos" | "estuvimos" | "parecimos" | "we" | "i")
    })
}

/// Whether the review's own words are repeated between quotation marks.
fn is_quoted(read: &Read<'_>, span: &Range<usize>) -> bool {
    let before = read.text.get(..span.start).unwrap_or_default();
    // as far as a quotation reaches
    let near =
        before.char_indices().rev().take(200).find(|(_, c)| matches!(c, '«' | '»' | '“' | '”' | '"' | '\n'));
    let opened = matches!(near, Some((_, '«' | '“' | '"')));
    let quoted = read.text.get(span.clone()).unwrap_or_default();
    opened && read.is_in_review(quoted)
}

fn gaps(text: &str, found: &mut Vec<Finding>) {
    for gap in saved::placeholders(text).into_iter().take(FINDINGS_MAX) {
        found.push(Finding {
            rule: Rule::Unfilled,
            span: gap.span,
            severity: Severity::Block,
            suggestion: None,
        });
    }
}

/// Words in capitals in a row that are shouted; an abbreviation or two is none.
const SHOUTED_WORDS_MIN: usize = 3;
const SHOUTED_LETTERS_MIN: usize = 12;

fn shouting(read: &Read<'_>, found: &mut Vec<Finding>) {
    let is_loud = |word: &Word| {
        let raw = read.text.get(word.start..word.end).unwrap_or_default();
        raw.chars().any(char::is_alphabetic) && !raw.chars().any(char::is_lowercase)
    };
    let mut from = 0;
    while from < read.words.len() {
        let loud = read.words.iter().skip(from).take_while(|word| is_loud(word)).count();
        let span = read.span(from, from + loud);
        let letters = span.end - span.start;
        if loud >= SHOUTED_WORDS_MIN && letters >= SHOUTED_LETTERS_MIN {
            let quiet = quiet(read.text.get(span.clone()).unwrap_or_default());
            found.push(Finding {
                rule: Rule::Shouting,
                span,
                severity: Severity::Hint,
                suggestion: Some(quiet),
            });
        }
        from += loud.max(1);
    }
}

/// The same without shouting: a capital at the beginning and no other.
fn quiet(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters.next();
    first.into_iter().chain(characters.flat_map(char::to_lowercase)).collect()
}

/// Of findings that overlap, one for each rule, and none that a graver one says better.
fn told_once(mut found: Vec<Finding>) -> Vec<Finding> {
    found.sort_by(|one, other| {
        (one.span.start, one.rule, other.span.end).cmp(&(other.span.start, other.rule, one.span.end))
    });
    let mut told: Vec<Finding> = Vec::with_capacity(found.len());
    for finding in found {
        let overlaps =
            |other: &Finding| finding.span.start < other.span.end && other.span.start < finding.span.end;
        // only the last few can reach so far
        let near = told.iter_mut().rev().take(8);
        let same = near.into_iter().find(|other| other.rule == finding.rule && overlaps(other));
        match same {
            Some(other) => {
                other.span.end = other.span.end.max(finding.span.end);
                other.severity = other.severity.max(finding.severity);
            }
            None => told.push(finding),
        }
    }
    if told.len() > FINDINGS_MAX {
        // what blocks must be told, wherever it stands
        told.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
        told.truncate(FINDINGS_MAX);
        told.sort_by_key(|finding| finding.span.start);
    }
    let said: Vec<(Rule, Range<usize>)> = told.iter().map(|told| (told.rule, told.span.clone())).collect();
    told.retain(|finding| {
        !said.iter().any(|(rule, span)| {
            says_better(*rule, finding.rule) && finding.span.start < span.end && span.start < finding.span.end
        })
    });
    told
}

/// Whether one rule leaves nothing to say for another at the same place.
const fn says_better(one: Rule, other: Rule) -> bool {
    matches!(
        (one, other),
        (Rule::Incentive, Rule::AskRemoval | Rule::AskChange | Rule::ReviewInvitation | Rule::Promotion)
            | (Rule::AskRemoval, Rule::AskChange)
            | (Rule::ReviewInvitation, Rule::Promotion)
            | (Rule::StaffName, Rule::FullName)
            | (Rule::PersonalData, Rule::ReferenceNumber)
    )
}

/// Words below which a reply is still being written.
const REPLY_WORDS_MIN: usize = 8;

/// What a reply to a complaint should have and has not.
fn missing(read: &Read<'_>, phrases: &[Match<Meaning>], found: &mut Vec<Finding>) {
    if read.words.len() < REPLY_WORDS_MIN || !complains(read.about) {
        return;
    }
    let has = |meaning: Meaning| phrases.iter().any(|phrase| phrase.kind == meaning);
    let mut miss = |rule: Rule, at: usize| {
        found.push(Finding { rule, span: at..at, severity: Severity::Hint, suggestion: None });
    };
    if !has(Meaning::Acknowledges) {
        miss(Rule::NoAcknowledgement, 0);
    }
    if !has(Meaning::NextStep) {
        miss(Rule::NoNextStep, read.text.len());
    }
}

fn complains(about: &About<'_>) -> bool {
    match about.stars {
        _ if about.in_complaint => true,
        Some(stars) => stars <= 2,
        None if about.review_text.is_empty() => false,
        None => {
            let reading = nlp::Model::embedded().read(about.review_text, nlp::Head::Review, None);
            reading.sentiment.label == nlp::Label::Negative
        }
    }
}
