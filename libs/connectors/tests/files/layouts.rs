//! Generic files: delimiters, encodings, headers or none, workbooks, JSON in all its forms.

use connectors::file::{Column, DateOrder, Limits, Mapping, Preset, Shape, inspect, read};
use connectors::item::Reply;

use super::support::*;

#[test]
fn an_excel_csv_in_spanish_is_read() {
    let desk = Desk::new();
    let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode(Box::leak(fixture("excel-es.csv").into_boxed_str()));
    let (seen, rows) = all(&desk.put("e.csv", bytes)).unwrap();
    assert_eq!(seen.format.encoding, "windows-1252");
    assert_eq!(seen.format.shape, Shape::Delimited { delimiter: ';', header: Some(1) });
    assert_eq!((seen.date_order, seen.date_order_unsure), (Some(DateOrder::Dmy), false));
    let good = items(&rows);
    assert_eq!(good.len(), 3, "{rows:?}");
    assert_eq!(good[0].author.as_deref(), Some("Begoña Núñez"));
    assert_eq!(good[0].rating.unwrap().value, 4.5);
    assert!(matches!(&good[0].reply, Reply::Answered { text: Some(text), .. } if text == "Gracias, Begoña"));
    assert_eq!(good[1].rating.unwrap().best, 10.0);
    assert_eq!(good[1].text, "Dijo \"mañana\" y no vino");
    assert_eq!(good[1].reply, Reply::None);
    assert_eq!((good[2].posted_at, good[2].place.as_deref()), (None, Some("Añover")));
    assert_eq!(seen.sample_items.len(), 3);
    assert_eq!(seen.sample[0][1], "Begoña Núñez");
}

#[test]
fn without_a_header_the_cells_speak() {
    let desk = Desk::new();
    let text =
        "5\t2024-03-12\tAna López\tMuy bien todo, volveremos\n1\t2024-03-13\tPol\tFatal, no vuelvo nunca\n";
    let (seen, rows) = all(&desk.put("n.tsv", text)).unwrap();
    assert_eq!(seen.format.shape, Shape::Delimited { delimiter: '\t', header: None });
    let good = items(&rows);
    assert_eq!(good.len(), 2);
    assert_eq!(good[1].text, "Fatal, no vuelvo nunca");
    assert_eq!(good[1].rating.unwrap().stars(), Some(1));
    assert_eq!(good[0].author.as_deref(), Some("Ana López"));
    assert!(!good[0].posted_at.unwrap().precise);
    assert_eq!(good[0].reply, Reply::Unknown);
}

#[test]
fn a_list_of_texts_is_a_file_of_one_column() {
    let desk = Desk::new();
    let (_, rows) = all(&desk.put("l.txt", "Muy bien, todo\nFatal, el trato, de verdad\nNormal\n")).unwrap();
    let texts: Vec<&str> = items(&rows).iter().map(|item| item.text.as_str()).collect();
    assert_eq!(texts, ["Muy bien, todo", "Fatal, el trato, de verdad", "Normal"]);
}

#[test]
fn the_order_of_the_dates_is_that_of_the_file() {
    let desk = Desk::new();
    let american = "Date,Rating,Review\n03/04/2024,5,Great place\n03/25/2024,1,Bad place\n";
    let (seen, rows) = all(&desk.put("a.csv", american)).unwrap();
    assert_eq!((seen.date_order, seen.mapping.day_first), (Some(DateOrder::Mdy), false));
    assert_eq!(items(&rows)[0].posted_at.unwrap().at.to_string(), "2024-03-03T23:00:00Z");
    let unsure = "Fecha,Nota,Texto\n03/04/2024,5,Buen sitio\n";
    let (seen, _) = all(&desk.put("u.csv", unsure)).unwrap();
    assert_eq!((seen.mapping.day_first, seen.date_order_unsure), (true, true));
}

#[test]
fn a_scale_of_ten_is_noticed() {
    let desk = Desk::new();
    let (seen, rows) =
        all(&desk.put("t.csv", "Nota,Comentario\n\"8,2\",Muy bien todo\n\"4\",Regular nada más\n")).unwrap();
    assert_eq!(seen.mapping.stars_best, 10.0);
    let stars: Vec<_> = items(&rows).iter().map(|item| item.rating.unwrap().stars()).collect();
    assert_eq!(stars, [Some(4), Some(2)]);
}

#[test]
fn what_only_looks_like_stars_or_text_is_left_alone() {
    let desk = Desk::new();
    let csv =
        "vote_score,hash,opinion\n0.52,a1b2c3d4e5f6a7b8,Muy bien todo\n0.61,b1b2c3d4e5f6a7b9,Mal el trato\n";
    let (seen, rows) = all(&desk.put("f.csv", csv)).unwrap();
    assert_eq!((&seen.mapping.stars, rows.len()), (&None, 2));
    assert_eq!(items(&rows)[0].text, "Muy bien todo");
    let error =
        all(&desk.put("h.jsonl", "{\"hash\":\"a1b2c3d4e5f6\"}\n{\"hash\":\"b1b2c3d4e5f6\",\"x\":\"y\"}\n"));
    assert_eq!(error.map(|_| ()).unwrap_err().key(), "no-usable-columns");
}

#[test]
fn the_owner_can_correct_the_mapping() {
    let desk = Desk::new();
    let path = desk.put("m.csv", "a,b,c\nuno,dos,3\n");
    let seen = inspect(&path, &Limits::default(), &zone()).unwrap();
    let mapping = Mapping {
        text: Some(Column::Index(1)),
        stars: Some(Column::Name("c".into())),
        author: Some(Column::Name("a".into())),
        title: Some(Column::Name("gone".into())),
        ..Mapping::default()
    };
    let saved: Mapping = serde_json::from_str(&serde_json::to_string(&mapping).unwrap()).unwrap();
    assert_eq!(saved, mapping);
    let rows: Rows = read(&path, &seen.format, &saved, &Limits::default(), &zone()).unwrap().collect();
    let good = items(&rows);
    assert_eq!((good[0].text.as_str(), good[0].author.as_deref()), ("dos", Some("uno")));
    let nothing = Mapping::default();
    let error = read(&path, &seen.format, &nothing, &Limits::default(), &zone()).unwrap_err();
    assert_eq!(error.key(), "no-usable-columns");
}

#[test]
fn a_workbook_is_read_from_its_first_sheet_with_something() {
    use Cell::{Date, Nothing, Number, Text};
    let desk = Desk::new();
    let path = desk.put(
        "w.xlsx",
        workbook(&[
            vec![Text("Reseñas de mayo")],
            vec![Text("Fecha"), Text("Estrellas"), Text("Opinión"), Text("Autor")],
            vec![Date(45_363.0), Number(5.0), Text("Muy bien todo"), Text("Ana")],
            vec![Nothing, Number(2.0), Text("=1+1"), Nothing],
            vec![Date(45_364.5), Number(9.0), Text("Nueve estrellas"), Nothing],
        ]),
    );
    let (seen, rows) = all(&path).unwrap();
    assert_eq!(seen.format.shape, Shape::Sheet { name: "Opiniones".into(), header: Some(1) });
    // Nine is beyond five: the whole column is read out of ten.
    assert_eq!(seen.mapping.stars_best, 10.0);
    let good = items(&rows);
    assert_eq!(good[0].posted_at.unwrap().at.to_string(), "2024-03-11T23:00:00Z");
    assert_eq!(good[1].text, "=1+1");
    assert!(good[2].posted_at.unwrap().precise);
    assert_eq!(rows[0].as_ref().unwrap().line, 3);
}

#[test]
fn json_is_read_in_all_its_forms() {
    let desk = Desk::new();
    let one = r#"{"fecha":"2024-03-12","nota":4,"comentario":"Bien, sin más","autor":{"nombre":"Ana"}}"#;
    for (name, text) in [
        ("list.json", format!("[{one},\n{one}]")),
        ("object.json", format!("{{\"total\":2,\"page\":{{\"opiniones\":[{one},{one}]}}}}")),
        ("lines.jsonl", format!("{one}\n\n{one}\n")),
        ("bom.json", format!("\u{FEFF}[{one},{one}]")),
    ] {
        for (path, what) in
            [(desk.put(name, &text), "plain"), (desk.put(&format!("{name}.gz"), gzip(text.as_bytes())), "gz")]
        {
            let (seen, rows) = all(&path).unwrap();
            assert_eq!(seen.preset, Preset::Generic);
            assert_eq!(seen.columns, ["fecha", "nota", "comentario", "autor.nombre"], "{name}");
            let good = items(&rows);
            assert_eq!(good.len(), 2, "{name} {what}");
            assert_eq!(good[1].text, "Bien, sin más");
            assert_eq!(good[1].author.as_deref(), Some("Ana"));
            assert_eq!(good[1].rating.unwrap().stars(), Some(4));
        }
    }
}

#[test]
fn the_answer_of_the_play_api_is_read_too() {
    let desk = Desk::new();
    let text = r#"{"reviews":[{"reviewId":"gp:1","authorName":"Ana","comments":[{"userComment":{"text":"No abre","lastModified":{"seconds":"1795321608"},"starRating":1,"reviewerLanguage":"es"}},{"developerComment":{"text":"Lo miramos"}}]}]}"#;
    let (_, rows) = all(&desk.put("p.json", text)).unwrap();
    let good = items(&rows);
    assert_eq!(good[0].text, "No abre");
    assert_eq!(good[0].external_id.as_deref(), Some("gp:1"));
    assert_eq!(good[0].rating.unwrap().stars(), Some(1));
    assert!(matches!(&good[0].reply, Reply::Answered { text: Some(text), .. } if text == "Lo miramos"));
}
