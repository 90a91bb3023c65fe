//! A mailbox over IMAP (RFC 3501, RFC 2177 for IDLE, RFC 8314 for TLS from the start).
//!
//! **How.** `route` finds and judges the way, `wire` cuts what comes into whole answers within a budget, `answer` reads
//! them, `session` is the dialogue. Here is what is asked: look, fetch, wait.
//!
//! **What must stay true.** The folder is opened with `EXAMINE` and letters are asked for with `BODY.PEEK`: nothing over
//! there changes. Each letter is asked for by itself and never beyond its limit, so that one that is too large, or wrong,
//! cannot hide the others.

mod answer;
#[cfg(test)]
mod fake;
mod fetch;
mod route;
mod session;
#[cfg(test)]
mod tests;
mod wire;

use super::error::MailError;
use super::letter::Letter;
use crate::egress::{Judge, Lookup, SystemLookup};
use jiff::Timestamp;
use rustls::ClientConfig;
use session::{COMMAND_MAX, Session, Stream};
use std::sync::Arc;
use std::time::Duration;

/// The ports of IMAP: encrypted from the start, and upgraded.
const PORTS: [u16; 2] = [993, 143];

/// How long one IDLE lasts. Servers may hang up after 30 minutes (RFC 2177), routers forget a silent connection sooner.
const IDLE_TURN: Duration = Duration::from_mins(9);

/// The pause after a push that brought nothing.
const PUSHED_FOR_NOTHING: Duration = Duration::from_secs(2);

/// How often is looked where the server cannot push.
const POLL_EVERY: Duration = Duration::from_mins(1);

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
#[derive(Clone)]
pub struct Mail {
    judge: Judge,
    tls: Arc<ClientConfig>,
    idle_turn: Duration,
    poll_every: Duration,
    command_max: Duration,
}

impl std::fmt::Debug for Mail {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Mail").finish_non_exhaustive()
    }
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
        Self::with_lookup(allow_private, roots, Arc::new(SystemLookup))
    }

    /// The same with another resolver.
    pub fn with_lookup(
        allow_private: Vec<String>,
        roots: Option<&str>,
        lookup: Arc<dyn Lookup>,
    ) -> Result<Self, MailError> {
        let judge = Judge::new(PORTS.to_vec(), allow_private, lookup)
            .map_err(|error| MailError::Setup(error.to_string()))?;
        Ok(Self {
            judge,
            tls: route::trust(roots)?,
            idle_turn: IDLE_TURN,
            poll_every: POLL_EVERY,
            command_max: COMMAND_MAX,
        })
    }

    /// The same client with other turns of waiting: how long one IDLE lasts (at most 29 minutes), and how often is
    /// looked where the server cannot push.
    #[must_use]
    pub fn with_turns(self, idle_turn: Duration, poll_every: Duration) -> Self {
        Self { idle_turn: idle_turn.min(Duration::from_mins(29)), poll_every, ..self }
    }

    /// Signs in and looks at the folder.
    pub async fn check(&self, account: &Account) -> Result<FolderState, MailError> {
        let mut session = self.sign_in(account).await?;
        let opened = session.examine(&account.folder).await?;
        let pushes = session.can("IDLE");
        session.leave().await;
        Ok(FolderState { uid_validity: opened.uid_validity, letters: opened.letters, pushes })
    }

    /// The letters after `cursor`, oldest first; without one, or when the folder began a new life, those that arrived
    /// on the day of `since` or later.
    ///
    /// A trouble after some letters is not an error: those letters come, with `more`, and the next call meets it.
    pub async fn fetch(
        &self,
        account: &Account,
        cursor: Option<Cursor>,
        since: Timestamp,
    ) -> Result<Fetched, MailError> {
        let mut session = self.sign_in(account).await?;
        let fetched = fetch::run(&mut session, &account.folder, cursor, since).await?;
        session.leave().await;
        Ok(fetched)
    }

    /// Waits until there is something after `cursor` (`true`) or the time is over (`false`). Reaching the server does
    /// not count as waiting.
    pub async fn wait(
        &self,
        account: &Account,
        cursor: Cursor,
        longest: Duration,
    ) -> Result<bool, MailError> {
        let mut session = self.sign_in(account).await?;
        let opened = session.examine(&account.folder).await?;
        if opened.uid_validity != cursor.uid_validity {
            session.leave().await;
            return Ok(true);
        }
        match tokio::time::timeout(longest, self.watch(&mut session, cursor)).await {
            Ok(result) => {
                result?;
                session.leave().await;
                Ok(true)
            }
            Err(_) => Ok(false),
        }
    }

    /// Ends when there is something new.
    async fn watch<S: Stream>(&self, session: &mut Session<S>, cursor: Cursor) -> Result<(), MailError> {
        loop {
            if fetch::has_new(session, cursor).await? {
                return Ok(());
            }
            if !session.can("IDLE") {
                tokio::time::sleep(self.poll_every).await;
            } else if session.idle(self.idle_turn).await? && !fetch::has_new(session, cursor).await? {
                // A server that pushes for nothing shall not be asked without a pause.
                tokio::time::sleep(PUSHED_FOR_NOTHING).await;
            }
        }
    }

    async fn sign_in(&self, account: &Account) -> Result<Session<Box<dyn Stream>>, MailError> {
        let (stream, host) = route::connect(&self.judge, account).await?;
        let stream: Box<dyn Stream> = match account.security {
            Security::Plain => Box::new(stream),
            Security::Tls => Box::new(route::encrypt(&self.tls, stream, &host).await?),
            Security::StartTls => {
                let mut plain = Session::new(stream, self.command_max);
                plain.greeting().await?;
                Box::new(route::encrypt(&self.tls, plain.start_tls().await?, &host).await?)
            }
        };
        // What was heard before the encryption counts for nothing after it; the greeting is not said again.
        let mut session = Session::new(stream, self.command_max);
        if account.security != Security::StartTls {
            session.greeting().await?;
        }
        session.ask_capabilities().await?;
        session.sign_in(&account.user, &account.password).await?;
        // Some servers tell of IDLE only to those who are in.
        session.ask_capabilities().await?;
        Ok(session)
    }

    /// The same client that waits less long for an answer.
    #[cfg(test)]
    fn impatient(self) -> Self {
        Self { command_max: Duration::from_millis(300), ..self }
    }
}
