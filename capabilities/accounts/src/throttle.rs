//! Guessing made slow: ten tries in fifteen minutes for one e-mail from one place, a hundred an hour from one place.
//! The victim is never locked out: another place still gets in. In memory and bounded; a restart forgets, which costs
//! an attacker more than it gives.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{LazyLock, Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};

const TRIES_MAX: usize = 10;
const TRIES_WINDOW: SignedDuration = SignedDuration::from_mins(15);
const PLACE_TRIES_MAX: usize = 100;
const PLACE_WINDOW: SignedDuration = SignedDuration::from_hours(1);
/// Keys remembered at most; above it the oldest half is forgotten.
const KEYS_MAX: usize = 20_000;

static TRIES: LazyLock<Mutex<HashMap<String, Vec<Timestamp>>>> = LazyLock::new(Mutex::default);

/// The network an address belongs to: a /24 or a /64, since one person has many addresses in it.
fn place(address: IpAddr) -> String {
    match address {
        IpAddr::V4(v4) => {
            let [a, b, c, _] = v4.octets();
            format!("{a}.{b}.{c}")
        }
        IpAddr::V6(v6) => format!("{:x?}", &v6.segments()[..4]),
    }
}

/// Takes the last try back: the password was right, so nobody was guessing.
pub fn forgive(app: &str, email: &str, address: IpAddr) {
    let place = place(address);
    let mut tries = TRIES.lock().unwrap_or_else(PoisonError::into_inner);
    for key in [format!("{app}|{place}"), format!("{app}|{place}|{email}")] {
        if let Some(times) = tries.get_mut(&key) {
            times.pop();
        }
    }
}

/// Counts a try; `false` when there were too many. `app` keeps installations apart (tests run many in one process).
pub fn admit(app: &str, email: &str, address: IpAddr, now: Timestamp) -> bool {
    let place = place(address);
    let mut tries = TRIES.lock().unwrap_or_else(PoisonError::into_inner);
    if tries.len() > KEYS_MAX {
        tries.retain(|_, times| times.last().is_some_and(|t| now.duration_since(*t) < TRIES_WINDOW));
    }
    let mut count = |key: String, window: SignedDuration, max: usize| {
        let times = tries.entry(key).or_default();
        times.retain(|t| now.duration_since(*t) < window);
        let admitted = times.len() < max;
        if admitted {
            times.push(now);
        }
        admitted
    };
    count(format!("{app}|{place}"), PLACE_WINDOW, PLACE_TRIES_MAX)
        && count(format!("{app}|{place}|{email}"), TRIES_WINDOW, TRIES_MAX)
}
