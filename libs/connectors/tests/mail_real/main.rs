//! The mail client against the mail servers that the world runs: Postfix takes a letter, Dovecot keeps it, we read it.

#![allow(clippy::unwrap_used, reason = "a test says what it expects by failing")]

mod invitations;
mod server;

use connectors::mail::{Account, Cursor, Fetched, Mail, MailError, Meaning, Security, understand};
use jiff::Timestamp;
use server::{NAME, OTHER_NAME, Servers, USER};
use std::os::unix::fs::PermissionsExt;
use std::time::Duration;

/// Longest wait for something that comes within a second.
const LONGEST: Duration = Duration::from_mins(1);

fn since() -> Timestamp {
    "2026-01-01T00:00:00Z".parse().unwrap()
}

/// Where the mailbox begins: behind what is there now.
async fn beginning(mail: &Mail, account: &Account) -> Cursor {
    let got = mail.fetch(account, None, since()).await.unwrap();
    assert!(got.letters.is_empty());
    got.cursor
}

/// Waits for letters and fetches them until there are as many.
async fn gather(mail: &Mail, account: &Account, mut cursor: Cursor, count: usize) -> Fetched {
    let mut all = Vec::new();
    while all.len() < count {
        assert!(mail.wait(account, cursor, LONGEST).await.unwrap(), "{} of {count} came", all.len());
        let got = mail.fetch(account, Some(cursor), since()).await.unwrap();
        cursor = got.cursor;
        all.extend(got.letters);
    }
    Fetched { cursor, letters: all, more: false, skipped: 0 }
}

#[tokio::test]
async fn a_letter_goes_through_postfix_and_dovecot_and_is_pushed() {
    let Some(servers) = Servers::start().await else { return };
    let mail = servers.mail();
    let account = servers.account(Security::Tls);
    let state = mail.check(&account).await.unwrap();
    assert!(state.pushes && state.letters == 0);
    let cursor = beginning(&mail, &account).await;
    let letter = "From: =?utf-8?q?Ana_Mu=C3=B1oz?= <ana@cliente.test>\nTo: <hola+01JABC@barx.test>\nSubject: =?utf-8?b?wr9BYnLDrXMgaG95Pw==?=\nMessage-ID: <q1@cliente.test>\nIn-Reply-To: <reply-7@barx.test>\nReferences: <a@barx.test> <reply-7@barx.test>\nMIME-Version: 1.0\nContent-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n\nMa=F1ana vamos.\n\nEl lun, 3 mar 2025 a las 10:22, Bar X (<hola@barx.test>) escribi=F3:\n> Hola\n";
    // The push is heard while waiting, not found by looking: IDLE stands before the letter leaves.
    let waiting = mail.wait(&account, cursor, LONGEST);
    let sending = servers.send("ana@cliente.test", "hola+01JABC@barx.test", letter);
    let (news, ()) = tokio::join!(waiting, sending);
    assert_eq!(news, Ok(true));
    let got = mail.fetch(&account, Some(cursor), since()).await.unwrap();
    let [letter] = got.letters.as_slice() else { panic!("{} letters", got.letters.len()) };
    assert_eq!(letter.from.name.as_deref(), Some("Ana Muñoz"));
    assert_eq!(letter.subject, "¿Abrís hoy?");
    assert_eq!(letter.text, "Mañana vamos.");
    assert_eq!(letter.plus_token.as_deref(), Some("01JABC"));
    assert_eq!(letter.in_reply_to.as_deref(), Some("reply-7@barx.test"));
    assert_eq!(letter.references, ["a@barx.test", "reply-7@barx.test"]);
    assert_eq!(letter.to.first().map(String::as_str), Some("hola+01jabc@barx.test"), "Delivered-To");
    assert_eq!(understand(letter, &letter.raw, &[USER.to_owned()]), Meaning::Letter);
    // Nothing was marked as read.
    let unseen = servers.doveadm(&["mailbox", "status", "-u", USER, "unseen", "INBOX"]);
    assert!(String::from_utf8_lossy(&unseen.stdout).contains("unseen=1"));
}

#[tokio::test]
async fn encryption_holds_only_with_the_right_certificate() {
    let Some(servers) = Servers::start().await else { return };
    let mail = servers.mail();
    for security in [Security::Tls, Security::StartTls] {
        let good = servers.account(security);
        mail.check(&good).await.unwrap();
        let distrusted = servers.distrustful_mail().check(&good).await;
        assert_eq!(distrusted, Err(MailError::Tls { host: NAME.to_owned() }), "a made-up authority");
        let other = Account { host: OTHER_NAME.to_owned(), ..good.clone() };
        let named = mail.check(&other).await;
        assert_eq!(named, Err(MailError::Tls { host: OTHER_NAME.to_owned() }), "another's certificate");
        let wrong = Account { password: "otra".to_owned(), ..good.clone() };
        assert_eq!(mail.check(&wrong).await.map_err(|error| error.key()), Err("sign-in"));
        let nowhere = Account { folder: "No está".to_owned(), ..good };
        assert_eq!(mail.check(&nowhere).await.map_err(|error| error.key()), Err("folder"));
    }
    // Dovecot lets this machine in without encryption; for others it would not.
    mail.check(&servers.account(Security::Plain)).await.unwrap();
}

#[tokio::test]
async fn a_recreated_folder_is_read_again_and_its_letters_keep_their_names() {
    let Some(servers) = Servers::start().await else { return };
    let mail = servers.mail();
    let account = Account { folder: "Reseñas".to_owned(), ..servers.account(Security::Tls) };
    let mut readings = Vec::new();
    for _ in 0..2 {
        servers.doveadm(&["mailbox", "create", "-u", USER, "Reseñas"]);
        for number in 1..=3 {
            // One has no name of its own.
            let name = if number == 2 { String::new() } else { format!("Message-ID: <{number}@x.test>\n") };
            let letter = format!("From: ana@cliente.test\n{name}Subject: Carta {number}\n\nHola {number}\n");
            let file = tempfile::NamedTempFile::new().unwrap();
            std::fs::write(file.path(), letter).unwrap();
            // Dovecot reads it as nobody.
            std::fs::set_permissions(file.path(), std::fs::Permissions::from_mode(0o644)).unwrap();
            let path = file.path().to_str().unwrap().to_owned();
            servers.doveadm(&["save", "-u", USER, "-m", "Reseñas", &path]);
        }
        let before: Option<&Fetched> = readings.last();
        let got = mail.fetch(&account, before.map(|got| got.cursor), since()).await.unwrap();
        servers.doveadm(&["mailbox", "delete", "-u", USER, "Reseñas"]);
        readings.push(got);
    }
    let names =
        |got: &Fetched| got.letters.iter().map(|letter| letter.message_id.clone()).collect::<Vec<_>>();
    assert_ne!(readings[0].cursor.uid_validity, readings[1].cursor.uid_validity);
    assert_eq!(names(&readings[0]).len(), 3);
    assert_eq!(names(&readings[0]), names(&readings[1]));
}

#[tokio::test]
async fn a_server_that_dies_while_waiting_is_noticed_and_found_again() {
    let Some(servers) = Servers::start().await else { return };
    let mail = servers.mail();
    let account = servers.account(Security::Tls);
    let cursor = beginning(&mail, &account).await;
    let waiting = mail.wait(&account, cursor, LONGEST);
    let killing = async {
        // IDLE is shown by the process that serves it; by then the waiting has begun.
        let mut looks = tokio::time::interval(Duration::from_millis(50));
        loop {
            looks.tick().await;
            let who = servers.doveadm(&["who", "-1"]);
            if String::from_utf8_lossy(&who.stdout).contains(USER) {
                break;
            }
        }
        servers.kill_dovecot();
    };
    let (news, ()) = tokio::join!(waiting, killing);
    let error = news.expect_err("the connection is gone");
    assert!(error.is_temporary(), "{error:?}");
    servers.start_dovecot().await;
    servers.send("ana@cliente.test", USER, "From: ana@cliente.test\nSubject: Otra vez\n\nHola\n").await;
    let got = gather(&mail, &account, cursor, 1).await;
    assert_eq!(got.letters[0].subject, "Otra vez");
}

#[tokio::test]
async fn two_hundred_letters_come_each_once_and_in_order() {
    let Some(servers) = Servers::start().await else { return };
    let mail = servers.mail();
    let account = servers.account(Security::StartTls);
    let cursor = beginning(&mail, &account).await;
    for number in 0..200 {
        let letter =
            format!("From: ana@cliente.test\nSubject: {number:03}\nMessage-ID: <{number}@x.test>\n\nHola\n");
        servers.send("ana@cliente.test", USER, &letter).await;
    }
    let got = gather(&mail, &account, cursor, 200).await;
    let uids: Vec<u32> = got.letters.iter().map(|letter| letter.uid).collect();
    assert!(uids.windows(2).all(|pair| pair[0] < pair[1]), "{uids:?}");
    let mut subjects: Vec<String> = got.letters.into_iter().map(|letter| letter.subject).collect();
    subjects.sort();
    assert_eq!(subjects, (0..200).map(|number| format!("{number:03}")).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_bounce_of_postfix_itself_is_understood() {
    let Some(servers) = Servers::start().await else { return };
    let mail = servers.mail();
    let account = servers.account(Security::Tls);
    let cursor = beginning(&mail, &account).await;
    let letter = "From: hola@barx.test\nTo: nadie@barx.test\nSubject: Respuesta\nMessage-ID: <reply-9@barx.test>\n\nHola\n";
    servers.send(USER, "nadie@barx.test", letter).await;
    let got = gather(&mail, &account, cursor, 1).await;
    let letter = &got.letters[0];
    assert!(letter.automatic);
    let Meaning::Bounce(bounce) = understand(letter, &letter.raw, &[USER.to_owned()]) else {
        panic!("{letter:?} is a bounce")
    };
    assert_eq!(bounce.message_id.as_deref(), Some("reply-9@barx.test"));
    assert_eq!(bounce.recipient.as_deref(), Some("nadie@barx.test"));
    assert!(bounce.permanent && bounce.words.contains("550"), "{}", bounce.words);
}
