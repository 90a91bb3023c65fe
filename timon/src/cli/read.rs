//! `timon read`: JSON lines in, JSON lines out, so that the reading can be piped and judged. A line that cannot be read
//! is answered with an `error` and its line number; the others go on. The answers are described in `docs/FORMATS.md`.

mod answer;

use std::io::{BufRead, BufReader, BufWriter, Read as _, Write};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use nlp::{BusinessKind, Head, Model, Reader, SecondOpinion, WatchTerm, WatchTerms};
use serde::Deserialize;

/// Longest line that is read, bytes.
const LINE_BYTES_MAX: u64 = 4 << 20;

/// Options.
#[derive(clap::Args)]
pub struct Arguments {
    /// A file of JSON lines; standard input when left out.
    file: Option<PathBuf>,
    /// How the texts are written: review or post.
    #[arg(long, default_value = "review", value_parser = ["review", "post"])]
    head: String,
    /// What kind of business the texts are about: restaurant, hotel, shop, online_shop, workshop, clinic, contract,
    /// education, software or other. It helps to tell what they speak of.
    #[arg(long, value_parser = kind)]
    kind: Option<BusinessKind>,
    /// Also say why: the words that weighed.
    #[arg(long)]
    explain: bool,
    /// Names to look for, one a line.
    #[arg(long)]
    watch: Option<PathBuf>,
    /// An ONNX classifier for texts the model is unsure of, with its description beside it as .json.
    #[arg(long)]
    classifier: Option<PathBuf>,
    /// A model file instead of the built-in one.
    #[arg(long)]
    model: Option<PathBuf>,
}

#[derive(Deserialize)]
struct Line<'a> {
    id: Option<serde_json::Value>,
    #[serde(borrow)]
    text: Option<std::borrow::Cow<'a, str>>,
    stars: Option<f64>,
}

/// What stays the same from line to line.
struct Asked<'a> {
    model: &'a Model,
    head: Head,
    explain: bool,
    kind: Option<BusinessKind>,
    names: Option<&'a Names>,
    second: Option<&'a dyn SecondOpinion>,
}

/// Watched names, and the matcher that finds them by their place in the list.
struct Names {
    names: Vec<String>,
    terms: WatchTerms,
}

/// Runs `timon read`.
pub fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let own;
    let model = match &arguments.model {
        Some(path) => {
            own = Model::from_bytes(&std::fs::read(path).with_context(|| path.display().to_string())?)?;
            &own
        }
        None => Model::embedded(),
    };
    let second = arguments.classifier.as_deref().map(super::second::open).transpose()?;
    let names = arguments.watch.as_deref().map(names).transpose()?;
    let asked = Asked {
        model,
        head: if arguments.head == "post" { Head::Post } else { Head::Review },
        explain: arguments.explain,
        kind: arguments.kind,
        names: names.as_ref(),
        second: second.as_deref(),
    };
    let output = BufWriter::with_capacity(1 << 16, std::io::stdout().lock());
    match &arguments.file {
        Some(path) => {
            let file = std::fs::File::open(path).with_context(|| path.display().to_string())?;
            read_lines(&asked, BufReader::with_capacity(1 << 16, file), output)
        }
        None => read_lines(&asked, std::io::stdin().lock(), output),
    }
}

fn kind(name: &str) -> Result<BusinessKind, String> {
    BusinessKind::from_name(name).ok_or_else(|| format!("no kind of business is called {name:?}"))
}

fn names(path: &Path) -> anyhow::Result<Names> {
    let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let names: Vec<String> =
        text.lines().map(str::trim).filter(|l| !l.is_empty()).map(str::to_owned).collect();
    let terms =
        (0..).zip(&names).map(|(id, name)| WatchTerm { id, term: name.clone(), ..WatchTerm::default() });
    let terms = WatchTerms::build(terms).with_context(|| path.display().to_string())?;
    Ok(Names { names, terms })
}

fn read_lines(asked: &Asked<'_>, mut input: impl BufRead, mut output: impl Write) -> anyhow::Result<()> {
    let mut reader = Reader::default();
    reader.set_kind(asked.kind);
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
            Ok(line) => {
                let stars = line.stars.filter(|s| (1.0..=5.0).contains(s)).map(|s| s.round() as u8);
                let text = line.text.as_deref().unwrap_or_default();
                match answer::answer(asked, &mut reader, line.id.as_ref(), text, stars) {
                    Ok(answer) => {
                        serde_json::to_writer(&mut output, &answer)?;
                        output.write_all(b"\n")?;
                    }
                    Err(error) => refuse(&mut output, number, &error.to_string())?,
                }
            }
            Err(error) => refuse(&mut output, number, &error.to_string())?,
        }
    }
    Ok(output.flush()?)
}

fn refuse(output: &mut impl Write, line: u64, error: &str) -> anyhow::Result<()> {
    serde_json::to_writer(&mut *output, &serde_json::json!({"line": line, "error": error}))?;
    Ok(output.write_all(b"\n")?)
}

fn skip_rest(input: &mut impl BufRead) -> anyhow::Result<()> {
    let mut sink = Vec::new();
    loop {
        sink.clear();
        let read = input.by_ref().take(LINE_BYTES_MAX).read_until(b'\n', &mut sink)?;
        if read == 0 || sink.last() == Some(&b'\n') {
            return Ok(());
        }
    }
}
