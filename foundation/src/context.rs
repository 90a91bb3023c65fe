//! What a room is given instead of reaching for it: the store, the clock, randomness, wake-ups, configuration.
//! In production the clock is the system's and randomness comes from the operating system; in tests both are arguments,
//! so that a year passes in a millisecond and every run is the same.

use std::path::PathBuf;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha20Rng;

use crate::config::Config;
use crate::steps::Wakes;
use crate::store::{Scope, Store};

/// Where the time comes from.
#[derive(Clone)]
pub enum Clock {
    /// The machine's clock.
    System,
    /// A clock that stands still until it is advanced; µs since 1970.
    Manual(Arc<AtomicI64>),
}

impl Clock {
    /// A clock that stands at `now`.
    pub fn manual(now: Timestamp) -> Self {
        Self::Manual(Arc::new(AtomicI64::new(now.as_microsecond())))
    }

    /// The time.
    pub fn now(&self) -> Timestamp {
        match self {
            #[expect(clippy::disallowed_methods, reason = "this is the one place where the clock is read")]
            Self::System => Timestamp::now(),
            Self::Manual(micros) => {
                Timestamp::from_microsecond(micros.load(Ordering::Acquire)).unwrap_or(Timestamp::UNIX_EPOCH)
            }
        }
    }

    /// Moves a manual clock; the system's clock cannot be moved.
    pub fn advance(&self, by: std::time::Duration) {
        if let Self::Manual(micros) = self {
            micros.fetch_add(i64::try_from(by.as_micros()).unwrap_or(i64::MAX), Ordering::AcqRel);
        }
    }
}

/// Everything a step or a page may use. Cheap to clone.
#[derive(Clone)]
pub struct Context {
    /// The database.
    pub store: Store,
    /// The time.
    pub clock: Clock,
    /// Wake-ups of steps: hints only, the tables are the truth.
    pub wakes: Wakes,
    /// The validated configuration.
    pub config: Arc<Config>,
    /// The installation's secret, from which keys are derived.
    pub secret: Arc<Secret>,
    random: Arc<Mutex<ChaCha20Rng>>,
}

/// 32 random bytes kept beside the data, never in a backup. Never printed.
pub struct Secret([u8; 32]);

impl Secret {
    /// A secret from its bytes.
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// HMAC-SHA256 of `parts`, each preceded by its length so that no two lists of parts sign the same bytes.
    pub fn sign(&self, parts: &[&[u8]]) -> [u8; 32] {
        use hmac::{KeyInit as _, Mac as _};
        let mut mac = hmac::Hmac::<sha2::Sha256>::new_from_slice(&self.0).expect("any length is a key");
        for part in parts {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part);
        }
        mac.finalize().into_bytes().into()
    }
}

impl Context {
    /// A context over an open store. `seed` fixes the randomness (tests, demo); `None` takes the system's.
    pub fn new(store: Store, clock: Clock, config: Config, secret: Secret, seed: Option<u64>) -> Self {
        let random = match seed {
            Some(seed) => ChaCha20Rng::seed_from_u64(seed),
            None => {
                ChaCha20Rng::try_from_rng(&mut rand::rngs::SysRng).expect("the system gives random bytes")
            }
        };
        Self {
            store,
            clock,
            wakes: Wakes::default(),
            config: Arc::new(config),
            secret: Arc::new(secret),
            random: Arc::new(Mutex::new(random)),
        }
    }

    /// The time.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Random bytes.
    pub fn random<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.random.lock().unwrap_or_else(PoisonError::into_inner).fill(&mut bytes[..]);
        bytes
    }

    /// A new id: milliseconds since 2020 above 20 random bits, so that ids grow with time and two processes do not
    /// meet. Rows that could be many per millisecond have their own clustered ids.
    pub fn new_id(&self) -> i64 {
        const START_MS: i64 = 1_577_836_800_000;
        let [a, b, c, _] = self.random::<4>();
        let low = (i64::from(a) << 12) | (i64::from(b) << 4) | i64::from(c & 15);
        ((self.now().as_millisecond() - START_MS).max(0) << 20) | low
    }

    /// The door to one organisation's rows.
    pub fn scope(&self, organization: domain::OrganizationId) -> Scope {
        self.store.organization(organization)
    }

    /// Where files that were handed over wait for their import.
    pub fn uploads(&self) -> PathBuf {
        self.config.data_dir.join("uploads")
    }
}

/// 32 random bytes from the operating system, for making a secret.
pub fn system_random() -> [u8; 32] {
    let mut bytes = [0; 32];
    ChaCha20Rng::try_from_rng(&mut rand::rngs::SysRng)
        .expect("the system gives random bytes")
        .fill(&mut bytes[..]);
    bytes
}
