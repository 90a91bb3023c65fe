//! The big engine: PostgreSQL through a pool. The same statements, the same batches; a batch is one transaction.
//!
//! Batches that meet in a deadlock are run again: a batch is data, so running it twice is safe until it commits.

use deadpool_postgres::{Manager, ManagerConfig, Pool, RecyclingMethod, Runtime};
use tokio_postgres::types::{FromSql, IsNull, ToSql, Type, to_sql_checked};
use tokio_postgres::{NoTls, error::SqlState};

use super::dialect::{self, Engine};
use super::{Batch, Expect, Operation, Outcome, Row, Statement, StoreError, Value};

/// How often a batch is tried when it meets a deadlock.
const TRIES_MAX: u32 = 6;

/// A pool of connections to one database.
pub(super) struct Postgres {
    pool: Pool,
}

impl Postgres {
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        let config: tokio_postgres::Config = url.parse()?;
        let manager =
            Manager::from_config(config, NoTls, ManagerConfig { recycling_method: RecyclingMethod::Fast });
        let pool = Pool::builder(manager)
            .max_size(16)
            .runtime(Runtime::Tokio1)
            .create_timeout(Some(std::time::Duration::from_secs(10)))
            .build()
            .map_err(|e| StoreError::Engine(e.to_string()))?;
        let store = Self { pool };
        let version: String = store.client().await?.query_one("SHOW server_version_num", &[]).await?.get(0);
        if version.parse::<u32>().unwrap_or(0) < 150_000 {
            return Err(StoreError::Version(format!("PostgreSQL {version} is older than 15")));
        }
        Ok(store)
    }

    pub async fn client(&self) -> Result<deadpool_postgres::Client, StoreError> {
        self.pool.get().await.map_err(|e| StoreError::Engine(e.to_string()))
    }

    pub async fn all(
        &self,
        statement: &Statement,
        organization: Option<i64>,
        values: &[Value],
    ) -> Result<Vec<Row>, StoreError> {
        let client = self.client().await?;
        let sql = dialect::render(statement.sql, statement.reach, Engine::Postgres, values.len());
        let prepared = client.prepare_cached(&sql).await?;
        let own = organization.map(Value::Int);
        let bound: Vec<&(dyn ToSql + Sync)> =
            own.iter().chain(values).map(|v| v as &(dyn ToSql + Sync)).collect();
        client.query(&prepared, &bound).await?.iter().map(read_row).collect()
    }

    pub async fn write(&self, organization: Option<i64>, batch: &Batch) -> Result<Vec<Outcome>, StoreError> {
        let mut tries = 0;
        loop {
            tries += 1;
            match self.write_once(organization, batch).await {
                Err(StoreError::Postgres(e))
                    if tries < TRIES_MAX
                        && matches!(
                            e.code(),
                            Some(&SqlState::T_R_DEADLOCK_DETECTED | &SqlState::T_R_SERIALIZATION_FAILURE)
                        ) => {}
                done => return done,
            }
        }
    }

    async fn write_once(&self, organization: Option<i64>, batch: &Batch) -> Result<Vec<Outcome>, StoreError> {
        let mut client = self.client().await?;
        let transaction = client.transaction().await?;
        let mut outcomes = Vec::with_capacity(batch.operations.len());
        for operation in &batch.operations {
            outcomes.push(run_operation(&transaction, organization, operation).await?);
        }
        transaction.commit().await?;
        Ok(outcomes)
    }
}

async fn run_operation(
    transaction: &deadpool_postgres::Transaction<'_>,
    organization: Option<i64>,
    operation: &Operation,
) -> Result<Outcome, StoreError> {
    let mut outcome = Outcome::default();
    let own = organization.map(Value::Int);
    let mut rest = operation.rows.as_slice();
    let sizes =
        if dialect::is_bulk(operation.statement) { dialect::chunks(rest.len()) } else { vec![1; rest.len()] };
    for size in sizes {
        let (now, later) = rest.split_at(size);
        rest = later;
        let sql = dialect::render(operation.statement.sql, operation.statement.reach, Engine::Postgres, size);
        let prepared = transaction.prepare_cached(&sql).await?;
        let bound: Vec<&(dyn ToSql + Sync)> =
            own.iter().chain(now.iter().flatten()).map(|v| v as &(dyn ToSql + Sync)).collect();
        if prepared.columns().is_empty() {
            outcome.affected += transaction.execute(&prepared, &bound).await?;
        } else {
            let rows = transaction.query(&prepared, &bound).await?;
            outcome.affected += rows.len() as u64;
            for row in &rows {
                outcome.rows.push(read_row(row)?);
            }
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

pub(super) fn read_row(row: &tokio_postgres::Row) -> Result<Row, StoreError> {
    (0..row.len())
        .map(|index| row.try_get::<_, Value>(index).map_err(StoreError::from))
        .collect::<Result<_, _>>()
        .map(Row)
}

impl ToSql for Value {
    fn to_sql(
        &self,
        ty: &Type,
        out: &mut bytes::BytesMut,
    ) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match self {
            Self::Null => Ok(IsNull::Yes),
            Self::Int(v) => match *ty {
                Type::INT4 => i32::try_from(*v)?.to_sql(ty, out),
                Type::FLOAT8 => (*v as f64).to_sql(ty, out),
                Type::TEXT => v.to_string().to_sql(ty, out),
                _ => v.to_sql(ty, out),
            },
            Self::Real(v) => v.to_sql(ty, out),
            // PostgreSQL text cannot hold NUL; import already strips it, this is the last line.
            Self::Text(v) if v.contains('\0') => v.replace('\0', "").to_sql(ty, out),
            Self::Text(v) => v.to_sql(ty, out),
            Self::Blob(v) => v.to_sql(ty, out),
        }
    }

    fn accepts(ty: &Type) -> bool {
        matches!(*ty, Type::INT8 | Type::INT4 | Type::FLOAT8 | Type::TEXT | Type::BYTEA | Type::UNKNOWN)
    }

    to_sql_checked!();
}

impl<'a> FromSql<'a> for Value {
    fn from_sql(ty: &Type, raw: &'a [u8]) -> Result<Self, Box<dyn std::error::Error + Sync + Send>> {
        Ok(match *ty {
            Type::INT8 => Self::Int(i64::from_sql(ty, raw)?),
            Type::INT4 => Self::Int(i32::from_sql(ty, raw)?.into()),
            Type::BOOL => Self::Int(bool::from_sql(ty, raw)?.into()),
            Type::FLOAT8 => Self::Real(f64::from_sql(ty, raw)?),
            Type::BYTEA => Self::Blob(Vec::from_sql(ty, raw)?),
            _ => Self::Text(String::from_sql(ty, raw)?),
        })
    }

    fn from_sql_null(_: &Type) -> Result<Self, Box<dyn std::error::Error + Sync + Send>> {
        Ok(Self::Null)
    }

    fn accepts(ty: &Type) -> bool {
        matches!(
            *ty,
            Type::INT8 | Type::INT4 | Type::BOOL | Type::FLOAT8 | Type::TEXT | Type::BYTEA | Type::VARCHAR
        )
    }
}
