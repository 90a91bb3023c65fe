//! Customers by hand: who is written down, on what basis, who may see them, who is never written to, who is forgotten.

use domain::{CustomerId, LawfulBasis, OptOutWay, Role, VisitOrigin};
use foundation::store::{Batch, Scope, Value};
use jiff::SignedDuration;

use ::customers::rules::Refusal;
use ::customers::store::people;
use ::customers::{NewVisit, contact_hash, opt_out, opted_out, record};

use crate::app::TestApp;
use crate::on_both_engines;

pub async fn scope(app: &TestApp) -> Scope {
    app.context.scope(accounts::organizations(&app.context, 1).await.expect("readable")[0].id)
}

/// Another organisation with its own owner, on the same installation.
pub async fn neighbour(app: &TestApp) -> Scope {
    let new = accounts::NewOrganization {
        name: "Vecino".to_owned(),
        town: String::new(),
        kind: domain::OrganizationKind::Shop,
        time_zone: "Europe/Madrid".to_owned(),
        locale: foundation::web::Locale::Es,
    };
    let owner = ("vecino@prueba.example", "otra tortilla más");
    let id = accounts::create_demo_owner(&app.context, &new, owner).await.expect("created");
    app.context.scope(id)
}

/// What the tests' owner would have typed.
pub fn visit(app: &TestApp, email: &str, day_ago: i64) -> NewVisit {
    let today = customers::rules::day_number("2026-09-21".parse().expect("a day"));
    NewVisit {
        name: "Marta Gil".to_owned(),
        email: email.to_owned(),
        phone: String::new(),
        language: "es".to_owned(),
        basis: LawfulBasis::Contract,
        basis_note: "En la reserva".to_owned(),
        basis_at: app.now(),
        day: today - day_ago,
        reference: String::new(),
        origin: VisitOrigin::Hand,
        shop: None,
        opts_out: false,
    }
}

async fn saved(app: &TestApp, scope: &Scope, visit: NewVisit) -> customers::Recorded {
    record(&app.context, scope, visit).await.expect("writable").expect("recorded")
}

pub async fn customer(scope: &Scope, id: CustomerId) -> people::Customer {
    people::customer(scope, id).await.expect("readable").expect("there")
}

/// Every text and blob of every table that is kept, to look for what should be gone.
pub async fn everything(app: &TestApp) -> String {
    let mut all = String::new();
    app.context
        .store
        .dump(|row| -> Result<(), foundation::store::StoreError> {
            for value in row.row.values() {
                match value {
                    Value::Text(text) => all.push_str(text),
                    Value::Blob(bytes) => all.push_str(&String::from_utf8_lossy(bytes)),
                    Value::Int(_) | Value::Real(_) | Value::Null => {}
                }
                all.push('\n');
            }
            Ok(())
        })
        .await
        .expect("readable");
    all
}

/// A person of the first organisation with this role, signed in.
pub async fn sign_in_as(app: &mut TestApp, role: Role) {
    foundation::statements! {
        installation SET_ROLES = "UPDATE member SET role = $1";
    }
    assert_eq!(STATEMENTS.len(), 1);
    let batch = Batch::new().add(&SET_ROLES, foundation::values![role]);
    app.context.store.installation().write(batch).await.expect("writable");
    app.sign_in().await;
}

on_both_engines! {
    async fn a_visit_is_known_once_and_its_customer_found_again(app: &mut TestApp) {
        app.first_run().await;
        let scope = scope(app).await;
        let first = saved(app, &scope, visit(app, "Marta@Prueba.example", 3)).await;
        assert!(first.is_new && !first.opted_out);
        assert!(!saved(app, &scope, visit(app, "marta@prueba.example", 3)).await.is_new, "one visit a day");
        let later = saved(app, &scope, visit(app, "marta@prueba.example", 1)).await;
        assert!(later.is_new && later.customer == first.customer);

        let numbered = |reference: &str, day_ago| NewVisit { reference: reference.to_owned(), ..visit(app, "marta@prueba.example", day_ago) };
        let order = saved(app, &scope, numbered("P-1", 1)).await;
        assert!(order.is_new, "an order of the same day is another visit");
        assert_eq!(saved(app, &scope, numbered("P-1", 0)).await.visit, order.visit, "a reference is known once");

        // Found by telephone when there is no e-mail; an e-mail of her own is somebody else with the same telephone.
        let phone = |email: &str| NewVisit { phone: "600 111 222".to_owned(), ..visit(app, email, 0) };
        let by_phone = saved(app, &scope, phone("")).await.customer;
        assert_ne!(by_phone, first.customer);
        assert_eq!(saved(app, &scope, phone("pau@prueba.example")).await.customer, by_phone);
        assert_ne!(saved(app, &scope, phone("eva@prueba.example")).await.customer, by_phone);
        let pau = customer(&scope, by_phone).await;
        assert_eq!((pau.email.as_str(), pau.phone.as_str()), ("pau@prueba.example", "+34600111222"));
    }

    async fn a_weaker_basis_never_replaces_a_stronger_one(app: &mut TestApp) {
        app.first_run().await;
        let scope = scope(app).await;
        let as_of = |basis, note: &str, day_ago| NewVisit { basis, basis_note: note.to_owned(), ..visit(app, "a@prueba.example", day_ago) };
        let id = saved(app, &scope, as_of(LawfulBasis::Contract, "factura", 5)).await.customer;
        saved(app, &scope, as_of(LawfulBasis::Contract, "otra factura", 4)).await;
        assert_eq!(customer(&scope, id).await.basis_note, "factura", "the first words are the proof");
        saved(app, &scope, as_of(LawfulBasis::Consent, "casilla", 3)).await;
        saved(app, &scope, as_of(LawfulBasis::Contract, "factura", 2)).await;
        let kept = customer(&scope, id).await;
        assert_eq!((kept.basis, kept.basis_note.as_str()), (LawfulBasis::Consent, "casilla"));
        assert_eq!(record(&app.context, &scope, as_of(LawfulBasis::Consent, "  \u{202e}", 1)).await.expect("writable"), Err(Refusal::NoNote));
    }

    async fn an_opt_out_outlives_everything(app: &mut TestApp) {
        app.first_run().await;
        let (scope, other) = (scope(app).await, neighbour(app).await);
        let id = saved(app, &scope, visit(app, "no@prueba.example", 3)).await.customer;
        for way in [OptOutWay::OneClick, OptOutWay::Page, OptOutWay::OneClick] {
            let mut batch = Batch::new();
            opt_out(&mut batch, &app.context, scope.organization(), "NO@prueba.example ", way);
            scope.write(batch).await.expect("writable");
        }
        assert!(opted_out(&app.context, &scope, "no@prueba.example").await.expect("readable"));
        assert!(!opted_out(&app.context, &other, "no@prueba.example").await.expect("readable"), "another organisation");
        assert_ne!(contact_hash(&app.context, scope.organization(), "x"), contact_hash(&app.context, other.organization(), "x"));
        let marked = customer(&scope, id).await.opted_out_at;
        assert!(marked.is_some());
        let consent = NewVisit { basis: LawfulBasis::Consent, ..visit(app, "no@prueba.example", 1) };
        assert!(saved(app, &scope, consent).await.opted_out, "recorded, and still marked");
        assert_eq!(customer(&scope, id).await.opted_out_at, marked);

        // Forgotten when her time is over, she may come back, but is still not written to.
        assert!(timon::person::erase(&app.context, &scope, id, customers::Because::TimeIsOver).await.expect("writable"));
        let back = saved(app, &scope, visit(app, "no@prueba.example", 0)).await;
        assert!(back.customer != id && back.opted_out);
    }

    async fn who_asked_to_be_forgotten_leaves_nothing_and_is_not_written_down_again(app: &mut TestApp) {
        app.first_run().await;
        let scope = scope(app).await;
        let canaries: Vec<String> = (0..30).map(|n| format!("canario{n:02}")).collect();
        let mut ids = Vec::new();
        for canary in &canaries {
            let new = NewVisit {
                name: format!("Nombre {canary}"), reference: format!("REF-{canary}"), basis_note: format!("Nota {canary}"),
                phone: format!("6{:08}", 10_000_000 + ids.len()), ..visit(app, &format!("{canary}@prueba.example"), 2)
            };
            let id = saved(app, &scope, new.clone()).await.customer;
            saved(app, &scope, NewVisit { reference: String::new(), day: new.day + 1, ..new.clone() }).await;
            saved(app, &scope, NewVisit { reference: format!("OTRA-{canary}"), ..new }).await;
            write_letter(app, &scope, canary).await;
            ids.push(id);
        }
        let before = everything(app).await;
        assert!(canaries.iter().all(|canary| before.contains(canary.as_str())));
        let visits = people::counts(&scope, 0).await.expect("readable").visits;
        for id in &ids {
            app.get(&format!("/customers/{id}/erase")).await.is(200).has("canario");
            app.post(&format!("/customers/{id}/erase"), &[]).await.is(303).goes_to("/customers?done=forgotten");
            app.get(&format!("/customers/{id}")).await.is(404);
            app.post(&format!("/customers/{id}/erase"), &[]).await.is(404);
        }
        let after = everything(app).await;
        let hits: usize = canaries.iter().map(|canary| after.matches(canary.as_str()).count()).sum();
        let phones = (0..30).filter(|n| after.contains(&format!("6{:08}", 10_000_000 + n))).count();
        assert_eq!((hits, phones), (0, 0));
        let counts = people::counts(&scope, 0).await.expect("readable");
        assert_eq!((counts.customers, counts.visits), (0, visits), "visits stay countable");
        let again = record(&app.context, &scope, visit(app, "canario07@prueba.example", 0)).await.expect("writable");
        assert_eq!(again, Err(Refusal::Forgotten));
        assert!(opted_out(&app.context, &scope, "canario07@prueba.example").await.expect("readable"));
        // Nothing that waited leaves, also not by itself later.
        app.settle_without_summaries().await;
        assert!(notify::attention(&scope).await.expect("readable").all() == 0);
    }

    async fn customers_are_forgotten_when_their_time_is_over(app: &mut TestApp) {
        app.first_run().await;
        let scope = scope(app).await;
        app.post("/customers/settings", &[("keep_days", "89")]).await.is(422);
        app.post("/customers/settings", &[("keep_days", "90")]).await.is(303);
        let old = saved(app, &scope, visit(app, "vieja@prueba.example", 85)).await.customer;
        let young = saved(app, &scope, visit(app, "joven@prueba.example", 10)).await.customer;
        let too_old = record(&app.context, &scope, visit(app, "otra@prueba.example", 91)).await.expect("writable");
        assert_eq!(too_old, Err(Refusal::TooOld));
        app.settle().await;
        assert!(customer(&scope, old).await.erased_at.is_none());
        app.context.clock.advance(SignedDuration::from_hours(24 * 6).unsigned_abs());
        app.settle().await;
        assert!(customer(&scope, old).await.erased_at.is_some());
        assert!(customer(&scope, young).await.erased_at.is_none());
        assert!(!everything(app).await.contains("vieja@"));
        assert!(!opted_out(&app.context, &scope, "vieja@prueba.example").await.expect("readable"), "she may come back");
        assert_eq!(timon::person::forget_old(&app.context).await.expect("runs"), foundation::steps::Progress::Idle);
    }

    async fn a_visit_is_written_down_by_hand_only_with_its_basis(app: &mut TestApp) {
        app.first_run().await;
        let scope = scope(app).await;
        let good = [
            ("name", "<b>Marta</b> \u{202e}Gil"), ("email", "marta@prueba.example"), ("phone", ""), ("day", "2026-09-20"),
            ("reference", "=1+1"), ("language", "en"), ("basis", "consent"), ("basis_note", "Casilla en la reserva"),
        ];
        let without = |field: &str, value: &'static str| {
            let mut fields = good.to_vec();
            for pair in &mut fields {
                if pair.0 == field {
                    pair.1 = value;
                }
            }
            fields
        };
        for (field, value) in [
            ("email", ""), ("email", "marta"), ("phone", "12"), ("day", "ayer"), ("day", "2027-01-01"), ("day", "2020-01-01"),
            ("basis", ""), ("basis", "because"), ("basis_note", ""), ("basis_note", " "),
        ] {
            app.post("/customers/add", &without(field, value)).await.is(422).has("field-");
        }
        assert_eq!(people::counts(&scope, 0).await.expect("readable").customers, 0);
        let page = app.post("/customers/add", &good).await;
        let path = page.is(303).location.clone().expect("a customer");
        app.get(&path).await.is(200).has("&lt;b&gt;Marta&lt;/b&gt; Gil").has_not("\u{202e}").has("Casilla en la reserva").has("=1+1");
        for question in ["marta", "MARTA", "gil", "prueba.example", "=1%2B1"] {
            app.get(&format!("/customers?q={question}")).await.is(200).has("marta@prueba.example");
        }
        for question in ["nadie", "%25", "_", "'%20OR%201=1"] {
            app.get(&format!("/customers?q={question}")).await.is(200).has_not("marta@prueba.example");
        }
        app.get("/customers?q=%00").await.is(200);
        let path = path.split('?').next().expect("a path").to_owned();
        let export = app.get(&format!("{path}/export.json")).await;
        let told: serde_json::Value = serde_json::from_slice(&export.is(200).bytes).expect("JSON");
        assert_eq!((told["email"].as_str(), told["visits"][0]["reference"].as_str()), (Some("marta@prueba.example"), Some("=1+1")));
        app.post(&path, &[("action", "opt-out")]).await.is(303);
        app.get(&path).await.has("No quiere mensajes");
        assert!(opted_out(&app.context, &scope, "marta@prueba.example").await.expect("readable"));
    }

    async fn whoever_may_only_read_sees_how_many_and_a_neighbour_sees_nothing(app: &mut TestApp) {
        app.first_run().await;
        let own = scope(app).await;
        let seen = saved(app, &own, visit(app, "secreta@prueba.example", 3)).await;
        let path = format!("/customers/{}", seen.customer);
        let other = neighbour(app).await;
        app.forget_cookies();
        app.post("/sign-in", &[("email", "vecino@prueba.example"), ("password", "otra tortilla más")]).await.goes_to("/today");
        for page in [path.clone(), format!("{path}/export.json"), format!("{path}/erase")] {
            app.get(&page).await.is(404);
        }
        app.post(&path, &[("action", "opt-out")]).await.is(404);
        app.post(&format!("{path}/erase"), &[]).await.is(404);
        app.get("/customers?q=secreta").await.is(200).has_not("secreta@");
        assert!(people::by_contact(&other, "secreta@prueba.example").await.expect("readable").is_empty());
        assert!(customer(&own, seen.customer).await.opted_out_at.is_none());

        sign_in_as(app, Role::Viewer).await;
        app.get("/customers").await.is(200).has_not("secreta@").has_not("Marta");
        app.get("/customers?q=secreta").await.is(200).has_not("secreta@").has_not("Marta");
        for page in ["/customers/add", path.as_str()] {
            app.get(page).await.is(403);
        }
        sign_in_as(app, Role::Agent).await;
        app.get("/customers").await.is(200).has("secreta@prueba.example");
        app.get(&path).await.is(200).has_not("export.json");
        app.get(&format!("{path}/export.json")).await.is(403);
        app.post(&format!("{path}/erase"), &[]).await.is(403);
        app.post("/customers/settings", &[("keep_days", "60")]).await.is(403);
        app.post(&path, &[("action", "told")]).await.is(403);
        app.post(&path, &[("action", "cancel"), ("visit", &seen.visit.to_string())]).await.is(303);
        assert!(people::visit(&own, seen.visit).await.expect("readable").expect("there").cancelled_at.is_some());
    }
}

/// A letter that waits to be sent to one person, as another room would put it.
async fn write_letter(app: &TestApp, scope: &Scope, canary: &str) {
    let mut outbox = notify::Outbox::load(&app.context, scope.organization()).await.expect("loads");
    let mut batch = Batch::new();
    outbox.put_letter(
        &mut batch,
        &notify::Letter {
            kind: domain::NoticeKind::Reply,
            dedupe_key: format!("test:{}", canary.trim_start_matches("canario")),
            to: format!("{}@Prueba.example", canary.to_uppercase()),
            subject: format!("Hola {canary}"),
            body: format!("Querida {canary}"),
            html: Some(format!("<p>Querida {canary}</p>")),
            not_before: None,
            thread: notify::Thread::default(),
            attachment: notify::Attachment::new(&format!("{canary}.pdf"), canary.as_bytes().to_vec()).ok(),
        },
    );
    scope.write(batch).await.expect("writable");
}
