//! `timon draw FILE`: runs a published lot again, for anybody, without an installation.

use std::io::Read as _;
use std::path::PathBuf;

use anyhow::Context as _;
use asking::draw::{Published, check};
use serde::Deserialize;

/// Largest record that is read, bytes.
const BYTES_MAX: u64 = 16 << 20;

/// Options.
#[derive(clap::Args)]
pub struct Arguments {
    /// The record of the lot (`list.json` of its public page); `-` is the standard input.
    file: PathBuf,
}

/// What is read of a record; it may hold more.
#[derive(Deserialize)]
struct Record {
    state: String,
    size: usize,
    seed_sha256: String,
    seed: Option<String>,
    list_sha256: Option<String>,
    tags: Vec<String>,
    picked: Vec<String>,
}

/// Runs `timon draw`: an error when the picks do not follow from what was published.
pub fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let named = || format!("reading {}", arguments.file.display());
    let mut text = String::new();
    if arguments.file.as_os_str() == "-" {
        std::io::stdin().lock().take(BYTES_MAX).read_to_string(&mut text).with_context(named)?;
    } else {
        std::fs::File::open(&arguments.file)
            .with_context(named)?
            .take(BYTES_MAX)
            .read_to_string(&mut text)
            .with_context(named)?;
    }
    let record: Record = serde_json::from_str(&text).with_context(named)?;
    let (Some(seed), Some(list_hash)) = (&record.seed, &record.list_sha256) else {
        anyhow::bail!("this lot is not drawn yet (it is {}): its seed is told afterwards", record.state);
    };
    check(&Published {
        seed_hash: &record.seed_sha256,
        seed,
        list_hash,
        size: record.size,
        tags: &record.tags,
        picked: &record.picked,
    })?;
    println!(
        "The draw is right: {} of {}, and running it again picks the same.",
        record.picked.len(),
        record.tags.len()
    );
    Ok(())
}
