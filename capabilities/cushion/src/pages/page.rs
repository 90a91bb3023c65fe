//! The page of the cushion: how much each place can take, what if, what a stranger reads first, and the plan.

use std::borrow::Cow;

use axum::extract::{Query, State};
use foundation::Context;
use foundation::web::{Member, Problem, Texts, shell};
use maud::{Markup, html};
use serde::Deserialize;
use ui::{
    Badge, Button, Choice, Column, DataTable, Field, Tone, actions, back_link, badge, card, data_table,
    disclosure, key_values, number_row, page_header,
};

use super::cards::{bounded, cushion_card};
use super::plan::{self, PlanView};
use super::{day_of, first, number_of_field};
use crate::numbers::{Rated, Seen, Whole, whole};
use crate::stress::{ANGRY_MAX, After, Replay, replays, stress};

/// Angry customers the page asks about before anybody moved the slider.
const ANGRY_FIRST: u64 = 5;

/// What the address asks.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    place: String,
    angry: String,
    target: String,
    until: String,
    per_day: String,
}

/// What the page shows.
pub struct CushionView {
    /// The numbers.
    pub whole: Whole,
    /// The source the questions are about, where there is one with enough ratings.
    pub place: Option<Rated>,
    /// Angry customers asked about.
    pub angry: u64,
    /// The plan that was asked for, or what its form proposes.
    pub plan: Option<PlanView>,
}

pub(super) async fn index(
    State(context): State<Context>,
    member: Member,
    Query(asked): Query<Asked>,
) -> Result<Markup, Problem> {
    let today = day_of(context.now(), &member.principal.time_zone);
    let whole = whole(&member.scope, today).await?;
    let place = whole.place(asked.place.trim().parse().ok()).cloned();
    let plan = match &place {
        None => None,
        Some(place) => {
            let wanted = plan::Wanted { target: &asked.target, until: &asked.until, per_day: &asked.per_day };
            Some(plan::view(&member.scope, place, today, &wanted).await?)
        }
    };
    let angry = number_of_field(&asked.angry, 0, ANGRY_MAX, ANGRY_FIRST);
    Ok(cushion_page(&member, &CushionView { whole, place, angry, plan }))
}

/// The page.
pub fn cushion_page(member: &Member, view: &CushionView) -> Markup {
    let t = member.texts();
    let title = t.get("cushion-title");
    let content = html! {
        (back_link(&t.get("back-to-today"), "/today"))
        (page_header(&title, &t.get("cushion-lead"), Some(html! {
            (Button::secondary(&t.get("majority-title")).href("/majority"))
        })))
        (number_row(&cushion_card(t, &view.whole.numbers, false)))
        @if let Some(place) = &view.place {
            (card("what-if", &t.get("stress-title"), &what_if(t, &view.whole.rated, place, view.angry)))
            (card("bought", &t.get("bought-title"), &bought(t, place)))
            (card("places", &t.get("cushion-places"), &places(t, &view.whole.seen)))
            (card("first", &t.get("first-title"), &first::read_first(t, &view.whole.newcomer)))
            (card("cases", &t.get("cases-title"), &cases(t, place)))
            @if let Some(plan) = &view.plan { (card("plan", &t.get("plan-title"), &plan::plan_card(t, plan))) }
        }
    };
    shell(member, &title, content)
}

/// The slider, what is seen then, and the table it picks from.
fn what_if(t: &Texts, all: &[Rated], place: &Rated, angry: u64) -> Markup {
    let table = stress(&place.surface, &place.ratings, &place.newest_bad);
    let rows: Vec<[String; 3]> = table.iter().map(|after| stress_row(t, place, after)).collect();
    let labels = ["stress-angry", "stress-shown", "stress-ten"].map(|key| t.get(key));
    let now = &rows[angry.min(ANGRY_MAX) as usize];
    let pairs: Vec<(&str, Markup)> = labels
        .iter()
        .zip(now)
        .enumerate()
        .map(|(at, (label, cell))| (&**label, html! { span data-picked=(at) { (cell) } }))
        .collect();
    html! {
        p { (t.with("stress-now", &[
            ("n", bounded(place.cushion.k as f64).into()),
            ("threshold", t.decimal(place.surface.threshold, 1).into()),
            ("source", place.cushion.name.as_str().into()),
        ])) " " (t.get("stress-lead")) }
        form method="get" action="/cushion#what-if" {
            (choose(t, all, place))
            div.field {
                label for="angry" { (t.get("stress-question")) }
                input.control id="angry" name="angry" type="range" min="0" max=(ANGRY_MAX) step="1" value=(angry)
                    data-pick="stress-table" aria-valuetext=(now.join("; "));
            }
            div aria-live="polite" { (key_values(&pairs)) }
            (actions(&html! { (Button::secondary(&t.get("stress-submit"))) }))
        }
        div id="stress-table" { (disclosure(&t.get("stress-table"), &every_case(t, &labels, &rows))) }
    }
}

/// Which source the questions are about; nothing to choose when there is only one.
fn choose(t: &Texts, all: &[Rated], place: &Rated) -> Markup {
    if all.len() < 2 {
        return html! {};
    }
    let ids: Vec<String> = all.iter().map(|r| r.id.to_string()).collect();
    let choices: Vec<Choice<'_>> =
        ids.iter().zip(all).map(|(id, r)| Choice::new(id, &r.cushion.name)).collect();
    html! {
        (Field::select("place", &t.get("source"), &choices).value(&place.id.to_string()).submit_on_change())
    }
}

fn every_case(t: &Texts, labels: &[Cow<'_, str>], rows: &[[String; 3]]) -> Markup {
    let columns: Vec<Column<'_>> = labels.iter().map(|label| Column { label, numeric: false }).collect();
    let rows: Vec<Vec<Markup>> =
        rows.iter().map(|row| row.iter().map(|cell| html! { (cell) }).collect()).collect();
    data_table(&DataTable {
        caption: &t.get("stress-title"),
        caption_hidden: true,
        columns: &columns,
        rows: &rows,
    })
}

fn stress_row(t: &Texts, place: &Rated, after: &After) -> [String; 3] {
    let (shown, threshold) = (t.decimal(after.shown, 1), t.decimal(place.surface.threshold, 1));
    let shown = if after.below {
        t.with("stress-below", &[("shown", shown.into()), ("threshold", threshold.into())]).into_owned()
    } else {
        shown
    };
    let bad = t.with("stress-bad-of-ten", &[("bad", (after.bad_of_ten as i64).into())]).into_owned();
    [t.count(after.angry as i64), shown, bad]
}

/// What each ordinary review buys.
fn bought(t: &Texts, place: &Rated) -> Markup {
    let tau = place.surface.tau();
    let gain = place.habit.gain(tau);
    let stars: f64 = place.habit.stars.iter().sum();
    let mean = gain + tau;
    let values = [("mean", t.decimal(mean, 1).into()), ("source", place.cushion.name.as_str().into())];
    let few = stars < crate::RATINGS_MIN as f64;
    html! {
        @if few {
            p { (t.get("bought-few")) }
        } @else if gain <= 0.0 {
            p { (t.with("bought-nothing", &values)) }
        } @else {
            @let n = ((tau - 1.0) / gain).ceil();
            p { (t.with("bought", &[
                ("n", bounded(n).into()),
                ("mean", t.decimal(mean, 1).into()),
                ("source", place.cushion.name.as_str().into()),
            ])) }
        }
        p.hint { (t.get("bought-how")) }
    }
}

fn places(t: &Texts, seen: &[Seen]) -> Markup {
    let names =
        ["source", "cushion-shown", "cushion-takes", "cushion-week", "cushion-runway", "cushion-words"]
            .map(|key| t.get(key));
    let columns: Vec<Column<'_>> =
        names.iter().enumerate().map(|(at, label)| Column { label, numeric: (1..3).contains(&at) }).collect();
    let rows: Vec<Vec<Markup>> = seen.iter().map(|s| seen_row(t, s)).collect();
    html! {
        (data_table(&DataTable { caption: &t.get("cushion-places"), caption_hidden: true, columns: &columns, rows: &rows }))
        p.hint { (t.get("cushion-places-hint")) }
    }
}

fn seen_row(t: &Texts, s: &Seen) -> Vec<Markup> {
    let name = if s.perceived {
        t.with("cushion-perceived", &[("source", s.name.as_str().into())]).into_owned()
    } else {
        s.name.clone()
    };
    let week = t.with(
        "cushion-week-words",
        &[
            ("least", t.count(bounded(s.week.k10)).into()),
            ("low", t.count(bounded(s.week.low)).into()),
            ("high", t.count(bounded(s.week.high)).into()),
        ],
    );
    let runway = match s.runway_days {
        _ if s.k == 0 => t.get("cushion-runway-gone"),
        None => t.get("cushion-runway-never"),
        Some(days) => t.with("cushion-runway-days", &[("n", i64::from(days).into())]),
    };
    let tone = match s.fragility {
        "none" => Tone::Error,
        "thin" => Tone::Warning,
        "fair" => Tone::Info,
        _ => Tone::Success,
    };
    let words = t.get(&format!("cushion-level-{}", s.fragility));
    vec![
        html! { (name) },
        html! { (t.decimal(s.shown, 1)) },
        html! { (t.with("cushion-takes-words", &[
            ("k", t.count(bounded(s.k as f64)).into()), ("threshold", t.decimal(s.threshold, 1).into()),
        ])) },
        html! { (week) },
        html! { (runway) },
        html! { (badge(Badge { label: &words, tone, icon: None })) },
    ]
}

/// The campaigns that happened to others, on these ratings.
fn cases(t: &Texts, place: &Rated) -> Markup {
    let replays = replays(&place.surface, &place.ratings);
    html! {
        p { (t.with("cases-lead", &[("source", place.cushion.name.as_str().into())])) }
        @for replay in &replays { (case(t, place, replay)) }
        p.hint { (t.get("cases-hint")) }
    }
}

fn case(t: &Texts, place: &Rated, replay: &Replay) -> Markup {
    let threshold = t.decimal(place.surface.threshold, 1);
    let end = t.decimal(replay.days.last().map_or(0.0, |(_, shown)| *shown), 1);
    let fell = replay.below_on.map_or(0, |day| day as i64);
    let key = match (place.cushion.k, fell) {
        (0, _) => "cases-already",
        (_, 0) => "cases-held",
        _ => "cases-fell",
    };
    let values = [("day", fell.into()), ("threshold", threshold.into()), ("end", end.into())];
    let labels = ["cases-day", "cases-so-far", "cushion-shown"].map(|key| t.get(key));
    let columns: Vec<Column<'_>> = labels.iter().map(|label| Column { label, numeric: false }).collect();
    let rows: Vec<Vec<Markup>> = replay
        .days
        .iter()
        .zip(1i64..)
        .map(|((angry, shown), day)| {
            vec![
                html! { (t.count(day)) },
                html! { (t.count(*angry as i64)) },
                html! { (t.decimal(*shown, 1)) },
            ]
        })
        .collect();
    let title = t.get(&format!("case-{}", replay.case.key));
    html! {
        section {
            h3 { (title) }
            p { (t.get(&format!("case-{}-story", replay.case.key)))
                @if !replay.case.source.is_empty() {
                    " " span.hint { (t.with("cases-source", &[("source", replay.case.source.into())])) }
                } }
            p { strong { (t.with(key, &values)) } }
            @if replay.days.len() > 1 {
                (disclosure(&t.with("cases-days", &[("case", title.as_ref().into())]), &data_table(&DataTable {
                    caption: &title, caption_hidden: true, columns: &columns, rows: &rows,
                })))
            }
        }
    }
}
