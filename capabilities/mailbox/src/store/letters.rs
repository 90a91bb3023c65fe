//! `letter`: what a mention that came by mail has besides its words.

use std::collections::HashMap;

use domain::{MailboxId, MentionId, ReplyState};
use foundation::store::{Batch, Expect, Row, Scope, StoreError};
use foundation::values;
use jiff::Timestamp;

/// Mentions of one conversation that are shown.
const THREAD_MAX: u32 = 100;

foundation::statements! {
    organization INSERT_LETTERS = "INSERT INTO letter (organization_id, mention_id, mailbox_id, message_id, address, name, subject,
        earlier, thread_mention_id, token) VALUES {rows: $1, $2, $3, $4, $5, $6, $7, $8, $9, $10}";
    organization KNOWN = "SELECT message_id, mention_id, thread_mention_id FROM letter
        WHERE organization_id = $1 AND message_id IN ({list: 2})";
    organization BY_TOKEN = "SELECT token, mention_id, thread_mention_id FROM letter
        WHERE organization_id = $1 AND token IN ({list: 2})";
    organization LETTER_OF = "SELECT l.address, l.name, l.subject, l.message_id, l.earlier, b.address, b.plus_address, l.token
        FROM letter l JOIN mailbox b ON b.organization_id = $1 AND b.id = l.mailbox_id
        WHERE l.organization_id = $1 AND l.mention_id = $2";
    organization ROOT = "SELECT COALESCE(thread_mention_id, mention_id) FROM letter WHERE organization_id = $1 AND mention_id = $2";
    /// A conversation in the order it was said: the first letter, then what goes on with it.
    organization THREAD = "SELECT m.id, m.posted_at, m.author, m.title, m.text, m.reply_state, m.reply_text, m.replied_at, l.address
        FROM letter l JOIN mention m ON m.organization_id = $1 AND m.id = l.mention_id
        WHERE l.organization_id = $1 AND (l.mention_id = $2 OR l.thread_mention_id = $2)
        ORDER BY m.posted_at, m.id LIMIT $3";
}

/// Whom to answer, and where an answer belongs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterOf {
    /// Where an answer goes; empty where the letter did not say who wrote it.
    pub address: String,
    /// What its writer is called.
    pub name: String,
    /// Its subject.
    pub subject: String,
    /// Its `Message-ID`, without brackets.
    pub message_id: String,
    /// The ids it refers to, oldest first.
    pub references: Vec<String>,
    /// The address it was written to.
    pub mailbox_address: String,
    /// Whether that address can carry the token.
    pub plus_address: bool,
    /// What an answer to the answer carries in its address.
    pub token: String,
}

/// What a mention that came as a letter has besides its words; `None` for one that came otherwise, or is somebody else's.
pub async fn letter_of(scope: &Scope, mention: MentionId) -> Result<Option<LetterOf>, StoreError> {
    let Some(row) = scope.one(&LETTER_OF, values![mention]).await? else { return Ok(None) };
    Ok(Some(LetterOf {
        address: row.get(0)?,
        name: row.get(1)?,
        subject: row.get(2)?,
        message_id: row.get(3)?,
        references: serde_json::from_str(&row.get::<String>(4)?).unwrap_or_default(),
        mailbox_address: row.get(5)?,
        plus_address: row.get(6)?,
        token: row.get(7)?,
    }))
}

/// A mention of a conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InThread {
    /// Its id.
    pub mention: MentionId,
    /// When it was written.
    pub posted_at: Timestamp,
    /// What its writer is called.
    pub author: Option<String>,
    /// Its subject.
    pub title: Option<String>,
    /// Its words.
    pub text: String,
    /// Whether it was answered.
    pub reply_state: ReplyState,
    /// With which words.
    pub reply_text: Option<String>,
    /// When.
    pub replied_at: Option<Timestamp>,
    /// Where an answer to it goes: not everybody in a conversation is the same person.
    pub address: String,
}

impl InThread {
    fn from_row(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            mention: row.get(0)?,
            posted_at: row.get(1)?,
            author: row.get(2)?,
            title: row.get(3)?,
            text: row.get(4)?,
            reply_state: row.get(5)?,
            reply_text: row.get(6)?,
            replied_at: row.get(7)?,
            address: row.get(8)?,
        })
    }
}

/// The whole conversation of a mention, itself included, oldest first; empty where it did not come as a letter.
pub async fn thread(scope: &Scope, mention: MentionId) -> Result<Vec<InThread>, StoreError> {
    let Some(row) = scope.one(&ROOT, values![mention]).await? else { return Ok(Vec::new()) };
    let root: MentionId = row.get(0)?;
    scope.all(&THREAD, values![root, THREAD_MAX]).await?.iter().map(InThread::from_row).collect()
}

/// A letter with the conversation it belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    /// Its mention.
    pub mention: MentionId,
    /// The first mention of its conversation.
    pub root: MentionId,
}

fn places(rows: &[Row]) -> Result<HashMap<String, Place>, StoreError> {
    let place = |row: &Row| {
        let mention: MentionId = row.get(1)?;
        Ok((row.get(0)?, Place { mention, root: row.get::<Option<MentionId>>(2)?.unwrap_or(mention) }))
    };
    rows.iter().map(place).collect()
}

/// Which of these `Message-ID`s are stored, and where they belong.
pub(crate) async fn known(scope: &Scope, ids: &[String]) -> Result<HashMap<String, Place>, StoreError> {
    let mut found = HashMap::new();
    for chunk in ids.chunks(listen::store::mentions::LOOKUP_MAX) {
        let values = chunk.iter().map(|id| id.as_str().into()).collect();
        found.extend(places(&scope.all(&KNOWN, values).await?)?);
    }
    Ok(found)
}

/// The letters that these tokens were made for.
pub(crate) async fn by_token(scope: &Scope, tokens: &[String]) -> Result<HashMap<String, Place>, StoreError> {
    if tokens.is_empty() {
        return Ok(HashMap::new());
    }
    places(&scope.all(&BY_TOKEN, tokens.iter().map(|token| token.as_str().into()).collect()).await?)
}

/// A letter on its way into the table.
pub(crate) struct NewLetter<'a> {
    pub mention: MentionId,
    pub message_id: &'a str,
    pub address: &'a str,
    pub name: &'a str,
    pub subject: &'a str,
    pub earlier: &'a [String],
    pub thread: Option<MentionId>,
    pub token: &'a str,
}

/// Adds letters to a batch; one that is there already undoes it.
pub(crate) fn insert(batch: &mut Batch, mailbox: MailboxId, letters: &[NewLetter<'_>]) {
    let rows = letters.iter().map(|letter| {
        let earlier = serde_json::to_string(letter.earlier).expect("a list of texts is plain data");
        values![
            letter.mention,
            mailbox,
            letter.message_id,
            letter.address,
            letter.name,
            letter.subject,
            earlier,
            letter.thread,
            letter.token
        ]
    });
    batch.push(&INSERT_LETTERS, rows.collect(), Expect::Exactly(letters.len() as u64));
}
