//! `opt_out`: whom nobody writes to any more. It keeps a keyed hash of the address and outlives the customer.

use domain::{OptOutWay, OrganizationId};
use foundation::Context;
use foundation::store::{Batch, Expect, Scope, StoreError, Value};
use foundation::values;

foundation::statements! {
    /// The first way stays; only being forgotten takes its place, because then nothing of her is written down again.
    organization ADD = "INSERT INTO opt_out (organization_id, contact_hash, way, at) VALUES ($1, $2, $3, $4)
        ON CONFLICT (organization_id, contact_hash) DO UPDATE SET way = excluded.way WHERE excluded.way = 'erased'";
    organization MARK = "UPDATE customer SET opted_out_at = $3
        WHERE organization_id = $1 AND (email = $2 OR phone = $2) AND opted_out_at IS NULL";
    organization ONE = "SELECT way FROM opt_out WHERE organization_id = $1 AND contact_hash = $2";
    organization THOSE = "SELECT contact_hash, way FROM opt_out WHERE organization_id = $1 AND contact_hash IN ({list: 2})";
    organization COUNT = "SELECT COUNT(*) FROM opt_out WHERE organization_id = $1";
}

/// What the list keeps of an address: an HMAC with the installation's secret. It tells no address, and nothing in another
/// organisation. `contact` is an address as it is kept ([`crate::rules::email`], [`crate::rules::phone`]).
pub fn contact_hash(context: &Context, organization: OrganizationId, contact: &str) -> [u8; 32] {
    let contact = contact.trim().to_lowercase();
    context.secret.sign(&[b"opt-out", &organization.0.to_be_bytes(), contact.as_bytes()])
}

/// Whether nobody may write to this address any more.
pub async fn opted_out(context: &Context, scope: &Scope, contact: &str) -> Result<bool, StoreError> {
    let hash = contact_hash(context, scope.organization(), contact);
    Ok(scope.one(&ONE, values![&hash[..]]).await?.is_some())
}

/// Adds to a batch that nobody writes to this address any more: what had not left never does. Twice is once; what was said
/// first stays.
pub fn opt_out(
    batch: &mut Batch,
    context: &Context,
    organization: OrganizationId,
    contact: &str,
    way: OptOutWay,
) {
    let contact = contact.trim().to_lowercase();
    if contact.is_empty() {
        return;
    }
    let hash = contact_hash(context, organization, &contact);
    batch.push(&ADD, vec![values![&hash[..], way, context.now()]], Expect::Any);
    notify::stop_asking(context, batch, &contact);
    batch.push(&MARK, vec![values![contact, context.now()]], Expect::Any);
}

/// The ways of those hashes that are on the list.
pub(crate) async fn those(
    scope: &Scope,
    hashes: &[Value],
) -> Result<std::collections::HashMap<Vec<u8>, OptOutWay>, StoreError> {
    let rows = super::listed(scope, &THOSE, hashes).await?;
    rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
}

/// How many addresses nobody writes to.
pub async fn count(scope: &Scope) -> Result<i64, StoreError> {
    scope.one(&COUNT, vec![]).await?.map_or(Ok(0), |row| row.get(0))
}
