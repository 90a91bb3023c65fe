//! What the owner is told away from the page: a warning at once, a summary a day, a word a week that we are still
//! watching and what we cannot see.

use foundation::Context;
use foundation::steps::Progress;
use foundation::store::{Batch, Scope, StoreError};

use crate::store::Place;
use crate::store::warnings::Warning;

/// Adds to a batch that the owner is told of a warning.
pub async fn tell(
    _context: &Context,
    _scope: &Scope,
    _batch: &mut Batch,
    _warning: &Warning,
    _place: &Place,
) -> Result<(), StoreError> {
    Ok(())
}

/// Writes the summaries that are due.
pub async fn summarise(_context: &Context) -> anyhow::Result<Progress> {
    Ok(Progress::Idle)
}
