//! The three numbers and what Hoy says.

use std::fmt::Write as _;

use crate::app::TestApp;
use crate::on_both_engines;

fn export(stars: &[u8], answered: bool) -> String {
    let mut file = "id,date,stars,author,text,reply,reply date\n".to_owned();
    for (n, s) in stars.iter().enumerate() {
        let reply = if answered { "Gracias,2026-07-02" } else { "," };
        let _ = writeln!(file, "r{n},2026-07-01,{s},Cliente {n},Texto número {n} de la reseña,{reply}");
    }
    file
}

on_both_engines! {
    async fn nothing_is_said_below_the_minimum(app: &mut TestApp) {
        app.first_run().await;
        app.get("/today").await.is(200).has("href=\"/import\"").has_not("id=\"nota\"");
        app.import("pocas.csv", export(&[5, 5, 4], false).as_bytes()).await.is(200);
        let page = app.get("/today").await;
        page.is(200).has("class=\"number not-yet\"");
    }

    async fn the_cushion_is_the_formula(app: &mut TestApp) {
        app.first_run().await;
        // 27 fives, 6 fours, 2 threes, 1 two, 3 ones: 4.36 stars, six angry customers from 3.9.
        let mut stars = vec![5; 27];
        stars.extend([4; 6]);
        stars.extend([3, 3, 2, 1, 1, 1]);
        app.import("bar.csv", export(&stars, true).as_bytes()).await.is(200);
        let scope = app.context.scope(accounts::organizations(&app.context, 1).await.expect("readable")[0].id);
        let today = listen::rules::day_of(app.now(), &jiff::tz::TimeZone::get("Europe/Madrid").expect("known"));
        let numbers = cushion::numbers::numbers(&scope, today).await.expect("readable");
        assert_eq!(numbers.cushions[0].k, 6);
        assert_eq!(numbers.nota.expect("enough").count, 39);
        let palabra = respond::store::word::palabra(&scope, today).await.expect("readable");
        assert_eq!((palabra.due, palabra.in_time), (39, 39));
        let page = app.get("/today").await;
        page.is(200).has("id=\"nota\"").has("id=\"cushion\"").has("id=\"palabra\"");
    }

    async fn answering_moves_the_word_and_can_be_undone(app: &mut TestApp) {
        app.first_run().await;
        app.import("bar.csv", export(&[1; 12], false).as_bytes()).await.is(200);
        let scope = app.context.scope(accounts::organizations(&app.context, 1).await.expect("readable")[0].id);
        let list = app.get("/mentions").await.body;
        let id = list.split("href=\"/mentions/").nth(1).and_then(|l| l.split('"').next()).expect("a link").to_owned();
        let before = respond::store::word::palabra(&scope, 20_800).await.expect("readable");
        app.post(&format!("/mentions/{id}/answered"), &[("answered", "yes")]).await.is(303);
        app.post(&format!("/mentions/{id}/answered"), &[("answered", "yes")]).await.is(303);
        let after = respond::store::word::palabra(&scope, 20_800).await.expect("readable");
        assert_eq!((after.due, after.answered), (before.due, before.answered + 1));
        app.post(&format!("/mentions/{id}/answered"), &[("answered", "no")]).await.is(303);
        assert_eq!(respond::store::word::palabra(&scope, 20_800).await.expect("readable"), before);
        app.post("/mentions/12345/answered", &[("answered", "yes")]).await.is(404);
    }
}
