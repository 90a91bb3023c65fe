//! One customer: what is known, why she may be written to, her visits, and what she can ask for.

use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::{CustomerId, OptOutWay, Role, VisitId};
use foundation::Context;
use foundation::store::Batch;
use foundation::web::{CheckedForm, Member, Problem, ProblemKind, Texts, shell};
use maud::{Markup, html};
use serde::Deserialize;
use ui::{
    Button, Column, DataTable, Icon, Tone, actions, back_link, card, data_table, disclosure, hidden,
    key_values, notice, page_header,
};

use super::list::name_of;
use crate::store::people::{self, Customer, Visit};

/// Visits that the page shows.
const SHOWN_MAX: u32 = 100;

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Shown {
    done: String,
}

/// A customer who is there; somebody else's, none and a forgotten one are the same.
async fn found(member: &Member, id: CustomerId) -> Result<Customer, Problem> {
    let customer = people::customer(&member.scope, id).await?;
    customer.filter(|customer| customer.erased_at.is_none()).ok_or_else(Problem::not_found)
}

pub(super) async fn one(
    member: Member,
    Path(id): Path<i64>,
    Query(shown): Query<Shown>,
) -> Result<Markup, Problem> {
    let customer = found(&member, CustomerId(id)).await?;
    let visits = people::visits(&member.scope, customer.id, SHOWN_MAX).await?;
    let done =
        ["added", "known", "opted-out", "cancelled", "told"].into_iter().find(|done| *done == shown.done);
    Ok(page(&member, &customer, &visits, done))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ChangeForm {
    action: String,
    #[serde(default)]
    visit: String,
}

pub(super) async fn change(
    State(context): State<Context>,
    member: Member,
    Path(id): Path<i64>,
    CheckedForm(form): CheckedForm<ChangeForm>,
) -> Result<Response, Problem> {
    let customer = found(&member, CustomerId(id)).await?;
    let mut batch = Batch::new();
    let done = match form.action.as_str() {
        "opt-out" => {
            for contact in [&customer.email, &customer.phone] {
                let organization = member.scope.organization();
                crate::opt_out(&mut batch, &context, organization, contact, OptOutWay::Hand);
            }
            "opted-out"
        }
        "cancel" => {
            let id = form.visit.parse().map(VisitId).map_err(|_| super::INVALID)?;
            let visit = people::visit(&member.scope, id).await?;
            let visit = visit.filter(|visit| visit.customer == customer.id).ok_or_else(Problem::not_found)?;
            people::cancel(&mut batch, visit.id, context.now());
            "cancelled"
        }
        "told" if member.may(Role::Manager) => {
            people::data_told(&mut batch, customer.id);
            "told"
        }
        "told" => return Err(Problem::new(ProblemKind::Forbidden, "problem-forbidden")),
        _ => return Err(super::INVALID),
    };
    member.scope.write(batch).await?;
    Ok(Redirect::to(&format!("/customers/{id}?done={done}")).into_response())
}

fn page(member: &Member, customer: &Customer, visits: &[Visit], done: Option<&str>) -> Markup {
    let t = member.texts();
    let name = name_of(t, customer);
    let content = html! {
        (back_link(&t.get("customers-title"), "/customers"))
        (page_header(&name, "", None))
        @if let Some(done) = done {
            (notice(Tone::Success, "", &html! { (t.get(&format!("customers-done-{done}"))) }))
        }
        @if customer.opted_out_at.is_some() {
            (notice(Tone::Warning, &t.get("customers-may-not"), &html! { (t.get("customers-may-not-hint")) }))
        }
        @if customer.erase_asked_at.is_some() {
            (notice(Tone::Info, "", &html! { (t.get("customers-erase-soon")) }))
        }
        (card("known", &t.get("customers-known"), &known(member, customer)))
        (card("visits", &t.get("customers-visits"), &visits_table(member, customer, visits)))
        (card("wishes", &t.get("customers-wishes"), &wishes(member, customer)))
    };
    shell(member, &name, content)
}

fn known(member: &Member, customer: &Customer) -> Markup {
    let t = member.texts();
    let zone = &member.principal.time_zone;
    let none = t.get("customers-nothing");
    let or_none = |text: &str| if text.is_empty() { none.to_string() } else { text.to_owned() };
    let language = match customer.language.as_str() {
        "es" => "Español".to_owned(),
        "en" => "English".to_owned(),
        _ => t.get("customers-language-unknown").into_owned(),
    };
    let labels = [
        "customers-name",
        "customers-email",
        "customers-phone",
        "customers-language",
        "customers-basis",
        "customers-basis-note",
        "customers-since",
    ];
    let labels = labels.map(|key| t.get(key));
    let values = [
        or_none(&customer.name),
        or_none(&customer.email),
        or_none(&customer.phone),
        language,
        t.get(&format!("customers-basis-{}", customer.basis)).into_owned(),
        customer.basis_note.clone(),
        t.date(customer.created_at, zone),
    ];
    let pairs: Vec<(&str, Markup)> =
        labels.iter().zip(values).map(|(label, value)| (&**label, html! { (value) })).collect();
    key_values(&pairs)
}

fn visits_table(member: &Member, customer: &Customer, visits: &[Visit]) -> Markup {
    let t = member.texts();
    let names = [
        "customers-column-day",
        "customers-column-reference",
        "customers-column-origin",
        "customers-column-state",
    ];
    let names = names.map(|key| t.get(key));
    let columns = names.each_ref().map(|label| Column { label, numeric: false });
    let row = |visit: &Visit| {
        let day = t.day(visit.day);
        let cancel = html! {
            form method="post" action=(super::address(customer.id)) {
                (hidden("csrf", &member.visitor.csrf)) (hidden("visit", &visit.id.to_string()))
                (Button::quiet(&t.get("customers-cancel")).name_value("action", "cancel").context(&day))
            }
        };
        vec![
            html! { (day) },
            html! { (visit.reference.as_deref().unwrap_or_default()) },
            html! { (t.get(&format!("customers-origin-{}", visit.origin))) },
            html! { @if visit.cancelled_at.is_some() { (t.get("customers-cancelled")) } @else { (cancel) } },
        ]
    };
    let rows: Vec<Vec<Markup>> = visits.iter().map(row).collect();
    let caption = t.get("customers-visits");
    data_table(&DataTable { caption: &caption, caption_hidden: true, columns: &columns, rows: &rows })
}

fn wishes(member: &Member, customer: &Customer) -> Markup {
    let t = member.texts();
    let path = super::address(customer.id);
    html! {
        @if customer.opted_out_at.is_none() {
            (disclosure(&t.get("customers-opt-out"), &html! {
                p { (t.get("customers-opt-out-hint")) }
                form method="post" action=(path) {
                    (hidden("csrf", &member.visitor.csrf))
                    (actions(&html! { (Button::secondary(&t.get("customers-opt-out-submit")).name_value("action", "opt-out")) }))
                }
            }))
        }
        @if member.may(Role::Manager) {
            (disclosure(&t.get("customers-export"), &html! {
                p { (t.get("customers-export-hint")) }
                (actions(&html! { (Button::secondary(&t.get("customers-export-submit")).icon(Icon::Download).href(&format!("{path}/export.json"))) }))
                @if customer.data_asked_at.is_some() {
                    form method="post" action=(path) {
                        (hidden("csrf", &member.visitor.csrf))
                        (actions(&html! { (Button::quiet(&t.get("customers-told")).name_value("action", "told")) }))
                    }
                }
            }))
            (disclosure(&t.get("customers-erase"), &html! {
                p { (t.get("customers-erase-hint")) }
                (actions(&html! { (Button::quiet(&t.get("customers-erase-look")).href(&format!("{path}/erase"))) }))
            }))
        } @else { p { (t.get("customers-needs-manager")) } }
    }
}

/// The page that asks before somebody is forgotten, and says what that means.
pub fn erase_page(member: &Member, customer: &Customer) -> Markup {
    let t: &Texts = member.texts();
    let path = super::address(customer.id);
    let name = name_of(t, customer);
    let title = t.with("customers-erase-title", &[("name", name.as_str().into())]);
    let content = html! {
        (back_link(&name, &path))
        (page_header(&title, &t.get("customers-erase-lead"), None))
        (card("erase", &t.get("customers-erase-what"), &html! {
            ul { @for n in 1..=5 { li { (t.get(&format!("customers-erase-what-{n}"))) } } }
            form method="post" action={ (path) "/erase" } {
                (hidden("csrf", &member.visitor.csrf))
                (actions(&html! {
                    (Button::danger(&t.get("customers-erase-submit")).icon(Icon::Delete))
                    (Button::quiet(&t.get("customers-erase-no")).href(&path))
                }))
            }
        }))
    };
    shell(member, &title, content)
}
