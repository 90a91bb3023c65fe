//! Reviews copied from a web page and pasted: no columns, only lines in an order we know.
//!
//! A page gives each review as a name, a line about the person, stars, a date, the text, a few buttons and perhaps
//! the owner's answer. What is recognised is the *cluster* of person, stars and date lines: the line above it is the
//! name, what follows is the text. Without any cluster each paragraph (or line) is a review.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::build::excerpt;
use super::dates::{self, Reading};
use super::error::{RowError, RowErrorKind};
use super::read::Row;
use super::stars::{self, Stars};
use super::{clean, relative};
use crate::item::{Item, ItemKind, PostedAt, Rating, Reply};

/// Reviews read from one paste; the rest is a file's business.
const REVIEWS_MAX: usize = 2_000;

/// Reads the reviews of a pasted text. `now` is what "two months ago" counts from.
pub fn pasted(text: &str, now: Timestamp, zone: &TimeZone) -> Vec<Result<Row, RowError>> {
    let mut lines: Vec<Line<'_>> = text
        .lines()
        .enumerate()
        .map(|(at, raw)| {
            let text = raw.trim_matches(|c: char| c.is_whitespace() || c == '\0' || c == '\u{FEFF}');
            Line { number: at as u64 + 1, text, what: what(text, now, zone) }
        })
        .collect();
    date_replies(&mut lines);
    let clusters = clusters(&lines);
    if clusters.is_empty() { simple(&lines) } else { structured(&lines, &clusters) }
}

struct Line<'a> {
    number: u64,
    text: &'a str,
    what: What,
}

#[derive(Debug, Clone, PartialEq)]
enum What {
    Blank,
    /// Stars, a date, or both on one line.
    Mark {
        rating: Option<Rating>,
        date: Option<PostedAt>,
    },
    /// "Local Guide · 23 reseñas".
    Person,
    /// "Fecha de la experiencia: …": below the text, so it starts nothing.
    Experience(Option<PostedAt>),
    /// "Respuesta del propietario hace 3 semanas".
    ReplyHead(Option<PostedAt>),
    /// Buttons and captions of the page.
    Noise,
    Text,
}

const NOISE: [&str; 34] = [
    "más",
    "mas",
    "more",
    "me gusta",
    "like",
    "compartir",
    "share",
    "leer más",
    "read more",
    "ver más",
    "see more",
    "mostrar más",
    "show more",
    "útil",
    "useful",
    "helpful",
    "denunciar",
    "report",
    "nueva",
    "nuevo",
    "new",
    "menos",
    "less",
    "ver original",
    "see original",
    "ver traducción",
    "traducir",
    "translate",
    "verificada",
    "verified",
    "invitación",
    "invited",
    "responder",
    "reply",
];
const REPLY_HEADS: [&str; 12] = [
    "respuesta del propietario",
    "response from the owner",
    "respuesta de la propietaria",
    "respuesta de",
    "reply from",
    "response from",
    "respuesta del",
    "resposta do proprietário",
    "réponse du propriétaire",
    "risposta del proprietario",
    "resposta del propietari",
    "owner response",
];
const EXPERIENCE: [&str; 10] = [
    "fecha de la experiencia",
    "date of experience",
    "fecha de la visita",
    "date of visit",
    "fecha de la estancia",
    "date of stay",
    "escrita el",
    "written",
    "reviewed",
    "opinión escrita el",
];
const PERSON: [&str; 16] = [
    "reseñas",
    "reseña",
    "reviews",
    "review",
    "opiniones",
    "opinión",
    "fotos",
    "foto",
    "photos",
    "photo",
    "contribuciones",
    "contribución",
    "contributions",
    "contribution",
    "avis",
    "recensioni",
];

fn what(text: &str, now: Timestamp, zone: &TimeZone) -> What {
    if text.is_empty() {
        return What::Blank;
    }
    if text.len() > 160 {
        return What::Text;
    }
    let lower = text.to_lowercase();
    let bare = lower.trim_matches(|c: char| c.is_whitespace() || matches!(c, '.' | '…' | ':' | '·'));
    if NOISE.contains(&bare)
        || text.chars().count() == 1 && !text.chars().all(|c| c.is_ascii_digit()) && !is_star(text)
    {
        return What::Noise;
    }
    if let Some(head) = REPLY_HEADS.iter().find(|head| bare.starts_with(**head)) {
        let rest = bare.get(head.len()..).unwrap_or_default();
        let date = tail_date(rest, now, zone);
        let named = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
        // "Respuesta de" also begins sentences: it is a heading only when short.
        if date.is_some() || named.is_empty() || named.split_whitespace().count() <= 4 {
            return What::ReplyHead(date);
        }
    }
    if let Some(head) = EXPERIENCE.iter().find(|head| bare.starts_with(**head)) {
        let rest = bare.get(head.len()..).unwrap_or_default();
        let date = date(rest.trim_start_matches(|c: char| !c.is_alphanumeric()), now, zone);
        if date.is_some() {
            return What::Experience(date);
        }
    }
    if is_person(bare) {
        return What::Person;
    }
    mark(text, now, zone).unwrap_or(What::Text)
}

fn is_star(text: &str) -> bool {
    matches!(stars::parse(text, 5.0), Stars::Given(_))
}

/// "Local Guide · 23 reseñas · 5 fotos", "ES • 3 opiniones", "12 contribuciones".
fn is_person(lower: &str) -> bool {
    if lower == "local guide" {
        return true;
    }
    let parts: Vec<&str> =
        lower.split(['·', '•', '|']).map(str::trim).filter(|part| !part.is_empty()).collect();
    let counted = |part: &&str| {
        let mut words = part.split_whitespace();
        let number = words
            .next()
            .is_some_and(|word| word.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b',')));
        number && words.next().is_some_and(|word| PERSON.contains(&word)) && words.next().is_none()
    };
    let other = |part: &&str| *part == "local guide" || part.len() <= 3;
    parts.len() <= 5 && parts.iter().any(counted) && parts.iter().all(|part| counted(part) || other(part))
}

/// Stars, a date, or stars and then a date.
fn mark(text: &str, now: Timestamp, zone: &TimeZone) -> Option<What> {
    let whole = text.trim_end_matches(" en Google").trim_end_matches(" on Google");
    if let Stars::Given(rating) = grade(whole) {
        return Some(What::Mark { rating: Some(rating), date: None });
    }
    if let Some(date) = date(whole, now, zone) {
        return Some(What::Mark { rating: None, date: Some(date) });
    }
    // "★★★★★ hace 2 meses", "5/5 · hace un mes".
    let cuts = whole.char_indices().filter(|(_, c)| c.is_whitespace()).map(|(at, _)| at).take(6);
    for at in cuts {
        let (left, right) = whole.split_at(at);
        if let Stars::Given(rating) = grade(left) {
            let right =
                right.trim_matches(|c: char| c.is_whitespace() || matches!(c, '·' | '•' | '|' | '-' | ','));
            let right = right.split(['·', '•']).next().unwrap_or(right).trim();
            if let Some(date) = date(right, now, zone) {
                return Some(What::Mark { rating: Some(rating), date: Some(date) });
            }
        }
    }
    None
}

/// Stars as a page spells them out for screen readers, besides the usual forms.
fn grade(text: &str) -> Stars {
    let text = text.trim().trim_end_matches(['.', ':']);
    let text = ["burbujas", "bubbles", "of 5 bubbles"]
        .iter()
        .fold(text, |text, word| text.trim_end_matches(word).trim());
    if text.len() > 40 || text.is_empty() {
        return Stars::Bad;
    }
    stars::parse(text, 5.0)
}

fn date(text: &str, now: Timestamp, zone: &TimeZone) -> Option<PostedAt> {
    let text = text.trim();
    // Bare numbers are never dates on a page.
    if text.bytes().all(|b| b.is_ascii_digit() || b == b'.') || text.chars().count() > 40 {
        return None;
    }
    relative::parse(text, now, zone).or_else(|| {
        if text.split_whitespace().count() > 7 {
            return None;
        }
        dates::parse(text, Reading { day_first: true, zone, utc: false })
    })
}

/// A date at the end of a heading, whatever stands before it.
fn tail_date(text: &str, now: Timestamp, zone: &TimeZone) -> Option<PostedAt> {
    let text = text.trim_matches(|c: char| !c.is_alphanumeric());
    let starts =
        std::iter::once(0).chain(text.char_indices().filter(|(_, c)| c.is_whitespace()).map(|(at, _)| at));
    starts
        .take(10)
        .find_map(|at| date(text.get(at..)?.trim_matches(|c: char| !c.is_alphanumeric()), now, zone))
}

/// Some pages put the date of an answer on the line below its heading: it belongs to the answer and starts nothing.
fn date_replies(lines: &mut [Line<'_>]) {
    let mut heading: Option<usize> = None;
    for at in 0..lines.len() {
        match (&lines[at].what, heading) {
            (What::ReplyHead(None), _) => heading = Some(at),
            (What::Blank, _) => {}
            (What::Mark { rating: None, date }, Some(above)) => {
                lines[above].what = What::ReplyHead(*date);
                lines[at].what = What::Noise;
                heading = None;
            }
            _ => heading = None,
        }
    }
}

/// Runs of person, stars and date lines: where each begins and ends. Blank lines do not break a run.
fn clusters(lines: &[Line<'_>]) -> Vec<(usize, usize)> {
    let mut clusters: Vec<(usize, usize)> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        if !matches!(line.what, What::Mark { .. } | What::Person) {
            continue;
        }
        match clusters.last_mut() {
            Some((_, end)) if joins(&lines[*end..at]) => *end = at + 1,
            _ => clusters.push((at, at + 1)),
        }
    }
    clusters
}

fn joins(between: &[Line<'_>]) -> bool {
    between.iter().all(|line| matches!(line.what, What::Blank | What::Noise))
}

fn structured(lines: &[Line<'_>], clusters: &[(usize, usize)]) -> Vec<Result<Row, RowError>> {
    let answers = lines.iter().any(|line| matches!(line.what, What::ReplyHead(_)));
    let first_named = clusters.first().is_some_and(|&(start, _)| name_above(lines, start, 0).is_some());
    let mut starts = Vec::new();
    let mut floor = 0;
    for &(start, end) in clusters {
        let person = lines[start..end].iter().any(|line| line.what == What::Person);
        let name = if first_named || person { name_above(lines, start, floor) } else { None };
        starts.push((name.unwrap_or(start), name, start, end));
        floor = end;
    }
    let mut rows = Vec::new();
    for (at, &(start, name, from, to)) in starts.iter().enumerate().take(REVIEWS_MAX) {
        let stop = starts.get(at + 1).map_or(lines.len(), |next| next.0);
        let mut item = Item { kind: ItemKind::Review, ..Item::default() };
        item.reply = if answers { Reply::None } else { Reply::Unknown };
        item.author = name.and_then(|at| clean::label(lines[at].text));
        for line in &lines[from..to] {
            if let What::Mark { rating, date } = &line.what {
                item.rating = item.rating.or(*rating);
                item.posted_at = item.posted_at.or(*date);
            }
        }
        body(lines.get(to..stop).unwrap_or_default(), &mut item);
        let line = lines[start].number;
        rows.push(finish(line, item, lines[start].text));
    }
    rows
}

/// The name above a cluster: a short line that is not a sentence.
fn name_above(lines: &[Line<'_>], start: usize, floor: usize) -> Option<usize> {
    let at = (floor..start).rev().find(|&at| !matches!(lines[at].what, What::Blank | What::Noise))?;
    let text = lines[at].text;
    let name = lines[at].what == What::Text
        && text.chars().count() <= 50
        && text.split_whitespace().count() <= 6
        && !text.ends_with(['.', '!', '?', '…', ':', ',']);
    name.then_some(at)
}

/// What stands below a cluster: the text, perhaps a date of experience, perhaps the answer.
fn body(lines: &[Line<'_>], item: &mut Item) {
    let mut text = String::new();
    let mut answer = String::new();
    let mut answered: Option<Option<PostedAt>> = None;
    for line in lines {
        match &line.what {
            What::ReplyHead(date) => answered = Some(*date),
            What::Experience(date) => item.posted_at = item.posted_at.or(*date),
            What::Noise | What::Mark { .. } | What::Person => {}
            What::Blank | What::Text => {
                let part = if answered.is_some() { &mut answer } else { &mut text };
                if !part.is_empty() {
                    part.push('\n');
                }
                part.push_str(without_more(line.text));
            }
        }
    }
    item.text = clean::text(&text);
    if let Some(date) = answered {
        let words = clean::text(&answer);
        item.reply =
            Reply::Answered { text: (!words.is_empty()).then_some(words), at: date.map(|posted| posted.at) };
    }
}

/// The button that unfolds a long text is glued to it when copied.
fn without_more(line: &str) -> &str {
    for button in ["…Más", "… Más", "...Más", "... Más", "…More", "… More", "...More", "... More"]
    {
        if let Some(rest) = line.strip_suffix(button) {
            return rest.trim_end();
        }
    }
    line
}

/// One review a paragraph; or a line, when there are no blank lines or every line brings its own stars.
fn simple(lines: &[Line<'_>]) -> Vec<Result<Row, RowError>> {
    let written: Vec<&Line<'_>> = lines.iter().filter(|line| !line.text.is_empty()).collect();
    let last = written.last().map_or(0, |line| line.number);
    let blanks = lines.iter().any(|line| line.text.is_empty() && line.number < last && line.number > 1);
    let graded = !written.is_empty() && written.iter().all(|line| leading_stars(line.text).0.is_some());
    let mut groups: Vec<(u64, String)> = Vec::new();
    let mut open = false;
    for line in lines {
        if line.text.is_empty() || line.what == What::Noise {
            open &= !line.text.is_empty();
            continue;
        }
        match groups.last_mut() {
            Some((_, text)) if open && blanks && !graded => {
                text.push('\n');
                text.push_str(line.text);
            }
            _ => groups.push((line.number, line.text.to_owned())),
        }
        open = true;
    }
    groups
        .into_iter()
        .take(REVIEWS_MAX)
        .map(|(line, text)| {
            let (rating, rest) = leading_stars(&text);
            let item = Item {
                kind: ItemKind::Review,
                rating,
                text: clean::text(without_more(rest)),
                ..Item::default()
            };
            finish(line, item, &text)
        })
        .collect()
}

/// "1 - nos trataron fatal", "★★ regular", "4/5: bien". A number alone before the words ("2 camareros") and the
/// numbers of a list ("1. ", "2) ") are not stars.
fn leading_stars(text: &str) -> (Option<Rating>, &str) {
    let dashes = |c: char| matches!(c, '-' | '–' | '—' | ':' | '|' | '\t' | '=');
    let head_end = text.char_indices().take(24).find(|&(_, c)| dashes(c)).map(|(at, _)| at);
    if let Some(at) = head_end {
        let (head, rest) = text.split_at(at);
        if let Stars::Given(rating) = stars::parse(head, 5.0) {
            let rest = rest.trim_start_matches(|c: char| dashes(c) || c.is_whitespace());
            if rating.best <= 10.0 && !rest.starts_with(|c: char| c.is_ascii_digit()) {
                return (Some(rating), rest);
            }
        }
    }
    // Symbols and "4/5" need nothing behind them; "5 estrellas" is two words.
    let mut ends =
        text.char_indices().filter(|(_, c)| c.is_whitespace() || matches!(c, ',' | '.')).map(|(at, _)| at);
    for _ in 0..2 {
        let Some(at) = ends.next() else { break };
        let (head, rest) = text.split_at(at);
        let marked = head.contains(['/', '★', '⭐']) || head.trim().contains(' ');
        if let (true, Stars::Given(rating)) = (marked, stars::parse(head, 5.0)) {
            return (
                Some(rating),
                rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '.')),
            );
        }
    }
    (None, text)
}

fn finish(line: u64, item: Item, raw: &str) -> Result<Row, RowError> {
    if item.text.is_empty() && item.rating.is_none() {
        return Err(RowError { line, reason: RowErrorKind::NoTextAndNoStars, excerpt: excerpt(raw) });
    }
    Ok(Row { line, item })
}
