//! The store on SQLite: all or nothing, the scope's walls, concurrent writers. (Both engines walk the journeys.)

use domain::OrganizationId;

use super::{Batch, Expect, Store, StoreError};
use crate::values;

crate::statements! {
    installation ADD_ORGANIZATION = "INSERT INTO organization (id, name, kind, town, time_zone, locale, created_at)
        VALUES ($1, $2, 'bar', '', 'UTC', 'es', 0)";
    organization ADD_SOURCE = "INSERT INTO source (organization_id, id, kind, name, state, tracks_replies, failures, created_at)
        VALUES ($1, $2, 'file', $3, 'active', 0, 0, 0)";
    organization ADD_SOURCES = "INSERT INTO source (organization_id, id, kind, name, state, tracks_replies, failures, created_at)
        VALUES {rows: $1, $2, 'file', $3, 'active', 0, 0, 0}";
    organization NAMES = "SELECT name FROM source WHERE organization_id = $1 ORDER BY id";
    organization RENAME = "UPDATE source SET name = $3 WHERE organization_id = $1 AND id = $2";
}

async fn store() -> (Store, tempfile::TempDir) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let store = Store::open_sqlite(&folder.path().join("t.db")).await.expect("opens");
    for id in [1, 2] {
        let batch = Batch::new().add(&ADD_ORGANIZATION, values![id, format!("o{id}")]);
        store.installation().write(batch).await.expect("written");
    }
    (store, folder)
}

async fn names(store: &Store, organization: i64) -> Vec<String> {
    let rows = store.organization(OrganizationId(organization)).all(&NAMES, vec![]).await.expect("read");
    rows.iter().map(|row| row.get(0).expect("text")).collect()
}

#[tokio::test]
async fn a_batch_stands_or_falls_whole() {
    let (store, _folder) = store().await;
    let scope = store.organization(OrganizationId(1));
    let batch = Batch::new().add(&ADD_SOURCE, values![1, "a"]).add_exactly(1, &RENAME, values![99, "nobody"]);
    let error = scope.write(batch).await.expect_err("nothing to rename");
    assert!(matches!(error, StoreError::Conflict { expected: 1, affected: 0, .. }) && error.is_conflict());
    assert!(names(&store, 1).await.is_empty());
    scope.write(Batch::new().add(&ADD_SOURCE, values![1, "a"])).await.expect("written");
    let error =
        scope.write(Batch::new().add(&ADD_SOURCE, values![1, "b"])).await.expect_err("the id is taken");
    assert!(error.is_conflict());
    assert_eq!(names(&store, 1).await, ["a"]);
}

#[tokio::test]
async fn one_failing_batch_does_not_take_its_group_along() {
    let (store, _folder) = store().await;
    let writes =
        (0..200i64).map(|n| {
            let scope = store.organization(OrganizationId(1));
            // Every third asks for an id that its neighbour has.
            let id = if n % 3 == 2 { n - 1 } else { n };
            async move {
                scope.write(Batch::new().add(&ADD_SOURCE, values![id, format!("s{n:03}")])).await.is_ok()
            }
        });
    let done = futures_util::future::join_all(writes).await;
    let kept = done.iter().filter(|ok| **ok).count();
    assert_eq!(kept, names(&store, 1).await.len());
    assert!((133..=134).contains(&kept), "{kept}");
}

#[tokio::test]
async fn bulk_rows_of_any_number_arrive() {
    let (store, _folder) = store().await;
    let scope = store.organization(OrganizationId(1));
    let mut batch = Batch::new();
    let rows = (0..1_234i64).map(|n| values![n, format!("s{n:04}")]).collect();
    batch.push(&ADD_SOURCES, rows, Expect::Exactly(1_234));
    scope.write(batch).await.expect("written");
    assert_eq!(names(&store, 1).await.len(), 1_234);
}

#[tokio::test]
async fn a_scope_reaches_only_its_own() {
    let (store, _folder) = store().await;
    let (one, two) = (store.organization(OrganizationId(1)), store.organization(OrganizationId(2)));
    one.write(Batch::new().add(&ADD_SOURCE, values![1, "a"])).await.expect("written");
    assert!(names(&store, 2).await.is_empty());
    let outcomes = two.write(Batch::new().add(&RENAME, values![1, "stolen"])).await.expect("nothing happens");
    assert_eq!(outcomes[0].affected, 0);
    // The wrong door is refused before anything is asked.
    assert!(matches!(one.all(&ADD_ORGANIZATION, vec![]).await, Err(StoreError::Reach(_))));
    assert!(matches!(store.installation().all(&NAMES, vec![]).await, Err(StoreError::Reach(_))));
    let wrong = Batch::new().add(&NAMES, vec![]);
    assert!(matches!(store.installation().write(wrong).await, Err(StoreError::Reach(_))));
}

#[tokio::test]
async fn what_was_acknowledged_is_there_after_reopening() {
    let (store, folder) = store().await;
    let scope = store.organization(OrganizationId(1));
    scope.write(Batch::new().add(&ADD_SOURCE, values![1, "a"])).await.expect("written");
    drop((scope, store));
    let path = folder.path().join("t.db");
    let again = Store::open_sqlite(&path).await.expect("opens again");
    assert_eq!(names(&again, 1).await, ["a"]);
    // Beside it, to read, while the first is open.
    let beside = Store::open_sqlite_beside(&path).await.expect("opens beside");
    assert_eq!(names(&beside, 1).await, ["a"]);
    assert!(Store::open_sqlite_beside(&folder.path().join("none.db")).await.is_err());
}

#[tokio::test]
async fn a_database_of_the_future_is_refused() {
    let (store, folder) = store().await;
    drop(store);
    let path = folder.path().join("t.db");
    let connection = rusqlite::Connection::open(&path).expect("opens");
    connection.execute("INSERT INTO migration (version, name) VALUES (999, 'future')", []).expect("written");
    drop(connection);
    assert!(matches!(Store::open_sqlite(&path).await, Err(StoreError::Newer { found: 999, .. })));
}

#[tokio::test]
async fn what_is_not_sql_does_not_prepare() {
    static WRONG: super::Statement =
        super::Statement { name: "WRONG", sql: "SELEC 1", reach: super::Reach::Installation };
    let (store, _folder) = store().await;
    for statement in STATEMENTS {
        store.prepare(statement).await.expect(statement.name);
    }
    assert!(store.prepare(&WRONG).await.is_err());
}
