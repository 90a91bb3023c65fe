//! Files that are broken, cut, disguised or made to hurt.

use std::io::Write as _;

use connectors::file::{FileError, Limits, inspect, read};
use proptest::prelude::*;

use super::support::*;

fn refused(name: &str, bytes: impl AsRef<[u8]>) -> FileError {
    let desk = Desk::new();
    all(&desk.put(name, bytes)).map(|(_, rows)| rows).expect_err(name)
}

#[test]
fn what_is_not_an_export_is_refused_with_its_reason() {
    for (name, bytes, key) in [
        ("empty.csv", &b""[..], "empty"),
        ("bom.csv", b"\xEF\xBB\xBF", "empty"),
        ("blank.csv", b" \r\n\n\t\n", "empty"),
        ("utf16-bom.csv", b"\xFF\xFE", "empty"),
        ("nulls.csv", &[0; 500], "empty"),
        ("list.json", b"[]", "empty"),
        ("a.pdf", b"%PDF-1.7 abc", "unknown-format"),
        ("a.png", b"\x89PNG\r\n\x1a\nxx", "unknown-format"),
        ("a.xls", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1xx", "unknown-format"),
        ("a.html", b"<!DOCTYPE html><p>hola", "unknown-format"),
        ("a.bin", &[7, 1, 2, 3, 4, 5, 6, 200, 1, 2, 3, 4, 5], "unknown-format"),
        ("a.json", b"{\"a\":", "corrupt"),
        ("a.zip", b"PK\x03\x04nothing", "corrupt"),
        ("a.gz", b"\x1F\x8B\x08\x00", "corrupt"),
    ] {
        assert_eq!(refused(name, bytes).key(), key, "{name}");
    }
    let other = zip(&[("fotos/a.txt", b"hola")]);
    assert!(matches!(refused("a.zip", other), FileError::UnknownFormat { looks_like: "zip" }));
}

#[test]
fn nulls_are_dropped_and_not_the_row() {
    let desk = Desk::new();
    let (_, rows) = all(&desk.put("n.csv", "Nota,Texto\n5,Muy\0 bien\0\n4,Bien sin más\n")).unwrap();
    assert_eq!(items(&rows)[0].text, "Muy bien");
}

#[test]
fn a_cut_file_gives_its_good_rows_and_one_error() {
    let desk = Desk::new();
    let csv = fixture("trustpilot.csv");
    let cut = csv.find("tp3,ayer").unwrap() + 12;
    let (_, rows) = all(&desk.put("c.csv", csv.get(..cut).unwrap())).unwrap();
    assert_eq!((items(&rows).len(), errors(&rows)), (2, vec![(5, "truncated")]));

    let (_, rows) = all(&desk.put("c.json", r#"[{"nota":5,"texto":"Muy bien"},{"nota":4,"te"#)).unwrap();
    assert_eq!((items(&rows).len(), errors(&rows)), (1, vec![(1, "truncated")]));

    let lines = fixture("unified.jsonl");
    let (_, rows) = all(&desk.put("c.jsonl", lines.get(..lines.len() - 20).unwrap())).unwrap();
    assert_eq!((items(&rows).len(), errors(&rows)), (2, vec![(3, "truncated")]));

    let record = |n: u32| format!("{{\"id\":\"{n}\",\"text\":\"hola {}\",\"stars\":5}}\n", n * 7919 % 9973);
    let text: String = (0..5000).map(record).collect();
    let packed = gzip(text.as_bytes());
    let path = desk.put("c.jsonl.gz", packed.get(..packed.len() / 2).unwrap());
    let (_, rows) = all(&path).unwrap();
    assert!(items(&rows).len() > 1000);
    assert_eq!(errors(&rows).len(), 1);
    assert_eq!(errors(&rows)[0].1, "truncated");
}

#[test]
fn a_cut_or_damaged_workbook_is_refused() {
    let book = workbook(&[
        vec![Cell::Text("Texto"), Cell::Text("Nota")],
        vec![Cell::Text("Muy bien"), Cell::Number(5.0)],
    ]);
    for keep in [10, book.len() / 2, book.len() - 5] {
        let error = refused("w.xlsx", book.get(..keep).unwrap());
        assert_eq!(error.key(), "corrupt", "{keep}: {error}");
    }
}

#[test]
fn a_broken_line_stops_nothing() {
    let desk = Desk::new();
    let (_, rows) =
        all(&desk.put("b.jsonl", "{\"id\":1,\"text\":\"a\"}\n{oops}\n[1]\n{\"id\":2,\"text\":\"b\"}\n"))
            .unwrap();
    assert_eq!((items(&rows).len(), errors(&rows)), (2, vec![(2, "bad-json"), (3, "bad-json")]));
}

#[test]
fn one_endless_line_is_refused_in_little_memory() {
    let desk = Desk::new();
    let path = desk.put("long.csv", vec![b'a'; 50 << 20]);
    assert!(matches!(all(&path), Err(FileError::LineTooLong { line: 1 })));
    let quoted = desk.put("quoted.json", [b"[\"".to_vec(), vec![b'a'; 49 << 20]].concat());
    assert_eq!(all(&quoted).map(|_| ()).unwrap_err().key(), "corrupt");
    let object = desk.put("object.json", [b"[{\"a\":\"".to_vec(), vec![b'a'; 49 << 20]].concat());
    assert!(matches!(all(&object), Err(FileError::LineTooLong { line: 1 })));
    let brackets = desk.put("brackets.json", vec![b'['; 10 << 20]);
    assert_eq!(all(&brackets).map(|_| ()).unwrap_err().key(), "corrupt");
    let packed = desk.put("packed.csv.gz", gzip(&vec![b'a'; 100 << 20]));
    assert!(matches!(all(&packed).map(|_| ()).unwrap_err().key(), "zip-bomb" | "line-too-long"));
}

#[test]
fn a_long_line_in_the_middle_is_one_error() {
    let desk = Desk::new();
    let text = format!("Nota,Texto\n5,Muy bien todo\n4,{}\n3,Normal sin más\n", "x".repeat(3 << 20));
    let (_, rows) = all(&desk.put("m.csv", text)).unwrap();
    assert_eq!((items(&rows).len(), errors(&rows)), (2, vec![(3, "row-too-long")]));
}

#[test]
fn a_bomb_is_refused_before_it_is_opened() {
    let mut sheet = String::from("<worksheet><sheetData>");
    sheet.push_str(&" ".repeat(60 << 20));
    let parts = workbook_parts(&sheet);
    let parts: Vec<(&str, &[u8])> = parts.iter().map(|(name, xml)| (*name, xml.as_bytes())).collect();
    let honest = zip(&parts);
    assert!(honest.len() < 200_000);
    assert_eq!(refused("bomb.xlsx", &honest).key(), "zip-bomb");

    // The same, lying about its size in the list at the end: it is found out while inflating.
    let size = u32::try_from(sheet.len()).unwrap().to_le_bytes();
    let mut lying = honest;
    let mut lies = 0;
    for at in 0..lying.len() - 4 {
        if lying[at..at + 4] == size {
            lying[at..at + 4].copy_from_slice(&1000_u32.to_le_bytes());
            lies += 1;
        }
    }
    assert!(lies > 0, "the size is written somewhere");
    assert_eq!(refused("liar.xlsx", &lying).key(), "zip-bomb");
}

#[test]
fn the_limits_are_kept() {
    let desk = Desk::new();
    let limits = Limits { rows: 3, columns: 4, cell_bytes: 20, ..Limits::default() };
    let csv = "Nota,Texto\n5,Muy bien\n4,Bien\n3,Normal, sí, sí, sí, sí\n2,Mal\n1,Fatal\n";
    let (_, rows) = all_within(&desk.put("l.csv", csv), &limits).unwrap();
    assert_eq!(errors(&rows), [(4, "too-many-fields"), (5, "too-many-rows")]);
    let (_, rows) =
        all_within(&desk.put("c.csv", "Nota,Texto\n5,una celda demasiado larga\n4,corta\n"), &limits)
            .unwrap();
    assert_eq!(errors(&rows), [(2, "cell-too-long")]);
    let wide = vec!["Texto"; 300].join(",");
    assert_eq!(refused("w.csv", format!("{wide}\n{wide}\n")).key(), "too-many-columns");
    let small = Limits { file_bytes: 10, ..Limits::default() };
    let path = desk.put("s.csv", csv);
    assert!(matches!(inspect(&path, &small, &zone()), Err(FileError::TooLarge { limit: 10 })));
    let many: Vec<(String, &[u8])> =
        (0..50).map(|n| (format!("location-1/reviews{n}.json"), &b"{}"[..])).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|(name, bytes)| (name.as_str(), *bytes)).collect();
    let few = Limits { zip_entries: 10, ..Limits::default() };
    let path = desk.put("many.zip", zip(&many));
    assert_eq!(all_within(&path, &few).map(|_| ()).unwrap_err().key(), "zip-bomb");
}

#[test]
fn progress_reaches_the_end() {
    let desk = Desk::new();
    let path = desk.put("p.csv", fixture("trustpilot.csv"));
    let seen = inspect(&path, &Limits::default(), &zone()).unwrap();
    let mut reader = read(&path, &seen.format, &seen.mapping, &Limits::default(), &zone()).unwrap();
    while reader.next().is_some() {}
    assert_eq!(reader.bytes_read(), reader.bytes_total());
    assert!(reader.next().is_none());
}

fn whatever(bytes: &[u8]) {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(bytes).unwrap();
    let _ = all(file.path());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn random_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        whatever(&bytes);
    }

    #[test]
    fn random_tables_never_panic(text in "(Fecha|Nota|Texto|[0-9/,;\t|\"\n =★ñ-]){0,80}") {
        whatever(text.as_bytes());
    }

    #[test]
    fn random_damage_to_real_files_never_panics(at in 0_usize..3000, byte: u8, which in 0_usize..4) {
        let mut bytes = match which {
            0 => fixture("trustpilot.csv").into_bytes(),
            1 => fixture("takeout-reviews.json").into_bytes(),
            2 => fixture("unified.jsonl").into_bytes(),
            _ => workbook(&[vec![Cell::Text("Texto"), Cell::Text("Nota")], vec![Cell::Text("Muy bien"), Cell::Number(5.0)]]),
        };
        let at = at % bytes.len();
        bytes[at] = byte;
        whatever(&bytes);
    }
}

#[test]
fn half_a_character_at_the_end_of_utf16_ends_the_file() {
    let desk = Desk::new();
    let mut bytes = vec![0xff, 0xfe];
    bytes.extend("texto,estrellas\nhola que tal,5\n".encode_utf16().flat_map(u16::to_le_bytes));
    bytes.push(0);
    let (_, rows) = all(&desk.put("odd.csv", bytes)).unwrap();
    assert_eq!(items(&rows)[0].text, "hola que tal");
}
