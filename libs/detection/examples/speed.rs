//! How fast mentions are decided at 1,000 segments, and how large the state is at 2,000, saved and in use:
//! `cargo run --release -p detection --example speed`.

use detection::{DAY, Detector, Event, Settings};
use std::io::{Write, stdout};

const START: i64 = 20_000 * DAY;
const CITIES: u64 = 110;

#[expect(clippy::disallowed_methods, reason = "a benchmark measures elapsed time")]
fn now() -> std::time::Instant {
    std::time::Instant::now()
}

/// A number below `below`, the same for the same `seed`.
fn draw(seed: u64, below: u64) -> u64 {
    let mut x = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    x ^= x >> 32;
    x = x.wrapping_mul(0xd6e8_feb8_6659_fd93);
    (x ^ (x >> 32)) % below
}

struct Names {
    places: Vec<String>,
    topics: Vec<String>,
    audiences: Vec<String>,
    sources: Vec<String>,
}

fn names(cities: u64) -> Names {
    let list = |word: &str, count: u64| (0..count).map(|number| format!("{word}{number}")).collect();
    Names {
        places: (0..cities).map(|city| format!("es/r{}/c{city}", city % 17)).collect(),
        topics: list("t", 5),
        audiences: list("a", 3),
        sources: list("s", 5),
    }
}

fn event<'a>(names: &'a Names, number: u64, at: i64, negative: bool) -> Event<'a> {
    let one = |list: &'a [String], salt: u64| {
        Some(list[draw(number * 7 + salt, list.len() as u64) as usize].as_str())
    };
    Event {
        id: number,
        published: at,
        seen: at,
        source: one(&names.sources, 1),
        topic: one(&names.topics, 2),
        audience: one(&names.audiences, 3),
        place: one(&names.places, 4),
        negative,
        author: Some(draw(number, 1 << 40)),
        thread: None,
        text: "",
        import: false,
    }
}

/// A detector that knows `cities` cities, with about nine segments each.
fn grown(names: &Names) -> Detector {
    let mut detector = Detector::new(Settings::default());
    for day in 0..30 {
        let events: Vec<_> = (0..4_000)
            .map(|number| {
                event(
                    names,
                    day * 4_000 + number,
                    START + day as i64 * DAY + number as i64 * 20,
                    number % 6 == 0,
                )
            })
            .collect();
        detector.feed(&events);
    }
    detector
}

fn rate(names: &Names, negative: bool, per_second: i64) -> f64 {
    let mut detector = grown(names);
    let count = 400_000_u64;
    let start = START + 30 * DAY + 9 * 3_600;
    let events: Vec<_> = (0..count)
        .map(|number| event(names, 1_000_000 + number, start + number as i64 / per_second, negative))
        .collect();
    let begun = now();
    for part in events.chunks(1_000) {
        detector.feed(part);
    }
    count as f64 / begun.elapsed().as_secs_f64()
}

fn main() -> std::io::Result<()> {
    let mut out = stdout().lock();
    let thousand = names(CITIES);
    let detector = grown(&thousand);
    writeln!(out, "{} segments", detector.segments())?;
    writeln!(out, "others:    {:.0} a second", rate(&thousand, false, 20))?;
    for per_second in [20, 2] {
        writeln!(
            out,
            "negatives: {:.0} a second ({} a minute)",
            rate(&thousand, true, per_second),
            per_second * 60
        )?;
    }
    let many = grown(&names(2 * CITIES));
    writeln!(out, "{} segments: {} bytes saved", many.segments(), many.save().len())?;
    if let Some(before) = resident_bytes() {
        let copies: Vec<Detector> = (0..16).map(|_| many.clone()).collect();
        let used = resident_bytes().unwrap_or(before).saturating_sub(before) / copies.len() as u64;
        writeln!(out, "{} segments: {used} bytes in use", many.segments())?;
    }
    Ok(())
}

/// Memory of this process; only known on Linux.
fn resident_bytes() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().strip_suffix(" kB")?.trim().parse::<u64>().ok().map(|kilobytes| kilobytes * 1_024)
}
