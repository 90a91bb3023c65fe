//! The page of keys: what there is, one more, and the button that ends one.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::{ApiKeyId, KeyScope, Role};
use foundation::Context;
use foundation::web::{Access, CheckedForm, Member, Problem, Routes, Texts, shell};
use http::StatusCode;
use maud::{Markup, html};
use serde::Deserialize;
use ui::{
    Button, Choice, ConfirmForm, Field, Icon, TaskRow, Tone, actions, back_link, card as surface,
    confirm_form, empty_state, form_errors, hidden, notice, page_header, task_list, task_row,
};

use super::store::{self, Key};
use super::{KEYS_MAX, NAME_MAX};
use crate::rules;

const OWNER: Access = Access::Member(Role::Owner);

/// The routes of this page.
pub(crate) fn routes() -> Routes {
    Routes::new().get("/account/keys", OWNER, index).post("/account/keys", OWNER, create).post(
        "/account/keys/{id}",
        OWNER,
        revoke,
    )
}

/// The way to this page, for the account's.
pub(crate) fn card(t: &Texts) -> Markup {
    surface(
        "keys",
        &t.get("keys-title"),
        &html! {
            p { (t.get("account-keys-lead")) }
            (actions(&html! { (Button::secondary(&t.get("account-keys-go")).href("/account/keys")) }))
        },
    )
}

/// What the page shows.
#[derive(Default)]
struct KeysView {
    keys: Vec<Key>,
    /// A key that was just made: it is shown this once.
    made: Option<String>,
    /// A new key's name and scope as they were sent, and the key of what is wrong.
    refused: Option<(String, String, &'static str)>,
}

fn keys_page(member: &Member, view: &KeysView) -> Markup {
    let t = member.texts();
    let fault = view.refused.as_ref().map(|(.., key)| t.with(key, &[("max", i64::from(KEYS_MAX).into())]));
    let fault = fault.unwrap_or_default();
    let content = html! {
        (back_link(&t.get("account-title"), "/account"))
        (page_header(&t.get("keys-title"), &t.get("keys-lead"), None))
        @if !fault.is_empty() { (form_errors(&t.get("form-errors"), &[("name", &fault)])) }
        @if let Some(key) = &view.made {
            (notice(Tone::Success, &t.get("keys-made-title"), &html! {
                p { (t.get("keys-made")) }
                p { code { (key) } }
            }))
        }
        p { (t.get("keys-never-alone")) }
        @if view.keys.is_empty() {
            (empty_state(Icon::Account, &t.get("keys-empty-title"), &t.get("keys-empty"), None))
        } @else {
            (task_list(&html! { @for key in &view.keys { (row(member, key)) } }))
        }
        (surface("add", &t.get("keys-add-title"), &add_form(member, view, &fault)))
        p { (t.get("keys-docs")) " " a href="/api/v1/openapi.json" { "/api/v1/openapi.json" } }
    };
    shell(member, &t.get("keys-title"), content)
}

fn row(member: &Member, key: &Key) -> Markup {
    let t = member.texts();
    let zone = &member.principal.time_zone;
    let used = match key.last_used_at {
        Some(at) => t.with("keys-used", &[("when", t.moment(at, zone).into())]),
        None => t.get("keys-never-used"),
    };
    let made = t.with(
        "keys-made-by",
        &[("who", key.made_by.as_str().into()), ("when", t.date(key.created_at, zone).into())],
    );
    let scope = t.get(&format!("key-scope-{}", key.scope));
    let dead = if key.works { String::new() } else { format!(" · {}", t.get("keys-dead")) };
    task_row(&TaskRow {
        icon: Icon::Account,
        title: &key.name,
        detail: &format!("{scope} · {made} · {used}{dead}"),
        urgent: false,
        action: confirm_form(
            &ConfirmForm {
                action: &format!("/account/keys/{}", key.id),
                question: &t.with("keys-revoke-question", &[("name", key.name.as_str().into())]),
                yes: &t.get("keys-revoke"),
                no: &t.get("keys-revoke-no"),
            },
            &html! {
                (hidden("csrf", &member.visitor.csrf))
                (Button::secondary(&t.get("keys-revoke")).context(&key.name))
            },
        ),
    })
}

fn add_form(member: &Member, view: &KeysView, fault: &str) -> Markup {
    let t = member.texts();
    let (name, scope) = match &view.refused {
        Some((name, scope, _)) => (name.as_str(), scope.as_str()),
        None => ("", KeyScope::Read.as_str()),
    };
    let scopes: Vec<(&str, String)> =
        KeyScope::ALL.iter().map(|s| (s.as_str(), t.get(&format!("key-scope-{s}")).into_owned())).collect();
    let scopes: Vec<Choice<'_>> = scopes.iter().map(|(value, label)| Choice::new(value, label)).collect();
    html! {
        form.form method="post" action="/account/keys" {
            (hidden("csrf", &member.visitor.csrf))
            (Field::text("name", &t.get("keys-name")).hint(&t.get("keys-name-hint")).value(name).required()
                .max_length(NAME_MAX as u32).error(fault).autocomplete("off"))
            (Field::select("scope", &t.get("keys-scope"), &scopes).value(scope))
            (actions(&html! { (Button::primary(&t.get("keys-add")).icon(Icon::Plus)) }))
        }
    }
}

async fn index(member: Member) -> Result<Markup, Problem> {
    let view = KeysView { keys: store::keys(&member.scope).await?, ..KeysView::default() };
    Ok(keys_page(&member, &view))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewKeyForm {
    name: String,
    scope: String,
}

/// Makes a key and shows it, in the answer itself: there is no address where it could be seen again.
async fn create(
    State(context): State<Context>,
    member: Member,
    CheckedForm(form): CheckedForm<NewKeyForm>,
) -> Result<Response, Problem> {
    let name = rules::clean_line(&form.name, NAME_MAX);
    let (made, fault) = match KeyScope::parse(&form.scope) {
        None => (None, Some("problem-invalid-form")),
        Some(_) if name.is_empty() => (None, Some("keys-name-missing")),
        Some(scope) => match super::create(&context, &member, &name, scope).await? {
            Some(key) => (Some(key), None),
            None => (None, Some("keys-too-many")),
        },
    };
    let status = if fault.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let view = KeysView {
        keys: store::keys(&member.scope).await?,
        made,
        refused: fault.map(|fault| (form.name, form.scope, fault)),
    };
    Ok((status, keys_page(&member, &view)).into_response())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Nothing {}

async fn revoke(
    State(context): State<Context>,
    member: Member,
    Path(id): Path<i64>,
    CheckedForm(Nothing {}): CheckedForm<Nothing>,
) -> Result<Response, Problem> {
    match store::revoke(&member.scope, ApiKeyId(id), context.now()).await {
        Ok(()) => Ok(Redirect::to("/account/keys").into_response()),
        Err(error) if error.is_conflict() => Err(Problem::not_found()),
        Err(error) => Err(error.into()),
    }
}
