//! The receipt of a complaint: what is handed over on a durable medium (Spain: TRLGDCU, art. 21.3).

use crate::{Block, Date, Paper, PaperError, paper};

/// A receipt; every text comes translated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// The language of the texts (ISO 639-1: "es").
    pub language: String,
    /// "Justificante de reclamación".
    pub title: String,
    /// Whose receipt it is: name and address of the business, line by line.
    pub business: String,
    /// What this paper is, in a sentence or two; may be empty.
    pub lead: String,
    /// What the key is called.
    pub key_label: String,
    /// The key, by which the complaint is found again.
    pub key: String,
    /// Names and values: when it came, until when it is answered, how.
    pub rows: Vec<(String, String)>,
    /// What stands above the complaint.
    pub complaint_heading: String,
    /// The complaint in its author's own words.
    pub complaint: String,
    /// What stands above the notes; may be empty.
    pub notes_heading: String,
    /// What the author may do next: paragraphs.
    pub notes: Vec<String>,
    /// At the foot of every page.
    pub footer: String,
    /// The number of a page, with `{page}` and `{pages}` in it.
    pub page_number: String,
    /// When it was made.
    pub made: Date,
}

/// Makes the receipt: A4, PDF/A-2a and PDF/UA-1; the same receipt gives the same bytes.
pub fn receipt(receipt: &Receipt) -> Result<Vec<u8>, PaperError> {
    let mut blocks = vec![Block::Paragraph(receipt.business.clone()), Block::Title(receipt.title.clone())];
    let unless_empty = |blocks: &mut Vec<Block>, block: fn(String) -> Block, text: &String| {
        if !text.trim().is_empty() {
            blocks.push(block(text.clone()));
        }
    };
    unless_empty(&mut blocks, Block::Paragraph, &receipt.lead);
    blocks.push(Block::Rule);
    blocks.push(Block::Paragraph(receipt.key_label.clone()));
    blocks.push(Block::Big(receipt.key.clone()));
    blocks.push(Block::Rule);
    blocks.push(Block::Rows(receipt.rows.clone()));
    unless_empty(&mut blocks, Block::Heading, &receipt.complaint_heading);
    blocks.push(Block::Quote(receipt.complaint.clone()));
    unless_empty(&mut blocks, Block::Heading, &receipt.notes_heading);
    blocks.extend(receipt.notes.iter().cloned().map(Block::Paragraph));
    paper(&Paper {
        title: format!("{} {}", receipt.title, receipt.key),
        language: receipt.language.clone(),
        made: receipt.made,
        blocks,
        footer: receipt.footer.clone(),
        page_number: receipt.page_number.clone(),
    })
}
