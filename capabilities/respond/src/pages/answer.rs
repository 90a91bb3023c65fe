//! One answer: what was said, the text with a checker at its side, and its way to whom it answers.

use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::{ComplaintOutcome, MentionId, ReplyStage, ReplyWay, Role, SavedReplyId};
use foundation::Context;
use foundation::web::page::shell_refreshed;
use foundation::web::{CheckedForm, Member, Problem, Texts};
use http::StatusCode;
use maud::{Markup, html};
use reply::{Finding, Severity};
use serde::Deserialize;
use ui::{
    Button, Choice, Field, Icon, Moment, Tone, When, actions, back_link, card, disclosure, form_errors,
    hidden, notice, page_header, timeline,
};
use values::store::Triage;

use super::{INVALID, by, conflict, conflict_in, day_of_field, field_of_day, today};
use crate::case::{Case, Verdict};
use crate::publish::{self, Promised};
use crate::rules::complaint;
use crate::store::complaints as register;
use crate::store::promises::TEXT_MAX as PROMISE_MAX;
use crate::store::replies::{self, Reply, Written};

/// Where the findings stand.
const FINDINGS: &str = "findings";
/// A page that waits for the outbox reloads after so long.
const REFRESH_SECONDS: u32 = 4;

/// What was typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct AnswerForm {
    action: String,
    client_key: String,
    revision: Option<i64>,
    text: String,
    assisted: String,
    promise: String,
    promise_day: String,
    outcome: String,
    careful: String,
}

/// What the page shows.
pub struct AnswerView {
    /// The case.
    pub case: Case,
    /// What is written, or proposed.
    pub form: AnswerForm,
    /// What the checker says about it.
    pub findings: Vec<Finding>,
    /// A remedy the text offers.
    pub remedy: Option<String>,
    /// Field and key of what is missing.
    pub faults: Vec<(&'static str, &'static str)>,
    /// It was asked to leave and may: only the warnings have to be read.
    pub asks_care: bool,
    /// A note about the proposed text: the end of its key.
    pub note: Option<&'static str>,
    /// What became of its letter: the end of the key of a sentence.
    pub fate: Option<String>,
    /// What it is about, for what is serious; not on a page that came back.
    pub triage: Option<Triage>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    saved: String,
    write: String,
}

pub(super) async fn index(
    State(context): State<Context>,
    member: Member,
    Path(id): Path<i64>,
    Query(asked): Query<Asked>,
) -> Result<Markup, Problem> {
    let case = open(&context, &member, id).await?;
    Ok(answer_page(&member, &fresh(&context, &member, case, &asked).await?))
}

async fn open(context: &Context, member: &Member, id: i64) -> Result<Case, Problem> {
    Case::open(context, &member.scope, MentionId(id)).await?.ok_or_else(Problem::not_found)
}

/// The page before anything was sent: what is written so far, a kept text, or our draft.
async fn fresh(context: &Context, member: &Member, case: Case, asked: &Asked) -> Result<AnswerView, Problem> {
    let now = context.now();
    let kept = asked.saved.parse().ok().map(SavedReplyId);
    let kept = kept.and_then(|id| case.saved.iter().find(|one| one.id == id));
    let written = case.reply.as_ref().map(|reply| reply.text.clone());
    let (text, assisted, note) = match (kept, written) {
        (Some(kept), _) => (case.filled(&kept.text, now), false, None),
        (None, Some(text)) => (text, false, None),
        (None, None) if case.is_answered_elsewhere() && asked.write.is_empty() => {
            (String::new(), false, None)
        }
        (None, None) => {
            let (text, note) = case.first_words(member.texts().locale);
            (text, true, note)
        }
    };
    let fate = match case.reply.as_ref().and_then(|reply| reply.outgoing) {
        Some(letter) => notify::fate(&member.scope, letter).await?.map(|fate| fate.answer_key),
        None => None,
    };
    let form = AnswerForm {
        client_key: hex::encode(context.random::<16>()),
        revision: case.reply.as_ref().map(|reply| reply.revision),
        assisted: if assisted { "yes" } else { "" }.to_owned(),
        promise_day: field_of_day(today(now, &member.principal.time_zone) + 7),
        text,
        ..AnswerForm::default()
    };
    let (remedy, id) = (case.remedy(&form.text), case.mention.id);
    Ok(AnswerView {
        // An untouched draft is not scolded for its gap: the line above it says to fill it.
        findings: if assisted { Vec::new() } else { case.lint(&form.text) },
        remedy,
        case,
        form,
        faults: Vec::new(),
        asks_care: false,
        note,
        fate: fate.filter(|key| !key.is_empty()),
        triage: values::store::triage_of(&member.scope, id).await?,
    })
}

/// The page.
pub fn answer_page(member: &Member, view: &AnswerView) -> Markup {
    let t = member.texts();
    let zone = &member.principal.time_zone;
    let case = &view.case;
    let author = case.mention.author.clone().unwrap_or_else(|| t.get("mention-no-author").into_owned());
    let title = t.with("answer-to", &[("author", author.as_str().into())]);
    let stage = case.reply.as_ref().map(|reply| reply.stage);
    let faults: Vec<(&str, String)> =
        view.faults.iter().map(|(field, key)| (*field, t.get(key).into_owned())).collect();
    let listed: Vec<(&str, &str)> = faults.iter().map(|(field, words)| (*field, words.as_str())).collect();
    let content = html! {
        (back_link(&t.get("answers-title"), "/answers"))
        (page_header(&title, "", None))
        (form_errors(&t.get("form-errors"), &listed))
        (understand::pages::mention(t, zone, &case.mention, &[], true))
        (conversation(member, case))
        (complaint_lines(member, case))
        (promised_lines(t, case))
        @match (&case.reply, stage) {
            (Some(reply), Some(ReplyStage::Handed)) => (handed(member, case, reply)),
            (Some(_), Some(ReplyStage::Sending)) => {
                (notice(Tone::Info, &t.get("answer-sending"), &html! { (t.get("answer-sending-lead")) }))
                span hidden data-reload-seconds=(REFRESH_SECONDS) {}
            }
            (Some(reply), Some(ReplyStage::Unknown | ReplyStage::Failed)) => (stuck(member, view, reply)),
            (Some(reply), Some(ReplyStage::Published)) => (published(member, case, reply)),
            _ if case.is_answered_elsewhere() && view.form.text.is_empty() => (elsewhere(member, case)),
            _ if member.may(Role::Agent) => (composer(member, view, &faults)),
            _ => { p { (t.get("answer-not-yours")) } }
        }
        @if let Some(triage) = &view.triage { (values::pages::triage_card(member, triage)) }
    };
    let refresh = (stage == Some(ReplyStage::Sending)).then_some(REFRESH_SECONDS);
    shell_refreshed(member, &title, content, refresh)
}

/// What was said before and after in the same conversation.
fn conversation(member: &Member, case: &Case) -> Markup {
    let t = member.texts();
    let zone = &member.principal.time_zone;
    if case.thread.len() < 2 {
        return html! {};
    }
    let nobody = t.get("mention-no-author");
    let said: Vec<(String, String, String, String)> = case
        .thread
        .iter()
        .flat_map(|one| {
            let author = one.author.clone().unwrap_or_else(|| nobody.clone().into_owned());
            let hers = (one.posted_at.to_string(), t.moment(one.posted_at, zone), one.text.clone(), author);
            let ours =
                one.reply_text.clone().zip(one.replied_at).map(|(text, at)| {
                    (at.to_string(), t.moment(at, zone), text, case.signature().to_owned())
                });
            std::iter::once(hers).chain(ours)
        })
        .collect();
    let moments: Vec<Moment<'_>> = said
        .iter()
        .map(|(iso, shown, what, who)| Moment { when: When { iso, shown }, what, detail: who })
        .collect();
    disclosure(
        &t.with("answer-conversation", &[("n", (case.thread.len() as i64).into())]),
        &timeline(&moments),
    )
}

/// Her complaint, or the button that makes it one.
fn complaint_lines(member: &Member, case: &Case) -> Markup {
    let t = member.texts();
    let zone = &member.principal.time_zone;
    if let Some(known) = &case.complaint {
        let values = [("key", known.key.as_str().into()), ("date", t.date(known.due_at, zone).into())];
        return notice(
            Tone::Info,
            &t.with("answer-complaint", &values),
            &html! {
                p { (t.get("answer-complaint-lead")) }
                a href={ "/complaints/" (known.id) } { (t.get("answer-complaint-open")) }
            },
        );
    }
    if let Some(earlier) = &case.earlier_complaint {
        let title = t.with("answer-in-complaint", &[("key", earlier.key.as_str().into())]);
        return notice(
            Tone::Info,
            &title,
            &html! {
                a href={ "/complaints/" (earlier.id) } { (t.get("answer-complaint-open")) }
            },
        );
    }
    if !member.may(Role::Agent) {
        return html! {};
    }
    let form = html! {
        form method="post" action={ "/mentions/" (case.mention.id) "/complaint" } {
            (hidden("csrf", &member.visitor.csrf))
            (actions(&html! { (Button::secondary(&t.get("complaint-open-one"))) }))
        }
    };
    if complaint::says_so(&case.mention.whole()) {
        return notice(
            Tone::Warning,
            &t.get("complaint-sounds-like"),
            &html! { p { (t.get("complaint-sounds-like-lead")) } (form) },
        );
    }
    disclosure(&t.get("complaint-is-it"), &html! { p { (t.get("complaint-is-it-lead")) } (form) })
}

fn promised_lines(t: &Texts, case: &Case) -> Markup {
    html! {
        @for promise in &case.promises {
            (notice(Tone::Info, "", &html! {
                (t.with("answer-promised", &[("what", promise.text.as_str().into()), ("day", t.day(promise.due_day).into())]))
                " " a href="/promises" { (t.get("promises-open")) }
            }))
        }
    }
}

fn composer(member: &Member, view: &AnswerView, faults: &[(&str, String)]) -> Markup {
    let t = member.texts();
    let (case, form) = (&view.case, &view.form);
    let fault = |field: &str| {
        faults.iter().find(|(name, _)| *name == field).map(|(_, words)| words.clone()).unwrap_or_default()
    };
    let (day, outcome) = (fault("promise_day"), fault("outcome"));
    let max = case.text_max() as u32;
    let hint = t.with("answer-hint", &[("max", t.count(i64::from(max)).into())]);
    let check = format!("/answers/{}/check", case.mention.id);
    let action = format!("/answers/{}", case.mention.id);
    let blocked = Case::verdict(&view.findings) == Verdict::Blocked;
    html! {
        @if case.is_answered_elsewhere() { (notice(Tone::Warning, "", &html! { (t.get("answer-elsewhere")) })) }
        @if form.assisted == "yes" { p.hint { (t.get("answer-draft-lead")) } }
        @if let Some(note) = view.note { (notice(Tone::Info, "", &html! { (t.get(&format!("draft-note-{note}"))) })) }
        (kept_texts(t, case))
        form.form method="post" action=(action) {
            (hidden("csrf", &member.visitor.csrf))
            (hidden("client_key", &form.client_key))
            @if let Some(revision) = form.revision { (hidden("revision", &revision.to_string())) }
            (hidden("assisted", &form.assisted))
            @if view.asks_care { (hidden("careful", "yes")) }
            (Field::text_area("text", &t.get("answer-text"), 9).hint(&hint).required().max_length(max).value(&form.text)
                .check(&check, FINDINGS).error(&fault("text")))
            div id=(FINDINGS) aria-live="polite" { (findings_list(t, &form.text, &view.findings, view.remedy.as_deref())) }
            @if case.in_complaint() { (outcomes(t, case, form, &outcome)) }
            (disclosure(&t.get("answer-promise"), &html! {
                p { (t.get("answer-promise-lead")) }
                (Field::text("promise", &t.get("promise-what")).max_length(PROMISE_MAX as u32).value(&form.promise))
                (Field::date("promise_day", &t.get("promise-day")).value(&form.promise_day).error(&day))
            }))
            @if view.asks_care && !blocked {
                (notice(Tone::Warning, &t.get("answer-care"), &html! { (t.get("answer-care-lead")) }))
            }
            (buttons(t, view))
        }
    }
}

fn buttons(t: &Texts, view: &AnswerView) -> Markup {
    let by_letter = view.case.way() == ReplyWay::Email;
    let (key, action, icon) = match (view.asks_care, by_letter) {
        (false, true) => ("answer-send", "send", Icon::Mail),
        (true, true) => ("answer-send-anyway", "send", Icon::Mail),
        (false, false) => ("answer-hand", "hand", Icon::Check),
        (true, false) => ("answer-hand-anyway", "hand", Icon::Check),
    };
    let to = view
        .case
        .addressee
        .as_ref()
        .map(|to| t.with("answer-goes-to", &[("address", to.address.as_str().into())]));
    html! {
        @if let Some(to) = to { p.small { (to) } } @else { p.small { (t.get("answer-by-hand-lead")) } }
        (actions(&html! {
            (Button::primary(&t.get(key)).icon(icon).name_value("action", action))
            (Button::secondary(&t.get("answer-check")).name_value("action", "check"))
            (Button::quiet(&t.get("answer-save")).name_value("action", "save"))
        }))
    }
}

fn kept_texts(t: &Texts, case: &Case) -> Markup {
    if case.saved.is_empty() {
        return html! {};
    }
    let known: Vec<(String, &str)> =
        case.saved.iter().map(|one| (one.id.to_string(), one.title.as_str())).collect();
    let choices: Vec<Choice<'_>> = known.iter().map(|(id, title)| Choice::new(id, title)).collect();
    disclosure(
        &t.get("answer-use-saved"),
        &html! {
            form.form method="get" action={ "/answers/" (case.mention.id) } {
                (Field::select("saved", &t.get("saved-title"), &choices))
                (actions(&html! { (Button::secondary(&t.get("answer-use"))) }))
            }
        },
    )
}

fn outcomes(t: &Texts, case: &Case, form: &AnswerForm, fault: &str) -> Markup {
    let words = ComplaintOutcome::ALL
        .iter()
        .map(|outcome| (outcome.as_str(), t.get(&format!("complaint-outcome-{outcome}"))))
        .collect::<Vec<_>>();
    let choices: Vec<Choice<'_>> = words.iter().map(|(value, word)| Choice::new(value, word)).collect();
    let decided = case.complaint.as_ref().and_then(|known| known.outcome).map(ComplaintOutcome::as_str);
    let value = if form.outcome.is_empty() { decided.unwrap_or_default() } else { &form.outcome };
    html! {
        (Field::radio("outcome", &t.get("complaint-outcome-ask"), &choices).value(value).error(fault))
        p.hint { (t.get("complaint-closing-lead")) }
    }
}

/// What the checker says, each in one sentence with what to do; and the remedy that has no day yet.
fn findings_list(t: &Texts, text: &str, findings: &[Finding], remedy: Option<&str>) -> Markup {
    if findings.is_empty() && remedy.is_none() {
        let has_words = !text.trim().is_empty() && !text.contains("{{");
        return html! { @if has_words { p.small { (t.get("lint-nothing")) } } };
    }
    html! {
        @for finding in findings {
            @let tone = match finding.severity { Severity::Block => Tone::Error, Severity::Warn => Tone::Warning, Severity::Hint => Tone::Info };
            @let quoted = text.get(finding.span.clone()).unwrap_or_default();
            @let key = format!("lint-{}", finding.rule.key());
            (notice_quiet(tone, &t.get(&format!("lint-severity-{}", finding.severity.as_str())), &html! {
                p { @if !quoted.is_empty() { "«" (quoted) "» — " } (t.get(&key)) }
                p { (t.get(&format!("{key}-fix"))) @if let Some(instead) = &finding.suggestion { " «" (instead) "»" } }
            }))
        }
        @if let Some(remedy) = remedy {
            (notice_quiet(Tone::Info, &t.get("lint-remedy"), &html! { p { "«" (remedy) "» — " (t.get("lint-remedy-fix")) } }))
        }
    }
}

/// What the checker says about a statement of the business, which answers nobody in particular.
pub fn advise_statement(t: &Texts, text: &str) -> Markup {
    let about = reply::About { has_dossier: false, ..reply::About::default() };
    let findings: Vec<Finding> = reply::lint(text, &about)
        .into_iter()
        .filter(|found| !matches!(found.rule, reply::Rule::NoAcknowledgement | reply::Rule::NoNextStep))
        .collect();
    findings_list(t, text, &findings, None)
}

/// A notice inside a live region: the region speaks, the notice must not speak as well.
fn notice_quiet(tone: Tone, title: &str, message: &Markup) -> Markup {
    let drawn = notice(tone, title, message).into_string();
    maud::PreEscaped(drawn.replacen(" role=\"alert\"", "", 1).replacen(" role=\"status\"", "", 1))
}

/// Approved and copied: the way to the platform, and the question whether it is there.
fn handed(member: &Member, case: &Case, reply: &Reply) -> Markup {
    let t = member.texts();
    let source = case.mention.source_name.as_str();
    card(
        "publish",
        &t.with("handed-title", &[("source", source.into())]),
        &html! {
            ol {
                li { (t.get("handed-copy")) }
                li { (t.with("handed-paste", &[("source", source.into())])) }
                li { (t.get("handed-tell")) }
            }
            (Field::text_area("copy", &t.get("answer-text"), 8).value(&reply.text))
            (actions(&html! {
                @if let Some(page) = case.platform_page() {
                    (Button::primary(&t.with("handed-open", &[("source", source.into())])).href(&page).external().copies("field-copy"))
                } @else {
                    (Button::secondary(&t.get("handed-copy-only")).href("#field-copy").copies("field-copy"))
                }
            }))
            @if member.may(Role::Agent) {
                form method="post" action={ "/answers/" (case.mention.id) } {
                    (hidden("csrf", &member.visitor.csrf))
                    (hidden("revision", &reply.revision.to_string()))
                    p { strong { (t.get("handed-ask")) } }
                    (actions(&html! {
                        (Button::primary(&t.get("handed-done")).icon(Icon::Check).name_value("action", "done"))
                        (Button::secondary(&t.get("handed-not-done")).name_value("action", "not-done"))
                    }))
                }
            }
        },
    )
}

/// Nobody can know whether it arrived, or it surely did not: what is known, and what a person can do.
fn stuck(member: &Member, view: &AnswerView, reply: &Reply) -> Markup {
    let t = member.texts();
    let unknown = reply.stage == ReplyStage::Unknown;
    let (title, lead) = if unknown {
        ("answer-unknown", "answer-unknown-lead")
    } else {
        ("answer-failed", "answer-failed-lead")
    };
    let why = view.fate.as_deref().map(|key| format!("notices-answer-{key}")).filter(|key| t.has(key));
    html! {
        (notice(Tone::Error, &t.get(title), &html! {
            p { (t.get(lead)) }
            @if let Some(why) = &why { p { (t.get(why)) } }
        }))
        (card("text", &t.get("answer-text"), &html! { p.mention-text { (reply.text) } }))
        @if member.may(Role::Agent) {
            form method="post" action={ "/answers/" (reply.mention) } {
                (hidden("csrf", &member.visitor.csrf))
                (hidden("revision", &reply.revision.to_string()))
                (actions(&html! {
                    @if unknown { (Button::primary(&t.get("answer-arrived")).icon(Icon::Check).name_value("action", "done")) }
                    (Button::secondary(&t.get("answer-again")).name_value("action", "again"))
                    (Button::quiet(&t.get("answer-rewrite")).name_value("action", "not-done"))
                }))
            }
        }
    }
}

fn published(member: &Member, case: &Case, reply: &Reply) -> Markup {
    let t = member.texts();
    let zone = &member.principal.time_zone;
    let when = reply.published_at.map(|at| t.moment(at, zone)).unwrap_or_default();
    let key = if reply.way == ReplyWay::Email { "answer-published-letter" } else { "answer-published-hand" };
    html! {
        (notice(Tone::Success, "", &html! { (t.with(key, &[("when", when.into())])) }))
        @if (reply.way == ReplyWay::Hand || case.in_complaint()) && member.may(Role::Agent) {
            form method="post" action={ "/answers/" (reply.mention) } {
                (hidden("csrf", &member.visitor.csrf))
                (hidden("revision", &reply.revision.to_string()))
                (actions(&html! { (Button::quiet(&t.get("answer-change")).name_value("action", "not-done")) }))
            }
        }
    }
}

fn elsewhere(member: &Member, case: &Case) -> Markup {
    let t = member.texts();
    html! {
        (notice(Tone::Success, "", &html! { (t.get("answer-elsewhere")) }))
        @if member.may(Role::Agent) {
            (actions(&html! {
                (Button::secondary(&t.get("answer-elsewhere-write")).href(&format!("/answers/{}?write=yes", case.mention.id)))
            }))
        }
    }
}

/// What the script asks while the text is written: only the list, for the place under the text.
pub(super) async fn check(
    State(context): State<Context>,
    member: Member,
    Path(id): Path<i64>,
    CheckedForm(form): CheckedForm<AnswerForm>,
) -> Result<Markup, Problem> {
    let case = open(&context, &member, id).await?;
    let text: String = visible(&form.text).chars().take(replies::TEXT_MAX * 2).collect();
    let remedy = case.remedy(&text).filter(|_| form.promise.trim().is_empty());
    Ok(findings_list(member.texts(), &text, &case.lint(&text), remedy.as_deref()))
}

pub(super) async fn act(
    State(context): State<Context>,
    member: Member,
    Path(id): Path<i64>,
    CheckedForm(mut form): CheckedForm<AnswerForm>,
) -> Result<Response, Problem> {
    let case = open(&context, &member, id).await?;
    form.text = visible(&form.text);
    match form.action.as_str() {
        "check" => Ok(again(&context, &member, case, form, Vec::new(), StatusCode::OK, false)),
        "save" => {
            write(&context, &member, &case, &form, form.text.trim()).await?;
            Ok(Redirect::to(&format!("/answers/{id}")).into_response())
        }
        "send" | "hand" => leave(&context, &member, case, form).await,
        "done" | "not-done" | "again" => {
            let mut reply = case.reply.ok_or(INVALID)?;
            reply.revision = form.revision.ok_or(INVALID)?;
            conclude(&context, &member, &reply, &form.action).await?;
            let to = if form.action == "done" {
                format!("/answers?decided=published&id={id}")
            } else {
                format!("/answers/{id}")
            };
            Ok(Redirect::to(&to).into_response())
        }
        _ => Err(INVALID),
    }
}

/// Without the characters nobody sees: what stands between them would hide from the checker.
fn visible(text: &str) -> String {
    let unseen = |c: char| matches!(c, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}');
    text.chars().filter(|c| !unseen(*c)).collect()
}

/// A person's word about an answer that does not move by itself.
async fn conclude(context: &Context, member: &Member, reply: &Reply, action: &str) -> Result<(), Problem> {
    let (scope, by) = (&member.scope, by(member));
    match action {
        "done" => publish::done(context, scope, by, reply).await,
        "again" => publish::again(context, scope, by, reply).await,
        _ => publish::not_done(context, scope, by, reply).await,
    }
    .map_err(conflict)
}

/// The page once more, with what was typed.
fn again(
    context: &Context,
    member: &Member,
    case: Case,
    mut form: AnswerForm,
    faults: Vec<(&'static str, &'static str)>,
    status: StatusCode,
    asks_care: bool,
) -> Response {
    if form.client_key.is_empty() {
        form.client_key = hex::encode(context.random::<16>());
    }
    let remedy = case.remedy(&form.text).filter(|_| form.promise.trim().is_empty());
    let findings = case.lint(&form.text);
    let view =
        AnswerView { case, form, findings, remedy, faults, asks_care, note: None, fate: None, triage: None };
    (status, answer_page(member, &view)).into_response()
}

/// Keeps a text as the draft of a case.
async fn write(
    context: &Context,
    member: &Member,
    case: &Case,
    form: &AnswerForm,
    text: &str,
) -> Result<Reply, Problem> {
    if text.is_empty() || text.chars().count() > case.text_max() || form.client_key.len() > 64 {
        return Err(Problem::new(foundation::web::ProblemKind::Invalid, "problem-answer-length"));
    }
    let written = Written {
        mention: case.mention.id,
        client_key: &form.client_key,
        text,
        assisted: form.assisted == "yes",
        way: case.way(),
        revision: form.revision,
    };
    replies::draft(context, &member.scope, by(member), &written).await.map_err(conflict)
}

/// Checks once more, keeps, approves and lets it leave.
async fn leave(
    context: &Context,
    member: &Member,
    case: Case,
    form: AnswerForm,
) -> Result<Response, Problem> {
    let zone = &member.principal.time_zone;
    let outcome = ComplaintOutcome::parse(&form.outcome);
    let day = day_of_field(&form.promise_day).filter(|day| *day >= today(context.now(), zone));
    let promise = form.promise.trim();
    let mut faults = Vec::new();
    if form.text.trim().is_empty() {
        faults.push(("text", "answer-empty"));
    }
    if case.in_complaint() && outcome.is_none() {
        faults.push(("outcome", "complaint-outcome-missing"));
    }
    if !promise.is_empty() && day.is_none() {
        faults.push(("promise_day", "promise-day-wrong"));
    }
    let text = case.closed(&form.text, outcome);
    if text.chars().count() > case.text_max() {
        faults.push(("text", "answer-too-long"));
    }
    let verdict = Case::verdict(&case.lint(&text));
    if !faults.is_empty() || verdict == Verdict::Blocked {
        return Ok(again(context, member, case, form, faults, StatusCode::UNPROCESSABLE_ENTITY, false));
    }
    // What somebody answered elsewhere is answered again only on a second press.
    let twice = case.is_answered_elsewhere();
    if (verdict == Verdict::Careful || twice) && form.careful != "yes" {
        return Ok(again(context, member, case, form, faults, StatusCode::OK, true));
    }
    let draft = write(context, member, &case, &form, &text).await?;
    let approved = replies::approve(context, &member.scope, by(member), &draft).await.map_err(conflict)?;
    if let (true, Some(outcome)) = (case.in_complaint(), outcome) {
        register::set_outcome(&member.scope, case.mention.id, outcome).await.map_err(conflict)?;
    }
    let promised =
        day.filter(|_| !promise.is_empty()).map(|due_day| Promised { text: promise.to_owned(), due_day });
    let id = case.mention.id;
    let to = if let Some(to) = &case.addressee {
        publish::send(context, &member.scope, by(member), &approved, to, promised.as_ref())
            .await
            .map_err(conflict_in)?;
        format!("/answers?decided=sent&id={id}")
    } else {
        publish::hand(context, &member.scope, by(member), &approved, promised.as_ref())
            .await
            .map_err(conflict)?;
        format!("/answers/{id}#publish")
    };
    Ok(Redirect::to(&to).into_response())
}
