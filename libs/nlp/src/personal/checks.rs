//! Check digits and letters: what tells an identity number, an account or a card from any other row of digits.

/// Letters of the DNI by remainder of 23 (Real Decreto 1553/2005, Ministerio del Interior).
const DNI_LETTERS: &[u8; 23] = b"TRWAGMYFPDXBNJZSQVHLCKE";

/// Lengths of an IBAN by country (SWIFT IBAN registry): the countries our texts come from.
const IBAN_LENGTHS: [(&[u8; 2], usize); 24] = [
    (b"AD", 24),
    (b"AT", 20),
    (b"BE", 16),
    (b"CH", 21),
    (b"CR", 22),
    (b"DE", 22),
    (b"DK", 18),
    (b"DO", 28),
    (b"ES", 24),
    (b"FI", 18),
    (b"FR", 27),
    (b"GB", 22),
    (b"GR", 27),
    (b"GT", 28),
    (b"IE", 22),
    (b"IT", 27),
    (b"LT", 20),
    (b"LU", 20),
    (b"NL", 18),
    (b"NO", 15),
    (b"PL", 28),
    (b"PT", 25),
    (b"RO", 24),
    (b"SE", 24),
];

/// Is this the letter of a DNI or, with X, Y or Z before the digits, of a NIE?
pub(super) fn is_identity(prefix: Option<u8>, digits: &[u8], letter: u8) -> bool {
    let head = match prefix.map(|prefix| prefix.to_ascii_uppercase()) {
        None => 0_u64,
        Some(b'X') => 0,
        Some(b'Y') => 1,
        Some(b'Z') => 2,
        Some(_) => return false,
    };
    if digits.len() != if prefix.is_some() { 7 } else { 8 } {
        return false;
    }
    let number = digits.iter().fold(head, |so_far, digit| so_far * 10 + u64::from(digit.wrapping_sub(b'0')));
    DNI_LETTERS.get((number % 23) as usize) == Some(&letter.to_ascii_uppercase())
}

/// How long an IBAN of a country is.
pub(super) fn iban_length(country: &[u8]) -> Option<usize> {
    IBAN_LENGTHS
        .iter()
        .find(|(code, _)| code.as_slice().eq_ignore_ascii_case(country))
        .map(|(_, length)| *length)
}

/// The checksum of an IBAN without blanks (ISO 7064, mod 97-10).
pub(super) fn is_iban(characters: &[u8]) -> bool {
    let Some((head, tail)) = characters.split_at_checked(4) else { return false };
    let mut rest = 0_u32;
    for byte in tail.iter().chain(head) {
        rest = match byte {
            b'0'..=b'9' => rest * 10 + u32::from(byte - b'0'),
            b'A'..=b'Z' => rest * 100 + u32::from(byte - b'A') + 10,
            b'a'..=b'z' => rest * 100 + u32::from(byte - b'a') + 10,
            _ => return false,
        } % 97;
    }
    rest == 1
}

/// The checksum of a payment card (ISO/IEC 7812, Luhn).
pub(super) fn is_card(digits: &[u8]) -> bool {
    if !(13..=19).contains(&digits.len()) || !matches!(digits.first(), Some(b'2'..=b'6')) {
        return false;
    }
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(at, digit)| {
            let value = u32::from(digit.wrapping_sub(b'0')) << (at % 2);
            if value > 9 { value - 9 } else { value }
        })
        .sum();
    sum % 10 == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_and_sums_are_checked() {
        assert!(is_identity(None, b"12345678", b'Z'));
        assert!(is_identity(None, b"12345678", b'z'));
        assert!(!is_identity(None, b"12345678", b'A'));
        assert!(!is_identity(None, b"1234567", b'L'));
        assert!(is_identity(Some(b'X'), b"1234567", b'L'));
        assert!(is_identity(Some(b'Y'), b"7654321", b'G'));
        assert!(!is_identity(Some(b'W'), b"7654321", b'G'));
        assert!(is_iban(b"ES6621000418401234567891"));
        assert!(!is_iban(b"ES6721000418401234567891"));
        assert!(!is_iban(b"ES"));
        assert!(is_card(b"4532015112830366"));
        assert!(!is_card(b"4532015112830367"));
        assert!(!is_card(b"453"));
    }
}
