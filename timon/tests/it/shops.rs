//! Shops on the web: what is signed is heard once, what is not is not, one that does not tell is asked.

use std::sync::{Arc, Mutex};

use ::customers::store::shops::{self, Shop};
use ::customers::{opted_out, store::people};
use axum::body::Body;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::{Role, ShopId};
use foundation::store::Scope;
use hmac::{Hmac, KeyInit as _, Mac as _};
use http::Request;
use jiff::SignedDuration;
use sha2::Sha256;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use crate::app::{Page, TestApp};
use crate::customers::{customer, everything, neighbour, scope, sign_in_as};
use crate::on_both_engines;

const NOTE: (&str, &str) = ("basis_note", "En el pago: «márcalo si no quieres mensajes»");
const SHOPIFY_SECRET: &str = "shpss_0123456789abcdef";

async fn add(app: &mut TestApp, kind: &str, more: &[(&str, &str)]) -> Page {
    let mut fields = vec![("kind", kind), ("name", "Mi tienda"), ("basis", "contract"), NOTE];
    fields.extend(more);
    app.post("/shops", &fields).await
}

async fn newest(scope: &Scope) -> Shop {
    shops::shops(scope, 50).await.expect("readable").pop().expect("a shop")
}

fn secret_in(page: &Page) -> String {
    let code = page.body.rsplit("class=\"notice").next().unwrap_or_default();
    let codes: Vec<&str> =
        page.body.split("<code>").skip(1).filter_map(|part| part.split("</code>").next()).collect();
    let secret =
        codes.iter().find(|code| !code.contains("/hooks/")).unwrap_or_else(|| panic!("no secret: {code}"));
    (*secret).to_owned()
}

fn mac(secret: &[u8], message: &[u8]) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret).expect("any length is a key");
    mac.update(message);
    STANDARD.encode(mac.finalize().into_bytes())
}

/// What a program outside sends: no cookie, no origin, nothing of ours.
async fn tell(app: &mut TestApp, path_key: &str, headers: &[(&str, &str)], body: &[u8]) -> u16 {
    let kept = app.forget_cookies();
    let mut request =
        Request::builder().method("POST").uri(format!("/hooks/{path_key}")).header("host", "timon.example");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let page = app.send(request.body(Body::from(body.to_vec())).expect("a request")).await;
    assert!(page.headers.get("set-cookie").is_none(), "no cookie for a program");
    app.use_cookies(kept);
    page.status.as_u16()
}

async fn tell_woo(app: &mut TestApp, shop: &Shop, secret: &str, topic: &str, body: &str) -> u16 {
    let signature = mac(secret.as_bytes(), body.as_bytes());
    let headers = [("x-wc-webhook-topic", topic), ("x-wc-webhook-signature", signature.as_str())];
    tell(app, &shop.path_key, &headers, body.as_bytes()).await
}

async fn tell_shopify(app: &mut TestApp, shop: &Shop, topic: &str, body: &str) -> u16 {
    let signature = mac(SHOPIFY_SECRET.as_bytes(), body.as_bytes());
    let headers = [("x-shopify-topic", topic), ("x-shopify-hmac-sha256", signature.as_str())];
    tell(app, &shop.path_key, &headers, body.as_bytes()).await
}

async fn tell_standard(app: &mut TestApp, shop: &Shop, secret: &str, body: &str) -> u16 {
    let stamp = app.now().as_second().to_string();
    let key = STANDARD.decode(secret.trim_start_matches("whsec_")).expect("base64");
    let signature = format!("v1,{}", mac(&key, format!("m-1.{stamp}.{body}").as_bytes()));
    let headers = [
        ("webhook-id", "m-1"),
        ("webhook-timestamp", stamp.as_str()),
        ("webhook-signature", signature.as_str()),
    ];
    tell(app, &shop.path_key, &headers, body.as_bytes()).await
}

async fn visits(scope: &Scope) -> i64 {
    people::counts(scope, 0).await.expect("readable").visits
}

fn woo_order(id: u32, state: &str, email: &str) -> String {
    format!(
        r#"{{"id":{id},"status":"{state}","date_completed_gmt":"2026-09-20T22:30:00","billing":{{"first_name":"Ana","last_name":"Gil","email":"{email}","country":"ES"}}}}"#
    )
}

on_both_engines! {
    async fn woocommerce_orders_are_heard_once_and_only_signed(app: &mut TestApp) {
        app.first_run().await;
        let scope = scope(app).await;
        let page = add(app, "woocommerce", &[]).await;
        let secret = secret_in(page.is(200));
        let shop = newest(&scope).await;
        app.get("/shops").await.is(200).has(&shop.path_key).has_not(&secret);
        assert!(!everything(app).await.contains(&secret), "kept sealed");

        assert_eq!(tell(app, &shop.path_key, &[("content-type", "application/x-www-form-urlencoded")], b"webhook_id=7").await, 200);
        assert_eq!(newest(&scope).await.heard, 0, "a ping proves nothing");
        let order = woo_order(1, "completed", "ana@prueba.example");
        assert_eq!(tell(app, &shop.path_key, &[("x-wc-webhook-topic", "order.updated")], order.as_bytes()).await, 401);
        assert_eq!(tell_woo(app, &shop, "otra", "order.updated", &order).await, 401);
        assert_eq!((visits(&scope).await, newest(&scope).await.heard), (0, 0), "nothing unsigned is saved");
        for _ in 0..3 {
            assert_eq!(tell_woo(app, &shop, &secret, "order.updated", &order).await, 200);
        }
        assert_eq!(visits(&scope).await, 1);
        let ana = people::by_contact(&scope, "ana@prueba.example").await.expect("readable").remove(0);
        assert_eq!((ana.name.as_str(), ana.language.as_str(), ana.basis_note.as_str()), ("Ana Gil", "es", NOTE.1));
        let visit = people::visits(&scope, ana.id, 5).await.expect("readable").remove(0);
        let day = ::customers::rules::day_of(visit.day).expect("a day").to_string();
        assert_eq!((day.as_str(), visit.reference.as_deref()), ("2026-09-21", Some("1")), "past midnight in Madrid");

        // Without an address it is counted, not kept; a test key of another order cancels nothing.
        assert_eq!(tell_woo(app, &shop, &secret, "order.updated", &woo_order(2, "completed", "")).await, 200);
        assert_eq!(tell_woo(app, &shop, &secret, "order.updated", &woo_order(9, "cancelled", "")).await, 200);
        assert_eq!((visits(&scope).await, newest(&scope).await.skipped), (1, 1));
        assert_eq!(tell_woo(app, &shop, &secret, "order.updated", &woo_order(1, "refunded", "ana@prueba.example")).await, 200);
        assert_eq!(visits(&scope).await, 0);
        assert_eq!(tell_woo(app, &shop, &secret, "order.updated", &order).await, 200);
        assert_eq!(visits(&scope).await, 0, "an old message does not bring a cancelled order back");
    }

    async fn shopify_passes_on_who_wants_to_be_forgotten_or_told(app: &mut TestApp) {
        app.first_run().await;
        let scope = scope(app).await;
        for bad in ["", "corta", "con espacios en medio de ella"] {
            add(app, "shopify", &[("secret", bad)]).await.is(422);
        }
        add(app, "shopify", &[("secret", SHOPIFY_SECRET)]).await.is(303).goes_to("/shops?done=added");
        let shop = newest(&scope).await;
        let order = |name: &str, email: &str| format!(
            r#"{{"name":"{name}","email":"{email}","fulfillment_status":"fulfilled","customer_locale":"en-GB","fulfillments":[{{"created_at":"2026-09-20T10:00:00Z"}}]}}"#
        );
        for (name, email) in [("#1", "nora@prueba.example"), ("#2", "bob@prueba.example"), ("#3", "bob@prueba.example")] {
            assert_eq!(tell_shopify(app, &shop, "orders/fulfilled", &order(name, email)).await, 200);
        }
        assert_eq!(tell_shopify(app, &shop, "orders/cancelled", r##"{"name":"#3"}"##).await, 200);
        assert_eq!(visits(&scope).await, 2);

        let about = |email: &str| format!(r#"{{"customer":{{"email":"{email}"}}}}"#);
        assert_eq!(tell_shopify(app, &shop, "customers/data_request", &about("bob@prueba.example")).await, 200);
        app.get("/customers").await.is(200).has("Alguien pide ver sus datos");
        assert_eq!(tell_shopify(app, &shop, "customers/redact", &about("NORA@prueba.example")).await, 200);
        assert_eq!(tell_shopify(app, &shop, "customers/redact", &about("nunca@prueba.example")).await, 200);
        app.settle().await;
        assert!(!everything(app).await.contains("nora@"));
        for gone in ["nora@prueba.example", "nunca@prueba.example"] {
            assert!(opted_out(&app.context, &scope, gone).await.expect("readable"), "{gone}");
        }
        assert_eq!(tell_shopify(app, &shop, "orders/fulfilled", &order("#1", "nora@prueba.example")).await, 200);
        assert!(people::by_contact(&scope, "nora@prueba.example").await.expect("readable").is_empty());

        assert_eq!(tell_shopify(app, &shop, "shop/redact", "{}").await, 200);
        assert_eq!(tell_shopify(app, &shop, "orders/fulfilled", &order("#4", "eva@prueba.example")).await, 404);
        app.settle().await;
        let all = everything(app).await;
        assert!(!all.contains("bob@") && !all.contains("eva@"));
        assert!(!opted_out(&app.context, &scope, "bob@prueba.example").await.expect("readable"), "it was not his wish");
        assert!(shops::shops(&scope, 9).await.expect("readable").is_empty());
    }

    async fn any_program_may_tell_with_its_own_basis(app: &mut TestApp) {
        app.first_run().await;
        let scope = scope(app).await;
        let secret = secret_in(add(app, "program", &[]).await.is(200));
        assert!(secret.starts_with("whsec_"));
        let shop = newest(&scope).await;
        let order = |reference: &str, basis: &str| format!(
            r#"{{"type":"order.completed","data":{{"order_ref":"{reference}","completed_at":"2026-09-20T10:00:00Z","contact":"{reference}@prueba.example","locale":"es","legal_basis":"{basis}"}}}}"#
        );
        for (reference, basis) in [("a", "consent"), ("b", ""), ("c", "none"), ("d", "legitimate")] {
            assert_eq!(tell_standard(app, &shop, &secret, &order(reference, basis)).await, 200);
        }
        assert_eq!((visits(&scope).await, newest(&scope).await.skipped), (2, 2));
        let basis = async |email: &str| people::by_contact(&scope, email).await.expect("readable")[0].basis;
        assert_eq!((basis("a@prueba.example").await, basis("b@prueba.example").await), (domain::LawfulBasis::Consent, domain::LawfulBasis::Contract));
        assert_eq!(tell_standard(app, &shop, &secret, r#"{"type":"order.cancelled","data":{"order_ref":"a"}}"#).await, 200);
        assert_eq!(visits(&scope).await, 1);
        assert_eq!(tell_standard(app, &shop, &secret, "no json").await, 422);

        // Another secret: the one before no longer opens.
        let page = app.post(&format!("/shops/{}", shop.id), &[("action", "secret")]).await;
        let fresh = secret_in(page.is(200));
        assert_eq!(tell_standard(app, &shop, &secret, &order("e", "")).await, 401);
        assert_eq!(tell_standard(app, &shop, &fresh, &order("e", "")).await, 200);
        app.post(&format!("/shops/{}", shop.id), &[("action", "remove")]).await.is(303);
        assert_eq!(tell_standard(app, &shop, &fresh, &order("f", "")).await, 404);
        assert_eq!(visits(&scope).await, 2, "what it brought stays");
    }

    async fn strangers_learn_nothing_and_floods_are_bounded(app: &mut TestApp) {
        app.first_run().await;
        let scope = scope(app).await;
        let secret = secret_in(add(app, "woocommerce", &[]).await.is(200));
        let shop = newest(&scope).await;
        for nobody in ["0", "00000000000000000000000000000000", "..%2f..%2fetc", "%00", &"a".repeat(5_000)] {
            let status = tell(app, nobody, &[], b"{}").await;
            assert!(matches!(status, 400 | 404), "{nobody}: {status}");
        }
        assert_eq!(tell(app, &shop.path_key, &[], &vec![b'a'; 300 << 10]).await, 413);
        app.get(&format!("/hooks/{}", shop.path_key)).await.is(405);
        // Where it comes from proves nothing, for or against.
        assert_eq!(tell(app, &shop.path_key, &[("origin", "https://evil.example"), ("sec-fetch-site", "cross-site")], b"{}").await, 401);
        let mut refused = 0;
        for _ in 0..::customers::shops::hook::MESSAGES_PER_MINUTE + 10 {
            refused += u32::from(tell(app, &shop.path_key, &[], b"x").await == 429);
        }
        assert!(refused >= 10);
        assert_eq!(tell_woo(app, &shop, &secret, "order.updated", &woo_order(1, "completed", "a@prueba.example")).await, 429);
        app.context.clock.advance(SignedDuration::from_mins(2).unsigned_abs());
        assert_eq!(tell_woo(app, &shop, &secret, "order.updated", &woo_order(1, "completed", "a@prueba.example")).await, 200);
        assert_eq!(visits(&scope).await, 1);
    }

    async fn shops_belong_to_one_organisation_and_its_managers(app: &mut TestApp) {
        app.first_run().await;
        let own = scope(app).await;
        let secret = secret_in(add(app, "woocommerce", &[]).await.is(200));
        let shop = newest(&own).await;
        for wrong in [[("kind", "magento")], [("name", "")], [("basis", "")], [("basis_note", " ")]] {
            let mut fields = vec![("kind", "program"), ("name", "x"), ("basis", "contract"), ("basis_note", "y")];
            fields.retain(|(name, _)| *name != wrong[0].0);
            fields.extend(wrong);
            app.post("/shops", &fields).await.is(422);
        }
        let other = neighbour(app).await;
        app.forget_cookies();
        app.post("/sign-in", &[("email", "vecino@prueba.example"), ("password", "otra tortilla más")]).await.goes_to("/today");
        app.get("/shops").await.is(200).has_not(&shop.path_key).has_not("Mi tienda");
        app.post(&format!("/shops/{}", shop.id), &[("action", "remove")]).await.is(404);
        app.post(&format!("/shops/{}", shop.id), &[("action", "secret")]).await.is(404);
        assert!(shops::shop(&other, shop.id).await.expect("readable").is_none());
        assert!(shops::shop(&other, ShopId(1)).await.expect("readable").is_none());
        assert_eq!(tell_woo(app, &shop, &secret, "order.updated", &woo_order(1, "completed", "a@prueba.example")).await, 200);
        assert_eq!((visits(&own).await, visits(&other).await), (1, 0));
        for role in [Role::Viewer, Role::Agent] {
            sign_in_as(app, role).await;
            app.get("/shops").await.is(403);
            app.post("/shops", &[]).await.is(403);
        }
    }
}

/// A PrestaShop of invented orders: answers by what is asked, remembers what was asked.
async fn prestashop(
    answer: impl Fn(&str) -> (u16, String) + Send + Sync + 'static,
) -> (u16, Arc<Mutex<Vec<String>>>) {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let asked = Arc::new(Mutex::new(Vec::new()));
    let heads = Arc::clone(&asked);
    #[expect(clippy::disallowed_methods, reason = "a server of the test's own, gone with its runtime")]
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut head = Vec::new();
            let mut part = [0; 4096];
            while !head.windows(4).any(|end| end == b"\r\n\r\n") {
                match stream.read(&mut part).await {
                    Ok(n) if n > 0 => head.extend_from_slice(&part[..n]),
                    _ => break,
                }
            }
            let head = String::from_utf8_lossy(&head).into_owned();
            let (status, body) = answer(&head);
            heads.lock().expect("unpoisoned").push(head);
            let said = format!(
                "HTTP/1.1 {status} X\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
                body.len()
            );
            let _ = stream.write_all(said.as_bytes()).await;
        }
    });
    (port, asked)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn prestashop_is_asked_where_it_stopped_and_later_when_it_fails() {
    let works = Arc::new(std::sync::atomic::AtomicBool::new(true));
    let up = Arc::clone(&works);
    let (port, asked) = prestashop(move |head| {
        if !up.load(std::sync::atomic::Ordering::SeqCst) {
            return (500, String::new());
        }
        if head.contains("/api/customers") {
            let person = |n: u32| format!(r#"{{"id":{n},"email":"c{n}@prueba.example","firstname":"C","lastname":"{n}"}}"#);
            return (200, format!(r#"{{"customers":[{}]}}"#, (1..=60).map(person).collect::<Vec<_>>().join(",")));
        }
        // Sixty orders of the same second: more than one page.
        let order = |n: u32| format!(r#"{{"id":{n},"reference":"R{n}","current_state":"5","id_customer":"{n}","date_upd":"2026-09-20 10:00:00"}}"#);
        let from = head.split("limit=").nth(1).and_then(|l| l.split(',').next()).and_then(|n| n.parse().ok()).unwrap_or(0);
        let orders: Vec<String> = (1..=60).skip(from).take(50).map(order).collect();
        (200, format!(r#"{{"orders":[{}]}}"#, orders.join(",")))
    })
    .await;
    let mut app = TestApp::sqlite_with(|config| config.allow_private.push(format!("127.0.0.1:{port}"))).await;
    app.first_run().await;
    let scope = scope(&app).await;
    let address = format!("http://127.0.0.1:{port}/tienda");
    let key = ("secret", "LLAVEDEPRUEBA1234567");
    for wrong in [
        "",
        "http://tienda.example/",
        "http://10.0.0.1/",
        "https://u:p@tienda.example/",
        "ftp://tienda.example/",
    ] {
        add(&mut app, "prestashop", &[("address", wrong), key]).await.is(422);
    }
    add(&mut app, "prestashop", &[("address", &address), key]).await.is(303);
    app.settle().await;
    assert_eq!(visits(&scope).await, 60);
    let shop = newest(&scope).await;
    assert_eq!((shop.cursor.as_str(), shop.heard, shop.failures), ("2026-09-20 10:00:00|60", 60, 0));
    let c7 = people::by_contact(&scope, "c7@prueba.example").await.expect("readable").remove(0);
    assert_eq!(customer(&scope, c7.id).await.name, "C 7");
    let so_far = asked.lock().expect("unpoisoned").len();
    app.settle().await;
    assert_eq!(asked.lock().expect("unpoisoned").len(), so_far, "not before its time");

    works.store(false, std::sync::atomic::Ordering::SeqCst);
    app.context.clock.advance(SignedDuration::from_mins(15).unsigned_abs());
    app.settle().await;
    let shop = newest(&scope).await;
    assert_eq!(
        (shop.failures, shop.error_key.as_str(), shop.cursor.as_str()),
        (1, "http-status", "2026-09-20 10:00:00|60")
    );
    app.get("/shops").await.is(200).has("No se pudo hablar con la tienda").has_not("LLAVEDEPRUEBA");
    app.context.clock.advance(SignedDuration::from_mins(15).unsigned_abs());
    app.settle().await;
    assert_eq!(newest(&scope).await.failures, 1, "later after a failure");
    works.store(true, std::sync::atomic::Ordering::SeqCst);
    app.context.clock.advance(SignedDuration::from_mins(15).unsigned_abs());
    app.settle().await;
    assert_eq!((newest(&scope).await.failures, visits(&scope).await), (0, 60));
    assert!(!everything(&app).await.contains("LLAVEDEPRUEBA"));
}
