//! The cushion's formulas beside the reference that lies with the shared benchmark (`cushion.py`): computed values must be
//! equal, drawn ones within chance. Without the reference it says so and ends well.

use std::process::Command;

use crate::{console, detection};

/// Options.
#[derive(clap::Args)]
pub struct Options {
    /// Random inputs of each formula.
    #[arg(long, default_value_t = 20_000)]
    inputs: u64,
    /// Random files of ratings for `timon cushion`.
    #[arg(long, default_value_t = 1_000)]
    reports: u64,
    /// Where the random inputs begin.
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

pub fn run(options: &Options) -> anyhow::Result<()> {
    let oracle = detection::shared().join("bench/cushion");
    if !oracle.join("cushion.py").is_file() {
        println!("skipped: {} is not there", oracle.join("cushion.py").display());
        return Ok(());
    }
    let Some(python) = console::python("cushion-venv", &["numpy"])? else { return Ok(()) };
    // Nothing is measured: what is built for the tests will do.
    console::run(console::cargo().args(["build", "--package", "timon"]))?;
    console::run(console::cargo().args(["build", "--package", "cushion", "--example", "answer"]))?;
    let built = console::target().join("debug");
    let number = |n: u64| n.to_string();
    console::run(
        Command::new(python)
            .arg(console::root().join("xtask/cushion/compare.py"))
            .arg("--oracle")
            .arg(oracle)
            .arg("--formulas")
            .arg(built.join("examples/answer"))
            .arg("--timon")
            .arg(built.join("timon"))
            .args(["--inputs", &number(options.inputs), "--reports", &number(options.reports)])
            .args(["--seed", &number(options.seed)])
            .env("PYTHONDONTWRITEBYTECODE", "1"),
    )
}
