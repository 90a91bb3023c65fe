//! Codes that are printed on a receipt and typed with a thumb.
//!
//! Symbols are Crockford's 32 (no I, L, O, U); what looks alike is read alike, capitals and gaps do not matter. The last
//! symbol checks the others: Σ αⁱ·xᵢ = 0 over GF(32), which finds every single wrong symbol and every two that were
//! swapped, so that a slip of the thumb is told at once and is no guess.

/// What codes are written with.
const SYMBOLS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Symbols of a receipt code, with the one that checks: 35 bits of chance.
pub const RECEIPT_LENGTH: usize = 8;
/// Symbols of a day's code: 25 bits.
pub const DAILY_LENGTH: usize = 6;

/// Times α (a root of x⁵ + x² + 1) in GF(32).
const fn times_alpha(x: u8) -> u8 {
    let doubled = x << 1;
    if doubled & 32 == 0 { doubled } else { (doubled ^ 0b10_0101) & 31 }
}

/// Σ αⁱ·xᵢ by Horner's rule: the last symbol has weight α⁰ = 1.
fn weigh(symbols: &[u8]) -> u8 {
    symbols.iter().fold(0, |sum, symbol| times_alpha(sum) ^ symbol)
}

/// A code of `length` symbols from random bytes (one for each symbol but the last), as it is typed: `7K3M9QX2`.
///
/// # Panics
/// Never: bytes are reduced, missing ones count as 0.
pub fn make(random: &[u8], length: usize) -> String {
    let mut symbols: Vec<u8> =
        (0..length.saturating_sub(1)).map(|i| random.get(i).copied().unwrap_or(0) & 31).collect();
    // The sum of all but the last moves up by one place when the last is added.
    let check = times_alpha(weigh(&symbols));
    symbols.push(check);
    symbols.iter().map(|symbol| char::from(SYMBOLS[usize::from(*symbol)])).collect()
}

/// A code as it is printed: `7K3M-9QX2`.
pub fn printed(code: &str) -> String {
    let half = code.chars().count().div_ceil(2);
    let (first, second): (String, String) =
        (code.chars().take(half).collect(), code.chars().skip(half).collect());
    if second.is_empty() { first } else { format!("{first}-{second}") }
}

/// What somebody typed, as a code; `None` when it cannot be one (its length, a symbol, or the check).
pub fn read(typed: &str) -> Option<String> {
    let mut symbols = Vec::with_capacity(RECEIPT_LENGTH);
    for c in typed.chars() {
        let c = match c.to_ascii_uppercase() {
            ' ' | '-' | '\u{2010}'..='\u{2015}' | '\u{a0}' | '.' => continue,
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        };
        let at = SYMBOLS.iter().position(|symbol| char::from(*symbol) == c)?;
        symbols.push(u8::try_from(at).ok()?);
        if symbols.len() > RECEIPT_LENGTH {
            return None;
        }
    }
    let is_code = matches!(symbols.len(), RECEIPT_LENGTH | DAILY_LENGTH) && weigh(&symbols) == 0;
    is_code.then(|| symbols.iter().map(|symbol| char::from(SYMBOLS[usize::from(*symbol)])).collect())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn alpha_walks_through_all_of_the_field() {
        let (mut x, mut steps) = (1u8, 0);
        loop {
            x = times_alpha(x);
            steps += 1;
            assert!(x != 0 && steps <= 31);
            if x == 1 {
                break;
            }
        }
        assert_eq!(steps, 31);
    }

    proptest! {
        #[test]
        fn a_printed_code_is_read_however_it_is_typed(random in any::<[u8; 7]>(), daily in any::<bool>()) {
            let code = make(&random, if daily { DAILY_LENGTH } else { RECEIPT_LENGTH });
            prop_assert_eq!(read(&printed(&code)), Some(code.clone()));
            prop_assert_eq!(read(&format!(" {} ", printed(&code).to_lowercase().replace('-', " "))), Some(code.clone()));
            prop_assert_eq!(read(&code.replace('0', "o").replace('1', "l")), Some(code));
        }

        #[test]
        fn every_slip_of_the_thumb_is_found(random in any::<[u8; 7]>(), at in 0usize..8, other in 0u8..32, with in 0usize..8) {
            let code: Vec<u8> = make(&random, RECEIPT_LENGTH).into_bytes();
            let mut wrong = code.clone();
            wrong[at] = SYMBOLS[usize::from(other)];
            prop_assert_eq!(read(std::str::from_utf8(&wrong).expect("ASCII")).is_some(), wrong == code);
            let mut swapped = code.clone();
            swapped.swap(at, with);
            prop_assert_eq!(read(std::str::from_utf8(&swapped).expect("ASCII")).is_some(), swapped == code);
        }

        #[test]
        fn nothing_typed_breaks_it(typed in ".{0,60}") {
            if let Some(code) = read(&typed) {
                prop_assert!(matches!(code.len(), RECEIPT_LENGTH | DAILY_LENGTH));
            }
        }
    }
}
