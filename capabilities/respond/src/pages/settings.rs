//! How an organisation answers: clocks, signature, what its profession forbids, complaints, and the texts it keeps.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::{Profession, Role, SavedReplyId};
use foundation::Context;
use foundation::web::{CheckedForm, Member, Problem, ProblemKind, shell};
use http::StatusCode;
use maud::{Markup, html};
use serde::Deserialize;
use ui::{Button, Choice, Field, actions, back_link, card, disclosure, form_errors, hidden, page_header};

use super::{INVALID, conflict};
use crate::rules::regions::{REGIONS, form_of};
use crate::rules::{COMPLAINT_DAYS_MAX, HOURS_MAX, Settings};
use crate::store::{self, SAVED_MAX, SavedReply};

/// Characters of a line and of a longer text.
const LINE_MAX: usize = 200;
const TEXT_MAX: usize = 2_000;

/// What the page shows.
pub struct SettingsView {
    /// How the organisation answers.
    pub settings: Settings,
    /// The texts it keeps.
    pub saved: Vec<SavedReply>,
    /// A text that was typed and cannot be kept, and the key of why.
    pub typed: Option<(SavedForm, String)>,
    /// Field and key of what is wrong with the settings.
    pub faults: Vec<(&'static str, &'static str)>,
}

pub(super) async fn index(member: Member) -> Result<Markup, Problem> {
    let view = SettingsView {
        settings: store::settings(&member.scope).await?,
        saved: store::saved(&member.scope).await?,
        typed: None,
        faults: Vec::new(),
    };
    Ok(settings_page(&member, &view))
}

/// The page.
pub fn settings_page(member: &Member, view: &SettingsView) -> Markup {
    let t = member.texts();
    let title = t.get("answer-settings-title");
    let faults: Vec<(&str, String)> =
        view.faults.iter().map(|(field, key)| (*field, t.get(key).into_owned())).collect();
    let listed: Vec<(&str, &str)> = faults.iter().map(|(field, words)| (*field, words.as_str())).collect();
    let content = html! {
        (back_link(&t.get("answers-title"), "/answers"))
        (page_header(&title, &t.get("answer-settings-lead"), None))
        (form_errors(&t.get("form-errors"), &listed))
        (card("saved", &t.get("saved-title"), &saved(member, view)))
        @if member.may(Role::Manager) { (settings_form(member, view)) }
    };
    shell(member, &title, content)
}

fn saved(member: &Member, view: &SettingsView) -> Markup {
    let t = member.texts();
    let may = member.may(Role::Agent);
    let typed = view.typed.as_ref();
    let fault = typed.map(|(_, key)| key.clone()).unwrap_or_default();
    html! {
        p { (t.get("saved-lead")) }
        p.hint { (t.get("saved-placeholders")) }
        @if view.saved.is_empty() { p { (t.get("saved-empty")) } }
        @for one in &view.saved { (disclosure(&one.title, &one_saved(member, one, may))) }
        @if may {
            form.form method="post" action="/answers/saved" {
                (hidden("csrf", &member.visitor.csrf))
                (Field::text("title", &t.get("saved-name")).within("new").required().max_length(80)
                    .value(typed.map(|(form, _)| form.title.as_str()).unwrap_or_default()))
                (Field::text_area("text", &t.get("saved-text"), 4).within("new").required().max_length(TEXT_MAX as u32)
                    .value(typed.map(|(form, _)| form.text.as_str()).unwrap_or_default()).error(&fault))
                (actions(&html! { (Button::secondary(&t.get("saved-add"))) }))
            }
        }
    }
}

fn one_saved(member: &Member, one: &SavedReply, may: bool) -> Markup {
    let t = member.texts();
    let group = format!("saved-{}", one.id);
    if !may {
        return html! { p { (one.text) } };
    }
    html! {
        form.form method="post" action={ "/answers/saved/" (one.id) } {
            (hidden("csrf", &member.visitor.csrf))
            (Field::text("title", &t.get("saved-name")).within(&group).required().max_length(80).value(&one.title))
            (Field::text_area("text", &t.get("saved-text"), 4).within(&group).required().max_length(TEXT_MAX as u32).value(&one.text))
            (actions(&html! {
                (Button::secondary(&t.get("saved-keep")).name_value("action", "keep").context(&one.title))
                (Button::quiet(&t.get("saved-remove")).name_value("action", "remove").context(&one.title))
            }))
        }
    }
}

fn settings_form(member: &Member, view: &SettingsView) -> Markup {
    let t = member.texts();
    let s = &view.settings;
    let fault = |field: &str| {
        let found = view.faults.iter().find(|(name, _)| *name == field);
        found.map(|(_, key)| t.get(key).into_owned()).unwrap_or_default()
    };
    let (bad, other, days) =
        (s.bad_hours.to_string(), s.other_hours.to_string(), s.complaint_days.to_string());
    let (hours_max, days_max) = (HOURS_MAX.to_string(), COMPLAINT_DAYS_MAX.to_string());
    let words: Vec<_> =
        Profession::ALL.iter().map(|p| (p.as_str(), t.get(&format!("profession-{p}")))).collect();
    let professions: Vec<Choice<'_>> = words.iter().map(|(value, word)| Choice::new(value, word)).collect();
    let none = t.get("region-none");
    let regions: Vec<Choice<'_>> = std::iter::once(Choice::new("", &none))
        .chain(REGIONS.iter().map(|(code, name, _)| Choice::new(code, name)))
        .collect();
    let (form_fault, suggested) = (fault("official_form"), form_of(&s.region));
    let official = if s.official_form.is_empty() { suggested } else { &s.official_form };
    html! {
        form.form method="post" action="/answers/settings" {
            (hidden("csrf", &member.visitor.csrf))
            (card("clocks", &t.get("clocks-title"), &html! {
                p { (t.get("clocks-lead")) }
                (Field::number("bad_hours", &t.get("clock-bad")).range("1", &hours_max, "1").value(&bad))
                (Field::number("other_hours", &t.get("clock-other")).range("1", &hours_max, "1").value(&other))
                (Field::number("complaint_days", &t.get("clock-complaint")).hint(&t.get("clock-complaint-hint"))
                    .range("1", &days_max, "1").value(&days))
            }))
            (card("voice", &t.get("voice-title"), &html! {
                (Field::text("signature", &t.get("signature")).hint(&t.get("signature-hint")).max_length(LINE_MAX as u32).value(&s.signature))
                (Field::text("contact", &t.get("contact")).hint(&t.get("contact-hint")).max_length(LINE_MAX as u32).value(&s.contact))
                (Field::select("profession", &t.get("profession"), &professions).hint(&t.get("profession-hint")).value(s.profession.as_str()))
                (Field::text_area("staff", &t.get("staff"), 3).hint(&t.get("staff-hint")).max_length(TEXT_MAX as u32).value(&s.staff))
            }))
            (card("complaints", &t.get("complaints-title"), &html! {
                (Field::select("region", &t.get("region"), &regions).value(&s.region))
                (Field::url("official_form", &t.get("official-form")).hint(&t.get("official-form-hint")).value(official).error(&form_fault))
                (Field::text("dispute_body", &t.get("dispute-body")).hint(&t.get("dispute-body-hint")).max_length(LINE_MAX as u32).value(&s.dispute_body))
            }))
            (actions(&html! { (Button::primary(&t.get("save"))) }))
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SettingsForm {
    bad_hours: String,
    other_hours: String,
    complaint_days: String,
    signature: String,
    contact: String,
    profession: String,
    staff: String,
    region: String,
    official_form: String,
    dispute_body: String,
}

pub(super) async fn save(
    member: Member,
    CheckedForm(form): CheckedForm<SettingsForm>,
) -> Result<Response, Problem> {
    let number = |text: &str| text.trim().parse::<i64>().map_err(|_| INVALID);
    let line = |text: &str, max: usize| text.trim().chars().take(max).collect::<String>();
    let official = form.official_form.trim();
    let is_address = url::Url::parse(official).is_ok_and(|url| matches!(url.scheme(), "https" | "http"));
    let settings = Settings {
        bad_hours: number(&form.bad_hours)?,
        other_hours: number(&form.other_hours)?,
        complaint_days: number(&form.complaint_days)?,
        profession: Profession::parse(&form.profession).ok_or(INVALID)?,
        signature: line(&form.signature, LINE_MAX),
        contact: line(&form.contact, LINE_MAX),
        region: REGIONS
            .iter()
            .map(|(code, ..)| *code)
            .find(|code| *code == form.region)
            .unwrap_or_default()
            .to_owned(),
        official_form: line(official, 500),
        dispute_body: line(&form.dispute_body, LINE_MAX),
        staff: line(&form.staff, TEXT_MAX),
    };
    if !official.is_empty() && !is_address {
        let view = SettingsView {
            settings,
            saved: store::saved(&member.scope).await?,
            typed: None,
            faults: vec![("official_form", "official-form-wrong")],
        };
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, settings_page(&member, &view)).into_response());
    }
    store::save_settings(&member.scope, &settings).await?;
    Ok(Redirect::to("/answers/settings").into_response())
}

/// A text to keep.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SavedForm {
    title: String,
    text: String,
    #[serde(default)]
    action: String,
}

impl SavedForm {
    /// The key of why it cannot be kept.
    fn fault(&self) -> Option<&'static str> {
        let unknown = reply::placeholders(&self.text).iter().any(|gap| gap.field.is_none());
        match () {
            () if self.title.trim().is_empty() || self.text.trim().is_empty() => Some("saved-empty-text"),
            () if self.text.chars().count() > TEXT_MAX => Some("saved-too-long"),
            () if unknown => Some("saved-unknown-placeholder"),
            () => None,
        }
    }

    fn title(&self) -> String {
        self.title.trim().chars().take(80).collect()
    }
}

async fn refused(member: &Member, form: SavedForm, fault: &str) -> Result<Response, Problem> {
    let view = SettingsView {
        settings: store::settings(&member.scope).await?,
        saved: store::saved(&member.scope).await?,
        typed: Some((form, member.texts().get(fault).into_owned())),
        faults: Vec::new(),
    };
    Ok((StatusCode::UNPROCESSABLE_ENTITY, settings_page(member, &view)).into_response())
}

pub(super) async fn add_saved(
    State(context): State<Context>,
    member: Member,
    CheckedForm(form): CheckedForm<SavedForm>,
) -> Result<Response, Problem> {
    if let Some(fault) = form.fault() {
        return refused(&member, form, fault).await;
    }
    if store::saved(&member.scope).await?.len() >= SAVED_MAX {
        return Err(Problem::new(ProblemKind::TooMany, "problem-too-many-saved"));
    }
    store::add_saved(&context, &member.scope, &form.title(), form.text.trim()).await?;
    Ok(Redirect::to("/answers/settings#saved").into_response())
}

pub(super) async fn change_saved(
    member: Member,
    Path(id): Path<i64>,
    CheckedForm(form): CheckedForm<SavedForm>,
) -> Result<Response, Problem> {
    let id = SavedReplyId(id);
    let known = store::saved(&member.scope).await?;
    known.iter().find(|one| one.id == id).ok_or_else(Problem::not_found)?;
    let changed = match form.action.as_str() {
        "remove" => store::change_saved(&member.scope, id, None).await,
        _ => match form.fault() {
            Some(fault) => return refused(&member, form, fault).await,
            None => store::change_saved(&member.scope, id, Some((&form.title(), form.text.trim()))).await,
        },
    };
    changed.map_err(conflict)?;
    Ok(Redirect::to("/answers/settings#saved").into_response())
}
