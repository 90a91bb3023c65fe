//! `shop` and `shop_secret`: shops on the web, what they are signed with or asked with, and how that goes.

use domain::{LawfulBasis, OrganizationId, ShopId, ShopKind};
use foundation::Context;
use foundation::sealed::{seal, unseal};
use foundation::store::{Batch, Expect, Row, Scope, StoreError};
use foundation::values;
use jiff::Timestamp;

macro_rules! shop_columns {
    () => {
        "SELECT organization_id, id, kind, name, address, path_key, basis, basis_note, state, cursor, failures, error_key,
        last_heard_at, heard, skipped FROM shop WHERE "
    };
}

foundation::statements! {
    organization INSERT = "INSERT INTO shop (organization_id, id, kind, name, address, path_key, basis, basis_note, state, cursor, next_poll_at,
        failures, error_key, last_heard_at, heard, skipped, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'active', '', $9, 0, '', NULL, 0, 0, $10)";
    organization SHOPS = concat!(shop_columns!(), "organization_id = $1 AND state <> 'removed' ORDER BY id LIMIT $2");
    organization SHOP = concat!(shop_columns!(), "organization_id = $1 AND id = $2 AND state <> 'removed'");
    organization SET_SECRET = "INSERT INTO shop_secret (organization_id, shop_id, sealed) VALUES ($1, $2, $3)
        ON CONFLICT (organization_id, shop_id) DO UPDATE SET sealed = excluded.sealed";
    organization DROP_SECRET = "DELETE FROM shop_secret WHERE organization_id = $1 AND shop_id = $2";
    organization SECRET = "SELECT sealed FROM shop_secret WHERE organization_id = $1 AND shop_id = $2";
    organization SET_STATE = "UPDATE shop SET state = $3, next_poll_at = $4 WHERE organization_id = $1 AND id = $2 AND state = 'active'";
    organization REMOVED = "UPDATE shop SET state = 'removed', next_poll_at = NULL WHERE organization_id = $1 AND id = $2 AND state = 'forgetting'";
    organization HEARD = "UPDATE shop SET heard = heard + $3, skipped = skipped + $4, last_heard_at = $5
        WHERE organization_id = $1 AND id = $2 AND state = 'active'";
    organization POLLED = "UPDATE shop SET heard = heard + $3, skipped = skipped + $4, last_heard_at = $5, cursor = $6, next_poll_at = $7,
        failures = 0, error_key = '' WHERE organization_id = $1 AND id = $2 AND state = 'active' AND cursor = $8";
    organization POLL_FAILED = "UPDATE shop SET failures = failures + 1, error_key = $3, next_poll_at = $4
        WHERE organization_id = $1 AND id = $2 AND state = 'active'";
    /// The unguessable end of an address says whose it is.
    installation BY_PATH = concat!(shop_columns!(), "path_key = $1 AND state = 'active'");
    installation DUE = "SELECT organization_id, id FROM shop WHERE next_poll_at IS NOT NULL AND next_poll_at <= $1 ORDER BY next_poll_at LIMIT $2";
    installation FORGETTING = "SELECT organization_id, id FROM shop WHERE state = 'forgetting' ORDER BY id LIMIT $1";
}

/// A shop on the web.
#[derive(Debug, Clone)]
pub struct Shop {
    /// Whose.
    pub organization: OrganizationId,
    /// Its id.
    pub id: ShopId,
    /// Which program it runs.
    pub kind: ShopKind,
    /// What its owner calls it.
    pub name: String,
    /// Where it is asked; empty where it tells by itself.
    pub address: String,
    /// The unguessable end of the address it tells.
    pub path_key: String,
    /// Why its customers may be written to.
    pub basis: LawfulBasis,
    /// How they are told that they may say no.
    pub basis_note: String,
    /// `active`; `forgetting` while what came from it goes.
    pub state: String,
    /// How far it was asked.
    pub cursor: String,
    /// Vain attempts in a row.
    pub failures: u32,
    /// The end of the key of why; empty for none.
    pub error_key: String,
    /// When it last told something that was signed.
    pub last_heard_at: Option<Timestamp>,
    /// Messages and orders heard.
    pub heard: u64,
    /// Of them orders that could not be recorded: without an address, too old.
    pub skipped: u64,
}

fn shop_of(row: &Row) -> Result<Shop, StoreError> {
    Ok(Shop {
        organization: row.get(0)?,
        id: row.get(1)?,
        kind: row.get(2)?,
        name: row.get(3)?,
        address: row.get(4)?,
        path_key: row.get(5)?,
        basis: row.get(6)?,
        basis_note: row.get(7)?,
        state: row.get(8)?,
        cursor: row.get(9)?,
        failures: row.get(10)?,
        error_key: row.get(11)?,
        last_heard_at: row.get(12)?,
        heard: row.get(13)?,
        skipped: row.get(14)?,
    })
}

/// A shop to be added.
pub struct NewShop<'a> {
    /// Which program it runs.
    pub kind: ShopKind,
    /// What its owner calls it.
    pub name: &'a str,
    /// Where it is asked; empty where it tells by itself.
    pub address: &'a str,
    /// Why its customers may be written to.
    pub basis: LawfulBasis,
    /// How they are told that they may say no.
    pub basis_note: &'a str,
    /// What it signs with, or lets us in with.
    pub secret: &'a str,
}

fn purpose(shop: ShopId) -> String {
    format!("shop:{shop}")
}

/// Adds a shop.
pub async fn insert(context: &Context, scope: &Scope, new: &NewShop<'_>) -> Result<ShopId, StoreError> {
    let id = ShopId(context.new_id());
    let now = context.now();
    let next = (new.kind == ShopKind::PrestaShop).then_some(now);
    let path_key = hex::encode(context.random::<16>());
    let sealed = seal(context, &purpose(id), scope.organization(), new.secret.as_bytes());
    let values = values![id, new.kind, new.name, new.address, path_key, new.basis, new.basis_note, next, now];
    let batch = Batch::new().add(&INSERT, values).add(&SET_SECRET, values![id, sealed]);
    scope.write(batch).await?;
    Ok(id)
}

/// Shops, oldest first.
pub async fn shops(scope: &Scope, limit: u32) -> Result<Vec<Shop>, StoreError> {
    scope.all(&SHOPS, values![limit]).await?.iter().map(shop_of).collect()
}

/// One shop.
pub async fn shop(scope: &Scope, id: ShopId) -> Result<Option<Shop>, StoreError> {
    scope.one(&SHOP, values![id]).await?.as_ref().map(shop_of).transpose()
}

/// The shop that tells this address, whoever's it is.
pub async fn by_path(context: &Context, path_key: &str) -> Result<Option<Shop>, StoreError> {
    let row = context.store.installation().one(&BY_PATH, values![path_key]).await?;
    row.as_ref().map(shop_of).transpose()
}

/// What it signs with, or lets us in with; `None` where there is none, or it was sealed elsewhere (a restored copy).
pub async fn secret(context: &Context, scope: &Scope, shop: ShopId) -> Result<Option<String>, StoreError> {
    let Some(row) = scope.one(&SECRET, values![shop]).await? else { return Ok(None) };
    let sealed: Vec<u8> = row.get(0)?;
    let plain = unseal(context, &purpose(shop), scope.organization(), &sealed);
    Ok(plain.and_then(|plain| String::from_utf8(plain).ok()))
}

/// Keeps another secret.
pub async fn set_secret(
    context: &Context,
    scope: &Scope,
    shop: &Shop,
    secret: &str,
) -> Result<(), StoreError> {
    let sealed = seal(context, &purpose(shop.id), scope.organization(), secret.as_bytes());
    let next = (shop.kind == ShopKind::PrestaShop).then(|| context.now());
    let batch = Batch::new()
        .add_exactly(1, &SET_STATE, values![shop.id, "active", next])
        .add(&SET_SECRET, values![shop.id, sealed]);
    scope.write(batch).await.map(|_| ())
}

/// Adds to a batch that a shop is asked and heard no more. Its visits stay; with `forget` its customers go too.
pub(crate) fn remove(batch: &mut Batch, shop: ShopId, forget: bool) {
    let state = if forget { "forgetting" } else { "removed" };
    batch.push(&SET_STATE, vec![values![shop, state, None::<i64>]], Expect::Exactly(1));
    batch.push(&DROP_SECRET, vec![values![shop]], Expect::Any);
}

/// Adds to a batch that nothing of a shop is left to be forgotten.
pub(crate) fn removed(batch: &mut Batch, shop: ShopId) {
    batch.push(&REMOVED, vec![values![shop]], Expect::Any);
}

/// Adds to a batch that a shop told something. A conflict when it was removed meanwhile.
pub(crate) fn heard(batch: &mut Batch, shop: ShopId, heard: u64, skipped: u64, now: Timestamp) {
    let values = values![shop, heard as i64, skipped as i64, now];
    batch.push(&HEARD, vec![values], Expect::Exactly(1));
}

/// How a page of a shop's orders was taken.
pub(crate) struct Polled<'a> {
    pub shop: &'a Shop,
    pub heard: u64,
    pub skipped: u64,
    pub cursor: &'a str,
    pub next: Timestamp,
    pub now: Timestamp,
}

/// The batch part that moves a shop's cursor on; a conflict when somebody else moved it.
pub(crate) fn polled(polled: &Polled<'_>) -> Batch {
    let shop = polled.shop;
    let values = values![
        shop.id,
        polled.heard as i64,
        polled.skipped as i64,
        polled.now,
        polled.cursor,
        polled.next,
        shop.cursor.clone()
    ];
    Batch::new().add_exactly(1, &POLLED, values)
}

/// The batch part of a vain attempt.
pub(crate) fn poll_failed(shop: ShopId, key: &str, next: Timestamp) -> Batch {
    Batch::new().add(&POLL_FAILED, values![shop, key, next])
}

async fn of_anybody(
    context: &Context,
    statement: &foundation::store::Statement,
    values: Vec<foundation::store::Value>,
) -> Result<Vec<(OrganizationId, ShopId)>, StoreError> {
    let rows = context.store.installation().all(statement, values).await?;
    rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
}

/// Shops whose time to be asked has come.
pub(crate) async fn due(context: &Context, limit: u32) -> Result<Vec<(OrganizationId, ShopId)>, StoreError> {
    of_anybody(context, &DUE, values![context.now(), limit]).await
}

/// Shops that are gone and whose customers have to go.
pub(crate) async fn forgetting(
    context: &Context,
    limit: u32,
) -> Result<Vec<(OrganizationId, ShopId)>, StoreError> {
    of_anybody(context, &FORGETTING, values![limit]).await
}
