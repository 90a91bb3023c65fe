//! Forward-only migrations, one source for both engines. Each runs in one transaction with its own record, so a killed
//! migration leaves the old schema or the new one. A database from a newer program is refused, and a SQLite database
//! is copied beside itself before it changes.
//!
//! To change the schema: add `migrations/000N_what.sql` and its line in [`MIGRATIONS`]; never edit an old one; add new
//! tables to [`LOADED_TABLES`](super::dump::LOADED_TABLES).

use std::path::Path;

use super::{Inner, Reach, Store, StoreError, dialect};

const MIGRATIONS: &[(i64, &str, &str)] = &[(1, "begin", include_str!("../../../migrations/0001_begin.sql"))];

/// The schema this program knows.
pub const LATEST: i64 = MIGRATIONS[MIGRATIONS.len() - 1].0;

const TABLE: &str = "CREATE TABLE IF NOT EXISTS migration (version {int} PRIMARY KEY, name TEXT NOT NULL)";

impl Store {
    /// Brings the schema up to date.
    pub(super) async fn migrate(&self, file: Option<&Path>) -> Result<(), StoreError> {
        let engine = self.engine();
        self.execute_script(&dialect::render(TABLE, Reach::Installation, engine, 1)).await?;
        let found = self.schema_version().await?;
        if found > LATEST {
            return Err(StoreError::Newer { found, known: LATEST });
        }
        if found > 0
            && found < LATEST
            && let Some(file) = file
        {
            self.copy_to(&file.with_extension(format!("before-{LATEST}.db")))?;
        }
        for (version, name, sql) in MIGRATIONS.iter().filter(|(version, ..)| *version > found) {
            let record = format!("INSERT INTO migration (version, name) VALUES ({version}, '{name}');");
            let script =
                format!("BEGIN; {} {record} COMMIT;", dialect::render(sql, Reach::Installation, engine, 1));
            self.execute_script(&script).await?;
            tracing::info!(version, name, engine = engine.as_str(), "schema migrated");
        }
        Ok(())
    }

    pub(super) async fn schema_version(&self) -> Result<i64, StoreError> {
        let sql = "SELECT COALESCE(MAX(version), 0) FROM migration";
        match &*self.inner {
            Inner::Sqlite(sqlite) => sqlite.read(|c| Ok(c.query_row(sql, [], |row| row.get(0))?)),
            Inner::Postgres(postgres) => Ok(postgres.client().await?.query_one(sql, &[]).await?.get(0)),
        }
    }

    /// Runs a script of our own (never with outside values in it).
    async fn execute_script(&self, script: &str) -> Result<(), StoreError> {
        match &*self.inner {
            Inner::Sqlite(sqlite) => sqlite.execute_script(script),
            // One installation may start several processes at once: the first migrates, the others find it done.
            Inner::Postgres(postgres) => Ok(postgres.client().await?.batch_execute(script).await?),
        }
    }

    /// A consistent copy of a SQLite database, made while it is in use.
    fn copy_to(&self, path: &Path) -> Result<(), StoreError> {
        match &*self.inner {
            Inner::Sqlite(sqlite) => {
                let _ = std::fs::remove_file(path); // a copy left by an interrupted start
                sqlite.read(|c| {
                    c.execute("VACUUM INTO ?1", [path.to_string_lossy()])?;
                    Ok(())
                })
            }
            Inner::Postgres(_) => Ok(()),
        }
    }

    /// Which engine, with its version, for `doctor`.
    pub async fn describe(&self) -> Result<String, StoreError> {
        match &*self.inner {
            Inner::Sqlite(_) => Ok(format!("SQLite {}", rusqlite::version())),
            Inner::Postgres(postgres) => {
                let row = postgres.client().await?.query_one("SHOW server_version", &[]).await?;
                Ok(format!("PostgreSQL {}", row.get::<_, String>(0)))
            }
        }
    }
}
