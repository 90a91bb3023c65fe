//! The two faces of the font, and what of a text they can show.
//!
//! What must stay true: of a text that went through [`clean`] every character has a glyph.

use std::collections::HashMap;
use std::sync::LazyLock;

use krilla::text::{Font, GlyphId, KrillaGlyph};
use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider as _};
use unicode_normalization::UnicodeNormalization as _;

const REGULAR: &[u8] = include_bytes!("../fonts/NotoSans-Regular-Latin.ttf");
const BOLD: &[u8] = include_bytes!("../fonts/NotoSans-Bold-Latin.ttf");

/// How heavy a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Weight {
    Regular,
    Bold,
}

/// One weight of the font.
pub(crate) struct Face {
    pub font: Font,
    /// Glyph and width, the width in parts of the size.
    glyphs: HashMap<char, (u32, f32)>,
}

static FACES: LazyLock<[Face; 2]> = LazyLock::new(|| [REGULAR, BOLD].map(Face::new));

impl Face {
    pub fn of(weight: Weight) -> &'static Self {
        match weight {
            Weight::Regular => &FACES[0],
            Weight::Bold => &FACES[1],
        }
    }

    fn new(data: &'static [u8]) -> Self {
        let font = Font::new(data.into(), 0).expect("a test draws with both files");
        let face = FontRef::new(data).expect("a test draws with both files");
        let metrics = face.glyph_metrics(Size::unscaled(), LocationRef::default());
        let glyphs = face
            .charmap()
            .mappings()
            .filter_map(|(code, glyph)| {
                let width = metrics.advance_width(glyph)? / font.units_per_em();
                Some((char::from_u32(code)?, (glyph.to_u32(), width)))
            })
            .collect();
        Self { font, glyphs }
    }

    /// The width of a character in points.
    pub fn width_of(&self, character: char, size: f32) -> f32 {
        self.glyphs.get(&character).map_or(0.0, |(_, width)| width * size)
    }

    /// The width of a text in points.
    pub fn width(&self, text: &str, size: f32) -> f32 {
        text.chars().map(|character| self.width_of(character, size)).sum()
    }

    /// The glyphs of a text; what has none is left out.
    pub fn glyphs(&self, text: &str) -> Vec<KrillaGlyph> {
        text.char_indices()
            .filter_map(|(at, character)| {
                let (glyph, width) = self.glyphs.get(&character)?;
                let range = at..at + character.len_utf8();
                Some(KrillaGlyph::new(GlyphId::new(*glyph), *width, 0.0, 0.0, 0.0, range, None))
            })
            .collect()
    }
}

/// The text as the font can show it: letters with their accents in one piece, line breaks kept, other blanks as one kind,
/// letters of other scripts as "?", pictures and invisible marks left out.
pub(crate) fn clean(text: &str) -> String {
    let shown = &Face::of(Weight::Regular).glyphs;
    text.nfc()
        .filter_map(|character| match character {
            '\r' | '\u{AD}' => None,
            '\n' | '\u{2028}' | '\u{2029}' => Some('\n'),
            '\u{2192}' => Some('>'),
            '\u{2605}' | '\u{2606}' | '\u{2B50}' => Some('*'),
            _ if shown.contains_key(&character) => Some(character),
            _ if character.is_whitespace() => Some(' '),
            _ if character.is_alphanumeric() => Some('?'),
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_letter_of_our_languages_has_a_glyph_in_both_weights() {
        let letters =
            "áéíóúüñçàèìòùâêîôûäëïöãõßœæłŁ·¿¡«»“”‘’–—…€ªº§ÁÉÍÓÚÜÑÇÀÈÒÂÊÔÄÖÃÕŒÆẞ%&@#{}[]()0123456789";
        for weight in [Weight::Regular, Weight::Bold] {
            for letter in letters.chars() {
                assert!(Face::of(weight).glyphs.contains_key(&letter), "{letter} in {weight:?}");
            }
        }
        assert_eq!(clean(letters), letters);
    }

    #[test]
    fn what_cannot_be_shown_is_a_question_mark_or_nothing() {
        assert_eq!(clean("man\u{303}ana"), "mañana");
        assert_eq!(clean("a\tb\u{A0}c\r\n"), "a b\u{A0}c\n");
        assert_eq!(clean("日本 5★ 👍🏽\u{202E}x\u{0}"), "?? 5* x");
    }
}
