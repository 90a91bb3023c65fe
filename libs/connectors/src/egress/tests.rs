//! The guard, attacked. The canary listens on loopback and must never be called.

use super::fake::{Act, Fake, Scripted, answer, ok, path_of, redirect};
use super::spellings::{PRIVATE, REFUSED};
use super::*;
use std::io::Write;
use std::net::IpAddr;
use tokio::net::TcpListener;

/// A policy that would let the canary's port through, so that only its address stands in the way.
fn open_port(port: u16) -> EgressPolicy {
    let mut policy = EgressPolicy::default();
    policy.ports.push(port);
    policy
}

async fn key_of(egress: &Egress, url: &str) -> &'static str {
    egress.get(GetRequest::new(url)).await.map_or_else(|error| error.key(), |_| "ok")
}

#[tokio::test]
async fn no_spelling_of_a_private_address_reaches_the_canary() {
    let canary = Fake::canary().await;
    let egress = Egress::with_lookup(open_port(canary.port), Arc::new(Scripted::default())).unwrap();
    let port = canary.port.to_string();
    let mut urls: Vec<String> = REFUSED.iter().map(|url| url.replace("{p}", &port)).collect();
    for host in PRIVATE {
        urls.push(format!("http://{host}:{port}/feed"));
        urls.push(format!("https://{host}:{port}/feed"));
        urls.push(format!("http://{host}/"));
    }
    urls.push(format!("http://news.example/{}", "a".repeat(5_000)));
    assert!(urls.len() >= 300, "{}", urls.len());
    for url in &urls {
        assert!(egress.check(url).is_err(), "{url:?} passed as {:?}", egress.check(url));
        assert!(egress.get(GetRequest::new(url)).await.is_err(), "{url:?}");
    }
    // Names that look public and are not.
    for name in [
        "news.example",
        "127.0.0.1.nip.example",
        "a.b.c.news.example",
        "xn--espaa-rta.example",
        "news.example.",
    ] {
        let url = format!("http://{name}:{port}/");
        assert!(egress.check(&url).is_ok(), "{url}");
        assert_eq!(key_of(&egress, &url).await, "private-address", "{url}");
    }
    assert_eq!(canary.connections(), 0);

    // And a canary that cannot sing proves nothing.
    let opened = Egress::new(canary.policy()).unwrap();
    assert_eq!(key_of(&opened, &canary.url("/")).await, "ok");
    assert_eq!(canary.connections(), 1);
}

#[test]
fn refusals_say_why() {
    let egress = Egress::new(EgressPolicy::default()).unwrap();
    for (url, key) in [
        ("feed", "bad-url"),
        ("ftp://news.example/", "bad-scheme"),
        ("http://news.example:22/", "bad-port"),
        ("http://a:b@news.example/", "userinfo"),
        ("http://10.0.0.1/", "private-address"),
        ("http://localhost/", "private-address"),
    ] {
        assert_eq!(egress.check(url).unwrap_err().key(), key, "{url}");
    }
    for url in [
        "http://news.example",
        "https://news.example:8443/a?b",
        "http://93.184.215.14/",
        "http://[2606:2800::1]/",
    ] {
        assert!(egress.check(url).is_ok(), "{url}");
    }
    assert_eq!(egress.check("http://news.example./#top").unwrap().as_str(), "http://news.example/");
}

#[test]
fn public_is_what_the_registries_say() {
    for public in [
        "1.1.1.1",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "192.167.255.255",
        "192.169.0.0",
        "198.17.255.255",
        "198.20.0.0",
        "223.255.255.255",
        "2606:4700::1111",
        "2a00:1450:4003::200e",
        "::ffff:1.1.1.1",
        "64:ff9b::1.1.1.1",
        "2002:101:101::1",
    ] {
        assert!(is_public(public.parse().unwrap()), "{public}");
    }
    for private in [
        "0.255.255.255",
        "10.1.2.3",
        "100.64.0.0",
        "100.127.255.255",
        "127.9.9.9",
        "169.254.0.1",
        "172.16.0.0",
        "172.31.255.255",
        "192.0.0.255",
        "192.168.255.255",
        "198.18.0.0",
        "198.19.255.255",
        "224.0.0.0",
        "255.255.255.255",
        "::",
        "::1",
        "::1.1.1.1",
        "fc00::",
        "fdff::1",
        "fe80::1",
        "febf::1",
        "ff00::1",
        "64:ff9b::10.0.0.1",
        "2002:a00:1::",
        "2001:db8::1",
    ] {
        assert!(!is_public(private.parse::<IpAddr>().unwrap()), "{private}");
    }
}

#[tokio::test]
async fn a_name_with_one_private_address_among_its_answers_is_refused() {
    let canary = Fake::canary().await;
    for set in [
        &["127.0.0.1"][..],
        &["93.184.215.14", "127.0.0.1"],
        &["::1"],
        &["::ffff:127.0.0.1"],
        &["2606:2800::1", "fe80::1"],
        &["64:ff9b::7f00:1"],
        &["0.0.0.0"],
    ] {
        let lookup = Scripted::default().name("news.example", &[set]);
        let egress = Egress::with_lookup(open_port(canary.port), Arc::new(lookup)).unwrap();
        let url = format!("http://news.example:{}/", canary.port);
        assert_eq!(key_of(&egress, &url).await, "private-address", "{set:?}");
    }
    let unknown = Scripted::default().name("none.example", &[]).name("empty.example", &[&[]]);
    let egress = Egress::with_lookup(open_port(canary.port), Arc::new(unknown)).unwrap();
    assert_eq!(key_of(&egress, "http://none.example/").await, "dns");
    assert_eq!(key_of(&egress, "http://empty.example/").await, "dns");
    assert_eq!(canary.connections(), 0);
}

#[tokio::test]
async fn a_name_that_changes_its_mind_never_leads_inside() {
    // 127.0.0.2 plays the public address, 127.0.0.1 the private one, on the same port.
    let canary = Fake::canary().await;
    let listener = TcpListener::bind(("127.0.0.2", canary.port)).await.unwrap();
    let site = Fake::on(listener, |_| Act::Say(ok("text/plain", "", b"public")));
    let lookup = Arc::new(Scripted::default().name("rebind.example", &[&["127.0.0.2"], &["127.0.0.1"]]));
    let mut policy = open_port(canary.port);
    policy.allow_private.push("127.0.0.2/32".to_owned());
    let egress = Egress::with_lookup(policy, Arc::clone(&lookup) as Arc<dyn Lookup>).unwrap();
    let url = format!("http://rebind.example:{}/", canary.port);
    let mut keys = Vec::new();
    for _ in 0..6 {
        keys.push(key_of(&egress, &url).await);
    }
    assert_eq!(keys, ["ok", "private-address", "ok", "private-address", "ok", "private-address"]);
    assert_eq!((site.connections(), canary.connections()), (3, 0));
    assert_eq!(
        lookup.asked(),
        6,
        "a name is resolved once per connection: the vetted address is the one used"
    );
}

#[tokio::test]
async fn what_the_operator_opens_is_open_on_that_port_only() {
    let nas = Fake::canary().await;
    let other = Fake::canary().await;
    let mut policy = open_port(other.port);
    policy.allow_private.push(format!("nas.example:{}", nas.port));
    let egress = Egress::with_lookup(policy, Arc::new(Scripted::default())).unwrap();
    assert_eq!(key_of(&egress, &format!("http://nas.example:{}/", nas.port)).await, "ok");
    assert_eq!(key_of(&egress, &format!("http://nas.example:{}/", other.port)).await, "private-address");
    assert_eq!(key_of(&egress, "http://nas.example/").await, "private-address");
    assert_eq!(key_of(&egress, &nas.url("/")).await, "bad-port");
    assert_eq!(key_of(&egress, &other.url("/")).await, "private-address");
    assert_eq!((nas.connections(), other.connections()), (1, 0));
    for bad in ["nas", "10.0.0.0/33", "http://nas:80", "a b:80", "nas:99999"] {
        let policy = EgressPolicy { allow_private: vec![bad.to_owned()], ..EgressPolicy::default() };
        assert_eq!(Egress::new(policy).unwrap_err().key(), "setup", "{bad}");
    }
}

#[tokio::test]
async fn redirects_are_followed_three_times_and_each_is_judged() {
    let canary = Fake::canary().await;
    let inside = canary.url("/secret");
    let fake = Fake::start(move |head| {
        Act::Say(match path_of(head) {
            "/3" => redirect(301, "/2?a=b"),
            "/2?a=b" => redirect(302, "1"),
            "/1" => redirect(307, "/end"),
            "/4" => redirect(308, "/3"),
            "/loop" => redirect(302, "/loop"),
            "/inside" => redirect(302, &inside),
            "/file" => redirect(302, "file:///etc/passwd"),
            "/gopher" => redirect(302, "gopher://127.0.0.1:70/"),
            "/metadata" => redirect(302, "http://169.254.169.254/latest/meta-data/"),
            "/user" => redirect(302, "http://a:b@news.example/"),
            "/port" => redirect(302, "http://news.example:22/"),
            "/nowhere" => answer(302, "text/plain", "", b""),
            "/garbage" => redirect(302, "http://[::1"),
            _ => ok("text/plain", "Set-Cookie: a=b\r\n", b"here"),
        })
    })
    .await;
    let egress = Egress::new(fake.policy()).unwrap();
    let end = egress.get(GetRequest::new(fake.url("/3"))).await.unwrap();
    assert_eq!((end.status, end.final_url.path(), &end.body[..]), (200, "/end", &b"here"[..]));
    for (path, key) in [
        ("/4", "too-many-redirects"),
        ("/loop", "too-many-redirects"),
        ("/inside", "bad-port"),
        ("/file", "bad-scheme"),
        ("/gopher", "bad-scheme"),
        ("/metadata", "private-address"),
        ("/user", "userinfo"),
        ("/port", "bad-port"),
        ("/nowhere", "bad-redirect"),
        ("/garbage", "bad-redirect"),
    ] {
        assert_eq!(key_of(&egress, &fake.url(path)).await, key, "{path}");
    }
    let mut policy = fake.policy();
    policy.ports.push(canary.port);
    let egress = Egress::new(policy).unwrap();
    assert_eq!(key_of(&egress, &fake.url("/inside")).await, "private-address");
    assert_eq!(canary.connections(), 0);
    let heads = fake.requests().concat().to_ascii_lowercase();
    assert!(!heads.contains("cookie:") && !heads.contains("referer:"), "{heads}");
}

#[test]
fn a_redirect_neither_gives_up_encryption_nor_enters_from_outside() {
    let policy = EgressPolicy {
        allow_private: vec!["10.0.0.0/8".into(), "nas.example:8080".into()],
        ..EgressPolicy::default()
    };
    let egress = Egress::new(policy).unwrap();
    let key = |from: &str, to: &str| {
        egress.redirected(&Url::parse(from).unwrap(), to).map_or_else(|error| error.key(), |_| "ok")
    };
    assert_eq!(key("https://news.example/", "http://news.example/"), "downgrade");
    assert_eq!(key("http://news.example/", "https://news.example/"), "ok");
    assert_eq!(key("https://news.example/", "//other.example/a"), "ok");
    assert_eq!(key("http://news.example/", "http://10.0.0.5/"), "private-address");
    assert_eq!(key("http://news.example/", "http://nas.example:8080/"), "private-address");
    assert_eq!(key("http://10.0.0.4/", "http://10.0.0.5/"), "ok");
    assert_eq!(key("http://news.example/", "http://127.0.0.1/"), "private-address");
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[tokio::test]
async fn bodies_are_stopped_at_the_limit_and_at_the_hour() {
    let bomb = gzip(&vec![0; 64 * 1024 * 1024]);
    assert!(bomb.len() < 100_000);
    let small = gzip(b"hello");
    let nested = gzip(&gzip(b"hello"));
    let chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    let fake = Fake::start(move |head| match path_of(head) {
        "/bomb" => Act::Say(ok("text/xml", "Content-Encoding: gzip\r\n", &bomb)),
        "/small" => Act::Say(ok("text/xml", "Content-Encoding: gzip\r\n", &small)),
        "/nested" => Act::Say(ok("text/xml", "Content-Encoding: gzip\r\n", &nested)),
        "/endless" => Act::Endless(chunked.into(), [&b"1000\r\n"[..], &[b'x'; 0x1000], b"\r\n"].concat()),
        "/headers" => {
            Act::Endless(b"HTTP/1.1 200 OK\r\n".into(), b"X-A: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n".into())
        }
        "/header" => Act::Endless(b"HTTP/1.1 200 OK\r\nX-A: ".into(), vec![b'a'; 4_096]),
        "/short" => Act::Say(b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nshort".into()),
        "/long" => Act::Say(
            b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nshort and more".into(),
        ),
        "/negative" => Act::Say(b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nshort".into()),
        "/garbage" => Act::Say(b"SSH-2.0-OpenSSH_9\r\n\r\n".into()),
        "/error" => Act::Say(answer(500, "text/plain", "", &vec![b'e'; 100_000])),
        _ => Act::Say(Vec::new()),
    })
    .await;
    let policy = EgressPolicy { body_bytes_max: 1_000_000, ..fake.policy() };
    let egress = Egress::new(policy).unwrap();
    for (path, key) in [
        ("/bomb", "too-large"),
        ("/endless", "too-large"),
        ("/headers", "bad-response"),
        ("/header", "bad-response"),
        ("/short", "bad-response"),
        ("/long", "ok"),
        ("/negative", "bad-response"),
        ("/garbage", "bad-response"),
        ("/silence", "bad-response"),
        ("/small", "ok"),
    ] {
        assert_eq!(key_of(&egress, &fake.url(path)).await, key, "{path}");
    }
    let once = egress.get(GetRequest::new(fake.url("/nested"))).await.unwrap();
    assert_eq!(&once.body[..], &gzip(b"hello")[..], "one layer of compression is undone, not two");
    let error = egress.get(GetRequest::new(fake.url("/error"))).await.unwrap();
    assert_eq!((error.status, error.body.len()), (500, 64 * 1024));
    assert_eq!(error.success().unwrap_err().key(), "http-status");
}

#[tokio::test]
async fn whoever_is_slow_is_left() {
    let head = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n";
    let fake = Fake::start(move |request| match path_of(request) {
        "/silent" => Act::Stall(Vec::new()),
        "/head" => Act::Stall(head.into()),
        "/drip" => Act::Drip(head.into(), Duration::from_millis(20)),
        "/redirects" => Act::Stall(redirect(302, "/silent")),
        _ => Act::Stall(b"HTTP/1.1 200".into()),
    })
    .await;
    let policy = EgressPolicy { total_timeout: Duration::from_millis(250), ..fake.policy() };
    let egress = Egress::new(policy).unwrap();
    for path in ["/silent", "/head", "/drip", "/half", "/redirects"] {
        let key = key_of(&egress, &fake.url(path)).await;
        assert_eq!(key, "timeout", "{path}");
    }
}

#[tokio::test]
async fn a_wrong_or_absent_other_side_is_told_apart() {
    let fake = Fake::start(|_| Act::Say(b"HTTP/1.1 200 OK\r\n\r\n".into())).await;
    let gone = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let nobody = gone.local_addr().unwrap().port();
    drop(gone);
    let mut policy = fake.policy();
    policy.allow_private.push(format!("127.0.0.1:{nobody}"));
    let egress = Egress::new(policy).unwrap();
    assert_eq!(key_of(&egress, &format!("https://127.0.0.1:{}/", fake.port)).await, "tls");
    assert_eq!(key_of(&egress, &format!("http://127.0.0.1:{nobody}/")).await, "connect");
}

#[tokio::test]
async fn validators_travel_both_ways_and_a_bad_one_is_left_at_home() {
    let fake = Fake::start(|head| {
        let headers =
            "ETag: \"v2\"\r\nLast-Modified: Mon, 05 Oct 2026 08:00:00 GMT\r\nCache-Control: max-age=300\r\n";
        let status = if head.contains("if-none-match: \"v2\"") { 304 } else { 200 };
        Act::Say(answer(status, "text/plain", headers, b""))
    })
    .await;
    let egress = Egress::new(fake.policy()).unwrap();
    let mut request = GetRequest::new(fake.url("/"));
    request.accept = Some("text/xml".to_owned());
    let first = egress.get(request.clone()).await.unwrap();
    assert_eq!((first.status, first.etag.as_deref()), (200, Some("\"v2\"")));
    assert_eq!(first.cache_max_age, Some(Duration::from_mins(5)));
    request.etag = first.etag;
    request.last_modified = first.last_modified;
    assert_eq!(egress.get(request.clone()).await.unwrap().status, 304);
    request.etag = Some("bad\r\nX-Injected: 1".to_owned());
    assert_eq!(egress.get(request).await.unwrap().status, 200);
    let heads = fake.requests();
    assert!(heads[1].contains("if-modified-since: Mon, 05 Oct 2026 08:00:00 GMT"), "{}", heads[1]);
    assert!(heads[0].contains("accept: text/xml") && heads[0].contains("user-agent: Timon/"), "{}", heads[0]);
    assert!(!heads[2].to_ascii_lowercase().contains("injected"), "{}", heads[2]);
}
