//! The dialogue: commands out, answers in, each within its time and its budget.
//!
//! Why not a ready client: `async-imap` 0.12 stores what a literal announces before a byte of it is there (up to 512
//! MiB), takes a `NO` to `FETCH` for an empty folder, panics on a wordless `BAD` to `IDLE`, and writes the password into
//! its trace log; its parser nests as deep as the other side likes. What is needed here is nine commands.

use super::answer::{self, Answer, Fact, Standing, Status};
use super::wire::Wire;
use crate::mail::MailError;
use base64::Engine;
use base64::alphabet::IMAP_MUTF7;
use base64::engine::GeneralPurpose;
use base64::engine::general_purpose::{NO_PAD, STANDARD};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};

/// Longest wait for all the answers to a command, unless a test cannot wait so long.
pub(super) const COMMAND_MAX: Duration = Duration::from_secs(30);

/// How slowly a letter may come, bytes per second: a fourth of a megabit.
const SLOWEST_BYTES_PER_SECOND: usize = 32 * 1024;

/// What the answers to an ordinary command may weigh, bytes.
pub(super) const ANSWERS_BYTES_MAX: usize = 256 * 1024;

/// What the answers to a search may weigh: about half a million numbers.
const SEARCH_BYTES_MAX: usize = 4 * 1024 * 1024;

/// Most answers to one command.
const ANSWERS_MAX: usize = 10_000;

/// What is read from and written to.
pub(super) trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

/// A conversation with a server.
pub(super) struct Session<S> {
    pub(super) wire: Wire<S>,
    commands: u32,
    capabilities: Vec<String>,
    longest: Duration,
}

/// A folder as the server describes it on opening.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Opened {
    pub(super) uid_validity: u32,
    pub(super) uid_next: Option<u32>,
    pub(super) letters: u32,
}

impl<S: Stream> Session<S> {
    /// A conversation that has not begun.
    pub(super) fn new(stream: S, longest: Duration) -> Self {
        Self { wire: Wire::new(stream), commands: 0, capabilities: Vec::new(), longest }
    }

    /// Hears the greeting. A server that lets in without a sign-in is not the owner's mailbox.
    pub(super) async fn greeting(&mut self) -> Result<(), MailError> {
        self.wire.allow(ANSWERS_BYTES_MAX);
        match timed(self.longest, self.hear()).await? {
            Answer::Status(Status { standing: Standing::Ok, .. }) => Ok(()),
            Answer::Status(Status { standing: Standing::Bye, words, .. }) => Err(MailError::Bye { words }),
            _ => Err(MailError::Protocol),
        }
    }

    /// Asks what the server can do.
    pub(super) async fn ask_capabilities(&mut self) -> Result<(), MailError> {
        let (_, answers) = self.run("CAPABILITY", ANSWERS_BYTES_MAX).await?;
        self.capabilities.clear();
        for answer in answers {
            if let Answer::Capabilities(words) = answer {
                self.capabilities = words;
            }
        }
        if self.capabilities.is_empty() { Err(MailError::Protocol) } else { Ok(()) }
    }

    pub(super) fn can(&self, capability: &str) -> bool {
        self.capabilities.iter().any(|known| known == capability)
    }

    /// Asks for encryption and gives the bare stream for it.
    pub(super) async fn start_tls(mut self) -> Result<S, MailError> {
        self.ask_capabilities().await?;
        if !self.can("STARTTLS") {
            return Err(MailError::NoStartTls);
        }
        match self.run("STARTTLS", ANSWERS_BYTES_MAX).await {
            Ok(_) => self.wire.into_silent().ok_or(MailError::Protocol),
            Err(MailError::Refused { .. }) => Err(MailError::NoStartTls),
            Err(error) => Err(error),
        }
    }

    /// Signs in.
    pub(super) async fn sign_in(&mut self, user: &str, password: &str) -> Result<(), MailError> {
        if user.chars().chain(password.chars()).any(char::is_control) {
            return Err(MailError::BadText);
        }
        let result = if self.can("AUTH=PLAIN") {
            let secret = STANDARD.encode(format!("\0{user}\0{password}"));
            self.authenticate(&secret).await
        } else if self.can("LOGINDISABLED") {
            return Err(MailError::SignIn { words: "LOGINDISABLED".to_owned() });
        } else {
            let line = format!("LOGIN {} {}", quoted(user), quoted(password));
            self.run(&line, ANSWERS_BYTES_MAX).await.map(|_| ())
        };
        match result {
            Err(MailError::Refused { words }) => Err(MailError::SignIn { words }),
            other => other,
        }
    }

    async fn authenticate(&mut self, secret: &str) -> Result<(), MailError> {
        if self.can("SASL-IR") {
            let line = format!("AUTHENTICATE PLAIN {secret}");
            return self.run(&line, ANSWERS_BYTES_MAX).await.map(|_| ());
        }
        let tag = self.begin("AUTHENTICATE PLAIN", ANSWERS_BYTES_MAX).await?;
        timed(self.longest, self.until_go(&tag)).await?;
        self.say(&format!("{secret}\r\n")).await?;
        timed(self.longest, self.until_done(&tag)).await.map(|_| ())
    }

    /// Opens a folder for reading only.
    pub(super) async fn examine(&mut self, folder: &str) -> Result<Opened, MailError> {
        if folder.is_empty() || folder.chars().any(char::is_control) {
            return Err(MailError::BadText);
        }
        let line = format!("EXAMINE {}", quoted(&modified_utf7(folder)));
        let (_, answers) = self.run(&line, ANSWERS_BYTES_MAX).await.map_err(|error| match error {
            MailError::Refused { words } => MailError::Folder { words },
            other => other,
        })?;
        let mut opened = Opened::default();
        for answer in answers {
            match answer {
                Answer::Exists(letters) => opened.letters = letters,
                Answer::Status(Status { code, .. }) => {
                    let number =
                        |name: &str| code.strip_prefix(name).and_then(|rest| rest.trim().parse().ok());
                    if let Some(value) = number("UIDVALIDITY ") {
                        opened.uid_validity = value;
                    }
                    opened.uid_next = number("UIDNEXT ").or(opened.uid_next);
                }
                _ => {}
            }
        }
        if opened.uid_validity == 0 { Err(MailError::Protocol) } else { Ok(opened) }
    }

    /// The numbers of the letters that fit, ascending, each once.
    pub(super) async fn search(&mut self, what: &str) -> Result<Vec<u32>, MailError> {
        let (_, answers) = self.run(&format!("UID SEARCH {what}"), SEARCH_BYTES_MAX).await?;
        let mut found = Vec::new();
        for answer in answers {
            if let Answer::Search(numbers) = answer {
                found.extend(numbers);
            }
        }
        found.retain(|uid| *uid > 0);
        found.sort_unstable();
        found.dedup();
        Ok(found)
    }

    /// Fetches facts of some letters; the answers may weigh `budget` bytes, of which about `expected` will come: a large
    /// letter on a slow line gets its time.
    pub(super) async fn facts(
        &mut self,
        uids: &str,
        what: &str,
        budget: usize,
        expected: usize,
    ) -> Result<Vec<Fact>, MailError> {
        let tag = self.begin(&format!("UID FETCH {uids} ({what})"), budget).await?;
        let seconds = u64::try_from(expected / SLOWEST_BYTES_PER_SECOND).unwrap_or(0);
        let longest = self.longest + Duration::from_secs(seconds);
        let (_, answers) = timed(longest, self.until_done(&tag)).await?;
        let facts = answers.into_iter().filter_map(|answer| match answer {
            Answer::Fact(fact) => Some(fact),
            _ => None,
        });
        Ok(facts.collect())
    }

    /// Waits with IDLE (RFC 2177) until the server tells a number of letters, at most for `turn`. `true` if it did: a hint
    /// to look, no more.
    pub(super) async fn idle(&mut self, turn: Duration) -> Result<bool, MailError> {
        let tag = self.begin("IDLE", ANSWERS_BYTES_MAX).await?;
        let early = timed(self.longest, self.until_go(&tag)).await?;
        let counts = |answers: &[Answer]| answers.iter().any(|answer| matches!(answer, Answer::Exists(_)));
        let mut pushed = counts(&early);
        if !pushed && let Ok(heard) = tokio::time::timeout(turn, self.until_pushed(&tag)).await {
            heard?;
            pushed = true;
        }
        self.say("DONE\r\n").await?;
        self.wire.allow(ANSWERS_BYTES_MAX);
        // A dead connection shows here: nobody answers.
        let (_, answers) = timed(self.longest, self.until_done(&tag)).await?;
        Ok(pushed || counts(&answers))
    }

    /// Says goodbye and does not wait.
    pub(super) async fn leave(&mut self) {
        let _ = timed(Duration::from_secs(2), self.run("LOGOUT", ANSWERS_BYTES_MAX)).await;
    }

    /// One command and all its answers.
    async fn run(&mut self, command: &str, budget: usize) -> Result<(Status, Vec<Answer>), MailError> {
        let tag = self.begin(command, budget).await?;
        timed(self.longest, self.until_done(&tag)).await
    }

    async fn begin(&mut self, command: &str, budget: usize) -> Result<String, MailError> {
        self.commands += 1;
        let tag = format!("t{}", self.commands);
        self.wire.allow(budget);
        self.say(&format!("{tag} {command}\r\n")).await?;
        Ok(tag)
    }

    async fn say(&mut self, line: &str) -> Result<(), MailError> {
        timed(self.longest, self.wire.send(line.as_bytes())).await
    }

    async fn hear(&mut self) -> Result<Answer, MailError> {
        answer::read(self.wire.answer().await?).ok_or(MailError::Protocol)
    }

    /// Hears until the command's end. Only OK is success.
    async fn until_done(&mut self, tag: &str) -> Result<(Status, Vec<Answer>), MailError> {
        let mut answers = Vec::new();
        for _ in 0..ANSWERS_MAX {
            match self.hear().await? {
                Answer::Tagged { tag: ended, status } if ended == tag => {
                    return if status.standing == Standing::Ok {
                        Ok((status, answers))
                    } else {
                        Err(MailError::Refused { words: status.words })
                    };
                }
                Answer::Tagged { .. } => return Err(MailError::Protocol),
                Answer::Status(Status { standing: Standing::Bye, words, .. }) => {
                    return Err(MailError::Bye { words });
                }
                Answer::Other | Answer::Go => {}
                answer => answers.push(answer),
            }
        }
        Err(MailError::TooLarge)
    }

    /// Hears until the server waits for us.
    async fn until_go(&mut self, tag: &str) -> Result<Vec<Answer>, MailError> {
        let mut answers = Vec::new();
        for _ in 0..ANSWERS_MAX {
            match self.hear().await? {
                Answer::Go => return Ok(answers),
                Answer::Tagged { tag: ended, status } if ended == tag => {
                    return Err(MailError::Refused { words: status.words });
                }
                Answer::Status(Status { standing: Standing::Bye, words, .. }) => {
                    return Err(MailError::Bye { words });
                }
                answer => answers.push(answer),
            }
        }
        Err(MailError::TooLarge)
    }

    /// Hears until a number of letters is told. A server may tell much else meanwhile ("still here").
    async fn until_pushed(&mut self, tag: &str) -> Result<(), MailError> {
        for _ in 0..ANSWERS_MAX {
            match self.hear().await? {
                Answer::Exists(_) => return Ok(()),
                Answer::Tagged { tag: ended, .. } if ended == tag => return Err(MailError::Protocol),
                Answer::Status(Status { standing: Standing::Bye, words, .. }) => {
                    return Err(MailError::Bye { words });
                }
                _ => {}
            }
        }
        Err(MailError::TooLarge)
    }
}

/// Waits for something, but not for ever.
async fn timed<T>(
    longest: Duration,
    action: impl Future<Output = Result<T, MailError>>,
) -> Result<T, MailError> {
    tokio::time::timeout(longest, action).await.map_err(|_| MailError::Timeout)?
}

/// A quoted string (RFC 3501, 4.3). Controls were refused before.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// A folder's name as it travels (RFC 3501, 5.1.3): `Reseñas` is `Rese&APE-as`.
fn modified_utf7(name: &str) -> String {
    let engine = GeneralPurpose::new(&IMAP_MUTF7, NO_PAD);
    let mut out = String::new();
    let mut strange: Vec<u8> = Vec::new();
    let flush = |strange: &mut Vec<u8>, out: &mut String| {
        if !strange.is_empty() {
            out.push('&');
            out.push_str(&engine.encode(&*strange));
            out.push('-');
            strange.clear();
        }
    };
    for c in name.chars() {
        if c == '&' {
            flush(&mut strange, &mut out);
            out.push_str("&-");
        } else if matches!(c, ' '..='~') {
            flush(&mut strange, &mut out);
            out.push(c);
        } else {
            let mut units = [0; 2];
            strange.extend(c.encode_utf16(&mut units).iter().flat_map(|unit| unit.to_be_bytes()));
        }
    }
    flush(&mut strange, &mut out);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_travel_in_their_own_spelling() {
        for (name, travels) in [
            ("INBOX", "INBOX"),
            ("Reseñas", "Rese&APE-as"),
            ("A&B", "A&-B"),
            ("~peter/mail/台北/日本語", "~peter/mail/&U,BTFw-/&ZeVnLIqe-"),
            ("😀", "&2D3eAA-"),
        ] {
            assert_eq!(modified_utf7(name), travels);
        }
    }

    #[test]
    fn a_quoted_word_cannot_end_early() {
        assert_eq!(quoted("a\"b\\c"), "\"a\\\"b\\\\c\"");
    }
}
