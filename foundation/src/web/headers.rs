//! What every answer carries and every request must pass: security headers, same-origin actions,
//! body limits and time-outs, compression, and a page instead of a hang when a handler panics.

use std::time::Duration;

use axum::extract::{Request, State};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::timeout::{RequestBodyTimeoutLayer, TimeoutLayer};

use crate::Context;

/// Nothing from anywhere but this server, no inline script or style, no frames.
const CSP: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
                   manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const HEADERS: &[(&str, &str)] = &[
    ("content-security-policy", CSP),
    ("strict-transport-security", "max-age=63072000; includeSubDomains"),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-resource-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ("x-frame-options", "DENY"),
];

pub(super) fn wrap(router: axum::Router, context: &Context) -> axum::Router {
    let uploads =
        usize::try_from(context.config.upload_bytes_max).unwrap_or(usize::MAX).saturating_add(64 * 1024);
    router
        .layer(axum::extract::DefaultBodyLimit::max(uploads))
        .layer(RequestBodyTimeoutLayer::new(Duration::from_secs(30)))
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, Duration::from_mins(10)))
        .layer(CatchPanicLayer::new())
        .layer(CompressionLayer::new().gzip(true))
        .layer(from_fn(add_headers))
}

async fn add_headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    for (name, value) in HEADERS {
        response.headers_mut().insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    response
}

/// An action must come from our own pages. Browsers say so in `Sec-Fetch-Site`; older ones in `Origin`. A form posted
/// under `no-referrer` has the origin "null", which proves nothing and is refused unless `Sec-Fetch-Site` speaks.
/// Programs with a key are no browsers and send neither: their routes do not ask (`key`).
pub(super) async fn same_origin(State(context): State<Context>, request: Request, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    if reads || is_ours(request.headers(), context.config.insecure_http) {
        return next.run(request).await;
    }
    (StatusCode::FORBIDDEN, "This request came from another site.\nEsta petición viene de otro sitio.\n")
        .into_response()
}

fn is_ours(headers: &HeaderMap, token_is_enough: bool) -> bool {
    let text = |name: HeaderName| headers.get(name).and_then(|v| v.to_str().ok());
    if let Some(site) = text(HeaderName::from_static("sec-fetch-site")) {
        return site == "same-origin";
    }
    match text(header::ORIGIN) {
        Some(origin) if origin != "null" => {
            let host = origin.split_once("://").map(|(_, host)| host);
            host.is_some() && host == text(header::HOST)
        }
        // Over plain http browsers send no Sec-Fetch-Site; the form's own token still protects it.
        _ => token_is_enough,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_pages_may_act() {
        let with = |pairs: &[(&'static str, &'static str)]| {
            let mut headers = HeaderMap::new();
            for (name, value) in pairs {
                headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
            }
            is_ours(&headers, false)
        };
        assert!(with(&[("sec-fetch-site", "same-origin"), ("origin", "null")]));
        assert!(with(&[("origin", "http://localhost:8420"), ("host", "localhost:8420")]));
        for refused in [
            &[][..],
            &[("sec-fetch-site", "cross-site")],
            &[("sec-fetch-site", "same-site"), ("origin", "http://a"), ("host", "a")],
            &[("sec-fetch-site", "none")],
            &[("origin", "null"), ("host", "a")],
            &[("origin", "http://evil.example"), ("host", "a")],
            &[("origin", "a"), ("host", "a")],
            &[("origin", "http://a.evil.example"), ("host", "a")],
        ] {
            assert!(!with(refused), "{refused:?}");
        }
    }
}
