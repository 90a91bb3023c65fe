//! A reading as `timon read` writes it. Places in the text are counted in characters, as most languages count them, and
//! not in bytes.

use std::error::Error;

use nlp::{Explanation, Label, Reader, Reading, Span};
use serde::Serialize;
use serde_json::Value;

use super::Asked;

/// One answer, in the order of its fields.
#[derive(Serialize)]
pub struct Answer<'a> {
    id: Option<&'a Value>,
    lang: &'static str,
    sentiment: Sentiment,
    aspects: Vec<Spoken<'a>>,
    cause: Option<Cause>,
    intents: Vec<&'static str>,
    places: Vec<Place<'a>>,
    standing: &'static str,
    personal: Vec<Personal<'a>>,
    fingerprint: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    watched: Option<Vec<Watched<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<Why<'a>>,
}

#[derive(Serialize)]
struct Probabilities {
    negative: f32,
    neutral: f32,
    positive: f32,
}

impl Probabilities {
    const fn new([negative, neutral, positive]: [f32; 3]) -> Self {
        Self { negative, neutral, positive }
    }
}

#[derive(Serialize)]
struct Sentiment {
    label: &'static str,
    p: Probabilities,
    against_stars: bool,
}

impl Sentiment {
    const fn new(read: &nlp::Sentiment) -> Self {
        Self {
            label: read.label.as_str(),
            p: Probabilities::new(read.probabilities),
            against_stars: read.against_stars,
        }
    }
}

#[derive(Serialize)]
struct Spoken<'a> {
    aspect: &'static str,
    category: &'static str,
    label: &'static str,
    p: Probabilities,
    #[serde(flatten)]
    at: At<'a>,
}

#[derive(Serialize)]
struct CauseProbabilities {
    broken_promise: f32,
    bad_product: f32,
    bad_service: f32,
    other: f32,
}

#[derive(Serialize)]
struct Cause {
    label: &'static str,
    p: CauseProbabilities,
}

#[derive(Serialize)]
struct Place<'a> {
    name: &'static str,
    kind: &'static str,
    country: &'static str,
    region: &'static str,
    ambiguous: bool,
    #[serde(flatten)]
    at: At<'a>,
}

#[derive(Serialize)]
struct Personal<'a> {
    kind: &'static str,
    #[serde(flatten)]
    at: At<'a>,
}

#[derive(Serialize)]
struct Watched<'a> {
    name: &'a str,
    #[serde(flatten)]
    at: At<'a>,
}

/// Why the reading is as it is.
#[derive(Serialize)]
struct Why<'a> {
    words: Vec<Weighed<'a>>,
    turned: Vec<Turned<'a>>,
    stars: Option<StarsEffect>,
    cause: Vec<Cue<'a>>,
    intents: Vec<Cue<'a>>,
}

#[derive(Serialize)]
struct Weighed<'a> {
    weight: f32,
    #[serde(flatten)]
    at: At<'a>,
}

#[derive(Serialize)]
struct Turned<'a> {
    negation: At<'a>,
    word: At<'a>,
}

#[derive(Serialize)]
struct StarsEffect {
    stars: u8,
    text_alone: Sentiment,
}

#[derive(Serialize)]
struct Cue<'a> {
    of: &'static str,
    #[serde(flatten)]
    at: At<'a>,
}

/// Where in the text, in characters, and the words there.
#[derive(Serialize)]
struct At<'a> {
    start: usize,
    end: usize,
    text: &'a str,
}

/// Turns places in bytes into places in characters.
struct Places<'a> {
    text: &'a str,
    /// The character at each byte; none where every character is one byte.
    characters: Vec<u32>,
}

impl<'a> Places<'a> {
    fn new(text: &'a str) -> Self {
        let mut characters = Vec::new();
        if !text.is_ascii() {
            let mut before = 0;
            characters.reserve(text.len() + 1);
            for character in text.chars() {
                characters.extend(std::iter::repeat_n(before, character.len_utf8()));
                before += 1;
            }
            characters.push(before);
        }
        Self { text, characters }
    }

    fn at(&self, span: Span) -> At<'a> {
        let place = |byte: u32| self.characters.get(byte as usize).map_or(byte as usize, |at| *at as usize);
        At { start: place(span.start), end: place(span.end), text: span.of(self.text) }
    }
}

/// Reads one text and writes down all of it.
pub fn answer<'a>(
    asked: &Asked<'a>,
    reader: &mut Reader,
    id: Option<&'a Value>,
    text: &'a str,
    stars: Option<u8>,
) -> Result<Answer<'a>, Box<dyn Error + Send + Sync>> {
    let mut reading = reader.read(asked.model, text, asked.head, stars);
    if let Some(second) = asked.second {
        reading.sentiment = second.ask(text, asked.head, reading.sentiment)?;
    }
    let places = Places::new(text);
    let watched = asked.names.map(|names| {
        let mut hits = Vec::new();
        reader.watch(&names.terms, text, &mut hits);
        let name = |id: i64| {
            usize::try_from(id)
                .ok()
                .and_then(|at| names.names.get(at))
                .map(String::as_str)
                .unwrap_or_default()
        };
        hits.iter().map(|hit| Watched { name: name(hit.id), at: places.at(hit.span) }).collect()
    });
    let why = asked.explain.then(|| why(&reader.explain(asked.model, text, asked.head, stars), &places));
    Ok(Answer { watched, why, ..told(id, &reading, &places) })
}

fn why<'a>(why: &Explanation, places: &Places<'a>) -> Why<'a> {
    Why {
        words: why.words.iter().map(|w| Weighed { weight: w.weight, at: places.at(w.span) }).collect(),
        turned: why
            .turned
            .iter()
            .map(|t| Turned { negation: places.at(t.negation), word: places.at(t.word) })
            .collect(),
        stars: why.stars.map(|s| StarsEffect { stars: s.stars, text_alone: Sentiment::new(&s.text_alone) }),
        cause: why.cause.iter().map(|c| Cue { of: c.cause.as_str(), at: places.at(c.span) }).collect(),
        intents: why.intents.iter().map(|i| Cue { of: i.intent.as_str(), at: places.at(i.span) }).collect(),
    }
}

fn told<'a>(id: Option<&'a Value>, reading: &Reading, places: &Places<'a>) -> Answer<'a> {
    Answer {
        id,
        lang: reading.language.code(),
        sentiment: Sentiment::new(&reading.sentiment),
        aspects: reading
            .aspects
            .iter()
            .map(|a| Spoken {
                aspect: a.aspect.as_str(),
                category: a.category.as_str(),
                label: a.label.as_str(),
                p: Probabilities::new(a.probabilities),
                at: places.at(a.span),
            })
            .collect(),
        cause: reading.cause.map(|c| {
            let [broken_promise, bad_product, bad_service, other] = c.probabilities;
            Cause {
                label: c.cause.map_or(Label::Unsure.as_str(), nlp::Cause::as_str),
                p: CauseProbabilities { broken_promise, bad_product, bad_service, other },
            }
        }),
        intents: reading.intents.iter().map(nlp::Intent::as_str).collect(),
        places: reading
            .places
            .iter()
            .map(|p| Place {
                name: p.name,
                kind: p.kind.as_str(),
                country: p.country,
                region: p.region,
                ambiguous: p.ambiguous,
                at: places.at(p.span),
            })
            .collect(),
        standing: reading.standing.as_str(),
        personal: reading
            .personal
            .iter()
            .map(|p| Personal { kind: p.kind.as_str(), at: places.at(p.span) })
            .collect(),
        fingerprint: hex::encode(reading.fingerprint.0),
        watched: None,
        why: None,
    }
}
