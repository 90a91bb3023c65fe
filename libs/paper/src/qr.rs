//! The black and white squares of a QR code.
//!
//! **What must stay true.** Error correction is Q or better: a quarter of the squares may be under a thumb or a coffee stain.
//! Around them are four squares of white ([`QUIET_ZONE`]), without which many telephones see nothing.
//!
//! The squares come from `qrcodegen`: no dependencies, no `unsafe`, errors as values, and a standard that does not change.
//! `fast_qr` is developed more, and has ninety places where it may panic.
//!
//! Source: ISO/IEC 18004 (level Q: 25 %; a quiet zone of four modules).

use qrcodegen::{QrCode, QrCodeEcc};

use crate::PaperError;

/// White squares on each side.
pub(crate) const QUIET_ZONE: usize = 4;
/// Longest address, bytes: with more, squares become too small for a poster's distance.
pub const URL_BYTES_MAX: usize = 300;

/// The squares of a code, without the white around them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matrix {
    size: usize,
    dark: Vec<bool>,
}

impl Matrix {
    /// The code of a text.
    ///
    /// # Errors
    /// [`PaperError::Address`] for an empty one or one of more than [`URL_BYTES_MAX`].
    pub fn new(text: &str) -> Result<Self, PaperError> {
        if !(1..=URL_BYTES_MAX).contains(&text.len()) {
            return Err(PaperError::Address);
        }
        let code = QrCode::encode_text(text, QrCodeEcc::Quartile).map_err(|_| PaperError::Address)?;
        let size = code.size();
        let squares = (0..size).flat_map(|y| (0..size).map(move |x| (x, y)));
        let dark = squares.map(|(x, y)| code.get_module(x, y)).collect();
        Ok(Self { size: usize::try_from(size).map_err(|_| PaperError::Address)?, dark })
    }

    /// Squares on each side.
    pub const fn size(&self) -> usize {
        self.size
    }

    /// Whether a square is black; those outside are white.
    pub fn is_dark(&self, x: usize, y: usize) -> bool {
        x < self.size && self.dark.get(y * self.size + x).copied().unwrap_or(false)
    }

    /// Black squares that lie beside each other, as first column, row and number.
    pub(crate) fn runs(&self) -> Vec<(usize, usize, usize)> {
        let mut runs = Vec::new();
        for y in 0..self.size {
            let mut x = 0;
            while x < self.size {
                let length = (x..self.size).take_while(|x| self.is_dark(*x, y)).count();
                if length > 0 {
                    runs.push((x, y, length));
                }
                x += length + 1;
            }
        }
        runs
    }
}
