//! Writing one visit down by hand.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use domain::{LawfulBasis, VisitOrigin};
use foundation::Context;
use foundation::web::{CheckedForm, Member, Problem, shell};
use http::StatusCode;
use jiff::civil::Date;
use maud::{Markup, html};
use serde::Deserialize;
use ui::{
    Button, Choice, Field, Icon, Tone, actions, back_link, card, form_errors, hidden, notice, page_header,
};

use crate::rules::{self, Refusal};
use crate::save::{NewVisit, record};

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AddForm {
    name: String,
    email: String,
    phone: String,
    day: String,
    reference: String,
    language: String,
    #[serde(default)]
    basis: String,
    basis_note: String,
}

/// A field and the key of what is wrong with it.
type Fault = (&'static str, &'static str);

pub(super) async fn form(State(context): State<Context>, member: Member) -> Result<Markup, Problem> {
    let today = crate::today(&context, &member.scope).await?;
    let day = rules::day_of(today).map(|day| day.to_string()).unwrap_or_default();
    Ok(page(&member, &AddForm { day, ..AddForm::default() }, None))
}

pub(super) async fn add(
    State(context): State<Context>,
    member: Member,
    CheckedForm(form): CheckedForm<AddForm>,
) -> Result<Response, Problem> {
    let visit = match visit_of(&form, &context) {
        Ok(visit) => visit,
        Err(fault) => return Ok(refused(&member, &form, fault)),
    };
    match record(&context, &member.scope, visit).await? {
        Ok(recorded) => {
            let what = if recorded.is_new { "added" } else { "known" };
            Ok(Redirect::to(&format!("/customers/{}?done={what}", recorded.customer)).into_response())
        }
        Err(refusal) => {
            let fault = match refusal {
                Refusal::NoContact => ("email", "customers-wrong-no-contact"),
                Refusal::Future => ("day", "customers-wrong-future"),
                Refusal::TooOld => ("day", "customers-wrong-too-old"),
                Refusal::Forgotten => ("email", "customers-wrong-forgotten"),
                Refusal::NoNote => ("basis_note", "customers-wrong-no-note"),
            };
            Ok(refused(&member, &form, fault))
        }
    }
}

fn visit_of(form: &AddForm, context: &Context) -> Result<NewVisit, Fault> {
    if !form.email.trim().is_empty() && rules::email(&form.email).is_none() {
        return Err(("email", "customers-wrong-email"));
    }
    if !form.phone.trim().is_empty() && rules::phone(&form.phone).is_none() {
        return Err(("phone", "customers-wrong-phone"));
    }
    let day: Date = form.day.trim().parse().map_err(|_| ("day", "customers-wrong-day"))?;
    let basis = LawfulBasis::parse(&form.basis).ok_or(("basis", "customers-wrong-basis"))?;
    Ok(NewVisit {
        name: form.name.clone(),
        email: form.email.clone(),
        phone: form.phone.clone(),
        language: form.language.clone(),
        basis,
        basis_note: form.basis_note.clone(),
        basis_at: context.now(),
        day: rules::day_number(day),
        reference: form.reference.clone(),
        origin: VisitOrigin::Hand,
        shop: None,
        opts_out: false,
    })
}

fn refused(member: &Member, form: &AddForm, fault: Fault) -> Response {
    (StatusCode::UNPROCESSABLE_ENTITY, page(member, form, Some(fault))).into_response()
}

fn page(member: &Member, form: &AddForm, fault: Option<Fault>) -> Markup {
    let t = member.texts();
    let words = fault.map(|(_, key)| t.get(key).into_owned()).unwrap_or_default();
    let wrong = |field: &str| if fault.is_some_and(|(name, _)| name == field) { &*words } else { "" };
    let bases = super::bases(t);
    let choices = super::basis_choices(&bases);
    let (unknown, optional) = (t.get("customers-language-unknown"), t.get("optional"));
    let languages = [Choice::new("", &unknown), Choice::new("es", "Español"), Choice::new("en", "English")];
    let content = html! {
        (back_link(&t.get("customers-title"), "/customers"))
        (page_header(&t.get("customers-add-title"), &t.get("customers-add-lead"), None))
        @if let Some((field, _)) = fault { (form_errors(&t.get("form-errors"), &[(field, &words)])) }
        (card("add", &t.get("customers-add-card"), &html! {
            form.form method="post" action="/customers/add" {
                (hidden("csrf", &member.visitor.csrf))
                (Field::text("name", &t.get("customers-name")).optional(&optional).value(&form.name).max_length(200)
                    .autocomplete("off"))
                (Field::email("email", &t.get("customers-email")).value(&form.email).error(wrong("email"))
                    .hint(&t.get("customers-email-hint")).autocomplete("off"))
                (Field::text("phone", &t.get("customers-phone")).value(&form.phone).error(wrong("phone")).input_mode("tel")
                    .max_length(40).autocomplete("off"))
                (Field::date("day", &t.get("customers-day")).required().value(&form.day).error(wrong("day"))
                    .hint(&t.get("customers-day-hint")))
                (Field::text("reference", &t.get("customers-reference")).optional(&optional).value(&form.reference)
                    .hint(&t.get("customers-reference-hint")).max_length(100).autocomplete("off"))
                (Field::select("language", &t.get("customers-language"), &languages).value(&form.language))
                (Field::radio("basis", &t.get("customers-basis"), &choices).value(&form.basis).error(wrong("basis")).required())
                (Field::text("basis_note", &t.get("customers-basis-note")).required().value(&form.basis_note)
                    .error(wrong("basis_note")).hint(&t.get("customers-basis-note-hint")).max_length(500).autocomplete("off"))
                (actions(&html! { (Button::primary(&t.get("customers-add-submit")).icon(Icon::Plus)) }))
            }
        }))
        (notice(Tone::Info, &t.get("customers-neither-title"), &html! { (t.get("customers-neither")) }))
    };
    shell(member, &t.get("customers-add-title"), content)
}
