//! Nothing lost: a backup of one engine restored into the other holds the same, and a damaged one is refused.

use foundation::store::{Store, Value};

use crate::app::{TestApp, postgres_url, sqlite_store};

const EXPORT: &str = include_str!("../data/bar.csv");

/// Every row of a store as text, sorted: what must be equal before and after.
async fn contents(store: &Store) -> Vec<String> {
    let mut rows = Vec::new();
    store
        .dump(|row| -> Result<(), foundation::store::StoreError> {
            let mut cells: Vec<(String, Value)> =
                row.columns.iter().cloned().zip(row.row.values().iter().cloned()).collect();
            cells.sort_by(|a, b| a.0.cmp(&b.0));
            rows.push(format!("{} {cells:?}", row.table));
            Ok(())
        })
        .await
        .expect("readable");
    rows.sort();
    rows
}

async fn filled() -> TestApp {
    let mut app = TestApp::sqlite().await;
    app.first_run().await;
    app.import("bar.csv", EXPORT.as_bytes()).await.is(200);
    app
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_restores_into_sqlite_and_postgres() {
    let app = filled().await;
    let file = app.path().join("backup.gz");
    timon::cli::backup::write(&app.context.store, &file, "now").await.expect("written");
    let before = contents(&app.context.store).await;
    assert!(before.len() > 40);
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut targets = vec![sqlite_store(folder.path()).await];
    if let Some(url) = postgres_url().await {
        targets.push(Store::open_postgres(&url).await.expect("PostgreSQL opens"));
    }
    for target in targets {
        timon::cli::backup::load(&target, &file).await.expect("restored");
        let after = contents(&target).await;
        let different = before.iter().zip(&after).find(|(a, b)| a != b);
        assert!(
            different.is_none() && before.len() == after.len(),
            "{}: {different:?}",
            target.engine().as_str()
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_flipped_bit_is_noticed() {
    let app = filled().await;
    let file = app.path().join("backup.gz");
    timon::cli::backup::write(&app.context.store, &file, "now").await.expect("written");
    assert!(timon::cli::backup::verify(&file).expect("whole") > 40);
    let whole = std::fs::read(&file).expect("readable");
    let mut unnoticed = 0;
    for n in 0..200 {
        let mut damaged = whole.clone();
        // The first ten bytes are gzip's own header: name and time are not content.
        let at = 10 + (n * 7_919) % (damaged.len() - 10);
        damaged[at] ^= 1 << (n % 8);
        std::fs::write(&file, &damaged).expect("written");
        unnoticed += usize::from(timon::cli::backup::verify(&file).is_ok());
    }
    assert_eq!(unnoticed, 0);
    std::fs::write(&file, &whole[..whole.len() / 2]).expect("written");
    assert!(timon::cli::backup::verify(&file).is_err());
}
