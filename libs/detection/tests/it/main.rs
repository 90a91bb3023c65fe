//! What the detector promises, seen from outside.

mod asked;
mod life;
mod promises;
mod world;
