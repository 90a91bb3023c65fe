//! `timon cushion`: ratings on standard input, the cushion as one JSON object on standard output.

use std::io::{BufRead as _, Write as _};

use anyhow::Context as _;
use cushion::report::{RatingLine, report};
use cushion::surface::{SURFACES, Surface};

/// Options.
#[derive(clap::Args)]
pub struct Arguments {
    /// How the ratings are shown: google, trustpilot, yelp, booking, play or perceived.
    #[arg(long, default_value = "google")]
    surface: String,
}

/// Runs `timon cushion`.
pub fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let surface = Surface::named(&arguments.surface).with_context(|| {
        let names: Vec<&str> = SURFACES.iter().map(|s| s.name).collect();
        format!("unknown surface {:?}; the surfaces are: {}", arguments.surface, names.join(", "))
    })?;
    let best = if surface.name == "booking" { 10.0 } else { 5.0 };
    let mut ratings = Vec::new();
    for (at, line) in std::io::stdin().lock().lines().enumerate() {
        let line = line?;
        if line.trim().is_empty() {
            continue;
        }
        let asked: RatingLine = serde_json::from_str(&line)
            .with_context(|| format!("line {} is not {{\"stars\":1..{best},\"age_days\":n}}", at + 1))?;
        let rating = asked.rating(best).with_context(|| {
            format!("line {}: stars must be 1 to {best}, age_days a number of days", at + 1)
        })?;
        ratings.push(rating);
    }
    let mut output = std::io::stdout().lock();
    serde_json::to_writer(&mut output, &report(surface, &ratings))?;
    Ok(output.write_all(b"\n")?)
}
