//! The pages of this room: bringing things in, and where we listen.

pub mod import;
pub mod sources;

use domain::Role;
use foundation::web::{Access, Routes};

const READ: Access = Access::Member(Role::Viewer);
const CHANGE: Access = Access::Member(Role::Manager);

/// This room's routes.
pub fn routes() -> Routes {
    Routes::new()
        .get("/import", READ, import::index)
        .post("/import/file", CHANGE, import::upload)
        .post("/import/paste", CHANGE, import::paste)
        .get("/import/{id}", READ, import::one)
        .get("/import/{id}/progress", READ, import::progress)
        .post("/import/{id}", CHANGE, import::decide)
        .get("/sources", READ, sources::index)
        .post("/sources", CHANGE, sources::add_feed)
        .post("/sources/{id}", CHANGE, sources::change)
}
