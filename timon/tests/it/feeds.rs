//! Feeds from a fake server on this machine: heard once, asked again with its validators, failing visibly, never
//! reaching a private place that the operator did not allow.

use std::sync::atomic::{AtomicU16, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use crate::app::TestApp;

const ALERT: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><id>tag:google.com,2005:reader/user/1/state/com.google/alerts/2</id>
<title>Alerta de Google: bar la prueba</title><updated>2026-09-20T08:00:00Z</updated>
<entry><id>tag:google.com,2013:googlealerts/feed:1</id><title type="html">Quejas por el trato en el &lt;b&gt;Bar La Prueba&lt;/b&gt;</title>
<link href="https://www.google.com/url?rct=j&amp;sa=t&amp;url=https://diario.example/noticia%3Fid%3D1%26utm_source%3Dx&amp;ct=ga&amp;usg=A"/>
<published>2026-09-20T08:00:00Z</published><updated>2026-09-20T08:00:00Z</updated>
<content type="html">Varios vecinos critican &lt;b&gt;el servicio&lt;/b&gt;&lt;script&gt;alert(1)&lt;/script&gt;</content></entry></feed>"#;

/// A server with one page; remembers what it was asked.
struct Fake {
    port: u16,
    status: Arc<AtomicU16>,
    asked: Arc<AtomicUsize>,
    last_request: Arc<Mutex<String>>,
}

impl Fake {
    async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("bound").port();
        let (status, asked) = (Arc::new(AtomicU16::new(200)), Arc::new(AtomicUsize::new(0)));
        let last_request: Arc<Mutex<String>> = Arc::default();
        let shared = (Arc::clone(&status), Arc::clone(&asked), Arc::clone(&last_request));
        #[expect(clippy::disallowed_methods, reason = "the fake server lives as long as its test")]
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let mut request = vec![0; 8_192];
                let read = stream.read(&mut request).await.unwrap_or(0);
                let text = String::from_utf8_lossy(&request[..read]).into_owned();
                shared.1.fetch_add(1, Ordering::SeqCst);
                let known = text.to_lowercase().contains("if-none-match: \"v1\"");
                *shared.2.lock().expect("unpoisoned") = text;
                let status = shared.0.load(Ordering::SeqCst);
                let answer = match status {
                    200 if known => {
                        "HTTP/1.1 304 Not Modified\r\nETag: \"v1\"\r\nConnection: close\r\n\r\n".to_owned()
                    }
                    200 => format!(
                        "HTTP/1.1 200 OK\r\nContent-Type: application/atom+xml\r\nETag: \"v1\"\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{ALERT}",
                        ALERT.len()
                    ),
                    other => {
                        format!("HTTP/1.1 {other} Sorry\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                    }
                };
                let _ = stream.write_all(answer.as_bytes()).await;
            }
        });
        Self { port, status, asked, last_request }
    }

    fn url(&self) -> String {
        format!("http://127.0.0.1:{}/alerts/feeds/1/2", self.port)
    }
}

async fn app_allowing(fake: &Fake) -> TestApp {
    let place = format!("127.0.0.1:{}", fake.port);
    let mut app = TestApp::sqlite_with(|config| config.allow_private = vec![place]).await;
    app.first_run().await;
    app
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_alert_is_heard_once_and_asked_for_politely() {
    let fake = Fake::start().await;
    let mut app = app_allowing(&fake).await;
    app.post("/sources", &[("url", &fake.url()), ("name", "Alerta")]).await.is(303);
    app.settle().await;
    let page = app.get("/mentions").await;
    page.has("Quejas por el trato en el Bar La Prueba")
        .has("Varios vecinos critican")
        .has_not("<b>Bar")
        .has_not("alert(1)");
    assert_eq!(page.body.matches("<article").count(), 1);
    let link = page
        .body
        .split("href=\"/mentions/")
        .nth(1)
        .and_then(|l| l.split('"').next())
        .expect("a link")
        .to_owned();
    app.get(&format!("/mentions/{link}")).await.has("href=\"https://diario.example/noticia?id=1\"");
    app.context.clock.advance(Duration::from_hours(2));
    app.settle().await;
    assert_eq!(fake.asked.load(Ordering::SeqCst), 2);
    assert!(fake.last_request.lock().expect("unpoisoned").to_lowercase().contains("if-none-match: \"v1\""));
    assert_eq!(app.get("/mentions").await.body.matches("<article").count(), 1);
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_failing_feed_is_seen_backs_off_and_recovers() {
    let fake = Fake::start().await;
    let mut app = app_allowing(&fake).await;
    fake.status.store(503, Ordering::SeqCst);
    app.post("/sources", &[("url", &fake.url()), ("name", "Alerta")]).await.is(303);
    for _ in 0..3 {
        app.settle().await;
        app.context.clock.advance(Duration::from_hours(30));
        app.settle().await;
    }
    let words = foundation::web::Texts::of(foundation::web::Locale::Es);
    app.post("/sign-in", &[("email", "ana@prueba.example"), ("password", "tortilla con cebolla")])
        .await
        .is(303);
    app.get("/sources")
        .await
        .has(&words.get("source-health-failing"))
        .has(&words.get("feed-error-http-status"));
    fake.status.store(200, Ordering::SeqCst);
    app.context.clock.advance(Duration::from_hours(30));
    app.settle().await;
    app.get("/sources").await.has(&words.get("source-health-well"));
    fake.status.store(410, Ordering::SeqCst);
    app.context.clock.advance(Duration::from_hours(30));
    app.settle().await;
    app.get("/sources").await.has(&words.get("source-health-gone"));
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn private_places_are_refused_and_never_reached() {
    let fake = Fake::start().await;
    let mut app = TestApp::sqlite().await;
    app.first_run().await;
    for url in [
        fake.url(),
        format!("http://localhost:{}/feed", fake.port),
        "http://169.254.169.254/latest/meta-data".to_owned(),
        "http://[::1]/feed".to_owned(),
        "http://0x7f.1/feed".to_owned(),
        "file:///etc/passwd".to_owned(),
        "gopher://example.org/".to_owned(),
    ] {
        app.post("/sources", &[("url", &url), ("name", "")]).await.is(422).has("field-url-error");
    }
    app.settle().await;
    assert_eq!(fake.asked.load(Ordering::SeqCst), 0);
    app.finish().await;
}
