//! What a warning tells: counted facts about the voices it is made of, three quotes, its days, how it may go on. What is
//! said of many people together is only said of five or more: nobody is picked out.

use std::collections::BTreeMap;

use detection::{Coordination, Growth, Report, Segment};
use domain::{MentionId, SourceId, SourceKind, Standing};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Nothing is said of the people behind fewer voices than this.
pub const PEOPLE_MIN: usize = 5;
/// Quotes in a story.
const QUOTES: usize = 3;
/// Rows of each list in a story.
const ROWS: usize = 4;

/// One voice of a warning, as far as the story counts it.
#[derive(Debug, Clone)]
pub struct Voice {
    /// Its mention.
    pub id: MentionId,
    /// Where from.
    pub source: SourceId,
    /// Which platform.
    pub kind: SourceKind,
    /// What the owner calls it.
    pub source_name: String,
    /// Who, as the platform shows it.
    pub author: Option<String>,
    /// When.
    pub posted_at: Timestamp,
    /// Whether the hour is known, not only the day.
    pub exact: bool,
    /// Stars.
    pub stars: Option<u8>,
    /// Title and text.
    pub text: String,
    /// The original.
    pub url: Option<String>,
    /// What it complains about most.
    pub aspect: Option<String>,
    /// Places it names.
    pub places: Vec<String>,
    /// As who it is written.
    pub standing: Standing,
    /// For finding near-copies.
    pub fingerprint: Option<nlp::Fingerprint>,
    /// Whether it names a competitor the owner watches.
    pub names_competitor: bool,
}

/// What is counted of the voices.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Facts {
    /// Voices.
    pub voices: u32,
    /// Different people, as far as they sign.
    pub people: u32,
    /// With one star.
    pub one_star: u32,
    /// By source: id, name, voices; the most first.
    pub sources: Vec<(i64, String, u32)>,
    /// By what they complain about.
    pub topics: Vec<(String, u32)>,
    /// By place named.
    pub places: Vec<(String, u32)>,
    /// Near-copies of another voice by somebody else.
    pub copies: u32,
    /// Who say they are no customers.
    pub not_customers: u32,
    /// Who say they come from elsewhere.
    pub visitors: u32,
    /// Who name a competitor the owner watches.
    pub name_competitor: u32,
    /// Minutes from the first voice to the last; `None` where most carry only their day.
    pub span_minutes: Option<i64>,
}

/// One day of a warning's series.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Day {
    /// Since 1970.
    pub day: i64,
    /// Voices.
    pub observed: f64,
    /// Usual.
    pub expected: f64,
    /// Four days of five have at least so many…
    pub low: f64,
    /// …and at most so many.
    pub high: f64,
}

/// All that a page tells of a warning.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Story {
    /// Where.
    pub segment: Segment,
    /// Where else it shows.
    pub also: Vec<Segment>,
    /// How likely it is that it happens just there, 0..1.
    pub locality: f64,
    /// Found while there was too little history for the usual rule.
    pub provisional: bool,
    /// What speaks for people acting together.
    pub coordination: Coordination,
    /// How it may go on.
    pub growth: Growth,
    /// What is counted.
    pub facts: Facts,
    /// Mentions to quote.
    pub quotes: Vec<MentionId>,
    /// Its days, oldest first.
    pub days: Vec<Day>,
}

fn most<K: Ord, V>(counts: BTreeMap<K, u32>, row: impl Fn(K, u32) -> V) -> Vec<V> {
    let mut counts: Vec<(K, u32)> = counts.into_iter().collect();
    counts.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    counts.into_iter().take(ROWS).map(|(key, n)| row(key, n)).collect()
}

/// Counts the voices of a warning.
pub fn facts(voices: &[Voice]) -> Facts {
    let count = |holds: fn(&Voice) -> bool| voices.iter().filter(|voice| holds(voice)).count() as u32;
    let (mut sources, mut topics, mut places) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    let mut people = std::collections::BTreeSet::new();
    for voice in voices {
        *sources.entry((voice.source.0, voice.source_name.clone())).or_default() += 1;
        if let Some(aspect) = &voice.aspect {
            *topics.entry(aspect.clone()).or_default() += 1;
        }
        for place in &voice.places {
            *places.entry(place.clone()).or_default() += 1;
        }
        if let Some(author) = &voice.author {
            people.insert((voice.source.0, author));
        }
    }
    Facts {
        voices: voices.len() as u32,
        people: people.len() as u32,
        one_star: count(|voice| voice.stars == Some(1)),
        sources: most(sources, |(id, name), n| (id, name, n)),
        topics: most(topics, |topic, n| (topic, n)),
        places: most(places, |place, n| (place, n)),
        copies: groups(voices).iter().filter(|group| group.len() > 1).map(|group| group.len() as u32).sum(),
        not_customers: count(|voice| voice.standing == Standing::NotCustomer),
        visitors: count(|voice| voice.standing == Standing::Visitor),
        name_competitor: count(|voice| voice.names_competitor),
        span_minutes: span(voices),
    }
}

fn span(voices: &[Voice]) -> Option<i64> {
    let exact = voices.iter().filter(|voice| voice.exact).count();
    let at = voices.iter().map(|voice| voice.posted_at);
    let (first, last) = (at.clone().min()?, at.max()?);
    (exact * 2 >= voices.len()).then(|| last.duration_since(first).as_mins())
}

/// Voices by what they say: near-copies by different people stand together. The largest group first.
fn groups(voices: &[Voice]) -> Vec<Vec<&Voice>> {
    let mut groups: Vec<Vec<&Voice>> = Vec::new();
    for voice in voices {
        let same = voice.fingerprint.and_then(|print| {
            groups.iter_mut().find(|group| {
                let first = group[0];
                first.fingerprint.is_some_and(|other| other.is_near(&print))
                    && (first.author.is_none() || first.author != voice.author)
            })
        });
        match same {
            Some(group) => group.push(voice),
            None => groups.push(vec![voice]),
        }
    }
    groups.sort_by_key(|group| std::cmp::Reverse(group.len()));
    groups
}

/// The mentions that nearly repeat another one by somebody else.
pub fn copies(voices: &[Voice]) -> Vec<MentionId> {
    let groups = groups(voices);
    groups.iter().filter(|group| group.len() > 1).flatten().map(|voice| voice.id).collect()
}

/// Characters a quote should have to say something and be read.
const TELLING: std::ops::RangeInclusive<usize> = 40..=400;

/// The mentions that say best what the voices say: of the largest groups of near-copies one each; of equal groups those
/// about the commonest complaint, long enough to say something.
pub fn quotes(voices: &[Voice], facts: &Facts) -> Vec<MentionId> {
    let topic = facts.topics.first().map(|(topic, _)| topic.as_str());
    let mut groups = groups(voices);
    groups.sort_by_key(|group| {
        let voice = group[0];
        let telling = TELLING.contains(&voice.text.chars().count());
        let on_topic = topic.is_some() && voice.aspect.as_deref() == topic;
        (std::cmp::Reverse(group.len()), !telling, !on_topic)
    });
    groups
        .iter()
        .filter(|group| !group[0].text.trim().is_empty())
        .take(QUOTES)
        .map(|group| group[0].id)
        .collect()
}

/// The story of a report.
pub fn tell(report: &Report, voices: &[Voice], days: Vec<Day>) -> Story {
    let facts = facts(voices);
    Story {
        segment: report.segment.clone(),
        also: report.also.iter().map(|(segment, _)| segment.clone()).take(ROWS).collect(),
        locality: report.locality,
        provisional: report.provisional,
        coordination: report.coordination.clone(),
        growth: report.growth.clone(),
        quotes: quotes(voices, &facts),
        facts,
        days,
    }
}
