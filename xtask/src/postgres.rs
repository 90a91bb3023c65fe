//! A PostgreSQL of our own, for one run: a new cluster in a temporary folder on a free port of this machine.
//!
//! A small shell stands guard over it. It holds the other end of a pipe of ours: when this process ends, however it
//! ends (even killed), the pipe closes, and the shell stops the server and deletes the folder. Its own process group
//! keeps a Ctrl-C in the terminal away from it.

use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::{Context as _, bail};

use crate::{console, machine};

/// The variable through which tests find the server.
pub const VARIABLE: &str = "TIMON_TEST_POSTGRES";

const GUARD: &str = r#"
trap '' HUP INT TERM
"$1/postgres" -D "$2/data" -p "$3" -k "$2" -c listen_addresses=127.0.0.1 -c max_connections=300 \
    -c fsync=off -c synchronous_commit=off -c full_page_writes=off >"$2/log" 2>&1 &
server=$!
read -r _
kill -INT "$server" 2>/dev/null
wait "$server"
rm -rf "$2"
"#;

/// A running server; stopped and deleted when dropped.
pub struct Postgres {
    guard: Child,
    /// Its address, for `TIMON_TEST_POSTGRES`.
    pub url: String,
}

/// The folder with PostgreSQL's own programs, the newest version.
pub fn folder() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().filter_map(Result::ok);
    let number = |folder: &PathBuf| {
        folder.parent().and_then(Path::file_name).and_then(|n| n.to_string_lossy().parse::<u32>().ok())
    };
    let newest = versions
        .map(|version| version.path().join("bin"))
        .filter(|bin| bin.join("initdb").is_file())
        .max_by_key(number);
    let by_path = || {
        let found = std::fs::canonicalize(console::find("initdb")?).ok()?;
        found.parent().map(Path::to_owned).filter(|bin| bin.join("postgres").is_file())
    };
    newest.or_else(by_path)
}

/// A command as the user who may run PostgreSQL: it refuses to be root.
fn as_its_user(program: impl AsRef<std::ffi::OsStr>) -> anyhow::Result<Command> {
    let mut command = Command::new(program);
    if machine::is_root() {
        let (user, group) = machine::user("postgres")?;
        command.uid(user).gid(group);
    }
    command.current_dir("/").stdin(Stdio::null());
    Ok(command)
}

impl Postgres {
    /// Makes and starts one.
    pub fn start() -> anyhow::Result<Self> {
        let bin = folder().context("PostgreSQL cannot be found (Debian: apt-get install postgresql)")?;
        let folder = tempfile::Builder::new().prefix("timon-postgres-").tempdir()?.keep();
        if machine::is_root() {
            let (user, group) = machine::user("postgres")?;
            std::os::unix::fs::chown(&folder, Some(user), Some(group))?;
        }
        let started = Self::start_in(&bin, &folder);
        if started.is_err() {
            let _ = std::fs::remove_dir_all(&folder);
        }
        started
    }

    fn start_in(bin: &Path, folder: &Path) -> anyhow::Result<Self> {
        console::read(
            as_its_user(bin.join("initdb"))?
                .args([
                    "--auth=trust",
                    "--username=timon",
                    "--encoding=UTF8",
                    "--locale=C.UTF-8",
                    "--no-sync",
                    "-D",
                ])
                .arg(folder.join("data")),
        )?;
        let port = machine::free_port()?;
        let guard = as_its_user("sh")?
            .args(["-c", GUARD, "guard"])
            .arg(bin)
            .arg(folder)
            .arg(port.to_string())
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        // From here on the guard cleans up.
        let server = Self { guard, url: format!("postgres://timon@127.0.0.1:{port}/postgres") };
        let is_ready = || {
            Command::new(bin.join("pg_isready"))
                .args(["--quiet", "--host=127.0.0.1", "--port"])
                .arg(port.to_string())
                .status()
                .is_ok_and(|status| status.success())
        };
        if !machine::wait_until(Duration::from_mins(1), is_ready) {
            let log = std::fs::read_to_string(folder.join("log")).unwrap_or_default();
            bail!("PostgreSQL did not start within a minute:\n{log}");
        }
        Ok(server)
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        drop(self.guard.stdin.take());
        let _ = self.guard.wait();
    }
}

/// Runs a command with a server at hand.
pub fn with_command(command: &[String]) -> anyhow::Result<()> {
    crate::debian::provide(crate::debian::For::Database)?;
    let server = Postgres::start()?;
    let (program, arguments) = command.split_first().context("no command")?;
    console::run(Command::new(program).args(arguments).env(VARIABLE, &server.url))
}
