//! The door for whoever has something to tell.
//!
//! ```no_run
//! # async fn example(context: &foundation::Context, scope: &foundation::store::Scope) -> anyhow::Result<()> {
//! use notify::{Notice, Outbox};
//! let mut outbox = Outbox::load(context, scope.organization()).await?;
//! let mut batch = foundation::store::Batch::new(); // … and the rows of what is told
//! outbox.put(&mut batch, &Notice {
//!     kind: domain::NoticeKind::Warning,
//!     dedupe_key: "warning:7".to_owned(),
//!     subject: "Más quejas por el trato".to_owned(),
//!     body: "Siete en tres días. Lo habitual son dos.".to_owned(),
//!     path: Some("/today".to_owned()),
//! });
//! scope.write(batch).await?;
//! context.wakes.wake(notify::QUEUED);
//! # Ok(()) }
//! ```

use std::collections::HashMap;

use connectors::notify::{Attachment, Thread};
use domain::{ChannelKind, NoticeKind, OrganizationId, OutgoingId, OutgoingState};
use foundation::Context;
use foundation::store::{Batch, Expect};
use foundation::values;
use foundation::web::{Locale, Texts};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::events::{Event, Events};
use crate::rules::{self, Preferences};
use crate::store::outgoing::{self, New, NewLetter};
use crate::store::{self, Channel};

/// Something to tell. Texts are plain and in the organisation's language ([`Outbox::texts`]).
#[derive(Debug, Clone)]
pub struct Notice {
    /// What it is.
    pub kind: NoticeKind,
    /// Its name within the organisation: nobody is told twice under the same key.
    pub dedupe_key: String,
    /// One line.
    pub subject: String,
    /// Paragraphs, parted by empty lines.
    pub body: String,
    /// The page to read more on, such as `/today`. A link only if the operator said what people type.
    pub path: Option<String>,
}

/// A letter to one person outside: no channel, no cap. What a person writes knows no quiet hours; what asks a customer
/// never leaves between ten at night and eight in the morning.
#[derive(Debug, Clone)]
pub struct Letter {
    /// [`NoticeKind::Reply`], [`NoticeKind::Receipt`], or [`NoticeKind::Invitation`] and [`NoticeKind::Reminder`], which
    /// leave only with a way out ([`Thread::unsubscribe`]).
    pub kind: NoticeKind,
    /// Its name within the organisation: a second letter under the same key undoes the batch it is in.
    pub dedupe_key: String,
    /// The one address it goes to. What cannot be one fails when it is sent ([`crate::rules::check_address`] tells).
    pub to: String,
    /// One line.
    pub subject: String,
    /// Plain text; paragraphs are parted by empty lines.
    pub body: String,
    /// The same, drawn ([`connectors::notify::letter_html`]); `None` for plain paragraphs. Cut nowhere: what is longer than
    /// [`rules::HTML_BYTES_MAX`] is left out.
    pub html: Option<String>,
    /// What it answers and who writes.
    pub thread: Thread,
    /// A file that goes with it.
    pub attachment: Option<Attachment>,
    /// The first moment it may leave; `None` for now.
    pub not_before: Option<Timestamp>,
}

/// A short message to one telephone, through the organisation's gateway.
#[derive(Debug, Clone)]
pub struct Sms {
    /// [`NoticeKind::Invitation`] or [`NoticeKind::Reminder`].
    pub kind: NoticeKind,
    /// Its name within the organisation, shared with letters: a second message under the same key undoes the batch.
    pub dedupe_key: String,
    /// The telephone as [`connectors::phone::normalise`] gives it.
    pub to: String,
    /// What it says, with its way out. At most [`rules::SMS_CHARS_MAX`]; what is longer does not leave.
    pub text: String,
    /// The first moment it may leave; `None` for now.
    pub not_before: Option<Timestamp>,
}

/// Channels, hours and counts of one organisation, as of now. Short-lived: load, put, write.
pub struct Outbox {
    context: Context,
    zone: TimeZone,
    locale: Locale,
    preferences: Preferences,
    channels: Vec<Channel>,
    interruptions: HashMap<(ChannelKind, String), u32>,
    folded: HashMap<(ChannelKind, String), Vec<(OutgoingId, String)>>,
    events: Events,
    next_id: i64,
}

impl Outbox {
    /// Reads what [`Outbox::put`] has to know.
    pub async fn load(context: &Context, organization: OrganizationId) -> anyhow::Result<Self> {
        let scope = context.scope(organization);
        let home = accounts::organization(&scope).await?;
        let zone = home.as_ref().map_or(TimeZone::UTC, accounts::Organization::zone);
        let locale = home.and_then(|home| Locale::parse(&home.locale)).unwrap_or(Locale::Es);
        let midnight = rules::day_start(context.now(), &zone);
        let interruptions = outgoing::interruptions(&scope, midnight).await?;
        let mut folded: HashMap<_, Vec<_>> = HashMap::new();
        for (kind, address, id, subject) in outgoing::folded(&scope).await? {
            folded.entry((kind, address)).or_default().push((id, subject));
        }
        let mut channels = store::channels(&scope).await?;
        channels.retain(|channel| can_carry(context, channel.kind));
        Ok(Self {
            zone,
            locale,
            preferences: store::preferences(&scope).await?,
            channels,
            interruptions: interruptions.into_iter().map(|(kind, to, n)| ((kind, to), n)).collect(),
            folded,
            events: Events::load(context, &scope).await?,
            next_id: context.new_id(),
            context: context.clone(),
        })
    }

    /// The sentences of the organisation's language, to compose in.
    pub fn texts(&self) -> &'static Texts {
        Texts::of(self.locale)
    }

    /// Whether any channel would get a notice of this kind.
    pub fn wants(&self, kind: NoticeKind) -> bool {
        self.channels.iter().any(|channel| self.gets(channel, kind))
    }

    /// A digest also goes where something was folded: else what was folded would be lost.
    fn gets(&self, channel: &Channel, kind: NoticeKind) -> bool {
        let carries =
            kind == NoticeKind::Digest && self.folded.contains_key(&(channel.kind, channel.address.clone()));
        carries || (kind != NoticeKind::Test && channel.wishes.want(kind))
    }

    /// Adds one message for each channel that wants this kind to the caller's batch; returns how many.
    pub fn put(&mut self, batch: &mut Batch, notice: &Notice) -> usize {
        let wanting: Vec<Channel> =
            self.channels.iter().filter(|channel| self.gets(channel, notice.kind)).cloned().collect();
        for channel in &wanting {
            self.put_to(batch, notice, channel);
        }
        wanting.len()
    }

    /// Adds one message to one channel, whatever it wants.
    pub(crate) fn put_to(&mut self, batch: &mut Batch, notice: &Notice, channel: &Channel) -> OutgoingId {
        let now = self.context.now();
        let id = OutgoingId(self.next_id);
        self.next_id += 1;
        let to = (channel.kind, channel.address.clone());
        let mut state = OutgoingState::Queued;
        if rules::interrupts(notice.kind) {
            let today = self.interruptions.entry(to.clone()).or_default();
            if rules::is_folded(notice.kind, *today) {
                state = OutgoingState::Folded;
            } else {
                *today += 1;
            }
        }
        let folded = if notice.kind == NoticeKind::Digest { self.folded.remove(&to) } else { None };
        let path = notice.path.as_deref().unwrap_or("/");
        outgoing::put(
            batch,
            New {
                id,
                kind: notice.kind,
                channel_kind: channel.kind,
                address: &channel.address,
                dedupe_key: &notice.dedupe_key,
                name: hex::encode(self.context.random::<16>()),
                subject: rules::clean_line(&notice.subject, rules::SUBJECT_MAX),
                body: self.body(notice, folded.as_deref().unwrap_or_default()),
                link: self.context.config.link(path).unwrap_or_default(),
                state,
                next_at: rules::release(now, &self.zone, &self.preferences, notice.kind),
                now,
            },
        );
        if let Some(last) = folded.as_ref().and_then(|folded| folded.iter().map(|(id, _)| *id).max()) {
            let values = values![id, channel.kind, channel.address.as_str(), last, now];
            batch.push(&outgoing::FOLD_INTO, vec![values], Expect::Any);
        }
        id
    }

    /// Adds a letter to the caller's batch. The batch is a conflict, and nothing of it happens, when there already is a
    /// letter under its key. Wake [`crate::QUEUED`] after it is saved; [`crate::SENT`] is woken when its fate is known.
    pub fn put_letter(&mut self, batch: &mut Batch, letter: &Letter) -> OutgoingId {
        let id = OutgoingId(self.next_id);
        self.next_id += 1;
        // Anything else would be folded, capped or broadcast.
        let kind = if letter.kind.is_letter() { letter.kind } else { NoticeKind::Reply };
        let html = letter.html.as_deref().filter(|html| html.len() <= rules::HTML_BYTES_MAX);
        outgoing::put_letter(
            batch,
            NewLetter {
                id,
                kind,
                channel_kind: ChannelKind::Email,
                address: letter.to.trim(),
                dedupe_key: &letter.dedupe_key,
                name: hex::encode(self.context.random::<16>()),
                subject: rules::clean_line(&letter.subject, rules::SUBJECT_MAX),
                body: letter.body.chars().take(rules::BODY_MAX).collect(),
                thread: serde_json::to_string(&letter.thread).expect("a thread is plain data"),
                attachment: letter.attachment.as_ref(),
                html: html.unwrap_or_default(),
                next_at: self.not_before(kind, letter.not_before),
                now: self.context.now(),
            },
        );
        id
    }

    /// Adds a short message to the caller's batch, as [`Outbox::put_letter`] adds a letter. Ask [`crate::can_text`] first:
    /// without a gateway it waits, and fails in the end.
    pub fn put_sms(&mut self, batch: &mut Batch, sms: &Sms) -> OutgoingId {
        let id = OutgoingId(self.next_id);
        self.next_id += 1;
        let kind = if sms.kind.is_asking() { sms.kind } else { NoticeKind::Invitation };
        outgoing::put_letter(
            batch,
            NewLetter {
                id,
                kind,
                channel_kind: ChannelKind::Sms,
                address: sms.to.trim(),
                dedupe_key: &sms.dedupe_key,
                name: hex::encode(self.context.random::<16>()),
                subject: String::new(),
                // One character too many is kept, so that the step sees it and refuses: a cut text may have lost its way out.
                body: sms.text.chars().take(rules::SMS_CHARS_MAX + 1).collect(),
                thread: String::new(),
                attachment: None,
                html: "",
                next_at: self.not_before(kind, sms.not_before),
                now: self.context.now(),
            },
        );
        id
    }

    fn not_before(&self, kind: NoticeKind, wish: Option<Timestamp>) -> Timestamp {
        let now = self.context.now();
        rules::release(wish.map_or(now, |wish| wish.max(now)), &self.zone, &self.preferences, kind)
    }

    /// Adds an event to the caller's batch, once for each program that wants it; returns for how many. Wake
    /// [`crate::EVENTS`] after it is saved.
    pub fn event(&mut self, batch: &mut Batch, event: &Event) -> usize {
        self.events.add(batch, event)
    }

    fn body(&self, notice: &Notice, folded: &[(OutgoingId, String)]) -> String {
        let mut body: String = notice.body.chars().take(rules::BODY_MAX).collect();
        if !folded.is_empty() {
            body.push_str("\n\n");
            body.push_str(&self.texts().get("notices-folded"));
            for (_, subject) in folded {
                body.push_str("\n· ");
                body.push_str(subject);
            }
        }
        body
    }
}

/// Whether the operator has set up what this kind travels with. A gateway for short messages is an organisation's own:
/// ask [`crate::can_text`].
pub fn can_carry(context: &Context, kind: ChannelKind) -> bool {
    match kind {
        ChannelKind::Email => context.config.mail.is_some(),
        ChannelKind::Telegram => context.config.telegram.is_some(),
        ChannelKind::Ntfy | ChannelKind::Webhook => true,
        ChannelKind::Sms => false,
    }
}
