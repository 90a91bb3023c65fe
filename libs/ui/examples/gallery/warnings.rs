//! Warnings, their charts and a dossier, in both languages.

use maud::{Markup, html};
use ui::chart::{
    ChartWords, Tile, TileMap, TileTone, WatchedPoint, WatchedSeries, count_ticks, tile_map, watched_series,
};
use ui::document::{self, Dossier};
use ui::{Fact, Level, Moment, Quote, Story, TickRow, WarningCard, When};

/// A sentence in Spanish and in English.
type Both = [&'static str; 2];

/// Which of the two is written.
#[derive(Clone, Copy)]
pub(crate) struct Words(pub(crate) usize);

impl Words {
    fn of(self, both: Both) -> &'static str {
        both[self.0]
    }
}

const COUNTS: [u32; 28] =
    [1, 0, 2, 1, 0, 3, 1, 0, 1, 2, 1, 0, 4, 2, 1, 0, 1, 2, 0, 1, 3, 2, 1, 4, 7, 12, 14, 9];

/// Counts of four weeks, each with its day, and what was usual on such a day.
fn days(w: Words) -> Vec<([String; 3], (f64, f64, f64))> {
    (1_u32..)
        .zip(COUNTS)
        .map(|(day, count)| {
            let weekend = day % 7 == 5 || day % 7 == 6;
            let usual = if weekend { (0.0, 2.1, 5.0) } else { (0.0, 1.1, 3.0) };
            let short = if w.0 == 0 { format!("{day} nov") } else { format!("{day} Nov") };
            let long = if w.0 == 0 { format!("{day} de noviembre") } else { format!("{day} November") };
            ([short, long, count.to_string()], usual)
        })
        .collect()
}

fn series(w: Words, id: &str) -> Markup {
    let days = days(w);
    let points: Vec<WatchedPoint<'_>> = days
        .iter()
        .zip(COUNTS)
        .map(|(([label, long_label, shown], usual), count)| WatchedPoint {
            label,
            long_label,
            observed: Some(f64::from(count)),
            shown,
            low_expected_high: Some(*usual),
            shown_expected: if usual.1 > 2.0 { w.of(["2,1", "2.1"]) } else { w.of(["1,1", "1.1"]) },
            shown_band: if usual.1 > 2.0 { "0–5" } else { "0–3" },
        })
        .collect();
    let ticks = count_ticks(COUNTS.into_iter().map(f64::from)).map(|count| (count as f64, count.to_string()));
    let ticks: Vec<(f64, &str)> = ticks.iter().map(|(count, label)| (*count, label.as_str())).collect();
    watched_series(&WatchedSeries {
        words: ChartWords {
            id,
            title: w.of(["Quejas por la espera, día a día", "Complaints about the wait, day by day"]),
            summary: w.of([
                "Lo normal es una o dos al día. Desde el 24 de noviembre van 46.",
                "One or two a day is usual. Since 24 November there have been 46.",
            ]),
            table_label: w.of(["Ver los números", "See the numbers"]),
            empty: "",
        },
        ticks: &ticks,
        period_label: w.of(["Día", "Day"]),
        observed_label: w.of(["Quejas", "Complaints"]),
        above_label: w.of(["Más de lo normal", "More than usual"]),
        expected_label: w.of(["Lo esperado", "Expected"]),
        band_label: w.of(["Lo normal", "Usual"]),
        points: &points,
        onset: Some((23, w.of(["desde el 24 de noviembre", "since 24 November"]))),
    })
}

fn one_day(w: Words) -> Markup {
    watched_series(&WatchedSeries {
        words: ChartWords {
            id: "one-day",
            title: w.of(["El primer día", "The first day"]),
            summary: w.of([
                "Hoy van tres; aún no sabemos qué es lo normal.",
                "Three today; we do not know yet what is usual.",
            ]),
            table_label: w.of(["Ver los números", "See the numbers"]),
            empty: "",
        },
        ticks: &[(0.0, "0"), (2.0, "2"), (4.0, "4")],
        period_label: w.of(["Día", "Day"]),
        observed_label: w.of(["Quejas", "Complaints"]),
        expected_label: w.of(["Lo esperado", "Expected"]),
        band_label: w.of(["Lo normal", "Usual"]),
        points: &[WatchedPoint {
            label: "28",
            long_label: "28",
            observed: Some(3.0),
            shown: "3",
            ..WatchedPoint::default()
        }],
        ..WatchedSeries::default()
    })
}

/// An hour of the week below.
struct Hour {
    label: String,
    long_label: String,
    count: Option<f64>,
    shown: String,
    usual: f64,
    shown_usual: String,
}

/// The n-th hour: busy at night, silent for half a day, rising at the end.
fn hour(n: u32) -> Hour {
    let (day, of_day) = (21 + n / 24, n % 24);
    let usual = 2.0 + f64::from(of_day.saturating_sub(12)) / 3.0;
    let burst = f64::from(n.saturating_sub(120)) / 4.0;
    let count = (f64::from(n * 37 % 11) / 11.0 * usual * 1.6 + burst).round();
    let count = (!(60..72).contains(&n)).then_some(count);
    Hour {
        label: if of_day == 12 { day.to_string() } else { String::new() },
        long_label: format!("{day}/11, {of_day}:00"),
        shown: count.map_or_else(|| "–".to_owned(), |count| format!("{count:.0}")),
        count,
        usual,
        shown_usual: format!("{usual:.0}"),
    }
}

/// A week of hours.
fn hours(w: Words) -> Markup {
    let hours: Vec<Hour> = (0..168_u32).map(hour).collect();
    let points: Vec<WatchedPoint<'_>> = hours
        .iter()
        .map(|hour| WatchedPoint {
            label: &hour.label,
            long_label: &hour.long_label,
            observed: hour.count,
            shown: &hour.shown,
            low_expected_high: Some((hour.usual * 0.3, hour.usual, hour.usual * 1.7)),
            shown_expected: &hour.shown_usual,
            ..WatchedPoint::default()
        })
        .collect();
    watched_series(&WatchedSeries {
        words: ChartWords {
            id: "hours",
            title: w.of(["Hora a hora", "Hour by hour"]),
            summary: w.of(["Sube sin parar desde el 26.", "It has been rising since the 26th."]),
            table_label: w.of(["Ver los números", "See the numbers"]),
            empty: "",
        },
        ticks: &[(0.0, "0"), (10.0, "10"), (20.0, "20")],
        period_label: w.of(["Hora", "Hour"]),
        observed_label: w.of(["Quejas", "Complaints"]),
        above_label: w.of(["Más de lo normal", "More than usual"]),
        expected_label: w.of(["Lo esperado", "Expected"]),
        band_label: w.of(["Lo normal", "Usual"]),
        points: &points,
        onset: Some((120, w.of(["desde el 26", "since the 26th"]))),
    })
}

const PLACES: [(&str, &str, &str, TileTone); 16] = [
    ("CS", "Castelló/Castellón", "14", TileTone::Alarm),
    ("V", "València/Valencia", "6", TileTone::Notice),
    ("A", "Alacant/Alicante", "3", TileTone::Watch),
    ("M", "Madrid", "2", TileTone::Quiet),
    ("B", "Barcelona", "1", TileTone::Quiet),
    ("T", "Tarragona", "4", TileTone::Watch),
    ("TE", "Teruel", "0", TileTone::Quiet),
    ("Z", "Zaragoza", "1", TileTone::Quiet),
    ("SE", "Sevilla", "0", TileTone::Quiet),
    ("MA", "Málaga", "2", TileTone::Quiet),
    ("C", "A Coruña", "0", TileTone::Quiet),
    ("BI", "Bizkaia", "1", TileTone::Quiet),
    ("PM", "Illes Balears", "5", TileTone::Notice),
    ("TF", "Santa Cruz de Tenerife", "0", TileTone::Quiet),
    ("GC", "Las Palmas", "128", TileTone::Notice),
    ("SS", "Gipuzkoa", "", TileTone::NoData),
];

fn map(w: Words, spain: bool) -> Markup {
    let tiles: Vec<Tile<'_>> = if spain {
        PLACES
            .iter()
            .map(|(code, label, value_text, tone)| Tile {
                code,
                label,
                value_text,
                tone: *tone,
                href: Some("#aviso"),
            })
            .collect()
    } else {
        [
            ("Porto", "3", TileTone::Notice),
            ("Lisboa", "1", TileTone::Quiet),
            ("Vila Nova de Famalicão", "9", TileTone::Alarm),
            ("Faro", "", TileTone::NoData),
        ]
        .map(|(label, value_text, tone)| Tile { label, value_text, tone, ..Tile::default() })
        .to_vec()
    };
    tile_map(&TileMap {
        words: ChartWords {
            id: if spain { "map" } else { "places" },
            title: w.of(["Dónde pasa", "Where it is happening"]),
            summary: w.of([
                "Sobre todo en uno de los sitios; cerca, algo menos.",
                "Mostly in one place; less so nearby.",
            ]),
            table_label: w.of(["Ver los números", "See the numbers"]),
            empty: "",
        },
        tone_labels: [
            w.of(["Lo normal", "As usual"]),
            w.of(["Mira", "Look"]),
            w.of(["Aviso", "Notice"]),
            w.of(["Alarma", "Alarm"]),
            w.of(["Sin datos", "No data"]),
        ],
        place_label: w.of(["Provincia", "Province"]),
        value_label: w.of(["Quejas", "Complaints"]),
        tone_label: w.of(["Cómo está", "How it is"]),
        tiles: &tiles,
    })
}

fn card(w: Words, id: &str, level: Level) -> Markup {
    let (label, title, value) = match level {
        Level::Watch => {
            (["Mira", "Look"], ["Dos quejas por el baño", "Two complaints about the toilets"], "2")
        }
        Level::Notice => {
            (["Aviso", "Notice"], ["El precio se comenta más", "Prices are being talked about"], "6")
        }
        Level::Alarm => (
            ["Alarma", "Alarm"],
            ["Quejas por la espera en Castellón", "Complaints about the wait in Castellón"],
            "14",
        ),
    };
    ui::warning_card(&WarningCard {
        id,
        level,
        level_label: w.of(label),
        title: w.of(title),
        since: When { iso: "2026-11-24", shown: w.of(["desde el 24 de noviembre", "since 24 November"]) },
        place: "Castellón",
        story: Story {
            value,
            unit: w.of(["voces", "voices"]),
            usual: w.of(["Lo normal en tres días: 1,2", "Usual in three days: 1.2"]),
            sentence: w.of([
                "Once son perfiles que nunca habíamos visto.",
                "Eleven are profiles we had never seen.",
            ]),
        },
        link: Some(("#aviso", w.of(["Ver qué pasa", "See what is going on"]))),
        actions: None,
    })
}

fn facts(w: Words) -> Markup {
    ui::fact_list(&[
        Fact {
            label: w.of(["Perfiles nuevos", "New profiles"]),
            value: w.of(["11 de 14", "11 of 14"]),
            explanation: w
                .of(["Lo normal es que uno de cada tres sea nuevo.", "Usually one in three is new."]),
        },
        Fact {
            label: w.of(["Textos casi iguales", "Nearly the same text"]),
            value: w.of(["5, en dos grupos", "5, in two groups"]),
            explanation: w.of([
                "Comparten frases enteras, cambiando nombres.",
                "They share whole sentences with names changed.",
            ]),
        },
        Fact {
            label: w.of(["De fuera", "From elsewhere"]),
            value: w.of(["3 de cada 4", "3 in 4"]),
            explanation: "",
        },
    ])
}

fn timeline(w: Words) -> Markup {
    let moment = |iso, shown, what, detail| Moment { when: When { iso, shown }, what, detail };
    ui::timeline(&[
        moment(
            "2026-11-24T21:10:00Z",
            w.of(["24 de noviembre, 22:10", "24 November, 22:10"]),
            w.of(["La primera queja", "The first complaint"]),
            w.of([
                "En Google, de alguien con una sola opinión.",
                "On Google, by somebody with a single review.",
            ]),
        ),
        moment(
            "2026-11-25T09:00:00Z",
            w.of(["25 de noviembre, 10:00", "25 November, 10:00"]),
            w.of(["Doce en una noche", "Twelve in one night"]),
            "",
        ),
        moment(
            "2026-11-25T09:04:00Z",
            w.of(["25 de noviembre, 10:04", "25 November, 10:04"]),
            w.of(["Te avisamos", "We warned you"]),
            w.of(["Por correo, con este enlace.", "By e-mail, with this link."]),
        ),
    ])
}

fn ticks(w: Words) -> Markup {
    let row = |id, title, detail, done| {
        ui::tick_row(&TickRow { id, action: "#", hidden: &[("token", "abc")], title, detail, done })
    };
    ui::task_list(&html! {
        (row("t1", w.of(["Guarda una copia", "Keep a copy"]), w.of(["Ya la hemos guardado con la hora.", "We have kept one with the time."]), true))
        (row("t2", w.of(["Contesta a las tres que son de clientes", "Answer the three that are customers"]), "", false))
        (row("t3", w.of(["Pide a Google que mire las otras once", "Ask Google to look at the other eleven"]), w.of(["Adjunta el dosier.", "Attach the dossier."]), false))
    })
}

fn quotes(w: Words) -> Markup {
    ui::quotes(&[
        Quote {
            text: "Una hora para una paella. No volváis.",
            lang: Some("es"),
            by: w.of(["user8841, 24 de noviembre", "user8841, 24 November"]),
            href: "#map",
        },
        Quote {
            text: "Una hora para un arroz. No volváis nunca.",
            lang: Some("es"),
            by: w.of(["Ana R., 25 de noviembre", "Ana R., 25 November"]),
            href: "#map",
        },
        Quote {
            text: "Tres cuartos de hora y frío.",
            lang: Some("es"),
            by: w.of(["P. Soler, 25 de noviembre", "P. Soler, 25 November"]),
            href: "#map",
        },
    ])
}

/// Warnings, all their parts.
pub(crate) fn all(w: Words) -> Markup {
    html! {
        (ui::page_header(w.of(["Avisos", "Warnings"]), w.of(["Lo que se sale de lo normal.", "What is out of the ordinary."]), None))
        (card(w, "aviso", Level::Alarm))
        (card(w, "aviso-2", Level::Notice))
        (card(w, "aviso-3", Level::Watch))
        (ui::chart::charts(&html! { (series(w, "series")) (map(w, true)) (hours(w)) (one_day(w)) (map(w, false)) }))
        (ui::card("facts", w.of(["En qué nos basamos", "What this rests on"]), &facts(w)))
        (ui::card("timeline", w.of(["Qué ha pasado", "What happened"]), &timeline(w)))
        h2 { (w.of(["Qué hacer", "What to do"])) }
        (ticks(w))
        (ui::card("quotes", w.of(["Lo que dicen", "What they say"]), &quotes(w)))
    }
}

/// The dossier of a warning.
pub(crate) fn dossier(w: Words) -> Markup {
    document::dossier(&Dossier {
        title: w.of(["Catorce quejas en tres días", "Fourteen complaints in three days"]),
        lead: w.of([
            "Lo que hemos visto en las fuentes públicas de Bar La Marina.",
            "What we saw in the public sources of Bar La Marina.",
        ]),
        running_head: w.of(["Bar La Marina · 28 de noviembre de 2026", "Bar La Marina · 28 November 2026"]),
        small_print: w.of([
            "Hecho con Timón en el ordenador del negocio.",
            "Made with Timón on the business's own computer.",
        ]),
        content: html! {
            (document::section(w.of(["En pocas palabras", "In short"]), &html! {
                (ui::level_badge(Level::Alarm, w.of(["Alarma", "Alarm"])))
                (ui::story(&Story { value: "14", unit: w.of(["voces", "voices"]), usual: w.of(["Lo normal en tres días: 1,2", "Usual in three days: 1.2"]), sentence: "" }))
                (series(w, "series"))
            }))
            (document::section(w.of(["En qué nos basamos", "What this rests on"]), &facts(w)))
            (document::section(w.of(["Dónde", "Where"]), &map(w, true)))
            (document::section(w.of(["Qué ha pasado", "What happened"]), &timeline(w)))
            (document::section(w.of(["Lo que dicen", "What they say"]), &html! { @for _ in 0..5 { (quotes(w)) } }))
            (document::section(w.of(["De dónde sale", "Where it comes from"]), &html! {
                p { (document::printed_link("Google Maps", "https://maps.example.org/bar-la-marina?cid=123")) }
                p { a href="#series" { (w.of(["El gráfico de arriba", "The chart above"])) } }
            }))
        },
    })
}
