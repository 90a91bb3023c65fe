//! A letter as it travels: headers, plain text, HTML, a file.
//!
//! **What must stay true.** The same note gives the same bytes at every attempt, with the same `Message-ID`. Nothing
//! that comes from outside becomes a header line of its own: names and addresses pass through typed mailboxes, ids are
//! reduced to what an id may hold, everything else is one line. A notice says that a machine wrote it, and so does a
//! letter that may be refused; a person's answer does not. A way out that cannot be one keeps the letter here.
//!
//! Source: RFC 5322 (3.6.4 `In-Reply-To`, `References`), RFC 3834 (`Auto-Submitted`), RFC 2369 (`List-Unsubscribe`),
//! RFC 8058 (`List-Unsubscribe-Post`: one click, only where the address is https).

use super::html::escaped;
use super::{Note, one_line, plain_text};
use lettre::address::{Address, Envelope};
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Attachment as FilePart, Mailbox, Message, MessageBuilder, MultiPart, SinglePart};
use serde::{Deserialize, Serialize};
use std::time::Duration;
use url::Url;

/// Longest subject, characters.
const SUBJECT_MAX: usize = 200;
/// Longest name of who writes, characters.
const NAME_MAX: usize = 100;
/// Longest id that is referred to, bytes: with its brackets it fits a line of 998.
const ID_BYTES_MAX: usize = 900;
/// Ids referred to; of more the first and the last are kept (RFC 5322 lets them be shortened).
const REFERENCES_MAX: usize = 20;
/// Longest address of a way out, bytes: both fit a line of 998.
const UNSUBSCRIBE_BYTES_MAX: usize = 400;
/// Largest file that goes with a letter: a row with it still fits a line of a backup.
pub const ATTACHMENT_BYTES_MAX: usize = 1 << 20;

/// What a letter answers and who writes it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Thread {
    /// The `Message-ID` it answers, with or without its brackets.
    pub in_reply_to: Option<String>,
    /// The ids of the conversation so far, oldest first.
    pub references: Vec<String>,
    /// Where answers should go, when not to the sender.
    pub reply_to: Option<String>,
    /// The name beside the sender's address.
    pub from_name: Option<String>,
    /// How whoever gets it may refuse any more: what makes it a letter that a machine sends to many.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unsubscribe: Option<Unsubscribe>,
}

/// The way out of a letter, for mail programs that show a button for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unsubscribe {
    /// Where one POST (`List-Unsubscribe=One-Click`) ends it; a GET there must change nothing. Over https mail programs
    /// call it themselves; over http they only show it.
    pub url: String,
    /// An address to which a letter can be written instead.
    pub mailto: Option<String>,
}

impl Unsubscribe {
    /// The value of `List-Unsubscribe`, and whether one click is enough; `None` for what cannot be a way out.
    fn header(&self) -> Option<(String, bool)> {
        let url = Url::parse(self.url.trim()).ok()?;
        let one_click = url.scheme() == "https";
        let is_web = one_click || url.scheme() == "http";
        let fits = |text: &str| {
            text.len() <= UNSUBSCRIBE_BYTES_MAX
                && text.bytes().all(|b| b.is_ascii_graphic() && !matches!(b, b'<' | b'>' | b','))
        };
        let mut value = format!("<{url}>");
        if !is_web || url.host_str().is_none() || !fits(url.as_str()) {
            return None;
        }
        if let Some(mailto) = &self.mailto {
            let address: Address = mailto.trim().parse().ok()?;
            let local =
                percent_encoding::utf8_percent_encode(address.user(), percent_encoding::NON_ALPHANUMERIC);
            let mailto = format!("mailto:{local}@{}?subject=unsubscribe", address.domain());
            value = fits(&mailto).then(|| format!("{value}, <{mailto}>"))?;
        }
        Some((value, one_click))
    }
}

/// A file that goes with a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    name: String,
    content: Vec<u8>,
}

/// The file is empty, too large, or its name is no name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a file needs a name such as receipt.pdf and between 1 and 1,048,576 bytes")]
pub struct NoAttachment;

impl Attachment {
    /// A file by its name (`receipt.pdf`) and bytes. The name is reduced to one line without folders.
    ///
    /// # Errors
    /// When there is no name or no content left, or more than [`ATTACHMENT_BYTES_MAX`].
    pub fn new(name: &str, content: Vec<u8>) -> Result<Self, NoAttachment> {
        let name = one_line(name.rsplit(['/', '\\']).next().unwrap_or_default(), NAME_MAX);
        let fits = (1..=ATTACHMENT_BYTES_MAX).contains(&content.len());
        if name.is_empty() || !fits { Err(NoAttachment) } else { Ok(Self { name, content }) }
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its bytes.
    pub fn content(&self) -> &[u8] {
        &self.content
    }

    fn content_type(&self) -> &'static str {
        let ending = self.name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
        match ending.as_str() {
            "pdf" => "application/pdf",
            "txt" => "text/plain; charset=utf-8",
            "html" => "text/html; charset=utf-8",
            _ => "application/octet-stream",
        }
    }
}

/// The letter of a note to one address.
///
/// # Errors
/// When an address or a way out cannot be one; nothing else comes from outside unchecked.
pub(super) fn build(from: &Mailbox, to: &Address, note: &Note) -> Result<Message, lettre::error::Error> {
    let id: String = note.id.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
    let sent = Duration::from_secs(u64::try_from(note.at.as_second()).unwrap_or(0));
    let builder = Message::builder()
        .to(Mailbox::new(None, to.clone()))
        .date(std::time::UNIX_EPOCH + sent)
        .message_id(Some(format!("<{id}@{}>", from.email.domain())))
        .subject(one_line(&note.subject, SUBJECT_MAX))
        .envelope(Envelope::new(Some(from.email.clone()), vec![to.clone()])?);
    let builder = match &note.thread {
        Some(thread) => in_thread(builder, from, thread)?,
        None => builder.from(from.clone()).raw_header(header("Auto-Submitted", "auto-generated")),
    };
    let words = MultiPart::alternative()
        .boundary(format!("timon-{id}"))
        .singlepart(SinglePart::plain(text_of(note)))
        .singlepart(SinglePart::html(note.html.clone().unwrap_or_else(|| html_of(note))));
    let Some(file) = &note.attachment else { return builder.multipart(words) };
    let kind = ContentType::parse(file.content_type()).unwrap_or(ContentType::TEXT_PLAIN);
    let part = FilePart::new(file.name.clone()).body(file.content.clone(), kind);
    builder
        .multipart(MultiPart::mixed().boundary(format!("timon-{id}-all")).multipart(words).singlepart(part))
}

/// Adds who writes and what it answers.
fn in_thread(
    builder: MessageBuilder,
    from: &Mailbox,
    thread: &Thread,
) -> Result<MessageBuilder, lettre::error::Error> {
    let name =
        thread.from_name.as_deref().map(|name| one_line(name, NAME_MAX)).filter(|name| !name.is_empty());
    let mut builder = builder.from(Mailbox::new(name.or_else(|| from.name.clone()), from.email.clone()));
    if let Some(reply_to) = &thread.reply_to {
        let address = reply_to.trim().parse().map_err(|_| lettre::error::Error::EmailMissingAt)?;
        builder = builder.reply_to(Mailbox::new(None, address));
    }
    if let Some(id) = thread.in_reply_to.as_deref().and_then(message_id) {
        builder = builder.raw_header(header("In-Reply-To", &id));
    }
    let ids: Vec<String> = thread.references.iter().filter_map(|id| message_id(id)).collect();
    if !ids.is_empty() {
        builder = builder.raw_header(header("References", &shortened(ids).join(" ")));
    }
    match &thread.unsubscribe {
        Some(way_out) => with_way_out(builder, way_out),
        None => Ok(builder),
    }
}

/// Says that a machine writes this to many, and how to have no more of it.
fn with_way_out(
    builder: MessageBuilder,
    way_out: &Unsubscribe,
) -> Result<MessageBuilder, lettre::error::Error> {
    let (value, one_click) = way_out.header().ok_or(lettre::error::Error::NonAsciiChars)?;
    let builder = builder
        .raw_header(header("Auto-Submitted", "auto-generated"))
        // No automatic answers from who is away, please.
        .raw_header(header("Precedence", "bulk"))
        .raw_header(header("List-Unsubscribe", &value));
    Ok(if one_click {
        builder.raw_header(header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"))
    } else {
        builder
    })
}

/// The first and the last ones.
fn shortened(mut ids: Vec<String>) -> Vec<String> {
    if ids.len() > REFERENCES_MAX {
        ids.drain(1..=ids.len() - REFERENCES_MAX);
    }
    ids
}

/// An id in its brackets; `None` for what cannot be one.
fn message_id(text: &str) -> Option<String> {
    let id = text.trim().trim_start_matches('<').trim_end_matches('>');
    let plain = |b: u8| b.is_ascii_graphic() && !matches!(b, b'<' | b'>');
    let is_id = (1..=ID_BYTES_MAX).contains(&id.len()) && id.bytes().all(plain);
    is_id.then(|| format!("<{id}>"))
}

fn header(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
}

fn text_of(note: &Note) -> String {
    let body = plain_text(&note.body);
    match &note.link {
        Some(link) => format!("{}\n\n{}\n", body.trim(), one_line(link, 2_000)),
        None => format!("{}\n", body.trim()),
    }
}

fn html_of(note: &Note) -> String {
    let mut html = String::from("<!doctype html><html><body>");
    for paragraph in plain_text(&note.body).trim().split("\n\n") {
        html.push_str("<p>");
        html.push_str(&escaped(paragraph.trim()).replace('\n', "<br>"));
        html.push_str("</p>");
    }
    if let Some(link) = &note.link {
        let link = escaped(&one_line(link, 2_000));
        html.push_str("<p><a href=\"");
        html.push_str(&link);
        html.push_str("\">");
        html.push_str(&link);
        html.push_str("</a></p>");
    }
    html + "</body></html>\n"
}
