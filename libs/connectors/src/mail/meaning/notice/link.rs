//! Where a notice leads, and the review's id in that address.
//!
//! Notices count clicks: their links go through a counter. Where the counter carries the real address in its query, it is
//! read from there; it is never asked, because asking it is a click.

use crate::feed::canonical_url;
use crate::mail::letter::html::Link;
use crate::mail::meaning::SourcePlatform;
use crate::mail::meaning::vouch::belongs;
use std::ops::Range;
use url::Url;

/// How many counters may stand one behind the other.
const COUNTERS_MAX: usize = 3;

/// Houses that are known to count clicks for the platforms.
const COUNTERS: [&str; 12] = [
    "google.com",
    "trustpilot.com",
    "trustpilotmail.com",
    "tripadvisor.com",
    "tripadvisor.es",
    "booking.com",
    "apple.com",
    "sendgrid.net",
    "mandrillapp.com",
    "exct.net",
    "awstrack.me",
    "list-manage.com",
];

/// What the real address is called in a counter's query.
const REAL: [&str; 11] = [
    "url",
    "u",
    "q",
    "target",
    "redirect",
    "redirect_url",
    "link",
    "dest",
    "destination",
    "goto",
    "continue",
];

/// Pages that every letter links to.
const OTHER_PAGES: [&str; 12] = [
    "unsubscribe",
    "privacy",
    "privacidad",
    "policies",
    "legal",
    "terms",
    "/help",
    "support.",
    "preferences",
    "settings",
    "answer/",
    "notifications",
];

/// A link that leads to the platform.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub(super) url: String,
}

/// The link of a review: the first that names one, else the first that leads to reviews, else to the platform.
pub(super) fn best(
    platform: SourcePlatform,
    hosts: &[&str],
    links: &[Link],
    lines: Range<usize>,
) -> Option<Found> {
    let found: Vec<String> = links
        .iter()
        .filter(|link| lines.contains(&link.line))
        .filter_map(|link| real(&link.url, hosts))
        .collect();
    let speaks = |url: &&String| {
        let lower = url.to_lowercase();
        ["review", "opinion", "rese", "feedback", "rating"].iter().any(|word| lower.contains(word))
    };
    let is_content = |url: &&String| {
        let lower = url.to_lowercase();
        !OTHER_PAGES.iter().any(|page| lower.contains(page))
    };
    let url = found
        .iter()
        .find(|url| id(platform, url).is_some())
        .or_else(|| found.iter().filter(is_content).find(speaks))
        .or_else(|| found.iter().find(is_content))?;
    Some(Found { url: url.clone() })
}

/// The platform's address behind a link.
fn real(link: &str, hosts: &[&str]) -> Option<String> {
    let mut url = Url::parse(link.trim()).ok()?;
    for _ in 0..COUNTERS_MAX {
        let host = url.host_str()?.to_owned();
        if !belongs(&host, &COUNTERS) {
            break;
        }
        let inner = url
            .query_pairs()
            .filter(|(name, _)| REAL.contains(&name.as_ref()))
            .find_map(|(_, value)| Url::parse(&value).ok())
            .filter(|inner| matches!(inner.scheme(), "http" | "https"));
        match inner {
            Some(inner) => url = inner,
            None => break,
        }
    }
    let host = url.host_str()?.to_owned();
    if belongs(&host, hosts) { canonical_url(url.as_str()) } else { None }
}

/// The platform's own id of a review, as its exports spell it.
pub(super) fn id(platform: SourcePlatform, url: &str) -> Option<String> {
    let url = Url::parse(url).ok()?;
    let value = |names: &[&str]| {
        url.query_pairs()
            .find(|(name, _)| names.contains(&name.as_ref()))
            .map(|(_, value)| value.into_owned())
            .filter(|value| is_id(value))
    };
    let after = |word: &str| {
        let mut parts = url.path_segments()?.skip_while(|part| *part != word);
        parts.next()?;
        parts.next().map(str::to_owned)
    };
    match platform {
        SourcePlatform::Google => value(&["reviewId", "review_id"])
            .or_else(|| after("reviews").filter(|id| id.len() >= 12 && is_id(id))),
        SourcePlatform::Trustpilot => value(&["reviewId", "review_id"])
            .or_else(|| after("reviews"))
            .filter(|id| id.len() == 24 && id.bytes().all(|b| b.is_ascii_hexdigit())),
        // …/ShowUserReviews-g187514-d12345-r987654321-Bar_X.html
        SourcePlatform::TripAdvisor => url
            .path()
            .split('-')
            .filter_map(|part| part.strip_prefix('r'))
            .find(|digits| digits.len() >= 5 && digits.bytes().all(|b| b.is_ascii_digit()))
            .map(str::to_owned),
        SourcePlatform::Booking => value(&["review_id", "reviewId", "review"]),
        SourcePlatform::AppStore => value(&["reviewId", "reviewID", "review"]),
        SourcePlatform::GooglePlay => value(&["reviewId", "reviewid"]),
    }
}

fn is_id(value: &str) -> bool {
    (1..=200).contains(&value.len())
        && value.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b':' | b'.' | b'='))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_read_as_exports_spell_them() {
        for (platform, url, wanted) in [
            (
                SourcePlatform::GooglePlay,
                "https://play.google.com/console/x?reviewId=gp%3AAOqp1&corpus=1",
                Some("gp:AOqp1"),
            ),
            (
                SourcePlatform::Trustpilot,
                "https://www.trustpilot.com/reviews/65f0c0ffee0123456789abcd",
                Some("65f0c0ffee0123456789abcd"),
            ),
            (SourcePlatform::Trustpilot, "https://www.trustpilot.com/reviews/all", None),
            (
                SourcePlatform::TripAdvisor,
                "https://www.tripadvisor.es/ShowUserReviews-g187514-d12345-r987654321-Bar_X.html",
                Some("987654321"),
            ),
            (
                SourcePlatform::Google,
                "https://business.google.com/n/1/reviews/AbFvOqmXk2L9?hl=es",
                Some("AbFvOqmXk2L9"),
            ),
            (SourcePlatform::Google, "https://business.google.com/reviews", None),
            (
                SourcePlatform::Booking,
                "https://admin.booking.com/hotel/x.html?review_id=4f2a9&lang=es",
                Some("4f2a9"),
            ),
        ] {
            assert_eq!(id(platform, url).as_deref(), wanted, "{url}");
        }
    }

    #[test]
    fn a_counter_is_read_and_never_asked() {
        let hosts = ["trustpilot.com"];
        for (link, wanted) in [
            (
                "https://click.trustpilotmail.com/?u=https%3A%2F%2Fwww.trustpilot.com%2Freviews%2F1%3Futm_source%3Dx",
                Some("https://www.trustpilot.com/reviews/1"),
            ),
            (
                "https://www.google.com/url?q=https://www.trustpilot.com/reviews/1",
                Some("https://www.trustpilot.com/reviews/1"),
            ),
            ("https://malo.example/?u=https%3A%2F%2Fwww.trustpilot.com%2F", None),
            ("https://click.trustpilotmail.com/?u=https%3A%2F%2Fmalo.example%2F", None),
            ("https://trustpilot.com.malo.example/reviews/1", None),
            ("javascript:alert(1)", None),
            ("https://u1.ct.sendgrid.net/ls/click?upn=abc", None),
        ] {
            assert_eq!(real(link, &hosts).as_deref(), wanted, "{link}");
        }
    }
}
