//! The web: routes that declare who may call them, the guard that checks it, pages, forms, headers, and our own accept
//! loop.
//!
//! *How*: a room returns [`Routes`]; every route names its [`Access`]. The program seals all of them against a policy
//! written by hand (a second source of truth): a route that is missing there, or declared otherwise, stops the start.
//! Default-deny comes first: the guard runs before any handler and hands it a [`Visitor`] or a [`Member`].
//!
//! *What it never does*: change anything on GET, read a form without its token, show one organisation's rows to another.

pub mod assets;
pub mod forms;
pub mod guard;
pub mod headers;
pub mod json;
pub mod key;
pub mod page;
pub mod problem;
pub mod serve;
pub mod texts;

use std::sync::Arc;

use axum::handler::Handler;
use axum::middleware::from_fn_with_state;
use axum::response::IntoResponse as _;
use axum::routing::{MethodRouter, get, post};
use domain::{KeyScope, Role};
use http::Method;

pub use forms::{CheckedFileForm, CheckedForm, CheckedUpload, SmallFile};
pub use guard::{Gate, Member, Principal, Visitor, cookie, hash_token, session_cookie, session_name};
pub use json::{ApiProblem, CheckedJson, CheckedQuery, Fault, Json};
pub use key::{KeyHolder, Program};
pub use page::{NavEntry, bare, shell};
pub use problem::{Problem, ProblemKind};
pub use texts::{Locale, Texts};

use crate::Context;

/// Largest body that a program outside may send us unasked, bytes.
const HOOK_BYTES_MAX: usize = 256 * 1024;

/// Who may call a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Anybody.
    Public,
    /// Anybody, but only while nobody has an account yet.
    FirstRun,
    /// A member of the organisation with at least this role.
    Member(Role),
    /// A program with a key of at least this scope; no person's session.
    Key(KeyScope),
    /// Any program or person who knows the address: no session is looked at, no form's token, no origin asked. The handler
    /// itself checks what the address or the body's signature proves, and acts only within that.
    Hook,
}

struct Entry {
    method: Method,
    path: &'static str,
    access: Access,
    handler: MethodRouter<Context>,
}

/// A room's routes.
#[derive(Default)]
pub struct Routes {
    entries: Vec<Entry>,
}

/// A line of the policy: what the routes must be, written a second time by hand.
pub type PolicyLine = (Method, &'static str, Access);

/// Why the routes were refused at the start.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum PolicyError {
    /// A route is not in the policy.
    #[error("{0} {1} is not in the access policy")]
    Undeclared(Method, &'static str),
    /// A route declares another access than the policy.
    #[error("{0} {1} declares {2:?}, the policy says {3:?}")]
    Different(Method, &'static str, Access, Access),
    /// The policy speaks of a route that does not exist.
    #[error("the policy speaks of {0} {1}, which does not exist")]
    Missing(Method, &'static str),
}

impl Routes {
    /// No routes.
    pub fn new() -> Self {
        Self::default()
    }

    /// A page: reads, never changes.
    #[must_use]
    pub fn get<H, T>(self, path: &'static str, access: Access, handler: H) -> Self
    where
        H: Handler<T, Context>,
        T: 'static,
    {
        self.add(Method::GET, path, access, get(handler))
    }

    /// An action.
    #[must_use]
    pub fn post<H, T>(self, path: &'static str, access: Access, handler: H) -> Self
    where
        H: Handler<T, Context>,
        T: 'static,
    {
        self.add(Method::POST, path, access, post(handler))
    }

    fn add(
        mut self,
        method: Method,
        path: &'static str,
        access: Access,
        handler: MethodRouter<Context>,
    ) -> Self {
        self.entries.push(Entry { method, path, access, handler });
        self
    }

    /// Adds another room's routes.
    #[must_use]
    pub fn merge(mut self, other: Self) -> Self {
        self.entries.extend(other.entries);
        self
    }

    /// Every route with its access, for tests that call each.
    pub fn declared(&self) -> Vec<PolicyLine> {
        self.entries.iter().map(|e| (e.method.clone(), e.path, e.access)).collect()
    }

    /// Checks the routes against the policy and closes them behind the guard, the headers and the limits.
    pub fn seal(
        self,
        policy: &[PolicyLine],
        gate: Gate,
        context: &Context,
    ) -> Result<axum::Router, PolicyError> {
        for (method, path, _) in policy {
            if !self.entries.iter().any(|e| e.method == *method && e.path == *path) {
                return Err(PolicyError::Missing(method.clone(), path));
            }
        }
        let limits = Arc::new(key::Limits::default());
        let mut router = axum::Router::new();
        for entry in self.entries {
            let found =
                policy.iter().find(|(method, path, _)| *method == entry.method && *path == entry.path);
            match found {
                None => return Err(PolicyError::Undeclared(entry.method, entry.path)),
                Some((_, _, access)) if *access != entry.access => {
                    return Err(PolicyError::Different(entry.method, entry.path, entry.access, *access));
                }
                Some(_) => {}
            }
            let guarded = match entry.access {
                Access::Key(least) => {
                    let door =
                        key::Door { gate, context: context.clone(), least, limits: Arc::clone(&limits) };
                    entry.handler.layer(from_fn_with_state(door, key::guard))
                }
                Access::Hook => entry.handler.layer(axum::extract::DefaultBodyLimit::max(HOOK_BYTES_MAX)),
                access => {
                    let guard = guard::GuardState { gate, context: context.clone(), access };
                    let guarded = entry.handler.layer(from_fn_with_state(guard, guard::guard));
                    guarded.layer(from_fn_with_state(context.clone(), headers::same_origin))
                }
            };
            router = router.route(entry.path, guarded);
        }
        let guard = guard::GuardState { gate, context: context.clone(), access: Access::Public };
        let nothing_here = axum::Router::new()
            .fallback(|request: axum::extract::Request| async move {
                let path = request.uri().path();
                if path.starts_with("/api/") {
                    return key::nothing_here(request.headers(), path);
                }
                Problem::new(ProblemKind::NotFound, "problem-not-found").into_response()
            })
            .layer(from_fn_with_state(guard, guard::guard))
            .with_state(());
        let router = router.with_state(context.clone()).fallback_service(nothing_here);
        Ok(headers::wrap(router, context))
    }
}
