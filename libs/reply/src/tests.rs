//! Whole replies, circumstances, and what must hold for any text at all.

use std::fmt::Write as _;

use proptest::prelude::*;

use crate::lint::lint_counted;
use crate::{About, Finding, Profession, Rule, Severity, fill, lint, placeholders, remedies};

fn rules(text: &str, about: &About<'_>) -> Vec<Rule> {
    lint(text, about).into_iter().map(|finding| finding.rule).collect()
}

fn only(findings: &[Finding], rule: Rule) -> &Finding {
    findings.iter().find(|finding| finding.rule == rule).expect("it is found")
}

#[test]
fn keys_are_stable_and_all_different() {
    for rule in Rule::ALL {
        assert_eq!(Rule::from_key(rule.key()), Some(rule));
    }
    assert_eq!(Rule::from_key("nobody"), None);
}

#[test]
fn every_rule_has_its_sentences_in_both_languages() {
    for file in [include_str!("../../../locales/es/lint.ftl"), include_str!("../../../locales/en/lint.ftl")] {
        for rule in Rule::ALL {
            for key in [format!("\nlint-{} = ", rule.key()), format!("\nlint-{}-fix = ", rule.key())] {
                assert!(file.contains(&key), "{key} is missing");
            }
        }
        assert_eq!(file.lines().filter(|line| line.starts_with("lint-")).count(), 2 * Rule::ALL.len());
    }
}

#[test]
fn a_complaint_wants_acknowledgement_and_a_next_step() {
    let about = About { stars: Some(1), ..About::default() };
    let bare = "Trabajamos desde 1990 en este barrio con mucha ilusión y cariño.";
    assert_eq!(rules(bare, &about), [Rule::NoAcknowledgement, Rule::NoNextStep]);
    let whole = "Sentimos la espera del domingo y la falta de aviso. Hemos cambiado los turnos para que no se repita.";
    assert_eq!(rules(whole, &about), []);
    assert_eq!(rules(bare, &About { stars: Some(5), ..About::default() }), []);
    assert_eq!(rules("Gracias.", &about), [], "it is still being written");
    let english = "We are sorry about the wait. Please write to us so that we can put it right.";
    assert_eq!(rules(english, &about), []);
}

#[test]
fn without_stars_the_review_itself_says_whether_it_complains() {
    let bare = "Trabajamos desde 1990 en este barrio con mucha ilusión y cariño.";
    let complaint =
        About { review_text: "Pésimo servicio y la comida fría, un horror", ..About::default() };
    let praise = About { review_text: "Todo riquísimo y un trato encantador", ..About::default() };
    assert!(rules(bare, &complaint).contains(&Rule::NoAcknowledgement));
    assert_eq!(rules(bare, &praise), []);
}

#[test]
fn the_reviewers_own_words_may_be_quoted() {
    let about = About { review_text: "Sois unos sinvergüenzas", ..About::default() };
    assert_eq!(rules("Nos escribe «sois unos sinvergüenzas» y lo sentimos.", &about), []);
    assert_eq!(rules("Usted sí es un sinvergüenza.", &about), [Rule::Insult]);
    assert_eq!(rules("Los sinvergüenzas son «otros».", &about), [Rule::Insult]);
}

#[test]
fn a_number_the_author_published_is_a_warning_and_another_one_blocks() {
    let about = About { review_text: "Mi pedido 48213 no llegó", ..About::default() };
    let said = lint("Su pedido 48213 salió tarde.", &about);
    assert_eq!(only(&said, Rule::ReferenceNumber).severity, Severity::Warn);
    let said = lint("Su pedido 99999 salió tarde.", &about);
    assert_eq!(only(&said, Rule::ReferenceNumber).severity, Severity::Block);
}

#[test]
fn evidence_makes_of_an_accusation_a_warning() {
    let text = "Esta reseña es falsa.";
    let without = lint(text, &About::default());
    let with = lint(text, &About { has_dossier: true, ..About::default() });
    assert_eq!(only(&without, Rule::Accusation).severity, Severity::Block);
    assert_eq!(only(&with, Rule::Accusation).severity, Severity::Warn);
}

#[test]
fn a_visit_is_a_secret_in_a_clinic_and_none_in_a_bar() {
    let text = "Gracias por su visita.";
    for profession in Profession::ALL {
        let found = lint(text, &About { profession, ..About::default() });
        assert_eq!(found.is_empty(), !profession.keeps_secrets(), "{profession:?}: {found:?}");
    }
}

#[test]
fn a_known_person_is_warned_of_by_first_name_and_blocked_by_whole_name() {
    let known = ["Lucía Pérez".to_owned()];
    let about = About { known_names: &known, ..About::default() };
    let first = lint("Lucía lo siente mucho.", &about);
    assert_eq!(only(&first, Rule::StaffName).severity, Severity::Warn);
    let whole = lint("LUCIA PÉREZ lo siente mucho.", &about);
    assert_eq!(only(&whole, Rule::StaffName).severity, Severity::Block);
    assert_eq!(rules("Lo sentimos.\nUn saludo,\nLucía Pérez", &about), [], "she signs");
    let author = About { author: Some("Lucía"), ..about };
    assert_eq!(rules("Hola, Lucía: gracias.", &author), [], "so is the author called");
}

#[test]
fn what_is_shouted_is_said_quietly() {
    let found = lint("Le dijimos QUE LA COCINA CIERRA hoy.", &About::default());
    let shouting = only(&found, Rule::Shouting);
    assert_eq!(shouting.suggestion.as_deref(), Some("Que la cocina cierra"));
}

#[test]
fn a_graver_rule_says_it_for_the_lesser_one() {
    assert_eq!(rules("Si borra la reseña le invitamos a cenar.", &About::default()), [Rule::Incentive]);
}

#[test]
fn the_gravest_is_found_in_the_neighbouring_languages_too() {
    let cases = [
        ("Sou uns pocavergonyes, imbècils no: malparits.", Rule::Insult),
        ("Prendrem accions legals.", Rule::LegalThreat),
        ("Tomaremos accións legais.", Rule::LegalThreat),
        ("Kabroi galanta.", Rule::Insult),
        ("Vamos processar voce.", Rule::LegalThreat),
        ("Nous allons porter plainte.", Rule::LegalThreat),
        ("Supprimez votre avis.", Rule::AskRemoval),
        ("C'est un faux avis.", Rule::Accusation),
    ];
    for (text, rule) in cases {
        assert!(rules(text, &About::default()).contains(&rule), "{text}");
    }
}

#[test]
fn what_blocks_is_told_however_much_stands_before_it() {
    for count in [150, 5_000] {
        let text = format!("{} Es usted un imbécil.", "La culpa es suya. ".repeat(count));
        let found = lint(&text, &About::default());
        assert!(found.len() <= 102 && found.iter().any(|finding| finding.rule == Rule::Insult), "{count}");
    }
}

/// Texts that are slow wherever something is looked at twice.
fn nasty() -> Vec<String> {
    let fill = |piece: &str| piece.repeat(100_000 / piece.len() + 1);
    vec![
        fill("si "),
        fill("le pedimos que si "),
        fill("borre la reseña y "),
        fill("a cambio de si regalamos "),
        fill("«imbécil "),
        fill("{{"),
        fill("{{nombre}}"),
        fill("612 345 678 "),
        fill("José García "),
        fill("habitación 204 "),
        fill("AAAA "),
        fill("no, "),
        fill("."),
        fill("a\u{301}"),
        fill("\u{200B}"),
        fill("12/05/"),
        "x".repeat(100_000),
    ]
}

#[test]
fn work_grows_with_the_text_and_no_faster() {
    let about = About { review_text: "imbécil 612 345 678", in_complaint: true, ..About::default() };
    for text in nasty() {
        let mut half_end = text.len() / 2;
        while !text.is_char_boundary(half_end) {
            half_end -= 1;
        }
        let half = text.get(..half_end).expect("a border");
        let (mut small, mut large) = (0, 0);
        lint_counted(half, &about, &mut small);
        let found = lint_counted(&text, &about, &mut large);
        let label: String = text.chars().take(20).collect();
        assert!(large <= small * 2 + small / 10 + 50_000, "{label}: {small} steps, then {large}");
        assert!(large <= 2_000 * text.len() as u64, "{label}: {large} steps");
        assert!(found.len() <= 102, "{label}: {} findings", found.len());
        remedies(&text);
        placeholders(&text);
    }
}

/// Anything at all, and pieces of what the rules look for.
fn text() -> impl Strategy<Value = String> {
    let pieces = prop_oneof![
        any::<String>(),
        Just("reseña".to_owned()),
        Just("si borra la".to_owned()),
        Just("{{nombre}}".to_owned()),
        Just("{{".to_owned()),
        Just("612 345 678".to_owned()),
        Just("José García Moreno".to_owned()),
        Just("le devolveremos el 12/05".to_owned()),
        Just("in 99999999999 days".to_owned()),
        Just("we will call you".to_owned()),
        Just("imbécil".to_owned()),
        Just("\u{301}".to_owned()),
        Just("ﬁ ß İ ǆ".to_owned()),
        Just("«».,\n".to_owned()),
    ];
    (proptest::collection::vec(pieces, 0..12), prop_oneof![Just(" "), Just(""), Just("\n")])
        .prop_map(|(pieces, joint)| pieces.join(joint))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn no_text_breaks_it_and_every_span_is_a_piece_of_the_text(
        text in text(),
        review in text(),
        names in proptest::collection::vec(text(), 0..3),
        (profession, stars, has_dossier, in_complaint) in
            (0..6_usize, proptest::option::of(any::<u8>()), any::<bool>(), any::<bool>()),
    ) {
        let about = About {
            profession: Profession::ALL[profession],
            has_dossier,
            review_text: &review,
            stars,
            author: names.first().map(String::as_str),
            known_names: &names,
            own_contacts: &names,
            in_complaint,
        };
        let found = lint(&text, &about);
        for finding in &found {
            prop_assert!(text.get(finding.span.clone()).is_some(), "{finding:?} in {text:?}");
        }
        prop_assert_eq!(found, lint(&text, &about));
        for remedy in remedies(&text) {
            prop_assert!(text.get(remedy.span.clone()).is_some_and(|said| !said.is_empty()));
        }
        for gap in placeholders(&text) {
            prop_assert!(text.get(gap.span).is_some_and(|said| said.starts_with("{{") && said.ends_with("}}")));
        }
    }

    #[test]
    fn filling_in_leaves_everything_else_as_it_is(before in "[^{}]{0,20}", after in "[^{}]{0,20}", value in text()) {
        let mut saved = before.clone();
        write!(saved, "{{{{nombre}}}}{after}").expect("a string takes it");
        let values = crate::Values { name: Some(&value), ..Default::default() };
        prop_assert_eq!(fill(&saved, &values), Ok(format!("{before}{value}{after}")));
    }
}

/// Whole replies as careful owners write them, by profession: nothing in them is wrong.
#[test]
fn careful_replies_are_left_alone() {
    let replies = [
        (
            Profession::General,
            "Hola, Marta:\n\nGracias por contárnoslo. Sentimos que la sopa llegara fría y que nadie lo arreglara en el \
             momento. Hemos hablado con la cocina y desde hoy los platos salen en cuanto están. Le devolveremos el importe \
             esta semana; si quiere, escríbanos y lo hablamos.\n\nUn saludo,\nLola, Bar Lola",
        ),
        (
            Profession::General,
            "Buenas tardes. Tiene razón: el cartel llevaba a engaño y la culpa es nuestra. Ya lo hemos cambiado. Nos \
             gustaría compensarle el mal rato; ¿nos llama cuando le venga bien?\nSaludos, el equipo",
        ),
        (
            Profession::General,
            "Muchas gracias por sus palabras, se las leeremos al equipo. Nos alegra que le gustara la tarta de queso y que \
             el trato fuera bueno. Aquí tiene su casa.",
        ),
        (
            Profession::Lodging,
            "Lamentamos que el ruido de la calle no le dejara descansar. Estamos cambiando las ventanas de esa fachada y, \
             mientras tanto, ofrecemos habitaciones interiores a quien las prefiera. Gracias por avisarnos.",
        ),
        (
            Profession::Health,
            "Gracias por escribirnos. La confidencialidad nos impide hablar aquí de ningún caso y tampoco decimos quién \
             acude a la clínica. Lo que cuenta sobre los tiempos de espera nos preocupa. Si quiere que hablemos, llámenos o \
             escríbanos y le escucharemos.\n\nUn saludo,\nDirección de la clínica",
        ),
        (
            Profession::Law,
            "Gracias por su comentario. El secreto profesional no nos deja comentar ningún asunto en público. Si desea \
             hablar con nosotros, puede escribirnos o llamar al despacho.",
        ),
        (
            Profession::Education,
            "Agradecemos que nos lo diga. Por respeto a los menores no hablamos aquí de ninguna situación concreta. El \
             equipo directivo recibe a cualquier familia que lo pida.",
        ),
        (
            Profession::General,
            "Dear Sam,\n\nThank you for telling us. We are sorry that the soup was cold and that nobody put it right at \
             once. We have spoken to the kitchen and we will refund you this week. Could you write to us?\n\nKind \
             regards,\nLola",
        ),
        (
            Profession::Health,
            "Thank you for writing. Confidentiality does not let us discuss anybody's care in public, nor say who comes \
             to us. What you say about waiting times worries us. Please call us and we will listen.",
        ),
    ];
    for (profession, reply) in replies {
        let about = About { profession, stars: Some(2), author: Some("Marta"), ..About::default() };
        let found: Vec<_> = lint(reply, &about)
            .into_iter()
            .filter(|finding| finding.severity > Severity::Hint)
            .map(|finding| (finding.rule, reply.get(finding.span).unwrap_or_default().to_owned()))
            .collect();
        assert_eq!(found, [], "{reply}");
    }
}
