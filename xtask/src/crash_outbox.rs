//! Kills the program while it hands over messages, and asks the mail server what it really got.
//!
//! Messages are put through the room's own front door while nobody serves the installation; then the program is served
//! and killed (SIGKILL) at a random moment, again and again, and at last left alone until nothing moves any more. The
//! oracle is the mail server's log, written by another program before each answer: no letter twice, none lost, and the
//! program's own word about each letter true.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::{Context as _, bail, ensure};

use crate::client::Client;
use crate::program::Served;
use crate::synthetic::Random;
use crate::{console, machine, program};

/// Messages put before each kill.
const PER_KILL: u64 = 8;
/// How long the last run may take: a server that said "later" is asked again after minutes.
const SETTLE_MAX: Duration = Duration::from_mins(10);

/// The mail server; ends with us, since its standard input closes.
pub(crate) struct Sink {
    child: Child,
    pub(crate) port: u16,
    log: PathBuf,
}

impl Sink {
    pub(crate) fn start(folder: &Path, seed: u64) -> anyhow::Result<Self> {
        let python = console::variable("TIMON_PYTHON").unwrap_or_else(|| "python3".to_owned());
        let (port, log) = (machine::free_port()?, folder.join("letters.log"));
        let script = console::root().join("xtask/src/sink.py");
        let mut child = Command::new(&python)
            .arg(script)
            .args([port.to_string(), log.display().to_string(), seed.to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("{python} could not be started"))?;
        let mut line = String::new();
        BufReader::new(child.stdout.take().context("standard output was piped")?).read_line(&mut line)?;
        ensure!(
            line.trim() == "ready",
            "the mail server did not start: `{python} -m pip install aiosmtpd`, or name another in TIMON_PYTHON"
        );
        Ok(Self { child, port, log })
    }

    /// How many letters were taken so far.
    pub(crate) fn count(&self) -> anyhow::Result<usize> {
        Ok(std::fs::read_to_string(&self.log)?.lines().count())
    }

    /// Names of the letters that were taken after so many others, each with how often.
    pub(crate) fn taken(&self, after: usize) -> anyhow::Result<BTreeMap<String, u64>> {
        let mut taken = BTreeMap::new();
        for line in std::fs::read_to_string(&self.log)?.lines().skip(after) {
            let name = line.trim_matches(['<', '>']).split('@').next().unwrap_or_default();
            *taken.entry(name.to_owned()).or_insert(0) += 1;
        }
        Ok(taken)
    }
}

impl Drop for Sink {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub(crate) struct Bench {
    pub(crate) binary: PathBuf,
    pub(crate) example: PathBuf,
    /// The data folder.
    pub(crate) data: PathBuf,
    /// The port of the mail server.
    pub(crate) mail_port: u16,
}

impl Bench {
    /// Settings as variables.
    pub(crate) fn settings(&self) -> [(&'static str, String); 3] {
        [
            ("TIMON_SMTP_URL", format!("smtp://127.0.0.1:{}", self.mail_port)),
            ("TIMON_MAIL_FROM", "Timón <timon@crash.example>".to_owned()),
            ("TIMON_LOG", "error".to_owned()),
        ]
    }

    pub(crate) fn serve(&self) -> anyhow::Result<Served> {
        let settings = self.settings();
        let settings: Vec<(&str, &str)> =
            settings.iter().map(|(name, value)| (*name, value.as_str())).collect();
        Served::start_with(&self.binary, &self.data, &settings)
    }

    /// Serves and kills after a while, counted from the start of the process.
    fn serve_and_kill(&self, after: Duration) -> anyhow::Result<()> {
        let port = machine::free_port()?;
        let mut child =
            program::call(&self.binary, &self.data, &["serve", "--listen", &format!("127.0.0.1:{port}")])
                .envs(self.settings())
                .stdin(Stdio::null())
                .stdout(Stdio::null())
                .spawn()?;
        machine::wait(after);
        ensure!(child.try_wait()?.is_none(), "the program ended by itself");
        child.kill()?;
        child.wait()?;
        Ok(())
    }

    /// Calls the example of the room.
    pub(crate) fn example(&self, arguments: &[&str]) -> anyhow::Result<String> {
        let data = self.data.to_string_lossy().into_owned();
        let mut command = Command::new(&self.example);
        command.arg(arguments[0]).arg(data).args(&arguments[1..]);
        console::read(&mut command)
    }

    /// Whether nothing moves by itself any more.
    pub(crate) fn rests(&self) -> bool {
        let moves = |state: &str| matches!(state, "queued" | "retry" | "dispatching");
        self.report().is_ok_and(|report| !report.iter().any(|[_, state, _]| moves(state)))
    }

    /// Every message: key, state, name.
    pub(crate) fn report(&self) -> anyhow::Result<Vec<[String; 3]>> {
        let text = self.example(&["report"])?;
        text.lines()
            .map(|line| {
                let fields: Vec<String> = line.split('\t').map(str::to_owned).collect();
                fields.try_into().map_err(|_| anyhow::anyhow!("not a report: {line}"))
            })
            .collect()
    }
}

/// Builds the example that puts messages and tells their states.
pub(crate) fn example() -> anyhow::Result<PathBuf> {
    console::run(console::cargo().args(["build", "--package", "notify", "--example", "outbox"]))?;
    Ok(console::target().join("debug/examples/outbox"))
}

pub fn run(messages: u64, seed: u64) -> anyhow::Result<()> {
    let binary = program::release()?;
    let example = example()?;
    let data = tempfile::Builder::new().prefix("timon-outbox-").tempdir()?;
    // a seed of 0 is the well-behaved one
    let sink = Sink::start(data.path(), seed.max(1))?;
    let bench = Bench { binary, example, data: data.path().to_owned(), mail_port: sink.port };
    first_run(&bench)?;
    let mut random = Random::new(seed);
    let start = machine::now();
    let (mut keys, mut kills): (Vec<String>, u64) = (Vec::new(), 0);
    while (keys.len() as u64) < messages {
        let put = bench.example(&["put", &PER_KILL.to_string()])?;
        keys.extend(put.lines().map(str::to_owned));
        // Most of the time something is being handed over; sometimes it has hardly begun.
        bench.serve_and_kill(Duration::from_millis(100 + random.below(1_200)))?;
        kills += 1;
        if kills.is_multiple_of(10) {
            println!("{kills} kills, {} messages", keys.len());
        }
    }
    settle(&bench)?;
    println!("{kills} kills, {} messages, {} s", keys.len(), start.elapsed().as_secs());
    judge(&bench, &sink, &keys, kills)
}

/// The owner signs up and wants to be told at any hour.
pub(crate) fn first_run(bench: &Bench) -> anyhow::Result<()> {
    let served = bench.serve()?;
    let mut client = Client::connect(served.port)?;
    let owner = [
        ("name", "Bar"),
        ("kind", "bar"),
        ("town", ""),
        ("email", "ana@crash.example"),
        ("password", "tortilla con cebolla"),
    ];
    ensure!(client.post("/start", "/start", &owner)?.status == 303, "the first run was refused");
    let no_quiet = [("quiet_from", "0"), ("quiet_until", "0"), ("digest_hour", "9"), ("weekly_day", "1")];
    let saved = client.post("/notices", "/notices/preferences", &no_quiet)?;
    ensure!(saved.status == 303, "the quiet hours were refused");
    Ok(())
}

/// Leaves the program alone until nothing moves by itself.
pub(crate) fn settle(bench: &Bench) -> anyhow::Result<()> {
    let _served = bench.serve()?;
    ensure!(
        machine::wait_until(SETTLE_MAX, || bench.rests()),
        "messages are still moving after {SETTLE_MAX:?}"
    );
    Ok(())
}

/// What became of messages.
#[derive(Default)]
pub(crate) struct Fates {
    /// How many are in each state.
    pub(crate) states: BTreeMap<String, u64>,
    /// Unknown ones that had arrived, and that had not.
    pub(crate) unknown: (u64, u64),
    /// What must not be.
    pub(crate) faults: Vec<String>,
}

/// Compares what was acknowledged (`keys`), what the program says and what the mail server took. What the program put by
/// itself meanwhile (a summary that came due) must be as true as the rest.
pub(crate) fn compare(keys: &[String], report: Vec<[String; 3]>, taken: &BTreeMap<String, u64>) -> Fates {
    let mut fates = Fates::default();
    let mut unexplained = taken.clone();
    let mut missing: BTreeSet<&str> = keys.iter().map(String::as_str).collect();
    for [key, state, name] in report {
        missing.remove(key.as_str());
        let copies = unexplained.remove(&name).unwrap_or(0);
        match (state.as_str(), copies) {
            (_, 2..) => fates.faults.push(format!("{key} arrived {copies} times")),
            ("accepted", 1) | ("failed", 0) => {}
            ("unknown", 1) => fates.unknown.0 += 1,
            ("unknown", 0) => fates.unknown.1 += 1,
            (state, copies) => fates.faults.push(format!("{key} is {state} and arrived {copies} times")),
        }
        *fates.states.entry(state).or_insert(0) += 1;
    }
    fates.faults.extend(missing.iter().map(|key| format!("{key} was acknowledged and is lost")));
    fates.faults.extend(unexplained.keys().map(|name| format!("a letter {name} arrived that nobody sent")));
    fates
}

fn judge(bench: &Bench, sink: &Sink, keys: &[String], kills: u64) -> anyhow::Result<()> {
    let taken = sink.taken(0)?;
    let Fates { states, unknown, faults } = compare(keys, bench.report()?, &taken);
    let arrived: u64 = taken.values().sum();
    println!("the mail server took {arrived} letters, {} different ones", taken.len());
    let (had, had_not) = unknown;
    println!("{states:?}; of the unknown ones {had} had arrived and {had_not} had not ({kills} kills)");
    if faults.is_empty() {
        println!("nothing was doubled, nothing was lost, and nothing was said that is not so");
        return Ok(());
    }
    for fault in &faults {
        println!("  {fault}");
    }
    bail!("{} faults", faults.len());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(key: &str, state: &str) -> [String; 3] {
        [key.to_owned(), state.to_owned(), format!("name-{key}")]
    }

    #[test]
    fn what_is_doubled_lost_or_untrue_is_a_fault() {
        let taken = |names: &[(&str, u64)]| -> BTreeMap<String, u64> {
            names.iter().map(|(name, copies)| (format!("name-{name}"), *copies)).collect()
        };
        let keys = ["a".to_owned()];
        for (state, copies, is_fault) in [
            ("accepted", 1, false),
            ("failed", 0, false),
            ("unknown", 0, false),
            ("unknown", 1, false),
            ("accepted", 0, true),
            ("accepted", 2, true),
            ("unknown", 2, true),
            ("failed", 1, true),
            ("queued", 0, true),
        ] {
            let fates = compare(&keys, vec![row("a", state)], &taken(&[("a", copies)]));
            assert_eq!(!fates.faults.is_empty(), is_fault, "{state} {copies}");
        }
        assert_eq!(compare(&keys, vec![], &taken(&[])).faults.len(), 1, "lost");
        assert_eq!(compare(&[], vec![], &taken(&[("b", 1)])).faults.len(), 1, "nobody sent it");
        assert_eq!(
            compare(&[], vec![row("b", "accepted")], &taken(&[])).faults.len(),
            1,
            "its own is judged too"
        );
        assert!(compare(&[], vec![row("b", "accepted")], &taken(&[("b", 1)])).faults.is_empty());
    }
}
