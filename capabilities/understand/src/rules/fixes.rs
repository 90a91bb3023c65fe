//! Did it work? Complaints about one aspect before and after the owner changed something, as shares of all mentions.

use stats::Share;

/// Days compared on either side: eight weeks.
pub const SIDE_DAYS: i64 = 56;
/// A week at least has to pass before anything is said.
const AFTER_DAYS_MIN: i64 = 7;
/// Mentions needed on either side.
const SIDE_MENTIONS_MIN: u64 = 10;

/// The answer to "did it work?".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Not enough time or not enough mentions yet.
    TooEarly,
    /// Nobody complained about it before: there was nothing to mend that we could hear.
    NothingBefore,
    /// Fewer complaints, and more than chance would make of it.
    Worked,
    /// More complaints, and more than chance would make of it.
    Worse,
    /// The interval holds both: it cannot be told.
    CannotTell,
}

/// Both sides of a fix.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BeforeAfter {
    /// Mentions that complained about the aspect, of all read, in the weeks before.
    pub before: Share,
    /// The same since the fix.
    pub after: Share,
    /// By how much the share changed, with its 90 % interval: low, change, high.
    pub change: (f64, f64, f64),
    /// What that means.
    pub verdict: Verdict,
}

/// What a day adds: all mentions read, and those that complain about the aspect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day {
    /// Days since 1970.
    pub day: i64,
    /// All mentions read.
    pub read: u64,
    /// Those that complain about the aspect.
    pub complaints: u64,
}

/// Compares the weeks before a fix with those since.
pub fn compare(days: &[Day], fixed_on: i64, today: i64) -> BeforeAfter {
    let sum = |from: i64, to: i64| {
        let inside = days.iter().filter(|d| (from..to).contains(&d.day));
        let (hits, n) = inside.fold((0, 0), |(hits, n), d| (hits + d.complaints, n + d.read));
        Share::new(hits, n)
    };
    let before = sum(fixed_on - SIDE_DAYS, fixed_on);
    let after = sum(fixed_on, (fixed_on + SIDE_DAYS).min(today + 1));
    let change = after.minus(before);
    let too_few = before.n < SIDE_MENTIONS_MIN || after.n < SIDE_MENTIONS_MIN;
    let verdict = match change {
        _ if today - fixed_on < AFTER_DAYS_MIN || too_few => Verdict::TooEarly,
        _ if before.hits == 0 && after.hits == 0 => Verdict::NothingBefore,
        (_, _, high) if high < 0.0 => Verdict::Worked,
        (low, _, _) if low > 0.0 => Verdict::Worse,
        _ => Verdict::CannotTell,
    };
    BeforeAfter { before, after, change, verdict }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Ten mentions a day, of which so many complain before and after day 100.
    fn days(before: u64, after: u64) -> Vec<Day> {
        (40..160)
            .map(|day| Day { day, read: 10, complaints: if day < 100 { before } else { after } })
            .collect()
    }

    #[test]
    fn a_clear_change_is_told_and_a_small_one_is_not() {
        assert_eq!(compare(&days(3, 1), 100, 159).verdict, Verdict::Worked);
        assert_eq!(compare(&days(1, 3), 100, 159).verdict, Verdict::Worse);
        assert_eq!(compare(&days(2, 2), 100, 159).verdict, Verdict::CannotTell);
        assert_eq!(compare(&days(0, 0), 100, 159).verdict, Verdict::NothingBefore);
    }

    #[test]
    fn it_waits_for_a_week_and_for_ten_mentions() {
        assert_eq!(compare(&days(9, 0), 100, 106).verdict, Verdict::TooEarly);
        assert_eq!(compare(&days(9, 0), 100, 107).verdict, Verdict::Worked);
        let few: Vec<Day> =
            days(1, 0).into_iter().map(|d| Day { read: u64::from(d.day % 10 == 0), ..d }).collect();
        assert_eq!(compare(&few, 100, 159).verdict, Verdict::TooEarly);
    }

    #[test]
    fn the_sides_are_eight_weeks_and_do_not_overlap() {
        let compared = compare(&days(1, 1), 100, 159);
        assert_eq!((compared.before.n, compared.after.n), (560, 560));
    }
}
