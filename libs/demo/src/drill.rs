//! The campaign of a drill: a few voices about something that never happened, for any business or any person. A message
//! that goes round with small rewording, and people in their own words, by turns.

use std::collections::BTreeSet;

use rand::seq::SliceRandom;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::people;
use crate::texts::{Book, Library};

/// One voice of a drill.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrillVoice {
    /// The name shown; invented, and nobody's twice.
    pub author: String,
    /// The words.
    pub text: String,
    /// One or two.
    pub stars: u8,
}

/// So many voices, the same for the same seed. `language` is `es` or `en` (anything else is `es`); `person` says that they
/// speak of somebody and not of a business; some name `town`, where there is one.
pub fn drill_voices(seed: u64, language: &str, person: bool, town: &str, most: usize) -> Vec<DrillVoice> {
    let book = Book::read(include_str!("../texts/drill.txt"));
    let library = Library::open();
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let language = if language == "en" { "en" } else { "es" };
    let whom = if person { "person" } else { "business" };
    let mut own: Vec<&str> = book.lines(&format!("{language} {whom} angry")).to_vec();
    own.shuffle(&mut random);
    let (copy, from) = (format!("{language} {whom} copy"), format!("{language} town"));
    let (mut names, mut said) = (BTreeSet::new(), BTreeSet::new());
    (0..most)
        .map(|turn| {
            // Three of five repeat the message: what goes round is louder than what people think.
            let in_own_words = if matches!(turn % 5, 1 | 4) { own.pop() } else { None };
            let mut text = in_own_words
                .map_or_else(|| reworded(&mut random, &library, &book, &copy, &mut said), str::to_owned);
            let from = book.pick(&mut random, &from).filter(|_| !town.is_empty() && turn % 2 == 0);
            if let Some(from) = from {
                text = format!("{text} {}", from.replace('@', town));
            }
            let stars = if turn % 4 == 3 { 2 } else { 1 };
            DrillVoice { author: unused(&mut random, &library, language, &mut names), text, stars }
        })
        .collect()
}

/// The message in words nobody has used yet, while there are any.
fn reworded(
    random: &mut ChaCha8Rng,
    library: &Library,
    book: &Book,
    heading: &str,
    said: &mut BTreeSet<String>,
) -> String {
    let template = book.pick(random, heading).unwrap_or_default();
    let mut text = library.fill(random, template);
    for _ in 0..20 {
        if said.insert(text.clone()) {
            break;
        }
        text = library.fill(random, template);
    }
    text
}

/// A name nobody of the drill has; a number makes one where names run out.
fn unused(
    random: &mut ChaCha8Rng,
    library: &Library,
    language: &str,
    names: &mut BTreeSet<String>,
) -> String {
    for _ in 0..20 {
        let name = people::name(random, library, language);
        if names.insert(name.clone()) {
            return name;
        }
    }
    let name =
        format!("{} {}", people::name(random, library, language), random.random_range(1_000..10_000_u32));
    names.insert(name.clone());
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_voices_and_nobody_speaks_twice() {
        for (language, person) in [("es", false), ("es", true), ("en", false), ("en", true)] {
            let voices = drill_voices(5, language, person, "Sueca", 40);
            assert_eq!(voices, drill_voices(5, language, person, "Sueca", 40));
            let names: BTreeSet<&str> = voices.iter().map(|voice| voice.author.as_str()).collect();
            assert_eq!((voices.len(), names.len()), (40, 40), "{language}");
            assert!(
                voices.iter().all(|v| !v.text.is_empty() && !v.text.contains(['{', '}', '@', '|'])),
                "{voices:?}"
            );
            assert!(voices.iter().all(|v| v.stars <= 2) && voices.iter().any(|v| v.text.contains("Sueca")));
            let texts: BTreeSet<&str> = voices.iter().take(20).map(|voice| voice.text.as_str()).collect();
            assert_eq!(texts.len(), 20, "the message is reworded");
        }
        assert!(drill_voices(5, "es", false, "", 9).iter().all(|voice| !voice.text.contains("  ")));
        assert!(drill_voices(6, "es", false, "Sueca", 9) != drill_voices(5, "es", false, "Sueca", 9));
    }
}
