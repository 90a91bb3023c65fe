//! What an owner copies from a page and pastes.

use connectors::file::pasted;
use connectors::item::{Item, Reply};
use jiff::Timestamp;
use proptest::prelude::*;

use super::support::*;

fn read(text: &str) -> Vec<Item> {
    let now: Timestamp = "2026-05-20T10:00:00Z".parse().unwrap();
    pasted(text, now, &zone()).into_iter().map(|row| row.unwrap().item).collect()
}

#[test]
fn a_google_page_in_spanish() {
    let got = read(&fixture("pasted-google-es.txt"));
    assert_eq!(got.len(), 3, "{got:#?}");
    assert_eq!(got[0].author.as_deref(), Some("Lucía Prado"));
    assert_eq!(got[0].text, "La tortilla es la mejor del barrio. El camarero, encantador");
    assert_eq!(got[0].rating.unwrap().stars(), Some(5));
    let posted = got[0].posted_at.unwrap();
    assert_eq!((posted.at.to_string().as_str(), posted.precise), ("2026-03-20T11:00:00Z", false));
    let Reply::Answered { text, at } = &got[0].reply else { panic!("{:?}", got[0].reply) };
    assert_eq!(text.as_deref(), Some("¡Gracias, Lucía!\nTe esperamos."));
    assert_eq!(at.unwrap().to_string(), "2026-04-20T10:00:00Z");
    assert_eq!(got[1].author.as_deref(), Some("Iker Zabala"));
    assert_eq!(got[1].text, "Nos tuvieron esperando 40 minutos.\n\nNo pensamos volver.");
    assert_eq!(got[1].rating.unwrap().stars(), Some(1));
    assert_eq!(got[1].reply, Reply::None);
    assert_eq!((got[2].text.as_str(), got[2].rating.unwrap().stars()), ("", Some(5)));
}

#[test]
fn a_trustpilot_page_in_english() {
    let got = read(&fixture("pasted-trustpilot-en.txt"));
    assert_eq!(got.len(), 1, "{got:#?}");
    assert_eq!(got[0].author.as_deref(), Some("Mary Quill"));
    assert_eq!(got[0].rating.unwrap().stars(), Some(2));
    assert_eq!(got[0].text, "Slow delivery\nIt took three weeks to arrive.");
    assert_eq!(got[0].posted_at.unwrap().at.to_string(), "2026-05-18T10:00:00Z");
    assert!(
        matches!(&got[0].reply, Reply::Answered { text: Some(text), .. } if text == "Sorry about that, Mary.")
    );
}

#[test]
fn one_review_a_line_or_a_paragraph() {
    let got =
        read("1 - nos trataron fatal\n5: una maravilla\n★★ regular\n4/5 muy rico\n5 estrellas. Genial\n");
    let stars: Vec<_> =
        got.iter().map(|item| item.rating.and_then(connectors::item::Rating::stars)).collect();
    assert_eq!(stars, [Some(1), Some(5), Some(2), Some(4), Some(5)]);
    assert_eq!((got[0].text.as_str(), got[4].text.as_str()), ("nos trataron fatal", "Genial"));

    let got = read("Nos trataron muy bien.\nVolveremos.\n\n2 camareros muy bordes y la comida fría.\n");
    assert_eq!(got.len(), 2);
    assert_eq!(got[0].text, "Nos trataron muy bien.\nVolveremos.");
    assert_eq!(got[1].rating, None, "two waiters are not two stars");
    assert_eq!(got[0].reply, Reply::Unknown);

    assert_eq!(read("Genial\nFatal\n").len(), 2);
    assert!(read("").is_empty());
    assert!(read(" \n\n ").is_empty());
}

#[test]
fn stars_and_texts_without_names() {
    let got = read("★★★★★\nMuy bueno\n★☆☆☆☆\nFatal\n");
    assert_eq!(got.len(), 2);
    assert_eq!((got[0].text.as_str(), got[1].text.as_str()), ("Muy bueno", "Fatal"));
    assert_eq!(got[1].author, None);
}

proptest! {
    #[test]
    fn any_paste_is_read_without_a_panic(text in "(.{0,30}\n?){0,12}") {
        let _ = pasted(&text, Timestamp::UNIX_EPOCH, &zone());
    }

    #[test]
    fn any_shuffle_of_page_lines_is_read_without_a_panic(lines in proptest::collection::vec(prop_oneof![
        Just("Ana"), Just("★★★★★"), Just("hace 2 meses"), Just(""), Just("Más"), Just("Local Guide · 3 reseñas"),
        Just("Respuesta del propietario hace 1 día"), Just("Todo muy bien."), Just("5"), Just("5/5 hace un mes en Google"),
    ], 0..20)) {
        let _ = pasted(&lines.join("\n"), Timestamp::UNIX_EPOCH, &zone());
    }
}
