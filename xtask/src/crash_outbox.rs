//! Kills the program while it hands over messages, and asks the mail server what it really got.
//!
//! Messages are put through the room's own front door while nobody serves the installation; then the program is served
//! and killed (SIGKILL) at a random moment, again and again, and at last left alone until nothing moves any more. The
//! oracle is the mail server's log, written by another program before each answer: no letter twice, none lost, and the
//! program's own word about each letter true.

use std::collections::BTreeMap;
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
struct Sink {
    child: Child,
    port: u16,
    log: PathBuf,
}

impl Sink {
    fn start(folder: &Path, seed: u64) -> anyhow::Result<Self> {
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

    /// Names of the letters that were taken, each with how often.
    fn taken(&self) -> anyhow::Result<BTreeMap<String, u64>> {
        let mut taken = BTreeMap::new();
        for line in std::fs::read_to_string(&self.log)?.lines() {
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

struct Bench {
    binary: PathBuf,
    example: PathBuf,
    data: tempfile::TempDir,
    sink: Sink,
}

impl Bench {
    fn settings(&self) -> [(&'static str, String); 3] {
        [
            ("TIMON_SMTP_URL", format!("smtp://127.0.0.1:{}", self.sink.port)),
            ("TIMON_MAIL_FROM", "Timón <timon@crash.example>".to_owned()),
            ("TIMON_LOG", "error".to_owned()),
        ]
    }

    fn serve(&self) -> anyhow::Result<Served> {
        let settings = self.settings();
        let settings: Vec<(&str, &str)> =
            settings.iter().map(|(name, value)| (*name, value.as_str())).collect();
        Served::start_with(&self.binary, self.data.path(), &settings)
    }

    /// Serves and kills after a while, counted from the start of the process.
    fn serve_and_kill(&self, after: Duration) -> anyhow::Result<()> {
        let port = machine::free_port()?;
        let mut child = program::call(
            &self.binary,
            self.data.path(),
            &["serve", "--listen", &format!("127.0.0.1:{port}")],
        )
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

    fn example(&self, arguments: &[&str]) -> anyhow::Result<String> {
        let data = self.data.path().to_string_lossy().into_owned();
        let mut command = Command::new(&self.example);
        command.arg(arguments[0]).arg(data).args(&arguments[1..]);
        console::read(&mut command)
    }

    /// Every message: key, state, name.
    fn report(&self) -> anyhow::Result<Vec<[String; 3]>> {
        let text = self.example(&["report"])?;
        text.lines()
            .map(|line| {
                let fields: Vec<String> = line.split('\t').map(str::to_owned).collect();
                fields.try_into().map_err(|_| anyhow::anyhow!("not a report: {line}"))
            })
            .collect()
    }
}

pub fn run(messages: u64, seed: u64) -> anyhow::Result<()> {
    let binary = program::release()?;
    console::run(console::cargo().args(["build", "--package", "notify", "--example", "outbox"]))?;
    let example = console::target().join("debug/examples/outbox");
    let data = tempfile::Builder::new().prefix("timon-outbox-").tempdir()?;
    let sink = Sink::start(data.path(), seed)?;
    let bench = Bench { binary, example, data, sink };
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
    judge(&bench, &keys, kills)
}

fn first_run(bench: &Bench) -> anyhow::Result<()> {
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
fn settle(bench: &Bench) -> anyhow::Result<()> {
    let _served = bench.serve()?;
    let rests = || {
        let moves = |state: &str| matches!(state, "queued" | "retry" | "dispatching");
        bench.report().is_ok_and(|report| !report.iter().any(|[_, state, _]| moves(state)))
    };
    ensure!(machine::wait_until(SETTLE_MAX, rests), "messages are still moving after {SETTLE_MAX:?}");
    Ok(())
}

fn judge(bench: &Bench, keys: &[String], kills: u64) -> anyhow::Result<()> {
    let taken = bench.sink.taken()?;
    let mut report = BTreeMap::new();
    for [key, state, name] in bench.report()? {
        report.insert(key, (state, name));
    }
    let mut states: BTreeMap<String, u64> = BTreeMap::new();
    let mut faults: Vec<String> = Vec::new();
    let (mut unknown_taken, mut unknown_not) = (0, 0);
    for key in keys {
        let Some((state, name)) = report.remove(key) else {
            faults.push(format!("{key} was acknowledged and is lost"));
            continue;
        };
        let copies = taken.get(&name).copied().unwrap_or(0);
        *states.entry(state.clone()).or_insert(0) += 1;
        match (state.as_str(), copies) {
            (_, 2..) => faults.push(format!("{key} arrived {copies} times")),
            ("accepted", 1) | ("failed", 0) => {}
            ("unknown", 1) => unknown_taken += 1,
            ("unknown", 0) => unknown_not += 1,
            (state, copies) => faults.push(format!("{key} is {state} and arrived {copies} times")),
        }
    }
    faults.extend(report.keys().map(|key| format!("{key} was never put")));
    let arrived: u64 = taken.values().sum();
    println!("the mail server took {arrived} letters, {} different ones", taken.len());
    println!(
        "{states:?}; of the unknown ones {unknown_taken} had arrived and {unknown_not} had not ({kills} kills)"
    );
    if faults.is_empty() {
        println!("nothing was doubled, nothing was lost, and nothing was said that is not so");
        return Ok(());
    }
    for fault in &faults {
        println!("  {fault}");
    }
    bail!("{} faults", faults.len());
}
