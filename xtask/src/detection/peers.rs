//! The Python side: where the shared scripts are, a Python with their libraries, and the calls of `peers.py`.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, bail};
use serde_json::Value;

use crate::console;

/// What generator, rivals and reference need.
const LIBRARIES: [&str; 2] = ["numpy", "river"];
/// What decides what is made from them, so that nothing kept is taken for something else.
const SCRIPTS: [&str; 3] = ["gen.py", "rivals.py", "reference.py"];
/// Changes with what `peers.py` keeps.
const VERSION: u64 = 1;

/// The scripts, the Python, and how many cores they may use.
pub struct Peers {
    shared: PathBuf,
    python: PathBuf,
    jobs: usize,
}

/// The made-up brands that were asked for.
pub struct World {
    /// Seeds, parted by commas.
    pub seeds: String,
    /// `class:streams of each kind`, parted by commas.
    pub streams: String,
    /// Another set of parameters of the generator.
    pub params: Option<PathBuf>,
    /// Where they are kept.
    pub folder: PathBuf,
}

impl Peers {
    /// `None`, with a word about it, when something is missing.
    pub fn find(jobs: usize) -> anyhow::Result<Option<Self>> {
        let shared = shared().join("bench/detection");
        if let Some(missing) = SCRIPTS.iter().find(|script| !shared.join(script).is_file()) {
            println!("skipped: {} is not there", shared.join(missing).display());
            return Ok(None);
        }
        let Some(python) = console::python("detection-venv", &LIBRARIES)? else { return Ok(None) };
        Ok(Some(Self { shared, python, jobs }))
    }

    /// A folder of its own for everything that is made from these scripts and parameters.
    pub fn folder(&self, what: &str, params: Option<&Path>) -> anyhow::Result<PathBuf> {
        let mut fingerprint = fingerprint(VERSION, b"");
        for script in
            SCRIPTS.map(|script| self.shared.join(script)).iter().map(PathBuf::as_path).chain(params)
        {
            let bytes = std::fs::read(script).with_context(|| script.display().to_string())?;
            fingerprint = self::fingerprint(fingerprint, &bytes);
        }
        Ok(console::target().join(format!("bench/detection/{what}-{fingerprint:016x}")))
    }

    /// Makes the streams, and runs rivals and reference on them, unless that was done before.
    pub fn prepare(&self, world: &World) -> anyhow::Result<()> {
        console::run(&mut self.on(world, "prepare"))
    }

    /// The reference's alarms on streams of ours, left beside them.
    pub fn reference(&self, streams: &[PathBuf]) -> anyhow::Result<()> {
        let mut child = self.call("reference").stdin(Stdio::piped()).spawn().context("peers.py")?;
        let mut list = child.stdin.take().context("peers.py reads what it shall do")?;
        for stream in streams {
            writeln!(list, "{}", stream.display())?;
        }
        drop(list);
        let status = child.wait()?;
        if !status.success() {
            bail!("the reference ended with {status}");
        }
        Ok(())
    }

    /// Every detector's figures on the world, ours from its file of alarms.
    pub fn score(&self, world: &World, ours: &Path) -> anyhow::Result<Value> {
        let lines = console::read(self.on(world, "score").arg("--ours").arg(ours))?;
        serde_json::from_str(&lines).context("what the scorer printed")
    }

    fn on(&self, world: &World, what: &str) -> Command {
        let mut command = self.call(what);
        command.args(["--seeds", &world.seeds, "--streams", &world.streams, "--out"]).arg(&world.folder);
        if let Some(params) = &world.params {
            command.arg("--params").arg(params);
        }
        command
    }

    fn call(&self, what: &str) -> Command {
        let mut command = Command::new(&self.python);
        command.arg(console::root().join("xtask/detection/peers.py")).arg(what);
        command.arg("--shared").arg(&self.shared).args(["--jobs", &self.jobs.to_string()]);
        // One thread each, or their seconds cannot be compared; nothing is written beside the scripts.
        command.envs([
            ("OMP_NUM_THREADS", "1"),
            ("OPENBLAS_NUM_THREADS", "1"),
            ("PYTHONDONTWRITEBYTECODE", "1"),
        ]);
        command
    }
}

/// The folder with the scripts and the data that are not part of the repository: `TIMON_BENCH_SHARED`, or `../shared`.
pub fn shared() -> PathBuf {
    console::variable("TIMON_BENCH_SHARED")
        .map_or_else(|| console::root().join("../shared"), |folder| console::root().join(folder))
}

/// FNV-1a, continued.
fn fingerprint(before: u64, bytes: &[u8]) -> u64 {
    let start = before ^ 0xcbf2_9ce4_8422_2325;
    bytes.iter().fold(start, |all, byte| (all ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_script_has_another_folder() {
        let of = |parts: &[&[u8]]| {
            parts.iter().fold(fingerprint(VERSION, b""), |all, part| fingerprint(all, part))
        };
        assert_eq!(of(&[b"a", b"b"]), of(&[b"a", b"b"]));
        assert_ne!(of(&[b"a", b"b"]), of(&[b"a", b"c"]));
        assert_ne!(of(&[b"a", b"b"]), of(&[b"b", b"a"]));
        assert_ne!(of(&[b"ab", b""]), of(&[b"a", b"b"]));
    }
}
