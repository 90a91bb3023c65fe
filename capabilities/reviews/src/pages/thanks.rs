//! What is said when an answer was taken.
//!
//! **What must stay true.** This page is made from the organisation alone: it is asked for by an address that says nothing
//! else, so it is the same, byte for byte, whatever was answered. A test reads this file and refuses any mention of an
//! answer's content.

use axum::extract::{Path, State};
use foundation::Context;
use foundation::web::{Problem, Visitor};
use invite::Link;
use maud::{Markup, html};
use ui::page_header;

use super::form::organization;
use super::places::places;

/// `GET /r/{code}/thanks`.
pub async fn show(
    State(context): State<Context>,
    visitor: Visitor,
    Path(code): Path<String>,
) -> Result<Markup, Problem> {
    let scope = context.scope(organization(&context, &code).await?);
    let home = accounts::organization(&scope).await?.ok_or_else(Problem::not_found)?;
    let links = invite::links(&scope).await?;
    let contact = super::form::contact(&scope).await?;
    Ok(thanks_page(&visitor, &home.name, &links, &contact))
}

/// The page.
pub fn thanks_page(visitor: &Visitor, name: &str, links: &[Link], contact: &str) -> Markup {
    let t = visitor.texts;
    let title = t.get("review-thanks");
    let content = html! {
        (page_header(&title, &t.with("review-thanks-lead", &[("name", name.into())]), None))
        (places(t, links))
        p.small { (super::view::reach(t, "review-thanks-change", name, contact)) }
    };
    super::view::frame(visitor, name, &title, content)
}
