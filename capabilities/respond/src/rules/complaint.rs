//! Complaints: the key, the clock, what sounds like one. Pure.
//!
//! Source: TRLGDCU art. 21.2 and 21.3 as Ley 10/2025 (BOE-A-2025-26698) left them: a complaint gets an identifying key and a
//! receipt on a durable medium, and an answer within fifteen days, in the channel it came by. Days are calendar days.

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan as _, tz::TimeZone};

/// Letters of a key: none that is taken for another when it is read aloud or typed.
const LETTERS: &[u8; 29] = b"ABCDEFGHJKLMNPQRTUVWXY2346789";
/// Random letters in a key; one more checks them.
const RANDOM_LETTERS: usize = 6;

/// `R-2026-XXXXXX-C`: the year it came, six random letters, one that finds every mistyped or swapped letter.
pub fn key(year: i16, random: [u8; 8]) -> String {
    let base = LETTERS.len() as u64;
    let mut rest = u64::from_be_bytes(random);
    let mut letters = String::with_capacity(RANDOM_LETTERS);
    for _ in 0..RANDOM_LETTERS {
        letters.push(letter(rest % base));
        rest /= base;
    }
    let check = check(&letters);
    format!("R-{year}-{letters}-{check}")
}

fn letter(at: u64) -> char {
    LETTERS.get(at as usize).map_or('A', |byte| char::from(*byte))
}

/// A weighted sum modulo the number of letters, which is prime: one changed letter and two swapped ones always change it.
fn check(letters: &str) -> char {
    let place = |c: char| LETTERS.iter().position(|l| char::from(*l) == c).unwrap_or(0) as u64;
    let sum: u64 = letters.chars().zip(1..).map(|(c, weight)| place(c) * weight).sum();
    letter(sum % LETTERS.len() as u64)
}

/// Whether a key can be one of ours: finds typing mistakes before anybody searches.
pub fn is_key(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let [prefix, year, letters, last] = parts.as_slice() else { return false };
    *prefix == "R"
        && year.len() == 4
        && year.bytes().all(|b| b.is_ascii_digit())
        && letters.chars().count() == RANDOM_LETTERS
        && letters.bytes().all(|b| LETTERS.contains(&b))
        && last.chars().eq([check(letters)])
}

/// The end of the last day on which the answer is in time. The day it came does not count (Código Civil art. 5.1).
pub fn due_at(received_at: Timestamp, days: i64, zone: &TimeZone) -> Timestamp {
    let day: Date = zone.to_datetime(received_at).date();
    let after_last = day.checked_add((days + 1).days()).unwrap_or(Date::MAX);
    let midnight = zone.to_timestamp(after_last.at(0, 0, 0, 0));
    midnight.ok().and_then(|at| at.checked_sub(1.second()).ok()).unwrap_or(Timestamp::MAX)
}

/// Words with which people say that what they write is a complaint and not only an opinion.
const SAYS_SO: [&str; 22] = [
    "hoja de reclamaciones",
    "hojas de reclamaciones",
    "presento una reclamacion",
    "presentar una reclamacion",
    "pongo una reclamacion",
    "interpongo una reclamacion",
    "reclamacion formal",
    "quiero reclamar",
    "reclamo la devolucion",
    "exijo la devolucion",
    "exijo que me devuelvan",
    "solicito la devolucion",
    "pido la devolucion",
    "full de reclamacio",
    "vull reclamar",
    "formal complaint",
    "complaint form",
    "i am making a complaint",
    "i want to complain",
    "i demand a refund",
    "request a refund",
    "i want my money back",
];

/// Whether a text says of itself that it is a complaint: a suggestion, a person decides.
pub fn says_so(text: &str) -> bool {
    let folded = folded(text);
    SAYS_SO.iter().any(|words| folded.contains(words))
}

/// Small letters without accents, one space between words.
fn folded(text: &str) -> String {
    let plain = text.chars().flat_map(char::to_lowercase).map(|c| match c {
        'á' | 'à' => 'a',
        'é' | 'è' => 'e',
        'í' | 'ï' => 'i',
        'ó' | 'ò' => 'o',
        'ú' | 'ü' => 'u',
        c => c,
    });
    let joined: String = plain.take(20_000).collect();
    joined.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_key_finds_every_mistyped_and_every_swapped_letter(random: [u8; 8], at in 0usize..6, other in 0usize..29) {
            let key = key(2026, random);
            prop_assert!(is_key(&key), "{key}");
            let letters: Vec<char> = key.chars().collect();
            let mut wrong = letters.clone();
            wrong[7 + at] = letter(other as u64);
            let wrong: String = wrong.into_iter().collect();
            prop_assert_eq!(is_key(&wrong), wrong == key);
            if at < 5 {
                let mut swapped = letters;
                swapped.swap(7 + at, 8 + at);
                let swapped: String = swapped.into_iter().collect();
                prop_assert_eq!(is_key(&swapped), swapped == key);
            }
        }

        #[test]
        fn no_text_breaks_the_check_of_a_key(text in ".*") {
            let _ = is_key(&text);
            let _ = says_so(&text);
        }
    }

    #[test]
    fn fifteen_days_end_at_midnight_there_even_when_the_clocks_change() {
        let zone = TimeZone::get("Europe/Madrid").expect("known");
        let received: Timestamp = "2026-10-20T09:00:00Z".parse().expect("a moment");
        let due = due_at(received, 15, &zone);
        assert_eq!(zone.to_datetime(due).to_string(), "2026-11-04T23:59:59");
    }

    #[test]
    fn a_complaint_says_that_it_is_one() {
        for (text, is) in [
            ("Quiero la HOJA DE  RECLAMACIONES ya", true),
            ("Exijo que me devuelvan el importe", true),
            ("I want my money back!", true),
            ("La reclamación de mi vecina no me importa", false),
            ("Muy buena tortilla", false),
        ] {
            assert_eq!(says_so(text), is, "{text}");
        }
    }
}
