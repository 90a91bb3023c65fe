//! Seals and proofs: what is ours, for whom, for how long.

use std::collections::BTreeMap;
use std::time::Duration;

use foundation::config::Config;
use foundation::context::{Clock, Secret};
use foundation::store::Store;

use super::*;

const HERE: OrganizationId = OrganizationId(1);
const ELSEWHERE: OrganizationId = OrganizationId(2);

async fn context(folder: &std::path::Path, secret: u8) -> Context {
    let store = Store::open_sqlite(&folder.join(format!("{secret}.db"))).await.expect("SQLite opens");
    let config = Config::from_parts(None, &BTreeMap::new(), &BTreeMap::new()).expect("defaults");
    let clock = Clock::manual("2026-09-21T10:00:00Z".parse().expect("a moment"));
    Context::new(store, clock, config, Secret::new([secret; 32]), Some(1))
}

fn solve(challenge: &str) -> String {
    let mut parts = challenge.split('.');
    let nonce = hex::decode(parts.next().expect("a nonce")).expect("hex");
    let cost = parts.next().and_then(|cost| cost.parse().ok()).expect("a cost");
    let counter = (0..u32::MAX).find(|counter| solves(&nonce, cost, *counter)).expect("a solution");
    format!("{challenge}.{counter}")
}

#[tokio::test]
async fn a_solution_is_taken_for_its_organisation_until_its_time_is_over() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (here, other) = (context(folder.path(), 7).await, context(folder.path(), 8).await);
    let solution = solve(&challenge(&here, HERE, 1));
    let solved = check(&here, HERE, &solution).expect("a solution");
    assert_eq!(check(&here, ELSEWHERE, &solution), None, "another organisation");
    assert_eq!(check(&other, HERE, &solution), None, "another installation");
    // Another solution of the same challenge is the same challenge.
    let (text, counter) = solution.rsplit_once('.').expect("a counter");
    let nonce = hex::decode(text.split('.').next().expect("a nonce")).expect("hex");
    let next = counter.parse::<u32>().expect("a number") + 1;
    let second = (next..u32::MAX).find(|counter| solves(&nonce, NonZeroU32::MIN, *counter)).expect("another");
    let again = check(&here, HERE, &format!("{text}.{second}")).expect("a solution too");
    assert_eq!(again.hash, solved.hash);
    here.clock.advance(Duration::from_secs(599));
    assert!(check(&here, HERE, &solution).is_some());
    here.clock.advance(Duration::from_secs(1));
    assert_eq!(check(&here, HERE, &solution), None, "too late");
}

#[tokio::test]
async fn no_part_of_a_challenge_can_be_changed_or_moved_into_another() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let here = context(folder.path(), 7).await;
    let text = challenge(&here, HERE, 1);
    let parts: Vec<&str> = text.split('.').collect();
    let [nonce, cost, until, seal] = parts[..] else { panic!("four parts: {text}") };
    let later = (until.parse::<i64>().expect("seconds") + 600).to_string();
    let spliced = [
        format!("{nonce}.{cost}.{later}.{seal}"),
        format!("{nonce}.0.{until}.{seal}"),
        format!("{nonce}{cost}..{until}.{seal}"),
        format!("{nonce}.{cost}{until}.{seal}"),
        format!("{nonce}.{cost}.{until}.{}", "0".repeat(seal.len())),
        format!("{nonce}.{cost}.{until}."),
        format!("{}.{cost}.{until}.{seal}", &nonce.to_uppercase()),
    ];
    for challenge in &spliced {
        for counter in 0..600 {
            assert_eq!(check(&here, HERE, &format!("{challenge}.{counter}")), None, "{challenge}");
        }
    }
    for text in [
        "",
        ".",
        "....",
        "a.b.c.d.e",
        &"9.".repeat(200),
        "ñ.1.2.3.4",
        &format!("{text}.-1"),
        &format!("{text}.99999999999"),
    ] {
        assert_eq!(check(&here, HERE, text), None, "{text}");
    }
}

#[tokio::test]
async fn a_form_is_ours_for_a_day() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let here = context(folder.path(), 7).await;
    let form = seal_form(&here, HERE);
    assert_eq!(age(&here, HERE, &form), Some(SignedDuration::ZERO));
    assert_eq!(age(&here, ELSEWHERE, &form), None);
    let forged = [
        Sealed { made: "0".to_owned(), ..form.clone() },
        Sealed { key: "x".to_owned(), ..form.clone() },
        Sealed { seal: String::new(), ..form.clone() },
        Sealed { key: format!("{}1", form.key), made: form.made.chars().skip(1).collect(), ..form.clone() },
    ];
    for sealed in forged {
        assert_eq!(age(&here, HERE, &sealed), None, "{sealed:?}");
    }
    here.clock.advance(Duration::from_hours(24));
    assert!(age(&here, HERE, &form).is_some());
    here.clock.advance(Duration::from_secs(1));
    assert_eq!(age(&here, HERE, &form), None);
}
