//! The owner's replies: which mentions get one, when, and with what words.
//!
//! At first he answers the good ones; when the terrace goes wrong he learns to answer the bad ones too; lately several
//! bad ones wait, and the campaign has no answer yet. Only reviews are answered: the rest has no reply box here.

use jiff::{SignedDuration, Timestamp};
use rand::RngExt;
use rand_chacha::ChaCha8Rng;

use crate::calendar::awake;
use crate::texts::Library;
use crate::{DemoMention, DemoReply, campaign};

/// What a mention talks about, by the words that give it away; the first that matches.
const ABOUT: [(&str, &[&str]); 10] = [
    ("menu", &["todo incluido", "tot inclòs", "all inclu", "everything included", "menú anunciado", "board"]),
    ("fixed", &["contratado", "reforzar", "chica nueva", "qué cambio", "han escuchado", "ahora vienen"]),
    (
        "wait",
        &[
            "espera",
            "esperando",
            "tardan",
            "minutos",
            "minutes",
            "wait",
            "una hora",
            "falta gente",
            "falta personal",
            "falta una",
            "muy lento",
            "se tarda",
        ],
    ),
    ("noise", &["ruido", "gritos", "música", "eco", "noisy", "loud"]),
    ("toilets", &["baño", "toilet"]),
    ("booking", &["reserv"]),
    ("price", &["caro", "cobr", "subido", "charged"]),
    ("sunday", &["paella", "socarrat"]),
    (
        "service",
        &[
            "camarer",
            "trato",
            "servicio",
            "equipo",
            "atent",
            "amab",
            "simpátic",
            "majos",
            "waiter",
            "staff",
            "people",
        ],
    ),
    (
        "food",
        &[
            "tortilla",
            "bravas",
            "esgarraet",
            "clóchinas",
            "croquetas",
            "sardinas",
            "titaina",
            "comida",
            "cocina",
            "ensaladilla",
            "arroz",
            "food",
            "mussels",
            "tapas",
            "producto",
            "sepia",
            "bocadillo",
            "calamares",
        ],
    ),
];

/// Gives the mentions their replies.
pub(crate) fn answer(random: &mut ChaCha8Rng, all: &mut [DemoMention], now: Timestamp) {
    let library = Library::open();
    for mention in all {
        let Some(stars) = mention.stars else { continue };
        if !random.random_bool(chance(mention, stars, now)) {
            continue;
        }
        // Hours to days; the square makes most of them quick.
        let luck: f64 = random.random();
        let delay = SignedDuration::from_mins(90 + (luck * luck * 6.0 * 24.0 * 60.0) as i64);
        let at = awake(mention.posted_at + delay).max(mention.posted_at + SignedDuration::from_mins(45));
        if at <= now {
            let text = words(random, &library, mention, stars);
            mention.reply = text.map(|text| DemoReply { text, at });
        }
    }
}

/// How likely a reply is.
fn chance(mention: &DemoMention, stars: u8, now: Timestamp) -> f64 {
    let days_ago = now.duration_since(mention.posted_at).as_hours() / 24;
    let good = stars >= 4;
    if mention.posted_at >= campaign::start(now) {
        return if good { 0.15 } else { 0.0 };
    }
    let base = match (days_ago, good) {
        (..=45, true) => 0.60,
        (..=45, false) => 0.12,
        (46..=415, true) => 0.73,
        (46..=730, _) => 0.67,
        (_, true) => 0.82,
        (_, false) => 0.22,
    };
    if mention.text.is_empty() { base * 0.7 } else { base }
}

fn words(random: &mut ChaCha8Rng, library: &Library, mention: &DemoMention, stars: u8) -> Option<String> {
    let language = mention.language;
    let subject = about(&mention.text);
    let fault = matches!(subject, "noise" | "toilets" | "wait" | "price" | "menu" | "booking");
    let tone = match stars {
        5 => 5,
        4 if !fault => 5,
        3 | 4 => 3,
        _ => 1,
    };
    let brief = library.answers.pick(random, &format!("{language} {tone} short"));
    let opening = library.answers.pick(random, &format!("{language} {tone} opening"));
    let long = mention.text.chars().count() > 25 && random.random_bool(0.85);
    let (Some(opening), true) = (opening, long) else {
        return brief.map(str::to_owned);
    };
    let middle = library
        .answers
        .pick(random, &format!("{language} {tone} {subject}"))
        .or_else(|| library.answers.pick(random, &format!("{language} {tone} general")))?;
    let closing = library.answers.pick(random, &format!("{language} {tone} closing"))?;
    Some([opening, middle, closing].map(|template| library.fill(random, template)).join(" "))
}

/// What a text talks about; something general when no word gives it away.
fn about(text: &str) -> &'static str {
    let text = text.to_lowercase();
    ABOUT
        .iter()
        .find(|(_, words)| words.iter().any(|word| text.contains(word)))
        .map_or("general", |(about, _)| about)
}
