//! Warnings: a campaign in a quiet history is seen, told in words, judged, managed; praise and old exports raise nothing.

use std::fmt::Write as _;
use std::sync::atomic::Ordering;
use std::time::Duration;

use connectors::item::{Item, PostedAt, Rating};
use domain::{SourceId, WarningLevel, WarningState, WarningVerdict};
use foundation::context::Clock;
use foundation::store::{Batch, Scope};
use jiff::{SignedDuration, Timestamp};
use listen::save::{Origin, save};
use warn::store::warnings::{self, Warning};

use crate::app::TestApp;
use crate::on_both_engines;

const GOOD: [&str; 5] = [
    "Muy buena tortilla y gente encantadora, volveremos.",
    "Todo riquísimo y el servicio de diez.",
    "El mejor almuerzo del barrio, recomendable.",
    "Sitio acogedor, buena relación calidad precio.",
    "Camareros atentos y cocina casera estupenda.",
];
const BAD: [&str; 3] = [
    "La cuenta vino mal y tardaron en corregirla.",
    "El café estaba frío y la mesa sucia.",
    "Ruido y mala atención, no repetiremos.",
];
pub const CAMPAIGN: [&str; 6] = [
    "Vergonzoso cómo trataron a esa pareja mayor, no volveremos jamás.",
    "Echaron a dos ancianos de la terraza, qué vergüenza de sitio.",
    "Increíble el trato a la gente mayor. Pésimo servicio y malas formas.",
    "Un trato horrible a unos abuelos. No vayáis a este bar.",
    "Muy mal lo de la terraza, maleducados y prepotentes.",
    "Indignante el vídeo de la terraza. Servicio asqueroso.",
];

/// An export of half a year: two ordinary mentions every three days, one of six unhappy, until three days ago.
fn ordinary(now: Timestamp) -> String {
    let mut file = "id,date,stars,author,text\n".to_owned();
    for n in 0..120i64 {
        let at = now - SignedDuration::from_hours(36 * (120 - n) + 72 + (n * 7) % 11);
        let bad = n % 6 == 5;
        let text = if bad { BAD[n as usize % BAD.len()] } else { GOOD[n as usize % GOOD.len()] };
        let _ = writeln!(file, "h{n},{at},{},Cliente {n},\"{text}\"", if bad { 2 } else { 5 });
    }
    file
}

async fn scope(app: &TestApp) -> Scope {
    app.context.scope(accounts::organizations(&app.context, 1).await.expect("readable")[0].id)
}

/// Somebody writes a review just now.
async fn hear(app: &TestApp, scope: &Scope, n: usize, stars: u8, text: &str) {
    let sources = listen::store::sources::sources(scope).await.expect("readable");
    let source: SourceId = sources.first().expect("a source").id;
    let item = Item {
        external_id: Some(format!("live{n}-{stars}")),
        author: Some(format!("Perfil {n}")),
        text: format!("{text} ({n})"),
        rating: Some(Rating { value: f64::from(stars), best: 5.0 }),
        posted_at: Some(PostedAt { at: app.now(), precise: true }),
        ..Item::default()
    };
    let zone = jiff::tz::TimeZone::get("Europe/Madrid").expect("a zone");
    let origin = Origin { source, import: None, zone: &zone };
    save(&app.context, scope, &origin, vec![item], |_| Batch::new()).await.expect("saved");
}

pub async fn hear_many(app: &TestApp, scope: &Scope, voices: usize, stars: u8, texts: &[&str]) {
    for n in 0..voices {
        hear(app, scope, n, stars, texts[n % texts.len()]).await;
        app.context.clock.advance(Duration::from_mins(25));
        app.settle().await;
    }
}

async fn open(scope: &Scope) -> Vec<Warning> {
    warnings::open(scope, 20).await.expect("readable")
}

async fn with_history(app: &mut TestApp) -> Scope {
    app.first_run().await;
    import_history(app).await;
    scope(app).await
}

pub async fn import_history(app: &mut TestApp) {
    let file = ordinary(app.now());
    app.import("bar.csv", file.as_bytes()).await.is(200);
}

on_both_engines! {
    async fn a_campaign_in_a_quiet_history_is_told_judged_and_managed(app: &mut TestApp) {
        let scope = with_history(app).await;
        app.get("/warnings").await.is(200).has("Todo tranquilo");
        assert!(open(&scope).await.is_empty(), "an ordinary half year raises nothing");
        hear_many(app, &scope, 14, 1, &CAMPAIGN).await;
        let warning = open(&scope).await.into_iter().max_by_key(|w| w.level).expect("a warning");
        assert!(warning.level >= WarningLevel::Notice && !warning.found_late, "{warning:?}");
        assert!(warning.observed >= 3.0 && warning.expected < 2.0, "{warning:?}");
        app.get("/today").await.is(200).has("aviso");
        let path = format!("/warnings/{}", warning.id);
        app.get(&path).await.is(200).has("<blockquote").has("id=\"evidence\"").has("class=\"plot");
        let dossier = app.get(&format!("{path}/dossier")).await;
        dossier.is(200).has("SHA-256").has("P. ").has_not("Perfil 3<");
        let file = app.get(&format!("{path}/dossier.html")).await;
        file.is(200).has("<!DOCTYPE html>").has_not("<script");

        let incident = app.post(&format!("{path}/incident"), &[]).await.location.expect("an incident");
        assert_eq!(warn::incidents_open(&scope).await.expect("readable"), 1);
        app.post(&format!("{path}/incident"), &[]).await.goes_to(&incident);
        app.post(&format!("{incident}/tasks"), &[("title", "Llamar a la familia")]).await.is(303);
        app.post(&format!("{incident}/tasks"), &[("title", " ")]).await.is(422);
        app.post(&format!("{incident}/notes"), &[("text", "Hablé con el camarero")]).await.is(303);
        let page = app.get(&incident).await;
        page.is(200).has("Llamar a la familia").has("Hablé con el camarero").has("ana@prueba.example");
        let task = page.body.split("/tasks/").nth(1).and_then(|l| l.split('"').next()).expect("a task").to_owned();
        app.post(&format!("{incident}/tasks/{task}"), &[("done", "yes")]).await.is(303);
        app.get(&incident).await.has("aria-checked=\"true\"");
        let save = [("revision", "1"), ("title", "La terraza"), ("statement", "Lo sentimos.")];
        app.post(&incident, &save).await.is(303);
        app.post(&incident, &save).await.is(409).has("Lo sentimos.");
        app.post(&format!("{incident}/review"), &[("revision", "2"), ("lessons", "Formas"), ("change", "Turnos")]).await.is(303);
        app.post(&format!("{incident}/state"), &[("closed", "yes")]).await.is(303);
        app.get(&incident).await.has("La terraza").has("Lo sentimos.").has("Turnos");
        assert_eq!(warn::incidents_open(&scope).await.expect("readable"), 0);

        let revision = warnings::one(&scope, warning.id).await.expect("readable").expect("there").revision.to_string();
        app.post(&path, &[("revision", "0"), ("verdict", "handled")]).await.is(409);
        app.post(&path, &[("revision", &revision), ("verdict", "handled")]).await.goes_to("/warnings");
        let judged = warnings::one(&scope, warning.id).await.expect("readable").expect("there");
        assert_eq!(judged.state, WarningState::Closed);
        app.get("/warnings").await.has("Tratado");
        let revision = judged.revision.to_string();
        app.post(&path, &[("revision", &revision), ("verdict", "reopen")]).await.goes_to(&path);
        app.post(&path, &[("revision", &revision), ("verdict", "reopen")]).await.is(409);
        assert_eq!(open(&scope).await.iter().filter(|w| w.id == warning.id).count(), 1, "a verdict can be taken back");
    }

    async fn praise_and_an_export_of_old_complaints_raise_nothing(app: &mut TestApp) {
        let scope = with_history(app).await;
        hear_many(app, &scope, 20, 5, &GOOD).await;
        let mut old = "id,date,stars,author,text\n".to_owned();
        for n in 0..80i64 {
            let at = app.now() - SignedDuration::from_hours(24 * (5 + 4 * n));
            let _ = writeln!(old, "o{n},{at},1,Antiguo {n},\"{}\"", BAD[n as usize % BAD.len()]);
        }
        app.import("old.csv", old.as_bytes()).await.is(200);
        assert!(open(&scope).await.iter().all(|w| w.level == WarningLevel::Watch), "{:?}", open(&scope).await);
    }

    async fn weighing_twice_changes_nothing_and_a_lost_memory_is_learnt_again(app: &mut TestApp) {
        let scope = with_history(app).await;
        hear_many(app, &scope, 14, 1, &CAMPAIGN).await;
        let before = open(&scope).await;
        let ids: Vec<_> = before.iter().map(|w| (w.id, w.revision)).collect();
        app.settle().await;
        let again: Vec<_> = open(&scope).await.iter().map(|w| (w.id, w.revision)).collect();
        assert_eq!(ids, again, "a second run does nothing");

        let mut batch = Batch::new();
        warn::store::begin_again(&mut batch);
        scope.write(batch).await.expect("written");
        app.settle().await;
        let learnt = open(&scope).await;
        let worst = before.iter().max_by_key(|w| w.level).expect("a warning").id;
        assert!(learnt.iter().any(|w| w.id == worst), "the same story keeps its warning: {learnt:?}");
        assert!(learnt.len() <= before.len(), "nothing is raised a second time: {learnt:?}");
    }

    async fn what_was_judged_stays_judged_when_everything_is_weighed_again(app: &mut TestApp) {
        let scope = with_history(app).await;
        hear_many(app, &scope, 14, 1, &CAMPAIGN).await;
        for warning in open(&scope).await {
            let mut batch = Batch::new();
            warnings::judge(&mut batch, warning.id, warning.revision, WarningVerdict::Nothing, app.now());
            scope.write(batch).await.expect("judged");
        }
        let mut batch = Batch::new();
        warn::store::begin_again(&mut batch);
        scope.write(batch).await.expect("written");
        app.settle().await;
        app.context.clock.advance(Duration::from_mins(5));
        app.settle().await;
        assert!(open(&scope).await.is_empty(), "{:?}", open(&scope).await);
        app.get("/warnings").await.has("No era nada");
    }

    async fn a_clock_that_went_wrong_silences_nothing(app: &mut TestApp) {
        let scope = with_history(app).await;
        let Clock::Manual(clock) = app.context.clock.clone() else { panic!("a manual clock") };
        let now = clock.load(Ordering::Acquire);
        app.context.clock.advance(Duration::from_hours(24 * 400));
        hear(app, &scope, 900, 5, GOOD[0]).await;
        app.settle().await;
        app.context.clock.advance(Duration::from_mins(2));
        app.settle().await;
        clock.store(now, Ordering::Release);
        hear_many(app, &scope, 14, 1, &CAMPAIGN).await;
        assert!(open(&scope).await.iter().any(|w| w.level >= WarningLevel::Notice), "{:?}", open(&scope).await);
    }

    async fn the_budget_is_chosen_and_checked_with_the_past(app: &mut TestApp) {
        let scope = with_history(app).await;
        app.get("/warnings/settings").await.is(200).has("120 menciones");
        app.post("/warnings/settings", &[("days", "5")]).await.is(422);
        app.post("/warnings/settings", &[("days", "365")]).await.goes_to("/warnings/settings?saved=yes");
        app.settle().await;
        assert_eq!(warn::store::setting(&scope).await.expect("readable").false_alarm_days, 365);
        app.get("/warnings/settings").await.is(200).has("120 menciones");
    }
}
