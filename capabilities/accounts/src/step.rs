//! Background work of this room.

use foundation::Context;
use foundation::steps::Progress;

use crate::store;

/// Forgets sessions that are over, and answers to programs that nobody may ask for again.
pub async fn expire_sessions(context: &Context) -> anyhow::Result<Progress> {
    let gone = store::expire_sessions(context, context.now()).await?;
    crate::keys::answers::expire(context).await?;
    if gone > 0 {
        tracing::info!(sessions = gone, "sessions expired");
    }
    Ok(Progress::Idle)
}
