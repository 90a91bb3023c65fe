//! `timon train`: the reading model from a folder of data sets, with its model card.

use std::path::PathBuf;

/// Options.
#[derive(clap::Args)]
pub struct Arguments {
    /// Folder of the data sets (gzip JSON lines).
    #[arg(long)]
    data: PathBuf,
    /// Folder for the model and its card.
    #[arg(long, default_value = "models")]
    out: PathBuf,
    /// Seed: the same number, the same model.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Train on openly licensed sets only.
    #[arg(long)]
    clean: bool,
}

/// Runs `timon train`.
pub fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let mut options = nlp::train::TrainOptions::new(&arguments.data, &arguments.out);
    (options.seed, options.clean) = (arguments.seed, arguments.clean);
    let report = nlp::train::train(&options, &mut |line| eprintln!("{line}"))?;
    println!(
        "model version {} · {} bytes · {} rows trained, {} held out",
        report.version, report.model_bytes, report.rows_trained, report.rows_held_out
    );
    println!("{} · {}", options.model.display(), options.card.display());
    Ok(())
}
