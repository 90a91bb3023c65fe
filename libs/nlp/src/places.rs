//! Places a text names: towns, regions, countries; and the doubt which one of a name is meant.
//!
//! *How.* Names are looked up among the tokens ([`gazetteer`]); the words around them decide whether the name is a
//! place at all ([`cues`]): "vivo en Granada" is one, "calle Granada", "la granada" and "Antonio Granada" are not.
//! The evidence is added up in whole points; from [`ENOUGH`] on the name counts. Of several places of one name the
//! likeliest is taken: more people, the country and region of [`Home`], what stands beside it ("Mérida, Yucatán").
//!
//! *What must stay true.* Silence is better than a wrong place: a warning "in Granada" rests on this.
//!
//! *Sources.* IGN and GeoNames, both CC BY 4.0: see `gazetteer/README.md`.

pub(crate) mod cues;
pub(crate) mod gazetteer;

use crate::fold::fold;
use crate::personal;
use crate::reading::Span;
use crate::tokens::{Kind, Scratch, Token, hash_bytes};
use cues::Roles;
pub use gazetteer::PlaceKind;
pub(crate) use gazetteer::fingerprint;
use gazetteer::{GAZETTEER, Gazetteer, Named, Place};

/// A place named in a text.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct PlaceMention {
    /// Where it is named.
    pub span: Span,
    /// Its official name ("Donostia/San Sebastián").
    pub name: &'static str,
    /// Country (ISO 3166-1 alpha-2).
    pub country: &'static str,
    /// Province in Spain, first-level division elsewhere; empty where it is not known or has none.
    pub region: &'static str,
    /// Autonomous community, in Spain only.
    pub community: &'static str,
    /// People, as far as known: exact for Spain, in thousands elsewhere.
    pub population: u32,
    /// What it is.
    pub kind: PlaceKind,
    /// Another place of this name is nearly as likely.
    pub ambiguous: bool,
}

/// Where the reader is at home: of several places of one name the nearer is meant.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Home {
    country: String,
    region: Option<u64>,
}

impl Home {
    /// A country (ISO 3166-1 alpha-2) and, if known, a province or autonomous community in any of its spellings.
    #[must_use]
    pub fn new(country: &str, region: Option<&str>) -> Self {
        let region = region.map(|region| hash_bytes(fold(region).as_bytes()));
        Self { country: country.to_ascii_uppercase(), region }
    }
}

impl Default for Home {
    fn default() -> Self {
        Self::new("ES", None)
    }
}

/// Points from which a name counts as a place.
const ENOUGH: i32 = 3;
/// Never a place, whatever else is said.
const NEVER: i32 = -100;
/// Most places of one text: beyond it is a list, not an experience.
const PLACES_MAX: usize = 64;
/// Two places of one name within this weight are a doubt (a factor of eight in people).
const DOUBT: f32 = 3.0;
/// At home a place is as likely as one with this many times (as a power of two) its people abroad.
const AT_HOME: f32 = 6.0;

/// How the text uses capitals, which says how much a capital is worth.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Case {
    /// Capitals where they belong.
    Usual,
    /// None at all.
    Lower,
    /// Nothing else.
    Shouting,
}

/// A name found, before the words around have settled what it is.
struct Hit {
    first: usize,
    count: usize,
    named: &'static Named,
    points: i32,
    /// A city of 200,000 people or more is among those of this name.
    is_large: bool,
}

/// Finds the places of a text.
pub(crate) fn find(text: &str, scratch: &Scratch, home: &Home) -> Vec<PlaceMention> {
    let gazetteer: &'static Gazetteer = &GAZETTEER;
    let tokens = &scratch.tokens;
    let mut hits: Vec<Hit> = Vec::new();
    let mut case = None;
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        if token.kind == Kind::Word
            && gazetteer.opens(token.hash)
            && is_written_as_name(text, tokens, at, *case.get_or_insert_with(|| case_of(text, tokens)))
            && let Some((named, count)) = gazetteer.longest(tokens.get(at..).unwrap_or_default())
        {
            let case = *case.get_or_insert_with(|| case_of(text, tokens));
            let look = Look { text, tokens, case, gazetteer };
            let points = look.points(at, count, named);
            if points > NEVER {
                let is_large = places(gazetteer, named).any(|place| place.population >= 200_000);
                hits.push(Hit { first: at, count, named, points, is_large });
                at += count;
                if hits.len() == PLACES_MAX {
                    break;
                }
                continue;
            }
        }
        at += 1;
    }
    if hits.is_empty() {
        return Vec::new();
    }
    join(gazetteer, tokens, &mut hits);
    settle(gazetteer, tokens, &hits, home)
}

/// Where a text uses capitals, a name has one, on its first word or after its article: looked at first, for it
/// sends away nearly every word that is also the name of a village.
fn is_written_as_name(text: &str, tokens: &[Token], at: usize, case: Case) -> bool {
    let Some(token) = tokens.get(at) else { return false };
    case != Case::Usual
        || is_capital(text, token)
        || (gazetteer::is_article(token.hash)
            && tokens.get(at + 1).is_some_and(|next| next.kind == Kind::Word && is_capital(text, next)))
}

/// The look around one name.
struct Look<'a> {
    text: &'a str,
    tokens: &'a [Token],
    case: Case,
    gazetteer: &'static Gazetteer,
}

impl Look<'_> {
    fn before(&self, at: usize, back: usize) -> Option<&Token> {
        self.tokens.get(at.checked_sub(back)?).filter(|token| token.kind == Kind::Word)
    }

    fn roles(&self, at: usize, back: usize) -> Roles {
        self.before(at, back).map_or(0, |token| cues::roles(token.hash))
    }

    fn points(&self, at: usize, count: usize, named: &Named) -> i32 {
        let Some(best) = named
            .places
            .iter()
            .filter_map(|number| self.gazetteer.place(*number))
            .max_by(|one, other| one.weight.total_cmp(&other.weight))
        else {
            return NEVER;
        };
        // an article is no second word: "La Mesa" says no more than "mesa"
        let articles = self.tokens.get(at).is_some_and(|token| gazetteer::is_article(token.hash));
        let words = count - usize::from(articles && count > 1);
        let size = self.size(best, words);
        let before = self.points_before(at, count, best);
        if before == NEVER {
            return NEVER;
        }
        let after = self.points_after(at + count, count, named.flags);
        if after == NEVER {
            return NEVER;
        }
        size + before + after + self.points_of_form(at, count, named, best)
    }

    fn size(&self, best: &Place, count: usize) -> i32 {
        let people = match best.population {
            _ if matches!(best.kind, PlaceKind::Country | PlaceKind::Region) => 2,
            200_000.. => 2,
            30_000.. => 1,
            3_000.. => 0,
            _ if self.case != Case::Usual => -2,
            _ => -1,
        };
        people + if count > 1 { 2 } else { 0 }
    }

    /// Capitals, and what else the name is.
    fn points_of_form(&self, at: usize, count: usize, named: &Named, best: &Place) -> i32 {
        let Some(token) = self.tokens.get(at) else { return 0 };
        let last = self.tokens.get(at + count - 1).unwrap_or(token);
        let capital = is_capital(self.text, last);
        let starts = self.starts_sentence(at);
        let mut points = match self.case {
            Case::Usual if capital && !starts => 2,
            Case::Usual if !capital && count < 3 => -6,
            Case::Usual if !capital => -2,
            Case::Usual | Case::Shouting => 1,
            Case::Lower if count == 1 && best.population < 20_000 => -2,
            Case::Lower => 0,
        };
        let sign = self.text.as_bytes().get((token.source.start as usize).wrapping_sub(1));
        if sign == Some(&b'#') {
            points += 2;
        }
        for flag in [gazetteer::PRODUCT, gazetteer::PERSON] {
            points -= i32::from(named.flags & flag != 0);
        }
        if named.flags & gazetteer::WORD != 0 {
            points -= if self.case == Case::Shouting { 4 } else { 2 };
        }
        points
    }

    fn starts_sentence(&self, at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|before| self.tokens.get(before));
        before.is_none_or(|before| !matches!(before.kind, Kind::Word | Kind::Pause))
    }

    /// What the words before say.
    fn points_before(&self, at: usize, count: usize, best: &Place) -> i32 {
        let first = self.roles(at, 1);
        let second = self.roles(at, 2);
        if first == 0 {
            return self.stranger_before(at);
        }
        if first & (cues::TITLE | cues::SAINT) != 0 || first & cues::STREET != 0 || self.names_after_job(at) {
            return NEVER;
        }
        let named_thing = first & (cues::BRAND | cues::PRODUCT) != 0 && first & (cues::IN | cues::OF) == 0;
        if named_thing {
            return NEVER;
        }
        let whole = count > 1 || matches!(best.kind, PlaceKind::Country | PlaceKind::Area);
        if first & cues::THING != 0 && first & cues::TO == 0 && !whole {
            return NEVER;
        }
        let mut points = 0;
        if first & cues::IN != 0 {
            points += 3;
        }
        if first & cues::TO != 0 {
            points += 1;
        }
        if first & cues::THAT != 0 {
            points +=
                if self.before(at, 1).is_some_and(|token| token.end - token.start > 3) { 1 } else { -2 };
        }
        let (first, second, back) = if first & cues::THAT != 0 && second & cues::OF != 0 {
            (second, self.roles(at, 3), 2)
        } else {
            (first, second, 1)
        };
        if first & cues::OF != 0 {
            points += 1 + match second {
                _ if second & (cues::PRODUCT | cues::SAINT) != 0 => return NEVER,
                _ if second & cues::STREET != 0 && second & (cues::AREA | cues::LIVE) == 0 => return NEVER,
                // "el camino de", "la ronda de", "club de"
                _ if second & cues::BRAND != 0 && second & (cues::AREA | cues::LIVE) == 0 => return NEVER,
                _ if second & cues::AREA != 0 => 2,
                _ if second & cues::THAT != 0 => 1,
                _ => 0,
            };
        }
        for further in back + 1..=back + 3 {
            if self.roles(at, further) & cues::LIVE != 0 {
                points += if further == back + 1 { 2 } else { 1 };
                break;
            }
        }
        if first & cues::LIVE != 0 {
            points += 1;
        }
        points
    }

    /// "la camarera Soria", "mi amiga París".
    fn names_after_job(&self, at: usize) -> bool {
        self.roles(at, 1) & cues::JOB != 0 && self.case == Case::Usual
    }

    /// A word without a role before: a capital there makes both one name.
    fn stranger_before(&self, at: usize) -> i32 {
        let Some(before) = self.before(at, 1) else { return 0 };
        if self.case != Case::Usual || !is_capital(self.text, before) || self.apart(at) {
            return 0;
        }
        if personal::is_first_name(before.hash) {
            return NEVER;
        }
        if self.starts_sentence(at - 1) { -1 } else { -3 }
    }

    /// Something else than one blank stands between a token and the one before.
    fn apart(&self, at: usize) -> bool {
        let (Some(before), Some(token)) = (self.before(at, 1), self.tokens.get(at)) else { return true };
        let between = self.text.get(before.source.end as usize..token.source.start as usize);
        between != Some(" ")
    }

    /// What follows the name.
    fn points_after(&self, after: usize, count: usize, flags: u8) -> i32 {
        let Some(next) = self.tokens.get(after) else { return 0 };
        if next.kind == Kind::Pause {
            return 1;
        }
        if next.kind != Kind::Word {
            return 0;
        }
        let roles = cues::roles(next.hash);
        if roles & cues::CLUB != 0 && !self.apart(after) {
            return NEVER;
        }
        if roles & cues::VERB != 0 && flags & gazetteer::PERSON == 0 {
            return 1;
        }
        // "Madrid branch", "Barcelona centro"
        if roles & cues::AREA != 0 && !self.apart(after) {
            return 1;
        }
        let capital = self.case == Case::Usual && is_capital(self.text, next) && !self.apart(after);
        if capital && roles == 0 && count == 1 && !self.gazetteer.opens(next.hash) {
            return if personal::is_surname(next.hash) { -4 } else { -2 };
        }
        0
    }
}

/// Neighbours help each other: "Guadalajara, Jalisco", "Cuenca y Teruel".
fn join(gazetteer: &Gazetteer, tokens: &[Token], hits: &mut [Hit]) {
    for at in 1..hits.len() {
        let (head, tail) = hits.split_at_mut(at);
        let (Some(one), Some(other)) = (head.last_mut(), tail.first_mut()) else { continue };
        let between = tokens.get(one.first + one.count..other.first).unwrap_or_default();
        if holds(gazetteer, one, other, between) {
            one.points += 3;
            other.points += 3;
        } else if between.is_empty() && one.is_large && other.is_large {
            // "el tren madrid barcelona"
            one.points += 2;
            other.points += 2;
        } else if let [between] = between {
            let list = between.kind == Kind::Pause || cues::roles(between.hash) & cues::AND != 0;
            if list && one.points >= ENOUGH {
                other.points += 2;
            }
        }
    }
}

/// Does the second name hold the first ("Córdoba, Argentina")?
fn holds(gazetteer: &Gazetteer, one: &Hit, other: &Hit, between: &[Token]) -> bool {
    let near = between.is_empty() || matches!(between, [only] if only.kind == Kind::Pause);
    near && places(gazetteer, one.named).any(|place| {
        places(gazetteer, other.named).any(|larger| is_inside(place, larger) && place.name != larger.name)
    })
}

fn is_inside(place: &Place, larger: &Place) -> bool {
    let same_country = place.country == larger.country;
    match larger.kind {
        PlaceKind::Country => same_country && place.kind != PlaceKind::Country,
        PlaceKind::Region => same_country && larger.division == place.division && larger.division != 0,
        // "Aravaca, Madrid": a town stands for its province
        PlaceKind::Municipality => {
            same_country && larger.division == place.division && larger.population > 50_000
        }
        _ => false,
    }
}

fn places<'a>(gazetteer: &'a Gazetteer, named: &'a Named) -> impl Iterator<Item = &'a Place> {
    named.places.iter().filter_map(|number| gazetteer.place(*number))
}

/// Picks one place for every name with enough evidence.
fn settle(gazetteer: &'static Gazetteer, tokens: &[Token], hits: &[Hit], home: &Home) -> Vec<PlaceMention> {
    let mut found = Vec::new();
    for (at, hit) in hits.iter().enumerate() {
        if hit.points < ENOUGH {
            continue;
        }
        let beside = hits.get(at + 1).filter(|next| {
            let between = tokens.get(hit.first + hit.count..next.first).unwrap_or_default();
            holds(gazetteer, hit, next, between)
        });
        let abroad = hits
            .iter()
            .filter(|other| other.points >= ENOUGH)
            .flat_map(|other| places(gazetteer, other.named))
            .find(|place| place.kind == PlaceKind::Country && place.country != home.country)
            .map(|place| place.country);
        let weigh = |place: &Place| {
            let mut weight = place.weight;
            if place.country == home.country {
                weight += AT_HOME;
            }
            let hashes = gazetteer.division(place).map_or(&[][..], |division| &division.hashes);
            if home.region.is_some_and(|region| place.country == home.country && hashes.contains(&region)) {
                weight += AT_HOME + 2.0;
            }
            if abroad == Some(place.country) {
                weight += AT_HOME;
            }
            if beside.is_some_and(|next| places(gazetteer, next.named).any(|larger| is_inside(place, larger)))
            {
                weight += 3.0 * AT_HOME;
            }
            weight
        };
        found.extend(pick(gazetteer, tokens, hit, weigh));
    }
    found
}

fn pick(
    gazetteer: &'static Gazetteer,
    tokens: &[Token],
    hit: &Hit,
    weigh: impl Fn(&Place) -> f32,
) -> Option<PlaceMention> {
    let mut best: Option<(&'static Place, f32)> = None;
    for place in places(gazetteer, hit.named) {
        let weight = weigh(place);
        if best.is_none_or(|(_, most)| weight > most) {
            best = Some((place, weight));
        }
    }
    let (place, most) = best?;
    let ambiguous = places(gazetteer, hit.named).any(|other| {
        // a region without a division of its own is the same as the province of its name
        let elsewhere = other.country != place.country
            || (other.division != place.division && other.division != 0 && place.division != 0);
        elsewhere && weigh(other) > most - DOUBT
    });
    let division = gazetteer.division(place);
    let last = tokens.get(hit.first + hit.count - 1)?;
    Some(PlaceMention {
        span: Span { start: tokens.get(hit.first)?.source.start, end: last.source.end },
        name: place.name,
        country: place.country,
        region: division.map_or("", |division| division.name),
        community: division.map_or("", |division| division.community),
        population: place.population,
        kind: place.kind,
        ambiguous,
    })
}

/// Does the word begin with a capital?
#[inline]
pub(crate) fn is_capital(text: &str, token: &Token) -> bool {
    match text.as_bytes().get(token.source.start as usize) {
        Some(byte) if byte.is_ascii() => byte.is_ascii_uppercase(),
        _ => {
            let rest = text.get(token.source.start as usize..).unwrap_or_default();
            rest.chars().next().is_some_and(char::is_uppercase)
        }
    }
}

/// How a text uses capitals.
pub(crate) fn case_of(text: &str, tokens: &[Token]) -> Case {
    let (mut words, mut upper, mut capitals) = (0_u32, 0_u32, 0_u32);
    for token in tokens.iter().filter(|token| token.kind == Kind::Word) {
        let letters = token.end - token.start > 1;
        words += u32::from(letters);
        upper += u32::from(letters && token.upper);
        capitals += u32::from(is_capital(text, token));
    }
    if upper * 3 >= words * 2 && words > 1 {
        Case::Shouting
    } else if capitals == 0 {
        Case::Lower
    } else {
        Case::Usual
    }
}
