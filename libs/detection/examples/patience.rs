//! How long organisations that do exactly what the model says wait for their first false alarm, at a budget of 91 days:
//! `cargo run --release -p detection --example patience [-- REPLICAS]`. Waits are cut at two years, so the means are at least
//! what is printed.

use detection::{DAY, Detector, Event, HOUR, Settings};
use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, Gamma, Poisson};
use std::io::{Write, stdout};

const START: i64 = 20_000 / 7 * 7 * DAY;
const WARM_DAYS: i64 = 100;
const DAYS_MAX: i64 = 730;

/// One kind of organisation.
struct Setting {
    name: &'static str,
    /// Negatives a day of each place; others are four times as many.
    places: Vec<f64>,
    /// Shape of what moves all mentions of a day together.
    shared: f64,
}

fn settings() -> Vec<Setting> {
    let one = |name, rate| Setting { name, places: vec![rate], shared: 4.0 };
    vec![
        one("0.1 negatives a day", 0.1),
        one("0.5 negatives a day", 0.5),
        one("5 negatives a day", 5.0),
        Setting { name: "40 towns of 0.1, busy together", places: vec![0.1; 40], shared: 4.0 },
        Setting { name: "5 towns of 0.02 to 10", places: vec![0.02, 0.1, 0.5, 2.0, 10.0], shared: 4.0 },
        Setting { name: "5 a day, busier than assumed (0.8)", places: vec![5.0], shared: 0.8 },
    ]
}

fn count(mean: f64, random: &mut impl Rng) -> u64 {
    Poisson::new(mean).map_or(0, |poisson: Poisson<f64>| poisson.sample(random) as u64)
}

fn gamma(shape: f64, random: &mut impl Rng) -> f64 {
    Gamma::new(shape, 1.0 / shape).map_or(1.0, |gamma: Gamma<f64>| gamma.sample(random))
}

/// Days to the first alarm after the warm-up.
fn wait(setting: &Setting, seed: u64) -> i64 {
    let names: Vec<String> = (0..setting.places.len()).map(|town| format!("es/r/t{town}")).collect();
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let mut detector = Detector::new(Settings::default());
    let mut id = 0;
    for day in 0..WARM_DAYS + DAYS_MAX {
        let (shared, alone) = (gamma(setting.shared, &mut random), gamma(10.0, &mut random));
        let mut today = Vec::new();
        for (rate, name) in setting.places.iter().zip(&names) {
            for (negative, mean) in [(true, rate * shared * alone), (false, 4.0 * rate * shared)] {
                for _ in 0..count(mean, &mut random) {
                    id += 1;
                    let at = START + day * DAY + random.random_range(8 * HOUR..23 * HOUR);
                    today.push((at, id, name.as_str(), negative));
                }
            }
        }
        today.sort_unstable();
        let events: Vec<Event<'_>> = today
            .iter()
            .map(|&(at, id, place, negative)| Event {
                id,
                published: at,
                seen: at,
                source: None,
                topic: None,
                audience: None,
                place: Some(place),
                negative,
                author: Some(id),
                thread: None,
                text: "",
                import: false,
            })
            .collect();
        if detector.feed(&events).iter().any(|report| report.alarm) && day >= WARM_DAYS {
            return day - WARM_DAYS;
        }
    }
    DAYS_MAX
}

fn main() -> std::io::Result<()> {
    let replicas = std::env::args().nth(1).and_then(|count| count.parse().ok()).unwrap_or(400_u64);
    let mut out = stdout().lock();
    for setting in settings() {
        let waits: Vec<i64> = (0..replicas).map(|seed| wait(&setting, 1_000 + seed)).collect();
        let mean = waits.iter().sum::<i64>() as f64 / replicas.max(1) as f64;
        let cut = waits.iter().filter(|wait| **wait == DAYS_MAX).count();
        writeln!(out, "{}: {mean:.0} days ({cut} of {replicas} waited two years or more)", setting.name)?;
    }
    Ok(())
}
