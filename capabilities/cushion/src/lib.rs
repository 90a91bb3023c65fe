//! **Cushion**: how good what strangers see is (*Nota*), and how many angry customers it can take (*Colchón*).
//!
//! *What for*: a typical local business falls under four stars with six angry customers and no product tells it so; and
//! whoever speaks in public is no sample of its customers.
//! *How*: [`surface`] holds how each platform shows its ratings and the cushion's one formula; [`newcomer`] what a stranger
//! reads first; [`stress`] what if; [`plan`] how many to ask; [`majority`] what a random sample says beside what is public,
//! from what [`census`] weighs; [`nota`] the time-weighted mean; [`numbers`] puts them together; [`store`] reads earlier
//! rooms' tables (it owns none); [`pages`] draws the two cards of *Hoy*, `/cushion` and `/majority`.
//! *What it never does*: show a number below its minimum, a number without its interval, or a secret score; promise who
//! answers; conclude from too little; publish anything. (`report`, for the command line, computes for whatever it is given
//! and says how many that was.)
//! *Start at* [`surface::Surface::cushion`] and [`numbers::whole`].

pub mod census;
pub mod majority;
pub mod newcomer;
pub mod nota;
pub mod numbers;
pub mod pages;
pub mod plan;
pub mod report;
pub mod store;
pub mod stress;
pub mod surface;

/// Below this many ratings nothing is said: "can't say yet".
pub const RATINGS_MIN: u64 = 10;
