//! What a reply offers, and until when: an offer is a promise, and promises are kept in a book.
//!
//! *How.* Phrases of `phrases/remedies.txt` say what; the words of the same sentence say until when. What is denied ("no
//! podemos devolverle el importe") or asked of the reader ("llámenos") is no offer.

use std::ops::Range;
use std::sync::LazyLock;

use crate::pattern::Patterns;
use crate::phrases;
use crate::words::{Word, words};

/// What is offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RemedyKind {
    /// Money back.
    Refund,
    /// Another one.
    Replace,
    /// Mending what is broken.
    Repair,
    /// Something on the house.
    Invite,
    /// A call or a message.
    Call,
    /// Something off the price.
    Discount,
    /// Something else that was promised.
    Other,
}

impl RemedyKind {
    /// Every kind, in a stable order.
    pub const ALL: [Self; 7] =
        [Self::Refund, Self::Replace, Self::Repair, Self::Invite, Self::Call, Self::Discount, Self::Other];

    /// The stable name, for storage and interfaces.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Refund => "refund",
            Self::Replace => "replace",
            Self::Repair => "repair",
            Self::Invite => "invite",
            Self::Call => "call",
            Self::Discount => "discount",
            Self::Other => "other",
        }
    }

    /// The kind of a stable name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

/// Until when something is offered, counted from the day the reply is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Due {
    /// So many days later; 0 is the same day.
    Days(u32),
    /// The next such day of the week, 1 (Monday) to 7 (Sunday).
    Weekday(u8),
    /// The end of this week.
    ThisWeek,
    /// The end of next week.
    NextWeek,
    /// The end of this month.
    ThisMonth,
    /// The end of next month.
    NextMonth,
    /// A day of the calendar; without a year the next one.
    Date {
        /// 1 to 31; not every month has it.
        day: u8,
        /// 1 to 12.
        month: u8,
        /// Four digits.
        year: Option<u16>,
    },
}

/// Something offered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remedy {
    /// Where, in bytes of the text.
    pub span: Range<usize>,
    /// What.
    pub what: RemedyKind,
    /// Until when, where it says so.
    pub due: Option<Due>,
}

static PHRASES: LazyLock<Patterns<RemedyKind>> = LazyLock::new(|| {
    Patterns::parse(&[include_str!("../phrases/remedies.txt")], RemedyKind::from_name)
        .expect("a test reads the same file")
});

/// What a reply offers, in the order of the text; one offer for each phrase.
///
/// ```
/// use reply::{Due, RemedyKind, remedies};
/// let found = remedies("Le devolveremos el importe esta semana.");
/// assert_eq!((found[0].what, found[0].due), (RemedyKind::Refund, Some(Due::ThisWeek)));
/// ```
pub fn remedies(text: &str) -> Vec<Remedy> {
    let words = words(text);
    let mut found: Vec<Remedy> = Vec::new();
    for phrase in PHRASES.find(&words, &mut 0) {
        let (Some(first), Some(last)) = (words.get(phrase.from), words.get(phrase.to.saturating_sub(1)))
        else {
            continue;
        };
        if phrases::is_denied(&words, phrase.from) {
            continue;
        }
        match found.last_mut() {
            // the more exact of two that overlap: "le devolvemos" inside "se lo compensaremos" is not said twice
            Some(before) if first.start < before.span.end => {
                if before.what == RemedyKind::Other {
                    before.what = phrase.kind;
                }
                before.span.end = before.span.end.max(last.end);
            }
            _ => {
                let due = due(&words, phrase.from, phrase.to);
                found.push(Remedy { span: first.start..last.end, what: phrase.kind, due });
            }
        }
    }
    found
}

/// Words of the sentence that are looked at for a time, before and after.
const DUE_REACH: usize = 16;

/// Until when: after the offer first ("le llamamos mañana"), then before it ("mañana le llamamos").
fn due(words: &[Word], from: usize, to: usize) -> Option<Due> {
    let sentence = words.get(from)?.sentence;
    let inside = |at: &usize| words.get(*at).is_some_and(|word| word.sentence == sentence);
    (to..to + DUE_REACH)
        .take_while(inside)
        .chain((from.saturating_sub(DUE_REACH)..from).rev().take_while(inside))
        .find_map(|at| due_at(words, at))
}

const WEEKDAYS: [[&str; 2]; 7] = [
    ["lunes", "monday"],
    ["martes", "tuesday"],
    ["miercoles", "wednesday"],
    ["jueves", "thursday"],
    ["viernes", "friday"],
    ["sabado", "saturday"],
    ["domingo", "sunday"],
];

const MONTHS: [[&str; 2]; 12] = [
    ["enero", "january"],
    ["febrero", "february"],
    ["marzo", "march"],
    ["abril", "april"],
    ["mayo", "may"],
    ["junio", "june"],
    ["julio", "july"],
    ["agosto", "august"],
    ["septiembre", "september"],
    ["octubre", "october"],
    ["noviembre", "november"],
    ["diciembre", "december"],
];

/// The place of a word in a list of Spanish and English ones, from 1.
fn place(list: &[[&str; 2]], word: &str) -> Option<u8> {
    list.iter().position(|pair| pair.contains(&word)).and_then(|at| u8::try_from(at + 1).ok())
}

/// The time that begins at a word.
fn due_at(words: &[Word], at: usize) -> Option<Due> {
    let word = |ahead: usize| words.get(at + ahead).map_or("", |word| word.folded.as_str());
    let before = at.checked_sub(1).and_then(|at| words.get(at)).map_or("", |word| word.folded.as_str());
    match (word(0), word(1), word(2)) {
        ("pasado", "manana", _) => return Some(Due::Days(2)),
        ("hoy" | "today" | "tonight", ..) => return Some(Due::Days(0)),
        // "por la mañana" is a time of the day
        ("manana" | "tomorrow", ..) if before != "la" && before != "pasado" => return Some(Due::Days(1)),
        ("esta" | "this", "semana" | "week", _) => return Some(Due::ThisWeek),
        ("este" | "this", "mes" | "month", _) => return Some(Due::ThisMonth),
        ("proxima", "semana", _) | ("next", "week", _) | ("semana", "que" | "proxima", _) => {
            return Some(Due::NextWeek);
        }
        ("proximo", "mes", _) | ("next", "month", _) | ("mes", "que" | "proximo", _) => {
            return Some(Due::NextMonth);
        }
        _ => {}
    }
    if let Some(day) = place(&WEEKDAYS, word(0)) {
        return Some(Due::Weekday(day));
    }
    date_at(words, at).or_else(|| span_of_days(words, at))
}

/// "12 de mayo (de 2026)", "12/05", "May 12".
fn date_at(words: &[Word], at: usize) -> Option<Due> {
    let word = |ahead: usize| words.get(at + ahead);
    let month = |word: Option<&Word>| word.and_then(|word| place(&MONTHS, &word.folded));
    let day = |word: Option<&Word>| {
        let text = word.map_or("", |word| word.folded.as_str());
        let text = text.trim_end_matches(['s', 't', 'n', 'd', 'r', 'h', 'o']);
        text.parse::<u8>().ok().filter(|day| (1..=31).contains(day))
    };
    let year = |word: Option<&Word>| {
        word.and_then(Word::number)
            .and_then(|year| u16::try_from(year).ok())
            .filter(|year| (2000..2100).contains(year))
    };
    let joins =
        |word: Option<&Word>| word.is_some_and(|word| matches!(word.folded.as_str(), "de" | "of" | "del"));
    if let Some(month) = month(word(0)) {
        let day = day(word(1))?;
        return Some(Due::Date { day, month, year: year(word(2)) });
    }
    let first = day(word(0))?;
    let ahead = 1 + usize::from(joins(word(1)));
    if let Some(month) = month(word(ahead)) {
        let after = ahead + 1 + usize::from(joins(word(ahead + 1)));
        return Some(Due::Date { day: first, month, year: year(word(after)) });
    }
    // "12/05": the slash leaves one byte between the numbers
    let (one, other) = (word(0)?, word(1)?);
    let month =
        other.number().and_then(|month| u8::try_from(month).ok()).filter(|month| (1..=12).contains(month))?;
    let close = one.end + 1 == other.start && one.clause == other.clause;
    close.then(|| Due::Date { day: first, month, year: year(word(2)) })
}

/// "en 48 horas", "en tres días", "within two weeks".
fn span_of_days(words: &[Word], at: usize) -> Option<Due> {
    let word = |ahead: usize| words.get(at + ahead).map_or("", |word| word.folded.as_str());
    if !matches!(word(0), "en" | "de" | "in" | "within" | "menos" | "plazo" | "maximo" | "unos" | "unas") {
        return None;
    }
    let count = words.get(at + 1).and_then(Word::number).or_else(|| number_word(word(1)))?;
    let unit = [word(2), word(3)];
    let is = |names: &[&str]| unit.iter().any(|unit| names.contains(unit));
    if is(&["hora", "horas", "hour", "hours"]) {
        return Some(Due::Days(count / 24));
    }
    if is(&["dia", "dias", "day", "days"]) {
        return Some(Due::Days(count));
    }
    if is(&["semana", "semanas", "week", "weeks"]) {
        return Some(Due::Days(count.saturating_mul(7)));
    }
    is(&["mes", "meses", "month", "months"]).then(|| Due::Days(count.saturating_mul(30)))
}

fn number_word(word: &str) -> Option<u32> {
    const NUMBERS: [[&str; 4]; 10] = [
        ["un", "una", "one", "a"],
        ["dos", "", "two", "couple"],
        ["tres", "", "three", ""],
        ["cuatro", "", "four", ""],
        ["cinco", "", "five", ""],
        ["seis", "", "six", ""],
        ["siete", "", "seven", ""],
        ["ocho", "", "eight", ""],
        ["nueve", "", "nine", ""],
        ["diez", "", "ten", ""],
    ];
    let at = NUMBERS.iter().position(|names| !word.is_empty() && names.contains(&word))?;
    u32::try_from(at + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offers_are_found_with_their_time() {
        let cases: [(&str, RemedyKind, Option<Due>); 24] = [
            ("Le devolveremos el importe esta semana.", RemedyKind::Refund, Some(Due::ThisWeek)),
            ("We will call you tomorrow.", RemedyKind::Call, Some(Due::Days(1))),
            ("Mañana le llamamos sin falta.", RemedyKind::Call, Some(Due::Days(1))),
            ("Le llamaremos mañana por la mañana.", RemedyKind::Call, Some(Due::Days(1))),
            ("Te haremos un descuento en la próxima factura.", RemedyKind::Discount, None),
            ("Le enviaremos otro antes del viernes.", RemedyKind::Replace, Some(Due::Weekday(5))),
            ("Le cambiaremos la lavadora en 48 horas.", RemedyKind::Replace, Some(Due::Days(2))),
            ("Vamos a reparar el grifo en tres días.", RemedyKind::Repair, Some(Due::Days(3))),
            ("Le invitamos a volver a probarla.", RemedyKind::Invite, None),
            ("Nos pondremos en contacto con usted hoy.", RemedyKind::Call, Some(Due::Days(0))),
            ("Lo solucionaremos este mes.", RemedyKind::Other, Some(Due::ThisMonth)),
            ("Le abonaremos los 12 euros el 3 de mayo.", RemedyKind::Refund, Some(date(3, 5, None))),
            ("Le reembolsaremos antes del 12/05/2027.", RemedyKind::Refund, Some(date(12, 5, Some(2027)))),
            ("We will refund you within two weeks.", RemedyKind::Refund, Some(Due::Days(14))),
            ("We'll send you a new one by Friday.", RemedyKind::Replace, Some(Due::Weekday(5))),
            ("We will fix the tap in 3 days.", RemedyKind::Repair, Some(Due::Days(3))),
            ("We would love to have you back, dinner is on us.", RemedyKind::Invite, None),
            ("We'll give you a 10% discount next month.", RemedyKind::Discount, Some(Due::NextMonth)),
            ("We will make it right next week.", RemedyKind::Other, Some(Due::NextWeek)),
            ("I will ring you on May 12.", RemedyKind::Call, Some(date(12, 5, None))),
            ("Pasado mañana le llamaremos.", RemedyKind::Call, Some(Due::Days(2))),
            ("Hemos ordenado la devolución.", RemedyKind::Refund, None),
            ("La próxima cena corre por nuestra cuenta.", RemedyKind::Invite, None),
            ("Recibirá el dinero en un plazo de 5 días hábiles.", RemedyKind::Refund, Some(Due::Days(5))),
        ];
        for (text, what, due) in cases {
            let found = remedies(text);
            let first = found.first().unwrap_or_else(|| panic!("nothing found in: {text}"));
            assert_eq!((first.what, first.due), (what, due), "{text}");
        }
    }

    fn date(day: u8, month: u8, year: Option<u16>) -> Due {
        Due::Date { day, month, year }
    }

    #[test]
    fn what_is_denied_or_asked_is_no_offer() {
        for text in [
            "No podemos devolverle el importe.",
            "Llámenos cuando quiera.",
            "We cannot refund you.",
            "Please call us tomorrow.",
            "Gracias por llamar ayer.",
            "El cliente de al lado pidió la devolución.",
            "Sentimos la espera.",
            "We are sorry about the wait.",
        ] {
            assert_eq!(remedies(text), [], "{text}");
        }
    }

    #[test]
    fn two_offers_in_one_reply_are_two() {
        let found = remedies("Le devolveremos el importe mañana. Además, le invitamos a volver el jueves.");
        let kinds: Vec<_> = found.iter().map(|remedy| (remedy.what, remedy.due)).collect();
        assert_eq!(
            kinds,
            [(RemedyKind::Refund, Some(Due::Days(1))), (RemedyKind::Invite, Some(Due::Weekday(4)))]
        );
    }
}
