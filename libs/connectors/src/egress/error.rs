//! What can go wrong outside, in words that can be translated.
//!
//! `key()` is stable: the interface looks its sentence up by it, so a key is never renamed. The texts of
//! `Display` are for logs. No variant carries the path or the query of an address: feed addresses may hold secrets.

use std::time::Duration;

/// Why a request was refused before it left, or failed after.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EgressError {
    /// The text is not an absolute URL, or is too long.
    #[error("not a usable web address")]
    BadUrl,
    /// Only http and https leave the house.
    #[error("the scheme is not http or https")]
    BadScheme,
    /// The port is not one of the allowed ones.
    #[error("port {0} is not allowed")]
    BadPort(u16),
    /// `https://user:password@host/`: a secret in an address, or an attempt to disguise the host.
    #[error("an address must not carry a user or a password")]
    Userinfo,
    /// The host is, or resolves to, an address that is not on the public internet.
    #[error("{host} is not on the public internet")]
    PrivateAddress {
        /// The refused host.
        host: String,
    },
    /// The name could not be resolved.
    #[error("{host} could not be resolved")]
    Dns {
        /// The name.
        host: String,
    },
    /// Nobody answered at that address.
    #[error("{host} could not be reached")]
    Connect {
        /// The host.
        host: String,
    },
    /// The certificate is wrong, expired, or the other side does not speak TLS.
    #[error("no trustworthy encrypted connection with {host}")]
    Tls {
        /// The host.
        host: String,
    },
    /// The whole exchange took longer than the policy allows.
    #[error("no complete answer in time")]
    Timeout,
    /// The decoded body is larger than the policy allows.
    #[error("the answer is larger than {limit} bytes")]
    TooLarge {
        /// The limit that was crossed.
        limit: usize,
    },
    /// The chain of redirects is longer than the policy allows.
    #[error("too many redirects")]
    TooManyRedirects,
    /// A redirect leads somewhere no address can be made of.
    #[error("the redirect leads nowhere")]
    BadRedirect,
    /// A redirect from https to http.
    #[error("a redirect gives up encryption")]
    Downgrade,
    /// The other side does not speak HTTP properly, or hung up half-way.
    #[error("{host} did not give a proper HTTP answer")]
    BadResponse {
        /// The host.
        host: String,
    },
    /// An answer that is not a success; see [`GetResponse::success`](super::GetResponse::success).
    #[error("the server answered {status}")]
    HttpStatus {
        /// The status.
        status: u16,
        /// How long the server asks us to wait, clamped.
        retry_after: Option<Duration>,
    },
    /// The client itself could not be set up (for instance, no certificate authorities on this machine).
    #[error("the HTTP client could not be set up: {0}")]
    Setup(String),
}

impl EgressError {
    /// The stable key of the translated sentence.
    pub fn key(&self) -> &'static str {
        match self {
            Self::BadUrl => "bad-url",
            Self::BadScheme => "bad-scheme",
            Self::BadPort(_) => "bad-port",
            Self::Userinfo => "userinfo",
            Self::PrivateAddress { .. } => "private-address",
            Self::Dns { .. } => "dns",
            Self::Connect { .. } => "connect",
            Self::Tls { .. } => "tls",
            Self::Timeout => "timeout",
            Self::TooLarge { .. } => "too-large",
            Self::TooManyRedirects => "too-many-redirects",
            Self::BadRedirect => "bad-redirect",
            Self::Downgrade => "downgrade",
            Self::BadResponse { .. } => "bad-response",
            Self::HttpStatus { .. } => "http-status",
            Self::Setup(_) => "setup",
        }
    }

    /// Whether asking again later may work without anybody changing anything.
    pub fn is_temporary(&self) -> bool {
        match self {
            Self::Dns { .. } | Self::Connect { .. } | Self::Timeout | Self::BadResponse { .. } => true,
            Self::HttpStatus { status, .. } => matches!(status, 408 | 425 | 429 | 500..=599),
            _ => false,
        }
    }

    /// How long the server asked us to wait, where it did.
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::HttpStatus { retry_after, .. } => *retry_after,
            _ => None,
        }
    }
}
