//! Tests of the taxonomy and of finding aspects. All texts are of our own writing.

use proptest::prelude::*;

use super::find::{AspectTables, LANES, SIDES, Sentence, Surroundings};
use super::pieces::WordSums;
use super::{Aspect, AspectMention, BusinessKind, Category, terms};
use crate::tokens::Scratch;
use crate::{Head, Label, Language, Model, Reader, Span};

fn mentions(text: &str) -> Vec<AspectMention> {
    Model::embedded().read(text, Head::Review, None).aspects
}

/// The text speaks of an aspect in this way, with these words.
#[track_caller]
fn speaks(text: &str, aspect: Aspect, label: Label, words: &str) {
    let all = mentions(text);
    let found = all.iter().find(|one| one.aspect == aspect && one.span.of(text).contains(words));
    assert_eq!(found.map(|one| one.label), Some(label), "{text:?}: {} {words:?} in {all:?}", aspect.as_str());
}

#[test]
fn names_lead_back_to_what_they_name() {
    for aspect in Aspect::ALL {
        assert_eq!(Aspect::from_name(aspect.as_str()), Some(aspect));
    }
    for kind in BusinessKind::ALL {
        assert_eq!(BusinessKind::from_name(kind.as_str()), Some(kind));
        let of = Aspect::of_kind(kind);
        assert!(of.contains(&Aspect::General), "{}", kind.as_str());
        assert!((1..of.len()).all(|at| !of[..at].contains(&of[at])), "{}: twice", kind.as_str());
    }
    for category in Category::all() {
        assert_eq!(Category::from_name(category.as_str()), Some(category));
        assert!(Aspect::of_kind(BusinessKind::Other).contains(&category.aspect()));
    }
    assert_eq!(Category::from_name("rooms"), None);
    assert_eq!(Aspect::from_name(""), None);
}

#[test]
fn the_usual_schemes_of_restaurants_and_hotels_have_their_place() {
    let restaurant = [
        "food quality",
        "food style_options",
        "food prices",
        "drinks quality",
        "drinks style_options",
        "drinks prices",
        "restaurant general",
        "restaurant prices",
        "restaurant miscellaneous",
        "ambience general",
        "service general",
        "location general",
    ];
    for name in restaurant {
        let found = Category::from_name(name).map(|category| category.name_in(BusinessKind::Restaurant));
        assert_eq!(found, Some(name));
    }
    let entities = ["hotel", "rooms", "facilities", "room_amenities"];
    let facets = ["general", "prices", "quality", "comfort", "cleanliness", "design_features"];
    let names =
        entities.iter().flat_map(|entity| facets.iter().map(move |facet| format!("{entity} {facet}")));
    let more =
        ["hotel miscellaneous", "food_drinks quality", "food_drinks prices", "food_drinks style_options"];
    for name in names.chain(more.map(str::to_owned)) {
        let found = Category::from_name(&name).map(|category| category.name_in(BusinessKind::Hotel));
        assert_eq!(found, Some(name.as_str()));
    }
}

#[test]
fn praise_and_blame_in_one_sentence_go_to_their_aspects() {
    speaks(
        "La comida estaba riquísima, pero el servicio fue pésimo.",
        Aspect::Food,
        Label::Positive,
        "comida",
    );
    speaks(
        "La comida estaba riquísima, pero el servicio fue pésimo.",
        Aspect::Service,
        Label::Negative,
        "servicio",
    );
    speaks("Great location but the room was dirty and tiny.", Aspect::Location, Label::Positive, "location");
}

#[test]
fn words_name_what_no_labelled_set_knows() {
    speaks("Me niegan el reembolso, es una vergüenza.", Aspect::Refund, Label::Negative, "reembolso");
    speaks("La aplicación es horrible, no funciona nunca.", Aspect::App, Label::Negative, "aplicación");
}

#[test]
fn a_text_of_one_clause_feels_as_its_aspect_does() {
    for text in ["El personal es muy amable", "Comida malísima", "The staff was very friendly", "Dirty rooms"]
    {
        let reading = Model::embedded().read(text, Head::Review, None);
        assert!(!reading.aspects.is_empty(), "{text:?}");
        for one in &reading.aspects {
            assert_eq!(one.label, reading.sentiment.label, "{text:?}: {one:?}");
        }
    }
}

#[test]
fn silence_and_nonsense_have_no_aspects() {
    for text in ["", " ", "...", "!!!", "\u{0}", "\u{1F600}"] {
        assert!(mentions(text).is_empty(), "{text:?}: {:?}", mentions(text));
    }
}

#[test]
fn the_kind_of_business_may_be_told_and_taken_back() {
    let mut reader = Reader::default();
    let mut read = |kind| {
        reader.set_kind(kind);
        reader.read(Model::embedded(), "La habitación estaba sucia", Head::Review, None).aspects
    };
    let unknown = read(None);
    let hotel = read(Some(BusinessKind::Hotel));
    assert!(hotel.iter().any(|one| one.aspect == Aspect::Cleanliness), "{hotel:?}");
    assert_eq!(read(None), unknown);
}

#[test]
fn endless_texts_have_a_bounded_number_of_mentions() {
    let text = "La comida fría. El servicio lento. Habitación sucia y cara. ".repeat(20_000);
    let found = mentions(&text);
    assert!(found.len() <= 64 && !found.is_empty(), "{}", found.len());
    let breathless = "comida fría servicio lento habitación sucia ".repeat(20_000);
    assert!(mentions(&breathless).len() <= 64);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_text_has_spans_in_order_at_the_borders_of_characters(
        text in "(\\PC|[ .,!¡¿?\n]|comida|servicio|habitación|pero|muy|mala|😀){0,60}"
    ) {
        let mut before = Span::default();
        for one in mentions(&text) {
            let (start, end) = (one.span.start as usize, one.span.end as usize);
            prop_assert!(start <= end && text.is_char_boundary(start) && text.is_char_boundary(end));
            prop_assert!(one.span.start >= before.start);
            prop_assert!((one.probabilities.iter().sum::<f32>() - 1.0).abs() < 1e-3);
            before = one.span;
        }
    }
}

fn tables_of_anything(seed: usize) -> AspectTables {
    let mut tables = AspectTables::silent();
    for (at, row) in tables.found.rows.iter_mut().enumerate() {
        for (lane, weight) in row.iter_mut().enumerate() {
            *weight = ((at * 31 + lane * 17 + seed) % 255) as i8;
        }
    }
    for (at, row) in tables.polarity.rows.iter_mut().enumerate() {
        for (lane, weight) in row.iter_mut().enumerate() {
            *weight = ((at * 37 + lane * 11 + seed) % 253) as i8;
        }
    }
    (tables.found.scale, tables.polarity.scale) = ([0.01; LANES], [0.01; SIDES]);
    tables
}

#[test]
fn sums_of_words_that_were_met_before_say_what_the_tables_say() {
    let mut sums = WordSums::default();
    let (mut scratch, mut sentence, mut around) =
        (Scratch::default(), Sentence::default(), Surroundings::default());
    for tables in [tables_of_anything(0), tables_of_anything(7)] {
        for text in ["la sopa fria, la sopa", "camareros muy atentos :)", "la terraza y la sopa", "a"] {
            scratch.read(text);
            sentence.between(&scratch, &[], terms::of(Language::Es), 0, scratch.tokens.len());
            sentence.take_pieces(&scratch);
            let slow = tables.found.scores(&sentence.groups(), &[0.0, 1.0]);
            let fast = sentence.scores(&scratch, &tables, &mut sums, &[0.0, 1.0]);
            assert!(slow.iter().zip(fast).all(|(slow, fast)| (slow - fast).abs() < 1e-3), "{text}");
            around.take(&scratch, &[], &sentence, (0, 1), 3);
            around.take_pieces(&scratch);
            let slow = tables.polarity.scores(&around.groups(), &around.measures);
            let fast = around.scores(&scratch, &tables, &mut sums);
            assert!(slow.iter().zip(fast).all(|(slow, fast)| (slow - fast).abs() < 1e-3), "{text}");
        }
    }
}
