//! What the owner's own past replies lend to a draft: how she greets, how she takes leave, whether she says "tú".

use nlp::{Aspect, Language};

use crate::words::{Word, words};

/// A reply the owner wrote herself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastReply {
    /// The stars of what she answered.
    pub stars: Option<u8>,
    /// What it spoke of.
    pub aspects: Vec<Aspect>,
    /// Her words.
    pub text: String,
}

/// How she greets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Greeting {
    /// "¡Hola", "Buenos días".
    words: String,
    /// Between the words and the name.
    before_name: &'static str,
    /// After the name, or after the words where there is none.
    end: &'static str,
}

impl Greeting {
    /// The greeting to somebody, or to nobody in particular.
    pub fn to(&self, author: Option<&str>) -> String {
        match author {
            Some(author) => format!("{}{}{author}{}", self.words, self.before_name, self.end),
            None => format!("{}{}", self.words, self.end),
        }
    }
}

/// What is taken from past replies.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Manner {
    pub greeting: Option<Greeting>,
    pub farewell: Option<String>,
    /// She says "tú".
    pub familiar: bool,
}

/// Greetings that suit everybody: "estimada" would have to know who it is.
const GREETINGS: [(&str, Language); 11] = [
    ("muy buenas tardes", Language::Es),
    ("muy buenos dias", Language::Es),
    ("muy buenas", Language::Es),
    ("buenos dias", Language::Es),
    ("buenas tardes", Language::Es),
    ("buenas", Language::Es),
    ("hola", Language::Es),
    ("good morning", Language::En),
    ("good afternoon", Language::En),
    ("hello", Language::En),
    ("hi", Language::En),
];

/// The word that makes a farewell, and its language.
const FAREWELLS: [(&str, Language); 13] = [
    ("saludo", Language::Es),
    ("saludos", Language::Es),
    ("abrazo", Language::Es),
    ("abrazos", Language::Es),
    ("atentamente", Language::Es),
    ("cordialmente", Language::Es),
    ("afectuosamente", Language::Es),
    ("carinosamente", Language::Es),
    ("regards", Language::En),
    ("wishes", Language::En),
    ("sincerely", Language::En),
    ("faithfully", Language::En),
    ("cheers", Language::En),
];

/// Longest farewell, in bytes.
const FAREWELL_BYTES_MAX: usize = 60;
/// Past replies that are looked at.
const PAST_MAX: usize = 200;
/// Of a past reply only the beginning and the end are looked at.
const EDGE_BYTES: usize = 600;

/// What past replies to something similar lend: the same class of stars and a shared aspect; the last one wins among equals.
pub(crate) fn manner(
    past: &[PastReply],
    stars: Option<u8>,
    aspects: &[Aspect],
    language: Language,
) -> Manner {
    let newest = past.get(past.len().saturating_sub(PAST_MAX)..).unwrap_or_default();
    let alike = |reply: &PastReply| reply.aspects.iter().filter(|aspect| aspects.contains(aspect)).count();
    let mut similar: Vec<(usize, &PastReply)> = newest
        .iter()
        .filter(|reply| class(reply.stars) == class(stars))
        .map(|reply| (alike(reply), reply))
        .filter(|(shared, _)| *shared > 0)
        .collect();
    similar.sort_by_key(|(shared, _)| *shared);
    let mut manner = Manner::default();
    for (_, reply) in similar.iter().rev() {
        let head = edge(&reply.text, true);
        let tail = edge(&reply.text, false);
        if manner.greeting.is_none() {
            manner.greeting = greeting(head, language);
        }
        if manner.farewell.is_none() {
            manner.farewell = farewell(tail, language);
        }
    }
    manner.familiar = is_familiar(similar.iter().map(|(_, reply)| edge(&reply.text, true)));
    manner
}

/// Bad, middling, good, unknown.
const fn class(stars: Option<u8>) -> u8 {
    match stars {
        Some(0..=2) => 0,
        Some(3) => 1,
        Some(_) => 2,
        None => 3,
    }
}

/// The beginning or the end of a text.
fn edge(text: &str, beginning: bool) -> &str {
    if text.len() <= EDGE_BYTES {
        return text;
    }
    let mut at = if beginning { EDGE_BYTES } else { text.len() - EDGE_BYTES };
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let (head, tail) = text.split_at_checked(at).unwrap_or((text, text));
    if beginning { head } else { tail }
}

fn greeting(text: &str, language: Language) -> Option<Greeting> {
    let words = words(text);
    let count = GREETINGS.iter().find_map(|(greeting, spoken)| {
        let parts: Vec<&str> = greeting.split(' ').collect();
        let fits =
            parts.iter().zip(&words).filter(|(part, word)| **part == word.folded).count() == parts.len();
        (fits && *spoken == language).then_some(parts.len())
    })?;
    let last = words.get(count.checked_sub(1)?)?;
    let said = text.get(..last.end)?.trim_start();
    // nothing but an opening mark stands before
    if said.chars().count() > 24 || !said.chars().all(|c| c.is_alphabetic() || c == ' ' || c == '¡') {
        return None;
    }
    let after = text.get(last.end..)?;
    let named = words.get(count).filter(|word| is_capital(text, word));
    let before_name = if after.starts_with(',') { ", " } else { " " };
    let ended = named.map_or(after, |_| {
        // past the name, however many words it has
        let end = words
            .iter()
            .skip(count)
            .take(4)
            .take_while(|word| {
                is_capital(text, word) && word.clause == words.get(count).map_or(0, |first| first.clause)
            })
            .last()
            .map_or(last.end, |word| word.end);
        text.get(end..).unwrap_or_default()
    });
    let exclaims = said.starts_with('¡');
    let end = match ended.chars().next() {
        Some('!') => "!",
        _ if exclaims => "!",
        Some(',') => ",",
        Some('.') => ".",
        _ => ":",
    };
    Some(Greeting { words: said.to_owned(), before_name, end })
}

fn is_capital(text: &str, word: &Word) -> bool {
    text.get(word.start..word.end).and_then(|raw| raw.chars().next()).is_some_and(char::is_uppercase)
}

/// The last line that takes leave, without the signature.
fn farewell(text: &str, language: Language) -> Option<String> {
    let line = text.lines().rev().map(str::trim).find(|line| {
        line.len() <= FAREWELL_BYTES_MAX
            && words(line).iter().any(|word| {
                FAREWELLS.iter().any(|(known, spoken)| *known == word.folded && *spoken == language)
            })
    })?;
    // "Un saludo, Carmen": what follows the comma signs
    let said = line.split([',', '.', '!']).next().unwrap_or(line).trim();
    let plain = said.chars().all(|c| c.is_alphabetic() || c == ' ');
    let takes_leave = words(said).iter().any(|word| FAREWELLS.iter().any(|(known, _)| *known == word.folded));
    (plain && takes_leave && words(said).len() <= 6).then(|| format!("{said},"))
}

const FAMILIAR: [&str; 9] =
    ["tu", "tus", "te", "ti", "contigo", "gracias a ti", "vuelvas", "escribenos", "llamanos"];
const FORMAL: [&str; 7] = ["usted", "ustedes", "le", "les", "su", "sus", "escribanos"];

fn is_familiar<'a>(texts: impl Iterator<Item = &'a str>) -> bool {
    let (mut familiar, mut formal) = (0, 0);
    for word in texts.flat_map(words) {
        familiar += usize::from(FAMILIAR.contains(&word.folded.as_str()));
        formal += usize::from(FORMAL.contains(&word.folded.as_str()));
    }
    familiar > formal
}
