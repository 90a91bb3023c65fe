//! The head of an incident: what kind it is, what is done first, who decides.

use axum::extract::Path;
use axum::response::Response;
use domain::{IncidentId, Role, TriageClass};
use foundation::web::{CheckedForm, Member, Problem, ProblemKind};
use maud::{Markup, html};
use serde::Deserialize;
use ui::{Button, Choice, Field, actions, card, disclosure, hidden, key_values};

use super::{IncidentView, text, write};
use crate::store::incidents;
use crate::words::{class_name, decider, first_step};

/// Characters of who decides.
const DECIDER_MAX: u32 = 80;

pub(super) fn head(member: &Member, view: &IncidentView) -> Markup {
    let t = member.texts();
    let incident = &view.incident;
    let (kind, first, who) = (t.get("incident-class"), t.get("triage-first"), t.get("triage-who"));
    let mut pairs = Vec::new();
    if let Some(class) = incident.class {
        let decides = Some(incident.decider.clone()).filter(|who| !who.is_empty());
        let decides = decides.unwrap_or_else(|| decider(t, view.kind, class));
        pairs.push((&*kind, html! { strong { (class_name(t, view.kind, class)) } }));
        pairs.push((&*first, html! { (first_step(t, view.kind, class)) }));
        pairs.push((&*who, html! { (decides) }));
    }
    let may = member.may(Role::Agent);
    let content = html! {
        @if pairs.is_empty() {
            p { (t.get("incident-class-none")) }
            @if may { (form(member, view)) }
        } @else {
            (key_values(&pairs))
            @if may { (disclosure(&t.get("incident-class-change"), &form(member, view))) }
        }
    };
    card("class", &t.get("triage-card"), &content)
}

fn form(member: &Member, view: &IncidentView) -> Markup {
    let t = member.texts();
    let incident = &view.incident;
    let names: Vec<(TriageClass, String)> =
        TriageClass::ALL.iter().map(|class| (*class, class_name(t, view.kind, *class))).collect();
    let choices: Vec<Choice<'_>> =
        names.iter().map(|(class, name)| Choice::new(class.as_str(), name)).collect();
    html! {
        form.form method="post" action={ "/incidents/" (incident.id) "/class" } {
            (hidden("csrf", &member.visitor.csrf))
            (hidden("revision", &incident.revision.to_string()))
            (Field::radio("class", &t.get("incident-class"), &choices).required()
                .value(incident.class.map_or("", TriageClass::as_str)))
            (Field::text("decider", &t.get("triage-who")).hint(&t.get("incident-decider-hint")).max_length(DECIDER_MAX)
                .value(&incident.decider))
            (actions(&html! { (Button::secondary(&t.get("incident-save"))) }))
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::pages) struct ClassForm {
    revision: i64,
    class: String,
    decider: String,
}

pub(in crate::pages) async fn classify(
    member: Member,
    Path(id): Path<i64>,
    CheckedForm(form): CheckedForm<ClassForm>,
) -> Result<Response, Problem> {
    let mut incident = incidents::one(&member.scope, IncidentId(id)).await?.ok_or_else(Problem::not_found)?;
    let invalid = Problem::new(ProblemKind::Invalid, "problem-invalid-form");
    incident.class = Some(TriageClass::parse(&form.class).ok_or(invalid)?);
    incident.decider = text(&form.decider, DECIDER_MAX, true)?;
    incident.revision = form.revision;
    write(&member, incident, "#class").await
}
