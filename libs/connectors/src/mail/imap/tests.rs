//! The client against a well-behaved server and against hostile ones.

use super::fake::{Fake, Folder, Say, letter};
use super::*;
use std::sync::atomic::{AtomicUsize, Ordering};

fn account(port: u16, security: Security) -> Account {
    Account {
        host: "127.0.0.1".to_owned(),
        port,
        security,
        user: "hola@barx.test".to_owned(),
        password: "s3cr3t-ñ\"\\".to_owned(),
        folder: "INBOX".to_owned(),
    }
}

fn mail(port: u16) -> Mail {
    Mail::new(vec![format!("127.0.0.1:{port}")], None).unwrap()
}

fn since() -> Timestamp {
    "2026-03-10T00:00:00Z".parse().unwrap()
}

async fn fetched(fake: &Fake, cursor: Option<Cursor>) -> Result<Fetched, MailError> {
    mail(fake.port).fetch(&account(fake.port, Security::Plain), cursor, since()).await
}

#[expect(clippy::unnecessary_wraps, reason = "what a bend gives")]
fn say(text: &str) -> Option<Say> {
    Some(Say::Instead(text.as_bytes().to_vec()))
}

#[tokio::test]
async fn letters_come_in_order_fifty_at_a_time_and_each_once() {
    let fake = Fake::good(Folder::with(120)).await;
    let mut cursor = None;
    let mut seen = Vec::new();
    for (count, more) in [(50, true), (50, true), (20, false), (0, false)] {
        let got = fetched(&fake, cursor).await.unwrap();
        assert_eq!((got.letters.len(), got.more, got.skipped), (count, more, 0));
        seen.extend(got.letters.iter().map(|letter| letter.uid));
        cursor = Some(got.cursor);
    }
    assert_eq!(seen, (1..=120).collect::<Vec<u32>>());
    assert_eq!(cursor, Some(Cursor { uid_validity: 7, last_uid: 120 }));
}

#[tokio::test]
async fn nothing_is_marked_as_read_and_the_day_before_is_asked_for() {
    let fake = Fake::good(Folder::with(2)).await;
    fetched(&fake, None).await.unwrap();
    let heard = fake.heard();
    assert!(heard.iter().any(|line| line == "UID SEARCH SINCE 9-Mar-2026"), "{heard:?}");
    for line in &heard {
        assert!(!line.contains("SELECT") && !line.contains("STORE"), "{line}");
        assert!(!line.contains("BODY[") && !line.contains("RFC822)"), "{line}");
    }
}

#[tokio::test]
async fn an_empty_folder_begins_behind_what_is_there() {
    let mut folder = Folder::with(9);
    folder.letters.clear();
    let fake = Fake::start(folder, |command| match command {
        "EXAMINE \"INBOX\"" => {
            say("* 4 EXISTS\r\n* OK [UIDVALIDITY 7] x\r\n* OK [UIDNEXT 10] x\r\nTAG OK done\r\n")
        }
        _ => None,
    })
    .await;
    let got = fetched(&fake, None).await.unwrap();
    assert_eq!(got.cursor, Cursor { uid_validity: 7, last_uid: 9 });
    assert!(got.letters.is_empty() && !got.more);
}

#[tokio::test]
async fn a_folders_new_life_is_read_from_the_beginning() {
    let fake = Fake::good(Folder::with(3)).await;
    let old = Cursor { uid_validity: 6, last_uid: 900 };
    let got = fetched(&fake, Some(old)).await.unwrap();
    assert_eq!(got.letters.len(), 3);
    assert_eq!(got.cursor, Cursor { uid_validity: 7, last_uid: 3 });
    let again =
        mail(fake.port).wait(&account(fake.port, Security::Plain), old, Duration::from_secs(30)).await;
    assert_eq!(again, Ok(true), "there is something to read");
}

#[tokio::test]
async fn of_a_letter_that_is_too_large_only_the_head_comes() {
    let mut folder = Folder::with(3);
    let mut large = letter(2);
    large.resize(6 * 1024 * 1024, b'x');
    // A server that tells the truth about the size, and one that does not.
    for told in [large.len(), 10] {
        folder.letters[1] = (2, told, large.clone());
        let fake = Fake::good(folder.clone()).await;
        let got = fetched(&fake, None).await.unwrap();
        assert_eq!(got.skipped, 1);
        let subjects: Vec<&str> = got.letters.iter().map(|letter| letter.subject.as_str()).collect();
        assert_eq!(subjects, ["Carta 1", "Carta 2", "Carta 3"], "{told}");
        let two = &got.letters[1];
        assert!(two.text.is_empty() && two.raw.len() < 1_000, "{told}");
        assert_eq!(two.message_id, "2@cliente.test");
    }
}

#[tokio::test]
async fn twenty_five_megabytes_are_enough_for_one_turn() {
    let mut folder = Folder::with(8);
    for (_, size, raw) in &mut folder.letters {
        raw.resize(4 * 1024 * 1024, b'x');
        *size = raw.len();
    }
    let fake = Fake::good(folder).await;
    let got = mail(fake.port).fetch(&account(fake.port, Security::Plain), None, since()).await.unwrap();
    let bytes: usize = got.letters.iter().map(|letter| letter.raw.len()).sum();
    assert_eq!((got.letters.len(), got.more, got.cursor.last_uid), (6, true, 6));
    assert!(bytes <= super::super::FETCH_BYTES_MAX);
}

#[tokio::test]
async fn a_letter_nobody_can_read_hides_no_other() {
    let mut folder = Folder::with(3);
    let inner = "Content-Type: message/rfc822\r\n\r\n".repeat(500);
    let deep = format!("Subject: Matrioska\r\nFrom: a@b.test\r\n{inner}").into_bytes();
    folder.letters[1] = (2, deep.len(), deep);
    let fake = Fake::good(folder).await;
    let got = fetched(&fake, None).await.unwrap();
    assert_eq!((got.letters.len(), got.skipped, got.cursor.last_uid), (3, 1, 3));
    assert_eq!(got.letters[1].subject, "Matrioska");
}

#[tokio::test]
async fn a_letter_the_server_refuses_hides_no_other() {
    for (refused, subject) in [("UID FETCH 2 (UID BODY.PEEK[]", "Carta 2"), ("UID FETCH 2 (UID BODY", "")] {
        let fake = Fake::start(Folder::with(3), move |command| {
            say_if(command.starts_with(refused), "TAG NO [SERVERBUG] damaged\r\n")
        })
        .await;
        let got = fetched(&fake, None).await.unwrap();
        assert_eq!((got.letters.len(), got.skipped, got.cursor.last_uid), (3, 1, 3));
        assert_eq!(got.letters[1].subject, subject);
        assert!(!got.letters[1].message_id.is_empty());
    }
}

#[tokio::test]
async fn what_came_before_a_trouble_is_kept() {
    let fake = Fake::start(Folder::with(5), |command| {
        command
            .starts_with("UID FETCH 3 (UID BODY")
            .then(|| Say::Last(b"* 3 FETCH (UID 3 BODY[] {400}\r\nHalf".to_vec()))
    })
    .await;
    let got = fetched(&fake, None).await.unwrap();
    assert_eq!((got.letters.len(), got.more, got.cursor.last_uid), (2, true, 2));
    assert_eq!(fetched(&fake, Some(got.cursor)).await, Err(MailError::Lost));
}

#[tokio::test]
async fn a_server_that_promises_letters_and_never_gives_them_is_not_asked_for_ever() {
    let fake = Fake::start(Folder::with(1), |command| {
        command
            .starts_with("UID SEARCH")
            .then(|| Say::Instead(b"* SEARCH 0 41 42 4294967296 -1 42 99999999999\r\nTAG OK x\r\n".to_vec()))
            .or_else(|| {
                say_if(command.starts_with("UID FETCH"), "* 1 FETCH (UID 77 RFC822.SIZE 5)\r\nTAG OK x\r\n")
            })
    })
    .await;
    let got = fetched(&fake, None).await.unwrap();
    assert!(got.letters.is_empty() && !got.more);
}

fn say_if(is: bool, text: &str) -> Option<Say> {
    if is { say(text) } else { None }
}

type Case = (&'static str, &'static str, &'static str, Say);

/// A name, the beginning of the command that is bent, the key that must come out, and what the server says.
fn hostile() -> Vec<Case> {
    let instead = |text: &str| Say::Instead(text.as_bytes().to_vec());
    let last = |text: &str| Say::Last(text.as_bytes().to_vec());
    let stall = |text: &str| Say::Stall(text.as_bytes().to_vec());
    let body = "UID FETCH 1 (UID BODY";
    vec![
        ("another protocol", "GREETING", "protocol", instead("HTTP/1.1 400 Bad Request\r\n\r\n")),
        ("goodbye at the door", "GREETING", "bye", last("* BYE too many\r\n")),
        ("lets in without a sign-in", "GREETING", "protocol", instead("* PREAUTH welcome\r\n")),
        ("no line's end", "GREETING", "too-large", Say::Endless(b"* OK ".to_vec(), vec![b'x'; 60_000])),
        ("silence", "GREETING", "timeout", stall("")),
        ("half a greeting", "GREETING", "timeout", stall("* O")),
        ("hangs up", "GREETING", "lost", last("")),
        ("no bytes of text", "GREETING", "protocol", Say::Instead(vec![0xff, 0xfe, 0, b'\r', b'\n'])),
        ("cannot do anything", "CAPABILITY", "protocol", instead("TAG OK\r\n")),
        ("another's tag", "CAPABILITY", "protocol", instead("t999 OK done\r\n")),
        (
            "answers without end",
            "CAPABILITY",
            "too-large",
            Say::Endless(vec![], b"* OK still here\r\n".repeat(100)),
        ),
        ("wrong password", "AUTHENTICATE", "sign-in", instead("TAG NO [AUTHENTICATIONFAILED] no\r\n")),
        ("wordless no", "AUTHENTICATE", "sign-in", instead("TAG NO\r\n")),
        ("goodbye at the sign-in", "AUTHENTICATE", "bye", last("* BYE\r\n")),
        ("no such folder", "EXAMINE", "folder", instead("TAG NO [NONEXISTENT] no such folder\r\n")),
        ("a folder without a life", "EXAMINE", "protocol", instead("* 1 EXISTS\r\nTAG OK x\r\n")),
        (
            "numbers without end",
            "UID SEARCH",
            "too-large",
            Say::Endless(b"* SEARCH".to_vec(), b" 123456789".repeat(5_000)),
        ),
        ("no search", "UID SEARCH", "refused", instead("TAG BAD what?\r\n")),
        ("refuses the letters", "UID FETCH", "refused", instead("TAG NO not now\r\n")),
        ("a literal of ten gigabytes", body, "too-large", stall("* 1 FETCH (UID 1 BODY[] {9999999999}\r\n")),
        (
            "a literal beyond numbers",
            body,
            "too-large",
            stall("* 1 FETCH (BODY[] {99999999999999999999999999}\r\n"),
        ),
        ("a literal over the limit", body, "too-large", stall("* 1 FETCH (UID 1 BODY[] {5800000}\r\n")),
        ("a literal that never ends", body, "lost", last("* 1 FETCH (UID 1 BODY[] {4000}\r\nFrom: a")),
        ("goodbye in a letter", body, "bye", instead("* BYE shutting down\r\n")),
        ("a letter drop by drop", body, "timeout", stall("* 1 FETCH (UID 1 BODY[] {10}\r\n12345")),
        (
            "a thousand literals",
            body,
            "too-large",
            Say::Endless(b"* 1 FETCH (".to_vec(), b"X {1}\r\ny ".to_vec()),
        ),
        ("pushes without end", body, "too-large", Say::Endless(vec![], b"* 9 EXISTS\r\n".repeat(50))),
    ]
}

#[tokio::test]
async fn hostile_servers_end_in_a_clear_error() {
    for (name, at, key, say) in hostile() {
        let fake =
            Fake::start(Folder::with(1), move |command| command.starts_with(at).then(|| say.clone())).await;
        let mail = mail(fake.port);
        // Only where silence is the answer is it worth not to wait: a busy machine is silent too.
        let mail = if key == "timeout" { mail.impatient() } else { mail };
        let got = mail.fetch(&account(fake.port, Security::Plain), None, since()).await;
        let error = got.expect_err(name);
        assert_eq!(error.key(), key, "{name}: {error:?}");
        assert!(!error.to_string().contains("s3cr3t"), "{name}");
    }
}

#[tokio::test]
async fn odd_servers_are_understood() {
    let letter = "From: a@b.test\r\nSubject: Rara\r\n\r\nHola";
    let odd = format!(
        "* 1 EXPUNGE\r\n* 5 RECENT\r\n* 1 FETCH (FLAGS (\\Seen))\r\n* 1 fetch (Flags (()) Body[] {{{}}}\r\n{letter} uid 1 X-THING (1 (2)))\nTAG OK x\n",
        letter.len()
    );
    let deep = format!("* 1 FETCH (BODYSTRUCTURE {})\r\nTAG OK x\r\n", "(".repeat(100_000));
    for (text, letters) in [(odd, 1), (deep, 0)] {
        let fake = Fake::start(Folder::with(1), move |command| {
            say_if(command.starts_with("UID FETCH 1 (UID BODY"), &text)
        })
        .await;
        assert_eq!(fetched(&fake, None).await.unwrap().letters.len(), letters);
    }
}

#[tokio::test]
async fn passwords_travel_as_the_server_can_take_them() {
    for (capabilities, said) in [
        ("IMAP4rev1", "LOGIN \"hola@barx.test\" \"s3cr3t-ñ\\\"\\\\\""),
        ("IMAP4rev1 AUTH=PLAIN SASL-IR", "AUTHENTICATE PLAIN AGhvbGFAYmFyeC50ZXN0AHMzY3IzdC3DsSJc"),
        ("IMAP4rev1 AUTH=PLAIN", "AGhvbGFAYmFyeC50ZXN0AHMzY3IzdC3DsSJc"),
    ] {
        let folder = Folder { capabilities, ..Folder::with(1) };
        let fake = Fake::start(folder, |command| say_if(command == "AUTHENTICATE PLAIN", "+\r\n")).await;
        let state = mail(fake.port).check(&account(fake.port, Security::Plain)).await.unwrap();
        assert_eq!(state, FolderState { uid_validity: 7, letters: 1, pushes: false });
        assert!(fake.heard().iter().any(|line| line == said), "{:?}", fake.heard());
    }
    let folder = Folder { capabilities: "IMAP4rev1 LOGINDISABLED", ..Folder::with(1) };
    let fake = Fake::good(folder).await;
    assert_eq!(fetched(&fake, None).await.map_err(|error| error.key()), Err("sign-in"));
    assert!(!fake.heard().iter().any(|line| line.contains("LOGIN ")));
}

#[tokio::test]
async fn what_would_be_a_line_of_its_own_is_not_said() {
    let fake = Fake::good(Folder::with(1)).await;
    let good = account(fake.port, Security::Plain);
    for bad in [
        Account { user: "a\r\nt9 DELETE INBOX".to_owned(), ..good.clone() },
        Account { password: "a\0b".to_owned(), ..good.clone() },
        Account { folder: "INBOX\r\n".to_owned(), ..good.clone() },
        Account { folder: String::new(), ..good.clone() },
    ] {
        assert_eq!(mail(fake.port).check(&bad).await, Err(MailError::BadText));
    }
    assert!(!format!("{good:?}").contains("s3cr3t"));
}

#[tokio::test]
async fn encryption_is_never_given_up() {
    let offers = "* CAPABILITY IMAP4rev1 STARTTLS AUTH=PLAIN\r\nTAG OK x\r\n";
    for (name, capability, starttls, key) in [
        ("not offered", "* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\nTAG OK x\r\n", "TAG OK x\r\n", "no-starttls"),
        ("refused", offers, "TAG NO x\r\n", "no-starttls"),
        ("words smuggled in", offers, "TAG OK x\r\n* PREAUTH hello\r\nt2 OK in\r\n", "protocol"),
        ("no encryption after all", offers, "TAG OK x\r\n", "tls"),
    ] {
        let fake = Fake::start(Folder::with(1), move |command| match command {
            "CAPABILITY" => say(capability),
            "STARTTLS" => say(starttls),
            "GREETING" => None,
            _ => Some(Say::Last(b"* BAD plain words\r\n".to_vec())),
        })
        .await;
        let error = mail(fake.port).check(&account(fake.port, Security::StartTls)).await.expect_err(name);
        assert_eq!(error.key(), key, "{name}");
        let said = fake.heard().join("\n");
        assert!(!said.contains("AUTH") && !said.contains("LOGIN"), "{name}: {said}");
    }
    let fake = Fake::good(Folder::with(1)).await;
    let error = mail(fake.port).check(&account(fake.port, Security::Tls)).await.unwrap_err();
    assert_eq!(error.key(), "tls", "a server that speaks plainly where TLS is expected");
}

#[tokio::test]
async fn only_permitted_hosts_are_connected_to() {
    let fake = Fake::good(Folder::with(1)).await;
    let nothing_listed = Mail::new(vec![], None).unwrap();
    let listed = mail(fake.port);
    let host = |host: &str, port: u16, security| Account {
        host: host.to_owned(),
        port,
        security,
        ..account(port, security)
    };
    for (mail, account, key) in [
        (&nothing_listed, host("127.0.0.1", fake.port, Security::Plain), "not-encrypted"),
        (&nothing_listed, host("127.0.0.1", 993, Security::Tls), "private-address"),
        (&nothing_listed, host("localhost", 993, Security::Tls), "private-address"),
        (&nothing_listed, host("2130706433", 993, Security::Tls), "private-address"),
        (&nothing_listed, host("169.254.169.254", 993, Security::Tls), "private-address"),
        (&nothing_listed, host("::1", 993, Security::Tls), "private-address"),
        (&nothing_listed, host("[::ffff:127.0.0.1]", 993, Security::Tls), "private-address"),
        (&nothing_listed, host("nas", 993, Security::Tls), "private-address"),
        (&nothing_listed, host("imap.example.org", 22, Security::Tls), "bad-host"),
        (&nothing_listed, host("imap.example.org", 0, Security::Tls), "bad-host"),
        (&nothing_listed, host("", 993, Security::Tls), "bad-host"),
        (&nothing_listed, host("127.0.0.1/x", 993, Security::Tls), "bad-host"),
        (&nothing_listed, host("a@127.0.0.1", 993, Security::Tls), "bad-host"),
        (&nothing_listed, host("127.0.0.1:25", 993, Security::Tls), "bad-host"),
        (&listed, host("127.0.0.1", 993, Security::Plain), "not-encrypted"),
        (&listed, host("imap.example.org", 143, Security::Plain), "not-encrypted"),
    ] {
        let error = mail.check(&account).await.unwrap_err();
        assert_eq!(error.key(), key, "{}:{}", account.host, account.port);
    }
    assert!(fake.heard().is_empty(), "nobody was called");
}

#[tokio::test]
async fn a_name_that_turns_to_the_inside_is_not_connected_to() {
    struct Inside;
    impl Lookup for Inside {
        fn lookup(&self, _: &str) -> crate::egress::Addresses {
            Box::pin(async { Ok(vec!["93.184.216.34".parse().unwrap(), [127, 0, 0, 1].into()]) })
        }
    }
    let mail = Mail::with_lookup(vec![], None, Arc::new(Inside)).unwrap();
    let account = Account { host: "imap.example.org".to_owned(), ..account(993, Security::Tls) };
    assert_eq!(mail.check(&account).await.unwrap_err().key(), "private-address");
}

#[tokio::test]
async fn waiting_ends_with_a_push_and_looks_by_itself_where_there_is_none() {
    for capabilities in ["IMAP4rev1 IDLE AUTH=PLAIN SASL-IR", "IMAP4rev1 AUTH=PLAIN SASL-IR"] {
        let looks = Arc::new(AtomicUsize::new(0));
        let seen = Arc::clone(&looks);
        let fake = Fake::start(Folder { capabilities, ..Folder::with(2) }, move |command| match command {
            // The third letter is there from the second look on.
            "UID SEARCH UID 3:*" if seen.fetch_add(1, Ordering::SeqCst) > 0 => {
                say("* SEARCH 3\r\nTAG OK x\r\n")
            }
            "IDLE" => say("+ idling\r\n* OK Still here\r\n* 3 EXISTS\r\n"),
            _ => None,
        })
        .await;
        let mail = mail(fake.port).with_turns(Duration::from_mins(1), Duration::from_millis(5));
        let cursor = Cursor { uid_validity: 7, last_uid: 2 };
        let news = mail.wait(&account(fake.port, Security::Plain), cursor, Duration::from_mins(1)).await;
        assert_eq!(news, Ok(true), "{capabilities}");
        assert_eq!(fake.heard().contains(&"DONE".to_owned()), capabilities.contains("IDLE"));
    }
}

#[tokio::test]
async fn waiting_begins_again_until_there_is_something() {
    let turns = Arc::new(AtomicUsize::new(0));
    let begun = Arc::clone(&turns);
    let fake = Fake::start(Folder::with(2), move |command| match command {
        "IDLE" => {
            begun.fetch_add(1, Ordering::SeqCst);
            None
        }
        // Found by looking between two turns: nothing was pushed.
        "UID SEARCH UID 3:*" if begun.load(Ordering::SeqCst) >= 3 => say("* SEARCH 3\r\nTAG OK x\r\n"),
        _ => None,
    })
    .await;
    let mail = mail(fake.port).with_turns(Duration::from_millis(20), Duration::from_millis(5));
    let cursor = Cursor { uid_validity: 7, last_uid: 2 };
    let news = mail.wait(&account(fake.port, Security::Plain), cursor, Duration::from_mins(1)).await;
    assert_eq!(news, Ok(true));
    assert_eq!(fake.heard().iter().filter(|line| *line == "DONE").count(), 3);
}

#[tokio::test]
async fn waiting_for_nothing_ends() {
    let fake = Fake::good(Folder::with(2)).await;
    let cursor = Cursor { uid_validity: 7, last_uid: 2 };
    let waiting = mail(fake.port);
    let news = waiting.wait(&account(fake.port, Security::Plain), cursor, Duration::from_millis(100)).await;
    assert_eq!(news, Ok(false));
}

#[tokio::test]
async fn waiting_notices_what_is_wrong() {
    for (name, idle, done, key) in [
        ("no wordless panic", "TAG BAD\r\n", "", "refused"),
        ("ends by itself", "+ idling\r\nTAG OK x\r\n", "", "protocol"),
        ("goodbye", "+ idling\r\n* BYE restart\r\n", "", "bye"),
        ("dead connection", "+ idling\r\n", "* OK\r\n", "timeout"),
    ] {
        let fake = Fake::start(Folder::with(2), move |command| match command {
            "IDLE" => say(idle),
            "DONE" => say(done),
            _ => None,
        })
        .await;
        let mail =
            mail(fake.port).impatient().with_turns(Duration::from_millis(20), Duration::from_millis(5));
        let cursor = Cursor { uid_validity: 7, last_uid: 2 };
        let error = mail.wait(&account(fake.port, Security::Plain), cursor, Duration::from_mins(1)).await;
        assert_eq!(error.map_err(|error| error.key()), Err(key), "{name}");
    }
}
