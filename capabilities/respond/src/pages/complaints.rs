//! The register of complaints: what an inspector is shown, and the form for what was said at the counter or by telephone.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use connectors::item::{Item, ItemKind, PostedAt, Reply};
use domain::{ComplaintChannel, ComplaintState, Role, SourceKind};
use foundation::Context;
use foundation::web::{CheckedForm, Member, Problem, Texts, shell};
use http::header;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use listen::save::{Origin, save};
use maud::{Markup, html};
use serde::Deserialize;
use ui::{
    Badge, Button, Choice, Column, DataTable, Field, Icon, Tone, actions, back_link, badge, card, data_table,
    empty_state, form_errors, hidden, page_header,
};

use super::{by, conflict, day_of_field, field_of_day, time_left, today};
use crate::rules::Settings;
use crate::store::complaints::{self, Complaint, Counts, New};
use crate::store::settings;

/// How far back the counts go, days.
const COUNTED_DAYS: i64 = 365;

/// What the page shows.
pub struct RegisterView {
    /// The moment.
    pub now: Timestamp,
    /// The newest complaints.
    pub complaints: Vec<Complaint>,
    /// Of the last year.
    pub counts: Counts,
    /// How the organisation answers.
    pub settings: Settings,
    /// What was typed, to correct.
    pub typed: WrittenForm,
    /// Field and key of what is wrong with it.
    pub faults: Vec<(&'static str, &'static str)>,
}

async fn view(context: &Context, member: &Member) -> Result<RegisterView, Problem> {
    let since = context.now() - SignedDuration::from_hours(24 * COUNTED_DAYS);
    let day = today(context.now(), &member.principal.time_zone);
    Ok(RegisterView {
        now: context.now(),
        complaints: complaints::register(&member.scope, None, complaints::SHOWN_MAX).await?,
        counts: complaints::counts(&member.scope, since).await?,
        settings: settings(&member.scope).await?,
        typed: WrittenForm { day: field_of_day(day), ..WrittenForm::default() },
        faults: Vec::new(),
    })
}

pub(super) async fn index(State(context): State<Context>, member: Member) -> Result<Markup, Problem> {
    Ok(register_page(&member, &view(&context, &member).await?))
}

/// The page.
pub fn register_page(member: &Member, view: &RegisterView) -> Markup {
    let t = member.texts();
    let title = t.get("complaints-title");
    let faults: Vec<(&str, String)> =
        view.faults.iter().map(|(field, key)| (*field, t.get(key).into_owned())).collect();
    let listed: Vec<(&str, &str)> = faults.iter().map(|(field, words)| (*field, words.as_str())).collect();
    let content = html! {
        (back_link(&t.get("answers-title"), "/answers"))
        (page_header(&title, &lead(t, view), Some(html! {
            @if member.may(Role::Manager) && !view.complaints.is_empty() {
                (Button::secondary(&t.get("complaints-file")).href("/complaints/register.csv"))
            }
        })))
        (form_errors(&t.get("form-errors"), &listed))
        @if view.complaints.is_empty() {
            (empty_state(Icon::Check, &t.get("complaints-empty-title"), &t.get("complaints-empty"), None))
        } @else { (register_table(member, view)) }
        @if member.may(Role::Agent) { (card("write-down", &t.get("complaint-write-title"), &form(member, view))) }
        (card("official", &t.get("complaint-official-title"), &official(t, &view.settings)))
    };
    shell(member, &title, content)
}

fn lead(t: &Texts, view: &RegisterView) -> String {
    let Counts { open, answered, withdrawn, in_time } = view.counts;
    let all = open + answered + withdrawn;
    if all == 0 {
        return t.with("complaints-lead", &[("days", view.settings.complaint_days.into())]).into_owned();
    }
    let values = [
        ("all", (all as i64).into()),
        ("open", (open as i64).into()),
        ("answered", (answered as i64).into()),
        ("in_time", (in_time as i64).into()),
    ];
    t.with("complaints-counts", &values).into_owned()
}

/// What an official form is, and where this region's is.
pub(super) fn official(t: &Texts, settings: &Settings) -> Markup {
    html! {
        p { (t.get("complaint-official")) }
        @if settings.official_form.is_empty() {
            p { a href="/answers/settings#complaints" { (t.get("complaint-official-missing")) } }
        } @else {
            p { a href=(settings.official_form) rel="noopener noreferrer" { (t.get("complaint-official-link")) } }
        }
    }
}

/// The mark of where a complaint stands.
pub(super) fn state_badge(t: &Texts, complaint: &Complaint, now: Timestamp) -> Markup {
    let (words, tone) = match complaint.state {
        ComplaintState::Open => {
            let tone = if complaint.due_at < now { Tone::Error } else { Tone::Warning };
            (time_left(t, complaint.due_at, now), tone)
        }
        ComplaintState::Answered => {
            let late = complaint.answered_at.is_some_and(|at| at > complaint.due_at);
            let key = if late { "complaint-answered-late" } else { "complaint-answered" };
            (t.get(key).into_owned(), if late { Tone::Warning } else { Tone::Success })
        }
        ComplaintState::Withdrawn => (t.get("complaint-withdrawn").into_owned(), Tone::Info),
    };
    badge(Badge { label: &words, tone, icon: None })
}

fn register_table(member: &Member, view: &RegisterView) -> Markup {
    let t = member.texts();
    let zone = &member.principal.time_zone;
    let names =
        ["complaint-key", "complaint-received", "complaint-claimant", "complaint-channel", "complaint-state"]
            .map(|key| t.get(key));
    let columns: Vec<Column<'_>> = names.iter().map(|label| Column { label, numeric: false }).collect();
    let rows: Vec<Vec<Markup>> = view
        .complaints
        .iter()
        .map(|c| {
            vec![
                html! { a href={ "/complaints/" (c.id) } { (c.key) } },
                html! { (t.date(c.received_at, zone)) },
                html! { @if c.claimant.is_empty() { (t.get("mention-no-author")) } @else { (c.claimant) } },
                html! { (t.get(&format!("complaint-channel-{}", c.channel))) },
                state_badge(t, c, view.now),
            ]
        })
        .collect();
    let caption = t.get("complaints-title");
    data_table(&DataTable { caption: &caption, caption_hidden: true, columns: &columns, rows: &rows })
}

fn form(member: &Member, view: &RegisterView) -> Markup {
    let t = member.texts();
    let typed = &view.typed;
    let fault = |field: &str| {
        let found = view.faults.iter().find(|(name, _)| *name == field);
        found.map(|(_, key)| t.get(key).into_owned()).unwrap_or_default()
    };
    let (facts, address, day) = (fault("facts"), fault("address"), fault("day"));
    let words = [ComplaintChannel::InPerson, ComplaintChannel::Phone, ComplaintChannel::Paper]
        .map(|channel| (channel, t.get(&format!("complaint-channel-{channel}"))));
    let choices: Vec<Choice<'_>> =
        words.iter().map(|(channel, word)| Choice::new(channel.as_str(), word)).collect();
    let optional = t.get("optional");
    html! {
        p { (t.get("complaint-write-lead")) }
        form.form method="post" action="/complaints" {
            (hidden("csrf", &member.visitor.csrf))
            (Field::select("channel", &t.get("complaint-channel"), &choices).value(&typed.channel))
            (Field::date("day", &t.get("complaint-received")).required().value(&typed.day).error(&day))
            (Field::text("claimant", &t.get("complaint-claimant")).optional(&optional).max_length(complaints::LINE_MAX as u32)
                .value(&typed.claimant))
            (Field::email("address", &t.get("complaint-address")).hint(&t.get("complaint-address-hint")).optional(&optional)
                .max_length(complaints::LINE_MAX as u32).value(&typed.address).error(&address))
            (Field::text_area("facts", &t.get("complaint-facts"), 5).required().max_length(complaints::NOTE_MAX as u32)
                .value(&typed.facts).error(&facts))
            (Field::text("wish", &t.get("complaint-wish")).optional(&optional).max_length(complaints::LINE_MAX as u32)
                .value(&typed.wish))
            (actions(&html! { (Button::primary(&t.get("complaint-write-submit")).icon(Icon::Plus)) }))
        }
    }
}

/// A complaint as it is written down at the counter.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct WrittenForm {
    channel: String,
    day: String,
    claimant: String,
    address: String,
    facts: String,
    wish: String,
}

pub(super) async fn write_down(
    State(context): State<Context>,
    member: Member,
    CheckedForm(form): CheckedForm<WrittenForm>,
) -> Result<Response, Problem> {
    let zone = &member.principal.time_zone;
    let mut faults = Vec::new();
    if form.facts.trim().is_empty() {
        faults.push(("facts", "complaint-facts-missing"));
    }
    if !form.address.trim().is_empty() && !connectors::notify::smtp::is_address(form.address.trim()) {
        faults.push(("address", "email-wrong"));
    }
    let day = day_of_field(&form.day).filter(|day| (0..=400).contains(&(today(context.now(), zone) - day)));
    let Some(day) = day.filter(|_| faults.is_empty()) else {
        if day.is_none() {
            faults.push(("day", "complaint-day-wrong"));
        }
        let view = RegisterView { typed: form, faults, ..view(&context, &member).await? };
        return Ok((http::StatusCode::UNPROCESSABLE_ENTITY, register_page(&member, &view)).into_response());
    };
    let channel = ComplaintChannel::parse(&form.channel).unwrap_or(ComplaintChannel::InPerson);
    let entered = enter(&context, &member, &form, channel, day).await?;
    Ok(Redirect::to(&format!("/complaints/{}", entered.id)).into_response())
}

/// Writes down what was said as a mention, and enters it in the register.
async fn enter(
    context: &Context,
    member: &Member,
    form: &WrittenForm,
    channel: ComplaintChannel,
    day: i64,
) -> Result<Complaint, Problem> {
    let (scope, zone, now) = (&member.scope, &member.principal.time_zone, context.now());
    let name = member.texts().get("source-in-person");
    let source = listen::store::sources::ensure(context, scope, SourceKind::InPerson, &name, None).await?;
    let received_at = if day == today(now, zone) { now } else { noon_of(day, zone).unwrap_or(now) };
    let item = Item {
        external_id: Some(hex::encode(context.random::<16>())),
        kind: ItemKind::Message,
        author: Some(form.claimant.trim().to_owned()).filter(|name| !name.is_empty()),
        text: form.facts.trim().to_owned(),
        posted_at: Some(PostedAt { at: received_at, precise: day == today(now, zone) }),
        reply: Reply::None,
        ..Item::default()
    };
    let origin = Origin { source, import: None, zone };
    let heard = listen::rules::hear(item.clone(), source, zone, now);
    save(context, scope, &origin, vec![item], |_| foundation::store::Batch::new()).await?;
    let known = listen::store::mentions::find_known(scope, &[heard]).await?;
    let mention = known.first().ok_or_else(Problem::not_found)?.id;
    let new = New {
        mention,
        channel,
        claimant: &form.claimant,
        address: form.address.trim(),
        wish: &form.wish,
        received_at,
        days: settings(scope).await?.complaint_days,
        language: member.texts().locale.as_str(),
    };
    complaints::enter(context, scope, by(member), zone, &new).await.map_err(conflict)
}

/// Noon of a day there: of what came on a day past, the hour is not known.
fn noon_of(day: i64, zone: &TimeZone) -> Option<Timestamp> {
    let date = jiff::civil::date(1970, 1, 1).checked_add(jiff::Span::new().days(day)).ok()?;
    zone.to_timestamp(date.at(12, 0, 0, 0)).ok()
}

/// The register as a file for an inspector: `;` between columns, as spreadsheets here expect, every cell quoted, and no cell
/// that a spreadsheet would calculate.
pub(super) async fn register(State(context): State<Context>, member: Member) -> Result<Response, Problem> {
    let t = member.texts();
    let zone = &member.principal.time_zone;
    let all = complaints::register(&member.scope, None, complaints::FILE_MAX).await?;
    let columns = [
        "complaint-key",
        "complaint-received",
        "complaint-channel",
        "complaint-claimant",
        "complaint-facts",
        "complaint-wish",
        "complaint-receipt-at",
        "complaint-due",
        "complaint-state",
        "complaint-answered-at",
        "complaint-outcome",
        "complaint-answer",
    ];
    let mut file = String::from("\u{feff}");
    push_row(&mut file, columns.iter().map(|key| t.get(key).into_owned()));
    let moment = |at: Option<Timestamp>| {
        at.map(|at| zone.to_datetime(at).round(jiff::Unit::Minute).map(|d| d.to_string()).unwrap_or_default())
            .unwrap_or_default()
    };
    for c in &all {
        let outcome = c.outcome.map(|outcome| t.get(&format!("complaint-outcome-{outcome}")).into_owned());
        let state = t.get(&format!("complaint-state-{}", c.state)).into_owned();
        let cells = [
            c.key.clone(),
            moment(Some(c.received_at)),
            t.get(&format!("complaint-channel-{}", c.channel)).into_owned(),
            c.claimant.clone(),
            c.facts.clone(),
            c.wish.clone(),
            moment(c.receipt_given_at),
            moment(Some(c.due_at)),
            state,
            moment(c.answered_at),
            outcome.unwrap_or_default(),
            c.answer.clone().unwrap_or_default(),
        ];
        push_row(&mut file, cells.into_iter());
    }
    let day = zone.to_datetime(context.now()).date();
    let name = format!("attachment; filename=\"{}-{day}.csv\"", t.get("complaints-file-name"));
    let headers =
        [(header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (header::CONTENT_DISPOSITION, name)];
    Ok((headers, file).into_response())
}

fn push_row(file: &mut String, cells: impl Iterator<Item = String>) {
    for (at, cell) in cells.enumerate() {
        if at > 0 {
            file.push(';');
        }
        file.push('"');
        // A spreadsheet calculates what begins like this, also behind blanks and in full width.
        let starts = cell.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
        if starts || cell.starts_with(['\t', '\r', '\n']) {
            file.push('\'');
        }
        file.push_str(&cell.replace('"', "\"\""));
        file.push('"');
    }
    file.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_of_the_register_is_calculated() {
        for (cell, written) in [
            ("=1+1", "\"'=1+1\"\r\n"),
            (" @SUM(A1)", "\"' @SUM(A1)\"\r\n"),
            ("＝1", "\"'＝1\"\r\n"),
            ("dijo \"no\"; y ya", "\"dijo \"\"no\"\"; y ya\"\r\n"),
            ("llano", "\"llano\"\r\n"),
        ] {
            let mut file = String::new();
            push_row(&mut file, std::iter::once(cell.to_owned()));
            assert_eq!(file, written);
        }
    }
}
