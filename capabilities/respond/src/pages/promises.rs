//! What answers promised: what is due, what became of the rest.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::{PromiseId, PromiseState, Role};
use foundation::Context;
use foundation::web::{CheckedForm, Member, Problem, Texts, shell};
use jiff::SignedDuration;
use maud::{Markup, html};
use serde::Deserialize;
use ui::{
    Badge, Button, Icon, Tone, actions, back_link, badge, card, empty_state, hidden, page_header, task_list,
};

use super::{INVALID, conflict, today};
use crate::rules::palabra::{Part, WINDOW_DAYS};
use crate::store::promises::{self, Counts, Promise};

/// What the page shows.
pub struct PromisesView {
    /// Today, in days since 1970.
    pub today: i64,
    /// Open, the soonest due first.
    pub open: Vec<Promise>,
    /// Settled, the newest first.
    pub settled: Vec<Promise>,
    /// Of the last year.
    pub counts: Counts,
}

pub(super) async fn index(State(context): State<Context>, member: Member) -> Result<Markup, Problem> {
    let today = today(context.now(), &member.principal.time_zone);
    let since = context.now() - SignedDuration::from_hours(24 * WINDOW_DAYS);
    let view = PromisesView {
        today,
        open: promises::open(&member.scope, promises::SHOWN_MAX).await?,
        settled: promises::settled(&member.scope, 50).await?,
        counts: promises::counts(&member.scope, since, today).await?,
    };
    Ok(promises_page(&member, &view))
}

/// The page.
pub fn promises_page(member: &Member, view: &PromisesView) -> Markup {
    let t = member.texts();
    let title = t.get("promises-title");
    let content = html! {
        (back_link(&t.get("answers-title"), "/answers"))
        (page_header(&title, &kept(t, view.counts), None))
        @if view.open.is_empty() && view.settled.is_empty() {
            (empty_state(Icon::Anchor, &t.get("promises-empty-title"), &t.get("promises-empty"), Some(html! {
                (Button::secondary(&t.get("answers-title")).href("/answers"))
            })))
        }
        @if !view.open.is_empty() {
            (card("open", &t.get("promises-open-title"), &task_list(&html! {
                @for promise in &view.open { (row(member, view.today, promise)) }
            })))
        }
        @if !view.settled.is_empty() {
            (card("settled", &t.get("promises-settled-title"), &task_list(&html! {
                @for promise in &view.settled { (row(member, view.today, promise)) }
            })))
        }
    };
    shell(member, &title, content)
}

/// How many were kept, with the interval, in a sentence.
pub(super) fn kept(t: &Texts, counts: Counts) -> String {
    let (hits, all) = (counts.kept + counts.kept_late, counts.due());
    let part = Part { hits, all };
    let counted = [("kept", (hits as i64).into()), ("all", (all as i64).into())];
    match part.share() {
        _ if all == 0 => t.get("promises-lead").into_owned(),
        None => t.with("promises-few", &counted).into_owned(),
        Some((share, low, high)) => {
            let values = [
                ("share", t.percent(share).into()),
                ("low", t.percent(low).into()),
                ("high", t.percent(high).into()),
                ("kept", (hits as i64).into()),
                ("all", (all as i64).into()),
            ];
            t.with("promises-kept", &values).into_owned()
        }
    }
}

fn row(member: &Member, today: i64, promise: &Promise) -> Markup {
    let t = member.texts();
    let is_open = promise.state == PromiseState::Open;
    let (words, tone) = match (promise.state, promise.due_day - today) {
        (PromiseState::Open, left) if left < 0 => {
            (t.with("promise-over", &[("n", (-left).into())]), Tone::Error)
        }
        (PromiseState::Open, left) => (t.with("promise-left", &[("n", left.into())]), Tone::Warning),
        (PromiseState::Kept, _) if promise.settled_day.is_some_and(|day| day > promise.due_day) => {
            (t.get("promise-kept-late"), Tone::Warning)
        }
        (state, _) => {
            let tone = if state == PromiseState::Kept { Tone::Success } else { Tone::Info };
            (t.get(&format!("promise-{state}")), tone)
        }
    };
    let author = promise.author.clone().unwrap_or_else(|| t.get("mention-no-author").into_owned());
    let due =
        t.with("promise-to", &[("author", author.as_str().into()), ("day", t.day(promise.due_day).into())]);
    html! {
        li.task {
            div.task-words {
                p.task-title { (promise.text) }
                p.task-detail { a href={ "/answers/" (promise.mention) } { (due) } }
                p { (badge(Badge { label: &words, tone, icon: None })) }
                @if member.may(Role::Agent) {
                    form method="post" action={ "/promises/" (promise.id) } {
                        (hidden("csrf", &member.visitor.csrf))
                        (actions(&html! {
                            @if is_open {
                                (Button::primary(&t.get("promise-keep")).icon(Icon::Check).name_value("state", "kept").context(&promise.text))
                                (Button::quiet(&t.get("promise-break")).name_value("state", "broken").context(&promise.text))
                                (Button::quiet(&t.get("promise-waive")).name_value("state", "waived").context(&promise.text))
                            } @else {
                                (Button::quiet(&t.get("undo")).name_value("state", "open").context(&promise.text))
                            }
                        }))
                    }
                }
            }
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SettleForm {
    state: String,
}

pub(super) async fn settle(
    State(context): State<Context>,
    member: Member,
    Path(id): Path<i64>,
    CheckedForm(form): CheckedForm<SettleForm>,
) -> Result<Response, Problem> {
    let (scope, id) = (&member.scope, PromiseId(id));
    promises::one(scope, id).await?.ok_or_else(Problem::not_found)?;
    let state = PromiseState::parse(&form.state).ok_or(INVALID)?;
    let today = today(context.now(), &member.principal.time_zone);
    promises::settle(&context, scope, id, state, today).await.map_err(conflict)?;
    Ok(Redirect::to("/promises").into_response())
}
