//! Routes of this room.

pub mod word;
