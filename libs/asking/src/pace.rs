//! How many leave today. A burst of reviews looks like an attack to platforms, and is one to the inbox of whoever has to
//! answer: invitations drip, at a pace that follows from what the business usually gets.

/// Minutes after midnight between which invitations leave, in the organisation's zone.
pub const WINDOW: (i64, i64) = (9 * 60, 20 * 60);
/// Answers to expect of each invitation where nothing is known yet: 5 % (e-mail to customers of shops brings 3.6 % on
/// average and 7.7 % in the best tenth, local services say 2 to 9 %).
const USUAL_RATE: f64 = 0.05;
/// The weight of that guess, in invitations.
const USUAL_WEIGHT: f64 = 40.0;
/// Invitations a day that nobody notices, and the most there ever are.
const LEAST: u32 = 10;
/// Most invitations a day.
pub const MOST: u32 = 2_000;

/// What a business usually gets.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Baseline {
    /// Reviews a day, everywhere, over the last 90 days.
    pub reviews_per_day: f64,
    /// Invitations that were delivered and old enough to judge…
    pub asked: u64,
    /// …and how many of them were answered.
    pub answered: u64,
}

/// Invitations a day that bring at most as many reviews again as there usually are, twice over (so three times the usual in
/// all): less than any platform or owner would call a burst.
pub fn usual_pace(baseline: &Baseline) -> u32 {
    let rate =
        (baseline.answered as f64 + USUAL_RATE * USUAL_WEIGHT) / (baseline.asked as f64 + USUAL_WEIGHT);
    let extra = 2.0 * baseline.reviews_per_day.max(0.0);
    let pace = extra / rate.clamp(0.01, 1.0);
    if pace.is_finite() { (pace.ceil() as u32).clamp(LEAST, MOST) } else { LEAST }
}

/// How many a day it takes so that everybody who waits is asked in time: for every last day, all that must have left by
/// then, spread evenly over the days until then. `waiting` are pairs of last day and how many, in any order.
pub fn needed_pace(waiting: &[(i64, u32)], today: i64) -> u32 {
    let mut sorted = waiting.to_vec();
    sorted.sort_unstable();
    let (mut sum, mut most) = (0u64, 0u64);
    for (last_day, n) in sorted {
        sum += u64::from(n);
        let days = (last_day - today + 1).max(1) as u64;
        most = most.max(sum.div_ceil(days));
    }
    u32::try_from(most).unwrap_or(u32::MAX).min(MOST)
}

/// How many may have left by this minute of the day, of `pace` a day: evenly between the edges of [`WINDOW`].
pub fn allowed_by(pace: u32, minute_of_day: i64) -> u32 {
    let (from, until) = WINDOW;
    if !(from..until).contains(&minute_of_day) {
        return 0;
    }
    // The first leaves when the window opens; the whole pace has left an hour before it closes, so that nothing is late.
    let span = until - from - 60;
    let gone = (minute_of_day - from + 1).min(span);
    let allowed = (i64::from(pace) * gone + span - 1) / span;
    u32::try_from(allowed).unwrap_or(0).min(pace)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_usual_pace_follows_what_there_is() {
        let nothing = Baseline { reviews_per_day: 0.0, asked: 0, answered: 0 };
        assert_eq!(usual_pace(&nothing), 10);
        let some = Baseline { reviews_per_day: 0.5, ..nothing };
        assert_eq!(usual_pace(&some), 20);
        let answers = Baseline { asked: 400, answered: 100, ..some };
        assert_eq!(usual_pace(&answers), 10, "who is answered often needs fewer");
        assert_eq!(usual_pace(&Baseline { reviews_per_day: f64::INFINITY, ..nothing }), 10);
    }

    #[test]
    fn everybody_who_waits_fits_before_her_last_day() {
        assert_eq!(needed_pace(&[], 100), 0);
        assert_eq!(needed_pace(&[(119, 500)], 100), 25);
        assert_eq!(needed_pace(&[(100, 3), (101, 9)], 100), 6);
        assert_eq!(needed_pace(&[(90, 4)], 100), 4, "who is late leaves today");
    }

    proptest! {
        #[test]
        fn the_pace_asks_everybody_in_time(waiting in prop::collection::vec((100i64..125, 0u32..40), 0..20)) {
            let mut left: Vec<(i64, u32)> = waiting;
            left.sort_unstable();
            for today in 100..125 {
                let mut today_left = needed_pace(&left, today);
                for (_, n) in &mut left {
                    let now = (*n).min(today_left);
                    *n -= now;
                    today_left -= now;
                }
                prop_assert!(left.iter().all(|(last, n)| *last > today || *n == 0), "{left:?} on {today}");
            }
        }

        #[test]
        fn a_day_gives_its_pace_and_never_more(pace in 0u32..=MOST, minute in 0i64..1_440) {
            let now = allowed_by(pace, minute);
            prop_assert!(now <= pace);
            if (WINDOW.0..WINDOW.1 - 1).contains(&minute) {
                prop_assert!(allowed_by(pace, minute + 1) >= now);
            }
            prop_assert_eq!(allowed_by(pace, WINDOW.1 - 1), pace);
            prop_assert_eq!(allowed_by(pace, WINDOW.1), 0);
            prop_assert_eq!(allowed_by(pace, WINDOW.0 - 1), 0);
        }
    }
}
