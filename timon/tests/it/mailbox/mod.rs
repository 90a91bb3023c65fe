//! Letters: heard once, answered in their conversation, never shown to others, their password in no backup. Each journey
//! on both engines, against mail servers of our own.

mod real;
mod server;
mod strangers;

use std::time::Duration;

use domain::{MentionId, OrganizationId, OutgoingState, SourceKind};
use foundation::config::{Config, MailSettings};
use foundation::store::{Batch, Scope};
use notify::{Letter, Outbox};
pub use server::ImapServer;

use crate::app::{Page, TestApp};
use crate::notify::sinks::MailSink;

const PASSWORD: &str = "tortilla-fria-7";

foundation::statements! {
    organization LETTERS = "SELECT mention_id FROM letter WHERE organization_id = $1 ORDER BY mention_id";
    organization MENTIONS = "SELECT s.kind, m.stars, m.text FROM mention m JOIN source s ON s.organization_id = $1
        AND s.id = m.source_id WHERE m.organization_id = $1 ORDER BY m.id";
    organization SECRETS = "SELECT password FROM mailbox_secret WHERE organization_id = $1";
}

/// An installation with its mail servers.
struct World {
    app: TestApp,
    imap: ImapServer,
    mail: MailSink,
    organization: OrganizationId,
}

fn set_up(config: &mut Config, imap: &ImapServer, mail: &MailSink) {
    let url = format!("smtp://127.0.0.1:{}", mail.port);
    config.mail = Some(MailSettings { url, from: "Timón <timon@prueba.example>".to_owned() });
    config.allow_private = vec![format!("127.0.0.1:{}", imap.port)];
}

async fn worlds() -> Vec<World> {
    let mut worlds = Vec::new();
    for on_postgres in [false, true] {
        let (imap, mail) = (ImapServer::start(PASSWORD).await, MailSink::start().await);
        let app = if on_postgres {
            TestApp::postgres_with(|config| set_up(config, &imap, &mail)).await
        } else {
            Some(TestApp::sqlite_with(|config| set_up(config, &imap, &mail)).await)
        };
        let Some(mut app) = app else { continue };
        app.first_run().await;
        let organization = accounts::organizations(&app.context, 1).await.expect("readable")[0].id;
        worlds.push(World { app, imap, mail, organization });
    }
    worlds
}

impl World {
    fn scope(&self) -> Scope {
        self.app.context.scope(self.organization)
    }

    /// Fills the form in as the owner does.
    async fn add(&mut self, address: &str, password: &str) -> Page {
        let port = self.imap.port.to_string();
        let fields = [
            ("provider", "other"),
            ("address", address),
            ("password", password),
            ("host", "127.0.0.1"),
            ("port", &port),
            ("security", "plain"),
            ("plus_address", "on"),
        ];
        self.app.post("/sources/mailbox", &fields).await
    }

    async fn added(&mut self) {
        self.add("hola@prueba.example", PASSWORD).await.is(303).goes_to("/sources/mailbox?done=added");
        self.settle().await;
    }

    async fn settle(&self) {
        self.app.settle_without_summaries().await;
    }

    /// Time passes, and the mailbox is asked again.
    async fn later(&self) {
        self.app.context.clock.advance(Duration::from_mins(10));
        self.settle().await;
    }

    async fn letters(&self) -> Vec<MentionId> {
        let rows = self.scope().all(&LETTERS, vec![]).await.expect("readable");
        rows.iter().map(|row| row.get(0).expect("an id")).collect()
    }

    async fn mentions(&self) -> Vec<(SourceKind, Option<u8>, String)> {
        let rows = self.scope().all(&MENTIONS, vec![]).await.expect("readable");
        let cell = |row: &foundation::store::Row| (row.get(0), row.get(1), row.get(2));
        rows.iter()
            .map(|row| {
                let (kind, stars, text) = cell(row);
                (kind.expect("a kind"), stars.expect("stars"), text.expect("a text"))
            })
            .collect()
    }

    async fn mailbox_id(&self) -> domain::MailboxId {
        mailbox::store::mailboxes(&self.scope()).await.expect("readable")[0].id
    }

    /// Answers a letter as a person does; returns the message and its `Message-ID`.
    async fn answer(&self, mention: MentionId, key: &str) -> (domain::OutgoingId, String) {
        let letter = mailbox::letter_of(&self.scope(), mention).await.expect("readable").expect("a letter");
        let mut outbox = Outbox::load(&self.app.context, self.organization).await.expect("loaded");
        let mut batch = Batch::new();
        let id = outbox.put_letter(
            &mut batch,
            &Letter {
                kind: domain::NoticeKind::Reply,
                dedupe_key: key.to_owned(),
                to: letter.address.clone(),
                subject: format!("Re: {}", letter.subject),
                body: "Lo sentimos, Marta.".to_owned(),
                thread: mailbox::reply_thread(&letter),
                attachment: None,
                html: None,
                not_before: None,
            },
        );
        self.scope().write(batch).await.expect("written");
        self.settle().await;
        let name = notify::fate(&self.scope(), id).await.expect("readable").expect("there").name;
        (id, format!("{name}@prueba.example"))
    }
}

/// A customer's letter. `more` are further headers.
fn letter(id: &str, minute: u32, more: &str, text: &str) -> String {
    format!(
        "From: =?utf-8?q?Marta_G=C3=B3mez?= <marta@cliente.example>\nTo: hola@prueba.example\nSubject: Reserva del sábado\n\
         Date: Mon, 21 Sep 2026 08:{minute:02}:00 +0000\nMessage-ID: <{id}>\n{more}Content-Type: text/plain; charset=utf-8\n\
         Content-Transfer-Encoding: 8bit\n\n{text}\n"
    )
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_letter_is_heard_once_and_waits_for_an_answer() {
    for mut world in worlds().await {
        world.imap.deliver(&letter("1@cliente.example", 5, "", "Llegamos y no había mesa."));
        world.added().await;
        world.later().await;
        assert_eq!((world.imap.fetched(), world.letters().await.len()), (1, 1));
        world.app.sign_in().await;
        world
            .app
            .get("/mentions")
            .await
            .has("Llegamos y no había mesa.")
            .has("Marta Gómez")
            .has("Reserva del sábado");
        world.app.get("/sources").await.has("hola@prueba.example").has("/sources/mailbox");
        world.app.get("/sources/mailbox").await.has("Se oye bien").has_not(PASSWORD);
        let letter = mailbox::letter_of(&world.scope(), world.letters().await[0]).await.expect("readable");
        let letter = letter.expect("a letter");
        assert_eq!((letter.address.as_str(), letter.name.as_str()), ("marta@cliente.example", "Marta Gómez"));
        assert_eq!((letter.message_id.as_str(), letter.references.len()), ("1@cliente.example", 0));
        world.app.finish().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_folder_that_begins_a_new_life_says_nothing_twice() {
    for mut world in worlds().await {
        for n in 0..60 {
            world.imap.deliver(&letter(
                &format!("{n}@cliente.example"),
                n % 60,
                "",
                &format!("Queja número {n}."),
            ));
        }
        world.added().await;
        assert_eq!(world.letters().await.len(), 60, "more than one fetch brings");
        world.imap.begin_again();
        world.later().await;
        world.later().await;
        assert_eq!((world.imap.fetched(), world.letters().await.len()), (120, 60));
        world.imap.deliver(&letter("new@cliente.example", 1, "", "Otra cosa."));
        world.later().await;
        assert_eq!((world.letters().await.len(), world.mentions().await.len()), (61, 61));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_conversation_stays_together_by_token_by_reference_and_by_our_own_name() {
    for mut world in worlds().await {
        world.imap.deliver(&letter("1@cliente.example", 1, "", "Primera carta."));
        // What goes on with a letter of the same fetch.
        let goes_on = "In-Reply-To: <1@cliente.example>\nReferences: <1@cliente.example>\n";
        world.imap.deliver(&letter("2@cliente.example", 2, goes_on, "Se me olvidaba esto."));
        world.imap.deliver(&letter("9@cliente.example", 3, "", "Otro asunto."));
        world.added().await;
        let first = world.letters().await[0];
        let (_, our_id) = world.answer(first, "reply:1").await;
        let sent = world.mail.letters().remove(0);
        let token =
            mailbox::letter_of(&world.scope(), first).await.expect("readable").expect("a letter").token;
        assert!(sent.contains(&format!("Reply-To: hola+{token}@prueba.example")), "{sent}");
        assert!(sent.contains("In-Reply-To: <1@cliente.example>"), "{sent}");
        let by_name = format!("In-Reply-To: <{our_id}>\n");
        world.imap.deliver(&letter("3@cliente.example", 4, &by_name, "Contesto a lo vuestro."));
        let by_token = format!("Delivered-To: hola+{token}@prueba.example\n");
        world.imap.deliver(&letter("4@cliente.example", 5, &by_token, "Desde otro programa."));
        let foreign = "Delivered-To: hola+00000000000000000000@prueba.example\n";
        world.imap.deliver(&letter("5@cliente.example", 6, foreign, "Con una clave inventada."));
        world.later().await;
        let letters = world.letters().await;
        let texts =
            |thread: Vec<mailbox::InThread>| thread.into_iter().map(|one| one.text).collect::<Vec<_>>();
        let conversation =
            ["Primera carta.", "Se me olvidaba esto.", "Contesto a lo vuestro.", "Desde otro programa."];
        for (mention, wanted) in [
            (letters[0], conversation.as_slice()),
            (letters[3], conversation.as_slice()),
            (letters[2], &["Otro asunto."]),
            (letters[5], &["Con una clave inventada."]),
        ] {
            let thread = mailbox::thread(&world.scope(), mention).await.expect("readable");
            assert_eq!(texts(thread), wanted);
        }
        // An answer to the last letter refers to the whole way there.
        let last = mailbox::letter_of(&world.scope(), letters[3]).await.expect("readable").expect("a letter");
        assert_eq!(mailbox::reply_thread(&last).references, [our_id.as_str(), "3@cliente.example"]);
    }
}

fn bounce_of(our_id: &str) -> String {
    format!(
        "From: MAILER-DAEMON@prueba.example\nTo: hola@prueba.example\nSubject: Undelivered Mail Returned to Sender\n\
         Date: Mon, 21 Sep 2026 08:30:00 +0000\nMessage-ID: <bounce@prueba.example>\nAuto-Submitted: auto-replied\n\
         Return-Path: <>\nMIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status; boundary=\"b\"\n\n\
         --b\nContent-Type: text/plain\n\nI'm sorry.\n\n--b\nContent-Type: message/delivery-status\n\n\
         Reporting-MTA: dns; mx.prueba.example\n\nFinal-Recipient: rfc822; marta@cliente.example\nAction: failed\n\
         Status: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 no such user\n\n--b\nContent-Type: message/rfc822\n\n\
         From: timon@prueba.example\nTo: marta@cliente.example\nMessage-ID: <{our_id}>\nSubject: Re: Reserva\n\nHola\n--b--\n"
    )
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_that_comes_back_has_failed_and_is_no_mention() {
    for mut world in worlds().await {
        world.imap.deliver(&letter("1@cliente.example", 1, "", "Primera carta."));
        world.added().await;
        let (id, our_id) = world.answer(world.letters().await[0], "reply:1").await;
        let fate = |world: &World| {
            let scope = world.scope();
            async move { notify::fate(&scope, id).await.expect("readable").expect("there") }
        };
        assert_eq!(fate(&world).await.state, OutgoingState::Accepted);
        world.imap.deliver(&bounce_of(&our_id));
        world.later().await;
        let fate = fate(&world).await;
        assert_eq!((fate.state, fate.answer_key.as_str()), (OutgoingState::Failed, "bounced"));
        assert!(fate.answer.contains("550 5.1.1"), "{}", fate.answer);
        world.later().await;
        assert_eq!((world.mail.letters().len(), world.mentions().await.len()), (1, 1));
        world.app.sign_in().await;
        world.app.get("/notices").await.has("Salió, pero volvió");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_machines_and_we_ourselves_write_is_left_aside_and_counted() {
    for mut world in worlds().await {
        world.imap.deliver(&letter("1@x.example", 1, "List-Id: <ofertas.x.example>\n", "¡Ofertas!"));
        world.imap.deliver(&letter(
            "2@x.example",
            2,
            "Auto-Submitted: auto-replied\n",
            "Estoy de vacaciones.",
        ));
        let ours =
            letter("3@x.example", 3, "", "Nota.").replace("marta@cliente.example", "hola@prueba.example");
        world.imap.deliver(&ours);
        world.imap.deliver(&letter("4@x.example", 4, "", "Una persona."));
        world.added().await;
        assert_eq!(world.mentions().await, [(SourceKind::Mailbox, None, "Una persona.".to_owned())]);
        let mailbox = mailbox::store::mailboxes(&world.scope()).await.expect("readable").remove(0);
        assert_eq!((mailbox.ignored, mailbox.cursor), (3, Some((1, 4))));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wrong_password_is_said_and_not_tried_again_and_again() {
    for mut world in worlds().await {
        let page = world.add("hola@prueba.example", "otra-clave").await;
        page.is(422).has("field-password-error").has_not("otra-clave");
        assert!(mailbox::store::mailboxes(&world.scope()).await.expect("readable").is_empty());
        for (field, value) in [("address", "nadie"), ("port", "0"), ("security", "none"), ("host", "")] {
            let port = world.imap.port.to_string();
            let mut fields = vec![
                ("provider", "other"),
                ("address", "hola@prueba.example"),
                ("password", PASSWORD),
                ("host", "127.0.0.1"),
                ("port", &port),
                ("security", "plain"),
            ];
            fields.retain(|(name, _)| *name != field);
            fields.push((field, value));
            let page = world.app.post("/sources/mailbox", &fields).await;
            page.is(422).has(&format!("field-{field}-error")).has_not(PASSWORD);
        }
        world.added().await;
        world.imap.change_password("nueva-clave");
        world.imap.deliver(&letter("1@cliente.example", 1, "", "Nadie me lee."));
        world.later().await;
        world.app.sign_in().await;
        world.app.get("/sources/mailbox").await.has("No se oye").has("no acepta el usuario o la contraseña");
        world.app.get("/sources").await.has("No podemos leer este buzón");
        let mailbox = mailbox::store::mailboxes(&world.scope()).await.expect("readable").remove(0);
        assert!(mailbox.next_at > world.app.now() + jiff::SignedDuration::from_mins(20), "servers lock out");
        let path = format!("/sources/mailbox/{}", mailbox.id);
        world.app.post(&path, &[("action", "test")]).await.is(422).has_not("nueva-clave");
        world.app.post(&path, &[("action", "password"), ("password", "mala")]).await.is(422);
        world.app.post(&path, &[("action", "password"), ("password", "nueva-clave")]).await.is(303);
        world.settle().await;
        assert_eq!(world.letters().await.len(), 1);
        world.app.get("/sources").await.has_not("No podemos leer este buzón").has("Se oye bien");
        world.app.post(&path, &[("action", "pause")]).await.goes_to("/sources/mailbox?done=paused");
        world.imap.deliver(&letter("2@cliente.example", 2, "", "En pausa."));
        world.later().await;
        assert_eq!(world.letters().await.len(), 1);
        world.app.post(&path, &[("action", "resume")]).await.is(303);
        world.settle().await;
        assert_eq!(world.letters().await.len(), 2);
        world.app.post(&path, &[("action", "remove")]).await.is(303);
        world.later().await;
        assert!(world.scope().all(&SECRETS, vec![]).await.expect("readable").is_empty());
        world.app.sign_in().await;
        world.app.get("/sources/mailbox").await.has("Todavía no lees ningún buzón");
        world.app.post(&path, &[("action", "resume")]).await.is(404);
        // Its letters stay, and it can come back.
        world.imap.change_password(PASSWORD);
        world.added().await;
        assert_eq!(world.letters().await.len(), 2);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_password_lies_sealed_and_in_no_backup() {
    for mut world in worlds().await {
        world.imap.deliver(&letter("1@cliente.example", 1, "", "Primera carta."));
        world.added().await;
        let secrets = world.scope().all(&SECRETS, vec![]).await.expect("readable");
        let sealed: Vec<u8> = secrets[0].get(0).expect("bytes");
        assert!(!sealed.windows(8).any(|part| PASSWORD.as_bytes().starts_with(part)));
        let file = world.app.path().join("backup.gz");
        timon::cli::backup::write(&world.app.context.store, &file, "now").await.expect("written");
        let (imap, mail) = (world.imap.clone(), world.mail.clone());
        let mut other = TestApp::sqlite_with(|config| set_up(config, &imap, &mail)).await;
        timon::cli::backup::load(&other.context.store, &file).await.expect("restored");
        other.context.clock.advance(Duration::from_hours(1));
        other.settle_without_summaries().await;
        let scope = other.context.scope(world.organization);
        assert!(scope.all(&SECRETS, vec![]).await.expect("readable").is_empty());
        other.sign_in().await;
        other.get("/sources/mailbox").await.has("Escribe otra vez la contraseña").has("hola@prueba.example");
        let path = format!("/sources/mailbox/{}", world.mailbox_id().await);
        world.imap.deliver(&letter("2@cliente.example", 2, "", "Segunda carta."));
        other.post(&path, &[("action", "password"), ("password", PASSWORD)]).await.is(303);
        other.settle_without_summaries().await;
        other.get("/sources/mailbox").await.has("Se oye bien");
        other.get("/mentions").await.has("Segunda carta.").has("Primera carta.");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_letter_that_is_pushed_makes_its_mailbox_due_at_once() {
    for mut world in worlds().await {
        world.imap.deliver(&letter("1@cliente.example", 1, "", "Primera carta."));
        world.added().await;
        let (stop, stopped) = tokio::sync::watch::channel(false);
        let watching = mailbox::watch::watch(world.app.context.clone(), stopped);
        let journey = async {
            world.imap.idle().await;
            assert_eq!(world.letters().await.len(), 1);
            world.imap.deliver(&letter("2@cliente.example", 2, "", "Segunda carta."));
            // The clock stands still: only the push can make it due.
            while world.letters().await.len() < 2 {
                mailbox::step::read(&world.app.context).await.expect("read");
                tokio::task::yield_now().await;
            }
            stop.send(true).expect("it listens");
        };
        tokio::join!(watching, journey);
        world.settle().await;
    }
}
