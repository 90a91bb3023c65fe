//! The cause of the week: of all complaints, the one kind that is most frequent, or "can't say yet".

use std::collections::BTreeMap;

use domain::{Cause, Sentiment};
use nlp::Aspect;
use stats::Share;

/// Days of a week.
pub const WEEK_DAYS: i64 = 7;
/// Days looked at where a week has too little: four weeks.
pub const MONTH_DAYS: i64 = 28;
/// Below so many complaints of one kind nothing is called *the* cause.
pub const ALIKE_MIN: i64 = 3;
/// Verbatim quotes shown.
pub const QUOTES: usize = 3;
/// Longest quote, in characters.
const QUOTE_CHARS_MAX: usize = 280;

/// Complaints of a stretch of days: by cause and aspect (empty for none), how many.
pub type Complaints = BTreeMap<(Cause, String), i64>;

/// The most frequent kind of complaint.
#[derive(Debug, Clone, PartialEq)]
pub struct TopCause {
    /// Why they complain.
    pub cause: Cause,
    /// About what most of them do; `None` where they do not agree on one thing.
    pub aspect: Option<Aspect>,
    /// How many of all complaints are of this cause.
    pub share: Share,
    /// Days looked at: a week, or four where a week says too little.
    pub days: i64,
}

/// The cause of the week, from the complaints of a week and of four.
///
/// A cause that says why (a broken promise, a bad product, bad service) comes first. Where none is frequent, complaints
/// without a clear cause may still agree on one thing: "the wait, for whatever reason" is something an owner can act on.
pub fn top_cause(week: &Complaints, month: &Complaints) -> Option<TopCause> {
    top(week, WEEK_DAYS).or_else(|| top(month, MONTH_DAYS))
}

fn top(complaints: &Complaints, days: i64) -> Option<TopCause> {
    let all: i64 = complaints.values().sum();
    let mut by_cause: BTreeMap<Cause, i64> = BTreeMap::new();
    for ((cause, _), n) in complaints {
        *by_cause.entry(*cause).or_default() += n;
    }
    // among equals the first in the order of the words
    let clear = by_cause
        .iter()
        .filter(|(cause, n)| says_why(**cause) && **n >= ALIKE_MIN)
        .max_by_key(|(cause, n)| (**n, std::cmp::Reverse(**cause)));
    let (cause, aspect, n) = if let Some((cause, n)) = clear {
        (*cause, agreed(complaints, *cause, *n), *n)
    } else {
        let alike = complaints.iter().filter(|((_, aspect), n)| **n >= ALIKE_MIN && thing(aspect).is_some());
        let ((cause, aspect), n) = alike.max_by_key(|(_, n)| **n)?;
        (*cause, thing(aspect), *n)
    };
    Some(TopCause { cause, aspect, share: Share::new(n.unsigned_abs(), all.unsigned_abs()), days })
}

/// What most complaints of a cause are about: half of them at least, and three.
fn agreed(complaints: &Complaints, cause: Cause, all: i64) -> Option<Aspect> {
    let of = complaints.iter().filter(|((c, aspect), _)| *c == cause && thing(aspect).is_some());
    let ((_, aspect), n) = of.max_by_key(|(_, n)| **n)?;
    thing(aspect).filter(|_| *n >= ALIKE_MIN && n * 2 >= all)
}

/// An aspect one can do something about: "in general" is none.
fn thing(aspect: &str) -> Option<Aspect> {
    Aspect::from_name(aspect).filter(|aspect| *aspect != Aspect::General)
}

const fn says_why(cause: Cause) -> bool {
    matches!(cause, Cause::BrokenPromise | Cause::BadProduct | Cause::BadService)
}

/// The sentence around the words an aspect comes from, as it was written; "…" says that there is more.
pub fn quote(whole: &str, span: nlp::Span) -> String {
    let (start, end) = (span.start as usize, (span.end as usize).min(whole.len()));
    let before = whole.get(..start).unwrap_or_default();
    let after = whole.get(end..).unwrap_or_default();
    let is_end = |c: char| matches!(c, '.' | '!' | '?' | '\n' | '…');
    let from = before
        .rfind(is_end)
        .map_or(0, |at| at + before.get(at..).and_then(|s| s.chars().next()).map_or(1, char::len_utf8));
    let to = after.find(is_end).map_or(whole.len(), |at| {
        end + at + after.get(at..).and_then(|s| s.chars().next()).map_or(1, char::len_utf8)
    });
    let sentence = whole.get(from..to).unwrap_or(whole);
    let opens = if whole.get(..from).is_some_and(|before| !before.trim().is_empty()) { "… " } else { "" };
    let closes = if whole.get(to..).is_some_and(|after| !after.trim().is_empty()) { " …" } else { "" };
    format!("{opens}{}{closes}", shorten(sentence.trim()))
}

/// The beginning of a text where a sentence cannot be pointed at.
pub fn shorten(text: &str) -> String {
    let mut characters = text.chars();
    let mut short: String = characters.by_ref().take(QUOTE_CHARS_MAX).collect();
    if characters.next().is_some() {
        short.push('…');
    }
    short
}

/// The span of the aspect a complaint is about, else of anything it blames.
pub fn blamed(aspects: &[super::SpokenOf], about: Option<Aspect>) -> Option<nlp::Span> {
    let negative = || aspects.iter().filter(|a| a.sentiment == Sentiment::Negative);
    negative().find(|a| Some(a.aspect) == about).or_else(|| negative().next()).map(|a| a.span)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn complaints(rows: &[(Cause, &str, i64)]) -> Complaints {
        rows.iter().map(|(cause, aspect, n)| ((*cause, (*aspect).to_owned()), *n)).collect()
    }

    #[test]
    fn the_most_frequent_cause_is_the_cause_of_the_week() {
        let week = complaints(&[
            (Cause::BadService, "wait", 4),
            (Cause::BadService, "staff", 1),
            (Cause::BadProduct, "food", 3),
            (Cause::Unsure, "", 9),
        ]);
        let top = top_cause(&week, &Complaints::new()).expect("five alike");
        assert_eq!((top.cause, top.aspect), (Cause::BadService, Some(Aspect::Wait)));
        assert_eq!((top.share, top.days), (Share::new(5, 17), WEEK_DAYS));
    }

    #[test]
    fn what_they_do_not_agree_on_is_not_named() {
        let scattered = [
            (Cause::BadService, "wait", 3),
            (Cause::BadService, "staff", 3),
            (Cause::BadService, "general", 4),
        ];
        let top = top_cause(&complaints(&scattered), &Complaints::new()).expect("ten alike");
        assert_eq!((top.aspect, top.share.hits), (None, 10));
        let unclear = [(Cause::Unsure, "wait", 3), (Cause::Other, "general", 8)];
        let top = top_cause(&complaints(&unclear), &Complaints::new()).expect("three about the wait");
        assert_eq!((top.cause, top.aspect), (Cause::Unsure, Some(Aspect::Wait)));
    }

    #[test]
    fn a_quiet_week_looks_at_four_and_may_say_nothing() {
        let week = complaints(&[(Cause::BadService, "wait", 1)]);
        let month = complaints(&[(Cause::BadService, "wait", 3)]);
        assert_eq!(top_cause(&week, &month).map(|t| t.days), Some(MONTH_DAYS));
        assert_eq!(top_cause(&week, &week), None);
    }

    #[test]
    fn a_quote_is_the_sentence_around_the_words() {
        let whole = "Todo bien. ¡La sopa llegó fría y sosa! El postre, rico.";
        let at = whole.find("sopa").expect("there") as u32;
        assert_eq!(quote(whole, nlp::Span { start: at, end: at + 4 }), "… ¡La sopa llegó fría y sosa! …");
        assert_eq!(quote("ñ", nlp::Span { start: 1, end: 900 }), "ñ");
        assert_eq!(
            quote(&"a".repeat(400), nlp::Span { start: 5, end: 6 }).chars().count(),
            QUOTE_CHARS_MAX + 1
        );
    }
}
