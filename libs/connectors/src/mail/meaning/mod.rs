//! What a letter is: a person's, a platform's notice, a bounce, or a machine's.
//!
//! **How.** In this order: ours, a bounce (`bounce`), a notice of a platform (`notice`, vouched for by `vouch`), a machine's
//! of another kind, and what is left is somebody who wrote.
//!
//! **What must stay true.** What cannot be known is a letter: a letter too many is read by a person, a letter too few is a
//! customer nobody answers.
//!
//! **To add a platform:** a variant of [`SourcePlatform`], its line in `notice::KNOWN`, how its links carry an id in
//! `notice::link`, two fixtures (es, en) and their line in the table of the tests.

mod bounce;
mod notice;
#[cfg(test)]
mod tests;
mod vouch;

use super::letter::Letter;
use super::letter::headers::Headers;
use crate::item::Item;

/// The platform a notice is from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SourcePlatform {
    /// Google Business Profile.
    Google,
    /// Trustpilot.
    Trustpilot,
    /// TripAdvisor.
    TripAdvisor,
    /// Booking.com.
    Booking,
    /// Apple's App Store.
    AppStore,
    /// Google Play.
    GooglePlay,
}

/// What a letter is.
#[derive(Debug, Clone, PartialEq)]
pub enum Meaning {
    /// Somebody wrote to the business.
    Letter,
    /// A platform tells of reviews, and the receiving server vouches that it was the platform.
    Notice(Notice),
    /// A letter of ours did not arrive.
    Bounce(Bounce),
    /// A machine's: newsletters, absence notes, reports.
    Automatic,
    /// One of our own.
    Own,
}

/// A platform's notice of new reviews.
#[derive(Debug, Clone, PartialEq)]
pub struct Notice {
    /// Whose.
    pub platform: SourcePlatform,
    /// Always true here: a notice nobody vouches for is an ordinary letter.
    pub trusted: bool,
    /// The server that says the platform signed it (`Authentication-Results`).
    pub vouched_by: String,
    /// Whether the notice cuts the texts: more is to be read at the link.
    pub truncated: bool,
    /// The reviews. What the notice does not carry stays absent.
    pub items: Vec<Item>,
}

/// What a mail server says about a letter that it could not deliver (RFC 3464).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bounce {
    /// The `Message-ID` of the letter, without `<` and `>`.
    pub message_id: Option<String>,
    /// Whom it did not reach.
    pub recipient: Option<String>,
    /// Whether trying again is useless.
    pub permanent: bool,
    /// The server's words, one line, untrusted.
    pub words: String,
}

/// Says what a letter is. `raw` are its bytes ([`Letter::raw`]), `own` the business's own addresses.
pub fn understand(letter: &Letter, raw: &[u8], own: &[String]) -> Meaning {
    let headers = Headers::read(raw);
    if is_own(letter, own) {
        return Meaning::Own;
    }
    if let Some(bounce) = bounce::read(letter, raw, &headers) {
        return Meaning::Bounce(bounce);
    }
    if let Some(notice) = notice::read(letter, raw, &headers) {
        return Meaning::Notice(notice);
    }
    if letter.automatic || is_machine(&letter.from.email) { Meaning::Automatic } else { Meaning::Letter }
}

/// Whether we wrote it. A website's contact form writes in our name and puts the customer into `Reply-To`: that is the
/// customer's letter.
fn is_own(letter: &Letter, own: &[String]) -> bool {
    let from = bare(&letter.from.email);
    let is_ours = |address: &str| own.iter().any(|own| bare(&own.trim().to_lowercase()) == address);
    !from.is_empty()
        && is_ours(&from)
        && letter.reply_to.as_ref().is_none_or(|reply_to| is_ours(&bare(&reply_to.email)))
}

/// An address without its tag.
fn bare(address: &str) -> String {
    match address.rsplit_once('@') {
        Some((local, domain)) => format!("{}@{domain}", local.split('+').next().unwrap_or(local)),
        None => address.to_owned(),
    }
}

/// Addresses behind which there is never anybody.
fn is_machine(address: &str) -> bool {
    let local = address.split('@').next().unwrap_or_default();
    matches!(local, "mailer-daemon" | "postmaster" | "bounce" | "bounces")
}
