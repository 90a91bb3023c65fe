//! Answering: who waits and why, one answer by hand and by letter, complaints with key and clock, promises, the public page.
//! Each journey on both engines.

use std::time::Duration;

use domain::{ComplaintState, MentionId, OrganizationId, ReplyStage};
use foundation::config::{Config, MailSettings};
use foundation::store::Scope;
use respond::store::waiting::Queue;
use respond::store::{complaints, replies, waiting};

use crate::app::{Page, TestApp};
use crate::notify::sinks::{Dot, MailSink, Mood};

const EXPORT: &str = include_str!("../data/bar.csv");

/// An installation with a bar, its reviews and a mail server.
struct World {
    app: TestApp,
    mail: MailSink,
    organization: OrganizationId,
}

async fn worlds() -> Vec<World> {
    let mut worlds = Vec::new();
    for on_postgres in [false, true] {
        let mail = MailSink::start().await;
        let set_up = |config: &mut Config| {
            let url = format!("smtp://127.0.0.1:{}", mail.port);
            config.mail = Some(MailSettings { url, from: "Timón <timon@prueba.example>".to_owned() });
        };
        let app = if on_postgres {
            TestApp::postgres_with(set_up).await
        } else {
            Some(TestApp::sqlite_with(set_up).await)
        };
        let Some(mut app) = app else { continue };
        app.first_run().await;
        app.import("bar.csv", EXPORT.as_bytes()).await.is(200);
        let organization = accounts::organizations(&app.context, 1).await.expect("readable")[0].id;
        worlds.push(World { app, mail, organization });
    }
    worlds
}

impl World {
    fn scope(&self) -> Scope {
        self.app.context.scope(self.organization)
    }

    async fn queue(&self) -> Queue {
        waiting::queue(&self.app.context, &self.scope(), None, 50).await.expect("readable")
    }

    /// Who waits, worst first, by the name they sign with.
    async fn waiting(&self) -> Vec<String> {
        let queue = self.queue().await;
        queue.pressing.iter().map(|w| w.mention.author.clone().unwrap_or_default()).collect()
    }

    async fn id_of(&self, author: &str) -> MentionId {
        let queue = self.queue().await;
        let mut all = queue.pressing.iter().chain(&queue.kind);
        all.find(|w| w.mention.author.as_deref() == Some(author)).expect("she waits").mention.id
    }

    async fn stage(&self, id: MentionId) -> Option<ReplyStage> {
        replies::of_mention(&self.scope(), id).await.expect("readable").map(|reply| reply.stage)
    }

    async fn revision(&self, id: MentionId) -> String {
        let reply = replies::of_mention(&self.scope(), id).await.expect("readable");
        reply.expect("an answer").revision.to_string()
    }

    /// Sends the form of an answer as the page does.
    async fn answer(&mut self, id: MentionId, key: &str, text: &str, more: &[(&str, &str)]) -> Page {
        let mut fields = vec![("client_key", key), ("text", text)];
        fields.extend(more);
        self.app.post(&format!("/answers/{id}"), &fields).await
    }

    async fn conclude(&mut self, id: MentionId, action: &str) -> Page {
        let revision = self.revision(id).await;
        self.app.post(&format!("/answers/{id}"), &[("action", action), ("revision", &revision)]).await
    }

    /// Writes a complaint down at the counter, with an address to write to.
    async fn complain(&mut self, facts: &str) -> complaints::Complaint {
        let today = self.app.now().to_string();
        let fields = [
            ("channel", "in-person"),
            ("day", today.get(..10).expect("a date")),
            ("claimant", "Rosa"),
            ("address", "rosa@cliente.example"),
            ("facts", facts),
            ("wish", "Que me devolváis los 12 euros"),
        ];
        self.app.post("/complaints", &fields).await.is(303);
        complaints::register(&self.scope(), None, 1).await.expect("readable").remove(0)
    }

    /// The letters that reached the customer, and not the owner's own summaries.
    fn letters(&self) -> Vec<String> {
        self.mail.letters().into_iter().filter(|letter| letter.contains("rosa@cliente.example")).collect()
    }

    async fn settle(&self) {
        self.app.settle_without_summaries().await;
    }
}

const GOOD: &str = "Hola. Sentimos la espera y que las bravas llegaran frías: no es como queremos atender. Hemos puesto otra persona \
    los sábados. Si vuelves, pregunta por la encargada y lo hablamos.";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_waits_comes_worst_first_and_a_decision_can_be_taken_back() {
    for mut world in worlds().await {
        assert_eq!(world.waiting().await, ["Pepe R.", "Anónimo", "Marc", "Toni"]);
        let pepe = world.id_of("Pepe R.").await;
        world.app.get("/answers").await.is(200).has("Pepe R.").has("Una estrella").has("Marc");
        let decide = format!("/answers/{pepe}/decide");
        let page = world.app.post(&decide, &[("decision", "snooze")]).await;
        page.is(303);
        let undo = world.app.get(&page.location.expect("a page")).await;
        undo.is(200).has("Vuelve mañana").has("value=\"wake\"");
        assert_eq!(world.waiting().await, ["Anónimo", "Marc", "Toni"]);
        world.app.get("/answers/aside").await.has("Pepe R.");
        world.app.post(&decide, &[("decision", "wake")]).await.is(303);
        assert_eq!(world.waiting().await.len(), 4);
        world.app.post(&decide, &[("decision", "snooze")]).await.is(303);
        world.app.context.clock.advance(Duration::from_hours(24));
        assert_eq!(world.waiting().await.len(), 4, "the next morning it is there again");
        world.app.post(&decide, &[("decision", "dismiss")]).await.is(303);
        assert_eq!(world.waiting().await, ["Anónimo", "Marc", "Toni"]);
        world.app.post(&decide, &[("decision", "restore")]).await.is(303);
        assert_eq!(world.waiting().await.len(), 4);
        world.app.post(&decide, &[("decision", "answered")]).await.is(303);
        assert_eq!(world.waiting().await, ["Anónimo", "Marc", "Toni"]);
        world.app.post(&decide, &[("decision", "unanswered")]).await.is(303);
        assert_eq!(world.waiting().await.len(), 4);
        world.app.post(&decide, &[("decision", "assign"), ("whom", "12345")]).await.is(422);
        world.app.post(&decide, &[("decision", "hide")]).await.is(422);
        world.app.post("/answers/77/decide", &[("decision", "snooze")]).await.is(404);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_by_hand_is_copied_published_and_counted_once() {
    for mut world in worlds().await {
        let pepe = world.id_of("Pepe R.").await;
        let page = world.app.get(&format!("/answers/{pepe}")).await;
        page.is(200).has("data-check=").has("Hemos empezado un borrador");
        world.answer(pepe, "a", GOOD, &[("action", "save")]).await.is(303);
        assert_eq!(world.stage(pepe).await, Some(ReplyStage::Draft));
        // The same form twice is the same draft; another window is told.
        world.answer(pepe, "a", GOOD, &[("action", "save")]).await.is(303);
        world.answer(pepe, "b", "Otra cosa bien distinta.", &[("action", "save")]).await.is(409);
        let revision = world.revision(pepe).await;
        world.answer(pepe, "a", GOOD, &[("action", "hand"), ("revision", &revision)]).await.is(303);
        assert_eq!(world.stage(pepe).await, Some(ReplyStage::Handed));
        assert_eq!(
            world.waiting().await,
            ["Anónimo", "Marc", "Toni"],
            "who is being answered does not wait twice"
        );
        world.app.get("/answers").await.has("¿Publicaste la respuesta a Pepe R.?");
        world.app.get(&format!("/answers/{pepe}")).await.has("¿Ya está publicada?").has("data-copy=");
        world.conclude(pepe, "not-done").await.is(303);
        assert_eq!(world.stage(pepe).await, Some(ReplyStage::Draft));
        let revision = world.revision(pepe).await;
        world.answer(pepe, "a", GOOD, &[("action", "hand"), ("revision", &revision)]).await.is(303);
        let stale = world.revision(pepe).await;
        world.conclude(pepe, "done").await.is(303);
        assert_eq!(world.stage(pepe).await, Some(ReplyStage::Published));
        let again = [("action", "done"), ("revision", stale.as_str())];
        world.app.post(&format!("/answers/{pepe}"), &again).await.is(409);
        world.app.get(&format!("/mentions/{pepe}")).await.has("Sentimos la espera");
        assert!(world.letters().is_empty(), "nothing left by itself");
        // Marked and taken back: it waits again, with its words.
        world.conclude(pepe, "not-done").await.is(303);
        assert!(world.waiting().await.contains(&"Pepe R.".to_owned()));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_unlawful_does_not_leave_and_what_is_unwise_asks_first() {
    for mut world in worlds().await {
        let marc = world.id_of("Marc").await;
        let unlawful = "Esta reseña es falsa y te denunciaremos. Llama al 612 345 678 de Pepe.";
        let refused = world.answer(marc, "a", unlawful, &[("action", "hand")]).await;
        refused.is(422).has("No puede salir así");
        assert_eq!(world.stage(marc).await, None, "nothing of it is kept as approved");
        let check = world
            .app
            .post(&format!("/answers/{marc}/check"), &[("client_key", "a"), ("text", unlawful)])
            .await;
        check.is(200).has("No puede salir así").has_not("<html");
        let empty = world.answer(marc, "a", "  ", &[("action", "hand")]).await;
        empty.is(422).has("Escribe la respuesta");
        let promised = [("action", "hand"), ("promise", "Devolver el pan"), ("promise_day", "2020-01-01")];
        world.answer(marc, "a", GOOD, &promised).await.is(422).has("de hoy en adelante");
        let unwise = "Sentimos lo del pan. ¿Podrías borrar la reseña? Escríbenos y lo hablamos.";
        let asked = world.answer(marc, "a", unwise, &[("action", "hand")]).await;
        assert_ne!(asked.status.as_u16(), 303, "asking for the deletion must not pass unseen");
        assert_eq!(world.stage(marc).await, None);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_promise_is_followed_until_somebody_says_what_became_of_it() {
    for mut world in worlds().await {
        let marc = world.id_of("Marc").await;
        let fields = [("action", "hand"), ("promise", "Devolverle el pan"), ("promise_day", "2026-09-23")];
        world.answer(marc, "a", GOOD, &fields).await.is(303);
        world.app.get("/promises").await.has("Devolverle el pan").has("quedan 2 días");
        world.app.get("/today").await.has("Devolverle el pan");
        world.app.context.clock.advance(Duration::from_hours(24 * 4));
        world.app.get("/promises").await.has("venció hace 2 días");
        world.app.get("/answers").await.has("Una promesa vence hoy o ya venció");
        let open = respond::store::promises::open(&world.scope(), 10).await.expect("readable");
        let path = format!("/promises/{}", open[0].id);
        world.app.post(&path, &[("state", "kept")]).await.is(303);
        world.app.get("/promises").await.has("Cumplida tarde");
        world.app.post(&path, &[("state", "open")]).await.is(303);
        world.app.post(&path, &[("state", "whatever")]).await.is(422);
        assert_eq!(respond::store::promises::open(&world.scope(), 10).await.expect("readable").len(), 1);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_complaint_has_a_key_a_receipt_a_clock_and_a_reasoned_answer() {
    for mut world in worlds().await {
        let complaint = world.complain("Me cobraron dos veces el menú.").await;
        assert!(respond::rules::complaint::is_key(&complaint.key), "{}", complaint.key);
        assert_eq!(
            world.waiting().await.first().map(String::as_str),
            Some("Rosa"),
            "a complaint comes first"
        );
        let page = format!("/complaints/{}", complaint.id);
        world.app.get(&page).await.is(200).has(&complaint.key).has("Todavía no tiene justificante");
        let revision = complaint.revision.to_string();
        let receipt = [("action", "receipt"), ("revision", revision.as_str())];
        world.app.post(&page, &receipt).await.is(303);
        world.app.post(&page, &receipt).await.is(409);
        world.settle().await;
        let letters = world.letters();
        assert_eq!(letters.len(), 1, "one receipt, whoever presses twice");
        assert!(letters[0].contains(&complaint.key) && letters[0].contains("rosa@cliente.example"));
        let file = world.app.get(&format!("{page}/receipt.pdf")).await;
        file.is(200);
        assert!(file.bytes.starts_with(b"%PDF-"), "the receipt is a PDF");
        // The answer: decided, with its key and whom to turn to.
        let id = complaint.mention;
        let text = "Hola, Rosa. Sentimos el cobro doble: lo hemos mirado y el segundo recibo es de otra mesa, por eso no podemos \
            devolverlo. Si quieres, ven y lo miramos juntos.";
        // Nothing hides behind the key: what stands after it is judged like the rest.
        let hidden =
            format!("Sentimos lo ocurrido. Clave de tu reclamación: {}.\n\nTe denunciaremos.", complaint.key);
        let refused = [("action", "send"), ("careful", "yes"), ("outcome", "refused")];
        world.answer(id, "h", &hidden, &refused).await.is(422).has("No puede salir así");
        let undecided = world.answer(id, "c", text, &[("action", "send"), ("careful", "yes")]).await;
        undecided.is(422).has("Di qué decides");
        let fields = [("action", "send"), ("careful", "yes"), ("outcome", "refused")];
        world.answer(id, "c", text, &fields).await.is(303);
        world.settle().await;
        let letters = world.letters();
        assert_eq!(letters.len(), 2);
        assert_eq!(world.stage(id).await, Some(ReplyStage::Published));
        let answered = complaints::one(&world.scope(), complaint.id).await.expect("readable").expect("there");
        assert_eq!(answered.state, ComplaintState::Answered);
        let answer = answered.answer.expect("its words");
        assert!(answer.contains(&complaint.key) && answer.contains("arbitraje de consumo"), "{answer}");
        let register = world.app.get("/complaints/register.csv").await;
        register.is(200).has(&complaint.key).has("Me cobraron dos veces");
        world.app.get("/complaints/123456").await.is(404);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_from_before_a_complaint_does_not_close_it() {
    for mut world in worlds().await {
        let pepe = world.id_of("Pepe R.").await;
        world.answer(pepe, "a", "Hola\0", &[("action", "save")]).await.is(422);
        world.answer(pepe, "a", GOOD, &[("action", "hand")]).await.is(303);
        world.app.post(&format!("/mentions/{pepe}/complaint"), &[]).await.is(303);
        world.conclude(pepe, "done").await.is(303);
        let open = complaints::of_mention(&world.scope(), pepe).await.expect("readable").expect("there");
        assert_eq!(open.state, ComplaintState::Open, "nobody decided about it");
        assert!(world.waiting().await.contains(&"Pepe R.".to_owned()), "it waits in the queue");
        // What was decided on another state of it is told.
        let page = format!("/complaints/{}", open.id);
        let stale = (open.revision - 1).to_string();
        world.app.post(&page, &[("action", "withdraw"), ("revision", &stale)]).await.is(409);
        let now = open.revision.to_string();
        world.app.post(&page, &[("action", "reopen"), ("revision", &now)]).await.is(409);
        world.app.post(&page, &[("action", "withdraw"), ("revision", &now)]).await.is(303);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_answered_elsewhere_is_answered_again_only_on_a_second_press() {
    for mut world in worlds().await {
        let marc = world.id_of("Marc").await;
        world.answer(marc, "a", GOOD, &[("action", "save")]).await.is(303);
        world.app.post(&format!("/mentions/{marc}/answered"), &[("answered", "yes")]).await.is(303);
        let revision = world.revision(marc).await;
        let once = [("action", "hand"), ("revision", revision.as_str())];
        world.answer(marc, "a", GOOD, &once).await.is(200).has("Ya está contestada fuera de aquí");
        assert_eq!(world.stage(marc).await, Some(ReplyStage::Draft));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_letter_nobody_can_know_about_is_never_repeated_by_itself() {
    for mut world in worlds().await {
        let complaint = world.complain("La cuenta estaba mal.").await;
        let id = complaint.mention;
        world.mail.next(Mood::After(Dot::HangUp));
        let fields = [("action", "send"), ("careful", "yes"), ("outcome", "accepted")];
        let text = "Hola, Rosa. Tienes razón, sentimos el error de la cuenta. Pásate cuando quieras y lo arreglamos.";
        world.answer(id, "c", text, &fields).await.is(303);
        world.settle().await;
        assert_eq!(world.stage(id).await, Some(ReplyStage::Unknown));
        world.app.context.clock.advance(Duration::from_hours(48));
        world.settle().await;
        assert_eq!(world.letters().len(), 1, "it is not sent again by itself");
        world.app.sign_in().await;
        world.app.get("/answers").await.has("No se sabe si llegó la respuesta a Rosa");
        world.app.get(&format!("/answers/{id}")).await.has("Sí llegó").has("Enviarla otra vez");
        world.conclude(id, "again").await.is(303);
        world.settle().await;
        assert_eq!(world.letters().len(), 2);
        assert_eq!(world.stage(id).await, Some(ReplyStage::Published));
        let name =
            |letter: &String| letter.lines().find(|line| line.starts_with("Message-ID")).map(str::to_owned);
        let letters = world.letters();
        assert!(
            name(&letters[0]).is_some() && name(&letters[0]) == name(&letters[1]),
            "the same letter, under the same name"
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refused_letter_can_be_written_anew_and_a_bounced_one_waits_again() {
    for mut world in worlds().await {
        let complaint = world.complain("No había sitio.").await;
        let id = complaint.mention;
        world.mail.next(Mood::Recipient("550 5.1.1 no such user"));
        let fields = [("action", "send"), ("careful", "yes"), ("outcome", "accepted")];
        let text = "Hola, Rosa. Sentimos que no hubiera sitio: tenías reserva y fallamos. Te guardamos mesa cuando nos digas.";
        world.answer(id, "c", text, &fields).await.is(303);
        world.settle().await;
        assert_eq!(world.stage(id).await, Some(ReplyStage::Failed));
        world.conclude(id, "not-done").await.is(303);
        assert_eq!(world.stage(id).await, Some(ReplyStage::Draft));
        let revision = world.revision(id).await;
        let more = [
            ("action", "send"),
            ("careful", "yes"),
            ("outcome", "accepted"),
            ("revision", revision.as_str()),
        ];
        world.answer(id, "c", text, &more).await.is(303);
        world.settle().await;
        assert_eq!(world.stage(id).await, Some(ReplyStage::Published));
        let reply = replies::of_mention(&world.scope(), id).await.expect("readable").expect("there");
        let letter = reply.outgoing.expect("a letter");
        let name = notify::fate(&world.scope(), letter).await.expect("readable").expect("there").name;
        assert!(
            notify::bounced(&world.app.context, &world.scope(), &name, "mailbox full")
                .await
                .expect("written")
        );
        world.settle().await;
        assert_eq!(world.stage(id).await, Some(ReplyStage::Failed));
        let open = complaints::one(&world.scope(), complaint.id).await.expect("readable").expect("there");
        assert_eq!(open.state, ComplaintState::Open, "its clock runs again");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_public_page_exists_only_while_its_owner_opens_it() {
    for mut world in worlds().await {
        world.app.get("/p/bar-la-prueba").await.is(404);
        world.app.get("/word/public").await.has("bar-la-prueba");
        let open = [("action", "open"), ("slug", "Bar La Prueba"), ("contact", "hola@prueba.example")];
        world.app.post("/word/public", &open).await.is(303);
        let cookies = world.app.forget_cookies();
        let page = world.app.get("/p/bar-la-prueba").await;
        page.is(200).has("Bar La Prueba").has("hola@prueba.example").has("No es una certificación");
        page.has_not("Pepe R.").has_not("bravas");
        world.app.use_cookies(cookies);
        world.app.post("/word/public", &[("action", "open"), ("slug", "!!"), ("contact", "")]).await.is(422);
        world.app.post("/word/public", &[("action", "close"), ("slug", ""), ("contact", "")]).await.is(303);
        world.app.get("/p/bar-la-prueba").await.is(404);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kept_texts_have_only_the_gaps_we_know() {
    for mut world in worlds().await {
        let bad = [("title", "Disculpa"), ("text", "Hola, {{apellido}}")];
        world.app.post("/answers/saved", &bad).await.is(422).has("Hay un hueco que no conocemos");
        let good = [("title", "Disculpa"), ("text", "Hola, {{nombre}}: lo sentimos. {{negocio}}")];
        world.app.post("/answers/saved", &good).await.is(303);
        let saved = respond::store::saved(&world.scope()).await.expect("readable");
        let pepe = world.id_of("Pepe R.").await;
        let page = world.app.get(&format!("/answers/{pepe}?saved={}", saved[0].id)).await;
        page.has("Hola, Pepe R.: lo sentimos. Bar La Prueba");
        world
            .app
            .post("/answers/saved/99", &[("title", "x"), ("text", "y"), ("action", "keep")])
            .await
            .is(404);
        let path = format!("/answers/saved/{}", saved[0].id);
        world.app.post(&path, &[("title", "x"), ("text", "y"), ("action", "remove")]).await.is(303);
        assert!(respond::store::saved(&world.scope()).await.expect("readable").is_empty());
    }
}
