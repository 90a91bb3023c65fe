//! `timon read`: JSON lines in, JSON lines out, so that the reading can be piped and judged. A line that cannot be read
//! is answered with an `error` and its line number; the others go on.

use std::io::{BufRead as _, BufWriter, Read as _, Write as _};

use nlp::{Head, Model, Reader};
use serde::{Deserialize, Serialize};

/// Longest line that is read, bytes.
const LINE_BYTES_MAX: u64 = 4 << 20;

/// Options.
#[derive(clap::Args)]
pub struct Arguments {
    /// How the texts are written: review or post.
    #[arg(long, default_value = "review", value_parser = ["review", "post"])]
    head: String,
    /// A model file instead of the built-in one.
    #[arg(long)]
    model: Option<std::path::PathBuf>,
}

#[derive(Deserialize)]
struct Line<'a> {
    id: Option<serde_json::Value>,
    #[serde(borrow)]
    text: Option<std::borrow::Cow<'a, str>>,
    stars: Option<f64>,
}

#[derive(Serialize)]
struct Probabilities {
    negative: f32,
    neutral: f32,
    positive: f32,
}

#[derive(Serialize)]
struct Sentiment {
    label: &'static str,
    p: Probabilities,
}

#[derive(Serialize)]
struct Answer {
    id: Option<serde_json::Value>,
    lang: &'static str,
    sentiment: Sentiment,
}

/// Runs `timon read`.
pub fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let own;
    let model = match &arguments.model {
        Some(path) => {
            own = Model::from_bytes(&std::fs::read(path)?)?;
            &own
        }
        None => Model::embedded(),
    };
    let head = if arguments.head == "post" { Head::Post } else { Head::Review };
    let mut reader = Reader::default();
    let mut input = std::io::stdin().lock();
    let mut output = BufWriter::with_capacity(1 << 16, std::io::stdout().lock());
    let mut line = Vec::new();
    let mut number = 0u64;
    loop {
        line.clear();
        number += 1;
        let read = input.by_ref().take(LINE_BYTES_MAX).read_until(b'\n', &mut line)?;
        if read == 0 {
            break;
        }
        if read as u64 == LINE_BYTES_MAX && line.last() != Some(&b'\n') {
            skip_rest(&mut input)?;
            refuse(&mut output, number, "the line is longer than 4 MiB")?;
            continue;
        }
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        match serde_json::from_slice::<Line<'_>>(&line) {
            Ok(asked) => answer(&mut output, model, &mut reader, head, asked)?,
            Err(error) => refuse(&mut output, number, &error.to_string())?,
        }
    }
    Ok(output.flush()?)
}

fn answer(
    output: &mut impl std::io::Write,
    model: &Model,
    reader: &mut Reader,
    head: Head,
    asked: Line<'_>,
) -> anyhow::Result<()> {
    let stars = asked.stars.filter(|s| (1.0..=5.0).contains(s)).map(|s| s.round() as u8);
    let reading = reader.read(model, asked.text.as_deref().unwrap_or_default(), head, stars);
    let [negative, neutral, positive] = reading.sentiment.probabilities;
    let answer = Answer {
        id: asked.id,
        lang: reading.language.code(),
        sentiment: Sentiment {
            label: reading.sentiment.label.as_str(),
            p: Probabilities { negative, neutral, positive },
        },
    };
    serde_json::to_writer(&mut *output, &answer)?;
    Ok(output.write_all(b"\n")?)
}

fn refuse(output: &mut impl std::io::Write, line: u64, error: &str) -> anyhow::Result<()> {
    serde_json::to_writer(&mut *output, &serde_json::json!({"line": line, "error": error}))?;
    Ok(output.write_all(b"\n")?)
}

fn skip_rest(input: &mut impl std::io::BufRead) -> anyhow::Result<()> {
    let mut sink = Vec::new();
    loop {
        sink.clear();
        let read = input.by_ref().take(LINE_BYTES_MAX).read_until(b'\n', &mut sink)?;
        if read == 0 || sink.last() == Some(&b'\n') {
            return Ok(());
        }
    }
}
