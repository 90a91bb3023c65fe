//! One address per story.
//!
//! The same article reaches us through two alerts, with two wrappers and two sets of tracking parameters. What is left
//! here is the address its publisher would recognise. Nothing is guessed: paths, the order of parameters and `http`
//! versus `https` stay, because changing them can lead elsewhere.

use url::{Host, Url};

/// How many wrappers are opened: a wrapper can hold a wrapper.
const WRAPPERS_MAX: usize = 3;

/// Longest address kept.
const URL_BYTES_MAX: usize = 4_096;

/// Query parameters that only tell who sent the reader.
const TRACKING: [&str; 30] = [
    "fbclid",
    "gclid",
    "gclsrc",
    "dclid",
    "gbraid",
    "wbraid",
    "msclkid",
    "yclid",
    "twclid",
    "ttclid",
    "igshid",
    "igsh",
    "li_fat_id",
    "mc_cid",
    "mc_eid",
    "mkt_tok",
    "oly_anon_id",
    "oly_enc_id",
    "vero_id",
    "_hsenc",
    "_hsmi",
    "__hssc",
    "__hstc",
    "__hsfp",
    "hsctatracking",
    "_openstat",
    "xtor",
    "srsltid",
    "ref_src",
    "_ga",
];

/// Families of such parameters.
const TRACKING_PREFIXES: [&str; 4] = ["utm_", "pk_", "mtm_", "stm_"];

/// The address of a story without wrappers and tracking, or `None` if it is not a web address.
pub fn canonical_url(text: &str) -> Option<String> {
    let text = text.trim();
    if text.len() > URL_BYTES_MAX {
        return None;
    }
    canonical(Url::parse(text).ok()?)
}

/// The same for a link that may be relative to its feed.
pub(super) fn canonical_link(link: &str, base: Option<&Url>) -> Option<String> {
    if link.len() > URL_BYTES_MAX {
        return None;
    }
    canonical(Url::options().base_url(base).parse(link.trim()).ok()?)
}

fn canonical(mut url: Url) -> Option<String> {
    for _ in 0..WRAPPERS_MAX {
        match wrapped(&url) {
            Some(target) => url = Url::parse(&target).ok()?,
            None => break,
        }
    }
    let is_web =
        matches!(url.scheme(), "http" | "https") && url.host_str().is_some_and(|host| !host.is_empty());
    if !is_web || wrapped(&url).is_some() {
        return None;
    }
    // A user and a password have no place in an address that is shown.
    url.set_username("").ok()?;
    url.set_password(None).ok()?;
    drop_tracking(&mut url);
    Some(url.into())
}

/// What a Google redirect (`https://www.google.es/url?…&url=…`) leads to.
fn wrapped(url: &Url) -> Option<String> {
    if url.path() != "/url" || !url.host().is_some_and(|host| is_google(&host)) {
        return None;
    }
    let value = |key: &str| {
        url.query_pairs()
            .find(|(name, value)| name == key && !value.is_empty())
            .map(|(_, value)| value.into_owned())
    };
    value("url").or_else(|| value("q"))
}

/// `google.com`, `www.google.es`, `news.google.co.uk`; not `google.example.com`, not `www.google.evil.com`.
fn is_google(host: &Host<&str>) -> bool {
    let Host::Domain(name) = host else { return false };
    let labels: Vec<&str> = name.split('.').collect();
    let Some(place) = labels.iter().position(|label| *label == "google") else { return false };
    let country = |label: &str| label.len() == 2 && label.bytes().all(|byte| byte.is_ascii_lowercase());
    place <= 1
        && match labels.get(place + 1..) {
            Some(["com"]) => true,
            Some([one]) => country(one),
            Some(["com" | "co", two]) => country(two),
            _ => false,
        }
}

fn drop_tracking(url: &mut Url) {
    if let Some(query) = url.query() {
        // On the raw pairs, so that what stays keeps its own spelling.
        let kept: Vec<&str> =
            query.split('&').filter(|pair| !pair.is_empty() && !is_tracking(pair)).collect();
        let kept = kept.join("&");
        url.set_query((!kept.is_empty()).then_some(kept.as_str()));
    }
    let fragment = url.fragment().unwrap_or_default();
    let scrolls = fragment.is_empty() || fragment.starts_with(":~:") || is_tracking(fragment);
    if scrolls {
        url.set_fragment(None);
    }
}

fn is_tracking(pair: &str) -> bool {
    let key = pair.split('=').next().unwrap_or_default().to_ascii_lowercase();
    TRACKING.contains(&key.as_str()) || TRACKING_PREFIXES.iter().any(|prefix| key.starts_with(prefix))
}
