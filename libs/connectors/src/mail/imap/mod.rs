//! A mailbox over IMAP (RFC 3501, RFC 2177 for IDLE, RFC 8314 for TLS from the start).

use super::error::MailError;
use super::letter::Letter;
use jiff::Timestamp;
use std::time::Duration;

/// A mailbox and how to get in. Never prints its password.
#[derive(Clone, PartialEq, Eq)]
pub struct Account {
    /// The server's name or address.
    pub host: String,
    /// Its port; usually 993 for [`Security::Tls`], 143 for [`Security::StartTls`].
    pub port: u16,
    /// How the way there is protected.
    pub security: Security,
    /// Who signs in.
    pub user: String,
    /// With what.
    pub password: String,
    /// The folder to read, `INBOX` for most.
    pub folder: String,
}

impl std::fmt::Debug for Account {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Account({}:{}, {:?}, {})", self.host, self.port, self.security, self.folder)
    }
}

/// How the way to the server is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Security {
    /// Encrypted from the first byte.
    Tls,
    /// Must be upgraded before anything is said.
    StartTls,
    /// Not at all: only with a host that the operator listed as an exception.
    Plain,
}

/// The mail client. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Mail {
    #[expect(dead_code, reason = "used once the dialogue is there")]
    allow_private: Vec<String>,
}

/// How far a folder has been read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    /// The folder's life: where this changes, all UIDs mean something else.
    pub uid_validity: u32,
    /// The last letter that was handed out.
    pub last_uid: u32,
}

/// A folder as it is now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FolderState {
    /// The folder's life.
    pub uid_validity: u32,
    /// How many letters it holds.
    pub letters: u32,
    /// Whether the server can push (IDLE).
    pub pushes: bool,
}

/// What one reading brought.
#[derive(Debug, Clone, PartialEq)]
pub struct Fetched {
    /// Where to go on; covers exactly what is in `letters`.
    pub cursor: Cursor,
    /// The letters, oldest first.
    pub letters: Vec<Letter>,
    /// Whether there are more to fetch at once.
    pub more: bool,
    /// How many of `letters` are there with their headers only (too large, or malformed).
    pub skipped: u32,
}

impl Mail {
    /// A client. `allow_private` are the operator's exceptions (`host:port` or blocks of addresses, as for `Egress`);
    /// `roots` are further certificate authorities, as PEM.
    pub fn new(allow_private: Vec<String>, roots: Option<&str>) -> Result<Self, MailError> {
        let _ = roots;
        Ok(Self { allow_private })
    }

    /// Signs in and looks at the folder.
    pub async fn check(&self, account: &Account) -> Result<FolderState, MailError> {
        let _ = account;
        Err(MailError::Setup("not built yet".to_owned()))
    }

    /// The letters after `cursor`, or, without one (or when the folder began a new life), those that arrived since.
    pub async fn fetch(
        &self,
        account: &Account,
        cursor: Option<Cursor>,
        since: Timestamp,
    ) -> Result<Fetched, MailError> {
        let _ = (account, cursor, since);
        Err(MailError::Setup("not built yet".to_owned()))
    }

    /// Waits until there is something after `cursor` (`true`) or the time is over (`false`).
    pub async fn wait(
        &self,
        account: &Account,
        cursor: Cursor,
        longest: Duration,
    ) -> Result<bool, MailError> {
        let _ = (account, cursor, longest);
        Err(MailError::Setup("not built yet".to_owned()))
    }
}
