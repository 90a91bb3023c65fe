//! First run, sign-in, sign-out, language, and the account page.

use axum::Extension;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use domain::{OrganizationKind, Role};
use foundation::Context;
use foundation::steps::Lease;
use foundation::web::serve::Peer;
use foundation::web::{
    Access, CheckedForm, Locale, Member, Problem, ProblemKind, Routes, Texts, Visitor, bare, cookie,
    hash_token, session_cookie, session_name, shell,
};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use maud::{Markup, html};
use serde::Deserialize;
use ui::{
    Button, Choice, Column, DataTable, Field, Tone, actions, card, data_table, form_errors, hidden, notice,
};

use crate::rules::{self, FieldError};
use crate::store::{self, NewOrganization, Organization};
use crate::{password, throttle};

/// This room's routes.
pub fn routes() -> Routes {
    Routes::new()
        .get("/start", Access::FirstRun, start)
        .post("/start", Access::FirstRun, create_owner)
        .get("/sign-in", Access::Public, sign_in)
        .post("/sign-in", Access::Public, open_session)
        .post("/sign-out", Access::Member(Role::Viewer), sign_out)
        .post("/language", Access::Public, set_language)
        .get("/account", Access::Member(Role::Viewer), account)
        .post("/account/organization", Access::Member(Role::Owner), save_organization)
        .post("/account/password", Access::Member(Role::Viewer), save_password)
        .merge(crate::keys::routes())
}

/// The code that the first owner of an installation reachable from other machines must type: it is printed where the
/// program runs, so only who started it can claim it.
pub fn setup_code(context: &Context) -> String {
    let signed = context.secret.sign(&[b"setup code"]);
    hex::encode(&signed[..6])
}

/// What the first-run form sends.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct StartForm {
    name: String,
    town: String,
    kind: String,
    email: String,
    password: String,
    code: String,
}

fn kind_choices(texts: &Texts) -> Vec<(&'static str, String)> {
    OrganizationKind::ALL
        .iter()
        .map(|kind| (kind.as_str(), texts.get(&format!("kind-{kind}")).into_owned()))
        .collect()
}

fn as_choices<'a>(pairs: &'a [(&'static str, String)]) -> Vec<Choice<'a>> {
    pairs.iter().map(|(value, label)| Choice::new(value, label)).collect()
}

/// The sentence of a field's fault, or nothing.
fn fault(texts: &Texts, faults: &[FieldError], field: &str) -> String {
    faults
        .iter()
        .find(|(name, _)| *name == field)
        .map(|(_, key)| texts.get(key).into_owned())
        .unwrap_or_default()
}

fn fault_summary(texts: &Texts, faults: &[FieldError]) -> Markup {
    let lines: Vec<(&str, String)> =
        faults.iter().map(|(name, key)| (*name, texts.get(key).into_owned())).collect();
    let lines: Vec<(&str, &str)> = lines.iter().map(|(name, line)| (*name, line.as_str())).collect();
    form_errors(&texts.get("form-errors"), &lines)
}

/// The first-run page.
pub fn start_page(visitor: &Visitor, form: &StartForm, faults: &[FieldError], needs_code: bool) -> Markup {
    let t = visitor.texts;
    let kinds = kind_choices(t);
    let kinds = as_choices(&kinds);
    let get = |key| t.get(key);
    let content = html! {
        h1 { (get("start-title")) }
        p { (get("start-lead")) }
        (fault_summary(t, faults))
        form.form method="post" action="/start" {
            (hidden("csrf", &visitor.csrf))
            (Field::text("name", &get("start-name")).hint(&get("start-name-hint")).value(&form.name).required()
                .autocomplete("organization").max_length(80).error(&fault(t, faults, "name")))
            (Field::select("kind", &get("start-kind"), &kinds).value(if form.kind.is_empty() { "bar" } else { &form.kind })
                .error(&fault(t, faults, "kind")))
            (Field::text("town", &get("start-town")).value(&form.town).optional(&get("optional"))
                .autocomplete("address-level2").max_length(80))
            (Field::email("email", &get("start-email")).hint(&get("start-email-hint")).value(&form.email).required()
                .autocomplete("username").error(&fault(t, faults, "email")))
            (Field::password("password", &get("start-password")).hint(&get("start-password-hint")).required()
                .autocomplete("new-password").reveal(&get("password-show"), &get("password-hide"))
                .error(&fault(t, faults, "password")))
            @if needs_code {
                (Field::text("code", &get("start-code")).hint(&get("start-code-hint")).required()
                    .autocomplete("off").error(&fault(t, faults, "code")))
            }
            (Button::primary(&get("start-submit")).full())
        }
        p.small { (get("start-small-print")) }
    };
    bare(visitor, &get("start-title"), false, content)
}

async fn start(State(context): State<Context>, visitor: Visitor) -> Result<Markup, Problem> {
    // An import from the command line may have named the business already.
    let adopted = store::organizations(&context, 1).await?.into_iter().next();
    let form = adopted.map_or_else(StartForm::default, |o| StartForm {
        name: o.name,
        town: o.town,
        kind: o.kind.to_string(),
        ..StartForm::default()
    });
    Ok(start_page(&visitor, &form, &[], !context.config.is_local_only()))
}

async fn create_owner(
    State(context): State<Context>,
    peer: Option<Extension<Peer>>,
    headers: HeaderMap,
    visitor: Visitor,
    CheckedForm(form): CheckedForm<StartForm>,
) -> Result<Response, Problem> {
    let needs_code = !context.config.is_local_only();
    let locale = visitor.texts.locale;
    let checked =
        rules::check_first_run((&form.name, &form.town, &form.kind), (&form.email, &form.password), locale);
    let address = client_address(&context, peer.map(|Extension(Peer(p))| p.ip()), &headers);
    let app = context.config.data_dir.to_string_lossy();
    // The code can be guessed ten times a quarter of an hour from one place: 48 bits last longer than that.
    let may_try = !needs_code || throttle::admit(&app, "setup code", address, context.now());
    let code_is_wrong = needs_code && (!may_try || form.code.trim() != setup_code(&context));
    let first_run = match checked {
        Ok(first_run) if !code_is_wrong => first_run,
        result => {
            let mut faults = result.err().unwrap_or_default();
            if code_is_wrong {
                faults.push(("code", "code-wrong"));
            }
            let page = start_page(&visitor, &form, &faults, needs_code);
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    };
    // One at a time: of two people who send this page at once, the second finds an owner.
    let Some(lease) = Lease::claim(&context, "first-run".to_owned()).await? else {
        return Err(Problem::new(ProblemKind::Conflict, "problem-conflict"));
    };
    let created = claim(&context, first_run, locale).await;
    lease.release(&context).await?;
    created
}

async fn claim(context: &Context, first_run: rules::FirstRun, locale: Locale) -> Result<Response, Problem> {
    if store::has_account(context).await? {
        return Ok(Redirect::to("/today").into_response());
    }
    let hash = password::hash(context, first_run.password).await?;
    let adopt = store::organizations(context, 1).await?.first().map(|o| o.id);
    let new = NewOrganization {
        name: first_run.name,
        town: first_run.town,
        kind: first_run.kind,
        time_zone: first_run.time_zone,
        locale,
    };
    let (organization, account) =
        store::create_owner(context, adopt, &new, (&first_run.email, &hash)).await?;
    signed_in(context, organization, account, if adopt.is_some() { "/today" } else { "/import" }).await
}

async fn signed_in(
    context: &Context,
    organization: domain::OrganizationId,
    account: domain::AccountId,
    to: &'static str,
) -> Result<Response, Problem> {
    let token = store::open_session(context, organization, account).await?;
    let mut response = Redirect::to(to).into_response();
    let cookie = HeaderValue::from_str(&session_cookie(context, &token))?;
    response.headers_mut().append(header::SET_COOKIE, cookie);
    Ok(response)
}

/// What sign-in sends.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SignInForm {
    email: String,
    password: String,
}

/// The sign-in page; `failed` is the key of what went wrong.
pub fn sign_in_page(
    visitor: &Visitor,
    email: &str,
    failed: Option<&str>,
    demo: Option<(&str, &str)>,
) -> Markup {
    let t = visitor.texts;
    let get = |key| t.get(key);
    let content = html! {
        h1 { (get("sign-in-title")) }
        @if let Some(key) = failed { (notice(Tone::Error, "", &html! { (get(key)) })) }
        @if let Some((email, password)) = demo {
            (notice(Tone::Info, &get("sign-in-demo"), &html! { code { (email) } " · " code { (password) } }))
        }
        form.form method="post" action="/sign-in" {
            (hidden("csrf", &visitor.csrf))
            (Field::email("email", &get("start-email")).value(email).required().autocomplete("username"))
            (Field::password("password", &get("start-password")).required().autocomplete("current-password")
                .reveal(&get("password-show"), &get("password-hide")))
            (Button::primary(&get("sign-in-submit")).full())
        }
    };
    bare(visitor, &get("sign-in-title"), false, content)
}

async fn sign_in(State(context): State<Context>, visitor: Visitor) -> Result<Response, Problem> {
    if visitor.principal.is_some() {
        return Ok(Redirect::to("/today").into_response());
    }
    if !store::has_account(&context).await? {
        return Ok(Redirect::to("/start").into_response());
    }
    let demo = context.config.demo.as_ref().map(|(email, password)| (email.as_str(), password.as_str()));
    Ok(sign_in_page(&visitor, demo.map_or("", |(email, _)| email), None, demo).into_response())
}

async fn open_session(
    State(context): State<Context>,
    peer: Option<Extension<Peer>>,
    headers: HeaderMap,
    visitor: Visitor,
    CheckedForm(form): CheckedForm<SignInForm>,
) -> Result<Response, Problem> {
    let email = form.email.trim().to_lowercase();
    let address = client_address(&context, peer.map(|Extension(Peer(p))| p.ip()), &headers);
    let app = context.config.data_dir.to_string_lossy().into_owned();
    let refused = |status, key| {
        let page = sign_in_page(&visitor, &email, Some(key), None);
        Ok((status, page).into_response())
    };
    if email.len() > rules::EMAIL_BYTES_MAX {
        return refused(StatusCode::UNPROCESSABLE_ENTITY, "sign-in-wrong");
    }
    if !throttle::admit(&app, &email, address, context.now()) {
        return refused(StatusCode::TOO_MANY_REQUESTS, "sign-in-too-often");
    }
    let found = store::account_by_email(&context, &email).await?;
    match password::verify(found.as_ref().map(|f| f.password_hash.clone()), form.password).await {
        Ok(true) => throttle::forgive(&app, &email, address),
        Ok(false) => return refused(StatusCode::UNPROCESSABLE_ENTITY, "sign-in-wrong"),
        Err(password::PasswordError::Busy) => return refused(StatusCode::TOO_MANY_REQUESTS, "sign-in-busy"),
        Err(error) => return Err(error.into()),
    }
    match found {
        Some(found) => signed_in(&context, found.organization, found.account, "/today").await,
        None => refused(StatusCode::UNPROCESSABLE_ENTITY, "sign-in-wrong"),
    }
}

/// The caller's address; a forwarded one is believed only from a proxy that the configuration names.
pub fn client_address(
    context: &Context,
    peer: Option<std::net::IpAddr>,
    headers: &HeaderMap,
) -> std::net::IpAddr {
    let peer = peer.unwrap_or(std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST));
    if !context.config.trusted_proxies.contains(&peer) {
        return peer;
    }
    // The last entry of the last line is the one our own proxy wrote; everything before it may be invented.
    headers
        .get_all("x-forwarded-for")
        .iter()
        .next_back()
        .and_then(|v| v.to_str().ok())
        .and_then(|line| line.rsplit(',').next())
        .and_then(parse_forwarded)
        .unwrap_or(peer)
}

/// An address with or without a port.
fn parse_forwarded(text: &str) -> Option<std::net::IpAddr> {
    let text = text.trim();
    let with_port = || text.parse::<std::net::SocketAddr>().ok().map(|address| address.ip());
    text.trim_matches(['[', ']']).parse().ok().or_else(with_port)
}

/// A form that sends nothing but its token.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Nothing {}

async fn sign_out(
    State(context): State<Context>,
    headers: HeaderMap,
    member: Member,
    CheckedForm(Nothing {}): CheckedForm<Nothing>,
) -> Result<Response, Problem> {
    if let Some(token) = cookie(&headers, session_name(&context.config)) {
        store::end_session(&member.scope, hash_token(&token)).await?;
    }
    let mut response = Redirect::to("/sign-in").into_response();
    response.headers_mut().append(header::SET_COOKIE, HeaderValue::from_str(&session_cookie(&context, ""))?);
    Ok(response)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LanguageForm {
    language: String,
    to: String,
}

/// Remembers the language in a cookie, and in the account of who is signed in.
async fn set_language(
    State(context): State<Context>,
    visitor: Visitor,
    CheckedForm(form): CheckedForm<LanguageForm>,
) -> Result<Response, Problem> {
    let locale =
        Locale::parse(&form.language).ok_or(Problem::new(ProblemKind::Invalid, "problem-invalid-form"))?;
    if let Some(principal) = &visitor.principal {
        store::set_locale(&context.scope(principal.organization), principal.account, locale).await?;
    }
    let mut response = Redirect::to(own_path(&form.to)).into_response();
    let cookie =
        format!("timon-locale={locale}; Path=/; Max-Age=31536000; SameSite=Lax", locale = locale.as_str());
    response.headers_mut().append(header::SET_COOKIE, HeaderValue::from_str(&cookie)?);
    Ok(response)
}

/// The path if it is one of ours, else the first page: never another site (`//`, `/\`, a scheme).
fn own_path(path: &str) -> &str {
    let rest = path.strip_prefix('/').unwrap_or("//");
    let plain = rest.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'/' | b'-' | b'_'));
    if plain && !rest.starts_with('/') { path } else { "/today" }
}

/// What the account page shows.
pub struct AccountView {
    /// The organisation.
    pub organization: Organization,
    /// Who can sign in: e-mail, role, since.
    pub members: Vec<(String, Role, jiff::Timestamp)>,
    /// What has just happened.
    pub done: Option<&'static str>,
    /// What was wrong with a form.
    pub faults: Vec<FieldError>,
}

/// The account page.
pub fn account_page(member: &Member, view: &AccountView) -> Markup {
    let t = member.texts();
    let get = |key| t.get(key);
    let content = html! {
        (ui::page_header(&get("account-title"), &get("account-lead"), None))
        @if let Some(key) = view.done { (notice(Tone::Success, "", &html! { (get(key)) })) }
        (fault_summary(t, &view.faults))
        (card("sources", &get("nav-sources"), &html! {
            p { (get("account-sources-lead")) }
            (actions(&html! {
                (Button::secondary(&get("account-sources-go")).href("/sources").icon(ui::Icon::Sources))
                (Button::quiet(&get("account-answers-go")).href("/answers/settings"))
            }))
        }))
        (card("notices", &get("account-notices"), &html! {
            p { (get("account-notices-lead")) }
            (actions(&html! { (Button::secondary(&get("account-notices-go")).href("/notices").icon(ui::Icon::Mail)) }))
        }))
        (card("asking", &get("account-asking"), &html! {
            p { (get("account-asking-lead")) }
            (actions(&html! {
                (Button::secondary(&get("account-asking-go")).href("/invitations").icon(ui::Icon::Mail))
                (Button::secondary(&get("account-customers-go")).href("/customers").icon(ui::Icon::Account))
                (Button::quiet(&get("account-cushion-go")).href("/cushion"))
            }))
        }))
        (card("values", &get("account-values"), &html! {
            p { (get("account-values-lead")) }
            (actions(&html! {
                (Button::secondary(&get("account-values-go")).href("/values").icon(ui::Icon::Anchor))
                (Button::secondary(&get("account-drill-go")).href("/drill").icon(ui::Icon::Clock))
            }))
        }))
        @if member.may(Role::Owner) {
        (card("organization", &get("account-organization"), &organization_form(member, view)))
        (crate::keys::card(t))
        (card("safe", &get("account-safe"), &html! {
            p { (get("account-export-lead")) }
            (actions(&html! {
                (Button::secondary(&get("account-export")).href("/export").icon(ui::Icon::Download))
            }))
            p { (get("account-backup-lead")) " " code { "timon backup" } }
        }))
        }
        (card("password", &get("account-password"), &html! {
            form.form method="post" action="/account/password" {
                (hidden("csrf", &member.visitor.csrf))
                (Field::password("current", &get("account-password-current")).required()
                    .autocomplete("current-password").error(&fault(t, &view.faults, "current")))
                (Field::password("password", &get("account-password-new")).hint(&get("start-password-hint")).required()
                    .autocomplete("new-password").reveal(&get("password-show"), &get("password-hide"))
                    .error(&fault(t, &view.faults, "password")))
                (actions(&html! { (Button::secondary(&get("account-password-submit"))) }))
            }
        }))
        (card("members", &get("account-members"), &members_table(member, view)))
        form method="post" action="/sign-out" {
            (hidden("csrf", &member.visitor.csrf))
            (Button::secondary(&get("sign-out")).icon(ui::Icon::SignOut))
        }
    };
    shell(member, &get("account-title"), content)
}

fn organization_form(member: &Member, view: &AccountView) -> Markup {
    let t = member.texts();
    let get = |key| t.get(key);
    let kinds = kind_choices(t);
    let kinds = as_choices(&kinds);
    let organization = &view.organization;
    html! {
        form.form method="post" action="/account/organization" {
            (hidden("csrf", &member.visitor.csrf))
            (Field::text("name", &get("start-name")).value(&organization.name).required().max_length(80)
                .error(&fault(t, &view.faults, "name")))
            (Field::select("kind", &get("start-kind"), &kinds).value(organization.kind.as_str())
                .error(&fault(t, &view.faults, "kind")))
            (Field::text("town", &get("start-town")).value(&organization.town).optional(&get("optional")).max_length(80))
            (Field::text("time_zone", &get("account-time-zone")).hint(&get("account-time-zone-hint"))
                .value(&organization.time_zone).required().error(&fault(t, &view.faults, "time_zone")))
            (actions(&html! { (Button::primary(&get("save"))) }))
        }
    }
}

fn members_table(member: &Member, view: &AccountView) -> Markup {
    let t = member.texts();
    let (email, role, since) = (t.get("start-email"), t.get("account-role"), t.get("account-since"));
    let columns = [&email, &role, &since].map(|label| Column { label, numeric: false });
    let rows: Vec<Vec<Markup>> = view
        .members
        .iter()
        .map(|(email, role, since)| {
            let since = t.date(*since, &member.principal.time_zone);
            vec![html! { (email) }, html! { (t.get(&format!("role-{role}"))) }, html! { (since) }]
        })
        .collect();
    data_table(&DataTable {
        caption: &t.get("account-members"),
        caption_hidden: true,
        columns: &columns,
        rows: &rows,
    })
}

async fn view(
    member: &Member,
    done: Option<&'static str>,
    faults: Vec<FieldError>,
) -> Result<AccountView, Problem> {
    let organization = store::organization(&member.scope).await?.ok_or_else(Problem::not_found)?;
    Ok(AccountView { organization, members: store::members(&member.scope).await?, done, faults })
}

async fn account(member: Member) -> Result<Markup, Problem> {
    Ok(account_page(&member, &view(&member, None, vec![]).await?))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OrganizationForm {
    name: String,
    kind: String,
    town: String,
    time_zone: String,
}

async fn save_organization(
    mut member: Member,
    CheckedForm(form): CheckedForm<OrganizationForm>,
) -> Result<Response, Problem> {
    let mut faults = Vec::new();
    let name = rules::clean_line(&form.name, 80);
    if name.is_empty() {
        faults.push(("name", "name-missing"));
    }
    let kind = OrganizationKind::parse(&form.kind);
    if kind.is_none() {
        faults.push(("kind", "kind-missing"));
    }
    let zone = form.time_zone.trim().to_owned();
    if jiff::tz::TimeZone::get(&zone).is_err() {
        faults.push(("time_zone", "time-zone-wrong"));
    }
    let (Some(kind), true) = (kind, faults.is_empty()) else {
        let page = account_page(&member, &view(&member, None, faults).await?);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    let new = NewOrganization {
        name: name.clone(),
        town: rules::clean_line(&form.town, 80),
        kind,
        time_zone: zone,
        locale: member.texts().locale,
    };
    store::update_organization(&member.scope, &new).await?;
    member.principal.organization_name = name;
    Ok(account_page(&member, &view(&member, Some("saved"), vec![]).await?).into_response())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PasswordForm {
    current: String,
    password: String,
}

/// Changes the password, ends every session of this person, and opens a new one here.
async fn save_password(
    State(context): State<Context>,
    member: Member,
    CheckedForm(form): CheckedForm<PasswordForm>,
) -> Result<Response, Problem> {
    let account = member.principal.account;
    let (email, stored) = store::own_account(&member.scope, account).await?.ok_or_else(Problem::not_found)?;
    let mut faults = Vec::new();
    if !password::verify(Some(stored), form.current).await? {
        faults.push(("current", "password-not-current"));
    }
    if let Some(key) = rules::password_fault(&form.password, &email) {
        faults.push(("password", key));
    }
    if !faults.is_empty() {
        let page = account_page(&member, &view(&member, None, faults).await?);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    let hash = password::hash(&context, form.password).await?;
    store::change_password(&member.scope, account, &hash).await?;
    signed_in(&context, member.principal.organization, account, "/account").await
}

#[cfg(test)]
mod tests {
    use super::own_path;

    #[test]
    fn the_language_switch_never_leaves_the_site() {
        assert_eq!(own_path("/mentions/12"), "/mentions/12");
        for elsewhere in [
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "",
            "/a?b=c",
            "javascript:1",
            "/\t/x",
        ] {
            assert_eq!(own_path(elsewhere), "/today", "{elsewhere}");
        }
    }
}
