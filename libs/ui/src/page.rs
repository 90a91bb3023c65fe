//! The frame of every page: head, skip link, bar, navigation, content, foot; and the bare frame for signing in.
//!
//! One `<nav>` in the document: CSS draws it as a bottom tab bar under the thumb on phones and as a side rail on wide
//! screens. A second copy for one of the two would be read twice by a screen reader.

use maud::{DOCTYPE, Markup, html};

use crate::icon::{Icon, icon, logo, waves};

/// Which colours to use. `Auto` follows the device; the person may override it in their browser.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Theme {
    /// Follow the device.
    #[default]
    Auto,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl Theme {
    /// The value of `data-theme` on `<html>`; `None` leaves the choice to the device.
    const fn attribute(self) -> Option<&'static str> {
        match self {
            Self::Auto => None,
            Self::Light => Some("light"),
            Self::Dark => Some("dark"),
        }
    }
}

/// Where the style sheet, the script and the icon are served from, with whatever version mark the server adds.
#[derive(Debug, Clone, Copy)]
pub struct Assets<'a> {
    /// Path of `timon.css`.
    pub css: &'a str,
    /// Path of `timon.js`.
    pub script: &'a str,
    /// Path of `icon.svg`.
    pub icon: &'a str,
}

impl Default for Assets<'_> {
    fn default() -> Self {
        Self { css: "/assets/timon.css", script: "/assets/timon.js", icon: "/assets/icon.svg" }
    }
}

/// One entry of the main navigation. Four or five fit a phone; more do not.
#[derive(Debug, Clone, Copy, Default)]
pub struct NavItem<'a> {
    /// Where it leads.
    pub href: &'a str,
    /// One short word.
    pub label: &'a str,
    /// The drawing above (phone) or before (wide screen) the word.
    pub icon: Icon,
    /// Whether the reader is there now.
    pub current: bool,
    /// A count to show beside the word and how to say it aloud: `("2", "2 por contestar")`.
    pub count: Option<(&'a str, &'a str)>,
}

/// A page inside the program.
#[derive(Debug, Clone, Default)]
pub struct Page<'a> {
    /// Language of the page, as in `lang="es"`.
    pub lang: &'a str,
    /// Title of the page, without the product's name.
    pub title: &'a str,
    /// Name of the product, shown beside the helm and after the title.
    pub product: &'a str,
    /// The business or person this page is about.
    pub organization: &'a str,
    /// Where the name at the top leads, usually the first page.
    pub home_href: &'a str,
    /// Four or five entries.
    pub nav: &'a [NavItem<'a>],
    /// Name of the navigation for screen readers ("Menú principal").
    pub nav_label: &'a str,
    /// "Saltar al contenido".
    pub skip_label: &'a str,
    /// What the page is for. It should hold the only `h1`.
    pub content: Markup,
    /// Small tools at the top end, such as a language switch or a sign-out form.
    pub tools: Option<Markup>,
    /// Small print under the content.
    pub footer: Option<Markup>,
    /// Light, dark or whatever the device says.
    pub theme: Theme,
    /// Reload after so many seconds when there is no JavaScript (a page with a running [`crate::progress`]).
    pub refresh_seconds: Option<u32>,
    /// Where the files are served from.
    pub assets: Assets<'a>,
}

/// A page without navigation: sign-in, first run, an error before there is an organisation.
#[derive(Debug, Clone, Default)]
pub struct BarePage<'a> {
    /// Language of the page.
    pub lang: &'a str,
    /// Title of the page, without the product's name.
    pub title: &'a str,
    /// Name of the product, written under the helm.
    pub product: &'a str,
    /// One line under the name ("Toma el timón de lo que dicen de ti"); empty for none.
    pub tagline: &'a str,
    /// "Saltar al contenido".
    pub skip_label: &'a str,
    /// What goes in the card. It should hold the only `h1`.
    pub content: Markup,
    /// Under the card, such as a language switch.
    pub footer: Option<Markup>,
    /// Whether the card is wider, for the first-run wizard.
    pub wide: bool,
    /// Light, dark or whatever the device says.
    pub theme: Theme,
    /// Where the files are served from.
    pub assets: Assets<'a>,
}

fn head(lang_title: &str, product: &str, assets: Assets<'_>, refresh_seconds: Option<u32>) -> Markup {
    html! {
        head {
            meta charset="utf-8";
            meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover";
            meta name="color-scheme" content="light dark";
            meta name="theme-color" content="#0b3745";
            title {
                @if lang_title.is_empty() || lang_title == product { (product) } @else { (lang_title) " · " (product) }
            }
            link rel="icon" href=(assets.icon) type="image/svg+xml";
            link rel="stylesheet" href=(assets.css);
            // Not deferred on purpose: its first line applies the saved theme before anything is painted.
            script src=(assets.script) {}
            @if let Some(seconds) = refresh_seconds {
                noscript { meta http-equiv="refresh" content=(seconds); }
            }
        }
    }
}

/// A whole document inside the program.
pub fn page(page: &Page<'_>) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(page.lang) data-theme=[page.theme.attribute()] {
            (head(page.title, page.product, page.assets, page.refresh_seconds))
            body.app {
                a.skip href="#content" { (page.skip_label) }
                header.rail {
                    a.brand href=(page.home_href) {
                        (logo())
                        span.brand-words {
                            span.brand-product { (page.product) }
                            span.brand-name { (page.organization) }
                        }
                    }
                    (navigation(page))
                    @if let Some(tools) = &page.tools { div.tools { (tools) } }
                    (waves())
                }
                main #content tabindex="-1" { (page.content) }
                @if let Some(footer) = &page.footer { footer.foot { (footer) } }
            }
        }
    }
}

fn navigation(page: &Page<'_>) -> Markup {
    html! {
        nav.tabs aria-label=(page.nav_label) {
            ul {
                @for item in page.nav {
                    li {
                        a href=(item.href) aria-current=[item.current.then_some("page")] {
                            span.tab-icon {
                                (icon(item.icon))
                                @if let Some((shown, _)) = item.count { span.count aria-hidden="true" { (shown) } }
                            }
                            span.tab-label { (item.label) }
                            @if let Some((_, said)) = item.count { span.vh { " (" (said) ")" } }
                        }
                    }
                }
            }
        }
    }
}

/// A whole document with one centred card and the helm above it.
pub fn bare_page(page: &BarePage<'_>) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(page.lang) data-theme=[page.theme.attribute()] {
            (head(page.title, page.product, page.assets, None))
            body.bare {
                a.skip href="#content" { (page.skip_label) }
                header.bare-brand {
                    (logo())
                    p.bare-product { (page.product) }
                    @if !page.tagline.is_empty() { p.bare-tagline { (page.tagline) } }
                    (waves())
                }
                main #content tabindex="-1" class={ "bare-card" @if page.wide { " wide" } } { (page.content) }
                @if let Some(footer) = &page.footer { footer.foot { (footer) } }
            }
        }
    }
}

/// The heading of a page: the only `h1`, an optional sentence under it and optional actions beside it.
pub fn page_header(title: &str, lead: &str, actions: Option<Markup>) -> Markup {
    html! {
        div.page-header {
            div {
                h1 { (title) }
                @if !lead.is_empty() { p.lead { (lead) } }
            }
            @if let Some(actions) = actions { div.actions { (actions) } }
        }
    }
}

/// A link up one level, above the page heading.
pub fn back_link(label: &str, href: &str) -> Markup {
    html! { a.back href=(href) { (icon(Icon::Back)) span { (label) } } }
}

/// A form of buttons, one for each language, each written in its own language.
#[derive(Debug, Clone, Copy, Default)]
pub struct LanguageSwitch<'a> {
    /// Where the form posts to.
    pub action: &'a str,
    /// Name of the group for screen readers ("Idioma").
    pub label: &'a str,
    /// Name of the value that is sent ("lang").
    pub name: &'a str,
    /// Code and own name of each language: `("es", "Español")`.
    pub options: &'a [(&'a str, &'a str)],
    /// Code of the language in use.
    pub current: &'a str,
    /// Other values to send (where to return to, the anti-forgery token).
    pub hidden: &'a [(&'a str, &'a str)],
}

/// Draws the language switch.
pub fn language_switch(switch: &LanguageSwitch<'_>) -> Markup {
    html! {
        form method="post" action=(switch.action) {
            @for (name, value) in switch.hidden { input type="hidden" name=(name) value=(value); }
            div.languages role="group" aria-label=(switch.label) {
                @for (code, own_name) in switch.options {
                    @let current = *code == switch.current;
                    button.language type="submit" name=(switch.name) value=(code) lang=(code)
                        aria-current=[current.then_some("true")] { (own_name) }
                }
            }
        }
    }
}

/// Automatic, light or dark, kept in this browser only. Hidden until the script says it can work.
pub fn theme_switch(label: &str, automatic: &str, light: &str, dark: &str) -> Markup {
    html! {
        div.languages role="group" aria-label=(label) data-theme-switch hidden {
            @for (value, text) in [("auto", automatic), ("light", light), ("dark", dark)] {
                button.language type="button" value=(value) aria-pressed="false" { (text) }
            }
        }
    }
}
