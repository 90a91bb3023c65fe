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
    let mut detectors = vec![("ours", judge::alarms(&watch.run(&files, "campaigns")?.lines)?)];
    if with_reference {
        detectors.push(("reference", judge::picked(&references(peers, &files)?, |said| said.alarm)));
    }
    for rule in RULES {
        detectors.push((rule.name, all.clone().map(|s| (s.name.clone(), rule.alarms(s))).collect()));
    }
    print!("{}", tables(&streams, &detectors));
    Ok(())
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
    let mut out =
        format!("\n{RUNS} runs of each, as they come: caught, people heard by then, hours (middle values)\n");
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
    out.push_str("\nfalse alarms a year in quiet times, as they come\n");
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
    fn every_case_has_its_rows_and_every_detector_its_column() {
        let detectors = vec![("ours", Alarms::new()), ("reference", Alarms::new())];
        let shown = tables(&Streams::new(), &detectors);
        for case in CAMPAIGNS.into_iter().chain(QUIET) {
            assert_eq!(shown.matches(case.title()).count(), RATES.len());
        }
        assert_eq!(shown.matches("reference").count(), 2);
    }
}
