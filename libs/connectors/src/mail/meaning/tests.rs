//! Notices of every platform in both languages, bounces of several servers, and what only pretends to be either.

use super::*;
use crate::item::{Rating, Reply};
use crate::mail::parse;
use proptest::prelude::*;

const OWN: &str = "hola@barx.test";

macro_rules! fixture {
    ($name:literal) => {
        include_bytes!(concat!("../../../fixtures/mail/", $name, ".eml")).as_slice()
    };
}

/// All the notices.
const NOTICES: [&[u8]; 13] = [
    fixture!("google-es"),
    fixture!("google-en"),
    fixture!("google-three-es"),
    fixture!("trustpilot-es"),
    fixture!("trustpilot-en"),
    fixture!("tripadvisor-es"),
    fixture!("tripadvisor-en"),
    fixture!("booking-es"),
    fixture!("booking-en"),
    fixture!("appstore-es"),
    fixture!("appstore-en"),
    fixture!("play-es"),
    fixture!("play-en"),
];

fn meaning(raw: &[u8]) -> Meaning {
    understand(&parse(raw).unwrap(), raw, &[OWN.to_owned()])
}

fn notice(raw: &[u8]) -> Notice {
    match meaning(raw) {
        Meaning::Notice(notice) => notice,
        other => panic!("{other:?}"),
    }
}

/// What a notice must give: platform, author, place, title, text, grade, id, whether it is cut.
type Wanted = (
    &'static [u8],
    SourcePlatform,
    &'static str,
    Option<&'static str>,
    Option<&'static str>,
    &'static str,
    (f64, f64),
    Option<&'static str>,
    bool,
);

#[rustfmt::skip]
fn wanted() -> Vec<Wanted> {
    use SourcePlatform::*;
    vec![
        (fixture!("google-es"), Google, "Marta Ruiz", Some("Bar El Puerto"), None,
            "La sopa llegó fría y el camarero ni se disculpó.\nNo volveremos.", (2.0, 5.0), Some("AbFvOqmXk2L9Q4"), false),
        (fixture!("google-en"), Google, "John Smith", Some("Harbour Bar"), None,
            "Best paella in town, and they let my dog in…", (5.0, 5.0), None, true),
        (fixture!("trustpilot-es"), Trustpilot, "Pol", None, Some("Nunca llegó"),
            "Pagué hace un mes y nadie contesta al teléfono.", (1.0, 5.0), Some("65f0c0ffee0123456789abcd"), false),
        (fixture!("trustpilot-en"), Trustpilot, "Ana", None, Some("Quick and kind"),
            "It came in two days. The box was a little crushed.", (4.0, 5.0), Some("65f0c0ffee0123456789abce"), false),
        (fixture!("tripadvisor-es"), TripAdvisor, "viajera_99", Some("Hotel Sol"), Some("Habitación ruidosa"),
            "Daba a la discoteca y no pegamos ojo en toda la noche. El personal, eso sí, muy...", (2.0, 5.0), Some("987654321"), true),
        (fixture!("tripadvisor-en"), TripAdvisor, "walker22", Some("Hotel Sol"), Some("Lovely terrace"),
            "We had breakfast outside every day.", (4.0, 5.0), Some("987654322"), false),
        (fixture!("booking-es"), Booking, "Lucía", Some("Hotel Sol"), None,
            "Lo que gustó: La terraza y el desayuno.\nLo que no gustó: El ascensor no funcionaba.", (7.5, 10.0), Some("4f2a9c11d0"), false),
        (fixture!("booking-en"), Booking, "Mark", Some("Hotel Sol"), None,
            "Liked: Everything was spotless.", (9.2, 10.0), None, false),
        (fixture!("appstore-es"), AppStore, "cliente_7", Some("Mesa Libre"), Some("Se cierra sola"),
            "Desde la última versión no abre.", (1.0, 5.0), Some("11223344"), false),
        (fixture!("appstore-en"), AppStore, "fan_3", Some("Free Table"), Some("Works"),
            "Booked a table in ten seconds.", (5.0, 5.0), None, false),
        (fixture!("play-es"), GooglePlay, "Iker", Some("Mesa Libre"), None,
            "No deja cambiar la reserva", (2.0, 5.0), Some("gp:AOqpTOH1"), false),
        (fixture!("play-en"), GooglePlay, "Sam", Some("Free Table"), None,
            "Better now, but slow.", (3.0, 5.0), Some("gp:AOqpTOH2"), false),
    ]
}

#[test]
fn every_platforms_notice_gives_its_review_in_both_languages() {
    for (raw, platform, author, place, title, text, (value, best), id, truncated) in wanted() {
        let notice = notice(raw);
        assert_eq!(notice.platform, platform);
        let [item] = notice.items.as_slice() else { panic!("{platform:?}: {:?}", notice.items) };
        let context = format!("{platform:?} by {author}");
        assert_eq!(item.author.as_deref(), Some(author), "{context}");
        assert_eq!(item.place.as_deref(), place, "{context}");
        assert_eq!(item.title.as_deref(), title, "{context}");
        assert_eq!(item.text, text, "{context}");
        assert_eq!(item.rating, Some(Rating { value, best }), "{context}");
        assert_eq!(item.external_id.as_deref(), id, "{context}");
        assert_eq!(notice.truncated, truncated, "{context}");
        let url = item.url.as_deref().unwrap_or_default();
        assert!(
            url.starts_with("https://") && !url.contains("utm_") && !url.contains("/url?"),
            "{context}: {url}"
        );
        let posted = item.posted_at.unwrap();
        assert_eq!(
            (posted.at.to_string().as_str(), posted.precise),
            ("2026-03-03T09:15:00Z", false),
            "{context}"
        );
        assert_eq!(item.reply, Reply::Unknown, "{context}");
        assert!(notice.trusted && notice.vouched_by == "mx.barx.test", "{context}");
    }
}

#[test]
fn a_notice_of_several_reviews_gives_them_all() {
    let notice = notice(fixture!("google-three-es"));
    let seen: Vec<(Option<&str>, f64, &str)> = notice
        .items
        .iter()
        .map(|item| {
            (item.author.as_deref(), item.rating.map_or(0.0, |rating| rating.value), item.text.as_str())
        })
        .collect();
    assert_eq!(
        seen,
        [
            (Some("Marta Ruiz"), 2.0, "Fría la sopa."),
            (Some("Pol"), 5.0, ""),
            (Some("Lola"), 4.0, "Muy bien, un poco ruidoso.")
        ]
    );
}

#[test]
fn a_notice_nobody_vouches_for_is_an_ordinary_letter() {
    for raw in NOTICES {
        let text = String::from_utf8(raw.to_vec()).unwrap();
        let start = text.find("Authentication-Results").unwrap();
        let end = text.find("\nFrom: ").unwrap();
        let without = format!("{}{}", text.get(..start).unwrap(), text.get(end + 1..).unwrap());
        let failed = text.replacen("dkim=pass", "dkim=fail", 1);
        let anothers = text.replacen(
            "Authentication-Results: mx.barx.test",
            "Authentication-Results: mx.malo.example",
            1,
        );
        let domain = text.split("header.d=").nth(1).unwrap().split_whitespace().next().unwrap().to_owned();
        let signed_by_another = text
            .replace(&format!("header.d={domain}"), "header.d=malo.example")
            .replace(&format!("header.i=@{domain}"), "header.i=@malo.example");
        for forged in [without, failed, anothers, signed_by_another] {
            assert_eq!(meaning(forged.as_bytes()), Meaning::Letter, "{forged}");
        }
        let from_another =
            text.replacen("\nFrom: ", "\nFrom: Google <business@google.com.malo.example>\nX-Was: ", 1);
        assert!(!matches!(meaning(from_another.as_bytes()), Meaning::Notice(_)), "{from_another}");
    }
}

#[test]
fn a_platforms_advice_is_no_review() {
    assert_eq!(meaning(fixture!("google-tips-es")), Meaning::Letter);
}

fn letter(head: &str, body: &str) -> String {
    format!("{head}\nMessage-ID: <x@y.test>\n\n{body}\n")
}

#[test]
fn whose_letter_it_is_is_told_apart() {
    let person = "From: Ana <ana@cliente.test>\nTo: hola@barx.test\nSubject: Hola";
    for (name, head, wanted) in [
        ("a person", person.to_owned(), Meaning::Letter),
        ("a person, said so", format!("{person}\nAuto-Submitted: no"), Meaning::Letter),
        ("absent", format!("{person}\nAuto-Submitted: auto-replied"), Meaning::Automatic),
        (
            "absent, with words",
            format!("{person}\nAuto-Submitted: auto-replied (vacation)"),
            Meaning::Automatic,
        ),
        ("a list", format!("{person}\nList-Id: <x.y>"), Meaning::Automatic),
        ("a bulk", format!("{person}\nPrecedence: Bulk"), Meaning::Automatic),
        ("nobody to answer to", format!("{person}\nReturn-Path: <>"), Meaning::Automatic),
        (
            "with a way to unsubscribe, from a person's shop",
            format!("{person}\nList-Unsubscribe: <https://x.test>"),
            Meaning::Letter,
        ),
        ("a machine", "From: mailer-daemon@x.test\nSubject: Aviso".to_owned(), Meaning::Automatic),
        ("ours", "From: Hola+x@BARX.test\nSubject: x".to_owned(), Meaning::Own),
        ("ours, for ourselves", "From: hola@barx.test\nReply-To: hola@barx.test".to_owned(), Meaning::Own),
        (
            "our website's form",
            "From: hola@barx.test\nReply-To: ana@cliente.test".to_owned(),
            Meaning::Letter,
        ),
        ("nobody", "Subject: x".to_owned(), Meaning::Letter),
    ] {
        assert_eq!(meaning(letter(&head, "Hola").as_bytes()), wanted, "{name}");
    }
}

fn report(action: &str, status: &str, returned: &str) -> String {
    format!(
        "From: MAILER-DAEMON@mx.barx.test\nTo: hola@barx.test\nSubject: Undelivered Mail Returned to Sender\nReturn-Path: <>\nMIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status; boundary=\"b\"\n\n--b\nContent-Type: text/plain\n\nI'm sorry.\n\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.barx.test\n\nFinal-Recipient: rfc822; Ana@cliente.test\nAction: {action}\nStatus: {status}\nDiagnostic-Code: smtp; {status} said so\n\n--b\n{returned}\n\n--b--\n"
    )
}

#[test]
fn bounces_say_which_letter_did_not_reach_whom() {
    let whole = "Content-Type: message/rfc822\n\nFrom: hola@barx.test\nMessage-ID: <r1@barx.test>\nSubject: x\n\nHola";
    let head = "Content-Type: text/rfc822-headers\n\nFrom: hola@barx.test\nMessage-ID: <r1@barx.test>\n";
    for (name, raw, permanent) in [
        ("whole letter", report("failed", "5.1.1", whole), true),
        ("only its head", report("Failed", "5.2.2", head), true),
        ("not yet", report("delayed", "4.4.1", head), false),
        ("gave up", report("failed", "4.4.7", head), false),
    ] {
        let Meaning::Bounce(bounce) = meaning(raw.as_bytes()) else { panic!("{name}") };
        assert_eq!(bounce.message_id.as_deref(), Some("r1@barx.test"), "{name}");
        assert_eq!(bounce.recipient.as_deref(), Some("ana@cliente.test"), "{name}");
        assert_eq!(bounce.permanent, permanent, "{name}");
        assert!(bounce.words.contains("said so"), "{name}");
    }
    for action in ["delivered", "relayed", "expanded"] {
        assert_eq!(meaning(report(action, "2.0.0", head).as_bytes()), Meaning::Automatic, "{action}");
    }
}

#[test]
fn bounces_in_words_are_understood_too() {
    let qmail = "From: MAILER-DAEMON@x.test\nReturn-Path: <>\nSubject: failure notice\nMessage-ID: <q@x.test>\n\nHi. This is the qmail-send program.\n\n<ana@cliente.test>:\n192.0.2.1 does not like recipient.\nRemote host said: 550 5.1.1 unknown user\n\n--- Below this line is a copy of the message.\n\nFrom: hola@barx.test\nMessage-ID: <r1@barx.test>\n";
    let exim = "From: Mail Delivery System <Mailer-Daemon@x.test>\nX-Failed-Recipients: ana@cliente.test\nSubject: Mail delivery failed: returning message to sender\nIn-Reply-To: <r1@barx.test>\n\nA message could not be delivered.\n550 no such user\n";
    for raw in [qmail, exim] {
        let Meaning::Bounce(bounce) = meaning(raw.as_bytes()) else { panic!("{raw}") };
        assert_eq!(bounce.message_id.as_deref(), Some("r1@barx.test"));
        assert_eq!(bounce.recipient.as_deref(), Some("ana@cliente.test"));
        assert!(bounce.permanent && bounce.words.contains("550"), "{}", bounce.words);
    }
    let customer =
        "From: ana@cliente.test\nSubject: Failure notice of my fridge\nMessage-ID: <c@x.test>\n\n550 euros\n";
    assert_eq!(meaning(customer.as_bytes()), Meaning::Letter);
}

proptest! {
    #[test]
    fn no_change_to_a_notice_makes_it_panic(
        which in 0..NOTICES.len(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..20),
        cut in any::<prop::sample::Index>(),
        doubled in any::<prop::sample::Index>(),
    ) {
        let mut raw = NOTICES[which].to_vec();
        for (at, byte) in changes {
            let at = at.index(raw.len());
            raw[at] = byte;
        }
        let from = doubled.index(raw.len());
        let tail = raw[from..].to_vec();
        raw.extend(tail);
        raw.truncate(cut.index(raw.len()) + 1);
        if let Ok(letter) = parse(&raw) {
            let _ = understand(&letter, &raw, &[OWN.to_owned()]);
        }
    }

    #[test]
    fn no_change_to_a_report_makes_it_panic(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..20),
        cut in any::<prop::sample::Index>(),
    ) {
        let mut raw = report("failed", "5.1.1", "Content-Type: message/rfc822\n\nMessage-ID: <a@b>\n\nx").into_bytes();
        for (at, byte) in changes {
            let at = at.index(raw.len());
            raw[at] = byte;
        }
        raw.truncate(cut.index(raw.len()) + 1);
        if let Ok(letter) = parse(&raw) {
            let _ = understand(&letter, &raw, &[]);
        }
    }
}
