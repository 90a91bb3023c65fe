//! A message from the operator's bot to a chat that has written to it before.
//!
//! Source: core.telegram.org/bots/api (`sendMessage`: 1–4096 UTF-16 units; errors carry `parameters.retry_after`).
//! The token stands in the address, as Telegram wants it: addresses of requests are never logged or shown.

use super::{Answer, Bot, Loudness, Note, Outcome, judge_status, one_line, plain_text, shortened};
use crate::egress::{PostRequest, PostResponse};
use serde::Deserialize;
use std::time::Duration;

/// Longest text, UTF-16 units, with room for the link.
const TEXT_UNITS_MAX: usize = 3_500;

pub(super) fn request(bot: &Bot, chat: &str, note: &Note) -> PostRequest {
    let subject = one_line(&note.subject, 300);
    let text = format!("{subject}\n\n{}", plain_text(&note.body).trim());
    let mut text = shortened(&text, TEXT_UNITS_MAX, char::len_utf16);
    if let Some(link) = &note.link {
        text.push_str("\n\n");
        text.push_str(&one_line(link, 500));
    }
    let body = serde_json::json!({
        "chat_id": chat,
        "text": text,
        "disable_notification": note.loudness == Loudness::Quiet,
        "link_preview_options": { "is_disabled": true },
    });
    PostRequest {
        url: format!("{}/bot{}/sendMessage", bot.url, bot.token),
        content_type: "application/json",
        headers: Vec::new(),
        body: body.to_string(),
    }
}

#[derive(Deserialize)]
struct Said {
    ok: bool,
    #[serde(default)]
    description: String,
    parameters: Option<Parameters>,
}

#[derive(Deserialize)]
struct Parameters {
    retry_after: Option<u64>,
}

pub(super) fn judge(response: &PostResponse) -> Outcome {
    let said: Option<Said> = serde_json::from_slice(&response.body).ok();
    let words = said.as_ref().map(|said| said.description.clone()).unwrap_or_default();
    match (judge_status(response, &words), said) {
        // 200 with a page of somebody else's is not Telegram's yes.
        (Outcome::Accepted(answer), said) if !said.as_ref().is_some_and(|said| said.ok) => {
            Outcome::Unknown(Answer { key: "server-fault", ..answer })
        }
        (Outcome::Later(answer, header), Some(said)) => {
            let asked = said.parameters.and_then(|parameters| parameters.retry_after);
            let asked = asked.map(|seconds| Duration::from_secs(seconds.min(86_400)));
            Outcome::Later(answer, asked.or(header))
        }
        (outcome, _) => outcome,
    }
}
