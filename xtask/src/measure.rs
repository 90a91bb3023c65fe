//! What a child process used: processor time and peak memory.
//!
//! The kernel keeps the peak of *all* children of a process that it has waited for, so each command runs under its own
//! small parent: this same program, as `xtask measure -- COMMAND`, which has exactly one child.

use std::process::{Command, Stdio};

use anyhow::{Context as _, bail};
use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeValLike as _;
use serde_json::{Value, json};

/// What one run used.
#[derive(Debug, Clone, Copy)]
pub struct Used {
    /// Processor seconds, in the program and in the kernel for it.
    pub cpu_seconds: f64,
    /// Largest memory held, bytes.
    pub rss_bytes: u64,
}

/// The hidden chore: runs the command and prints what it used.
pub fn inside(command: &[String]) -> anyhow::Result<()> {
    let (program, arguments) = command.split_first().context("no command")?;
    let status = Command::new(program).args(arguments).status().with_context(|| program.clone())?;
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN)?;
    let microseconds = usage.user_time().num_microseconds() + usage.system_time().num_microseconds();
    eprintln!("{}", json!({ "cpu_us": microseconds, "rss_kib": usage.max_rss() }));
    if !status.success() {
        bail!("{program} ended with {status}");
    }
    Ok(())
}

/// Runs a command under a parent of its own; gives back what it used and what it printed.
pub fn measured(command: &Command) -> anyhow::Result<(Used, String)> {
    let mut parent = Command::new(std::env::current_exe()?);
    parent.args(["measure", "--"]).arg(command.get_program()).args(command.get_args());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => parent.env(name, value),
            None => parent.env_remove(name),
        };
    }
    if let Some(folder) = command.get_current_dir() {
        parent.current_dir(folder);
    }
    let output = parent.stdin(Stdio::null()).output()?;
    let complaints = String::from_utf8_lossy(&output.stderr);
    if !output.status.success() {
        bail!("{} failed: {}", command.get_program().to_string_lossy(), complaints.trim());
    }
    let last = complaints.lines().last().context("nothing was measured")?;
    let value: Value = serde_json::from_str(last).with_context(|| last.to_owned())?;
    let number = |name: &str| value[name].as_u64().with_context(|| format!("{name} in {last}"));
    let used = Used { cpu_seconds: number("cpu_us")? as f64 / 1e6, rss_bytes: number("rss_kib")? * 1024 };
    Ok((used, String::from_utf8_lossy(&output.stdout).into_owned()))
}

/// The middle value.
pub fn median(values: &[f64]) -> f64 {
    quantile(values, 0.5)
}

/// The value below which this share of the values lies (nearest rank).
pub fn quantile(values: &[f64], share: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let rank = ((sorted.len() as f64 * share).ceil() as usize).clamp(1, sorted.len().max(1));
    sorted.get(rank - 1).copied().unwrap_or(f64::NAN)
}

/// Processor time of a running process, microseconds: all its living threads, in nanoseconds from the scheduler
/// (`/proc/PID/stat` counts in hundredths of a second, too coarse for pages).
pub fn cpu_us_of(process: u32) -> anyhow::Result<f64> {
    let mut nanoseconds = 0u64;
    for thread in std::fs::read_dir(format!("/proc/{process}/task"))? {
        let Ok(line) = std::fs::read_to_string(thread?.path().join("schedstat")) else { continue };
        nanoseconds += line.split(' ').next().and_then(|n| n.parse::<u64>().ok()).unwrap_or(0);
    }
    Ok(nanoseconds as f64 / 1e3)
}

/// Peak memory of a running process, bytes.
pub fn peak_rss_of(process: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse::<u64>().ok().map(|kib| kib * 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_values_that_were_seen() {
        let values = [4.0, 1.0, 3.0, 2.0];
        assert!((median(&values) - 2.0).abs() < f64::EPSILON);
        assert!((quantile(&values, 0.95) - 4.0).abs() < f64::EPSILON);
        assert!((quantile(&[7.0], 0.01) - 7.0).abs() < f64::EPSILON);
        assert!(quantile(&[], 0.5).is_nan());
    }

    #[test]
    fn a_running_process_uses_time_and_memory() {
        let own = std::process::id();
        assert!(cpu_us_of(own).expect("our own threads can be read") > 0.0);
        assert!(peak_rss_of(own).expect("our own memory can be read") > 100_000);
    }
}
