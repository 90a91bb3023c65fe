//! *Hoy* after few and after many mentions of the same three years. The page reads daily sums, so it must cost the
//! same; here it is measured, both servers in turn, over kept connections and compressed as for a browser.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context as _, bail};

use crate::client::Client;
use crate::measure::{cpu_us_of, median, peak_rss_of, quantile};
use crate::program::{self, Served};
use crate::synthetic::{self, Set};
use crate::{console, machine};

/// Requests before anything is measured.
const WARM_UP: usize = 20;

/// Options.
#[derive(clap::Args)]
pub struct Options {
    /// The few.
    #[arg(long, default_value_t = 10_000)]
    few: u64,
    /// The many.
    #[arg(long, default_value_t = 1_000_000)]
    many: u64,
    /// Requests of each.
    #[arg(long, default_value_t = 200)]
    requests: usize,
    /// The page.
    #[arg(long, default_value = "/today")]
    page: String,
    /// Largest ratio of processor time that is accepted.
    #[arg(long, default_value_t = 1.2)]
    target: f64,
}

struct Side {
    mentions: u64,
    served: Served,
    client: Client,
    bytes: usize,
    milliseconds: Vec<f64>,
    cpu_us: f64,
}

pub fn run(options: &Options) -> anyhow::Result<()> {
    let binary = program::release()?;
    let folder = tempfile::Builder::new().prefix("timon-bench-today-").tempdir()?;
    let mut sides = Vec::new();
    for mentions in [options.few, options.many] {
        let data = folder.path().join(mentions.to_string());
        let files = synthetic::files(Set { mentions, seed: 1, end: machine::today() })?;
        for (part, table) in files.tables.iter().enumerate() {
            println!("importing {} of {} files of {mentions} mentions", part + 1, files.tables.len());
            console::read(&mut program::import(&binary, &data, table))?;
        }
        sides.push(Side::start(&binary, &data, mentions)?);
    }
    for side in &mut sides {
        side.client.reconnect()?;
    }
    for round in 0..WARM_UP + options.requests {
        for side in &mut sides {
            side.request(&options.page, round >= WARM_UP)?;
        }
    }
    report(options, &sides)
}

impl Side {
    fn start(binary: &Path, data: &Path, mentions: u64) -> anyhow::Result<Self> {
        let served = Served::start(binary, data)?;
        wait_for_quiet(served.process())?;
        let mut client = Client::connect(served.port)?;
        sign_in(&mut client)?;
        client.compressed = true;
        Ok(Self { mentions, served, client, bytes: 0, milliseconds: Vec::new(), cpu_us: 0.0 })
    }

    fn request(&mut self, page: &str, counts: bool) -> anyhow::Result<()> {
        let before = cpu_us_of(self.served.process())?;
        let start = machine::now();
        let answer = self.client.get(page)?;
        let milliseconds = start.elapsed().as_secs_f64() * 1e3;
        if answer.status != 200 {
            bail!("{page} answered {}", answer.status);
        }
        if counts {
            self.bytes = answer.body.len();
            self.milliseconds.push(milliseconds);
            self.cpu_us += cpu_us_of(self.served.process())? - before;
        }
        Ok(())
    }
}

/// The first run of an installation that already has mentions.
fn sign_in(client: &mut Client) -> anyhow::Result<()> {
    let fields = [
        ("name", "Bar de prueba"),
        ("kind", "bar"),
        ("town", "Valencia"),
        ("email", "prueba@example.org"),
        ("password", "una-clave-solo-para-medir"),
    ];
    let answer = client.post("/start", "/start", &fields)?;
    let to = answer.location.with_context(|| format!("/start answered {}", answer.status))?;
    let answer = client.get(&to)?;
    if answer.status != 200 {
        bail!("{to} answered {} after the first run", answer.status);
    }
    Ok(())
}

/// Waits until the background work is done: two seconds with hardly any processor time.
fn wait_for_quiet(process: u32) -> anyhow::Result<()> {
    for _ in 0..300 {
        let before = cpu_us_of(process)?;
        machine::wait(Duration::from_secs(2));
        if cpu_us_of(process)? - before < 20_000.0 {
            return Ok(());
        }
    }
    bail!("the background work did not end within ten minutes");
}

fn report(options: &Options, sides: &[Side]) -> anyhow::Result<()> {
    println!("\n{} requests of {} each, in turn", options.requests, options.page);
    println!(
        "{:>10}{:>12}{:>12}{:>16}{:>10}{:>12}",
        "mentions", "median ms", "p95 ms", "CPU us/request", "bytes", "peak MB"
    );
    let cost = |side: &Side| side.cpu_us / options.requests as f64;
    for side in sides {
        println!(
            "{:>10}{:>12.2}{:>12.2}{:>16.0}{:>10}{:>12.1}",
            side.mentions,
            median(&side.milliseconds),
            quantile(&side.milliseconds, 0.95),
            cost(side),
            side.bytes,
            peak_rss_of(side.served.process()).unwrap_or(0) as f64 / 1e6,
        );
    }
    let [few, many] = sides else { bail!("two sides are compared") };
    let ratio = cost(many) / cost(few);
    println!(
        "ratio of CPU {ratio:.2}, of median latency {:.2}",
        median(&many.milliseconds) / median(&few.milliseconds)
    );
    if ratio > options.target {
        bail!(
            "{} mentions cost {ratio:.2} times as much as {}; the target is {}",
            many.mentions,
            few.mentions,
            options.target
        );
    }
    Ok(())
}
