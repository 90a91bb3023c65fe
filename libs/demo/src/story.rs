//! The everyday: what people say on an ordinary day, and the slow story under it.
//!
//! For each moment: which part of the story it belongs to (`era`), then language, source, stars and words.
//! A whole text is used once; when they run out, sentences are put together; nothing long is ever said twice.

use std::collections::BTreeSet;

use jiff::Timestamp;
use rand::RngExt;
use rand::seq::IndexedRandom;
use rand_chacha::ChaCha8Rng;

use crate::calendar::{self, Moment};
use crate::texts::Library;
use crate::{DemoMention, DemoSource, people, roughen};

/// The wait at the terrace begins to be felt.
const WAIT_FROM_DAYS_AGO: i64 = 730;
/// Someone is hired for the terrace.
pub(crate) const HIRED_DAYS_AGO: i64 = 415;
/// People stop remarking on the change.
const CHANGE_NOTICED_UNTIL_DAYS_AGO: i64 = 190;
/// The menu begins to charge bread and drink apart.
const MENU_BROKEN_DAYS_AGO: i64 = 50;
/// How many say so, at most.
const MENU_COMPLAINTS_MAX: u32 = 13;
/// Above this length a text must not repeat: two people do not write the same two lines.
pub(crate) const REPEATABLE_CHARS_MAX: usize = 60;

/// What was said on ordinary days, in no particular order.
pub(crate) fn everyday(random: &mut ChaCha8Rng, now: Timestamp) -> Vec<DemoMention> {
    let count = random.random_range(840..=900_u32) as usize;
    let moments = calendar::moments(random, now, count);
    let mut teller =
        Teller { random, library: Library::open(), said: BTreeSet::new(), used: BTreeSet::new() };
    let mut all: Vec<DemoMention> = Vec::with_capacity(count + MENU_COMPLAINTS_MAX as usize);
    // Spread by turns, not by luck: every seed must show the broken promise. First, so that its whole texts are left.
    let complaints = teller.random.random_range(9..=MENU_COMPLAINTS_MAX);
    for turn in 0..i64::from(complaints) {
        let days_ago = MENU_BROKEN_DAYS_AGO - turn * (MENU_BROKEN_DAYS_AGO - 5) / i64::from(complaints);
        let moment = calendar::moment_on(teller.random, now, days_ago);
        all.push(teller.tell(moment, "menu"));
    }
    for moment in moments {
        let era = era(teller.random, moment);
        all.push(teller.tell(moment, era));
    }
    all
}

/// Says one thing after another without repeating itself.
struct Teller<'a> {
    random: &'a mut ChaCha8Rng,
    library: Library,
    /// Long texts already said.
    said: BTreeSet<String>,
    /// Whole texts already used, before their slots were filled.
    used: BTreeSet<&'static str>,
}

impl Teller<'_> {
    fn tell(&mut self, moment: Moment, era: &'static str) -> DemoMention {
        let language = language(self.random, moment, era);
        let stars = stars(self.random, era);
        let wanted = source(self.random, language);
        let (source, text) = self.words(wanted, language, stars, era);
        let language = if text.is_empty() { "es" } else { language };
        let person = people::anyone(self.random, &self.library, source, language);
        let title = (source == DemoSource::TripAdvisor)
            .then(|| self.library.titles.pick(self.random, &format!("{language} {stars}")))
            .flatten()
            .map(str::to_owned);
        let review = matches!(source, DemoSource::Google | DemoSource::TripAdvisor);
        DemoMention {
            source,
            external_id: String::new(),
            author: person.name,
            author_reviews: person.reviews,
            author_town: person.town,
            posted_at: moment.at,
            stars: review.then_some(stars),
            title,
            text,
            language,
            reply: None,
            url: None,
        }
    }

    /// The words, and where they end up: what has no words left for Instagram or TripAdvisor goes to Google.
    fn words(
        &mut self,
        wanted: DemoSource,
        language: &'static str,
        stars: u8,
        era: &'static str,
    ) -> (DemoSource, String) {
        match wanted {
            DemoSource::Instagram | DemoSource::ToldInPerson => {
                let place = if wanted == DemoSource::Instagram { "insta" } else { "told" };
                let tone = match stars {
                    4 | 5 => 5,
                    3 => 3,
                    _ => 1,
                };
                let headings =
                    [format!("{language} {tone} {place}-{era}"), format!("{language} {tone} {place}")];
                if let Some(text) = headings.iter().find_map(|heading| self.fresh(Shelf::Social, heading)) {
                    return (wanted, text);
                }
            }
            DemoSource::TripAdvisor => {
                let text = self.long(language, stars, era);
                if !text.is_empty() {
                    return (wanted, text);
                }
            }
            DemoSource::Google | DemoSource::LocalPress => {}
        }
        // The story is told in words more often than it is rated in silence.
        let silent = match era {
            "menu" => 0.0,
            "wait" | "fixed" => 0.12,
            _ => 0.40,
        };
        if self.random.random_bool(silent) {
            return (DemoSource::Google, String::new());
        }
        let text = if era != "menu" && self.random.random_bool(0.27) {
            self.few(language, stars, era)
        } else {
            self.long(language, stars, era)
        };
        let text = roughen::as_typed(self.random, &text, language, stars);
        (DemoSource::Google, text)
    }

    fn few(&mut self, language: &str, stars: u8, era: &'static str) -> String {
        let headings = [format!("{language} {stars} {era}"), format!("{language} {stars}")];
        headings
            .iter()
            .find_map(|heading| self.library.short.pick(self.random, heading))
            .map_or_else(String::new, str::to_owned)
    }

    /// A whole text if one is left, else sentences put together, else a few words.
    fn long(&mut self, language: &str, stars: u8, era: &'static str) -> String {
        let story = format!("{language} {stars} {era}");
        if let Some(text) = self.fresh(Shelf::Full, &story) {
            return text;
        }
        let in_story = matches!(era, "wait" | "menu");
        if !in_story
            && self.random.random_bool(0.5)
            && let Some(text) = self.fresh(Shelf::Full, &format!("{language} {stars}"))
        {
            return text;
        }
        // Retried because two draws may coincide; the last resort is short, and short may repeat.
        for _ in 0..20 {
            let text = self.composed(language, stars, era);
            if text.chars().count() <= REPEATABLE_CHARS_MAX || self.said.insert(text.clone()) {
                if text.is_empty() {
                    break;
                }
                return text;
            }
        }
        self.fresh(Shelf::Full, &format!("{language} {stars}"))
            .unwrap_or_else(|| self.few(language, stars, era))
    }

    /// A text of a shelf that nobody has used yet.
    fn fresh(&mut self, shelf: Shelf, heading: &str) -> Option<String> {
        let book = match shelf {
            Shelf::Full => &self.library.full,
            Shelf::Social => &self.library.social,
        };
        let left: Vec<&'static str> =
            book.lines(heading).iter().copied().filter(|line| !self.used.contains(line)).collect();
        let template = *left.choose(self.random)?;
        self.used.insert(template);
        Some(self.library.fill(self.random, template))
    }

    /// Two to four sentences with the tone of the stars; empty where the language has no sentences.
    fn composed(&mut self, language: &str, stars: u8, era: &'static str) -> String {
        let mut templates: Vec<&'static str> = Vec::new();
        for (tone, about) in plan(self.random, stars, era) {
            let template = self.library.pieces.pick(self.random, &format!("{language} {tone} {about}"));
            templates.extend(template.filter(|template| !templates.contains(template)));
        }
        let sentences: Vec<String> =
            templates.into_iter().map(|template| self.library.fill(self.random, template)).collect();
        sentences.join(" ")
    }
}

/// Where whole texts are taken from.
#[derive(Clone, Copy)]
enum Shelf {
    Full,
    Social,
}

/// What a composed text says, in order: (tone, about).
fn plan(random: &mut ChaCha8Rng, stars: u8, era: &'static str) -> Vec<(u8, &'static str)> {
    const GOOD: [&str; 5] = ["food", "service", "food", "place", "price"];
    const FAULTS: [&str; 4] = ["service", "place", "food", "price"];
    let (mut good, mut fault, mut fault2) = ("food", "service", "price");
    good = GOOD.choose(random).copied().unwrap_or(good);
    fault = FAULTS.choose(random).copied().unwrap_or(fault);
    fault2 = FAULTS.choose(random).copied().unwrap_or(fault2);
    if matches!(era, "wait" | "menu") && stars <= 4 {
        fault = era;
    }
    let mut said = match stars {
        5 => vec![(5, "opening"), (5, "food"), (5, good), (5, "closing")],
        4 => vec![(5, "opening"), (5, good), (3, fault), (5, "closing")],
        3 => vec![(5, "food"), (3, fault), (3, fault2), (3, "closing")],
        2 => vec![(1, fault), (3, fault2), (1, "closing")],
        _ => vec![(1, "opening"), (1, fault), (1, fault2), (1, "closing")],
    };
    // Few people say it all: the opening, the closing or both are often missing.
    if said.len() == 4 && random.random_bool(0.55) {
        said.remove(0);
    }
    if random.random_bool(0.45) {
        said.pop();
    }
    said
}

/// Which part of the story a moment belongs to; empty on an ordinary day.
fn era(random: &mut ChaCha8Rng, moment: Moment) -> &'static str {
    let (ago, date) = (moment.days_ago, moment.date);
    let wait_chance = if ago <= WAIT_FROM_DAYS_AGO && ago > HIRED_DAYS_AGO {
        let progress = (WAIT_FROM_DAYS_AGO - ago) as f64 / (WAIT_FROM_DAYS_AGO - HIRED_DAYS_AGO) as f64;
        0.08 + 0.38 * progress
    } else {
        0.0
    };
    let fixed_chance =
        if ago <= HIRED_DAYS_AGO - 10 && ago > CHANGE_NOTICED_UNTIL_DAYS_AGO { 0.09 } else { 0.0 };
    let chances = [
        ("wait", wait_chance),
        ("fixed", fixed_chance),
        ("fallas", if calendar::is_fallas(date) { 0.4 } else { 0.0 }),
        ("summer", if calendar::is_summer(date) { 0.12 } else { 0.0 }),
        ("christmas", if calendar::is_christmas(date) { 0.2 } else { 0.0 }),
        ("sunday", if calendar::is_sunday(date) { 0.1 } else { 0.0 }),
    ];
    for (era, chance) in chances {
        if random.random_bool(chance) {
            return era;
        }
    }
    ""
}

/// Mostly Spanish; more visitors in summer and in Fallas.
fn language(random: &mut ChaCha8Rng, moment: Moment, era: &str) -> &'static str {
    let visitors = calendar::is_summer(moment.date) || calendar::is_fallas(moment.date);
    let mut weights = if visitors {
        [("es", 66), ("en", 18), ("ca", 6), ("fr", 4), ("it", 3), ("de", 3)]
    } else {
        [("es", 78), ("en", 9), ("ca", 9), ("fr", 2), ("it", 1), ("de", 1)]
    };
    if matches!(era, "wait" | "menu" | "fixed") {
        weights = [("es", 85), ("en", 9), ("ca", 6), ("fr", 0), ("it", 0), ("de", 0)];
    }
    weighted(random, &weights, "es")
}

fn source(random: &mut ChaCha8Rng, language: &str) -> DemoSource {
    use DemoSource::{Google, Instagram, ToldInPerson, TripAdvisor};
    let weights = match language {
        "es" => [(Google, 80), (TripAdvisor, 10), (Instagram, 6), (ToldInPerson, 4)],
        "ca" => [(Google, 92), (TripAdvisor, 6), (Instagram, 2), (ToldInPerson, 0)],
        _ => [(Google, 62), (TripAdvisor, 38), (Instagram, 0), (ToldInPerson, 0)],
    };
    weighted(random, &weights, Google)
}

/// A J: most are five, few are in the middle, a small heap of ones. The story bends it.
fn stars(random: &mut ChaCha8Rng, era: &str) -> u8 {
    let weights = match era {
        "wait" => [(5, 0), (4, 12), (3, 32), (2, 32), (1, 24)],
        "menu" => [(5, 0), (4, 0), (3, 28), (2, 40), (1, 32)],
        "fixed" => [(5, 72), (4, 28), (3, 0), (2, 0), (1, 0)],
        _ => [(5, 714), (4, 180), (3, 56), (2, 25), (1, 35)],
    };
    weighted(random, &weights, 5)
}

/// One of the values, as likely as its weight.
fn weighted<T: Copy>(random: &mut ChaCha8Rng, weights: &[(T, u32)], otherwise: T) -> T {
    let total: u32 = weights.iter().map(|(_, weight)| weight).sum();
    let mut target = random.random_range(0..total.max(1));
    for (value, weight) in weights {
        if target < *weight {
            return *value;
        }
        target -= weight;
    }
    otherwise
}
