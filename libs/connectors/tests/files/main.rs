//! Whole files through the public door: presets, encodings, hostile files, and speed.

mod hostile;
mod layouts;
mod paste;
mod presets;
mod shared_data;
mod support;
