//! Warnings in words: where, how many, since when, how sure, how it may go on. The same sentences stand in pages,
//! messages and the dossier.

use detection::{Outlook, Segment};
use domain::{OrganizationKind, TriageClass, WarningLevel};
use foundation::web::{Locale, Texts};
use jiff::tz::TimeZone;

use crate::rules::story::{Facts, PEOPLE_MIN, Story};
use crate::rules::weigh::place_name;
use crate::store::warnings::Warning;

/// A usual number of voices: one decimal below ten, none above.
pub fn figure(t: &Texts, value: f64) -> String {
    let whole = value.round() as i64;
    if value > 0.0 && value < 0.05 {
        return t.get("warn-almost-none").into_owned();
    }
    if value >= 9.95 || (value - value.round()).abs() < 0.05 { t.count(whole) } else { t.decimal(value, 1) }
}

/// Where a segment is, as it ends a sentence: " en Zaragoza sobre «Espera»". Empty for the whole organisation.
pub fn place(t: &Texts, segment: &Segment, facts: &Facts) -> String {
    let mut parts = Vec::new();
    if let Some(path) = &segment.place {
        let values = [("place", place_name(path).into())];
        let key = match (path.split('/').count(), path.as_str()) {
            (1, "ES") => "warn-in-spain",
            (1, _) => "warn-in-country",
            (2, path) if path.starts_with("ES/") => "warn-in-province",
            _ => "warn-in-place",
        };
        parts.push(t.with(key, &values));
    }
    if let Some(source) = &segment.source {
        let name = facts.sources.iter().find(|(id, ..)| id.to_string() == *source);
        let name = name.map_or_else(|| t.get("warn-one-source").into_owned(), |(_, name, _)| name.clone());
        parts.push(t.with("warn-in-source", &[("source", name.into())]));
    }
    if let Some(topic) = &segment.topic {
        parts.push(t.with("warn-about", &[("topic", topic_name(t, topic).into())]));
    }
    if let Some(language) = &segment.audience {
        parts.push(t.with("warn-in-language", &[("language", language_name(t, language).into())]));
    }
    if segment.copies {
        parts.push(t.get("warn-copies"));
    }
    if parts.is_empty() { String::new() } else { format!(" {}", parts.join(" ")) }
}

/// What a topic is called.
pub fn topic_name(t: &Texts, topic: &str) -> String {
    let key = format!("aspect-{topic}");
    if t.has(&key) { t.get(&key).into_owned() } else { topic.to_owned() }
}

/// What a language is called within a sentence.
fn language_name(t: &Texts, code: &str) -> String {
    let key = format!("language-{code}");
    if !t.has(&key) {
        return code.to_owned();
    }
    let name = t.get(&key);
    // Spanish writes languages small, English does not.
    if t.locale == Locale::Es { name.to_lowercase() } else { name.into_owned() }
}

/// "14 voces descontentas en Zaragoza".
pub fn headline(t: &Texts, warning: &Warning) -> String {
    let n = warning.observed.round() as i64;
    let place = place(t, &warning.story.segment, &warning.story.facts);
    t.with("warn-headline", &[("n", n.into()), ("where", place.into())]).into_owned()
}

/// "Más quejas de lo normal en Zaragoza".
pub fn title(t: &Texts, warning: &Warning) -> String {
    let place = place(t, &warning.story.segment, &warning.story.facts);
    t.with("warn-title", &[("where", place.into())]).into_owned()
}

/// The voices, for large type: figure and unit.
pub fn voices(t: &Texts, warning: &Warning) -> (String, String) {
    let n = warning.observed.round() as i64;
    (t.count(n), t.with("warn-unit", &[("n", n.into())]).into_owned())
}

/// "Lo normal serían 1,2. Desde el 24 nov 2026, 18:05."
pub fn against_usual(t: &Texts, zone: &TimeZone, warning: &Warning) -> String {
    let values = [
        ("usual", figure(t, warning.expected).into()),
        ("since", since(t, zone, warning).into()),
        ("n", (warning.expected.round() as i64).into()),
    ];
    t.with("warn-usual", &values).into_owned()
}

/// When it began: to the minute where voices carry their hour, else the day.
pub fn since(t: &Texts, zone: &TimeZone, warning: &Warning) -> String {
    match warning.story.facts.span_minutes {
        Some(_) => t.moment(warning.since_at, zone),
        None => t.date(warning.since_at, zone),
    }
}

/// Why it has its level.
pub fn why(t: &Texts, warning: &Warning) -> String {
    let signs = &warning.story.coordination;
    let strangers = signs.new_authors.is_some_and(|(new, all)| f64::from(new) >= 0.8 * f64::from(all));
    let key = match warning.level {
        WarningLevel::Watch => "level-watch-why",
        WarningLevel::Notice => "level-notice-why",
        WarningLevel::Alarm if signs.coordinated || strangers => "level-alarm-why",
        WarningLevel::Alarm => "level-alarm-many",
    };
    t.get(key).into_owned()
}

/// How rare it would be by chance alone: the evidence E of a sequential test that begins anew after each alarm bounds
/// the mean time between false ones, in days (Shin, Ramdas and Rinaldo, *E-detectors*, 2023).
pub fn rarity(t: &Texts, warning: &Warning) -> String {
    if warning.story.provisional {
        return t.get("warn-provisional").into_owned();
    }
    let days = warning.score.min(30.0).exp();
    let (key, n) = match days {
        d if d >= 3_650.0 => ("warn-rare-decade", 10),
        d if d >= 730.0 => ("warn-rare-years", (d / 365.0).floor() as i64),
        d if d >= 60.0 => ("warn-rare-months", (d / 30.4).floor() as i64),
        d => ("warn-rare-days", d.floor().max(1.0) as i64),
    };
    t.with(key, &[("n", n.into())]).into_owned()
}

/// How it may go on.
pub fn growth(t: &Texts, story: &Story) -> String {
    let growth = &story.growth;
    let Some((low, high)) = growth.next_week.filter(|_| growth.outlook != Outlook::TooEarly) else {
        let few = growth.outlook == Outlook::TooEarly;
        return t.get(if few { "warn-grow-too-early" } else { "warn-grow-unknown" }).into_owned();
    };
    let key = match growth.outlook {
        Outlook::Fading => "warn-grow-fading",
        Outlook::Growing => "warn-grow-growing",
        Outlook::Unclear | Outlook::TooEarly => "warn-grow-unclear",
    };
    t.with(key, &[("low", i64::from(low).into()), ("high", i64::from(high).into())]).into_owned()
}

fn listed<'a>(rows: impl Iterator<Item = (String, &'a u32)>) -> String {
    rows.map(|(name, n)| format!("{name}: {n}")).collect::<Vec<_>>().join(" · ")
}

/// The evidence, one row each: what, how many. What is said of people is said of five or more together.
pub fn evidence(t: &Texts, story: &Story) -> Vec<(String, String)> {
    let facts = &story.facts;
    let all = i64::from(facts.voices);
    let mut rows = Vec::new();
    let mut add = |key: &str, value: String| {
        if !value.is_empty() {
            rows.push((t.get(key).into_owned(), value));
        }
    };
    let of = |n: u32| t.with("warn-n-of", &[("n", i64::from(n).into()), ("all", all.into())]).into_owned();
    let some = |n: u32| if n > 0 { of(n) } else { String::new() };
    add("warn-fact-sources", listed(facts.sources.iter().map(|(_, name, n)| (name.clone(), n))));
    add("warn-fact-topics", listed(facts.topics.iter().map(|(topic, n)| (topic_name(t, topic), n))));
    add("warn-fact-places", listed(facts.places.iter().map(|(place, n)| (place.clone(), n))));
    add("warn-fact-one-star", some(facts.one_star));
    if facts.people as usize >= PEOPLE_MIN {
        let values = [("n", i64::from(facts.people).into()), ("all", all.into())];
        add("warn-fact-people", t.with("warn-people", &values).into_owned());
        if let Some((n, all)) = story.coordination.new_authors {
            let values = [("n", i64::from(n).into()), ("all", i64::from(all).into())];
            add("warn-fact-new", t.with("warn-n-of", &values).into_owned());
        }
    }
    add("warn-fact-copies", if facts.voices >= 3 { of(facts.copies) } else { String::new() });
    if let Some(minutes) = facts.span_minutes.filter(|_| facts.voices > 1) {
        let (key, n) = match minutes {
            0..120 => ("warn-span-minutes", minutes.max(1)),
            120..2_880 => ("warn-span-hours", minutes / 60),
            _ => ("warn-span-days", minutes / 1_440),
        };
        add("warn-fact-span", t.with(key, &[("n", n.into())]).into_owned());
    }
    add("warn-fact-visitors", some(facts.visitors));
    add("warn-fact-not-customers", some(facts.not_customers));
    add("warn-fact-competitor", some(facts.name_competitor));
    rows
}

/// Where else it shows, each as the end of a sentence. What contains the main place says nothing new.
pub fn also(t: &Texts, story: &Story) -> Vec<String> {
    let place_of = |segment: &Segment| segment.place.clone().unwrap_or_default();
    let main = place_of(&story.segment);
    let names = story.also.iter().filter(|segment| {
        **segment != Segment::default() && !(segment.place.is_some() && main.starts_with(&place_of(segment)))
    });
    names.map(|segment| place(t, segment, &story.facts).trim().to_owned()).collect()
}

/// How sure it is that it happens just there, where that says something.
pub fn locality(t: &Texts, story: &Story) -> Option<String> {
    let somewhere = story.segment != Segment::default();
    let said = t.with("warn-local", &[("share", t.percent(story.locality.min(0.99)).into())]);
    (somewhere && story.locality >= 0.5).then(|| said.into_owned())
}

/// The key of a sentence that is said otherwise to a person than to a business.
pub fn spoken(kind: OrganizationKind, key: &str) -> String {
    if kind == OrganizationKind::Person { format!("{key}-person") } else { key.to_owned() }
}

/// What a class of trouble is called.
pub fn class_name(t: &Texts, kind: OrganizationKind, class: TriageClass) -> String {
    match class {
        TriageClass::Values => t.get(&spoken(kind, "triage-values")).into_owned(),
        _ => t.get(&format!("triage-{class}")).into_owned(),
    }
}

/// What is said or done first about a class of trouble, where the owner has not said otherwise.
pub fn first_step(t: &Texts, kind: OrganizationKind, class: TriageClass) -> String {
    t.get(&spoken(kind, &format!("triage-first-{class}"))).into_owned()
}

/// Who decides about a class of trouble, where the owner has not said otherwise.
pub fn decider(t: &Texts, kind: OrganizationKind, class: TriageClass) -> String {
    t.get(&spoken(kind, &format!("triage-decides-{class}"))).into_owned()
}
