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
        let unsubscribe = Some(way_out("https://timon.example/baja/abc", Some("baja@bar.example")));
        let from_name = Some("Bar La Ñ".to_owned());
        let thread = Thread { from_name, unsubscribe, ..Thread::default() };
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
            ("another way out", letter.replacen("timon.example/baja", "evil.example/baja", 1)),
            ("no one click", letter.replacen("List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n", "", 1)),
            ("a way out more", format!("List-Unsubscribe: <https://evil.example/>\r\n{letter}")),
        ] {
            assert!(changed != letter && !verify(&changed).status.success(), "{kind}: {what}");
        }
    }
}

fn invitation(unsubscribe: Unsubscribe) -> Note {
    let thread = Thread {
        reply_to: Some("hola@bar.example".to_owned()),
        from_name: Some("Bar La Ñ".to_owned()),
        unsubscribe: Some(unsubscribe),
        ..Thread::default()
    };
    let drawn = LetterHtml {
        lang: "es".to_owned(),
        title: "¿Qué tal?".to_owned(),
        paragraphs: vec!["Viniste el martes.".to_owned()],
        links: vec![("Contarlo".to_owned(), "https://timon.example/o/abc".to_owned())],
        footer: vec!["Bar La Ñ, calle Mayor 1.".to_owned()],
        leave: Some(("No quiero más".to_owned(), "https://timon.example/baja/abc".to_owned())),
    };
    Note { body: letter_text(&drawn), html: Some(letter_html(&drawn)), ..reply(thread) }
}

fn way_out(url: &str, mailto: Option<&str>) -> Unsubscribe {
    Unsubscribe { url: url.to_owned(), mailto: mailto.map(str::to_owned) }
}

#[tokio::test]
async fn a_letter_that_may_be_refused_says_so_to_mail_programs() {
    let both = invitation(way_out("https://timon.example/baja/abc?x=1", Some("hola+baja@bar.example")));
    let letter = sent(&both).await;
    assert_eq!(letter, sent(&both).await, "the same note gives the same bytes");
    let head = letter.split("\r\n\r\n").next().unwrap().replace("\r\n ", " ");
    for line in [
        "List-Unsubscribe: <https://timon.example/baja/abc?x=1>, <mailto:hola%2Bbaja@bar.example?subject=unsubscribe>",
        "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
        "Auto-Submitted: auto-generated",
        "Precedence: bulk",
        "Reply-To: hola@bar.example",
    ] {
        assert_eq!(head.lines().filter(|l| *l == line).count(), 1, "{line}\n{head}");
    }
    assert!(head.contains("<timon@bar.example>") && !head.contains("Timón"), "{head}");
    // The plain form first: programs show the last one they can.
    let (plain, drawn) = (letter.find("text/plain").unwrap(), letter.find("text/html").unwrap());
    assert!(plain < drawn && letter.contains("multipart/alternative"));
    assert!(!sent(&note()).await.contains("List-Unsubscribe") && !sent(&note()).await.contains("Precedence"));
    // One click without encryption would be anybody's on the way.
    let plain = sent(&invitation(way_out("http://192.168.1.5:8080/baja/abc", None))).await;
    assert!(plain.contains("List-Unsubscribe: <http://192.168.1.5:8080/baja/abc>\r\n"), "{plain}");
    assert!(!plain.contains("List-Unsubscribe-Post"), "{plain}");
}

#[tokio::test]
async fn a_letter_whose_way_out_is_none_stays_here() {
    let sink = Sink::start(WELL).await;
    let transports = Transports::new(vec![], Some(sink.relay()), None).unwrap();
    for (url, mailto) in [
        ("", None),
        ("javascript:alert(1)", None),
        ("mailto:a@b.example", None),
        ("/baja/abc", None),
        ("https://timon.example/a,b", None),
        ("https://timon.example/", Some("nobody")),
        ("https://timon.example/", Some("a@b.example\r\nBcc: c@d.example")),
    ] {
        let outcome = send(&transports, &mail("ana@bar.example"), &invitation(way_out(url, mailto))).await;
        assert_eq!(kind(&outcome), ("refused", "bad-address"), "{url} {mailto:?}");
    }
    assert!(sink.letters().is_empty());
    // What a program of ours escapes is one header line, whatever is in it.
    let odd = invitation(way_out("https://timon.example/ñ>\r\nBcc: c@d.example", None));
    let letter = sent(&odd).await;
    assert!(!letter.lines().any(|line| line.starts_with("Bcc")), "{letter}");
}
