//! The API for programs, `/api/v1`: what the pages show and do, as JSON. It asks every room, so it belongs to none.
//!
//! *How*: the guard of `foundation::web::key` has found out whose key it is and what it may do; handlers ask the rooms'
//! front doors and answer with wire types of their own, so that a change inside changes nothing outside. Lists go from
//! the newest to the oldest and are continued with an opaque `cursor` ([`cursor`]), which stays where it is when something
//! new comes in. Ids are text: they are larger than a script's numbers.
//!
//! *What must stay true*: `/api/v1/openapi.json` describes exactly the routes there are (a test compares both); a field may
//! be added, none is renamed; a key never approves what it wrote.
//!
//! To add something: a wire type, a handler with `#[utoipa::path]`, its line in [`Document`], [`routes`] and `access::POLICY`.

#![expect(unused_qualifications, reason = "the macros of utoipa write names out")]

mod codes;
mod cursor;
mod mentions;
mod once;
mod queue;
mod replies;
mod warnings;
mod word;

use domain::KeyScope;
use foundation::web::{Access, Routes};
use http::{StatusCode, header};
use utoipa::OpenApi;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};

const READ: Access = Access::Key(KeyScope::Read);
const DRAFT: Access = Access::Key(KeyScope::Draft);
const APPROVE: Access = Access::Key(KeyScope::Approve);

/// Items in one answer unless asked otherwise, and at most.
const ITEMS: u32 = 50;
const ITEMS_MAX: u32 = 100;

/// The routes of the API.
pub fn routes() -> Routes {
    Routes::new()
        .get("/api/v1/openapi.json", Access::Public, document)
        .get("/api/v1/mentions", READ, mentions::list)
        .get("/api/v1/mentions/{id}", READ, mentions::one)
        .post("/api/v1/mentions/{id}/replies", DRAFT, replies::draft)
        .get("/api/v1/queue", READ, queue::list)
        .get("/api/v1/replies", READ, replies::list)
        .get("/api/v1/replies/{id}", READ, replies::one)
        .post("/api/v1/replies/{id}/approve", APPROVE, replies::approve)
        .post("/api/v1/replies/{id}/publish", APPROVE, replies::publish)
        .get("/api/v1/warnings", READ, warnings::list)
        .get("/api/v1/palabra", READ, word::palabra)
        .post("/api/v1/codes", DRAFT, codes::make)
        .get("/api/v1/codes/today", READ, codes::today)
}

/// The description of the API.
#[derive(OpenApi)]
#[openapi(
    info(title = "Timón", version = "1", license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0")),
    paths(
        mentions::list, mentions::one, queue::list, replies::list, replies::one, replies::draft, replies::approve,
        replies::publish, warnings::list, word::palabra, codes::make, codes::today
    ),
    components(schemas(Problem, Fault)),
    modifiers(&Key),
    security(("key" = []))
)]
pub struct Document;

/// How a key is sent.
struct Key;

impl utoipa::Modify for Key {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let scheme = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("timon_…").build();
        if let Some(components) = document.components.as_mut() {
            components.add_security_scheme("key", SecurityScheme::Http(scheme));
        }
    }
}

/// What went wrong (RFC 9457).
#[derive(utoipa::ToSchema)]
#[expect(dead_code, reason = "only described: `foundation::web::json` writes it")]
pub struct Problem {
    /// Stable: `urn:timon:problem:` and its name.
    #[schema(rename = "type")]
    kind: String,
    /// In the language of `Accept-Language`.
    title: String,
    /// The status of the answer.
    status: u16,
    /// What can be done.
    detail: String,
    /// The path that was asked.
    instance: String,
    /// What exactly is wrong with the request.
    errors: Option<Vec<Fault>>,
}

/// One thing that is wrong with a request.
#[derive(utoipa::ToSchema)]
#[expect(dead_code, reason = "only described: `foundation::web::json` writes it")]
pub struct Fault {
    /// A JSON pointer into the body, a parameter's name, or empty.
    pointer: String,
    /// What is wrong.
    detail: String,
}

/// `GET /api/v1/openapi.json`.
async fn document() -> Result<impl axum::response::IntoResponse, foundation::web::Problem> {
    let text = Document::openapi().to_json()?;
    let cached = (header::CACHE_CONTROL, "public, max-age=3600");
    Ok((StatusCode::OK, [(header::CONTENT_TYPE, "application/json"), cached], text))
}

/// How many items are wanted; `Err` outside what an answer holds.
fn limit(wanted: Option<u32>) -> Result<u32, foundation::web::ApiProblem> {
    let wanted = wanted.unwrap_or(ITEMS);
    if (1..=ITEMS_MAX).contains(&wanted) {
        return Ok(wanted);
    }
    Err(foundation::web::ApiProblem::invalid("limit", format!("1 to {ITEMS_MAX}")))
}
