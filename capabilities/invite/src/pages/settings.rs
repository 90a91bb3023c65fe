//! How an organisation asks. Everything here is the same for every customer; there is nothing to set that could depend on
//! what somebody thinks.

use asking::Link;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use domain::{AskPurpose, AskWhom, Role};
use foundation::Context;
use foundation::web::{CheckedForm, Member, Problem, ProblemKind, shell};
use http::StatusCode;
use maud::{Markup, html};
use serde::Deserialize;
use ui::{Button, Choice, Field, actions, back_link, card, form_errors, hidden, page_header};

use crate::rules::{self, LINKS_MAX};
use crate::store::settings::{self, Settings};

const INVALID: Problem = Problem::new(ProblemKind::Invalid, "problem-invalid-form");
/// Longest address of who writes, characters.
const LINE_MAX: usize = 200;
/// Days between a visit and its invitation; days between it and its reminder; customers of one lot; invitations a day.
const DELAY_MAX: i64 = 20;
const REMINDER_MAX: i64 = 14;
const DRAW_MAX: i64 = 2_000;
const CAP_MAX: i64 = 2_000;

/// What the page shows.
pub struct SettingsView {
    /// As it is, or as it was typed.
    pub settings: Settings,
    /// Places, typed or stored.
    pub links: Vec<Link>,
    /// Field and the key of what is wrong.
    pub faults: Vec<(String, &'static str)>,
}

pub(super) async fn index(State(context): State<Context>, member: Member) -> Result<Markup, Problem> {
    let today = listen::rules::day_of(context.now(), &member.principal.time_zone);
    let stored = settings::settings(&member.scope).await?;
    let settings = stored.unwrap_or_else(|| defaults(today));
    let links = settings::links(&member.scope).await?;
    Ok(settings_page(&member, &SettingsView { settings, links, faults: vec![] }))
}

/// What stands in the form before anybody has saved it. (A GET makes no row.)
fn defaults(today: i64) -> Settings {
    Settings {
        active: false,
        form_code: String::new(),
        purpose: AskPurpose::Review,
        whom: AskWhom::Everyone,
        draw_size: 50,
        delay_days: 2,
        reminder_days: 5,
        since_day: today,
        sender: String::new(),
        postal: String::new(),
        count_opens: false,
        cap_per_day: None,
    }
}

/// The page.
pub fn settings_page(member: &Member, view: &SettingsView) -> Markup {
    let t = member.texts();
    let s = &view.settings;
    let said = |field: &str| {
        view.faults
            .iter()
            .find(|(name, _)| name == field)
            .map(|(_, key)| t.get(key).into_owned())
            .unwrap_or_default()
    };
    let faults: Vec<(String, String)> =
        view.faults.iter().map(|(name, key)| (name.clone(), t.get(key).into_owned())).collect();
    let faults: Vec<(&str, &str)> =
        faults.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let number = |n: i64| n.to_string();
    let (delay, reminder, size, cap) = (
        number(s.delay_days),
        number(s.reminder_days),
        number(s.draw_size),
        s.cap_per_day.map_or(String::new(), number),
    );
    let (postal_fault, sender_fault) = (said("postal"), said("sender"));
    let content = html! {
        (back_link(&t.get("invite-title"), "/invitations"))
        (page_header(&t.get("invite-settings-title"), &t.get("invite-settings-lead"), None))
        (form_errors(&t.get("form-errors"), &faults))
        form.form method="post" action="/invitations/settings" {
            (hidden("csrf", &member.visitor.csrf))
            (card("who-asks", &t.get("invite-who-asks"), &html! {
                (Field::checkbox("active", &t.get("invite-active"), s.active).hint(&t.get("invite-active-hint")))
                (Field::text("postal", &t.get("invite-postal")).hint(&t.get("invite-postal-hint")).max_length(LINE_MAX as u32).value(&s.postal).error(&postal_fault))
                (Field::email("sender", &t.get("invite-sender")).hint(&t.get("invite-sender-hint")).value(&s.sender).error(&sender_fault))
            }))
            (card("what", &t.get("invite-what"), &html! { (what(member, s)) }))
            (card("when", &t.get("invite-when"), &html! {
                (Field::number("delay_days", &t.get("invite-delay")).hint(&t.get("invite-delay-hint")).range("0", &number(DELAY_MAX), "1").value(&delay))
                (Field::number("reminder_days", &t.get("invite-reminder")).hint(&t.get("invite-reminder-hint")).range("0", &number(REMINDER_MAX), "1").value(&reminder))
                (Field::number("draw_size", &t.get("invite-draw-size")).hint(&t.get("invite-draw-size-hint")).range("1", &number(DRAW_MAX), "1").value(&size))
                (Field::number("cap_per_day", &t.get("invite-cap")).hint(&t.get("invite-cap-hint")).range("1", &number(CAP_MAX), "1").value(&cap))
                (Field::checkbox("count_opens", &t.get("invite-count-opens"), s.count_opens).hint(&t.get("invite-count-opens-hint")))
            }))
            (card("places", &t.get("invite-places"), &html! { (places(member, view)) }))
            @if member.may(Role::Manager) { (actions(&html! { (Button::primary(&t.get("save"))) })) }
        }
    };
    shell(member, &t.get("invite-settings-title"), content)
}

fn what(member: &Member, s: &Settings) -> Markup {
    let t = member.texts();
    let words = [
        "invite-purpose-review",
        "invite-purpose-review-hint",
        "invite-purpose-census",
        "invite-purpose-census-hint",
        "invite-whom-everyone",
        "invite-whom-everyone-hint",
        "invite-whom-draw",
        "invite-whom-draw-hint",
    ]
    .map(|key| t.get(key));
    let [review, review_hint, census, census_hint, everyone, everyone_hint, draw, draw_hint] = &words;
    let purposes = [
        Choice { value: AskPurpose::Review.as_str(), label: review, hint: review_hint },
        Choice { value: AskPurpose::Census.as_str(), label: census, hint: census_hint },
    ];
    let whom = [
        Choice { value: AskWhom::Everyone.as_str(), label: everyone, hint: everyone_hint },
        Choice { value: AskWhom::Draw.as_str(), label: draw, hint: draw_hint },
    ];
    html! {
        (Field::radio("purpose", &t.get("invite-purpose"), &purposes).value(s.purpose.as_str()))
        (Field::radio("whom", &t.get("invite-whom"), &whom).value(s.whom.as_str()))
    }
}

fn places(member: &Member, view: &SettingsView) -> Markup {
    let t = member.texts();
    html! {
        p { (t.get("invite-places-lead")) }
        @for at in 1..=LINKS_MAX {
            @let link = view.links.get(at - 1);
            @let (name_field, url_field) = (format!("name{at}"), format!("url{at}"));
            @let fault = view.faults.iter().find(|(name, _)| *name == url_field).map(|(_, key)| t.get(key).into_owned()).unwrap_or_default();
            @let n = at as i64;
            (Field::text(&name_field, &t.with("invite-place-name", &[("n", n.into())])).max_length(rules::NAME_MAX as u32)
                .value(link.map_or("", |link| &link.name)))
            (Field::url(&url_field, &t.with("invite-place-url", &[("n", n.into())])).max_length(rules::URL_MAX as u32)
                .value(link.map_or("", |link| &link.url)).error(&fault))
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SettingsForm {
    #[serde(default)]
    active: Option<String>,
    postal: String,
    sender: String,
    purpose: String,
    whom: String,
    delay_days: String,
    reminder_days: String,
    draw_size: String,
    cap_per_day: String,
    #[serde(default)]
    count_opens: Option<String>,
    name1: String,
    url1: String,
    name2: String,
    url2: String,
    name3: String,
    url3: String,
    name4: String,
    url4: String,
    name5: String,
    url5: String,
    name6: String,
    url6: String,
}

impl SettingsForm {
    fn places(&self) -> [(&str, &str); LINKS_MAX] {
        [
            (&self.name1, &self.url1),
            (&self.name2, &self.url2),
            (&self.name3, &self.url3),
            (&self.name4, &self.url4),
            (&self.name5, &self.url5),
            (&self.name6, &self.url6),
        ]
    }
}

fn within(text: &str, least: i64, most: i64) -> Result<i64, Problem> {
    text.trim().parse().ok().filter(|n| (least..=most).contains(n)).ok_or(INVALID)
}

pub(super) async fn save(
    State(context): State<Context>,
    member: Member,
    CheckedForm(form): CheckedForm<SettingsForm>,
) -> Result<Response, Problem> {
    let today = listen::rules::day_of(context.now(), &member.principal.time_zone);
    let stored = settings::ensure(&context, &member.scope, today).await?;
    let line = |text: &str| {
        text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(LINE_MAX).collect::<String>()
    };
    let active = form.active.is_some();
    let next = Settings {
        active,
        purpose: AskPurpose::parse(&form.purpose).ok_or(INVALID)?,
        whom: AskWhom::parse(&form.whom).ok_or(INVALID)?,
        draw_size: within(&form.draw_size, 1, DRAW_MAX)?,
        delay_days: within(&form.delay_days, 0, DELAY_MAX)?,
        reminder_days: within(&form.reminder_days, 0, REMINDER_MAX)?,
        cap_per_day: if form.cap_per_day.trim().is_empty() {
            None
        } else {
            Some(within(&form.cap_per_day, 1, CAP_MAX)?)
        },
        // Switching it on asks about the visits that are still fresh.
        since_day: if active && !stored.active { today - asking::SEND_DAYS } else { stored.since_day },
        sender: line(&form.sender),
        postal: line(&form.postal),
        count_opens: form.count_opens.is_some(),
        ..stored
    };
    let (mut links, mut typed, mut faults) = (Vec::new(), Vec::new(), Vec::new());
    for (at, (name, url)) in form.places().into_iter().enumerate() {
        typed.push(Link { name: name.to_owned(), url: url.to_owned() });
        match rules::check_link(name, url) {
            Ok(link) => links.extend(link),
            Err(key) => faults.push((format!("url{}", at + 1), key)),
        }
    }
    if !next.sender.is_empty()
        && notify::rules::check_address(domain::ChannelKind::Email, &next.sender).is_err()
    {
        faults.push(("sender".to_owned(), "email-wrong"));
    }
    if active && next.postal.is_empty() {
        faults.push(("postal".to_owned(), "invite-postal-missing"));
    }
    if !faults.is_empty() {
        let view = SettingsView { settings: next, links: typed, faults };
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, settings_page(&member, &view)).into_response());
    }
    settings::save(&context, &member.scope, &next, &links).await?;
    context.wakes.wake(customers::VISITED);
    Ok(Redirect::to("/invitations").into_response())
}
