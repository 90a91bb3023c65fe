//! How the device's page is drawn. Frame and questions are the program's own; nothing in it leads anywhere else.

use domain::OrganizationId;
use foundation::web::{Texts, Visitor, assets};
use maud::{Markup, html};
use ui::{BarePage, Button, ButtonStyle, Field, actions, form_errors, hidden, link_button, page_header};

use super::view::{grades, sealed_fields};
use crate::rules::{self, Faults, ReviewForm};
use crate::work::Sealed;

/// After so long without a touch the page asks whether somebody is there, and after as long again it begins anew, seconds.
/// WCAG 2.2.1: whoever is there has twenty seconds to say so with one tap, as often as she likes.
const IDLE_SECONDS: u32 = 20;

/// What the page shows.
pub struct DeviceView<'a> {
    /// Whom it is about.
    pub name: &'a str,
    /// Whose answers may wait in the device.
    pub home: OrganizationId,
    /// Its address.
    pub path: String,
    /// Today, in the organisation's zone.
    pub today: i64,
    /// The form's name and seal.
    pub sealed: &'a Sealed,
    /// What was filled in.
    pub form: &'a ReviewForm,
    /// What is wrong with it.
    pub faults: &'a Faults,
}

fn frame(visitor: &Visitor, title: &str, content: Markup) -> Markup {
    let t = visitor.texts;
    ui::bare_page(&BarePage {
        lang: t.locale.as_str(),
        title,
        product: title,
        skip_label: &t.get("skip-to-content"),
        content,
        assets: assets::links(),
        ..BarePage::default()
    })
}

/// The page.
pub fn device_page(visitor: &Visitor, view: &DeviceView<'_>) -> Markup {
    let t = visitor.texts;
    let name = [("name", view.name.into())];
    let words: Vec<_> = view.faults.iter().map(|(field, key)| (*field, t.get(key))).collect();
    let faults: Vec<(&str, &str)> = words.iter().map(|(field, word)| (*field, word.as_ref())).collect();
    let (path, language) = (&view.path, t.locale.as_str());
    let content = html! {
        div #kiosk data-answers={ (path) "/answers" } data-home=(view.home) data-idle=(IDLE_SECONDS) data-worker="/k/worker.js"
            data-manifest={ (path) "/app.webmanifest" } data-language=(language) data-waiting=(t.get("kiosk-waiting"))
            data-locked=(t.get("kiosk-locked")) data-keep={ (path) " " (path) "?l=es " (path) "?l=en" } {
            div data-ask {
                (page_header(&t.with("review-title", &name), &t.with("kiosk-lead", &name), None))
                @if !faults.is_empty() { (form_errors(&t.get("form-errors"), &faults)) }
                form method="post" action={ (path) "?l=" (language) } {
                    (hidden("csrf", &visitor.csrf))
                    (sealed_fields(view.sealed))
                    (questions(t, view, &faults))
                    (Button::primary(&t.get("review-send")).full())
                }
                (actions(&other_languages(t, path)))
                p.small { (t.with("kiosk-privacy", &name)) }
            }
            div data-thanks tabindex="-1" hidden { (thanks(t, view.name, path)) }
            p.small data-waiting-shown role="status" hidden {}
            dialog data-still aria-labelledby="still" {
                p #still { (t.get("kiosk-still")) }
                p data-countdown aria-live="polite" data-words=(t.get("kiosk-countdown")) {}
                (actions(&html! { button.button.primary type="button" data-stay { (t.get("kiosk-stay")) } }))
            }
            script src=(assets::link("kiosk.js")) defer {}
        }
    };
    frame(visitor, view.name, content)
}

fn questions(t: &Texts, view: &DeviceView<'_>, faults: &[(&str, &str)]) -> Markup {
    let error = |field: &str| faults.iter().find(|(name, _)| *name == field).map_or("", |(_, word)| *word);
    let (form, optional) = (view.form, t.get("optional"));
    let (first, last) = (rules::day_text(view.today - rules::DAYS_MAX), rules::day_text(view.today));
    let day = if form.day.is_empty() { last.as_str() } else { form.day.as_str() };
    html! {
        (grades(t, false, &form.stars, error("stars")))
        (Field::text_area("text", &t.get("review-text"), 4).optional(&optional)
            .max_length(rules::TEXT_CHARS_MAX as u32).value(&form.text).error(error("text")))
        (Field::text("name", &t.get("review-name")).optional(&optional).hint(&t.get("review-name-hint"))
            .max_length(rules::NAME_CHARS_MAX as u32).autocomplete("off").value(&form.name).error(error("name")))
        (Field::date("day", &t.get("review-day")).hint(&t.get("review-day-hint")).value(day)
            .range(&first, &last, "").required().error(error("day")))
        (Field::text("code", &t.get("review-code")).optional(&optional).hint(&t.get("review-code-hint"))
            .max_length(rules::CODE_CHARS_MAX as u32).autocomplete("off").value(&form.code).error(error("code")))
    }
}

/// The page in the other language.
fn other_languages(t: &Texts, path: &str) -> Markup {
    html! {
        @for (code, name) in [("es", "Español"), ("en", "English")] {
            @if code != t.locale.as_str() { a.button.quiet href={ (path) "?l=" (code) } lang=(code) { (name) } }
        }
    }
}

fn thanks(t: &Texts, name: &str, path: &str) -> Markup {
    html! {
        h2 { (t.get("review-thanks")) }
        p { (t.with("review-thanks-lead", &[("name", name.into())])) }
        (actions(&link_button(&t.get("kiosk-again"), &format!("{path}?l={}", t.locale.as_str()), ButtonStyle::Primary)))
    }
}

/// The page after an answer, without JavaScript.
pub fn device_thanks(visitor: &Visitor, name: &str, path: &str) -> Markup {
    let t = visitor.texts;
    let title = t.get("review-thanks");
    let content = html! {
        (page_header(&title, &t.with("review-thanks-lead", &[("name", name.into())]), None))
        (actions(&link_button(&t.get("kiosk-again"), &format!("{path}?l={}", t.locale.as_str()), ButtonStyle::Primary)))
    };
    frame(visitor, name, content)
}
