//! Letters to people outside: once, with their thread, and what becomes of them.

use connectors::notify::Attachment;
use domain::{NoticeKind, OutgoingId, OutgoingState};
use foundation::store::Batch;
use notify::{Letter, Outbox, Thread};

use super::sinks::{Dot, Mood};
use super::{World, worlds};

fn letter(key: &str) -> Letter {
    Letter {
        kind: NoticeKind::Reply,
        dedupe_key: key.to_owned(),
        to: "marta@cliente.example".to_owned(),
        subject: "Re: Reserva del sábado\r\nBcc: todos@cliente.example".to_owned(),
        body: "Sentimos la espera.\n\nEsta semana ponemos a otra persona.".to_owned(),
        thread: Thread {
            in_reply_to: Some("2@cliente.example".to_owned()),
            references: vec!["1@cliente.example".to_owned(), "2@cliente.example".to_owned()],
            reply_to: Some("hola+0123@prueba.example".to_owned()),
            from_name: Some("Bar La Prueba".to_owned()),
            unsubscribe: None,
        },
        attachment: None,
        html: None,
        not_before: None,
    }
}

async fn try_to_put(world: &World, letter: &Letter) -> Result<OutgoingId, foundation::store::StoreError> {
    let mut outbox = Outbox::load(&world.app.context, world.organization).await.expect("loaded");
    let mut batch = Batch::new();
    let id = outbox.put_letter(&mut batch, letter);
    world.scope().write(batch).await.map(|_| id)
}

async fn put(world: &World, letter: &Letter) -> OutgoingId {
    try_to_put(world, letter).await.expect("written")
}

async fn fate(world: &World, id: OutgoingId) -> (OutgoingState, String) {
    let fate = notify::fate(&world.scope(), id).await.expect("readable").expect("there");
    (fate.state, fate.answer_key)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reply_leaves_once_with_its_thread_and_also_at_night() {
    for mut world in worlds().await {
        world.advance(12); // midnight in Madrid
        let id = put(&world, &letter("reply:1")).await;
        assert_eq!(fate(&world, id).await.0, OutgoingState::Queued);
        world.app.settle_without_summaries().await;
        world.app.settle_without_summaries().await;
        assert_eq!(fate(&world, id).await, (OutgoingState::Accepted, "accepted".to_owned()));
        let letters = world.mail.letters();
        assert_eq!(letters.len(), 1);
        for line in [
            "From: \"Bar La Prueba\" <timon@prueba.example>",
            "To: marta@cliente.example",
            "Reply-To: hola+0123@prueba.example",
            "In-Reply-To: <2@cliente.example>",
            "References: <1@cliente.example> <2@cliente.example>",
        ] {
            assert!(letters[0].lines().any(|l| l == line), "{line}\n{}", letters[0]);
        }
        let head = letters[0].split("\r\n\r\n").next().expect("headers");
        assert!(!head.contains("Auto-Submitted"), "a person wrote it: {head}");
        assert!(!head.lines().any(|line| line.starts_with("Bcc")), "{head}");
        let name = notify::fate(&world.scope(), id).await.expect("readable").expect("there").name;
        assert_eq!(world.mail.ids(), [format!("<{name}@prueba.example>")]);
        let thread = notify::thread_of(&world.scope(), &name).await.expect("readable").expect("a letter");
        assert_eq!(thread, letter("reply:1").thread);
        world.app.sign_in().await;
        world.app.get("/notices").await.has("Respuesta por correo a").has("marta@cliente.example");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_letter_twice_undoes_what_was_to_be_saved_with_it() {
    for world in worlds().await {
        put(&world, &letter("reply:1")).await;
        let again = Letter { to: "otra@cliente.example".to_owned(), ..letter("reply:1") };
        for second in [&letter("reply:1"), &again] {
            let error = try_to_put(&world, second).await.expect_err("the key is taken");
            assert!(error.is_conflict(), "{error:?}");
        }
        world.app.settle_without_summaries().await;
        assert_eq!((world.mail.letters().len(), world.states().await.len()), (1, 1));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn letters_are_no_notices_and_are_neither_capped_nor_folded() {
    for world in worlds().await {
        for n in 0..15 {
            put(&world, &Letter { kind: NoticeKind::Receipt, ..letter(&format!("receipt:{n}")) }).await;
        }
        assert_eq!(world.put(NoticeKind::Reply, "reply:x").await, 0, "no channel gets a letter");
        world.app.settle_without_summaries().await;
        assert_eq!(world.mail.letters().len(), 15);
        assert!(world.states().await.iter().all(|(state, _)| state == "accepted"));
        // They do not count as interruptions either.
        world.put(NoticeKind::Warning, "w:1").await;
        world.app.settle_without_summaries().await;
        assert_eq!(world.mail.letters().len(), 16);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_goes_with_a_receipt_and_comes_through_a_backup() {
    for world in worlds().await {
        let file = Attachment::new("carpeta/acuse 7.pdf", b"%PDF-1.7 hola".to_vec()).expect("a file");
        let with_file = Letter { kind: NoticeKind::Receipt, attachment: Some(file), ..letter("receipt:7") };
        let id = put(&world, &with_file).await;
        let backup = world.app.path().join("letters.gz");
        timon::cli::backup::write(&world.app.context.store, &backup, "now").await.expect("written");
        assert!(timon::cli::backup::verify(&backup).expect("whole") > 0);
        world.app.settle_without_summaries().await;
        assert_eq!(fate(&world, id).await.0, OutgoingState::Accepted);
        let sent = world.mail.letters().remove(0);
        assert!(sent.contains("application/pdf") && sent.contains("acuse 7.pdf"), "{sent}");
        assert!(sent.contains("%PDF-1.7 hola") || sent.contains("JVBERi0xLjcgaG9sYQ=="), "{sent}");
    }
    assert!(Attachment::new("", vec![1]).is_err() && Attachment::new("a.pdf", vec![]).is_err());
    assert!(Attachment::new("a.pdf", vec![0; (1 << 20) + 1]).is_err());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_came_back_is_a_failure_and_is_sent_again_only_by_a_person() {
    for mut world in worlds().await {
        let id = put(&world, &letter("reply:1")).await;
        let name = notify::fate(&world.scope(), id).await.expect("readable").expect("there").name;
        let bounce = |name: String| {
            let (context, scope) = (world.app.context.clone(), world.scope());
            async move {
                notify::bounced(&context, &scope, &name, "550 5.1.1\r\n no such user").await.expect("written")
            }
        };
        assert!(!bounce(name.clone()).await, "it has not left yet");
        world.app.settle_without_summaries().await;
        assert!(!bounce("0".repeat(32)).await, "nobody's");
        assert!(bounce(name.clone()).await);
        assert!(!bounce(name).await, "twice is once");
        assert_eq!(fate(&world, id).await, (OutgoingState::Failed, "bounced".to_owned()));
        world.advance(24 * 3);
        world.app.settle_without_summaries().await;
        assert_eq!(world.mail.letters().len(), 1);
        world.app.sign_in().await;
        world.app.get("/notices").await.has("Salió, pero volvió").has("550 5.1.1 no such user");
        world.app.post(&format!("/notices/outgoing/{id}"), &[("decision", "again")]).await.is(303);
        world.app.post(&format!("/notices/outgoing/{id}"), &[("decision", "again")]).await.is(409);
        world.app.settle_without_summaries().await;
        let ids = world.mail.ids();
        assert!(ids.len() == 2 && ids[0] == ids[1], "the same letter has the same name: {ids:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_letter_that_may_have_arrived_waits_for_a_person() {
    for world in worlds().await {
        world.mail.next(Mood::After(Dot::HangUp));
        let id = put(&world, &letter("reply:1")).await;
        world.app.settle_without_summaries().await;
        world.advance(24);
        world.app.settle_without_summaries().await;
        assert_eq!(fate(&world, id).await.0, OutgoingState::Unknown);
        assert_eq!(world.mail.letters().len(), 1);
        let elsewhere = world.app.context.scope(domain::OrganizationId(world.organization.0 + 1));
        assert!(notify::fate(&elsewhere, id).await.expect("readable").is_none());
    }
}
