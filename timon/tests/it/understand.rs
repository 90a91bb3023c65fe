//! What readings say beyond their sentiment: causes with quotes, corrections that spread and can be undone, fixes that
//! are judged, names that are watched.

use std::fmt::Write as _;

use domain::{CorrectedField, MentionId, ReadBy, Sentiment};
use foundation::store::Scope;
use understand::store::{self, Filter, ReadMention};

use crate::app::TestApp;
use crate::on_both_engines;

/// Rows of date, stars and text.
fn export(rows: &[(&str, u8, &str)]) -> String {
    let mut file = "id,date,stars,author,text\n".to_owned();
    for (n, (date, stars, text)) in rows.iter().enumerate() {
        let _ = writeln!(file, "r{n},{date},{stars},Cliente {n},\"{text}\"");
    }
    file
}

async fn scope(app: &TestApp) -> Scope {
    app.context.scope(accounts::organizations(&app.context, 1).await.expect("readable")[0].id)
}

async fn all(scope: &Scope) -> Vec<ReadMention> {
    store::newest(scope, &Filter::default(), 1_000).await.expect("readable")
}

async fn of(scope: &Scope, text: &str) -> ReadMention {
    all(scope).await.into_iter().find(|m| m.text.starts_with(text)).expect("imported")
}

fn sentiment(m: &ReadMention) -> Sentiment {
    m.reading.as_ref().expect("read").sentiment
}

/// The counts of each day agree with the readings, whatever was corrected and undone.
async fn counts_agree(scope: &Scope) {
    let read = all(scope).await;
    let days = store::counts::days(scope, 0).await.expect("readable");
    let counted: i64 = days.iter().map(|d| d.counts[0]).sum();
    let negative = read.iter().filter(|m| sentiment(m) == Sentiment::Negative).count();
    assert_eq!(counted, negative as i64, "negative by day and one by one");
    let causes = store::counts::causes(scope, 0, 100_000).await.expect("readable");
    let complaints = read.iter().filter(|m| m.reading.as_ref().is_some_and(|r| r.cause.is_some())).count();
    assert_eq!(causes.values().sum::<i64>(), complaints as i64, "complaints by day and one by one");
}

const WAITS: &[(&str, u8, &str)] = &[
    ("2026-09-20", 1, "Una hora esperando para que nos tomaran nota. El camarero, muy borde."),
    ("2026-09-19", 1, "Esperamos cuarenta minutos a que nos atendieran y nadie se disculpó."),
    ("2026-09-18", 2, "Lentísimos: tardaron una eternidad en traer la cuenta, qué espera."),
    ("2026-09-17", 5, "Todo riquísimo, la tortilla es la mejor de la ciudad."),
    ("2026-09-16", 5, "Encantadores y muy buena comida, volveremos."),
    ("2026-09-15", 4, "Buen sitio para comer con niños."),
];

on_both_engines! {
    async fn the_cause_of_the_week_has_a_count_and_quotes(app: &mut TestApp) {
        app.first_run().await;
        app.get("/causes").await.is(200).has("href=\"/import\"");
        app.import("bar.csv", export(WAITS).as_bytes()).await.is(200);
        let page = app.get("/causes").await;
        page.is(200).has("id=\"week\"").has("<blockquote").has("id=\"aspects\"").has("3 de 3 quejas");
        app.get("/today").await.is(200).has("id=\"week\"").has("<blockquote");
        counts_agree(&scope(app).await).await;
    }

    async fn a_correction_holds_at_once_spreads_to_copies_and_is_undone(app: &mut TestApp) {
        app.first_run().await;
        let rows = [
            ("2026-09-20", 3, "Pues la verdad es que el menú del viernes era el de siempre, sin cambios en la carta."),
            ("2026-09-19", 3, "PUES LA VERDAD ES QUE EL MENU DEL VIERNES ERA EL DE SIEMPRE, SIN CAMBIOS EN LA CARTA!!"),
            ("2026-09-18", 5, "Una maravilla de sitio, todo perfecto y el personal encantador."),
        ];
        app.import("bar.csv", export(&rows).as_bytes()).await.is(200);
        let scope = scope(app).await;
        let (first, before) = (of(&scope, "Pues").await, sentiment(&of(&scope, "PUES").await));
        let other = sentiment(&of(&scope, "Una maravilla").await);
        let said = if before == Sentiment::Positive { Sentiment::Negative } else { Sentiment::Positive };
        let path = format!("/mentions/{}", first.id);
        let fields = [("field", "sentiment"), ("said", said.as_str())];
        app.post(&format!("{path}/reading"), &fields).await.is(303).goes_to(&format!("{path}#reading"));
        // at once, before any step has run
        let corrected = of(&scope, "Pues").await.reading.expect("read");
        assert_eq!((corrected.sentiment, corrected.read_by), (said, ReadBy::Owner));
        app.settle().await;
        let copy = of(&scope, "PUES").await.reading.expect("read");
        assert_eq!((copy.sentiment, copy.read_by), (said, ReadBy::Copy));
        assert_eq!(sentiment(&of(&scope, "Una maravilla").await), other, "what is not alike is left alone");
        counts_agree(&scope).await;
        app.get(&path).await.is(200).has("Deshacer");
        let page = app.get("/learnt").await;
        page.is(200).has("ana@prueba.example").has("Deshacer");
        let id = page.body.split("action=\"/learnt/").nth(1).and_then(|l| l.split('"').next()).expect("a form").to_owned();
        app.post(&format!("/learnt/{id}"), &[("back", "learnt")]).await.is(303).goes_to("/learnt");
        app.settle().await;
        for text in ["Pues", "PUES"] {
            let undone = of(&scope, text).await.reading.expect("read");
            assert_eq!((undone.sentiment, undone.read_by), (before, ReadBy::Model), "{text}");
        }
        counts_agree(&scope).await;
        // it is undone once
        app.post(&format!("/learnt/{id}"), &[("back", "learnt")]).await.is(409);
        app.get("/learnt").await.is(200).has("Deshecha");
    }

    async fn a_correction_of_a_cause_counts_under_the_other_cause(app: &mut TestApp) {
        app.first_run().await;
        app.import("bar.csv", export(WAITS).as_bytes()).await.is(200);
        let scope = scope(app).await;
        let mention = of(&scope, "Una hora").await;
        let path = format!("/mentions/{}/reading", mention.id);
        app.post(&path, &[("field", "cause"), ("said", "broken-promise")]).await.is(303);
        app.post(&path, &[("field", "cause"), ("said", "bad-product")]).await.is(303);
        app.settle().await;
        let corrections = store::corrections::of_mention(&scope, mention.id).await.expect("readable");
        assert_eq!(corrections.len(), 1, "the later takes the place of the earlier");
        assert_eq!((corrections[0].field, corrections[0].said.as_str()), (CorrectedField::Cause, "bad-product"));
        assert_eq!(of(&scope, "Una hora").await.reading.expect("read").cause, Some(domain::Cause::BadProduct));
        counts_agree(&scope).await;
        app.post(&path, &[("field", "cause"), ("said", "none")]).await.is(303);
        app.settle().await;
        assert_eq!(of(&scope, "Una hora").await.reading.expect("read").cause, None);
        counts_agree(&scope).await;
    }

    async fn what_cannot_be_corrected_is_refused(app: &mut TestApp) {
        app.first_run().await;
        app.import("bar.csv", export(WAITS).as_bytes()).await.is(200);
        let id = of(&scope(app).await, "Una hora").await.id;
        let path = format!("/mentions/{id}/reading");
        for fields in [
            [("field", "sentiment"), ("said", "unsure")],
            [("field", "sentiment"), ("said", "none")],
            [("field", "cause"), ("said", "positive")],
            [("field", "stars"), ("said", "5")],
        ] {
            app.post(&path, &fields).await.is(422);
        }
        let good = [("field", "sentiment"), ("said", "positive")];
        app.post("/mentions/12345/reading", &good).await.is(404);
        app.post("/learnt/12345", &[("back", "learnt")]).await.is(404);
    }

    async fn a_fix_is_compared_and_forgotten(app: &mut TestApp) {
        app.first_run().await;
        let mut file = "id,date,stars,author,text\n".to_owned();
        for n in 0..60 {
            let (month, day) = (if n < 30 { 7 } else { 8 }, n % 28 + 1);
            let bad = n < 30 && n % 2 == 0;
            let text = if bad { "Mucha espera, tardaron una hora en atendernos" } else { "Buena comida y buen ambiente" };
            let _ = writeln!(file, "f{n},2026-{month:02}-{day:02},{},Cliente {n},{text} ({n})", if bad { 1 } else { 5 });
        }
        app.import("bar.csv", file.as_bytes()).await.is(200);
        let fix = [("aspect", "wait"), ("what", "Una persona más los sábados"), ("since", "2026-08-01")];
        app.post("/causes/fixes", &fix).await.is(303);
        let page = app.get("/causes").await;
        page.is(200).has("Una persona más los sábados").has("notice success");
        let id = page.body.split("action=\"/causes/fixes/").nth(1).and_then(|l| l.split('"').next()).expect("a form").to_owned();
        app.post(&format!("/causes/fixes/{id}"), &[]).await.is(303);
        app.get("/causes").await.is(200).has_not("Una persona más los sábados");
        app.post(&format!("/causes/fixes/{id}"), &[]).await.is(404);
        for (since, what) in [("2026-12-31", "mañana"), ("ayer", "así"), ("2026-08-01", "  ")] {
            app.post("/causes/fixes", &[("aspect", "wait"), ("what", what), ("since", since)]).await.is(422);
        }
        app.post("/causes/fixes", &[("aspect", "unicorns"), ("what", "x"), ("since", "2026-08-01")]).await.is(422);
    }

    async fn a_watched_name_is_found_filtered_and_forgotten(app: &mut TestApp) {
        app.first_run().await;
        let rows = [
            ("2026-09-20", 5, "Compré una falda preciosa en Mango, la talla perfecta"),
            ("2026-09-19", 5, "El zumo de mango, riquísimo"),
            ("2026-09-18", 4, "Nos gustó mas que el Café Olé de al lado"),
        ];
        app.import("tienda.csv", export(&rows).as_bytes()).await.is(200);
        app.get("/watch").await.is(200);
        let mango = [("names", "Mango"), ("kind", "brand"), ("required", "falda, talla"), ("excluded", "zumo")];
        app.post("/watch", &mango).await.is(303);
        let cafe = [("names", "cafe ole\nOtro Nombre"), ("kind", "competitor"), ("required", ""), ("excluded", "")];
        app.post("/watch", &cafe).await.is(303);
        app.settle().await;
        let page = app.get("/watch").await;
        page.is(200).has("Mango").has("cafe ole").has("Otro Nombre").has("En una mención");
        let term = page.body.split("/mentions?term=").nth(1).and_then(|l| l.split('"').next()).expect("a link").to_owned();
        let found = app.get(&format!("/mentions?term={term}")).await;
        found.is(200);
        assert_eq!(found.body.matches("<article").count(), 1);
        app.post(&format!("/watch/{term}"), &[]).await.is(303);
        app.post(&format!("/watch/{term}"), &[]).await.is(404);
        app.post("/watch", &[("names", " "), ("kind", "brand"), ("required", ""), ("excluded", "")]).await.is(422);
    }

    async fn what_is_asked_for_while_it_is_being_read_is_read_again(app: &mut TestApp) {
        use foundation::store::Batch;
        use listen::store::mentions;
        app.first_run().await;
        app.import("bar.csv", export(WAITS).as_bytes()).await.is(200);
        let scope = scope(app).await;
        let ids = [of(&scope, "Una hora").await.id];
        let mut batch = Batch::new();
        mentions::requeue_these(&mut batch, &ids);
        scope.write(batch).await.expect("written");
        // a reader takes it off the queue; before it saves, the owner asks for it again
        let generation = mentions::queue_generation(&scope).await.expect("readable");
        let mut again = Batch::new();
        mentions::requeue_these(&mut again, &ids);
        scope.write(again).await.expect("written");
        let mut late = Batch::new();
        mentions::mark_read(&mut late, &ids, generation);
        assert!(scope.write(late).await.expect_err("too late").is_conflict());
        assert_eq!(mentions::count_unread(&scope).await.expect("readable"), 1, "it is still to be read");
        let mut fresh = Batch::new();
        mentions::mark_read(&mut fresh, &ids, mentions::queue_generation(&scope).await.expect("readable"));
        scope.write(fresh).await.expect("nobody asked meanwhile");
    }

    async fn another_organisation_cannot_correct_or_see(app: &mut TestApp) {
        app.first_run().await;
        app.import("bar.csv", export(WAITS).as_bytes()).await.is(200);
        let ours = scope(app).await;
        let theirs = app.context.scope(domain::OrganizationId(ours.organization().0 + 1));
        let id: MentionId = of(&ours, "Una hora").await.id;
        assert!(store::one(&theirs, id).await.expect("readable").is_none());
        assert!(store::corrections::of_mention(&theirs, id).await.expect("readable").is_empty());
        let near = store::near_copies(&theirs, MentionId(0), &[nlp::Fingerprint::default()], 10).await.expect("readable");
        assert_eq!(near, (Vec::new(), None));
        assert!(store::counts::causes(&theirs, 0, 100_000).await.expect("readable").is_empty());
    }
}
