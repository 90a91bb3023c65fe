//! What the tests need besides Rust, installed from Debian when it is missing and left alone when it is there.

use std::process::Command;

use anyhow::bail;

use crate::{console, machine, postgres};

/// Its name, whether it is there, and the packages that bring it.
type Need = (&'static str, fn() -> bool, &'static [&'static str]);

const NEEDS: &[Need] = &[
    ("PostgreSQL", has_postgres, &["postgresql"]),
    ("pdftotext", has_pdftotext, &["poppler-utils"]),
    ("Node.js", has_node, &["nodejs"]),
    ("npm", has_npm, &["npm"]),
    ("Chromium", has_chromium, &["chromium", "fonts-liberation"]),
];

fn has_postgres() -> bool {
    postgres::folder().is_some()
}

fn has_pdftotext() -> bool {
    console::finds("pdftotext")
}

fn has_strace() -> bool {
    console::finds("strace")
}

fn has_node() -> bool {
    console::finds("node")
}

fn has_npm() -> bool {
    console::finds("npm")
}

fn has_chromium() -> bool {
    console::finds("chromium") || console::variable("TIMON_TEST_CHROMIUM").is_some()
}

/// Needed by all tests; the rest is for the browser.
const WITHOUT_BROWSER: usize = 2;

/// What watches the calls of a program.
const STRACE: &[Need] = &[("strace", has_strace, &["strace"])];

/// Installs what the tests need and is missing; `browser` says whether the browser and Node.js are needed.
pub fn provide(browser: bool) -> anyhow::Result<()> {
    install(if browser { NEEDS } else { &NEEDS[..WITHOUT_BROWSER] })
}

/// Installs strace where it is missing.
pub fn provide_strace() -> anyhow::Result<()> {
    install(STRACE)
}

fn install(wanted: &[Need]) -> anyhow::Result<()> {
    let missing: Vec<_> = wanted.iter().filter(|(_, is_there, _)| !is_there()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let names: Vec<&str> = missing.iter().map(|(name, ..)| *name).collect();
    let packages: Vec<&str> = missing.iter().flat_map(|(.., packages)| packages.iter().copied()).collect();
    console::part(&format!("installing what is missing: {}", names.join(", ")));
    if !console::finds("apt-get") {
        bail!("{} cannot be found; please install: {}", names.join(", "), packages.join(" "));
    }
    console::run(apt().arg("update"))?;
    console::run(apt().args(["install", "--yes", "--no-install-recommends"]).args(&packages))?;
    match missing.iter().find(|(_, is_there, _)| !is_there()) {
        Some((name, ..)) => bail!("{name} was installed, but still cannot be found"),
        None => Ok(()),
    }
}

fn apt() -> Command {
    let mut command = if machine::is_root() {
        Command::new("apt-get")
    } else {
        let mut sudo = Command::new("sudo");
        sudo.args(["DEBIAN_FRONTEND=noninteractive", "apt-get"]);
        sudo
    };
    command.env("DEBIAN_FRONTEND", "noninteractive").arg("--quiet");
    command
}
