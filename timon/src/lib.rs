//! **Timón, the program**: the only crate that knows every room. [`cli`] has one file per command, [`schedule`] is the
//! flow of background work written once, [`access`] is who may call what, [`api`] is for programs, [`today`] is the first page.
//!
//! It is a library only so that the journeys in `tests/it` can walk through the whole house.

pub mod access;
pub mod api;
pub mod cli;
pub mod digest;
mod health;
pub mod person;
pub mod public;
pub mod schedule;
pub mod today;
