//! A sample *Hoy* in both languages and a sample list of mentions.

use maud::{Markup, html};
use ui::{
    Badge, Button, Choice, Face, Field, FilterBar, Icon, MentionCard, NumberCard, NumberNotYet, Pagination,
    QuestionSection, TaskRow, Tone, When,
};

fn rating() -> Markup {
    ui::number_card(&NumberCard {
        id: "nota",
        title: "Nota",
        icon: Icon::Star,
        value: "4,3",
        unit: "de 5",
        interval: "entre 4,1 y 4,5 · 214 opiniones",
        sentence: "Un poco mejor que hace tres meses.",
        formula_label: "Cómo se calcula",
        formula: html! {
            p { "La media de las estrellas. Las recientes pesan más: a los 180 días, la mitad." }
            p { "Empezamos con 10 opiniones imaginarias de 3,8 para que una sola no lo cambie todo." }
        },
        ..NumberCard::default()
    })
}

fn cushion() -> Markup {
    ui::number_card(&NumberCard {
        id: "colchon",
        title: "Colchón",
        icon: Icon::Cushion,
        value: "5",
        unit: "clientes enfadados",
        interval: "entre 3 y 7 en una semana",
        sentence: "Con uno más, quien te busque por primera vez verá menos de 4 estrellas.",
        formula_label: "Cómo se calcula",
        formula: html! { p { "Añadimos opiniones de una estrella, una a una, hasta que la nota visible baja de 4,0." } },
        more: Some(("#cuanto", "Ver qué lo haría crecer")),
    })
}

fn word_not_yet() -> Markup {
    ui::number_not_yet(&NumberNotYet {
        id: "palabra",
        title: "Palabra",
        icon: Icon::Anchor,
        message: "Aún no se puede decir: faltan 6 respuestas",
        have_need: Some((14, 20)),
        sentence: "Contesta a quien te escribe y lo sabremos pronto.",
        formula_label: "Cómo se calcula",
        formula: html! { p { "De cada 20 opiniones con queja, cuántas tienen respuesta en 7 días." } },
    })
}

fn tasks() -> Markup {
    ui::task_list(&html! {
        (ui::task_row(&TaskRow {
            icon: Icon::Reply,
            title: "Contesta a María Jesús",
            detail: "Espera desde hace 2 días: «tardaron una hora en traer la paella»",
            urgent: true,
            action: html! { (Button::primary("Contestar").href("menciones.html").context("a María Jesús")) },
        }))
        (ui::task_row(&TaskRow {
            icon: Icon::Reply,
            title: "Contesta a J. Peeters",
            detail: "En inglés. Te dejamos un borrador.",
            action: html! { (Button::secondary("Contestar").href("menciones.html").context("a J. Peeters")) },
            ..TaskRow::default()
        }))
        (ui::task_row(&TaskRow {
            icon: Icon::Import,
            title: "Trae las opiniones de octubre",
            detail: "La última vez fue hace 31 días",
            action: html! { (Button::secondary("Importar").href("importar.html")) },
            ..TaskRow::default()
        }))
    })
}

/// The first page, in Spanish.
pub(crate) fn spanish() -> Markup {
    html! {
        (ui::page_header("Buenos días, Carmen", "Miércoles, 25 de noviembre. Hoy son unos cuatro minutos.", None))
        (ui::question_section(&QuestionSection {
            id: "que-ha-pasado",
            question: "¿Qué ha pasado?",
            answer: "Tres opiniones nuevas desde ayer: dos contentas y una queja por la espera.",
            content: html! {
                (ui::notice(Tone::Warning, "Mira: dos quejas por la espera esta semana",
                    &html! { "Lo normal en tu bar es una al mes. " a href="menciones.html" { "Leer las dos" } }))
            },
        }))
        (ui::question_section(&QuestionSection {
            id: "que-hago",
            question: "¿Qué hago?",
            answer: "Dos respuestas y un archivo.",
            content: tasks(),
        }))
        (ui::question_section(&QuestionSection {
            id: "cuanto",
            question: "¿Cuánto aguanto?",
            answer: "Aguantas cinco enfadados. Estás mejor que la mayoría de los meses.",
            content: ui::number_row(&html! { (rating()) (cushion()) (word_not_yet()) }),
        }))
        (ui::question_section(&QuestionSection {
            id: "prometido",
            question: "¿Qué he prometido?",
            answer: "«Paella en 30 minutos» lo han negado dos clientes.",
            content: ui::card("", "", &ui::key_values(&[
                ("Paella en 30 minutos", html! { (ui::badge(Badge { label: "En duda", tone: Tone::Warning, icon: Some(Icon::Warning) })) }),
                ("Pescado de la lonja", html! { (ui::badge(Badge { label: "Se cumple · 11 lo dicen", tone: Tone::Success, icon: Some(Icon::Check) })) }),
            ])),
        }))
    }
}

/// The first page on a day with nothing to do, in English.
pub(crate) fn english() -> Markup {
    html! {
        (ui::page_header("Good morning, Carmen", "Wednesday, 25 November", None))
        (ui::question_section(&QuestionSection {
            id: "what-happened",
            question: "What happened?",
            answer: "Nothing new since yesterday. We are still watching your four sources.",
            ..QuestionSection::default()
        }))
        (ui::question_section(&QuestionSection {
            id: "what-do-i-do",
            question: "What do I do?",
            answer: "",
            content: ui::task_list(&ui::task_row(&TaskRow {
                icon: Icon::Check,
                title: "Nothing to do today",
                detail: "Seven invitations leave by themselves.",
                ..TaskRow::default()
            })),
        }))
        (ui::question_section(&QuestionSection {
            id: "how-much",
            question: "How much can I take?",
            answer: "We need a few more reviews before we can say.",
            content: ui::number_row(&ui::number_not_yet(&NumberNotYet {
                id: "rating",
                title: "Rating",
                icon: Icon::Star,
                message: "Can't say yet: 6 reviews to go",
                have_need: Some((14, 20)),
                sentence: "Paste the last ones you got and we will know.",
                formula_label: "How it is worked out",
                formula: html! { p { "A mean of the stars; recent ones weigh more." } },
            })),
        }))
    }
}

/// A complaint with a search term marked.
pub(crate) fn complaint() -> Markup {
    ui::mention_card(&MentionCard {
        id: "m1",
        author: "María Jesús Ibáñez",
        source: "Google",
        place: "Paseo Marítimo",
        when: When { iso: "2026-11-23T14:10:00Z", shown: "hace 2 días" },
        stars: Some((2.0, "2 de 5 estrellas")),
        text: "El sitio es precioso y el camarero muy majo, pero tardaron una hora en traer la paella.\n\nCon niños, una espera así se hace eterna.",
        highlights: &["espera", "tardar"],
        face: Some((Face::Negative, "Descontenta")),
        badges: &[
            Badge { label: "Sin responder", tone: Tone::Warning, icon: Some(Icon::Clock) },
            Badge { label: "La espera", tone: Tone::Info, icon: None },
        ],
        link: Some(("menciones.html", "Ver y contestar")),
        original: Some(("https://example.org/", "En Google")),
        ..MentionCard::default()
    })
}

fn answered() -> Markup {
    ui::mention_card(&MentionCard {
        id: "m2",
        author: "J. Peeters",
        source: "Trustpilot",
        when: When { iso: "2026-11-21", shown: "21 de noviembre" },
        stars: Some((4.5, "4,5 de 5 estrellas")),
        title: "Lovely grilled sardines",
        text: "Best sardines on the coast. We will be back in spring.",
        text_lang: Some("en"),
        face: Some((Face::Positive, "Contento")),
        badges: &[Badge { label: "Respondida", tone: Tone::Success, icon: Some(Icon::Check) }],
        reply: Some(("Tu respuesta", "Thank you! The sardines will be waiting.")),
        link: Some(("menciones.html", "Ver")),
        ..MentionCard::default()
    })
}

fn short_ones() -> [Markup; 2] {
    let silent = MentionCard {
        id: "m3",
        author: "Un cliente",
        source: "Nos lo dijo en persona",
        when: When { iso: "2026-11-20", shown: "20 de noviembre" },
        text: "Que la terraza, bien, pero que el baño regular.",
        face: Some((Face::Unsure, "No está claro")),
        link: Some(("menciones.html", "Corregir")),
        ..MentionCard::default()
    };
    let stars_only = MentionCard {
        id: "m4",
        author: "Antonio",
        source: "Google",
        when: When { iso: "2026-11-19", shown: "19 de noviembre" },
        stars: Some((3.0, "3 de 5 estrellas")),
        no_text: "Sin texto, solo estrellas",
        face: Some((Face::Neutral, "Ni bien ni mal")),
        ..MentionCard::default()
    };
    [ui::mention_card(&silent), ui::mention_card(&stars_only)]
}

/// The list of mentions with its filters.
pub(crate) fn mentions() -> Markup {
    let states = [Choice::new("", "Todas"), Choice::new("open", "Sin responder")];
    let sources =
        [Choice::new("", "Todas"), Choice::new("google", "Google"), Choice::new("tp", "Trustpilot")];
    let [told, silent] = short_ones();
    html! {
        (ui::page_header("Menciones", "Lo que dicen de ti, lo último primero.",
            Some(html! { (Button::secondary("Anotar algo que te han dicho").icon(Icon::Plus).href("#anotar")) })))
        (ui::filter_bar(&FilterBar {
            action: "menciones.html",
            label: "Buscar y filtrar menciones",
            search: html! { (Field::search("q", "Buscar en las menciones").value("espera")) },
            summary: "Filtros",
            active: "",
            fields: html! {
                (Field::select("estado", "Estado", &states).submit_on_change())
                (Field::select("fuente", "Fuente", &sources))
                (Field::date("desde", "Desde"))
            },
            submit: "Buscar",
            apply: "Aplicar",
            clear: Some(("menciones.html", "Quitar filtros")),
        }))
        (ui::mention_list("Lista de menciones", &[complaint(), answered(), told, silent]))
        (ui::pagination(&Pagination {
            label: "Páginas de menciones",
            newer: Some(("menciones.html", "Más nuevas")),
            older: Some(("menciones.html", "Más antiguas")),
            position: "21–40 de 214",
        }))
    }
}
