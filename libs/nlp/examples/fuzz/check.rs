//! What must hold of every text, however hostile. Shared by the seeded driver next door and by `fuzz/`.

use std::sync::LazyLock;

use nlp::{Fingerprint, Head, Hit, Inflection, Model, Reader, Reading, Span, WatchTerm, WatchTerms, fold};

/// Terms with every option, some of them impossible.
static TERMS: LazyLock<WatchTerms> = LazyLock::new(|| {
    let term = |owner: i64, id: i64, words: &str| WatchTerm {
        owner,
        id,
        term: words.to_owned(),
        ..WatchTerm::default()
    };
    let terms = [
        term(1, 1, "bar Pepe"),
        term(1, 2, "Pepe"),
        term(2, 1, "pepe"),
        WatchTerm { capitalised: true, within: Some(3), ..term(2, 2, "Mango") },
        WatchTerm {
            required: vec!["tienda".into(), "ropa".into()],
            excluded: vec!["fruta".into()],
            ..term(2, 3, "mango")
        },
        WatchTerm { inflection: Inflection::NumberAndGender, ..term(3, 1, "doctora Ruiz") },
        WatchTerm { inflection: Inflection::Literal, ..term(3, 2, "Dr. Ruiz") },
        term(3, 3, "a b c d e f g h"),
        term(3, 4, "ñandú"),
        term(3, 5, ""),
        term(3, 6, "\u{301}\u{301}"),
        term(3, 7, "😍"),
    ];
    WatchTerms::build(terms).expect("a dozen is not too many")
});

/// Panics if anything is wrong with how a text is read.
pub fn check(text: &str, reader: &mut Reader) {
    let model = Model::embedded();
    for (head, stars) in [(Head::Review, None), (Head::Post, None), (Head::Review, Some(1))] {
        let reading = reader.read(model, text, head, stars);
        check_reading(text, &reading);
        check_hits(text, reader, &TERMS);
        assert_eq!(reader.read(model, text, head, stars), reading, "reading again says the same");
        assert_eq!(Fingerprint::of(text), reading.fingerprint);
    }
    let reading = reader.read(model, text, Head::Post, None);
    assert_eq!(Reader::default().read(model, text, Head::Post, None), reading, "so does a fresh reader");
    check_fold(text);
    check_fingerprint(text, reader);
    check_own_words(text, reader);
}

fn check_reading(text: &str, reading: &Reading) {
    check_probabilities(&reading.sentiment.probabilities);
    for aspect in &reading.aspects {
        check_probabilities(&aspect.probabilities);
    }
    if let Some(cause) = &reading.cause {
        check_probabilities(&cause.probabilities);
    }
    check_spans(text, reading.aspects.iter().map(|aspect| aspect.span));
    check_spans(text, reading.places.iter().map(|place| place.span));
    check_spans(text, reading.personal.iter().map(|personal| personal.span));
}

fn check_probabilities(probabilities: &[f32]) {
    assert!(probabilities.iter().all(|share| (0.0..=1.0).contains(share)), "{probabilities:?}");
    let sum: f32 = probabilities.iter().sum();
    assert!((sum - 1.0).abs() < 1e-3, "{probabilities:?} add up to {sum}");
}

/// In the order of the text, at the borders of characters, and not empty.
fn check_spans(text: &str, spans: impl Iterator<Item = Span>) {
    let mut before = 0;
    for span in spans {
        assert!(
            text.get(span.start as usize..span.end as usize).is_some_and(|part| !part.is_empty()),
            "{span:?}"
        );
        assert!(span.start >= before, "{span:?} stands before {before}");
        before = span.start;
    }
}

fn check_hits(text: &str, reader: &mut Reader, terms: &WatchTerms) {
    let (mut hits, mut again): (Vec<Hit>, Vec<Hit>) = (Vec::new(), Vec::new());
    reader.watch(terms, text, &mut hits);
    reader.watch(terms, text, &mut again);
    assert_eq!(hits, again, "watching twice finds the same");
    check_spans(text, hits.iter().map(|hit| hit.span));
    let mut ids: Vec<(i64, i64)> = hits.iter().map(|hit| (hit.owner, hit.id)).collect();
    ids.sort_unstable();
    assert!(ids.windows(2).all(|pair| pair[0] != pair[1]), "once each: {hits:?}");
    for (at, hit) in hits.iter().enumerate() {
        let apart = |other: &Hit| {
            other.owner != hit.owner
                || other.span == hit.span
                || other.span.end <= hit.span.start
                || hit.span.end <= other.span.start
        };
        assert!(hits[at + 1..].iter().all(apart), "of one owner none overlaps: {hits:?}");
    }
}

/// Search text is stored: folding it again must change nothing.
fn check_fold(text: &str) {
    let folded = fold(text);
    assert_eq!(fold(&folded), folded);
    assert!(!folded.starts_with(' ') && !folded.ends_with(' ') && !folded.contains("  "), "{folded:?}");
    assert!(folded.len() <= 2 * text.len() + 2, "{} bytes became {}", text.len(), folded.len());
}

fn check_fingerprint(text: &str, reader: &Reader) {
    let (print, read) = (Fingerprint::of(text), reader.fingerprint());
    assert_eq!(print, read, "the reader still holds the text");
    assert_eq!(print.is_near(&print), !print.is_empty());
    assert_eq!(print.bands().is_none(), print.is_empty());
    let other = Fingerprint::of("El bar Pepe cierra los lunes y nadie avisa");
    assert_eq!(print.is_near(&other), other.is_near(&print));
    assert!((0.0..=1.0).contains(&print.similarity(&other)));
}

/// What is watched is found: the first words of the text as terms of their own.
fn check_own_words(text: &str, reader: &mut Reader) {
    let words: Vec<&str> = text.split_whitespace().take(4).collect();
    let own = |id: i64, term: String| WatchTerm { owner: 9, id, term, ..WatchTerm::default() };
    let own_words = (0..).zip(&words).map(|(id, word)| own(id, (*word).to_owned()));
    let terms =
        WatchTerms::build(own_words.chain([own(90, words.join(" "))])).expect("five are not too many");
    reader.tokenise(text);
    check_hits(text, reader, &terms);
    let mut hits = Vec::new();
    for word in words.iter().filter(|word| word.chars().all(char::is_alphabetic) && word.is_ascii()) {
        let Ok(terms) = WatchTerms::build([own(1, (*word).to_owned())]) else { continue };
        if terms.refused().is_empty() {
            terms.find(word, reader, &mut hits);
            assert_eq!(hits.len(), 1, "{word:?} is found in itself");
        }
    }
}
