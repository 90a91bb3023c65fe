//! WooCommerce: `X-WC-Webhook-Topic` and `X-WC-Webhook-Signature`, base64 of HMAC-SHA256 over the raw body.
//!
//! Its first message is a ping as a form, `webhook_id=7`, without a signature; whoever does not answer it with success never
//! gets another. After five failures in a row it stops telling, so what is of no concern is answered with success too.
//!
//! Source: woocommerce.com/document/webhooks, `WC_Webhook::deliver_ping`.

use http::HeaderMap;
use jiff::tz::TimeZone;
use serde_json::Value;

use super::orders::{first, moment, name, text};
use super::{Order, Refused, Told, header, is_signed};

pub(super) fn hear(secret: &str, headers: &HeaderMap, body: &[u8]) -> Result<Told, Refused> {
    if is_ping(body) {
        return Ok(Told::Ping);
    }
    if !is_signed(secret, body, header(headers, "x-wc-webhook-signature")) {
        return Err(Refused::Signature);
    }
    let order: Value = serde_json::from_slice(body).map_err(|_| Refused::Unreadable)?;
    let reference = text(&order, &["id"]);
    let topic = header(headers, "x-wc-webhook-topic");
    if reference.is_empty() || !topic.starts_with("order.") {
        return Ok(Told::Nothing);
    }
    if topic == "order.deleted" {
        return Ok(Told::Cancelled { reference });
    }
    match text(&order, &["status"]).as_str() {
        "completed" => Ok(Told::Completed(completed(&order, reference))),
        // The whole order is undone; a part of it refunded leaves the order completed.
        "cancelled" | "refunded" | "failed" | "trash" => Ok(Told::Cancelled { reference }),
        _ => Ok(Told::Nothing),
    }
}

fn is_ping(body: &[u8]) -> bool {
    let id = body.strip_prefix(b"webhook_id=");
    id.is_some_and(|id| (1..=20).contains(&id.len()) && id.iter().all(u8::is_ascii_digit))
}

fn completed(order: &Value, reference: String) -> Order {
    let at = first(order, &[&["date_completed_gmt"], &["date_modified_gmt"]]);
    Order {
        reference,
        completed_at: moment(&at, &TimeZone::UTC),
        name: name(order, &[[&["billing", "first_name"], &["billing", "last_name"]]]),
        email: text(order, &["billing", "email"]),
        phone: text(order, &["billing", "phone"]),
        language: text(order, &["billing", "country"]),
        basis: None,
    }
}
