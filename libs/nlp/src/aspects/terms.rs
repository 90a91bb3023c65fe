//! The words of the aspects (`lexicon/aspects.tsv`), grown into their forms: from a word to its concept and category.

use std::collections::HashSet;
use std::hash::BuildHasherDefault;
use std::sync::LazyLock;

use super::Category;
use crate::fold::fold;
use crate::language::Language;
use crate::lexicon::{Identity, Map, PHRASE_WORDS_MAX, Tongue, forms};
use crate::tokens::{Kind, Token, hash_bytes, pair};

const ASPECTS: &str = include_str!("../../lexicon/aspects.tsv");

/// What a word stands for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Term {
    pub category: Category,
    /// The hash of the concept's name: the same in every language.
    pub concept: u64,
}

/// The terms of some languages.
#[derive(Default, Debug)]
pub(crate) struct Terms {
    words: Map<Term>,
    phrases: Map<Term>,
    openers: HashSet<u64, BuildHasherDefault<Identity>>,
}

/// Terms by language.
pub(crate) struct Books {
    spanish: Terms,
    english: Terms,
    rest: Terms,
}

static BOOKS: LazyLock<Books> = LazyLock::new(|| Books {
    spanish: Terms::grow(&["es"]),
    english: Terms::grow(&["en"]),
    rest: Terms::grow(&["ca", "pt", "fr", "gl", "es", "en"]),
});

/// A number that changes when the words change.
pub(crate) fn fingerprint() -> u64 {
    hash_bytes(ASPECTS.as_bytes())
}

/// The terms to read a language with.
pub(crate) fn of(language: Language) -> &'static Terms {
    let books = &*BOOKS;
    match language {
        Language::Es => &books.spanish,
        Language::En => &books.english,
        _ => &books.rest,
    }
}

/// The lines of the file: category, concept, language, kind, lemmas.
fn lines() -> impl Iterator<Item = [&'static str; 5]> {
    ASPECTS.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let mut cells = line.split('\t');
        Some([cells.next()?, cells.next()?, cells.next()?, cells.next()?, cells.next()?])
    })
}

impl Terms {
    /// Earlier languages win, and earlier lines within one.
    fn grow(languages: &[&str]) -> Self {
        let mut terms = Self::default();
        for wanted in languages {
            for [category, concept, language, kind, lemmas] in lines().filter(|line| line[2] == *wanted) {
                let Some(category) = Category::from_name(category) else { continue };
                let term = Term { category, concept: hash_bytes(concept.as_bytes()) };
                let tongue = match language {
                    "es" => Tongue::Spanish,
                    "en" => Tongue::English,
                    _ => Tongue::None,
                };
                for lemma in lemmas.split(' ').filter(|lemma| !lemma.is_empty()) {
                    terms.add(term, kind, lemma, tongue);
                }
            }
        }
        terms
    }

    fn add(&mut self, term: Term, kind: &str, lemma: &str, tongue: Tongue) {
        let lemma = fold(&lemma.replace(['_', '-', '·'], " "));
        if lemma.contains(' ') {
            let mut words = lemma.split(' ').map(|word| hash_bytes(word.as_bytes()));
            let Some(first) = words.next() else { return };
            self.openers.insert(first);
            self.phrases.entry(words.fold(first, pair)).or_insert(term);
            return;
        }
        for form in forms(kind, &lemma, tongue) {
            self.words.entry(hash_bytes(form.as_bytes())).or_insert(term);
        }
        if tongue == Tongue::None && kind != "word" {
            let plural = format!("{lemma}s");
            self.words.entry(hash_bytes(plural.as_bytes())).or_insert(term);
        }
    }

    /// The longest term that begins with the first of these tokens, and how many tokens it takes.
    #[inline]
    pub fn at(&self, tokens: &[Token]) -> Option<(Term, usize)> {
        let first = tokens.first().filter(|token| token.kind == Kind::Word)?;
        if self.openers.contains(&first.hash) {
            let mut so_far = first.hash;
            let mut found = None;
            let more =
                tokens.iter().skip(1).take(PHRASE_WORDS_MAX - 1).take_while(|token| token.kind == Kind::Word);
            for (count, token) in more.enumerate() {
                so_far = pair(so_far, token.hash);
                if let Some(term) = self.phrases.get(&so_far) {
                    found = Some((*term, count + 2));
                }
            }
            if found.is_some() {
                return found;
            }
        }
        self.words.get(&first.hash).map(|term| (*term, 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_lexicon_names_a_category_and_is_read() {
        let raw = ASPECTS.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).count();
        assert_eq!(lines().count(), raw, "a line without its five cells");
        for [category, concept, language, kind, lemmas] in lines() {
            let known = Category::from_name(category).is_some_and(|found| found.as_str() == category);
            assert!(known, "{category} {concept}");
            assert!(["es", "en", "ca", "pt", "fr", "gl"].contains(&language), "{concept}: {language}");
            assert!(["noun", "adj", "verb", "word", "phrase"].contains(&kind), "{concept}: {kind}");
            assert!(!lemmas.trim().is_empty(), "{concept}");
        }
        assert!(BOOKS.spanish.words.len() > 1_000, "{}", BOOKS.spanish.words.len());
        assert!(BOOKS.english.words.len() > 800, "{}", BOOKS.english.words.len());
    }
}
