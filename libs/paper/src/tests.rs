//! What the file says when other programs read it, and that no text breaks it.

mod print;

use std::io::Write as _;
use std::process::{Command, Stdio};

use proptest::prelude::*;

use crate::layout::{HEIGHT, MARGIN, Mark, WIDTH, lay_out, wrap};
use crate::{Block, CHARACTERS_MAX, Date, Paper, PaperError, Receipt, paper, receipt};

fn sample(complaint: &str) -> Receipt {
    let text = str::to_owned;
    Receipt {
        language: text("es"),
        title: text("Justificante de reclamación"),
        business: text("Bar Lola\nCalle Mayor 1, Cuenca"),
        lead: text("Hemos recibido tu reclamación. Guarda este papel: con la clave la encontramos."),
        key_label: text("Clave"),
        key: text("Q7-4KD-2026"),
        rows: vec![
            (text("Recibida"), text("26 de noviembre de 2026")),
            (text("Respuesta, como tarde"), text("11 de diciembre de 2026")),
        ],
        complaint_heading: text("Lo que nos dijiste"),
        complaint: complaint.to_owned(),
        notes_heading: text("Qué puedes hacer"),
        notes: vec![text("Si la respuesta no te convence, puedes pedir la hoja de reclamaciones oficial.")],
        footer: text("Bar Lola · hecho con Timón"),
        page_number: text("Página {page} de {pages}"),
        made: Date { year: 2026, month: 11, day: 26 },
    }
}

/// What `pdftotext` reads, page by page; `None` where it is not installed.
fn read(pdf: &[u8]) -> Option<Vec<String>> {
    let mut child = Command::new("pdftotext")
        .args(["-enc", "UTF-8", "-", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .ok()?;
    let mut input = child.stdin.take().expect("piped");
    let sent = pdf.to_vec();
    let writer = std::thread::spawn(move || input.write_all(&sent));
    let output = child.wait_with_output().expect("it ends");
    writer.join().expect("it wrote").expect("all of it");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    Some(text.trim_end_matches('\u{c}').split('\u{c}').map(str::to_owned).collect())
}

fn words(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}

#[test]
fn the_same_receipt_gives_the_same_bytes() {
    let one = receipt(&sample("La sopa llegó fría.")).expect("a file");
    let other = receipt(&sample("La sopa llegó fría.")).expect("a file");
    assert!(one == other);
    assert!(one.len() < 60_000, "{} bytes", one.len());
    assert!(one != receipt(&sample("La sopa llegó tibia.")).expect("a file"));
}

#[test]
fn another_program_reads_what_it_says() {
    let complaint = "Esperé 45 minutos y la sopa llegó fría. «Así es aquí», me dijeron.\nPingüino, çà, l·l, ß, œ, 12,50 €.";
    let pdf = receipt(&sample(complaint)).expect("a file");
    let Some(pages) = read(&pdf) else { return };
    assert_eq!(pages.len(), 1);
    let page = pages[0].split_whitespace().collect::<Vec<_>>().join(" ");
    let said = words(complaint).join(" ");
    for text in [
        said.as_str(),
        "Justificante de reclamación",
        "Q7-4KD-2026",
        "11 de diciembre de 2026",
        "Página 1 de 1",
        "Bar Lola · hecho con Timón",
    ] {
        assert!(page.contains(text), "{text} is not in {page}");
    }
}

#[test]
fn a_long_complaint_takes_several_pages_and_loses_no_word() {
    let complaint = (0..6_000).map(|number| format!("palabra{number}")).collect::<Vec<_>>().join(" ");
    assert!(complaint.len() > 40_000);
    let pdf = receipt(&sample(&complaint)).expect("a file");
    let Some(pages) = read(&pdf) else { return };
    assert!(pages.len() > 10, "{} pages", pages.len());
    let all = pages.join(" ");
    let mut expected = 0;
    for word in words(&all) {
        if word == format!("palabra{expected}") {
            expected += 1;
        }
    }
    assert_eq!(expected, 6_000);
    for (number, page) in pages.iter().enumerate() {
        assert!(page.contains(&format!("Página {} de {}", number + 1, pages.len())), "{page}");
    }
}

#[test]
fn more_than_a_paper_takes_is_refused() {
    let error = receipt(&sample(&"a".repeat(CHARACTERS_MAX + 1))).expect_err("too long");
    assert!(matches!(error, PaperError::TooLong { .. }));
}

#[test]
fn hostile_texts_give_a_file() {
    for text in [
        "",
        "\n\n\n",
        "\u{202E}\u{0}\u{FEFF}\u{1F468}\u{200D}\u{1F469}",
        "漢字かな 한국어 العربية עברית",
        "a\u{301}\u{301}\u{301}\u{301}",
        "(\\) Tj ET Q endstream endobj %%EOF",
        &"x".repeat(4_000),
        &"\n".repeat(4_000),
        &"\u{A0}".repeat(1_500),
        &"W".repeat(1_500),
    ] {
        let mut hostile = sample(text);
        for field in [&mut hostile.title, &mut hostile.key, &mut hostile.footer, &mut hostile.page_number] {
            text.clone_into(field);
        }
        hostile.rows.push((text.to_owned(), text.to_owned()));
        hostile.notes.push(text.to_owned());
        let pdf = receipt(&hostile).expect("a file");
        if let Some(pages) = read(&pdf) {
            assert!(!pages.is_empty());
        }
    }
}

#[test]
fn nothing_stands_outside_the_margins() {
    let mut blocks = vec![Block::Title("W".repeat(500)), Block::Rule, Block::Gap(f32::NAN), Block::Gap(1e9)];
    blocks.push(Block::Rows(vec![("i ".repeat(2_000), "W".repeat(5_000)), (String::new(), String::new())]));
    blocks.push(Block::Quote("mm ".repeat(9_000)));
    blocks.push(Block::Big("Q".repeat(99)));
    let sheet = Paper {
        title: String::new(),
        language: "es".to_owned(),
        made: Date { year: 0, month: 0, day: 99 },
        blocks,
        footer: "pie ".repeat(999),
        page_number: "número {page} ".repeat(50),
    };
    for mark in lay_out(&sheet).into_iter().flatten() {
        let (left, right, top, bottom) = match &mark {
            Mark::Text { x, y, size, weight, text, .. } => {
                let width = crate::face::Face::of(*weight).width(text.trim_end(), *size);
                (*x, x + width, y - size, *y)
            }
            Mark::Bar { x, y, width, height } => (*x, x + width, *y, y + height),
        };
        assert!(left >= MARGIN - 0.1 && right <= WIDTH - MARGIN + 0.1, "{mark:?}");
        assert!(top >= MARGIN - 1.0 && bottom <= HEIGHT - MARGIN + 1.0, "{mark:?}");
    }
    assert!(paper(&sheet).is_ok());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn any_text_gives_a_file(text in any::<String>(), other in "\\PC{0,200}") {
        let mut any = sample(&text);
        any.title.clone_from(&other);
        any.rows.push((text, other));
        prop_assert!(receipt(&any).is_ok());
    }

    #[test]
    fn wrapping_loses_nothing_but_line_breaks(text in "[a-zñ \n]{0,400}", width in 30.0_f32..400.0) {
        let face = crate::face::Face::of(crate::face::Weight::Regular);
        let lines = wrap(&text, face, 10.0, width);
        let kept: String = lines.concat().replace(' ', "");
        prop_assert_eq!(kept, text.replace([' ', '\n'], ""));
        for line in lines {
            prop_assert!(face.width(line.trim_end(), 10.0) <= width + 0.01);
        }
    }
}
