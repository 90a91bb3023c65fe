//! How people type on a telephone: accents missing, no capitals, abbreviations, a slip, an emoji.

use rand::RngExt;
use rand::seq::IndexedRandom;
use rand_chacha::ChaCha8Rng;

/// What people shorten in Spanish, as they write it.
const SHORT_FORMS: [(&str, &str); 6] = [
    (" que ", " q "),
    (" porque ", " xq "),
    ("también", "tb"),
    (" por ", " x "),
    ("muy ", "mui "),
    ("Volveremos", "Bolveremos"),
];

/// The text as somebody in a hurry would have typed it; most people type well enough to be left alone.
pub(crate) fn as_typed(random: &mut ChaCha8Rng, text: &str, language: &str, stars: u8) -> String {
    let mut typed = text.to_owned();
    if typed.is_empty() {
        return typed;
    }
    let own = matches!(language, "es" | "ca");
    if own && random.random_bool(0.16) {
        typed = typed.chars().filter(|c| !matches!(c, '¿' | '¡')).map(without_accent).collect();
    }
    if own && random.random_bool(0.05) {
        for (long, short) in SHORT_FORMS {
            typed = typed.replace(long, short);
        }
    }
    if random.random_bool(0.06) {
        typed = with_a_slip(random, &typed);
    }
    if random.random_bool(0.11) {
        typed = typed.trim_end_matches('.').to_lowercase();
    }
    if random.random_bool(0.05) {
        typed = format!("{}{}", typed.trim_end_matches('.'), if stars >= 4 { "!!!" } else { "..." });
    }
    if random.random_bool(0.12) {
        typed = format!("{typed} {}", emoji(random, stars));
    }
    typed
}

fn without_accent(letter: char) -> char {
    match letter {
        'á' | 'à' => 'a',
        'é' | 'è' => 'e',
        'í' => 'i',
        'ó' | 'ò' => 'o',
        'ú' | 'ü' => 'u',
        'Á' => 'A',
        'É' => 'E',
        'Í' => 'I',
        'Ó' => 'O',
        'Ú' => 'U',
        other => other,
    }
}

/// Two neighbouring letters of one long word change places.
fn with_a_slip(random: &mut ChaCha8Rng, text: &str) -> String {
    let mut words: Vec<String> = text.split(' ').map(str::to_owned).collect();
    let long: Vec<usize> = words
        .iter()
        .enumerate()
        .filter(|(_, word)| word.chars().count() >= 6 && word.chars().all(char::is_alphabetic))
        .map(|(index, _)| index)
        .collect();
    if let Some(word) = long.choose(random).and_then(|index| words.get_mut(*index)) {
        let mut letters: Vec<char> = word.chars().collect();
        let place = random.random_range(1..letters.len() as u32 - 2) as usize;
        letters.swap(place, place + 1);
        *word = letters.into_iter().collect();
    }
    words.join(" ")
}

fn emoji(random: &mut ChaCha8Rng, stars: u8) -> &'static str {
    const GOOD: [&str; 8] = ["😋", "👏👏", "❤️", "🔝", "😍", "👌", "🙌", "🍻"];
    const SO_SO: [&str; 3] = ["🤷‍♀️", "😐", "🙄"];
    const BAD: [&str; 4] = ["😡", "👎", "🤦", "😤"];
    let drawer: &[&str] = match stars {
        4 | 5 => &GOOD,
        3 => &SO_SO,
        _ => &BAD,
    };
    drawer.choose(random).copied().unwrap_or("👌")
}
