//! Reviews in the organisation's own form: once, within thirty days, with their proof; the private question; the device in
//! the shop; and what a flood, a stranger's file or a second press cannot do.

use axum::body::Body;
use customers::NewVisit;
use domain::{AskPurpose, AskWay, LawfulBasis, MentionId, Proof, VisitOrigin};
use foundation::store::{Batch, Scope};
use http::header;
use invite::Link;
use invite::store::invitations;
use reviews::store;

use crate::app::{Page, TestApp};
use crate::on_both_engines;

const QUICK: std::time::Duration = std::time::Duration::from_mins(1);

async fn scope(app: &TestApp) -> Scope {
    app.context.scope(accounts::organizations(&app.context, 1).await.expect("readable")[0].id)
}

/// A business with its form, and its address's end.
async fn with_form(app: &mut TestApp) -> (Scope, String) {
    app.first_run().await;
    let scope = scope(app).await;
    let code = invite::form_code(&app.context, &scope).await.expect("a code");
    app.forget_cookies();
    (scope, format!("/r/{code}"))
}

fn field(page: &Page, name: &str) -> String {
    let mark = format!("name=\"{name}\" value=\"");
    let rest = page.body.split(&mark).nth(1).unwrap_or_else(|| panic!("no {name} in\n{}", page.body));
    rest.split('"').next().expect("a value").to_owned()
}

/// A form as a browser has it open.
struct Open {
    path: String,
    fields: Vec<(&'static str, String)>,
    challenge: Option<String>,
}

impl Open {
    async fn of(app: &mut TestApp, path: &str) -> Self {
        let page = app.get(path).await;
        page.is(200);
        let fields = ["key", "made", "seal"].map(|name| (name, field(&page, name))).to_vec();
        let challenge =
            page.body.split("data-work=\"").nth(1).and_then(|rest| rest.split('"').next()).map(str::to_owned);
        Self { path: path.to_owned(), fields, challenge }
    }

    fn with(mut self, name: &'static str, value: &str) -> Self {
        self.fields.retain(|(known, _)| *known != name);
        self.fields.push((name, value.to_owned()));
        self
    }

    /// Solved, as the page's script does.
    fn solved(self) -> Self {
        let text = self.challenge.clone().expect("a challenge");
        let parts: Vec<&str> = text.split('.').collect();
        let nonce = hex::decode(parts[0]).expect("hex");
        let cost = parts[1].parse().expect("a cost");
        let counter = (0..u32::MAX).find(|n| reviews::work::solves(&nonce, cost, *n)).expect("a solution");
        self.with("work", &format!("{text}.{counter}"))
    }

    fn said(self, stars: &str, text: &str) -> Self {
        self.with("day", "2026-09-20").with("stars", stars).with("text", text)
    }

    async fn send(&self, app: &mut TestApp) -> Page {
        self.send_with(app, None).await
    }

    async fn send_with(&self, app: &mut TestApp, photo: Option<&[u8]>) -> Page {
        let mut body = Vec::new();
        let csrf = [("csrf", app.csrf())];
        for (name, value) in csrf.iter().chain(&self.fields) {
            let head = format!("--frontier\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n");
            body.extend(head.bytes().chain(value.bytes()).chain(*b"\r\n"));
        }
        let file =
            "--frontier\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"../../f.jpg\"\r\n\r\n";
        body.extend(file.bytes().chain(photo.unwrap_or_default().iter().copied()));
        body.extend(b"\r\n--frontier--\r\n");
        let request = app
            .request("POST", &self.path)
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=frontier")
            // Nobody's proxy: whoever sends this must not gain a quota of her own by it.
            .header("x-forwarded-for", format!("198.51.100.{}", body.len() % 250))
            .body(Body::from(body))
            .expect("a request");
        app.send(request).await
    }
}

async fn count(scope: &Scope) -> usize {
    store::list(scope, None, 1_000).await.expect("readable").len()
}

fn picture() -> Vec<u8> {
    let pixels = image::RgbImage::from_pixel(40, 30, image::Rgb([200, 30, 30]));
    let mut bytes = std::io::Cursor::new(Vec::new());
    pixels.write_to(&mut bytes, image::ImageFormat::Png).expect("encoded");
    bytes.into_inner()
}

on_both_engines! {
    async fn a_review_is_saved_once_with_its_proof_its_day_and_its_photograph(app: &mut TestApp) {
        let (scope, path) = with_form(app).await;
        let form = Open::of(app, &path).await.solved().said("2", "La sopa <b>fría</b>").with("name", "Lucía");
        app.context.clock.advance(QUICK);
        let sent = form.send_with(app, Some(&picture())).await;
        sent.is(303).goes_to(&format!("{path}/thanks"));
        // Sent again, as it is or with other words: it is the same form, and the first one stays.
        form.send(app).await.is(303).goes_to(&format!("{path}/thanks"));
        form.said("5", "Todo perfecto").send(app).await.is(303);
        let all = store::list(&scope, None, 10).await.expect("readable");
        assert_eq!(all.len(), 1);
        let one = &all[0];
        assert_eq!((one.stars, one.text.as_str(), one.author.as_deref()), (Some(2), "La sopa <b>fría</b>", Some("Lucía")));
        assert_eq!((one.proof, one.photo), (Proof::Declared, Some((40, 30))));
        app.settle().await;
        app.sign_in().await;
        app.get("/answers").await.has("La sopa &lt;b&gt;fría&lt;/b&gt;");
        app.get("/reviews").await.has("Dice que es cliente").has("La sopa &lt;b&gt;fría&lt;/b&gt;").has("Estuvo el 20 sep 2026");
        let photo = app.get(&format!("/reviews/{}/photo.jpg", one.mention)).await;
        assert_eq!(photo.headers["content-type"], "image/jpeg");
        assert_eq!(photo.headers["x-content-type-options"], "nosniff");
        assert!(photo.bytes.starts_with(&[0xff, 0xd8]) && std::fs::read_dir(app.path().join("uploads")).expect("a folder").next().is_none());
        app.forget_cookies();
        app.get(&format!("/reviews/{}/photo.jpg", one.mention)).await.is(303).goes_to("/sign-in");
    }

    async fn opening_a_form_changes_nothing(app: &mut TestApp) {
        let (scope, path) = with_form(app).await;
        let before = app.context.store.clone();
        let rows = |store: foundation::store::Store| async move {
            let mut all = Vec::new();
            store.dump::<foundation::store::StoreError>(|row| { all.push(format!("{} {:?}", row.table, row.row)); Ok(()) }).await.expect("readable");
            all
        };
        let first = rows(before.clone()).await;
        for end in ["", "/thanks", "/work"] {
            app.get(&format!("{path}{end}")).await.is(200);
        }
        app.get("/i/nobody").await.is(404);
        app.get("/k/nobody").await.is(404);
        assert_eq!(rows(before).await, first);
        assert_eq!(count(&scope).await, 0);
        app.settle().await;
    }

    async fn a_visit_more_than_thirty_days_ago_is_no_review_but_is_counted(app: &mut TestApp) {
        let (scope, path) = with_form(app).await;
        let form = Open::of(app, &path).await.solved().said("5", "Genial");
        app.context.clock.advance(QUICK);
        let old = Open { fields: form.fields.clone(), challenge: None, path: path.clone() }.with("day", "2026-08-21");
        old.send(app).await.is(422).has("Ha pasado más de un mes").has_not("name=\"stars\"");
        for (day, words) in [("2026-09-22", "todavía no ha llegado"), ("ayer", "Dinos qué día fue")] {
            let wrong = Open { fields: form.fields.clone(), challenge: None, path: path.clone() }.with("day", day);
            wrong.send(app).await.is(422).has(words).has("Genial");
        }
        assert_eq!(count(&scope).await, 0);
        assert_eq!(store::figures(&scope).await.expect("readable").refused, 1);
        form.with("day", "2026-08-22").send(app).await.is(303);
        assert_eq!(count(&scope).await, 1);
        app.settle().await;
    }

    async fn whoever_is_refused_is_told_why_and_keeps_her_words(app: &mut TestApp) {
        let (scope, path) = with_form(app).await;
        let form = Open::of(app, &path).await.said("4", "Muy bien «todo»");
        form.send(app).await.is(422).has("muy rápido").has("Muy bien «todo»");
        app.context.clock.advance(QUICK);
        for (name, value, words) in [
            ("website", "http://casino.example", "una casilla que no se ve"),
            ("stars", "9", "Elige una de las cinco"),
            ("code", "7K3M-9QX2", "no nos suena"),
            ("seal", "0000", "mucho tiempo abierta"),
        ] {
            let one = Open { fields: form.fields.clone(), challenge: None, path: path.clone() }.with(name, value);
            one.send(app).await.is(422).has(words).has("Muy bien «todo»");
        }
        let broken = form.send_with(app, Some(b"\xff\xd8\xff\xe0 nada")).await;
        broken.is(422).has("No hemos podido leer esa foto").has("Muy bien «todo»");
        form.send_with(app, Some(&vec![0; 9 << 20])).await.is(422).has("más de 8 MB");
        assert_eq!(count(&scope).await, 0);
        form.send(app).await.is(303);
        assert_eq!(count(&scope).await, 1);
        app.settle().await;
    }

    async fn a_proof_of_work_is_taken_once_and_only_here(app: &mut TestApp) {
        let (scope, path) = with_form(app).await;
        let first = Open::of(app, &path).await.solved().said("5", "Uno");
        let work = first.fields.iter().find(|(name, _)| *name == "work").expect("solved").1.clone();
        let second = Open::of(app, &path).await.said("5", "Dos").with("work", &work);
        app.context.clock.advance(QUICK);
        first.send(app).await.is(303);
        second.send(app).await.is(409).has("ya se había usado");
        assert_eq!(count(&scope).await, 1);
        // Too old, changed, or another organisation's: no proof, so it counts as a form without one.
        let late = Open::of(app, &path).await.solved().said("5", "Tarde");
        app.context.clock.advance(std::time::Duration::from_secs(601));
        late.send(app).await.is(303);
        let bare = store::counters(&app.context, &scope, "bare", &[127, 0, 0], reviews::rules::Lane::Bare.quota().expect("counted"));
        assert_eq!(store::counted(&scope, &bare[0]).await.expect("readable"), 1);
        app.settle().await;
    }

    async fn a_flood_is_stopped_and_a_hundred_guests_behind_one_address_are_not(app: &mut TestApp) {
        let (scope, path) = with_form(app).await;
        let mut bare = Vec::new();
        for n in 0..7 {
            bare.push(Open::of(app, &path).await.said("1", &format!("sin guion {}{n}", "x".repeat(n))));
        }
        app.context.clock.advance(QUICK);
        let mut taken = 0;
        for form in &bare {
            let page = form.send(app).await;
            if page.status.as_u16() == 303 { taken += 1 } else { page.is(429).has("dentro de una hora").has("sin guion"); }
        }
        assert_eq!(taken, 5);
        // A hundred and eighteen came with a proof of work already, all behind the shop's own address.
        let quota = reviews::rules::Lane::Worked.quota().expect("counted");
        let hundred = store::counters(&app.context, &scope, "worked", &[127, 0, 0], quota);
        for _ in 0..118 {
            let mut batch = Batch::new();
            store::count(&mut batch, &hundred);
            scope.write(batch).await.expect("room for all of them");
        }
        for (n, status) in [(1, 303), (2, 303), (3, 429)] {
            let form = Open::of(app, &path).await.solved().said("5", &format!("con guion {n}"));
            app.context.clock.advance(std::time::Duration::from_secs(4));
            form.send(app).await.is(status);
        }
        assert_eq!(count(&scope).await, 7);
        app.context.clock.advance(std::time::Duration::from_hours(2));
        Open::of(app, &path).await;
        reviews::step::forget(&app.context).await.expect("forgotten");
        app.settle().await;
    }

    async fn what_is_said_afterwards_does_not_know_what_was_answered(app: &mut TestApp) {
        let (scope, path) = with_form(app).await;
        let settings = invite::store::settings::settings(&scope).await.expect("readable").expect("made");
        let links = [Link { name: "Mapa".into(), url: "https://maps.example/x".into() }, Link { name: "Guía".into(), url: "https://guia.example/x".into() }];
        invite::store::settings::save(&app.context, &scope, &settings, &links).await.expect("saved");
        let before = app.get(&path).await;
        let places = |page: &Page| page.body.split("maps.example").nth(1).and_then(|rest| rest.split("</ul>").next()).expect("places").to_owned();
        assert!(before.body.find("maps.example").expect("a place") < before.body.find("name=\"stars\"").expect("stars"));
        let mut pages = Vec::new();
        for (stars, text) in [("1", "Horrible"), ("5", "")] {
            let form = Open::of(app, &path).await.solved().said(stars, text);
            app.context.clock.advance(QUICK);
            let sent = form.send(app).await;
            sent.is(303);
            let thanks = app.get(&sent.location.expect("a page")).await;
            assert_eq!(places(&thanks), places(&before));
            pages.push(thanks.bytes);
        }
        assert_eq!(pages[0], pages[1], "byte for byte");
        app.settle().await;
    }

    async fn an_invitation_is_answered_once_even_by_two_at_the_same_moment(app: &mut TestApp) {
        let (scope, _) = with_form(app).await;
        let token = invitation(app, &scope, AskPurpose::Review).await;
        let path = format!("/i/{token}");
        let page = app.get(&path).await;
        page.is(200).has("Sobre tu visita").has_not("name=\"day\"").has_not("name=\"code\"").has_not("data-work");
        let forms = [Open::of(app, &path).await.said("1", "Una"), Open::of(app, &path).await.said("5", "Otra")];
        let fast = forms[0].send(app).await;
        fast.is(303);
        forms[1].send(app).await.is(200).has("Ya lo tenemos");
        app.get(&path).await.is(200).has("Ya lo tenemos").has_not("<textarea");
        assert_eq!(count(&scope).await, 1);
        let one = &store::list(&scope, None, 1).await.expect("readable")[0];
        assert_eq!((one.text.as_str(), one.proof), ("Una", Proof::Invitation));
        assert_eq!(store::proof_of(&scope, &[one.mention, MentionId(1)]).await.expect("readable").len(), 1);
        app.settle().await;
    }

    async fn a_receipt_code_proves_one_visit_here_and_nothing_elsewhere(app: &mut TestApp) {
        let (scope, path) = with_form(app).await;
        let codes = invite::store::codes::make(&app.context, &scope, 2, 30_000, "ana@prueba.example").await.expect("codes");
        let foreign = accounts::create_organization(&app.context, &accounts::NewOrganization {
            name: "Otro".into(), town: String::new(), kind: domain::OrganizationKind::Bar, time_zone: "Europe/Madrid".into(), locale: foundation::web::Locale::Es,
        }).await.expect("made");
        let other = app.context.scope(foreign);
        let other_path = format!("/r/{}", invite::form_code(&app.context, &other).await.expect("a code"));
        let stolen = Open::of(app, &other_path).await.said("1", "Ajeno").with("code", &codes[0]);
        let mine = [Open::of(app, &path).await.said("3", "Con tique").with("code", &codes[0]), Open::of(app, &path).await.said("3", "El mismo").with("code", &codes[0])];
        let spliced = Open { path: other_path.clone(), fields: mine[0].fields.clone(), challenge: None };
        app.context.clock.advance(QUICK);
        stolen.send(app).await.is(422).has("no nos suena");
        spliced.send(app).await.is(422).has("mucho tiempo abierta");
        mine[0].send(app).await.is(303);
        mine[1].send(app).await.is(422).has("ya se usó");
        assert_eq!((count(&scope).await, count(&other).await), (1, 0));
        assert_eq!(store::list(&scope, None, 1).await.expect("readable")[0].proof, Proof::ReceiptCode);
        // The day's code proves that day and no other.
        let day = reviews::rules::day_of("2026-09-20").expect("a day");
        let daily = invite::daily_code(&app.context, scope.organization(), day);
        let form = Open::of(app, &path).await.said("4", "Con el cartel").with("code", &daily);
        app.context.clock.advance(QUICK);
        Open { fields: form.fields.clone(), challenge: None, path: path.clone() }.with("day", "2026-09-19").send(app).await.is(422);
        form.send(app).await.is(303);
        assert_eq!(store::list(&scope, None, 1).await.expect("readable")[0].proof, Proof::DailyCode);
        app.settle().await;
    }

    async fn the_private_question_is_counted_and_its_comment_heard_but_never_shown_as_stars(app: &mut TestApp) {
        let (scope, _) = with_form(app).await;
        let token = invitation(app, &scope, AskPurpose::Census).await;
        let form = Open::of(app, &format!("/i/{token}")).await.said("2", "Nadie nos hizo caso");
        form.send(app).await.is(303);
        app.settle().await;
        assert_eq!(count(&scope).await, 0);
        app.sign_in().await;
        app.get("/mentions").await.has("Nadie nos hizo caso").has_not("2 de 5 estrellas");
        app.get("/answers").await.has_not("Nadie nos hizo caso");
        app.get("/reviews").await.has("Todavía no hay ninguna");
    }

    async fn a_device_sends_what_it_kept_exactly_once(app: &mut TestApp) {
        let (scope, _) = with_form(app).await;
        app.sign_in().await;
        let page = app.post("/kiosk", &[("name", "Barra")]).await;
        page.is(200).has("role=\"img\"");
        let key = page.body.split("/k/").nth(1).and_then(|rest| rest.split('"').next()).expect("an address").to_owned();
        app.get("/kiosk").await.has("Barra").has_not(&key);
        app.forget_cookies();
        let device = app.get(&format!("/k/{key}")).await;
        device.is(200).has("¿Qué tal en Bar La Prueba?");
        let addresses = regex::Regex::new(r#"(?:href|src|action)="([^"]+)""#).expect("a pattern");
        for page in [&device, &app.get(&format!("/k/{key}/thanks")).await] {
            for address in addresses.captures_iter(&page.body) {
                assert!(address[1].starts_with('/') || address[1].starts_with('#'), "{} leads elsewhere", &address[1]);
            }
        }
        let answer = |n: usize, text: &str| format!(
            r#"{{"id":"00000000-0000-4000-8000-{n:012}","at":{},"day":"2026-09-20","stars":"4","text":"{text}","name":"","code":"","language":"es"}}"#,
            app_now()
        );
        let batch: Vec<String> = (0..20).map(|n| answer(n, &format!("respuesta {n}"))).collect();
        let whole = format!("{{\"answers\":[{}]}}", batch.join(","));
        for _ in 0..2 {
            let taken = send_json(app, &key, &whole).await;
            taken.is(200).has("\"wait\":false");
            assert_eq!(taken.body.matches("00000000-").count(), 20);
        }
        // The same name with other words is the same answer.
        send_json(app, &key, &format!("{{\"answers\":[{}]}}", answer(3, "otra cosa"))).await.is(200);
        assert_eq!(count(&scope).await, 20);
        for wrong in ["{", "{}", "[]", r#"{"answers":[{"id":"x"}]}"#, r#"{"answers":[],"more":1}"#] {
            assert!(send_json(app, &key, wrong).await.status.is_client_error(), "{wrong}");
        }
        let odd = answer(77, "sin nombre").replace("00000000-0000-4000-8000-000000000077", "../../x");
        send_json(app, &key, &format!("{{\"answers\":[{odd}]}}")).await.is(200).has("../../x");
        let many = vec![answer(9, "x"); 51].join(",");
        send_json(app, &key, &format!("{{\"answers\":[{many}]}}")).await.is(413);
        let form = Open::of(app, &format!("/k/{key}")).await.said("5", "Sin guion");
        let fields: Vec<(&str, &str)> = form.fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        app.post(&format!("/k/{key}"), &fields).await.is(303).goes_to(&format!("/k/{key}/thanks?l=es"));
        app.post(&format!("/k/{key}"), &fields).await.is(303);
        assert_eq!(count(&scope).await, 21);
        let id = store::kiosks(&scope).await.expect("readable")[0].id;
        app.sign_in().await;
        app.post(&format!("/kiosk/{id}"), &[("action", "revoke")]).await.is(303);
        send_json(app, &key, &whole).await.is(404);
        app.get(&format!("/k/{key}")).await.is(404);
        app.settle().await;
    }
}

/// The token of somebody who was invited, and said since that she wants no more letters: she may still answer.
async fn invitation(app: &TestApp, scope: &Scope, purpose: AskPurpose) -> String {
    let day = listen::rules::day_of(app.now(), &jiff::tz::TimeZone::UTC) - 2;
    let visit = NewVisit {
        name: "Lucía".into(),
        email: "lucia@cliente.example".into(),
        phone: String::new(),
        language: "es".into(),
        basis: LawfulBasis::Contract,
        basis_note: "Al reservar".into(),
        basis_at: app.now(),
        day,
        reference: String::new(),
        origin: VisitOrigin::Hand,
        shop: None,
        opts_out: false,
    };
    let recorded = customers::record(&app.context, scope, visit).await.expect("saved").expect("lawful");
    let new = invitations::New {
        visit: recorded.visit,
        customer: recorded.customer,
        way: AskWay::Email,
        draw: None,
        purpose,
        visit_day: day,
        due_day: day,
        left_out: None,
    };
    let mut batch = Batch::new();
    invitations::insert(&app.context, &mut batch, &[new]);
    scope.write(batch).await.expect("invited");
    let ready = invitations::due(scope, day, i64::MAX, 1).await.expect("readable").remove(0);
    let mut batch = Batch::new();
    invitations::opt_out(&mut batch, ready.id, ready.customer, app.now());
    scope.write(batch).await.expect("noted");
    ready.token
}

fn app_now() -> i64 {
    crate::app::NOW.parse::<jiff::Timestamp>().expect("a moment").as_millisecond()
}

async fn send_json(app: &mut TestApp, key: &str, body: &str) -> Page {
    let request = app
        .request("POST", &format!("/k/{key}/answers"))
        .header(header::CONTENT_TYPE, "application/json")
        .body(Body::from(body.to_owned()))
        .expect("a request");
    app.send(request).await
}

#[test]
fn what_draws_the_other_places_and_the_thanks_cannot_know_an_answer() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../capabilities/reviews/src/pages");
    for file in ["places.rs", "thanks.rs"] {
        let text = std::fs::read_to_string(folder.join(file)).expect("readable");
        let code: String = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
        for word in [
            "stars",
            "store::list",
            "own_review",
            "Answer",
            "answer",
            "mention",
            "Query",
            "HeaderMap",
            "Form",
        ] {
            assert!(!code.contains(word), "{file} speaks of {word}");
        }
    }
}
