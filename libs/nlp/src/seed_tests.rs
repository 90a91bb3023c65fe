//! Precision and recall of places, standing and personal data on our own labelled lines (`seed/*_test.tsv`).
//!
//! Part A was written before the rules, part B after; `cargo test -p nlp seed_tests -- --nocapture` prints every miss
//! and the figures of each part. The floors are a little below what was reached.

use proptest::prelude::*;

use crate::{
    Head, Home, Model, PersonalData, PersonalKind, PlaceKind, Reader, Reading, Span, Standing, mask,
};

const PLACES: &str = include_str!("../seed/places_test.tsv");
const STANDING: &str = include_str!("../seed/standing_test.tsv");
const PERSONAL: &str = include_str!("../seed/personal_test.tsv");

fn read(text: &str) -> Reading {
    Model::embedded().read(text, Head::Review, None)
}

/// Part, text and label of every line.
fn rows(table: &'static str) -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    table.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).map(|line| {
        let mut cells = line.split('\t');
        (cells.next().unwrap(), cells.next().unwrap(), cells.next().unwrap_or_default())
    })
}

#[derive(Default, Clone, Copy)]
struct Tally {
    right: u32,
    wrong: u32,
    missed: u32,
}

impl Tally {
    fn precision(self) -> f64 {
        f64::from(self.right) / f64::from((self.right + self.wrong).max(1))
    }
    fn recall(self) -> f64 {
        f64::from(self.right) / f64::from((self.right + self.missed).max(1))
    }
    fn show(self, name: &str) {
        let Self { right, wrong, missed } = self;
        println!(
            "{name}: precision {:.3} recall {:.3} ({right} right, {wrong} wrong, {missed} missed)",
            self.precision(),
            self.recall()
        );
    }
    /// Counts what was found against what was expected, and prints what differs.
    fn count(&mut self, text: &str, mut expected: Vec<String>, found: Vec<String>) {
        for one in found {
            if let Some(at) = expected.iter().position(|other| *other == one) {
                expected.swap_remove(at);
                self.right += 1;
            } else {
                println!("  wrong {one:?} in {text:?}");
                self.wrong += 1;
            }
        }
        for one in expected {
            println!("  missed {one:?} in {text:?}");
            self.missed += 1;
        }
    }
}

fn places_of(part: &str) -> Tally {
    let mut tally = Tally::default();
    for (_, text, label) in rows(PLACES).filter(|row| row.0 == part) {
        let expected = label.split(';').filter(|place| !place.is_empty()).map(str::to_owned).collect();
        let places = read(text).places;
        let found = places.iter().map(|place| format!("{}@{}", place.span.of(text), place.country)).collect();
        tally.count(text, expected, found);
    }
    tally.show(&format!("places {part}"));
    tally
}

#[test]
fn places_are_found_and_homographs_are_not() {
    for part in ["A", "B"] {
        let tally = places_of(part);
        assert!(tally.precision() >= 0.93, "{}", tally.precision());
        assert!(tally.recall() >= 0.85, "{}", tally.recall());
    }
}

#[test]
fn the_standing_is_read() {
    let name = |standing| match standing {
        Standing::Local => "local",
        Standing::Visitor => "visitor",
        Standing::NotCustomer => "not-customer",
        Standing::Unsure => "unsure",
    };
    for part in ["A", "B"] {
        let (mut right, mut all) = (0_u32, 0_u32);
        let mut said = Tally::default();
        for (_, text, label) in rows(STANDING).filter(|row| row.0 == part) {
            let found = name(read(text).standing);
            all += 1;
            right += u32::from(found == label);
            if found != label {
                println!("  {found} instead of {label}: {text:?}");
            }
            match (found, label) {
                (found, label) if found == label => said.right += u32::from(label != "unsure"),
                ("unsure", _) => said.missed += 1,
                (_, "unsure") => said.wrong += 1,
                _ => {
                    said.wrong += 1;
                    said.missed += 1;
                }
            }
        }
        println!("standing {part}: {right} of {all}");
        said.show(&format!("standing {part}, where it says something"));
        assert!(said.precision() >= 0.9, "{}", said.precision());
        assert!(said.recall() >= 0.75, "{}", said.recall());
    }
}

const KINDS: [PersonalKind; 11] = [
    PersonalKind::Name,
    PersonalKind::Phone,
    PersonalKind::Email,
    PersonalKind::Plate,
    PersonalKind::Identity,
    PersonalKind::Iban,
    PersonalKind::Card,
    PersonalKind::Address,
    PersonalKind::Number,
    PersonalKind::Health,
    PersonalKind::Birth,
];

/// Health counts where the words overlap; everything else has to be cut exactly.
fn personal_of(part: &str) -> Vec<(PersonalKind, Tally)> {
    let mut tallies: Vec<(PersonalKind, Tally)> = KINDS.map(|kind| (kind, Tally::default())).to_vec();
    for (_, text, label) in rows(PERSONAL).filter(|row| row.0 == part) {
        let found = read(text).personal;
        for (kind, tally) in &mut tallies {
            let expected: Vec<String> = label
                .split('|')
                .filter_map(|one| one.split_once('='))
                .filter(|(name, _)| *name == kind.as_str())
                .map(|(_, words)| words.to_owned())
                .collect();
            let found = found.iter().filter(|data| data.kind == *kind).map(|data| {
                let words = data.span.of(text);
                let near = expected.iter().find(|one| words.contains(*one) || one.contains(words));
                let health = *kind == PersonalKind::Health;
                near.filter(|_| health).cloned().unwrap_or_else(|| words.to_owned())
            });
            let found = found.collect();
            tally.count(text, expected, found);
        }
    }
    for (kind, tally) in &tallies {
        tally.show(&format!("personal {part} {}", kind.as_str()));
    }
    tallies
}

#[test]
fn personal_data_is_found() {
    for part in ["A", "B"] {
        let all = personal_of(part).into_iter().fold(Tally::default(), |sum, (_, tally)| Tally {
            right: sum.right + tally.right,
            wrong: sum.wrong + tally.wrong,
            missed: sum.missed + tally.missed,
        });
        all.show(&format!("personal {part} all"));
        assert!(all.precision() >= 0.9, "{}", all.precision());
        assert!(all.recall() >= 0.8, "{}", all.recall());
    }
}

#[test]
fn the_gazetteer_is_whole() {
    let all = &crate::places::gazetteer::GAZETTEER;
    let municipalities = all.places.iter().filter(|place| place.kind == PlaceKind::Municipality);
    assert_eq!(municipalities.clone().count(), 8132);
    assert!(municipalities.clone().all(|place| place.country == "ES"));
    assert!(
        municipalities.clone().all(|place| all.division(place).is_some_and(|one| !one.community.is_empty()))
    );
    let people: u64 = municipalities.map(|place| u64::from(place.population)).sum();
    assert!((45_000_000..50_000_000).contains(&people), "{people}");
    assert!(all.places.iter().filter(|place| place.kind == PlaceKind::Country).count() > 100);
    assert_eq!(crate::places::cues::unknown_kinds(), Vec::<&str>::new());
}

#[test]
fn the_nearer_of_two_places_of_one_name_is_meant() {
    let place = |home: Home, text: &str| {
        let mut reader = Reader::at_home(home);
        let places = reader.read(Model::embedded(), text, Head::Review, None).places;
        places.first().map(|place| (place.country, place.region))
    };
    let text = "Vivo en Guadalajara y no reparten";
    assert_eq!(place(Home::default(), text), Some(("ES", "Guadalajara")));
    assert_eq!(place(Home::new("MX", None), text), Some(("MX", "Jalisco")));
    let text = "Compré la casa en Villanueva de la Serena";
    assert_eq!(place(Home::new("mx", None), text), Some(("ES", "Badajoz")));
    // two Moyas: one by Las Palmas, a smaller one by Cuenca
    let text = "Vivimos en Moya desde niños";
    assert_eq!(place(Home::new("ES", None), text), Some(("ES", "Las Palmas")));
    assert_eq!(place(Home::new("ES", Some("Cuenca")), text), Some(("ES", "Cuenca")));
    assert_eq!(place(Home::new("ES", Some("castilla-la mancha")), text), Some(("ES", "Cuenca")));
}

#[test]
fn a_place_says_where_it_is_and_whether_it_is_certain() {
    let reading = read("Somos de San Sebastián, en Guipúzcoa");
    let town = reading.places[0];
    assert_eq!(town.name, "Donostia/San Sebastián");
    assert_eq!((town.region, town.community), ("Gipuzkoa", "País Vasco"));
    assert_eq!((town.kind, town.ambiguous), (PlaceKind::Municipality, false));
    assert!(town.population > 150_000);
    assert_eq!(reading.places[1].kind, PlaceKind::Region);
    assert!(read("Estuvimos en Santiago por trabajo").places[0].ambiguous);
    assert!(!read("Estuvimos en Santiago de Chile por trabajo").places[0].ambiguous);
}

#[test]
fn a_masked_text_keeps_everything_else() {
    let text = "Me atendió Raquel (600 123 456) y ¡genial! ñandú 😍";
    assert_eq!(mask(text, &read(text).personal), "Me atendió ••• (•••) y ¡genial! ñandú 😍");
    assert_eq!(mask(text, &[]), text);
    let wild = |start, end| PersonalData { kind: PersonalKind::Name, span: Span { start, end } };
    assert_eq!(mask("año", &[wild(2, 9), wild(9, 4)]), "año", "not of this text");
    assert_eq!(mask("abcdef", &[wild(1, 4), wild(2, 5)]), "a••••••f", "overlapping");
}

/// What belongs to a text: in order, inside, at the borders of characters, not overlapping.
fn fits(text: &str, spans: impl Iterator<Item = Span>) -> bool {
    let mut done = 0;
    for span in spans {
        if span.start < done
            || span.end <= span.start
            || text.get(span.start as usize..span.end as usize).is_none()
        {
            return false;
        }
        done = span.end;
    }
    true
}

/// Pieces of texts that look like what is searched for, and hostile characters among them.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        prop::sample::select(vec![
            "en ",
            "Granada",
            "San ",
            "Sebastián",
            "La ",
            "Coruña",
            ", ",
            ". ",
            "Marta ",
            "García ",
            "Dr. ",
            "me atendió ",
            "calle ",
            "Mayor ",
            "12",
            "3ºB",
            "+34 ",
            "600 123 456",
            "ES66 ",
            "2100 0418 4012 3456 7891",
            "@",
            "juan",
            "arroba ",
            "punto ",
            "com",
            "1234 BCD",
            "M-",
            "1234-AB",
            "X-",
            "1234567",
            "-L",
            "4532 0151 1283 0366",
            "nací ",
            "el ",
            "4 de mayo",
            "#",
            "pedido ",
            "nº ",
            "soy ",
            "diabética ",
            "ñ",
            "😍",
            "\u{301}",
            "é",
            "\n",
            "(",
            ")",
            "¿",
            "de ",
            "la ",
            "x",
            "00",
            "º",
            "€",
            "/",
            "[at]",
            "no ",
            "vivo ",
            "cerca ",
            "Ⅷ",
            "ß",
            "İ",
        ])
        .prop_map(str::to_owned),
        ".{0,4}",
        "[0-9 .\\-]{0,12}",
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn whatever_is_found_fits_the_text(text in prop_oneof![pieces(), ".{0,200}"]) {
        let reading = read(&text);
        prop_assert!(fits(&text, reading.places.iter().map(|place| place.span)));
        prop_assert!(fits(&text, reading.personal.iter().map(|data| data.span)));
        let mut rest = mask(&text, &reading.personal);
        // what stood between the findings stands there still, in order
        let mut done = 0;
        for data in &reading.personal {
            let kept = text.get(done..data.span.start as usize).unwrap();
            prop_assert!(rest.starts_with(kept));
            rest = rest.strip_prefix(kept).unwrap().strip_prefix("•••").unwrap().to_owned();
            done = data.span.end as usize;
        }
        prop_assert_eq!(rest.as_str(), text.get(done..).unwrap());
    }

    #[test]
    fn a_mask_takes_any_findings(text in ".{0,60}", spans in prop::collection::vec((0_u32..80, 0_u32..80), 0..6)) {
        let findings: Vec<PersonalData> = spans
            .into_iter()
            .map(|(start, end)| PersonalData { kind: PersonalKind::Name, span: Span { start, end } })
            .collect();
        let _ = mask(&text, &findings);
    }
}
