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

/// One line of a detector.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Said {
    /// Seconds since 1970.
    pub at: i64,
    /// How sure it is; more is surer.
    pub score: f64,
    /// Whether the owner is interrupted with the settings it comes with.
    pub alarm: bool,
}

/// Everything a detector said of each stream, in order.
pub type Records = BTreeMap<String, Vec<Said>>;

/// Reads a detector's JSON lines.
pub fn records(lines: &str) -> anyhow::Result<Records> {
    let mut records = Records::new();
    for line in lines.lines().filter(|line| !line.trim().is_empty()) {
        let record: Value = serde_json::from_str(line).with_context(|| line.to_owned())?;
        let (Some(stream), Some(at), Some(score)) =
            (record["stream"].as_str(), record["t"].as_str(), record["score"].as_f64())
        else {
            anyhow::bail!("a line without stream, time or score: {line}");
        };
        let (at, _) = parse_moment(at).with_context(|| format!("{at:?} is no time"))?;
        let alarm = record["alarm"] == Value::Bool(true);
        records.entry(stream.to_owned()).or_default().push(Said { at, score, alarm });
    }
    for of in records.values_mut() {
        of.sort_by_key(|said| said.at);
    }
    Ok(records)
}

/// Those that a rule picks.
pub fn picked(records: &Records, rule: impl Fn(&Said) -> bool) -> Alarms {
    let of = |all: &[Said]| all.iter().filter(|said| rule(said)).map(|said| said.at).collect();
    records.iter().map(|(stream, all)| (stream.clone(), of(all))).collect()
}

/// The lowest score at which what is counted among the alarms is at most this; that of the surest line when even one
/// alarm is too many, and none at all when everything said is within the budget.
pub fn matched(records: &Records, most: f64, counted: impl Fn(&Alarms) -> f64) -> f64 {
    let mut scores: Vec<f64> = records.values().flatten().map(|said| said.score).collect();
    scores.sort_by(f64::total_cmp);
    // As good as monotone: fewer lines can part one interruption in two, but not many.
    let enough =
        scores.partition_point(|&limit| counted(&picked(records, |said| said.score >= limit)) > most);
    if enough == 0 {
        f64::NEG_INFINITY
    } else {
        scores.get(enough).or(scores.last()).copied().unwrap_or(f64::INFINITY)
    }
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
    fn a_limit_is_as_low_as_the_budget_allows() {
        let said = |at: i64, score: f64| Said { at: at * 30 * DAY, score, alarm: false };
        let records = Records::from([
            ("a".to_owned(), vec![said(1, 2.0), said(2, 5.0), said(3, 9.0)]),
            ("b".to_owned(), vec![said(1, 7.0)]),
        ]);
        let counted = |alarms: &Alarms| alarms.values().map(Vec::len).sum::<usize>() as f64;
        for (most, expected) in [(3.0, 5.0), (2.0, 7.0), (1.5, 9.0), (0.0, 9.0)] {
            assert!((matched(&records, most, counted) - expected).abs() < f64::EPSILON, "{most}");
        }
        for all in [&records, &Records::new()] {
            assert!(matched(all, 4.0, counted) < f64::MIN, "nothing has to be left out");
        }
    }

    #[test]
    fn only_interruptions_are_read() {
        let lines = r#"{"stream":"a","t":"1970-01-02T00:00:00Z","score":5,"alarm":true}
            {"stream":"a","t":"1970-01-01T00:00:01Z","score":5,"alarm":true}

            {"stream":"b","t":"1970-01-01T00:00:01Z","score":1,"alarm":false}"#;
        let read = picked(&records(lines).expect("read"), |said| said.alarm);
        assert_eq!(read["a"], [1, DAY]);
        assert_eq!(read["b"], [0; 0]);
        for broken in ["{", r#"{"alarm":true}"#, r#"{"alarm":true,"stream":"a","score":1,"t":"soon"}"#] {
            assert!(records(broken).is_err(), "{broken}");
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
