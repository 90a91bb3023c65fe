//! A believable invented business, to look at Timón with something in it.
//!
//! **What for**: `timon demo`, screenshots, tests and benchmarks. A bar in Valencia with three years of reviews,
//! comments, press and things told in person; a story to discover in them; and a local campaign under way.
//!
//! **How**: [`profile`] says who the bar is; [`mentions`] tells what people said until `now`, the same for the same
//! seed and instant. The words live in `texts/*.txt`, one text a line: edit those to change what people say
//! (`texts/README.md` explains the four marks). The code only decides *when*, *who* and *how many*:
//! `calendar` the rhythm of the year, `story` the everyday, `campaign` the storm, `press` the feed,
//! `answers` the owner's replies. Apart from the story, [`drill_voices`] is the small campaign of a drill (`drill`).
//!
//! **The story**: in year two the wait at the terrace gets worse, the owner hires someone and it improves; in recent
//! weeks the advert "menú del día 14 € todo incluido" is not kept (bread and drink are charged apart); in the last
//! four days a video fills the profile with angry people, most of them from one neighbouring town.
//!
//! **What it never does**: read the clock, the network or the disk; name a real business or person; copy a real review.
//!
//! **Where to start**: [`mentions`].

mod answers;
mod calendar;
mod campaign;
mod drill;
mod people;
mod press;
mod profile;
mod roughen;
mod story;
mod texts;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use jiff::Timestamp;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

pub use campaign::start as campaign_start;
pub use drill::{DrillVoice, drill_voices};
pub use profile::{Advert, Change, Profile, profile};

/// Where something was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DemoSource {
    /// A review on Google: always stars, text or not.
    Google,
    /// A review on TripAdvisor: stars, a title and a text.
    TripAdvisor,
    /// A comment on the bar's Instagram: no stars.
    Instagram,
    /// A piece in the feed of the local press and blogs: no stars, a title and a link.
    LocalPress,
    /// What a customer told someone at the bar, noted down by the owner: no stars.
    ToldInPerson,
}

impl DemoSource {
    /// Every source, in the order a form would list them.
    pub const ALL: [Self; 5] =
        [Self::Google, Self::TripAdvisor, Self::Instagram, Self::LocalPress, Self::ToldInPerson];

    /// A short stable word for ids, tables and imports.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Google => "google",
            Self::TripAdvisor => "tripadvisor",
            Self::Instagram => "instagram",
            Self::LocalPress => "press",
            Self::ToldInPerson => "told",
        }
    }
}

/// What the owner answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoReply {
    /// The words.
    pub text: String,
    /// When; always after the mention and never after `now`.
    pub at: Timestamp,
}

/// One thing someone said about the bar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoMention {
    /// Where it was said.
    pub source: DemoSource,
    /// The platform's own id: unique among all mentions.
    pub external_id: String,
    /// The name shown; invented.
    pub author: String,
    /// How many reviews the platform says the author has written; `None` where it does not say. 1 is a new profile.
    pub author_reviews: Option<u32>,
    /// The town the author's profile shows, where it shows one.
    pub author_town: Option<String>,
    /// When; never after `now`.
    pub posted_at: Timestamp,
    /// 1 to 5; only reviews have them.
    pub stars: Option<u8>,
    /// Only TripAdvisor and the press have one.
    pub title: Option<String>,
    /// The words; empty only in a review of stars alone.
    pub text: String,
    /// The language of `text` (`es`, `ca`, `en`, `fr`, `it`, `de`); `es` where there is no text.
    pub language: &'static str,
    /// What the owner answered, if anything.
    pub reply: Option<DemoReply>,
    /// Where to read it (reserved `.example` hosts: nobody is sent to a stranger's page).
    pub url: Option<String>,
}

/// All that was said about the bar in the three years before `now`, oldest first.
///
/// The same seed and instant give the same mentions on every machine. Around nine hundred of them.
pub fn mentions(seed: u64, now: Timestamp) -> Vec<DemoMention> {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let mut all = story::everyday(&mut random, now);
    all.extend(press::pieces(now));
    all.extend(campaign::storm(&mut random, now));
    all.sort_by(|a, b| (a.posted_at, &a.author, &a.text).cmp(&(b.posted_at, &b.author, &b.text)));
    give_ids(&mut random, &mut all);
    answers::answer(&mut random, &mut all, now);
    all
}

/// Ids look like a platform's (opaque), and never repeat.
fn give_ids(random: &mut ChaCha8Rng, all: &mut [DemoMention]) {
    let mut taken = BTreeSet::new();
    for mention in all {
        let slug = mention.source.slug();
        let mut id = format!("{slug}-{:016x}", random.random::<u64>());
        while !taken.insert(id.clone()) {
            id = format!("{slug}-{:016x}", random.random::<u64>());
        }
        if mention.url.is_none() && mention.source != DemoSource::ToldInPerson {
            mention.url = Some(format!("https://{slug}.example/gavina-coixa/{id}"));
        }
        mention.external_id = id;
    }
}
