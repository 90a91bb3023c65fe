//! A letter of ours that did not arrive.
//!
//! Mail servers say so in a form for machines (RFC 3464 within RFC 6522). Those that do not are read by their words,
//! carefully: without our letter's `Message-ID` in it there is nothing the caller could do with it anyway. Anybody can
//! write a bounce; it says nothing but "this letter did not arrive", and only to whoever knows the letter's name.

use super::Bounce;
use crate::feed::plain::one_line;
use crate::mail::letter::headers::Headers;
use crate::mail::letter::{Letter, clean_address, clean_id, guarded};
use mail_parser::{Message, MimeHeaders};

/// Longest words kept, bytes.
const WORDS_BYTES_MAX: usize = 300;

/// What servers that have no form write into the subject.
const SUBJECTS: [&str; 14] = [
    "undeliver",
    "undelivered",
    "returned mail",
    "returned to sender",
    "delivery status notification",
    "delivery failure",
    "delivery has failed",
    "mail delivery failed",
    "failure notice",
    "no se puede entregar",
    "no se ha podido entregar",
    "no entregado",
    "devuelto",
    "correo no entregado",
];

pub(super) fn read(letter: &Letter, raw: &[u8], headers: &Headers) -> Option<Bounce> {
    let content_type = headers.first("content-type").unwrap_or_default().to_ascii_lowercase();
    let is_report = content_type.starts_with("multipart/report") && content_type.contains("delivery-status");
    if is_report {
        return report(raw);
    }
    let local = letter.from.email.split('@').next().unwrap_or_default();
    let is_server = matches!(local, "mailer-daemon" | "postmaster")
        || headers.first("return-path").is_some_and(|path| path.trim() == "<>");
    let subject = letter.subject.to_lowercase();
    if is_server && SUBJECTS.iter().any(|words| subject.contains(words)) {
        return Some(worded(letter, raw, headers));
    }
    None
}

/// RFC 3464. A report that says "arrived" or nothing is no bounce.
fn report(raw: &[u8]) -> Option<Bounce> {
    let message = guarded(raw).ok()?;
    let is = |part: &mail_parser::MessagePart<'_>, kind: &str, subtype: &str| {
        part.content_type().is_some_and(|found| {
            found.ctype().eq_ignore_ascii_case(kind)
                && found.subtype().is_some_and(|found| found.eq_ignore_ascii_case(subtype))
        })
    };
    let status = message.parts.iter().find(|part| {
        is(part, "message", "delivery-status") || is(part, "message", "global-delivery-status")
    })?;
    let text = String::from_utf8_lossy(status.contents()).into_owned();
    let group = text
        .split("\n\n")
        .flat_map(|group| group.split("\r\n\r\n"))
        .map(|group| Headers::read(group.trim_start().as_bytes()))
        .find(|group| {
            group.has("action") && (group.has("final-recipient") || group.has("original-recipient"))
        })?;
    let action = group.first("action").unwrap_or_default().to_ascii_lowercase();
    if action != "failed" && action != "delayed" {
        return None;
    }
    let code = group.first("status").unwrap_or_default();
    let said = group.first("diagnostic-code").unwrap_or(code);
    let recipient = ["original-recipient", "final-recipient"]
        .iter()
        .filter_map(|name| group.first(name))
        .find_map(|value| clean_address(value.rsplit_once(';').map_or(value, |(_, address)| address)));
    Some(Bounce {
        message_id: returned_id(&message),
        recipient,
        permanent: action == "failed" && !code.trim().starts_with('4'),
        words: one_line(said, WORDS_BYTES_MAX),
    })
}

/// The name of the letter that came back: whole, or only its head.
fn returned_id(message: &Message<'_>) -> Option<String> {
    message.parts.iter().find_map(|part| {
        if let Some(inner) = part.message() {
            return inner.message_id().and_then(clean_id);
        }
        let kind = part.content_type()?;
        let is_head = kind.subtype().is_some_and(|subtype| {
            let subtype = subtype.to_ascii_lowercase();
            subtype == "rfc822-headers" || subtype == "rfc822" || subtype.starts_with("global")
        });
        if !is_head {
            return None;
        }
        Headers::read(part.contents()).first("message-id").and_then(clean_id)
    })
}

fn worded(letter: &Letter, raw: &[u8], headers: &Headers) -> Bounce {
    let text = String::from_utf8_lossy(raw);
    let own_id = letter.message_id.as_str();
    let message_id = text
        .lines()
        .filter_map(|line| line.trim_start_matches(['>', ' ']).split_once(':'))
        .filter(|(name, _)| name.trim().eq_ignore_ascii_case("message-id"))
        .filter_map(|(_, value)| clean_id(value))
        .find(|id| id != own_id)
        .or_else(|| letter.in_reply_to.clone());
    let recipient = headers
        .first("x-failed-recipients")
        .and_then(|list| clean_address(list.split(',').next().unwrap_or_default()))
        .or_else(|| {
            letter.full_text.split_whitespace().find_map(|word| {
                clean_address(word.trim_matches(['<', '>', '(', ')', ':', ',', '.', '"', '\'']))
            })
        });
    let words = letter.full_text.lines().find(|line| is_code(line).is_some()).unwrap_or(&letter.subject);
    Bounce {
        message_id,
        recipient,
        permanent: is_code(words) == Some('5'),
        words: one_line(words, WORDS_BYTES_MAX),
    }
}

/// `5` or `4` where a line holds a code such as 550 or 4.2.2.
fn is_code(line: &str) -> Option<char> {
    line.split(|c: char| !(c.is_ascii_digit() || c == '.')).find_map(|word| {
        let bytes = word.as_bytes();
        let class = *bytes.first().filter(|first| matches!(first, b'4' | b'5'))?;
        let plain = bytes.len() == 3 && bytes.iter().all(u8::is_ascii_digit);
        let enhanced = bytes.len() >= 5
            && bytes.get(1) == Some(&b'.')
            && bytes.get(3..).is_some_and(|rest| rest.contains(&b'.'));
        (plain || enhanced).then_some(char::from(class))
    })
}
