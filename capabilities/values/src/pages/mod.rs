//! Routes of this room: the charter, the triage of serious mentions, and the card of one mention's triage.

pub mod charter;
pub mod triage;

use domain::Role;
use foundation::web::{Access, Routes};

pub use triage::triage_card;

/// This room's routes.
pub fn routes() -> Routes {
    let (reader, agent, manager) =
        (Access::Member(Role::Viewer), Access::Member(Role::Agent), Access::Member(Role::Manager));
    Routes::new()
        .get("/values", reader, charter::index)
        .get("/values/triage", reader, triage::index)
        .post("/values/{place}", manager, charter::write)
        .post("/mentions/{id}/triage", agent, triage::decide)
}
