//! Mail through the operator's relay.
//!
//! The relay's address comes from the operator's configuration file and from nowhere else, so it may be on a private
//! network; there is no way to make this module connect to another host. Everything before the final dot can be
//! repeated; what happens after it cannot, so the dialogue stops at the server's 354 until the caller says go.
//!
//! Source: RFC 5321 (4.2.1 replies, 4.5.3.2 time-outs, 6.1 responsibility), RFC 8314 (TLS from the start). A password only travels encrypted, or to this very machine.

use super::dkim::Signer;
use super::{Answer, Note, Outcome, letter};
use lettre::address::Address;
use lettre::message::Mailbox;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{AsyncSmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::ClientId;
use percent_encoding::percent_decode_str;
use std::net::IpAddr;
use std::time::Duration;
use url::Url;

/// Longest wait for the connection.
const CONNECT_MAX: Duration = Duration::from_secs(10);

/// How the way to the relay is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Protection {
    /// Encrypted from the first byte (`smtps://`).
    Tls,
    /// Must be upgraded before anything is said (`smtp://` to another machine).
    StartTls,
    /// Plain: this machine, or the operator said `?tls=off`.
    Plain,
}

/// The operator's mail server and who writes. Never prints its password.
#[derive(Clone)]
pub struct Relay {
    host: String,
    port: u16,
    protection: Protection,
    credentials: Option<(String, String)>,
    from: Mailbox,
    signer: Option<Signer>,
}

impl std::fmt::Debug for Relay {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Relay({}:{}, {:?})", self.host, self.port, self.protection)
    }
}

/// What is wrong with the settings; the text says what to write.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum RelayError {
    /// The relay's address.
    #[error(
        "write smtps://user:password@host, smtp://user:password@host:587, or smtp://localhost:25 for this machine"
    )]
    Url,
    /// A password would travel in the clear.
    #[error("write smtps:// or leave out ?tls=off: a password is not sent unencrypted to another machine")]
    ClearPassword,
    /// The key that letters are signed with, or its selector.
    #[error(
        "write the file of a private key in PEM (RSA of 2048 bits or more, or Ed25519) and a selector such as timon"
    )]
    Key,
    /// The sender.
    #[error("write an address such as Timón <timon@example.org>")]
    From,
}

impl Relay {
    /// Reads `smtp[s]://user:password@host:port` and the sender. Ports: 465 for smtps, 587 for smtp.
    pub fn new(url: &str, from: &str) -> Result<Self, RelayError> {
        let from: Mailbox = from.parse().map_err(|_| RelayError::From)?;
        let url = Url::parse(url.trim()).map_err(|_| RelayError::Url)?;
        let host = url.host_str().filter(|host| !host.is_empty()).ok_or(RelayError::Url)?;
        let host = host.trim_matches(['[', ']']).to_owned();
        let is_here = host == "localhost" || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback());
        let protection = match (url.scheme(), url.query()) {
            ("smtps", None) => Protection::Tls,
            ("smtp", Some("tls=off")) => Protection::Plain,
            ("smtp", None) if is_here => Protection::Plain,
            ("smtp", None) => Protection::StartTls,
            _ => return Err(RelayError::Url),
        };
        let decoded = |text: &str| {
            percent_decode_str(text)
                .decode_utf8()
                .map(std::borrow::Cow::into_owned)
                .map_err(|_| RelayError::Url)
        };
        let credentials = match (url.username(), url.password()) {
            ("", None) => None,
            (user, Some(password)) if !user.is_empty() => Some((decoded(user)?, decoded(password)?)),
            _ => return Err(RelayError::Url),
        };
        if credentials.is_some() && protection == Protection::Plain && !is_here {
            return Err(RelayError::ClearPassword);
        }
        if !matches!(url.path(), "" | "/") {
            return Err(RelayError::Url);
        }
        let port = url.port().unwrap_or(if protection == Protection::Tls { 465 } else { 587 });
        Ok(Self { host, port, protection, credentials, from, signer: None })
    }

    /// The same relay, which signs what it sends (DKIM) for the sender's domain. `pem` is the private key.
    ///
    /// # Errors
    /// When the key or the selector cannot be used; the text holds neither.
    pub fn signing(self, selector: &str, pem: &str) -> Result<Self, RelayError> {
        let signer = Signer::new(self.from.email.domain(), selector, pem).ok_or(RelayError::Key)?;
        Ok(Self { signer: Some(signer), ..self })
    }

    /// The address that letters come from.
    pub fn sender(&self) -> String {
        self.from.email.to_string()
    }

    /// The same relay as if it were on another machine.
    #[cfg(test)]
    pub(super) fn elsewhere(self) -> Self {
        Self { protection: Protection::StartTls, ..self }
    }

    /// Talks up to the server's 354: sender and recipient are accepted, nothing is sent.
    pub(super) async fn open(&self, to: &str, note: &Note) -> Result<Open, Outcome> {
        let to: Address = to.trim().parse().map_err(|_| refused("bad-address"))?;
        let content = self.letter(&to, note).map_err(|_| refused("bad-address"))?;
        let mut connection = self.connect().await?;
        let dialogue = async {
            connection.command(Mail::new(Some(self.from.email.clone()), vec![])).await?;
            connection.command(Rcpt::new(to, vec![])).await?;
            connection.command(Data).await
        };
        let outcome = dialogue.await;
        match outcome {
            Ok(_) => Ok(Open { connection, content }),
            Err(error) => {
                hang_up(&mut connection).await;
                Err(before_dot(&error))
            }
        }
    }

    async fn connect(&self) -> Result<AsyncSmtpConnection, Outcome> {
        let name = ClientId::Domain(self.from.email.domain().to_owned());
        let tls = || {
            TlsParameters::new(self.host.clone())
                .map_err(|error| Outcome::Later(Answer::new("tls", &error.to_string()), None))
        };
        let at_once = if self.protection == Protection::Tls { Some(tls()?) } else { None };
        let server = (self.host.as_str(), self.port);
        let mut connection =
            AsyncSmtpConnection::connect_tokio1(server, Some(CONNECT_MAX), &name, at_once, None)
                .await
                .map_err(|error| before_dot(&error))?;
        if self.protection == Protection::StartTls {
            connection.starttls(tls()?, &name).await.map_err(|error| before_dot(&error))?;
        }
        if let Some((user, password)) = &self.credentials {
            let credentials = Credentials::new(user.clone(), password.clone());
            let mechanisms = [Mechanism::Plain, Mechanism::Login];
            if let Err(error) = connection.auth(&mechanisms, &credentials).await {
                hang_up(&mut connection).await;
                // Somebody has to look at the settings, but the message need not be lost meanwhile.
                return Err(Outcome::Later(Answer::new("sign-in", &error.to_string()), None));
            }
        }
        Ok(connection)
    }

    /// The letter as it travels. The same note gives the same bytes.
    fn letter(&self, to: &Address, note: &Note) -> Result<Vec<u8>, lettre::error::Error> {
        let letter = letter::build(&self.from, to, note)?.formatted();
        Ok(match &self.signer {
            Some(signer) => signer.sign(letter, note.at.as_second()),
            None => letter,
        })
    }
}

/// A dialogue that waits for its last word. Dropped, it leaves no message behind: the server never sees the dot.
pub(super) struct Open {
    connection: AsyncSmtpConnection,
    content: Vec<u8>,
}

impl Open {
    /// Sends the content and the final dot, and hears the answer.
    pub(super) async fn deliver(mut self, longest: Duration) -> Outcome {
        match tokio::time::timeout(longest, self.connection.message(&self.content)).await {
            Err(_) => Outcome::Unknown(Answer::new("timeout", "")),
            Ok(Ok(response)) => {
                let words: Vec<&str> = response.message().collect();
                let answer = Answer::new("accepted", &format!("{} {}", response.code(), words.join(" ")));
                hang_up(&mut self.connection).await;
                Outcome::Accepted(answer)
            }
            Ok(Err(error)) if error.status().is_some() => {
                hang_up(&mut self.connection).await;
                before_dot(&error)
            }
            // No answer to the dot: the server may have taken it.
            Ok(Err(error)) => Outcome::Unknown(Answer::new("broken-off", &error.to_string())),
        }
    }
}

/// Says goodbye, briefly: whatever the answer, the message's fate is known.
async fn hang_up(connection: &mut AsyncSmtpConnection) {
    let _ = tokio::time::timeout(Duration::from_secs(2), connection.quit()).await;
}

fn refused(key: &'static str) -> Outcome {
    Outcome::Refused(Answer::new(key, ""))
}

/// What an error means while nothing has been handed over: only a lasting "no" of the server ends it.
fn before_dot(error: &Error) -> Outcome {
    let words = error.to_string();
    if error.is_permanent() {
        Outcome::Refused(Answer::new("refused", &words))
    } else if error.is_transient() {
        Outcome::Later(Answer::new("later", &words), None)
    } else if error.is_tls() {
        Outcome::Later(Answer::new("tls", &words), None)
    } else if error.is_timeout() {
        Outcome::Later(Answer::new("timeout", &words), None)
    } else {
        Outcome::Later(Answer::new("connect", &words), None)
    }
}

/// Whether this can be an e-mail address that mail may be sent to.
pub fn is_address(text: &str) -> bool {
    text.len() <= 254 && text.is_ascii() && text.parse::<Address>().is_ok()
}
