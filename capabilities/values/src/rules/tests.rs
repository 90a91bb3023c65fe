//! The suggestion: what goes before what, and what is never said without evidence.

use proptest::prelude::*;

use super::*;

const NOTHING: Heard<'static> =
    Heard { id: MentionId(1), text: "", stars: None, sentiment: None, intents: Intents(0), cause: None };

fn line(place: u8, text: &str) -> Value {
    Value { text: text.to_owned(), ..Value::unwritten(place) }
}

fn evidence(mentions: &[i64], copies: &[i64]) -> Evidence {
    let ids = |ids: &[i64]| ids.iter().copied().map(MentionId).collect();
    Evidence { warning: WarningId(9), mentions: ids(mentions), copies: ids(copies) }
}

#[test]
fn what_is_serious_needs_few_stars_or_a_negative_complaint() {
    let complaint = Intents(0).with(Intent::Complaint);
    let negative = Some(Sentiment::Negative);
    for (heard, serious) in [
        (Heard { stars: Some(2), ..NOTHING }, true),
        (Heard { stars: Some(3), ..NOTHING }, false),
        (Heard { sentiment: negative, intents: complaint, ..NOTHING }, true),
        (Heard { sentiment: Some(Sentiment::Neutral), intents: complaint, ..NOTHING }, false),
        (Heard { sentiment: negative, ..NOTHING }, false),
        (Heard { sentiment: negative, intents: Intents(0).with(Intent::LegalThreat), ..NOTHING }, true),
    ] {
        assert_eq!(is_serious(&heard), serious, "{heard:?}");
    }
}

#[test]
fn a_legal_announcement_goes_before_everything() {
    let both = Intents(0).with(Intent::LegalThreat).with(Intent::BoycottThreat);
    let heard = Heard { intents: both, cause: Some(Cause::BrokenPromise), ..NOTHING };
    let found = suggest(&heard, &[], &[evidence(&[1, 2, 3], &[1, 2, 3])]);
    assert_eq!(found.class, TriageClass::Legal);
    assert!(found.reasons.contains(&Reason::Boycott) && found.reasons.contains(&Reason::BrokenPromise));
}

#[test]
fn a_call_not_to_buy_is_about_values_and_no_attack() {
    let heard = Heard { intents: Intents(0).with(Intent::BoycottThreat), ..NOTHING };
    assert_eq!(suggest(&heard, &[], &[]).class, TriageClass::Values);
}

#[test]
fn who_says_something_of_her_own_in_a_storm_of_copies_is_a_customer() {
    let found = suggest(&NOTHING, &[], &[evidence(&[1, 2, 3, 4], &[2, 3, 4])]);
    assert_eq!(found.class, TriageClass::Ordinary);
    assert_eq!(found.reasons, [Reason::OwnWords { warning: WarningId(9) }, Reason::Complains]);
    let copied = suggest(&NOTHING, &[], &[evidence(&[1, 2, 3, 4], &[1, 2, 3])]);
    assert_eq!(copied.class, TriageClass::Attack);
    assert_eq!(copied.reasons, [Reason::Copies { warning: WarningId(9), copies: 3, voices: 4 }]);
}

#[test]
fn a_line_of_the_charter_is_found_by_the_words_it_shares() {
    let charter =
        [line(1, "Siempre tratamos bien a la gente mayor"), line(2, "Nunca cobramos el pan sin avisar")];
    let heard = Heard { text: "Nos cobraron el pan y nadie avisó de nada", ..NOTHING };
    let found = suggest(&heard, &charter, &[]);
    assert_eq!((found.class, found.place), (TriageClass::Values, Some(2)));
    assert_eq!(found.reasons, [Reason::Line { place: 2, words: vec!["cobramos".into(), "avisar".into()] }]);
    let other =
        Heard { text: "Nunca volveremos: siempre lo mismo", cause: Some(Cause::BadService), ..NOTHING };
    let found = suggest(&other, &charter, &[]);
    assert_eq!((found.class, found.place), (TriageClass::Ordinary, None), "empty words are no likeness");
    assert_eq!(found.reasons, [Reason::Service]);
}

proptest! {
    #[test]
    fn attack_is_never_suggested_without_a_copy_in_an_open_warning(
        text in "\\PC{0,80}", bits in 0u8..64, stars in proptest::option::of(1u8..6), named in any::<bool>(),
    ) {
        let heard = Heard { text: &text, stars, intents: Intents(bits), ..NOTHING };
        let other = if named { vec![evidence(&[1, 2, 3], &[2, 3])] } else { vec![evidence(&[2, 3], &[2, 3])] };
        let found = suggest(&heard, &[line(1, &text)], &other);
        prop_assert!(found.class != TriageClass::Attack);
        prop_assert!(!found.reasons.is_empty());
    }
}
