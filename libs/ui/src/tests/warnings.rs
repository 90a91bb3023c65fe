//! Warnings: levels by shape and word, evidence, moments, ticks; and the dossier with its file.

use maud::html;

use super::{HOSTILE, checked, values};
use crate::document::{Dossier, dossier, printed_link, section, standalone};
use crate::*;

const LEVELS: [Level; 3] = [Level::Watch, Level::Notice, Level::Alarm];

#[test]
fn each_level_has_a_drawing_and_a_tone_of_its_own() {
    let badges = LEVELS.map(|level| checked(level_badge(level, HOSTILE)));
    for (one, badge) in badges.iter().enumerate() {
        assert!(badge.contains("&lt;script&gt;") && badge.contains("aria-hidden=\"true\""));
        for other in &badges[one + 1..] {
            assert_ne!(values(badge, "class"), values(other, "class"));
            assert_ne!(values(badge, "d"), values(other, "d"), "the same shape");
        }
    }
}

fn warning(level: Level) -> WarningCard<'static> {
    WarningCard {
        id: "w",
        level,
        level_label: "Alarma",
        title: HOSTILE,
        since: When { iso: "2026-11-24", shown: "desde el 24" },
        place: HOSTILE,
        story: Story { value: "14", unit: "voces", usual: "lo normal: 1,2", sentence: HOSTILE },
        link: Some(("/w", "Ver")),
        ..WarningCard::default()
    }
}

#[test]
fn a_warning_is_an_article_with_its_story() {
    for level in LEVELS {
        let html = checked(warning_card(&warning(level)));
        assert!(html.contains("aria-labelledby=\"w-title\""));
        assert!(html.contains("<strong>14</strong> <span class=\"number-unit\">voces</span>"));
        assert!(html.contains("lo normal: 1,2"));
        assert_eq!(html.matches("&lt;script&gt;").count(), 4, "title, its link, place and sentence");
    }
    let bare = checked(warning_card(&WarningCard { id: "w", ..WarningCard::default() }));
    assert!(!bare.contains("number-interval") && !bare.contains("actions"));
}

#[test]
fn evidence_and_moments_are_lists_and_nothing_when_empty() {
    let fact = Fact { label: HOSTILE, value: "11 de 14", explanation: "Lo normal es uno." };
    let html = checked(fact_list(&[fact, Fact { explanation: "", ..fact }]));
    assert_eq!(html.matches("<dt>").count(), 2);
    assert_eq!(html.matches("<dd class=\"hint\">").count(), 1);
    let moment = Moment { when: When { iso: "2026-11-24", shown: "hoy" }, what: HOSTILE, detail: "" };
    let html = checked(timeline(&[moment, moment]));
    assert!(html.starts_with("<ol class=\"timeline\" role=\"list\"><li>"));
    assert_eq!(html.matches("<time datetime=\"2026-11-24\">").count(), 2);
    assert!(fact_list(&[]).0.is_empty() && timeline(&[]).0.is_empty());
}

#[test]
fn a_tick_is_a_checkbox_that_posts_its_own_form() {
    let row = TickRow {
        id: "t",
        action: "/w/1/tasks",
        hidden: &[("token", HOSTILE), ("done", "yes")],
        title: HOSTILE,
        detail: "Una línea.",
        done: false,
    };
    let html = checked(task_list(&tick_row(&row)));
    assert!(html.contains("<form method=\"post\" action=\"/w/1/tasks\">"));
    assert!(
        html.contains("type=\"submit\" role=\"checkbox\" aria-checked=\"false\" aria-labelledby=\"t-title\"")
    );
    assert!(html.contains("for=\"t\""), "tapping the words ticks the box");
    assert!(!html.contains("<svg"));
    let html = checked(tick_row(&TickRow { done: true, ..row }));
    assert!(html.contains("aria-checked=\"true\"") && html.contains("<svg") && html.contains("task done"));
}

fn sample() -> maud::Markup {
    dossier(&Dossier {
        title: HOSTILE,
        lead: "Lo que hemos visto.",
        running_head: "Bar La Marina",
        small_print: "Hecho con Timón.",
        content: section(
            "Qué",
            &html! { (printed_link("Google", "https://example.org/\"x")) (warning_card(&warning(Level::Alarm))) },
        ),
    })
}

#[test]
fn a_dossier_says_its_head_once_to_a_screen_reader() {
    let html = checked(sample());
    assert_eq!(html.matches("<h1>").count(), 1);
    assert!(html.contains("<div class=\"running-head\" aria-hidden=\"true\">"));
    assert!(
        html.contains(
            "<a class=\"printed\" href=\"https://example.org/&quot;x\" rel=\"noopener noreferrer\">"
        )
    );
}

#[test]
fn a_quote_that_leaves_the_program_has_no_link() {
    let quote = Quote { text: HOSTILE, lang: Some("es"), by: "Marta", href: "/mentions/1" };
    assert!(checked(quotes(&[quote])).contains("<a href=\"/mentions/1\">Marta</a>"));
    let html = checked(quotes(&[Quote { href: "", ..quote }]));
    assert!(html.contains("<p class=\"hint\">Marta</p>") && !html.contains("<a "));
}

#[test]
fn a_file_of_its_own_asks_nothing_from_outside() {
    let file = standalone(HOSTILE, "es", &sample());
    assert!(file.starts_with("<!DOCTYPE html><html lang=\"es\"><head><meta charset=\"utf-8\">"));
    assert!(file.contains("content=\"default-src 'none'; style-src 'unsafe-inline';"));
    assert!(file.contains("<title>&lt;script&gt;"));
    for forbidden in
        ["<script", "<link", "<img", "<iframe", "@import", "url(http", " src=", " style=", "javascript:"]
    {
        assert!(!file.contains(forbidden), "{forbidden} in the file");
    }
    assert_eq!(file.matches("<style>").count(), 1);
}

#[test]
fn the_file_has_looks_for_every_part_a_dossier_is_made_of() {
    let css = include_str!("../document.css");
    assert!(!css.contains('<'), "the style element would end early");
    assert!(css.len() <= 8_000, "the file's style sheet weighs {} bytes", css.len());
    let page = include_str!("../../../../assets/timon.css");
    for class in [
        ".running-head",
        ".dossier-body",
        ".printed",
        ".quoted",
        ".timeline li",
        ".facts",
        ".level-alarm",
        ".badge",
        ".number-value",
        ".tile-map",
        ".tile.level-watch",
        ".no-data",
        ".since",
        ".onset",
        ".onset-words",
        ".band",
        ".bar-negative-ground",
        ".stripe",
        ".axis-x .end",
        ".plot",
        ".legend",
        ".vh",
        ".table",
        ".tick",
    ] {
        assert!(css.contains(class), "{class} has no looks in the file");
        assert!(page.contains(class), "{class} has no looks in the page");
    }
}
