//! Programs and answers: one writes, another approves these very words, and it leaves once.

use axum::body::Body;
use domain::KeyScope;
use http::header;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::api::{get, json as read, make_key, problem, request};
use crate::app::{Page, TestApp};
use crate::on_both_engines;

const REVIEWS: &[u8] =
    b"id,date,stars,author,text\n1,2026-09-20,1,Marta,Esperamos una hora y la sopa llego fria\n\
    2,2026-09-19,2,Eva,caro y lento\n";
const KIND: &str = "Sentimos la espera y que la sopa llegara fría. Hemos cambiado el turno del sábado. Si quiere, escríbanos.";

async fn post(app: &mut TestApp, key: &str, path: &str, body: &Value) -> Page {
    post_as(app, key, path, body, None).await
}

async fn post_as(app: &mut TestApp, key: &str, path: &str, body: &Value, name: Option<&str>) -> Page {
    let mut request = request("POST", &format!("/api/v1/{path}"), Some(key))
        .header(header::CONTENT_TYPE, "application/json");
    if let Some(name) = name {
        request = request.header("idempotency-key", name);
    }
    app.send(request.body(Body::from(body.to_string())).expect("a request")).await
}

fn sha256(text: &str) -> String {
    hex::encode(Sha256::digest(text.as_bytes()))
}

/// The id of who said something, and keys that write and approve.
async fn begin(app: &mut TestApp, author: &str) -> (String, String, String) {
    app.first_run().await;
    app.import("a.csv", REVIEWS).await.is(200);
    let (writes, approves) = (make_key(app, KeyScope::Approve).await, make_key(app, KeyScope::Approve).await);
    let all = read(&get(app, &writes, "/api/v1/mentions").await);
    let items = all["items"].as_array().expect("items");
    let found = items.iter().find(|item| item["author"] == author).expect("she said something");
    (found["id"].as_str().expect("text").to_owned(), writes, approves)
}

on_both_engines! {
    async fn one_program_writes_another_approves_and_it_leaves_once(app: &mut TestApp) {
        let (mention, writes, approves) = begin(app, "Marta").await;
        let drafts = format!("mentions/{mention}/replies");
        let page = post(app, &writes, &drafts, &json!({"text": KIND, "client_id": "a-1"})).await;
        page.is(201);
        let draft = read(&page);
        assert_eq!((draft["state"].as_str(), draft["client_id"].as_str(), draft["text_sha256"].as_str()), (Some("draft"), Some("a-1"), Some(&*sha256(KIND))));
        // The same again is the same.
        assert_eq!(read(&post(app, &writes, &drafts, &json!({"text": KIND, "client_id": "a-1"})).await)["id"], draft["id"]);
        let path = format!("replies/{}", draft["id"].as_str().expect("text"));
        let seen = json!({"text_sha256": sha256(KIND)});
        problem(&post(app, &writes, &format!("{path}/approve"), &seen).await, 403, "own-draft");
        problem(&post(app, &approves, &format!("{path}/publish"), &json!({})).await, 409, "not-approved");
        problem(&post(app, &approves, &format!("{path}/approve"), &json!({"text_sha256": sha256("otra cosa")})).await, 422, "other-text");
        let page = post(app, &approves, &format!("{path}/approve"), &seen).await;
        page.is(200);
        assert_eq!(read(&page)["state"], "approved");
        for _ in 0..2 {
            let page = post(app, &approves, &format!("{path}/publish"), &json!({})).await;
            page.is(202);
            assert_eq!((read(&page)["state"].clone(), read(&page)["way"].clone()), (json!("handed"), json!("hand")));
        }
        let handed = read(&get(app, &writes, "/api/v1/replies?state=handed").await);
        assert_eq!((handed["items"].as_array().map(Vec::len), handed["items"][0]["text"].as_str()), (Some(1), Some(KIND)));
        assert_eq!(read(&get(app, &writes, "/api/v1/replies?state=draft").await)["items"], json!([]));
        // She publishes it and says so; it is answered.
        let revision = handed["items"][0]["revision"].to_string();
        app.post(&format!("/answers/{mention}"), &[("action", "done"), ("revision", &revision), ("text", KIND), ("client_key", "x")]).await.is(303);
        assert_eq!(read(&get(app, &writes, &format!("/api/v1/{path}")).await)["state"], "published");
        assert_eq!(read(&get(app, &writes, &format!("/api/v1/mentions/{mention}")).await)["answer"]["state"], "answered");
    }

    async fn what_must_not_leave_is_refused_with_what_is_wrong(app: &mut TestApp) {
        let (mention, writes, approves) = begin(app, "Eva").await;
        let bad = "Su opinión es falsa. Llámeme al 612 345 678 y le devuelvo el dinero si la borra.";
        let page = post(app, &writes, &format!("mentions/{mention}/replies"), &json!({"text": bad, "client_id": "b"})).await;
        page.is(201);
        let draft = read(&page);
        let findings = draft["findings"].as_array().expect("findings");
        assert_eq!(findings[0]["severity"], "block", "{findings:?}");
        assert!(findings.iter().all(|one| one["says"].as_str().is_some_and(|says| !says.contains("lint-"))));
        let path = format!("replies/{}/approve", draft["id"].as_str().expect("text"));
        let said = problem(&post(app, &approves, &path, &json!({"text_sha256": sha256(bad)})).await, 422, "blocked");
        assert_eq!(said["findings"][0]["severity"], "block");
        let id = draft["id"].as_str().expect("text");
        assert_eq!(read(&get(app, &writes, &format!("/api/v1/replies/{id}")).await)["state"], "draft");
    }

    async fn a_persons_words_are_not_written_over_unseen(app: &mut TestApp) {
        let (mention, writes, approves) = begin(app, "Marta").await;
        let drafts = format!("mentions/{mention}/replies");
        let draft = read(&post(app, &writes, &drafts, &json!({"text": KIND, "client_id": "c"})).await);
        let hers = "Lo sentimos mucho. Hemos cambiado el turno. Escríbanos y la invitamos a volver.";
        let form = [("action", "save"), ("client_key", "api:c"), ("text", hers), ("revision", "1")];
        app.post(&format!("/answers/{mention}"), &form).await.is(303);
        let said = problem(&post(app, &writes, &drafts, &json!({"text": "otra cosa", "client_id": "c"})).await, 409, "conflict");
        assert_eq!((said["revision"].as_i64(), said["reply"].clone()), (Some(2), draft["id"].clone()));
        problem(&post(app, &writes, &drafts, &json!({"text": "otra cosa", "client_id": "c", "revision": 1})).await, 409, "conflict");
        // What was approved unseen is not what is there now.
        let path = format!("replies/{}/approve", draft["id"].as_str().expect("text"));
        problem(&post(app, &approves, &path, &json!({"text_sha256": sha256(KIND)})).await, 422, "other-text");
        let page = post(app, &writes, &drafts, &json!({"text": KIND, "client_id": "c", "revision": 2})).await;
        page.is(201);
        assert_eq!(read(&page)["revision"], 3);
    }

    async fn an_action_that_is_asked_twice_is_done_once_and_answered_the_same(app: &mut TestApp) {
        let (mention, writes, approves) = begin(app, "Marta").await;
        let drafts = format!("mentions/{mention}/replies");
        let body = json!({"text": KIND, "client_id": "d"});
        let first = post_as(app, &writes, &drafts, &body, Some("n-1")).await;
        let again = post_as(app, &writes, &drafts, &body, Some("n-1")).await;
        assert_eq!((again.is(201).body.clone(), again.headers["idempotency-replayed"].to_str().ok()), (first.is(201).body.clone(), Some("true")));
        assert!(!first.headers.contains_key("idempotency-replayed"));
        problem(&post_as(app, &writes, &drafts, &json!({"text": "otra", "client_id": "d"}), Some("n-1")).await, 422, "name-reused");
        // Another key's names are its own, and a refusal is not kept.
        let path = format!("replies/{}/approve", read(&first)["id"].as_str().expect("text"));
        let wrong = json!({"text_sha256": sha256("x")});
        for _ in 0..2 {
            problem(&post_as(app, &approves, &path, &wrong, Some("n-1")).await, 422, "other-text");
        }
        post_as(app, &approves, &path, &json!({"text_sha256": sha256(KIND)}), Some("n-1")).await.is(200);
        for name in ["", "a b", &"x".repeat(101), "ñ"] {
            problem(&post_as(app, &writes, &drafts, &body, Some(name)).await, 422, "invalid");
        }
        // After a day the name is free again.
        app.context.clock.advance(std::time::Duration::from_hours(25));
        app.settle().await;
        let later = post_as(app, &approves, &path, &json!({"text_sha256": sha256(KIND)}), Some("n-1")).await;
        assert!(!later.is(200).headers.contains_key("idempotency-replayed"));
    }

    async fn what_cannot_be_a_draft_is_refused(app: &mut TestApp) {
        let (mention, writes, _) = begin(app, "Marta").await;
        let drafts = format!("mentions/{mention}/replies");
        for body in [
            json!({"text": "", "client_id": "e"}), json!({"text": "   ", "client_id": "e"}), json!({"text": "a\0b", "client_id": "e"}),
            json!({"text": "x".repeat(5_000), "client_id": "e"}), json!({"text": "hola", "client_id": ""}),
            json!({"text": "hola", "client_id": "a b"}), json!({"text": "hola", "client_id": "x".repeat(61)}),
            json!({"text": "hola"}), json!({"client_id": "e"}), json!({"text": "hola", "client_id": "e", "stage": "published"}),
            json!({"text": 7, "client_id": "e"}), json!([]), json!(null),
        ] {
            problem(&post(app, &writes, &drafts, &body).await, 422, "invalid");
        }
        let send = |kind: &'static str, body: String| {
            request("POST", &format!("/api/v1/{drafts}"), Some(&writes)).header(header::CONTENT_TYPE, kind).body(Body::from(body)).expect("a request")
        };
        problem(&app.send(send("application/json", "{".to_owned())).await, 422, "invalid");
        problem(&app.send(send("text/plain", "{}".to_owned())).await, 415, "not-json");
        problem(&app.send(send("application/x-www-form-urlencoded", "text=hola&client_id=e".to_owned())).await, 415, "not-json");
        problem(&app.send(send("application/json", format!("\"{}\"", "x".repeat(70_000)))).await, 413, "too-large");
        problem(&post(app, &writes, "mentions/9/replies", &json!({"text": KIND, "client_id": "e"})).await, 404, "not-found");
        for path in ["replies/9/approve", "replies/9/publish"] {
            let body = if path.ends_with("approve") { json!({"text_sha256": "0"}) } else { json!({}) };
            problem(&post(app, &writes, path, &body).await, 404, "not-found");
        }
        assert_eq!(read(&get(app, &writes, "/api/v1/replies").await)["items"], json!([]));
        for question in ["state=gone", "cursor=x", "limit=0"] {
            problem(&get(app, &writes, &format!("/api/v1/replies?{question}")).await, 422, "invalid");
        }
    }

    async fn a_program_of_another_organisation_answers_nothing_here(app: &mut TestApp) {
        let (mention, writes, _) = begin(app, "Marta").await;
        let drafts = format!("mentions/{mention}/replies");
        let draft = read(&post(app, &writes, &drafts, &json!({"text": KIND, "client_id": "f"})).await);
        let new = accounts::NewOrganization {
            name: "Vecino".to_owned(), town: String::new(), kind: domain::OrganizationKind::Shop,
            time_zone: "Europe/Madrid".to_owned(), locale: foundation::web::Locale::Es,
        };
        accounts::create_demo_owner(&app.context, &new, ("vecino@prueba.example", "otra tortilla más")).await.expect("created");
        app.forget_cookies();
        app.post("/sign-in", &[("email", "vecino@prueba.example"), ("password", "otra tortilla más")]).await.goes_to("/today");
        let hers = make_key(app, KeyScope::Approve).await;
        let id = draft["id"].as_str().expect("text");
        problem(&post(app, &hers, &drafts, &json!({"text": KIND, "client_id": "f"})).await, 404, "not-found");
        problem(&get(app, &hers, &format!("/api/v1/replies/{id}")).await, 404, "not-found");
        problem(&post(app, &hers, &format!("replies/{id}/approve"), &json!({"text_sha256": sha256(KIND)})).await, 404, "not-found");
        problem(&post(app, &hers, &format!("replies/{id}/publish"), &json!({})).await, 404, "not-found");
        assert_eq!(read(&get(app, &hers, "/api/v1/replies").await)["items"], json!([]));
    }
}
