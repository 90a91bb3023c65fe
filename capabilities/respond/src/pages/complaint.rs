//! One complaint: its key, its clock, its receipt, its answer, all that happened to it.

use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::{
    ComplaintChannel, ComplaintId, ComplaintState, MentionId, NoticeKind, ReplyState, Role, SourceKind,
};
use foundation::Context;
use foundation::web::{CheckedForm, Locale, Member, Problem, ProblemKind, Texts, shell};
use http::{StatusCode, header};
use jiff::Timestamp;
use maud::{Markup, html};
use notify::{Letter, Outbox};
use serde::Deserialize;
use ui::{
    Button, Field, Icon, Moment, Tone, When, actions, back_link, card, form_errors, hidden, key_values,
    notice, page_header, timeline,
};

use super::complaints::{official, state_badge};
use super::{INVALID, by, conflict};
use crate::case::Case;
use crate::receipt;
use crate::store::complaints::{self, Complaint, Event, LINE_MAX, NOTE_MAX, New};
use crate::store::settings;

/// What the page shows.
pub struct ComplaintView {
    /// The moment.
    pub now: Timestamp,
    /// The case it belongs to.
    pub case: Case,
    /// The complaint.
    pub complaint: Complaint,
    /// What happened to it, the latest first.
    pub events: Vec<Event>,
    /// Where its receipt is, if it went by letter: the state's key.
    pub receipt_state: Option<&'static str>,
    /// Key of what is wrong with what was typed.
    pub fault: Option<&'static str>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    fault: String,
}

async fn load(context: &Context, member: &Member, id: ComplaintId) -> Result<ComplaintView, Problem> {
    let scope = &member.scope;
    let complaint = complaints::one(scope, id).await?.ok_or_else(Problem::not_found)?;
    let case = Case::open(context, scope, complaint.mention).await?.ok_or_else(Problem::not_found)?;
    let receipt_state = match complaint.receipt {
        Some(letter) => notify::fate(scope, letter).await?.map(|fate| fate.state.as_str()),
        None => None,
    };
    Ok(ComplaintView {
        now: context.now(),
        events: complaints::events(scope, id).await?,
        complaint,
        case,
        receipt_state,
        fault: None,
    })
}

pub(super) async fn index(
    State(context): State<Context>,
    member: Member,
    Path(id): Path<i64>,
    Query(asked): Query<Asked>,
) -> Result<Markup, Problem> {
    let mut view = load(&context, &member, ComplaintId(id)).await?;
    view.fault = (asked.fault == "address").then_some("email-wrong");
    Ok(complaint_page(&member, &view))
}

/// The page.
pub fn complaint_page(member: &Member, view: &ComplaintView) -> Markup {
    let t = member.texts();
    let zone = &member.principal.time_zone;
    let c = &view.complaint;
    let title = t.with("complaint-title", &[("key", c.key.as_str().into())]);
    let due = t.with("complaint-due-lead", &[("date", t.date(c.due_at, zone).into())]);
    let may = member.may(Role::Agent);
    let fault = view.fault.map(|key| t.get(key).into_owned()).unwrap_or_default();
    let content = html! {
        (back_link(&t.get("complaints-title"), "/complaints"))
        (page_header(&title, &due, None))
        p { (state_badge(t, c, view.now)) }
        @if !fault.is_empty() { (form_errors(&t.get("form-errors"), &[("address", &fault)])) }
        @if c.state == ComplaintState::Open && may {
            (actions(&html! {
                (Button::primary(&t.get("complaint-answer-now")).href(&format!("/answers/{}", c.mention)).icon(Icon::Reply))
            }))
        }
        (card("what", &t.get("complaint-what"), &what(member, view)))
        (card("receipt", &t.get("complaint-receipt"), &receipt_card(member, view, may)))
        @if may { (card("claimant", &t.get("complaint-claimant-title"), &claimant_form(member, view, &fault))) }
        (card("diary", &t.get("complaint-diary"), &diary(member, view, may)))
        (card("official", &t.get("complaint-official-title"), &official(t, &view.case.settings)))
        @if may { (ending(member, c)) }
    };
    shell(member, &title, content)
}

fn what(member: &Member, view: &ComplaintView) -> Markup {
    let t = member.texts();
    let zone = &member.principal.time_zone;
    let c = &view.complaint;
    let labels = [
        "complaint-claimant",
        "complaint-channel",
        "complaint-received",
        "complaint-facts",
        "complaint-wish",
        "complaint-answer",
        "complaint-outcome",
    ]
    .map(|key| t.get(key));
    let nobody = t.get("mention-no-author");
    let mut pairs = vec![
        (&*labels[0], html! { @if c.claimant.is_empty() { (nobody) } @else { (c.claimant) } }),
        (&*labels[1], html! { (t.get(&format!("complaint-channel-{}", c.channel))) }),
        (&*labels[2], html! { (t.moment(c.received_at, zone)) }),
        (&*labels[3], html! { a href={ "/mentions/" (c.mention) } { (c.facts) } }),
    ];
    if !c.wish.is_empty() {
        pairs.push((&*labels[4], html! { (c.wish) }));
    }
    if view.case.mention.reply_state == ReplyState::Answered {
        let unknown = t.get("complaint-answer-elsewhere");
        pairs.push((&*labels[5], html! { @match &c.answer { Some(text) => (text), None => (unknown) } }));
    }
    if let Some(outcome) = c.outcome {
        pairs.push((&*labels[6], html! { (t.get(&format!("complaint-outcome-{outcome}"))) }));
    }
    key_values(&pairs)
}

fn receipt_card(member: &Member, view: &ComplaintView, may: bool) -> Markup {
    let t = member.texts();
    let zone = &member.principal.time_zone;
    let c = &view.complaint;
    let given = c.receipt_given_at.map(|at| t.moment(at, zone));
    html! {
        @match (&given, view.receipt_state) {
            (Some(when), Some(state)) => {
                p { (t.with("receipt-sent", &[("when", when.as_str().into())])) " " (t.get(&format!("receipt-state-{state}"))) }
            }
            (Some(when), None) => { p { (t.with("receipt-handed", &[("when", when.as_str().into())])) } }
            (None, _) => { (notice(Tone::Warning, "", &html! { (t.get("receipt-missing")) })) }
        }
        p.hint { (t.get("receipt-lead")) }
        (actions(&html! {
            (Button::secondary(&t.get("receipt-pdf")).href(&format!("/complaints/{}/receipt.pdf", c.id)).icon(Icon::Download))
        }))
        @if may {
            form method="post" action={ "/complaints/" (c.id) } {
                (hidden("csrf", &member.visitor.csrf))
                (hidden("revision", &c.revision.to_string()))
                (actions(&html! {
                    @if view.case.addressee.is_some() && c.receipt.is_none() {
                        (Button::primary(&t.get("receipt-send")).icon(Icon::Mail).name_value("action", "receipt"))
                    }
                    @if c.receipt_given_at.is_none() {
                        (Button::secondary(&t.get("receipt-hand")).icon(Icon::Check).name_value("action", "handed"))
                    }
                }))
            }
        }
    }
}

fn claimant_form(member: &Member, view: &ComplaintView, fault: &str) -> Markup {
    let t = member.texts();
    let c = &view.complaint;
    let (max, note_max) = (LINE_MAX as u32, NOTE_MAX as u32);
    html! {
        form.form method="post" action={ "/complaints/" (c.id) } {
            (hidden("csrf", &member.visitor.csrf))
            (hidden("revision", &c.revision.to_string()))
            (Field::text("claimant", &t.get("complaint-claimant")).max_length(max).value(&c.claimant))
            (Field::email("address", &t.get("complaint-address")).hint(&t.get("complaint-address-hint")).max_length(max)
                .value(&c.address).error(fault))
            (Field::text("wish", &t.get("complaint-wish")).max_length(note_max).value(&c.wish))
            (actions(&html! { (Button::secondary(&t.get("save")).name_value("action", "change")) }))
        }
    }
}

fn diary(member: &Member, view: &ComplaintView, may: bool) -> Markup {
    let t = member.texts();
    let zone = &member.principal.time_zone;
    let shown: Vec<(String, String, String)> = view
        .events
        .iter()
        .map(|event| {
            let word = t.get(&format!("complaint-event-{}", event.what)).into_owned();
            let what = if event.text.is_empty() { word } else { format!("{word}: {}", event.text) };
            (event.at.to_string(), t.moment(event.at, zone), what)
        })
        .collect();
    let moments: Vec<Moment<'_>> = shown
        .iter()
        .zip(&view.events)
        .map(|((iso, shown, what), event)| Moment {
            when: When { iso, shown },
            what,
            detail: event.by.as_deref().unwrap_or_default(),
        })
        .collect();
    html! {
        (timeline(&moments))
        @if may {
            form.form method="post" action={ "/complaints/" (view.complaint.id) } {
                (hidden("csrf", &member.visitor.csrf))
                (hidden("revision", &view.complaint.revision.to_string()))
                (Field::text_area("note", &t.get("complaint-note"), 3).required().max_length(NOTE_MAX as u32))
                (actions(&html! { (Button::secondary(&t.get("complaint-note-add")).name_value("action", "note")) }))
            }
        }
    }
}

fn ending(member: &Member, c: &Complaint) -> Markup {
    let t = member.texts();
    html! {
        form method="post" action={ "/complaints/" (c.id) } {
            (hidden("csrf", &member.visitor.csrf))
            (hidden("revision", &c.revision.to_string()))
            (actions(&html! {
                @match c.state {
                    ComplaintState::Open => (Button::quiet(&t.get("complaint-withdraw")).name_value("action", "withdraw")),
                    ComplaintState::Withdrawn | ComplaintState::Answered => {
                        (Button::quiet(&t.get("complaint-reopen")).name_value("action", "reopen"))
                    }
                }
            }))
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ActForm {
    action: String,
    revision: i64,
    #[serde(default)]
    claimant: String,
    #[serde(default)]
    address: String,
    #[serde(default)]
    wish: String,
    #[serde(default)]
    note: String,
}

pub(super) async fn act(
    State(context): State<Context>,
    member: Member,
    Path(id): Path<i64>,
    CheckedForm(form): CheckedForm<ActForm>,
) -> Result<Response, Problem> {
    let (scope, id) = (&member.scope, ComplaintId(id));
    let mut complaint = complaints::one(scope, id).await?.ok_or_else(Problem::not_found)?;
    // What was decided on another state of it is a conflict; a note is not.
    complaint.revision = form.revision;
    match form.action.as_str() {
        "receipt" => send_receipt(&context, &member, &complaint).await?,
        "handed" => {
            let batch = complaints::receipt_batch(&context, &complaint, by(&member), None);
            scope.write(batch).await.map_err(conflict)?;
        }
        "change" => {
            let address = form.address.trim();
            if !address.is_empty() && !connectors::notify::smtp::is_address(address) {
                return Ok(Redirect::to(&format!("/complaints/{id}?fault=address")).into_response());
            }
            complaints::change(scope, &complaint, &form.claimant, address, &form.wish)
                .await
                .map_err(conflict)?;
        }
        "note" if !form.note.trim().is_empty() => {
            complaints::note(&context, scope, by(&member), id, &form.note).await.map_err(conflict)?;
        }
        "withdraw" | "reopen" => {
            let to = if form.action == "reopen" { ComplaintState::Open } else { ComplaintState::Withdrawn };
            let may = match to {
                ComplaintState::Open => complaint.state != ComplaintState::Open,
                _ => complaint.state == ComplaintState::Open,
            };
            if !may {
                return Err(Problem::new(ProblemKind::Conflict, "problem-conflict"));
            }
            complaints::set_state(&context, scope, by(&member), &complaint, to).await.map_err(conflict)?;
        }
        _ => return Err(INVALID),
    }
    Ok(Redirect::to(&format!("/complaints/{id}")).into_response())
}

/// Puts the receipt into the outbox, with its file, in the batch that says it was given.
async fn send_receipt(context: &Context, member: &Member, complaint: &Complaint) -> Result<(), Problem> {
    let scope = &member.scope;
    let case = Case::open(context, scope, complaint.mention).await?.ok_or_else(Problem::not_found)?;
    let Some(to) = &case.addressee else {
        return Err(Problem::new(ProblemKind::Invalid, "problem-no-address"));
    };
    let mut outbox = Outbox::load(context, scope.organization()).await?;
    let t = Texts::of(case.language());
    let letter = Letter {
        kind: NoticeKind::Receipt,
        dedupe_key: format!("receipt:{}", complaint.id),
        to: to.address.clone(),
        subject: t.with("complaint-subject", &[("key", complaint.key.as_str().into())]).into_owned(),
        body: receipt::words(t, &case, complaint),
        thread: to.thread.clone(),
        attachment: Some(receipt::attachment(t, &case, complaint)?),
        html: None,
        not_before: None,
    };
    let mut batch = foundation::store::Batch::new();
    let outgoing = outbox.put_letter(&mut batch, &letter);
    batch.extend(complaints::receipt_batch(context, complaint, by(member), Some(outgoing)));
    scope.write(batch).await.map_err(conflict)?;
    context.wakes.wake(notify::QUEUED);
    Ok(())
}

/// The receipt as a file, to print and hand over.
pub(super) async fn receipt(
    State(context): State<Context>,
    member: Member,
    Path(id): Path<i64>,
) -> Result<Response, Problem> {
    let view = load(&context, &member, ComplaintId(id)).await?;
    let t = Texts::of(view.case.language());
    let file = receipt::attachment(t, &view.case, &view.complaint)?;
    let name = format!("attachment; filename=\"{}\"", file.name());
    let headers = [(header::CONTENT_TYPE, "application/pdf".to_owned()), (header::CONTENT_DISPOSITION, name)];
    Ok((StatusCode::OK, headers, file.content().to_vec()).into_response())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OpenForm {}

/// "This is a complaint": enters the mention in the register.
pub(super) async fn open(
    State(context): State<Context>,
    member: Member,
    Path(id): Path<i64>,
    CheckedForm(OpenForm {}): CheckedForm<OpenForm>,
) -> Result<Response, Problem> {
    let (scope, zone) = (&member.scope, &member.principal.time_zone);
    let mention = understand::store::one(scope, MentionId(id)).await?.ok_or_else(Problem::not_found)?;
    let channel = match mention.source_kind {
        kind if kind.has_reviews() => ComplaintChannel::Review,
        SourceKind::InPerson => ComplaintChannel::InPerson,
        _ => ComplaintChannel::Email,
    };
    let new = New {
        mention: mention.id,
        channel,
        claimant: mention.author.as_deref().unwrap_or_default(),
        address: "",
        wish: "",
        received_at: mention.posted_at,
        days: settings(scope).await?.complaint_days,
        language: Locale::as_str(member.texts().locale),
    };
    let complaint = complaints::enter(&context, scope, by(&member), zone, &new).await.map_err(conflict)?;
    Ok(Redirect::to(&format!("/complaints/{}", complaint.id)).into_response())
}
