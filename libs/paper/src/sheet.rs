//! Sheets on which everything has its place: posters and labels.
//!
//! Distances are points (1/72 inch) from the upper left corner; a text stands on its base line. What is read aloud is read in
//! the order of the pieces.

use krilla::destination::XyzDestination;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::surface::Surface;
use krilla::tagging::{
    Artifact, ArtifactType, BBox, ContentTag, Identifier, Node, SpanTag, Tag, TagGroup, TagTree,
};
use std::num::NonZeroU16;

use crate::draw::{empty_document, fill, metadata, short, title};
use crate::face::{Face, Weight, clean};
use crate::layout::wrap;
use crate::qr::{Matrix, QUIET_ZONE};
use crate::{Date, PaperError};

/// A colour: red, green, blue.
pub(crate) type Colour = (u8, u8, u8);
/// The one colour beside ink: 7.6:1 on white.
pub(crate) const ACCENT: Colour = (10, 92, 104);

/// Millimetres in points.
pub(crate) const fn mm(millimetres: f32) -> f32 {
    millimetres * 72.0 / 25.4
}

/// One page.
pub(crate) struct Sheet {
    pub width: f32,
    pub height: f32,
    pub pieces: Vec<Piece>,
}

/// Something with a place and a meaning.
#[derive(Debug, Clone)]
pub(crate) enum Piece {
    /// Lines of one text; the first kind is what the sheet is about.
    Text { lines: Vec<Line>, is_title: bool },
    /// A QR code in a square that includes the white around it.
    Qr { x: f32, y: f32, side: f32, matrix: Matrix, alt: String },
    /// Decoration: it is not read aloud.
    Bar { x: f32, y: f32, width: f32, height: f32, colour: Colour },
}

/// One line of a text.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    pub x: f32,
    pub y: f32,
    pub size: f32,
    pub weight: Weight,
    pub colour: Colour,
    pub text: String,
}

/// How a text is set.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Set {
    /// The largest and the smallest size, points.
    pub sizes: (f32, f32),
    pub weight: Weight,
    pub colour: Colour,
    /// Lines at most; what does not fit in them at the smallest size ends in "…".
    pub lines_max: usize,
}

/// Distance between base lines, in parts of the size.
const LEADING: f32 = 1.25;
/// From the top of a line to its base line, in parts of the size.
const RISE: f32 = 0.95;

impl Set {
    /// The largest size at which the text fits, and its lines. No word is broken while a smaller size would spare it.
    fn fitted(&self, text: &str, width: f32) -> (f32, Vec<String>) {
        let (largest, smallest) = self.sizes;
        let face = Face::of(self.weight);
        let text: String = clean(text);
        let longest =
            |size: f32| text.split_whitespace().map(|word| face.width(word, size)).fold(0.0, f32::max);
        let mut size = largest;
        loop {
            let lines = wrap(&text, face, size, width);
            if lines.len() <= self.lines_max && longest(size) <= width {
                return (size, lines);
            }
            if size <= smallest {
                return (size, shortened(lines, self.lines_max, face, size, width));
            }
            size = (size * 0.94).max(smallest);
        }
    }

    /// The text with its first line's top at `y`, in the middle of `x..x + width` or at its left edge, and the height it
    /// takes.
    pub fn text(&self, text: &str, (x, y): (f32, f32), width: f32, centred: bool) -> (Vec<Line>, f32) {
        let (size, mut lines) = self.fitted(text, width);
        let face = Face::of(self.weight);
        if centred && lines.len() > 1 {
            lines = balanced(lines, face, size, width);
        }
        let height = lines.len() as f32 * size * LEADING;
        let line = |(number, text): (usize, String)| {
            let room = width - face.width(text.trim_end(), size);
            let x = if centred { x + room / 2.0 } else { x };
            let y = y + (number as f32).mul_add(size * LEADING, size * RISE);
            Line { x, y, size, weight: self.weight, colour: self.colour, text }
        };
        (lines.into_iter().enumerate().map(line).collect(), height)
    }
}

/// The same lines of about the same length: one word alone in the middle looks forgotten.
fn balanced(lines: Vec<String>, face: &Face, size: f32, width: f32) -> Vec<String> {
    let text: String = lines.concat();
    let longest = text.split_whitespace().map(|word| face.width(word, size)).fold(0.0, f32::max);
    // Lines that end elsewhere than at a blank stay as they are.
    let before = lines.split_last().map_or([].as_slice(), |(_, before)| before);
    if before.iter().any(|line| !line.ends_with(' ')) {
        return lines;
    }
    // Narrower and narrower, as long as it takes no more lines.
    let narrower = (1..20).map(|step| width * (step as f32).mul_add(-0.025, 1.0));
    let narrower = narrower.take_while(|width| *width >= longest);
    let fits =
        narrower.map(|width| wrap(&text, face, size, width)).take_while(|other| other.len() == lines.len());
    fits.last().unwrap_or(lines)
}

/// As many lines as there may be, the last with "…" where something is missing.
fn shortened(mut lines: Vec<String>, most: usize, face: &Face, size: f32, width: f32) -> Vec<String> {
    if lines.len() <= most {
        return lines;
    }
    lines.truncate(most);
    if let Some(last) = lines.last_mut() {
        let room = width - face.width("…", size);
        while face.width(last.trim_end(), size) > room && last.pop().is_some() {}
        last.truncate(last.trim_end().len());
        last.push('…');
    }
    lines
}

/// Makes the file. The same sheets give the same bytes.
pub(crate) fn print(sheets: &[Sheet], name: &str, language: &str, made: Date) -> Result<Vec<u8>, PaperError> {
    let refused = |what: &dyn std::fmt::Debug| PaperError::Refused(format!("{what:?}"));
    let mut document = empty_document()?;
    let mut tree = TagTree::new().with_lang(Some(language.to_owned()));
    for (number, sheet) in sheets.iter().enumerate() {
        let size = PageSettings::from_wh(sheet.width, sheet.height)
            .ok_or_else(|| refused(&"the size of the page"))?;
        let mut page = document.start_page_with(size);
        let mut surface = page.surface();
        for piece in &sheet.pieces {
            if let Some(group) = draw(&mut surface, piece, number) {
                tree.push(group);
            }
        }
        surface.finish();
        page.finish();
    }
    let mut outline = Outline::new();
    outline.push_child(OutlineNode::new(title(name), XyzDestination::new(0, Point::from_xy(0.0, 0.0))));
    document.set_tag_tree(tree);
    document.set_outline(outline);
    document.set_metadata(metadata(name, language, made));
    document.finish().map_err(|error| refused(&error))
}

fn draw(surface: &mut Surface<'_>, piece: &Piece, page: usize) -> Option<TagGroup> {
    match piece {
        Piece::Bar { x, y, width, height, colour } => {
            let mut path = PathBuilder::new();
            path.push_rect(Rect::from_xywh(*x, *y, *width, *height)?);
            let path = path.finish()?;
            surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Other)));
            surface.set_fill(Some(fill(*colour)));
            surface.draw_path(&path);
            surface.end_tagged();
            None
        }
        Piece::Text { lines, is_title } => {
            let said: Vec<Node> =
                lines.iter().filter_map(|line| draw_line(surface, line)).map(Node::from).collect();
            let whole: String = lines.iter().map(|line| line.text.as_str()).collect();
            let heading = short(&whole);
            Some(match (said.is_empty(), *is_title && !heading.is_empty()) {
                (true, _) => return None,
                (false, true) => TagGroup::with_children(Tag::Hn(NonZeroU16::MIN, Some(heading)), said),
                (false, false) => TagGroup::with_children(Tag::P, said),
            })
        }
        Piece::Qr { x, y, side, matrix, alt } => {
            let mut path = PathBuilder::new();
            let module = side / (matrix.size() + 2 * QUIET_ZONE) as f32;
            let place = |squares: usize| (squares + QUIET_ZONE) as f32 * module;
            for (column, row, length) in matrix.runs() {
                // A hair taller than it is: rows that only touch are drawn with a light seam between them.
                let (width, height) = (length as f32 * module, module * 1.01);
                path.push_rect(Rect::from_xywh(x + place(column), y + place(row), width, height)?);
            }
            let path = path.finish()?;
            let identifier = surface.start_tagged(ContentTag::Other);
            surface.set_fill(Some(fill((0, 0, 0))));
            surface.draw_path(&path);
            surface.end_tagged();
            let around = BBox::new(page, Rect::from_xywh(*x, *y, *side, *side)?);
            let figure = Tag::Figure(Some(short(alt))).with_bbox(Some(around));
            Some(TagGroup::with_children(figure, vec![Node::from(identifier)]))
        }
    }
}

fn draw_line(surface: &mut Surface<'_>, line: &Line) -> Option<Identifier> {
    let face = Face::of(line.weight);
    let glyphs = face.glyphs(&line.text);
    if glyphs.is_empty() {
        return None;
    }
    let identifier = surface.start_tagged(ContentTag::Span(SpanTag::empty()));
    surface.set_fill(Some(fill(line.colour)));
    let at = Point::from_xy(line.x, line.y);
    surface.draw_glyphs(at, &glyphs, face.font.clone(), &line.text, line.size, false);
    surface.end_tagged();
    Some(identifier)
}

/// An address as people type it.
pub(crate) fn spoken(url: &str) -> String {
    let bare = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://")).unwrap_or(url);
    bare.trim_end_matches('/').to_owned()
}
