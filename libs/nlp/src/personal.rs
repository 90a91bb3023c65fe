//! Personal data in a text: names of people, telephones, addresses of all kinds, numbers that lead to a person, health.
//!
//! *What for.* To mask a text before it is shown to others, and to find again whom a reply must answer.
//!
//! *How.* Names by our own list and the words around ([`names`]); what is made of digits by shape and checksum
//! ([`numbers`]); health by phrases that say it of a person (`lexicon/health.tsv`). Only what was read into tokens is
//! looked at: the first 16 KiB.
//!
//! *What must stay true.* Findings are in order, inside the text, at the borders of characters, and do not overlap.

mod checks;
mod names;
mod numbers;

use std::sync::LazyLock;

use crate::reading::Span;
use crate::standing::phrases::Phrases;
use crate::tokens::{Kind, READ_BYTES_MAX, Scratch, hash_bytes, pair};

/// Names of people by kind; the gazetteer asks it too.
pub(crate) const NAMES: &str = include_str!("../lexicon/names.tsv");
const HEALTH_WORDS: &str = include_str!("../lexicon/health.tsv");

/// A number that changes when the words change.
pub(crate) fn fingerprint() -> u64 {
    pair(hash_bytes(NAMES.as_bytes()), hash_bytes(HEALTH_WORDS.as_bytes()))
}

/// Which kind of personal data.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum PersonalKind {
    /// A person's name.
    Name,
    /// A telephone number.
    Phone,
    /// An e-mail address, also "juan arroba gmail punto com".
    Email,
    /// A number plate.
    Plate,
    /// DNI or NIE, with the right letter.
    Identity,
    /// A bank account with the right check digits.
    Iban,
    /// A payment card with the right check digit.
    Card,
    /// A postal address: street and number at least.
    Address,
    /// The number of an order, a booking, a policy, a room.
    Number,
    /// The health of a person.
    Health,
    /// A date of birth.
    Birth,
}

impl PersonalKind {
    /// The stable name, for storage and interfaces.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Phone => "phone",
            Self::Email => "email",
            Self::Plate => "plate",
            Self::Identity => "id",
            Self::Iban => "iban",
            Self::Card => "card",
            Self::Address => "address",
            Self::Number => "number",
            Self::Health => "health",
            Self::Birth => "birth",
        }
    }
}

/// Personal data found in a text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PersonalData {
    /// Which kind.
    pub kind: PersonalKind,
    /// Where.
    pub span: Span,
}

/// What stands where personal data stood. Says neither kind nor length.
const MASK: &str = "•••";

static HEALTH: LazyLock<Phrases> =
    LazyLock::new(|| Phrases::grow(HEALTH_WORDS, |role| (role == "health").then_some(0)));

/// Hardly anything but a first name.
pub(crate) fn is_first_name(hash: u64) -> bool {
    names::is_first(hash)
}

/// One of the common surnames.
pub(crate) fn is_surname(hash: u64) -> bool {
    names::is_surname(hash)
}

/// The text with a neutral mark in the place of each finding, and everything else byte for byte.
///
/// Findings that do not fit the text (of another text, out of order, overlapping) are cut to what fits; nothing of a
/// finding that fits is ever left.
#[must_use]
pub fn mask(text: &str, findings: &[PersonalData]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for finding in findings {
        let start = (finding.span.start as usize).max(done);
        let end = finding.span.end as usize;
        let (Some(kept), Some(_)) = (text.get(done..start), text.get(start..end)) else { continue };
        if start == end {
            continue;
        }
        out.push_str(kept);
        out.push_str(MASK);
        done = end;
    }
    out.push_str(text.get(done..).unwrap_or_default());
    out
}

/// Finds the personal data of a text.
pub(crate) fn find(text: &str, scratch: &Scratch) -> Vec<PersonalData> {
    let mut found = Vec::new();
    let head = text.as_bytes().get(..text.len().min(READ_BYTES_MAX)).unwrap_or_default();
    if head.contains(&b'@') {
        addresses(text, head, &mut found);
    }
    // no early end: the compiler looks at sixteen bytes at a time
    if head.iter().fold(false, |digit, byte| digit | byte.is_ascii_digit()) {
        numbers::find(text, scratch, &mut found);
    }
    names::find(text, scratch, &mut found);
    spoken_addresses(text, scratch, &mut found);
    health(scratch, &mut found);
    in_order(found)
}

/// Sorts and lets the longer of two findings that overlap win.
fn in_order(mut found: Vec<PersonalData>) -> Vec<PersonalData> {
    if found.len() < 2 {
        return found;
    }
    found.sort_by_key(|finding| (finding.span.start, u32::MAX - finding.span.end));
    let mut kept: Vec<PersonalData> = Vec::with_capacity(found.len());
    for finding in found {
        match kept.last_mut() {
            Some(last) if finding.span.start < last.span.end => {
                let length = |span: Span| span.end - span.start;
                if length(finding.span) > length(last.span) {
                    *last = finding;
                }
            }
            _ => kept.push(finding),
        }
    }
    kept
}

/// E-mail addresses as they are typed.
fn addresses(text: &str, head: &[u8], found: &mut Vec<PersonalData>) {
    let local = |byte: &u8| byte.is_ascii_alphanumeric() || b"._%+-".contains(byte);
    let domain = |byte: &u8| byte.is_ascii_alphanumeric() || b".-".contains(byte);
    let mut done = 0;
    while let Some(at) = head.get(done..).and_then(|rest| rest.iter().position(|byte| *byte == b'@')) {
        let at = done + at;
        let left = head.get(done..at).unwrap_or_default().iter().rev().take_while(|byte| local(byte)).count();
        let right = head.get(at + 1..).unwrap_or_default().iter().take_while(|byte| domain(byte)).count();
        let (mut start, mut end) = (at - left, at + 1 + right);
        while end > at && matches!(head.get(end - 1), Some(b'.' | b'-')) {
            end -= 1;
        }
        while start < at && head.get(start) == Some(&b'.') {
            start += 1;
        }
        done = end.max(at + 1);
        let host = text.get(at + 1..end).unwrap_or_default();
        let top = host.rsplit_once('.').map_or("", |(_, top)| top);
        if start < at && top.len() >= 2 && top.bytes().all(|byte| byte.is_ascii_alphabetic()) {
            found.push(PersonalData {
                kind: PersonalKind::Email,
                span: Span { start: start as u32, end: end as u32 },
            });
        }
    }
}

const ARROBA: u64 = hash_bytes(b"arroba");
const AT: u64 = hash_bytes(b"at");
const DOTS: [u64; 2] = [hash_bytes(b"punto"), hash_bytes(b"dot")];

/// E-mail addresses as they are spelt out: "juan arroba gmail punto com", "juan [at] gmail [dot] com".
fn spoken_addresses(text: &str, scratch: &Scratch, found: &mut Vec<PersonalData>) {
    let tokens = &scratch.tokens;
    for (at, token) in tokens.iter().enumerate() {
        if token.hash != ARROBA && token.hash != AT {
            continue;
        }
        let is_bracket = |token: &&crate::tokens::Token| token.kind == Kind::Pause;
        let mut from = at;
        while from > 0 && tokens.get(from - 1).as_ref().is_some_and(is_bracket) {
            from -= 1;
        }
        let Some(mut first) = from.checked_sub(1).and_then(|from| tokens.get(from)) else { continue };
        // "juan.perez arroba", "juan punto perez arroba"
        while from >= 3
            && let Some([before, dot]) = tokens.get(from - 3..from - 1)
            && ((dot.kind == Kind::Stop && before.source.end + 1 == first.source.start)
                || DOTS.contains(&dot.hash))
            && before.kind == Kind::Word
        {
            first = before;
            from -= 2;
        }
        let mut to = at + 1;
        while tokens.get(to).as_ref().is_some_and(is_bracket) {
            to += 1;
        }
        let Some(last) = end_of_host(tokens, to, token.hash == AT) else { continue };
        if first.kind != Kind::Word || first.source.end as usize + 24 < token.source.start as usize {
            continue;
        }
        let span = Span { start: first.source.start, end: last };
        if !span.of(text).contains('\n') {
            found.push(PersonalData { kind: PersonalKind::Email, span });
        }
    }
}

/// Where a host that is spelt out ends: "gmail punto com", "gmail.com". After "at" the dot must be a word: "at 5.30".
fn end_of_host(tokens: &[crate::tokens::Token], from: usize, strict: bool) -> Option<u32> {
    let word = |at: usize| tokens.get(at).filter(|token| token.kind == Kind::Word);
    let mut before = word(from)?;
    let mut at = from + 1;
    let mut end = None;
    for _ in 0..3 {
        while tokens.get(at).is_some_and(|token| token.kind == Kind::Pause) {
            at += 1;
        }
        let Some(dot) = tokens.get(at) else { break };
        let spelt = DOTS.contains(&dot.hash);
        at += 1;
        while spelt && tokens.get(at).is_some_and(|token| token.kind == Kind::Pause) {
            at += 1;
        }
        let Some(next) = word(at) else { break };
        let typed = dot.kind == Kind::Stop
            && before.source.end + 1 == next.source.start
            && !(strict && end.is_none());
        if !spelt && !typed || next.end - next.start > 10 {
            break;
        }
        end = Some(next.source.end);
        before = next;
        at += 1;
    }
    end
}

/// Health of a person.
fn health(scratch: &Scratch, found: &mut Vec<PersonalData>) {
    let phrases: &Phrases = &HEALTH;
    let tokens = &scratch.tokens;
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        if token.kind == Kind::Word
            && phrases.opens(token.hash)
            && let Some((_, count)) = phrases.longest(tokens.get(at..).unwrap_or_default())
            && let Some(last) = tokens.get(at + count - 1)
        {
            let span = Span { start: token.source.start, end: last.source.end };
            found.push(PersonalData { kind: PersonalKind::Health, span });
            at += count;
        } else {
            at += 1;
        }
    }
}
