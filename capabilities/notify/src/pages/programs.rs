//! The programs' part of the page: which are told what, how the last messages went, and the forms.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use connectors::notify::webhook::Programs;
use domain::{ChannelId, ChannelKind, OutgoingState, Role};
use foundation::Context;
use foundation::store::{Batch, StoreError};
use foundation::web::{CheckedForm, Member, Problem, ProblemKind, Texts};
use http::StatusCode;
use jiff::SignedDuration;
use maud::{Markup, html};
use serde::Deserialize;
use ui::{
    Badge, Button, Column, DataTable, Field, Icon, TaskRow, Tone, actions, badge, data_table, disclosure,
    hidden, notice, task_list, task_row,
};

use super::forms;
use super::view::{address, explanation, notices_page, tone};
use crate::events::{Event, Events, Program, Stopped, Topics, rules, secrets, step, store};
use crate::store::outgoing::{self, Outgoing};

/// Messages of one program that the page shows.
const SHOWN: u32 = 5;

/// What this part shows.
#[derive(Default)]
pub struct ProgramsView {
    /// Every program with whether it has a secret and its newest messages.
    pub programs: Vec<(Program, bool, Vec<Outgoing>)>,
    /// A secret that was just made: it is shown this once.
    pub secret: Option<String>,
    /// A new program's address as it was sent, and the key of what is wrong.
    pub refused: Option<(String, &'static str)>,
}

pub(super) async fn load(context: &Context, member: &Member) -> Result<ProgramsView, StoreError> {
    let mut view = ProgramsView::default();
    for program in store::programs(&member.scope).await? {
        let has_secret = !secrets::signing(context, &member.scope, program.id).await?.is_empty();
        let newest = store::newest(&member.scope, &program.address, SHOWN).await?;
        view.programs.push((program, has_secret, newest));
    }
    Ok(view)
}

/// A secret that was just made, above everything else.
pub(super) fn secret_notice(t: &Texts, view: &ProgramsView) -> Markup {
    html! {
        @if let Some(secret) = &view.secret {
            (notice(Tone::Success, &t.get("programs-secret-title"), &html! {
                p { (t.get("programs-secret")) }
                p { code { (secret) } }
            }))
        }
    }
}

/// The key's sentence of what is wrong with a new program.
pub(super) fn fault(t: &Texts, view: &ProgramsView) -> String {
    let say = |key| t.with(key, &[("max", (rules::PROGRAMS_MAX as i64).into())]).into_owned();
    view.refused.as_ref().map(|(_, key)| say(key)).unwrap_or_default()
}

/// The part of the page.
pub(super) fn section(member: &Member, view: &ProgramsView) -> Markup {
    let t = member.texts();
    let rows = html! { @for one in &view.programs { (row(member, one)) } };
    html! {
        section aria-labelledby="programs-title" {
            h2 #programs-title { (t.get("programs-title")) }
            p { (t.get("programs-lead")) }
            @if view.programs.is_empty() { p { (t.get("programs-empty")) } } @else { (task_list(&rows)) }
            @if member.may(Role::Manager) { (disclosure(&t.get("programs-add-title"), &add_form(member, view))) }
        }
    }
}

fn row(member: &Member, (program, has_secret, newest): &(Program, bool, Vec<Outgoing>)) -> Markup {
    let t = member.texts();
    let topics = program.topics;
    let wanted = [
        topics.mentions.then_some("programs-topic-mentions"),
        topics.warnings.then_some("programs-topic-warnings"),
        topics.replies.then_some("programs-topic-replies"),
    ];
    let wanted: Vec<String> = wanted.into_iter().flatten().map(|key| t.get(key).into_owned()).collect();
    let wanted =
        if topics.is_nothing() { t.get("notices-gets-nothing").into_owned() } else { wanted.join(" · ") };
    let state = match &program.stopped {
        Some((why, at)) => {
            let when = t.date(*at, &member.principal.time_zone);
            let key = format!("programs-stopped-{}", why.as_str());
            Some(t.with(&key, &[("when", when.into())]).into_owned())
        }
        None if !has_secret => Some(t.get("programs-no-secret").into_owned()),
        None if newest.first().is_some_and(|message| message.state == OutgoingState::Failed) => {
            Some(t.get("programs-failing").into_owned())
        }
        None => None,
    };
    let detail = [Some(wanted), state].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let to = address(member, ChannelKind::Webhook, &program.address);
    task_row(&TaskRow {
        icon: Icon::Sources,
        title: &to,
        detail: &detail,
        urgent: false,
        action: html! {
            (disclosure(&t.get("programs-newest"), &history(member, newest)))
            @if member.may(Role::Manager) { (disclosure(&t.get("notices-change"), &change_form(member, program))) }
        },
    })
}

fn history(member: &Member, newest: &[Outgoing]) -> Markup {
    let t = member.texts();
    if newest.is_empty() {
        return html! { p { (t.get("notices-sent-empty")) } };
    }
    let zone = &member.principal.time_zone;
    let labels = ["notices-what", "notices-state"].map(|key| t.get(key));
    let columns = [0, 1].map(|n: usize| Column { label: &labels[n], numeric: false });
    let line = |message: &Outgoing| {
        let state = t.get(&format!("outgoing-{}", message.state));
        let waits = matches!(message.state, OutgoingState::Queued | OutgoingState::Retry);
        vec![
            html! { code { (message.subject) } br; span.small { (t.moment(message.created_at, zone)) } },
            html! {
                (badge(Badge { label: &state, tone: tone(message.state), icon: None }))
                @if waits { br; span.small { (t.with("notices-next", &[("when", t.moment(message.next_at, zone).into())])) } }
                @if message.state != OutgoingState::Accepted {
                    br; span.small { (explanation(t, &message.answer_key, &message.answer)) }
                }
            },
        ]
    };
    data_table(&DataTable {
        caption: &t.get("programs-newest"),
        caption_hidden: true,
        columns: &columns,
        rows: &newest.iter().map(line).collect::<Vec<_>>(),
    })
}

fn topic_fields(t: &Texts, topics: Topics, group: &str) -> Markup {
    html! {
        (Field::checkbox("mentions", &t.get("programs-topic-mentions"), topics.mentions).within(group))
        (Field::checkbox("warnings", &t.get("programs-topic-warnings"), topics.warnings).within(group))
        (Field::checkbox("replies", &t.get("programs-topic-replies"), topics.replies).within(group))
    }
}

fn change_form(member: &Member, program: &Program) -> Markup {
    let t = member.texts();
    let group = format!("p{}", program.id);
    let (switch, label) = match program.stopped {
        Some(_) => ("start", "programs-start"),
        None => ("stop", "programs-stop"),
    };
    let button = |label: &str, action: &str| {
        html! {
            (Button::secondary(label).name_value("action", action).context(&program.address))
        }
    };
    html! {
        form.form method="post" action={ "/notices/programs/" (program.id) } {
            (hidden("csrf", &member.visitor.csrf))
            (topic_fields(t, program.topics, &group))
            (actions(&html! {
                (button(&t.get("save"), "save"))
                (button(&t.get("notices-test"), "test"))
                (button(&t.get(label), switch))
                (button(&t.get("programs-new-secret"), "secret"))
                (Button::danger(&t.get("notices-remove")).name_value("action", "remove").context(&program.address))
            }))
        }
    }
}

fn add_form(member: &Member, view: &ProgramsView) -> Markup {
    let t = member.texts();
    let all = Topics { mentions: true, warnings: true, replies: true };
    let fault = fault(t, view);
    html! {
        form.form method="post" action="/notices/programs" {
            (hidden("csrf", &member.visitor.csrf))
            (Field::url("address", &t.get("notices-address")).within("program").hint(&t.get("programs-address-hint"))
                .required().max_length(500).value(view.refused.as_ref().map_or("", |(address, _)| address)).error(&fault)
                .autocomplete("off"))
            (topic_fields(t, all, "program"))
            (actions(&html! { (Button::primary(&t.get("notices-add-submit")).icon(Icon::Plus)) }))
        }
    }
}

/// A new program.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AddForm {
    address: String,
    mentions: Option<String>,
    warnings: Option<String>,
    replies: Option<String>,
}

/// The address as it is kept; one on a private network is refused here and again on every message.
fn check_address(context: &Context, text: &str) -> Result<String, &'static str> {
    let text = crate::rules::check_address(ChannelKind::Webhook, text)?;
    let programs = Programs::new(context.config.allow_private.clone());
    programs.and_then(|programs| programs.check(&text)).map_err(|_| "notices-address-wrong")
}

async fn add(
    context: &Context,
    member: &Member,
    form: &AddForm,
) -> Result<String, Result<&'static str, Problem>> {
    let address = check_address(context, &form.address).map_err(Ok)?;
    let known = store::programs(&member.scope).await.map_err(|error| Err(error.into()))?;
    if known.len() >= rules::PROGRAMS_MAX {
        return Err(Ok("programs-too-many"));
    }
    let program = Program {
        id: ChannelId(context.new_id()),
        address,
        topics: Topics {
            mentions: form.mentions.is_some(),
            warnings: form.warnings.is_some(),
            replies: form.replies.is_some(),
        },
        stopped: None,
    };
    let mut batch = Batch::new();
    store::insert(&mut batch, &program, context.now());
    if known.is_empty() {
        // Nobody was told of what was counted before.
        store::set_flood(&mut batch, 0);
    }
    let secret = secrets::make(context, &member.scope, &mut batch, program.id);
    match member.scope.write(batch).await {
        Ok(_) => Ok(secret),
        Err(error) if error.is_conflict() => Err(Ok("notices-address-known")),
        Err(error) => Err(Err(error.into())),
    }
}

/// Adds a program and shows its secret, in the answer itself: there is no address where it could be seen again.
pub(super) async fn create(
    State(context): State<Context>,
    member: Member,
    CheckedForm(form): CheckedForm<AddForm>,
) -> Result<Response, Problem> {
    let (status, secret, refused) = match add(&context, &member, &form).await {
        Ok(secret) => (StatusCode::OK, Some(secret), None),
        Err(Ok(key)) => (StatusCode::UNPROCESSABLE_ENTITY, None, Some((form.address, key))),
        Err(Err(problem)) => return Err(problem),
    };
    shown(&context, &member, status, secret, refused).await
}

async fn shown(
    context: &Context,
    member: &Member,
    status: StatusCode,
    secret: Option<String>,
    refused: Option<(String, &'static str)>,
) -> Result<Response, Problem> {
    let mut view = forms::view(context, member).await?;
    (view.programs.secret, view.programs.refused) = (secret, refused);
    Ok((status, notices_page(member, &view)).into_response())
}

/// What a program is told, or what is to be done with it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ChangeForm {
    mentions: Option<String>,
    warnings: Option<String>,
    replies: Option<String>,
    action: String,
}

pub(super) async fn change(
    State(context): State<Context>,
    member: Member,
    Path(id): Path<i64>,
    CheckedForm(form): CheckedForm<ChangeForm>,
) -> Result<Response, Problem> {
    let known = store::programs(&member.scope).await?;
    let program =
        known.into_iter().find(|program| program.id == ChannelId(id)).ok_or_else(Problem::not_found)?;
    let (scope, now) = (&member.scope, context.now());
    match form.action.as_str() {
        "save" => {
            let topics = Topics {
                mentions: form.mentions.is_some(),
                warnings: form.warnings.is_some(),
                replies: form.replies.is_some(),
            };
            store::save_topics(scope, program.id, topics).await.map_err(forms::absent)?;
            Ok(forms::done("saved"))
        }
        "stop" => {
            store::stop(scope, &program, Some(Stopped::Person), now).await.map_err(forms::absent)?;
            Ok(forms::done("saved"))
        }
        "start" => {
            store::stop(scope, &program, None, now).await.map_err(forms::absent)?;
            Ok(forms::done("saved"))
        }
        "secret" => {
            let secret = secrets::change(&context, scope, program.id).await?;
            shown(&context, &member, StatusCode::OK, Some(secret), None).await
        }
        "test" => test(&context, &member, &program).await,
        "remove" => {
            store::remove(scope, &program, now).await.map_err(forms::absent)?;
            Ok(forms::done("removed"))
        }
        _ => Err(forms::INVALID),
    }
}

/// Sends one event now, through the outbox like any other, and shows what became of it.
async fn test(context: &Context, member: &Member, program: &Program) -> Result<Response, Problem> {
    let hour_ago = context.now() - SignedDuration::from_hours(1);
    if outgoing::tests_since(&member.scope, hour_ago).await? >= crate::rules::TESTS_PER_HOUR {
        return Err(Problem::new(ProblemKind::TooMany, "notices-too-often"));
    }
    let mut events = Events::load(context, &member.scope).await?;
    let mut batch = Batch::new();
    let id = events.add_to(&mut batch, &Event::Test, program);
    member.scope.write(batch).await?;
    context.wakes.wake(crate::EVENTS);
    forms::wait_for(context, step::SEND).await;
    Ok(Redirect::to(&format!("/notices?test={id}")).into_response())
}
