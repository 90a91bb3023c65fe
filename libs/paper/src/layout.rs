//! Where everything stands: blocks to lines, lines to pages.
//!
//! Distances are points (1/72 inch) from the upper left corner; a text stands on its base line.

use crate::face::{Face, Weight, clean};
use crate::{Block, Paper};

/// A4 (ISO 216): 210 × 297 mm.
pub(crate) const WIDTH: f32 = 595.276;
pub(crate) const HEIGHT: f32 = 841.89;
/// 20 mm.
pub(crate) const MARGIN: f32 = 56.693;
/// Room for the footer above the lower margin.
const FOOT: f32 = 52.0;
const BODY: f32 = 10.5;
const LEADING: f32 = 1.42;
/// Of a row, the part that is the name.
const NAME_SHARE: f32 = 0.32;
const COLUMN_GAP: f32 = 12.0;
const QUOTE_INDENT: f32 = 14.0;
const FOOT_LINES_MAX: usize = 3;
const FOOT_SIZE: f32 = 8.5;

/// To which part of the paper a text belongs, for who reads it aloud.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Part {
    /// A block, by its number.
    Block(usize),
    /// A cell of the rows of a block: the row, and whether it is the value.
    Cell(usize, usize, bool),
    /// Repeated on every page.
    Foot,
}

/// Something drawn.
#[derive(Debug, Clone)]
pub(crate) enum Mark {
    Text { x: f32, y: f32, size: f32, weight: Weight, quiet: bool, text: String, part: Part },
    Bar { x: f32, y: f32, width: f32, height: f32 },
}

/// Lays out all pages.
pub(crate) fn lay_out(paper: &Paper) -> Vec<Vec<Mark>> {
    let mut pages = Pages { pages: vec![Vec::new()], y: MARGIN };
    for (number, block) in paper.blocks.iter().enumerate() {
        pages.block(number, block);
    }
    pages.feet(&clean(&paper.footer), &paper.page_number);
    pages.pages
}

/// How a text looks.
#[derive(Clone, Copy)]
struct Look {
    size: f32,
    weight: Weight,
    /// Room before it.
    before: f32,
    /// Lines that must fit on the page with its first one.
    keep: usize,
}

const TITLE: Look = Look { size: 19.0, weight: Weight::Bold, before: 6.0, keep: 3 };
const HEADING: Look = Look { size: 12.5, weight: Weight::Bold, before: 14.0, keep: 3 };
const PARAGRAPH: Look = Look { size: BODY, weight: Weight::Regular, before: 6.0, keep: 1 };
const BIG: Look = Look { size: 24.0, weight: Weight::Bold, before: 10.0, keep: 1 };

struct Pages {
    pages: Vec<Vec<Mark>>,
    /// Where the next line begins, from the top.
    y: f32,
}

impl Pages {
    fn draw(&mut self, mark: Mark) {
        if let Some(page) = self.pages.last_mut() {
            page.push(mark);
        }
    }

    const fn bottom() -> f32 {
        HEIGHT - MARGIN - FOOT
    }

    /// Turns the page when so much does not fit any more.
    fn need(&mut self, height: f32) -> bool {
        let turns = self.y + height > Self::bottom() && self.y > MARGIN;
        if turns {
            self.pages.push(Vec::new());
            self.y = MARGIN;
        }
        turns
    }

    fn room(&mut self, height: f32) {
        // no room at the top of a page
        if self.y > MARGIN {
            self.y = (self.y + height.clamp(0.0, HEIGHT)).min(Self::bottom());
        }
    }

    fn block(&mut self, number: usize, block: &Block) {
        match block {
            Block::Title(text) => self.text(number, text, TITLE),
            Block::Heading(text) => self.text(number, text, HEADING),
            Block::Paragraph(text) => self.text(number, text, PARAGRAPH),
            Block::Quote(text) => self.quote(number, text),
            Block::Big(text) => self.big(number, text),
            Block::Rows(rows) => self.rows(number, rows),
            Block::Rule => {
                self.room(8.0);
                self.need(8.0);
                self.draw(Mark::Bar { x: MARGIN, y: self.y, width: WIDTH - 2.0 * MARGIN, height: 0.6 });
                self.y += 8.0;
            }
            Block::Gap(height) => self.room(if height.is_finite() { *height } else { 0.0 }),
        }
    }

    /// One line at the left edge `x`, without turning the page.
    fn line(&mut self, x: f32, look: Look, text: String, part: Part) {
        let y = self.y + look.size * 1.07;
        let Look { size, weight, .. } = look;
        self.draw(Mark::Text { x, y, size, weight, quiet: false, text, part });
    }

    fn text(&mut self, number: usize, text: &str, look: Look) {
        let height = look.size * LEADING;
        self.room(look.before);
        self.need(height + (look.keep - 1) as f32 * BODY * LEADING);
        for line in wrap(&clean(text), Face::of(look.weight), look.size, WIDTH - 2.0 * MARGIN) {
            self.need(height);
            self.line(MARGIN, look, line, Part::Block(number));
            self.y += height;
        }
    }

    fn big(&mut self, number: usize, text: &str) {
        let height = BIG.size * LEADING;
        self.room(BIG.before);
        for line in wrap(&clean(text), Face::of(BIG.weight), BIG.size, WIDTH - 2.0 * MARGIN) {
            self.need(height);
            let width = Face::of(BIG.weight).width(line.trim_end(), BIG.size);
            self.line((WIDTH - width) / 2.0, BIG, line, Part::Block(number));
            self.y += height;
        }
    }

    fn quote(&mut self, number: usize, text: &str) {
        let height = BODY * LEADING;
        self.room(PARAGRAPH.before);
        for line in wrap(&clean(text), Face::of(Weight::Regular), BODY, WIDTH - 2.0 * MARGIN - QUOTE_INDENT) {
            self.need(height);
            self.draw(Mark::Bar { x: MARGIN, y: self.y, width: 2.0, height });
            self.line(MARGIN + QUOTE_INDENT, PARAGRAPH, line, Part::Block(number));
            self.y += height;
        }
    }

    fn rows(&mut self, number: usize, rows: &[(String, String)]) {
        let height = BODY * LEADING;
        let width = WIDTH - 2.0 * MARGIN;
        let name_width = width * NAME_SHARE;
        let value_x = MARGIN + name_width + COLUMN_GAP;
        let bold = Look { weight: Weight::Bold, ..PARAGRAPH };
        for (row, (name, value)) in rows.iter().enumerate() {
            self.room(4.0);
            let mut names = wrap(&clean(name), Face::of(Weight::Bold), BODY, name_width).into_iter();
            let mut values =
                wrap(&clean(value), Face::of(Weight::Regular), BODY, width - name_width - COLUMN_GAP)
                    .into_iter();
            loop {
                let (name, value) = (names.next(), values.next());
                if name.is_none() && value.is_none() {
                    break;
                }
                self.need(height);
                if let Some(name) = name {
                    self.line(MARGIN, bold, name, Part::Cell(number, row, false));
                }
                if let Some(value) = value {
                    self.line(value_x, PARAGRAPH, value, Part::Cell(number, row, true));
                }
                self.y += height;
            }
        }
    }

    /// The foot of every page, when it is known how many there are.
    fn feet(&mut self, footer: &str, page_number: &str) {
        let count = self.pages.len().to_string();
        let face = Face::of(Weight::Regular);
        let top = HEIGHT - MARGIN - FOOT + 10.0;
        for (at, page) in self.pages.iter_mut().enumerate() {
            let number =
                clean(&page_number.replace("{page}", &(at + 1).to_string()).replace("{pages}", &count));
            let number = number.replace('\n', " ");
            let number_width = face.width(&number, FOOT_SIZE).min(WIDTH / 3.0);
            let mut foot = |x: f32, line: usize, text: String| {
                let y = top + 14.0 + line as f32 * FOOT_SIZE * LEADING;
                let (size, weight, part) = (FOOT_SIZE, Weight::Regular, Part::Foot);
                page.push(Mark::Text { x, y, size, weight, quiet: true, text, part });
            };
            let room = WIDTH - 2.0 * MARGIN - number_width - COLUMN_GAP;
            for (line, text) in
                wrap(footer, face, FOOT_SIZE, room).into_iter().take(FOOT_LINES_MAX).enumerate()
            {
                foot(MARGIN, line, text);
            }
            let fitting = wrap(&number, face, FOOT_SIZE, WIDTH / 3.0).into_iter().next();
            if let Some(number) = fitting {
                foot(WIDTH - MARGIN - number_width, 0, number);
            }
            page.push(Mark::Bar { x: MARGIN, y: top, width: WIDTH - 2.0 * MARGIN, height: 0.4 });
        }
    }
}

/// Breaks a text into lines that fit: at line breaks, at blanks, and inside words that are longer than a line. A line that
/// was broken at a blank keeps it at its end, so that words stay apart for who copies the text.
pub(crate) fn wrap(text: &str, face: &Face, size: f32, width: f32) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.trim_end().lines() {
        let (mut line, mut used) = (String::new(), 0.0_f32);
        for word in paragraph.split_inclusive(' ') {
            let needs = face.width(word.trim_end(), size);
            if used + needs > width && !line.is_empty() {
                lines.push(std::mem::take(&mut line));
                used = 0.0;
            }
            if needs <= width {
                line.push_str(word);
                used += face.width(word, size);
                continue;
            }
            for character in word.chars() {
                let wide = face.width_of(character, size);
                if used + wide > width && !line.is_empty() {
                    lines.push(std::mem::take(&mut line));
                    used = 0.0;
                }
                line.push(character);
                used += wide;
            }
        }
        lines.push(line);
    }
    lines
}
