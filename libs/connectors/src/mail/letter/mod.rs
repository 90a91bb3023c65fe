//! One letter: its bytes in, its facts out.

use super::error::Refused;
use jiff::Timestamp;

/// Somebody's address.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Address {
    /// The name beside it.
    pub name: Option<String>,
    /// The address itself, in lower case.
    pub email: String,
}

/// A letter.
#[derive(Clone, Default, PartialEq)]
pub struct Letter {
    /// Its number in its folder; 0 from [`parse`].
    pub uid: u32,
    /// Its name in the world, without `<` and `>`; a hash of the letter where it has none.
    pub message_id: String,
    /// Who wrote it. The address is empty where the letter does not say.
    pub from: Address,
    /// Where an answer shall go, where that is not the sender.
    pub reply_to: Option<Address>,
    /// To whom: `To`, `Cc` and `Delivered-To`, in lower case, each once.
    pub to: Vec<String>,
    /// The subject, one line.
    pub subject: String,
    /// When it says it was written.
    pub date: Option<Timestamp>,
    /// The letter it answers, without `<` and `>`.
    pub in_reply_to: Option<String>,
    /// The letters before it, oldest first.
    pub references: Vec<String>,
    /// What its writer wrote: without quotes of earlier letters and without a signature.
    pub text: String,
    /// All of its text.
    pub full_text: String,
    /// The language it declares; untrusted.
    pub language: Option<String>,
    /// Whether a machine sent it: nothing may answer it by itself.
    pub automatic: bool,
    /// Whether it comes with a way to unsubscribe.
    pub list_unsubscribe: bool,
    /// The tag of the address it came to: `TOKEN` of `local+TOKEN@domain`.
    pub plus_token: Option<String>,
    /// The names and sizes of what is attached; the contents are not kept.
    pub attachments: Vec<(String, usize)>,
    /// Its bytes, for [`understand`](super::understand); only the headers where it was too large.
    pub raw: Vec<u8>,
}

impl std::fmt::Debug for Letter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Letter")
            .field("uid", &self.uid)
            .field("message_id", &self.message_id)
            .field("from", &self.from)
            .field("subject", &self.subject)
            .field("automatic", &self.automatic)
            .finish_non_exhaustive()
    }
}

/// Reads a letter.
pub fn parse(raw: &[u8]) -> Result<Letter, Refused> {
    let _ = raw;
    Err(Refused::NotALetter)
}
