//! The charter is written, changed and kept apart; serious mentions are suggested a class, decided and taken back.

use domain::{MentionId, TriageClass};
use foundation::store::Scope;
use values::rules::Reason;
use values::store::{charter, list, triage_of};

use crate::app::TestApp;
use crate::on_both_engines;
use crate::warn::{CAMPAIGN, hear_many, import_history};

const EXPORT: &str = "id,date,stars,author,text\n\
    1,2026-09-20,1,Ana,\"Nos cobraron el pan y las aceitunas sin avisar\"\n\
    2,2026-09-19,1,Luis,\"Mañana pongo una denuncia en consumo, esto es un robo\"\n\
    3,2026-09-18,2,Eva,\"La tortilla estaba fría y quemada\"\n\
    4,2026-09-17,5,Pau,\"Todo riquísimo y el servicio de diez\"\n\
    5,2026-03-01,1,Vieja,\"Una queja de hace medio año\"\n";

async fn scope(app: &TestApp) -> Scope {
    app.context.scope(accounts::organizations(&app.context, 1).await.expect("readable")[0].id)
}

async fn with_complaints(app: &mut TestApp) -> Scope {
    app.first_run().await;
    app.import("bar.csv", EXPORT.as_bytes()).await.is(200);
    scope(app).await
}

/// The mention whose text holds these words.
async fn mention(scope: &Scope, words: &str) -> MentionId {
    let filter = understand::store::Filter::default();
    let all = understand::store::newest(scope, &filter, 50).await.expect("readable");
    all.iter().find(|m| m.text.contains(words)).unwrap_or_else(|| panic!("nothing says {words}")).id
}

const LINE: [(&str, &str); 4] = [
    ("revision", "0"),
    ("text", "Nunca cobramos el pan sin avisar"),
    ("decider", "Carmen"),
    ("first_step", "Devolver lo cobrado ese mismo día"),
];

on_both_engines! {
    async fn a_charter_is_written_line_by_line_and_nothing_is_lost_when_two_write(app: &mut TestApp) {
        let scope = with_complaints(app).await;
        app.get("/values").await.is(200).has("Empieza por una").has("Por ejemplo: nunca cobramos algo").has_not("value=\"nunca")
            .has("Línea 1 de 5").has_not("Línea 2 de 5");
        app.post("/values/1", &[("revision", "0"), ("text", " "), ("decider", ""), ("first_step", "")]).await.is(422);
        app.post("/values/6", &LINE).await.is(404);
        app.post("/values/1", &LINE).await.goes_to("/values#line-1");
        app.get("/values").await.has("Carmen").has("Devolver lo cobrado").has("Línea 2 de 5").has_not("Empieza por una");
        // Somebody else wrote meanwhile: her own words come back, on what stands now.
        app.post("/values/1", &LINE).await.is(409).has("sin guardar").has("value=\"1\"");
        let change = [("revision", "1"), ("text", "Nunca cobramos el pan"), ("decider", ""), ("first_step", "")];
        app.post("/values/1", &change).await.is(303);
        let lines = charter(&scope).await.expect("readable");
        assert_eq!((lines.len(), lines[0].text.as_str(), lines[0].revision), (5, "Nunca cobramos el pan", 2));
        app.get("/values").await.has("Tú, no quien atiende.");
        let clear = [("revision", "2"), ("text", ""), ("decider", ""), ("first_step", "")];
        app.post("/values/1", &clear).await.is(303);
        app.get("/values").await.has("Empieza por una");
    }

    async fn a_serious_mention_is_suggested_decided_and_taken_back(app: &mut TestApp) {
        let scope = with_complaints(app).await;
        app.post("/values/1", &LINE).await.is(303);
        let (bread, legal) = (mention(&scope, "aceitunas").await, mention(&scope, "denuncia").await);
        let triage = triage_of(&scope, bread).await.expect("readable").expect("there");
        assert!(triage.serious && triage.decision.is_none());
        assert_eq!((triage.suggestion.class, triage.suggestion.place), (TriageClass::Values, Some(1)));
        let triage = triage_of(&scope, legal).await.expect("readable").expect("there");
        assert_eq!((triage.suggestion.class, &triage.suggestion.reasons[0]), (TriageClass::Legal, &Reason::Legal));
        let praise = mention(&scope, "riquísimo").await;
        assert!(!triage_of(&scope, praise).await.expect("readable").expect("there").serious);

        app.get("/values/triage").await.is(200).has("aceitunas").has("Un asunto legal").has("Carmen")
            .has("value=\"values-1\"").has_not("riquísimo").has_not("hace medio año");
        let path = format!("/mentions/{bread}/triage");
        app.post(&path, &[("decision", "values-2")]).await.is(422);
        app.post(&path, &[("decision", "revenge")]).await.is(422);
        app.post("/mentions/12345/triage", &[("decision", "legal")]).await.is(404);
        app.post(&path, &[("decision", "values-1"), ("back", "list")]).await.goes_to("/values/triage");
        app.get("/values/triage").await.has_not("aceitunas").has("denuncia");
        app.get("/values/triage?decided=yes").await.has("aceitunas").has("ana@prueba.example").has("Devolver lo cobrado");
        // The decision keeps the line as it was, whatever the charter says later.
        let change = [("revision", "1"), ("text", "Otra cosa"), ("decider", ""), ("first_step", "")];
        app.post("/values/1", &change).await.is(303);
        let decision = triage_of(&scope, bread).await.expect("readable").expect("there").decision.expect("decided");
        assert_eq!((decision.class, decision.line.as_str()), (TriageClass::Values, LINE[1].1));
        app.post(&path, &[("decision", "ordinary")]).await.goes_to(&format!("/answers/{bread}#triage"));
        app.post(&path, &[("decision", "none"), ("back", "decided")]).await.goes_to("/values/triage?decided=yes");
        app.get("/values/triage?decided=yes").await.has_not("aceitunas").has("Todavía no habéis decidido");
        // Chosen by hand: whoever wants to decide about praise may.
        app.post(&format!("/mentions/{praise}/triage"), &[("decision", "ordinary")]).await.is(303);
        let decided = list(&scope, true, app.now() - jiff::SignedDuration::from_hours(24 * 90), None, 9).await;
        assert_eq!(decided.expect("readable").len(), 1);
    }

    async fn coordinated_is_only_said_of_what_repeats_in_an_open_warning(app: &mut TestApp) {
        app.first_run().await;
        import_history(app).await;
        let scope = scope(app).await;
        hear_many(app, &scope, 12, 1, &[CAMPAIGN[0]]).await;
        hear_many(app, &scope, 1, 2, &["La tortilla estaba fría y quemada, y nadie vino a preguntar"]).await;
        let evidence = warn::evidence::open(&scope).await.expect("readable");
        assert!(evidence.iter().any(|found| found.copies.len() >= 3), "{evidence:?}");
        let copy = triage_of(&scope, mention(&scope, "pareja mayor").await).await.expect("readable").expect("there");
        assert_eq!(copy.suggestion.class, TriageClass::Attack);
        let own = triage_of(&scope, mention(&scope, "quemada").await).await.expect("readable").expect("there");
        assert_eq!(own.suggestion.class, TriageClass::Ordinary, "{:?}", own.suggestion);
        app.get("/values/triage").await.has("Parece coordinado").has_not("atacante");
        // A judged warning is no evidence any more.
        for found in evidence {
            let warning = warn::store::warnings::one(&scope, found.warning).await.expect("readable").expect("there");
            let revision = warning.revision.to_string();
            app.post(&format!("/warnings/{}", found.warning), &[("revision", &revision), ("verdict", "nothing")]).await.is(303);
        }
        let copy = triage_of(&scope, mention(&scope, "pareja mayor").await).await.expect("readable").expect("there");
        assert!(copy.suggestion.class != TriageClass::Attack);
    }

    async fn nobody_decides_for_somebody_else(app: &mut TestApp) {
        let scope = with_complaints(app).await;
        app.post("/values/1", &LINE).await.is(303);
        let bread = mention(&scope, "aceitunas").await;
        let new = accounts::NewOrganization {
            name: "Vecina".to_owned(), town: String::new(), kind: domain::OrganizationKind::Person,
            time_zone: "Europe/Madrid".to_owned(), locale: foundation::web::Locale::Es,
        };
        accounts::create_demo_owner(&app.context, &new, ("vecina@prueba.example", "otra tortilla más")).await.expect("created");
        app.forget_cookies();
        app.post("/sign-in", &[("email", "vecina@prueba.example"), ("password", "otra tortilla más")]).await.goes_to("/today");
        app.get("/values").await.has_not("Carmen").has("nunca hablo en público de la vida de otros").has("Lo que tú nunca haces");
        app.get("/values/triage").await.has_not("aceitunas");
        app.post(&format!("/mentions/{bread}/triage"), &[("decision", "legal")]).await.is(404);
        assert!(triage_of(&scope, bread).await.expect("readable").expect("there").decision.is_none());
    }
}
