//! Measures the near-copy fingerprint: `cargo run --release -p nlp --example near [-- <data folder>]`.
//!
//! Light rewordings of real (or, without the folder, invented) texts must be found; distinct texts, most of all those
//! about one and the same firm, must not be joined. Prints both rates by length, the look-up's, and the time.

use std::fs::File;
use std::hint::black_box;
use std::io::{BufRead, BufReader};
use std::path::Path;

use flate2::read::GzDecoder;
use nlp::{Fingerprint, Reader, fold};

/// Seed of all draws: two runs print the same rates.
const SEED: u64 = 20_261;
/// Pairs of distinct texts looked at per set.
const PAIRS_MAX: usize = 3_000_000;
/// Upper ends of the length classes, in words.
const CLASSES: [usize; 7] = [2, 4, 6, 12, 25, 60, usize::MAX];

struct Text {
    text: String,
    business: String,
}

fn main() {
    let folder = std::env::args().nth(1);
    let mut draw = Draw(SEED);
    let mut texts = Vec::new();
    for set in ["trustpilot_es", "cuba_hotels", "banamex_tweets"] {
        let Some(found) = folder.as_deref().and_then(|folder| load(Path::new(folder), set)) else {
            println!("{set}: left out, no {set}.jsonl.gz in the data folder (first argument)");
            continue;
        };
        println!("\n== {set}: {} texts", found.len());
        distinct(&found, &mut draw);
        reworded(&found, &mut draw);
        texts.extend(found);
    }
    if folder.is_some() {
        println!("\ncoordinated_retweets: left out, it holds identities of shares and no texts");
    }
    if texts.is_empty() {
        texts = invented(&mut draw);
        println!("\n== {} invented texts", texts.len());
        distinct(&texts, &mut draw);
        reworded(&texts, &mut draw);
    }
    speed(&texts);
}

/// Texts of one set, one per line that has one.
fn load(folder: &Path, set: &str) -> Option<Vec<Text>> {
    let file = File::open(folder.join(format!("{set}.jsonl.gz"))).ok()?;
    let mut texts = Vec::new();
    for line in BufReader::new(GzDecoder::new(file)).lines() {
        let row: serde_json::Value = serde_json::from_str(&line.ok()?).ok()?;
        let field =
            |name: &str| row.get(name).and_then(serde_json::Value::as_str).unwrap_or_default().to_owned();
        texts.push(Text { text: field("text"), business: field("business") });
    }
    Some(texts)
}

/// Sentences put together from parts, for a machine without the data.
fn invented(draw: &mut Draw) -> Vec<Text> {
    const WHO: [&str; 6] =
        ["La camarera", "El dueño", "El chico del taller", "La recepción", "Mi asesora", "El repartidor"];
    const DID: [&str; 6] =
        ["nos atendió", "contestó", "resolvió la avería", "tardó", "explicó la factura", "preparó el pedido"];
    const HOW: [&str; 6] =
        ["con mucha paciencia", "sin ganas", "en dos días", "fatal", "de maravilla", "tarde y mal"];
    const END: [&str; 6] = [
        "volveremos pronto",
        "no vuelvo",
        "lo recomiendo a cualquiera",
        "quiero mi dinero",
        "un diez",
        "se lo conté a mis vecinos",
    ];
    let mut texts = Vec::new();
    for _ in 0..2000 {
        let mut pick = |list: &[&str; 6]| list[draw.below(6)].to_owned();
        let text = format!("{} {} {}, {}", pick(&WHO), pick(&DID), pick(&HOW), pick(&END));
        texts.push(Text { text, business: String::new() });
    }
    texts
}

/// A small generator of numbers (Steele's SplitMix64).
struct Draw(u64);

impl Draw {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }

    fn one_in(&mut self, count: usize) -> bool {
        self.below(count) == 0
    }
}

fn words_of(text: &str) -> usize {
    fold(text).split(' ').filter(|word| !word.is_empty()).count()
}

fn class_of(words: usize) -> usize {
    CLASSES.iter().position(|end| words <= *end).unwrap_or(CLASSES.len() - 1)
}

fn name_of(class: usize) -> String {
    let start = if class == 0 { 1 } else { CLASSES[class - 1] + 1 };
    match CLASSES[class] {
        usize::MAX => format!("{start}+"),
        end => format!("{start}-{end}"),
    }
}

/// How many pairs of distinct texts of one firm are joined, by the length of the shorter one.
fn distinct(texts: &[Text], draw: &mut Draw) {
    let folded: Vec<String> = texts.iter().map(|text| fold(&text.text)).collect();
    let words: Vec<Vec<&str>> = folded.iter().map(|text| text.split(' ').collect()).collect();
    let prints: Vec<Fingerprint> = texts.iter().map(|text| Fingerprint::of(&text.text)).collect();
    let bands: Vec<_> = prints.iter().map(Fingerprint::bands).collect();
    let mut firms: std::collections::BTreeMap<&str, Vec<usize>> = std::collections::BTreeMap::new();
    for (at, text) in texts.iter().enumerate().filter(|(at, _)| !prints[*at].is_empty()) {
        firms.entry(text.business.as_str()).or_default().push(at);
    }
    let possible: usize = firms.values().map(|firm| firm.len() * (firm.len() - 1) / 2).sum();
    let one_in = possible.div_ceil(PAIRS_MAX).max(1);
    // pairs, near, near although more than lightly different, share a band
    let mut counts = [[0_usize; 4]; CLASSES.len()];
    for firm in firms.values() {
        for (from, &left) in firm.iter().enumerate() {
            for &right in &firm[from + 1..] {
                if !draw.one_in(one_in) || folded[left] == folded[right] {
                    continue;
                }
                let count = &mut counts[class_of(words[left].len().min(words[right].len()))];
                count[0] += 1;
                if prints[left].is_near(&prints[right]) {
                    count[1] += 1;
                    let far = !lightly_different(&words[left], &words[right]);
                    count[2] += usize::from(far);
                    if far && std::env::args().nth(2).is_some() {
                        println!("  {:?}\n  {:?}", folded[left], folded[right]);
                    }
                }
                let share =
                    bands[left].iter().flatten().zip(bands[right].iter().flatten()).any(|(a, b)| a == b);
                count[3] += usize::from(share);
            }
        }
    }
    println!(
        "distinct pairs   words       pairs   joined  joined%  of them more than a light rewording%   candidates%"
    );
    let mut total = [0; 4];
    for (class, count) in counts.iter().enumerate() {
        print_distinct(&name_of(class), *count);
        for (sum, value) in total.iter_mut().zip(count) {
            *sum += value;
        }
    }
    print_distinct("all", total);
}

fn print_distinct(name: &str, [pairs, near, far, share]: [usize; 4]) {
    let rate = |count: usize| 100.0 * count as f64 / pairs.max(1) as f64;
    println!(
        "               {name:>7} {pairs:>11} {near:>8}  {:>7.4} {:>10.4} {:>36.3}",
        rate(near),
        rate(far),
        rate(share)
    );
}

/// Word by word, at most one change under eight words, two under twenty, a tenth above: what the generator does.
fn lightly_different(left: &[&str], right: &[&str]) -> bool {
    let (mut left, mut right) = (left.to_vec(), right.to_vec());
    left.sort_unstable();
    right.sort_unstable();
    let (mut only_left, mut only_right) = (0_usize, 0_usize);
    let (mut a, mut b) = (left.iter().peekable(), right.iter().peekable());
    while let (Some(x), Some(y)) = (a.peek(), b.peek()) {
        match x.cmp(y) {
            std::cmp::Ordering::Less => {
                only_left += 1;
                a.next();
            }
            std::cmp::Ordering::Greater => {
                only_right += 1;
                b.next();
            }
            std::cmp::Ordering::Equal => {
                a.next();
                b.next();
            }
        }
    }
    let changes = (only_left + a.count()).max(only_right + b.count());
    changes <= changes_of(left.len().max(right.len()))
}

const fn changes_of(words: usize) -> usize {
    match words {
        ..8 => 1,
        8..20 => 2,
        _ => words.div_ceil(10),
    }
}

/// How many light rewordings are found, by length.
fn reworded(texts: &[Text], draw: &mut Draw) {
    let vocabulary: Vec<&str> =
        texts.iter().take(3000).flat_map(|text| text.text.split_whitespace()).collect();
    let mut counts = [[0_usize; 3]; CLASSES.len()];
    for text in texts.iter().filter(|text| words_of(&text.text) > 0) {
        for _ in 0..4 {
            let other = reword(&text.text, &vocabulary, draw);
            let (one, two) = (Fingerprint::of(&text.text), Fingerprint::of(&other));
            let count = &mut counts[class_of(words_of(&text.text))];
            count[0] += 1;
            count[1] += usize::from(one.is_near(&two));
            let share = one.bands().iter().flatten().zip(two.bands().iter().flatten()).any(|(a, b)| a == b);
            count[2] += usize::from(one.is_near(&two) && share);
        }
    }
    println!("light rewordings words       texts    found%   found through the look-up%");
    let mut total = [0; 3];
    for (class, count) in counts.iter().enumerate() {
        print_reworded(&name_of(class), *count);
        for (sum, value) in total.iter_mut().zip(count) {
            *sum += value;
        }
    }
    print_reworded("all", total);
}

fn print_reworded(name: &str, [texts, near, share]: [usize; 3]) {
    let rate = |count: usize| 100.0 * count as f64 / texts.max(1) as f64;
    println!("               {name:>7} {texts:>11}  {:>8.2} {:>12.2}", rate(near), rate(share));
}

/// A light rewording: some words dropped, added, moved, changed or mistyped; then case, accents, marks and pictures.
fn reword(text: &str, vocabulary: &[&str], draw: &mut Draw) -> String {
    let mut words: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
    let count = words.len();
    // nothing but its spelling may change in a text of one or two words
    let changes = if words_of(text) < 3 { 0 } else { 1 + draw.below(changes_of(count)) };
    for _ in 0..changes {
        let at = draw.below(words.len());
        let other = vocabulary[draw.below(vocabulary.len())].to_owned();
        match draw.below(5) {
            0 if words.len() > 2 => drop(words.remove(at)),
            1 => words.insert(at, other),
            2 if at + 1 < words.len() => words.swap(at, at + 1),
            3 => words[at] = mistyped(&words[at], draw),
            _ => words[at] = other,
        }
    }
    let mut out = words.join(" ");
    if draw.one_in(3) {
        out = if draw.one_in(2) { out.to_uppercase() } else { out.to_lowercase() };
    }
    if draw.one_in(3) {
        out = out.chars().map(without_accent).collect();
    }
    if draw.one_in(3) {
        out = out.chars().filter(|c| !matches!(c, ',' | ';' | '!' | '¡' | '"')).collect();
    }
    if draw.one_in(3) {
        out.push_str([" 😍", " 👎👎", "!!!", "...", " :)", " 🤬🤬🤬"][draw.below(6)]);
    }
    if draw.one_in(4) {
        out = elongated(&out, draw);
    }
    out
}

fn mistyped(word: &str, draw: &mut Draw) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    let at = draw.below(letters.len());
    match draw.below(3) {
        0 if letters.len() > 3 => drop(letters.remove(at)),
        1 if at + 1 < letters.len() => letters.swap(at, at + 1),
        _ => letters[at] = char::from(b'a' + draw.below(26) as u8),
    }
    letters.into_iter().collect()
}

const fn without_accent(c: char) -> char {
    match c {
        'á' => 'a',
        'é' => 'e',
        'í' => 'i',
        'ó' => 'o',
        'ú' | 'ü' => 'u',
        other => other,
    }
}

/// One vowel in the middle held for long.
fn elongated(text: &str, draw: &mut Draw) -> String {
    let vowels: Vec<usize> =
        text.char_indices().filter(|(_, c)| "aeiou".contains(*c)).map(|(at, _)| at).collect();
    if vowels.is_empty() {
        return text.to_owned();
    }
    let at = vowels[draw.below(vowels.len())];
    let (Some(before), Some(after)) = (text.get(..at), text.get(at..)) else { return text.to_owned() };
    let vowel: String = after.chars().take(1).collect();
    format!("{before}{}{after}", vowel.repeat(4))
}

/// Nanoseconds of processor time per text.
fn speed(texts: &[Text]) {
    let all = || texts.iter().map(|text| text.text.as_str());
    let mut sized: Vec<&str> = all().filter(|text| (140..175).contains(&text.len())).take(2000).collect();
    if sized.is_empty() {
        sized = all().collect();
    }
    let bytes: usize = sized.iter().map(|text| text.len()).sum();
    println!("\n{} texts of {} bytes on average", sized.len(), bytes / sized.len());
    let mut reader = Reader::default();
    let rounds = 2_000_000 / sized.len();
    let tokens = each(rounds, &sized, |text| reader.tokenise(text));
    let mut reader = Reader::default();
    let both = each(rounds, &sized, |text| {
        reader.tokenise(text);
        black_box(reader.fingerprint());
    });
    println!(
        "tokens {tokens:.0} ns, tokens and fingerprint {both:.0} ns: fingerprint {:.0} ns",
        both - tokens
    );
    let prints: Vec<Fingerprint> = sized.iter().map(|text| Fingerprint::of(text)).collect();
    let mut before = Fingerprint::default();
    let near = each(rounds, &prints, |print| {
        black_box(before.is_near(print));
        before = *print;
    });
    let bands = each(rounds, &prints, |print| {
        black_box(print.bands());
    });
    println!("is_near {near:.0} ns, bands {bands:.0} ns");
}

fn each<T>(rounds: usize, items: &[T], mut work: impl FnMut(&T)) -> f64 {
    let before = cpu_seconds();
    for _ in 0..rounds {
        items.iter().for_each(&mut work);
    }
    (cpu_seconds() - before) * 1e9 / (rounds * items.len()) as f64
}

/// From `/proc/self/stat`, so that a busy machine does not distort it; elsewhere nothing is measured.
fn cpu_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<f64> = stat
        .rsplit(')')
        .next()
        .unwrap_or_default()
        .split_whitespace()
        .skip(11)
        .take(2)
        .filter_map(|field| field.parse().ok())
        .collect();
    fields.iter().sum::<f64>() / 100.0
}
