//! A platform's notice of a new review.
//!
//! **How.** Who it is from (`KNOWN`), whether the receiving server vouches for that (`vouch`), and then the same reading
//! for all: lines with the words of their pictures, cut into one piece for each line of stars (`stars`); the author and
//! the place from the headline (`headline`); the link and the id in it (`link`).
//!
//! What must stay true: nothing is invented. What a notice does not carry stays `None`; the day is the notice's own and
//! is marked as imprecise. A letter of a platform in which no review is found is no notice.

mod headline;
mod link;
mod stars;

use super::vouch::{belongs, voucher};
use super::{Notice, SourcePlatform};
use crate::item::{Item, ItemKind, PostedAt, Rating};
use crate::mail::letter::headers::Headers;
use crate::mail::letter::html::{self, Link, Page, Pictures};
use crate::mail::letter::{Letter, TEXT_BYTES_MAX, guarded, html_of, tidy};
use headline::Headline;

/// Most reviews of one notice.
const ITEMS_MAX: usize = 50;
/// Longest line that can be a button, characters.
const BUTTON_MAX: usize = 60;

/// What is known of a platform's notices.
pub(super) struct Known {
    pub(super) platform: SourcePlatform,
    /// The domains its notices come from, and are signed by.
    domains: &'static [&'static str],
    /// One of these stands in the address before the `@`; any if empty.
    locals: &'static [&'static str],
    /// Where its links lead.
    hosts: &'static [&'static str],
    /// Its best grade.
    best: f64,
    /// Whether its reviews have a headline of their own.
    titled: bool,
}

/// The platforms. Play stands before Google: both write from google.com.
const KNOWN: [Known; 6] = [
    Known {
        platform: SourcePlatform::GooglePlay,
        domains: &["google.com"],
        locals: &["play"],
        hosts: &["play.google.com"],
        best: 5.0,
        titled: false,
    },
    Known {
        platform: SourcePlatform::Google,
        domains: &["google.com"],
        locals: &["business", "mybusiness", "maps", "localguides"],
        hosts: &[
            "business.google.com",
            "google.com",
            "maps.google.com",
            "google.es",
            "search.google.com",
            "goo.gl",
        ],
        best: 5.0,
        titled: false,
    },
    Known {
        platform: SourcePlatform::Trustpilot,
        domains: &["trustpilot.com", "trustpilotmail.com"],
        locals: &[],
        hosts: &["trustpilot.com"],
        best: 5.0,
        titled: true,
    },
    Known {
        platform: SourcePlatform::TripAdvisor,
        domains: &["tripadvisor.com", "tripadvisor.es"],
        locals: &[],
        hosts: &["tripadvisor.com", "tripadvisor.es", "tripadvisor.co.uk"],
        best: 5.0,
        titled: true,
    },
    Known {
        platform: SourcePlatform::Booking,
        domains: &["booking.com"],
        locals: &[],
        hosts: &["booking.com"],
        best: 10.0,
        titled: false,
    },
    Known {
        platform: SourcePlatform::AppStore,
        domains: &["apple.com"],
        locals: &[],
        hosts: &["apple.com"],
        best: 5.0,
        titled: true,
    },
];

/// What a notice speaks of. Without one of these words in the subject or the first lines it is another kind of letter.
const SUBJECTS: [&str; 9] = [
    "reseña",
    "review",
    "opinión",
    "opinion",
    "comentario",
    "valoración",
    "valoracion",
    "puntuación",
    "evaluación",
];

/// How the buttons begin.
const BUTTONS: [&str; 25] = [
    "responder",
    "responde ",
    "contestar",
    "leer ",
    "ver ",
    "gestionar",
    "administrar",
    "ir a ",
    "abrir ",
    "reply",
    "respond",
    "read ",
    "view ",
    "see ",
    "manage",
    "go to ",
    "open ",
    "cancelar ",
    "darse de baja",
    "darte de baja",
    "unsubscribe",
    "denunciar",
    "report ",
    "los comentarios ayudan",
    "compartir ",
];

/// How the foot of such letters begins.
const FEET: [&str; 19] = [
    "©",
    "google llc",
    "google ireland",
    "trustpilot a/s",
    "tripadvisor llc",
    "booking.com b.v",
    "apple inc",
    "apple distribution",
    "has recibido est",
    "recibes est",
    "ha recibido est",
    "you received this",
    "you're receiving",
    "you are receiving",
    "this email was",
    "this message was",
    "este correo se",
    "este mensaje se",
    "este correo electrónico",
];

/// Buttons that say that there is more to the text.
const MORE: [&str; 10] = [
    "leer más",
    "ver más",
    "leer la reseña completa",
    "ver la reseña completa",
    "leer reseña completa",
    "leer la opinión completa",
    "read more",
    "see more",
    "read the full",
    "read full",
];

/// Reads a notice; `None` if it is none, or nobody vouches for it.
pub(super) fn read(letter: &Letter, raw: &[u8], headers: &Headers) -> Option<Notice> {
    let (local, domain) = letter.from.email.rsplit_once('@')?;
    let known = KNOWN.iter().find(|known| {
        belongs(domain, known.domains)
            && (known.locals.is_empty() || known.locals.iter().any(|word| local.contains(word)))
    })?;
    let vouched_by = voucher(headers, known.domains)?;
    let page = page(letter, raw);
    if !speaks_of_reviews(letter, &page) {
        return None;
    }
    let pieces = pieces(letter, &page, known);
    let truncated = pieces.iter().any(|piece| piece.truncated);
    let items: Vec<Item> = pieces.into_iter().filter_map(|piece| piece.item(letter, known)).collect();
    if items.is_empty() {
        return None;
    }
    Some(Notice { platform: known.platform, trusted: true, vouched_by, truncated, items })
}

/// The notice as lines: from its HTML, where the pictures speak, or from its plain text.
fn page(letter: &Letter, raw: &[u8]) -> Page {
    if let Ok(message) = guarded(raw)
        && let Some(html) = html_of(&message)
    {
        return html::read(html, TEXT_BYTES_MAX, Pictures::Speak);
    }
    let lines = tidy(&letter.full_text);
    let mut links = Vec::new();
    for (line, text) in lines.iter().enumerate() {
        let words =
            text.split(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '(' | ')' | '[' | ']' | '"'));
        let urls = words.filter(|word| word.starts_with("https://") || word.starts_with("http://"));
        links.extend(urls.map(|url| Link { url: url.to_owned(), line }));
    }
    Page { lines, quote: None, links }
}

fn speaks_of_reviews(letter: &Letter, page: &Page) -> bool {
    let says = |text: &str| {
        let lower = text.to_lowercase();
        SUBJECTS.iter().any(|word| lower.contains(word))
    };
    says(&letter.subject) || page.lines.iter().take(20).any(|line| says(line))
}

/// One review of a notice.
#[derive(Debug, Default)]
struct Piece {
    rating: Option<Rating>,
    author: Option<String>,
    place: Option<String>,
    title: Option<String>,
    text: String,
    truncated: bool,
    link: Option<link::Found>,
}

impl Piece {
    /// The review, if there is enough of it to be one.
    fn item(self, letter: &Letter, known: &Known) -> Option<Item> {
        let is_review = self.rating.is_some() || (self.author.is_some() && !self.text.is_empty());
        is_review.then(|| Item {
            external_id: self.link.as_ref().and_then(|link| link::id(known.platform, &link.url)),
            kind: ItemKind::Review,
            url: self.link.map(|link| link.url),
            author: self.author,
            title: self.title,
            text: self.text,
            rating: self.rating,
            language_declared: letter.language.clone(),
            posted_at: letter.date.map(|at| PostedAt { at, precise: false }),
            place: self.place,
            ..Item::default()
        })
    }
}

fn pieces(letter: &Letter, page: &Page, known: &Known) -> Vec<Piece> {
    let headline = headline::find(&letter.subject, &page.lines);
    let graded = graded_lines(page, known);
    let after_headline = headline.line.map_or(0, |line| line + 1);
    if graded.is_empty() {
        let rating = stars::read(&letter.subject, known.best);
        return vec![piece(page, known, &headline, rating, after_headline, page.lines.len())];
    }
    if let [(line, rating)] = graded.as_slice() {
        return vec![piece(page, known, &headline, Some(*rating), line + 1, page.lines.len())];
    }
    let mut pieces = Vec::new();
    for (number, (line, rating)) in graded.iter().enumerate().take(ITEMS_MAX) {
        let author = author_above(page, *line);
        // The line above the next stars is the next author's.
        let end =
            graded.get(number + 1).map_or(page.lines.len(), |(next, _)| match author_above(page, *next) {
                Some(_) => next.saturating_sub(1),
                None => *next,
            });
        let own = Headline { author, place: headline.place.clone(), line: None };
        pieces.push(piece(page, known, &own, Some(*rating), line + 1, end.max(line + 1)));
    }
    pieces
}

/// The lines with stars. The same stars said twice in a row, by picture and by word, are one.
fn graded_lines(page: &Page, known: &Known) -> Vec<(usize, Rating)> {
    let mut graded: Vec<(usize, Rating)> = Vec::new();
    for (line, text) in page.lines.iter().enumerate() {
        let Some(rating) = stars::read(text, known.best) else { continue };
        let repeats = graded.last().is_some_and(|(before, earlier)| {
            let between = page.lines.get(before + 1..line).unwrap_or_default();
            *earlier == rating && between.iter().filter(|line| !line.is_empty()).count() <= 1
        });
        if repeats {
            graded.pop();
        }
        graded.push((line, rating));
    }
    graded
}

/// A name in the line above the stars.
fn author_above(page: &Page, line: usize) -> Option<String> {
    let above = page.lines.get(..line)?.iter().rev().find(|line| !line.is_empty())?;
    let words = above.split_whitespace().count();
    let is_name = (1..=5).contains(&words)
        && above.chars().count() <= 60
        && !above.ends_with(['.', ':', '!', '?', ','])
        && !above.chars().any(|c| c.is_ascii_digit())
        && !is_button(above);
    is_name.then(|| above.clone())
}

fn piece(
    page: &Page,
    known: &Known,
    headline: &Headline,
    rating: Option<Rating>,
    start: usize,
    end: usize,
) -> Piece {
    let lines = page.lines.get(start..end).unwrap_or_default();
    let (mut said, more) = said(lines, headline);
    let link = link::best(known.platform, known.hosts, &page.links, start..end)
        .or_else(|| link::best(known.platform, known.hosts, &page.links, 0..end));
    let has_title =
        known.titled && said.len() >= 2 && said.first().is_some_and(|line| line.chars().count() <= 120);
    let title = has_title.then(|| unquoted(&said.remove(0)).to_owned());
    let text = said.join("\n");
    let text = unquoted(text.trim()).to_owned();
    let is_cut = ["…", "...", "[…]", "[...]"].iter().any(|end| text.ends_with(end));
    Piece {
        rating,
        author: headline.author.clone().or_else(|| author_above(page, start.saturating_sub(1))),
        place: headline.place.clone(),
        title,
        truncated: !text.is_empty() && (is_cut || more),
        text,
        link,
    }
}

/// The lines of a review, up to the first button, and whether that button says that there is more.
fn said(lines: &[String], headline: &Headline) -> (Vec<String>, bool) {
    let mut said: Vec<String> = Vec::new();
    for line in lines {
        let lower = before_link(line).to_lowercase();
        if MORE.iter().any(|more| lower.starts_with(more) || lower.ends_with(more)) && is_short(&lower) {
            return (said, true);
        }
        if is_button(line) || lower.is_empty() && !line.is_empty() {
            if said.is_empty() {
                continue;
            }
            break;
        }
        let is_name = headline.author.as_deref() == Some(line) || headline.place.as_deref() == Some(line);
        if !line.is_empty() && !is_name && !is_date(&lower) && line.chars().any(char::is_alphanumeric) {
            said.push(line.clone());
        }
    }
    (said, false)
}

fn is_short(line: &str) -> bool {
    line.chars().count() <= BUTTON_MAX
}

/// A line without the address that plain letters write after a button's words.
fn before_link(line: &str) -> &str {
    let at = line.find("https://").or_else(|| line.find("http://")).unwrap_or(line.len());
    line.get(..at).unwrap_or(line).trim_end_matches([' ', ':', '<', '(', '[']).trim()
}

/// A button, or the foot of such letters, which is long: a review that begins like a button is not one.
fn is_button(line: &str) -> bool {
    let lower = before_link(line).to_lowercase();
    FEET.iter().any(|start| lower.starts_with(start))
        || (BUTTONS.iter().any(|start| lower.starts_with(start)) && is_short(&lower))
}

/// A day, or how long ago: `3 de marzo de 2025`, `hace 2 horas`.
fn is_date(lower: &str) -> bool {
    let words = lower.split_whitespace().count();
    let months = [
        "ene", "jan", "feb", "mar", "abr", "apr", "may", "jun", "jul", "ago", "aug", "sep", "oct", "nov",
        "dic", "dec",
    ];
    let has_month = lower
        .split(|c: char| !c.is_alphabetic())
        .any(|word| months.iter().any(|month| word.starts_with(month)));
    let has_digit = lower.chars().any(|c| c.is_ascii_digit());
    let is_day = has_digit && has_month && words <= 6 && lower.chars().count() <= 40;
    let is_ago = words <= 4 && (lower.starts_with("hace ") || lower.ends_with(" ago"));
    is_day || is_ago
}

/// A text without the marks of quotation around it.
fn unquoted(text: &str) -> &str {
    for (open, close) in [('“', '”'), ('"', '"'), ('«', '»'), ('‘', '’')] {
        if let Some(inner) = text.strip_prefix(open).and_then(|rest| rest.strip_suffix(close)) {
            return inner.trim();
        }
    }
    text
}
