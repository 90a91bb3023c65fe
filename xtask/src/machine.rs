//! What only the operating system knows: who we are, the clock, waiting, a free port.

use std::net::TcpListener;
use std::time::{Duration, Instant};

use anyhow::Context as _;

/// Whether we are root.
pub fn is_root() -> bool {
    std::fs::metadata("/proc/self").is_ok_and(|own| std::os::unix::fs::MetadataExt::uid(&own) == 0)
}

/// User and group numbers of a local user.
pub fn user(name: &str) -> anyhow::Result<(u32, u32)> {
    let passwd = std::fs::read_to_string("/etc/passwd")?;
    let line = passwd.lines().find(|line| line.split(':').next() == Some(name));
    let mut fields = line.with_context(|| format!("there is no user {name:?}"))?.split(':').skip(2);
    let mut number =
        || fields.next().and_then(|field| field.parse().ok()).context("/etc/passwd cannot be understood");
    Ok((number()?, number()?))
}

/// The running time of a stop-watch.
#[expect(clippy::disallowed_methods, reason = "chores measure and wait")]
pub fn now() -> Instant {
    Instant::now()
}

/// Days since 1970.
pub fn today() -> u64 {
    #[expect(clippy::disallowed_methods, reason = "made-up mentions end today")]
    let now = std::time::SystemTime::now();
    now.duration_since(std::time::UNIX_EPOCH).map_or(0, |since| since.as_secs() / 86_400)
}

/// Waits.
#[expect(
    clippy::disallowed_methods,
    reason = "a chore waits for other programs, which no schedule of ours can wake"
)]
pub fn wait(time: Duration) {
    std::thread::sleep(time);
}

/// Asks again and again until the answer is yes; `false` when time is up.
pub fn wait_until(limit: Duration, mut is_so: impl FnMut() -> bool) -> bool {
    let start = now();
    loop {
        if is_so() {
            return true;
        }
        if start.elapsed() > limit {
            return false;
        }
        wait(Duration::from_millis(50));
    }
}

/// A port of this machine that nobody listens on.
pub fn free_port() -> anyhow::Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}
