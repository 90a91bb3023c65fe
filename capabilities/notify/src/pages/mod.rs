//! The page of notices: where, what and when, what became of each message, and the decisions only a person can take.

mod forms;
mod programs;
mod sms;
mod view;

use domain::Role;
use foundation::web::{Access, Routes};

const READ: Access = Access::Member(Role::Viewer);
const CHANGE: Access = Access::Member(Role::Manager);

pub use view::{NoticesView, explanation, notices_page};

/// This room's routes.
pub fn routes() -> Routes {
    Routes::new()
        .get("/notices", READ, forms::index)
        .post("/notices/preferences", CHANGE, forms::save_preferences)
        .post("/notices/channels", CHANGE, forms::add_channel)
        .post("/notices/channels/{id}", CHANGE, forms::change_channel)
        .post("/notices/members/{id}", CHANGE, forms::change_mail)
        .post("/notices/programs", CHANGE, programs::create)
        .post("/notices/programs/{id}", CHANGE, programs::change)
        .get("/notices/sms", CHANGE, sms::index)
        .post("/notices/sms", CHANGE, sms::save)
        .post("/notices/sms/test", CHANGE, sms::test)
        .post("/notices/outgoing/{id}", CHANGE, forms::decide)
}
