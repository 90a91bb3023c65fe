//! A file of visits in the browser: choose it → look at what was understood and declare why its people may be written to →
//! watch it run → see what came in and what was refused.

mod check;
mod view;

use axum::Json;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::CustomerImportId;
use foundation::Context;
use foundation::web::{CheckedUpload, Member, Problem};
use http::StatusCode;
use maud::Markup;

use crate::import::{self, ImportError, Plan};
use crate::store::imports::{self, Import};

pub(super) use check::decide;

/// Rows shown before anything is stored.
const PREVIEW_ROWS: usize = 6;
/// Refused rows shown in the page.
const REJECTIONS_SHOWN: u32 = 200;
/// Earlier files shown.
const PAST_MAX: u32 = 20;

fn address(id: CustomerImportId) -> String {
    format!("/customers/import/{id}")
}

pub(super) async fn index(State(context): State<Context>, member: Member) -> Result<Markup, Problem> {
    let past = imports::newest(&member.scope, PAST_MAX).await?;
    Ok(view::index_page(&member, &past, None, context.config.upload_bytes_max))
}

async fn refused(context: &Context, member: &Member, error: ImportError) -> Result<Response, Problem> {
    if matches!(error, ImportError::Store(_)) {
        return Err(error.into());
    }
    let past = imports::newest(&member.scope, PAST_MAX).await?;
    let page = view::index_page(member, &past, Some(&error.key()), context.config.upload_bytes_max);
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

pub(super) async fn upload(
    State(context): State<Context>,
    member: Member,
    upload: CheckedUpload,
) -> Result<Response, Problem> {
    let (scope, given) = (member.scope.clone(), (upload.path.clone(), upload.file_name.clone()));
    let worker = context.clone();
    // Inspecting a spreadsheet reads it whole: not on the thread that serves pages.
    let drafted = tokio::task::spawn_blocking(move || {
        tokio::runtime::Handle::current().block_on(import::draft(&worker, &scope, &given.0, &given.1))
    })
    .await?;
    match drafted {
        Ok(id) => Ok(Redirect::to(&address(id)).into_response()),
        Err(error) => {
            let _ = std::fs::remove_file(&upload.path);
            refused(&context, &member, error).await
        }
    }
}

async fn found(member: &Member, id: i64) -> Result<Import, Problem> {
    imports::import(&member.scope, CustomerImportId(id)).await?.ok_or_else(Problem::not_found)
}

pub(super) async fn one(
    State(context): State<Context>,
    member: Member,
    Path(id): Path<i64>,
) -> Result<Response, Problem> {
    let import = found(&member, id).await?;
    match import.state.as_str() {
        "draft" => {
            let plan = Plan::of_import(&import)?;
            let shown = check::Declared::of_today(crate::today(&context, &member.scope).await?);
            check::page(&context, &member, &import, plan, &shown, None).await
        }
        "running" => Ok(view::running_page(&member, &import).into_response()),
        "finished" | "failed" => {
            let rejections = imports::rejections(&member.scope, import.id, REJECTIONS_SHOWN).await?;
            Ok(view::done_page(&member, &import, &rejections).into_response())
        }
        _ => Err(Problem::not_found()),
    }
}

pub(super) async fn progress(member: Member, Path(id): Path<i64>) -> Result<Response, Problem> {
    let import = found(&member, id).await?;
    let finished = matches!(import.state.as_str(), "finished" | "failed");
    Ok(Json(serde_json::json!({
        "done": import.lines_done,
        "total": import.lines_total,
        "text": view::progress_words(member.texts(), &import),
        "finished": finished,
        "location": address(import.id),
    }))
    .into_response())
}
