//! What a stranger's form carries: a seal that we made it, and when; and a small proof of work, so that a flood costs whoever
//! sends it. Without a third party, and without anything that follows anybody.
//!
//! *How*: both are signed with the installation's secret over length-prefixed parts, and bound to the organisation, the
//! purpose and the moment: nothing is stored until they are used. The work is ALTCHA's (version 2): find a counter for which
//! PBKDF2-HMAC-SHA256 of nonce and counter begins with a zero byte. The browser's own `crypto.subtle` does it; checking it is
//! one derivation.
//!
//! **What must stay true.** A challenge is taken once (its hash is stored with the answer), for its organisation, until its
//! ten minutes are over. It proves a price, not a person.

use std::num::NonZeroU32;

use domain::OrganizationId;
use foundation::Context;
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

/// How long a challenge is taken.
const LIFE: SignedDuration = SignedDuration::from_mins(10);
/// How long a form that was opened may be sent: longer than anybody writes.
const FORM_LIFE: SignedDuration = SignedDuration::from_hours(24);
/// Also in `assets/own-form.js`.
const SALT: &[u8] = b"timon own form";
const SEAL_BYTES: usize = 16;
/// No text of a challenge or a solution is longer.
const TEXT_BYTES_MAX: usize = 200;

/// A form's name, moment and seal, for its hidden fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    /// Random, 128 bits.
    pub key: String,
    /// µs since 1970.
    pub made: String,
    /// Over both, and what the form is for.
    pub seal: String,
}

fn seal(context: &Context, what: &str, organization: OrganizationId, parts: &[&str]) -> String {
    let about = organization.0.to_be_bytes();
    let mut all: Vec<&[u8]> = vec![b"own-form", what.as_bytes(), &about];
    all.extend(parts.iter().map(|part| part.as_bytes()));
    hex::encode(&context.secret.sign(&all)[..SEAL_BYTES])
}

/// Seals a new form of an organisation.
pub fn seal_form(context: &Context, organization: OrganizationId) -> Sealed {
    let key = hex::encode(context.random::<16>());
    let made = context.now().as_microsecond().to_string();
    let seal = seal(context, "form", organization, &[&key, &made]);
    Sealed { key, made, seal }
}

/// How long ago a form was made; `None` for one that is not ours or too old.
pub fn age(context: &Context, organization: OrganizationId, form: &Sealed) -> Option<SignedDuration> {
    let expected = seal(context, "form", organization, &[&form.key, &form.made]);
    let ours: bool = expected.as_bytes().ct_eq(form.seal.as_bytes()).into();
    let made = form.made.parse().ok().and_then(|micros| Timestamp::from_microsecond(micros).ok())?;
    let age = context.now().duration_since(made);
    (ours && age <= FORM_LIFE).then_some(age)
}

/// Makes a challenge: `nonce.cost.until.seal`.
pub fn challenge(context: &Context, organization: OrganizationId, cost: u32) -> String {
    let nonce = hex::encode(context.random::<16>());
    let (cost, until) = (cost.to_string(), (context.now() + LIFE).as_second().to_string());
    let seal = seal(context, "work", organization, &[&nonce, &cost, &until]);
    format!("{nonce}.{cost}.{until}.{seal}")
}

/// A challenge that was solved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Solved {
    /// Names the challenge, whatever the solution.
    pub hash: [u8; 32],
    /// Until when it must be remembered.
    pub until: Timestamp,
}

/// Checks a solution, `challenge.counter`; `None` for whatever is not a solution of a challenge of ours for this
/// organisation that is still taken.
pub fn check(context: &Context, organization: OrganizationId, solution: &str) -> Option<Solved> {
    if solution.len() > TEXT_BYTES_MAX {
        return None;
    }
    let (challenge, counter) = solution.rsplit_once('.')?;
    let mut parts = challenge.split('.');
    let (nonce, cost, until, sealed) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    let expected = seal(context, "work", organization, &[nonce, cost, until]);
    if !bool::from(expected.as_bytes().ct_eq(sealed.as_bytes())) {
        return None;
    }
    let until = Timestamp::from_second(until.parse().ok()?).ok()?;
    let cost = cost.parse().ok().and_then(NonZeroU32::new)?;
    let (nonce, counter) = (hex::decode(nonce).ok()?, counter.parse::<u32>().ok()?);
    let solved = until > context.now() && solves(&nonce, cost, counter);
    solved.then(|| Solved { hash: Sha256::digest(challenge.as_bytes()).into(), until })
}

/// Whether the counter solves the challenge.
pub fn solves(nonce: &[u8], cost: NonZeroU32, counter: u32) -> bool {
    let password = [nonce, &counter.to_be_bytes()].concat();
    let mut key = [0; 32];
    ring::pbkdf2::derive(ring::pbkdf2::PBKDF2_HMAC_SHA256, cost, SALT, &password, &mut key);
    key[0] == 0
}

#[cfg(test)]
#[path = "tests/work.rs"]
mod tests;
