//! Tests of the watch terms. All texts are of our own writing.

use proptest::prelude::*;

use super::*;

fn term(id: i64, words: &str) -> WatchTerm {
    WatchTerm { owner: 1, id, term: words.to_owned(), ..WatchTerm::default() }
}

fn found(terms: &[WatchTerm], text: &str) -> Vec<(i64, String)> {
    let built = WatchTerms::build(terms.iter().cloned()).expect("few terms");
    assert_eq!(built.refused(), [], "all of them can be watched");
    let mut hits = Vec::new();
    built.find(text, &mut Reader::default(), &mut hits);
    hits.iter().map(|hit| (hit.id, hit.span.of(text).to_owned())).collect()
}

#[track_caller]
fn finds(term: &WatchTerm, text: &str, expected: &str) {
    let found = found(std::slice::from_ref(term), text);
    assert_eq!(found, [(term.id, expected.to_owned())], "{:?} in {text:?}", term.term);
}

#[track_caller]
fn misses(term: &WatchTerm, text: &str) {
    assert_eq!(found(std::slice::from_ref(term), text), [], "{:?} in {text:?}", term.term);
}

#[test]
fn a_name_is_found_however_it_is_written() {
    let pepe = term(7, "Bar Pepé");
    for (text, words) in [
        ("Cenamos en el Bar Pepé anoche", "Bar Pepé"),
        ("BAR PEPE!!!", "BAR PEPE"),
        ("el bar-pepe, qué sitio", "bar-pepe"),
        ("bar   pepeeee", "bar   pepeeee"),
        ("Bar Pepe's terrace", "Bar Pepe's"),
        ("🍺bar pepe🍺", "bar pepe"),
        ("bar_pepe", "bar_pepe"),
    ] {
        finds(&pepe, text, words);
    }
    for text in [
        "",
        "Fui al bar. Pepe me atendió",
        "bar, Pepe",
        "barra Pepe",
        "bar Pepelu",
        "Pepe bar",
        "bar 😍 pepe",
    ] {
        misses(&pepe, text);
    }
}

#[test]
fn punctuation_of_the_term_may_be_there_or_not() {
    let booking = term(1, "Dr. Ruiz");
    for text in ["Dr. Ruiz", "dr Ruiz", "DR.RUIZ"] {
        finds(&booking, text, text);
    }
    misses(&term(1, "Dr Ruiz"), "Vino el dr. Ruiz no estaba");
}

#[test]
fn plurals_and_possessives_count() {
    finds(&term(1, "Mercadona"), "todos los mercadonas del barrio", "mercadonas");
    finds(&term(1, "tienda Ruiz"), "las Tiendas Ruiz", "Tiendas Ruiz");
    finds(&term(1, "tiendas Ruiz"), "la tienda Ruiz", "tienda Ruiz");
    finds(&term(1, "bares Pepe"), "el bar Pepe", "bar Pepe");
    finds(&term(1, "Dulce Cruz"), "dulces cruces", "dulces cruces");
    finds(&term(1, "Hotel Sol"), "hoteles sol", "hoteles sol");
    finds(&term(1, "Lidl"), "los lidls", "lidls");
    finds(&term(1, "Zara"), "Zara's new shop", "Zara's");
    finds(&term(1, "Pepe's Bar"), "pepe bar", "pepe bar");
    finds(&term(1, "Nike"), "unas nikes", "nikes");
    // a name that looks like a plural is not its singular
    misses(&term(1, "Torres"), "la torre");
    misses(&term(1, "Casa Reyes"), "la casa rey");
    misses(&term(1, "Nike"), "Nik vino");
    misses(&term(1, "Nik"), "Nike");
    misses(&term(1, "Mango"), "unas mangas");
    let literal = WatchTerm { inflection: Inflection::Literal, ..term(1, "Mercadona") };
    misses(&literal, "mercadonas");
    finds(&literal, "MERCADONA", "MERCADONA");
}

#[test]
fn gender_counts_where_asked() {
    let baker = WatchTerm { inflection: Inflection::NumberAndGender, ..term(1, "panadero Ruiz") };
    for text in ["panadero Ruiz", "panadera Ruiz", "panaderas Ruiz"] {
        finds(&baker, text, text);
    }
    let doctors = WatchTerm { inflection: Inflection::NumberAndGender, ..term(1, "doctores nuevos") };
    for text in ["doctora nuevos", "doctores nuevas", "doctoras nuevas"] {
        finds(&doctors, text, text);
    }
    misses(&term(1, "panadero Ruiz"), "panadera Ruiz");
}

#[test]
fn glued_names_are_found_in_tags_handles_and_addresses() {
    let pepe = term(7, "bar Pepe");
    for (text, words) in [
        ("qué tarde #BarPepe", "BarPepe"),
        ("#barpepe", "barpepe"),
        ("@barpepe_oficial gracias", "barpepe"),
        ("ver https://www.barpepe.es/carta?x=1", "barpepe"),
        ("la web barpepe.es no va", "barpepe"),
        ("escribid a reservas@barpepe.es", "barpepe"),
        ("#MeGustaBarPepe", "BarPepe"),
        ("#hoyenbarpepemola", "barpepe"),
        ("#BarPepé2024", "BarPepé"),
        ("#viva_barpepe", "barpepe"),
    ] {
        finds(&pepe, text, words);
    }
    // glued only where people glue
    misses(&pepe, "barpepe");
    finds(&term(1, "Ana"), "@ana_lopez", "ana");
    finds(&term(1, "Ana"), "#FelizDiaAna", "Ana");
    for text in ["#bananas", "@mariana", "https://manana.es", "#banana2024"] {
        misses(&term(1, "Ana"), text);
    }
    finds(&term(1, "@barpepe"), "hola @barpepe", "barpepe");
    misses(&term(1, "bar Pepe Luis"), "#BarPepe");
}

#[test]
fn context_words_decide() {
    let shop = WatchTerm {
        required: vec!["tienda".into(), "vestido".into()],
        excluded: vec!["maduro".into()],
        ..term(1, "Mango")
    };
    finds(&shop, "Compré dos vestidos en Mango", "Mango");
    misses(&shop, "Me comí un mango");
    misses(&shop, "En la tienda de fruta el mango estaba maduro");
    let near = WatchTerm { within: Some(3), ..shop };
    finds(&near, "la tienda nueva de Mango", "Mango");
    misses(&near, "la tienda que abrieron hace poco vende mango");
    finds(&near, "la tienda de Mango y en casa tengo el otro muy maduro", "Mango");
    finds(&near, "gran tienda #mango", "mango");
    misses(&near, "gran postre #mango");
    // the term itself is not its own context
    let itself = WatchTerm { required: vec!["mango".into()], ..term(1, "Mango") };
    misses(&itself, "un mango");
    finds(&itself, "un mango y otro mango", "mango");
}

#[test]
fn a_capital_decides() {
    let mango = WatchTerm { capitalised: true, ..term(1, "Mango") };
    finds(&mango, "ropa de Mango", "Mango");
    finds(&mango, "me gusta #Mango", "Mango");
    misses(&mango, "me gusta el mango");
    misses(&mango, "me gusta el #mango");
    let house = WatchTerm { capitalised: true, ..term(1, "la Casa") };
    finds(&house, "en la Casa", "la Casa");
    misses(&house, "en la casa");
    // written without capitals: the first word has to have one
    misses(&WatchTerm { capitalised: true, ..term(1, "ébano") }, "de ébano");
    finds(&WatchTerm { capitalised: true, ..term(1, "ébano") }, "de Ébano", "Ébano");
}

#[test]
fn the_longest_of_one_owner_wins_and_owners_share() {
    let terms = [
        term(1, "Pepe"),
        term(2, "bar Pepe"),
        term(3, "bar Pepe Luis"),
        WatchTerm { owner: 2, ..term(4, "Pepe") },
        WatchTerm { owner: 3, ..term(4, "Pepe") },
    ];
    let built = WatchTerms::build(terms).expect("few");
    let mut hits = Vec::new();
    let text = "El bar Pepe Luis. Luego Pepe y otra vez Pepe";
    built.find(text, &mut Reader::default(), &mut hits);
    let seen: Vec<_> = hits.iter().map(|hit| (hit.owner, hit.id, hit.span.start)).collect();
    assert_eq!(seen, [(1, 3, 3), (2, 4, 7), (3, 4, 7), (1, 1, 24)]);
}

#[test]
fn one_bad_term_does_not_stop_the_others() {
    let cases = [
        ("", WatchError::TooShort),
        ("😍😍", WatchError::TooShort),
        ("x", WatchError::TooShort),
        ("...", WatchError::TooShort),
        ("https://barpepe.es", WatchError::Address),
        ("bar @pepe", WatchError::Address),
        ("user", WatchError::Address),
        ("a b c d e f g h i", WatchError::TooManyWords),
    ];
    for (words, error) in &cases {
        assert_eq!(term(1, words).check(), Err(*error), "{words:?}");
    }
    assert_eq!(term(1, &"a".repeat(10_000)).check(), Err(WatchError::TooLong));
    let context = |required: Vec<String>| WatchTerm { required, ..term(1, "Mango") }.check();
    assert_eq!(context(vec!["dos palabras".into()]), Err(WatchError::NotOneWord));
    assert_eq!(context(vec![String::new()]), Err(WatchError::NotOneWord));
    assert_eq!(context(vec!["a".repeat(10_000)]), Err(WatchError::TooLong));
    assert_eq!(context(vec!["uva".into(); 40]), Err(WatchError::TooMuchContext));
    assert_eq!(WatchTerm { within: Some(5000), ..term(1, "Mango") }.check(), Err(WatchError::TooFar));
    let mut terms: Vec<_> = cases.iter().map(|(words, _)| term(1, words)).collect();
    terms.push(term(2, "Bar Pepe"));
    let built = WatchTerms::build(terms).expect("few");
    let refused: Vec<_> = built.refused().iter().map(|refusal| refusal.error).collect();
    assert_eq!(refused, cases.map(|(_, error)| error));
    let mut hits = Vec::new();
    built.find("Bar Pepe", &mut Reader::default(), &mut hits);
    assert_eq!(hits.len(), 1);
}

#[test]
fn a_hostile_text_meets_many_owners_in_bounded_time() {
    let terms = (0..500).map(|owner| WatchTerm {
        owner,
        required: vec!["tienda".into(); CONTEXT_WORDS_MAX],
        ..term(1, "mango")
    });
    let built = WatchTerms::build(terms).expect("few");
    let mut hits = Vec::new();
    built.find(&"mango ".repeat(100_000), &mut Reader::default(), &mut hits);
    assert_eq!(hits, []);
    built.find(&"#mango@mango_mango".repeat(100_000), &mut Reader::default(), &mut hits);
    assert_eq!(hits, []);
}

const WORDS: [&str; 20] = [
    "bar", "bares", "pepe", "pepes", "mango", "manga", "mangos", "nik", "nike", "nikes", "torre", "torres",
    "cruz", "cruces", "dulce", "dulces", "sol", "soles", "ña", "so",
];
const GAPS: [&str; 6] = [" ", "  ", "-", ". ", ", ", " 😍 "];

/// Whether a word of a text may stand for a word of a term, said with letters instead of stems.
fn stands_for(own: &str, other: &str, last: bool) -> bool {
    let plural_of = |one: &str, many: &str| {
        let vowel = one.ends_with(['a', 'e', 'i', 'o', 'u']);
        let turned = one.strip_suffix('z').map(|start| format!("{start}ces"));
        let long = one.chars().count() >= 3;
        long && (many == format!("{one}s")
            || (!vowel && !one.ends_with('c') && many == format!("{one}es"))
            || turned.is_some_and(|turned| many == turned))
    };
    own == other || plural_of(own, other) || (!last && plural_of(other, own))
}

/// The slow way: every term at every place. Words and whether punctuation stands before each.
fn naive(terms: &[Vec<&str>], words: &[(&str, bool)]) -> Vec<(usize, usize, usize)> {
    let mut found = Vec::new();
    for (id, term) in terms.iter().enumerate() {
        for start in 0..words.len() {
            let Some(place) = words.get(start..start + term.len()) else { break };
            let last = term.len() - 1;
            let same = place
                .iter()
                .zip(term)
                .enumerate()
                .all(|(at, ((word, gap), own))| stands_for(own, word, at == last) && (at == 0 || !gap));
            if same {
                found.push((id, start, start + term.len()));
            }
        }
    }
    // of overlapping places the first and longest; of each term the first
    found.sort_by_key(|(id, start, end)| (*start, std::cmp::Reverse(*end), *id));
    let mut kept: Vec<(usize, usize, usize)> = Vec::new();
    for (id, start, end) in found {
        if kept.last().is_none_or(|(_, from, to)| start >= *to || (start, end) == (*from, *to)) {
            kept.push((id, start, end));
        }
    }
    let mut seen = Vec::new();
    kept.retain(|(id, ..)| {
        !seen.contains(id) && {
            seen.push(*id);
            true
        }
    });
    kept.sort_by_key(|(id, start, end)| (*start, *end, *id));
    kept
}

proptest! {
    #[test]
    fn the_same_is_found_as_by_trying_everything(
        terms in proptest::collection::vec(proptest::collection::vec(0..WORDS.len(), 1..4), 1..12),
        text in proptest::collection::vec((0..WORDS.len(), 0..GAPS.len(), any::<bool>()), 0..30),
    ) {
        let terms: Vec<Vec<&str>> = terms.iter().map(|term| term.iter().map(|at| WORDS[*at]).collect()).collect();
        let (mut written, mut words, mut ends, mut gap) = (String::new(), Vec::new(), Vec::new(), false);
        for (word, between, capitals) in text {
            let start = written.len();
            written.push_str(&if capitals { WORDS[word].to_uppercase() } else { WORDS[word].to_owned() });
            words.push((WORDS[word], gap));
            ends.push((start, written.len()));
            written.push_str(GAPS[between]);
            gap = between > 2;
        }
        let watched = (0..).zip(&terms).map(|(id, words)| term(id, &words.join(" ")));
        let built = WatchTerms::build(watched).expect("few");
        let mut hits = Vec::new();
        built.find(&written, &mut Reader::default(), &mut hits);
        let seen: Vec<_> = hits.iter().map(|hit| (hit.id as usize, hit.span.start as usize, hit.span.end as usize)).collect();
        let expected: Vec<_> =
            naive(&terms, &words).into_iter().map(|(id, start, end)| (id, ends[start].0, ends[end - 1].1)).collect();
        prop_assert_eq!(seen, expected, "{:?} in {:?}", terms, written);
    }

    #[test]
    fn no_term_and_no_text_panics(
        words in proptest::collection::vec("\\PC{0,12}|[#@a-c._ ]{0,20}", 0..6),
        context in "\\PC{0,6}",
        text in "\\PC{0,200}|[#@a-cA-C._ /]{0,200}",
        capitalised in any::<bool>(),
    ) {
        let terms = (0..).zip(&words).flat_map(|(id, words)| {
            [Inflection::Literal, Inflection::Number, Inflection::NumberAndGender].map(|inflection| WatchTerm {
                owner: id % 2,
                capitalised,
                inflection,
                excluded: if id % 3 == 0 { vec![context.clone()] } else { Vec::new() },
                ..term(id, words)
            })
        });
        let built = WatchTerms::build(terms).expect("few");
        let (mut hits, mut again, mut reader) = (Vec::new(), Vec::new(), Reader::default());
        built.find(&text, &mut reader, &mut hits);
        reader.watch(&built, &text, &mut again);
        prop_assert_eq!(&hits, &again);
        prop_assert!(hits.is_sorted());
        let mut ids: Vec<_> = hits.iter().map(|hit| (hit.owner, hit.id)).collect();
        ids.sort_unstable();
        prop_assert!(ids.windows(2).all(|pair| pair[0] != pair[1]));
        for hit in &hits {
            prop_assert!(!hit.span.of(&text).is_empty(), "{:?}", hit);
        }
        // the wrong text is a mistake and no panic
        reader.watch(&built, &context, &mut again);
    }

    #[test]
    fn what_is_watched_is_found_where_it_stands_alone(words in "[a-zñé]{2,8}( [a-zñé]{1,8}){0,3}") {
        let term = term(1, &words);
        prop_assume!(term.check().is_ok());
        let found = found(std::slice::from_ref(&term), &words);
        prop_assert_eq!(found.len(), 1);
        let glued = words.replace(' ', "");
        prop_assume!(!glued.contains("http"));
        prop_assert_eq!(super::tests::found(&[term], &format!("#{glued}")).len(), 1);
    }
}
