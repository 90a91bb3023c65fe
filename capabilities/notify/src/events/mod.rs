//! Telling programs: every [`Event`] becomes a signed message to each program that wants its kind (Standard Webhooks 1.0).
//!
//! *How*: whoever saves what happened adds the event to the same batch, through [`crate::Outbox::event`] or, where there
//! is nobody to tell in words, through [`Events`]. That writes a row of `outgoing` with the channel kind `webhook`, whose
//! body is the JSON as it will be sent. [`step::send_events`] hands them over; people's messages never wait for it.
//!
//! *What must stay true*: a message says *that* something happened and where to ask, never what somebody said or who.
//! Other than with people, what may have arrived is sent again: a program knows it by its `webhook-id`, which is the row's
//! name. A flood of new mentions is one event with their number. There is no message without a signature.

pub mod rules;
pub mod secrets;
pub mod step;
pub mod store;

use domain::{
    ChannelId, ChannelKind, MentionId, NoticeKind, OutgoingId, ReplyId, SourceKind, WarningId, WarningLevel,
};
use foundation::Context;
use foundation::store::{Batch, Scope, StoreError};
use jiff::Timestamp;
use serde_json::json;

pub use rules::Topics;

use crate::store::outgoing::{self, New};

/// Something that happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// Somebody said something: `mention.created`.
    MentionCreated {
        /// The mention.
        mention: MentionId,
        /// Its stars.
        stars: Option<u8>,
        /// The kind of its source.
        kind: SourceKind,
    },
    /// Many did, at once: `mentions.created`.
    MentionsCreated {
        /// How many.
        count: u64,
    },
    /// Something is out of the ordinary: `warning.opened`.
    WarningOpened {
        /// The warning.
        warning: WarningId,
        /// How much it asks for.
        level: WarningLevel,
    },
    /// An answer is there: `reply.published`.
    ReplyPublished {
        /// The answer.
        reply: ReplyId,
        /// What it answers.
        mention: MentionId,
    },
    /// Somebody pressed the button: `test`.
    Test,
}

impl Event {
    /// Its name in the world.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::MentionCreated { .. } => "mention.created",
            Self::MentionsCreated { .. } => "mentions.created",
            Self::WarningOpened { .. } => "warning.opened",
            Self::ReplyPublished { .. } => "reply.published",
            Self::Test => "test",
        }
    }

    /// The page to read more on.
    fn path(&self) -> String {
        match self {
            Self::MentionCreated { mention, .. } | Self::ReplyPublished { mention, .. } => {
                format!("/mentions/{mention}")
            }
            Self::MentionsCreated { .. } => "/mentions".to_owned(),
            Self::WarningOpened { warning, .. } => format!("/warnings/{warning}"),
            Self::Test => "/notices".to_owned(),
        }
    }

    /// Its name within the organisation: nobody is told twice under the same. `unique` is for what has no id.
    fn dedupe_key(&self, unique: i64) -> String {
        let name = self.name();
        match self {
            Self::MentionCreated { mention, .. } => format!("{name}:{mention}"),
            Self::WarningOpened { warning, .. } => format!("{name}:{warning}"),
            Self::ReplyPublished { reply, .. } => format!("{name}:{reply}"),
            Self::MentionsCreated { .. } | Self::Test => format!("{name}:{unique}"),
        }
    }

    /// What is sent: ids, never words or names.
    fn payload(&self, at: Timestamp, link: Option<&str>) -> String {
        // Ids are text: they are larger than a script's numbers.
        let mut data = match self {
            Self::MentionCreated { mention, stars, kind } => {
                json!({"mention": mention.to_string(), "stars": stars, "kind": kind.as_str()})
            }
            Self::MentionsCreated { count } => json!({"count": count}),
            Self::WarningOpened { warning, level } => {
                json!({"warning": warning.to_string(), "kind": level.as_str()})
            }
            Self::ReplyPublished { reply, mention } => {
                json!({"reply": reply.to_string(), "mention": mention.to_string()})
            }
            Self::Test => json!({}),
        };
        if let Some(fields) = data.as_object_mut() {
            fields.insert("link".to_owned(), link.into());
        }
        json!({"type": self.name(), "timestamp": at.to_string(), "data": data}).to_string()
    }
}

/// A program that is told what happens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Program {
    /// Its channel.
    pub id: ChannelId,
    /// Its address.
    pub address: String,
    /// What it wants to be told.
    pub topics: Topics,
    /// Why it is told nothing, and since when.
    pub stopped: Option<(Stopped, Timestamp)>,
}

/// Why a program is told nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stopped {
    /// Somebody said so.
    Person,
    /// It said itself that it wants no message any more (410).
    Gone,
}

impl Stopped {
    /// As it is stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Gone => "gone",
        }
    }
}

/// The programs of one organisation, as of now. Short-lived: load, add, write, and wake [`crate::EVENTS`].
pub struct Events {
    context: Context,
    programs: Vec<Program>,
    flood: u64,
    next_id: i64,
}

impl Events {
    /// Reads which programs there are.
    pub async fn load(context: &Context, scope: &Scope) -> Result<Self, StoreError> {
        let mut programs = store::programs(scope).await?;
        programs.retain(|program| program.stopped.is_none());
        let flood = if programs.is_empty() { 0 } else { store::flood(scope).await? };
        Ok(Self { context: context.clone(), programs, flood, next_id: context.new_id() })
    }

    /// Adds an event to the caller's batch, once for each program that wants it; returns for how many.
    pub fn add(&mut self, batch: &mut Batch, event: &Event) -> usize {
        let wanting: Vec<Program> =
            self.programs.iter().filter(|program| program.topics.want(event)).cloned().collect();
        for program in &wanting {
            self.add_to(batch, event, program);
        }
        wanting.len()
    }

    /// Adds an event for one program, whatever it wants.
    pub(crate) fn add_to(&mut self, batch: &mut Batch, event: &Event, program: &Program) -> OutgoingId {
        let (now, id) = (self.context.now(), self.next_id);
        self.next_id += 1;
        let link = self.context.config.link(&event.path());
        outgoing::put(
            batch,
            New {
                id: OutgoingId(id),
                kind: if *event == Event::Test { NoticeKind::Test } else { NoticeKind::Event },
                channel_kind: ChannelKind::Webhook,
                address: &program.address,
                dedupe_key: &event.dedupe_key(id),
                name: hex::encode(self.context.random::<16>()),
                subject: event.name().to_owned(),
                body: event.payload(now, link.as_deref()),
                link: link.unwrap_or_default(),
                state: domain::OutgoingState::Queued,
                next_at: now,
                now,
            },
        );
        OutgoingId(id)
    }

    /// Adds the new mentions of one reading batch: each is an event, but a flood is one event with their number, told when
    /// it is over. `more`: others are still waiting to be read.
    pub fn add_mentions(&mut self, batch: &mut Batch, new: &[Event], more: bool) -> usize {
        if !self.programs.iter().any(|program| program.topics.mentions) {
            if self.flood > 0 {
                store::set_flood(batch, 0);
            }
            return 0;
        }
        match rules::flood(self.flood, new.len() as u64, more) {
            rules::Flood::Each => new.iter().map(|event| self.add(batch, event)).sum(),
            rules::Flood::Rising(count) => {
                store::set_flood(batch, count);
                0
            }
            rules::Flood::Over(count) => {
                store::set_flood(batch, 0);
                self.add(batch, &Event::MentionsCreated { count })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_says_what_kind_and_where_and_nothing_of_anybody() {
        let at: Timestamp = "2026-11-26T08:00:00Z".parse().expect("a moment");
        let event = Event::MentionCreated { mention: MentionId(7), stars: Some(1), kind: SourceKind::Google };
        assert_eq!(
            event.payload(at, Some("https://bar.example/mentions/7")),
            r#"{"data":{"kind":"google","link":"https://bar.example/mentions/7","mention":"7","stars":1},"timestamp":"2026-11-26T08:00:00Z","type":"mention.created"}"#
        );
        let all = [
            event,
            Event::MentionsCreated { count: u64::MAX },
            Event::WarningOpened { warning: WarningId(i64::MAX), level: WarningLevel::Alarm },
            Event::ReplyPublished { reply: ReplyId(i64::MAX), mention: MentionId(i64::MAX) },
            Event::Test,
        ];
        let link = "x".repeat(2_000);
        for event in all {
            let body = event.payload(at, Some(&link));
            assert!(body.len() < connectors::notify::webhook::BODY_BYTES_MAX);
            let read: serde_json::Value = serde_json::from_str(&body).expect("JSON");
            assert_eq!(read["type"], event.name());
            assert!(read["timestamp"].is_string() && read["data"].is_object());
        }
    }

    #[test]
    fn what_has_an_id_is_told_once_and_what_has_none_each_time() {
        let opened = Event::WarningOpened { warning: WarningId(7), level: WarningLevel::Notice };
        assert_eq!(opened.dedupe_key(1), opened.dedupe_key(2));
        assert_ne!(Event::Test.dedupe_key(1), Event::Test.dedupe_key(2));
    }
}
