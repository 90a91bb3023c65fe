//! Receipt codes for the till: made in numbers, told once; and the code of the day.

use axum::extract::State;
use axum::response::Response;
use foundation::Context;
use foundation::web::{ApiProblem, CheckedJson, Json, ProblemKind, Program};
use http::StatusCode;
use invite::store::codes::{self, CODES_MAX};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::once::once;

/// Longest life of a code, days from the day it is made.
const DAYS_MAX: i64 = 180;

/// How many codes.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Wanted {
    /// How many.
    #[schema(minimum = 1, maximum = 2000)]
    count: u32,
    /// Days for which they are good, today not counted.
    #[schema(minimum = 1, maximum = 180)]
    days: i64,
}

/// Codes that each prove one visit, once. They are told here and nowhere else.
#[derive(Serialize, ToSchema)]
pub struct Printed {
    /// As they are printed: `7K3M-9QX2`.
    codes: Vec<String>,
    /// Where they are typed; `?code=` and a code after it fills it in.
    form: String,
    /// The last day on which they are good (YYYY-MM-DD).
    until: String,
}

fn day(day: i64) -> String {
    customers::rules::day_of(day).map(|day| day.to_string()).unwrap_or_default()
}

async fn form(context: &Context, program: &Program) -> Result<String, ApiProblem> {
    let code = invite::form_code(context, &program.scope).await?;
    Ok(format!("{}/r/{code}", context.config.public_url))
}

/// Make receipt codes
#[utoipa::path(post, path = "/api/v1/codes", tag = "asking", request_body = Wanted,
    params(("Idempotency-Key" = Option<String>, Header, description = "The same request under the same name is done once")),
    responses(
    (status = 201, description = "The codes", body = Printed),
    (status = 401, description = "No key", body = super::Problem, content_type = "application/problem+json"),
    (status = 403, description = "This key may not", body = super::Problem, content_type = "application/problem+json"),
    (status = 409, description = "Too many in a day, or asked at this moment", body = super::Problem, content_type = "application/problem+json"),
    (status = 422, description = "The request cannot be used", body = super::Problem, content_type = "application/problem+json"),
    (status = 429, description = "Too often", body = super::Problem, content_type = "application/problem+json"),
))]
pub async fn make(
    State(context): State<Context>,
    program: Program,
    CheckedJson(wanted, question): CheckedJson<Wanted>,
) -> Result<Response, ApiProblem> {
    if !(1..=CODES_MAX).contains(&(wanted.count as usize)) {
        return Err(ApiProblem::invalid("/count", format!("1 to {CODES_MAX}")));
    }
    if !(1..=DAYS_MAX).contains(&wanted.days) {
        return Err(ApiProblem::invalid("/days", format!("1 to {DAYS_MAX}")));
    }
    let action = async {
        let today = listen::rules::day_of(context.now(), &program.holder.time_zone);
        let until = today + wanted.days;
        let made_by = format!("key:{}", program.holder.key);
        let made = codes::make(&context, &program.scope, wanted.count as usize, until, &made_by).await;
        let made = match made {
            Ok(made) => made,
            Err(error) if error.is_conflict() => {
                return Err(ApiProblem::new(ProblemKind::Conflict, "problem-too-many-codes"));
            }
            Err(error) => return Err(error.into()),
        };
        let codes = made.iter().map(|code| asking::code::printed(code)).collect();
        Ok((StatusCode::CREATED, Printed { codes, form: form(&context, &program).await?, until: day(until) }))
    };
    once(&context, &program, &question, action).await
}

/// The code of the day: whoever types it proves that she was there that day.
#[derive(Serialize, ToSchema)]
pub struct Daily {
    /// As it is printed: `K7Q-2MX`.
    code: String,
    /// Its day (YYYY-MM-DD), in the organisation's zone.
    day: String,
    /// Where it is typed.
    form: String,
}

/// The code of the day
#[utoipa::path(get, path = "/api/v1/codes/today", tag = "asking", responses(
    (status = 200, description = "The code", body = Daily),
    (status = 401, description = "No key", body = super::Problem, content_type = "application/problem+json"),
    (status = 403, description = "This key may not", body = super::Problem, content_type = "application/problem+json"),
    (status = 429, description = "Too often", body = super::Problem, content_type = "application/problem+json"),
))]
pub async fn today(State(context): State<Context>, program: Program) -> Result<Json<Daily>, ApiProblem> {
    let today = listen::rules::day_of(context.now(), &program.holder.time_zone);
    let code = invite::daily_code(&context, program.scope.organization(), today);
    let answer =
        Daily { code: asking::code::printed(&code), day: day(today), form: form(&context, &program).await? };
    Ok(Json(StatusCode::OK, answer))
}
