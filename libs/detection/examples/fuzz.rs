//! Hostile states and streams on a stable compiler:
//! `cargo run --release -p detection --example fuzz -- --seconds 60 [--seed 1]`.
//!
//! Spoils saved states and JSON lines at random and checks that nothing panics, that a refused state says why, and that
//! what was accepted can go on and be saved. It prints the seed of the round that broke.

use detection::{DAY, Detector, Event, Settings, stream};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::io::{Write, stdout};
use std::time::Duration;

#[expect(clippy::disallowed_methods, reason = "a fuzz run is limited by elapsed time")]
fn now() -> std::time::Instant {
    std::time::Instant::now()
}

fn event(id: u64, at: i64, negative: bool) -> Event<'static> {
    Event {
        id,
        published: at,
        seen: at,
        source: Some(["google", "forum"][id as usize % 2]),
        topic: Some(["a", "b", "c"][id as usize % 3]),
        audience: None,
        place: Some(["es/ar/z", "es/ar/h", "es"][id as usize % 3]),
        negative,
        author: Some(id),
        thread: Some(id / 3),
        text: "nunca más vuelvo a este bar de la plaza porque cobran el doble",
        import: false,
    }
}

fn state() -> Vec<u8> {
    let mut detector = Detector::new(Settings::default());
    for day in 0..40 {
        let events: Vec<_> = (0..8)
            .map(|n| event(day * 8 + n, 20_000 * DAY + day as i64 * DAY + n as i64 * 7_000, n < 2))
            .collect();
        detector.feed(&events);
    }
    let burst: Vec<_> = (0..20).map(|n| event(9_000 + n, 20_040 * DAY + n as i64 * 120, true)).collect();
    detector.feed(&burst);
    detector.save()
}

const LINES: &str = concat!(
    "{\"type\":\"meta\",\"stream\":\"s\"}\n",
    "{\"type\":\"event\",\"id\":1,\"t\":\"2025-01-06T10:00:00Z\",\"seen\":\"2025-01-06T10:05:00Z\",\"place\":\"a/b/c\",\"sent\":-1,\"text\":\"x\"}\n",
    "{\"type\":\"event\",\"id\":2,\"t\":\"2025-03-06T10:00:00Z\",\"rating\":1,\"source\":\"g\",\"author\":\"u\",\"import\":true}\n",
);

fn spoil(bytes: &mut Vec<u8>, random: &mut ChaCha8Rng) {
    for _ in 0..random.random_range(1..8) {
        if bytes.is_empty() {
            return;
        }
        let place = random.random_range(0..bytes.len());
        match random.random_range(0..4) {
            0 => bytes[place] = random.random(),
            1 => bytes.truncate(place),
            2 => bytes.insert(place, random.random()),
            _ => bytes[place] ^= 1 << random.random_range(0..8),
        }
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let value = |name: &str, usual: u64| {
        let place = arguments.iter().position(|argument| argument == name);
        place.and_then(|place| arguments.get(place + 1)).map_or(Ok(usual), |value| value.parse())
    };
    let (seconds, mut seed) = (value("--seconds", 10)?, value("--seed", 1)?);
    let good = state();
    let end = now() + Duration::from_secs(seconds);
    let (mut rounds, mut accepted) = (0_u64, 0_u64);
    while now() < end {
        seed += 1;
        let round = std::panic::catch_unwind(|| {
            let mut random = ChaCha8Rng::seed_from_u64(seed);
            let mut bytes = good.clone();
            spoil(&mut bytes, &mut random);
            let restored = Detector::restore(&bytes, Settings::default());
            let accepted = u64::from(restored.is_ok());
            if let Ok(mut detector) = restored {
                let burst: Vec<_> =
                    (0..20).map(|n| event(20_000 + n, 20_041 * DAY + n as i64 * 60, true)).collect();
                detector.feed(&burst);
                detector.advance(20_050 * DAY);
                Detector::restore(&detector.save(), Settings::default())
                    .expect("what was saved can be restored");
            }
            let mut lines = LINES.as_bytes().to_vec();
            spoil(&mut lines, &mut random);
            stream::watch(&lines[..], std::io::sink(), &Settings::default()).expect("memory can be read");
            accepted
        });
        let Ok(one) = round else {
            writeln!(stdout(), "broken: --seed {}", seed - 1)?;
            std::process::exit(1);
        };
        accepted += one;
        rounds += 1;
    }
    writeln!(stdout(), "{rounds} rounds, {accepted} spoilt states were still sound")?;
    Ok(())
}
