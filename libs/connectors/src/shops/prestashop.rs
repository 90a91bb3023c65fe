//! PrestaShop has no messages of its own: its webservice is asked for orders that changed, page by page, and then for the
//! customers of those that are delivered. The key travels as the user of Basic, to the shop's own address only.
//!
//! Orders carry the shop's local time without a zone; it is only compared with what the same shop said before. The cursor is
//! that text and how many orders of that very second were seen: many can change at once, and none may be skipped.
//!
//! Source: devdocs.prestashop-project.org, "Webservice" (filters, `display`, `sort`, `limit`, `date=1`).

use std::collections::HashMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::tz::TimeZone;
use serde_json::Value;

use super::orders::{moment, name, text};
use super::{Order, Told};
use crate::egress::{Egress, EgressError, GetRequest};

/// Orders in one page.
pub const PAGE: usize = 50;
/// The states that a fresh PrestaShop has: delivered, cancelled, refunded.
const DELIVERED: &str = "5";
const UNDONE: [&str; 2] = ["6", "7"];

/// Why a shop could not be asked.
#[derive(Debug, thiserror::Error)]
pub enum PollError {
    /// The way there.
    #[error(transparent)]
    Egress(#[from] EgressError),
    /// The key is not let in, or may not read orders and customers.
    #[error("the shop does not accept the key")]
    Key,
    /// What came back is no list of orders.
    #[error("the answer is not PrestaShop's")]
    Unreadable,
}

impl PollError {
    /// The end of the key of its sentence.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Egress(error) => error.key(),
            Self::Key => "shop-key",
            Self::Unreadable => "shop-answer",
        }
    }
}

/// What one page said.
#[derive(Debug)]
pub struct Page {
    /// Orders that came to their end or were undone.
    pub told: Vec<Told>,
    /// Where to go on the next time.
    pub cursor: String,
    /// Whether there is more now.
    pub more: bool,
}

/// Where to go on: the shop's own moment, and how many orders of it were seen.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Cursor {
    since: String,
    seen: usize,
}

impl Cursor {
    fn parse(text: &str) -> Self {
        let (since, seen) = text.split_once('|').unwrap_or((text, "0"));
        let is_moment = (10..=19).contains(&since.len())
            && since.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | ':' | ' '));
        let since = if is_moment { since } else { "1970-01-01 00:00:00" };
        Self { since: since.to_owned(), seen: seen.parse().unwrap_or(0).min(100_000) }
    }

    fn text(&self) -> String {
        format!("{}|{}", self.since, self.seen)
    }

    /// After a page: the last moment, and how many of the page are of it, with those seen before if it is still the same.
    fn after(&self, moments: &[String]) -> Self {
        let Some(last) = moments.iter().max() else { return self.clone() };
        let same = moments.iter().filter(|moment| *moment == last).count();
        let before = if *last == self.since { self.seen } else { 0 };
        Self { since: last.clone(), seen: before + same }
    }
}

/// Asks for the next page of orders that changed. `address` is the shop's; `zone` its time zone.
///
/// # Errors
/// [`PollError`]; the cursor stays where it was.
pub async fn poll(
    egress: &Egress,
    address: &str,
    key: &str,
    cursor: &str,
    zone: &TimeZone,
) -> Result<Page, PollError> {
    let cursor = Cursor::parse(cursor);
    let query = format!(
        "output_format=JSON&display=full&date=1&filter[date_upd]=[{},2999-01-01 00:00:00]&sort=[date_upd_ASC,id_ASC]&limit={},{PAGE}",
        cursor.since, cursor.seen
    );
    let orders = list(&ask(egress, address, "orders", &query, key).await?, "orders")?;
    let moments: Vec<String> = orders.iter().map(|order| text(order, &["date_upd"])).collect();
    let is_delivered = |order: &&Value| text(order, &["current_state"]) == DELIVERED;
    let mut ids: Vec<String> =
        orders.iter().filter(is_delivered).map(|o| text(o, &["id_customer"])).collect();
    ids.retain(|id| !id.is_empty() && id.bytes().all(|b| b.is_ascii_digit()));
    ids.sort_unstable();
    ids.dedup();
    let mut customers = HashMap::new();
    if !ids.is_empty() {
        let query = format!("output_format=JSON&display=full&filter[id]=[{}]", ids.join("|"));
        for customer in list(&ask(egress, address, "customers", &query, key).await?, "customers")? {
            customers.insert(text(&customer, &["id"]), customer);
        }
    }
    let told = orders.iter().filter_map(|order| read(order, &customers, zone)).collect();
    Ok(Page { told, cursor: cursor.after(&moments).text(), more: orders.len() >= PAGE })
}

/// Whether a shop can be asked with this key: for the moment its owner adds it.
///
/// # Errors
/// [`PollError`].
pub async fn check(egress: &Egress, address: &str, key: &str) -> Result<(), PollError> {
    let orders = ask(egress, address, "orders", "output_format=JSON&display=[id]&limit=1", key).await?;
    list(&orders, "orders")?;
    let customers = ask(egress, address, "customers", "output_format=JSON&display=[id]&limit=1", key).await?;
    list(&customers, "customers").map(|_| ())
}

async fn ask(egress: &Egress, address: &str, what: &str, query: &str, key: &str) -> Result<Value, PollError> {
    let mut url = egress.check(address)?;
    url.set_path(&format!("{}/api/{what}", url.path().trim_end_matches('/')));
    url.set_query(Some(query));
    let request = GetRequest {
        accept: Some("application/json".to_owned()),
        authorization: Some(format!("Basic {}", STANDARD.encode(format!("{key}:")))),
        ..GetRequest::new(url)
    };
    let answer = egress.get(request).await?;
    if matches!(answer.status, 401 | 403) {
        return Err(PollError::Key);
    }
    let answer = answer.success()?;
    serde_json::from_slice(&answer.body).map_err(|_| PollError::Unreadable)
}

/// The list under its name. No orders at all are an empty array in place of the object.
fn list(answer: &Value, name: &str) -> Result<Vec<Value>, PollError> {
    match answer {
        Value::Array(none) if none.is_empty() => Ok(Vec::new()),
        Value::Object(all) => {
            let list = all.get(name).and_then(Value::as_array).ok_or(PollError::Unreadable)?;
            Ok(list.iter().take(2 * PAGE).cloned().collect())
        }
        _ => Err(PollError::Unreadable),
    }
}

fn read(order: &Value, customers: &HashMap<String, Value>, zone: &TimeZone) -> Option<Told> {
    let reference = Some(text(order, &["reference"])).filter(|reference| !reference.is_empty());
    let reference = reference.or_else(|| Some(text(order, &["id"])).filter(|id| !id.is_empty()))?;
    let state = text(order, &["current_state"]);
    if UNDONE.contains(&state.as_str()) {
        return Some(Told::Cancelled { reference });
    }
    if state != DELIVERED {
        return None;
    }
    let nobody = Value::Null;
    let customer = customers.get(&text(order, &["id_customer"])).unwrap_or(&nobody);
    let at = [text(order, &["delivery_date"]), text(order, &["date_upd"])];
    Some(Told::Completed(Order {
        reference,
        completed_at: at.iter().find_map(|at| moment(at, zone)),
        name: name(customer, &[[&["firstname"], &["lastname"]]]),
        email: text(customer, &["email"]),
        phone: String::new(),
        language: String::new(),
        basis: None,
    }))
}
