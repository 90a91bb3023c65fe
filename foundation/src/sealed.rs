//! Secrets at rest: what the program has to be able to say again, such as the password of somebody's mailbox, is stored
//! sealed (XChaCha20-Poly1305, draft-irtf-cfrg-xchacha-03 over RFC 8439) with a key derived from the installation's
//! secret. A stolen database or backup says nothing without the secret file, which lies in no backup.
//!
//! **What must stay true.** A sealed value opens only in the installation, for the purpose and for the organisation it
//! was sealed for: the purpose makes the key, the organisation is authenticated. Nonces are random and 192 bits long,
//! so none comes twice.

use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use domain::OrganizationId;

use crate::context::Context;

/// How the bytes are laid out: version, nonce, sealed text with its tag.
const VERSION: u8 = 1;
const NONCE_BYTES: usize = 24;

fn cipher(context: &Context, purpose: &str) -> XChaCha20Poly1305 {
    // An HMAC of the secret is a key of its own for each purpose (the "expand" of RFC 5869 for one block).
    let key = context.secret.sign(&[b"sealed", purpose.as_bytes()]);
    XChaCha20Poly1305::new(&key.into())
}

/// Seals `plain` for one purpose (such as `mailbox:7`) of one organisation.
pub fn seal(context: &Context, purpose: &str, organization: OrganizationId, plain: &[u8]) -> Vec<u8> {
    let nonce: [u8; NONCE_BYTES] = context.random();
    let about = organization.0.to_be_bytes();
    let sealed = cipher(context, purpose)
        .encrypt(&XNonce::from(nonce), Payload { msg: plain, aad: &about })
        .expect("only texts of many gigabytes cannot be sealed");
    [&[VERSION], &nonce[..], &sealed].concat()
}

/// Opens what [`seal`] made; `None` for what was sealed with another secret, purpose or organisation, or changed since.
pub fn unseal(
    context: &Context,
    purpose: &str,
    organization: OrganizationId,
    sealed: &[u8],
) -> Option<Vec<u8>> {
    let (version, rest) = sealed.split_first()?;
    let (nonce, sealed) = rest.split_first_chunk::<NONCE_BYTES>()?;
    let about = organization.0.to_be_bytes();
    let payload = Payload { msg: sealed, aad: &about };
    (*version == VERSION).then(|| cipher(context, purpose).decrypt(&XNonce::from(*nonce), payload).ok())?
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::config::Config;
    use crate::context::{Clock, Secret};
    use crate::store::Store;

    async fn context(folder: &std::path::Path, secret: u8) -> Context {
        let store = Store::open_sqlite(&folder.join(format!("{secret}.db"))).await.expect("SQLite opens");
        let config = Config::from_parts(None, &BTreeMap::new(), &BTreeMap::new()).expect("defaults");
        Context::new(store, Clock::System, config, Secret::new([secret; 32]), Some(1))
    }

    #[tokio::test]
    async fn a_sealed_password_opens_only_where_and_for_what_it_was_sealed() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let (here, elsewhere) = (context(folder.path(), 7).await, context(folder.path(), 8).await);
        let (mine, hers) = (OrganizationId(1), OrganizationId(2));
        let sealed = seal(&here, "mailbox:1", mine, "contraseña".as_bytes());
        assert_eq!(unseal(&here, "mailbox:1", mine, &sealed).as_deref(), Some("contraseña".as_bytes()));
        assert_eq!(unseal(&here, "mailbox:2", mine, &sealed), None, "another purpose");
        assert_eq!(unseal(&here, "mailbox:1", hers, &sealed), None, "another organisation");
        assert_eq!(unseal(&elsewhere, "mailbox:1", mine, &sealed), None, "another installation");
        assert_ne!(
            seal(&here, "mailbox:1", mine, b"x"),
            seal(&here, "mailbox:1", mine, b"x"),
            "a fresh nonce"
        );
        assert!(!sealed.windows(6).any(|part| part == b"contra"));
        for at in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert_eq!(unseal(&here, "mailbox:1", mine, &changed), None, "byte {at}");
        }
        for length in 0..sealed.len() {
            assert_eq!(unseal(&here, "mailbox:1", mine, &sealed[..length]), None, "cut at {length}");
        }
    }
}
