//! Every sentence of the interface, in Spanish and English (Fluent, under `locales/`), and how numbers and dates are
//! written in each. A missing key shows the key and is a failing test.

use std::borrow::Cow;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use http::{HeaderMap, header};
use jiff::{Timestamp, tz::TimeZone};
use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../locales"]
#[include = "*.ftl"]
struct Files;

/// A language of the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Locale {
    /// Spanish, the first.
    Es,
    /// English.
    En,
}

impl Locale {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Es, Self::En];

    /// The code, as in `lang="es"`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Es => "es",
            Self::En => "en",
        }
    }

    /// The language with this code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|locale| locale.as_str() == code)
    }

    /// The visitor's choice (cookie), else the browser's first language that we speak, else Spanish.
    pub fn of_request(headers: &HeaderMap) -> Self {
        let text = |name| headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default();
        let chosen = text(header::COOKIE)
            .split(';')
            .filter_map(|pair| pair.trim().split_once('='))
            .find(|(name, _)| *name == "timon-locale")
            .and_then(|(_, code)| Self::parse(code));
        chosen.unwrap_or_else(|| {
            text(header::ACCEPT_LANGUAGE)
                .split(',')
                .filter_map(|tag| tag.trim().split(['-', ';']).next())
                .find_map(|code| match code {
                    // neighbours who read Spanish better than English
                    "es" | "ca" | "gl" | "eu" | "ast" => Some(Self::Es),
                    "en" => Some(Self::En),
                    _ => None,
                })
                .unwrap_or(Self::Es)
        })
    }
}

/// One language's sentences.
pub struct Texts {
    /// Which language.
    pub locale: Locale,
    bundle: FluentBundle<FluentResource>,
}

static ES: LazyLock<Texts> = LazyLock::new(|| Texts::load(Locale::Es));
static EN: LazyLock<Texts> = LazyLock::new(|| Texts::load(Locale::En));

impl Texts {
    /// The sentences of a language.
    pub fn of(locale: Locale) -> &'static Self {
        match locale {
            Locale::Es => &ES,
            Locale::En => &EN,
        }
    }

    fn load(locale: Locale) -> Self {
        let id: unic_langid::LanguageIdentifier = locale.as_str().parse().expect("our own codes are valid");
        let mut bundle = FluentBundle::new_concurrent(vec![id]);
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(match locale {
            Locale::Es => |value, _| grouped(value, Locale::Es),
            Locale::En => |value, _| grouped(value, Locale::En),
        }));
        let mut names: Vec<_> = Files::iter().filter(|name| name.starts_with(locale.as_str())).collect();
        names.sort();
        for name in names {
            let file = Files::get(&name).expect("listed files exist");
            let text = String::from_utf8_lossy(&file.data).into_owned();
            let resource = FluentResource::try_new(text).unwrap_or_else(|(partial, errors)| {
                tracing::error!(file = %name, ?errors, "a locale file has errors");
                partial
            });
            if let Err(errors) = bundle.add_resource(resource) {
                tracing::error!(file = %name, ?errors, "a key is written twice");
            }
        }
        Self { locale, bundle }
    }

    /// Whether the key exists.
    pub fn has(&self, key: &str) -> bool {
        self.bundle.has_message(key)
    }

    /// The sentence.
    pub fn get(&self, key: &str) -> Cow<'_, str> {
        self.with(key, &[])
    }

    /// The sentence with its values: numbers choose plurals, text is put in.
    pub fn with(&self, key: &str, values: &[(&'static str, Said<'_>)]) -> Cow<'_, str> {
        let Some(pattern) = self.bundle.get_message(key).and_then(|m| m.value()) else {
            tracing::error!(key, locale = self.locale.as_str(), "a sentence is missing");
            return Cow::Owned(key.to_owned());
        };
        let mut args = FluentArgs::new();
        for (name, value) in values {
            args.set(
                *name,
                match value {
                    Said::Count(n) => FluentValue::from(*n),
                    Said::Text(text) => FluentValue::from(text.to_string()),
                },
            );
        }
        let mut errors = Vec::new();
        let sentence = self.bundle.format_pattern(pattern, Some(&args), &mut errors).into_owned();
        if !errors.is_empty() {
            tracing::error!(key, ?errors, "a sentence misses a value");
        }
        Cow::Owned(sentence)
    }

    /// A whole number with the language's grouping: 12.345 or 12,345.
    pub fn count(&self, n: i64) -> String {
        group(n, self.locale)
    }

    /// A fraction with so many decimals: 4,3 or 4.3.
    pub fn decimal(&self, value: f64, decimals: usize) -> String {
        let text = format!("{value:.decimals$}");
        if self.locale == Locale::Es { text.replace('.', ",") } else { text }
    }

    /// A share as whole percent: 82 % (with a space that does not break) or 82%.
    pub fn percent(&self, share: f64) -> String {
        let n = (share * 100.0).round() as i64;
        if self.locale == Locale::Es { format!("{n}\u{a0}%") } else { format!("{n}%") }
    }

    /// A day: 3 mar 2026.
    pub fn date(&self, at: Timestamp, zone: &TimeZone) -> String {
        let day = zone.to_datetime(at);
        format!("{} {} {}", day.day(), self.month_short(day.month()), day.year())
    }

    /// A day since 1970, whatever the zone: 3 mar 2026.
    pub fn day(&self, day: i64) -> String {
        let at = day.checked_mul(86_400).and_then(|second| Timestamp::from_second(second).ok());
        at.map(|at| self.date(at, &TimeZone::UTC)).unwrap_or_default()
    }

    /// A day and a time: 3 mar 2026, 18:05.
    pub fn moment(&self, at: Timestamp, zone: &TimeZone) -> String {
        let day = zone.to_datetime(at);
        format!("{}, {:02}:{:02}", self.date(at, zone), day.hour(), day.minute())
    }

    /// A month's short name, from 1.
    pub fn month_short(&self, month: i8) -> &'static str {
        const ES: [&str; 12] =
            ["ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"];
        const EN: [&str; 12] =
            ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
        let names = if self.locale == Locale::Es { &ES } else { &EN };
        names[usize::from(month.clamp(1, 12) as u8) - 1]
    }
}

/// Whole numbers in sentences are grouped like everywhere else.
fn grouped(value: &FluentValue<'_>, locale: Locale) -> Option<String> {
    match value {
        FluentValue::Number(number) if number.value.fract() == 0.0 => {
            Some(group(number.value as i64, locale))
        }
        _ => None,
    }
}

fn group(n: i64, locale: Locale) -> String {
    let digits = n.unsigned_abs().to_string();
    let mark = if locale == Locale::Es { '.' } else { ',' };
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        // Spanish does not group four digits.
        if at > 0 && (digits.len() - at).is_multiple_of(3) && (locale == Locale::En || digits.len() > 4) {
            out.push(mark);
        }
        out.push(digit);
    }
    if n < 0 { format!("−{out}") } else { out }
}

/// A value put into a sentence.
#[derive(Debug, Clone)]
pub enum Said<'a> {
    /// A number, which may choose the plural.
    Count(i64),
    /// Text, as it is.
    Text(Cow<'a, str>),
}

impl From<i64> for Said<'_> {
    fn from(n: i64) -> Self {
        Self::Count(n)
    }
}

impl<'a> From<&'a str> for Said<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Said<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_each_language_does() {
        let (es, en) = (Texts::of(Locale::Es), Texts::of(Locale::En));
        assert_eq!((es.count(12_345), en.count(12_345)), ("12.345".to_owned(), "12,345".to_owned()));
        assert_eq!((es.count(1_234), en.count(-1_234)), ("1234".to_owned(), "−1,234".to_owned()));
        assert_eq!((es.decimal(4.25, 1), en.decimal(4.25, 2)), ("4,2".to_owned(), "4.25".to_owned()));
        assert_eq!((es.percent(0.816), en.percent(0.816)), ("82\u{a0}%".to_owned(), "82%".to_owned()));
    }

    #[test]
    fn the_browser_chooses_the_language_and_the_person_overrules_it() {
        let with = |accept: &'static str, cookie: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_LANGUAGE, http::HeaderValue::from_static(accept));
            headers.insert(header::COOKIE, http::HeaderValue::from_static(cookie));
            Locale::of_request(&headers)
        };
        assert_eq!(with("en-GB,en;q=0.9,es;q=0.8", ""), Locale::En);
        assert_eq!(with("ca,en;q=0.9", ""), Locale::Es);
        assert_eq!(with("fi,de;q=0.3", ""), Locale::Es);
        assert_eq!(with("en", "a=b; timon-locale=es"), Locale::Es);
    }
}
