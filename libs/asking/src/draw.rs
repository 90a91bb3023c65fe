//! A lot that anybody can run again.
//!
//! 1. Before the list is closed, [`promise`] of a secret seed is published: the seed cannot be chosen to fit the list.
//! 2. When the list is closed, [`list_hash`] of its tags is published: nobody is added or taken out afterwards.
//! 3. When it is drawn the seed is told. Each tag's [`ticket`] is the SHA-256 of `seed:tag`; the `n` smallest are picked.
//!
//! With the seed in `$SEED` and the tags, one to a line, in `list.txt`, this is the whole draw:
//!
//! ```sh
//! while read t; do echo "$(printf %s "$SEED:$t" | sha256sum | cut -c1-64) $t"; done < list.txt | sort | head -n 20
//! ```
//!
//! What it proves: that the seed was fixed before the list, that the list was fixed before the draw, and that the picks
//! follow from both. What it does not: that the list holds every customer. Each customer's letter names her own tag, so
//! she can look for it; and the counts of who was left out, and why, are published beside it.

use sha2::{Digest as _, Sha256};

/// A seed as it is written: 64 hexadecimal digits.
pub fn seed_text(seed: &[u8; 32]) -> String {
    hex::encode(seed)
}

/// What is published before: the SHA-256 of the seed as it is written, in hexadecimal digits.
pub fn promise(seed: &str) -> String {
    hex::encode(Sha256::digest(seed.as_bytes()))
}

/// Tags as they are published: sorted, one to a line, each line with its end.
pub fn list_text<'a>(tags: impl IntoIterator<Item = &'a str>) -> String {
    let mut tags: Vec<&str> = tags.into_iter().collect();
    tags.sort_unstable();
    tags.dedup();
    let mut text = String::new();
    for tag in tags {
        text.push_str(tag);
        text.push('\n');
    }
    text
}

/// What is published when the list is closed: the SHA-256 of [`list_text`].
pub fn list_hash<'a>(tags: impl IntoIterator<Item = &'a str>) -> String {
    hex::encode(Sha256::digest(list_text(tags).as_bytes()))
}

/// What decides about a tag: the SHA-256 of `seed:tag` in hexadecimal digits. Smaller is luckier.
pub fn ticket(seed: &str, tag: &str) -> String {
    hex::encode(Sha256::digest(format!("{seed}:{tag}").as_bytes()))
}

/// The picked tags, the luckiest first: `size` of them, or all when there are fewer.
pub fn draw<'a>(seed: &str, tags: impl IntoIterator<Item = &'a str>, size: usize) -> Vec<&'a str> {
    let mut tickets: Vec<(String, &str)> = tags.into_iter().map(|tag| (ticket(seed, tag), tag)).collect();
    tickets.sort_unstable();
    tickets.dedup();
    tickets.truncate(size);
    tickets.into_iter().map(|(_, tag)| tag).collect()
}

/// What is wrong with a published draw.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Doubt {
    /// The seed is not the one that was promised.
    #[error("the seed is not the one that was promised: its SHA-256 is {0}")]
    Seed(String),
    /// The list is not the one that was closed.
    #[error("the list is not the one that was published: its SHA-256 is {0}")]
    List(String),
    /// The picks do not follow from both.
    #[error(
        "the draw picks others: {missing} of those it picks were not asked, {extra} were asked that it does not pick"
    )]
    Picks {
        /// Picked by the draw, not among the given.
        missing: usize,
        /// Given, not picked by the draw.
        extra: usize,
    },
}

/// A draw as it is published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published<'a> {
    /// [`promise`] of the seed.
    pub seed_hash: &'a str,
    /// The seed.
    pub seed: &'a str,
    /// [`list_hash`].
    pub list_hash: &'a str,
    /// How many are picked.
    pub size: usize,
    /// Everybody's tag.
    pub tags: &'a [String],
    /// The tags of those who were asked.
    pub picked: &'a [String],
}

/// Runs a published draw again.
///
/// # Errors
/// The first thing that does not fit.
pub fn check(draw_of: &Published<'_>) -> Result<(), Doubt> {
    let promised = promise(draw_of.seed);
    if promised != draw_of.seed_hash {
        return Err(Doubt::Seed(promised));
    }
    let tags = || draw_of.tags.iter().map(String::as_str);
    let listed = list_hash(tags());
    if listed != draw_of.list_hash {
        return Err(Doubt::List(listed));
    }
    let mut drawn = draw(draw_of.seed, tags(), draw_of.size);
    let mut asked: Vec<&str> = draw_of.picked.iter().map(String::as_str).collect();
    drawn.sort_unstable();
    asked.sort_unstable();
    if drawn == asked {
        return Ok(());
    }
    let missing = drawn.iter().filter(|tag| asked.binary_search(tag).is_err()).count();
    let extra = asked
        .iter()
        .filter(|tag| drawn.binary_search(tag).is_err())
        .count()
        .max(asked.len().saturating_sub(drawn.len()));
    Err(Doubt::Picks { missing, extra })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn tags(n: usize) -> Vec<String> {
        (0..n).map(|i| format!("tag{i:04}")).collect()
    }

    #[test]
    fn the_draw_is_the_one_that_the_shell_makes() {
        // Made with the three lines of shell at the head of this file.
        let mut bytes = [0; 32];
        bytes[31] = 1;
        let seed = seed_text(&bytes);
        assert_eq!(promise(&seed), "c386d8e8d07342f2e39e189c8e6c57bb205bb373fe4e3a6f69404a8bb767b417");
        let list = tags(5);
        let all = || list.iter().map(String::as_str);
        assert_eq!(list_hash(all()), "d1c3cf2f9150bb7209daa9cf7cdb294219b5cdb17242efbb34c58eb2c3feb536");
        assert_eq!(draw(&seed, all(), 3), ["tag0004", "tag0002", "tag0000"]);
    }

    proptest! {
        #[test]
        fn anybody_gets_the_same_whatever_the_order(seed in any::<[u8; 32]>(), n in 0usize..60, size in 0usize..80) {
            let list = tags(n);
            let seed = seed_text(&seed);
            let forward = draw(&seed, list.iter().map(String::as_str), size);
            let backward = draw(&seed, list.iter().rev().map(String::as_str), size);
            prop_assert_eq!(&forward, &backward);
            prop_assert_eq!(forward.len(), size.min(n));
            let picked: Vec<String> = forward.iter().map(|t| (*t).to_owned()).collect();
            let (seed_hash, list_hash) = (promise(&seed), list_hash(list.iter().map(String::as_str)));
            let published = Published { seed_hash: &seed_hash, seed: &seed, list_hash: &list_hash, size, tags: &list, picked: &picked };
            prop_assert_eq!(check(&published), Ok(()));
            if !picked.is_empty() && picked.len() < n {
                let other: Vec<String> = picked.iter().skip(1).cloned()
                    .chain(list.iter().find(|t| !picked.contains(t)).cloned()).collect();
                prop_assert_eq!(check(&Published { picked: &other, ..published.clone() }), Err(Doubt::Picks { missing: 1, extra: 1 }));
                let fewer: Vec<String> = list.iter().skip(1).cloned().collect();
                let shorter = Published { tags: &fewer, ..published.clone() };
                prop_assert!(matches!(check(&shorter), Err(Doubt::List(_))));
                let turned = seed.replace(['0', '1'], "2");
                let turned = if turned == seed { "f".repeat(64) } else { turned };
                let reseeded = Published { seed: &turned, ..published };
                prop_assert!(matches!(check(&reseeded), Err(Doubt::Seed(_))));
            }
        }
    }

    #[test]
    fn everybody_is_as_likely_as_everybody_else() {
        let list = tags(20);
        let mut times = [0u32; 20];
        for round in 0..4_000u32 {
            let mut seed = [7; 32];
            seed[..4].copy_from_slice(&round.to_be_bytes());
            for tag in draw(&seed_text(&seed), list.iter().map(String::as_str), 5) {
                times[tag.trim_start_matches("tag").parse::<usize>().expect("a number")] += 1;
            }
        }
        // 4,000 × 5 / 20 = 1,000 each; the standard deviation is 27.
        assert!(times.iter().all(|n| (860..=1_140).contains(n)), "{times:?}");
    }
}
