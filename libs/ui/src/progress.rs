//! Work that takes a while, and where one is in a short series of steps.

use maud::{Markup, html};

use crate::icon::{Icon, icon};

/// A piece of work in the background.
#[derive(Debug, Clone, Copy, Default)]
pub struct Progress<'a> {
    /// Unique in the page.
    pub id: &'a str,
    /// "Leyendo tus opiniones".
    pub label: &'a str,
    /// How many are done.
    pub done: u64,
    /// How many there are; `None` while nobody knows.
    pub total: Option<u64>,
    /// "312 de 2.000".
    pub text: &'a str,
    /// Where the script asks how it goes. It answers JSON `{done, total, text, finished, location}`; `location` is
    /// followed once `finished`. Without a script, give the page a `refresh_seconds`.
    pub url: Option<&'a str>,
}

/// Draws the bar and its words.
pub fn progress(work: &Progress<'_>) -> Markup {
    html! {
        div.progress data-progress-url=[work.url] {
            label.progress-label for=(work.id) { (work.label) }
            progress id=(work.id) max=[work.total.map(|total| total.max(1))]
                value=[work.total.map(|total| work.done.min(total))] {}
            p.progress-text data-progress-text { (work.text) }
            // Spoken now and then, not at every change: a counter read aloud each second is noise.
            p.vh role="status" data-progress-spoken {}
        }
    }
}

/// The head of a short wizard: the steps, the one we are at (from 1) and how to say that one is done.
pub fn steps(label: &str, names: &[&str], current: usize, done_label: &str) -> Markup {
    html! {
        nav.steps aria-label=(label) {
            ol {
                @for (place, name) in (1..).zip(names) {
                    @let done = place < current;
                    li class=[done.then_some("done")] aria-current=[(place == current).then_some("step")] {
                        span.step-mark aria-hidden="true" { @if done { (icon(Icon::Check)) } @else { (place) } }
                        span.step-name { (name) @if done { span.vh { " (" (done_label) ")" } } }
                    }
                }
            }
        }
    }
}
