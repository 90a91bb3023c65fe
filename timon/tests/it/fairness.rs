//! Whether the house keeps fairness by construction: what asks customers cannot see an answer. These tests read the source
//! and the manifests; whoever makes a link, its place or its words depend on an answer breaks the build here.

use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Every source file of a crate, without its comments, its tests and what it says about itself.
fn sources(folder: &str) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder of ours") {
            let path = entry.expect("readable").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "rs") {
                let text = std::fs::read_to_string(&path).expect("readable");
                let code = text.split("#[cfg(test)]").next().unwrap_or_default();
                let code: Vec<&str> =
                    code.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
                found.push((path, code.join("\n")));
            }
        }
    }
    assert!(found.len() > 1, "{folder} has sources");
    found
}

/// The words of a file, as names are made of them: `stars_1` and `star_days` are both found under `star`.
fn names(code: &str) -> impl Iterator<Item = String> {
    code.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase).filter(|word| !word.is_empty())
}

/// What an answer is made of, in our code and in our tables.
const ANSWERS: &[&str] = &[
    "star",
    "stars",
    "rating",
    "ratings",
    "grade",
    "sentiment",
    "negative",
    "positive",
    "reading",
    "nota",
    "comment",
];

#[test]
fn whom_to_ask_and_with_which_words_is_decided_without_any_answer() {
    for folder in ["libs/asking/src", "capabilities/invite/src", "capabilities/customers/src"] {
        for (path, code) in sources(folder) {
            // A span of time can be negative; nobody's mood is meant.
            let code = code.replace("is_negative()", "");
            let seen: Vec<String> = names(&code).filter(|name| ANSWERS.contains(&name.as_str())).collect();
            assert!(seen.is_empty(), "{} speaks of answers: {seen:?}", path.display());
        }
    }
}

#[test]
fn who_asks_reaches_no_room_that_knows_answers_but_through_two_doors() {
    // Of whoever knows what people think, only this may be asked: whether an incident is open, and who waits for the
    // answer to a complaint. Both put an invitation off; neither can keep it back.
    let doors = ["warn::incidents_open(", "respond::store::complaints::open_addresses("];
    for (path, code) in sources("capabilities/invite/src") {
        let mut rest = code.clone();
        for door in doors {
            rest = rest.replace(door, "");
        }
        for room in ["warn::", "respond::", "understand::", "reviews::", "cushion::", "values::", "nlp::"] {
            assert!(!rest.contains(room), "{} uses {room}", path.display());
        }
    }
}

#[test]
fn the_blind_crate_depends_on_nothing_of_ours() {
    let manifest = std::fs::read_to_string(root().join("libs/asking/Cargo.toml")).expect("readable");
    let dependencies = manifest.split("[dependencies]").nth(1).expect("a list");
    let of_ours: Vec<String> = ["libs", "capabilities"]
        .iter()
        .flat_map(|folder| std::fs::read_dir(root().join(folder)).expect("a folder"))
        .filter_map(|entry| entry.expect("readable").file_name().into_string().ok())
        .chain(["foundation".to_owned(), "domain".to_owned()])
        .collect();
    assert!(of_ours.len() > 15);
    for line in dependencies.lines() {
        let name = line.split(['.', ' ', '=']).next().unwrap_or_default();
        assert!(!of_ours.iter().any(|crate_name| crate_name == name), "asking depends on {name}");
    }
}

#[test]
fn links_are_drawn_by_one_function_and_come_from_one_place() {
    // The table of places is read in one file, and its addresses become links in the blind crate and in the letter only.
    for folder in ["capabilities", "timon/src", "libs/ui/src"] {
        for (path, code) in sources(folder) {
            let file = path.to_string_lossy().replace('\\', "/");
            if code.contains("ask_link") {
                assert!(file.ends_with("invite/src/store/settings.rs"), "{file} reads the places");
            }
            if code.contains("asking::words::links(") {
                assert!(file.ends_with("reviews/src/pages/places.rs"), "{file} draws the places");
            }
        }
    }
}

#[test]
fn what_is_said_afterwards_cannot_know_what_was_answered() {
    for file in ["thanks.rs", "places.rs"] {
        let path = root().join("capabilities/reviews/src/pages").join(file);
        let text = std::fs::read_to_string(&path).expect("readable");
        let code: Vec<&str> = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
        let seen: Vec<String> = names(&code.join("\n"))
            .filter(|name| {
                ANSWERS.contains(&name.as_str()) || ["form", "mention", "text"].contains(&name.as_str())
            })
            .filter(|name| name != "form")
            .collect();
        assert!(seen.is_empty(), "{file}: {seen:?}");
    }
}
