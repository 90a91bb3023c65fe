//! The page of the silent majority. Only members see it; nothing of it is published.

use axum::extract::{Query, State};
use domain::SourceKind;
use foundation::Context;
use foundation::store::{Scope, StoreError};
use foundation::web::{Member, Problem, Texts, shell};
use maud::{Markup, html};
use serde::Deserialize;
use stats::Interval;
use ui::{
    Button, Field, Icon, Tone, actions, back_link, card, disclosure, empty_state, key_values, notice,
    page_header,
};

use super::day_of;
use crate::census::{Known, PERIOD_DAYS, known};
use crate::majority::{ANSWERS_MIN, Finding, RESPONSE_MIN, WIDTH_MAX};
use crate::store::{self, RatedSource};

/// More customers than this nobody has in a quarter.
const CUSTOMERS_MAX: u64 = 10_000_000;

/// What the address asks.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    customers: String,
}

/// What the page shows.
pub struct MajorityView {
    /// What is known; `None` while nobody was asked.
    pub known: Option<Known>,
    /// Customers of the period that were counted; the owner may say another number.
    pub counted: u64,
    /// How many she said.
    pub said: Option<u64>,
    /// Answers of people whom nobody had chosen.
    pub unchosen: u64,
}

pub(super) async fn index(
    State(context): State<Context>,
    member: Member,
    Query(asked): Query<Asked>,
) -> Result<Markup, Problem> {
    let today = day_of(context.now(), &member.principal.time_zone);
    let said = asked.customers.trim().parse().ok().filter(|n| (1..=CUSTOMERS_MAX).contains(n));
    Ok(majority_page(&member, &view(&member.scope, today, said).await?))
}

async fn view(scope: &Scope, today: i64, said: Option<u64>) -> Result<MajorityView, StoreError> {
    let from_day = today - PERIOD_DAYS + 1;
    let census = store::census(scope, from_day, today).await?;
    let (counted, unchosen) = (census.customers, census.unchosen);
    let known = if census.asked > 0 || !census.answers.is_empty() {
        let sources = store::rated_sources(scope).await?;
        let customers = said.unwrap_or(counted) as f64;
        Some(known(&census, public(&sources, from_day), customers, from_day))
    } else {
        None
    };
    Ok(MajorityView { known, counted, said, unchosen })
}

/// Public ratings of the period that nobody of ours asked for.
fn public(sources: &[RatedSource], from_day: i64) -> [f64; 5] {
    let asked_for = |s: &&RatedSource| matches!(s.kind, SourceKind::OwnForm | SourceKind::Census);
    let mut sums = [0.0; 5];
    for (day, stars) in sources.iter().filter(|s| !asked_for(s)).flat_map(|s| &s.days) {
        if *day >= from_day {
            for (sum, n) in sums.iter_mut().zip(stars) {
                *sum += *n as f64;
            }
        }
    }
    sums
}

/// The page.
pub fn majority_page(member: &Member, view: &MajorityView) -> Markup {
    let t = member.texts();
    let title = t.get("majority-title");
    let content = html! {
        (back_link(&t.get("majority-back"), "/cushion"))
        (page_header(&title, &t.get("majority-lead"), None))
        @match &view.known {
            None => {
                (empty_state(Icon::Mail, &t.get("majority-empty-title"), &t.get("majority-empty"), Some(html! {
                    (Button::primary(&t.get("majority-empty-action")).href("/invitations"))
                })))
            }
            Some(known) => {
                (finding(t, known))
                @if known.finding.tells_share() { (card("figures", &t.get("majority-figures"), &figures(t, known))) }
                (card("answers", &t.get("majority-answers"), &answers(t, view, known)))
                (card("customers", &t.get("majority-customers"), &customers(t, view)))
            }
        }
        p.hint { (t.get("majority-private")) }
    };
    shell(member, &title, content)
}

/// What may be said, and what not.
fn finding(t: &Texts, known: &Known) -> Markup {
    let tone = match known.finding {
        Finding::MoreThanSeen => Tone::Success,
        Finding::FewerThanSeen => Tone::Warning,
        _ => Tone::Info,
    };
    let silence = match known.finding {
        Finding::FewAnswers => t.with("majority-few-answers", &[("min", (ANSWERS_MIN as i64).into())]),
        Finding::LowResponse => t.with("majority-low-response", &[("min", t.percent(RESPONSE_MIN).into())]),
        Finding::TooWide => t.with("majority-too-wide", &[("max", t.percent(WIDTH_MAX).into())]),
        told => return notice(tone, &satisfied(t, known), &html! { p { (beside(t, known, told)) } }),
    };
    notice(tone, &t.get("majority-cannot-say"), &html! { p { (silence) } })
}

/// "Of your 812 customers this quarter, between 640 and 720 were satisfied."
fn satisfied(t: &Texts, known: &Known) -> String {
    let (customers, share) = (known.asked.customers, known.majority.satisfied);
    if customers < 1.0 {
        let values = [("low", t.percent(share.low).into()), ("high", t.percent(share.high).into())];
        return t.with("majority-share", &values).into_owned();
    }
    let people = |share: f64| t.count((customers * share).round() as i64);
    let values = [
        ("customers", t.count(customers as i64).into()),
        ("low", people(share.low).into()),
        ("high", people(share.high).into()),
    ];
    t.with("majority-people", &values).into_owned()
}

fn beside(t: &Texts, known: &Known, finding: Finding) -> String {
    if finding == Finding::LittlePublic {
        return t.get("majority-little-public").into_owned();
    }
    let tenths = (known.majority.visible * 10.0).round() as i64;
    t.with(&format!("majority-{}", finding.key()), &[("visible", tenths.into())]).into_owned()
}

fn percents(t: &Texts, low: f64, high: f64) -> String {
    let values = [("low", t.percent(low).into()), ("high", t.percent(high).into())];
    t.with("majority-between", &values).into_owned()
}

fn with_middle(t: &Texts, share: Interval) -> String {
    format!("{} ({})", t.percent(share.middle), percents(t, share.low, share.high))
}

fn figures(t: &Texts, known: &Known) -> Markup {
    let m = &known.majority;
    let mut rows: Vec<(&str, String)> = vec![
        ("majority-satisfied", with_middle(t, m.satisfied)),
        ("majority-band", percents(t, m.band.0, m.band.1)),
    ];
    if let Some(last) = m.last_wave {
        rows.push(("majority-last-wave", with_middle(t, last)));
    }
    if let Some(share) = known.by_month {
        rows.push(("majority-by-month", t.percent(share)));
    }
    rows.push(("majority-worst", percents(t, m.worst_best.0, m.worst_best.1)));
    if known.finding != Finding::LittlePublic {
        rows.push(("majority-visible", t.percent(m.visible)));
        rows.push(("majority-gap", points(t, m.gap)));
        if known.asked.customers >= 1.0 {
            let n = |people: f64| t.count(people.round() as i64);
            let values = [("low", n(m.silent.low).into()), ("high", n(m.silent.high).into())];
            rows.push(("majority-silent", t.with("majority-between", &values).into_owned()));
        }
    }
    let labels: Vec<_> = rows.iter().map(|(key, _)| t.get(key)).collect();
    let pairs: Vec<(&str, Markup)> =
        labels.iter().zip(&rows).map(|(label, (_, value))| (&**label, html! { (value) })).collect();
    html! {
        (key_values(&pairs))
        @if known.unequal { p.hint { (t.get("majority-unequal")) } }
        (disclosure(&t.get("how-computed"), &html! { p { (t.get("majority-how")) } }))
    }
}

/// A difference of shares, in percentage points with their sign.
fn points(t: &Texts, gap: Interval) -> String {
    let signed = |x: f64| {
        let n = (x * 100.0).round() as i64;
        if n > 0 { format!("+{n}") } else { n.to_string().replace('-', "−") }
    };
    let values = [
        ("middle", signed(gap.middle).into()),
        ("low", signed(gap.low).into()),
        ("high", signed(gap.high).into()),
    ];
    t.with("majority-points", &values).into_owned()
}

fn answers(t: &Texts, view: &MajorityView, known: &Known) -> Markup {
    let count: f64 = known.asked.answers.iter().sum();
    let late: f64 = known.asked.late.map_or(0.0, |late| late.iter().sum());
    let (low, high) = known.majority.response;
    let values = [
        ("answers", t.count(count as i64).into()),
        ("asked", t.count(known.asked.invited as i64).into()),
        ("low", t.percent(low).into()),
        ("high", t.percent(high).into()),
    ];
    html! {
        p { (t.with("majority-answered", &values)) }
        @if late > 0.0 { p { (t.with("majority-late", &[("n", (late as i64).into())])) } }
        @if view.unchosen > 0 { p { (t.with("majority-unchosen", &[("n", (view.unchosen as i64).into())])) } }
        p { a href="/invitations" { (t.get("plan-invitations")) } }
    }
}

fn customers(t: &Texts, view: &MajorityView) -> Markup {
    let value = view.said.or((view.counted > 0).then_some(view.counted)).map(|n| n.to_string());
    let most = CUSTOMERS_MAX.to_string();
    html! {
        p { (t.with("majority-counted", &[("n", (view.counted as i64).into())])) }
        form method="get" action="/majority" {
            (Field::number("customers", &t.get("majority-customers-label")).range("1", &most, "1")
                .value(value.as_deref().unwrap_or("")).hint(&t.get("majority-customers-hint")))
            (actions(&html! { (Button::secondary(&t.get("majority-customers-submit"))) }))
        }
    }
}
