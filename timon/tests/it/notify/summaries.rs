//! What the owner is told by itself: a campaign once, the day's summary at her hour, the week's word, each once.

use std::time::Duration;

use super::{World, worlds};
use crate::warn::{CAMPAIGN, hear_many, import_history};

fn subjects(world: &World) -> Vec<String> {
    world.mail.letters().iter().map(|letter| header(letter, "Subject")).collect()
}

/// A header's words, as a reader of mail shows them.
fn header(letter: &str, name: &str) -> String {
    let message = letter.split("\r\n\r\n").next().unwrap_or_default().replace("\r\n ", " ");
    let line = message.lines().find_map(|line| line.strip_prefix(&format!("{name}: "))).unwrap_or_default();
    line.split(' ').map(decoded).collect::<Vec<_>>().join(" ")
}

/// `=?utf-8?b?…?=` as words; anything else as it is.
fn decoded(word: &str) -> String {
    let inner = word.strip_prefix("=?utf-8?b?").and_then(|rest| rest.strip_suffix("?="));
    let Some(inner) = inner else { return word.to_owned() };
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let (mut bytes, mut bits, mut held) = (Vec::new(), 0u32, 0u32);
    for c in inner.bytes().filter(|c| *c != b'=') {
        let value = ALPHABET.iter().position(|a| *a == c).unwrap_or(0) as u32;
        held = (held << 6) | value;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push((held >> bits) as u8);
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_campaign_is_told_once_and_a_quiet_week_is_told_too() {
    for mut world in worlds().await {
        import_history(&mut world.app).await;
        world.app.settle().await;
        let before = subjects(&world).len();
        // From one in the afternoon: out of the quiet hours.
        hear_many(&world.app, &world.scope(), 12, 1, &CAMPAIGN).await;
        world.app.settle().await;
        let told: Vec<String> = subjects(&world).split_off(before);
        let warnings: Vec<&String> = told.iter().filter(|s| s.contains("descontenta")).collect();
        assert!((1..=3).contains(&warnings.len()), "told when it opened and when it was raised: {told:?}");

        // A fortnight passes. Every day has its summary, once; every Monday the word of the week.
        let before = subjects(&world).len();
        for _ in 0..14 * 24 {
            world.app.context.clock.advance(Duration::from_hours(1));
            world.app.settle().await;
        }
        let told: Vec<String> = subjects(&world).split_off(before);
        let count = |what: &str| told.iter().filter(|subject| subject.contains(what)).count();
        assert_eq!(count("tu resumen de hoy"), 14, "{told:?}");
        assert_eq!(count("seguimos vigilando"), 2, "{told:?}");
    }
}
