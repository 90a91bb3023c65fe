//! One warning: what happened, what they say, the signs, day by day, what to do, how it went.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::{IncidentId, IncidentTaskId, Role, WarningChange, WarningId, WarningState, WarningVerdict};
use foundation::Context;
use foundation::store::Batch;
use foundation::web::{CheckedForm, Member, Problem, ProblemKind, Texts, shell};
use jiff::tz::TimeZone;
use maud::{Markup, html};
use serde::Deserialize;
use ui::chart::{ChartWords, WatchedPoint, WatchedSeries, count_ticks, watched_series};
use ui::{
    Button, Fact, Icon, Moment, Quote, Story, Tone, WarningCard, actions, back_link, badge, card, fact_list,
    hidden, mention_list, notice, quotes, timeline, warning_card,
};
use understand::store::ReadMention;

use super::{Shown, conflict, drawn};
use crate::rules::story::Day;
use crate::store::warnings::{Event, Warning};
use crate::store::{incidents, warnings};
use crate::words;

/// What the page shows.
pub struct OneView {
    /// The warning.
    pub warning: Warning,
    /// Mentions to quote.
    pub quoted: Vec<ReadMention>,
    /// How it went.
    pub events: Vec<Event>,
    /// The incident opened from it.
    pub incident: Option<IncidentId>,
    /// Its newest voices, whole.
    pub voices: Vec<ReadMention>,
}

/// Voices shown whole; all of them are in the dossier.
const VOICES: usize = 10;

pub(super) async fn index(member: Member, Path(id): Path<i64>) -> Result<Markup, Problem> {
    Ok(one_page(&member, &view(&member, WarningId(id)).await?))
}

async fn view(member: &Member, id: WarningId) -> Result<OneView, Problem> {
    let scope = &member.scope;
    let warning = warnings::one(scope, id).await?.ok_or_else(Problem::not_found)?;
    let mut quoted = Vec::new();
    for mention in &warning.story.quotes {
        quoted.extend(understand::store::one(scope, *mention).await?);
    }
    let mut voices = Vec::new();
    for mention in warnings::mentions(scope, id).await?.into_iter().take(VOICES) {
        voices.extend(understand::store::one(scope, mention).await?);
    }
    Ok(OneView {
        quoted,
        voices,
        events: warnings::events(scope, id).await?,
        incident: incidents::of_warning(scope, id).await?,
        warning,
    })
}

/// The page.
pub fn one_page(member: &Member, view: &OneView) -> Markup {
    let t = member.texts();
    let zone = &member.principal.time_zone;
    let warning = &view.warning;
    let title = words::title(t, warning);
    let content = html! {
        (back_link(&t.get("warnings-back"), "/warnings"))
        h1.page-title { (title) }
        (head(member, view))
        (what_to_do(member, view))
        (how_sure(t, &view.warning))
        @if !view.quoted.is_empty() { (card("quotes", &t.get("warn-quotes"), &quoted(t, zone, &view.quoted))) }
        (series(t, zone, warning))
        (card("evidence", &t.get("warn-evidence"), &evidence(t, warning)))
        @if member.may(Role::Agent) { (judge_card(member, warning)) }
        (card("timeline", &t.get("warn-timeline"), &diary(t, zone, &view.events)))
        (card("voices", &t.get("warn-voices"), &voices(t, zone, view)))
    };
    shell(member, &title, content)
}

fn head(member: &Member, view: &OneView) -> Markup {
    let t = member.texts();
    let zone = &member.principal.time_zone;
    let warning = &view.warning;
    let since = Shown::since(t, zone, warning);
    let usual = words::against_usual(t, zone, warning);
    let why = words::why(t, warning);
    let label = t.get(&format!("level-{}", warning.level));
    let growth = words::growth(t, &warning.story);
    let (value, unit) = words::voices(t, warning);
    let card = warning_card(&WarningCard {
        id: "warning",
        level: drawn(warning.level),
        level_label: &label,
        title: &why,
        since: since.when(),
        place: "",
        story: Story { value: &value, unit: &unit, usual: &usual, sentence: &growth },
        link: None,
        actions: None,
    });
    html! {
        (card)
        @if warning.state != WarningState::Open { p { (ended(t, warning)) } }
        @if warning.found_late { (notice(Tone::Info, "", &html! { (t.get("warn-found-late")) })) }
    }
}

fn how_sure(t: &Texts, warning: &Warning) -> Markup {
    let also = words::also(t, &warning.story);
    let content = html! {
        p { (words::rarity(t, warning)) }
        @if let Some(local) = words::locality(t, &warning.story) { p { (local) } }
        @if !also.is_empty() { p { (t.with("warn-also", &[("places", also.join(" · ").into())])) } }
    };
    card("sure", &t.get("warn-sure"), &content)
}

fn ended(t: &Texts, warning: &Warning) -> Markup {
    let word = match warning.verdict {
        Some(verdict) => t.get(&format!("verdict-{verdict}")),
        None => t.get(&format!("state-{}", warning.state)),
    };
    badge(ui::Badge { label: &word, tone: Tone::Success, icon: Some(Icon::Check) })
}

fn what_to_do(member: &Member, view: &OneView) -> Markup {
    let t = member.texts();
    let id = view.warning.id;
    let advice = t.get(&format!("warn-advice-{}", view.warning.level));
    let (read, dossier) = (t.get("warn-mentions"), t.get("warn-dossier"));
    let content = html! {
        p { (advice) }
        @match view.incident {
            Some(incident) => (actions(&html! {
                (Button::primary(&t.get("warn-see-incident")).href(&format!("/incidents/{incident}")))
                (Button::secondary(&read).href("#voices"))
                (Button::secondary(&dossier).href(&format!("/warnings/{id}/dossier")))
            })),
            None => form method="post" action={ "/warnings/" (id) "/incident" } {
                (hidden("csrf", &member.visitor.csrf))
                (actions(&html! {
                    @if member.may(Role::Agent) { (Button::primary(&t.get("warn-open-incident"))) }
                    (Button::secondary(&read).href("#voices"))
                    (Button::secondary(&dossier).href(&format!("/warnings/{id}/dossier")))
                }))
            },
        }
    };
    card("next", &t.get("warn-next"), &content)
}

fn quoted(t: &Texts, zone: &TimeZone, mentions: &[ReadMention]) -> Markup {
    let by: Vec<(String, String)> = mentions
        .iter()
        .map(|m| {
            let author = m.author.clone().unwrap_or_else(|| t.get("mention-no-author").into_owned());
            let values = [("author", author.into()), ("date", t.date(m.posted_at, zone).into())];
            (t.with("warn-quote-by", &values).into_owned(), format!("/mentions/{}", m.id))
        })
        .collect();
    let whole: Vec<String> = mentions.iter().map(ReadMention::whole).collect();
    let all: Vec<Quote<'_>> = mentions
        .iter()
        .zip(by.iter().zip(&whole))
        .map(|(m, ((by, href), text))| Quote {
            text,
            lang: m.reading.as_ref().map(|r| &*r.language).filter(|l| *l != "unsure"),
            by,
            href,
        })
        .collect();
    quotes(&all)
}

fn voices(t: &Texts, zone: &TimeZone, view: &OneView) -> Markup {
    let all = i64::from(view.warning.story.facts.voices);
    let cards: Vec<Markup> =
        view.voices.iter().map(|m| understand::pages::mention(t, zone, m, &[], false)).collect();
    html! {
        @if cards.is_empty() { p { (t.get("dossier-none")) } }
        @else {
            @if all > cards.len() as i64 {
                p { (t.with("dossier-voices-some", &[("n", (cards.len() as i64).into()), ("all", all.into())])) }
            }
            (mention_list(&t.get("warn-voices-list"), &cards))
        }
    }
}

fn evidence(t: &Texts, warning: &Warning) -> Markup {
    let rows = words::evidence(t, &warning.story);
    let facts: Vec<Fact<'_>> =
        rows.iter().map(|(label, value)| Fact { label, value, explanation: "" }).collect();
    html! {
        (fact_list(&facts))
        p.hint { (t.get("warn-no-visits")) " " (t.get("warn-evidence-note")) }
    }
}

pub(super) fn diary(t: &Texts, zone: &TimeZone, events: &[Event]) -> Markup {
    let rows: Vec<(Shown, String, String)> = events
        .iter()
        .map(|event| {
            let what = t.get(&format!("change-{}", event.what));
            let level = t.get(&format!("level-{}", event.level));
            let values = [
                ("n", (event.observed.round() as i64).into()),
                ("usual", words::figure(t, event.expected).into()),
            ];
            let figures = t.with("change-figures", &values);
            (Shown::moment(t, zone, event.at), what.into_owned(), format!("{level} · {figures}"))
        })
        .collect();
    let moments: Vec<Moment<'_>> =
        rows.iter().map(|(at, what, detail)| Moment { when: at.when(), what, detail }).collect();
    timeline(&moments)
}

/// A warning's days, as a chart with its table.
pub(super) fn series(t: &Texts, zone: &TimeZone, warning: &Warning) -> Markup {
    struct Row {
        label: String,
        long: String,
        observed: String,
        expected: String,
        band: String,
    }
    let days = &warning.story.days;
    let rows: Vec<Row> = days
        .iter()
        .map(|day| {
            let long = t.day(day.day);
            let short = long.rsplit_once(' ').map_or(long.clone(), |(short, _)| short.to_owned());
            Row {
                label: short,
                long,
                observed: words::figure(t, day.observed),
                expected: words::figure(t, day.expected),
                band: format!("{}–{}", words::figure(t, day.low), words::figure(t, day.high)),
            }
        })
        .collect();
    let points: Vec<WatchedPoint<'_>> = days
        .iter()
        .zip(&rows)
        .map(|(day, row)| WatchedPoint {
            label: &row.label,
            long_label: &row.long,
            observed: Some(day.observed),
            shown: &row.observed,
            low_expected_high: Some((day.low, day.expected, day.high)),
            shown_expected: &row.expected,
            shown_band: &row.band,
        })
        .collect();
    let ticks: Vec<(f64, String)> = count_ticks(days.iter().map(|day: &Day| day.observed.max(day.high)))
        .into_iter()
        .map(|value| (value as f64, t.count(value as i64)))
        .collect();
    let ticks: Vec<(f64, &str)> = ticks.iter().map(|(value, shown)| (*value, shown.as_str())).collect();
    let since = listen::rules::day_of(warning.since_at, zone);
    let onset_label = t.get("warn-series-onset");
    watched_series(&WatchedSeries {
        words: ChartWords {
            id: "days",
            title: &t.get("warn-series"),
            summary: &t.get("warn-series-summary"),
            table_label: &t.get("warn-series-table"),
            empty: &t.get("warn-series-empty"),
        },
        ticks: &ticks,
        period_label: &t.get("warn-series-day"),
        observed_label: &t.get("warn-series-observed"),
        above_label: &t.get("warn-series-above"),
        expected_label: &t.get("warn-series-expected"),
        band_label: &t.get("warn-series-band"),
        points: &points,
        onset: days.iter().position(|day| day.day == since).map(|at| (at, &*onset_label)),
    })
}

fn judge_card(member: &Member, warning: &Warning) -> Markup {
    let t = member.texts();
    let judged = warning.state == WarningState::Closed;
    let content = html! {
        p { (t.get(if judged { "warn-judged-lead" } else { "warn-judge-lead" })) }
        form method="post" action={ "/warnings/" (warning.id) } {
            (hidden("csrf", &member.visitor.csrf))
            (hidden("revision", &warning.revision.to_string()))
            (actions(&html! {
                @if judged {
                    (Button::secondary(&t.get("warn-reopen")).name_value("verdict", "reopen"))
                } @else {
                    (Button::secondary(&t.get("warn-handled")).name_value("verdict", "handled"))
                    (Button::secondary(&t.get("warn-nothing")).name_value("verdict", "nothing"))
                }
            }))
        }
    };
    card("judge", &t.get("warn-judge"), &content)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct JudgeForm {
    revision: i64,
    verdict: String,
}

pub(super) async fn judge(
    State(context): State<Context>,
    member: Member,
    Path(id): Path<i64>,
    CheckedForm(form): CheckedForm<JudgeForm>,
) -> Result<Response, Problem> {
    let (scope, id) = (&member.scope, WarningId(id));
    let verdict = WarningVerdict::parse(&form.verdict);
    let what = match verdict {
        Some(WarningVerdict::Handled) => WarningChange::Handled,
        Some(WarningVerdict::Nothing) => WarningChange::Nothing,
        None if form.verdict == "reopen" => WarningChange::Reopened,
        None => return Err(Problem::new(ProblemKind::Invalid, "problem-invalid-form")),
    };
    let warning = warnings::one(scope, id).await?.ok_or_else(Problem::not_found)?;
    let mut batch = Batch::new();
    match verdict {
        Some(verdict) => warnings::judge(&mut batch, id, form.revision, verdict, context.now()),
        None => warnings::reopen(&mut batch, id, form.revision, context.now()),
    }
    add_event(&context, &member, &mut batch, &warning, what);
    scope.write(batch).await.map_err(conflict)?;
    if verdict.is_none() {
        return Ok(Redirect::to(&format!("/warnings/{id}")).into_response());
    }
    Ok(Redirect::to("/warnings").into_response())
}

fn add_event(context: &Context, member: &Member, batch: &mut Batch, warning: &Warning, what: WarningChange) {
    let event = Event {
        what,
        level: warning.level,
        observed: warning.observed,
        expected: warning.expected,
        at: context.now(),
    };
    warnings::note(batch, context.new_id(), warning.id, &event, Some(member.principal.account));
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OpenForm {}

/// What has to be done in every incident, to begin with.
const FIRST_TASKS: [&str; 7] = [
    "incident-task-read",
    "incident-task-owner",
    "incident-task-fix",
    "incident-task-say",
    "incident-task-answer",
    "incident-task-team",
    "incident-task-ask",
];

/// The tasks an incident begins with.
pub(super) fn first_tasks(context: &Context, t: &Texts) -> Vec<(IncidentTaskId, String)> {
    let mut tasks: Vec<(IncidentTaskId, String)> =
        FIRST_TASKS.iter().map(|key| (IncidentTaskId(context.new_id()), t.get(key).into_owned())).collect();
    // Ids of one millisecond are in any order; the tasks are in this one.
    let mut ids: Vec<IncidentTaskId> = tasks.iter().map(|(id, _)| *id).collect();
    ids.sort_unstable();
    for (task, id) in tasks.iter_mut().zip(ids) {
        task.0 = id;
    }
    tasks
}

pub(super) async fn open_incident(
    State(context): State<Context>,
    member: Member,
    Path(id): Path<i64>,
    CheckedForm(OpenForm {}): CheckedForm<OpenForm>,
) -> Result<Response, Problem> {
    let (scope, t) = (&member.scope, member.texts());
    let warning = warnings::one(scope, WarningId(id)).await?.ok_or_else(Problem::not_found)?;
    let known = incidents::of_warning(scope, warning.id).await?;
    let incident = if let Some(known) = known {
        known
    } else {
        let place = words::place(t, &warning.story.segment, &warning.story.facts);
        let since = t.date(warning.since_at, &member.principal.time_zone);
        let title = t.with("incident-default-title", &[("where", place.into()), ("date", since.into())]);
        let incident = IncidentId(context.new_id());
        let mut batch = Batch::new();
        incidents::insert(&mut batch, incident, Some(warning.id), &title, context.now());
        incidents::add_tasks(&mut batch, incident, &first_tasks(&context, t));
        add_event(&context, &member, &mut batch, &warning, WarningChange::Incident);
        scope.write(batch).await.map_err(conflict)?;
        incident
    };
    Ok(Redirect::to(&format!("/incidents/{incident}")).into_response())
}
