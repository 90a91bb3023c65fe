//! The lots: what each decides, how far it has come, where anybody can read it.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::{AskPurpose, DrawId, DrawState, Role};
use foundation::Context;
use foundation::store::Batch;
use foundation::web::{CheckedForm, Member, Problem, ProblemKind, shell};
use http::StatusCode;
use jiff::civil::Date;
use maud::{Markup, html};
use serde::Deserialize;
use ui::{
    Button, Choice, ConfirmForm, Field, Icon, actions, back_link, card, confirm_form, empty_state,
    form_errors, hidden, key_values, page_header,
};

use crate::store::draws::{self, Draw, Plan};

/// Lots shown.
const SHOWN: u32 = 50;
const SIZE_MAX: i64 = 2_000;

/// What the page shows.
pub struct DrawsView {
    /// The lots, the newest first.
    pub draws: Vec<Draw>,
    /// Today, in days since 1970.
    pub today: i64,
    /// The key of what is wrong with what was asked for.
    pub fault: Option<&'static str>,
}

async fn view(context: &Context, member: &Member, fault: Option<&'static str>) -> Result<DrawsView, Problem> {
    let today = listen::rules::day_of(context.now(), &member.principal.time_zone);
    Ok(DrawsView { draws: draws::newest(&member.scope, SHOWN).await?, today, fault })
}

pub(super) async fn index(State(context): State<Context>, member: Member) -> Result<Markup, Problem> {
    Ok(draws_page(&member, &view(&context, &member, None).await?))
}

fn field_of(day: i64) -> String {
    customers::rules::day_of(day).map(|day| day.to_string()).unwrap_or_default()
}

/// The page.
pub fn draws_page(member: &Member, view: &DrawsView) -> Markup {
    let t = member.texts();
    let fault = view.fault.map(|key| t.get(key).into_owned()).unwrap_or_default();
    let content = html! {
        (back_link(&t.get("invite-title"), "/invitations"))
        (page_header(&t.get("draws-title"), &t.get("draws-lead"), None))
        @if !fault.is_empty() { (form_errors(&t.get("form-errors"), &[("from", &fault)])) }
        @if view.draws.is_empty() { (empty_state(Icon::Check, &t.get("draws-empty-title"), &t.get("draws-empty"), None)) }
        @for draw in &view.draws { (one(member, draw)) }
        @if member.may(Role::Manager) { (card("new", &t.get("draws-new"), &form(member, view, &fault))) }
    };
    shell(member, &t.get("draws-title"), content)
}

fn one(member: &Member, draw: &Draw) -> Markup {
    let t = member.texts();
    let zone = &member.principal.time_zone;
    let title = t.with("draw-number", &[("n", draw.number.into())]);
    let names = ["draw-state", "draw-days", "draw-size", "draw-listed", "draw-public"].map(|key| t.get(key));
    let [state, days, size, listed, public] = &names;
    let when = draw.drawn_at.or(draw.listed_at).unwrap_or(draw.promised_at);
    let address = format!("/draws/{}", draw.code);
    let mut rows: Vec<(&str, Markup)> = vec![
        (state, html! { (t.get(&format!("draw-is-{}", draw.state))) " · " (t.moment(when, zone)) }),
        (days, html! { (t.day(draw.from_day)) " – " (t.day(draw.until_day)) }),
        (size, html! { (t.count(draw.size)) " · " (t.get(&format!("draw-for-{}", draw.purpose))) }),
    ];
    if matches!(draw.state, DrawState::Listed | DrawState::Drawn) {
        rows.push((listed, html! { (t.count(draw.listed)) }));
    }
    rows.push((public, html! { a href=(address) { (address) } }));
    let unfinished = matches!(draw.state, DrawState::Promised | DrawState::Listed);
    card(
        &format!("draw-{}", draw.number),
        &title,
        &html! {
            (key_values(&rows))
            @if unfinished && member.may(Role::Manager) {
                (confirm_form(&ConfirmForm {
                    action: &format!("/invitations/draws/{}", draw.id),
                    question: &t.get("draw-abandon-question"),
                    yes: &t.get("draw-abandon"),
                    no: &t.get("draw-abandon-no"),
                }, &html! {
                    (hidden("csrf", &member.visitor.csrf))
                    (Button::quiet(&t.get("draw-abandon")).context(&draw.number.to_string()))
                }))
            }
        },
    )
}

fn form(member: &Member, view: &DrawsView, fault: &str) -> Markup {
    let t = member.texts();
    let words = ["draw-for-review", "draw-for-census"].map(|key| t.get(key));
    let purposes = [
        Choice::new(AskPurpose::Census.as_str(), &words[1]),
        Choice::new(AskPurpose::Review.as_str(), &words[0]),
    ];
    let (from, until) = (field_of(view.today - 14), field_of(view.today - 1));
    html! {
        p { (t.get("draws-new-lead")) }
        form.form method="post" action="/invitations/draws" {
            (hidden("csrf", &member.visitor.csrf))
            (Field::radio("purpose", &t.get("invite-purpose"), &purposes).value(AskPurpose::Census.as_str()))
            (Field::date("from", &t.get("draw-from")).value(&from).required().error(fault))
            (Field::date("until", &t.get("draw-until")).value(&until).required())
            (Field::number("size", &t.get("draw-size")).range("1", &SIZE_MAX.to_string(), "1").value("50").required())
            (actions(&html! { (Button::primary(&t.get("draw-promise"))) }))
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DrawForm {
    purpose: String,
    from: String,
    until: String,
    size: String,
}

pub(super) async fn promise(
    State(context): State<Context>,
    member: Member,
    CheckedForm(form): CheckedForm<DrawForm>,
) -> Result<Response, Problem> {
    let invalid = Problem::new(ProblemKind::Invalid, "problem-invalid-form");
    let today = listen::rules::day_of(context.now(), &member.principal.time_zone);
    let day = |text: &str| text.trim().parse::<Date>().ok().map(customers::rules::day_number);
    let (Some(from), Some(until)) = (day(&form.from), day(&form.until)) else { return Err(invalid) };
    let purpose = AskPurpose::parse(&form.purpose).ok_or_else(|| invalid.clone())?;
    let size = form.size.trim().parse::<i64>().ok().filter(|n| (1..=SIZE_MAX).contains(n)).ok_or(invalid)?;
    // Two unfinished lots about the same days would each leave the other's visits alone.
    let open = draws::unfinished(&member.scope).await?;
    let overlaps = open.iter().any(|draw| draw.from_day <= until && from <= draw.until_day);
    let fault = if until < from
        || until - from > asking::ANSWER_DAYS
        || from < today - asking::SEND_DAYS + 2
        || until > today + 60
    {
        Some("draw-days-wrong")
    } else if overlaps {
        Some("draw-overlaps")
    } else {
        None
    };
    if fault.is_some() {
        let view = view(&context, &member, fault).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, draws_page(&member, &view)).into_response());
    }
    crate::form_code(&context, &member.scope).await?;
    let mut batch = Batch::new();
    draws::promise(&context, &mut batch, &Plan { purpose, from_day: from, until_day: until, size });
    member.scope.write(batch).await?;
    context.wakes.wake(customers::VISITED);
    Ok(Redirect::to("/invitations/draws").into_response())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NoFields {}

pub(super) async fn abandon(
    member: Member,
    Path(id): Path<i64>,
    CheckedForm(_): CheckedForm<NoFields>,
) -> Result<Redirect, Problem> {
    match draws::abandon(&member.scope, DrawId(id)).await {
        Ok(()) => Ok(Redirect::to("/invitations/draws")),
        Err(error) if error.is_conflict() => Err(Problem::not_found()),
        Err(error) => Err(error.into()),
    }
}
