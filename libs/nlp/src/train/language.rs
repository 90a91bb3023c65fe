//! Learning to name languages, from the labelled languages of the sets and from our own seed (`seed/`).
//!
//! Each text is also learnt in random pieces of a few words: a review of three words must be enough.

use super::LanguageFigures;
use super::data::Row;
use super::random::Random;
use crate::features::Features;
use crate::language::{LANES, LANGUAGE_BITS, Language, LanguageTable, visit};
use crate::tokens::Scratch;

/// Our own sentences, and word counts (facts) of openly licensed documentation; see `seed/README.md`.
const SENTENCES: &str = include_str!("../../seed/sentences.tsv");
const WORDS: [(Language, &str); 9] = [
    (Language::Es, include_str!("../../seed/words/es.tsv")),
    (Language::Ca, include_str!("../../seed/words/ca.tsv")),
    (Language::Gl, include_str!("../../seed/words/gl.tsv")),
    (Language::Eu, include_str!("../../seed/words/eu.tsv")),
    (Language::Pt, include_str!("../../seed/words/pt.tsv")),
    (Language::Fr, include_str!("../../seed/words/fr.tsv")),
    (Language::It, include_str!("../../seed/words/it.tsv")),
    (Language::De, include_str!("../../seed/words/de.tsv")),
    (Language::Nl, include_str!("../../seed/words/nl.tsv")),
];

/// Texts per language: more of the big ones teaches nothing new.
const TEXTS_MAX: usize = 9_000;
/// Word lists drawn at random from the counts of a language that has too few texts.
const DRAWN_TEXTS: usize = 14_000;
/// How many pieces are cut from each text.
const TEXT_PIECES: usize = 2;
/// How many pieces are cut from each of our own sentences.
const SENTENCE_PIECES: usize = 30;
/// One in how many of our own sentences is held out.
const SENTENCES_HELD_OUT_ONE_IN: usize = 4;
const ROUNDS: usize = 5;
const RATE: f32 = 0.4;
/// Two languages this close cannot be told apart.
const MARGIN: f32 = 0.05;
/// Below this length a text counts as short in the figures.
const SHORT_BYTES: usize = 40;

/// A text's buckets and its language's lane.
struct Sample {
    buckets: Vec<u32>,
    lane: usize,
}

/// Learns the table; figures are on held-out rows.
pub(crate) fn learn(rows: &[Row], seed: u64) -> (LanguageTable, Vec<LanguageFigures>) {
    let mut random = Random::new(seed ^ 0x6c61_6e67);
    let samples = samples(rows, &mut random);
    let width = Language::KNOWN.len();
    let mut weights = vec![0.0_f32; LANES << LANGUAGE_BITS];
    let mut squares = vec![1e-3_f32; LANES << LANGUAGE_BITS];
    let mut order: Vec<usize> = (0..samples.len()).collect();
    for round in 0..ROUNDS {
        random.shuffle(&mut order);
        let rate = RATE / (1.0 + round as f32);
        for at in &order {
            one_step(&samples[*at], &mut weights, &mut squares, width, rate);
        }
    }
    let table = quantise(&weights);
    let figures = measure(&table, rows);
    (table, figures)
}

fn samples(rows: &[Row], random: &mut Random) -> Vec<Sample> {
    let mut reader = (Scratch::default(), Features::default());
    let mut all = Vec::new();
    for (lane, language) in Language::KNOWN.into_iter().enumerate() {
        let mut texts: Vec<&str> = rows
            .iter()
            .filter(|row| !row.held_out && row.language == language)
            .map(|row| row.text.as_str())
            .collect();
        random.shuffle(&mut texts);
        texts.truncate(TEXTS_MAX);
        for text in &texts {
            all.push(sample(&mut reader, text, lane));
            for _ in 0..TEXT_PIECES {
                all.push(sample(&mut reader, &piece(text, random), lane));
            }
        }
        for (_, text) in sentences().filter(|(at, (code, _))| {
            *code == language.code() && !at.is_multiple_of(SENTENCES_HELD_OUT_ONE_IN)
        }) {
            for _ in 0..SENTENCE_PIECES {
                all.push(sample(&mut reader, text.1, lane));
                all.push(sample(&mut reader, &piece(text.1, random), lane));
            }
        }
        if let Some((_, words)) = WORDS.iter().find(|(of, _)| *of == language) {
            let drawn = DRAWN_TEXTS.saturating_sub(texts.len() * 2);
            let counts = Counts::read(words);
            for _ in 0..drawn {
                all.push(sample(&mut reader, &counts.draw(random), lane));
            }
        }
    }
    all
}

/// Our own sentences, numbered: code and text.
fn sentences() -> impl Iterator<Item = (usize, (&'static str, &'static str))> {
    SENTENCES
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
        .enumerate()
}

/// One to six words in a row, from anywhere in a text.
fn piece(text: &str, random: &mut Random) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let length = 1 + random.below(6);
    let first = random.below(words.len().saturating_sub(length) + 1);
    words.iter().skip(first).take(length).copied().collect::<Vec<_>>().join(" ")
}

/// Words with the running sum of their counts, to draw from.
struct Counts<'a> {
    words: Vec<(&'a str, f32)>,
    total: f32,
}

impl<'a> Counts<'a> {
    fn read(text: &'a str) -> Self {
        let mut total = 0.0;
        let words = text
            .lines()
            .filter_map(|line| line.split_once('\t'))
            .map(|(word, count)| {
                // flattened: frequent words are learnt soon, rare ones need their turn
                total += count.parse::<f32>().unwrap_or(1.0).powf(0.7);
                (word, total)
            })
            .collect();
        Self { words, total }
    }

    /// One to eight words, as frequent as they are.
    fn draw(&self, random: &mut Random) -> String {
        let length = 1 + random.below(8);
        let mut text = String::new();
        for _ in 0..length {
            let at = random.unit() * self.total;
            let found = self.words.partition_point(|(_, sum)| *sum < at);
            text.push_str(self.words.get(found).map_or("", |(word, _)| word));
            text.push(' ');
        }
        text
    }
}

fn sample(reader: &mut (Scratch, Features), text: &str, lane: usize) -> Sample {
    reader.0.read(text);
    reader.1.take_chars(&reader.0);
    let mut buckets = Vec::new();
    visit(&reader.0, &reader.1, |bucket| buckets.push(bucket as u32));
    Sample { buckets, lane }
}

fn one_step(sample: &Sample, weights: &mut [f32], squares: &mut [f32], width: usize, rate: f32) {
    if sample.buckets.is_empty() {
        return;
    }
    let input = 1.0 / (sample.buckets.len() as f32).sqrt();
    let mut scores = [0.0_f32; LANES];
    for bucket in &sample.buckets {
        let row = &weights[*bucket as usize * LANES..][..LANES];
        for (score, weight) in scores.iter_mut().zip(row) {
            *score += weight * input;
        }
    }
    let top = scores.iter().take(width).copied().fold(f32::MIN, f32::max);
    let mut gradient = [0.0_f32; LANES];
    let mut sum = 0.0;
    for (slope, score) in gradient.iter_mut().zip(scores).take(width) {
        *slope = (score - top).exp();
        sum += *slope;
    }
    for slope in gradient.iter_mut().take(width) {
        *slope /= sum;
    }
    gradient[sample.lane] -= 1.0;
    for bucket in &sample.buckets {
        let from = *bucket as usize * LANES;
        let rows = weights[from..from + LANES].iter_mut().zip(&mut squares[from..from + LANES]);
        for ((weight, square), slope) in rows.zip(gradient).take(width) {
            let slope = slope * input;
            *square += slope * slope;
            *weight -= rate * slope / square.sqrt();
        }
    }
}

fn quantise(weights: &[f32]) -> LanguageTable {
    let mut table = LanguageTable::empty();
    let top = weights.iter().fold(1e-6_f32, |top, weight| top.max(weight.abs()));
    table.scale = top / 127.0;
    for (lane, weight) in table.lanes.iter_mut().zip(weights) {
        *lane = (weight / table.scale).round() as i8;
    }
    table.margin = MARGIN;
    for (bias, language) in table.bias.iter_mut().zip(Language::KNOWN) {
        *bias = match language {
            Language::Es => 0.4,
            Language::En => 0.2,
            _ => 0.0,
        };
    }
    table
}

fn measure(table: &LanguageTable, rows: &[Row]) -> Vec<LanguageFigures> {
    let (mut scratch, mut features) = (Scratch::default(), Features::default());
    let mut counts = [[0_usize; 4]; LANES];
    let own = sentences()
        .filter(|(at, _)| at.is_multiple_of(SENTENCES_HELD_OUT_ONE_IN))
        .filter_map(|(_, (code, text))| Some((Language::from_code(code)?, text)));
    let held_out = rows.iter().filter(|row| row.held_out).map(|row| (row.language, row.text.as_str()));
    for (language, text) in held_out.chain(own) {
        let Some(lane) = Language::KNOWN.iter().position(|known| *known == language) else { continue };
        scratch.read(text);
        features.take_chars(&scratch);
        let right = usize::from(table.read(&scratch, &features) == language);
        let counts = &mut counts[lane];
        counts[0] += 1;
        counts[1] += right;
        if text.len() < SHORT_BYTES {
            counts[2] += 1;
            counts[3] += right;
        }
    }
    let share = |right: usize, all: usize| right as f64 / all.max(1) as f64;
    Language::KNOWN
        .iter()
        .zip(counts)
        .map(|(language, [all, right, short, short_right])| LanguageFigures {
            language: language.code(),
            short: (short, share(short_right, short)),
            all: (all, share(right, all)),
        })
        .collect()
}
