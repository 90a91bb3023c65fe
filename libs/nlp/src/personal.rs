//! Personal data in a text.

use crate::reading::Span;
use crate::tokens::Scratch;

/// Which kind of personal data.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum PersonalKind {
    /// A person's name.
    Name,
    /// A telephone number.
    Phone,
    /// An e-mail address.
    Email,
    /// A number plate.
    Plate,
    /// Health.
    Health,
}

/// Personal data found in a text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PersonalData {
    /// Which kind.
    pub kind: PersonalKind,
    /// Where.
    pub span: Span,
}

/// Finds the personal data of a text.
pub(crate) fn find(_text: &str, _scratch: &Scratch) -> Vec<PersonalData> {
    Vec::new()
}
