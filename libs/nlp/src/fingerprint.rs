//! Near-copies: a fingerprint that survives accents, emoji, case, word order and light rewording.
//!
//! *How.* The folded words of a text, as a set, each as 15 bits of its hash, the [`WORDS_MAX`] smallest kept (a
//! *bottom-k sketch*, E. Cohen & H. Kaplan 2007): a text of up to that many different words is kept **whole**, so two
//! short texts are compared exactly and not by luck; of a longer text the same words are kept wherever they occur,
//! so the share of common words among the smallest of both estimates the share among all. Words of up to three
//! letters ("de", "muy", "the") rank behind all others and weigh a fraction: every text has them.
//!
//! *Why not MinHash in bins.* A text of five words leaves most of 32 bins empty; filled up or skipped, two short
//! texts are compared by a handful of draws. Here the same 64 bytes hold all of their words.
//!
//! *What must stay true.* The bytes are stored with every reading and compared with those of other days: a change of
//! the layout, of the folding or of the word hash is a new version of the model. A text without words or pictures
//! (a rating alone) has **no** fingerprint and is near nothing, or every silent rating would be a copy of the next.

use crate::tokens::{Kind, Scratch, Token, finish, step};

/// Bytes stored per text.
pub const FINGERPRINT_BYTES: usize = 64;
/// Keys per text for a look-up of candidates.
pub const BANDS: usize = 12;

/// Words drawn for one band: texts share it if they draw the same.
const BAND_ROWS: usize = 2;
/// Different words kept.
const WORDS_MAX: usize = 29;
/// Where the words begin: before them stand the sum of the hashes (4 bytes) and the number of words kept (2 bytes).
const HEADER: usize = FINGERPRINT_BYTES - 2 * WORDS_MAX;
/// Words of up to this many bytes are light.
const LIGHT_BYTES_MAX: u32 = 3;
/// The mark of a light word, above all hashes: light words rank last.
const LIGHT: u16 = 1 << 15;
/// No word: behind the last one. No word's own bits are these.
const NONE: u16 = u16::MAX;
/// Words collected before the smallest are picked out; a multiple of [`BLOCK`].
const CHUNK: usize = 64;
/// Keys placed at a time.
const BLOCK: usize = 32;
/// Behind the last key.
const LAST: i16 = i16::MAX;
/// Below this many different words two texts are near only if their words are the same.
const WORDS_FEW: usize = 3;

/// The fingerprint of a text: small enough to store with every reading.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Fingerprint(pub [u8; FINGERPRINT_BYTES]);

impl Default for Fingerprint {
    /// That of a text without words.
    fn default() -> Self {
        Self([0; FINGERPRINT_BYTES])
    }
}

/// What a word weighs that is not light; a light one weighs 1.
const HEAVY_WEIGHT: u32 = 3;

impl Fingerprint {
    /// The fingerprint of a text. Who reads the text anyway finds it in [`crate::Reading`].
    #[must_use]
    pub fn of(text: &str) -> Self {
        let mut scratch = Scratch::default();
        scratch.read(text);
        take(&scratch)
    }

    /// Whether the text had nothing to go by.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.count() == 0
    }

    /// How alike two texts are: the share of their words that both have, 0 to 1; light words count a third.
    ///
    /// Exact for texts of up to 29 different words, an estimate (standard error below 0.1) for longer ones.
    #[must_use]
    pub fn similarity(&self, other: &Self) -> f32 {
        let (common, all) = self.compare(other);
        if all == 0 { 0.0 } else { common as f32 / all as f32 }
    }

    /// Whether two texts are copies of each other, exact or lightly reworded: one or two words or a tenth of them
    /// dropped, added, changed or moved. Texts of one or two words only if their words are the same.
    #[must_use]
    pub fn is_near(&self, other: &Self) -> bool {
        let fewest = self.count().min(other.count());
        if fewest < WORDS_FEW {
            return fewest > 0 && self.0[..HEADER] == other.0[..HEADER];
        }
        let (common, all) = self.compare(other);
        common * 100 >= all * near_from(fewest)
    }

    /// Keys for a look-up: near texts share at least one (nearly always), distinct ones seldom do. `None` for a
    /// text without a fingerprint.
    #[must_use]
    pub fn bands(&self) -> Option<[u32; BANDS]> {
        let count = self.count();
        if count < WORDS_FEW {
            return (count > 0).then(|| [self.sum(); BANDS]);
        }
        let words = self.words().map(|word| word as i16);
        let mut bands = [0_u32; BANDS];
        for (at, (band, rows)) in bands.iter_mut().zip(&BAND_SALTS).enumerate() {
            *band = rows.iter().fold(at as u32, |key, salt| {
                // heavy words are drawn before light ones
                let drawn = words.iter().fold(i16::MAX, |least, word| least.min(draw(*word, *salt)));
                (key ^ drawn as u32).wrapping_mul(0x9E37_79B1).rotate_left(13)
            });
        }
        Some(bands)
    }

    fn count(&self) -> usize {
        usize::from(u16::from_le_bytes([self.0[4], self.0[5]])).min(WORDS_MAX)
    }

    fn sum(&self) -> u32 {
        u32::from_le_bytes([self.0[0], self.0[1], self.0[2], self.0[3]])
    }

    /// The words, [`NONE`] behind the last.
    fn words(&self) -> [u16; WORDS_MAX + 1] {
        let mut words = [NONE; WORDS_MAX + 1];
        let pairs = self.0[HEADER..].chunks_exact(2).take(self.count());
        for (word, pair) in words.iter_mut().zip(pairs) {
            *word = u16::from_le_bytes([pair[0], pair[1]]);
        }
        words
    }

    /// Weight in common and weight of all, among the smallest of both together: beyond them a full sketch does not
    /// know what it dropped.
    fn compare(&self, other: &Self) -> (u32, u32) {
        let (left, right) = (self.words(), other.words());
        let (mut at_left, mut at_right, mut common, mut all) = (0_usize, 0_usize, 0, 0);
        // a merge without branches: neither place can pass WORDS_MAX, both advance by at most one a round
        for _ in 0..WORDS_MAX {
            let (a, b) = (left[at_left], right[at_right]);
            let word = a.min(b);
            let weight = HEAVY_WEIGHT - (HEAVY_WEIGHT - 1) * u32::from(word >> 15);
            let weight = weight * u32::from(word != NONE);
            all += weight;
            common += weight * u32::from(a == b);
            at_left += usize::from(a == word);
            at_right += usize::from(b == word);
        }
        (common, all)
    }
}

/// From which similarity (percent) texts are near, by the words of the shorter one.
const fn near_from(words: usize) -> u32 {
    match words {
        ..5 => 60,
        _ => 50,
    }
}

/// The place of a word in one of many shuffles of all words; [`NONE`] comes last.
#[inline]
const fn draw(word: i16, salt: i16) -> i16 {
    let mixed = (word ^ salt).wrapping_mul(0x2C1B);
    let mixed = (mixed ^ ((mixed as u16) >> 7) as i16).wrapping_mul(0x6D2B);
    let place = ((mixed ^ ((mixed as u16) >> 8) as i16) as u16 >> 3) as i16;
    // 13 bits; the two above say whether the word is light or none
    place | ((((word as u16) & LIGHT) >> 2) as i16) | if word == NONE as i16 { 0x4000 } else { 0 }
}

/// One shuffle for each row of each band.
const BAND_SALTS: [[i16; BAND_ROWS]; BANDS] = band_salts();

const fn band_salts() -> [[i16; BAND_ROWS]; BANDS] {
    let mut salts = [[0; BAND_ROWS]; BANDS];
    let mut at = 0;
    while at < BANDS * BAND_ROWS {
        salts[at / BAND_ROWS][at % BAND_ROWS] = (finish(step(0x5EED, at as u8)) >> 48) as i16;
        at += 1;
    }
    salts
}

/// Takes the fingerprint of a text.
pub(crate) fn take(scratch: &Scratch) -> Fingerprint {
    let fingerprint = sketch(scratch, Kind::Word);
    if fingerprint.is_empty() { sketch(scratch, Kind::Emoji) } else { fingerprint }
}

fn sketch(scratch: &Scratch, kind: Kind) -> Fingerprint {
    let mut keys = [LAST; CHUNK];
    let (mut count, mut below) = (0, LAST);
    for token in &scratch.tokens {
        if count == CHUNK {
            count = smallest(&mut keys);
            below = if count == WORDS_MAX { keys[WORDS_MAX - 1] } else { LAST };
        }
        // written in any case, kept only if it counts: no branch to guess wrong
        let key = key(token);
        keys[count] = key;
        count += usize::from(token.kind == kind && key < below);
    }
    keys[count..].fill(LAST);
    let count = smallest(&mut keys);
    let mut bytes = [0_u8; FINGERPRINT_BYTES];
    if count < WORDS_FEW {
        bytes[..4].copy_from_slice(&sum(scratch, kind).to_le_bytes());
    }
    bytes[4..6].copy_from_slice(&(count as u16).to_le_bytes());
    for (key, place) in keys[..count].iter().zip(bytes[HEADER..].chunks_exact_mut(2)) {
        place.copy_from_slice(&(*key as u16 ^ LIGHT).to_le_bytes());
    }
    Fingerprint(bytes)
}

/// Of very few words the whole hashes count, each once and in any order.
fn sum(scratch: &Scratch, kind: Kind) -> u32 {
    let (mut sum, mut before) = (0_u32, [0_u64; WORDS_FEW]);
    let mut found = 0;
    for token in scratch.tokens.iter().filter(|token| token.kind == kind) {
        if !before[..found].contains(&token.hash) && found < WORDS_FEW {
            before[found] = token.hash;
            found += 1;
            sum = sum.wrapping_add((token.hash >> 16) as u32);
        }
    }
    sum
}

/// Puts the smallest different keys first, in order, [`LAST`] behind them; says how many.
///
/// Each key's place is the number of smaller ones: quadratic, yet for so few it takes half the time of a sort, because
/// eight are compared at once and nothing is guessed wrong.
fn smallest(keys: &mut [i16; CHUNK]) -> usize {
    let mut places = [0_i16; CHUNK];
    for (block, places) in keys.chunks_exact(BLOCK).zip(places.chunks_exact_mut(BLOCK)) {
        if block[0] != LAST {
            count_smaller(keys, block, places);
        }
    }
    let mut sorted = [LAST; CHUNK];
    let mut used = 0;
    for (key, place) in keys.iter().zip(&places) {
        if *key == LAST {
            break;
        }
        // equal keys fall on the same place; behind them stays a gap
        sorted[*place as usize % CHUNK] = *key;
        used += 1;
    }
    let mut count = 0;
    for key in &sorted[..used] {
        keys[count] = *key;
        count += usize::from(*key != LAST);
    }
    count = count.min(WORDS_MAX);
    keys[count..].fill(LAST);
    count
}

/// How many keys are smaller than each of a block.
///
/// That the loop ends at a mark and not at a count is on purpose: the compiler then turns its *body* into vector
/// instructions (69 ns for 28 keys instead of 220).
#[inline]
fn count_smaller(keys: &[i16; CHUNK], block: &[i16], places: &mut [i16]) {
    let Some(block) = block.first_chunk::<BLOCK>() else { return };
    let mut smaller = [0_i16; BLOCK];
    for other in keys {
        if *other == LAST {
            break;
        }
        for (count, key) in smaller.iter_mut().zip(block) {
            *count += i16::from(other < key);
        }
    }
    places.copy_from_slice(&smaller);
}

/// Where a word ranks: by its hash, light words (from 0 up) after all others (below 0).
#[inline]
fn key(token: &Token) -> i16 {
    let light = token.end - token.start <= LIGHT_BYTES_MAX;
    let key = (token.hash >> 49) as u16 | (u16::from(!light) << 15);
    (key as i16).min(LAST - 1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn near(one: &str, other: &str) {
        let (left, right) = (Fingerprint::of(one), Fingerprint::of(other));
        assert!(left.is_near(&right), "{one:?} and {other:?}: {}", left.similarity(&right));
    }

    #[track_caller]
    fn far(one: &str, other: &str) {
        let (left, right) = (Fingerprint::of(one), Fingerprint::of(other));
        assert!(!left.is_near(&right), "{one:?} and {other:?}: {}", left.similarity(&right));
    }

    const REVIEW: &str =
        "Pedí unas botas del número 38 y llegaron unas del 40. Para devolverlas me cobran el envío.";

    #[test]
    fn spelling_does_not_matter() {
        let same = Fingerprint::of(REVIEW);
        for other in [
            "PEDI UNAS BOTAS DEL NUMERO 38 Y LLEGARON UNAS DEL 40!!! PARA DEVOLVERLAS ME COBRAN EL ENVIO",
            "😡 Pedí unas botas del número 38, y llegaron unas del 40… para devolverlas me cobran el envíooooo 😡😡",
            "Llegaron unas botas del 40 y pedí unas del número 38. Me cobran el envío para devolverlas.",
        ] {
            assert_eq!(Fingerprint::of(other), same, "{other:?}");
        }
    }

    #[test]
    fn light_rewordings_are_near() {
        for other in [
            "Pedí unas botas del número 38 y llegaron unas del 40. Para devolverlas me cobran los portes.",
            "Hola: pedí unas zapatillas del número 38 y llegaron unas del 40. Para devolverlas me cobran el envío.",
            "Pedí unas botas del número 38 y me llegaron del 40. Para devolverlas me cobran el envío. Zapatos Ruiz",
            "Pedí unas botas del numreo 38 y llegaron unas del 40. Para devolverlas me cobran",
            "@ZapatosRuiz pedí unas botas del número 38 y llegaron unas del 40. Para devolverlas me cobran https://a.example",
        ] {
            near(REVIEW, other);
        }
        near("El taller me cambió los frenos sin avisar", "El taller me cambió los discos sin avisar");
        near("No contestan nunca al teléfono", "nunca contestan al telefono");
    }

    #[test]
    fn the_same_phrases_are_not_the_same_text() {
        far(REVIEW, "Pedí una mesa para seis y llegaron tarde con todo. No devuelven el dinero.");
        far("Muy buena atención", "Muy buena comida");
        far("Muy rápido y muy fácil", "Muy lento y muy difícil");
        far("El taller me cambió los frenos", "El hotel nos cambió la habitación");
    }

    #[test]
    fn very_short_texts_are_near_only_with_the_same_words() {
        near("Muy bueno", "MUY BUENOOOO!!");
        near("excelente", "Excelente 👌");
        far("Muy bueno", "Muy malo");
        far("bueno", "Muy bueno");
        far("Excelente", "Pésimo");
        near("😡😡", "😡");
        far("😡", "😍");
        far("😡", "Fatal");
    }

    #[test]
    fn a_text_without_words_is_near_nothing() {
        for text in ["", "   ", "...", "@taller https://taller.example", "\u{200b}"] {
            let print = Fingerprint::of(text);
            assert!(print.is_empty() && print.bands().is_none() && !print.is_near(&print), "{text:?}");
            assert_eq!(print, Fingerprint::default());
        }
    }

    #[test]
    fn of_long_texts_the_same_words_are_kept() {
        let long = |from: u32| (from..from + 400).map(|at| format!("palabra{at} ")).collect::<String>();
        near(&long(0), &long(20));
        near(&long(0), &format!("{} y algo más al final de todo", long(0)));
        far(&long(0), &long(300));
        far(&long(0), &long(5000));
    }

    #[test]
    fn near_texts_share_a_band() {
        let share = |one: &str, other: &str| {
            let bands = |text: &str| Fingerprint::of(text).bands().unwrap_or_default();
            bands(one).iter().zip(bands(other)).any(|(left, right)| *left == right)
        };
        assert!(share(
            REVIEW,
            "Pedí unas botas del 38 y llegaron del 40. Para cambiarlas me cobran el envío."
        ));
        assert!(share("Muy bueno", "muy buenoooo"));
        assert!(!share(REVIEW, "La piscina estaba cerrada toda la semana y nadie avisó al reservar"));
    }

    /// Any bytes may come back from a database.
    fn any_print() -> impl Strategy<Value = Fingerprint> {
        prop_oneof![
            any::<String>().prop_map(|text| Fingerprint::of(&text)),
            "([a-c]{1,4} ){0,40}".prop_map(|text| Fingerprint::of(&text)),
            proptest::collection::vec(any::<u8>(), FINGERPRINT_BYTES)
                .prop_map(|bytes| { Fingerprint(bytes.try_into().expect("of that many bytes")) }),
        ]
    }

    proptest! {
        #[test]
        fn nearness_is_symmetric_and_never_panics(one in any_print(), other in any_print()) {
            prop_assert_eq!(one.is_near(&other), other.is_near(&one));
            let similarity = one.similarity(&other);
            prop_assert!((0.0..=1.0).contains(&similarity));
            prop_assert_eq!(similarity.to_bits(), other.similarity(&one).to_bits());
            prop_assert_eq!(one.bands().is_none(), one.is_empty());
        }

        #[test]
        fn a_text_is_near_itself(text in ".{0,400}") {
            let print = Fingerprint::of(&text);
            prop_assert_eq!(print.is_near(&print), !print.is_empty());
            prop_assert_eq!(print.similarity(&print) >= 1.0, !print.is_empty());
        }

        #[test]
        fn the_order_of_words_does_not_matter(
            (words, moved) in proptest::collection::vec("[a-zñé]{1,9}", 1..90)
                .prop_flat_map(|words| (Just(words.clone()), Just(words).prop_shuffle()))
        ) {
            prop_assert_eq!(Fingerprint::of(&words.join(" ")), Fingerprint::of(&moved.join(" ")));
        }

        #[test]
        fn the_words_kept_are_the_smallest_different_ones(mut keys in proptest::collection::vec(-40_i16..400, 0..64)) {
            let mut given = [LAST; CHUNK];
            given[..keys.len()].copy_from_slice(&keys);
            let count = smallest(&mut given);
            keys.sort_unstable();
            keys.dedup();
            keys.truncate(WORDS_MAX);
            prop_assert_eq!(&given[..count], &keys[..]);
            prop_assert!(given[count..].iter().all(|key| *key == LAST));
        }
    }
}
