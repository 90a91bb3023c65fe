//! **The interface's furniture**: pages, cards, forms, lists, charts, warnings and dossiers as plain functions.
//!
//! *What for*: every page of the program looks, reads and behaves the same, on a cheap phone, with a keyboard, with a
//! screen reader, on paper and without JavaScript.
//!
//! *How*: functions take strings that are already translated and numbers that are already computed, and return
//! [`maud::Markup`]. [`Button`] and [`Field`] are small builders that implement [`maud::Render`], so they are written
//! straight inside `html! { (Button::primary("Guardar")) }`. The looks live in `assets/timon.css`, the optional
//! behaviour in `assets/timon.js`.
//!
//! *What it never does*: know the product's data, translate, format a number or a date, read a clock, emit a `style`
//! attribute, an inline script or a `data:` address (the content security policy forbids the three), or mark anything
//! that came from a person as already escaped. The one exception is a file of its own ([`document::standalone`]), which
//! is no page under that policy: it carries a style sheet inside and brings a stricter policy with it.
//!
//! *Where to start*: [`page()`] for the frame, then `cargo run -p ui --example gallery -- FOLDER` and open the result.

mod card;
pub mod chart;
pub mod document;
mod field;
mod form;
mod icon;
mod list;
mod mention;
mod page;
mod progress;
mod warning;

pub use card::*;
pub use field::*;
pub use form::*;
pub use icon::*;
pub use list::*;
pub use mention::*;
pub use page::*;
pub use progress::*;
pub use warning::*;

#[cfg(test)]
mod tests;
