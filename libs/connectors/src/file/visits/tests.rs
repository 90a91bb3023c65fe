//! Which column is what, and what becomes of rows nobody meant.

use std::io::Write as _;

use jiff::tz::TimeZone;
use proptest::prelude::*;

use super::*;
use crate::file::RowErrorKind;

fn written(text: &[u8]) -> tempfile::NamedTempFile {
    let mut file = tempfile::NamedTempFile::new().expect("a temporary file");
    file.write_all(text).expect("written");
    file
}

fn looked_at(text: &str) -> Inspection {
    inspect(written(text.as_bytes()).path(), &Limits::default()).expect("a table")
}

/// The names of the columns that were given a meaning.
fn found(header: &str, row: &str) -> Vec<(Field, String)> {
    let looked = looked_at(&format!("{header}\n{row}\n"));
    let name = |field| looked.columns.get(field).and_then(|at| looked.names.get(at).cloned());
    Field::ALL.into_iter().filter_map(|field| name(field).map(|name| (field, name))).collect()
}

fn rows(text: &[u8]) -> Vec<Result<Visit, (u64, RowErrorKind)>> {
    let file = written(text);
    let looked = inspect(file.path(), &Limits::default()).expect("a table");
    let reader =
        read(file.path(), &looked.format, &looked.columns, &Limits::default(), &TimeZone::UTC).expect("rows");
    reader.map(|row| row.map_err(|error| (error.line, error.reason))).collect()
}

#[test]
fn columns_of_hotels_tills_and_shops_are_understood() {
    use Field::*;
    for (header, row, expected) in [
        (
            "Localizador;Huésped;Correo electrónico;Móvil;Fecha de entrada;Fecha de salida;Nacionalidad;Fecha de nacimiento",
            "H-1;Ana Gil;ana@a.example;600111222;01/09/2026;05/09/2026;España;01/01/1980",
            vec![
                (Email, "Correo electrónico"),
                (Phone, "Móvil"),
                (Day, "Fecha de salida"),
                (Name, "Huésped"),
                (Reference, "Localizador"),
                (Language, "Nacionalidad"),
            ],
        ),
        (
            "Guest name,Email,Check-in,Check-out,Booking number,Country",
            "Ann,a@a.example,2026-09-01,2026-09-05,77,UK",
            vec![
                (Email, "Email"),
                (Day, "Check-out"),
                (Name, "Guest name"),
                (Reference, "Booking number"),
                (Language, "Country"),
            ],
        ),
        (
            "Name,Email,Financial Status,Paid at,Fulfilled at,Accepts Marketing,Total,Billing Phone,Shipping Name,Created at",
            "#1001,a@a.example,paid,2026-09-01 10:00:00 +0200,2026-09-02 10:00:00 +0200,no,10,600111222,Ana,2026-09-01 10:00:00 +0200",
            vec![
                (Email, "Email"),
                (Phone, "Billing Phone"),
                (Day, "Fulfilled at"),
                (Name, "Name"),
                (Accepts, "Accepts Marketing"),
            ],
        ),
        (
            "Fecha,Nº ticket,Cliente,Apellidos,Teléfono,Baja,Importe",
            "05/09/2026,T-9,Ana,Gil,963123456,sí,12",
            vec![
                (Phone, "Teléfono"),
                (Day, "Fecha"),
                (Name, "Cliente"),
                (Surname, "Apellidos"),
                (Reference, "Nº ticket"),
                (OptOut, "Baja"),
            ],
        ),
        ("a,b,c", "x@a.example,2026-09-05,600111222", vec![]),
    ] {
        let expected: Vec<(Field, String)> =
            expected.into_iter().map(|(field, name)| (field, name.to_owned())).collect();
        assert_eq!(found(header, row), expected, "{header}");
    }
}

#[test]
fn without_names_the_cells_speak_and_a_birthday_is_no_visit() {
    let looked = looked_at("ana@a.example,600111222,2026-09-05\npau@a.example,600111223,2026-09-06\n");
    assert!(looked.columns.is_enough());
    assert_eq!(
        [Field::Email, Field::Phone, Field::Day].map(|field| looked.columns.get(field)),
        [Some(0), Some(1), Some(2)]
    );
    let birthday = looked_at("Email,Fecha de nacimiento\nana@a.example,1980-01-01\n");
    assert!(!birthday.columns.is_enough());
}

#[test]
fn days_are_read_as_the_file_writes_them() {
    let day = |text: &str| {
        rows(text.as_bytes())
            .into_iter()
            .map(|row| row.map(|visit| visit.day.to_string()))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        day("Email,Fecha\na@a.example,05/09/2026\nb@a.example,25/09/2026\n"),
        [Ok("2026-09-05".to_owned()), Ok("2026-09-25".to_owned())]
    );
    assert_eq!(
        day("Email,Date\na@a.example,09/05/2026\nb@a.example,09/25/2026\n")[0],
        Ok("2026-09-05".to_owned())
    );
    assert!(looked_at("Email,Fecha\na@a.example,05/09/2026\n").day_order_unsure);
}

#[test]
fn hostile_rows_are_refused_or_harmless_and_never_quoted() {
    let huge = "x".repeat(5_000);
    let text = format!(
        "Email,Nombre,Fecha,Pedido\n=1+1,=HYPERLINK(\"http://a\"),2026-09-05,@SUM(A1)\na@a.example,{huge},2026-09-05,1\n\
         b@a.example,\u{202e}gil\u{0}a,2026-09-05,2\nc@a.example,C,mañana,3\n\nd@a.example,\"D,2026-09-05,4\n"
    );
    let rows = rows(text.as_bytes());
    assert_eq!(rows.len(), 5, "{rows:?}");
    let first = rows[0].as_ref().expect("a row");
    assert_eq!(
        (first.email.as_str(), first.reference.as_str()),
        ("=1+1", "@SUM(A1)"),
        "text stays text; the room refuses the address"
    );
    assert_eq!(rows[1], Err((3, RowErrorKind::CellTooLong)));
    assert_eq!(rows[2].as_ref().expect("a row").name, "gila");
    assert_eq!(rows[3], Err((5, RowErrorKind::BadDate { value: String::new() })));
    assert!(matches!(rows[4], Err((7, _))));
}

#[test]
fn who_said_no_is_marked_however_it_is_written() {
    let marks = |name: &str, cells: &[&str]| -> Vec<bool> {
        let lines: Vec<String> = cells.iter().map(|cell| format!("a@a.example,2026-09-05,{cell}")).collect();
        rows(format!("Email,Fecha,{name}\n{}\n", lines.join("\n")).as_bytes())
            .into_iter()
            .map(|row| row.expect("a row").opts_out)
            .collect()
    };
    assert_eq!(
        marks("Baja", &["sí", "X", "1", "2026-01-01", "no", "", "0"]),
        [true, true, true, true, false, false, false]
    );
    assert_eq!(marks("Acepta publicidad", &["sí", "no", "FALSE", "", "0"]), [false, true, true, false, true]);
}

#[test]
fn windows_files_with_semicolons_are_read() {
    let rows = rows(b"Hu\xe9sped;Correo;Salida\nBego\xf1a;b@a.example;5/9/2026\n");
    let visit = rows[0].as_ref().expect("a row");
    assert_eq!((visit.name.as_str(), visit.day.to_string().as_str()), ("Begoña", "2026-09-05"));
}

proptest! {
    #[test]
    fn no_file_makes_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400), text in "[a-z@;,\"\n0-9/ñ-]{0,300}") {
        for content in [bytes, text.into_bytes()] {
            let file = written(&content);
            let Ok(looked) = inspect(file.path(), &Limits::default()) else { continue };
            let reader = read(file.path(), &looked.format, &looked.columns, &Limits::default(), &TimeZone::UTC);
            prop_assert!(reader.map_or(0, Iterator::count) <= content.len() + 1);
        }
    }
}
