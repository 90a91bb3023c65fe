//! The project's chores: `cargo xtask test` is what continuous integration runs and what the README tells people to
//! run; the rest are its parts, and the benchmarks and the crash test that take too long for every change.
//!
//! A chore never changes the program's folders: it works in `target/` and in temporary ones.

mod bench;
mod client;
mod console;
mod crash;
mod crash_every_call;
mod crash_outbox;
mod cushion;
mod debian;
mod detection;
mod gates;
mod machine;
mod measure;
mod postgres;
mod program;
mod reading;
mod synthetic;
mod today;
mod words;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// The project's chores.
#[derive(Parser)]
#[command(name = "cargo xtask", version, about)]
struct Arguments {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// Everything that must hold: tests on both databases, format, lints, documentation, the browser.
    Test {
        /// Leave the browser out.
        #[arg(long)]
        fast: bool,
    },
    /// Only the browser: real Chromium against the real program.
    E2e,
    /// Only format and lints.
    Lint,
    /// Runs a command with a throw-away PostgreSQL at hand (`TIMON_TEST_POSTGRES`).
    Postgres {
        /// The command and its arguments.
        #[arg(required = true, last = true)]
        command: Vec<String>,
    },
    /// Import and reading against the peer script; `bench today` measures the first page instead.
    Bench(bench::Options),
    /// Kills imports at random moments and checks that nothing is lost or doubled.
    Crash(crash::Options),
    /// Writes the synthetic files of the benchmarks.
    Synthetic {
        /// How many mentions.
        #[arg(default_value_t = bench::MENTIONS)]
        mentions: u64,
    },
    /// Runs one command and prints what it used, as JSON on the last line of standard error.
    #[command(hide = true)]
    Measure {
        /// The command and its arguments.
        #[arg(required = true, last = true)]
        command: Vec<String>,
    },
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let outcome = match arguments.chore {
        Chore::Test { fast } => gates::test(fast),
        Chore::E2e => gates::e2e(),
        Chore::Lint => gates::lint(),
        Chore::Postgres { command } => postgres::with_command(&command),
        Chore::Bench(options) => bench::run(&options),
        Chore::Crash(options) => crash::run(&options),
        Chore::Synthetic { mentions } => {
            synthetic::files(synthetic::Set { mentions, seed: 1, end: synthetic::END }).map(|_| ())
        }
        Chore::Measure { command } => measure::inside(&command),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}
