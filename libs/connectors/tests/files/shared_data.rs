//! Real exports, where they are at hand. They are not part of the repository.

use std::path::Path;

use super::support::*;

#[test]
fn real_data_sets_are_read_without_a_lost_row() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let Ok(entries) = std::fs::read_dir(&folder) else {
        println!("skipped: there is no {}", folder.display());
        return;
    };
    let mut files = 0;
    for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        // Retweets carry no text at all; the largest sets are left out to keep the test short.
        let large = std::fs::metadata(&path).unwrap().len() > 400_000;
        if !name.ends_with(".jsonl.gz") || name.starts_with("coordinated") || large {
            continue;
        }
        let (seen, rows) = all(&path).unwrap_or_else(|error| panic!("{name}: {error}"));
        let good = items(&rows).len();
        assert!(
            good as f64 >= 0.999 * rows.len() as f64,
            "{name}: {good} of {} {:?}",
            rows.len(),
            errors(&rows).first()
        );
        assert_eq!(seen.rows_estimated, rows.len() as u64, "{name}");
        files += 1;
    }
    println!("{files} files read");
}
