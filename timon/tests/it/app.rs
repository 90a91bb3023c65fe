//! A whole installation in a temporary place, and a browser without a window.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::body::Body;
use foundation::Context;
use foundation::config::Config;
use foundation::context::{Clock, Secret};
use foundation::steps::settle;
use foundation::store::Store;
use http::{Request, Response, StatusCode, header};
use jiff::Timestamp;
use tower::ServiceExt as _;

/// The moment at which every journey begins.
pub const NOW: &str = "2026-09-21T10:00:00Z";

/// The two engines; the second is skipped with a printed reason where there is none.
#[macro_export]
macro_rules! on_both_engines {
    ($(async fn $name:ident($app:ident: &mut TestApp) $body:block)+) => {$(
        mod $name {
            #[allow(unused_imports, reason = "not every file has something beside its journeys")]
            use super::*;

            async fn journey($app: &mut TestApp) $body

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                let mut app = $crate::app::TestApp::sqlite().await;
                journey(&mut app).await;
                app.finish().await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                let Some(mut app) = $crate::app::TestApp::postgres().await else { return };
                journey(&mut app).await;
                app.finish().await;
            }
        }
    )+};
}

pub struct TestApp {
    pub context: Context,
    pub language: &'static str,
    router: axum::Router,
    cookies: BTreeMap<String, String>,
    folder: tempfile::TempDir,
}

/// What came back.
pub struct Page {
    pub status: StatusCode,
    pub location: Option<String>,
    pub headers: http::HeaderMap,
    pub body: String,
    pub bytes: Vec<u8>,
}

impl Page {
    #[track_caller]
    pub fn has(&self, text: &str) -> &Self {
        assert!(self.body.contains(text), "{text:?} is not in the page ({}):\n{}", self.status, self.body);
        self
    }

    #[track_caller]
    pub fn has_not(&self, text: &str) -> &Self {
        assert!(!self.body.contains(text), "{text:?} is in the page:\n{}", self.body);
        self
    }

    #[track_caller]
    pub fn is(&self, status: u16) -> &Self {
        assert_eq!(self.status.as_u16(), status, "{:?}\n{}", self.location, self.body);
        self
    }

    #[track_caller]
    pub fn goes_to(&self, path: &str) -> &Self {
        assert_eq!(self.location.as_deref(), Some(path), "{}\n{}", self.status, self.body);
        self
    }
}

/// Settings of a test installation.
pub fn config(folder: &std::path::Path) -> Config {
    let data_dir = folder.to_string_lossy().into_owned();
    Config::from_parts(None, &BTreeMap::new(), &BTreeMap::from([("data_dir", data_dir)]))
        .expect("valid settings")
}

pub async fn sqlite_store(folder: &std::path::Path) -> Store {
    Store::open_sqlite(&folder.join("timon.db")).await.expect("SQLite opens")
}

/// A fresh PostgreSQL database of this process' own, or `None` with a printed reason.
pub async fn postgres_url() -> Option<String> {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    #[expect(clippy::disallowed_methods, reason = "the test command says where PostgreSQL is")]
    let Ok(server) = std::env::var("TIMON_TEST_POSTGRES") else {
        println!(
            "skipped: TIMON_TEST_POSTGRES is not set; `cargo xtask test` starts a PostgreSQL and sets it"
        );
        return None;
    };
    let name = format!("journey_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    let (client, connection) =
        tokio_postgres::connect(&server, tokio_postgres::NoTls).await.expect("PostgreSQL answers");
    #[expect(clippy::disallowed_methods, reason = "the driver of a connection that lives for one statement")]
    let driver = tokio::spawn(connection);
    client.batch_execute(&format!("CREATE DATABASE {name}")).await.expect("a fresh database");
    drop(client);
    let _ = driver.await;
    let (before, _) = server.rsplit_once('/').expect("the address names a database");
    Some(format!("{before}/{name}"))
}

impl TestApp {
    pub async fn sqlite() -> Self {
        Self::sqlite_with(|_| {}).await
    }

    /// With other settings.
    pub async fn sqlite_with(change: impl FnOnce(&mut Config)) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let store = sqlite_store(folder.path()).await;
        Self::over(store, folder, change)
    }

    pub async fn postgres() -> Option<Self> {
        Self::postgres_with(|_| {}).await
    }

    /// With other settings.
    pub async fn postgres_with(change: impl FnOnce(&mut Config)) -> Option<Self> {
        let url = postgres_url().await?;
        let folder = tempfile::tempdir().expect("a temporary folder");
        let store = Store::open_postgres(&url).await.expect("PostgreSQL opens");
        Some(Self::over(store, folder, change))
    }

    fn over(store: Store, folder: tempfile::TempDir, change: impl FnOnce(&mut Config)) -> Self {
        let mut settings = config(folder.path());
        change(&mut settings);
        let clock = Clock::manual(NOW.parse().expect("a moment"));
        let context = Context::new(store, clock, settings, Secret::new([7; 32]), Some(1));
        let router = timon::access::router(&context).expect("every route is in the policy");
        Self { context, language: "es", router, cookies: BTreeMap::new(), folder }
    }

    pub fn now(&self) -> Timestamp {
        self.context.now()
    }

    pub fn path(&self) -> &std::path::Path {
        self.folder.path()
    }

    /// Another browser of the same installation.
    pub fn forget_cookies(&mut self) -> BTreeMap<String, String> {
        std::mem::take(&mut self.cookies)
    }

    pub fn use_cookies(&mut self, cookies: BTreeMap<String, String>) {
        self.cookies = cookies;
    }

    /// Runs background work until there is none left.
    pub async fn settle(&self) {
        settle(timon::schedule::STEPS, &self.context).await.expect("the steps come to rest");
    }

    /// The same for journeys that count messages: without the summaries that come by themselves.
    pub async fn settle_without_summaries(&self) {
        let steps = timon::schedule::STEPS.iter().filter(|step| step.name != "digest::summarise");
        let steps: Vec<_> = steps.copied().collect();
        settle(&steps, &self.context).await.expect("the steps come to rest");
    }

    /// Fails the journey when it leaves work behind.
    pub async fn finish(&self) {
        let running = listen::store::imports::running(&self.context, 10).await.expect("readable");
        let unread =
            listen::store::mentions::organizations_unread(&self.context, 10).await.expect("readable");
        assert!(running.is_empty() && unread.is_empty(), "the journey left work pending");
    }

    /// The form token of this browser.
    pub fn csrf(&self) -> String {
        let cookie = self.cookies.get("__Host-timon").or_else(|| self.cookies.get("__Host-timon-visit"));
        let secret = cookie.map_or("", String::as_str);
        let signed = self.context.secret.sign(&[b"csrf", secret.as_bytes()]);
        hex::encode(&signed[..16])
    }

    pub fn request(&self, method: &str, path: &str) -> http::request::Builder {
        let cookies: Vec<String> = self.cookies.iter().map(|(k, v)| format!("{k}={v}")).collect();
        Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, "localhost:8420")
            .header(header::ACCEPT_LANGUAGE, self.language)
            .header("sec-fetch-site", "same-origin")
            .header(header::COOKIE, cookies.join("; "))
    }

    pub async fn send(&mut self, request: Request<Body>) -> Page {
        let response: Response<Body> =
            self.router.clone().oneshot(request).await.expect("the router answers");
        for value in response.headers().get_all(header::SET_COOKIE) {
            let text = value.to_str().expect("our cookies are text");
            let (pair, attributes) = text.split_once(';').expect("attributes");
            let (name, value) = pair.split_once('=').expect("a pair");
            if value.is_empty() || attributes.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        let status = response.status();
        let headers = response.headers().clone();
        let location = headers.get(header::LOCATION).map(|v| v.to_str().expect("text").to_owned());
        let bytes = axum::body::to_bytes(response.into_body(), 50 << 20).await.expect("a body").to_vec();
        Page { status, location, headers, body: String::from_utf8_lossy(&bytes).into_owned(), bytes }
    }

    pub async fn get(&mut self, path: &str) -> Page {
        let request = self.request("GET", path).body(Body::empty()).expect("a request");
        self.send(request).await
    }

    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Page {
        if self.cookies.is_empty() {
            self.get("/sign-in").await;
        }
        let csrf = self.csrf();
        let mut pairs = vec![("csrf", csrf.as_str())];
        pairs.extend(fields);
        let pairs: Vec<(&str, String)> = pairs.into_iter().map(|(k, v)| (k, v.to_owned())).collect();
        let body = foundation::web::forms::address("", &pairs).trim_start_matches('?').to_owned();
        let request = self
            .request("POST", path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body))
            .expect("a request");
        self.send(request).await
    }

    pub async fn upload(&mut self, file_name: &str, content: &[u8]) -> Page {
        self.upload_to("/import/file", &[("source", "")], file_name, content).await
    }

    /// Hands a file over with its form's other fields.
    pub async fn upload_to(
        &mut self,
        path: &str,
        fields: &[(&str, &str)],
        file_name: &str,
        content: &[u8],
    ) -> Page {
        let csrf = self.csrf();
        let mut body = Vec::new();
        for (name, value) in [("csrf", csrf.as_str())].iter().chain(fields) {
            body.extend(
                format!("--frontier\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
                    .bytes(),
            );
        }
        let head = format!(
            "--frontier\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{file_name}\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n"
        );
        body.extend(head.bytes());
        body.extend(content);
        body.extend(b"\r\n--frontier--\r\n");
        let request = self
            .request("POST", path)
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=frontier")
            .body(Body::from(body))
            .expect("a request");
        self.send(request).await
    }

    /// First run, as the owner does it.
    pub async fn first_run(&mut self) {
        let page = self
            .post(
                "/start",
                &[
                    ("name", "Bar La Prueba"),
                    ("kind", "bar"),
                    ("town", "València"),
                    ("email", "ana@prueba.example"),
                    ("password", "tortilla con cebolla"),
                ],
            )
            .await;
        page.is(303).goes_to("/import");
    }

    /// Signs the owner of the first run in again: the clock may have moved past her session.
    pub async fn sign_in(&mut self) {
        self.forget_cookies();
        self.post("/sign-in", &[("email", "ana@prueba.example"), ("password", "tortilla con cebolla")])
            .await
            .goes_to("/today");
    }

    /// Uploads, confirms and waits: the whole import.
    pub async fn import(&mut self, file_name: &str, content: &[u8]) -> Page {
        let page = self.upload(file_name, content).await;
        page.is(303);
        let path = page.location.expect("a draft");
        let check = self.get(&path).await;
        check.is(200);
        let fields = form_values(&check.body);
        let mut fields: Vec<(&str, &str)> = fields.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
        fields.push(("action", "confirm"));
        self.post(&path, &fields).await.is(303).goes_to(&path);
        self.settle().await;
        self.get(&path).await
    }
}

/// The values that a check page would send: chosen options and filled inputs.
pub fn form_values(body: &str) -> Vec<(String, String)> {
    let form =
        body.split("action=\"/import/").nth(1).and_then(|f| f.split("</form>").next()).unwrap_or_default();
    let mut values = Vec::new();
    let select =
        regex::Regex::new(r#"(?s)<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>"#).expect("a pattern");
    let chosen = regex::Regex::new(r#"<option value="([^"]*)"[^>]*selected"#).expect("a pattern");
    for found in select.captures_iter(form) {
        let value = chosen.captures(&found[2]).map_or(String::new(), |c| c[1].to_owned());
        values.push((found[1].to_owned(), value));
    }
    let input = regex::Regex::new(r#"<input[^>]*name="source_name"[^>]*value="([^"]*)""#).expect("a pattern");
    let name = regex::Regex::new(r#"<input[^>]*value="([^"]*)"[^>]*name="source_name""#).expect("a pattern");
    let value =
        input.captures(form).or_else(|| name.captures(form)).map_or(String::new(), |c| c[1].to_owned());
    values.push(("source_name".to_owned(), value));
    values
}
