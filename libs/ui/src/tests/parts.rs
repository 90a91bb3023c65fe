//! Cards, mentions, forms, lists and progress.

use maud::{Render as _, html};

use super::{HOSTILE, checked, values};
use crate::*;

#[test]
fn a_number_is_named_by_its_title_and_explains_itself() {
    let html = checked(number_card(&NumberCard {
        id: "nota",
        title: "Nota",
        value: "4,3",
        unit: "de 5",
        interval: "entre 4,1 y 4,5",
        formula_label: "Cómo se calcula",
        formula: html! { "media" },
        more: Some(("/nota", "Más")),
        ..NumberCard::default()
    }));
    assert!(html.contains("<section class=\"number\" id=\"nota\" aria-labelledby=\"nota-title\">"));
    assert!(html.contains("<details class=\"disclosure\"><summary><span>Cómo se calcula</span></summary>"));
    assert!(html.contains("entre 4,1 y 4,5"));
}

#[test]
fn a_number_that_cannot_be_given_says_what_is_missing() {
    let html = checked(number_not_yet(&NumberNotYet {
        id: "nota",
        title: "Nota",
        message: "Aún no se puede decir: faltan 6 opiniones",
        have_need: Some((14, 20)),
        ..NumberNotYet::default()
    }));
    assert!(
        html.contains("<progress class=\"meter\" value=\"14\" max=\"20\" aria-labelledby=\"nota-missing\">")
    );
    assert!(!html.contains("number-value"));
}

#[test]
fn questions_and_tasks_keep_their_headings_and_lists() {
    let row = task_row(&TaskRow {
        title: HOSTILE,
        urgent: true,
        action: Button::primary("Contestar").href("/1").context("a María").render(),
        ..TaskRow::default()
    });
    let html = checked(question_section(&QuestionSection {
        id: "que-hago",
        question: "¿Qué hago?",
        answer: "Una respuesta.",
        content: task_list(&row),
    }));
    assert!(html.contains("<h2 id=\"que-hago-title\">¿Qué hago?</h2>"));
    assert!(html.contains("<ul class=\"tasks\" role=\"list\"><li class=\"task urgent\">"));
    assert!(html.contains("Contestar<span class=\"vh\"> a María</span>"));
    assert!(html.contains("&lt;script&gt;"));
}

#[test]
fn only_errors_interrupt() {
    for (tone, role) in
        [(Tone::Info, "status"), (Tone::Success, "status"), (Tone::Warning, "status"), (Tone::Error, "alert")]
    {
        let html = checked(notice(tone, "Título", &html! { "Texto" }));
        assert_eq!(values(&html, "role"), [role]);
    }
}

#[test]
fn empty_places_and_cards() {
    let html = checked(html! {
        (empty_state(Icon::Sources, "Nada todavía", "", Some(link_button("Empezar", "/", ButtonStyle::Primary))))
        (card("a", "Título", &html! { "x" }))
        (card("b", "", &html! { "x" }))
    });
    assert!(html.contains("<a class=\"button primary\" href=\"/\">"));
    assert!(html.contains("<section class=\"card\" id=\"a\" aria-labelledby=\"a-title\">"));
}

fn mention() -> MentionCard<'static> {
    MentionCard {
        id: "m1",
        author: HOSTILE,
        source: "Google",
        when: When { iso: "2026-11-25", shown: "hoy" },
        stars: Some((3.5, "3,5 de 5 estrellas")),
        text: "Bien <b>todo</b>",
        text_lang: Some("es"),
        face: Some((Face::Unsure, "No está claro")),
        badges: &[Badge { label: "Sin responder", tone: Tone::Warning, icon: Some(Icon::Clock) }],
        link: Some(("/m/1", "Ver")),
        original: Some(("https://example.org", "En Google")),
        reply: Some(("Tu respuesta", HOSTILE)),
        ..MentionCard::default()
    }
}

#[test]
fn a_mention_is_an_article_with_words_for_every_drawing() {
    let html = checked(mention_card(&mention()));
    assert!(html.contains("aria-labelledby=\"m1-author\""));
    assert!(html.contains("<time datetime=\"2026-11-25\">hoy</time>"));
    assert!(html.contains("<span class=\"vh\">3,5 de 5 estrellas</span>"));
    assert!(html.contains("No está claro"));
    assert!(html.contains("lang=\"es\" dir=\"auto\">Bien &lt;b&gt;todo&lt;/b&gt;</p>"));
    assert!(html.contains("rel=\"noopener noreferrer\""));
    assert_eq!(html.matches("<svg").count(), html.matches("aria-hidden=\"true\"").count());
    assert!(!html.contains("<script>"));
}

#[test]
fn a_mention_alone_in_its_page_is_one_heading_higher() {
    assert!(checked(mention_card(&mention())).contains("<h3"));
    assert!(checked(mention_card(&MentionCard { alone: true, ..mention() })).contains("<h2"));
    assert!(checked(mention_list("Menciones", &[mention_card(&mention())])).starts_with("<h2 class=\"vh\">"));
}

#[test]
fn stars_fill_by_halves_and_never_overflow() {
    for (value, full, half) in [
        (-1.0, 0, 0),
        (0.0, 0, 0),
        (0.5, 0, 1),
        (2.0, 2, 0),
        (3.4, 3, 1),
        (4.8, 5, 0),
        (9.0, 5, 0),
        (f64::NAN, 0, 0),
    ] {
        let html = checked(stars(value, "x"));
        assert_eq!(html.matches("class=\"star-line\"").count(), 5);
        assert_eq!(html.matches("class=\"star-fill\"").count(), full + half, "{value}");
    }
}

#[test]
fn search_terms_are_marked_whatever_their_accents() {
    let shown = |text, terms: &[&str]| checked(highlight(text, terms));
    assert_eq!(shown("Rápido y ÑOÑO", &["rapido", "ñoñ"]), "<mark>Rápido</mark> y <mark>ÑOÑO</mark>");
    assert_eq!(shown("consola sol", &["sol"]), "consola <mark>sol</mark>");
    assert_eq!(shown("a<b", &["b", " "]), "a&lt;<mark>b</mark>");
    assert_eq!(shown("İstanbul 😀 ß", &["ist", "😀"]), "<mark>İstanbul</mark> <mark>😀</mark> ß");
    assert_eq!(shown("", &["x"]), "");
}

#[test]
fn a_field_ties_label_hint_and_error_to_its_control() {
    let html = checked(
        Field::email("mail", "Correo").hint("Solo para entrar.").error("Falta la arroba").required().render(),
    );
    assert!(html.contains("<label for=\"field-mail\">Correo</label>"));
    assert!(html.contains("aria-describedby=\"field-mail-hint field-mail-error\""));
    assert!(html.contains("aria-invalid=\"true\""));
    assert!(html.contains(" required "));
}

#[test]
fn every_kind_of_field_keeps_its_value_and_escapes_it() {
    let choices = [Choice::new("a", "A"), Choice { value: "b", label: HOSTILE, hint: "pista" }];
    let html = checked(html! {
        (Field::text("t", "T").value(HOSTILE).max_length(80).placeholder("p"))
        (Field::number("n", "N").range("1", "", "1").value("7"))
        (Field::date("d", "D").value("2026-11-25"))
        (Field::text_area("x", "X", 3).value(HOSTILE))
        (Field::select("s", "S", &choices).value("b").submit_on_change())
        (Field::radio("r", "R", &choices).value("b").error("mal"))
        (Field::checkbox("c", "C", true).hint("pista"))
        (Field::search("q", "Buscar"))
    });
    assert!(html.contains("min=\"1\" step=\"1\""));
    assert!(html.contains("<option value=\"b\" selected>&lt;script&gt;"));
    assert!(html.contains("id=\"field-r\" tabindex=\"-1\" aria-describedby=\"field-r-error\"><legend>"));
    assert!(html.contains("value=\"b\" checked"));
    assert!(html.contains("value=\"on\" checked"));
    assert!(html.contains("<label class=\"vh\" for=\"field-q\">Buscar</label>"));
    assert!(html.contains("data-submit=\"change\""));
}

#[test]
fn the_same_field_in_two_forms_keeps_its_ids_apart() {
    let field = Field::text("reply", "Respuesta").hint("pista").error("mal");
    let html = checked(html! { (field.within("m1")) (field.within("m2")) (field) });
    assert_eq!(values(&html, "name"), ["reply"; 3]);
    assert!(html.contains("id=\"field-m1-reply\"") && html.contains("id=\"field-reply\""));
}

#[test]
fn what_cannot_be_undone_carries_its_question() {
    let ask = ConfirmForm { action: "/borrar", question: HOSTILE, yes: "Borrar", no: "Cancelar" };
    let html = checked(confirm_form(&ask, &Button::danger("Borrar").render()));
    assert!(html.contains("method=\"post\" action=\"/borrar\" data-confirm=\"&lt;script&gt;"));
}

#[test]
fn passwords_and_files_never_come_back() {
    let html = checked(html! {
        (Field::password("p", "P").value("secreto").reveal("Mostrar", "Ocultar"))
        (Field::file("f", "F").value("x.csv").accept(".csv").drop_area("Arrastra", 10, "Demasiado grande"))
    });
    assert!(!html.contains("secreto") && !html.contains("x.csv"));
    assert!(html.contains("data-show=\"Mostrar\" data-hide=\"Ocultar\""));
    assert!(html.contains("data-max-bytes=\"10\" data-too-large=\"Demasiado grande\""));
}

#[test]
fn the_summary_of_errors_links_to_its_fields() {
    let html = form_errors("Falta algo", &[("mail", "Escribe tu correo"), ("", "Vuelve a intentarlo")])
        .into_string();
    assert!(html.contains("role=\"alert\""));
    assert!(html.contains("<a href=\"#field-mail\">Escribe tu correo</a>"));
    assert!(html.contains("<li>Vuelve a intentarlo</li>"));
    assert_eq!(form_errors("x", &[]).into_string(), "");
}

#[test]
fn buttons_send_or_lead() {
    let html = checked(html! {
        (Button::danger("Borrar").name_value("do", HOSTILE).form_action("/x").full())
        (Button::quiet("Fuera").href("https://example.org").external())
        (hidden("token", HOSTILE))
        (actions(&Button::secondary("B").form("f").render()))
    });
    assert!(
        html.contains(
            "<button class=\"button danger full\" type=\"submit\" name=\"do\" value=\"&lt;script&gt;"
        )
    );
    assert!(html.contains("rel=\"noopener noreferrer\""));
}

#[test]
fn filters_open_when_something_is_filtered() {
    let bar = |active| {
        checked(filter_bar(&FilterBar {
            action: "/menciones",
            label: "Buscar",
            summary: "Filtros",
            active,
            submit: "Buscar",
            apply: "Aplicar",
            clear: Some(("/menciones", "Quitar")),
            ..FilterBar::default()
        }))
    };
    assert!(bar("").contains("<details class=\"filters-more\" data-open-wide>"));
    assert!(bar("2 activos").contains("<details class=\"filters-more\" open data-open-wide>"));
    assert!(bar("").contains("method=\"get\" action=\"/menciones\" role=\"search\" aria-label=\"Buscar\""));
}

#[test]
fn a_table_keeps_its_roles_and_names_each_cell() {
    let columns = [Column { label: "Fuente", numeric: false }, Column { label: HOSTILE, numeric: true }];
    let rows = vec![vec![html! { "Google" }, html! { (HOSTILE) }]];
    let html = checked(data_table(&DataTable {
        caption: "Fuentes",
        caption_hidden: true,
        columns: &columns,
        rows: &rows,
    }));
    assert!(html.contains("<caption class=\"vh\">Fuentes</caption>"));
    assert_eq!(html.matches("scope=\"col\"").count(), 2);
    assert_eq!(html.matches("scope=\"row\"").count(), 1);
    assert!(html.contains("role=\"cell\" data-label=\"&lt;script&gt;"));
    assert!(
        checked(key_values(&[("Nombre", html! { (HOSTILE) })])).contains("<dt>Nombre</dt><dd>&lt;script")
    );
}

#[test]
fn pages_of_a_list_are_named_or_absent() {
    assert_eq!(pagination(&Pagination::default()).into_string(), "");
    let html = checked(pagination(&Pagination {
        label: "Páginas",
        older: Some(("/?2", "Más antiguas")),
        ..Pagination::default()
    }));
    assert!(html.contains("<nav class=\"pagination\" aria-label=\"Páginas\">"));
    assert!(html.contains("rel=\"next\"") && !html.contains("rel=\"prev\""));
}

#[test]
fn progress_has_a_name_and_speaks_apart() {
    let html = checked(progress(&Progress {
        id: "p",
        label: "Leyendo",
        done: 9,
        total: Some(4),
        text: "9 de 4",
        url: Some("/p"),
    }));
    assert!(html.contains("<label class=\"progress-label\" for=\"p\">Leyendo</label>"));
    assert!(html.contains("max=\"4\" value=\"4\""));
    assert!(html.contains("data-progress-url=\"/p\"") && html.contains("role=\"status\""));
    assert!(!checked(progress(&Progress { id: "p", ..Progress::default() })).contains("value="));
}

#[test]
fn steps_say_which_is_current_and_which_are_done() {
    let html = checked(steps("Pasos", &["Uno", "Dos", "Tres"], 2, "hecho"));
    assert_eq!(html.matches("aria-current=\"step\"").count(), 1);
    assert_eq!(html.matches("(hecho)").count(), 1);
}
