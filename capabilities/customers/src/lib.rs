//! **Customers**: who bought or used something, when, and on what lawful basis they may be written to.
//!
//! *What for*: only real customers are asked how it was, and only those who may be. This room knows who they are and
//! nothing else about them: no profile, no totals, no preferences.
//!
//! *How*: visits come in by hand, from a file ([`import`]) or from a shop on the web ([`shops`]); all of them go through
//! [`record_all`], which finds or makes the customer and writes both in one batch. Whoever does not want to be written to
//! is on a list of keyed hashes ([`opt_out`]) that outlives her.
//!
//! *What must stay true*: no customer without a basis and without how she was told that she may say no. A weaker basis
//! never replaces a stronger one. An opt-out is never taken back, not by a file, not by forgetting. A reference is known
//! once. Who was forgotten at her own wish is not written down again.
//!
//! *What it never does*: write to anybody (`invite` does), keep what was bought, keep a row that was refused.
//!
//! *Start at* [`record`], then [`erase`]. This room uses `accounts` (the zone) and `notify` (letters to forget).

mod erase;
pub mod import;
pub mod pages;
pub mod rules;
mod save;
pub mod shops;
pub mod step;
pub mod store;

use domain::{CustomerId, ShopId, VisitId};
use foundation::Context;
use foundation::store::{Batch, Scope, StoreError};

pub use erase::{Because, erase, export};
pub use save::{Fate, NewVisit, Recorded, record, record_all};
pub use store::opt_outs::{contact_hash, opt_out, opted_out};
pub use store::people::{Customer, Visit, customer};

/// Woken when a visit was recorded.
pub const VISITED: &str = "customers-visited";
/// Wakes the step that reads a confirmed file.
pub const IMPORT_CONFIRMED: &str = "customers-import";
/// Wakes the step that asks shops.
pub const SHOP_ADDED: &str = "customers-shop";
/// Wakes the step that forgets whom somebody asked to forget.
pub const ERASURE_ASKED: &str = "customers-erasure";

/// The organisation's day of today, in days since 1970.
pub async fn today(context: &Context, scope: &Scope) -> Result<i64, StoreError> {
    let home = accounts::organization(scope).await?;
    let zone = home.as_ref().map_or(jiff::tz::TimeZone::UTC, accounts::Organization::zone);
    Ok(rules::day_number(zone.to_datetime(context.now()).date()))
}

/// Customers whose last visit is longer ago than their organisation keeps them, the oldest first, at most `limit`.
pub async fn outdated(context: &Context, scope: &Scope, limit: u32) -> Result<Vec<CustomerId>, StoreError> {
    let oldest = today(context, scope).await? - store::people::keep_days(scope).await?;
    store::people::outdated(scope, oldest, limit).await
}

/// The batch that calls off the visit of a reference, of one shop or of none.
pub fn cancel_reference(context: &Context, shop: Option<ShopId>, reference: &str) -> Batch {
    let mut batch = Batch::new();
    store::people::cancel_reference(&mut batch, shop, reference, context.now());
    batch
}

/// The batch that calls off a visit.
pub fn cancel_visit(context: &Context, visit: VisitId) -> Batch {
    let mut batch = Batch::new();
    store::people::cancel(&mut batch, visit, context.now());
    batch
}
