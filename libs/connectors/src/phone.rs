//! A telephone number as people write it, turned into the one way it is kept and called: `+34600111222` (E.164).
//!
//! **What for.** The same person must not be asked twice because her number stands once with spaces and once with 0034.
//!
//! **How.** What people put between digits is dropped. A number with `+` or `00` says its country itself; any other is one of
//! the caller's country, whose trunk prefix is taken away. Lengths are checked where the country's plan is known.
//!
//! **What must stay true.** Anything doubtful is no number: a message to a stranger is worse than none. Extensions, letters
//! and two numbers in one cell are refused. A number that was normalised stays as it is.
//!
//! Written here: the library of all the world's plans (`phonenumber`, 15 MB of sources, a table of regular expressions) has
//! panicked on what people typed (RUSTSEC-2024-0369), and of its answers only this one is needed.
//!
//! Source: ITU-T E.164 (at most 15 digits, the code of the country first) and its list of assigned codes; the national plans
//! as the ITU publishes them.

use std::ops::RangeInclusive;

/// Longest text looked at, characters.
const TEXT_MAX: usize = 40;
/// Digits of a whole number; shorter ones cannot be called from abroad.
const DIGITS: RangeInclusive<usize> = 8..=15;

/// How the numbers of a country are made.
struct Plan {
    /// ISO 3166-1.
    country: &'static str,
    /// Its code without `+`.
    code: &'static str,
    /// What stands in front at home and not from abroad; empty for nothing.
    trunk: &'static str,
    /// Digits of a number, without code and trunk prefix.
    digits: RangeInclusive<usize>,
    /// What such a number begins with; empty where it may be anything.
    first: &'static str,
}

const fn plan(
    country: &'static str,
    code: &'static str,
    trunk: &'static str,
    digits: RangeInclusive<usize>,
    first: &'static str,
) -> Plan {
    Plan { country, code, trunk, digits, first }
}

/// The plans of where shops that speak Spanish and their guests are. Other countries' numbers need their `+`.
const PLANS: &[Plan] = &[
    plan("ES", "34", "", 9..=9, "6789"),
    plan("AD", "376", "", 6..=9, ""),
    plan("AR", "54", "0", 10..=11, ""),
    plan("AT", "43", "0", 7..=13, "123456789"),
    plan("BE", "32", "0", 8..=9, "123456789"),
    plan("BO", "591", "", 8..=8, ""),
    plan("CA", "1", "1", 10..=10, "23456789"),
    plan("CH", "41", "0", 9..=9, "123456789"),
    plan("CL", "56", "", 9..=9, ""),
    plan("CO", "57", "", 10..=10, ""),
    plan("CR", "506", "", 8..=8, ""),
    plan("CU", "53", "0", 8..=8, ""),
    plan("DE", "49", "0", 7..=13, "123456789"),
    plan("DO", "1", "1", 10..=10, "23456789"),
    plan("EC", "593", "0", 8..=9, ""),
    plan("FR", "33", "0", 9..=9, "123456789"),
    plan("GB", "44", "0", 9..=10, "123456789"),
    plan("GT", "502", "", 8..=8, ""),
    plan("HN", "504", "", 8..=8, ""),
    plan("IE", "353", "0", 7..=9, "123456789"),
    // A number on land keeps its zero, also from abroad.
    plan("IT", "39", "", 6..=11, ""),
    plan("MX", "52", "", 10..=10, ""),
    plan("NI", "505", "", 8..=8, ""),
    plan("NL", "31", "0", 9..=9, "123456789"),
    plan("PA", "507", "", 7..=8, ""),
    plan("PE", "51", "0", 8..=9, ""),
    plan("PR", "1", "1", 10..=10, "23456789"),
    plan("PT", "351", "", 9..=9, "23789"),
    plan("PY", "595", "0", 7..=9, ""),
    plan("SV", "503", "", 8..=8, ""),
    plan("US", "1", "1", 10..=10, "23456789"),
    plan("UY", "598", "0", 8..=8, ""),
    plan("VE", "58", "0", 10..=10, ""),
];

impl Plan {
    fn of(country: &str) -> Option<&'static Self> {
        PLANS.iter().find(|plan| plan.country.eq_ignore_ascii_case(country.trim()))
    }

    /// Codes are free of prefixes: at most one fits.
    fn of_code(digits: &str) -> Option<&'static Self> {
        PLANS.iter().find(|plan| digits.starts_with(plan.code))
    }

    fn holds(&self, number: &str) -> bool {
        let first = number.chars().next();
        self.digits.contains(&number.len())
            && first.is_some_and(|digit| self.first.is_empty() || self.first.contains(digit))
    }

    /// What is behind the code of the country, without a trunk prefix that was written all the same: `+44 (0)20 …`.
    fn national<'a>(&self, digits: &'a str) -> Option<&'a str> {
        let number = digits.strip_prefix(self.code)?;
        let old_mobile = if self.country == "MX" { "1" } else { self.trunk };
        let without = || number.strip_prefix(old_mobile).filter(|_| !old_mobile.is_empty());
        if self.holds(number) { Some(number) } else { without().filter(|number| self.holds(number)) }
    }
}

/// The number as `+` and digits, from text that a person or a program wrote. `default_country` is ISO 3166-1 (`ES`): whose
/// number it is when it does not say. `None` for anything that is not surely one number.
pub fn normalise(text: &str, default_country: &str) -> Option<String> {
    let (digits, is_international) = digits_of(text)?;
    if is_international {
        return international(&digits);
    }
    let plan = Plan::of(default_country)?;
    let without_trunk = || digits.strip_prefix(plan.trunk).filter(|_| !plan.trunk.is_empty());
    let number = if plan.holds(&digits) {
        Some(digits.as_str())
    } else {
        without_trunk()
            .filter(|number| plan.holds(number))
            // Shops write the code of the country without its plus.
            .or_else(|| plan.national(&digits))
    };
    number.map(|number| format!("+{}{number}", plan.code))
}

/// Whether a normalised number can take a short message. Numbers on land cannot, where they can be told apart.
pub fn takes_messages(number: &str) -> bool {
    let Some(digits) = number.strip_prefix('+') else { return false };
    let is_number = DIGITS.contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    // In Spain those of mobiles begin with 6 or 7.
    is_number && digits.strip_prefix("34").is_none_or(|national| national.starts_with(['6', '7']))
}

fn international(digits: &str) -> Option<String> {
    if digits.starts_with('0') {
        return None;
    }
    let whole = match Plan::of_code(digits) {
        Some(plan) => format!("{}{}", plan.code, plan.national(digits)?),
        None => digits.to_owned(),
    };
    DIGITS.contains(&whole.len()).then(|| format!("+{whole}"))
}

/// The digits, and whether they begin with the code of a country.
fn digits_of(text: &str) -> Option<(String, bool)> {
    let text = text.trim();
    let text = text.strip_prefix("tel:").unwrap_or(text);
    if text.chars().count() > TEXT_MAX {
        return None;
    }
    let mut digits = String::new();
    let mut plus = false;
    for c in text.chars() {
        match c {
            '0'..='9' => digits.push(c),
            '+' if digits.is_empty() && !plus => plus = true,
            // Hyphens and dashes, dots, brackets, every kind of space.
            '-' | '.' | '(' | ')' | '/' | '\u{2010}'..='\u{2015}' => {}
            c if c.is_whitespace() || is_mark(c) => {}
            _ => return None,
        }
    }
    if !plus && let Some(behind) = digits.strip_prefix("00") {
        return Some((behind.to_owned(), true));
    }
    (!digits.is_empty()).then_some((digits, plus))
}

/// Marks that are not seen: those that turn the direction of writing come along when a number is copied.
const fn is_mark(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn one_number_is_one_however_it_is_written() {
        for text in [
            "600111222",
            "600 11 12 22",
            " 600.111.222 ",
            "(600) 111-222",
            "+34 600 111 222",
            "0034600111222",
            "34600111222",
            "tel:+34-600-111-222",
            "\u{202a}+34\u{a0}600\u{a0}111\u{a0}222\u{202c}",
        ] {
            assert_eq!(normalise(text, "ES").as_deref(), Some("+34600111222"), "{text:?}");
        }
    }

    #[test]
    fn each_country_has_its_own_way() {
        for (text, country, wanted) in [
            ("06 12 34 56 78", "FR", "+33612345678"),
            ("+33 (0)6 12 34 56 78", "ES", "+33612345678"),
            ("020 7946 0018", "GB", "+442079460018"),
            ("+44 (0)20 7946 0018", "ES", "+442079460018"),
            ("06 1234 5678", "IT", "+390612345678"),
            ("+39 06 1234 5678", "ES", "+390612345678"),
            ("(212) 555-0123", "us", "+12125550123"),
            ("1 212 555 0123", "US", "+12125550123"),
            ("55 1234 5678", "MX", "+525512345678"),
            ("+52 1 55 1234 5678", "ES", "+525512345678"),
            ("+54 9 11 1234 5678", "AR", "+5491112345678"),
            ("912 345 678", "PT", "+351912345678"),
            ("+48 601 234 567", "ES", "+48601234567"),
            ("+380 44 123 4567", "ES", "+380441234567"),
        ] {
            assert_eq!(normalise(text, country).as_deref(), Some(wanted), "{text:?} in {country}");
        }
    }

    #[test]
    fn what_is_doubtful_is_no_number() {
        for text in [
            "",
            "+",
            "Ana",
            "600 111 22",
            "600 111 2222",
            "500111222",
            "+34 500 111 222",
            "+34 600 111 22",
            "600111222 ext. 5",
            "600111222 / 911222333",
            "600111222, 600111223",
            "++34600111222",
            "34+600111222",
            "+0034600111222",
            "+1234567",
            "+1234567890123456",
            "٦٠٠١١١٢٢٢",
            "6.00E+08",
        ] {
            assert_eq!(normalise(text, "ES"), None, "{text:?}");
        }
        assert_eq!(normalise("600111222", "ZZ"), None);
        assert_eq!(normalise("600111222", ""), None);
    }

    #[test]
    fn a_number_on_land_takes_no_message() {
        for (number, wanted) in [
            ("+34600111222", true),
            ("+34711222333", true),
            ("+34911222333", false),
            ("+34806000000", false),
            ("+33612345678", true),
            ("600111222", false),
            ("+34600111222x", false),
            ("", false),
        ] {
            assert_eq!(takes_messages(number), wanted, "{number}");
        }
    }

    proptest! {
        #[test]
        fn whatever_is_written_the_answer_is_a_number_that_stays_as_it_is(
            text in "[+0-9 ().a\u{a0}ñ-]{0,24}|\\PC{0,60}",
            place in 0..PLANS.len(),
        ) {
            if let Some(number) = normalise(&text, PLANS[place].country) {
                let digits = number.strip_prefix('+').expect("a plus");
                prop_assert!(DIGITS.contains(&digits.len()), "{number}");
                prop_assert!(digits.bytes().all(|b| b.is_ascii_digit()));
                prop_assert_eq!(normalise(&number, "ES"), Some(number.clone()));
                prop_assert_eq!(normalise(&number, "ZZ"), Some(number));
            }
        }
    }
}
