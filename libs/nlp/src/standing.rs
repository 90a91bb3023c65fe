//! As who a text is written: as somebody of the place, as a visitor, as somebody who was never a customer.
//!
//! *How.* Phrases (`lexicon/standing.tsv`) with a look at what stands before: a negation turns a local into nobody in
//! particular, and "my sister lives nearby" says nothing about the writer. Who was never there wins over all else,
//! unless the text shows a customer.
//!
//! *What must stay true.* Whoever tried and found the door shut is a customer ("no entré porque estaba cerrado"), and
//! so is whoever will not come back.

pub(crate) mod phrases;

use std::sync::LazyLock;

use crate::tokens::{Kind, Scratch, Token, hash_bytes, hashes};
use phrases::Phrases;

/// As who a text is written, as far as it says so itself.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Standing {
    /// Lives or works nearby.
    Local,
    /// Came from elsewhere.
    Visitor,
    /// Says or shows that they were never a customer.
    NotCustomer,
    /// The text does not say.
    Unsure,
}

impl Standing {
    /// The stable name, for interfaces.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Local => "local",
            Self::Visitor => "visitor",
            Self::NotCustomer => "not_customer",
            Self::Unsure => "unsure",
        }
    }
}

const NAMES: [&str; 8] = ["local", "visitor", "not", "local?", "visitor?", "not?", "guard", "customer"];
const LOCAL: u8 = 0;
const VISITOR: u8 = 1;
const NOT: u8 = 2;
const WEAK_LOCAL: u8 = 3;
const WEAK_VISITOR: u8 = 4;
const WEAK_NOT: u8 = 5;
const CUSTOMER: u8 = 7;

const STANDING: &str = include_str!("../lexicon/standing.tsv");

/// A number that changes when the phrases change.
pub(crate) fn fingerprint() -> u64 {
    hash_bytes(STANDING.as_bytes())
}

static PHRASES: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::grow(STANDING, |role| NAMES.iter().position(|name| *name == role).map(|at| at as u8))
});

/// Hearsay shows nothing in a text longer than this: who writes that much was there.
const HEARSAY_TOKENS: usize = 60;

/// How far back the subject of a phrase is looked for, in words.
const SUBJECT_WORDS: usize = 6;

const NEGATIONS: [u64; 11] =
    hashes(["no", "ni", "nunca", "not", "t", "never", "tampoco", "non", "pas", "jamas", "nao"]);

/// Somebody who is not the writer. Folded.
const OTHERS: [u64; 63] = hashes([
    "madre",
    "padre",
    "padres",
    "hermana",
    "hermano",
    "hija",
    "hijo",
    "hijos",
    "suegra",
    "suegro",
    "abuela",
    "abuelo",
    "tia",
    "tio",
    "prima",
    "primo",
    "amigo",
    "amiga",
    "amigos",
    "amigas",
    "jefe",
    "jefa",
    "encargado",
    "encargada",
    "dueno",
    "duena",
    "gerente",
    "director",
    "directora",
    "medico",
    "medica",
    "doctor",
    "doctora",
    "companero",
    "companera",
    "responsable",
    "comercial",
    "mother",
    "father",
    "parents",
    "sister",
    "brother",
    "son",
    "daughter",
    "friend",
    "friends",
    "manager",
    "owner",
    "boss",
    "doctor",
    "staff",
    "they",
    "he",
    "she",
    "you",
    "if",
    "si",
    "ellos",
    "personal",
    "camarero",
    "camarera",
    "mum",
    "dad",
]);

/// Reads the standing.
pub(crate) fn read(scratch: &Scratch) -> Standing {
    let phrases: &Phrases = &PHRASES;
    let tokens = &scratch.tokens;
    let mut counts = [0_u32; 3];
    let (mut first, mut customer, mut weak_not) = (None, 0_u32, false);
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        if token.kind != Kind::Word || !phrases.opens(token.hash) {
            at += 1;
            continue;
        }
        let Some((role, count)) = phrases.longest(tokens.get(at..).unwrap_or_default()) else {
            at += 1;
            continue;
        };
        let before = tokens.get(at.saturating_sub(SUBJECT_WORDS)..at).unwrap_or_default();
        let mine = !of_somebody_else(before);
        let role = match role {
            WEAK_LOCAL if mine => LOCAL,
            WEAK_VISITOR if mine => VISITOR,
            other => other,
        };
        match role {
            LOCAL | VISITOR if !is_negated(before) => {
                counts[usize::from(role)] += 1;
                first.get_or_insert(role);
            }
            NOT => counts[usize::from(NOT)] += 1,
            WEAK_NOT => weak_not = true,
            CUSTOMER => customer += 1,
            _ => {}
        }
        at += count;
    }
    let [local, visitor, never] = counts;
    let silent = customer == 0 && local == 0 && visitor == 0;
    let short = tokens.len() <= HEARSAY_TOKENS;
    if never > customer || (weak_not && silent && short) {
        return Standing::NotCustomer;
    }
    match local.cmp(&visitor) {
        std::cmp::Ordering::Greater => Standing::Local,
        std::cmp::Ordering::Less => Standing::Visitor,
        std::cmp::Ordering::Equal => match first {
            Some(LOCAL) => Standing::Local,
            Some(_) => Standing::Visitor,
            None => Standing::Unsure,
        },
    }
}

/// Is somebody else the subject, as far as the same sentence says?
fn of_somebody_else(before: &[Token]) -> bool {
    before
        .iter()
        .rev()
        .take_while(|token| !matches!(token.kind, Kind::Stop | Kind::Mark | Kind::Pause))
        .any(|token| OTHERS.contains(&token.hash))
}

/// Is the phrase negated right before it?
fn is_negated(before: &[Token]) -> bool {
    matches!(before.last(), Some(token) if token.kind == Kind::Word && NEGATIONS.contains(&token.hash))
}
