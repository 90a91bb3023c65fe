//! The ground floor: what every room stands on and none of them owns.
//!
//! [`store`] one store over two engines, scoped by organisation · [`context`] clock, randomness and store as arguments
//! · [`steps`] the runner of background work · [`web`] routes with their access, pages, the accept loop · [`config`]
//! the only place that reads the environment. It knows no room and no platform.

pub mod config;
pub mod context;
pub mod sealed;
pub mod steps;
pub mod store;
pub mod web;

pub use context::{Clock, Context};
