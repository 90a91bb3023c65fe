//! Prints readings per CPU second: `cargo run --release -p nlp --example speed [texts.txt [reading.model]]`.
//!
//! Without a file (or with `-`) it reads invented reviews of different lengths, without a model those of this build. CPU time comes from `/proc/self/stat`, so that a
//! busy machine does not distort it; elsewhere it prints nothing.

use std::hint::black_box;

use nlp::{Head, Model, Reader, fold};

/// Clock ticks per second: 100 on every Linux we run on.
const TICKS: f64 = 100.0;

const TEXTS: [&str; 6] = [
    "Muy buen trato, volveremos",
    "Pésimo servicio: más de una hora esperando y la comida fría. No lo recomiendo.",
    "Great location, friendly staff and spotless rooms. Breakfast could be better though.",
    "Compré unas zapatillas y a los dos meses se rompieron. Llamé tres veces y nadie me dio solución, una vergüenza.",
    "¡¡Me encanta!! 😍",
    "La habitación era amplia y limpia, con buenas vistas, pero el ruido de la calle no nos dejó dormir. El personal \
     fue amable en todo momento y nos ofreció otra habitación la segunda noche.",
];

fn cpu_seconds() -> Option<f64> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    let fields: Vec<&str> = stat.rsplit(')').next()?.split_whitespace().collect();
    let ticks = |at: usize| fields.get(at)?.parse::<f64>().ok();
    Some((ticks(11)? + ticks(12)?) / TICKS)
}

fn main() {
    let given = std::env::args().nth(1).and_then(|path| std::fs::read_to_string(path).ok());
    let texts: Vec<&str> = given.as_deref().map_or_else(|| TEXTS.to_vec(), |text| text.lines().collect());
    let bytes: usize = texts.iter().map(|text| text.len()).sum();
    let rounds = (20_000_000 / bytes.max(1)).max(1);
    let count = (rounds * texts.len()) as f64;
    println!("{} texts, {} bytes each on average", texts.len(), bytes / texts.len().max(1));
    let other = std::env::args().nth(2).and_then(|path| Model::from_bytes(&std::fs::read(path).ok()?).ok());
    let model = other.as_ref().unwrap_or_else(|| Model::embedded());
    let mut reader = Reader::default();
    measure("read", count, || {
        for text in texts.iter().cycle().take(rounds * texts.len()) {
            black_box(reader.read(model, text, Head::Review, None));
        }
    });
    // the aspects alone, of texts read beforehand; each reader keeps its own text
    let mut read: Vec<_> = texts
        .iter()
        .take(64)
        .map(|text| {
            let mut reader = Reader::default();
            let reading = reader.read(model, text, Head::Review, None);
            (reader, reading)
        })
        .collect();
    let again = rounds * texts.len() / read.len().max(1);
    measure("aspects alone", (again * read.len()) as f64, || {
        for _ in 0..again {
            for (reader, reading) in &mut read {
                black_box(reader.aspects_again(model, Head::Review, reading));
            }
        }
    });
    measure("fold", count, || {
        for text in texts.iter().cycle().take(rounds * texts.len()) {
            black_box(fold(text));
        }
    });
}

fn measure(name: &str, count: f64, work: impl FnOnce()) {
    let Some(before) = cpu_seconds() else { return };
    work();
    let Some(after) = cpu_seconds() else { return };
    let seconds = (after - before).max(1.0 / TICKS);
    println!("{name}: {:.0} per CPU second, {:.0} ns each", count / seconds, seconds * 1e9 / count);
}
