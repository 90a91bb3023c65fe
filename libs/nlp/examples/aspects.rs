//! Learns and measures the aspects alone: `cargo run --release -p nlp --example aspects -- <data> [clean] [official]`.
//!
//! `official` holds out the sets' own development parts instead of ours.

use std::path::Path;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [data, more @ ..] = arguments.as_slice() else {
        eprintln!("aspects <data folder> [clean]");
        return;
    };
    let clean = more.iter().any(|word| word == "clean");
    let official = more.iter().any(|word| word == "official");
    match nlp::train::measure_aspects(Path::new(data), clean, official, &mut |line| eprintln!("{line}")) {
        Ok(figures) => figures.iter().for_each(print_figures),
        Err(error) => eprintln!("{error}"),
    }
}

fn print_figures(one: &nlp::train::AspectFigures) {
    println!(
        "{:18} {} {:12} {:5} cat F1 {:.3} (P {:.3} R {:.3}) told {:.3}  polarity {:5} {:.3} ece {:.3} terms {:.3}",
        one.set,
        one.language,
        one.domain,
        one.rows,
        one.categories.f1(),
        one.categories.precision(),
        one.categories.recall(),
        one.told.f1(),
        one.polarity.0,
        one.polarity.1,
        one.calibration_error,
        one.words.recall()
    );
}
