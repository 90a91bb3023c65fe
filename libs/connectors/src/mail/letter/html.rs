//! A letter's HTML as lines, with what letters have and articles have not: where the quoted letter begins, links, and
//! the words that stand for pictures.
//!
//! Like `feed::plain` it works on tokens and never on a tree: what is nested costs nothing. What a reader would not see
//! (`display:none`, as notices use for their preview line) is left out.

use crate::feed::plain::{one_line, tokens};
use html5gum::{StartTag, Token};

/// Most lines that are kept.
const LINES_MAX: usize = 5_000;
/// Most links that are kept.
const LINKS_MAX: usize = 200;
/// Most bytes of HTML that are looked at. Mail programs show about a tenth of this.
const HTML_BYTES_MAX: usize = 1024 * 1024;
/// Longest line, bytes.
const LINE_BYTES_MAX: usize = 20_000;
/// Longest address of a link, bytes.
const URL_BYTES_MAX: usize = 4_096;

/// A link, and the line it stands in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::mail) struct Link {
    pub(in crate::mail) url: String,
    pub(in crate::mail) line: usize,
}

/// HTML as it is read.
#[derive(Debug, Default)]
pub(in crate::mail) struct Page {
    /// The lines, each with single spaces; empty ones part paragraphs.
    pub(in crate::mail) lines: Vec<String>,
    /// The first line of the quoted letter, where the mail program marked it.
    pub(in crate::mail) quote: Option<usize>,
    /// Its links.
    pub(in crate::mail) links: Vec<Link>,
}

/// Whether pictures speak: in a notice the stars are pictures, in a letter they are decoration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::mail) enum Pictures {
    Speak,
    Silent,
}

/// Reads HTML, at most `limit` bytes of text.
pub(in crate::mail) fn read(html: &str, limit: usize, pictures: Pictures) -> Page {
    let page = walk(html, limit, pictures, true);
    if page.lines.iter().any(|line| line.chars().any(char::is_alphanumeric)) {
        return page;
    }
    // Everything lies behind a tag that hides and is never closed: rather too much than nothing.
    walk(html, limit, pictures, false)
}

fn walk(html: &str, limit: usize, pictures: Pictures, heed_styles: bool) -> Page {
    let html = html.get(..html.floor_char_boundary(HTML_BYTES_MAX)).unwrap_or(html);
    let mut page = Page::default();
    let mut line = String::new();
    let mut written = 0_usize;
    // The element whose content is not for reading, and how many of its name are open within it.
    let mut hidden: Option<(Vec<u8>, usize)> = None;
    for token in tokens(html) {
        let Ok(token) = token;
        // A paragraph ends where the next begins, even without a word.
        if let (Token::StartTag(tag), Some((name, _))) = (&token, &hidden)
            && **name == *b"p"
            && **tag.name == *b"p"
        {
            hidden = None;
        }
        match token {
            Token::String(text) if hidden.is_none() => {
                let room = LINE_BYTES_MAX.saturating_sub(line.len());
                let text = String::from_utf8_lossy(&text);
                line.push_str(text.get(..text.floor_char_boundary(room)).unwrap_or_default());
            }
            Token::StartTag(tag) => match &mut hidden {
                Some((name, open)) if **name == **tag.name => *open += usize::from(!tag.self_closing),
                Some(_) => {}
                None if is_hidden(&tag, heed_styles) => {
                    if !tag.self_closing && !is_void(&tag.name) {
                        hidden = Some((tag.name.to_vec(), 1));
                    }
                }
                None => open(&tag, &mut page, &mut line, &mut written, pictures),
            },
            Token::EndTag(tag) => match &mut hidden {
                Some((name, open)) if **name == **tag.name => {
                    *open = open.saturating_sub(1);
                    if *open == 0 {
                        hidden = None;
                    }
                }
                Some(_) => {}
                None => end(&tag.name, &mut page, &mut line, &mut written),
            },
            _ => {}
        }
        if written >= limit || page.lines.len() >= LINES_MAX {
            break;
        }
    }
    end_line(&mut page, &mut line, &mut written);
    page
}

fn open(tag: &StartTag<()>, page: &mut Page, line: &mut String, written: &mut usize, pictures: Pictures) {
    if page.quote.is_none() && begins_quote(tag) {
        end_line(page, line, written);
        page.quote = Some(page.lines.len());
    }
    match tag.name.as_slice() {
        b"br" | b"div" | b"tr" | b"li" | b"dt" | b"dd" | b"header" | b"footer" | b"section" | b"article"
        | b"hr" => end_line(page, line, written),
        b"p" | b"h1" | b"h2" | b"h3" | b"h4" | b"table" | b"ul" | b"ol" | b"blockquote" | b"pre" => {
            end_line(page, line, written);
            blank(page);
        }
        b"td" | b"th" => line.push(' '),
        b"img" if pictures == Pictures::Speak => {
            if let Some(words) = attribute(tag, b"alt").or_else(|| attribute(tag, b"title")) {
                line.push(' ');
                line.push_str(&one_line(&words, 200));
                line.push(' ');
            }
        }
        b"a" if page.links.len() < LINKS_MAX => {
            if let Some(url) = attribute(tag, b"href").filter(|url| url.len() <= URL_BYTES_MAX) {
                page.links.push(Link { url, line: page.lines.len() });
            }
        }
        _ => {
            if pictures == Pictures::Speak
                && let Some(words) = attribute(tag, b"aria-label")
            {
                line.push(' ');
                line.push_str(&one_line(&words, 200));
                line.push(' ');
            }
        }
    }
}

fn end(name: &[u8], page: &mut Page, line: &mut String, written: &mut usize) {
    match name {
        b"div" | b"tr" | b"li" | b"dt" | b"dd" | b"header" | b"footer" | b"section" | b"article" => {
            end_line(page, line, written);
        }
        b"p" | b"h1" | b"h2" | b"h3" | b"h4" | b"table" | b"ul" | b"ol" | b"blockquote" | b"pre" => {
            end_line(page, line, written);
            blank(page);
        }
        _ => {}
    }
}

fn end_line(page: &mut Page, line: &mut String, written: &mut usize) {
    let clean = one_line(line, LINE_BYTES_MAX);
    line.clear();
    if !clean.is_empty() {
        *written += clean.len() + 1;
        page.lines.push(clean);
    }
}

fn blank(page: &mut Page) {
    if page.lines.last().is_some_and(|last| !last.is_empty()) {
        page.lines.push(String::new());
    }
}

fn attribute(tag: &StartTag<()>, name: &[u8]) -> Option<String> {
    let value = tag.attributes.get(name)?;
    let value = String::from_utf8_lossy(value).trim().to_owned();
    (!value.is_empty()).then_some(value)
}

fn is_void(name: &[u8]) -> bool {
    matches!(
        name,
        b"img" | b"br" | b"hr" | b"meta" | b"link" | b"input" | b"base" | b"col" | b"area" | b"wbr"
    )
}

fn is_hidden(tag: &StartTag<()>, heed_styles: bool) -> bool {
    let by_name = matches!(
        tag.name.as_slice(),
        b"script"
            | b"style"
            | b"title"
            | b"template"
            | b"noscript"
            | b"iframe"
            | b"object"
            | b"svg"
            | b"math"
            | b"select"
            | b"audio"
            | b"video"
    );
    let by_style = |style: String| {
        let style: String = style.chars().filter(|c| !c.is_whitespace()).collect();
        style.to_ascii_lowercase().contains("display:none")
    };
    by_name || (heed_styles && attribute(tag, b"style").is_some_and(by_style))
}

/// How mail programs mark the letter they quote: Gmail, Apple Mail and Thunderbird, Outlook in three ways, Yahoo, Proton.
fn begins_quote(tag: &StartTag<()>) -> bool {
    let class = attribute(tag, b"class").unwrap_or_default();
    let id = attribute(tag, b"id").unwrap_or_default();
    let marks = [
        "gmail_quote",
        "gmail_quote_container",
        "gmail_attr",
        "moz-cite-prefix",
        "yahoo_quoted",
        "protonmail_quote",
    ];
    class.split_ascii_whitespace().any(|one| marks.contains(&one))
        || ["divRplyFwdMsg", "appendonsend", "stopSpelling", "OLK_SRC_BODY_SECTION"].contains(&id.as_str())
        || (tag.name.as_slice() == b"blockquote"
            && attribute(tag, b"type").is_some_and(|kind| kind == "cite"))
}
