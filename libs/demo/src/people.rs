//! Who writes: invented names, how much they have written and where they say they live.

use rand::RngExt;
use rand_chacha::ChaCha8Rng;

use crate::DemoSource;
use crate::texts::Library;

/// An invented author.
pub(crate) struct Person {
    pub(crate) name: String,
    pub(crate) reviews: Option<u32>,
    pub(crate) town: Option<String>,
}

/// Someone who writes in `language` on `source`.
pub(crate) fn anyone(
    random: &mut ChaCha8Rng,
    library: &Library,
    source: DemoSource,
    language: &str,
) -> Person {
    let name = match source {
        DemoSource::Instagram => {
            library.people.pick(random, "handle").map_or_else(|| "vecina.del.mar".to_owned(), str::to_owned)
        }
        DemoSource::ToldInPerson => "Dicho en el bar".to_owned(),
        DemoSource::Google | DemoSource::TripAdvisor | DemoSource::LocalPress => {
            name(random, library, language)
        }
    };
    let reviewer = matches!(source, DemoSource::Google | DemoSource::TripAdvisor);
    let reviews = reviewer.then(|| reviews_written(random));
    let town = (reviewer && matches!(language, "es" | "ca") && random.random_bool(0.35))
        .then(|| library.people.pick(random, "town").map(str::to_owned))
        .flatten();
    Person { name, reviews, town }
}

/// A first name with a surname, an initial or nothing, as people sign.
pub(crate) fn name(random: &mut ChaCha8Rng, library: &Library, language: &str) -> String {
    let language = if language == "ca" { "es" } else { language };
    let first = library.people.pick(random, &format!("first-{language}")).unwrap_or("Ana");
    let last = library.people.pick(random, &format!("last-{language}")).unwrap_or("G");
    let initial = last.chars().next().unwrap_or('G');
    match random.random_range(0..10_u32) {
        0..=4 => format!("{first} {last}"),
        5..=6 => format!("{first} {initial}."),
        7 => first.to_owned(),
        8 => format!("{} {}", first.to_lowercase(), last.to_lowercase()),
        _ => format!("{first} {initial}"),
    }
}

/// Many have written a few, a few have written many; about one in eight is new.
fn reviews_written(random: &mut ChaCha8Rng) -> u32 {
    let luck: f64 = random.random();
    // exp(5 u): from 1 to about 148, most of them below 15.
    (5.0 * luck).exp().floor().max(1.0) as u32
}
