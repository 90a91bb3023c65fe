//! How a drill went: when the detector warned, what went well, how long each step took, and one next step.

use foundation::web::Texts;
use maud::{Markup, html};
use ui::{Button, Column, DataTable, Icon, actions, card, data_table};
use warn::words::class_name;

use crate::rules::{Found, Next, Report, Walk, report};

/// A time as minutes and seconds: "2 min 05 s".
pub fn time(seconds: i64) -> String {
    format!("{} min {:02} s", seconds / 60, seconds % 60)
}

/// When the detector warned, in a sentence.
pub fn seen(t: &Texts, found: &Found) -> String {
    let Some(seen) = &found.seen else {
        return t.with("drill-not-seen", &[("n", i64::from(found.voices).into())]).into_owned();
    };
    let values = [
        ("level", t.get(&format!("level-{}", seen.level)).into_owned().into()),
        ("hours", (seen.minutes / 60).into()),
        ("minutes", (seen.minutes % 60).into()),
        ("n", i64::from(seen.voices).into()),
        ("all", i64::from(found.voices).into()),
    ];
    t.with("drill-seen", &values).into_owned()
}

/// The report of a drill that was walked to its end.
pub fn report_card(t: &Texts, kind: domain::OrganizationKind, walk: &Walk, found: &Found) -> Markup {
    let report = report(walk, found);
    let slow: Vec<_> = report.steps.iter().filter(|(.., slow)| *slow).collect();
    html! {
        (card("seen", &t.get("drill-report-seen"), &html! { p { (seen(t, found)) } }))
        (card("next", &t.get("drill-report-next"), &next(t, report.next)))
        (card("good", &t.get("drill-report-good"), &html! {
            @if report.good.is_empty() { p { (t.get("drill-good-none")) } }
            @else { ul { @for good in &report.good { li { (t.get(&format!("drill-good-{}", good.as_str()))) } } } }
        }))
        (card("slow", &t.get("drill-report-slow"), &html! {
            @if slow.is_empty() { p { (t.get("drill-slow-none")) } }
            (times(t, &report))
        }))
        (card("said", &t.get("drill-report-said"), &said(t, kind, walk)))
    }
}

fn next(t: &Texts, next: Next) -> Markup {
    let (key, link) = match next {
        Next::Settings => ("settings".to_owned(), Some(("/warnings/settings", "budget-title"))),
        Next::Charter => ("charter".to_owned(), Some(("/values", "values-title"))),
        Next::Decider => ("decider".to_owned(), Some(("/values", "values-title"))),
        Next::Told => ("told".to_owned(), None),
        Next::Statement => ("statement".to_owned(), None),
        Next::Slow(step) => (format!("slow-{}", step.as_str()), None),
        Next::Again => ("again".to_owned(), None),
    };
    html! {
        p { (t.get(&format!("drill-next-{key}"))) }
        @if let Some((href, label)) = link { (actions(&html! { (Button::secondary(&t.get(label)).href(href).icon(Icon::Forward)) })) }
    }
}

fn times(t: &Texts, report: &Report) -> Markup {
    let labels = ["drill-column-step", "drill-column-time", "drill-column-target"].map(|key| t.get(key));
    let columns: Vec<Column<'_>> =
        labels.iter().enumerate().map(|(at, label)| Column { label, numeric: at > 0 }).collect();
    let rows: Vec<Vec<Markup>> = report
        .steps
        .iter()
        .map(|(step, seconds, slow)| {
            let name = t.get(&format!("drill-name-{}", step.as_str()));
            vec![
                html! { (name) @if *slow { " · " (t.get("drill-slow")) } },
                html! { (time(*seconds)) },
                html! { (time(step.target_seconds())) },
            ]
        })
        .collect();
    data_table(&DataTable {
        caption: &t.get("drill-report-slow"),
        caption_hidden: true,
        columns: &columns,
        rows: &rows,
    })
}

/// Her own words, to be read again in calm.
fn said(t: &Texts, kind: domain::OrganizationKind, walk: &Walk) -> Markup {
    let class = walk.class.map(|class| class_name(t, kind, class)).unwrap_or_default();
    let suggested = walk.suggested.filter(|suggested| Some(*suggested) != walk.class);
    let rows = [
        ("drill-name-triage", class.as_str()),
        ("triage-who", &walk.decider),
        ("drill-told", &walk.told),
        ("drill-statement", &walk.statement),
    ];
    html! {
        dl.pairs {
            @for (key, text) in rows.iter().filter(|(_, text)| !text.is_empty()) {
                div { dt { (t.get(key)) } dd dir="auto" { (text) } }
            }
            @for answer in walk.answers.iter().filter(|answer| !answer.is_empty()) {
                div { dt { (t.get("drill-answer")) } dd dir="auto" { (answer) } }
            }
        }
        @if let Some(suggested) = suggested {
            p { (t.with("drill-suggested", &[("class", class_name(t, kind, suggested).into())])) }
        }
    }
}
