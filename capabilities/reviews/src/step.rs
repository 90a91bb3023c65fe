//! Background work: forgetting what was only kept so that nobody floods the forms.

use foundation::Context;
use foundation::steps::Progress;

/// Forgets used challenges that are over, and counters older than a day.
pub async fn forget(context: &Context) -> anyhow::Result<Progress> {
    crate::store::forget(context).await?;
    Ok(Progress::Idle)
}
