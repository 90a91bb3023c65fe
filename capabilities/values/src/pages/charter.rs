//! The charter: five lines in the owner's own words, each with who decides when it is broken and what is done first.
//! Examples stand beside an empty line, never in it: a charter that was copied is nobody's.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use domain::{OrganizationKind, Role, TriageClass};
use foundation::store::Batch;
use foundation::web::{CheckedForm, Member, Problem, ProblemKind, Texts, shell};
use http::StatusCode;
use maud::{Markup, html};
use serde::Deserialize;
use ui::{
    Button, Field, Icon, Tone, actions, card, disclosure, empty_state, hidden, key_values, notice,
    page_header,
};

use warn::words::{decider, first_step, spoken};

use crate::rules::{PLACES, Value};
use crate::store;

/// Characters of a line, of who decides, of the first step.
const LINE_MAX: u32 = 140;
const DECIDER_MAX: u32 = 80;
const STEP_MAX: u32 = 400;

/// What the page shows.
pub struct CharterView {
    /// The five lines, written or not.
    pub charter: Vec<Value>,
    /// Whose words to use.
    pub kind: OrganizationKind,
    /// A line that was not saved, because somebody else wrote at the same time.
    pub unsaved: Option<Value>,
}

async fn view(member: &Member, unsaved: Option<Value>) -> Result<CharterView, Problem> {
    let (kind, _) = understand::store::business(&member.scope).await?;
    Ok(CharterView { charter: store::charter(&member.scope).await?, kind, unsaved })
}

pub(super) async fn index(member: Member) -> Result<Markup, Problem> {
    Ok(charter_page(&member, &view(&member, None).await?))
}

/// The page.
pub fn charter_page(member: &Member, view: &CharterView) -> Markup {
    let t = member.texts();
    let may = member.may(Role::Manager);
    let none = view.charter.iter().all(|value| !value.is_written());
    let next = view.charter.iter().find(|value| !value.is_written()).filter(|_| may);
    let buttons = html! { (Button::secondary(&t.get("triage-title")).href("/values/triage")) };
    let content = html! {
        (page_header(&t.get("values-title"), &t.get(&spoken(view.kind, "values-lead")), Some(buttons)))
        @if none {
            (empty_state(Icon::Anchor, &t.get("values-empty-title"), &t.get(&spoken(view.kind, "values-empty")), None))
        }
        @for value in view.charter.iter().filter(|value| value.is_written()) { (line(member, view, value, may)) }
        @if let Some(value) = next {
            @let title = t.with("values-write", &[("n", i64::from(value.place).into())]);
            (card(&format!("line-{}", value.place), &title, &form(member, view, value)))
        }
    };
    shell(member, &t.get("values-title"), content)
}

fn line(member: &Member, view: &CharterView, value: &Value, may: bool) -> Markup {
    let t = member.texts();
    let said = |text: &str, default: String| if text.is_empty() { default } else { text.to_owned() };
    let who = said(&value.decider, decider(t, view.kind, TriageClass::Values));
    let step = said(&value.first_step, first_step(t, view.kind, TriageClass::Values));
    let (decides, first) = (t.get("values-decider"), t.get("values-first-step"));
    let content = html! {
        (key_values(&[(&decides, html! { (who) }), (&first, html! { (step) })]))
        @if may { (disclosure(&t.get("values-change"), &form(member, view, value))) }
    };
    card(&format!("line-{}", value.place), &value.text, &content)
}

/// An example to rewrite: what a business of this kind, or a person, might write. Lines take turns between "never" and
/// "always".
fn example(t: &Texts, kind: OrganizationKind, place: u8) -> String {
    let turn = if place % 2 == 1 { "never" } else { "always" };
    let example = t.get(&format!("values-example-{kind}-{turn}"));
    t.with("values-example", &[("line", example.into_owned().into())]).into_owned()
}

fn form(member: &Member, view: &CharterView, stored: &Value) -> Markup {
    let t = member.texts();
    let lost = view.unsaved.as_ref().filter(|value| value.place == stored.place);
    let value = lost.unwrap_or(stored);
    let group = format!("line{}", value.place);
    let hint = if stored.is_written() {
        t.get("values-line-clear").into_owned()
    } else {
        format!("{} {}", t.get("values-line-hint"), example(t, view.kind, value.place))
    };
    html! {
        @if lost.is_some() { (notice(Tone::Warning, &t.get("problem-conflict"), &html! { (t.get("values-unsaved")) })) }
        form.form method="post" action={ "/values/" (value.place) } {
            (hidden("csrf", &member.visitor.csrf))
            (hidden("revision", &value.revision.to_string()))
            (Field::text("text", &t.get("values-line")).within(&group).hint(&hint).max_length(LINE_MAX).value(&value.text))
            (Field::text("decider", &t.get("values-decider")).within(&group)
                .placeholder(&t.get(&spoken(view.kind, "values-decider-example"))).max_length(DECIDER_MAX).value(&value.decider))
            (Field::text_area("first_step", &t.get("values-first-step"), 2).within(&group)
                .placeholder(&t.get(&spoken(view.kind, "values-first-step-example"))).max_length(STEP_MAX).value(&value.first_step))
            (actions(&html! { (Button::primary(&t.get("values-save")).context(&value.place.to_string())) }))
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LineForm {
    revision: i64,
    text: String,
    decider: String,
    first_step: String,
}

/// A text of the form: one line where it must be one, not longer than allowed.
fn taken(given: &str, most: u32) -> String {
    given.trim().chars().take(most as usize).collect()
}

pub(super) async fn write(
    member: Member,
    Path(place): Path<u8>,
    CheckedForm(form): CheckedForm<LineForm>,
) -> Result<Response, Problem> {
    if !(1..=PLACES).contains(&place) {
        return Err(Problem::not_found());
    }
    let value = Value {
        place,
        text: taken(&form.text.replace(['\r', '\n'], " "), LINE_MAX),
        decider: taken(&form.decider, DECIDER_MAX),
        first_step: taken(&form.first_step, STEP_MAX),
        revision: form.revision,
    };
    if !value.is_written() && value.revision == 0 {
        return Err(Problem::new(ProblemKind::Invalid, "problem-empty-text"));
    }
    let mut batch = Batch::new();
    store::write(&mut batch, &value);
    match member.scope.write(batch).await {
        Ok(_) => Ok(Redirect::to(&format!("/values#line-{place}")).into_response()),
        Err(error) if error.is_conflict() => {
            let mut view = view(&member, None).await?;
            let stored = view.charter.iter().find(|line| line.place == place).map_or(0, |line| line.revision);
            view.unsaved = Some(Value { revision: stored, ..value });
            Ok((StatusCode::CONFLICT, charter_page(&member, &view)).into_response())
        }
        Err(error) => Err(error.into()),
    }
}
