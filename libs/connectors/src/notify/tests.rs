//! Every answer a server can give, from servers of our own on this machine.

mod letters;

use super::*;
use crate::egress::fake::{Act, Fake, answer, ok, redirect};
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpListener;
use tokio::task::JoinSet;

/// What the sink answers at each verb; an empty answer hangs up, `"-"` never answers.
#[derive(Clone, Copy)]
struct Script {
    hello: &'static str,
    mail: &'static str,
    rcpt: &'static str,
    data: &'static str,
    dot: &'static str,
}

const WELL: Script = Script {
    hello: "250 sink",
    mail: "250 ok",
    rcpt: "250 ok",
    data: "354 go on",
    dot: "250 2.0.0 queued as 7",
};

/// A mail server that keeps what it was handed.
struct Sink {
    port: u16,
    letters: Arc<Mutex<Vec<String>>>,
    commands: Arc<Mutex<Vec<String>>>,
    _tasks: JoinSet<()>,
}

impl Sink {
    async fn start(script: Script) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let (letters, commands) = (Arc::default(), Arc::default());
        let (kept, heard) = (Arc::clone(&letters), Arc::clone(&commands));
        let mut tasks = JoinSet::new();
        tasks.spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                // Whatever goes wrong, the client hung up, which is its right.
                let _ = dialogue(stream, script, &kept, &heard).await;
            }
        });
        Self { port, letters, commands, _tasks: tasks }
    }

    fn relay(&self) -> smtp::Relay {
        smtp::Relay::new(&format!("smtp://127.0.0.1:{}", self.port), "Timón <timon@bar.example>").unwrap()
    }

    fn letters(&self) -> Vec<String> {
        self.letters.lock().unwrap().clone()
    }
}

async fn dialogue(
    stream: tokio::net::TcpStream,
    script: Script,
    letters: &Mutex<Vec<String>>,
    commands: &Mutex<Vec<String>>,
) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    stream.write_all(b"220 sink\r\n").await?;
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await? == 0 {
            return Ok(());
        }
        commands.lock().unwrap().push(line.trim_end().to_owned());
        let verb = line.split_whitespace().next().unwrap_or_default().to_ascii_uppercase();
        let said = match verb.as_str() {
            "EHLO" => script.hello,
            "MAIL" => script.mail,
            "RCPT" => script.rcpt,
            "DATA" => script.data,
            _ => "250 bye",
        };
        if said.is_empty() {
            return Ok(());
        }
        if said == "-" {
            std::future::pending::<()>().await;
        }
        stream.write_all(format!("{said}\r\n").as_bytes()).await?;
        if verb == "DATA" && said.starts_with("354") {
            let mut letter = String::new();
            while !letter.ends_with("\r\n.\r\n") {
                if stream.read_line(&mut letter).await? == 0 {
                    return Ok(());
                }
            }
            letters.lock().unwrap().push(letter);
            match script.dot {
                "" => return Ok(()),
                said => stream.write_all(format!("{said}\r\n").as_bytes()).await?,
            }
        }
    }
}

fn note() -> Note {
    Note {
        id: "0192-aa".to_owned(),
        subject: "Ojo: más quejas por el trato".to_owned(),
        body: "Siete en tres días.\n\nAntes eran dos.".to_owned(),
        link: Some("https://timon.example/today".to_owned()),
        loudness: Loudness::Alarm,
        at: "2026-11-26T10:00:00Z".parse().unwrap(),
        thread: None,
        attachment: None,
        html: None,
    }
}

fn mail(address: &str) -> Recipient {
    Recipient::Mail(address.to_owned())
}

async fn send(transports: &Transports, to: &Recipient, note: &Note) -> Outcome {
    match transports.prepare(to, note).await {
        Ok(ready) => ready.deliver().await,
        Err(outcome) => outcome,
    }
}

fn kind(outcome: &Outcome) -> (&'static str, &'static str) {
    match outcome {
        Outcome::Accepted(answer) => ("accepted", answer.key),
        Outcome::Later(answer, _) => ("later", answer.key),
        Outcome::Refused(answer) => ("refused", answer.key),
        Outcome::Unknown(answer) => ("unknown", answer.key),
    }
}

#[tokio::test]
async fn every_answer_of_a_mail_server_is_told_apart() {
    let cases = [
        (WELL, ("accepted", "accepted"), 1),
        (Script { hello: "554 go away", ..WELL }, ("refused", "refused"), 0),
        (Script { hello: "421 busy", ..WELL }, ("later", "later"), 0),
        (Script { mail: "451 not now", ..WELL }, ("later", "later"), 0),
        (Script { mail: "550 not you", ..WELL }, ("refused", "refused"), 0),
        (Script { rcpt: "450 greylisted", ..WELL }, ("later", "later"), 0),
        (Script { rcpt: "550 nobody here", ..WELL }, ("refused", "refused"), 0),
        (Script { rcpt: "", ..WELL }, ("later", "connect"), 0),
        (Script { data: "421 closing", ..WELL }, ("later", "later"), 0),
        (Script { data: "nonsense", ..WELL }, ("later", "connect"), 0),
        (Script { dot: "452 full", ..WELL }, ("later", "later"), 1),
        (Script { dot: "554 spam", ..WELL }, ("refused", "refused"), 1),
        (Script { dot: "", ..WELL }, ("unknown", "broken-off"), 1),
        (Script { dot: "what", ..WELL }, ("unknown", "broken-off"), 1),
    ];
    for (script, wanted, letters) in cases {
        let sink = Sink::start(script).await;
        let transports = Transports::new(vec![], Some(sink.relay()), None).unwrap();
        let outcome = send(&transports, &mail("ana@bar.example"), &note()).await;
        assert_eq!(kind(&outcome), wanted, "{outcome:?}");
        assert_eq!(sink.letters().len(), letters, "{outcome:?}");
    }
}

#[tokio::test]
async fn a_letter_that_was_only_prepared_has_no_effect() {
    let sink = Sink::start(WELL).await;
    let transports = Transports::new(vec![], Some(sink.relay()), None).unwrap();
    let ready = transports.prepare(&mail("ana@bar.example"), &note()).await.map_err(|o| format!("{o:?}"));
    drop(ready.unwrap());
    assert!(matches!(send(&transports, &mail("ana@bar.example"), &note()).await, Outcome::Accepted(_)));
    assert_eq!(sink.letters().len(), 1);
}

#[tokio::test]
async fn a_letter_is_the_same_each_time_and_says_that_nobody_wrote_it() {
    let sink = Sink::start(WELL).await;
    let transports = Transports::new(vec![], Some(sink.relay()), None).unwrap();
    for _ in 0..2 {
        send(&transports, &mail("ana@bar.example"), &note()).await;
    }
    let letters = sink.letters();
    assert_eq!(letters[0], letters[1]);
    for wanted in [
        "Message-ID: <0192-aa@bar.example>",
        "Auto-Submitted: auto-generated",
        "Date: Thu, 26 Nov 2026 10:00:00 +0000",
        "multipart/alternative",
        "https://timon.example/today",
    ] {
        assert!(letters[0].contains(wanted), "{wanted} is not in\n{}", letters[0]);
    }
}

#[tokio::test]
async fn no_text_becomes_a_header_a_command_or_markup() {
    let sink = Sink::start(WELL).await;
    let transports = Transports::new(vec![], Some(sink.relay()), None).unwrap();
    for line_end in ["\r\n", "\n", "\r", "\u{2028}", "\u{85}", "\0"] {
        let hostile = Note {
            id: format!("1{line_end}Bcc: evil@evil.example"),
            subject: format!("Hola{line_end}Bcc: evil@evil.example{line_end}{line_end}Cuerpo"),
            body: format!(
                "uno{line_end}.{line_end}MAIL FROM:<evil@evil.example>{line_end}<script>alert(1)</script>"
            ),
            link: Some(format!("https://a.example/\"><b>{line_end}X-Evil: 1")),
            ..note()
        };
        assert!(matches!(send(&transports, &mail("ana@bar.example"), &hostile).await, Outcome::Accepted(_)));
    }
    for letter in sink.letters() {
        let (head, body) = letter.split_once("\r\n\r\n").unwrap();
        for line in head.lines() {
            let name = line.split(':').next().unwrap().to_ascii_lowercase();
            assert!(line.starts_with(' ') || !matches!(name.as_str(), "bcc" | "x-evil" | "cc"), "{head}");
        }
        let html = body.split("text/html").nth(1).unwrap();
        assert!(!html.contains("<script") && !html.contains("<b>"), "{html}");
        let endings = letter.replace("\r\n", "");
        assert!(!endings.contains('\n') && !endings.contains('\r'), "a lonely line end in\n{letter}");
    }
    let commands = sink.commands.lock().unwrap().clone();
    assert!(!commands.iter().any(|c| c.contains("evil")), "{commands:?}");
    for address in
        ["a@b.example\r\nRCPT TO:<evil@evil.example>", "no address", "", "a@b.example, c@d.example"]
    {
        assert_eq!(
            kind(&send(&transports, &mail(address), &note()).await),
            ("refused", "bad-address"),
            "{address:?}"
        );
    }
}

#[test]
fn a_relay_is_read_or_refused_with_what_to_write() {
    let new = |url: &str| smtp::Relay::new(url, "timon@bar.example");
    for good in [
        "smtps://ana:s%40creta@mail.example",
        "smtp://ana:x@mail.example:2525",
        "smtp://localhost:25",
        "smtp://ana:x@127.0.0.1",
        "smtp://[::1]:25",
        "smtp://10.0.0.5:25?tls=off",
    ] {
        let relay = new(good).unwrap();
        assert!(!format!("{relay:?}").contains("creta"), "{relay:?}");
    }
    for bad in [
        "",
        "mail.example",
        "http://mail.example",
        "smtp://",
        "smtp://a@mail.example",
        "smtp://h?tls=maybe",
        "smtp://h/x",
    ] {
        assert_eq!(new(bad).unwrap_err(), smtp::RelayError::Url, "{bad}");
    }
    assert_eq!(new("smtp://a:b@10.0.0.5?tls=off").unwrap_err(), smtp::RelayError::ClearPassword);
    assert_eq!(smtp::Relay::new("smtp://h", "nobody").unwrap_err(), smtp::RelayError::From);
}

#[tokio::test]
async fn a_password_never_travels_to_a_server_without_encryption() {
    let sink = Sink::start(Script { hello: "250-sink\r\n250 AUTH PLAIN", ..WELL }).await;
    let url = format!("smtp://ana:secreta@127.0.0.1:{}", sink.port);
    let relay = smtp::Relay::new(&url, "t@bar.example").unwrap();
    let transports = Transports::new(vec![], Some(relay.clone().elsewhere()), None).unwrap();
    assert_eq!(kind(&send(&transports, &mail("ana@bar.example"), &note()).await).0, "later");
    assert!(!sink.commands.lock().unwrap().iter().any(|c| c.starts_with("AUTH")));
    let transports = Transports::new(vec![], Some(relay), None).unwrap();
    send(&transports, &mail("ana@bar.example"), &note()).await;
    assert!(sink.commands.lock().unwrap().iter().any(|c| c.starts_with("AUTH PLAIN")));
}

#[tokio::test]
async fn every_answer_of_a_topic_is_told_apart() {
    let fake = Fake::start(|head| {
        let path = crate::egress::fake::path_of(head).to_owned();
        match path.trim_start_matches('/').parse::<u16>() {
            Ok(302) => Act::Say(redirect(302, "http://127.0.0.1:1/inside")),
            Ok(503) => Act::Say(answer(503, "text/plain", "Retry-After: 120\r\n", b"later")),
            Ok(status) => Act::Say(answer(status, "text/plain", "", b"words")),
            Err(_) if path == "/ok" => Act::Say(ok("application/json", "", b"{\"id\":\"x\"}")),
            Err(_) => Act::Say(Vec::new()),
        }
    })
    .await;
    let transports = Transports::new(fake.policy().allow_private, None, None).unwrap();
    for (path, wanted) in [
        ("/ok", ("accepted", "accepted")),
        ("/302", ("refused", "redirect")),
        ("/400", ("refused", "refused")),
        ("/403", ("refused", "forbidden")),
        ("/404", ("refused", "not-found")),
        ("/429", ("later", "later")),
        ("/503", ("later", "later")),
        ("/500", ("unknown", "server-fault")),
        ("/502", ("unknown", "server-fault")),
        ("/hangs-up", ("unknown", "bad-response")),
    ] {
        let outcome = send(&transports, &Recipient::Ntfy(fake.url(path)), &note()).await;
        assert_eq!(kind(&outcome), wanted, "{path}: {outcome:?}");
        if path == "/503" {
            assert!(matches!(outcome, Outcome::Later(_, Some(wait)) if wait == Duration::from_mins(2)));
        }
    }
    let heads = fake.requests();
    assert_eq!(heads.len(), 10, "nothing was sent twice, no redirect was followed");
    for wanted in [
        "POST /ok ",
        "x-sequence-id: 0192-aa",
        "idempotency-key: 0192-aa",
        "priority: 5",
        "click: https://timon.example/today",
        "title: =?UTF-8?Q?Ojo=3A=20m=C3=A1s",
    ] {
        assert!(heads[0].contains(wanted), "{wanted} is not in\n{}", heads[0]);
    }
}

#[tokio::test]
async fn a_topic_on_a_private_network_is_never_called() {
    let canary = Fake::canary().await;
    let transports = Transports::new(vec![], None, None).unwrap();
    for url in [
        canary.url("/topic"),
        format!("http://localhost:{}/topic", canary.port),
        format!("http://0x7f.1:{}/topic", canary.port),
        "http://169.254.169.254/latest".to_owned(),
        "http://[::1]/topic".to_owned(),
        "file:///etc/passwd".to_owned(),
        "http://user:pass@ntfy.example/topic".to_owned(),
        "https://ntfy.example/a\r\nX-Evil: 1".to_owned(),
    ] {
        let outcome = send(&transports, &Recipient::Ntfy(url.clone()), &note()).await;
        assert_eq!(kind(&outcome).0, "refused", "{url}: {outcome:?}");
    }
    assert_eq!(canary.connections(), 0);
    // Nobody at home: surely not delivered.
    let gone = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = gone.local_addr().unwrap().port();
    drop(gone);
    let transports = Transports::new(vec![format!("127.0.0.1:{port}")], None, None).unwrap();
    let outcome = send(&transports, &Recipient::Ntfy(format!("http://127.0.0.1:{port}/t")), &note()).await;
    assert_eq!(kind(&outcome), ("later", "connect"));
}

#[tokio::test]
async fn every_answer_of_telegram_is_told_apart_and_the_token_stays_secret() {
    let said: Arc<Mutex<(u16, &'static str)>> = Arc::new(Mutex::new((200, "")));
    let script = Arc::clone(&said);
    let fake = Fake::start(move |_| {
        let (status, body) = *script.lock().unwrap();
        Act::Say(answer(status, "application/json", "", body.as_bytes()))
    })
    .await;
    let bot = Bot { url: format!("http://127.0.0.1:{}", fake.port), token: "7:hush".to_owned() };
    let transports = Transports::new(fake.policy().allow_private, None, Some(bot)).unwrap();
    for (status, body, wanted, wait) in [
        (200, r#"{"ok":true,"result":{"message_id":4}}"#, ("accepted", "accepted"), None),
        (200, "<html>Wi-Fi sign-in</html>", ("unknown", "server-fault"), None),
        (
            429,
            r#"{"ok":false,"description":"Too Many Requests","parameters":{"retry_after":9}}"#,
            ("later", "later"),
            Some(9),
        ),
        (403, r#"{"ok":false,"description":"bot was blocked by the user"}"#, ("refused", "forbidden"), None),
        (400, r#"{"ok":false,"description":"chat not found"}"#, ("refused", "refused"), None),
        (502, "", ("unknown", "server-fault"), None),
    ] {
        *said.lock().unwrap() = (status, body);
        let outcome = send(&transports, &Recipient::Telegram("123".to_owned()), &note()).await;
        assert_eq!(kind(&outcome), wanted, "{outcome:?}");
        assert!(!format!("{outcome:?}").contains("hush"));
        if let Some(wait) = wait {
            assert!(matches!(outcome, Outcome::Later(_, Some(asked)) if asked == Duration::from_secs(wait)));
        }
    }
    assert!(fake.requests()[0].contains("POST /bot7:hush/sendMessage"));
}

#[test]
fn long_texts_are_cut_where_the_receiver_would_refuse_them() {
    let long = Note { body: "ñandú 🦤 ".repeat(2_000), subject: "á".repeat(5_000), ..note() };
    let request = ntfy::request("https://ntfy.example/t", &long);
    assert!(request.body.len() <= 3_900 && request.body.ends_with('…'));
    let bot = Bot { url: String::new(), token: String::new() };
    let body: serde_json::Value = serde_json::from_str(&telegram::request(&bot, "1", &long).body).unwrap();
    let text = body["text"].as_str().unwrap();
    assert!(text.encode_utf16().count() <= 4_096 && text.ends_with("https://timon.example/today"));
    assert_eq!(one_line(" a\r\n b\u{2028}c\u{0}d ", 10), "a b c d");
}
