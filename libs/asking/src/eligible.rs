//! Who may be asked. Only facts that are not opinions: there is no field for stars, words, complaints or moods, so none of
//! them can keep anybody from being asked. (What merely puts an invitation off, for a few days, is the room's.)

use crate::SEND_DAYS;

/// What is known of a visit when it is decided whether its customer may be asked. Days since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Facts {
    /// When she was here.
    pub visit_day: i64,
    /// Visits before this day are nobody's reason to write.
    pub since_day: i64,
    /// The visit was cancelled.
    pub cancelled: bool,
    /// There is an address that can be written to.
    pub reachable: bool,
    /// She said that nobody should write to her.
    pub opted_out: bool,
    /// She was asked about another visit so many days ago.
    pub asked_days_ago: Option<i64>,
}

/// Days in which one customer is asked once, however often she comes: who comes every day must not hear from us every day.
pub const REST_DAYS: i64 = 30;

/// Why somebody is not asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LeftOut {
    /// The visit was cancelled.
    Cancelled,
    /// It was before asking began.
    Before,
    /// It is too long ago.
    TooLate,
    /// There is no address.
    Unreachable,
    /// She said no.
    OptedOut,
    /// She was asked about another visit lately.
    AskedLately,
}

impl LeftOut {
    /// Every reason.
    pub const ALL: &[Self] =
        &[Self::Cancelled, Self::Before, Self::TooLate, Self::Unreachable, Self::OptedOut, Self::AskedLately];

    /// Its one spelling.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Cancelled => "cancelled",
            Self::Before => "before",
            Self::TooLate => "too-late",
            Self::Unreachable => "unreachable",
            Self::OptedOut => "opted-out",
            Self::AskedLately => "asked-lately",
        }
    }
}

/// Whether she may be asked on `today`.
///
/// # Errors
/// Why not; of several reasons the first in the order of [`LeftOut::ALL`].
pub const fn may_ask(facts: &Facts, today: i64) -> Result<(), LeftOut> {
    if facts.cancelled {
        return Err(LeftOut::Cancelled);
    }
    if facts.visit_day < facts.since_day {
        return Err(LeftOut::Before);
    }
    if today > facts.visit_day + SEND_DAYS {
        return Err(LeftOut::TooLate);
    }
    if !facts.reachable {
        return Err(LeftOut::Unreachable);
    }
    if facts.opted_out {
        return Err(LeftOut::OptedOut);
    }
    match facts.asked_days_ago {
        Some(days) if days < REST_DAYS => Err(LeftOut::AskedLately),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: Facts = Facts {
        visit_day: 100,
        since_day: 90,
        cancelled: false,
        reachable: true,
        opted_out: false,
        asked_days_ago: None,
    };

    #[test]
    fn everybody_with_an_address_and_a_recent_visit_is_asked() {
        assert_eq!(may_ask(&GOOD, 100), Ok(()));
        assert_eq!(may_ask(&GOOD, 125), Ok(()));
        assert_eq!(may_ask(&GOOD, 126), Err(LeftOut::TooLate));
        assert_eq!(may_ask(&Facts { since_day: 101, ..GOOD }, 101), Err(LeftOut::Before));
        assert_eq!(may_ask(&Facts { cancelled: true, ..GOOD }, 101), Err(LeftOut::Cancelled));
        assert_eq!(may_ask(&Facts { reachable: false, ..GOOD }, 101), Err(LeftOut::Unreachable));
        assert_eq!(may_ask(&Facts { opted_out: true, ..GOOD }, 101), Err(LeftOut::OptedOut));
        assert_eq!(may_ask(&Facts { asked_days_ago: Some(29), ..GOOD }, 101), Err(LeftOut::AskedLately));
        assert_eq!(may_ask(&Facts { asked_days_ago: Some(30), ..GOOD }, 101), Ok(()));
    }
}
