//! Kills imports at random moments and checks that nothing acknowledged is lost and nothing is doubled.
//!
//! A round is a new data folder and one file, imported again and again, each time killed (SIGKILL, which no program can
//! see coming) at another moment: after some time, or just after a commit was acknowledged. What the program printed as
//! saved must be stored afterwards; and when at last an import is left alone to its end, every mention of the file must
//! be stored once, with its text. Rounds follow each other until there were enough kills.

use std::collections::HashMap;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use anyhow::{Context as _, bail, ensure};
use serde_json::Value;

use crate::synthetic::{self, Files, Random, Set};
use crate::{console, crash_every_call, crash_outbox, machine, program};

/// Kills in one round at most; then one import is left alone.
const KILLS_PER_ROUND: u64 = 10;

/// Options.
#[derive(clap::Args)]
pub struct Options {
    /// How many imports are killed.
    #[arg(long, default_value_t = 100)]
    kills: u64,
    /// Mentions in the file.
    #[arg(long, default_value_t = 200_000)]
    mentions: u64,
    /// Kill the handing over of messages instead, so many of them, against a real mail server (Python's aiosmtpd).
    #[arg(long, value_name = "MESSAGES")]
    outbox: Option<u64>,
    /// Kill the handing over of messages before every system call that may matter, one run for each (strace).
    #[arg(long)]
    every_call: bool,
    /// With `--every-call`: kill points for each system call; where there are more, evenly spread ones are taken.
    #[arg(long, default_value_t = 80)]
    calls: u64,
    /// The same number, the same moments (as far as a busy machine allows).
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

#[derive(Default)]
struct Tally {
    kills: u64,
    rounds: u64,
    /// Kills that came while rows were being written or read, not before or after.
    in_the_middle: u64,
    /// Imports that ended before they could be killed.
    too_late: u64,
    faults: Vec<String>,
}

/// When the next import is killed.
#[derive(Debug, Clone, Copy)]
enum Moment {
    /// So long after it began.
    After(Duration),
    /// So long after it acknowledged for this time.
    Acknowledged(u64, Duration),
}

pub fn run(options: &Options) -> anyhow::Result<()> {
    if options.every_call {
        return crash_every_call::run(options.calls);
    }
    if let Some(messages) = options.outbox {
        return crash_outbox::run(messages, options.seed);
    }
    let binary = program::release()?;
    let files = synthetic::files(Set { mentions: options.mentions, seed: 1, end: synthetic::END })?;
    ensure!(files.tables.len() == 1, "at most {} mentions", synthetic::ROWS_PER_FILE);
    let mut random = Random::new(options.seed);
    let mut tally = Tally::default();
    let start = machine::now();
    let whole = alone(&binary, &files, &mut tally)?;
    println!("an import left alone takes {:.1} s; killing {} of them", whole.as_secs_f64(), options.kills);
    while tally.kills < options.kills {
        round(&binary, &files, whole, options.kills, (&mut random, &mut tally))?;
        println!("{} kills, {} rounds, {} faults", tally.kills, tally.rounds, tally.faults.len());
    }
    println!(
        "\n{} imports of {} mentions killed in {} rounds, {} of them between their first and last commit; {} ended first; \
         {} s",
        tally.kills,
        options.mentions,
        tally.rounds,
        tally.in_the_middle,
        tally.too_late,
        start.elapsed().as_secs()
    );
    if tally.faults.is_empty() {
        println!("nothing acknowledged was lost, nothing was doubled");
        return Ok(());
    }
    for fault in &tally.faults {
        println!("  {fault}");
    }
    bail!("{} faults", tally.faults.len());
}

/// One import to its end, to know how long it takes, and that the check itself passes without kills.
fn alone(binary: &Path, files: &Files, tally: &mut Tally) -> anyhow::Result<Duration> {
    let data = tempfile::Builder::new().prefix("timon-crash-").tempdir()?;
    let start = machine::now();
    console::read(&mut program::import(binary, data.path(), &files.tables[0]))?;
    let time = start.elapsed();
    check_contents(binary, data.path(), files, tally)?;
    ensure!(tally.faults.is_empty(), "without any kill: {}", tally.faults.join("; "));
    Ok(time)
}

fn round(
    binary: &Path,
    files: &Files,
    whole: Duration,
    kills_wanted: u64,
    (random, tally): (&mut Random, &mut Tally),
) -> anyhow::Result<()> {
    tally.rounds += 1;
    let data = tempfile::Builder::new().prefix("timon-crash-").tempdir()?;
    let commits = files.set.mentions.div_ceil(2_000).max(1);
    let mut acknowledged = 0;
    for _ in 0..KILLS_PER_ROUND {
        if tally.kills >= kills_wanted {
            break;
        }
        let moment = if random.below(2) == 0 {
            Moment::After(whole.mul_f64(random.below(1_000) as f64 / 1_000.0))
        } else {
            Moment::Acknowledged(1 + random.below(commits), Duration::from_micros(random.below(20_000)))
        };
        let (was_killed, saved) = kill_at(binary, data.path(), files, moment)?;
        acknowledged = acknowledged.max(saved);
        if !was_killed {
            tally.too_late += 1;
            break;
        }
        tally.kills += 1;
        tally.in_the_middle += u64::from(saved > 0 && saved < files.set.mentions);
        let stored = count(binary, data.path())?;
        if stored < acknowledged {
            tally.faults.push(format!(
                "kill {}: {acknowledged} acknowledged, {stored} stored ({moment:?})",
                tally.kills
            ));
        }
        if stored > files.set.mentions {
            tally.faults.push(format!("kill {}: {stored} stored of {}", tally.kills, files.set.mentions));
        }
    }
    console::read(&mut program::import(binary, data.path(), &files.tables[0]))
        .context("the import after the kills")?;
    check_contents(binary, data.path(), files, tally)
}

/// Starts an import and kills it; whether it was alive then, and the last number it acknowledged.
fn kill_at(binary: &Path, data: &Path, files: &Files, moment: Moment) -> anyhow::Result<(bool, u64)> {
    let mut child = program::import(binary, data, &files.tables[0])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()?;
    let errors = BufReader::new(child.stderr.take().context("standard error was piped")?);
    let (say, hear) = mpsc::channel();
    let reader = std::thread::spawn(move || {
        let mut saved = 0u64;
        let mut others = Vec::new();
        for line in errors.lines().map_while(Result::ok) {
            match line.strip_prefix("saved ").and_then(|n| n.trim().parse().ok()) {
                Some(n) => {
                    saved = n;
                    let _ = say.send(());
                }
                None => others.push(line),
            }
        }
        (saved, others)
    });
    match moment {
        Moment::After(time) => machine::wait(time),
        Moment::Acknowledged(times, time) => {
            // Ends early when the program does: the channel closes with its standard error.
            for _ in 0..times {
                if hear.recv_timeout(Duration::from_mins(2)).is_err() {
                    break;
                }
            }
            machine::wait(time);
        }
    }
    let was_killed = kill(&mut child)?;
    let (saved, others) =
        reader.join().map_err(|_| anyhow::anyhow!("the reader of standard error panicked"))?;
    if let (Some(status), false) = (child.try_wait()?, was_killed) {
        ensure!(status.success(), "the import ended with {status}: {}", others.join(" · "));
    }
    Ok((was_killed, saved))
}

fn kill(child: &mut Child) -> anyhow::Result<bool> {
    let ended = child.try_wait()?.is_some();
    if !ended {
        child.kill()?;
    }
    let status = child.wait()?;
    // Between the look and the blow it may have ended by itself.
    Ok(std::os::unix::process::ExitStatusExt::signal(&status).is_some())
}

/// Mentions stored, as the program counts them.
fn count(binary: &Path, data: &Path) -> anyhow::Result<u64> {
    if !data.join("timon.db").exists() {
        return Ok(0);
    }
    let report = console::read(&mut program::call(binary, data, &["doctor", "--json"]))?;
    let report: Value = serde_json::from_str(&report).with_context(|| report.clone())?;
    let contents =
        report["checks"].as_array().into_iter().flatten().find(|check| check["name"] == "contents");
    let detail = contents.and_then(|check| check["detail"].as_str()).context("doctor reports no contents")?;
    let number = detail.split(' ').find_map(|pair| pair.strip_prefix("mentions="));
    number.and_then(|n| n.parse().ok()).with_context(|| format!("doctor reports {detail:?}"))
}

/// Everything of the file, each once, and nothing else: by an export, not by the program's own counters (which must
/// agree with it).
fn check_contents(binary: &Path, data: &Path, files: &Files, tally: &mut Tally) -> anyhow::Result<()> {
    let folder = tempfile::Builder::new().prefix("timon-crash-export-").tempdir()?;
    console::read(&mut program::call(binary, data, &["export", &folder.path().to_string_lossy()]))?;
    let mut stored: HashMap<String, (u64, String, bool)> = HashMap::new();
    for organization in std::fs::read_dir(folder.path())? {
        let lines = std::fs::File::open(organization?.path().join("mentions.jsonl"))?;
        for line in BufReader::new(lines).lines() {
            let mention: Value = serde_json::from_str(&line?)?;
            let text = |name: &str| mention[name].as_str().unwrap_or_default().to_owned();
            let entry =
                stored.entry(text("url")).or_insert((0, text("text"), mention["sentiment"].is_string()));
            entry.0 += 1;
        }
    }
    let fault =
        |tally: &mut Tally, words: String| tally.faults.push(format!("round {}: {words}", tally.rounds));
    let (mut lost, mut doubled, mut changed, mut unread) = (0, 0, 0, 0);
    for number in 0..files.set.mentions {
        let mention = synthetic::mention(number, files.set);
        match stored.remove(&mention.url) {
            None => lost += 1,
            Some((times, text, was_read)) => {
                doubled += u64::from(times > 1);
                changed += u64::from(text != mention.text);
                unread += u64::from(!was_read);
            }
        }
    }
    for (n, what) in [(lost, "lost"), (doubled, "doubled"), (changed, "changed"), (unread, "never read")] {
        if n > 0 {
            fault(tally, format!("{n} mentions {what}"));
        }
    }
    if !stored.is_empty() {
        fault(tally, format!("{} mentions that the file does not have", stored.len()));
    }
    let counted = count(binary, data)?;
    if counted != files.set.mentions {
        fault(tally, format!("the program counts {counted} of {}", files.set.mentions));
    }
    let left = std::fs::read_dir(data.join("uploads")).into_iter().flatten().count();
    if left > 0 {
        println!("   {left} uploaded files are still there after the last import");
    }
    Ok(())
}
