//! Shops on the web: which tell of their orders or are asked for them, how that goes, adding one.

mod view;

use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use connectors::notify::webhook::SigningSecret;
use connectors::shops::prestashop;
use domain::{LawfulBasis, ShopId, ShopKind};
use foundation::Context;
use foundation::store::Batch;
use foundation::web::{CheckedForm, Member, Problem};
use http::StatusCode;
use maud::Markup;
use serde::Deserialize;

use crate::rules;
use crate::shops::SHOPS_MAX;
use crate::store::shops::{self, NewShop, Shop};
use view::{View, shops_page};

/// Longest secret that is typed, bytes.
const SECRET_BYTES_MAX: usize = 200;
/// Shortest: what is shorter can be guessed.
const SECRET_BYTES_MIN: usize = 16;
/// Longest address, bytes.
const ADDRESS_BYTES_MAX: usize = 500;

/// A field and the key of what is wrong with it.
type Fault = (&'static str, String);

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Shown {
    done: String,
}

async fn view(context: &Context, member: &Member) -> Result<View, Problem> {
    Ok(View {
        shops: shops::shops(&member.scope, SHOPS_MAX as u32).await?,
        public_url: context.config.public_url.trim_end_matches('/').to_owned(),
        ..View::default()
    })
}

pub(super) async fn index(
    State(context): State<Context>,
    member: Member,
    Query(shown): Query<Shown>,
) -> Result<Markup, Problem> {
    let mut view = view(&context, &member).await?;
    view.done = ["added", "secret", "removed"].into_iter().find(|done| *done == shown.done);
    Ok(shops_page(&member, &view))
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct AddForm {
    kind: String,
    name: String,
    address: String,
    secret: String,
    basis: String,
    basis_note: String,
}

async fn refused(
    context: &Context,
    member: &Member,
    typed: AddForm,
    fault: Fault,
) -> Result<Response, Problem> {
    let view = View { typed, fault: Some(fault), ..view(context, member).await? };
    Ok((StatusCode::UNPROCESSABLE_ENTITY, shops_page(member, &view)).into_response())
}

pub(super) async fn add(
    State(context): State<Context>,
    member: Member,
    CheckedForm(form): CheckedForm<AddForm>,
) -> Result<Response, Problem> {
    let checked = match check(&context, &form).await {
        Ok(checked) => checked,
        Err(fault) => return refused(&context, &member, form, fault).await,
    };
    if shops::shops(&member.scope, SHOPS_MAX as u32).await?.len() >= SHOPS_MAX {
        return refused(&context, &member, form, ("", "shops-wrong-many".to_owned())).await;
    }
    let (kind, basis, secret, is_made) = checked;
    let (name, note) = (rules::line(&form.name, 60), rules::line(&form.basis_note, rules::BASIS_NOTE_MAX));
    let address = if kind == ShopKind::PrestaShop { form.address.trim() } else { "" };
    let new = NewShop { kind, name: &name, address, basis, basis_note: &note, secret: &secret };
    let id = shops::insert(&context, &member.scope, &new).await?;
    context.wakes.wake(crate::SHOP_ADDED);
    show_once(&context, &member, id, is_made.then_some(secret), "added").await
}

/// What we made is shown this once; what its owner typed she has already.
async fn show_once(
    context: &Context,
    member: &Member,
    id: ShopId,
    secret: Option<String>,
    done: &'static str,
) -> Result<Response, Problem> {
    if secret.is_none() {
        return Ok(Redirect::to(&format!("/shops?done={done}")).into_response());
    }
    let view = View { secret: secret.map(|secret| (id, secret)), ..view(context, member).await? };
    Ok(shops_page(member, &view).into_response())
}

async fn check(context: &Context, form: &AddForm) -> Result<(ShopKind, LawfulBasis, String, bool), Fault> {
    let wrong = |field, key: &str| (field, key.to_owned());
    let kind = ShopKind::parse(&form.kind).ok_or_else(|| wrong("kind", "shops-wrong-kind"))?;
    if rules::line(&form.name, 60).is_empty() {
        return Err(wrong("name", "shops-wrong-name"));
    }
    let basis = LawfulBasis::parse(&form.basis).ok_or_else(|| wrong("basis", "customers-wrong-basis"))?;
    if rules::line(&form.basis_note, rules::BASIS_NOTE_MAX).is_empty() {
        return Err(wrong("basis_note", "customers-wrong-no-note"));
    }
    if kind == ShopKind::PrestaShop {
        check_address(context, form.address.trim()).map_err(|key| ("address", key))?;
    }
    let (secret, is_made) = match fresh_secret(context, kind) {
        Some(secret) => (secret, true),
        None => (typed_secret(&form.secret).map_err(|key| wrong("secret", key))?, false),
    };
    if kind == ShopKind::PrestaShop {
        ask(context, form.address.trim(), &secret).await?;
    }
    Ok((kind, basis, secret, is_made))
}

/// A key travels to it: only behind TLS, unless its operator opened her own network to it.
fn check_address(context: &Context, address: &str) -> Result<(), String> {
    let egress = crate::step::egress(context).map_err(|error| egress_key(error.key()))?;
    if address.len() > ADDRESS_BYTES_MAX {
        return Err("shops-wrong-address".to_owned());
    }
    let url = egress.check(address).map_err(|error| egress_key(error.key()))?;
    let here =
        format!("{}:{}", url.host_str().unwrap_or_default(), url.port_or_known_default().unwrap_or_default());
    if url.scheme() == "https" || context.config.allow_private.contains(&here) {
        Ok(())
    } else {
        Err("shops-wrong-tls".to_owned())
    }
}

/// The key of the sentence for what kept us from asking a shop.
pub(super) fn egress_key(key: &str) -> String {
    match key {
        "shop-key" | "shop-answer" | "shop-no-secret" => format!("shops-error-{key}"),
        "private-address" | "bad-url" | "bad-scheme" | "bad-port" | "userinfo" => {
            "shops-wrong-address".to_owned()
        }
        _ => "shops-error-unreachable".to_owned(),
    }
}

async fn ask(context: &Context, address: &str, key: &str) -> Result<(), Fault> {
    let egress = crate::step::egress(context).map_err(|error| ("address", egress_key(error.key())))?;
    prestashop::check(&egress, address, key).await.map_err(|error| {
        let field = if error.key() == "shop-key" { "secret" } else { "address" };
        (field, egress_key(error.key()))
    })
}

/// A secret of ours, for shops that take one; `None` for those that have their own.
fn fresh_secret(context: &Context, kind: ShopKind) -> Option<String> {
    match kind {
        ShopKind::WooCommerce => Some(hex::encode(context.random::<24>())),
        ShopKind::Program => SigningSecret::new(context.random::<32>()).map(|secret| secret.text()),
        ShopKind::Shopify | ShopKind::PrestaShop => None,
    }
}

fn typed_secret(text: &str) -> Result<String, &'static str> {
    let text = text.trim();
    let fits = (SECRET_BYTES_MIN..=SECRET_BYTES_MAX).contains(&text.len());
    if fits && text.bytes().all(|b| b.is_ascii_graphic()) {
        Ok(text.to_owned())
    } else {
        Err("shops-wrong-secret")
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ChangeForm {
    action: String,
    #[serde(default)]
    secret: String,
}

pub(super) async fn change(
    State(context): State<Context>,
    member: Member,
    Path(id): Path<i64>,
    CheckedForm(form): CheckedForm<ChangeForm>,
) -> Result<Response, Problem> {
    let scope = &member.scope;
    let shop = shops::shop(scope, ShopId(id)).await?;
    let shop = shop.filter(|shop| shop.state == "active").ok_or_else(Problem::not_found)?;
    match form.action.as_str() {
        "secret" => secret(&context, &member, &shop, &form.secret).await,
        "remove" => {
            let mut batch = Batch::new();
            shops::remove(&mut batch, shop.id, false);
            match scope.write(batch).await {
                Err(error) if error.is_conflict() => Err(Problem::not_found()),
                outcome => {
                    outcome?;
                    Ok(Redirect::to("/shops?done=removed").into_response())
                }
            }
        }
        _ => Err(super::INVALID),
    }
}

/// Another secret: ours anew, or what its owner typed, once it lets us in.
async fn secret(context: &Context, member: &Member, shop: &Shop, typed: &str) -> Result<Response, Problem> {
    let made = fresh_secret(context, shop.kind);
    let is_made = made.is_some();
    let kept = match made {
        Some(secret) => Ok(secret),
        None => typed_secret(typed).map_err(str::to_owned),
    };
    let kept = match kept {
        Ok(secret) if shop.kind == ShopKind::PrestaShop => {
            ask(context, &shop.address, &secret).await.map(|()| secret).map_err(|(_, key)| key)
        }
        other => other,
    };
    let kept = match kept {
        Ok(secret) => secret,
        Err(key) => {
            let view = View { fault: Some(("", key)), ..view(context, member).await? };
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, shops_page(member, &view)).into_response());
        }
    };
    shops::set_secret(context, &member.scope, shop, &kept).await?;
    context.wakes.wake(crate::SHOP_ADDED);
    show_once(context, member, shop.id, is_made.then_some(kept), "secret").await
}
