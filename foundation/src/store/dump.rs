//! Reading and writing whole tables, for backup, restore and moving between engines. The dump is logical (tables, rows,
//! values), so a backup of SQLite can be restored into PostgreSQL and back.

use futures_util::TryStreamExt;

use super::{Batch, Expect, Inner, Reach, Row, Statement, Store, StoreError, Value, sqlite};

/// Every table that a dump holds, parents before children. `mention_search`, `mention_unweighed` and
/// `detector` are derived and rebuilt; `lease` and `session` are of the running installation: a restored copy starts with nobody signed in, and
/// without `mailbox_secret`: passwords are typed again. `used_work` and `form_quota` live for hours.
pub const LOADED_TABLES: &[&str] = &[
    "organization",
    "account",
    "member",
    "source",
    "import",
    "import_rejection",
    "mention",
    "mention_revision",
    "mention_unread",
    "mention_day",
    "reading",
    "reading_day",
    "aspect_day",
    "cause_day",
    "correction",
    "fix",
    "watch_term",
    "watch_hit",
    "warning_setting",
    "warning",
    "warning_mention",
    "warning_event",
    "incident",
    "incident_task",
    "incident_note",
    "incident_publication",
    "incident_told",
    "value",
    "triage",
    "drill",
    "notice_preference",
    "channel",
    "webhook",
    "webhook_flood",
    "outgoing",
    "sms_gateway",
    "answer_setting",
    "saved_reply",
    "waiting_mark",
    "reply",
    "reply_event",
    "complaint",
    "complaint_event",
    "promise",
    "public_page",
    "mailbox",
    "letter",
    "customer_setting",
    "customer",
    "opt_out",
    "shop",
    "visit",
    "customer_import",
    "customer_import_rejection",
    "invite_setting",
    "ask_link",
    "draw",
    "draw_entry",
    "invitation",
    "code_batch",
    "receipt_code",
    "own_review",
    "own_review_photo",
    "census_answer",
    "review_refusal",
    "kiosk",
];

/// One row of a dump.
pub struct TableRow<'a> {
    /// The table.
    pub table: &'static str,
    /// Its columns, in the order of the values.
    pub columns: &'a [String],
    /// The row.
    pub row: Row,
}

impl Store {
    /// Reads every row of every table as of one moment, while others write. `each` may stop it with an error.
    pub async fn dump<E: From<StoreError>>(
        &self,
        mut each: impl FnMut(TableRow<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        match &*self.inner {
            Inner::Sqlite(sqlite) => sqlite.read(|connection| dump_sqlite(connection, &mut each)),
            Inner::Postgres(postgres) => {
                let mut client = postgres.client().await?;
                let snapshot = client
                    .build_transaction()
                    .isolation_level(tokio_postgres::IsolationLevel::RepeatableRead)
                    .read_only(true)
                    .start()
                    .await
                    .map_err(StoreError::from)?;
                for &table in LOADED_TABLES {
                    let sql = format!("SELECT * FROM {table}");
                    let prepared = snapshot.prepare(&sql).await.map_err(StoreError::from)?;
                    let columns: Vec<String> =
                        prepared.columns().iter().map(|c| c.name().to_owned()).collect();
                    let none: [&Value; 0] = [];
                    let rows = snapshot.query_raw(&prepared, none).await.map_err(StoreError::from)?;
                    futures_util::pin_mut!(rows);
                    while let Some(row) = rows.try_next().await.map_err(StoreError::from)? {
                        each(TableRow { table, columns: &columns, row: super::postgres::read_row(&row)? })?;
                    }
                }
                Ok(())
            }
        }
    }

    /// Whether nothing was ever stored here: the only place a backup may be restored to.
    pub async fn is_empty(&self) -> Result<bool, StoreError> {
        static ANY: Statement = Statement {
            name: "store::ANY",
            sql: "SELECT 1 FROM organization LIMIT 1",
            reach: Reach::Installation,
        };
        Ok(self.installation().one(&ANY, vec![]).await?.is_none())
    }

    /// Appends rows to a table, as dumped. Columns must be names of this schema: they are checked, since they come
    /// from a file.
    pub async fn load(
        &self,
        table: &str,
        columns: &[String],
        rows: Vec<Vec<Value>>,
    ) -> Result<(), StoreError> {
        let plain = |name: &str| {
            !name.is_empty()
                && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
        };
        if !LOADED_TABLES.contains(&table) || !columns.iter().all(|c| plain(c)) {
            return Err(StoreError::Engine(format!(
                "a backup cannot hold the table {table:?} with these columns"
            )));
        }
        // One-off statements of a one-off command: leaking a dozen short texts is simpler than owning them everywhere.
        let pattern: Vec<String> = (1..=columns.len()).map(|n| format!("${n}")).collect();
        let sql =
            format!("INSERT INTO {table} ({}) VALUES {{rows: {}}}", columns.join(", "), pattern.join(", "));
        let statement: &'static Statement = Box::leak(Box::new(Statement {
            name: "store::LOAD",
            sql: Box::leak(sql.into_boxed_str()),
            reach: Reach::Installation,
        }));
        let mut batch = Batch::new();
        batch.push(statement, rows, Expect::Any);
        self.installation().write(batch).await.map(|_| ())
    }
}

fn dump_sqlite<E: From<StoreError>>(
    connection: &rusqlite::Connection,
    each: &mut impl FnMut(TableRow<'_>) -> Result<(), E>,
) -> Result<(), E> {
    let snapshot = connection.unchecked_transaction().map_err(StoreError::from)?;
    for &table in LOADED_TABLES {
        let mut prepared = snapshot.prepare(&format!("SELECT * FROM {table}")).map_err(StoreError::from)?;
        let columns: Vec<String> = prepared.column_names().map(str::to_owned).collect();
        let mut rows = prepared.query([]).map_err(StoreError::from)?;
        while let Some(row) = rows.next().map_err(StoreError::from)? {
            each(TableRow { table, columns: &columns, row: sqlite::read_row(row, columns.len())? })?;
        }
    }
    Ok(())
}
