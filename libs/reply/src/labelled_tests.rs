//! The labelled sentences of `labelled/`: how much the linter finds of what it should, and how much else.

use std::collections::{BTreeMap, BTreeSet};

use crate::{About, Profession, Rule, lint};

/// What is found, missed and found in vain.
#[derive(Default, Clone, Copy)]
struct Score {
    right: u32,
    missed: u32,
    wrong: u32,
}

impl Score {
    fn precision(self) -> f64 {
        f64::from(self.right) / f64::from((self.right + self.wrong).max(1))
    }

    fn recall(self) -> f64 {
        f64::from(self.right) / f64::from((self.right + self.missed).max(1))
    }
}

#[derive(Default)]
struct Line<'a> {
    wanted: BTreeSet<Rule>,
    about: About<'a>,
    known: Vec<String>,
    own: Vec<String>,
    text: &'a str,
}

fn line(line: &str) -> Line<'_> {
    let mut fields = line.split('\t');
    let (wanted, circumstances, text) = (
        fields.next().expect("rules"),
        fields.next().expect("circumstances"),
        fields.next().expect("a sentence"),
    );
    let mut read = Line { text, ..Line::default() };
    if wanted != "-" {
        read.wanted = wanted.split(',').map(|key| Rule::from_key(key).expect(key)).collect();
    }
    for word in circumstances.split(';') {
        match word.split_once('=') {
            Some(("author", name)) => read.about.author = Some(name),
            Some(("known", names)) => read.known = names.split(',').map(str::to_owned).collect(),
            Some(("own", contact)) => read.own.push(contact.to_owned()),
            _ if word == "dossier" => read.about.has_dossier = true,
            _ if word == "complaint" => read.about.in_complaint = true,
            _ => read.about.profession = Profession::from_name(word).expect(word),
        }
    }
    read
}

/// Scores by rule and in all; prints every mistake.
fn measure(name: &str, file: &str) -> (BTreeMap<Rule, Score>, Score, u32, u32) {
    let mut by_rule: BTreeMap<Rule, Score> = BTreeMap::new();
    let (mut all, mut harmless, mut alarms) = (Score::default(), 0, 0);
    for text in file.lines().filter(|line| !line.is_empty()) {
        let line = line(text);
        let about = About { known_names: &line.known, own_contacts: &line.own, ..line.about };
        let found: BTreeSet<Rule> = lint(line.text, &about)
            .into_iter()
            .map(|finding| finding.rule)
            .filter(|rule| !matches!(rule, Rule::NoAcknowledgement | Rule::NoNextStep))
            .collect();
        if line.wanted.is_empty() {
            harmless += 1;
            alarms += u32::from(!found.is_empty());
        }
        for rule in found.union(&line.wanted) {
            let score = by_rule.entry(*rule).or_default();
            let (wanted, found) = (line.wanted.contains(rule), found.contains(rule));
            for score in [score, &mut all] {
                score.right += u32::from(wanted && found);
                score.missed += u32::from(wanted && !found);
                score.wrong += u32::from(!wanted && found);
            }
            if !wanted || !found {
                println!(
                    "{name}: {} {}: {}",
                    if found { "in vain" } else { "missed" },
                    rule.key(),
                    line.text
                );
            }
        }
    }
    for (rule, score) in &by_rule {
        println!(
            "{name}: {:<20} right {:>3} missed {:>2} in vain {:>2}  precision {:.2} recall {:.2}",
            rule.key(),
            score.right,
            score.missed,
            score.wrong,
            score.precision(),
            score.recall()
        );
    }
    println!(
        "{name}: all: precision {:.3}, recall {:.3}; {alarms} of {harmless} harmless ones are found fault with",
        all.precision(),
        all.recall()
    );
    (by_rule, all, harmless, alarms)
}

#[test]
fn the_sentences_it_was_tuned_on_are_judged_as_labelled() {
    for (name, file) in [
        ("tuning es", include_str!("../labelled/tuning-es.tsv")),
        ("tuning en", include_str!("../labelled/tuning-en.tsv")),
    ] {
        let (_, all, _, _) = measure(name, file);
        assert!(all.precision() >= 0.95, "{name}: precision {}", all.precision());
        assert!(all.recall() >= 0.95, "{name}: recall {}", all.recall());
    }
}

#[test]
fn sentences_nothing_was_tuned_on_are_mostly_judged_as_labelled() {
    for (name, file) in [
        ("held-out es", include_str!("../labelled/held-out-es.tsv")),
        ("held-out en", include_str!("../labelled/held-out-en.tsv")),
    ] {
        let (_, all, _, _) = measure(name, file);
        assert!(all.precision() >= 0.90, "{name}: precision {}", all.precision());
        assert!(all.recall() >= 0.75, "{name}: recall {}", all.recall());
    }
}
