//! Telling a program: signed JSON to its address, as Standard Webhooks 1.0 says.
//!
//! **What for.** A program has to know that a message is ours and new. The signature covers the message's name, the moment
//! of the attempt and the body; the name is the same at every attempt, so what comes twice is known for what it is. That
//! is why, other than with people, what *may* have arrived is sent again: [`Outcome`] does not tell it from what did not.
//!
//! **What must stay true.** There is no message without a signature and no signature without a secret of at least 24
//! bytes. While a secret is being changed both sign. Redirects are failures. 410 means "never again".
//!
//! Source: github.com/standard-webhooks/standard-webhooks, spec/standard-webhooks.md.

use super::{Answer, one_line};
use crate::egress::{Egress, EgressError, EgressPolicy, PostRequest, PostResponse};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use jiff::Timestamp;
use sha2::Sha256;
use std::time::Duration;

/// Longest wait for an answer (the specification: 15 to 30 seconds).
const ANSWER_WAIT: Duration = Duration::from_secs(20);
/// Largest body, bytes (the specification recommends less than 20 kB).
pub const BODY_BYTES_MAX: usize = 20_000;
/// Lengths a secret may have, bytes (the specification).
const SECRET_BYTES: std::ops::RangeInclusive<usize> = 24..=64;
/// Signatures of one message that are looked at: two while a secret changes, and some room.
const SIGNATURES_MAX: usize = 8;
const SECRET_PREFIX: &str = "whsec_";

/// What messages are signed with. Never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct SigningSecret(Vec<u8>);

impl std::fmt::Debug for SigningSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SigningSecret(…)")
    }
}

impl SigningSecret {
    /// A secret from its bytes; `None` unless there are 24 to 64.
    pub fn new(bytes: impl Into<Vec<u8>>) -> Option<Self> {
        let bytes = bytes.into();
        SECRET_BYTES.contains(&bytes.len()).then_some(Self(bytes))
    }

    /// As the receiver's library wants it: `whsec_` and base64.
    pub fn text(&self) -> String {
        format!("{SECRET_PREFIX}{}", STANDARD.encode(&self.0))
    }

    /// A secret as it is written for people: `whsec_` and base64.
    pub fn parse(text: &str) -> Option<Self> {
        STANDARD.decode(text.trim().strip_prefix(SECRET_PREFIX)?).ok().and_then(Self::new)
    }

    /// Whether one of the signatures of a message that came in is by this secret. Takes the same time whatever was sent.
    pub fn signed(&self, id: &str, seconds: i64, body: &[u8], signatures: &str) -> bool {
        let ours = |signature: &str| {
            let Some(told) = signature.strip_prefix("v1,").and_then(|text| STANDARD.decode(text).ok()) else {
                return false;
            };
            let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).expect("any length is a key");
            mac.update(format!("{id}.{seconds}.").as_bytes());
            mac.update(body);
            mac.verify_slice(&told).is_ok()
        };
        signatures.split(' ').take(SIGNATURES_MAX).any(ours)
    }

    fn sign(&self, id: &str, seconds: i64, body: &str) -> String {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).expect("any length is a key");
        mac.update(format!("{id}.{seconds}.{body}").as_bytes());
        format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()))
    }
}

/// A message on its way to a program.
#[derive(Debug, Clone)]
pub struct Message<'a> {
    /// The program's address.
    pub url: &'a str,
    /// The message's name, the same at every attempt. Letters, digits and hyphens.
    pub id: &'a str,
    /// JSON.
    pub body: &'a str,
    /// When this attempt is made.
    pub at: Timestamp,
    /// The secret, and the one before while it is still good.
    pub secrets: &'a [SigningSecret],
}

/// What became of an attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The program took it (2xx).
    Accepted(Answer),
    /// It did not say that it took it: try again, not before so long if it said how long.
    Later(Answer, Option<Duration>),
    /// It wants no message any more (410).
    Gone(Answer),
    /// The address itself cannot be used.
    Refused(Answer),
}

/// The way to programs.
pub struct Programs {
    egress: Egress,
}

impl Programs {
    /// `allow_private` as in [`EgressPolicy`].
    pub fn new(allow_private: Vec<String>) -> Result<Self, EgressError> {
        let policy = EgressPolicy { allow_private, total_timeout: ANSWER_WAIT, ..EgressPolicy::default() };
        Ok(Self { egress: Egress::new(policy)? })
    }

    /// The address as it is kept, or why it cannot be used.
    pub fn check(&self, url: &str) -> Result<String, EgressError> {
        self.egress.check(url).map(|url| url.to_string())
    }

    /// One attempt. Nothing is tried again here.
    pub async fn tell(&self, message: &Message<'_>) -> Outcome {
        if message.secrets.is_empty() {
            return Outcome::Later(Answer::new("no-secret", ""), None);
        }
        match self.egress.post(&request(message)).await {
            Ok(response) => judge(&response),
            Err(failure) => {
                let answer = Answer::new(failure.error.key(), &failure.error.to_string());
                let may_mend =
                    failure.may_have_left || failure.error.is_temporary() || failure.error.key() == "tls";
                if may_mend { Outcome::Later(answer, None) } else { Outcome::Refused(answer) }
            }
        }
    }
}

fn request(message: &Message<'_>) -> PostRequest {
    let id = one_line(message.id, 64);
    let seconds = message.at.as_second();
    let sign = |secret: &SigningSecret| secret.sign(&id, seconds, message.body);
    let signatures: Vec<String> = message.secrets.iter().map(sign).collect();
    PostRequest {
        url: message.url.to_owned(),
        content_type: "application/json",
        headers: vec![
            ("webhook-id", id),
            ("webhook-timestamp", seconds.to_string()),
            ("webhook-signature", signatures.join(" ")),
        ],
        body: message.body.to_owned(),
    }
}

fn judge(response: &PostResponse) -> Outcome {
    let answer = |key| {
        let words = String::from_utf8_lossy(&response.body);
        Answer::new(key, &format!("{} {words}", response.status))
    };
    let later = |key| Outcome::Later(answer(key), response.retry_after);
    match response.status {
        200..=299 => Outcome::Accepted(answer("accepted")),
        410 => Outcome::Gone(answer("gone")),
        300..=399 => later("redirect"),
        401 | 403 => later("forbidden"),
        404 => later("not-found"),
        408 | 425 | 429 | 503 => later("later"),
        400..=499 => later("refused"),
        _ => later("server-fault"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::egress::fake::{Act, Fake, answer, redirect};

    /// The specification's own example.
    const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    fn secret() -> SigningSecret {
        let bytes = STANDARD.decode(SECRET.trim_start_matches(SECRET_PREFIX)).expect("base64");
        SigningSecret::new(bytes).expect("long enough")
    }

    fn message<'a>(url: &'a str, secrets: &'a [SigningSecret]) -> Message<'a> {
        Message {
            url,
            id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
            body: "{\"test\": 2432232314}",
            at: Timestamp::from_second(1_614_265_330).expect("in range"),
            secrets,
        }
    }

    fn headers(request: &PostRequest) -> http::HeaderMap {
        let pair = |(name, value): &(&'static str, String)| {
            (http::HeaderName::from_static(name), http::HeaderValue::from_str(value).expect("a value"))
        };
        request.headers.iter().map(pair).collect()
    }

    #[test]
    fn the_specifications_own_message_is_signed_as_it_says() {
        let secrets = [secret()];
        let headers = headers(&request(&message("https://bar.example/", &secrets)));
        assert_eq!(headers["webhook-signature"], "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
        assert_eq!(headers["webhook-id"], "msg_p5jXN8AQM9LWM0D4loKWxJek");
        assert_eq!(headers["webhook-timestamp"], "1614265330");
        assert_eq!(secrets[0].text(), SECRET);
    }

    #[test]
    fn while_a_secret_is_changed_both_sign_and_somebody_elses_library_believes_either() {
        let (new, old) = (SigningSecret::new([9; 32]).expect("long"), secret());
        let secrets = [new, old];
        let message = message("https://bar.example/", &secrets);
        let headers = headers(&request(&message));
        for secret in &secrets {
            let webhook = standardwebhooks::Webhook::new(&secret.text()).expect("a secret");
            let said = headers["webhook-signature"].to_str().expect("text");
            let expects = |body: &str| {
                webhook.sign(message.id, message.at.as_second(), body.as_bytes()).expect("signed")
            };
            assert!(said.split(' ').any(|one| one == expects(message.body)), "{said}");
            assert!(!said.split(' ').any(|one| one == expects("{}")), "{said}");
            // It reads our headers, and finds the message too old to be believed.
            let refused = webhook.verify(message.body.as_bytes(), &headers).expect_err("from 2021");
            assert!(matches!(refused, standardwebhooks::WebhookError::TimestampTooOldError), "{refused}");
        }
    }

    #[test]
    fn a_short_secret_is_none_and_none_is_printed() {
        assert!(SigningSecret::new([]).is_none() && SigningSecret::new([1; 23]).is_none());
        assert!(SigningSecret::new([1; 65]).is_none() && SigningSecret::new([1; 64]).is_some());
        assert_eq!(format!("{:?}", secret()), "SigningSecret(…)");
    }

    fn told(outcome: &Outcome) -> (&'static str, &'static str) {
        match outcome {
            Outcome::Accepted(answer) => ("accepted", answer.key),
            Outcome::Later(answer, _) => ("later", answer.key),
            Outcome::Gone(answer) => ("gone", answer.key),
            Outcome::Refused(answer) => ("refused", answer.key),
        }
    }

    #[tokio::test]
    async fn only_a_yes_is_a_yes() {
        let secrets = [secret()];
        for (status, wanted) in [
            (200, ("accepted", "accepted")),
            (204, ("accepted", "accepted")),
            (400, ("later", "refused")),
            (401, ("later", "forbidden")),
            (404, ("later", "not-found")),
            (410, ("gone", "gone")),
            (429, ("later", "later")),
            (500, ("later", "server-fault")),
        ] {
            let fake = Fake::start(move |_| Act::Say(answer(status, "text/plain", "", b"said"))).await;
            let programs = Programs::new(fake.policy().allow_private).expect("a client");
            let outcome = programs.tell(&message(&fake.url("/hook"), &secrets)).await;
            assert_eq!(told(&outcome), wanted, "{status}");
        }
    }

    #[tokio::test]
    async fn a_redirect_is_a_failure_a_private_address_is_never_called_and_without_a_secret_nothing_leaves() {
        let secrets = [secret()];
        let fake = Fake::start(|_| Act::Say(redirect(307, "/other"))).await;
        let programs = Programs::new(fake.policy().allow_private).expect("a client");
        let url = fake.url("/hook");
        assert_eq!(told(&programs.tell(&message(&url, &secrets)).await), ("later", "redirect"));
        assert_eq!(told(&programs.tell(&message(&url, &[])).await), ("later", "no-secret"));
        assert_eq!(fake.connections(), 1);
        let strict = Programs::new(Vec::new()).expect("a client");
        assert_eq!(told(&strict.tell(&message(&url, &secrets)).await), ("refused", "bad-port"));
        let home = strict.tell(&message("http://127.0.0.1/hook", &secrets)).await;
        assert_eq!(told(&home), ("refused", "private-address"));
        assert_eq!(fake.connections(), 1);
        let silent = Fake::start(|_| Act::Say(Vec::new())).await;
        let programs = Programs::new(silent.policy().allow_private).expect("a client");
        let outcome = programs.tell(&message(&silent.url("/"), &secrets)).await;
        assert_eq!(told(&outcome), ("later", "bad-response"));
    }
}
