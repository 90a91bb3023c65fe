//! The drill: a walk over a copy that leaves the real store as it was, and no copy behind, however it ends.

use domain::{DrillId, DrillState};
use foundation::store::{Reach, Scope, Statement};
use jiff::SignedDuration;

use crate::app::TestApp;
use crate::on_both_engines;
use crate::warn::{CAMPAIGN, hear_many, import_history};

async fn scopes(app: &TestApp) -> Vec<Scope> {
    let all = accounts::organizations(&app.context, 9).await.expect("readable");
    all.iter().map(|organization| app.context.scope(organization.id)).collect()
}

/// What could leave: channels, messages, addresses.
static ANY: Statement = Statement {
    name: "test::ANY",
    sql: "SELECT (SELECT COUNT(*) FROM channel WHERE organization_id = $1) + (SELECT COUNT(*) FROM outgoing WHERE organization_id = $1)
        + (SELECT COUNT(*) FROM source WHERE organization_id = $1 AND (url <> '' OR next_poll_at IS NOT NULL))
        + (SELECT COUNT(*) FROM mention WHERE organization_id = $1 AND url IS NOT NULL)",
    reach: Reach::Organization,
};

/// Everything of the real store that a drill must not touch: how many rows, and what is in them.
async fn untouched(app: &TestApp) -> Vec<String> {
    let mut all = Vec::new();
    let each = |row: foundation::store::TableRow<'_>| -> Result<(), foundation::store::StoreError> {
        if row.table != "drill" {
            all.push(format!("{} {:?}", row.table, row.row));
        }
        Ok(())
    };
    app.context.store.dump(each).await.expect("readable");
    // Derived tables are in no dump.
    for sql in
        ["SELECT COUNT(*) FROM mention_unweighed", "SELECT state FROM detector ORDER BY organization_id"]
    {
        let sql: &'static Statement =
            Box::leak(Box::new(Statement { name: "test", sql, reach: Reach::Installation }));
        let rows = app.context.store.installation().all(sql, vec![]).await.expect("readable");
        all.push(format!("{sql:?} {rows:?}"));
    }
    all.sort();
    all
}

fn copies(app: &TestApp) -> usize {
    std::fs::read_dir(app.path().join("drills")).map_or(0, |entries| entries.flatten().count())
}

/// Asks for a drill and waits until it can be walked.
async fn asked(app: &mut TestApp) -> (String, DrillId) {
    let path = app.post("/drill", &[]).await.is(303).location.clone().expect("a drill");
    app.get(&path).await.is(200).has("Preparando la copia");
    drill::step::prepare(&app.context).await.expect("prepared");
    let id = path.rsplit('/').next().and_then(|id| id.parse().ok()).expect("an id");
    (path, DrillId(id))
}

async fn step(app: &mut TestApp, path: &str, fields: &[(&str, &str)]) {
    let page = app.get(path).await;
    let revision = page.body.split("name=\"revision\" value=\"").nth(1).and_then(|l| l.split('"').next());
    let revision = revision.expect("a form").to_owned();
    let mut all = vec![("revision", revision.as_str())];
    all.extend(fields);
    app.context.clock.advance(std::time::Duration::from_secs(100));
    app.post(path, &all).await.goes_to(path);
}

on_both_engines! {
    async fn a_drill_is_walked_on_a_copy_and_changes_nothing_else(app: &mut TestApp) {
        app.first_run().await;
        app.get("/drill").await.is(200).has("Todavía no");
        app.post("/drill", &[]).await.is(422);
        import_history(app).await;
        let line = [("revision", "0"), ("text", "Nunca cobramos de más a una señora mayor"), ("decider", "Carmen"), ("first_step", "")];
        app.post("/values/1", &line).await.is(303);
        let scope = scopes(app).await.remove(0);
        assert!(!drill::due(&scope, app.now()).await.expect("readable"), "not on the first day");
        assert!(drill::due(&scope, app.now() + SignedDuration::from_hours(24 * 31)).await.expect("readable"));
        let before = untouched(app).await;
        let (path, id) = asked(app).await;
        assert_eq!(copies(app), 1);
        app.post("/drill", &[]).await.goes_to(&path);

        let drill = drill::store::one(&scope, id).await.expect("readable").expect("there");
        let found = drill.found.expect("prepared");
        let seen = found.seen.clone().expect("this history is quiet enough for a warning");
        assert!(seen.voices >= 3 && seen.minutes > 20 && seen.voices < found.voices, "{seen:?} {found:?}");
        app.get(&path).await.is(200).has("Esto es un simulacro").has("Poner el reloj en marcha");
        step(app, &path, &[("act", "begin")]).await;
        app.get(&path).await.has("Paso 1 de 5").has("id=\"evidence\"").has_not("href=\"/mentions/").has_not("href=\"/warnings/");
        app.get(&format!("{path}/dossier")).await.is(200).has("Esto es un simulacro").has("SHA-256");
        step(app, &path, &[("act", "next")]).await;
        app.get(&path).await.has("Paso 2 de 5").has("value=\"values-1\"");
        let page = app.get(&path).await.body;
        let revision = page.split("name=\"revision\" value=\"").nth(1).and_then(|l| l.split('"').next()).expect("a form").to_owned();
        app.post(&path, &[("revision", &revision), ("act", "next"), ("decision", "revenge")]).await.is(422);
        app.post(&path, &[("revision", "1"), ("act", "next"), ("decision", "legal")]).await.is(409);
        step(app, &path, &[("act", "next"), ("decision", "values-1")]).await;
        app.get(&path).await.has("Paso 3 de 5").has("Carmen");
        step(app, &path, &[("act", "next"), ("decider", "Carmen"), ("told", "Al equipo, por teléfono")]).await;
        step(app, &path, &[("act", "look"), ("statement", "Lo sentimos.")]).await;
        app.get(&path).await.has("Paso 4 de 5").has("Lo sentimos.");
        step(app, &path, &[("act", "next"), ("statement", "Lo sentimos mucho.")]).await;
        assert_eq!(untouched(app).await, before, "during a drill nothing else changes");
        app.get(&path).await.has("Paso 5 de 5").has("name=\"answer3\"");
        step(app, &path, &[("act", "next"), ("answer1", "Lo siento."), ("answer2", "Lo siento."), ("answer3", "")]).await;

        assert_eq!(copies(app), 0, "the copy is gone with the last step");
        app.get(&path).await.is(200).has("Cómo ha ido").has("Lo sentimos mucho.").has("1 min 40 s").has_not("drill-next");
        app.get("/drill").await.has("Los anteriores").has("10 minutos");
        assert_eq!(untouched(app).await, before, "after a drill nothing else has changed");
        assert!(!drill::due(&scope, app.now() + SignedDuration::from_hours(24 * 181)).await.expect("readable"));
        assert!(drill::due(&scope, app.now() + SignedDuration::from_hours(24 * 183)).await.expect("readable"));
        app.settle().await;
    }

    async fn two_organisations_drill_at_once_and_neither_sees_the_other(app: &mut TestApp) {
        app.first_run().await;
        import_history(app).await;
        let new = accounts::NewOrganization {
            name: "Taller".to_owned(), town: "Sueca".to_owned(), kind: domain::OrganizationKind::Workshop,
            time_zone: "Europe/Madrid".to_owned(), locale: foundation::web::Locale::Es,
        };
        accounts::create_demo_owner(&app.context, &new, ("vecino@prueba.example", "otra tortilla más")).await.expect("created");
        let ana = app.forget_cookies();
        app.post("/sign-in", &[("email", "vecino@prueba.example"), ("password", "otra tortilla más")]).await.goes_to("/today");
        import_history(app).await;
        let before = untouched(app).await;
        let (his, _) = asked(app).await;
        let neighbour = app.forget_cookies();
        app.use_cookies(ana);
        let (hers, _) = asked(app).await;
        assert_eq!(copies(app), 2);
        app.get(&his).await.is(404);
        app.get(&format!("{his}/dossier")).await.is(404);
        app.post(&format!("{his}/abandon"), &[]).await.is(404);
        step(app, &hers, &[("act", "begin")]).await;
        app.post(&format!("{hers}/abandon"), &[]).await.goes_to("/drill");
        assert_eq!(copies(app), 1);
        app.get(&hers).await.has("se dejó a medias");
        app.use_cookies(neighbour);
        app.get(&his).await.has("Poner el reloj en marcha");
        assert_eq!(untouched(app).await, before);
    }

    async fn a_drill_that_is_cut_short_leaves_no_copy(app: &mut TestApp) {
        app.first_run().await;
        import_history(app).await;
        let before = untouched(app).await;
        let (path, id) = asked(app).await;
        let scope = scopes(app).await.remove(0);
        // The program is killed and starts again.
        drill::copy::forget_all(&app.context).await.expect("deleted");
        assert_eq!(copies(app), 0);
        app.get(&path).await.is(200).has("se dejó a medias");
        let state = drill::store::one(&scope, id).await.expect("readable").expect("there").state;
        assert_eq!(state, DrillState::Abandoned);

        // Killed while it was being prepared: it is prepared anew.
        let path = app.post("/drill", &[]).await.location.expect("a drill");
        let id = DrillId(path.rsplit('/').next().and_then(|id| id.parse().ok()).expect("an id"));
        drill::copy::make(&app.context, id, app.now()).await.expect("a copy nobody filled");
        drill::copy::forget_all(&app.context).await.expect("deleted");
        drill::step::prepare(&app.context).await.expect("prepared");
        app.get(&path).await.has("Poner el reloj en marcha");
        drill::step::prepare(&app.context).await.expect("nothing to do the second time");

        // A disk that lost it, and a day nobody came back.
        drill::copy::forget(&app.context, id).expect("deleted");
        app.get(&path).await.is(200).has("Se ha interrumpido");
        app.context.clock.advance(std::time::Duration::from_hours(25));
        drill::copy::make(&app.context, DrillId(7), app.now()).await.expect("a copy nobody needs");
        drill::step::forget(&app.context).await.expect("tidied");
        assert_eq!(copies(app), 0);
        assert!(drill::store::open(&scope).await.expect("readable").is_none());
        assert_eq!(untouched(app).await, before);
    }

    async fn invented_voices_never_mix_with_a_real_storm(app: &mut TestApp) {
        app.first_run().await;
        import_history(app).await;
        let scope = scopes(app).await.remove(0);
        hear_many(app, &scope, 14, 1, &CAMPAIGN).await;
        let open = warn::store::warnings::open(&scope, 9).await.expect("readable");
        let since = open.iter().map(|warning| warning.since_at).min().expect("a warning");
        let (path, id) = asked(app).await;
        let found = drill::store::one(&scope, id).await.expect("readable").expect("there").found.expect("prepared");
        assert!(found.began_at < since.as_second(), "{found:?} {since}");
        assert!(found.seen.is_some_and(|seen| seen.voices >= 2), "the invented ones alone are seen");
        app.get(&path).await.is(200).has("20 sep 2026");
    }

    async fn nothing_can_leave_a_copy(app: &mut TestApp) {
        app.first_run().await;
        import_history(app).await;
        let before = untouched(app).await;
        let (_, id) = asked(app).await;
        let organization = scopes(app).await.remove(0).organization();
        let copy = drill::copy::open(&app.context, id, organization).await.expect("readable").expect("there");
        let row = copy.one(&ANY, vec![]).await.expect("readable").expect("a row");
        assert_eq!(row.get::<i64>(0).expect("a number"), 0);
        assert_eq!(untouched(app).await, before);
    }
}
