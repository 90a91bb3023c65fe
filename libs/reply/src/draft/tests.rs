//! What no draft ever does, over all situations; and a few drafts word by word.

use nlp::{Aspect, Cause, Intent, Intents, Label, Language};
use proptest::prelude::*;

use super::*;
use crate::words::words;

fn plain() -> Situation<'static> {
    Situation {
        language: Language::Es,
        ui: Language::Es,
        author: Some("Marta Gil"),
        stars: Some(1),
        sentiment: Label::Negative,
        cause: None,
        aspects: &[],
        quotes: &[],
        intents: Intents(0),
        profession: Profession::General,
        business_name: "Bar Lola",
        signature: "",
        past: &[],
        saved: None,
        seed: 0,
    }
}

fn judged(situation: &Situation<'_>) -> About<'static> {
    About { profession: situation.profession, stars: situation.stars, ..About::default() }
}

#[test]
fn a_complaint_is_answered_in_its_own_matter_with_a_gap_for_the_remedy() {
    let situation = Situation {
        aspects: &[(Aspect::Wait, Label::Negative), (Aspect::Staff, Label::Negative)],
        ..plain()
    };
    for seed in 0..50 {
        let draft = draft(&Situation { seed, ..situation.clone() });
        assert!(draft.text.contains("Marta Gil"), "{}", draft.text);
        assert!(draft.text.contains("de la espera y del trato"), "{}", draft.text);
        assert!(draft.text.contains("{{remedio}}"), "{}", draft.text);
        assert!(draft.text.ends_with("Bar Lola"), "{}", draft.text);
        let found = lint(&draft.text, &judged(&situation));
        let rules: Vec<_> = found.iter().map(|finding| finding.rule.key()).collect();
        assert!(
            rules.iter().all(|key| matches!(*key, "unfilled" | "full-name")),
            "{rules:?} in {}",
            draft.text
        );
    }
}

#[test]
fn praise_is_thanked_with_what_was_praised_and_asks_for_nothing() {
    let situation = Situation {
        stars: Some(5),
        sentiment: Label::Positive,
        aspects: &[(Aspect::Food, Label::Positive)],
        language: Language::En,
        ..plain()
    };
    let draft = draft(&situation);
    assert!(draft.text.contains("the food") && !draft.text.contains("{{"), "{}", draft.text);
    assert_eq!(draft.language, Language::En);
}

#[test]
fn a_clinic_confirms_nothing() {
    let quotes = ["me hicieron daño en la muela".to_owned()];
    for seed in 0..50 {
        let situation = Situation {
            profession: Profession::Health,
            aspects: &[(Aspect::Wait, Label::Negative)],
            quotes: &quotes,
            seed,
            ..plain()
        };
        let text = draft(&situation).text;
        for word in ["muela", "remedio", "cita", "paciente", "visita", "sentimos"] {
            assert!(!words(&text).iter().any(|said| said.folded == word), "{word} in {text}");
        }
    }
}

#[test]
fn where_secrets_are_kept_no_draft_is_even_warned_of() {
    let aspects =
        [(Aspect::Wait, Label::Negative), (Aspect::Staff, Label::Positive), (Aspect::Food, Label::Positive)];
    for profession in Profession::ALL.into_iter().filter(|profession| profession.keeps_secrets()) {
        for (stars, sentiment) in [(1, Label::Negative), (3, Label::Neutral), (5, Label::Positive)] {
            for (language, seed) in
                [Language::Es, Language::En].into_iter().flat_map(|it| (0..40).map(move |s| (it, s)))
            {
                for aspects in [&aspects[..], &aspects[..1], &aspects[1..], &[]] {
                    let situation = Situation {
                        profession,
                        stars: Some(stars),
                        sentiment,
                        language,
                        seed,
                        aspects,
                        author: Some("Marta"),
                        ..plain()
                    };
                    let text = draft(&situation).text;
                    let found = lint(&text, &About { author: Some("Marta"), ..judged(&situation) });
                    assert!(found.iter().all(|it| it.severity == Severity::Hint), "{found:?} in {text}");
                }
            }
        }
    }
}

#[test]
fn her_own_greeting_and_farewell_are_kept_and_she_says_tu() {
    let past = [PastReply {
        stars: Some(2),
        aspects: vec![Aspect::Food],
        text: "¡Hola, Pepe! Gracias a ti por tu mensaje, te esperamos.\nUn abrazo fuerte, Lola".to_owned(),
    }];
    let situation = Situation { past: &past, aspects: &[(Aspect::Food, Label::Negative)], ..plain() };
    for seed in 0..20 {
        let text = draft(&Situation { seed, ..situation.clone() }).text;
        assert!(text.starts_with("¡Hola, Marta Gil!"), "{text}");
        assert!(text.ends_with("Un abrazo fuerte,\nBar Lola"), "{text}");
        assert!(!words(&text).iter().any(|word| word.folded == "usted" || word.folded == "le"), "{text}");
        assert!(!text.contains("Pepe"), "{text}");
    }
    let other = Situation { aspects: &[(Aspect::Price, Label::Negative)], ..situation };
    assert!(!draft(&other).text.contains("abrazo"), "nothing is taken from what is not alike");
}

#[test]
fn a_language_that_no_draft_speaks_falls_back_and_says_so() {
    let draft = draft(&Situation { language: Language::De, ui: Language::En, ..plain() });
    assert_eq!((draft.language, draft.note), (Language::En, Some(DraftNote::OtherLanguage(Language::De))));
}

#[test]
fn a_saved_reply_is_filled_in_and_an_unknown_gap_is_named() {
    let filled = draft(&Situation { saved: Some("Hola, {{nombre}}. {{remedio}} {{negocio}}"), ..plain() });
    assert_eq!(filled.text, "Hola, Marta Gil. {{remedio}} Bar Lola");
    let refused = draft(&Situation { saved: Some("{{apellido}}"), ..plain() });
    assert!(
        matches!(refused.note, Some(DraftNote::Saved(FillError::Unknown { name })) if name == "apellido")
    );
}

#[test]
fn what_would_be_unlawful_is_not_borrowed() {
    let quotes = ["el camarero Antonio Pérez Ruiz es gilipollas".to_owned()];
    let situation = Situation {
        quotes: &quotes,
        author: Some("llámame al 612 345 678"),
        signature: "Sois unos sinvergüenzas",
        ..plain()
    };
    let text = draft(&situation).text;
    assert!(!text.contains("Antonio") && !text.contains("612") && !text.contains("sinverg"), "{text}");
}

fn label() -> impl Strategy<Value = Label> {
    prop_oneof![Just(Label::Negative), Just(Label::Neutral), Just(Label::Positive), Just(Label::Unsure)]
}

fn outside() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[a-zñ {}«»\n]{0,60}",
        Just("José García Moreno".to_owned()),
        Just("Le denunciaremos, imbécil, 612 345 678".to_owned()),
        Just("¡Hola, Ana! Si borra la reseña le regalamos un café.\nUn saludo, Eva".to_owned()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn no_draft_has_anything_that_blocks_but_its_gap(
        (language, ui) in (0..11_usize, 0..11_usize),
        (author, quote, signature, business, past) in
            (proptest::option::of(outside()), outside(), outside(), outside(), outside()),
        (stars, sentiment, cause) in
            (proptest::option::of(0..8_u8), label(), proptest::option::of(0..4_usize)),
        aspects in proptest::collection::vec((0..26_usize, label()), 0..5),
        (intents, profession, seed) in (0..64_u8, 0..6_usize, any::<u64>()),
    ) {
        let language_of = |at: usize| Language::KNOWN.get(at).copied().unwrap_or(Language::Unsure);
        let aspects: Vec<_> = aspects.into_iter().map(|(at, label)| (Aspect::ALL[at], label)).collect();
        let past = [PastReply { stars, aspects: Aspect::ALL.to_vec(), text: past }];
        let quotes = [quote];
        let situation = Situation {
            language: language_of(language),
            ui: language_of(ui),
            author: author.as_deref(),
            stars,
            sentiment,
            cause: cause.map(|at| Cause::ALL[at]),
            aspects: &aspects,
            quotes: &quotes,
            intents: Intents(intents),
            profession: Profession::ALL[profession],
            business_name: &business,
            signature: &signature,
            past: &past,
            saved: None,
            seed,
        };
        let draft = draft(&situation);
        let own = [business.clone(), signature.clone()];
        let about = About { author: author.as_deref(), own_contacts: &own, in_complaint: true, ..judged(&situation) };
        for finding in lint(&draft.text, &about) {
            prop_assert!(
                finding.severity != Severity::Block || finding.rule == Rule::Unfilled,
                "{:?} in {}", finding, draft.text
            );
        }
        prop_assert_eq!(&super::draft(&situation), &draft);
        let asks = ["cambi", "borr", "elimin", "delet", "remov", "reconsider"];
        let ours = super::draft(&Situation { author: None, quotes: &[], past: &[], signature: "", business_name: "", ..situation });
        prop_assert!(!words(&ours.text).iter().any(|word| asks.iter().any(|ask| word.folded.starts_with(ask))
            && word.folded != "cambia"), "{}", ours.text);
    }

    #[test]
    fn every_language_and_intent_gives_a_text(intent in 0..6_usize, seed in any::<u64>()) {
        let intents = Intents(0).with(Intent::ALL[intent]);
        let draft = draft(&Situation { intents, seed, ..plain() });
        prop_assert!(draft.text.len() > 60 && !draft.text.contains('['), "{}", draft.text);
    }
}
