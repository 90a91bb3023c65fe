//! What asks customers: once whatever the way, in the day, with a way out, and until it leaves it can be taken back.

use std::time::Duration;

use domain::{NoticeKind, OutgoingId, OutgoingState};
use foundation::store::{Batch, StoreError};
use jiff::ToSpan as _;
use notify::{Letter, LetterHtml, Outbox, Sms, Thread, Unsubscribe, letter_html, letter_text};

use super::{World, worlds};
use crate::app::TestApp;

const PHONE: &str = "+34600111222";

fn invitation(key: &str) -> Letter {
    let drawn = LetterHtml {
        lang: "es".to_owned(),
        title: "¿Qué tal?".to_owned(),
        paragraphs: vec!["Viniste el martes.".to_owned()],
        links: vec![("Contarlo".to_owned(), "https://timon.example/o/abc".to_owned())],
        footer: vec!["Bar La Prueba".to_owned()],
        leave: Some(("No quiero más".to_owned(), "https://timon.example/baja/abc".to_owned())),
    };
    Letter {
        kind: NoticeKind::Invitation,
        dedupe_key: key.to_owned(),
        to: "marta@cliente.example".to_owned(),
        subject: "¿Qué tal?".to_owned(),
        body: letter_text(&drawn),
        html: Some(letter_html(&drawn)),
        thread: Thread {
            reply_to: Some("hola@prueba.example".to_owned()),
            from_name: Some("Bar La Prueba".to_owned()),
            unsubscribe: Some(Unsubscribe { url: "https://timon.example/baja/abc".to_owned(), mailto: None }),
            ..Thread::default()
        },
        attachment: None,
        not_before: None,
    }
}

fn text(key: &str) -> Sms {
    Sms {
        kind: NoticeKind::Invitation,
        dedupe_key: key.to_owned(),
        to: PHONE.to_owned(),
        text: "¿Qué tal en Bar La Prueba? https://timon.example/o/abc Baja: https://timon.example/b/abc"
            .to_owned(),
        not_before: None,
    }
}

async fn put(world: &World, letter: &Letter) -> Result<OutgoingId, StoreError> {
    let mut outbox = Outbox::load(&world.app.context, world.organization).await.expect("loaded");
    let mut batch = Batch::new();
    let id = outbox.put_letter(&mut batch, letter);
    world.scope().write(batch).await.map(|_| id)
}

async fn put_text(world: &World, sms: &Sms) -> Result<OutgoingId, StoreError> {
    let mut outbox = Outbox::load(&world.app.context, world.organization).await.expect("loaded");
    let mut batch = Batch::new();
    let id = outbox.put_sms(&mut batch, sms);
    world.scope().write(batch).await.map(|_| id)
}

async fn fate(world: &World, id: OutgoingId) -> (OutgoingState, String) {
    let fates = notify::fates(&world.scope(), &[id, OutgoingId(1)]).await.expect("readable");
    assert_eq!(fates.len(), 1, "one is nobody's");
    (fates[&id].state, fates[&id].answer_key.clone())
}

fn gateway<'a>(url: &'a str, secret: &'a str) -> [(&'a str, &'a str); 13] {
    [
        ("gateway", "other"),
        ("user", ""),
        ("secret", secret),
        ("sender", "BARX"),
        ("enabled", "on"),
        ("url", url),
        ("style", "json"),
        ("to_field", "para"),
        ("text_field", "texto"),
        ("sender_field", "de"),
        ("auth", "header"),
        ("auth_header", "x-api-key"),
        ("action", "save"),
    ]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_invitation_leaves_at_its_moment_drawn_and_with_a_way_out() {
    for mut world in worlds().await {
        let later = world.app.context.now() + 3.hours();
        let id =
            put(&world, &Letter { not_before: Some(later), ..invitation("i:1") }).await.expect("written");
        world.app.settle_without_summaries().await;
        assert!(world.mail.letters().is_empty(), "its moment has not come");
        world.advance(3);
        world.app.settle_without_summaries().await;
        assert_eq!(fate(&world, id).await, (OutgoingState::Accepted, "accepted".to_owned()));
        let letter = world.mail.letters().remove(0);
        for part in [
            "List-Unsubscribe: <https://timon.example/baja/abc>",
            "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
            "Auto-Submitted: auto-generated",
            "From: \"Bar La Prueba\" <timon@prueba.example>",
            "color-scheme",
        ] {
            assert!(letter.contains(part), "{part}\n{letter}");
        }
        // A thousand of them would hide what the page of notices is for.
        world.app.sign_in().await;
        world.app.get("/notices").await.has_not("marta@cliente.example");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_is_asked_at_night_whoever_put_it_and_whenever_it_comes_to_its_turn() {
    for world in worlds().await {
        // In time, but the evening is over when its turn comes: the server does not run until eleven.
        let evening = world.app.context.now() + 9.hours();
        let first =
            put(&world, &Letter { not_before: Some(evening), ..invitation("i:1") }).await.expect("written");
        world.advance(11);
        let second = put(&world, &invitation("i:2")).await.expect("written");
        for _ in 0..9 {
            world.app.settle_without_summaries().await;
            assert!(world.mail.letters().is_empty(), "it is night");
            world.advance(1);
        }
        world.app.settle_without_summaries().await;
        for id in [first, second] {
            assert_eq!(fate(&world, id).await.0, OutgoingState::Accepted);
        }
        assert_eq!(world.mail.letters().len(), 2);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_customer_is_asked_once_under_one_key_whatever_the_way() {
    for world in worlds().await {
        put(&world, &invitation("i:1")).await.expect("written");
        let elsewhere = Letter { to: "otra@cliente.example".to_owned(), ..invitation("i:1") };
        let reminder = Letter { kind: NoticeKind::Reminder, ..invitation("i:1") };
        for second in [&invitation("i:1"), &elsewhere, &reminder] {
            assert!(put(&world, second).await.expect_err("taken").is_conflict());
        }
        assert!(put_text(&world, &text("i:1")).await.expect_err("taken").is_conflict());
        put(&world, &Letter { kind: NoticeKind::Reminder, ..invitation("r:1") }).await.expect("written");
        world.app.settle_without_summaries().await;
        assert_eq!(world.mail.letters().len(), 2);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_a_way_out_it_stays_and_what_is_taken_back_never_leaves() {
    for world in worlds().await {
        let mut silent = invitation("i:1");
        silent.thread.unsubscribe = None;
        let silent = put(&world, &silent).await.expect("written");
        let late = Letter { not_before: Some(world.app.context.now() + 2.hours()), ..invitation("i:2") };
        let taken = put(&world, &late).await.expect("written");
        world.app.settle_without_summaries().await;
        assert_eq!(fate(&world, silent).await, (OutgoingState::Failed, "no-way-out".to_owned()));
        for _ in 0..2 {
            let mut batch = Batch::new();
            notify::take_back(&world.app.context, &mut batch, taken);
            notify::take_back(&world.app.context, &mut batch, silent);
            world.scope().write(batch).await.expect("written");
        }
        world.advance(24);
        world.app.settle_without_summaries().await;
        assert_eq!(fate(&world, taken).await, (OutgoingState::Dropped, "taken-back".to_owned()));
        assert_eq!(fate(&world, silent).await.0, OutgoingState::Failed, "what was told stays told");
        assert!(world.mail.letters().is_empty());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_invitations_do_not_keep_an_alarm_waiting() {
    for world in worlds().await {
        let mut outbox = Outbox::load(&world.app.context, world.organization).await.expect("loaded");
        let mut batch = Batch::new();
        for n in 0..60 {
            outbox.put_letter(&mut batch, &invitation(&format!("i:{n}")));
        }
        world.scope().write(batch).await.expect("written");
        world.put(NoticeKind::Warning, "w:1").await;
        world.step().await;
        let letters = world.mail.letters();
        assert!(letters.len() < 60 && letters[0].contains("To: ana@prueba.example"), "{}", letters[0]);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_short_message_goes_to_the_organisations_own_gateway_once() {
    for mut world in worlds().await {
        assert!(!notify::can_text(&world.scope()).await.expect("readable"));
        let waiting = put_text(&world, &text("i:0")).await.expect("written");
        world.app.settle_without_summaries().await;
        assert_eq!(fate(&world, waiting).await, (OutgoingState::Retry, "no-gateway".to_owned()));
        let url = world.web.url("/send");
        world.app.sign_in().await;
        world
            .app
            .post("/notices/sms", &gateway("http://10.0.0.1/send", "k-hush-7"))
            .await
            .is(422)
            .has("https://");
        world.app.post("/notices/sms", &gateway(&url, "")).await.is(422);
        world.app.post("/notices/sms", &gateway(&url, "k-hush-7")).await.is(303);
        world.app.get("/notices/sms").await.has("BARX").has_not("k-hush-7");
        assert!(notify::can_text(&world.scope()).await.expect("readable"));
        world.web.answer(200, "ok");
        world.advance(1);
        world.app.settle_without_summaries().await;
        let request = world.web.requests().pop().expect("one");
        for part in
            ["x-api-key: k-hush-7", "idempotency-key: ", PHONE, "\"de\":\"BARX\"", "\"texto\":\"¿Qué tal en"]
        {
            assert!(request.contains(part), "{part}\n{request}");
        }
        assert_eq!(fate(&world, waiting).await, (OutgoingState::Accepted, "accepted".to_owned()));
        // What may have been taken is not sent again.
        world.web.answer(500, "oops k-hush-7");
        let unknown = put_text(&world, &text("i:1")).await.expect("written");
        world.app.settle_without_summaries().await;
        world.advance(24);
        world.app.settle_without_summaries().await;
        assert_eq!(fate(&world, unknown).await, (OutgoingState::Unknown, "server-fault".to_owned()));
        assert_eq!(world.web.requests().len(), 2);
        let told = notify::fate(&world.scope(), unknown).await.expect("readable").expect("there");
        assert!(!told.answer.contains("hush"), "{told:?}");
        let long = Sms { text: "a".repeat(601), ..text("i:2") };
        let long = put_text(&world, &long).await.expect("written");
        world.app.settle_without_summaries().await;
        assert_eq!(fate(&world, long).await, (OutgoingState::Failed, "too-long".to_owned()));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_gateway_is_tried_moved_only_with_its_secret_and_taken_away() {
    for mut world in worlds().await {
        let url = world.web.url("/send");
        world.app.post("/notices/sms", &gateway(&url, "k-hush-7")).await.is(303);
        world.web.answer(201, "ok");
        world.app.post("/notices/sms/test", &[("phone", "911 222 333")]).await.is(422);
        world.app.post("/notices/sms/test", &[("phone", "600 111 222")]).await.is(303);
        assert!(world.web.requests().pop().expect("one").contains(PHONE));
        world.app.get("/notices").await.has(PHONE);
        // The secret stays with the address it was given for.
        let elsewhere = world.web.url("/elsewhere");
        world.app.post("/notices/sms", &gateway(&elsewhere, "")).await.is(422);
        world.app.post("/notices/sms", &gateway(&url, "")).await.is(303);
        let mut off = gateway(&url, "").to_vec();
        off.retain(|(name, _)| *name != "enabled");
        world.app.post("/notices/sms", &off).await.is(303);
        assert!(!notify::can_text(&world.scope()).await.expect("readable"));
        let waiting = put_text(&world, &text("i:1")).await.expect("written");
        world.app.settle_without_summaries().await;
        let mut gone = gateway(&url, "").to_vec();
        gone.retain(|(name, _)| *name != "action");
        gone.push(("action", "remove"));
        world.app.post("/notices/sms", &gone).await.is(303);
        world.app.post("/notices/sms", &gone).await.is(404);
        assert_eq!(fate(&world, waiting).await, (OutgoingState::Dropped, "channel-removed".to_owned()));
        assert_eq!(world.web.requests().len(), 1);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_restored_copy_asks_nobody_and_has_no_key_to_the_gateway() {
    for mut world in worlds().await {
        let url = world.web.url("/send");
        world.app.post("/notices/sms", &gateway(&url, "k-hush-7")).await.is(303);
        world.advance(11);
        let letter = put(&world, &invitation("i:1")).await.expect("written");
        put_text(&world, &text("i:2")).await.expect("written");
        let file = world.app.path().join("backup.gz");
        timon::cli::backup::write(&world.app.context.store, &file, "now").await.expect("written");
        let other = TestApp::sqlite_with(|config| super::set_up(config, &world.mail, &world.web)).await;
        timon::cli::backup::load(&other.context.store, &file).await.expect("restored");
        notify::hold_restored(&other.context).await.expect("held");
        other.context.clock.advance(Duration::from_hours(24));
        other.settle_without_summaries().await;
        let scope = other.context.scope(world.organization);
        assert!(world.mail.letters().is_empty() && world.web.requests().is_empty());
        assert!(!notify::can_text(&scope).await.expect("readable"));
        let held = notify::fate(&scope, letter).await.expect("readable").expect("there");
        assert_eq!(held.state, OutgoingState::Held);
        let mut batch = Batch::new();
        notify::take_back(&other.context, &mut batch, letter);
        scope.write(batch).await.expect("written");
        let dropped = notify::fate(&scope, letter).await.expect("readable").expect("there");
        assert_eq!(dropped.state, OutgoingState::Dropped);
    }
}
