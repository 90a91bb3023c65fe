//! Phrases with alternatives, looked up by the hashes of their words.
//!
//! A table has lines "role ⇥ phrase"; `(one|other)` stands for either, `(one|)` for one or nothing, and groups do not
//! nest: `(vivo|vivimos) (muy|) cerca` is four phrases. All are grown once; the longest that begins at a word wins.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use crate::lexicon::Identity;
use crate::places::gazetteer::Sieve;
use crate::tokens::{Kind, Scratch, Token, pair};

/// Longest phrase, in words.
const WORDS_MAX: usize = 8;

/// Phrases and their roles.
#[derive(Debug)]
pub(crate) struct Phrases {
    /// Whole phrases, by the hashes of their words in a row. `None`: only the beginning of one.
    ends: HashMap<u64, Option<u8>, BuildHasherDefault<Identity>>,
    firsts: Sieve,
}

impl Phrases {
    /// Grows a table; `role` gives the number of a role's name (lines of unknown roles are left out).
    pub fn grow(table: &str, role: impl Fn(&str) -> Option<u8>) -> Self {
        let mut all = Self { ends: HashMap::default(), firsts: Sieve::new(14) };
        let mut scratch = Scratch::default();
        for line in table.lines().filter(|line| !line.starts_with('#')) {
            let Some((name, pattern)) = line.split_once('\t') else { continue };
            let Some(role) = role(name) else { continue };
            for phrase in expand(pattern) {
                scratch.read(&phrase);
                all.add(&scratch.tokens, role);
            }
        }
        all
    }

    fn add(&mut self, tokens: &[Token], role: u8) {
        let mut so_far: Option<u64> = None;
        for token in tokens.iter().filter(|token| token.kind == Kind::Word) {
            let key = so_far.map_or(token.hash, |before| pair(before, token.hash));
            if so_far.is_none() {
                self.firsts.insert(key);
            }
            self.ends.entry(key).or_default();
            so_far = Some(key);
        }
        if let Some(end) = so_far.and_then(|key| self.ends.get_mut(&key)) {
            end.get_or_insert(role);
        }
    }

    /// May a phrase begin with this word?
    #[inline]
    pub fn opens(&self, hash: u64) -> bool {
        self.firsts.may_hold(hash)
    }

    /// The longest phrase at the beginning of these tokens: its role and how many tokens it takes.
    pub fn longest(&self, tokens: &[Token]) -> Option<(u8, usize)> {
        let mut so_far: Option<u64> = None;
        let mut found = None;
        for (at, token) in tokens.iter().take(WORDS_MAX).enumerate() {
            if token.kind != Kind::Word {
                break;
            }
            let key = so_far.map_or(token.hash, |before| pair(before, token.hash));
            match self.ends.get(&key) {
                None => break,
                Some(Some(role)) => found = Some((*role, at + 1)),
                Some(None) => {}
            }
            so_far = Some(key);
        }
        found
    }
}

/// All phrases of a pattern.
fn expand(pattern: &str) -> Vec<String> {
    let mut all = vec![String::new()];
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('(') {
        let Some((group, tail)) = after.split_once(')') else { break };
        all = all
            .iter()
            .flat_map(|so_far| group.split('|').map(move |choice| format!("{so_far}{before}{choice}")))
            .collect();
        rest = tail;
    }
    for phrase in &mut all {
        phrase.push_str(rest);
    }
    all
}

#[cfg(test)]
mod tests {
    use super::expand;

    #[test]
    fn groups_grow_into_every_choice() {
        assert_eq!(
            expand("(vivo|vivimos) (muy|) cerca"),
            ["vivo muy cerca", "vivo  cerca", "vivimos muy cerca", "vivimos  cerca"]
        );
        assert_eq!(expand("sin grupos"), ["sin grupos"]);
        assert_eq!(expand("(roto"), ["(roto"]);
    }
}
