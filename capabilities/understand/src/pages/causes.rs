//! Why people complain: the cause of the week with quotes, what they speak of, and whether what the owner changed worked.

use std::collections::BTreeMap;

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::{Cause, FixId, OrganizationKind, Role};
use foundation::Context;
use foundation::store::{Batch, Scope, StoreError};
use foundation::web::{CheckedForm, Member, Problem, ProblemKind, Texts, shell};
use http::StatusCode;
use jiff::{SignedDuration, Timestamp};
use listen::rules::day_of;
use maud::{Markup, html};
use nlp::{Aspect, Fingerprint};
use serde::Deserialize;
use stats::Share;
use ui::chart::{ChartWords, LineWithBand, PeriodValue, line_with_band};
use ui::{
    Button, Choice, Column, DataTable, Field, Icon, Quote, Tone, actions, card, data_table, disclosure,
    empty_state, form_errors, hidden, notice, page_header, quotes,
};

use super::one::conflict;
use crate::rules;
use crate::rules::fixes::{self, BeforeAfter, SIDE_DAYS, Verdict};
use crate::rules::names;
use crate::rules::week::{self, Complaints, MONTH_DAYS, QUOTES, TopCause, WEEK_DAYS};
use crate::store::counts::{self, AspectDay, SentimentDay};
use crate::store::fixes::{FIXES_MAX, Fix};
use crate::store::{self, ReadMention};

/// Days of the table of aspects, and of the stretch it is compared with.
const ASPECT_DAYS: i64 = SIDE_DAYS;
/// Aspects named by fewer mentions are not listed.
const ASPECT_MENTIONS_MIN: u64 = 3;
/// Candidates among which quotes are chosen.
const CANDIDATES: u32 = 24;
/// A shorter text says too little to be quoted first.
const TELLING_CHARS_MIN: usize = 30;
/// No chart under so many mentions.
const CHART_MIN: u64 = 20;

/// The cause of the week with its quotes.
pub struct WeekView {
    /// The most frequent kind of complaint; `None` when it cannot be said.
    pub top: Option<TopCause>,
    /// Mentions to quote, newest first.
    pub quoted: Vec<ReadMention>,
    /// All complaints of the last four weeks, by cause and aspect.
    pub month: Complaints,
}

/// The cause of the week of an organisation.
pub async fn week(scope: &Scope, now: Timestamp, today: i64) -> Result<WeekView, StoreError> {
    let week = counts::causes(scope, today - WEEK_DAYS + 1, today).await?;
    let month = counts::causes(scope, today - MONTH_DAYS + 1, today).await?;
    let Some(top) = week::top_cause(&week, &month) else {
        return Ok(WeekView { top: None, quoted: Vec::new(), month });
    };
    let since = now - SignedDuration::from_hours(24 * top.days);
    let candidates = store::complaints(scope, since, top.cause, top.aspect, CANDIDATES).await?;
    let quoted = distinct(candidates);
    Ok(WeekView { top: Some(top), quoted, month })
}

/// The first few that are not copies of each other and say more than a word or two.
fn distinct(mut candidates: Vec<ReadMention>) -> Vec<ReadMention> {
    let unhappy = |m: &ReadMention| m.reading.as_ref().map_or(0.0, |r| r.probabilities[0]);
    // the clearest first; among equals the newest, as they come
    candidates.sort_by(|a, b| unhappy(b).total_cmp(&unhappy(a)));
    let mut chosen: Vec<(Fingerprint, ReadMention)> = Vec::new();
    let (telling, short): (Vec<_>, Vec<_>) =
        candidates.into_iter().partition(|m| m.whole().chars().count() >= TELLING_CHARS_MIN);
    for mention in telling.into_iter().chain(short) {
        let fingerprint = Fingerprint::of(&mention.whole());
        if chosen.len() < QUOTES && !chosen.iter().any(|(other, _)| other.is_near(&fingerprint)) {
            chosen.push((fingerprint, mention));
        }
    }
    chosen.into_iter().map(|(_, mention)| mention).collect()
}

/// "Mal servicio · la espera", or only the cause where the texts do not agree on one thing.
fn cause_words(t: &Texts, cause: Cause, aspect: Option<Aspect>) -> String {
    let cause = t.get(&format!("cause-{cause}"));
    match aspect {
        Some(aspect) => format!("{cause} · {}", t.get(&format!("aspect-{}", aspect.as_str()))),
        None => cause.into_owned(),
    }
}

/// "entre 21 % y 57 %".
fn between(t: &Texts, share: Share) -> String {
    let (low, high) = share.interval();
    t.with("share-between", &[("low", t.percent(low).into()), ("high", t.percent(high).into())]).into_owned()
}

/// The cause of the week as a card; other pages show it the same way.
pub fn week_card(member: &Member, view: &WeekView) -> Markup {
    let t = member.texts();
    let Some(top) = &view.top else {
        let complaints: i64 = view.month.values().sum();
        let key = if complaints == 0 { "week-none" } else { "week-not-yet" };
        let values = [("n", complaints.into()), ("min", week::ALIKE_MIN.into())];
        return card("week", &t.get("week-title"), &html! { p { (t.with(key, &values)) } });
    };
    let values = [
        ("n", (top.share.hits as i64).into()),
        ("all", (top.share.n as i64).into()),
        ("between", between(t, top.share).into()),
        ("days", top.days.into()),
    ];
    let zone = &member.principal.time_zone;
    let said: Vec<(String, String, String, Option<&str>)> = view
        .quoted
        .iter()
        .map(|m| {
            let whole = m.whole();
            let reading = m.reading.as_ref();
            let span = reading.and_then(|r| week::blamed(&r.aspects, top.aspect));
            let words = span.map_or_else(|| week::shorten(&whole), |span| week::quote(&whole, span));
            let author = m.author.clone().unwrap_or_else(|| t.get("mention-no-author").into_owned());
            let by = if m.dated == 0 { author } else { format!("{author}, {}", t.date(m.posted_at, zone)) };
            let lang = reading.map(|r| &*r.language).filter(|l| *l != "unsure");
            (words, by, format!("/mentions/{}", m.id), lang)
        })
        .collect();
    let shown: Vec<Quote<'_>> =
        said.iter().map(|(text, by, href, lang)| Quote { text, by, href, lang: *lang }).collect();
    let all = [("cause", top.cause.to_string()), ("days", top.days.to_string())];
    let address = foundation::web::forms::address("/mentions", &all);
    card(
        "week",
        &t.get("week-title"),
        &html! {
            p { strong { (cause_words(t, top.cause, top.aspect)) } }
            p { (t.with("week-count", &values)) }
            (quotes(&shown))
            (actions(&html! {
                (Button::secondary(&t.get("week-see-all")).href(&address))
                (Button::quiet(&t.get("week-mark-fix")).href("/causes#add-fix"))
            }))
        },
    )
}

/// How an aspect was spoken of, lately and before.
pub struct AspectView {
    /// Which.
    pub aspect: Aspect,
    /// Mentions that blame it, name it, praise it in the last eight weeks.
    pub now: [u64; 3],
    /// The same in the eight weeks before.
    pub before: [u64; 3],
}

/// Something the owner changed and what came of it.
pub struct FixView {
    /// What she changed.
    pub fix: Fix,
    /// Complaints before and since.
    pub compared: BeforeAfter,
    /// Weeks from eight before to eight after: the first day, mentions that complain about it of all.
    pub weeks: Vec<(i64, Share)>,
}

/// What the page of causes shows.
pub struct CausesView {
    /// The cause of the week.
    pub week: WeekView,
    /// What mentions speak of, most blamed first.
    pub aspects: Vec<AspectView>,
    /// Mentions read in the last eight weeks and in those before.
    pub read: [u64; 2],
    /// What the owner changed, latest first.
    pub fixes: Vec<FixView>,
    /// What the organisation is: its aspects come first.
    pub kind: OrganizationKind,
    /// Today, in days since 1970.
    pub today: i64,
    /// The form as it was sent, to correct, with the key of what is wrong.
    pub refused: Option<(FixForm, &'static str)>,
}

/// The page of causes.
pub fn causes_page(member: &Member, view: &CausesView) -> Markup {
    let t = member.texts();
    let empty = view.read == [0, 0] && view.fixes.is_empty();
    let content = html! {
        (page_header(&t.get("causes-title"), &t.get("causes-lead"), None))
        @if empty {
            (empty_state(Icon::Mentions, &t.get("mentions-empty-title"), &t.get("mentions-empty"), Some(html! {
                (Button::primary(&t.get("import-title")).href("/import").icon(Icon::Import))
            })))
        } @else {
            (week_card(member, &view.week))
            @if !view.week.month.is_empty() {
                (card("by-cause", &t.get("by-cause-title"), &by_cause(t, &view.week.month)))
            }
            (card("aspects", &t.get("aspects-title"), &aspects(t, view)))
            @for fix in &view.fixes { (fix_card(member, fix)) }
            @if member.may(Role::Manager) { (add_fix_card(member, view)) }
        }
    };
    shell(member, &t.get("causes-title"), content)
}

fn by_cause(t: &Texts, month: &Complaints) -> Markup {
    let all: i64 = month.values().sum();
    let mut causes: BTreeMap<Cause, i64> = BTreeMap::new();
    for ((cause, _), n) in month {
        *causes.entry(*cause).or_default() += n;
    }
    let names = ["by-cause-why", "by-cause-count", "by-cause-share"].map(|key| t.get(key));
    let columns = [
        Column { label: &names[0], numeric: false },
        Column { label: &names[1], numeric: true },
        Column { label: &names[2], numeric: true },
    ];
    let rows: Vec<Vec<Markup>> = causes
        .iter()
        .map(|(cause, n)| {
            let share = Share::new(n.unsigned_abs(), all.unsigned_abs());
            vec![
                html! { a href={ "/mentions?cause=" (cause) "&days=" (MONTH_DAYS) } { (t.get(&format!("cause-{cause}"))) } },
                html! { (t.count(*n)) },
                html! { (between(t, share)) },
            ]
        })
        .collect();
    html! {
        p { (t.with("by-cause-lead", &[("n", all.into())])) }
        (data_table(&DataTable { caption: &t.get("by-cause-title"), caption_hidden: true, columns: &columns, rows: &rows }))
    }
}

fn aspects(t: &Texts, view: &CausesView) -> Markup {
    if view.aspects.is_empty() {
        return html! { p { (t.with("aspects-none", &[("min", (ASPECT_MENTIONS_MIN as i64).into())])) } };
    }
    let names = ["aspects-aspect", "aspects-blame", "aspects-praise", "aspects-change"].map(|key| t.get(key));
    let columns = [
        Column { label: &names[0], numeric: false },
        Column { label: &names[1], numeric: true },
        Column { label: &names[2], numeric: true },
        Column { label: &names[3], numeric: false },
    ];
    let row = |a: &AspectView| {
        let name = a.aspect.as_str();
        vec![
            html! { a href={ "/mentions?aspect=" (name) "&days=" (ASPECT_DAYS) } { (t.get(&format!("aspect-{name}"))) } },
            html! { (t.count(a.now[0] as i64)) },
            html! { (t.count(a.now[2] as i64)) },
            html! { (change_words(t, a, view.read)) },
        ]
    };
    let (blamed, others): (Vec<&AspectView>, Vec<&AspectView>) =
        view.aspects.iter().partition(|a| a.now[0] + a.before[0] > 0);
    let table = |caption: &str, views: &[&AspectView]| {
        let rows: Vec<Vec<Markup>> = views.iter().map(|a| row(a)).collect();
        data_table(&DataTable { caption, caption_hidden: true, columns: &columns, rows: &rows })
    };
    let (title, more) = (t.get("aspects-title"), t.get("aspects-more"));
    html! {
        p { (t.with("aspects-lead", &[("n", (view.read[0] as i64).into()), ("weeks", (ASPECT_DAYS / 7).into())])) }
        @if !blamed.is_empty() { (table(&title, &blamed)) }
        @if !others.is_empty() { (disclosure(&more, &table(&more, &others))) }
    }
}

/// More or fewer complaints than before, where that is more than chance; else "like before".
fn change_words(t: &Texts, a: &AspectView, read: [u64; 2]) -> String {
    let (now, before) = (Share::new(a.now[0], read[0]), Share::new(a.before[0], read[1]));
    let (low, _, high) = now.minus(before);
    let key = match () {
        () if read[1] == 0 => "change-nothing-before",
        () if low > 0.0 => "change-more",
        () if high < 0.0 => "change-fewer",
        () => "change-same",
    };
    t.with(key, &[("before", (before.hits as i64).into())]).into_owned()
}

const fn verdict_key(verdict: Verdict) -> (&'static str, Tone) {
    match verdict {
        Verdict::TooEarly => ("fix-too-early", Tone::Info),
        Verdict::NothingBefore => ("fix-nothing-before", Tone::Info),
        Verdict::Worked => ("fix-worked", Tone::Success),
        Verdict::Worse => ("fix-worse", Tone::Warning),
        Verdict::CannotTell => ("fix-cannot-tell", Tone::Info),
    }
}

fn fix_card(member: &Member, view: &FixView) -> Markup {
    let t = member.texts();
    let (fix, compared) = (&view.fix, &view.compared);
    let aspect = t.get(&format!("aspect-{}", fix.aspect)).into_owned();
    let (key, tone) = verdict_key(compared.verdict);
    let (low, _, high) = compared.change;
    let points = |share: f64| t.decimal((share * 100.0).abs(), 0);
    // from the smaller to the larger change, whichever way it went
    let (least, most) = if high < 0.0 { (high, low) } else { (low, high) };
    let verdict = t.with(key, &[("least", points(least).into()), ("most", points(most).into())]);
    let side = |key: &str, share: Share| {
        let values = [
            ("hits", (share.hits as i64).into()),
            ("n", (share.n as i64).into()),
            ("between", between(t, share).into()),
        ];
        t.with(key, &values).into_owned()
    };
    card(
        &format!("fix-{}", fix.id),
        &t.with("fix-title", &[("aspect", aspect.as_str().into())]),
        &html! {
            p { (fix.what) " " span.hint { (t.with("fix-since", &[("date", t.day(fix.day).into())])) } }
            (notice(tone, "", &html! { (verdict) }))
            p { (side("fix-before", compared.before)) }
            p { (side("fix-after", compared.after)) }
            (weeks_chart(t, view, &aspect))
            @if member.may(Role::Manager) {
                form method="post" action={ "/causes/fixes/" (fix.id) } {
                    (hidden("csrf", &member.visitor.csrf))
                    (actions(&html! { (Button::quiet(&t.get("fix-forget")).context(&fix.what)) }))
                }
            }
        },
    )
}

fn weeks_chart(t: &Texts, view: &FixView, aspect: &str) -> Markup {
    let all: u64 = view.weeks.iter().map(|(_, share)| share.n).sum();
    let labels: Vec<(String, String, String, String, String)> = view
        .weeks
        .iter()
        .map(|(day, share)| {
            let date = t.day(*day);
            let short = date.rsplit_once(' ').map_or("", |(day_and_month, _)| day_and_month);
            let (shown, interval) = if share.n > 0 {
                (t.percent(share.value()), between(t, *share))
            } else {
                (t.get("share-nothing").into_owned(), String::new())
            };
            (short.to_owned(), date, shown, interval, t.count(share.n as i64))
        })
        .collect();
    let periods: Vec<PeriodValue<'_>> = if all < CHART_MIN {
        Vec::new()
    } else {
        let values = view.weeks.iter().zip(&labels);
        values
            .map(|((_, share), (label, long_label, shown, shown_interval, count))| PeriodValue {
                label,
                long_label,
                low_value_high: (share.n > 0).then(|| {
                    let (low, high) = share.interval();
                    (low, share.value(), high)
                }),
                shown,
                shown_interval,
                count,
            })
            .collect()
    };
    let ticks: Vec<(f64, String)> = [0.0, 0.5, 1.0].map(|share| (share, t.percent(share))).to_vec();
    let ticks: Vec<(f64, &str)> = ticks.iter().map(|(share, label)| (*share, label.as_str())).collect();
    let words = ["weeks-title", "chart-table", "week", "weeks-value", "interval", "weeks-count"]
        .map(|key| t.get(key));
    line_with_band(&LineWithBand {
        words: ChartWords {
            id: &format!("weeks-{}", view.fix.id),
            title: &words[0],
            summary: &t
                .with("weeks-summary", &[("aspect", aspect.into()), ("date", t.day(view.fix.day).into())]),
            table_label: &words[1],
            empty: &t.with("chart-empty", &[("min", (CHART_MIN as i64).into())]),
        },
        axis: (0.0, 1.0),
        ticks: &ticks,
        period_label: &words[2],
        value_label: &words[3],
        interval_label: &words[4],
        count_label: &words[5],
        periods: &periods,
        mark: view.weeks.iter().position(|(day, _)| *day == view.fix.day),
    })
}

fn add_fix_card(member: &Member, view: &CausesView) -> Markup {
    let t = member.texts();
    let mut matters =
        rules::business(view.kind).map_or(Aspect::ALL.to_vec(), |kind| Aspect::of_kind(kind).to_vec());
    matters.extend(Aspect::ALL.into_iter().filter(|aspect| !matters.contains(aspect)).collect::<Vec<_>>());
    let names: Vec<(&str, String)> =
        matters.iter().map(|a| (a.as_str(), t.get(&format!("aspect-{}", a.as_str())).into_owned())).collect();
    let choices: Vec<Choice<'_>> = names.iter().map(|(value, label)| Choice::new(value, label)).collect();
    let sent = view.refused.as_ref().map(|(form, _)| form);
    let fault = view.refused.as_ref().map(|(_, key)| t.get(key).into_owned()).unwrap_or_default();
    let about = view.week.top.as_ref().and_then(|top| top.aspect).map(Aspect::as_str);
    let aspect = sent.map(|form| form.aspect.as_str()).or(about).unwrap_or_default();
    let today = civil(view.today);
    let since = sent.map_or(today.as_str(), |form| form.since.as_str());
    card(
        "add-fix",
        &t.get("add-fix-title"),
        &html! {
            p { (t.with("add-fix-lead", &[("weeks", (SIDE_DAYS / 7).into())])) }
            @if !fault.is_empty() { (form_errors(&t.get("form-errors"), &[("what", &fault)])) }
            form.form method="post" action="/causes/fixes" {
                (hidden("csrf", &member.visitor.csrf))
                (Field::select("aspect", &t.get("add-fix-aspect"), &choices).value(aspect))
                (Field::text("what", &t.get("add-fix-what")).hint(&t.get("add-fix-what-hint")).required().max_length(200)
                    .value(sent.map(|form| form.what.as_str()).unwrap_or_default()).error(&fault))
                (Field::date("since", &t.get("add-fix-since")).required().range("2000-01-01", &today, "").value(since))
                (actions(&html! { (Button::primary(&t.get("add-fix-submit")).icon(Icon::Plus)) }))
            }
        },
    )
}

/// A day since 1970 as the form writes it: 2026-03-05.
fn civil(day: i64) -> String {
    let at = day.checked_mul(86_400).and_then(|second| Timestamp::from_second(second).ok());
    at.map(|at| jiff::tz::TimeZone::UTC.to_datetime(at).date().to_string()).unwrap_or_default()
}

/// The day a form names, in days since 1970.
fn day_named(text: &str) -> Option<i64> {
    let date: jiff::civil::Date = text.parse().ok().filter(|_| text.len() == "2026-03-05".len())?;
    let midnight =
        jiff::tz::TimeZone::UTC.to_timestamp(date.to_datetime(jiff::civil::Time::midnight())).ok()?;
    Some(day_of(midnight, &jiff::tz::TimeZone::UTC))
}

async fn view(context: &Context, member: &Member) -> Result<CausesView, Problem> {
    let scope = &member.scope;
    let now = context.now();
    let today = day_of(now, &member.principal.time_zone);
    let fixes = store::fixes::newest(scope).await?;
    let oldest_fix = fixes.iter().map(|fix| fix.day).min().unwrap_or(today);
    let since = (today - 2 * ASPECT_DAYS).min(oldest_fix - SIDE_DAYS).max(today - DAYS_MAX);
    let days = counts::days(scope, since).await?;
    let aspect_days = counts::aspect_days(scope, since).await?;
    let read = |from: i64, to: i64| -> u64 {
        let inside = days.iter().filter(|d| d.day > from && d.day <= to);
        inside.map(|d| d.counts.iter().sum::<i64>().unsigned_abs()).sum()
    };
    Ok(CausesView {
        week: week(scope, now, today).await?,
        aspects: aspect_views(&aspect_days, today),
        read: [read(today - ASPECT_DAYS, today), read(today - 2 * ASPECT_DAYS, today - ASPECT_DAYS)],
        fixes: fixes.into_iter().map(|fix| fix_view(fix, &days, &aspect_days, today)).collect(),
        kind: store::business(scope).await?.0,
        today,
        refused: None,
    })
}

/// Fixes older than this are compared no more: two years.
const DAYS_MAX: i64 = 730;

fn aspect_views(days: &[AspectDay], today: i64) -> Vec<AspectView> {
    let mut all: BTreeMap<Aspect, AspectView> = BTreeMap::new();
    for day in days.iter().filter(|d| d.day > today - 2 * ASPECT_DAYS && d.day <= today) {
        let Some(aspect) = Aspect::from_name(&day.aspect) else { continue };
        let view = all.entry(aspect).or_insert(AspectView { aspect, now: [0; 3], before: [0; 3] });
        let side = if day.day > today - ASPECT_DAYS { &mut view.now } else { &mut view.before };
        for (total, n) in side.iter_mut().zip(day.counts) {
            *total += n.unsigned_abs();
        }
    }
    let mut all: Vec<AspectView> =
        all.into_values().filter(|a| a.now.iter().sum::<u64>() >= ASPECT_MENTIONS_MIN).collect();
    all.sort_by_key(|a| (std::cmp::Reverse(a.now[0]), std::cmp::Reverse(a.now[2])));
    all
}

fn fix_view(fix: Fix, days: &[SentimentDay], aspect_days: &[AspectDay], today: i64) -> FixView {
    let mut complaints: BTreeMap<i64, u64> = BTreeMap::new();
    for day in aspect_days.iter().filter(|d| d.aspect == fix.aspect) {
        complaints.insert(day.day, day.counts[0].unsigned_abs());
    }
    let days: Vec<fixes::Day> = days
        .iter()
        .map(|d| fixes::Day {
            day: d.day,
            read: d.counts.iter().sum::<i64>().unsigned_abs(),
            complaints: complaints.get(&d.day).copied().unwrap_or_default(),
        })
        .collect();
    let compared = fixes::compare(&days, fix.day, today);
    let sides = SIDE_DAYS / 7;
    let weeks = (-sides..sides)
        .map(|week| fix.day + week * 7)
        .take_while(|first| *first <= today)
        .map(|first| {
            let inside = days.iter().filter(|d| (first..first + 7).contains(&d.day));
            let (hits, n) = inside.fold((0, 0), |(hits, n), d| (hits + d.complaints, n + d.read));
            (first, Share::new(hits, n))
        })
        .collect();
    FixView { fix, compared, weeks }
}

pub(super) async fn index(State(context): State<Context>, member: Member) -> Result<Markup, Problem> {
    Ok(causes_page(&member, &view(&context, &member).await?))
}

/// The form of a fix.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FixForm {
    aspect: String,
    what: String,
    since: String,
}

pub(super) async fn add_fix(
    State(context): State<Context>,
    member: Member,
    CheckedForm(mut form): CheckedForm<FixForm>,
) -> Result<Response, Problem> {
    let aspect = Aspect::from_name(&form.aspect)
        .ok_or_else(|| Problem::new(ProblemKind::Invalid, "problem-invalid-form"))?;
    let mut view = view(&context, &member).await?;
    let what: String = names::tidy(&form.what).chars().take(200).collect();
    (form.what, form.since) = (what.clone(), form.since.chars().take(20).collect());
    let day = day_named(&form.since).filter(|day| (view.today - DAYS_MAX..=view.today).contains(day));
    let fault = match (what.trim(), day) {
        _ if view.fixes.len() >= FIXES_MAX as usize => Some("fix-too-many"),
        ("", _) => Some("fix-what-missing"),
        (_, None) => Some("fix-since-wrong"),
        _ => None,
    };
    if let Some(key) = fault {
        view.refused = Some((form, key));
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, causes_page(&member, &view)).into_response());
    }
    let fix = Fix {
        id: FixId(context.new_id()),
        aspect: aspect.as_str().to_owned(),
        what: what.trim().to_owned(),
        day: day.unwrap_or(view.today),
    };
    let mut batch = Batch::new();
    store::fixes::insert(&mut batch, &fix, context.now());
    member.scope.write(batch).await?;
    Ok(Redirect::to(&format!("/causes#fix-{}", fix.id)).into_response())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ForgetForm {}

pub(super) async fn forget_fix(
    member: Member,
    Path(id): Path<i64>,
    CheckedForm(ForgetForm {}): CheckedForm<ForgetForm>,
) -> Result<Response, Problem> {
    let mut batch = Batch::new();
    store::fixes::delete(&mut batch, FixId(id));
    member
        .scope
        .write(batch)
        .await
        .map_err(|error| if error.is_conflict() { Problem::not_found() } else { conflict(error) })?;
    Ok(Redirect::to("/causes").into_response())
}
