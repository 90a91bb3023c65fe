//! The one door to the outside: every request of the program leaves through [`Egress`].
//!
//! **What for.** The owner types addresses (feeds, pages) and other people's servers redirect us. Without a guard,
//! either could make this program read the router's page or a cloud's metadata service (SSRF).
//!
//! **How.** `policy` judges the text of an address; `resolver` judges what a name resolves to and hands only vetted
//! addresses to the client; redirects are followed here, one by one, each through the same judgement. Bodies are
//! counted *after* decompression while they arrive, so a bomb is stopped at the limit and not after it.
//!
//! **What must stay true.**
//! - Any other HTTP client is forbidden by `clippy.toml`; a second client would be a second guard to forget.
//! - `reqwest` is not asked about literal addresses by its resolver hook: `policy` must judge those.
//! - No cookies, no referrer, no proxies from the environment, no retries behind our back.
//! - From a public address nobody is redirected into the operator's own network, even to what the operator opened.
//!
//! - What acts ([`Egress::post`]) is sent once and never redirected.
//!
//! Start at [`Egress::get`].

mod addresses;
mod error;
#[cfg(test)]
pub(crate) mod fake;
mod headers;
mod judge;
mod policy;
mod post;
mod resolver;
#[cfg(test)]
mod spellings;
#[cfg(test)]
mod tests;

pub use addresses::is_public;
pub use error::EgressError;
pub(crate) use judge::Judge;
pub use policy::EgressPolicy;
pub use post::{PostError, PostRequest, PostResponse};
pub use resolver::{Addresses, Lookup, SystemLookup};

use bytes::{Bytes, BytesMut};
use http::header::{
    ACCEPT, AUTHORIZATION, CONTENT_TYPE, ETAG, IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED, LOCATION,
};
use policy::Rules;
use reqwest::{Client, Response};
use resolver::Guarded;
use std::error::Error;
use std::sync::Arc;
use std::time::Duration;
use url::Url;

/// The body of an answer that is not a success is only read for its reason.
const ERROR_BODY_BYTES_MAX: usize = 64 * 1024;

/// Largest header list accepted (HTTP/2 and up; for HTTP/1 hyper stops at about 400 kB and 100 headers by itself).
const HEADER_BYTES_MAX: u32 = 64 * 1024;

/// Longest validator kept: we would have to send it back every time.
const VALIDATOR_BYTES_MAX: usize = 1_024;

/// The HTTP client of the program. Cheap to clone.
#[derive(Clone)]
pub struct Egress {
    inner: Arc<Inner>,
}

struct Inner {
    client: Client,
    policy: EgressPolicy,
    rules: Arc<Rules>,
}

impl std::fmt::Debug for Egress {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Egress").field("policy", &self.inner.policy).finish_non_exhaustive()
    }
}

/// One reading of an address.
#[derive(Debug, Clone, Default)]
pub struct GetRequest {
    /// The address, as somebody wrote it; judged before anything leaves.
    pub url: String,
    /// The validator of the copy we have, sent as `If-None-Match`.
    pub etag: Option<String>,
    /// The date of the copy we have, sent as `If-Modified-Since`.
    pub last_modified: Option<String>,
    /// The media types wanted; anything if absent.
    pub accept: Option<String>,
    /// The `Authorization` header. It goes to the origin of `url` only: a redirect elsewhere does not get it.
    pub authorization: Option<String>,
}

impl GetRequest {
    /// A plain reading of an address.
    pub fn new(url: impl Into<String>) -> Self {
        Self { url: url.into(), ..Self::default() }
    }
}

/// What came back, whatever its status; see [`GetResponse::success`].
#[derive(Debug, Clone)]
pub struct GetResponse {
    /// The status of the last answer in the chain.
    pub status: u16,
    /// The address that gave it.
    pub final_url: Url,
    /// Its validator, for the next time.
    pub etag: Option<String>,
    /// Its date, for the next time.
    pub last_modified: Option<String>,
    /// How long the server asks us to wait, at most one day.
    pub retry_after: Option<Duration>,
    /// For how long the server says this answer stays good, at most one day.
    pub cache_max_age: Option<Duration>,
    /// The body, decompressed. Of an answer that is not a success, only its first 64 kB.
    pub body: Bytes,
    /// Its declared media type, untrusted.
    pub content_type: Option<String>,
}

impl GetResponse {
    /// This answer if its status is 2xx, else [`EgressError::HttpStatus`].
    pub fn success(self) -> Result<Self, EgressError> {
        if (200..300).contains(&self.status) {
            Ok(self)
        } else {
            Err(EgressError::HttpStatus { status: self.status, retry_after: self.retry_after })
        }
    }
}

impl Egress {
    /// The client, with the system's resolver.
    pub fn new(policy: EgressPolicy) -> Result<Self, EgressError> {
        Self::with_lookup(policy, Arc::new(SystemLookup))
    }

    /// The client, with another resolver (for tests, or for an operator's own).
    pub fn with_lookup(policy: EgressPolicy, lookup: Arc<dyn Lookup>) -> Result<Self, EgressError> {
        let rules = Arc::new(Rules::new(&policy)?);
        let guarded = Guarded { rules: Arc::clone(&rules), lookup };
        let client = client(&policy, guarded)?;
        Ok(Self { inner: Arc::new(Inner { client, policy, rules }) })
    }

    /// Judges the text of an address without going there: for the moment the owner adds a source.
    ///
    /// A name that passes may still resolve to a forbidden address; that is judged on every connection.
    pub fn check(&self, url: &str) -> Result<Url, EgressError> {
        self.inner.rules.check(url)
    }

    /// Reads an address, following redirects.
    pub async fn get(&self, request: GetRequest) -> Result<GetResponse, EgressError> {
        let first = self.check(&request.url)?;
        tokio::time::timeout(self.inner.policy.total_timeout, self.follow(first, &request))
            .await
            .map_err(|_| EgressError::Timeout)?
    }

    async fn follow(&self, first: Url, request: &GetRequest) -> Result<GetResponse, EgressError> {
        let mut url = first.clone();
        for _ in 0..=self.inner.policy.redirects_max {
            let is_same = url.origin() == first.origin();
            let response = self.send(&url, request, is_same).await?;
            match self.next_hop(&url, &response)? {
                Some(next) => url = next,
                None => return self.read(url, response).await,
            }
        }
        Err(EgressError::TooManyRedirects)
    }

    async fn send(&self, url: &Url, request: &GetRequest, is_same: bool) -> Result<Response, EgressError> {
        let authorization = request.authorization.as_deref().filter(|_| is_same);
        let headers = [
            (AUTHORIZATION, authorization),
            (IF_NONE_MATCH, request.etag.as_deref()),
            (IF_MODIFIED_SINCE, request.last_modified.as_deref()),
            (ACCEPT, request.accept.as_deref()),
        ];
        let mut builder = self.inner.client.get(url.clone());
        for (name, value) in headers {
            // A validator that is no header value was not one of ours: ask for a fresh copy instead.
            if let Some(value) = value.and_then(|value| http::HeaderValue::from_str(value).ok()) {
                builder = builder.header(name, value);
            }
        }
        builder.send().await.map_err(|error| explain(&error, url))
    }

    /// Where a redirect leads, judged; `None` if this is the last answer.
    fn next_hop(&self, from: &Url, response: &Response) -> Result<Option<Url>, EgressError> {
        if !matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308) {
            return Ok(None);
        }
        let location = headers::text(response.headers(), LOCATION).ok_or(EgressError::BadRedirect)?;
        self.redirected(from, location).map(Some)
    }

    fn redirected(&self, from: &Url, location: &str) -> Result<Url, EgressError> {
        let next = from.join(location).map_err(|_| EgressError::BadRedirect)?;
        if from.scheme() == "https" && next.scheme() == "http" {
            return Err(EgressError::Downgrade);
        }
        let next = self.inner.rules.check_url(next)?;
        if self.inner.rules.is_exception(&next) && !self.inner.rules.is_exception(from) {
            return Err(EgressError::PrivateAddress { host: host_of(&next) });
        }
        Ok(next)
    }

    async fn read(&self, url: Url, response: Response) -> Result<GetResponse, EgressError> {
        let status = response.status();
        let validator = |name| {
            headers::text(response.headers(), name)
                .filter(|value| value.len() <= VALIDATOR_BYTES_MAX)
                .map(str::to_owned)
        };
        let mut answer = GetResponse {
            status: status.as_u16(),
            etag: validator(ETAG),
            last_modified: validator(LAST_MODIFIED),
            retry_after: headers::retry_after(response.headers()),
            cache_max_age: headers::cache_max_age(response.headers()),
            content_type: validator(CONTENT_TYPE),
            body: Bytes::new(),
            final_url: url,
        };
        answer.body = if status.is_success() {
            self.body(response, &answer.final_url).await?
        } else {
            error_body(response).await
        };
        Ok(answer)
    }

    /// The decoded body, given up at the limit.
    async fn body(&self, mut response: Response, url: &Url) -> Result<Bytes, EgressError> {
        let limit = self.inner.policy.body_bytes_max;
        let mut body = BytesMut::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| explain(&error, url))? {
            if body.len() + chunk.len() > limit {
                return Err(EgressError::TooLarge { limit });
            }
            body.extend_from_slice(&chunk);
        }
        Ok(body.freeze())
    }
}

/// The beginning of an error's body. Its status is what matters: trouble in reading the rest is not an error.
async fn error_body(mut response: Response) -> Bytes {
    let mut body = BytesMut::new();
    while let Ok(Some(chunk)) = response.chunk().await {
        let room = ERROR_BODY_BYTES_MAX - body.len();
        body.extend_from_slice(chunk.get(..room).unwrap_or(&chunk));
        if chunk.len() >= room {
            break;
        }
    }
    body.freeze()
}

#[expect(clippy::disallowed_methods, reason = "this is the one client the rule points to")]
fn client(policy: &EgressPolicy, guarded: Guarded) -> Result<Client, EgressError> {
    // `main` installs a crypto provider; tests and other programs may not have. Whoever comes first wins.
    if rustls::crypto::CryptoProvider::get_default().is_none() {
        let _ = rustls::crypto::ring::default_provider().install_default();
    }
    Client::builder()
        .user_agent(&policy.user_agent)
        .dns_resolver(Arc::new(guarded))
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .referer(false)
        .no_proxy()
        .gzip(true)
        .connect_timeout(policy.connect_timeout)
        .timeout(policy.total_timeout)
        .http2_max_header_list_size(HEADER_BYTES_MAX)
        .pool_idle_timeout(Duration::from_secs(30))
        .pool_max_idle_per_host(2)
        .build()
        .map_err(|error| EgressError::Setup(deepest(&error)))
}

/// What a failure of the client means. The guard's own refusals travel inside it and come out as they were.
fn explain(error: &reqwest::Error, url: &Url) -> EgressError {
    let host = host_of(url);
    let mut cause: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(current) = cause {
        if let Some(refusal) = current.downcast_ref::<EgressError>() {
            return refusal.clone();
        }
        if is_tls(current) {
            return EgressError::Tls { host };
        }
        cause = current.source();
    }
    if error.is_timeout() {
        EgressError::Timeout
    } else if error.is_connect() {
        EgressError::Connect { host }
    } else {
        EgressError::BadResponse { host }
    }
}

/// Whether this is a failure of TLS, perhaps inside I/O errors: those show what they wrap to `get_ref`, not to `source`.
fn is_tls(error: &(dyn Error + 'static)) -> bool {
    match error.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref) {
        Some(inside) => is_tls(inside),
        None => error.is::<rustls::Error>(),
    }
}

fn deepest(error: &dyn Error) -> String {
    let mut current = error;
    while let Some(source) = current.source() {
        current = source;
    }
    current.to_string()
}

fn host_of(url: &Url) -> String {
    url.host_str().unwrap_or_default().to_owned()
}
