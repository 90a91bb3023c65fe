//! Export of everything an organisation has, as JSON lines and CSV: `timon export FOLDER` and the button in the
//! account. Plain files that any other program reads; cells that a spreadsheet would run as formulas are guarded.

use std::io::{Cursor, Write};
use std::path::PathBuf;

use anyhow::Context as _;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use connectors::file::csv_safe;
use domain::{MentionId, Role};
use foundation::Context;
use foundation::config::Config;
use foundation::store::Scope;
use foundation::web::{Access, Member, Problem, ProblemKind, Routes};
use http::header;
use serde::Serialize;
use tokio::sync::Semaphore;
use understand::rules::Reading;
use understand::store::{Filter, ReadMention, newest};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// Mentions read at a time.
const PAGE: u32 = 1_000;

/// Options.
#[derive(clap::Args)]
pub struct Arguments {
    /// Folder to write to; it is created.
    folder: PathBuf,
}

/// This file's routes.
pub fn routes() -> Routes {
    Routes::new().get("/export", Access::Member(Role::Owner), download)
}

/// One mention as it is exported. A version of its own: the database may change, this must not.
#[derive(Serialize)]
struct ExportedMention<'a> {
    id: i64,
    source: &'a str,
    source_kind: &'static str,
    posted_at: String,
    date_known: &'static str,
    author: Option<&'a str>,
    stars: Option<u8>,
    title: Option<&'a str>,
    text: &'a str,
    url: Option<&'a str>,
    place: Option<&'a str>,
    reply_state: &'static str,
    reply_text: Option<&'a str>,
    replied_at: Option<String>,
    revision: i64,
    language: Option<&'a str>,
    sentiment: Option<&'static str>,
    cause: Option<&'static str>,
    aspects: Option<String>,
}

impl<'a> From<&'a ReadMention> for ExportedMention<'a> {
    fn from(m: &'a ReadMention) -> Self {
        Self {
            id: m.id.0,
            source: &m.source_name,
            source_kind: m.source_kind.as_str(),
            posted_at: m.posted_at.to_string(),
            date_known: match m.dated {
                0 => "no",
                1 => "day",
                _ => "moment",
            },
            author: m.author.as_deref(),
            stars: m.stars,
            title: m.title.as_deref(),
            text: &m.text,
            url: m.url.as_deref(),
            place: m.place.as_deref(),
            reply_state: m.reply_state.as_str(),
            reply_text: m.reply_text.as_deref(),
            replied_at: m.replied_at.map(|at| at.to_string()),
            revision: m.revision,
            language: m.reading.as_ref().map(|r| &*r.language),
            sentiment: m.reading.as_ref().map(|r| r.sentiment.as_str()),
            cause: m.reading.as_ref().and_then(|r| r.cause).map(domain::Cause::as_str),
            aspects: m.reading.as_ref().map(aspects),
        }
    }
}

const CSV_COLUMNS: [&str; 19] = [
    "id",
    "source",
    "source_kind",
    "posted_at",
    "date_known",
    "author",
    "stars",
    "title",
    "text",
    "url",
    "place",
    "reply_state",
    "reply_text",
    "replied_at",
    "revision",
    "language",
    "sentiment",
    "cause",
    "aspects",
];

/// "wait:negative food:positive".
fn aspects(reading: &Reading) -> String {
    let one = |a: &understand::rules::SpokenOf| format!("{}:{}", a.aspect.as_str(), a.sentiment);
    reading.aspects.iter().map(one).collect::<Vec<_>>().join(" ")
}

fn csv_row(m: &ExportedMention<'_>) -> [String; 19] {
    let safe = |text: Option<&str>| csv_safe(text.unwrap_or_default()).into_owned();
    [
        m.id.to_string(),
        safe(Some(m.source)),
        m.source_kind.to_owned(),
        m.posted_at.clone(),
        m.date_known.to_owned(),
        safe(m.author),
        m.stars.map(|n| n.to_string()).unwrap_or_default(),
        safe(m.title),
        safe(Some(m.text)),
        safe(m.url),
        safe(m.place),
        m.reply_state.to_owned(),
        safe(m.reply_text),
        m.replied_at.clone().unwrap_or_default(),
        m.revision.to_string(),
        m.language.unwrap_or_default().to_owned(),
        m.sentiment.unwrap_or_default().to_owned(),
        m.cause.unwrap_or_default().to_owned(),
        m.aspects.clone().unwrap_or_default(),
    ]
}

/// Calls `each` with every mention, newest first, a page at a time.
async fn every_mention(
    scope: &Scope,
    mut each: impl FnMut(&ReadMention) -> anyhow::Result<()>,
) -> anyhow::Result<u64> {
    let mut filter = Filter::default();
    let mut total = 0;
    loop {
        let page = newest(scope, &filter, PAGE).await?;
        let Some(last) = page.last() else { return Ok(total) };
        filter.before = Some(MentionId(last.id.0));
        for m in &page {
            each(m)?;
            total += 1;
        }
        tokio::task::yield_now().await;
    }
}

async fn organization_json(scope: &Scope) -> anyhow::Result<String> {
    let o = accounts::organization(scope).await?.context("the organisation vanished")?;
    let sources = listen::store::sources::sources(scope).await?;
    let sources: Vec<_> = sources
        .iter()
        .map(|s| serde_json::json!({"name": s.name, "kind": s.kind, "url": s.url, "mentions": s.mentions}))
        .collect();
    let all = serde_json::json!({
        "timon_export": 1, "name": o.name, "kind": o.kind, "town": o.town, "time_zone": o.time_zone,
        "created_at": o.created_at.to_string(), "sources": sources,
    });
    Ok(serde_json::to_string_pretty(&all)?)
}

/// Warnings and incidents in one document. Figures and the owner's own words; the voices are in the mentions.
async fn warnings_json(scope: &Scope) -> anyhow::Result<String> {
    let (mut warnings, mut incidents) = (Vec::new(), Vec::new());
    let mut before = None;
    loop {
        let page = warn::store::warnings::newest(scope, before, PAGE).await?;
        let Some(last) = page.last() else { break };
        before = Some(last.id);
        for w in &page {
            let mentions = warn::store::warnings::mentions(scope, w.id).await?;
            warnings.push(serde_json::json!({
                "id": w.id, "level": w.level, "state": w.state, "verdict": w.verdict, "since": w.since_at,
                "opened_at": w.opened_at, "closed_at": w.closed_at, "observed": w.observed, "expected": w.expected,
                "score": w.score, "segment": w.story.segment, "mentions": mentions,
            }));
        }
    }
    for i in warn::store::incidents::newest(scope, PAGE).await? {
        let tasks = warn::store::incidents::tasks(scope, i.id).await?;
        let notes = warn::store::incidents::notes(scope, i.id).await?;
        let tasks: Vec<_> =
            tasks.iter().map(|t| serde_json::json!({"title": t.title, "done_at": t.done_at})).collect();
        let notes: Vec<_> =
            notes.iter().map(|n| serde_json::json!({"at": n.at, "by": n.by, "text": n.text})).collect();
        incidents.push(serde_json::json!({
            "id": i.id, "warning": i.warning, "title": i.title, "statement": i.statement, "lessons": i.lessons,
            "change": i.change_made, "opened_at": i.opened_at, "closed_at": i.closed_at, "tasks": tasks, "notes": notes,
        }));
    }
    Ok(serde_json::to_string_pretty(&serde_json::json!({"warnings": warnings, "incidents": incidents}))?)
}

/// Runs `timon export`.
pub async fn run(config: Config, arguments: &Arguments) -> anyhow::Result<()> {
    let t = super::terminal_texts(&config);
    let context = super::open_beside(config).await?;
    for organization in accounts::organizations(&context, 1_000_000).await? {
        let scope = context.scope(organization.id);
        let folder = arguments.folder.join(organization.id.to_string());
        super::create_private_folder(&folder)
            .with_context(|| format!("{} cannot be created", folder.display()))?;
        std::fs::write(folder.join("organization.json"), organization_json(&scope).await?)?;
        std::fs::write(folder.join("warnings.json"), warnings_json(&scope).await?)?;
        let mut lines = std::io::BufWriter::new(std::fs::File::create(folder.join("mentions.jsonl"))?);
        let mut table = csv::Writer::from_path(folder.join("mentions.csv"))?;
        table.write_record(CSV_COLUMNS)?;
        let total = every_mention(&scope, |m| {
            let m = ExportedMention::from(m);
            serde_json::to_writer(&mut lines, &m)?;
            lines.write_all(b"\n")?;
            Ok(table.write_record(csv_row(&m))?)
        })
        .await?;
        lines.flush()?;
        table.flush()?;
        let shown = folder.display().to_string();
        println!("{}", t.with("cli-export-done", &[("n", (total as i64).into()), ("folder", shown.into())]));
    }
    Ok(())
}

/// The same as one ZIP, for the browser. Memory holds the compressed file: an owner's million mentions are about 60 MB.
async fn download(State(context): State<Context>, member: Member) -> Result<Response, Problem> {
    static ONE: Semaphore = Semaphore::const_new(1);
    // One at a time: it reads everything.
    let _seat = ONE.try_acquire().map_err(|_| Problem::new(ProblemKind::TooMany, "problem-export-busy"))?;
    let options = SimpleFileOptions::default();
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    archive.start_file("organization.json", options)?;
    archive.write_all(organization_json(&member.scope).await?.as_bytes())?;
    archive.start_file("warnings.json", options)?;
    archive.write_all(warnings_json(&member.scope).await?.as_bytes())?;
    archive.start_file("mentions.jsonl", options)?;
    every_mention(&member.scope, |m| {
        serde_json::to_writer(&mut archive, &ExportedMention::from(m))?;
        Ok(archive.write_all(b"\n")?)
    })
    .await?;
    archive.start_file("mentions.csv", options)?;
    let mut line = csv::Writer::from_writer(Vec::new());
    line.write_record(CSV_COLUMNS)?;
    every_mention(&member.scope, |m| {
        line.write_record(csv_row(&ExportedMention::from(m)))?;
        let done = std::mem::replace(&mut line, csv::Writer::from_writer(Vec::new()));
        Ok(archive.write_all(&done.into_inner().map_err(csv::IntoInnerError::into_error)?)?)
    })
    .await?;
    let bytes = archive.finish()?.into_inner();
    let name = format!("attachment; filename=\"timon-{}.zip\"", context.now().strftime("%Y%m%d"));
    Ok(([(header::CONTENT_TYPE, "application/zip".to_owned()), (header::CONTENT_DISPOSITION, name)], bytes)
        .into_response())
}
