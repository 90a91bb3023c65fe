//! The store: one concrete type over SQLite (embedded) and PostgreSQL (big), so that a room writes its SQL once.
//!
//! *How*: reads and writes go through a [`Scope`], which belongs to one organisation and binds `$1` itself; a query
//! without its organisation cannot be written by accident. Work that has no organisation yet (sign-in, looking for
//! pending work) goes through [`Installation`] and takes only statements that declare it.
//!
//! *Writes are data*: a [`Batch`] of statements is handed over whole and committed whole, at once with whatever else is
//! waiting (group commit). There is no interactive transaction: what must hold is said by constraints and by
//! [`Expect`], which keeps the same code correct on both engines and under any isolation level.
//!
//! *Start at* [`Store`]; the two engines' differences are all in [`dialect`].

pub mod dialect;
mod dump;
mod migrate;
mod postgres;
mod sqlite;
mod statement;
#[cfg(test)]
mod tests;

use std::path::Path;
use std::sync::Arc;

use domain::OrganizationId;
use tokio::sync::Semaphore;

pub use dialect::Engine;
pub use dump::{LOADED_TABLES, TableRow};
pub use migrate::LATEST as SCHEMA_VERSION;
pub use statement::{Batch, Expect, FromValue, Operation, Outcome, Reach, Row, Statement, Value};

/// What can go wrong underneath.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// SQLite says no.
    #[error("SQLite: {0}")]
    Sqlite(#[from] rusqlite::Error),
    /// PostgreSQL says no.
    #[error("PostgreSQL: {0:?}")]
    Postgres(#[from] tokio_postgres::Error),
    /// The engine could not be started or reached.
    #[error("the database engine: {0}")]
    Engine(String),
    /// The engine is too old to be safe.
    #[error("{0}")]
    Version(String),
    /// An earlier write failed on the disk: nothing is acknowledged until the program starts again.
    #[error("an earlier write failed on the disk; restart Timón once the disk is well")]
    Failed,
    /// The store is shutting down.
    #[error("the store is closed")]
    Closed,
    /// A batch did not touch the rows it had to: somebody else was faster.
    #[error("{statement} touched {affected} rows instead of {expected}")]
    Conflict {
        /// Which statement.
        statement: &'static str,
        /// Rows it had to touch.
        expected: u64,
        /// Rows it touched.
        affected: u64,
    },
    /// A column has another type than the code believes: a bug.
    #[error("column {column} is {found}, not {wanted}")]
    Shape {
        /// Position from 0.
        column: usize,
        /// The Rust type.
        wanted: &'static str,
        /// What was there.
        found: String,
    },
    /// A statement was used through the wrong door: a bug.
    #[error("{0} was used outside its reach")]
    Reach(&'static str),
    /// The database was made by a newer Timón.
    #[error("the database is at version {found}, this program knows {known}: install the newer Timón again")]
    Newer {
        /// The database's version.
        found: i64,
        /// Ours.
        known: i64,
    },
}

impl StoreError {
    /// A conflict that is seen before anything is written: what was decided on is no longer so.
    pub const fn stale(statement: &'static str) -> Self {
        Self::Conflict { statement, expected: 1, affected: 0 }
    }

    /// Whether the batch lost a race and may be decided again.
    pub fn is_conflict(&self) -> bool {
        match self {
            Self::Conflict { .. } => true,
            Self::Sqlite(e) => e.sqlite_error_code() == Some(rusqlite::ErrorCode::ConstraintViolation),
            Self::Postgres(e) => e.code() == Some(&tokio_postgres::error::SqlState::UNIQUE_VIOLATION),
            _ => false,
        }
    }

    fn is_io(&self) -> bool {
        use rusqlite::ErrorCode as Code;
        match self {
            Self::Sqlite(e) => matches!(
                e.sqlite_error_code(),
                Some(Code::SystemIoFailure | Code::DatabaseCorrupt | Code::NotADatabase)
            ),
            _ => false,
        }
    }
}

/// Long walks through a table at once.
const WALKS_AT_ONCE: usize = 2;

enum Inner {
    Sqlite(sqlite::Sqlite),
    Postgres(postgres::Postgres),
}

/// The database. Cheap to clone.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

impl Store {
    /// Opens (and creates) the SQLite database at `path` and brings its schema up to date.
    pub async fn open_sqlite(path: &Path) -> Result<Self, StoreError> {
        let store = Self { inner: Arc::new(Inner::Sqlite(sqlite::Sqlite::open(path)?)) };
        store.migrate(Some(path)).await?;
        Ok(store)
    }

    /// Opens a SQLite database that another process may be using, only to read: nothing is created or migrated.
    pub async fn open_sqlite_beside(path: &Path) -> Result<Self, StoreError> {
        if !path.exists() {
            return Err(StoreError::Engine(format!("there is no database at {}", path.display())));
        }
        Self { inner: Arc::new(Inner::Sqlite(sqlite::Sqlite::open(path)?)) }.must_be_current().await
    }

    /// Connects to a PostgreSQL database that other processes may be using, only to read: nothing is migrated.
    pub async fn open_postgres_beside(url: &str) -> Result<Self, StoreError> {
        Self { inner: Arc::new(Inner::Postgres(postgres::Postgres::open(url).await?)) }
            .must_be_current()
            .await
    }

    /// Connects to PostgreSQL ≥ 15 at `url` and brings its schema up to date.
    pub async fn open_postgres(url: &str) -> Result<Self, StoreError> {
        let store = Self { inner: Arc::new(Inner::Postgres(postgres::Postgres::open(url).await?)) };
        store.migrate(None).await?;
        Ok(store)
    }

    /// Which engine.
    pub fn engine(&self) -> Engine {
        match *self.inner {
            Inner::Sqlite(_) => Engine::Sqlite,
            Inner::Postgres(_) => Engine::Postgres,
        }
    }

    /// Whether a write has failed on the disk: the program should stop (see [`StoreError::Failed`]).
    pub fn has_failed(&self) -> bool {
        match &*self.inner {
            Inner::Sqlite(sqlite) => sqlite.failed(),
            Inner::Postgres(_) => false,
        }
    }

    /// The door to one organisation's rows.
    pub fn organization(&self, organization: OrganizationId) -> Scope {
        Scope { store: self.clone(), organization }
    }

    /// The door to what belongs to no single organisation.
    pub fn installation(&self) -> Installation {
        Installation { store: self.clone() }
    }

    async fn all(
        &self,
        statement: &Statement,
        organization: Option<i64>,
        values: &[Value],
    ) -> Result<Vec<Row>, StoreError> {
        match &*self.inner {
            Inner::Sqlite(sqlite) => sqlite.all(statement, organization, values),
            Inner::Postgres(postgres) => postgres.all(statement, organization, values).await,
        }
    }

    async fn write(&self, organization: Option<i64>, batch: Batch) -> Result<Vec<Outcome>, StoreError> {
        match &*self.inner {
            Inner::Sqlite(sqlite) => sqlite.write(organization, batch).await,
            Inner::Postgres(postgres) => postgres.write(organization, &batch).await,
        }
    }

    /// Prepares a statement without running it: the test of every registry.
    pub async fn prepare(&self, statement: &Statement) -> Result<(), StoreError> {
        let sql = dialect::render(statement.sql, statement.reach, self.engine(), 2);
        match &*self.inner {
            Inner::Sqlite(sqlite) => sqlite.read(|c| c.prepare(&sql).map(|_| ()).map_err(StoreError::from)),
            Inner::Postgres(postgres) => {
                postgres.client().await?.prepare(&sql).await.map(|_| ()).map_err(StoreError::from)
            }
        }
    }
}

fn check(statement: &Statement, reach: Reach) -> Result<(), StoreError> {
    if statement.reach == reach { Ok(()) } else { Err(StoreError::Reach(statement.name)) }
}

/// One organisation's door to the store. Values are numbered from `$2`: `$1` is the organisation.
#[derive(Clone)]
pub struct Scope {
    store: Store,
    organization: OrganizationId,
}

impl Scope {
    /// Whose rows.
    pub fn organization(&self) -> OrganizationId {
        self.organization
    }

    /// The store behind, for its engine.
    pub fn engine(&self) -> Engine {
        self.store.engine()
    }

    /// All rows of an answer. A statement with `{list:n}` takes at most 512 listed values.
    pub async fn all(&self, statement: &Statement, values: Vec<Value>) -> Result<Vec<Row>, StoreError> {
        check(statement, Reach::Organization)?;
        self.store.all(statement, Some(self.organization.0), &values).await
    }

    /// Like [`Scope::all`] for an answer that may walk through much of a table. Such walks leave the threads that serve
    /// pages, and only a few happen at once: nobody's search may keep everybody waiting.
    pub async fn walk(
        &self,
        statement: &'static Statement,
        values: Vec<Value>,
    ) -> Result<Vec<Row>, StoreError> {
        static SEATS: Semaphore = Semaphore::const_new(WALKS_AT_ONCE);
        let _seat = SEATS.acquire().await.map_err(|_| StoreError::Closed)?;
        if self.engine() == Engine::Postgres {
            return self.all(statement, values).await;
        }
        check(statement, Reach::Organization)?;
        let (store, organization) = (self.store.clone(), self.organization.0);
        let walk = move || match &*store.inner {
            Inner::Sqlite(sqlite) => sqlite.all(statement, Some(organization), &values),
            Inner::Postgres(_) => Ok(Vec::new()),
        };
        tokio::task::spawn_blocking(walk).await.map_err(|_| StoreError::Closed)?
    }

    /// The first row of an answer; absent is `None`.
    pub async fn one(&self, statement: &Statement, values: Vec<Value>) -> Result<Option<Row>, StoreError> {
        Ok(self.all(statement, values).await?.into_iter().next())
    }

    /// Commits a batch, durably, all or nothing.
    pub async fn write(&self, batch: Batch) -> Result<Vec<Outcome>, StoreError> {
        for operation in &batch.operations {
            check(operation.statement, Reach::Organization)?;
        }
        self.store.write(Some(self.organization.0), batch).await
    }
}

/// The door to what belongs to no single organisation. Every use of it is a place to look twice.
#[derive(Clone)]
pub struct Installation {
    store: Store,
}

impl Installation {
    /// All rows of an answer.
    pub async fn all(&self, statement: &Statement, values: Vec<Value>) -> Result<Vec<Row>, StoreError> {
        check(statement, Reach::Installation)?;
        self.store.all(statement, None, &values).await
    }

    /// The first row of an answer; absent is `None`.
    pub async fn one(&self, statement: &Statement, values: Vec<Value>) -> Result<Option<Row>, StoreError> {
        Ok(self.all(statement, values).await?.into_iter().next())
    }

    /// Commits a batch, durably, all or nothing.
    pub async fn write(&self, batch: Batch) -> Result<Vec<Outcome>, StoreError> {
        for operation in &batch.operations {
            check(operation.statement, Reach::Installation)?;
        }
        self.store.write(None, batch).await
    }
}
