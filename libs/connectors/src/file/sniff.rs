//! What a file is, from its first bytes: container, encoding, layout.

use std::fs::File;
use std::io::{Cursor, Read};
use std::path::Path;
use std::sync::Arc;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::archive;
use super::elements::find_root;
use super::error::FileError;
use super::format::{Container, Format, Shape};
use super::limits::Limits;
use super::sheet;
use super::source::{self, Lines, decoded};
use super::table::{Records, Step};

/// How much of the text is looked at.
const SAMPLE: u64 = 1 << 20;
/// A delimiter no text contains, for files of one column.
const NO_DELIMITER: char = '\u{1F}';

/// Recognises a file. Headers are not looked for yet.
pub(super) fn sniff(path: &Path, limits: &Limits) -> Result<Format, FileError> {
    let mut file = File::open(path).map_err(FileError::Io)?;
    let mut magic = Vec::new();
    file.by_ref().take(8).read_to_end(&mut magic).map_err(FileError::Io)?;
    let container = container(path, &magic, limits)?;
    match container {
        Container::Workbook => {
            sheet::check(path, limits)?;
            let (name, _) = sheet::first_sheet(path)?;
            let shape = Shape::Sheet { name, header: None };
            return Ok(Format { container, shape, encoding: UTF_8.name().to_owned() });
        }
        Container::TakeoutZip => {
            let shape = Shape::Json { root: vec!["reviews".to_owned()] };
            return Ok(Format { container, shape, encoding: UTF_8.name().to_owned() });
        }
        Container::Plain | Container::Gzip => {}
    }
    let reopen = || File::open(path).map_err(FileError::Io);
    let (sample, whole) = sample(reopen()?, container, limits)?;
    let encoding = encoding(&sample, whole)?;
    let text = text(&sample, encoding)?;
    let shape = if text.starts_with(['[', '{']) {
        let source =
            || Ok::<_, FileError>(source::open(reopen()?, container, encoding, limits, &Arc::default()));
        json_shape(&text, &source, limits)?
    } else {
        let line_end = text.find('\n').unwrap_or(text.len());
        if line_end > limits.line_bytes || (!whole && line_end == text.len()) {
            return Err(FileError::LineTooLong { line: 1 });
        }
        Shape::Delimited { delimiter: delimiter(&text, whole, limits), header: None }
    };
    Ok(Format { container, shape, encoding: encoding.name().to_owned() })
}

fn container(path: &Path, magic: &[u8], limits: &Limits) -> Result<Container, FileError> {
    let unknown = |looks_like| Err(FileError::UnknownFormat { looks_like });
    match magic {
        [] => Err(FileError::Empty),
        [0x1F, 0x8B, ..] => Ok(Container::Gzip),
        [b'P', b'K', 3 | 5, ..] => {
            let entries = archive::entries(path, limits)?;
            if entries.iter().any(|entry| entry.name.starts_with("xl/")) {
                Ok(Container::Workbook)
            } else if archive::takeout_reviews(entries).is_empty() {
                unknown("zip")
            } else {
                Ok(Container::TakeoutZip)
            }
        }
        [b'%', b'P', b'D', b'F', ..] => unknown("pdf"),
        [0x89, b'P', b'N', b'G', ..] | [0xFF, 0xD8, 0xFF, ..] | [b'G', b'I', b'F', b'8', ..] => {
            unknown("image")
        }
        [0xD0, 0xCF, 0x11, 0xE0, ..] => unknown("old-excel"),
        _ => Ok(Container::Plain),
    }
}

/// The beginning of the bytes, and whether it is all there is.
fn sample(file: File, container: Container, limits: &Limits) -> Result<(Vec<u8>, bool), FileError> {
    let limit = SAMPLE.max(limits.line_bytes as u64) + 1;
    let mut sample = Vec::new();
    let result = source::raw(file, container, limits, &Arc::default()).take(limit).read_to_end(&mut sample);
    match result.map_err(FileError::from) {
        Ok(_) => {}
        // Cut short: what was read before the damage still counts.
        Err(FileError::Corrupt { .. }) if !sample.is_empty() => {}
        Err(error) => return Err(error),
    }
    let whole = (sample.len() as u64) < limit;
    Ok((sample, whole))
}

fn encoding(sample: &[u8], whole: bool) -> Result<&'static Encoding, FileError> {
    if let Some((encoding, _)) = Encoding::for_bom(sample) {
        return Ok(encoding);
    }
    // Every other byte of western UTF-16 is zero.
    let head = sample.get(..sample.len().min(4096)).unwrap_or(sample);
    let zeros = |parity: usize| head.iter().skip(parity).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd, pairs) = (zeros(0), zeros(1), head.len() / 2);
    if pairs > 1 && odd * 10 > pairs * 7 && even * 10 < pairs {
        return Ok(UTF_16LE);
    }
    if pairs > 1 && even * 10 > pairs * 7 && odd * 10 < pairs {
        return Ok(UTF_16BE);
    }
    match std::str::from_utf8(sample) {
        Ok(_) => return Ok(UTF_8),
        Err(error) if !whole && error.error_len().is_none() => return Ok(UTF_8),
        Err(_) => {}
    }
    if !whole && sample.len() < 8 {
        return Err(FileError::Encoding);
    }
    // A few broken bytes in a long UTF-8 text do not make it another encoding: the bad lines are mended alone.
    if mostly_utf8(sample) {
        return Ok(UTF_8);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, true);
    Ok(detector.guess(Some(b"es"), Utf8Detection::Deny))
}

fn mostly_utf8(sample: &[u8]) -> bool {
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in sample.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > bad * 10
}

/// The sample as text, from its first visible character on.
fn text(sample: &[u8], encoding: &'static Encoding) -> Result<String, FileError> {
    let (text, _, _) = encoding.decode(sample);
    let text = text
        .trim_start_matches(|c: char| c.is_whitespace() || c == '\0' || c == '\u{FEFF}')
        .replace('\0', "");
    if text.is_empty() {
        return Err(FileError::Empty);
    }
    let unknown = |looks_like| Err(FileError::UnknownFormat { looks_like });
    let head: String = text.chars().take(2000).collect();
    let lower = head.to_lowercase();
    if lower.starts_with("<!doctype html") || lower.starts_with("<html") {
        return unknown("web-page");
    }
    if lower.starts_with("<?xml") {
        return unknown("unknown");
    }
    let strange = |c: &char| (c.is_control() && !matches!(c, '\n' | '\r' | '\t')) || *c == '\u{FFFD}';
    if head.chars().filter(strange).count() * 10 > head.chars().count() {
        return unknown("binary");
    }
    Ok(text)
}

fn json_shape(
    text: &str,
    source: &dyn Fn() -> Result<source::Bytes, FileError>,
    limits: &Limits,
) -> Result<Shape, FileError> {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let first = lines.next().unwrap_or_default();
    let object =
        |line: &str| line.starts_with('{') && serde_json::from_str::<serde::de::IgnoredAny>(line).is_ok();
    let more = lines.next().is_some_and(|line| line.trim_start().starts_with('{'));
    if first.starts_with('{') && more && first.trim_end().ends_with('}') {
        return Ok(Shape::JsonLines);
    }
    if let Some(root) = find_root(source()?, 4 << 20, limits.json_depth).map_err(FileError::from)? {
        return Ok(Shape::Json { root });
    }
    if object(first) {
        return Ok(Shape::JsonLines);
    }
    if first.starts_with('[') && text.trim_end().ends_with(']') && text.trim().len() < 4 {
        return Err(FileError::Empty);
    }
    Err(FileError::corrupt("JSON without a list of objects"))
}

/// The delimiter that splits the most lines the same way.
fn delimiter(text: &str, whole: bool, limits: &Limits) -> char {
    // Excel's own way of saying it, on a first line.
    if let Some(told @ (',' | ';' | '\t' | '|')) =
        text.strip_prefix("sep=").and_then(|rest| rest.chars().next())
    {
        return told;
    }
    let mut best = (0.0, NO_DELIMITER);
    for candidate in [',', ';', '\t', '|'] {
        let counts = field_counts(text, candidate, whole, limits);
        let Some(&most) = counts.iter().max_by_key(|&&n| (counts.iter().filter(|&&m| m == n).count(), n))
        else {
            continue;
        };
        let agreeing = counts.iter().filter(|&&n| n == most).count() as f64 / counts.len() as f64;
        let score = agreeing * (most as f64).sqrt();
        if most > 1 && agreeing >= 0.6 && score > best.0 {
            best = (score, candidate);
        }
    }
    best.1
}

fn field_counts(text: &str, delimiter: char, whole: bool, limits: &Limits) -> Vec<usize> {
    let head: String = text.chars().take(128 << 10).collect();
    let cut = head.len() < text.len() || !whole;
    let source = decoded(Box::new(Cursor::new(head.into_bytes())), UTF_8);
    let lines = Lines::new(source, limits.line_bytes);
    let mut records = Records::new(lines, u8::try_from(delimiter).unwrap_or(b','), limits.line_bytes);
    let mut counts = Vec::new();
    while counts.len() < 200 {
        match records.advance() {
            Ok(Step::Record { .. }) => counts.push(records.len()),
            Ok(Step::End | Step::Truncated { .. }) | Err(_) => break,
            Ok(_) => {}
        }
    }
    if cut && counts.len() > 1 && counts.len() < 200 {
        counts.pop();
    }
    counts
}
