//! From the tokens of a text to the terms in it.

use super::compound::{self, Compound};
use super::table;
use super::word::{self, Word};
use super::{
    CONDITIONS_MAX, Context, Entry, Hit, NONE, PLACES_MAX, ROOT, TERM_WORDS_MAX, WatchTerms,
    begins_with_capital,
};
use crate::model::Reader;
use crate::reading::Span;
use crate::tokens::{Kind, Scratch};

/// A word of the text.
#[derive(Clone, Copy, Debug)]
struct Here {
    word: Word,
    span: Span,
    /// Punctuation or a picture stands between this word and the one before.
    gap: bool,
}

/// Working memory of the search, reused between texts.
#[derive(Debug, Default)]
pub(crate) struct Working {
    words: Vec<Here>,
    /// Stems with their places, in order; only made when a term has conditions.
    stems: Vec<(u64, u32)>,
    compounds: Vec<Span>,
    compound: Compound,
    found: Vec<Hit>,
    /// What may still be spent on this text.
    places_left: usize,
    conditions_left: usize,
}

impl Reader {
    /// Finds the terms in the text that was read or tokenised last, in the order of the text, each once. `text` has
    /// to be that text.
    pub fn watch(&mut self, terms: &WatchTerms, text: &str, hits: &mut Vec<Hit>) {
        hits.clear();
        if terms.is_empty() {
            return;
        }
        let working = &mut self.working;
        working.take(&self.scratch, text);
        working.find_words(terms, text);
        working.find_compounds(terms, text);
        working.settle(hits);
    }
}

impl Working {
    fn take(&mut self, scratch: &Scratch, text: &str) {
        self.words.clear();
        self.stems.clear();
        self.compounds.clear();
        self.found.clear();
        (self.places_left, self.conditions_left) = (PLACES_MAX, CONDITIONS_MAX);
        let bytes = text.as_bytes();
        let mut gap = true;
        for token in &scratch.tokens {
            match token.kind {
                Kind::Word if word::is_possessive(token, scratch) => {
                    if let Some(owner) = self.words.last_mut() {
                        owner.span.end = token.source.end;
                    }
                    continue;
                }
                Kind::Word => {
                    self.words.push(Here { word: Word::of(token, scratch), span: token.source, gap });
                    gap = false;
                }
                Kind::Name | Kind::Emoji | Kind::Mark | Kind::Pause | Kind::Stop => gap = true,
            }
            if matches!(token.kind, Kind::Word | Kind::Name) {
                self.compounds.extend(compound::span_of(token, bytes));
            }
        }
    }

    fn find_words(&mut self, terms: &WatchTerms, text: &str) {
        for start in 0..self.words.len() {
            let (mut node, mut gaps) = (ROOT, 0_u8);
            for length in 1..=TERM_WORDS_MAX {
                let Some(here) = self.words.get(start + length - 1) else { break };
                let Some(next) = terms.edges.get(table::edge(node, here.word.stem)) else { break };
                node = next;
                if length > 1 && here.gap {
                    gaps |= 1 << (length - 2);
                }
                self.end_here(terms, text, node, (start, length), gaps);
            }
        }
    }

    /// The terms that end at a node.
    fn end_here(
        &mut self,
        terms: &WatchTerms,
        text: &str,
        node: u32,
        (start, length): (usize, usize),
        gaps: u8,
    ) {
        for entry in terms.at(node) {
            if !self.may_look() {
                return;
            }
            let Some(words) = self.words.get(start..start + length) else { return };
            let (Some(first), Some(last)) = (words.first(), words.last()) else { return };
            let span = Span { start: first.span.start, end: last.span.end };
            let capitals = (0..)
                .zip(words)
                .all(|(at, here)| entry.capitals & (1 << at) == 0 || begins_with_capital(text, here.span));
            let fits = entry.fits(words.iter().map(|here| here.word), gaps);
            if fits && capitals && self.agrees(terms, entry, start, start + length) {
                self.push(terms, entry, span);
            }
        }
    }

    fn find_compounds(&mut self, terms: &WatchTerms, text: &str) {
        let (compounds, compound) = (std::mem::take(&mut self.compounds), std::mem::take(&mut self.compound));
        let mut compound = compound;
        for span in &compounds {
            compound.read(text, *span);
            compound.each_place(&terms.beginnings, |hash, place, capital| {
                for node in terms.glued.all(hash) {
                    for entry in terms.at(node) {
                        if !self.may_look() {
                            return;
                        }
                        let same = entry.glued == hash as u32 && (entry.capitals == 0 || capital);
                        let (from, to) = self.around(place);
                        if same && self.agrees(terms, entry, from, to) {
                            self.push(terms, entry, place);
                        }
                    }
                }
            });
        }
        (self.compounds, self.compound) = (compounds, compound);
    }

    /// The words a place covers, as indices; between two if it covers none.
    fn around(&self, place: Span) -> (usize, usize) {
        let from = self.words.partition_point(|here| here.span.end <= place.start);
        let to = self.words.partition_point(|here| here.span.start < place.end);
        (from, to.max(from))
    }

    /// Whether the words around a place are as the term wants them.
    fn agrees(&mut self, terms: &WatchTerms, entry: &Entry, from: usize, to: usize) -> bool {
        if entry.context == NONE {
            return true;
        }
        let Some(context) = terms.contexts.get(entry.context as usize) else { return true };
        let Some(left) = self.conditions_left.checked_sub(1) else { return false };
        self.conditions_left = left;
        if self.stems.is_empty() {
            self.stems.extend((0..).zip(&self.words).map(|(at, here)| (here.word.stem, at)));
            self.stems.sort_unstable();
        }
        let near =
            |stems: &[u64]| stems.iter().any(|stem| self.is_near(*stem, context, from as u32, to as u32));
        (context.required.is_empty() || near(&context.required)) && !near(&context.excluded)
    }

    /// Whether a stem stands in the window around `from..to`, outside of it.
    fn is_near(&self, stem: u64, context: &Context, from: u32, to: u32) -> bool {
        let stands = |first: u32, end: u32| {
            let at = self.stems.partition_point(|known| *known < (stem, first));
            self.stems.get(at).is_some_and(|(known, place)| *known == stem && *place < end)
        };
        stands(from.saturating_sub(context.within), from) || stands(to, to.saturating_add(context.within))
    }

    /// Spends one comparison.
    fn may_look(&mut self) -> bool {
        let left = self.places_left.checked_sub(1);
        self.places_left = left.unwrap_or_default();
        left.is_some()
    }

    fn push(&mut self, terms: &WatchTerms, entry: &Entry, span: Span) {
        let owner = terms.owners.get(entry.owner as usize).copied().unwrap_or_default();
        self.found.push(Hit { span, owner, id: entry.id });
    }

    /// Of one owner's places that overlap only the first and longest; of one term only the first place.
    fn settle(&mut self, hits: &mut Vec<Hit>) {
        if self.found.len() == 1 {
            hits.append(&mut self.found);
            return;
        }
        self.found
            .sort_unstable_by_key(|hit| (hit.owner, hit.span.start, std::cmp::Reverse(hit.span.end), hit.id));
        let mut last: Option<Hit> = None;
        self.found.retain(|hit| {
            let keeps = last.is_none_or(|last| {
                last.owner != hit.owner || hit.span.start >= last.span.end || hit.span == last.span
            });
            if keeps {
                last = Some(*hit);
            }
            keeps
        });
        self.found.sort_unstable_by_key(|hit| (hit.owner, hit.id, hit.span));
        self.found.dedup_by_key(|hit| (hit.owner, hit.id));
        self.found.sort_unstable();
        hits.append(&mut self.found);
    }
}
