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
        // a few bits of a packed stream mean nothing (padding): the content is what counts
        let is_same = unpacked(&damaged).is_some_and(|content| Some(content) == unpacked(&whole));
        unnoticed += usize::from(!is_same && timon::cli::backup::verify(&file).is_ok());
    }
    assert_eq!(unnoticed, 0);
    std::fs::write(&file, &whole[..whole.len() / 2]).expect("written");
    assert!(timon::cli::backup::verify(&file).is_err());
}

/// What a packed file holds; `None` where it cannot be unpacked.
fn unpacked(packed: &[u8]) -> Option<Vec<u8>> {
    use std::io::Read as _;
    let mut content = Vec::new();
    flate2::read::GzDecoder::new(packed).read_to_end(&mut content).ok()?;
    Some(content)
}

/// A backup as the first schema would have written it: without the later tables and columns.
fn as_first_schema(file: &std::path::Path) -> Vec<u8> {
    use std::io::{Read as _, Write as _};
    const LATER_TABLES: [&str; 6] =
        ["aspect_day", "cause_day", "correction", "fix", "watch_term", "watch_hit"];
    const LATER_COLUMNS: [&str; 7] =
        ["aspects", "cause", "intents", "standing", "places", "fingerprint", "read_by"];
    let mut text = String::new();
    let packed = std::fs::File::open(file).expect("there");
    flate2::read::GzDecoder::new(packed).read_to_string(&mut text).expect("text");
    let (mut lines, mut kept, mut rows, mut skipped) = (Vec::new(), Vec::new(), 0u64, false);
    for line in text.lines() {
        let mut value: serde_json::Value = serde_json::from_str(line).expect("JSON");
        if value.get("timon_backup").is_some() {
            value["schema"] = 1.into();
        } else if let Some(table) = value.get("table").and_then(|t| t.as_str()) {
            skipped = LATER_TABLES.contains(&table);
            let columns = value["columns"].as_array().expect("columns").clone();
            let old = |c: &serde_json::Value| {
                table != "reading" || !LATER_COLUMNS.contains(&c.as_str().expect("a name"))
            };
            kept = columns.iter().map(old).collect();
            value["columns"] = columns.into_iter().filter(|c| old(c)).collect();
        } else if let Some(row) = value.as_array() {
            rows += u64::from(!skipped);
            value = row.iter().zip(&kept).filter(|(_, kept)| **kept).map(|(v, _)| v.clone()).collect();
        } else {
            break;
        }
        if !skipped {
            lines.push(format!("{value}\n"));
        }
    }
    let whole = lines.concat();
    let hash = hex::encode(<sha2::Sha256 as sha2::Digest>::digest(whole.as_bytes()));
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    writeln!(packer, "{whole}{{\"rows\":{rows},\"sha256\":\"{hash}\"}}").expect("into memory");
    packer.finish().expect("into memory")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_of_the_first_schema_is_restored_and_read_again() {
    let app = filled().await;
    let file = app.path().join("backup.gz");
    timon::cli::backup::write(&app.context.store, &file, "now").await.expect("written");
    std::fs::write(&file, as_first_schema(&file)).expect("written");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let target = sqlite_store(folder.path()).await;
    timon::cli::backup::load(&target, &file).await.expect("restored");
    let rows = contents(&target).await;
    let readings = rows.iter().filter(|row| row.starts_with("reading ")).count();
    assert!(readings > 5 && rows.iter().filter(|row| row.contains("\"model\"")).count() >= readings);
}
