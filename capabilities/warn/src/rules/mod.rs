//! What this room decides. Pure: how a mention is weighed in `weigh`, what a report changes in `change`, what a warning
//! tells in `story`, what the owner's past would have raised in `past`, how far
//! a text of an incident has come in `publication`.

pub mod change;
pub mod past;
pub mod publication;
pub mod story;
pub mod weigh;

#[cfg(test)]
mod tests;
