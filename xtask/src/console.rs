//! Saying what is done, and running commands with their output in sight.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, bail};

/// The folder of the workspace.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().expect("xtask lies inside the workspace").to_owned()
}

/// The build folder: where cargo was told to build, so that nothing is built twice.
pub fn target() -> PathBuf {
    variable("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |folder| root().join(folder))
}

/// Announces the next part.
pub fn part(words: &str) {
    println!("\n== {words}");
}

/// A variable of the environment, when it is set and not empty.
pub fn variable(name: &str) -> Option<String> {
    #[expect(clippy::disallowed_methods, reason = "a chore is told where things are by its environment")]
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// Cargo, the one that runs this.
pub fn cargo() -> Command {
    let mut command = Command::new(variable("CARGO").unwrap_or_else(|| "cargo".to_owned()));
    command.current_dir(root());
    command
}

/// Runs a command with its output in sight; an error unless it ends well.
pub fn run(command: &mut Command) -> anyhow::Result<()> {
    let shown = shown(command);
    println!("$ {shown}");
    let status = command.status().with_context(|| format!("{shown} could not be started"))?;
    if !status.success() {
        bail!("{shown} ended with {status}");
    }
    Ok(())
}

/// Runs a command and gives back what it printed; an error with its complaints unless it ends well.
pub fn read(command: &mut Command) -> anyhow::Result<String> {
    let shown = shown(command);
    let output =
        command.stdin(Stdio::null()).output().with_context(|| format!("{shown} could not be started"))?;
    if !output.status.success() {
        bail!("{shown} ended with {}: {}", output.status, String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// A Python with these libraries, in an environment of its own that is made once; `None`, with a word about it, when it
/// cannot be had.
pub fn python(environment: &str, libraries: &[&str]) -> anyhow::Result<Option<PathBuf>> {
    if !finds("python3") {
        println!("skipped: python3 is not installed");
        return Ok(None);
    }
    let folder = target().join("bench").join(environment);
    let (python, complete) = (folder.join("bin/python"), folder.join("complete"));
    if !complete.exists() {
        let installed = run(Command::new("python3").args(["-m", "venv"]).arg(&folder)).and_then(|()| {
            run(Command::new(&python).args(["-m", "pip", "install", "--quiet"]).args(libraries))
        });
        if let Err(error) = installed {
            println!("skipped: {} cannot be installed ({error:#})", libraries.join(" and "));
            return Ok(None);
        }
        std::fs::write(complete, "")?;
    }
    Ok(Some(python))
}

/// Whether a program can be found.
pub fn finds(program: &str) -> bool {
    find(program).is_some()
}

/// Where a program is, by the search path.
pub fn find(program: &str) -> Option<PathBuf> {
    let path = variable("PATH").unwrap_or_default();
    path.split(':').map(|folder| Path::new(folder).join(program)).find(|file| file.is_file())
}

fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}
