//! Other places where somebody may write, listed before the questions and after them.
//!
//! **What must stay true.** This is the only function that draws them, and it is given the places and nothing else: it cannot
//! know who asks, what she answered or whether she did. All are drawn alike, in the order their owner gave them.

use foundation::web::Texts;
use invite::Link;
use maud::{Markup, html};
use ui::actions;

/// The places; nothing where there are none.
pub fn places(t: &Texts, links: &[Link]) -> Markup {
    html! {
        @if !links.is_empty() {
            p { (t.get("review-places")) }
            (actions(&html! {
                @for link in links {
                    a.button.secondary href=(link.url) rel="noopener noreferrer nofollow" { (link.name) }
                }
            }))
        }
    }
}
