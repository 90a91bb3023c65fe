//! A letter that is pleasant to read in any mail program: one column, one text, links of one size.
//!
//! **What for.** Whoever is asked how it was reads it on a telephone, between two other things. Nothing may be hard to read or
//! to press, and nothing may push her: every link is drawn alike, in the order it was given.
//!
//! **What must stay true.** No picture, no script, nothing fetched from anywhere: opening a letter tells nobody. Everything
//! that comes from outside is escaped, and what is no `http(s)` address is no link. Both forms of a letter ([`letter_html`],
//! [`letter_text`]) are made of the same words. It is readable without its `style`, which some programs throw away, and on
//! a dark ground.

use super::{one_line, plain_text};

/// Longest line that is a title or the name of a link, characters.
const LINE_MAX: usize = 200;
/// Longest address, bytes; longer ones are no link.
const URL_BYTES_MAX: usize = 2_000;

/// What a letter says, in the order it says it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LetterHtml {
    /// The language of its words: `es`, `en`.
    pub lang: String,
    /// The first line.
    pub title: String,
    /// What follows it; a line end inside a paragraph stays one.
    pub paragraphs: Vec<String>,
    /// Names and addresses, all drawn alike.
    pub links: Vec<(String, String)>,
    /// Who writes, why, from where: small, below.
    pub footer: Vec<String>,
    /// The way out: its name and address, the last line.
    pub leave: Option<(String, String)>,
}

/// Colours that mail programs without `style` show; on white, text has a contrast of 16:1 and the footer of 7:1.
const PAGE: &str = "margin:0;padding:0;background-color:#ffffff;color:#1b1f23;";
const COLUMN: &str = "max-width:560px;margin:0 auto;padding:24px 20px 32px;\
    font-family:-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif;font-size:17px;line-height:1.5;\
    color:#1b1f23;overflow-wrap:anywhere;";
const TITLE: &str = "margin:0 0 16px;font-size:22px;line-height:1.3;font-weight:600;";
const PARAGRAPH: &str = "margin:0 0 16px;";
/// With its padding a link is 48 px high or more.
const LINK: &str = "display:block;margin:0 0 12px;padding:11px 16px;border:2px solid #0a5c68;border-radius:8px;\
    color:#084a54;background-color:#ffffff;font-weight:600;text-decoration:none;text-align:center;";
const FOOTER: &str =
    "margin:28px 0 0;padding:16px 0 0;border-top:1px solid #d0d7de;font-size:14px;color:#4b5563;";
const SMALL: &str = "margin:0 0 8px;";
const LEAVE: &str = "display:inline-block;padding:12px 0;color:#4b5563;text-decoration:underline;";
/// For programs that show letters on a dark ground and listen.
const DARK: &str = "@media (prefers-color-scheme:dark){body,.c{background-color:#16191c!important;color:#eceff1!important}\
    .l{background-color:#16191c!important;border-color:#7cc0dc!important;color:#a5d8ee!important}\
    .f{border-color:#3b434b!important}.f,.f a{color:#b6c0c9!important}}";

/// The letter as HTML: a whole document, at most about twice as long as its words.
pub fn letter_html(letter: &LetterHtml) -> String {
    let lang: String =
        letter.lang.chars().filter(|c| c.is_ascii_alphabetic() || *c == '-').take(16).collect();
    let title = escaped(&one_line(&letter.title, LINE_MAX));
    let mut html = format!(
        "<!doctype html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <meta name=\"supported-color-schemes\" content=\"light dark\">\n\
         <title>{title}</title>\n<style>{DARK}</style>\n</head>\n\
         <body style=\"{PAGE}\">\n<div class=\"c\" style=\"{COLUMN}\">\n"
    );
    if !title.is_empty() {
        html.extend(["<h1 style=\"", TITLE, "\">", &title, "</h1>\n"]);
    }
    for paragraph in &letter.paragraphs {
        html.extend(["<p style=\"", PARAGRAPH, "\">", &lines(paragraph), "</p>\n"]);
    }
    for (label, url) in &letter.links {
        html.push_str(&anchor(label, url, "class=\"l\" ", LINK));
    }
    if !letter.footer.is_empty() || letter.leave.is_some() {
        html.extend(["<div class=\"f\" style=\"", FOOTER, "\">\n"]);
        for paragraph in &letter.footer {
            html.extend(["<p style=\"", SMALL, "\">", &lines(paragraph), "</p>\n"]);
        }
        if let Some((label, url)) = &letter.leave {
            html.push_str(&anchor(label, url, "", LEAVE));
        }
        html.push_str("</div>\n");
    }
    html + "</div>\n</body>\n</html>\n"
}

/// The same letter as plain text: the links' names with their addresses below them. The title is the letter's subject,
/// and the first line all the same.
pub fn letter_text(letter: &LetterHtml) -> String {
    let paragraph = |text: &String| plain_text(text).trim().to_owned();
    let link = |(label, url): &(String, String)| match address(url) {
        Some(url) => format!("{}:\n{url}", one_line(label, LINE_MAX)),
        None => one_line(label, LINE_MAX),
    };
    let joined = |parts: Vec<String>| {
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n")
    };
    let title = std::iter::once(one_line(&letter.title, LINE_MAX));
    let said = title.chain(letter.paragraphs.iter().map(paragraph)).chain(letter.links.iter().map(link));
    let below = letter.footer.iter().map(paragraph).chain(letter.leave.iter().map(link));
    let (said, below) = (joined(said.collect()), joined(below.collect()));
    // The mark that mail programs know: what follows is no part of what is said.
    if below.is_empty() { format!("{said}\n") } else { format!("{said}\n\n-- \n{below}\n") }
}

fn anchor(label: &str, url: &str, class: &str, style: &str) -> String {
    let label = escaped(&one_line(label, LINE_MAX));
    match address(url) {
        Some(url) => format!("<a {class}href=\"{}\" style=\"{style}\">{label}</a>\n", escaped(&url)),
        None => format!("<p style=\"{SMALL}\">{label}</p>\n"),
    }
}

/// An address that may be pressed, as it is sent.
fn address(url: &str) -> Option<String> {
    let parsed = url::Url::parse(url.trim()).ok()?;
    let is_web = matches!(parsed.scheme(), "http" | "https") && parsed.host_str().is_some();
    (is_web && parsed.as_str().len() <= URL_BYTES_MAX).then(|| parsed.to_string())
}

fn lines(paragraph: &str) -> String {
    escaped(plain_text(paragraph).trim()).replace('\n', "<br>")
}

pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn letter() -> LetterHtml {
        let text = str::to_owned;
        LetterHtml {
            lang: text("es"),
            title: text("¿Qué tal en Bar La Ñ?"),
            paragraphs: vec![text("Hola, Ana:"), text("Viniste el martes.\n¿Qué tal fue?")],
            links: vec![
                (text("Contarlo aquí"), text("https://timon.example/o/abc")),
                (text("En Google"), text("https://search.google.example/?a=1&b=2")),
            ],
            footer: vec![text("Bar La Ñ, calle Mayor 1, Madrid.")],
            leave: Some((text("No quiero más"), text("https://timon.example/baja/abc"))),
        }
    }

    #[test]
    fn both_forms_say_the_same_in_the_same_order() {
        let (html, text) = (letter_html(&letter()), letter_text(&letter()));
        let order = ["¿Qué tal en", "Hola, Ana", "Contarlo", "En Google", "calle Mayor", "No quiero"];
        for form in [html.split_once("<body").expect("a body").1, &text] {
            let places: Vec<usize> = order.iter().map(|part| form.find(part).expect(part)).collect();
            assert!(places.is_sorted(), "{places:?}\n{form}");
        }
        assert!(text.contains("En Google:\nhttps://search.google.example/?a=1&b=2\n"), "{text}");
        assert!(text.contains("\n-- \nBar La Ñ"), "{text}");
        assert!(html.contains("Viniste el martes.<br>¿Qué tal fue?") && html.contains("lang=\"es\""));
    }

    #[test]
    fn every_link_is_drawn_alike_and_large_enough() {
        let html = letter_html(&letter());
        let drawn: Vec<&str> = html.lines().filter(|line| line.starts_with("<a class=\"l\"")).collect();
        let without_its_own = |line: &str| {
            let (before, rest) = line.split_once("href=\"").expect("an address");
            let (_, style) = rest.split_once('"').expect("its end");
            format!("{before}{}", style.split_once('>').expect("a label").0)
        };
        assert_eq!(drawn.len(), 2);
        assert_eq!(without_its_own(drawn[0]), without_its_own(drawn[1]));
        // 17 px × 1.5 and twice the padding and the border.
        assert!(LINK.contains("padding:11px") && 17 * 3 / 2 + 2 * 11 + 2 * 2 >= 44);
    }

    #[test]
    fn opening_it_tells_nobody_and_runs_nothing() {
        let html = letter_html(&letter());
        for part in ["<img", "<script", "src=", "url(", "@import", "<link", "<form", "background=", "onload"]
        {
            assert!(!html.contains(part), "{part}");
        }
    }

    #[test]
    fn what_comes_from_outside_is_text_and_never_markup() {
        let evil = "\"><script>alert(1)</script><img src=x onerror='x'>\r\nBcc: a@b.example";
        let mut hostile = letter();
        hostile.lang = evil.to_owned();
        hostile.title = evil.to_owned();
        hostile.paragraphs = vec![evil.to_owned()];
        hostile.footer = vec![evil.to_owned()];
        hostile.links = vec![
            (evil.to_owned(), "javascript:alert(1)".to_owned()),
            (evil.to_owned(), "https://bar.example/\"><script>".to_owned()),
            (evil.to_owned(), "data:text/html,x".to_owned()),
            (evil.to_owned(), "no".to_owned()),
        ];
        hostile.leave = Some((evil.to_owned(), "vbscript:x".to_owned()));
        let html = letter_html(&hostile);
        assert!(!html.contains("<script") && !html.contains("<img"), "{html}");
        assert_eq!(html.matches("<a ").count(), 1, "{html}");
        assert_eq!(html.matches("href=\"https://bar.example/").count(), 1, "{html}");
        assert!(!html.contains("javascript:") && !html.contains("data:text"), "{html}");
        assert!(!letter_text(&hostile).contains("javascript:"));
    }

    proptest! {
        #[test]
        fn whatever_the_words_the_tags_are_ours(words in "\\PC{0,80}|[<>&\"'/a=: \n]{0,80}") {
            let tags = |html: &str| html.matches('<').count();
            let plain = LetterHtml {
                lang: "es".to_owned(),
                title: "x".to_owned(),
                paragraphs: vec!["x".to_owned()],
                links: vec![("x".to_owned(), "https://a.example/".to_owned())],
                footer: vec!["x".to_owned()],
                leave: Some(("x".to_owned(), "https://a.example/".to_owned())),
            };
            let said = LetterHtml {
                title: format!("x{words}"),
                paragraphs: vec![words.replace('\n', " ")],
                links: vec![(words.clone(), "https://a.example/".to_owned())],
                footer: vec![words.replace('\n', " ")],
                leave: Some((words.clone(), "https://a.example/".to_owned())),
                ..plain.clone()
            };
            let breaks = letter_html(&said).matches("<br>").count();
            prop_assert_eq!(tags(&letter_html(&said)) - breaks, tags(&letter_html(&plain)));
        }
    }
}
