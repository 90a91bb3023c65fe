//! Routes of this room: the form that anybody may open, the device in the shop, and what the owner sees of both.

pub mod device;
pub mod form;
pub mod kiosk;
pub mod kiosk_view;
pub mod list;
pub mod places;
pub mod thanks;
pub mod view;

use domain::Role;
use foundation::web::{Access, Routes};

/// This room's routes.
pub fn routes() -> Routes {
    let anybody = Access::Public;
    let (reader, manager) = (Access::Member(Role::Viewer), Access::Member(Role::Manager));
    Routes::new()
        .get("/r/{code}", anybody, form::open)
        .post("/r/{code}", anybody, form::send)
        .get("/r/{code}/thanks", anybody, thanks::show)
        .get("/r/{code}/work", anybody, form::fresh_work)
        .get("/i/{token}", anybody, form::open_invited)
        .post("/i/{token}", anybody, form::send_invited)
        .get("/k/worker.js", anybody, device::worker)
        .get("/k/{key}", anybody, device::open)
        .post("/k/{key}", anybody, device::send)
        .get("/k/{key}/thanks", anybody, device::thanks)
        .get("/k/{key}/app.webmanifest", anybody, device::manifest)
        .post("/k/{key}/answers", anybody, device::answers)
        .get("/kiosk", reader, kiosk::index)
        .post("/kiosk", manager, kiosk::add)
        .post("/kiosk/{id}", manager, kiosk::change)
        .get("/reviews", reader, list::index)
        .get("/reviews/{id}/photo.jpg", reader, list::photo)
}
