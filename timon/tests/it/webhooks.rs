//! Telling programs: signed, so that somebody else's library believes it; again until they took it; nothing of anybody in
//! it. Each journey on both engines, against a web server of our own.

use std::fmt::Write as _;

use domain::{ChannelId, WarningId, WarningLevel};
use foundation::steps::Lease;
use foundation::store::Batch;
use notify::events::store::{newest, programs};
use notify::{Event, Outbox};
use serde_json::Value;

use crate::notify::{World, worlds};

/// A message as it arrived.
#[derive(Debug, Clone)]
struct Arrived {
    id: String,
    seconds: i64,
    signatures: Vec<String>,
    body: String,
}

impl Arrived {
    fn new(request: &str) -> Self {
        let (head, body) = request.split_once("\r\n\r\n").expect("a body");
        let header = |name: &str| {
            let lines = head.lines().filter_map(|line| line.split_once(": "));
            let found = lines
                .filter(|(known, _)| known.eq_ignore_ascii_case(name))
                .map(|(_, value)| value.to_owned());
            found.reduce(|_, last| last).unwrap_or_else(|| panic!("no {name} in {head}"))
        };
        assert!(head.starts_with("POST ") && header("content-type") == "application/json", "{head}");
        Self {
            id: header("webhook-id"),
            seconds: header("webhook-timestamp").parse().expect("seconds"),
            signatures: header("webhook-signature").split(' ').map(str::to_owned).collect(),
            body: body.to_owned(),
        }
    }

    /// Whether the specification's own library signs it like one of our signatures.
    fn is_signed_with(&self, secret: &str) -> bool {
        let webhook = standardwebhooks::Webhook::new(secret).expect("a secret");
        let expected = webhook.sign(&self.id, self.seconds, self.body.as_bytes()).expect("signed");
        self.signatures.contains(&expected)
    }

    fn json(&self) -> Value {
        serde_json::from_str(&self.body).expect("JSON")
    }
}

fn arrived(world: &World) -> Vec<Arrived> {
    world.web.requests().iter().map(|request| Arrived::new(request)).collect()
}

fn secret(body: &str) -> String {
    let secret =
        body.split("<code>whsec_").nth(1).and_then(|rest| rest.split('<').next()).expect("shown once");
    format!("whsec_{secret}")
}

/// Adds the program that listens at the sink; returns its secret.
async fn add(world: &mut World) -> String {
    let url = world.web.url("/hook");
    let fields = [("address", url.as_str()), ("mentions", "on"), ("warnings", "on"), ("replies", "on")];
    let page = world.app.post("/notices/programs", &fields).await;
    secret(&page.is(200).body)
}

async fn program(world: &World) -> notify::events::Program {
    programs(&world.scope()).await.expect("readable").remove(0)
}

/// Name, state, attempts and answer of each message to the sink, the newest first.
async fn states(world: &World) -> Vec<(String, String, u32, String)> {
    let newest = newest(&world.scope(), &world.web.url("/hook"), 200).await.expect("readable");
    newest.into_iter().map(|m| (m.subject, m.state.to_string(), m.attempts, m.answer_key)).collect()
}

async fn warn(world: &World, id: i64) -> usize {
    let mut outbox = Outbox::load(&world.app.context, world.organization).await.expect("loaded");
    let mut batch = Batch::new();
    let event = Event::WarningOpened { warning: WarningId(id), level: WarningLevel::Alarm };
    let count = outbox.event(&mut batch, &event);
    world.scope().write(batch).await.expect("written");
    count
}

fn export(count: usize, day: &str) -> Vec<u8> {
    let mut text = "id,date,stars,author,text\n".to_owned();
    for n in 0..count {
        let _ = writeln!(text, "{day}-{n},{day},1,Marta Secreta {n},lentos y caros {n}");
    }
    text.into_bytes()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_program_is_told_of_what_is_new_and_a_library_of_others_believes_it() {
    for mut world in worlds().await {
        let secret = add(&mut world).await;
        world.app.get("/notices").await.is(200).has_not("whsec_");
        let path = format!("/notices/programs/{}", program(&world).await.id);
        let tested = world.app.post(&path, &[("action", "test")]).await;
        let shown = tested.is(303).location.clone().expect("the result");
        world.app.get(&shown).await.has("La prueba ha salido bien");
        world.app.import("a.csv", &export(2, "2026-09-21")).await.is(200);
        world.app.settle_without_summaries().await;
        world.app.settle_without_summaries().await;
        let told = arrived(&world);
        assert_eq!(told.len(), 3, "{told:?}");
        assert!(told.iter().all(|message| message.is_signed_with(&secret)));
        let names: Vec<String> =
            told.iter().map(|m| m.json()["type"].as_str().expect("a type").to_owned()).collect();
        assert_eq!(names, ["test", "mention.created", "mention.created"]);
        let data = &told[1].json()["data"];
        assert_eq!(
            (data["stars"].as_i64(), data["kind"].is_string(), data["mention"].is_string()),
            (Some(1), true, true)
        );
        for message in &told {
            assert!(
                !message.body.contains("Secreta") && !message.body.contains("lentos"),
                "{}",
                message.body
            );
        }
        // An edited review is not a new one, nor is the same file again.
        world.app.import("a.csv", b"id,date,stars,author,text\n2026-09-21-0,2026-09-21,2,Marta Secreta 0,mejor de lo que dije\n").await.is(200);
        world.app.settle_without_summaries().await;
        assert_eq!(arrived(&world).len(), 3);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_flood_is_one_event_with_its_number_and_history_is_none() {
    for mut world in worlds().await {
        add(&mut world).await;
        world.app.import("old.csv", &export(150, "2026-09-01")).await.is(200);
        world.app.settle_without_summaries().await;
        assert!(arrived(&world).is_empty());
        // More than one batch of readings.
        world.app.import("new.csv", &export(2_500, "2026-09-20")).await.is(200);
        world.app.settle_without_summaries().await;
        let told = arrived(&world);
        assert_eq!(told.len(), 1, "{told:?}");
        assert_eq!(told[0].json()["type"], "mentions.created");
        assert_eq!(told[0].json()["data"]["count"], 2_500);
        world.app.import("after.csv", &export(1, "2026-09-21")).await.is(200);
        world.app.settle_without_summaries().await;
        assert_eq!(arrived(&world)[1].json()["type"], "mention.created");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_program_that_is_away_is_told_the_same_later() {
    for mut world in worlds().await {
        let secret = add(&mut world).await;
        world.web.answer(503, "busy");
        assert_eq!((warn(&world, 7).await, warn(&world, 7).await), (1, 1));
        world.app.settle_without_summaries().await;
        for (wait, status) in [(5, 500), (330, 307), (1_980, 404)] {
            world.web.answer(status, "no");
            world.app.context.clock.advance(std::time::Duration::from_secs(wait + 1));
            world.app.settle_without_summaries().await;
        }
        let (_, state, attempts, answer) = states(&world).await.remove(0);
        assert_eq!((state.as_str(), attempts, answer.as_str()), ("retry", 4, "not-found"));
        world.web.answer(200, "thanks");
        world.advance(3);
        world.app.settle_without_summaries().await;
        world.advance(24 * 7);
        world.app.settle_without_summaries().await;
        let told = arrived(&world);
        assert_eq!((told.len(), states(&world).await.len()), (5, 1));
        assert!(
            told.iter().all(|m| m.id == told[0].id && m.body == told[0].body && m.is_signed_with(&secret))
        );
        assert!(
            told.windows(2).all(|pair| pair[0].seconds < pair[1].seconds),
            "each attempt has its own moment"
        );
        assert_eq!(states(&world).await[0].1, "accepted");
        // What is for programs is nobody's task.
        assert_eq!(notify::attention(&world.scope()).await.expect("readable").all(), 0);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_program_that_never_answers_is_given_up_after_three_days_and_the_page_says_so() {
    for mut world in worlds().await {
        add(&mut world).await;
        world.web.answer(500, "<b>broken</b>");
        warn(&world, 7).await;
        for _ in 0..12 {
            world.app.settle_without_summaries().await;
            world.advance(27);
        }
        let (_, state, attempts, _) = states(&world).await.remove(0);
        assert_eq!((state.as_str(), attempts, arrived(&world).len()), ("failed", 10, 10));
        world.app.sign_in().await;
        let page = world.app.get("/notices").await;
        page.has("El último mensaje no llegó")
            .has("&lt;b&gt;broken")
            .has_not("<b>broken")
            .has_not("Necesitan que decidas");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_program_that_says_never_again_is_told_nothing_more() {
    for mut world in worlds().await {
        add(&mut world).await;
        world.web.answer(410, "gone");
        for id in 1..=3 {
            warn(&world, id).await;
        }
        world.app.settle_without_summaries().await;
        world.advance(24);
        world.app.settle_without_summaries().await;
        assert_eq!(arrived(&world).len(), 1);
        let states: Vec<String> = states(&world).await.into_iter().map(|(_, state, ..)| state).collect();
        assert_eq!(states, ["dropped", "dropped", "failed"]);
        assert_eq!(warn(&world, 4).await, 0);
        world.app.sign_in().await;
        world.app.get("/notices").await.has("no quiere más mensajes");
        // A person may begin again.
        world.web.answer(200, "");
        let path = format!("/notices/programs/{}", program(&world).await.id);
        world.app.post(&path, &[("action", "start")]).await.is(303);
        assert_eq!(warn(&world, 5).await, 1);
        world.app.settle_without_summaries().await;
        assert_eq!(arrived(&world).len(), 2);
        world.app.post(&path, &[("action", "stop")]).await.is(303);
        assert_eq!(warn(&world, 6).await, 0);
        world.app.get("/notices").await.has("Parado el");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_in_the_hands_of_a_killed_process_is_told_once_more_under_its_name() {
    for mut world in worlds().await {
        add(&mut world).await;
        warn(&world, 7).await;
        world.web.be_silent(true);
        tokio::select! {
            sent = notify::events::step::send_events(&world.app.context) => panic!("never answered: {sent:?}"),
            () = world.web.heard() => {}
        }
        assert_eq!(states(&world).await[0].1, "dispatching");
        world.web.be_silent(false);
        // Its lease is still running: whoever else looks leaves it alone.
        world.app.settle_without_summaries().await;
        assert_eq!(arrived(&world).len(), 1);
        Lease::forget_all(&world.app.context).await.expect("as after a restart");
        for _ in 0..3 {
            world.app.settle_without_summaries().await;
            world.advance(24);
        }
        let told = arrived(&world);
        assert_eq!((told.len(), states(&world).await[0].1.as_str()), (2, "accepted"));
        assert!(told[0].id == told[1].id && told[0].body == told[1].body);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_secret_is_changed_without_losing_a_message() {
    for mut world in worlds().await {
        let old = add(&mut world).await;
        let path = format!("/notices/programs/{}", program(&world).await.id);
        let new = secret(&world.app.post(&path, &[("action", "secret")]).await.is(200).body);
        assert_ne!(old, new);
        warn(&world, 1).await;
        world.app.settle_without_summaries().await;
        world.advance(25);
        warn(&world, 2).await;
        world.app.settle_without_summaries().await;
        let told = arrived(&world);
        assert!(told[0].is_signed_with(&new) && told[0].is_signed_with(&old), "{told:?}");
        assert!(told[1].is_signed_with(&new) && !told[1].is_signed_with(&old), "{told:?}");
        assert_eq!(told[1].signatures.len(), 1);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_address_inside_is_refused_and_never_called() {
    for mut world in worlds().await {
        let inside = format!("http://localhost:{}/hook", world.web.port);
        for address in [
            "http://127.0.0.1/hook",
            "http://169.254.169.254/latest",
            "http://[::1]/",
            "http://10.0.0.7/",
            "file:///etc/passwd",
            "https://user:pass@program.example/",
            "http://0x7f.1/",
            "not an address",
            "",
            &inside,
            "https://a.example/\r\nX: y",
        ] {
            let page = world.app.post("/notices/programs", &[("address", address), ("mentions", "on")]).await;
            page.is(422).has("Esa dirección no sirve").has_not("whsec_");
        }
        assert!(
            programs(&world.scope()).await.expect("readable").is_empty() && world.web.requests().is_empty()
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_program_is_its_own_organisations_and_what_it_wants_is_up_to_her() {
    for mut world in worlds().await {
        add(&mut world).await;
        let path = format!("/notices/programs/{}", program(&world).await.id);
        world
            .app
            .post("/notices/programs", &[("address", &world.web.url("/hook")), ("mentions", "on")])
            .await
            .is(422)
            .has("Ese sitio ya está");
        world.app.post(&path, &[("mentions", "on"), ("action", "save")]).await.is(303);
        assert_eq!(warn(&world, 1).await, 0);
        // It is no place where people are told, and cannot be changed as one.
        let id: ChannelId = program(&world).await.id;
        world
            .app
            .post(&format!("/notices/channels/{id}"), &[("alerts", "warnings"), ("action", "save")])
            .await
            .is(404);
        world
            .app
            .post("/notices/channels", &[("kind", "webhook"), ("address", "https://a.example/")])
            .await
            .is(422);
        let new = accounts::NewOrganization {
            name: "Vecino".to_owned(),
            town: String::new(),
            kind: domain::OrganizationKind::Shop,
            time_zone: "Europe/Madrid".to_owned(),
            locale: foundation::web::Locale::Es,
        };
        accounts::create_demo_owner(&world.app.context, &new, ("vecino@prueba.example", "otra tortilla más"))
            .await
            .expect("created");
        let mine = world.app.forget_cookies();
        world
            .app
            .post("/sign-in", &[("email", "vecino@prueba.example"), ("password", "otra tortilla más")])
            .await
            .goes_to("/today");
        for action in ["save", "test", "secret", "stop", "start", "remove"] {
            world.app.post(&path, &[("action", action)]).await.is(404);
        }
        world.app.get("/notices").await.has_not("/hook");
        world.app.use_cookies(mine);
        world.app.post(&path, &[("action", "remove")]).await.is(303);
        assert!(programs(&world.scope()).await.expect("readable").is_empty());
        world.app.post(&path, &[("action", "remove")]).await.is(404);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_restored_copy_tells_programs_nothing_and_has_no_secret() {
    for mut world in worlds().await {
        let secret = add(&mut world).await;
        warn(&world, 1).await;
        let file = world.app.path().join("backup.gz");
        timon::cli::backup::write(&world.app.context.store, &file, "now").await.expect("written");
        let port = world.web.port;
        let mut copy = crate::app::TestApp::sqlite_with(|config| {
            config.allow_private = vec![format!("127.0.0.1:{port}")];
        })
        .await;
        timon::cli::backup::load(&copy.context.store, &file).await.expect("restored");
        notify::hold_restored(&copy.context).await.expect("held");
        copy.settle_without_summaries().await;
        assert!(world.web.requests().is_empty());
        copy.sign_in().await;
        copy.get("/notices").await.has("No tiene contraseña");
        let path = format!("/notices/programs/{}", program(&world).await.id);
        copy.post(&path, &[("action", "test")]).await.is(303);
        assert!(world.web.requests().is_empty(), "nothing leaves unsigned");
        let new = self::secret(&copy.post(&path, &[("action", "secret")]).await.is(200).body);
        copy.context.clock.advance(std::time::Duration::from_mins(1));
        copy.settle_without_summaries().await;
        let told = arrived(&world);
        assert_eq!(told.len(), 1);
        assert!(told[0].is_signed_with(&new) && !told[0].is_signed_with(&secret));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_program_was_told_is_forgotten_after_a_month() {
    for mut world in worlds().await {
        add(&mut world).await;
        warn(&world, 1).await;
        world.app.settle_without_summaries().await;
        world.advance(24 * 29);
        world.app.settle_without_summaries().await;
        assert_eq!(states(&world).await.len(), 1);
        world.advance(24 * 2);
        world.app.settle_without_summaries().await;
        assert!(states(&world).await.is_empty());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_program_is_told_when_an_answer_is_there() {
    for mut world in worlds().await {
        add(&mut world).await;
        world.app.import("old.csv", &export(1, "2026-09-01")).await.is(200);
        let waiting = respond::store::waiting::queue(&world.app.context, &world.scope(), None, 5)
            .await
            .expect("readable");
        let mention = waiting.pressing[0].mention.id;
        let path = format!("/answers/{mention}");
        let text = "Sentimos la espera. Hemos cambiado el turno del sábado. Si quiere, escríbanos.";
        world.app.post(&path, &[("action", "hand"), ("client_key", "k"), ("text", text)]).await.is(303);
        world.app.settle_without_summaries().await;
        assert!(arrived(&world).is_empty(), "nobody knows yet that it is there");
        let reply = respond::store::replies::of_mention(&world.scope(), mention)
            .await
            .expect("readable")
            .expect("an answer");
        let revision = reply.revision.to_string();
        world
            .app
            .post(&path, &[("action", "done"), ("client_key", "k"), ("text", text), ("revision", &revision)])
            .await
            .is(303);
        world.app.settle_without_summaries().await;
        let told = arrived(&world);
        assert_eq!((told.len(), told[0].json()["type"].as_str()), (1, Some("reply.published")));
        assert_eq!(told[0].json()["data"]["reply"], reply.id.to_string());
        assert!(!told[0].body.contains("espera"));
    }
}
