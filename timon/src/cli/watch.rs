//! `timon watch FILE…`: streams of mentions as JSON lines in, what the detector says as JSON lines out.

use std::fs::File;
use std::path::PathBuf;

use anyhow::Context as _;
use detection::Settings;
use detection::stream::{Summary, watch};

/// Options.
#[derive(clap::Args)]
pub struct Arguments {
    /// Files of JSON lines, each a `meta` line and its events in order of arrival; `-` is the standard input.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// At least so many days between two false alarms, on average, over everything that is watched.
    #[arg(long, default_value_t = Settings::default().false_alarm_days)]
    false_alarm_days: f64,
}

/// Runs `timon watch`. Lines that cannot be read are left out and named on standard error.
pub fn run(arguments: &Arguments) -> anyhow::Result<()> {
    anyhow::ensure!(
        (1.0..=36_500.0).contains(&arguments.false_alarm_days),
        "--false-alarm-days must be between 1 and 36500"
    );
    let settings = Settings { false_alarm_days: arguments.false_alarm_days, ..Settings::default() };
    let output = std::io::stdout().lock();
    let mut output = std::io::BufWriter::new(output);
    for path in &arguments.files {
        let named = || format!("watching {}", path.display());
        let summary: Summary = if path.as_os_str() == "-" {
            watch(std::io::stdin().lock(), &mut output, &settings).with_context(named)?
        } else {
            let file = File::open(path).with_context(named)?;
            watch(file, &mut output, &settings).with_context(named)?
        };
        for (line, why) in &summary.faults {
            eprintln!("timon: {}, line {line}: {why}", path.display());
        }
    }
    Ok(())
}
