//! The evidence dossier: what was seen, by which method, the texts with their fingerprints, what to ask a platform for.
//! As a page to print, and as a file of its own. Neutral words: a boycott is lawful speech.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use domain::WarningId;
use foundation::Context;
use foundation::store::Scope;
use foundation::web::{Member, Problem, Texts, shell};
use http::header;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use maud::{Markup, html};
use sha2::{Digest as _, Sha256};
use ui::document::{Dossier, dossier, printed_link, section, standalone};
use ui::{Button, Column, DataTable, Icon, actions, back_link, data_table, key_values};

use super::one;
use crate::rules::story::Voice;
use crate::store::warnings::{Event, Warning};
use crate::store::{self, warnings};
use crate::words;

/// What a dossier holds.
pub struct DossierView {
    /// The warning.
    pub warning: Warning,
    /// Its voices, oldest first.
    pub voices: Vec<Voice>,
    /// How it went.
    pub events: Vec<Event>,
    /// The business.
    pub name: String,
    /// When it was made.
    pub made_at: Timestamp,
    /// The budget of false alarms.
    pub false_alarm_days: u32,
}

async fn view(context: &Context, member: &Member, id: WarningId) -> Result<DossierView, Problem> {
    view_of(&member.scope, id, &member.principal.organization_name, context.now()).await
}

/// What a dossier holds, made at a moment for a business.
pub async fn view_of(
    scope: &Scope,
    id: WarningId,
    name: &str,
    made_at: Timestamp,
) -> Result<DossierView, Problem> {
    let warning = warnings::one(scope, id).await?.ok_or_else(Problem::not_found)?;
    let mentions = warnings::mentions(scope, id).await?;
    Ok(DossierView {
        voices: warnings::voices(scope, &mentions).await?,
        events: warnings::events(scope, id).await?,
        name: name.to_owned(),
        made_at,
        false_alarm_days: store::setting(scope).await?.false_alarm_days,
        warning,
    })
}

pub(super) async fn index(
    State(context): State<Context>,
    member: Member,
    Path(id): Path<i64>,
) -> Result<Markup, Problem> {
    Ok(dossier_page(&member, &view(&context, &member, WarningId(id)).await?))
}

/// The page.
pub fn dossier_page(member: &Member, view: &DossierView) -> Markup {
    let t = member.texts();
    let id = view.warning.id;
    let content = html! {
        div.no-print {
            (back_link(&words::headline(t, &view.warning), &format!("/warnings/{id}")))
            p { (t.get("dossier-print")) }
            (actions(&html! {
                (Button::secondary(&t.get("dossier-download")).href(&format!("/warnings/{id}/dossier.html")).icon(Icon::Download))
            }))
        }
        (document(t, &member.principal.time_zone, view))
    };
    shell(member, &t.get("dossier-title"), content)
}

pub(super) async fn download(
    State(context): State<Context>,
    member: Member,
    Path(id): Path<i64>,
) -> Result<Response, Problem> {
    let view = view(&context, &member, WarningId(id)).await?;
    let t = member.texts();
    let body = document(t, &member.principal.time_zone, &view);
    let file = standalone(&t.get("dossier-title"), t.locale.as_str(), &body);
    let name = format!("attachment; filename=\"timon-dossier-{id}.html\"");
    Ok((
        [(header::CONTENT_TYPE, "text/html; charset=utf-8".to_owned()), (header::CONTENT_DISPOSITION, name)],
        file,
    )
        .into_response())
}

/// The fingerprint of a text as it was heard.
pub fn fingerprint(voice: &Voice) -> String {
    let stars = voice.stars.map(|n| n.to_string()).unwrap_or_default();
    let lines = [
        voice.source_name.as_str(),
        &voice.posted_at.to_string(),
        &stars,
        voice.url.as_deref().unwrap_or_default(),
        &voice.text,
    ];
    hex::encode(Sha256::digest(lines.join("\n").as_bytes()))
}

/// The fingerprint of all of them, in their order.
pub fn fingerprint_of_all(prints: &[String]) -> String {
    hex::encode(Sha256::digest(prints.join("\n").as_bytes()))
}

/// A fingerprint that may break over lines and is copied as one word.
fn breakable(print: &str) -> Markup {
    let characters: Vec<char> = print.chars().collect();
    html! { @for part in characters.chunks(8) { (part.iter().collect::<String>()) wbr; } }
}

/// Whose text it is, without naming anybody: initials. The address leads whoever may see it to the original.
pub fn initials(author: &str) -> String {
    let first = author.split_whitespace().filter_map(|word| word.chars().find(|c| c.is_alphanumeric()));
    first.take(3).map(|c| format!("{}.", c.to_uppercase())).collect::<Vec<_>>().join(" ")
}

/// The dossier itself, without the page around it.
pub fn document(t: &Texts, zone: &TimeZone, view: &DossierView) -> Markup {
    let made = t.with("dossier-made", &[("moment", t.moment(view.made_at, zone).into())]);
    let running = format!("{} · {}", view.name, t.date(view.made_at, zone));
    let prints: Vec<String> = view.voices.iter().map(fingerprint).collect();
    let budget = t.with("dossier-method-budget", &[("days", i64::from(view.false_alarm_days).into())]);
    let content = html! {
        p { strong { (t.get("dossier-neutral")) } }
        (section(&t.get("dossier-what"), &seen(t, zone, &view.warning)))
        (section(&t.get("warn-evidence"), &signs(t, &view.warning)))
        (section(&t.get("warn-series"), &days(t, zone, &view.warning)))
        (section(&t.get("warn-timeline"), &one::diary(t, zone, &view.events)))
        (section(&t.get("dossier-ask"), &asked(t)))
        (section(&t.get("dossier-method"), &html! { p { (t.get("dossier-method-text")) " " (budget) } }))
        (section(&t.get("dossier-voices"), &voices(t, zone, view, &prints)))
    };
    dossier(&Dossier {
        title: &t.with("dossier-of", &[("name", view.name.as_str().into())]),
        lead: &t.get("dossier-lead"),
        running_head: &running,
        small_print: &format!("{made} {}", t.get("dossier-recipe")),
        content,
    })
}

fn seen(t: &Texts, zone: &TimeZone, warning: &Warning) -> Markup {
    html! {
        p { strong { (words::headline(t, warning)) "." } " " (words::against_usual(t, zone, warning)) }
        p { (t.get(&format!("level-{}", warning.level))) ": " (words::why(t, warning))
            " " (words::rarity(t, warning)) }
        @if let Some(local) = words::locality(t, &warning.story) { p { (local) } }
        p { (words::growth(t, &warning.story)) }
    }
}

fn signs(t: &Texts, warning: &Warning) -> Markup {
    let rows = words::evidence(t, &warning.story);
    let pairs: Vec<(&str, Markup)> =
        rows.iter().map(|(label, value)| (label.as_str(), html! { (value) })).collect();
    html! { (key_values(&pairs)) p.hint { (t.get("warn-evidence-note")) } }
}

/// Days before the beginning that show what was usual.
const BEFORE: i64 = 7;

fn days(t: &Texts, zone: &TimeZone, warning: &Warning) -> Markup {
    let from = listen::rules::day_of(warning.since_at, zone) - BEFORE;
    let labels = ["warn-series-day", "warn-series-observed", "warn-series-expected", "warn-series-band"]
        .map(|key| t.get(key));
    let columns: Vec<Column<'_>> =
        labels.iter().enumerate().map(|(at, label)| Column { label, numeric: at > 0 }).collect();
    let rows: Vec<Vec<Markup>> = warning
        .story
        .days
        .iter()
        .filter(|day| day.day >= from)
        .map(|day| {
            let band = format!("{}–{}", words::figure(t, day.low), words::figure(t, day.high));
            let shown =
                [t.day(day.day), words::figure(t, day.observed), words::figure(t, day.expected), band];
            shown.map(|cell| html! { (cell) }).into()
        })
        .collect();
    data_table(&DataTable {
        caption: &t.get("warn-series-summary"),
        caption_hidden: false,
        columns: &columns,
        rows: &rows,
    })
}

fn asked(t: &Texts) -> Markup {
    html! {
        p { (t.get("dossier-ask-lead")) }
        ul {
            @for key in ["dossier-ask-google", "dossier-ask-trustpilot", "dossier-ask-other", "dossier-ask-law"] {
                li { (t.get(key)) }
            }
        }
    }
}

fn voices(t: &Texts, zone: &TimeZone, view: &DossierView, prints: &[String]) -> Markup {
    let (shown, all) = (view.voices.len() as i64, view.warning.observed.round() as i64);
    html! {
        @if view.voices.is_empty() { p { (t.get("dossier-none")) } }
        @else {
            @if shown < all { p { (t.with("dossier-voices-some", &[("n", shown.into()), ("all", all.into())])) } }
            p { (t.get("dossier-hash-what")) " " code { (breakable(&fingerprint_of_all(prints))) } }
            ol.dossier-voices {
                @for (voice, print) in view.voices.iter().zip(prints) { li { (one_voice(t, zone, voice, print)) } }
            }
        }
    }
}

/// Whether an address carries a user's name before its host: such a link leads elsewhere than it seems to.
fn carries_a_name(url: &str) -> bool {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split(['/', '?', '#']).next().is_some_and(|host| host.contains('@'))
}

fn one_voice(t: &Texts, zone: &TimeZone, voice: &Voice, print: &str) -> Markup {
    let mut pairs = vec![
        (t.get("dossier-voice-source"), html! { (voice.source_name) }),
        (
            t.get("dossier-voice-when"),
            html! { (if voice.exact { t.moment(voice.posted_at, zone) } else { t.date(voice.posted_at, zone) }) },
        ),
    ];
    if let Some(author) = &voice.author {
        pairs.push((t.get("dossier-voice-author"), html! { (initials(author)) }));
    }
    if let Some(stars) = voice.stars {
        pairs.push((t.get("dossier-voice-stars"), html! { (stars) }));
    }
    if let Some(url) = voice.url.as_ref().filter(|url| !carries_a_name(url)) {
        pairs.push((t.get("dossier-voice-url"), printed_link(url, url)));
    }
    pairs.push((t.get("dossier-voice-utc"), html! { code { (voice.posted_at.to_string()) } }));
    pairs.push((t.get("dossier-voice-hash"), html! { code { (breakable(print)) } }));
    let pairs: Vec<(&str, Markup)> = pairs.iter().map(|(name, value)| (&**name, value.clone())).collect();
    html! {
        @if voice.text.trim().is_empty() { p { (t.get("mention-no-text")) } }
        @else { blockquote.quoted { p dir="auto" { (voice.text) } } }
        (key_values(&pairs))
    }
}
