//! Actions that are asked twice and done once: `Idempotency-Key`.

use accounts::keys::answers::{self, Asked};
use axum::response::Response;
use foundation::Context;
use foundation::web::json::{Question, json_text};
use foundation::web::{ApiProblem, ProblemKind, Program};
use http::{HeaderName, HeaderValue, StatusCode};
use serde::Serialize;

/// Answers an action. Asked again under its name it is answered the same, for a day, and nothing is done. A refusal is
/// not kept: nothing was done, and what was in the way may be gone.
pub async fn once<T: Serialize>(
    context: &Context,
    program: &Program,
    question: &Question,
    action: impl Future<Output = Result<(StatusCode, T), ApiProblem>>,
) -> Result<Response, ApiProblem> {
    let Some(name) = &question.name else {
        let (status, answer) = action.await?;
        return Ok(json_text(status, serde_json::to_string(&answer)?));
    };
    let asked = (program.holder.key, name.as_str());
    match answers::take(&program.scope, asked, question.hash, context.now()).await? {
        Asked::First => {}
        Asked::Running => return Err(ApiProblem::new(ProblemKind::Conflict, "api-running")),
        Asked::Other => return Err(ApiProblem::new(ProblemKind::Invalid, "api-name-reused")),
        Asked::Answered(status, body) => {
            let status = StatusCode::from_u16(status).unwrap_or(StatusCode::OK);
            let mut response = json_text(status, body);
            let name = HeaderName::from_static("idempotency-replayed");
            response.headers_mut().insert(name, HeaderValue::from_static("true"));
            return Ok(response);
        }
    }
    match action.await {
        Ok((status, answer)) => {
            let text = serde_json::to_string(&answer)?;
            answers::keep(&program.scope, asked, status.as_u16(), &text).await?;
            Ok(json_text(status, text))
        }
        Err(problem) => {
            answers::give_back(&program.scope, asked).await?;
            Err(problem)
        }
    }
}
