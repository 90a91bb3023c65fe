//! Any program, signed as Standard Webhooks 1.0 says: `webhook-id`, `webhook-timestamp`, `webhook-signature`.
//!
//! Body: `{"type": "order.completed", "data": {"order_ref", "completed_at", "contact", "locale", "legal_basis"}}`. `contact`
//! is an e-mail, a telephone, or an object with `email`, `phone` and `name`; `legal_basis` is `contract`, `consent` or `none`.
//! Other types: `order.cancelled` with `order_ref`, `customer.redact` with `contact`, `ping`.

use http::HeaderMap;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use super::orders::{moment, some, text};
use super::{Basis, Order, Refused, Told, header};
use crate::notify::webhook::SigningSecret;

/// How far the signed moment may lie from ours (the specification leaves it open; its libraries take five minutes).
const TOLERANCE: SignedDuration = SignedDuration::from_mins(5);
/// Longest name of a message, bytes.
const ID_BYTES_MAX: usize = 256;

pub(super) fn hear(secret: &str, headers: &HeaderMap, body: &[u8], now: Timestamp) -> Result<Told, Refused> {
    let secret = SigningSecret::parse(secret).ok_or(Refused::Signature)?;
    let id = header(headers, "webhook-id");
    let seconds: i64 = header(headers, "webhook-timestamp").parse().map_err(|_| Refused::Signature)?;
    let is_named = (1..=ID_BYTES_MAX).contains(&id.len());
    if !is_named || !secret.signed(id, seconds, body, header(headers, "webhook-signature")) {
        return Err(Refused::Signature);
    }
    let at = Timestamp::from_second(seconds).map_err(|_| Refused::Stale)?;
    if now.duration_since(at).abs() > TOLERANCE {
        return Err(Refused::Stale);
    }
    let told: Value = serde_json::from_slice(body).map_err(|_| Refused::Unreadable)?;
    let nothing = Value::Null;
    let data = told.get("data").unwrap_or(&nothing);
    let reference = text(data, &["order_ref"]);
    Ok(match text(&told, &["type"]).as_str() {
        "ping" => Told::Ping,
        "customer.redact" => {
            let (_, email, phone) = contact(data);
            Told::Forget { contacts: some([email, phone]) }
        }
        "order.cancelled" if !reference.is_empty() => Told::Cancelled { reference },
        "order.completed" if !reference.is_empty() => Told::Completed(order(data, reference)),
        "order.completed" | "order.cancelled" => return Err(Refused::Unreadable),
        _ => Told::Nothing,
    })
}

/// Name, e-mail, telephone.
fn contact(data: &Value) -> (String, String, String) {
    let plain = text(data, &["contact"]);
    if plain.contains('@') {
        return (String::new(), plain, String::new());
    }
    if !plain.is_empty() {
        return (String::new(), String::new(), plain);
    }
    let part = |key| text(data, &["contact", key]);
    (part("name"), part("email"), part("phone"))
}

fn order(data: &Value, reference: String) -> Order {
    let (name, email, phone) = contact(data);
    Order {
        reference,
        completed_at: moment(&text(data, &["completed_at"]), &TimeZone::UTC),
        name,
        email,
        phone,
        language: text(data, &["locale"]),
        basis: match text(data, &["legal_basis"]).as_str() {
            "consent" => Some(Basis::Consent),
            "contract" => Some(Basis::Contract),
            "" => None,
            // A word we do not know allows nothing.
            _ => Some(Basis::None),
        },
    }
}
