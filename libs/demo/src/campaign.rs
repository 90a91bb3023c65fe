//! The storm of the last four days: a video shared in one neighbouring town, and who comes to write because of it.
//!
//! About twenty reviews of one or two stars (near-copies, new profiles, most from Torrent), six loyal customers
//! who answer them, comments on Instagram and two things told in person. The press is in `press`.

use jiff::{SignedDuration, Timestamp};
use rand::RngExt;
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;

use crate::calendar::awake;
use crate::texts::Library;
use crate::{DemoMention, DemoSource, people};

/// How long ago the video began to go round.
const HOURS: i64 = 93;
/// The town where it went round.
const TOWN: &str = "Torrent";

/// When the campaign began.
pub fn start(now: Timestamp) -> Timestamp {
    now - SignedDuration::from_hours(HOURS)
}

/// Everything the video brought, in no particular order.
pub(crate) fn storm(random: &mut ChaCha8Rng, now: Timestamp) -> Vec<DemoMention> {
    let library = Library::open();
    let mut all = Vec::new();
    for (heading, times) in [("es 1 copy-a", 4), ("es 1 copy-b", 3), ("es 1 copy-c", 2)] {
        all.extend(near_copies(random, &library, heading, times).into_iter().map(|text| ("es", 1, text)));
    }
    let mut angry: Vec<_> = [("es", 1, "es 1 angry"), ("es", 2, "es 2 angry"), ("ca", 1, "ca 1 angry")]
        .into_iter()
        .flat_map(|(language, stars, heading)| {
            library.campaign.lines(heading).iter().map(move |text| (language, stars, (*text).to_owned()))
        })
        .collect();
    angry.shuffle(random);
    angry.truncate(random.random_range(7..=9_u32) as usize);
    all.extend(angry);
    // Two more say it with a star and no words.
    all.extend([("es", 1, String::new()), ("es", 1, String::new())]);

    // Town and newness by turns, not by luck: the pattern must show for every seed.
    let towns = [Some(TOWN), Some(TOWN), None, Some(TOWN), Some(TOWN), Some("Alaquàs")];
    let mut storm: Vec<DemoMention> = all
        .into_iter()
        .zip(towns.into_iter().cycle())
        .zip([1, 1, 2, 1, 11, 1, 1, 3, 1, 37].into_iter().cycle())
        .map(|(((language, stars, text), town), reviews)| {
            let town = if text.contains(TOWN) { Some(TOWN) } else { town };
            let mut mention = said(random, &library, now, DemoSource::Google, language, text, 0.0);
            mention.stars = Some(stars);
            mention.author_reviews = Some(reviews);
            mention.author_town = town.map(str::to_owned);
            mention
        })
        .collect();
    storm.extend(customers(random, &library, now));
    storm.extend(bystanders(random, &library, now));
    storm
}

/// The same message with small rewording; the rewordings differ from one another.
fn near_copies(random: &mut ChaCha8Rng, library: &Library, heading: &str, times: usize) -> Vec<String> {
    let mut copies: Vec<String> = Vec::new();
    let Some(template) = library.campaign.pick(random, heading) else { return copies };
    for _ in 0..times * 10 {
        let copy = library.fill(random, template);
        if copies.len() < times && !copies.contains(&copy) {
            copies.push(copy);
        }
    }
    copies
}

/// Those who know the bar: two who were there or expected better, and the loyal ones, who come a day later.
fn customers(random: &mut ChaCha8Rng, library: &Library, now: Timestamp) -> Vec<DemoMention> {
    let headings =
        [("es", 1, "es 1 customer", 0.5), ("es", 5, "es 5 loyal", 0.4), ("ca", 5, "ca 5 loyal", 0.5)];
    let mut customers = Vec::new();
    for (language, stars, heading, not_before) in headings {
        for text in library.campaign.lines(heading) {
            let text = (*text).to_owned();
            let mut mention = said(random, library, now, DemoSource::Google, language, text, not_before);
            mention.stars = Some(stars);
            mention.author_reviews = Some(random.random_range(6..90_u32));
            mention.author_town = Some("Valencia".to_owned());
            customers.push(mention);
        }
    }
    customers
}

/// Comments on Instagram and what was told at the bar.
fn bystanders(random: &mut ChaCha8Rng, library: &Library, now: Timestamp) -> Vec<DemoMention> {
    let headings = [
        (DemoSource::Instagram, "es 1 insta", 0.05),
        (DemoSource::Instagram, "es 5 insta", 0.5),
        (DemoSource::ToldInPerson, "es 1 told", 0.6),
        (DemoSource::ToldInPerson, "es 5 told", 0.6),
    ];
    let mut bystanders = Vec::new();
    for (source, heading, not_before) in headings {
        for text in library.campaign.lines(heading) {
            bystanders.push(said(random, library, now, source, "es", (*text).to_owned(), not_before));
        }
    }
    bystanders
}

/// Something said during the campaign, no earlier than a share of it; more and more as it grows.
fn said(
    random: &mut ChaCha8Rng,
    library: &Library,
    now: Timestamp,
    source: DemoSource,
    language: &'static str,
    text: String,
    not_before: f64,
) -> DemoMention {
    let person = people::anyone(random, library, source, language);
    // A square root gathers the draws towards the end: the campaign is still growing.
    let share = not_before + (1.0 - not_before) * random.random::<f64>().sqrt();
    let seconds = (share * (HOURS * 3600) as f64) as i64;
    let at = start(now) + SignedDuration::from_secs(seconds.min(HOURS * 3600 - 60));
    DemoMention {
        source,
        external_id: String::new(),
        author: person.name,
        author_reviews: person.reviews,
        author_town: None,
        posted_at: awake(at).max(start(now) + SignedDuration::from_secs(seconds / 50)),
        stars: None,
        title: None,
        text,
        language,
        reply: None,
        url: None,
    }
}
