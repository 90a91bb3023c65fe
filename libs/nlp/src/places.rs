//! Places a text names.

use crate::reading::Span;
use crate::tokens::Scratch;

/// A place named in a text.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct PlaceMention {
    /// Where it is named.
    pub span: Span,
    /// Its name as it is written there.
    pub name: &'static str,
    /// Country (ISO 3166-1 alpha-2).
    pub country: &'static str,
    /// Province in Spain, first-level division elsewhere.
    pub region: &'static str,
}

/// Finds the places of a text.
pub(crate) fn find(_text: &str, _scratch: &Scratch) -> Vec<PlaceMention> {
    Vec::new()
}
