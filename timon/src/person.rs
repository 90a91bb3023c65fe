//! One person through every room: everything known of her, and forgetting her. No room can do it alone: each empties its own
//! tables, and all of it is one batch.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use customers::Because;
use domain::{CustomerId, Role};
use foundation::Context;
use foundation::steps::{Progress, Work};
use foundation::store::{Scope, StoreError};
use foundation::web::{Access, CheckedForm, Member, Problem, Routes};
use http::header;
use maud::Markup;
use serde::Deserialize;

/// Largest number of people that one run of a step forgets.
const AT_ONCE: u32 = 50;
/// How often it is tried again when somebody changed her meanwhile.
const TRIES_MAX: usize = 8;
const MANAGER: Access = Access::Member(Role::Manager);

/// The routes.
pub fn routes() -> Routes {
    Routes::new()
        .get("/customers/{id}/export.json", MANAGER, export)
        .get("/customers/{id}/erase", MANAGER, look)
        .post("/customers/{id}/erase", MANAGER, forget)
}

/// Forgets one person everywhere. `false` when there is nobody to forget.
pub async fn erase(
    context: &Context,
    scope: &Scope,
    id: CustomerId,
    because: Because,
) -> Result<bool, StoreError> {
    let mut tries = 0;
    loop {
        tries += 1;
        let Some(mut batch) = customers::erase(context, scope, id, because).await? else { return Ok(false) };
        invite::forgotten(&mut batch, id);
        match scope.write(batch).await {
            Ok(_) => return Ok(true),
            Err(error) if error.is_conflict() && tries < TRIES_MAX => {}
            Err(error) => return Err(error),
        }
    }
}

/// Everything known of one person.
pub async fn known(scope: &Scope, id: CustomerId) -> Result<Option<serde_json::Value>, StoreError> {
    let Some(mut known) = customers::export(scope, id).await? else { return Ok(None) };
    known["invitations"] = invite::store::invitations::of_customer(scope, id).await?.into();
    Ok(Some(known))
}

/// Forgets whom somebody asked to forget: a shop that passed on a person's wish, a shop that is gone.
pub async fn forget_asked(context: &Context) -> anyhow::Result<Progress> {
    let mut work = Work::default();
    for (organization, id, opts_out) in customers::store::people::asked_erasures(context, AT_ONCE).await? {
        let because = if opts_out { Because::SheAsked } else { Because::TimeIsOver };
        let scope = context.scope(organization);
        work.took(erase(context, &scope, id, because).await.map_err(anyhow::Error::from));
    }
    work.outcome()
}

/// Forgets customers whose last visit is longer ago than their organisation keeps them.
pub async fn forget_old(context: &Context) -> anyhow::Result<Progress> {
    let mut work = Work::default();
    for organization in accounts::organizations(context, 1_000_000).await? {
        let scope = context.scope(organization.id);
        for id in customers::outdated(context, &scope, AT_ONCE).await? {
            let done = erase(context, &scope, id, Because::TimeIsOver).await;
            work.took(done.map_err(anyhow::Error::from));
        }
    }
    work.outcome()
}

async fn one(member: &Member, id: CustomerId) -> Result<customers::Customer, Problem> {
    let customer = customers::customer(&member.scope, id).await?;
    customer.filter(|customer| customer.erased_at.is_none()).ok_or_else(Problem::not_found)
}

async fn look(member: Member, Path(id): Path<i64>) -> Result<Markup, Problem> {
    Ok(customers::pages::erase_page(&member, &one(&member, CustomerId(id)).await?))
}

/// The form has nothing but its token.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Nothing {}

async fn forget(
    State(context): State<Context>,
    member: Member,
    Path(id): Path<i64>,
    CheckedForm(Nothing {}): CheckedForm<Nothing>,
) -> Result<Response, Problem> {
    if erase(&context, &member.scope, CustomerId(id), Because::SheAsked).await? {
        return Ok(Redirect::to("/customers?done=forgotten").into_response());
    }
    Err(Problem::not_found())
}

async fn export(member: Member, Path(id): Path<i64>) -> Result<Response, Problem> {
    let id = CustomerId(id);
    let known = known(&member.scope, id).await?.ok_or_else(Problem::not_found)?;
    let text = serde_json::to_string_pretty(&known)?;
    let name = format!("attachment; filename=\"timon-person-{id}.json\"");
    let headers = [
        (header::CONTENT_TYPE, "application/json; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, name),
    ];
    Ok((headers, text).into_response())
}
