//! Our own lexicon: lemmas with a polarity, written for this project (`lexicon/*.tsv`), grown into word forms.
//!
//! A file has one line per group: `kind ⇥ value ⇥ lemma lemma lemma`, `_` for a space inside a phrase, `#` for a
//! remark. Kinds: `adj` `noun` `verb` (grown into their forms), `word` (as it is), `phrase`, `neg` (turns what
//! follows), `more` / `less` (strengthen, weaken), `but` (what follows counts more), `irony`, `emoji`.
//!
//! To add a word: put its lemma on the line of its kind and value, train again, read the model card's figures.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::LazyLock;

use crate::fold::fold;
use crate::tokens::{hash_bytes, pair};

/// Longest phrase, in words.
pub(crate) const PHRASE_WORDS_MAX: usize = 5;

/// What a word does in a sentence.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Role {
    Polarity,
    Negator,
    Intensifier,
    Contrast,
    Irony,
}

/// One entry: its role and, for polarity and intensity, how much.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct Entry {
    pub role: Role,
    pub value: f32,
}

/// The keys are already hashes; hashing them again would cost more than the look-up.
#[derive(Default)]
pub(crate) struct Identity(u64);

impl Hasher for Identity {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        self.0 = hash_bytes(bytes);
    }
    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }
}

pub(crate) type Map<V> = HashMap<u64, V, BuildHasherDefault<Identity>>;

/// Words and phrases of one language (or of all, for texts in neither Spanish nor English).
#[derive(Default, Debug)]
pub(crate) struct Lexicon {
    words: Map<Entry>,
    phrases: Map<Entry>,
    /// First words of phrases: only they are worth a second look-up.
    openers: HashSet<u64, BuildHasherDefault<Identity>>,
}

/// The three lexicons, grown once.
pub(crate) struct Lexicons {
    pub spanish: Lexicon,
    pub english: Lexicon,
    pub rest: Lexicon,
}

const SPANISH: &str = include_str!("../lexicon/es.tsv");
const ENGLISH: &str = include_str!("../lexicon/en.tsv");
const OTHERS: &str = include_str!("../lexicon/others.tsv");
const EMOJI: &str = include_str!("../lexicon/emoji.tsv");

/// The lexicons of this build.
pub(crate) static LEXICONS: LazyLock<Lexicons> = LazyLock::new(|| Lexicons {
    spanish: Lexicon::grow(&[(SPANISH, Tongue::Spanish), (EMOJI, Tongue::None)]),
    english: Lexicon::grow(&[(ENGLISH, Tongue::English), (EMOJI, Tongue::None)]),
    rest: Lexicon::grow(&[
        (OTHERS, Tongue::None),
        (SPANISH, Tongue::Spanish),
        (ENGLISH, Tongue::English),
        (EMOJI, Tongue::None),
    ]),
});

/// A number that changes when any lexicon changes: readings depend on it as on the model.
pub(crate) fn fingerprint() -> u64 {
    [SPANISH, ENGLISH, OTHERS, EMOJI].iter().fold(0, |so_far, text| pair(so_far, hash_bytes(text.as_bytes())))
}

/// Whose rules grow a lemma.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tongue {
    Spanish,
    English,
    None,
}

impl Lexicon {
    fn grow(files: &[(&str, Tongue)]) -> Self {
        let mut lexicon = Self::default();
        for (text, tongue) in files {
            for line in text.lines().filter(|line| !line.starts_with('#')) {
                let mut cells = line.split('\t');
                let (Some(kind), Some(value), Some(lemmas)) = (cells.next(), cells.next(), cells.next())
                else {
                    continue;
                };
                let value: f32 = value.parse().unwrap_or(0.0);
                for lemma in lemmas.split(' ').filter(|lemma| !lemma.is_empty()) {
                    lexicon.add(kind, value, lemma, *tongue);
                }
            }
        }
        lexicon
    }

    /// Earlier files and earlier lines win: a hand-picked form is not overwritten by a grown one.
    fn add(&mut self, kind: &str, value: f32, lemma: &str, tongue: Tongue) {
        let role = match kind {
            "neg" => Role::Negator,
            "more" | "less" => Role::Intensifier,
            "but" => Role::Contrast,
            "irony" => Role::Irony,
            _ => Role::Polarity,
        };
        let entry = Entry { role, value };
        if kind == "emoji" {
            for c in lemma.chars() {
                let mut utf8 = [0_u8; 4];
                self.words.entry(hash_bytes(c.encode_utf8(&mut utf8).as_bytes())).or_insert(entry);
            }
            return;
        }
        if kind == "face" {
            self.words.entry(hash_bytes(lemma.as_bytes())).or_insert(entry);
            return;
        }
        let lemma = fold(&lemma.replace('_', " "));
        if lemma.contains(' ') {
            let mut words = lemma.split(' ').map(|word| hash_bytes(word.as_bytes()));
            let Some(first) = words.next() else { return };
            self.openers.insert(first);
            self.phrases.entry(words.fold(first, pair)).or_insert(entry);
            return;
        }
        for form in forms(kind, &lemma, tongue) {
            self.words.entry(hash_bytes(form.as_bytes())).or_insert(entry);
        }
    }

    /// The entry of one word.
    #[inline]
    pub fn word(&self, hash: u64) -> Option<Entry> {
        self.words.get(&hash).copied()
    }

    /// The longest phrase that begins with these words, and how many words it takes.
    #[inline]
    pub fn phrase(&self, mut words: impl Iterator<Item = u64>) -> Option<(Entry, usize)> {
        let mut so_far = words.next()?;
        if !self.openers.contains(&so_far) {
            return None;
        }
        let mut found = None;
        for (at, word) in words.take(PHRASE_WORDS_MAX - 1).enumerate() {
            so_far = pair(so_far, word);
            if let Some(entry) = self.phrases.get(&so_far) {
                found = Some((*entry, at + 2));
            }
        }
        found
    }

    #[cfg(test)]
    pub fn len(&self) -> usize {
        self.words.len() + self.phrases.len()
    }
}

/// The forms of a lemma, folded.
pub(crate) fn forms(kind: &str, lemma: &str, tongue: Tongue) -> Vec<String> {
    let mut all = vec![lemma.to_owned()];
    match (kind, tongue) {
        ("adj", Tongue::Spanish) => spanish_adjective(lemma, &mut all),
        ("noun", Tongue::Spanish) => spanish_noun(lemma, &mut all),
        ("verb", Tongue::Spanish) => spanish_verb(lemma, &mut all),
        ("adj", Tongue::English) => english_adjective(lemma, &mut all),
        ("noun", Tongue::English) => all.push(format!("{lemma}s")),
        ("verb", Tongue::English) => english_verb(lemma, &mut all),
        _ => {}
    }
    all
}

fn spanish_adjective(lemma: &str, all: &mut Vec<String>) {
    if let Some(stem) = lemma.strip_suffix('o') {
        // folded spelling: c→qu and g→gu before i (rico → riquísimo, largo → larguísimo)
        let soft = soften(stem);
        for ending in ["o", "a", "os", "as", "amente"] {
            all.push(format!("{stem}{ending}"));
        }
        for ending in ["isimo", "isima", "isimos", "isimas", "ito", "ita", "itos", "itas"] {
            all.push(format!("{soft}{ending}"));
        }
        return;
    }
    let stem = lemma.strip_suffix('e').unwrap_or(lemma);
    let plural = if stem.len() < lemma.len() { format!("{lemma}s") } else { format!("{lemma}es") };
    all.push(plural);
    if lemma.ends_with('a') {
        all.push(format!("{lemma}s"));
    }
    if lemma.ends_with("or") {
        all.push(format!("{lemma}a"));
        all.push(format!("{lemma}as"));
    }
    if let Some(stem) = lemma.strip_suffix("ble") {
        all.push(format!("{stem}bilisimo"));
        all.push(format!("{stem}bilisima"));
    }
    all.push(format!("{lemma}mente"));
    for ending in ["isimo", "isima", "isimos", "isimas"] {
        all.push(format!("{}{ending}", soften(stem)));
    }
}

fn soften(stem: &str) -> String {
    if let Some(head) = stem.strip_suffix('c') {
        return format!("{head}qu");
    }
    if let Some(head) = stem.strip_suffix('g') {
        return format!("{head}gu");
    }
    stem.to_owned()
}

fn spanish_noun(lemma: &str, all: &mut Vec<String>) {
    if let Some(stem) = lemma.strip_suffix('z') {
        all.push(format!("{stem}ces"));
    } else if lemma.ends_with(['a', 'e', 'i', 'o', 'u']) {
        all.push(format!("{lemma}s"));
    } else {
        all.push(format!("{lemma}es"));
    }
    if let Some(stem) = lemma.strip_suffix(['a', 'o']) {
        let gender = if lemma.ends_with('a') { 'a' } else { 'o' };
        for size in ["it", "az", "ill"] {
            all.push(format!("{}{size}{gender}", soften(stem)));
        }
    }
}

/// Grows a verb. A stem that changes is given as a second lemma: `recomendar recomiendar` (grown forms that do not
/// exist harm nobody).
fn spanish_verb(lemma: &str, all: &mut Vec<String>) {
    const FIRST: &str = "o as a amos ais an e aste asteis aron aba abas abamos aban are aras ara aremos aran aria \
        arias ariamos arian es en emos iera ase ando ado ada ados adas arse arme arte arlo arla arnos arles";
    const SECOND: &str = "o es e emos imos en i iste io imos isteis ieron ia ias iamos ian ere eras era eremos eran \
        eria erias eriamos erian ire iras ira iremos iran iria irian a as amos an iera ieras ieran iese iendo ido \
        ida idos idas erse irse erme irme erlo irlo erla irla erte irte";
    let (stem, endings) = match lemma.get(lemma.len().saturating_sub(2)..) {
        Some("ar") => (lemma.strip_suffix("ar"), FIRST),
        Some("er") => (lemma.strip_suffix("er"), SECOND),
        Some("ir") => (lemma.strip_suffix("ir"), SECOND),
        _ => (None, ""),
    };
    let Some(stem) = stem else { return };
    for ending in endings.split_ascii_whitespace() {
        all.push(format!("{stem}{ending}"));
        // c→qu, g→gu, z→c before e (equivocar → equivoqué, rechazar → rechacé)
        if ending.starts_with('e') && endings == FIRST {
            let soft = stem.strip_suffix('z').map_or_else(|| soften(stem), |head| format!("{head}c"));
            all.push(format!("{soft}{ending}"));
        }
    }
}

fn english_adjective(lemma: &str, all: &mut Vec<String>) {
    if let Some(stem) = lemma.strip_suffix('y') {
        for ending in ["ily", "ier", "iest"] {
            all.push(format!("{stem}{ending}"));
        }
        return;
    }
    if let Some(stem) = lemma.strip_suffix("le") {
        all.push(format!("{stem}ly"));
    }
    if let Some(stem) = lemma.strip_suffix('e') {
        all.push(format!("{stem}er"));
        all.push(format!("{stem}est"));
    } else {
        all.push(format!("{lemma}er"));
        all.push(format!("{lemma}est"));
    }
    all.push(format!("{lemma}ly"));
}

fn english_verb(lemma: &str, all: &mut Vec<String>) {
    if let Some(stem) = lemma.strip_suffix('e') {
        for ending in ["es", "ed", "ing"] {
            all.push(format!("{stem}{ending}"));
        }
        return;
    }
    if let Some(stem) = lemma.strip_suffix('y') {
        for ending in ["ies", "ied", "ying", "ys", "yed"] {
            all.push(format!("{stem}{ending}"));
        }
        return;
    }
    for ending in ["s", "es", "ed", "ing"] {
        all.push(format!("{lemma}{ending}"));
    }
    if let Some(last) = lemma.chars().last() {
        for ending in ["ed", "ing"] {
            all.push(format!("{lemma}{last}{ending}"));
        }
    }
}
