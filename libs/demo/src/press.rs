//! The feed of the local press and blogs: the pieces of `texts/press.txt`, each at its distance from `now`.

use jiff::{SignedDuration, Timestamp};

use crate::calendar::awake;
use crate::{DemoMention, DemoSource};

const FILE: &str = include_str!("../texts/press.txt");
const SECONDS_PER_DAY: f64 = 86_400.0;

/// Every piece of the file.
pub(crate) fn pieces(now: Timestamp) -> Vec<DemoMention> {
    FILE.split("\n\n").filter_map(|block| piece(block, now)).collect()
}

/// A block of three lines (`days | medium | address`, title, text); `None` if it is not one.
fn piece(block: &str, now: Timestamp) -> Option<DemoMention> {
    let mut lines = block.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    let mut head = lines.next()?.split('|').map(str::trim);
    let (days, medium, address) = (head.next()?.parse::<f64>().ok()?, head.next()?, head.next()?);
    let (title, text) = (lines.next()?, lines.next()?);
    let ago = SignedDuration::from_secs((days * SECONDS_PER_DAY) as i64);
    let valencian = medium.starts_with("Diari ") || title.starts_with("Opinió");
    Some(DemoMention {
        source: DemoSource::LocalPress,
        external_id: String::new(),
        author: medium.to_owned(),
        author_reviews: None,
        author_town: None,
        posted_at: awake(now - ago),
        stars: None,
        title: Some(title.to_owned()),
        text: text.to_owned(),
        language: if valencian { "ca" } else { "es" },
        reply: None,
        url: Some(address.to_owned()),
    })
}
