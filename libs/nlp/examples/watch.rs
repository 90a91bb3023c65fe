//! Measures the watch terms: `cargo run --release -p nlp --example watch [-- <data folder>]`.
//!
//! Nanoseconds of processor time per text and bytes per term, from ten terms to a million: both should hardly grow.
//! Terms are invented names; texts are real ones with the folder, invented ones without.

use std::collections::HashSet;
use std::fs::File;
use std::hint::black_box;
use std::io::{BufRead, BufReader};
use std::path::Path;

use flate2::read::GzDecoder;
use nlp::{Hit, Reader, WatchTerm, WatchTerms};

const SIZES: [usize; 5] = [10, 1_000, 10_000, 100_000, 1_000_000];
/// Every how many texts speak of a watched name.
const NAMED_ONE_IN: usize = 4;
const ROUNDS: usize = 60;

fn main() {
    let folder = std::env::args().nth(1);
    let mut texts = folder.as_deref().and_then(|folder| load(Path::new(folder))).unwrap_or_else(|| {
        println!("no trustpilot_es.jsonl.gz in a data folder (first argument): invented texts");
        invented()
    });
    let mut draw = Draw(7);
    let all = names(&mut draw, SIZES[SIZES.len() - 1]);
    for text in texts.iter_mut().step_by(NAMED_ONE_IN) {
        // one of the ten that are watched in every size, or any
        let name = &all[if draw.below(2) == 0 { draw.below(10) } else { draw.below(all.len()) }];
        text.push_str(" en ");
        text.push_str(name);
    }
    let bytes: usize = texts.iter().map(String::len).sum();
    println!("{} texts of {} bytes on average", texts.len(), bytes / texts.len());
    let mut reader = Reader::default();
    let tokens = each(&texts, |text| reader.tokenise(text));
    println!("tokens alone {tokens:.0} ns");
    println!("    terms   build s      MB  bytes/term  ns/text  of them matching   hits");
    let mut first = None;
    for size in SIZES {
        let terms = all.iter().take(size).enumerate().map(|(at, name)| WatchTerm {
            owner: at as i64 / 20,
            id: at as i64,
            term: name.clone(),
            ..WatchTerm::default()
        });
        let before = cpu_seconds();
        let Ok(watched) = WatchTerms::build(terms) else { return };
        let seconds = cpu_seconds() - before;
        let (mut hits, mut count): (Vec<Hit>, usize) = (Vec::new(), 0);
        let cost = each(&texts, |text| {
            watched.find(text, &mut reader, &mut hits);
            count += black_box(&hits).len();
        });
        let memory = watched.memory_bytes();
        println!(
            "{size:>9} {seconds:>9.2} {:>7.2} {:>11.0} {cost:>8.0} {:>17.0} {:>6}",
            memory as f64 / 1e6,
            memory as f64 / size as f64,
            cost - tokens,
            count / ROUNDS
        );
        let first = *first.get_or_insert(cost);
        if size == SIZES[SIZES.len() - 1] {
            println!("cost({size}) / cost({}) = {:.2}, folding included", SIZES[0], cost / first);
        }
    }
}

fn load(folder: &Path) -> Option<Vec<String>> {
    let file = File::open(folder.join("trustpilot_es.jsonl.gz")).ok()?;
    let mut texts = Vec::new();
    for line in BufReader::new(GzDecoder::new(file)).lines() {
        let row: serde_json::Value = serde_json::from_str(&line.ok()?).ok()?;
        let text = row.get("text").and_then(serde_json::Value::as_str).unwrap_or_default();
        if (80..260).contains(&text.len()) {
            texts.push(text.to_owned());
        }
    }
    Some(texts)
}

fn invented() -> Vec<String> {
    const PARTS: [&str; 8] = [
        "el domingo comimos muy bien",
        "la recepción tardó media hora en contestar",
        "compré un abrigo y llegó roto",
        "no cogen el teléfono",
        "el taller cumplió lo que dijo",
        "pedimos dos raciones y una botella de agua",
        "llevo un mes esperando la factura",
        "volveremos con los niños",
    ];
    let mut draw = Draw(3);
    (0..1500).map(|_| [0; 4].map(|_| PARTS[draw.below(8)]).join(", ")).collect()
}

/// Different names of one to three words, as firms, products and people have.
fn names(draw: &mut Draw, count: usize) -> Vec<String> {
    const KINDS: [&str; 12] = [
        "Bar", "Hotel", "Taller", "Clínica", "Casa", "Grupo", "Café", "Hostal", "Tienda", "Doctor", "Señora",
        "Viajes",
    ];
    const SYLLABLES: [&str; 24] = [
        "ma", "ri", "lo", "ta", "ne", "so", "que", "vi", "llo", "gar", "men", "dez", "cor", "ba", "pu",
        "fer", "nan", "il", "es", "tra", "zu", "chi", "la", "do",
    ];
    let mut names = HashSet::new();
    let mut list = Vec::with_capacity(count);
    while list.len() < count {
        let mut word = || -> String {
            let parts = 2 + draw.below(3);
            let letters: String = (0..parts).map(|_| SYLLABLES[draw.below(SYLLABLES.len())]).collect();
            let mut letters = letters.chars();
            letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
        };
        let (one, two) = (word(), word());
        let name = match draw.below(3) {
            0 => format!("{} {one}", KINDS[draw.below(KINDS.len())]),
            1 => format!("{one} {two}"),
            _ => format!("{} {one} {two}", KINDS[draw.below(KINDS.len())]),
        };
        if names.insert(name.clone()) {
            list.push(name);
        }
    }
    list
}

/// A small generator of numbers (Steele's SplitMix64).
struct Draw(u64);

impl Draw {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % end.max(1) as u64) as usize
    }
}

fn each(texts: &[String], mut work: impl FnMut(&str)) -> f64 {
    let before = cpu_seconds();
    for _ in 0..ROUNDS {
        texts.iter().for_each(|text| work(text));
    }
    (cpu_seconds() - before) * 1e9 / (ROUNDS * texts.len()) as f64
}

/// From `/proc/self/stat`, so that a busy machine does not distort it; elsewhere nothing is measured.
fn cpu_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace();
    fields.skip(11).take(2).filter_map(|field| field.parse::<f64>().ok()).sum::<f64>() / 100.0
}
