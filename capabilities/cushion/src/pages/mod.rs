//! What this room shows: the two cards of *Hoy*, the page of the cushion with its questions, and the page of the silent
//! majority. All of them only read.

mod cards;
mod first;
mod majority;
mod page;
mod plan;

use domain::Role;
use foundation::web::{Access, Routes};
use jiff::{Timestamp, tz::TimeZone};

pub use cards::cards;
pub use majority::{MajorityView, majority_page};
pub use page::{CushionView, cushion_page};
pub use plan::PlanView;

/// This room's routes.
pub fn routes() -> Routes {
    let reader = Access::Member(Role::Viewer);
    Routes::new().get("/cushion", reader, page::index).get("/majority", reader, majority::index)
}

fn epoch() -> jiff::civil::Date {
    jiff::civil::date(1970, 1, 1)
}

/// The day of a moment in a zone, since 1970.
fn day_of(now: Timestamp, zone: &TimeZone) -> i64 {
    days_of(zone.to_datetime(now).date()).unwrap_or(0)
}

fn days_of(date: jiff::civil::Date) -> Option<i64> {
    Some(i64::from(date.since((jiff::Unit::Day, epoch())).ok()?.get_days()))
}

/// The day a date field sent (`2026-11-26`), as days since 1970.
fn day_of_field(text: &str) -> Option<i64> {
    days_of(text.trim().parse().ok().filter(|_| text.len() <= 32)?)
}

/// What a date field takes.
fn field_of_day(day: i64) -> String {
    let span = jiff::Span::new().days(day.clamp(0, 100_000));
    epoch().checked_add(span).unwrap_or(epoch()).to_string()
}

/// A whole number a field sent, cut to its bounds; `usual` for what is none.
fn number_of_field(text: &str, least: u64, most: u64, usual: u64) -> u64 {
    text.trim().parse::<u64>().map_or(usual, |n| n.clamp(least, most))
}
