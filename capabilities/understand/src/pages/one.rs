//! One mention with everything known about it: what was said, how it was read and why, and the one tap that corrects it.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::{Cause, CorrectedField, MentionId, ReadBy, ReplyState, Role, Sentiment, Standing};
use foundation::Context;
use foundation::web::{CheckedForm, Member, Problem, ProblemKind, Texts, shell};
use jiff::tz::TimeZone;
use listen::store::mentions::{Revision, revisions};
use maud::{Markup, html};
use nlp::{Aspect, Explanation, Model, Reader, Span};
use serde::Deserialize;
use ui::{
    Button, Column, DataTable, Icon, Tone, actions, back_link, card, data_table, disclosure, hidden,
    key_values, notice, page_header,
};

use super::list::{face, mention};
use crate::rules::learnt::CORRECTIONS_MAX;
use crate::rules::{self, Reading};
use crate::step::{self, Correct};
use crate::store::corrections::{self, OfMention};
use crate::store::{self, ReadMention, watch};

/// What a correction says of a complaint that is none.
const NO_COMPLAINT: &str = "none";

/// What the page of one mention shows.
pub struct MentionView {
    /// The mention.
    pub mention: ReadMention,
    /// What it said before.
    pub revisions: Vec<Revision>,
    /// What the owner corrected in its reading.
    pub corrections: Vec<OfMention>,
    /// Watched names found in it.
    pub names: Vec<String>,
    /// Why the model reads it as it does; `None` until it is read.
    pub why: Option<Explanation>,
}

/// The page of one mention.
pub fn mention_page(member: &Member, view: &MentionView) -> Markup {
    let t = member.texts();
    let zone = &member.principal.time_zone;
    let content = html! {
        (back_link(&t.get("mentions-back"), "/mentions"))
        (page_header(&t.get("mention-title"), "", None))
        (mention(t, zone, &view.mention, &[], true))
        (answering(member, &view.mention))
        (card("reading", &t.get("reading-title"), &reading(member, view)))
        @if !view.revisions.is_empty() {
            (card("revisions", &t.get("revisions-title"), &earlier(t, zone, &view.revisions)))
        }
    };
    shell(member, &t.get("mention-title"), content)
}

/// The way to answer it, and the button to say that it was answered elsewhere.
fn answering(member: &Member, m: &ReadMention) -> Markup {
    let t = member.texts();
    let expects_one = m.source_kind.has_reviews() || m.reply_state != ReplyState::Unknown;
    if !expects_one || !member.may(Role::Agent) {
        return html! {};
    }
    let answered = m.reply_state == ReplyState::Answered;
    let lead = if answered { "answered-lead" } else { "unanswered-lead" };
    let when = m.replied_at.map(|at| t.date(at, &member.principal.time_zone));
    card(
        "answer",
        &t.get("answer-title"),
        &html! {
            p {
                (t.get(lead))
                @if let (true, Some(when)) = (answered, &when) { " " (t.with("answered-on", &[("date", when.as_str().into())])) }
            }
            form method="post" action={ "/mentions/" (m.id) "/answered" } {
                (hidden("csrf", &member.visitor.csrf))
                (actions(&html! {
                    @if answered && m.reply_text.is_none() && m.replied_at.is_none() {
                    (Button::quiet(&t.get("answered-undo")).name_value("answered", "no"))
                } @else if !answered {
                    (Button::primary(&t.get("answer-open")).href(&format!("/answers/{}", m.id)).icon(Icon::Reply))
                    (Button::quiet(&t.get("answered-mark")).name_value("answered", "yes"))
                }
                @if answered { (Button::quiet(&t.get("answer-see")).href(&format!("/answers/{}", m.id))) }
                }))
            }
        },
    )
}

fn reading(member: &Member, view: &MentionView) -> Markup {
    let t = member.texts();
    let m = &view.mention;
    let Some(reading) = &m.reading else { return html! { p { (t.get("reading-not-yet")) } } };
    let disagrees = match (m.stars, reading.sentiment) {
        (Some(4..), Sentiment::Negative) => Some("reading-stars-good-text-bad"),
        (Some(1..=2), Sentiment::Positive) => Some("reading-stars-bad-text-good"),
        _ => None,
    };
    let corrected = view.corrections.iter().any(|c| c.field == CorrectedField::Sentiment);
    let facts = facts(t, reading, corrected, &view.names);
    let pairs: Vec<(&str, Markup)> =
        facts.iter().map(|(label, value)| (label.as_str(), value.clone())).collect();
    html! {
        (key_values(&pairs))
        @if let Some(key) = disagrees { p { (t.get(key)) } }
        @match reading.read_by {
            ReadBy::Copy => { p { (t.get("reading-by-copy")) " " a href="/learnt" { (t.get("learnt-link")) } } }
            ReadBy::Learnt => { p { (t.get("reading-by-learnt")) " " a href="/learnt" { (t.get("learnt-link")) } } }
            ReadBy::Model | ReadBy::Owner => {}
        }
        @if let Some(why) = &view.why { (disclosure(&t.get("reading-why"), &why_words(t, m, why))) }
        (correcting(member, view, reading))
        p.small { (t.get("reading-machine")) }
    }
}

/// What the reading says, as labels and values; what it does not say is left out.
fn facts(t: &Texts, reading: &Reading, corrected: bool, names: &[String]) -> Vec<(String, Markup)> {
    let mut all = Vec::new();
    let mut add = |key: &str, value: Markup| all.push((t.get(key).into_owned(), value));
    let word = t.get(&format!("sentiment-{}", reading.sentiment));
    add("reading-sounds", ui::sentiment(face(reading.sentiment), &word));
    add("reading-sure", html! { (t.get(doubt(reading, corrected))) });
    let aspects = by_aspect(reading);
    if !aspects.is_empty() {
        add(
            "reading-aspects",
            html! {
                span.mention-marks {
                    @for (aspect, sentiment) in &aspects {
                        (ui::sentiment(face(*sentiment), &t.get(&format!("aspect-{}", aspect.as_str()))))
                    }
                }
            },
        );
    }
    if let Some(cause) = reading.cause {
        add("reading-cause", html! { (t.get(&format!("cause-{cause}"))) });
    }
    let wants: Vec<_> =
        reading.intents.iter().map(|i| t.get(&format!("intent-{}", i.as_str().replace('_', "-")))).collect();
    if !wants.is_empty() {
        add("reading-intents", html! { (wants.join(", ")) });
    }
    if reading.standing != Standing::Unsure {
        add("reading-standing", html! { (t.get(&format!("standing-{}", reading.standing))) });
    }
    if !reading.places.is_empty() {
        add("reading-places", html! { (reading.places.join(", ")) });
    }
    if !names.is_empty() {
        add("reading-names", html! { (names.join(", ")) });
    }
    add("reading-language", html! { (t.get(&format!("language-{}", reading.language))) });
    all
}

/// The words that weighed, in plain sentences.
fn why_words(t: &Texts, m: &ReadMention, why: &Explanation) -> Markup {
    let whole = m.whole();
    let quoted = |spans: &mut dyn Iterator<Item = Span>| -> String {
        let mut words: Vec<String> = Vec::new();
        for span in spans {
            let word = format!("«{}»", span.of(&whole));
            if !words.contains(&word) {
                words.push(word);
            }
        }
        words.join(", ")
    };
    let turned: Vec<String> = why
        .turned
        .iter()
        .map(|turn| format!("«{}» → «{}»", turn.negation.of(&whole), turn.word.of(&whole)))
        .collect();
    let said = [
        ("why-words-negative", quoted(&mut why.words.iter().filter(|w| w.weight < 0.0).map(|w| w.span))),
        ("why-words-positive", quoted(&mut why.words.iter().filter(|w| w.weight > 0.0).map(|w| w.span))),
        ("why-turned", turned.join(", ")),
        ("why-cause", quoted(&mut why.cause.iter().map(|cue| cue.span))),
        ("why-intents", quoted(&mut why.intents.iter().map(|cue| cue.span))),
    ];
    let nothing = said.iter().all(|(_, words)| words.is_empty());
    html! {
        @for (key, words) in said.iter().filter(|(_, words)| !words.is_empty()) {
            p { (t.with(key, &[("words", words.as_str().into())])) }
        }
        @if nothing { p { (t.get("why-nothing")) } }
        @if why.stars.is_some() { p { (t.get("why-stars")) } }
    }
}

fn doubt(reading: &Reading, corrected: bool) -> &'static str {
    let sure = reading.probabilities.iter().copied().fold(0.0, f64::max);
    match (corrected, reading.sentiment, sure) {
        (true, ..) => "reading-you-said",
        (_, Sentiment::Unsure, _) => "reading-unsure",
        (.., p) if p >= 0.9 => "reading-very-sure",
        (.., p) if p >= 0.7 => "reading-fairly-sure",
        _ => "reading-barely-sure",
    }
}

/// Each aspect once, blamed before praised.
fn by_aspect(reading: &Reading) -> Vec<(Aspect, Sentiment)> {
    let mut all: Vec<(Aspect, Sentiment)> = Vec::new();
    for spoken in &reading.aspects {
        if !all.iter().any(|(aspect, _)| *aspect == spoken.aspect) {
            all.push((spoken.aspect, spoken.sentiment));
        }
    }
    all
}

/// One tap says what the reading should have said; what was said before can be taken back.
fn correcting(member: &Member, view: &MentionView, reading: &Reading) -> Markup {
    if !member.may(Role::Agent) {
        return html! {};
    }
    let t = member.texts();
    let id = view.mention.id;
    let sentiments = [Sentiment::Negative, Sentiment::Neutral, Sentiment::Positive];
    let cause_was_corrected = view.corrections.iter().any(|c| c.field == CorrectedField::Cause);
    let complains =
        reading.cause.is_some() || reading.sentiment != Sentiment::Positive || cause_was_corrected;
    let causes = [Cause::BrokenPromise, Cause::BadProduct, Cause::BadService, Cause::Other];
    html! {
        @for correction in &view.corrections { (said(member, correction)) }
        (one_tap(member, id, CorrectedField::Sentiment, &html! {
            @for sentiment in sentiments.into_iter().filter(|s| *s != reading.sentiment) {
                (Button::secondary(&t.get(&format!("sentiment-{sentiment}"))).name_value("said", sentiment.as_str()))
            }
        }))
        @if complains {
            (disclosure(&t.get("correct-cause-other"), &one_tap(member, id, CorrectedField::Cause, &html! {
                @for cause in causes.into_iter().filter(|c| Some(*c) != reading.cause) {
                    (Button::secondary(&t.get(&format!("cause-{cause}"))).name_value("said", cause.as_str()))
                }
                @if reading.cause.is_some() {
                    (Button::quiet(&t.get("cause-none")).name_value("said", NO_COMPLAINT))
                }
            })))
        }
    }
}

fn one_tap(member: &Member, id: MentionId, field: CorrectedField, buttons: &Markup) -> Markup {
    let t = member.texts();
    let label = format!("correct-{field}");
    html! {
        form method="post" action={ "/mentions/" (id) "/reading" } aria-labelledby=(label) {
            p.label id=(label) { (t.get(&label)) }
            (hidden("csrf", &member.visitor.csrf))
            (hidden("field", field.as_str()))
            (actions(buttons))
        }
    }
}

/// What one of the four words of a field is called in the interface.
pub(super) fn said_word(t: &Texts, field: CorrectedField, said: &str) -> String {
    let key = match field {
        CorrectedField::Sentiment => format!("sentiment-{said}"),
        CorrectedField::Cause => format!("cause-{said}"),
    };
    t.get(&key).into_owned()
}

fn said(member: &Member, correction: &OfMention) -> Markup {
    let t = member.texts();
    let now = said_word(t, correction.field, &correction.said);
    let was = said_word(t, correction.field, &correction.was);
    let values = [("said", now.as_str().into()), ("was", was.as_str().into())];
    let form = html! {
        p { (t.with(&format!("corrected-{}", correction.field), &values)) }
        form method="post" action={ "/learnt/" (correction.id) } {
            (hidden("csrf", &member.visitor.csrf))
            (hidden("back", "mention"))
            (Button::quiet(&t.get("corrected-undo")).context(&now))
        }
    };
    notice(Tone::Success, "", &form)
}

fn earlier(t: &Texts, zone: &TimeZone, revisions: &[Revision]) -> Markup {
    let names = ["revision-until", "stars", "revision-text"].map(|key| t.get(key));
    let columns: Vec<Column<'_>> = names.iter().map(|label| Column { label, numeric: false }).collect();
    let rows: Vec<Vec<Markup>> = revisions
        .iter()
        .map(|r| {
            vec![
                html! { (t.moment(r.replaced_at, zone)) },
                html! { @if let Some(n) = r.stars { (n) } @else { "–" } },
                html! { @if let Some(title) = &r.title { strong { (title) } " " } (r.text) },
            ]
        })
        .collect();
    data_table(&DataTable {
        caption: &t.get("revisions-title"),
        caption_hidden: true,
        columns: &columns,
        rows: &rows,
    })
}

pub(super) async fn one(member: Member, Path(id): Path<i64>) -> Result<Markup, Problem> {
    let id = MentionId(id);
    let scope = &member.scope;
    let mention = store::one(scope, id).await?.ok_or_else(Problem::not_found)?;
    let revisions = if mention.revision > 1 { revisions(scope, id).await? } else { Vec::new() };
    let why = if mention.reading.is_some() { explain(&mention).await } else { None };
    let view = MentionView {
        mention,
        revisions,
        why,
        corrections: corrections::of_mention(scope, id).await?,
        names: watch::of_mention(scope, id).await?,
    };
    Ok(mention_page(&member, &view))
}

/// Why the model reads a mention as it does; some twenty readings, so not on the threads of the pages.
async fn explain(mention: &ReadMention) -> Option<Explanation> {
    let (whole, head, stars) = (mention.whole(), rules::head(mention.source_kind), mention.stars);
    let why = move || Reader::default().explain(Model::embedded(), &whole, head, stars);
    tokio::task::spawn_blocking(why).await.ok()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CorrectForm {
    field: String,
    said: String,
}

/// A word this field may be corrected to.
fn allowed(field: CorrectedField, said: &str) -> bool {
    match field {
        CorrectedField::Sentiment => Sentiment::parse(said).is_some_and(|s| s != Sentiment::Unsure),
        CorrectedField::Cause => {
            said == NO_COMPLAINT || Cause::parse(said).is_some_and(|cause| cause != Cause::Unsure)
        }
    }
}

pub(super) async fn correct(
    State(context): State<Context>,
    member: Member,
    Path(id): Path<i64>,
    CheckedForm(form): CheckedForm<CorrectForm>,
) -> Result<Response, Problem> {
    let invalid = || Problem::new(ProblemKind::Invalid, "problem-invalid-form");
    let field = CorrectedField::parse(&form.field).ok_or_else(invalid)?;
    if !allowed(field, &form.said) {
        return Err(invalid());
    }
    let mention = MentionId(id);
    let found = store::one(&member.scope, mention).await?.ok_or_else(Problem::not_found)?;
    let Some(reading) = found.reading else {
        return Err(Problem::new(ProblemKind::Conflict, "problem-not-read-yet"));
    };
    let page = Redirect::to(&format!("/mentions/{id}#reading")).into_response();
    let before = corrections::of_mention(&member.scope, mention).await?;
    let before = before.iter().find(|c| c.field == field);
    if before.is_some_and(|c| c.said == form.said) {
        return Ok(page);
    }
    // a correction that takes the place of another adds none
    if before.is_none() && corrections::count_in_force(&member.scope).await? >= CORRECTIONS_MAX {
        return Err(Problem::new(ProblemKind::TooMany, "problem-too-many-corrections"));
    }
    let was = match field {
        CorrectedField::Sentiment => reading.sentiment.as_str(),
        CorrectedField::Cause => reading.cause.map_or(NO_COMPLAINT, Cause::as_str),
    };
    // what was read before any correction is what is worth remembering
    let was = before.map_or(was, |c| c.was.as_str());
    let account = member.principal.account;
    let what = Correct::Say { account, mention, field, was, said: &form.said };
    step::correct(&context, &member.scope, &what).await.map_err(conflict)?;
    Ok(page)
}

/// A batch that came too late, as a problem a person can act on.
pub(super) fn conflict(error: foundation::store::StoreError) -> Problem {
    if error.is_conflict() { Problem::new(ProblemKind::Conflict, "problem-conflict") } else { error.into() }
}
