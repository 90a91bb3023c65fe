//! Trains the model from a data folder: `cargo run --release -p nlp --example train -- <data> <models> [clean]`.

use nlp::train::{TrainOptions, train};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [data, models, more @ ..] = arguments.as_slice() else {
        eprintln!("train <data folder> <models folder> [clean]");
        return;
    };
    let mut options = TrainOptions::new(data, models);
    options.clean = more.iter().any(|word| word == "clean");
    options.keep_held_out = more.iter().any(|word| word == "keep-held-out");
    match train(&options, &mut |line| eprintln!("{line}")) {
        Ok(report) => print_report(&report),
        Err(error) => eprintln!("{error}"),
    }
}

fn print_report(report: &nlp::train::TrainReport) {
    for set in &report.sets {
        let f = &set.figures;
        println!(
            "{:22} {} {:2} {:6} {:6} 3cl {:.3} bin {:.3} acc {:.3} ece {:.3} abst {:.2}",
            set.set,
            set.language,
            set.class.as_str(),
            set.head.as_str(),
            f.rows,
            f.macro_f1,
            f.binary_f1,
            f.accuracy,
            f.calibration_error,
            f.abstaining_gain
        );
    }
    for (part, f) in &report.firms {
        println!("trustpilot_es firms {part}: {} 3cl {:.3} bin {:.3}", f.rows, f.macro_f1, f.binary_f1);
    }
    for one in report.causes.iter().chain(&report.intents) {
        let each: Vec<String> =
            one.answers.iter().map(|(name, n, f1)| format!("{name} {f1:.3} ({n})")).collect();
        println!(
            "{:60} {:5} macro {:.3} acc {:.3} answered {:.2} right {:.3} {}",
            one.name,
            one.rows,
            one.macro_f1,
            one.accuracy,
            one.answered.0,
            one.answered.1,
            each.join(", ")
        );
    }
    for language in &report.languages {
        println!(
            "{} short {:5} {:.3} all {:6} {:.3}",
            language.language, language.short.0, language.short.1, language.all.0, language.all.1
        );
    }
    println!(
        "version {} bytes {} trained {} held out {}",
        report.version, report.model_bytes, report.rows_trained, report.rows_held_out
    );
}
