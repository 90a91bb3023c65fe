//! Mentions as JSON lines in, alarms as JSON lines out: what `timon watch` and benchmarks use.
//!
//! A line `{"type":"meta","stream":…}` begins a new organisation; every
//! `{"type":"event","id","t","seen","source","place","audience","topic","sent","rating","author","thread","text","import"}`
//! is one mention. Only `t` is compulsory (`seen` is then the same). Unknown fields are ignored, lines that cannot be
//! read are counted and reported, and neither stops the reading. Times are ISO 8601; days are those of UTC.

use crate::detector::Detector;
use crate::types::{Event, Level, Report, Seconds, Segment, Settings, State};
use serde::{Deserialize, Serialize};
use std::fmt::Write as _;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{BufRead, Read, Write};

/// Longest line, in bytes.
pub const LINE_BYTES_MAX: u64 = 1 << 20;
/// Most bad lines described; the others are only counted.
const FAULTS_MAX: usize = 20;

/// What was read and said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// Organisations.
    pub streams: u64,
    /// Mentions.
    pub events: u64,
    /// Lines written.
    pub reports: u64,
    /// Lines that could not be read.
    pub bad_lines: u64,
    /// The first of them: (number of the line, why).
    pub faults: Vec<(u64, String)>,
}

/// Why watching stopped.
#[derive(Debug, thiserror::Error)]
pub enum StreamError {
    /// The input failed.
    #[error("the input cannot be read")]
    Read(#[source] std::io::Error),
    /// The output failed.
    #[error("the output cannot be written")]
    Write(#[source] std::io::Error),
}

#[derive(Deserialize)]
struct Line {
    #[serde(rename = "type", default)]
    kind: String,
    stream: Option<String>,
    id: Option<serde_json::Value>,
    t: Option<String>,
    seen: Option<String>,
    source: Option<String>,
    place: Option<String>,
    audience: Option<String>,
    topic: Option<String>,
    sent: Option<f64>,
    rating: Option<f64>,
    author: Option<String>,
    thread: Option<String>,
    text: Option<String>,
    #[serde(default)]
    import: bool,
}

#[derive(Serialize)]
struct Said<'a> {
    stream: &'a str,
    warning: u32,
    state: State,
    t: String,
    score: f64,
    alarm: bool,
    level: Level,
    segment: &'a Segment,
    since: String,
    observed: f64,
    expected: f64,
    event_ids: &'a [u64],
    coordinated: bool,
    p_grow: f64,
    locality: f64,
    provisional: bool,
    reason: String,
}

/// Reads mentions to the end and writes what the detector says.
pub fn watch(reader: impl Read, writer: impl Write, settings: &Settings) -> Result<Summary, StreamError> {
    let mut reader = std::io::BufReader::new(reader);
    let mut watcher = Watcher {
        writer: std::io::BufWriter::new(writer),
        settings,
        detector: Detector::new(settings.clone()),
        stream: String::new(),
        last: None,
        summary: Summary::default(),
    };
    let mut line = Vec::new();
    let mut number = 0_u64;
    while next_line(&mut reader, &mut line).map_err(StreamError::Read)? {
        number += 1;
        watcher.line(number, &line)?;
    }
    watcher.finish()?;
    watcher.writer.flush().map_err(StreamError::Write)?;
    Ok(watcher.summary)
}

/// Reads one line, of a longer one only the beginning and one byte more; `false` at the end.
fn next_line(reader: &mut impl BufRead, line: &mut Vec<u8>) -> std::io::Result<bool> {
    line.clear();
    let read = reader.take(LINE_BYTES_MAX + 1).read_until(b'\n', line)?;
    if line.last() == Some(&b'\n') {
        line.pop();
    } else if read as u64 > LINE_BYTES_MAX {
        reader.skip_until(b'\n')?;
    }
    Ok(read > 0)
}

struct Watcher<'a, W: Write> {
    writer: W,
    settings: &'a Settings,
    detector: Detector,
    stream: String,
    last: Option<Seconds>,
    summary: Summary,
}

impl<W: Write> Watcher<'_, W> {
    fn line(&mut self, number: u64, bytes: &[u8]) -> Result<(), StreamError> {
        if bytes.len() as u64 > LINE_BYTES_MAX {
            self.fault(number, format!("the line is longer than {LINE_BYTES_MAX} bytes"));
            return Ok(());
        }
        if bytes.trim_ascii().is_empty() {
            return Ok(());
        }
        let line: Line = match serde_json::from_slice(bytes) {
            Ok(line) => line,
            Err(error) => {
                self.fault(number, error.to_string());
                return Ok(());
            }
        };
        match line.kind.as_str() {
            "meta" => self.begin(line.stream.unwrap_or_default()),
            "event" | "" => match self.event(number, &line) {
                Ok(reports) => self.write(&reports),
                Err(fault) => {
                    self.fault(number, fault);
                    Ok(())
                }
            },
            other => {
                self.fault(number, format!("unknown type {other:?}"));
                Ok(())
            }
        }
    }

    fn fault(&mut self, number: u64, why: String) {
        self.summary.bad_lines += 1;
        if self.summary.faults.len() < FAULTS_MAX {
            self.summary.faults.push((number, why));
        }
    }

    fn begin(&mut self, stream: String) -> Result<(), StreamError> {
        self.finish()?;
        self.detector = Detector::new(self.settings.clone());
        self.stream = stream;
        self.last = None;
        self.summary.streams += 1;
        Ok(())
    }

    /// Closes the last tick.
    fn finish(&mut self) -> Result<(), StreamError> {
        let reports = self.last.map_or_else(Vec::new, |last| self.detector.advance(last.saturating_add(60)));
        self.write(&reports)
    }

    fn event(&mut self, number: u64, line: &Line) -> Result<Vec<Report>, String> {
        let published = seconds(line.t.as_deref().ok_or("there is no time `t`")?, false)?;
        let seen = line.seen.as_deref().map_or(Ok(published), |seen| seconds(seen, true))?;
        let event = Event {
            id: line.id.as_ref().and_then(serde_json::Value::as_u64).unwrap_or(number),
            published,
            seen,
            source: line.source.as_deref(),
            topic: line.topic.as_deref(),
            audience: line.audience.as_deref(),
            place: line.place.as_deref(),
            negative: line
                .rating
                .map_or_else(|| line.sent.is_some_and(|sent| sent < 0.0), |stars| stars <= 2.0),
            author: line.author.as_deref().map(hash),
            thread: line.thread.as_deref().map(hash),
            text: line.text.as_deref().unwrap_or_default(),
            import: line.import,
        };
        self.summary.events += 1;
        self.last = Some(self.last.map_or(seen, |last| last.max(seen)));
        Ok(self.detector.feed(&[event]))
    }

    fn write(&mut self, reports: &[Report]) -> Result<(), StreamError> {
        for report in reports {
            let said = Said {
                stream: &self.stream,
                warning: report.warning,
                state: report.state,
                t: iso(report.at),
                score: (report.score * 1e4).round() / 1e4,
                alarm: report.alarm,
                level: report.level,
                segment: &report.segment,
                since: iso(report.since),
                observed: report.observed,
                expected: (report.expected * 1e3).round() / 1e3,
                event_ids: &report.members,
                coordinated: report.coordination.coordinated,
                p_grow: (report.growth.p_grow * 1e3).round() / 1e3,
                locality: (report.locality * 1e3).round() / 1e3,
                provisional: report.provisional,
                reason: reason(report),
            };
            serde_json::to_writer(&mut self.writer, &said)
                .map_err(std::io::Error::from)
                .and_then(|()| self.writer.write_all(b"\n"))
                .map_err(StreamError::Write)?;
            self.summary.reports += 1;
        }
        Ok(())
    }
}

/// Why, in a plain English sentence.
pub fn reason(report: &Report) -> String {
    if report.state == State::Ended {
        return format!("It is quiet again; it had begun on {}.", iso(report.since));
    }
    let segment = &report.segment;
    let mut sentence = format!(
        "{} negative voices (usual: {:.1}) since {}",
        report.observed,
        report.expected,
        iso(report.since)
    );
    if segment.copies {
        sentence.push_str(" that nearly repeat each other");
    }
    for (word, name) in [
        ("in", &segment.place),
        ("about", &segment.topic),
        ("on", &segment.source),
        ("among", &segment.audience),
    ] {
        if let Some(name) = name {
            _ = write!(sentence, " {word} {name}");
        }
    }
    if report.coordination.copies > 0 && !segment.copies {
        _ = write!(sentence, ", {} of them near-copies", report.coordination.copies);
    }
    sentence.push('.');
    sentence
}

fn seconds(text: &str, up: bool) -> Result<Seconds, String> {
    let at: jiff::Timestamp = text.parse().map_err(|error: jiff::Error| error.to_string())?;
    let floor = at.as_second() - Seconds::from(at.subsec_nanosecond() < 0);
    Ok(if up && at.subsec_nanosecond() != 0 { floor + 1 } else { floor })
}

fn iso(at: Seconds) -> String {
    jiff::Timestamp::from_second(at).map_or_else(|_| at.to_string(), |at| at.to_string())
}

fn hash(name: &str) -> u64 {
    // keys are fixed: the same name has the same hash in every run
    let mut hasher = DefaultHasher::new();
    name.hash(&mut hasher);
    hasher.finish()
}
