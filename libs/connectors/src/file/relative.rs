//! "hace 2 meses", "a month ago", "ayer": dates counted back from the moment of reading.

use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};

use crate::item::PostedAt;

const BACK: [&str; 12] = [
    "hace",
    "ago",
    "fa",
    "há",
    "atrás",
    "il y a",
    "editado",
    "edited",
    "fecha de edición",
    "last edited",
    "modifié",
    "vor",
];
const ONE: [&str; 12] = ["un", "una", "uno", "a", "an", "one", "um", "uma", "une", "uno", "ein", "eine"];
/// Unit, by the beginnings of its names. "mes" before "m…": minutes are "min".
const UNITS: [(&str, Unit); 22] = [
    ("segund", Unit::Second),
    ("second", Unit::Second),
    ("min", Unit::Minute),
    ("hora", Unit::Hour),
    ("hour", Unit::Hour),
    ("heure", Unit::Hour),
    ("ora", Unit::Hour),
    ("ore", Unit::Hour),
    ("hore", Unit::Hour),
    ("día", Unit::Day),
    ("dia", Unit::Day),
    ("die", Unit::Day),
    ("day", Unit::Day),
    ("jour", Unit::Day),
    ("giorn", Unit::Day),
    ("seman", Unit::Week),
    ("week", Unit::Week),
    ("semain", Unit::Week),
    ("settiman", Unit::Week),
    ("setman", Unit::Week),
    ("mes", Unit::Month),
    ("month", Unit::Month),
];
const MORE_UNITS: [(&str, Unit); 9] = [
    ("mês", Unit::Month),
    ("mois", Unit::Month),
    ("año", Unit::Year),
    ("ano", Unit::Year),
    ("year", Unit::Year),
    ("an", Unit::Year),
    ("anno", Unit::Year),
    ("anni", Unit::Year),
    ("any", Unit::Year),
];
const TODAY: [&str; 8] = ["hoy", "today", "hoje", "aujourd'hui", "oggi", "avui", "ahora mismo", "just now"];
const YESTERDAY: [&str; 6] = ["ayer", "yesterday", "ontem", "hier", "ieri", "ahir"];

#[derive(Debug, Clone, Copy)]
enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Year,
}

/// Reads a line that is nothing but a relative date, perhaps after "editado".
pub(super) fn parse(line: &str, now: Timestamp, zone: &TimeZone) -> Option<PostedAt> {
    let lower = line.trim().to_lowercase();
    if lower.is_empty() || lower.len() > 60 {
        return None;
    }
    let lower = lower.trim_matches(|c: char| !c.is_alphanumeric());
    let span = if TODAY.contains(&lower) {
        Span::new()
    } else if YESTERDAY.contains(&lower) {
        Span::new().days(1)
    } else {
        counted(lower)?
    };
    let at = now.to_zoned_datetime(zone.clone()).checked_sub(span).ok()?.timestamp();
    Some(PostedAt { at, precise: false })
}

fn counted(lower: &str) -> Option<Span> {
    let mut rest = lower;
    let mut back = false;
    // Strip the words that say "back in time", wherever the language puts them.
    loop {
        let before = rest;
        for word in BACK {
            let cut = rest.strip_prefix(word).filter(|cut| cut.starts_with([' ', ':']));
            let cut = cut.or_else(|| rest.strip_suffix(word).filter(|cut| cut.ends_with(' ')));
            if let Some(cut) = cut {
                back |=
                    !matches!(word, "editado" | "edited" | "last edited" | "fecha de edición" | "modifié");
                rest = cut.trim_matches(|c: char| c.is_whitespace() || c == ':');
            }
        }
        if rest == before {
            break;
        }
    }
    let (amount, unit) = rest.split_once(' ')?;
    if !back || unit.contains(' ') {
        return None;
    }
    let amount = if ONE.contains(&amount) {
        1
    } else {
        amount.parse::<i64>().ok().filter(|n| (0..=1000).contains(n))?
    };
    let (_, unit) = UNITS.iter().chain(&MORE_UNITS).find(|(name, _)| unit.starts_with(name))?;
    let span = Span::new();
    Some(match unit {
        Unit::Second => span.seconds(amount),
        Unit::Minute => span.minutes(amount),
        Unit::Hour => span.hours(amount),
        Unit::Day => span.days(amount),
        Unit::Week => span.weeks(amount),
        Unit::Month => span.months(amount),
        Unit::Year => span.years(amount),
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn time_is_counted_back_from_the_reading() {
        let now: Timestamp = "2026-05-20T10:00:00Z".parse().unwrap();
        for (line, at) in [
            ("hace 2 meses", "2026-03-20T10:00:00Z"),
            ("Hace una semana", "2026-05-13T10:00:00Z"),
            ("hace un año", "2025-05-20T10:00:00Z"),
            ("a month ago", "2026-04-20T10:00:00Z"),
            ("3 weeks ago", "2026-04-29T10:00:00Z"),
            ("Edited 2 days ago", "2026-05-18T10:00:00Z"),
            ("Editado hace 5 horas", "2026-05-20T05:00:00Z"),
            ("ayer", "2026-05-19T10:00:00Z"),
            ("Hoy", "2026-05-20T10:00:00Z"),
            ("il y a 3 jours", "2026-05-17T10:00:00Z"),
            ("2 mesi fa", "2026-03-20T10:00:00Z"),
            ("fa 2 mesos", "2026-03-20T10:00:00Z"),
            ("há 2 anos", "2024-05-20T10:00:00Z"),
            ("hace 20 minutos", "2026-05-20T09:40:00Z"),
        ] {
            let got = parse(line, now, &TimeZone::UTC);
            assert_eq!(got.map(|posted| posted.at.to_string()).as_deref(), Some(at), "{line}");
        }
        for line in
            ["", "hace mucho", "hace mucho tiempo que no", "hace 2", "2 meses", "ayer fui", "hace 99999 años"]
        {
            assert_eq!(parse(line, now, &TimeZone::UTC), None, "{line}");
        }
    }

    proptest! {
        #[test]
        fn any_line_is_read_without_a_panic(line in ".{0,40}") {
            let _ = parse(&line, Timestamp::UNIX_EPOCH, &TimeZone::UTC);
        }
    }
}
