//! Who was told of an incident, how and when.

use axum::extract::{Path, State};
use axum::response::Response;
use domain::{IncidentId, Role, ToldId};
use foundation::Context;
use foundation::store::Batch;
use foundation::web::{CheckedForm, Member, Problem, ProblemKind};
use maud::{Markup, html};
use serde::Deserialize;
use ui::{Button, Field, Icon, TaskRow, actions, card, hidden, task_list, task_row};

use super::{IncidentView, text, to_page};
use crate::pages::conflict;
use crate::store::incidents;
use crate::store::publications::{self, TOLD_MAX, Told};

/// Characters of who, and of how.
const TOLD_TEXT_MAX: u32 = 120;

pub(super) fn told(member: &Member, view: &IncidentView) -> Markup {
    let t = member.texts();
    let may = member.may(Role::Agent);
    let content = html! {
        @if view.told.is_empty() { p { (t.get("incident-told-empty")) } }
        @else { (task_list(&html! { @for told in &view.told { (row(member, view, told, may)) } })) }
        @if may {
            form.form method="post" action={ "/incidents/" (view.incident.id) "/told" } {
                (hidden("csrf", &member.visitor.csrf))
                (Field::text("who", &t.get("incident-told-who")).required().max_length(TOLD_TEXT_MAX))
                (Field::text("how", &t.get("incident-told-how")).placeholder(&t.get("incident-told-how-example")).max_length(TOLD_TEXT_MAX))
                (actions(&html! { (Button::secondary(&t.get("incident-told-add"))) }))
            }
        }
    };
    card("told", &t.get("incident-told"), &content)
}

fn row(member: &Member, view: &IncidentView, told: &Told, may: bool) -> Markup {
    let t = member.texts();
    let when = t.moment(told.at, &member.principal.time_zone);
    let detail = if told.how.is_empty() { when } else { format!("{} · {when}", told.how) };
    task_row(&TaskRow {
        icon: Icon::Mail,
        title: &told.who,
        detail: &detail,
        urgent: false,
        action: html! {
            @if may {
                form method="post" action={ "/incidents/" (view.incident.id) "/told/" (told.id) } {
                    (hidden("csrf", &member.visitor.csrf))
                    (Button::quiet(&t.get("incident-told-remove")).context(&told.who))
                }
            }
        },
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::pages) struct TellForm {
    who: String,
    how: String,
}

pub(in crate::pages) async fn add(
    State(context): State<Context>,
    member: Member,
    Path(id): Path<i64>,
    CheckedForm(form): CheckedForm<TellForm>,
) -> Result<Response, Problem> {
    let (scope, id) = (&member.scope, IncidentId(id));
    let (who, how) = (text(&form.who, TOLD_TEXT_MAX, false)?, text(&form.how, TOLD_TEXT_MAX, true)?);
    incidents::one(scope, id).await?.ok_or_else(Problem::not_found)?;
    if publications::told(scope, id).await?.len() as i64 >= TOLD_MAX {
        return Err(Problem::new(ProblemKind::Invalid, "problem-too-many"));
    }
    let (now, by) = (context.now(), member.principal.account);
    let line = member.texts().with("diary-told", &[("who", who.as_str().into())]).into_owned();
    let mut batch = Batch::new();
    publications::tell(&mut batch, id, &Told { id: ToldId(context.new_id()), who, how, at: now }, by);
    incidents::note(&mut batch, context.new_id(), id, by, &line, now);
    scope.write(batch).await.map_err(conflict)?;
    Ok(to_page(id, "#told"))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::pages) struct RemoveForm {}

pub(in crate::pages) async fn remove(
    member: Member,
    Path((id, told)): Path<(i64, i64)>,
    CheckedForm(RemoveForm {}): CheckedForm<RemoveForm>,
) -> Result<Response, Problem> {
    let mut batch = Batch::new();
    publications::untell(&mut batch, IncidentId(id), ToldId(told));
    let missing = |error: foundation::store::StoreError| {
        if error.is_conflict() { Problem::not_found() } else { error.into() }
    };
    member.scope.write(batch).await.map_err(missing)?;
    Ok(to_page(IncidentId(id), "#told"))
}
