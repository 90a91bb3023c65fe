//! The frames and their small tools.

use maud::html;

use super::{HOSTILE, checked};
use crate::*;

fn sample(theme: Theme, refresh_seconds: Option<u32>) -> String {
    checked(page(&Page {
        lang: "es",
        title: "Hoy",
        product: "Timón",
        organization: HOSTILE,
        home_href: "/",
        nav: &[
            NavItem { href: "/", label: "Hoy", current: true, ..NavItem::default() },
            NavItem {
                href: "/menciones",
                label: "Menciones",
                icon: Icon::Mentions,
                count: Some(("2", "2 por contestar")),
                ..NavItem::default()
            },
        ],
        nav_label: "Menú principal",
        skip_label: "Saltar al contenido",
        content: html! { h1 { "Hoy" } },
        tools: Some(theme_switch("Colores", "Automático", "Claro", "Oscuro")),
        footer: Some(html! { "Software libre" }),
        theme,
        refresh_seconds,
        ..Page::default()
    }))
}

#[test]
fn a_page_has_its_language_title_skip_link_and_one_navigation() {
    let html = sample(Theme::Auto, None);
    assert!(html.starts_with("<!DOCTYPE html><html lang=\"es\"><head>"));
    assert!(html.contains("<title>Hoy · Timón</title>"));
    assert!(html.contains("<a class=\"skip\" href=\"#content\">Saltar al contenido</a>"));
    assert!(html.contains("<main id=\"content\" tabindex=\"-1\">"));
    assert_eq!(html.matches("<nav").count(), 1);
    assert_eq!(html.matches("<h1").count(), 1);
    assert_eq!(html.matches("aria-current=\"page\"").count(), 1);
    assert!(html.contains("aria-label=\"Menú principal\""));
    assert!(!html.contains("http-equiv"));
}

#[test]
fn a_count_is_seen_as_a_figure_and_heard_as_words() {
    let html = sample(Theme::Auto, None);
    assert!(html.contains("<span class=\"count\" aria-hidden=\"true\">2</span>"));
    assert!(html.contains("<span class=\"vh\"> (2 por contestar)</span>"));
}

#[test]
fn a_hostile_name_is_only_text() {
    let html = sample(Theme::Auto, None);
    assert!(html.contains("&lt;script&gt;alert("));
    assert!(!html.contains("<script>alert"));
}

#[test]
fn theme_and_reload_are_written_only_when_asked_for() {
    assert!(sample(Theme::Dark, None).contains("<html lang=\"es\" data-theme=\"dark\">"));
    assert!(sample(Theme::Light, None).contains("data-theme=\"light\""));
    let html = sample(Theme::Auto, Some(5));
    assert!(html.contains("<noscript><meta http-equiv=\"refresh\" content=\"5\"></noscript>"));
    assert!(!html.contains("data-theme="));
}

#[test]
fn the_bare_page_has_the_name_and_no_navigation() {
    let html = checked(bare_page(&BarePage {
        lang: "en",
        title: "Sign in",
        product: "Timón",
        tagline: "Take the helm",
        skip_label: "Skip to content",
        content: html! { h1 { "Sign in" } },
        footer: Some(html! { "…" }),
        wide: true,
        ..BarePage::default()
    }));
    assert!(html.contains("<html lang=\"en\">"));
    assert!(html.contains("class=\"bare-card wide\""));
    assert!(html.contains("Take the helm"));
    assert!(!html.contains("<nav"));
}

#[test]
fn each_language_is_named_in_its_own_language() {
    let html = checked(language_switch(&LanguageSwitch {
        action: "/idioma",
        label: "Idioma",
        name: "lang",
        options: &[("es", "Español"), ("en", "English")],
        current: "es",
        hidden: &[("token", "t")],
    }));
    assert!(html.contains("method=\"post\""));
    assert!(html.contains("value=\"es\" lang=\"es\" aria-current=\"true\""));
    assert!(html.contains("value=\"en\" lang=\"en\">English"));
    assert!(html.contains("<input type=\"hidden\" name=\"token\" value=\"t\">"));
}

#[test]
fn the_theme_switch_waits_for_the_script() {
    let html = checked(theme_switch("Colores", "Automático", "Claro", "Oscuro"));
    assert!(html.contains("data-theme-switch hidden"));
    assert_eq!(html.matches("aria-pressed").count(), 3);
}

#[test]
fn headings_and_back_links() {
    let html =
        checked(html! { (back_link("Menciones", "/menciones")) (page_header("Mención", "De Google", None)) });
    assert!(html.contains("<h1>Mención</h1><p class=\"lead\">De Google</p>"));
    assert!(html.contains("aria-hidden=\"true\""));
    assert!(!checked(page_header("Sola", "", None)).contains("lead"));
}
