//! The guard: finds out who is calling, compares with the route's access, and only then lets the handler run.
//!
//! The session is a 256-bit token in a `__Host-` cookie; the store keeps its SHA-256. A visitor without a session gets
//! a random `visit` cookie, so that forms before sign-in have a token too. The form token is an HMAC of whichever
//! cookie there is: it is bound to the browser and needs no table. Programs with a key pass another door: `key`.

use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::extract::{FromRequestParts, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use domain::{AccountId, OrganizationId, Role};
use http::request::Parts;
use http::{HeaderMap, HeaderValue, Method, header};
use sha2::{Digest as _, Sha256};

use super::Access;
use super::page::{self, NavEntry};
use super::problem::{Problem, ProblemKind};
use super::texts::{Locale, Texts};
use crate::Context;
use crate::config::Config;
use crate::store::Scope;

/// Who is signed in, and for which organisation.
#[derive(Debug, Clone)]
pub struct Principal {
    /// The person.
    pub account: AccountId,
    /// The organisation this session looks at.
    pub organization: OrganizationId,
    /// What the person may do there.
    pub role: Role,
    /// Its name, for the frame.
    pub organization_name: String,
    /// Its time zone.
    pub time_zone: jiff::tz::TimeZone,
    /// The person's language.
    pub locale: Locale,
}

pub(super) type Answer<T> = Pin<Box<dyn Future<Output = anyhow::Result<T>> + Send>>;

/// What the guard needs from the rooms, as plain functions, so that the ground floor knows none of them.
#[derive(Clone, Copy)]
pub struct Gate {
    /// Who holds this session (token hash).
    pub authenticate: fn(Context, [u8; 32]) -> Answer<Option<Principal>>,
    /// Whether anybody has an account yet.
    pub has_account: fn(Context) -> Answer<bool>,
    /// Which program holds this key (its hash).
    pub key_holder: fn(Context, [u8; 32]) -> Answer<Option<super::KeyHolder>>,
    /// The main navigation.
    pub nav: &'static [NavEntry],
}

#[derive(Clone)]
pub(super) struct GuardState {
    pub gate: Gate,
    pub context: Context,
    pub access: Access,
}

/// Whoever is calling, signed in or not. Every handler can ask for it.
#[derive(Clone)]
pub struct Visitor {
    /// The sentences in the caller's language.
    pub texts: &'static Texts,
    /// The token every form must carry.
    pub csrf: String,
    /// Where the caller is, for the language switch.
    pub path: String,
    /// Main navigation.
    pub nav: &'static [NavEntry],
    /// Who it is, when signed in.
    pub principal: Option<Principal>,
}

/// A signed-in member, with the door to the organisation's rows and nothing else.
#[derive(Clone)]
pub struct Member {
    /// As a visitor.
    pub visitor: Visitor,
    /// Who.
    pub principal: Principal,
    /// The door.
    pub scope: Scope,
}

impl Member {
    /// Whether this member has at least this role: pages do not offer what would be refused.
    pub fn may(&self, least: Role) -> bool {
        self.principal.role >= least
    }

    /// The sentences.
    pub fn texts(&self) -> &'static Texts {
        self.visitor.texts
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Visitor {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        parts.extensions.get::<Self>().cloned().ok_or(Problem::new(ProblemKind::Internal, "problem-internal"))
    }
}

impl FromRequestParts<Context> for Member {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, context: &Context) -> Result<Self, Problem> {
        let visitor = Visitor::from_request_parts(parts, context).await?;
        let principal =
            visitor.principal.clone().ok_or(Problem::new(ProblemKind::SignedOut, "problem-signed-out"))?;
        let scope = context.scope(principal.organization);
        Ok(Self { visitor, principal, scope })
    }
}

/// Set once somebody has an account, so that the question is not asked again.
static HAS_ACCOUNT: AtomicBool = AtomicBool::new(false);

pub(super) async fn guard(State(state): State<GuardState>, mut request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let config = &state.context.config;
    let token = cookie(&parts.headers, session_name(config));
    let mut fresh_visit = None;
    let secret = token.clone().or_else(|| cookie(&parts.headers, visit_name(config))).unwrap_or_else(|| {
        let value = hex::encode(state.context.random::<16>());
        fresh_visit = Some(value.clone());
        value
    });
    let principal = match &token {
        Some(token) => (state.gate.authenticate)(state.context.clone(), hash_token(token)).await,
        None => Ok(None),
    };
    let principal = match principal {
        Ok(principal) => principal,
        Err(error) => {
            tracing::error!(error = format!("{error:#}"), "sessions cannot be read");
            None
        }
    };
    let locale = principal.as_ref().map_or_else(|| Locale::of_request(&parts.headers), |p| p.locale);
    let visitor = Visitor {
        texts: Texts::of(locale),
        csrf: hex::encode(&state.context.secret.sign(&[b"csrf", secret.as_bytes()])[..16]),
        path: parts.uri.path().to_owned(),
        nav: state.gate.nav,
        principal,
    };
    let is_get = parts.method == Method::GET || parts.method == Method::HEAD;
    request = Request::from_parts(parts, body);
    request.extensions_mut().insert(visitor.clone());
    let mut response = match admit(&state, &visitor, is_get).await {
        Ok(()) => next.run(request).await,
        Err(refusal) => refusal,
    };
    if let Some(problem) = response.extensions().get::<Problem>().cloned() {
        let mut written = (problem.status(), page::problem(&visitor, &problem)).into_response();
        std::mem::swap(written.headers_mut(), response.headers_mut());
        let body_headers = std::mem::take(response.headers_mut());
        written.headers_mut().extend(body_headers);
        response = written;
    }
    if let Some(value) = fresh_visit {
        set_cookie(&mut response, visit_name(config), &value, config.secure_cookies(), None);
    }
    if !response.headers().contains_key(header::CACHE_CONTROL) {
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    response
}

async fn admit(state: &GuardState, visitor: &Visitor, is_get: bool) -> Result<(), Response> {
    let has_account = || async {
        if HAS_ACCOUNT.load(Ordering::Relaxed) && state.context.config.is_production() {
            return true;
        }
        let found = (state.gate.has_account)(state.context.clone()).await.unwrap_or(true);
        if found {
            HAS_ACCOUNT.store(true, Ordering::Relaxed);
        }
        found
    };
    match state.access {
        Access::Public => Ok(()),
        Access::FirstRun => {
            if has_account().await {
                Err(Redirect::to("/today").into_response())
            } else {
                Ok(())
            }
        }
        Access::Member(least) => match &visitor.principal {
            Some(principal) if principal.role >= least => Ok(()),
            Some(_) => Err(Problem::new(ProblemKind::Forbidden, "problem-forbidden").into_response()),
            None if !has_account().await => Err(Redirect::to("/start").into_response()),
            None if is_get => Err(Redirect::to("/sign-in").into_response()),
            None => Err(Problem::new(ProblemKind::SignedOut, "problem-signed-out").into_response()),
        },
        // `Routes::seal` puts these behind the guard of `key`, or behind none, never behind this one.
        Access::Key(_) | Access::Hook => {
            Err(Problem::new(ProblemKind::SignedOut, "problem-signed-out").into_response())
        }
    }
}

/// What the store keeps of a session token.
pub fn hash_token(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

/// The session's cookie. Cookies do not tell ports apart, so the demonstration has a name of its own: signing in there
/// must not end the session of the real one beside it.
pub fn session_name(config: &Config) -> &'static str {
    match (config.secure_cookies(), config.demo.is_some()) {
        (true, false) => "__Host-timon",
        (true, true) => "__Host-timon-demo",
        (false, false) => "timon",
        (false, true) => "timon-demo",
    }
}

fn visit_name(config: &Config) -> &'static str {
    if config.secure_cookies() { "__Host-timon-visit" } else { "timon-visit" }
}

/// A `Set-Cookie` value for a session; an empty token ends it.
pub fn session_cookie(context: &Context, token: &str) -> String {
    let secure = context.config.secure_cookies();
    let age = if token.is_empty() { 0 } else { 30 * 24 * 3600 };
    cookie_text(session_name(&context.config), token, secure, Some(age))
}

fn cookie_text(name: &str, value: &str, secure: bool, max_age_seconds: Option<u64>) -> String {
    let secure = if secure { "; Secure" } else { "" };
    let age = max_age_seconds.map_or_else(String::new, |s| format!("; Max-Age={s}"));
    format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{age}")
}

fn set_cookie(response: &mut Response, name: &str, value: &str, secure: bool, age: Option<u64>) {
    if let Ok(value) = HeaderValue::from_str(&cookie_text(name, value, secure, age)) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
}

/// A cookie's value, if it looks like one of ours.
pub fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, value)| {
            *key == name
                && (16..=128).contains(&value.len())
                && value.bytes().all(|b| b.is_ascii_alphanumeric())
        })
        .map(|(_, value)| value.to_owned())
}
