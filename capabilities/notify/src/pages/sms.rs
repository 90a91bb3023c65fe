//! The page of the organisation's gateway for short messages: set it up, try it, take it away.

use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use connectors::egress::{Egress, EgressPolicy};
use connectors::notify::sms::{AUTH_HEADERS, NAME_MAX, PRESETS};
use connectors::phone;
use domain::{ChannelKind, OutgoingId, SmsAuth, SmsStyle};
use foundation::Context;
use foundation::web::{CheckedForm, Member, Problem, Texts, shell};
use http::StatusCode;
use maud::{Markup, html};
use serde::Deserialize;
use ui::{
    Button, Choice, Field, Tone, actions, back_link, card, disclosure, form_errors, hidden, key_values,
    notice, page_header,
};

use super::forms::{self, INVALID, absent};
use super::view::test_result;
use crate::rules::Wishes;
use crate::sms::{self, Settings};
use crate::store::outgoing::Outgoing;
use crate::store::{Channel, outgoing};

/// Longest secret, characters.
const SECRET_MAX: usize = 500;
/// Telephones without a code are Spanish ones: an organisation does not say its country.
const COUNTRY: &str = "ES";

/// What the page shows.
#[derive(Default)]
struct SmsView {
    stored: Option<Settings>,
    has_secret: bool,
    /// A form that was refused, with the field and the key of what is wrong.
    refused: Option<(SaveForm, &'static str, &'static str)>,
    /// A telephone that was refused.
    wrong_phone: Option<String>,
    tested: Option<Outgoing>,
    done: Option<&'static str>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Shown {
    done: String,
    test: Option<i64>,
}

async fn view(member: &Member) -> Result<SmsView, Problem> {
    let stored = sms::settings(&member.scope).await?;
    let has_secret = stored.as_ref().is_some_and(|(_, has_secret)| *has_secret);
    Ok(SmsView { stored: stored.map(|(settings, _)| settings), has_secret, ..SmsView::default() })
}

/// The page.
pub(super) async fn index(member: Member, Query(shown): Query<Shown>) -> Result<Markup, Problem> {
    let mut view = view(&member).await?;
    view.done = ["saved", "removed"].into_iter().find(|done| *done == shown.done);
    if let Some(id) = shown.test {
        view.tested = outgoing::one(&member.scope, OutgoingId(id)).await?;
    }
    Ok(page(&member, &view))
}

fn page(member: &Member, view: &SmsView) -> Markup {
    let t = member.texts();
    let fault = view.refused.as_ref().map(|(_, field, key)| (*field, t.get(key)));
    let phone_fault =
        view.wrong_phone.as_ref().map(|_| t.get("sms-phone-wrong").into_owned()).unwrap_or_default();
    let content = html! {
        (back_link(&t.get("notices-title"), "/notices"))
        (page_header(&t.get("sms-title"), &t.get("sms-lead"), None))
        @if let Some((field, text)) = &fault { (form_errors(&t.get("form-errors"), &[(field, text)])) }
        @if !phone_fault.is_empty() { (form_errors(&t.get("form-errors"), &[("phone", &phone_fault)])) }
        @if let Some(done) = view.done { (notice(Tone::Success, "", &html! { (t.get(&format!("sms-done-{done}"))) })) }
        @if let Some(tested) = &view.tested { (test_result(t, tested)) }
        @if let Some(stored) = &view.stored {
            @if !view.has_secret {
                (notice(Tone::Warning, "", &html! { (t.get("sms-no-secret")) }))
            }
            (card("gateway", &t.get("sms-now-title"), &html! {
                (now(t, stored))
                (disclosure(&t.get("notices-change"), &save_form(member, view)))
            }))
            (card("try", &t.get("sms-test-title"), &test_form(member, view, &phone_fault)))
        } @else {
            (card("gateway", &t.get("sms-add-title"), &save_form(member, view)))
        }
    };
    shell(member, &t.get("sms-title"), content)
}

fn now(t: &Texts, stored: &Settings) -> Markup {
    let name = stored.preset().map_or(stored.url.as_str(), |preset| preset.name);
    let state = t.get(if stored.enabled { "sms-on" } else { "sms-off" });
    key_values(&[
        (&t.get("sms-gateway"), html! { (name) }),
        (&t.get("sms-sender"), html! { (stored.sender) }),
        (&t.get("sms-enabled"), html! { (state) }),
    ])
}

/// What the form shows at first: what was refused, what is stored, or nothing.
fn shown(view: &SmsView) -> SaveForm {
    match (&view.refused, &view.stored) {
        (Some((form, ..)), _) => SaveForm { secret: String::new(), ..form.clone() },
        (None, Some(stored)) => SaveForm::of(stored),
        (None, None) => SaveForm { gateway: PRESETS[0].name.to_owned(), ..SaveForm::default() },
    }
}

fn save_form(member: &Member, view: &SmsView) -> Markup {
    let t = member.texts();
    let form = shown(view);
    let error = |field: &str| {
        let wrong = view.refused.as_ref().filter(|(_, wrong, _)| *wrong == field);
        wrong.map(|(.., key)| t.get(key).into_owned()).unwrap_or_default()
    };
    let other = t.get("sms-other");
    let names = PRESETS.iter().map(|preset| Choice::new(preset.name, preset.name));
    let names: Vec<Choice<'_>> = names.chain([Choice::new("other", &other)]).collect();
    let secret_hint = t.get(if view.has_secret { "sms-secret-keep" } else { "sms-secret-hint" });
    html! {
        form.form method="post" action="/notices/sms" {
            (hidden("csrf", &member.visitor.csrf))
            (Field::select("gateway", &t.get("sms-gateway"), &names).hint(&t.get("sms-gateway-hint")).value(&form.gateway)
                .error(&error("gateway")))
            (Field::text("user", &t.get("sms-user")).hint(&t.get("sms-user-hint")).max_length(200).value(&form.user)
                .error(&error("user")).autocomplete("off"))
            (Field::password("secret", &t.get("sms-secret")).hint(&secret_hint).max_length(SECRET_MAX as u32)
                .error(&error("secret")).autocomplete("off"))
            (Field::text("sender", &t.get("sms-sender")).hint(&t.get("sms-sender-hint")).max_length(NAME_MAX as u32)
                .value(&form.sender).error(&error("sender")).autocomplete("off"))
            (Field::checkbox("enabled", &t.get("sms-enabled"), form.enabled.is_some() || view.stored.is_none()))
            (disclosure(&t.get("sms-other-title"), &other_fields(t, &form, &error)))
            (actions(&html! {
                (Button::primary(&t.get("save")).name_value("action", "save"))
                @if view.stored.is_some() { (Button::danger(&t.get("notices-remove")).name_value("action", "remove")) }
            }))
        }
    }
}

/// What a gateway that is not known has to be told besides.
fn other_fields(t: &Texts, form: &SaveForm, error: &dyn Fn(&str) -> String) -> Markup {
    let styles: Vec<(&str, String)> = SmsStyle::ALL
        .iter()
        .map(|style| (style.as_str(), t.get(&format!("sms-style-{style}")).into_owned()))
        .collect();
    let styles: Vec<Choice<'_>> = styles.iter().map(|(value, label)| Choice::new(value, label)).collect();
    let auths: Vec<(&str, String)> = SmsAuth::ALL
        .iter()
        .map(|auth| (auth.as_str(), t.get(&format!("sms-auth-{auth}")).into_owned()))
        .collect();
    let auths: Vec<Choice<'_>> = auths.iter().map(|(value, label)| Choice::new(value, label)).collect();
    // As their makers write them.
    let written: Vec<String> = AUTH_HEADERS.iter().map(|name| title_case(name)).collect();
    let headers = AUTH_HEADERS.iter().zip(&written);
    let headers: Vec<Choice<'_>> = headers.map(|(name, written)| Choice::new(name, written)).collect();
    let name = |name: &'static str, key: &str, value: &str| {
        html! { (Field::text(name, &t.get(key)).max_length(NAME_MAX as u32).value(value).error(&error(name)).autocomplete("off")) }
    };
    html! {
        p { (t.get("sms-other-lead")) }
        (Field::url("url", &t.get("sms-url")).max_length(500).value(&form.url).error(&error("url")).autocomplete("off"))
        (Field::select("style", &t.get("sms-style"), &styles).value(&form.style))
        (name("to_field", "sms-to-field", &form.to_field))
        (name("text_field", "sms-text-field", &form.text_field))
        (name("sender_field", "sms-sender-field", &form.sender_field))
        (Field::select("auth", &t.get("sms-auth"), &auths).value(&form.auth))
        (Field::select("auth_header", &t.get("sms-auth-header-name"), &headers).value(&form.auth_header))
    }
}

/// `x-api-key` as `X-Api-Key`.
fn title_case(name: &str) -> String {
    let mut at_start = true;
    let letter = |c: char| {
        let raised = if at_start { c.to_ascii_uppercase() } else { c };
        at_start = c == '-';
        raised
    };
    name.chars().map(letter).collect()
}

fn test_form(member: &Member, view: &SmsView, fault: &str) -> Markup {
    let t = member.texts();
    html! {
        p { (t.get("sms-test-lead")) }
        form.form method="post" action="/notices/sms/test" {
            (hidden("csrf", &member.visitor.csrf))
            (Field::text("phone", &t.get("sms-phone")).hint(&t.get("sms-phone-hint")).required().max_length(40).input_mode("tel")
                .value(view.wrong_phone.as_deref().unwrap_or_default()).error(fault).autocomplete("off"))
            (actions(&html! { (Button::secondary(&t.get("notices-test"))) }))
        }
    }
}

/// A gateway as it is typed.
#[derive(Deserialize, Default, Clone)]
#[serde(deny_unknown_fields)]
pub(super) struct SaveForm {
    gateway: String,
    user: String,
    secret: String,
    sender: String,
    enabled: Option<String>,
    url: String,
    style: String,
    to_field: String,
    text_field: String,
    sender_field: String,
    auth: String,
    auth_header: String,
    action: String,
}

impl SaveForm {
    fn of(stored: &Settings) -> Self {
        let (preset, own) = (stored.preset(), |text: &str| text.to_owned());
        Self {
            gateway: preset.map_or("other", |preset| preset.name).to_owned(),
            user: own(&stored.auth_user),
            sender: own(&stored.sender),
            enabled: stored.enabled.then(|| "on".to_owned()),
            url: if preset.is_some() { String::new() } else { own(&stored.url) },
            style: own(stored.style.as_str()),
            to_field: own(&stored.to_field),
            text_field: own(&stored.text_field),
            sender_field: own(&stored.sender_field),
            auth: own(stored.auth.as_str()),
            auth_header: own(&stored.auth_header),
            ..Self::default()
        }
    }

    /// The gateway that is meant, or the field and the key of what is wrong.
    fn read(&self, context: &Context) -> Result<Settings, (&'static str, &'static str)> {
        let line = |text: &str| crate::rules::clean_line(text, NAME_MAX);
        let (sender, enabled) = (line(&self.sender), self.enabled.is_some());
        let user = crate::rules::clean_line(&self.user, 200);
        if let Some(preset) = PRESETS.iter().find(|preset| preset.name == self.gateway) {
            if preset.is_basic && user.is_empty() {
                return Err(("user", "sms-user-missing"));
            }
            // These send nothing without one.
            if sender.is_empty() {
                return Err(("sender", "sms-sender-missing"));
            }
            return Ok(Settings { enabled, ..Settings::of_preset(preset, &user, &sender) });
        }
        let settings = Settings {
            url: check_address(context, &self.url).ok_or(("url", "sms-url-wrong"))?,
            style: SmsStyle::parse(&self.style).ok_or(("gateway", "problem-invalid-form"))?,
            to_field: line(&self.to_field),
            text_field: line(&self.text_field),
            sender_field: line(&self.sender_field),
            sender,
            auth: SmsAuth::parse(&self.auth).ok_or(("gateway", "problem-invalid-form"))?,
            auth_header: AUTH_HEADERS
                .iter()
                .find(|name| **name == self.auth_header)
                .copied()
                .unwrap_or_default()
                .to_owned(),
            auth_user: user,
            enabled,
        };
        match (&settings, settings.auth) {
            (one, _) if one.to_field.is_empty() => Err(("to_field", "sms-field-missing")),
            (one, _) if one.text_field.is_empty() => Err(("text_field", "sms-field-missing")),
            (one, SmsAuth::Basic) if one.auth_user.is_empty() => Err(("user", "sms-user-missing")),
            (one, SmsAuth::Header) if one.auth_header.is_empty() => Err(("gateway", "problem-invalid-form")),
            _ => Ok(settings),
        }
    }
}

/// The address as it is kept. A secret does not travel in the clear, but to what the operator has allowed.
fn check_address(context: &Context, text: &str) -> Option<String> {
    let allow_private = context.config.allow_private.clone();
    let plain_allowed = !allow_private.is_empty();
    let egress = Egress::new(EgressPolicy { allow_private, ..EgressPolicy::default() }).ok()?;
    let url = egress.check(text.trim()).ok()?;
    (url.as_str().len() <= 500 && (url.scheme() == "https" || plain_allowed)).then(|| url.to_string())
}

/// Saves the gateway, or removes it.
pub(super) async fn save(
    State(context): State<Context>,
    member: Member,
    CheckedForm(form): CheckedForm<SaveForm>,
) -> Result<Response, Problem> {
    match form.action.as_str() {
        "remove" => {
            sms::remove(&context, &member.scope).await.map_err(absent)?;
            context.wakes.wake(crate::SENT);
            return Ok(Redirect::to("/notices/sms?done=removed").into_response());
        }
        "save" => {}
        _ => return Err(INVALID),
    }
    let mut view = view(&member).await?;
    let secret = form.secret.trim();
    let read = form.read(&context).and_then(|settings| {
        let is_same = view.has_secret
            && view
                .stored
                .as_ref()
                .is_some_and(|stored| stored.url == settings.url && stored.auth == settings.auth);
        // A secret goes nowhere but where it was given for.
        if (secret.is_empty() && !is_same)
            || secret.chars().count() > SECRET_MAX
            || secret.contains(char::is_control)
        {
            return Err(("secret", "sms-secret-missing"));
        }
        Ok(settings)
    });
    match read {
        Ok(settings) => {
            let secret = Some(secret).filter(|secret| !secret.is_empty());
            sms::save(&context, &member.scope, &settings, secret).await?;
            context.wakes.wake(crate::QUEUED);
            Ok(Redirect::to("/notices/sms?done=saved").into_response())
        }
        Err((field, key)) => {
            view.refused = Some((form, field, key));
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page(&member, &view)).into_response())
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TestForm {
    phone: String,
}

/// Sends one message to one telephone, through the outbox like any other, and shows what became of it.
pub(super) async fn test(
    State(context): State<Context>,
    member: Member,
    CheckedForm(form): CheckedForm<TestForm>,
) -> Result<Response, Problem> {
    let number = phone::normalise(&form.phone, COUNTRY).filter(|number| phone::takes_messages(number));
    let Some(number) = number else {
        let mut view = view(&member).await?;
        view.wrong_phone = Some(form.phone);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page(&member, &view)).into_response());
    };
    let channel =
        Channel { id: None, account: None, kind: ChannelKind::Sms, address: number, wishes: Wishes::NOTHING };
    let id = forms::send_test(&context, &member, &channel).await?;
    Ok(Redirect::to(&format!("/notices/sms?test={id}")).into_response())
}
