//! The page anybody can read: how this business keeps its word, what it said about what went wrong, and what it changed. It
//! asks several rooms, so it is the program's. It exists only where its owner opened it, shows counts and the owner's own
//! published words, and nothing that somebody else wrote.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::Role;
use foundation::Context;
use foundation::web::{
    Access, CheckedForm, Member, Problem, ProblemKind, Routes, Texts, Visitor, bare, shell,
};
use http::{StatusCode, header};
use invite::store::draws::Draw;
use jiff::tz::TimeZone;
use maud::{Markup, html};
use respond::pages::word::{WordView, tables, view};
use respond::store::public::{self, PublicPage, slug_of};
use serde::Deserialize;
use ui::{Button, Field, Icon, actions, back_link, card, form_errors, hidden, notice, page_header};
use warn::public::{Change, PublishedStatement};

/// Longest end of an address, and longest words of how to reach us.
const SLUG_MAX: usize = 40;
const CONTACT_MAX: usize = 300;
/// Lots shown.
const DRAWS_SHOWN: u32 = 20;

/// This page's routes.
pub fn routes() -> Routes {
    Routes::new()
        .get("/p/{slug}", Access::Public, show)
        .get("/word/public", Access::Member(Role::Viewer), settings)
        .post("/word/public", Access::Member(Role::Owner), save)
}

/// What the page shows.
pub struct PublicView {
    /// Who.
    pub name: String,
    /// The page.
    pub page: PublicPage,
    /// How it keeps its word.
    pub word: WordView,
    /// What it said about what went wrong, the newest first.
    pub statements: Vec<PublishedStatement>,
    /// What it changed, the newest first.
    pub changes: Vec<Change>,
    /// The zone its days are told in.
    pub zone: TimeZone,
    /// Where its region keeps official complaint forms; empty when it did not say.
    pub official_form: String,
    /// Lots that decided whom it asked, the newest first.
    pub draws: Vec<Draw>,
}

async fn show(
    State(context): State<Context>,
    visitor: Visitor,
    Path(slug): Path<String>,
) -> Result<Response, Problem> {
    if slug.len() > SLUG_MAX {
        return Err(Problem::not_found());
    }
    let organization = public::by_slug(&context, &slug).await?.ok_or_else(Problem::not_found)?;
    let scope = context.scope(organization);
    let page = public::page(&scope).await?.ok_or_else(Problem::not_found)?;
    let home = accounts::organization(&scope).await?.ok_or_else(Problem::not_found)?;
    let today = listen::rules::day_of(context.now(), &home.zone());
    let shown = PublicView {
        word: view(&context, &scope, today).await?,
        statements: warn::public::statements(&scope).await?,
        changes: warn::public::changes(&scope).await?,
        zone: home.zone(),
        official_form: respond::store::settings(&scope).await?.official_form,
        draws: invite::store::draws::newest(&scope, DRAWS_SHOWN).await?,
        name: home.name,
        page,
    };
    let fresh = [(header::CACHE_CONTROL, "private, max-age=300")];
    Ok((fresh, public_page(&visitor, &shown)).into_response())
}

/// The page.
pub fn public_page(visitor: &Visitor, view: &PublicView) -> Markup {
    let t = visitor.texts;
    let name = [("name", view.name.as_str().into())];
    let content = html! {
        (page_header(&view.name, &t.with("public-lead", &name), None))
        (tables(t, &view.word))
        @if !view.statements.is_empty() { (card("said", &t.get("public-said"), &said(t, view))) }
        @if !view.changes.is_empty() { (card("changed", &t.get("public-changed"), &changed(t, view))) }
        @if !view.draws.is_empty() { (card("draws", &t.get("public-draws"), &draws(t, view))) }
        (card("complain", &t.get("public-complain"), &complain(t, view)))
        p.small { (t.with("public-who", &name)) }
    };
    bare(visitor, &view.name, true, content)
}

/// What it said about what went wrong; what was taken back stays, with its date.
fn said(t: &Texts, view: &PublicView) -> Markup {
    html! {
        @for one in &view.statements {
            h3 { (one.title) }
            p.small {
                (t.date(one.published_at, &view.zone))
                @if let Some(at) = one.withdrawn_at { " · " (t.with("public-withdrawn", &[("date", t.date(at, &view.zone).into())])) }
            }
            @for paragraph in one.text.split("\n\n") { p { (paragraph) } }
        }
    }
}

/// What it changed because of what people told it.
fn changed(t: &Texts, view: &PublicView) -> Markup {
    html! {
        @for one in &view.changes {
            h3 { (one.title) }
            p.small {
                @match one.day { Some(day) => (t.day(day)), None => (t.date(one.published_at, &view.zone)) }
                @if let Some(at) = one.withdrawn_at { " · " (t.with("public-withdrawn", &[("date", t.date(at, &view.zone).into())])) }
            }
            @for paragraph in one.text.split("\n\n") { p { (paragraph) } }
        }
    }
}

/// The lots: each has a page of its own, on which anybody can run it again.
fn draws(t: &Texts, view: &PublicView) -> Markup {
    html! {
        p { (t.get("public-draws-lead")) }
        ul {
            @for draw in &view.draws {
                li {
                    a href={ "/draws/" (draw.code) } { (t.with("draw-number", &[("n", draw.number.into())])) }
                    " · " (t.get(&format!("draw-is-{}", draw.state)))
                }
            }
        }
    }
}

fn complain(t: &Texts, view: &PublicView) -> Markup {
    html! {
        @if !view.page.contact.is_empty() {
            p { (t.get("public-complain-lead")) }
            p { strong { (view.page.contact) } }
        }
        p { (t.get("public-complain-rights")) }
        @if !view.official_form.is_empty() {
            p { a href=(view.official_form) rel="noopener noreferrer" { (t.get("complaint-official-link")) } }
        }
    }
}

/// What the owner decides about the page.
struct Settings {
    page: Option<PublicPage>,
    form: PageForm,
    fault: Option<&'static str>,
    address: Option<String>,
}

async fn settings(State(context): State<Context>, member: Member) -> Result<Markup, Problem> {
    let page = public::page(&member.scope).await?;
    let settings = respond::store::settings(&member.scope).await?;
    let form = match &page {
        Some(page) => {
            PageForm { slug: page.slug.clone(), contact: page.contact.clone(), ..PageForm::default() }
        }
        None => PageForm {
            slug: slug_of(&member.principal.organization_name),
            contact: settings.contact,
            ..PageForm::default()
        },
    };
    let address = address(&context, page.as_ref());
    Ok(settings_page(&member, &Settings { page, form, fault: None, address }))
}

fn address(context: &Context, page: Option<&PublicPage>) -> Option<String> {
    page.map(|page| format!("{}/p/{}", context.config.public_url, page.slug))
}

fn settings_page(member: &Member, view: &Settings) -> Markup {
    let t = member.texts();
    let title = t.get("public-title");
    let fault = view.fault.map(|key| t.get(key).into_owned()).unwrap_or_default();
    let content = html! {
        (back_link(&t.get("palabra-title"), "/word"))
        (page_header(&title, &t.get("public-settings-lead"), None))
        @if !fault.is_empty() { (form_errors(&t.get("form-errors"), &[("slug", &fault)])) }
        @match &view.address {
            Some(address) => (notice(ui::Tone::Success, "", &html! { (t.get("public-is-open")) " " a href=(address) { (address) } })),
            None => p { (t.get("public-is-closed")) },
        }
        @if member.may(Role::Owner) {
            form.form method="post" action="/word/public" {
                (hidden("csrf", &member.visitor.csrf))
                (Field::text("slug", &t.get("public-slug")).hint(&t.get("public-slug-hint")).required().max_length(SLUG_MAX as u32)
                    .value(&view.form.slug).error(&fault))
                (Field::text("contact", &t.get("public-contact")).hint(&t.get("public-contact-hint")).max_length(CONTACT_MAX as u32)
                    .value(&view.form.contact))
                (actions(&html! {
                    @if view.page.is_none() { (Button::primary(&t.get("public-open")).icon(Icon::Check).name_value("action", "open")) }
                    @else {
                        (Button::primary(&t.get("save")).name_value("action", "open"))
                        (Button::quiet(&t.get("public-close")).name_value("action", "close"))
                    }
                }))
            }
        }
    };
    shell(member, &title, content)
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct PageForm {
    action: String,
    slug: String,
    contact: String,
}

async fn save(
    State(context): State<Context>,
    member: Member,
    CheckedForm(form): CheckedForm<PageForm>,
) -> Result<Response, Problem> {
    let scope = &member.scope;
    match form.action.as_str() {
        "close" => public::close(scope).await?,
        "open" => {
            let slug = slug_of(&form.slug);
            let contact: String = form.contact.trim().chars().take(CONTACT_MAX).collect();
            let fault = if slug.len() < 3 {
                Some("public-slug-short")
            } else {
                match public::open(&context, scope, &slug, &contact).await {
                    Ok(()) => None,
                    Err(error) if error.is_conflict() => Some("public-slug-taken"),
                    Err(error) => return Err(error.into()),
                }
            };
            if let Some(fault) = fault {
                let page = public::page(scope).await?;
                let address = address(&context, page.as_ref());
                let view = Settings { page, form, fault: Some(fault), address };
                return Ok((StatusCode::UNPROCESSABLE_ENTITY, settings_page(&member, &view)).into_response());
            }
        }
        _ => return Err(Problem::new(ProblemKind::Invalid, "problem-invalid-form")),
    }
    Ok(Redirect::to("/word/public").into_response())
}
