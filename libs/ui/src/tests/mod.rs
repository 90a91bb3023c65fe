//! What must stay true of every component: reachable, announced, escaped, and inside the content security policy.

mod colours;
mod pages;
mod parts;
mod pictures;
mod warnings;
mod watched;

use maud::Markup;

/// A name somebody chose in order to break the page.
pub(crate) const HOSTILE: &str = "<script>alert('x')</script>\" onclick=\"y";

/// The HTML, after checking what no component may ever emit.
pub(crate) fn checked(markup: Markup) -> String {
    let html = markup.into_string();
    for forbidden in [" style=", "<style", "javascript:", "data:", "<script>", "undefined"] {
        assert!(!html.contains(forbidden), "{forbidden} in {html}");
    }
    for tag in tags(&html) {
        let mut names: Vec<&str> = attribute_names(tag);
        assert!(!names.iter().any(|name| name.starts_with("on")), "inline handler in <{tag}>");
        names.sort_unstable();
        let count = names.len();
        names.dedup();
        assert_eq!(names.len(), count, "an attribute is written twice in <{tag}>");
    }
    let mut ids = values(&html, "id");
    ids.sort_unstable();
    let count = ids.len();
    ids.dedup();
    assert_eq!(ids.len(), count, "an id is used twice in {html}");
    for attribute in ["aria-labelledby", "aria-describedby", "for"] {
        for list in values(&html, attribute) {
            for id in list.split(' ') {
                assert!(ids.contains(&id), "{attribute} points at {id}, which is not there");
            }
        }
    }
    html
}

/// What is between each `<` and its `>`; text never holds a raw `<`, and maud escapes `>` in attributes.
fn tags(html: &str) -> impl Iterator<Item = &str> {
    html.split('<').skip(1).filter_map(|rest| rest.split_once('>')).map(|(tag, _)| tag)
}

/// The names of a tag's attributes that have a value.
fn attribute_names(tag: &str) -> Vec<&str> {
    // Quotes alternate: outside, inside, outside…
    tag.split('"')
        .step_by(2)
        .filter_map(|outside| outside.strip_suffix('='))
        .filter_map(|outside| outside.rsplit(' ').next())
        .collect()
}

/// Each value of an attribute in the document.
pub(crate) fn values<'a>(html: &'a str, attribute: &str) -> Vec<&'a str> {
    let mark = format!(" {attribute}=\"");
    html.split(&mark).skip(1).filter_map(|rest| rest.split_once('"')).map(|(value, _)| value).collect()
}

#[test]
fn the_check_itself_can_fail() {
    use maud::{PreEscaped, html};
    for broken in [
        "<p style=\"a\"></p>",
        "<p onclick=\"a\"></p>",
        "<p class=\"a\" class=\"b\"></p>",
        "<p id=\"a\"></p><p id=\"a\"></p>",
        "<p aria-labelledby=\"gone\"></p>",
        "<script>a</script>",
    ] {
        let outcome = std::panic::catch_unwind(|| checked(html! { (PreEscaped(broken)) }));
        assert!(outcome.is_err(), "{broken} passed");
    }
}

#[test]
fn the_files_stay_small_and_inside_the_policy() {
    let css = include_str!("../../../../assets/timon.css");
    let script = include_str!("../../../../assets/timon.js");
    assert!(css.len() <= 25_000, "the style sheet weighs {} bytes", css.len());
    assert!(script.len() <= 15_000, "the script weighs {} bytes", script.len());
    for forbidden in ["@import", "url(", "@font-face"] {
        assert!(!css.contains(forbidden), "{forbidden} in the style sheet");
    }
    for forbidden in ["innerHTML", "eval(", "document.write", ".style."] {
        assert!(!script.contains(forbidden), "{forbidden} in the script");
    }
}
