//! Hostile texts on a stable compiler: `cargo run --release -p nlp --example fuzz -- --seconds 60 [--seed 1]`.
//!
//! Spoils texts at random (splices, flipped bytes, marks, pictures, invisible characters, huge words) and checks what
//! must hold of every reading (`check.rs`). Prints the text that broke it. `fuzz/` does the same guided by coverage
//! and finds more in the same time; this one needs nothing installed.

mod check;

use std::time::{Duration, Instant};

use nlp::Reader;

/// Texts to spoil; no mutation starts from nothing.
const SEEDS: [&str; 16] = [
    "",
    "Muy bien",
    "Trato pésimo y comida fría, no volveremos. ¡¡Una VERGÜENZA!!",
    "Cenamos en el bar Pepe de Mérida, provincia de Badajoz; la camarera, un encanto 😍😍",
    "Me llamo Ana Ruiz, mi teléfono es 612 345 678 y mi correo ana.ruiz@correo.example",
    "Matrícula 1234 BCD, DNI 12345678Z, IBAN ES91 2100 0418 4502 0005 1332",
    "@barpepe_oficial qué pasa con #BarPepe https://www.barpepe.es/carta?x=1",
    "Compré un vestido en la tienda de Mango y el mango de la fruta estaba maduro",
    "The food wasn't good, the waiter's attitude was worse :( never again!!!",
    "El menjar era molt bo. A comida estaba moi boa. Janaria oso ona zegoen.",
    "No es que sea malo, pero tampoco es bueno... en fin, ni fu ni fa ;)",
    "Prometían entrega en 24 h y a los diez días no había llegado. Pondré una reclamación en Consumo.",
    "Soy vecino de toda la vida y jamás había visto algo así",
    "1000 000,50 € 3.5/5 12:30h 2024-02-30",
    "a\u{301}e\u{301}\u{200b}\u{202e}olleh\u{202c}\u{feff}",
    "İstanbul ǅ ß ﬁ Ⅷ ①② ＭＡＮＧＯ 日本語 العربية עברית ไทย 👨‍👩‍👧‍👦🇪🇸",
];

/// What people and attackers put into texts.
const SPICES: [&str; 44] = [
    " ",
    "\n",
    "\t",
    "\0",
    ".",
    ",",
    "!",
    "?",
    "¡",
    "¿",
    "…",
    "'",
    "’",
    "\"",
    "#",
    "@",
    "_",
    "-",
    "—",
    "/",
    "http://",
    "https://",
    ":)",
    ":(",
    "<3",
    ";-)",
    "😍",
    "😡",
    "👨‍👩‍👧‍👦",
    "🇪🇸",
    "👍🏽",
    "\u{301}",
    "\u{303}",
    "\u{200b}",
    "\u{200d}",
    "\u{202e}",
    "\u{feff}",
    "\u{fe0f}",
    "ñ",
    "Ñ",
    "İ",
    "ß",
    "𝒜",
    "\u{10ffff}",
];

const BYTES_MAX: usize = 40_000;

#[expect(clippy::disallowed_methods, reason = "a fuzzer runs for as long as it is told")]
fn main() {
    let argument = |name: &str| {
        let given: Vec<String> = std::env::args().collect();
        let at = given.iter().position(|word| word == name)?;
        given.get(at + 1)?.parse::<u64>().ok()
    };
    let (seconds, seed) = (argument("--seconds").unwrap_or(60), argument("--seed").unwrap_or(1));
    let (start, length) = (Instant::now(), Duration::from_secs(seconds));
    let mut draw = Draw(seed);
    let mut corpus: Vec<String> = SEEDS.map(str::to_owned).to_vec();
    let (mut reader, mut count, mut bytes) = (Reader::default(), 0_u64, 0_usize);
    while start.elapsed() < length {
        let text = spoiled(&corpus, &mut draw);
        let result =
            std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| check::check(&text, &mut reader)));
        if result.is_err() {
            eprintln!("seed {seed}, text {count}, {} bytes: {text:?}", text.len());
            std::process::exit(1);
        }
        count += 1;
        bytes += text.len();
        // the corpus drifts, so that mutations pile up
        if text.len() < 2000 && draw.below(8) == 0 {
            if corpus.len() < 400 {
                corpus.push(text);
            } else {
                let at = SEEDS.len() + draw.below(corpus.len() - SEEDS.len());
                corpus[at] = text;
            }
        }
    }
    println!("{count} texts, {} MB, seed {seed}: nothing broke", bytes / 1_000_000);
}

fn spoiled(corpus: &[String], draw: &mut Draw) -> String {
    let mut text = corpus[draw.below(corpus.len())].clone();
    for _ in 0..=draw.below(6) {
        let at = border(&text, draw.below(text.len() + 1));
        match draw.below(10) {
            0..3 => text.insert_str(at, SPICES[draw.below(SPICES.len())]),
            3 => text.insert_str(at, &SPICES[draw.below(SPICES.len())].repeat(1 + draw.below(40))),
            4 => {
                // the start of one and the end of another
                let other = &corpus[draw.below(corpus.len())];
                text.truncate(at);
                text.push_str(other.get(border(other, draw.below(other.len() + 1))..).unwrap_or_default());
            }
            5 => {
                let end = border(&text, at + draw.below(20));
                text.replace_range(at.min(end)..end.max(at), "");
            }
            6 => text = flipped(&text, draw),
            7 => text.insert(at, char::from_u32(draw.below(0x11_0000) as u32).unwrap_or('\u{fffd}')),
            8 => text = if draw.below(2) == 0 { text.to_uppercase() } else { text.to_lowercase() },
            _ if draw.below(12) == 0 => {
                let letter = char::from(b'a' + draw.below(26) as u8).to_string();
                text.insert_str(at, &letter.repeat(1 + draw.below(20_000)));
            }
            _ => {
                let end = border(&text, at + draw.below(30));
                let part = text.get(at.min(end)..end.max(at)).unwrap_or_default().repeat(1 + draw.below(6));
                text.insert_str(at, &part);
            }
        }
        text.truncate(border(&text, BYTES_MAX));
    }
    text
}

/// A byte or two of the text changed, what is no longer UTF-8 replaced.
fn flipped(text: &str, draw: &mut Draw) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for _ in 0..=draw.below(2) {
        let at = draw.below(bytes.len());
        if let Some(byte) = bytes.get_mut(at) {
            *byte ^= 1 << draw.below(8);
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The border of a character at or before a byte.
fn border(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
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
