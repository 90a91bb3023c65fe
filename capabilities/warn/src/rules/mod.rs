//! What this room decides. Pure: how a mention is weighed in `weigh`, what a report changes in `change`, what a warning
//! tells in `story`, what the owner's past would have raised in `past`.

pub mod change;
pub mod past;
pub mod story;
pub mod weigh;

#[cfg(test)]
mod tests;
