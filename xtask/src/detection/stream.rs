//! A stream as detectors read it: JSON lines in order of arrival, the first one about the whole.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use serde_json::{Value, json};

use super::chance::{DAY, HOUR};

/// One mention.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// When it was published, seconds since 1970.
    pub at: i64,
    /// When it could be known; a detector may use it from then on.
    pub seen: i64,
    /// Where it was published.
    pub source: &'static str,
    /// `country/region/place`, or nothing known.
    pub place: Option<String>,
    /// What it is about.
    pub topic: Option<&'static str>,
    /// Stars, one to five.
    pub rating: Option<u8>,
    /// What a classifier would say: -1, 0 or 1.
    pub sentiment: i8,
    /// Who.
    pub author: String,
    /// What.
    pub text: String,
    /// Whether it belongs to the campaign. Never written: a detector must find out.
    pub campaign: bool,
}

impl Event {
    /// Whether every rule here would count it as negative.
    pub fn is_negative(&self) -> bool {
        self.rating.map_or(self.sentiment < 0, |stars| stars <= 2)
    }
}

/// All mentions of one brand.
#[derive(Debug, Clone)]
pub struct Stream {
    /// Its name, also of its file.
    pub name: String,
    /// The size of the brand in a word.
    pub tier: &'static str,
    /// Seconds since 1970; midnight.
    pub start: i64,
    /// From here on alarms count; what is before is history.
    pub eval_from: i64,
    /// Seconds since 1970.
    pub end: i64,
    /// In order of arrival, once [`Stream::in_order`] was called.
    pub events: Vec<Event>,
}

impl Stream {
    /// Puts the mentions in order of arrival and drops those that arrive too late to be known.
    pub fn in_order(mut self) -> Self {
        self.events.retain(|event| event.seen < self.end);
        self.events.sort_by(|a, b| (a.seen, a.at, &a.author).cmp(&(b.seen, b.at, &b.author)));
        self
    }

    /// The lines of its file.
    pub fn lines(&self) -> String {
        let distinct = |of: &dyn Fn(&Event) -> Option<String>| {
            let mut all: Vec<String> = self.events.iter().filter_map(of).collect();
            all.sort();
            all.dedup();
            all
        };
        let meta = json!({
            "type": "meta", "stream": self.name, "tier": self.tier, "start": moment(self.start),
            "eval_from": moment(self.eval_from), "end": moment(self.end),
            "sources": distinct(&|e| Some(e.source.to_owned())),
            "topics": distinct(&|e| e.topic.map(str::to_owned)),
            "audiences": [], "cities": distinct(&|e| e.place.clone()),
        });
        let mut lines = format!("{meta}\n");
        let quoted = |text: &str| Value::from(text).to_string();
        let optional = |text: Option<&str>| text.map_or_else(|| "null".to_owned(), quoted);
        let mut clock = Clock::default();
        for (id, e) in self.events.iter().enumerate() {
            // Written by hand: some series have a hundred thousand mentions, and a tree for each takes minutes.
            let (at, seen) = (clock.moment(e.at), clock.moment(e.seen));
            let (source, place, topic) = (quoted(e.source), optional(e.place.as_deref()), optional(e.topic));
            let rating = e.rating.map_or_else(|| "null".to_owned(), |stars| stars.to_string());
            let (author, text, sentiment) = (quoted(&e.author), quoted(&e.text), e.sentiment);
            writeln!(
                lines,
                r#"{{"type":"event","id":{id},"t":"{at}","seen":"{seen}","source":{source},"place":{place},"audience":null,"topic":{topic},"sent":{sentiment},"rating":{rating},"author":{author},"thread":null,"reach":0,"text":{text}}}"#
            )
            .expect("writing into memory cannot fail");
        }
        lines
    }

    /// Writes its file, unless it is there as it would be written; what others made of an older one is removed.
    pub fn keep(&self, folder: &Path) -> anyhow::Result<PathBuf> {
        let path = folder.join(format!("{}.jsonl", self.name));
        let lines = self.lines();
        if std::fs::read(&path).is_ok_and(|old| old == lines.as_bytes()) {
            return Ok(path);
        }
        std::fs::create_dir_all(folder)?;
        let stale = reference_alarms(&path);
        if stale.exists() {
            std::fs::remove_file(&stale)?;
        }
        std::fs::write(&path, lines).with_context(|| path.display().to_string())?;
        Ok(path)
    }
}

/// Where the alarms of the reference on a stream's file are kept.
pub fn reference_alarms(stream: &Path) -> PathBuf {
    stream.with_extension("reference.jsonl")
}

/// Writes moments of the same day without asking the calendar again.
#[derive(Default)]
struct Clock {
    day: Option<i64>,
    date: String,
}

impl Clock {
    fn moment(&mut self, seconds: i64) -> String {
        let (day, second) = (seconds.div_euclid(DAY), seconds.rem_euclid(DAY));
        if self.day != Some(day) {
            self.day = Some(day);
            moment(day * DAY).split('T').next().unwrap_or_default().clone_into(&mut self.date);
        }
        format!("{}T{:02}:{:02}:{:02}Z", self.date, second / HOUR, second % HOUR / 60, second % 60)
    }
}

/// Seconds since 1970 as `2026-01-31T10:00:00Z`.
pub fn moment(seconds: i64) -> String {
    jiff::Timestamp::from_second(seconds).map_or_else(|_| String::new(), |at| at.to_string())
}

/// Seconds since 1970 of a date, a date and time (taken as UTC), or a moment with its zone. The second value tells
/// whether the time of day was known.
pub fn parse_moment(text: &str) -> Option<(i64, bool)> {
    if let Ok(at) = text.parse::<jiff::Timestamp>() {
        return Some((at.as_second(), true));
    }
    let known = text.contains('T') || text.contains(' ');
    let local: jiff::civil::DateTime = text.parse().ok()?;
    Some((jiff::tz::TimeZone::UTC.to_timestamp(local).ok()?.as_second(), known))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(at: i64, author: &str) -> Event {
        Event {
            at,
            seen: at + 60,
            source: "google",
            place: None,
            topic: None,
            rating: Some(1),
            sentiment: -1,
            author: author.to_owned(),
            text: "mal".to_owned(),
            campaign: true,
        }
    }

    fn stream(events: Vec<Event>) -> Stream {
        let name = "one".to_owned();
        Stream { name, tier: "case", start: 0, eval_from: 0, end: 100_000, events }.in_order()
    }

    #[test]
    fn moments_of_all_sorts_are_read() {
        let day = 1_744_156_800; // 2025-04-09
        for (text, expected) in [
            ("2025-04-09T00:00:00Z", Some((day, true))),
            ("2025-04-09T11:00:22+00:00", Some((day + 11 * 3_600 + 22, true))),
            ("2025-04-09T11:00:22.500Z", Some((day + 11 * 3_600 + 22, true))),
            ("2025-04-09T00:00:10", Some((day + 10, true))),
            ("2025-04-09", Some((day, false))),
            ("yesterday", None),
            ("", None),
        ] {
            assert_eq!(parse_moment(text), expected, "{text}");
        }
        assert_eq!(moment(day), "2025-04-09T00:00:00Z");
    }

    #[test]
    fn a_file_does_not_tell_what_belongs_to_the_campaign() {
        let lines = stream(vec![event(500, "b"), event(10, "a")]).lines();
        assert!(!lines.contains("campaign"), "{lines}");
        let authors: Vec<String> = lines
            .lines()
            .skip(1)
            .map(|line| serde_json::from_str::<Value>(line).expect("JSON")["author"].to_string())
            .collect();
        assert_eq!(authors, ["\"a\"", "\"b\""], "in order of arrival");
    }

    #[test]
    fn every_line_is_json_and_says_what_the_mention_says() {
        let mut one = event(86_399, "\"Ana\" \\ ñ");
        one.topic = Some("servicio");
        one.place = Some("ES/R0/V01".to_owned());
        let lines = stream(vec![one, event(5, "a")]).lines();
        let read: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
        assert_eq!(read[0]["cities"], json!(["ES/R0/V01"]));
        assert_eq!(
            read[2],
            json!({ "type": "event", "id": 1, "t": "1970-01-01T23:59:59Z", "seen": "1970-01-02T00:00:59Z",
                "source": "google", "place": "ES/R0/V01", "audience": null, "topic": "servicio", "sent": -1,
                "rating": 1, "author": "\"Ana\" \\ ñ", "thread": null, "reach": 0, "text": "mal" })
        );
        assert_eq!(read[1]["place"], Value::Null);
    }

    #[test]
    fn what_the_reference_said_of_an_older_stream_is_forgotten() {
        let folder = tempfile::tempdir().expect("a folder");
        let first = stream(vec![event(10, "a")]);
        let path = first.keep(folder.path()).expect("written");
        std::fs::write(reference_alarms(&path), "{}").expect("written");
        first.keep(folder.path()).expect("the same again");
        assert!(reference_alarms(&path).exists());
        stream(vec![event(11, "a")]).keep(folder.path()).expect("another one");
        assert!(!reference_alarms(&path).exists());
    }

    #[test]
    fn what_arrives_after_the_end_is_not_known() {
        assert_eq!(stream(vec![event(99_990, "late"), event(5, "a")]).events.len(), 1);
    }
}
