//! Personal data in a reply: what [`nlp`] finds, less what the business may say of itself.

use nlp::{PersonalData, PersonalKind, Reader};

use crate::finding::{Finding, Rule, Severity};
use crate::lint::Read;

/// A reader looks at the first 16 KiB of a text; longer ones are read in parts.
const PART_BYTES: usize = 12 * 1024;

/// Finds what belongs to a person.
pub(crate) fn find(read: &Read<'_>, found: &mut Vec<Finding>) {
    let own: Vec<String> = read.about.own_contacts.iter().map(|contact| nlp::fold(contact)).collect();
    let own_digits: Vec<String> = read
        .about
        .own_contacts
        .iter()
        .map(|contact| digits(contact))
        .filter(|digits| digits.len() >= 6)
        .collect();
    let mut reader = Reader::default();
    for (offset, part) in parts(read.text) {
        for data in reader.personal(part) {
            let (start, end) = (offset + data.span.start as usize, offset + data.span.end as usize);
            let Some(value) = read.text.get(start..end) else { continue };
            let folded = nlp::fold(value);
            let is_own = own.iter().any(|own| is_same(own, &folded))
                || own_digits.iter().any(|own| digits(value).ends_with(own.as_str()));
            if !is_own {
                judge(read, &data, start, value, &folded, found);
            }
        }
    }
}

/// Whether one is said within the other; a letter or two says nothing.
fn is_same(own: &str, folded: &str) -> bool {
    let (short, long) = if own.len() < folded.len() { (own, folded) } else { (folded, own) };
    short.len() >= 5 && long.contains(short)
}

fn judge(
    read: &Read<'_>,
    data: &PersonalData,
    start: usize,
    value: &str,
    folded: &str,
    found: &mut Vec<Finding>,
) {
    let in_review = || read.is_in_review(value);
    let (rule, severity, suggestion) = match data.kind {
        PersonalKind::Name => {
            let words = folded.split(' ').count();
            if words < 2 || start >= read.signature || is_author(read, folded) {
                return;
            }
            (Rule::FullName, Severity::Block, value.split_whitespace().next().map(str::to_owned))
        }
        PersonalKind::Health if addresses(read, start) => (Rule::AuthorData, Severity::Block, None),
        // of the business's own staff ("estamos diez con covid") it is not said of the author
        PersonalKind::Health => return,
        PersonalKind::Number if in_review() => (Rule::ReferenceNumber, Severity::Warn, None),
        PersonalKind::Number => (Rule::ReferenceNumber, Severity::Block, None),
        PersonalKind::Phone
        | PersonalKind::Email
        | PersonalKind::Plate
        | PersonalKind::Identity
        | PersonalKind::Iban
        | PersonalKind::Card
        | PersonalKind::Address
        | PersonalKind::Birth => (Rule::PersonalData, Severity::Block, None),
    };
    found.push(Finding { rule, span: start..start + value.len(), severity, suggestion });
}

/// Whether a sentence speaks to the author.
fn addresses(read: &Read<'_>, at: usize) -> bool {
    let inside = read.words.partition_point(|word| word.end <= at);
    let Some(sentence) = read.words.get(inside).map(|word| word.sentence) else { return false };
    let from = read.words.partition_point(|word| word.sentence < sentence);
    let said = read.words.iter().skip(from).take_while(|word| word.sentence == sentence);
    said.take(60).any(|word| {
        matches!(word.folded.as_str(), "usted" | "ud" | "tu" | "tus" | "you" | "your" | "eres" | "estas")
    })
}

/// Whether all words of a name stand in the author's public name.
fn is_author(read: &Read<'_>, folded: &str) -> bool {
    let author = nlp::fold(read.about.author.unwrap_or_default());
    !author.is_empty() && folded.split(' ').all(|word| author.split(' ').any(|known| known == word))
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// The text in parts that begin after a line, a blank or, at worst, anywhere.
fn parts(text: &str) -> Vec<(usize, &str)> {
    let mut parts = Vec::new();
    let mut start = 0;
    while let Some(rest) = text.get(start..).filter(|rest| !rest.is_empty()) {
        let mut end = rest.len().min(PART_BYTES);
        while !rest.is_char_boundary(end) {
            end -= 1;
        }
        let head = rest.get(..end).unwrap_or(rest);
        let end = if end == rest.len() { end } else { head.rfind([' ', '\n']).map_or(end, |at| at + 1) };
        parts.push((start, rest.get(..end).unwrap_or(rest)));
        start += end;
    }
    parts
}
