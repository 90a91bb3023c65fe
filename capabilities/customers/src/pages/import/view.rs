//! The pages of a file as functions of what they show.

use foundation::web::page::shell_refreshed;
use foundation::web::{Member, Texts, shell};
use maud::{Markup, html};
use ui::{
    Button, ButtonStyle, Column, DataTable, Field, Icon, Progress, Tone, actions, back_link, card,
    data_table, hidden, key_values, link_button, notice, page_header,
};

use super::address;
use crate::store::imports::Import;

/// The first page: a file.
pub(super) fn index_page(member: &Member, past: &[Import], failed: Option<&str>, bytes_max: u64) -> Markup {
    let t = member.texts();
    let megabytes = t.count((bytes_max / 1_000_000) as i64);
    let too_large = t.with("import-file-too-large", &[("max", megabytes.clone().into())]);
    let content = html! {
        (back_link(&t.get("customers-title"), "/customers"))
        (page_header(&t.get("customers-import-title"), &t.get("customers-import-lead"), None))
        @if let Some(key) = failed { (notice(Tone::Error, &t.get(key), &html! { (t.get("customers-import-help")) })) }
        (card("file", &t.get("customers-import-card"), &html! {
            form.form method="post" action="/customers/import" enctype="multipart/form-data" {
                // The token stands before the file: nothing is written to disk for a stranger.
                (hidden("csrf", &member.visitor.csrf))
                (Field::file("file", &t.get("import-file")).required()
                    .hint(&t.with("customers-import-hint", &[("max", megabytes.into())]))
                    .accept(".csv,.tsv,.txt,.xlsx,.gz").drop_area(&t.get("import-file-drop"), bytes_max, &too_large))
                (actions(&html! { (Button::primary(&t.get("import-file-submit")).icon(Icon::Import)) }))
            }
        }))
        (card("help", &t.get("customers-import-help-title"), &html! {
            ul { @for n in 1..=3 { li { (t.get(&format!("customers-import-help-{n}"))) } } }
        }))
        @if !past.is_empty() { (card("past", &t.get("customers-import-past"), &past_table(member, past))) }
    };
    shell(member, &t.get("customers-import-title"), content)
}

fn past_table(member: &Member, past: &[Import]) -> Markup {
    let t = member.texts();
    let names = [
        "import-column-what",
        "import-column-when",
        "import-column-state",
        "customers-import-added",
        "import-rejected",
    ];
    let names = names.map(|key| t.get(key));
    let columns: Vec<Column<'_>> =
        names.iter().enumerate().map(|(at, label)| Column { label, numeric: at > 2 }).collect();
    let row = |import: &Import| {
        vec![
            html! { a href=(address(import.id)) { (import.file_name) } },
            html! { (t.moment(import.created_at, &member.principal.time_zone)) },
            html! { (t.get(&format!("import-state-{}", import.state))) },
            html! { (t.count(import.added as i64)) },
            html! { (t.count((import.rejected + import.old) as i64)) },
        ]
    };
    let rows: Vec<Vec<Markup>> = past.iter().map(row).collect();
    let caption = t.get("customers-import-past");
    data_table(&DataTable { caption: &caption, caption_hidden: true, columns: &columns, rows: &rows })
}

/// Lines and why they were refused; never what stood there.
pub(super) fn refused_table(t: &Texts, refused: &[(u64, String)]) -> Markup {
    let names = ["import-line", "import-reason"].map(|key| t.get(key));
    let columns = names.each_ref().map(|label| Column { label, numeric: false });
    let reason = |reason: &str| match reason {
        "no-contact" | "future" | "too-old" | "forgotten" | "no-note" => {
            t.get(&format!("customers-row-{reason}")).into_owned()
        }
        _ => t.get(&format!("row-{reason}")).into_owned(),
    };
    let rows: Vec<Vec<Markup>> = refused
        .iter()
        .map(|(line, why)| vec![html! { (t.count(*line as i64)) }, html! { (reason(why)) }])
        .collect();
    let caption = t.get("import-rejections");
    data_table(&DataTable { caption: &caption, caption_hidden: false, columns: &columns, rows: &rows })
}

/// How far it has come, in words.
pub(super) fn progress_words(t: &Texts, import: &Import) -> String {
    let (done, total) = (t.count(import.lines_done as i64), t.count(import.lines_total as i64));
    t.with("import-progress", &[("done", done.into()), ("total", total.into())]).into_owned()
}

/// The page while it runs.
pub(super) fn running_page(member: &Member, import: &Import) -> Markup {
    let t = member.texts();
    let content = html! {
        (page_header(&t.get("customers-import-running"), &t.get("import-running-lead"), None))
        (ui::progress(&Progress {
            id: "import",
            label: &t.get("customers-import-running"),
            done: import.lines_done,
            total: Some(import.lines_total),
            text: &progress_words(t, import),
            url: Some(&format!("{}/progress", address(import.id))),
        }))
        (actions(&link_button(&t.get("customers-title"), "/customers", ButtonStyle::Quiet)))
    };
    shell_refreshed(member, &t.get("customers-import-running"), content, Some(2))
}

/// The page once it has ended.
pub(super) fn done_page(member: &Member, import: &Import, refused: &[(u64, String)]) -> Markup {
    let t = member.texts();
    let failed = import.error_key.as_deref();
    let title = if failed.is_some() { t.get("import-failed-title") } else { t.get("customers-import-done") };
    let counts = [
        ("customers-import-added", import.added),
        ("customers-import-same", import.same),
        ("customers-import-opted-out", import.opted_out),
        ("customers-import-old", import.old),
        ("import-rejected", import.rejected),
    ];
    let counts = counts.map(|(key, n)| (t.get(key), html! { (t.count(n as i64)) }));
    let pairs: Vec<(&str, Markup)> = counts.iter().map(|(label, n)| (&**label, n.clone())).collect();
    let content = html! {
        (back_link(&t.get("customers-title"), "/customers"))
        (page_header(&title, "", None))
        @if let Some(key) = failed { (notice(Tone::Error, &t.get(key), &html! { (t.get("customers-import-help")) })) }
        (card("counts", "", &key_values(&pairs)))
        (actions(&html! {
            (Button::primary(&t.get("customers-import-see")).href("/customers").icon(Icon::Account))
            (Button::quiet(&t.get("import-another")).href("/customers/import"))
        }))
        @if !refused.is_empty() { (refused_table(t, refused)) }
    };
    shell(member, &title, content)
}
