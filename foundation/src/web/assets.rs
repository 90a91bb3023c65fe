//! Style sheet, script and drawings, inside the binary. Their address carries a hash of the content, so browsers keep
//! them for a year and fetch a new one the moment it changes.

use std::sync::LazyLock;

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use http::{HeaderValue, header};
use rust_embed::RustEmbed;

use super::problem::Problem;

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../assets"]
struct Files;

static VERSION: LazyLock<String> = LazyLock::new(|| {
    use sha2::Digest as _;
    let mut hash = sha2::Sha256::new();
    for name in Files::iter() {
        if let Some(file) = Files::get(&name) {
            hash.update(file.metadata.sha256_hash());
        }
    }
    hex::encode(&hash.finalize()[..6])
});

/// Addresses of the files a page needs.
pub fn links() -> ui::Assets<'static> {
    static LINKS: LazyLock<[String; 3]> = LazyLock::new(|| {
        ["timon.css", "timon.js", "icon.svg"].map(|name| format!("/assets/{}/{name}", *VERSION))
    });
    ui::Assets { css: &LINKS[0], script: &LINKS[1], icon: &LINKS[2] }
}

/// Address of a file that only some pages need.
pub fn link(name: &str) -> String {
    format!("/assets/{}/{name}", *VERSION)
}

/// The text of a script that must be served under an address of its own (a service worker's address is its scope).
pub fn script(name: &str) -> Option<Vec<u8>> {
    Files::get(name).map(|file| file.data.into_owned())
}

/// `GET /assets/{version}/{name}`.
#[expect(clippy::unused_async, reason = "a handler is async")]
pub async fn serve(Path((_, name)): Path<(String, String)>) -> Result<Response, Problem> {
    let file = Files::get(&name).ok_or_else(Problem::not_found)?;
    let kind = match name.rsplit_once('.').map(|(_, extension)| extension) {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("webmanifest" | "json") => "application/manifest+json",
        Some("png") => "image/png",
        _ => "application/octet-stream",
    };
    let mut response = file.data.into_owned().into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
    Ok(response)
}
