//! An incident: what kind it is, what has to be done, who was told, what we say, the diary, what we learnt. Nothing of it
//! is public until a manager publishes it (`publish`).

pub mod head;
pub mod publish;
pub mod told;

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::{IncidentId, IncidentTaskId, OrganizationKind, PublicationKind, Role};
use foundation::Context;
use foundation::store::Batch;
use foundation::web::{CheckedForm, Member, Problem, ProblemKind, shell};
use http::StatusCode;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use maud::{Markup, html};
use serde::Deserialize;
use ui::{
    Button, Field, Moment, TickRow, Tone, actions, back_link, card, hidden, notice, page_header, task_list,
    tick_row, timeline,
};

use super::one::first_tasks;
use super::{Shown, conflict};
use crate::store::incidents::{self, Incident, NOTES_MAX, Note, TASKS_MAX, Task};
use crate::store::publications::{self, Publication, Told};

/// Characters of a title, of a task, of a longer text.
pub(in crate::pages) const TITLE_MAX: u32 = 120;
const TASK_MAX: u32 = 200;
const TEXT_MAX: u32 = 4_000;

/// What the page shows.
pub struct IncidentView {
    /// The incident.
    pub incident: Incident,
    /// Its tasks.
    pub tasks: Vec<Task>,
    /// Its diary.
    pub notes: Vec<Note>,
    /// Texts of it that were approved, the newest first.
    pub publications: Vec<Publication>,
    /// Who was told.
    pub told: Vec<Told>,
    /// Whose words to use: a business and a person are spoken to differently.
    pub kind: OrganizationKind,
    /// What is shown was not saved: somebody else wrote at the same time.
    pub unsaved: bool,
}

pub(in crate::pages) async fn index(member: Member, Path(id): Path<i64>) -> Result<Markup, Problem> {
    let incident = incidents::one(&member.scope, IncidentId(id)).await?.ok_or_else(Problem::not_found)?;
    Ok(incident_page(&member, &view(&member, incident, false).await?))
}

async fn view(member: &Member, incident: Incident, unsaved: bool) -> Result<IncidentView, Problem> {
    let (scope, id) = (&member.scope, incident.id);
    let (tasks, notes) = (incidents::tasks(scope, id).await?, incidents::notes(scope, id).await?);
    let (publications, told) =
        (publications::of_incident(scope, id).await?, publications::told(scope, id).await?);
    let (kind, _) = understand::store::business(scope).await?;
    Ok(IncidentView { incident, tasks, notes, publications, told, kind, unsaved })
}

/// The page.
pub fn incident_page(member: &Member, view: &IncidentView) -> Markup {
    let t = member.texts();
    let zone = &member.principal.time_zone;
    let incident = &view.incident;
    let lead = match incident.closed_at {
        None => t.with("incident-opened", &[("date", t.date(incident.opened_at, zone).into())]),
        Some(at) => t.with("incident-closed", &[("date", t.date(at, zone).into())]),
    };
    let may = member.may(Role::Agent);
    let content = html! {
        (back_link(&t.get("incident-back"), "/warnings"))
        (page_header(&incident.title, &lead, None))
        @if view.unsaved { (notice(Tone::Warning, &t.get("problem-conflict"), &html! { (t.get("incident-unsaved")) })) }
        @if let Some(warning) = incident.warning {
            (actions(&html! { (Button::secondary(&t.get("incident-warning")).href(&format!("/warnings/{warning}"))) }))
        }
        @if incident.closed_at.is_none() { (notice(Tone::Info, "", &html! { (t.get("incident-open-lead")) })) }
        (head::head(member, view))
        (card("tasks", &t.get("incident-tasks"), &tasks(member, view, may)))
        (told::told(member, view))
        (card("statement", &t.get("incident-statement"), &html! {
            (statement(member, incident, may))
            (publish::standing(member, view, PublicationKind::Statement))
        }))
        (card("diary", &t.get("incident-diary"), &diary(member, view, may)))
        (card("review", &t.get("incident-review"), &html! {
            (review_form(member, incident, may))
            (publish::standing(member, view, PublicationKind::Change))
            @if may { (state_form(member, incident)) }
        }))
    };
    shell(member, &incident.title, content)
}

fn tasks(member: &Member, view: &IncidentView, may: bool) -> Markup {
    let t = member.texts();
    let zone = &member.principal.time_zone;
    let id = view.incident.id;
    let row = |task: &Task| {
        let detail =
            task.done_at.map(|at| t.with("incident-task-done-at", &[("moment", t.moment(at, zone).into())]));
        let (element, action) = (format!("task-{}", task.id), format!("/incidents/{id}/tasks/{}", task.id));
        let done = if task.done_at.is_some() { "no" } else { "yes" };
        tick_row(&TickRow {
            id: &element,
            action: &action,
            hidden: &[("csrf", member.visitor.csrf.as_str()), ("done", done)],
            title: &task.title,
            detail: detail.as_deref().unwrap_or_default(),
            done: task.done_at.is_some(),
        })
    };
    html! {
        @if view.tasks.is_empty() { p { (t.get("incident-tasks-empty")) } }
        @else if may { (task_list(&html! { @for task in &view.tasks { (row(task)) } })) }
        @else { ul { @for task in &view.tasks { li { (task.title) @if task.done_at.is_some() { " ✓" } } } } }
        @if may {
            form.form method="post" action={ "/incidents/" (id) "/tasks" } {
                (hidden("csrf", &member.visitor.csrf))
                (Field::text("title", &t.get("incident-task-add")).within("new-task").required().max_length(TASK_MAX))
                (actions(&html! { (Button::secondary(&t.get("incident-task-submit"))) }))
            }
        }
    }
}

fn statement(member: &Member, incident: &Incident, may: bool) -> Markup {
    let t = member.texts();
    if !may {
        return html! { p { (incident.statement) } };
    }
    html! {
        form.form method="post" action={ "/incidents/" (incident.id) } {
            (hidden("csrf", &member.visitor.csrf))
            (hidden("revision", &incident.revision.to_string()))
            (Field::text("title", &t.get("incident-name")).required().max_length(TITLE_MAX).value(&incident.title))
            (Field::text("statement_title", &t.get("publish-name")).hint(&t.get("publish-name-hint")).max_length(TITLE_MAX)
                .value(&incident.statement_title))
            (Field::text_area("statement", &t.get("incident-statement"), 6).hint(&t.get("incident-statement-hint"))
                .max_length(TEXT_MAX).value(&incident.statement))
            (actions(&html! { (Button::primary(&t.get("incident-save"))) }))
        }
    }
}

fn diary(member: &Member, view: &IncidentView, may: bool) -> Markup {
    let t = member.texts();
    let zone = &member.principal.time_zone;
    let at: Vec<Shown> = view.notes.iter().map(|note| Shown::moment(t, zone, note.at)).collect();
    let moments: Vec<Moment<'_>> = view
        .notes
        .iter()
        .zip(&at)
        .map(|(note, at)| Moment {
            when: at.when(),
            what: &note.text,
            detail: note.by.as_deref().unwrap_or_default(),
        })
        .collect();
    html! {
        p.hint { (t.get("incident-diary-lead")) }
        @if moments.is_empty() { p { (t.get("incident-diary-empty")) } }
        (timeline(&moments))
        @if may {
            form.form method="post" action={ "/incidents/" (view.incident.id) "/notes" } {
                (hidden("csrf", &member.visitor.csrf))
                (Field::text_area("text", &t.get("incident-note"), 3).required().max_length(TEXT_MAX))
                (actions(&html! { (Button::secondary(&t.get("incident-note-submit"))) }))
            }
        }
    }
}

fn review_form(member: &Member, incident: &Incident, may: bool) -> Markup {
    let t = member.texts();
    if !may {
        return html! { p { (incident.lessons) } p { (incident.change_made) } };
    }
    html! {
        form.form method="post" action={ "/incidents/" (incident.id) "/review" } {
            (hidden("csrf", &member.visitor.csrf))
            (hidden("revision", &incident.revision.to_string()))
            (Field::text_area("lessons", &t.get("incident-lessons"), 3).hint(&t.get("incident-lessons-hint"))
                .max_length(TEXT_MAX).value(&incident.lessons))
            (Field::text_area("change", &t.get("incident-change"), 3).max_length(TEXT_MAX).value(&incident.change_made))
            (Field::text("change_title", &t.get("publish-name")).within("change").hint(&t.get("publish-name-hint"))
                .max_length(TITLE_MAX).value(&incident.change_title))
            (Field::date("change_day", &t.get("incident-change-day")).range("2000-01-01", "", "")
                .value(&incident.change_day.map(civil).unwrap_or_default()))
            (actions(&html! { (Button::secondary(&t.get("incident-save"))) }))
        }
    }
}

/// A day since 1970 as the form writes it: 2026-03-05.
fn civil(day: i64) -> String {
    let at = day.checked_mul(86_400).and_then(|second| Timestamp::from_second(second).ok());
    at.map(|at| TimeZone::UTC.to_datetime(at).date().to_string()).unwrap_or_default()
}

/// The day a form names, in days since 1970; nothing where it names none.
fn day_named(text: &str) -> Option<i64> {
    let date: jiff::civil::Date = text.parse().ok().filter(|_| text.len() == "2026-03-05".len())?;
    let midnight = TimeZone::UTC.to_timestamp(date.to_datetime(jiff::civil::Time::midnight())).ok()?;
    Some(midnight.as_second().div_euclid(86_400))
}

fn state_form(member: &Member, incident: &Incident) -> Markup {
    let t = member.texts();
    let (state, label) = match incident.closed_at {
        None => ("yes", t.get("incident-close")),
        Some(_) => ("no", t.get("incident-reopen")),
    };
    html! {
        form method="post" action={ "/incidents/" (incident.id) "/state" } {
            (hidden("csrf", &member.visitor.csrf))
            @if incident.closed_at.is_none() { p.hint { (t.get("incident-close-lead")) } }
            (actions(&html! { (Button::secondary(&label).name_value("closed", state)) }))
        }
    }
}

/// A text of a form: trimmed, not longer than allowed, not empty.
fn text(given: &str, most: u32, empty_is_right: bool) -> Result<String, Problem> {
    let text: String = given.trim().chars().take(most as usize).collect();
    if text.is_empty() && !empty_is_right {
        return Err(Problem::new(ProblemKind::Invalid, "problem-empty-text"));
    }
    Ok(text)
}

fn to_page(id: IncidentId, part: &str) -> Response {
    Redirect::to(&format!("/incidents/{id}{part}")).into_response()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::pages) struct TitleForm {
    title: String,
}

pub(in crate::pages) async fn open(
    State(context): State<Context>,
    member: Member,
    CheckedForm(form): CheckedForm<TitleForm>,
) -> Result<Response, Problem> {
    let (id, t) = (IncidentId(context.new_id()), member.texts());
    let title = text(&form.title, TITLE_MAX, false)?;
    let mut batch = Batch::new();
    incidents::insert(&mut batch, id, None, &title, context.now());
    incidents::add_tasks(&mut batch, id, &first_tasks(&context, t));
    member.scope.write(batch).await.map_err(conflict)?;
    Ok(to_page(id, ""))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::pages) struct SaveForm {
    revision: i64,
    title: String,
    statement: String,
    #[serde(default)]
    statement_title: String,
}

pub(in crate::pages) async fn save(
    member: Member,
    Path(id): Path<i64>,
    CheckedForm(form): CheckedForm<SaveForm>,
) -> Result<Response, Problem> {
    let id = IncidentId(id);
    let mut incident = incidents::one(&member.scope, id).await?.ok_or_else(Problem::not_found)?;
    incident.revision = form.revision;
    incident.title = text(&form.title, TITLE_MAX, false)?;
    incident.statement = text(&form.statement, TEXT_MAX, true)?;
    incident.statement_title = text(&form.statement_title, TITLE_MAX, true)?;
    write(&member, incident, "#statement").await
}

/// Saves what was written. If somebody else wrote meanwhile, nothing is lost: her words come back, to be saved over
/// what stands now or not.
async fn write(member: &Member, mut incident: Incident, part: &str) -> Result<Response, Problem> {
    let mut batch = Batch::new();
    incidents::update(&mut batch, &incident);
    match member.scope.write(batch).await {
        Ok(_) => Ok(to_page(incident.id, part)),
        Err(error) if error.is_conflict() => {
            let now = incidents::one(&member.scope, incident.id).await?.ok_or_else(Problem::not_found)?;
            incident.revision = now.revision;
            let view = view(member, incident, true).await?;
            Ok((StatusCode::CONFLICT, incident_page(member, &view)).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::pages) struct ReviewForm {
    revision: i64,
    lessons: String,
    change: String,
    #[serde(default)]
    change_title: String,
    #[serde(default)]
    change_day: String,
}

pub(in crate::pages) async fn review(
    member: Member,
    Path(id): Path<i64>,
    CheckedForm(form): CheckedForm<ReviewForm>,
) -> Result<Response, Problem> {
    let id = IncidentId(id);
    let mut incident = incidents::one(&member.scope, id).await?.ok_or_else(Problem::not_found)?;
    incident.revision = form.revision;
    incident.lessons = text(&form.lessons, TEXT_MAX, true)?;
    incident.change_made = text(&form.change, TEXT_MAX, true)?;
    incident.change_title = text(&form.change_title, TITLE_MAX, true)?;
    incident.change_day = day_named(&form.change_day);
    write(&member, incident, "#review").await
}

pub(in crate::pages) async fn add_task(
    State(context): State<Context>,
    member: Member,
    Path(id): Path<i64>,
    CheckedForm(form): CheckedForm<TitleForm>,
) -> Result<Response, Problem> {
    let (scope, id) = (&member.scope, IncidentId(id));
    let title = text(&form.title, TASK_MAX, false)?;
    incidents::one(scope, id).await?.ok_or_else(Problem::not_found)?;
    if incidents::count_tasks(scope, id).await? >= TASKS_MAX {
        return Err(Problem::new(ProblemKind::Invalid, "problem-too-many"));
    }
    let mut batch = Batch::new();
    incidents::add_tasks(&mut batch, id, &[(IncidentTaskId(context.new_id()), title)]);
    scope.write(batch).await.map_err(conflict)?;
    Ok(to_page(id, "#tasks"))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::pages) struct DoneForm {
    done: String,
}

pub(in crate::pages) async fn do_task(
    State(context): State<Context>,
    member: Member,
    Path((id, task)): Path<(i64, i64)>,
    CheckedForm(form): CheckedForm<DoneForm>,
) -> Result<Response, Problem> {
    let done_at = (form.done == "yes").then(|| context.now());
    let mut batch = Batch::new();
    incidents::do_task(&mut batch, IncidentId(id), IncidentTaskId(task), done_at);
    let missing = |error: foundation::store::StoreError| {
        if error.is_conflict() { Problem::not_found() } else { error.into() }
    };
    member.scope.write(batch).await.map_err(missing)?;
    Ok(to_page(IncidentId(id), "#tasks"))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::pages) struct NoteForm {
    text: String,
}

pub(in crate::pages) async fn add_note(
    State(context): State<Context>,
    member: Member,
    Path(id): Path<i64>,
    CheckedForm(form): CheckedForm<NoteForm>,
) -> Result<Response, Problem> {
    let (scope, id) = (&member.scope, IncidentId(id));
    let written = text(&form.text, TEXT_MAX, false)?;
    incidents::one(scope, id).await?.ok_or_else(Problem::not_found)?;
    if incidents::count_notes(scope, id).await? >= NOTES_MAX {
        return Err(Problem::new(ProblemKind::Invalid, "problem-too-many"));
    }
    let mut batch = Batch::new();
    incidents::note(&mut batch, context.new_id(), id, member.principal.account, &written, context.now());
    scope.write(batch).await.map_err(conflict)?;
    Ok(to_page(id, "#diary"))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::pages) struct StateForm {
    closed: String,
}

pub(in crate::pages) async fn set_state(
    State(context): State<Context>,
    member: Member,
    Path(id): Path<i64>,
    CheckedForm(form): CheckedForm<StateForm>,
) -> Result<Response, Problem> {
    let (scope, id) = (&member.scope, IncidentId(id));
    incidents::one(scope, id).await?.ok_or_else(Problem::not_found)?;
    let mut batch = Batch::new();
    incidents::set_closed(&mut batch, id, form.closed == "yes", context.now());
    scope.write(batch).await.map_err(conflict)?;
    Ok(to_page(id, ""))
}
