//! Files of visits: looked over, declared, run, resumed, read twice, and hostile ones.

use std::fmt::Write as _;

use ::customers::import::{BATCH_ROWS, Run};
use ::customers::store::imports::{self, Import};
use ::customers::store::people;
use domain::{CustomerImportId, LawfulBasis, Role};
use foundation::store::{Batch, Scope};
use jiff::{SignedDuration, tz::TimeZone};

use crate::app::TestApp;
use crate::customers::{everything, neighbour, scope, sign_in_as};
use crate::on_both_engines;

const STAYS: &str = "Localizador;Huésped;Correo;Móvil;Fecha entrada;Fecha salida;País;Baja\n\
    H-1;Ana Gil;ana@prueba.example;600111222;15/09/2026;18/09/2026;España;\n\
    H-2;Bob Ray;BOB@prueba.example;+44 7700 900123;15/09/2026;19/09/2026;UK;\n\
    H-3;Eva;eva@prueba.example;;15/09/2026;19/09/2026;;sí\n\
    H-4;Pau;;;15/09/2026;19/09/2026;;\n\
    H-5;Luz;luz@prueba.example;;15/09/2024;19/09/2024;;\n\
    H-6;Sol;sol@prueba.example;;15/09/2026;19/12/2026;;\n\
    H-7;Mar;mar@prueba.example;;15/09/2026;pronto;;\n";

const DECLARED: [(&str, &str); 4] =
    [("basis", "contract"), ("basis_note", "En la reserva"), ("basis_day", "2026-01-01"), ("sure", "yes")];

/// The columns that the check page would send.
fn chosen(body: &str) -> Vec<(String, String)> {
    let select =
        regex::Regex::new(r#"(?s)<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>"#).expect("a pattern");
    let option = regex::Regex::new(r#"<option value="([^"]*)"[^>]*selected"#).expect("a pattern");
    let form = body.split("action=\"/customers/import/").nth(1).unwrap_or_default();
    let value = |text: &str| option.captures(text).map_or(String::new(), |c| c[1].to_owned());
    select.captures_iter(form).map(|found| (found[1].to_owned(), value(&found[2]))).collect()
}

/// Hands a file over and presses a button of its check page.
async fn press(app: &mut TestApp, path: &str, action: &str, declared: &[(&str, &str)]) -> crate::app::Page {
    let columns = chosen(&app.get(path).await.body);
    let mut fields: Vec<(&str, &str)> = columns.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
    fields.push(("action", action));
    fields.extend(declared);
    app.post(path, &fields).await
}

async fn draft(app: &mut TestApp, content: &[u8]) -> String {
    let page = app.upload_to("/customers/import", &[], "salidas.csv", content).await;
    page.is(303).location.clone().expect("a draft")
}

async fn run(app: &mut TestApp, content: &[u8]) -> Import {
    let path = draft(app, content).await;
    press(app, &path, "confirm", &DECLARED).await.is(303).goes_to(&path);
    app.settle().await;
    one(app, &path).await
}

async fn one(app: &TestApp, path: &str) -> Import {
    let id = path.rsplit('/').next().and_then(|id| id.parse().ok()).map(CustomerImportId).expect("an id");
    imports::import(&scope(app).await, id).await.expect("readable").expect("there")
}

fn waiting_files(app: &TestApp) -> usize {
    std::fs::read_dir(app.context.uploads().join("customers")).map_or(0, Iterator::count)
}

async fn counted(scope: &Scope) -> (i64, i64) {
    let counts = people::counts(scope, 0).await.expect("readable");
    (counts.customers, counts.visits)
}

/// Rows of one file of visits.
fn many(rows: usize) -> String {
    let mut text = "Pedido,Email,Nombre,Fecha\n".to_owned();
    for n in 0..rows {
        let _ = writeln!(
            text,
            "P-{n},c{}@prueba.example,Cliente {n},2026-09-{:02}",
            n % (rows * 2 / 3).max(1),
            n % 20 + 1
        );
    }
    text
}

on_both_engines! {
    async fn check_outs_come_in_once_with_what_was_declared(app: &mut TestApp) {
        app.first_run().await;
        let scope = scope(app).await;
        let path = draft(app, STAYS.as_bytes()).await;
        app.get(&path).await.is(200).has("Ana Gil").has("18 sep 2026").has("No quiere mensajes").has_not("15 sep 2026");
        assert_eq!(counted(&scope).await, (0, 0), "nothing is saved before it is looked over");
        for missing in 0..DECLARED.len() {
            let mut declared = DECLARED.to_vec();
            declared.remove(missing);
            press(app, &path, "confirm", &declared).await.is(422);
        }
        press(app, &path, "confirm", &[("basis", "none"), DECLARED[1], DECLARED[2], DECLARED[3]]).await.is(422);
        press(app, &path, "confirm", &[DECLARED[0], DECLARED[1], ("basis_day", "2027-01-01"), DECLARED[3]]).await.is(422);
        press(app, &path, "confirm", &DECLARED).await.is(303).goes_to(&path);
        app.get(&path).await.is(200).has("refresh");
        app.settle().await;
        let import = one(app, &path).await;
        assert_eq!((import.state.as_str(), import.added, import.old, import.rejected, import.opted_out), ("finished", 3, 1, 3, 1));
        assert_eq!((waiting_files(app), import.plan.as_str()), (0, ""));
        app.get(&path).await.is(200).has("No entendemos la fecha").has("Su día aún no ha llegado").has_not("mar@prueba.example").has_not("Pau");
        let found = people::by_contact(&scope, "bob@prueba.example").await.expect("readable");
        assert_eq!((found[0].language.as_str(), found[0].phone.as_str(), found[0].basis), ("en", "+447700900123", LawfulBasis::Contract));
        assert_eq!((found[0].basis_note.as_str(), found[0].basis_at.to_string().as_str()), ("En la reserva", "2025-12-31T23:00:00Z"));
        assert!(::customers::opted_out(&app.context, &scope, "eva@prueba.example").await.expect("readable"));
        // Rows that were refused are written down nowhere.
        let all = everything(app).await;
        assert!(["luz@", "sol@", "mar@", "pronto"].iter().all(|gone| !all.contains(gone)));
        let again = run(app, STAYS.as_bytes()).await;
        assert_eq!((again.added, again.same, counted(&scope).await), (0, 3, (3, 3)));
    }

    async fn a_file_that_was_cut_off_goes_on_where_it_was(app: &mut TestApp) {
        app.first_run().await;
        let scope = scope(app).await;
        let rows = BATCH_ROWS * 2 + 100;
        let path = draft(app, many(rows).as_bytes()).await;
        press(app, &path, "confirm", &DECLARED).await.is(303);
        let zone = TimeZone::get("Europe/Madrid").expect("a zone");
        let mut first = Run::open(&app.context, &scope, &zone, one(app, &path).await).expect("opens");
        assert!(first.next_batch(|batch| batch).await.expect("runs"));
        drop(first); // killed here
        let half = one(app, &path).await;
        assert_eq!((half.lines_done, half.added, counted(&scope).await.1), (BATCH_ROWS as u64, BATCH_ROWS as u64, BATCH_ROWS as i64));
        // A second runner that read the same lines undoes itself whole.
        let mut late = Run::open(&app.context, &scope, &zone, Import { lines_done: 0, ..half }).expect("opens");
        assert!(late.next_batch(|batch| batch).await.is_err());
        app.settle().await;
        let done = one(app, &path).await;
        assert_eq!((done.state.as_str(), done.added, done.same, done.rejected), ("finished", rows as u64, 0, 0));
        assert_eq!(counted(&scope).await, ((rows * 2 / 3) as i64, rows as i64));
        let again = run(app, many(rows).as_bytes()).await;
        assert_eq!((again.added, again.same, counted(&scope).await.1), (0, rows as u64, rows as i64));
    }

    async fn hostile_files_do_no_harm(app: &mut TestApp) {
        app.first_run().await;
        let scope = scope(app).await;
        let huge = "x".repeat(300_000);
        let text = format!(
            "Email,Nombre,Fecha,Pedido\n=cmd|'/c calc'!A0@x.example,=1+1,2026-09-05,=HYPERLINK(\"http://a\")\n\
             a@prueba.example,{huge},2026-09-05,1\nb@prueba.example,\u{202e}live\u{0}\u{200f},2026-09-05,2\n\
             c@prueba.example,<script>alert(1)</script>,2026-09-05,<b>3</b>\n\"d@prueba.example,D,2026-09-05,4\n"
        );
        let path = draft(app, text.as_bytes()).await;
        app.get(&path).await.is(200).has_not("<script>alert").has_not("\u{202e}");
        press(app, &path, "confirm", &DECLARED).await.is(303);
        app.settle().await;
        let import = one(app, &path).await;
        assert_eq!((import.state.as_str(), import.added, import.rejected), ("finished", 2, 3));
        let named = people::by_contact(&scope, "b@prueba.example").await.expect("readable");
        assert_eq!(named[0].name, "live");
        app.get("/customers").await.is(200).has("&lt;script&gt;").has_not("\u{202e}");
        for (content, key) in [(&b""[..], "vac"), (b"%PDF-1.7", "No sabemos leer"), (b"[{\"a\":1}]", "No sabemos leer"), (b"PK\x03\x04", "")] {
            app.upload_to("/customers/import", &[], "x.csv", content).await.is(422).has(key);
        }
        // Without a day or an address it cannot be confirmed, whatever is pressed.
        let path = draft(app, b"Nombre,Importe\nAna,3\n").await;
        app.get(&path).await.is(200).has("Falta saber");
        press(app, &path, "confirm", &DECLARED).await.is(422);
        press(app, &path, "discard", &[]).await.is(303).goes_to("/customers/import");
        app.get(&path).await.is(404);
        assert_eq!(waiting_files(app), 0);
    }

    async fn a_draft_is_forgotten_after_a_day_and_belongs_to_one_organisation(app: &mut TestApp) {
        app.first_run().await;
        let path = draft(app, STAYS.as_bytes()).await;
        neighbour(app).await;
        app.forget_cookies();
        app.post("/sign-in", &[("email", "vecino@prueba.example"), ("password", "otra tortilla más")]).await.goes_to("/today");
        app.get(&path).await.is(404);
        app.get(&format!("{path}/progress")).await.is(404);
        app.post(&path, &[("action", "confirm"), DECLARED[0]]).await.is(404);
        for role in [Role::Viewer, Role::Agent] {
            sign_in_as(app, role).await;
            app.get("/customers/import").await.is(403);
            app.get(&path).await.is(403);
            app.upload_to("/customers/import", &[], "x.csv", b"a").await.is(403);
        }
        sign_in_as(app, Role::Manager).await;
        app.get(&path).await.is(200);
        assert_eq!(waiting_files(app), 1);
        app.context.clock.advance(SignedDuration::from_hours(25).unsigned_abs());
        app.settle().await;
        app.sign_in().await;
        app.get(&path).await.is(404);
        assert_eq!(waiting_files(app), 0);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_whose_upload_is_gone_says_so() {
    let mut app = TestApp::sqlite().await;
    app.first_run().await;
    let path = draft(&mut app, STAYS.as_bytes()).await;
    press(&mut app, &path, "confirm", &DECLARED).await.is(303);
    std::fs::remove_dir_all(app.context.uploads().join("customers")).expect("removed");
    app.settle().await;
    assert_eq!(one(&app, &path).await.state, "failed");
    app.get(&path).await.is(200).has("El archivo ya no está");
    scope(&app).await.write(Batch::new()).await.expect("the store is well");
}
