//! The words every room shares: ids, kinds and roles. Plain data, no I/O, no decisions.
//!
//! One word for one thing: `Organization` (a business or a person, the tenant), `Place`, `Member`, `Source`
//! (a configured connector), `Mention` (anything someone said), `Reading` (what we understood of it), `Reply`.
//! Start at [`ids`] and [`words`].

pub mod ids;
pub mod words;

pub use ids::*;
pub use words::*;
