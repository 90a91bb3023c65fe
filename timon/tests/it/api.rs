//! The API for programs: who gets in, what is told, and that asking is stable while things change.

use axum::body::Body;
use domain::KeyScope;
use foundation::web::Access;
use http::{Method, header};
use serde_json::Value;

use crate::app::{Page, TestApp};
use crate::on_both_engines;

/// Makes a key on its page, as its owner does.
pub async fn make_key(app: &mut TestApp, scope: KeyScope) -> String {
    let page = app.post("/account/keys", &[("name", "Hoja de cálculo"), ("scope", scope.as_str())]).await;
    let page = page.is(200);
    // Each has its own moment, and so its place in the list.
    app.context.clock.advance(std::time::Duration::from_millis(1));
    let key =
        page.body.split("<code>timon_").nth(1).and_then(|rest| rest.split('<').next()).expect("shown once");
    format!("timon_{key}")
}

/// What a program sends: no cookie, no browser's headers.
pub fn request(method: &str, path: &str, key: Option<&str>) -> http::request::Builder {
    let request = http::Request::builder().method(method).uri(path).header(header::HOST, "localhost:8420");
    match key {
        Some(key) => request.header(header::AUTHORIZATION, format!("Bearer {key}")),
        None => request,
    }
}

pub async fn get(app: &mut TestApp, key: &str, path: &str) -> Page {
    app.send(request("GET", path, Some(key)).body(Body::empty()).expect("a request")).await
}

pub fn json(page: &Page) -> Value {
    serde_json::from_str(&page.body).unwrap_or_else(|error| panic!("{error}: {}", page.body))
}

#[track_caller]
pub fn problem(page: &Page, status: u16, name: &str) -> Value {
    page.is(status);
    assert_eq!(page.headers[header::CONTENT_TYPE], "application/problem+json", "{}", page.body);
    let said = json(page);
    assert_eq!(
        (said["status"].as_u64(), said["type"].as_str()),
        (Some(status.into()), Some(&*format!("urn:timon:problem:{name}")))
    );
    for field in ["title", "detail", "instance"] {
        assert!(
            said[field].as_str().is_some_and(|text| !text.is_empty() && !text.contains("api-")),
            "{said}"
        );
    }
    said
}

fn routes() -> Vec<(Method, String, KeyScope)> {
    let declared = timon::access::routes().declared().into_iter();
    let keyed = declared.filter_map(|(method, path, access)| match access {
        Access::Key(least) => Some((method, path.replace("{id}", "123"), least)),
        _ => None,
    });
    let keyed: Vec<_> = keyed.collect();
    assert!(keyed.len() >= 5, "{keyed:?}");
    keyed
}

const REVIEWS: &[u8] =
    b"id,date,stars,author,text\n1,2026-09-20,1,Marta,lento y caro\n2,2026-09-19,5,Luis,perfecto\n\
    3,2026-09-18,2,Eva,la sopa estaba fria\n4,2026-09-17,4,Pau,bien\n5,2026-09-16,3,Noa,regular\n";

foundation::statements! {
    organization DEMOTE = "UPDATE member SET role = $2 WHERE organization_id = $1";
    organization LEAVE = "DELETE FROM member WHERE organization_id = $1";
    organization END_SESSIONS = "DELETE FROM session WHERE organization_id = $1";
    organization LAST_USED = "SELECT last_used_at FROM api_key WHERE organization_id = $1";
}

async fn organization(app: &TestApp) -> foundation::store::Scope {
    app.context.scope(accounts::organizations(&app.context, 9).await.expect("readable")[0].id)
}

on_both_engines! {
    async fn every_route_lets_in_a_key_that_may_and_nothing_else(app: &mut TestApp) {
        app.first_run().await;
        let (good, revoked) = (make_key(app, KeyScope::Approve).await, make_key(app, KeyScope::Approve).await);
        let reader = make_key(app, KeyScope::Read).await;
        let list = app.get("/account/keys").await;
        list.is(200).has("Hoja de cálculo").has_not("timon_");
        let id = list.body.split("/account/keys/").nth(2).and_then(|rest| rest.split('"').next()).expect("the second").to_owned();
        app.post(&format!("/account/keys/{id}"), &[]).await.is(303);
        app.post(&format!("/account/keys/{id}"), &[]).await.is(404);
        for (method, path, least) in routes() {
            let send = |key: Option<&str>| request(method.as_str(), &path, key).body(Body::empty()).expect("a request");
            let unknown = format!("timon_{}", "0".repeat(64));
            let changed = good.replace("timon_", "timon-");
            for key in [None, Some(revoked.as_str()), Some(&unknown), Some(&changed), Some("x")] {
                let page = app.send(send(key)).await;
                problem(&page, 401, "no-key");
                assert!(page.headers[header::WWW_AUTHENTICATE].to_str().expect("text").starts_with("Bearer"));
            }
            // The owner's session is no key, whatever it may do on pages.
            let with_cookie = app.request(method.as_str(), &path).body(Body::empty()).expect("a request");
            problem(&app.send(with_cookie).await, 401, "no-key");
            let page = app.send(send(Some(&good))).await;
            assert!(!matches!(page.status.as_u16(), 401 | 403), "{path}: {}", page.status);
            if least > KeyScope::Read {
                problem(&app.send(send(Some(&reader))).await, 403, "scope");
            }
        }
        // A key opens no page.
        app.forget_cookies();
        for path in ["/today", "/account/keys", "/mentions"] {
            get(app, &good, path).await.is(303).goes_to("/sign-in");
        }
        problem(&get(app, &good, "/api/v1/nothing").await, 404, "not-found");
    }

    async fn a_program_reads_what_the_pages_show(app: &mut TestApp) {
        app.first_run().await;
        app.import("a.csv", REVIEWS).await.is(200);
        let key = make_key(app, KeyScope::Read).await;
        let all = json(&get(app, &key, "/api/v1/mentions").await);
        let items = all["items"].as_array().expect("items");
        assert_eq!((items.len(), all["next"].clone()), (5, Value::Null));
        let first = &items[0];
        assert_eq!((first["author"].as_str(), first["stars"].as_u64()), (Some("Marta"), Some(1)));
        assert_eq!(first["reading"]["language"], "es");
        assert!(first["id"].is_string() && first["posted_at"].as_str().is_some_and(|at| at.ends_with('Z')));
        let id = first["id"].as_str().expect("text");
        assert_eq!(&json(&get(app, &key, &format!("/api/v1/mentions/{id}")).await), first);
        for (question, count) in [
            ("stars=1", 1), ("since=2026-09-17T22:00:00Z", 3), ("waiting=true", 3), ("waiting=false", 5),
            ("sentiment=unsure&stars=5", 0), ("limit=2", 2),
        ] {
            let found = json(&get(app, &key, &format!("/api/v1/mentions?{question}")).await);
            assert_eq!(found["items"].as_array().map(Vec::len), Some(count), "{question}");
        }
        let queue = json(&get(app, &key, "/api/v1/queue").await);
        assert_eq!((queue["pressing_count"].as_i64(), queue["kind_count"].as_i64()), (Some(3), Some(2)), "{queue}");
        assert_eq!((queue["items"][0]["author"].as_str(), queue["items"][0]["reason"].as_str()), (Some("Marta"), Some("one-star")));
        assert!(queue["items"][0]["due_at"].is_string() && queue["items"][4]["pressing"] == false);
        let palabra = json(&get(app, &key, "/api/v1/palabra").await);
        assert!(palabra["due_min"].is_u64() && palabra["due"].is_u64());
        assert_eq!(json(&get(app, &key, "/api/v1/warnings").await)["items"], Value::Array(vec![]));
    }

    async fn a_list_goes_on_where_it_was_while_new_things_come_in(app: &mut TestApp) {
        app.first_run().await;
        app.import("a.csv", REVIEWS).await.is(200);
        let key = make_key(app, KeyScope::Read).await;
        let (mut seen, mut next) = (Vec::new(), String::new());
        for round in 0..9 {
            let page = json(&get(app, &key, &format!("/api/v1/mentions?limit=2{next}")).await);
            seen.extend(page["items"].as_array().expect("items").iter().map(|item| item["author"].as_str().expect("who").to_owned()));
            // Newer ones come in between.
            let row = format!("id,date,stars,author,text\n9{round},2026-09-21,5,Nueva {round},hola otra vez\n");
            app.import("b.csv", row.as_bytes()).await;
            let Some(cursor) = page["next"].as_str() else { break };
            next = format!("&cursor={cursor}");
        }
        assert_eq!(seen, ["Marta", "Luis", "Eva", "Pau", "Noa"]);
    }

    async fn what_cannot_be_used_is_refused_with_what_is_wrong(app: &mut TestApp) {
        app.first_run().await;
        let key = make_key(app, KeyScope::Read).await;
        for question in [
            "mentions?stars=9", "mentions?stars=x", "mentions?since=ayer", "mentions?sentiment=angry", "mentions?limit=0",
            "mentions?limit=101", "mentions?cursor=x", "mentions?cursor=AgAAAAAAAAAB", "mentions?unknown=1", "mentions?stars=1&stars=2",
            "queue?limit=-1", "warnings?cursor=%00", "mentions?sentiment=%00",
        ] {
            let said = problem(&get(app, &key, &format!("/api/v1/{question}")).await, 422, "invalid");
            assert!(said["errors"][0]["detail"].as_str().is_some_and(|text| !text.is_empty()), "{question}: {said}");
        }
        for id in ["9", "x", "99999999999999999999", "-1", "%00"] {
            problem(&get(app, &key, &format!("/api/v1/mentions/{id}")).await, 404, "not-found");
        }
        let page = app.send(request("DELETE", "/api/v1/mentions", Some(&key)).body(Body::empty()).expect("a request")).await;
        problem(&page, 405, "no-method");
        // In the language that was asked for.
        let english = request("GET", "/api/v1/mentions?stars=9", Some(&key)).header(header::ACCEPT_LANGUAGE, "en");
        let said = problem(&app.send(english.body(Body::empty()).expect("a request")).await, 422, "invalid");
        assert_eq!(said["title"], "This request cannot be used");
    }

    async fn what_a_program_has_already_is_not_sent_again(app: &mut TestApp) {
        app.first_run().await;
        app.import("a.csv", REVIEWS).await.is(200);
        let key = make_key(app, KeyScope::Read).await;
        let tag = get(app, &key, "/api/v1/mentions").await.headers[header::ETAG].clone();
        let again = |tag: &http::HeaderValue| {
            request("GET", "/api/v1/mentions", Some(&key)).header(header::IF_NONE_MATCH, tag).body(Body::empty()).expect("a request")
        };
        let page = app.send(again(&tag)).await;
        page.is(304);
        assert!(page.bytes.is_empty() && page.headers[header::CACHE_CONTROL] == "no-store");
        app.import("b.csv", b"id,date,stars,author,text\n7,2026-09-21,5,Nueva,hola\n").await.is(200);
        app.send(again(&tag)).await.is(200);
    }

    async fn a_key_of_one_organisation_shows_nothing_of_another(app: &mut TestApp) {
        app.first_run().await;
        app.import("a.csv", REVIEWS).await.is(200);
        let mine = make_key(app, KeyScope::Approve).await;
        let all = json(&get(app, &mine, "/api/v1/mentions?limit=2").await);
        let (id, cursor) = (all["items"][1]["id"].as_str().expect("text").to_owned(), all["next"].as_str().expect("more").to_owned());
        let new = accounts::NewOrganization {
            name: "Vecino".to_owned(), town: String::new(), kind: domain::OrganizationKind::Shop,
            time_zone: "Europe/Madrid".to_owned(), locale: foundation::web::Locale::Es,
        };
        accounts::create_demo_owner(&app.context, &new, ("vecino@prueba.example", "otra tortilla más")).await.expect("created");
        app.forget_cookies();
        app.post("/sign-in", &[("email", "vecino@prueba.example"), ("password", "otra tortilla más")]).await.goes_to("/today");
        let hers = make_key(app, KeyScope::Approve).await;
        problem(&get(app, &hers, &format!("/api/v1/mentions/{id}")).await, 404, "not-found");
        for path in ["mentions", "queue", "warnings", &format!("mentions?cursor={cursor}")] {
            let page = get(app, &hers, &format!("/api/v1/{path}")).await;
            page.is(200).has_not("Marta").has_not("sopa");
            assert_eq!(json(&page)["items"], Value::Array(vec![]), "{path}");
        }
        // Nor can she end another's key.
        app.get("/account/keys").await.is(200).has_not("ana@prueba.example");
    }

    async fn a_key_does_nothing_once_its_maker_is_no_owner(app: &mut TestApp) {
        app.first_run().await;
        let key = make_key(app, KeyScope::Approve).await;
        let scope = organization(app).await;
        get(app, &key, "/api/v1/queue").await.is(200);
        for (role, status) in [("manager", 401), ("owner", 200), ("viewer", 401)] {
            let batch = foundation::store::Batch::new().add_exactly(1, &DEMOTE, foundation::values![role]);
            scope.write(batch).await.expect("written");
            get(app, &key, "/api/v1/queue").await.is(status);
        }
        // With her membership it is gone for good.
        let batch = foundation::store::Batch::new().add(&END_SESSIONS, vec![]).add_exactly(1, &LEAVE, vec![]);
        scope.write(batch).await.expect("written");
        assert!(scope.one(&LAST_USED, vec![]).await.expect("readable").is_none());
        get(app, &key, "/api/v1/queue").await.is(401);
    }

    async fn when_a_key_was_used_is_written_now_and_then(app: &mut TestApp) {
        app.first_run().await;
        let key = make_key(app, KeyScope::Read).await;
        let scope = organization(app).await;
        let mut times = Vec::new();
        for minutes in [0, 9, 2] {
            app.context.clock.advance(std::time::Duration::from_secs(minutes * 60));
            get(app, &key, "/api/v1/queue").await.is(200);
            let row = scope.one(&LAST_USED, vec![]).await.expect("readable").expect("a key");
            times.push(row.get::<jiff::Timestamp>(0).expect("written"));
        }
        assert!(times[0] == times[1] && times[1] < times[2], "{times:?}");
        app.get("/account/keys").await.is(200).has("Usada por última vez");
    }

    async fn a_program_that_asks_too_often_waits_and_another_does_not(app: &mut TestApp) {
        app.first_run().await;
        let (eager, calm) = (make_key(app, KeyScope::Read).await, make_key(app, KeyScope::Read).await);
        for _ in 0..foundation::web::key::REQUESTS_PER_MINUTE {
            get(app, &eager, "/api/v1/palabra").await.is(200);
        }
        app.context.clock.advance(std::time::Duration::from_secs(20));
        let page = get(app, &eager, "/api/v1/palabra").await;
        problem(&page, 429, "too-often");
        assert_eq!(page.headers[header::RETRY_AFTER], "40");
        get(app, &calm, "/api/v1/palabra").await.is(200);
        app.context.clock.advance(std::time::Duration::from_secs(40));
        get(app, &eager, "/api/v1/palabra").await.is(200);
    }

    async fn there_are_twenty_keys_at_most_and_no_backup_holds_one(app: &mut TestApp) {
        app.first_run().await;
        let key = make_key(app, KeyScope::Read).await;
        for _ in 1..accounts::keys::KEYS_MAX {
            make_key(app, KeyScope::Read).await;
        }
        app.post("/account/keys", &[("name", "Una más"), ("scope", "read")]).await.is(422).has("Ya hay 20 claves");
        app.post("/account/keys", &[("name", ""), ("scope", "read")]).await.is(422).has("Falta el nombre");
        app.post("/account/keys", &[("name", "x"), ("scope", "everything")]).await.is(422);
        let file = app.path().join("backup.gz");
        timon::cli::backup::write(&app.context.store, &file, "now").await.expect("written");
        let mut copy = TestApp::sqlite().await;
        timon::cli::backup::load(&copy.context.store, &file).await.expect("restored");
        get(&mut copy, &key, "/api/v1/queue").await.is(401);
        get(app, &key, "/api/v1/queue").await.is(200);
    }
}

#[test]
fn the_description_is_of_the_routes_there_are() {
    use utoipa::OpenApi as _;
    let described = serde_json::to_value(timon::api::Document::openapi()).expect("JSON");
    assert_eq!(described["openapi"], "3.1.0");
    let mut described: Vec<String> = described["paths"]
        .as_object()
        .expect("paths")
        .iter()
        .flat_map(|(path, methods)| {
            methods
                .as_object()
                .expect("methods")
                .keys()
                .map(move |method| format!("{} {path}", method.to_uppercase()))
        })
        .collect();
    let declared = timon::access::routes().declared().into_iter();
    let mut declared: Vec<String> = declared
        .filter(|(_, _, access)| matches!(access, Access::Key(_)))
        .map(|(method, path, _)| format!("{method} {path}"))
        .collect();
    described.sort_unstable();
    declared.sort_unstable();
    assert_eq!(described, declared);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_description_can_be_read_without_a_key_and_holds_together() {
    let mut app = TestApp::sqlite().await;
    let page = app.get("/api/v1/openapi.json").await;
    page.is(200);
    let said = json(&page);
    // Every reference leads somewhere.
    let text = page.body.clone();
    for name in text.split("#/components/schemas/").skip(1).filter_map(|rest| rest.split('"').next()) {
        assert!(said["components"]["schemas"][name].is_object(), "{name}");
    }
}
