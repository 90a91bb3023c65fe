//! **paper**: texts in; a PDF out.
//!
//! *What for.* A receipt somebody keeps for years: a file that any reader opens, that a screen reader reads aloud, and that
//! does not change. Later, posters.
//!
//! *How.* Blocks are laid out on A4 pages (`layout`), drawn with `krilla` (`draw`) in the program's own font (`face`), tagged,
//! and checked on the way against PDF/A-2a (ISO 19005-2) and PDF/UA-1 (ISO 14289-1): a file that breaks one is not made.
//!
//! *What it never does.* It translates nothing, knows no clock and no chance: the same blocks give the same bytes. No text
//! makes it panic: what the font cannot show becomes "?" or is left out.
//!
//! *Where to start.* [`receipt`] with [`Receipt`]; [`paper()`] with [`Paper`] for anything else.
//!
//! ```
//! use paper::{Block, Date, Paper, paper};
//! let sheet = Paper {
//!     title: "Aviso".to_owned(),
//!     language: "es".to_owned(),
//!     made: Date { year: 2026, month: 11, day: 26 },
//!     blocks: vec![Block::Title("Aviso".to_owned()), Block::Paragraph("Hoy cerramos a las dos.".to_owned())],
//!     footer: String::new(),
//!     page_number: "{page} / {pages}".to_owned(),
//! };
//! assert!(paper(&sheet)?.starts_with(b"%PDF-"));
//! # Ok::<(), paper::PaperError>(())
//! ```

mod draw;
mod face;
mod labels;
mod layout;
mod poster;
mod qr;
mod receipt;
mod sheet;

#[cfg(test)]
mod tests;

pub use labels::{LABELS_MAX, Labels, labels};
pub use poster::{Code, Poster, Size, poster};
pub use qr::{Matrix, URL_BYTES_MAX};
pub use receipt::{Receipt, receipt};

/// A day, for the file's own data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Date {
    /// Four digits.
    pub year: u16,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
}

/// What is printed.
#[derive(Debug, Clone, PartialEq)]
pub struct Paper {
    /// What the file is called inside; not printed by itself.
    pub title: String,
    /// The language of its texts (ISO 639-1: "es").
    pub language: String,
    /// When it was made.
    pub made: Date,
    /// What it says, from top to bottom.
    pub blocks: Vec<Block>,
    /// At the foot of every page; at most three lines of it.
    pub footer: String,
    /// The number of a page, with `{page}` and `{pages}` in it; empty for none.
    pub page_number: String,
}

/// A piece of a paper.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// What it is.
    Title(String),
    /// What the next blocks are about.
    Heading(String),
    /// A text; line breaks are kept.
    Paragraph(String),
    /// Somebody's own words, with a bar beside them.
    Quote(String),
    /// One thing to be found at a glance, in the middle.
    Big(String),
    /// Names and values, side by side.
    Rows(Vec<(String, String)>),
    /// A line across the page.
    Rule,
    /// Room, in points (1/72 inch); at most a page.
    Gap(f32),
}

/// Why no file was made.
#[derive(Debug, thiserror::Error)]
pub enum PaperError {
    /// More text than a paper takes.
    #[error("{characters} characters are more than the {most} a paper takes")]
    TooLong {
        /// How many there are.
        characters: usize,
        /// How many it takes.
        most: usize,
    },
    /// An address that is no use as a QR code: empty, or too long to be read from a wall.
    #[error("an address of 1 to {} bytes is needed", URL_BYTES_MAX)]
    Address,
    /// More labels than one file takes, or none.
    #[error("a file takes 1 to {} labels", LABELS_MAX)]
    Count,
    /// The file would break PDF/A-2a or PDF/UA-1.
    #[error("the file cannot be made: {0}")]
    Refused(String),
}

/// Longest paper, in characters: some two hundred pages.
pub const CHARACTERS_MAX: usize = 500_000;

/// Makes the file.
pub fn paper(paper: &Paper) -> Result<Vec<u8>, PaperError> {
    let characters = paper.blocks.iter().map(Block::characters).sum::<usize>() + paper.footer.len();
    if characters > CHARACTERS_MAX {
        return Err(PaperError::TooLong { characters, most: CHARACTERS_MAX });
    }
    draw::draw(paper, &layout::lay_out(paper))
}

impl Block {
    fn characters(&self) -> usize {
        match self {
            Self::Title(text)
            | Self::Heading(text)
            | Self::Paragraph(text)
            | Self::Quote(text)
            | Self::Big(text) => text.chars().count(),
            // a row takes room even when it is empty
            Self::Rows(rows) => {
                rows.iter().map(|(name, value)| 40 + name.chars().count() + value.chars().count()).sum()
            }
            Self::Rule | Self::Gap(_) => 40,
        }
    }
}
