//! Journeys through the whole house, each on SQLite and on PostgreSQL, with a clock that only moves when told. They
//! call the same router that `timon serve` serves, so guard, headers, forms and pages are the real ones.
//!
//! PostgreSQL journeys need `TIMON_TEST_POSTGRES` (the test command sets it); without it they say so and skip.

mod access;
mod api;
mod api_replies;
mod app;
mod cushion_pages;
mod customer_files;
mod customers;
mod drill;
mod fairness;
mod feeds;
mod first_run;
mod imports;
mod incidents;
mod invitations;
mod keep_safe;
mod mailbox;
mod notify;
mod numbers;
mod pages;
mod respond;
mod reviews;
mod shops;
mod statements;
mod texts;
mod understand;
mod values;
mod warn;
mod webhooks;
