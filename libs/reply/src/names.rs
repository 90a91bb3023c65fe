//! Names of the staff in a reply.

use std::collections::HashMap;

use crate::finding::{Finding, Rule, Severity};
use crate::lint::Read;
use crate::words::words;

/// Finds the names of the staff and of watched persons, except where they sign.
///
/// A whole name is told as grave; a first name alone is a warning, since many people like to be thanked by theirs.
pub(crate) fn find(read: &Read<'_>, found: &mut Vec<Finding>) {
    let author = nlp::fold(read.about.author.unwrap_or_default());
    let mut known: HashMap<String, Vec<Vec<String>>> = HashMap::new();
    for name in read.about.known_names {
        let parts: Vec<String> = words(name).into_iter().map(|word| word.folded).collect();
        // one letter is no name
        if let Some(first) = parts.first().filter(|first| first.chars().count() > 1) {
            known.entry(first.clone()).or_default().push(parts);
        }
    }
    if known.is_empty() {
        return;
    }
    for (at, word) in read.words.iter().enumerate() {
        let Some(names) = known.get(&word.folded) else { continue };
        let raw = read.text.get(word.start..word.end).unwrap_or_default();
        let is_author = author.split(' ').any(|part| part == word.folded);
        if word.start >= read.signature || is_author || !raw.chars().next().is_some_and(char::is_uppercase) {
            continue;
        }
        let whole = |parts: &&Vec<String>| {
            parts.iter().zip(read.words.iter().skip(at)).filter(|(part, word)| **part == word.folded).count()
                == parts.len()
        };
        let length = names.iter().filter(whole).map(Vec::len).max().unwrap_or(1);
        let severity = if length > 1 { Severity::Block } else { Severity::Warn };
        let span = read.span(at, at + length);
        found.push(Finding { rule: Rule::StaffName, span, severity, suggestion: None });
    }
}
