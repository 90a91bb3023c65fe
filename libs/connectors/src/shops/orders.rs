//! Reading what differs between shops and versions: a number where a text was, an absent part, a null.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use serde_json::Value;

/// Longest text that is taken out of a message, in characters.
const TEXT_MAX: usize = 300;

/// A text or a number at this place; empty when there is none.
pub(super) fn text(value: &Value, path: &[&str]) -> String {
    let found = path.iter().try_fold(value, |value, key| value.get(key));
    match found {
        Some(Value::String(text)) => text.trim().chars().take(TEXT_MAX).collect(),
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    }
}

/// The first of several places that says something.
pub(super) fn first(value: &Value, paths: &[&[&str]]) -> String {
    paths.iter().map(|path| text(value, path)).find(|text| !text.is_empty()).unwrap_or_default()
}

/// A first and a second name.
pub(super) fn name(value: &Value, paths: &[[&[&str]; 2]]) -> String {
    let names = paths
        .iter()
        .map(|[given, family]| format!("{} {}", text(value, given), text(value, family)).trim().to_owned());
    names.into_iter().find(|name| !name.is_empty()).unwrap_or_default()
}

/// A moment: with its offset, or in `zone` where it has none. Zeros stand for "never".
pub(super) fn moment(text: &str, zone: &TimeZone) -> Option<Timestamp> {
    if text.is_empty() || text.starts_with("0000") {
        return None;
    }
    if let Ok(at) = text.parse::<Timestamp>() {
        return Some(at);
    }
    let local: DateTime = text.parse().ok()?;
    zone.to_timestamp(local).ok()
}

/// What is not empty.
pub(super) fn some(texts: impl IntoIterator<Item = String>) -> Vec<String> {
    texts.into_iter().filter(|text| !text.is_empty()).collect()
}
