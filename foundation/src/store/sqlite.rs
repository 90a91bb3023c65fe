//! The embedded engine: one writer thread that owns the only writing connection and the checkpoints, and readers that
//! are borrowed inline (going through a blocking pool costs 50 % more CPU per page).
//!
//! *Group commit*: the writer takes every batch that is waiting, runs each in a savepoint, and syncs once for all. With
//! `synchronous=FULL` what `write` acknowledged survives a power cut; `NORMAL` lost acknowledged rows in 12 of 37
//! simulated cuts. After an I/O error nothing is acknowledged any more: a failed sync must never be retried.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::{Connection, OpenFlags, params_from_iter, types::ValueRef};
use tokio::sync::oneshot;

use super::dialect::{self, Engine};
use super::{Batch, Expect, Operation, Outcome, Row, Statement, StoreError, Value};

/// Below this SQLite can corrupt a database when a checkpoint meets a WAL reset (fixed 2026-03-13).
const OLDEST_SAFE_VERSION: i32 = 3_051_003;

/// Batches taken into one commit at most, so that the first of them does not wait for ever.
const GROUP_MAX: usize = 256;

type Job = (Option<i64>, Batch, oneshot::Sender<Result<Vec<Outcome>, StoreError>>);

/// A database file with its writer and its readers.
pub(super) struct Sqlite {
    path: PathBuf,
    jobs: Sender<Job>,
    readers: Mutex<Vec<Connection>>,
    failed: Arc<AtomicBool>,
}

impl Sqlite {
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        if rusqlite::version_number() < OLDEST_SAFE_VERSION {
            return Err(StoreError::Version(format!("SQLite {} is older than 3.51.3", rusqlite::version())));
        }
        let writer = Connection::open(path)?;
        writer.execute_batch(
            "PRAGMA page_size=8192; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;
             PRAGMA cache_size=-16000; PRAGMA wal_autocheckpoint=4000; PRAGMA secure_delete=ON;
             PRAGMA temp_store=MEMORY; PRAGMA busy_timeout=5000;",
        )?;
        writer.set_prepared_statement_cache_capacity(128);
        let (jobs, inbox) = channel();
        let failed = Arc::new(AtomicBool::new(false));
        let flag = Arc::clone(&failed);
        std::thread::Builder::new()
            .name("store-writer".to_owned())
            .spawn(move || write_loop(writer, &inbox, &flag))
            .map_err(|e| StoreError::Engine(e.to_string()))?;
        Ok(Self { path: path.to_owned(), jobs, readers: Mutex::default(), failed })
    }

    pub fn failed(&self) -> bool {
        self.failed.load(Ordering::Acquire)
    }

    /// Runs `read` on a reader; readers are kept for the next call.
    pub fn read<T, E: From<StoreError>>(
        &self,
        read: impl FnOnce(&Connection) -> Result<T, E>,
    ) -> Result<T, E> {
        let pooled = self.readers.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let connection = match pooled {
            Some(connection) => connection,
            None => self.open_reader()?,
        };
        let result = read(&connection);
        self.readers.lock().unwrap_or_else(PoisonError::into_inner).push(connection);
        result
    }

    /// Runs a script of our own on a connection of its own, while nothing else writes (at start).
    pub fn execute_script(&self, script: &str) -> Result<(), StoreError> {
        let connection = Connection::open(&self.path)?;
        connection
            .execute_batch("PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA busy_timeout=5000;")?;
        connection.execute_batch(script)?;
        Ok(())
    }

    fn open_reader(&self) -> Result<Connection, StoreError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(&self.path, flags)?;
        connection
            .execute_batch("PRAGMA cache_size=-4000; PRAGMA temp_store=MEMORY; PRAGMA busy_timeout=5000;")?;
        connection.set_prepared_statement_cache_capacity(128);
        Ok(connection)
    }

    pub fn all(
        &self,
        statement: &Statement,
        organization: Option<i64>,
        values: &[Value],
    ) -> Result<Vec<Row>, StoreError> {
        self.read(|connection| {
            let sql = dialect::render(statement.sql, statement.reach, Engine::Sqlite, values.len());
            query(connection, &sql, organization, values.iter())
        })
    }

    pub async fn write(&self, organization: Option<i64>, batch: Batch) -> Result<Vec<Outcome>, StoreError> {
        let (answer, wait) = oneshot::channel();
        self.jobs.send((organization, batch, answer)).map_err(|_| StoreError::Closed)?;
        wait.await.map_err(|_| StoreError::Closed)?
    }
}

pub(super) fn query<'v>(
    connection: &Connection,
    sql: &str,
    organization: Option<i64>,
    values: impl Iterator<Item = &'v Value>,
) -> Result<Vec<Row>, StoreError> {
    let mut prepared = connection.prepare_cached(sql)?;
    let columns = prepared.column_count();
    let mut rows = prepared.query(params_from_iter(bind(organization, values)))?;
    let mut out = Vec::new();
    while let Some(row) = rows.next()? {
        out.push(read_row(row, columns)?);
    }
    Ok(out)
}

pub(super) fn read_row(row: &rusqlite::Row<'_>, columns: usize) -> Result<Row, StoreError> {
    let mut values = Vec::with_capacity(columns);
    for index in 0..columns {
        values.push(match row.get_ref(index)? {
            ValueRef::Null => Value::Null,
            ValueRef::Integer(v) => Value::Int(v),
            ValueRef::Real(v) => Value::Real(v),
            ValueRef::Text(v) => Value::Text(String::from_utf8_lossy(v).into_owned()),
            ValueRef::Blob(v) => Value::Blob(v.to_owned()),
        });
    }
    Ok(Row(values))
}

fn bind<'v>(
    organization: Option<i64>,
    values: impl Iterator<Item = &'v Value>,
) -> impl Iterator<Item = rusqlite::types::ToSqlOutput<'v>> {
    use rusqlite::types::{ToSqlOutput, Value as Owned};
    organization.map(|id| ToSqlOutput::Owned(Owned::Integer(id))).into_iter().chain(values.map(|v| match v {
        Value::Null => ToSqlOutput::Owned(Owned::Null),
        Value::Int(v) => ToSqlOutput::Owned(Owned::Integer(*v)),
        Value::Real(v) => ToSqlOutput::Owned(Owned::Real(*v)),
        Value::Text(v) => ToSqlOutput::Borrowed(ValueRef::Text(v.as_bytes())),
        Value::Blob(v) => ToSqlOutput::Borrowed(ValueRef::Blob(v)),
    }))
}

fn write_loop(mut connection: Connection, inbox: &Receiver<Job>, failed: &AtomicBool) {
    while let Ok(first) = inbox.recv() {
        let mut group = vec![first];
        while group.len() < GROUP_MAX
            && let Ok(job) = inbox.try_recv()
        {
            group.push(job);
        }
        commit_group(&mut connection, group, failed);
    }
}

fn commit_group(connection: &mut Connection, group: Vec<Job>, failed: &AtomicBool) {
    let mut answers = Vec::with_capacity(group.len());
    let committed = (|| {
        if failed.load(Ordering::Acquire) {
            return Err(StoreError::Failed);
        }
        let mut transaction =
            connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        for (organization, batch, answer) in group {
            let savepoint = transaction.savepoint()?;
            let result = run(&savepoint, organization, &batch);
            match &result {
                Ok(_) => savepoint.commit()?,
                Err(_) => drop(savepoint), // rolls back to the savepoint
            }
            answers.push((answer, result));
        }
        transaction.commit()?;
        Ok(())
    })();
    if let Err(error) = &committed {
        if error.is_io() {
            failed.store(true, Ordering::Release);
        }
        tracing::error!(%error, "a group of writes was not committed");
    }
    for (answer, result) in answers {
        let result = if committed.is_ok() { result } else { Err(StoreError::Failed) };
        let _ = answer.send(result); // the asker may have gone; the write stands
    }
}

fn run(
    connection: &Connection,
    organization: Option<i64>,
    batch: &Batch,
) -> Result<Vec<Outcome>, StoreError> {
    batch.operations.iter().map(|operation| run_operation(connection, organization, operation)).collect()
}

fn run_operation(
    connection: &Connection,
    organization: Option<i64>,
    operation: &Operation,
) -> Result<Outcome, StoreError> {
    let mut outcome = Outcome::default();
    let mut run_one = |rows: &[Vec<Value>]| -> Result<(), StoreError> {
        let sql =
            dialect::render(operation.statement.sql, operation.statement.reach, Engine::Sqlite, rows.len());
        let mut prepared = connection.prepare_cached(&sql)?;
        let values = bind(organization, rows.iter().flatten());
        if prepared.column_count() > 0 {
            let columns = prepared.column_count();
            let mut found = prepared.query(params_from_iter(values))?;
            while let Some(row) = found.next()? {
                outcome.rows.push(read_row(row, columns)?);
                outcome.affected += 1;
            }
        } else {
            outcome.affected += prepared.execute(params_from_iter(values))? as u64;
        }
        Ok(())
    };
    if dialect::is_bulk(operation.statement) {
        let mut rest = operation.rows.as_slice();
        for size in dialect::chunks(rest.len()) {
            let (now, later) = rest.split_at(size);
            run_one(now)?;
            rest = later;
        }
    } else {
        for row in &operation.rows {
            run_one(std::slice::from_ref(row))?;
        }
    }
    match operation.expect {
        Expect::Exactly(n) if n != outcome.affected => Err(StoreError::Conflict {
            statement: operation.statement.name,
            expected: n,
            affected: outcome.affected,
        }),
        _ => Ok(outcome),
    }
}
