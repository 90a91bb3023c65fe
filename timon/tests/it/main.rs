//! Journeys through the whole house, each on SQLite and on PostgreSQL, with a clock that only moves when told. They
//! call the same router that `timon serve` serves, so guard, headers, forms and pages are the real ones.
//!
//! PostgreSQL journeys need `TIMON_TEST_POSTGRES` (the test command sets it); without it they say so and skip.

mod access;
mod api;
mod app;
mod feeds;
mod first_run;
mod imports;
mod keep_safe;
mod notify;
mod numbers;
mod pages;
mod statements;
mod texts;
mod understand;
mod warn;
mod webhooks;
