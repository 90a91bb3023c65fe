//! Shops on the web: what they tell of their orders, and asking one that does not tell.
//!
//! **How.** [`hear`] checks the signature over the raw bytes before anything else is looked at, then says in one shape what
//! happened ([`Told`]). [`prestashop::poll`] asks a shop that has no messages of its own.
//!
//! **What must stay true.** Nothing unsigned is believed; the one unsigned message that is answered, WooCommerce's first
//! ping, says nothing. Nothing is kept of what was bought: an order is its reference, its day and its contact. No input
//! makes it panic.
//!
//! **To add a shop**: a variant of [`Program`], a file beside this one with its signature and its reading, its line in
//! [`hear`], a payload with invented people in `tests.rs`.

mod orders;
pub mod prestashop;
mod shopify;
mod standard;
#[cfg(test)]
mod tests;
mod woocommerce;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use http::HeaderMap;
use jiff::Timestamp;
use sha2::Sha256;

/// Who tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Program {
    /// WooCommerce's webhooks.
    WooCommerce,
    /// Shopify's webhooks.
    Shopify,
    /// Any program that signs as Standard Webhooks 1.0 says.
    Standard,
}

/// Why a person who ordered may be written to, where the program says so itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// She said yes.
    Consent,
    /// She bought.
    Contract,
    /// She may not.
    None,
}

/// An order that came to its end. Texts are as they were sent; empty: there is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// What the shop calls it.
    pub reference: String,
    /// When it was completed, as far as the shop says.
    pub completed_at: Option<Timestamp>,
    /// First and second name.
    pub name: String,
    /// An e-mail.
    pub email: String,
    /// A telephone.
    pub phone: String,
    /// A locale or a country.
    pub language: String,
    /// Why she may be written to, if the program says so.
    pub basis: Option<Basis>,
}

/// What a shop tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// It tries whether anybody is there.
    Ping,
    /// An order came to its end.
    Completed(Order),
    /// An order is undone.
    Cancelled {
        /// Which.
        reference: String,
    },
    /// A customer wants to be forgotten.
    Forget {
        /// Her e-mail and telephone, as they were sent.
        contacts: Vec<String>,
    },
    /// The shop is gone, and what came from it has to go too.
    ForgetShop,
    /// A customer asks what is known of her.
    AskedForData {
        /// Her e-mail and telephone, as they were sent.
        contacts: Vec<String>,
    },
    /// Something that is no concern of ours.
    Nothing,
}

/// Why a message is not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// It is not signed, or not with this secret.
    #[error("the signature does not fit")]
    Signature,
    /// It was signed too long ago, or for a time to come.
    #[error("the signature is not of now")]
    Stale,
    /// It is signed, but cannot be read.
    #[error("the message cannot be read")]
    Unreadable,
}

/// What a message says, if it is signed with `secret` (as the shop's owner sees it).
///
/// # Errors
/// [`Refused`]; nothing of the message may be used then.
pub fn hear(
    program: Program,
    secret: &str,
    headers: &HeaderMap,
    body: &[u8],
    now: Timestamp,
) -> Result<Told, Refused> {
    match program {
        Program::WooCommerce => woocommerce::hear(secret, headers, body),
        Program::Shopify => shopify::hear(secret, headers, body),
        Program::Standard => standard::hear(secret, headers, body, now),
    }
}

/// A header as text; empty when it is absent.
fn header<'a>(headers: &'a HeaderMap, name: &str) -> &'a str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().trim()
}

/// Whether `signature` is the base64 of HMAC-SHA256 over the raw body. Takes the same time whatever was sent.
fn is_signed(secret: &str, body: &[u8], signature: &str) -> bool {
    let Ok(told) = STANDARD.decode(signature) else { return false };
    // A secret that is empty signs for everybody.
    if secret.is_empty() {
        return false;
    }
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("any length is a key");
    mac.update(body);
    mac.verify_slice(&told).is_ok()
}
