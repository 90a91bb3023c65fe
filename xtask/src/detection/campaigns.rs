//! The campaigns that really happened, at three sizes of firm: who notices, after how many people, how late, and how
//! often the same detector cries wolf in a quiet year.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::cases::{self, CAMPAIGNS, Case, QUIET, QUIET_DAYS, RATES};
use super::judge::{self, Alarms, Caught, Records};
use super::peers::Peers;
use super::rules::RULES;
use super::stream::{Stream, reference_alarms};
use super::table::line;
use super::watch::Watch;
use crate::console;
use crate::measure::median;

/// Runs of each case at each rate.
const RUNS: u64 = 40;

/// Those with a score, once more at the threshold where a quiet firm of that size gets this many false alarms a year:
/// detector, title, false alarms.
const MATCHED: [(&str, &str, f64); 4] = [
    ("ours", "ours, 1 a quarter", 4.0),
    ("ours", "ours, 1 a year", 1.0),
    ("reference", "ref., 1 a quarter", 4.0),
    ("reference", "ref., 1 a year", 1.0),
];

/// What those with a score said.
pub type Scored = Vec<(&'static str, Records)>;

/// Alarms of every detector, in the order of the columns.
pub type Detectors = Vec<(&'static str, Alarms)>;

pub fn run(peers: &Peers, watch: &Watch, with_reference: bool) -> anyhow::Result<()> {
    console::part("campaigns that happened");
    let folder = peers.folder("campaigns", None)?;
    let mut streams = BTreeMap::new();
    let mut files = Vec::new();
    for case in CAMPAIGNS.into_iter().chain(QUIET) {
        for rate in RATES {
            let runs: Vec<Stream> = (1..=RUNS).map(|seed| cases::stream(case, rate, seed)).collect();
            for stream in &runs {
                files.push(stream.keep(&folder)?);
            }
            streams.insert((case.title(), rate), runs);
        }
    }
    let all = streams.values().flatten();
    let mut scored = vec![("ours", judge::records(&watch.run(&files, "campaigns")?.lines)?)];
    if with_reference {
        scored.push(("reference", references(peers, &files)?));
    }
    let mut detectors = interruptions(&scored);
    for rule in RULES {
        detectors.push((rule.name, all.clone().map(|s| (s.name.clone(), rule.alarms(s))).collect()));
    }
    println!("\nas they come");
    print!("{}", tables(&streams, &detectors));
    println!("\nby score, at the same rate of false alarms in quiet years of firms of that size");
    print!("{}", tables(&streams, &matched(&streams, &scored)));
    Ok(())
}

/// Where each interrupts the owner with the settings it comes with.
pub fn interruptions(scored: &Scored) -> Detectors {
    scored.iter().map(|(name, all)| (*name, judge::picked(all, |said| said.alarm))).collect()
}

fn matched(streams: &Streams, scored: &Scored) -> Detectors {
    let mut detectors = Detectors::new();
    for (detector, title, most) in MATCHED {
        let Some((_, records)) = scored.iter().find(|(name, _)| *name == detector) else { continue };
        let mut alarms = Alarms::new();
        for rate in RATES {
            let of_rate: BTreeMap<_, _> = streams.iter().filter(|((_, of), _)| *of == rate).collect();
            let quiet = || QUIET.iter().filter_map(|case| of_rate.get(&(case.title(), rate)));
            let said = |runs: &[Stream]| -> Records {
                runs.iter().filter_map(|s| Some((s.name.clone(), records.get(&s.name)?.clone()))).collect()
            };
            let counted = |alarms: &Alarms| {
                quiet().map(|runs| false_per_year(runs, alarms)).sum::<f64>() / QUIET.len() as f64
            };
            let in_quiet: Records = quiet().flat_map(|runs| said(runs)).collect();
            let limit = judge::matched(&in_quiet, most, counted);
            for runs in of_rate.values() {
                alarms.extend(judge::picked(&said(runs), |said| said.score >= limit));
            }
        }
        detectors.push((title, alarms));
    }
    detectors
}

/// What the reference says of these files, kept from an earlier run or made now.
pub fn references(peers: &Peers, files: &[PathBuf]) -> anyhow::Result<Records> {
    peers.reference(files)?;
    let mut records = Records::new();
    for file in files {
        records.extend(judge::records(&std::fs::read_to_string(reference_alarms(file))?)?);
    }
    Ok(records)
}

type Streams = BTreeMap<(&'static str, u32), Vec<Stream>>;

fn tables(streams: &Streams, detectors: &Detectors) -> String {
    let mut out = format!("{RUNS} runs of each: caught, people heard by then, hours (middle values)\n");
    let table = |out: &mut String, cases: &[Case], cell: fn(&[Stream], &Alarms) -> String| {
        out.push_str(&line("", detectors.iter().map(|(name, _)| name)));
        for case in cases {
            for rate in RATES {
                let runs = streams.get(&(case.title(), rate)).map_or(&[][..], Vec::as_slice);
                let title = format!("{}, {rate} mentions a month", case.title());
                out.push_str(&line(&title, detectors.iter().map(|(_, alarms)| cell(runs, alarms))));
            }
        }
    };
    table(&mut out, &CAMPAIGNS, caught);
    out.push_str("\nfalse alarms a year in quiet times\n");
    table(&mut out, &QUIET, |runs, alarms| format!("{:.2}", false_per_year(runs, alarms)));
    out
}

fn of<'a>(alarms: &'a Alarms, stream: &Stream) -> &'a [i64] {
    alarms.get(&stream.name).map_or(&[], Vec::as_slice)
}

/// `caught  people  hours`, the last two of those that were caught.
fn caught(runs: &[Stream], alarms: &Alarms) -> String {
    let caught: Vec<Caught> =
        runs.iter().filter_map(|stream| judge::caught(stream, of(alarms, stream))).collect();
    if caught.is_empty() {
        return "0".to_owned();
    }
    let middle = |figure: fn(&Caught) -> f64| median(&caught.iter().map(figure).collect::<Vec<_>>());
    let share = caught.len() as f64 / runs.len() as f64;
    format!("{share:.2} {:>3.0} {:>6.1}", middle(|c| c.voices as f64), middle(|c| c.hours))
}

fn false_per_year(runs: &[Stream], alarms: &Alarms) -> f64 {
    let all: usize = runs
        .iter()
        .map(|s| judge::incidents(of(alarms, s).iter().copied().filter(|at| *at >= s.eval_from)))
        .sum();
    all as f64 * 365.0 / (QUIET_DAYS as f64 * runs.len() as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rules_cry_wolf_in_a_quiet_year_and_see_the_vet() {
        let quiet: Vec<Stream> = (1..=5).map(|seed| cases::stream(Case::QuietPlace, 30, seed)).collect();
        let vet: Vec<Stream> = (1..=5).map(|seed| cases::stream(Case::Vet, 30, seed)).collect();
        let rule = RULES[0];
        let on = |runs: &[Stream]| runs.iter().map(|s| (s.name.clone(), rule.alarms(s))).collect::<Alarms>();
        assert!(false_per_year(&quiet, &on(&quiet)) > 12.0, "more than one a month");
        assert!(caught(&vet, &on(&vet)).starts_with("1.00 "), "{}", caught(&vet, &on(&vet)));
        assert_eq!(caught(&vet, &Alarms::new()), "0");
        assert!(false_per_year(&quiet, &Alarms::new()) < f64::EPSILON);
    }

    #[test]
    fn a_matched_threshold_is_that_of_quiet_firms_of_the_size() {
        let one = |case: Case, rate| (case.title(), rate);
        let quiet = cases::stream(Case::QuietPlace, 5, 1);
        let vet = cases::stream(Case::Vet, 5, 1);
        let large = cases::stream(Case::Vet, 30, 1);
        let onset = |of: &Stream| of.events.iter().find(|e| e.campaign).expect("a campaign").seen;
        let said = |at, score| vec![judge::Said { at, score, alarm: false }];
        let noise: Vec<_> = [9.0, 8.0, 7.0, 6.0, 5.0, 4.0, 3.0, 2.0, 1.0, 0.5]
            .iter()
            .zip(1..)
            .flat_map(|(score, month)| said(quiet.eval_from + month * 30 * super::super::chance::DAY, *score))
            .collect();
        let records = Records::from([
            (quiet.name.clone(), noise),
            (vet.name.clone(), said(onset(&vet), 4.5)),
            (large.name.clone(), said(onset(&large), 0.1)),
        ]);
        let streams = Streams::from([
            (one(Case::QuietPlace, 5), vec![quiet]),
            (one(Case::Vet, 5), vec![vet]),
            (one(Case::Vet, 30), vec![large]),
        ]);
        let detectors = matched(&streams, &vec![("ours", records)]);
        assert_eq!(detectors.len(), 2, "the reference was left out");
        let caught_at = |column: usize, rate| caught(&streams[&one(Case::Vet, rate)], &detectors[column].1);
        assert!(caught_at(0, 5).starts_with("1.00"), "eight a year, halved by the other quiet world");
        assert_eq!(caught_at(1, 5), "0", "two a year");
    }

    #[test]
    fn every_case_has_its_rows_and_every_detector_its_column() {
        let detectors = vec![("ours", Alarms::new()), ("reference", Alarms::new())];
        let shown = tables(&Streams::new(), &detectors);
        for case in CAMPAIGNS.into_iter().chain(QUIET) {
            assert_eq!(shown.matches(case.title()).count(), RATES.len());
        }
        assert_eq!(shown.matches("reference").count(), 2);
    }
}
