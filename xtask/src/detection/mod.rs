//! What warns, measured: our detector beside the reference and every rival, on made-up brands, on three campaigns that
//! really happened, and on real series. How to read the tables: `docs/BENCHMARKS.md`.
//!
//! How: the streams and the scorer are the shared benchmark's and need Python; the campaigns, the commercial rules and the
//! real series are read and judged here. What never changes (streams, rivals, reference) is kept in the build folder.
//! No threshold is chosen here: every detector is read as it comes, and at budgets of false alarms that are matched by
//! the scorer, the same for all.

mod campaigns;
mod cases;
mod chance;
mod judge;
mod peers;
mod real;
mod rules;
mod series;
mod stream;
mod table;
mod watch;

use std::path::PathBuf;

use anyhow::Context as _;

pub use self::peers::shared;
use self::peers::{Peers, World};
use self::watch::Watch;
use crate::console;

/// Streams of each kind, when nothing else is asked for.
const STREAMS: usize = 3;
/// The same for the class of large brands, whose streams cost a hundred times as much.
const LARGE_STREAMS: usize = 1;

/// Options.
#[derive(clap::Args)]
pub struct Options {
    /// Seeds of the made-up brands; 1 to 20 are public.
    #[arg(long, value_delimiter = ',', default_value = "1")]
    seeds: Vec<u32>,
    /// Classes of brands.
    #[arg(long, value_delimiter = ',', default_value = "low,medium,high", value_parser = ["low", "medium", "high"])]
    tiers: Vec<String>,
    /// Streams of each kind; 3 (1 of `high`) when not given.
    #[arg(long)]
    n: Option<usize>,
    /// Another world: a file of parameters for the generator.
    #[arg(long)]
    params: Option<PathBuf>,
    /// Real series too.
    #[arg(long)]
    real: bool,
    /// Only these parts.
    #[arg(long, value_delimiter = ',')]
    only: Vec<Part>,
    /// Leaves the reference out of campaigns and real series; it needs half an hour for the latter, once.
    #[arg(long)]
    no_reference: bool,
    /// Cores for reference and rivals.
    #[arg(long, default_value_t = 2)]
    jobs: usize,
}

/// Parts of the benchmark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Part {
    /// Made-up brands.
    Brands,
    /// The three campaigns that really happened.
    Campaigns,
    /// Real series.
    Real,
}

impl Options {
    fn wants(&self, part: Part) -> bool {
        if self.only.is_empty() { part != Part::Real || self.real } else { self.only.contains(&part) }
    }

    fn streams_of_a_kind(&self, tier: &str) -> usize {
        self.n.unwrap_or(if tier == "high" { LARGE_STREAMS } else { STREAMS }).max(1)
    }

    fn world(&self, peers: &Peers) -> anyhow::Result<World> {
        let count = |tier: &String| format!("{tier}:{}", self.streams_of_a_kind(tier));
        let absolute =
            |path: &PathBuf| std::fs::canonicalize(path).with_context(|| path.display().to_string());
        let params = self.params.as_ref().map(absolute).transpose()?;
        Ok(World {
            seeds: self.seeds.iter().map(u32::to_string).collect::<Vec<_>>().join(","),
            streams: self.tiers.iter().map(count).collect::<Vec<_>>().join(","),
            folder: peers.folder("world", params.as_deref())?,
            params,
        })
    }

    /// The files of a class, as the generator names them.
    fn files(&self, world: &World, tier: &str) -> anyhow::Result<Vec<PathBuf>> {
        let count = self.streams_of_a_kind(tier);
        let mut files = Vec::new();
        for entry in std::fs::read_dir(&world.folder)? {
            let path = entry?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let is_wanted = name
                .strip_suffix(".jsonl")
                .and_then(parts_of)
                .is_some_and(|(of, seed, index)| of == tier && index < count && self.seeds.contains(&seed));
            if is_wanted {
                files.push(path);
            }
        }
        files.sort();
        Ok(files)
    }
}

/// `tier-kind-seed-index` of a stream; nothing of other files.
fn parts_of(name: &str) -> Option<(&str, u32, usize)> {
    let mut parts = name.split('-');
    let tier = parts.next()?;
    parts.next()?;
    let (seed, index) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    parts.next().is_none().then_some((tier, seed, index))
}

pub fn run(options: &Options) -> anyhow::Result<()> {
    let Some(peers) = Peers::find(options.jobs.max(1))? else { return Ok(()) };
    let watch = Watch::find()?;
    let with_reference = !options.no_reference;
    if options.wants(Part::Brands) {
        brands(options, &peers, &watch)?;
    }
    if options.wants(Part::Campaigns) {
        campaigns::run(&peers, &watch, with_reference)?;
    }
    if options.wants(Part::Real) {
        real::run(&peers, &watch, with_reference)?;
    }
    Ok(())
}

fn brands(options: &Options, peers: &Peers, watch: &Watch) -> anyhow::Result<()> {
    console::part("made-up brands");
    let world = options.world(peers)?;
    peers.prepare(&world)?;
    let folder = tempfile::Builder::new().prefix("timon-bench-detection-").tempdir()?;
    let ours = folder.path().join("ours.jsonl");
    let (mut lines, mut seconds) = (String::new(), Vec::new());
    for tier in &options.tiers {
        let said = watch.run(&options.files(&world, tier)?, tier)?;
        lines.push_str(&said.lines);
        seconds.push((tier, said.cpu_seconds));
    }
    std::fs::write(&ours, lines)?;
    let mut figures = peers.score(&world, &ours)?;
    for (tier, used) in seconds {
        figures["cost"][tier]["ours"] = used.into();
    }
    print!("{}{}{}", table::classes(&figures), table::kinds(&figures), table::explanations(&figures));
    print!("{}\n{}", table::overall(&figures), table::ratios(&figures));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn streams_are_told_from_what_lies_beside_them() {
        assert_eq!(parts_of("high-one_city-12-0003"), Some(("high", 12, 3)));
        for other in
            ["high-one_city-12-0003.rivals", "high-one_city-12", "", "a-b-c-d", "high-one_city-1-1-1"]
        {
            assert_eq!(parts_of(other), None, "{other}");
        }
    }
}
