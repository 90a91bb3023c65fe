//! Three campaigns against small Spanish firms that newspapers and courts told of, as streams, and the same firms in
//! quiet years.
//!
//! What is known (and taken as it is):
//! * *the vet* of Santander: 33 bad reviews within about six days where five a month were usual, mostly by profiles that
//!   nobody had seen (todocirugiayestetica.com, on the judgment over 34,895 €);
//! * *the bars of Arribes*, Salamanca, July 2025: the bars of many villages within twelve hours, by fresh profiles, one of
//!   which wrote 33 reviews; one village was spared and praised (salamancartvaldia.es);
//! * *the slow drip*: eight bad reviews in twelve days, each by another person.
//!
//! What is assumed, because nobody published it: twelve villages, six more fresh profiles in Arribes, eight posts against
//! the single bar, 85 % of the vet's reviewers seen for the first time. Ordinary days vary as small firms' do: a gamma
//! frailty of shape four, weekends 1.6 times as busy, 15 % of mentions negative, a tenth of them without stars and read
//! by a classifier that misses 15 % of the bad and takes 8 % of the others for bad.

use super::chance::{DAY, HOUR, exponential, frailty, happens, poisson, second_of_day};
use super::stream::{Event, Stream};
use crate::synthetic::{self, Random};
use crate::words::LANGUAGES;

/// Mentions a month of the firms.
pub const RATES: [u32; 3] = [5, 30, 150];
/// Days of history before alarms count.
const HISTORY_DAYS: i64 = 84;
/// Days of a quiet stream after its history.
pub const QUIET_DAYS: i64 = 365;
/// Days after the history in which a campaign begins; another twenty follow.
const ONSET_DAYS: u64 = 21;
/// 2024-01-01, a Monday.
const START: i64 = 1_704_067_200;
/// Villages of the association of Arribes; the last one is spared.
const VILLAGES: u64 = 12;

/// What happens to the firm.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Case {
    /// 33 bad reviews in six days.
    Vet,
    /// Many villages within twelve hours, as their association sees it.
    Villages,
    /// The same, as one of the bars sees it.
    OneBar,
    /// Eight bad reviews in twelve days.
    Drip,
    /// Nothing, at one place.
    QuietPlace,
    /// Nothing, in all villages.
    QuietVillages,
}

/// Those with a campaign.
pub const CAMPAIGNS: [Case; 4] = [Case::Vet, Case::Villages, Case::OneBar, Case::Drip];
/// Those without.
pub const QUIET: [Case; 2] = [Case::QuietPlace, Case::QuietVillages];

impl Case {
    /// Its name in tables.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Vet => "the vet, 33 in 6 days",
            Self::Villages => "Arribes, 11 of 12 villages in 12 h",
            Self::OneBar => "Arribes, one bar, 8 in 12 h",
            Self::Drip => "slow drip, 8 in 12 days",
            Self::QuietPlace => "quiet, one place",
            Self::QuietVillages => "quiet, 12 villages",
        }
    }

    const fn word(self) -> &'static str {
        match self {
            Self::Vet => "vet",
            Self::Villages => "villages",
            Self::OneBar => "bar",
            Self::Drip => "drip",
            Self::QuietPlace => "quiet-place",
            Self::QuietVillages => "quiet-villages",
        }
    }

    const fn places(self) -> u64 {
        if matches!(self, Self::Villages | Self::QuietVillages) { VILLAGES } else { 1 }
    }

    const fn days(self) -> i64 {
        let quiet = matches!(self, Self::QuietPlace | Self::QuietVillages);
        if quiet { QUIET_DAYS } else { ONSET_DAYS.cast_signed() + 20 }
    }
}

/// The stream of one case at one rate (mentions a month); the same for the same seed.
pub fn stream(case: Case, rate: u32, seed: u64) -> Stream {
    let mixed = seed << 32 | u64::from(rate) << 8 | case as u64;
    let mut random = Random::new(mixed.wrapping_mul(0xd134_2543_de82_ef95));
    let eval_from = START + HISTORY_DAYS * DAY;
    let end = eval_from + case.days() * DAY;
    let mut writer = Writer { random: &mut random, events: Vec::new(), people: 0 };
    writer.ordinary(case, rate, (end - START) / DAY);
    let onset = eval_from + writer.random.below(ONSET_DAYS).cast_signed() * DAY;
    match case {
        Case::Vet => writer.vet(onset),
        Case::Villages => writer.villages(onset),
        Case::OneBar => writer.one_bar(onset),
        Case::Drip => writer.drip(onset),
        Case::QuietPlace | Case::QuietVillages => {}
    }
    let events = writer.events;
    let name = format!("{}-{rate}-{seed:03}", case.word());
    Stream { name, tier: "case", start: START, eval_from, end, events }.in_order()
}

struct Writer<'a> {
    random: &'a mut Random,
    events: Vec<Event>,
    people: u64,
}

impl Writer<'_> {
    /// The ordinary days.
    fn ordinary(&mut self, case: Case, rate: u32, days: i64) {
        for day in 0..days {
            // Mean one over the week.
            let weekend = if day % 7 >= 5 { 1.6 } else { 1.0 } * 7.0 / 8.2;
            let mean = f64::from(rate) / 30.0 * weekend * frailty(self.random, 4);
            for _ in 0..poisson(self.random, mean) {
                let at = START + day * DAY + second_of_day(self.random);
                let stars = match self.random.below(100) {
                    0..11 => 1,
                    11..15 => 2,
                    15..25 => 3,
                    25..50 => 4,
                    _ => 5,
                };
                let place = self.random.below(case.places());
                let author = self.somebody(0.06);
                self.write(at, place, stars, author, false);
            }
        }
    }

    fn vet(&mut self, onset: i64) {
        for number in 0..33 {
            // The first one opens; the others come on any of the six days, by the hours of people.
            let day = if number == 0 { 0 } else { self.random.below(6).cast_signed() };
            let author = self.somebody(0.15);
            let at = onset + day * DAY + second_of_day(self.random);
            self.write(at, 0, 1, author, true);
        }
    }

    fn villages(&mut self, onset: i64) {
        let from = onset + 10 * HOUR;
        let zealot = self.stranger();
        for village in 0..VILLAGES - 1 {
            for _ in 0..3 {
                let at = self.within_twelve_hours(from);
                self.write(at, village, 1, zealot.clone(), true);
            }
        }
        for _ in 0..6 {
            let author = self.stranger();
            let village = self.random.below(VILLAGES - 1);
            let at = self.within_twelve_hours(from);
            self.write(at, village, 1, author.clone(), true);
            if happens(self.random, 0.5) {
                let at = self.within_twelve_hours(from);
                self.write(at, VILLAGES - 1, 5, author, false);
            }
        }
        let at = self.within_twelve_hours(from);
        self.write(at, VILLAGES - 1, 5, zealot, false);
    }

    fn one_bar(&mut self, onset: i64) {
        let from = onset + 10 * HOUR;
        let zealot = self.stranger();
        for number in 0..8 {
            let author = if number < 3 { zealot.clone() } else { self.stranger() };
            let at = self.within_twelve_hours(from);
            self.write(at, 0, 1, author, true);
        }
    }

    fn drip(&mut self, onset: i64) {
        for number in 0..8 {
            let day = if number == 0 { 0 } else { self.random.below(12).cast_signed() };
            let author = self.stranger();
            let stars = 1 + u8::from(happens(self.random, 0.3));
            let at = onset + day * DAY + second_of_day(self.random);
            self.write(at, 0, stars, author, true);
        }
    }

    fn within_twelve_hours(&mut self, from: i64) -> i64 {
        from + self.random.below(12 * HOUR.unsigned_abs()).cast_signed()
    }

    /// Somebody new, or, with this probability, one of the last hundred who wrote.
    fn somebody(&mut self, known: f64) -> String {
        if self.people > 0 && happens(self.random, known) {
            let back = self.random.below(self.people.min(100));
            return format!("p{}", self.people - back);
        }
        self.stranger()
    }

    fn stranger(&mut self) -> String {
        self.people += 1;
        format!("p{}", self.people)
    }

    fn write(&mut self, at: i64, place: u64, stars: u8, author: String, campaign: bool) {
        let random = &mut *self.random;
        let source = match random.below(20) {
            // Campaigns of this kind are told of Google's reviews alone.
            _ if campaign => "google",
            0..15 => "google",
            15..18 => "tripadvisor",
            _ => "instagram",
        };
        let has_stars = source != "instagram";
        let mut sentiment = (i8::try_from(stars).unwrap_or(3) - 3).signum();
        if !has_stars {
            match sentiment {
                -1 if happens(random, 0.15) => sentiment = 1,
                0 | 1 if happens(random, 0.08) => sentiment = -1,
                _ => {}
            }
        }
        // Review pages are looked at every few hours, posts at once.
        let delay = exponential(random, if has_stars { 4.0 } else { 0.2 }) * HOUR as f64;
        let topic = *random.choose(&["servicio", "servicio", "producto", "precio", "otros"]);
        self.events.push(Event {
            at,
            seen: at + delay as i64,
            source,
            place: Some(format!("ES/R{}/V{place:02}", place / 4)),
            topic: Some(topic),
            rating: has_stars.then_some(stars),
            sentiment,
            author,
            text: synthetic::text(random, &LANGUAGES[0], stars),
            campaign,
        });
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn posts(stream: &Stream) -> Vec<&Event> {
        stream.events.iter().filter(|e| e.campaign).collect()
    }

    fn hours(posts: &[&Event]) -> f64 {
        let (first, last) = (posts.iter().map(|e| e.at).min(), posts.iter().map(|e| e.at).max());
        (last.expect("posts") - first.expect("posts")) as f64 / HOUR as f64
    }

    #[test]
    fn campaigns_are_as_they_were_told() {
        for rate in RATES {
            for seed in 0..5 {
                let vet = stream(Case::Vet, rate, seed);
                assert_eq!(posts(&vet).len(), 33);
                assert!(hours(&posts(&vet)) < 6.0 * 24.0);
                let drip = stream(Case::Drip, rate, seed);
                let voices: BTreeSet<_> = posts(&drip).iter().map(|e| e.author.clone()).collect();
                assert_eq!((posts(&drip).len(), voices.len()), (8, 8));
                let villages = stream(Case::Villages, rate, seed);
                let hit: BTreeSet<_> = posts(&villages).iter().filter_map(|e| e.place.clone()).collect();
                assert_eq!(hit.len() as u64, VILLAGES - 1, "one village is spared");
                assert!(hours(&posts(&villages)) < 12.0);
                let mut by_author = std::collections::BTreeMap::<_, usize>::new();
                for post in posts(&villages) {
                    *by_author.entry(&post.author).or_default() += 1;
                }
                assert_eq!(by_author.values().max(), Some(&33), "one profile wrote most of it");
                assert_eq!(by_author.len(), 7);
                assert_eq!(posts(&stream(Case::OneBar, rate, seed)).len(), 8);
            }
        }
    }

    #[test]
    fn quiet_firms_have_the_mentions_they_are_said_to_have() {
        for case in QUIET {
            for rate in RATES {
                let all: usize = (0..10).map(|seed| stream(case, rate, seed).events.len()).sum();
                let months = 10.0 * (HISTORY_DAYS + QUIET_DAYS) as f64 / 30.0;
                let found = all as f64 / months / f64::from(rate);
                assert!((0.85..1.15).contains(&found), "{rate}: {found}");
                assert!(stream(case, rate, 1).events.iter().all(|e| !e.campaign));
            }
        }
    }

    #[test]
    fn the_same_seed_is_the_same_stream_and_another_is_another() {
        let of = |seed| stream(Case::Vet, 30, seed).lines();
        assert_eq!(of(3), of(3));
        assert_ne!(of(3), of(4));
    }
}
