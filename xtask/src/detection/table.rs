//! Tables for people, from the scorer's figures.

use std::cmp::Reverse;
use std::fmt::Write as _;

use serde_json::Value;

/// The two readings at a matched budget, and what they are called.
const BUDGETS: [(&str, &str); 2] = [("quarter", "1 false alarm a quarter"), ("year", "1 a year")];
/// Classes in the order in which they are shown.
const CLASSES: [&str; 3] = ["low", "medium", "high"];
const OURS: &str = "ours";
const REFERENCE: &str = "reference";

/// A number of the scorer with these decimals; a dash where there is none.
fn cell(value: &Value, decimals: usize) -> String {
    value.as_f64().map_or_else(|| "-".to_owned(), |number| format!("{number:.decimals$}"))
}

/// Detectors of one class: ours, the reference, then the rivals by their score at one false alarm a quarter.
fn in_order(class: &Value) -> Vec<(&str, &Value)> {
    let mut rows: Vec<(&str, &Value)> =
        class.as_object().into_iter().flatten().map(|(name, row)| (name.as_str(), row)).collect();
    rows.sort_by_key(|(name, row)| {
        let score = row["quarter"]["score"].as_f64().unwrap_or(0.0);
        (Reverse(*name == OURS), Reverse(*name == REFERENCE), Reverse((score * 1e6) as i64))
    });
    rows
}

/// A line of a table with a column for each detector.
pub fn line(title: &str, cells: impl IntoIterator<Item = impl std::fmt::Display>) -> String {
    let mut line = format!("{title:<56}");
    for cell in cells {
        let _ = write!(line, "{:>20}", cell.to_string());
    }
    line.push('\n');
    line
}

/// Classes of brands from small to large, and others after them.
fn by_size(figures: &Value) -> Vec<(&str, &Value)> {
    let mut classes: Vec<(&str, &Value)> =
        figures["rows"].as_object().into_iter().flatten().map(|(class, of)| (class.as_str(), of)).collect();
    let place = |class: &str| CLASSES.iter().position(|known| *known == class).unwrap_or(CLASSES.len());
    classes.sort_by_key(|(class, _)| place(class));
    classes
}

/// SCORE of every detector, the mean of all classes: as every class has the same kinds, that of all (class, kind).
pub fn overall(figures: &Value) -> String {
    let classes = by_size(figures);
    let mean = |detector: &str, reading: &str| {
        let scores: Vec<f64> =
            classes.iter().filter_map(|(_, of)| of[detector][reading]["score"].as_f64()).collect();
        (scores.len() == classes.len() && !scores.is_empty())
            .then(|| scores.iter().sum::<f64>() / scores.len() as f64)
    };
    let names = classes.first().map(|(_, of)| in_order(of)).unwrap_or_default();
    let mut rows: Vec<(&str, [Option<f64>; 3])> = names
        .iter()
        .map(|(name, _)| (*name, ["quarter", "year", "as_is"].map(|of| mean(name, of))))
        .collect();
    rows.sort_by(|a, b| b.1[0].unwrap_or(0.0).total_cmp(&a.1[0].unwrap_or(0.0)));
    let mut out = format!(
        "\n{:<24}{:>14}{:>14}{:>14}\n",
        "SCORE, all classes", "1 a quarter", "1 a year", "as it comes"
    );
    for (name, scores) in rows {
        let cells = scores.map(|score| score.map_or("-".to_owned(), |score| format!("{score:.1}")));
        let _ = writeln!(out, "{name:<24}{:>14}{:>14}{:>14}", cells[0], cells[1], cells[2]);
    }
    out
}

/// Every detector in every class: at one false alarm a quarter, at one a year, and as it comes out of the box.
pub fn classes(figures: &Value) -> String {
    let mut out = String::new();
    for (class, detectors) in by_size(figures) {
        let cost = &figures["cost"][class];
        let events = cost["events"].as_f64().unwrap_or(0.0);
        let campaigns = detectors[REFERENCE]["quarter"]["n"].as_u64().unwrap_or(0);
        let quarters = detectors[REFERENCE]["quarter"]["quarters"].as_f64().unwrap_or(0.0);
        let _ = writeln!(
            out,
            "\n{class}: {campaigns} campaigns, {quarters:.1} quiet brand-quarters, {events:.0} mentions\n{:<24}|{:^37}|{:^37}|{:^30}|\n{:<24}|{SIDE}|{SIDE}| recall  early false/q  SCORE |   CPU s mentions/s",
            "", BUDGETS[0].1, BUDGETS[1].1, "as it comes", "detector"
        );
        for (name, row) in in_order(detectors) {
            let _ = write!(out, "{name:<24}|");
            for (budget, _) in BUDGETS {
                let side = &row[budget];
                let _ = write!(
                    out,
                    "{:>7}{:>7}{:>8}{:>8}{:>6} |",
                    cell(&side["recall"], 2),
                    cell(&side["earliness"], 2),
                    cell(&side["median_delay_h"], 1),
                    cell(&side["false_per_quarter"], 2),
                    cell(&side["score"], 1)
                );
            }
            let side = &row["as_is"];
            let seconds = cost[name].as_f64();
            let speed = seconds.map_or_else(|| "-".to_owned(), |s| format!("{:.0}", events / s.max(1e-9)));
            let _ = writeln!(
                out,
                "{:>7}{:>7}{:>8}{:>7} |{:>8}{speed:>11}",
                cell(&side["recall"], 2),
                cell(&side["earliness"], 2),
                cell(&side["false_per_quarter"], 2),
                cell(&side["score"], 1),
                cell(&cost[name], 2)
            );
        }
        for (name, seconds) in cost.as_object().into_iter().flatten() {
            if name != "events" && detectors.get(name).is_none() {
                let _ = writeln!(out, "{name:<62} {:>58} CPU s", cell(seconds, 2));
            }
        }
    }
    out
}

const SIDE: &str = " recall  early delay h false/q SCORE ";

/// Ours and the reference, kind by kind.
pub fn kinds(figures: &Value) -> String {
    let mut out = String::new();
    for (class, detectors) in by_size(figures) {
        let _ = writeln!(
            out,
            "\n{:<24}|{:^27}|{:^27}|{:^14}|{:^14}|{:^14}\n{:<24}|{KIND_SIDE}|{KIND_SIDE}| recall early | recall early | recall early ",
            format!("{class}, by kind"),
            "ours, 1 a quarter",
            "ours, 1 a year",
            "ours as is",
            "reference /q",
            "reference /y",
            ""
        );
        let ours = &detectors[OURS];
        let kinds = &ours["quarter"]["kinds"];
        for (kind, first) in kinds.as_object().into_iter().flatten() {
            let of = |detector: &str, reading: &str| detectors[detector][reading]["kinds"][kind].clone();
            let _ = write!(out, "{:<24}|", format!("{kind} ({})", cell(&first["n"], 0)));
            for side in [of(OURS, "quarter"), of(OURS, "year")] {
                let _ = write!(
                    out,
                    "{:>7}{:>6}{:>8}{:>5} |",
                    cell(&side["recall"], 2),
                    cell(&side["earliness"], 2),
                    cell(&side["median_delay_h"], 1),
                    cell(&side["median_mentions"], 0)
                );
            }
            for side in [of(OURS, "as_is"), of(REFERENCE, "quarter"), of(REFERENCE, "year")] {
                let _ = write!(out, "{:>7}{:>6} |", cell(&side["recall"], 2), cell(&side["earliness"], 2));
            }
            out.push('\n');
        }
    }
    out
}

const KIND_SIDE: &str = " recall early delay h seen ";

/// What is said about a campaign once it was found, at one false alarm a quarter.
pub fn explanations(figures: &Value) -> String {
    let mut out = format!(
        "\n{:<10}{:<12}{:>12}{:>14}{:>16}{:>15}{:>12}\n",
        "class",
        "detector",
        "place exact",
        "onset error h",
        "members Jaccard",
        "coordinated ok",
        "Brier grows"
    );
    for (class, detectors) in by_size(figures) {
        for name in [OURS, REFERENCE] {
            let side = &detectors[name]["quarter"];
            let _ = writeln!(
                out,
                "{class:<10}{name:<12}{:>12}{:>14}{:>16}{:>15}{:>12}",
                cell(&side["place_exact"], 2),
                cell(&side["onset_err_h"], 1),
                cell(&side["jaccard"], 2),
                cell(&side["coord_acc"], 2),
                cell(&side["brier"], 3)
            );
        }
    }
    out
}

/// How we stand against the best rival (in SCORE) and against the reference; points of SCORE on the same campaigns with
/// their interval.
pub fn ratios(figures: &Value) -> String {
    let mut out = String::new();
    for (class, detectors) in by_size(figures) {
        for (budget, words) in BUDGETS {
            let rivals =
                in_order(detectors).into_iter().filter(|(name, _)| *name != OURS && *name != REFERENCE);
            let score = |row: &Value| row[budget]["score"].as_f64().unwrap_or(0.0);
            let best = rivals.max_by(|a, b| score(a.1).total_cmp(&score(b.1)));
            let sides = best.into_iter().chain([(REFERENCE, &detectors[REFERENCE])]);
            for (name, row) in sides {
                let _ = write!(out, "{class:<8}{words:<26}ours / {name:<24}");
                for figure in ["score", "recall", "earliness"] {
                    let of = |row: &Value| row[budget][figure].as_f64().unwrap_or(0.0);
                    let (ours, theirs) = (of(&detectors[OURS]), of(row));
                    let ratio = if theirs > 0.0 { format!("{:.2} x", ours / theirs) } else { "-".to_owned() };
                    let _ = write!(out, "{figure:>12} {ours:>6.2} / {theirs:<6.2}{ratio:>7}");
                }
                let ahead = &row[budget]["ours_ahead"];
                let _ = write!(
                    out,
                    "   points ahead {} ({} to {})",
                    cell(&ahead[0], 1),
                    cell(&ahead[1], 1),
                    cell(&ahead[2], 1)
                );
                out.push('\n');
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn side(score: f64) -> Value {
        json!({ "n": 8, "recall": score / 100.0, "earliness": 0.5, "median_delay_h": null, "false_per_quarter": 1.0,
            "score": score, "quarters": 8.1, "place_exact": 0.5, "brier": 0.2, "kinds": { "brigade": { "n": 1, "recall": 1.0,
            "earliness": 0.25, "median_delay_h": 2.0, "median_mentions": 3.0 } } })
    }

    fn figures() -> Value {
        let row = |score: f64| json!({ "quarter": side(score), "year": side(score / 2.0) });
        json!({ "rows": { "low": { "weak": row(10.0), "strong": row(40.0), "reference": row(60.0), "ours": row(80.0) } },
            "cost": { "low": { "events": 1000.0, "ours": 0.5, "reference": 2.0, "bins": 1.0 } } })
    }

    fn position(text: &str, word: &str) -> usize {
        text.lines().position(|line| line.starts_with(word)).expect(word)
    }

    #[test]
    fn ours_stands_first_and_rivals_by_score() {
        let table = classes(&figures());
        let places = ["ours", "reference", "strong", "weak"].map(|name| position(&table, name));
        assert!(places.is_sorted(), "{table}");
        let ours = table.lines().nth(places[0]).expect("a line");
        assert!(ours.contains("0.80") && ours.trim_end().ends_with("2000"), "{ours}");
        assert!(ours.contains(" -"), "what is not known is a dash: {ours}");
        assert!(table.contains("bins "), "work that rivals share is shown: {table}");
    }

    #[test]
    fn the_columns_stand_below_their_names() {
        for table in [classes(&figures()), kinds(&figures())] {
            let bars = |line: &str| line.match_indices('|').map(|(at, _)| at).collect::<Vec<_>>();
            let mut lines = table.lines().filter(|line| line.contains('|'));
            let first = bars(lines.next().expect("a header"));
            for line in lines {
                let common = first.len().min(bars(line).len());
                assert_eq!(bars(line)[..common], first[..common], "{table}");
            }
        }
    }

    #[test]
    fn ratios_are_to_the_best_rival_and_to_the_reference() {
        let mut figures = figures();
        figures["rows"]["low"]["reference"]["quarter"]["ours_ahead"] = json!([20.0, 5.0, 35.0]);
        let table = ratios(&figures);
        assert_eq!(table.lines().count(), 4, "{table}");
        assert!(
            table.lines().next().is_some_and(|line| line.contains("strong") && line.contains("2.00 x")),
            "{table}"
        );
        assert!(!table.contains("weak"));
        assert!(table.contains("1.33 x"));
        assert!(table.contains("ahead 20.0 (5.0 to 35.0)") && table.contains("ahead - (- to -)"), "{table}");
    }

    #[test]
    fn classes_are_shown_by_size_and_their_scores_averaged() {
        let mut figures = figures();
        let low = figures["rows"]["low"].clone();
        figures["rows"]["high"] = low.clone();
        figures["rows"]["high"]["ours"]["quarter"]["score"] = 60.0.into();
        figures["rows"]["medium"] = low;
        let table = kinds(&figures);
        assert!(["low, ", "medium, ", "high, "].map(|class| position(&table, class)).is_sorted(), "{table}");
        let table = overall(&figures);
        let ours = table.lines().nth(position(&table, "ours")).expect("a line");
        assert!(ours.contains("73.3") && ours.contains("40.0") && ours.ends_with('-'), "{table}");
    }

    #[test]
    fn a_detector_that_says_nothing_is_a_row_of_dashes() {
        let mut figures = figures();
        figures["rows"]["low"]["ours"] = json!({});
        assert!(kinds(&figures).lines().count() >= 3);
        assert!(explanations(&figures).contains("ours"));
        assert!(ratios(&figures).contains("0.00 x"));
    }
}
