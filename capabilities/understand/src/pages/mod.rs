//! All mentions, one mention, the causes of complaints, what was learnt from corrections, and watched names.

mod causes;
mod learnt;
mod list;
mod one;
mod watch;

use domain::Role;
use foundation::web::{Access, Routes};

pub use causes::{CausesView, FixView, WeekView, causes_page, week, week_card};
pub use learnt::{LearntView, learnt_page};
pub use list::{Extras, ListView, face, list_page, mention, mention_with};
pub use one::{MentionView, mention_page};
pub use watch::{WatchView, watch_page};

/// This room's routes.
pub fn routes() -> Routes {
    let (reader, agent, manager) =
        (Access::Member(Role::Viewer), Access::Member(Role::Agent), Access::Member(Role::Manager));
    Routes::new()
        .get("/mentions", reader, list::index)
        .get("/mentions/{id}", reader, one::one)
        .post("/mentions/{id}/reading", agent, one::correct)
        .get("/causes", reader, causes::index)
        .post("/causes/fixes", manager, causes::add_fix)
        .post("/causes/fixes/{id}", manager, causes::forget_fix)
        .get("/learnt", reader, learnt::index)
        .post("/learnt/{id}", agent, learnt::undo)
        .get("/watch", reader, watch::index)
        .post("/watch", manager, watch::add)
        .post("/watch/{id}", manager, watch::forget)
}
