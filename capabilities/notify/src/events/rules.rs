//! Pure decisions: which events a program wants, when it is tried again, what a flood is.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::Event;

/// Programs of one organisation that are told what happens.
pub const PROGRAMS_MAX: usize = 10;
/// A mention that was posted longer ago is history that somebody imports, not news.
pub const FRESH: SignedDuration = SignedDuration::from_hours(3 * 24);
/// New mentions of one reading batch that are told one by one; of more only the number is told.
pub const SINGLE_MAX: u64 = 100;
/// How long a secret that was changed still signs beside the new one.
pub const ROTATION: SignedDuration = SignedDuration::from_hours(24);
/// A program that cannot be reached is asked again after this long at most, however often one message was tried.
pub const UNREACHABLE_WAIT: SignedDuration = SignedDuration::from_mins(5);
/// How long messages that have ended are kept.
pub const KEPT: SignedDuration = SignedDuration::from_hours(30 * 24);

/// Waits after each attempt that was not taken (the specification's own), seconds.
const WAITS: [i64; 9] =
    [5, 5 * 60, 30 * 60, 2 * 3_600, 5 * 3_600, 10 * 3_600, 14 * 3_600, 20 * 3_600, 24 * 3_600];

/// What a program wants to be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Topics {
    /// New mentions.
    pub mentions: bool,
    /// Warnings.
    pub warnings: bool,
    /// Answers that were published.
    pub replies: bool,
}

impl Topics {
    /// Whether it wants this event. A test it always gets.
    pub const fn want(self, event: &Event) -> bool {
        match event {
            Event::MentionCreated { .. } | Event::MentionsCreated { .. } => self.mentions,
            Event::WarningOpened { .. } => self.warnings,
            Event::ReplyPublished { .. } => self.replies,
            Event::Test => true,
        }
    }

    /// Whether it wants nothing at all.
    pub const fn is_nothing(self) -> bool {
        !self.mentions && !self.warnings && !self.replies
    }
}

/// When to try again after so many attempts; `None` to give up. The program's own wish is heard, up to a day; `random`
/// spreads those that failed together.
pub fn next_attempt(now: Timestamp, attempts: u32, wish: Option<Duration>, random: u8) -> Option<Timestamp> {
    let seconds = *WAITS.get(usize::try_from(attempts).ok()?.checked_sub(1)?)?;
    let spread = SignedDuration::from_millis(seconds * 100 * i64::from(random) / 255);
    let wish = wish.and_then(|wish| SignedDuration::try_from(wish).ok()).unwrap_or_default();
    let wish = wish.min(SignedDuration::from_hours(24));
    now.checked_add((SignedDuration::from_secs(seconds) + spread).max(wish)).ok()
}

/// What becomes of the new mentions of a reading batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flood {
    /// Each is told.
    Each,
    /// So many so far; others are still being read.
    Rising(u64),
    /// So many in all: told as one.
    Over(u64),
}

/// `before` of a flood were read in earlier batches, `new` in this one, and `more` wait to be read.
pub const fn flood(before: u64, new: u64, more: bool) -> Flood {
    if before == 0 && new <= SINGLE_MAX {
        Flood::Each
    } else if more {
        Flood::Rising(before + new)
    } else {
        Flood::Over(before + new)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_that_is_away_is_tried_for_three_days_as_the_specification_says() {
        let start = Timestamp::UNIX_EPOCH;
        let wait = |attempts, wish, random| {
            next_attempt(start, attempts, wish, random).map(|next| next.duration_since(start).as_secs())
        };
        assert_eq!([1, 2, 3, 4, 9].map(|n| wait(n, None, 0)), [5, 300, 1_800, 7_200, 86_400].map(Some));
        assert_eq!((wait(0, None, 0), wait(10, None, 0)), (None, None));
        assert_eq!(wait(2, None, 255), Some(330));
        assert_eq!(wait(1, Some(Duration::from_hours(2)), 0), Some(7_200));
        assert_eq!(wait(1, Some(Duration::from_hours(900)), 0), Some(86_400));
        let hours: i64 = (1..=9).filter_map(|n| wait(n, None, 0)).sum::<i64>() / 3_600;
        assert_eq!(hours, 75);
    }

    #[test]
    fn a_flood_is_told_once_when_it_is_over() {
        assert_eq!(flood(0, 100, false), Flood::Each);
        assert_eq!(flood(0, 101, false), Flood::Over(101));
        assert_eq!(flood(0, 2_048, true), Flood::Rising(2_048));
        assert_eq!(flood(2_048, 0, true), Flood::Rising(2_048));
        assert_eq!(flood(2_048, 3, false), Flood::Over(2_051));
    }
}
