//! What the owner is told by itself: a campaign once, the day's summary at her hour, the week's word, each once.

use std::time::Duration;

use super::{World, worlds};
use crate::warn::{CAMPAIGN, hear_many, import_history};

/// Subjects of everything that arrived, the newest first.
async fn subjects(world: &World) -> Vec<String> {
    let newest = notify::store::outgoing::newest(&world.scope(), 100).await.expect("readable");
    assert_eq!(newest.len(), world.mail.letters().len(), "every message arrived, none of them twice");
    newest.into_iter().map(|message| message.subject).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_campaign_is_told_once_and_a_quiet_week_is_told_too() {
    for mut world in worlds().await {
        import_history(&mut world.app).await;
        world.app.settle().await;
        // From one in the afternoon: out of the quiet hours.
        hear_many(&world.app, &world.scope(), 12, 1, &CAMPAIGN).await;
        world.app.settle().await;
        let told = subjects(&world).await;
        let warnings = told.iter().filter(|subject| subject.contains("descontenta")).count();
        assert!((1..=3).contains(&warnings), "told when it opened and when it was raised: {told:?}");

        // A fortnight passes. Every day has its summary, once; every Monday the word of the week.
        let before = told.len();
        for _ in 0..14 * 24 {
            world.app.context.clock.advance(Duration::from_hours(1));
            world.app.settle().await;
        }
        let told = subjects(&world).await;
        let new = &told[..told.len() - before];
        let count = |what: &str| new.iter().filter(|subject| subject.contains(what)).count();
        assert_eq!(count("tu resumen de hoy"), 14, "{told:?}");
        assert_eq!(count("seguimos vigilando"), 2, "{told:?}");
    }
}
