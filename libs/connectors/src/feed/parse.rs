//! A document becomes items. Pure: no network, no clock.

use super::canonical::canonical_link;
use super::{FeedError, ITEMS_MAX, TEXT_BYTES_MAX, bounds, charset, plain};
use crate::item::{Item, ItemKind, PostedAt};
use feed_rs::model::{self, Entry, FeedType, Text};
use feed_rs::parser::{Builder, ParseErrorKind, ParseFeedError};
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use std::collections::HashSet;
use std::time::Duration;
use url::Url;

const TITLE_BYTES_MAX: usize = 1_000;
const AUTHOR_BYTES_MAX: usize = 200;
const LANGUAGE_BYTES_MAX: usize = 35;
/// Ids beyond this are replaced by their hash.
const ID_BYTES_MAX: usize = 500;

/// A feed, read.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Feed {
    /// Its name for itself.
    pub title: Option<String>,
    /// Its entries, in its order, at most [`ITEMS_MAX`].
    pub items: Vec<Item>,
    /// Whether there were more.
    pub truncated: bool,
    /// For how long it says it stays as it is (RSS `ttl`).
    pub ttl: Option<Duration>,
}

/// Reads a feed of any kind. `base_url` is where it was found, for relative links.
pub fn parse(bytes: &[u8], content_type: Option<&str>, base_url: &str) -> Result<Feed, FeedError> {
    let text = charset::decode(bytes, content_type);
    let text = charset::without_declaration(&text);
    match text.bytes().next() {
        Some(b'<') if is_page(text) => return Err(FeedError::NotAFeed),
        Some(b'<') => bounds::xml(text)?,
        Some(b'{') => bounds::json(text)?,
        _ => return Err(FeedError::NotAFeed),
    }
    let base = Url::parse(base_url).ok();
    let parser = Builder::new()
        .base_uri(base.as_ref().map(Url::as_str))
        // An entry without an id stays without: we hash its address ourselves, once it is canonical.
        .id_generator(|_, _, _| String::new())
        .sanitize_content(false)
        .build();
    let feed = parser.parse(text.as_bytes()).map_err(|error| meaning(&error))?;
    Ok(read(feed, base.as_ref()))
}

fn meaning(error: &ParseFeedError) -> FeedError {
    match error {
        ParseFeedError::ParseError(ParseErrorKind::NoFeedRoot) => FeedError::NotAFeed,
        _ => FeedError::Malformed,
    }
}

/// Whether a document is a web page: pages are not held to the bounds of feeds.
fn is_page(text: &str) -> bool {
    let mut rest = text;
    while let Some((_, after)) = rest.strip_prefix("<!--").and_then(|comment| comment.split_once("-->")) {
        rest = after.trim_start();
    }
    let head: String = rest.chars().take(20).collect::<String>().to_ascii_lowercase();
    head.starts_with("<!doctype html") || head.starts_with("<html")
}

fn read(feed: model::Feed, base: Option<&Url>) -> Feed {
    let title =
        feed.title.as_ref().map(|title| line_of(title, &feed.feed_type)).filter(|title| !title.is_empty());
    // Atom and JSON Feed say that an entry without an author has the feed's; RSS only names an editor.
    let author = match feed.feed_type {
        FeedType::Atom | FeedType::JSON => name_of(&feed.authors),
        _ => None,
    };
    let signed = Signature { kind: feed.feed_type, author, language: feed.language };
    let truncated = feed.entries.len() > ITEMS_MAX;
    let mut seen = HashSet::new();
    let items = feed
        .entries
        .into_iter()
        .take(ITEMS_MAX)
        .map(|entry| item(&entry, &signed, base))
        .filter(|item| item.title.is_some() || !item.text.is_empty() || item.url.is_some())
        // The same entry twice is one; the same id for different addresses is a careless feed, and both stay.
        .filter(|item| {
            item.external_id.is_none() || seen.insert((item.external_id.clone(), item.url.clone()))
        })
        .collect();
    let ttl =
        feed.ttl.filter(|minutes| *minutes > 0).map(|minutes| Duration::from_secs(u64::from(minutes) * 60));
    Feed { title, items, truncated, ttl }
}

/// What entries take over from their feed.
struct Signature {
    kind: FeedType,
    author: Option<String>,
    language: Option<String>,
}

fn item(entry: &Entry, signed: &Signature, base: Option<&Url>) -> Item {
    let base = entry.base.as_deref().and_then(|base| Url::parse(base).ok()).or_else(|| base.cloned());
    let url = link_of(entry, base.as_ref());
    let posted = entry.published.or(entry.updated);
    let language = entry.language.clone().or_else(|| signed.language.clone());
    Item {
        external_id: id_of(&entry.id, url.as_deref()),
        kind: ItemKind::Post,
        author: name_of(&entry.authors).or_else(|| signed.author.clone()),
        title: entry
            .title
            .as_ref()
            .map(|title| line_of(title, &signed.kind))
            .filter(|title| !title.is_empty()),
        text: text_of(entry, &signed.kind),
        language_declared: language.map(|code| plain::one_line(&code, LANGUAGE_BYTES_MAX)),
        posted_at: posted
            .and_then(|moment| Timestamp::from_microsecond(moment.timestamp_micros()).ok())
            .map(|at| PostedAt { at, precise: true }),
        url,
        ..Item::default()
    }
}

/// Where the entry itself can be read: its alternate link, an HTML one before others, else an id that is an address.
fn link_of(entry: &Entry, base: Option<&Url>) -> Option<String> {
    let is_alternate = |link: &&model::Link| matches!(link.rel.as_deref(), None | Some("alternate"));
    let is_html = |link: &&model::Link| link.media_type.as_deref().is_none_or(|kind| kind.contains("html"));
    let alternates = || entry.links.iter().filter(is_alternate);
    alternates()
        .find(is_html)
        .or_else(|| alternates().next())
        .and_then(|link| canonical_link(&link.href, base))
        .or_else(|| super::canonical_url(&entry.id))
}

/// The feed's own id, else the hash of the address. Without either the caller identifies by content.
fn id_of(id: &str, url: Option<&str>) -> Option<String> {
    let id = id.trim();
    if id.len() > ID_BYTES_MAX {
        Some(format!("id:{}", hash(id)))
    } else if !id.is_empty() {
        Some(id.to_owned())
    } else {
        url.map(|url| format!("link:{}", hash(url)))
    }
}

fn hash(text: &str) -> String {
    let digest = Sha256::digest(text.as_bytes());
    hex::encode(digest.get(..16).unwrap_or_default())
}

fn name_of(people: &[model::Person]) -> Option<String> {
    people.iter().find_map(|person| {
        let name = plain::from_html(person.name.as_deref()?, AUTHOR_BYTES_MAX);
        // RSS writes `address@example.com (The Name)`; an address alone is no public name.
        let name = match name.split_once('(') {
            Some((address, rest)) if address.contains('@') => rest.trim_end_matches(')').trim().to_owned(),
            _ if name.contains('@') && !name.contains(' ') && !name.starts_with('@') => String::new(),
            _ => name,
        };
        let name = plain::one_line(name.trim_matches(['(', ')']), AUTHOR_BYTES_MAX);
        (!name.is_empty()).then_some(name)
    })
}

fn line_of(text: &Text, kind: &FeedType) -> String {
    plain::one_line(&words(&text.content, text.content_type.as_ref(), kind, TITLE_BYTES_MAX), TITLE_BYTES_MAX)
}

/// What the entry says: its content, else its summary, else what it says of its video or picture.
fn text_of(entry: &Entry, kind: &FeedType) -> String {
    let content = entry.content.as_ref().and_then(|content| {
        let body = content.body.as_deref()?;
        let is_text =
            content.content_type.ty().as_str() == "text" || content.content_type.as_str().contains("xhtml");
        is_text.then(|| words(body, content.content_type.as_ref(), kind, TEXT_BYTES_MAX))
    });
    let of_text = |text: &Text| words(&text.content, text.content_type.as_ref(), kind, TEXT_BYTES_MAX);
    content
        .filter(|text| !text.is_empty())
        .or_else(|| entry.summary.as_ref().map(of_text))
        .filter(|text| !text.is_empty())
        .or_else(|| entry.media.iter().find_map(|media| media.description.as_ref()).map(of_text))
        .unwrap_or_default()
}

/// Plain words. RSS cannot say whether its texts are HTML, and by custom they are.
fn words(text: &str, content_type: &str, kind: &FeedType, limit: usize) -> String {
    let says_plain = content_type == "text/plain" && matches!(kind, FeedType::Atom | FeedType::JSON);
    if says_plain { plain::from_plain(text, limit) } else { plain::from_html(text, limit) }
}
