//! **Mailbox**: letters. What people write to the business by mail becomes mentions, and an answer finds its way back.
//!
//! *What for*: the oldest place where customers complain is the business's own mailbox, and platforms tell of each new
//! review by mail too; so one mailbox is a source that needs no key and no contract.
//!
//! *How*: [`step::read`] asks each mailbox over IMAP for what is new (`connectors::mail`), and [`rules::sort`] says what
//! each letter is. A person's letter becomes a mention with a row of `letter`: whom to answer, and which conversation it
//! goes on with. A platform's notice that the receiving server vouches for becomes mentions of that platform's source. A
//! bounce tells `notify` that a letter of ours did not arrive. [`watch`] waits at each mailbox (IDLE), so that a letter is
//! here within seconds. The password lies sealed in `mailbox_secret` and in no backup.
//!
//! *What must stay true*: letters, their mentions and how far the mailbox was read are one batch, and twice is once (by
//! `Message-ID`). Nothing is changed in the mailbox: what is unread stays unread. A password is never shown, logged or
//! sent to another server than the one it was typed for.
//!
//! *What it never does*: write letters (a person does, in `respond`; `notify` carries them), answer by itself, follow a
//! link in a letter.
//!
//! *Start at* [`step::read`]; whoever answers a letter at [`letter_of`] and [`reply_thread`].

pub mod pages;
pub mod rules;
pub mod step;
pub mod store;
pub mod watch;

pub use rules::reply_thread;
pub use store::letters::{InThread, LetterOf, letter_of, thread};

/// Wakes [`step::read`]: a mailbox was added or changed, or a letter has come.
pub const ARRIVED: &str = "mailbox-arrived";
