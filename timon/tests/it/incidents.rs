//! An incident made whole: what it is and who decides, who was told, and what is approved, published and withdrawn; what
//! the public doors give, and that nothing is public by accident.

use foundation::store::Scope;
use warn::public;

use crate::app::TestApp;
use crate::on_both_engines;

async fn with_incident(app: &mut TestApp) -> (Scope, String) {
    app.first_run().await;
    let incident = app.post("/incidents", &[("title", "La terraza")]).await.location.expect("an incident");
    let organization = accounts::organizations(&app.context, 1).await.expect("readable")[0].id;
    (app.context.scope(organization), incident)
}

async fn said(app: &mut TestApp, incident: &str, revision: &str, text: &str) {
    let form = [
        ("revision", revision),
        ("title", "La terraza"),
        ("statement_title", "Sobre el sábado"),
        ("statement", text),
    ];
    app.post(incident, &form).await.is(303);
    // Ids of one millisecond are in any order; nobody approves twice in one.
    app.context.clock.advance(std::time::Duration::from_mins(1));
}

on_both_engines! {
    async fn a_statement_is_approved_shown_published_and_withdrawn_and_every_version_is_kept(app: &mut TestApp) {
        let (scope, incident) = with_incident(app).await;
        let publish = format!("{incident}/publish/statement");
        app.get(&incident).await.is(200).has("Por escribir").has("Nadie ha dicho todavía");
        app.post(&format!("{incident}/approve"), &[("revision", "1")]).await.is(409);
        said(app, &incident, "1", "Lo sentimos.\n<b>Nos equivocamos</b>.").await;
        app.get(&incident).await.has("Borrador");
        app.get(&publish).await.is(303);
        app.post(&publish, &[("revision", "2")]).await.is(409);
        app.post(&format!("{incident}/approve"), &[("revision", "1")]).await.is(409);
        app.post(&format!("{incident}/approve"), &[("revision", "2")]).await.is(303);
        app.get(&incident).await.has("Aprobado, sin publicar").has("Aprobado: «Sobre el sábado»");
        assert!(public::statements(&scope).await.expect("readable").is_empty(), "approved is not published");
        app.get(&publish).await.is(200).has("Lo sentimos.").has("&lt;b&gt;Nos equivocamos").has("¿Lo publicas?");

        // A word changed in between: nothing is published, and it is a draft again.
        said(app, &incident, "2", "Lo sentimos mucho.").await;
        app.post(&publish, &[("revision", "2")]).await.is(409);
        app.get(&incident).await.has("Borrador");
        app.post(&format!("{incident}/approve"), &[("revision", "3")]).await.is(303);
        app.post(&publish, &[("revision", "3")]).await.is(303);
        app.post(&publish, &[("revision", "3")]).await.is(409);
        app.get(&incident).await.has("Publicado: «Sobre el sábado»");
        let first = public::statements(&scope).await.expect("readable");
        assert_eq!((first.len(), first[0].text.as_str(), first[0].withdrawn_at), (1, "Lo sentimos mucho.", None));

        // The next version replaces it in the open; what was said stays to be read.
        said(app, &incident, "3", "Lo arreglamos.").await;
        app.get(&incident).await.has("sigue a la vista");
        app.post(&format!("{incident}/approve"), &[("revision", "4")]).await.is(303);
        app.get(&publish).await.has("quedará como retirado");
        app.post(&publish, &[("revision", "4")]).await.is(303);
        let both = public::statements(&scope).await.expect("readable");
        assert_eq!(both.iter().map(|s| s.text.as_str()).collect::<Vec<_>>(), ["Lo arreglamos.", "Lo sentimos mucho."]);
        assert_eq!((both[0].withdrawn_at, both[1].withdrawn_at), (None, Some(app.now())));

        let page = app.get(&incident).await.body;
        let id = page.split("name=\"publication\" value=\"").nth(1).and_then(|l| l.split('"').next()).expect("a form").to_owned();
        let withdraw = format!("{incident}/withdraw");
        app.post(&withdraw, &[("publication", "123")]).await.is(404);
        app.post(&withdraw, &[("publication", &id)]).await.is(303);
        app.post(&withdraw, &[("publication", &id)]).await.is(409);
        app.get(&incident).await.has("Retirado: «Sobre el sábado»");
        assert!(public::statements(&scope).await.expect("readable").iter().all(|s| s.withdrawn_at.is_some()));
    }

    async fn what_was_changed_is_published_with_its_day(app: &mut TestApp) {
        let (scope, incident) = with_incident(app).await;
        let review = format!("{incident}/review");
        let form = [("revision", "1"), ("lessons", "Faltaba gente"), ("change", "Dos personas los sábados")];
        app.post(&review, &form).await.is(303);
        app.get(&format!("{incident}/publish/change")).await.is(303);
        let form = [("revision", "2"), ("lessons", "Faltaba gente"), ("change", "Dos personas los sábados"),
            ("change_title", "Más manos"), ("change_day", "2026-09-20")];
        app.post(&review, &form).await.is(303);
        app.get(&format!("{incident}/publish/change")).await.is(200).has("Dos personas los sábados").has("20 sep 2026").has_not("Faltaba gente");
        assert!(public::changes(&scope).await.expect("readable").is_empty());
        app.post(&format!("{incident}/publish/change"), &[("revision", "2")]).await.is(409);
        app.post(&format!("{incident}/publish/change"), &[("revision", "3")]).await.is(303);
        app.post(&format!("{incident}/publish/nothing"), &[("revision", "3")]).await.is(404);
        let changes = public::changes(&scope).await.expect("readable");
        assert_eq!((changes.len(), changes[0].title.as_str(), changes[0].day), (1, "Más manos", Some(20_716)));
        assert!(public::statements(&scope).await.expect("readable").is_empty());
    }

    async fn it_is_said_what_it_is_who_decides_and_who_was_told(app: &mut TestApp) {
        let (_, incident) = with_incident(app).await;
        let class = format!("{incident}/class");
        app.post(&class, &[("revision", "1"), ("class", "revenge"), ("decider", "")]).await.is(422);
        app.post(&class, &[("revision", "1"), ("class", "legal"), ("decider", "")]).await.is(303);
        app.get(&incident).await.has("Un asunto legal").has("con tu asesoría");
        app.post(&class, &[("revision", "1"), ("class", "values"), ("decider", "Carmen")]).await.is(409).has("sin guardar");
        app.post(&class, &[("revision", "2"), ("class", "values"), ("decider", "Carmen")]).await.is(303);
        app.get(&incident).await.has("Carmen").has_not("con tu asesoría");
        let told = format!("{incident}/told");
        app.post(&told, &[("who", " "), ("how", "")]).await.is(422);
        app.post(&told, &[("who", "Al equipo"), ("how", "en persona")]).await.is(303);
        let page = app.get(&incident).await;
        page.has("en persona ·").has("Se lo hemos dicho a Al equipo");
        let id = page.body.split("/told/").nth(1).and_then(|l| l.split('"').next()).expect("a form").to_owned();
        app.post(&format!("{told}/{id}"), &[]).await.is(303);
        app.post(&format!("{told}/{id}"), &[]).await.is(404);
        app.get(&incident).await.has("A nadie todavía");
    }
}
