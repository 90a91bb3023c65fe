//! Hashing passwords: Argon2id with 19 MiB, two passes, one lane (OWASP's first recommendation). Two at a time and a
//! short queue: two hundred people signing in at once must not take two hundred times 19 MiB.

use std::sync::LazyLock;

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use argon2::{Algorithm, Argon2, Params, Version};
use foundation::Context;
use tokio::sync::Semaphore;

const AT_ONCE: usize = 2;
const WAITING_MAX: usize = 16;

static SEATS: Semaphore = Semaphore::const_new(AT_ONCE);
static QUEUE: Semaphore = Semaphore::const_new(AT_ONCE + WAITING_MAX);

/// Why a password could not be looked at.
#[derive(Debug, thiserror::Error)]
pub enum PasswordError {
    /// Too many are waiting.
    #[error("too many people are signing in at once")]
    Busy,
    /// The hash in the database cannot be read, or the work ended early.
    #[error("password hashing failed: {0}")]
    Broken(String),
}

fn argon2() -> Argon2<'static> {
    let params = Params::new(19 * 1024, 2, 1, None).expect("the parameters are in range");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

/// A hash to compare against when the e-mail is unknown, so that both cases take the same time.
static NOBODY: LazyLock<String> = LazyLock::new(|| {
    argon2().hash_password_with_salt(b"nobody", &[7; 16]).expect("hashing works").to_string()
});

async fn seated<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, PasswordError> {
    let _queued = QUEUE.try_acquire().map_err(|_| PasswordError::Busy)?;
    let _seat = SEATS.acquire().await.map_err(|_| PasswordError::Busy)?;
    tokio::task::spawn_blocking(work).await.map_err(|e| PasswordError::Broken(e.to_string()))
}

/// The hash to keep.
pub async fn hash(context: &Context, password: String) -> Result<String, PasswordError> {
    let salt = context.random::<16>();
    seated(move || argon2().hash_password_with_salt(password.as_bytes(), &salt).map(|h| h.to_string()))
        .await?
        .map_err(|e| PasswordError::Broken(e.to_string()))
}

/// Whether the password is the one that was hashed. `None` stands for "no such account" and takes as long.
pub async fn verify(stored: Option<String>, password: String) -> Result<bool, PasswordError> {
    seated(move || {
        let known = stored.is_some();
        let stored = stored.unwrap_or_else(|| NOBODY.clone());
        let parsed = PasswordHash::new(&stored).map_err(|e| PasswordError::Broken(e.to_string()))?;
        Ok(argon2().verify_password(password.as_bytes(), &parsed).is_ok() && known)
    })
    .await?
}
