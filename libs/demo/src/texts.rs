//! The words, read from `texts/*.txt`: sections with a heading, one text a line, and the slots inside a text.
//!
//! The files are compiled in, so nothing here can fail at run time; what a heading must look like is checked by tests.

use std::collections::BTreeMap;

use rand::seq::IndexedRandom;
use rand_chacha::ChaCha8Rng;

/// A file of texts: heading (`es 5 wait`) → its lines, in the order of the file.
pub(crate) struct Book(BTreeMap<&'static str, Vec<&'static str>>);

impl Book {
    /// Reads a file. Lines before the first heading, comments and empty lines are left out.
    pub(crate) fn read(file: &'static str) -> Self {
        let mut sections: BTreeMap<&'static str, Vec<&'static str>> = BTreeMap::new();
        let mut heading = None;
        for line in file.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
            if let Some(name) = line.strip_prefix("== ") {
                heading = Some(name);
            } else if let Some(name) = heading {
                sections.entry(name).or_default().push(line);
            }
        }
        Self(sections)
    }

    /// The lines under a heading; none if there is no such heading.
    pub(crate) fn lines(&self, heading: &str) -> &[&'static str] {
        self.0.get(heading).map_or(&[], Vec::as_slice)
    }

    /// One line under a heading, at random.
    pub(crate) fn pick(&self, random: &mut ChaCha8Rng, heading: &str) -> Option<&'static str> {
        self.lines(heading).choose(random).copied()
    }

    /// Every heading with its lines.
    #[cfg(test)]
    pub(crate) fn sections(&self) -> impl Iterator<Item = (&'static str, &[&'static str])> {
        self.0.iter().map(|(heading, lines)| (*heading, lines.as_slice()))
    }
}

/// All the files.
pub(crate) struct Library {
    pub(crate) full: Book,
    pub(crate) pieces: Book,
    pub(crate) short: Book,
    pub(crate) titles: Book,
    pub(crate) social: Book,
    pub(crate) campaign: Book,
    pub(crate) answers: Book,
    pub(crate) people: Book,
    slots: Book,
}

impl Library {
    /// Reads every file; cheap (some fifty kilobytes), done once per generation.
    pub(crate) fn open() -> Self {
        Self {
            full: Book::read(include_str!("../texts/full.txt")),
            pieces: Book::read(include_str!("../texts/pieces.txt")),
            short: Book::read(include_str!("../texts/short.txt")),
            titles: Book::read(include_str!("../texts/titles.txt")),
            social: Book::read(include_str!("../texts/social.txt")),
            campaign: Book::read(include_str!("../texts/campaign.txt")),
            answers: Book::read(include_str!("../texts/answers.txt")),
            people: Book::read(include_str!("../texts/people.txt")),
            slots: Book::read(include_str!("../texts/slots.txt")),
        }
    }

    /// Fills the slots of a text (`{a|b}` one of the words, `{tapa}` one of that list) and its line breaks.
    pub(crate) fn fill(&self, random: &mut ChaCha8Rng, template: &str) -> String {
        let mut text = String::with_capacity(template.len());
        let mut rest = template;
        while let Some((before, after)) = rest.split_once('{') {
            let (slot, tail) = after.split_once('}').unwrap_or((after, ""));
            text.push_str(before);
            text.push_str(&self.choice(random, slot));
            rest = tail;
        }
        text.push_str(rest);
        capitalised(&text.replace("\\n", "\n"))
    }

    fn choice(&self, random: &mut ChaCha8Rng, slot: &str) -> String {
        if slot.contains('|') {
            let words: Vec<&str> = slot.split('|').collect();
            return words.choose(random).map_or_else(String::new, |word| (*word).to_owned());
        }
        self.slots.pick(random, slot).unwrap_or(slot).to_owned()
    }
}

/// The text with its first letter in upper case.
fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
