//! Answers: a program writes a draft, another program or a person says "this text", and then it leaves. The same key never
//! does both, so no program answers by itself; what is approved is named by the SHA-256 of the text that was seen.
//!
//! A complaint is answered by a person on its page: what was decided about it has to be said too.

use axum::extract::{Path, State};
use axum::response::Response;
use domain::{MentionId, ReplyId, ReplyStage};
use foundation::Context;
use foundation::store::StoreError;
use foundation::web::{ApiProblem, CheckedJson, CheckedQuery, Json, ProblemKind, Program, Texts};
use http::StatusCode;
use reply::Finding as Found;
use respond::case::{Case, Verdict};
use respond::publish;
use respond::store::replies::{self, By, Written};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use utoipa::{IntoParams, ToSchema};

use super::cursor::{self, List};
use super::once::once;

/// Before the program's own `client_id`, so that it never means a form of a page.
const CLIENT_PREFIX: &str = "api:";
/// Longest `client_id`, characters.
const CLIENT_ID_MAX: usize = 60;

/// Which answers.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    /// Only those that have come so far.
    #[param(pattern = "^(draft|approved|handed|sending|published|failed|unknown)$")]
    state: Option<String>,
    /// How many, 50 unless said otherwise.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
    /// `next` of the answer before.
    #[param(pattern = "^A[w-z0-9_-][A-Za-z0-9_-]{10}$")]
    cursor: Option<String>,
}

/// Answers, from the newest to the oldest.
#[derive(Serialize, ToSchema)]
pub struct Replies {
    items: Vec<Reply>,
    /// Ask again with this `cursor` for those that follow; absent at the end.
    next: Option<String>,
}

/// An answer to a mention.
#[derive(Serialize, ToSchema)]
pub struct Reply {
    id: String,
    /// What it answers.
    mention: String,
    /// The name a program gave it; absent where a person began it.
    client_id: Option<String>,
    text: String,
    /// What an approval has to name.
    text_sha256: String,
    /// `draft`, `approved`, `sending` or `handed` (to a person, who publishes it), `published`, `failed`, `unknown`.
    state: &'static str,
    /// `email`, or `hand`: a person publishes it on the platform.
    way: &'static str,
    /// Counts its changes, from 1.
    revision: i64,
    #[schema(format = DateTime)]
    created_at: String,
    #[schema(format = DateTime)]
    changed_at: String,
    #[schema(format = DateTime)]
    published_at: Option<String>,
    /// Its page, if the operator said what people type.
    link: Option<String>,
    /// What the checker says about the text, the gravest first; absent in lists.
    findings: Option<Vec<Finding>>,
}

/// Something that is wrong with a text.
#[derive(Serialize, ToSchema)]
pub struct Finding {
    /// Stable: `personal-data`, `accusation`…
    rule: &'static str,
    /// `block`: it must not leave like this. `warn`: a person should read it. `hint`.
    severity: &'static str,
    /// Where, in characters from 0; the same twice where something is missing.
    start: usize,
    end: usize,
    /// What is wrong, in the language that was asked for.
    says: String,
    /// What to do.
    fix: String,
    /// What could stand there instead.
    suggestion: Option<String>,
}

impl Finding {
    fn new(t: &Texts, text: &str, found: Found) -> Self {
        let place = |bytes: usize| text.get(..bytes).unwrap_or(text).chars().count();
        let key = format!("lint-{}", found.rule.key());
        Self {
            rule: found.rule.key(),
            severity: found.severity.as_str(),
            start: place(found.span.start),
            end: place(found.span.end),
            says: t.get(&key).into_owned(),
            fix: t.get(&format!("{key}-fix")).into_owned(),
            suggestion: found.suggestion,
        }
    }
}

impl Reply {
    fn new(context: &Context, reply: replies::Reply, findings: Option<Vec<Finding>>) -> Self {
        Self {
            id: reply.id.to_string(),
            mention: reply.mention.to_string(),
            client_id: reply.client_key.strip_prefix(CLIENT_PREFIX).map(str::to_owned),
            text_sha256: sha256(&reply.text),
            text: reply.text,
            state: reply.stage.as_str(),
            way: reply.way.as_str(),
            revision: reply.revision,
            created_at: reply.created_at.to_string(),
            changed_at: reply.changed_at.to_string(),
            published_at: reply.published_at.map(|at| at.to_string()),
            link: context.config.link(&format!("/answers/{}", reply.mention)),
            findings,
        }
    }
}

fn sha256(text: &str) -> String {
    hex::encode(Sha256::digest(text.as_bytes()))
}

fn findings(t: &Texts, text: &str, found: Vec<Found>) -> Vec<Finding> {
    found.into_iter().map(|one| Finding::new(t, text, one)).collect()
}

const fn by(program: &Program) -> By {
    By { account: program.holder.account }
}

/// Somebody else was faster; the rest is ours.
fn conflict(error: StoreError) -> ApiProblem {
    if error.is_conflict() { ApiProblem::new(ProblemKind::Conflict, "api-conflict") } else { error.into() }
}

async fn open(context: &Context, program: &Program, id: MentionId) -> Result<Case, ApiProblem> {
    Case::open(context, &program.scope, id).await?.ok_or_else(ApiProblem::not_found)
}

/// An answer with the case it belongs to.
async fn known(context: &Context, program: &Program, id: i64) -> Result<(Case, replies::Reply), ApiProblem> {
    let reply = replies::one(&program.scope, ReplyId(id)).await?.ok_or_else(ApiProblem::not_found)?;
    Ok((open(context, program, reply.mention).await?, reply))
}

fn told(context: &Context, t: &Texts, case: &Case, reply: replies::Reply) -> Reply {
    let found = findings(t, &reply.text, case.lint(&reply.text));
    Reply::new(context, reply, Some(found))
}

/// Answers, from the newest to the oldest
#[utoipa::path(get, path = "/api/v1/replies", tag = "answers", params(Wanted), responses(
    (status = 200, description = "Answers", body = Replies),
    (status = 401, description = "No key", body = super::Problem, content_type = "application/problem+json"),
    (status = 422, description = "The question cannot be used", body = super::Problem, content_type = "application/problem+json"),
    (status = 429, description = "Too often", body = super::Problem, content_type = "application/problem+json"),
))]
pub async fn list(
    State(context): State<Context>,
    program: Program,
    CheckedQuery(wanted): CheckedQuery<Wanted>,
) -> Result<Json<Replies>, ApiProblem> {
    let limit = super::limit(wanted.limit)?;
    let before = wanted.cursor.as_deref().map(|text| cursor::read(List::Replies, text)).transpose()?;
    let wrong =
        || ApiProblem::invalid("state", "draft, approved, handed, sending, published, failed or unknown");
    let stage = wanted.state.as_deref().map(|text| ReplyStage::parse(text).ok_or_else(wrong)).transpose()?;
    let found = replies::list(&program.scope, stage, before.map(ReplyId), limit + 1).await?;
    let (found, next) = cursor::page(List::Replies, found, limit, |reply| reply.id.0);
    let items = found.into_iter().map(|reply| Reply::new(&context, reply, None)).collect();
    Ok(Json(StatusCode::OK, Replies { items, next }))
}

/// One answer, with what the checker says
#[utoipa::path(get, path = "/api/v1/replies/{id}", tag = "answers", params(("id" = i64, Path, description = "Its id")), responses(
    (status = 200, description = "The answer", body = Reply),
    (status = 401, description = "No key", body = super::Problem, content_type = "application/problem+json"),
    (status = 404, description = "There is none", body = super::Problem, content_type = "application/problem+json"),
    (status = 429, description = "Too often", body = super::Problem, content_type = "application/problem+json"),
))]
pub async fn one(
    State(context): State<Context>,
    program: Program,
    Path(id): Path<i64>,
) -> Result<Json<Reply>, ApiProblem> {
    let (case, reply) = known(&context, &program, id).await?;
    Ok(Json(StatusCode::OK, told(&context, program.texts, &case, reply)))
}

/// A draft.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Draft {
    /// The answer's words.
    #[schema(min_length = 1, max_length = 4000)]
    text: String,
    /// The program's own name for this answer: the same again is the same draft.
    #[schema(min_length = 1, max_length = 60, pattern = "^[!-~]+$")]
    client_id: String,
    /// To change a draft: its `revision` as it was seen.
    revision: Option<i64>,
}

impl Draft {
    fn check(&self, case: &Case) -> Result<(), ApiProblem> {
        let (length, max) = (self.text.trim().chars().count(), case.text_max());
        if length == 0 || length > max {
            return Err(ApiProblem::invalid("/text", format!("1 to {max} characters")));
        }
        // A database that keeps text cannot keep this one.
        if self.text.contains('\0') {
            return Err(ApiProblem::invalid("/text", "U+0000 cannot stand in a text"));
        }
        let name = &self.client_id;
        if name.is_empty() || name.len() > CLIENT_ID_MAX || !name.bytes().all(|b| b.is_ascii_graphic()) {
            return Err(ApiProblem::invalid(
                "/client_id",
                format!("1 to {CLIENT_ID_MAX} visible ASCII characters"),
            ));
        }
        Ok(())
    }
}

/// Writes a draft of the answer to a mention
///
/// Nothing leaves: another key, or a person, has to approve it. The key that writes can never approve this answer.
#[utoipa::path(post, path = "/api/v1/mentions/{id}/replies", tag = "answers", request_body = Draft, params(
    ("id" = i64, Path, description = "The mention"),
    ("Idempotency-Key" = Option<String>, Header, min_length = 1, max_length = 100, pattern = "^[!-~]+$",
        description = "Asked again under this name it is answered the same"),
), responses(
    (status = 201, description = "The draft, with what the checker says", body = Reply),
    (status = 401, description = "No key", body = super::Problem, content_type = "application/problem+json"),
    (status = 403, description = "This key may not write", body = super::Problem, content_type = "application/problem+json"),
    (status = 404, description = "There is no such mention", body = super::Problem, content_type = "application/problem+json"),
    (status = 409, description = "It has another answer, or this one has changed", body = super::Problem, content_type = "application/problem+json"),
    (status = 413, description = "Too long", body = super::Problem, content_type = "application/problem+json"),
    (status = 415, description = "Not JSON", body = super::Problem, content_type = "application/problem+json"),
    (status = 422, description = "The draft cannot be used", body = super::Problem, content_type = "application/problem+json"),
    (status = 429, description = "Too often", body = super::Problem, content_type = "application/problem+json"),
))]
pub async fn draft(
    State(context): State<Context>,
    program: Program,
    Path(id): Path<i64>,
    CheckedJson(draft, question): CheckedJson<Draft>,
) -> Result<Response, ApiProblem> {
    let write = async {
        let case = open(&context, &program, MentionId(id)).await?;
        draft.check(&case)?;
        let client_key = format!("{CLIENT_PREFIX}{}", draft.client_id);
        let text = draft.text.trim();
        if let Some(known) = &case.reply
            && known.text != text
            && draft.revision != Some(known.revision)
        {
            // Somebody may have changed it by hand: her words are not written over unseen.
            let problem = ApiProblem::new(ProblemKind::Conflict, "api-conflict");
            return Err(problem.and("reply", known.id.to_string()).and("revision", known.revision));
        }
        accounts::keys::note_draft(&program.scope, program.holder.key, case.mention.id)
            .await
            .map_err(conflict)?;
        let written = Written {
            mention: case.mention.id,
            client_key: &client_key,
            text,
            assisted: true,
            way: case.way(),
            revision: draft.revision,
        };
        let reply =
            replies::draft(&context, &program.scope, by(&program), &written).await.map_err(conflict)?;
        Ok((StatusCode::CREATED, told(&context, program.texts, &case, reply)))
    };
    once(&context, &program, &question, Box::pin(write)).await
}

/// An approval.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Approval {
    /// SHA-256 of the text that was seen, in hexadecimal.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    text_sha256: String,
}

/// Approves an answer: this text, as it was seen
#[utoipa::path(post, path = "/api/v1/replies/{id}/approve", tag = "answers", request_body = Approval, params(
    ("id" = i64, Path, description = "The answer"),
    ("Idempotency-Key" = Option<String>, Header, min_length = 1, max_length = 100, pattern = "^[!-~]+$",
        description = "Asked again under this name it is answered the same"),
), responses(
    (status = 200, description = "The approved answer, with what the checker says", body = Reply),
    (status = 401, description = "No key", body = super::Problem, content_type = "application/problem+json"),
    (status = 403, description = "This key may not approve, or it wrote the answer", body = super::Problem, content_type = "application/problem+json"),
    (status = 404, description = "There is none", body = super::Problem, content_type = "application/problem+json"),
    (status = 409, description = "It has changed or left, or it answers a complaint", body = super::Problem, content_type = "application/problem+json"),
    (status = 413, description = "Too long", body = super::Problem, content_type = "application/problem+json"),
    (status = 415, description = "Not JSON", body = super::Problem, content_type = "application/problem+json"),
    (status = 422, description = "Another text was seen, or it must not leave like this", body = super::Problem, content_type = "application/problem+json"),
    (status = 429, description = "Too often", body = super::Problem, content_type = "application/problem+json"),
))]
pub async fn approve(
    State(context): State<Context>,
    program: Program,
    Path(id): Path<i64>,
    CheckedJson(approval, question): CheckedJson<Approval>,
) -> Result<Response, ApiProblem> {
    let approve = async {
        let (case, reply) = known(&context, &program, id).await?;
        if !accounts::keys::may_approve(&program.scope, program.holder.key, reply.mention).await? {
            return Err(ApiProblem::new(ProblemKind::Forbidden, "api-own-draft"));
        }
        if approval.text_sha256 != sha256(&reply.text) {
            return Err(ApiProblem::new(ProblemKind::Invalid, "api-other-text"));
        }
        if case.in_complaint() {
            return Err(ApiProblem::new(ProblemKind::Conflict, "api-complaint"));
        }
        // Somebody answered elsewhere meanwhile: only a person answers again.
        if case.is_answered_elsewhere() {
            return Err(ApiProblem::new(ProblemKind::Conflict, "api-conflict"));
        }
        let found = case.lint(&reply.text);
        if Case::verdict(&found) == Verdict::Blocked {
            let found = serde_json::to_value(findings(program.texts, &reply.text, found))?;
            return Err(ApiProblem::new(ProblemKind::Invalid, "api-blocked").and("findings", found));
        }
        let reply = match reply.stage {
            ReplyStage::Approved => reply,
            ReplyStage::Draft => {
                replies::approve(&context, &program.scope, by(&program), &reply).await.map_err(conflict)?
            }
            _ => return Err(ApiProblem::new(ProblemKind::Conflict, "api-conflict")),
        };
        Ok((StatusCode::OK, told(&context, program.texts, &case, reply)))
    };
    once(&context, &program, &question, Box::pin(approve)).await
}

/// Nothing more has to be said.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

/// Lets an approved answer leave
///
/// By letter through the outbox; where only a person can publish it, it is handed to her. Asked twice it leaves once.
#[utoipa::path(post, path = "/api/v1/replies/{id}/publish", tag = "answers", request_body = Nothing, params(
    ("id" = i64, Path, description = "The answer"),
    ("Idempotency-Key" = Option<String>, Header, min_length = 1, max_length = 100, pattern = "^[!-~]+$",
        description = "Asked again under this name it is answered the same"),
), responses(
    (status = 202, description = "It is on its way, handed to a person, or there", body = Reply),
    (status = 401, description = "No key", body = super::Problem, content_type = "application/problem+json"),
    (status = 403, description = "This key may not send", body = super::Problem, content_type = "application/problem+json"),
    (status = 404, description = "There is none", body = super::Problem, content_type = "application/problem+json"),
    (status = 409, description = "It is not approved, or it has changed", body = super::Problem, content_type = "application/problem+json"),
    (status = 413, description = "Too long", body = super::Problem, content_type = "application/problem+json"),
    (status = 415, description = "Not JSON", body = super::Problem, content_type = "application/problem+json"),
    (status = 422, description = "The request cannot be used", body = super::Problem, content_type = "application/problem+json"),
    (status = 429, description = "Too often", body = super::Problem, content_type = "application/problem+json"),
))]
pub async fn publish(
    State(context): State<Context>,
    program: Program,
    Path(id): Path<i64>,
    CheckedJson(Nothing {}, question): CheckedJson<Nothing>,
) -> Result<Response, ApiProblem> {
    let publish = async {
        let (case, reply) = known(&context, &program, id).await?;
        let (scope, by) = (&program.scope, by(&program));
        let reply = match (reply.stage, &case.addressee) {
            (ReplyStage::Approved, _) if case.in_complaint() => {
                return Err(ApiProblem::new(ProblemKind::Conflict, "api-complaint"));
            }
            (ReplyStage::Approved, _) if case.is_answered_elsewhere() => {
                return Err(ApiProblem::new(ProblemKind::Conflict, "api-conflict"));
            }
            (ReplyStage::Approved, Some(to)) => {
                let sent = publish::send(&context, scope, by, &reply, to, None).await;
                sent.map_err(|error| match error.downcast::<StoreError>() {
                    Ok(error) => conflict(error),
                    Err(error) => error.into(),
                })?
            }
            (ReplyStage::Approved, None) => {
                publish::hand(&context, scope, by, &reply, None).await.map_err(conflict)?
            }
            (ReplyStage::Sending | ReplyStage::Handed | ReplyStage::Published, _) => reply,
            _ => return Err(ApiProblem::new(ProblemKind::Conflict, "api-not-approved")),
        };
        Ok((StatusCode::ACCEPTED, told(&context, program.texts, &case, reply)))
    };
    once(&context, &program, &question, Box::pin(publish)).await
}
