//! The commands, one file each. This is the only place that prints, and the only one that opens things: data folder,
//! lock, secret, database, logs.

pub mod backup;
pub mod cushion;
pub mod demo;
pub mod doctor;
mod draw;
pub mod export;
pub mod import;
pub mod read;
pub mod second;
pub mod serve;
pub mod train;
pub mod watch;

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::OnceLock;

use anyhow::Context as _;
use clap::{Parser, Subcommand};
use foundation::Context;
use foundation::config::Config;
use foundation::context::{Clock, Secret};
use foundation::steps::Lease;
use foundation::store::Store;
use foundation::web::{Locale, Texts};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};

/// Timón: take the helm of your reputation. Free, self-hosted, no keys needed.
#[derive(Parser)]
#[command(name = "timon", version, about)]
struct Arguments {
    /// Configuration file (TOML). Default: timon.toml in this folder, if there is one.
    #[arg(long, global = true)]
    config: Option<PathBuf>,
    /// Folder of the database, the uploads and the secret key.
    #[arg(long, global = true)]
    data_dir: Option<String>,
    /// Address and port of the pages.
    #[arg(long, global = true)]
    listen: Option<String>,
    /// postgres://… to use PostgreSQL instead of the embedded database.
    #[arg(long, global = true)]
    database: Option<String>,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the pages (the default).
    Serve,
    /// Serve an invented bar in Valencia with three years of mentions, in a temporary place.
    Demo(demo::Arguments),
    /// Import an export of reviews: CSV, Excel, JSON, Google Takeout, Trustpilot, Google Play.
    Import(import::Arguments),
    /// Read texts: JSON lines {"id","text"} in, everything understood out.
    Read(read::Arguments),
    /// Train the reading model from a folder of data sets.
    Train(train::Arguments),
    /// Compute a cushion: JSON lines {"stars","age_days"} in, one JSON object out.
    Cushion(cushion::Arguments),
    /// Run a published lot again.
    Draw(draw::Arguments),
    /// Watch streams of mentions: JSON lines in, warnings as JSON lines out.
    Watch(watch::Arguments),
    /// Write a consistent backup, also while Timón is running.
    Backup(backup::BackupArguments),
    /// Restore a backup into an empty installation (or verify it).
    Restore(backup::RestoreArguments),
    /// Export everything as JSON lines and CSV.
    Export(export::Arguments),
    /// Explain the configuration and check that everything works.
    Doctor(doctor::Arguments),
}

/// An error with its own exit code.
#[derive(Debug, thiserror::Error)]
pub enum CliError {
    /// Another process uses this data.
    #[error("another Timón is using {0}; stop it first, or do this in its pages")]
    Locked(String),
    /// The disk failed under a running service.
    #[error("a write failed on the disk; Timón stopped so that nothing is promised that was not kept")]
    Disk,
}

/// Runs the command that was given and returns the exit code: 0 done, 1 an error, 2 wrong words, 3 the data is in use,
/// 4 the disk failed.
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    // Fails only when a provider is already installed, which is just as well.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let outcome = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("starting the runtime")
        .and_then(|runtime| {
            let outcome = runtime.block_on(run(arguments));
            // A file that is still being looked at must not keep the program from ending.
            runtime.shutdown_timeout(std::time::Duration::from_secs(8));
            outcome
        });
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("timon: {error:#}");
            ExitCode::from(match error.downcast_ref() {
                Some(CliError::Locked(_)) => 3,
                Some(CliError::Disk) => 4,
                None => 1,
            })
        }
    }
}

/// `timon read … | head` ends early on purpose.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|e| e.downcast_ref::<std::io::Error>())
        .any(|e| e.kind() == std::io::ErrorKind::BrokenPipe)
}

async fn run(arguments: Arguments) -> anyhow::Result<()> {
    let mut given = BTreeMap::new();
    for (key, value) in
        [("data_dir", &arguments.data_dir), ("listen", &arguments.listen), ("database", &arguments.database)]
    {
        if let Some(value) = value {
            given.insert(key, value.clone());
        }
    }
    let command = arguments.command.unwrap_or(Command::Serve);
    // These three need no installation at all.
    match command {
        Command::Read(arguments) => return read::run(&arguments),
        Command::Train(arguments) => return train::run(&arguments),
        Command::Cushion(arguments) => return cushion::run(&arguments),
        Command::Watch(arguments) => return watch::run(&arguments),
        Command::Draw(arguments) => return draw::run(&arguments),
        _ => {}
    }
    let config = Config::load(arguments.config.as_deref(), &given)?;
    start_logs(&config);
    match command {
        Command::Serve => serve::run(config).await,
        Command::Demo(arguments) => demo::run(config, &arguments).await,
        Command::Import(arguments) => import::run(config, &arguments).await,
        Command::Backup(arguments) => backup::backup(config, &arguments).await,
        Command::Restore(arguments) => backup::restore(config, &arguments).await,
        Command::Export(arguments) => export::run(config, &arguments).await,
        Command::Doctor(arguments) => doctor::run(config, &arguments).await,
        Command::Read(_) | Command::Train(_) | Command::Cushion(_) | Command::Watch(_) | Command::Draw(_) => {
            Ok(())
        }
    }
}

fn start_logs(config: &Config) {
    let filter = tracing_subscriber::EnvFilter::try_new(&config.log)
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("info"));
    let logs =
        tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_target(false);
    // A second start (tests) is no error.
    let _ = if config.log_json { logs.json().try_init() } else { logs.try_init() };
}

static METRICS: OnceLock<PrometheusHandle> = OnceLock::new();

/// The counters, once they are being kept.
pub fn metrics() -> Option<&'static PrometheusHandle> {
    METRICS.get()
}

fn start_metrics() {
    if let Ok(handle) = PrometheusBuilder::new().install_recorder() {
        let _ = METRICS.set(handle);
    }
}

/// The sentences for the terminal.
fn terminal_texts(config: &Config) -> &'static Texts {
    Texts::of(Locale::parse(&config.terminal_language).unwrap_or(Locale::En))
}

/// The lock on a data folder, held for the life of the process: a lock on an open file, which the system drops when
/// the process ends however it ends; a file with a process number would lie after a crash.
pub struct DataLock(#[expect(dead_code, reason = "held, not read")] Option<File>);

fn database_file(config: &Config) -> PathBuf {
    config.data_dir.join("timon.db")
}

/// Opens the installation for writing: folder, lock, secret, database.
async fn open(config: Config) -> anyhow::Result<(Context, DataLock)> {
    create_private_folder(&config.data_dir)
        .with_context(|| format!("the data folder {} cannot be created", config.data_dir.display()))?;
    let alone = config.database.is_none();
    let lock = if alone { Some(lock(&config.data_dir)?) } else { None };
    let secret = secret(&config.data_dir)?;
    let store = match &config.database {
        Some(url) => Store::open_postgres(url).await.context("PostgreSQL cannot be opened")?,
        None => Store::open_sqlite(&database_file(&config)).await.context("the database cannot be opened")?,
    };
    second::install(&config)?;
    let context = Context::new(store, Clock::System, config, secret, None);
    if alone {
        Lease::forget_all(&context).await?;
    }
    Ok((context, DataLock(lock)))
}

/// Opens the installation to read it, also while another process serves it.
async fn open_beside(config: Config) -> anyhow::Result<Context> {
    let store = match &config.database {
        Some(url) => Store::open_postgres_beside(url).await.context("PostgreSQL cannot be opened")?,
        None => Store::open_sqlite_beside(&database_file(&config))
            .await
            .context("the database cannot be opened")?,
    };
    Ok(Context::new(store, Clock::System, config, Secret::new([0; 32]), None))
}

/// A folder that only its owner can look into: it holds what customers wrote. One that exists keeps its rights.
fn create_private_folder(folder: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// A new file that only its owner can read.
fn create_private_file(path: &Path) -> std::io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

fn lock(folder: &Path) -> anyhow::Result<File> {
    let file = OpenOptions::new().create(true).truncate(false).write(true).open(folder.join("lock"))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(_) => Err(CliError::Locked(folder.display().to_string()).into()),
    }
}

/// The installation's secret: made once, readable by its owner only, in no backup.
fn secret(folder: &Path) -> anyhow::Result<Secret> {
    let path = folder.join("secret.key");
    if let Ok(text) = std::fs::read_to_string(&path)
        && !text.is_empty()
    {
        let bytes = hex::decode(text.trim()).ok().and_then(|b| <[u8; 32]>::try_from(b).ok());
        return bytes.map(Secret::new).with_context(|| format!("{} is not a secret key", path.display()));
    }
    let bytes = fresh_secret();
    // Written beside and renamed: a key that is there is whole, even after a full disk.
    let fresh = path.with_extension("new");
    let _ = std::fs::remove_file(&fresh);
    let mut file =
        create_private_file(&fresh).with_context(|| format!("{} cannot be written", fresh.display()))?;
    file.write_all(hex::encode(bytes).as_bytes())?;
    file.sync_all()?;
    std::fs::rename(&fresh, &path)?;
    Ok(Secret::new(bytes))
}

/// 32 bytes from the system.
fn fresh_secret() -> [u8; 32] {
    foundation::context::system_random()
}
