//! Synthetic mentions for the benchmarks: mostly Spanish, three years of them, the same bytes for the same numbers.
//!
//! The generator is our own (SplitMix64), so that no new version of a library changes the files that figures were
//! measured with. The texts only imitate the size and variety of real ones: nothing about accuracy can be learnt here.

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};

use serde_json::json;

use crate::console;
use crate::words::{AUTHORS, LANGUAGES, Language, SLOTS, SURNAMES};

/// The days over which mentions are spread.
const DAYS: u64 = 3 * 365;
/// The day after the last mention, in days since 1970, where nothing depends on it: 2026-01-01.
pub const END: u64 = 20_454;
/// Changes with what the files hold, so that old ones are not taken for new.
const VERSION: u32 = 1;
/// Rows of one CSV file; larger sets are several files, as no upload may be larger than the program's limit.
pub const ROWS_PER_FILE: u64 = 200_000;

/// A small generator: SplitMix64.
pub struct Random(u64);

impl Random {
    /// From a seed.
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next 64 bits.
    pub const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `limit`.
    pub const fn below(&mut self, limit: u64) -> u64 {
        ((self.next() as u128 * limit as u128) >> 64) as u64
    }

    /// One of these.
    pub const fn choose<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len() as u64) as usize]
    }

    const fn pick<'a>(&mut self, of: &[&'a str]) -> &'a str {
        self.choose::<&str>(of)
    }
}

/// One made-up mention.
pub struct Mention {
    /// Unique in its set.
    pub id: String,
    /// Seconds since 1970.
    pub at: u64,
    /// Language code.
    pub language: &'static str,
    /// One to five; some have none.
    pub stars: Option<u8>,
    /// Who.
    pub author: String,
    /// What.
    pub text: String,
    /// Where.
    pub url: String,
}

/// A set of made-up mentions.
#[derive(Debug, Clone, Copy)]
pub struct Set {
    /// How many.
    pub mentions: u64,
    /// Another seed, other mentions.
    pub seed: u64,
    /// The day after the last one, in days since 1970.
    pub end: u64,
}

/// The mention with this number: the oldest first, as exports are written.
pub fn mention(number: u64, set: Set) -> Mention {
    let seed = set.seed;
    let mut random = Random::new(seed ^ number.wrapping_mul(0xd134_2543_de82_ef95));
    let stars = match random.below(100) {
        0..8 => 1,
        8..14 => 2,
        14..24 => 3,
        24..48 => 4,
        _ => 5,
    };
    let language = language(random.below(1_000));
    let text = text(&mut random, language, stars);
    let author = format!("{} {}", random.pick(AUTHORS), random.pick(SURNAMES));
    Mention {
        id: format!("s{seed}-{number:07}"),
        at: (set.end - DAYS) * 86_400 + (DAYS * 86_400 * number) / set.mentions.max(1),
        language: language.code,
        stars: (random.below(100) >= 6).then_some(stars),
        author,
        text,
        url: format!("https://reviews.example/r/{seed}/{number}"),
    }
}

fn language(mut at: u64) -> &'static Language {
    for language in LANGUAGES {
        if at < language.share {
            return language;
        }
        at -= language.share;
    }
    &LANGUAGES[0]
}

/// What somebody who gives these stars writes.
pub fn text(random: &mut Random, language: &Language, stars: u8) -> String {
    // One to five sentences, short texts most often.
    let sentences = 1 + random.below(3) + random.below(2) * random.below(3);
    let mut text = String::new();
    for at in 0..sentences {
        let sides = match stars {
            1 | 2 => [language.bad, language.bad, language.plain],
            3 => [language.bad, language.good, language.plain],
            _ => [language.good, language.good, language.plain],
        };
        let side = if at == 0 { 0 } else { random.below(3) as usize };
        let sentence = random.pick(sides[side]);
        if at > 0 {
            text.push(' ');
        }
        fill(&mut text, sentence, random);
    }
    text
}

/// Writes a sentence with its slots filled and a capital at the start.
fn fill(into: &mut String, sentence: &str, random: &mut Random) {
    let mut written = String::new();
    let mut rest = sentence;
    while let Some((before, after)) = rest.split_once('{') {
        written.push_str(before);
        let (slot, after) = after.split_once('}').unwrap_or((after, ""));
        match SLOTS.iter().find(|(name, _)| *name == slot) {
            Some((_, choices)) => written.push_str(random.pick(choices)),
            None => written.push_str(&(2 + random.below(58)).to_string()),
        }
        rest = after;
    }
    written.push_str(rest);
    let mut letters = written.chars();
    into.extend(letters.next().into_iter().flat_map(char::to_uppercase));
    into.push_str(letters.as_str());
}

/// The files of one set.
pub struct Files {
    /// What they hold.
    pub set: Set,
    /// As the peer script reads them, JSON lines.
    pub lines: PathBuf,
    /// As Timón reads them, one CSV after the other.
    pub tables: Vec<PathBuf>,
    /// Ten terms, one a line, for the peer's matcher.
    pub terms: PathBuf,
}

/// Writes the files under `target/bench`, unless they are there.
pub fn files(set: Set) -> anyhow::Result<Files> {
    let Set { mentions, seed, end } = set;
    let folder = console::target().join("bench").join(format!("set-{VERSION}-{mentions}-{seed}-{end}"));
    let tables = (0..mentions.div_ceil(ROWS_PER_FILE))
        // The same name for all: the program calls a source by its file.
        .map(|part| folder.join(format!("part{part}")).join("opiniones.csv"))
        .collect();
    let files = Files { set, lines: folder.join("mentions.jsonl"), tables, terms: folder.join("terms.txt") };
    let complete = folder.join("complete");
    if complete.exists() {
        return Ok(files);
    }
    println!("writing {mentions} synthetic mentions to {}", folder.display());
    std::fs::create_dir_all(&folder)?;
    write_lines(&files)?;
    for (part, table) in files.tables.iter().enumerate() {
        let first = part as u64 * ROWS_PER_FILE;
        write_table(table, first..mentions.min(first + ROWS_PER_FILE), set)?;
    }
    std::fs::write(
        &files.terms,
        "tortilla\nmarisa\nbegoña\nterraza\nreserva\nhoja de reclamaciones\npulpo\nchuparse\naparcamiento\nbooking\n",
    )?;
    std::fs::write(complete, "")?;
    Ok(files)
}

fn write_lines(files: &Files) -> anyhow::Result<()> {
    let mut out = BufWriter::new(File::create(&files.lines)?);
    for number in 0..files.set.mentions {
        let m = mention(number, files.set);
        let line = json!({
            "id": m.id, "source": "reviews", "url": m.url, "author": { "handle": m.author }, "created_at": m.at,
            "lang": m.language, "rating": m.stars, "text": m.text,
        });
        writeln!(out, "{line}")?;
    }
    Ok(out.flush()?)
}

fn write_table(path: &Path, numbers: std::ops::Range<u64>, set: Set) -> anyhow::Result<()> {
    std::fs::create_dir_all(path.parent().expect("a file lies in a folder"))?;
    let mut out = BufWriter::new(File::create(path)?);
    writeln!(out, "id,fecha,estrellas,autor,texto,url")?;
    for number in numbers {
        let m = mention(number, set);
        let stars = m.stars.map(|n| n.to_string()).unwrap_or_default();
        let (date, author, text) = (moment(m.at), quoted(&m.author), quoted(&m.text));
        writeln!(out, "{},{date},{stars},{author},{text},{}", m.id, m.url)?;
    }
    Ok(out.flush()?)
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

/// Seconds since 1970 as `2024-02-29T13:04:05Z`.
fn moment(seconds: u64) -> String {
    let (days, time) = ((seconds / 86_400) as i64, seconds % 86_400);
    // days → civil date, after Howard Hinnant's "chrono-compatible low-level date algorithms"
    let z = days + 719_468;
    let era = z / 146_097;
    let of_era = z - era * 146_097;
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    format!("{year}-{month:02}-{day:02}T{:02}:{:02}:{:02}Z", time / 3_600, time / 60 % 60, time % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SET: Set = Set { mentions: 2_000, seed: 1, end: END };

    #[test]
    fn the_same_number_is_the_same_mention() {
        let (one, two) = (mention(7, SET), mention(7, SET));
        assert_eq!((&one.id, &one.text, one.at), (&two.id, &two.text, two.at));
        assert_ne!(one.text, mention(8, SET).text);
    }

    #[test]
    fn moments_are_written_as_dates() {
        for (seconds, written) in [
            (0, "1970-01-01T00:00:00Z"),
            (END * 86_400, "2026-01-01T00:00:00Z"),
            (1_709_211_845, "2024-02-29T13:04:05Z"),
            (951_782_400, "2000-02-29T00:00:00Z"),
        ] {
            assert_eq!(moment(seconds), written);
        }
    }

    #[test]
    fn texts_are_mostly_spanish_without_open_slots_and_of_a_reviews_size() {
        let all: Vec<Mention> = (0..2_000).map(|n| mention(n, SET)).collect();
        let spanish = all.iter().filter(|m| m.language == "es").count();
        assert!((1_700..1_860).contains(&spanish), "{spanish}");
        assert!(all.iter().all(|m| !m.text.contains(['{', '}']) && !m.text.is_empty()));
        let mean = all.iter().map(|m| m.text.len()).sum::<usize>() / all.len();
        assert!((80..200).contains(&mean), "{mean}");
        assert!(all.is_sorted_by_key(|m| m.at) && all.iter().all(|m| m.at < END * 86_400));
    }

    #[test]
    fn the_shares_add_up() {
        assert_eq!(LANGUAGES.iter().map(|l| l.share).sum::<u64>(), 1_000);
    }
}
