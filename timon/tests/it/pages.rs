//! Every page rendered in both languages, looked over for what a page must have.

use regex::Regex;

use crate::app::TestApp;

const EXPORT: &str = include_str!("../data/bar.csv");

#[track_caller]
fn look_over(page: &crate::app::Page, language: &str, path: &str) {
    let body = &page.body;
    assert!(body.contains(&format!("lang=\"{language}\"")), "{path} is not in {language}");
    assert_eq!(body.matches("<h1").count(), 1, "{path} needs one h1");
    assert!(body.contains("<title>") && body.contains("name=\"viewport\""), "{path}");
    for forbidden in [" style=", " onclick=", "<style", "javascript:", "data:image"] {
        assert!(!body.contains(forbidden), "{path} holds {forbidden}");
    }
    let id = Regex::new(r#" id="([^"]+)""#).expect("a pattern");
    let mut ids: Vec<&str> = id.captures_iter(body).map(|c| c.get(1).expect("a group").as_str()).collect();
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all, "{path} uses an id twice");
    // A key that has no sentence shows itself.
    let key = Regex::new(r">\s*[a-z]+(-[a-z0-9]+){2,}\s*<").expect("a pattern");
    assert!(!key.is_match(body), "{path} shows a key: {:?}", key.find(body));
    for form in body.split("<form").skip(1).filter(|f| f.contains("method=\"post\"")) {
        let form = form.split("</form>").next().unwrap_or_default();
        assert!(form.contains("name=\"csrf\""), "{path} has a form without its token");
    }
}

/// Pages of an installation where nothing was heard yet.
const EMPTY: &[&str] = &[
    "/today",
    "/mentions",
    "/warnings",
    "/warnings/settings",
    "/values",
    "/values/triage",
    "/cushion",
    "/majority",
    "/drill",
    "/import",
    "/sources",
    "/sources/mailbox",
    "/answers",
    "/answers/aside",
    "/answers/settings",
    "/complaints",
    "/promises",
    "/word",
    "/word/public",
    "/account",
    "/account/keys",
    "/notices",
    "/notices/sms",
    "/reviews",
    "/kiosk",
    "/customers",
    "/customers/add",
    "/customers/settings",
    "/customers/import",
    "/shops",
    "/invitations",
    "/invitations/settings",
    "/invitations/draws",
    "/invitations/codes",
    "/nothing-here",
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_page_in_both_languages() {
    for language in ["es", "en"] {
        let mut app = TestApp::sqlite().await;
        app.language = language;
        look_over(&app.get("/start").await, language, "/start");
        look_over(&app.post("/start", &[("name", "")]).await, language, "/start (faults)");
        app.first_run().await;
        for path in EMPTY.iter().copied() {
            look_over(&app.get(path).await, language, path);
        }
        let draft = app.upload("bar.csv", EXPORT.as_bytes()).await.location.expect("a draft");
        look_over(&app.get(&draft).await, language, "/import/{draft}");
        let values = crate::app::form_values(&app.get(&draft).await.body);
        let mut values: Vec<(&str, &str)> = values.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
        values.push(("action", "confirm"));
        app.post(&draft, &values).await.is(303);
        look_over(&app.get(&draft).await, language, "/import/{running}");
        app.settle().await;
        look_over(&app.get(&draft).await, language, "/import/{done}");
        app.post("/sources", &[("url", "http://127.0.0.1/feed"), ("name", "")]).await.is(422);
        let refused = app.post("/sources", &[("url", "ftp://x"), ("name", "")]).await;
        look_over(&refused, language, "/sources (fault)");
        for path in [
            "/today",
            "/warnings",
            "/warnings/settings",
            "/mentions",
            "/mentions?q=bravas",
            "/mentions?stars=3&q=nothing",
            "/cushion",
            "/cushion?angry=12",
            "/cushion?target=30&until=2026-12-24&per_day=8",
            "/majority?customers=800",
            "/sources",
            "/import",
        ] {
            look_over(&app.get(path).await, language, path);
        }
        let list = app.get("/mentions?stars=1").await.body;
        let link = list
            .split("href=\"/mentions/")
            .nth(1)
            .and_then(|l| l.split('"').next())
            .expect("a link")
            .to_owned();
        look_over(&app.get(&format!("/mentions/{link}")).await, language, "/mentions/{id}");
        app.post(&format!("/mentions/{link}/answered"), &[("answered", "yes")]).await.is(303);
        look_over(&app.get(&format!("/mentions/{link}")).await, language, "/mentions/{id} (answered)");
        look_over(&app.upload("empty.csv", b"").await, language, "/import (refused)");
        look_over(
            &app.post("/import/paste", &[("text", ""), ("paste_source", "")]).await,
            language,
            "/import (nothing pasted)",
        );
        look_over(
            &app.post("/account/password", &[("current", "x"), ("password", "y")]).await,
            language,
            "/account (faults)",
        );
        look_over_programs(&mut app, language).await;
        look_over_own_reviews(&mut app, language).await;
        app.post("/sign-out", &[]).await.is(303);
        look_over(&app.get("/sign-in").await, language, "/sign-in");
        look_over(
            &app.post("/sign-in", &[("email", "a"), ("password", "b")]).await,
            language,
            "/sign-in (wrong)",
        );
        app.finish().await;
    }
}

/// The form that anybody may open, what is said after it, and the device in the shop.
async fn look_over_own_reviews(app: &mut TestApp, language: &str) {
    let home = accounts::organizations(&app.context, 1).await.expect("readable").remove(0);
    let code = invite::form_code(&app.context, &app.context.scope(home.id)).await.expect("a code");
    for end in ["", "/thanks"] {
        look_over(&app.get(&format!("/r/{code}{end}")).await, language, &format!("/r/{{code}}{end}"));
    }
    let faults = app.post(&format!("/r/{code}"), &[("stars", "9"), ("day", "x")]).await;
    look_over(&faults, language, "/r/{code} (faults)");
    look_over(&app.post("/kiosk", &[("name", "")]).await, language, "/kiosk (fault)");
    let made = app.post("/kiosk", &[("name", "Barra")]).await;
    look_over(&made, language, "/kiosk (made)");
    let key =
        made.body.split("/k/").nth(1).and_then(|rest| rest.split('"').next()).expect("a key").to_owned();
    for end in ["", "/thanks"] {
        look_over(
            &app.get(&format!("/k/{key}{end}?l={language}")).await,
            language,
            &format!("/k/{{key}}{end}"),
        );
    }
    look_over(&app.get("/kiosk").await, language, "/kiosk (one)");
    look_over(&app.get("/reviews").await, language, "/reviews (an address)");
}

/// What an owner does for programs.
async fn look_over_programs(app: &mut TestApp, language: &str) {
    for (name, what) in [("", "fault"), ("Asistente", "made")] {
        let page = app.post("/account/keys", &[("name", name), ("scope", "draft")]).await;
        look_over(&page, language, &format!("/account/keys ({what})"));
    }
    look_over(&app.get("/account/keys").await, language, "/account/keys (one)");
    for address in ["http://localhost/", "https://programa.example/timon"] {
        let page = app.post("/notices/programs", &[("address", address), ("mentions", "on")]).await;
        look_over(&page, language, &format!("/notices ({address})"));
    }
    look_over(&app.get("/notices").await, language, "/notices (a program)");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_demonstration_is_believable() {
    use foundation::web::Locale;
    for (language, locale) in [("es", Locale::Es), ("en", Locale::En)] {
        let mut app = TestApp::sqlite().await;
        app.language = language;
        timon::cli::demo::fill(&app.context, 7, locale).await.expect("filled");
        app.settle().await;
        app.post("/sign-in", &[("email", "demo@timon.example"), ("password", "tortilla-sin-prisa")])
            .await
            .goes_to("/today");
        let page = app.get("/today").await;
        page.is(200)
            .has("Gavina")
            .has("id=\"cushion\"")
            .has("id=\"palabra\"")
            .has("class=\"plot\"")
            .has("level-alarm")
            .has_not("number not-yet");
        look_over(&page, language, "/today (demo)");
        look_over_the_storm(&mut app, language).await;
        app.finish().await;
    }
}

/// The demonstration's campaign: its warning, dossier and incident.
async fn look_over_the_storm(app: &mut TestApp, language: &str) {
    let list = app.get("/warnings").await;
    look_over(&list, language, "/warnings (demo)");
    let link = list.body.split("href=\"/warnings/").find_map(|l| {
        let id = l.split('"').next().unwrap_or_default();
        id.parse::<i64>().ok()
    });
    let path = format!("/warnings/{}", link.expect("a warning"));
    look_over(&app.get(&path).await, language, "/warnings/{id}");
    look_over(&app.get(&format!("{path}/dossier")).await, language, "/warnings/{id}/dossier");
    let incident = app.post(&format!("{path}/incident"), &[]).await.location.expect("an incident");
    look_over(&app.get(&incident).await, language, "/incidents/{id}");
    let said = [("revision", "1"), ("title", "T"), ("statement_title", "S"), ("statement", "Lo sentimos.")];
    app.post(&incident, &said).await.is(303);
    app.post(&format!("{incident}/approve"), &[("revision", "2")]).await.is(303);
    app.post(&format!("{incident}/class"), &[("revision", "2"), ("class", "attack"), ("decider", "")])
        .await
        .is(303);
    app.post(&format!("{incident}/told"), &[("who", "A"), ("how", "b")]).await.is(303);
    look_over(&app.get(&format!("{incident}/publish/statement")).await, language, "/incidents/{id}/publish");
    app.post(&format!("{incident}/publish/statement"), &[("revision", "3")]).await.is(303);
    look_over(&app.get(&incident).await, language, "/incidents/{id} (published)");
    let line = [("revision", "0"), ("text", "Nunca"), ("decider", ""), ("first_step", "")];
    app.post("/values/1", &line).await.is(303);
    app.post("/values/1", &line).await.is(409);
    for path in [
        "/warnings/settings",
        "/notices",
        "/values",
        "/values/triage",
        "/values/triage?decided=yes",
        "/drill",
    ] {
        look_over(&app.get(path).await, language, path);
    }
    look_over_a_drill(app, language).await;
}

/// Every page of a drill, from the wait for its copy to the report.
async fn look_over_a_drill(app: &mut TestApp, language: &str) {
    let path = app.post("/drill", &[]).await.location.expect("a drill");
    look_over(&app.get(&path).await, language, "/drill/{id} (preparing)");
    drill::step::prepare(&app.context).await.expect("prepared");
    for act in ["begin", "next", "next", "next", "next", "next"] {
        let page = app.get(&path).await;
        look_over(&page, language, &format!("/drill/{{id}} before {act}"));
        let revision = page.body.split("name=\"revision\" value=\"").nth(1).and_then(|l| l.split('"').next());
        let revision = revision.expect("a form").to_owned();
        app.post(&path, &[("revision", &revision), ("act", act), ("decision", "values-1")]).await.is(303);
    }
    look_over(&app.get(&path).await, language, "/drill/{id} (report)");
    look_over(&app.get("/drill").await, language, "/drill (one done)");
}
