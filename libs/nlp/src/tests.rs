//! Tests of the reading path and of the trainer. All texts are of our own writing.

use std::io::Write;
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;
use proptest::prelude::*;

use crate::train::{TrainOptions, train};
use crate::{Head, Label, Language, Model, ModelError, Reader, fold};

/// Unsure is never wrong; only the opposite of the truth is. Clear texts have to be answered.
#[track_caller]
fn reads(text: &str, head: Head, expected: Label) {
    let sentiment = Model::embedded().read(text, head, None).sentiment;
    assert_eq!(sentiment.label, expected, "{text:?}: {:?}", sentiment.probabilities);
}

/// The text leans to one side, whatever the label.
#[track_caller]
fn leans(text: &str, expected: Label) {
    let [negative, _, positive] = Model::embedded().read(text, Head::Review, None).sentiment.probabilities;
    let lean = if negative > positive { Label::Negative } else { Label::Positive };
    assert_eq!(lean, expected, "{text:?}: {negative} against {positive}");
}

#[test]
fn clear_spanish_reviews_are_read() {
    for text in [
        "Trato inmejorable y comida riquísima, volveremos seguro",
        "Todo perfecto, muy recomendable",
        "Buenísimoooo, me encanta este sitio",
        "Muy amables y rápidos, un 10",
        "EXCELENTE SERVICIO",
    ] {
        reads(text, Head::Review, Label::Positive);
    }
    for text in [
        "Trato pésimo y comida fría, no volveremos",
        "Una estafa, no contestan al teléfono y no devuelven el dinero",
        "HORRIBLE, NUNCA MÁS",
        "Llevo tres semanas esperando y nadie responde. Una vergüenza.",
        "Sucio, caro y maleducados",
    ] {
        reads(text, Head::Review, Label::Negative);
    }
}

#[test]
fn clear_english_reviews_are_read() {
    for text in [
        "Amazing food and very friendly staff, we will be back",
        "Great value, highly recommended",
        "Best coffee in town!",
    ] {
        reads(text, Head::Review, Label::Positive);
    }
    for text in [
        "Terrible service, rude staff and cold food",
        "Waste of money. Never again.",
        "They stole my money and nobody answers, total scam",
    ] {
        reads(text, Head::Review, Label::Negative);
    }
}

#[test]
fn negation_turns_the_meaning() {
    leans("no me gustó nada", Label::Negative);
    leans("me gustó mucho", Label::Positive);
    leans("nada bueno que decir", Label::Negative);
    leans("sin ningún problema, todo bien", Label::Positive);
    leans("I would not recommend it", Label::Negative);
    leans("I would recommend it", Label::Positive);
    leans("this isn't good", Label::Negative);
}

#[test]
fn pictures_count() {
    leans("😍😍😍", Label::Positive);
    leans("😡🤮", Label::Negative);
    reads("Qué día más bonito 😍❤️", Head::Post, Label::Positive);
    reads("Otra vez sin luz, qué asco de compañía 😡🤬", Head::Post, Label::Negative);
}

#[test]
fn nothing_to_go_by_is_unsure() {
    for text in ["", "   ", "...", "\0\0\0", "\u{200b}", "---"] {
        let reading = Model::embedded().read(text, Head::Review, None);
        assert_eq!(reading.sentiment.label, Label::Unsure, "{text:?}");
        assert_eq!(reading.language, Language::Unsure, "{text:?}");
    }
}

#[test]
fn stars_settle_doubt_and_yield_to_a_clear_text() {
    let model = Model::embedded();
    let label = |text: &str, stars: u8| model.read(text, Head::Review, Some(stars)).sentiment.label;
    assert_eq!(label("", 5), Label::Positive);
    assert_eq!(label("", 1), Label::Negative);
    assert_eq!(label("", 3), Label::Neutral);
    assert_eq!(label("fui el martes", 5), Label::Positive);
    assert_eq!(label("fui el martes", 1), Label::Negative);
    assert_ne!(
        label("Una estafa, horrible, sucio, maleducados, nunca más, no lo recomiendo a nadie", 5),
        Label::Positive
    );
    // more stars than there are: as if none were given
    assert_eq!(label("", 9), Label::Unsure);
}

#[test]
fn languages_are_told_apart() {
    for (text, language) in [
        ("La comida estaba muy buena y el trato excelente", Language::Es),
        ("The food was very good and the staff were lovely", Language::En),
        ("El menjar era molt bo i el tracte excel·lent", Language::Ca),
        ("A comida estaba moi boa e o trato foi xenial", Language::Gl),
        ("Janaria oso ona zegoen eta tratua bikaina", Language::Eu),
        ("A comida estava muito boa e o atendimento ótimo", Language::Pt),
        ("La nourriture était très bonne et le service aussi", Language::Fr),
        ("Il cibo era ottimo e il personale gentilissimo", Language::It),
        ("Das Essen war sehr gut und die Bedienung freundlich", Language::De),
        ("Het eten was heel lekker en het personeel vriendelijk", Language::Nl),
        ("Очень вкусно, спасибо", Language::Unsure),
        ("とても美味しかったです", Language::Unsure),
    ] {
        assert_eq!(Model::embedded().read(text, Head::Review, None).language, language, "{text}");
    }
}

#[test]
fn every_language_has_its_code_and_back() {
    for language in Language::KNOWN {
        assert_eq!(Language::from_code(language.code()), Some(language));
    }
    assert_eq!(Language::from_code("xx"), None);
    assert_eq!(Language::Unsure.code(), "unsure");
}

#[test]
fn mixed_languages_are_read() {
    leans("El hotel increíble, best staff ever, volveremos", Label::Positive);
    leans("Servicio pésimo, worst experience ever", Label::Negative);
}

#[test]
fn folding_is_what_the_databases_store() {
    for (text, folded) in [
        ("", ""),
        ("¡El CAFÉ de la señora!", "el cafe de la senora"),
        ("buenísimoooo", "buenisimo"),
        ("1000 euros, 2.000", "1000 euros 2 000"),
        ("don't l’hotel", "don t l hotel"),
        ("Straße ŒUVRE ÆON", "strasse oeuvre aeon"),
        ("cafe\u{301} ☕ bar", "cafe bar"),
        ("ＷＯＷ", "wow"),
        ("Привет МИР", "привет мир"),
        ("a\0b", "a b"),
        ("  \t\n ", ""),
        ("llama perro leer", "llama perro leer"),
    ] {
        assert_eq!(fold(text), folded, "{text:?}");
    }
}

#[test]
fn a_megabyte_is_read_as_far_as_it_goes() {
    let long = "La comida estaba muy buena. ".repeat(40_000);
    assert!(long.len() > 1_000_000);
    let reading = Model::embedded().read(&long, Head::Review, None);
    assert_eq!(reading.language, Language::Es);
    assert_eq!(reading.sentiment.label, Label::Positive);
    let one_word = "a\u{301}ñ".repeat(400_000);
    Model::embedded().read(&one_word, Head::Post, None);
    Model::embedded().read(&"😍".repeat(300_000), Head::Post, None);
}

#[test]
fn a_reader_forgets_the_text_before() {
    let model = Model::embedded();
    let mut reader = Reader::default();
    let first = reader.read(model, "Muy mal servicio", Head::Review, None);
    reader.read(model, "Maravilloso, todo perfecto, gracias", Head::Review, None);
    assert_eq!(reader.read(model, "Muy mal servicio", Head::Review, None), first);
    assert_eq!(model.read("Muy mal servicio", Head::Review, None), first);
}

proptest! {
    #[test]
    fn no_text_breaks_the_reader(text in any::<String>(), stars in proptest::option::of(any::<u8>()), post in any::<bool>()) {
        let head = if post { Head::Post } else { Head::Review };
        let sentiment = Model::embedded().read(&text, head, stars).sentiment;
        let sum: f32 = sentiment.probabilities.iter().sum();
        prop_assert!((sum - 1.0).abs() < 1e-4);
        prop_assert!(sentiment.probabilities.iter().all(|p| (0.0..=1.0).contains(p)));
    }

    #[test]
    fn damaged_utf8_made_readable_breaks_nothing(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let text = String::from_utf8_lossy(&bytes);
        Model::embedded().read(&text, Head::Review, None);
        let _ = fold(&text);
    }

    #[test]
    fn folding_twice_changes_nothing(text in "[ -~áéíóúñçüÁÉÑ😍¡¿]{0,80}") {
        let once = fold(&text);
        prop_assert_eq!(&fold(&once), &once);
        prop_assert!(!once.contains("  ") && once.trim() == once);
    }

    #[test]
    fn any_bytes_are_a_model_or_an_error(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        prop_assert!(Model::from_bytes(&bytes).is_err());
    }
}

#[test]
fn damaged_models_are_refused() {
    let good = include_bytes!("../../../models/reading.model").to_vec();
    assert_eq!(Model::from_bytes(&good).unwrap().version(), Model::embedded().version());
    assert_eq!(Model::from_bytes(b"").unwrap_err(), ModelError::NotAModel);
    assert_eq!(Model::from_bytes(&good[..10]).unwrap_err(), ModelError::NotAModel);
    assert_eq!(Model::from_bytes(&good[..good.len() / 2]).unwrap_err(), ModelError::Damaged);
    let mut other = good.clone();
    other[8] = 99;
    assert!(matches!(Model::from_bytes(&other).unwrap_err(), ModelError::OtherFormat { found: 99, .. }));
    for at in [12, 40, good.len() / 2, good.len() - 9] {
        let mut damaged = good.clone();
        damaged[at] ^= 0x55;
        assert_eq!(Model::from_bytes(&damaged).unwrap_err(), ModelError::Damaged, "byte {at}");
    }
}

#[test]
fn lexicons_grow_into_word_forms() {
    let lexicons = &*crate::lexicon::LEXICONS;
    assert!(lexicons.spanish.len() > 5_000 && lexicons.english.len() > 2_000);
    let value = |word: &str| {
        lexicons.spanish.word(crate::tokens::hash_bytes(word.as_bytes())).map(|entry| entry.value)
    };
    for word in ["buenisimas", "riquisimo", "recomiendo", "decepcionante", "encanto", "sucias", "estafaron"] {
        assert!(value(word).is_some(), "{word}");
    }
    assert!(value("buenisimas") > Some(0.0) && value("sucias") < Some(0.0));
}

/// Writes a made-up data folder: enough to train on, small enough for a test.
fn write_folder(folder: &Path, set: &str, firms: usize) {
    let file = std::fs::File::create(folder.join(format!("{set}.jsonl.gz"))).unwrap();
    let mut gz = GzEncoder::new(file, Compression::fast());
    let things = ["mesa", "silla", "cena", "cama", "playa", "moto", "puerta", "sopa", "radio", "lámpara"];
    for firm in 0..firms {
        for (at, thing) in things.iter().enumerate() {
            for (label, words) in
                [("pos", "estupenda y bonita"), ("neg", "rota y horrible"), ("neu", "de tamaño normal")]
            {
                let text = format!("la {thing} número {} de {set} era {words}", firm * 10 + at);
                let line = format!(
                    "{{\"text\":\"{text}\",\"lang\":\"es\",\"label\":\"{label}\",\"business\":\"firma {firm}\"}}\n"
                );
                gz.write_all(line.as_bytes()).unwrap();
            }
        }
    }
    gz.finish().unwrap();
}

fn options(data: &Path, out: &Path) -> TrainOptions {
    std::fs::create_dir_all(out).unwrap();
    TrainOptions { seed: 7, ..TrainOptions::new(data, out) }
}

#[test]
fn the_same_seed_gives_the_same_model_and_it_has_learnt() {
    let folder = tempfile::tempdir().unwrap();
    write_folder(folder.path(), "trustpilot_es", 20);
    let (first, second) = (folder.path().join("1"), folder.path().join("2"));
    let report = train(&options(folder.path(), &first), &mut |_| {}).unwrap();
    train(&options(folder.path(), &second), &mut |_| {}).unwrap();
    let bytes = std::fs::read(first.join("reading.model")).unwrap();
    assert!(bytes == std::fs::read(second.join("reading.model")).unwrap(), "two runs differ");
    let model = Model::from_bytes(&bytes).unwrap();
    assert_eq!(model.version(), report.version);
    let reading = model.read("la mesa era rota y horrible", Head::Review, None);
    assert_eq!(reading.sentiment.label, Label::Negative);
    let card = std::fs::read_to_string(first.join("README.md")).unwrap();
    assert!(card.contains("trustpilot_es") && card.contains(&report.version.to_string()));
}

#[test]
fn research_only_sets_never_reach_a_weight() {
    let folder = tempfile::tempdir().unwrap();
    write_folder(folder.path(), "tass2020", 20);
    let out = folder.path().join("out");
    let alone = train(&options(folder.path(), &out), &mut |_| {});
    assert!(matches!(alone, Err(crate::train::TrainError::Empty { .. })), "trained on class C alone");
    // beside a set that may train, class C changes no byte of the model
    write_folder(folder.path(), "xed", 4);
    let with = train(&options(folder.path(), &out), &mut |_| {}).unwrap();
    let bytes = std::fs::read(out.join("reading.model")).unwrap();
    std::fs::remove_file(folder.path().join("tass2020.jsonl.gz")).unwrap();
    let without = train(&options(folder.path(), &out), &mut |_| {}).unwrap();
    assert!(with.rows_held_out > without.rows_held_out);
    assert!(bytes == std::fs::read(out.join("reading.model")).unwrap(), "class C changed the weights");
}

#[test]
fn a_broken_line_names_the_file_and_the_line() {
    let folder = tempfile::tempdir().unwrap();
    let file = std::fs::File::create(folder.path().join("uci_sentences.jsonl.gz")).unwrap();
    let mut gz = GzEncoder::new(file, Compression::fast());
    gz.write_all(b"{\"text\":\"fine\",\"lang\":\"en\",\"label\":\"pos\"}\nnot json\n").unwrap();
    gz.finish().unwrap();
    let error =
        train(&options(folder.path(), &folder.path().join("out")), &mut |_| {}).unwrap_err().to_string();
    assert!(error.contains("uci_sentences") && error.contains("line 2"), "{error}");
}

#[test]
fn tokens_know_where_they_stand_in_the_text() {
    let mut scratch = crate::tokens::Scratch::default();
    let text = "¡Ñoñería! @juan dijo: «ÆON no» 😀 :-) https://a.example/x?y buenísimoooo…";
    scratch.read(text);
    let words: Vec<&str> = scratch
        .tokens
        .iter()
        .filter(|token| token.end > token.start)
        .map(|token| token.source.of(text))
        .collect();
    assert_eq!(
        words,
        ["Ñoñería", "!", "@juan", "dijo", "ÆON", "no", "😀", ":-)", "https://a.example/x?y", "buenísimoooo"]
    );
}

#[test]
fn numbers_without_end_are_no_orders_and_stay_linear() {
    let of = |times: usize| {
        Model::embedded().read(&format!("pedido {}", "600-123-".repeat(times)), Head::Review, None)
    };
    assert!(of(2).personal.len() <= 1);
    assert!(of(2_000).personal.iter().all(|found| found.span.end - found.span.start < 200));
}
