//! Routes of this room: the warnings, one warning, its dossier, when to be warned, the incident.

pub mod budget;
pub mod dossier;
pub mod incident;
pub mod list;
pub mod one;

use domain::{Role, WarningLevel};
use foundation::web::{Access, Problem, ProblemKind, Routes, Texts};
use jiff::{Timestamp, tz::TimeZone};
use ui::When;

use crate::store::warnings::Warning;
use crate::words;

const READER: Access = Access::Member(Role::Viewer);
const AGENT: Access = Access::Member(Role::Agent);
const MANAGER: Access = Access::Member(Role::Manager);

/// A page that waits for background work reloads by itself after so long.
const REFRESH_SECONDS: u32 = 8;

/// The mark by which the script reloads such a page; without it the browser does.
fn reloads() -> maud::Markup {
    maud::html! { span hidden data-reload-seconds=(REFRESH_SECONDS) {} }
}

/// This room's routes.
pub fn routes() -> Routes {
    Routes::new()
        .get("/warnings", READER, list::index)
        .get("/warnings/settings", READER, budget::index)
        .post("/warnings/settings", MANAGER, budget::choose)
        .get("/warnings/{id}", READER, one::index)
        .post("/warnings/{id}", AGENT, one::judge)
        .get("/warnings/{id}/dossier", READER, dossier::index)
        .get("/warnings/{id}/dossier.html", READER, dossier::download)
        .post("/warnings/{id}/incident", AGENT, one::open_incident)
        .post("/incidents", AGENT, incident::open)
        .get("/incidents/{id}", READER, incident::index)
        .post("/incidents/{id}", AGENT, incident::save)
        .post("/incidents/{id}/tasks", AGENT, incident::add_task)
        .post("/incidents/{id}/tasks/{task}", AGENT, incident::do_task)
        .post("/incidents/{id}/notes", AGENT, incident::add_note)
        .post("/incidents/{id}/review", AGENT, incident::review)
        .post("/incidents/{id}/state", AGENT, incident::set_state)
        .post("/incidents/{id}/class", AGENT, incident::head::classify)
        .post("/incidents/{id}/told", AGENT, incident::told::add)
        .post("/incidents/{id}/told/{told}", AGENT, incident::told::remove)
        .post("/incidents/{id}/approve", MANAGER, incident::publish::approve)
        .get("/incidents/{id}/publish/{kind}", MANAGER, incident::publish::index)
        .post("/incidents/{id}/publish/{kind}", MANAGER, incident::publish::publish)
        .post("/incidents/{id}/withdraw", MANAGER, incident::publish::withdraw)
}

/// A level as it is drawn.
pub const fn drawn(level: WarningLevel) -> ui::Level {
    match level {
        WarningLevel::Watch => ui::Level::Watch,
        WarningLevel::Notice => ui::Level::Notice,
        WarningLevel::Alarm => ui::Level::Alarm,
    }
}

/// A moment, for machines and for people. Both strings outlive the view that borrows them.
struct Shown {
    iso: String,
    shown: String,
}

impl Shown {
    fn moment(t: &Texts, zone: &TimeZone, at: Timestamp) -> Self {
        Self { iso: at.to_string(), shown: t.moment(at, zone) }
    }

    fn since(t: &Texts, zone: &TimeZone, warning: &Warning) -> Self {
        Self { iso: warning.since_at.to_string(), shown: words::since(t, zone, warning) }
    }

    fn when(&self) -> When<'_> {
        When { iso: &self.iso, shown: &self.shown }
    }
}

/// What a conflict is for whoever sent the form.
fn conflict(error: foundation::store::StoreError) -> Problem {
    if error.is_conflict() { Problem::new(ProblemKind::Conflict, "problem-conflict") } else { error.into() }
}
