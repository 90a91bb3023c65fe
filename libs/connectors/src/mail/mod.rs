//! Reading a mailbox, and what its letters mean.
//!
//! **What for.** Customers write; platforms tell of each new review by mail, and those notices can be read without any
//! key or contract. So one mailbox is a source that every business already has.
//!
//! **How.** [`Mail`] speaks IMAP: it looks, fetches and waits, and changes nothing over there (`EXAMINE`, `BODY.PEEK`:
//! nothing is marked as read). [`parse`] turns the bytes of one letter into a [`Letter`]; [`understand`] says whether it
//! is a person's letter, a platform's notice, a bounce or something automatic.
//!
//! **What must stay true.**
//! - Everything the other side sends is bounded before memory is given to it: answers, literals, letters, parts, time.
//! - A letter that cannot be read stops nothing: it comes as far as its headers can be read, and is counted.
//! - A cursor only moves over letters that were handed out.
//! - Nothing is said before the encryption stands, and encryption is never given up.
//! - A notice is only believed when the receiving server says that the platform signed it: anybody can write "from
//!   Google".
//!
//! Start at [`Mail::fetch`], [`parse`] and [`understand`].

mod error;
mod imap;
mod letter;
mod meaning;

pub use error::{MailError, Refused};
pub use imap::{Account, Cursor, Fetched, FolderState, Mail, Security};
pub use letter::{Address, Letter, parse};
pub use meaning::{Bounce, Meaning, Notice, SourcePlatform, understand};

/// Most letters of one [`Mail::fetch`].
pub const LETTERS_MAX: usize = 50;
/// Most bytes of all letters of one [`Mail::fetch`].
pub const FETCH_BYTES_MAX: usize = 25 * 1024 * 1024;
/// Largest letter that is read whole; of a larger one only the headers are.
pub const LETTER_BYTES_MAX: usize = 5 * 1024 * 1024;
