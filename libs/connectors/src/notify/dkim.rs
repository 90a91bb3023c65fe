//! Signing letters, so that the receiving side can see that they come from the sender's domain.
//!
//! **What must stay true.** The same letter gets the same signature: its time is the letter's, and both algorithms are
//! deterministic. Each signed header is named once more than it is there, so that nobody can add another one. The key
//! never appears in `Debug` or in an error.
//!
//! Written here with `ring`, which the program has anyway: the libraries that sign bring a second crypto provider or an
//! RSA implementation with an open advisory (RUSTSEC-2023-0071). Source: RFC 6376 (relaxed/relaxed), RFC 8463 (Ed25519).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use ring::signature::{Ed25519KeyPair, RSA_PKCS1_SHA256, RsaKeyPair};
use rustls::pki_types::PrivateKeyDer;
use rustls::pki_types::pem::PemObject as _;
use sha2::{Digest as _, Sha256};
use std::sync::Arc;

/// Headers that are signed.
const SIGNED: [&str; 14] = [
    "from",
    "to",
    "subject",
    "date",
    "message-id",
    "reply-to",
    "in-reply-to",
    "references",
    "auto-submitted",
    "precedence",
    // RFC 8058: one click only counts when both are signed.
    "list-unsubscribe",
    "list-unsubscribe-post",
    "mime-version",
    "content-type",
];

/// The sender's key. Never prints it.
#[derive(Clone)]
pub(super) struct Signer {
    key: Arc<Key>,
    domain: String,
    selector: String,
}

enum Key {
    Rsa(RsaKeyPair),
    Ed25519(Ed25519KeyPair),
}

impl Signer {
    /// From a private key in PEM (RSA of 2,048 bits or more, or Ed25519) and the selector under which its public half
    /// stands in the domain's DNS; `None` when one of the two cannot be used.
    pub(super) fn new(domain: &str, selector: &str, pem: &str) -> Option<Self> {
        let plain = |text: &str| {
            (1..=253).contains(&text.len())
                && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_'))
        };
        let key = match PrivateKeyDer::from_pem_slice(pem.as_bytes()).ok()? {
            PrivateKeyDer::Pkcs1(der) => Key::Rsa(RsaKeyPair::from_der(der.secret_pkcs1_der()).ok()?),
            PrivateKeyDer::Pkcs8(der) => {
                let der = der.secret_pkcs8_der();
                match Ed25519KeyPair::from_pkcs8_maybe_unchecked(der) {
                    Ok(key) => Key::Ed25519(key),
                    Err(_) => Key::Rsa(RsaKeyPair::from_pkcs8(der).ok()?),
                }
            }
            _ => return None,
        };
        let signer =
            Self { key: Arc::new(key), domain: domain.to_ascii_lowercase(), selector: selector.to_owned() };
        (plain(domain) && plain(selector)).then_some(signer)
    }

    /// The letter with its signature in front. `at` is in seconds since 1970. A letter that cannot be signed leaves as
    /// it is: unsigned mail may arrive, mail that is not sent cannot.
    pub(super) fn sign(&self, letter: Vec<u8>, at: i64) -> Vec<u8> {
        match self.header(&letter, at) {
            Some(header) => [header.into_bytes(), letter].concat(),
            None => letter,
        }
    }

    fn header(&self, letter: &[u8], at: i64) -> Option<String> {
        let text = std::str::from_utf8(letter).ok()?;
        let (head, body) = text.split_once("\r\n\r\n")?;
        let present = headers(head);
        let (mut names, mut signed) = (Vec::new(), String::new());
        for name in SIGNED {
            for (_, value) in present.iter().rev().filter(|(other, _)| other == name) {
                names.push(name);
                signed.extend([name, ":", value, "\r\n"]);
            }
            names.push(name);
        }
        let (algorithm, domain, selector) = (self.algorithm(), &self.domain, &self.selector);
        let unsigned = format!(
            "v=1; a={algorithm}; c=relaxed/relaxed; d={domain}; s={selector}; t={at};\r\n\th={};\r\n\tbh={};\r\n\tb=",
            names.join(":\r\n\t "),
            BASE64.encode(Sha256::digest(relaxed_body(body)))
        );
        signed.extend(["dkim-signature:", &relaxed_value(&unsigned)]);
        let signature = BASE64.encode(self.raw(signed.as_bytes())?);
        let lines: Vec<&[u8]> = signature.as_bytes().chunks(72).collect();
        let folded = lines.join(&b"\r\n\t "[..]);
        Some(format!("DKIM-Signature: {unsigned}{}\r\n", String::from_utf8(folded).ok()?))
    }

    fn algorithm(&self) -> &'static str {
        match *self.key {
            Key::Rsa(_) => "rsa-sha256",
            Key::Ed25519(_) => "ed25519-sha256",
        }
    }

    fn raw(&self, signed: &[u8]) -> Option<Vec<u8>> {
        match &*self.key {
            Key::Rsa(key) => {
                let mut signature = vec![0; key.public().modulus_len()];
                // Randomness only blinds the arithmetic; the signature does not depend on it.
                let random = ring::rand::SystemRandom::new();
                key.sign(&RSA_PKCS1_SHA256, &random, signed, &mut signature).ok()?;
                Some(signature)
            }
            Key::Ed25519(key) => Some(key.sign(&Sha256::digest(signed)).as_ref().to_vec()),
        }
    }
}

/// Each header with its name in lower case and its value relaxed (RFC 6376, 3.4.2).
fn headers(head: &str) -> Vec<(String, String)> {
    let unfolded = head.replace("\r\n ", " ").replace("\r\n\t", " ");
    let parts = unfolded.split("\r\n").filter_map(|line| line.split_once(':'));
    parts.map(|(name, value)| (name.trim().to_ascii_lowercase(), relaxed_value(value))).collect()
}

fn relaxed_value(value: &str) -> String {
    value.replace("\r\n", "").split([' ', '\t']).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// RFC 6376, 3.4.4.
fn relaxed_body(body: &str) -> String {
    let mut out = String::with_capacity(body.len());
    for line in body.split("\r\n") {
        let line = line.trim_end_matches([' ', '\t']);
        let mut in_space = false;
        for c in line.chars() {
            let is_space = matches!(c, ' ' | '\t');
            if !(is_space && in_space) {
                out.push(if is_space { ' ' } else { c });
            }
            in_space = is_space;
        }
        out.push_str("\r\n");
    }
    while out.ends_with("\r\n\r\n") {
        out.truncate(out.len() - 2);
    }
    if out == "\r\n" { String::new() } else { out }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_is_reduced_as_the_standard_says() {
        // RFC 8463, A.3: the body of the example and its hash.
        let body = "Hi.\r\n\r\nWe lost the game.  Are you hungry yet?\r\n\r\nJoe.\r\n";
        let hash = BASE64.encode(Sha256::digest(relaxed_body(body)));
        assert_eq!(hash, "2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=");
        // RFC 6376, 3.4.5.
        assert_eq!(relaxed_body(" C \r\nD \t E\r\n\r\n\r\n"), " C\r\nD E\r\n");
        assert_eq!((relaxed_body(""), relaxed_body("\r\n\r\n")), (String::new(), String::new()));
        assert_eq!(relaxed_body("a"), "a\r\n");
        let relaxed = headers("A: X\r\nB : Y\t\r\n\tZ  ");
        assert_eq!(relaxed, [("a".to_owned(), "X".to_owned()), ("b".to_owned(), "Y Z".to_owned())]);
    }

    #[test]
    fn what_is_no_key_or_no_selector_is_refused() {
        let key = pem_of_a_new_key();
        assert!(Signer::new("bar.example", "timon", &key).is_some());
        for (domain, selector, pem) in [
            ("bar.example", "timon; d=evil.example", key.as_str()),
            ("bar.example", "", &key),
            ("bar.example\r\n", "timon", &key),
            ("bar.example", "timon", "not a key"),
            ("bar.example", "timon", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"),
        ] {
            assert!(Signer::new(domain, selector, pem).is_none(), "{domain} {selector}");
        }
    }

    fn pem_of_a_new_key() -> String {
        let key = Ed25519KeyPair::generate_pkcs8(&ring::rand::SystemRandom::new()).unwrap();
        format!("-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n", BASE64.encode(key.as_ref()))
    }
}
