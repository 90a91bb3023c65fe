//! Pure decisions: who wants what, when it may ring, how often, and when to try again. No clock, no SQL.

use std::time::Duration;

use connectors::notify::smtp;
use domain::{AlertLevel, ChannelKind, NoticeKind, OutgoingState};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan as _};

/// Channels of one organisation beside its members' mail.
pub const CHANNELS_MAX: usize = 20;
/// Interruptions of one address in a day; what is more goes into the digest. Somebody who is rung seven times a day
/// switches the bell off, and then misses the one that mattered.
pub const INTERRUPTIONS_MAX: u32 = 6;
/// Alarms may go on for a while after that.
pub const ALARMS_MAX: u32 = 12;
/// Test messages of one organisation in an hour: the button is no way to bother others.
pub const TESTS_PER_HOUR: u32 = 10;
/// A message that was told "later" so often has failed: with the waits below, after a day and a half.
pub const ATTEMPTS_MAX: u32 = 16;
/// Longest subject, characters.
pub const SUBJECT_MAX: usize = 200;
/// Longest body, characters.
pub const BODY_MAX: usize = 20_000;

/// Longest drawn form of a letter, bytes.
pub const HTML_BYTES_MAX: usize = 60_000;
/// Longest short message, characters: more would be cut into many, each of which costs.
pub const SMS_CHARS_MAX: usize = 600;
/// When no customer is asked, whatever the organisation's own hours are: from the first to before the second, local.
pub const ASKING_QUIET: (u8, u8) = (22, 8);

/// When an organisation wants to be told. Hours of the day in its own zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Preferences {
    /// First quiet hour, 0–23.
    pub quiet_from: u8,
    /// First hour that is not quiet any more, 0–23; the same as `quiet_from` for no quiet hours.
    pub quiet_until: u8,
    /// Whether an alarm may ring in the quiet hours.
    pub alarms_break_quiet: bool,
    /// From which hour on the day's digest is made.
    pub digest_hour: u8,
    /// On which day the week's digest is made, 1 (Monday) to 7.
    pub weekly_day: u8,
    /// No digest is made for this day (since 1970) or before: a restored copy does not know what it has sent.
    pub digests_after: i64,
}

impl Default for Preferences {
    fn default() -> Self {
        Self {
            quiet_from: 22,
            quiet_until: 8,
            alarms_break_quiet: false,
            digest_hour: 9,
            weekly_day: 1,
            digests_after: 0,
        }
    }
}

/// Longest words of the other side that are kept, characters.
pub const ANSWER_MAX: usize = 300;

/// What a channel gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wishes {
    /// What may interrupt.
    pub alerts: AlertLevel,
    /// The day's digest.
    pub digest: bool,
    /// The week's.
    pub weekly: bool,
}

impl Wishes {
    /// Everything: what an owner gets until she says otherwise.
    pub const ALL: Self = Self { alerts: AlertLevel::Warnings, digest: true, weekly: true };
    /// Nothing: what other members get until somebody says otherwise.
    pub const NOTHING: Self = Self { alerts: AlertLevel::Nothing, digest: false, weekly: false };

    /// Whether this kind is wanted. A test always is.
    pub const fn want(self, kind: NoticeKind) -> bool {
        match kind {
            NoticeKind::Alarm => !matches!(self.alerts, AlertLevel::Nothing),
            NoticeKind::Warning => matches!(self.alerts, AlertLevel::Warnings),
            NoticeKind::Digest => self.digest,
            NoticeKind::Weekly => self.weekly,
            NoticeKind::Test => true,
            // Letters go to one person outside, never to a channel; programs say themselves which events they want.
            NoticeKind::Reply
            | NoticeKind::Receipt
            | NoticeKind::Invitation
            | NoticeKind::Reminder
            | NoticeKind::Event => false,
        }
    }
}

/// Whether this kind interrupts.
pub const fn interrupts(kind: NoticeKind) -> bool {
    matches!(kind, NoticeKind::Alarm | NoticeKind::Warning)
}

/// Whether so many interruptions today are enough, and this one goes into the digest.
pub const fn is_folded(kind: NoticeKind, interruptions_today: u32) -> bool {
    match kind {
        NoticeKind::Warning => interruptions_today >= INTERRUPTIONS_MAX,
        NoticeKind::Alarm => interruptions_today >= ALARMS_MAX,
        _ => false,
    }
}

fn is_quiet(hour: i8, from: u8, until: u8) -> bool {
    let hour = hour.cast_unsigned();
    if from <= until { (from..until).contains(&hour) } else { hour >= from || hour < until }
}

/// The first moment from `now` on outside the quiet hours. On the day a clock is changed, an hour that does not exist
/// ends where the clock goes on, and one that comes twice ends the first time.
pub fn next_allowed(now: Timestamp, zone: &TimeZone, (from, until): (u8, u8)) -> Timestamp {
    let local = zone.to_datetime(now);
    if !is_quiet(local.hour(), from, until) {
        return now;
    }
    let hour = until.min(23).cast_signed();
    let is_tomorrow = local.hour() >= hour;
    let day = if is_tomorrow { local.date().saturating_add(1.day()) } else { local.date() };
    zone.to_timestamp(day.at(hour, 0, 0, 0)).map_or(now, |end| end.max(now))
}

/// When a message of this kind may go out, from `from` on.
pub fn release(from: Timestamp, zone: &TimeZone, preferences: &Preferences, kind: NoticeKind) -> Timestamp {
    match kind {
        NoticeKind::Test | NoticeKind::Event => from,
        kind if kind.is_asking() => next_allowed(from, zone, ASKING_QUIET),
        kind if kind.is_letter() => from,
        NoticeKind::Alarm if preferences.alarms_break_quiet => from,
        _ => next_allowed(from, zone, (preferences.quiet_from, preferences.quiet_until)),
    }
}

/// Midnight of the organisation's day.
pub fn day_start(now: Timestamp, zone: &TimeZone) -> Timestamp {
    zone.to_timestamp(zone.to_datetime(now).date().at(0, 0, 0, 0)).unwrap_or(now)
}

/// The day whose digest is due, once its hour has come.
pub fn digest_day(now: Timestamp, zone: &TimeZone, preferences: &Preferences) -> Option<Date> {
    let local = zone.to_datetime(now);
    let has_come = local.hour() >= preferences.digest_hour.cast_signed();
    let is_new = days_since_1970(local.date()) > preferences.digests_after;
    (has_come && is_new).then(|| local.date())
}

/// The day whose weekly digest is due: the chosen day of the week, once the digest's hour has come.
pub fn weekly_day(now: Timestamp, zone: &TimeZone, preferences: &Preferences) -> Option<Date> {
    digest_day(now, zone, preferences)
        .filter(|day| day.weekday().to_monday_one_offset().cast_unsigned() == preferences.weekly_day)
}

/// A civil day as the database keeps it.
pub fn days_since_1970(day: Date) -> i64 {
    let start = Date::constant(1970, 1, 1);
    i64::from((day - start).get_days())
}

/// `digest:2026-11-26`.
pub fn digest_key(day: Date) -> String {
    format!("digest:{day}")
}

/// `weekly:2026-W48`, the ISO week.
pub fn weekly_key(day: Date) -> String {
    let week = day.iso_week_date();
    format!("weekly:{}-W{:02}", week.year(), week.week())
}

/// When to try again after attempt number `attempts` was told "later"; `None` to give up. The server's own wish is
/// heard; `random` spreads those that failed together.
pub fn next_attempt(now: Timestamp, attempts: u32, wish: Option<Duration>, random: u8) -> Option<Timestamp> {
    if attempts >= ATTEMPTS_MAX {
        return None;
    }
    let minutes = 1i64 << attempts.saturating_sub(1).min(8);
    let spread = SignedDuration::from_millis(minutes * 60_000 * i64::from(random) / (255 * 4));
    let wait = SignedDuration::from_mins(minutes) + spread;
    let wish = wish.and_then(|wish| SignedDuration::try_from(wish).ok()).unwrap_or_default();
    now.checked_add(wait.max(wish)).ok()
}

/// What a person may decide about a message that does not move by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// It arrived, somebody has seen it.
    Arrived,
    /// Send it (again), under the same name.
    Again,
    /// Let it be.
    Drop,
}

impl Decision {
    /// As forms send it.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "arrived" => Some(Self::Arrived),
            "again" => Some(Self::Again),
            "drop" => Some(Self::Drop),
            _ => None,
        }
    }

    /// The spelling in forms.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Arrived => "arrived",
            Self::Again => "again",
            Self::Drop => "drop",
        }
    }
}

/// What may be decided about a message in this state, the likeliest first.
pub const fn decisions(state: OutgoingState) -> &'static [Decision] {
    match state {
        OutgoingState::Unknown => &[Decision::Arrived, Decision::Again],
        OutgoingState::Held => &[Decision::Drop, Decision::Again],
        OutgoingState::Failed => &[Decision::Again, Decision::Drop],
        _ => &[],
    }
}

/// An address as it is kept, or the key of what is wrong with it. A topic's address is judged again by the egress
/// guard, before it is saved and on every message.
pub fn check_address(kind: ChannelKind, text: &str) -> Result<String, &'static str> {
    let text = text.trim();
    match kind {
        ChannelKind::Email if smtp::is_address(text) => Ok(text.to_lowercase()),
        ChannelKind::Email => Err("email-wrong"),
        ChannelKind::Ntfy | ChannelKind::Webhook if (1..=500).contains(&text.len()) => Ok(text.to_owned()),
        ChannelKind::Ntfy | ChannelKind::Webhook | ChannelKind::Sms => Err("notices-address-wrong"),
        ChannelKind::Telegram => {
            let (name, number) = (text.strip_prefix('@'), text.strip_prefix('-').unwrap_or(text));
            let is_name = name.is_some_and(|name| {
                (4..=32).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
            });
            let is_number = (1..=18).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
            if is_name || is_number { Ok(text.to_owned()) } else { Err("notices-chat-wrong") }
        }
    }
}

/// One line: no control characters, single spaces, at most so many characters.
pub fn clean_line(text: &str, max: usize) -> String {
    // Marks that turn the direction of writing would turn the rest of the line with them.
    let turns =
        |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}');
    let breaks = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    let kept = text.chars().filter(|c| !turns(*c));
    let spaced: String = kept.map(|c| if breaks(c) { ' ' } else { c }).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(max).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn zone(name: &str) -> TimeZone {
        TimeZone::get(name).expect("a known zone")
    }

    fn at(text: &str) -> Timestamp {
        text.parse().expect("a moment")
    }

    #[test]
    fn a_warning_in_the_night_waits_for_the_morning_also_when_clocks_change() {
        let madrid = zone("Europe/Madrid");
        for (now, wanted) in [
            ("2026-11-26T12:00:00Z", "2026-11-26T12:00:00Z"),
            ("2026-11-26T21:00:00Z", "2026-11-27T07:00:00Z"),
            ("2026-11-26T06:59:59Z", "2026-11-26T07:00:00Z"),
            ("2026-11-26T07:00:00Z", "2026-11-26T07:00:00Z"),
            // The nights before the clock goes forward and back.
            ("2026-03-28T22:00:00Z", "2026-03-29T06:00:00Z"),
            ("2026-10-24T21:00:00Z", "2026-10-25T07:00:00Z"),
            ("2026-10-25T00:30:00Z", "2026-10-25T07:00:00Z"),
            ("2026-10-25T01:30:00Z", "2026-10-25T07:00:00Z"),
        ] {
            assert_eq!(next_allowed(at(now), &madrid, (22, 8)), at(wanted), "{now}");
        }
        // An hour that does not exist that night, and no quiet hours at all.
        assert_eq!(next_allowed(at("2026-03-29T00:30:00Z"), &madrid, (22, 2)), at("2026-03-29T01:00:00Z"));
        assert_eq!(next_allowed(at("2026-03-29T00:30:00Z"), &madrid, (9, 9)), at("2026-03-29T00:30:00Z"));
        // Quiet hours in the day: a siesta.
        assert_eq!(next_allowed(at("2026-11-26T14:00:00Z"), &madrid, (15, 17)), at("2026-11-26T16:00:00Z"));
    }

    #[test]
    fn only_an_alarm_that_may_breaks_the_quiet() {
        let madrid = zone("Europe/Madrid");
        let night = at("2026-11-26T23:00:00Z");
        let quiet = Preferences::default();
        let loud = Preferences { alarms_break_quiet: true, ..quiet };
        let morning = at("2026-11-27T07:00:00Z");
        assert_eq!(release(night, &madrid, &quiet, NoticeKind::Alarm), morning);
        assert_eq!(release(night, &madrid, &loud, NoticeKind::Alarm), night);
        assert_eq!(release(night, &madrid, &loud, NoticeKind::Warning), morning);
        for kind in [NoticeKind::Test, NoticeKind::Reply, NoticeKind::Receipt] {
            assert_eq!(release(night, &madrid, &quiet, kind), night);
        }
        // No customer is asked at night, also by those who have no quiet hours.
        let sleepless = Preferences { quiet_from: 9, quiet_until: 9, ..loud };
        for kind in [NoticeKind::Invitation, NoticeKind::Reminder] {
            assert_eq!(release(night, &madrid, &sleepless, kind), morning);
            assert_eq!(release(morning, &madrid, &Preferences { quiet_until: 12, ..quiet }, kind), morning);
        }
    }

    #[test]
    fn digests_are_due_once_their_hour_has_come_in_her_own_zone() {
        let preferences = Preferences::default();
        let (madrid, canary) = (zone("Europe/Madrid"), zone("Atlantic/Canary"));
        let monday = at("2026-11-23T08:00:00Z");
        let day = Date::constant(2026, 11, 23);
        assert_eq!(digest_day(monday, &madrid, &preferences), Some(day));
        assert_eq!(digest_day(monday, &canary, &preferences), None);
        assert_eq!(weekly_day(monday, &madrid, &preferences), Some(day));
        assert_eq!(weekly_day(at("2026-11-24T08:00:00Z"), &madrid, &preferences), None);
        assert_eq!(
            (digest_key(day), weekly_key(day)),
            ("digest:2026-11-23".into(), "weekly:2026-W48".into())
        );
        assert_eq!(weekly_key(Date::constant(2027, 1, 1)), "weekly:2026-W53");
        let restored = Preferences { digests_after: days_since_1970(day), ..preferences };
        assert_eq!(digest_day(monday, &madrid, &restored), None);
    }

    #[test]
    fn each_channel_gets_what_it_asked_for() {
        use NoticeKind::{Alarm, Digest, Test, Warning, Weekly};
        let only_alarms = Wishes { alerts: AlertLevel::Alarms, digest: false, weekly: true };
        let wants = |wishes: Wishes| [Alarm, Warning, Digest, Weekly, Test].map(|kind| wishes.want(kind));
        assert_eq!(wants(only_alarms), [true, false, false, true, true]);
        assert_eq!(wants(Wishes::ALL), [true; 5]);
        assert!(!Wishes::ALL.want(NoticeKind::Reply) && !Wishes::ALL.want(NoticeKind::Receipt));
        assert_eq!(wants(Wishes::NOTHING), [false, false, false, false, true]);
    }

    #[test]
    fn the_seventh_warning_of_a_day_goes_into_the_digest_and_alarms_much_later() {
        assert!(!is_folded(NoticeKind::Warning, 5) && is_folded(NoticeKind::Warning, 6));
        assert!(!is_folded(NoticeKind::Alarm, 11) && is_folded(NoticeKind::Alarm, 12));
        for kind in [NoticeKind::Digest, NoticeKind::Reply, NoticeKind::Receipt] {
            assert!(!is_folded(kind, 100) && !interrupts(kind));
        }
    }

    #[test]
    fn a_server_that_says_later_is_asked_less_and_less_often_and_given_up_in_the_end() {
        let start = at("2026-11-26T10:00:00Z");
        let wait = |attempts, wish| {
            next_attempt(start, attempts, wish, 0).map(|next| next.duration_since(start).as_mins())
        };
        assert_eq!([1, 2, 5, 9, 15].map(|n| wait(n, None)), [1, 2, 16, 256, 256].map(Some));
        assert_eq!(wait(1, Some(Duration::from_hours(2))), Some(120));
        assert_eq!(wait(ATTEMPTS_MAX, None), None);
        let hours: i64 = (1..ATTEMPTS_MAX).filter_map(|n| wait(n, None)).sum::<i64>() / 60;
        assert!((30..48).contains(&hours), "{hours} h");
    }

    #[test]
    fn an_address_is_one_or_is_refused() {
        use ChannelKind::{Email, Ntfy, Telegram};
        for (kind, good) in [
            (Email, "ana@bar.example"),
            (Ntfy, "https://ntfy.sh/bar"),
            (Telegram, "-1001234567890"),
            (Telegram, "@el_bar"),
        ] {
            assert_eq!(check_address(kind, &format!(" {good} ")).as_deref(), Ok(good));
        }
        for (kind, bad) in [
            (Email, "ana"),
            (Email, "a@b.example\r\nBcc: c@d.example"),
            (Ntfy, ""),
            (Telegram, "12a"),
            (Telegram, "@x"),
            (Telegram, "@a b c d"),
            (Telegram, "-"),
        ] {
            assert!(check_address(kind, bad).is_err(), "{bad:?}");
        }
    }

    proptest! {
        #[test]
        fn whatever_the_hours_and_the_zone_the_next_moment_is_allowed_and_the_first(
            second in 1_700_000_000i64..1_900_000_000,
            from in 0u8..24,
            until in 0u8..24,
            place in 0usize..6,
        ) {
            let names = ["Europe/Madrid", "Atlantic/Canary", "America/New_York", "Australia/Lord_Howe", "Asia/Beirut", "UTC"];
            let zone = zone(names[place]);
            let now = Timestamp::from_second(second).expect("in range");
            let next = next_allowed(now, &zone, (from, until));
            let quiet = |moment: Timestamp| is_quiet(zone.to_datetime(moment).hour(), from, until);
            prop_assert!(next >= now && next.duration_since(now) <= SignedDuration::from_hours(25));
            prop_assert!(!quiet(next), "{next} is quiet");
            prop_assert!(next == now || quiet(next - SignedDuration::from_secs(1)), "{next} is not the first");
        }
    }
}
