//! Feeds as they should be, as they are, and as an enemy would write them.

use super::*;
use crate::egress::EgressPolicy;
use crate::egress::fake::{Act, Fake, answer, ok, path_of, redirect};
use crate::item::{ItemKind, Reply};
use std::fmt::Write;

const RSS: &[u8] = include_bytes!("../../fixtures/feed/rss.xml");
const ATOM: &[u8] = include_bytes!("../../fixtures/feed/atom.xml");
const JSON: &[u8] = include_bytes!("../../fixtures/feed/feed.json");
const ALERTS_A: &[u8] = include_bytes!("../../fixtures/feed/alerts-a.xml");
const ALERTS_B: &[u8] = include_bytes!("../../fixtures/feed/alerts-b.xml");
const PAGE: &[u8] = include_bytes!("../../fixtures/feed/page.html");

const NOW: &str = "2026-10-06T00:00:00Z";

fn now() -> Timestamp {
    NOW.parse().unwrap()
}

fn read(bytes: &[u8]) -> Feed {
    parse(bytes, None, "https://gaceta.example/rss.xml").unwrap()
}

fn key(bytes: &[u8]) -> &'static str {
    parse(bytes, None, "https://gaceta.example/rss.xml").map_or_else(|error| error.key(), |_| "ok")
}

fn at(item: &Item) -> Option<String> {
    item.posted_at.map(|posted| posted.at.to_string())
}

fn rss(items: &str) -> String {
    format!("<rss version=\"2.0\"><channel><title>t</title>{items}</channel></rss>")
}

#[test]
fn rss_becomes_items_without_a_trace_of_html() {
    let feed = read(RSS);
    assert_eq!(feed.title.as_deref(), Some("Gaceta del Barrio"));
    assert_eq!(feed.ttl, Some(Duration::from_mins(45)));
    assert_eq!(feed.items.len(), 3, "an entry given twice is one, an empty one is none");
    let first = &feed.items[0];
    assert_eq!(first.external_id.as_deref(), Some("gaceta-1007"));
    assert_eq!(first.kind, ItemKind::Post);
    assert_eq!(first.url.as_deref(), Some("https://gaceta.example/2026/10/colas?id=7"));
    assert_eq!(first.title.as_deref(), Some("Colas de una hora en la panadería & café La Espiga"));
    assert_eq!(first.text, "Los vecinos protestan.\n\n- Primero\n- Segundo café\n\nFin");
    assert_eq!(first.author.as_deref(), Some("Nuria Peña"));
    assert_eq!(first.language_declared.as_deref(), Some("es"));
    assert_eq!(at(first).as_deref(), Some("2026-10-05T08:30:00Z"));
    assert!(first.posted_at.unwrap().precise);
    assert_eq!((first.rating, &first.reply, &first.place), (None, &Reply::Unknown, &None));

    let second = &feed.items[1];
    assert_eq!(second.url.as_deref(), Some("https://gaceta.example/2026/10/relativo"));
    assert!(second.external_id.as_deref().unwrap().starts_with("link:"), "{:?}", second.external_id);
    assert_eq!(read(RSS).items[1].external_id, second.external_id, "the fallback id is stable");
    assert_eq!((second.author.as_deref(), second.text.as_str()), (Some("Ana Gil"), "Solo un resumen."));
    assert_eq!(feed.items[2].author, None, "an address is no public name");
}

#[test]
fn atom_becomes_items() {
    let feed = read(ATOM);
    assert_eq!(feed.title.as_deref(), Some("Blog de comer fuera"));
    let [first, second] = &feed.items[..] else { panic!("{:?}", feed.items) };
    assert_eq!(first.external_id.as_deref(), Some("tag:blog.example,2026:1"));
    assert_eq!(first.url.as_deref(), Some("https://blog.example/croquetas#comentario-5"));
    assert_eq!(first.title.as_deref(), Some("Croquetas 3 < 4 & más"));
    assert_eq!(first.text, "Muy ricas.\n\nVolveré.");
    assert_eq!(first.author.as_deref(), Some("Marta R."));
    assert_eq!(at(first).as_deref(), Some("2026-10-05T17:00:00Z"));
    assert_eq!(second.url, None, "a script is no address");
    assert_eq!((second.author.as_deref(), second.text.as_str()), (Some("Otra firma"), "Un enlace"));
    assert_eq!(at(second).as_deref(), Some("2026-10-04T08:00:00Z"));
}

#[test]
fn json_feed_becomes_items() {
    let feed = read(JSON);
    assert_eq!(feed.title.as_deref(), Some("Foro vecinal"));
    let [first, second] = &feed.items[..] else { panic!("{:?}", feed.items) };
    assert_eq!(first.external_id.as_deref(), Some("42"));
    assert_eq!(first.url.as_deref(), Some("https://foro.example/t/42"));
    assert_eq!(first.text, "Me cobraron dos veces.");
    assert_eq!((first.author.as_deref(), second.author.as_deref()), (Some("Íñigo"), Some("La junta")));
    assert_eq!(second.text, "Primera línea\n\nSegunda línea con 1 < 2");
}

#[test]
fn the_same_story_in_two_alerts_has_one_address() {
    let (a, b) = (read(ALERTS_A), read(ALERTS_B));
    assert_eq!(a.items[0].url.as_deref(), Some("https://diario.example/n?id=1"));
    assert_eq!(a.items[0].url, b.items[0].url);
    assert_eq!(
        a.items[0].external_id.as_deref(),
        Some("tag:google.com,2013:googlealerts/feed:30000000000000000001")
    );
    assert_eq!(a.items[0].title.as_deref(), Some("Una multa a La Espiga por el ruido"));
    assert_eq!(a.items[0].text, "El ayuntamiento sanciona a La Espiga ...");
    assert_eq!(a.items[0].author, None);
    assert_eq!((a.items[1].url.as_deref(), a.items[1].title.as_deref()), (None, Some("Engaño")));
}

#[test]
fn addresses_lose_wrappers_and_tracking_and_nothing_else() {
    for (given, wanted) in [
        (
            "https://www.google.com/url?url=https://a.example/x%3Fq%3D1%2B2%26r%3D%C3%B1&ct=ga",
            Some("https://a.example/x?q=1+2&r=%C3%B1"),
        ),
        ("https://google.com.mx/url?q=http://a.example/", Some("http://a.example/")),
        (
            "https://www.google.co.uk/url?sa=t&q=http://a.example/&url=https://b.example/",
            Some("https://b.example/"),
        ),
        (
            "https://www.google.es/url?q=https://www.google.com/url?q%3Dhttps://a.example/",
            Some("https://a.example/"),
        ),
        (
            "https://www.google.evil.example/url?q=https://a.example/",
            Some("https://www.google.evil.example/url?q=https://a.example/"),
        ),
        ("https://www.google.com.evil.example/url?q=x", Some("https://www.google.com.evil.example/url?q=x")),
        (
            "https://evilgoogle.com/url?q=https://a.example/",
            Some("https://evilgoogle.com/url?q=https://a.example/"),
        ),
        ("https://www.google.com/search?q=x", Some("https://www.google.com/search?q=x")),
        ("https://www.google.com/url?q=file:///etc/passwd", None),
        ("https://www.google.com/url?q=data:text/html,x", None),
        ("https://www.google.com/url?q=/relative", None),
        ("HTTPS://A.Example:443/Path/../B?UTM_Source=x&a=1&&gclid=2", Some("https://a.example/B?a=1")),
        ("https://a.example/?utm_source=x", Some("https://a.example/")),
        ("https://a.example/?b=%20&a=+&utm=1", Some("https://a.example/?b=%20&a=+&utm=1")),
        ("https://a.example/#:~:text=hola", Some("https://a.example/")),
        ("https://a.example/#xtor=RSS-1", Some("https://a.example/")),
        ("https://a.example/#c5", Some("https://a.example/#c5")),
        ("https://u:p@a.example/", Some("https://a.example/")),
        ("mailto:a@a.example", None),
        ("javascript:alert(1)", None),
        ("a.example", None),
        ("", None),
    ] {
        assert_eq!(canonical_url(given).as_deref(), wanted, "{given}");
        if let Some(wanted) = wanted {
            assert_eq!(canonical_url(wanted).as_deref(), Some(wanted), "idempotent: {given}");
        }
    }
    let deep = (0..10).fold("https://a.example/".to_owned(), |inner, _| {
        let inner: String = url::form_urlencoded::byte_serialize(inner.as_bytes()).collect();
        format!("https://www.google.com/url?q={inner}")
    });
    assert_eq!(canonical_url(&deep), None);
}

#[test]
fn html_becomes_plain_text() {
    for (html, text) in [
        ("a<br>b<br/>c</br>", "a\nb\nc"),
        ("<p>a</p>\n\n<p>b</p>", "a\n\nb"),
        ("<h1>T</h1>x", "T\n\nx"),
        ("a <b> b </b> c", "a b c"),
        ("a<td>b</td>c", "a b c"),
        ("<style>p{}</style><SCRIPT>x<b></SCRIPT>y", "y"),
        ("<svg><title>x</title></svg>y", "y"),
        ("<!-- x -->y<![CDATA[z]]>", "y"),
        ("1 < 2 && 3 > 2", "1 < 2 && 3 > 2"),
        ("caf&eacute; &#241; &amp;lt;b&amp;gt; &nbsp; &bogus;", "café ñ &lt;b&gt; &bogus;"),
        ("<img src=x onerror=alert(1)>a", "a"),
        ("<scr<script>ipt>a", "ipt>a"),
        ("<a href='x'", ""),
        ("\u{202e}txt\u{0}\u{feff}\u{7}", "txt"),
        ("👩\u{200d}🍳", "👩\u{200d}🍳"),
        ("<script>never closed", ""),
    ] {
        assert_eq!(plain::from_html(html, 1_000), text, "{html:?}");
    }
    assert_eq!(plain::from_html(&"ñ".repeat(100), 11), "ñ".repeat(5), "cut between letters");
    assert_eq!(plain::from_plain("a <b>b</b>\n\n\nc", 100), "a b c");
    assert_eq!(plain::from_plain("a < b\n\n\nc\nd", 100), "a < b\n\nc\nd");
}

#[test]
fn any_charset_is_read() {
    let body = |label: &str| {
        format!(
            "<?xml version=\"1.0\" encoding=\"{label}\"?>{}",
            rss("<item><title>Peña</title><link>https://a.example/</link></item>")
        )
    };
    let cp1252 = |label: &str| encoding_rs::WINDOWS_1252.encode(&body(label)).0.into_owned();
    let utf16 = |little: bool, mark: bool| {
        let units =
            mark.then_some(0xfeff).into_iter().chain(body("utf-16").encode_utf16().collect::<Vec<_>>());
        units
            .flat_map(|unit: u16| if little { unit.to_le_bytes() } else { unit.to_be_bytes() })
            .collect::<Vec<u8>>()
    };
    for (what, bytes, content_type) in [
        ("utf-8", body("utf-8").into_bytes(), None),
        (
            "utf-8 that claims to be latin-1",
            body("iso-8859-1").into_bytes(),
            Some("text/xml; charset=iso-8859-1"),
        ),
        ("latin-1", cp1252("iso-8859-1"), None),
        ("latin-1 that claims to be utf-8", cp1252("utf-8"), Some("text/xml; charset=utf-8")),
        ("latin-1, told by the server", cp1252("x-unknown"), Some("text/xml; charset=\"ISO-8859-15\"")),
        ("utf-8 with a mark", [&b"\xef\xbb\xbf"[..], body("utf-8").as_bytes()].concat(), None),
        ("utf-16 with a mark", utf16(true, true), None),
        ("utf-16 big-endian with a mark", utf16(false, true), None),
        ("utf-16 without a mark", utf16(true, false), None),
        ("utf-16 big-endian without a mark", utf16(false, false), None),
        ("utf-8 that claims to be utf-16", body("utf-16").into_bytes(), None),
    ] {
        let feed = parse(&bytes, content_type, "https://a.example/")
            .unwrap_or_else(|error| panic!("{what}: {error}"));
        assert_eq!(feed.items[0].title.as_deref(), Some("Peña"), "{what}");
    }
}

#[test]
fn hostile_documents_end_in_an_error_or_in_plain_text() {
    let item = "<item><guid>1</guid><title>a</title></item>";
    let laughs = (1..12).fold("<!DOCTYPE rss [<!ENTITY l0 \"ja\">".to_owned(), |mut dtd, level| {
        let _ = write!(dtd, "<!ENTITY l{level} \"{}\">", format!("&l{};", level - 1).repeat(10));
        dtd
    });
    let laughs = format!("{laughs}]>{}", rss("<item><guid>1</guid><title>&l11;</title></item>"));
    let xxe = format!(
        "<!DOCTYPE rss [<!ENTITY x SYSTEM \"file:///etc/passwd\"><!ENTITY % p SYSTEM \"http://127.0.0.1/\">%p;]>{}",
        rss("<item><guid>1</guid><title>&x;</title><description>a&x;b</description></item>")
    );
    for bomb in [&laughs, &xxe] {
        if let Ok(feed) = parse(bomb.as_bytes(), None, "https://a.example/") {
            let kept = format!("{:?}", feed.items);
            assert!(kept.len() < 1_000 && !kept.contains("root:") && !kept.contains("jaja"), "{kept}");
        }
    }
    let deep = 100_000;
    let attributes: String = (0..100_000).fold(String::new(), |mut tag, n| {
        let _ = write!(tag, " xmlns:a{n}=\"b\"");
        tag
    });
    for (what, document, wanted) in [
        ("truncated", rss(item).replace("</channel></rss>", ""), "feed-malformed"),
        (
            "cut in a tag",
            format!("{}<item><tit", rss(item).replace("</channel></rss>", "")),
            "feed-malformed",
        ),
        ("nested", rss(&format!("{}{}", "<a>".repeat(deep), "</a>".repeat(deep))), "feed-out-of-bounds"),
        ("nested, unclosed", rss(&"<a>".repeat(deep)), "feed-out-of-bounds"),
        ("attributes", rss(&format!("<item{attributes}/>")), "feed-out-of-bounds"),
        ("a million empty entries", rss(&"<item/>".repeat(1_000_000)), "feed-out-of-bounds"),
        (
            "a million categories",
            rss(&format!("<item>{}</item>", "<category/>".repeat(400_000))),
            "feed-out-of-bounds",
        ),
        ("nested JSON", format!("{{\"items\":{}", "[".repeat(deep)), "feed-malformed"),
        ("nested objects", "{\"a\":".repeat(deep), "feed-malformed"),
        ("other JSON", "{\"error\":\"no\"}".to_owned(), "not-a-feed"),
        (
            "JSON, cut",
            "{\"version\":\"https://jsonfeed.org/version/1\",\"items\":[{".to_owned(),
            "feed-malformed",
        ),
        ("swollen JSON", format!("{{\"items\":[{}0]}}", "0,".repeat(1_000_000)), "feed-out-of-bounds"),
        ("other XML", "<opml version=\"2.0\"/>".to_owned(), "not-a-feed"),
        ("text", "hello".to_owned(), "not-a-feed"),
        ("nothing", String::new(), "not-a-feed"),
        ("an array", "[]".to_owned(), "not-a-feed"),
        ("NUL", "\0\0\0".to_owned(), "not-a-feed"),
        ("a page", "<!-- x --><!DOCTYPE HTML><html>".to_owned(), "not-a-feed"),
    ] {
        assert_eq!(key(document.as_bytes()), wanted, "{what}");
    }
}

#[test]
fn nothing_grows_beyond_its_bound() {
    let many = (0..6_000).fold(String::new(), |mut items, n| {
        let _ = write!(items, "<item><guid>{n}</guid><title>{n}</title></item>");
        items
    });
    let feed = read(rss(&many).as_bytes());
    assert_eq!((feed.items.len(), feed.truncated), (ITEMS_MAX, true));
    assert_eq!(
        feed.items[0].external_id.as_deref(),
        Some("0"),
        "the first ones stay: feeds begin with the newest"
    );

    let big = rss(&format!(
        "<item><guid>{}</guid><title>{}</title><dc:creator xmlns:dc=\"http://purl.org/dc/elements/1.1/\">{}</dc:creator><description>{}</description></item>",
        "g".repeat(5_000),
        "t".repeat(5_000),
        "a".repeat(5_000),
        "ñ ".repeat(1_000_000),
    ));
    let item = &read(big.as_bytes()).items[0];
    assert!(item.text.len() <= TEXT_BYTES_MAX && item.text.len() > TEXT_BYTES_MAX - 4, "{}", item.text.len());
    assert_eq!(item.title.as_ref().unwrap().len(), 1_000);
    assert_eq!(item.author.as_ref().unwrap().len(), 200);
    assert!(item.external_id.as_ref().unwrap().len() < 64);
    // What multiplies in a tree does not in a stream.
    let formatting = (0..20_000).fold(String::new(), |mut html, n| {
        let _ = write!(html, "<b id={n}><p>x");
        html
    });
    assert_eq!(plain::from_html(&formatting, 100).len(), 100);
}

fn feeds(head: &str) -> Act {
    let xml = "application/xml";
    Act::Say(match path_of(head) {
        "/rss.xml" if head.contains("if-none-match: \"r1\"") => {
            answer(304, xml, "Cache-Control: max-age=600\r\n", b"")
        }
        "/rss.xml" => ok(xml, "ETag: \"r1\"\r\nLast-Modified: Mon, 05 Oct 2026 08:00:00 GMT\r\n", RSS),
        "/dated.xml" if head.contains("if-modified-since: Mon, 05 Oct 2026") => answer(304, xml, "", b""),
        "/dated.xml" => ok(xml, "Last-Modified: Mon, 05 Oct 2026 08:00:00 GMT\r\n", ATOM),
        "/cached.xml" => ok(xml, "Cache-Control: max-age=7200\r\n", RSS),
        "/gone.xml" => answer(410, xml, "", b"gone"),
        "/busy.xml" => answer(429, xml, "Retry-After: 90\r\n", b""),
        "/down.xml" => answer(503, xml, "Retry-After: -1\r\n", b""),
        "/missing.xml" => answer(404, xml, "", b""),
        "/moved.xml" => redirect(301, "/moved-again.xml"),
        "/moved-again.xml" => redirect(302, "/rss.xml"),
        "/" => ok("text/html; charset=utf-8", "ETag: \"page\"\r\n", PAGE),
        "/mislabelled" => ok("text/html", "", ATOM),
        "/circle" => ok("text/html", "", b"<html><link rel=alternate type=application/rss+xml href=/circle>"),
        "/inward" => ok(
            "text/html",
            "",
            b"<html><link rel=alternate type=application/rss+xml href=http://169.254.169.254/>",
        ),
        "/to-gone" => {
            ok("text/html", "", b"<html><link rel=alternate type=application/rss+xml href=/gone.xml>")
        }
        "/nothing" => ok("text/html", "", b"<html><p>hello"),
        "/future.xml" => ok(xml, "", future().as_bytes()),
        _ => ok(xml, "", &RSS[..RSS.len() / 2]),
    })
}

fn future() -> String {
    let dates = [
        "Tue, 06 Oct 2026 02:00:00 GMT",
        "Thu, 08 Oct 2026 00:00:00 GMT",
        "Thu, 01 Jan 1970 00:00:00 GMT",
        "soon",
    ];
    let items = dates.iter().fold(String::new(), |mut items, date| {
        let _ = write!(items, "<item><title>{date}</title><pubDate>{date}</pubDate></item>");
        items
    });
    rss(&items)
}

async fn reader() -> (Fake, Egress) {
    let fake = Fake::start(feeds).await;
    let egress = Egress::new(fake.policy()).unwrap();
    (fake, egress)
}

#[tokio::test]
async fn a_feed_is_only_sent_again_when_it_changes() {
    let (fake, egress) = reader().await;
    for path in ["/rss.xml", "/dated.xml"] {
        let first = poll(&egress, &FeedState::new(fake.url(path)), now()).await.unwrap();
        let FeedPoll::Items { items, state, .. } = first else { panic!("{first:?}") };
        assert!(!items.is_empty());
        assert_eq!(state.url, fake.url(path));
        let second = poll(&egress, &state, now()).await.unwrap();
        let FeedPoll::NotModified { state: kept, next_after } = second else { panic!("{second:?}") };
        assert_eq!(kept, state, "validators outlive an answer that does not repeat them");
        assert_eq!(next_after, (path == "/rss.xml").then(|| Duration::from_mins(10)));
    }
}

#[tokio::test]
async fn a_feed_says_when_to_come_back() {
    let (fake, egress) = reader().await;
    for (path, minutes) in [("/rss.xml", Some(45)), ("/cached.xml", Some(120)), ("/dated.xml", None)] {
        let read = poll(&egress, &FeedState::new(fake.url(path)), now()).await.unwrap();
        let FeedPoll::Items { next_after, .. } = read else { panic!("{read:?}") };
        assert_eq!(next_after, minutes.map(Duration::from_mins), "{path}");
    }
    let busy = poll(&egress, &FeedState::new(fake.url("/busy.xml")), now()).await.unwrap_err();
    assert_eq!(
        (busy.key(), busy.is_temporary(), busy.retry_after()),
        ("http-status", true, Some(Duration::from_secs(90)))
    );
    let down = poll(&egress, &FeedState::new(fake.url("/down.xml")), now()).await.unwrap_err();
    assert_eq!((down.is_temporary(), down.retry_after()), (true, Some(Duration::ZERO)));
}

#[tokio::test]
async fn gone_missing_moved_and_broken_are_told_apart() {
    let (fake, egress) = reader().await;
    let read = async |path: &str| poll(&egress, &FeedState::new(fake.url(path)), now()).await;
    assert_eq!(read("/gone.xml").await, Ok(FeedPoll::Gone));
    let missing = read("/missing.xml").await.unwrap_err();
    assert_eq!((missing.key(), missing.is_temporary()), ("http-status", false));
    let Ok(FeedPoll::Items { items, state, .. }) = read("/moved.xml").await else { panic!() };
    assert_eq!((items.len(), state.url), (3, fake.url("/moved.xml")));
    let broken = read("/broken.xml").await.unwrap_err();
    assert_eq!((broken.key(), broken.is_temporary()), ("feed-malformed", true));
}

#[tokio::test]
async fn a_page_leads_to_its_feed_once() {
    let (fake, egress) = reader().await;
    let read = async |path: &str| poll(&egress, &FeedState::new(fake.url(path)), now()).await;
    let Ok(FeedPoll::Items { items, state, .. }) = read("/").await else { panic!() };
    assert_eq!((items.len(), state.url, state.etag.as_deref()), (3, fake.url("/rss.xml"), Some("\"r1\"")));
    assert!(
        matches!(read("/mislabelled").await, Ok(FeedPoll::Items { .. })),
        "a feed is a feed, whatever its label"
    );
    for path in ["/circle", "/nothing", "/to-gone"] {
        assert_eq!(read(path).await, Err(FeedError::NotAFeed), "{path}");
    }
    assert_eq!(read("/inward").await.unwrap_err().key(), "private-address");
    assert_eq!(fake.requests().iter().filter(|head| path_of(head) == "/circle").count(), 2);
}

#[tokio::test]
async fn dates_nobody_can_believe_are_unknown() {
    let (fake, egress) = reader().await;
    let read = poll(&egress, &FeedState::new(fake.url("/future.xml")), now()).await.unwrap();
    let FeedPoll::Items { items, .. } = read else { panic!("{read:?}") };
    let dates: Vec<_> =
        items.iter().map(|item| item.posted_at.map(|posted| (posted.at, posted.precise))).collect();
    assert_eq!(dates, [Some((now(), false)), None, None, None]);
}

#[tokio::test]
async fn a_feed_on_a_private_address_is_not_read() {
    let (fake, _) = reader().await;
    let egress = Egress::new(EgressPolicy::default()).unwrap();
    for url in [
        fake.url("/rss.xml"),
        "http://127.0.0.1/".into(),
        "file:///etc/passwd".into(),
        "http://localhost/".into(),
    ] {
        assert!(poll(&egress, &FeedState::new(url), now()).await.is_err());
    }
    assert_eq!(fake.connections(), 0);
}
