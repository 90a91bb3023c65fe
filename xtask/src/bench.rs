//! What Timón costs against the peer: a script of the best-known Python libraries that a capable person would write to
//! the same end (JSON lines → terms → VADER → SQLite with full text → counters). Both run in turn on the same mentions;
//! processor seconds are compared, not the clock on the wall, so that a busy machine changes little.

use std::path::PathBuf;
use std::process::Command;

use anyhow::Context as _;

use crate::measure::{Used, measured, median};
use crate::program;
use crate::synthetic::{self, Files, Set};
use crate::{console, cushion, detection, reading, today};

/// Mentions of the standard set.
pub const MENTIONS: u64 = 200_000;

/// Options.
#[derive(clap::Args)]
pub struct Options {
    #[command(subcommand)]
    what: Option<What>,
    /// How many mentions.
    #[arg(long, default_value_t = MENTIONS)]
    mentions: u64,
    /// How often each side runs; the middle counts.
    #[arg(long, default_value_t = 3)]
    rounds: usize,
}

#[derive(clap::Subcommand)]
enum What {
    /// The first page after few and after many mentions: it must cost the same.
    Today(today::Options),
    /// Reading alone: full readings against the peer's sentiment.
    Reading(reading::Options),
    /// What warns, against the reference, the rivals and the commercial rules.
    Detection(detection::Options),
    /// The cushion's formulas beside another implementation of them, on random inputs.
    Cushion(cushion::Options),
}

pub fn run(options: &Options) -> anyhow::Result<()> {
    match &options.what {
        Some(What::Today(today)) => today::run(today),
        Some(What::Reading(reading)) => reading::run(reading),
        Some(What::Detection(detection)) => detection::run(detection),
        Some(What::Cushion(cushion)) => cushion::run(cushion),
        None => against_the_peer(options),
    }
}

fn against_the_peer(options: &Options) -> anyhow::Result<()> {
    let binary = program::release()?;
    let files = synthetic::files(Set { mentions: options.mentions, seed: 1, end: synthetic::END })?;
    let peer = Peer::find()?;
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for round in 1..=options.rounds.max(1) {
        ours.push(timon(&binary, &files)?);
        println!("round {round}: Timón {}", shown(files.set.mentions, *ours.last().expect("just pushed")));
        if let Some(peer) = &peer {
            theirs.push(peer.run(&files)?);
            println!(
                "round {round}: peer  {}",
                shown(files.set.mentions, *theirs.last().expect("just pushed"))
            );
        }
    }
    report(&files, &ours, &theirs);
    Ok(())
}

fn shown(mentions: u64, used: Used) -> String {
    let per_second = mentions as f64 / used.cpu_seconds;
    format!("{per_second:.0} mentions per CPU second, {:.0} MB", used.rss_bytes as f64 / 1e6)
}

/// One import of everything, read and indexed, into a new folder.
fn timon(binary: &std::path::Path, files: &Files) -> anyhow::Result<Used> {
    let data = tempfile::Builder::new().prefix("timon-bench-").tempdir()?;
    let mut all = Used { cpu_seconds: 0.0, rss_bytes: 0 };
    for table in &files.tables {
        let (used, _) = measured(&program::import(binary, data.path(), table))?;
        all.cpu_seconds += used.cpu_seconds;
        all.rss_bytes = all.rss_bytes.max(used.rss_bytes);
    }
    Ok(all)
}

/// The peer and its Python.
pub struct Peer {
    script: PathBuf,
    python: PathBuf,
}

impl Peer {
    /// The script and a Python with its libraries; `None`, with a word about it, when something is missing.
    pub fn find() -> anyhow::Result<Option<Self>> {
        let script = console::variable("TIMON_BENCH_BASELINE")
            .map_or_else(|| console::root().join("../shared/bench/baseline/baseline.py"), PathBuf::from);
        if !script.is_file() {
            println!("the peer script is not there ({}): only Timón is measured", script.display());
            return Ok(None);
        }
        if !console::finds("python3") {
            println!("python3 is not installed: only Timón is measured");
            return Ok(None);
        }
        let folder = console::target().join("bench/venv");
        let python = folder.join("bin/python");
        let complete = folder.join("complete");
        if !complete.exists() {
            let script_folder = script.parent().context("a script lies in a folder")?;
            let installed =
                console::run(Command::new("python3").args(["-m", "venv"]).arg(&folder)).and_then(|()| {
                    let requirements = script_folder.join("requirements.txt");
                    console::run(
                        Command::new(&python)
                            .args(["-m", "pip", "install", "--quiet", "-r"])
                            .arg(requirements),
                    )
                });
            if let Err(error) = installed {
                println!("the peer's libraries cannot be installed ({error:#}): only Timón is measured");
                return Ok(None);
            }
            std::fs::write(complete, "")?;
        }
        Ok(Some(Self { script, python }))
    }

    /// A Python with the peer's libraries.
    pub fn python(&self) -> &std::path::Path {
        &self.python
    }

    fn run(&self, files: &Files) -> anyhow::Result<Used> {
        let folder = tempfile::Builder::new().prefix("timon-bench-peer-").tempdir()?;
        let mut command = Command::new(&self.python);
        command
            .arg(&self.script)
            .arg("jsonl")
            .arg(&files.lines)
            .args(["--matcher", "aho", "--terms"])
            .arg(&files.terms);
        command.arg("--db").arg(folder.path().join("peer.db"));
        Ok(measured(&command)?.0)
    }
}

fn middle(runs: &[Used], of: fn(&Used) -> f64) -> f64 {
    median(&runs.iter().map(of).collect::<Vec<_>>())
}

fn report(files: &Files, ours: &[Used], theirs: &[Used]) {
    let mentions = files.set.mentions as f64;
    let row = |runs: &[Used]| {
        let per_second = mentions / middle(runs, |u| u.cpu_seconds);
        (per_second, middle(runs, |u| u.rss_bytes as f64) / 1e6)
    };
    let (speed, memory) = row(ours);
    println!("\n{mentions} mentions, {} rounds each, middle values, user + system time", ours.len());
    println!("{:<8}{:>24}{:>14}", "", "mentions/CPU second", "peak MB");
    println!("{:<8}{speed:>24.0}{memory:>14.1}", "Timón");
    if theirs.is_empty() {
        return;
    }
    let (peer_speed, peer_memory) = row(theirs);
    println!("{:<8}{peer_speed:>24.0}{peer_memory:>14.1}", "peer");
    println!(
        "{:<8}{:>24}{:>14}",
        "ratio",
        format!("{:.1} x", speed / peer_speed),
        format!("{:.2} x", memory / peer_memory)
    );
}
