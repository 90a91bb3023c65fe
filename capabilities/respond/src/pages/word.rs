//! The card of *Palabra*, the tasks of who waits, and the page of the number: by source, by month, how long answers take,
//! promises kept.

use axum::extract::State;
use foundation::Context;
use foundation::web::{Member, Problem, Texts, shell};
use jiff::{SignedDuration, Timestamp};
use maud::{Markup, html};
use ui::{
    Button, Column, DataTable, Icon, NumberCard, NumberNotYet, TaskRow, back_link, card as surface,
    data_table, number_card, number_not_yet, page_header, task_row,
};

use super::promises::kept;
use super::{time_left, today};
use crate::rules::palabra::{DUE_MIN, Palabra, Part, WINDOW_DAYS, median_hours};
use crate::store::promises::{self, Counts};
use crate::store::waiting::Waiting;
use crate::store::word::{self, Delay};

/// The card of the number.
pub fn card(t: &Texts, palabra: &Palabra) -> Markup {
    let formula = html! {
        p { (t.with("palabra-formula", &[("min", (DUE_MIN as i64).into())])) }
    };
    let Some(share) = palabra.share() else {
        let missing = DUE_MIN.saturating_sub(palabra.due).max(1);
        return number_not_yet(&NumberNotYet {
            id: "palabra",
            title: &t.get("palabra-title"),
            icon: Icon::Anchor,
            message: &t.with("palabra-not-yet", &[("n", (missing as i64).into())]),
            have_need: Some((palabra.due.min(DUE_MIN), DUE_MIN)),
            sentence: &t.get("palabra-not-yet-hint"),
            formula_label: &t.get("how-computed"),
            formula,
        });
    };
    let interval = t.with(
        "palabra-interval",
        &[
            ("low", t.percent(palabra.low).into()),
            ("high", t.percent(palabra.high).into()),
            ("n", (palabra.due as i64).into()),
            ("count", t.count(palabra.due as i64).into()),
        ],
    );
    let sentence = t.with(
        "palabra-sentence",
        &[
            ("answered", t.count(palabra.answered as i64).into()),
            ("in_time", t.count(palabra.in_time as i64).into()),
            ("due", t.count(palabra.due as i64).into()),
        ],
    );
    number_card(&NumberCard {
        id: "palabra",
        title: &t.get("palabra-title"),
        icon: Icon::Anchor,
        value: &t.percent(share),
        unit: &t.get("palabra-unit"),
        interval: &interval,
        sentence: &sentence,
        formula_label: &t.get("how-computed"),
        formula,
        more: None,
    })
}

/// One task for somebody who waits.
pub fn task(t: &Texts, now: Timestamp, waiting: &Waiting) -> Markup {
    let mention = &waiting.mention;
    let author = mention.author.clone().unwrap_or_else(|| t.get("mention-no-author").into_owned());
    let title = t.with("task-answer", &[("author", author.as_str().into())]);
    let mut said: String = mention.text.chars().take(110).collect();
    if said.len() < mention.text.len() {
        said.push('…');
    }
    let reason = t.get(&format!("reason-{}", waiting.reason.key()));
    let mut detail = format!("{reason} · {}", time_left(t, waiting.due_at, now));
    if !said.is_empty() {
        detail = format!("{detail} · {said}");
    }
    task_row(&TaskRow {
        icon: Icon::Reply,
        title: &title,
        detail: &detail,
        urgent: waiting.due_at.duration_since(now) < SignedDuration::from_hours(24),
        action: html! {
            (Button::secondary(&t.get("task-answer-open")).href(&format!("/answers/{}", mention.id)).context(&author))
        },
    })
}

/// What the page shows.
pub struct WordView {
    /// All sources together.
    pub palabra: Palabra,
    /// By source.
    pub sources: Vec<(domain::SourceId, String, Palabra)>,
    /// Counts of each day: due, answered, answered in time.
    pub days: Vec<(i64, [u64; 3])>,
    /// How long the newest answers took.
    pub delays: Vec<Delay>,
    /// Promises of the last year.
    pub promises: Counts,
}

/// Reads what the page shows; the public page shows the same.
pub async fn view(
    context: &Context,
    member_scope: &foundation::store::Scope,
    today: i64,
) -> Result<WordView, foundation::store::StoreError> {
    let since = context.now() - SignedDuration::from_hours(24 * WINDOW_DAYS);
    Ok(WordView {
        palabra: word::palabra(member_scope, today).await?,
        sources: word::by_source(member_scope, today).await?,
        days: word::by_day(member_scope, today).await?,
        delays: word::delays(member_scope, since).await?,
        promises: promises::counts(member_scope, since, today).await?,
    })
}

pub(super) async fn index(State(context): State<Context>, member: Member) -> Result<Markup, Problem> {
    let day = today(context.now(), &member.principal.time_zone);
    let view = view(&context, &member.scope, day).await?;
    Ok(word_page(&member, &view))
}

/// The page of the number.
pub fn word_page(member: &Member, view: &WordView) -> Markup {
    let t = member.texts();
    let title = t.get("palabra-title");
    let content = html! {
        (back_link(&t.get("back-to-today"), "/today"))
        (page_header(&title, &t.get("word-lead"), Some(html! {
            (Button::secondary(&t.get("promises-title")).href("/promises"))
            (Button::quiet(&t.get("public-title")).href("/word/public"))
        })))
        (tables(t, view))
    };
    shell(member, &title, content)
}

/// The number, how long answers take, promises, by source and by month.
pub fn tables(t: &Texts, view: &WordView) -> Markup {
    html! {
        (ui::number_row(&card(t, &view.palabra)))
        (surface("time", &t.get("word-time-title"), &html! { p { (median_words(t, &mut hours(view, |_| true))) } }))
        (surface("promises", &t.get("promises-title"), &html! { p { (kept(t, view.promises)) } }))
        (surface("sources", &t.get("word-by-source"), &by_source(t, view)))
        (surface("months", &t.get("word-by-month"), &by_month(t, view)))
    }
}

fn hours(view: &WordView, which: impl Fn(&Delay) -> bool) -> Vec<f64> {
    view.delays.iter().filter(|delay| which(delay)).map(|delay| delay.hours).collect()
}

/// How long the half that was quicker took, in words with its interval; says when that cannot be said.
fn median_words(t: &Texts, hours: &mut [f64]) -> String {
    let n = hours.len() as i64;
    let Some((median, low, high)) = median_hours(hours) else {
        return t.with("word-time-few", &[("n", n.into()), ("min", (DUE_MIN as i64).into())]).into_owned();
    };
    let values = [
        ("median", duration(t, median).into()),
        ("low", duration(t, low).into()),
        ("high", duration(t, high).into()),
        ("n", n.into()),
        ("count", t.count(n).into()),
    ];
    t.with("word-time", &values).into_owned()
}

/// Hours below two days, days above.
fn duration(t: &Texts, hours: f64) -> String {
    let (key, n) =
        if hours < 48.0 { ("in-hours", hours.round()) } else { ("in-days", (hours / 24.0).round()) };
    t.with(key, &[("n", (n as i64).into())]).into_owned()
}

/// A share with its interval, or that it cannot be said yet.
fn share_words(t: &Texts, part: Part) -> String {
    match part.share() {
        None => t.get("word-few").into_owned(),
        Some((share, low, high)) => {
            format!("{} ({}–{})", t.percent(share), t.percent(low), t.percent(high))
        }
    }
}

/// One row of a table: its name, how many were due, answered, in time, and how long answers took.
fn table_row(t: &Texts, name: &str, [due, answered, in_time]: [u64; 3], mut took: Vec<f64>) -> Vec<Markup> {
    let median =
        median_hours(&mut took).map_or_else(|| t.get("word-few").into_owned(), |(m, ..)| duration(t, m));
    vec![
        html! { (name) },
        html! { (t.count(due as i64)) },
        html! { (share_words(t, Part { hits: answered, all: due })) },
        html! { (share_words(t, Part { hits: in_time, all: due })) },
        html! { (median) },
    ]
}

fn table(t: &Texts, first: &str, caption: &str, rows: &[Vec<Markup>]) -> Markup {
    let names = [first, "word-due", "word-answered", "word-in-time", "word-median"].map(|key| t.get(key));
    let columns: Vec<Column<'_>> =
        names.iter().enumerate().map(|(at, label)| Column { label, numeric: at > 0 }).collect();
    data_table(&DataTable { caption: &t.get(caption), caption_hidden: true, columns: &columns, rows })
}

fn by_source(t: &Texts, view: &WordView) -> Markup {
    if view.sources.is_empty() {
        return html! { p { (t.get("word-nothing")) } };
    }
    let rows: Vec<Vec<Markup>> = view
        .sources
        .iter()
        .map(|(id, name, p)| {
            table_row(t, name, [p.due, p.answered, p.in_time], hours(view, |delay| delay.source == *id))
        })
        .collect();
    table(t, "word-source", "word-by-source", &rows)
}

/// Year and month of a day since 1970.
fn month_of(day: i64) -> (i16, i8) {
    let span = jiff::Span::new().days(day.clamp(0, 100_000));
    let date = jiff::civil::date(1970, 1, 1).checked_add(span).unwrap_or(jiff::civil::Date::MAX);
    (date.year(), date.month())
}

fn by_month(t: &Texts, view: &WordView) -> Markup {
    let mut months: Vec<((i16, i8), [u64; 3])> = Vec::new();
    for (day, counts) in &view.days {
        let month = month_of(*day);
        if months.last().is_none_or(|(last, _)| *last != month) {
            months.push((month, [0; 3]));
        }
        if let Some((_, sums)) = months.last_mut() {
            for (sum, n) in sums.iter_mut().zip(counts) {
                *sum += n;
            }
        }
    }
    if months.is_empty() {
        return html! { p { (t.get("word-nothing")) } };
    }
    let rows: Vec<Vec<Markup>> = months
        .iter()
        .rev()
        .map(|(month, counts)| {
            let name = format!("{} {}", t.month_short(month.1), month.0);
            table_row(t, &name, *counts, hours(view, |delay| month_of(delay.day) == *month))
        })
        .collect();
    table(t, "month", "word-by-month", &rows)
}
