//! The searched text of a mention, and the question put to it. Both engines get the same folded words, so that
//! "jamon" finds "Jamón" everywhere.

use domain::OrganizationId;
use foundation::store::{Engine, dialect};

/// Words of a question that are looked at; more make no better answer.
const WORDS_MAX: usize = 8;

/// The text that is indexed for a mention.
pub fn document(title: Option<&str>, text: &str, author: Option<&str>) -> String {
    let mut all = String::with_capacity(text.len() + 64);
    for part in [title, Some(text), author].into_iter().flatten() {
        all.push_str(part);
        all.push(' ');
    }
    nlp::fold(&all)
}

/// The folded words of a question.
pub fn words(question: &str) -> Vec<String> {
    nlp::fold(question)
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .take(WORDS_MAX)
        .map(str::to_owned)
        .collect()
}

/// The question in the engine's words, or `None` when nothing is asked.
pub fn query(engine: Engine, organization: OrganizationId, question: &str) -> Option<String> {
    let words = words(question);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    (!words.is_empty()).then(|| dialect::search_query(engine, organization, &words))
}
