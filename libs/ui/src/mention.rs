//! Something somebody said: stars, face, words, where and when.

use maud::{Markup, html};

use crate::card::{Badge, badge};
use crate::icon::{Face, Icon, icon, sentiment};

/// Five stars filled up to `value` (halves allowed) and what to say instead ("4 de 5 estrellas").
pub fn stars(value: f64, label: &str) -> Markup {
    // Rounded to halves: a third of a star says nothing on a phone, and the words carry the exact figure.
    let halves = (value.clamp(0.0, 5.0) * 2.0).round() as u32;
    html! {
        span.stars {
            @for place in 1..=5_u32 {
                (star(halves >= place * 2, halves + 1 == place * 2))
            }
            span.vh { (label) }
        }
    }
}

const STAR: &str = "M12 2.6l2.9 6 6.5.9-4.7 4.6 1.1 6.5L12 17.5l-5.8 3.1 1.1-6.5L2.6 9.5l6.5-.9z";
const HALF_STAR: &str = "M12 2.6V17.5l-5.8 3.1 1.1-6.5L2.6 9.5l6.5-.9z";

fn star(full: bool, half: bool) -> Markup {
    html! {
        svg.star viewBox="0 0 24 24" width="20" height="20" aria-hidden="true" focusable="false" {
            path.star-line d=(STAR) {}
            @if full { path.star-fill d=(STAR) {} } @else if half { path.star-fill d=(HALF_STAR) {} }
        }
    }
}

/// A moment: the machine's form and the person's.
#[derive(Debug, Clone, Copy, Default)]
pub struct When<'a> {
    /// `2026-11-25` or `2026-11-25T20:45:00Z`.
    pub iso: &'a str,
    /// "hace 2 días", "25 de noviembre".
    pub shown: &'a str,
}

/// A `<time>` element.
pub fn time(when: When<'_>) -> Markup {
    html! { time datetime=(when.iso) { (when.shown) } }
}

/// One thing somebody said.
#[derive(Debug, Clone, Default)]
pub struct MentionCard<'a> {
    /// Unique in the page.
    pub id: &'a str,
    /// Whether it is the only one in its page: its heading is then an `h2`, under the page's `h1`.
    pub alone: bool,
    /// Who said it.
    pub author: &'a str,
    /// Where ("Google", "Nos lo dijeron en persona").
    pub source: &'a str,
    /// The establishment, when there are several; empty for none.
    pub place: &'a str,
    /// When it was said.
    pub when: When<'a>,
    /// Stars and how to say them aloud.
    pub stars: Option<(f64, &'a str)>,
    /// Its title, if the platform has titles; empty for none.
    pub title: &'a str,
    /// What was said, as it came. Line breaks are kept.
    pub text: &'a str,
    /// Said instead when there is no text ("Sin texto, solo estrellas").
    pub no_text: &'a str,
    /// Language of the text, when it is known and differs from the page's.
    pub text_lang: Option<&'a str>,
    /// Words of the search, marked where a word of the text starts with one of them.
    pub highlights: &'a [&'a str],
    /// The face and its word.
    pub face: Option<(Face, &'a str)>,
    /// Other marks ("Sin responder", "Precio").
    pub badges: &'a [Badge<'a>],
    /// The mention's own page and the words of that link ("Ver y contestar").
    pub link: Option<(&'a str, &'a str)>,
    /// The original on the platform and the words of that link.
    pub original: Option<(&'a str, &'a str)>,
    /// Buttons or small forms.
    pub actions: Option<Markup>,
    /// What was answered and its heading ("Tu respuesta").
    pub reply: Option<(&'a str, &'a str)>,
}

/// Draws a mention as an `<article>`. Wrap several in [`mention_list`].
pub fn mention_card(mention: &MentionCard<'_>) -> Markup {
    html! {
        article.mention id=(mention.id) aria-labelledby={ (mention.id) "-author" } tabindex="-1" data-item {
            header.mention-head {
                @if mention.alone {
                    h2.mention-author id={ (mention.id) "-author" } { (mention.author) }
                } @else {
                    h3.mention-author id={ (mention.id) "-author" } { (mention.author) }
                }
                p.mention-meta {
                    span { (mention.source) }
                    @if !mention.place.is_empty() { span { (mention.place) } }
                    span { (time(mention.when)) }
                }
                @if let Some((value, label)) = mention.stars { p.mention-stars { (stars(value, label)) } }
            }
            @if !mention.title.is_empty() { p.mention-title lang=[mention.text_lang] { (mention.title) } }
            @if mention.text.is_empty() {
                @if !mention.no_text.is_empty() { p.mention-silent { (mention.no_text) } }
            } @else {
                p.mention-text lang=[mention.text_lang] dir="auto" { (highlight(mention.text, mention.highlights)) }
            }
            @if let Some((heading, text)) = mention.reply {
                div.quoted { p.quoted-title { (icon(Icon::Reply)) (heading) } p dir="auto" { (text) } }
            }
            (mention_foot(mention))
        }
    }
}

fn mention_foot(mention: &MentionCard<'_>) -> Markup {
    html! {
        footer.mention-foot {
            @if mention.face.is_some() || !mention.badges.is_empty() {
                p.mention-marks {
                    @if let Some((face, word)) = mention.face { (sentiment(face, word)) }
                    @for mark in mention.badges { (badge(*mark)) }
                }
            }
            @if mention.link.is_some() || mention.original.is_some() || mention.actions.is_some() {
                div.mention-actions {
                    @if let Some((href, label)) = mention.link {
                        a.button.secondary href=(href) { span { (label) span.vh { " · " (mention.author) } } }
                    }
                    @if let Some((href, label)) = mention.original {
                        a.button.quiet href=(href) rel="noopener noreferrer" {
                            span { (label) span.vh { " · " (mention.author) } } (icon(Icon::External))
                        }
                    }
                    @if let Some(actions) = &mention.actions { (actions) }
                }
            }
        }
    }
}

/// Words of a mention, as they were written.
#[derive(Debug, Clone, Copy, Default)]
pub struct Quote<'a> {
    /// The words.
    pub text: &'a str,
    /// Their language, when it is known.
    pub lang: Option<&'a str>,
    /// Who said it and when ("Marta, 3 de marzo").
    pub by: &'a str,
    /// The mention's own page; empty for none, as in a file that leaves the program.
    pub href: &'a str,
}

/// Verbatim quotes, one under another, each with the way to its mention.
pub fn quotes(quotes: &[Quote<'_>]) -> Markup {
    html! {
        @for quote in quotes {
            blockquote.quoted {
                p lang=[quote.lang] dir="auto" { (quote.text) }
                p.hint { @if quote.href.is_empty() { (quote.by) } @else { a href=(quote.href) { (quote.by) } } }
            }
        }
    }
}

/// The list around [`mention_card`]s, under a heading that only screen readers meet.
pub fn mention_list(heading: &str, cards: &[Markup]) -> Markup {
    html! {
        h2.vh { (heading) }
        ul.mentions role="list" { @for card in cards { li { (card) } } }
    }
}

/// The text with `<mark>` around each word that starts with one of the terms, whatever its accents and capitals.
pub fn highlight(text: &str, terms: &[&str]) -> Markup {
    let terms: Vec<Vec<char>> = terms
        .iter()
        .map(|term| term.trim().chars().map(fold).collect())
        .filter(|term: &Vec<char>| !term.is_empty())
        .collect();
    html! {
        @for (piece, marked) in pieces(text, &terms) {
            @if marked { mark { (piece) } } @else { (piece) }
        }
    }
}

/// One char in, one char out, so that positions in the folded text are positions in the original.
pub(crate) fn fold(letter: char) -> char {
    let lower = letter.to_lowercase().next().unwrap_or(letter);
    match lower {
        'á' | 'à' | 'ä' | 'â' | 'ã' | 'å' => 'a',
        'é' | 'è' | 'ë' | 'ê' => 'e',
        'í' | 'ì' | 'ï' | 'î' => 'i',
        'ó' | 'ò' | 'ö' | 'ô' | 'õ' => 'o',
        'ú' | 'ù' | 'ü' | 'û' => 'u',
        'ñ' => 'n',
        'ç' => 'c',
        other => other,
    }
}

fn pieces(text: &str, terms: &[Vec<char>]) -> Vec<(String, bool)> {
    let letters: Vec<char> = text.chars().collect();
    let folded: Vec<char> = letters.iter().copied().map(fold).collect();
    let mut out = Vec::new();
    let mut plain_from = 0;
    let mut at = 0;
    while at < folded.len() {
        let word_start = at == 0 || !folded[at - 1].is_alphanumeric();
        let length = if word_start { longest_match(&folded[at..], terms) } else { 0 };
        if length == 0 {
            at += 1;
            continue;
        }
        if plain_from < at {
            out.push((letters[plain_from..at].iter().collect(), false));
        }
        // The whole word: half a marked word is hard to read.
        let end =
            (at + length..folded.len()).find(|&next| !folded[next].is_alphanumeric()).unwrap_or(folded.len());
        out.push((letters[at..end].iter().collect(), true));
        at = end;
        plain_from = at;
    }
    if plain_from < letters.len() {
        out.push((letters[plain_from..].iter().collect(), false));
    }
    out
}

fn longest_match(rest: &[char], terms: &[Vec<char>]) -> usize {
    terms.iter().filter(|term| rest.starts_with(term)).map(Vec::len).max().unwrap_or(0)
}
