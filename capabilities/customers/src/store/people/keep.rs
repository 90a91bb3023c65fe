//! For how long customers are kept, and how one is forgotten.

use domain::{CustomerId, LawfulBasis, OrganizationId, ShopId};
use foundation::Context;
use foundation::store::{Batch, Expect, Scope, StoreError};
use foundation::values;
use jiff::Timestamp;

use super::Customer;

foundation::statements! {
    organization KEEP_DAYS = "SELECT keep_days FROM customer_setting WHERE organization_id = $1";
    organization SET_KEEP_DAYS = "INSERT INTO customer_setting (organization_id, keep_days) VALUES ($1, $2)
        ON CONFLICT (organization_id) DO UPDATE SET keep_days = excluded.keep_days";
    organization OUTDATED = "SELECT id FROM customer WHERE organization_id = $1 AND erased_at IS NULL AND seen_day < $2 ORDER BY seen_day, id LIMIT $3";
    /// The row stays empty: her visits stay countable. Its addresses are part of the condition: what was read is what is forgotten.
    organization FORGET = "UPDATE customer SET name = '', folded = '', email = '', phone = '', language = '', basis = $3, basis_note = '',
        erase_asked_at = NULL, erase_opts_out = 0, data_asked_at = NULL, erased_at = $4
        WHERE organization_id = $1 AND id = $2 AND erased_at IS NULL AND email = $5 AND phone = $6 AND seen_day = $7";
    organization FORGET_VISITS = "UPDATE visit SET reference = NULL WHERE organization_id = $1 AND customer_id = $2";
    organization ASK_ERASURE = "UPDATE customer SET erase_asked_at = $3, erase_opts_out = $4
        WHERE organization_id = $1 AND id = $2 AND erased_at IS NULL";
    organization ASK_DATA = "UPDATE customer SET data_asked_at = $3 WHERE organization_id = $1 AND id = $2 AND erased_at IS NULL";
    organization DATA_TOLD = "UPDATE customer SET data_asked_at = NULL WHERE organization_id = $1 AND id = $2";
    /// Customers whom no other shop, file or hand knows.
    organization SHOP_ONLY = "SELECT c.id FROM customer c WHERE c.organization_id = $1 AND c.erased_at IS NULL AND c.erase_asked_at IS NULL
        AND EXISTS (SELECT 1 FROM visit v WHERE v.organization_id = $1 AND v.customer_id = c.id AND v.shop_id = $2)
        AND NOT EXISTS (SELECT 1 FROM visit v WHERE v.organization_id = $1 AND v.customer_id = c.id AND COALESCE(v.shop_id, 0) <> $2)
        ORDER BY c.id LIMIT $3";
    /// Before an organisation is known: whom somebody asked to forget.
    installation ASKED_ERASURES = "SELECT organization_id, id, erase_opts_out FROM customer WHERE erase_asked_at IS NOT NULL
        AND erased_at IS NULL ORDER BY organization_id, id LIMIT $1";
}

/// For how many days a customer is kept after her last visit.
pub async fn keep_days(scope: &Scope) -> Result<i64, StoreError> {
    let row = scope.one(&KEEP_DAYS, vec![]).await?;
    row.map_or(Ok(crate::rules::KEEP_DAYS), |row| row.get(0))
}

/// Changes that.
pub async fn set_keep_days(scope: &Scope, days: i64) -> Result<(), StoreError> {
    scope.write(Batch::new().add(&SET_KEEP_DAYS, values![days])).await.map(|_| ())
}

/// Customers whose last visit was before `day`, the oldest first.
pub async fn outdated(scope: &Scope, day: i64, limit: u32) -> Result<Vec<CustomerId>, StoreError> {
    scope.all(&OUTDATED, values![day, limit]).await?.iter().map(|row| row.get(0)).collect()
}

/// Adds to a batch that nothing of a customer is left but the days of her visits. A conflict if she changed meanwhile.
pub fn forget(batch: &mut Batch, customer: &Customer, now: Timestamp) {
    let values = values![
        customer.id,
        LawfulBasis::Contract,
        now,
        customer.email.clone(),
        customer.phone.clone(),
        customer.seen_day
    ];
    batch.push(&FORGET, vec![values], Expect::Exactly(1));
    batch.push(&FORGET_VISITS, vec![values![customer.id]], Expect::Any);
}

/// Adds to a batch that a customer is to be forgotten by the next run of the step; `opts_out`: she asked for it herself.
pub fn ask_erasure(batch: &mut Batch, id: CustomerId, now: Timestamp, opts_out: bool) {
    batch.push(&ASK_ERASURE, vec![values![id, now, opts_out]], Expect::Any);
}

/// Adds to a batch that a customer asked what is known of her.
pub fn ask_data(batch: &mut Batch, id: CustomerId, now: Timestamp) {
    batch.push(&ASK_DATA, vec![values![id, now]], Expect::Any);
}

/// Adds to a batch that she was told.
pub fn data_told(batch: &mut Batch, id: CustomerId) {
    batch.push(&DATA_TOLD, vec![values![id]], Expect::Any);
}

/// Customers known from one shop and nowhere else, at most `limit`.
pub async fn shop_only(scope: &Scope, shop: ShopId, limit: u32) -> Result<Vec<CustomerId>, StoreError> {
    scope.all(&SHOP_ONLY, values![shop, limit]).await?.iter().map(|row| row.get(0)).collect()
}

/// Whom somebody asked to forget, of every organisation; `true`: nobody writes to her any more.
pub async fn asked_erasures(
    context: &Context,
    limit: u32,
) -> Result<Vec<(OrganizationId, CustomerId, bool)>, StoreError> {
    let rows = context.store.installation().all(&ASKED_ERASURES, values![limit]).await?;
    rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?, row.get::<i64>(2)? != 0))).collect()
}
