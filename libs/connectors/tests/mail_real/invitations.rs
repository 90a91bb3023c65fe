//! Letters that may be refused, through Postfix into a mailbox: what they say is what arrives, and what cannot arrive comes
//! back with our own name on it.

use super::server::{Servers, USER};
use super::{beginning, gather};
use connectors::mail::{Meaning, Security, understand};
use connectors::notify::{
    LetterHtml, Loudness, Note, Outcome, Recipient, Thread, Transports, Unsubscribe, letter_html,
    letter_text, smtp,
};
use std::io::Write as _;
use std::process::{Command, Output, Stdio};

/// Verifies with somebody else's program (Debian: python3-dkim), whose DNS is one line given to it.
const VERIFY: &str = r"
import sys, dkim
record = sys.argv[1].encode()
letter = sys.stdin.buffer.read()
sys.exit(0 if dkim.verify(letter, dnsfunc=lambda name, timeout=5: record) else 1)
";

fn invitation() -> Note {
    let drawn = LetterHtml {
        lang: "es".to_owned(),
        title: "¿Qué tal en Bar X?".to_owned(),
        paragraphs: vec!["Viniste el martes.".to_owned()],
        links: vec![("Contarlo".to_owned(), "https://timon.example/o/abc".to_owned())],
        footer: vec!["Bar X, calle Mayor 1.".to_owned()],
        leave: Some(("No quiero más".to_owned(), "https://timon.example/baja/abc".to_owned())),
    };
    Note {
        id: "0c1f2e3d4a5b".to_owned(),
        subject: "¿Qué tal en Bar X?".to_owned(),
        body: letter_text(&drawn),
        link: None,
        loudness: Loudness::Normal,
        at: "2026-11-26T10:00:00Z".parse().unwrap(),
        thread: Some(Thread {
            reply_to: Some("hola+q@barx.test".to_owned()),
            from_name: Some("Bar X".to_owned()),
            unsubscribe: Some(Unsubscribe {
                url: "https://timon.example/baja/abc".to_owned(),
                mailto: Some("hola+baja@barx.test".to_owned()),
            }),
            ..Thread::default()
        }),
        attachment: None,
        html: Some(letter_html(&drawn)),
    }
}

fn run(program: &str, arguments: &[&str], input: &[u8]) -> Option<Output> {
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().ok()?;
    child.stdin.take().unwrap().write_all(input).unwrap();
    child.wait_with_output().ok()
}

async fn send(relay: smtp::Relay, to: &str) {
    let transports = Transports::new(vec![], Some(relay), None).unwrap();
    let ready = transports.prepare(&Recipient::Mail(to.to_owned()), &invitation()).await;
    let Ok(ready) = ready else { panic!("Postfix takes every address of its own domain") };
    assert!(matches!(ready.deliver().await, Outcome::Accepted(_)));
}

fn relay(servers: &Servers) -> smtp::Relay {
    smtp::Relay::new(&servers.relay_url(), &format!("Timón <{USER}>")).unwrap()
}

#[tokio::test]
async fn an_invitation_arrives_with_both_forms_and_a_signed_way_out() {
    let Some(servers) = Servers::start().await else { return };
    let can_verify = |python: &&str| {
        run(python, &["-c", "import dkim, nacl"], b"").is_some_and(|output| output.status.success())
    };
    let python = ["python3", "/usr/bin/python3"].into_iter().find(can_verify);
    let key = run("openssl", &["genpkey", "-algorithm", "ED25519"], b"");
    let (Some(python), Some(key)) = (python, key) else {
        println!("skipped: needs openssl and python3 with dkim and nacl (Debian: python3-dkim python3-nacl)");
        return;
    };
    let der = run("openssl", &["pkey", "-pubout", "-outform", "DER"], &key.stdout).unwrap().stdout;
    let public = {
        use base64::Engine as _;
        base64::engine::general_purpose::STANDARD.encode(der.get(12..).unwrap())
    };
    let record = format!("v=DKIM1; k=ed25519; p={public}");
    let (mail, account) = (servers.mail(), servers.account(Security::Tls));
    let cursor = beginning(&mail, &account).await;
    let pem = String::from_utf8(key.stdout).unwrap();
    send(relay(&servers).signing("timon", &pem).unwrap(), USER).await;
    let got = gather(&mail, &account, cursor, 1).await;
    let letter = &got.letters[0];
    assert_eq!(letter.message_id, "0c1f2e3d4a5b@barx.test");
    assert_eq!(letter.from.name.as_deref(), Some("Bar X"));
    assert!(letter.automatic && letter.text.contains("Viniste el martes."), "{letter:?}");
    let raw = String::from_utf8(letter.raw.clone()).unwrap();
    let head = raw.split("\r\n\r\n").next().unwrap().replace("\r\n ", " ").replace("\r\n\t", " ");
    for line in [
        "List-Unsubscribe: <https://timon.example/baja/abc>, <mailto:hola%2Bbaja@barx.test?subject=unsubscribe>",
        "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
        "Precedence: bulk",
        "Reply-To: hola+q@barx.test",
    ] {
        assert!(head.lines().any(|l| l == line), "{line}\n{head}");
    }
    let signature = head.lines().find(|line| line.starts_with("DKIM-Signature:")).unwrap();
    for name in ["list-unsubscribe:", "list-unsubscribe-post:"] {
        // Once as it is, and once more so that nobody adds another one.
        assert_eq!(signature.matches(name).count(), 2, "{signature}");
    }
    let verify = |letter: &str| run(python, &["-c", VERIFY, &record], letter.as_bytes()).unwrap();
    let verified = verify(&raw);
    assert!(verified.status.success(), "{}\n{raw}", String::from_utf8_lossy(&verified.stderr));
    assert!(!verify(&raw.replacen("/baja/abc>", "/otra/abc>", 1)).status.success());
    let (plain, drawn) = (raw.find("text/plain").unwrap(), raw.find("text/html").unwrap());
    assert!(plain < drawn);
}

#[tokio::test]
async fn an_invitation_to_nobody_comes_back_with_our_own_name() {
    let Some(servers) = Servers::start().await else { return };
    let (mail, account) = (servers.mail(), servers.account(Security::Tls));
    let cursor = beginning(&mail, &account).await;
    send(relay(&servers), "nadie@barx.test").await;
    let got = gather(&mail, &account, cursor, 1).await;
    let letter = &got.letters[0];
    let Meaning::Bounce(bounce) = understand(letter, &letter.raw, &[USER.to_owned()]) else {
        panic!("{letter:?} is a bounce")
    };
    assert_eq!(bounce.message_id.as_deref(), Some("0c1f2e3d4a5b@barx.test"));
    assert!(bounce.permanent, "{}", bounce.words);
}
