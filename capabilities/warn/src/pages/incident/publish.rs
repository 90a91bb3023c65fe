//! What an incident says to everybody: written, approved, looked at as it will be, published, withdrawn. Publishing is a
//! second tap on a page that shows exactly what will be public; a text that changed meanwhile is not published.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::{IncidentId, PublicationId, PublicationKind, Role};
use foundation::Context;
use foundation::store::Batch;
use foundation::web::{CheckedForm, Member, Problem, ProblemKind, shell};
use maud::{Markup, html};
use serde::Deserialize;
use ui::{
    Badge, Button, ConfirmForm, Icon, Tone, actions, back_link, badge, card, confirm_form, disclosure,
    hidden, notice, page_header,
};

use super::{IncidentView, to_page};
use crate::pages::conflict;
use crate::rules::publication::{Stage, Written, stage};
use crate::store::incidents::{self, Incident};
use crate::store::publications::{self, PUBLICATIONS_MAX, Publication};

/// How far a text of an incident has come, and the last one of its kind that was approved.
fn stands<'a>(
    incident: &Incident,
    all: &'a [Publication],
    kind: PublicationKind,
) -> (Stage, Option<&'a Publication>) {
    let latest = all.iter().find(|publication| publication.kind == kind);
    (stage(incident.written(kind), latest.map(Publication::approved)), latest)
}

/// Below the form of a text: how far it has come, the next tap, and every version that was approved.
pub(super) fn standing(member: &Member, view: &IncidentView, kind: PublicationKind) -> Markup {
    let t = member.texts();
    let zone = &member.principal.time_zone;
    let (stage, _) = stands(&view.incident, &view.publications, kind);
    let public =
        view.publications.iter().find(|publication| publication.kind == kind && publication.is_public());
    let tone = if stage == Stage::Published { Tone::Success } else { Tone::Info };
    let icon = if stage == Stage::Published { Icon::Check } else { Icon::Edit };
    let versions: Vec<&Publication> = view.publications.iter().filter(|p| p.kind == kind).collect();
    html! {
        p { (badge(Badge { label: &t.get(&format!("stage-{}", stage.as_str())), tone, icon: Some(icon) })) }
        @if let Some(public) = public.filter(|_| stage != Stage::Published) {
            (notice(Tone::Warning, "", &html! {
                (t.with("publish-old-public", &[("date", t.date(public.published_at.unwrap_or(public.approved_at), zone).into())]))
            }))
        }
        @if member.may(Role::Manager) { (next(member, view, kind, stage, public)) }
        @if !versions.is_empty() {
            (disclosure(&t.get("publish-versions"), &html! { @for one in versions { (version(member, one)) } }))
        }
    }
}

fn next(
    member: &Member,
    view: &IncidentView,
    kind: PublicationKind,
    stage: Stage,
    public: Option<&Publication>,
) -> Markup {
    let t = member.texts();
    let id = view.incident.id;
    let look = format!("/incidents/{id}/publish/{kind}");
    let needs_approval = kind == PublicationKind::Statement;
    html! {
        @match stage {
            Stage::Unwritten => p.hint { (t.get("publish-unwritten")) },
            Stage::Draft | Stage::Withdrawn if needs_approval => form method="post" action={ "/incidents/" (id) "/approve" } {
                (hidden("csrf", &member.visitor.csrf))
                (hidden("revision", &view.incident.revision.to_string()))
                p.hint { (t.get("publish-approve-lead")) }
                (actions(&html! { (Button::secondary(&t.get("publish-approve")).icon(Icon::Check)) }))
            },
            Stage::Draft | Stage::Approved | Stage::Withdrawn =>
                (actions(&html! { (Button::secondary(&t.get("publish-look")).href(&look).icon(Icon::Eye)) })),
            Stage::Published => {}
        }
        @if let Some(public) = public {
            (confirm_form(&ConfirmForm {
                action: &format!("/incidents/{id}/withdraw"),
                question: &t.get("publish-withdraw-ask"),
                yes: &t.get("publish-withdraw"),
                no: &t.get("publish-cancel"),
            }, &html! {
                (hidden("csrf", &member.visitor.csrf))
                (hidden("publication", &public.id.to_string()))
                (actions(&html! { (Button::quiet(&t.get("publish-withdraw")).context(&public.title)) }))
            }))
        }
    }
}

/// A version with its dates, in its own words.
fn version(member: &Member, one: &Publication) -> Markup {
    let t = member.texts();
    let zone = &member.principal.time_zone;
    let by = one.approved_by.clone().unwrap_or_default();
    let mut fate = vec![
        t.with(
            "publish-approved-on",
            &[("by", by.into()), ("moment", t.moment(one.approved_at, zone).into())],
        )
        .into_owned(),
    ];
    let dates = [("publish-published-on", one.published_at), ("publish-withdrawn-on", one.withdrawn_at)];
    for (key, at) in dates {
        fate.extend(at.map(|at| t.with(key, &[("moment", t.moment(at, zone).into())]).into_owned()));
    }
    html! {
        blockquote.quoted {
            p { strong { (one.title) } }
            @for line in one.text.lines() { p dir="auto" { (line) } }
            p.hint { (fate.join(" · ")) }
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::pages) struct RevisionForm {
    revision: i64,
}

/// The incident with its publications, if there is one and it has room for more.
async fn found(member: &Member, id: IncidentId) -> Result<(Incident, Vec<Publication>), Problem> {
    let incident = incidents::one(&member.scope, id).await?.ok_or_else(Problem::not_found)?;
    let publications = publications::of_incident(&member.scope, id).await?;
    Ok((incident, publications))
}

fn room_left(all: &[Publication]) -> Result<(), Problem> {
    let full = all.len() as i64 >= PUBLICATIONS_MAX;
    if full { Err(Problem::new(ProblemKind::Invalid, "problem-too-many")) } else { Ok(()) }
}

/// Adds to the diary what was done with a text.
fn diary(
    context: &Context,
    member: &Member,
    batch: &mut Batch,
    incident: IncidentId,
    key: &str,
    title: &str,
) {
    let line = member.texts().with(key, &[("title", title.into())]).into_owned();
    incidents::note(batch, context.new_id(), incident, member.principal.account, &line, context.now());
}

pub(in crate::pages) async fn approve(
    State(context): State<Context>,
    member: Member,
    Path(id): Path<i64>,
    CheckedForm(form): CheckedForm<RevisionForm>,
) -> Result<Response, Problem> {
    let (incident, all) = found(&member, IncidentId(id)).await?;
    room_left(&all)?;
    let kind = PublicationKind::Statement;
    let (stage, _) = stands(&incident, &all, kind);
    if !matches!(stage, Stage::Draft | Stage::Withdrawn) {
        return Err(Problem::new(ProblemKind::Conflict, "problem-conflict"));
    }
    let (now, by) = (context.now(), member.principal.account);
    let mut batch = Batch::new();
    incidents::unchanged(&mut batch, incident.id, form.revision);
    let id = PublicationId(context.new_id());
    publications::approve(&mut batch, id, incident.id, incident.written(kind), by, (now, None));
    diary(&context, &member, &mut batch, incident.id, "diary-approved", &incident.statement_title);
    member.scope.write(batch).await.map_err(conflict)?;
    Ok(to_page(incident.id, "#statement"))
}

fn anchor(kind: PublicationKind) -> &'static str {
    match kind {
        PublicationKind::Statement => "#statement",
        PublicationKind::Change => "#review",
    }
}

/// Whether a text may be published as it is: a statement that was approved, a change that is written.
fn ready(kind: PublicationKind, stage: Stage) -> bool {
    match kind {
        PublicationKind::Statement => stage == Stage::Approved,
        PublicationKind::Change => matches!(stage, Stage::Draft | Stage::Approved | Stage::Withdrawn),
    }
}

pub(in crate::pages) async fn index(
    member: Member,
    Path((id, kind)): Path<(i64, String)>,
) -> Result<Response, Problem> {
    let kind = PublicationKind::parse(&kind).ok_or_else(Problem::not_found)?;
    let (incident, all) = found(&member, IncidentId(id)).await?;
    let (stage, _) = stands(&incident, &all, kind);
    if !ready(kind, stage) {
        return Ok(Redirect::to(&format!("/incidents/{id}{}", anchor(kind))).into_response());
    }
    let replaces = all.iter().any(|publication| publication.kind == kind && publication.is_public());
    Ok(publish_page(&member, &incident, kind, replaces).into_response())
}

/// The page that shows what will be public, word for word.
pub fn publish_page(member: &Member, incident: &Incident, kind: PublicationKind, replaces: bool) -> Markup {
    let t = member.texts();
    let back = format!("/incidents/{}{}", incident.id, anchor(kind));
    let content = html! {
        (back_link(&incident.title, &back))
        (page_header(&t.get("publish-title"), &t.get("publish-lead"), None))
        (card("public", &t.get("publish-shown"), &shown(member, incident.written(kind))))
        @if replaces { (notice(Tone::Warning, "", &html! { (t.get("publish-replaces")) })) }
        (card("publish", &t.get("publish-sure"), &html! {
            p { (t.get("publish-undo")) }
            form method="post" action={ "/incidents/" (incident.id) "/publish/" (kind) } {
                (hidden("csrf", &member.visitor.csrf))
                (hidden("revision", &incident.revision.to_string()))
                (actions(&html! {
                    (Button::primary(&t.get("publish-now")))
                    (Button::secondary(&t.get("publish-not-yet")).href(&back))
                }))
            }
        }))
    };
    shell(member, &t.get("publish-title"), content)
}

/// A text as everybody will read it.
fn shown(member: &Member, written: Written<'_>) -> Markup {
    let t = member.texts();
    html! {
        blockquote.quoted {
            p { strong { (written.title) } }
            @for line in written.text.lines() { p dir="auto" { (line) } }
            @if let Some(day) = written.day { p.hint { (t.with("publish-since", &[("date", t.day(day).into())])) } }
        }
        p.hint { (t.get("publish-also")) }
    }
}

pub(in crate::pages) async fn publish(
    State(context): State<Context>,
    member: Member,
    Path((id, kind)): Path<(i64, String)>,
    CheckedForm(form): CheckedForm<RevisionForm>,
) -> Result<Response, Problem> {
    let kind = PublicationKind::parse(&kind).ok_or_else(Problem::not_found)?;
    let (incident, all) = found(&member, IncidentId(id)).await?;
    let (stage, latest) = stands(&incident, &all, kind);
    if !ready(kind, stage) {
        return Err(Problem::new(ProblemKind::Conflict, "problem-conflict"));
    }
    let (now, by) = (context.now(), member.principal.account);
    let mut batch = Batch::new();
    incidents::unchanged(&mut batch, incident.id, form.revision);
    publications::replace(&mut batch, incident.id, kind, now);
    if let Some(approved) = latest.filter(|_| stage == Stage::Approved) {
        publications::publish(&mut batch, incident.id, approved.id, now);
    } else {
        room_left(&all)?;
        let id = PublicationId(context.new_id());
        publications::approve(&mut batch, id, incident.id, incident.written(kind), by, (now, Some(now)));
    }
    diary(&context, &member, &mut batch, incident.id, "diary-published", incident.written(kind).title);
    member.scope.write(batch).await.map_err(conflict)?;
    Ok(to_page(incident.id, anchor(kind)))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::pages) struct WithdrawForm {
    publication: i64,
}

pub(in crate::pages) async fn withdraw(
    State(context): State<Context>,
    member: Member,
    Path(id): Path<i64>,
    CheckedForm(form): CheckedForm<WithdrawForm>,
) -> Result<Response, Problem> {
    let (incident, all) = found(&member, IncidentId(id)).await?;
    let asked = PublicationId(form.publication);
    let one = all.iter().find(|publication| publication.id == asked).ok_or_else(Problem::not_found)?;
    let mut batch = Batch::new();
    publications::withdraw(&mut batch, incident.id, one.id, context.now());
    diary(&context, &member, &mut batch, incident.id, "diary-withdrawn", &one.title);
    member.scope.write(batch).await.map_err(conflict)?;
    Ok(to_page(incident.id, anchor(one.kind)))
}
