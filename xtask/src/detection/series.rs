//! Real, time-stamped series as streams: weekly reviews of games with incidents that are known, reviews of firms in
//! ordinary times, and reviews of films and games from their release on.
//!
//! Only counts, stars and times are taken; no text of anybody. What is known by the week is spread over its days, what is
//! known by the day over its hours, by the habits of people. Large series are thinned, each review kept by the same
//! chance, so that no week (or day) of a series is larger than a bound; relative rises stay, absolute numbers do not.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use anyhow::Context as _;
use serde_json::Value;

use super::chance::{DAY, happens, second_of_day};
use super::stream::{Event, Stream, parse_moment};
use crate::synthetic::Random;

/// Most reviews a week of a thinned series; 200 a day.
const WEEK_MAX: f64 = 1_400.0;
/// Most reviews a day of a thinned series.
const DAY_MAX: f64 = 400.0;
/// History of a game before alarms count.
const GAME_HISTORY_DAYS: i64 = 84;
/// History of a firm before alarms count: most firms' series are short.
const FIRM_HISTORY_DAYS: i64 = 28;
/// Shorter series of firms say nothing about a year.
const FIRM_DAYS_MIN: i64 = 90;
/// Firms with fewer reviews are left out.
const FIRM_REVIEWS_MIN: usize = 30;
/// Reviews on one day that begin the series of a release; what is older is a mistake of dates.
const RELEASE_REVIEWS: usize = 3;

/// One game's reviews by the week.
#[derive(Debug, Clone, PartialEq)]
pub struct Game {
    /// The shop's number.
    pub id: String,
    /// Its name.
    pub title: String,
    /// The Monday that closes the week, recommending reviews, all reviews.
    pub weeks: Vec<(i64, u64, u64)>,
}

/// Something that happened to a game.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incident {
    /// The shop's number.
    pub id: String,
    /// The game and what happened.
    pub title: String,
    /// When its first week begins, seconds since 1970.
    pub began: i64,
    /// When its busiest week ends.
    pub peaked: i64,
    /// When its last week ends.
    pub ended: i64,
    /// Known or probable; a mere spike is neither asked for nor held against anybody.
    pub asked_for: bool,
}

/// All games, from a compressed table.
pub fn games(path: &Path) -> anyhow::Result<Vec<Game>> {
    parse_games(&unpacked(path)?)
}

fn parse_games(table: &str) -> anyhow::Result<Vec<Game>> {
    let mut games = BTreeMap::<String, Game>::new();
    for row in rows(table)? {
        let number = |name: &str| {
            row[name].parse::<f64>().map(|n| n.max(0.0).round() as u64).with_context(|| format!("{row:?}"))
        };
        let (positive, all) = (number("recommended")?, number("n_reviews")?);
        let week = day(&row["week_end"])?;
        let id = row["appid"].clone();
        let game = games.entry(id.clone()).or_insert_with(|| Game {
            id,
            title: row["name"].clone(),
            weeks: Vec::new(),
        });
        game.weeks.push((week, positive.min(all), all));
    }
    let mut games: Vec<Game> = games.into_values().collect();
    for game in &mut games {
        game.weeks.sort_unstable();
    }
    Ok(games)
}

/// What happened to games.
pub fn known_incidents(path: &Path) -> anyhow::Result<Vec<Incident>> {
    parse_incidents(&std::fs::read_to_string(path)?)
}

fn parse_incidents(table: &str) -> anyhow::Result<Vec<Incident>> {
    let incident = |row: BTreeMap<String, String>| {
        Ok(Incident {
            title: format!("{}: {}", row["name"], row["cause"]),
            began: day(&row["first_week_end"])? - 7 * DAY,
            peaked: day(&row["peak_week_end"])?,
            ended: day(&row["last_week_end"])?,
            asked_for: row["certainty"] != "spike only",
            id: row["appid"].clone(),
        })
    };
    rows(table)?.into_iter().map(incident).collect()
}

/// A game as a stream; `None` when there is nothing after its history.
pub fn game_stream(game: &Game) -> Option<Stream> {
    let start = game.weeks.first()?.0 - 7 * DAY;
    let end = game.weeks.last()?.0;
    let eval_from = start + GAME_HISTORY_DAYS * DAY;
    if end <= eval_from {
        return None;
    }
    let busiest = game.weeks.iter().filter(|(at, ..)| *at > eval_from).map(|(.., all)| *all).max()?;
    let kept = (WEEK_MAX / busiest.max(1) as f64).min(1.0);
    let mut random = Random::new(game.id.parse().unwrap_or(1));
    let mut events = Vec::new();
    for &(closes, positive, all) in &game.weeks {
        for number in 0..all {
            if happens(&mut random, kept) {
                let day = random.below(7).cast_signed();
                let at = closes - 7 * DAY + day * DAY + second_of_day(&mut random);
                events.push(review(at, "steam", number < positive, events.len()));
            }
        }
    }
    let name = format!("steam-{}", game.id);
    Some(Stream { name, tier: "series", start, eval_from, end, events }.in_order())
}

fn review(at: i64, source: &'static str, is_good: bool, number: usize) -> Event {
    Event {
        at,
        seen: at,
        source,
        place: None,
        topic: None,
        rating: Some(if is_good { 5 } else { 1 }),
        sentiment: if is_good { 1 } else { -1 },
        author: format!("a{number}"),
        text: String::new(),
        campaign: false,
    }
}

/// A review of one business with its moment and whether it is known to the second.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    at: i64,
    to_the_second: bool,
    label: i8,
    author: Option<String>,
    in_crisis: bool,
}

/// Reviews by business, from compressed JSON lines; those without a time are left out.
pub fn reviews(path: &Path) -> anyhow::Result<BTreeMap<String, Vec<Review>>> {
    parse_reviews(&unpacked(path)?)
}

fn parse_reviews(lines: &str) -> anyhow::Result<BTreeMap<String, Vec<Review>>> {
    let mut all = BTreeMap::<String, Vec<Review>>::new();
    for line in lines.lines() {
        let row: Value = serde_json::from_str(line).context("a line of reviews")?;
        let Some((at, to_the_second)) = row["time"].as_str().and_then(parse_moment) else { continue };
        let label = match row["label"].as_str() {
            Some("neg") => -1,
            Some("pos") => 1,
            _ => 0,
        };
        let author = row["author"].as_str().map(str::to_owned);
        let in_crisis = row["crisis"].as_f64().is_some_and(|n| n > 0.0) || row["crisis"] == Value::Bool(true);
        let business = row["business"].as_str().unwrap_or_default().to_owned();
        all.entry(business).or_default().push(Review { at, to_the_second, label, author, in_crisis });
    }
    for of in all.values_mut() {
        of.sort_by_key(|review| review.at);
    }
    Ok(all)
}

/// A firm in ordinary times; `None` when it has too few reviews or days.
pub fn firm_stream(set: &'static str, number: usize, reviews: &[Review]) -> Option<Stream> {
    let (first, last) = (reviews.first()?.at, reviews.last()?.at);
    let start = first - first.rem_euclid(DAY);
    if last - first < FIRM_DAYS_MIN * DAY || reviews.len() < FIRM_REVIEWS_MIN {
        return None;
    }
    Some(spread(set, number, reviews, start, start + FIRM_HISTORY_DAYS * DAY))
}

/// A film or game from its release on, without history; whether it was in a crisis.
pub fn release_stream(set: &'static str, number: usize, reviews: &[Review]) -> Option<(Stream, bool)> {
    let per_day = by_day(reviews);
    let released = *per_day.iter().find(|(_, count)| **count >= RELEASE_REVIEWS)?.0 * DAY;
    let in_crisis = reviews.iter().any(|review| review.in_crisis);
    let since = reviews.partition_point(|review| review.at < released);
    Some((spread(set, number, reviews.get(since..)?, released, released), in_crisis))
}

fn by_day(reviews: &[Review]) -> BTreeMap<i64, usize> {
    let mut days = BTreeMap::new();
    for review in reviews {
        *days.entry(review.at.div_euclid(DAY)).or_default() += 1;
    }
    days
}

fn spread(set: &'static str, number: usize, reviews: &[Review], start: i64, eval_from: i64) -> Stream {
    let per_day = by_day(reviews);
    let busiest = per_day.values().copied().max().unwrap_or(1);
    let kept = (DAY_MAX / busiest as f64).min(1.0);
    let mut random = Random::new(number as u64 + 1);
    let mut events = Vec::new();
    for one in reviews {
        if !happens(&mut random, kept) {
            continue;
        }
        let at = if one.to_the_second { one.at } else { one.at + second_of_day(&mut random) };
        let mut event = review(at, set, one.label > 0, events.len());
        if one.label == 0 {
            (event.rating, event.sentiment) = (Some(3), 0);
        }
        if let Some(author) = &one.author {
            event.author.clone_from(author);
        }
        events.push(event);
    }
    let end = reviews.last().map_or(start, |review| review.at - review.at.rem_euclid(DAY)) + DAY;
    Stream { name: format!("{set}-{number:02}"), tier: "series", start, eval_from, end, events }.in_order()
}

fn unpacked(path: &Path) -> anyhow::Result<String> {
    let mut text = String::new();
    let file = File::open(path).with_context(|| path.display().to_string())?;
    flate2::read::MultiGzDecoder::new(file).read_to_string(&mut text)?;
    Ok(text)
}

fn day(text: &str) -> anyhow::Result<i64> {
    Ok(parse_moment(text).with_context(|| format!("{text:?} is no date"))?.0)
}

/// Rows of a table by the names of its header; every named field is there.
fn rows(table: &str) -> anyhow::Result<Vec<BTreeMap<String, String>>> {
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let header = reader.headers()?.clone();
    let named = |row: csv::StringRecord| {
        header.iter().zip(row.iter()).map(|(name, field)| (name.to_owned(), field.to_owned())).collect()
    };
    reader.records().map(|row| Ok(named(row?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const GAMES: &str = "appid,name,week_end,recommended,n_reviews,players
7,\"A game, and more\",2020-01-13,3.0,10.0,1
7,\"A game, and more\",2020-01-06,4.0,4.0,1
8,Another,2020-01-06,0.0,0.0,1
";

    #[test]
    fn games_are_read_by_the_week() {
        let games = parse_games(GAMES).expect("a table");
        let monday = 1_578_268_800;
        assert_eq!(games[0].weeks, [(monday, 4, 4), (monday + 7 * DAY, 3, 10)]);
        assert_eq!((games.len(), games[0].title.as_str()), (2, "A game, and more"));
        assert!(parse_games(&GAMES.replace("10.0", "ten")).is_err());
        assert!(parse_games(&GAMES.replace("2020-01-13", "13/1/2020")).is_err());
    }

    #[test]
    fn a_week_lies_before_the_monday_that_closes_it() {
        let weeks: Vec<_> = (0..20).map(|week| (week * 7 * DAY, 30, 40)).collect();
        let game = Game { id: "7".into(), title: String::new(), weeks };
        let stream = game_stream(&game).expect("long enough");
        assert_eq!((stream.start, stream.end), (-7 * DAY, 19 * 7 * DAY));
        assert_eq!(stream.events.len(), 800, "small series are not thinned");
        assert_eq!(stream.events.iter().filter(|e| e.is_negative()).count(), 200);
        assert!(stream.events.iter().all(|e| (stream.start..stream.end).contains(&e.at)));
        let weeks = game.weeks.iter().copied().take(8).collect();
        let short = Game { weeks, ..game };
        assert!(game_stream(&short).is_none());
    }

    #[test]
    fn a_large_series_is_thinned_evenly() {
        let mut weeks: Vec<_> = (0..30).map(|week| (week * 7 * DAY, 900, 1_000)).collect();
        weeks[25] = (25 * 7 * DAY, 5_000, 10_000);
        let stream = game_stream(&Game { id: "7".into(), title: String::new(), weeks }).expect("a stream");
        let in_week =
            |week: i64| stream.events.iter().filter(|e| e.at.div_euclid(7 * DAY) == week - 1).count() as f64;
        assert!((in_week(25) / WEEK_MAX - 1.0).abs() < 0.1, "{}", in_week(25));
        assert!((in_week(24) / WEEK_MAX - 0.1).abs() < 0.03, "{}", in_week(24));
    }

    #[test]
    fn incidents_begin_with_their_first_week() {
        let table = "appid,name,first_week_end,peak_week_end,last_week_end,cause,type,certainty
7,A game,2020-01-13,2020-01-20,2020-01-27,paid mods,policy,known
7,A game,2020-03-09,2020-03-09,2020-03-16,spike,unknown,spike only
";
        let incidents = parse_incidents(table).expect("a table");
        assert_eq!(incidents[0].began, day("2020-01-06").expect("a date"));
        assert_eq!(incidents.iter().map(|i| i.asked_for).collect::<Vec<_>>(), [true, false]);
    }

    fn lines(count: i64, label: &str) -> String {
        let line = |n: i64| {
            let at = super::super::stream::moment(n * DAY + 7);
            format!(r#"{{"business":"b","time":"{at}","label":"{label}","crisis":1}}"#) + "\n"
        };
        (0..count).map(line).collect()
    }

    #[test]
    fn firms_need_days_and_reviews() {
        let of = |count| parse_reviews(&lines(count, "neg")).expect("lines")["b"].clone();
        assert!(firm_stream("set", 0, &of(80)).is_none());
        let stream = firm_stream("set", 0, &of(120)).expect("long enough");
        assert_eq!((stream.start, stream.eval_from), (0, FIRM_HISTORY_DAYS * DAY));
        assert!(stream.events.iter().all(Event::is_negative));
    }

    #[test]
    fn a_release_begins_when_reviews_come_together() {
        let mut all = parse_reviews(&lines(200, "neu")).expect("lines")["b"].clone();
        let crowd = all[150].clone();
        all.splice(150..150, std::iter::repeat_n(crowd.clone(), 5));
        let (stream, in_crisis) = release_stream("set", 1, &all).expect("a stream");
        assert!(in_crisis);
        assert_eq!((stream.start, stream.events.len()), (150 * DAY, 55));
        assert!(stream.events.iter().all(|e| !e.is_negative()));
    }
}
