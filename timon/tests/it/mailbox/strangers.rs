//! What others may not do: look into a mailbox, change what was said, speak as a platform, stop the reading, lead it to a
//! private place.

use domain::SourceKind;

use super::{ImapServer, LETTERS, PASSWORD, letter, worlds};
use crate::app::TestApp;

const GOOGLE: &str = include_str!("../../../../libs/connectors/fixtures/mail/google-es.eml");

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_changes_what_a_letter_said_by_using_its_name_again() {
    for mut world in worlds().await {
        world.imap.deliver(&letter("1@cliente.example", 5, "", "La sopa estaba fría."));
        world.added().await;
        world.imap.deliver(&letter("1@cliente.example", 6, "", "Todo perfecto, gracias."));
        world.later().await;
        // The same letter to another of her mailboxes is the same letter.
        world.app.sign_in().await;
        world.add("reservas@prueba.example", PASSWORD).await.is(303);
        world.settle().await;
        assert_eq!(world.mentions().await, [(SourceKind::Mailbox, None, "La sopa estaba fría.".to_owned())]);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hostile_letter_stops_nothing() {
    for mut world in worlds().await {
        let nul = letter("nul@x.example", 1, "", "uno\0dos")
            .replace("Reserva", "Res\0erva")
            .replace("marta@", "=?utf-8?q?=00?= <a@");
        let references: Vec<String> = (0..3_000).map(|n| format!("<{n:032x}@x.example>")).collect();
        let long = format!("References: {}\n", references.join("\n "));
        for hostile in [
            nul,
            letter("long@x.example", 2, &long, "Muchas referencias."),
            letter(&"x".repeat(5_000), 3, "", "Un nombre muy largo."),
            letter(
                "self@x.example",
                4,
                "In-Reply-To: <self@x.example>\nReferences: <self@x.example>\n",
                "Me contesto.",
            ),
            "From: marta@cliente.example\n\n".to_owned(),
            "\0\0\0".to_owned(),
            "Subject: sin remitente\n\nhola\n".to_owned(),
            letter("2@x.example", 5, "Reply-To: \"x\" <no es una dirección>\n", "¿A dónde contesto?"),
        ] {
            world.imap.deliver(&hostile);
        }
        world.imap.deliver(&letter("good@cliente.example", 6, "", "La última."));
        world.added().await;
        let texts: Vec<String> = world.mentions().await.into_iter().map(|(.., text)| text).collect();
        for wanted in [
            "La última.",
            "Muchas referencias.",
            "Un nombre muy largo.",
            "Me contesto.",
            "hola",
            "¿A dónde contesto?",
        ] {
            assert!(texts.iter().any(|text| text == wanted), "{wanted}: {texts:?}");
        }
        for mention in world.letters().await {
            let one = mailbox::letter_of(&world.scope(), mention).await.expect("readable").expect("a letter");
            assert!(one.references.len() <= 20 && one.message_id.len() <= 500 && !one.address.contains(' '));
            assert!(!mailbox::thread(&world.scope(), mention).await.expect("readable").is_empty());
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_platforms_notice_is_a_review_of_that_platform_only_when_the_server_vouches_for_it() {
    for mut world in worlds().await {
        world.imap.deliver(GOOGLE);
        let forged = GOOGLE
            .replace("dkim=pass", "dkim=fail")
            .replace("google-es@", "forged@")
            .replace("Marta", "Malo");
        world.imap.deliver(&forged);
        world.added().await;
        let mentions = world.mentions().await;
        let reviews: Vec<_> = mentions.iter().filter(|(kind, ..)| *kind == SourceKind::Google).collect();
        assert!(
            matches!(reviews.as_slice(), [(_, Some(2), text)] if text.contains("La sopa llegó fría")),
            "{mentions:?}"
        );
        assert!(mentions.iter().all(|(kind, stars, _)| *kind == SourceKind::Google || stars.is_none()));
        // The same notice again, cut this time, takes nothing away.
        world.imap.deliver(&GOOGLE.replace("google-es@", "again@").replace("<p>No volveremos.</p>", ""));
        world.later().await;
        world.app.sign_in().await;
        world.app.get("/mentions?stars=2").await.has("No volveremos");
        assert_eq!(world.mentions().await.len(), mentions.len());
        world.app.get("/sources").await.has("Google");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_elses_mailbox_or_letter_can_be_seen_or_touched() {
    for mut world in worlds().await {
        world.imap.deliver(&letter("1@cliente.example", 1, "", "Secreto canario."));
        world.added().await;
        let (mention, id) = (world.letters().await[0], world.mailbox_id().await);
        let new = accounts::NewOrganization {
            name: "Vecino".to_owned(),
            town: String::new(),
            kind: domain::OrganizationKind::Shop,
            time_zone: "Europe/Madrid".to_owned(),
            locale: foundation::web::Locale::Es,
        };
        let owner = ("vecino@prueba.example", "otra tortilla más");
        accounts::create_demo_owner(&world.app.context, &new, owner).await.expect("created");
        world.app.forget_cookies();
        world.app.post("/sign-in", &[("email", owner.0), ("password", owner.1)]).await.goes_to("/today");
        for path in ["/sources/mailbox", "/sources", "/mentions", "/notices"] {
            world.app.get(path).await.is(200).has_not("canario").has_not("hola@prueba.example");
        }
        for action in ["test", "pause", "resume", "remove", "password"] {
            let fields = [("action", action), ("password", "x")];
            world.app.post(&format!("/sources/mailbox/{id}"), &fields).await.is(404);
        }
        let neighbour = accounts::organizations(&world.app.context, 9).await.expect("readable");
        let neighbour = neighbour.iter().find(|one| one.id != world.organization).expect("a neighbour");
        let scope = world.app.context.scope(neighbour.id);
        assert!(mailbox::letter_of(&scope, mention).await.expect("readable").is_none());
        assert!(mailbox::thread(&scope, mention).await.expect("readable").is_empty());
        // The same letter is heard there too, as a mention of its own.
        world.add("hola@prueba.example", PASSWORD).await.is(303);
        world.settle().await;
        assert_eq!(scope.all(&LETTERS, vec![]).await.expect("readable").len(), 1);
        assert_eq!(world.letters().await, [mention]);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_private_server_is_reached_only_where_the_operator_allows_it() {
    let imap = ImapServer::start(PASSWORD).await;
    let mut app = TestApp::sqlite().await;
    app.first_run().await;
    let port = imap.port.to_string();
    for (host, port, security) in [
        ("127.0.0.1", port.as_str(), "plain"),
        ("localhost", "993", "tls"),
        ("169.254.169.254", "143", "starttls"),
    ] {
        let fields = [
            ("provider", "other"),
            ("address", "hola@prueba.example"),
            ("password", PASSWORD),
            ("host", host),
            ("port", port),
            ("security", security),
        ];
        app.post("/sources/mailbox", &fields).await.is(422).has_not(PASSWORD);
    }
    assert_eq!(imap.fetched(), 0);
}
