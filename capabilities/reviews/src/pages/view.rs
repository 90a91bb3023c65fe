//! How the public pages are drawn: the form, the private question, and what is said when there is nothing to fill in.

use domain::AskPurpose;
use foundation::web::{SmallFile, Texts, Visitor, assets, forms};
use invite::Link;
use maud::{Markup, html};
use ui::{
    BarePage, Button, Choice, Field, LanguageSwitch, Tone, disclosure, form_errors, hidden, language_switch,
    notice, page_header,
};

use super::places::places;
use crate::rules::{self, Faults, ReviewForm};
use crate::work::Sealed;

/// What the form's page shows.
pub struct FormView<'a> {
    /// Whom it is about.
    pub name: &'a str,
    /// Where it is sent.
    pub path: &'a str,
    /// What is asked.
    pub purpose: AskPurpose,
    /// Other places.
    pub links: &'a [Link],
    /// How to reach the business; may be empty.
    pub contact: &'a str,
    /// The day of the visit, where it is known.
    pub day: Option<i64>,
    /// Today, in the organisation's zone.
    pub today: i64,
    /// The form's name and seal.
    pub sealed: &'a Sealed,
    /// The work to prove, and where to ask for a newer one; nothing for who needs none.
    pub work: Option<(String, String)>,
    /// What was filled in.
    pub form: &'a ReviewForm,
    /// What is wrong with it.
    pub faults: &'a Faults,
    /// What else is to be said: a key.
    pub notice: Option<&'static str>,
}

/// Whether a person chose something in the file field.
pub fn chosen(file: &SmallFile) -> bool {
    !matches!(file, SmallFile::None)
}

/// The page.
pub fn form_page(visitor: &Visitor, view: &FormView<'_>) -> Markup {
    let t = visitor.texts;
    let name = [("name", view.name.into())];
    let (title, lead) = match view.purpose {
        AskPurpose::Review => (t.with("review-title", &name), t.with("review-lead", &name)),
        AskPurpose::Census => (t.with("census-title", &name), t.with("census-lead", &name)),
    };
    let words: Vec<_> = view.faults.iter().map(|(field, key)| (*field, t.get(key))).collect();
    let faults: Vec<(&str, &str)> = words.iter().map(|(field, word)| (*field, word.as_ref())).collect();
    let content = html! {
        (page_header(&title, &lead, None))
        @if let Some(key) = view.notice { (notice(Tone::Warning, "", &html! { (t.get(key)) })) }
        @if !faults.is_empty() { (form_errors(&t.get("form-errors"), &faults)) }
        (places(t, view.links))
        form method="post" action=(view.path) enctype="multipart/form-data"
            data-work=[view.work.as_ref().map(|(challenge, _)| challenge)]
            data-opened=[view.work.is_none().then(|| format!("{}/opened", view.path))]
            data-work-fresh=[view.work.as_ref().map(|(_, address)| address)] {
            (hidden("csrf", &visitor.csrf))
            (sealed_fields(view.sealed))
            (trap(t))
            (questions(t, view, &faults))
            (Button::primary(&t.get("review-send")).full())
        }
        (privacy(t, view))
        script src=(assets::link("own-form.js")) defer {}
    };
    frame(visitor, view.name, &title, content)
}

/// The hidden fields of a sealed form.
pub fn sealed_fields(sealed: &Sealed) -> Markup {
    html! { (hidden("key", &sealed.key)) (hidden("made", &sealed.made)) (hidden("seal", &sealed.seal)) (hidden("work", "")) }
}

/// A field that people do not see.
fn trap(t: &Texts) -> Markup {
    html! {
        div.vh aria-hidden="true" {
            label for="field-website" { (t.get("review-trap")) }
            input #field-website name="website" type="text" tabindex="-1" autocomplete="off";
        }
    }
}

/// The questions. The same for everyone: what may be left out is left out only where the invitation knows it.
fn questions(t: &Texts, view: &FormView<'_>, faults: &[(&str, &str)]) -> Markup {
    let error = |field: &str| faults.iter().find(|(name, _)| *name == field).map_or("", |(_, word)| *word);
    let (form, optional) = (view.form, t.get("optional"));
    let census = view.purpose == AskPurpose::Census;
    html! {
        @match view.day {
            Some(day) => p { (t.with("review-day-known", &[("day", t.day(day).into())])) },
            None => {
                // What is too long ago is refused by the page, which says whom to talk to; a browser would only say no.
                @let last = rules::day_text(view.today);
                @let value = if form.day.is_empty() { last.as_str() } else { form.day.as_str() };
                (Field::date("day", &t.get("review-day")).hint(&t.get("review-day-hint")).value(value)
                    .range("", &last, "").required().error(error("day")))
            }
        }
        (grades(t, census, &form.stars, error("stars")))
        (Field::text_area("text", &t.get(if census { "census-text" } else { "review-text" }), 5).optional(&optional)
            .max_length(rules::TEXT_CHARS_MAX as u32).value(&form.text).error(error("text")))
        @if !census {
            (Field::text("name", &t.get("review-name")).optional(&optional).hint(&t.get("review-name-hint"))
                .max_length(rules::NAME_CHARS_MAX as u32).autocomplete("nickname").value(&form.name).error(error("name")))
            @if view.work.is_some() {
                (Field::text("code", &t.get("review-code")).optional(&optional).hint(&t.get("review-code-hint"))
                    .max_length(rules::CODE_CHARS_MAX as u32).autocomplete("off").value(&form.code).error(error("code")))
            }
            (Field::file("photo", &t.get("review-photo")).optional(&optional).accept("image/jpeg,image/png,image/webp")
                .drop_area(&t.get("review-photo-hint"), forms::SMALL_FILE_BYTES_MAX, &t.get("review-photo-large"))
                .error(error("photo")))
        }
    }
}

/// One to five, in words.
pub fn grades(t: &Texts, census: bool, value: &str, error: &str) -> Markup {
    let words = if census {
        ["census-grade-1", "census-grade-2", "census-grade-3", "census-grade-4", "census-grade-5"]
    } else {
        ["review-stars-1", "review-stars-2", "review-stars-3", "review-stars-4", "review-stars-5"]
    };
    let words = words.map(|key| t.get(key));
    let values = ["1", "2", "3", "4", "5"];
    let choices: Vec<Choice<'_>> =
        values.iter().zip(&words).map(|(value, word)| Choice::new(value, word)).collect();
    let label = t.get(if census { "census-grade" } else { "review-stars" });
    html! { (Field::radio("stars", &label, &choices).required().value(value).error(error)) }
}

/// Who keeps what she writes, what for, and what she may ask for (arts. 13 and 15–22 GDPR; ISO 20488 for how reviews are
/// handled; art. 20.4 TRLGDCU for whether they are checked).
fn privacy(t: &Texts, view: &FormView<'_>) -> Markup {
    let name = [("name", view.name.into())];
    let content = html! {
        @if view.purpose == AskPurpose::Review {
            p { (t.with("review-how-shown", &name)) }
            p { (t.get("review-how-checked")) }
        } @else {
            p { (t.with("census-how-used", &name)) }
        }
        p { (t.with("review-privacy", &name)) }
        p { (reach(t, "review-privacy-rights", view.name, view.contact)) }
    };
    disclosure(&t.get("review-privacy-title"), &content)
}

/// A sentence that says how to reach the business: with its contact where there is one, else with its name.
pub fn reach(t: &Texts, key: &'static str, name: &str, contact: &str) -> String {
    t.with(key, &[("contact", if contact.trim().is_empty() { name.into() } else { contact.trim().into() })])
        .into_owned()
}

/// The frame of what customers see: the business's name, not ours.
pub fn frame(visitor: &Visitor, name: &str, title: &str, content: Markup) -> Markup {
    let t = visitor.texts;
    let languages = language_switch(&LanguageSwitch {
        action: "/language",
        label: &t.get("language-label"),
        name: "language",
        options: &[("es", "Español"), ("en", "English")],
        hidden: &[("csrf", &visitor.csrf), ("to", &visitor.path)],
        current: t.locale.as_str(),
    });
    ui::bare_page(&BarePage {
        lang: t.locale.as_str(),
        title,
        product: name,
        skip_label: &t.get("skip-to-content"),
        content,
        footer: Some(languages),
        assets: assets::links(),
        ..BarePage::default()
    })
}

/// A page without a form: why there is none, and whom to talk to.
pub fn message_page(visitor: &Visitor, name: &str, title: &'static str, sentences: &[String]) -> Markup {
    let t = visitor.texts;
    let title = t.get(title);
    let content = html! {
        (page_header(&title, "", None))
        @for sentence in sentences { p { (sentence) } }
    };
    frame(visitor, name, &title, content)
}
