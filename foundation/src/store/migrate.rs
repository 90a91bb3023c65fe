//! Forward-only migrations, one source for both engines. Each runs in one transaction with its own record, so a killed
//! migration leaves the old schema or the new one. A database from a newer program is refused, and a SQLite database
//! is copied beside itself before it changes.
//!
//! To change the schema: add `migrations/000N_what.sql` and its line in [`MIGRATIONS`]; never edit an old one; add new
//! tables to [`LOADED_TABLES`](super::dump::LOADED_TABLES). A backup of an older schema is loaded into the newest one, by
//! the columns it names: so a migration may add tables and columns with defaults; one that changes what is there has to
//! teach `timon restore` as well.

use std::path::Path;

use super::{Engine, Inner, Reach, Store, StoreError, dialect};

const MIGRATIONS: &[(i64, &str, &str)] = &[
    (1, "begin", include_str!("../../../migrations/0001_begin.sql")),
    (2, "understand", include_str!("../../../migrations/0002_understand.sql")),
    (3, "notify", include_str!("../../../migrations/0003_notify.sql")),
    (4, "warn", include_str!("../../../migrations/0004_warn.sql")),
    (5, "respond", include_str!("../../../migrations/0005_respond.sql")),
    (6, "mailbox", include_str!("../../../migrations/0006_mailbox.sql")),
    (7, "values", include_str!("../../../migrations/0007_values.sql")),
    (8, "api", include_str!("../../../migrations/0008_api.sql")),
    (9, "customers", include_str!("../../../migrations/0009_customers.sql")),
    (10, "invite", include_str!("../../../migrations/0010_invite.sql")),
    (11, "reviews", include_str!("../../../migrations/0011_reviews.sql")),
    (12, "sms", include_str!("../../../migrations/0012_sms.sql")),
];

/// The schema this program knows.
pub const LATEST: i64 = MIGRATIONS[MIGRATIONS.len() - 1].0;

const TABLE: &str = "CREATE TABLE IF NOT EXISTS migration (version {int} PRIMARY KEY, name TEXT NOT NULL)";

/// Key of PostgreSQL's advisory lock: of several processes that start at once one migrates, the others find it done.
const MIGRATION_LOCK: i64 = 0x74_696d_6f6e;

const VERSION: &str = "SELECT COALESCE(MAX(version), 0) FROM migration";

fn render(sql: &str, engine: Engine) -> String {
    dialect::render(sql, Reach::Installation, engine, 1)
}

/// The scripts that lead from a version to the latest, each with its own record in one transaction.
fn scripts(found: i64, engine: Engine) -> Result<Vec<String>, StoreError> {
    if found > LATEST {
        return Err(StoreError::Newer { found, known: LATEST });
    }
    let missing = MIGRATIONS.iter().filter(|(version, ..)| *version > found);
    Ok(missing
        .map(|(version, name, sql)| {
            tracing::info!(version, name, engine = engine.as_str(), "migrating the schema");
            let record = format!("INSERT INTO migration (version, name) VALUES ({version}, '{name}');");
            format!("BEGIN; {} {record} COMMIT;", render(sql, engine))
        })
        .collect())
}

impl Store {
    /// Brings the schema up to date.
    pub(super) async fn migrate(&self, file: Option<&Path>) -> Result<(), StoreError> {
        match &*self.inner {
            Inner::Sqlite(sqlite) => {
                sqlite.execute_script(&render(TABLE, Engine::Sqlite))?;
                let found = self.schema_version().await?;
                if found > 0
                    && found < LATEST
                    && let Some(file) = file
                {
                    self.copy_to(&file.with_extension(format!("before-{LATEST}.db")))?;
                }
                for script in scripts(found, Engine::Sqlite)? {
                    sqlite.execute_script(&script)?;
                }
                Ok(())
            }
            Inner::Postgres(postgres) => {
                let client = postgres.client().await?;
                client.execute("SELECT pg_advisory_lock($1)", &[&MIGRATION_LOCK]).await?;
                let migrated = async {
                    client.batch_execute(&render(TABLE, Engine::Postgres)).await?;
                    let found = client.query_one(VERSION, &[]).await?.get(0);
                    for script in scripts(found, Engine::Postgres)? {
                        client.batch_execute(&script).await?;
                    }
                    Ok(())
                }
                .await;
                client.execute("SELECT pg_advisory_unlock($1)", &[&MIGRATION_LOCK]).await?;
                migrated
            }
        }
    }

    pub(super) async fn schema_version(&self) -> Result<i64, StoreError> {
        match &*self.inner {
            Inner::Sqlite(sqlite) => sqlite.read(|c| Ok(c.query_row(VERSION, [], |row| row.get(0))?)),
            Inner::Postgres(postgres) => Ok(postgres.client().await?.query_one(VERSION, &[]).await?.get(0)),
        }
    }

    /// Refuses a database that is not exactly of this program's schema.
    pub(super) async fn must_be_current(self) -> Result<Self, StoreError> {
        match self.schema_version().await? {
            LATEST => Ok(self),
            found if found > LATEST => Err(StoreError::Newer { found, known: LATEST }),
            _ => Err(StoreError::Engine(
                "the database is of an older Timón: run `timon serve` once first".to_owned(),
            )),
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
