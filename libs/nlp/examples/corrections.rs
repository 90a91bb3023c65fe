//! Prints what an organisation's corrections are worth:
//! `cargo run --release -p nlp --example corrections -- <data folder> [clean | all | <model file>] [draws] [target]`.
//!
//! The base is trained on openly licensed texts only (about a minute), with `all` on everything but the target, or
//! read from a file. The target is a domain the base has never seen: hotel reviews. Every figure is a mean over
//! draws with its standard deviation. Without the data it says so and does nothing.

use std::hint::black_box;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

use flate2::read::GzDecoder;
use nlp::train::{TrainOptions, train};
use nlp::{Correction, Head, Label, Layer, Model, Reader, doubt};

type Failure = Box<dyn std::error::Error>;

/// What is corrected if nothing else is asked for.
const TARGET: &str = "cuba_hotels";
/// Where errors must not rise, for targets in Spanish and in English.
const ELSEWHERE: [(&str, &str, Head); 4] = [
    ("trustpilot_es", "es", Head::Review),
    ("metacritic_rt", "es", Head::Review),
    ("opener_multibooked", "es", Head::Review),
    ("airline_tweets", "en", Head::Post),
];
const ELSEWHERE_ENGLISH: [(&str, &str, Head); 3] = [
    ("acos", "en", Head::Review),
    ("nhs_phase1", "en", Head::Review),
    ("opener_multibooked", "en", Head::Review),
];
/// Targets in English; all others are Spanish.
const ENGLISH: [&str; 4] = ["barcelona_tripadvisor", "panama_google", "trustpilot_us", "yelp_api_sf"];
const COUNTS: [usize; 7] = [0, 10, 20, 25, 50, 100, 200];
const DRAWS: u64 = 10;
/// Texts that are judged: of the target, of each other set.
const JUDGED: [usize; 2] = [2_000, 1_000];
/// How many of the newest mentions the most doubtful are looked for in.
const RECENT: usize = 1_000;

/// Texts read in one round of the clock.
const READ_IN_A_ROUND: usize = 10_000;

struct Row {
    text: String,
    label: usize,
}

const LABELS: [Label; 3] = [Label::Negative, Label::Neutral, Label::Positive];

/// SplitMix64.
struct Random(u64);

impl Random {
    const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn shuffle<T>(&mut self, items: &mut [T]) {
        for at in (1..items.len()).rev() {
            items.swap(at, (self.next() % (at as u64 + 1)) as usize);
        }
    }
}

fn main() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some(data) = arguments.first().map(PathBuf::from) else {
        println!("corrections <data folder> [clean | all | <model file>] [draws] [target]");
        return Ok(());
    };
    let target = arguments.get(3).map_or(TARGET, String::as_str).to_owned();
    if !data.join(format!("{target}.jsonl.gz")).is_file() {
        println!("skipped: no {target}.jsonl.gz in {}", data.display());
        return Ok(());
    }
    let model = match arguments.get(1).map(String::as_str) {
        None | Some("clean") => trained(&data, &target, true)?,
        Some("all") => trained(&data, &target, false)?,
        Some(file) => Model::from_bytes(&std::fs::read(file)?)?,
    };
    let english = ENGLISH.contains(&target.as_str());
    let mut rows = load(&data, &target, if english { "en" } else { "es" })?;
    let pool = rows.split_off(JUDGED[0].min(rows.len() / 2));
    let draws = arguments.get(2).and_then(|draws| draws.parse().ok()).unwrap_or(DRAWS);
    let sets = if english { &ELSEWHERE_ENGLISH[..] } else { &ELSEWHERE };
    let bench = Bench { target, draws, model, pool, judged: rows, elsewhere: elsewhere(&data, sets)? };
    bench.print_cost();
    bench.print_learning("random mentions", &Draw::Random);
    bench.print_learning("mentions the base got wrong", &Draw::Mistakes);
    bench.print_learning("the most doubtful of a thousand", &Draw::Doubtful);
    bench.print_elsewhere("random mentions", &Draw::Random);
    bench.print_elsewhere("mentions the base got wrong", &Draw::Mistakes);
    bench.print_elsewhere("all called positive", &Draw::AllPositive);
    bench.print_elsewhere("labels at random", &Draw::Noise);
    Ok(())
}

/// A base that has not seen the target; what is held out stays held out.
fn trained(data: &Path, target: &str, clean: bool) -> Result<Model, Failure> {
    let folder = tempfile::tempdir()?;
    let without_target = folder.path().join("data");
    std::fs::create_dir(&without_target)?;
    for entry in std::fs::read_dir(data)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_owned();
        if path.is_file() && !name.to_string_lossy().starts_with(target) {
            std::fs::copy(&path, without_target.join(name))?;
        }
    }
    let mut options = TrainOptions::new(&without_target, folder.path());
    options.clean = clean;
    options.keep_held_out = true;
    train(&options, &mut |line| eprintln!("{line}"))?;
    Ok(Model::from_bytes(&std::fs::read(&options.model)?)?)
}

/// A set that was not corrected: its name, how it is read, its texts.
type Other = (&'static str, Head, Vec<Row>);

fn elsewhere(data: &Path, asked: &[(&'static str, &str, Head)]) -> Result<Vec<Other>, Failure> {
    let mut sets = Vec::new();
    for (name, language, head) in asked.iter().copied() {
        if data.join(format!("{name}.jsonl.gz")).is_file() {
            let mut rows = load(data, name, language)?;
            rows.truncate(JUDGED[1]);
            sets.push((name, head, rows));
        } else {
            println!("skipped: no {name}.jsonl.gz");
        }
    }
    Ok(sets)
}

/// The labelled texts of a set in a language, shuffled.
fn load(data: &Path, name: &str, language: &str) -> Result<Vec<Row>, Failure> {
    let file = std::fs::File::open(data.join(format!("{name}.jsonl.gz")))?;
    let mut rows = Vec::new();
    for line in BufReader::new(GzDecoder::new(file)).lines() {
        let line: serde_json::Value = serde_json::from_str(&line?)?;
        let field = |name: &str| line.get(name).and_then(serde_json::Value::as_str).unwrap_or_default();
        let label = match field("label") {
            "neg" => 0,
            "neu" => 1,
            "pos" => 2,
            _ => continue,
        };
        if field("lang").starts_with(language) && !field("text").trim().is_empty() {
            rows.push(Row { text: field("text").to_owned(), label });
        }
    }
    Random(7).shuffle(&mut rows);
    Ok(rows)
}

enum Draw {
    Random,
    Mistakes,
    Doubtful,
    AllPositive,
    Noise,
}

#[derive(Clone, Copy, Default)]
struct Figures {
    macro_f1: f64,
    binary_f1: f64,
    accuracy: f64,
}

struct Bench {
    target: String,
    draws: u64,
    model: Model,
    pool: Vec<Row>,
    judged: Vec<Row>,
    elsewhere: Vec<Other>,
}

impl Bench {
    fn draw(&self, how: &Draw, count: usize, seed: u64) -> Vec<Correction<'_>> {
        let mut random = Random(seed);
        let mut rows: Vec<&Row> = self.pool.iter().collect();
        random.shuffle(&mut rows);
        let read = |row: &Row| self.model.read(&row.text, Head::Review, None).sentiment;
        match how {
            Draw::Mistakes => rows.retain(|row| best_of(read(row).probabilities) != row.label),
            Draw::Doubtful => {
                rows.truncate(RECENT);
                rows.sort_by(|a, b| doubt(&read(b)).total_cmp(&doubt(&read(a))));
            }
            Draw::Random | Draw::AllPositive | Draw::Noise => {}
        }
        rows.truncate(count);
        let label = |row: &Row, random: &mut Random| match how {
            Draw::AllPositive => Label::Positive,
            Draw::Noise => LABELS[(random.next() % 3) as usize],
            _ => LABELS[row.label],
        };
        rows.into_iter()
            .map(|row| Correction {
                text: &row.text,
                head: Head::Review,
                stars: None,
                label: label(row, &mut random),
            })
            .collect()
    }

    fn judge(&self, layer: &Layer, rows: &[Row], head: Head) -> Figures {
        let mut reader = Reader::default();
        let answers: Vec<(usize, [f32; 3])> = rows
            .iter()
            .map(|row| {
                let reading = reader.read_with(&self.model, Some(layer), &row.text, head, None);
                (row.label, reading.sentiment.probabilities)
            })
            .collect();
        let three: Vec<(usize, usize)> = answers.iter().map(|(label, p)| (*label, best_of(*p))).collect();
        let two: Vec<(usize, usize)> = answers
            .iter()
            .filter(|(label, _)| *label != 1)
            .map(|(label, [negative, _, positive])| (*label, if negative > positive { 0 } else { 2 }))
            .collect();
        let right = three.iter().filter(|(label, answer)| label == answer).count();
        Figures {
            macro_f1: macro_f1(&three),
            binary_f1: macro_f1(&two),
            accuracy: right as f64 / rows.len().max(1) as f64,
        }
    }

    fn print_learning(&self, name: &str, how: &Draw) {
        println!("\n{}, {} judged, corrected: {name}", self.target, self.judged.len());
        println!("corrections  macro-F1 3 classes   binary F1            accuracy             active");
        for count in COUNTS {
            let draws = if count == 0 { 1 } else { self.draws };
            let mut all = Vec::new();
            let mut active = 0;
            for seed in 0..draws {
                let layer = Layer::learn(&self.model, &self.draw(how, count, seed));
                active += u64::from(layer.summary().state == nlp::LayerState::Active);
                all.push(self.judge(&layer, &self.judged, Head::Review));
            }
            println!(
                "{count:11}  {}  {}  {}  {active}/{draws}",
                spread(all.iter().map(|one| one.macro_f1)),
                spread(all.iter().map(|one| one.binary_f1)),
                spread(all.iter().map(|one| one.accuracy)),
            );
        }
    }

    fn print_elsewhere(&self, name: &str, how: &Draw) {
        println!("\nerrors elsewhere, in points, after corrections from {}: {name}", self.target);
        let nothing = Layer::learn(&self.model, &[]);
        for count in [20, 100] {
            let layers: Vec<Layer> =
                (0..self.draws).map(|seed| Layer::learn(&self.model, &self.draw(how, count, seed))).collect();
            for (set, head, rows) in self
                .elsewhere
                .iter()
                .map(|(set, head, rows)| (*set, *head, rows))
                .chain([(self.target.as_str(), Head::Review, &self.judged)])
            {
                let before = self.judge(&nothing, rows, head);
                let after: Vec<Figures> = layers.iter().map(|layer| self.judge(layer, rows, head)).collect();
                println!(
                    "{count:4} {set:20} error {:5.1} %  change {}  macro-F1 {:.3}  change {}",
                    100.0 * (1.0 - before.accuracy),
                    spread(after.iter().map(|one| 100.0 * (before.accuracy - one.accuracy))),
                    before.macro_f1,
                    spread(after.iter().map(|one| one.macro_f1 - before.macro_f1)),
                );
            }
        }
    }

    fn print_cost(&self) {
        println!("\ncost, in time of one core");
        let mut rows: Vec<&Row> = self.judged.iter().collect();
        rows.sort_by_key(|row| row.text.len());
        let short = rows.get(..rows.len() / 10).unwrap_or_default();
        for count in [20, 200, 1000] {
            let corrections = self.draw(&Draw::Random, count, 1);
            let mut layer = Layer::learn(&self.model, &[]);
            let learning = best_time(3, || layer = Layer::learn(&self.model, &corrections));
            println!(
                "{count:5} corrections: learnt in {:.1} ms, {} KB",
                learning * 1e3,
                layer.bytes() / 1024
            );
            for rows in [short, &rows] {
                let bytes: usize = rows.iter().map(|row| row.text.len()).sum();
                println!(
                    "      texts of {} bytes: a reading {:.2} µs, with the layer {:.2} µs",
                    bytes / rows.len().max(1),
                    self.microseconds(None, rows),
                    self.microseconds(Some(&layer), rows)
                );
            }
            if count == 200 {
                println!("{:?}", layer.summary());
            }
        }
    }

    fn microseconds(&self, layer: Option<&Layer>, rows: &[&Row]) -> f64 {
        let mut reader = Reader::default();
        // the clock of a process moves in ticks of some milliseconds: a round has to be long against one
        let times = (READ_IN_A_ROUND / rows.len().max(1)).max(1);
        let seconds = best_time(5, || {
            for row in rows.iter().cycle().take(times * rows.len()) {
                black_box(reader.read_with(&self.model, layer, &row.text, Head::Review, None));
            }
        });
        seconds * 1e6 / (times * rows.len()).max(1) as f64
    }
}

/// Seconds on a core of the quickest of several rounds: the machine may be busy.
fn best_time(rounds: usize, mut work: impl FnMut()) -> f64 {
    let mut best = f64::NAN;
    for _ in 0..rounds {
        let before = cpu_seconds();
        work();
        best = best.min(cpu_seconds() - before);
    }
    best
}

/// Time on a core so far, where the system tells.
fn cpu_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/schedstat").unwrap_or_default();
    stat.split_whitespace()
        .next()
        .and_then(|field| field.parse::<f64>().ok())
        .map_or(f64::NAN, |time| time / 1e9)
}

fn best_of(probabilities: [f32; 3]) -> usize {
    (1..3).fold(0, |best, class| if probabilities[class] > probabilities[best] { class } else { best })
}

fn macro_f1(answers: &[(usize, usize)]) -> f64 {
    let (mut sum, mut classes) = (0.0, 0);
    for class in 0..3 {
        let truth = answers.iter().filter(|(label, _)| *label == class).count();
        let said = answers.iter().filter(|(_, answer)| *answer == class).count();
        if truth > 0 {
            let both = answers.iter().filter(|(label, answer)| *label == class && *answer == class).count();
            sum += 2.0 * both as f64 / (truth + said) as f64;
            classes += 1;
        }
    }
    sum / f64::from(classes.max(1))
}

/// Mean ± standard deviation, lowest to highest.
fn spread(values: impl Iterator<Item = f64>) -> String {
    let values: Vec<f64> = values.collect();
    let count = values.len().max(1) as f64;
    let mean = values.iter().sum::<f64>() / count;
    let deviation = (values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / count).sqrt();
    let low = values.iter().copied().fold(f64::MAX, f64::min);
    format!("{mean:+.3} ± {deviation:.3} (≥ {low:+.3})")
}
