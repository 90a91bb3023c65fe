//! A message to an ntfy topic: the text as the body, the rest in headers. Any webhook that takes a text can read it
//! too: `X-Sequence-ID` and `Idempotency-Key` carry the message's name, the same at every attempt, and ntfy (2.16 or
//! newer) puts a second copy in place of the first.
//!
//! Source: docs.ntfy.sh/publish (headers, limits: a body above 4,096 bytes would become an attachment).

use super::{Loudness, Note, Outcome, judge_status, one_line, plain_text, shortened};
use crate::egress::{PostRequest, PostResponse};
use std::fmt::Write as _;

/// Longest body, bytes.
const BODY_BYTES_MAX: usize = 3_900;
/// Longest title, characters.
const TITLE_MAX: usize = 200;

pub(super) fn request(url: &str, note: &Note) -> PostRequest {
    let (priority, tag) = match note.loudness {
        Loudness::Alarm => ("5", "rotating_light"),
        Loudness::Normal => ("3", "bell"),
        Loudness::Quiet => ("2", "newspaper"),
    };
    let id = one_line(&note.id, 64);
    let mut headers = vec![
        ("title", header_text(&one_line(&note.subject, TITLE_MAX))),
        ("priority", priority.to_owned()),
        ("tags", tag.to_owned()),
        ("x-sequence-id", id.clone()),
        ("idempotency-key", id),
    ];
    if let Some(link) = &note.link {
        headers.push(("click", header_text(&one_line(link, 2_000))));
    }
    let body = shortened(plain_text(&note.body).trim(), BODY_BYTES_MAX, char::len_utf8);
    PostRequest { url: url.to_owned(), content_type: "text/plain; charset=utf-8", headers, body }
}

pub(super) fn judge(response: &PostResponse) -> Outcome {
    judge_status(response, &String::from_utf8_lossy(&response.body))
}

/// ASCII as it is; anything else as one RFC 2047 encoded word, which ntfy undoes.
fn header_text(text: &str) -> String {
    if text.is_ascii() {
        return text.to_owned();
    }
    let mut word = String::from("=?UTF-8?Q?");
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() {
            word.push(char::from(byte));
        } else {
            let _ = write!(word, "={byte:02X}");
        }
    }
    word + "?="
}
