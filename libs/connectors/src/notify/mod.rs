//! Telling somebody something: e-mail, an ntfy-compatible topic (or any webhook), Telegram, short messages.
//!
//! **What for.** A message that arrives twice annoys, one that is lost does harm, and no protocol lets a sender know
//! for sure: between a server's accepting and our hearing of it lies a moment (RFC 1047 for mail). So this module never
//! decides to send again; it says exactly what is known.
//!
//! **How.** Sending has two halves. [`Transports::prepare`] does all that has no effect: it judges the address, builds
//! the text and, for mail, talks to the server up to its "go ahead". Then the caller writes down that the effect is
//! about to happen, and only then calls [`Ready::deliver`]. A program that dies in between knows afterwards that it
//! does not know. Each half ends within its time: [`PREPARE_MAX`], [`DELIVER_MAX`].
//!
//! **What must stay true.** Nothing is retried here. An outcome is [`Outcome::Later`] or [`Outcome::Refused`] only when
//! the other side surely did not take the message. No text of ours becomes a header line of its own. No password and
//! no token appears in an answer or in `Debug`.
//!
//! Programs are told by [`webhook`], where what may have arrived is sent again.
//!
//! Start at [`Transports`].

mod dkim;
pub mod html;
pub mod letter;
mod ntfy;
pub mod sms;
pub mod smtp;
mod telegram;
#[cfg(test)]
mod tests;
pub mod webhook;

pub use html::{LetterHtml, letter_html, letter_text};
pub use letter::{Attachment, Thread, Unsubscribe};

use crate::egress::{Egress, EgressError, EgressPolicy, PostError, PostRequest, PostResponse};
use jiff::Timestamp;
use std::time::Duration;

/// Longest first half.
pub const PREPARE_MAX: Duration = Duration::from_secs(20);
/// Longest second half.
pub const DELIVER_MAX: Duration = Duration::from_secs(35);

/// Longest answer kept, characters.
const ANSWER_MAX: usize = 300;

/// Where it goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recipient {
    /// An e-mail address.
    Mail(String),
    /// The address of an ntfy topic, or of any webhook that takes a text.
    Ntfy(String),
    /// A Telegram chat's number or `@name`.
    Telegram(String),
    /// A telephone, through the gateway of whoever writes.
    Sms(Box<sms::Gateway>, String),
}

/// How loudly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Loudness {
    /// Rings through a silent phone where the receiving program can.
    Alarm,
    /// As any message.
    Normal,
    /// Without a sound.
    Quiet,
}

/// What is told.
#[derive(Debug, Clone)]
pub struct Note {
    /// Its name in the world: the same at every attempt, so that a receiver can see a copy for what it is. Letters,
    /// digits and hyphens.
    pub id: String,
    /// One line.
    pub subject: String,
    /// Plain text; paragraphs are parted by empty lines.
    pub body: String,
    /// Where to read more.
    pub link: Option<String>,
    /// How loudly.
    pub loudness: Loudness,
    /// When it was written.
    pub at: Timestamp,
    /// What makes it a letter of a person's to somebody outside; `None` for a notice. Only mail carries it.
    pub thread: Option<Thread>,
    /// A file that goes with it. Only mail carries it.
    pub attachment: Option<Attachment>,
    /// The same as the body, drawn ([`letter_html`]); `None` for paragraphs and a link. Only mail carries it.
    pub html: Option<String>,
}

/// What is known about a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The other side took it.
    Accepted(Answer),
    /// The other side surely did not take it and may take it later.
    Later(Answer, Option<Duration>),
    /// The other side surely did not take it and will not.
    Refused(Answer),
    /// Nobody can know.
    Unknown(Answer),
}

/// What the other side said, or why there was no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The stable end of a translated sentence's key.
    pub key: &'static str,
    /// The other side's own words: one line, at most 300 characters, untrusted.
    pub words: String,
}

impl Answer {
    fn new(key: &'static str, words: &str) -> Self {
        Self { key, words: one_line(words, ANSWER_MAX) }
    }
}

/// Telegram's side of the configuration.
#[derive(Clone)]
pub struct Bot {
    /// `https://api.telegram.org`, or a Bot API server of the operator's own; no slash at the end.
    pub url: String,
    /// The bot's token.
    pub token: String,
}

/// Everything that can carry a message. What the operator has not set up is absent.
pub struct Transports {
    egress: Egress,
    relay: Option<smtp::Relay>,
    bot: Option<Bot>,
}

/// A message that has had no effect yet.
pub struct Ready(Carrier);

enum Carrier {
    Mail(Box<smtp::Open>),
    Ntfy(Egress, PostRequest),
    Telegram(Egress, PostRequest),
    Sms(Egress, PostRequest, Box<sms::Gateway>),
}

impl Transports {
    /// From the operator's settings. `allow_private` as in [`EgressPolicy`].
    pub fn new(
        allow_private: Vec<String>,
        relay: Option<smtp::Relay>,
        bot: Option<Bot>,
    ) -> Result<Self, EgressError> {
        let policy =
            EgressPolicy { allow_private, total_timeout: Duration::from_secs(25), ..EgressPolicy::default() };
        Ok(Self { egress: Egress::new(policy)?, relay, bot })
    }

    /// The first half: everything that has no effect. `Err` is how it ended; it is never [`Outcome::Unknown`].
    pub async fn prepare(&self, to: &Recipient, note: &Note) -> Result<Ready, Outcome> {
        // Whoever runs the program may be about to mend it.
        let not_set_up = || Outcome::Later(Answer::new("not-set-up", ""), None);
        match to {
            Recipient::Mail(address) => {
                let relay = self.relay.as_ref().ok_or_else(not_set_up)?;
                let open = tokio::time::timeout(PREPARE_MAX, relay.open(address, note));
                match open.await {
                    Ok(open) => open.map(|open| Ready(Carrier::Mail(Box::new(open)))),
                    Err(_) => Err(Outcome::Later(Answer::new("timeout", ""), None)),
                }
            }
            Recipient::Ntfy(url) => {
                self.judged(url)?;
                Ok(Ready(Carrier::Ntfy(self.egress.clone(), ntfy::request(url, note))))
            }
            Recipient::Telegram(chat) => {
                let bot = self.bot.as_ref().ok_or_else(not_set_up)?;
                Ok(Ready(Carrier::Telegram(self.egress.clone(), telegram::request(bot, chat, note))))
            }
            Recipient::Sms(gateway, phone) => {
                self.judged(&gateway.url)?;
                let request = sms::request(gateway, phone, &note.body, &note.id)?;
                Ok(Ready(Carrier::Sms(self.egress.clone(), request, gateway.clone())))
            }
        }
    }
}

impl Transports {
    /// Whether an address may be written to at all.
    fn judged(&self, url: &str) -> Result<(), Outcome> {
        let refused = |error: EgressError| Outcome::Refused(Answer::new(error.key(), &error.to_string()));
        self.egress.check(url).map(|_| ()).map_err(refused)
    }
}

impl Ready {
    /// The second half: the effect. Whoever calls this has written down before that it was about to happen.
    pub async fn deliver(self) -> Outcome {
        match self.0 {
            Carrier::Mail(open) => open.deliver(DELIVER_MAX).await,
            Carrier::Ntfy(egress, request) => match egress.post(&request).await {
                Ok(response) => ntfy::judge(&response),
                Err(error) => no_answer(&error),
            },
            Carrier::Telegram(egress, request) => match egress.post(&request).await {
                Ok(response) => telegram::judge(&response),
                Err(error) => no_answer(&error),
            },
            Carrier::Sms(egress, request, gateway) => match egress.post(&request).await {
                Ok(response) => sms::judge(&gateway, &response),
                Err(error) => no_answer(&error),
            },
        }
    }
}

/// What a failed request means.
fn no_answer(failure: &PostError) -> Outcome {
    let answer = Answer::new(failure.error.key(), &failure.error.to_string());
    if failure.may_have_left {
        return Outcome::Unknown(answer);
    }
    // A certificate is renewed, a name comes back: only what the address itself says stays wrong.
    let may_mend = failure.error.is_temporary() || failure.error.key() == "tls";
    if may_mend { Outcome::Later(answer, None) } else { Outcome::Refused(answer) }
}

/// What a status means for something that acts. `words` are the server's.
///
/// Only statuses that say the request was *not* carried out allow another attempt: 500, 502 and 504 come as often
/// from a server that did the work and then stumbled, or from a gateway that lost sight of it.
fn judge_status(response: &PostResponse, words: &str) -> Outcome {
    let answer = |key| Answer::new(key, &format!("{} {words}", response.status));
    match response.status {
        200..=299 => Outcome::Accepted(answer("accepted")),
        408 | 425 | 429 | 503 => Outcome::Later(answer("later"), response.retry_after),
        300..=399 => Outcome::Refused(answer("redirect")),
        401 | 403 => Outcome::Refused(answer("forbidden")),
        404 | 410 => Outcome::Refused(answer("not-found")),
        400..=499 | 501 | 505 | 507 | 508 => Outcome::Refused(answer("refused")),
        _ => Outcome::Unknown(answer("server-fault")),
    }
}

/// One line without control characters, cut at so many characters.
fn one_line(text: &str, max: usize) -> String {
    let spaced = text.chars().map(|c| if c.is_control() || is_line_end(c) { ' ' } else { c });
    let joined: String = spaced.take(max * 4).collect();
    let words: Vec<&str> = joined.split_whitespace().collect();
    words.join(" ").chars().take(max).collect()
}

/// Line ends that are not control characters (U+2028, U+2029).
const fn is_line_end(c: char) -> bool {
    matches!(c, '\u{2028}' | '\u{2029}')
}

/// The text without control characters except line ends, which all become `\n`.
fn plain_text(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}'], "\n");
    text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect()
}

/// Cut so that `measure` over its characters stays within `max`, with a mark where something is missing.
fn shortened(text: &str, max: usize, measure: fn(char) -> usize) -> String {
    if text.chars().map(measure).sum::<usize>() <= max {
        return text.to_owned();
    }
    let mut room = max.saturating_sub(measure('…'));
    let kept = text.chars().take_while(|c| {
        let cost = measure(*c);
        let fits = cost <= room;
        room = room.saturating_sub(cost);
        fits
    });
    kept.chain(std::iter::once('…')).collect()
}
