//! The phrases that give away why a text complains and what its author wants (`lexicon/complaint.tsv`), found in one
//! walk over its words.
//!
//! Cues are evidence, not verdicts: they are counted into a few dozen *measures* that the tables of `complaint` weigh
//! beside words and characters. A phrase that is denied ("no voy a denunciar") counts apart. What was announced and
//! what came instead count together when one follows the other: neither alone is a broken promise.
//!
//! To add a cue: put it on the line of its kind, train again, read the model card's figures.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::sync::LazyLock;

use crate::fold::fold;
use crate::lexicon::{Identity, Tongue, forms};
use crate::reading::Span;
use crate::tokens::{Kind, Scratch, Token, hash_bytes, pair};

/// What a cue speaks for; the order of the measures.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Cue {
    /// Something was announced, agreed or quoted.
    Promise,
    /// It misled, in so many words.
    Lie,
    /// What came instead.
    Turn,
    Product,
    Service,
    /// Slow service.
    Wait,
    /// Charges and refunds.
    Money,
    Other,
    Boycott,
    Legal,
    Contact,
    Praise,
    Gripe,
    /// Opens a question.
    Ask,
    /// A question that asks nothing.
    Rhetoric,
    /// Speaks of a threat that is none: somebody else's, withdrawn, another meaning.
    Past,
    /// In jest.
    Off,
    /// People who serve.
    Staff,
    /// How they treat others.
    Treat,
    /// Ways of reaching them.
    Reach,
    Food,
    Device,
    Wear,
    Room,
    /// What was done to a body, a house, a machine.
    Work,
    /// What lies outside: street, weather, neighbours.
    World,
    /// House rules.
    Rule,
    Price,
    /// Who owns it and what they stand for.
    Owner,
    /// What somebody said or wrote.
    Said,
    /// Announces a step, or tells of one taken: "pondré", "voy a pedir".
    Vow,
}

impl Cue {
    /// Whether it is evidence of why a text complains, and not only that it does.
    const fn speaks_for_a_cause(self) -> bool {
        !matches!(
            self,
            Self::Turn
                | Self::Boycott
                | Self::Legal
                | Self::Contact
                | Self::Praise
                | Self::Gripe
                | Self::Ask
                | Self::Rhetoric
                | Self::Past
                | Self::Off
                | Self::Vow
        )
    }
}

const KINDS: [(&str, Cue); 31] = [
    ("promise", Cue::Promise),
    ("lie", Cue::Lie),
    ("turn", Cue::Turn),
    ("product", Cue::Product),
    ("service", Cue::Service),
    ("wait", Cue::Wait),
    ("money", Cue::Money),
    ("other", Cue::Other),
    ("boycott", Cue::Boycott),
    ("legal", Cue::Legal),
    ("contact", Cue::Contact),
    ("praise", Cue::Praise),
    ("gripe", Cue::Gripe),
    ("ask", Cue::Ask),
    ("rhetoric", Cue::Rhetoric),
    ("past", Cue::Past),
    ("off", Cue::Off),
    ("staff", Cue::Staff),
    ("treat", Cue::Treat),
    ("reach", Cue::Reach),
    ("food", Cue::Food),
    ("device", Cue::Device),
    ("wear", Cue::Wear),
    ("room", Cue::Room),
    ("work", Cue::Work),
    ("world", Cue::World),
    ("rule", Cue::Rule),
    ("price", Cue::Price),
    ("owner", Cue::Owner),
    ("said", Cue::Said),
    ("vow", Cue::Vow),
];

/// Measures beside the counts of the kinds.
const MORE: usize = 23;
/// How many measures come from the cues.
pub(crate) const MEASURES: usize = 3 * KINDS.len() + MORE;
/// Longest phrase, in words.
const PHRASE_WORDS_MAX: usize = 6;
/// How many words a denial reaches.
const DENIAL_WORDS: u8 = 4;
/// The beginning of a text, often its title, says most.
const EARLY_TOKENS: usize = 12;
/// How many tokens after a promise a turn still answers it.
const ANSWER_TOKENS: usize = 40;
/// A text with fewer words than this says too little to name a cause lightly.
const BARE_WORDS: f32 = 5.0;
/// How many tokens after a step announced it may still say before whom.
const VOW_TOKENS: usize = 8;

/// A set of cues, one bit each: "web" is a thing that fails and a place where promises stand.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
struct Kinds(u32);

impl Kinds {
    fn add(&mut self, cue: Cue) {
        self.0 |= 1 << cue as u32;
    }

    fn iter(self) -> impl Iterator<Item = Cue> {
        KINDS.iter().map(|(_, cue)| *cue).filter(move |cue| self.0 >> *cue as u32 & 1 == 1)
    }
}

type Map<V> = HashMap<u64, V, BuildHasherDefault<Identity>>;

/// What a word may be: a cue alone, the beginning of longer ones, a denial.
#[derive(Clone, Copy, Default, Debug)]
struct Opening {
    alone: Kinds,
    opens: bool,
    denies: bool,
}

/// All cues of all languages: spelling rarely makes them collide, and half of the texts mix languages anyway.
#[derive(Debug, Default)]
pub(crate) struct Cues {
    openings: Map<Opening>,
    phrases: Map<Kinds>,
}

const FILE: &str = include_str!("../lexicon/complaint.tsv");
const DENIALS: [&str; 16] = [
    "no", "ni", "sin", "nunca", "jamas", "tampoco", "not", "never", "without", "nao", "nem", "sem", "ne",
    "pas", "sense", "t",
];

/// The cues of this build.
pub(crate) static CUES: LazyLock<Cues> = LazyLock::new(|| Cues::grow(FILE));

/// A number that changes with the cues: readings depend on them as on the model.
pub(crate) fn fingerprint() -> u64 {
    hash_bytes(FILE.as_bytes())
}

impl Cues {
    fn grow(file: &str) -> Self {
        let mut cues = Self::default();
        for line in file.lines().filter(|line| !line.starts_with('#')) {
            let mut cells = line.split('\t');
            let (Some(kind), Some(grow), Some(entries)) = (cells.next(), cells.next(), cells.next()) else {
                continue;
            };
            let Some((_, cue)) = KINDS.iter().find(|(name, _)| *name == kind) else { continue };
            for entry in entries.split(' ').filter(|entry| !entry.is_empty()) {
                cues.add(*cue, grow, entry);
            }
        }
        for denial in DENIALS {
            cues.openings.entry(hash_bytes(denial.as_bytes())).or_default().denies = true;
        }
        cues
    }

    fn add(&mut self, cue: Cue, grow: &str, entry: &str) {
        let entry = fold(&entry.replace('_', " "));
        if entry.contains(' ') {
            let mut words = entry.split(' ').map(|word| hash_bytes(word.as_bytes()));
            let Some(first) = words.next() else { return };
            self.openings.entry(first).or_default().opens = true;
            self.phrases.entry(words.fold(first, pair)).or_default().add(cue);
            return;
        }
        for form in forms(grow, &entry, Tongue::Spanish) {
            self.openings.entry(hash_bytes(form.as_bytes())).or_default().alone.add(cue);
        }
    }

    /// The longest cue that begins at a token: what it speaks for and how many tokens it takes (none but a denial: 0).
    fn at(&self, tokens: &[Token]) -> Option<(Opening, usize)> {
        let first = tokens.first()?;
        let opening = self.openings.get(&first.hash)?;
        let mut found = (*opening, usize::from(opening.alone != Kinds::default()));
        if opening.opens {
            let mut so_far = first.hash;
            let rest =
                tokens.iter().skip(1).take(PHRASE_WORDS_MAX - 1).take_while(|one| one.kind == Kind::Word);
            for (at, token) in rest.enumerate() {
                so_far = pair(so_far, token.hash);
                if let Some(cue) = self.phrases.get(&so_far) {
                    found = (Opening { alone: *cue, ..*opening }, at + 2);
                }
            }
        }
        Some(found)
    }
}

/// A cue in a text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Hit {
    pub cue: Cue,
    /// Where it stands in the text.
    pub source: Span,
    /// Within reach of a denial that is not its own ("no voy a denunciar").
    pub denied: bool,
    /// Its first token.
    at: usize,
}

/// Walks over the words and hands over every cue.
pub(crate) fn walk(scratch: &Scratch, mut each: impl FnMut(Hit)) {
    let cues = &*CUES;
    let (mut denial, mut skip) = (0_u8, 0_usize);
    for (at, token) in scratch.tokens.iter().enumerate() {
        if token.kind != Kind::Word {
            if token.kind != Kind::Name {
                denial = 0;
            }
            skip = 0;
            continue;
        }
        if skip > 0 {
            skip -= 1;
            continue;
        }
        let rest = scratch.tokens.get(at..).unwrap_or_default();
        let Some((opening, length)) = cues.at(rest) else {
            denial = denial.saturating_sub(1);
            continue;
        };
        if let Some(last) = rest.get(length.max(1) - 1).filter(|_| length > 0) {
            let source = Span { start: token.source.start, end: last.source.end };
            for cue in opening.alone.iter() {
                each(Hit { cue, source, denied: denial > 0, at });
            }
            skip = length - 1;
        }
        denial = if opening.denies && length == 0 { DENIAL_WORDS } else { denial.saturating_sub(1) };
    }
}

/// What the cues of a text say, as numbers from -1 to 1. (Which kind follows which, as pairs, was tried and told
/// nothing more.)
pub(crate) fn measure(text: &str, scratch: &Scratch) -> [f32; MEASURES] {
    let (mut counts, mut denied) = ([0.0_f32; KINDS.len()], [0.0_f32; KINDS.len()]);
    let mut early = [0.0_f32; KINDS.len()];
    let (mut promise_at, mut answered, mut first) = (None, 0.0_f32, None);
    let (mut vow_at, mut vowed) = (None, false);
    walk(scratch, |hit| {
        let kind = hit.cue as usize;
        let side = if hit.denied { &mut denied } else { &mut counts };
        side[kind] += 1.0;
        // a step that is denied is none, wherever it stands
        if hit.at < EARLY_TOKENS && !(hit.denied && hit.cue == Cue::Vow) {
            early[kind] = 1.0;
        }
        match hit.cue {
            Cue::Promise => promise_at = Some(hit.at),
            Cue::Turn | Cue::Lie if promise_at.is_some_and(|at| hit.at - at <= ANSWER_TOKENS) => {
                answered += 1.0;
            }
            Cue::Vow if !hit.denied => vow_at = Some(hit.at),
            Cue::Legal if !hit.denied => {
                vowed |= vow_at.is_some_and(|at| hit.at - at <= VOW_TOKENS);
            }
            _ => {}
        }
        if matches!(hit.cue, Cue::Promise | Cue::Lie | Cue::Product | Cue::Service | Cue::Wait | Cue::Other) {
            first.get_or_insert(hit.cue);
        }
    });
    let shape = Shape::of(text, scratch);
    let flag = |yes: bool| f32::from(u8::from(yes));
    let squash = |value: f32| value / (value + 1.0);
    let has = |cue: Cue| counts[cue as usize] > 0.0;
    let mut all = [0.0; MEASURES];
    let (of_kinds, more) = all.split_at_mut(3 * KINDS.len());
    let size = (shape.words + 1.0).sqrt();
    for (measures, (count, early)) in of_kinds.chunks_exact_mut(3).zip(counts.into_iter().zip(early)) {
        measures.copy_from_slice(&[squash(count), (count / size).min(1.0), early]);
    }
    let causes = counts[Cue::Product as usize] + counts[Cue::Service as usize] + counts[Cue::Wait as usize];
    let more_of = [
        squash(answered),
        flag(has(Cue::Lie) && has(Cue::Promise)),
        (counts[Cue::Product as usize] - counts[Cue::Service as usize] - counts[Cue::Wait as usize])
            / (causes + 1.0),
        flag(first == Some(Cue::Promise) || first == Some(Cue::Lie)),
        flag(first == Some(Cue::Product)),
        flag(first == Some(Cue::Service) || first == Some(Cue::Wait)),
        flag(denied[Cue::Legal as usize] + denied[Cue::Boycott as usize] > 0.0),
        flag(denied[Cue::Contact as usize] > 0.0),
        flag(denied[Cue::Product as usize] + denied[Cue::Service as usize] > 0.0),
        flag(shape.questions > 0.0),
        flag(shape.last_is_question),
        flag(shape.questions > 0.0 && has(Cue::Ask)),
        flag(shape.questions > 0.0 && has(Cue::Rhetoric)),
        flag(shape.doubled),
        flag(shape.digits >= 2.0),
        flag(shape.number_long),
        flag(shape.handles > 0.0),
        flag(shape.handle_first),
        flag(shape.desk),
        flag(shape.links > 0.0),
        flag(shape.words < 8.0),
        flag(shape.words < BARE_WORDS),
        flag(vowed),
    ];
    more.copy_from_slice(&more_of);
    all
}

/// What there is to go by, from a text's measures.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub(crate) struct Evidence {
    /// Something was promised, or it is said in so many words that it misled.
    pub promise: bool,
    /// Something was said, shown, booked or priced.
    pub said: bool,
    /// Less than a sentence, or no cue of any cause.
    pub bare: bool,
    /// A phrase that calls on others, announces a step, or asks to be contacted.
    pub boycott: bool,
    pub legal: bool,
    pub contact: bool,
    /// A phrase that complains of something.
    pub gripe: bool,
}

impl Evidence {
    /// The evidence of measures as [`measure`] gives them.
    pub fn of(measures: &[f32]) -> Self {
        let has = |cue: Cue| measures.get(3 * cue as usize).is_some_and(|count| *count > 0.0);
        let any = KINDS.iter().any(|(_, cue)| cue.speaks_for_a_cause() && has(*cue));
        // the second last measure: see `measure`
        let few = measures.get(MEASURES - 2).is_some_and(|few| *few > 0.0);
        Self {
            promise: has(Cue::Promise) || has(Cue::Lie),
            said: has(Cue::Said) || has(Cue::Price) || has(Cue::Money),
            bare: few || !any,
            boycott: has(Cue::Boycott),
            legal: has(Cue::Legal),
            contact: has(Cue::Contact),
            gripe: any || has(Cue::Gripe),
        }
    }
}

/// Marks and numbers.
#[derive(Default)]
#[allow(clippy::struct_excessive_bools, reason = "each is a measure of its own")]
struct Shape {
    questions: f32,
    last_is_question: bool,
    /// "??" or "!?".
    doubled: bool,
    digits: f32,
    /// A number of nine digits or more: a telephone.
    number_long: bool,
    words: f32,
    /// Somebody is spoken to by a handle ("@somebody"), first thing, or at a help desk.
    handles: f32,
    handle_first: bool,
    desk: bool,
    links: f32,
}

/// Parts of the handles of help desks.
const DESKS: [&str; 9] =
    ["help", "support", "care", "service", "ayuda", "atencion", "soporte", "cliente", "ajuda"];

impl Shape {
    fn of(text: &str, scratch: &Scratch) -> Self {
        let mut shape = Self::default();
        for (at, token) in scratch.tokens.iter().enumerate() {
            let bytes = scratch.bytes.get(token.start as usize..token.end as usize).unwrap_or_default();
            match token.kind {
                Kind::Mark => {
                    let question = bytes.first() == Some(&b'?');
                    shape.questions += f32::from(u8::from(question));
                    shape.last_is_question = question;
                    shape.doubled |= question && bytes.len() > 1;
                }
                Kind::Word => {
                    shape.words += 1.0;
                    shape.last_is_question = false;
                    let digits = bytes.first().is_some_and(u8::is_ascii_digit);
                    shape.digits += f32::from(u8::from(digits));
                    shape.number_long |= digits && bytes.len() >= 9;
                }
                Kind::Name => shape.name(token.source.of(text), at),
                _ => {}
            }
        }
        shape
    }

    fn name(&mut self, name: &str, at: usize) {
        let Some(handle) = name.strip_prefix('@') else {
            self.links += 1.0;
            return;
        };
        self.handles += 1.0;
        self.handle_first |= at == 0;
        let handle = handle.to_ascii_lowercase();
        self.desk |= DESKS.iter().any(|desk| handle.contains(desk));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn found(text: &str) -> Vec<(Cue, String, bool)> {
        let mut scratch = Scratch::default();
        scratch.read(text);
        let mut hits = Vec::new();
        walk(&scratch, |hit| hits.push((hit.cue, hit.source.of(text).to_owned(), hit.denied)));
        hits
    }

    #[test]
    fn phrases_are_found_whole_and_where_they_stand() {
        for (text, cue, phrase) in [
            ("¡Qué PUBLICIDAD engañosa!", Cue::Lie, "PUBLICIDAD engañosa"),
            ("Pido la hoja de reclamaciones", Cue::Legal, "hoja de reclamaciones"),
            ("Don't buy here", Cue::Boycott, "Don't buy"),
            ("do get in touch", Cue::Contact, "get in touch"),
            ("isto é propaganda enganosa", Cue::Lie, "propaganda enganosa"),
        ] {
            let hits = found(text);
            assert!(hits.iter().any(|hit| *hit == (cue, phrase.to_owned(), false)), "{text}: {hits:?}");
        }
    }

    #[test]
    fn a_denied_threat_is_told_apart() {
        let denied = |text: &str| found(text).iter().any(|hit| hit.0 == Cue::Legal && hit.2);
        assert!(denied("No os voy a denunciar"));
        assert!(denied("I am not going to sue"));
        assert!(!denied("Os voy a denunciar"));
        assert!(!denied("No. Os voy a denunciar"), "a stop ends the denial");
    }

    #[test]
    fn a_promise_and_what_came_count_together() {
        let mut scratch = Scratch::default();
        let mut answered = |text: &str| {
            scratch.read(text);
            measure(text, &scratch)[3 * KINDS.len()]
        };
        assert!(answered("Me prometieron vistas al mar y al llegar daba a un patio") > 0.0);
        assert!((answered("Me prometieron vistas al mar") - 0.0).abs() < 1e-6);
    }

    #[test]
    fn evidence_is_what_the_words_are() {
        let mut scratch = Scratch::default();
        let mut evidence = |text: &str| {
            scratch.read(text);
            Evidence::of(&measure(text, &scratch))
        };
        for (text, promise, bare) in [
            ("Prometían mesa a las nueve y nos sentaron a las diez", true, false),
            ("Publicidad engañosa y nada más que decir", true, false),
            ("La sopa estaba fría y el pan duro", false, false),
            ("No iré nunca", false, true),
            ("Me ha dolido mucho todo lo que ha pasado", false, false),
            ("Así nunca más volveremos por allí", false, true),
        ] {
            let found = evidence(text);
            assert_eq!((found.promise, found.bare), (promise, bare), "{text}: {found:?}");
        }
    }

    #[test]
    fn a_step_announced_before_an_authority_counts_and_a_denied_one_does_not() {
        let mut scratch = Scratch::default();
        let mut vowed = |text: &str| {
            scratch.read(text);
            measure(text, &scratch).last().copied().unwrap_or_default() > 0.0
        };
        for text in [
            "Pondré una hoja de reclamaciones en Valencia.",
            "Pediremos las hojas de reclamaciones",
            "Ya he puesto una hoja de reclamaciones",
            "Voy a la OMIC",
            "I will ask for the complaint form",
            "We'll see a lawyer",
        ] {
            assert!(vowed(text), "{text}");
        }
        for text in ["Hay hojas de reclamaciones", "No pondré una hoja de reclamaciones", "Pondré buena nota"]
        {
            assert!(!vowed(text), "{text}");
        }
    }

    #[test]
    fn every_line_of_the_file_is_read() {
        for line in FILE.lines().filter(|line| !line.starts_with('#')) {
            let cells: Vec<&str> = line.split('\t').collect();
            assert_eq!(cells.len(), 3, "{line}");
            assert!(KINDS.iter().any(|(name, _)| *name == cells[0]), "{line}");
            let longest = cells[2].split(' ').map(|entry| entry.split('_').count()).max();
            assert!(longest <= Some(PHRASE_WORDS_MAX), "{line}");
        }
        for (at, (_, cue)) in KINDS.iter().enumerate() {
            assert_eq!(*cue as usize, at);
        }
    }

    proptest! {
        #[test]
        fn no_text_breaks_the_walk(text in any::<String>()) {
            let mut scratch = Scratch::default();
            scratch.read(&text);
            let mut last = 0;
            walk(&scratch, |hit| {
                assert!(hit.source.start >= last && hit.source.start < hit.source.end);
                assert!(text.get(hit.source.start as usize..hit.source.end as usize).is_some());
                last = hit.source.start;
            });
            prop_assert!(measure(&text, &scratch).iter().all(|number| number.abs() <= 1.0));
        }
    }
}
