//! The walk through a drill: waiting for its copy, the clock, five steps over the copy, the report.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::{DrillId, DrillState, OrganizationKind, Role, TriageClass};
use foundation::Context;
use foundation::store::{Batch, Scope};
use foundation::web::page::shell_refreshed;
use foundation::web::{CheckedForm, Member, Problem, ProblemKind, Texts, shell};
use jiff::Timestamp;
use maud::{Markup, html};
use serde::Deserialize;
use ui::{
    Button, Choice, Field, Icon, Story, WarningCard, When, actions, back_link, card, empty_state, fact_list,
    hidden, key_values, page_header, warning_card,
};
use understand::store::ReadMention;
use values::store::Triage;
use warn::store::warnings::{self, Warning};
use warn::words;

use super::{Advise, mark, report};
use crate::copy;
use crate::rules::{ANSWERS, Step, Walk};
use crate::store::{self, Drill};

/// A page that waits for its copy reloads by itself after so long.
const REFRESH_SECONDS: u32 = 4;
/// Characters of who decides, of who is told, of longer texts.
const NAME_MAX: u32 = 80;
const LINE_MAX: u32 = 300;
const TEXT_MAX: u32 = 4_000;

/// What is read of the copy.
pub struct Inside {
    /// The warning that was raised.
    pub warning: Option<Warning>,
    /// The first voices of the campaign.
    pub first: Vec<ReadMention>,
    /// What the first of them seems to be about.
    pub triage: Option<Triage>,
}

/// What the page shows.
pub struct WalkView {
    /// The drill.
    pub drill: Drill,
    /// What is in its copy; `None` where there is none here.
    pub inside: Option<Inside>,
    /// Whose words to use.
    pub kind: OrganizationKind,
    /// The moment.
    pub now: Timestamp,
}

/// Looks into a copy.
async fn look(scope: &Scope, drill: &Drill) -> Result<Inside, Problem> {
    let found = drill.found.clone().unwrap_or_default();
    let warning = match &found.seen {
        Some(seen) => warnings::one(scope, seen.warning).await?,
        None => None,
    };
    let since = Timestamp::from_second(found.began_at).ok();
    let filter = understand::store::Filter { since, ..Default::default() };
    let mut voices = understand::store::newest(scope, &filter, found.voices).await?;
    voices.reverse();
    voices.truncate(ANSWERS);
    let triage = match voices.first() {
        Some(first) => values::store::triage_of(scope, first.id).await?,
        None => None,
    };
    Ok(Inside { warning, first: voices, triage })
}

pub(super) async fn index(
    State(context): State<Context>,
    member: Member,
    Path(id): Path<i64>,
    advise: Advise,
) -> Result<Markup, Problem> {
    let scope = &member.scope;
    let drill = store::one(scope, DrillId(id)).await?.ok_or_else(Problem::not_found)?;
    let inside = match drill.state {
        DrillState::Running => match copy::open(&context, drill.id, scope.organization()).await? {
            Some(copy) => Some(look(&copy, &drill).await?),
            None => None,
        },
        _ => None,
    };
    let (kind, _) = understand::store::business(scope).await?;
    Ok(walk_page(&member, &WalkView { drill, inside, kind, now: context.now() }, advise))
}

/// The page.
pub fn walk_page(member: &Member, view: &WalkView, advise: Advise) -> Markup {
    let t = member.texts();
    let title = t.get("drill-title");
    let waits = view.drill.state == DrillState::Preparing;
    let content = html! {
        (back_link(&title, "/drill"))
        (page_header(&heading(t, view), "", None))
        (mark(t, view.drill.state == DrillState::Done))
        @match (view.drill.state, &view.inside) {
            (DrillState::Preparing, _) => {
                span hidden data-reload-seconds=(REFRESH_SECONDS) {}
                (empty_state(Icon::Clock, &t.get("drill-preparing-title"), &t.get("drill-preparing"), None))
            }
            (DrillState::Running, Some(inside)) => { (step(member, view, inside, advise)) }
            (DrillState::Running, None) => {
                (empty_state(Icon::Warning, &t.get("drill-cut-title"), &t.get("drill-cut"), None))
            }
            (DrillState::Done, _) => {
                (report::report_card(t, view.kind, &view.drill.walk, &view.drill.found.clone().unwrap_or_default()))
            }
            (DrillState::Abandoned, _) => {
                (empty_state(Icon::Close, &t.get("drill-abandoned-title"), &t.get("drill-abandoned"), None))
            }
        }
        @if matches!(view.drill.state, DrillState::Preparing | DrillState::Running) && member.may(Role::Agent) {
            form method="post" action={ "/drill/" (view.drill.id) "/abandon" } {
                (hidden("csrf", &member.visitor.csrf))
                (actions(&html! { (Button::quiet(&t.get("drill-abandon"))) }))
            }
        }
    };
    shell_refreshed(member, &title, content, waits.then_some(REFRESH_SECONDS))
}

fn heading(t: &Texts, view: &WalkView) -> String {
    match (view.drill.state, view.drill.walk.step()) {
        (DrillState::Done, _) => t.get("drill-report-title").into_owned(),
        (DrillState::Running, Some(step)) => t.get(&format!("drill-name-{}", step.as_str())).into_owned(),
        _ => t.get("drill-title").into_owned(),
    }
}

fn step(member: &Member, view: &WalkView, inside: &Inside, advise: Advise) -> Markup {
    let t = member.texts();
    let walk = &view.drill.walk;
    let (Some(step), Some(began)) = (walk.step(), walk.began_at) else { return ready(member, view) };
    let minutes = (view.now.as_second() - began).max(0) / 60;
    let values = [
        ("step", (walk.ended_at.len() as i64 + 1).into()),
        ("minutes", minutes.into()),
        ("target", (step.target_seconds() / 60).into()),
    ];
    let content = match step {
        Step::See => see(member, view, inside),
        Step::Triage => triage(member, view, inside),
        Step::Tell => tell(member, view, inside),
        Step::Say => say(member, view, advise),
        Step::Answer => answer(member, view, inside),
    };
    html! {
        p { strong { (t.with("drill-clock", &values)) } }
        (content)
    }
}

/// The form around a step: what it asks, and the way on.
fn form(member: &Member, drill: &Drill, fields: &Markup, buttons: &Markup) -> Markup {
    html! {
        form.form method="post" action={ "/drill/" (drill.id) } {
            (hidden("csrf", &member.visitor.csrf))
            (hidden("revision", &drill.revision.to_string()))
            (fields)
            (actions(buttons))
        }
    }
}

fn next(t: &Texts, key: &str) -> Markup {
    html! { (Button::primary(&t.get(key)).name_value("act", "next")) }
}

fn ready(member: &Member, view: &WalkView) -> Markup {
    let t = member.texts();
    let found = view.drill.found.clone().unwrap_or_default();
    let began = Timestamp::from_second(found.began_at).unwrap_or(view.now);
    let date = t.date(began, &member.principal.time_zone);
    let values = [("n", i64::from(found.history).into()), ("date", date.into())];
    let begin =
        html! { (Button::primary(&t.get("drill-start-clock")).icon(Icon::Clock).name_value("act", "begin")) };
    card(
        "ready",
        &t.get("drill-ready"),
        &html! {
            p { (t.with("drill-ready-lead", &values)) }
            @if member.may(Role::Agent) { (form(member, &view.drill, &html! {}, &begin)) }
        },
    )
}

fn see(member: &Member, view: &WalkView, inside: &Inside) -> Markup {
    let t = member.texts();
    let found = view.drill.found.clone().unwrap_or_default();
    html! {
        p { (report::seen(t, &found)) }
        @match &inside.warning {
            Some(warning) => { (told_by(member, warning)) }
            None => { p { (t.get("drill-not-seen-lead")) } (voices(member, inside)) }
        }
        (form(member, &view.drill, &html! {}, &html! {
            @if inside.warning.is_some() {
                (Button::secondary(&t.get("warn-dossier")).href(&format!("/drill/{}/dossier", view.drill.id)))
            }
            (next(t, "drill-seen-it"))
        }))
    }
}

/// The warning as its own page tells it, without the ways to pages that are not there.
fn told_by(member: &Member, warning: &Warning) -> Markup {
    let t = member.texts();
    let zone = &member.principal.time_zone;
    let (iso, since) = (warning.since_at.to_string(), words::since(t, zone, warning));
    let (value, unit) = words::voices(t, warning);
    let usual = words::against_usual(t, zone, warning);
    let growth = words::growth(t, &warning.story);
    let rows = words::evidence(t, &warning.story);
    let facts: Vec<ui::Fact<'_>> =
        rows.iter().map(|(label, value)| ui::Fact { label, value, explanation: "" }).collect();
    html! {
        (warning_card(&WarningCard {
            id: "warning",
            level: warn::pages::drawn(warning.level),
            level_label: &t.get(&format!("level-{}", warning.level)),
            title: &words::title(t, warning),
            since: When { iso: &iso, shown: &since },
            place: "",
            story: Story { value: &value, unit: &unit, usual: &usual, sentence: &growth },
            link: None,
            actions: None,
        }))
        (card("evidence", &t.get("warn-evidence"), &fact_list(&facts)))
    }
}

fn voices(member: &Member, inside: &Inside) -> Markup {
    let (t, zone) = (member.texts(), &member.principal.time_zone);
    html! { @for voice in &inside.first { (understand::pages::mention(t, zone, voice, &[], true)) } }
}

/// What a person may say it is: a class, or the class *values* with a line.
fn choices(t: &Texts, triage: &Triage) -> Vec<(String, String)> {
    let mut all = Vec::new();
    for class in TriageClass::ALL {
        if *class == TriageClass::Values {
            for line in &triage.charter {
                let against = t.with("triage-against", &[("line", line.text.as_str().into())]);
                all.push((format!("values-{}", line.place), against.into_owned()));
            }
        }
        all.push((class.to_string(), words::class_name(t, triage.kind, *class)));
    }
    all
}

fn triage(member: &Member, view: &WalkView, inside: &Inside) -> Markup {
    let (t, zone) = (member.texts(), &member.principal.time_zone);
    let Some(triage) = &inside.triage else { return html! {} };
    let named = choices(t, triage);
    let choices: Vec<Choice<'_>> = named.iter().map(|(value, label)| Choice::new(value, label)).collect();
    let fields = html! { (Field::radio("decision", &t.get("triage-decide"), &choices).required()) };
    html! {
        p { (t.get("drill-triage-lead")) }
        (understand::pages::mention(t, zone, &triage.mention, &[], true))
        (form(member, &view.drill, &fields, &next(t, "drill-next")))
    }
}

fn tell(member: &Member, view: &WalkView, inside: &Inside) -> Markup {
    let t = member.texts();
    let walk = &view.drill.walk;
    let charter = inside.triage.as_ref().map_or(&[][..], |triage| &triage.charter);
    let line = charter.iter().find(|line| Some(line.place) == walk.place);
    let class = walk.class.unwrap_or(TriageClass::Ordinary);
    let (first, who) = values::pages::triage::first_and_who(t, view.kind, class, line);
    let (first_label, who_label) = (t.get("triage-first"), t.get("triage-who"));
    let fields = html! {
        (Field::text("decider", &t.get("drill-decider")).max_length(NAME_MAX))
        (Field::text("told", &t.get("drill-told")).placeholder(&t.get("drill-told-example")).max_length(LINE_MAX))
    };
    html! {
        p { strong { (words::class_name(t, view.kind, class)) "." } }
        (key_values(&[(&first_label, html! { (first) }), (&who_label, html! { (who) })]))
        (form(member, &view.drill, &fields, &next(t, "drill-next")))
    }
}

fn say(member: &Member, view: &WalkView, advise: Advise) -> Markup {
    let t = member.texts();
    let walk = &view.drill.walk;
    let fields = html! {
        (Field::text_area("statement", &t.get("drill-statement"), 6).hint(&t.get("drill-statement-hint"))
            .max_length(TEXT_MAX).value(&walk.statement))
    };
    html! {
        p { (t.get("drill-say-lead")) }
        @if !walk.statement.is_empty() { (advise(t, &walk.statement)) }
        (form(member, &view.drill, &fields, &html! {
            (next(t, "drill-next"))
            (Button::secondary(&t.get("drill-check")).name_value("act", "look"))
        }))
    }
}

fn answer_to(t: &Texts, voice: &ReadMention) -> String {
    let author = voice.author.clone().unwrap_or_else(|| t.get("mention-no-author").into_owned());
    t.with("drill-answer-to", &[("author", author.into())]).into_owned()
}

fn answer(member: &Member, view: &WalkView, inside: &Inside) -> Markup {
    let (t, zone) = (member.texts(), &member.principal.time_zone);
    let fields = html! {
        @for (at, voice) in inside.first.iter().enumerate() {
            (understand::pages::mention(t, zone, voice, &[], true))
            (Field::text_area(&format!("answer{}", at + 1), &answer_to(t, voice), 3).max_length(TEXT_MAX))
        }
    };
    html! {
        p { (t.get("drill-answer-lead")) }
        (form(member, &view.drill, &fields, &next(t, "drill-end")))
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct WalkForm {
    revision: i64,
    act: String,
    decision: String,
    decider: String,
    told: String,
    statement: String,
    answer1: String,
    answer2: String,
    answer3: String,
}

fn taken(given: &str, most: u32) -> String {
    given.trim().chars().take(most as usize).collect()
}

const INVALID: Problem = Problem::new(ProblemKind::Invalid, "problem-invalid-form");

/// Writes down what the person did in the step she is at. `triage` is the copy's.
fn apply(walk: &mut Walk, form: &WalkForm, triage: Option<&Triage>, now: i64) -> Result<(), Problem> {
    match (form.act.as_str(), walk.step()) {
        ("begin", None) if walk.began_at.is_none() => walk.began_at = Some(now),
        ("look", Some(Step::Say)) => walk.statement = taken(&form.statement, TEXT_MAX),
        ("next", Some(step)) => {
            match step {
                Step::See => {}
                Step::Triage => decide(walk, form, triage.ok_or(INVALID)?)?,
                Step::Tell => {
                    walk.decider = taken(&form.decider, NAME_MAX);
                    walk.told = taken(&form.told, LINE_MAX);
                }
                Step::Say => walk.statement = taken(&form.statement, TEXT_MAX),
                Step::Answer => {
                    let answers = [&form.answer1, &form.answer2, &form.answer3];
                    walk.answers = answers.map(|answer| taken(answer, TEXT_MAX)).into();
                }
            }
            walk.end_step(now);
        }
        _ => return Err(INVALID),
    }
    Ok(())
}

fn decide(walk: &mut Walk, form: &WalkForm, triage: &Triage) -> Result<(), Problem> {
    let line = form.decision.strip_prefix("values-");
    let line = line.and_then(|place| triage.charter.iter().find(|line| line.place.to_string() == place));
    let class = line.map(|_| TriageClass::Values).or_else(|| TriageClass::parse(&form.decision));
    walk.class = Some(class.ok_or(INVALID)?);
    walk.place = line.map(|line| line.place);
    walk.suggested = Some(triage.suggestion.class);
    walk.has_charter = !triage.charter.is_empty();
    Ok(())
}

pub(super) async fn act(
    State(context): State<Context>,
    member: Member,
    Path(id): Path<i64>,
    CheckedForm(form): CheckedForm<WalkForm>,
) -> Result<Response, Problem> {
    let scope = &member.scope;
    let mut drill = store::one(scope, DrillId(id)).await?.ok_or_else(Problem::not_found)?;
    let to = Redirect::to(&format!("/drill/{id}")).into_response();
    if drill.state != DrillState::Running {
        return Ok(to);
    }
    let Some(inside) = copy::open(&context, drill.id, scope.organization()).await? else { return Ok(to) };
    let inside = look(&inside, &drill).await?;
    if drill.revision != form.revision {
        return Err(Problem::new(ProblemKind::Conflict, "problem-conflict"));
    }
    let now = context.now();
    apply(&mut drill.walk, &form, inside.triage.as_ref(), now.as_second())?;
    let mut batch = Batch::new();
    store::walk(&mut batch, &drill, now);
    let conflict = |error: foundation::store::StoreError| {
        if error.is_conflict() {
            Problem::new(ProblemKind::Conflict, "problem-conflict")
        } else {
            error.into()
        }
    };
    scope.write(batch).await.map_err(conflict)?;
    if drill.walk.is_over() {
        copy::forget(&context, drill.id).map_err(anyhow::Error::from)?;
    }
    Ok(to)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AbandonForm {}

pub(super) async fn abandon(
    State(context): State<Context>,
    member: Member,
    Path(id): Path<i64>,
    CheckedForm(AbandonForm {}): CheckedForm<AbandonForm>,
) -> Result<Response, Problem> {
    let drill = store::one(&member.scope, DrillId(id)).await?.ok_or_else(Problem::not_found)?;
    crate::step::give_up(&context, member.scope.organization(), drill.id).await?;
    Ok(Redirect::to("/drill").into_response())
}

pub(super) async fn dossier(
    State(context): State<Context>,
    member: Member,
    Path(id): Path<i64>,
) -> Result<Markup, Problem> {
    let scope = &member.scope;
    let drill = store::one(scope, DrillId(id)).await?.ok_or_else(Problem::not_found)?;
    let seen = drill.found.and_then(|found| found.seen).ok_or_else(Problem::not_found)?;
    let copy = copy::open(&context, drill.id, scope.organization()).await?.ok_or_else(Problem::not_found)?;
    let name = &member.principal.organization_name;
    let view = warn::pages::dossier::view_of(&copy, seen.warning, name, context.now()).await?;
    let t = member.texts();
    let content = html! {
        (back_link(&t.get("drill-title"), &format!("/drill/{id}")))
        (mark(t, false))
        (warn::pages::dossier::document(t, &member.principal.time_zone, &view))
    };
    Ok(shell(&member, &t.get("dossier-title"), content))
}
