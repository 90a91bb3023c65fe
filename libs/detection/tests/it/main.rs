//! What the detector promises, seen from outside.

mod life;
mod promises;
mod world;
