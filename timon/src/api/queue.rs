//! Who waits for an answer, why, and until when.

use axum::extract::State;
use foundation::Context;
use foundation::web::{ApiProblem, CheckedQuery, Json, Program};
use http::StatusCode;
use respond::store::waiting;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// How many.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    /// How many of each kind, 50 unless said otherwise.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
}

/// Who waits, the most urgent first.
#[derive(Serialize, ToSchema)]
pub struct Queue {
    /// Whom not answering hurts first, then who was kind.
    items: Vec<Waiting>,
    /// How many wait whom not answering hurts; a thousand stands for a thousand or more.
    pressing_count: i64,
    /// How many were kind.
    kind_count: i64,
}

/// Somebody who waits.
#[derive(Serialize, ToSchema)]
pub struct Waiting {
    /// The mention.
    mention: String,
    /// Who.
    author: Option<String>,
    #[schema(minimum = 1, maximum = 5)]
    stars: Option<u8>,
    text: String,
    #[schema(format = DateTime)]
    posted_at: String,
    /// Why: `complaint`, `legal`, `boycott`, `one-star`, `contact`, `two-stars`, `letter`, `three-stars`, `question` or `thanks`.
    reason: &'static str,
    /// Whether not answering hurts.
    pressing: bool,
    /// Until when an answer is in time.
    #[schema(format = DateTime)]
    due_at: String,
    /// Whether an answer was begun.
    has_draft: bool,
    /// Its page, if the operator said what people type.
    link: Option<String>,
}

impl Waiting {
    fn new(context: &Context, waiting: waiting::Waiting) -> Self {
        let mention = waiting.mention;
        Self {
            mention: mention.id.to_string(),
            author: mention.author,
            stars: mention.stars,
            text: mention.text,
            posted_at: mention.posted_at.to_string(),
            reason: waiting.reason.key(),
            pressing: waiting.reason.is_pressing(),
            due_at: waiting.due_at.to_string(),
            has_draft: waiting.has_draft,
            link: context.config.link(&format!("/answers/{}", mention.id)),
        }
    }
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
    let limit = super::limit(wanted.limit)? as usize;
    let queue = waiting::queue(&context, &program.scope, None, limit).await?;
    let (pressing_count, kind_count) = (queue.pressing_count, queue.kind_count);
    let all = queue.pressing.into_iter().chain(queue.kind);
    let items = all.map(|waiting| Waiting::new(&context, waiting)).collect();
    Ok(Json(StatusCode::OK, Queue { items, pressing_count, kind_count }))
}
