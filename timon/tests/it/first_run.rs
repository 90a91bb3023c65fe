//! The first ten minutes, signing in and out, and who is kept outside.

use std::time::Duration;

use crate::app::TestApp;
use crate::on_both_engines;

on_both_engines! {
    async fn the_owner_starts_and_comes_back(app: &mut TestApp) {
        app.get("/today").await.goes_to("/start");
        app.get("/sign-in").await.goes_to("/start");
        app.get("/start").await.is(200).has("name=\"email\"");
        app.first_run().await;
        app.get("/today").await.is(200).has("Bar La Prueba");
        // Nobody can claim it a second time.
        app.get("/start").await.goes_to("/today");
        app.post("/sign-out", &[]).await.goes_to("/sign-in");
        app.get("/today").await.goes_to("/sign-in");
        app.post("/start", &[("name", "Otro")]).await.goes_to("/today");
        app.post("/sign-in", &[("email", " Ana@Prueba.example "), ("password", "tortilla sin cebolla")]).await.is(422);
        app.post("/sign-in", &[("email", "nadie@prueba.example"), ("password", "tortilla sin cebolla")]).await.is(422);
        app.post("/sign-in", &[("email", " Ana@Prueba.example "), ("password", "tortilla con cebolla")]).await.goes_to("/today");
        app.get("/today").await.is(200);
    }

    async fn faults_are_told_at_once_and_nothing_is_created(app: &mut TestApp) {
        let page = app.post("/start", &[("name", " "), ("kind", "bar"), ("email", "ana"), ("password", "corta")]).await;
        page.is(422).has("field-name-error").has("field-email-error").has("field-password-error");
        assert!(!accounts::has_account(app.context.clone()).await.expect("readable"));
    }

    async fn a_session_ends_when_idle_and_at_thirty_days(app: &mut TestApp) {
        app.first_run().await;
        for _ in 0..4 {
            app.context.clock.advance(Duration::from_hours(6 * 24));
            app.get("/today").await.is(200);
        }
        app.context.clock.advance(Duration::from_hours(6 * 24 + 1));
        app.get("/today").await.goes_to("/sign-in");
        app.settle().await;
    }

    async fn guessing_is_slowed_without_locking_the_owner_out(app: &mut TestApp) {
        app.first_run().await;
        app.post("/sign-out", &[]).await.is(303);
        let mut last = 0;
        for _ in 0..11 {
            last = app.post("/sign-in", &[("email", "ana@prueba.example"), ("password", "adivino")]).await.status.as_u16();
        }
        assert_eq!(last, 429);
        app.context.clock.advance(Duration::from_mins(16));
        app.post("/sign-in", &[("email", "ana@prueba.example"), ("password", "tortilla con cebolla")]).await.goes_to("/today");
    }

    async fn a_new_password_ends_every_other_session(app: &mut TestApp) {
        app.first_run().await;
        let elsewhere = app.forget_cookies();
        app.post("/sign-in", &[("email", "ana@prueba.example"), ("password", "tortilla con cebolla")]).await.goes_to("/today");
        app.post("/account/password", &[("current", "mal"), ("password", "otra tortilla más")]).await.is(422);
        app.post("/account/password", &[("current", "tortilla con cebolla"), ("password", "otra tortilla más")]).await.goes_to("/account");
        app.get("/account").await.is(200);
        app.use_cookies(elsewhere);
        app.get("/account").await.goes_to("/sign-in");
    }

    async fn the_language_follows_the_browser_until_it_is_chosen(app: &mut TestApp) {
        app.language = "en-GB,en";
        app.get("/start").await.has("lang=\"en\"");
        app.language = "es";
        app.first_run().await;
        app.get("/today").await.has("lang=\"es\"");
        app.post("/language", &[("language", "en"), ("to", "/mentions")]).await.goes_to("/mentions");
        app.get("/mentions").await.has("lang=\"en\"");
        app.post("/language", &[("language", "xx"), ("to", "/mentions")]).await.is(422);
    }
}
