//! The one error type of the edge: what kind, which sentence, what the person can do. The sentence is a key of the
//! interface; `<key>-hint` says what to do. Details go to the log, never to the page.

use axum::response::{IntoResponse, Response};
use http::StatusCode;

/// What kind of problem, and with it the status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProblemKind {
    /// Nothing there (or nothing of yours).
    NotFound,
    /// What was sent cannot be used.
    Invalid,
    /// Not signed in.
    SignedOut,
    /// Not allowed.
    Forbidden,
    /// Somebody else was faster, or it is already so.
    Conflict,
    /// Not in a form we read.
    Unsupported,
    /// Too much.
    TooLarge,
    /// Too often.
    TooMany,
    /// Ours.
    Internal,
}

/// A problem on its way to the person.
#[derive(Debug, Clone)]
pub struct Problem {
    /// What kind.
    pub kind: ProblemKind,
    /// Key of the sentence.
    pub key: &'static str,
}

impl Problem {
    /// A problem with its sentence.
    pub const fn new(kind: ProblemKind, key: &'static str) -> Self {
        Self { kind, key }
    }

    /// The thing does not exist, or not for this organisation: the two are not told apart.
    pub const fn not_found() -> Self {
        Self::new(ProblemKind::NotFound, "problem-not-found")
    }

    /// The status.
    pub const fn status(&self) -> StatusCode {
        match self.kind {
            ProblemKind::NotFound => StatusCode::NOT_FOUND,
            ProblemKind::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
            ProblemKind::SignedOut => StatusCode::UNAUTHORIZED,
            ProblemKind::Forbidden => StatusCode::FORBIDDEN,
            ProblemKind::Conflict => StatusCode::CONFLICT,
            ProblemKind::Unsupported => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            ProblemKind::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            ProblemKind::TooMany => StatusCode::TOO_MANY_REQUESTS,
            ProblemKind::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

impl<E: Into<anyhow::Error>> From<E> for Problem {
    fn from(error: E) -> Self {
        let error: anyhow::Error = error.into();
        tracing::error!(error = format!("{error:#}"), "a request failed");
        Self::new(ProblemKind::Internal, "problem-internal")
    }
}

impl IntoResponse for Problem {
    /// The status, with the problem attached: the guard writes the page, because it knows the language.
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}
