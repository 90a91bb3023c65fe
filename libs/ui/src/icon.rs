//! Icons, sentiment faces and the logo as inline SVG.
//!
//! Every drawing is `aria-hidden`: the words beside it carry the meaning, and callers give those words. Faces are
//! drawn because emoji glyphs are missing on some phones. The path data below are constants of this file; nothing
//! that comes from a person ever reaches `PreEscaped`.

use maud::{Markup, PreEscaped, html};

/// A drawing in the icon set. Purely decorative: always put words beside it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Icon {
    /// Sun over the sea: the *today* page.
    #[default]
    Today,
    /// Speech bubble: what people said.
    Mentions,
    /// Arrow up out of a tray: bring a file in.
    Import,
    /// Arrow down into a tray: take a file out.
    Download,
    /// Antenna: where we listen.
    Sources,
    /// A person: account and settings.
    Account,
    /// Triangle with an exclamation mark.
    Warning,
    /// Tick.
    Check,
    /// Letter i in a circle.
    Info,
    /// Cross.
    Close,
    /// Magnifying glass.
    Search,
    /// Funnel lines.
    Filter,
    /// Arrow turning back: answer.
    Reply,
    /// Arrow leaving a box: opens another site.
    External,
    /// Arrow pointing to the start.
    Back,
    /// Arrow pointing to the end.
    Forward,
    /// Clock.
    Clock,
    /// Life ring: the cushion.
    Cushion,
    /// Anchor: a promise kept.
    Anchor,
    /// A filled star.
    Star,
    /// Envelope.
    Mail,
    /// A sheet of paper.
    File,
    /// Plus sign.
    Plus,
    /// Waste bin.
    Delete,
    /// Padlock.
    Lock,
    /// Pencil.
    Edit,
    /// Circular arrows: bring up to date.
    Refresh,
    /// Door with an arrow: sign out.
    SignOut,
    /// Closed marks: a quotation.
    Quote,
    /// An eye: worth a look.
    Eye,
    /// A ringing bell: an alarm.
    Bell,
}

impl Icon {
    const fn drawing(self) -> &'static str {
        match self {
            Self::Today => {
                r#"<path d="M12 3v2M4.6 6.6 6 8M19.4 6.6 18 8M7 14a5 5 0 0 1 10 0M2 14h2M20 14h2"/><path d="M3 18.5c1.5 0 1.5 1.5 3 1.5s1.5-1.5 3-1.5 1.5 1.5 3 1.5 1.5-1.5 3-1.5 1.5 1.5 3 1.5 1.5-1.5 3-1.5"/>"#
            }
            Self::Mentions => {
                r#"<path d="M4 5h16a1 1 0 0 1 1 1v10a1 1 0 0 1-1 1h-8l-5 4v-4H4a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1z"/><path d="M7.5 9.5h9M7.5 13h5.5"/>"#
            }
            Self::Import => {
                r#"<path d="M12 15V4M7.5 8.5 12 4l4.5 4.5M4 14v5a1 1 0 0 0 1 1h14a1 1 0 0 0 1-1v-5"/>"#
            }
            Self::Download => {
                r#"<path d="M12 4v11M7.5 10.5 12 15l4.5-4.5M4 14v5a1 1 0 0 0 1 1h14a1 1 0 0 0 1-1v-5"/>"#
            }
            Self::Sources => {
                r#"<path d="M12 12 8 21M12 12l4 9M9.5 17.5h5M8.3 12.2a5 5 0 1 1 7.4 0M5.6 15a9 9 0 1 1 12.8 0"/><circle cx="12" cy="9" r="1.4" fill="currentColor"/>"#
            }
            Self::Account => {
                r#"<circle cx="12" cy="8" r="4"/><path d="M4.5 20.5c.6-4 3.6-6 7.5-6s6.9 2 7.5 6"/>"#
            }
            Self::Warning => r#"<path d="M12 4 2.8 20h18.4z"/><path d="M12 10v4.5M12 17.2v.1"/>"#,
            Self::Check => r#"<path d="m5 12.5 4.5 4.5L19.5 7"/>"#,
            Self::Info => r#"<circle cx="12" cy="12" r="9"/><path d="M12 11v5.5M12 7.7v.1"/>"#,
            Self::Close => r#"<path d="m6 6 12 12M18 6 6 18"/>"#,
            Self::Search => r#"<circle cx="11" cy="11" r="6.5"/><path d="m16 16 4.5 4.5"/>"#,
            Self::Filter => r#"<path d="M4 7h16M7 12h10M10 17h4"/>"#,
            Self::Reply => r#"<path d="M9 6 4 11l5 5M4 11h9a7 7 0 0 1 7 7v1"/>"#,
            Self::External => {
                r#"<path d="M14 4h6v6M20 4l-9 9M18 14v5a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V7a1 1 0 0 1 1-1h5"/>"#
            }
            Self::Back => r#"<path d="M20 12H5M11 6l-6 6 6 6"/>"#,
            Self::Forward => r#"<path d="M4 12h15M13 6l6 6-6 6"/>"#,
            Self::Clock => r#"<circle cx="12" cy="12" r="9"/><path d="M12 7v5.3l3.5 2.2"/>"#,
            Self::Cushion => {
                r#"<circle cx="12" cy="12" r="9"/><circle cx="12" cy="12" r="3.8"/><path d="m5.6 5.6 3.7 3.7M18.4 5.6l-3.7 3.7M5.6 18.4l3.7-3.7M18.4 18.4l-3.7-3.7"/>"#
            }
            Self::Anchor => {
                r#"<circle cx="12" cy="5" r="2"/><path d="M12 7v14M8 11h8M4 13c0 5 3.5 8 8 8s8-3 8-8"/>"#
            }
            Self::Star => {
                r#"<path fill="currentColor" d="m12 3.5 2.6 5.4 5.9.8-4.3 4.1 1 5.9-5.2-2.8-5.2 2.8 1-5.9-4.3-4.1 5.9-.8z"/>"#
            }
            Self::Mail => {
                r#"<rect x="3" y="5.5" width="18" height="13" rx="1.5"/><path d="m3.5 7 8.5 6 8.5-6"/>"#
            }
            Self::File => {
                r#"<path d="M14 3H6a1 1 0 0 0-1 1v16a1 1 0 0 0 1 1h12a1 1 0 0 0 1-1V8zM14 3v5h5M8.5 13h7M8.5 16.5h7"/>"#
            }
            Self::Plus => r#"<path d="M12 5v14M5 12h14"/>"#,
            Self::Delete => r#"<path d="M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13M10 11v5.5M14 11v5.5"/>"#,
            Self::Lock => {
                r#"<rect x="5" y="10.5" width="14" height="10" rx="1.5"/><path d="M8 10.5V8a4 4 0 0 1 8 0v2.5"/>"#
            }
            Self::Edit => {
                r#"<path d="M4 20l1-4.5L16 4.5a1.4 1.4 0 0 1 2 0l1.5 1.5a1.4 1.4 0 0 1 0 2L8.5 19zM14 6.5l3.5 3.5"/>"#
            }
            Self::Refresh => {
                r#"<path d="M4.5 10a8 8 0 0 1 14-3l1.5 2M20 4.5V9h-4.5M19.5 14a8 8 0 0 1-14 3L4 15M4 19.5V15h4.5"/>"#
            }
            Self::SignOut => r#"<path d="M10 4H5a1 1 0 0 0-1 1v14a1 1 0 0 0 1 1h5M9.5 12H20M16 8l4 4-4 4"/>"#,
            Self::Quote => r#"<path d="M10 7H5v6h4.5c0 2-1 3.5-3 4M19.5 7h-5v6H19c0 2-1 3.5-3 4"/>"#,
            Self::Eye => {
                r#"<path d="M2.5 12C5 7.8 8.2 5.7 12 5.7s7 2.1 9.5 6.3c-2.5 4.2-5.7 6.3-9.5 6.3S5 16.2 2.5 12z"/><circle cx="12" cy="12" r="2.8"/>"#
            }
            Self::Bell => {
                r#"<path d="M6.5 10.5a5.5 5.5 0 0 1 11 0c0 4.5 2 5.5 2 6.5h-15c0-1 2-2 2-6.5zM10 20.3c1.2 1 2.8 1 4 0M2.5 8.5c.4-2 1.3-3.6 2.7-4.8M21.5 8.5c-.4-2-1.3-3.6-2.7-4.8"/>"#
            }
        }
    }
}

/// An icon, the size of the text around it (CSS class `icon`). Decorative: hidden from assistive technology.
pub fn icon(icon: Icon) -> Markup {
    html! {
        svg.icon viewBox="0 0 24 24" width="24" height="24" fill="none" stroke="currentColor" stroke-width="1.8"
            stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false" {
            (PreEscaped(icon.drawing()))
        }
    }
}

/// How a text sounds. `Unsure` is an honest answer, not an error.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Face {
    /// Unhappy.
    Negative,
    /// Neither happy nor unhappy.
    Neutral,
    /// Happy.
    Positive,
    /// We cannot tell.
    #[default]
    Unsure,
}

impl Face {
    const fn drawing(self) -> &'static str {
        match self {
            Self::Negative => r#"<path d="M8 16.5c1-1.7 2.4-2.5 4-2.5s3 .8 4 2.5M8.8 9.5v.6M15.2 9.5v.6"/>"#,
            Self::Neutral => r#"<path d="M8.5 15h7M8.8 9.5v.6M15.2 9.5v.6"/>"#,
            Self::Positive => r#"<path d="M8 14c1 1.7 2.4 2.5 4 2.5s3-.8 4-2.5M8.8 9.5v.6M15.2 9.5v.6"/>"#,
            Self::Unsure => {
                r#"<path d="M9.7 9.6c.2-1.4 1.1-2.1 2.4-2.1 1.4 0 2.3.8 2.3 2 0 1.9-2.3 1.9-2.3 4M12.1 16.5v.1"/>"#
            }
        }
    }

    /// The class that colours this face, its chart series and its badge alike.
    pub(crate) const fn class(self) -> &'static str {
        match self {
            Self::Negative => "negative",
            Self::Neutral => "neutral",
            Self::Positive => "positive",
            Self::Unsure => "unsure",
        }
    }
}

/// A face followed by its word ("Descontento"). The word is always shown: colour and shape never stand alone.
pub fn sentiment(face: Face, word: &str) -> Markup {
    html! {
        span class={ "face " (face.class()) } {
            (face_drawing(face))
            span { (word) }
        }
    }
}

/// Only the drawing of a face, hidden from assistive technology.
pub fn face_drawing(face: Face) -> Markup {
    html! {
        svg.icon viewBox="0 0 24 24" width="24" height="24" fill="none" stroke="currentColor" stroke-width="1.8"
            stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false" {
            circle.disc cx="12" cy="12" r="9.5" {}
            (PreEscaped(face.drawing()))
        }
    }
}

/// The helm: eight spokes, a rim and a hub. Decorative; the product name is written beside it.
pub fn logo() -> Markup {
    html! {
        svg.logo viewBox="0 0 48 48" width="40" height="40" fill="none" stroke="currentColor" stroke-width="3"
            stroke-linecap="round" aria-hidden="true" focusable="false" {
            (PreEscaped(r#"<circle cx="24" cy="24" r="13.5"/><path d="M24 3v14M24 31v14M3 24h14M31 24h14M9.2 9.2l9.9 9.9M28.9 28.9l9.9 9.9M38.8 9.2l-9.9 9.9M19.1 28.9l-9.9 9.9"/>"#))
            circle.hub cx="24" cy="24" r="5.5" stroke="none" {}
        }
    }
}

/// A calm sea, as wide as its place. Decorative.
pub(crate) fn waves() -> Markup {
    html! {
        svg.waves viewBox="0 0 400 56" preserveAspectRatio="none" aria-hidden="true" focusable="false" {
            path.wave-far d="M0 22q50-22 100 0t100 0 100 0 100 0v34H0z" {}
            path.wave-near d="M0 42q50 18 100 0t100 0 100 0 100 0v14H0z" {}
        }
    }
}
