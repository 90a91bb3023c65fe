//! Telling people: once, at their hours, and saying so when nobody can know. Each journey on both engines, against mail
//! and web servers of our own.

mod asking;
mod channels;
mod letters;
pub(crate) mod sinks;
mod summaries;

use std::time::Duration;

use domain::{NoticeKind, OrganizationId};
use foundation::config::{Config, MailSettings, TelegramSettings};
use foundation::steps::Lease;
use foundation::store::{Batch, Scope};
use notify::{Notice, Outbox};
use sinks::{Dot, MailSink, Mood, WebSink};

use crate::app::TestApp;

/// An installation with its servers.
pub(crate) struct World {
    pub app: TestApp,
    pub mail: MailSink,
    pub web: WebSink,
    pub organization: OrganizationId,
}

impl World {
    pub fn scope(&self) -> Scope {
        self.app.context.scope(self.organization)
    }

    /// Puts a notice, alone in its batch.
    async fn put(&self, kind: NoticeKind, key: &str) -> usize {
        let mut outbox = Outbox::load(&self.app.context, self.organization).await.expect("loaded");
        let mut batch = Batch::new();
        let count = outbox.put(&mut batch, &notice(kind, key));
        self.scope().write(batch).await.expect("written");
        count
    }

    async fn step(&self) {
        notify::step::send_due(&self.app.context).await.expect("sent");
    }

    pub fn advance(&self, hours: u64) {
        self.app.context.clock.advance(Duration::from_hours(hours));
    }

    /// State and attempts of each message, the newest first.
    async fn states(&self) -> Vec<(String, u32)> {
        let newest = notify::store::outgoing::newest(&self.scope(), 100).await.expect("readable");
        newest.iter().map(|message| (message.state.to_string(), message.attempts)).collect()
    }
}

fn notice(kind: NoticeKind, key: &str) -> Notice {
    Notice {
        kind,
        dedupe_key: key.to_owned(),
        subject: format!("Más quejas por el trato ({key})"),
        body: "Siete en tres días.\n\nLo habitual son dos.".to_owned(),
        path: Some("/today".to_owned()),
    }
}

fn set_up(config: &mut Config, mail: &MailSink, web: &WebSink) {
    let url = format!("smtp://127.0.0.1:{}", mail.port);
    config.mail = Some(MailSettings { url, from: "Timón <timon@prueba.example>".to_owned() });
    config.telegram = Some(TelegramSettings { url: web.url(""), token: "7:hush".to_owned() });
    config.allow_private = vec![format!("127.0.0.1:{}", web.port)];
}

/// An owner on each engine that there is; journeys begin on a Monday at noon in Madrid.
pub(crate) async fn worlds() -> Vec<World> {
    let mut worlds = Vec::new();
    for on_postgres in [false, true] {
        let (mail, web) = (MailSink::start().await, WebSink::start().await);
        let app = if on_postgres {
            TestApp::postgres_with(|config| set_up(config, &mail, &web)).await
        } else {
            Some(TestApp::sqlite_with(|config| set_up(config, &mail, &web)).await)
        };
        let Some(mut app) = app else { continue };
        app.first_run().await;
        let organization = accounts::organizations(&app.context, 1).await.expect("readable")[0].id;
        worlds.push(World { app, mail, web, organization });
    }
    worlds
}

foundation::statements! {
    organization NO_SUCH_ROW = "UPDATE source SET name = $2 WHERE organization_id = $1 AND id = -1";
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_warning_and_its_notices_stand_or_fall_together_and_are_told_once() {
    for world in worlds().await {
        let mut outbox = Outbox::load(&world.app.context, world.organization).await.expect("loaded");
        let mut batch = Batch::new();
        assert_eq!(outbox.put(&mut batch, &notice(NoticeKind::Warning, "w:1")), 1, "the owner's mail");
        let fails = batch.add_exactly(1, &NO_SUCH_ROW, foundation::values!["x"]);
        assert!(world.scope().write(fails).await.expect_err("no such row").is_conflict());
        world.app.settle_without_summaries().await;
        assert!(world.mail.letters().is_empty() && world.states().await.is_empty());

        world.put(NoticeKind::Warning, "w:1").await;
        world.put(NoticeKind::Warning, "w:1").await;
        world.app.settle_without_summaries().await;
        world.app.settle_without_summaries().await;
        world.advance(24 * 30);
        world.app.settle_without_summaries().await;
        assert_eq!(world.states().await, [("accepted".to_owned(), 1)]);
        let letters = world.mail.letters();
        assert_eq!(letters.len(), 1);
        assert!(letters[0].contains("To: ana@prueba.example"), "{}", letters[0]);
        assert!(!letters[0].contains("http://localhost"), "no link where nobody said what people type");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_says_later_gets_the_same_letter_later() {
    for world in worlds().await {
        for reply in ["450 greylisted", "421 busy"] {
            world.mail.next(Mood::Recipient(reply));
        }
        world.mail.next(Mood::After(Dot::Say("452 disk full")));
        world.put(NoticeKind::Warning, "w:1").await;
        for _ in 0..3 {
            world.app.settle_without_summaries().await;
            assert_eq!(world.states().await[0].0, "retry");
            assert!(world.mail.letters().is_empty());
            world.advance(1);
        }
        world.app.settle_without_summaries().await;
        assert_eq!(world.states().await, [("accepted".to_owned(), 4)]);
        assert_eq!(world.mail.ids().len(), 1);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refusal_is_shown_and_never_repeated_by_itself() {
    for mut world in worlds().await {
        world.mail.next(Mood::Recipient("550 5.1.1 <b>nobody</b> here"));
        world.put(NoticeKind::Warning, "w:1").await;
        world.app.settle_without_summaries().await;
        world.advance(24 * 3);
        world.app.settle_without_summaries().await;
        assert_eq!(world.states().await, [("failed".to_owned(), 1)]);
        let attention = notify::attention(&world.scope()).await.expect("readable");
        assert_eq!((attention.failed, attention.all()), (1, 1));
        let page = world.app.get("/notices").await;
        page.is(200).has("Necesitan que decidas").has("550").has("&lt;b&gt;nobody").has_not("<b>nobody");
        let id = open_id(&world).await;
        world.app.post(&format!("/notices/outgoing/{id}"), &[("decision", "arrived")]).await.is(409);
        world.app.post(&format!("/notices/outgoing/{id}"), &[("decision", "drop")]).await.is(303);
        world.app.settle_without_summaries().await;
        assert_eq!((world.states().await[0].0.as_str(), world.mail.letters().len()), ("dropped", 0));
        world.app.get("/notices").await.has_not("Necesitan que decidas");
    }
}

async fn open_id(world: &World) -> domain::OutgoingId {
    notify::store::outgoing::open(&world.scope()).await.expect("readable")[0].id
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_the_final_dot_nobody_can_know_so_a_person_decides() {
    for mut world in worlds().await {
        for (decision, state, letters) in [("arrived", "accepted", 1), ("again", "accepted", 3)] {
            world.mail.next(Mood::After(Dot::HangUp));
            world.put(NoticeKind::Alarm, decision).await;
            world.app.settle_without_summaries().await;
            world.advance(24 * 7);
            world.app.settle_without_summaries().await;
            assert_eq!(world.states().await[0].0, "unknown");
            world.app.sign_in().await;
            world.app.get("/notices").await.has("No sabemos si llegó");
            let id = open_id(&world).await;
            world.app.post(&format!("/notices/outgoing/{id}"), &[("decision", decision)]).await.is(303);
            // A second press changes nothing.
            world.app.post(&format!("/notices/outgoing/{id}"), &[("decision", decision)]).await.is(409);
            world.app.settle_without_summaries().await;
            assert_eq!((world.states().await[0].0.as_str(), world.mail.letters().len()), (state, letters));
        }
        let ids = world.mail.ids();
        assert!(ids[0] != ids[1] && ids[1] == ids[2], "the same letter has the same name: {ids:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_letter_in_the_hands_of_a_killed_process_becomes_unknown() {
    for world in worlds().await {
        world.mail.next(Mood::After(Dot::Silence));
        world.put(NoticeKind::Alarm, "a:1").await;
        tokio::select! {
            () = world.step() => panic!("the server never answers"),
            () = world.mail.dot() => {}
        }
        assert_eq!(world.states().await, [("dispatching".to_owned(), 1)]);
        // Its lease is still running: whoever else looks leaves it alone.
        world.app.settle_without_summaries().await;
        assert_eq!(world.states().await[0].0, "dispatching");
        Lease::forget_all(&world.app.context).await.expect("as after a restart");
        world.app.settle_without_summaries().await;
        world.advance(24);
        world.app.settle_without_summaries().await;
        assert_eq!(world.states().await, [("unknown".to_owned(), 1)]);
        assert_eq!(world.mail.letters().len(), 1);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_processes_never_hand_over_the_same_letter() {
    for world in worlds().await {
        for n in 0..30 {
            world.put(NoticeKind::Digest, &format!("digest:{n}")).await;
        }
        for _ in 0..10 {
            tokio::join!(world.step(), world.step(), world.step());
        }
        world.app.settle_without_summaries().await;
        let mut ids = world.mail.ids();
        assert_eq!(ids.len(), 30);
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), 30);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn at_night_only_an_alarm_rings_and_only_if_she_said_so() {
    for mut world in worlds().await {
        world.advance(12); // midnight in Madrid
        world.put(NoticeKind::Warning, "w:1").await;
        world.put(NoticeKind::Alarm, "a:1").await;
        world.app.settle_without_summaries().await;
        assert!(world.mail.letters().is_empty());
        let fields = [
            ("quiet_from", "22"),
            ("quiet_until", "8"),
            ("alarms_break_quiet", "on"),
            ("digest_hour", "9"),
            ("weekly_day", "1"),
        ];
        world.app.post("/notices/preferences", &fields).await.is(303);
        world.put(NoticeKind::Alarm, "a:2").await;
        world.app.settle_without_summaries().await;
        // The one that waited goes too: she has just said that alarms may.
        let alarms = world.mail.letters();
        assert!(alarms.len() == 2 && alarms.iter().all(|letter| letter.contains("a:")), "{alarms:?}");
        world.advance(7);
        world.app.settle_without_summaries().await;
        assert_eq!(world.mail.letters().len(), 2, "seven o'clock is still quiet");
        world.advance(1);
        world.app.settle_without_summaries().await;
        assert_eq!(world.mail.letters().len(), 3);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_too_much_for_a_day_goes_into_the_digest() {
    for world in worlds().await {
        for n in 1..=9 {
            world.put(NoticeKind::Warning, &format!("w:{n}")).await;
        }
        world.app.settle_without_summaries().await;
        assert_eq!(world.mail.letters().len(), 6);
        world.advance(24);
        let due = notify::due_digests(&world.app.context).await.expect("readable");
        assert_eq!(due.len(), 1);
        assert_eq!(due[0].dedupe_key, "digest:2026-09-22");
        world.put(NoticeKind::Digest, &due[0].dedupe_key).await;
        world.put(NoticeKind::Digest, &due[0].dedupe_key).await;
        world.app.settle_without_summaries().await;
        let letters = world.mail.letters();
        assert_eq!(letters.len(), 7);
        assert_eq!(world.states().await.iter().filter(|(state, _)| state == "folded").count(), 3);
        assert!(notify::due_digests(&world.app.context).await.expect("readable").is_empty());
        // The next digest does not carry them again.
        world.advance(24);
        world.put(NoticeKind::Digest, "digest:2026-09-23").await;
        world.app.settle_without_summaries().await;
        let (first, second) = (letters[6].clone(), world.mail.letters()[7].clone());
        assert!(first.len() > second.len() + 50, "{first}\n{second}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_restored_copy_sends_nothing_by_itself() {
    for world in worlds().await {
        world.advance(12);
        world.put(NoticeKind::Warning, "w:1").await;
        world.put(NoticeKind::Weekly, "weekly:2026-W39").await;
        let file = world.app.path().join("backup.gz");
        timon::cli::backup::write(&world.app.context.store, &file, "now").await.expect("written");
        let mut other = TestApp::sqlite_with(|config| set_up(config, &world.mail, &world.web)).await;
        timon::cli::backup::load(&other.context.store, &file).await.expect("restored");
        other.context.clock.advance(Duration::from_hours(12));
        notify::hold_restored(&other.context).await.expect("held");
        other.context.clock.advance(Duration::from_hours(12));
        other.settle().await;
        assert!(world.mail.letters().is_empty());
        let attention = notify::attention(&other.context.scope(world.organization)).await.expect("readable");
        assert_eq!((attention.held, attention.all()), (2, 2));
        assert!(notify::due_digests(&other.context).await.expect("readable").is_empty());
        other.context.clock.advance(Duration::from_hours(24));
        assert_eq!(notify::due_digests(&other.context).await.expect("readable").len(), 1);
        other.sign_in().await;
        other.get("/notices").await.has("Retenido").has("Enviar ahora");
    }
}
