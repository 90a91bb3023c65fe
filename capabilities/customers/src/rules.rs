//! Pure decisions: what an address is, who a visit belongs to, what may replace what. No SQL, no clock.

use domain::{ChannelKind, LawfulBasis};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

/// Longest name, in characters.
pub const NAME_MAX: usize = 200;
/// Longest reference, in characters.
pub const REFERENCE_MAX: usize = 100;
/// Longest account of how a customer was told that she may say no, in characters.
pub const BASIS_NOTE_MAX: usize = 500;
/// How long a customer is kept after her last visit, in days, where nobody said otherwise.
pub const KEEP_DAYS: i64 = 365;
/// Fewer days than this and nobody could be asked in time: an invitation is sent by the 25th day and answered by the 30th.
pub const KEEP_DAYS_MIN: i64 = 90;
/// More years than this are no retention at all.
pub const KEEP_DAYS_MAX: i64 = 5 * 365;

/// An address a customer can be written to, as it is kept: an e-mail in lower case, a telephone as +34600111222.
pub fn email(text: &str) -> Option<String> {
    let text = text.trim().trim_start_matches("mailto:");
    // A mailbox has at most 254 characters (RFC 5321, 4.5.3.1.3, less the brackets).
    if text.len() > 254 {
        return None;
    }
    notify::rules::check_address(ChannelKind::Email, text).ok().filter(|e| e.contains('.'))
}

/// Whose telephones they are that do not say their country.
const HOME: &str = "ES";

/// A telephone as it is kept (E.164).
pub fn phone(text: &str) -> Option<String> {
    connectors::phone::normalise(text, HOME)
}

/// A name as it is searched: lower case, without the accents of our languages.
pub fn folded(text: &str) -> String {
    let plain = |c: char| match c {
        'á' | 'à' | 'ä' | 'â' | 'ã' => 'a',
        'é' | 'è' | 'ë' | 'ê' => 'e',
        'í' | 'ì' | 'ï' | 'î' => 'i',
        'ó' | 'ò' | 'ö' | 'ô' | 'õ' => 'o',
        'ú' | 'ù' | 'ü' | 'û' => 'u',
        'ñ' => 'n',
        'ç' => 'c',
        other => other,
    };
    text.to_lowercase().chars().map(plain).collect()
}

/// The language of a customer, of those we write in; empty when it is another or nobody said.
pub fn language(text: &str) -> &'static str {
    let text = folded(text.trim());
    let is = |words: &[&str]| words.iter().any(|word| *word == text);
    let begins = |code: &str| {
        text == code || text.starts_with(&format!("{code}-")) || text.starts_with(&format!("{code}_"))
    };
    if begins("es") || is(&["spa", "espanol", "castellano", "spanish", "espana", "spain"]) {
        "es"
    } else if begins("en")
        || is(&[
            "eng",
            "ingles",
            "english",
            "gb",
            "uk",
            "us",
            "usa",
            "ie",
            "reino unido",
            "united kingdom",
            "estados unidos",
            "united states",
            "irlanda",
            "ireland",
        ])
    {
        "en"
    } else {
        ""
    }
}

/// One line without tricks: control characters and marks that turn the direction of writing are gone.
pub fn line(text: &str, max: usize) -> String {
    notify::rules::clean_line(text, max)
}

/// Whether a basis may take the place of another. Consent stands on its own; what a contract allows is the weaker one. An equal
/// one never replaces the words that were written down first: they are the proof.
pub const fn replaces(new: LawfulBasis, old: LawfulBasis) -> bool {
    matches!((new, old), (LawfulBasis::Consent, LawfulBasis::Contract))
}

/// A day as it is kept.
pub fn day_number(day: Date) -> i64 {
    notify::rules::days_since_1970(day)
}

/// The day of a number; `None` beyond the calendar.
pub fn day_of(number: i64) -> Option<Date> {
    let span = jiff::Span::new().try_days(number).ok()?;
    Date::constant(1970, 1, 1).checked_add(span).ok()
}

/// When a shop is asked again: every ten minutes; after vain attempts later and later, at most after six hours. `random` spreads
/// shops that were added together.
pub fn next_poll(now: Timestamp, failures: u32, random: u8) -> Timestamp {
    let minutes = 10_i64.saturating_mul(1 << failures.min(6)).min(6 * 60);
    now + SignedDuration::from_mins(minutes) + SignedDuration::from_secs(i64::from(random) / 2)
}

/// Why a visit is not recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// Neither an e-mail nor a telephone anybody could write to.
    NoContact,
    /// Its day has not come.
    Future,
    /// It is older than customers are kept.
    TooOld,
    /// She asked to be forgotten: nothing of her is written down again.
    Forgotten,
    /// How she was told that she may say no is missing.
    NoNote,
}

impl Refusal {
    /// The end of the key of its sentence.
    pub const fn key(self) -> &'static str {
        match self {
            Self::NoContact => "no-contact",
            Self::Future => "future",
            Self::TooOld => "too-old",
            Self::Forgotten => "forgotten",
            Self::NoNote => "no-note",
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn telephones_are_kept_in_one_way() {
        for (written, kept) in [
            ("600 111 222", Some("+34600111222")),
            ("+34 600-111-222", Some("+34600111222")),
            ("0034600111222", Some("+34600111222")),
            ("34600111222", Some("+34600111222")),
            ("(963) 12.34.56", Some("+34963123456")),
            ("+44 (0)20 7946 0018", Some("+442079460018")),
            ("+1 202 555 0143", Some("+12025550143")),
            ("500111222", None),
            ("600 11 22", None),
            ("+0600111222", None),
            ("=600111222", None),
            ("", None),
        ] {
            assert_eq!(phone(written).as_deref(), kept, "{written}");
        }
    }

    #[test]
    fn e_mails_are_kept_in_lower_case_or_not_at_all() {
        for (written, kept) in [
            (" Ana@Prueba.Example ", Some("ana@prueba.example")),
            ("mailto:ana@prueba.example", Some("ana@prueba.example")),
            ("ana@localhost", None),
            ("ana", None),
            ("ana@@prueba.example", None),
            ("", None),
        ] {
            assert_eq!(email(written).as_deref(), kept, "{written}");
        }
    }

    #[test]
    fn only_consent_takes_the_place_of_the_weaker_basis() {
        use LawfulBasis::{Consent, Contract};
        assert!(replaces(Consent, Contract));
        assert!(!replaces(Contract, Consent) && !replaces(Consent, Consent) && !replaces(Contract, Contract));
    }

    #[test]
    fn languages_are_told_by_code_name_or_country() {
        for (written, kept) in [
            ("es", "es"),
            ("ES-mx", "es"),
            ("Español", "es"),
            ("en_GB", "en"),
            ("Inglés", "en"),
            ("de", ""),
            ("esperanto", ""),
        ] {
            assert_eq!(language(written), kept, "{written}");
        }
    }

    proptest! {
        #[test]
        fn what_is_kept_is_kept_again_as_it_is(text in "\\PC{0,60}") {
            if let Some(kept) = phone(&text) {
                prop_assert_eq!(phone(&kept), Some(kept.clone()));
                prop_assert!(kept.len() <= 16);
            }
            if let Some(kept) = email(&text) {
                prop_assert_eq!(email(&kept), Some(kept.clone()));
            }
            let _ = (language(&text), folded(&text), line(&text, NAME_MAX));
        }
    }
}
