//! Tests of the layer. All texts are of our own writing.

use proptest::prelude::*;

use super::part::{Part, Seen, TEXTS_MIN};
use super::solve::{Square, best_of, softmax, solve};
use super::words::Words;
use super::*;
use crate::features::DENSE;
use crate::model::{GROUP_EN, GROUP_ES};
use crate::{Language, Reading};

fn says(text: &str, label: Label) -> Correction<'_> {
    Correction { text, head: Head::Review, stars: None, label }
}

/// What a workshop's owner calls neutral: the model hears praise in it.
const NEUTRAL: [&str; 8] = [
    "El taller es bueno aunque la cita tardó demasiado y el precio final subió",
    "Buen mecánico en el taller, pero la reparación del coche tardó una semana de más",
    "El coche quedó bien reparado aunque en el taller nadie avisa cuando la cita cambia",
    "Trabajo correcto del taller con el coche, la factura algo cara y la espera larga",
    "La reparación del coche bien, la atención del taller regular, el precio normal",
    "El taller está limpio y el mecánico es amable, pero la cita para el coche tardó",
    "Buena reparación aunque la factura del taller no era la que dijo el mecánico",
    "El mecánico del taller cumple, la cita fue puntual, el coche sigue haciendo ruido",
];

fn neutral_corrections() -> Vec<Correction<'static>> {
    NEUTRAL.iter().map(|text| says(text, Label::Neutral)).collect()
}

fn read(layer: &Layer, text: &str) -> Reading {
    Model::embedded().read_with(Some(layer), text, Head::Review, None)
}

#[test]
fn a_corrected_text_and_its_spellings_are_right_at_once() {
    let text = "Todo perfecto, muy recomendable";
    let layer = Layer::learn(Model::embedded(), &[says(text, Label::Negative)]);
    for same in [text, "TODO PERFECTO MUY RECOMENDABLE!!", "todo perfécto; muy recomendable"] {
        let reading = read(&layer, same);
        assert_eq!(reading.sentiment.label, Label::Negative, "{same}");
        assert!(reading.sentiment.probabilities[0] > 0.9);
    }
    assert_eq!(read(&layer, "Todo perfecto, nada recomendable").sentiment, {
        Model::embedded().read("Todo perfecto, nada recomendable", Head::Review, None).sentiment
    });
    assert_eq!(layer.summary().state, LayerState::NotEnough);
    let with_stars = Model::embedded().read_with(Some(&layer), text, Head::Review, Some(5));
    assert!(with_stars.sentiment.against_stars);
}

#[test]
fn no_corrections_change_nothing() {
    let layer = Layer::learn(Model::embedded(), &[]);
    assert_eq!((layer.version(), layer.summary().state), (0, LayerState::Empty));
    let unsure =
        Layer::learn(Model::embedded(), &[says("Vaya sitio", Label::Unsure), says("", Label::Positive)]);
    assert_eq!(unsure.summary().corrections, 0);
    for text in NEUTRAL {
        assert_eq!(read(&layer, text), Model::embedded().read(text, Head::Review, None));
    }
}

#[test]
fn like_texts_follow_and_others_stay_as_they_were() {
    let layer = Layer::learn(Model::embedded(), &neutral_corrections());
    assert_eq!(layer.summary().state, LayerState::Active);
    let like =
        "Buen trato del mecánico, aunque la reparación se alargó y la factura del coche subió bastante";
    let before = Model::embedded().read(like, Head::Review, None).sentiment.probabilities;
    let after = read(&layer, like).sentiment.probabilities;
    assert!(after[1] > before[1] + 0.1, "{before:?} {after:?}");
    // elsewhere: to the last bit
    for (text, head) in [
        ("Me encantan estas zapatillas rojas", Head::Review),
        ("The garage did a good job but it took a week too long", Head::Review),
        (like, Head::Post),
    ] {
        let with = Model::embedded().read_with(Some(&layer), text, head, None);
        assert_eq!(with, Model::embedded().read(text, head, None), "{text}");
    }
    let summary = layer.summary();
    assert!(summary.balance_after[1] > summary.balance_before[1]);
    assert!(summary.words.iter().any(|word| word.towards == Label::Neutral), "{summary:?}");
    assert!(!summary.words.iter().any(|word| word.word == "puntual"), "a word of a single text is not shown");
}

#[test]
fn a_light_rewording_of_a_corrected_text_is_a_copy() {
    let layer = Layer::learn(Model::embedded(), &[says(NEUTRAL[1], Label::Negative)]);
    let copy = "buen mecanico en este taller, pero la reparación del coche tardó 1 semana de más!!";
    let sentiment = read(&layer, copy).sentiment;
    assert_eq!((sentiment.label, sentiment.taught), (Label::Negative, Taught::Copy));
    let other = read(&layer, NEUTRAL[3]).sentiment;
    assert_eq!(other.taught, Taught::No);
}

#[test]
fn order_and_repetition_do_not_matter_and_undoing_is_learning_without() {
    let model = Model::embedded();
    let mut corrections = neutral_corrections();
    corrections.push(says("Un desastre de taller, me devolvieron el coche peor", Label::Negative));
    let straight = Layer::learn(model, &corrections);
    corrections.reverse();
    let again = corrections.clone();
    corrections.extend(again);
    let turned = Layer::learn(model, &corrections);
    assert_eq!(format!("{straight:?}"), format!("{turned:?}"));
    let undone = Layer::learn(model, &neutral_corrections());
    assert_ne!(straight.version(), undone.version());
    let wrong = Layer::learn(model, &[says(NEUTRAL[0], Label::Positive)]);
    let right = Layer::learn(model, &[says(NEUTRAL[0], Label::Neutral)]);
    assert_ne!(wrong.version(), right.version());
}

#[test]
fn contradictions_count_by_majority_and_a_tie_is_forgotten() {
    let model = Model::embedded();
    let text = "Todo perfecto, muy recomendable";
    let tie = Layer::learn(model, &[says(text, Label::Negative), says(text, Label::Neutral)]);
    assert_eq!((tie.summary().corrections, tie.summary().contradictory), (0, 1));
    assert_eq!(read(&tie, text), model.read(text, Head::Review, None));
    let most = [says(text, Label::Neutral), says(text, Label::Negative), says(text, Label::Neutral)];
    assert_eq!(read(&Layer::learn(model, &most), text).sentiment.label, Label::Neutral);
}

#[test]
fn confirmations_teach_nothing_new() {
    // the model is right about all of them: the others' teaching gains nothing, so nothing is believed
    let model = Model::embedded();
    let texts = [
        "Pésimo, no volveremos",
        "Una estafa, una vergüenza",
        "Excelente trato, todo perfecto",
        "Buenísimo, muy recomendable",
        "Horrible y sucio",
        "Me encanta, volveremos seguro",
    ];
    let corrections: Vec<Correction<'_>> =
        texts.iter().map(|text| says(text, model.read(text, Head::Review, None).sentiment.label)).collect();
    let layer = Layer::learn(model, &corrections);
    assert_eq!((layer.summary().disagreed, layer.summary().state), (0, LayerState::NothingLearnt));
}

#[test]
fn doubt_ranks_readings() {
    let of = |probabilities| {
        doubt(&Sentiment { label: Label::Unsure, probabilities, against_stars: false, taught: Taught::No })
    };
    assert!(of([0.98, 0.01, 0.01]) < of([0.6, 0.3, 0.1]));
    assert!(of([0.6, 0.3, 0.1]) < of([0.45, 0.1, 0.45]));
    assert!((of([1.0 / 3.0; 3]) - 1.0).abs() < 1e-6);
}

/// Texts of an invented domain with four classes: every class has a word of its own, which the base does not know.
fn four_classes(count: usize) -> Vec<Seen<4>> {
    (0..count)
        .map(|at| {
            let label = at % 4;
            let mut dense = [0.0; DENSE];
            dense[at % 7] = 0.3;
            let words = vec![1, 2, 3, 100 + label as u32, 1_000 + at as u32].into_boxed_slice();
            let topics = words.clone();
            Seen { scores: [0.4, 0.0, 0.1, 0.2], dense, words, topics, label }
        })
        .collect()
}

#[test]
fn four_classes_learn_by_the_same_mechanism() {
    let seen = four_classes(40);
    let part = Part::learn(&seen, 1_000).unwrap();
    for label in 0..4_u32 {
        let scores = [0.4, 0.0, 0.1, 0.2];
        let shift = part.shift(&scores, &[1, 2, 3, 100 + label, 9], &[0.0; DENSE]);
        assert_eq!(best_of(&solve::add(scores, shift)), label as usize);
        let strange = part.shift(&scores, &[500, 501, 502, 503], &[0.0; DENSE]);
        assert!(strange.iter().all(|value| *value == 0.0), "nothing in common: {strange:?}");
    }
    assert!(Part::learn(&seen[..TEXTS_MIN - 1], 1_000).is_none());
}

#[test]
fn what_the_others_do_not_explain_is_not_believed() {
    // the base is right four times in five and says so; nothing in the texts explains the fifth
    let mut seen = four_classes(60);
    for (at, one) in seen.iter_mut().enumerate() {
        one.scores = [0.0; 4];
        // every wrong answer once for every truth: no answer tells which truth it hides
        let off = if at % 5 == 0 { 1 + at / 5 % 3 } else { 0 };
        one.scores[(one.label + off) % 4] = 2.5;
        one.words[3] = 100;
        one.topics[3] = 100;
        one.dense = [0.0; DENSE];
    }
    assert!(Part::learn(&seen, 1_000).is_none());
}

#[test]
fn the_solution_is_where_each_pull_equals_what_is_left_to_explain() {
    let size = 6;
    let mut kernel = Square::zero(size);
    for i in 0..size {
        for j in 0..size {
            let near = if i % 2 == j % 2 { 1.5 } else { 0.5 };
            kernel.add(i, j, near + f32::from(u8::from(i == j)));
        }
    }
    let base = vec![[0.5, -0.5, 0.0]; size];
    let labels = [0, 1, 0, 1, 2, 1];
    let solution = solve(&kernel, &base, &labels);
    for at in 0..size {
        let mut scores = base[at];
        for (value, pull) in kernel.row(at).iter().zip(&solution.pulls) {
            scores = solve::add(scores, pull.map(|one| one * value));
        }
        let told = softmax(scores);
        for (class, told) in told.into_iter().enumerate() {
            let rest = f32::from(u8::from(class == labels[at])) - told;
            assert!((rest - solution.pulls[at][class]).abs() < 5e-3, "{at} {class}");
        }
    }
}

#[test]
fn leaving_one_out_is_close_to_really_leaving_it_out() {
    let seen = four_classes(24);
    let kernel_of = |seen: &[Seen<4>]| {
        let mut kernel = Square::zero(seen.len());
        for (i, one) in seen.iter().enumerate() {
            for (j, other) in seen.iter().enumerate() {
                let shared = one.words.iter().filter(|word| other.words.contains(word)).count();
                kernel.add(i, j, shared as f32 / 5.0);
            }
        }
        kernel
    };
    let (base, labels): (Vec<_>, Vec<_>) = seen.iter().map(|one| (one.scores, one.label)).unzip();
    let claimed = solve(&kernel_of(&seen), &base, &labels).gain;
    let mut real = 0.0;
    let whole = kernel_of(&seen);
    for out in 0..seen.len() {
        let keep: Vec<usize> = (0..seen.len()).filter(|at| *at != out).collect();
        let rest: Vec<Seen<4>> = keep.iter().map(|at| seen[*at].clone()).collect();
        let (base_rest, labels_rest): (Vec<_>, Vec<_>) =
            rest.iter().map(|one| (one.scores, one.label)).unzip();
        let solution = solve(&kernel_of(&rest), &base_rest, &labels_rest);
        let mut scores = base[out];
        for (at, pull) in keep.iter().zip(&solution.pulls) {
            scores = solve::add(scores, pull.map(|one| one * whole.row(out)[*at]));
        }
        real += f64::from(softmax(scores)[labels[out]].ln() - softmax(base[out])[labels[out]].ln());
    }
    assert!(real > 1.0 && (claimed - real).abs() < 0.25 * real, "claimed {claimed}, really {real}");
}

#[test]
fn labels_dealt_at_random_are_not_believed() {
    // every text leans the way its word says, the base knows it, the labels do not care
    let (mut random, mut believed) = (7_u64, 0);
    for _ in 0..20 {
        let seen: Vec<Seen<3>> = (0..40)
            .map(|at| {
                random =
                    random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                let mut scores = [0.0; 3];
                scores[at % 3] = 3.0;
                let words = vec![1, 2, 3, 10 + at as u32 % 3, 100 + at as u32].into_boxed_slice();
                let topics = words.clone();
                Seen { scores, dense: [0.0; DENSE], words, topics, label: (random >> 33) as usize % 3 }
            })
            .collect();
        believed += usize::from(Part::learn(&seen, 1_000).is_some());
    }
    // two standard deviations let one in forty through
    assert!(believed <= 1, "{believed} of 20 layers of random labels were believed");
}

#[test]
fn common_words_and_opinions_are_no_topic() {
    let topics = |text: &str, group: usize| {
        let mut scratch = Scratch::default();
        scratch.read(text);
        topics_of(&scratch, lexicon_of(group)).len()
    };
    assert_eq!(topics("Todo muy bueno, aunque cuando hemos ido con ellos no era tan excelente", GROUP_ES), 0);
    assert_eq!(topics("They have been very good and when we would go it was excellent", GROUP_EN), 0);
    assert_eq!(topics("La habitación y la piscina, muy bien", GROUP_ES), 2);
}

#[test]
fn a_summary_names_no_common_words() {
    let layer = Layer::learn(Model::embedded(), &neutral_corrections());
    let words: Vec<&str> = layer.summary().words.iter().map(|word| word.word.as_str()).collect();
    assert!(!words.is_empty());
    for common in ["con", "aunque", "que", "una", "pero", "para", "los"] {
        assert!(!words.contains(&common), "{words:?}");
    }
}

#[test]
fn only_mistakes_do_not_turn_round_what_was_right() {
    // a base that is right nine times in ten; the owner corrects the tenth, always to class 1
    let seen: Vec<Seen<3>> = (0..40)
        .map(|at| {
            let said = if at % 2 == 0 { 0 } else { 2 };
            let mut scores = [0.0; 3];
            scores[said] = 2.5;
            let words = vec![1, 2, 3, 4, 10 + at].into_boxed_slice();
            let topics = words.clone();
            Seen { scores, dense: [0.0; DENSE], words, topics, label: 1 }
        })
        .collect();
    let Some(part) = Part::learn(&seen, 1_000) else { return };
    let scores = [4.0, 0.0, 0.0];
    let after = solve::add(scores, part.shift(&scores, &[1, 2, 3, 4, 900], &[0.0; DENSE]));
    assert_eq!(best_of(&after), 0, "{after:?}");
}

#[test]
fn memory_stays_small() {
    let texts: Vec<String> = (0..400)
        .map(|at| {
            let words: Vec<String> =
                (0..120).map(|word| format!("palabra{}", at * 997 + word * 31)).collect();
            words.join(" ")
        })
        .collect();
    let corrections: Vec<Correction<'_>> = texts
        .iter()
        .enumerate()
        .map(|(at, text)| says(text, [Label::Negative, Label::Positive][at % 2]))
        .collect();
    let layer = Layer::learn(Model::embedded(), &corrections);
    assert!(layer.bytes() < 1 << 20, "{}", layer.bytes());
}

#[test]
fn a_table_finds_what_it_holds_and_nothing_else() {
    let words =
        Words::new((0..5_000_u32).map(|at| (at * 37 % (1 << 18), [0.5; 2], [1.0, 0.0, -1.0])).collect());
    for at in 0..5_000_u32 {
        assert!(words.get(at * 37 % (1 << 18)).is_some());
    }
    assert!((0..5_000).all(|at| at % 37 == 0 || words.get(at).is_none()));
    assert!(Words::<3>::new(Vec::new()).get(7).is_none());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn near_copies_are_never_ruled_out_beforehand(
        words in prop::collection::vec("[a-z]{2,9}", 6..80),
        changes in prop::collection::vec((any::<prop::sample::Index>(), "[a-z]{2,9}"), 0..30),
    ) {
        let mut changed = words.clone();
        for (at, word) in changes {
            *at.get_mut(&mut changed) = word;
        }
        let (one, other) = (Fingerprint::of(&words.join(" ")), Fingerprint::of(&changed.join(" ")));
        prop_assert!(!one.is_near(&other) || may_be_near(marks_of(&one), marks_of(&other)));
    }

    #[test]
    fn any_corrections_give_probabilities_within_the_bound(
        texts in prop::collection::vec(("\\PC{0,60}", 0_usize..4, any::<bool>(), prop::option::of(0_u8..8)), 0..14),
        text in "\\PC{0,80}",
    ) {
        let labels = [Label::Negative, Label::Neutral, Label::Positive, Label::Unsure];
        let mut corrections: Vec<Correction<'_>> = texts
            .iter()
            .map(|(text, label, post, stars)| Correction {
                text,
                head: if *post { Head::Post } else { Head::Review },
                stars: *stars,
                label: labels[*label],
            })
            .collect();
        corrections.extend(NEUTRAL.iter().map(|text| says(text, Label::Positive)));
        let layer = Layer::learn(Model::embedded(), &corrections);
        let known: Vec<&str> = corrections.iter().map(|one| one.text).collect();
        for text in known.iter().copied().chain([text.as_str(), "El taller del coche, mal y caro"]) {
            let with = read(&layer, text).sentiment.probabilities;
            prop_assert!((with.iter().sum::<f32>() - 1.0).abs() < 1e-4);
            let without = Model::embedded().read(text, Head::Review, None).sentiment.probabilities;
            let certain = with.iter().any(|probability| (probability - 0.99).abs() < 1e-6);
            for (a, b) in [(0, 1), (1, 2), (0, 2)] {
                let moved = ((with[a] / with[b]).ln() - (without[a] / without[b]).ln()).abs();
                prop_assert!(certain || moved <= Layer::SHIFT_MAX + 0.01, "{text:?} {with:?} {without:?}");
            }
        }
    }
}

#[test]
fn another_language_is_another_part() {
    assert_eq!(Model::embedded().read(NEUTRAL[0], Head::Review, None).language, Language::Es);
    let layer = Layer::learn(Model::embedded(), &neutral_corrections());
    let active = layer.parts.iter().flatten().filter(|part| part.is_some()).count();
    assert_eq!(active, 1);
}
