//! What speaks for people acting together in the warnings that are open now: which mentions repeat one another. For the
//! rooms that must not say so of anything else.

use domain::{MentionId, WarningId};
use foundation::store::{Scope, StoreError};

use crate::rules::story;
use crate::store::warnings;

/// Open warnings looked at, the newest.
const OPEN_MAX: u32 = 50;

/// An open warning whose voices repeat one another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// The warning.
    pub warning: WarningId,
    /// Its mentions.
    pub mentions: Vec<MentionId>,
    /// Those of them that nearly repeat another one by somebody else.
    pub copies: Vec<MentionId>,
}

/// The open warnings with at least three near-copies that are at least three voices of ten (`Coordination::coordinated`).
pub async fn open(scope: &Scope) -> Result<Vec<Evidence>, StoreError> {
    let mut found = Vec::new();
    for warning in warnings::open(scope, OPEN_MAX).await? {
        if !warning.story.coordination.coordinated {
            continue;
        }
        let mentions = warnings::mentions(scope, warning.id).await?;
        let voices = warnings::voices(scope, &mentions).await?;
        found.push(Evidence { warning: warning.id, copies: story::copies(&voices), mentions });
    }
    Ok(found)
}
