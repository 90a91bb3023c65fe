//! For anybody: the record of a lot, and the way out of letters. Neither needs an account; the way out needs no session
//! either, because a mail program presses it (RFC 8058).

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::{DrawState, OptOutWay};
use foundation::Context;
use foundation::web::{Problem, Texts, Visitor, bare};
use http::{StatusCode, header};
use maud::{Markup, html};
use serde::Serialize;
use ui::{Button, actions, key_values, page_header};

use crate::store::draws::{self, Draw};
use crate::store::invitations;

async fn find(context: &Context, code: &str) -> Result<(domain::OrganizationId, Draw), Problem> {
    if code.len() > 32 {
        return Err(Problem::not_found());
    }
    let (organization, id) = draws::by_code(context, code).await?.ok_or_else(Problem::not_found)?;
    let draw = draws::one(&context.scope(organization), id).await?.ok_or_else(Problem::not_found)?;
    Ok((organization, draw))
}

pub(super) async fn draw(
    State(context): State<Context>,
    visitor: Visitor,
    Path(code): Path<String>,
) -> Result<Markup, Problem> {
    let (organization, draw) = find(&context, &code).await?;
    let home = accounts::organization(&context.scope(organization)).await?.ok_or_else(Problem::not_found)?;
    Ok(draw_page(&visitor, &home.name, &home.zone(), &draw))
}

/// The page of a lot: what was published when, and how to run it again.
pub fn draw_page(visitor: &Visitor, business: &str, zone: &jiff::tz::TimeZone, draw: &Draw) -> Markup {
    let t = visitor.texts;
    let title = t.with("draw-title", &[("n", draw.number.into()), ("business", business.into())]);
    let list = format!("/draws/{}/list.json", draw.code);
    let content = html! {
        (page_header(&title, &t.get(&format!("draw-lead-{}", draw.purpose)), None))
        p { strong { (t.get(&format!("draw-is-{}", draw.state))) } }
        (steps(t, zone, draw))
        @if !draw.left_out.is_empty() {
            p { (t.get("draw-left-out")) }
            ul { @for (why, n) in &draw.left_out { li { (t.with(&format!("invite-not-{why}"), &[("n", (*n).into())])) } } }
        }
        @if draw.state == DrawState::Drawn {
            h2 { (t.get("draw-again")) }
            p { (t.get("draw-again-lead")) }
            pre tabindex="0" { code {
                "while read t; do echo \"$(printf %s \"" (draw.seed) ":$t\" | sha256sum | cut -c1-64) $t\"; done \\\n  < list.txt | sort | head -n " (draw.size)
            } }
            p { (t.get("draw-again-program")) " " code { "timon draw list.json" } }
        }
        (actions(&html! { (Button::secondary(&t.get("draw-list")).href(&list)) }))
        p.small { (t.get("draw-proves")) }
    };
    bare(visitor, &title, true, content)
}

fn steps(t: &Texts, zone: &jiff::tz::TimeZone, draw: &Draw) -> Markup {
    let names = [
        "draw-days",
        "draw-size",
        "draw-promised",
        "draw-seed-hash",
        "draw-closed",
        "draw-list-hash",
        "draw-drawn",
        "draw-seed",
    ]
    .map(|key| t.get(key));
    let [days, size, promised, seed_hash, closed, list_hash, drawn, seed] = &names;
    let mut rows: Vec<(&str, Markup)> = vec![
        (days, html! { (t.day(draw.from_day)) " – " (t.day(draw.until_day)) }),
        (size, html! { (t.count(draw.size)) }),
        (promised, html! { (t.moment(draw.promised_at, zone)) }),
        (seed_hash, html! { code { (draw.seed_hash) } }),
    ];
    if let Some(at) = draw.listed_at {
        rows.push((
            closed,
            html! { (t.moment(at, zone)) " · " (t.with("draw-took-part", &[("n", draw.listed.into())])) },
        ));
        rows.push((list_hash, html! { code { (draw.list_hash) } }));
    }
    if let Some(at) = draw.drawn_at {
        rows.push((drawn, html! { (t.moment(at, zone)) }));
        rows.push((seed, html! { code { (draw.seed) } }));
    }
    key_values(&rows)
}

/// A lot as it is published (docs/FORMATS.md).
#[derive(Serialize)]
struct Record {
    version: u32,
    number: i64,
    purpose: &'static str,
    state: &'static str,
    from: String,
    until: String,
    size: i64,
    promised_at: String,
    seed_sha256: String,
    listed_at: Option<String>,
    list_sha256: Option<String>,
    left_out: BTreeMap<String, i64>,
    tags: Vec<String>,
    drawn_at: Option<String>,
    seed: Option<String>,
    picked: Vec<String>,
}

pub(super) async fn list(
    State(context): State<Context>,
    Path(code): Path<String>,
) -> Result<Response, Problem> {
    let (organization, draw) = find(&context, &code).await?;
    let entries = draws::entries(&context.scope(organization), draw.id).await?;
    let day = |day: i64| customers::rules::day_of(day).map(|day| day.to_string()).unwrap_or_default();
    let drawn = draw.state == DrawState::Drawn;
    let record = Record {
        version: 1,
        number: draw.number,
        purpose: draw.purpose.as_str(),
        state: draw.state.as_str(),
        from: day(draw.from_day),
        until: day(draw.until_day),
        size: draw.size,
        promised_at: draw.promised_at.to_string(),
        seed_sha256: draw.seed_hash,
        listed_at: draw.listed_at.map(|at| at.to_string()),
        list_sha256: Some(draw.list_hash).filter(|hash| !hash.is_empty()),
        left_out: draw.left_out,
        tags: entries.iter().map(|entry| entry.tag.clone()).collect(),
        drawn_at: draw.drawn_at.map(|at| at.to_string()),
        // The seed is told only when nothing can be chosen any more.
        seed: drawn.then_some(draw.seed),
        picked: entries.iter().filter(|entry| entry.picked).map(|entry| entry.tag.clone()).collect(),
    };
    Ok(Json(record).into_response())
}

/// Whether the token is somebody's, and her business's name.
async fn business_of(context: &Context, token: &str) -> Result<(String, bool), Problem> {
    let found = invitations::by_token(context, token).await?.ok_or_else(Problem::not_found)?;
    let home =
        accounts::organization(&context.scope(found.organization)).await?.ok_or_else(Problem::not_found)?;
    Ok((home.name, found.opted_out))
}

pub(super) async fn way_out(
    State(context): State<Context>,
    visitor: Visitor,
    Path(token): Path<String>,
) -> Result<Markup, Problem> {
    let (business, opted_out) = business_of(&context, &token).await?;
    Ok(way_out_page(&visitor, &business, &token, opted_out))
}

/// The page behind the letter's last line: one button, or that it is done. Looking at it changes nothing.
pub fn way_out_page(visitor: &Visitor, business: &str, token: &str, done: bool) -> Markup {
    let t = visitor.texts;
    let values = [("business", business.into())];
    let title = t.get("out-title");
    let content = html! {
        @if done {
            (page_header(&t.get("out-done-title"), &t.with("out-done", &values), None))
        } @else {
            (page_header(&title, &t.with("out-lead", &values), None))
            form method="post" action={ "/u/" (token) } {
                (actions(&html! { (Button::primary(&t.get("out-yes")).name_value("way", "page")) }))
            }
        }
    };
    bare(visitor, &title, false, content)
}

pub(super) async fn out(
    State(context): State<Context>,
    visitor: Visitor,
    Path(token): Path<String>,
) -> Result<Markup, Problem> {
    let (business, opted_out) = business_of(&context, &token).await?;
    Ok(way_out_page(&visitor, &business, &token, opted_out))
}

/// Both ways in: a mail program's one click, and the page's button. What came first stays; twice is once.
pub(super) async fn opt_out(
    State(context): State<Context>,
    Path(token): Path<String>,
    body: String,
) -> Response {
    let from_page = body.split('&').any(|pair| pair == "way=page");
    let way = if from_page { OptOutWay::Page } else { OptOutWay::OneClick };
    let outcome = async {
        let Some((organization, batch)) = crate::opt_out(&context, &token, way).await? else {
            return Ok(false);
        };
        context.scope(organization).write(batch).await?;
        Ok::<bool, foundation::store::StoreError>(true)
    };
    match outcome.await {
        Ok(true) if from_page => Redirect::to(&format!("/u/{token}/done")).into_response(),
        Ok(true) => plain(StatusCode::OK, "You will get no more of these. / No te llegarán más.\n"),
        Ok(false) => plain(StatusCode::NOT_FOUND, "There is nothing here. / Aquí no hay nada.\n"),
        Err(error) => {
            tracing::error!(%error, "an opt-out could not be saved");
            plain(StatusCode::SERVICE_UNAVAILABLE, "Please try again. / Inténtalo otra vez.\n")
        }
    }
}

fn plain(status: StatusCode, text: &'static str) -> Response {
    (status, [(header::CONTENT_TYPE, "text/plain; charset=utf-8"), (header::CACHE_CONTROL, "no-store")], text)
        .into_response()
}

/// The form was opened, said by its script; counted only where the owner said so.
pub(super) async fn opened(State(context): State<Context>, Path(token): Path<String>) -> Response {
    let outcome = async {
        let Some(found) = invitations::by_token(&context, &token).await? else { return Ok(false) };
        let mut batch = foundation::store::Batch::new();
        invitations::open(&mut batch, found.id, context.now());
        context.scope(found.organization).write(batch).await?;
        Ok::<bool, foundation::store::StoreError>(true)
    };
    match outcome.await {
        Ok(true) => StatusCode::NO_CONTENT.into_response(),
        Ok(false) => StatusCode::NOT_FOUND.into_response(),
        Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}
