//! How a mention becomes an event for the detector: when it was said, in which place, by which pseudonym, about what.

use std::collections::HashMap;

use domain::{MentionId, Sentiment, SourceId};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use nlp::{Head, Home, Model, Reader};

/// A mention with what its reading says, as far as it is weighed.
#[derive(Debug, Clone)]
pub struct Weighable {
    /// Its id.
    pub id: MentionId,
    /// Where from.
    pub source: SourceId,
    /// When it was written.
    pub posted_at: Timestamp,
    /// Whether that is known: 0 no, 1 the day, 2 the moment.
    pub dated: i64,
    /// When we heard it.
    pub saved_at: Timestamp,
    /// Stars.
    pub stars: Option<u8>,
    /// Who wrote it.
    pub author: Option<String>,
    /// Title and text where it is negative, else empty.
    pub text: String,
    /// The establishment, in the words of the import.
    pub establishment: Option<String>,
    /// What it sounds like.
    pub sentiment: Sentiment,
    /// The language it is written in, or `unsure`.
    pub language: String,
    /// What it complains about most or, if it does not, speaks of first.
    pub aspect: Option<String>,
    /// The first place it names.
    pub named_place: Option<String>,
}

/// A mention that came later than this after it was written is history: it teaches what is usual and raises nothing.
/// Published platforms and feeds are heard within hours; three days leave room for a week-end without imports.
pub const HISTORY: jiff::SignedDuration = jiff::SignedDuration::from_hours(72);

impl Weighable {
    /// Whether this is a negative voice: two stars or fewer; without stars, what it sounds like.
    pub fn is_negative(&self) -> bool {
        self.stars.map_or(self.sentiment == Sentiment::Negative, |stars| stars <= 2)
    }

    /// Whether it came too late to raise anything, or nobody knows when it was written.
    pub fn is_history(&self) -> bool {
        self.dated == 0 || self.saved_at.duration_since(self.posted_at) > HISTORY
    }
}

/// A moment on the wall clocks of a zone, in seconds since 1970-01-01 00:00 there.
pub fn local(at: Timestamp, zone: &TimeZone) -> detection::Seconds {
    at.as_second() + i64::from(zone.to_offset(at).seconds())
}

/// The moment of a wall clock's time. Of a time that happens twice (summer time ends) the first is meant.
pub fn instant(local: detection::Seconds, zone: &TimeZone) -> Timestamp {
    let civil = TimeZone::UTC.to_datetime(Timestamp::from_second(local).unwrap_or(Timestamp::UNIX_EPOCH));
    zone.to_ambiguous_timestamp(civil).earlier().unwrap_or(Timestamp::UNIX_EPOCH)
}

/// First and last hour between which mentions are put that carry a day and no hour.
const WAKING: (u64, u64) = (10, 22);
const DAY: i64 = 86_400;

/// When a mention was said, on the wall clocks of the zone. One that carries only its day is put where it was heard if
/// that was the same day, else at an hour of the waking day that depends on nothing but itself: thousands of imported
/// reviews must not all be of midnight.
fn said(mention: &Weighable, zone: &TimeZone) -> detection::Seconds {
    let posted = local(mention.posted_at, zone);
    if mention.dated == 2 {
        return posted;
    }
    let saved = local(mention.saved_at, zone);
    if posted.div_euclid(DAY) == saved.div_euclid(DAY) {
        return saved;
    }
    let (from, to) = WAKING;
    let second = (mention.id.0 as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32;
    posted.div_euclid(DAY) * DAY + (from * 3_600 + second % ((to - from) * 3_600)) as i64
}

/// An event that owns its words. Lives only while a batch is weighed.
#[derive(Debug, Clone)]
pub struct Weighed {
    id: u64,
    published: detection::Seconds,
    seen: detection::Seconds,
    source: String,
    topic: Option<String>,
    audience: Option<String>,
    place: Option<String>,
    negative: bool,
    author: Option<u64>,
    text: String,
}

impl Weighed {
    /// What the detector is given.
    pub fn event(&self) -> detection::Event<'_> {
        detection::Event {
            id: self.id,
            published: self.published,
            seen: self.seen,
            source: Some(&self.source),
            topic: self.topic.as_deref(),
            audience: self.audience.as_deref(),
            place: self.place.as_deref(),
            negative: self.negative,
            author: self.author,
            thread: None,
            text: &self.text,
            import: false,
        }
    }

    /// In which order it was heard.
    pub const fn order(&self) -> (detection::Seconds, u64) {
        (self.seen, self.id)
    }

    /// As if it had been heard the moment it was said: for weighing the past.
    #[must_use]
    pub fn as_past(mut self) -> Self {
        self.seen = self.published;
        self
    }
}

/// Weighs the mentions of one organisation. Remembers where places lie, because the same few are named again and again.
pub struct Scale<'a> {
    zone: &'a TimeZone,
    home: Home,
    /// From source and author to a number that means nothing outside this installation.
    pseudonym: &'a dyn Fn(SourceId, &str) -> u64,
    paths: HashMap<String, Option<String>>,
}

impl<'a> Scale<'a> {
    /// A scale for an organisation at home somewhere.
    pub fn new(zone: &'a TimeZone, home: Home, pseudonym: &'a dyn Fn(SourceId, &str) -> u64) -> Self {
        Self { zone, home, pseudonym, paths: HashMap::new() }
    }

    /// A mention as an event.
    pub fn weigh(&mut self, mention: Weighable) -> Weighed {
        let negative = mention.is_negative();
        let place = match (&mention.establishment, &mention.named_place) {
            (Some(own), _) => Some(self.path(own).unwrap_or_else(|| path_of_own(own))),
            (None, Some(named)) => self.path(named),
            (None, None) => None,
        };
        Weighed {
            id: mention.id.0 as u64,
            published: said(&mention, self.zone),
            seen: local(mention.saved_at, self.zone),
            source: mention.source.to_string(),
            topic: mention.aspect,
            audience: Some(mention.language).filter(|language| language != "unsure"),
            place,
            negative,
            author: mention.author.as_deref().map(|author| (self.pseudonym)(mention.source, author)),
            text: if negative { mention.text } else { String::new() },
        }
    }

    /// `country/region/name` of a place by its name, where the gazetteer knows it.
    fn path(&mut self, name: &str) -> Option<String> {
        if let Some(known) = self.paths.get(name) {
            return known.clone();
        }
        let mut reader = Reader::at_home(self.home.clone());
        let asked: String = name.chars().take(80).collect();
        let read = reader.read_with(Model::embedded(), None, &format!("en {asked}"), Head::Post, None);
        let path = read.places.first().map(|place| match place.region {
            "" => format!("{}/{}", place.country, part(place.name)),
            region => format!("{}/{}/{}", place.country, part(region), part(place.name)),
        });
        // An export may name thousands of establishments; they are looked up again rather than all remembered.
        if self.paths.len() < 10_000 {
            self.paths.insert(name.to_owned(), path.clone());
        }
        path
    }
}

/// The country of establishments that no gazetteer knows.
pub const OWN: &str = "-";

/// A path for an establishment that only the owner's import knows.
fn path_of_own(name: &str) -> String {
    let name: String = name.chars().take(80).collect();
    format!("{OWN}/{OWN}/{}", part(&name))
}

/// A part of a path: "Donostia/San Sebastián" is one place, not two levels.
fn part(name: &str) -> String {
    name.replace('/', "∕")
}

/// What the last part of a path is called. Of a place with two official names the one in Spanish, which stands last.
pub fn place_name(path: &str) -> String {
    let last = path.rsplit('/').next().unwrap_or(path);
    if path.starts_with(OWN) {
        return last.replace('∕', "/");
    }
    last.rsplit('∕').next().unwrap_or(last).to_owned()
}
