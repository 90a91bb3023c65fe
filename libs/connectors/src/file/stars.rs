//! Stars as people and exports write them: `5`, `4,5`, `4.5/5`, `★★★★☆`, `FIVE`, `5 estrellas`, `8,2`, `80 %`.

use crate::item::Rating;

/// What a cell of stars says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Stars {
    /// A grade.
    Given(Rating),
    /// Nothing: empty, "n/a", unspecified.
    Absent,
    /// Something that is not stars, or outside the scale.
    Bad,
}

const FULL: [char; 5] = ['★', '⭐', '🌟', '●', '⬤'];
const HOLLOW: [char; 4] = ['☆', '○', '✩', '✰'];
/// Decoration emoji carry after themselves.
const VARIATION: char = '\u{FE0F}';

const WORDS: [(&str, f64); 18] = [
    ("one", 1.0),
    ("two", 2.0),
    ("three", 3.0),
    ("four", 4.0),
    ("five", 5.0),
    ("una", 1.0),
    ("uno", 1.0),
    ("dos", 2.0),
    ("tres", 3.0),
    ("cuatro", 4.0),
    ("cinco", 5.0),
    ("um", 1.0),
    ("uma", 1.0),
    ("quatro", 4.0),
    ("quatre", 4.0),
    ("cinq", 5.0),
    ("cinque", 5.0),
    ("cinc", 5.0),
];
/// Words that say only that the number beside them is stars.
const UNITS: [&str; 20] = [
    "estrella",
    "estrellas",
    "estrela",
    "estrelas",
    "star",
    "stars",
    "stelle",
    "stella",
    "étoile",
    "étoiles",
    "estel",
    "estels",
    "estrelles",
    "punto",
    "puntos",
    "points",
    "rated",
    "rating",
    "puntuación",
    "valoración",
];
/// Words between a grade and its scale.
const OF: [&str; 10] = ["de", "of", "out", "sobre", "sur", "su", "em", "von", "un", "total"];
const ABSENT: [&str; 10] =
    ["-", "–", "—", "n/a", "na", "null", "none", "nan", "sin valorar", "star_rating_unspecified"];

/// Reads a cell of stars, on a scale of `best` unless the cell says otherwise.
pub(super) fn parse(cell: &str, best: f64) -> Stars {
    // One ASCII digit is nearly every cell of nearly every file.
    if let [digit @ b'1'..=b'9'] = cell.as_bytes() {
        return graded(f64::from(digit - b'0'), best);
    }
    let cell = cell.trim();
    if cell.is_empty() {
        return Stars::Absent;
    }
    if cell.len() > 64 {
        return Stars::Bad;
    }
    if let Some(rating) = symbols(cell) {
        return rating;
    }
    let lower = cell.to_lowercase();
    if ABSENT.contains(&lower.as_str()) {
        return Stars::Absent;
    }
    words(&lower, best)
}

/// A run of star symbols, and nothing else but blanks.
fn symbols(cell: &str) -> Option<Stars> {
    let (mut full, mut hollow, mut half) = (0_u32, 0_u32, 0_u32);
    for c in cell.chars() {
        if FULL.contains(&c) {
            full += 1;
        } else if HOLLOW.contains(&c) {
            hollow += 1;
        } else if c == '½' {
            half += 1;
        } else if c != VARIATION && !c.is_whitespace() {
            return None;
        }
    }
    if full + hollow == 0 || half > 1 {
        return None;
    }
    let scale = if full + hollow + half > 5 { 10.0 } else { 5.0 };
    Some(graded(f64::from(full) + f64::from(half) / 2.0, scale))
}

fn words(lower: &str, best: f64) -> Stars {
    let mut numbers = [0.0; 2];
    let mut found = 0;
    let mut percent = false;
    for token in
        lower.split(|c: char| c.is_whitespace() || matches!(c, '/' | '(' | ')' | ':' | '★' | '⭐' | '_'))
    {
        let (token, sign) = token.strip_suffix('%').map_or((token, false), |rest| (rest, true));
        percent |= sign;
        if token.is_empty() || token == "\u{FE0F}" || UNITS.contains(&token) || OF.contains(&token) {
            continue;
        }
        let word = WORDS.iter().find(|(word, _)| *word == token).map(|(_, value)| *value);
        let Some(number) = word.or_else(|| number(token)) else { return Stars::Bad };
        if found == numbers.len() {
            return Stars::Bad;
        }
        numbers[found] = number;
        found += 1;
    }
    match (found, percent) {
        (1, true) => graded(numbers[0], 100.0),
        (1, false) => graded(numbers[0], best),
        (2, false) => graded(numbers[0], numbers[1]),
        _ => Stars::Bad,
    }
}

/// A plain decimal number, with a comma or a point. No exponents, no infinities.
pub(super) fn number(token: &str) -> Option<f64> {
    let plain = token.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b','));
    if !plain || token.len() > 12 || token.bytes().filter(|b| !b.is_ascii_digit()).count() > 1 {
        return None;
    }
    if token.contains(',') { token.replace(',', ".").parse().ok() } else { token.parse().ok() }
}

/// Zero on a five-star scale is how exports write "no stars given"; on longer scales it is the worst grade.
fn graded(value: f64, best: f64) -> Stars {
    let rating = Rating { value, best };
    if value == 0.0 && best <= 5.0 {
        return Stars::Absent;
    }
    if best >= 2.0 && rating.stars().is_some() { Stars::Given(rating) } else { Stars::Bad }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn stars_are_read_in_every_spelling() {
        for (cell, value, best) in [
            ("5", 5.0, 5.0),
            (" 4,5 ", 4.5, 5.0),
            ("4.5/5", 4.5, 5.0),
            ("4 de 5", 4.0, 5.0),
            ("Rated 4 out of 5", 4.0, 5.0),
            ("★★★★☆", 4.0, 5.0),
            ("⭐⭐⭐", 3.0, 5.0),
            ("⭐️⭐️", 2.0, 5.0),
            ("★★★½", 3.5, 5.0),
            ("★★★★★★★★☆☆", 8.0, 10.0),
            ("FIVE", 5.0, 5.0),
            ("5 estrellas", 5.0, 5.0),
            ("una estrella", 1.0, 5.0),
            ("5 ★", 5.0, 5.0),
            ("8/10", 8.0, 10.0),
            ("80 %", 80.0, 100.0),
            ("80%", 80.0, 100.0),
            ("1.0", 1.0, 5.0),
        ] {
            assert_eq!(parse(cell, 5.0), Stars::Given(Rating { value, best }), "{cell}");
        }
        assert_eq!(parse("8,2", 10.0), Stars::Given(Rating { value: 8.2, best: 10.0 }));
    }

    #[test]
    fn what_is_no_grade_is_told_from_a_wrong_one() {
        for cell in ["", "  ", "0", "n/a", "-", "STAR_RATING_UNSPECIFIED", "null"] {
            assert_eq!(parse(cell, 5.0), Stars::Absent, "{cell}");
        }
        for cell in ["6", "-1", "1e999", "inf", "bueno", "1 2 3", "5/0", "99999999999999", "150 %", "1,2,3"] {
            assert_eq!(parse(cell, 5.0), Stars::Bad, "{cell}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_stars_or_not_but_never_a_panic(cell in ".{0,40}", best in 1.0..100.0_f64) {
            if let Stars::Given(rating) = parse(&cell, best) {
                prop_assert!(rating.stars().is_some());
            }
        }
    }
}
