//! Routes of this room: the form that anybody may open, the device in the shop, and what the owner sees of both.

pub mod form;
pub mod places;
pub mod thanks;
pub mod view;

use foundation::web::{Access, Routes};

/// This room's routes.
pub fn routes() -> Routes {
    let anybody = Access::Public;
    Routes::new()
        .get("/r/{code}", anybody, form::open)
        .post("/r/{code}", anybody, form::send)
        .get("/r/{code}/thanks", anybody, thanks::show)
        .get("/r/{code}/work", anybody, form::fresh_work)
        .get("/i/{token}", anybody, form::open_invited)
        .post("/i/{token}", anybody, form::send_invited)
}
