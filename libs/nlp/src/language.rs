//! Which language a text is written in: a linear table over the shared tokens.
//!
//! Words, accented characters and the character n-grams that the sentiment needs anyway are looked up in one table
//! of sixteen small integers per bucket (a lane per language). Libraries were measured first: 1.4 to 2,400 µs per
//! text and no Galician or Basque; this costs a fraction of a microsecond.

use crate::features::{BITS, Features};
use crate::tokens::{Kind, Scratch};

/// A language Timón can name.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Language {
    /// Spanish.
    Es,
    /// English.
    En,
    /// Catalan.
    Ca,
    /// Galician.
    Gl,
    /// Basque.
    Eu,
    /// Portuguese.
    Pt,
    /// French.
    Fr,
    /// Italian.
    It,
    /// German.
    De,
    /// Dutch.
    Nl,
    /// Too short, mixed, or a language we do not know.
    Unsure,
}

impl Language {
    /// The languages that can be told apart, in the order of the model's lanes.
    pub const KNOWN: [Self; 10] =
        [Self::Es, Self::En, Self::Ca, Self::Gl, Self::Eu, Self::Pt, Self::Fr, Self::It, Self::De, Self::Nl];

    /// The two-letter code (ISO 639-1), or "unsure".
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Es => "es",
            Self::En => "en",
            Self::Ca => "ca",
            Self::Gl => "gl",
            Self::Eu => "eu",
            Self::Pt => "pt",
            Self::Fr => "fr",
            Self::It => "it",
            Self::De => "de",
            Self::Nl => "nl",
            Self::Unsure => "unsure",
        }
    }

    /// The language of a code; `None` for a code we do not know.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::KNOWN.into_iter().find(|language| language.code() == code)
    }
}

/// Buckets of the language table.
pub(crate) const LANGUAGE_BITS: u32 = 16;
/// Places per bucket: more than there are languages, so that a look-up is one vector addition.
pub(crate) const LANES: usize = 16;
/// A text shows its language early; the rest would only cost time.
const GRAMS_MAX: usize = 320;
const TOKENS_MAX: usize = 64;

/// The table and how sure it has to be.
#[derive(Clone, Debug)]
pub(crate) struct LanguageTable {
    pub lanes: Box<[i8]>,
    pub scale: f32,
    pub bias: [f32; LANES],
    /// Below this distance between the two best, the language is unsure.
    pub margin: f32,
}

impl LanguageTable {
    pub fn empty() -> Self {
        let lanes = vec![0; LANES << LANGUAGE_BITS].into_boxed_slice();
        Self { lanes, scale: 0.0, bias: [0.0; LANES], margin: 0.0 }
    }

    /// The language of the text that `scratch` and `features.chars` hold.
    pub fn read(&self, scratch: &Scratch, features: &Features) -> Language {
        // Scripts we have no language for (Cyrillic, Chinese…) leave few Latin n-grams behind.
        let mut sums = [0_i32; LANES];
        let mut count = 0_u32;
        visit(scratch, features, |bucket| {
            let row = &self.lanes[bucket * LANES..(bucket + 1) * LANES];
            for (sum, weight) in sums.iter_mut().zip(row) {
                *sum += i32::from(*weight);
            }
            count += 1;
        });
        if count == 0 || foreign(scratch) {
            return Language::Unsure;
        }
        let size = self.scale / (count as f32).sqrt();
        let mut best = (f32::MIN, Language::Unsure);
        let mut second = f32::MIN;
        for ((language, sum), bias) in Language::KNOWN.into_iter().zip(sums).zip(self.bias) {
            let score = sum as f32 * size + bias;
            if score > best.0 {
                second = best.0;
                best = (score, language);
            } else if score > second {
                second = score;
            }
        }
        if best.0 - second < self.margin { Language::Unsure } else { best.1 }
    }
}

/// Whether most letters belong to a script we have no language for.
fn foreign(scratch: &Scratch) -> bool {
    let other = scratch.bytes.iter().filter(|byte| **byte >= 0x80).count();
    other > scratch.bytes.len() / 2
}

/// Every bucket of the language table that a text touches.
#[inline]
pub(crate) fn visit(scratch: &Scratch, features: &Features, mut touch: impl FnMut(usize)) {
    for token in scratch.tokens.iter().filter(|token| token.kind == Kind::Word).take(TOKENS_MAX) {
        touch((token.hash >> (64 - LANGUAGE_BITS)) as usize);
    }
    for accent in scratch.accents.iter().take(TOKENS_MAX) {
        touch((accent >> (64 - LANGUAGE_BITS)) as usize);
    }
    for gram in features.chars.iter().take(GRAMS_MAX) {
        touch((gram >> (BITS - LANGUAGE_BITS)) as usize);
    }
}
