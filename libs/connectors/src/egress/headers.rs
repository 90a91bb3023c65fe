//! What the other side says about when to come back. Pure; believes nothing beyond a day.

use http::HeaderMap;
use http::header::{AGE, CACHE_CONTROL, DATE, RETRY_AFTER};
use jiff::Timestamp;
use std::time::Duration;

/// No server sends us away for longer than this.
pub(super) const WAIT_MAX: Duration = Duration::from_hours(24);

/// The wait when a server names a moment without saying what time it thinks it is.
const WAIT_UNKNOWN: Duration = Duration::from_hours(1);

/// `Retry-After`, in seconds or as a date, clamped to [0, one day]. `None` if absent or unreadable.
///
/// A date is measured against the server's own `Date`, not against our clock: what counts is the difference, and both
/// come from the same clock. It also leaves this room without a clock of its own.
pub(super) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = text(headers, RETRY_AFTER)?;
    if let Some(seconds) = clamped_seconds(text) {
        return Some(seconds);
    }
    let until = http_date(text)?;
    let Some(sent) = self::text(headers, DATE).and_then(http_date) else { return Some(WAIT_UNKNOWN) };
    let seconds = until.as_second().saturating_sub(sent.as_second());
    Some(Duration::from_secs(u64::try_from(seconds).unwrap_or(0)).min(WAIT_MAX))
}

/// `Cache-Control: max-age` less `Age`, clamped to one day; `None` if absent or if caching is forbidden.
pub(super) fn cache_max_age(headers: &HeaderMap) -> Option<Duration> {
    let directives = headers.get_all(CACHE_CONTROL).iter().filter_map(|value| value.to_str().ok());
    let mut age_max = None;
    for directive in directives.flat_map(|value| value.split(',')) {
        let directive = directive.trim().to_ascii_lowercase();
        if matches!(directive.as_str(), "no-store" | "no-cache") {
            return None;
        }
        if let Some(value) = directive.strip_prefix("max-age=") {
            age_max = clamped_seconds(value.trim_matches('"'));
        }
    }
    let age = text(headers, AGE).and_then(clamped_seconds).unwrap_or_default();
    age_max.map(|age_max| age_max.saturating_sub(age))
}

/// A header as text, trimmed.
pub(super) fn text(headers: &HeaderMap, name: http::HeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok().map(str::trim).filter(|text| !text.is_empty())
}

/// Seconds as servers write them: negative is "now", absurdly many is one day.
fn clamped_seconds(text: &str) -> Option<Duration> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text),
    };
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    if negative {
        return Some(Duration::ZERO);
    }
    Some(digits.parse::<u64>().map_or(WAIT_MAX, Duration::from_secs).min(WAIT_MAX))
}

fn http_date(text: &str) -> Option<Timestamp> {
    if text.len() > 64 {
        return None;
    }
    jiff::fmt::rfc2822::DateTimeParser::new().relaxed_weekday(true).parse_timestamp(text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    fn headers(pairs: &[(http::HeaderName, &str)]) -> HeaderMap {
        let mut map = HeaderMap::new();
        for (name, value) in pairs {
            map.append(name, HeaderValue::from_str(value).unwrap());
        }
        map
    }

    #[test]
    fn a_wait_is_read_in_every_spelling_and_never_exceeds_a_day() {
        let cases = [
            ("120", Some(120)),
            (" 7 ", Some(7)),
            ("0", Some(0)),
            ("-5", Some(0)),
            ("1000000000000", Some(86_400)),
            ("99999999999999999999999999", Some(86_400)),
            ("Wed, 21 Oct 2026 07:29:00 GMT", Some(60)),
            ("Wed, 21 Oct 2026 07:00:00 GMT", Some(0)),
            ("Wed, 21 Oct 2099 07:28:00 GMT", Some(86_400)),
            ("soon", None),
            ("1.5", None),
            ("-", None),
            ("", None),
        ];
        for (value, seconds) in cases {
            let map = headers(&[(RETRY_AFTER, value), (DATE, "Wed, 21 Oct 2026 07:28:00 GMT")]);
            assert_eq!(retry_after(&map), seconds.map(Duration::from_secs), "{value}");
        }
        let no_date = headers(&[(RETRY_AFTER, "Wed, 21 Oct 2026 07:29:00 GMT")]);
        assert_eq!(retry_after(&no_date), Some(WAIT_UNKNOWN));
        let comments = format!("Wed, 21 Oct 2026 07:29:00 {}GMT", "(".repeat(100_000));
        assert_eq!(retry_after(&headers(&[(RETRY_AFTER, &comments)])), None);
    }

    #[test]
    fn a_cache_age_is_read_and_clamped() {
        let cases = [
            (vec!["max-age=600"], Some(600)),
            (vec!["public, MAX-AGE=\"60\""], Some(60)),
            (vec!["public", "max-age=60"], Some(60)),
            (vec!["max-age=999999999999999999999"], Some(86_400)),
            (vec!["no-cache, max-age=60"], None),
            (vec!["max-age=banana"], None),
            (vec![], None),
        ];
        for (values, seconds) in cases {
            let pairs: Vec<_> = values.iter().map(|value| (CACHE_CONTROL, *value)).collect();
            assert_eq!(cache_max_age(&headers(&pairs)), seconds.map(Duration::from_secs), "{values:?}");
        }
        let aged = headers(&[(CACHE_CONTROL, "max-age=600"), (AGE, "200")]);
        assert_eq!(cache_max_age(&aged), Some(Duration::from_secs(400)));
    }
}
