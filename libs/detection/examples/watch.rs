//! Watches files of mentions: `cargo run --release -p detection --example watch -- FILE… > alarms.jsonl`.

use detection::{Settings, stream};
use std::fs::File;
use std::io::{Write, stdout};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut settings = Settings::default();
    for argument in std::env::args().skip(1) {
        if let Some(days) = argument.strip_prefix("--days=") {
            settings.false_alarm_days = days.parse()?;
            continue;
        }
        let summary = stream::watch(File::open(&argument)?, stdout().lock(), &settings)?;
        for (line, why) in &summary.faults {
            writeln!(std::io::stderr(), "{argument}:{line}: {why}")?;
        }
    }
    Ok(())
}
