//! **Cushion**: how good what strangers see is (*Nota*), and how many angry customers it can take (*Colchón*).
//!
//! *What for*: a typical local business falls under four stars with six angry customers and no product tells it so.
//! *How*: [`surface`] holds how each platform shows its ratings and the cushion's one formula; [`nota`] the
//! time-weighted mean; [`store`] reads `listen`'s day counts (it owns no table yet); [`pages`] draws the two cards.
//! *What it never does*: show a number below its minimum, a number without its interval, or a secret score. (`report`,
//! for the command line, computes for whatever it is given and says how many that was.)
//! *Start at* [`surface::Surface::cushion`] and [`numbers::numbers`].

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
