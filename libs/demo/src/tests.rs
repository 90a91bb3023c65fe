//! What must stay true of the invented world, for several seeds and days of the year.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use jiff::{SignedDuration, Timestamp};

use super::*;
use crate::texts::Library;

/// A winter morning, the middle of Fallas, an August night and the hour the clocks change.
const NOWS: [&str; 4] =
    ["2026-01-20T09:00:00Z", "2026-03-17T14:30:00Z", "2026-08-12T22:45:00Z", "2026-10-25T00:30:00Z"];

/// Built once for all the tests.
static WORLDS: LazyLock<Vec<(Timestamp, Vec<DemoMention>)>> = LazyLock::new(|| {
    NOWS.iter()
        .flat_map(|now| {
            let now: Timestamp = now.parse().unwrap();
            [1, 7, 42, 1000, 2026, 99_999].map(|seed| (now, mentions(seed, now)))
        })
        .collect()
});

fn worlds() -> impl Iterator<Item = (Timestamp, &'static [DemoMention])> {
    WORLDS.iter().map(|(now, all)| (*now, all.as_slice()))
}

fn days_ago(mention: &DemoMention, now: Timestamp) -> i64 {
    now.duration_since(mention.posted_at).as_hours() / 24
}

fn share(all: &[&DemoMention], wanted: impl Fn(&DemoMention) -> bool) -> f64 {
    all.iter().filter(|mention| wanted(mention)).count() as f64 / all.len() as f64
}

fn mean(all: &[&DemoMention]) -> f64 {
    let stars: Vec<f64> = all.iter().filter_map(|mention| mention.stars).map(f64::from).collect();
    stars.iter().sum::<f64>() / stars.len() as f64
}

fn is_campaign(mention: &DemoMention, now: Timestamp) -> bool {
    mention.posted_at >= campaign_start(now)
}

#[test]
fn the_same_seed_and_instant_give_the_same_world() {
    let now: Timestamp = NOWS[0].parse().unwrap();
    assert_eq!(mentions(7, now), mentions(7, now));
    assert_ne!(mentions(7, now), mentions(8, now));
}

#[test]
fn ids_never_repeat_and_mentions_come_oldest_first_within_three_years() {
    for (now, all) in worlds() {
        let ids: BTreeSet<&str> = all.iter().map(|mention| mention.external_id.as_str()).collect();
        assert_eq!(ids.len(), all.len());
        assert!(all.is_sorted_by_key(|mention| mention.posted_at));
        for mention in all {
            assert!(mention.posted_at <= now, "{mention:?}");
            assert!(days_ago(mention, now) <= 1097, "{mention:?}");
        }
    }
}

#[test]
fn counts_ratings_and_languages_look_like_a_real_bar() {
    for (now, all) in worlds() {
        assert!((860..=970).contains(&all.len()), "{}", all.len());
        let reviews: Vec<&DemoMention> = all.iter().filter(|mention| mention.stars.is_some()).collect();
        let before: Vec<&DemoMention> =
            reviews.iter().copied().filter(|mention| !is_campaign(mention, now)).collect();
        let rating = mean(&before);
        assert!((4.15..=4.45).contains(&rating), "rating {rating}");
        let fives = share(&before, |mention| mention.stars == Some(5));
        assert!((0.55..=0.75).contains(&fives), "fives {fives}");
        let ones = share(&before, |mention| mention.stars == Some(1));
        let twos = share(&before, |mention| mention.stars == Some(2));
        assert!((0.02..=0.10).contains(&ones) && (0.02..=0.10).contains(&twos), "{ones} {twos}");
        let silent = share(&reviews, |mention| mention.text.is_empty());
        assert!((0.25..=0.38).contains(&silent), "silent {silent}");
        let worded: Vec<&DemoMention> = all.iter().filter(|mention| !mention.text.is_empty()).collect();
        let spanish = share(&worded, |mention| mention.language == "es");
        assert!((0.65..=0.85).contains(&spanish), "spanish {spanish}");
        for language in ["ca", "en", "fr", "it", "de"] {
            assert!(worded.iter().any(|mention| mention.language == language), "no {language}");
        }
        for source in DemoSource::ALL {
            assert!(all.iter().filter(|mention| mention.source == source).count() >= 8, "{source:?}");
        }
    }
}

#[test]
fn every_mention_has_what_its_source_shows() {
    for (_, all) in worlds() {
        for mention in all {
            assert!(!mention.author.is_empty(), "{mention:?}");
            assert!(!mention.text.contains(['{', '}', '|', '\\']), "{mention:?}");
            assert_eq!(mention.text.trim(), mention.text, "{mention:?}");
            assert!(mention.stars.is_none_or(|stars| (1..=5).contains(&stars)), "{mention:?}");
            let review = matches!(mention.source, DemoSource::Google | DemoSource::TripAdvisor);
            assert_eq!(mention.stars.is_some(), review, "{mention:?}");
            assert_eq!(mention.author_reviews.is_some(), review, "{mention:?}");
            assert!(mention.source == DemoSource::Google || !mention.text.is_empty(), "{mention:?}");
            let titled = matches!(mention.source, DemoSource::LocalPress | DemoSource::TripAdvisor);
            assert_eq!(mention.title.is_some(), titled, "{mention:?}");
            assert_eq!(mention.url.is_none(), mention.source == DemoSource::ToldInPerson, "{mention:?}");
            if let Some(url) = &mention.url {
                assert!(url.starts_with("https://") && url.contains(".example/"), "{url}");
            }
        }
    }
}

#[test]
fn nobody_writes_the_same_long_text_twice_outside_the_campaign() {
    for (now, all) in worlds() {
        let mut said = BTreeSet::new();
        for mention in all.iter().filter(|mention| !is_campaign(mention, now)) {
            if mention.text.chars().count() > story::REPEATABLE_CHARS_MAX {
                assert!(said.insert(&mention.text), "twice: {}", mention.text);
            }
        }
        assert!(said.len() >= 220, "only {} long texts", said.len());
    }
}

#[test]
fn replies_come_after_their_mention_and_answer_the_good_ones_first() {
    for (now, all) in worlds() {
        let reviews: Vec<&DemoMention> = all.iter().filter(|mention| mention.stars.is_some()).collect();
        for mention in all {
            if let Some(reply) = &mention.reply {
                assert!(reply.at > mention.posted_at && reply.at <= now, "{mention:?}");
                assert!(!reply.text.trim().is_empty() && !reply.text.contains(['{', '|']), "{mention:?}");
            }
        }
        let answered = share(&reviews, |mention| mention.reply.is_some());
        assert!((0.50..=0.68).contains(&answered), "answered {answered}");
        let year_one: Vec<&DemoMention> =
            reviews.iter().copied().filter(|mention| days_ago(mention, now) > 730).collect();
        let (good, bad): (Vec<&DemoMention>, Vec<&DemoMention>) =
            year_one.into_iter().partition(|mention| mention.stars >= Some(4));
        let answered = |mention: &DemoMention| mention.reply.is_some();
        assert!(share(&good, answered) > share(&bad, answered) + 0.05);
        let waiting = reviews.iter().filter(|mention| {
            days_ago(mention, now) <= 45 && !is_campaign(mention, now) && mention.stars <= Some(3)
        });
        assert!(waiting.filter(|mention| mention.reply.is_none()).count() >= 4);
    }
}

#[test]
fn replies_never_say_a_name_of_the_customer_nor_call_anyone_a_liar() {
    for (_, all) in worlds() {
        for mention in all {
            let Some(reply) = &mention.reply else { continue };
            let reply = reply.text.to_lowercase();
            for word in ["mentira", "falso", "fake", "denuncia", "abogado", "@"] {
                assert!(!reply.contains(word), "{reply}");
            }
        }
    }
}

#[test]
fn the_campaign_stands_out_in_the_last_days() {
    for (now, all) in worlds() {
        let negative = |mention: &&DemoMention| mention.stars.is_some_and(|stars| stars <= 2);
        let storm: Vec<&DemoMention> =
            all.iter().filter(negative).filter(|mention| is_campaign(mention, now)).collect();
        assert!((18..=28).contains(&storm.len()), "{}", storm.len());
        let normal = all.iter().filter(negative).filter(|mention| !is_campaign(mention, now)).count();
        let days = now.duration_since(campaign_start(now)).as_secs_f64() / 86_400.0;
        let (storm_rate, normal_rate) = (storm.len() as f64 / days, normal as f64 / (1096.0 - days));
        assert!(storm_rate >= 5.0 * normal_rate, "{storm_rate} against {normal_rate}");
        // Also against the bad weeks just before it, when the menu is not kept.
        let weeks_before = all
            .iter()
            .filter(negative)
            .filter(|mention| !is_campaign(mention, now) && days_ago(mention, now) <= 32)
            .count() as f64
            / 28.0;
        assert!(storm_rate >= 5.0 * weeks_before, "{storm_rate} against {weeks_before}");
        assert!(share(&storm, |mention| mention.author_town.as_deref() == Some("Torrent")) >= 0.5);
        assert!(share(&storm, |mention| mention.author_reviews == Some(1)) >= 0.3);
        assert!(storm.iter().all(|mention| mention.reply.is_none()));
        let loyal =
            all.iter().filter(|mention| is_campaign(mention, now) && mention.text.contains("tratad")).count();
        assert!(loyal >= 1);
    }
}

#[test]
fn the_wait_gets_worse_in_year_two_and_better_after_hiring() {
    for (now, all) in worlds() {
        let stars_between = |from: i64, to: i64| -> f64 {
            let chosen: Vec<&DemoMention> =
                all.iter().filter(|mention| (to..from).contains(&days_ago(mention, now))).collect();
            mean(&chosen)
        };
        let (first, worst, after) =
            (stars_between(1096, 730), stars_between(560, 416), stars_between(400, 60));
        assert!(worst < first - 0.15 && worst < after - 0.15, "{first} {worst} {after}");
    }
}

#[test]
fn customers_report_the_broken_menu_only_after_its_advert() {
    let advert = i64::from(profile("es").adverts[2].days_ago);
    for (now, all) in worlds() {
        let about_menu: Vec<&DemoMention> = all
            .iter()
            .filter(|mention| {
                let text = mention.text.to_lowercase();
                ["todo incluido", "tot inclòs", "all inclu", "14 euro", "14 €"]
                    .iter()
                    .any(|w| text.contains(w))
            })
            .collect();
        assert!(about_menu.len() >= 4, "{}", about_menu.len());
        assert!(about_menu.iter().all(|mention| days_ago(mention, now) < advert));
    }
}

#[test]
fn the_profile_is_complete_in_both_languages() {
    let (spanish, english) = (profile("es-ES"), profile("en-GB"));
    assert_eq!(spanish.name, english.name);
    assert_ne!(spanish.about, english.about);
    assert_eq!(spanish.kind, "bar");
    for profile in [spanish, english] {
        assert!(profile.values.iter().chain(&profile.topics).all(|line| !line.is_empty()));
        assert!(profile.adverts.is_sorted_by(|a, b| a.days_ago > b.days_ago));
    }
}

#[test]
fn the_files_of_texts_are_well_formed() {
    const ERAS: [&str; 7] = ["wait", "fixed", "menu", "fallas", "summer", "christmas", "sunday"];
    let library = Library::open();
    for book in [&library.full, &library.short, &library.titles] {
        for (heading, lines) in book.sections() {
            let words: Vec<&str> = heading.split(' ').collect();
            assert!(["es", "ca", "en", "fr", "it", "de"].contains(&words[0]), "{heading}");
            assert!(["1", "2", "3", "4", "5"].contains(&words[1]), "{heading}");
            assert!(words.get(2).is_none_or(|era| ERAS.contains(era)), "{heading}");
            assert!(!lines.is_empty(), "{heading}");
        }
    }
    let mut seen: BTreeMap<&str, &str> = BTreeMap::new();
    for book in [&library.full, &library.pieces, &library.social, &library.campaign] {
        for (heading, lines) in book.sections() {
            for line in lines {
                assert_eq!(line.matches('{').count(), line.matches('}').count(), "{line}");
                assert!(seen.insert(line, heading).is_none(), "written twice: {line}");
            }
        }
    }
    let whole: usize = library.full.sections().map(|(_, lines)| lines.len()).sum();
    assert!(whole >= 220, "{whole} whole texts");
    for (heading, lines) in library.short.sections() {
        for line in lines {
            assert!(line.chars().count() <= story::REPEATABLE_CHARS_MAX, "{heading}: {line}");
        }
    }
}

#[test]
fn the_press_speaks_before_and_during_the_campaign() {
    let now: Timestamp = NOWS[1].parse().unwrap();
    let pieces = press::pieces(now);
    assert_eq!(pieces.len(), include_str!("../texts/press.txt").matches("https://").count());
    let during = pieces.iter().filter(|piece| is_campaign(piece, now)).count();
    assert!(during >= 3 && pieces.len() - during >= 4);
    assert!(pieces.iter().all(|piece| piece.posted_at < now - SignedDuration::from_mins(30)));
}
