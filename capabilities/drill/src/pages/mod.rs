//! Routes of this room: the page that explains and asks for a drill, and the walk through one.

mod index;
mod report;
mod walk;

use axum::extract::{Path, State};
use domain::Role;
use foundation::Context;
use foundation::web::{Access, Member, Routes, Texts};
use maud::{Markup, html};
use ui::{Tone, notice};

pub use index::{IndexView, index_page};
pub use report::report_card;
pub use walk::{WalkView, walk_page};

/// What is said about a statement that was written: another room reads it over. Draws nothing where there is nothing to
/// say.
pub type Advise = fn(&Texts, &str) -> Markup;

/// This room's routes.
pub fn routes(advise: Advise) -> Routes {
    let (reader, agent) = (Access::Member(Role::Viewer), Access::Member(Role::Agent));
    let walk = move |context: State<Context>, member: Member, id: Path<i64>| {
        walk::index(context, member, id, advise)
    };
    Routes::new()
        .get("/drill", reader, index::index)
        .post("/drill", agent, index::ask)
        .get("/drill/{id}", reader, walk)
        .post("/drill/{id}", agent, walk::act)
        .get("/drill/{id}/dossier", reader, walk::dossier)
        .post("/drill/{id}/abandon", agent, walk::abandon)
}

/// The mark of every page of a drill: nothing of this happened.
fn mark(t: &Texts, over: bool) -> Markup {
    let key = if over { "drill-mark-over" } else { "drill-mark" };
    notice(Tone::Warning, &t.get("drill-mark-title"), &html! { (t.get(key)) })
}
