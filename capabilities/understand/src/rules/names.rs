//! Names to watch, as an owner types them: one per line, with words that must or must not be around.

/// Longest name, in characters.
const NAME_CHARS_MAX: usize = 80;
/// Names in one form.
const NAMES_MAX: usize = 1_000;
/// Words that must or must not be around.
const WORDS_MAX: usize = 20;

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
    let mut wanted: Vec<String> = Vec::new();
    for name in names.split(['\n', ';']).map(tidy).filter(|name| !name.is_empty()) {
        if nlp::fold(&name).chars().filter(|c| c.is_alphanumeric()).count() < 2 {
            return Err(FieldFault { field: "names", key: "watch-name-short" });
        }
        if name.chars().count() > NAME_CHARS_MAX {
            return Err(FieldFault { field: "names", key: "watch-name-long" });
        }
        if !wanted.contains(&name) {
            wanted.push(name);
        }
    }
    if wanted.is_empty() {
        return Err(FieldFault { field: "names", key: "watch-name-missing" });
    }
    if wanted.len() > NAMES_MAX {
        return Err(FieldFault { field: "names", key: "watch-too-many-at-once" });
    }
    Ok(Asked {
        names: wanted,
        required: words(required, "required")?,
        excluded: words(excluded, "excluded")?,
    })
}

fn words(text: &str, field: &'static str) -> Result<Vec<String>, FieldFault> {
    let words: Vec<String> = text.split([',', ';', '\n']).map(tidy).filter(|word| !word.is_empty()).collect();
    if words.len() > WORDS_MAX {
        return Err(FieldFault { field, key: "watch-too-many-words" });
    }
    Ok(words)
}

/// One space between words, no controls.
fn tidy(text: &str) -> String {
    let clean: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    clean.split_whitespace().collect::<Vec<_>>().join(" ")
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
        assert_eq!(fault(&"ab".repeat(41)), "watch-name-long");
        assert!(read("Mango", &"a,".repeat(30), "").is_err());
    }
}
