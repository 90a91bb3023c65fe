//! Short messages to telephones: the organisation's own gateway, and what it is told.
//!
//! **What must stay true.** What lets us in there is sealed, in no backup and on no page. A message goes to the gateway once:
//! what nobody can know is `unknown`. Without a gateway nothing is tried.

pub(crate) mod store;

use foundation::store::{Scope, StoreError};

/// Whether this organisation has a gateway that is switched on and can be signed in to.
pub async fn can_text(scope: &Scope) -> Result<bool, StoreError> {
    Ok(scope.one(&store::CAN_TEXT, vec![]).await?.is_some())
}
