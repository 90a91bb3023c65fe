//! Dates as exports write them, in six languages, with or without time and zone.
//!
//! Not `strptime`: one column often mixes forms, and the day/month order is a property of the file, not of the cell.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, ToSpan};

use super::format::DateOrder;
use crate::item::PostedAt;

/// How to read what a date leaves unsaid.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reading<'a> {
    pub(super) day_first: bool,
    pub(super) zone: &'a TimeZone,
    pub(super) utc: bool,
}

/// A date as written, before any zone is applied.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Written {
    what: What,
    pub(super) order: DateOrder,
    /// Day and month could be exchanged.
    pub(super) either_way: bool,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum What {
    Day(Date),
    Moment(DateTime, Option<Offset>),
    Exact(Timestamp),
}

/// Nobody reviewed anything on the web before, and nothing is dated after: a wrong column, not a date.
const YEARS: std::ops::RangeInclusive<i16> = 1970..=2100;

/// Reads a date cell.
pub(super) fn parse(cell: &str, how: Reading<'_>) -> Option<PostedAt> {
    written(cell, how.day_first)?.place(how)
}

impl Written {
    fn place(self, how: Reading<'_>) -> Option<PostedAt> {
        let utc = TimeZone::UTC;
        let zone = if how.utc { &utc } else { how.zone };
        let at = |moment: DateTime| zone.to_timestamp(moment).ok();
        match self.what {
            What::Exact(at) => Some(PostedAt { at, precise: true }),
            What::Moment(moment, Some(offset)) => {
                Some(PostedAt { at: offset.to_timestamp(moment).ok()?, precise: true })
            }
            What::Moment(moment, None) => Some(PostedAt { at: at(moment)?, precise: true }),
            What::Day(date) => Some(PostedAt { at: at(date.to_datetime(Time::midnight()))?, precise: false }),
        }
    }
}

/// Reads a date cell without placing it in a zone.
pub(super) fn written(cell: &str, day_first: bool) -> Option<Written> {
    let cell = cell.trim();
    if cell.is_empty() || cell.len() > 80 {
        return None;
    }
    let bytes = cell.as_bytes();
    if let Some(found) = iso(bytes) {
        return Some(found);
    }
    if bytes.iter().all(|b| b.is_ascii_digit() || *b == b'.')
        && let Some(found) = count(cell)
    {
        return Some(found);
    }
    Scan::new(cell).date(day_first)
}

fn digits(bytes: &[u8]) -> Option<i64> {
    if bytes.is_empty() || bytes.len() > 18 {
        return None;
    }
    bytes.iter().try_fold(0_i64, |sum, b| b.is_ascii_digit().then(|| sum * 10 + i64::from(b - b'0')))
}

fn date(year: i64, month: i64, day: i64) -> Option<Date> {
    let year = i16::try_from(year).ok().filter(|year| YEARS.contains(year))?;
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// The fast path: `2024-03-12`, with `T10:00:00.000Z` and the like behind. Most large files are all this.
fn iso(bytes: &[u8]) -> Option<Written> {
    let day = |date| Written { what: What::Day(date), order: DateOrder::Iso, either_way: false };
    if bytes.len() == 7 && bytes[4] == b'-' {
        return date(digits(&bytes[..4])?, digits(&bytes[5..])?, 1).map(day);
    }
    if bytes.len() < 10 || bytes[4] != b'-' || bytes[7] != b'-' {
        return None;
    }
    let date = date(digits(&bytes[..4])?, digits(&bytes[5..7])?, digits(&bytes[8..10])?)?;
    if bytes.len() == 10 {
        return Some(day(date));
    }
    if bytes.len() < 16 || !matches!(bytes[10], b'T' | b' ' | b't') || bytes[13] != b':' {
        return None;
    }
    let (hour, minute) = (digits(&bytes[11..13])?, digits(&bytes[14..16])?);
    let mut rest = &bytes[16..];
    let (mut second, mut nanos) = (0, 0);
    if rest.first() == Some(&b':') && rest.len() >= 3 {
        second = digits(&rest[1..3])?;
        rest = &rest[3..];
        if rest.first() == Some(&b'.') {
            let length = rest[1..].iter().take_while(|b| b.is_ascii_digit()).count();
            nanos = digits(&rest[1..=length.min(9)])? * 10_i64.pow(9 - length.min(9) as u32);
            rest = &rest[1 + length..];
        }
    }
    let offset = zone(rest)?;
    let time = time(hour, minute, second, nanos)?;
    Some(Written {
        what: What::Moment(date.to_datetime(time), offset),
        order: DateOrder::Iso,
        either_way: false,
    })
}

/// `24:00` and a leap second exist in the wild; both are brought to the nearest second that does.
fn time(hour: i64, minute: i64, second: i64, nanos: i64) -> Option<Time> {
    let second = if second == 60 { 59 } else { second };
    if (hour, minute, second) == (24, 0, 0) {
        return Time::new(23, 59, 59, 0).ok();
    }
    Time::new(
        i8::try_from(hour).ok()?,
        i8::try_from(minute).ok()?,
        i8::try_from(second).ok()?,
        i32::try_from(nanos).ok()?,
    )
    .ok()
}

/// What may follow a time: nothing, `Z`, `UTC`, `+01:00`, `+0100`, `+01`. The outer `None` is "something else".
#[allow(clippy::option_option, reason = "three answers: not a zone, no zone, this zone")]
fn zone(rest: &[u8]) -> Option<Option<Offset>> {
    let rest = rest.trim_ascii();
    if rest.is_empty() {
        return Some(None);
    }
    if [&b"Z"[..], b"z", b"UTC", b"GMT", b"utc", b"gmt"].contains(&rest) {
        return Some(Some(Offset::UTC));
    }
    let sign = match rest[0] {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let rest = &rest[1..];
    let (hours, minutes) = match rest.len() {
        2 => (digits(rest)?, 0),
        4 => (digits(&rest[..2])?, digits(&rest[2..])?),
        5 if rest[2] == b':' => (digits(&rest[..2])?, digits(&rest[3..])?),
        _ => return None,
    };
    let seconds = sign * (hours * 3600 + minutes * 60);
    Offset::from_seconds(i32::try_from(seconds).ok()?).ok().map(Some)
}

/// A bare number: seconds or milliseconds since 1970, an Excel serial, `20240312`.
fn count(cell: &str) -> Option<Written> {
    let (whole, fraction) = cell.split_once('.').unwrap_or((cell, ""));
    let value = digits(whole.as_bytes())?;
    if !fraction.is_empty() && digits(fraction.as_bytes().get(..fraction.len().min(9))?).is_none() {
        return None;
    }
    let exact = |at: Timestamp| {
        let year = Offset::UTC.to_datetime(at).year();
        YEARS.contains(&year).then_some(Written {
            what: What::Exact(at),
            order: DateOrder::Iso,
            either_way: false,
        })
    };
    match whole.len() {
        9..=10 => exact(Timestamp::from_second(value).ok()?),
        12..=13 => exact(Timestamp::from_millisecond(value).ok()?),
        15..=16 => exact(Timestamp::from_microsecond(value).ok()?),
        8 if fraction.is_empty() => {
            let date = date(value / 10_000, value / 100 % 100, value % 100)?;
            Some(Written { what: What::Day(date), order: DateOrder::Iso, either_way: false })
        }
        5 => serial(value, cell.parse().ok()?),
        _ => None,
    }
}

/// Days since 1899-12-30, the way spreadsheets count. Only 1995 to 2064, so that a postcode is not a date by chance.
fn serial(days: i64, value: f64) -> Option<Written> {
    if !(34_700..=60_000).contains(&days) {
        return None;
    }
    let date = Date::constant(1899, 12, 30).checked_add(days.days()).ok()?;
    let seconds = ((value - days as f64) * 86_400.0).round() as i64;
    let what = if seconds == 0 {
        What::Day(date)
    } else {
        What::Moment(date.to_datetime(Time::midnight()).checked_add(seconds.seconds()).ok()?, None)
    };
    Some(Written { what, order: DateOrder::Iso, either_way: false })
}

/// The months in es, en, pt, fr, it, ca and de. A word is a month when it begins one of them with three letters.
const MONTHS: [&[&str]; 12] = [
    &["enero", "january", "janeiro", "janvier", "gennaio", "gener", "januar"],
    &["febrero", "february", "fevereiro", "février", "fevrier", "febbraio", "febrer", "februar"],
    &["marzo", "march", "março", "mars", "març", "märz"],
    &["abril", "april", "avril", "aprile"],
    &["mayo", "may", "maio", "mai", "maggio", "maig"],
    &["junio", "june", "junho", "juin", "giugno", "juny", "juni"],
    &["julio", "july", "julho", "juillet", "luglio", "juliol", "juli"],
    &["agosto", "august", "août", "aout", "agost"],
    &["septiembre", "september", "setiembre", "setembro", "septembre", "settembre", "setembre"],
    &["octubre", "october", "outubro", "octobre", "ottobre", "oktober"],
    &["noviembre", "november", "novembro", "novembre"],
    &["diciembre", "december", "dezembro", "décembre", "decembre", "dicembre", "desembre", "dezember"],
];

/// The month a word names.
pub(super) fn month(word: &str) -> Option<i64> {
    if word.len() < 3 {
        return None;
    }
    let at = MONTHS.iter().position(|names| names.iter().any(|name| name.starts_with(word)))?;
    i64::try_from(at + 1).ok()
}

/// The pieces of a date written any other way.
struct Scan {
    numbers: Vec<(i64, usize)>,
    month: Option<i64>,
    time: Option<Time>,
    offset: Option<Offset>,
    slashes: bool,
    valid: bool,
}

impl Scan {
    fn new(cell: &str) -> Self {
        let lower = cell.to_lowercase();
        let mut scan =
            Self { numbers: Vec::new(), month: None, time: None, offset: None, slashes: false, valid: true };
        let rest = scan.take_time(&lower);
        for token in rest.split(|c: char| !c.is_alphanumeric()).filter(|token| !token.is_empty()) {
            scan.token(token);
        }
        scan.slashes = rest.contains(['/', '-', '.']);
        scan
    }

    /// Takes out `14:05`, `14:05:30`, `2:05 pm`, `2:05:30 p. m. UTC` and returns the rest.
    fn take_time(&mut self, lower: &str) -> String {
        let Some(colon) = lower.find(':') else { return lower.to_owned() };
        let bytes = lower.as_bytes();
        let start = bytes[..colon].iter().rposition(|b| !b.is_ascii_digit()).map_or(0, |at| at + 1);
        let mut end = colon;
        while end < bytes.len() && (bytes[end].is_ascii_digit() || matches!(bytes[end], b':' | b'.')) {
            end += 1;
        }
        let mut parts = lower.get(start..end).unwrap_or_default().split([':', '.']);
        let mut next = || {
            parts
                .next()
                .map_or(Some(0), |part| if part.is_empty() { Some(0) } else { digits(part.as_bytes()) })
        };
        let (hour, minute, second) = (next(), next(), next());
        let tail = lower.get(end..).unwrap_or_default();
        let half: String = tail.chars().filter(char::is_ascii_alphabetic).take(2).collect();
        let (Some(mut hour), Some(minute), Some(second)) = (hour, minute, second) else {
            self.valid = false;
            return String::new();
        };
        let mut tail = tail;
        if half == "pm" || half == "am" {
            hour = if half == "pm" { hour % 12 + 12 } else { hour % 12 };
            tail = tail.find('m').and_then(|at| tail.get(at + 1..)).unwrap_or_default();
        }
        self.time = time(hour, minute, second, 0);
        self.valid &= self.time.is_some();
        let after = tail.trim_matches(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '.' | ','));
        let after = match zone(after.as_bytes()) {
            Some(offset) => {
                self.offset = offset;
                ""
            }
            None => after,
        };
        format!("{} {after}", lower.get(..start).unwrap_or_default())
    }

    fn token(&mut self, token: &str) {
        let count = token.bytes().take_while(u8::is_ascii_digit).count();
        if count > 0 {
            let (number, suffix) = token.split_at(count);
            self.valid &= matches!(suffix, "" | "st" | "nd" | "rd" | "th" | "º" | "er" | "h");
            match digits(number.as_bytes()) {
                Some(value) if count <= 4 => self.numbers.push((value, count)),
                _ => self.valid = false,
            }
        } else if let Some(month) = month(token) {
            // "mar" is Tuesday as well as March: a later month wins.
            self.month = Some(month);
        }
    }

    fn date(self, day_first: bool) -> Option<Written> {
        if !self.valid {
            return None;
        }
        let (date, order, either_way, whole) = match (self.month, self.numbers.as_slice()) {
            (Some(month), [(year, 4)]) => (date(*year, month, 1)?, DateOrder::Words, false, false),
            (Some(month), [(day, 1 | 2), (year, digits @ (2 | 4))] | [(year, digits @ 4), (day, 1 | 2)]) => {
                (date(century(*year, *digits), month, *day)?, DateOrder::Words, false, true)
            }
            (None, [(year, 4), (month, 1 | 2), (day, 1 | 2)]) => {
                (date(*year, *month, *day)?, DateOrder::Ymd, false, true)
            }
            (None, [(first, 1 | 2), (second, 1 | 2), (year, digits @ (2 | 4))]) => {
                let year = century(*year, *digits);
                let (order, either_way) = match (*first > 12, *second > 12) {
                    (true, _) => (DateOrder::Dmy, false),
                    (_, true) => (DateOrder::Mdy, false),
                    _ => (if day_first { DateOrder::Dmy } else { DateOrder::Mdy }, first != second),
                };
                let (day, month) = if order == DateOrder::Dmy { (first, second) } else { (second, first) };
                (date(year, *month, *day)?, order, either_way, true)
            }
            (None, [(year, 4), (month, 1 | 2)] | [(month, 1 | 2), (year, 4)])
                if self.slashes && self.time.is_none() =>
            {
                (date(*year, *month, 1)?, DateOrder::Iso, false, false)
            }
            _ => return None,
        };
        let what = match self.time {
            Some(time) if whole => What::Moment(date.to_datetime(time), self.offset),
            _ => What::Day(date),
        };
        Some(Written { what, order, either_way })
    }
}

fn century(year: i64, digits: usize) -> i64 {
    match digits {
        4 => year,
        _ if year < 70 => 2000 + year,
        _ => 1900 + year,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(cell: &str, day_first: bool) -> Option<(String, bool)> {
        let zone = TimeZone::get("Europe/Madrid").unwrap();
        let posted = parse(cell, Reading { day_first, zone: &zone, utc: false })?;
        Some((posted.at.to_string(), posted.precise))
    }

    #[test]
    fn moments_are_read_with_their_zone_or_ours() {
        for (cell, at) in [
            ("2024-03-12T10:00:00Z", "2024-03-12T10:00:00Z"),
            ("2025-01-15T12:00:00.250000Z", "2025-01-15T12:00:00.25Z"),
            ("2025-01-15T12:00:00.123456789Z", "2025-01-15T12:00:00.123456789Z"),
            ("2024-03-12T10:00:00+01:00", "2024-03-12T09:00:00Z"),
            ("2024-03-12 10:00:00 UTC", "2024-03-12T10:00:00Z"),
            ("2024-03-12 10:00", "2024-03-12T09:00:00Z"),
            ("2024-07-12 10:00:00", "2024-07-12T08:00:00Z"),
            ("12/03/2024 14:05", "2024-03-12T13:05:00Z"),
            ("12/03/2024, 2:05 p. m.", "2024-03-12T13:05:00Z"),
            ("12/03/2024 12:05 AM", "2024-03-11T23:05:00Z"),
            ("12 de marzo de 2024 a las 14:05", "2024-03-12T13:05:00Z"),
            ("Tue, 12 Mar 2024 10:00:00 +0100", "2024-03-12T09:00:00Z"),
            ("mar, 12 nov 2024 10:00 GMT", "2024-11-12T10:00:00Z"),
            ("1710237600", "2024-03-12T10:00:00Z"),
            ("1710237600.0", "2024-03-12T10:00:00Z"),
            ("1710237600000", "2024-03-12T10:00:00Z"),
            ("45363.5", "2024-03-12T11:00:00Z"),
        ] {
            assert_eq!(read(cell, true), Some((at.to_owned(), true)), "{cell}");
        }
    }

    #[test]
    fn days_and_months_are_read_as_days() {
        for (cell, day_first, at) in [
            ("2024-03-12", true, "2024-03-11T23:00:00Z"),
            ("12/03/2024", true, "2024-03-11T23:00:00Z"),
            ("12-03-24", true, "2024-03-11T23:00:00Z"),
            ("12.3.2024", true, "2024-03-11T23:00:00Z"),
            ("03/12/2024", false, "2024-03-11T23:00:00Z"),
            ("13/03/2024", false, "2024-03-12T23:00:00Z"),
            ("03/13/2024", true, "2024-03-12T23:00:00Z"),
            ("2024/03/12", true, "2024-03-11T23:00:00Z"),
            ("20240312", true, "2024-03-11T23:00:00Z"),
            ("12 de marzo de 2024", true, "2024-03-11T23:00:00Z"),
            ("March 12, 2024", true, "2024-03-11T23:00:00Z"),
            ("12th March 2024", true, "2024-03-11T23:00:00Z"),
            ("12 de setiembre de 2024", true, "2024-09-11T22:00:00Z"),
            ("1 août 2024", true, "2024-07-31T22:00:00Z"),
            ("12-mar-24", true, "2024-03-11T23:00:00Z"),
            ("2019-03", true, "2019-02-28T23:00:00Z"),
            ("03/2019", true, "2019-02-28T23:00:00Z"),
            ("marzo de 2019", true, "2019-02-28T23:00:00Z"),
            ("45363", true, "2024-03-11T23:00:00Z"),
        ] {
            assert_eq!(read(cell, day_first), Some((at.to_owned(), false)), "{cell}");
        }
    }

    #[test]
    fn what_is_not_a_date_is_refused() {
        for cell in [
            "",
            "ayer no",
            "31/02/2024",
            "2024-13-01",
            "1900-01-01",
            "2999-01-01",
            "12/2024/03",
            "5",
            "28001",
            "1e9",
            "hoy a las 25:99",
            "::",
            "12:30",
            "2024-03-12T99:00:00Z",
            "El 3 de 4",
        ] {
            assert_eq!(read(cell, true), None, "{cell}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_a_date_or_not_but_never_a_panic(cell in ".{0,60}", day_first: bool) {
            let _ = read(&cell, day_first);
        }

        #[test]
        fn anything_that_looks_like_a_date_never_panics(cell in "[0-9/:. TZ+amp,-]{0,30}", day_first: bool) {
            let _ = read(&cell, day_first);
        }

        #[test]
        fn every_day_survives_every_spelling(year in 1990_i16..2090, month in 1_i8..=12, day in 1_i8..=28) {
            let names = ["enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre",
                "octubre", "noviembre", "diciembre"];
            let iso = read(&format!("{year:04}-{month:02}-{day:02}"), true);
            prop_assert!(iso.is_some());
            prop_assert_eq!(&read(&format!("{day:02}/{month:02}/{year:04}"), true), &iso);
            prop_assert_eq!(&read(&format!("{month}/{day}/{year}"), false), &iso);
            prop_assert_eq!(&read(&format!("{day} de {} de {year}", names[month as usize - 1]), true), &iso);
        }
    }
}
