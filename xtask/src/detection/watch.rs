//! Our detector as a program: `timon watch FILE…`, streams in, alarms as JSON lines out.

use std::path::PathBuf;
use std::process::Command;

use crate::measure::measured;
use crate::{console, program};

/// Streams of one call, so that something can be said in between.
const STREAMS_AT_ONCE: usize = 24;

/// The command under test.
pub struct Watch {
    program: PathBuf,
    arguments: Vec<String>,
}

/// What it said and what it cost.
#[derive(Default)]
pub struct Said {
    /// JSON lines.
    pub lines: String,
    /// Processor seconds, reading included.
    pub cpu_seconds: f64,
}

impl Watch {
    /// The release, or `TIMON_BINARY`; or any other command (words parted by spaces) that takes the same files, when
    /// `TIMON_BENCH_WATCH` names one.
    pub fn find() -> anyhow::Result<Self> {
        if let Some(command) = console::variable("TIMON_BENCH_WATCH") {
            println!("measuring {command}");
            let mut words = command.split_whitespace().map(str::to_owned);
            let program = PathBuf::from(words.next().unwrap_or_default());
            return Ok(Self { program, arguments: words.collect() });
        }
        Ok(Self { program: program::release()?, arguments: vec!["watch".to_owned()] })
    }

    /// Runs it on these streams.
    pub fn run(&self, streams: &[PathBuf], what: &str) -> anyhow::Result<Said> {
        let mut said = Said::default();
        for (done, some) in streams.chunks(STREAMS_AT_ONCE).enumerate() {
            let mut command = Command::new(&self.program);
            command.args(&self.arguments).args(some).env("TIMON_LOG", "warn");
            let (used, lines) = measured(&command)?;
            said.cpu_seconds += used.cpu_seconds;
            said.lines.push_str(&lines);
            if streams.len() > STREAMS_AT_ONCE {
                eprintln!("  ours, {what}: {} of {}", done * STREAMS_AT_ONCE + some.len(), streams.len());
            }
        }
        Ok(said)
    }
}
