//! A short message to a telephone, through a gateway that takes an HTTP POST.
//!
//! **What for.** Every country has its own gateways, and most of them take the same three things (whom, what, from whom) under
//! names of their own. So a gateway is described, not programmed: its address, how it wants to be told, the names of its
//! fields, how it knows whose the message is.
//!
//! **What must stay true.** A message is one attempt: what may have been taken is [`Outcome::Unknown`], as in the rest of
//! this module, and a fault of the server (500, 502, 504) counts as that. Nothing is sent to a private address. The secret
//! is in no answer, no error and no `Debug`.
//!
//! Source: 3GPP TS 23.038 (the alphabet of seven bits and its second page), TS 23.040 (160 or 70 characters; 153 or 67 in
//! each of several parts). The field names of [`PRESETS`] are those of the gateways' own documentation:
//! twilio.com/docs/messaging, developers.telnyx.com/docs/messaging, plivo.com/docs/sms/api/message.

use super::{Answer, Outcome, judge_status, one_line};
use crate::egress::{PostRequest, PostResponse};
use crate::phone;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// Longest text that is sent, characters.
pub const TEXT_MAX: usize = 1_600;
/// Longest name of a field and of a sender, characters.
pub const NAME_MAX: usize = 60;
/// Headers in which a gateway may want its secret; others are not written to.
pub const AUTH_HEADERS: [&str; 6] =
    ["authorization", "x-api-key", "api-key", "apikey", "x-auth-token", "x-access-token"];

/// How a gateway wants to be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// As a web form.
    Form,
    /// As one JSON object.
    Json,
}

/// How a gateway knows whose a message is. Never printed.
#[derive(Clone, PartialEq, Eq)]
pub enum Auth {
    /// `Authorization: Bearer …`
    Bearer(String),
    /// `Authorization: Basic …`
    Basic(String, String),
    /// The secret in one of [`AUTH_HEADERS`].
    Header(String, String),
}

/// A gateway. Its `Debug` says nothing of its secret.
#[derive(Clone, PartialEq, Eq)]
pub struct Gateway {
    /// Where messages are posted to.
    pub url: String,
    /// How.
    pub style: Style,
    /// The names of its fields; one without a name is not sent.
    pub fields: Fields,
    /// Who writes: a number of the gateway's, or up to eleven letters.
    pub sender: String,
    /// How it knows whose the message is.
    pub auth: Auth,
}

/// What a gateway calls what it is told.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fields {
    /// The telephone.
    pub to: String,
    /// The text.
    pub text: String,
    /// Who writes.
    pub sender: String,
}

impl std::fmt::Debug for Gateway {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Gateway({})", one_line(&self.url, 100))
    }
}

/// A gateway whose names are known.
#[derive(Debug, Clone, Copy)]
pub struct Preset {
    /// Its name.
    pub name: &'static str,
    /// Its address; `{user}` stands for the name that signs in.
    pub url: &'static str,
    /// How it wants to be told.
    pub style: Style,
    /// Its fields: telephone, text, sender.
    pub fields: [&'static str; 3],
    /// Whether it wants a user and a password; a token otherwise.
    pub is_basic: bool,
}

/// Gateways whose documentation says all of it.
pub const PRESETS: [Preset; 3] = [
    Preset {
        name: "Twilio",
        url: "https://api.twilio.com/2010-04-01/Accounts/{user}/Messages.json",
        style: Style::Form,
        fields: ["To", "Body", "From"],
        is_basic: true,
    },
    Preset {
        name: "Telnyx",
        url: "https://api.telnyx.com/v2/messages",
        style: Style::Json,
        fields: ["to", "text", "from"],
        is_basic: false,
    },
    Preset {
        name: "Plivo",
        url: "https://api.plivo.com/v1/Account/{user}/Message/",
        style: Style::Json,
        fields: ["dst", "text", "src"],
        is_basic: true,
    },
];

/// The request that carries a text to a telephone under a name that is the same at every attempt.
///
/// # Errors
/// [`Outcome::Refused`] for what is no telephone that takes messages, an empty or too long text, a gateway without names.
pub(super) fn request(gateway: &Gateway, to: &str, text: &str, id: &str) -> Result<PostRequest, Outcome> {
    let refused = |key| Outcome::Refused(Answer::new(key, ""));
    if !phone::takes_messages(to) {
        return Err(refused("bad-address"));
    }
    let text = super::plain_text(text);
    let text = text.trim();
    if text.is_empty() || text.chars().count() > TEXT_MAX {
        return Err(refused("too-long"));
    }
    let Fields { to: to_field, text: text_field, sender: sender_field } = &gateway.fields;
    if to_field.is_empty() || text_field.is_empty() {
        return Err(refused("not-set-up"));
    }
    let mut said = vec![(to_field, to), (text_field, text)];
    if !sender_field.is_empty() && !gateway.sender.is_empty() {
        said.push((sender_field, &gateway.sender));
    }
    let (content_type, body) = match gateway.style {
        Style::Form => (
            "application/x-www-form-urlencoded",
            url::form_urlencoded::Serializer::new(String::new()).extend_pairs(said).finish(),
        ),
        Style::Json => {
            let pairs = said.into_iter().map(|(name, value)| (name.clone(), value.into()));
            ("application/json", serde_json::Value::Object(pairs.collect()).to_string())
        }
    };
    let auth = auth_header(&gateway.auth).ok_or_else(|| refused("not-set-up"))?;
    let headers = vec![auth, ("idempotency-key", one_line(id, 64))];
    Ok(PostRequest { url: gateway.url.clone(), content_type, headers, body })
}

fn auth_header(auth: &Auth) -> Option<(&'static str, String)> {
    match auth {
        Auth::Bearer(token) => Some(("authorization", format!("Bearer {token}"))),
        Auth::Basic(user, password) => {
            Some(("authorization", format!("Basic {}", STANDARD.encode(format!("{user}:{password}")))))
        }
        Auth::Header(name, secret) => {
            let known = AUTH_HEADERS.into_iter().find(|known| known.eq_ignore_ascii_case(name))?;
            Some((known, secret.clone()))
        }
    }
}

/// What the gateway's answer means.
pub(super) fn judge(gateway: &Gateway, response: &PostResponse) -> Outcome {
    let said = String::from_utf8_lossy(&response.body);
    let (Auth::Bearer(secret) | Auth::Basic(_, secret) | Auth::Header(_, secret)) = &gateway.auth;
    // Some repeat what they were told when they do not like it.
    let said = if secret.is_empty() { said.into_owned() } else { said.replace(secret.as_str(), "…") };
    judge_status(response, &said)
}

/// How a text travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SmsParts {
    /// In how many messages, each of which is paid for; none for an empty text.
    pub parts: usize,
    /// Whether a character needs the larger alphabet, which more than halves what fits: á, í, ó and ú do, é, ñ and ü do not.
    pub is_unicode: bool,
}

/// The alphabet of seven bits, without its second page.
const BASIC: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?\
    ¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
/// Its second page: each takes two places.
const SECOND: &str = "\u{c}^{}\\[~]|€";

/// In how many messages a text travels.
pub fn sms_parts(text: &str) -> SmsParts {
    let seven = |c: char| match c {
        c if BASIC.contains(c) => Some(1),
        c if SECOND.contains(c) => Some(2),
        _ => None,
    };
    let widths: Option<Vec<usize>> = text.chars().map(seven).collect();
    if let Some(widths) = widths {
        return SmsParts { parts: count(&widths, 160, 153), is_unicode: false };
    }
    let widths: Vec<usize> = text.chars().map(char::len_utf16).collect();
    SmsParts { parts: count(&widths, 70, 67), is_unicode: true }
}

/// No character is cut in two.
fn count(widths: &[usize], alone: usize, together: usize) -> usize {
    if widths.iter().sum::<usize>() <= alone {
        return usize::from(!widths.is_empty());
    }
    let (mut parts, mut room) = (1, together);
    for width in widths {
        if *width > room {
            parts += 1;
            room = together;
        }
        room -= width;
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::super::{Loudness, Note, Recipient, Transports};
    use super::*;
    use crate::egress::fake::{Act, Fake, answer};
    use proptest::prelude::*;

    fn gateway(url: &str) -> Gateway {
        Gateway {
            url: url.to_owned(),
            style: Style::Form,
            fields: Fields { to: "To".to_owned(), text: "Body".to_owned(), sender: "From".to_owned() },
            sender: "BARX".to_owned(),
            auth: Auth::Basic("AC1".to_owned(), "s3cr3t".to_owned()),
        }
    }

    fn note(text: &str) -> Note {
        Note {
            id: "0192-aa".to_owned(),
            subject: String::new(),
            body: text.to_owned(),
            link: None,
            loudness: Loudness::Normal,
            at: "2026-11-26T10:00:00Z".parse().unwrap(),
            thread: None,
            attachment: None,
            html: None,
        }
    }

    async fn send(gateway: &Gateway, allowed: Vec<String>, to: &str, text: &str) -> Outcome {
        let transports = Transports::new(allowed, None, None).unwrap();
        let to = Recipient::Sms(Box::new(gateway.clone()), to.to_owned());
        match transports.prepare(&to, &note(text)).await {
            Ok(ready) => ready.deliver().await,
            Err(outcome) => outcome,
        }
    }

    fn told(outcome: &Outcome) -> (&'static str, &'static str) {
        match outcome {
            Outcome::Accepted(answer) => ("accepted", answer.key),
            Outcome::Later(answer, _) => ("later", answer.key),
            Outcome::Refused(answer) => ("refused", answer.key),
            Outcome::Unknown(answer) => ("unknown", answer.key),
        }
    }

    #[test]
    fn each_gateway_is_told_in_its_own_words() {
        let text = "¿Qué tal?\nhttps://timon.example/o/a?b=1&c=2";
        let form = request(&gateway("https://sms.example/send"), "+34600111222", text, "0192-aa").unwrap();
        assert_eq!(form.content_type, "application/x-www-form-urlencoded");
        let pairs: Vec<(String, String)> =
            url::form_urlencoded::parse(form.body.as_bytes()).into_owned().collect();
        let wanted = [("To", "+34600111222"), ("Body", text), ("From", "BARX")];
        assert_eq!(pairs, wanted.map(|(name, value)| (name.to_owned(), value.to_owned())));
        let basic = ("authorization", "Basic QUMxOnMzY3IzdA==".to_owned());
        assert_eq!(form.headers, [basic, ("idempotency-key", "0192-aa".to_owned())]);
        let json = Gateway {
            style: Style::Json,
            sender: String::new(),
            auth: Auth::Header("X-API-Key".to_owned(), "k".to_owned()),
            ..gateway("https://sms.example/send")
        };
        let json = request(&json, "+34600111222", text, "0192-aa").unwrap();
        let said: serde_json::Value = serde_json::from_str(&json.body).unwrap();
        assert_eq!(said, serde_json::json!({"To": "+34600111222", "Body": text}));
        assert_eq!(json.headers[0], ("x-api-key", "k".to_owned()));
        let bearer = Gateway { auth: Auth::Bearer("t".to_owned()), ..gateway("https://sms.example/") };
        let bearer = request(&bearer, "+34600111222", text, "1").unwrap();
        assert_eq!(bearer.headers[0], ("authorization", "Bearer t".to_owned()));
    }

    #[test]
    fn what_cannot_be_sent_does_not_leave() {
        let well = gateway("https://sms.example/send");
        let nameless = Gateway { fields: Fields::default(), ..well.clone() };
        let elsewhere = Gateway { auth: Auth::Header("host".to_owned(), "x".to_owned()), ..well.clone() };
        for (gateway, to, text, key) in [
            (&well, "600111222", "hola", "bad-address"),
            (&well, "+34911222333", "hola", "bad-address"),
            (&well, "+34600111222", " \n", "too-long"),
            (&well, "+34600111222", &"a".repeat(TEXT_MAX + 1), "too-long"),
            (&nameless, "+34600111222", "hola", "not-set-up"),
            (&elsewhere, "+34600111222", "hola", "not-set-up"),
        ] {
            let refused = request(gateway, to, text, "1").unwrap_err();
            assert_eq!(told(&refused), ("refused", key), "{to} {text:?}");
        }
    }

    #[tokio::test]
    async fn only_what_surely_was_not_taken_may_be_tried_again() {
        for (status, wanted) in [
            (200, ("accepted", "accepted")),
            (201, ("accepted", "accepted")),
            (302, ("refused", "redirect")),
            (400, ("refused", "refused")),
            (401, ("refused", "forbidden")),
            (429, ("later", "later")),
            (503, ("later", "later")),
            (500, ("unknown", "server-fault")),
            (504, ("unknown", "server-fault")),
        ] {
            let fake = Fake::start(move |_| Act::Say(answer(status, "text/plain", "", b"no: s3cr3t"))).await;
            let outcome =
                send(&gateway(&fake.url("/send")), fake.policy().allow_private, "+34600111222", "hola").await;
            assert_eq!(told(&outcome), wanted, "{status}");
            assert_eq!(fake.connections(), 1, "{status}: once");
            assert!(!format!("{outcome:?}").contains("s3cr3t"), "{outcome:?}");
        }
        let silent = Fake::start(|_| Act::Say(Vec::new())).await;
        let well = gateway(&silent.url("/send"));
        let outcome = send(&well, silent.policy().allow_private, "+34600111222", "hola").await;
        assert_eq!(told(&outcome).0, "unknown");
        assert!(!format!("{well:?}").contains("s3cr3t"));
        // Nobody there, and a private address.
        let outcome = send(&well, vec![], "+34600111222", "hola").await;
        assert_eq!(told(&outcome).0, "refused");
        let home = send(&gateway("http://127.0.0.1/send"), vec![], "+34600111222", "hola").await;
        assert_eq!(told(&home), ("refused", "private-address"));
    }

    #[test]
    fn parts_are_counted_as_the_standard_does() {
        for (text, parts, is_unicode) in [
            (String::new(), 0, false),
            ("a".repeat(160), 1, false),
            ("a".repeat(161), 2, false),
            ("a".repeat(306), 2, false),
            ("a".repeat(307), 3, false),
            ("¿Qué tal, señora Ñandú?".replace('ú', "u"), 1, false),
            ("€".repeat(80), 1, false),
            ("€".repeat(81), 2, false),
            // An odd place is left empty at the end of each part: 76 in each.
            ("€".repeat(152), 2, false),
            ("€".repeat(153), 3, false),
            ("á".repeat(70), 1, true),
            ("á".repeat(71), 2, true),
            ("á".repeat(134), 2, true),
            ("á".repeat(135), 3, true),
            ("🦤".repeat(35), 1, true),
            ("🦤".repeat(36), 2, true),
            // 33 whole ones in each part.
            ("🦤".repeat(67), 3, true),
        ] {
            assert_eq!(sms_parts(&text), SmsParts { parts, is_unicode }, "{text}");
        }
    }

    #[test]
    fn the_known_gateways_have_names_and_safe_addresses() {
        for preset in PRESETS {
            assert!(
                preset.url.starts_with("https://") && preset.fields.iter().all(|field| !field.is_empty())
            );
            assert!(preset.is_basic || !preset.url.contains("{user}"), "{}", preset.name);
        }
        assert_eq!(BASIC.chars().count(), 127, "128 places, of which one leads to the second page");
        assert_eq!(SECOND.chars().count(), 10);
    }

    proptest! {
        #[test]
        fn more_text_never_takes_fewer_parts(text in "\\PC{0,400}", more in "\\PC{0,40}") {
            let (less, all) = (sms_parts(&text), sms_parts(&format!("{text}{more}")));
            prop_assert!(all.parts >= less.parts);
            prop_assert!(all.parts <= text.chars().count() + more.chars().count());
        }
    }
}
