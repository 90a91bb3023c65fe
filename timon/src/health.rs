//! For machines: is it alive (`/healthz`), how is it doing (`/metrics`, only for this machine).

use axum::Extension;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use foundation::Context;
use foundation::web::serve::Peer;
use foundation::web::{Access, Problem, Routes};
use http::{HeaderMap, StatusCode};

pub fn routes() -> Routes {
    Routes::new()
        .get("/", Access::Public, || async { Redirect::to("/today") })
        .get("/healthz", Access::Public, healthz)
        .get("/metrics", Access::Public, metrics)
}

/// 200 while the database answers and no write has failed.
async fn healthz(State(context): State<Context>) -> Response {
    let answers = accounts::organizations(&context, 1).await.is_ok();
    if answers && !context.store.has_failed() {
        "ok\n".into_response()
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n").into_response()
    }
}

/// Counters in Prometheus' format. Only for who asks from this machine: counts are nobody else's business.
async fn metrics(
    State(context): State<Context>,
    peer: Option<Extension<Peer>>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let from_here = peer.is_none_or(|Extension(Peer(peer))| peer.ip().is_loopback());
    // A reverse proxy on this machine forwards strangers: it says so in these headers.
    let forwarded =
        ["forwarded", "x-forwarded-for", "x-real-ip"].iter().any(|name| headers.contains_key(*name));
    // By name too: a page elsewhere may have its own name point to this machine.
    let host = headers.get(http::header::HOST).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let host = host.rsplit_once(':').map_or(host, |(name, _)| name);
    let by_name = ["localhost", "127.0.0.1", "[::1]"].contains(&host);
    if !from_here || forwarded || !by_name || !context.config.trusted_proxies.is_empty() {
        return Err(Problem::not_found());
    }
    let text =
        crate::cli::metrics().map(metrics_exporter_prometheus::PrometheusHandle::render).unwrap_or_default();
    Ok(([(http::header::CONTENT_TYPE, "text/plain; version=0.0.4")], text).into_response())
}
