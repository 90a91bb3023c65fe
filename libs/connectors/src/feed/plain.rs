//! HTML to plain text, in one pass and bounded memory.
//!
//! Works on the tokens of a WHATWG tokenizer (`html5gum`), not on a tree: what an attacker nests costs nothing, while
//! the standard's tree builder can be made to multiply formatting elements (`html2text` and `scraper` build that
//! tree). Nothing of the markup survives; what is left must still be escaped where it is shown, as any text.

use html5gum::{DefaultEmitter, StringReader, Token, Tokenizer};

/// A tokenizer that knows that `<script>` and `<style>` hold no markup.
pub(crate) fn tokens(html: &str) -> Tokenizer<StringReader<'_>, DefaultEmitter> {
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    Tokenizer::new_with_emitter(html, emitter)
}

/// The readable text of a piece of HTML, at most `limit` bytes of it.
pub(super) fn from_html(html: &str, limit: usize) -> String {
    let mut text = Text::new(limit);
    let mut hidden: Option<Vec<u8>> = None;
    for token in tokens(html) {
        let Ok(token) = token;
        match token {
            Token::String(string) if hidden.is_none() => {
                text.push_words(&String::from_utf8_lossy(&string));
            }
            Token::StartTag(tag) if hidden.is_none() => match breaks(&tag.name) {
                Effect::Hide if tag.self_closing => {}
                Effect::Hide => hidden = Some(tag.name.to_vec()),
                Effect::Break(lines) => {
                    text.break_line(lines);
                    if tag.name.as_slice() == b"li" {
                        text.push_words("- ");
                    }
                }
                Effect::Space => text.space(),
                Effect::Nothing => {}
            },
            Token::EndTag(tag) => match &hidden {
                Some(name) if **name == **tag.name => hidden = None,
                Some(_) => {}
                None => match breaks(&tag.name) {
                    Effect::Break(_) if tag.name.as_slice() == b"br" => {}
                    Effect::Break(lines) => text.break_line(lines),
                    Effect::Space => text.space(),
                    _ => {}
                },
            },
            _ => {}
        }
        if text.is_full() {
            break;
        }
    }
    text.finish()
}

/// Text that claims to be plain, tidied. If it plainly holds markup all the same, that goes too.
pub(super) fn from_plain(plain: &str, limit: usize) -> String {
    if holds_markup(plain) {
        return from_html(plain, limit);
    }
    let mut text = Text::new(limit);
    for (number, line) in plain.lines().enumerate() {
        if line.trim().is_empty() {
            text.break_line(2);
        } else if number > 0 {
            text.break_line(1);
        }
        text.push_words(line);
        if text.is_full() {
            break;
        }
    }
    text.finish()
}

/// One line: a title, a name.
pub(crate) fn one_line(text: &str, limit: usize) -> String {
    let mut line = Text::new(limit);
    line.push_words(text);
    line.finish()
}

fn holds_markup(plain: &str) -> bool {
    const SIGNS: [&str; 9] = ["</", "<br", "<p>", "<p ", "<img", "<a ", "<script", "<div", "<span"];
    let Some((_, rest)) = plain.split_once('<') else { return false };
    let lower = format!("<{}", rest.to_ascii_lowercase());
    SIGNS.iter().any(|sign| lower.contains(sign)) && lower.contains('>')
}

enum Effect {
    /// What is inside is not for reading.
    Hide,
    /// Starts a new line; with 2, leaves a blank one.
    Break(u8),
    Space,
    Nothing,
}

fn breaks(tag: &[u8]) -> Effect {
    match tag {
        b"script" | b"style" | b"template" | b"noscript" | b"iframe" | b"object" | b"svg" | b"math"
        | b"title" | b"noembed" | b"noframes" | b"audio" | b"video" | b"canvas" | b"select" => Effect::Hide,
        b"p" | b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" | b"blockquote" | b"ul" | b"ol" | b"dl"
        | b"table" | b"pre" | b"figure" | b"hr" | b"article" | b"section" => Effect::Break(2),
        b"br" | b"div" | b"li" | b"tr" | b"dt" | b"dd" | b"header" | b"footer" | b"aside" | b"nav"
        | b"main" | b"figcaption" | b"address" | b"form" | b"fieldset" | b"caption" => Effect::Break(1),
        b"td" | b"th" | b"option" => Effect::Space,
        _ => Effect::Nothing,
    }
}

/// Words with single spaces, lines with at most one blank one between them, never beyond a limit.
struct Text {
    out: String,
    limit: usize,
    space: bool,
    lines: u8,
}

impl Text {
    fn new(limit: usize) -> Self {
        Self { out: String::new(), limit, space: false, lines: 0 }
    }

    fn is_full(&self) -> bool {
        self.out.len() >= self.limit
    }

    fn space(&mut self) {
        self.space = true;
    }

    fn break_line(&mut self, lines: u8) {
        self.lines = self.lines.max(lines);
    }

    fn push_words(&mut self, text: &str) {
        for c in text.chars() {
            if c.is_whitespace() {
                self.space = true;
            } else if !is_trick(c) {
                self.separate();
                self.out.push(c);
                if self.is_full() {
                    return;
                }
            }
        }
    }

    fn separate(&mut self) {
        if !self.out.is_empty() {
            if self.lines > 0 {
                self.out.extend(std::iter::repeat_n('\n', self.lines.into()));
            } else if self.space {
                self.out.push(' ');
            }
        }
        self.lines = 0;
        self.space = false;
    }

    fn finish(mut self) -> String {
        self.out.truncate(self.out.floor_char_boundary(self.limit));
        self.out.truncate(self.out.trim_end().len());
        self.out
    }
}

/// Characters that say nothing and can deceive: controls, byte order marks, overrides of the direction of writing.
/// The joiners stay: emoji and several scripts need them.
fn is_trick(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{feff}' | '\u{fffe}' | '\u{ffff}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
