//! Feeds: RSS 2.0, Atom and JSON Feed, and Google Alerts among them.
//!
//! **The life of a feed** is [`poll`]: ask with the validators of last time → nothing new (304), gone for good (410),
//! or a body → text (`charset`) → within bounds (`bounds`) → entries ([`parse()`]) → plain text (`plain`) and
//! one address per story (`canonical`). A web page in place of a feed is searched once for the feed it announces
//! (`discover`).
//!
//! **What it never does.** It keeps no HTML, resolves no XML entity, fetches nothing a feed points to, and takes an
//! entry's absence for nothing: feeds are windows, not archives.
//!
//! To support another kind of feed: 1. a fixture in `fixtures/feed/`; 2. what `feed-rs` does not give, in [`parse()`];
//! 3. a row in the tests.

mod bounds;
mod canonical;
mod charset;
mod discover;
mod parse;
pub(crate) mod plain;
#[cfg(test)]
mod tests;

pub use canonical::canonical_url;
pub use parse::{Feed, parse};

use crate::egress::{Egress, EgressError, GetRequest, GetResponse};
use crate::item::Item;
use jiff::{SignedDuration, Timestamp};
use std::time::Duration;

/// Most items taken from one reading.
pub const ITEMS_MAX: usize = 5_000;

/// Longest text kept of one item.
pub const TEXT_BYTES_MAX: usize = 20_000;

/// What we like to be served, best first.
const ACCEPT: &str = "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, \
                      text/xml;q=0.9, application/json;q=0.8, text/html;q=0.5, */*;q=0.1";

/// A feed's own idea of when to come back (RSS `ttl`) counts for at most this.
const NEXT_AFTER_MAX: Duration = Duration::from_hours(24);

/// No feed tells the truth about a day before the web.
const POSTED_MIN: Timestamp = Timestamp::constant(631_152_000, 0); // 1990-01-01T00:00:00Z

/// What must be remembered between two readings of a feed.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct FeedState {
    /// Where the feed is.
    pub url: String,
    /// The validator it gave with the last copy.
    pub etag: Option<String>,
    /// The date it gave with the last copy.
    pub last_modified: Option<String>,
}

impl FeedState {
    /// A feed that was never read.
    pub fn new(url: impl Into<String>) -> Self {
        Self { url: url.into(), etag: None, last_modified: None }
    }
}

/// What a reading found.
#[derive(Debug, Clone, PartialEq)]
pub enum FeedPoll {
    /// The copy we have is the current one.
    NotModified {
        /// What to remember.
        state: FeedState,
        /// Not to be read again before this has passed, if the server says so.
        next_after: Option<Duration>,
    },
    /// The entries in the feed's window, old and new alike.
    Items {
        /// The feed's name for itself.
        title: Option<String>,
        /// The entries.
        items: Vec<Item>,
        /// What to remember. Its address differs from the one asked if a page announced the feed.
        state: FeedState,
        /// Not to be read again before this has passed, if the server or the feed says so.
        next_after: Option<Duration>,
        /// Whether there were more than [`ITEMS_MAX`].
        truncated: bool,
    },
    /// The feed is gone for good (410): stop asking.
    Gone,
}

/// Why a feed could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FeedError {
    /// It could not be fetched.
    #[error(transparent)]
    Egress(#[from] EgressError),
    /// What came is neither a feed nor a page that announces one.
    #[error("there is no feed at this address")]
    NotAFeed,
    /// It is a feed, but broken or cut short.
    #[error("the feed is broken")]
    Malformed,
    /// It nests or swells beyond any honest feed.
    #[error("the feed is beyond all bounds")]
    OutOfBounds,
}

impl FeedError {
    /// The stable key of the translated sentence.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Egress(error) => error.key(),
            Self::NotAFeed => "not-a-feed",
            Self::Malformed => "feed-malformed",
            Self::OutOfBounds => "feed-out-of-bounds",
        }
    }

    /// Whether asking again later may work without anybody changing anything. A broken feed is often mended soon.
    pub fn is_temporary(&self) -> bool {
        match self {
            Self::Egress(error) => error.is_temporary(),
            Self::Malformed => true,
            Self::NotAFeed | Self::OutOfBounds => false,
        }
    }

    /// How long the server asked us to wait, where it did.
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Egress(error) => error.retry_after(),
            _ => None,
        }
    }
}

/// Reads a feed: what is in it now, and what to remember for the next time.
pub async fn poll(egress: &Egress, state: &FeedState, now: Timestamp) -> Result<FeedPoll, FeedError> {
    match read(egress, state, now).await? {
        Reading::Poll(poll) => Ok(poll),
        // A page: read the feed it announces, once. A page that announces a page has no feed.
        Reading::Page(Some(feed_url)) => match read(egress, &FeedState::new(feed_url), now).await? {
            Reading::Poll(FeedPoll::Gone) | Reading::Page(_) => Err(FeedError::NotAFeed),
            Reading::Poll(poll) => Ok(poll),
        },
        Reading::Page(None) => Err(FeedError::NotAFeed),
    }
}

/// One exchange.
enum Reading {
    Poll(FeedPoll),
    /// A web page, and the feed it announces.
    Page(Option<String>),
}

async fn read(egress: &Egress, state: &FeedState, now: Timestamp) -> Result<Reading, FeedError> {
    let request = GetRequest {
        url: state.url.clone(),
        etag: state.etag.clone(),
        last_modified: state.last_modified.clone(),
        accept: Some(ACCEPT.to_owned()),
        authorization: None,
    };
    let response = egress.get(request).await?;
    match response.status {
        304 => return Ok(Reading::Poll(not_modified(state, &response))),
        410 => return Ok(Reading::Poll(FeedPoll::Gone)),
        _ => {}
    }
    let response = response.success()?;
    let headers = (response.etag, response.last_modified, response.retry_after.max(response.cache_max_age));
    let (etag, last_modified, header_wait) = headers;
    match parse_aside(response.body, response.content_type, response.final_url.into()).await? {
        Parsed::Page(feed_url) => Ok(Reading::Page(feed_url)),
        Parsed::Feed(feed) => Ok(Reading::Poll(FeedPoll::Items {
            title: feed.title,
            items: feed.items.into_iter().map(|item| with_credible_date(item, now)).collect(),
            state: FeedState { url: state.url.clone(), etag, last_modified },
            next_after: header_wait.max(feed.ttl).map(|wait| wait.min(NEXT_AFTER_MAX)),
            truncated: feed.truncated,
        })),
    }
}

fn not_modified(state: &FeedState, response: &GetResponse) -> FeedPoll {
    FeedPoll::NotModified {
        state: FeedState {
            url: state.url.clone(),
            etag: response.etag.clone().or_else(|| state.etag.clone()),
            last_modified: response.last_modified.clone().or_else(|| state.last_modified.clone()),
        },
        next_after: response.retry_after.max(response.cache_max_age),
    }
}

enum Parsed {
    Feed(Feed),
    Page(Option<String>),
}

/// Parses on a thread of its own: ten megabytes take a while, and a parser's panic ends there.
async fn parse_aside(
    body: bytes::Bytes,
    content_type: Option<String>,
    base_url: String,
) -> Result<Parsed, FeedError> {
    let work = move || match parse(&body, content_type.as_deref(), &base_url) {
        Ok(feed) => Ok(Parsed::Feed(feed)),
        Err(FeedError::NotAFeed) => {
            let page = charset::decode(&body, content_type.as_deref());
            Ok(Parsed::Page(discover::feed_of_page(&page, &base_url)))
        }
        Err(error) => Err(error),
    };
    tokio::task::spawn_blocking(work).await.unwrap_or(Err(FeedError::Malformed))
}

/// A date in the future is a wrong clock: within a day it counts as now, beyond it (or before the web) as unknown.
fn with_credible_date(mut item: Item, now: Timestamp) -> Item {
    let tomorrow = now.saturating_add(SignedDuration::from_hours(24)).unwrap_or(now);
    item.posted_at = item.posted_at.filter(|posted| (POSTED_MIN..=tomorrow).contains(&posted.at));
    if let Some(posted) = item.posted_at.as_mut().filter(|posted| posted.at > now) {
        posted.at = now;
        posted.precise = false;
    }
    item
}
