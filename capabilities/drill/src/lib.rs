//! **Drill**: a quarter of an hour, twice a year, in which nothing real happens and everything is tried.
//!
//! *What for*: on the bad day nobody has time to find out who decides or what to say first. In a drill the owner walks
//! through a small invented campaign with a clock, sees when her own detector would have warned, and gets one next step.
//! *How*: [`step::prepare`] fills a [`copy`] (a SQLite database of its own, in the data folder) with her last four hundred
//! days, lets the invented voices come in one after another and weighs them with the real `warn`. `pages` walk through
//! five steps over that copy and write down what she did; [`rules`] makes the report. The copy is deleted at the end.
//! *What it never does*: touch a mention, a warning, a message or an incident of hers. The copy has no channels and no
//! means to send, and only the table `drill` of the real store is written. Every page says that it is a drill.
//! *Start at* [`step::prepare`].

pub mod copy;
pub mod pages;
pub mod rules;
pub mod step;
pub mod store;

pub use store::due;

/// Woken when somebody asked for a drill.
pub const ASKED: &str = "drill-asked";
