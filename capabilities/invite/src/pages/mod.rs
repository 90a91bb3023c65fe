//! Routes of this room: the funnel, how it asks, the lots, what is printed; and, for anybody, a lot's record and the way out.

pub mod draws;
pub mod overview;
pub mod print;
pub mod public;
pub mod settings;

use domain::Role;
use foundation::web::{Access, Routes};

pub use overview::summary;

/// This room's routes.
pub fn routes() -> Routes {
    let (reader, manager) = (Access::Member(Role::Viewer), Access::Member(Role::Manager));
    Routes::new()
        .get("/invitations", reader, overview::index)
        .get("/invitations/settings", reader, settings::index)
        .post("/invitations/settings", manager, settings::save)
        .get("/invitations/draws", reader, draws::index)
        .post("/invitations/draws", manager, draws::promise)
        .post("/invitations/draws/{id}", manager, draws::abandon)
        .get("/invitations/codes", reader, print::index)
        .post("/invitations/codes", manager, print::labels)
        .get("/invitations/poster.pdf", reader, print::poster)
        .get("/draws/{code}", Access::Public, public::draw)
        .get("/draws/{code}/list.json", Access::Public, public::list)
        .get("/u/{token}", Access::Public, public::way_out)
        .get("/u/{token}/done", Access::Public, public::out)
        .post("/u/{token}", Access::Hook, public::opt_out)
        .post("/i/{token}/opened", Access::Hook, public::opened)
}
