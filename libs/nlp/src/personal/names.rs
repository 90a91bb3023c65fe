//! Names of people: first names from our own list, with the words around them.
//!
//! A first name that is hardly anything else counts where it is written with a capital; one that is also a word, a
//! month or a place ("Pilar", "Will") needs a person's context: a title, a job, "me atendió", a surname after it. Saints,
//! streets, hotels and brands carry people's names and are none.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::sync::LazyLock;

use super::{NAMES, PersonalData, PersonalKind};
use crate::fold::fold;
use crate::lexicon::Identity;
use crate::places::cues::{self, Roles};
use crate::places::gazetteer::Sieve;
use crate::places::{Case, case_of, is_capital};
use crate::reading::Span;
use crate::tokens::{Kind, Scratch, Token, hash_bytes, pair};

/// A first name and hardly anything else.
const FIRST: u8 = 1;
/// A first name that is also a word.
const ALSO: u8 = 2;
const SURNAME: u8 = 4;
/// Begins a name or announces one: worth a look.
const TITLE: u8 = 8;
const JOB: u8 = 16;
/// "me llamo".
const CALLED: u8 = 32;

/// Longest name, in words ("María José García de la Fuente").
const WORDS_MAX: usize = 7;

struct Table {
    kinds: HashMap<u64, u8, BuildHasherDefault<Identity>>,
    sieve: Sieve,
}

/// Whose products carry a whole name: two words in a row, folded.
const BRANDS: [&str; 34] = [
    "carolina herrera",
    "adolfo dominguez",
    "tommy hilfiger",
    "calvin klein",
    "hugo boss",
    "michael kors",
    "ralph lauren",
    "paco rabanne",
    "harry potter",
    "juan valdez",
    "jack daniels",
    "jack daniel",
    "johnnie walker",
    "leroy merlin",
    "mario bros",
    "pedro ximenez",
    "jean paul",
    "antonio banderas",
    "pepe jeans",
    "pedro del",
    "don simon",
    "don quijote",
    "kevin costner",
    "max mara",
    "roberto verino",
    "purificacion garcia",
    "bimba y",
    "mercedes benz",
    "alfa romeo",
    "san miguel",
    "taylor swift",
    "marks spencer",
    "charlie hebdo",
    "martin fierro",
];

/// Titles whose next word is a person whatever it is ("padre nuestro" and "agente inmobiliario" are none).
const LOOSE_TITLES: [&str; 18] = [
    "padre",
    "agente",
    "madam",
    "ing",
    "lic",
    "d",
    "miss",
    "sir",
    "monsieur",
    "madame",
    "abogado",
    "abogada",
    "profesor",
    "profesora",
    "doctor",
    "doctora",
    "inspector",
    "fray",
];

/// Jobs after which the name of a firm comes as easily.
const FIRM_JOBS: [&str; 16] = [
    "tecnico",
    "tecnica",
    "comercial",
    "comerciales",
    "repartidor",
    "repartidora",
    "responsable",
    "agente",
    "conductor",
    "operador",
    "operadora",
    "gestor",
    "gestora",
    "asesor",
    "asesora",
    "manager",
];

/// What follows a title and is no person.
const NOBODY: [&str; 12] = [
    "wonderful",
    "martens",
    "oetker",
    "pepper",
    "schar",
    "muscle",
    "simon",
    "quijote",
    "limpio",
    "cliente",
    "presidente",
    "alcalde",
];

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table { kinds: HashMap::default(), sieve: Sieve::new(15) };
    let mut add = |word: &str, kind: u8| {
        let hash = hash_bytes(fold(word).as_bytes());
        *table.kinds.entry(hash).or_default() |= kind;
        if kind != SURNAME {
            table.sieve.insert(hash);
        }
    };
    for (kind, word) in cues::lines(NAMES) {
        add(
            word,
            match kind {
                "first" => FIRST,
                "also" => ALSO,
                _ => SURNAME,
            },
        );
    }
    for (word, role) in cues::all() {
        if role & cues::TITLE != 0 {
            add(word, TITLE);
        }
        if role & cues::JOB != 0 {
            add(word, JOB);
        }
    }
    for word in ["llamo", "nombre", "name"] {
        add(word, CALLED);
    }
    table
});

static BRAND_PAIRS: LazyLock<Vec<u64>> = LazyLock::new(|| {
    BRANDS
        .iter()
        .filter_map(|brand| brand.split_once(' '))
        .map(|(one, other)| pair(hash_bytes(one.as_bytes()), hash_bytes(other.as_bytes())))
        .collect()
});

fn kinds(hash: u64) -> u8 {
    TABLE.kinds.get(&hash).copied().unwrap_or(0)
}

/// Hardly anything but a first name.
pub(crate) fn is_first(hash: u64) -> bool {
    kinds(hash) & FIRST != 0
}

/// One of the common surnames.
pub(crate) fn is_surname(hash: u64) -> bool {
    kinds(hash) & SURNAME != 0
}

fn is_one_of(hash: u64, words: &[&str]) -> bool {
    words.iter().any(|word| hash_bytes(word.as_bytes()) == hash)
}

/// Finds the names of people.
pub(super) fn find(text: &str, scratch: &Scratch, found: &mut Vec<PersonalData>) {
    let tokens = &scratch.tokens;
    let sieve = &TABLE.sieve;
    let mut look: Option<Look> = None;
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        if token.kind != Kind::Word || !sieve.may_hold(token.hash) {
            at += 1;
            continue;
        }
        let kind = kinds(token.hash);
        if kind & !SURNAME == 0 {
            at += 1;
            continue;
        }
        let look = look.get_or_insert_with(|| Look {
            text,
            tokens,
            case: case_of(text, tokens),
            last: None,
            passed: 0,
        });
        match look.name_at(at, kind) {
            Some((from, to)) => {
                let (Some(first), Some(last)) = (tokens.get(from), tokens.get(to - 1)) else { break };
                let span = Span { start: first.source.start, end: last.source.end };
                found.push(PersonalData { kind: PersonalKind::Name, span });
                look.last = Some(to);
                at = to;
            }
            None => at = look.passed.max(at + 1),
        }
    }
}

struct Look<'a> {
    text: &'a str,
    tokens: &'a [Token],
    case: Case,
    /// Where the last name ended.
    last: Option<usize>,
    /// What was looked at and is no name, up to here.
    passed: usize,
}

impl Look<'_> {
    fn word(&self, at: usize) -> Option<&Token> {
        self.tokens.get(at).filter(|token| token.kind == Kind::Word)
    }

    fn roles(&self, at: usize, back: usize) -> Roles {
        at.checked_sub(back).and_then(|at| self.word(at)).map_or(0, |token| cues::roles(token.hash))
    }

    fn is_capital(&self, at: usize) -> bool {
        self.word(at).is_some_and(|token| is_capital(self.text, token))
    }

    /// Only a blank or a hyphen between a word and the one before.
    fn touches(&self, at: usize) -> bool {
        let (Some(before), Some(token)) = (at.checked_sub(1).and_then(|at| self.word(at)), self.word(at))
        else {
            return false;
        };
        let between = self.text.get(before.source.end as usize..token.source.start as usize);
        matches!(between, Some(" " | "-"))
    }

    /// The name that begins at, or is announced by, the word: first token and the one after the last.
    fn name_at(&mut self, at: usize, kind: u8) -> Option<(usize, usize)> {
        if kind & (FIRST | ALSO) != 0 {
            if let Some(found) = self.known_name(at, kind) {
                return Some(found);
            }
        }
        if kind & TITLE != 0 {
            return self.after_title(at);
        }
        if kind & JOB != 0 {
            return self.after_job(at);
        }
        if kind & CALLED != 0 {
            return self.after_called(at);
        }
        None
    }

    fn known_name(&mut self, at: usize, kind: u8) -> Option<(usize, usize)> {
        let capital = self.is_capital(at);
        let end = self.end_of_name(at);
        if self.is_of_something_else(at) {
            self.passed = end;
            return None;
        }
        if self.case == Case::Usual && !capital {
            return None;
        }
        let near = self.person_comes(at) || self.person_was(end) || self.follows_name(at);
        let surname = end > at + 1
            && (at + 1..end)
                .any(|at| self.word(at).is_some_and(|token| kinds(token.hash) & (SURNAME | FIRST) != 0));
        let sure = match (self.case, kind & FIRST != 0) {
            (Case::Usual, true) => true,
            (Case::Usual, false) => near || (surname && !self.starts_sentence(at)),
            (_, true) => near || surname,
            (_, false) => near,
        };
        sure.then_some((at, end))
    }

    fn starts_sentence(&self, at: usize) -> bool {
        at.checked_sub(1).and_then(|at| self.tokens.get(at)).is_none_or(|token| token.kind != Kind::Word)
    }

    /// Saints, streets, hotels, brands.
    fn is_of_something_else(&self, at: usize) -> bool {
        let first = self.roles(at, 1);
        if first & cues::JOB == 0 && first & (cues::SAINT | cues::STREET | cues::BRAND) != 0 {
            return true;
        }
        let before = at.checked_sub(1).and_then(|at| self.word(at));
        if before.is_some_and(|token| is_one_of(token.hash, &["del", "marca", "serie", "un", "una"])) {
            return true;
        }
        if first & cues::OF != 0 && self.roles(at, 2) & (cues::STREET | cues::SAINT) != 0 {
            return true;
        }
        let (Some(token), Some(next)) = (self.word(at), self.word(at + 1)) else { return false };
        BRAND_PAIRS.contains(&pair(token.hash, next.hash))
    }

    /// The words before announce a person.
    fn person_comes(&self, at: usize) -> bool {
        if self.roles(at, 1) & (cues::TITLE | cues::JOB | cues::SAY) != 0 {
            return true;
        }
        for back in 1..=4 {
            let Some(token) = at.checked_sub(back).and_then(|at| self.tokens.get(at)) else { return false };
            match token.kind {
                Kind::Pause if back == 1 => {
                    if self.roles(at, 2) & (cues::JOB | cues::TITLE) != 0 {
                        return true;
                    }
                }
                Kind::Word => {
                    let roles = cues::roles(token.hash);
                    if roles & cues::SAY != 0 {
                        return true;
                    }
                    if roles & cues::GIVE == 0 {
                        return false;
                    }
                }
                _ => return false,
            }
        }
        false
    }

    /// The words after say who it is: "Pilar, la recepcionista", "Rosa me atendió", "Will was our waiter".
    fn person_was(&self, end: usize) -> bool {
        let pause = self.tokens.get(end).is_some_and(|token| token.kind == Kind::Pause);
        if pause {
            return (1..=2).any(|step| self.roles(end + 1 + step, 1) & cues::JOB != 0);
        }
        let next = self.roles(end, 0);
        let after = self.roles(end + 1, 0);
        next & cues::SAY != 0 || (next & cues::GIVE != 0 && after & cues::SAY != 0)
    }

    /// "Nuria y Sergio": what follows a name and a conjunction is a name.
    fn follows_name(&self, at: usize) -> bool {
        let Some(last) = self.last else { return false };
        if last >= at || at - last > 2 {
            return false;
        }
        (last..at).all(|at| {
            self.tokens.get(at).is_some_and(|token| {
                token.kind == Kind::Pause || cues::roles(token.hash) & (cues::AND | cues::GIVE) != 0
            })
        })
    }

    /// Where a name that begins at a word ends.
    fn end_of_name(&self, at: usize) -> usize {
        let mut end = at + 1;
        let mut strangers = 0;
        while end < at + WORDS_MAX && self.touches(end) {
            let Some(token) = self.word(end) else { break };
            if self.case == Case::Usual && !is_capital(self.text, token) {
                match self.particle(end) {
                    Some(after) => end = after,
                    None => break,
                }
                continue;
            }
            let known = kinds(token.hash) & (FIRST | ALSO | SURNAME) != 0;
            if !known {
                strangers += 1;
                let free = self.case == Case::Usual && strangers < 3 && token.end - token.start > 2;
                if !free || cues::roles(token.hash) != 0 {
                    break;
                }
            }
            end += 1;
        }
        end
    }

    /// "de la Fuente", "del Pozo": after particles, a surname with a capital.
    fn particle(&self, at: usize) -> Option<usize> {
        let mut to = at;
        while to < at + 2
            && self.word(to).is_some_and(|token| is_one_of(token.hash, &["de", "la", "del", "los"]))
        {
            to += 1;
        }
        let long = to == at + 2 || self.word(at).is_some_and(|token| is_one_of(token.hash, &["del"]));
        let surname = self.word(to).is_some_and(|token| kinds(token.hash) & SURNAME != 0);
        (to > at && long && surname && self.is_capital(to)).then_some(to + 1)
    }

    fn after_title(&self, at: usize) -> Option<(usize, usize)> {
        let token = self.word(at)?;
        let mut from = at + 1;
        if self.tokens.get(from).is_some_and(|token| token.kind == Kind::Stop) {
            from += 1;
        }
        while self.word(from).is_some_and(|next| kinds(next.hash) & TITLE != 0) {
            from += 1;
            if self.tokens.get(from).is_some_and(|token| token.kind == Kind::Stop) {
                from += 1;
            }
        }
        let next = self.word(from)?;
        // a new sentence is no name: the title ends with its own full stop and a blank
        let between = self.text.get(token.source.end as usize..next.source.start as usize)?;
        if between.len() > 24 || between.contains('\n') || is_one_of(next.hash, &NOBODY) {
            return None;
        }
        let known = kinds(next.hash) & (FIRST | ALSO | SURNAME) != 0;
        let loose = is_one_of(token.hash, &LOOSE_TITLES);
        let free = self.case == Case::Usual && self.is_capital(from) && !loose && cues::roles(next.hash) == 0;
        let doctor = self.case == Case::Usual
            && self.is_capital(from)
            && between == " "
            && cues::roles(next.hash) == 0;
        let lower = self.case != Case::Usual || self.is_capital(from);
        let good = (known && lower)
            || free
            || (doctor
                && self.roles(at, 1) != 0
                && is_one_of(token.hash, &["doctor", "doctora", "profesor", "profesora"]));
        if !good || (!token_is_whole(token) && !free && !known) {
            return None;
        }
        Some((from, self.end_of_name(from)))
    }

    fn after_job(&self, at: usize) -> Option<(usize, usize)> {
        let token = self.word(at)?;
        if self.case != Case::Usual || is_one_of(token.hash, &FIRM_JOBS) || !self.touches(at + 1) {
            return None;
        }
        let next = self.word(at + 1)?;
        let announced = self.roles(at, 1) & (cues::THAT | cues::THING) != 0;
        let free = announced && self.is_capital(at + 1) && cues::roles(next.hash) == 0 && !next.upper;
        let known = kinds(next.hash) & (FIRST | ALSO) != 0 && self.is_capital(at + 1);
        (free && !known).then(|| (at + 1, self.end_of_name(at + 1)))
    }

    /// "me llamo Yurena", "my name is Yurena".
    fn after_called(&self, at: usize) -> Option<(usize, usize)> {
        if self.case != Case::Usual {
            return None;
        }
        let mut from = at + 1;
        if self.word(from).is_some_and(|token| is_one_of(token.hash, &["es", "is"])) {
            from += 1;
        }
        let mine = at.checked_sub(1).and_then(|at| self.word(at));
        let mine = mine.is_some_and(|token| is_one_of(token.hash, &["me", "mi", "my"]));
        let next = self.word(from)?;
        (mine && self.is_capital(from) && cues::roles(next.hash) == 0).then(|| (from, self.end_of_name(from)))
    }
}

/// More than one letter: "D." and "M." are initials as often as titles.
fn token_is_whole(token: &Token) -> bool {
    token.end - token.start > 1
}
