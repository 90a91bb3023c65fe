//! Kills the program before every system call with which it hands over messages, one run for each call.
//!
//! *How.* A data folder with a few queued messages is prepared once. Then, for each kind of call that writes, syncs, sends
//! or receives, and for N = 1, 2, 3…: a copy of the folder is served under `strace`, which kills the program (SIGKILL) as it
//! enters the Nth call of that kind; it is served again without `strace` until nothing moves, and what it says is compared
//! with what the mail server wrote down by itself (`crash_outbox::compare`).
//!
//! *What N counts.* `strace` counts for each thread by itself. The program runs with one worker thread
//! (`TOKIO_WORKER_THREADS`), the database writes from one thread, so for the calls of either N is the Nth of all; where
//! several threads make the same call the first to reach N dies. A first run without a kill counts the calls: where one
//! thread makes more than `--calls` of a kind, evenly spread N are taken and the report says so.
//!
//! *Without `--seccomp-bpf`.* It would be quicker, but the kernel does not deliver a signal at its kind of stop: with it
//! strace 6.1 says that it injected and nobody dies. Kill points that are not reached are counted, and many are an error.

use std::collections::BTreeMap;
use std::os::unix::process::ExitStatusExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::Duration;

use anyhow::{Context as _, bail, ensure};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use crate::crash_outbox::{Bench, Fates, Sink, compare, example, first_run, settle};
use crate::{console, debian, machine, program};

/// Calls before which a crash may matter: files, the disk, the network.
const CALLS: [&str; 10] = [
    "pwrite64",
    "write",
    "writev",
    "fdatasync",
    "fsync",
    "sendto",
    "recvfrom",
    "connect",
    "ftruncate",
    "unlink",
];
/// Messages in the prepared folder.
const MESSAGES: usize = 3;
/// How long a run under `strace` may take until everything is handed over.
const RUN_MAX: Duration = Duration::from_mins(2);
/// How long it may take to stop.
const STOP_MAX: Duration = Duration::from_secs(30);

/// A served installation under `strace`.
struct Traced(Child);

impl Traced {
    /// Serves; `rule` is what `strace` does with which calls.
    fn start(bench: &Bench, rule: &[&str], log: &Path) -> anyhow::Result<Self> {
        let port = machine::free_port()?;
        let served =
            program::call(&bench.binary, &bench.data, &["serve", "--listen", &format!("127.0.0.1:{port}")]);
        let mut command = Command::new("strace");
        command.args(["-f", "-qq", "-o"]).arg(log).args(rule).arg("--");
        command.arg(served.get_program()).args(served.get_args());
        command
            .env_remove("TIMON_DATABASE")
            .envs(bench.settings())
            .env("TOKIO_WORKER_THREADS", "1")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        Ok(Self(command.spawn().context("strace could not be started")?))
    }

    /// The program that strace started.
    fn children(&self) -> Vec<Pid> {
        let strace = self.0.id();
        let list =
            std::fs::read_to_string(format!("/proc/{strace}/task/{strace}/children")).unwrap_or_default();
        list.split_whitespace().filter_map(|pid| pid.parse().ok()).map(Pid::from_raw).collect()
    }

    /// How it ended, once it has.
    fn ended(&mut self) -> Option<ExitStatus> {
        self.0.try_wait().ok().flatten()
    }

    /// Asks the program to end and waits until it has; strace ends with it, and in the same way.
    fn stop(&mut self) -> Option<ExitStatus> {
        for program in self.children() {
            let _ = kill(program, Signal::SIGTERM);
        }
        machine::wait_until(STOP_MAX, || self.ended().is_some());
        self.ended()
    }
}

impl Drop for Traced {
    fn drop(&mut self) {
        if self.stop().is_none() {
            for program in self.children() {
                let _ = kill(program, Signal::SIGKILL);
            }
            let _ = self.0.wait();
        }
    }
}

/// How a run under `strace` ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    /// Killed while it handed over.
    Killed,
    /// Killed while it stopped, with everything handed over.
    KilledStopping,
    /// Not killed.
    Stopped,
}

/// What was seen of one kind of call.
#[derive(Default)]
struct Tally {
    /// Kill points that were tried and hit.
    kills: u64,
    /// Of these, those that came while the program stopped, with everything handed over.
    stopping: u64,
    /// Kill points that were not reached.
    missed: u64,
    /// The calls of the busiest thread.
    calls: u64,
    states: BTreeMap<String, u64>,
    unknown: (u64, u64),
}

struct Harness {
    binary: PathBuf,
    example: PathBuf,
    /// The prepared folder.
    template: PathBuf,
    folder: tempfile::TempDir,
    keys: Vec<String>,
    sink: Sink,
}

pub fn run(points_max: u64) -> anyhow::Result<()> {
    debian::provide(debian::For::EveryCall)?;
    let harness = Harness::prepare()?;
    let start = machine::now();
    let counts = harness.count()?;
    println!("without a kill, calls of the busiest thread: {counts:?}");
    let mut faults = Vec::new();
    let mut all = Tally::default();
    for call in CALLS {
        let calls = counts.get(call).copied().unwrap_or(0);
        let tally = harness.every(call, calls, points_max, &mut faults)?;
        let spread = if calls > points_max { ", evenly spread" } else { "" };
        println!(
            "{call:<10} {:>4} kills for {calls} calls{spread} ({} while stopping), {} not reached; {:?}; unknown: {} had \
             arrived, {} had not",
            tally.kills, tally.stopping, tally.missed, tally.states, tally.unknown.0, tally.unknown.1
        );
        all.kills += tally.kills;
        all.unknown.0 += tally.unknown.0;
        all.unknown.1 += tally.unknown.1;
        for (state, count) in tally.states {
            *all.states.entry(state).or_insert(0) += count;
        }
    }
    println!(
        "{} kills, {MESSAGES} messages each, {} s; {:?}; unknown: {} had arrived, {} had not",
        all.kills,
        start.elapsed().as_secs(),
        all.states,
        all.unknown.0,
        all.unknown.1
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

impl Harness {
    fn prepare() -> anyhow::Result<Self> {
        let (binary, example) = (program::release()?, example()?);
        let folder = tempfile::Builder::new().prefix("timon-calls-").tempdir()?;
        let sink = Sink::start(folder.path(), 0)?;
        let template = folder.path().join("template");
        std::fs::create_dir(&template)?;
        let mut harness = Self { binary, example, template, folder, keys: Vec::new(), sink };
        let bench = harness.bench(harness.template.clone());
        first_run(&bench)?;
        let put = bench.example(&["put", &MESSAGES.to_string()])?;
        harness.keys = put.lines().map(str::to_owned).collect();
        ensure!(harness.keys.len() == MESSAGES, "not every message was put");
        Ok(harness)
    }

    fn bench(&self, data: PathBuf) -> Bench {
        let (binary, example) = (self.binary.clone(), self.example.clone());
        Bench { binary, example, data, mail_port: self.sink.port }
    }

    /// A fresh copy of the prepared folder.
    fn copy(&self) -> anyhow::Result<Bench> {
        let data = self.folder.path().join("data");
        if data.exists() {
            std::fs::remove_dir_all(&data)?;
        }
        console::read(Command::new("cp").arg("-a").arg(&self.template).arg(&data))?;
        Ok(self.bench(data))
    }

    /// Serves until the program is killed or everything is handed over and it has stopped.
    fn until_killed(&self, bench: &Bench, rule: &[&str], before: usize, log: &Path) -> anyhow::Result<End> {
        let mut traced = Traced::start(bench, rule, log)?;
        let is_kill = |status: ExitStatus| status.signal() == Some(Signal::SIGKILL as i32);
        let mut ended = None;
        let done = machine::wait_until(RUN_MAX, || {
            ended = traced.ended();
            // the states are only asked for when all letters have arrived: asking is another process
            ended.is_some()
                || self.sink.count().is_ok_and(|count| count >= before + MESSAGES) && bench.rests()
        });
        ensure!(done, "neither killed nor done in {RUN_MAX:?}: {rule:?}");
        if let Some(status) = ended {
            ensure!(is_kill(status), "the program ended by itself: {status}, {rule:?}");
            return Ok(End::Killed);
        }
        let status = traced.stop().with_context(|| format!("it does not stop: {rule:?}"))?;
        Ok(if is_kill(status) { End::KilledStopping } else { End::Stopped })
    }

    /// How many calls of each kind the busiest thread makes when nobody is killed.
    fn count(&self) -> anyhow::Result<BTreeMap<String, u64>> {
        let (bench, before) = (self.copy()?, self.sink.count()?);
        let log = self.folder.path().join("calls.log");
        let rule = format!("trace={}", CALLS.join(","));
        let end = self.until_killed(&bench, &["-e", &rule], before, &log)?;
        ensure!(end == End::Stopped, "nobody was to be killed, and it was {end:?}");
        settle(&bench)?;
        let fates = compare(&self.keys, bench.report()?, &self.sink.taken(before)?);
        ensure!(fates.faults.is_empty(), "without a kill: {:?}", fates.faults);
        Ok(busiest(&std::fs::read_to_string(&log)?))
    }

    /// One run for each kill point of one kind of call.
    fn every(
        &self,
        call: &str,
        calls: u64,
        points_max: u64,
        faults: &mut Vec<String>,
    ) -> anyhow::Result<Tally> {
        let mut tally = Tally { calls, ..Tally::default() };
        let log = self.folder.path().join("kill.log");
        for at in points(tally.calls, points_max) {
            let (bench, before) = (self.copy()?, self.sink.count()?);
            let trace = format!("trace={call}");
            let rule = format!("inject={call}:signal=SIGKILL:when={at}");
            match self.until_killed(&bench, &["-e", &trace, "-e", &rule], before, &log)? {
                End::Killed => tally.kills += 1,
                End::KilledStopping => {
                    tally.kills += 1;
                    tally.stopping += 1;
                }
                End::Stopped => tally.missed += 1,
            }
            settle(&bench)?;
            let Fates { states, unknown, faults: found } =
                compare(&self.keys, bench.report()?, &self.sink.taken(before)?);
            faults.extend(found.into_iter().map(|fault| format!("{call} {at}: {fault}")));
            for (state, count) in states {
                *tally.states.entry(state).or_insert(0) += count;
            }
            tally.unknown.0 += unknown.0;
            tally.unknown.1 += unknown.1;
        }
        // calls differ from run to run, wake-ups most; more means that strace does not kill at all
        ensure!(tally.missed <= 2 + tally.kills, "{call}: {} kill points were not reached", tally.missed);
        Ok(tally)
    }
}

/// Kill points from 1 to the last call: all of them, or so many evenly spread ones with the first and the last.
fn points(calls: u64, most: u64) -> Vec<u64> {
    if calls <= most {
        return (1..=calls).collect();
    }
    let steps = most.saturating_sub(1).max(1);
    let mut points: Vec<u64> = (0..most).map(|step| 1 + step * (calls - 1) / steps).collect();
    points.dedup();
    points
}

/// Calls of each kind by the thread that makes most of them, from a log of `strace -f`.
fn busiest(log: &str) -> BTreeMap<String, u64> {
    let mut by_thread: BTreeMap<(&str, &str), u64> = BTreeMap::new();
    for line in log.lines() {
        let Some((thread, rest)) = line.split_once(' ') else { continue };
        // "write(…", not "<... write resumed>": each call is counted as it is entered
        let Some((call, _)) = rest.trim_start().split_once('(') else { continue };
        if CALLS.contains(&call) {
            *by_thread.entry((call, thread)).or_default() += 1;
        }
    }
    let mut counts = BTreeMap::new();
    for ((call, _), count) in by_thread {
        let most = counts.entry(call.to_owned()).or_insert(0);
        *most = count.max(*most);
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_points_are_taken_or_evenly_spread_ones_with_both_ends() {
        assert_eq!(points(0, 5), Vec::<u64>::new());
        assert_eq!(points(3, 5), [1, 2, 3]);
        assert_eq!(points(101, 5), [1, 26, 51, 76, 101]);
        assert_eq!(points(7, 1), [1]);
    }

    #[test]
    fn calls_are_counted_for_the_busiest_thread_as_they_are_entered() {
        let log = "10 write(3, \"a\", 1) = 1\n11 write(4, <unfinished ...>\n11 <... write resumed>) = 1\n\
                   11  write(4, \"b\", 1) = 1\n10 fsync(3) = 0\n10 read(3) = 0\n10 +++ killed by SIGKILL +++\n";
        assert_eq!(busiest(log), BTreeMap::from([("fsync".to_owned(), 1), ("write".to_owned(), 2)]));
    }
}
