//! What may be written in a form, how much may be written in an hour, and what a proof of work costs. Pure: no SQL, no
//! clock.
//!
//! **What must stay true.** Nothing here looks at stars or words to decide whether an answer is taken: what is refused is
//! refused for its date, its length or its number, whatever it says.

use std::net::IpAddr;

use jiff::civil::Date;

/// The visit was at most this many days before the review (Spain: art. 20.4 TRLGDCU as of Ley 10/2025: "treinta días
/// naturales anteriores a la fecha de la reseña").
pub const DAYS_MAX: i64 = 30;
/// Longest text, characters.
pub const TEXT_CHARS_MAX: usize = 4_000;
/// Longest name, characters.
pub const NAME_CHARS_MAX: usize = 80;
/// Longest code that is looked up, characters.
pub const CODE_CHARS_MAX: usize = 40;
/// Nobody fills the form in faster, seconds.
pub const FILL_SECONDS_MIN: i64 = 3;

/// The form as it was sent, by the invited, by anybody, and at a device.
#[derive(Debug, Clone, Default, serde::Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ReviewForm {
    /// Names this form: the same form sent twice is one review.
    pub key: String,
    /// When it was made, µs since 1970.
    pub made: String,
    /// That we made it.
    pub seal: String,
    /// The day of the visit.
    pub day: String,
    /// 1 to 5.
    pub stars: String,
    /// In her words.
    pub text: String,
    /// How she signs.
    pub name: String,
    /// A receipt's code or a day's.
    pub code: String,
    /// Nobody sees this field: who fills it in is a program.
    pub website: String,
    /// A proof of work.
    pub work: String,
}

/// An answer that can be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Day of the visit, since 1970.
    pub day: i64,
    /// 1 to 5.
    pub stars: u8,
    /// In her words; may be empty.
    pub text: String,
    /// How she signs; may be empty.
    pub name: String,
}

/// Why a day cannot be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayFault {
    /// It is no day.
    None,
    /// It has not come yet.
    Future,
    /// More than [`DAYS_MAX`] days ago.
    TooOld,
}

/// Checks the day of a visit; days since 1970 in the organisation's zone.
pub fn check_day(day: i64, today: i64) -> Result<i64, DayFault> {
    match today.saturating_sub(day) {
        ..0 => Err(DayFault::Future),
        0..=DAYS_MAX => Ok(day),
        _ => Err(DayFault::TooOld),
    }
}

/// A day as a date field sends it (`2026-09-21`), since 1970.
pub fn day_of(text: &str) -> Option<i64> {
    let date: Date = text.trim().parse().ok()?;
    let epoch = jiff::civil::date(1970, 1, 1);
    epoch.until(date).ok().map(|span| i64::from(span.get_days()))
}

/// A day as a date field wants it.
pub fn day_text(day: i64) -> String {
    let span = jiff::Span::new().try_days(day).ok();
    let date = span.and_then(|span| jiff::civil::date(1970, 1, 1).checked_add(span).ok());
    date.map(|date| date.to_string()).unwrap_or_default()
}

/// What is wrong with an answer: the field and the key of the sentence.
pub type Faults = Vec<(&'static str, &'static str)>;

/// Reads an answer. `day` is given where the invitation knows it. All faults at once, so that nobody corrects one to be told
/// the next; too old a day is told apart, because then there is nothing to correct.
pub fn read(form: &ReviewForm, day: Option<i64>, today: i64) -> Result<Answer, (Faults, bool)> {
    let mut faults = Faults::new();
    let mut too_old = false;
    let day =
        match day.or_else(|| day_of(&form.day)).ok_or(DayFault::None).and_then(|day| check_day(day, today)) {
            Ok(day) => day,
            Err(fault) => {
                too_old = fault == DayFault::TooOld;
                faults.push((
                    "day",
                    if fault == DayFault::Future { "review-day-future" } else { "review-day-missing" },
                ));
                0
            }
        };
    let stars = form.stars.parse().ok().filter(|stars| (1..=5).contains(stars));
    if stars.is_none() {
        faults.push(("stars", "review-stars-missing"));
    }
    let (text, name) = (clean(&form.text, true), clean(&form.name, false));
    if text.chars().count() > TEXT_CHARS_MAX {
        faults.push(("text", "review-text-long"));
    }
    if name.chars().count() > NAME_CHARS_MAX {
        faults.push(("name", "review-name-long"));
    }
    match stars {
        Some(stars) if faults.is_empty() => Ok(Answer { day, stars, text, name }),
        _ => Err((faults, too_old)),
    }
}

/// A text without what nobody types: control characters, and marks that turn the direction of what follows.
fn clean(text: &str, lines: bool) -> String {
    let kept = |c: &char| {
        let turns = matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        !turns && (!c.is_control() || (lines && matches!(c, '\n' | '\t')))
    };
    text.replace("\r\n", "\n").chars().filter(kept).collect::<String>().trim().to_owned()
}

/// How an answer comes to be counted: what it brings decides how many may come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lane {
    /// An invitation or a receipt code: each is taken once, so nothing else has to be counted.
    Proven,
    /// The code of a day, which many people know.
    DailyCode,
    /// A proof of work.
    Worked,
    /// Nothing: a browser without JavaScript.
    Bare,
    /// A device of the shop's own.
    Kiosk,
    /// A code that nobody knows: codes may not be guessed.
    Guess,
}

/// How many answers one hour takes in a lane.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quota {
    /// From one network, or one device.
    pub network: u32,
    /// In the whole organisation.
    pub organization: u32,
}

impl Lane {
    /// Its quota. A network is often a shop's own Wi-Fi with all its guests behind one address: a hundred of them in an hour
    /// must get through.
    pub const fn quota(self) -> Option<Quota> {
        match self {
            Self::Proven => None,
            Self::DailyCode | Self::Worked => Some(Quota { network: 120, organization: 600 }),
            Self::Bare => Some(Quota { network: 5, organization: 30 }),
            Self::Kiosk => Some(Quota { network: 600, organization: 2_400 }),
            Self::Guess => Some(Quota { network: 20, organization: 400 }),
        }
    }

    /// Its name, part of what is hashed.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Proven => "proven",
            Self::DailyCode => "daily",
            Self::Worked => "worked",
            Self::Bare => "bare",
            Self::Kiosk => "kiosk",
            Self::Guess => "guess",
        }
    }
}

/// The network of an address, as it is counted: /24 and /64. Never stored: an HMAC of it is.
pub fn network(address: IpAddr) -> Vec<u8> {
    match address {
        IpAddr::V4(v4) => v4.octets().into_iter().take(3).collect(),
        IpAddr::V6(v6) => match v6.to_ipv4_mapped() {
            Some(v4) => network(IpAddr::V4(v4)),
            None => v6.octets().into_iter().take(8).collect(),
        },
    }
}

/// Iterations of PBKDF2 for each try, by how many came with a proof of work in this hour. 256 tries on average: the least
/// cost is a fraction of a second of a middling phone, the most some seconds.
pub const fn cost(worked_this_hour: i64) -> u32 {
    match worked_this_hour {
        ..30 => 1_000,
        30..100 => 2_000,
        100..300 => 4_000,
        _ => 8_000,
    }
}

#[cfg(test)]
#[path = "tests/rules.rs"]
mod tests;
