//! The address that shops tell. Whoever knows it may speak; only what is signed with the shop's secret is heard.
//!
//! *What must stay true*: answered fast and mostly with success, for a shop that is refused too often stops telling; nothing
//! is saved before the signature was found good; somebody else's key, a removed shop's and nobody's are the same 404.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use connectors::shops::{Program, Refused, Told, hear};
use domain::{ShopId, ShopKind};
use foundation::Context;
use foundation::store::Batch;
use foundation::web::{Access, Routes};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use jiff::{SignedDuration, Timestamp};

use super::{Heard, take};
use crate::store::shops::{self, Shop};

/// Messages of one shop in a minute that are heard; each process counts for itself.
pub const MESSAGES_PER_MINUTE: u32 = 600;
/// Shops counted at once; above it, those whose minute is over are forgotten.
const COUNTED_MAX: usize = 10_000;
const MINUTE: SignedDuration = SignedDuration::from_mins(1);
/// Longest end of an address.
const PATH_BYTES_MAX: usize = 64;

/// How often each shop has told something in its minute.
#[derive(Default)]
struct Limits(Mutex<HashMap<ShopId, (Timestamp, u32)>>);

impl Limits {
    /// Counts a message; `false` when there were too many in its minute.
    fn admit(&self, shop: ShopId, now: Timestamp) -> bool {
        let mut counted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if counted.len() > COUNTED_MAX {
            counted.retain(|_, (since, _)| now.duration_since(*since) < MINUTE);
        }
        let (since, count) = counted.entry(shop).or_insert((now, 0));
        let passed = now.duration_since(*since);
        if passed >= MINUTE || passed.is_negative() {
            (*since, *count) = (now, 0);
        }
        *count = count.saturating_add(1);
        *count <= MESSAGES_PER_MINUTE
    }
}

/// The route of this room that is no page.
pub(crate) fn routes() -> Routes {
    let limits = Arc::new(Limits::default());
    let hook =
        move |State(context): State<Context>, Path(key): Path<String>, headers: HeaderMap, body: Body| {
            let limits = Arc::clone(&limits);
            async move { hook(&context, &limits, &key, &headers, body).await }
        };
    Routes::new().post("/hooks/{path_key}", Access::Hook, hook)
}

type Body = Result<Bytes, BytesRejection>;

async fn hook(context: &Context, limits: &Limits, key: &str, headers: &HeaderMap, body: Body) -> Response {
    let status = match answer(context, limits, key, headers, body).await {
        Ok(status) | Err(Stop::Refused(status)) => status,
        Err(Stop::Failed(error)) => {
            // It comes again: every shop tries more than once.
            tracing::error!(error = format!("{error:#}"), "a shop's message was not saved");
            StatusCode::SERVICE_UNAVAILABLE
        }
    };
    let mut response = status.into_response();
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if status == StatusCode::TOO_MANY_REQUESTS {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("60"));
    }
    response
}

enum Stop {
    Refused(StatusCode),
    Failed(anyhow::Error),
}

impl<E: Into<anyhow::Error>> From<E> for Stop {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

async fn answer(
    context: &Context,
    limits: &Limits,
    path_key: &str,
    headers: &HeaderMap,
    body: Body,
) -> Result<StatusCode, Stop> {
    let is_key = path_key.len() <= PATH_BYTES_MAX && path_key.bytes().all(|b| b.is_ascii_hexdigit());
    let shop = if is_key { shops::by_path(context, path_key).await? } else { None };
    let Some((shop, program)) = shop.and_then(|shop| program_of(&shop).map(|program| (shop, program))) else {
        return Err(Stop::Refused(StatusCode::NOT_FOUND));
    };
    let now = context.now();
    if !limits.admit(shop.id, now) {
        return Err(Stop::Refused(StatusCode::TOO_MANY_REQUESTS));
    }
    let body = body.map_err(|error| Stop::Refused(error.status()))?;
    let scope = context.scope(shop.organization);
    let secret = shops::secret(context, &scope, shop.id).await?;
    // A restored copy has no secret: whatever comes is as good as unsigned.
    let secret = secret.ok_or(Stop::Refused(StatusCode::UNAUTHORIZED))?;
    let told = match hear(program, &secret, headers, &body, now) {
        // Unsigned as it may be: nothing is written.
        Ok(Told::Ping) if program == Program::WooCommerce => return Ok(StatusCode::OK),
        Ok(told) => told,
        Err(Refused::Signature | Refused::Stale) => return Err(Stop::Refused(StatusCode::UNAUTHORIZED)),
        Err(Refused::Unreadable) => return Err(Stop::Refused(StatusCode::UNPROCESSABLE_ENTITY)),
    };
    take(context, &scope, &shop, vec![told], |Heard { heard, skipped }| {
        let mut batch = Batch::new();
        shops::heard(&mut batch, shop.id, heard, skipped, now);
        batch
    })
    .await?;
    Ok(StatusCode::OK)
}

const fn program_of(shop: &Shop) -> Option<Program> {
    match shop.kind {
        ShopKind::WooCommerce => Some(Program::WooCommerce),
        ShopKind::Shopify => Some(Program::Shopify),
        ShopKind::Program => Some(Program::Standard),
        // It does not tell: it is asked.
        ShopKind::PrestaShop => None,
    }
}
