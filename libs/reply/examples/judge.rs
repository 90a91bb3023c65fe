//! Judges replies from standard input, one a line (`\n` inside is a line break): how often each rule finds something, and
//! where. `cargo run --release -p reply --example judge [PROFESSION] < replies.txt`.

use std::collections::BTreeMap;
use std::io::BufRead as _;

use reply::{About, Profession, Severity, lint};

fn main() -> std::io::Result<()> {
    let profession =
        std::env::args().nth(1).and_then(|name| Profession::from_name(&name)).unwrap_or(Profession::General);
    let about = About { profession, ..About::default() };
    let mut counts: BTreeMap<(Severity, &str), u64> = BTreeMap::new();
    let (mut replies, mut blocked) = (0_u64, 0_u64);
    for line in std::io::stdin().lock().lines() {
        let text = line?.replace("\\n", "\n");
        let found = lint(&text, &about);
        replies += 1;
        blocked += u64::from(found.iter().any(|finding| finding.severity == Severity::Block));
        for finding in found {
            *counts.entry((finding.severity, finding.rule.key())).or_default() += 1;
            let said = text.get(finding.span).unwrap_or_default();
            println!("{}\t{}\t{}", finding.severity.as_str(), finding.rule.key(), said.replace('\n', " "));
        }
    }
    eprintln!("{replies} replies, {blocked} with something that blocks");
    for ((severity, rule), count) in counts {
        eprintln!("{:<6} {rule:<20} {count}", severity.as_str());
    }
    Ok(())
}
