//! One letter: its bytes in, its facts out.
//!
//! **How.** First a walk that only counts (size, head, parts), because the parser keeps a hundred bytes for a part that
//! costs five; then `mail-parser`; then plain text without quotes (`quotes`) and without markup (`html`).
//!
//! **What must stay true.** No bytes make it panic or swell: the parser itself runs behind a guard, since a panic in it
//! would otherwise be a letter that stops every reading. Every fact has a longest length. The same letter always gets the
//! same name.

pub(super) mod headers;
pub(super) mod html;
mod quotes;
#[cfg(test)]
mod tests;

use super::LETTER_BYTES_MAX;
use super::error::Refused;
use crate::feed::plain::one_line;
use headers::{Headers, head_length};
use jiff::Timestamp;
use mail_parser::{HeaderName, Message, MessageParser, MessagePart, MimeHeaders, PartType};
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Largest head of a letter.
const HEAD_BYTES_MAX: usize = 256 * 1024;
/// Most parts, those of letters within letters counted.
const PARTS_MAX: usize = 200;
/// Most letters within letters and parts within parts.
const DEPTH_MAX: usize = 64;
/// Most lines that begin with `--`: an upper bound for the parts that the parser could be made to see.
const DASHES_MAX: usize = 4_000;
/// Most times `content-type` may stand in a letter: an upper bound for how deep it can be made.
const TYPES_MAX: usize = 2 * PARTS_MAX;
/// Longest text kept, bytes.
pub(super) const TEXT_BYTES_MAX: usize = 256 * 1024;
/// Longest subject, bytes.
const SUBJECT_BYTES_MAX: usize = 500;
/// Longest name of a person or a file, bytes.
const NAME_BYTES_MAX: usize = 200;
/// Longest address (RFC 5321).
const ADDRESS_BYTES_MAX: usize = 254;
/// Longest `Message-ID`: a line of a letter (RFC 5322).
const ID_BYTES_MAX: usize = 900;
/// Most addresses, and most letters before this one.
const LIST_MAX: usize = 100;

/// Somebody's address.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Address {
    /// The name beside it.
    pub name: Option<String>,
    /// The address itself, in lower case.
    pub email: String,
}

/// A letter.
#[derive(Clone, Default, PartialEq)]
pub struct Letter {
    /// Its number in its folder; 0 from [`parse`].
    pub uid: u32,
    /// Its name in the world, without `<` and `>`; a hash of the letter where it has none.
    pub message_id: String,
    /// Who wrote it. The address is empty where the letter does not say.
    pub from: Address,
    /// Where an answer shall go, where that is not the sender.
    pub reply_to: Option<Address>,
    /// To whom: `To`, `Cc` and `Delivered-To`, in lower case, each once.
    pub to: Vec<String>,
    /// The subject, one line.
    pub subject: String,
    /// When it says it was written.
    pub date: Option<Timestamp>,
    /// The letter it answers, without `<` and `>`.
    pub in_reply_to: Option<String>,
    /// The letters before it, oldest first.
    pub references: Vec<String>,
    /// What its writer wrote: without quotes of earlier letters and without a signature.
    pub text: String,
    /// All of its text.
    pub full_text: String,
    /// The language it declares; untrusted.
    pub language: Option<String>,
    /// Whether a machine sent it: nothing may answer it by itself.
    pub automatic: bool,
    /// Whether it comes with a way to unsubscribe.
    pub list_unsubscribe: bool,
    /// The tag of the address it came to: `TOKEN` of `local+TOKEN@domain`.
    pub plus_token: Option<String>,
    /// The names and sizes of what is attached; the contents are not kept.
    pub attachments: Vec<(String, usize)>,
    /// Its bytes, for [`understand`](super::understand); only the headers where it was too large.
    pub raw: Vec<u8>,
}

impl std::fmt::Debug for Letter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Letter")
            .field("uid", &self.uid)
            .field("message_id", &self.message_id)
            .field("from", &self.from)
            .field("subject", &self.subject)
            .field("automatic", &self.automatic)
            .finish_non_exhaustive()
    }
}

/// Reads a letter.
pub fn parse(raw: &[u8]) -> Result<Letter, Refused> {
    within_bounds(raw)?;
    let message = guarded(raw)?;
    within_parts(&message)?;
    let headers = Headers::read(raw);
    let mut letter = facts(&message, &headers);
    let full = body(&message);
    letter.text = quotes::strip(&full.text_without_quote());
    letter.full_text = full.all();
    letter.attachments = attachments(&message);
    letter.raw = raw.to_vec();
    if letter.message_id.is_empty() {
        letter.message_id = made_up_id(&letter);
    }
    Ok(letter)
}

/// What the head of a letter says, whatever is the matter with the rest. `raw` may be only the head, and cut.
pub(super) fn headers_of(raw: &[u8]) -> Letter {
    let length = head_length(raw).min(HEAD_BYTES_MAX);
    let head = raw.get(..length).unwrap_or_default();
    let headers = Headers::read(head);
    // With an end the parser needs not guess where the head ends.
    let mut ended = head.to_vec();
    ended.extend_from_slice(b"\r\n\r\n");
    let mut letter = match catch_unwind(AssertUnwindSafe(|| {
        parser().parse_headers(&ended).map(|m| facts(&m, &headers))
    })) {
        Ok(Some(letter)) => letter,
        _ => Letter { automatic: is_automatic(&headers), ..Letter::default() },
    };
    letter.raw = head.to_vec();
    if letter.message_id.is_empty() {
        letter.message_id = made_up_id(&letter);
    }
    letter
}

/// The parser with the fields that are read here. The others stay as they are.
fn parser() -> MessageParser {
    MessageParser::new()
        .with_minimal_headers()
        .with_message_ids()
        .header_raw(HeaderName::Received)
        .default_header_raw()
}

/// Parses, and takes a panic of the parser for what it is: a letter nobody can read.
pub(super) fn guarded(raw: &[u8]) -> Result<Message<'_>, Refused> {
    match catch_unwind(AssertUnwindSafe(|| parser().parse(raw))) {
        Ok(Some(message)) if !message.parts.is_empty() => Ok(message),
        Ok(_) => Err(Refused::NotALetter),
        Err(_) => Err(Refused::Malformed),
    }
}

/// Counts what the parser would build, without building it.
fn within_bounds(raw: &[u8]) -> Result<(), Refused> {
    if raw.len() > LETTER_BYTES_MAX {
        return Err(Refused::TooLarge);
    }
    if head_length(raw) > HEAD_BYTES_MAX {
        return Err(Refused::HeadersTooLarge);
    }
    if Headers::read(raw).is_empty() {
        return Err(Refused::NotALetter);
    }
    let dashes = memchr::memmem::find_iter(raw, b"\n--").count();
    let types = memchr::memchr2_iter(b'c', b'C', raw)
        .filter(|at| raw.get(*at..at + 12).is_some_and(|word| word.eq_ignore_ascii_case(b"content-type")))
        .count();
    if dashes > DASHES_MAX || types > TYPES_MAX { Err(Refused::TooManyParts) } else { Ok(()) }
}

fn within_parts(message: &Message<'_>) -> Result<(), Refused> {
    let mut parts = 0;
    let mut open = vec![(message, 1)];
    while let Some((message, depth)) = open.pop() {
        parts += message.parts.len();
        if parts > PARTS_MAX || depth > DEPTH_MAX {
            return Err(Refused::TooManyParts);
        }
        open.extend(message.parts.iter().filter_map(|part| part.message()).map(|inner| (inner, depth + 1)));
    }
    Ok(())
}

fn facts(message: &Message<'_>, headers: &Headers) -> Letter {
    let from = message.from().and_then(first_address).unwrap_or_default();
    let reply_to = message.reply_to().and_then(first_address).filter(|address| address.email != from.email);
    let cased = recipients(message, headers);
    let mut to: Vec<String> = Vec::new();
    for address in cased.iter().map(|address| address.to_lowercase()) {
        if to.len() < LIST_MAX && !to.contains(&address) {
            to.push(address);
        }
    }
    Letter {
        message_id: message.message_id().and_then(clean_id).unwrap_or_default(),
        plus_token: cased.iter().find_map(|address| plus_token(address)),
        subject: one_line(message.subject().unwrap_or_default(), SUBJECT_BYTES_MAX),
        date: message
            .date()
            .filter(|date| date.is_valid())
            .and_then(|date| Timestamp::from_second(date.to_timestamp()).ok()),
        in_reply_to: ids(message.in_reply_to()).pop(),
        references: ids(message.references()),
        language: headers.first("content-language").and_then(language),
        automatic: is_automatic(headers),
        list_unsubscribe: headers.has("list-unsubscribe"),
        from,
        reply_to,
        to,
        ..Letter::default()
    }
}

fn first_address(addresses: &mail_parser::Address<'_>) -> Option<Address> {
    addresses.iter().find_map(|address| {
        let email = clean_address(address.address()?)?;
        let name = address.name().map(|name| one_line(name, NAME_BYTES_MAX)).filter(|name| !name.is_empty());
        Some(Address { name, email })
    })
}

/// An address as it can be compared, or `None` where it is none.
pub(super) fn clean_address(text: &str) -> Option<String> {
    cased_address(text).map(str::to_lowercase)
}

fn cased_address(text: &str) -> Option<&str> {
    let text = text.trim().trim_matches(['<', '>']).trim();
    let (local, domain) = text.rsplit_once('@')?;
    let is_plain = |c: char| !c.is_whitespace() && !c.is_control() && !matches!(c, '<' | '>' | ',' | ';');
    let good = !local.is_empty() && !domain.is_empty() && text.chars().all(is_plain);
    (good && text.len() <= ADDRESS_BYTES_MAX).then_some(text)
}

/// To whom the letter came, in the spelling of the letter: what the servers wrote down on delivery first, because that is
/// never invented by its writer where a server writes it.
fn recipients(message: &Message<'_>, headers: &Headers) -> Vec<String> {
    let delivered = headers.all("delivered-to").chain(headers.all("x-original-to"));
    let said = [message.to(), message.cc()].into_iter().flatten().flat_map(|list| list.iter());
    let said = said.filter_map(|address| address.address());
    let all = delivered.chain(said).filter_map(cased_address);
    all.take(2 * LIST_MAX).map(str::to_owned).collect()
}

/// `TOKEN` of `local+TOKEN@domain`, as servers deliver it (RFC 5233).
fn plus_token(address: &str) -> Option<String> {
    let (local, _) = address.rsplit_once('@')?;
    let (_, token) = local.split_once('+')?;
    (!token.is_empty()).then(|| token.to_owned())
}

/// The name of a letter without its brackets.
pub(super) fn clean_id(id: &str) -> Option<String> {
    let id = id.trim().trim_matches(['<', '>']).trim();
    let good = !id.is_empty() && !id.chars().any(|c| c.is_whitespace() || c.is_control());
    (good && id.len() <= ID_BYTES_MAX).then(|| id.to_owned())
}

/// The last hundred of a list of ids: the nearest ones.
fn ids(value: &mail_parser::HeaderValue<'_>) -> Vec<String> {
    let mut ids: Vec<String> = match (value.as_text_list(), value.as_text()) {
        (Some(list), _) => list.iter().filter_map(|id| clean_id(id)).collect(),
        (None, Some(text)) => text.split_whitespace().filter_map(clean_id).collect(),
        _ => Vec::new(),
    };
    ids.split_off(ids.len().saturating_sub(LIST_MAX))
}

/// A name for a letter that has none: the same for the same letter, whichever way it came.
fn made_up_id(letter: &Letter) -> String {
    let mut hash = Sha256::new();
    let date = letter.date.map(|date| date.as_second().to_string()).unwrap_or_default();
    for part in [&letter.from.email, &date, &letter.subject, &letter.full_text] {
        hash.update(part.len().to_le_bytes());
        hash.update(part.as_bytes());
    }
    let digest = hex::encode(hash.finalize());
    format!("{}@without-id.invalid", digest.get(..40).unwrap_or(&digest))
}

fn language(value: &str) -> Option<String> {
    let first = value.split(',').next()?.trim().to_ascii_lowercase();
    let good =
        (2..=35).contains(&first.len()) && first.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    good.then_some(first)
}

/// Whether a machine sent it (RFC 3834, 2; RFC 2919). Answering such a letter by itself makes loops.
fn is_automatic(headers: &Headers) -> bool {
    let is = |name: &str, test: &dyn Fn(&str) -> bool| {
        headers.all(name).any(|value| test(&value.trim().to_ascii_lowercase()))
    };
    is("auto-submitted", &|value| value.split(';').next().is_some_and(|word| word.trim() != "no"))
        || is("precedence", &|value| matches!(value, "bulk" | "list" | "junk" | "auto_reply"))
        || is("return-path", &|value| value == "<>")
        || is("content-type", &|value| value.starts_with("multipart/report"))
        || ["list-id", "x-autoreply", "x-autorespond"].iter().any(|name| headers.has(name))
}

/// A letter's text, and the part of it that is no marked quotation.
struct Body {
    lines: Vec<String>,
    quote: Option<usize>,
}

impl Body {
    fn all(&self) -> String {
        self.lines.join("\n").trim().to_owned()
    }

    fn text_without_quote(&self) -> String {
        let before = self.quote.and_then(|at| self.lines.get(..at)).map(|lines| lines.join("\n"));
        match before {
            Some(before) if before.chars().any(char::is_alphanumeric) => before,
            _ => self.all(),
        }
    }
}

/// The text as a person reads it: the plain parts, or the HTML where there are none.
fn body(message: &Message<'_>) -> Body {
    let plain: Vec<Cow<'_, str>> = message
        .text_body
        .iter()
        .filter_map(|id| message.part(*id))
        .filter_map(|part| match &part.body {
            PartType::Text(text) => Some(unflowed(part, text)),
            _ => None,
        })
        .collect();
    let plain = tidy(&plain.join("\n"));
    if plain.iter().any(|line| line.chars().any(char::is_alphanumeric)) {
        return Body { lines: plain, quote: None };
    }
    match html_of(message) {
        Some(html) => {
            let page = html::read(html, TEXT_BYTES_MAX, html::Pictures::Silent);
            Body { lines: page.lines, quote: page.quote }
        }
        None => Body { lines: plain, quote: None },
    }
}

/// A text whose lines were broken for the way (RFC 3676, `format=flowed`), with the lines its writer wrote. Quoted lines
/// stay as they are: they are taken out line by line.
fn unflowed<'a>(part: &MessagePart<'_>, text: &'a str) -> Cow<'a, str> {
    let says = |name: &str, value: &str| {
        let attribute = part.content_type().and_then(|kind| kind.attribute(name));
        attribute.is_some_and(|found| found.eq_ignore_ascii_case(value))
    };
    if !says("format", "flowed") {
        return Cow::Borrowed(text);
    }
    let keeps_space = !says("delsp", "yes");
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        let line = line.strip_suffix('\r').unwrap_or(line);
        let is_quote = line.starts_with('>');
        let line = line.strip_prefix(' ').unwrap_or(line);
        match line.strip_suffix(' ') {
            Some(start) if line != "-- " && !is_quote => {
                out.push_str(if keeps_space { line } else { start });
            }
            _ => {
                out.push_str(line);
                out.push('\n');
            }
        }
    }
    Cow::Owned(out)
}

/// The first HTML part.
pub(super) fn html_of<'a>(message: &'a Message<'_>) -> Option<&'a str> {
    message.parts.iter().find_map(|part| match &part.body {
        PartType::Html(html) => Some(html.as_ref()),
        _ => None,
    })
}

/// The lines of a plain text, without tricks, at most one empty line between them.
pub(super) fn tidy(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut written = 0;
    for line in text.lines() {
        // The blank of `-- ` is what makes it a signature.
        let line = if line == "-- " { "-- ".to_owned() } else { one_line(line, TEXT_BYTES_MAX - written) };
        if line.is_empty() && lines.last().is_none_or(String::is_empty) {
            continue;
        }
        written += line.len() + 1;
        lines.push(line);
        if written >= TEXT_BYTES_MAX {
            break;
        }
    }
    lines
}

fn attachments(message: &Message<'_>) -> Vec<(String, usize)> {
    let named = message.attachments.iter().filter_map(|id| message.part(*id)).filter_map(|part| {
        // The other spelling of the text is no attachment.
        let name = part.attachment_name();
        let is_text = matches!(part.body, PartType::Text(_) | PartType::Html(_));
        if is_text && name.is_none() {
            return None;
        }
        let name = one_line(name.unwrap_or_default(), NAME_BYTES_MAX);
        Some((name, part.contents().len()))
    });
    named.take(LIST_MAX).collect()
}
