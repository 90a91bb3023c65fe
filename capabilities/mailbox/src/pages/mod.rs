//! The page of mailboxes: which are read and how that goes, adding one, trying it, stopping it.

mod forms;
mod view;

use domain::Role;
use foundation::web::{Access, Routes};

const READ: Access = Access::Member(Role::Viewer);
const CHANGE: Access = Access::Member(Role::Manager);

pub use view::{MailboxesView, mailboxes_page};

/// This room's routes.
pub fn routes() -> Routes {
    Routes::new()
        .get("/sources/mailbox", READ, forms::index)
        .post("/sources/mailbox", CHANGE, forms::add)
        .post("/sources/mailbox/{id}", CHANGE, forms::change)
}
