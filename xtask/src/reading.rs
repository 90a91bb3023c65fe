//! What a full reading costs against the sentiment alone of the best-known Python library (VADER), on the same texts,
//! and whether watching a hundred thousand names costs more than watching ten.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::bench::{MENTIONS, Peer};
use crate::measure::{Used, measured, median};
use crate::synthetic::{self, Set};
use crate::{console, program};

/// Names watched in the two runs that are compared.
const NAMES: [usize; 2] = [10, 100_000];

/// Reads each line's text and does nothing but VADER with it.
const PEER: &str = "import json, sys
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer
vader = SentimentIntensityAnalyzer()
for line in open(sys.argv[1], encoding='utf-8'):
    vader.polarity_scores(json.loads(line).get('text') or '')
";

/// Options.
#[derive(clap::Args)]
pub struct Options {
    /// How many texts.
    #[arg(long, default_value_t = MENTIONS)]
    mentions: u64,
    /// How often each side runs; the middle counts.
    #[arg(long, default_value_t = 3)]
    rounds: usize,
}

pub fn run(options: &Options) -> anyhow::Result<()> {
    let binary = program::release()?;
    let files = synthetic::files(Set { mentions: options.mentions, seed: 1, end: synthetic::END })?;
    let peer = Peer::find()?;
    let names = NAMES.map(names_file).into_iter().collect::<anyhow::Result<Vec<PathBuf>>>()?;
    let [mut plain, mut few, mut many, mut theirs] = [const { Vec::new() }; 4];
    for round in 1..=options.rounds.max(1) {
        plain.push(ours(&binary, &files.lines, None)?);
        few.push(ours(&binary, &files.lines, Some(&names[0]))?);
        many.push(ours(&binary, &files.lines, Some(&names[1]))?);
        if let Some(peer) = &peer {
            theirs.push(measured(Command::new(peer.python()).args(["-c", PEER]).arg(&files.lines))?.0);
        }
        println!("round {round} of {} done", options.rounds.max(1));
    }
    let per_second = |runs: &[Used]| {
        options.mentions as f64 / median(&runs.iter().map(|u| u.cpu_seconds).collect::<Vec<_>>())
    };
    let peak = |runs: &[Used]| median(&runs.iter().map(|u| u.rss_bytes as f64 / 1e6).collect::<Vec<_>>());
    println!("\n{} texts, JSON lines in and out, middle values, user + system time", options.mentions);
    println!("{:<40}{:>20}{:>10}", "", "texts/CPU second", "peak MB");
    let row = |name: &str, runs: &[Used]| {
        println!("{name:<40}{:>20.0}{:>10.1}", per_second(runs), peak(runs));
    };
    row("Timón, full reading", &plain);
    row("Timón, and 10 names watched", &few);
    row("Timón, and 100,000 names watched", &many);
    if !theirs.is_empty() {
        row("peer: VADER's sentiment alone", &theirs);
        println!("ratio to the peer: {:.1} x", per_second(&plain) / per_second(&theirs));
    }
    println!("cost of 100,000 names against 10: {:.2} x", per_second(&few) / per_second(&many));
    Ok(())
}

fn ours(binary: &Path, lines: &Path, names: Option<&PathBuf>) -> anyhow::Result<Used> {
    let mut command = Command::new(binary);
    command.arg("read").arg(lines).env("TIMON_LOG", "warn");
    if let Some(names) = names {
        command.arg("--watch").arg(names);
    }
    Ok(measured(&command)?.0)
}

/// Invented names of two words, one a line; the first ten are of the synthetic texts' own world.
fn names_file(count: usize) -> anyhow::Result<PathBuf> {
    const FIRST: [&str; 10] =
        ["bar", "casa", "taller", "hotel", "clinica", "tienda", "cafe", "hostal", "libreria", "panaderia"];
    let folder = console::target().join("bench");
    std::fs::create_dir_all(&folder)?;
    let mut all = String::new();
    for at in 0..count {
        writeln!(all, "{} nombre{}", FIRST[at % FIRST.len()], at / FIRST.len())?;
    }
    let path = folder.join(format!("names-{count}.txt"));
    std::fs::write(&path, all)?;
    Ok(path)
}
