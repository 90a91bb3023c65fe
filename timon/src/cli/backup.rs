//! `timon backup` and `timon restore`: one file that holds every row of one moment, readable on either engine.
//!
//! *Format*: gzip of JSON lines. First `{"timon_backup":1,"schema":n,"made_at":…}`, then for each table
//! `{"table":…,"columns":[…]}` followed by its rows as arrays, last `{"rows":n,"sha256":…}` over all lines before it.
//! Values are JSON's own; bytes are `{"hex":…}`. No secret key and no session is inside.

use std::fs::File;
use std::io::{BufRead as _, BufReader, BufWriter, Read as _, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail, ensure};
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use foundation::config::Config;
use foundation::store::{LOADED_TABLES, SCHEMA_VERSION, Store, Value};
use listen::store::mentions;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// Longest line of a backup that is read, bytes.
const LINE_BYTES_MAX: u64 = 4 << 20;
/// Rows restored in one commit.
const BATCH_ROWS: usize = 512;

/// Options.
#[derive(clap::Args)]
pub struct BackupArguments {
    /// The file to write; it must not exist. Default: timon-backup-DATE.gz here.
    file: Option<PathBuf>,
}

/// Options.
#[derive(clap::Args)]
pub struct RestoreArguments {
    /// The backup.
    file: PathBuf,
    /// Only check that it is whole.
    #[arg(long)]
    verify: bool,
}

#[derive(Serialize, Deserialize)]
struct Header {
    timon_backup: u32,
    schema: i64,
    made_at: String,
}

#[derive(Serialize, Deserialize)]
struct TableHead {
    table: String,
    columns: Vec<String>,
}

#[derive(Serialize, Deserialize)]
struct Trailer {
    rows: u64,
    sha256: String,
}

/// Runs `timon backup`.
pub async fn backup(config: Config, arguments: &BackupArguments) -> anyhow::Result<()> {
    let t = super::terminal_texts(&config);
    let context = super::open_beside(config).await?;
    let now = context.now();
    let name = format!("timon-backup-{}.gz", now.strftime("%Y%m%d-%H%M%S"));
    let path = arguments.file.clone().unwrap_or_else(|| PathBuf::from(name));
    ensure!(!path.exists(), "{} exists already; choose another name", path.display());
    // Written beside and renamed: a backup that is there is whole.
    let partial = path.with_extension("partial");
    let _ = std::fs::remove_file(&partial); // left by an interrupted backup
    let rows = write(&context.store, &partial, &now.to_string()).await?;
    verify(&partial)?;
    std::fs::rename(&partial, &path)?;
    println!(
        "{}",
        t.with(
            "cli-backup-done",
            &[("rows", (rows as i64).into()), ("file", path.display().to_string().into())]
        )
    );
    Ok(())
}

struct Lines<W: Write> {
    out: W,
    hash: Sha256,
}

impl<W: Write> Lines<W> {
    fn put(&mut self, value: &impl Serialize) -> anyhow::Result<()> {
        let mut line = serde_json::to_vec(value)?;
        line.push(b'\n');
        self.hash.update(&line);
        Ok(self.out.write_all(&line)?)
    }
}

/// Writes every row of this moment to a new file; returns how many.
pub async fn write(store: &Store, path: &Path, made_at: &str) -> anyhow::Result<u64> {
    let file =
        super::create_private_file(path).with_context(|| format!("{} cannot be written", path.display()))?;
    let zipped = GzEncoder::new(BufWriter::new(file), Compression::fast());
    let mut lines = Lines { out: zipped, hash: Sha256::new() };
    lines.put(&Header { timon_backup: 1, schema: SCHEMA_VERSION, made_at: made_at.to_owned() })?;
    let mut rows = 0u64;
    let mut table = "";
    store
        .dump(|row| -> Result<(), DumpError> {
            if table != row.table {
                table = row.table;
                lines.put(&TableHead { table: table.to_owned(), columns: row.columns.to_vec() })?;
            }
            rows += 1;
            let values: Vec<serde_json::Value> = row.row.values().iter().map(to_json).collect();
            Ok(lines.put(&values)?)
        })
        .await
        .map_err(|error| error.0)?;
    let sha256 = hex::encode(lines.hash.clone().finalize());
    lines.put(&Trailer { rows, sha256 })?;
    let file = lines.out.finish()?.into_inner().map_err(std::io::IntoInnerError::into_error)?;
    file.sync_all()?;
    Ok(rows)
}

/// Lets one closure fail both ways.
struct DumpError(anyhow::Error);

impl From<foundation::store::StoreError> for DumpError {
    fn from(error: foundation::store::StoreError) -> Self {
        Self(error.into())
    }
}

impl From<anyhow::Error> for DumpError {
    fn from(error: anyhow::Error) -> Self {
        Self(error)
    }
}

fn to_json(value: &Value) -> serde_json::Value {
    match value {
        Value::Null => serde_json::Value::Null,
        Value::Int(v) => (*v).into(),
        Value::Real(v) => serde_json::json!({ "real": v }),
        Value::Text(v) => v.as_str().into(),
        Value::Blob(v) => serde_json::json!({ "hex": hex::encode(v) }),
    }
}

fn from_json(value: &serde_json::Value) -> anyhow::Result<Value> {
    use serde_json::Value as Json;
    Ok(match value {
        Json::Null => Value::Null,
        Json::Number(n) => Value::Int(n.as_i64().context("a number is out of range")?),
        Json::String(text) => Value::Text(text.clone()),
        Json::Object(fields) => match (fields.get("hex"), fields.get("real")) {
            (Some(Json::String(digits)), None) => Value::Blob(hex::decode(digits)?),
            (None, Some(real)) => Value::Real(real.as_f64().context("a fraction is no number")?),
            _ => bail!("an unknown kind of value"),
        },
        _ => bail!("an unknown kind of value"),
    })
}

/// Walks through a backup, checking it; `each` gets every row with its table.
fn walk(
    path: &Path,
    mut each: impl FnMut(&TableHead, Vec<serde_json::Value>) -> anyhow::Result<()>,
) -> anyhow::Result<u64> {
    let file = File::open(path).with_context(|| format!("{} cannot be opened", path.display()))?;
    let mut input = BufReader::new(GzDecoder::new(file));
    let mut hash = Sha256::new();
    let (mut line, mut rows, mut table, mut number) = (Vec::new(), 0u64, None::<TableHead>, 0u64);
    loop {
        line.clear();
        number += 1;
        let read = input
            .by_ref()
            .take(LINE_BYTES_MAX)
            .read_until(b'\n', &mut line)
            .context("the backup is damaged")?;
        ensure!(read > 0, "the backup ends too early: it is damaged");
        ensure!(line.last() == Some(&b'\n'), "line {number} of the backup is damaged");
        if number == 1 {
            let header: Header = serde_json::from_slice(&line).context("this is not a Timón backup")?;
            ensure!(header.timon_backup == 1, "this backup is of a newer Timón");
            ensure!(
                header.schema <= SCHEMA_VERSION,
                "this backup has schema {}, this program {SCHEMA_VERSION}: restore it with the Timón that made it, or a newer one",
                header.schema
            );
        } else if line.first() == Some(&b'[') {
            let head = table.as_ref().context("the backup is damaged")?;
            let values: Vec<serde_json::Value> =
                serde_json::from_slice(&line).context("the backup is damaged")?;
            ensure!(values.len() == head.columns.len(), "line {number} of the backup is damaged");
            rows += 1;
            each(head, values)?;
        } else if let Ok(trailer) = serde_json::from_slice::<Trailer>(&line) {
            let whole = trailer.rows == rows && trailer.sha256 == hex::encode(hash.finalize());
            ensure!(whole, "the backup's checksum does not fit: it is damaged");
            // To the end of the packed stream, which ends with a checksum of its own.
            let more = input.read(&mut [0]).context("the backup is damaged")?;
            ensure!(more == 0, "something follows the end of the backup: it is damaged");
            return Ok(rows);
        } else {
            let head: TableHead = serde_json::from_slice(&line).context("the backup is damaged")?;
            ensure!(LOADED_TABLES.contains(&head.table.as_str()), "the backup holds an unknown table");
            table = Some(head);
        }
        hash.update(&line);
    }
}

/// Checks that a backup is whole; returns its rows.
pub fn verify(path: &Path) -> anyhow::Result<u64> {
    walk(path, |_, _| Ok(()))
}

/// Runs `timon restore`.
pub async fn restore(config: Config, arguments: &RestoreArguments) -> anyhow::Result<()> {
    let t = super::terminal_texts(&config);
    // Checked whole before the first row is written.
    let rows = verify(&arguments.file)?;
    if arguments.verify {
        println!("{}", t.with("cli-backup-whole", &[("rows", (rows as i64).into())]));
        return Ok(());
    }
    let (context, _lock) = super::open(config).await?;
    ensure!(context.store.is_empty().await?, "this installation is not empty; restore into a new --data-dir");
    load(&context.store, &arguments.file).await?;
    for organization in accounts::organizations(&context, 1_000_000).await? {
        mentions::rebuild_search(&context.scope(organization.id)).await?;
    }
    // The copy does not know what was sent after it was made: nothing pending goes out by itself.
    notify::hold_restored(&context).await?;
    println!("{}", t.with("cli-restore-done", &[("rows", (rows as i64).into())]));
    Ok(())
}

/// Loads every row of a backup into an empty store.
pub async fn load(store: &Store, file: &Path) -> anyhow::Result<()> {
    let (sender, mut receiver) = tokio::sync::mpsc::channel::<TableRows>(4);
    let path = file.to_owned();
    let reading = tokio::task::spawn_blocking(move || read_batches(&path, &sender));
    while let Some((table, columns, values)) = receiver.recv().await {
        store.load(&table, &columns, values).await?;
    }
    reading.await?
}

/// A table, its columns, some of its rows.
type TableRows = (String, Vec<String>, Vec<Vec<Value>>);

fn read_batches(path: &Path, sender: &tokio::sync::mpsc::Sender<TableRows>) -> anyhow::Result<()> {
    let mut pending: Option<(String, Vec<String>)> = None;
    let mut rows: Vec<Vec<Value>> = Vec::new();
    let send = |head: &Option<(String, Vec<String>)>, rows: &mut Vec<Vec<Value>>| -> anyhow::Result<()> {
        if let (Some((table, columns)), false) = (head, rows.is_empty()) {
            let batch = (table.clone(), columns.clone(), std::mem::take(rows));
            sender.blocking_send(batch).context("the restore stopped")?;
        }
        Ok(())
    };
    walk(path, |head, values| {
        if pending.as_ref().is_none_or(|(table, _)| *table != head.table) {
            send(&pending, &mut rows)?;
            pending = Some((head.table.clone(), head.columns.clone()));
        }
        rows.push(values.iter().map(from_json).collect::<anyhow::Result<_>>()?);
        if rows.len() >= BATCH_ROWS {
            send(&pending, &mut rows)?;
        }
        Ok(())
    })?;
    send(&pending, &mut rows)
}
