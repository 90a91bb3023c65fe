//! Sending something, where asking twice is not the same as asking once.
//!
//! A request that acts differs from one that reads in two ways. It is never redirected: following would be a second
//! effect, at an address nobody chose. And a failure says whether the request may have left: before there was a
//! connection surely nothing happened; after that nobody can know.

use super::{Egress, EgressError, explain, headers};
use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderName, HeaderValue};
use std::time::Duration;

/// One message to an address.
#[derive(Debug, Clone)]
pub struct PostRequest {
    /// The address; judged before anything leaves.
    pub url: String,
    /// Media type of the body.
    pub content_type: &'static str,
    /// Further headers. A value that is no header value (a line break) is an error, not a header.
    pub headers: Vec<(&'static str, String)>,
    /// What is sent.
    pub body: String,
}

/// What came back, whatever its status.
#[derive(Debug, Clone)]
pub struct PostResponse {
    /// The status.
    pub status: u16,
    /// How long the server asks us to wait, at most one day.
    pub retry_after: Option<Duration>,
    /// The beginning of the body, at most 64 kB.
    pub body: Bytes,
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostError {
    /// What went wrong.
    pub error: EgressError,
    /// Whether the other side may have received it.
    pub may_have_left: bool,
}

impl PostError {
    fn before(error: EgressError) -> Self {
        Self { error, may_have_left: false }
    }
}

impl Egress {
    /// Sends a message, once. Redirects are not followed: they come back as answers.
    pub async fn post(&self, request: &PostRequest) -> Result<PostResponse, PostError> {
        let url = self.check(&request.url).map_err(PostError::before)?;
        let mut builder = self.inner.client.post(url.clone()).header(CONTENT_TYPE, request.content_type);
        for (name, value) in &request.headers {
            let header = HeaderName::try_from(*name).ok().zip(HeaderValue::from_str(value).ok());
            let (name, value) = header.ok_or(PostError::before(EgressError::BadUrl))?;
            builder = builder.header(name, value);
        }
        let sent = builder.body(request.body.clone()).send();
        let wait = self.inner.policy.total_timeout;
        let response = match tokio::time::timeout(wait, sent).await {
            Ok(Ok(response)) => response,
            Ok(Err(error)) => {
                let may_have_left = !error.is_connect() && !error.is_builder();
                return Err(PostError { error: explain(&error, &url), may_have_left });
            }
            Err(_) => return Err(PostError { error: EgressError::Timeout, may_have_left: true }),
        };
        let (status, retry_after) = (response.status().as_u16(), headers::retry_after(response.headers()));
        // The status has arrived, and it is what counts: a body that never ends is left where it is.
        let body = tokio::time::timeout(Duration::from_secs(5), super::error_body(response)).await;
        Ok(PostResponse { status, retry_after, body: body.unwrap_or_default() })
    }
}
