//! The exports we know, from fixtures with invented texts.

use connectors::file::{Container, Preset};
use connectors::item::{ItemKind, Rating, Reply};

use super::support::*;

fn check_takeout(path: &std::path::Path, container: Container) {
    let (seen, rows) = all(path).unwrap();
    assert_eq!((seen.preset, seen.format.container), (Preset::GoogleTakeout, container));
    let items = items(&rows);
    assert_eq!(items[0].external_id.as_deref(), Some("AbFv1"));
    assert_eq!(items[0].text, "El pan estaba frío");
    assert_eq!(items[0].author.as_deref(), Some("Lucía Prado"));
    assert_eq!(items[0].place.as_deref(), Some("200"));
    assert_eq!(items[0].rating, Some(Rating { value: 1.0, best: 5.0 }));
    assert_eq!(items[0].posted_at.unwrap().at.to_string(), "2025-01-15T12:00:00.25Z");
    let Reply::Answered { text, at } = &items[0].reply else { panic!("{:?}", items[0].reply) };
    assert_eq!(text.as_deref(), Some("Lo sentimos, Lucía."));
    assert_eq!(at.unwrap().to_string(), "2025-01-16T09:00:00Z");
    // Only stars: a good row, known to be unanswered.
    assert_eq!(
        (items[1].text.as_str(), items[1].rating.unwrap().stars(), &items[1].reply),
        ("", Some(5), &Reply::None)
    );
    assert_eq!(errors(&rows)[0].1, "no-text-and-no-stars");
}

#[test]
fn a_takeout_is_read_loose_zipped_and_gzipped() {
    let desk = Desk::new();
    let json = fixture("takeout-reviews.json");
    check_takeout(&desk.put("reviews.json", &json), Container::Plain);
    check_takeout(&desk.put("reviews.json.gz", gzip(json.as_bytes())), Container::Gzip);
    let bytes = zip(&[
        ("Takeout/Google Business Profile/account-100/location-200/reviews.json", json.as_bytes()),
        ("Takeout/Google Business Profile/account-100/location-200/data.json", b"{}"),
        (
            "Takeout/Google Business Profile/account-100/location-300/reviews-x.json",
            br#"{"reviews":[{"starRating":"TWO"},"#,
        ),
        (
            "Takeout/Google Business Profile/account-100/location-400/reviews_001.json",
            br#"{"reviews":[{"starRating":"FOUR"}]}"#,
        ),
    ]);
    let path = desk.put("takeout.zip", bytes);
    check_takeout(&path, Container::TakeoutZip);
    let (seen, rows) = all(&path).unwrap();
    let places: Vec<_> = items(&rows).iter().filter_map(|item| item.place.as_deref()).collect();
    assert_eq!(places, ["200", "200", "300", "400"], "a file cut short does not stop the next");
    assert!(errors(&rows).contains(&(1, "truncated")));
    assert_eq!(seen.rows_estimated, 6);
}

#[test]
fn a_trustpilot_export_is_read() {
    let desk = Desk::new();
    let (seen, rows) = all(&desk.put("t.csv", fixture("trustpilot.csv"))).unwrap();
    assert_eq!(seen.preset, Preset::Trustpilot);
    let good = items(&rows);
    assert_eq!(good[0].external_id.as_deref(), Some("tp1"));
    assert_eq!(good[0].author.as_deref(), Some("Marta"), "the name, never the e-mail");
    assert_eq!(good[0].text, "Todo llegó\na tiempo, gracias");
    assert_eq!(good[0].posted_at.unwrap().at.to_string(), "2026-07-02T10:00:00Z", "UTC, not Madrid");
    assert!(matches!(&good[0].reply, Reply::Answered { text: None, at: Some(_) }));
    assert_eq!(good[0].place.as_deref(), Some("Centro"));
    assert_eq!(good[1].text, "=HYPERLINK(\"http://malo.test\",\"pincha\")", "kept as plain text");
    assert_eq!(good[1].reply, Reply::None);
    assert_eq!(errors(&rows), [(5, "bad-date"), (6, "bad-stars")], "physical lines, quoted breaks counted");
    assert_eq!((seen.rows_estimated, seen.rows_exact), (4, true));
}

#[test]
fn a_play_export_is_read_in_utf_16() {
    let desk = Desk::new();
    let text = fixture("play.csv");
    let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    for (name, bytes, encoding) in [
        ("le-bom.csv", [b"\xFF\xFE".to_vec(), little.clone()].concat(), "UTF-16LE"),
        ("le.csv", little, "UTF-16LE"),
        ("be-bom.csv", [b"\xFE\xFF".to_vec(), big.clone()].concat(), "UTF-16BE"),
        ("be.csv", big, "UTF-16BE"),
        ("utf8.csv", text.into_bytes(), "UTF-8"),
    ] {
        let (seen, rows) = all(&desk.put(name, bytes)).unwrap();
        assert_eq!((seen.preset, seen.format.encoding.as_str()), (Preset::GooglePlay, encoding), "{name}");
        let good = items(&rows);
        assert_eq!(good.len(), 2, "{name}: {rows:?}");
        assert_eq!(good[0].external_id.as_deref(), Some("gp:AOq1"));
        assert_eq!(
            good[0].posted_at.unwrap().at.to_string(),
            "2026-03-12T10:00:00Z",
            "submitted, not edited"
        );
        assert!(
            matches!(&good[0].reply, Reply::Answered { text: Some(text), at: Some(_) } if text == "Lo estamos mirando")
        );
        assert_eq!(good[1].language_declared.as_deref(), Some("en"));
        assert_eq!((good[1].text.as_str(), &good[1].reply), ("", &Reply::None));
    }
}

#[test]
fn our_own_lines_are_read() {
    let desk = Desk::new();
    for path in [
        desk.put("u.jsonl", fixture("unified.jsonl")),
        desk.put("u.jsonl.gz", gzip(fixture("unified.jsonl").as_bytes())),
    ] {
        let (seen, rows) = all(&path).unwrap();
        assert_eq!(seen.preset, Preset::UnifiedLines);
        let good = items(&rows);
        assert_eq!(good.len(), 3);
        assert_eq!(good[0].external_id.as_deref(), Some("u-1"));
        assert_eq!(good[0].place.as_deref(), Some("Mérida"));
        assert_eq!(good[0].reply, Reply::Unknown);
        assert_eq!(good[0].kind, ItemKind::Review);
        assert!(!good[0].posted_at.unwrap().precise);
        assert_eq!(good[1].text, "Tardaron \"media hora\"");
        assert_eq!(good[1].posted_at, None);
        assert!(good[2].posted_at.unwrap().precise);
    }
}
