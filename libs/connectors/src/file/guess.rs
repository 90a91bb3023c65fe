//! What each column means: by its name first, then by what is in it.

use super::dates;
use super::format::DateOrder;
use super::header;
use super::mapping::{Column, Mapping, ROLES, Role};
use super::stars::{self, Stars};
use crate::item::ItemKind;

/// What was guessed.
pub(super) struct Guess {
    pub(super) mapping: Mapping,
    pub(super) date_order: Option<DateOrder>,
    pub(super) date_order_unsure: bool,
}

/// What a column holds.
#[derive(Debug, Default, Clone)]
struct Profile {
    filled: usize,
    stars: usize,
    stars_max: f64,
    dates: usize,
    links: usize,
    letters: usize,
    spaced: usize,
    bytes: usize,
    distinct: usize,
}

impl Profile {
    fn of<'a>(cells: impl Iterator<Item = &'a str>) -> Self {
        let mut profile = Self::default();
        let mut seen = std::collections::HashSet::new();
        for cell in cells.map(str::trim).filter(|cell| !cell.is_empty()) {
            profile.filled += 1;
            profile.bytes += cell.len();
            if let Stars::Given(rating) = stars::parse(cell, 100.0) {
                profile.stars += 1;
                // A cell with its own scale says nothing about the others.
                if rating.best >= 100.0 && !cell.contains('%') {
                    profile.stars_max = profile.stars_max.max(rating.value);
                }
            } else if stars::parse(cell, 5.0) == Stars::Absent {
                profile.stars += 1;
            }
            profile.dates += usize::from(dates::written(cell, true).is_some() || looks_relative(cell));
            profile.links += usize::from(cell.starts_with("http://") || cell.starts_with("https://"));
            profile.letters += usize::from(cell.chars().any(char::is_alphabetic));
            profile.spaced += usize::from(cell.contains(' '));
            profile.distinct += usize::from(seen.insert(cell));
        }
        profile
    }

    fn share(&self, count: usize) -> f64 {
        if self.filled == 0 { 0.0 } else { count as f64 / self.filled as f64 }
    }

    fn length(&self) -> f64 {
        self.share(self.bytes)
    }

    /// Shares of one ("weighted_vote_score": 0.52), not grades.
    fn fractions(&self) -> bool {
        self.stars_max > 0.0 && self.stars_max < 1.0
    }

    fn plain_text(&self) -> bool {
        self.share(self.letters) > 0.5 && self.share(self.dates) < 0.5 && self.share(self.links) < 0.5
    }
}

fn looks_relative(cell: &str) -> bool {
    super::relative::parse(cell, jiff::Timestamp::UNIX_EPOCH, &jiff::tz::TimeZone::UTC).is_some()
}

/// Guesses the mapping of a sample. Without a header `names` holds empty names.
pub(super) fn guess(names: &[String], rows: &[Vec<String>], has_names: bool) -> Guess {
    let cells = |column: usize| rows.iter().map(move |row| row.get(column).map_or("", String::as_str));
    let profiles: Vec<Profile> = (0..names.len()).map(|column| Profile::of(cells(column))).collect();
    let mut found = if has_names { header::by_name(names) } else { [None; ROLES] };
    doubt(&mut found, &profiles);
    fill(&mut found, &profiles, rows.len(), has_names);

    let mut mapping = Mapping::default();
    for role in Role::ALL {
        let column = found[role as usize].map(|at| match names.get(at) {
            // Two columns of one name can only be told apart by position.
            Some(name)
                if has_names
                    && !name.is_empty()
                    && names.iter().filter(|other| *other == name).count() == 1 =>
            {
                Column::Name(name.clone())
            }
            _ => Column::Index(at),
        });
        mapping.set(role, column);
    }
    if let Some(at) = found[Role::Stars as usize] {
        mapping.stars_best = match profiles[at].stars_max {
            max if max <= 5.0 => 5.0,
            max if max <= 10.0 => 10.0,
            _ => 100.0,
        };
    }
    let (date_order, date_order_unsure, day_first) =
        found[Role::Date as usize].map_or((None, false, true), |at| order(cells(at)));
    mapping.day_first = day_first;
    mapping.times_are_utc =
        found[Role::Date as usize].and_then(|at| names.get(at)).is_some_and(|n| header::says_utc(n));
    mapping.kind = kind(&found, names, rows);
    Guess { mapping, date_order, date_order_unsure }
}

/// Takes back what the name promised and the cells deny.
fn doubt(found: &mut [Option<usize>; ROLES], profiles: &[Profile]) {
    let mut deny = |role: Role, denied: &dyn Fn(&Profile) -> bool| {
        if found[role as usize].is_some_and(|at| profiles[at].filled > 0 && denied(&profiles[at])) {
            found[role as usize] = None;
        }
    };
    deny(Role::Stars, &|profile| profile.share(profile.stars) < 0.6 || profile.fractions());
    deny(Role::Date, &|profile| profile.share(profile.dates) < 0.5);
    deny(Role::Url, &|profile| profile.share(profile.links) < 0.5);
    deny(Role::Text, &|profile| profile.share(profile.letters) < 0.2 && profile.filled > 2);
}

/// Finds by their cells the columns no name gave away.
fn fill(found: &mut [Option<usize>; ROLES], profiles: &[Profile], rows: usize, has_names: bool) {
    let free = |found: &[Option<usize>; ROLES], at: usize| !found.contains(&Some(at));
    let enough = |profile: &Profile| profile.filled * 2 >= rows && profile.filled > 0;
    if found[Role::Stars as usize].is_none() {
        let fits = |profile: &Profile| {
            enough(profile)
                && profile.share(profile.stars) > 0.95
                && profile.stars_max <= 10.0
                && !profile.fractions()
        };
        let mut all = (0..profiles.len()).filter(|&at| free(found, at) && fits(&profiles[at]));
        let first = all.next();
        // Among named columns, two that could be the stars are a guess too many.
        found[Role::Stars as usize] = if has_names && all.next().is_some() { None } else { first };
    }
    if found[Role::Date as usize].is_none() {
        let fits = |profile: &Profile| enough(profile) && profile.share(profile.dates) > 0.9;
        found[Role::Date as usize] = (0..profiles.len()).find(|&at| free(found, at) && fits(&profiles[at]));
    }
    if found[Role::Url as usize].is_none() && !has_names {
        let fits = |profile: &Profile| profile.share(profile.links) > 0.9;
        found[Role::Url as usize] = (0..profiles.len()).find(|&at| free(found, at) && fits(&profiles[at]));
    }
    if found[Role::Text as usize].is_none() {
        let longest = (0..profiles.len())
            .filter(|&at| free(found, at) && profiles[at].plain_text())
            // A code or a hash is long too: people use spaces.
            .filter(|&at| profiles[at].share(profiles[at].spaced) > 0.3 || profiles.len() == 1 || !has_names)
            .max_by(|&a, &b| profiles[a].length().total_cmp(&profiles[b].length()));
        found[Role::Text as usize] = longest;
    }
    if found[Role::Author as usize].is_none() && !has_names {
        let fits = |profile: &Profile| {
            enough(profile)
                && profile.plain_text()
                && (3.0..40.0).contains(&profile.length())
                && profile.distinct * 2 >= profile.filled
        };
        found[Role::Author as usize] = (0..profiles.len()).find(|&at| free(found, at) && fits(&profiles[at]));
    }
}

/// The order of the dates, whether it is in doubt, and whether the day comes first.
pub(super) fn order<'a>(cells: impl Iterator<Item = &'a str>) -> (Option<DateOrder>, bool, bool) {
    let (mut first, mut dmy, mut mdy, mut open) = (None, 0, 0, 0);
    for written in cells.filter_map(|cell| dates::written(cell, true)) {
        match written.order {
            _ if written.either_way => open += 1,
            DateOrder::Dmy => dmy += 1,
            DateOrder::Mdy => mdy += 1,
            _ => {}
        }
        first = first.or(Some(written.order));
    }
    let day_first = dmy >= mdy;
    let order = match first {
        Some(DateOrder::Dmy | DateOrder::Mdy) if day_first => Some(DateOrder::Dmy),
        Some(DateOrder::Dmy | DateOrder::Mdy) => Some(DateOrder::Mdy),
        other => other,
    };
    (order, open > 0 && dmy == 0 && mdy == 0, day_first)
}

/// Our own lines say where they come from; anything else without a word about it is a review.
fn kind(found: &[Option<usize>; ROLES], names: &[String], rows: &[Vec<String>]) -> ItemKind {
    let source = names.iter().position(|name| name == "source");
    let social = |row: &Vec<String>| {
        let cell = source.and_then(|at| row.get(at)).map_or("", String::as_str);
        ["tweet", "social", "post"].iter().any(|word| cell.contains(word))
    };
    if found[Role::Stars as usize].is_none() && rows.first().is_some_and(social) {
        ItemKind::Post
    } else {
        ItemKind::Review
    }
}
