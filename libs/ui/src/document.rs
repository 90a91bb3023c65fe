//! A dossier: a document to print, to save as PDF, or to hand over as one file.
//!
//! [`dossier`] is its content. Inside a page, the style sheet's rules for paper leave out navigation and colours.
//! [`standalone`] wraps it in a file of its own: a small style sheet inside, no script, nothing asked from outside, so
//! that it opens anywhere and in ten years. The file forbids scripts and requests by itself, so that a mistake in its
//! content stays words.

use maud::{DOCTYPE, Markup, PreEscaped, html};

/// The looks of a file of its own; the same classes as in `assets/timon.css`, on white paper only.
const CSS: &str = include_str!("document.css");

/// What the file allows itself: its own style sheet and nothing else.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/// A dossier.
#[derive(Debug, Clone, Default)]
pub struct Dossier<'a> {
    /// "Catorce opiniones en tres días": its heading, repeated at the head of each printed page.
    pub title: &'a str,
    /// One sentence under the heading; empty for none.
    pub lead: &'a str,
    /// Whose it is and from when ("Bar La Marina · 26 de noviembre de 2026"), at the head of each printed page.
    pub running_head: &'a str,
    /// Small print at the end, such as how the figures came about; empty for none.
    pub small_print: &'a str,
    /// Sections, each with an `h2`.
    pub content: Markup,
}

/// Draws a dossier, with the only `h1` of its page. The head that is repeated on paper is not seen on a screen.
pub fn dossier(dossier: &Dossier<'_>) -> Markup {
    html! {
        article.dossier {
            div.running-head aria-hidden="true" { p { span { (dossier.title) } span { (dossier.running_head) } } }
            div.dossier-body {
                header {
                    h1 { (dossier.title) }
                    p.hint { (dossier.running_head) }
                    @if !dossier.lead.is_empty() { p.lead { (dossier.lead) } }
                }
                (dossier.content)
                @if !dossier.small_print.is_empty() { p.hint.small-print { (dossier.small_print) } }
            }
        }
    }
}

/// A part of a dossier with its heading.
pub fn section(title: &str, content: &Markup) -> Markup {
    html! { section.question { h2 { (title) } (content) } }
}

/// A link whose address is written after it on paper. Other links are printed as plain words.
pub fn printed_link(label: &str, href: &str) -> Markup {
    html! { a.printed href=(href) rel="noopener noreferrer" { (label) } }
}

/// A whole document in one file: `body` with a style sheet inside, without script and without anything from outside.
/// `lang` is the code of its language ("es").
///
/// ```
/// let file = ui::document::standalone("Dosier", "es", &maud::html! { h1 { "Dosier" } });
/// assert!(file.starts_with("<!DOCTYPE html>"));
/// ```
pub fn standalone(title: &str, lang: &str, body: &Markup) -> String {
    html! {
        (DOCTYPE)
        html lang=(lang) {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="referrer" content="no-referrer";
                title { (title) }
                // A constant of this crate: nothing that comes from a person is in it.
                style { (PreEscaped(CSS)) }
            }
            body { main { (body) } }
        }
    }
    .into_string()
}
