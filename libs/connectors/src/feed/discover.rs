//! The feed a web page announces: `<link rel="alternate" type="application/rss+xml" href="…">`.

use super::plain::tokens;
use html5gum::Token;
use url::Url;

/// How much of a page is searched. Announcements are in the head.
const PAGE_BYTES_MAX: usize = 1024 * 1024;

/// The first feed announced by a page, as an absolute address. Whether it may be fetched is the egress's business.
pub(super) fn feed_of_page(page: &str, page_url: &str) -> Option<String> {
    let page = page.split_at(page.floor_char_boundary(PAGE_BYTES_MAX)).0;
    let mut base = Url::parse(page_url).ok()?;
    for token in tokens(page) {
        let Ok(Token::StartTag(tag)) = token else { continue };
        let attribute = |name: &str| {
            let value = tag.attributes.get(name.as_bytes())?;
            Some(String::from_utf8_lossy(value).trim().to_owned())
        };
        match tag.name.as_slice() {
            b"base" => {
                if let Some(url) = attribute("href").and_then(|href| base.join(&href).ok()) {
                    base = url;
                }
            }
            b"link" => {
                let rel = attribute("rel").unwrap_or_default().to_ascii_lowercase();
                let kind = attribute("type").unwrap_or_default().to_ascii_lowercase();
                let announces =
                    rel.split_ascii_whitespace().any(|word| word == "alternate") && is_feed_type(&kind);
                if let Some(url) =
                    attribute("href").filter(|_| announces).and_then(|href| base.join(&href).ok())
                {
                    return Some(url.into());
                }
            }
            _ => {}
        }
    }
    None
}

fn is_feed_type(kind: &str) -> bool {
    let kind = kind.split(';').next().unwrap_or_default().trim();
    matches!(kind, "application/rss+xml" | "application/atom+xml" | "application/feed+json")
}
