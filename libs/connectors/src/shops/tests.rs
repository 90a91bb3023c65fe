//! Signatures against vectors that Python's `hmac` (and, for Standard Webhooks, its specification) gave, and what each shop says.

use http::{HeaderMap, HeaderName, HeaderValue};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use proptest::prelude::*;

use super::prestashop::{PollError, check, poll};
use super::*;
use crate::egress::Egress;
use crate::egress::fake::{Act, Fake, ok};

const WOO: &[u8] = br#"{"id":727,"status":"completed","date_completed_gmt":"2026-09-20T10:00:00","billing":{"first_name":"Ana","last_name":"Gil","email":"ana@prueba.example","phone":"600 111 222","country":"ES"}}"#;
const SHOPIFY: &[u8] = br##"{"id":450789469,"name":"#1001","email":"ana@prueba.example","fulfillment_status":"fulfilled","financial_status":"paid","test":false,"customer_locale":"es-ES","updated_at":"2026-09-20T12:00:00+02:00","customer":{"first_name":"Ana","last_name":"Gil"},"fulfillments":[{"created_at":"2026-09-19T12:00:00+02:00"}]}"##;

fn headers(pairs: &[(&str, &str)]) -> HeaderMap {
    let mut map = HeaderMap::new();
    for (name, value) in pairs {
        let name: HeaderName = name.parse().expect("a name");
        map.insert(name, HeaderValue::from_str(value).expect("a value"));
    }
    map
}

fn at(text: &str) -> Timestamp {
    text.parse().expect("a moment")
}

fn signed(secret: &str, body: &[u8]) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("any length is a key");
    mac.update(body);
    STANDARD.encode(mac.finalize().into_bytes())
}

#[test]
fn a_woocommerce_order_is_believed_only_as_it_was_signed() {
    let now = at("2026-09-21T10:00:00Z");
    let good = headers(&[
        ("x-wc-webhook-topic", "order.updated"),
        ("x-wc-webhook-signature", "+5h6wcGwh9Rc2/OVsm1jPJjXFh+mwIEu9twogHm4OhM="),
    ]);
    let hear =
        |secret, headers: &HeaderMap, body: &[u8]| hear(Program::WooCommerce, secret, headers, body, now);
    let Ok(Told::Completed(order)) = hear("llave de prueba", &good, WOO) else { panic!("an order") };
    assert_eq!(order.completed_at, Some(at("2026-09-20T10:00:00Z")));
    assert_eq!(
        [order.reference, order.name, order.email, order.phone, order.language],
        ["727", "Ana Gil", "ana@prueba.example", "600 111 222", "ES"]
    );
    assert_eq!(hear("otra llave", &good, WOO), Err(Refused::Signature));
    assert_eq!(hear("", &good, WOO), Err(Refused::Signature));
    let mut changed = WOO.to_vec();
    changed[6] = b'8';
    assert_eq!(hear("llave de prueba", &good, &changed), Err(Refused::Signature));
    for broken in ["", "AAAA", "+5h6wcGwh9Rc2/OVsm1jPJjXFh+mwIEu9twogHm4OhM", "no base64 ñ"] {
        let mut bad = good.clone();
        bad.insert("x-wc-webhook-signature", HeaderValue::from_bytes(broken.as_bytes()).expect("bytes"));
        assert_eq!(hear("llave de prueba", &bad, WOO), Err(Refused::Signature), "{broken}");
    }
    assert_eq!(hear("x", &HeaderMap::new(), b"webhook_id=12"), Ok(Told::Ping));
    for no_ping in [&b"webhook_id="[..], b"webhook_id=1&a=2", b"webhook_id=123456789012345678901"] {
        assert_eq!(hear("x", &HeaderMap::new(), no_ping), Err(Refused::Signature));
    }
}

#[test]
fn woocommerce_says_what_became_of_an_order() {
    let told = |topic: &str, body: &str| {
        let headers = headers(&[
            ("x-wc-webhook-topic", topic),
            ("x-wc-webhook-signature", &signed("s", body.as_bytes())),
        ]);
        hear(Program::WooCommerce, "s", &headers, body.as_bytes(), Timestamp::UNIX_EPOCH)
    };
    let cancelled = || Ok(Told::Cancelled { reference: "7".to_owned() });
    for state in ["cancelled", "refunded", "failed", "trash"] {
        assert_eq!(
            told("order.updated", &format!(r#"{{"id":7,"status":"{state}"}}"#)),
            cancelled(),
            "{state}"
        );
    }
    assert_eq!(told("order.deleted", r#"{"id":7}"#), cancelled());
    for (topic, body) in [
        ("order.created", r#"{"id":7,"status":"pending"}"#),
        ("order.updated", r#"{"id":7,"status":"processing"}"#),
        ("product.updated", r#"{"id":7,"status":"completed"}"#),
        ("order.updated", r#"{"status":"completed"}"#),
        ("order.updated", "[]"),
    ] {
        assert_eq!(told(topic, body), Ok(Told::Nothing), "{topic} {body}");
    }
    assert_eq!(told("order.updated", "{"), Err(Refused::Unreadable));
}

#[test]
fn shopify_orders_count_when_fulfilled_and_not_when_undone() {
    let vector =
        headers(&[("x-shopify-topic", "orders/fulfilled"), ("x-shopify-hmac-sha256", SHOPIFY_SIGNATURE)]);
    let now = Timestamp::UNIX_EPOCH;
    let Ok(Told::Completed(order)) = hear(Program::Shopify, "shpss_prueba", &vector, SHOPIFY, now) else {
        panic!("an order")
    };
    assert_eq!((order.reference.as_str(), order.completed_at), ("#1001", Some(at("2026-09-19T10:00:00Z"))));
    assert_eq!((order.name.as_str(), order.language.as_str()), ("Ana Gil", "es-ES"));
    assert_eq!(hear(Program::Shopify, "shpss_otra", &vector, SHOPIFY, now), Err(Refused::Signature));

    let told = |topic: &str, body: &str| {
        let headers =
            headers(&[("x-shopify-topic", topic), ("x-shopify-hmac-sha256", &signed("s", body.as_bytes()))]);
        hear(Program::Shopify, "s", &headers, body.as_bytes(), now).expect("signed")
    };
    let undone = Told::Cancelled { reference: "#2".to_owned() };
    assert_eq!(told("orders/cancelled", r##"{"id":2,"name":"#2"}"##), undone);
    assert_eq!(
        told(
            "orders/updated",
            r##"{"name":"#2","financial_status":"refunded","fulfillment_status":"fulfilled"}"##
        ),
        undone
    );
    assert_eq!(
        told(
            "orders/fulfilled",
            r##"{"name":"#2","cancelled_at":"2026-09-20T10:00:00Z","fulfillment_status":"fulfilled"}"##
        ),
        undone
    );
    for (topic, body) in [
        ("orders/fulfilled", r##"{"name":"#2","test":true,"fulfillment_status":"fulfilled"}"##),
        ("orders/updated", r##"{"name":"#2","fulfillment_status":null}"##),
        (
            "orders/updated",
            r##"{"name":"#2","financial_status":"partially_refunded","fulfillment_status":"partial"}"##,
        ),
        ("refunds/create", r#"{"order_id":2}"#),
        ("orders/paid", r##"{"name":"#2"}"##),
    ] {
        assert_eq!(told(topic, body), Told::Nothing, "{topic} {body}");
    }
    let contacts = vec!["a@prueba.example".to_owned(), "+34600111222".to_owned()];
    let person = r#"{"customer":{"id":1,"email":"a@prueba.example","phone":"+34600111222"}}"#;
    assert_eq!(told("customers/redact", person), Told::Forget { contacts: contacts.clone() });
    assert_eq!(told("customers/data_request", person), Told::AskedForData { contacts });
    assert_eq!(told("shop/redact", r#"{"shop_id":1}"#), Told::ForgetShop);
}

const SHOPIFY_SIGNATURE: &str = "NFbH4i7N8pBgtFjzvY25ywXDR5nPZEZkqZO+tgxMTqA=";

/// The vector of the specification (github.com/standard-webhooks/standard-webhooks, its libraries' tests).
#[test]
fn any_program_is_believed_within_five_minutes_and_by_the_known_vector() {
    let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    let (id, body) = ("msg_p5jXN8AQM9LWM0D4loKWxJek", br#"{"test": 2432232314}"#);
    let signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    let then = Timestamp::from_second(1_614_265_330).expect("a moment");
    let hear = |id: &str, stamp: &str, signature: &str, minutes: i64| {
        let headers =
            headers(&[("webhook-id", id), ("webhook-timestamp", stamp), ("webhook-signature", signature)]);
        hear(Program::Standard, secret, &headers, body, then + jiff::SignedDuration::from_mins(minutes))
    };
    assert_eq!(hear(id, "1614265330", signature, 0), Ok(Told::Nothing));
    assert_eq!(
        hear(id, "1614265330", &format!("v1a,AAAA v1,AAAA {signature}"), 5),
        Ok(Told::Nothing),
        "one of several"
    );
    assert_eq!(hear(id, "1614265330", signature, 6), Err(Refused::Stale));
    assert_eq!(hear(id, "1614265330", signature, -6), Err(Refused::Stale));
    for (id, stamp, signature) in [
        ("msg_other", "1614265330", signature),
        (id, "1614265331", signature),
        (id, "soon", signature),
        (id, "9223372036854775807", signature),
        (id, "1614265330", "v1,AAAA"),
        (id, "1614265330", "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="),
        (id, "1614265330", ""),
        ("", "1614265330", signature),
    ] {
        assert_eq!(hear(id, stamp, signature, 0), Err(Refused::Signature), "{id} {stamp} {signature}");
    }
}

#[test]
fn a_program_says_order_contact_and_basis_in_several_ways() {
    let secret = crate::notify::webhook::SigningSecret::new([7; 32]).expect("32 bytes");
    let now = at("2026-09-21T10:00:00Z");
    let told = |body: &str| {
        let stamp = now.as_second();
        let mut mac = Hmac::<Sha256>::new_from_slice(&[7; 32]).expect("any length is a key");
        mac.update(format!("m1.{stamp}.{body}").as_bytes());
        let signature = format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()));
        let headers = headers(&[
            ("webhook-id", "m1"),
            ("webhook-timestamp", &stamp.to_string()),
            ("webhook-signature", &signature),
        ]);
        hear(Program::Standard, &secret.text(), &headers, body.as_bytes(), now)
    };
    let order = |data: &str| match told(&format!(r#"{{"type":"order.completed","data":{data}}}"#)) {
        Ok(Told::Completed(order)) => order,
        other => panic!("{other:?}"),
    };
    let full = order(
        r#"{"order_ref":"A-1","completed_at":"2026-09-20T10:00:00Z","contact":{"email":"a@x.example","phone":"600111222","name":"Ana"},"locale":"es","legal_basis":"consent"}"#,
    );
    assert_eq!(
        (full.name.as_str(), full.email.as_str(), full.phone.as_str(), full.basis),
        ("Ana", "a@x.example", "600111222", Some(Basis::Consent))
    );
    assert_eq!(order(r#"{"order_ref":"A-1","contact":"a@x.example"}"#).email, "a@x.example");
    assert_eq!(order(r#"{"order_ref":9,"contact":"600111222"}"#).phone, "600111222");
    assert_eq!(order(r#"{"order_ref":"A","legal_basis":"legitimate-interest"}"#).basis, Some(Basis::None));
    assert_eq!(
        told(r#"{"type":"order.cancelled","data":{"order_ref":"A-1"}}"#),
        Ok(Told::Cancelled { reference: "A-1".to_owned() })
    );
    assert_eq!(
        told(r#"{"type":"customer.redact","data":{"contact":"a@x.example"}}"#),
        Ok(Told::Forget { contacts: vec!["a@x.example".to_owned()] })
    );
    assert_eq!(told(r#"{"type":"ping"}"#), Ok(Told::Ping));
    assert_eq!(told(r#"{"type":"order.completed","data":{}}"#), Err(Refused::Unreadable));
}

fn json(body: &str) -> Act {
    Act::Say(ok("application/json", "", body.as_bytes()))
}

#[tokio::test]
async fn prestashop_is_asked_page_by_page_and_only_with_its_key() {
    let fake = Fake::start(|head| {
        if head.contains("/api/customers") {
            return json(r#"{"customers":[{"id":3,"email":"ana@prueba.example","firstname":"Ana","lastname":"Gil"}]}"#);
        }
        json(
            r#"{"orders":[
            {"id":1,"reference":"XKBKNABJK","current_state":"5","id_customer":"3","date_upd":"2026-09-20 10:00:00","delivery_date":"2026-09-19 10:00:00"},
            {"id":2,"reference":"OHSATSERP","current_state":"6","id_customer":"4","date_upd":"2026-09-20 11:00:00"},
            {"id":3,"reference":"UOYEVOLI","current_state":"2","id_customer":"5","date_upd":"2026-09-20 11:00:00"}]}"#,
        )
    })
    .await;
    let egress = Egress::new(fake.policy()).expect("a client");
    let page = poll(&egress, &fake.url("/tienda/"), "LLAVE", "", &TimeZone::UTC).await.expect("a page");
    assert_eq!((page.told.len(), page.cursor.as_str(), page.more), (2, "2026-09-20 11:00:00|2", false));
    let Told::Completed(order) = &page.told[0] else { panic!("an order") };
    assert_eq!(
        (order.email.as_str(), order.completed_at),
        ("ana@prueba.example", Some(at("2026-09-19T10:00:00Z")))
    );
    assert_eq!(page.told[1], Told::Cancelled { reference: "OHSATSERP".to_owned() });
    let heads = fake.requests();
    assert!(
        heads[0].starts_with("GET /tienda/api/orders?") && heads[0].contains("limit=0,50"),
        "{}",
        heads[0]
    );
    assert!(heads[1].contains("filter[id]=[3]"), "{}", heads[1]);
    assert!(
        heads.iter().all(|head| head
            .to_lowercase()
            .contains("authorization: basic tExBVkU6".to_lowercase().as_str()))
    );
    poll(&egress, &fake.url("/"), "LLAVE", &page.cursor, &TimeZone::UTC).await.expect("a page");
    let third = fake.requests()[2].clone();
    assert!(third.contains("[2026-09-20%2011:00:00,") && third.contains("limit=2,50"), "{third}");
    for hostile in ["]; DROP|9", "2026-09-20 10:00:00&limit=9|x", "|", "9".repeat(99).as_str()] {
        poll(&egress, &fake.url("/"), "LLAVE", hostile, &TimeZone::UTC).await.expect("a page");
        let heads = fake.requests();
        let orders = heads.iter().rev().find(|head| head.contains("/api/orders")).expect("asked");
        assert!(!orders.contains("DROP") && orders.matches("limit=").count() == 1, "{orders}");
    }
}

#[tokio::test]
async fn a_key_follows_no_redirect_to_another_shop() {
    let thief = Fake::canary().await;
    let to = thief.url("/api/orders");
    let fake = Fake::start(move |_| {
        Act::Say(format!("HTTP/1.1 302 Found\r\nlocation: {to}\r\ncontent-length: 0\r\n\r\n").into_bytes())
    })
    .await;
    let mut policy = fake.policy();
    policy.allow_private.extend(thief.policy().allow_private);
    let egress = Egress::new(policy).expect("a client");
    let _ = poll(&egress, &fake.url("/"), "LLAVE", "", &TimeZone::UTC).await;
    assert_eq!(thief.requests().len(), 1);
    assert!(!thief.requests()[0].to_lowercase().contains("authorization"));
}

#[tokio::test]
async fn a_shop_that_answers_strangely_is_told_apart() {
    for (status, body, key) in [
        (401, "", "shop-key"),
        (403, "", "shop-key"),
        (200, "<html>", "shop-answer"),
        (200, "{\"products\":[]}", "shop-answer"),
        (503, "", "http-status"),
    ] {
        let said = format!("HTTP/1.1 {status} X\r\ncontent-length: {}\r\n\r\n{body}", body.len());
        let fake = Fake::start(move |_| Act::Say(said.clone().into_bytes())).await;
        let egress = Egress::new(fake.policy()).expect("a client");
        let error = check(&egress, &fake.url("/"), "LLAVE").await.expect_err("no shop");
        assert_eq!(error.key(), key, "{status}");
    }
    let empty = Fake::start(|_| json("[]")).await;
    let egress = Egress::new(empty.policy()).expect("a client");
    assert!(check(&egress, &empty.url("/"), "LLAVE").await.is_ok(), "no orders yet");
    assert!(matches!(check(&egress, "http://10.0.0.1/", "x").await, Err(PollError::Egress(_))));
}

proptest! {
    #[test]
    fn no_signed_message_makes_it_panic(body in "[\\[\\]{}\":,a-z0-9#_ ]{0,200}", key in "(id|name|status|billing|customer|fulfillments|data|type)", value in "\\PC{0,40}") {
        let object = serde_json::json!({ key: value }).to_string();
        for body in [body, object] {
            for topic in ["order.updated", "orders/fulfilled", "customers/redact"] {
                let signature = signed("s", body.as_bytes());
                let headers = headers(&[("x-wc-webhook-topic", topic), ("x-shopify-topic", topic),
                    ("x-wc-webhook-signature", &signature), ("x-shopify-hmac-sha256", &signature)]);
                let _ = hear(Program::WooCommerce, "s", &headers, body.as_bytes(), Timestamp::UNIX_EPOCH);
                let _ = hear(Program::Shopify, "s", &headers, body.as_bytes(), Timestamp::UNIX_EPOCH);
            }
        }
    }
}
