//! Where to tell: the page's forms, what each place gets, and everything that must be refused.

use domain::{ChannelId, NoticeKind};

use super::{Dot, Mood, World, worlds};

async fn channel_id(world: &World) -> ChannelId {
    let channels = notify::store::channels(&world.scope()).await.expect("readable");
    channels
        .iter()
        .rev()
        .find_map(|channel| channel.id.filter(|_| channel.account.is_none()))
        .expect("a channel")
}

async fn add(world: &mut World, kind: &str, address: &str) -> ChannelId {
    world.app.post("/notices/channels", &[("kind", kind), ("address", address)]).await.is(303);
    channel_id(world).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_phone_is_added_tested_told_and_removed() {
    for mut world in worlds().await {
        let url = world.web.url("/bar-7f3k9q");
        let id = add(&mut world, "ntfy", &url).await;
        let path = format!("/notices/channels/{id}");
        let tested = world.app.post(&path, &[("alerts", "warnings"), ("action", "test")]).await;
        let shown = tested.is(303).location.clone().expect("the result");
        world.app.get(&shown).await.has("La prueba ha salido bien");
        let request = world.web.requests().remove(0);
        for wanted in ["POST /bar-7f3k9q ", "x-sequence-id: ", "title: Prueba", "Esto es una prueba"] {
            assert!(request.contains(wanted) || request.contains("=?UTF-8?Q?Prueba"), "{wanted}\n{request}");
        }
        assert_eq!(world.put(NoticeKind::Alarm, "a:1").await, 2, "mail and phone");
        world.app.settle_without_summaries().await;
        assert_eq!((world.web.requests().len(), world.mail.letters().len()), (2, 1));
        world.app.post(&path, &[("alerts", "nothing"), ("weekly", "on"), ("action", "save")]).await.is(303);
        assert_eq!(world.put(NoticeKind::Alarm, "a:2").await, 1);
        assert_eq!(world.put(NoticeKind::Weekly, "weekly:2026-W39").await, 2);
        // What is still on its way to a removed place does not go out.
        world.app.post(&path, &[("alerts", "nothing"), ("action", "remove")]).await.is(303);
        world.app.settle_without_summaries().await;
        assert_eq!(world.web.requests().len(), 2);
        world.app.get("/notices").await.has("No se envía").has("Se quitó el sitio");
        world.app.post(&path, &[("alerts", "nothing"), ("action", "remove")]).await.is(404);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn telegram_is_told_and_its_token_is_nowhere_to_be_seen() {
    for mut world in worlds().await {
        let id = add(&mut world, "telegram", "-100123").await;
        world.web.answer(403, r#"{"ok":false,"description":"bot was blocked by the user"}"#);
        let path = format!("/notices/channels/{id}");
        let tested = world.app.post(&path, &[("alerts", "warnings"), ("action", "test")]).await;
        let page = world.app.get(tested.location.as_deref().expect("the result")).await;
        page.has("La prueba no ha llegado").has("bot was blocked by the user").has_not("hush");
        assert!(world.web.requests()[0].starts_with("POST /bot7:hush/sendMessage"));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn mail_is_chosen_for_each_member_and_a_test_shows_what_happened() {
    for mut world in worlds().await {
        let account =
            notify::store::channels(&world.scope()).await.expect("readable")[0].account.expect("hers");
        let path = format!("/notices/members/{account}");
        world.mail.next(Mood::After(Dot::Say("554 5.7.1 looks like spam")));
        let tested = world.app.post(&path, &[("alerts", "warnings"), ("action", "test")]).await;
        world.app.get(tested.location.as_deref().expect("the result")).await.has("looks like spam");
        for _ in 0..2 {
            world.app.post(&path, &[("alerts", "alarms"), ("action", "save")]).await.is(303);
        }
        assert_eq!(world.put(NoticeKind::Warning, "w:1").await, 0);
        assert_eq!(world.put(NoticeKind::Alarm, "a:1").await, 1);
        world.app.settle_without_summaries().await;
        for _ in 0..9 {
            world.app.post(&path, &[("alerts", "alarms"), ("action", "test")]).await.is(303);
        }
        world.app.post(&path, &[("alerts", "alarms"), ("action", "test")]).await.is(429);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_cannot_be_an_address_is_refused_and_never_called() {
    for mut world in worlds().await {
        for (kind, address) in [
            ("ntfy", "http://169.254.169.254/latest"),
            ("ntfy", "http://localhost/topic"),
            ("ntfy", "http://0x7f.1/topic"),
            ("ntfy", "http://127.0.0.1:22/topic"),
            ("ntfy", "https://u:p@ntfy.example/topic"),
            ("ntfy", "javascript:alert(1)"),
            ("ntfy", "https://ntfy.example/a\r\nX-Evil: 1"),
            ("ntfy", ""),
            ("telegram", "1; DROP TABLE channel"),
        ] {
            let page = world.app.post("/notices/channels", &[("kind", kind), ("address", address)]).await;
            page.is(422).has("field-address-error");
        }
        world.app.post("/notices/channels", &[("kind", "email"), ("address", "a@b.example")]).await.is(422);
        world
            .app
            .post("/notices/channels", &[("kind", "ntfy"), ("address", "x"), ("alerts", "y")])
            .await
            .is(422);
        let url = world.web.url("/topic");
        let id = add(&mut world, "ntfy", &url).await;
        world
            .app
            .post("/notices/channels", &[("kind", "ntfy"), ("address", &url)])
            .await
            .is(422)
            .has("Ese sitio ya está");
        // A public-looking place that leads inside is not followed there.
        world.web.answer(302, "");
        world
            .app
            .post(&format!("/notices/channels/{id}"), &[("alerts", "warnings"), ("action", "test")])
            .await
            .is(303);
        assert_eq!(world.states().await, [("failed".to_owned(), 1)]);
        assert_eq!(world.web.requests().len(), 1);
        for bad in [("quiet_from", "24"), ("digest_hour", "99"), ("weekly_day", "0")] {
            let mut fields =
                vec![("quiet_from", "22"), ("quiet_until", "8"), ("digest_hour", "9"), ("weekly_day", "1")];
            fields.retain(|(name, _)| *name != bad.0);
            fields.push(bad);
            world.app.post("/notices/preferences", &fields).await.is(422);
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_reaches_the_channels_and_messages_of_another_organisation() {
    for mut world in worlds().await {
        let url = world.web.url("/secret-topic");
        let id = add(&mut world, "ntfy", &url).await;
        let account =
            notify::store::channels(&world.scope()).await.expect("readable")[0].account.expect("hers");
        world.mail.next(Mood::Recipient("550 nobody"));
        world.put(NoticeKind::Alarm, "secreto").await;
        world.app.settle_without_summaries().await;
        let message = super::open_id(&world).await;
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
        let page = world.app.get(&format!("/notices?test={message}")).await;
        page.is(200).has_not("secret").has_not("ana@prueba.example").has("vecino@prueba.example");
        let before = world.states().await;
        for action in ["save", "test", "remove"] {
            let fields = [("alerts", "nothing"), ("action", action)];
            world.app.post(&format!("/notices/channels/{id}"), &fields).await.is(404);
            world.app.post(&format!("/notices/members/{account}"), &fields).await.is(404);
        }
        world.app.post(&format!("/notices/outgoing/{message}"), &[("decision", "again")]).await.is(404);
        assert_eq!(world.states().await, before);
        assert_eq!(channel_id(&world).await, id);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_mail_the_page_says_what_to_do() {
    let mut app = crate::app::TestApp::sqlite().await;
    app.first_run().await;
    app.get("/notices").await.is(200).has("smtp_url").has("Todavía en ningún sitio");
    app.get("/account").await.has("href=\"/notices\"");
}
