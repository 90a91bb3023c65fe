//! Who waits, worst first; and what can be decided about each without answering.

use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::{AccountId, MentionId, ReplyStage, Role};
use foundation::Context;
use foundation::web::{CheckedForm, Member, Problem, ProblemKind, Texts, shell};
use jiff::{Timestamp, ToSpan as _, tz::TimeZone};
use maud::{Markup, html};
use serde::Deserialize;
use ui::{
    Badge, Button, Choice, Field, Icon, TaskRow, Tone, actions, back_link, empty_state, hidden, mention_list,
    notice, page_header, task_list, task_row,
};
use understand::pages::{Extras, mention_with};
use understand::store::ReadMention;

use super::{INVALID, conflict, time_left};
use crate::store::promises;
use crate::store::replies::{self, Reply};
use crate::store::waiting::{self, Decision, Mark, Queue, Waiting};

/// Shown of each group: five minutes' work and a look at what comes after.
const SHOWN: usize = 12;
/// Shown of those put aside.
const ASIDE_SHOWN: u32 = 50;
/// Answers half done that are shown.
const HALFWAY_SHOWN: u32 = 20;

/// What the page shows.
pub struct QueueView {
    /// The moment.
    pub now: Timestamp,
    /// Who waits.
    pub queue: Queue,
    /// Answers that a person has to finish, with what they answer.
    pub halfway: Vec<(Reply, ReadMention)>,
    /// Promises whose day has come.
    pub promises_due: usize,
    /// Who could do it.
    pub members: Vec<(AccountId, String)>,
    /// Only this member's tasks.
    pub mine: bool,
    /// What was just decided, so that it can be taken back.
    pub decided: Option<(MentionId, String, String)>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    mine: String,
    decided: String,
    id: String,
    was: String,
}

pub(super) async fn index(
    State(context): State<Context>,
    member: Member,
    Query(asked): Query<Asked>,
) -> Result<Markup, Problem> {
    let scope = &member.scope;
    let mine = asked.mine == "yes";
    let queue = waiting::queue(&context, scope, mine.then_some(member.principal.account), SHOWN).await?;
    let halfway = replies::halfway(scope, HALFWAY_SHOWN).await?;
    let ids: Vec<MentionId> = halfway.iter().map(|reply| reply.mention).collect();
    let mentions = understand::store::those(scope, &ids).await?;
    let halfway = halfway
        .into_iter()
        .filter_map(|reply| mentions.iter().find(|m| m.id == reply.mention).map(|m| (reply, m.clone())))
        .collect();
    let today = super::today(context.now(), &member.principal.time_zone);
    let open = promises::open(scope, promises::SHOWN_MAX).await?;
    let decided = asked.id.parse().ok().map(MentionId).filter(|_| !asked.decided.is_empty());
    let view = QueueView {
        now: context.now(),
        queue,
        halfway,
        promises_due: open.iter().filter(|promise| promise.due_day <= today).count(),
        members: waiting::members(scope).await?,
        mine,
        decided: decided.map(|id| (id, asked.decided, asked.was)),
    };
    Ok(queue_page(&member, &view))
}

/// The page.
pub fn queue_page(member: &Member, view: &QueueView) -> Markup {
    let t = member.texts();
    let pressing = view.queue.pressing_count;
    let lead = t.with("answers-lead", &[("n", pressing.into())]);
    let card = |w: &Waiting| waiting_card(member, view, w);
    let pressing_cards: Vec<Markup> = view.queue.pressing.iter().map(card).collect();
    let kind_cards: Vec<Markup> = view.queue.kind.iter().map(card).collect();
    let nothing = pressing_cards.is_empty() && kind_cards.is_empty() && view.halfway.is_empty();
    let content = html! {
        (page_header(&t.get("answers-title"), &lead, None))
        p {
            a href="/complaints" { (t.get("complaints-title")) } " · " a href="/promises" { (t.get("promises-title")) } " · "
            a href="/answers/aside" { (t.get("aside-title")) } " · " a href="/answers/settings" { (t.get("answer-settings-title")) }
        }
        @if let Some(decided) = &view.decided { (taken_back(member, decided)) }
        @if view.members.len() > 1 { (whose(t, view.mine)) }
        @if view.promises_due > 0 {
            (notice(Tone::Warning, "", &html! {
                (t.with("promises-due-notice", &[("n", (view.promises_due as i64).into())])) " " a href="/promises" { (t.get("promises-open")) }
            }))
        }
        @if !view.halfway.is_empty() { (halfway(t, view)) }
        @if nothing {
            (empty_state(Icon::Check, &t.get("answers-empty-title"), &t.get("answers-empty"), Some(html! {
                (Button::secondary(&t.get("back-to-today")).href("/today"))
            })))
        }
        @if !pressing_cards.is_empty() {
            (mention_list(&t.get("answers-pressing"), &pressing_cards))
            @let more = pressing - pressing_cards.len() as i64;
            @if more > 0 { p { (t.with("answers-more", &[("n", more.into())])) " " a href="/mentions?waiting=yes" { (t.get("answers-see-all")) } } }
            p.small { (t.get("answers-keys")) }
        }
        @if !kind_cards.is_empty() {
            (mention_list(&t.with("answers-kind", &[("n", view.queue.kind_count.into())]), &kind_cards))
        }
    };
    shell(member, &t.get("answers-title"), content)
}

fn whose(t: &Texts, mine: bool) -> Markup {
    html! {
        (actions(&html! {
            @if mine { (Button::secondary(&t.get("answers-everybodys")).href("/answers")) }
            @else { (Button::secondary(&t.get("answers-mine")).href("/answers?mine=yes")) }
        }))
    }
}

/// The line that says what was just decided, with the button that takes it back.
fn taken_back(member: &Member, (id, what, was): &(MentionId, String, String)) -> Markup {
    let t = member.texts();
    let (key, back) = match what.as_str() {
        "snoozed" => ("decided-snoozed", "wake"),
        "dismissed" => ("decided-dismissed", "restore"),
        "assigned" => ("decided-assigned", "assign"),
        "answered" => ("decided-answered", "unanswered"),
        "sent" => return notice(Tone::Success, "", &html! { (t.get("decided-sent")) }),
        "published" => return notice(Tone::Success, "", &html! { (t.get("decided-published")) }),
        _ => return html! {},
    };
    notice(
        Tone::Success,
        "",
        &html! {
            p { (t.get(key)) }
            form method="post" action={ "/answers/" (id) "/decide" } {
                (hidden("csrf", &member.visitor.csrf))
                @if back == "assign" { (hidden("whom", was)) }
                (Button::secondary(&t.get("undo")).name_value("decision", back))
            }
        },
    )
}

/// Answers that somebody began to publish and nobody finished.
fn halfway(t: &Texts, view: &QueueView) -> Markup {
    let row = |(reply, mention): &(Reply, ReadMention)| {
        let author = mention.author.clone().unwrap_or_else(|| t.get("mention-no-author").into_owned());
        let key = match reply.stage {
            ReplyStage::Handed => "halfway-handed",
            ReplyStage::Failed => "halfway-failed",
            _ => "halfway-unknown",
        };
        task_row(&TaskRow {
            icon: Icon::Warning,
            title: &t.with(key, &[("author", author.as_str().into())]),
            detail: &mention.source_name,
            urgent: true,
            action: html! {
                (Button::secondary(&t.get("halfway-finish")).href(&format!("/answers/{}", mention.id)).context(&author))
            },
        })
    };
    html! {
        h2 { (t.get("halfway-title")) }
        (task_list(&html! { @for one in &view.halfway { (row(one)) } }))
    }
}

fn waiting_card(member: &Member, view: &QueueView, w: &Waiting) -> Markup {
    let t = member.texts();
    let zone = &member.principal.time_zone;
    let (reason, left) = (t.get(&format!("reason-{}", w.reason.key())), time_left(t, w.due_at, view.now));
    let is_late = w.due_at < view.now;
    let tone = if is_late && w.reason.is_pressing() { Tone::Error } else { Tone::Warning };
    let draft = t.get("answers-has-draft");
    let assigned = w
        .mark
        .assigned_to
        .as_ref()
        .map(|(_, email)| t.with("answers-assigned", &[("who", email.as_str().into())]));
    let mut badges = Vec::new();
    if w.reason.is_pressing() {
        badges.push(Badge { label: &reason, tone: Tone::Info, icon: None });
    }
    badges.push(Badge {
        label: &left,
        tone: if w.reason.is_pressing() { tone } else { Tone::Info },
        icon: None,
    });
    if w.has_draft {
        badges.push(Badge { label: &draft, tone: Tone::Info, icon: Some(Icon::Edit) });
    }
    if let Some(assigned) = &assigned {
        badges.push(Badge { label: assigned, tone: Tone::Info, icon: None });
    }
    let actions = Some(deciding(member, view, w));
    mention_with(t, zone, &w.mention, &[], false, Extras { badges, actions })
}

/// What can be done with one of the queue: answer, later, not about us, whose task.
fn deciding(member: &Member, view: &QueueView, w: &Waiting) -> Markup {
    let t = member.texts();
    let author = w.mention.author.clone().unwrap_or_default();
    let href = format!("/answers/{}", w.mention.id);
    if !member.may(Role::Agent) {
        return html! { (Button::secondary(&t.get("mention-see")).href(&format!("/mentions/{}", w.mention.id)).context(&author)) };
    }
    // The form stands beside its buttons, so that they share the row of the first.
    let form = format!("decide-{}", w.mention.id);
    html! {
        form id=(form) method="post" action={ (href) "/decide" } hidden { (hidden("csrf", &member.visitor.csrf)) }
        (Button::primary(&t.get("task-answer-open")).href(&href).icon(Icon::Reply).key("r").context(&author))
        (Button::secondary(&t.get("decide-tomorrow")).form(&form).name_value("decision", "snooze").key("s").context(&author))
        (Button::quiet(&t.get("decide-answered")).form(&form).name_value("decision", "answered").context(&author))
        @if w.complaint.is_none() {
            (Button::quiet(&t.get("decide-not-us")).form(&form).name_value("decision", "dismiss").key("n").context(&author))
        }
        @if view.members.len() > 1 { (assigning(member, view, w)) }
    }
}

fn assigning(member: &Member, view: &QueueView, w: &Waiting) -> Markup {
    let t = member.texts();
    let nobody = t.get("assign-nobody");
    let known: Vec<(String, &str)> =
        view.members.iter().map(|(account, email)| (account.to_string(), email.as_str())).collect();
    let choices: Vec<Choice<'_>> = std::iter::once(Choice::new("", &nobody))
        .chain(known.iter().map(|(account, email)| Choice::new(account, email)))
        .collect();
    let now = w.mark.assigned_to.as_ref().map(|(account, _)| account.to_string()).unwrap_or_default();
    let group = w.mention.id.to_string();
    html! {
        form method="post" action={ "/answers/" (w.mention.id) "/decide" } {
            (hidden("csrf", &member.visitor.csrf))
            (hidden("was", &now))
            (actions(&html! {
                (Field::select("whom", &t.get("assign-label"), &choices).within(&group).value(&now).label_hidden())
                (Button::quiet(&t.get("assign-submit")).name_value("decision", "assign"))
            }))
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DecisionForm {
    decision: String,
    #[serde(default)]
    whom: String,
    #[serde(default)]
    was: String,
}

/// Nine in the morning of the next day there.
fn tomorrow(now: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
    let day = zone.to_datetime(now).date().checked_add(1.day()).ok()?;
    zone.to_timestamp(day.at(9, 0, 0, 0)).ok()
}

pub(super) async fn decide(
    State(context): State<Context>,
    member: Member,
    Path(id): Path<i64>,
    CheckedForm(form): CheckedForm<DecisionForm>,
) -> Result<Response, Problem> {
    let (scope, id, now) = (&member.scope, MentionId(id), context.now());
    let zone = &member.principal.time_zone;
    understand::store::one(scope, id).await?.ok_or_else(Problem::not_found)?;
    let (decision, said) = match form.decision.as_str() {
        "snooze" => (Decision::Snooze(Some(tomorrow(now, zone).ok_or(INVALID)?)), "snoozed"),
        "wake" => (Decision::Snooze(None), "woken"),
        "dismiss" => (Decision::Dismiss(true), "dismissed"),
        "restore" => (Decision::Dismiss(false), "restored"),
        "assign" => (Decision::Assign(whom(&member, &form.whom).await?), "assigned"),
        "answered" | "unanswered" => {
            let answered = form.decision == "answered";
            mark(&member, id, answered).await?;
            let said = if answered { "answered" } else { "unanswered" };
            return Ok(Redirect::to(&format!("/answers?decided={said}&id={id}")).into_response());
        }
        _ => return Err(INVALID),
    };
    waiting::decide(scope, id, decision, now).await.map_err(conflict)?;
    let was: String = form.was.chars().filter(char::is_ascii_digit).take(20).collect();
    Ok(Redirect::to(&format!("/answers?decided={said}&id={id}&was={was}")).into_response())
}

/// A member of this organisation, or nobody.
async fn whom(member: &Member, text: &str) -> Result<Option<AccountId>, Problem> {
    if text.is_empty() {
        return Ok(None);
    }
    let account = AccountId(text.parse().map_err(|_| INVALID)?);
    let known = waiting::members(&member.scope).await?;
    if known.iter().any(|(id, _)| *id == account) { Ok(Some(account)) } else { Err(INVALID) }
}

async fn mark(member: &Member, id: MentionId, answered: bool) -> Result<(), Problem> {
    match listen::save::mark_answered(&member.scope, id, answered).await {
        Ok(true) => Ok(()),
        Ok(false) => Err(Problem::not_found()),
        Err(error) => Err(conflict(error)),
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MarkForm {
    answered: String,
}

/// "I have answered this elsewhere", from the mention's own page.
pub(super) async fn mark_answered(
    member: Member,
    Path(id): Path<i64>,
    CheckedForm(form): CheckedForm<MarkForm>,
) -> Result<Response, Problem> {
    let answered = match form.answered.as_str() {
        "yes" => true,
        "no" => false,
        _ => return Err(Problem::new(ProblemKind::Invalid, "problem-invalid-form")),
    };
    mark(&member, MentionId(id), answered).await?;
    Ok(Redirect::to(&format!("/mentions/{id}")).into_response())
}

pub(super) async fn aside(State(context): State<Context>, member: Member) -> Result<Markup, Problem> {
    let aside = waiting::set_aside(&member.scope, context.now(), ASIDE_SHOWN).await?;
    Ok(aside_page(&member, &aside))
}

/// Those put off until later or found not to be about us: nothing is decided for good.
pub fn aside_page(member: &Member, aside: &[(ReadMention, Mark)]) -> Markup {
    let t = member.texts();
    let zone = &member.principal.time_zone;
    let card = |(mention, mark): &(ReadMention, Mark)| {
        let (words, back) = match (mark.dismissed_at, mark.snoozed_until) {
            (Some(_), _) => (t.get("aside-dismissed").into_owned(), "restore"),
            (None, until) => {
                let until = until.map(|at| t.moment(at, zone)).unwrap_or_default();
                (t.with("aside-snoozed", &[("until", until.into())]).into_owned(), "wake")
            }
        };
        let badges = vec![Badge { label: &words, tone: Tone::Info, icon: None }];
        let buttons = member.may(Role::Agent).then(|| {
            html! {
                form method="post" action={ "/answers/" (mention.id) "/decide" } {
                    (hidden("csrf", &member.visitor.csrf))
                    (Button::secondary(&t.get("aside-back")).name_value("decision", back))
                }
            }
        });
        mention_with(t, zone, mention, &[], false, Extras { badges, actions: buttons })
    };
    let cards: Vec<Markup> = aside.iter().map(card).collect();
    let content = html! {
        (back_link(&t.get("answers-title"), "/answers"))
        (page_header(&t.get("aside-title"), &t.get("aside-lead"), None))
        @if cards.is_empty() { (empty_state(Icon::Check, &t.get("aside-empty-title"), &t.get("aside-empty"), None)) }
        @else { (mention_list(&t.get("aside-title"), &cards)) }
    };
    shell(member, &t.get("aside-title"), content)
}
