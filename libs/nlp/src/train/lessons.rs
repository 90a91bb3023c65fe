//! What causes and intents learn from: texts as examples for a table of lanes, and the seed files of our own.
//!
//! Each source has a plain number of its own while learning, thrown away afterwards: it soaks up how frequent a cause
//! is *there* (a health insurer's complaints are not a shop's), so that words are not blamed for it.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use flate2::read::GzDecoder;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::TrainError;
use super::lanes::{LaneExample, LaneRecipe, MarginRecipe, learn, learn_margins};
use crate::complaint::{COMPLAINT_BITS, PLAIN, WIDTH, plain};
use crate::fold::fold;
use crate::lanes::LaneTable;
use crate::language::Language;
use crate::model::{Model, Reader, group_of, lexicon_of};
use crate::reading::Head;
use crate::tokens::hash_bytes;

/// Parts of a cross-validation.
pub(crate) const PARTS: u64 = 5;

/// One text with what it teaches.
pub(crate) struct Lesson {
    pub example: LaneExample,
    pub source: usize,
    /// Which part of the cross-validation it belongs to; equal texts share it.
    pub part: u64,
}

/// Makes lessons of texts, with a model that already knows what texts feel.
pub(crate) struct Teacher<'a> {
    model: &'a Model,
    reader: Reader,
    /// How many sources there are.
    sources: usize,
}

impl<'a> Teacher<'a> {
    pub fn new(model: &'a Model, sources: usize) -> Self {
        Self { model, reader: Reader::default(), sources }
    }

    /// One lesson: a text of a source, read with a head.
    pub fn lesson(&mut self, text: &str, language: Language, source: usize, head: Head) -> Lesson {
        self.reader.scratch.read(text);
        self.reader.features.take_chars(&self.reader.scratch);
        self.reader.features.take_words(&self.reader.scratch, lexicon_of(group_of(language)));
        let felt = self.reader.felt_in(self.model, language, head);
        let Reader { scratch, features, .. } = &self.reader;
        let mut dense = plain(text, scratch, features, &felt).to_vec();
        dense.resize(PLAIN + self.sources, 0.0);
        if let Some(own) = dense.get_mut(PLAIN + source) {
            *own = 1.0;
        }
        let groups =
            vec![features.words.clone().into_boxed_slice(), features.chars.clone().into_boxed_slice()];
        let example =
            LaneExample { groups, dense: dense.into_boxed_slice(), holds: 0, known: 0, weight: 1.0 };
        Lesson { example, source, part: (hash_bytes(fold(text).as_bytes()) >> 24) % PARTS }
    }
}

/// Learns from lessons; the sources' own numbers are still in the table.
pub(crate) fn learn_from<'a>(
    lessons: impl Iterator<Item = &'a Lesson>,
    sources: usize,
    recipe: &LaneRecipe,
    seed: u64,
) -> LaneTable<WIDTH> {
    let examples: Vec<&LaneExample> = lessons.map(|lesson| &lesson.example).collect();
    learn(&examples, COMPLAINT_BITS, PLAIN + sources, recipe, seed)
}

/// The same with margins.
pub(crate) fn learn_margins_from<'a>(
    lessons: impl Iterator<Item = &'a Lesson>,
    sources: usize,
    recipe: &MarginRecipe,
    seed: u64,
) -> LaneTable<WIDTH> {
    let examples: Vec<&LaneExample> = lessons.map(|lesson| &lesson.example).collect();
    learn_margins(&examples, COMPLAINT_BITS, PLAIN + sources, recipe, seed)
}

/// From a table that knows its sources to the one that ships: it reads every text as one of `source`, at a
/// temperature.
pub(crate) fn settle(mut table: LaneTable<WIDTH>, source: usize, temperature: f32) -> LaneTable<WIDTH> {
    let own = table.dense.get(PLAIN + source).copied().unwrap_or_default();
    table.dense = table.dense.iter().take(PLAIN).copied().collect();
    for (lane, value) in own.into_iter().enumerate() {
        table.bend(lane, 1.0, value);
        table.bend(lane, 1.0 / temperature, 0.0);
    }
    table
}

/// A line of a seed file: labels (separated by commas), language, text.
pub(crate) fn seed_lines(file: &str) -> impl Iterator<Item = (&str, Language, &str)> {
    file.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let mut cells = line.splitn(3, '\t');
        let (labels, language, text) = (cells.next()?, cells.next()?, cells.next()?);
        Some((labels, Language::from_code(language)?, text))
    })
}

/// The field "cause" of a data set: one name or several.
#[derive(Deserialize)]
#[serde(untagged)]
pub(crate) enum Names {
    One(String),
    Several(Vec<String>),
}

impl Names {
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        let names = match self {
            Self::One(name) => std::slice::from_ref(name),
            Self::Several(names) => names,
        };
        names.iter().map(String::as_str)
    }
}

/// A line of a data set about complaints.
#[derive(Deserialize)]
pub(crate) struct Line {
    pub text: String,
    pub lang: Option<String>,
    pub label: Option<String>,
    cause: Option<Names>,
    /// Categories of the set, gathered into three causes.
    cause3: Option<String>,
    pub complaint: Option<u8>,
}

impl Line {
    /// The names of its causes: the gathered ones where the set has them.
    pub fn causes(&self) -> impl Iterator<Item = &str> {
        let gathered = self.cause3.as_deref();
        let own = self.cause.iter().flat_map(Names::iter).filter(move |_| gathered.is_none());
        gathered.into_iter().chain(own)
    }
}

/// The lines of a set; none where the folder lacks it.
pub(crate) fn read_set<T: DeserializeOwned>(folder: &Path, set: &str) -> Result<Vec<T>, TrainError> {
    let path = folder.join(format!("{set}.jsonl.gz"));
    if !path.is_file() {
        return Ok(Vec::new());
    }
    let wrong = |problem: String| TrainError::Data { path: path.clone(), problem };
    let file = File::open(&path).map_err(|error| wrong(error.to_string()))?;
    let mut lines = Vec::new();
    for (number, line) in BufReader::new(GzDecoder::new(file)).lines().enumerate() {
        let line = line.map_err(|error| wrong(error.to_string()))?;
        let line =
            serde_json::from_str(&line).map_err(|error| wrong(format!("line {}: {error}", number + 1)))?;
        lines.push(line);
    }
    Ok(lines)
}
