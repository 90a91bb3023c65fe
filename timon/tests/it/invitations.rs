//! Asking: everybody once, nobody who said no, later while something is going on and never for good; lots that a stranger
//! runs again; codes that prove one visit. On both engines, against a mail server of our own.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::time::Duration;

use asking::draw::{Published, check};
use axum::body::Body;
use customers::{NewVisit, record};
use domain::{CustomerId, LawfulBasis, Proof, VisitOrigin};
use foundation::store::{Batch, Scope};
use http::header;
use invite::Opening;
use jiff::SignedDuration;

use foundation::config::{Config, MailSettings, Origin};

use crate::app::TestApp;
use crate::notify::World;
use crate::notify::sinks::{MailSink, WebSink};

/// An owner on each engine that there is, whose letters lead to an address that people can type.
async fn worlds() -> Vec<World> {
    let mut worlds = Vec::new();
    for on_postgres in [false, true] {
        let (mail, web) = (MailSink::start().await, WebSink::start().await);
        let change = |config: &mut Config| {
            let url = format!("smtp://127.0.0.1:{}", mail.port);
            config.mail = Some(MailSettings { url, from: "Timón <timon@prueba.example>".to_owned() });
            "https://timon.prueba.example".clone_into(&mut config.public_url);
            config.origins.insert("public_url", (config.public_url.clone(), Origin::CommandLine));
        };
        let app = if on_postgres {
            TestApp::postgres_with(change).await
        } else {
            Some(TestApp::sqlite_with(change).await)
        };
        let Some(mut app) = app else { continue };
        app.first_run().await;
        let organization = accounts::organizations(&app.context, 1).await.expect("readable")[0].id;
        worlds.push(World { app, mail, web, organization });
    }
    worlds
}

/// 21 September 2026, the day on which journeys begin.
fn first_day() -> i64 {
    customers::rules::day_number("2026-09-21".parse().expect("a day"))
}

async fn visits(world: &World, scope: &Scope, who: &str, days_ago: i64) -> CustomerId {
    let visit = NewVisit {
        name: who.to_owned(),
        email: format!("{who}@cliente.example"),
        phone: String::new(),
        language: "es".to_owned(),
        basis: LawfulBasis::Contract,
        basis_note: "En la reserva".to_owned(),
        basis_at: world.app.now(),
        day: first_day() - days_ago,
        reference: String::new(),
        origin: VisitOrigin::Hand,
        shop: None,
        opts_out: false,
    };
    record(&world.app.context, scope, visit).await.expect("writable").expect("recorded").customer
}

async fn switch_on(world: &mut World, changes: &[(&str, &str)]) {
    let mut form: BTreeMap<&str, &str> = [
        ("active", "on"),
        ("postal", "Calle Mayor 1, Zamora"),
        ("sender", "hola@prueba.example"),
        ("purpose", "review"),
        ("whom", "everyone"),
        ("delay_days", "2"),
        ("reminder_days", "5"),
        ("draw_size", "3"),
        ("cap_per_day", ""),
    ]
    .into();
    for (name, url) in [
        ("name1", "url1"),
        ("name2", "url2"),
        ("name3", "url3"),
        ("name4", "url4"),
        ("name5", "url5"),
        ("name6", "url6"),
    ] {
        form.entry(name).or_insert("");
        form.entry(url).or_insert("");
    }
    form.extend(changes.iter().copied());
    let fields: Vec<(&str, &str)> = form.into_iter().collect();
    world.app.post("/invitations/settings", &fields).await.goes_to("/invitations");
}

/// Lets the program work for an hour, without the day's summaries.
async fn work(world: &World) {
    for _ in 0..3 {
        invite::step::ask(&world.app.context).await.expect("asked");
        notify::step::send_due(&world.app.context).await.expect("sent");
    }
}

async fn days(world: &World, n: u64) {
    for _ in 0..n * 12 {
        work(world).await;
        world.app.context.clock.advance(Duration::from_hours(2));
    }
}

/// How many letters each address got.
fn tally(world: &World) -> BTreeMap<String, usize> {
    let mut tally = BTreeMap::new();
    for letter in world.mail.letters() {
        let to = letter.lines().find_map(|line| line.strip_prefix("To: ")).unwrap_or_default().to_owned();
        *tally.entry(to).or_default() += 1;
    }
    tally
}

fn decoded(letter: &str) -> String {
    mail_parser::MessageParser::default()
        .parse(letter.as_bytes())
        .and_then(|message| message.body_text(0).map(std::borrow::Cow::into_owned))
        .unwrap_or_default()
}

fn token(letter: &str) -> String {
    let text = decoded(letter);
    let at = text.split("/i/").nth(1).expect("a form's address");
    at.chars().take_while(char::is_ascii_alphanumeric).collect()
}

fn to(world: &World, who: &str) -> Vec<String> {
    let address = format!("To: {who}@cliente.example");
    world.mail.letters().into_iter().filter(|letter| letter.contains(&address)).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everybody_is_asked_once_and_once_more_and_whoever_answered_is_left_alone() {
    for mut world in worlds().await {
        let scope = world.scope();
        for who in ["marta", "luis", "sara"] {
            visits(&world, &scope, who, 1).await;
        }
        // A second visit of hers within the month is no second question.
        visits(&world, &scope, "marta", 0).await;
        switch_on(&mut world, &[]).await;
        work(&world).await;
        assert!(world.mail.letters().is_empty(), "nobody is asked before her day");
        days(&world, 2).await;
        assert_eq!(tally(&world).values().copied().collect::<Vec<_>>(), [1, 1, 1]);
        let letters = to(&world, "luis");
        let Opening::Open(asked) =
            invite::by_token(&world.app.context, &token(&letters[0])).await.expect("readable")
        else {
            panic!("her form is open")
        };
        assert_eq!((asked.proof, asked.visit_day), (Proof::Invitation, Some(first_day() - 1)));
        let mut batch = Batch::new();
        invite::answered(&world.app.context, &mut batch, &asked);
        scope.write(batch).await.expect("once");
        let mut again = Batch::new();
        invite::answered(&world.app.context, &mut again, &asked);
        assert!(scope.write(again).await.is_err_and(|error| error.is_conflict()), "a second answer is none");
        days(&world, 30).await;
        let counts: Vec<usize> = ["marta", "luis", "sara"].iter().map(|who| to(&world, who).len()).collect();
        assert_eq!(counts, [2, 1, 2], "one question, one reminder, none to whoever answered");
        let today = first_day() + 32;
        let funnel = invite::funnel(&scope, today - 90, today).await.expect("readable");
        assert_eq!((funnel.asked, funnel.delivered, funnel.answered, funnel.reminded), (3, 3, 1, 2));
        let marta = token(&to(&world, "marta")[0]);
        let over = invite::by_token(&world.app.context, &marta).await.expect("readable");
        assert!(matches!(over, Opening::Over(_)), "after thirty days it is over");
        world.app.sign_in().await;
        world.app.get("/invitations").await.is(200).has("Preguntados");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_click_in_the_mail_program_ends_it_and_looking_at_the_link_does_not() {
    for mut world in worlds().await {
        let scope = world.scope();
        visits(&world, &scope, "marta", 2).await;
        visits(&world, &scope, "luis", 2).await;
        switch_on(&mut world, &[]).await;
        work(&world).await;
        let letter = to(&world, "marta").pop().expect("asked");
        let out = format!("/u/{}", token(&letter));
        assert!(
            letter.contains("List-Unsubscribe-Post") || !letter.contains("https://"),
            "http is only shown"
        );
        assert!(letter.contains(&out), "{letter}");
        world.app.get(&out).await.is(200).has("No quiero recibir más");
        let optouts = customers::store::opt_outs::count(&scope).await.expect("readable");
        assert_eq!(optouts, 0, "a scanner that follows links ends nothing");
        // A mail program has no cookie, no page of ours and no origin.
        let cookies = world.app.forget_cookies();
        for _ in 0..2 {
            let request = world
                .app
                .request("POST", &out)
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
                .header("sec-fetch-site", "cross-site")
                .body(Body::from("List-Unsubscribe=One-Click"))
                .expect("a request");
            world.app.send(request).await.is(200);
        }
        world.app.use_cookies(cookies);
        world.app.get(&out).await.is(200).has("Hecho");
        days(&world, 10).await;
        assert_eq!((to(&world, "marta").len(), to(&world, "luis").len()), (1, 2));
        visits(&world, &scope, "marta", -10).await;
        days(&world, 31).await;
        assert_eq!(to(&world, "marta").len(), 1, "not about a later visit either");
        let funnel = invite::funnel(&scope, first_day() - 90, first_day() + 90).await.expect("readable");
        assert_eq!(funnel.opted_out, 1);
        world.app.post("/u/AAAAAAAAAAAAAAAAAAAAAAAAAA", &[]).await.is(404);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_incident_and_a_complaint_put_it_off_and_never_for_good() {
    for mut world in worlds().await {
        let scope = world.scope();
        let now = world.app.now();
        for who in ["marta", "luis"] {
            visits(&world, &scope, who, 10).await;
        }
        let mut batch = Batch::new();
        let incident = domain::IncidentId(world.app.context.new_id());
        warn::store::incidents::insert(&mut batch, incident, None, "Agua en el sótano", now);
        scope.write(batch).await.expect("written");
        switch_on(&mut world, &[]).await;
        days(&world, 2).await;
        assert!(world.mail.letters().is_empty(), "nobody is asked during an incident");
        world.app.get("/invitations").await.has("2 esperan porque hay una incidencia abierta");
        foundation::statements! {
            organization END = "UPDATE incident SET closed_at = $3 WHERE organization_id = $1 AND id = $2";
        }
        let end = foundation::values![incident, world.app.now()];
        scope.write(Batch::new().add_exactly(1, &END, end)).await.expect("ended");
        complain(&mut world, "marta@cliente.example").await;
        days(&world, 2).await;
        assert_eq!((to(&world, "marta").len(), to(&world, "luis").len()), (0, 1), "only who complains waits");
        world.app.get("/invitations").await.has("1 espera porque esa persona tiene una queja");
        // Ten days before the journey plus twenty-five: the last day.
        days(&world, 12).await;
        let letters = to(&world, "marta");
        assert_eq!(letters.len(), 1, "put off, not dropped");
        let plain = |who: &str, letter: &str| decoded(letter).replace(who, "X").replace(&token(letter), "T");
        assert_eq!(plain("marta", &letters[0]), plain("luis", &to(&world, "luis")[0]), "in the same words");
    }
}

async fn complain(world: &mut World, address: &str) {
    let day = world.app.now().to_string();
    let fields = [
        ("channel", "in-person"),
        ("day", day.get(..10).expect("a date")),
        ("claimant", "Marta"),
        ("address", address),
        ("facts", "Llevo un mes esperando mi dinero."),
        ("wish", "Que me lo devolváis"),
    ];
    world.app.post("/complaints", &fields).await.is(303);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn they_drip_under_the_owners_limit_or_as_fast_as_it_takes() {
    for mut world in worlds().await {
        let scope = world.scope();
        for n in 0..40 {
            visits(&world, &scope, &format!("c{n}"), 5).await;
        }
        switch_on(&mut world, &[("cap_per_day", "7"), ("reminder_days", "0")]).await;
        let mut before = 0;
        for _ in 0..3 {
            days(&world, 1).await;
            let now = world.mail.letters().len();
            assert!(
                now - before <= 7 + 3,
                "{now} after {before}: a day of the test touches two of the calendar"
            );
            before = now;
        }
        assert!((14..=28).contains(&before), "{before}");
        days(&world, 8).await;
        assert_eq!(world.mail.letters().len(), 40);
        assert!(tally(&world).values().all(|n| *n == 1));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[expect(clippy::too_many_lines, reason = "one lot from its promise to its picks")]
async fn a_stranger_runs_the_lot_again_and_finds_the_same_people() {
    for mut world in worlds().await {
        let scope = world.scope();
        for n in 0..12 {
            visits(&world, &scope, &format!("c{n}"), 3).await;
        }
        switch_on(&mut world, &[("whom", "draw"), ("reminder_days", "0")]).await;
        let (from, until) = ("2026-09-15", "2026-09-20");
        let form = [("purpose", "census"), ("from", from), ("until", until), ("size", "5")];
        world.app.post("/invitations/draws", &form).await.goes_to("/invitations/draws");
        world.app.post("/invitations/draws", &form).await.is(422).has("Ya hay un sorteo abierto");
        let page = world.app.get("/invitations/draws").await;
        let code = page
            .body
            .split("\"/draws/")
            .nth(1)
            .and_then(|rest| rest.split('"').next())
            .expect("a lot")
            .to_owned();
        let list = format!("/draws/{code}/list.json");
        world.app.forget_cookies();
        let promised: serde_json::Value =
            serde_json::from_str(&world.app.get(&list).await.body).expect("JSON");
        assert_eq!((&promised["state"], &promised["seed"]), (&"promised".into(), &serde_json::Value::Null));
        work(&world).await;
        let listed: serde_json::Value = serde_json::from_str(&world.app.get(&list).await.body).expect("JSON");
        assert_eq!((&listed["state"], &listed["seed"]), (&"listed".into(), &serde_json::Value::Null));
        assert_eq!(listed["seed_sha256"], promised["seed_sha256"]);
        assert_eq!(listed["tags"].as_array().map(Vec::len), Some(12));
        work(&world).await;
        assert!(world.mail.letters().is_empty(), "what is published can be read before it is drawn");
        days(&world, 2).await;
        let record = world.app.get(&list).await.body;
        let drawn: serde_json::Value = serde_json::from_str(&record).expect("JSON");
        assert_eq!((&drawn["state"], &drawn["list_sha256"]), (&"drawn".into(), &listed["list_sha256"]));
        let texts = |key: &str| -> Vec<String> {
            drawn[key]
                .as_array()
                .expect("a list")
                .iter()
                .map(|tag| tag.as_str().expect("a tag").to_owned())
                .collect()
        };
        let text = |key: &str| drawn[key].as_str().expect("a text");
        let (tags, picked) = (texts("tags"), texts("picked"));
        let published = Published {
            seed_hash: text("seed_sha256"),
            seed: text("seed"),
            list_hash: text("list_sha256"),
            size: 5,
            tags: &tags,
            picked: &picked,
        };
        assert_eq!(check(&published), Ok(()));
        by_a_stranger(&record);
        assert!(!record.contains("cliente.example"), "it names nobody");
        // Who got a letter is who was picked: each letter names its own tag.
        assert_eq!(world.mail.letters().len(), 5);
        let mut told: Vec<String> = world
            .mail
            .letters()
            .iter()
            .map(|letter| {
                let text = decoded(letter);
                let tag = text.split("tu número es ").nth(1).expect("a tag");
                tag.chars().take_while(char::is_ascii_alphanumeric).collect()
            })
            .collect();
        told.sort();
        let mut wanted = picked.clone();
        wanted.sort();
        assert_eq!(told, wanted);
        world.app.get(&format!("/draws/{code}")).await.is(200).has("sha256sum");
    }
}

/// The draw in another language, by its description alone.
fn by_a_stranger(record: &str) {
    let program = "import hashlib, json, sys\n\
        r = json.load(sys.stdin)\n\
        h = lambda s: hashlib.sha256(s.encode()).hexdigest()\n\
        assert h(r['seed']) == r['seed_sha256']\n\
        assert h(''.join(t + '\\n' for t in sorted(r['tags']))) == r['list_sha256']\n\
        assert sorted(sorted(r['tags'], key=lambda t: h(r['seed'] + ':' + t))[:r['size']]) == sorted(r['picked'])\n";
    let python = std::process::Command::new("python3")
        .args(["-c", program])
        .stdin(std::process::Stdio::piped())
        .spawn();
    let Ok(mut python) = python else {
        println!("SKIPPED the stranger: there is no python3 here");
        return;
    };
    python.stdin.take().expect("piped").write_all(record.as_bytes()).expect("written");
    assert!(python.wait().expect("it ran").success());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_week_of_visits_is_drawn_by_itself() {
    for mut world in worlds().await {
        let scope = world.scope();
        switch_on(&mut world, &[("whom", "draw"), ("reminder_days", "0")]).await;
        work(&world).await;
        for n in 0..4 {
            for at in 0..2 {
                visits(&world, &scope, &format!("c{n}{at}"), -n).await;
            }
            days(&world, 1).await;
        }
        days(&world, 3).await;
        assert!(world.mail.letters().is_empty(), "the list is open until its week is over");
        days(&world, 3).await;
        assert_eq!(world.mail.letters().len(), 3);
        let lots = invite::store::draws::newest(&scope, 9).await.expect("readable");
        assert_eq!(lots.len(), 2, "the next week's seed is promised already");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_receipt_code_proves_one_visit_once_and_a_days_code_its_day() {
    for mut world in worlds().await {
        let scope = world.scope();
        let context = world.app.context.clone();
        let today = first_day();
        let codes = invite::store::codes::make(&context, &scope, 3, today + 10, "test").await.expect("made");
        let typed = asking::code::printed(&codes[0]).to_lowercase();
        let Opening::Open(asked) = invite::by_code(&context, &scope, &typed, today).await.expect("readable")
        else {
            panic!("a code that was made")
        };
        assert_eq!(asked.proof, Proof::ReceiptCode);
        let mut batch = Batch::new();
        invite::answered(&context, &mut batch, &asked);
        scope.write(batch).await.expect("once");
        let mut again = Batch::new();
        invite::answered(&context, &mut again, &asked);
        assert!(scope.write(again).await.is_err_and(|error| error.is_conflict()));
        let opening = invite::by_code(&context, &scope, &typed, today).await.expect("readable");
        assert!(matches!(opening, Opening::Answered(_)));
        let neighbour = crate::customers::neighbour(&world.app).await;
        let elsewhere = invite::by_code(&context, &neighbour, &codes[1], today).await.expect("readable");
        assert!(matches!(elsewhere, Opening::Unknown), "another's code is nobody's");
        let daily = invite::daily_code(&context, world.organization, today);
        let of_today = invite::by_code(&context, &scope, &daily, today).await.expect("readable");
        assert!(matches!(of_today, Opening::Open(asked) if asked.proof == Proof::DailyCode));
        let of_yesterday = invite::by_code(&context, &scope, &daily, today - 1).await.expect("readable");
        assert!(matches!(of_yesterday, Opening::Unknown));
        context.clock.advance(SignedDuration::from_hours(24 * 11).unsigned_abs());
        let late = invite::by_code(&context, &scope, &codes[1], today + 11).await.expect("readable");
        assert!(matches!(late, Opening::Over(_)));
        world.app.sign_in().await;
        let paper = world.app.post("/invitations/codes", &[("size", "30"), ("days", "60")]).await;
        paper.is(200);
        assert!(paper.bytes.starts_with(b"%PDF"));
        world.app.get("/invitations/poster.pdf?size=four").await.is(200);
        world.app.get("/invitations/codes").await.is(200).has("Códigos hechos");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_is_forgotten_is_asked_no_more_and_her_link_leads_nowhere() {
    for mut world in worlds().await {
        let scope = world.scope();
        let marta = visits(&world, &scope, "marta", 3).await;
        switch_on(&mut world, &[]).await;
        work(&world).await;
        let token = token(&to(&world, "marta")[0]);
        let known = timon::person::known(&scope, marta).await.expect("readable").expect("known");
        assert_eq!(known["invitations"].as_array().map(Vec::len), Some(1));
        let done =
            timon::person::erase(&world.app.context, &scope, marta, customers::Because::SheAsked).await;
        assert!(done.expect("writable"));
        let opening = invite::by_token(&world.app.context, &token).await.expect("readable");
        assert!(matches!(opening, Opening::Unknown));
        days(&world, 12).await;
        assert_eq!(to(&world, "marta").len(), 1);
    }
}
