//! Letters as they come, and as nobody should send them.

use super::*;
use proptest::prelude::*;

fn read(text: &str) -> Letter {
    parse(text.replace('\n', "\r\n").as_bytes()).unwrap()
}

#[test]
fn a_letter_gives_its_facts() {
    let letter = read(
        "Return-Path: <ana@cliente.test>\nDelivered-To: hola+01JABC@barx.test\nFrom: =?iso-8859-1?q?Ana_Mu=F1oz?= <Ana@Cliente.test>\nReply-To: Ana en casa <casa@cliente.test>\nTo: Bar X <hola@barx.test>, otro@barx.test\nCc: pol@cliente.test\nSubject: =?utf-8?b?wr9BYnLDrXM=?= hoy?\nDate: Tue, 3 Mar 2026 10:15:00 +0100\nMessage-ID: <q1@cliente.test>\nIn-Reply-To: <r2@barx.test>\nReferences: <r1@barx.test>\n <r2@barx.test>\nContent-Language: es-ES, ca\nList-Unsubscribe: <https://x.test>\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain; charset=utf-8\n\nSomos seis.\n\n-- \nAna\n--b\nContent-Type: image/jpeg; name=\"mesa.jpg\"\nContent-Transfer-Encoding: base64\n\naG9sYQ==\n--b--\n",
    );
    assert_eq!(
        letter.from,
        Address { name: Some("Ana Muñoz".to_owned()), email: "ana@cliente.test".to_owned() }
    );
    assert_eq!(letter.reply_to.map(|address| address.email).as_deref(), Some("casa@cliente.test"));
    assert_eq!(letter.to, ["hola+01jabc@barx.test", "hola@barx.test", "otro@barx.test", "pol@cliente.test"]);
    assert_eq!(letter.plus_token.as_deref(), Some("01JABC"), "a token keeps its case");
    assert_eq!(letter.subject, "¿Abrís hoy?");
    assert_eq!(letter.date.map(|date| date.to_string()).as_deref(), Some("2026-03-03T09:15:00Z"));
    assert_eq!(letter.message_id, "q1@cliente.test");
    assert_eq!(letter.in_reply_to.as_deref(), Some("r2@barx.test"));
    assert_eq!(letter.references, ["r1@barx.test", "r2@barx.test"]);
    assert_eq!(letter.language.as_deref(), Some("es-es"));
    assert_eq!(letter.text, "Somos seis.");
    assert_eq!(letter.full_text, "Somos seis.\n\n-- \nAna");
    assert_eq!(letter.attachments, [("mesa.jpg".to_owned(), 4)]);
    assert!(letter.list_unsubscribe && !letter.automatic);
}

#[test]
fn the_text_is_what_was_written_whatever_the_program() {
    let plain = |body: &str| format!("From: a@b.test\nContent-Type: text/plain; charset=utf-8\n\n{body}\n");
    let html = |body: &str| {
        format!(
            "From: a@b.test\nContent-Type: text/html; charset=utf-8\n\n<html><body>{body}</body></html>\n"
        )
    };
    let both = "From: a@b.test\nContent-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\nHola\n--b\nContent-Type: text/html\n\n<p>Hola <b>HTML</b></p>\n--b--\n";
    for (name, text, wanted) in [
        ("plain", plain("Hola\n\nAna"), "Hola\n\nAna"),
        (
            "flowed",
            plain("La sopa \nestaba \nfría.\n Adiós\n-- \nAna").replace("utf-8", "utf-8; format=flowed"),
            "La sopa estaba fría.\nAdiós",
        ),
        (
            "flowed, without the blanks",
            plain("La so \npa").replace("utf-8", "utf-8; format=flowed; delsp=yes"),
            "La sopa",
        ),
        ("both: the plain one", both.to_owned(), "Hola"),
        ("html", html("<style>p{}</style><p>Hola</p><p>Ana &amp; Pol</p>"), "Hola\n\nAna & Pol"),
        (
            "gmail html",
            html("<div>Sí</div><div class=\"gmail_quote\"><div class=\"gmail_attr\">El lun…</div>Hola</div>"),
            "Sí",
        ),
        ("apple html", html("<div>Sí</div><blockquote type=\"cite\">Hola</blockquote>"), "Sí"),
        ("outlook html", html("<p>Sí</p><div id=\"divRplyFwdMsg\"><b>De:</b> Bar X</div><p>Hola</p>"), "Sí"),
        (
            "outlook desktop",
            html(
                "<p>Sí</p><div><p><b>De:</b> Bar X<br><b>Enviado:</b> lunes<br><b>Para:</b> Ana<br><b>Asunto:</b> x</p></div><p>Hola</p>",
            ),
            "Sí",
        ),
        ("only a quotation", html("<div class=\"gmail_quote\">Hola</div>"), "Hola"),
        ("hidden words", html("<div style=\"display: none\">trampa</div><p>Hola</p>"), "Hola"),
        ("a hidden paragraph without an end", html("<p style=\"display:none\">trampa<p>Hola"), "Hola"),
        ("hidden and never closed", html("<div style=\"display:none\">Hola"), "Hola"),
        ("decoration", html("<img alt=\"logo\"><p>Hola</p>"), "Hola"),
        ("direction tricks", plain("Ho\u{202e}la"), "Hola"),
        ("nothing", plain(""), ""),
    ] {
        assert_eq!(read(&text).text, wanted, "{name}");
    }
}

#[test]
fn a_letter_without_a_name_always_gets_the_same_one() {
    let letter = |received: &str, body: &str| {
        read(&format!("Received: {received}\nFrom: a@b.test\nSubject: x\n\n{body}\n")).message_id
    };
    let name = letter("one", "Hola");
    assert!(name.ends_with("@without-id.invalid") && name.len() == 59, "{name}");
    assert_eq!(name, letter("another way", "Hola"));
    assert_ne!(name, letter("one", "Adiós"));
    for bad in ["<>", "<a b>", ""] {
        let letter = read(&format!("Message-ID: {bad}\nFrom: a@b.test\n\nx\n"));
        assert!(letter.message_id.ends_with("@without-id.invalid"), "{bad}");
    }
}

fn repeated(head: &str, piece: &str, times: usize) -> Vec<u8> {
    [head.as_bytes(), piece.repeat(times).as_bytes()].concat()
}

#[test]
fn hostile_letters_end_in_a_clear_refusal() {
    let multipart = "From: a@b.test\nContent-Type: multipart/mixed; boundary=b\n\n";
    for (name, raw, wanted) in [
        ("nothing", Vec::new(), Refused::NotALetter),
        ("no head", b"\r\n\r\nHola".to_vec(), Refused::NotALetter),
        ("no letter", vec![0xff; 5_000], Refused::NotALetter),
        ("too large", repeated("From: a@b.test\n\n", "x", 5 * 1024 * 1024), Refused::TooLarge),
        (
            "a megabyte of head",
            repeated("From: a@b.test\n", "X-A: aaaaaaaaaaaaaaaaaaa\n", 50_000),
            Refused::HeadersTooLarge,
        ),
        ("one line of a megabyte", repeated("Subject: ", "a", 1_000_000), Refused::HeadersTooLarge),
        ("ten thousand parts", repeated(multipart, "--b\n\nx\n", 10_000), Refused::TooManyParts),
        ("three hundred parts", repeated(multipart, "--b\n\nx\n", 300), Refused::TooManyParts),
        (
            "letters in letters",
            repeated("From: a@b.test\n", "Content-Type: message/rfc822\n\n", 100),
            Refused::TooManyParts,
        ),
        (
            "thousands of letters in letters",
            repeated("From: a@b.test\n", "Content-Type: message/rfc822\n\n", 50_000),
            Refused::TooManyParts,
        ),
        (
            "digests in digests",
            repeated("", "Content-Type: multipart/digest; boundary=b\n\n--b\n\n", 2_000),
            Refused::TooManyParts,
        ),
    ] {
        assert_eq!(parse(&raw).map(|letter| letter.subject), Err(wanted), "{name}");
        // Its head still comes, bounded.
        assert!(headers_of(&raw).raw.len() <= HEAD_BYTES_MAX, "{name}");
    }
}

#[test]
fn parts_are_counted_before_they_are_built() {
    let multipart = "From: a@b.test\nContent-Type: multipart/mixed; boundary=b\n\n";
    for raw in [
        repeated(multipart, "--b\n\nx\n", 10_000),
        repeated("From: a@b.test\n", "content-TYPE: message/rfc822\n\n", 1_000),
    ] {
        assert_eq!(within_bounds(&raw), Err(Refused::TooManyParts));
    }
    assert_eq!(within_bounds(&repeated(multipart, "--b\nContent-Type: text/plain\n\nx\n", 150)), Ok(()));
}

#[test]
fn odd_letters_are_still_letters() {
    let cyclic = "From: a@b.test\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nHola\n--b--\n--b--\n";
    let endless = "From: a@b.test\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nHola\n";
    for (name, text) in [
        ("a boundary within itself", cyclic.to_owned()),
        ("no last boundary", endless.to_owned()),
        ("broken encoded words", "From: =?utf-8?q?=ZZ?= <a@b.test>\nSubject: =?utf-8?b?!!!?= =?no-such?q?x?= =?utf-8?q?\n\nHola\n".to_owned()),
        ("nested comments", format!("From: {}a@b.test{}\n\nHola\n", "(".repeat(20_000), ")".repeat(20_000))),
        ("a list of addresses", format!("From: a@b.test\nTo: {}\n\nHola\n", "x@y.test, ".repeat(20_000))),
        ("a hundred thousand references", format!("From: a@b.test\nReferences: {}\n\nHola\n", "<a@b>".repeat(40_000))),
        ("a date out of time", "From: a@b.test\nDate: Tue, 99 Foo 99999 99:99:99 +9999\n\nHola\n".to_owned()),
        ("an empty boundary", "From: a@b.test\nContent-Type: multipart/mixed; boundary=\"\"\n\n--\n\nHola\n--\n".to_owned()),
        ("bad base64", "From: a@b.test\nContent-Transfer-Encoding: base64\n\n????Hola\n".to_owned()),
        ("winmail.dat", "From: a@b.test\nContent-Type: application/ms-tnef; name=winmail.dat\nContent-Transfer-Encoding: base64\n\neJ8+Ig==\n".to_owned()),
        ("an unknown charset", "From: a@b.test\nContent-Type: text/plain; charset=no-such\n\nHola\n".to_owned()),
    ] {
        let letter = parse(text.as_bytes()).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(letter.to.len() <= LIST_MAX && letter.references.len() <= LIST_MAX, "{name}");
        assert!(letter.subject.len() <= SUBJECT_BYTES_MAX, "{name}");
    }
}

#[test]
fn a_long_text_is_cut() {
    let letter = read(&format!("From: a@b.test\n\n{}\n", "palabra ".repeat(100_000)));
    assert!(letter.full_text.len() <= TEXT_BYTES_MAX);
    let html = format!("From: a@b.test\nContent-Type: text/html\n\n{}", "<div><b><i>x ".repeat(100_000));
    assert!(read(&html).full_text.len() <= TEXT_BYTES_MAX + 1);
}

proptest! {
    #[test]
    fn no_bytes_make_a_letter_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = parse(&bytes);
        let _ = headers_of(&bytes);
    }

    #[test]
    fn no_pieces_of_letters_make_one_panic(pieces in prop::collection::vec(
        prop_oneof![
            Just("Content-Type: multipart/mixed; boundary=b\r\n"), Just("Content-Type: multipart/digest; boundary=c\r\n"),
            Just("Content-Type: message/rfc822\r\n"), Just("Content-Type: text/html\r\n"), Just("--b\r\n"), Just("--b--\r\n"),
            Just("--c\r\n"), Just("--c--\r\n"), Just("\r\n"), Just("Hola\r\n"), Just("Content-Transfer-Encoding: base64\r\n"),
            Just("Content-Transfer-Encoding: quoted-printable\r\n"), Just("=?utf-8?q?"), Just("From: a@b.test\r\n"),
            Just("Received: from a by\r\n "), Just("Date: Tue, 3 Mar"), Just("<"), Just("\""), Just("("), Just("--"),
        ], 0..60))
    {
        let raw = format!("From: a@b.test\r\n{}", pieces.concat());
        if let Ok(letter) = parse(raw.as_bytes()) {
            prop_assert!(letter.full_text.is_empty() || !letter.text.is_empty());
        }
    }
}
