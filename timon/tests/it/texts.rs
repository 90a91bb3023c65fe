//! The interface is complete in both languages: every key a page uses exists in both, with the same values.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use foundation::web::{Locale, Texts};
use regex::Regex;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace").to_owned()
}

fn files(folder: &Path, extension: &str, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            files(&path, extension, found);
        } else if path.extension().is_some_and(|e| e == extension) {
            found.push(path);
        }
    }
}

fn sources() -> String {
    let mut found = Vec::new();
    for folder in ["capabilities", "foundation/src/web", "timon/src"] {
        files(&root().join(folder), "rs", &mut found);
    }
    found.iter().map(|path| std::fs::read_to_string(path).expect("readable")).collect()
}

/// Keys of a language's files with the values they take.
fn keys(locale: &str) -> BTreeSet<(String, BTreeSet<String>)> {
    let mut found = Vec::new();
    files(&root().join("locales").join(locale), "ftl", &mut found);
    let key = Regex::new(r"^([a-z][a-z0-9_-]*) *=").expect("a pattern");
    let value = Regex::new(r"\$([a-z_]+)").expect("a pattern");
    let mut keys = BTreeSet::new();
    for path in found {
        let text = std::fs::read_to_string(path).expect("readable");
        let mut current: Option<(String, BTreeSet<String>)> = None;
        for line in text.lines() {
            if let Some(found) = key.captures(line) {
                keys.extend(current.take());
                current = Some((found[1].to_owned(), BTreeSet::new()));
            }
            if let Some((_, values)) = &mut current {
                values.extend(value.captures_iter(line).map(|c| c[1].to_owned()));
            }
        }
        keys.extend(current);
    }
    keys
}

#[test]
fn both_languages_say_the_same_things() {
    let (es, en) = (keys("es"), keys("en"));
    let difference: Vec<_> = es.symmetric_difference(&en).collect();
    assert!(difference.is_empty(), "only in one language, or with other values: {difference:#?}");
    assert!(es.len() > 200, "the files were not found");
}

#[test]
fn every_key_a_page_names_exists() {
    let sources = sources();
    let named = Regex::new(r#"(?:\bget|\bwith|\bget_in)\(\s*"([a-z][a-z0-9-]*)""#).expect("a pattern");
    let texts = Texts::of(Locale::Es);
    let missing: BTreeSet<_> =
        named.captures_iter(&sources).map(|c| c[1].to_owned()).filter(|key| !texts.has(key)).collect();
    let not_keys = [
        "content-type",
        "x-forwarded-for",
        "public_url",
        "en",
        "hex",
        "real",
        "listen",
        "findings",
        "reply",
        "revision",
    ];
    let missing: Vec<_> = missing.iter().filter(|key| !not_keys.contains(&key.as_str())).collect();
    assert!(missing.is_empty(), "no sentence for {missing:?}");
}

#[test]
fn every_word_of_the_glossary_has_its_sentence() {
    let mut wanted = Vec::new();
    wanted.extend(domain::OrganizationKind::ALL.iter().map(|v| format!("kind-{v}")));
    wanted.extend(domain::Role::ALL.iter().map(|v| format!("role-{v}")));
    wanted.extend(domain::SourceKind::ALL.iter().map(|v| format!("source-{v}")));
    wanted.extend(domain::Sentiment::ALL.iter().map(|v| format!("sentiment-{v}")));
    wanted.extend(domain::ReplyState::ALL.iter().map(|v| format!("reply-{v}")));
    wanted.extend(nlp::Language::KNOWN.iter().map(|v| format!("language-{}", v.code())));
    wanted.push("language-unsure".to_owned());
    wanted.extend(domain::Cause::ALL.iter().map(|v| format!("cause-{v}")));
    wanted.extend(domain::Standing::ALL.iter().map(|v| format!("standing-{v}")));
    wanted.extend(
        domain::CorrectedField::ALL.iter().flat_map(|v| [format!("correct-{v}"), format!("corrected-{v}")]),
    );
    wanted.extend(domain::WatchKind::ALL.iter().map(|v| format!("watch-kind-{v}")));
    wanted.extend(nlp::Intent::ALL.iter().map(|v| format!("intent-{}", v.as_str().replace('_', "-"))));
    wanted.extend(nlp::Aspect::ALL.into_iter().map(|v| format!("aspect-{}", v.as_str())));
    for class in domain::TriageClass::ALL {
        wanted.push(format!("triage-{class}"));
        for what in ["first", "decides"] {
            wanted.extend(["", "-person"].map(|spoken| format!("triage-{what}-{class}{spoken}")));
        }
    }
    wanted.extend(
        domain::OrganizationKind::ALL
            .iter()
            .flat_map(|v| [format!("values-example-{v}-never"), format!("values-example-{v}-always")]),
    );
    for step in drill::rules::Step::ALL {
        wanted.extend(["step", "name", "next-slow"].map(|what| format!("drill-{what}-{}", step.as_str())));
    }
    for locale in Locale::ALL {
        let missing: Vec<_> = wanted.iter().filter(|key| !Texts::of(locale).has(key)).collect();
        assert!(missing.is_empty(), "{locale:?} has no sentence for {missing:?}");
    }
}
