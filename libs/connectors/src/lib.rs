//! What is said about a business elsewhere, turned into items.
//!
//! **What for.** Reviews and posts live on platforms and in the files those platforms export. This crate
//! brings them in; it knows nothing of organisations, databases or screens.
//!
//! **How.** Every source ends in the same [`item::Item`]. [`file`] reads any export a person downloads or
//! pastes (CSV, Excel, JSON, Takeout); `feed` reads RSS, Atom and JSON feeds; [`mail`] reads a mailbox and understands
//! its letters; [`shops`] understands what shops on the web tell of their orders; `notify` goes the other way and tells people something; whatever opens a socket goes through `egress` or
//! its judgement, which refuses private addresses.
//!
//! **What it never does.** It never decides whether an item is new, never stores anything and never reads the
//! clock: the caller passes the time and the time zone.
//!
//! **Where to start.** [`item`] for the shape, then [`file::inspect`] and [`file::read`].

pub mod egress;
pub mod feed;
pub mod file;
pub mod item;
pub mod mail;
pub mod notify;
pub mod phone;
pub mod shops;
