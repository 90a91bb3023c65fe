//! `customer`, `visit` and `customer_setting`: who, when, and for how long it is kept.

mod keep;

use domain::{CustomerId, LawfulBasis, ShopId, VisitId, VisitOrigin};
use foundation::store::{Batch, Expect, Row, Scope, StoreError, Value};
use foundation::values;
use jiff::Timestamp;

pub use keep::STATEMENTS as KEEP_STATEMENTS;
pub use keep::{
    ask_data, ask_erasure, asked_erasures, data_told, forget, keep_days, outdated, set_keep_days, shop_only,
};

macro_rules! customer_columns {
    () => {
        "SELECT id, name, email, phone, language, basis, basis_note, basis_at, seen_day, opted_out_at, erase_asked_at,
        erased_at, data_asked_at, created_at FROM customer WHERE organization_id = $1"
    };
}

foundation::statements! {
    organization CUSTOMER = concat!(customer_columns!(), " AND id = $2");
    organization BY_EMAIL = concat!(customer_columns!(), " AND email <> '' AND email IN ({list: 2})");
    organization BY_PHONE = concat!(customer_columns!(), " AND phone <> '' AND phone IN ({list: 2}) ORDER BY id");
    organization BY_REFERENCE = concat!(customer_columns!(), " AND erased_at IS NULL AND id IN
        (SELECT v.customer_id FROM visit v WHERE v.organization_id = $1 AND v.reference <> '' AND v.reference = $2) ORDER BY seen_day DESC, id DESC LIMIT 50");
    organization NEWEST = concat!(customer_columns!(), " AND erased_at IS NULL AND (seen_day < $2 OR (seen_day = $2 AND id < $3))
        ORDER BY seen_day DESC, id DESC LIMIT $4");
    organization SEARCH = concat!(customer_columns!(), " AND erased_at IS NULL AND (folded LIKE $2 ESCAPE '!' OR email LIKE $2 ESCAPE '!'
        OR phone LIKE $2 ESCAPE '!') AND (seen_day < $3 OR (seen_day = $3 AND id < $4)) ORDER BY seen_day DESC, id DESC LIMIT $5");
    organization INSERT_CUSTOMERS = "INSERT INTO customer (organization_id, id, name, folded, email, phone, language, basis, basis_note,
        basis_at, seen_day, opted_out_at, created_at) VALUES {rows: $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13}";
    /// Not one that was forgotten meanwhile.
    organization UPDATE_CUSTOMER = "UPDATE customer SET name = $3, folded = $4, email = $5, phone = $6, language = $7, basis = $8,
        basis_note = $9, basis_at = $10, seen_day = $11, opted_out_at = COALESCE(opted_out_at, $12)
        WHERE organization_id = $1 AND id = $2 AND erased_at IS NULL";
    organization INSERT_VISITS = "INSERT INTO visit (organization_id, id, customer_id, day, reference, origin, shop_id, created_at)
        VALUES {rows: $1, $2, $3, $4, $5, $6, $7, $8}";
    organization VISITS_BY_REFERENCE = "SELECT id, customer_id, shop_id, reference FROM visit
        WHERE organization_id = $1 AND reference <> '' AND reference IN ({list: 2})";
    organization DAYS = "SELECT id, customer_id, day FROM visit WHERE organization_id = $1 AND reference = '' AND customer_id IN ({list: 2})";
    organization VISITS = "SELECT id, customer_id, day, reference, origin, shop_id, cancelled_at, created_at FROM visit
        WHERE organization_id = $1 AND customer_id = $2 ORDER BY day DESC, id DESC LIMIT $3";
    organization VISIT = "SELECT id, customer_id, day, reference, origin, shop_id, cancelled_at, created_at FROM visit
        WHERE organization_id = $1 AND id = $2";
    organization CANCEL = "UPDATE visit SET cancelled_at = $3 WHERE organization_id = $1 AND id = $2 AND cancelled_at IS NULL";
    organization CANCEL_REFERENCE = "UPDATE visit SET cancelled_at = $4 WHERE organization_id = $1 AND reference = $2
        AND reference <> '' AND COALESCE(shop_id, 0) = $3 AND cancelled_at IS NULL";
    organization COUNTS = "SELECT COUNT(*), COUNT(CASE WHEN opted_out_at IS NOT NULL THEN 1 END)
        FROM customer WHERE organization_id = $1 AND erased_at IS NULL";
    organization VISIT_COUNTS = "SELECT COUNT(*), COUNT(CASE WHEN day >= $2 THEN 1 END) FROM visit WHERE organization_id = $1 AND cancelled_at IS NULL";
    organization DATA_ASKED = concat!(customer_columns!(), " AND data_asked_at IS NOT NULL ORDER BY id LIMIT 20");
}

/// Somebody who bought or used something. Addresses are empty where there is none.
#[derive(Debug, Clone)]
pub struct Customer {
    /// Her id.
    pub id: CustomerId,
    /// Her name; may be empty.
    pub name: String,
    /// In lower case.
    pub email: String,
    /// As +34600111222.
    pub phone: String,
    /// `es`, `en`; empty: nobody said.
    pub language: String,
    /// Why she may be written to.
    pub basis: LawfulBasis,
    /// How she was told, when she left her address, that she may say no.
    pub basis_note: String,
    /// Since when that holds.
    pub basis_at: Timestamp,
    /// Her last visit's day, since 1970.
    pub seen_day: i64,
    /// When it became known that nobody writes to her any more.
    pub opted_out_at: Option<Timestamp>,
    /// When somebody asked that she be forgotten.
    pub erase_asked_at: Option<Timestamp>,
    /// When she was forgotten: everything above is empty then.
    pub erased_at: Option<Timestamp>,
    /// When she asked what is known of her.
    pub data_asked_at: Option<Timestamp>,
    /// When she became known.
    pub created_at: Timestamp,
}

fn customer_of(row: &Row) -> Result<Customer, StoreError> {
    Ok(Customer {
        id: row.get(0)?,
        name: row.get(1)?,
        email: row.get(2)?,
        phone: row.get(3)?,
        language: row.get(4)?,
        basis: row.get(5)?,
        basis_note: row.get(6)?,
        basis_at: row.get(7)?,
        seen_day: row.get(8)?,
        opted_out_at: row.get(9)?,
        erase_asked_at: row.get(10)?,
        erased_at: row.get(11)?,
        data_asked_at: row.get(12)?,
        created_at: row.get(13)?,
    })
}

/// One time a customer bought or used something.
#[derive(Debug, Clone)]
pub struct Visit {
    /// Its id.
    pub id: VisitId,
    /// Whose.
    pub customer: CustomerId,
    /// When, in days since 1970 in the organisation's zone.
    pub day: i64,
    /// The order, stay or invoice; `None` once its customer was forgotten, empty where there is none.
    pub reference: Option<String>,
    /// How it became known.
    pub origin: VisitOrigin,
    /// The shop that told of it.
    pub shop: Option<ShopId>,
    /// When it was called off.
    pub cancelled_at: Option<Timestamp>,
    /// When it became known.
    pub created_at: Timestamp,
}

fn visit_of(row: &Row) -> Result<Visit, StoreError> {
    Ok(Visit {
        id: row.get(0)?,
        customer: row.get(1)?,
        day: row.get(2)?,
        reference: row.get(3)?,
        origin: row.get(4)?,
        shop: row.get(5)?,
        cancelled_at: row.get(6)?,
        created_at: row.get(7)?,
    })
}

/// One customer, also one that was forgotten.
pub async fn customer(scope: &Scope, id: CustomerId) -> Result<Option<Customer>, StoreError> {
    scope.one(&CUSTOMER, values![id]).await?.as_ref().map(customer_of).transpose()
}

/// Those with these e-mails.
pub(crate) async fn by_email(scope: &Scope, emails: &[Value]) -> Result<Vec<Customer>, StoreError> {
    super::listed(scope, &BY_EMAIL, emails).await?.iter().map(customer_of).collect()
}

/// Those with these telephones.
pub(crate) async fn by_phone(scope: &Scope, phones: &[Value]) -> Result<Vec<Customer>, StoreError> {
    super::listed(scope, &BY_PHONE, phones).await?.iter().map(customer_of).collect()
}

/// Whoever has this e-mail or telephone, as they are kept.
pub async fn by_contact(scope: &Scope, contact: &str) -> Result<Vec<Customer>, StoreError> {
    let mut found = by_email(scope, &[contact.into()]).await?;
    found.extend(by_phone(scope, &[contact.into()]).await?);
    found.dedup_by_key(|customer| customer.id);
    Ok(found)
}

/// Where a page of customers begins: after this day and id.
pub type After = Option<(i64, CustomerId)>;

/// A page of customers, the latest visit first. A search looks through names, addresses and references.
pub async fn page(
    scope: &Scope,
    search: &str,
    after: After,
    limit: u32,
) -> Result<Vec<Customer>, StoreError> {
    let (day, id) = after.unwrap_or((i64::MAX, CustomerId(i64::MAX)));
    if search.trim().is_empty() {
        return scope.all(&NEWEST, values![day, id, limit]).await?.iter().map(customer_of).collect();
    }
    if after.is_none() {
        let found = scope.all(&BY_REFERENCE, values![search.trim()]).await?;
        if !found.is_empty() {
            return found.iter().map(customer_of).collect();
        }
    }
    let phone = crate::rules::phone(search);
    let wanted = phone.unwrap_or_else(|| crate::rules::folded(search.trim()));
    let escaped: String =
        wanted.chars().flat_map(|c| "!%_".contains(c).then_some('!').into_iter().chain([c])).collect();
    let values = values![format!("%{escaped}%"), day, id, limit];
    scope.walk(&SEARCH, values).await?.iter().map(customer_of).collect()
}

/// Her visits, the newest first.
pub async fn visits(scope: &Scope, customer: CustomerId, limit: u32) -> Result<Vec<Visit>, StoreError> {
    scope.all(&VISITS, values![customer, limit]).await?.iter().map(visit_of).collect()
}

/// One visit.
pub async fn visit(scope: &Scope, id: VisitId) -> Result<Option<Visit>, StoreError> {
    scope.one(&VISIT, values![id]).await?.as_ref().map(visit_of).transpose()
}

/// What is counted for whoever may not see addresses.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Customers.
    pub customers: i64,
    /// Of them, those nobody writes to.
    pub opted_out: i64,
    /// Visits.
    pub visits: i64,
    /// Visits since the day that was asked.
    pub recent: i64,
}

/// Counts; `since` is a day since 1970.
pub async fn counts(scope: &Scope, since: i64) -> Result<Counts, StoreError> {
    let people = scope.one(&COUNTS, vec![]).await?;
    let visits = scope.one(&VISIT_COUNTS, values![since]).await?;
    let (Some(people), Some(visits)) = (people, visits) else { return Ok(Counts::default()) };
    Ok(Counts {
        customers: people.get(0)?,
        opted_out: people.get(1)?,
        visits: visits.get(0)?,
        recent: visits.get(1)?,
    })
}

/// Customers who asked what is known of them and were not told yet.
pub async fn data_asked(scope: &Scope) -> Result<Vec<Customer>, StoreError> {
    scope.all(&DATA_ASKED, vec![]).await?.iter().map(customer_of).collect()
}

/// Adds to a batch that a visit is called off.
pub fn cancel(batch: &mut Batch, id: VisitId, now: Timestamp) {
    batch.push(&CANCEL, vec![values![id, now]], Expect::Any);
}

/// Adds to a batch that the visit of this reference is called off.
pub fn cancel_reference(batch: &mut Batch, shop: Option<ShopId>, reference: &str, now: Timestamp) {
    let values = values![reference, shop.map_or(0, |shop| shop.0), now];
    batch.push(&CANCEL_REFERENCE, vec![values], Expect::Any);
}

/// Visits of these references: which, whose, of which shop.
pub(crate) async fn references(
    scope: &Scope,
    references: &[Value],
) -> Result<Vec<(VisitId, CustomerId, Option<ShopId>, String)>, StoreError> {
    let rows = super::listed(scope, &VISITS_BY_REFERENCE, references).await?;
    rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))).collect()
}

/// Visits without a reference of these customers: which, whose, when.
pub(crate) async fn days(
    scope: &Scope,
    customers: &[Value],
) -> Result<Vec<(VisitId, CustomerId, i64)>, StoreError> {
    let rows = super::listed(scope, &DAYS, customers).await?;
    rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).collect()
}
