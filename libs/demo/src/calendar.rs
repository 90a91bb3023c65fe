//! When people write: the week, the year and the hours of a bar in Valencia.

use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use rand::RngExt;
use rand_chacha::ChaCha8Rng;

/// Three years.
pub(crate) const DAYS: i64 = 1096;

/// A moment in the life of the bar.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Moment {
    pub(crate) at: Timestamp,
    pub(crate) date: Date,
    pub(crate) days_ago: i64,
}

/// Spain's clock as a rule, not read from the machine's database: the same on every machine.
pub(crate) fn time_zone() -> TimeZone {
    TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").expect("a constant, valid rule")
}

/// Draws `count` moments in the last three years, more of them when the bar is full.
pub(crate) fn moments(random: &mut ChaCha8Rng, now: Timestamp, count: usize) -> Vec<Moment> {
    let zone = time_zone();
    let days: Vec<(i64, f64)> =
        (0..DAYS).map(|days_ago| (days_ago, weight(date_of(now, days_ago, &zone), days_ago))).collect();
    let total: f64 = days.iter().map(|(_, weight)| weight).sum();
    (0..count)
        .map(|_| {
            let days_ago = draw(random.random::<f64>() * total, &days);
            moment(random, now, days_ago, &zone)
        })
        .collect()
}

/// A moment on a given day.
pub(crate) fn moment_on(random: &mut ChaCha8Rng, now: Timestamp, days_ago: i64) -> Moment {
    moment(random, now, days_ago, &time_zone())
}

fn draw(mut target: f64, days: &[(i64, f64)]) -> i64 {
    for (days_ago, weight) in days {
        target -= weight;
        if target <= 0.0 {
            return *days_ago;
        }
    }
    0
}

fn date_of(now: Timestamp, days_ago: i64, zone: &TimeZone) -> Date {
    (now - SignedDuration::from_hours(24 * days_ago)).to_zoned_datetime(zone.clone()).date()
}

fn moment(random: &mut ChaCha8Rng, now: Timestamp, days_ago: i64, zone: &TimeZone) -> Moment {
    let date = date_of(now, days_ago, zone);
    let (hour, minute) = (hour(random), random.random_range(0..60_i8));
    let second = random.random_range(0..60_i8);
    let at = zone.to_timestamp(date.at(hour, minute, second, 0)).unwrap_or(now);
    if at <= now {
        return Moment { at, date, days_ago };
    }
    // Today, later than now: the same hour yesterday.
    let at = at - SignedDuration::from_hours(24);
    Moment { at, date: at.to_zoned_datetime(zone.clone()).date(), days_ago: days_ago + 1 }
}

/// The hours people write at: after breakfast, after lunch, and in bed.
fn hour(random: &mut ChaCha8Rng) -> i8 {
    const HOURS: [i8; 24] =
        [9, 10, 11, 11, 12, 13, 14, 15, 15, 16, 16, 16, 17, 17, 18, 19, 20, 21, 21, 22, 22, 23, 23, 0];
    let index = random.random_range(0..24_u32) as usize;
    HOURS.get(index).copied().unwrap_or(16)
}

/// How much is said on a day, compared with an ordinary one.
fn weight(date: Date, days_ago: i64) -> f64 {
    let week = match date.weekday() {
        Weekday::Monday => 0.8, // closed, but people remember the Sunday
        Weekday::Tuesday => 0.6,
        Weekday::Wednesday => 0.7,
        Weekday::Thursday => 0.9,
        Weekday::Friday => 1.1,
        Weekday::Saturday => 1.5,
        Weekday::Sunday => 1.6,
    };
    // Every year a few more people write.
    let growth = 1.25 - 0.45 * days_ago as f64 / DAYS as f64;
    week * season(date) * growth
}

fn season(date: Date) -> f64 {
    match (date.month(), date.day()) {
        _ if is_fallas(date) => 2.2,
        (8, _) => 1.5,
        (7, _) => 1.3,
        (6, _) => 1.15,
        (9, 1..=14) => 0.35, // the bar's own holidays
        _ if is_christmas(date) => 1.25,
        (1 | 2, _) => 0.75,
        (11, _) => 0.8,
        _ => 1.0,
    }
}

/// The week of Fallas and the hangover.
pub(crate) fn is_fallas(date: Date) -> bool {
    date.month() == 3 && (10..=21).contains(&date.day())
}

/// Beach, terrace and visitors.
pub(crate) fn is_summer(date: Date) -> bool {
    matches!((date.month(), date.day()), (6, 20..) | (7 | 8, _))
}

/// From the dinners of companies to the Three Kings.
pub(crate) fn is_christmas(date: Date) -> bool {
    matches!((date.month(), date.day()), (12, 8..) | (1, ..=7))
}

/// The Sunday itself or the day after, when its paella is written about.
pub(crate) fn is_sunday(date: Date) -> bool {
    matches!(date.weekday(), Weekday::Sunday | Weekday::Monday)
}

/// The same moment, brought to the evening before if it falls in the small hours.
pub(crate) fn awake(at: Timestamp) -> Timestamp {
    let hour = at.to_zoned_datetime(time_zone()).hour();
    if (2..8).contains(&hour) { at - SignedDuration::from_hours(7) } else { at }
}
