//! When to warn: the owner's budget of false alarms, checked with her own past, and what could be seen at all.

use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::Role;
use foundation::Context;
use foundation::store::Batch;
use foundation::web::page::shell_refreshed;
use foundation::web::{CheckedForm, Member, Problem, ProblemKind, Texts};
use jiff::SignedDuration;
use maud::{Markup, html};
use serde::Deserialize;
use ui::{
    Button, Choice, Column, DataTable, Field, Icon, TaskRow, Tone, actions, back_link, card, data_table,
    hidden, notice, page_header, task_list, task_row,
};

use super::{REFRESH_SECONDS, reloads};
use crate::rules::past::{BUDGETS, Past, PastWarning};
use crate::rules::story::Facts;
use crate::store::{self, warnings};
use crate::words;

/// Warnings judged in this time say whether the budget was kept.
const JUDGED: SignedDuration = SignedDuration::from_hours(24 * 182);

/// With less history than this nobody can say what would be seen.
const LEARNING_DAYS: i64 = 28;

/// What the page shows.
pub struct BudgetView {
    /// Days between two warnings about nothing.
    pub false_alarm_days: u32,
    /// What weighing the history found; `None` while it is being weighed.
    pub past: Option<Past>,
    /// Warnings judged in the last half year: all, false.
    pub judged: (i64, i64),
    /// Whether the budget was just chosen.
    pub saved: bool,
}

/// What the address asks.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    saved: String,
}

pub(super) async fn index(
    State(context): State<Context>,
    member: Member,
    Query(asked): Query<Asked>,
) -> Result<Markup, Problem> {
    let scope = &member.scope;
    let (handled, nothing) = warnings::judged(scope, context.now() - JUDGED).await?;
    let view = BudgetView {
        false_alarm_days: store::setting(scope).await?.false_alarm_days,
        past: store::past(scope).await?,
        judged: (handled + nothing, nothing),
        saved: asked.saved == "yes",
    };
    Ok(budget_page(&member, &view))
}

/// The page.
pub fn budget_page(member: &Member, view: &BudgetView) -> Markup {
    let t = member.texts();
    let content = html! {
        (back_link(&t.get("warnings-back"), "/warnings"))
        (page_header(&t.get("budget-title"), &t.get("budget-lead"), None))
        @if view.past.is_none() { (reloads()) }
        @if view.saved {
            (notice(Tone::Success, &t.get("budget-saved"), &html! {
                @if view.past.is_none() { (t.get("budget-saved-lead")) }
            }))
        }
        @if view.judged.0 > 0 { (judged(t, view)) }
        (card("budget", &t.get("budget-question"), &choice(member, view)))
        (card("sight", &t.get("sight-title"), &sight(t, view.past.as_ref())))
        (card("past", &t.get("past-title"), &past(t, view)))
    };
    shell_refreshed(member, &t.get("budget-title"), content, view.past.is_none().then_some(REFRESH_SECONDS))
}

fn judged(t: &Texts, view: &BudgetView) -> Markup {
    let (all, nothing) = view.judged;
    let lead = t.with("judged-lead", &[("all", all.into()), ("nothing", nothing.into())]);
    // What the budget allows in half a year.
    let allowed = 182.0 / f64::from(view.false_alarm_days.max(1));
    let broken = nothing as f64 > allowed.max(1.0);
    let tone = if broken { Tone::Warning } else { Tone::Info };
    notice(tone, "", &html! { (lead) @if broken { " " (t.get("judged-advice")) } })
}

fn choice(member: &Member, view: &BudgetView) -> Markup {
    let t = member.texts();
    let labels: Vec<(String, String)> = BUDGETS
        .iter()
        .map(|(days, name)| (days.to_string(), t.get(&format!("budget-{name}")).into_owned()))
        .collect();
    let choices: Vec<Choice<'_>> = labels.iter().map(|(value, label)| Choice::new(value, label)).collect();
    let now = view.false_alarm_days.to_string();
    html! {
        @if member.may(Role::Manager) {
            form.form method="post" action="/warnings/settings" {
                (hidden("csrf", &member.visitor.csrf))
                (Field::radio("days", &t.get("budget-question"), &choices).value(&now).hint(&t.get("budget-hint")).label_hidden())
                (actions(&html! { (Button::primary(&t.get("budget-submit"))) }))
            }
        } @else {
            @for (value, label) in &labels { @if *value == now { p { strong { (label) } } } }
            p.hint { (t.get("budget-hint")) }
        }
    }
}

fn sight(t: &Texts, past: Option<&Past>) -> Markup {
    let Some(past) = past else { return html! { p { (t.get("past-not-yet")) } } };
    let said = match &past.sight {
        None if past.days() < LEARNING_DAYS => t.get("sight-not-yet"),
        None => t.get("sight-none"),
        Some(sight) => t.with(
            "sight-some",
            &[
                ("voices", i64::from(sight.voices).into()),
                ("hours", i64::from(sight.hours).into()),
                ("share", t.percent(sight.probability).into()),
            ],
        ),
    };
    html! { p { (said) } p.hint { (t.get("sight-how")) } }
}

fn past(t: &Texts, view: &BudgetView) -> Markup {
    let Some(past) = &view.past else { return html! { p { (t.get("past-not-yet")) } } };
    if past.mentions == 0 {
        return html! { p { (t.get("past-empty")) } };
    }
    let lead = t.with(
        "past-lead",
        &[
            ("n", (past.mentions as i64).into()),
            ("from", t.day(past.from_day).into()),
            ("to", t.day(past.to_day).into()),
        ],
    );
    let labels = ["past-budget", "past-warnings"].map(|key| t.get(key));
    let columns = [Column { label: &labels[0], numeric: false }, Column { label: &labels[1], numeric: true }];
    let rows: Vec<Vec<Markup>> = BUDGETS
        .iter()
        .map(|(days, name)| {
            vec![
                html! {
                    (t.get(&format!("budget-{name}")))
                    @if *days == view.false_alarm_days { " " strong { "(" (t.get("past-now")) ")" } }
                },
                html! { (t.count(past.warnings_at(*days) as i64)) },
            ]
        })
        .collect();
    html! {
        p { (lead) }
        (data_table(&DataTable { caption: &t.get("past-table"), caption_hidden: false, columns: &columns, rows: &rows }))
        h3 { (t.get("past-list")) }
        @if past.warnings.is_empty() { p { (t.get("past-list-none")) } }
        @else { (task_list(&html! { @for warning in past.warnings.iter().rev() { (past_row(t, warning)) } })) }
    }
}

fn past_row(t: &Texts, warning: &PastWarning) -> Markup {
    let values = [
        ("n", (warning.observed.round() as i64).into()),
        ("usual", words::figure(t, warning.expected).into()),
        ("from", t.day(warning.since.div_euclid(86_400)).into()),
    ];
    let place = words::place(t, &warning.segment, &Facts::default());
    let level = t.get(&format!("level-{}", warning.level));
    task_row(&TaskRow {
        icon: Icon::Clock,
        title: &t.with("past-row", &values),
        detail: &if warning.open {
            format!("{level}{place} · {}", t.get("past-open"))
        } else {
            format!("{level}{place}")
        },
        urgent: false,
        action: html! {},
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct BudgetForm {
    days: u32,
}

pub(super) async fn choose(
    State(context): State<Context>,
    member: Member,
    CheckedForm(form): CheckedForm<BudgetForm>,
) -> Result<Response, Problem> {
    if !BUDGETS.iter().any(|(days, _)| *days == form.days) {
        return Err(Problem::new(ProblemKind::Invalid, "problem-invalid-form"));
    }
    let mut batch = Batch::new();
    store::set_budget(&mut batch, form.days);
    member.scope.write(batch).await?;
    context.wakes.wake(understand::READ);
    Ok(Redirect::to("/warnings/settings?saved=yes").into_response())
}
