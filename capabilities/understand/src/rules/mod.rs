//! What this room decides. Pure: from a mention to its reading here, what it adds to its day in `count`, what the owner's
//! corrections change in `learnt`, the cause of the week in `week`, whether a fix worked in `fixes`, names to watch in
//! `names`.

pub mod count;
pub mod fixes;
pub mod learnt;
pub mod names;
pub mod week;

use std::borrow::Cow;

use domain::{Cause, OrganizationKind, ReadBy, Sentiment, SourceKind, Standing};
use nlp::{BusinessKind, Head, Home, Label, Model, Reader, Taught};

use self::learnt::Learnt;
use crate::second;

/// An aspect a mention speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SpokenOf {
    /// Which.
    pub aspect: nlp::Aspect,
    /// How.
    pub sentiment: Sentiment,
    /// The words it comes from, in bytes of [`whole_text`].
    pub span: nlp::Span,
}

/// What we understood of a mention.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// Language code, or `unsure`.
    pub language: Cow<'static, str>,
    /// What it sounds like.
    pub sentiment: Sentiment,
    /// Probabilities of negative, neutral and positive.
    pub probabilities: [f64; 3],
    /// What it speaks of; what it complains about most comes first.
    pub aspects: Vec<SpokenOf>,
    /// Why it complains; `None` where it does not.
    pub cause: Option<Cause>,
    /// What its author wants.
    pub intents: nlp::Intents,
    /// As who it is written.
    pub standing: Standing,
    /// Places it names, without doubles.
    pub places: Vec<String>,
    /// For finding its near-copies; `None` where a list did not ask for it.
    pub fingerprint: Option<nlp::Fingerprint>,
    /// Who says so.
    pub read_by: ReadBy,
}

/// Reviews and posts are written differently; the model has a head for each.
pub const fn head(kind: SourceKind) -> Head {
    if kind.has_reviews() { Head::Review } else { Head::Post }
}

/// What is read of a mention: its title as a first sentence, then its text.
pub fn whole_text(title: Option<&str>, text: &str) -> String {
    match title {
        Some(title) if !title.is_empty() => format!("{title}. {text}"),
        _ => text.to_owned(),
    }
}

/// A sentiment in the words of the domain.
pub const fn sentiment(label: Label) -> Sentiment {
    match label {
        Label::Negative => Sentiment::Negative,
        Label::Neutral => Sentiment::Neutral,
        Label::Positive => Sentiment::Positive,
        Label::Unsure => Sentiment::Unsure,
    }
}

const fn cause(read: Option<nlp::Cause>) -> Cause {
    match read {
        Some(nlp::Cause::BrokenPromise) => Cause::BrokenPromise,
        Some(nlp::Cause::BadProduct) => Cause::BadProduct,
        Some(nlp::Cause::BadService) => Cause::BadService,
        Some(nlp::Cause::Other) => Cause::Other,
        None => Cause::Unsure,
    }
}

const fn standing(read: nlp::Standing) -> Standing {
    match read {
        nlp::Standing::Local => Standing::Local,
        nlp::Standing::Visitor => Standing::Visitor,
        nlp::Standing::NotCustomer => Standing::NotCustomer,
        nlp::Standing::Unsure => Standing::Unsure,
    }
}

/// Places kept of one mention.
const PLACES_MAX: usize = 8;
/// Aspects kept of one mention.
const ASPECTS_MAX: usize = 24;

/// Where an owner is at home, from the town she named: of several places of one name, the nearer is meant.
pub fn home(model: &Model, town: &str) -> Home {
    let places = model.read(&format!("en {town}"), Head::Post, None).places;
    places.first().map_or_else(Home::default, |place| Home::new(place.country, Some(place.region)))
}

/// What the model calls a kind of organisation; `None` where it knows nothing of it.
pub const fn business(kind: OrganizationKind) -> Option<BusinessKind> {
    match kind {
        OrganizationKind::Bar | OrganizationKind::Restaurant => Some(BusinessKind::Restaurant),
        OrganizationKind::Hotel => Some(BusinessKind::Hotel),
        OrganizationKind::Shop => Some(BusinessKind::Shop),
        OrganizationKind::OnlineShop => Some(BusinessKind::OnlineShop),
        OrganizationKind::Workshop => Some(BusinessKind::Workshop),
        OrganizationKind::Clinic => Some(BusinessKind::Clinic),
        OrganizationKind::Services | OrganizationKind::Person | OrganizationKind::Other => None,
    }
}

/// Reads one mention with what the owner's corrections taught; `whole` is its [`whole_text`].
pub fn read(
    reader: &mut Reader,
    (model, learnt): (&Model, &Learnt),
    whole: &str,
    kind: SourceKind,
    stars: Option<u8>,
) -> Reading {
    let mut read = reader.read_with(model, learnt.layer(), whole, head(kind), stars);
    second::ask(whole, head(kind), &mut read);
    let mut places: Vec<String> = Vec::new();
    for place in &read.places {
        let name = place.name.to_owned();
        if places.len() < PLACES_MAX && !places.contains(&name) {
            places.push(name);
        }
    }
    let mut aspects = read.aspects;
    // what is complained about most surely comes first: a complaint is counted under it
    aspects.sort_by(|a, b| b.probabilities[0].total_cmp(&a.probabilities[0]));
    aspects.truncate(ASPECTS_MAX);
    Reading {
        language: read.language.code().into(),
        sentiment: sentiment(read.sentiment.label),
        probabilities: read.sentiment.probabilities.map(f64::from),
        aspects: aspects
            .iter()
            .map(|a| SpokenOf { aspect: a.aspect, sentiment: sentiment(a.label), span: a.span })
            .collect(),
        cause: read.cause.map(|c| cause(c.cause)),
        intents: read.intents,
        standing: standing(read.standing),
        places,
        fingerprint: Some(read.fingerprint),
        read_by: match read.sentiment.taught {
            Taught::No => ReadBy::Model,
            Taught::Copy => ReadBy::Copy,
            Taught::Turned => ReadBy::Learnt,
        },
    }
}
