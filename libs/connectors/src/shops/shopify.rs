//! Shopify: `X-Shopify-Topic` and `X-Shopify-Hmac-Sha256`, base64 of HMAC-SHA256 over the raw body.
//!
//! An order counts when it is fulfilled and is undone when it is cancelled or refunded whole. `refunds/create` alone undoes
//! nothing: it does not say whether the whole order was paid back, and leaving out whoever got a part of her money back
//! would leave out the unhappy. The three topics about privacy are mandatory for apps (shopify.dev, "Privacy law compliance").

use http::HeaderMap;
use jiff::tz::TimeZone;
use serde_json::Value;

use super::orders::{first, moment, name, some, text};
use super::{Order, Refused, Told, header, is_signed};

pub(super) fn hear(secret: &str, headers: &HeaderMap, body: &[u8]) -> Result<Told, Refused> {
    if !is_signed(secret, body, header(headers, "x-shopify-hmac-sha256")) {
        return Err(Refused::Signature);
    }
    let told: Value = serde_json::from_slice(body).map_err(|_| Refused::Unreadable)?;
    let contacts = || some([text(&told, &["customer", "email"]), text(&told, &["customer", "phone"])]);
    Ok(match header(headers, "x-shopify-topic") {
        "customers/redact" => Told::Forget { contacts: contacts() },
        "customers/data_request" => Told::AskedForData { contacts: contacts() },
        "shop/redact" => Told::ForgetShop,
        "orders/cancelled" | "orders/delete" => undone(&told),
        "orders/fulfilled" | "orders/updated" => order(&told),
        _ => Told::Nothing,
    })
}

fn reference(order: &Value) -> String {
    first(order, &[&["name"], &["id"]])
}

fn undone(order: &Value) -> Told {
    let reference = reference(order);
    if reference.is_empty() { Told::Nothing } else { Told::Cancelled { reference } }
}

fn order(order: &Value) -> Told {
    let money = text(order, &["financial_status"]);
    if matches!(money.as_str(), "refunded" | "voided") || !text(order, &["cancelled_at"]).is_empty() {
        return undone(order);
    }
    let is_test = order.get("test").and_then(Value::as_bool).unwrap_or(false);
    let is_done = text(order, &["fulfillment_status"]) == "fulfilled";
    let reference = reference(order);
    if is_test || !is_done || reference.is_empty() {
        return Told::Nothing;
    }
    let last = order.get("fulfillments").and_then(Value::as_array).and_then(|all| all.last());
    let at = last.map(|fulfillment| text(fulfillment, &["created_at"])).filter(|at| !at.is_empty());
    let at = at.unwrap_or_else(|| first(order, &[&["updated_at"], &["processed_at"], &["created_at"]]));
    Told::Completed(Order {
        reference,
        completed_at: moment(&at, &TimeZone::UTC),
        name: name(
            order,
            &[
                [&["customer", "first_name"], &["customer", "last_name"]],
                [&["billing_address", "first_name"], &["billing_address", "last_name"]],
            ],
        ),
        email: first(order, &[&["email"], &["contact_email"], &["customer", "email"]]),
        phone: first(order, &[&["phone"], &["customer", "phone"], &["billing_address", "phone"]]),
        language: first(order, &[&["customer_locale"], &["billing_address", "country_code"]]),
        basis: None,
    })
}
