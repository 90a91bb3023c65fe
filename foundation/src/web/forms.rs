//! The only three ways to read what a form sends. All check the token first, so no handler can forget it; all refuse
//! what they do not know (`deny_unknown_fields` on every form struct), so a form cannot set what it does not show.

use std::io::{Seek as _, Write as _};
use std::path::PathBuf;

use axum::extract::multipart::{Field, Multipart};
use axum::extract::{FromRequest, FromRequestParts as _, Request};
use axum::http::header;
use serde::de::DeserializeOwned;
use subtle::ConstantTimeEq as _;

use super::guard::Visitor;
use super::problem::{Problem, ProblemKind};
use crate::Context;

/// Largest ordinary form, bytes. Pasted reviews are the largest of them.
const FORM_BYTES_MAX: usize = 512 * 1024;

const STALE: Problem = Problem::new(ProblemKind::Forbidden, "problem-stale-form");
const INVALID: Problem = Problem::new(ProblemKind::Invalid, "problem-invalid-form");

fn check(visitor: &Visitor, token: &str) -> Result<(), Problem> {
    if bool::from(visitor.csrf.as_bytes().ct_eq(token.as_bytes())) { Ok(()) } else { Err(STALE) }
}

/// A form whose token was checked.
pub struct CheckedForm<T>(pub T);

impl<T: DeserializeOwned> FromRequest<Context> for CheckedForm<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, context: &Context) -> Result<Self, Problem> {
        let (mut parts, body) = request.into_parts();
        let visitor = Visitor::from_request_parts(&mut parts, context).await?;
        let is_form = parts
            .headers
            .get(header::CONTENT_TYPE)
            .is_some_and(|v| v.as_bytes().starts_with(b"application/x-www-form-urlencoded"));
        if !is_form {
            return Err(INVALID);
        }
        let bytes = axum::body::to_bytes(body, FORM_BYTES_MAX)
            .await
            .map_err(|_| Problem::new(ProblemKind::TooLarge, "problem-too-large"))?;
        let mut pairs: Vec<(String, String)> = serde_urlencoded::from_bytes(&bytes).map_err(|_| INVALID)?;
        let token = pairs.iter().position(|(key, _)| key == "csrf").map(|at| pairs.remove(at).1);
        check(&visitor, token.as_deref().unwrap_or_default())?;
        typed(&pairs).map(Self)
    }
}

/// The fields of a form as the struct that its handler wants.
fn typed<T: DeserializeOwned>(pairs: &[(String, String)]) -> Result<T, Problem> {
    // No person types it, and a database that keeps text cannot keep it.
    if pairs.iter().any(|(_, value)| value.contains('\0')) {
        return Err(INVALID);
    }
    let rest = serde_urlencoded::to_string(pairs).map_err(|_| INVALID)?;
    serde_urlencoded::from_str(&rest).map_err(|error| {
        tracing::debug!(%error, "a form was refused");
        INVALID
    })
}

/// A file that was handed over, already on disk, with the other fields of its form.
pub struct CheckedUpload {
    /// Where it lies; whoever takes it owns it.
    pub path: PathBuf,
    /// The name it had, for showing only: it never becomes a path.
    pub file_name: String,
    /// Its size.
    pub bytes: u64,
    /// The other fields.
    pub fields: Vec<(String, String)>,
}

impl FromRequest<Context> for CheckedUpload {
    type Rejection = Problem;

    async fn from_request(request: Request, context: &Context) -> Result<Self, Problem> {
        let (mut parts, body) = request.into_parts();
        let visitor = Visitor::from_request_parts(&mut parts, context).await?;
        let request = Request::from_parts(parts, body);
        let mut form = Multipart::from_request(request, context).await.map_err(|_| INVALID)?;
        let mut fields = Vec::new();
        let mut checked = false;
        while let Some(mut field) = form.next_field().await.map_err(|_| INVALID)? {
            let name = field.name().unwrap_or_default().to_owned();
            if field.file_name().is_none() {
                let value = small(&mut field).await?;
                if name == "csrf" {
                    check(&visitor, &value)?;
                    checked = true;
                } else {
                    fields.push((name, value));
                }
                continue;
            }
            // The token stands before the file in our forms: nothing is written to disk for a stranger.
            if !checked {
                return Err(STALE);
            }
            let file_name: String =
                field.file_name().unwrap_or_default().chars().filter(|c| !c.is_control()).take(120).collect();
            let (path, bytes) = save(context, &mut field).await?;
            return Ok(Self { path, file_name, bytes, fields });
        }
        Err(INVALID)
    }
}

/// Largest file that a form of anybody's may carry, bytes.
pub const SMALL_FILE_BYTES_MAX: u64 = 8 * 1024 * 1024;
/// Most fields and files in such a form.
const PARTS_MAX: usize = 40;

/// What was chosen in a form's file field.
#[derive(Debug)]
pub enum SmallFile {
    /// Nothing.
    None,
    /// More than [`SMALL_FILE_BYTES_MAX`]; nothing of it was kept.
    TooLarge,
    /// A file without a name, open at its beginning: it is gone when this is dropped, or the program ends.
    Here(std::fs::File),
}

/// A form whose token was checked and that may carry one small file, as its last field. Its file never lies in memory.
pub struct CheckedFileForm<T> {
    /// The fields.
    pub form: T,
    /// The file.
    pub file: SmallFile,
}

impl<T: DeserializeOwned> FromRequest<Context> for CheckedFileForm<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, context: &Context) -> Result<Self, Problem> {
        let (mut parts, body) = request.into_parts();
        let visitor = Visitor::from_request_parts(&mut parts, context).await?;
        let is_multipart = parts
            .headers
            .get(header::CONTENT_TYPE)
            .is_some_and(|v| v.as_bytes().starts_with(b"multipart/form-data"));
        let request = Request::from_parts(parts, body);
        if !is_multipart {
            let CheckedForm(form) = CheckedForm::from_request(request, context).await?;
            return Ok(Self { form, file: SmallFile::None });
        }
        let mut form = Multipart::from_request(request, context).await.map_err(|_| INVALID)?;
        let (mut fields, mut file, mut checked) = (Vec::new(), SmallFile::None, false);
        let mut bytes_left = FORM_BYTES_MAX;
        for _ in 0..PARTS_MAX {
            let Some(mut field) = form.next_field().await.map_err(|_| INVALID)? else {
                return if checked { typed(&fields).map(|form| Self { form, file }) } else { Err(STALE) };
            };
            let name = field.name().unwrap_or_default().to_owned();
            if field.file_name().is_some() {
                // The token stands before the file in our forms: nothing is written to disk for a stranger.
                if !checked {
                    return Err(STALE);
                }
                if !matches!(file, SmallFile::None) {
                    return Err(INVALID);
                }
                file = keep(context, &mut field).await?;
                continue;
            }
            let value = small(&mut field).await?;
            bytes_left = bytes_left
                .checked_sub(value.len())
                .ok_or(Problem::new(ProblemKind::TooLarge, "problem-too-large"))?;
            if name == "csrf" && !checked {
                check(&visitor, &value)?;
                checked = true;
            } else {
                fields.push((name, value));
            }
        }
        Err(INVALID)
    }
}

/// Keeps a file of at most [`SMALL_FILE_BYTES_MAX`] where no name leads to it. What is larger is read to its end, so that
/// the person gets a page and not a broken connection, but kept nowhere.
async fn keep(context: &Context, field: &mut Field<'_>) -> Result<SmallFile, Problem> {
    let folder = context.uploads();
    std::fs::create_dir_all(&folder).map_err(anyhow::Error::from)?;
    let mut file = tempfile::tempfile_in(&folder).map_err(anyhow::Error::from)?;
    let mut total = 0u64;
    while let Some(chunk) = field.chunk().await.map_err(|_| INVALID)? {
        total += chunk.len() as u64;
        if total <= SMALL_FILE_BYTES_MAX {
            file.write_all(&chunk).map_err(anyhow::Error::from)?;
        } else if total > SMALL_FILE_BYTES_MAX * 8 {
            return Err(Problem::new(ProblemKind::TooLarge, "problem-upload-too-large"));
        }
    }
    match total {
        0 => Ok(SmallFile::None),
        1..=SMALL_FILE_BYTES_MAX => {
            file.rewind().map_err(anyhow::Error::from)?;
            Ok(SmallFile::Here(file))
        }
        _ => Ok(SmallFile::TooLarge),
    }
}

async fn small(field: &mut Field<'_>) -> Result<String, Problem> {
    let mut bytes = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(|_| INVALID)? {
        bytes.extend_from_slice(&chunk);
        if bytes.len() > FORM_BYTES_MAX {
            return Err(Problem::new(ProblemKind::TooLarge, "problem-too-large"));
        }
    }
    String::from_utf8(bytes).map_err(|_| INVALID)
}

async fn save(context: &Context, field: &mut Field<'_>) -> Result<(PathBuf, u64), Problem> {
    let folder = context.uploads();
    std::fs::create_dir_all(&folder).map_err(anyhow::Error::from)?;
    // The name is ours and random: no outside text ever becomes a path.
    let path = folder.join(hex::encode(context.random::<16>()));
    let mut file = std::fs::File::create_new(&path).map_err(anyhow::Error::from)?;
    let mut total = 0u64;
    let outcome = async {
        while let Some(chunk) = field.chunk().await.map_err(|_| INVALID)? {
            total += chunk.len() as u64;
            if total > context.config.upload_bytes_max {
                return Err(Problem::new(ProblemKind::TooLarge, "problem-upload-too-large"));
            }
            file.write_all(&chunk).map_err(anyhow::Error::from)?;
        }
        // Synced before anything is acknowledged: the import that follows may run after a crash.
        file.sync_all().map_err(anyhow::Error::from)?;
        Ok(())
    }
    .await;
    match outcome {
        Ok(()) => Ok((path, total)),
        Err(problem) => {
            let _ = std::fs::remove_file(&path);
            Err(problem)
        }
    }
}

/// A path with a question part, percent-encoded.
pub fn address(path: &str, pairs: &[(&str, String)]) -> String {
    match serde_urlencoded::to_string(pairs) {
        Ok(query) if !query.is_empty() => format!("{path}?{query}"),
        _ => path.to_owned(),
    }
}
