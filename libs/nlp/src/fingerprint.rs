//! Near-copies: a fingerprint that survives accents, emoji, case and light rewording.

use crate::tokens::Scratch;

/// The fingerprint of a text: small enough to store with every reading.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct Fingerprint(pub [u8; 32]);

impl Fingerprint {
    /// Whether two texts are copies of each other, exact or lightly reworded.
    #[must_use]
    pub fn is_near(&self, _other: &Self) -> bool {
        false
    }
}

/// Takes the fingerprint of a text.
pub(crate) fn take(_scratch: &Scratch) -> Fingerprint {
    Fingerprint::default()
}
