//! Sheets of labels with a code each, for receipts: A4 with three columns of eight labels, 70 × 36 mm.
//!
//! **What must stay true.** Nothing is printed within 3 mm of a label's edge: printers and labels are never quite where they
//! say. A label's code leads to its own address and stands in letters beside it.

use crate::draw::{INK, QUIET};
use crate::face::Weight;
use crate::qr::Matrix;
use crate::sheet::{ACCENT, Piece, Set, Sheet, mm, print, spoken};
use crate::{CHARACTERS_MAX, Date, PaperError};

/// Most labels in one file: a hundred sheets.
pub const LABELS_MAX: usize = 2_400;
const COLUMNS: usize = 3;
const ROWS: usize = 8;
const WIDTH: f32 = mm(70.0);
const HEIGHT: f32 = mm(36.0);
/// What eight rows leave of an A4, half above and half below.
const TOP: f32 = mm((297.0 - 8.0 * 36.0) / 2.0);
const EDGE: f32 = mm(3.0);
/// The code with the white around it.
const SIDE: f32 = mm(28.0);

/// Labels; every text comes translated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Labels {
    /// One label each, as they are typed.
    pub codes: Vec<String>,
    /// Where a label's square leads: `{code}` in it stands for the label's own.
    pub url: String,
    /// The address to type by hand, with or without its `https://`.
    pub address: String,
    /// What the square is, for who has the file read aloud.
    pub alt: String,
    /// Whose they are.
    pub business: String,
    /// What to do, in a line or two.
    pub instructions: String,
    /// What the file is called inside.
    pub title: String,
    /// The language of the texts (ISO 639-1: "es").
    pub language: String,
    /// When they were made.
    pub made: Date,
}

/// Makes the file: PDF/A-2a and PDF/UA-1; the same labels give the same bytes.
///
/// # Errors
/// [`PaperError::Count`] for no or too many labels, [`PaperError::Address`] for an address that is empty or too long,
/// [`PaperError::TooLong`] for too much text.
pub fn labels(labels: &Labels) -> Result<Vec<u8>, PaperError> {
    if !(1..=LABELS_MAX).contains(&labels.codes.len()) {
        return Err(PaperError::Count);
    }
    let texts = [&labels.business, &labels.instructions, &labels.address, &labels.alt];
    let characters = texts.into_iter().map(String::len).sum::<usize>();
    if characters > CHARACTERS_MAX / 500 {
        return Err(PaperError::TooLong { characters, most: CHARACTERS_MAX / 500 });
    }
    let sheets: Result<Vec<Sheet>, PaperError> =
        labels.codes.chunks(COLUMNS * ROWS).map(|codes| sheet(labels, codes)).collect();
    print(&sheets?, &labels.title, &labels.language, labels.made)
}

pub(crate) fn sheet(labels: &Labels, codes: &[String]) -> Result<Sheet, PaperError> {
    let mut pieces = Vec::new();
    for (number, code) in codes.iter().enumerate() {
        let (column, row) = (number % COLUMNS, number / COLUMNS);
        let at = (column as f32 * WIDTH, (row as f32).mul_add(HEIGHT, TOP));
        pieces.extend(label(labels, code, at)?);
    }
    Ok(Sheet { width: mm(210.0), height: mm(297.0), pieces })
}

fn label(labels: &Labels, code: &str, (left, top): (f32, f32)) -> Result<Vec<Piece>, PaperError> {
    let code: String = code.chars().take(40).collect();
    let matrix = Matrix::new(&labels.url.replace("{code}", &code))?;
    let x = left + EDGE + SIDE + mm(1.0);
    let width = left + WIDTH - EDGE - x;
    let set = |sizes, weight, colour, lines_max| Set { sizes, weight, colour, lines_max };
    let texts = [
        (set((9.0, 7.0), Weight::Bold, INK, 2), &labels.business, 0.0),
        (set((7.5, 6.5), Weight::Regular, QUIET, 3), &labels.instructions, 2.0),
        (set((14.0, 8.0), Weight::Bold, ACCENT, 1), &code, 3.0),
        (set((7.0, 5.0), Weight::Regular, INK, 2), &spoken(&labels.address), 1.0),
    ];
    let mut placed = Vec::new();
    let mut height = 0.0;
    for (set, text, before) in texts {
        if text.trim().is_empty() {
            continue;
        }
        let (lines, takes) = set.text(text, (x, height + before), width, false);
        height += before + takes;
        placed.push(lines);
    }
    // In the middle of the label's height.
    let down = top + ((HEIGHT - height) / 2.0).max(EDGE);
    let mut pieces = vec![Piece::Qr {
        x: left + EDGE,
        y: top + (HEIGHT - SIDE) / 2.0,
        side: SIDE,
        matrix,
        alt: labels.alt.replace("{code}", &code),
    }];
    for mut lines in placed {
        for line in &mut lines {
            line.y += down;
        }
        pieces.push(Piece::Text { lines, is_title: false });
    }
    Ok(pieces)
}
