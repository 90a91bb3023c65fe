//! What a letter is: a person's, a platform's notice, a bounce, or a machine's.

use super::letter::Letter;
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
    let _ = (raw, own);
    if letter.automatic { Meaning::Automatic } else { Meaning::Letter }
}
