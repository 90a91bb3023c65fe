//! The devices in the shop, for whoever manages them: one is let in by an address that is shown once, and locked out with one
//! press.

use std::fmt::Write as _;

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::{KioskId, Role};
use foundation::Context;
use foundation::web::{CheckedForm, Member, Problem, hash_token, shell};
use http::StatusCode;
use maud::{Markup, html};
use qrcodegen::{QrCode, QrCodeEcc};
use serde::Deserialize;
use ui::{
    Button, Field, Icon, TaskRow, Tone, actions, back_link, card, empty_state, form_errors, hidden, notice,
    page_header, task_list, task_row,
};

use crate::store::{self, Kiosk};

/// Longest name, characters.
const NAME_CHARS_MAX: usize = 60;
/// Most devices that are let in at a time.
const KIOSKS_MAX: usize = 20;

/// What the page shows.
pub struct KiosksView<'a> {
    /// Devices, the newest first.
    pub kiosks: &'a [Kiosk],
    /// The address of the one that was just let in: shown now and never again.
    pub made: Option<&'a str>,
    /// The name that was filled in.
    pub name: &'a str,
    /// What is wrong with it.
    pub fault: Option<&'static str>,
}

/// A new device.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewKiosk {
    name: String,
}

/// What is done with a device.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KioskAction {
    action: String,
}

/// `GET /kiosk`.
pub async fn index(member: Member) -> Result<Markup, Problem> {
    let kiosks = store::kiosks(&member.scope).await?;
    Ok(kiosks_page(&member, &KiosksView { kiosks: &kiosks, made: None, name: "", fault: None }))
}

/// `POST /kiosk`: lets a device in, and shows its address.
pub async fn add(
    State(context): State<Context>,
    member: Member,
    CheckedForm(form): CheckedForm<NewKiosk>,
) -> Result<Response, Problem> {
    let name = form.name.trim();
    let known = store::kiosks(&member.scope).await?;
    let fault = if name.is_empty() || name.chars().count() > NAME_CHARS_MAX {
        Some("kiosk-name-missing")
    } else if known.iter().filter(|kiosk| kiosk.revoked_at.is_none()).count() >= KIOSKS_MAX {
        Some("kiosk-too-many")
    } else {
        None
    };
    if fault.is_some() {
        let page = kiosks_page(&member, &KiosksView { kiosks: &known, made: None, name, fault });
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    let key = hex::encode(context.random::<32>());
    store::add_kiosk(&context, &member.scope, name, hash_token(&key)).await?;
    let address = format!("{}/k/{key}", context.config.public_url);
    let kiosks = store::kiosks(&member.scope).await?;
    let view = KiosksView { kiosks: &kiosks, made: Some(&address), name: "", fault: None };
    Ok(kiosks_page(&member, &view).into_response())
}

/// `POST /kiosk/{id}`: locks a device out.
pub async fn change(
    State(context): State<Context>,
    member: Member,
    Path(id): Path<KioskId>,
    CheckedForm(form): CheckedForm<KioskAction>,
) -> Result<Redirect, Problem> {
    if form.action != "revoke" || !store::revoke(&member.scope, id, context.now()).await? {
        return Err(Problem::not_found());
    }
    Ok(Redirect::to("/kiosk"))
}

/// The page.
pub fn kiosks_page(member: &Member, view: &KiosksView<'_>) -> Markup {
    let t = member.texts();
    let title = t.get("kiosk-title");
    let fault = view.fault.map(|key| t.get(key).into_owned()).unwrap_or_default();
    let content = html! {
        (back_link(&t.get("reviews-title"), "/reviews"))
        (page_header(&title, &t.get("kiosk-about"), None))
        @if !fault.is_empty() { (form_errors(&t.get("form-errors"), &[("name", &fault)])) }
        @if let Some(address) = view.made { (made(member, address)) }
        @if view.kiosks.is_empty() {
            (empty_state(Icon::Sources, &t.get("kiosk-none"), &t.get("kiosk-none-hint"), None))
        } @else {
            (task_list(&html! { @for kiosk in view.kiosks { (row(member, kiosk)) } }))
        }
        @if member.may(Role::Manager) {
            (card("add", &t.get("kiosk-add"), &html! {
                form method="post" action="/kiosk" {
                    (hidden("csrf", &member.visitor.csrf))
                    (Field::text("name", &t.get("kiosk-name")).hint(&t.get("kiosk-name-hint")).value(view.name)
                        .max_length(NAME_CHARS_MAX as u32).required().error(&fault))
                    (Button::primary(&t.get("kiosk-make")))
                }
            }))
        }
    };
    shell(member, &title, content)
}

/// The address of a new device, in letters and as a drawing that its camera reads.
fn made(member: &Member, address: &str) -> Markup {
    let t = member.texts();
    card(
        "made",
        &t.get("kiosk-made"),
        &html! {
            (notice(Tone::Warning, "", &html! { (t.get("kiosk-made-once")) }))
            p { a href=(address) rel="noopener noreferrer" { (address) } }
            (qr(address, &t.get("kiosk-qr")))
            p { (t.get("kiosk-made-how")) }
        },
    )
}

/// A QR code as one path; nothing where the text does not fit one.
fn qr(text: &str, label: &str) -> Markup {
    let Ok(code) = QrCode::encode_text(text, QrCodeEcc::Medium) else { return html! {} };
    let quiet = 4;
    let side = code.size() + 2 * quiet;
    let mut path = String::new();
    for y in 0..code.size() {
        for x in (0..code.size()).filter(|x| code.get_module(*x, y)) {
            let _ = write!(path, "M{} {}h1v1h-1z", x + quiet, y + quiet);
        }
    }
    html! {
        svg role="img" aria-label=(label) viewBox=(format!("0 0 {side} {side}")) width="240" height="240" shape-rendering="crispEdges" {
            rect width=(side) height=(side) fill="#fff" {}
            path d=(path) fill="#000" {}
        }
    }
}

fn row(member: &Member, kiosk: &Kiosk) -> Markup {
    let t = member.texts();
    let zone = &member.principal.time_zone;
    let detail = match (kiosk.revoked_at, kiosk.last_heard_at) {
        (Some(at), _) => t.with("kiosk-revoked", &[("date", t.date(at, zone).into())]),
        (None, Some(at)) => t.with("kiosk-heard", &[("date", t.moment(at, zone).into())]),
        (None, None) => t.with("kiosk-unheard", &[("date", t.date(kiosk.created_at, zone).into())]),
    };
    let revoke = html! {
        @if kiosk.revoked_at.is_none() && member.may(Role::Manager) {
            form method="post" action={ "/kiosk/" (kiosk.id) } data-confirm=(t.with("kiosk-revoke-sure", &[("name", kiosk.name.as_str().into())]))
                data-confirm-yes=(t.get("kiosk-revoke")) data-confirm-no=(t.get("kiosk-keep")) {
                (hidden("csrf", &member.visitor.csrf))
                (hidden("action", "revoke"))
                (actions(&html! { (Button::secondary(&t.get("kiosk-revoke"))) }))
            }
        }
    };
    task_row(&TaskRow {
        icon: Icon::Sources,
        title: &kiosk.name,
        detail: &detail,
        urgent: false,
        action: revoke,
    })
}
