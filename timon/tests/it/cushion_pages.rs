//! How much can we take, and the silent majority: what the pages say, and what they refuse to say.

use std::fmt::Write as _;

use foundation::store::{Batch, Expect, Scope};
use foundation::values;
use jiff::tz::TimeZone;

use crate::app::TestApp;
use crate::on_both_engines;

/// 27 fives, 6 fours, 2 threes, 1 two, 3 ones: 4.36 stars, six angry customers.
const BAR: [(u8, usize); 5] = [(5, 27), (4, 6), (3, 2), (2, 1), (1, 3)];

fn export(counts: &[(u8, usize)]) -> String {
    let mut file = "id,date,stars,author,text\n".to_owned();
    let stars = counts.iter().flat_map(|(stars, n)| std::iter::repeat_n(*stars, *n));
    // The good ones are the newest.
    for (n, stars) in stars.enumerate() {
        let _ = writeln!(
            file,
            "r{n},2026-07-{:02},{stars},Cliente {n},Texto número {n} de la reseña",
            28 - n * 27 / 40
        );
    }
    file
}

foundation::statements! {
    organization ADD_CUSTOMER = "INSERT INTO customer (id, organization_id, name, folded, email, phone, language, basis, basis_note, basis_at, seen_day, created_at)
        VALUES ($2, $1, '', '', $3, '', 'es', 'contract', 'recibo', 0, $4, 0)";
    organization ADD_VISIT = "INSERT INTO visit (id, organization_id, customer_id, day, reference, origin, created_at) VALUES ($2, $1, $2, $3, '', 'hand', 0)";
    organization ADD_INVITATION = "INSERT INTO invitation (id, organization_id, visit_id, customer_id, draw_id, purpose, way, state, token, visit_day, due_day, last_day,
        held_for, sent_at, sent_day, answered_at, created_at, revision)
        VALUES ($2, $1, $2, $2, NULL, $6, 'email', 'sent', $3, $4, $4, $4, '', 0, $4, CAST($5 AS BIGINT), 0, 0)";
    organization ADD_ANSWER = "INSERT INTO census_answer (organization_id, client_key, grade, comment, invitation_id, draw_id, mention_id, visit_day, after_reminder, answered_at)
        VALUES ($1, $2, $3, '', CAST($4 AS BIGINT), CAST($7 AS BIGINT), NULL, $5, $6, 0)";
    organization ADD_DRAW = "INSERT INTO draw (id, organization_id, code, number, purpose, state, from_day, until_day, size, seed, seed_hash, list_hash, listed, left_out, promised_at)
        VALUES ($2, $1, $3, $2, 'census', 'drawn', $4, $4, $5, $6, '', '', $7, '', 0)";
}

async fn scope(app: &TestApp) -> Scope {
    app.context.scope(accounts::organizations(&app.context, 1).await.expect("readable")[0].id)
}

fn today(app: &TestApp) -> i64 {
    listen::rules::day_of(app.now(), &TimeZone::get("Europe/Madrid").expect("known"))
}

/// So many customers of a fortnight ago were asked for a review or for the private question; these grades came back, the last ones after the reminder.
async fn ask(app: &TestApp, purpose: &str, asked: usize, grades: &[i64], late: usize) {
    let (scope, day) = (scope(app).await, today(app) - 14);
    let mut batch = Batch::default();
    let add = |batch: &mut Batch, statement, row| batch.push(statement, vec![row], Expect::Exactly(1));
    for id in 1..=asked as i64 {
        let grade = grades.get(id as usize - 1);
        add(&mut batch, &ADD_CUSTOMER, values![id, format!("c{id}@example.org"), day]);
        add(&mut batch, &ADD_VISIT, values![id, day]);
        add(
            &mut batch,
            &ADD_INVITATION,
            values![id, format!("token-{id}"), day, grade.map(|_| 1i64), purpose],
        );
        if let Some(grade) = grade.filter(|_| purpose == "census") {
            // The content ones are of the first lot, the others of the second.
            let draw = Some(if *grade >= 4 { 1i64 } else { 2 });
            let reminded = grades.len() - (id as usize - 1) <= late;
            add(&mut batch, &ADD_ANSWER, values![format!("k{id}"), *grade, Some(id), day, reminded, draw]);
        }
    }
    scope.write(batch).await.expect("saved");
}

on_both_engines! {
    async fn below_ten_ratings_nothing_is_said(app: &mut TestApp) {
        app.first_run().await;
        app.get("/cushion").await.is(200).has("class=\"number not-yet\"").has_not("type=\"range\"");
        app.import("pocas.csv", export(&[(5, 6), (1, 3)]).as_bytes()).await.is(200);
        let page = app.get("/cushion?target=20&angry=3").await;
        page.is(200).has("value=\"9\"").has_not("type=\"range\"").has_not("name=\"target\"");
    }

    async fn the_page_says_how_much_and_what_if(app: &mut TestApp) {
        app.first_run().await;
        app.import("bar.csv", export(&BAR).as_bytes()).await.is(200);
        app.get("/today").await.is(200).has("href=\"/cushion\"");
        let page = app.get("/cushion").await;
        page.is(200).has("<strong>6</strong>").has("href=\"/majority\"").has("type=\"range\"");
        // Google's mean of 39 and six more ones is 3.91, shown as 3.9; five more, 3.98 and shown as 4.0.
        page.has("data-picked=\"1\">4,0<");
        app.get("/cushion?angry=6").await.is(200).has("data-picked=\"1\">3,9 (menos de 4,0)<").has("data-picked=\"2\">6 malas<");
        // The table the script picks from holds every answer.
        assert_eq!(page.body.matches(" malas<").count(), 40, "from two bad ones to ten, and the one shown");
        for (asked, angry) in [("9999", "40"), ("-3", "5"), ("mucho", "5"), ("", "5")] {
            app.get(&format!("/cushion?angry={asked}")).await.is(200).has(&format!("value=\"{angry}\""));
        }
        // What happened to others: six on the clinic's first day, the villages' eight, the drip's sixth on day nine.
        page.has("El primer día ya se habría visto menos de 4,0").has("El día 9 ya se habría visto menos de 4,0");
        page.has("Quien lee de arriba abajo").has("De las diez últimas");
    }

    async fn the_plan_counts_and_refuses(app: &mut TestApp) {
        app.first_run().await;
        app.import("bar.csv", export(&BAR).as_bytes()).await.is(200);
        app.get("/cushion").await.is(200).has("name=\"target\"").has_not("Harían falta");
        app.get("/cushion?target=1&until=2026-11-20&per_day=20").await.is(200).has("No hace falta pedir nada");
        let plan = app.get("/cushion?target=20&until=2026-12-20&per_day=40").await;
        plan.is(200).has("Harían falta unas").has("entre el 3,6").has("Aún no sabemos cuántos clientes vienen");
        app.get("/cushion?target=20&until=2026-10-05&per_day=1").await.is(200).has("A 1 al día solo salen");
        // Days that are none, or too far, are cut; nothing breaks.
        for until in ["ayer", "9999-12-31", "2026-13-45", "-2026-01-01", "2026-12-20T00:00:00%2B99:99"] {
            app.get(&format!("/cushion?target=20&until={until}&per_day=99999999999999999999")).await.is(200);
        }
        // Thirty of her own that had time to be answered: her own response counts.
        ask(app, "review", 40, &[5, 4, 5, 4], 0).await;
        let plan = app.get("/cushion?target=20&until=2026-12-20&per_day=40").await;
        plan.is(200).has("de tus propias invitaciones: 4 de 40").has("40 visitas en cuatro semanas");
    }

    async fn where_what_comes_is_bad_the_plan_says_fix_it_first(app: &mut TestApp) {
        app.first_run().await;
        // Forty fives of long ago still show 4.0; of late there are only twos.
        let old = (0..40).map(|n| format!("o{n},2024-03-01,5,Cliente {n},Todo bien {n}\n"));
        let new = (0..20).map(|n| format!("n{n},2026-08-{:02},2,Cliente {n},Ya no es lo que era {n}\n", n + 1));
        let file: String = std::iter::once("id,date,stars,author,text\n".to_owned()).chain(old).chain(new).collect();
        app.import("mal.csv", file.as_bytes()).await.is(200);
        let page = app.get("/cushion?target=20&until=2026-12-20&per_day=40").await;
        page.is(200).has("Primero, arregla lo que falla").has_not("Harían falta").has("no engordan el colchón");
    }

    async fn the_silent_majority_refuses_to_conclude_from_too_little(app: &mut TestApp) {
        app.first_run().await;
        app.get("/majority").await.is(200).has("href=\"/invitations\"").has_not("id=\"figures\"");
        ask(app, "census", 40, &[5; 19], 0).await;
        let page = app.get("/majority").await;
        page.is(200).has("Hay menos de 20 respuestas").has("Han contestado 19 de 40").has_not("id=\"figures\"");
    }

    async fn the_silent_majority_beside_what_is_public(app: &mut TestApp) {
        app.first_run().await;
        // In public three of ten: twelve ratings of these three months.
        app.import("publico.csv", export(&[(5, 4), (1, 8)]).as_bytes()).await.is(200);
        let grades: Vec<i64> = [vec![5; 40], vec![4; 13], vec![3; 4], vec![1; 3]].concat();
        ask(app, "census", 240, &grades, 7).await;
        let page = app.get("/majority").await;
        page.is(200).has("De tus 240 clientes").has("En público parecen 3 de cada diez").has("Están más contentos");
        page.has("id=\"figures\"").has("7 contestaron tras el recordatorio").has("Han contestado 60 de 240");
        // Her own count of customers only scales.
        app.get("/majority?customers=812").await.is(200).has("De tus 812 clientes").has("value=\"812\"");
        for asked in ["0", "-5", "99999999999999999999", "x"] {
            app.get(&format!("/majority?customers={asked}")).await.is(200).has("De tus 240 clientes");
        }
        // Whoever answered by a code in the shop was chosen by nobody: told, not counted.
        let (scope, day) = (scope(app).await, today(app) - 3);
        let mut batch = Batch::default();
        batch.push(&ADD_ANSWER, vec![values!["door", 1i64, None::<i64>, day, false, None::<i64>]], Expect::Exactly(1));
        scope.write(batch).await.expect("saved");
        app.get("/majority").await.is(200).has("Otra respuesta llegó por un código").has("Han contestado 60 de 240");
        // A colleague who only reads sees it; a stranger does not.
        app.forget_cookies();
        app.get("/majority").await.goes_to("/sign-in");
        app.get("/cushion").await.goes_to("/sign-in");
    }

    async fn whom_a_lot_chose_less_often_weighs_more(app: &mut TestApp) {
        app.first_run().await;
        ask(app, "census", 240, &[vec![5; 40], vec![1; 20]].concat(), 0).await;
        // Without lots everybody was asked: two of three are content.
        app.get("/majority").await.is(200).has("67\u{a0}% (").has_not("más posibilidades que otros");
        let (scope, day) = (scope(app).await, today(app) - 14);
        let mut batch = Batch::default();
        for (id, size) in [(1i64, 400i64), (2, 100)] {
            let row = values![id, format!("lot-{id}"), day, size, vec![7u8; 32], 400i64];
            batch.push(&ADD_DRAW, vec![row], Expect::Exactly(1));
        }
        scope.write(batch).await.expect("saved");
        // The discontented were four times less likely to be asked: forty to eighty, one of three is content.
        app.get("/majority").await.is(200).has("33\u{a0}% (").has("más posibilidades que otros");
    }
}
