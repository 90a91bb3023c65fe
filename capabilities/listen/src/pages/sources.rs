//! Where we listen, and how well each place can be heard.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use connectors::egress::{Egress, EgressPolicy};
use domain::{Role, SourceId, SourceKind};
use foundation::Context;
use foundation::store::Batch;
use foundation::values;
use foundation::web::{CheckedForm, Member, Problem, ProblemKind, shell};
use http::StatusCode;
use maud::{Markup, html};
use serde::Deserialize;
use ui::{Button, Field, Icon, actions, card, empty_state, form_errors, hidden, key_values, page_header};

use super::import::warning_badge;
use crate::store::sources::{self, Source};

/// What the page shows.
#[derive(Default)]
pub struct SourcesView {
    /// Every source.
    pub sources: Vec<Source>,
    /// The address that was typed, to correct.
    pub url: String,
    /// Key of what is wrong with it.
    pub fault: Option<String>,
    /// Today, in days since 1970.
    pub today: i64,
}

/// The page of sources.
pub fn sources_page(member: &Member, view: &SourcesView) -> Markup {
    let t = member.texts();
    let get = |key: &str| t.get(key);
    let fault = view.fault.as_deref().map(|key| get(key).into_owned()).unwrap_or_default();
    let content = html! {
        (page_header(&get("sources-title"), &get("sources-lead"), Some(html! {
            (Button::secondary(&get("import-title")).href("/import").icon(Icon::Import))
            (Button::secondary(&get("sources-mailbox")).href("/sources/mailbox").icon(Icon::Mail))
        })))
        @if !fault.is_empty() { (form_errors(&get("form-errors"), &[("url", &fault)])) }
        @if view.sources.is_empty() {
            (empty_state(Icon::Sources, &get("sources-empty-title"), &get("sources-empty"), Some(html! {
                (Button::primary(&get("import-title")).href("/import").icon(Icon::Import))
            })))
        }
        @for source in &view.sources { (source_card(member, source, view.today)) }
        @if member.may(Role::Manager) { (card("add-feed", &get("sources-add-title"), &html! {
            p { (get("sources-add-lead")) }
            form.form method="post" action="/sources" {
                (hidden("csrf", &member.visitor.csrf))
                (Field::url("url", &get("sources-url")).hint(&get("sources-url-hint")).required().value(&view.url)
                    .error(&fault))
                (Field::text("name", &get("sources-name")).optional(&get("optional")).max_length(60))
                (actions(&html! { (Button::primary(&get("sources-add-submit")).icon(Icon::Plus)) }))
            }
        })) }
    };
    shell(member, &get("sources-title"), content)
}

/// Sources of one organisation: more than any business has, few enough that polling stays fair to the others.
const SOURCES_MAX: usize = 200;

/// An export whose newest mention is older than this no longer says how things are.
const OLD_DAYS: i64 = 30;

/// How a source is doing, in one word.
fn health(source: &Source, today: i64) -> &'static str {
    let is_old = source.url.is_none()
        && source.kind != SourceKind::Mailbox
        && source.newest_day.is_some_and(|day| today - day > OLD_DAYS);
    match (source.state.as_str(), source.failures, source.ok_at) {
        ("paused", ..) => "paused",
        ("gone", ..) => "gone",
        _ if is_old => "old",
        (_, 1.., _) => "failing",
        (_, 0, None) if source.url.is_some() || source.kind == SourceKind::Mailbox => "waiting",
        _ => "well",
    }
}

fn source_card(member: &Member, source: &Source, today: i64) -> Markup {
    let t = member.texts();
    let zone = &member.principal.time_zone;
    let state = health(source, today);
    let state_words = t.get(&format!("source-health-{state}"));
    let never = t.get("never");
    let newest = source.newest_day.map_or_else(|| never.to_string(), |day| t.day(day));
    let labels = ["sources-kind", "sources-mentions", "sources-newest", "sources-state", "sources-asked"]
        .map(|key| t.get(key));
    let mut pairs = vec![
        (&*labels[0], html! { (t.get(&format!("source-{}", source.kind))) }),
        (&*labels[1], html! { a href={ "/mentions?source=" (source.id) } { (t.count(source.mentions)) } }),
        (&*labels[2], html! { (newest) }),
        (
            &*labels[3],
            html! {
                @if matches!(state, "failing" | "gone" | "old") { (warning_badge(&state_words)) } @else { (state_words) }
                @if let Some(key) = &source.error_key { " " (t.get(&format!("feed-error-{key}"))) }
                @if source.kind == SourceKind::Mailbox { " " a href="/sources/mailbox" { (t.get("sources-mailbox-state")) } }
            },
        ),
    ];
    if source.url.is_some() {
        let asked =
            source.ok_at.max(source.failed_at).map_or_else(|| never.to_string(), |at| t.moment(at, zone));
        pairs.push((&*labels[4], html! { (asked) }));
    }
    card(
        &format!("source-{}", source.id),
        &source.name,
        &html! {
            (key_values(&pairs))
            @if source.url.is_some() { @if member.may(Role::Manager) { (feed_buttons(member, source)) } }
            @else if !source.tracks_replies && source.kind.has_reviews() { p.small { (t.get("sources-no-replies")) } }
        },
    )
}

fn feed_buttons(member: &Member, source: &Source) -> Markup {
    let t = member.texts();
    html! {
        form method="post" action={ "/sources/" (source.id) } {
            (hidden("csrf", &member.visitor.csrf))
            (actions(&html! {
                @if source.state == "active" {
                    (Button::secondary(&t.get("sources-ask-now")).icon(Icon::Refresh).name_value("action", "ask").context(&source.name))
                    (Button::quiet(&t.get("sources-pause")).name_value("action", "pause").context(&source.name))
                } @else {
                    (Button::secondary(&t.get("sources-resume")).icon(Icon::Refresh).name_value("action", "ask").context(&source.name))
                }
            }))
        }
    }
}

fn today(context: &Context, member: &Member) -> i64 {
    crate::rules::day_of(context.now(), &member.principal.time_zone)
}

pub(super) async fn index(State(context): State<Context>, member: Member) -> Result<Markup, Problem> {
    let view = SourcesView {
        sources: sources::sources(&member.scope).await?,
        today: today(&context, &member),
        ..SourcesView::default()
    };
    Ok(sources_page(&member, &view))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FeedForm {
    url: String,
    #[serde(default)]
    name: String,
}

pub(super) async fn add_feed(
    State(context): State<Context>,
    member: Member,
    CheckedForm(form): CheckedForm<FeedForm>,
) -> Result<Response, Problem> {
    let policy =
        EgressPolicy { allow_private: context.config.allow_private.clone(), ..EgressPolicy::default() };
    let checked = Egress::new(policy)?.check(form.url.trim());
    let url = match checked {
        Ok(url) => url,
        Err(error) => {
            let view = SourcesView {
                sources: sources::sources(&member.scope).await?,
                url: form.url,
                fault: Some(format!("feed-error-{}", error.key())),
                today: today(&context, &member),
            };
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, sources_page(&member, &view)).into_response());
        }
    };
    if sources::sources(&member.scope).await?.len() >= SOURCES_MAX {
        return Err(Problem::new(ProblemKind::TooMany, "problem-too-many-sources"));
    }
    let name: String = form.name.chars().filter(|c| !c.is_control()).take(60).collect();
    let name = match name.trim() {
        "" => feed_name(&url),
        name => name.to_owned(),
    };
    sources::ensure(&context, &member.scope, SourceKind::Feed, &name, Some(url.as_str())).await?;
    context.wakes.wake(crate::SOURCE_ADDED);
    Ok(Redirect::to("/sources").into_response())
}

/// A feed nobody named is called by its host and, for alerts (which share one host), the end of its path.
fn feed_name(url: &url::Url) -> String {
    let host = url.host_str().unwrap_or_default().trim_start_matches("www.");
    let tail = url.path().rsplit('/').find(|part| !part.is_empty()).unwrap_or_default();
    let name = if tail.is_empty() { host.to_owned() } else { format!("{host} · {tail}") };
    name.chars().take(60).collect()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ChangeForm {
    action: String,
}

pub(super) async fn change(
    State(context): State<Context>,
    member: Member,
    Path(id): Path<i64>,
    CheckedForm(form): CheckedForm<ChangeForm>,
) -> Result<Response, Problem> {
    let id = SourceId(id);
    sources::source(&member.scope, id).await?.ok_or_else(Problem::not_found)?;
    let values = match form.action.as_str() {
        "ask" => values![id, "active", context.now(), None::<String>],
        "pause" => values![id, "paused", None::<i64>, None::<String>],
        _ => return Err(Problem::new(ProblemKind::Invalid, "problem-invalid-form")),
    };
    member.scope.write(Batch::new().add(&sources::SET_STATE, values)).await?;
    context.wakes.wake(crate::SOURCE_ADDED);
    Ok(Redirect::to("/sources").into_response())
}
