//! Routes of this room: who waits, one answer, saved replies and how to answer, complaints, promises, Palabra.

pub mod answer;
pub mod complaint;
pub mod complaints;
pub mod promises;
pub mod queue;
pub mod settings;
pub mod word;

use domain::Role;
use foundation::store::StoreError;
use foundation::web::{Access, Member, Problem, ProblemKind, Routes, Texts};
use jiff::{Timestamp, tz::TimeZone};

use crate::store::replies::By;

const READER: Access = Access::Member(Role::Viewer);
const AGENT: Access = Access::Member(Role::Agent);
const MANAGER: Access = Access::Member(Role::Manager);

const INVALID: Problem = Problem::new(ProblemKind::Invalid, "problem-invalid-form");

/// This room's routes.
pub fn routes() -> Routes {
    Routes::new()
        .get("/answers", READER, queue::index)
        .get("/answers/aside", READER, queue::aside)
        .get("/answers/settings", READER, settings::index)
        .post("/answers/settings", MANAGER, settings::save)
        .post("/answers/saved", AGENT, settings::add_saved)
        .post("/answers/saved/{id}", AGENT, settings::change_saved)
        .get("/answers/{id}", READER, answer::index)
        .post("/answers/{id}", AGENT, answer::act)
        .post("/answers/{id}/check", AGENT, answer::check)
        .post("/answers/{id}/decide", AGENT, queue::decide)
        .post("/mentions/{id}/answered", AGENT, queue::mark_answered)
        .post("/mentions/{id}/complaint", AGENT, complaint::open)
        .get("/complaints", READER, complaints::index)
        .post("/complaints", AGENT, complaints::write_down)
        .get("/complaints/register.csv", MANAGER, complaints::register)
        .get("/complaints/{id}", READER, complaint::index)
        .post("/complaints/{id}", AGENT, complaint::act)
        .get("/complaints/{id}/receipt.pdf", AGENT, complaint::receipt)
        .get("/promises", READER, promises::index)
        .post("/promises/{id}", AGENT, promises::settle)
        .get("/word", READER, word::index)
}

/// What a conflict is for whoever sent the form.
fn conflict(error: StoreError) -> Problem {
    if error.is_conflict() { Problem::new(ProblemKind::Conflict, "problem-conflict") } else { error.into() }
}

/// The same for what a door of another room says.
fn conflict_in(error: anyhow::Error) -> Problem {
    match error.downcast::<StoreError>() {
        Ok(error) => conflict(error),
        Err(error) => error.into(),
    }
}

fn by(member: &Member) -> By {
    By { account: member.principal.account }
}

/// How long is left, or how long it is over, in words.
fn time_left(t: &Texts, due_at: Timestamp, now: Timestamp) -> String {
    let hours = due_at.duration_since(now).as_hours();
    let (key, n) = match hours {
        48.. => ("due-in-days", hours / 24),
        1..=47 => ("due-in-hours", hours),
        0 if due_at >= now => ("due-soon", 0),
        -47..=0 => ("due-over-hours", -hours),
        _ => ("due-over-days", -hours / 24),
    };
    t.with(key, &[("n", n.into())]).into_owned()
}

/// A day since 1970 in the zone, and back from what a date field sends.
fn today(now: Timestamp, zone: &TimeZone) -> i64 {
    listen::rules::day_of(now, zone)
}

/// The day a date field sent (`2026-11-26`), as days since 1970.
fn day_of_field(text: &str) -> Option<i64> {
    let date: jiff::civil::Date = text.trim().parse().ok()?;
    let days = date.since((jiff::Unit::Day, jiff::civil::date(1970, 1, 1))).ok()?.get_days();
    Some(i64::from(days))
}

/// A day since 1970 as a date field shows it.
fn field_of_day(day: i64) -> String {
    let day = jiff::Span::new().days(day.clamp(0, 100_000));
    jiff::civil::date(1970, 1, 1).checked_add(day).map(|date| date.to_string()).unwrap_or_default()
}
