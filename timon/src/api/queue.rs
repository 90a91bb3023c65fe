//! Who waits for an answer, and until when.

use axum::extract::State;
use foundation::Context;
use foundation::web::{ApiProblem, CheckedQuery, Json, Program};
use http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// How many.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    /// How many, 50 unless said otherwise.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
}

/// Who waits, the most urgent first.
#[derive(Serialize, ToSchema)]
pub struct Queue {
    items: Vec<Waiting>,
    /// How many wait in all; a thousand stands for a thousand or more.
    count: i64,
}

/// Somebody who waits.
#[derive(Serialize, ToSchema)]
pub struct Waiting {
    /// The mention.
    mention: String,
    /// Who.
    author: Option<String>,
    #[schema(minimum = 1, maximum = 5)]
    stars: u8,
    text: String,
    #[schema(format = DateTime)]
    posted_at: String,
    /// Why it waits, as a sentence's key: `few-stars`.
    reason: &'static str,
    /// Until when an answer is in time.
    #[schema(format = DateTime)]
    due_at: String,
    /// Its page, if the operator said what people type.
    link: Option<String>,
}

/// Who waits for an answer
#[utoipa::path(get, path = "/api/v1/queue", tag = "answers", params(Wanted), responses(
    (status = 200, description = "Who waits", body = Queue),
    (status = 401, description = "No key", body = super::Problem, content_type = "application/problem+json"),
    (status = 422, description = "The question cannot be used", body = super::Problem, content_type = "application/problem+json"),
    (status = 429, description = "Too often", body = super::Problem, content_type = "application/problem+json"),
))]
pub async fn list(
    State(context): State<Context>,
    program: Program,
    CheckedQuery(wanted): CheckedQuery<Wanted>,
) -> Result<Json<Queue>, ApiProblem> {
    let limit = super::limit(wanted.limit)?;
    let since = context.now() - listen::rules::WAITING_MAX;
    let (waiting, count) = respond::store::waiting(&program.scope, since, limit).await?;
    let items = waiting.into_iter().map(|one| Waiting {
        mention: one.id.to_string(),
        author: one.author,
        stars: one.stars,
        text: one.text,
        posted_at: one.posted_at.to_string(),
        reason: "few-stars",
        due_at: (one.posted_at + listen::rules::ANSWER_BAD_WITHIN).to_string(),
        link: context.config.link(&format!("/mentions/{}", one.id)),
    });
    Ok(Json(StatusCode::OK, Queue { items: items.collect(), count }))
}
