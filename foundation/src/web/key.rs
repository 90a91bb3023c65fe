//! The door for programs: a key in `Authorization: Bearer`, and nothing else. A session's cookie does not open it, and a
//! key opens no page. Whoever has no key learns nothing but that one is needed.
//!
//! Other sites' scripts cannot come in: a browser asks before it sends a key elsewhere (CORS), and is never told yes.
//! The key is found by its SHA-256, so comparing takes the same time whatever was sent.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::{FromRequestParts, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::{AccountId, ApiKeyId, KeyScope, OrganizationId};
use http::request::Parts;
use http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use jiff::{SignedDuration, Timestamp, tz::TimeZone};

use super::guard::{Gate, hash_token};
use super::json::{self, ApiProblem};
use super::problem::{Problem, ProblemKind};
use super::texts::{Locale, Texts};
use crate::Context;
use crate::store::Scope;

/// Requests of one key in a minute; each process counts for itself.
pub const REQUESTS_PER_MINUTE: u32 = 300;
/// Keys counted at once; above it, those whose minute is over are forgotten.
const COUNTED_MAX: usize = 10_000;
const MINUTE: SignedDuration = SignedDuration::from_mins(1);
/// No key is longer.
const KEY_BYTES_MAX: usize = 128;

/// Whose key it is and what it may do.
#[derive(Debug, Clone)]
pub struct KeyHolder {
    /// The key.
    pub key: ApiKeyId,
    /// Who made it.
    pub account: AccountId,
    /// For which organisation.
    pub organization: OrganizationId,
    /// What it may do.
    pub may: KeyScope,
    /// The organisation's time zone.
    pub time_zone: TimeZone,
    /// The language of its maker, for what is asked without one.
    pub locale: Locale,
}

/// A program that was let in, with the door to the organisation's rows and nothing else.
#[derive(Clone)]
pub struct Program {
    /// Whose key.
    pub holder: KeyHolder,
    /// The sentences in the language that was asked for.
    pub texts: &'static Texts,
    /// The door.
    pub scope: Scope,
}

impl FromRequestParts<Context> for Program {
    type Rejection = ApiProblem;

    async fn from_request_parts(parts: &mut Parts, context: &Context) -> Result<Self, ApiProblem> {
        let holder = parts.extensions.get::<KeyHolder>().cloned();
        let holder = holder.ok_or_else(|| ApiProblem::new(ProblemKind::Internal, "problem-internal"))?;
        let texts = Texts::of(language(&parts.headers, Some(&holder)));
        let scope = context.scope(holder.organization);
        Ok(Self { holder, texts, scope })
    }
}

/// How often each key has asked in its minute.
#[derive(Default)]
pub(super) struct Limits(Mutex<HashMap<ApiKeyId, (Timestamp, u32)>>);

impl Limits {
    /// Counts a request; `Err` with the seconds to wait when there were too many.
    fn admit(&self, key: ApiKeyId, now: Timestamp) -> Result<(), i64> {
        let mut counted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if counted.len() > COUNTED_MAX {
            counted.retain(|_, (since, _)| now.duration_since(*since) < MINUTE);
        }
        let (since, count) = counted.entry(key).or_insert((now, 0));
        let passed = now.duration_since(*since);
        if passed >= MINUTE || passed.is_negative() {
            (*since, *count) = (now, 0);
        }
        if *count >= REQUESTS_PER_MINUTE {
            return Err((MINUTE - now.duration_since(*since)).as_secs().max(1));
        }
        *count += 1;
        Ok(())
    }
}

#[derive(Clone)]
pub(super) struct Door {
    pub gate: Gate,
    pub context: Context,
    pub least: KeyScope,
    pub limits: Arc<Limits>,
}

/// Why somebody stays out.
struct Refusal {
    problem: ApiProblem,
    header: Option<(header::HeaderName, String)>,
}

pub(super) async fn guard(State(door): State<Door>, mut request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    let known = request.headers().get(header::IF_NONE_MATCH).cloned().filter(|_| reads);
    let mut locale = language(request.headers(), None);
    let mut response = match door.admit(request.headers()).await {
        Ok(holder) => {
            locale = language(request.headers(), Some(&holder));
            request.extensions_mut().insert(holder);
            next.run(request).await
        }
        Err(refusal) => {
            let mut response = refusal.problem.into_response();
            if let Some((name, value)) = refusal.header
                && let Ok(value) = HeaderValue::from_str(&value)
            {
                response.headers_mut().insert(name, value);
            }
            response
        }
    };
    response = speak(response, Texts::of(locale), &path);
    if known.is_some_and(|known| is_known(&known, response.headers())) {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        *response.body_mut() = axum::body::Body::empty();
    }
    if !response.headers().contains_key(header::CACHE_CONTROL) {
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    response
}

impl Door {
    async fn admit(&self, headers: &HeaderMap) -> Result<KeyHolder, Refusal> {
        let refuse = |kind, key, header| Refusal { problem: ApiProblem::new(kind, key), header };
        let no_key = || {
            let ask = "Bearer realm=\"timon\"".to_owned();
            refuse(ProblemKind::SignedOut, "api-no-key", Some((header::WWW_AUTHENTICATE, ask)))
        };
        let key = bearer(headers).ok_or_else(no_key)?;
        let found = (self.gate.key_holder)(self.context.clone(), hash_token(key)).await;
        let found = found.map_err(|error| Refusal { problem: error.into(), header: None })?;
        let holder = found.ok_or_else(no_key)?;
        self.limits.admit(holder.key, self.context.now()).map_err(|seconds| {
            let wait = Some((header::RETRY_AFTER, seconds.to_string()));
            refuse(ProblemKind::TooMany, "api-too-often", wait)
        })?;
        if holder.may < self.least {
            let ask = format!("Bearer error=\"insufficient_scope\", scope=\"{}\"", self.least);
            return Err(refuse(ProblemKind::Forbidden, "api-scope", Some((header::WWW_AUTHENTICATE, ask))));
        }
        Ok(holder)
    }
}

/// The key that was sent, if it may be one.
fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, key) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    let key = key.trim();
    let is_key = (1..=KEY_BYTES_MAX).contains(&key.len()) && key.bytes().all(|b| b.is_ascii_graphic());
    (scheme.eq_ignore_ascii_case("bearer") && is_key).then_some(key)
}

/// The language that was asked for, else the key's maker's.
fn language(headers: &HeaderMap, holder: Option<&KeyHolder>) -> Locale {
    match holder {
        Some(holder) if !headers.contains_key(header::ACCEPT_LANGUAGE) => holder.locale,
        _ => Locale::of_request(headers),
    }
}

/// Turns every refusal into a problem that a program can read, also those of the router itself.
fn speak(response: Response, texts: &Texts, path: &str) -> Response {
    let status = response.status();
    let attached = response.extensions().get::<ApiProblem>().cloned();
    let page = || response.extensions().get::<Problem>().cloned().map(ApiProblem::from);
    let mut written = match attached.or_else(page) {
        Some(problem) => problem.written(texts, path),
        None if status.is_client_error() => {
            let (kind, key) = match status {
                // What stands in the path is no id of ours.
                StatusCode::BAD_REQUEST | StatusCode::NOT_FOUND => (ProblemKind::NotFound, "api-not-found"),
                StatusCode::METHOD_NOT_ALLOWED => (ProblemKind::Invalid, "api-no-method"),
                _ => (ProblemKind::Invalid, "api-invalid"),
            };
            let status = if kind == ProblemKind::NotFound { StatusCode::NOT_FOUND } else { status };
            json::written(status, &ApiProblem::new(kind, key), texts, path)
        }
        None => return response,
    };
    for name in [header::WWW_AUTHENTICATE, header::RETRY_AFTER, header::ALLOW] {
        if let Some(value) = response.headers().get(&name) {
            written.headers_mut().insert(name, value.clone());
        }
    }
    written
}

/// Whether the asker has this answer already. Validators are compared weakly (RFC 9110, 8.8.3.2).
fn is_known(asked: &HeaderValue, answer: &HeaderMap) -> bool {
    let Some(tag) = answer.get(header::ETAG).and_then(|tag| tag.to_str().ok()) else { return false };
    let plain = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    let asked = asked.to_str().unwrap_or_default();
    asked.split(',').any(|one| one.trim() == "*" || plain(one) == plain(tag))
}

/// What is not there, below the programs' address.
pub(super) fn nothing_here(headers: &HeaderMap, path: &str) -> Response {
    ApiProblem::not_found().written(Texts::of(language(headers, None)), path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_stands_after_the_word_bearer_and_nowhere_else() {
        let with = |value: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::AUTHORIZATION, HeaderValue::from_str(value).expect("a value"));
            bearer(&headers).map(str::to_owned)
        };
        assert_eq!(with("Bearer timon_1"), Some("timon_1".to_owned()));
        assert_eq!(with("bearer  timon_1"), Some("timon_1".to_owned()));
        for none in [
            "timon_1",
            "Basic timon_1",
            "Bearer ",
            "Bearer",
            "Bearer a b",
            &format!("Bearer {}", "a".repeat(129)),
        ] {
            assert_eq!(with(none), None, "{none}");
        }
        assert_eq!(bearer(&HeaderMap::new()), None);
    }

    #[test]
    fn a_key_that_asks_too_often_waits_for_the_end_of_its_minute_and_others_do_not() {
        let limits = Limits::default();
        let start = Timestamp::UNIX_EPOCH;
        for _ in 0..REQUESTS_PER_MINUTE {
            assert_eq!(limits.admit(ApiKeyId(1), start), Ok(()));
        }
        assert_eq!(limits.admit(ApiKeyId(1), start + SignedDuration::from_secs(20)), Err(40));
        assert_eq!(limits.admit(ApiKeyId(2), start), Ok(()));
        assert_eq!(limits.admit(ApiKeyId(1), start + MINUTE), Ok(()));
    }

    #[test]
    fn an_answer_that_is_known_is_not_sent_again() {
        let mut answer = HeaderMap::new();
        answer.insert(header::ETAG, HeaderValue::from_static("W/\"a\""));
        let known = |asked: &'static str| is_known(&HeaderValue::from_static(asked), &answer);
        assert!(known("W/\"a\"") && known("\"a\"") && known("\"b\", W/\"a\"") && known("*"));
        assert!(!known("\"b\"") && !known(""));
        assert!(!is_known(&HeaderValue::from_static("*"), &HeaderMap::new()));
    }
}
