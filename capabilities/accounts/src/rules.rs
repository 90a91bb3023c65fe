//! What a good name, e-mail and password are, and how long a session lives. Pure.

use domain::OrganizationKind;
use foundation::web::Locale;
use jiff::{SignedDuration, Timestamp, tz::TimeZone};

/// A session that is not used for so long is over.
pub const IDLE_MAX: SignedDuration = SignedDuration::from_hours(7 * 24);
/// No session lives longer.
pub const LIFE_MAX: SignedDuration = SignedDuration::from_hours(30 * 24);
/// How often "last seen" is written.
pub const SEEN_EVERY: SignedDuration = SignedDuration::from_mins(10);

/// No e-mail address is longer (RFC 5321).
pub const EMAIL_BYTES_MAX: usize = 254;

const NAME_CHARS_MAX: usize = 80;
const PASSWORD_CHARS_MIN: usize = 10;
const PASSWORD_BYTES_MAX: usize = 256;

/// Passwords everybody tries first, at our length or beyond. The rule that matters is length; this catches the lazy.
const TOO_COMMON: &[&str] = &[
    "1234567890",
    "12345678910",
    "0123456789",
    "0987654321",
    "password123",
    "contraseña",
    "contrasena",
    "contraseña1",
    "contraseña123",
    "contrasena123",
    "qwertyuiop",
    "qwerty12345",
    "1q2w3e4r5t",
    "teamomucho",
    "barcelona1",
    "realmadrid1",
    "administrador",
    "administrator",
    "aaaaaaaaaa",
    "1111111111",
    "abcdefghij",
    "holaholahola",
];

/// Whether a session must no longer be believed.
pub fn session_is_over(now: Timestamp, seen_at: Timestamp, expires_at: Timestamp) -> bool {
    now >= expires_at || now.duration_since(seen_at) > IDLE_MAX
}

/// A field and the key of what is wrong with it.
pub type FieldError = (&'static str, &'static str);

/// What the first-run form sent, checked.
#[derive(Debug, Clone)]
pub struct FirstRun {
    /// Name of the business or the person.
    pub name: String,
    /// Town.
    pub town: String,
    /// Kind.
    pub kind: OrganizationKind,
    /// Time zone, from the browser or by the language.
    pub time_zone: String,
    /// The owner's e-mail.
    pub email: String,
    /// The owner's password.
    pub password: String,
}

/// A short text of one line: trimmed, inner white space folded, no control characters.
pub fn clean_line(text: &str, chars_max: usize) -> String {
    let words: Vec<&str> =
        text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|w| !w.is_empty()).collect();
    words.join(" ").chars().take(chars_max).collect()
}

/// The e-mail in the form it is compared in, or `None` when it is none.
pub fn parse_email(text: &str) -> Option<String> {
    let text = text.trim().to_lowercase();
    let (local, host) = text.rsplit_once('@')?;
    let plain = |c: char| {
        !c.is_whitespace() && !c.is_control() && !matches!(c, '<' | '>' | ',' | ';' | '"' | '(' | ')' | '@')
    };
    let good = !local.is_empty()
        && local.len() <= 64
        && text.len() <= EMAIL_BYTES_MAX
        && host.contains('.')
        && !host.starts_with('.')
        && !host.ends_with('.')
        && !host.contains("..")
        && local.chars().all(plain)
        && host.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-'));
    good.then_some(text)
}

/// What is wrong with a password, if anything. Length is what counts; no rules about symbols.
pub fn password_fault(password: &str, email: &str) -> Option<&'static str> {
    let lower = password.to_lowercase();
    let local = email.split('@').next().unwrap_or_default();
    if password.chars().count() < PASSWORD_CHARS_MIN {
        Some("password-too-short")
    } else if password.len() > PASSWORD_BYTES_MAX {
        Some("password-too-long")
    } else if TOO_COMMON.contains(&lower.as_str()) || lower == email || (local.len() >= 8 && lower == local) {
        Some("password-too-common")
    } else {
        None
    }
}

/// Checks the first-run form; every fault at once, so that nobody fixes them one by one.
pub fn check_first_run(
    (name, town, kind): (&str, &str, &str),
    (email, password): (&str, &str),
    locale: Locale,
) -> Result<FirstRun, Vec<FieldError>> {
    let mut faults = Vec::new();
    let name = clean_line(name, NAME_CHARS_MAX);
    if name.is_empty() {
        faults.push(("name", "name-missing"));
    }
    let kind = OrganizationKind::parse(kind);
    if kind.is_none() {
        faults.push(("kind", "kind-missing"));
    }
    let parsed_email = parse_email(email);
    if parsed_email.is_none() {
        faults.push(("email", "email-wrong"));
    }
    if let Some(fault) = password_fault(password, parsed_email.as_deref().unwrap_or_default()) {
        faults.push(("password", fault));
    }
    match (kind, parsed_email, faults.is_empty()) {
        (Some(kind), Some(email), true) => Ok(FirstRun {
            name,
            town: clean_line(town, NAME_CHARS_MAX),
            kind,
            time_zone: default_time_zone(locale).to_owned(),
            email,
            password: password.to_owned(),
        }),
        _ => Err(faults),
    }
}

/// The time zone until the owner says otherwise.
pub fn default_time_zone(locale: Locale) -> &'static str {
    match locale {
        Locale::Es => "Europe/Madrid",
        Locale::En => "Europe/London",
    }
}

/// The zone with this name, or UTC: a zone that vanished from the system's tables must not stop a page.
pub fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).unwrap_or(TimeZone::UTC)
}
