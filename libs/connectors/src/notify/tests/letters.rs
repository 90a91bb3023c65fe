//! Letters of a person's: their thread, their file, their signature.

use super::*;

fn reply(thread: Thread) -> Note {
    Note { link: None, thread: Some(thread), ..note() }
}

async fn sent(note: &Note) -> String {
    let sink = Sink::start(WELL).await;
    let transports = Transports::new(vec![], Some(sink.relay()), None).unwrap();
    assert_eq!(kind(&send(&transports, &mail("ana@bar.example"), note).await).0, "accepted");
    sink.letters().remove(0)
}

#[tokio::test]
async fn a_persons_answer_is_not_automatic_and_stands_in_its_thread() {
    let thread = Thread {
        in_reply_to: Some("<7@x.example>".to_owned()),
        references: (0..40).map(|n| format!("{n}@x.example")).collect(),
        reply_to: Some("bar+abc@bar.example".to_owned()),
        from_name: Some("Bar \"La Ñ\"".to_owned()),
        unsubscribe: None,
    };
    let letter = sent(&reply(thread.clone())).await;
    assert_eq!(letter, sent(&reply(thread)).await, "the same note gives the same bytes");
    let head = letter.split("\r\n\r\n").next().unwrap().replace("\r\n ", " ");
    assert!(head.lines().any(|line| line == "In-Reply-To: <7@x.example>"), "{head}");
    assert!(head.lines().any(|line| line == "Reply-To: bar+abc@bar.example"), "{head}");
    let references = head.lines().find(|line| line.starts_with("References: ")).unwrap();
    assert!(
        references.contains("<0@x.example> <21@x.example>") && references.ends_with("<39@x.example>"),
        "{references}"
    );
    assert_eq!(references.matches('@').count(), 20);
    assert!(head.contains("<timon@bar.example>") && !head.contains("Auto-Submitted"), "{head}");
    assert!(head.lines().all(|line| line.len() < 998));
    let notice = sent(&note()).await;
    assert!(notice.contains("Auto-Submitted: auto-generated") && !notice.contains("In-Reply-To"));
}

#[tokio::test]
async fn no_part_of_a_thread_becomes_a_header_of_its_own() {
    let evil = "x\r\nBcc: todos@x.example\r\n\r\nhola\0";
    let hostile = Note {
        subject: evil.to_owned(),
        thread: Some(Thread {
            in_reply_to: Some(evil.to_owned()),
            references: vec![
                evil.to_owned(),
                "ok@x.example".to_owned(),
                "<a> <b>".to_owned(),
                "\u{2028}".to_owned(),
            ],
            reply_to: None,
            from_name: Some(evil.to_owned()),
            unsubscribe: None,
        }),
        attachment: Some(Attachment::new(evil, b"x".to_vec()).unwrap()),
        ..note()
    };
    let letter = sent(&hostile).await;
    let head = letter.split("\r\n\r\n").next().unwrap();
    assert!(!letter.lines().any(|line| line.starts_with("Bcc")), "{letter}");
    assert!(head.contains("References: <ok@x.example>\r\n") && !head.contains("In-Reply-To"), "{head}");
    // Where an answer should go to is an address or the letter does not leave.
    for reply_to in [evil, "nobody", ""] {
        let thread = Thread { reply_to: Some(reply_to.to_owned()), ..Thread::default() };
        let sink = Sink::start(WELL).await;
        let transports = Transports::new(vec![], Some(sink.relay()), None).unwrap();
        let outcome = send(&transports, &mail("ana@bar.example"), &reply(thread)).await;
        assert_eq!(kind(&outcome), ("refused", "bad-address"));
        assert!(sink.letters().is_empty());
    }
}

/// Verifies with somebody else's program (Debian: python3-dkim), whose DNS is two lines given to it.
const VERIFY: &str = r"
import sys, dkim
record = sys.argv[1].encode()
letter = sys.stdin.buffer.read()
sys.exit(0 if dkim.verify(letter, dnsfunc=lambda name, timeout=5: record) else 1)
";

fn run(program: &str, arguments: &[&str], input: &[u8]) -> Option<std::process::Output> {
    use std::io::Write as _;
    use std::process::{Command, Stdio};
    let piped = || Stdio::piped();
    let mut child =
        Command::new(program).args(arguments).stdin(piped()).stdout(piped()).stderr(piped()).spawn().ok()?;
    child.stdin.take().unwrap().write_all(input).unwrap();
    child.wait_with_output().ok()
}

#[tokio::test]
async fn a_signed_letter_is_what_another_program_takes_for_signed() {
    let can_verify = |python: &&str| {
        run(python, &["-c", "import dkim, nacl"], b"").is_some_and(|out| out.status.success())
    };
    let python = ["python3", "/usr/bin/python3"].into_iter().find(can_verify);
    let Some(python) = python.filter(|_| run("openssl", &["version"], b"").is_some()) else {
        println!("skipped: needs openssl and python3 with dkim and nacl (Debian: python3-dkim python3-nacl)");
        return;
    };
    for (kind, arguments) in [
        ("rsa", ["genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"].as_slice()),
        ("ed25519", ["genpkey", "-algorithm", "ED25519"].as_slice()),
    ] {
        let pem = String::from_utf8(run("openssl", arguments, b"").unwrap().stdout).unwrap();
        let der = run("openssl", &["pkey", "-pubout", "-outform", "DER"], pem.as_bytes()).unwrap().stdout;
        // RFC 8463: of Ed25519 the bare key stands in the DNS, without its envelope of twelve bytes.
        let public = if kind == "rsa" { der.as_slice() } else { &der[12..] };
        let public = {
            use base64::Engine as _;
            base64::engine::general_purpose::STANDARD.encode(public)
        };
        let record = format!("v=DKIM1; k={kind}; p={public}");
        let sink = Sink::start(WELL).await;
        let relay = sink.relay().signing("timon", &pem).unwrap();
        assert!(!format!("{relay:?}").contains("PRIVATE"));
        let transports = Transports::new(vec![], Some(relay), None).unwrap();
        let thread = Thread { from_name: Some("Bar La Ñ".to_owned()), ..Thread::default() };
        let body = "  Hola.\n\n.punto solo\n\n\tAdiós  \n\n\n".to_owned();
        let note =
            Note { body, attachment: Some(Attachment::new("a.pdf", vec![0; 999]).unwrap()), ..reply(thread) };
        assert!(matches!(send(&transports, &mail("ana@bar.example"), &note).await, Outcome::Accepted(_)));
        assert!(matches!(send(&transports, &mail("ana@bar.example"), &note).await, Outcome::Accepted(_)));
        let letters = sink.letters();
        assert_eq!(letters[0], letters[1], "the same note gives the same bytes, signed too");
        let letter = letters[0].strip_suffix(".\r\n").unwrap().replace("\r\n..", "\r\n.");
        let verify = |letter: &str| run(python, &["-c", VERIFY, &record], letter.as_bytes()).unwrap();
        let verified = verify(&letter);
        assert!(verified.status.success(), "{kind}: {}\n{letter}", String::from_utf8_lossy(&verified.stderr));
        for (what, changed) in [
            ("another subject", letter.replace("Subject: ", "Subject: x")),
            ("another sender", letter.replacen("From: ", "From: evil@evil.example\r\nFrom: ", 1)),
            ("another body", letter.replacen("text/html", "text/plain", 1)),
        ] {
            assert!(changed != letter && !verify(&changed).status.success(), "{kind}: {what}");
        }
    }
}
