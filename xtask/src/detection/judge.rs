//! What an owner would have got: alarms read from a detector's lines, put beside what really happened.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Context as _;
use serde_json::Value;

use super::chance::{DAY, HOUR};
use super::stream::{Stream, parse_moment};

/// Alarms closer than this to the one before are the same interruption …
const SAME_WITHIN: i64 = 7 * DAY;
/// … which lasts at most this long. Both as the scorer counts.
const LONGEST: i64 = 14 * DAY;
/// An alarm this long after the last post still counts as having caught the campaign.
const GRACE: i64 = DAY;

/// Alarms of each stream, seconds since 1970, in order.
pub type Alarms = BTreeMap<String, Vec<i64>>;

/// Reads a detector's JSON lines: those where the owner is interrupted.
pub fn alarms(lines: &str) -> anyhow::Result<Alarms> {
    let mut alarms = Alarms::new();
    for line in lines.lines().filter(|line| !line.trim().is_empty()) {
        let record: Value = serde_json::from_str(line).with_context(|| line.to_owned())?;
        if record["alarm"] != Value::Bool(true) {
            continue;
        }
        let (Some(stream), Some(at)) = (record["stream"].as_str(), record["t"].as_str()) else {
            anyhow::bail!("an alarm without stream or time: {line}");
        };
        let (at, _) = parse_moment(at).with_context(|| format!("{at:?} is no time"))?;
        alarms.entry(stream.to_owned()).or_default().push(at);
    }
    for of in alarms.values_mut() {
        of.sort_unstable();
    }
    Ok(alarms)
}

/// How many interruptions these alarms (in order) are.
pub fn incidents(alarms: impl IntoIterator<Item = i64>) -> usize {
    let mut count = 0;
    let mut open: Option<(i64, i64)> = None;
    for at in alarms {
        open = match open {
            Some((began, last)) if at - last <= SAME_WITHIN && at - began <= LONGEST => Some((began, at)),
            _ => {
                count += 1;
                Some((at, at))
            }
        };
    }
    count
}

/// How a campaign was caught.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Caught {
    /// Hours from the first post.
    pub hours: f64,
    /// Distinct people of the campaign whose posts had arrived.
    pub voices: usize,
}

/// The first alarm while a stream's campaign runs, or in the day after.
pub fn caught(stream: &Stream, alarms: &[i64]) -> Option<Caught> {
    let posts = || stream.events.iter().filter(|event| event.campaign);
    let (began, ended) = (posts().map(|e| e.at).min()?, posts().map(|e| e.at).max()?);
    let at = *alarms.iter().find(|&&at| (began..=ended + GRACE).contains(&at))?;
    let voices: BTreeSet<&str> = posts().filter(|e| e.seen <= at).map(|e| e.author.as_str()).collect();
    Some(Caught { hours: (at - began) as f64 / HOUR as f64, voices: voices.len() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detection::stream::Event;

    #[test]
    fn only_interruptions_are_read() {
        let lines = r#"{"stream":"a","t":"1970-01-02T00:00:00Z","score":5,"alarm":true}
            {"stream":"a","t":"1970-01-01T00:00:01Z","score":5,"alarm":true}

            {"stream":"b","t":"1970-01-01T00:00:01Z","score":1,"alarm":false}"#;
        let read = alarms(lines).expect("read");
        assert_eq!(read, Alarms::from([("a".to_owned(), vec![1, DAY])]));
        for broken in ["{", r#"{"alarm":true}"#, r#"{"alarm":true,"stream":"a","t":"soon"}"#] {
            assert!(alarms(broken).is_err(), "{broken}");
        }
    }

    #[test]
    fn alarms_close_together_interrupt_once() {
        for (days, expected) in [
            (vec![], 0),
            (vec![1], 1),
            (vec![1, 2, 8], 1),
            (vec![1, 9], 2),
            (vec![1, 7, 13, 15], 1),
            (vec![1, 7, 13, 16], 2),
        ] {
            assert_eq!(incidents(days.iter().map(|day| day * DAY)), expected, "{days:?}");
        }
    }

    #[test]
    fn a_campaign_is_caught_while_it_runs_or_the_day_after() {
        let event = |at: i64, author: &str, campaign| Event {
            at,
            seen: at + HOUR,
            source: "google",
            place: None,
            topic: None,
            rating: Some(1),
            sentiment: -1,
            author: author.to_owned(),
            text: String::new(),
            campaign,
        };
        let events = vec![
            event(0, "ordinary", false),
            event(DAY, "a", true),
            event(DAY + HOUR, "a", true),
            event(DAY + 2 * HOUR, "b", true),
        ];
        let stream =
            Stream { name: String::new(), tier: "case", start: 0, eval_from: 0, end: 9 * DAY, events };
        assert_eq!(caught(&stream, &[0, 3 * DAY]), None, "before it and long after it");
        let first = caught(&stream, &[0, DAY + 2 * HOUR]);
        assert_eq!(first, Some(Caught { hours: 2.0, voices: 1 }));
        assert_eq!(caught(&stream, &[2 * DAY]).map(|caught| caught.voices), Some(2));
        let quiet = Stream { events: vec![event(0, "ordinary", false)], ..stream };
        assert_eq!(caught(&quiet, &[0]), None);
    }
}
