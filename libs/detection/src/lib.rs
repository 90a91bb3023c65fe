//! Mentions in; warnings, with their evidence and their false-alarm budget, out.

mod calendar;
mod copies;
mod detector;
mod growth;
mod row;
mod segments;
pub mod sight;
mod statistic;
pub mod stream;
mod types;
mod voices;

pub use detector::Detector;
pub use types::*;
