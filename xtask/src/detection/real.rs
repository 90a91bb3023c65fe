//! Real series: games with incidents that are known, firms in ordinary times, releases. Every detector with the settings
//! it comes with, fixed before anything here was looked at.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::campaigns::{Detectors, Scored, interruptions, references};
use super::chance::DAY;
use super::judge::{self, Alarms, Records};
use super::peers::{self, Peers};
use super::rules::RULES;
use super::series::{self, Incident, Review};
use super::stream::Stream;
use super::table::line;
use super::watch::Watch;
use crate::console;
use crate::measure::median;

/// Alarms this long before an incident's first week are neither right nor wrong (the date of the cause is not exact) …
const BEFORE: i64 = 7 * DAY;
/// … nor are those of its aftermath.
const AFTER: i64 = 14 * DAY;
/// How long a release is new.
const RELEASE: i64 = 21 * DAY;
/// False alarms a game-year at which those with a score are compared too.
const BUDGET: f64 = 0.05;
/// Sets of firms in ordinary times.
const ORDINARY: [&str; 3] = ["trustpilot_es", "reclameaqui_pt", "trustpilot_keytrade"];

/// What is kept of a stream while others are made.
struct Known {
    set: String,
    name: String,
    title: String,
    eval_from: i64,
    end: i64,
    in_crisis: bool,
}

impl Known {
    fn years(&self) -> f64 {
        (self.end - self.eval_from) as f64 / (365.0 * DAY as f64)
    }
}

/// Streams as they are made: their files, what must be known of them, and what the rules say.
struct Collected {
    folder: PathBuf,
    known: Vec<Known>,
    files: Vec<PathBuf>,
    rules: [Alarms; RULES.len()],
}

impl Collected {
    fn add(&mut self, set: &str, title: &str, stream: &Stream, in_crisis: bool) -> anyhow::Result<()> {
        self.files.push(stream.keep(&self.folder)?);
        for (rule, alarms) in RULES.iter().zip(&mut self.rules) {
            alarms.insert(stream.name.clone(), rule.alarms(stream));
        }
        let (name, title) = (stream.name.clone(), title.to_owned());
        let Stream { eval_from, end, .. } = *stream;
        self.known.push(Known { set: set.to_owned(), name, title, eval_from, end, in_crisis });
        Ok(())
    }
}

/// What all parts need.
struct Bench<'a> {
    peers: &'a Peers,
    watch: &'a Watch,
    with_reference: bool,
    data: PathBuf,
    folder: PathBuf,
}

pub fn run(peers: &Peers, watch: &Watch, with_reference: bool) -> anyhow::Result<()> {
    let (data, folder) = (peers::shared().join("data"), peers.folder("real", None)?);
    let bench = Bench { peers, watch, with_reference, data, folder };
    console::part("real series: firms in ordinary times");
    bench.firms()?;
    console::part("real series: releases");
    bench.releases()?;
    console::part("real series: games");
    bench.games()
}

impl Bench<'_> {
    fn collected(&self) -> Collected {
        let folder = self.folder.clone();
        Collected { folder, known: Vec::new(), files: Vec::new(), rules: Default::default() }
    }

    fn everybody(&self, from: Collected, what: &str) -> anyhow::Result<(Vec<Known>, Detectors, Scored)> {
        let mut scored = vec![("ours", judge::records(&self.watch.run(&from.files, what)?.lines)?)];
        if self.with_reference {
            scored.push(("reference", references(self.peers, &from.files)?));
        }
        let mut detectors = interruptions(&scored);
        detectors.extend(RULES.iter().map(|rule| rule.name).zip(from.rules));
        Ok((from.known, detectors, scored))
    }

    fn reviews(&self, set: &str) -> anyhow::Result<Option<BTreeMap<String, Vec<Review>>>> {
        let path = self.data.join(format!("{set}.jsonl.gz"));
        if is_there(&path) { series::reviews(&path).map(Some) } else { Ok(None) }
    }

    fn games(&self) -> anyhow::Result<()> {
        let (table, causes) = (self.data.join("steam_weekly.csv.gz"), self.data.join("steam_incidents.csv"));
        if !is_there(&table) || !is_there(&causes) {
            return Ok(());
        }
        let mut collected = self.collected();
        for game in &series::games(&table)? {
            if let Some(stream) = series::game_stream(game) {
                collected.add("steam", &game.id, &stream, false)?;
            }
        }
        let (known, detectors, scored) = self.everybody(collected, "games")?;
        let incidents = series::known_incidents(&causes)?;
        print!("{}{}", games_table(&known, &incidents, &detectors), at_budget(&known, &incidents, &scored));
        Ok(())
    }

    fn firms(&self) -> anyhow::Result<()> {
        let mut collected = self.collected();
        for set in ORDINARY {
            for (number, (firm, reviews)) in self.reviews(set)?.into_iter().flatten().enumerate() {
                if let Some(stream) = series::firm_stream(set, number, &reviews) {
                    collected.add(set, &firm, &stream, false)?;
                }
            }
        }
        let (known, detectors, _) = self.everybody(collected, "firms")?;
        print!("{}", firms_table(&known, &detectors));
        Ok(())
    }

    fn releases(&self) -> anyhow::Result<()> {
        let Some(all) = self.reviews("metacritic_rt")? else { return Ok(()) };
        let mut collected = self.collected();
        for (number, (title, reviews)) in all.iter().enumerate() {
            if let Some((stream, in_crisis)) = series::release_stream("metacritic", number, reviews) {
                collected.add("metacritic", title, &stream, in_crisis)?;
            }
        }
        let (known, detectors, _) = self.everybody(collected, "releases")?;
        print!("{}", releases_table(&known, &detectors));
        Ok(())
    }
}

/// Whether a file of data is there; says so when not.
fn is_there(path: &Path) -> bool {
    let there = path.is_file();
    if !there {
        println!("skipped: {} is not there", path.display());
    }
    there
}

fn games_table(known: &[Known], incidents: &[Incident], detectors: &Detectors) -> String {
    let years: f64 = known.iter().map(Known::years).sum();
    let mut out = format!("\n{} games, {years:.0} game-years\n", known.len());
    out += &line("first alarm, days before the busiest week was over", names(detectors));
    for incident in incidents.iter().filter(|incident| incident.asked_for) {
        let leads = detectors.iter().map(|(_, alarms)| {
            lead_days(incident, alarms).map_or("not found".to_owned(), |days| format!("{days:.1}"))
        });
        out += &line(&incident.title.chars().take(55).collect::<String>(), leads);
    }
    out += &found_rows(known, incidents, detectors);
    out
}

/// The same for those with a score, at the threshold where they give the budget of false alarms.
fn at_budget(known: &[Known], incidents: &[Incident], scored: &Scored) -> String {
    let limit_of = |records: &Records| {
        judge::matched(records, BUDGET, |alarms| false_per_year(known, incidents, alarms))
    };
    let limits: Vec<f64> = scored.iter().map(|(_, records)| limit_of(records)).collect();
    let detectors: Detectors = scored
        .iter()
        .zip(&limits)
        .map(|((name, records), limit)| (*name, judge::picked(records, |said| said.score >= *limit)))
        .collect();
    let title = format!("by score, at {BUDGET} false alarms a game-year");
    line(&title, names(&detectors))
        + &line("score needed", limits.iter().map(|limit| format!("{limit:.1}")))
        + &found_rows(known, incidents, &detectors)
}

fn found_rows(known: &[Known], incidents: &[Incident], detectors: &Detectors) -> String {
    let asked = || incidents.iter().filter(|incident| incident.asked_for);
    let leads: Vec<Vec<f64>> =
        detectors.iter().map(|(_, alarms)| asked().filter_map(|i| lead_days(i, alarms)).collect()).collect();
    let wrong = detectors.iter().map(|(_, alarms)| false_per_year(known, incidents, alarms));
    line("found", leads.iter().map(|found| format!("{} of {}", found.len(), asked().count())))
        + &line("middle of days before", leads.iter().map(|found| format!("{:.1}", median(found))))
        + &line("false alarms a game-year", wrong.map(|rate| format!("{rate:.3}")))
}

fn false_per_year(known: &[Known], incidents: &[Incident], alarms: &Alarms) -> f64 {
    let all: usize = known.iter().map(|game| false_alarms(game, incidents, alarms)).sum();
    all as f64 / known.iter().map(Known::years).sum::<f64>().max(1e-9)
}

/// Days from the first alarm while an incident lasts to the end of its busiest week.
fn lead_days(incident: &Incident, alarms: &Alarms) -> Option<f64> {
    first_alarm(incident, alarms).map(|at| (incident.peaked - at) as f64 / DAY as f64)
}

fn first_alarm(incident: &Incident, alarms: &Alarms) -> Option<i64> {
    let name = format!("steam-{}", incident.id);
    alarms.get(&name)?.iter().copied().find(|at| (incident.began..=incident.ended).contains(at))
}

fn names(detectors: &Detectors) -> impl Iterator<Item = &str> {
    detectors.iter().map(|(name, _)| *name)
}

/// Interruptions of an owner outside of everything that is known to have happened.
fn false_alarms(known: &Known, incidents: &[Incident], alarms: &Alarms) -> usize {
    let of_this = |incident: &&Incident| known.name.strip_prefix("steam-") == Some(incident.id.as_str());
    let explained: Vec<_> =
        incidents.iter().filter(of_this).map(|i| i.began - BEFORE..=i.ended + AFTER).collect();
    let is_false = |at: &i64| *at >= known.eval_from && !explained.iter().any(|range| range.contains(at));
    judge::incidents(alarms.get(&known.name).into_iter().flatten().copied().filter(is_false))
}

fn firms_table(known: &[Known], detectors: &Detectors) -> String {
    let mut out = line("\nalarms a firm-year", names(detectors));
    for set in ORDINARY {
        let those: Vec<&Known> = known.iter().filter(|firm| firm.set == set).collect();
        let years: f64 = those.iter().map(|firm| firm.years()).sum();
        let rates = detectors.iter().map(|(_, alarms)| {
            let all: usize = those.iter().map(|firm| false_alarms(firm, &[], alarms)).sum();
            format!("{:.2}", all as f64 / years.max(1e-9))
        });
        out += &line(&format!("{set}: {} firms, {years:.1} firm-years", those.len()), rates);
    }
    out
}

/// Whether anybody was warned while the title was new, and how often a year afterwards.
fn releases_table(known: &[Known], detectors: &Detectors) -> String {
    let mut out = line("\nfirst alarm in the first 21 days (day); later ones a year", names(detectors));
    let mut order: Vec<&Known> = known.iter().collect();
    order.sort_by_key(|title| !title.in_crisis);
    for title in order {
        let kind = if title.in_crisis { "bombed" } else { "quiet" };
        let cells = detectors.iter().map(|(_, alarms)| release_cell(title, alarms));
        out += &line(&format!("{} ({kind})", title.title), cells);
    }
    out
}

fn release_cell(title: &Known, alarms: &Alarms) -> String {
    let alarms = alarms.get(&title.name).map_or(&[][..], Vec::as_slice);
    let is_new = |at: &i64| at - title.eval_from < RELEASE;
    let first = alarms.iter().find(|at| is_new(at)).map(|at| (at - title.eval_from) as f64 / DAY as f64);
    let later = judge::incidents(alarms.iter().copied().filter(|at| !is_new(at))) as f64;
    let years = title.years() - RELEASE as f64 / (365.0 * DAY as f64);
    let first = first.map_or("-".to_owned(), |day| format!("{day:.1}"));
    let later = if years > 0.0 { format!("{:.2}", later / years) } else { "-".to_owned() };
    format!("{first}; {later}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(name: &str, days: i64) -> Known {
        let (set, title) = ("trustpilot_es".to_owned(), "Title".to_owned());
        Known { set, name: name.to_owned(), title, eval_from: 0, end: days * DAY, in_crisis: true }
    }

    fn incident(id: &str, weeks: [i64; 3], asked_for: bool) -> Incident {
        let [began, peaked, ended] = weeks.map(|week| week * 7 * DAY);
        Incident { id: id.to_owned(), title: "It happened".to_owned(), began, peaked, ended, asked_for }
    }

    fn alarms(name: &str, days: &[i64]) -> Alarms {
        Alarms::from([(name.to_owned(), days.iter().map(|day| day * DAY).collect())])
    }

    #[test]
    fn an_incident_is_found_while_it_lasts_and_the_lead_is_to_the_end_of_its_busiest_week() {
        let incidents = [incident("7", [10, 12, 13], true), incident("8", [1, 2, 3], false)];
        let detectors = vec![("ours", alarms("steam-7", &[73, 75])), ("late", alarms("steam-7", &[92]))];
        let table = games_table(&[known("steam-7", 730)], &incidents, &detectors);
        let row = |start: &str| table.lines().find(|line| line.starts_with(start)).expect("a row").to_owned();
        assert!(row("It happened").contains("11.0") && row("It happened").contains("not found"), "{table}");
        assert!(row("found").contains("1 of 1") && row("found").contains("0 of 1"), "{table}");
        assert!(row("false alarms").contains("0.000"), "the aftermath is no false alarm: {table}");
        assert_eq!(table.matches("It happened").count(), 1, "a mere spike is not asked for");
    }

    #[test]
    fn at_a_budget_the_score_decides() {
        let said = |day: i64, score: f64| judge::Said { at: day * DAY, score, alarm: true };
        let records = Records::from([("steam-7".to_owned(), vec![said(20, 3.0), said(75, 5.0)])]);
        let of = |days, score| {
            let mut records = records.clone();
            records.get_mut("steam-7").expect("there").push(said(300, score));
            at_budget(
                &[known("steam-7", days)],
                &[incident("7", [10, 12, 13], true)],
                &vec![("ours", records)],
            )
        };
        assert!(of(730, 1.0).contains("1 of 1"), "the incident is the surest: {}", of(730, 1.0));
        assert!(of(730, 9.0).contains("0 of 1"), "something else is surer: {}", of(730, 9.0));
        assert!(of(365 * 20, 9.0).contains("1 of 1"), "in twenty years one false alarm is allowed");
    }

    #[test]
    fn only_what_nothing_explains_is_a_false_alarm() {
        let incidents = [incident("7", [10, 12, 13], false), incident("8", [40, 41, 42], true)];
        let of = |days: &[i64]| false_alarms(&known("steam-7", 730), &incidents, &alarms("steam-7", days));
        assert_eq!(of(&[64, 75, 100]), 0);
        assert_eq!(
            of(&[20, 22, 75, 290]),
            2,
            "alarms on two days are one interruption; another game explains none"
        );
        assert_eq!(of(&[]), 0);
    }

    #[test]
    fn firms_are_counted_by_the_year() {
        let detectors = vec![("ours", alarms("a", &[50, 52, 400]))];
        let table = firms_table(&[known("a", 365), known("b", 365)], &detectors);
        assert!(table.contains("2 firms, 2.0 firm-years") && table.contains("1.00"), "{table}");
    }

    #[test]
    fn releases_tell_the_first_weeks_from_the_rest() {
        let title = known("a", 386);
        assert_eq!(release_cell(&title, &alarms("a", &[2, 3, 100])), "2.0; 1.00");
        assert_eq!(release_cell(&title, &alarms("a", &[21])), "-; 1.00");
        assert_eq!(release_cell(&known("a", 20), &alarms("a", &[])), "-; -");
        let table = releases_table(&[title], &vec![("ours", Alarms::new())]);
        assert!(table.contains("Title (bombed)"), "{table}");
    }
}
