//! What a stranger reads first, in words.

use foundation::web::Texts;
use maud::{Markup, html};

use super::cards::bounded;
use crate::newcomer::SHOWN;
use crate::numbers::{LATELY_DAYS, Newcomer};

/// Mentions below which a share of them says nothing.
const LATELY_MIN: u64 = 10;

/// The newest ratings of each source, the share of negative mentions, the first page.
pub(super) fn read_first(t: &Texts, newcomer: &Newcomer) -> Markup {
    html! {
        p { (t.get("first-lead")) }
        ul {
            @for (name, bad, until) in &newcomer.newest { li { (newest(t, name, *bad, *until)) } }
            li { (lately(t, newcomer)) }
            li { (page(t, newcomer)) }
        }
        p.hint { (t.get("first-how")) }
    }
}

fn newest(t: &Texts, name: &str, bad: u64, until: Option<u64>) -> String {
    let values = [
        ("source", name.into()),
        ("bad", (bad as i64).into()),
        ("n", bounded(until.unwrap_or(0) as f64).into()),
    ];
    let key = match until {
        Some(0) => "first-ten-risky",
        Some(_) => "first-ten",
        None => "first-ten-safe",
    };
    t.with(key, &values).into_owned()
}

fn lately(t: &Texts, newcomer: &Newcomer) -> String {
    let (negative, all) = newcomer.lately;
    let values = [
        ("days", LATELY_DAYS.into()),
        ("all", (all as i64).into()),
        ("negative", (negative as i64).into()),
        ("n", bounded(newcomer.until_share as f64).into()),
    ];
    let key = match newcomer.until_share {
        _ if all < LATELY_MIN => return t.with("first-share-few", &values[..2]).into_owned(),
        0 => "first-share-bad",
        _ => "first-share",
    };
    t.with(key, &values).into_owned()
}

fn page(t: &Texts, newcomer: &Newcomer) -> String {
    if newcomer.first_page < SHOWN {
        return t.with("first-page-few", &[("n", (newcomer.first_page as i64).into())]).into_owned();
    }
    let values = [
        ("share", t.percent(newcomer.attention).into()),
        ("n", bounded(newcomer.until_attention.unwrap_or(0) as f64).into()),
    ];
    let key = if newcomer.until_attention == Some(0) { "first-page-bad" } else { "first-page" };
    t.with(key, &values).into_owned()
}
