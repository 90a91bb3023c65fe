//! Bringing things in: once is once, edits are revisions, bad rows are told, hostile files are refused.

use foundation::web::Texts;

use crate::app::TestApp;
use crate::on_both_engines;

const CSV: &str = "id;fecha;estrellas;autor;comentario;respuesta\n\
    a1;03/09/2026;5;Lucía;La mejor tortilla del barrio, volveremos seguro;Gracias, Lucía\n\
    a2;12/09/2026;1;Pepe;Nos tuvieron cuarenta minutos esperando y la comida fría;\n\
    a3;15/09/2026;4;Marta;Buen menú, camareros muy atentos;\n\
    a4;xx/yy/2026;4;Rota;Fecha imposible;\n\
    a5;16/09/2026;2;Joan;El jamón estaba seco y carísimo;\n";

on_both_engines! {
    async fn an_export_comes_in_once(app: &mut TestApp) {
        app.first_run().await;
        let page = app.import("reseñas.csv", CSV.as_bytes()).await;
        page.is(200).has("a4;xx/yy/2026").has(&Texts::of(foundation::web::Locale::Es).get("row-bad-date"));
        let list = app.get("/mentions").await;
        list.is(200).has("La mejor tortilla").has("cuarenta minutos").has_not("Fecha imposible");
        // The same file again adds nothing.
        app.import("otra-vez.csv", CSV.as_bytes()).await.is(200);
        assert_eq!(app.get("/mentions").await.body.matches("<article").count(), 4);
        // Newest first.
        let body = app.get("/mentions").await.body;
        let at = |text: &str| body.find(text).expect(text);
        assert!(at("jamón estaba seco") < at("Buen menú") && at("Buen menú") < at("cuarenta minutos"));
    }

    async fn an_edited_review_becomes_a_revision(app: &mut TestApp) {
        app.first_run().await;
        app.import("a.csv", CSV.as_bytes()).await.is(200);
        let edited = CSV.replace("2;Joan;El jamón estaba seco y carísimo", "4;Joan;Nos lo compensaron, buen trato");
        app.import("b.csv", edited.as_bytes()).await.is(200);
        let list = app.get("/mentions?q=compensaron").await;
        list.has("Nos lo <mark>compensaron</mark>");
        assert_eq!(app.get("/mentions").await.body.matches("<article").count(), 4);
        app.get("/mentions?q=carisimo").await.has_not("<article");
        let link = list.body.split("href=\"/mentions/").nth(1).and_then(|l| l.split('"').next()).expect("a link").to_owned();
        app.get(&format!("/mentions/{link}")).await.is(200).has("El jamón estaba seco y carísimo");
    }

    async fn search_folds_accents_and_filters_combine(app: &mut TestApp) {
        app.first_run().await;
        app.import("a.csv", CSV.as_bytes()).await.is(200);
        for question in ["jamon", "JAMÓN", "jam%C3%B3n+seco", "jam"] {
            let page = app.get(&format!("/mentions?q={question}")).await;
            page.is(200).has("jamón").has("<mark");
            assert_eq!(page.body.matches("<article").count(), 1, "{question}");
        }
        app.get("/mentions?q=%22%20OR%20*%20NEAR(").await.is(200);
        app.get("/mentions?q='%20%7C%20!%26%20:*").await.is(200);
        assert_eq!(app.get("/mentions?stars=5").await.body.matches("<article").count(), 1);
        assert_eq!(app.get("/mentions?stars=5&q=jamon").await.body.matches("<article").count(), 0);
        assert_eq!(app.get("/mentions?reply=unanswered").await.body.matches("<article").count(), 3);
        assert_eq!(app.get("/mentions?stars=nonsense&source=x&before=y").await.body.matches("<article").count(), 4);
    }

    async fn columns_can_be_corrected_before_anything_is_stored(app: &mut TestApp) {
        app.first_run().await;
        let file = "uno,dos,tres\nMuy rico todo y buen precio,Ana,9\nNo vuelvo jamás por aquí,Luis,2\n";
        let draft = app.upload("raro.csv", file.as_bytes()).await;
        let path = draft.location.clone().expect("a draft");
        assert!(app.get("/mentions").await.body.matches("<article").count() == 0);
        let fields = [("source", "tripadvisor"), ("source_name", "Mi hoja"), ("text", "0"), ("author", "1"), ("stars", "2"), ("stars_best", "10")];
        let mut look = fields.to_vec();
        look.push(("action", "look"));
        app.post(&path, &look).await.goes_to(&path);
        app.get(&path).await.is(200).has("Mi hoja").has("Muy rico todo");
        let mut confirm = fields.to_vec();
        confirm.push(("action", "confirm"));
        app.post(&path, &confirm).await.goes_to(&path);
        // Pressed twice.
        app.post(&path, &confirm).await.goes_to(&path);
        app.settle().await;
        assert_eq!(app.get("/mentions?stars=1").await.body.matches("<article").count(), 1);
        app.get("/sources").await.has("Mi hoja");
    }

    async fn pasted_reviews_come_in(app: &mut TestApp) {
        app.first_run().await;
        let text = "Ana Gómez\nLocal Guide · 23 reseñas\n★★★★★\nhace 2 semanas\nSitio estupendo, la paella de diez.\n\n\
                    Luis P.\n1 reseña\n★☆☆☆☆\nhace un mes\nTardaron una hora en traer las bravas.\n";
        let page = app.post("/import/paste", &[("text", text), ("paste_source", "google")]).await;
        page.is(303);
        let path = page.location.clone().expect("a draft");
        app.get(&path).await.is(200).has("paella de diez");
        app.post(&path, &[("action", "confirm"), ("source", "google"), ("source_name", "Google")]).await.is(303);
        app.settle().await;
        assert_eq!(app.get("/mentions").await.body.matches("<article").count(), 2);
        app.post("/import/paste", &[("text", "   "), ("paste_source", "")]).await.is(422);
    }

    async fn hostile_files_get_a_clear_answer(app: &mut TestApp) {
        app.first_run().await;
        let long_line = vec![b'a'; 3 << 20];
        let nul = vec![0u8; 100_000];
        let files: [(&str, &[u8]); 6] = [
            ("empty.csv", b""),
            ("line.csv", &long_line),
            ("nul.csv", &nul),
            ("broken.xlsx", b"PK\x03\x04 this is no archive"),
            ("broken.json", b"{\"reviews\": [{\"comment\": \"x"),
            ("picture.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\0"),
        ];
        for (name, content) in files {
            let page = app.upload(name, content).await;
            assert!(page.status == 422 || page.status == 303, "{name}: {}", page.status);
            if page.status == 422 {
                page.has("role=\"alert\"");
            }
        }
        app.get("/healthz").await.is(200);
        // What was refused left no file behind.
        let uploads = std::fs::read_dir(app.path().join("uploads")).map_or(0, Iterator::count);
        let drafts = app.get("/import").await.body.matches("href=\"/import/").count();
        assert!(uploads <= drafts, "{uploads} files for {drafts} drafts");
    }

    async fn formulas_are_text_here_and_guarded_in_the_export(app: &mut TestApp) {
        app.first_run().await;
        let file = "id,date,stars,author,text\n1,2026-09-01,3,=cmd|' /C calc'!A0,\"=HYPERLINK(\"\"http://evil.example\"\",\"\"x\"\")\"\n\
                    2,2026-09-02,3,<script>alert(1)</script>,<img src=x onerror=alert(1)> bien\n";
        app.import("f.csv", file.as_bytes()).await.is(200);
        app.get("/mentions").await.has("=HYPERLINK").has("&lt;script&gt;").has_not("<script>alert").has_not("<img src=x");
        let export = app.get("/export").await;
        export.is(200);
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(export.bytes)).expect("a ZIP");
        let mut table = String::new();
        std::io::Read::read_to_string(&mut archive.by_name("mentions.csv").expect("the table"), &mut table).expect("text");
        assert!(table.contains("'=HYPERLINK") && table.contains("'=cmd"), "{table}");
    }

    async fn steps_run_twice_do_nothing_the_second_time(app: &mut TestApp) {
        app.first_run().await;
        app.import("a.csv", CSV.as_bytes()).await.is(200);
        let before = app.get("/mentions").await.body;
        for step in timon::schedule::STEPS {
            let progress = foundation::steps::guarded(*step, app.context.clone()).await.expect(step.name);
            assert_eq!(progress, foundation::steps::Progress::Idle, "{} found work twice", step.name);
        }
        assert_eq!(app.get("/mentions").await.body, before);
    }
}
