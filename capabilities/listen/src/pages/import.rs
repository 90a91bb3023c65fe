//! Import in the browser: choose a file or paste → look at what was understood and correct it → watch it run → see
//! what came in and what was refused.

use axum::Json;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use connectors::file::{Column as FileColumn, Mapping};
use connectors::item::Reply;
use domain::{ImportId, Role, SourceKind};
use foundation::Context;
use foundation::web::page::shell_refreshed;
use foundation::web::{CheckedForm, CheckedUpload, Member, Problem, ProblemKind, Texts, shell};
use http::StatusCode;
use maud::{Markup, html};
use serde::Deserialize;
use ui::{
    Badge, Button, Choice, Column, DataTable, Field, Icon, MentionCard, Progress, Tone, When, actions, card,
    data_table, empty_state, hidden, key_values, link_button, mention_card, mention_list, notice,
    page_header, steps,
};

use crate::import::{self, Content, ImportError, Plan, Preview};
use crate::store::imports::{self, Import, Rejection};
use crate::store::sources;

/// Rows shown before anything is stored.
const PREVIEW_ROWS: usize = 6;
/// Refused rows shown in the page.
const REJECTIONS_SHOWN: u32 = 200;

fn source_choices(t: &Texts) -> Vec<(&'static str, String)> {
    let mut choices = vec![("", t.get("import-source-guess").into_owned())];
    choices.extend(
        SourceKind::importable().map(|kind| (kind.as_str(), t.get(&format!("source-{kind}")).into_owned())),
    );
    choices
}

fn as_choices<'a>(pairs: &'a [(&'static str, String)]) -> Vec<Choice<'a>> {
    pairs.iter().map(|(value, label)| Choice::new(value, label)).collect()
}

fn step_names(t: &Texts) -> [String; 3] {
    ["import-step-choose", "import-step-check", "import-step-done"].map(|key| t.get(key).into_owned())
}

fn wizard(t: &Texts, current: usize) -> Markup {
    let names = step_names(t);
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    steps(&t.get("import-steps"), &names, current, &t.get("step-done"))
}

/// What the first page shows.
pub struct IndexView {
    /// Earlier imports.
    pub imports: Vec<Import>,
    /// Key of what went wrong with what was just handed over.
    pub failed: Option<String>,
    /// What was pasted, to try again.
    pub pasted: String,
    /// Largest file, bytes.
    pub bytes_max: u64,
}

/// The first page: a file or a paste.
pub fn index_page(member: &Member, view: &IndexView) -> Markup {
    let t = member.texts();
    let get = |key: &str| t.get(key);
    let choices = source_choices(t);
    let choices = as_choices(&choices);
    let megabytes = t.count((view.bytes_max / 1_000_000) as i64);
    let too_large = t.with("import-file-too-large", &[("max", megabytes.clone().into())]);
    let content = html! {
        (page_header(&get("import-title"), &get("import-lead"), None))
        (wizard(t, 1))
        @if let Some(key) = &view.failed {
            (notice(Tone::Error, &get(key), &html! { (get(&format!("{key}-hint"))) }))
        }
        @if member.may(Role::Manager) {
        (card("file", &get("import-file-title"), &html! {
            form.form method="post" action="/import/file" enctype="multipart/form-data" {
                // The token and the platform stand before the file: nothing is written to disk for a stranger.
                (hidden("csrf", &member.visitor.csrf))
                (Field::select("source", &get("import-source"), &choices).hint(&get("import-source-hint")))
                (Field::file("file", &get("import-file"))
                    .hint(&t.with("import-file-hint", &[("max", megabytes.into())])).required()
                    .accept(".csv,.tsv,.txt,.xlsx,.json,.jsonl,.ndjson,.gz,.zip")
                    .drop_area(&get("import-file-drop"), view.bytes_max, &too_large))
                (actions(&html! { (Button::primary(&get("import-file-submit")).icon(Icon::Import)) }))
            }
        }))
        (card("paste", &get("import-paste-title"), &html! {
            form.form method="post" action="/import/paste" {
                (hidden("csrf", &member.visitor.csrf))
                (Field::text_area("text", &get("import-paste"), 8).hint(&get("import-paste-hint")).required()
                    .value(&view.pasted).placeholder(&get("import-paste-example")))
                (Field::select("paste_source", &get("import-source"), &choices))
                (actions(&html! { (Button::secondary(&get("import-paste-submit"))) }))
            }
        }))
        } @else { (notice(Tone::Info, "", &html! { (get("import-needs-manager")) })) }
        (card("help", &get("import-help-title"), &html! {
            ul { @for n in 1..=4 { li { (get(&format!("import-help-{n}"))) } } }
        }))
        @if !view.imports.is_empty() { (card("past", &get("import-past"), &past_imports(member, &view.imports))) }
    };
    shell(member, &get("import-title"), content)
}

fn past_imports(member: &Member, past: &[Import]) -> Markup {
    let t = member.texts();
    let names = [
        "import-column-what",
        "import-column-when",
        "import-column-state",
        "import-added",
        "import-rejected",
    ];
    let names = names.map(|key| t.get(key));
    let columns: Vec<Column<'_>> =
        names.iter().enumerate().map(|(at, label)| Column { label, numeric: at > 2 }).collect();
    let rows: Vec<Vec<Markup>> = past
        .iter()
        .map(|import| {
            let name = if import.file_name.is_empty() {
                t.get("import-pasted-name")
            } else {
                import.file_name.as_str().into()
            };
            vec![
                html! { a href={ "/import/" (import.id) } { (name) } },
                html! { (t.moment(import.created_at, &member.principal.time_zone)) },
                html! { (t.get(&format!("import-state-{}", import.state))) },
                html! { (t.count(import.added as i64)) },
                html! { (t.count(import.rejected as i64)) },
            ]
        })
        .collect();
    data_table(&DataTable {
        caption: &t.get("import-past"),
        caption_hidden: true,
        columns: &columns,
        rows: &rows,
    })
}

async fn index_view(
    context: &Context,
    member: &Member,
    failed: Option<String>,
    pasted: String,
) -> Result<IndexView, Problem> {
    let imports = imports::imports(&member.scope, 20).await?;
    Ok(IndexView { imports, failed, pasted, bytes_max: context.config.upload_bytes_max })
}

pub(super) async fn index(State(context): State<Context>, member: Member) -> Result<Markup, Problem> {
    Ok(index_page(&member, &index_view(&context, &member, None, String::new()).await?))
}

async fn refused(
    context: &Context,
    member: &Member,
    error: ImportError,
    pasted: String,
) -> Result<Response, Problem> {
    if matches!(error, ImportError::Store(_)) {
        return Err(error.into());
    }
    let view = index_view(context, member, Some(error.key()), pasted).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, index_page(member, &view)).into_response())
}

pub(super) async fn upload(
    State(context): State<Context>,
    member: Member,
    upload: CheckedUpload,
) -> Result<Response, Problem> {
    let chosen =
        upload.fields.iter().find(|(name, _)| name == "source").and_then(|(_, v)| SourceKind::parse(v));
    let zone = member.principal.time_zone.clone();
    let (scope, given) = (member.scope.clone(), (upload.path.clone(), upload.file_name.clone()));
    let worker = context.clone();
    let fallback = crate::step::unnamed_source(&member.scope).await?;
    // Inspecting a spreadsheet reads it whole: not on the thread that serves pages.
    let drafted = tokio::task::spawn_blocking(move || {
        let handle = tokio::runtime::Handle::current();
        handle.block_on(import::draft_file(&worker, &scope, &zone, (&given.0, &given.1), (chosen, &fallback)))
    })
    .await?;
    match drafted {
        Ok(id) => Ok(Redirect::to(&format!("/import/{id}")).into_response()),
        Err(error) => {
            let _ = std::fs::remove_file(&upload.path);
            refused(&context, &member, error, String::new()).await
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PasteForm {
    text: String,
    paste_source: String,
}

pub(super) async fn paste(
    State(context): State<Context>,
    member: Member,
    CheckedForm(form): CheckedForm<PasteForm>,
) -> Result<Response, Problem> {
    let zone = member.principal.time_zone.clone();
    let chosen = SourceKind::parse(&form.paste_source);
    match import::draft_pasted(&context, &member.scope, &zone, &form.text, chosen).await {
        Ok(Some(id)) => Ok(Redirect::to(&format!("/import/{id}")).into_response()),
        Ok(None) => {
            let view = index_view(&context, &member, Some("paste-empty".to_owned()), form.text).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, index_page(&member, &view)).into_response())
        }
        Err(error) => refused(&context, &member, error, form.text).await,
    }
}

pub(super) async fn one(
    State(context): State<Context>,
    member: Member,
    Path(id): Path<i64>,
) -> Result<Response, Problem> {
    let id = ImportId(id);
    let import = imports::import(&member.scope, id).await?.ok_or_else(Problem::not_found)?;
    match import.state.as_str() {
        "draft" => {
            let plan = Plan::of_import(&import)?;
            let zone = member.principal.time_zone.clone();
            let (worker, its_plan) = (context.clone(), plan.clone());
            let preview =
                tokio::task::spawn_blocking(move || import::preview(&worker, &its_plan, &zone, PREVIEW_ROWS))
                    .await?;
            match preview {
                Ok(preview) => Ok(check_page(&member, &import, &plan, &preview).into_response()),
                Err(error) => refused(&context, &member, error, String::new()).await,
            }
        }
        "running" => Ok(running_page(&member, &import).into_response()),
        "finished" | "failed" => {
            let rejections = imports::rejections(&member.scope, id, REJECTIONS_SHOWN).await?;
            Ok(done_page(&member, &import, &rejections).into_response())
        }
        _ => Err(Problem::not_found()),
    }
}

/// The meanings a column can have, as the form names them.
const ROLES: [&str; 11] = [
    "text",
    "stars",
    "date",
    "author",
    "title",
    "id",
    "url",
    "reply_text",
    "reply_date",
    "place",
    "text_more",
];

fn role(mapping: &Mapping, name: &str) -> Option<FileColumn> {
    match name {
        "text" => mapping.text.clone(),
        "stars" => mapping.stars.clone(),
        "date" => mapping.date.clone(),
        "author" => mapping.author.clone(),
        "title" => mapping.title.clone(),
        "id" => mapping.id.clone(),
        "url" => mapping.url.clone(),
        "reply_text" => mapping.reply_text.clone(),
        "reply_date" => mapping.reply_date.clone(),
        "place" => mapping.place.clone(),
        "text_more" => mapping.text_more.clone(),
        _ => None,
    }
}

fn set_role(mapping: &mut Mapping, name: &str, column: Option<FileColumn>) {
    match name {
        "text" => mapping.text = column,
        "stars" => mapping.stars = column,
        "date" => mapping.date = column,
        "author" => mapping.author = column,
        "title" => mapping.title = column,
        "id" => mapping.id = column,
        "url" => mapping.url = column,
        "reply_text" => mapping.reply_text = column,
        "reply_date" => mapping.reply_date = column,
        "place" => mapping.place = column,
        "text_more" => mapping.text_more = column,
        _ => {}
    }
}

/// The position of a column among the file's columns, as the form sends it.
fn position(column: Option<&FileColumn>, columns: &[String]) -> String {
    match column {
        None => String::new(),
        Some(FileColumn::Index(index)) => index.to_string(),
        Some(FileColumn::Name(name)) => {
            columns.iter().position(|c| c == name).map_or_else(String::new, |index| index.to_string())
        }
    }
}

/// The second page: what was understood, before anything is stored.
pub fn check_page(member: &Member, import: &Import, plan: &Plan, preview: &Preview) -> Markup {
    let t = member.texts();
    let get = |key: &str| t.get(key);
    let kinds: Vec<_> = source_choices(t).into_iter().skip(1).collect();
    let kinds = as_choices(&kinds);
    let rows = if preview.items.is_empty() { 0 } else { import.lines_total as i64 };
    let key = if plan.rows_exact { "import-check-lead-exact" } else { "import-check-lead" };
    let lead = t.with(key, &[("rows", rows.into())]);
    let content = html! {
        (page_header(&get("import-check-title"), &lead, None))
        (wizard(t, 2))
        @if preview.items.is_empty() {
            (notice(Tone::Warning, &get("import-check-nothing"), &html! { (get("import-check-nothing-hint")) }))
        }
        form.form #decide method="post" action={ "/import/" (import.id) } {
            (hidden("csrf", &member.visitor.csrf))
            (card("where", &get("import-check-where"), &html! {
                (Field::select("source", &get("import-source"), &kinds).value(plan.source_kind.as_str()))
                (Field::text("source_name", &get("import-source-name")).value(&plan.source_name).max_length(60).required())
            }))
            @if let Content::File { mapping, columns, .. } = &plan.content {
                (card("columns", &get("import-columns"), &mapping_fields(t, mapping, columns)))
            }
            (actions(&html! {
                // With nothing understood there is nothing to save: first the columns.
                @if !preview.items.is_empty() {
                    (Button::primary(&get("import-confirm")).icon(Icon::Check).name_value("action", "confirm"))
                }
                @if matches!(plan.content, Content::File { .. }) {
                    (Button::secondary(&get("import-look-again")).name_value("action", "look"))
                }
                (Button::quiet(&get("import-discard")).name_value("action", "discard"))
            }))
        }
        (sample(member, plan, preview))
    };
    shell(member, &get("import-check-title"), content)
}

fn mapping_fields(t: &Texts, mapping: &Mapping, columns: &[String]) -> Markup {
    let mut choices: Vec<(String, String)> = vec![(String::new(), t.get("import-column-none").into_owned())];
    choices.extend(columns.iter().enumerate().map(|(index, name)| {
        let shown = if name.is_empty() {
            t.with("import-column-number", &[("n", (index as i64 + 1).into())]).into_owned()
        } else {
            name.chars().take(40).collect()
        };
        (index.to_string(), shown)
    }));
    let choices: Vec<Choice<'_>> = choices.iter().map(|(value, label)| Choice::new(value, label)).collect();
    let field = |name: &str| {
        let (value, label) =
            (position(role(mapping, name).as_ref(), columns), t.get(&format!("import-role-{name}")));
        html! { (Field::select(name, &label, &choices).value(&value)) }
    };
    let orders = [("true", t.get("import-day-first")), ("false", t.get("import-month-first"))];
    let orders: Vec<Choice<'_>> = orders.iter().map(|(value, label)| Choice::new(value, label)).collect();
    let scales =
        ["5", "10", "100"].map(|best| (best, t.with("import-stars-best-of", &[("best", best.into())])));
    let scales: Vec<Choice<'_>> = scales.iter().map(|(value, label)| Choice::new(value, label)).collect();
    html! {
        p { (t.get("import-columns-lead")) }
        div.fields {
            @for name in &ROLES[..4] { (field(name)) }
        }
        details.disclosure {
            summary { (t.get("import-columns-more")) }
            div.fields {
                @for name in &ROLES[4..] { (field(name)) }
                (Field::select("day_first", &t.get("import-date-order"), &orders)
                    .value(if mapping.day_first { "true" } else { "false" }))
                (Field::select("stars_best", &t.get("import-stars-best"), &scales)
                    .value(&format!("{:.0}", mapping.stars_best)))
            }
        }
    }
}

/// The first mentions as they would be saved.
fn sample(member: &Member, plan: &Plan, preview: &Preview) -> Markup {
    let t = member.texts();
    let zone = &member.principal.time_zone;
    let no_author = t.get("mention-no-author");
    let no_text = t.get("mention-no-text");
    let your_reply = t.get("mention-your-reply");
    let cards: Vec<Markup> = preview
        .items
        .iter()
        .enumerate()
        .map(|(at, item)| {
            let stars = item.rating.and_then(connectors::item::Rating::stars);
            let spoken = stars.map(|n| t.with("stars-spoken", &[("n", i64::from(n).into())]));
            let shown =
                item.posted_at.map_or_else(|| t.get("mention-no-date").into_owned(), |p| t.date(p.at, zone));
            let iso = item.posted_at.map_or_else(String::new, |p| p.at.to_string());
            mention_card(&MentionCard {
                id: &format!("sample-{at}"),
                author: item.author.as_deref().unwrap_or(&no_author),
                source: &plan.source_name,
                place: item.place.as_deref().unwrap_or_default(),
                when: When { iso: &iso, shown: &shown },
                stars: stars.zip(spoken.as_deref()).map(|(n, words)| (f64::from(n), words)),
                title: item.title.as_deref().unwrap_or_default(),
                text: &item.text,
                no_text: &no_text,
                reply: match &item.reply {
                    Reply::Answered { text: Some(text), .. } => Some((&*your_reply, text.as_str())),
                    _ => None,
                },
                ..MentionCard::default()
            })
        })
        .collect();
    html! {
        section aria-labelledby="sample-title" {
            h2 #sample-title { (t.get("import-sample")) }
            @if cards.is_empty() { p { (t.get("import-sample-empty")) } }
            @else { (mention_list(&t.get("import-sample"), &cards)) }
            @if !preview.rejections.is_empty() { (rejections_table(t, &preview.rejections)) }
        }
    }
}

fn rejections_table(t: &Texts, rejections: &[Rejection]) -> Markup {
    let names = ["import-line", "import-reason", "import-excerpt"].map(|key| t.get(key));
    let columns: Vec<Column<'_>> = names.iter().map(|label| Column { label, numeric: false }).collect();
    let rows: Vec<Vec<Markup>> = rejections
        .iter()
        .map(|r| {
            vec![
                html! { (t.count(r.line as i64)) },
                html! { (t.get(&format!("row-{}", r.reason))) },
                html! { code.excerpt { (r.excerpt) } },
            ]
        })
        .collect();
    data_table(&DataTable {
        caption: &t.get("import-rejections"),
        caption_hidden: false,
        columns: &columns,
        rows: &rows,
    })
}

/// The form of the second page. Every role is a column's position or empty.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct DecideForm {
    action: String,
    source: String,
    source_name: String,
    text: String,
    stars: String,
    date: String,
    author: String,
    title: String,
    id: String,
    url: String,
    reply_text: String,
    reply_date: String,
    place: String,
    text_more: String,
    day_first: String,
    stars_best: String,
}

impl DecideForm {
    fn role(&self, name: &str) -> &str {
        match name {
            "text" => &self.text,
            "stars" => &self.stars,
            "date" => &self.date,
            "author" => &self.author,
            "title" => &self.title,
            "id" => &self.id,
            "url" => &self.url,
            "reply_text" => &self.reply_text,
            "reply_date" => &self.reply_date,
            "place" => &self.place,
            "text_more" => &self.text_more,
            _ => "",
        }
    }

    /// Writes what the owner corrected into the plan.
    /// `fallback` names a source of no known platform.
    fn correct(&self, plan: &mut Plan, fallback: &str) {
        let name: String = self.source_name.chars().filter(|c| !c.is_control()).take(60).collect();
        let untouched = name.trim().is_empty() || name.trim() == plan.source_name;
        let by_default = plan.source_name == import::source_name(plan.source_kind, fallback);
        if let Some(kind) = SourceKind::parse(&self.source).filter(|kind| kind.has_reviews()) {
            plan.source_kind = kind;
        }
        if !untouched {
            name.trim().clone_into(&mut plan.source_name);
        } else if by_default {
            // The name follows the platform, or the same export would next time land in another source.
            plan.source_name = import::source_name(plan.source_kind, fallback);
        }
        let Content::File { mapping, columns, .. } = &mut plan.content else { return };
        for role in ROLES {
            let chosen = self.role(role).parse::<usize>().ok().filter(|index| *index < columns.len());
            let column = chosen.map(|index| match columns.get(index) {
                Some(name) if !name.is_empty() => FileColumn::Name(name.clone()),
                _ => FileColumn::Index(index),
            });
            set_role(mapping, role, column);
        }
        mapping.day_first = self.day_first != "false";
        mapping.stars_best = match self.stars_best.as_str() {
            "10" => 10.0,
            "100" => 100.0,
            _ => 5.0,
        };
    }
}

pub(super) async fn decide(
    State(context): State<Context>,
    member: Member,
    Path(id): Path<i64>,
    CheckedForm(form): CheckedForm<DecideForm>,
) -> Result<Response, Problem> {
    let id = ImportId(id);
    let import = imports::import(&member.scope, id).await?.ok_or_else(Problem::not_found)?;
    if import.state != "draft" {
        // Pressed twice: it is already on its way.
        return Ok(Redirect::to(&format!("/import/{id}")).into_response());
    }
    let mut plan = Plan::of_import(&import)?;
    if form.action == "discard" {
        match imports::discard(&context, &member.scope, id).await {
            Err(error) if error.is_conflict() => return Ok(Redirect::to("/import").into_response()),
            outcome => outcome?,
        }
        let _ = std::fs::remove_file(plan.path(&context));
        return Ok(Redirect::to("/import").into_response());
    }
    form.correct(&mut plan, &crate::step::unnamed_source(&member.scope).await?);
    match imports::set_plan(&member.scope, id, &plan.to_json(), import.lines_total).await {
        Err(error) if error.is_conflict() => {
            return Ok(Redirect::to(&format!("/import/{id}")).into_response());
        }
        outcome => outcome?,
    }
    if form.action == "confirm" {
        let source =
            sources::ensure(&context, &member.scope, plan.source_kind, &plan.source_name, None).await?;
        match imports::confirm(&member.scope, id, source).await {
            Err(error) if !error.is_conflict() => return Err(error.into()),
            _ => context.wakes.wake(crate::IMPORT_CONFIRMED),
        }
    } else if form.action != "look" {
        return Err(Problem::new(ProblemKind::Invalid, "problem-invalid-form"));
    }
    Ok(Redirect::to(&format!("/import/{id}")).into_response())
}

fn progress_words(t: &Texts, import: &Import) -> String {
    let (done, total) = (t.count(import.lines_done as i64), t.count(import.lines_total as i64));
    t.with("import-progress", &[("done", done.into()), ("total", total.into())]).into_owned()
}

/// The third page while it runs.
pub fn running_page(member: &Member, import: &Import) -> Markup {
    let t = member.texts();
    let content = html! {
        (page_header(&t.get("import-running-title"), &t.get("import-running-lead"), None))
        (wizard(t, 3))
        (ui::progress(&Progress {
            id: "import",
            label: &t.get("import-running-label"),
            done: import.lines_done,
            total: Some(import.lines_total),
            text: &progress_words(t, import),
            url: Some(&format!("/import/{}/progress", import.id)),
        }))
        (actions(&link_button(&t.get("nav-today"), "/today", ui::ButtonStyle::Quiet)))
    };
    shell_refreshed(member, &t.get("import-running-title"), content, Some(2))
}

pub(super) async fn progress(member: Member, Path(id): Path<i64>) -> Result<Response, Problem> {
    let import = imports::import(&member.scope, ImportId(id)).await?.ok_or_else(Problem::not_found)?;
    let finished = matches!(import.state.as_str(), "finished" | "failed");
    Ok(Json(serde_json::json!({
        "done": import.lines_done,
        "total": import.lines_total,
        "text": progress_words(member.texts(), &import),
        "finished": finished,
        "location": format!("/import/{id}"),
    }))
    .into_response())
}

/// The third page once it has ended.
pub fn done_page(member: &Member, import: &Import, rejections: &[Rejection]) -> Markup {
    let t = member.texts();
    let get = |key: &str| t.get(key);
    let count = |n: u64| html! { (t.count(n as i64)) };
    let failed = import.error_key.as_deref();
    let title = if failed.is_some() { get("import-failed-title") } else { get("import-done-title") };
    let lead = t.with("import-done-lead", &[("added", (import.added as i64).into())]);
    let labels = ["import-added", "import-revised", "import-same", "import-rejected"].map(|key| t.get(key));
    let content = html! {
        (page_header(&title, &lead, None))
        (wizard(t, 4))
        @if let Some(key) = failed {
            (notice(Tone::Error, &get(key), &html! { (get(&format!("{key}-hint"))) }))
        }
        (card("counts", "", &key_values(&[
            (&labels[0], count(import.added)),
            (&labels[1], count(import.revised)),
            (&labels[2], count(import.same)),
            (&labels[3], count(import.rejected)),
        ])))
        (actions(&html! {
            (Button::primary(&get("import-see-today")).href("/today").icon(Icon::Today))
            (Button::secondary(&get("import-see-mentions")).href("/mentions"))
            (Button::quiet(&get("import-another")).href("/import"))
        }))
        @if rejections.is_empty() {
            @if import.added + import.revised + import.same == 0 {
                (empty_state(Icon::File, &get("import-nothing-title"), &get("import-nothing"), None))
            }
        } @else {
            (notice(Tone::Warning, "", &html! {
                (t.with("import-rejected-lead", &[("n", (import.rejected as i64).into())]))
            }))
            (rejections_table(t, rejections))
        }
    };
    shell(member, &title, content)
}

/// A mark for sources and imports that need a look.
pub(super) fn warning_badge(label: &str) -> Markup {
    ui::badge(Badge { label, tone: Tone::Warning, icon: Some(Icon::Warning) })
}
