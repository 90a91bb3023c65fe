//! Other places where somebody may write, listed before the questions and after them.
//!
//! **What must stay true.** They are drawn here and by `asking::words::links` alone, which are given the places and nothing
//! else: neither can know who asks, what she answered or whether she did. All are alike, in the order their owner gave them.

use foundation::web::Texts;
use invite::Link;
use maud::{Markup, html};

/// The places; nothing where there are none.
pub fn places(t: &Texts, links: &[Link]) -> Markup {
    html! {
        @if !links.is_empty() {
            p { (t.get("review-places")) }
            (asking::words::links(links))
        }
    }
}
