//! For how long customers are kept.

use axum::extract::Query;
use axum::response::{IntoResponse, Redirect, Response};
use domain::Role;
use foundation::web::{CheckedForm, Member, Problem, shell};
use http::StatusCode;
use maud::{Markup, html};
use serde::Deserialize;
use ui::{Button, Field, Tone, actions, back_link, card, form_errors, hidden, notice, page_header};

use crate::rules::{KEEP_DAYS_MAX, KEEP_DAYS_MIN};
use crate::store::{opt_outs, people};

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Shown {
    done: String,
}

pub(super) async fn form(member: Member, Query(shown): Query<Shown>) -> Result<Markup, Problem> {
    let days = people::keep_days(&member.scope).await?.to_string();
    page(&member, &days, false, shown.done == "saved").await
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SettingsForm {
    keep_days: String,
}

pub(super) async fn save(
    member: Member,
    CheckedForm(form): CheckedForm<SettingsForm>,
) -> Result<Response, Problem> {
    let days = form.keep_days.trim().parse().ok().filter(|n| (KEEP_DAYS_MIN..=KEEP_DAYS_MAX).contains(n));
    let Some(days) = days else {
        let typed: String = form.keep_days.chars().take(20).collect();
        return Ok(
            (StatusCode::UNPROCESSABLE_ENTITY, page(&member, &typed, true, false).await?).into_response()
        );
    };
    people::set_keep_days(&member.scope, days).await?;
    Ok(Redirect::to("/customers/settings?done=saved").into_response())
}

async fn page(member: &Member, days: &str, is_wrong: bool, saved: bool) -> Result<Markup, Problem> {
    let t = member.texts();
    let opted_out = opt_outs::count(&member.scope).await?;
    let (min, max) = (KEEP_DAYS_MIN.to_string(), KEEP_DAYS_MAX.to_string());
    let values = [("min", KEEP_DAYS_MIN.into()), ("max", KEEP_DAYS_MAX.into())];
    let wrong = t.with("customers-keep-wrong", &values);
    let fault = if is_wrong { &*wrong } else { "" };
    let content = html! {
        (back_link(&t.get("customers-title"), "/customers"))
        (page_header(&t.get("customers-settings-title"), &t.get("customers-settings-lead"), None))
        @if is_wrong { (form_errors(&t.get("form-errors"), &[("keep_days", fault)])) }
        @if saved { (notice(Tone::Success, "", &html! { (t.get("customers-done-saved")) })) }
        (card("keep", &t.get("customers-keep-title"), &html! {
            @if member.may(Role::Manager) {
                form.form method="post" action="/customers/settings" {
                    (hidden("csrf", &member.visitor.csrf))
                    (Field::number("keep_days", &t.get("customers-keep")).required().value(days).error(fault)
                        .hint(&t.get("customers-keep-hint")).range(&min, &max, "1"))
                    (actions(&html! { (Button::primary(&t.get("save"))) }))
                }
            } @else { p { (t.with("customers-keep-is", &[("days", days.into())])) } }
        }))
        (card("opt-outs", &t.get("customers-opt-outs-title"), &html! {
            p { (t.with("customers-opt-outs", &[("count", opted_out.into())])) }
        }))
    };
    Ok(shell(member, &t.get("customers-settings-title"), content))
}
