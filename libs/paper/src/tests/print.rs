//! Posters and labels: what another program reads off them, that everything is on the paper, that no text breaks them.

use std::process::{Command, Stdio};

use super::{read, words};
use crate::face::Face;
use crate::sheet::{Piece, Sheet, mm};
use crate::{
    Code, Date, LABELS_MAX, Labels, Matrix, PaperError, Poster, Size, URL_BYTES_MAX, labels, poster,
};
use proptest::prelude::*;

const URL: &str = "https://timon.example/r/k7q2m9xa";

fn sample(size: Size) -> Poster {
    let text = str::to_owned;
    Poster {
        size,
        language: text("es"),
        business: text("Bar La Esquina"),
        headline: text("¿Qué tal te hemos tratado?"),
        lines: vec![text("Cuéntalo en un minuto. Bueno o malo: nos sirve igual.")],
        url: text(URL),
        alt: text("Código QR de timon.example/r/k7q2m9xa"),
        code: Some(Code { label: text("Código de hoy"), value: text("ROBLE 42") }),
        footer: text("Preguntamos a todo el mundo. No filtramos."),
        made: Date { year: 2026, month: 11, day: 26 },
    }
}

fn many(count: usize) -> Labels {
    let text = str::to_owned;
    Labels {
        codes: (0..count).map(|number| format!("ABCD-{number:04}")).collect(),
        url: text("https://timon.example/r/k7q2m9xa?c={code}"),
        address: text("https://timon.example/r/k7q2m9xa"),
        alt: text("Código QR de {code}"),
        business: text("Bar La Esquina"),
        instructions: text("¿Qué tal? Cuéntalo con este código."),
        title: text("Etiquetas"),
        language: text("es"),
        made: Date { year: 2026, month: 11, day: 26 },
    }
}

/// A grey picture of a page: width, height, bytes.
struct Picture(usize, usize, Vec<u8>);

/// The pages as `pdftoppm` draws them at 150 dots an inch; `None` where it is not installed.
fn pictures(pdf: &[u8]) -> Option<Vec<Picture>> {
    let mut child = Command::new("pdftoppm")
        .args(["-r", "150", "-gray", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .ok()?;
    let mut input = child.stdin.take().expect("piped");
    let sent = pdf.to_vec();
    let writer = std::thread::spawn(move || std::io::Write::write_all(&mut input, &sent));
    let output = child.wait_with_output().expect("it ends");
    writer.join().expect("it wrote").expect("all of it");
    assert!(
        output.status.success() && output.stderr.is_empty(),
        "{:?}",
        String::from_utf8_lossy(&output.stderr)
    );
    let mut rest = output.stdout.as_slice();
    let mut pictures = Vec::new();
    while !rest.is_empty() {
        // "P5", width and height, 255, each on a line; then the bytes.
        let mut numbers = Vec::new();
        for _ in 0..3 {
            let end = rest.iter().position(|byte| *byte == b'\n').expect("a line");
            let (line, behind) = rest.split_at(end);
            let line = std::str::from_utf8(line).expect("text");
            numbers.extend(line.split(' ').filter_map(|number| number.parse::<usize>().ok()));
            rest = behind.split_first().expect("its end").1;
        }
        let (grey, behind) = rest.split_at(numbers[0] * numbers[1]);
        pictures.push(Picture(numbers[0], numbers[1], grey.to_vec()));
        rest = behind;
    }
    Some(pictures)
}

/// What a telephone would read off a page.
fn codes_on(picture: &Picture) -> Vec<String> {
    let Picture(width, height, grey) = picture;
    let mut image = rqrr::PreparedImage::prepare_from_greyscale(*width, *height, |x, y| grey[y * width + x]);
    let mut found: Vec<String> =
        image.detect_grids().iter().filter_map(|grid| Some(grid.decode().ok()?.1)).collect();
    found.sort();
    found
}

const SIZES: [Size; 3] = [Size::A4, Size::A6, Size::FourA6];

#[test]
fn a_telephone_reads_the_address_off_every_poster() {
    for size in SIZES {
        let pdf = poster(&sample(size)).expect("a file");
        let Some(pages) = pictures(&pdf) else {
            println!("skipped: needs pdftoppm (Debian: poppler-utils)");
            return;
        };
        let copies = if size == Size::FourA6 { 4 } else { 1 };
        assert_eq!(pages.len(), 1);
        assert_eq!(codes_on(&pages[0]), vec![URL.to_owned(); copies], "{size:?}");
    }
}

#[test]
fn a_telephone_reads_each_labels_own_code_over_many_pages() {
    let wanted = many(30);
    let pdf = labels(&wanted).expect("a file");
    let Some(pages) = pictures(&pdf) else {
        println!("skipped: needs pdftoppm (Debian: poppler-utils)");
        return;
    };
    assert_eq!(pages.len(), 2);
    // One label at a time, as somebody who holds it would.
    let read = |(number, code): (usize, &String)| {
        let label = cut(&pages[number / 24], number % 3, number % 24 / 3);
        assert_eq!(codes_on(&label), [wanted.url.replace("{code}", code)], "label {number}");
    };
    wanted.codes.iter().enumerate().for_each(read);
}

/// One label's part of a picture.
fn cut(page: &Picture, column: usize, row: usize) -> Picture {
    let Picture(width, _, grey) = page;
    let dots = |points: f32| (points * 150.0 / 72.0) as usize;
    let (wide, high) = (dots(mm(70.0)), dots(mm(36.0)));
    let (x, y) = (dots(mm(70.0 * column as f32)), dots(mm(36.0f32.mul_add(row as f32, 4.5))));
    let line = |y: usize| grey.iter().skip(y * width + x).take(wide).copied();
    Picture(wide, high, (y..y + high).flat_map(line).collect())
}

/// Reads a code back from its squares alone.
#[test]
fn the_squares_say_the_address_and_many_may_be_lost() {
    let matrix = Matrix::new(URL).expect("a code");
    let size = matrix.size();
    assert!((29..=37).contains(&size), "{size}");
    let side = (size + 8) * 4;
    let read = |stain: usize| {
        let mut image = rqrr::PreparedImage::prepare_from_greyscale(side, side, |x, y| {
            let (x, y) = (x / 4, y / 4);
            let stained =
                (size / 2..size / 2 + stain).contains(&x) && (size / 2..size / 2 + stain).contains(&y);
            let dark = x >= 4 && y >= 4 && matrix.is_dark(x - 4, y - 4);
            if dark || stained { 0 } else { 255 }
        });
        image.detect_grids().first().and_then(|grid| Some(grid.decode().ok()?.1))
    };
    assert_eq!(read(0).as_deref(), Some(URL));
    // A coffee stain of a twelfth of the squares.
    assert_eq!(read(9).as_deref(), Some(URL));
    assert_ne!(read(size).as_deref(), Some(URL), "but not all of them");
}

#[test]
fn another_program_reads_the_words() {
    for size in SIZES {
        let pdf = poster(&sample(size)).expect("a file");
        assert!(pdf == poster(&sample(size)).expect("a file"), "the same poster gives the same bytes");
        assert!(pdf.len() < 90_000, "{} bytes", pdf.len());
        let Some(pages) = read(&pdf) else { return };
        let page = words(&pages[0]).join(" ");
        for text in ["Bar La Esquina", "timon.example/r/k7q2m9xa", "ROBLE 42", "No filtramos."] {
            assert!(page.contains(text), "{text} is not in {page}");
        }
        // The code's words are for who cannot see it.
        assert!(!page.contains("https://"));
    }
    let pdf = labels(&many(25)).expect("a file");
    let Some(pages) = read(&pdf) else { return };
    assert_eq!(pages.len(), 2);
    assert!(pages[0].contains("ABCD-0000") && pages[1].contains("ABCD-0024"));
}

/// Left, right, top and bottom of everything on a sheet.
fn boxes(sheet: &Sheet) -> Vec<(f32, f32, f32, f32)> {
    let of = |piece: &Piece| match piece {
        Piece::Bar { x, y, width, height, .. } => vec![(*x, x + width, *y, y + height)],
        Piece::Qr { x, y, side, .. } => vec![(*x, x + side, *y, y + side)],
        Piece::Text { lines, .. } => lines
            .iter()
            .map(|line| {
                let width = Face::of(line.weight).width(line.text.trim_end(), line.size);
                (line.x, line.x + width, line.size.mul_add(-0.8, line.y), line.size.mul_add(0.25, line.y))
            })
            .collect(),
    };
    sheet.pieces.iter().flat_map(of).collect()
}

/// Whether pieces other than decoration lie over each other.
fn overlap(sheet: &Sheet) -> bool {
    let said: Vec<Piece> =
        sheet.pieces.iter().filter(|piece| !matches!(piece, Piece::Bar { .. })).cloned().collect();
    let boxes = boxes(&Sheet { pieces: said, ..*sheet });
    boxes.iter().enumerate().any(|(number, one)| {
        boxes.iter().skip(number + 1).any(|other| {
            one.0 < other.1 - 0.5 && other.0 < one.1 - 0.5 && one.2 < other.3 - 0.5 && other.2 < one.3 - 0.5
        })
    })
}

fn longest(size: Size) -> Poster {
    Poster {
        business: "Restaurante y Cafetería Hermanos Fernández de la Vega ".repeat(4),
        headline: "Internacionalización ¿qué tal te hemos tratado hoy en nuestra casa? ".repeat(5),
        lines: vec!["Cuéntalo en un minuto, bueno o malo, que nos sirve igual. ".repeat(5); 9],
        url: format!("https://timon.example/{}", "a".repeat(URL_BYTES_MAX - 22)),
        code: Some(Code { label: "Código de hoy ".repeat(9), value: "WWWWWWWW".repeat(9) }),
        footer: "Preguntamos a todo el mundo y no filtramos nada. ".repeat(9),
        ..sample(size)
    }
}

#[test]
fn everything_stands_on_the_paper_and_nothing_on_something_else() {
    for size in SIZES {
        for one in [sample(size), longest(size), Poster { code: None, lines: vec![], ..sample(size) }] {
            let matrix = Matrix::new(&one.url).expect("a code");
            let sheet = poster::sheet(&one, &matrix);
            for (left, right, top, bottom) in boxes(&sheet) {
                let edge = mm(4.5);
                let inside = left >= edge && right <= sheet.width - edge;
                assert!(inside && top >= edge && bottom <= sheet.height - edge, "{size:?}: {left} {top}");
            }
            assert!(!overlap(&sheet), "{size:?} {}", one.headline);
            let least = if size == Size::A4 { mm(35.0) } else { mm(25.0) };
            for piece in &sheet.pieces {
                if let Piece::Qr { side, matrix, .. } = piece {
                    let black = side * matrix.size() as f32 / (matrix.size() + 8) as f32;
                    assert!(black >= least - 0.01, "{size:?}: {black}");
                }
            }
        }
    }
    for business in ["Bar", &"Restaurante Hermanos Fernández ".repeat(9)] {
        let one = Labels { business: business.to_owned(), instructions: business.repeat(3), ..many(24) };
        let sheet = labels::sheet(&one, &one.codes).expect("a sheet");
        assert!(!overlap(&sheet), "{business}");
        for (left, right, top, bottom) in boxes(&sheet) {
            let (column, row) = ((left / mm(70.0)).floor(), ((top - mm(4.5)) / mm(36.0)).floor());
            let (x, y) = (column * mm(70.0), row.mul_add(mm(36.0), mm(4.5)));
            let edge = mm(2.9);
            assert!(left >= x + edge && right <= x + mm(70.0) - edge, "{left} {right}");
            assert!(top >= y + edge && bottom <= y + mm(36.0) - edge, "{top} {bottom} {business}");
        }
    }
}

#[test]
fn what_cannot_be_printed_is_said() {
    for url in [String::new(), "a".repeat(URL_BYTES_MAX + 1)] {
        let error = poster(&Poster { url, ..sample(Size::A4) }).expect_err("no address");
        assert!(matches!(error, PaperError::Address), "{error}");
    }
    for count in [0, LABELS_MAX + 1] {
        assert!(matches!(labels(&many(count)), Err(PaperError::Count)), "{count}");
    }
    let long = Poster { headline: "a".repeat(10_000), ..sample(Size::A4) };
    assert!(matches!(poster(&long), Err(PaperError::TooLong { .. })));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn any_text_gives_a_poster_on_which_nothing_overlaps(
        words in "\\PC{0,120}|[a-zñ WM\n]{0,200}",
        url in "[a-z/:.ñ]{1,60}",
        size in 0usize..3,
    ) {
        let any = Poster {
            business: words.clone(),
            headline: words.clone(),
            lines: vec![words.clone(), words.clone()],
            footer: words.clone(),
            alt: words.clone(),
            code: Some(Code { label: words.clone(), value: words }),
            url,
            ..sample(SIZES[size])
        };
        let matrix = Matrix::new(&any.url).expect("short enough");
        prop_assert!(!overlap(&poster::sheet(&any, &matrix)));
        prop_assert!(poster(&any).is_ok());
    }
}
