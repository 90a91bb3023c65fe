//! What programs are told and what is read from them: JSON in, JSON out, and problems as RFC 9457 says
//! (`application/problem+json`). The body of a request is read only here: at most 64 kB, and what is not known is refused.

use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::response::{IntoResponse, Response};
use http::request::Parts;
use http::{HeaderValue, StatusCode, header};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest as _, Sha256};

use super::problem::{Problem, ProblemKind};
use super::texts::Texts;
use crate::Context;

/// Largest body of a request, bytes.
pub const BODY_BYTES_MAX: usize = 64 * 1024;

const IDEMPOTENCY_KEY: &str = "idempotency-key";
const INVALID: &str = "api-invalid";

/// One thing that is wrong with a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// Where: a JSON pointer into the body (`/text`), or a parameter's name; empty for the whole.
    pub pointer: String,
    /// What is wrong.
    pub detail: String,
}

/// A problem on its way to a program. The guard of `key` writes it, because it knows the language.
#[derive(Debug, Clone)]
pub struct ApiProblem {
    /// What kind, and with it the status.
    pub kind: ProblemKind,
    /// Key of the sentence; `<key>-hint` says what to do. Without its first word it is the stable end of `type`.
    pub key: &'static str,
    /// What exactly is wrong.
    pub faults: Vec<Fault>,
    /// What else a program may want to know, by name.
    pub more: serde_json::Map<String, serde_json::Value>,
}

impl ApiProblem {
    /// A problem with its sentence.
    pub fn new(kind: ProblemKind, key: &'static str) -> Self {
        Self { kind, key, faults: Vec::new(), more: serde_json::Map::new() }
    }

    /// A request that cannot be used, and why.
    pub fn invalid(pointer: &str, detail: impl Into<String>) -> Self {
        let fault = Fault { pointer: pointer.to_owned(), detail: detail.into() };
        Self { faults: vec![fault], ..Self::new(ProblemKind::Invalid, INVALID) }
    }

    /// The thing does not exist, or not for this organisation: the two are not told apart.
    pub fn not_found() -> Self {
        Self::new(ProblemKind::NotFound, "api-not-found")
    }

    /// Adds something a program may want to know.
    #[must_use]
    pub fn and(mut self, name: &str, value: impl Into<serde_json::Value>) -> Self {
        self.more.insert(name.to_owned(), value.into());
        self
    }

    /// The problem as its answer.
    pub(super) fn written(&self, texts: &Texts, path: &str) -> Response {
        let status = Problem::new(self.kind, self.key).status();
        written(status, self, texts, path)
    }
}

/// Writes a problem. `status` may be another than its kind's, for what the router itself refuses.
pub(super) fn written(status: StatusCode, problem: &ApiProblem, texts: &Texts, path: &str) -> Response {
    let name = problem.key.split_once('-').map_or(problem.key, |(_, name)| name);
    let mut body = problem.more.clone();
    for (field, value) in [
        ("type", format!("urn:timon:problem:{name}")),
        ("title", texts.get(problem.key).into_owned()),
        ("detail", texts.get(&format!("{}-hint", problem.key)).into_owned()),
        ("instance", path.to_owned()),
    ] {
        body.insert(field.to_owned(), value.into());
    }
    body.insert("status".to_owned(), status.as_u16().into());
    if !problem.faults.is_empty() {
        let faults = serde_json::to_value(&problem.faults).unwrap_or_default();
        body.insert("errors".to_owned(), faults);
    }
    let text = serde_json::Value::Object(body).to_string();
    let kind = HeaderValue::from_static("application/problem+json");
    (status, [(header::CONTENT_TYPE, kind)], text).into_response()
}

impl From<Problem> for ApiProblem {
    fn from(problem: Problem) -> Self {
        match problem.kind {
            ProblemKind::NotFound => Self::not_found(),
            kind => Self::new(kind, problem.key),
        }
    }
}

impl<E: Into<anyhow::Error>> From<E> for ApiProblem {
    fn from(error: E) -> Self {
        Problem::from(error).into()
    }
}

impl IntoResponse for ApiProblem {
    /// The status, with the problem attached.
    fn into_response(self) -> Response {
        let mut response = Problem::new(self.kind, self.key).status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// Longest name of an action, characters.
const NAME_MAX: usize = 100;

/// What makes two questions the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The name its asker gave it (`Idempotency-Key`).
    pub name: Option<String>,
    /// SHA-256 of method, path and body.
    pub hash: [u8; 32],
}

/// The body of a request, and what makes it the same as another. No body is an empty object.
pub struct CheckedJson<T>(pub T, pub Question);

impl<T: DeserializeOwned> FromRequest<Context> for CheckedJson<T> {
    type Rejection = ApiProblem;

    async fn from_request(request: Request, _: &Context) -> Result<Self, ApiProblem> {
        let (parts, body) = request.into_parts();
        let bytes = axum::body::to_bytes(body, BODY_BYTES_MAX)
            .await
            .map_err(|_| ApiProblem::new(ProblemKind::TooLarge, "api-too-large"))?;
        let said = parts.headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let kind = said.and_then(|kind| kind.split(';').next()).unwrap_or_default().trim();
        if !bytes.is_empty() && !kind.eq_ignore_ascii_case("application/json") {
            return Err(ApiProblem::new(ProblemKind::Unsupported, "api-not-json"));
        }
        let name = parts.headers.get(IDEMPOTENCY_KEY).map(name).transpose()?;
        let mut hash = Sha256::new();
        for part in [parts.method.as_str().as_bytes(), parts.uri.path().as_bytes(), &bytes] {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
        let text: &[u8] = if bytes.is_empty() { b"{}" } else { &bytes };
        let value =
            serde_json::from_slice(text).map_err(|error| ApiProblem::invalid("", error.to_string()))?;
        Ok(Self(value, Question { name, hash: hash.finalize().into() }))
    }
}

fn name(value: &HeaderValue) -> Result<String, ApiProblem> {
    let text = value.to_str().unwrap_or_default();
    let fits = (1..=NAME_MAX).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_graphic());
    let wrong = || ApiProblem::invalid("Idempotency-Key", "1 to 100 visible ASCII characters");
    fits.then(|| text.to_owned()).ok_or_else(wrong)
}

/// What stands after the question mark. Unknown names and names that stand twice are refused.
pub struct CheckedQuery<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for CheckedQuery<T> {
    type Rejection = ApiProblem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiProblem> {
        let query = parts.uri.query().unwrap_or_default();
        serde_urlencoded::from_str(query)
            .map(Self)
            .map_err(|error| ApiProblem::invalid("", error.to_string()))
    }
}

/// An answer, with the validator of its content.
pub struct Json<T>(pub StatusCode, pub T);

impl<T: Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        match serde_json::to_string(&self.1) {
            Ok(text) => json_text(self.0, text),
            Err(error) => ApiProblem::from(error).into_response(),
        }
    }
}

/// An answer whose JSON is ready.
pub fn json_text(status: StatusCode, text: String) -> Response {
    // Weak: compression may change the bytes, not what they say.
    let tag = format!("W/\"{}\"", hex::encode(&Sha256::digest(text.as_bytes())[..16]));
    let kind = HeaderValue::from_static("application/json");
    let mut response = (status, [(header::CONTENT_TYPE, kind)], text).into_response();
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    response
}
