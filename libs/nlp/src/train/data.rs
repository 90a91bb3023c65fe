//! Reads the data folder: gzip JSON lines, one file per set, into rows that are either trained on or held out.

use std::collections::HashSet;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use flate2::read::GzDecoder;
use serde::Deserialize;

use super::TrainError;
use super::sets::{Cut, SETS, Set};
use crate::fold::fold;
use crate::language::Language;
use crate::tokens::{hash_bytes, pair};

/// One in how many rows (or businesses) is held out.
const HELD_OUT_ONE_IN: u64 = 6;
/// The same for whole businesses, of which there are few.
pub(crate) const FIRM_PARTS: u8 = 4;
/// English has far more rows of films and games than of anything else; more of them only slow the training.
const ENGLISH_METACRITIC_ONE_IN: u64 = 4;

/// One labelled text.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub text: String,
    pub language: Language,
    /// 0 negative, 1 neutral, 2 positive; `None` where only the language is known.
    pub label: Option<u8>,
    /// Index into [`SETS`].
    pub set: usize,
    pub held_out: bool,
    /// Whether its set may reach a weight in this run; what may not is always held out.
    pub may_train: bool,
    /// Which half of the held-out rows it is in: one half is measured with the calibration of the other.
    pub half: u8,
    /// Where whole firms are held out of a set that may train: which part of the firms it belongs to (part 0 is the held-out one).
    pub firm_part: Option<u8>,
}

#[derive(Deserialize)]
struct Line {
    id: Option<String>,
    text: Option<String>,
    lang: Option<String>,
    label: Option<String>,
    business: Option<String>,
    time: Option<String>,
    split: Option<String>,
}

/// Everything the folder offers, in a fixed order; and the names of the sets it lacks.
pub(crate) fn load(folder: &Path, clean: bool) -> Result<(Vec<Row>, Vec<&'static str>), TrainError> {
    let (mut rows, mut missing) = (Vec::new(), Vec::new());
    for (index, set) in SETS.iter().enumerate().filter(|(_, set)| set.review + set.post > 0.0) {
        let path = folder.join(format!("{}.jsonl.gz", set.name));
        if path.is_file() {
            load_set(&path, index, set, clean, &mut rows)?;
        } else {
            missing.push(set.name);
        }
    }
    drop_leaks(&mut rows);
    Ok((rows, missing))
}

fn load_set(
    path: &Path,
    index: usize,
    set: &Set,
    clean: bool,
    rows: &mut Vec<Row>,
) -> Result<(), TrainError> {
    let wrong = |problem: String| TrainError::Data { path: path.to_owned(), problem };
    let file = File::open(path).map_err(|error| wrong(error.to_string()))?;
    for (number, line) in BufReader::new(GzDecoder::new(file)).lines().enumerate() {
        let line = line.map_err(|error| wrong(error.to_string()))?;
        let line: Line =
            serde_json::from_str(&line).map_err(|error| wrong(format!("line {}: {error}", number + 1)))?;
        let Some(text) = line.text.as_ref().filter(|text| !text.trim().is_empty()) else { continue };
        let Some(language) = line.lang.as_deref().and_then(language_of) else { continue };
        let key = hash_bytes(fold(text).as_bytes());
        if set.name == "metacritic_rt"
            && language == Language::En
            && !key.is_multiple_of(ENGLISH_METACRITIC_ONE_IN)
        {
            continue;
        }
        let label = match line.label.as_deref() {
            Some("neg") => Some(0),
            Some("neu") => Some(1),
            Some("pos") => Some(2),
            _ => None,
        };
        let may_train = set.trains(clean);
        let held_out = !may_train || is_held_out(set, &line, key);
        let half = u8::from(key >> 40 & 1 == 1);
        let firm_part = match (set.cut, &line.business) {
            (Cut::Business, Some(business)) if may_train => Some(firm_part(business)),
            _ => None,
        };
        let text = line.text.unwrap_or_default();
        rows.push(Row { half, firm_part, text, language, label, set: index, held_out, may_train });
    }
    Ok(())
}

fn is_held_out(set: &Set, line: &Line, key: u64) -> bool {
    let by_hash = (key >> 20).is_multiple_of(HELD_OUT_ONE_IN);
    match (set.cut, &line.business, &line.time) {
        (Cut::Business, Some(business), _) => firm_part(business) == 0,
        (Cut::Parallel, _, _) => {
            let (id, language) =
                (line.id.as_deref().unwrap_or_default(), line.lang.as_deref().unwrap_or_default());
            is_parallel_held_out(key_without_language(id, language))
        }
        (Cut::Official, _, _) => line.split.as_deref() != Some("train"),
        (Cut::Since(day), _, Some(time)) => time.as_str() >= day,
        (Cut::Since(_), _, None) => false,
        _ => by_hash,
    }
}

/// A row's name without its language: "mabsa-hotel-es-train-12" and "mabsa-hotel-en-train-12" are one text.
pub(crate) fn key_without_language(id: &str, language: &str) -> u64 {
    let parts = id.split('-').filter(|part| *part != language);
    parts.fold(0, |so_far, part| pair(so_far, hash_bytes(part.as_bytes())))
}

/// Whether a text and all its translations are held out.
pub(crate) const fn is_parallel_held_out(key: u64) -> bool {
    (key >> 20).is_multiple_of(HELD_OUT_ONE_IN)
}

/// Whole firms in [`FIRM_PARTS`] parts.
fn firm_part(business: &str) -> u8 {
    ((hash_bytes(business.as_bytes()) >> 24) % u64::from(FIRM_PARTS)) as u8
}

fn language_of(code: &str) -> Option<Language> {
    let short = code.split('-').next().unwrap_or(code);
    Language::from_code(short)
}

/// A text that is held out anywhere is not trained on anywhere: sets overlap, and people post the same text twice.
fn drop_leaks(rows: &mut Vec<Row>) {
    let held_out: HashSet<u64> =
        rows.iter().filter(|row| row.held_out).map(|row| hash_bytes(fold(&row.text).as_bytes())).collect();
    rows.retain(|row| row.held_out || !held_out.contains(&hash_bytes(fold(&row.text).as_bytes())));
}
