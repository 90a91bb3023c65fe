//! Watch terms: finds a hundred thousand names of brands, products and people at once in one text.
//!
//! *How.* Every term is a path of word hashes in one trie whose edges live in a single hash table, walked over the
//! tokens that reading needs anyway: the time grows with the text and hardly with the number of terms. What people
//! glue together (#BarPepe, @barpepe_oficial, barpepe.es) is scanned letter by letter, and only there.
//!
//! *What counts as the term.* The same words, whatever their case and accents, whole, next to each other, with no
//! punctuation between them that the term does not have ("el bar. Pepe salió" is not Bar Pepe). Plurals count
//! ("Mercadona", "mercadonas"; "tiendas Ruiz", "tienda Ruiz"), so does the English possessive, unless the term wants
//! to be taken literally. Names that are common words ask for a capital or for words around them.
//!
//! *What must stay true.* Nothing here panics on any term or text; one bad term of one organisation is refused alone
//! and never keeps the others from being found; of one owner's overlapping terms the first and longest is reported;
//! a term is reported once per text.

mod compound;
mod scan;
mod table;
mod word;

#[cfg(test)]
mod tests;

use std::collections::HashMap;

use thiserror::Error;

use crate::model::Reader;
use crate::reading::Span;
use crate::tokens::{Kind, Scratch, hash_bytes};

pub(crate) use scan::Working;

use compound::Beginnings;
use table::Table;
use word::{ENDING_BITS, ENDING_MASK, Word};

/// Longest term, in bytes.
pub const TERM_BYTES_MAX: usize = 200;
/// Most words of a term.
pub const TERM_WORDS_MAX: usize = 8;
/// Most context words of a term, required and excluded each.
pub const CONTEXT_WORDS_MAX: usize = 32;
/// Most terms watched at once.
pub const TERMS_MAX: usize = 4_000_000;
/// Widest window for context words, in words to either side.
pub const WITHIN_WORDS_MAX: u16 = 200;
/// Most terms compared with places in one text; what stands behind them is not reported. A thousand owners may watch
/// a name that stands sixty times in a text.
const PLACES_MAX: usize = 65_536;
/// Most terms whose conditions are looked at in one text; further ones are not reported.
const CONDITIONS_MAX: usize = 8_192;

/// How far a word of the text may differ from the term's.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Inflection {
    /// Letter for letter (case and accents aside).
    Literal,
    /// Plurals too: of the last word, and singular or plural of those before it.
    #[default]
    Number,
    /// Number, and o for a or a for o at the end of words of four letters or more: "panadero", "panaderas".
    NumberAndGender,
}

/// A term somebody watches.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct WatchTerm {
    /// Whose it is: an organisation.
    pub owner: i64,
    /// Its name within the owner; several spellings may share one.
    pub id: i64,
    /// The words: at most [`TERM_WORDS_MAX`] in [`TERM_BYTES_MAX`] bytes. A `@` or `#` before it is dropped.
    pub term: String,
    /// How far a word may differ.
    pub inflection: Inflection,
    /// Only where the words that begin with a capital here (the first, if none does) begin with one in the text.
    pub capitalised: bool,
    /// Only where at least one of these words is near; empty for no condition.
    pub required: Vec<String>,
    /// Not where one of these words is near.
    pub excluded: Vec<String>,
    /// How near: this many words before or behind; `None` for anywhere in the text.
    pub within: Option<u16>,
}

/// Why a term cannot be watched.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
pub enum WatchError {
    /// Nothing but marks and pictures, or one letter: it would be found everywhere or nowhere.
    #[error("the term needs at least two letters or digits")]
    TooShort,
    /// Too many bytes.
    #[error("the term is longer than {TERM_BYTES_MAX} bytes")]
    TooLong,
    /// Too many words.
    #[error("the term has more than {TERM_WORDS_MAX} words")]
    TooManyWords,
    /// An address, or one of the words that stand for handles and addresses among the tokens.
    #[error("an address cannot be watched as a term")]
    Address,
    /// A context word is none, or several.
    #[error("each context word must be exactly one word")]
    NotOneWord,
    /// Too many context words.
    #[error("more than {CONTEXT_WORDS_MAX} context words")]
    TooMuchContext,
    /// Too wide a window.
    #[error("context words can be at most {WITHIN_WORDS_MAX} words away")]
    TooFar,
    /// Too many terms altogether.
    #[error("more than {TERMS_MAX} terms")]
    TooManyTerms,
}

/// A term that was left out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Refusal {
    /// Whose.
    pub owner: i64,
    /// Which.
    pub id: i64,
    /// Why.
    pub error: WatchError,
}

/// A term found in a text.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Hit {
    /// Where it stands first.
    pub span: Span,
    /// Whose term it is.
    pub owner: i64,
    /// Which of the owner's.
    pub id: i64,
}

/// One term as it is kept: 32 bytes.
#[derive(Clone, Copy, Debug)]
struct Entry {
    id: i64,
    /// Index into the owners.
    owner: u32,
    /// Hash of its letters without spaces.
    glued: u32,
    /// The next term on the same path, or [`NONE`].
    next: u32,
    /// Index into the contexts, or [`NONE`].
    context: u32,
    /// Two bits per word: what its stem was cut from.
    endings: u16,
    /// One bit per word that has to begin with a capital.
    capitals: u8,
    /// Seven bits, one per space: punctuation may stand there; and [`LITERAL`].
    gaps: u8,
}

/// The bit of [`Entry::gaps`] for terms that are taken literally.
const LITERAL: u8 = 0x80;
/// No entry, no context.
const NONE: u32 = u32::MAX;
/// Where every path begins.
const ROOT: u32 = 0;

/// What has to stand, and must not stand, near a term; stems of words.
#[derive(Clone, Debug)]
struct Context {
    required: Box<[u64]>,
    excluded: Box<[u64]>,
    within: u32,
}

/// Terms ready to be found.
#[derive(Debug, Default)]
pub struct WatchTerms {
    /// Node and stem of the next word, to node.
    edges: Table,
    /// Node to its first entry.
    heads: Vec<u32>,
    entries: Vec<Entry>,
    owners: Vec<i64>,
    contexts: Vec<Context>,
    /// Letters without spaces, to node.
    glued: Table,
    beginnings: Beginnings,
    refused: Vec<Refusal>,
}

/// A term taken apart.
struct Parts {
    /// All folded letters in a row.
    letters: Vec<u8>,
    /// Where each word ends in them.
    ends: Vec<usize>,
    gaps: u8,
    capitals: u8,
}

impl Parts {
    fn words(&self) -> Vec<&[u8]> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).filter_map(|(start, end)| self.letters.get(start..*end)).collect()
    }
}

impl WatchTerm {
    /// Whether the term can be watched; the same rules as [`WatchTerms::build`].
    pub fn check(&self) -> Result<(), WatchError> {
        let mut scratch = Scratch::default();
        self.parts(&mut scratch)?;
        self.context(&mut scratch).map(drop)
    }

    fn parts(&self, scratch: &mut Scratch) -> Result<Parts, WatchError> {
        if self.term.len() > TERM_BYTES_MAX {
            return Err(WatchError::TooLong);
        }
        let term = self.term.trim_start_matches(['@', '#', ' ']);
        scratch.read(term);
        let (mut ends, mut gaps, mut capitals, mut letters) = (Vec::new(), 0, 0, Vec::new());
        let mut gap = false;
        for token in &scratch.tokens {
            match token.kind {
                Kind::Name => return Err(WatchError::Address),
                Kind::Word if word::is_possessive(token, scratch) && !ends.is_empty() => {}
                Kind::Word => {
                    if ends.len() == TERM_WORDS_MAX {
                        return Err(WatchError::TooManyWords);
                    }
                    if gap && !ends.is_empty() {
                        gaps |= 1 << (ends.len() - 1);
                    }
                    gap = false;
                    capitals |= u8::from(begins_with_capital(term, token.source)) << ends.len();
                    letters.extend_from_slice(word::bytes_of(token, scratch));
                    ends.push(letters.len());
                }
                Kind::Emoji | Kind::Mark | Kind::Pause | Kind::Stop => gap = true,
            }
        }
        if letters.len() < 2 {
            return Err(WatchError::TooShort);
        }
        let capitals = if self.capitalised { capitals.max(1) } else { 0 };
        Ok(Parts { letters, ends, gaps, capitals })
    }

    fn context(&self, scratch: &mut Scratch) -> Result<Option<Context>, WatchError> {
        if self.required.len() > CONTEXT_WORDS_MAX || self.excluded.len() > CONTEXT_WORDS_MAX {
            return Err(WatchError::TooMuchContext);
        }
        if self.within.is_some_and(|within| within > WITHIN_WORDS_MAX) {
            return Err(WatchError::TooFar);
        }
        let mut stems = |words: &[String]| -> Result<Box<[u64]>, WatchError> {
            words.iter().map(|word| stem_of_one(word, scratch)).collect()
        };
        let (required, excluded) = (stems(&self.required)?, stems(&self.excluded)?);
        let any = !required.is_empty() || !excluded.is_empty();
        Ok(any.then(|| Context { required, excluded, within: self.within.map_or(u32::MAX, u32::from) }))
    }
}

fn stem_of_one(word: &str, scratch: &mut Scratch) -> Result<u64, WatchError> {
    if word.len() > TERM_BYTES_MAX {
        return Err(WatchError::TooLong);
    }
    scratch.read(word);
    match scratch.tokens.as_slice() {
        [token] if token.kind == Kind::Word => Ok(Word::of(token, scratch).stem),
        _ => Err(WatchError::NotOneWord),
    }
}

fn begins_with_capital(text: &str, span: Span) -> bool {
    text.get(span.start as usize..).and_then(|rest| rest.chars().next()).is_some_and(char::is_uppercase)
}

impl WatchTerms {
    /// Prepares terms: about a second for a million. A term that cannot be watched is left out and listed in
    /// [`WatchTerms::refused`]; only too many of them are an error.
    pub fn build(terms: impl IntoIterator<Item = WatchTerm>) -> Result<Self, WatchError> {
        let mut built = Self { heads: vec![NONE], ..Self::default() };
        let (mut scratch, mut owners, mut beginnings) = (Scratch::default(), HashMap::new(), Vec::new());
        for term in terms {
            if built.entries.len() >= TERMS_MAX {
                return Err(WatchError::TooManyTerms);
            }
            if let Err(error) = built.add(&term, &mut scratch, &mut owners, &mut beginnings) {
                built.refused.push(Refusal { owner: term.owner, id: term.id, error });
            }
        }
        built.edges.shrink();
        built.glued.shrink();
        built.beginnings = Beginnings::of(&beginnings);
        built.heads.shrink_to_fit();
        built.entries.shrink_to_fit();
        Ok(built)
    }

    fn add(
        &mut self,
        term: &WatchTerm,
        scratch: &mut Scratch,
        owners: &mut HashMap<i64, u32>,
        beginnings: &mut Vec<u64>,
    ) -> Result<(), WatchError> {
        let parts = term.parts(scratch)?;
        let context = term.context(scratch)?;
        let owner = *owners.entry(term.owner).or_insert_with(|| {
            self.owners.push(term.owner);
            self.owners.len() as u32 - 1
        });
        let context = context.map_or(NONE, |context| {
            self.contexts.push(context);
            self.contexts.len() as u32 - 1
        });
        let letters = compound::glue(&parts.letters);
        let glued = hash_bytes(&letters);
        let literal = if term.inflection == Inflection::Literal { LITERAL } else { 0 };
        let mut entry = Entry {
            id: term.id,
            owner,
            glued: glued as u32,
            next: NONE,
            context,
            endings: 0,
            capitals: parts.capitals,
            gaps: parts.gaps | literal,
        };
        let gendered = term.inflection == Inflection::NumberAndGender;
        for (variant, words) in word::variants(&parts.words(), gendered).into_iter().enumerate() {
            entry.endings = endings_of(&words);
            let node = self.walk(&words);
            self.hang(node, entry);
            if variant == 0 {
                self.glued.insert_once(glued, node);
                beginnings.extend(compound::beginning(&letters));
            }
        }
        Ok(())
    }

    /// The node a path of words leads to, made where it is missing.
    fn walk(&mut self, words: &[Word]) -> u32 {
        let mut node = ROOT;
        for word in words {
            let key = table::edge(node, word.stem);
            node = self.edges.get(key).unwrap_or_else(|| {
                let made = self.heads.len() as u32;
                self.heads.push(NONE);
                self.edges.insert_once(key, made);
                made
            });
        }
        node
    }

    fn hang(&mut self, node: u32, mut entry: Entry) {
        let Some(head) = self.heads.get_mut(node as usize) else { return };
        entry.next = *head;
        *head = self.entries.len() as u32;
        self.entries.push(entry);
    }

    /// The entries of a node.
    fn at(&self, node: u32) -> impl Iterator<Item = &Entry> {
        let mut next = self.heads.get(node as usize).copied().unwrap_or(NONE);
        std::iter::from_fn(move || {
            let entry = self.entries.get(next as usize)?;
            next = entry.next;
            Some(entry)
        })
    }

    /// Finds the terms of a text, in its order. For who also reads the text, [`Reader::watch`] saves one pass.
    pub fn find(&self, text: &str, reader: &mut Reader, hits: &mut Vec<Hit>) {
        reader.tokenise(text);
        reader.watch(self, text, hits);
    }

    /// How many terms are watched (variants of gender count).
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether nothing is watched.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The terms that were left out, and why.
    #[must_use]
    pub fn refused(&self) -> &[Refusal] {
        &self.refused
    }

    /// Memory taken, in bytes.
    #[must_use]
    pub fn memory_bytes(&self) -> usize {
        let contexts: usize = self
            .contexts
            .iter()
            .map(|context| size_of::<Context>() + 8 * (context.required.len() + context.excluded.len()))
            .sum();
        self.edges.memory_bytes()
            + self.glued.memory_bytes()
            + self.beginnings.memory_bytes()
            + self.heads.capacity() * size_of::<u32>()
            + self.entries.capacity() * size_of::<Entry>()
            + self.owners.capacity() * size_of::<i64>()
            + contexts
    }
}

fn endings_of(words: &[Word]) -> u16 {
    words
        .iter()
        .enumerate()
        .fold(0, |endings, (at, word)| endings | u16::from(word.ending) << (at * ENDING_BITS))
}

impl Entry {
    /// Whether words that led to this entry's node are the term, as far as endings and punctuation go.
    fn fits(&self, words: impl ExactSizeIterator<Item = Word>, gaps: u8) -> bool {
        if gaps & !self.gaps != 0 {
            return false;
        }
        let literal = self.gaps & LITERAL != 0;
        let last = words.len().saturating_sub(1);
        (0..).zip(words).all(|(at, word)| {
            let own = (self.endings >> (at * ENDING_BITS)) as u8 & ENDING_MASK;
            own == word.ending || (!literal && word.may_replace(own, at == last))
        })
    }
}
