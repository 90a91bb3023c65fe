//! Training: from the data folder to a model file and its card, the same bytes for the same seed.
//!
//! *How.* `sets` says which data may train what · `data` reads it and holds a part out · `linear` learns the
//! tables, `network` corrects them, `calibrate` makes the probabilities honest on held-out texts · figures are taken
//! on the held-out part · then everything is learnt once more on **all** rows that may train, with the calibration
//! just found, and that is what ships. `card` writes down all of it.

mod answers;
mod aspect_figures;
mod aspect_rows;
mod aspects;
mod calibrate;
mod card;
mod causes;
mod data;
mod fit;
mod intents;
mod lanes;
mod language;
mod lessons;
mod linear;
mod measure;
mod network;
mod random;
mod sets;

use std::path::PathBuf;

use thiserror::Error;

pub use answers::AnswerFigures;
pub use aspect_figures::{AspectFigures, Micro};
pub use measure::{ABSTAINED, Figures};
pub use sets::Class;

use crate::complaint::ComplaintTables;
use crate::format;
use crate::model::Model;
use crate::reading::Head;

/// What to train on, and where to put it.
#[derive(Clone, Debug)]
pub struct TrainOptions {
    /// The folder of `*.jsonl.gz` sets.
    pub data: PathBuf,
    /// The model file to write.
    pub model: PathBuf,
    /// The model card to write.
    pub card: PathBuf,
    /// Openly licensed sets only (classes A and A-).
    pub clean: bool,
    /// Same seed, same model.
    pub seed: u64,
    /// Ship the weights that were measured, without learning again from the held-out part.
    pub keep_held_out: bool,
}

impl TrainOptions {
    /// Trains from `data` into `models` (`reading.model` and `README.md`).
    pub fn new(data: impl Into<PathBuf>, models: impl Into<PathBuf>) -> Self {
        let models = models.into();
        Self {
            data: data.into(),
            model: models.join("reading.model"),
            card: models.join("README.md"),
            clean: false,
            seed: 1,
            keep_held_out: false,
        }
    }
}

/// Figures of one set (in one language).
#[derive(Clone, Debug)]
pub struct SetFigures {
    /// Name of the set.
    pub set: &'static str,
    /// Language code.
    pub language: &'static str,
    /// Licence class.
    pub class: Class,
    /// The head that was asked.
    pub head: Head,
    /// The figures.
    pub figures: Figures,
}

/// Figures of the language reader.
#[derive(Clone, Debug)]
pub struct LanguageFigures {
    /// Language code.
    pub language: &'static str,
    /// Texts under 40 bytes: how many, share right.
    pub short: (usize, f64),
    /// All texts: how many, share right.
    pub all: (usize, f64),
}

/// What a training run did.
#[derive(Clone, Debug)]
pub struct TrainReport {
    /// Version of the new model.
    pub version: u32,
    /// Size of its file.
    pub model_bytes: usize,
    /// Rows that trained weights.
    pub rows_trained: usize,
    /// Rows held out.
    pub rows_held_out: usize,
    /// Sets whose file was not found.
    pub missing: Vec<&'static str>,
    /// Sentiment, per set and language.
    pub sets: Vec<SetFigures>,
    /// Sentiment of firms never seen, each part of them left out once: which part, and its figures.
    pub firms: Vec<(String, Figures)>,
    /// Language.
    pub languages: Vec<LanguageFigures>,
    /// Why texts complain.
    pub causes: Vec<AnswerFigures>,
    /// What their authors want: each intent, yes or no.
    pub intents: Vec<AnswerFigures>,
    /// Aspects, per set, language and domain.
    pub aspects: Vec<AspectFigures>,
}

/// Why a training run stopped.
#[derive(Debug, Error)]
pub enum TrainError {
    /// A data file is not what it should be.
    #[error("{}: {problem}", path.display())]
    Data {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        problem: String,
    },
    /// The folder has nothing to learn from.
    #[error("no labelled texts in {}", path.display())]
    Empty {
        /// The folder.
        path: PathBuf,
    },
    /// A file could not be written.
    #[error("cannot write {}: {source}", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The model does not read back: a fault of this program.
    #[error("the new model does not read back: {0}")]
    ReadBack(#[from] crate::ModelError),
}

/// Trains, measures, writes the model and its card.
pub fn train(options: &TrainOptions, progress: &mut dyn FnMut(&str)) -> Result<TrainReport, TrainError> {
    progress("reading the data");
    let (rows, missing) = data::load(&options.data, options.clean)?;
    if !rows.iter().any(|row| row.label.is_some() && !row.held_out) {
        return Err(TrainError::Empty { path: options.data.clone() });
    }
    for name in &missing {
        progress(&format!("not found, skipped: {name}"));
    }
    progress(&format!("{} texts; learning languages", rows.len()));
    let (table, languages) = language::learn(&rows, options.seed);
    let mut model = Model::silent(table);
    progress("taking features");
    let examples = fit::prepare(&rows);
    progress("learning from the training part");
    fit::learn(&mut model, &examples, fit::Part::Trained, options.seed);
    progress("calibrating and measuring on the held-out part");
    let sets = fit::measure(&mut model, &rows);
    progress("leaving out one firm after the other");
    let firms = fit::leave_firms_out(&examples, &model, &rows, options.seed);
    progress("learning why texts complain and what their authors want");
    let causes = causes::learn_causes(&model, &options.data, options.clean, options.seed)?;
    let intents = intents::learn_intents(&model, &options.data, &rows, options.clean, options.seed)?;
    model.complaint =
        ComplaintTables { causes: causes.table, threshold: causes.threshold, intents: intents.table };
    progress("learning aspects");
    let aspect_rows = aspect_rows::load(&options.data, options.clean, false)?;
    let prepared = aspects::prepare(&aspect_rows);
    aspects::learn(&mut model.aspects, &prepared, fit::Part::Trained, options.seed);
    aspects::find_thresholds(&mut model.aspects, &prepared, options.seed);
    aspects::calibrate(&mut model, &aspect_rows);
    let aspect_figures = aspect_figures::measure(&model, &aspect_rows);
    if !options.keep_held_out {
        progress("learning once more from everything that may train");
        aspects::learn(&mut model.aspects, &prepared, fit::Part::Everything, options.seed);
        fit::learn(&mut model, &examples, fit::Part::Everything, options.seed);
    }
    let bytes = format::encode(&model);
    let version = Model::from_bytes(&bytes)?.version();
    let report = TrainReport {
        version,
        model_bytes: bytes.len(),
        rows_trained: rows.iter().filter(|row| row.label.is_some() && !row.held_out).count(),
        rows_held_out: rows.iter().filter(|row| row.label.is_some() && row.held_out).count(),
        missing,
        sets,
        firms,
        languages,
        causes: [causes.figures, causes::measure_blind(&model)].concat(),
        intents: [intents.figures, intents::measure_blind(&model)].concat(),
        aspects: aspect_figures,
    };
    write(&options.model, &bytes)?;
    write(&options.card, card::card(&report, &card::count(&rows), options.clean).as_bytes())?;
    Ok(report)
}

/// Learns and measures the aspects alone, beside the model of this build: a minute instead of ten, for whoever works on
/// `lexicon/aspects.tsv`.
pub fn measure_aspects(
    data: &std::path::Path,
    clean: bool,
    official: bool,
    progress: &mut dyn FnMut(&str),
) -> Result<Vec<AspectFigures>, TrainError> {
    let rows = aspect_rows::load(data, clean, official)?;
    let seed = 1;
    progress(&format!("{} rows", rows.len()));
    let mut model = Model::silent(crate::language::LanguageTable::empty());
    let prepared = aspects::prepare(&rows);
    progress("learning");
    aspects::learn(&mut model.aspects, &prepared, fit::Part::Trained, seed);
    progress("thresholds");
    aspects::find_thresholds(&mut model.aspects, &prepared, seed);
    progress("measuring");
    Ok(aspect_figures::measure(&model, &rows))
}

fn write(path: &PathBuf, bytes: &[u8]) -> Result<(), TrainError> {
    std::fs::write(path, bytes).map_err(|source| TrainError::Write { path: path.clone(), source })
}
