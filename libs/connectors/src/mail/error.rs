//! What can go wrong with a mailbox or a letter, in words that can be translated.
//!
//! `key()` is stable: the interface looks its sentence up by it, so a key is never renamed. No text carries the user's
//! name or password; what a server says is cut to one line.

/// Why a mailbox could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MailError {
    /// The host is no name or address, or the port is zero.
    #[error("not a usable server name or port")]
    BadHost,
    /// The host is, or resolves to, an address that is not on the public internet.
    #[error("{host} is not on the public internet")]
    PrivateAddress {
        /// The refused host.
        host: String,
    },
    /// No encryption is only possible with a server that the operator listed.
    #[error("mail is not read without encryption")]
    NotEncrypted,
    /// The name could not be resolved.
    #[error("{host} could not be resolved")]
    Dns {
        /// The name.
        host: String,
    },
    /// Nobody answered there.
    #[error("{host} could not be reached")]
    Connect {
        /// The host.
        host: String,
    },
    /// The certificate is wrong, or the other side does not speak TLS.
    #[error("no trustworthy encrypted connection with {host}")]
    Tls {
        /// The host.
        host: String,
    },
    /// The server does not offer STARTTLS, or refuses it.
    #[error("the server does not offer encryption on this port")]
    NoStartTls,
    /// User or password are wrong, or this program is not let in with a password.
    #[error("the server refuses the sign-in: {words}")]
    SignIn {
        /// The server's own words, one line, untrusted.
        words: String,
    },
    /// User, password or folder hold a character that cannot be sent.
    #[error("the user, the password or the folder holds a character that cannot be sent")]
    BadText,
    /// There is no such folder.
    #[error("the folder cannot be opened: {words}")]
    Folder {
        /// The server's own words, one line, untrusted.
        words: String,
    },
    /// No answer within the time.
    #[error("no complete answer in time")]
    Timeout,
    /// The connection ended in the middle.
    #[error("the connection was lost")]
    Lost,
    /// The server said goodbye.
    #[error("the server ended the conversation: {words}")]
    Bye {
        /// The server's own words, one line, untrusted.
        words: String,
    },
    /// The server said no to a command that it should know.
    #[error("the server refused a command: {words}")]
    Refused {
        /// The server's own words, one line, untrusted.
        words: String,
    },
    /// What came is not IMAP.
    #[error("the server does not speak proper IMAP")]
    Protocol,
    /// An answer is larger than it may be.
    #[error("the server's answer is too large")]
    TooLarge,
    /// The client could not be set up (for instance, no certificate authorities on this machine).
    #[error("the mail client could not be set up: {0}")]
    Setup(String),
}

impl MailError {
    /// The stable key of the translated sentence.
    pub fn key(&self) -> &'static str {
        match self {
            Self::BadHost => "bad-host",
            Self::PrivateAddress { .. } => "private-address",
            Self::NotEncrypted => "not-encrypted",
            Self::Dns { .. } => "dns",
            Self::Connect { .. } => "connect",
            Self::Tls { .. } => "tls",
            Self::NoStartTls => "no-starttls",
            Self::SignIn { .. } => "sign-in",
            Self::BadText => "bad-text",
            Self::Folder { .. } => "folder",
            Self::Timeout => "timeout",
            Self::Lost => "lost",
            Self::Bye { .. } => "bye",
            Self::Refused { .. } => "refused",
            Self::Protocol => "protocol",
            Self::TooLarge => "too-large",
            Self::Setup(_) => "setup",
        }
    }

    /// Whether asking again later may work without anybody changing anything.
    pub fn is_temporary(&self) -> bool {
        matches!(
            self,
            Self::Dns { .. }
                | Self::Connect { .. }
                | Self::Timeout
                | Self::Lost
                | Self::Bye { .. }
                | Self::Refused { .. }
                | Self::Protocol
        )
    }
}

/// Why a letter could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Refused {
    /// There are no headers in it.
    #[error("not a letter")]
    NotALetter,
    /// It is larger than [`LETTER_BYTES_MAX`](super::LETTER_BYTES_MAX).
    #[error("the letter is too large")]
    TooLarge,
    /// Its headers alone are larger than they may be.
    #[error("the letter's headers are too large")]
    HeadersTooLarge,
    /// It has more parts, or parts within parts, than a letter has.
    #[error("the letter has too many parts")]
    TooManyParts,
    /// It is so broken that the parser gave up.
    #[error("the letter is malformed")]
    Malformed,
}

impl Refused {
    /// The stable key of the translated sentence.
    pub fn key(self) -> &'static str {
        match self {
            Self::NotALetter => "not-a-letter",
            Self::TooLarge => "letter-too-large",
            Self::HeadersTooLarge => "headers-too-large",
            Self::TooManyParts => "too-many-parts",
            Self::Malformed => "letter-malformed",
        }
    }
}
