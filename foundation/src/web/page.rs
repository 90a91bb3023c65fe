//! The frame around every page, in the visitor's language: navigation for members, a quiet card for everybody else,
//! and the page that a problem becomes.

use maud::{Markup, html};
use ui::{BarePage, ButtonStyle, Icon, LanguageSwitch, NavItem, Page, actions, link_button};

use super::assets;
use super::guard::{Member, Visitor};
use super::problem::{Problem, ProblemKind};
use super::texts::Texts;

/// One entry of the main navigation, given by the program.
#[derive(Debug, Clone, Copy)]
pub struct NavEntry {
    /// Where it leads; pages below it count as "here".
    pub href: &'static str,
    /// Key of its word.
    pub key: &'static str,
    /// Its drawing.
    pub icon: Icon,
}

/// A page for members.
pub fn shell(member: &Member, title: &str, content: Markup) -> Markup {
    shell_refreshed(member, title, content, None)
}

/// A page for members that reloads by itself where there is no JavaScript.
pub fn shell_refreshed(
    member: &Member,
    title: &str,
    content: Markup,
    refresh_seconds: Option<u32>,
) -> Markup {
    let texts = member.texts();
    let words: Vec<_> = member.visitor.nav.iter().map(|entry| texts.get(entry.key)).collect();
    let path = &member.visitor.path;
    let is_here =
        |href: &str| path == href || path.strip_prefix(href).is_some_and(|rest| rest.starts_with('/'));
    let nav: Vec<NavItem<'_>> = member
        .visitor
        .nav
        .iter()
        .zip(&words)
        .map(|(entry, word)| NavItem {
            href: entry.href,
            label: word,
            icon: entry.icon,
            current: is_here(entry.href),
            count: None,
        })
        .collect();
    ui::page(&Page {
        lang: texts.locale.as_str(),
        title,
        product: "Timón",
        organization: &member.principal.organization_name,
        home_href: "/today",
        nav: &nav,
        nav_label: &texts.get("nav-label"),
        skip_label: &texts.get("skip-to-content"),
        content,
        tools: Some(language_switch(&member.visitor)),
        footer: None,
        refresh_seconds,
        assets: assets::links(),
        ..Page::default()
    })
}

/// A page for anybody: sign-in, first run, a problem.
pub fn bare(visitor: &Visitor, title: &str, wide: bool, content: Markup) -> Markup {
    let texts = visitor.texts;
    ui::bare_page(&BarePage {
        lang: texts.locale.as_str(),
        title,
        product: "Timón",
        tagline: &texts.get("tagline"),
        skip_label: &texts.get("skip-to-content"),
        content,
        footer: Some(language_switch(visitor)),
        wide,
        assets: assets::links(),
        ..BarePage::default()
    })
}

fn language_switch(visitor: &Visitor) -> Markup {
    let texts: &Texts = visitor.texts;
    ui::language_switch(&LanguageSwitch {
        action: "/language",
        label: &texts.get("language-label"),
        name: "language",
        options: &[("es", "Español"), ("en", "English")],
        hidden: &[("csrf", &visitor.csrf), ("to", &visitor.path)],
        current: texts.locale.as_str(),
    })
}

/// The page of a problem.
pub(super) fn problem(visitor: &Visitor, problem: &Problem) -> Markup {
    let texts = visitor.texts;
    let title = texts.get(problem.key);
    let hint = texts.get(&format!("{}-hint", problem.key)).into_owned();
    let (href, label) = match problem.kind {
        ProblemKind::SignedOut => ("/sign-in", texts.get("sign-in-title")),
        _ => ("/today", texts.get("back-to-today")),
    };
    let content = html! {
        h1 { (title) }
        p { (hint) }
        (actions(&link_button(&label, href, ButtonStyle::Primary)))
    };
    bare(visitor, &title, false, content)
}
