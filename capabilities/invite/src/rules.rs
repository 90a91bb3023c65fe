//! Decisions about how an organisation asks, without SQL or clock.

use asking::Link;
use url::Url;

/// Most other places.
pub const LINKS_MAX: usize = 6;
/// Longest name and address of a place, characters.
pub const NAME_MAX: usize = 40;
/// See [`NAME_MAX`].
pub const URL_MAX: usize = 400;

/// Places that forbid asking for reviews, by the end of their host.
const FORBIDDEN: &[&str] = &["yelp"];

/// A place to link to, or the key of what is wrong with it. Only https; no place that forbids being asked about.
///
/// # Errors
/// The key of a sentence.
pub fn check_link(name: &str, url: &str) -> Result<Option<Link>, &'static str> {
    let (name, url) = (name.trim(), url.trim());
    if url.is_empty() && name.is_empty() {
        return Ok(None);
    }
    if name.is_empty() || name.chars().count() > NAME_MAX {
        return Err("invite-link-name-wrong");
    }
    let parsed = Url::parse(url).map_err(|_| "invite-link-wrong")?;
    let host = parsed.host_str().unwrap_or_default().to_ascii_lowercase();
    let good = parsed.scheme() == "https"
        && host.contains('.')
        && parsed.username().is_empty()
        && parsed.password().is_none()
        && url.chars().count() <= URL_MAX;
    if !good {
        return Err("invite-link-wrong");
    }
    let named = name.to_lowercase();
    let forbids = |place: &&str| host.split('.').any(|label| label == *place) || named.contains(*place);
    if FORBIDDEN.iter().any(forbids) {
        return Err("invite-link-forbidden");
    }
    Ok(Some(Link { name: name.to_owned(), url: parsed.to_string() }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_places_that_may_be_asked_about_are_linked() {
        let link =
            check_link(" Google ", "https://search.google.com/local/writereview?placeid=X").expect("good");
        assert_eq!(link.map(|l| l.name), Some("Google".to_owned()));
        assert_eq!(check_link("", ""), Ok(None));
        for (name, url, key) in [
            ("Google", "http://google.com/", "invite-link-wrong"),
            ("Google", "https://user:pw@google.com/", "invite-link-wrong"),
            ("Google", "javascript:alert(1)", "invite-link-wrong"),
            ("Google", "https://localhost/", "invite-link-wrong"),
            ("", "https://google.com/", "invite-link-name-wrong"),
            ("Yelp", "https://www.yelp.es/biz/x", "invite-link-forbidden"),
            ("Otro", "https://m.yelp.com/writeareview", "invite-link-forbidden"),
        ] {
            assert_eq!(check_link(name, url), Err(key), "{url}");
        }
    }
}
