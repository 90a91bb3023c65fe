//! What must hold before a change is good: tests on both databases, format, lints, documentation, the browser.

use std::process::Command;

use anyhow::bail;

use crate::console::{self, cargo, part, root, run};
use crate::debian::{self, For};
use crate::machine;
use crate::postgres::{self, Postgres};

/// The parts of a run that failed. Later parts run all the same: one run shows everything that is wrong.
#[derive(Default)]
struct Verdict {
    failed: Vec<&'static str>,
    /// What is said about a good part once the next one begins: after the last part nothing may follow the closing line
    /// of its own runner.
    good: Option<String>,
}

impl Verdict {
    fn part(&mut self, name: &'static str, action: impl FnOnce() -> anyhow::Result<()>) -> bool {
        if let Some(words) = self.good.take() {
            eprintln!("{words}");
        }
        part(name);
        let start = machine::now();
        match action() {
            Ok(()) => {
                self.good = Some(format!("   {name}: good, {} s", start.elapsed().as_secs()));
                true
            }
            Err(error) => {
                eprintln!("   {name}: FAILED, {} s: {error:#}", start.elapsed().as_secs());
                self.failed.push(name);
                false
            }
        }
    }

    fn done(self) -> anyhow::Result<()> {
        if self.failed.is_empty() {
            return Ok(());
        }
        bail!("failed: {}", self.failed.join(", "))
    }
}

/// Everything. The browser comes last, so the run ends with its `N passed, N failed`; before it stand the summaries of
/// the Rust tests, as their own runner prints them.
pub fn test(fast: bool) -> anyhow::Result<()> {
    debian::provide(if fast { For::Tests } else { For::Browser })?;
    let mut verdict = Verdict::default();
    lints(&mut verdict);
    verdict.part("tests, with SQLite and PostgreSQL", || {
        let server = Postgres::start()?;
        let mut command = cargo();
        if console::finds("cargo-nextest") {
            command.args(["nextest", "run", "--workspace", "--no-fail-fast"]);
        } else {
            command.args(["test", "--workspace", "--lib", "--bins", "--tests", "--no-fail-fast"]);
        }
        run(command.env(postgres::VARIABLE, &server.url))
    });
    verdict.part("examples in the documentation", || run(cargo().args(["test", "--workspace", "--doc"])));
    if !fast {
        browser(&mut verdict);
    }
    verdict.done()
}

/// Format and lints.
pub fn lint() -> anyhow::Result<()> {
    let mut verdict = Verdict::default();
    lints(&mut verdict);
    verdict.done()
}

fn lints(verdict: &mut Verdict) {
    verdict.part("format", || run(cargo().args(["fmt", "--all", "--check"])));
    verdict.part("lints", || {
        run(cargo().args(["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]))
    });
}

/// The browser.
pub fn e2e() -> anyhow::Result<()> {
    debian::provide(For::Browser)?;
    let mut verdict = Verdict::default();
    browser(&mut verdict);
    verdict.done()
}

fn browser(verdict: &mut Verdict) {
    let built = verdict.part("the program", || run(cargo().args(["build", "--package", "timon"])));
    let folder = root().join("e2e");
    let installed = folder.join("node_modules").is_dir()
        || verdict.part("the browser's driver", || {
            run(Command::new("npm").args(["ci", "--no-audit", "--no-fund"]).current_dir(&folder))
        });
    if built && installed {
        verdict.part("in the browser", || {
            let binary = console::target().join("debug/timon");
            run(Command::new("node").arg("run.mjs").env("TIMON_BINARY", binary).current_dir(&folder))
        });
    }
}
