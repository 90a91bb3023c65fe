//! What a drill is, the way into one, and how the earlier ones went.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use domain::{DrillId, Role};
use foundation::Context;
use foundation::store::Batch;
use foundation::web::{CheckedForm, Member, Problem, ProblemKind, shell};
use maud::{Markup, html};
use serde::Deserialize;
use ui::{Button, Icon, TaskRow, actions, card, empty_state, hidden, page_header, task_list, task_row};

use crate::rules::MENTIONS_MIN;
use crate::store::{self, Drill};

/// Earlier drills listed.
const DONE_MAX: u32 = 10;

/// What the page shows.
pub struct IndexView {
    /// Whether there is enough to weigh invented voices against.
    pub enough: bool,
    /// The drill that is open.
    pub open: Option<Drill>,
    /// Earlier ones, the newest first.
    pub done: Vec<Drill>,
}

pub(super) async fn index(State(context): State<Context>, member: Member) -> Result<Markup, Problem> {
    let scope = &member.scope;
    let view = IndexView {
        enough: store::mentions(scope, context.now() - crate::copy::HISTORY).await? >= MENTIONS_MIN,
        open: store::open(scope).await?,
        done: store::done(scope, DONE_MAX).await?,
    };
    Ok(index_page(&member, &view))
}

/// The page.
pub fn index_page(member: &Member, view: &IndexView) -> Markup {
    let t = member.texts();
    let content = html! {
        (page_header(&t.get("drill-title"), &t.get("drill-lead"), None))
        @match &view.open {
            Some(open) => (card("open", &t.get("drill-open"), &actions(&html! {
                (Button::primary(&t.get("drill-go-on")).href(&format!("/drill/{}", open.id)))
            }))),
            None if !view.enough => {
                @let import = html! { (Button::primary(&t.get("import-title")).href("/import").icon(Icon::Import)) };
                (empty_state(Icon::Clock, &t.get("drill-few-title"), &t.with("drill-few", &[("min", MENTIONS_MIN.into())]), Some(import)))
            }
            None => (card("begin", &t.get("drill-how"), &how(member))),
        }
        @if !view.done.is_empty() {
            (card("done", &t.get("drill-done"), &task_list(&html! { @for drill in &view.done { (row(member, drill)) } })))
        }
    };
    shell(member, &t.get("drill-title"), content)
}

fn how(member: &Member) -> Markup {
    let t = member.texts();
    html! {
        ol { @for key in ["drill-step-see", "drill-step-triage", "drill-step-tell", "drill-step-say", "drill-step-answer"] { li { (t.get(key)) } } }
        p { (t.get("drill-safe")) }
        @if member.may(Role::Agent) {
            form method="post" action="/drill" {
                (hidden("csrf", &member.visitor.csrf))
                (actions(&html! { (Button::primary(&t.get("drill-begin")).icon(Icon::Clock)) }))
            }
        }
    }
}

fn row(member: &Member, drill: &Drill) -> Markup {
    let t = member.texts();
    let when = t.date(drill.started_at, &member.principal.time_zone);
    let minutes = (drill.walk.total() + 59) / 60;
    task_row(&TaskRow {
        icon: Icon::Check,
        title: &when,
        detail: &t.with("drill-took", &[("n", minutes.into())]),
        urgent: false,
        action: html! {
            (Button::secondary(&t.get("drill-see-report")).href(&format!("/drill/{}", drill.id)).context(&when))
        },
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AskForm {}

pub(super) async fn ask(
    State(context): State<Context>,
    member: Member,
    CheckedForm(AskForm {}): CheckedForm<AskForm>,
) -> Result<Response, Problem> {
    let scope = &member.scope;
    if let Some(open) = store::open(scope).await? {
        return Ok(Redirect::to(&format!("/drill/{}", open.id)).into_response());
    }
    if store::mentions(scope, context.now() - crate::copy::HISTORY).await? < MENTIONS_MIN {
        return Err(Problem::new(ProblemKind::Invalid, "problem-drill-few"));
    }
    let id = DrillId(context.new_id());
    let mut batch = Batch::new();
    store::ask(&mut batch, id, member.texts().locale.as_str(), context.now());
    match scope.write(batch).await {
        Ok(_) => {
            context.wakes.wake(crate::ASKED);
            Ok(Redirect::to(&format!("/drill/{id}")).into_response())
        }
        // Somebody else asked at the same moment: it is one drill.
        Err(error) if error.is_conflict() => Ok(Redirect::to("/drill").into_response()),
        Err(error) => Err(error.into()),
    }
}
