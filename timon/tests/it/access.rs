//! Nobody let in: every route against everybody who must stay out, and one organisation against another.

use axum::body::Body;
use domain::Role;
use foundation::web::{Access, PolicyError, Routes};
use http::{Method, header};

use crate::app::TestApp;
use crate::on_both_engines;

fn example(path: &str) -> String {
    path.replace("{id}", "123")
        .replace("{version}", "v")
        .replace("{name}", "timon.css")
        .replace("{task}", "7")
        .replace("{place}", "1")
        .replace("{told}", "9")
        .replace("{kind}", "statement")
}

on_both_engines! {
    async fn strangers_reach_only_what_is_public(app: &mut TestApp) {
        app.first_run().await;
        app.forget_cookies();
        for (method, path, access) in timon::access::routes().declared() {
            let request = app
                .request(method.as_str(), &example(path))
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
                .body(Body::empty())
                .expect("a request");
            let page = app.send(request).await;
            app.forget_cookies();
            match access {
                Access::Public => assert!(page.status.as_u16() < 500, "{path}"),
                // Nobody's address and no signature: nothing there.
                Access::Hook => assert!(matches!(page.status.as_u16(), 401 | 404), "{path}: {}", page.status),
                Access::FirstRun => assert_eq!(page.location.as_deref(), Some("/today"), "{path}"),
                Access::Member(_) if method == Method::GET => {
                    assert_eq!(page.location.as_deref(), Some("/sign-in"), "{path}");
                }
                Access::Member(_) | Access::Key(_) => assert_eq!(page.status.as_u16(), 401, "{path}"),
            }
        }
    }

    async fn actions_need_our_own_page_and_its_token(app: &mut TestApp) {
        app.first_run().await;
        let csrf = app.csrf();
        for (method, path, access) in timon::access::routes().declared() {
            // Programs come without a page: `api.rs` has what keeps others out there.
            if method != Method::POST || matches!(access, Access::Key(_) | Access::Hook) {
                continue;
            }
            let path = example(path);
            let send = |site: &'static str, kind: &'static str, body: String| {
                let mut request = app.request("POST", &path).header(header::CONTENT_TYPE, kind);
                if let Some(headers) = request.headers_mut() {
                    headers.insert("sec-fetch-site", http::HeaderValue::from_static(site));
                }
                request.body(Body::from(body)).expect("a request")
            };
            let form = "application/x-www-form-urlencoded";
            let requests = [
                send("cross-site", form, format!("csrf={csrf}")),
                send("same-origin", form, "answered=yes".to_owned()),
                send("same-origin", form, "csrf=00000000000000000000000000000000".to_owned()),
                send("same-origin", "text/plain", format!("{{\"csrf\":\"{csrf}\"}}")),
            ];
            for request in requests {
                let page = app.send(request).await;
                let refused = matches!(page.status.as_u16(), 403 | 415 | 422) || page.location.as_deref() == Some("/today");
                assert!(refused, "{path}: {}", page.status);
            }
        }
        app.get("/today").await.is(200);
    }

    async fn one_organisation_never_sees_another(app: &mut TestApp) {
        app.first_run().await;
        app.import("a.csv", b"id,date,stars,author,text\n1,2026-09-01,1,Canario,secreto canario azul\n").await.is(200);
        let link = app.get("/mentions").await.body;
        let id = link.split("href=\"/mentions/").nth(1).and_then(|l| l.split('"').next()).expect("a link").to_owned();
        let import = app.get("/import").await.body;
        let import = import.split("href=\"/import/").nth(1).and_then(|l| l.split('"').next()).expect("a link").to_owned();
        // A second organisation with its own owner, on the same installation.
        let new = accounts::NewOrganization {
            name: "Vecino".to_owned(), town: String::new(), kind: domain::OrganizationKind::Shop,
            time_zone: "Europe/Madrid".to_owned(), locale: foundation::web::Locale::Es,
        };
        accounts::create_demo_owner(&app.context, &new, ("vecino@prueba.example", "otra tortilla más")).await.expect("created");
        app.forget_cookies();
        app.post("/sign-in", &[("email", "vecino@prueba.example"), ("password", "otra tortilla más")]).await.goes_to("/today");
        for path in ["/today", "/mentions", "/mentions?q=canario", "/mentions?q=zqorg", "/import", "/sources", "/account", "/export"] {
            app.get(path).await.is(200).has_not("secreto").has_not("Canario").has_not("ana@prueba.example");
        }
        app.get(&format!("/mentions/{id}")).await.is(404);
        app.get(&format!("/import/{import}")).await.is(404);
        app.get(&format!("/import/{import}/progress")).await.is(404);
        app.post(&format!("/mentions/{id}/answered"), &[("answered", "yes")]).await.is(404);
        app.post(&format!("/import/{import}"), &[("action", "confirm")]).await.is(404);
        // The same row of the same export is another mention here.
        app.import("a.csv", b"id,date,stars,author,text\n1,2026-09-01,1,Canario,secreto canario azul\n").await.is(200);
        app.get("/mentions?q=azul").await.has("secreto canario");
    }

    async fn every_answer_carries_the_headers(app: &mut TestApp) {
        for path in ["/start", "/nothing-here", "/healthz", "/assets/x/timon.css"] {
            let page = app.get(path).await;
            for name in ["content-security-policy", "x-content-type-options", "referrer-policy", "cross-origin-opener-policy", "permissions-policy", "strict-transport-security"] {
                assert!(page.headers.contains_key(name), "{path} has no {name}");
            }
            let csp = page.headers["content-security-policy"].to_str().expect("text");
            assert!(csp.starts_with("default-src 'none'") && !csp.contains("unsafe"));
        }
        let page = app.get("/start").await;
        let cookie = page.headers.get_all(header::SET_COOKIE).iter().next();
        assert!(cookie.is_none_or(|c| c.to_str().expect("text").contains("HttpOnly")));
    }
}

static STRICT: &[foundation::web::PolicyLine] = &[(Method::GET, "/new", Access::Member(Role::Owner))];

#[tokio::test]
async fn a_route_outside_the_policy_stops_the_start() {
    let app = TestApp::sqlite().await;
    let page = || async { "hello" };
    let refused = |routes: Routes, policy: &'static [foundation::web::PolicyLine]| {
        routes.seal(policy, timon::access::GATE, &app.context).expect_err("refused")
    };
    let undeclared = refused(Routes::new().get("/new", Access::Public, page), &[]);
    assert_eq!(undeclared, PolicyError::Undeclared(Method::GET, "/new"));
    let different = refused(Routes::new().get("/new", Access::Public, page), STRICT);
    assert!(matches!(different, PolicyError::Different(..)));
    assert!(matches!(refused(Routes::new(), STRICT), PolicyError::Missing(..)));
}
