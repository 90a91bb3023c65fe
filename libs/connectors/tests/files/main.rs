//! Whole files through the public door: presets, encodings, hostile files, and speed.

#![allow(clippy::unwrap_used, clippy::float_cmp, reason = "a test says what it expects by failing")]

mod hostile;
mod layouts;
mod paste;
mod presets;
mod shared_data;
mod support;
