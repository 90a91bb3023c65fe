//! The card of *Palabra*, the tasks of who waits, and the action that says "I have answered this".

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use domain::{MentionId, Role};
use foundation::web::{Access, CheckedForm, Member, Problem, ProblemKind, Routes, Texts};
use jiff::{Timestamp, tz::TimeZone};
use maud::{Markup, html};
use serde::Deserialize;
use ui::{Button, Icon, NumberCard, NumberNotYet, TaskRow, number_card, number_not_yet, task_row};

use crate::rules::palabra::{DUE_MIN, Palabra};
use crate::store::waiting::Waiting;

/// This room's routes.
pub fn routes() -> Routes {
    Routes::new().post("/mentions/{id}/answered", Access::Member(Role::Agent), mark)
}

/// The card of the number.
pub fn card(t: &Texts, palabra: &Palabra) -> Markup {
    let formula = html! {
        p { (t.with("palabra-formula", &[("min", (DUE_MIN as i64).into())])) }
    };
    let Some(share) = palabra.share() else {
        let missing = DUE_MIN.saturating_sub(palabra.due).max(1);
        return number_not_yet(&NumberNotYet {
            id: "palabra",
            title: &t.get("palabra-title"),
            icon: Icon::Anchor,
            message: &t.with("palabra-not-yet", &[("n", (missing as i64).into())]),
            have_need: Some((palabra.due.min(DUE_MIN), DUE_MIN)),
            sentence: &t.get("palabra-not-yet-hint"),
            formula_label: &t.get("how-computed"),
            formula,
        });
    };
    let interval = t.with(
        "palabra-interval",
        &[
            ("low", t.percent(palabra.low).into()),
            ("high", t.percent(palabra.high).into()),
            ("n", (palabra.due as i64).into()),
            ("count", t.count(palabra.due as i64).into()),
        ],
    );
    let sentence = t.with(
        "palabra-sentence",
        &[
            ("answered", t.count(palabra.answered as i64).into()),
            ("in_time", t.count(palabra.in_time as i64).into()),
            ("due", t.count(palabra.due as i64).into()),
        ],
    );
    number_card(&NumberCard {
        id: "palabra",
        title: &t.get("palabra-title"),
        icon: Icon::Anchor,
        value: &t.percent(share),
        unit: &t.get("palabra-unit"),
        interval: &interval,
        sentence: &sentence,
        formula_label: &t.get("how-computed"),
        formula,
        more: None,
    })
}

/// One task for somebody who waits.
pub fn task(t: &Texts, zone: &TimeZone, now: Timestamp, waiting: &Waiting) -> Markup {
    let author = waiting.author.clone().unwrap_or_else(|| t.get("mention-no-author").into_owned());
    let days = now.duration_since(waiting.posted_at).as_hours() / 24;
    let stars = t.with("stars-spoken", &[("n", i64::from(waiting.stars).into())]);
    let title = match &waiting.author {
        Some(author) => t.with("task-answer", &[("author", author.as_str().into())]),
        None => t.with("task-answer-unsigned", &[("n", i64::from(waiting.stars).into())]),
    };
    let mut said: String = waiting.text.chars().take(110).collect();
    if said.len() < waiting.text.len() {
        said.push('…');
    }
    let waited = t.with(
        "task-answer-waits",
        &[("days", days.into()), ("date", t.date(waiting.posted_at, zone).into())],
    );
    let detail = if said.is_empty() {
        format!("{stars} · {waited}")
    } else {
        format!("{stars} · {waited} · {said}")
    };
    task_row(&TaskRow {
        icon: Icon::Reply,
        title: &title,
        detail: &detail,
        urgent: days < 30,
        action: html! {
            (Button::secondary(&t.get("task-answer-open")).href(&format!("/mentions/{}", waiting.id)).context(&author))
        },
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MarkForm {
    answered: String,
}

async fn mark(
    member: Member,
    Path(id): Path<i64>,
    CheckedForm(form): CheckedForm<MarkForm>,
) -> Result<Response, Problem> {
    let answered = match form.answered.as_str() {
        "yes" => true,
        "no" => false,
        _ => return Err(Problem::new(ProblemKind::Invalid, "problem-invalid-form")),
    };
    match listen::save::mark_answered(&member.scope, MentionId(id), answered).await {
        Ok(true) => Ok(Redirect::to(&format!("/mentions/{id}")).into_response()),
        Ok(false) => Err(Problem::not_found()),
        Err(error) if error.is_conflict() => Err(Problem::new(ProblemKind::Conflict, "problem-conflict")),
        Err(error) => Err(error.into()),
    }
}
