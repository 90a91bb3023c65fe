//! The program under test: building it, calling it, serving it, counting what it stored.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::{Context as _, bail};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use crate::client::Client;
use crate::{console, machine};

/// Builds the release; gives back where it is.
pub fn release() -> anyhow::Result<PathBuf> {
    if let Some(path) = console::variable("TIMON_BINARY") {
        println!("measuring {path}");
        return Ok(PathBuf::from(path));
    }
    console::run(console::cargo().args(["build", "--release", "--package", "timon"]))?;
    Ok(console::target().join("release/timon"))
}

/// A call of the program on a data folder, with nothing of our own environment's settings.
pub fn call(binary: &Path, data: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(binary);
    command.args(arguments).arg("--data-dir").arg(data).env_remove("TIMON_DATABASE").env("TIMON_LOG", "warn");
    command
}

/// An import of one file, to its end.
pub fn import(binary: &Path, data: &Path, file: &Path) -> Command {
    call(binary, data, &["import", &file.to_string_lossy()])
}

/// A served installation; stopped when dropped.
pub struct Served {
    child: Child,
    /// Its port on this machine.
    pub port: u16,
}

impl Served {
    /// Serves a data folder on a free port.
    pub fn start(binary: &Path, data: &Path) -> anyhow::Result<Self> {
        Self::start_with(binary, data, &[])
    }

    /// The same, with settings as variables.
    pub fn start_with(binary: &Path, data: &Path, settings: &[(&str, &str)]) -> anyhow::Result<Self> {
        let port = machine::free_port()?;
        let child = call(binary, data, &["serve", "--listen", &format!("127.0.0.1:{port}")])
            .envs(settings.iter().copied())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .spawn()
            .context("the program could not be started")?;
        let mut served = Self { child, port };
        let answers =
            || Client::connect(port).and_then(|mut c| c.get("/healthz")).is_ok_and(|a| a.status == 200);
        if !machine::wait_until(Duration::from_mins(1), answers) {
            bail!("nothing answers on port {port}; the program is {:?}", served.child.try_wait());
        }
        Ok(served)
    }

    /// Its process.
    pub fn process(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // SIGTERM, as a service manager would; SIGKILL if it does not listen.
        let _ = kill(Pid::from_raw(self.child.id().cast_signed()), Signal::SIGTERM);
        if !machine::wait_until(Duration::from_secs(20), || matches!(self.child.try_wait(), Ok(Some(_)))) {
            eprintln!("the program did not stop within 20 s of being asked to");
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
    }
}
