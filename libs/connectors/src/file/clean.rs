//! What may stay in a text, and what must go: control characters, tricks of direction, machine translations.

use std::borrow::Cow;

/// Control characters, and those that reverse the direction of writing and so make a name read as another.
pub(super) fn is_unsafe(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\t'))
        || matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

/// The text of a review: line breaks kept, control characters dropped, the original instead of the translation.
pub(super) fn text(cell: &str) -> String {
    let original = untranslated(cell).trim();
    let controls = |b: &u8| (*b < 0x20 && *b != b'\n' && *b != b'\t') || *b == 0x7F;
    if !original.as_bytes().iter().any(controls) {
        return original.to_owned();
    }
    let mut out = String::with_capacity(original.len());
    let mut chars = original.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' if chars.peek() == Some(&'\n') => {}
            '\r' => out.push('\n'),
            c if c.is_control() && !matches!(c, '\n' | '\t') => {}
            c => out.push(c),
        }
    }
    out.trim().to_owned()
}

/// A name, a title, an id: one line, nothing invisible. `None` when nothing is left.
pub(super) fn label(cell: &str) -> Option<String> {
    let cell = cell.trim();
    if cell.is_ascii() && !cell.bytes().any(|b| b < 0x20 || b == 0x7F) {
        return (!cell.is_empty()).then(|| cell.to_owned());
    }
    let breaks = |c: char| if matches!(c, '\n' | '\t' | '\r') { ' ' } else { c };
    let clean: String = cell.chars().map(breaks).filter(|&c| !is_unsafe(c)).collect();
    let clean = clean.trim();
    (!clean.is_empty()).then(|| clean.to_owned())
}

/// Only links a browser may safely be given.
pub(super) fn url(cell: &str) -> Option<String> {
    let lower = cell.get(..8.min(cell.len())).map(str::to_ascii_lowercase).unwrap_or_default();
    let web = lower.starts_with("https://") || lower.starts_with("http://");
    (web && !cell.contains(|c: char| c.is_whitespace() || is_unsafe(c))).then(|| cell.to_owned())
}

/// The id inside a link or a resource name: Play gives only a link with `reviewId=`, Google's name ends in
/// `/reviews/…`. Anything else is the id itself.
pub(super) fn id(cell: &str) -> Cow<'_, str> {
    let found = if cell.starts_with("accounts/") {
        cell.rsplit_once("/reviews/").map(|(_, id)| id)
    } else if cell.starts_with("http") {
        let at = cell.split_once("reviewId=").or_else(|| cell.split_once("reviewid="));
        at.map(|(_, rest)| rest.split(['&', '#']).next().unwrap_or(rest))
    } else {
        None
    };
    match found {
        Some(id) if id.contains("%3A") => Cow::Owned(id.replace("%3A", ":")),
        Some(id) => Cow::Borrowed(id),
        None => Cow::Borrowed(cell),
    }
}

/// "(Translated by Google) … (Original) …": what the customer wrote is the original. Google also writes it the
/// other way round, the original first.
fn untranslated(cell: &str) -> &str {
    const MARKS: [&str; 6] = [
        "(Translated by Google)",
        "(Traducido por Google)",
        "(Traduït per Google)",
        "(Traduzido pelo Google)",
        "(Traduit par Google)",
        "(Tradotto da Google)",
    ];
    const ORIGINALS: [&str; 3] = ["(Original)", "(Originale)", "(Avis d'origine)"];
    if !cell.contains("Google)") {
        return cell;
    }
    let Some(at) = MARKS.iter().filter_map(|mark| cell.find(mark)).min() else { return cell };
    let (before, translated) = cell.split_at(at);
    let original =
        ORIGINALS.iter().find_map(|mark| translated.split_once(mark)).map(|(_, original)| original.trim());
    match original {
        Some(original) if !original.is_empty() => original,
        _ if !before.trim().is_empty() => before,
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_original_is_kept_and_the_translation_is_not() {
        for (cell, kept) in [
            ("(Translated by Google) Cold bread\n\n(Original)\nEl pan estaba frío", "El pan estaba frío"),
            ("(Traducido por Google) Buen sitio\n\n(Original)\nNice place", "Nice place"),
            ("El pan estaba frío\n\n(Translated by Google)\nCold bread", "El pan estaba frío"),
            ("(Translated by Google) only this", "(Translated by Google) only this"),
            ("Busqué en Google) y nada", "Busqué en Google) y nada"),
            ("uno\r\ndos\u{0}\u{7}", "uno\ndos"),
        ] {
            assert_eq!(text(cell), kept);
        }
    }

    #[test]
    fn names_carry_nothing_invisible() {
        assert_eq!(label("Ana\u{202E}gnp.exe\u{7}").as_deref(), Some("Anagnp.exe"));
        assert_eq!(label(" Ana\nLópez ").as_deref(), Some("Ana López"));
        assert_eq!(label("a\tb").as_deref(), Some("a b"));
        assert_eq!(label("\u{200E}\u{202A}"), None);
    }

    #[test]
    fn only_web_links_are_links() {
        assert!(url("https://ejemplo.es/1").is_some());
        assert!(url("javascript:alert(1)").is_none());
        assert!(url("=HYPERLINK(\"https://x\")").is_none());
        assert!(url("https://a b").is_none());
        assert!(url("ñññññ").is_none());
    }

    #[test]
    fn the_id_is_taken_out_of_links_and_names() {
        assert_eq!(id("accounts/1/locations/2/reviews/AbFv"), "AbFv");
        assert_eq!(id("http://play.google.com/console/x?reviewId=gp%3AAOqp&corpus=1"), "gp:AOqp");
        assert_eq!(id("r1"), "r1");
        assert_eq!(id("https://ejemplo.es/1"), "https://ejemplo.es/1");
    }
}
