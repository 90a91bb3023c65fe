//! Every component at least once, and the pages that are mostly a form.

use maud::{Markup, html};
use ui::chart::{
    ChartWords, LineWithBand, MonthBar, PeriodValue, StackedBars, StarDistribution, StarRow, line_with_band,
    stacked_bars, star_distribution,
};
use ui::{
    Badge, BarePage, Button, ButtonStyle, Choice, Column, DataTable, Face, Field, Icon, Progress, Tone,
};

use crate::{ASSETS, languages, today};

const MONTHS: [(&str, &str); 12] = [
    ("dic", "diciembre de 2025"),
    ("ene", "enero de 2026"),
    ("feb", "febrero de 2026"),
    ("mar", "marzo de 2026"),
    ("abr", "abril de 2026"),
    ("may", "mayo de 2026"),
    ("jun", "junio de 2026"),
    ("jul", "julio de 2026"),
    ("ago", "agosto de 2026"),
    ("sep", "septiembre de 2026"),
    ("oct", "octubre de 2026"),
    ("nov", "noviembre de 2026"),
];

fn bars() -> Markup {
    let counts = [
        (2, 1, 8),
        (1, 2, 6),
        (0, 1, 7),
        (3, 2, 9),
        (2, 3, 12),
        (2, 1, 14),
        (4, 3, 21),
        (7, 5, 30),
        (9, 4, 34),
        (3, 2, 16),
        (2, 2, 11),
        (4, 1, 9),
    ];
    let months: Vec<MonthBar<'_>> = MONTHS
        .iter()
        .zip(counts)
        .map(|((label, long_label), (negative, neutral, positive))| MonthBar {
            label,
            long_label,
            negative,
            neutral,
            positive,
        })
        .collect();
    stacked_bars(&StackedBars {
        words: ChartWords {
            id: "meses",
            title: "Opiniones por mes",
            summary: "En agosto hubo más de todo; las quejas han vuelto a lo normal.",
            table_label: "Ver los números",
            empty: "",
        },
        month_label: "Mes",
        series: ["Descontentas", "Ni fu ni fa", "Contentas"],
        total_label: "Total",
        months: &months,
    })
}

fn line() -> Markup {
    let shown = ["4,0", "4,1", "", "4,2", "4,2", "4,3", "4,3", "4,2", "4,1", "4,2", "4,3", "4,3"];
    let months: Vec<PeriodValue<'_>> = MONTHS
        .iter()
        .zip(shown)
        .zip([4.0, 4.1, 0.0, 4.2, 4.2, 4.3, 4.3, 4.2, 4.1, 4.2, 4.3, 4.3])
        .map(|(((label, long_label), shown), value)| PeriodValue {
            label,
            long_label,
            low_value_high: (value > 0.0).then_some((value - 0.3, value, value + 0.25)),
            shown: if shown.is_empty() { "pocas opiniones" } else { shown },
            shown_interval: if shown.is_empty() { "" } else { "± 0,3" },
            count: "18",
        })
        .collect();
    line_with_band(&LineWithBand {
        words: ChartWords {
            id: "nota-meses",
            title: "Tu nota, mes a mes",
            summary: "La nota se mueve entre 4,0 y 4,3; en febrero hubo pocas opiniones.",
            table_label: "Ver los números",
            empty: "",
        },
        axis: (1.0, 5.0),
        ticks: &[(1.0, "1"), (2.0, "2"), (3.0, "3"), (4.0, "4"), (5.0, "5")],
        period_label: "Mes",
        value_label: "Nota",
        interval_label: "Margen",
        count_label: "Opiniones",
        periods: &months,
        mark: Some(6),
    })
}

fn distribution() -> Markup {
    let row = |stars, label, count, shown| StarRow { stars, label, count, shown };
    star_distribution(&StarDistribution {
        words: ChartWords {
            id: "estrellas",
            title: "Las estrellas que te han dado",
            summary: "Seis de cada diez te dieron cinco estrellas.",
            table_label: "Ver los números",
            empty: "",
        },
        stars_label: "Estrellas",
        count_label: "Opiniones",
        rows: &[
            row("5", "5 estrellas", 128, "128"),
            row("4", "4 estrellas", 46, "46"),
            row("3", "3 estrellas", 18, "18"),
            row("2", "2 estrellas", 9, "9"),
            row("1", "1 estrella", 13, "13"),
        ],
    })
}

fn charts() -> Markup {
    html! {
        h2 { "Gráficos" }
        (ui::chart::charts(&html! {
            (bars())
            (line())
            (distribution())
            (stacked_bars(&StackedBars {
                words: ChartWords { title: "Quejas por mes", empty: "Hacen falta 20 opiniones para dibujarlo. Tienes 14.", ..ChartWords::default() },
                ..StackedBars::default()
            }))
        }))
    }
}

fn form() -> Markup {
    let kinds = [
        Choice { value: "bar", label: "Bar o restaurante", hint: "Sin datos de tus clientes" },
        Choice { value: "hotel", label: "Hotel", hint: "Con correo al salir" },
        Choice::new("person", "Una persona"),
    ];
    html! {
        form method="post" action="#" novalidate {
            (ui::form_errors("Falta algo", &[("name", "Escribe el nombre del negocio"), ("since", "Elige un día que ya haya pasado")]))
            (Field::text("name", "Nombre del negocio").hint("Como lo ven tus clientes en la puerta.").error("Escribe el nombre del negocio").required())
            (Field::email("mail", "Correo").value("carmen@example.org").autocomplete("email"))
            (Field::number("hours", "Días para contestar").range("1", "30", "1").value("7").input_mode("numeric"))
            (Field::date("since", "Desde cuándo").error("Elige un día que ya haya pasado").value("2027-01-01"))
            (Field::text_area("note", "Qué te han dicho", 4).optional("opcional").hint("Con sus palabras, si puedes."))
            (Field::radio("kind", "¿Qué eres?", &kinds).value("bar"))
            (Field::checkbox("daily", "Mándame un resumen cada mañana", true).hint("A las ocho. Si no hay nada, no lo mandamos."))
            (ui::actions(&html! {
                (Button::primary("Guardar").icon(Icon::Check))
                (Button::quiet("Cancelar").href("hoy.html"))
            }))
        }
    }
}

fn buttons() -> Markup {
    html! {
        (ui::actions(&html! {
            @for (label, style) in [("Guardar", ButtonStyle::Primary), ("Otra cosa", ButtonStyle::Secondary), ("Cancelar", ButtonStyle::Quiet)] {
                (Button::new(label, style))
            }
            (Button::secondary("Ver en Google").href("https://example.org/").external())
        }))
        (ui::confirm_form(
            &ui::ConfirmForm { action: "#", question: "¿Borrar esta mención? No se puede deshacer.", yes: "Borrar", no: "Cancelar" },
            &html! { (Button::danger("Borrar").icon(Icon::Delete)) },
        ))
        p.mention-marks {
            (ui::badge(Badge { label: "Sin responder", tone: Tone::Warning, icon: Some(Icon::Clock) }))
            (ui::badge(Badge { label: "Respondida", tone: Tone::Success, icon: Some(Icon::Check) }))
            (ui::badge(Badge { label: "La espera", ..Badge::default() }))
            (ui::badge(Badge { label: "Alarma", tone: Tone::Error, icon: Some(Icon::Warning) }))
        }
        p.mention-marks {
            (ui::sentiment(Face::Negative, "Descontento"))
            (ui::sentiment(Face::Neutral, "Ni bien ni mal"))
            (ui::sentiment(Face::Positive, "Contento"))
            (ui::sentiment(Face::Unsure, "No está claro"))
        }
        p { (ui::stars(3.5, "3,5 de 5 estrellas")) }
        (ui::theme_switch("Colores", "Automático", "Claro", "Oscuro"))
    }
}

fn notices() -> Markup {
    html! {
        (ui::notice(Tone::Success, "", &html! { "Guardado." }))
        (ui::notice(Tone::Info, "Estamos escuchando", &html! { "La próxima visita a tus fuentes es a las 12:00." }))
        (ui::notice(Tone::Warning, "Mira", &html! { "Dos quejas por la espera en una semana." }))
        (ui::notice(Tone::Error, "No hemos podido entrar en tu correo", &html! { "Comprueba la contraseña. " a href="#" { "Cambiarla" } }))
    }
}

fn sources_table() -> Markup {
    let columns = [("Fuente", false), ("Última visita", false), ("Menciones", true), ("Estado", false)]
        .map(|(label, numeric)| Column { label, numeric });
    let ok = || ui::badge(Badge { label: "Funciona", tone: Tone::Success, icon: Some(Icon::Check) });
    let rows = vec![
        vec![html! { "Google" }, html! { "hace 10 minutos" }, html! { "1.204" }, ok()],
        vec![html! { "Correo de avisos" }, html! { "hace 3 minutos" }, html! { "96" }, ok()],
        vec![
            html! { "Trustpilot" },
            html! { "hace 2 días" },
            html! { "31" },
            ui::badge(Badge { label: "Pide contraseña", tone: Tone::Warning, icon: Some(Icon::Warning) }),
        ],
    ];
    ui::data_table(&DataTable {
        caption: "Dónde escuchamos",
        columns: &columns,
        rows: &rows,
        ..DataTable::default()
    })
}

/// Every component.
pub(crate) fn all() -> Markup {
    html! {
        (ui::page_header("Muestrario", "Todas las piezas, con palabras de verdad.", None))
        (ui::card("botones", "Botones y marcas", &buttons()))
        (ui::card("avisos", "Avisos", &notices()))
        (ui::card("formulario", "Formulario", &form()))
        (charts())
        (ui::card("tabla", "Tabla", &sources_table()))
        h2 { "Una mención" }
        (today::complaint())
    }
}

/// Bring a file in: the wizard, the file area and a running import.
pub(crate) fn import_page() -> Markup {
    html! {
        (ui::back_link("Fuentes", "vacio.html"))
        (ui::page_header("Traer opiniones", "Un archivo de Google, de una hoja de cálculo o lo que tengas.", None))
        (ui::steps("Pasos", &["Elige el archivo", "Revisa", "Listo"], 2, "hecho"))
        (ui::card("", "", &html! {
            form method="post" enctype="multipart/form-data" action="#" {
                (Field::file("file", "Tu archivo").accept(".csv,.xlsx,.json,.zip").required()
                    .hint("CSV, Excel o JSON. Hasta 20 MB.")
                    .drop_area("Arrastra aquí el archivo o búscalo", 20_000_000, "Es demasiado grande: pártelo en dos"))
                (Button::primary("Traer").icon(Icon::Import).full())
            }
        }))
        (ui::card("", "", &ui::progress(&Progress {
            id: "marcha", label: "Leyendo tus opiniones", done: 312, total: Some(2000), text: "312 de 2.000", url: Some("progress.json"),
        })))
        (ui::card("", "", &ui::progress(&Progress { id: "marcha-2", label: "Abriendo el archivo", text: "Un momento…", ..Progress::default() })))
    }
}

/// A page where there is nothing yet.
pub(crate) fn empty_page() -> Markup {
    html! {
        (ui::page_header("Fuentes", "Dónde escuchamos lo que dicen de ti.", None))
        (ui::empty_state(Icon::Sources, "Aún no escuchamos en ningún sitio",
            "Empieza por lo más fácil: pega tus últimas veinte opiniones. No hace falta ninguna clave.",
            Some(html! { (Button::primary("Pegar opiniones").href("importar.html")) (Button::secondary("Añadir una fuente").href("#")) })))
        (sources_table())
    }
}

/// The sign-in page.
pub(crate) fn sign_in() -> Markup {
    ui::bare_page(&BarePage {
        lang: "es",
        title: "Entrar",
        product: "Timón",
        tagline: "Toma el timón de lo que dicen de ti",
        skip_label: "Saltar al contenido",
        content: html! {
            h1 { "Entrar" }
            form method="post" action="#" {
                (Field::email("email", "Correo").autocomplete("username").required())
                (Field::password("password", "Contraseña").autocomplete("current-password").required().reveal("Mostrar", "Ocultar"))
                (Button::primary("Entrar").full())
            }
            p { a href="#" { "He olvidado la contraseña" } }
        },
        footer: Some(languages("es")),
        assets: ASSETS,
        ..BarePage::default()
    })
}

/// The first minutes.
pub(crate) fn first_run() -> Markup {
    ui::bare_page(&BarePage {
        lang: "es",
        title: "Empezar",
        product: "Timón",
        skip_label: "Saltar al contenido",
        content: html! {
            (ui::steps("Pasos", &["Tu negocio", "Tus opiniones", "Tu colchón"], 1, "hecho"))
            h1 { "¿Cómo se llama tu negocio?" }
            p.lead { "Con esto basta para empezar. No publicamos nada." }
            form method="post" action="#" {
                (Field::text("name", "Nombre").required().placeholder("Por ejemplo, Bar La Marina"))
                (Field::text("town", "Pueblo o ciudad").required())
                (Button::primary("Seguir").icon(Icon::Forward).full())
            }
        },
        wide: true,
        assets: ASSETS,
        ..BarePage::default()
    })
}
