//! *Palabra*: the share answered in time.

use axum::extract::State;
use foundation::Context;
use foundation::web::{ApiProblem, Json, Program};
use http::StatusCode;
use respond::rules::palabra::{DUE_MIN, WINDOW_DAYS};
use serde::Serialize;
use utoipa::ToSchema;

/// *Palabra*, with what it is made of.
#[derive(Serialize, ToSchema)]
pub struct Palabra {
    /// The share answered in time, 0 to 1; absent below `due_min`.
    share: Option<f64>,
    /// Where the true share lies, with 90 % confidence; absent with it.
    low: Option<f64>,
    high: Option<f64>,
    /// Mentions whose answer was due.
    due: u64,
    /// Answered, at any time.
    answered: u64,
    /// Answered in time.
    in_time: u64,
    /// Below so many nothing is said.
    due_min: u64,
    /// Days looked back.
    days: i64,
}

/// Palabra: the share answered in time
#[utoipa::path(get, path = "/api/v1/palabra", tag = "answers", responses(
    (status = 200, description = "The number", body = Palabra),
    (status = 401, description = "No key", body = super::Problem, content_type = "application/problem+json"),
    (status = 429, description = "Too often", body = super::Problem, content_type = "application/problem+json"),
))]
pub async fn palabra(State(context): State<Context>, program: Program) -> Result<Json<Palabra>, ApiProblem> {
    let today = listen::rules::day_of(context.now(), &program.holder.time_zone);
    let found = respond::store::word::palabra(&program.scope, today).await?;
    let share = found.share();
    let answer = Palabra {
        share,
        low: share.map(|_| found.low),
        high: share.map(|_| found.high),
        due: found.due,
        answered: found.answered,
        in_time: found.in_time,
        due_min: DUE_MIN,
        days: WINDOW_DAYS,
    };
    Ok(Json(StatusCode::OK, answer))
}
