//! As who a text is written: as somebody of the place, as a visitor, as somebody who was never a customer.

use crate::tokens::Scratch;

/// As who a text is written, as far as it says so itself.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Standing {
    /// Lives or works nearby.
    Local,
    /// Came from elsewhere.
    Visitor,
    /// Says or shows that they were never a customer.
    NotCustomer,
    /// The text does not say.
    Unsure,
}

/// Reads the standing.
pub(crate) fn read(_scratch: &Scratch) -> Standing {
    Standing::Unsure
}
