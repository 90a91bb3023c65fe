//! Stars as notices show them: as signs, as pictures' words, as words.

use crate::item::Rating;

const FULL: [char; 5] = ['★', '⭐', '🌟', '●', '⬤'];
const HOLLOW: [char; 5] = ['☆', '○', '✩', '✰', '⚪'];
/// What may stand between the signs.
const BETWEEN: [char; 3] = ['\u{fe0f}', ' ', '\u{a0}'];

/// Words for the unit.
const UNITS: [&str; 8] =
    ["estrella", "estrellas", "star", "stars", "burbuja", "burbujas", "bubble", "bubbles"];
/// Words between a grade and its scale.
const OF: [&str; 5] = ["de", "of", "sobre", "out", "/"];
/// Words before a grade without a scale.
const LABELS: [&str; 8] =
    ["puntuación", "puntuacion", "valoración", "valoracion", "nota", "score", "rating", "rated"];
/// Words for numbers.
const NUMBERS: [(&str, f64); 12] = [
    ("una", 1.0),
    ("un", 1.0),
    ("one", 1.0),
    ("dos", 2.0),
    ("two", 2.0),
    ("tres", 3.0),
    ("three", 3.0),
    ("cuatro", 4.0),
    ("four", 4.0),
    ("cinco", 5.0),
    ("five", 5.0),
    ("cero", 0.0),
];

/// Longest line that can be a line of stars, characters: in a longer one somebody tells of stars.
const LINE_MAX: usize = 80;
/// Longest line in which a grade needs no unit.
const BARE_MAX: usize = 25;

/// The grade in a line, on a scale of `best` where the line does not say.
pub(super) fn read(line: &str, best: f64) -> Option<Rating> {
    let length = line.chars().count();
    if length > LINE_MAX {
        return None;
    }
    signs(line).or_else(|| words(line, best, length <= BARE_MAX))
}

/// Five signs, full or hollow; or a line of nothing else.
fn signs(line: &str) -> Option<Rating> {
    let full = line.chars().filter(|c| FULL.contains(c)).count();
    let all = full + line.chars().filter(|c| HOLLOW.contains(c)).count();
    let nothing_else = line.chars().all(|c| FULL.contains(&c) || HOLLOW.contains(&c) || BETWEEN.contains(&c));
    let is_scale = all == 5 || (nothing_else && (1..=5).contains(&all));
    (is_scale && full > 0).then_some(Rating { value: full as f64, best: 5.0 })
}

fn words(line: &str, best: f64, is_bare: bool) -> Option<Rating> {
    let spaced = line.to_lowercase().replace('/', " / ");
    let tokens: Vec<&str> = spaced
        .split(|c: char| c.is_whitespace() || matches!(c, '-' | '(' | ')' | ':' | '"' | '“' | '”' | '!'))
        .map(|token| token.trim_matches(['.', ',']))
        .filter(|token| !token.is_empty())
        .collect();
    for (at, token) in tokens.iter().enumerate() {
        let Some(value) = number(token) else { continue };
        let after = |skip: usize| tokens.get(at + skip).copied().unwrap_or_default();
        if UNITS.contains(&after(1)) {
            return graded(value, 5.0);
        }
        // "4 de 5 estrellas", "4 out of 5", "8,5/10"; not the day in "3/10/2025".
        let scale_at = if after(1) == "out" && after(2) == "of" { 3 } else { 2 };
        if OF.contains(&after(1))
            && let Some(scale) = number(after(scale_at)).filter(|scale| [5.0, 10.0].contains(scale))
            && after(scale_at + 1) != "/"
        {
            let labelled = at > 0 && tokens.get(at - 1).is_some_and(|before| LABELS.contains(before));
            if is_bare || labelled || UNITS.contains(&after(scale_at + 1)) {
                return graded(value, scale);
            }
        }
        let labelled = tokens.get(..at).unwrap_or_default().iter().any(|before| LABELS.contains(before));
        if is_bare && labelled && at + 1 == tokens.len() {
            return graded(value, best);
        }
    }
    None
}

fn number(token: &str) -> Option<f64> {
    if let Some((_, value)) = NUMBERS.iter().find(|(word, _)| *word == token) {
        return Some(*value);
    }
    let plain = token.len() <= 4
        && token.starts_with(|c: char| c.is_ascii_digit())
        && token.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ','));
    if plain { token.replace(',', ".").parse().ok() } else { None }
}

fn graded(value: f64, best: f64) -> Option<Rating> {
    let rating = Rating { value, best };
    (value > 0.0 && rating.stars().is_some()).then_some(rating)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn stars_are_read_as_signs_and_words() {
        for (line, best, value, of) in [
            ("★★★★☆", 5.0, 4.0, 5.0),
            ("★ ★ ☆ ☆ ☆", 5.0, 2.0, 5.0),
            ("⭐⭐⭐", 5.0, 3.0, 5.0),
            ("Marta ★★★★★", 5.0, 5.0, 5.0),
            ("Calificación: 4 de 5 estrellas", 5.0, 4.0, 5.0),
            ("New 1-star review from Ana", 5.0, 1.0, 5.0),
            ("Nueva reseña de 2 estrellas de Ana", 5.0, 2.0, 5.0),
            ("Rated 4 out of 5 stars", 5.0, 4.0, 5.0),
            ("one star", 5.0, 1.0, 5.0),
            ("8,5/10", 10.0, 8.5, 10.0),
            ("Puntuación: 8,0", 10.0, 8.0, 10.0),
            ("Score: 9.2", 10.0, 9.2, 10.0),
            ("4 de 5 burbujas", 5.0, 4.0, 5.0),
        ] {
            assert_eq!(read(line, best), Some(Rating { value, best: of }), "{line}");
        }
    }

    #[test]
    fn what_only_looks_like_stars_is_none() {
        for line in [
            "⭐ Consigue más reseñas",
            "3/10/2025",
            "Éramos 4 de 5 amigos en la mesa del fondo",
            "Un bar con 50 estrellas en el techo que no se ven",
            "Mesa 4",
            "",
            "6 de 5 estrellas",
            "0 estrellas",
            "Llegamos a las 9",
        ] {
            assert_eq!(read(line, 5.0), None, "{line}");
        }
    }

    proptest! {
        #[test]
        fn any_line_is_stars_or_not_but_never_a_panic(line in "[★☆⭐0-9,./ a-z-]{0,60}|.{0,60}") {
            if let Some(rating) = read(&line, 5.0) {
                prop_assert!(rating.stars().is_some());
            }
        }
    }
}
