//! Patterns over folded words, written in `phrases/*.txt`, and their search.
//!
//! *How a pattern is written.* Words side by side; `stem*` for every word that begins so, `*end` for one that ends so
//! (not first); `(a|b c|)` for a choice, an
//! empty one included; `@name` for a choice that was defined with `@name = a|b`; `_3` for up to three words of any kind;
//! `#` for a number. A section `[name]` says what its patterns mean. `!` before a pattern: it also holds where it is
//! denied.
//!
//! *How it is searched.* The first piece of a pattern leads to it from a word of the text; from there the set of places
//! it can have reached is a mask of 64 bits, so each start costs a bounded number of steps whatever the text: time is
//! linear in the text.
//!
//! What must stay true: a match lies inside one sentence, and a gap never swallows a denial.

use std::collections::HashMap;

use crate::words::{Word, words};

/// The furthest a match reaches, in words.
const REACH: usize = 32;

#[derive(Debug, Clone, PartialEq, Eq)]
enum Term {
    Word(String),
    Stem(String),
    Ending(String),
    Number,
}

impl Term {
    fn fits(&self, word: &Word) -> bool {
        match self {
            Self::Word(known) => word.folded == *known,
            Self::Stem(stem) => word.folded.starts_with(stem.as_str()),
            Self::Ending(ending) => word.folded.ends_with(ending.as_str()),
            Self::Number => word.is_number(),
        }
    }
}

#[derive(Debug, Clone)]
enum Piece {
    Choice(Vec<Vec<Term>>),
    Gap(u32),
}

#[derive(Debug)]
struct Pattern<K> {
    kind: K,
    pieces: Vec<Piece>,
    /// Holds also where it is denied.
    denied_too: bool,
}

/// Where a pattern was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Match<K> {
    pub kind: K,
    /// The first word.
    pub from: usize,
    /// The word after the last.
    pub to: usize,
    /// Holds also where it is denied.
    pub denied_too: bool,
}

/// All patterns of a file.
#[derive(Debug)]
pub(crate) struct Patterns<K> {
    all: Vec<Pattern<K>>,
    by_word: HashMap<String, Vec<usize>>,
    by_stem: HashMap<String, Vec<usize>>,
    stem_lengths: Vec<usize>,
    by_number: Vec<usize>,
}

/// A line of a file of patterns that cannot be understood: found by a test, never by a person's text.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("line {line}: {what}")]
pub(crate) struct PatternError {
    line: usize,
    what: String,
}

impl<K: Copy> Patterns<K> {
    /// Understands files of patterns; `kind` says what a section means.
    pub fn parse(files: &[&str], kind: impl Fn(&str) -> Option<K>) -> Result<Self, PatternError> {
        let mut patterns = Self {
            all: Vec::new(),
            by_word: HashMap::new(),
            by_stem: HashMap::new(),
            stem_lengths: Vec::new(),
            by_number: Vec::new(),
        };
        for file in files {
            let mut names: HashMap<&str, &str> = HashMap::new();
            let mut section = None;
            for (at, line) in file.lines().enumerate() {
                let line = line.trim();
                let error = |what: &str| PatternError { line: at + 1, what: what.to_owned() };
                if line.is_empty() || line.starts_with("//") {
                    continue;
                }
                if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
                    section = Some(kind(name).ok_or_else(|| error("an unknown section"))?);
                } else if let Some((name, choice)) =
                    line.strip_prefix('@').and_then(|line| line.split_once(" = "))
                {
                    names.insert(name, choice);
                } else {
                    let kind = section.ok_or_else(|| error("no section"))?;
                    let (line, denied_too) =
                        line.strip_prefix("! ").map_or((line, false), |line| (line, true));
                    let pieces = pieces(line, &names).map_err(|what| error(&what))?;
                    patterns.add(Pattern { kind, pieces, denied_too }).map_err(|what| error(&what))?;
                }
            }
        }
        patterns.stem_lengths.sort_unstable();
        patterns.stem_lengths.dedup();
        Ok(patterns)
    }

    fn add(&mut self, pattern: Pattern<K>) -> Result<(), String> {
        let at = self.all.len();
        let Some(Piece::Choice(choices)) = pattern.pieces.first() else {
            return Err("a pattern begins with a word".to_owned());
        };
        for choice in choices {
            match choice.first() {
                Some(Term::Word(word)) => push_once(self.by_word.entry(word.clone()).or_default(), at),
                Some(Term::Stem(stem)) => {
                    self.stem_lengths.push(stem.len());
                    push_once(self.by_stem.entry(stem.clone()).or_default(), at);
                }
                Some(Term::Number) => push_once(&mut self.by_number, at),
                Some(Term::Ending(_)) | None => {
                    return Err("a pattern begins with a word or a stem".to_owned());
                }
            }
        }
        self.all.push(pattern);
        Ok(())
    }

    /// Finds every pattern at every word; of one pattern at one word the shortest match. `steps` counts the terms that
    /// were compared.
    pub fn find(&self, words: &[Word], steps: &mut u64) -> Vec<Match<K>> {
        let mut found = Vec::new();
        for (from, word) in words.iter().enumerate() {
            let mut attempt = |at: &usize| {
                let Some(pattern) = self.all.get(*at) else { return };
                if let Some(to) = reach(&pattern.pieces, words, from, steps) {
                    found.push(Match { kind: pattern.kind, from, to, denied_too: pattern.denied_too });
                }
            };
            self.by_word.get(&word.folded).into_iter().flatten().for_each(&mut attempt);
            for length in &self.stem_lengths {
                let stem = word.folded.get(..*length).unwrap_or_default();
                self.by_stem.get(stem).into_iter().flatten().for_each(&mut attempt);
            }
            if word.is_number() {
                self.by_number.iter().for_each(&mut attempt);
            }
        }
        found
    }

    #[cfg(test)]
    pub fn len(&self) -> usize {
        self.all.len()
    }
}

fn push_once(list: &mut Vec<usize>, at: usize) {
    if list.last() != Some(&at) {
        list.push(at);
    }
}

/// The word after the shortest match of the pieces that begins at a word.
fn reach(pieces: &[Piece], words: &[Word], from: usize, steps: &mut u64) -> Option<usize> {
    let sentence = words.get(from)?.sentence;
    let ahead = words.get(from..words.len().min(from + REACH))?;
    let size = ahead.iter().take_while(|word| word.sentence == sentence).count();
    let mut reached = 1_u64;
    for piece in pieces {
        let mut next = 0_u64;
        match piece {
            Piece::Gap(most) => {
                next = reached;
                for _ in 0..*most {
                    *steps += 1;
                    next |= step_over(next, ahead, size);
                }
            }
            Piece::Choice(choices) => {
                let mut rest = reached;
                while rest != 0 {
                    let at = rest.trailing_zeros() as usize;
                    rest &= rest - 1;
                    for choice in choices {
                        *steps += 1;
                        let fits = at + choice.len() <= size
                            && choice.iter().zip(ahead.iter().skip(at)).all(|(term, word)| term.fits(word));
                        if fits {
                            next |= 1 << (at + choice.len());
                        }
                    }
                }
            }
        }
        reached = next;
        if reached == 0 {
            return None;
        }
    }
    Some(from + reached.trailing_zeros() as usize)
}

/// Every place one word further, except over a denial.
fn step_over(reached: u64, ahead: &[Word], size: usize) -> u64 {
    let mut next = 0;
    let mut rest = reached;
    while rest != 0 {
        let at = rest.trailing_zeros() as usize;
        rest &= rest - 1;
        if at < size && ahead.get(at).is_some_and(|word| !is_denial(&word.folded)) {
            next |= 1 << (at + 1);
        }
    }
    next
}

/// Words that deny.
pub(crate) fn is_denial(folded: &str) -> bool {
    matches!(
        folded,
        "no" | "nunca"
            | "jamas"
            | "tampoco"
            | "ni"
            | "sin"
            | "ningun"
            | "ninguna"
            | "nadie"
            | "nada"
            | "not"
            | "never"
            | "without"
            | "nor"
            | "nobody"
            | "t"
            | "cannot"
            | "neither"
            | "non"
            | "pas"
            | "nao"
            | "ez"
    )
}

/// Words of a pattern, with choices and names resolved.
fn pieces(line: &str, names: &HashMap<&str, &str>) -> Result<Vec<Piece>, String> {
    let mut pieces = Vec::new();
    let mut rest = line.trim();
    while !rest.is_empty() {
        let (piece, after) = if let Some(inner) = rest.strip_prefix('(') {
            let (choice, after) = inner.split_once(')').ok_or("a bracket is not closed")?;
            (Piece::Choice(choices(choice, names)?), after)
        } else {
            let (word, after) = rest.split_once(' ').unwrap_or((rest, ""));
            if let Some(most) = word.strip_prefix('_') {
                (Piece::Gap(most.parse().map_err(|_| format!("not a gap: {word}"))?), after)
            } else {
                (Piece::Choice(choices(word, names)?), after)
            }
        };
        pieces.push(piece);
        rest = after.trim_start();
    }
    Ok(pieces)
}

fn choices(text: &str, names: &HashMap<&str, &str>) -> Result<Vec<Vec<Term>>, String> {
    let mut choices: Vec<Vec<Term>> = Vec::new();
    for choice in text.split('|').map(str::trim) {
        let named = match choice.strip_prefix('@') {
            Some(name) => names.get(name).ok_or_else(|| format!("@{name} is not defined"))?,
            None => choice,
        };
        for choice in named.split('|') {
            let terms = terms(choice)?;
            if !choices.contains(&terms) {
                choices.push(terms);
            }
        }
    }
    Ok(choices)
}

fn terms(choice: &str) -> Result<Vec<Term>, String> {
    let mut terms = Vec::new();
    for part in choice.split_whitespace() {
        if part == "#" {
            terms.push(Term::Number);
            continue;
        }
        if part.contains(['_', '(', '@', '[']) {
            return Err(format!("not a word of a choice: {part}"));
        }
        let mut folded: Vec<Term> = words(part).into_iter().map(|word| Term::Word(word.folded)).collect();
        if part.ends_with('*')
            && let Some(Term::Word(stem)) = folded.pop()
        {
            folded.push(Term::Stem(stem));
        }
        if part.starts_with('*')
            && let Some(Term::Word(ending)) = folded.pop()
        {
            folded.push(Term::Ending(ending));
        }
        terms.extend(folded);
    }
    Ok(terms)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(pattern: &str, text: &str) -> Option<(usize, usize)> {
        let file = format!("[x]\n@who = usted|vosotros\n{pattern}");
        let patterns = Patterns::parse(&[&file], |_| Some(())).expect("a pattern");
        patterns.find(&words(text), &mut 0).first().map(|found| (found.from, found.to))
    }

    #[test]
    fn words_stems_choices_gaps_and_numbers_are_matched() {
        assert_eq!(find("borr* (la|su) reseña", "Por favor, borre su RESEÑA"), Some((2, 5)));
        assert_eq!(find("le (gusta|) pedimos", "le pedimos"), Some((0, 2)));
        assert_eq!(find("si _3 borra", "si usted hoy lo borra"), Some((0, 5)));
        assert_eq!(find("si _3 borra", "si usted hoy mismo ya lo borra"), None);
        assert_eq!(find("habitación #", "en la habitación 204"), Some((2, 4)));
        assert_eq!(find("@who miente", "vosotros miente"), Some((0, 2)));
        assert_eq!(find("don't ask", "we don’t ask"), Some((1, 4)));
    }

    #[test]
    fn a_match_crosses_no_sentence_and_no_denial() {
        assert_eq!(find("si _3 borra", "Si viene. Ella borra"), None);
        assert_eq!(find("le _3 borre", "le pedimos que no borre"), None);
    }

    #[test]
    fn what_cannot_be_understood_is_refused_with_its_line() {
        let error =
            |file| Patterns::parse(&[file], |name| (name == "x").then_some(())).map(|_| ()).unwrap_err();
        assert_eq!(error("[y]").line, 1);
        assert_eq!(error("[x]\n@nobody a").line, 2);
        assert_eq!(error("[x]\n_3 a").line, 2);
        assert_eq!(error("a").line, 1);
    }
}
