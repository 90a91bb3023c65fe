//! The whole way with the mail servers that the world runs: a customer writes, a person answers through the outbox, the
//! answer stands in the customer's mailbox, and what she writes back belongs to the same conversation.

// Postfix and Dovecot of the test's own, as the mail client's tests start them.
#[path = "../../../../libs/connectors/tests/mail_real/server.rs"]
#[allow(
    dead_code,
    missing_docs,
    clippy::pedantic,
    clippy::unwrap_used,
    reason = "written for the mail client's tests"
)]
mod servers;

use std::path::PathBuf;
use std::time::Duration;

use connectors::mail::{Account, Letter, Security};
use domain::OutgoingState;
use foundation::config::MailSettings;
use servers::{Servers, USER};

use super::{World, letter};
use crate::app::TestApp;
use crate::notify::sinks::MailSink;

const CUSTOMER: &str = "marta@barx.test";
/// Longest wait for a letter that comes within a second.
const LONGEST: Duration = Duration::from_mins(1);

/// The servers' own folder, which their tool tells.
fn folder(servers: &Servers) -> PathBuf {
    let said = servers.doveadm(&["config", "-h", "base_dir"]).stdout;
    let run = PathBuf::from(String::from_utf8(said).expect("text").trim());
    run.parent().expect("a folder around it").to_owned()
}

/// The customer gets a mailbox beside the business's.
fn give_a_mailbox(servers: &Servers, password: &str) {
    let users = folder(servers).join("users");
    let known = std::fs::read_to_string(&users).expect("readable");
    std::fs::write(users, format!("{known}{CUSTOMER}:{{PLAIN}}{password}\n")).expect("written");
}

fn smtp_port(servers: &Servers) -> u16 {
    let services = std::fs::read_to_string(folder(servers).join("postfix/master.cf")).expect("readable");
    let first = services.lines().find_map(|line| line.strip_prefix("127.0.0.1:")).expect("the port of smtpd");
    first.split_whitespace().next().and_then(|port| port.parse().ok()).expect("a number")
}

/// The newest letter in a mailbox that holds `count`, once it does.
async fn newest(servers: &Servers, account: &Account, count: usize) -> Letter {
    let since = "2026-01-01T00:00:00Z".parse().expect("a moment");
    let mail = servers.mail();
    let mut fetched = mail.fetch(account, None, since).await.expect("readable");
    while fetched.letters.len() < count {
        assert!(mail.wait(account, fetched.cursor, LONGEST).await.expect("waits"), "nothing comes");
        fetched = mail.fetch(account, None, since).await.expect("readable");
    }
    fetched.letters.pop().expect("a letter")
}

/// Reads the business's mailbox until so many letters are mentions.
async fn heard(world: &World, servers: &Servers, count: usize) {
    let account = servers.account(Security::Plain);
    let _ = newest(servers, &account, count).await;
    world.later().await;
    assert_eq!(world.letters().await.len(), count);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_conversation_with_a_customer_goes_there_and_back() {
    let Some(servers) = Servers::start().await else { return };
    give_a_mailbox(&servers, "clave-de-marta");
    let business = servers.account(Security::Plain);
    let customer =
        Account { user: CUSTOMER.to_owned(), password: "clave-de-marta".to_owned(), ..business.clone() };
    let url = format!("smtp://127.0.0.1:{}", smtp_port(&servers));
    let mut app = TestApp::sqlite_with(|config| {
        config.mail = Some(MailSettings { url, from: "Timón <timon@prueba.example>".to_owned() });
        config.allow_private = vec![format!("127.0.0.1:{}", business.port)];
    })
    .await;
    app.first_run().await;
    let organization = accounts::organizations(&app.context, 1).await.expect("readable")[0].id;
    let (imap, mail) = (super::ImapServer::start("").await, MailSink::start().await);
    let mut world = World { app, imap, mail, organization };

    // She writes.
    let first = letter("1@cliente.test", 5, "", "Llegamos y no había mesa.")
        .replace("marta@cliente.example", CUSTOMER);
    servers.send(CUSTOMER, USER, &first).await;
    let _ = newest(&servers, &business, 1).await;
    let port = business.port.to_string();
    let fields = [
        ("provider", "other"),
        ("address", USER),
        ("password", business.password.as_str()),
        ("host", "127.0.0.1"),
        ("port", &port),
        ("security", "plain"),
        ("plus_address", "on"),
    ];
    world.app.post("/sources/mailbox", &fields).await.is(303).goes_to("/sources/mailbox?done=added");
    world.settle().await;
    let mention = world.letters().await[0];
    world.app.get("/mentions").await.has("Llegamos y no había mesa.");

    // A person answers: it stands in the customer's mailbox, in her conversation.
    let (id, our_id) = world.answer(mention, "reply:1").await;
    let fate = notify::fate(&world.scope(), id).await.expect("readable").expect("there");
    assert_eq!(fate.state, OutgoingState::Accepted, "{fate:?}");
    let answer = newest(&servers, &customer, 1).await;
    assert_eq!(answer.message_id, our_id);
    assert_eq!(answer.in_reply_to.as_deref(), Some("1@cliente.test"));
    assert_eq!((answer.text.as_str(), answer.automatic), ("Lo sentimos, Marta.", false));
    let back_to = answer.reply_to.expect("an address to answer to").email;
    assert!(back_to.starts_with("hola+") && back_to.ends_with("@barx.test"), "{back_to}");

    // She answers from a program that keeps no references: the address alone says where it belongs.
    let second =
        letter("2@cliente.test", 9, "", "Gracias, volveremos.").replace("marta@cliente.example", CUSTOMER);
    servers.send(CUSTOMER, &back_to, &second).await;
    heard(&world, &servers, 2).await;
    let thread = mailbox::thread(&world.scope(), mention).await.expect("readable");
    let texts: Vec<&str> = thread.iter().map(|one| one.text.as_str()).collect();
    assert_eq!(texts, ["Llegamos y no había mesa.", "Gracias, volveremos."]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_invitation_to_nobody_comes_back_and_is_marked() {
    let Some(servers) = Servers::start().await else { return };
    let business = servers.account(Security::Plain);
    let url = format!("smtp://127.0.0.1:{}", smtp_port(&servers));
    let mut app = TestApp::sqlite_with(|config| {
        // Bounces go to who sends; here that is the mailbox that is read.
        config.mail = Some(MailSettings { url, from: format!("Timón <{USER}>") });
        config.allow_private = vec![format!("127.0.0.1:{}", business.port)];
    })
    .await;
    app.first_run().await;
    let organization = accounts::organizations(&app.context, 1).await.expect("readable")[0].id;
    let (imap, mail) = (super::ImapServer::start("").await, MailSink::start().await);
    let mut world = World { app, imap, mail, organization };
    let port = business.port.to_string();
    let fields = [
        ("provider", "other"),
        ("address", USER),
        ("password", business.password.as_str()),
        ("host", "127.0.0.1"),
        ("port", &port),
        ("security", "plain"),
        ("plus_address", "on"),
    ];
    world.app.post("/sources/mailbox", &fields).await.is(303);
    world.settle().await;
    let mut outbox = notify::Outbox::load(&world.app.context, organization).await.expect("loaded");
    let mut batch = foundation::store::Batch::new();
    let unsubscribe =
        Some(notify::Unsubscribe { url: "https://timon.example/baja/abc".to_owned(), mailto: None });
    let letter = notify::Letter {
        kind: domain::NoticeKind::Invitation,
        dedupe_key: "invitation:1".to_owned(),
        to: "nadie@barx.test".to_owned(),
        subject: "¿Qué tal?".to_owned(),
        body: "Viniste el martes.".to_owned(),
        html: None,
        thread: notify::Thread { unsubscribe, ..notify::Thread::default() },
        attachment: None,
        not_before: None,
    };
    let id = outbox.put_letter(&mut batch, &letter);
    world.scope().write(batch).await.expect("written");
    world.settle().await;
    let fate = notify::fate(&world.scope(), id).await.expect("readable").expect("there");
    assert_eq!(fate.state, OutgoingState::Accepted, "{fate:?}");
    let _ = newest(&servers, &business, 1).await;
    world.later().await;
    let fate = notify::fate(&world.scope(), id).await.expect("readable").expect("there");
    assert_eq!((fate.state, fate.answer_key.as_str()), (OutgoingState::Failed, "bounced"));
    // It is nobody's letter, and nobody waits for an answer to it.
    assert!(world.letters().await.is_empty());
}
