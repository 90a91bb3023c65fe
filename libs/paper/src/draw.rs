//! From marks to a file: pages, tags for who has it read aloud, outline, metadata.

use std::collections::BTreeMap;
use std::num::NonZeroU16;

use krilla::Document;
use krilla::SerializeSettings;
use krilla::color::rgb;
use krilla::configure::{Accessibility, Archival, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::metadata::{DateTime, Metadata};
use krilla::num::NormalizedF32;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule};
use krilla::surface::Surface;
use krilla::tagging::{
    Artifact, ArtifactType, ContentTag, Identifier, Node, SpanTag, TableHeaderScope, Tag, TagGroup, TagTree,
};

use crate::face::{Face, clean};
use crate::layout::{HEIGHT, Mark, Part, WIDTH};
use crate::{Block, Date, Paper, PaperError};

pub(crate) const INK: (u8, u8, u8) = (20, 24, 28);
pub(crate) const QUIET: (u8, u8, u8) = (84, 92, 100);
const BAR: (u8, u8, u8) = (150, 158, 166);

/// A file that keeps to PDF/A-2a and PDF/UA-1, with nothing in it.
pub(crate) fn empty_document() -> Result<Document, PaperError> {
    let configuration = ConfigurationBuilder::new()
        .with_archival_validator(Archival::A2_A)
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(|error| PaperError::Refused(format!("{error:?}")))?;
    Ok(Document::new_with(SerializeSettings { configuration, ..SerializeSettings::default() }))
}

/// Draws all pages.
pub(crate) fn draw(paper: &Paper, pages: &[Vec<Mark>]) -> Result<Vec<u8>, PaperError> {
    let refused = |what: &dyn std::fmt::Debug| PaperError::Refused(format!("{what:?}"));
    let mut document = empty_document()?;
    let mut said: BTreeMap<Part, Vec<Identifier>> = BTreeMap::new();
    let mut begins: BTreeMap<usize, (usize, f32)> = BTreeMap::new();
    for (number, marks) in pages.iter().enumerate() {
        let size = PageSettings::from_wh(WIDTH, HEIGHT).ok_or_else(|| refused(&"the size of the page"))?;
        let mut page = document.start_page_with(size);
        let mut surface = page.surface();
        for mark in marks {
            if let Mark::Text { part: Part::Block(block), y, size, .. } = mark {
                begins.entry(*block).or_insert((number, y - size));
            }
            stroke(&mut surface, mark, &mut said);
        }
        surface.finish();
        page.finish();
    }
    document.set_tag_tree(tree(paper, said));
    document.set_outline(outline(paper, &begins));
    document.set_metadata(metadata(&paper.title, &paper.language, paper.made));
    document.finish().map_err(|error| refused(&error))
}

pub(crate) fn fill((red, green, blue): (u8, u8, u8)) -> Fill {
    Fill {
        paint: rgb::Color::new(red, green, blue).into(),
        opacity: NormalizedF32::ONE,
        rule: FillRule::default(),
    }
}

fn stroke(surface: &mut Surface<'_>, mark: &Mark, said: &mut BTreeMap<Part, Vec<Identifier>>) {
    match mark {
        Mark::Bar { x, y, width, height } => {
            let Some(rect) = Rect::from_xywh(*x, *y, *width, *height) else { return };
            let mut path = PathBuilder::new();
            path.push_rect(rect);
            let Some(path) = path.finish() else { return };
            surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Other)));
            surface.set_fill(Some(fill(BAR)));
            surface.draw_path(&path);
            surface.end_tagged();
        }
        Mark::Text { x, y, size, weight, quiet, text, part } => {
            let face = Face::of(*weight);
            let glyphs = face.glyphs(text);
            if glyphs.is_empty() {
                return;
            }
            let identifier = surface.start_tagged(match part {
                Part::Foot => ContentTag::Artifact(Artifact::with_kind(ArtifactType::Footer)),
                Part::Block(_) | Part::Cell(..) => ContentTag::Span(SpanTag::empty()),
            });
            surface.set_fill(Some(fill(if *quiet { QUIET } else { INK })));
            surface.draw_glyphs(Point::from_xy(*x, *y), &glyphs, face.font.clone(), text, *size, false);
            surface.end_tagged();
            if *part != Part::Foot {
                said.entry(*part).or_default().push(identifier);
            }
        }
    }
}

/// The structure of the paper, in reading order.
fn tree(paper: &Paper, mut said: BTreeMap<Part, Vec<Identifier>>) -> TagTree {
    let mut tree = TagTree::new().with_lang(Some(paper.language.clone()));
    let level = |level: u16| NonZeroU16::new(level).unwrap_or(NonZeroU16::MIN);
    for (number, block) in paper.blocks.iter().enumerate() {
        let mut lines = |part: Part| -> Vec<Node> {
            said.remove(&part).unwrap_or_default().into_iter().map(Node::from).collect()
        };
        let group = match block {
            Block::Title(text) if !short(text).is_empty() => {
                TagGroup::with_children(Tag::Hn(level(1), Some(short(text))), lines(Part::Block(number)))
            }
            Block::Heading(text) if !short(text).is_empty() => {
                TagGroup::with_children(Tag::Hn(level(2), Some(short(text))), lines(Part::Block(number)))
            }
            // a heading of nothing but blanks is none
            Block::Title(_) | Block::Heading(_) | Block::Paragraph(_) | Block::Big(_) => {
                TagGroup::with_children(Tag::P, lines(Part::Block(number)))
            }
            Block::Quote(_) => {
                let inner = TagGroup::with_children(Tag::P, lines(Part::Block(number)));
                TagGroup::with_children(Tag::BlockQuote, vec![Node::from(inner)])
            }
            Block::Rows(rows) => {
                let mut table = TagGroup::new(Tag::Table);
                for row in 0..rows.len() {
                    let name = lines(Part::Cell(number, row, false));
                    let value = lines(Part::Cell(number, row, true));
                    let mut line = TagGroup::new(Tag::TR);
                    line.push(TagGroup::with_children(Tag::TH(TableHeaderScope::Row), name));
                    line.push(TagGroup::with_children(Tag::TD, value));
                    table.push(line);
                }
                table
            }
            Block::Rule | Block::Gap(_) => continue,
        };
        tree.push(group);
    }
    tree
}

/// Titles and headings, for finding one's way.
fn outline(paper: &Paper, begins: &BTreeMap<usize, (usize, f32)>) -> Outline {
    let mut outline = Outline::new();
    let mut any = false;
    for (number, block) in paper.blocks.iter().enumerate() {
        let (Block::Title(text) | Block::Heading(text)) = block else { continue };
        let Some((page, y)) = begins.get(&number) else { continue };
        let target = XyzDestination::new(*page, Point::from_xy(0.0, *y));
        outline.push_child(OutlineNode::new(short(text), target));
        any = true;
    }
    if !any {
        outline.push_child(OutlineNode::new(
            title(&paper.title),
            XyzDestination::new(0, Point::from_xy(0.0, 0.0)),
        ));
    }
    outline
}

/// Longest title inside the file, in characters: PDF/A bounds its strings.
const TITLE_CHARACTERS_MAX: usize = 200;

/// A title on one line.
pub(crate) fn short(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().take(TITLE_CHARACTERS_MAX).collect();
    clean(&words.join(" ")).chars().take(TITLE_CHARACTERS_MAX).collect::<String>().trim().to_owned()
}

/// A file without a title has none for who looks for it.
pub(crate) fn title(title: &str) -> String {
    let title = short(title);
    if title.is_empty() { "PDF".to_owned() } else { title }
}

pub(crate) fn metadata(name: &str, language: &str, made: Date) -> Metadata {
    let made = DateTime::new(made.year.min(9_999)).month(made.month.clamp(1, 12)).day(made.day.clamp(1, 31));
    Metadata::new()
        .title(title(name))
        .language(language.to_owned())
        .creation_date(made)
        .creator("Timón".to_owned())
}
