//! *Hoy*: four questions and nothing else. What happened, what do I do, how much can I take, what did I promise. It is
//! the program's page, not a room's, because it asks every room. It reads rollups, so it costs the same after a
//! million mentions.

use axum::extract::State;
use cushion::numbers::Numbers;
use domain::{Role, Sentiment, WarningLevel};
use foundation::Context;
use foundation::web::{Access, Member, Problem, Routes, Texts, shell};
use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use listen::rules::day_of;
use listen::store::sources::Source;
use maud::{Markup, html};
use respond::rules::palabra::Palabra;
use respond::store::promises::Promise;
use respond::store::waiting::Waiting;
use ui::chart::{ChartWords, MonthBar, StackedBars, stacked_bars};
use ui::{
    Button, Icon, QuestionSection, TaskRow, empty_state, mention_list, number_row, page_header,
    question_section, task_list, task_row,
};
use understand::pages::WeekView;
use understand::store::counts::SentimentDay;
use understand::store::{Filter, ReadMention};
use warn::store::warnings::Warning;

/// No chart under so many mentions.
const CHART_MIN: i64 = 20;
/// Months in the chart.
const MONTHS: i32 = 12;
/// Tasks of one kind shown; the rest is one line.
const TASKS: u32 = 3;
/// Open warnings asked for, and how many of them are shown.
const WARNINGS_OPEN: u32 = 20;
const WARNINGS_SHOWN: usize = 2;
/// Open promises asked for, and how many days before its day a promise is shown.
const PROMISES_OPEN: u32 = 50;
const PROMISE_SOON_DAYS: i64 = 3;
/// An export this old should be renewed.
const STALE_DAYS: i64 = 30;

/// This page's route.
pub fn routes() -> Routes {
    Routes::new().get("/today", Access::Member(Role::Viewer), today)
}

/// Everything *Hoy* knows.
pub struct TodayView {
    /// The moment it was made.
    pub now: Timestamp,
    /// The day in the organisation's zone, since 1970.
    pub today: i64,
    /// Readings of each day of the last thirteen months.
    pub days: Vec<SentimentDay>,
    /// The latest negative mentions of the week.
    pub bad: Vec<ReadMention>,
    /// The cause of the week.
    pub week: WeekView,
    /// Who waits for an answer, worst first.
    pub waiting: Vec<Waiting>,
    /// How many wait whom not answering hurts.
    pub waiting_count: i64,
    /// Answers somebody began to publish and nobody finished.
    pub halfway: i64,
    /// Open promises, the soonest due first.
    pub promises: Vec<Promise>,
    /// Where we listen.
    pub sources: Vec<Source>,
    /// Mentions not read yet.
    pub unread: i64,
    /// Open warnings.
    pub warnings: Vec<Warning>,
    /// How many incidents are open.
    pub incidents: i64,
    /// Messages that wait for a person to say what became of them.
    pub unsent: i64,
    /// Nota and Colchón.
    pub numbers: Numbers,
    /// Palabra.
    pub palabra: Palabra,
    /// Invitations that leave by themselves today.
    pub invitations: i64,
    /// It is half a year since the last drill.
    pub drill_due: bool,
}

async fn today(State(context): State<Context>, member: Member) -> Result<Markup, Problem> {
    Ok(today_page(&member, &view(&context, &member).await?))
}

async fn view(context: &Context, member: &Member) -> Result<TodayView, Problem> {
    let (scope, zone) = (&member.scope, &member.principal.time_zone);
    let now = context.now();
    let today = day_of(now, zone);
    let week = now - SignedDuration::from_hours(24 * 7);
    let bad = Filter { since: Some(week), sentiment: Some(Sentiment::Negative), ..Filter::default() };
    let queue = respond::store::waiting::queue(context, scope, None, TASKS as usize).await?;
    let promises = respond::store::promises::open(scope, PROMISES_OPEN).await?;
    Ok(TodayView {
        now,
        today,
        days: understand::store::counts::days(scope, today - 400).await?,
        bad: understand::store::newest(scope, &bad, 3).await?,
        week: understand::pages::week(scope, now, today).await?,
        waiting: queue.pressing,
        waiting_count: queue.pressing_count,
        halfway: respond::store::replies::count_halfway(scope).await?,
        promises,
        sources: listen::store::sources::sources(scope).await?,
        unread: listen::store::mentions::count_unread(scope).await?,
        warnings: warn::store::warnings::open(scope, WARNINGS_OPEN).await?,
        incidents: warn::incidents_open(scope).await?,
        unsent: notify::attention(scope).await?.all(),
        numbers: cushion::numbers::numbers(scope, today).await?,
        palabra: respond::store::word::palabra(scope, today).await?,
        invitations: invite::pages::summary(scope, today).await?,
        drill_due: drill::store::due(scope, now).await?,
    })
}

/// The page.
pub fn today_page(member: &Member, view: &TodayView) -> Markup {
    let t = member.texts();
    let zone = &member.principal.time_zone;
    let lead = t.with("today-lead", &[("date", t.date(view.now, zone).into())]);
    let heard: i64 = view.sources.iter().map(|s| s.mentions).sum();
    let content = html! {
        (page_header(&t.get("today-title"), &lead, None))
        @if heard == 0 && view.unread == 0 { (nothing_yet(t)) }
        @else {
            (what_happened(member, zone, view))
            (what_to_do(t, view))
            (question_section(&QuestionSection {
                id: "how-much",
                question: &t.get("question-how-much"),
                answer: "",
                content: number_row(&cushion::pages::cards(t, &view.numbers)),
            }))
            (question_section(&QuestionSection {
                id: "promised",
                question: &t.get("question-promised"),
                answer: "",
                content: promised(t, view),
            }))
        }
    };
    shell(member, &t.get("today-title"), content)
}

/// Palabra, and the promises that come due.
fn promised(t: &Texts, view: &TodayView) -> Markup {
    let rows: Vec<Markup> = view
        .promises
        .iter()
        .filter(|promise| promise.due_day <= view.today + PROMISE_SOON_DAYS)
        .take(TASKS as usize)
        .map(|promise| {
            let day = t.day(promise.due_day);
            task_row(&TaskRow {
                icon: Icon::Anchor,
                title: &promise.text,
                detail: &t.with("task-promise", &[("day", day.into())]),
                urgent: promise.due_day <= view.today,
                action: html! { (Button::secondary(&t.get("task-promise-open")).href("/promises").context(&promise.text)) },
            })
        })
        .collect();
    html! {
        (number_row(&respond::pages::word::card(t, &view.palabra)))
        p { a href="/word" { (t.get("word-open")) } }
        @if !rows.is_empty() { (task_list(&html! { @for row in &rows { (row) } })) }
    }
}

fn nothing_yet(t: &Texts) -> Markup {
    let action = html! { (Button::primary(&t.get("today-empty-action")).href("/import").icon(Icon::Import)) };
    empty_state(Icon::Import, &t.get("today-empty-title"), &t.get("today-empty"), Some(action))
}

/// Sum of the counts of some days.
fn sum(days: &[SentimentDay], from: i64, to: i64) -> [i64; 4] {
    let mut all = [0; 4];
    for day in days.iter().filter(|d| (from..=to).contains(&d.day)) {
        for (total, n) in all.iter_mut().zip(day.counts) {
            *total += n;
        }
    }
    all
}

fn what_happened(member: &Member, zone: &TimeZone, view: &TodayView) -> Markup {
    let t = member.texts();
    let week = sum(&view.days, view.today - 6, view.today);
    let before = sum(&view.days, view.today - 6 - 84, view.today - 7);
    let (all, negative): (i64, i64) = (week.iter().sum(), week[0]);
    // A business that began three weeks ago has three weeks to compare with, not twelve.
    let first = view.days.first().map_or(view.today, |d| d.day);
    let weeks = ((view.today - 6 - first) as f64 / 7.0).clamp(1.0, 12.0);
    let usual = before[0] as f64 / weeks;
    // An export that has grown old is no silence: say what we do not know.
    let newest = view.sources.iter().filter_map(|s| s.newest_day).max();
    let age = newest.map_or(0, |day| view.today - day);
    let values = [
        ("days", age.into()),
        ("all", all.into()),
        ("negative", negative.into()),
        ("usual", t.decimal(usual, usize::from(usual < 10.0)).into()),
    ];
    let told = view.warnings.iter().filter(|w| w.level != WarningLevel::Watch).count() as i64;
    let key = match (all, negative) {
        (0, _) if view.unread > 0 => "happened-reading",
        (0, _) if age > STALE_DAYS => "happened-unknown",
        (0, _) => "happened-nothing",
        (_, 0) => "happened-no-negative",
        // What is more than chance is a warning; this is only the plain comparison.
        (_, n) if told == 0 && n >= 4 && n as f64 >= 2.0 * usual + 2.0 => "happened-more-negative",
        _ => "happened-week",
    };
    let cards: Vec<Markup> =
        view.bad.iter().map(|m| understand::pages::mention(t, zone, m, &[], false)).collect();
    question_section(&QuestionSection {
        id: "happened",
        question: &t.get("question-happened"),
        answer: &t.with(key, &values),
        content: html! {
            @if !view.warnings.is_empty() {
                p { strong { (t.with("happened-warnings", &[("n", (view.warnings.len() as i64).into())])) } " "
                    a href="/warnings" { (t.get("happened-warnings-all")) } }
                (warn::pages::list::for_today(member, &view.warnings, WARNINGS_SHOWN))
            }
            @if view.unread > 0 { p role="status" { (t.with("happened-unread", &[("n", view.unread.into())])) } }
            @if view.week.top.is_some() { (understand::pages::week_card(member, &view.week)) }
            @if !cards.is_empty() { (mention_list(&t.get("happened-latest-negative"), &cards)) }
            (chart(t, zone, view))
        },
    })
}

/// Months of the chart, oldest first: label, sort key.
fn months(t: &Texts, zone: &TimeZone, now: Timestamp) -> Vec<(i32, String, String)> {
    let date = zone.to_datetime(now).date();
    let last = i32::from(date.year()) * 12 + i32::from(date.month()) - 1;
    (last - MONTHS + 1..=last)
        .map(|index| {
            let (year, month) = (index.div_euclid(12), index.rem_euclid(12) as i8 + 1);
            (index, t.month_short(month).to_owned(), format!("{} {year}", t.month_short(month)))
        })
        .collect()
}

fn month_index(day: i64) -> i32 {
    let date = jiff::civil::date(1970, 1, 1)
        .checked_add(jiff::Span::new().days(day.clamp(0, 100_000)))
        .unwrap_or(jiff::civil::date(1970, 1, 1));
    i32::from(date.year()) * 12 + i32::from(date.month()) - 1
}

fn chart(t: &Texts, zone: &TimeZone, view: &TodayView) -> Markup {
    let months = months(t, zone, view.now);
    let mut counts = vec![[0i64; 4]; months.len()];
    for day in &view.days {
        if let Some(at) = months.iter().position(|(index, ..)| *index == month_index(day.day)) {
            for (total, n) in counts[at].iter_mut().zip(day.counts) {
                *total += n;
            }
        }
    }
    let total: i64 = counts.iter().flatten().sum();
    let negative: i64 = counts.iter().map(|c| c[0]).sum();
    let bars: Vec<MonthBar<'_>> = if total < CHART_MIN {
        Vec::new()
    } else {
        months
            .iter()
            .zip(&counts)
            .map(|((_, short, long), [negative, neutral, positive, unsure])| MonthBar {
                label: short,
                long_label: long,
                // What the reading abstains from is drawn with the neutral: neither good nor bad.
                negative: *negative as u32,
                neutral: (*neutral + *unsure) as u32,
                positive: *positive as u32,
            })
            .collect()
    };
    let series = ["sentiment-negative", "chart-neutral-unsure", "sentiment-positive"].map(|key| t.get(key));
    let summary = t.with("chart-summary", &[("all", total.into()), ("negative", negative.into())]);
    stacked_bars(&StackedBars {
        words: ChartWords {
            id: "months",
            title: &t.get("chart-title"),
            summary: &summary,
            table_label: &t.get("chart-table"),
            empty: &t.with("chart-empty", &[("min", CHART_MIN.into())]),
        },
        month_label: &t.get("month"),
        series: [&series[0], &series[1], &series[2]],
        total_label: &t.get("total"),
        months: &bars,
    })
}

/// What was begun and has to be finished comes before anything new.
fn begun(t: &Texts, view: &TodayView) -> Vec<Markup> {
    let row = |title: &str, label: &str, href: &str| {
        task_row(&TaskRow {
            icon: Icon::Warning,
            title,
            detail: "",
            urgent: true,
            action: html! { (Button::secondary(&t.get(label)).href(href)) },
        })
    };
    let mut rows = Vec::new();
    if view.incidents > 0 {
        let title = t.with("task-incident", &[("n", view.incidents.into())]);
        rows.push(row(&title, "task-incident-open", "/warnings#incidents"));
    }
    if view.halfway > 0 {
        let title = t.with("task-halfway", &[("n", view.halfway.into())]);
        rows.push(row(&title, "halfway-finish", "/answers"));
    }
    rows
}

fn what_to_do(t: &Texts, view: &TodayView) -> Markup {
    let mut rows: Vec<Markup> =
        view.waiting.iter().map(|w| respond::pages::word::task(t, view.now, w)).collect();
    let more = view.waiting_count - view.waiting.len() as i64;
    if more > 0 {
        rows.push(task_row(&TaskRow {
            icon: Icon::Mentions,
            title: &t.with("task-more", &[("n", more.into())]),
            detail: "",
            urgent: false,
            action: html! { (Button::quiet(&t.get("task-more-open")).href("/answers")) },
        }));
    }
    rows.splice(0..0, begun(t, view));
    if view.unsent > 0 {
        rows.push(task_row(&TaskRow {
            icon: Icon::Mail,
            title: &t.with("task-unsent", &[("n", view.unsent.into())]),
            detail: "",
            urgent: false,
            action: html! { (Button::secondary(&t.get("task-incident-open")).href("/notices")) },
        }));
    }
    for source in view.sources.iter().filter(|s| s.failures >= 3 || s.state == "gone") {
        rows.push(task_row(&TaskRow {
            icon: Icon::Warning,
            title: &t.with("task-source", &[("source", source.name.as_str().into())]),
            detail: &source
                .error_key
                .as_deref()
                .map(|key| t.get(&format!("feed-error-{key}")))
                .unwrap_or_default(),
            urgent: false,
            action: html! { (Button::secondary(&t.get("task-source-open")).href("/sources")) },
        }));
    }
    if view.invitations > 0 {
        rows.push(task_row(&TaskRow {
            icon: Icon::Mail,
            title: &t.with("task-invitations", &[("n", view.invitations.into())]),
            detail: "",
            urgent: false,
            action: html! { (Button::quiet(&t.get("task-incident-open")).href("/invitations")) },
        }));
    }
    if view.drill_due {
        rows.push(task_row(&TaskRow {
            icon: Icon::Anchor,
            title: &t.get("task-drill"),
            detail: &t.get("task-drill-lead"),
            urgent: false,
            action: html! { (Button::quiet(&t.get("task-drill-open")).href("/drill")) },
        }));
    }
    if let Some(row) = stale(t, view) {
        rows.push(row);
    }
    let answer = match view.waiting_count {
        0 if rows.is_empty() => t.get("todo-nothing"),
        n => t.with("todo-answer", &[("n", n.into())]),
    };
    question_section(&QuestionSection {
        id: "todo",
        question: &t.get("question-todo"),
        answer: &answer,
        content: html! { @if !rows.is_empty() { (task_list(&html! { @for row in &rows { (row) } })) } },
    })
}

/// Exports grow old: reminds of the platform that was imported longest ago.
fn stale(t: &Texts, view: &TodayView) -> Option<Markup> {
    let oldest = view
        .sources
        .iter()
        .filter(|s| s.url.is_none() && s.kind.has_reviews())
        .filter_map(|s| s.newest_day.map(|day| (view.today - day, s)))
        .filter(|(age, _)| *age > STALE_DAYS)
        .max_by_key(|(age, _)| *age)?;
    let (age, source) = oldest;
    Some(task_row(&TaskRow {
        icon: Icon::Import,
        title: &t.with("task-stale", &[("source", source.name.as_str().into())]),
        detail: &t.with("task-stale-detail", &[("days", age.into())]),
        urgent: false,
        action: html! { (Button::secondary(&t.get("task-stale-open")).href("/import")) },
    }))
}
