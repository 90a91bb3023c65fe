//! Watched names: brands, products and people that are looked for in every mention.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::{Role, WatchKind, WatchTermId};
use foundation::Context;
use foundation::store::Batch;
use foundation::web::{CheckedForm, Member, Problem, ProblemKind, Texts, shell};
use http::StatusCode;
use listen::store::mentions;
use maud::{Markup, html};
use serde::Deserialize;
use ui::{
    Button, Choice, Field, Icon, TaskRow, actions, back_link, card, empty_state, form_errors, hidden,
    page_header, task_list, task_row,
};

use super::one::conflict;
use crate::rules::names::{self, FieldFault, Term};
use crate::step::AGAIN;
use crate::store::watch::{self, SHOWN_MAX, TERMS_MAX};

/// What the page shows.
pub struct WatchView {
    /// Names, with the number of mentions each was found in.
    pub terms: Vec<(Term, i64)>,
    /// Whether mentions are still being read, so that a new name may not have been looked for yet.
    pub searching: bool,
    /// How many are watched, shown or not.
    pub count: i64,
    /// The form as it was sent, to correct, with the field and the key of what is wrong.
    pub refused: Option<(WatchForm, &'static str, &'static str)>,
}

/// The page of watched names.
pub fn watch_page(member: &Member, view: &WatchView) -> Markup {
    let t = member.texts();
    let content = html! {
        (back_link(&t.get("mentions-back"), "/mentions"))
        (page_header(&t.get("watch-title"), &t.get("watch-lead"), None))
        @if view.terms.is_empty() {
            (empty_state(Icon::Search, &t.get("watch-empty-title"), &t.get("watch-empty"), None))
        } @else {
            @if view.count > i64::from(SHOWN_MAX) {
                p { (t.with("watch-shown", &[("shown", i64::from(SHOWN_MAX).into()), ("all", view.count.into())])) }
            }
            (task_list(&html! { @for (term, found) in &view.terms { (row(member, term, *found, view.searching)) } }))
        }
        @if member.may(Role::Manager) { (card("add-name", &t.get("watch-add-title"), &add_form(member, view))) }
    };
    shell(member, &t.get("watch-title"), content)
}

fn row(member: &Member, term: &Term, found: i64, searching: bool) -> Markup {
    let t = member.texts();
    let mut detail = vec![
        t.get(&format!("watch-kind-{}", term.kind)).into_owned(),
        match found {
            0 if searching => t.get("watch-searching").into_owned(),
            _ => t.with("watch-found", &[("n", found.into())]).into_owned(),
        },
    ];
    for (key, words) in [("watch-only-with", &term.required), ("watch-never-with", &term.excluded)] {
        if !words.is_empty() {
            detail.push(t.with(key, &[("words", words.join(", ").into())]).into_owned());
        }
    }
    task_row(&TaskRow {
        icon: Icon::Search,
        title: &term.term,
        detail: &detail.join(" · "),
        urgent: false,
        action: html! {
            @if found > 0 {
                (Button::secondary(&t.get("watch-see")).href(&format!("/mentions?term={}", term.id)).context(&term.term))
            }
            @if member.may(Role::Manager) {
                form method="post" action={ "/watch/" (term.id) } {
                    (hidden("csrf", &member.visitor.csrf))
                    (Button::quiet(&t.get("watch-forget")).context(&term.term))
                }
            }
        },
    })
}

fn add_form(member: &Member, view: &WatchView) -> Markup {
    let t = member.texts();
    let names: Vec<(&str, String)> = WatchKind::ALL
        .iter()
        .map(|kind| (kind.as_str(), t.get(&format!("watch-kind-{kind}")).into_owned()))
        .collect();
    let kinds: Vec<Choice<'_>> = names.iter().map(|(value, label)| Choice::new(value, label)).collect();
    let sent = view.refused.as_ref().map(|(form, ..)| form);
    let (field, fault) =
        view.refused.as_ref().map_or(("", String::new()), |(_, field, key)| (*field, fault_text(t, key)));
    let error = |name: &str| if name == field { fault.as_str() } else { "" };
    let value = |get: fn(&WatchForm) -> &str| sent.map(get).unwrap_or_default();
    html! {
        @if !fault.is_empty() { (form_errors(&t.get("form-errors"), &[(field, &fault)])) }
        form.form method="post" action="/watch" {
            (hidden("csrf", &member.visitor.csrf))
            (Field::text_area("names", &t.get("watch-names"), 3).hint(&t.get("watch-names-hint")).required()
                .value(value(|form| &form.names)).error(error("names")))
            (Field::select("kind", &t.get("watch-kind"), &kinds).value(value(|form| &form.kind)))
            (Field::text("required", &t.get("watch-required")).hint(&t.get("watch-required-hint"))
                .optional(&t.get("optional")).max_length(200).value(value(|form| &form.required)).error(error("required")))
            (Field::text("excluded", &t.get("watch-excluded")).hint(&t.get("watch-excluded-hint"))
                .optional(&t.get("optional")).max_length(200).value(value(|form| &form.excluded)).error(error("excluded")))
            (actions(&html! { (Button::primary(&t.get("watch-add-submit")).icon(Icon::Plus)) }))
        }
    }
}

fn fault_text(t: &Texts, key: &str) -> String {
    t.with(key, &[("max", i64::from(TERMS_MAX).into())]).into_owned()
}

async fn view(member: &Member) -> Result<WatchView, Problem> {
    Ok(WatchView {
        terms: watch::terms_with_counts(&member.scope).await?,
        searching: mentions::count_unread(&member.scope).await? > 0,
        count: watch::count(&member.scope).await?,
        refused: None,
    })
}

pub(super) async fn index(member: Member) -> Result<Markup, Problem> {
    Ok(watch_page(&member, &view(&member).await?))
}

/// The form of new names.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WatchForm {
    names: String,
    kind: String,
    required: String,
    excluded: String,
}

pub(super) async fn add(
    State(context): State<Context>,
    member: Member,
    CheckedForm(form): CheckedForm<WatchForm>,
) -> Result<Response, Problem> {
    let kind = WatchKind::parse(&form.kind)
        .ok_or_else(|| Problem::new(ProblemKind::Invalid, "problem-invalid-form"))?;
    let asked = names::read(&form.names, &form.required, &form.excluded);
    let count = watch::count(&member.scope).await?;
    let fault = match &asked {
        Err(FieldFault { field, key }) => Some((*field, *key)),
        Ok(asked) if count + asked.names.len() as i64 > i64::from(TERMS_MAX) => {
            Some(("names", "watch-too-many"))
        }
        Ok(_) => None,
    };
    if let Some((field, key)) = fault {
        let mut view = view(&member).await?;
        view.refused = Some((form, field, key));
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, watch_page(&member, &view)).into_response());
    }
    if let Ok(asked) = asked {
        let terms: Vec<Term> = asked
            .names
            .into_iter()
            .map(|term| Term {
                id: WatchTermId(context.new_id()),
                kind,
                term,
                required: asked.required.clone(),
                excluded: asked.excluded.clone(),
            })
            .collect();
        let mut batch = Batch::new();
        watch::insert(&mut batch, &terms, context.now());
        mentions::requeue_newest(&mut batch, AGAIN);
        member.scope.write(batch).await?;
        context.wakes.wake(listen::MENTIONS_SAVED);
    }
    Ok(Redirect::to("/watch").into_response())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ForgetForm {}

pub(super) async fn forget(
    member: Member,
    Path(id): Path<i64>,
    CheckedForm(ForgetForm {}): CheckedForm<ForgetForm>,
) -> Result<Response, Problem> {
    let mut batch = Batch::new();
    watch::delete(&mut batch, WatchTermId(id));
    member
        .scope
        .write(batch)
        .await
        .map_err(|error| if error.is_conflict() { Problem::not_found() } else { conflict(error) })?;
    Ok(Redirect::to("/watch").into_response())
}
