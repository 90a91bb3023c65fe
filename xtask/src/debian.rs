//! What the tests need besides Rust, installed from Debian when it is missing and left alone when it is there.

use std::path::Path;
use std::process::Command;

use anyhow::bail;

use crate::{console, machine, postgres};

/// Its name, whether it is there, and the packages that bring it.
type Need = (&'static str, fn() -> bool, &'static [&'static str]);

/// In this order: what the database's helper needs, what the Rust tests need too, what the browser's tests need too.
const NEEDS: &[Need] = &[
    ("PostgreSQL", has_postgres, &["postgresql"]),
    ("Postfix and Dovecot", has_mail, &["postfix", "dovecot-imapd", "dovecot-lmtpd"]),
    ("a verifier of DKIM", has_dkim, &["openssl", "python3-dkim", "python3-nacl"]),
    ("pdftotext", has_pdftotext, &["poppler-utils"]),
    ("Node.js", has_node, &["nodejs"]),
    ("npm", has_npm, &["npm"]),
    ("Chromium", has_chromium, &["chromium", "fonts-liberation"]),
];

fn has_postgres() -> bool {
    postgres::folder().is_some()
}

/// Not by the search path: for who is not root, it often leaves their folder out.
fn has_mail() -> bool {
    ["/usr/sbin/postfix", "/usr/sbin/dovecot"].iter().all(|program| Path::new(program).is_file())
}

fn has_dkim() -> bool {
    let modules = ["/usr/lib/python3/dist-packages/dkim", "/usr/lib/python3/dist-packages/nacl"];
    console::finds("openssl") && modules.iter().all(|module| Path::new(module).is_dir())
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

/// What watches the calls of a program.
const STRACE: &[Need] = &[("strace", has_strace, &["strace"])];

/// What is going to be run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum For {
    /// Something with the database at hand.
    Database,
    /// The Rust tests.
    Tests,
    /// The browser's tests as well.
    Browser,
    /// A program whose every call is watched.
    EveryCall,
}

/// Installs what is missing.
pub fn provide(what: For) -> anyhow::Result<()> {
    let wanted = match what {
        For::Database => &NEEDS[..1],
        For::Tests => &NEEDS[..4],
        For::Browser => NEEDS,
        For::EveryCall => STRACE,
    };
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
    if packages.contains(&"postfix") {
        // The tests bring their own settings; without any, the package starts no mail server on this machine.
        let answer = "postfix postfix/main_mailer_type select No configuration";
        console::run(as_root("sh").args(["-c", &format!("echo '{answer}' | debconf-set-selections")]))?;
    }
    console::run(apt().args(["install", "--yes", "--no-install-recommends"]).args(&packages))?;
    match missing.iter().find(|(_, is_there, _)| !is_there()) {
        Some((name, ..)) => bail!("{name} was installed, but still cannot be found"),
        None => Ok(()),
    }
}

fn apt() -> Command {
    let mut command = as_root("apt-get");
    command.env("DEBIAN_FRONTEND", "noninteractive").arg("--quiet");
    command
}

fn as_root(program: &str) -> Command {
    if machine::is_root() {
        Command::new(program)
    } else {
        let mut sudo = Command::new("sudo");
        sudo.args(["DEBIAN_FRONTEND=noninteractive", program]);
        sudo
    }
}
