//! Names to watch, as an owner types them: one per line, with words that must or must not be around.

use domain::{WatchKind, WatchTermId};
use nlp::{Inflection, WatchError, WatchTerm};

/// Names in one form.
const NAMES_MAX: usize = 1_000;

/// A name that is watched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// Its id.
    pub id: WatchTermId,
    /// Which kind of name.
    pub kind: WatchKind,
    /// The name.
    pub term: String,
    /// Words of which one has to be in the text as well; none for any text.
    pub required: Vec<String>,
    /// Words of which none may be in the text.
    pub excluded: Vec<String>,
}

/// What a form asks to watch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// Names, without doubles.
    pub names: Vec<String>,
    /// Words of which one has to be there.
    pub required: Vec<String>,
    /// Words of which none may be there.
    pub excluded: Vec<String>,
}

/// What is wrong with a form, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FieldFault {
    /// The field.
    pub field: &'static str,
    /// Key of the sentence.
    pub key: &'static str,
}

/// Reads the form.
pub fn read(names: &str, required: &str, excluded: &str) -> Result<Asked, FieldFault> {
    let mut asked = Asked {
        names: Vec::new(),
        required: words(required, "required")?,
        excluded: words(excluded, "excluded")?,
    };
    for name in names.split(['\n', ';']).map(tidy).filter(|name| !name.is_empty()) {
        let term = WatchTerm { term: name.clone(), ..WatchTerm::default() };
        term.check().map_err(|error| FieldFault { field: "names", key: fault(error) })?;
        if !asked.names.contains(&name) {
            asked.names.push(name);
        }
        if asked.names.len() > NAMES_MAX {
            return Err(FieldFault { field: "names", key: "watch-too-many-at-once" });
        }
    }
    if asked.names.is_empty() {
        return Err(FieldFault { field: "names", key: "watch-name-missing" });
    }
    Ok(asked)
}

fn words(text: &str, field: &'static str) -> Result<Vec<String>, FieldFault> {
    let words: Vec<String> = text.split([',', ';', '\n']).map(tidy).filter(|word| !word.is_empty()).collect();
    let some_name = "timón".to_owned();
    let term = WatchTerm { term: some_name, required: words.clone(), ..WatchTerm::default() };
    term.check().map_err(|error| FieldFault { field, key: fault(error) })?;
    Ok(words)
}

const fn fault(error: WatchError) -> &'static str {
    match error {
        WatchError::TooShort => "watch-name-short",
        WatchError::TooLong | WatchError::TooManyWords => "watch-name-long",
        WatchError::Address => "watch-name-address",
        WatchError::NotOneWord => "watch-not-one-word",
        WatchError::TooMuchContext | WatchError::TooFar => "watch-too-many-words",
        WatchError::TooManyTerms => "watch-too-many-at-once",
    }
}

/// One space between words; no controls, and nothing that turns the direction of what stands beside it.
pub fn tidy(text: &str) -> String {
    let hidden = |c: char| {
        c.is_control()
            || matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
    };
    let clean: String = text.chars().map(|c| if hidden(c) { ' ' } else { c }).collect();
    clean.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A name as the matcher wants it.
pub fn to_watch(owner: domain::OrganizationId, term: &Term) -> WatchTerm {
    WatchTerm {
        owner: owner.0,
        id: term.id.0,
        term: term.term.clone(),
        inflection: match term.kind {
            WatchKind::Product => Inflection::NumberAndGender,
            WatchKind::Brand | WatchKind::Competitor => Inflection::Number,
            WatchKind::Person => Inflection::Literal,
        },
        capitalised: false,
        required: term.required.clone(),
        excluded: term.excluded.clone(),
        within: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_name_a_line_without_doubles() {
        let asked = read(" Bar  Pepe \n\nBar Pepe\r\nLa Gavina", "zapatos, ropa", "").expect("two names");
        assert_eq!(asked.names, ["Bar Pepe", "La Gavina"]);
        assert_eq!((asked.required.len(), asked.excluded.len()), (2, 0));
    }

    #[test]
    fn what_cannot_be_found_is_refused() {
        let fault = |names: &str| read(names, "", "").expect_err("refused").key;
        assert_eq!(fault(" \n "), "watch-name-missing");
        assert_eq!(fault("🍷"), "watch-name-short");
        assert_eq!(fault(&"ab ".repeat(20)), "watch-name-long");
        assert_eq!(fault("https://a.example"), "watch-name-address");
        let context = |words: &str| read("Mango", words, "").expect_err("refused").key;
        assert_eq!(context(&"ropa,".repeat(40)), "watch-too-many-words");
        assert_eq!(context("ropa de verano"), "watch-not-one-word");
    }
}
