//! Pure decisions: what each letter is for us, what its mention says, where an answer goes, when a mailbox is asked again,
//! which server belongs to which provider. No clock, no SQL.

use std::collections::HashSet;

use connectors::item::{Item, ItemKind, PostedAt, Reply};
use connectors::mail::{self, Bounce, Letter, Meaning, SourcePlatform};
use domain::{MailSecurity, SourceKind};
use jiff::{SignedDuration, Timestamp};

use crate::store::letters::LetterOf;

/// Mailboxes of one organisation.
pub const MAILBOXES_MAX: usize = 10;
/// A mailbox that was just added is read from so far back: enough to answer who still waits, not a whole archive.
pub const BACK: SignedDuration = SignedDuration::from_hours(24 * 7);
/// How often a mailbox is asked even though nothing was pushed.
pub const READ_EVERY: SignedDuration = SignedDuration::from_mins(3);
/// Longest `Message-ID` that is kept, bytes; a longer one is cut, so that it fits an index of either engine.
const ID_BYTES_MAX: usize = 500;
/// Earlier letters that are kept of those a letter refers to.
const EARLIER_MAX: usize = 20;
/// Longest address and name that are kept, bytes.
const LINE_BYTES_MAX: usize = 254;

/// Letters by what is to be done with them.
#[derive(Default)]
pub struct Sorted {
    /// People's, each once.
    pub letters: Vec<Letter>,
    /// Reviews that platforms tell of.
    pub notices: Vec<(SourceKind, Vec<Item>)>,
    /// Letters of ours that came back for good.
    pub bounces: Vec<Bounce>,
    /// How many were nobody's: machines', our own, and those that say nothing at all.
    pub ignored: u32,
}

/// Says what each letter is. `own` are the organisation's own addresses.
pub fn sort(letters: Vec<Letter>, own: &[String]) -> Sorted {
    let mut sorted = Sorted::default();
    let mut seen = HashSet::new();
    for mut letter in letters {
        cut(&mut letter.message_id, ID_BYTES_MAX);
        if !seen.insert(letter.message_id.clone()) {
            continue;
        }
        let says = |text: &str| !text.trim().is_empty();
        if ![&letter.subject, &letter.text, &letter.full_text].into_iter().any(|text| says(text)) {
            sorted.ignored += 1;
            continue;
        }
        match mail::understand(&letter, &letter.raw, own) {
            Meaning::Notice(notice) if notice.trusted => {
                sorted.notices.push((kind_of(notice.platform), notice.items));
            }
            // Anybody can write "from Google".
            Meaning::Letter | Meaning::Notice(_) => sorted.letters.push(letter),
            Meaning::Bounce(bounce) if bounce.permanent || gave_up(&letter.raw) => {
                sorted.bounces.push(bounce);
            }
            Meaning::Bounce(_) | Meaning::Automatic | Meaning::Own => sorted.ignored += 1,
        }
    }
    sorted
}

/// Whether a server says that it has given up (RFC 3464, 2.3.3): the reason may be a passing one (4.4.7, "too long in the
/// queue"), but the letter will not arrive. What is only delayed still may.
fn gave_up(report: &[u8]) -> bool {
    report.split(|byte| *byte == b'\n').any(|line| {
        let line = line.trim_ascii().to_ascii_lowercase();
        line.strip_prefix(b"action:").is_some_and(|action| action.trim_ascii() == b"failed")
    })
}

const fn kind_of(platform: SourcePlatform) -> SourceKind {
    match platform {
        SourcePlatform::Google => SourceKind::Google,
        SourcePlatform::Trustpilot => SourceKind::Trustpilot,
        SourcePlatform::TripAdvisor => SourceKind::TripAdvisor,
        SourcePlatform::Booking => SourceKind::Booking,
        SourcePlatform::AppStore => SourceKind::AppStore,
        SourcePlatform::GooglePlay => SourceKind::GooglePlay,
    }
}

fn cut(text: &mut String, bytes_max: usize) {
    if text.len() > bytes_max {
        text.truncate(text.floor_char_boundary(bytes_max));
    }
}

/// The mention that a person's letter becomes. It is addressed to the business, so it waits for an answer.
pub fn item_of(letter: &Letter) -> Item {
    let said = [&letter.text, &letter.full_text].into_iter().find(|text| !text.trim().is_empty());
    Item {
        external_id: Some(letter.message_id.clone()),
        kind: ItemKind::Message,
        author: Some(name_of(letter)).filter(|name| !name.is_empty()),
        title: Some(letter.subject.trim().to_owned()).filter(|subject| !subject.is_empty()),
        text: said.map_or_else(String::new, |text| text.trim().to_owned()),
        language_declared: letter.language.clone(),
        posted_at: letter.date.map(|at| PostedAt { at, precise: true }),
        reply: Reply::None,
        ..Item::default()
    }
}

/// What its writer is called; the address where there is no name.
pub fn name_of(letter: &Letter) -> String {
    let name = letter.from.name.as_deref().map(str::trim).filter(|name| !name.is_empty());
    let mut name = name.unwrap_or(&letter.from.email).to_owned();
    cut(&mut name, LINE_BYTES_MAX);
    name
}

/// Where an answer goes: where the writer wants it, else to the writer.
pub fn address_of(letter: &Letter) -> String {
    let wished = letter.reply_to.as_ref().map(|to| to.email.as_str()).filter(|to| !to.is_empty());
    let mut address = wished.unwrap_or(&letter.from.email).to_owned();
    cut(&mut address, LINE_BYTES_MAX);
    address
}

/// The ids a letter refers to, oldest first, the letter it answers last; bounded.
pub fn earlier(letter: &Letter) -> Vec<String> {
    let mut ids: Vec<String> = letter.references.clone();
    if let Some(answered) = &letter.in_reply_to {
        ids.retain(|id| id != answered);
        ids.push(answered.clone());
    }
    ids.retain(|id| !id.is_empty() && id.len() <= ID_BYTES_MAX);
    if ids.len() > EARLIER_MAX {
        ids.drain(1..=ids.len() - EARLIER_MAX);
    }
    ids
}

/// The name of a message of our own in a `Message-ID`: 32 hexadecimal digits before the `@`.
pub fn our_name(message_id: &str) -> Option<&str> {
    let name = message_id.trim_start_matches('<').split('@').next()?;
    (name.len() == 32 && name.bytes().all(|b| b.is_ascii_hexdigit())).then_some(name)
}

/// Bytes of a token: enough that nobody guesses one.
pub const TOKEN_BYTES: usize = 10;

/// The token of a letter's address, when it can be one of ours.
pub fn token_of(letter: &Letter) -> Option<String> {
    let token = letter.plus_token.as_deref()?.to_ascii_lowercase();
    (token.len() == TOKEN_BYTES * 2 && token.bytes().all(|b| b.is_ascii_hexdigit())).then_some(token)
}

/// The thread that an answer to this letter is written in. Where the mailbox's server delivers `name+anything`, answers
/// to it come back with the token that says where they belong; elsewhere `References` has to do.
pub fn reply_thread(letter: &LetterOf) -> notify::Thread {
    // A letter that came without a name has none that its writer's program would know.
    let named = Some(letter.message_id.clone()).filter(|id| !id.ends_with(".invalid"));
    let references = letter.references.iter().chain(&named).cloned().collect();
    let tagged = letter
        .mailbox_address
        .split_once('@')
        .filter(|(local, _)| letter.plus_address && !local.contains('+'))
        .map(|(local, domain)| format!("{local}+{}@{domain}", letter.token));
    notify::Thread {
        in_reply_to: named,
        references,
        reply_to: Some(tagged.unwrap_or_else(|| letter.mailbox_address.clone())),
        from_name: None,
        unsubscribe: None,
    }
}

/// When to ask again. After failures twice as long each time, up to six hours; where somebody has to mend something,
/// from a quarter of an hour on: servers lock out who knocks too often with a wrong password. `random` spreads them.
pub fn next_read(now: Timestamp, failures: u32, is_temporary: bool, random: u8) -> Timestamp {
    let first = if is_temporary || failures == 0 { READ_EVERY } else { SignedDuration::from_mins(15) };
    let wait = first.saturating_mul(1 << failures.min(7)).min(SignedDuration::from_hours(6));
    let jitter = wait.as_secs() * i64::from(random) / 2_550; // up to a tenth
    now + wait + SignedDuration::from_secs(jitter)
}

/// Who carries the organisation's mail, as far as its server is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Provider {
    /// Google.
    Gmail,
    /// Microsoft's free mail.
    Outlook,
    /// Yahoo.
    Yahoo,
    /// IONOS.
    Ionos,
    /// Arsys.
    Arsys,
    /// Any other: the form says which server.
    Other,
}

impl Provider {
    /// As the form shows them.
    pub const ALL: [Self; 6] =
        [Self::Gmail, Self::Outlook, Self::Yahoo, Self::Ionos, Self::Arsys, Self::Other];

    /// The spelling in forms and keys.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Gmail => "gmail",
            Self::Outlook => "outlook",
            Self::Yahoo => "yahoo",
            Self::Ionos => "ionos",
            Self::Arsys => "arsys",
            Self::Other => "other",
        }
    }

    /// As forms send it.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|provider| provider.as_str() == text)
    }

    /// Its server with TLS on port 993; `None` where the form has to say.
    pub const fn host(self) -> Option<&'static str> {
        match self {
            Self::Gmail => Some("imap.gmail.com"),
            Self::Outlook => Some("outlook.office365.com"),
            Self::Yahoo => Some("imap.mail.yahoo.com"),
            Self::Ionos => Some("imap.ionos.es"),
            Self::Arsys => Some("imap.serviciodecorreo.es"),
            Self::Other => None,
        }
    }

    /// Whether it delivers `name+anything@domain` to `name@domain`.
    pub const fn plus_address(self) -> bool {
        matches!(self, Self::Gmail | Self::Outlook)
    }
}

/// A security as the mail client knows it.
pub const fn security(security: MailSecurity) -> mail::Security {
    match security {
        MailSecurity::Tls => mail::Security::Tls,
        MailSecurity::StartTls => mail::Security::StartTls,
        MailSecurity::Plain => mail::Security::Plain,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn letter() -> Letter {
        Letter {
            message_id: "1@cliente.example".to_owned(),
            from: mail::Address {
                name: Some("Marta G.".to_owned()),
                email: "marta@cliente.example".to_owned(),
            },
            subject: " Reserva del sábado ".to_owned(),
            text: "Llegamos y no había mesa.\n".to_owned(),
            ..Letter::default()
        }
    }

    fn letter_of(address: &str, plus_address: bool) -> LetterOf {
        LetterOf {
            address: "marta@cliente.example".to_owned(),
            name: "Marta G.".to_owned(),
            subject: "Reserva".to_owned(),
            message_id: "2@cliente.example".to_owned(),
            references: vec!["1@cliente.example".to_owned()],
            mailbox_address: address.to_owned(),
            plus_address,
            token: "0123456789abcdef0123".to_owned(),
        }
    }

    #[test]
    fn a_letter_waits_for_an_answer_and_is_known_by_its_own_name() {
        let item = item_of(&letter());
        assert_eq!(item.external_id.as_deref(), Some("1@cliente.example"));
        assert_eq!((item.kind, &item.reply), (ItemKind::Message, &Reply::None));
        assert_eq!(item.title.as_deref(), Some("Reserva del sábado"));
        assert_eq!(item.text, "Llegamos y no había mesa.");
        assert_eq!(item.author.as_deref(), Some("Marta G."));
        let nameless =
            Letter { from: mail::Address { name: Some("  ".to_owned()), ..letter().from }, ..letter() };
        assert_eq!(item_of(&nameless).author.as_deref(), Some("marta@cliente.example"));
        // What is nothing but a quote is still what came.
        let quoted = Letter { text: " ".to_owned(), full_text: "> hola".to_owned(), ..letter() };
        assert_eq!(item_of(&quoted).text, "> hola");
    }

    #[test]
    fn an_answer_goes_where_the_writer_wants_it() {
        assert_eq!(address_of(&letter()), "marta@cliente.example");
        let elsewhere = mail::Address { name: None, email: "casa@cliente.example".to_owned() };
        assert_eq!(address_of(&Letter { reply_to: Some(elsewhere), ..letter() }), "casa@cliente.example");
        let nowhere = Some(mail::Address::default());
        assert_eq!(address_of(&Letter { reply_to: nowhere, ..letter() }), "marta@cliente.example");
    }

    #[test]
    fn answers_carry_the_token_only_where_the_server_delivers_it() {
        for (address, plus, wanted) in [
            ("hola@bar.example", true, "hola+0123456789abcdef0123@bar.example"),
            ("hola@bar.example", false, "hola@bar.example"),
            ("hola+web@bar.example", true, "hola+web@bar.example"),
        ] {
            let thread = reply_thread(&letter_of(address, plus));
            assert_eq!(thread.reply_to.as_deref(), Some(wanted));
            assert_eq!(thread.in_reply_to.as_deref(), Some("2@cliente.example"));
            assert_eq!(thread.references, ["1@cliente.example", "2@cliente.example"]);
        }
    }

    #[test]
    fn only_what_looks_like_ours_is_taken_for_it() {
        let name = "0123456789abcdef0123456789abcdef";
        assert_eq!(our_name(&format!("{name}@bar.example")), Some(name));
        assert_eq!(our_name(&format!("<{name}@bar.example>")), Some(name));
        assert_eq!(our_name("CAJ=x@mail.gmail.com"), None);
        let tagged = |token: &str| token_of(&Letter { plus_token: Some(token.to_owned()), ..letter() });
        assert_eq!(tagged("0123456789ABCDEF0123").as_deref(), Some("0123456789abcdef0123"));
        assert_eq!((tagged("web"), tagged(""), token_of(&letter())), (None, None, None));
    }

    #[test]
    fn the_same_letter_twice_in_a_folder_is_one() {
        let sorted = sort(vec![letter(), letter()], &[]);
        assert_eq!(sorted.letters.len(), 1);
        let empty =
            Letter { message_id: "3@x".to_owned(), subject: " ".to_owned(), text: String::new(), ..letter() };
        let sorted = sort(vec![letter(), empty], &[]);
        assert_eq!((sorted.letters.len(), sorted.ignored), (1, 1), "a letter that says nothing at all");
        let long = Letter { message_id: "ñ".repeat(2_000), ..letter() };
        assert_eq!(sort(vec![long], &[]).letters[0].message_id.len(), 500);
    }

    #[test]
    fn a_server_that_gave_up_is_told_from_one_that_still_tries() {
        assert!(gave_up(b"Final-Recipient: rfc822; a@x\r\nAction: Failed\r\nStatus: 4.4.7\r\n"));
        assert!(
            !gave_up(b"Action: delayed\r\nStatus: 4.4.1\r\n") && !gave_up(b"") && !gave_up(b"action failed")
        );
    }

    #[test]
    fn a_wrong_password_is_not_tried_every_minute() {
        let now: Timestamp = "2026-11-26T10:00:00Z".parse().expect("a moment");
        let wait = |failures, temporary| next_read(now, failures, temporary, 0).duration_since(now).as_mins();
        assert_eq!([0, 1, 2, 6, 20].map(|n| wait(n, true)), [3, 6, 12, 192, 360]);
        assert_eq!([1, 2, 3, 20].map(|n| wait(n, false)), [30, 60, 120, 360]);
    }

    proptest! {
        #[test]
        fn earlier_letters_are_few_and_the_answered_one_is_last(
            references in proptest::collection::vec("[a-c]{0,3}", 0..60),
            answered in proptest::option::of("[a-c]{1,3}"),
        ) {
            let ids = earlier(&Letter { references, in_reply_to: answered.clone(), ..letter() });
            prop_assert!(ids.len() <= EARLIER_MAX && ids.iter().all(|id| !id.is_empty()));
            prop_assert!(answered.is_none() || ids.last() == answered.as_ref());
        }
    }
}
