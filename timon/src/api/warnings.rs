//! What is out of the ordinary.

use axum::extract::State;
use domain::WarningId;
use foundation::Context;
use foundation::web::{ApiProblem, CheckedQuery, Json, Program, Texts};
use http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use warn::store::warnings;

use super::cursor::{self, List};

/// Which warnings.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    /// How many, 50 unless said otherwise.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
    /// `next` of the answer before.
    #[param(pattern = "^A[g-v][A-Za-z0-9_-]{10}$")]
    cursor: Option<String>,
}

/// Warnings, from the newest to the oldest.
#[derive(Serialize, ToSchema)]
pub struct Warnings {
    items: Vec<Warning>,
    /// Ask again with this `cursor` for those that follow; absent at the end.
    next: Option<String>,
}

/// A warning.
#[derive(Serialize, ToSchema)]
pub struct Warning {
    id: String,
    /// How much it asks for: `watch`, `notice` or `alarm`.
    level: &'static str,
    /// `open`, `ended` by itself, or `closed` by a person.
    state: &'static str,
    /// What a person judged it to be: `handled` or `nothing`.
    verdict: Option<&'static str>,
    /// What it is about, in the language that was asked for.
    headline: String,
    /// Its most likely beginning.
    #[schema(format = DateTime)]
    since: String,
    #[schema(format = DateTime)]
    opened_at: String,
    #[schema(format = DateTime)]
    changed_at: String,
    #[schema(format = DateTime)]
    closed_at: Option<String>,
    /// Voices, and how many are usual in that time.
    observed: f64,
    expected: f64,
    /// Its page, if the operator said what people type.
    link: Option<String>,
}

impl Warning {
    fn new(context: &Context, t: &Texts, warning: &warnings::Warning) -> Self {
        Self {
            id: warning.id.to_string(),
            level: warning.level.as_str(),
            state: warning.state.as_str(),
            verdict: warning.verdict.map(domain::WarningVerdict::as_str),
            headline: warn::words::headline(t, warning),
            since: warning.since_at.to_string(),
            opened_at: warning.opened_at.to_string(),
            changed_at: warning.changed_at.to_string(),
            closed_at: warning.closed_at.map(|at| at.to_string()),
            observed: warning.observed,
            expected: warning.expected,
            link: context.config.link(&format!("/warnings/{}", warning.id)),
        }
    }
}

/// Warnings, from the newest to the oldest
#[utoipa::path(get, path = "/api/v1/warnings", tag = "warnings", params(Wanted), responses(
    (status = 200, description = "Warnings", body = Warnings),
    (status = 401, description = "No key", body = super::Problem, content_type = "application/problem+json"),
    (status = 422, description = "The question cannot be used", body = super::Problem, content_type = "application/problem+json"),
    (status = 429, description = "Too often", body = super::Problem, content_type = "application/problem+json"),
))]
pub async fn list(
    State(context): State<Context>,
    program: Program,
    CheckedQuery(wanted): CheckedQuery<Wanted>,
) -> Result<Json<Warnings>, ApiProblem> {
    let limit = super::limit(wanted.limit)?;
    let before = wanted.cursor.as_deref().map(|text| cursor::read(List::Warnings, text)).transpose()?;
    let found = warnings::newest(&program.scope, before.map(WarningId), limit + 1).await?;
    let (found, next) = cursor::page(List::Warnings, found, limit, |warning| warning.id.0);
    let items = found.iter().map(|warning| Warning::new(&context, program.texts, warning)).collect();
    Ok(Json(StatusCode::OK, Warnings { items, next }))
}
