//! `timon import FILE`: inspect, show what was understood, correct it by options, then import with a progress bar.
//! Interrupted, it is resumed by the next start; repeated, it adds nothing.

use std::io::{IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};

use accounts::{NewOrganization, Organization};
use anyhow::Context as _;
use connectors::file::{Column, Inspection, Mapping};
use domain::{OrganizationKind, SourceKind};
use foundation::Context;
use foundation::config::Config;
use foundation::steps::{Progress, guarded};
use foundation::store::Scope;
use foundation::web::{Locale, Texts};
use indicatif::{ProgressBar, ProgressStyle};
use listen::import::{Plan, Run};
use listen::store::{imports, mentions, sources};

use crate::schedule;

/// Options.
#[derive(clap::Args)]
pub struct Arguments {
    /// The file: CSV, TSV, XLSX, JSON, JSON lines, a Google Takeout, also compressed with gzip.
    file: PathBuf,
    /// The platform it comes from: google, tripadvisor, trustpilot, booking, yelp, google-play, app-store, file.
    #[arg(long)]
    source: Option<String>,
    /// Name of the business, when this is the first thing that is done.
    #[arg(long)]
    name: Option<String>,
    /// Corrects a column: text=Comentario, stars=3 (position from 1), date=none. Repeatable. Roles: id, date, stars,
    /// title, text, text_more, author, url, reply_text, reply_date, language, place.
    #[arg(long = "column", value_name = "ROLE=COLUMN")]
    columns: Vec<String>,
    /// Dates have the month first (03/25/2026).
    #[arg(long)]
    month_first: bool,
    /// Show what was understood and stop.
    #[arg(long)]
    dry_run: bool,
    /// Do not ask.
    #[arg(long, short)]
    yes: bool,
}

/// Runs `timon import`.
pub async fn run(config: Config, arguments: &Arguments) -> anyhow::Result<()> {
    let (context, _lock) = super::open(config).await?;
    let t = super::terminal_texts(&context.config);
    // What an earlier, interrupted import left is finished first.
    settle_imports(&context).await?;
    let organization = organization(&context, arguments).await?;
    let scope = context.scope(organization.id);
    let zone = organization.zone();
    let chosen = match &arguments.source {
        Some(text) => Some(
            SourceKind::parse(text)
                .filter(|kind| kind.has_reviews())
                .with_context(|| format!("unknown platform {text:?}; see --help"))?,
        ),
        None => None,
    };
    let file_name = arguments.file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let mut inspection = connectors::file::inspect(&arguments.file, &listen::import::limits(&context), &zone)
        .map_err(|error| explain(t, &listen::import::ImportError::File(error)))?;
    correct(&mut inspection, arguments)?;
    describe(t, &inspection);
    if arguments.dry_run || !agreed(t, arguments)? {
        return Ok(());
    }
    let upload = copy_in(&context, &arguments.file)?;
    let (rows, bytes) = (inspection.rows_estimated, inspection.file_bytes);
    let plan = Plan::of_file(upload, inspection, chosen, &listen::step::unnamed_source(&scope).await?);
    let id = imports::insert(&context, &scope, (&file_name, bytes), &plan.to_json(), rows).await?;
    let source = sources::ensure(&context, &scope, plan.source_kind, &plan.source_name, None).await?;
    imports::confirm(&scope, id, source).await?;
    let import = imports::import(&scope, id).await?.context("the import vanished")?;
    let outcome = import_rows(&context, &scope, t, &import, zone).await;
    let failed = outcome.as_ref().err().map(listen::import::ImportError::key);
    imports::finish(&context, &scope, id, failed.as_deref()).await?;
    let _ = std::fs::remove_file(plan.path(&context));
    outcome.map_err(|error| explain(t, &error))?;
    read_rows(&context, &scope, t).await?;
    summary(&scope, t, id).await
}

/// The error as a sentence with what to do.
fn explain(t: &Texts, error: &listen::import::ImportError) -> anyhow::Error {
    let key = error.key();
    anyhow::anyhow!("{}. {}", t.get(&key), t.get(&format!("{key}-hint")))
}

async fn settle_imports(context: &Context) -> anyhow::Result<()> {
    while listen::step::run_imports(context).await? == Progress::More {}
    Ok(())
}

/// The first organisation, or a new one: the owner claims it on the first run.
async fn organization(context: &Context, arguments: &Arguments) -> anyhow::Result<Organization> {
    if let Some(found) = accounts::organizations(context, 1).await?.into_iter().next() {
        return Ok(found);
    }
    let locale = Locale::parse(&context.config.terminal_language).unwrap_or(Locale::Es);
    let new = NewOrganization {
        name: arguments.name.clone().unwrap_or_else(|| Texts::of(locale).get("cli-my-business").into_owned()),
        town: String::new(),
        kind: OrganizationKind::Other,
        time_zone: accounts::rules::default_time_zone(locale).to_owned(),
        locale,
    };
    accounts::create_organization(context, &new).await?;
    accounts::organizations(context, 1).await?.into_iter().next().context("the organisation vanished")
}

/// Applies `--column` and `--month-first`.
fn correct(inspection: &mut Inspection, arguments: &Arguments) -> anyhow::Result<()> {
    for pair in &arguments.columns {
        let (role, wanted) = pair.split_once('=').with_context(|| format!("{pair:?} is not ROLE=COLUMN"))?;
        let column = match wanted {
            "none" | "" => None,
            text => match text.parse::<usize>() {
                Ok(position) if (1..=inspection.columns.len()).contains(&position) => {
                    Some(Column::Index(position - 1))
                }
                _ if inspection.columns.iter().any(|c| c == text) => Some(Column::Name(text.to_owned())),
                _ => anyhow::bail!(
                    "there is no column {text:?}; the columns are: {}",
                    inspection.columns.join(", ")
                ),
            },
        };
        *slot(&mut inspection.mapping, role)
            .with_context(|| format!("unknown role {role:?}; see --help"))? = column;
    }
    if arguments.month_first {
        inspection.mapping.day_first = false;
    }
    Ok(())
}

fn slot<'m>(mapping: &'m mut Mapping, role: &str) -> Option<&'m mut Option<Column>> {
    Some(match role {
        "id" => &mut mapping.id,
        "date" => &mut mapping.date,
        "stars" => &mut mapping.stars,
        "title" => &mut mapping.title,
        "text" => &mut mapping.text,
        "text_more" => &mut mapping.text_more,
        "author" => &mut mapping.author,
        "url" => &mut mapping.url,
        "reply_text" => &mut mapping.reply_text,
        "reply_date" => &mut mapping.reply_date,
        "language" => &mut mapping.language,
        "place" => &mut mapping.place,
        _ => return None,
    })
}

fn describe(t: &Texts, inspection: &Inspection) {
    eprintln!(
        "{}",
        t.with(
            "cli-import-found",
            &[
                ("rows", (inspection.rows_estimated as i64).into()),
                ("preset", listen::import::preset_key(inspection.preset).into()),
            ]
        )
    );
    let mut mapping = inspection.mapping.clone();
    for role in ["text", "stars", "date", "author", "title", "id", "reply_text", "reply_date"] {
        let Some(Some(column)) = slot(&mut mapping, role).map(Option::take) else { continue };
        let name = match column {
            Column::Name(name) => name,
            Column::Index(index) => {
                let name = inspection.columns.get(index).filter(|n| !n.is_empty());
                name.cloned().unwrap_or_else(|| (index + 1).to_string())
            }
        };
        eprintln!("  {:<28} ← {name}", t.get(&format!("import-role-{role}")));
    }
}

fn agreed(t: &Texts, arguments: &Arguments) -> anyhow::Result<bool> {
    if arguments.yes || !std::io::stdin().is_terminal() {
        return Ok(true);
    }
    eprint!("{} ", t.get("cli-import-ask"));
    std::io::stderr().flush()?;
    let mut answer = String::new();
    std::io::stdin().read_line(&mut answer)?;
    Ok(matches!(answer.trim().to_lowercase().as_str(), "" | "s" | "si" | "sí" | "y" | "yes"))
}

/// A copy among the uploads: the import can be resumed although the original moves.
fn copy_in(context: &Context, file: &Path) -> anyhow::Result<String> {
    let folder = context.uploads();
    std::fs::create_dir_all(&folder)?;
    let name = hex::encode(context.random::<16>());
    std::fs::copy(file, folder.join(&name))
        .with_context(|| format!("{} cannot be copied", file.display()))?;
    std::fs::File::open(folder.join(&name))?.sync_all()?;
    Ok(name)
}

fn bar(t: &Texts, key: &str, total: u64) -> ProgressBar {
    let bar = ProgressBar::new(total.max(1));
    let style = ProgressStyle::with_template("{msg:>12} [{bar:32}] {human_pos} / {human_len} · {eta}");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()).progress_chars("━╸─"));
    bar.set_message(t.get(key).into_owned());
    bar
}

async fn import_rows(
    context: &Context,
    scope: &Scope,
    t: &Texts,
    import: &imports::Import,
    zone: jiff::tz::TimeZone,
) -> Result<(), listen::import::ImportError> {
    let mut run = Run::open(context, scope, zone, import)?;
    let bar = bar(t, "cli-import-saving", run.total);
    let to_a_terminal = std::io::stderr().is_terminal();
    while run.next_batch(|batch| batch).await? {
        bar.set_length(run.total.max(1));
        bar.set_position(run.done);
        if !to_a_terminal {
            // For scripts: what is printed here is on the disk.
            eprintln!("saved {}", run.done);
        }
    }
    bar.finish();
    Ok(())
}

async fn read_rows(context: &Context, scope: &Scope, t: &Texts) -> anyhow::Result<()> {
    let total = mentions::count_unread(scope).await?.max(0) as u64;
    let bar = bar(t, "cli-import-reading", total);
    let step = schedule::STEPS
        .iter()
        .find(|s| s.name == "understand::read_pending")
        .context("the schedule lost a step")?;
    while guarded(*step, context.clone()).await? == Progress::More {
        let left = mentions::count_unread(scope).await?.max(0) as u64;
        bar.set_position(total.saturating_sub(left));
    }
    bar.finish();
    Ok(())
}

async fn summary(scope: &Scope, t: &Texts, id: domain::ImportId) -> anyhow::Result<()> {
    let import = imports::import(scope, id).await?.context("the import vanished")?;
    println!(
        "{}",
        t.with(
            "cli-import-done",
            &[
                ("added", (import.added as i64).into()),
                ("revised", (import.revised as i64).into()),
                ("same", (import.same as i64).into()),
                ("rejected", (import.rejected as i64).into()),
            ]
        )
    );
    for r in imports::rejections(scope, id, 20).await? {
        println!(
            "  {} {}: {} — {}",
            t.get("import-line"),
            r.line,
            t.get(&format!("row-{}", r.reason)),
            r.excerpt
        );
    }
    Ok(())
}
