//! A poster for the wall and a card for the table: one question, one code, one address.
//!
//! **What must stay true.** The code is at least 35 mm wide on A4 and 25 mm on A6, and on white. The address stands in
//! letters below it, for whoever has no camera. The card is the poster at half its size, except for what would be too small.

use crate::draw::{INK, QUIET};
use crate::face::Weight;
use crate::qr::Matrix;
use crate::sheet::{ACCENT, Piece, Set, Sheet, mm, print, spoken};
use crate::{CHARACTERS_MAX, Date, PaperError};

/// What it is printed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Size {
    /// For the wall.
    A4,
    /// For the table.
    A6,
    /// Four cards on one A4, with marks to cut at.
    FourA6,
}

/// A code that is typed into the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    /// What it is called: "Código de hoy".
    pub label: String,
    /// The code.
    pub value: String,
}

/// A poster; every text comes translated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Poster {
    /// On which paper.
    pub size: Size,
    /// The language of the texts (ISO 639-1: "es").
    pub language: String,
    /// Whose it is.
    pub business: String,
    /// The question, in a few words.
    pub headline: String,
    /// What else there is to say: a line or two.
    pub lines: Vec<String>,
    /// Where the code leads, at most [`crate::URL_BYTES_MAX`] bytes; without its `https://` it also stands in letters.
    pub url: String,
    /// What the code is, for who has the file read aloud: "Código QR de timon.example/r/abc".
    pub alt: String,
    /// A code to type, if there is one.
    pub code: Option<Code>,
    /// The small print at the foot.
    pub footer: String,
    /// When it was made.
    pub made: Date,
}

/// A6 (ISO 216) is half of A4 each way.
const A4: (f32, f32) = (mm(210.0), mm(297.0));
const A6: (f32, f32) = (mm(105.0), mm(148.0));

/// Makes the file: PDF/A-2a and PDF/UA-1; the same poster gives the same bytes.
///
/// # Errors
/// [`PaperError::Address`] for an address that is empty or too long, [`PaperError::TooLong`] for too much text.
pub fn poster(poster: &Poster) -> Result<Vec<u8>, PaperError> {
    let characters = [&poster.business, &poster.headline, &poster.footer, &poster.alt];
    let characters = characters.into_iter().chain(&poster.lines).map(String::len).sum();
    if characters > CHARACTERS_MAX / 100 {
        return Err(PaperError::TooLong { characters, most: CHARACTERS_MAX / 100 });
    }
    let matrix = Matrix::new(&poster.url)?;
    print(&[sheet(poster, &matrix)], &poster.headline, &poster.language, poster.made)
}

pub(crate) fn sheet(poster: &Poster, matrix: &Matrix) -> Sheet {
    let (width, height) = if poster.size == Size::A6 { A6 } else { A4 };
    let pieces = match poster.size {
        Size::A4 => Card { poster, matrix, at: (0.0, 0.0), page: A4, scale: 1.0 }.pieces(),
        Size::A6 => Card { poster, matrix, at: (0.0, 0.0), page: A6, scale: 0.5 }.pieces(),
        Size::FourA6 => {
            let page = (A4.0 / 2.0, A4.1 / 2.0);
            let corners = [(0.0, 0.0), (page.0, 0.0), (0.0, page.1), page];
            let cards = corners.map(|at| Card { poster, matrix, at, page, scale: 0.5 }.pieces());
            cards.into_iter().flatten().chain(cut_marks()).collect()
        }
    };
    Sheet { width, height, pieces }
}

/// Short hairlines at the edges and a cross in the middle, where no printer leaves them out.
fn cut_marks() -> Vec<Piece> {
    let (middle_x, middle_y) = (A4.0 / 2.0, A4.1 / 2.0);
    let (length, from_edge, hair) = (mm(6.0), mm(5.0), 0.5);
    let bar = |x: f32, y: f32, width: f32, height: f32| Piece::Bar { x, y, width, height, colour: QUIET };
    let upright = |y: f32| bar(middle_x - hair / 2.0, y, hair, length);
    let level = |x: f32| bar(x, middle_y - hair / 2.0, length, hair);
    vec![
        upright(from_edge),
        upright(middle_y - length / 2.0),
        upright(A4.1 - from_edge - length),
        level(from_edge),
        level(middle_x - length / 2.0),
        level(A4.0 - from_edge - length),
    ]
}

/// One poster in its place.
struct Card<'a> {
    poster: &'a Poster,
    matrix: &'a Matrix,
    at: (f32, f32),
    page: (f32, f32),
    scale: f32,
}

impl Card<'_> {
    /// From the edge to where something is printed.
    fn margin(&self) -> f32 {
        mm(22.0) * self.scale
    }

    fn set(&self, (largest, smallest): (f32, f32), weight: Weight, lines_max: usize) -> Set {
        let sizes = (largest * self.scale, (smallest * self.scale).max(7.0).min(largest * self.scale));
        Set { sizes, weight, colour: INK, lines_max }
    }

    /// A text at the height `y`, in the middle; and where it ends.
    fn put(&self, pieces: &mut Vec<Piece>, set: Set, text: &str, y: f32, is_title: bool) -> f32 {
        if text.trim().is_empty() {
            return y;
        }
        let x = self.at.0 + self.margin();
        let (lines, height) = set.text(text, (x, y), self.margin().mul_add(-2.0, self.page.0), true);
        pieces.push(Piece::Text { lines, is_title });
        y + height
    }

    fn pieces(&self) -> Vec<Piece> {
        let mut pieces = Vec::new();
        let top = self.head(&mut pieces);
        let bottom = self.foot(&mut pieces);
        self.code(&mut pieces, top, bottom);
        pieces
    }

    /// Who asks, and what. Returns where it ends.
    fn head(&self, pieces: &mut Vec<Piece>) -> f32 {
        let middle = self.at.0 + self.page.0 / 2.0;
        let business = self.set((21.0, 15.0), Weight::Bold, 2);
        let mut y = self.put(pieces, business, &self.poster.business, self.at.1 + self.margin(), false);
        let (width, height) = (mm(16.0) * self.scale, 4.0 * self.scale);
        y += 9.0 * self.scale;
        pieces.push(Piece::Bar { x: middle - width / 2.0, y, width, height, colour: ACCENT });
        y += 30.0 * self.scale;
        let headline = Set { colour: ACCENT, ..self.set((54.0, 22.0), Weight::Bold, 3) };
        y = self.put(pieces, headline, &self.poster.headline, y, true) + 8.0 * self.scale;
        for line in self.poster.lines.iter().take(3) {
            let set = self.set((19.0, 15.0), Weight::Regular, 2);
            y = self.put(pieces, set, line, y + 4.0 * self.scale, false);
        }
        y
    }

    /// The small print. Returns where it begins.
    fn foot(&self, pieces: &mut Vec<Piece>) -> f32 {
        let set = Set { colour: QUIET, ..self.set((13.0, 10.0), Weight::Regular, 3) };
        let set = Set { sizes: (set.sizes.0.max(7.5), set.sizes.1.max(7.0)), ..set };
        let x = self.at.0 + self.margin();
        let width = self.margin().mul_add(-2.0, self.page.0);
        let edge = self.at.1 + self.page.1 - self.margin() * 0.8;
        let (mut lines, height) = set.text(&self.poster.footer, (x, 0.0), width, true);
        let top = edge - height;
        for line in &mut lines {
            line.y += top;
        }
        if !lines.is_empty() {
            pieces.push(Piece::Text { lines, is_title: false });
        }
        top
    }

    /// The code, its address and what is typed, in the middle of what is left.
    fn code(&self, pieces: &mut Vec<Piece>, top: f32, bottom: f32) {
        let gap = 10.0 * self.scale;
        let address = self.set((19.0, 11.0), Weight::Bold, 2);
        let mut below = Vec::new();
        let mut height = self.put(&mut below, address, &spoken(&self.poster.url), 0.0, false);
        if let Some(code) = &self.poster.code {
            let label = Set { colour: QUIET, ..self.set((14.0, 13.0), Weight::Regular, 1) };
            height = self.put(&mut below, label, &code.label, height + 1.6 * gap, false);
            let value = Set { colour: ACCENT, ..self.set((32.0, 16.0), Weight::Bold, 1) };
            height = self.put(&mut below, value, &code.value, height, false);
        }
        let room = bottom - top;
        let (least, most) = self.sides();
        let side = (room - height - gap * 3.0).clamp(least, most);
        let y = top + ((room - side - height - gap) / 2.0).max(0.0);
        let x = self.at.0 + (self.page.0 - side) / 2.0;
        self.frame(pieces, x, y, side);
        let (matrix, alt) = (self.matrix.clone(), self.poster.alt.clone());
        pieces.push(Piece::Qr { x, y, side, matrix, alt });
        for piece in &mut below {
            if let Piece::Text { lines, .. } = piece {
                for line in lines {
                    line.y += y + side + gap;
                }
            }
        }
        pieces.append(&mut below);
    }

    /// The smallest and the largest side of the code with the white around it.
    fn sides(&self) -> (f32, f32) {
        let squares = self.matrix.size() as f32;
        let with_white = (squares + 8.0) / squares;
        let least = if self.scale < 1.0 { mm(25.0) } else { mm(35.0) };
        (least * with_white, mm(96.0) * self.scale)
    }

    /// Four corners around the code: where to point the telephone.
    fn frame(&self, pieces: &mut Vec<Piece>, x: f32, y: f32, side: f32) {
        let (length, thick) = (mm(10.0) * self.scale, 3.0 * self.scale);
        let far = side - length;
        let edge = side - thick;
        for (dx, dy, width, height) in [
            (0.0, 0.0, length, thick),
            (0.0, 0.0, thick, length),
            (far, 0.0, length, thick),
            (edge, 0.0, thick, length),
            (0.0, edge, length, thick),
            (0.0, far, thick, length),
            (far, edge, length, thick),
            (edge, far, thick, length),
        ] {
            pieces.push(Piece::Bar { x: x + dx, y: y + dy, width, height, colour: ACCENT });
        }
    }
}
