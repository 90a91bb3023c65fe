//! **onnx**: a second, heavier opinion on a text, by a classifier that the operator supplies.
//!
//! *What for.* The model in the binary is small and says *unsure* where it is. Who has a larger classifier, trained
//! elsewhere and exported to ONNX, lets it answer those texts, and only those: [`Classifier::second_opinion`].
//!
//! *How.* Two files: the network, and a description in JSON ([`Description`]) of what it wants to be given and what
//! its outputs mean. The network is run by `tract`, which is Rust all the way down: no shared library to install, no
//! network access, no accelerator. Shapes are fixed when the file is opened and one full run is timed then, so that
//! every later run costs the same.
//!
//! *What it never does.* It opens no file but the ones it is given (weights kept outside the ONNX file are refused by
//! the runtime), never downloads anything, and a damaged or hostile file is an error and not the end of the program.
//!
//! *Rejected.* `ort`: faster on large networks, but it binds a C++ library of 20 MB that has to be found at run time
//! or downloaded while building. The `tokenizers` crate: a C regular-expression engine and forty crates for what
//! `wordpiece` does in a hundred lines; only WordPiece vocabularies (the BERT family) are read.
//!
//! *Where to start.* [`Classifier::open`].

mod bag;
mod classifier;
mod description;
mod wordpiece;

#[cfg(test)]
mod tests;

pub use classifier::{Classifier, OnnxError};
pub use description::{Description, Input, Output};
