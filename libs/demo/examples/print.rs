//! Prints the invented world, a line a mention, to read it over: `cargo run -p demo --example print -- 7`.

use std::io::Write as _;

fn main() -> std::io::Result<()> {
    let seed = std::env::args().nth(1).and_then(|seed| seed.parse().ok()).unwrap_or(7);
    // A fixed instant: the same seed prints the same world whenever it is run.
    let now = jiff::Timestamp::from_second(1_790_000_000).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    let mut out = std::io::stdout().lock();
    for mention in demo::mentions(seed, now) {
        let stars = mention.stars.map_or_else(|| "-".to_owned(), |stars| stars.to_string());
        let title = mention.title.map_or_else(String::new, |title| format!("[{title}] "));
        let reply = mention.reply.map_or_else(String::new, |reply| format!("\t→ {}", reply.text));
        writeln!(
            out,
            "{}\t{}\t{stars}\t{} ({}, {})\t{title}{}{reply}",
            mention.posted_at.strftime("%F %H:%M"),
            mention.source.slug(),
            mention.author,
            mention.author_reviews.map_or_else(|| "-".to_owned(), |count| count.to_string()),
            mention.author_town.as_deref().unwrap_or("-"),
            mention.text,
        )?;
    }
    Ok(())
}
