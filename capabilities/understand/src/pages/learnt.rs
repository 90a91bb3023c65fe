//! What was learnt from the owner's corrections: each with its undo, and how many readings they change.

use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::{CorrectionId, MentionId, Role};
use foundation::Context;
use foundation::web::{CheckedForm, Member, Problem, Texts, shell};
use maud::{Markup, html};
use nlp::{Layer, LayerState};
use serde::Deserialize;
use ui::{
    Button, Icon, Pagination, TaskRow, back_link, card, empty_state, hidden, page_header, pagination,
    task_list, task_row,
};

use super::one::{conflict, said_word};
use crate::rules::week::shorten;
use crate::rules::{self, learnt::Learnt};
use crate::step::{self, Correct};
use crate::store::corrections::{self, Listed};

/// Corrections on a page.
const PAGE: u32 = 20;

/// What the page shows.
pub struct LearntView {
    /// Corrections, newest first.
    pub corrections: Vec<Listed>,
    /// How many are in force.
    pub in_force: usize,
    /// Readings they changed: near-copies, and others by what was learnt.
    pub changed: [i64; 2],
    /// What was learnt from them together.
    pub learnt: Learnt,
    /// Whether newer ones come before.
    pub is_later_page: bool,
    /// Where older ones are.
    pub older: Option<CorrectionId>,
}

/// The page of what was learnt.
pub fn learnt_page(member: &Member, view: &LearntView) -> Markup {
    let t = member.texts();
    let (newer, older) = (t.get("page-first"), t.get("page-older"));
    let older_href = view.older.map(|id| format!("/learnt?before={id}"));
    let content = html! {
        (back_link(&t.get("mentions-back"), "/mentions"))
        (page_header(&t.get("learnt-title"), &t.get("learnt-lead"), None))
        @if view.corrections.is_empty() {
            (empty_state(Icon::Edit, &t.get("learnt-empty-title"), &t.get("learnt-empty"), Some(html! {
                (Button::primary(&t.get("learnt-empty-action")).href("/mentions?sentiment=unsure"))
            })))
        } @else {
            (card("learnt", &t.get("learnt-effect-title"), &effect(t, view)))
            (task_list(&html! { @for one in &view.corrections { (row(member, one)) } }))
        }
        (pagination(&Pagination {
            label: &t.get("learnt-pages"),
            newer: view.is_later_page.then_some(("/learnt", &*newer)),
            older: older_href.as_deref().map(|href| (href, &*older)),
            position: "",
        }))
    };
    shell(member, &t.get("learnt-title"), content)
}

fn effect(t: &Texts, view: &LearntView) -> Markup {
    let [copies, others] = view.changed;
    let values = [("n", (view.in_force as i64).into()), ("copies", copies.into()), ("others", others.into())];
    let summary = view.learnt.summary();
    let state = match summary.state {
        LayerState::Empty => None,
        LayerState::NotEnough => Some("learnt-waiting"),
        LayerState::NothingLearnt => Some("learnt-idle"),
        LayerState::Active => Some("learnt-active"),
    };
    let words: Vec<String> = summary
        .words
        .iter()
        .map(|w| format!("«{}» ({})", w.word, t.get(&format!("sentiment-{}", rules::sentiment(w.towards)))))
        .collect();
    html! {
        p { (t.with("learnt-effect", &values)) }
        @if let Some(key) = state { p { (t.with(key, &[("min", (Layer::CORRECTIONS_MIN as i64).into())])) } }
        @if !words.is_empty() { p { (t.with("learnt-words", &[("words", words.join(", ").into())])) } }
        p.hint { (t.get("learnt-only-here")) }
    }
}

fn row(member: &Member, one: &Listed) -> Markup {
    let t = member.texts();
    let zone = &member.principal.time_zone;
    let (was, said) = (said_word(t, one.field, &one.was), said_word(t, one.field, &one.said));
    let title = t.with("learnt-row", &[("was", was.as_str().into()), ("said", said.as_str().into())]);
    let by = one.by.clone().unwrap_or_else(|| t.get("learnt-by-nobody").into_owned());
    let when = t.date(one.made_at, zone);
    let detail = format!("{by} · {when} · «{}»", shorten(one.whole.trim()));
    let undone =
        one.undone_at.map(|at| t.with("learnt-undone", &[("date", t.date(at, zone).into())]).into_owned());
    task_row(&TaskRow {
        icon: Icon::Edit,
        title: &title,
        detail: &undone.map_or(detail.clone(), |undone| format!("{undone} · {detail}")),
        urgent: false,
        action: html! {
            (Button::quiet(&t.get("mention-see")).href(&format!("/mentions/{}", one.mention)).context(&said))
            @if one.undone_at.is_none() && member.may(Role::Agent) {
                form method="post" action={ "/learnt/" (one.id) } {
                    (hidden("csrf", &member.visitor.csrf))
                    (hidden("back", "learnt"))
                    (Button::secondary(&t.get("corrected-undo")).context(&said))
                }
            }
        },
    })
}

/// The address' question part.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    before: String,
}

pub(super) async fn index(member: Member, Query(asked): Query<Asked>) -> Result<Markup, Problem> {
    let scope = &member.scope;
    let before: Option<CorrectionId> = asked.before.parse().ok();
    let mut listed = corrections::newest(scope, before, PAGE + 1).await?;
    let more = listed.len() > PAGE as usize;
    listed.truncate(PAGE as usize);
    let view = LearntView {
        in_force: corrections::count_in_force(scope).await?,
        changed: corrections::count_changed(scope).await?,
        learnt: step::learn(scope).await?,
        is_later_page: before.is_some(),
        older: listed.last().filter(|_| more).map(|last| last.id),
        corrections: listed,
    };
    Ok(learnt_page(&member, &view))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct UndoForm {
    back: String,
}

pub(super) async fn undo(
    State(context): State<Context>,
    member: Member,
    Path(id): Path<i64>,
    CheckedForm(form): CheckedForm<UndoForm>,
) -> Result<Response, Problem> {
    let id = CorrectionId(id);
    let mention: MentionId =
        corrections::mention_of(&member.scope, id).await?.ok_or_else(Problem::not_found)?;
    step::correct(&context, &member.scope, &Correct::Undo { id, mention }).await.map_err(conflict)?;
    let back =
        if form.back == "mention" { format!("/mentions/{mention}#reading") } else { "/learnt".to_owned() };
    Ok(Redirect::to(&back).into_response())
}
